"""Write a profile as a workbook that an officer edits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import count, zip_longest
from typing import TYPE_CHECKING, Any

from dvctt_report.forms import officer_sheet
from dvctt_report.forms.plan_book import sheets
from dvctt_report.forms.plan_book.codecs import LEVELS, PATTERN, TEXT, Codec
from dvctt_report.forms.plan_book.sheets import MARK, BookColumn, BookTable, rows_of
from dvctt_report.model.catalogue import TWO_LEVELS
from dvctt_report.plan.model import Plan, Profile, quoted
from dvctt_report.text.grouping import by_key

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

Row = Sequence[object]

_HEAD = 3
_SPARE = 20
"""Rows below the last one that are ready to be written in."""
_MEANT = "808080"
"""The colour of what a blank cell means."""
_STEP = 10
"""From one item's place to the next, so that others can be put between."""


def plan_workbook(profile: Profile, phrases: Mapping[str, Any]) -> bytes:
    """Return the workbook of ``profile`` and of the table of its ``phrases.toml``."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for title in sheets.ORDER_OF_SHEETS:
        book.create_sheet(title)
    _write_info(book[sheets.INFO_TITLE], profile.plan)
    for table in sheets.TABLES:
        columns = columns_of(table, threshold_years(profile.plan))
        rows = [
            [written(value_at(record, column.field), column.codec) for column in columns]
            for record in records_of(table, profile)
        ]
        _write_sheet(book[table.title], columns, rows)
    groups, items = profile.roster.groups, profile.plan.items
    patterns, labels = rows_of(groups, items), {item.code: item.label for item in items}
    of_many = "mọi nội dung có mã bắt đầu như vậy"
    _write_sheet(
        book[sheets.MATRIX_TITLE],
        [
            BookColumn("pattern", "Mã", TEXT, 14),
            BookColumn("label", "Nội dung", TEXT, 46),
            *(BookColumn(group.code, group.code, TEXT, 12) for group in groups),
        ],
        [[p, labels.get(p, of_many), *(MARK if p in g.own else "" for g in groups)] for p in patterns],
    )
    lists = [getattr(profile.plan.words, column.field) for column in sheets.WORD_COLUMNS]
    sentence = [BookColumn("name", "Tên câu", TEXT, 34), BookColumn("text", "Câu", PATTERN, 110)]
    _write_sheet(book[sheets.WORDS_TITLE], sheets.WORD_COLUMNS, [*zip_longest(*lists, fillvalue="")])
    _write_sheet(book[sheets.PHRASES_TITLE], sentence, [*flat_phrases(phrases)])
    return officer_sheet.save_book(book)


def threshold_years(plan: Plan) -> list[int]:
    """The years that have a column for a level: those of the plan, and every year from the first to 2030."""
    years = {t.year for target in plan.targets for t in target.thresholds}
    return sorted(years | set(range(min(years, default=TWO_LEVELS.year), _LAST + 1)))


_LAST = 2030
"""The year to which the national scheme runs."""


def columns_of(table: BookTable, years: Iterable[int]) -> list[BookColumn]:
    """The columns of a sheet, with one for the level of each year where targets stand."""
    columns = list(table.columns)
    if table is sheets.TARGETS:
        at = next(n for n, column in enumerate(columns) if column.field == "measure")
        columns[at:at] = [
            BookColumn(f"thresholds.{year}", f"Mức năm {year}", LEVELS, 12, blank=sheets.EARLIER)
            for year in years
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
    if not table.kinds:
        home: Plan | Any = profile.roster if hasattr(profile.roster, table.path) else plan
        return [entry.model_dump() for entry in getattr(home, table.path)]
    records = []
    for n, item in enumerate(plan.items, 1):
        if item.kind in table.kinds:
            record = {sheets.ORDER: n * _STEP, **item.model_dump()}
            if "thresholds" in record:
                record["thresholds"] = by_key((str(one.pop("year")), one) for one in record["thresholds"])
            records.append(record)
    return records


def value_at(record: Any, path: str) -> Any:
    """The value at a dotted path of a record; None where there is none."""
    for step in path.split("."):
        record = record.get(step) if isinstance(record, Mapping) else None
    return record


def written(value: Any, codec: Codec) -> object:
    """The value as its cell holds it."""
    return None if value is None else codec.to_cell(value)


def _write_info(sheet: Worksheet, plan: Plan) -> None:
    from openpyxl.styles import Alignment

    dump = plan.model_dump()
    if plan.deadline.quote == quoted(plan.deadline.before):
        dump["deadline"]["quote"] = ""  # so that a deadline is changed in one place
    columns = [
        BookColumn("label", "Mục", TEXT, 44, typed=False),
        BookColumn("value", "Giá trị", TEXT, 70),
        BookColumn("note", "Ghi chú", TEXT, 60, typed=False),
    ]
    rows = [(info.header, written(value_at(dump, info.field), info.codec), info.note) for info in sheets.INFO]
    _write_sheet(sheet, columns, rows, spare=0)
    for n, info in enumerate(sheets.INFO, _HEAD + 1):
        sheet.cell(n, 2).number_format = info.codec.number_format
        sheet.cell(n, 2).alignment = Alignment(horizontal="left", vertical="center", wrap_text=True)
        officer_sheet.offer_words(sheet, f"B{n}", info.codec.choices)


def _write_sheet(
    sheet: Worksheet, columns: Sequence[BookColumn], rows: Sequence[Row], spare: int = _SPARE
) -> None:
    """Write title, headers, rows and some rows to go on in; a grey formula shows what a blank cell means."""
    from openpyxl.formatting.rule import FormulaRule
    from openpyxl.styles import Font
    from openpyxl.utils import column_index_from_string, get_column_letter

    specs = [
        officer_sheet.OfficerColumn(c.field, c.header, c.width, c.codec.number_format, c.typed)
        for c in columns
    ]
    officer_sheet.lay_out(
        sheet, sheet.title.upper(), sheets.INTRODUCTIONS[sheet.title], specs, _HEAD, 32, 46, 8
    )
    blank: Row = [None] * len(columns)
    for row, values in enumerate([*rows, *([blank] * spare)], _HEAD + 1):
        told = (value or None if isinstance(value, str) else value for value in values)
        officer_sheet.write_row(sheet, row, zip(count(1), specs, told, strict=False))
    last = _HEAD + len(rows) + spare
    letters = {column.field: get_column_letter(n) for n, column in enumerate(columns, 1)}
    first_year = next((letters[c.field] for c in columns if c.blank == sheets.EARLIER), "")
    milestone = next((c.codec.to_cell("milestone") for c in columns if c.field == "measure"), "")
    for column in columns:
        letter = letters[column.field]
        cells = f"{letter}{_HEAD + 1}:{letter}{last}"
        officer_sheet.offer_words(sheet, cells, column.codec.choices)
        if column.seldom:
            sheet.column_dimensions[letter].outlineLevel = 1
            sheet.column_dimensions[letter].hidden = True
        if not column.blank:
            continue
        grey = Font(italic=True, color=_MEANT)
        sheet.conditional_formatting.add(
            cells, FormulaRule(formula=[f"_xlfn.ISFORMULA({letter}{_HEAD + 1})"], font=grey)
        )
        earlier = column.blank == sheets.EARLIER
        for row in range(_HEAD + 1 + (0 if earlier else len(rows)), last + 1):
            meant = f'{letters.get(column.blank, letter)}{row - (column.blank == sheets.ABOVE)}&""'
            if earlier:  # a day by which something is to be done is of its year alone
                before = get_column_letter(column_index_from_string(letter) - 1)
                meant = f'IF(${letters["measure"]}{row}="{milestone}","",{before}{row}&"")'
            cell = sheet[f"{letter}{row}"]
            if cell.value is None and letter != first_year:
                cell.value = f'={sheets.MEANS}{letters["code"]}{row}="","",{meant})'
                cell.number_format = "General"
    fixed = 1 + sum(c.field in (sheets.ORDER, "kind", "code", "pattern") for c in columns[:3])
    sheet.freeze_panes = f"{get_column_letter(max(fixed, 2))}{_HEAD + 1}"
    sheet.oddFooter.center.text = "Trang &P/&N"
