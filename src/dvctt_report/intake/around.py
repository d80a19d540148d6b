"""What a sheet says of its figures outside the form's own texts and answers.

In cells beside, above and below the tables, in notes pinned to them, in boxes over them, at the head and foot
of its pages. Whoever signs the sheet has read it: where it names another unit, another period or another
figure, the figures that it stands by are a question.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

from dvctt_report.forms import joint, wording
from dvctt_report.forms.form import COVER, LIST, Form
from dvctt_report.forms.layout import MARKER, META_SHEET, column_letters
from dvctt_report.forms.sent_back import FROM_PAPER
from dvctt_report.forms.surroundings import Purpose
from dvctt_report.grouping import by_key
from dvctt_report.intake.block import SheetBlock
from dvctt_report.intake.cells import Cell, CellKind, Sheet, Workbook, address
from dvctt_report.intake.issued import Difference, by_sheet, keys_in, speaks_for_all
from dvctt_report.intake.labels import label_places
from dvctt_report.intake.locate import Located, closed_cells, is_no_return
from dvctt_report.intake.notes import without_notice
from dvctt_report.intake.page import is_number, is_total
from dvctt_report.intake.remark import has_number_of_its_own, is_of_no_matter, may_matter, may_matter_in_note
from dvctt_report.intake.saying import (
    Cues,
    SaidKind,
    bare_number,
    numbers_in,
    periods,
    said_beside,
    said_in_note,
    unit_beside,
)
from dvctt_report.intake.surroundings import Surroundings
from dvctt_report.intake.words import plain
from dvctt_report.limits import MAX_REMARKS
from dvctt_report.model import CellRef, Key
from dvctt_report.plan.fields import field_of
from dvctt_report.plan.model import Item, Profile, Unit
from dvctt_report.vietnamese import clean_text, key

_SOURCE = "source"
"""The answer that names where a row's figures are from: what it says otherwise is a source."""
_NOTES = ("note", _SOURCE)
"""Answers in which a unit explains the figures of its row."""
_FIGURES = ("count", "money", "percent")
_ACCOUNTS = ("prose",)
"""Tables in which a unit tells its work in sentences."""
_SENTENCES = re.compile(r"[.;]\s|\n")
_OF_FIGURES = Cues(
    r"biểu|bảng|báo cáo này|tệp này|số liệu (?:này|trên|tại|của)|(?:các|những) (?:số|con số)|số này"
    r"|đính chính|tính bằng|ô [a-z]{1,2}[0-9]{1,3}"
)
"""How a sentence speaks of the figures of the return, and not of the work."""
_CELL_NAMED = re.compile(r"\bô ([a-z]{1,2}[0-9]{1,3})\b")
_ROW_NAMED = re.compile(r"\b(?:dòng|stt|mục)(?: số| thứ)? \(?([0-9]{1,3}[a-z]?)\b")
_COLUMN_NAMED = re.compile(r"\bcột(?: số| thứ)? \(?([0-9]{1,2}|[a-z])\b")
_SHEET_NAMED = re.compile(r"\bbiểu (?:số )?(0[0-9](?:-[a-z])?)\b")
_APPROVED = frozenset(("x", "v", "ok", "dung", "da kiem tra", "da ra soat", "da doi chieu", "khop"))
"""What is written beside a row that was looked through."""
_COUNTED = rf"{wording.STILL_OPEN[0]}[0-9]+{wording.STILL_OPEN[1]}|(?:có|,) [0-9]+{wording.FLAWED}"
_COUNTER = re.compile(
    rf"(?:{key(_COUNTED)}){{1,2}}(?:: (?:[^()]{{1,30}} \([0-9]+\)(?:, )?){{1,30}})?|{key(wording.ALL_GIVEN)}"
)
"""The form's own line that counts what is still to be filled in or put right, and where."""
_UNKNOWN: tuple[SaidKind, ...] = ("doubted", "told")
"""What a text is of which no known wording tells what it says."""
_OF_RETURN = "số liệu của báo cáo"
_CODES = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|[0-9]+|[A-Za-z&])')
"""What stands for fonts, sizes and fields in the head and foot of a page."""


