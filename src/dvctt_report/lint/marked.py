"""The marked copy: the document itself with a comment at each paragraph where something is to be mended.

It is made anew from the original every time and never takes its place. Word allows no comment in headers and
text boxes; what is found there is told at the paragraph of the body that they belong to.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from dvctt_report.lint.outcome import FileVerdict, told_together
from dvctt_report.word.comments import comments_name, with_comments
from dvctt_report.word.document import Paragraph
from dvctt_report.word.reading import read_relations
from dvctt_report.word.repack import repack, snapshot
from dvctt_report.word.source import Source
from dvctt_report.word.tree import AUTHOR, MC, W

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_SHORTLY = 20
"""How many further places of one fact are marked, with a few words each; the rest is counted."""


def mark(source: Source, verdict: FileVerdict) -> bytes:
    """Return the marked copy's bytes. ``source`` is the one that was judged; its trees are changed."""
    return with_comments(source, _notes(source, verdict))


def is_marked(source: Source) -> bool:
    """Whether a document bears comments of ours."""
    return any(True for _ in _ours(source))


def unmark(source: Source) -> bytes:
    """Return the document without our comments, those of people and their answers left in.

    The trees are changed. python-docx has no word for taking a comment out.
    """
    related = read_relations(source, source.main).values()
    beside = [part for kind, part in related if kind in ("commentsExtended", "commentsIds")]
    for name in (source.main, comments_name(source), *beside):
        source.tree(name)
    before = snapshot(source)
    gone, paragraphs = set[str](), set[str]()
    for comment in [*_ours(source)]:
        gone.add(comment.get(f"{W}id", ""))
        paragraphs |= {p.get(f"{_W14}paraId", "") for p in comment.iter(f"{W}p")}
        comment.getparent().remove(comment)
    roots = [root for name in beside if (root := source.tree(name)) is not None]
    for entry in [entry for root in roots for entry in root]:
        named = {etree.QName(name).localname: value for name, value in entry.attrib.items()}
        if named.get("paraId") in paragraphs:
            entry.getparent().remove(entry)
        elif named.get("paraIdParent") in paragraphs:  # the answer to a comment of ours stands by itself
            del entry.attrib[f"{_W15}paraIdParent"]
    for tag in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        for element in list(source.main_tree.iter(f"{W}{tag}")):
            if element.get(f"{W}id") in gone:
                around = element.getparent()
                around.remove(element)
                if tag == "commentReference" and all(c.tag == f"{W}rPr" for c in around):
                    around.getparent().remove(around)
    return repack(source, before)


def _ours(source: Source) -> Iterator[Any]:
    root = source.tree(comments_name(source))
    for comment in root if root is not None else ():
        if comment.get(f"{W}author") == AUTHOR:
            yield comment


def _notes(source: Source, verdict: FileVerdict) -> list[tuple[Any, list[str]]]:
    """The paragraphs to be commented and the lines of each comment, in page order."""
    paragraphs = list(source.main_tree.iter(f"{W}p"))
    order = {id(p): at for at, p in enumerate(paragraphs)}
    notes: dict[int, list[str]] = {}
    for told in told_together(verdict.findings):
        first, level = told.finding, told.finding.level.word.capitalize()
        right = f"; đúng: {first.expected}" if first.expected else ""
        more = f" Còn {told.n_more} chỗ khác như vậy." if told.n_more else ""
        # Where the paragraph doesn't show what it is about, the place is named.
        named = first.spot.paragraph is None or "trang" in first.place.lower()
        place = f"{first.place}: " if named else ""
        whole = f"{level}: {place}{first.found}{right}. Cách sửa: {first.fix}.{more}"
        for n, finding in enumerate(told.findings[: _SHORTLY + 1]):
            again = f"{level}: {finding.found} (như đã ghi chú ở trên)."
            line = again if n else f"{whole} ({first.source}; {first.code})"
            lines = notes.setdefault(order[id(_in_body(source, finding.spot.paragraph))], [])
            lines += [line] if line not in lines else []
    return [(paragraphs[at], notes[at]) for at in sorted(notes)]


def _in_body(source: Source, paragraph: Paragraph | None) -> Any:
    """The paragraph of the body that may bear a comment: around a text box, else the nearest with text.

    LibreOffice drops one of two comments at a paragraph without letters of its own.
    """
    main, here = source.main_tree, None
    if paragraph is not None and paragraph.part == source.main:
        here = [paragraph.element, *paragraph.element.iterancestors(f"{W}p")][-1]
        if here is paragraph.element or _has_letters(here):
            return here
    boxes = (f"{W}txbxContent", f"{MC}Fallback")
    plain = [p for p in main.iter(f"{W}p") if next(p.iterancestors(*boxes), None) is None]
    behind = plain[plain.index(here) :] if here is not None else plain
    return next(filter(_has_letters, behind), here if here is not None else next(main.iter(f"{W}p")))


def _has_letters(paragraph: Any) -> bool:
    """Whether a paragraph holds text that isn't its boxes'."""
    return any(t.text and next(t.iterancestors(f"{W}p")) is paragraph for t in paragraph.iter(f"{W}t"))
