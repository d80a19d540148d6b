"""The communes as a workbook: all beside each other, one at a time to print, and every row to filter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from itertools import count
from typing import Any

import pandas
from xlsxwriter.utility import xl_col_to_name

from dvctt_report.forms.sheets import print_across
from dvctt_report.forms.styles import FONT, GREY
from dvctt_report.papers.communes import words
from dvctt_report.papers.communes.page import ComparisonPage
from dvctt_report.papers.communes.ranking import Placed, TargetPlaces
from dvctt_report.report.marks import without_marks
from dvctt_report.report.wording import map_strings
from dvctt_report.text.vietnamese import first_letter_capital

COMPARED, ONE, ROWS = "So sánh", "Từng xã", "Số liệu"
COLUMNS = ("Khóa", "Xã, phường, đặc khu", "Mã", "Chỉ tiêu", "Kế hoạch", "Số lượng/tổng số", "Kết quả",
            "Trung vị", "Thứ hạng", "Ghi chú")  # fmt: skip
_WIDTHS = (4, 30, 7, 58, 11, 20, 10, 10, 10, 60)
_SHOWN = ("Chỉ tiêu", "Kế hoạch", "Số lượng/tổng số", "Kết quả", "Trung vị", "Thứ hạng", "Ghi chú")
_ONE_WIDTHS = (46, 10, 18, 10, 10, 10, 30)
SUMMARY = ("Kế hoạch", "Trung vị các xã", "Số xã được xếp")
"""The rows above the communes on the sheet of all."""
_HEAD = 4
"""Rows above the first row of figures on the sheet of all."""


def workbook_bytes(targets: Sequence[TargetPlaces], page: ComparisonPage, notice: Sequence[str]) -> bytes:
    """Return the workbook with the page's words and ``notice`` around its tables; the same every time."""
    out = BytesIO()
    page = map_strings(replace(page, about="\n".join((page.about, *notice))), without_marks)
    table = long_table(targets)
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with pandas.ExcelWriter(out, engine="xlsxwriter", engine_kwargs={"options": options}) as writer:
        book = writer.book
        book.set_properties({"title": page.heading, "created": pandas.Timestamp(2020, 1, 1).to_pydatetime()})
        looks = _looks(book)
        _write_compared(book.add_worksheet(COMPARED), looks, targets, page)
        one = book.add_worksheet(ONE)
        table.to_excel(writer, sheet_name=ROWS, index=False)
        _shape_rows(writer.sheets[ROWS], looks, table)
        _write_one(one, looks, targets, table, page)
    return out.getvalue()


def long_table(targets: Sequence[TargetPlaces]) -> pandas.DataFrame:
    """Every commune and target as a row, in the words that are printed."""
    rows = [
        tuple(map(without_marks, marked_row(target, place))) for target in targets for place in target.places
    ]
    return pandas.DataFrame(rows, columns=[*COLUMNS])


def marked_row(target: TargetPlaces, place: Placed) -> tuple[str, ...]:
    """What the sheet of all rows says of a commune and a target, its figures marked."""
    view = target.view
    return (
        f"{place.unit.short_name}|{view.target.code}",
        place.unit.short_name,
        view.target.code,
        view.target.label,
        words.goal(target, (place.unit,)),
        words.pair(target, place),
        words.marked_figure(target, place) + (words.MARK if place.is_open else ""),
        words.middle(target),
        words.rank(target, place),
        words.note(place) or " ",
    )


def _looks(book: Any) -> dict[str, Any]:
    plain = {"font_name": FONT, "font_size": 11, "valign": "vcenter", "text_wrap": True}
    framed = {**plain, "border": 1}
    return {
        "title": book.add_format({**plain, "font_size": 14, "bold": True, "align": "center"}),
        "about": book.add_format({**plain, "italic": True, "align": "center"}),
        "note": book.add_format({**plain, "italic": True, "font_size": 10}),
        "head": book.add_format({**framed, "bold": True, "align": "center", "bg_color": GREY}),
        "summary": book.add_format({**framed, "italic": True, "align": "center", "bg_color": GREY}),
        "text": book.add_format(framed),
        "row": book.add_format(plain),
        "key": book.add_format({**plain, "text_wrap": False}),
        "centre": book.add_format({**framed, "align": "center"}),
        "chosen": book.add_format({**framed, "bold": True, "font_size": 13, "bg_color": "#FFF2CC"}),
    }