def around(
    book: Workbook,
    located: Located,
    form: Form,
    file: str,
    profile: Profile,
    units: tuple[Unit, Unit],
    told: Iterable[CellRef],
) -> Iterator[Difference]:
    """Yield every text beside the form's own that contradicts its figures; ``told``: cells already told.

    ``units``: the one that the form was issued to, and the one whose return it is.
    """
    known = set(told)
    surroundings = Surroundings.of(form, profile, *units)
    own = _own_texts(surroundings, form, profile, units)
    items = profile.plan.items_by_code
    for blocks in by_sheet(located):
        about = located.blocks if speaks_for_all(blocks) else blocks
        margin = _Margin(blocks, tuple(about), own, items, CellRef(file, blocks[0].sheet.name), surroundings)
        yield from (one for one in margin.found() if one.at not in known)
    for sheet in extra_sheets(book, located):
        yield from _aside(sheet, own, file)


def extra_sheets(book: Workbook, located: Located) -> list[Sheet]:
    """The sheets that are no part of the form and hold something."""
    own = {block.sheet.name for block in located.blocks}
    own |= {name for _, _, others in located.copies for name in others}
    own |= {name for _, sheets in located.rivals for name in sheets}
    return [s for s in book.sheets if s.cells and s.name not in own and not s.name.startswith(META_SHEET)]


def _aside(sheet: Sheet, own: _Own, file: str) -> Iterator[Difference]:
    """The first thing that a sheet which is no part of the form says of the figures of the return."""
    if is_no_return(sheet.name):
        return
    cells = sorted(islice((c for c in sheet.cells.values() if c.kind is CellKind.TEXT), MAX_REMARKS))
    named = ((sheet.name, ""), *((c.raw, c.address) for c in cells))
    for text, cell in named:
        if key(text) not in own.texts and own.said(clean_text(text), in_note=True) in _OF_ALL:
            at = CellRef(file, sheet.name, cell)
            yield Difference("noted", at, "", text, _OF_RETURN, ())
            return


_OF_ALL: tuple[SaidKind, ...] = ("corrected", "withdrawn", "unit", "period", "draft")
"""What concerns the return where it is said on a sheet of the unit's own."""


def signatures(located: Located, file: str) -> Iterator[tuple[str, CellRef]]:
    """The lines below a sheet's last table where whoever signs puts his office; none of its recipients."""
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
    answers = set(block.columns.values())
    if not answers:  # a table whose columns weren't found, which is told as such
        return iter(())
    found = [
        cell
        for row in sorted(block.numbers)
        for cell in sheet.by_row.get(row, ())
        if cell.column not in answers and is_number(cell) and _is_shown(cell)
    ]
    beside_labels = any(cell.column < min(answers) for cell in found)
    found = [cell for cell in found if key(cell.raw) not in block.table.labels]
    if found and beside_labels:  # behind the labels, not the number of the row
        behind = max(label_places(block), default=min(answers))
        found = [cell for cell in found if cell.column > behind]
    return iter(found)


def _between_rows(block: SheetBlock, row: int, column: int) -> bool:
    """Whether a cell stands in the columns of a table and between its rows."""
    if block.table.id.startswith(LIST) or not block.rows or not block.columns:
        return False
    numbers = [one.number for one in block.rows]
    return min(numbers) < row < max(numbers) and column <= max(block.columns.values())


def _is_shown(cell: Cell) -> bool:
    return not (cell.hidden or cell.is_covered or cell.is_withdrawn)


def _is_figure(text: str) -> bool:
    """Whether a text is a number and no telephone's."""
    return bare_number(text) is not None and not text.startswith("0") and len(text) < _OF_TELEPHONE


_OF_TELEPHONE = 9
"""Signs from which a number in a note may be a telephone's."""


@dataclass(frozen=True)
class _Own:
    """The keys of all that the form prints, the periods that it names, the keys of the unit's names."""

    texts: frozenset[str]
    periods: frozenset[str]
    names: tuple[str, ...]

    def said(self, text: str, in_note: bool = False) -> SaidKind | None:
        """What a text says of the figures; the unit's own name makes them no other's."""
        kind = (said_in_note if in_note else said_beside)(text, self.periods)
        return None if kind == "others" and any(name in key(text) for name in self.names) else kind

    def unknown(self, text: str, in_note: bool = False) -> SaidKind | None:
        """What a text is that says nothing known of the figures: of no matter, to be asked about, or told."""
        is_word = re.search(r"[^\W\d_]", text) and not is_total(text)
        if not is_word or plain(text) in _APPROVED or is_of_no_matter(text, self.periods):
            return None
        return "doubted" if (may_matter_in_note if in_note else may_matter)(text, self.periods) else "told"


