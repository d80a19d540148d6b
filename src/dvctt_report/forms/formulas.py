"""The form's formulas, each with the value it has for given answers.

A workbook written without cached values looks unfinished to every reader but Excel, so a formula is
always made together with its result. Only functions of Excel 2007 are used (the clerk's PC decides).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import TypeAlias

from dvctt_report.forms import layout
from dvctt_report.forms.form import COVER, FormTable, Role, key_of
from dvctt_report.forms.wording import ALL_GIVEN, FLAWED, STILL_OPEN
from dvctt_report.model import Key
from dvctt_report.plan.fields import DONE, STATUS_GIVEN, STATUS_NOT_AVAILABLE, YES, field_of, fields
from dvctt_report.plan.model import Channel, Item, Target, Task, Topic
from dvctt_report.text.grouping import by_key

Answer: TypeAlias = int | float | str | date
Answers = Mapping[Key, Answer]
EXCEL_DAY_0 = date(1899, 12, 30)


def sums_of(known: Iterable[Key], items: Mapping[str, Item]) -> dict[Key, tuple[Key, ...]]:
    """Return which of the cells are sums, of their parts or of the sources that the plan names."""
    found = {}
    keys = dict.fromkeys(known)
    by_part = by_key(((key.item, key.field), key) for key in keys if key.part)
    for key in keys:
        item = items.get(key.item)
        if isinstance(item, Target) and key.field in ("total", "done") and not key.part:
            parts = tuple(by_part.get((key.item, key.field), ()))
            named = (Key(*cell) for cell in item.summed_from.get(key.field, ()))
            sources = parts or tuple(k for k in named if k in keys)
            if sources:
                found[key] = sources
    return found


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula and its result; ``locked``: the unit is not meant to overwrite it."""

    text: str
    value: Answer
    locked: bool = True


