"""What of a document nobody sees, and why: hidden, struck out, white on white, tiny, merged away.

Formatting is resolved by Word's cascade first, so that it is no matter where a look comes from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from dvctt_report.word.cascade import Cascade, Face, shade
from dvctt_report.word.document import Paragraph
from dvctt_report.word.reading import read_document
from dvctt_report.word.source import Source
from dvctt_report.word.tree import W, child, is_on

HIDDEN, STRUCK, WHITE, TINY = "chữ ẩn", "gạch ngang", "chữ trắng", "chữ quá nhỏ"
SAME_COLOUR, MERGED, HIDDEN_ROW = "chữ trùng màu nền", "ô bị gộp", "dòng bị ẩn"
IN_CODE, FIELD = "chữ trong mã trường", "trường tự đổi"

_LEAST_SIZE = 6
"""Points under which print isn't read: footnotes of forms are 7 or 8."""
_LEAST_CONTRAST = 1.3
"""Of the lightest grey that a printer still shows on white (E0E0E0); yellow has 1.07."""
_STEADY = frozenset(
    (
        *("PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION", "HYPERLINK", "PAGEREF", "NOTEREF", "TOC", "TOA"),
        *("SEQ", "XE", "TC", "RD", "FORMTEXT", "FORMCHECKBOX", "FORMDROPDOWN", "SYMBOL"),
    )
)
"""Fields that say no more than Word knows of the document's own pages and headings; none is a figure."""
_HIGHLIGHTS = {
    "black": "000000", "blue": "0000FF", "cyan": "00FFFF", "green": "00FF00", "magenta": "FF00FF",
    "red": "FF0000", "yellow": "FFFF00", "white": "FFFFFF", "darkBlue": "000080", "darkCyan": "008080",
    "darkGreen": "008000", "darkMagenta": "800080", "darkRed": "800000", "darkYellow": "808000",
    "darkGray": "808080", "lightGray": "C0C0C0",
}  # fmt: skip
_PAPER = "FFFFFF"


@dataclass(frozen=True)
class Sight:
    """What of a document is seen otherwise than its text says.

    unseen: the runs that nobody sees as they are written, and how that comes.
    raised: the runs above or below the line, and the sign that says so.
    labels: what automatic numbering prints before a paragraph.
    things: what else changes what is seen, and the paragraph it stands at.
    """

    unseen: Mapping[Any, str] = field(default_factory=dict)
    raised: Mapping[Any, str] = field(default_factory=dict)
    labels: Mapping[Any, str] = field(default_factory=dict)
    things: tuple[tuple[str, str], ...] = ()

    def __contains__(self, run: object) -> bool:
        """Whether a run is seen otherwise than it is written."""
        return run in self.unseen or run in self.raised


def read_sight(source: Source) -> Sight:
    """Read what is seen of a document. Raises Refused where it can't be read."""
    document = read_document(source)
    cascade = Cascade(source)
    unseen: dict[Any, str] = {}
    raised: dict[Any, str] = {}
    for paragraph in document.printed:
        held, ground = _held_by(paragraph), ""
        for span in paragraph.spans:
            if not span.text.strip():
                continue
            if not ground and (span.face.said.get("color") or "auto").lower() != "auto":
                ground = _ground(paragraph, cascade)
            how = held or _face_how(span.face, ground)
            if not how and span.field and span.field not in _STEADY:
                how = f"{FIELD} ({span.field})"  # Word reckons or fetches it anew
            if how:
                unseen[span.element] = how
            elif span.face.raised:
                raised[span.element] = "^" if span.face.said.get("vertAlign") == "superscript" else "_"
        unseen |= dict.fromkeys(_in_code(paragraph), IN_CODE)
    labels = {one.element: one.label for one in document.paragraphs if one.label}
    things: list[tuple[str, str]] = []
    for table in document.tables:
        styles = cascade.style_elements(table.style)
        parts = (part for style in styles for part in style.iterchildren(f"{W}tblStylePr"))
        if any(next(part.iter(f"{W}vanish", f"{W}color"), None) is not None for part in parts):
            first = document.first_in(table)
            things.append(("kiểu bảng ẩn hoặc tô chữ của vài dòng, cột", first.text if first else ""))
    # The parts that Word fetches from another file, each with the paragraph before it.
    for part in source.main_tree.iter(f"{W}altChunk", f"{W}subDoc"):
        before = next(part.itersiblings(f"{W}p", preceding=True), None)
        text = "" if before is None else "".join(before.itertext(f"{W}t"))
        things.append(("phần lấy từ tệp khác khi mở", text))
    return Sight(unseen, raised, labels, tuple(things))


