"""Forty and more kinds of visible edits of a filled form, each with what a person then sees in its cells.

The oracle is what was typed and what the edit shows, never what the program reads.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Final

from dvctt_report.forms.build import build_form
from dvctt_report.forms.form import COVER, LIST, Role
from dvctt_report.forms.layout import PlacedTable, cell_name, place
from dvctt_report.model import Key
from dvctt_report.plan.model import Listing
from tests.forms.fill import Filled, cells, field_of, fill, real, sources
from tests.intake.excel import Content, Edit, Error, Formula, Runs, put
from tests.intake.excel_layout import conditional, low_row, merged, narrow_column

ASKED: Final = object()
"""What stands for a cell in which nobody can say what is seen: it has to be asked about."""

WHITE_LETTERS, BLACK_LETTERS = '<color rgb="FFFFFFFF"/>', '<color rgb="FF000000"/>'
XLSX_ONLY = ("xlsx",)
"""Formulas, and conditional formats of numbers, are lost on the way to .xls, and with them what was seen."""
STRIKE, RAISED = "<strike/>", '<vertAlign val="superscript"/>'
ALL = ("xlsx", "xls")


@dataclass(frozen=True)
class Mutation:
    """An edit, what is then seen in the answers it touches, and the cells at which it may be asked about."""

    kind: str
    edits: tuple[Edit, ...]
    seen: Mapping[Key, object]
    asked_at: frozenset[tuple[str, str]]
    formats: tuple[str, ...] = ALL


@dataclass
class Draft:
    """A filled form whose answers are handed out, each to one edit."""

    filled: Filled
    rng: random.Random
    used: set[tuple[str, str]] = field(default_factory=set)

    @cached_property
    def tables(self) -> list[tuple[str, PlacedTable]]:
        form = build_form(real(), self.filled.unit, self.filled.period)
        return [(s.sheet.name, t) for s in place(form) for t in s.tables]

    @cached_property
    def at(self) -> dict[Key, tuple[str, str]]:
        found = {}
        for sheet, table in self.tables:
            for row, placed, _, key in table.answers():
                found[key] = (sheet, cell_name(row, placed.at))
        return found

    def take(self, kind: str) -> Key:
        """An answer of that kind that was given and that no formula makes; its row is used up."""
        plain = [key for key, spec in self.asked.items() if spec == kind and key in self.filled.answers]
        free = [key for key in plain if self.row(key) not in self.used]
        key = self.rng.choice(free)
        self.used.add(self.row(key))
        return key

    def row(self, key: Key) -> tuple[str, str]:
        sheet, cell = self.at[key]
        return sheet, cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")

    @cached_property
    def asked(self) -> dict[Key, str]:
        """The kind of every answer that is typed and no line of a list."""
        keys = cells(self.filled.unit, self.filled.period)
        lists = {item.code for item in real().plan.items if isinstance(item, Listing)}
        typed = (k for k in keys if k.item != COVER and k.item not in lists and not sources(k, keys))
        return {k: spec.kind for k in typed if (spec := field_of(k)) is not None}


def where(draft: Draft, key: Key) -> str:
    return "!".join(draft.at[key])


def _put(kind: str, content: Content | Callable[[int], Content], seen: object = ASKED, **looks: str) -> Kind:
    """An edit of one count."""

    def make(draft: Draft) -> Mutation:
        key = draft.take("count")
        value = draft.filled.answers[key]
        assert isinstance(value, int)
        typed = content(value) if callable(content) else content
        shown = value if seen is SAME else seen
        edit = put(where(draft, key), typed, **looks)
        return Mutation(kind, (edit,), {key: shown}, frozenset((draft.at[key],)))

    return make


Kind = Callable[[Draft], Mutation]
SAME: Final = object()


def _is(value: int) -> int:
    return value


def _only(formats: tuple[str, ...], kind: Kind) -> Kind:
    """The same edit, to be told only in these formats."""
    return lambda draft: replace(kind(draft), formats=formats)


def _dressed(kind: str, dress: Callable[[str], Edit], formats: tuple[str, ...] = ALL) -> Kind:
    """A count as it was, in a cell that is made to look otherwise."""

    def make(draft: Draft) -> Mutation:
        key = draft.take("count")
        value = draft.filled.answers[key]
        assert isinstance(value, int)
        edits = put(where(draft, key), value or 7), dress(where(draft, key))
        return Mutation(kind, edits, {key: ASKED}, frozenset((draft.at[key],)), formats)

    return make


def _when(kind: str, dxf: str, formats: tuple[str, ...] = ALL) -> Kind:
    return _dressed(f"a conditional {kind}", lambda cell: conditional(cell, dxf), formats)


def _formula(kind: str, text: str, cached: int, seen: object = ASKED) -> Kind:
    return _only(XLSX_ONLY, _put(kind, Formula(text, cached), seen))


def _day(draft: Draft) -> Mutation:
    """A day of the period typed into the cell of a number, which keeps its format."""
    return _put("a day in a number's cell", date(draft.filled.period.year, 3, 20))(draft)


def _solid(rgb: str) -> str:
    return f'<patternFill patternType="solid"><fgColor rgb="{rgb}"/></patternFill>'


CELLS: Final[tuple[Kind, ...]] = (
    *(
        _put(f"a format {code}", lambda v: v or 7, fmt=code)
        for code in (
            *('#,##0" nghìn"', '0" tr"', '0"K"', '0"00"', '">"0', '"khoảng "0', '"Không"', "0,", ";;;"),
            *("0%", "0.00E+00", "-0", "0.0,,", '0" đơn vị nghìn"'),
        )
    ),
    *(
        _put(f"a format {code}", _is, SAME, fmt=code)
        for code in ("General", "0", "#,##0.00", "[Red]0", "0_)", '_(* #,##0_);_(* (#,##0);_(* "-"??_);_(@_)')
    ),
    _put("a zero that is not shown", 0, fmt="#,###"),
    _day,
    _put("a number turned date", date(2025, 2, 1), fmt="d-mmm"),
    _put("a month for a number", date(2025, 2, 1), fmt="mm/yyyy"),
    _put("struck out", _is, font=STRIKE),
    _put("in a font of pictures", lambda v: v or 7, font="Wingdings"),
    _put("half struck out", Runs(((STRIKE, "2"), ("", "21")))),
    _put("a raised sign", Runs((("", "69"), (RAISED, "1")))),
    _only(("xlsx",), _put("raised as a whole", _is, font=RAISED)),  # LibreOffice knows raised letters alone
    _only(("xlsx",), _put("true", True)),  # which it saves, and shows, as 1
    _put("an error", Error("#N/A")),
    _put("negative", -5),
    _put("broken", 12.5),
    _put("a text under a format", "31", fmt='@" nghìn"'),
    *(
        _put(f"the text {text}", text)
        for text in ("khoảng 50", "50-60", "1O0", "12+5+7", "44/50", "80%", "không", "x", "3 lớp (150 lượt)")
    ),
    *(_put(f"the text {text!r}", text, 123) for text in (" 123 ", "１２３", "'123", "123\u00a0")),
    *(
        _put(f"unseen {kind}", lambda v: v or 7, font=font, fill=fill)
        for kind, font, fill in (
            ("white on white", WHITE_LETTERS, ""),
            ("white by its theme", '<color theme="0"/>', ""),
            ("black made white", '<color theme="1" tint="0.999"/>', ""),
            ("white by its number", '<color indexed="9"/>', ""),
            ("black on black", BLACK_LETTERS, _solid("FF000000")),
            ("grey on grey", '<color rgb="FFEDEDED"/>', _solid("FFEFEFEF")),
            ("specks", '<sz val="1"/>', ""),
        )
    ),
    _put("a run of white letters", Runs(((BLACK_LETTERS, "2"), (WHITE_LETTERS, "21")))),
    _when("format", '<numFmt numFmtId="199" formatCode="0&quot;0&quot;"/>', XLSX_ONLY),
    _when("format of nothing", '<numFmt numFmtId="198" formatCode=";;;"/>', XLSX_ONLY),
    _when("line through", "<font><strike/></font>"),
    _when("white", f"<font>{WHITE_LETTERS}</font>"),
    _when("black ground", '<fill><patternFill><bgColor rgb="FF000000"/></patternFill></fill>'),
    _dressed("a row of no height", low_row),
    _dressed("a row of two points", lambda cell: low_row(cell, 2)),
    _formula("a constant rate", "ROUND(120*95%,0)", 114),
    _formula("a swallowed error", "IFERROR(1/0,0)", 0),
    _formula("a sum of constants", "3+4", 7, 7),
)


# ------------------------------------------------------------------------------- what is printed


def _labelled(draft: Draft) -> Iterator[tuple[str, PlacedTable, int, int]]:
    """Rows with a label of their own and a given answer: sheet, table, row number, index of the row."""
    for sheet, table in draft.tables:
        if table.table.bare or table.table.id.startswith(LIST):
            continue
        for n, (at, _, row) in enumerate(table.rows):
            keys = [key for r, _, _, key in table.answers() if r == at and key in draft.filled.answers]
            several = len({r.labels[1] for _, _, r in table.rows if len(r.labels) > 1}) > 2
            labelled = several and len(row.labels) > 1 and row.labels[1]
            if keys and labelled and (sheet, str(at + 1)) not in draft.used:
                yield sheet, table, at, n


def _row_out(
    draft: Draft, kind: str, sheet: str, table: PlacedTable, at: int, edits: Mapping[str, str]
) -> Mutation:
    seen = {key: ASKED for r, _, _, key in table.answers() if r == at and key in draft.filled.answers}
    draft.used.add((sheet, str(at + 1)))
    places = frozenset((sheet, cell) for cell in edits)
    return Mutation(kind, tuple(put(f"{sheet}!{c}", text) for c, text in edits.items()), seen, places)


def _relabelled(kind: str, change: Callable[[str, str], str]) -> Kind:
    """The label of a row becomes what ``change`` makes of it and of the next row's label."""

    def make(draft: Draft) -> Mutation:
        sheet, table, at, n = draft.rng.choice([*_labelled(draft)])
        labels = [row.labels[1] for _, _, row in table.rows if len(row.labels) > 1 and row.labels[1]]
        own = table.rows[n][2].labels[1]
        other = next(text for text in labels if text != own)
        column = [c for c in table.columns if c.column.role is Role.LABEL][1]
        return _row_out(draft, kind, sheet, table, at, {cell_name(at, column.at): change(own, other)})

    return make


