"""Compare a return with the form as it was issued: of its cells one by one, and of all that stands around.

A cell is an answer, what the form prints, such a text changed, or extra. A printed text is looked for where
its row and its column stand now, then wherever it may have moved to. Whatever differs is shown; what was
changed, a bare number and a text with a word of the plan's table take out the figures that they speak for.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Literal, NamedTuple, TypeAlias

from dvctt_report.files.cells import Cell, CellKind, Sheet, Workbook, address, column_letters
from dvctt_report.files.extents import is_column_numbers, is_number, is_total, merged_at
from dvctt_report.forms import issue, wording
from dvctt_report.forms.form import COVER, LIST, Form, Role
from dvctt_report.forms.issue import FROM_PAPER
from dvctt_report.forms.layout import (
    MARKER,
    META_SHEET,
    SIGNATURES,
    WEIGHT_KEY,
    PlacedSheet,
    PlacedTable,
    PrintedText,
    Purpose,
    place,
    printed_around,
)
from dvctt_report.forms.validations import GIVEN_BEFORE
from dvctt_report.intake.locate import Located, closed_cells
from dvctt_report.intake.remark_words import (
    TELEPHONE,
    RemarkWords,
    WordKind,
    has_letter,
    is_figure,
    is_unchanged,
    without_notice,
)
from dvctt_report.intake.tables import FoundRow, SheetBlock
from dvctt_report.model import CellRef, Key
from dvctt_report.plan.model import Profile, Unit
from dvctt_report.text.grouping import by_key
from dvctt_report.text.limits import MAX_REMARKS
from dvctt_report.text.vietnamese import clean_text, key

DifferenceKind: TypeAlias = WordKind | Literal["other", "unseen", "number", "beside", "shown"]
"""Beside what words say: "other": a printed text was changed, "unseen": it is struck out or can't be seen,
"number": a number stands where none is asked, "beside": a sheet of the unit's own has such a word. "shown":
a text without any."""

Place: TypeAlias = tuple[int, int]

WHOLE_RETURN = ("cover", SIGNATURES)
"""Tables that speak for the whole return, and so does what stands around them."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What isn't as issued: the text issued ("" for none), the text seen, what it speaks for.

    ``where`` says that as a reader would: "dòng 8", "cột F", "cả trang tính"; ``keys`` are the answers,
    ``whole``: all of the return. ``others`` are further cells of which the same is to be said.
    """

    kind: DifferenceKind
    at: CellRef
    issued: str
    seen: str
    where: str
    keys: tuple[Key, ...] = ()
    whole: bool = False
    others: tuple[CellRef, ...] = ()

    @property
    def is_out(self) -> bool:
        """Whether what it speaks for isn't used."""
        return self.kind not in ("beside", "shown")


class _Scope(NamedTuple):
    """What a text speaks for."""

    where: str
    keys: tuple[Key, ...]
    whole: bool


class _Printed(NamedTuple):
    """A printed text at the place where it is expected, its scope, and where else it may have moved to.

    ``changed``: what it is to have another text there.
    """

    place: Place
    text: str
    scope: _Scope
    elsewhere: Sequence[Cell] = ()
    changed: DifferenceKind = "other"


@dataclass(frozen=True)
class _Issued:
    """The form of a unit as it was issued, and the words by which a text beside it is a question.

    ``sheets``: on which each table was issued, by its id. ``around``: what each sheet, by its name, prints
    around its tables. ``texts``: the keys of all that is printed, wherever it stands. ``titles``: the tables
    of each sheet by the key of its title.
    """

    form: Form
    profile: Profile
    unit: Unit
    words: RemarkWords
    sheets: Mapping[str, PlacedSheet]
    around: Mapping[str, tuple[PrintedText, ...]]
    texts: frozenset[str]
    titles: Mapping[str, frozenset[str]]


