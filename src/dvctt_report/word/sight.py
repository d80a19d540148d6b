"""What of a document nobody sees, and why: hidden, struck out, white on white, tiny, merged or cut away.

Formatting is resolved by Word's cascade first, so that it is no matter where a look comes from.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import inf
from typing import Any

from dvctt_report.files.xlsx_styles import is_seen
from dvctt_report.word.cascade import HEX, Cascade
from dvctt_report.word.document import Paragraph, Span, read_document
from dvctt_report.word.nd30 import POINTS_PER_MM
from dvctt_report.word.source import Source
from dvctt_report.word.tree import NAMES, W, child, is_on, number, value

HIDDEN, STRUCK, WHITE, TINY = "chữ ẩn", "gạch ngang", "chữ trắng", "chữ quá nhỏ"
SAME_COLOUR, MERGED, HIDDEN_ROW = "chữ trùng màu nền", "ô bị gộp", "dòng bị ẩn"
IN_CODE, FIELD, BOUND = "chữ trong mã trường", "trường tự đổi", "ô tự lấy chữ từ dữ liệu khác của tệp"
SIGNS, TURNED, LOW = "phông chữ ký hiệu", "chữ viết ngược chiều", "dòng quá thấp"
NARROW, OUTSIDE = "chỗ quá hẹp", "thụt ra ngoài lề giấy"

_LEAST_SIZE = 6  # Points under which print isn't read: footnotes of forms are 7 or 8
_LEAST_HEIGHT = 0.7
"""Of the size of letters, that a line or row of fixed height leaves of them: below, no digit is told."""
_MOST_OUTSIDE = 15.0
"""Millimetres that text stands beyond its margin at most: the narrowest margin of an official document."""
_LEAST_SCALE = 1 / 3
"""Of their own width, to which letters are squeezed; a letter takes half its size in width."""
_FONTS_OF_SIGNS = ("symbol", "webdings", "wingdings")  # How the fonts begin that show other signs for letters
_PAPER = "FFFFFF"
_FORWARD = ("ltr", "0", "false", "off")


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
    # The controls that Word fills with what stands in another part of the file.
    controls = (control for root in source.trees.values() for control in root.iter(f"{W}sdt"))
    bound = {c for c in controls if next(c.iterfind(f"{W}sdtPr/{{*}}dataBinding"), None) is not None}
    unseen: dict[Any, str] = {}
    raised: dict[Any, str] = {}
    for paragraph in document.printed:
        held, ground = _held_by(paragraph), ""
        rows = (child(child(row, "trPr"), "trHeight") for row in paragraph.element.iterancestors(f"{W}tr"))
        fixed = (row.get(f"{W}val") for row in rows if row is not None and row.get(f"{W}hRule") == "exact")
        height = min((number(points, inf) / 20 for points in fixed), default=inf)
        for span in paragraph.spans:
            if not span.text.strip():
                continue
            if not ground and (span.face.properties.get("color") or "auto").lower() != "auto":
                ground = _ground(paragraph, cascade)
            how = held or _how_hidden(paragraph, span, ground, height)
            if not how and span.field and span.field not in NAMES["steady_fields"]:
                how = f"{FIELD} ({span.field})"  # Word reckons or fetches it anew
            if not how and bound and not bound.isdisjoint(span.element.iterancestors(f"{W}sdt")):
                how = BOUND
            if how:
                unseen[span.element] = how
            elif span.face.raised:
                raised[span.element] = "^" if span.face.properties.get("vertAlign") == "superscript" else "_"
        unseen |= dict.fromkeys(_in_code(paragraph), IN_CODE)
    labels: dict[Any, str] = {}
    for numbered in document.paragraphs:
        if numbered.label and numbered.shape.numbering:
            # Of the sign of a list its words, if it has any.
            level = cascade.lists.levels.get(numbered.shape.numbering)
            sign = (value(level, "lvlText") or "").strip() if value(level, "numFmt") == "bullet" else ""
            labels[numbered.element] = sign if any(map(str.isalnum, sign)) else numbered.label
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
    for control in source.main_tree.iter(f"{W}sdt"):
        if control in bound and not "".join(control.itertext(f"{W}t")).strip():
            holder = next(control.iterancestors(f"{W}p"), None)
            things.append((BOUND, "" if holder is None else "".join(holder.itertext(f"{W}t"))))
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


def _how_hidden(paragraph: Paragraph, span: Span, behind: str, height: float) -> str:
    """Why letters can't be read on the colour ``behind``, in a row that leaves ``height``; "" if they can."""
    face, shape, said = span.face, paragraph.shape, span.face.properties
    ground = NAMES["highlights"].get(said.get("highlight")) or said.get("ground") or behind
    ink = said.get("color") or "auto"
    in_sight = not HEX.fullmatch(ink) or not HEX.fullmatch(ground) or is_seen(int(ink, 16), int(ground, 16))
    if ink.lower() == "auto":  # Word writes white on what is dark, but for what was marked in black
        in_sight = face.highlight != "black"
    line = shape.line * (face.size if shape.rule == "auto" else inf if shape.rule == "atLeast" else 1)
    sides = (shape.left, shape.left + shape.first)
    room = inf if paragraph.room is None else paragraph.room - max(sides) - shape.right
    turning = (child(child(span.element, "rPr"), "rtl"), *span.element.iterancestors(f"{W}bdo", f"{W}dir"))
    turned = any(turn is not None and turn.get(f"{W}val", "rtl") not in _FORWARD for turn in turning)
    unseen = (
        (HIDDEN, face.hidden),
        (STRUCK, face.struck),
        (TINY, face.size < _LEAST_SIZE),
        (WHITE if ground == _PAPER and ink.lower() != "auto" else SAME_COLOUR, not in_sight),
    )
    unread = (
        (SIGNS, any(font.lower().startswith(_FONTS_OF_SIGNS) for font in face.fonts[:2])),
        (TURNED, turned),
        (LOW, min(line, height) < _LEAST_HEIGHT * face.size),
        (OUTSIDE, min(*sides, shape.right) < -_MOST_OUTSIDE),
        (NARROW, room < face.size / POINTS_PER_MM / 2 or face.scale < _LEAST_SCALE),
        (NARROW, face.spacing < -face.size * _LEAST_SCALE),
    )
    rules = (*unseen, *unread) if any(map(str.isalnum, span.text)) else unseen
    return next((how for how, holds in rules if holds), "")


def _ground(paragraph: Paragraph, cascade: Cascade) -> str:
    """The colour behind a paragraph: its own or its style's, its cell's, its table's, or the paper's."""
    style = cascade.style_of(child(paragraph.element, "pPr"))
    around = [paragraph.element, *reversed(cascade.style_elements(style))]
    if paragraph.cell:
        table = paragraph.cell.table
        around += [next(paragraph.element.iterancestors(f"{W}tc")), table.element]
        around += reversed(cascade.style_elements(table.style))
    shadings = (child(child(element, name), "shd") for element in around for name in ("pPr", "tcPr", "tblPr"))
    return next((colour for s in shadings if s is not None and (colour := cascade.shade(s))), _PAPER)