@dataclass(frozen=True)
class Ledger:
    """What formulas refer to: ``cells`` by key as (sheet, row, column) from 0, ``answers`` as typed.

    sums: of the cells that show sums those that are added: parts, or the sources that the plan names.
    """

    items: Mapping[str, Item]
    sheets: tuple[layout.PlacedSheet, ...]
    answers: Answers
    cells: Mapping[Key, tuple[str, int, int]]
    sums: Mapping[Key, tuple[Key, ...]]
    _computed: dict[Key, Answer] = field(default_factory=dict, init=False)
    """The results that were asked for, each computed once."""

    @classmethod
    def of(
        cls, items: Mapping[str, Item], sheets: tuple[layout.PlacedSheet, ...], answers: Answers
    ) -> Ledger:
        """Index the answer cells of ``sheets``."""
        cells = {
            key: (table.sheet, row, column.at)
            for sheet in sheets
            for table in sheet.tables
            for row, column, _, key in table.answers()
        }
        return cls(items, sheets, answers, cells, sums_of(cells, items))

    def ref(self, key: Key, sheet: str) -> str:
        """The reference to a key's cell as written in a formula of ``sheet``."""
        name, row, column = self.cells[key]
        cell = layout.cell_name(row, column)
        return cell if name == sheet else f"'{name}'!{cell}"

    def formula(self, key: Key, sheet: str) -> Formula | None:
        """The formula that belongs into a key's cell; None where the unit types the answer."""
        item = self.items.get(key.item)
        if key == Key(COVER, "control_code"):
            return None
        if key.field == "rate":
            names = ("total", "done") if isinstance(item, Target) else ("valid", "satisfied")
            of, part = (Key(key.item, name) for name in names)
            total, done = self.number(of), self.number(part)
            rate: Answer = done / total * 100 if total and total > 0 and done is not None else ""
            a, b = self.ref(of, sheet), self.ref(part, sheet)
            return Formula(f'=IF(COUNT({a},{b})<2,"",IF({a}>0,{b}/{a}*100,""))', rate)
        if isinstance(item, Task):
            return self._derived_status(item, sheet) if key.field == "status" else None
        if key.field == "status":
            return self._status(key, sheet)
        if not (sources := self.sums.get(key)):
            return None
        whole, refs = any(source.part for source in sources), [self.ref(k, sheet) for k in sources]
        # A run of cells of one column is one range: a sum must grow when a row is inserted.
        run = [refs[0], refs[-1].split("!")[-1]] if len(refs) > 1 else refs
        listed = ":".join(run) if whole else ",".join(refs)
        numbers = [n for n in (self.number(k) for k in sources) if n is not None]
        least = len(sources) if whole else 1
        value: Answer = sum(numbers) if len(numbers) >= least else ""
        return Formula(f'=IF(COUNT({listed})<{least},"",SUM({listed}))', value)

    def value(self, key: Key) -> Answer:
        """What the cell shows: the typed answer, else its formula's result, else an empty text."""
        if key in self.answers:
            return self.answers[key]
        if key not in self._computed:
            made = self.formula(key, "") if key in self.cells else None
            self._computed[key] = made.value if made else ""
        return self._computed[key]

    def number(self, key: Key) -> float | None:
        """The cell's number, of a date the days that Excel counts; None where it shows a text or nothing."""
        shown = self.value(key)
        if isinstance(shown, date):
            return (shown - EXCEL_DAY_0).days
        return shown if isinstance(shown, int | float) else None

    def _status(self, key: Key, sheet: str) -> Formula:
        item = self.items[key.item]
        ratio = isinstance(item, Target)
        counted = ("total", "done") if ratio else (f.code for f in fields(item) if f.kind == "count")
        own = [k for name in counted if (k := Key(key.item, name)) in self.cells]
        refs = ",".join(self.ref(k, sheet) for k in own)
        complete = all(self.number(k) is not None for k in own)
        text, said = f'IF(COUNT({refs})={len(own)},"{STATUS_GIVEN}","")', STATUS_GIVEN if complete else ""
        # A row that gives some of these figures may say itself that it has none
        sources = [source for key in own for source in self.sums.get(key, ()) if source.item != key.item]
        states = [k for k in dict.fromkeys(Key(s.item, "status") for s in sources) if k in self.cells]
        if states:
            test = ",".join(f'{self.ref(key, sheet)}="{STATUS_NOT_AVAILABLE}"' for key in states)
            test = f"OR({test})" if len(states) > 1 else test
            text = f'IF({test},"{STATUS_NOT_AVAILABLE}",{text})'
            if any(self.value(key) == STATUS_NOT_AVAILABLE for key in states):
                said = STATUS_NOT_AVAILABLE
        return Formula(f"={text}", said, locked=False)

    def _derived_status(self, task: Task, sheet: str) -> Formula | None:
        """A task is done once an answer shows that something was: a yes, a tick, a number above 0."""
        tests, done = [], False
        for code in task.derived_from:
            item = self.items.get(code)
            names: tuple[str, ...] = ()
            if isinstance(item, Target):
                names = ("answer",) if item.asked_as == "answer" else ("done",)
            elif isinstance(item, Channel):
                names = tuple(m.code for m in item.measures)
            elif isinstance(item, Topic):
                names = ("ticked",)
            for key in (Key(code, name) for name in names if Key(code, name) in self.cells):
                ref, shown = self.ref(key, sheet), self.value(key)
                if key.field == "answer":
                    tests.append(f'{ref}="{YES}"')
                    done |= shown == YES
                elif key.field == "ticked":
                    tests.append(f'{ref}<>""')
                    done |= bool(shown)
                else:
                    tests.append(f"N({ref})>0")
                    done |= isinstance(shown, int | float) and shown > 0
        if not tests:
            return None
        test = tests[0] if len(tests) == 1 else f"OR({','.join(tests)})"
        return Formula(f'=IF({test},"{DONE}","")', DONE if done else "", locked=False)


@dataclass(frozen=True, slots=True)
class RowTest:
    """A test of every row from ``first`` to ``last``, as a formula and in Python.

    columns: what it looks at, ``{0}``, ``{1}`` … in ``text``.
    holds: the same test of what these cells show.
    below: how many rows further down each of the columns is looked at; none where that isn't said.
    """

    first: int
    last: int
    columns: tuple[int, ...]
    text: str
    holds: Callable[..., bool]
    below: tuple[int, ...] = ()

    def cells(self, row: int) -> list[tuple[int, int]]:
        """The rows and columns of the cells that the test of one row looks at."""
        below = self.below or (0,) * len(self.columns)
        return [(row + down, column) for down, column in zip(below, self.columns, strict=True)]


@dataclass(frozen=True, slots=True)
class Count:
    """A formula that counts, and its result."""

    text: str
    value: int