def compare_with_form(
    book: Workbook, located: Located, form: Form, profile: Profile, unit: Unit, words: RemarkWords, file: str
) -> list[Difference]:
    """All that differs in a return from the ``form`` of the ``unit`` as it was issued."""
    placed = place(form)
    around = {s.sheet.name: tuple(printed_around(s, form, profile, unit)) for s in placed}
    codes = (unit.code, "")  # a form for many has none before a name of its list was chosen
    numbers = (wording.form_number(form.period, c, said) for c in codes for said in ("", FROM_PAPER))
    lines = (text for pair in wording.cover_lines(profile, unit, form.period) for text in pair)
    beside = (one.text for printed in around.values() for one in printed)
    texts = (*unit.names, *lines, *numbers, *beside, issue.JOINT_NOTE, issue.PROMPT)
    tables = (table.prints for sheet in form.sheets for table in sheet.tables)
    sheets = {table.table.id: sheet for sheet in placed for table in sheet.tables}
    titles = {key(s.title): frozenset(t.id for t in s.tables) for s in form.sheets}
    printed = frozenset(key(text) for text in texts if text).union(*tables)
    issued = _Issued(form, profile, unit, words, sheets, around, printed, titles)
    differences: list[Difference] = []
    for blocks in by_key((block.sheet.name, block) for block in located.blocks).values():
        differences += _SheetComparison(blocks, located.blocks, issued, file).differences()
    for sheet in extra_sheets(book, located):
        # The first text with a word of the table on a sheet of the unit's own, unless its name has one.
        cells = sorted(islice((c for c in sheet.cells.values() if c.kind is CellKind.TEXT), MAX_REMARKS))
        own = (c for c in cells if key(c.raw) not in printed and words.kind_of(c.raw))
        if not words.kind_of(sheet.name) and (cell := next(own, None)) is not None:
            at = CellRef(file, sheet.name, cell.address)
            differences.append(Difference("beside", at, "", cell.raw, ""))
    return differences


def extra_sheets(book: Workbook, located: Located) -> list[Sheet]:
    """The sheets that are no part of the form and hold something."""
    own = {block.sheet.name for block in located.blocks}
    own |= {name for _, _, others in located.copies for name in others}
    own |= {name for _, sheets in located.rivals for name in sheets}
    return [s for s in book.sheets if s.cells and s.name not in own and not s.name.startswith(META_SHEET)]


def is_shown(cell: Cell) -> bool:
    """Whether a cell is seen: neither hidden nor merged away nor struck out nor faint."""
    return not (cell.hidden or cell.is_covered or cell.is_withdrawn)


