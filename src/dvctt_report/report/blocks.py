"""What a Word document says: paragraphs and table rows, each with the section it stands in.

Read as a reader sees it: insertions are in, deletions and moved-away text out, what nobody sees
(``word/sight``) and the second copy of a text box left aside. Formulas and the like have texts of other
namespaces, so that what stands in a paragraph goes by local names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cache

from lxml import etree

from dvctt_report.word.sight import Sight
from dvctt_report.word.tree import W, alternative, child, children, span_of, symbol, value

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
    rows_apart: RowsOf | None = None,
    sight: Sight = _ALL_SEEN,
) -> tuple[TextBlock, ...]:
    """Read the body of a document; paragraphs without text are left out.

    ``notes`` are the roots of its footnotes and endnotes; each stands in the section that refers to it.
    ``rows_apart`` gives the rows that a node of a table stands for. ``sight`` says what nobody sees.
    """
    body = next(root.iter(f"{W}body"), root)
    reader = _BlockReader(rows_apart, sight)
    reader.read(body)
    blocks = reader.blocks
    for note in (note for part in notes for note in part):
        inner = _BlockReader()
        inner.read(note)
        section = reader.noted.get((_local(note.tag), note.get(f"{W}id", "")), OPENING)
        blocks += [replace(block, section=section) for block in inner.blocks]
    return tuple(blocks)


@cache
def _local(tag: object) -> str:
    """The name without its namespace; "" for comments and instructions, whose tag is no text."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


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


@dataclass(eq=False)
class _BlockReader:
    """Walks the body once; what was read stands in ``blocks``.

    ``noted``: the section that refers to each note, by its kind ("footnote") and its number.
    """

    rows_apart: RowsOf | None = None
    sight: Sight = _ALL_SEEN
    blocks: list[TextBlock] = field(default_factory=list)
    noted: dict[tuple[str, str], str] = field(default_factory=dict)
    _annex: str = ""
    _levels: list[str] = field(default_factory=list)
    _title: str = ""
    _n_tables: int = 0

    def read(self, container: Iterable[etree._Element]) -> None:
        carried = ""  # the text that runs on into the next paragraph
        for element in container:
            match _local(element.tag):
                case "p":
                    parts, boxes = list[str](), list[etree._Element]()
                    plain = _read_plain(element, self.sight)
                    if plain is None:
                        _collect(element, parts, boxes, self.sight)
                    text = plain[0] if plain else "".join(parts)
                    label = self.sight.labels.get(element) if text.strip() else None  # of automatic numbering
                    text = carried + (f"{label} {text}" if label else text)
                    mark = child(child(element, "pPr"), "rPr") if plain is None else None
                    carried = text if child(mark, "del") is not None else ""  # the mark is deleted
                    if not carried:
                        self._add(text)
                    if plain is None:
                        self._note(element)
                    for box in boxes:
                        self.read(box)
                case "tbl":
                    self._read_table(element)
                    self._note(element)
                case "AlternateContent":
                    self.read(alternative(element))
                case name if name and name not in _UNSEEN:
                    # content controls, tracked moves of whole paragraphs
                    self.read(element)
        if carried:
            self._add(carried)

    def _note(self, element: etree._Element) -> None:
        for one in element.iter("{*}footnoteReference", "{*}endnoteReference"):
            self.noted[_local(one.tag).removesuffix("Reference"), one.get(f"{W}id", "")] = self._section

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
        apart = self.rows_apart or (lambda _: ())
        nodes = ((node,) if node.tag == f"{W}tr" else apart(node) for node in children(table))
        for n, row in enumerate(row for rows in nodes for row in rows):
            if child(child(row, "trPr"), "del") is not None:
                continue
            cells, columns, at = list[str](), list[range](), 0  # the texts, and what each covers of the grid
            for cell in (node for node in children(row) if node.tag == f"{W}tc"):
                text, span = _read_plain(cell, self.sight) or (None, 1)
                is_deleted = False
                if text is None:
                    properties = child(cell, "tcPr")
                    span = span_of(value(properties, "gridSpan"))
                    is_deleted = child(properties, "cellDel") is not None
                    inner = _BlockReader(sight=self.sight)
                    inner.read(cell if not is_deleted else ())
                    text = "\n".join(" ".join(block.cells) for block in inner.blocks)
                if not is_deleted:
                    cells.append(text if text.strip() else "")
                    columns.append(range(at, at + span))
                at += span
            heading = heading and (n == 0 or child(child(row, "trPr"), "tblHeader") is not None)
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
    for inner in element:
        name = _local(inner.tag)
        if name == "t":
            text = inner.text or ""
            parts.append(f"{before}{text}" if before and any(map(str.isdigit, text)) else text)
        elif name in _TEXT:
            parts.append(_TEXT[name])
        elif name == "sym":
            parts.append(symbol(inner))
        elif name == "txbxContent":
            boxes.append(inner)
        elif name == "AlternateContent":
            _collect(alternative(inner), parts, boxes, sight, before)
        elif name == "r":
            if inner not in sight.unseen:
                _collect(inner, parts, boxes, sight, sight.raised.get(inner, ""))
        elif name and name not in _UNSEEN:
            parts += [" "] if name == "oMath" else []  # a formula stands apart from the words before it
            _collect(inner, parts, boxes, sight, before)


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
            span = span_of(one.get(f"{W}val"))
        elif name not in _PLAIN or one in sight:
            return None
    return ("".join(parts), span) if n_paragraphs == 1 else None