def _other_unit(draft: Draft) -> Mutation:
    found = [
        (sheet, table, at, column.at)
        for sheet, table, at, row in _labelled(draft)
        for n, column in enumerate(table.columns)
        if column.column.key == "unit" and table.rows[row][2].labels[n]
    ]
    if not found:
        return _relabelled("another question", lambda own, other: "Số máy tính được cấp mới")(draft)
    sheet, table, at, column = draft.rng.choice(found)
    return _row_out(draft, "another unit", sheet, table, at, {cell_name(at, column): "nghìn lượt"})


def _columns_out(
    draft: Draft, kind: str, edit: Callable[[PlacedTable, int, int], Mapping[str, str]]
) -> Mutation:
    """Two neighbouring columns of answers of one table exchange what is printed above them."""
    found = [
        (sheet, table, a, b)
        for sheet, table in draft.tables
        if not table.table.bare
        and not table.table.id.startswith(LIST)
        and (table.table.numbered or edit is _headings)
        for a, b in zip(table.columns, table.columns[1:], strict=False)
        if a.column.role is b.column.role is Role.ANSWER
        and (a.column.group, a.column.span) == (b.column.group, b.column.span)
    ]
    sheet, table, a, b = draft.rng.choice(found)
    keys = [key for _, c, _, key in table.answers() if c in (a, b) and key in draft.filled.answers]
    edits = edit(table, table.columns.index(a), table.columns.index(b))
    draft.used |= {(sheet, str(at + 1)) for at, _, _ in table.rows}
    places = frozenset((sheet, cell) for cell in edits)
    puts = tuple(put(f"{sheet}!{c}", text) for c, text in edits.items())
    return Mutation(kind, puts, dict.fromkeys(keys, ASKED), places)