def _write_compared(
    sheet: Any, looks: dict[str, Any], targets: Sequence[TargetPlaces], page: ComparisonPage
) -> None:
    """Communes down, targets across: each with its figure and, where places are given, its place."""
    spans = list(_spans(targets))
    last = max(column + len(heads) - 1 for _, column, heads in spans)
    _write_title(sheet, looks, page, last)
    sheet.set_row(2, 96)
    for column, (text, width) in enumerate((("STT", 5), (first_letter_capital(words.kinds(targets)), 25))):
        sheet.merge_range(2, column, 3, column, text, looks["head"])
        sheet.set_column(column, column, width)
    for row, text in enumerate(SUMMARY, _HEAD):
        sheet.merge_range(row, 0, row, 1, text, looks["summary"])
    units = {place.unit.code: place.unit for target in targets for place in target.places}
    rows = dict(zip(units, count(_HEAD + 3), strict=False))
    for n, (code, row) in enumerate(rows.items(), 1):
        sheet.write_number(row, 0, n, looks["centre"])
        sheet.write_string(row, 1, words.bare(units[code]), looks["text"])
    for target, column, heads in spans:
        _write_head(sheet, looks, target, column, heads)
        _write_places(sheet, looks, target, column, rows)
    for row, text in enumerate(page.notes, _HEAD + 4 + len(units)):
        sheet.merge_range(row, 0, row, last, text, looks["note"])
    _set_page(sheet)
    sheet.repeat_rows(2, 3)
    sheet.freeze_panes(_HEAD + 3, 2)


def _spans(targets: Sequence[TargetPlaces]) -> Iterator[tuple[TargetPlaces, int, tuple[str, ...]]]:
    """Each target with its first column and what heads its columns."""
    column = 2
    for target in targets:
        heads = words.heads(target)
        yield target, column, heads
        column += len(heads)


def _write_head(
    sheet: Any, looks: dict[str, Any], target: TargetPlaces, column: int, heads: tuple[str, ...]
) -> None:
    """What a target asks, its median and how many have a place, above its columns."""
    told = {2: words.label(target), **dict(enumerate(map(without_marks, marked_summary(target)), _HEAD))}
    for row, text in told.items():
        look = looks["head" if row == 2 else "summary"]
        if len(heads) > 1:
            sheet.merge_range(row, column, row, column + len(heads) - 1, text, look)
        else:
            sheet.write_string(row, column, text, look)
    for at, head in enumerate(heads, column):
        sheet.write_string(3, at, head, looks["head"])
    sheet.set_column(column, column, 9 if len(heads) > 1 else 13)
    if len(heads) > 1:
        sheet.set_column(column + 1, column + 1, 7)


def marked_summary(target: TargetPlaces) -> tuple[str, ...]:
    """The rows of ``SUMMARY`` of one target, marked."""
    asked = words.goal(target, [place.unit for place in target.places])
    return asked, words.middle(target), words.n_ranked(target)


def _write_places(
    sheet: Any, looks: dict[str, Any], target: TargetPlaces, column: int, rows: Mapping[str, int]
) -> None:
    places = {place.unit.code: place for place in target.places}
    for code, row in rows.items():
        place = places.get(code)
        figure = words.OUTSIDE if place is None else words.figure(target, place)
        mark = "*" if place is not None and place.is_open else ""
        sheet.write_string(row, column, figure + mark, looks["centre"])
        if target.ranked:
            given = place.rank if place is not None else None
            sheet.write(row, column + 1, given or words.OUTSIDE, looks["centre"])