def _own_texts(surroundings: Surroundings, form: Form, profile: Profile, units: tuple[Unit, Unit]) -> _Own:
    unit = units[0]
    cover = [text for pair in wording.cover_lines(profile, unit, form.period) for text in pair]
    around_ = [*surroundings.texts(), *cover]
    entered = wording.form_number(form.period, unit.code, FROM_PAPER)
    others = (unit.name, *around_, joint.NOTE, joint.PROMPT, entered)
    texts = frozenset(key(text) for text in others if text)
    texts = texts.union(*(table.prints for sheet in form.sheets for table in sheet.tables))
    named = frozenset(said for text in around_ if text for said in periods(text))
    return _Own(texts, named | surroundings.own, tuple(key(name) for one in units for name in one.names))


@dataclass(frozen=True)
class _Margin:
    """All that a sheet says outside its form; ``about`` are the tables that it speaks of as a whole."""

    blocks: list[SheetBlock]
    about: tuple[SheetBlock, ...]
    own: _Own
    items: Mapping[str, Item]
    at: CellRef
    surroundings: Surroundings

    @property
    def sheet(self) -> Sheet:
        return self.blocks[0].sheet

    def found(self) -> Iterator[Difference]:
        foreign = {(cell.row, cell.column): cell for cell in self._texts()}
        for place, edited in self.surroundings.edited(self.blocks, foreign, self.at):
            del foreign[place]
            if edited is not None:
                yield edited
        for place, cell in foreign.items():
            yield from self._loose(clean_text(cell.raw), cell.raw, place)
        yield from self._in_notes()
        yield from self._told_at_length()
        for place, note in self.sheet.notes.items():
            yield from self._pinned(place, clean_text(without_notice(note)))
        for box in self.sheet.text_boxes:
            yield from self._whole(box.text, (box.row, box.column), tells=not re.search(r"[0-9]", box.text))
        for area, hint in self.sheet.hints:
            yield from self._pinned((area.first_row, area.first_column), clean_text(hint), is_pinned=False)
        for margin in self.sheet.margins:
            yield from self._whole(
                _CODES.sub(" ", margin), self._top, tells=self._issued_name not in key(margin)
            )
        yield from self._renamed()

    def _loose(self, text: str, raw: str, place: tuple[int, int]) -> Iterator[Difference]:
        """What a text in a cell beside, above or below the tables says."""
        kind = self.own.said(text) or self.own.unknown(text)
        is_in_row = place[0] in self._rows
        if kind == "told" and is_in_row and has_number_of_its_own(text):
            kind = "doubted"
        elif kind in _UNKNOWN and not is_in_row and any(_between_rows(b, *place) for b in self.blocks):
            return  # a row of words, told as such
        if kind is not None:
            yield from self._told(kind, raw, place)

    def _whole(
        self, text: str, place: tuple[int, int] | None, *, tells: bool = False
    ) -> Iterator[Difference]:
        """What a text that stands in no cell says of the sheet; ``place``: None: in its name.

        ``tells``: a text that says nothing known is told here, too, since nothing else tells of it.
        """
        said = clean_text(text)
        kind = self.own.said(said) or (self.own.unknown(said) if tells else None)
        if kind is not None:
            yield from (replace(one, at=self._cell(place)) for one in self._told(kind, text, None))

    def _renamed(self) -> Iterator[Difference]:
        """What the sheet's own name says, where it isn't the one that the form gave it."""
        name = self.sheet.name
        if key(name) != self._issued_name:
            yield from self._whole(name, None)
            kind: SaidKind = "withdrawn" if is_no_return(name) else "others"
            odd = kind == "withdrawn" or self.surroundings.offices.foreign(name)
            if self.own.said(name) is None and odd:
                keys, whole = keys_in(self.blocks), self._is_of_all
                yield Difference(kind, self._cell(None), "", name, "cả trang tính", keys, whole)

    def _remark(self, kind: SaidKind, text: str, place: tuple[int, int] | None) -> Iterator[Difference]:
        """A text of which nothing is known; on the cover and where one signs names and ranks stand about."""
        if kind == "doubted" or not self._is_of_all:
            yield Difference(kind, self._cell(place), "", text, "")

    @property
    def _is_of_all(self) -> bool:
        """Whether the sheet speaks for the whole return."""
        return speaks_for_all(self.blocks)

    @property
    def _issued_name(self) -> str:
        return key(self.surroundings.name_of(self.blocks))

    @cached_property
    def _top(self) -> tuple[int, int]:
        """The first cell that is seen."""
        cells = (cell for _, row in self.sheet.rows() for cell in row)
        shown = (c for c in cells if _is_shown(c) and not c.raw.startswith(MARKER))
        return next(((c.row, c.column) for c in shown), (1, 1))

    @cached_property
    def _rows(self) -> frozenset[int]:
        """The rows of the tables."""
        return frozenset().union(*(block.numbers for block in self.blocks))

    def _told_at_length(self) -> Iterator[Difference]:
        """Sentences of the unit's own account that speak of the figures of its return."""
        for block in self.blocks:
            for row, column, name in block.answers if block.table.id in _ACCOUNTS else ():
                place = block.place(row, column)
                cell = self.sheet.cell(*place)
                for sentence in _SENTENCES.split(cell.raw) if cell is not None else ():
                    if _OF_FIGURES.search(sentence) and self.own.said(clean_text(sentence), in_note=True):
                        yield Difference("noted", self._cell(place), "", sentence, _OF_RETURN, (name,))

    def _in_notes(self) -> Iterator[Difference]:
        """Rows with figures whose own note or source names another unit, another period, another figure."""
        for block in self.blocks:
            answers = block.answers if any(n in block.columns for n in _NOTES) else ()
            by_row = by_key((row.number, name) for row, _, name in answers)
            for number, keys in by_row.items():
                figures = tuple(k for k in keys if k.field not in _NOTES and self._kind(k) in _FIGURES)
                for name in (k for k in keys if k.field in _NOTES and figures):
                    cell = self.sheet.cell(number, block.columns[name.field])
                    text = clean_text(cell.raw) if cell is not None else ""
                    if not text:
                        continue
                    at = self._cell((number, block.columns[name.field]))
                    if self.own.said(text, in_note=True) or _is_figure(text):
                        yield Difference("noted", at, "", text, f"dòng {number}", figures)
                    elif self._is_given(block, number, figures):
                        kind = self.own.unknown(text, in_note=True)
                        if kind == "doubted" or (kind == "told" and name.field != _SOURCE):
                            yield Difference(kind, at, "", text, "")

    def _is_given(self, block: SheetBlock, row: int, figures: Iterable[Key]) -> bool:
        """Whether a row has a number that a remark in it may be about."""
        cells = (self.sheet.cell(row, block.columns[k.field]) for k in figures if k.field in block.columns)
        return any(map(is_number, cells))

    def _texts(self) -> Iterator[Cell]:
        """The texts that are seen and are neither the form's nor an answer, nor stand where a label does."""
        inside = self._inside
        for place, cell in self.sheet.cells.items():
            if cell.kind is not CellKind.TEXT or place in inside or cell.raw.startswith(MARKER):
                continue
            said = key(cell.raw)
            if said not in self.own.texts and _is_shown(cell) and not _COUNTER.fullmatch(said):
                yield cell

    @cached_property
    def _inside(self) -> frozenset[tuple[int, int]]:
        """The answers, and where the form prints labels and headings: these are compared with the form."""
        found: set[tuple[int, int]] = set()
        for block in self.blocks:
            answers = set(block.columns.values())
            for row, column, _ in (*block.answers, *closed_cells(block)):
                found.add(block.place(row, column))
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

    def _told(self, kind: SaidKind, text: str, place: tuple[int, int] | None) -> Iterator[Difference]:
        if kind in _UNKNOWN:
            yield from self._remark(kind, text, place)
            return
        where, keys = self._about(kind, text, place)
        if kind == "unit":
            of = unit_beside(text)
            keys = tuple(k for k in keys if of == "any" or (self._kind(k) == "money") == (of == "money"))
        if not keys:
            return
        issued = {"period": self._period, "unit": "đồng" if unit_beside(text) == "money" else ""}.get(
            kind, ""
        )
        of_all = where == "cả trang tính" and self._is_of_all
        whole = of_all or all(k.item == COVER for k in keys)
        yield Difference(kind, self._cell(place), issued, text, where, keys, whole)

    @property
    def _period(self) -> str:
        """The line that the form prints over the sheet."""
        printed = self.surroundings.printed[self.surroundings.name_of(self.blocks)]
        return next(one.text for one in printed if one.kind is Purpose.PERIOD)

    def _about(self, kind: SaidKind, text: str, place: tuple[int, int] | None) -> tuple[str, tuple[Key, ...]]:
        """Which figures a text speaks of: its row's, those beside its column's, those that it quotes, all."""
        if named := tuple(self._named(text)):
            return "ô được nêu", named
        row = place[0] if place else 0
        if here := [k for b in self.blocks for r, _, k in b.answers if r.number == row]:
            return f"dòng {row}", tuple(here)
        if place is not None and (below := self._beside_column(*place)):
            return f"các dòng có ghi ở cột {column_letters(place[1])}", below
        if kind == "corrected" and (quoted := self._quoted(text)):
            return "ô có số đó", quoted
        if unit_beside(text) == "money" and kind == "unit":
            where = "báo cáo" if self._is_of_all else "trang tính"
            return f"số tiền của {where}", keys_in(self.about)
        return "cả trang tính", keys_in(self.about)

    def _beside_column(self, row: int, column: int) -> tuple[Key, ...]:
        """The rows that have a figure below a heading which the unit added."""
        found = []
        for block in self.blocks:
            if self._heads(block, row):
                with_figure = {c.row for c in foreign_figures(block, self.sheet) if c.column == column}
                found += [k for r, _, k in block.answers if r.number in with_figure]
        return tuple(found)

    def _named(self, text: str) -> Iterator[Key]:
        """The answers whose row, column or cell a text names: "dòng 1 cột (5)", "ô G8"."""
        cells = {found[1].upper() for found in _CELL_NAMED.finditer(key(text))}
        rows = {found[1] for found in _ROW_NAMED.finditer(key(text))}
        columns = {found[1].upper() for found in _COLUMN_NAMED.finditer(key(text))}
        sheets = _SHEET_NAMED.findall(key(text))
        for block in self.about:
            name = key(self.surroundings.name_of([block]))
            if not (cells or rows or columns) or (sheets and not any(name.startswith(s) for s in sheets)):
                continue
            numbers = {c.key: str(n) for n, c in enumerate(block.table.columns, 1)}
            labels = {r.key: r.labels[0] for r in block.table.rows if r.key and r.labels}
            for row, column, answer in block.answers:
                at = address(*block.place(row, column))
                in_row = not rows or labels.get(row.key, "") in rows
                in_column = not columns or columns & {numbers.get(column), at.rstrip("0123456789")}
                if at in cells if cells else in_row and in_column:
                    yield answer

    def _quoted(self, text: str) -> tuple[Key, ...]:
        """The answers whose number a text quotes."""
        numbers = numbers_in(text)
        return tuple(
            k
            for block in self.blocks
            for r, column, k in block.answers
            if (cell := block.cell(r, column)) is not None
            and is_number(cell)
            and bare_number(cell.raw) in numbers
        )

    def _pinned(self, place: tuple[int, int], text: str, *, is_pinned: bool = True) -> Iterator[Difference]:
        """What a note pinned to a cell says of its figure: another unit, period, or number than it has."""
        said = bare_number((text.rpartition(":")[2] if text.count(":") == 1 else text).strip(" =?!.≈~"))
        cell = self.sheet.cell(*place)
        kind: SaidKind | None = self.own.said(text)
        if kind is None and said is not None and (cell is None or bare_number(cell.raw) != said):
            kind = "corrected"
        if kind is None and is_pinned:
            kind = self.own.unknown(text)
        if kind is None or place[0] in self.sheet.hidden_rows:
            return
        mine = [k for b in self.blocks for r, c, k in b.answers if b.place(r, c) == place]
        if kind in _UNKNOWN:
            if kind == "doubted" or not mine:  # a note on an answer is told anyway, word for word
                yield from self._remark(kind, text, place)
            return
        headed = [b for b in self.blocks if self._heads(b, place[0])]
        over = [k for b in headed for _, c, k in b.answers if b.columns[c] == place[1]]
        if mine or over:
            where = f"ô {address(*place)}" if mine else f"cột {column_letters(place[1])}"
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
        asked = field_of(self.items[name.item], name.field) if name.item in self.items else None
        return asked.kind if asked is not None else ""