def _headings(table: PlacedTable, a: int, b: int) -> Mapping[str, str]:
    at = table.header_at + (table.n_header_rows - 1 if table.columns[a].column.group else 0)
    one, two = table.columns[a], table.columns[b]
    return {cell_name(at, one.at): two.column.header, cell_name(at, two.at): one.column.header}


def _numbers(table: PlacedTable, a: int, b: int) -> Mapping[str, str]:
    at = table.header_at + table.n_header_rows
    return {
        cell_name(at, table.columns[a].at): f"({b + 1})",
        cell_name(at, table.columns[b].at): f"({a + 1})",
    }


def _struck_label(draft: Draft) -> Mutation:
    """The label of a row struck out, whole."""
    sheet, table, at, n = draft.rng.choice([*_labelled(draft)])
    column = [c for c in table.columns if c.column.role is Role.LABEL][1]
    cell = cell_name(at, column.at)
    made = _row_out(draft, "a label struck out", sheet, table, at, {cell: ""})
    return replace(made, edits=(put(f"{sheet}!{cell}", table.rows[n][2].labels[1], font=STRIKE),))


def _beside(kind: str, text: str | int) -> Kind:
    """A text, or a figure, to the right of a row."""

    def make(draft: Draft) -> Mutation:
        sheet, table, at, _ = draft.rng.choice([*_labelled(draft)])
        cell = cell_name(at, table.columns[-1].last + 1)
        made = _row_out(draft, kind, sheet, table, at, {cell: ""})
        return replace(made, edits=(put(f"{sheet}!{cell}", text),))

    return make


