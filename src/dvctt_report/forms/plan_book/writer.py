"""Write a profile as a workbook that an officer edits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from typing import TYPE_CHECKING, Any

from dvctt_report.forms.officer_sheet import (
    OfficerColumn,
    offer_words,
    print_landscape,
    write_headers,
    write_row,
    write_title,
)
from dvctt_report.forms.plan_book import sheets
from dvctt_report.forms.plan_book.codecs import PATTERN, TEXT, Codec
from dvctt_report.forms.plan_book.levels import LEVELS
from dvctt_report.forms.plan_book.matrix import marks_of, rows_of
from dvctt_report.forms.plan_book.sheets import BookColumn, BookTable
from dvctt_report.forms.saving import save_book
from dvctt_report.model.catalogue import TWO_LEVELS
from dvctt_report.plan.model import Group, Item, Plan, Profile, Target
from dvctt_report.text.grouping import by_key

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

Row = Sequence[object]

_HEAD = 3
_SPARE = 20
"""Rows below the last one that are ready to be written in."""
_STEP = 10
"""From one item's place to the next, so that others can be put between."""


def plan_workbook(profile: Profile, phrases: Mapping[str, Any]) -> bytes:
    """Return the workbook of ``profile`` and of the table of its ``phrases.toml``."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for title in sheets.ORDER_OF_SHEETS:
        book.create_sheet(title)
    _write_info(book, profile.plan)
    for table in sheets.TABLES:
        columns = columns_of(table, threshold_years(profile.plan))
        if profile.plan.province.startswith("thành phố"):
            columns = list(map(sheets.in_city, columns))
        rows = [
            [written(value_at(record, column.field), column.codec) for column in columns]
            for record in records_of(table, profile)
        ]
        _write_sheet(book[table.title], table.introduction, columns, rows)
    _write_matrix(book, profile.roster.groups, profile.plan.items)
    words = profile.plan.words
    lists = [getattr(words, name) for name in sheets.WORD_COLUMNS]
    _write_sheet(
        book[sheets.WORDS_TITLE],
        sheets.INTRODUCTIONS[sheets.WORDS_TITLE],
        [BookColumn(name, header, TEXT, 30) for name, header in sheets.WORD_COLUMNS.items()],
        [[said[n] if n < len(said) else "" for said in lists] for n in range(max(map(len, lists)))],
    )
    _write_sheet(
        book[sheets.PHRASES_TITLE],
        sheets.INTRODUCTIONS[sheets.PHRASES_TITLE],
        [BookColumn("name", "Tên câu", TEXT, 34), BookColumn("text", "Câu", PATTERN, 110)],
        list(flat_phrases(phrases)),
    )
    return save_book(book)


def threshold_years(plan: Plan) -> list[int]:
    """The years that have a column for a level: those of the plan, and every year from the first to 2030."""
    years = {t.year for target in plan.targets for t in target.thresholds}
    return sorted(years | set(range(min(years, default=TWO_LEVELS.year), _LAST + 1)))


_LAST = 2030
"""The year to which the national scheme runs."""


def threshold_header(year: int) -> str:
    """Name the column of a year's level; the reader finds the year in it."""
    return f"Mức năm {year}"


def columns_of(table: BookTable, years: Iterable[int]) -> list[BookColumn]:
    """The columns of a sheet, with one for the level of each year where targets stand."""
    columns = list(table.columns)
    if table is sheets.TARGETS:
        at = next(n for n, column in enumerate(columns) if column.field == "measure")
        columns[at:at] = [
            BookColumn(f"thresholds.{year}", threshold_header(year), LEVELS, 12) for year in years
        ]
    return columns


def flat_phrases(table: Mapping[str, Any], inside: str = "") -> Iterable[tuple[str, str]]:
    """Yield each sentence with its dotted name; a list is one text of several lines."""
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from flat_phrases(value, f"{inside}{name}.")
        else:
            yield f"{inside}{name}", value if isinstance(value, str) else "\n".join(value)


def records_of(table: BookTable, profile: Profile) -> list[dict[str, Any]]:
    """The rows of a sheet, each with its values by field."""
    plan = profile.plan
    if table is sheets.FIELDS:
        return [
            {"item": item.code, **spec.model_dump()}
            for item in plan.items
            for spec in (*getattr(item, "measures", ()), *getattr(item, "columns", ()))
        ]
    if table.kinds:
        placed = ((n * _STEP, item) for n, item in enumerate(plan.items, 1) if item.kind in table.kinds)
        return [{sheets.ORDER: n, **_levels(item)} for n, item in placed]
    home: Plan | Any = profile.roster if hasattr(profile.roster, table.path) else plan
    return [entry.model_dump() for entry in getattr(home, table.path)]


