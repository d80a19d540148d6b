"""What a sheet says of its figures outside the form's own texts and answers.

In cells beside, above and below the tables, in notes pinned to them, in boxes over them, at the head and foot
of its pages. Whoever signs the sheet has read it: where it names another unit, another period or another
figure, the figures that it stands by are a question.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from dvctt_report.forms import wording
from dvctt_report.forms.form import LIST, Form, Key
from dvctt_report.forms.layout import MARKER
from dvctt_report.forms.prefill import spec_of
from dvctt_report.intake.block import SheetBlock
from dvctt_report.intake.cells import Cell, CellKind, Sheet, address
from dvctt_report.intake.issued import Difference, by_sheet, keys_in
from dvctt_report.intake.labels import label_places
from dvctt_report.intake.locate import Located, answers_of, closed_cells
from dvctt_report.intake.notes import without_notice
from dvctt_report.intake.page import is_number
from dvctt_report.intake.saying import (
    Kind,
    bare_number,
    numbers_in,
    periods,
    said_beside,
    said_in_note,
    unit_beside,
)
from dvctt_report.model import CellRef
from dvctt_report.plan.model import Item, Profile, Unit
from dvctt_report.vietnamese import clean_text, key

_WHOLE_FILE = ("cover", "sign")
"""Tables whose sheet speaks for the whole return."""
_NOTES = ("note", "source")
"""Answers in which a unit explains the figures of its row."""
_CODES = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|[0-9]+|[A-Za-z&])')
"""What stands for fonts, sizes and fields in the head and foot of a page."""


def around(
    located: Located, form: Form, file: str, profile: Profile, unit: Unit, told: Iterable[CellRef]
) -> Iterator[Difference]:
    """Yield every text beside the form's own that contradicts its figures; ``told``: cells already told."""
    known = set(told)
    own = _own_texts(form, profile, unit)
    items = {i.code: i for i in profile.plan.items}
    period = _period(form, profile)
    for blocks in by_sheet(located):
        everywhere = any(block.table.id in _WHOLE_FILE for block in blocks)
        about = located.blocks if everywhere else blocks
        margin = _Margin(blocks, tuple(about), own, items, CellRef(file, blocks[0].sheet.name), period)
        yield from (one for one in margin.found() if one.at not in known)


def signatures(located: Located, file: str) -> Iterator[tuple[str, CellRef]]:
    """Yield the lines below a sheet's last table, where whoever signs puts his office.

    Those who get the return, in a list or below "Nơi nhận", are none.
    """
    for blocks in by_sheet(located):
        sheet = blocks[0].sheet
        last = max((row.number for block in blocks for row in block.rows), default=0)
        below = [c for c in sheet.cells.values() if c.row > last and c.kind is CellKind.TEXT and _is_shown(c)]
        lists = {c.column: c.row for c in below if key(c.raw).startswith("nơi nhận")}
        for cell in below:
            if len(cell.raw) <= _SIGNED and not lists.get(cell.column, cell.row) < cell.row:
                lines = (line.strip() for line in cell.raw.splitlines())
                at = CellRef(file, sheet.name, cell.address)
                yield from ((line, at) for line in lines if not (line.startswith("-") or line.endswith(";")))


_SIGNED = 120
"""Characters of what stands above a signature: an office, a rank, a name."""


def foreign_figures(block: SheetBlock, sheet: Sheet) -> Iterator[Cell]:
    """The numbers beside a table's columns in the rows of the table: where nothing is asked."""
    rows = {row.number for row in block.rows}
    answers = set(block.columns.values())
    if not answers:  # a table whose columns weren't found, which is told as such
        return iter(())
    labels = {key(text) for row in block.table.rows for text in row.labels}
    found = [
        cell
        for (row, column), cell in sheet.cells.items()
        if row in rows and column not in answers and is_number(cell) and _is_shown(cell)
    ]
    if any(cell.column < min(answers) for cell in found):  # behind the labels, not the number of the row
        behind = max(label_places(block), default=min(answers))
        found = [cell for cell in found if cell.column > behind]
    return iter([cell for cell in found if key(cell.raw) not in labels])


def _is_shown(cell: Cell) -> bool:
    return not (cell.hidden or cell.is_covered or cell.is_withdrawn)


