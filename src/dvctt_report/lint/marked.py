"""The marked copy: the document itself with a comment at each paragraph where something is to be mended.

It is made anew from the original every time and never takes its place. Word allows no comment in headers and
text boxes; what is found there is told at the paragraph of the body that they belong to.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any

from lxml import etree

from dvctt_report.lint.outcome import Verdict
from dvctt_report.lint.summary import LEVEL_NAMES, Told, told_together
from dvctt_report.nd30.wordxml import NAMESPACES, W
from dvctt_report.word.document import Paragraph
from dvctt_report.word.reading import AUTHOR, read_relations
from dvctt_report.word.repack import add_part, repack, serialise, snapshot
from dvctt_report.word.source import Source
from dvctt_report.word.tree import MC

_INITIALS = "KTTT"
MARK = b"dvctt-report: ban co ghi chu"
"""Stands in the package of a copy as it was written; whoever saves it drops it."""
_SHORTLY = 20
"""How many further places of one fact are marked, with a few words each; the rest is counted."""
_SIZE = 20


def mark(source: Source, verdict: Verdict) -> bytes:
    """Return the marked copy's bytes. ``source`` is the one that was judged; its trees are changed."""
    before = snapshot(source)
    notes = _notes(source, verdict)
    if not notes:
        return repack(source, before, mark=MARK)
    name, root = _comments_part(source)
    next_id = max((int(c.get(f"{W}id", "0")) for c in root if c.get(f"{W}id", "0").isdigit()), default=-1) + 1
    for at, (paragraph, lines) in enumerate(notes, next_id):
        root.append(_comment(at, lines))
        _anchor(paragraph, at)
    added = {} if name in source.trees else {name: serialise(root)}
    return repack(source, before, added, MARK)


def is_marked(source: Source) -> bool:
    """Whether a document bears comments of ours."""
    return any(True for _ in _ours(source))


def unmark(source: Source) -> bytes:
    """Return the document without our comments, those of people left in. The trees are changed."""
    before = snapshot(source)
    before.setdefault(source.main, etree.tostring(source.main_tree))
    gone = set[str]()
    for comment in list(_ours(source)):
        gone.add(comment.get(f"{W}id", ""))
        root = comment.getparent()
        before.setdefault(_comments_name(source), etree.tostring(root))
        root.remove(comment)
    for tag in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        for element in list(source.main_tree.iter(f"{W}{tag}")):
            if element.get(f"{W}id") in gone:
                run = element.getparent()
                alone = tag == "commentReference" and all(c.tag in (f"{W}rPr", element.tag) for c in run)
                (run.getparent() if alone else run).remove(run if alone else element)
    return repack(source, before)


def _ours(source: Source) -> Iterator[Any]:
    root = source.tree(_comments_name(source))
    for comment in root if root is not None else ():
        if comment.get(f"{W}author") == AUTHOR:
            yield comment


def _comments_name(source: Source) -> str:
    """The part that holds comments, as the package says; where there is none, where it would stand."""
    found = next(
        (target for kind, target in read_relations(source, source.main).values() if kind == "comments"), None
    )
    return found or posixpath.join(posixpath.dirname(source.main), "comments.xml")


def _comments_part(source: Source) -> tuple[str, Any]:
    name = _comments_name(source)
    root = source.tree(name)
    if root is None:
        add_part(source, posixpath.basename(name), "comments", "rIdGhiChu")
        root = etree.Element(f"{W}comments", nsmap={"w": NAMESPACES["w"]})
    return name, root


# ------------------------------------------------------------------------------------------ what is told


def _notes(source: Source, verdict: Verdict) -> list[tuple[Any, list[str]]]:
    """The paragraphs to be commented and the lines of each comment, in page order."""
    paragraphs = list(source.main_tree.iter(f"{W}p"))
    order = {id(p): at for at, p in enumerate(paragraphs)}
    notes: dict[int, tuple[Any, list[str]]] = {}
    for told in told_together(verdict.findings):
        for n, finding in enumerate(told.findings[: _SHORTLY + 1]):
            element = _in_body(source, finding.spot.paragraph)
            line = _told(told) if n == 0 else f"{_level(told)}: {finding.found} (như đã ghi chú ở trên)."
            lines = notes.setdefault(order[id(element)], (element, []))[1]
            lines += [line] if line not in lines else []
    return [notes[at] for at in sorted(notes)]


def _told(told: Told) -> str:
    first = told.finding
    right = f"; đúng: {first.expected}" if first.expected else ""
    more = f" Còn {told.n_more} chỗ khác như vậy." if told.n_more else ""
    place = f"{first.place}: " if first.spot.paragraph is None or "trang" in first.place.lower() else ""
    said = f"{_level(told)}: {place}{first.found}{right}. Cách sửa: {first.fix}.{more}"
    return f"{said} ({first.source}; {first.code})"


def _level(told: Told) -> str:
    return LEVEL_NAMES[told.finding.level].capitalize()


def _in_body(source: Source, paragraph: Paragraph | None) -> Any:
    """The paragraph of the body that may bear a comment: around a text box, else the first with text."""
    main = source.main_tree
    if paragraph is not None and paragraph.part == source.main:
        return [paragraph.element, *paragraph.element.iterancestors(f"{W}p")][-1]
    shown = (p for p in main.iter(f"{W}p") if any(t.text for t in p.iter(f"{W}t")))
    plain = (p for p in shown if next(p.iterancestors(f"{W}txbxContent", f"{MC}Fallback"), None) is None)
    return next(plain, next(main.iter(f"{W}p")))


# ----------------------------------------------------------------------------------------- how it is set


def _comment(at: int, lines: list[str]) -> Any:
    made = etree.Element(f"{W}comment", {f"{W}id": str(at), f"{W}author": AUTHOR, f"{W}initials": _INITIALS})
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