def _levels(item: Item) -> dict[str, Any]:
    record = item.model_dump()
    if isinstance(item, Target):
        record["thresholds"] = by_key((str(level.pop("year")), level) for level in record["thresholds"])
    return record


def value_at(record: Any, path: str) -> Any:
    """The value at a dotted path of a record; None where there is none."""
    for step in path.split("."):
        record = record.get(step) if isinstance(record, Mapping) else None
    return record


def written(value: Any, codec: Codec) -> object:
    """The value as its cell holds it."""
    return None if value is None else codec.to_cell(value)


def _write_info(book: Workbook, plan: Plan) -> None:
    from openpyxl.styles import Alignment

    dump = plan.model_dump()
    columns = [
        BookColumn("label", "Mục", TEXT, 44, typed=False),
        BookColumn("value", "Giá trị", TEXT, 70),
        BookColumn("note", "Ghi chú", TEXT, 60, typed=False),
    ]
    rows = [(info.label, written(value_at(dump, info.path), info.codec), info.note) for info in sheets.INFO]
    sheet = book[sheets.INFO_TITLE]
    _write_sheet(sheet, sheets.INTRODUCTIONS[sheets.INFO_TITLE], columns, rows, spare=0)
    for n, info in enumerate(sheets.INFO, _HEAD + 1):
        sheet.cell(n, 2).number_format = info.codec.number_format
        sheet.cell(n, 2).alignment = Alignment(horizontal="left", vertical="center", wrap_text=True)
        _offer(sheet, info.codec, f"B{n}")


def _write_matrix(book: Workbook, groups: Sequence[Group], items: Sequence[Item]) -> None:
    rows = rows_of(groups, items)
    labels = {item.code: item.label for item in items}
    marks = [marks_of(group, rows) for group in groups]
    columns = [
        BookColumn("pattern", "Mã", TEXT, 14),
        BookColumn("label", "Nội dung", TEXT, 46),
        *(BookColumn(group.code, group.code, TEXT, 12) for group in groups),
    ]
    said = [
        [row, labels.get(row, "mọi nội dung có mã bắt đầu như vậy"), *(m.get(row, "") for m in marks)]
        for row in rows
    ]
    _write_sheet(book[sheets.MATRIX_TITLE], sheets.INTRODUCTIONS[sheets.MATRIX_TITLE], columns, said)


def _write_sheet(
    sheet: Worksheet,
    introduction: str,
    columns: Sequence[BookColumn],
    rows: Sequence[Row],
    spare: int = _SPARE,
) -> None:
    """Write title, headers, rows and some rows to go on in."""
    from openpyxl.utils import get_column_letter

    write_title(sheet, sheet.title.upper(), introduction, min(len(columns), 8), 32)
    specs = [OfficerColumn(c.field, c.header, c.width, c.codec.number_format, c.typed) for c in columns]
    write_headers(sheet, _HEAD, specs, 46)
    blank: Row = [None] * len(columns)
    for row, values in enumerate([*rows, *([blank] * spare)], _HEAD + 1):
        told = (value or None if isinstance(value, str) else value for value in values)
        write_row(sheet, row, zip(count(1), specs, told, strict=False))
    last = _HEAD + len(rows) + spare
    for n, column in enumerate(columns, 1):
        letter = get_column_letter(n)
        _offer(sheet, column.codec, f"{letter}{_HEAD + 1}:{letter}{last}")
        if column.field in sheets.SELDOM:
            sheet.column_dimensions[letter].outlineLevel = 1
            sheet.column_dimensions[letter].hidden = True
    fixed = 1 + sum(c.field in (sheets.ORDER, "kind", "code", "pattern") for c in columns[:3])
    sheet.freeze_panes = f"{get_column_letter(fixed)}{_HEAD + 1}" if fixed > 1 else f"B{_HEAD + 1}"
    print_landscape(sheet, _HEAD)
    sheet.oddFooter.center.text = "Trang &P/&N"


def _offer(sheet: Worksheet, codec: Codec, cells: str) -> None:
    """Let a cell be filled from a list, where few words are taken."""
    if codec.choices and not any("," in choice for choice in codec.choices):
        offer_words(sheet, cells, codec.choices)
