"""How many pages a document has, as far as that can be told without laying it out."""

from __future__ import annotations

from dvctt_report.lint.document import Document, width_of
from dvctt_report.nd30.page import LINE_EM, PAGE, POINTS_PER_MM

_SURE = 0.8
"""Estimates closer than this to one page decide nothing."""


def is_one_page(document: Document) -> bool | None:
    """Whether everything stands on one page; None where it can't be told."""
    if document.n_pages is not None and document.n_pages > 1:
        return False
    if len([s for s in document.sections if not s.continuous]) > 1 or any(
        p.breaks_page for p in document.paragraphs
    ):
        return False
    height = PAGE.height - PAGE.top - PAGE.bottom
    used = sum(_height(document, at) for at in range(len(document.paragraphs)))
    if document.n_pages == 1 or used < height * _SURE:
        return True
    return False if used > height / _SURE else None


def _height(document: Document, at: int) -> float:
    """About how high a paragraph is in mm; a cell beside another counts half."""
    paragraph = document.paragraphs[at]
    shape = paragraph.shape
    room = max((paragraph.room or PAGE.text_width) - shape.left - shape.right, 10)
    size = max((s.face.size for s in paragraph.spans if s.text.strip()), default=13.0)
    n_lines = max(1, -(-int(width_of(paragraph.spans)) // int(room)))
    line = shape.line * size * LINE_EM if shape.rule == "auto" else shape.line
    height = (n_lines * line + shape.before + shape.after) / POINTS_PER_MM
    return height / 2 if paragraph.cell is not None else height
