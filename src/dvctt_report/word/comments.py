"""A copy of a document that python-docx changes and saves, or gives Word's comments at its paragraphs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

from dvctt_report.word.source import Refused, Source
from dvctt_report.word.tree import AUTHOR

MARK = b"dvctt-report: ban co ghi chu"
"""Stands in the package of a copy as it was written; whoever saves it drops it."""
_POINTS = 10
_UNUSUAL = (
    "Tệp không phải .docx thông thường, không ghi được bản sao",
    "Mở tệp bằng Word, chọn “Lưu thành”, loại “Word Document (*.docx)” rồi chạy lại.",
)


def with_comments(source: Source, notes: Sequence[tuple[Any, list[str]]], author: str = AUTHOR) -> bytes:
    """Return the document's bytes with a comment at each of the paragraphs, whose lines follow it.

    Raises Refused as ``open_to_change`` does.
    """
    from docx.shared import Pt
    from docx.text.paragraph import Paragraph

    document, theirs = open_to_change(source)
    initials = "".join(word[0].upper() for word in author.split())
    for element, lines in notes:
        paragraph = Paragraph(theirs[element], document._body)
        comment = document.add_comment(paragraph.runs or [paragraph.add_run()], "", author, initials)
        for n, line in enumerate(lines):
            told = comment.paragraphs[0] if n == 0 else comment.add_paragraph()
            told.add_run(line).font.size = Pt(_POINTS)
    buffer = io.BytesIO(saved(document))
    with zipfile.ZipFile(buffer, "a") as package:
        package.comment = MARK
    return buffer.getvalue()


def open_to_change(source: Source) -> tuple[Any, dict[Any, Any]]:
    """python-docx's document, and its element for each of those that were read of ``source``.

    Raises Refused for a package that is none of an ordinary .docx (Strict, with macros).
    """
    from docx import Document

    try:
        document = Document(io.BytesIO(source.data))
    except (KeyError, ValueError) as fault:
        raise Refused(*_UNUSUAL) from fault
    theirs: dict[Any, Any] = {}
    for part in document.part.package.iter_parts():
        root = source.trees.get(part.partname.lstrip("/").lower())
        if root is not None and hasattr(part, "element"):
            theirs |= zip(root.iter("*"), part.element.iter("*"), strict=True)
    return document, theirs


def saved(document: Any) -> bytes:
    """The bytes of the document as it stands now."""
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
