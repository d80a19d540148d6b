"""What Excel checks while the clerk types: whole numbers, lists, dates; amber on what to look at.

And what a clerk has to fill in or put right before the form is signed: its line counts it, amber shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from itertools import groupby
from typing import Any

from dvctt_report.forms import styles
from dvctt_report.forms.form import COVER, LIST, Role
from dvctt_report.forms.formulas import Answer, RowTest
from dvctt_report.forms.issue import Pen
from dvctt_report.forms.layout import PlacedColumn, PlacedTable, cell_name
from dvctt_report.model import Key
from dvctt_report.plan.fields import (
    STATUS_GIVEN,
    STATUS_NONE_ARISING,
    STATUS_NOT_APPLICABLE,
    STATUS_NOT_AVAILABLE,
    STATUS_WITHHELD,
    fields,
    required_fields,
)
from dvctt_report.plan.model import Funding
from dvctt_report.text.vietnamese import format_count

LARGEST = 10**15
"""Beyond this Excel no longer keeps every digit of a whole number."""
SMALL_MONEY = 100_000
"""A sum below this many đồng was probably meant in thousands or millions."""
GIVEN_BEFORE = "Đơn vị đã báo cáo: "
"""How it begins what stands beside a cell: the unit's own figure of a year ago."""
_STATES = (STATUS_GIVEN, STATUS_NONE_ARISING, STATUS_NOT_AVAILABLE, STATUS_NOT_APPLICABLE)
_NUMBERS = ("count", "decimal", "money")
_NUMBER = {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": LARGEST}
_TYPED: dict[str, dict[str, Any]] = {
    "count": _NUMBER
    | {
        "error_title": "Chỉ nhập số nguyên",
        "error_message": "Nhập số nguyên, không gõ dấu chấm, dấu phẩy. "
        "Không có số thì chọn ở cột “Tình trạng”.",
    },
    "decimal": _NUMBER
    | {
        "validate": "decimal",
        "error_title": "Chỉ nhận số",
        "error_message": "Nhập số có nhiều nhất bốn chữ số thập phân, không kèm chữ.",
    },
    "money": _NUMBER
    | {
        "error_title": "Chỉ nhập số nguyên",
        "error_message": "Nhập số tiền theo đồng, là số nguyên, không gõ dấu chấm, dấu phẩy.",
    },
    "date": {
        "validate": "date",
        "criteria": "between",
        "minimum": date(2020, 1, 1),
        "maximum": date(2099, 12, 31),
        "error_title": "Ngày chưa đúng",
        "error_message": "Nhập ngày theo dạng ngày/tháng/năm, ví dụ 05/11/{year}.",
    },
}
"""What is taken of each kind that is typed, and what is said to who types something else."""


def add_checks(pen: Pen, sheet: Any, table: PlacedTable) -> None:
    """Add the validations and the conditional formats of one table."""
    amber = {"type": "formula", "format": pen.book.add_format(styles.AMBER)}
    for row, column, _, key in table.answers():
        spec = pen.spec(key)
        choices = ("x",) if spec.kind == "tick" else spec.choices
        if column.column.role is Role.STATUS and not choices:
            may_withhold = pen.profile.may_withhold(pen.unit, pen.ledger.items[key.item])
            choices = (*_STATES, *((STATUS_WITHHELD,) if may_withhold else ()))
        check: dict[str, Any] = {}
        if spec.kind in _TYPED:
            message = _TYPED[spec.kind]["error_message"].format(year=pen.form.period.year)
            check = _TYPED[spec.kind] | {"error_message": message}
        elif choices:
            check = {"validate": "list", "source": [*choices], "error_title": "Chọn trong danh sách"}
            check |= {"error_message": f"Chọn một trong: {'; '.join(choices)}."[:255]}
        if check:
            given = None if key.part else pen.before.get((key.item, key.field))
            if given is not None:  # appears beside the cell while the clerk stands in it
                said = f"{GIVEN_BEFORE}{format_count(given)} {spec.unit}".rstrip()
                check |= {"input_title": pen.form.period.year_before.title, "input_message": said}
            sheet.data_validation(row, column.at, row, column.at, check)
        if spec.kind == "money":
            ref = cell_name(row, column.at)
            small = f"=AND(ISNUMBER({ref}),{ref}>0,{ref}<{SMALL_MONEY})"
            sheet.conditional_format(row, column.at, row, column.at, {**amber, "criteria": small})
    for flaw in flaws(pen, table):
        area = (flaw.first, flaw.columns[0], flaw.last, flaw.columns[0])
        first = flaw.text.format(*(cell_name(*cell) for cell in flaw.cells(flaw.first)))
        sheet.conditional_format(*area, {**amber, "criteria": f"={first}"})


# ----------------------------------- What is still to be filled in, and what is written and can't be right

_WHOLE = ("count", "money")
NEEDS_REASON = (STATUS_NOT_AVAILABLE, STATUS_NOT_APPLICABLE)


def blanks(pen: Pen, table: PlacedTable) -> Iterator[RowTest]:
    """Yield the tests for what is still to be filled in: required, and given by no formula."""
    asked = tuple(pen.profile.asked(pen.unit))
    required = cache(lambda code: required_fields(pen.ledger.items[code], asked))
    wanted = set()
    for _, _, _, key in table.answers():
        if key.item == COVER:
            is_wanted = key.field != "control_code" and not pen.spec(key).optional
        else:
            is_wanted = not isinstance(pen.ledger.items[key.item], Funding) and key.field in required(
                key.item
            )
        if is_wanted and pen.ledger.formula(key, table.sheet) is None:
            wanted.add(key)
    states = [c.at for c in table.columns if c.column.role is Role.STATUS]
    blank: list[tuple[int, int, tuple[int, ...], tuple[int, ...]]] = []
    for column in table.columns:
        beside = states if column.column.role is Role.ANSWER else []
        runs = _runs(table, column, wanted.__contains__)
        blank += ((first, last, (column.at, *beside), ()) for first, last in runs)
    for item in (one for one in asked if isinstance(one, Funding) and required_fields(one, asked)):
        rows = [(at, column.at) for at, column, _, key in table.answers() if key.item == item.code]
        if rows:
            first = rows[0][0]
            below = tuple(row - first for row, _ in rows)
            blank.append((first, first, tuple(at for _, at in rows), below))
    for first, last, columns, below in blank:
        test = "*".join(f'({{{n}}}="")' for n in range(len(columns)))
        yield RowTest(first, last, columns, test, lambda *shown: set(shown) == {""}, below)


def flaws(pen: Pen, table: PlacedTable) -> Iterator[RowTest]:
    """Yield the tests for what is written and can't be right; the first column of each is the one to mend."""
    for column in table.columns if not table.table.id.startswith(LIST) else ():
        if column.column.role is Role.ANSWER:
            for first, last in _runs(table, column, lambda key: pen.spec(key).kind in _WHOLE):
                yield RowTest(first, last, (column.at,), _NOT_WHOLE, _is_not_whole)
    first, last = table.rows[0][0], table.rows[-1][0]
    at = {c.column.key: c.at for c in table.columns}
    pairs = [("total", "done"), ("valid", "satisfied")]
    pairs += [(key, key.replace(":total", ":done")) for key in at if key.endswith(":total")]
    for whole, part in ((at[w], at[p]) for w, p in pairs if w in at and p in at):
        test = "ISNUMBER({0})*ISNUMBER({1})*({0}>{1})"
        yield RowTest(first, last, (part, whole), test, _exceeds)
    items, sums = pen.ledger.items, pen.ledger.sums
    counted = cache(
        lambda item: {f.code for f in fields(items[item]) if f.kind in _NUMBERS and not f.optional}
    )
    cells = ((column.at, key) for _, column, _, key in table.answers() if key.item in items)
    # The columns of the numbers that a row's state speaks of
    numbers = sorted({n for n, key in cells if key.field in counted(key.item)}) if "status" in at else []
    if numbers:
        stated = next(c for c in table.columns if c.column.key == "status")
        for top, bottom in _runs(  # not the rows of which other rows give some number
            table, stated, lambda key: sums.keys().isdisjoint(Key(key.item, n) for n in ("total", "done"))
        ):
            yield RowTest(top, bottom, (stated.at, *numbers), _contradiction(len(numbers)), _contradicts)
        if "note" in at:
            yield RowTest(
                first,
                last,
                (at["note"], at["status"]),
                _UNEXPLAINED,
                lambda note, state: note == "" and state in NEEDS_REASON,
            )


def _runs(
    table: PlacedTable, column: PlacedColumn, wanted: Callable[[Key], bool]
) -> Iterator[tuple[int, int]]:
    """The first and last row of each unbroken run of a column's cells that are ``wanted``."""
    rows = [at for at, key in table.answers_in(column) if wanted(key)]
    for _, run in groupby(enumerate(rows), lambda pair: pair[1] - pair[0]):
        numbers = [at for _, at in run]
        yield numbers[0], numbers[-1]


_NOT_WHOLE = '({0}<>"")*({0}<>"-")*(1-ISNUMBER({0})*({0}>=0)*(TEXT({0},"0")={0}&""))'
"""No INT, which fails on a word; the lone dash is read as none arising."""
_UNEXPLAINED = '({{0}}="")*({})'.format("+".join(f'({{1}}="{word}")' for word in NEEDS_REASON))


def _is_not_whole(shown: Answer) -> bool:
    if isinstance(shown, int | float):
        return shown < 0 or shown != int(shown)
    return shown not in ("", "-")


def _exceeds(part: Answer, whole: Answer) -> bool:
    return isinstance(part, int | float) and isinstance(whole, int | float) and part > whole


def _contradiction(n_numbers: int) -> str:
    """The test of a row's state against its numbers, as ``intake.sheets`` reads them together."""
    is_number = [f"ISNUMBER({{{n}}})" for n in range(1, n_numbers + 1)]
    some = "+".join(is_number)
    above_zero = "+".join(f"{test}*({{{n}}}>0)" for n, test in enumerate(is_number, 1))
    all_known = "*".join(is_number)
    unknown = f'({{0}}="{STATUS_NOT_AVAILABLE}")+({{0}}="{STATUS_WITHHELD}")'
    return (
        f'({{0}}="{STATUS_NONE_ARISING}")*({above_zero}>0)+({{0}}="{STATUS_NOT_APPLICABLE}")*({some}>0)'
        f"+({unknown})*{all_known}"
    )


def _contradicts(state: Answer, *shown: Answer) -> bool:
    numbers = [n for n in shown if isinstance(n, int | float)]
    if state == STATUS_NONE_ARISING:
        return any(n > 0 for n in numbers)
    if state == STATUS_NOT_APPLICABLE:
        return bool(numbers)
    return state in (STATUS_NOT_AVAILABLE, STATUS_WITHHELD) and len(numbers) == len(shown)
