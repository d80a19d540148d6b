"""What a Word document says: paragraphs and table rows, each with the section it stands in.

Read as a reader sees it: insertions are in, deletions and moved-away text out, what nobody sees
(``word/sight``) and the second copy of a text box left aside. Any dialect of the format: elements go by local
names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from lxml import etree

from dvctt_report.word.sight import Sight
from dvctt_report.word.tree import alternative, span_of, symbol

OPENING = "phần mở đầu"
_ALL_SEEN = Sight()

RowsOf = Callable[[etree._Element], Iterable[etree._Element]]
"""What gives the rows that a node of a table stands for."""


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph (``table`` None, one cell) or a row of a table.

    ``section`` is "II.2.k", "Phụ lục II" or ``OPENING``; ``title`` what the table is called there ("Bảng 2";
    "" where it has no name); ``table`` counts the document's tables from 0. ``heads`` names each cell's
    column; ``header`` rows are those that do so.
    """

    section: str
    cells: tuple[str, ...]
    table: int | None = None
    title: str = ""
    heads: tuple[str, ...] = ()
    header: bool = False

    @property
    def text(self) -> str:
        return self.cells[0]


def read_blocks(
    root: etree._Element,
    notes: Iterable[etree._Element] = (),
    rows_apart: RowsOf = lambda _: (),
    sight: Sight = _ALL_SEEN,
) -> tuple[TextBlock, ...]:
    """Read the body of a document; paragraphs without text are left out.

    ``notes`` are the roots of its footnotes and endnotes; each stands in the section that refers to it.
    ``rows_apart`` gives the rows that a node of a table stands for. ``sight`` says what nobody sees.
    """
    body = next((e for e in root.iter() if _name(e) == "body"), root)
    reader = _BlockReader(rows_apart, sight)
    reader.read(body)
    blocks = reader.blocks
    for note in (note for part in notes for note in part):
        inner = _BlockReader()
        inner.read(note)
        section = reader.noted.get((_name(note), _attribute(note, "id")), OPENING)
        blocks += [replace(block, section=section) for block in inner.blocks]
    return tuple(blocks)