class _SheetComparison:
    """One sheet of a return beside the form. ``known``: the cells that are answers or as issued."""

    def __init__(
        self, blocks: Sequence[SheetBlock], every: Iterable[SheetBlock], issued: _Issued, file: str
    ) -> None:
        """``every``: the tables of all sheets, of which a cover speaks."""
        self.blocks, self.issued, self.file = blocks, issued, file
        self.sheet, self.kind_of = blocks[0].sheet, issued.words.kind_of
        self.is_of_all = any(block.table.id in WHOLE_RETURN for block in blocks)
        self.about = tuple(every) if self.is_of_all else tuple(blocks)
        self.known: set[Place] = {b.place(row, column) for b in blocks for row, column, _ in b.answers}
        self.label_columns: dict[str, set[int]] = {}

    def differences(self) -> Iterator[Difference]:
        """Printed texts first, since what is none of them is extra."""
        for block in self.blocks:
            sheet = self.issued.sheets[block.table.id]
            placed = next(t for t in sheet.tables if t.table.id == block.table.id)
            # Where each printed column stands now: beside the answers as issued, else where
            # most rows say so
            first = next((p for p in placed.columns if p.column.key in block.columns), None)
            shift = block.columns[first.column.key] - first.at - 1 if first is not None else 0
            labels = [p for p in placed.columns if p.column.role is Role.LABEL]
            columns = {}
            for n, column in enumerate(labels):
                wanted = [(row, text) for row, text in self._labelled(block, n) if text]
                own = column.at + 1 + shift
                votes = Counter({own: sum(self._is_there((row.number, own), text) for row, text in wanted)})
                if 2 * votes[own] < len(wanted):
                    votes.update(
                        cell.column
                        for row, text in wanted
                        for cell in self.sheet.by_row.get(row.number, ())
                        if is_shown(cell) and self._is_there((row.number, cell.column), text)
                    )
                columns[column.column.key] = votes.most_common(1)[0][0]
            self.label_columns[block.table.id] = {*columns.values()}
            yield from self._compared([*self._labels(block, placed, columns)])
            yield from self._compared([*self._headings(block, placed, columns)])
        for name in dict.fromkeys(self.issued.sheets[b.table.id].sheet.name for b in self.blocks):
            yield from self._around_tables(name)
        yield from self._extra()
        yield from self._notes()
        yield from self._page()

    def _is_there(self, at: Place, text: str) -> bool:
        cell = self.sheet.cells.get(at)
        return cell is not None and (cell.raw == text or key(cell.raw) == key(text))

    @staticmethod
    def _labelled(block: SheetBlock, n: int) -> Iterator[tuple[FoundRow, str]]:
        """The rows of a table, each with its printed text number ``n``."""
        issued = {row.key: row.labels[n] for row in block.table.rows if row.key}
        return ((row, issued[row.key]) for row in block.rows if row.key in issued)

    def _labels(
        self, block: SheetBlock, placed: PlacedTable, columns: Mapping[str, int]
    ) -> Iterator[_Printed]:
        """What is printed of each row; the lines of a list have numbers alone, and a unit adds to them."""
        if block.table.id.startswith(LIST):
            in_list = (self.sheet.cells.get((r.number, c)) for r in block.rows for c in columns.values())
            self.known |= {(c.row, c.column) for c in in_list if c is not None and not has_letter(c.raw)}
            return
        if block.rows and "stt" in columns:
            # Rows that were numbered anew, as a row put in between moves all numbers that follow.
            numbers = {(row.number, columns["stt"]): text for row, text in self._labelled(block, 0) if text}
            cells = ((at, self.sheet.cells.get(at)) for at in numbers)
            seen = {at: cell.raw.strip() for at, cell in cells if cell is not None}
            odd = {at for at, text in seen.items() if text.isdigit() and text != numbers[at]}
            self.known |= odd if len(odd) > _FEW else set()
        keys = by_key((row.number, answer) for row, _, answer in block.answers)
        scopes = {
            row.number: _Scope(f"dòng {row.number}", own, self._is_whole([block], own))
            for row in block.rows
            for own in [tuple(keys.get(row.number, ()))]
        }
        for n, column in enumerate(p for p in placed.columns if p.column.role is Role.LABEL):
            for row, text in self._labelled(block, n):
                if text:
                    at, scope = (row.number, columns[column.column.key]), scopes[row.number]
                    changed: DifferenceKind = "unit" if column.column.key == "unit" else "other"
                    yield _Printed(at, text, scope, self.sheet.by_row.get(row.number, ()), changed)

    def _headings(
        self, block: SheetBlock, placed: PlacedTable, labels: Mapping[str, int]
    ) -> Iterator[_Printed]:
        """What is printed over the columns: heads of runs of columns, their own heads, their numbers."""
        rows = {row.key: at for at, _, row in placed.rows}
        first = min((r for r in block.rows if r.key in rows), key=lambda r: r.number, default=None)
        if block.table.bare or first is None:
            return
        at = {**labels, **block.columns}
        keys = by_key((column, answer) for _, column, answer in block.answers)
        every = tuple(answer for _, _, answer in block.answers)
        lines: dict[int, list[tuple[int, str, _Scope]]] = {}
        for n, one in enumerate(placed.columns, 1):
            column = one.column
            if column.key not in at:
                continue
            printed = column.role is Role.LABEL
            own = every if printed else tuple(keys.get(column.key, ()))
            where = "cả bảng" if printed else f"cột {column_letters(at[column.key])}"
            scope = _Scope(where, own, self._is_whole([block], own))
            line = placed.n_header_rows - 1 if column.group else 0
            lines.setdefault(line, []).append((at[column.key], column.header, scope))
            if block.table.numbered:
                lines.setdefault(placed.n_header_rows, []).append((at[column.key], f"({n})", scope))
        for group in dict.fromkeys(one.column.group for one in placed.columns if one.column.group):
            names = [p.column.key for p in placed.columns if p.column.group == group and p.column.key in at]
            if names:
                own = tuple(answer for name in names for answer in keys.get(name, ()))
                start = min(at[name] for name in names)
                scope = _Scope(f"các cột dưới “{group}”", own, self._is_whole([block], own))
                lines.setdefault(0, []).append((start, group, scope))
        top = first.number - (rows[first.key] - placed.header_at)
        over = range(max(block.first - (3 if block.by_label else 0), 1), first.number)
        for line, texts in lines.items():
            # The row in which most of these texts stand; where they were issued if that is as good as any.
            n_there = {
                row: sum(self._is_there((row, c), text) for c, text, _ in texts)
                for row in (top + line, *over)
            }
            row = max(n_there, key=lambda row: (n_there[row], row == top + line))
            for column_at, text, scope in texts:
                moved = [c for n in over if (c := self.sheet.cells.get((n, column_at))) is not None]
                yield _Printed((row, column_at), text, scope, moved)

    def _around_tables(self, name: str) -> Iterator[Difference]:
        """The printed texts around the tables: banner, titles, lines of the cover, footnotes.

        One that is lost is held against the extra text that most resembles it.
        """
        from rapidfuzz import fuzz

        lost: list[tuple[Purpose, _Printed]] = []
        anchors: dict[int, Place] = {}  # the rows as issued, each with how far it moved down and to the right
        for block in self.blocks:
            sheet = self.issued.sheets[block.table.id]
            if sheet.sheet.name == name:
                placed = next(t for t in sheet.tables if t.table.id == block.table.id)
                rows = {row.key: at + 1 for at, _, row in placed.rows if row.key}
                labels = [p for p in placed.columns if p.column.role is Role.LABEL]
                left = min(self.label_columns[block.table.id], default=0)
                right = left - labels[0].at - 1 if labels else 0
                anchors |= {rows[r.key]: (r.number - rows[r.key], right) for r in block.rows if r.key in rows}
        printed = []
        for one in self.issued.around[name]:  # a text moves with the nearest row that has a key
            near = min(anchors, key=lambda row: abs(row - one.row), default=None)
            down, right = anchors[near] if near is not None else (0, 0)
            printed.append(((one.row + down, one.column + right), one))
        self.known |= {at for at, one in printed if one.kind is Purpose.CLAIM}
        by_text = by_key((key(c.raw), c) for c in self.sheet.cells.values() if self._is_extra_text(c))
        for at, one in printed:
            if one.kind in (Purpose.CLAIM, Purpose.SIGNER):
                continue
            places = [(c.row, c.column) for c in by_text.get(key(one.text), ())]
            free = [place for place in places if place not in self.known]
            if free:
                self.known.add(at if at in free else free[0])
            else:
                about = [b for b in self.blocks if b.table.id == one.table] or self.about
                where = "cả bảng" if one.table else "cả trang tính"
                keys = tuple(answer for block in about for _, _, answer in block.answers)
                scope = _Scope(where, keys, self._is_whole(about, keys))
                lost.append((one.kind, _Printed(at, one.text, scope)))
        unit, province = self.issued.unit, self.issued.profile.plan.province
        names = {key(said) for name in (*unit.names, issue.PROMPT) for said in (name, f"{name} {province}")}
        for purpose, text in lost:
            cell = self.sheet.cells.get(text.place)
            if cell is None or not self._is_extra_text(cell):
                others = islice((c for c in self.sheet.cells.values() if self._is_extra_text(c)), MAX_REMARKS)
                scored = [(fuzz.ratio(key(c.raw), key(text.text)), c) for c in others]
                score, cell = max(scored, key=lambda pair: pair[0], default=(0, None))
                cell = cell if score >= _ALIKE else None
            if cell is not None:
                self.known.add((cell.row, cell.column))
                if purpose is Purpose.DEADLINE:
                    yield self._difference("shown", text.place, "", clean_text(cell.raw), _NOTHING)
                elif purpose is not Purpose.NAME or names.isdisjoint(map(key, cell.raw.splitlines())):
                    yield from self._changed_text(text, cell)

    def _compared(self, printed: Sequence[_Printed]) -> Iterator[Difference]:
        """Hold printed texts against what is seen at their places, then look for them elsewhere."""
        rest: list[_Printed] = []
        for one in printed:
            if one.place in self.known:
                continue
            cell = self.sheet.cells.get(one.place)
            if cell is not None and cell.raw == one.text and is_shown(cell):
                self.known.add(one.place)
            elif cell is not None and cell.is_withdrawn and not cell.is_covered:
                self.known.add(one.place)
                yield self._difference("unseen", one.place, one.text, clean_text(cell.raw), one.scope)
            elif is_unchanged(self._seen(one.place), one.text):
                self.known.add(one.place)
            else:
                rest.append(one)
        changed: list[_Printed] = []
        for one in rest:
            free = (c for c in one.elsewhere if (c.row, c.column) not in self.known and is_shown(c))
            moved = next((c for c in free if key(c.raw) == key(one.text)), None)
            if moved is not None:
                self.known.add((moved.row, moved.column))
            else:
                changed.append(one)
        told: set[str] = set()
        for one in changed:
            seen = self._seen(one.place)
            area = merged_at(self.sheet, *one.place)
            start = (area.first_row, area.first_column) if area is not None else one.place
            # A merge may show another printed part of the same row there, which is as issued.
            is_own_row = start != one.place and start[0] == one.place[0] and start in self.known
            if not seen or one.place in self.known or is_own_row:
                continue
            self.known.add(one.place)
            cell = self.sheet.cells.get(one.place)
            at = Cell(*one.place, CellKind.TEXT, seen, seen) if cell is None else cell._replace(raw=seen)
            for difference in self._changed_text(one, at):
                if difference.where not in told:
                    yield difference
                if difference.is_out and one.scope.where.startswith("dòng"):
                    told.add(difference.where)

    def _seen(self, at: Place) -> str:
        """What a reader sees at a place: of a merged range what its first cell says."""
        cell = self.sheet.cells.get(at)
        if cell is None or cell.is_covered or cell.kind is CellKind.BLANK:
            area = merged_at(self.sheet, *at) if self.sheet.merged else None
            cell = self.sheet.cells.get((area.first_row, area.first_column)) if area is not None else cell
        return clean_text(cell.raw) if cell is not None and not cell.is_withdrawn else ""

    def _changed_text(self, one: _Printed, cell: Cell) -> Iterator[Difference]:
        """What is to be said of a text that stands in place of a printed one."""
        seen, at = clean_text(cell.raw), (cell.row, cell.column)
        if is_unchanged(seen, one.text):
            return
        lines = seen.splitlines()
        rests = (  # what stands behind all that was issued, or behind its first line
            "\n".join(lines[n:])
            for meant in (one.text, one.text.partition("\n")[0])
            for n in range(1, len(lines))
            if key("\n".join(lines[:n])) == key(meant)
        )
        if added := next(rests, "").strip():
            yield self._difference(self.kind_of(added) or "shown", at, "", added, one.scope)
            return
        is_other = key(seen) in self.issued.texts
        word = None if is_other else self.kind_of(seen)
        kind = word if word is not None and word != self.kind_of(one.text) else one.changed
        yield self._difference(kind, at, one.text, seen, one.scope)

    def _is_extra_text(self, cell: Cell) -> bool:
        """Whether a cell is a text that is seen and that nothing is known of yet."""
        said = cell.kind in (CellKind.TEXT, CellKind.DATE) and (cell.row, cell.column) not in self.known
        return said and is_shown(cell) and not cell.raw.startswith(MARKER)

    def _extra(self) -> Iterator[Difference]:
        """Numbers and texts where nothing was issued; the numbers of one scope are told together.

        Sums, numbers of rows or columns and a 0 by a formula are none.
        """
        every = self.sheet.cells.values()
        # Nobody reads the columns of keys and weights.
        keyed = frozenset(c.column for c in every if c.raw.startswith(MARKER) or c.raw == WEIGHT_KEY)
        columns = keyed.union(*self.label_columns.values())
        closed = {b.place(row, column) for b in self.blocks for row, column, _ in closed_cells(b)}
        rows = {row.number for block in self.blocks for row in block.rows}
        numbers: dict[_Scope, list[Cell]] = {}
        for cell in every:
            at = cell.row, cell.column
            if at in self.known or at in closed or not is_number(cell) or not is_shown(cell):
                continue
            if cell.column in (keyed if cell.row in rows else columns):
                continue
            said, row = cell.raw.strip(), self.sheet.by_row[cell.row]
            is_ruled = is_column_numbers(row)
            if any(is_total(clean_text(other.raw)) for other in row):
                # A sum, unless it was typed over the form's own of that column and is another one
                summed = (b for b in self.blocks if b.table.total_row)
                above = [b for b in summed if all(r.number < cell.row for r in b.rows)]
                added = {(row.number, cell.column) for row in above[-1].rows} if above else ()
                beside = (self.sheet.cells[at].value for at in added if at in self.sheet.cells)
                total = sum(value for value in beside if isinstance(value, Decimal))
                is_ruled = is_ruled or not above or bool(cell.formula) or cell.value == total
            is_other = said == str(self.issued.form.period.year) or TELEPHONE.fullmatch(said)
            if not (is_other or (is_ruled and cell.row not in rows) or (cell.formula and cell.value == 0)):
                scope = self._scope_of(cell.row, cell.column, is_number=True)
                numbers.setdefault(scope, []).append(cell)
        for scope, cells in numbers.items():
            seen = "; ".join(f"{c.address} = {c.raw.strip()[:_SHORT]}" for c in cells[:_MANY])
            seen += f"; … và {len(cells) - _MANY} ô nữa" if len(cells) > _MANY else ""
            first, *others = ((c.row, c.column) for c in cells)
            yield self._difference("number", first, "", seen, scope, others)
        below = by_key((c.column, c.row) for cells in numbers.values() for c in cells)
        # What those who sign write into the lines made for them is an answer.
        signed = [r.number for b in self.blocks if b.table.id == SIGNATURES for r in b.rows]
        for cell in (c for c in every if self._is_extra_text(c)):
            at, text, said = (cell.row, cell.column), clean_text(cell.raw), key(cell.raw)
            ids = self.issued.titles.get(said)
            if said in self.issued.texts or ids is not None:  # the title of another sheet
                is_title = ids is not None and ids.isdisjoint(block.table.id for block in self.blocks)
                if is_title and (cell.row < self.blocks[0].first or said not in self.issued.texts):
                    yield self._difference("other", at, "", text, self._scope_of(0, 0))
            elif not has_letter(said) or is_total(said) or _COUNTER.fullmatch(said):
                continue
            elif (kind := self.kind_of(text)) is None:
                if not signed or cell.row <= max(signed):
                    yield self._difference("shown", at, "", text, _NOTHING)
            else:
                scope = self._scope_of(*at)
                numbered = below.get(cell.column, ())
                keys = tuple(k for b in self.blocks for r, _, k in b.answers if r.number in numbered)
                if keys and any(cell.row in _heading_rows(block) for block in self.blocks):
                    scope = _Scope(f"các dòng có ghi ở cột {column_letters(cell.column)}", keys, False)
                yield self._difference(kind, at, "", text, scope)

    def _notes(self) -> Iterator[Difference]:
        """Notes pinned to cells, boxes, and what appears when a cell is chosen."""
        asked = {b.place(row, column): answer for b in self.blocks for row, column, answer in b.answers}
        pinned = [(at, without_notice(note), True) for at, note in self.sheet.notes.items()]
        pinned += [
            ((area.first_row, area.first_column), text, False)
            for area, text in self.sheet.hints
            if not text.startswith(GIVEN_BEFORE)
        ]
        for at, note, is_note in pinned:
            text = clean_text(note)
            if at[0] in self.sheet.hidden_rows or not text:
                continue
            cell = self.sheet.cells.get(at)
            number = (text.rpartition(":")[2] if text.count(":") == 1 else text).strip(" =?!.≈~")
            is_other = is_figure(number) and (cell is None or cell.raw.strip() != number)
            kind = self.kind_of(text) or ("number" if is_other else None)
            scope = self._scope_of(*at)
            if at in asked:
                scope = _Scope(f"ô {address(*at)}", (asked[at],), asked[at].item == COVER)
            else:
                headed = [block for block in self.blocks if at[0] in _heading_rows(block)]
                scope = self._column_of(headed, at[1]) or scope
            if kind is not None:
                yield self._difference(kind, at, "", text, scope)
            elif is_note and at not in asked:  # on an answer it is told as such
                yield self._difference("shown", at, "", text, _NOTHING)
        for box in self.sheet.text_boxes:
            text, at = clean_text(box.text), (box.row, box.column)
            kind = self.kind_of(text) or ("number" if is_figure(text) else None)
            if kind is not None:
                yield self._difference(kind, at, "", text, self._scope_of(0, 0))
            elif not re.search(r"[0-9]", text):  # one with a digit is told as such
                yield self._difference("shown", at, "", text, _NOTHING)

    def _column_of(self, blocks: Iterable[SheetBlock], column: int) -> _Scope | None:
        """The answers of a column in the first table that has some there."""
        for block in blocks:
            if keys := tuple(k for _, c, k in block.answers if block.columns[c] == column):
                return _Scope(f"cột {column_letters(column)}", keys, self._is_whole([block], keys))
        return None

    def _page(self) -> Iterator[Difference]:
        """The head and foot of the pages, and the name on the tab."""
        names = {self.issued.sheets[block.table.id].sheet.name for block in self.blocks}
        scope = self._scope_of(0, 0)
        top = next(((c.row, c.column) for _, row in self.sheet.rows() for c in row if is_shown(c)), (1, 1))
        for margin in self.sheet.margins:
            text = key(_CODES.sub(" ", margin))
            for own in sorted((*map(key, names), key(self.issued.unit.code), "trang"), key=len, reverse=True):
                text = text.replace(own, " ", 1)
            if has_letter(text):
                codes = {key(unit.code) for unit in self.issued.profile.roster.units}
                is_others = not codes.isdisjoint(re.findall(r"\w+", text))
                said = self.kind_of(text) or ("other" if is_others else "shown")
                yield self._difference(said, top, "", _CODES.sub(" ", margin).strip(), scope)
        if (tab := key(self.sheet.name)) not in map(key, names):
            is_others = tab in {key(placed.sheet.name) for placed in self.issued.sheets.values()}
            if kind := self.kind_of(self.sheet.name) or ("other" if is_others else None):
                yield Difference(kind, CellRef(self.file, self.sheet.name), "", self.sheet.name, *scope)

    def _scope_of(self, row: int, column: int, *, is_number: bool = False) -> _Scope:
        """What something extra speaks for: its row, a number its column, else the sheet."""
        keys = tuple(k for b in self.blocks for r, _, k in b.answers if r.number == row)
        if keys:
            return _Scope(f"dòng {row}", keys, all(k.item == COVER for k in keys))
        asked = [block for block in self.blocks if is_number and not block.table.id.startswith(LIST)]
        if (own := self._column_of(asked, column)) is not None:
            return own
        keys = tuple(answer for block in self.about for _, _, answer in block.answers)
        where = "cả báo cáo" if self.is_of_all else "cả trang tính"
        return _Scope(where, keys, self._is_whole(self.about, keys))

    @staticmethod
    def _is_whole(blocks: Iterable[SheetBlock], keys: Sequence[Key]) -> bool:
        """Whether what these tables print is about the whole return."""
        return any(b.table.id in WHOLE_RETURN for b in blocks) or all(k.item == COVER for k in keys)

    def _difference(
        self,
        kind: DifferenceKind,
        at: Place,
        issued: str,
        seen: str,
        scope: _Scope,
        others: Iterable[Place] = (),
    ) -> Difference:
        first, *further = (CellRef(self.file, self.sheet.name, address(*p)) for p in (at, *others))
        return Difference(kind, first, issued, seen, *scope, tuple(further))


def _heading_rows(block: SheetBlock) -> range:
    """The rows over a table in which its headings stand; one without keys begins below them."""
    return range(block.first - 3 * block.by_label, min((r.number for r in block.rows), default=0))


_FEW = 2
"""Numbers of rows that were edited by themselves; a row put in between moves all that follow."""
_ALIKE = 75
"""Of 100, from which a text in another place is a printed one that was edited."""
_MANY, _SHORT = 20, 40
"""Extra numbers that one finding names one by one, and letters of each."""
_NOTHING = _Scope("", (), False)
_CODES = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|[0-9]+|[A-Za-z&])')
"""What stands for fonts, sizes and fields in the head and foot of a page."""
_COUNTED = rf"{wording.STILL_OPEN[0]}[0-9]+{wording.STILL_OPEN[1]}|(?:có|,) [0-9]+{wording.FLAWED}"
_COUNTER = re.compile(
    rf"(?:{key(_COUNTED)}){{1,2}}(?:: (?:[^()]{{1,30}} \([0-9]+\)(?:, )?){{1,30}})?|{key(wording.ALL_GIVEN)}"
)
"""The form's own line that counts what is still to be filled in or put right, and where."""