LABELS: Final[tuple[Kind, ...]] = (
    _struck_label,
    _beside("a figure beside a row", 130),
    _beside("a correction beside a row", "Số đúng là 130"),
    _beside("another cut-off beside a row", "tính đến 30/6/2025"),
    _relabelled("a label of an estimate", lambda own, other: f"{own} (ước)"),
    _relabelled("a label of another year", lambda own, other: f"{own} năm 2023"),
    _relabelled("the label of another row", lambda own, other: other),
    _relabelled("another question", lambda own, other: "Số máy tính được cấp mới trong năm"),
    _relabelled("a contrary label", lambda own, other: f"Chưa {own[:1].lower()}{own[1:]}".partition("\n")[0]),
    _other_unit,
)
COLUMNS: Final[tuple[Kind, ...]] = (
    lambda draft: _columns_out(draft, "headings exchanged", _headings),
    lambda draft: _columns_out(draft, "numbers of columns exchanged", _numbers),
)


# --------------------------------------------------------------------------------------- sheets


def _sheet_out(kind: str, cell: str, text: str) -> Kind:
    def make(draft: Draft) -> Mutation:
        sheet = next(s for s, t in draft.tables if t.table.id in ("a", "channels", "figures"))
        answers = draft.filled.answers
        keys = [k for k, (s, _) in draft.at.items() if s == sheet and k in answers and k.item != COVER]
        edit = put(f"{sheet}!{cell}", text)
        return Mutation(kind, (edit,), dict.fromkeys(keys, ASKED), frozenset(((sheet, cell),)))

    return make


