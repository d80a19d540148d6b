"""The marked copy: the document itself with a comment at each paragraph where something is to be mended.

It is made anew from the original every time and never takes its place. Word allows no comment in headers and
text boxes; what is found there is told at the paragraph of the body that they belong to.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from dvctt_report.lint.outcome import Verdict
from dvctt_report.lint.summary import LEVEL_NAMES, Told, told_together
from dvctt_report.nd30.wordxml import W
from dvctt_report.word.comments import comments_name, with_comments
from dvctt_report.word.document import Paragraph
from dvctt_report.word.reading import AUTHOR
from dvctt_report.word.repack import repack, snapshot
from dvctt_report.word.source import Source
from dvctt_report.word.tree import MC

_SHORTLY = 20
"""How many further places of one fact are marked, with a few words each; the rest is counted."""


def mark(source: Source, verdict: Verdict) -> bytes:
    """Return the marked copy's bytes. ``source`` is the one that was judged; its trees are changed."""
    return with_comments(source, _notes(source, verdict))


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
        before.setdefault(comments_name(source), etree.tostring(root))
        root.remove(comment)
    for tag in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        for element in list(source.main_tree.iter(f"{W}{tag}")):
            if element.get(f"{W}id") in gone:
                run = element.getparent()
                alone = tag == "commentReference" and all(c.tag in (f"{W}rPr", element.tag) for c in run)
                (run.getparent() if alone else run).remove(run if alone else element)
    return repack(source, before)


def _ours(source: Source) -> Iterator[Any]:
    root = source.tree(comments_name(source))
    for comment in root if root is not None else ():
        if comment.get(f"{W}author") == AUTHOR:
            yield comment


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