@cache
def _local(tag: object) -> str:
    """The name without its namespace; "" for comments and instructions, whose tag is no text."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _name(element: etree._Element) -> str:
    return _local(element.tag)


# -------------------------------------------------------------------------------------------------- sections

_ANNEX = re.compile(r"phụ\s+lục(?:\s+(?:số\s+)?([ivxlc]+|\d+))?[.:]?", re.IGNORECASE)
_PART = re.compile(r"(?:(?:phần|mục|chương)\s+)?([IVXLC]+)\s*[.:)]\s+\S", re.IGNORECASE)
_CLAUSE = re.compile(r"(\d{1,2}(?:\.\d{1,2})*)[.)]\s+[^\W\d]")
_POINT = re.compile(r"([a-zđ])\)\s+\S")
_TITLE = re.compile(r"(Bảng|Biểu|Hình)\s+(?:số\s+)?[\w.-]*\d+", re.IGNORECASE)


# --------------------------------------------------------------------------------------------------- reading

_PROPERTIES = ("pPr", "rPr", "tblPr", "trPr", "tcPr")
_UNSEEN = frozenset(("del", "moveFrom", "instrText", "delText", "delInstrText", *_PROPERTIES))
_PLAIN = frozenset(
    (
        *("p", "pPr", "pStyle", "jc", "spacing", "ind", "keepNext", "proofErr"),
        *("r", "rPr", "rStyle", "rFonts", "b", "bCs", "i", "iCs", "sz", "szCs", "lang"),
        *("tc", "tcPr", "tcW", "tcBorders", "vMerge", "vAlign"),
    )
)
"""Elements that neither hold nor hide anything: a paragraph or cell with no others is read in one go."""

_LONGEST_HEAD = 500  # Characters of the texts of a head from which on no more are joined to them
_TEXT = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": " "}


class _BlockReader:
    """Walks the body once; what was read stands in ``blocks``."""

    def __init__(self, rows_apart: RowsOf = lambda _: (), sight: Sight = _ALL_SEEN) -> None:
        self.blocks: list[TextBlock] = []
        self.noted: dict[tuple[str, str], str] = {}
        """The section that refers to each note, by its kind ("footnote") and its number."""
        self._rows_apart = rows_apart
        self._sight = sight
        self._annex, self._levels = "", list[str]()
        self._title = ""
        self._n_tables = 0

    def read(self, container: Iterable[etree._Element]) -> None:
        carried = ""
        for child in container:
            match _name(child):
                case "p":
                    carried = self._read_paragraph(child, carried)
                case "tbl":
                    self._read_table(child)
                    self._note(child)
                case "AlternateContent":
                    self.read(alternative(child))
                case name if name and name not in _UNSEEN:
                    # content controls, tracked moves of whole paragraphs
                    self.read(child)
        if carried:
            self._add(carried)

    def _read_paragraph(self, paragraph: etree._Element, carried: str) -> str:
        """Add a paragraph behind the text ``carried``; returns what runs on into the next one."""
        parts: list[str] = []
        boxes: list[etree._Element] = []
        plain = _read_plain(paragraph, self._sight)
        if plain is None:
            _collect(paragraph, parts, boxes, self._sight)
        text = plain[0] if plain else "".join(parts)
        label = self._sight.labels.get(paragraph) if text.strip() else None  # of automatic numbering
        text = carried + (f"{label} {text}" if label else text)
        properties = next((e for e in paragraph if _name(e) == "pPr"), None) if plain is None else None
        is_mark_deleted = properties is not None and _has_property(properties, "rPr", "del")
        if not (is_mark_deleted and text):
            self._add(text)
        if plain is None:
            self._note(paragraph)
        for box in boxes:
            self.read(box)
        return text if is_mark_deleted else ""

    def _note(self, element: etree._Element) -> None:
        for one in element.iter("{*}footnoteReference", "{*}endnoteReference"):
            self.noted[_name(one).removesuffix("Reference"), _attribute(one, "id")] = self._section

    def _add(self, text: str) -> None:
        if not text.strip():
            return
        found = _TITLE.match(text.strip())
        self._title = found.group(0) if found else ""
        if found:
            self._levels = self._levels[: self._depth]
        first = text.split("\n")[0].strip()  # which may open a section
        if opened := _ANNEX.fullmatch(first):
            self._annex, self._levels = f"Phụ lục {(opened[1] or '').upper()}".strip(), []
        elif (opened := _PART.match(first)) and opened[1].isupper():
            self._levels = [opened[1]]
        elif opened := _CLAUSE.match(first):
            self._levels = [*self._levels[: self._depth - 1], opened[1]]
        elif opened := _POINT.match(first):
            self._levels = [*self._levels[: self._depth], opened[1]]
        self.blocks.append(TextBlock(self._section, (text,)))

    @property
    def _depth(self) -> int:
        """How many levels stand above a point: one more where the clauses stand in a part (Roman number)."""
        return 2 if self._levels and self._levels[0].isalpha() and self._levels[0].isupper() else 1

    @property
    def _section(self) -> str:
        return self._annex or ".".join(self._levels) or OPENING

    def _read_table(self, table: etree._Element) -> None:
        number, title, section = self._n_tables, self._title, self._section
        self._n_tables += 1
        names: dict[int, str] = {}
        heading = True
        for n, row in enumerate(_parts(table, "tr", self._rows_apart)):
            if _has_property(row, "trPr", "del"):
                continue
            cells, columns, at = list[str](), list[range](), 0  # the texts, and what each covers of the grid
            for cell in _parts(row, "tc"):
                text, span = _read_plain(cell, self._sight) or (None, 1)
                is_deleted = False
                if text is None:
                    inside = [one for e in cell if _name(e) == "tcPr" for one in e]
                    spans = (span_of(_attribute(e, "val")) for e in inside if _name(e) == "gridSpan")
                    span, is_deleted = next(spans, 1), any(_name(e) == "cellDel" for e in inside)
                    inner = _BlockReader(sight=self._sight)
                    inner.read(cell if not is_deleted else ())
                    text = "\n".join(" ".join(block.cells) for block in inner.blocks)
                if not is_deleted:
                    cells.append(text if text.strip() else "")
                    columns.append(range(at, at + span))
                at += span
            heading = heading and (n == 0 or _has_property(row, "trPr", "tblHeader"))
            for text, covered in zip(cells, columns, strict=True) if heading else ():
                said = " ".join(text.split())
                for at in covered if said and not re.fullmatch(r"\(\d+\)", said) else ():
                    above = names.get(at, "")
                    if said != above and len(above) <= _LONGEST_HEAD:
                        names[at] = f"{above} – {said}" if above else said
            heads = tuple(names.get(covered[0], "") for covered in columns)
            if any(text.strip() for text in cells):
                self.blocks.append(TextBlock(section, tuple(cells), number, title, heads, heading))
        self._title = ""
        self._levels = self._levels[: self._depth]  # what follows belongs to the clause, not its last point


def _collect(
    element: etree._Element, parts: list[str], boxes: list[etree._Element], sight: Sight, before: str = ""
) -> None:
    """Add what is seen of an element; ``before`` is what figures above or below the line are read with."""
    for child in element:
        name = _name(child)
        if name == "t":
            text = child.text or ""
            parts.append(f"{before}{text}" if before and any(map(str.isdigit, text)) else text)
        elif name in _TEXT:
            parts.append(_TEXT[name])
        elif name == "sym":
            parts.append(symbol(child))
        elif name == "txbxContent":
            boxes.append(child)
        elif name == "AlternateContent":
            _collect(alternative(child), parts, boxes, sight, before)
        elif name == "r":
            if child not in sight.unseen:
                _collect(child, parts, boxes, sight, sight.raised.get(child, ""))
        elif name and name not in _UNSEEN:
            parts += [" "] if name == "oMath" else []  # a formula stands apart from the words before it
            _collect(child, parts, boxes, sight, before)


def _read_plain(element: etree._Element, sight: Sight) -> tuple[str, int] | None:
    """Return the text and span of a cell or paragraph where nothing in it needs a closer look."""
    parts, span, n_paragraphs = [], 1, 0
    for one in element.iter():
        name = _local(one.tag)
        if name == "t":
            parts.append(one.text or "")
        elif name == "br":
            parts.append("\n")
        elif name == "p":
            n_paragraphs += 1
        elif name == "gridSpan":
            span = span_of(_attribute(one, "val"))
        elif name not in _PLAIN or one in sight:
            return None
    return ("".join(parts), span) if n_paragraphs == 1 else None


def _attribute(element: etree._Element, name: str) -> str:
    return next((v for k, v in element.attrib.items() if k.rpartition("}")[2] == name), "")


def _has_property(element: etree._Element, group: str, name: str) -> bool:
    return any(_name(one) == name for e in element if _name(e) == group for one in e)


def _parts(element: etree._Element, wanted: str, apart: RowsOf = lambda _: ()) -> Iterator[etree._Element]:
    """Yield the rows of a table or the cells of a row, those inside content controls or kept apart too."""
    for child in element:
        name = _name(child)
        if name == wanted:
            yield child
        elif name in ("sdt", "sdtContent", "customXml", "ins"):
            yield from _parts(child, wanted)
        elif not name:
            yield from apart(child)