def _money_in(kind: str, text: str) -> Kind:
    def make(draft: Draft) -> Mutation:
        sheet = next(s for s, t in draft.tables if t.table.id.startswith("funding"))
        keys = [k for k, (s, _) in draft.at.items() if s == sheet and k in draft.filled.answers]
        table = next(t for s, t in draft.tables if t.table.id.startswith("funding"))
        cell = cell_name(table.title_at, table.columns[-1].at)
        places = frozenset(((sheet, cell),))
        return Mutation(kind, (put(f"{sheet}!{cell}", text),), dict.fromkeys(keys, ASKED), places)

    return make


def _two_merged(draft: Draft) -> Mutation:
    """Two counts below each other in one cell."""
    pairs = [
        (above, below)
        for above, (sheet, cell) in draft.at.items()
        for below, (other, under) in draft.at.items()
        if sheet == other
        and under == _below(cell)
        and draft.asked.get(above) == draft.asked.get(below) == "count"
        and above in draft.filled.answers
        and below in draft.filled.answers
    ]
    above, below = draft.rng.choice(pairs)
    sheet, cell = draft.at[above]
    edit = merged(sheet, f"{cell}:{draft.at[below][1]}")
    seen = dict.fromkeys((above, below), ASKED)
    return Mutation("two answers merged", (edit,), seen, frozenset(draft.at[k] for k in seen), ("xlsx",))


def _below(cell: str) -> str:
    letters = cell.rstrip("0123456789")
    return f"{letters}{int(cell.removeprefix(letters)) + 1}"


HALF = "Sáu tháng đầu năm 2025 – số liệu từ ngày 01/01/2025 đến hết ngày 30/6/2025"


def _narrow(draft: Draft) -> Mutation:
    """A column of answers dragged together."""
    key = draft.take("count")
    sheet, cell = draft.at[key]
    letters = cell.rstrip("0123456789")
    answers = draft.filled.answers
    here = [
        k
        for k, (s, c) in draft.at.items()
        if s == sheet and c.rstrip("0123456789") == letters and k in answers
    ]
    places = frozenset(draft.at[k] for k in here)
    return Mutation(
        "a column of no width", (narrow_column(where(draft, key)),), dict.fromkeys(here, ASKED), places
    )


SHEETS: Final[tuple[Kind, ...]] = (
    _narrow,
    _sheet_out("another period", "C3", HALF),
    _sheet_out("another cut-off", "C3", "Số liệu đến hết ngày 30/11/2025"),
    _money_in("money in thousands", "ĐVT: nghìn đồng"),
    _money_in("money in 1.000 đồng", "Đơn vị tính: 1.000 đồng"),
    _two_merged,
    _sheet_out("another unit below", "D60", "* Số liệu trong biểu tính bằng nghìn lượt"),
    _sheet_out("another period below", "D60", "Ghi chú: số liệu năm 2023"),
    _sheet_out("a draft by its title", "C2", "BẢN NHÁP"),
)


ALONE: Final = (*COLUMNS, *SHEETS)
"""Edits of much of a sheet, each in a workbook of its own."""


def drafts(code: str, seed: int) -> Iterator[tuple[Draft, list[Mutation]]]:
    """Workbooks with edits of every kind that the form has room for: of cells and rows as many as fit."""
    rng = random.Random(f"{code} {seed}")

    def new() -> Draft:
        return Draft(fill(code, rng.randrange(1000)), rng)

    draft, made = new(), list[Mutation]()
    for kind in (*CELLS, *LABELS):
        try:
            made.append(kind(draft))
        except IndexError:  # no room left
            yield draft, made
            draft = new()
            made = [kind(draft)]
    yield draft, made
    for kind in ALONE:
        draft = new()
        with suppress(IndexError):  # a commune's form has no numbered columns
            yield draft, [kind(draft)]
