"""How many pages a document has, as far as that can be told without laying it out."""

from __future__ import annotations

from itertools import pairwise

from dvctt_report.lint.parts import Paper
from dvctt_report.lint.pieces import lines_of
from dvctt_report.nd30.page import LINE_EM, PAGE, POINTS_PER_MM
from dvctt_report.word.document import Document, Paragraph, width_of

_SURE = 0.8
"""Estimates closer than this to one page decide nothing."""


def is_one_page_each(paper: Paper) -> bool | None:
    """Whether the text and each annex, which is numbered on its own, take one page; None: can't be told.

    A page that is the first of its part shows no number. Source: A1 I.7, III.1đ.
    """
    document = paper.document
    starts = sorted({0, *(a.label.paragraph.number for a in paper.annexes)})
    if document.n_pages is not None and document.n_pages > len(starts):
        return False
    parts = [
        _is_one_page(document, document.paragraphs[first:end])
        for first, end in pairwise((*starts, len(document.paragraphs)))
    ]
    return False if False in parts else None if None in parts else True


def _is_one_page(document: Document, paragraphs: tuple[Paragraph, ...]) -> bool | None:
    filled = [at for at, p in enumerate(paragraphs) if p.text.strip() or p.has_picture or p.cell is not None]
    if not filled:
        return True
    # Breaks before the first line and behind the last one part it from its neighbours.
    part = paragraphs[filled[0] : filled[-1] + 1]
    new_page = (s.number for s in document.sections if not s.continuous)
    if any(part[0].section < number <= part[-1].section for number in new_page) or any(
        p.breaks_page for p in part[1:]
    ):
        return False
    height = PAGE.height - PAGE.top - PAGE.bottom
    used = sum(height_of(p) / (2 if p.cell is not None else 1) for p in part)
    if document.n_pages == 1 or used < height * _SURE:
        return True
    return False if used > height / _SURE else None


def height_of(paragraph: Paragraph) -> float:
    """About how high a paragraph is in mm."""
    shape = paragraph.shape
    room = max((paragraph.room or PAGE.text_width) - shape.left - shape.right, 10)
    size = max((s.face.size for s in paragraph.spans if s.text.strip()), default=13.0)
    lengths = (width_of(line.spans) for line in lines_of(paragraph))
    n_lines = max(sum(max(1, -(-int(w) // int(room))) for w in lengths), paragraph.text.count("\n") + 1)
    line = shape.line * size * LINE_EM if shape.rule == "auto" else shape.line
    return (n_lines * line + shape.before + shape.after) / POINTS_PER_MM
