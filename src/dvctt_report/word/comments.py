"""A copy of a document with Word's comments at its paragraphs; it never takes the original's place."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

from dvctt_report.word.changing import open_to_change, saved
from dvctt_report.word.reading import read_relations
from dvctt_report.word.source import Source
from dvctt_report.word.tree import AUTHOR

MARK = b"dvctt-report: ban co ghi chu"
"""Stands in the package of a copy as it was written; whoever saves it drops it."""
_POINTS = 10


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


def comments_name(source: Source) -> str:
    """The part that holds comments, as the package says; where there is none, where it would stand."""
    related = read_relations(source, source.main).values()
    return next((target for kind, target in related if kind == "comments"), f"{source.folder}comments.xml")
