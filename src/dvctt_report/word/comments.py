"""A copy of a document with Word's comments at its paragraphs; it never takes the original's place."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from typing import Any

from lxml import etree

from dvctt_report.nd30.wordxml import NAMESPACES, W
from dvctt_report.word.reading import read_relations
from dvctt_report.word.repack import add_part, repack, serialise, snapshot
from dvctt_report.word.source import Source
from dvctt_report.word.tree import AUTHOR

MARK = b"dvctt-report: ban co ghi chu"
"""Stands in the package of a copy as it was written; whoever saves it drops it."""
_SIZE = 20


def with_comments(source: Source, notes: Sequence[tuple[Any, list[str]]], author: str = AUTHOR) -> bytes:
    """Return the document's bytes with a comment at each of the paragraphs, whose lines follow it."""
    before = snapshot(source)
    if not notes:
        return repack(source, before, mark=MARK)
    name, root = _comments_part(source)
    next_id = max((int(c.get(f"{W}id", "0")) for c in root if c.get(f"{W}id", "0").isdigit()), default=-1) + 1
    for at, (paragraph, lines) in enumerate(notes, next_id):
        root.append(_comment(at, lines, author))
        _anchor(paragraph, at)
    added = {} if name in source.trees else {name: serialise(root)}
    return repack(source, before, added, MARK)


def comments_name(source: Source) -> str:
    """The part that holds comments, as the package says; where there is none, where it would stand."""
    found = next(
        (target for kind, target in read_relations(source, source.main).values() if kind == "comments"), None
    )
    return found or posixpath.join(posixpath.dirname(source.main), "comments.xml")


def _comments_part(source: Source) -> tuple[str, Any]:
    name = comments_name(source)
    root = source.tree(name)
    if root is None:
        add_part(source, posixpath.basename(name), "comments", "rIdGhiChu")
        root = etree.Element(f"{W}comments", nsmap={"w": NAMESPACES["w"]})
    return name, root


def _comment(at: int, lines: list[str], author: str) -> Any:
    initials = "".join(word[0].upper() for word in author.split())
    made = etree.Element(f"{W}comment", {f"{W}id": str(at), f"{W}author": author, f"{W}initials": initials})
    for line in lines:
        run = etree.SubElement(etree.SubElement(made, f"{W}p"), f"{W}r")
        look = etree.SubElement(run, f"{W}rPr")
        for name in ("sz", "szCs"):
            etree.SubElement(look, f"{W}{name}", {f"{W}val": str(_SIZE)})
        etree.SubElement(run, f"{W}t").text = line
    return made


def _anchor(paragraph: Any, at: int) -> None:
    """Put the comment's range around all of the paragraph, and its reference at the end."""
    properties = paragraph.find(f"{W}pPr")
    start = etree.Element(f"{W}commentRangeStart", {f"{W}id": str(at)})
    paragraph.insert(0 if properties is None else 1, start)
    etree.SubElement(paragraph, f"{W}commentRangeEnd", {f"{W}id": str(at)})
    etree.SubElement(etree.SubElement(paragraph, f"{W}r"), f"{W}commentReference", {f"{W}id": str(at)})