def _in_code(paragraph: Paragraph) -> Iterator[Any]:
    """Yield the runs with a text that stands where a field says what it does, which Word doesn't show."""
    if next(paragraph.element.iter(f"{W}fldChar"), None) is None:
        return
    within_code: list[bool] = []
    for run in paragraph.element.iter(f"{W}r"):
        for mark in run.findall(f"{W}fldChar"):
            match mark.get(f"{W}fldCharType"):
                case "begin":
                    within_code.append(True)
                case "separate" if within_code:
                    within_code[-1] = False
                case "end" if within_code:
                    within_code.pop()
        if any(within_code) and child(run, "t") is not None:
            yield run


def _held_by(paragraph: Paragraph) -> str:
    """How the cell or row that a paragraph stands in hides it; "" where none does."""
    for holder in paragraph.element.iterancestors(f"{W}tc", f"{W}tr"):
        if holder.tag == f"{W}tr":
            if is_on(child(child(holder, "trPr"), "hidden")):
                return HIDDEN_ROW
        else:
            merges = (child(child(holder, "tcPr"), name) for name in ("vMerge", "hMerge"))
            if any(merge is not None and merge.get(f"{W}val") != "restart" for merge in merges):
                return MERGED
    return ""


def _face_how(face: Face, behind: str) -> str:
    """How letters of a look are hidden on a ground of the colour ``behind``; "" where they are seen."""
    if face.hidden:
        return HIDDEN
    if face.struck:
        return STRUCK
    if face.size < _LEAST_SIZE:
        return TINY
    ground = _HIGHLIGHTS.get(face.said.get("highlight") or "") or face.said.get("ground") or behind
    ink = face.said.get("color") or "auto"
    if ink.lower() == "auto":  # Word writes white on what is dark, but for what was marked in black
        return SAME_COLOUR if face.highlight == "black" else ""
    if _contrast(ink, ground) >= _LEAST_CONTRAST:
        return ""
    return WHITE if ground == _PAPER else SAME_COLOUR


def _ground(paragraph: Paragraph, cascade: Cascade) -> str:
    """The colour behind a paragraph: its own or its style's, its cell's, its table's, or the paper's.

    What a table's style says of some rows or columns alone is told as a whole, by ``read_sight``.
    """
    around = [paragraph.element, *reversed(cascade.style_elements(paragraph.style))]
    if paragraph.cell:
        table = paragraph.cell.table
        around += [next(paragraph.element.iterancestors(f"{W}tc")), table.element]
        around += reversed(cascade.style_elements(table.style))
    shadings = (child(child(one, name), "shd") for one in around for name in ("pPr", "tcPr", "tblPr"))
    return next((colour for s in shadings if s is not None and (colour := shade(s, cascade.theme))), _PAPER)


def _contrast(one: str, other: str) -> float:
    """How much lighter one colour is than another, from 1 to 21. Source: WCAG 2.2, contrast ratio."""
    lights = []
    for colour in (one, other):
        if not re.fullmatch("[0-9A-Fa-f]{6}", colour):
            return 21.0
        parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        lights.append(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])
    return (max(lights) + 0.05) / (min(lights) + 0.05)