def count_rows(ledger: Ledger, checks: Iterable[RowTest], sheet: str) -> Count:
    """In how many rows of ``sheet`` a test holds, over all ``checks``."""
    shown = {place: ledger.value(key) for key, place in ledger.cells.items() if place[0] == sheet}
    terms, n = [], 0
    for check in checks:
        runs = zip(check.cells(check.first), check.cells(check.last), strict=True)
        over_rows = (":".join(layout.cell_name(*end, absolute=True) for end in run) for run in runs)
        terms.append(f"SUMPRODUCT(1*({check.text.format(*over_rows)}))")
        for row in range(check.first, check.last + 1):
            n += check.holds(*(shown.get((sheet, *cell), "") for cell in check.cells(row)))
    return Count(f"={'+'.join(terms) or '0'}", n)


@dataclass(frozen=True, slots=True)
class SheetProgress:
    """How much of a sheet is open (``still_open``) and wrong; ``name``: what the clerk calls the sheet."""

    name: str
    still_open: Count
    wrong: Count


def open_line(still_open: Count, wrong: Count, sheets: Sequence[SheetProgress] = ()) -> Formula:
    """The line that a clerk reads: how many cells are open or wrong, and on which of ``sheets``.

    ``text`` of each count is the cell where it stands.
    """
    n, w = still_open.text, wrong.text
    before, after = STILL_OPEN
    flawed = f'TEXT({w},"00")&"{FLAWED}"'
    said = f'"{before}"&TEXT({n},"00")&"{after}"&IF({w}=0,"",", "&{flawed})'
    flawed_or_open = ((s.name, f"{s.still_open.text}+{s.wrong.text}") for s in sheets)
    listed = "&".join(f'IF({k}=0,"",", {name} ("&{k}&")")' for name, k in flawed_or_open)
    where = f'&": "&MID({listed},3,250)' if sheets else ""
    text = f'=IF({n}+{w}=0,"{ALL_GIVEN}",IF({n}=0,"Có "&{flawed},{said}){where})'
    places = ", ".join(f"{s.name} ({k})" for s in sheets if (k := s.still_open.value + s.wrong.value))
    told = [f"{before}{still_open.value:02d}{after}"] if still_open.value else []
    told += [f"{'' if told else 'Có '}{wrong.value:02d}{FLAWED}"] if wrong.value else []
    shown = ", ".join(told) or ALL_GIVEN
    return Formula(text, f"{shown}: {places}" if places else shown)


def weighted_sum(ledger: Ledger, sheet: str) -> Formula:
    """The sum behind the control code, over all columns of numbers; SUMPRODUCT counts a word as 0."""
    terms, total = [], Fraction()
    for placed in ledger.sheets:
        for table in placed.tables:
            for column in number_columns(table.table, ledger.items):
                factor = layout.multiplier(table.table, column)
                at = next(c.at for c in table.columns if c.column.key == column)
                ends = table.rows[0][0], table.rows[-1][0]
                of_sheet = "" if table.sheet == sheet else f"'{table.sheet}'!"
                weights, numbers = (
                    of_sheet + ":".join(layout.cell_name(row, place, absolute=True) for row in ends)
                    for place in (layout.WEIGHT_COLUMN, at)
                )
                terms.append(f"{factor}*SUMPRODUCT({weights},{numbers})")
                total += factor * sum(
                    weight * Fraction(ledger.number(key) or 0)
                    for (_, weight, row) in table.rows
                    for key in [key_of(row.key, column)]
                    if key in ledger.cells
                )
    return Formula("=" + "+".join(terms), int(total) if total.denominator == 1 else float(total))


def code_formula(sum_ref: str, weighted_sum: Answer) -> Formula:
    """The four digits; INT instead of MOD, which overflows in old Excel for sums of money."""
    whole = math.floor(Fraction(str(weighted_sum)) + Fraction(1, 2))
    text = f'=TEXT({sum_ref}-{layout.MODULUS}*INT({sum_ref}/{layout.MODULUS}),"0000")'
    return Formula(text, layout.control_code(whole))


def number_columns(table: FormTable, items: Mapping[str, Item]) -> tuple[str, ...]:
    """The keys of the columns that hold numbers and so enter the control code."""
    if table.id.startswith("list."):
        return ()
    found: dict[str, None] = {}
    columns = [c.key for c in table.columns if c.role is Role.ANSWER]
    for row in table.rows:
        for column in columns:
            if column not in found and column not in row.closed:
                key = key_of(row.key, column)
                asked = field_of(items[key.item], key.field) if key.item in items else None
                if asked is not None and asked.kind in ("count", "decimal", "money"):
                    found[column] = None
    return tuple(found)