def _write_title(sheet: Any, looks: dict[str, Any], page: ComparisonPage, last: int) -> None:
    sheet.merge_range(0, 0, 0, last, page.heading, looks["title"])
    sheet.merge_range(1, 0, 1, last, page.about, looks["about"])
    sheet.set_row(0, 22)
    sheet.set_row(1, 16 * (1 + page.about.count("\n")))


def _shape_rows(sheet: Any, looks: dict[str, Any], table: pandas.DataFrame) -> None:
    for n, (name, width) in enumerate(zip(COLUMNS, _WIDTHS, strict=True)):
        sheet.set_column(n, n, width, looks["row" if n else "key"], {"hidden": n == 0})
        sheet.write_string(0, n, name, looks["head"])
    sheet.autofilter(0, 1, len(table), len(COLUMNS) - 1)
    sheet.freeze_panes(1, 2)
    _set_page(sheet)
    sheet.repeat_rows(0)


def _write_one(
    sheet: Any,
    looks: dict[str, Any],
    targets: Sequence[TargetPlaces],
    table: pandas.DataFrame,
    page: ComparisonPage,
) -> None:
    """One commune, chosen from a list, beside all of them: formulas over the sheet of all rows."""
    names = list(dict.fromkeys(table["Xã, phường, đặc khu"]))
    last = len(_SHOWN)
    _write_title(sheet, looks, page, last)
    sheet.merge_range(2, 0, 2, 1, f"Chọn {words.kinds(targets)}:", looks["head"])
    sheet.merge_range(2, 2, 2, last, names[0], looks["chosen"])
    sheet.data_validation(2, 2, 2, 2, {"validate": "list", "source": _listed(sheet, names)})
    for n, text in enumerate(("Mã", *_SHOWN)):
        sheet.write_string(3, n, text, looks["head"])
    for n, width in enumerate((6, *_ONE_WIDTHS)):
        sheet.set_column(n, n, width)
    for at, target in enumerate(targets, _HEAD):
        _write_formulas(sheet, looks, at, target.view.target.code, names[0], table)
    for row, text in enumerate(page.notes, _HEAD + 1 + len(targets)):
        sheet.merge_range(row, 0, row, last, text, looks["note"])
    _set_page(sheet, one_page=True)


def _write_formulas(
    sheet: Any, looks: dict[str, Any], at: int, code: str, name: str, table: pandas.DataFrame
) -> None:
    """The row of a target: what the sheet of all rows says of the chosen commune, with its present result."""
    sheet.write_string(at, 0, code, looks["centre"])
    sheet.set_row(at, 40)
    own = table[table["Khóa"] == f"{name}|{code}"]
    n_rows = len(table) + 1
    found = f"MATCH($C$3&\"|\"&$A{at + 1},'{ROWS}'!$A$1:$A${n_rows},0)"
    for n, header in enumerate(_SHOWN, 1):
        letter = xl_col_to_name(COLUMNS.index(header))
        inside = f"INDEX('{ROWS}'!${letter}$1:${letter}${n_rows},{found})"
        look = looks["text" if header in ("Chỉ tiêu", "Ghi chú") else "centre"]
        result = words.OUTSIDE if own.empty else own[header].iloc[0]
        sheet.write_formula(at, n, f'=IFERROR({inside},"{words.OUTSIDE}")', look, result)


_LIST_COLUMN = 20
"""Where the names stand that are chosen from, outside of what is printed."""


def _listed(sheet: Any, names: Sequence[str]) -> str:
    """Write the names beside the page and return where; a list in the rule itself holds 255 characters."""
    sheet.write_column(0, _LIST_COLUMN, names)
    sheet.set_column(_LIST_COLUMN, _LIST_COLUMN, None, None, {"hidden": True})
    sheet.print_area(0, 0, 60, len(_SHOWN))
    return f"=$U$1:$U${len(names)}"


def _set_page(sheet: Any, *, one_page: bool = False) -> None:
    """A4 across, as wide as the table; ``one_page``: as high, too."""
    print_across(sheet, "&C&P")
    sheet.hide_gridlines(2)
    if one_page:
        sheet.fit_to_pages(1, 1)