def _period(form: Form, profile: Profile) -> str:
    """The line that the form prints over every sheet."""
    return f"{form.period.title} – số liệu {wording.period_line(profile, form.period)}"


@dataclass(frozen=True)
class _Own:
    """The keys of all that the form prints, and the periods that it names."""

    texts: frozenset[str]
    periods: frozenset[str]


def _own_texts(form: Form, profile: Profile, unit: Unit) -> _Own:
    period = _period(form, profile)
    cover = [text for pair in wording.cover_lines(profile, unit, form.period) for text in pair]
    tables = [t for s in form.sheets for t in s.tables]
    around_ = [text for s in form.sheets for text in (s.title, *s.notes)]
    around_ += [text for t in tables for text in (t.title, t.note)]
    inside = [text for t in tables for r in t.rows for text in r.labels]
    inside += [text for t in tables for c in t.columns for text in (c.header, c.group)]
    texts = frozenset(key(text) for text in (period, unit.name, *cover, *around_, *inside) if text)
    named = frozenset(said for text in (period, *cover, *around_) if text for said in periods(text))
    return _Own(texts, named | {f"năm {form.period}"})


@dataclass(frozen=True)
class _Margin:
    """All that a sheet says outside its form; ``about`` are the tables that it speaks of as a whole."""

    blocks: list[SheetBlock]
    about: tuple[SheetBlock, ...]
    own: _Own
    items: Mapping[str, Item]
    at: CellRef
    period: str

    @property
    def sheet(self) -> Sheet:
        return self.blocks[0].sheet

    def found(self) -> Iterator[Difference]:
        for cell in self._texts():
            kind = said_beside(clean_text(cell.raw), self.own.periods)
            if kind is not None:
                yield from self._told(kind, cell.raw, (cell.row, cell.column))
        yield from self._noted()
        for place, note in self.sheet.notes.items():
            yield from self._note(place, clean_text(without_notice(note)))
        for text in (*self.sheet.text_boxes, *(_CODES.sub(" ", m) for m in self.sheet.margins)):
            kind = said_beside(clean_text(text), self.own.periods)
            if kind is not None:
                yield from self._told(kind, text, None)

    def _noted(self) -> Iterator[Difference]:
        """Rows with figures whose own note or source names another unit, another period, another figure."""
        for block in self.blocks:
            by_row: dict[int, list[Key]] = {}
            for row, _, name in answers_of(block):
                by_row.setdefault(row.number, []).append(name)
            for number, keys in by_row.items():
                figures = tuple(k for k in keys if k.field not in _NOTES and self._is_figure(k))
                for name in (k for k in keys if k.field in _NOTES and figures):
                    cell = self.sheet.cell(number, block.columns[name.field])
                    text = clean_text(cell.raw) if cell is not None else ""
                    if text and said_in_note(text, self.own.periods):
                        at = self._cell((number, block.columns[name.field]))
                        yield Difference("noted", at, "", text, f"dòng {number}", figures)

    def _texts(self) -> Iterator[Cell]:
        """The texts that are seen and are neither the form's nor an answer, nor stand where a label does."""
        for place, cell in self.sheet.cells.items():
            if cell.kind is not CellKind.TEXT or not _is_shown(cell) or cell.raw.startswith(MARKER):
                continue
            if place not in self._inside and key(cell.raw) not in self.own.texts:
                yield cell

    @cached_property
    def _inside(self) -> frozenset[tuple[int, int]]:
        """The answers, and where the form prints labels and headings: these are compared with the form."""
        found: set[tuple[int, int]] = set()
        for block in self.blocks:
            answers = set(block.columns.values())
            for row, column, _ in (*answers_of(block), *closed_cells(block)):
                found.add((row.number, block.columns[column]))
            first = min((row.number for row in block.rows), default=block.first)
            heads = range(block.first, first) if not block.by_label else range(block.first - 3, block.first)
            rows = [row.number for row in block.rows if not block.table.id.startswith(LIST)]
            last = max(answers, default=0)
            found.update((row, column) for row in rows for column in range(1, min(answers, default=0)))
            headed = [column for column in range(1, last + 1) if self._is_heading(block, column)]
            found.update((row, column) for row in heads for column in headed)
        return frozenset(found)

    @staticmethod
    def _is_heading(block: SheetBlock, column: int) -> bool:
        """Whether a column is one of the form's; one that the unit put in between is none."""
        answers = block.columns.values()
        return column in answers or column < min(answers)

    def _told(self, kind: Kind, text: str, place: tuple[int, int] | None) -> Iterator[Difference]:
        where, keys = self._about(kind, text, place)
        if kind == "unit":
            of = unit_beside(text)
            keys = tuple(k for k in keys if of == "any" or self._is_money(k) == (of == "money"))
        if not keys:
            return
        issued = {"period": self.period, "unit": "đồng" if unit_beside(text) == "money" else ""}.get(kind, "")
        yield Difference(kind, self._cell(place), issued, text, where, keys)

    def _about(self, kind: Kind, text: str, place: tuple[int, int] | None) -> tuple[str, tuple[Key, ...]]:
        """Which figures a text speaks of: its row's, those beside its column's, those that it quotes, all."""
        row = place[0] if place else 0
        if here := [k for b in self.blocks for r, _, k in answers_of(b) if r.number == row]:
            return f"dòng {row}", tuple(here)
        if place is not None and (below := self._beside_column(*place)):
            return f"các dòng có ghi ở cột {address(1, place[1])[:-1]}", below
        if kind == "corrected" and (quoted := self._quoted(text)):
            return "ô có số đó", quoted
        what = (
            "số tiền của trang tính" if unit_beside(text) == "money" and kind == "unit" else "cả trang tính"
        )
        return what, keys_in(self.about)

    def _beside_column(self, row: int, column: int) -> tuple[Key, ...]:
        """The rows that have a figure below a heading which the unit added."""
        found = []
        for block in self.blocks:
            if self._heads(block, row):
                with_figure = {c.row for c in foreign_figures(block, self.sheet) if c.column == column}
                found += [k for r, _, k in answers_of(block) if r.number in with_figure]
        return tuple(found)

    def _quoted(self, text: str) -> tuple[Key, ...]:
        """The answers whose number a text quotes."""
        numbers = numbers_in(text)
        return tuple(
            k
            for block in self.blocks
            for r, column, k in answers_of(block)
            if (cell := self.sheet.cell(r.number, block.columns[column])) is not None
            and is_number(cell)
            and bare_number(cell.raw) in numbers
        )

    def _note(self, place: tuple[int, int], text: str) -> Iterator[Difference]:
        """What a note pinned to a cell says of its figure: another unit, period, or number than it has."""
        said = bare_number(text.rpartition(":")[2] if text.count(":") == 1 else text)
        cell = self.sheet.cell(*place)
        kind: Kind | None = said_beside(text, self.own.periods)
        if kind is None and said is not None and (cell is None or bare_number(cell.raw) != said):
            kind = "corrected"
        if kind is None or place[0] in self.sheet.hidden_rows:
            return
        mine = [k for b in self.blocks for r, c, k in answers_of(b) if (r.number, b.columns[c]) == place]
        headed = [b for b in self.blocks if self._heads(b, place[0])]
        over = [k for b in headed for _, c, k in answers_of(b) if b.columns[c] == place[1]]
        if mine or over:
            where = f"ô {address(*place)}" if mine else f"cột {address(1, place[1])[:-1]}"
            yield Difference(kind, self._cell(place), "", text, where, tuple(mine or over))
        elif said is None or any(r.number == place[0] for b in self.blocks for r in b.rows):
            yield from self._told(kind, text, place)

    @staticmethod
    def _heads(block: SheetBlock, row: int) -> bool:
        """Whether a row is one of a table's headings; a table without keys begins below them."""
        start = block.first - 3 if block.by_label else block.first
        return start <= row < min((r.number for r in block.rows), default=0)

    def _cell(self, place: tuple[int, int] | None) -> CellRef:
        return CellRef(self.at.file, self.at.sheet, address(*place) if place else "")

    def _kind(self, name: Key) -> str:
        asked = spec_of(self.items[name.item], name.field) if name.item in self.items else None
        return asked.kind if asked is not None else ""

    def _is_money(self, name: Key) -> bool:
        return self._kind(name) == "money"

    def _is_figure(self, name: Key) -> bool:
        return self._kind(name) in ("count", "money", "percent")
