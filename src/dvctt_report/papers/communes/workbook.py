"""The communes as a workbook: all beside each other, and every row to filter, or to print one commune's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from itertools import groupby
from typing import Any

import xlsxwriter

from dvctt_report.forms.sheets import print_across
from dvctt_report.forms.styles import FONT, GREY
from dvctt_report.papers.communes import ranking
from dvctt_report.papers.communes.ranking import ComparisonPage, Placed, TargetPlaces
from dvctt_report.report.blocks import TextBlock
from dvctt_report.report.marks import without_marks
from dvctt_report.report.meanings import name_json
from dvctt_report.report.printed import PrintedBlock, read_printed
from dvctt_report.report.unit_lists import ALIKE, KINDS, kind_of
from dvctt_report.report.unit_tables import cells_of
from dvctt_report.report.wording import map_strings
from dvctt_report.text.grouping import by_key
from dvctt_report.text.vietnamese import first_letter_capital, format_count

COMPARED, ROWS = "So sánh", "Số liệu"
COLUMNS = {
    "Xã, phường, đặc khu": 30,
    "Mã": 7,
    "Chỉ tiêu": 58,
    "Kế hoạch": 11,
    "Số lượng/tổng số": 20,
    "Kết quả": 10,
    "Trung vị": 10,
    "Thứ hạng": 10,
    "Ghi chú": 60,
}
"""The heads of the sheet of all rows, and how wide its columns are."""
SUMMARY = ("Kế hoạch", "Trung vị các xã", "Số xã được xếp")
"""The rows above the communes on the sheet of all."""
_HEAD = 4
"""Rows above the first row of figures on the sheet of all."""


def workbook_bytes(targets: Sequence[TargetPlaces], page: ComparisonPage, notice: Sequence[str]) -> bytes:
    """Return the workbook with the page's words and ``notice`` around its tables; the same every time."""
    out = BytesIO()
    page = map_strings(replace(page, about="\n".join((page.about, *notice))), without_marks)
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": page.heading, "created": datetime(2020, 1, 1)})
        plain = {"font_name": FONT, "font_size": 11, "valign": "vcenter", "text_wrap": True}
        framed = {**plain, "border": 1}
        looks = {
            "title": book.add_format({**plain, "font_size": 14, "bold": True, "align": "center"}),
            "about": book.add_format({**plain, "italic": True, "align": "center"}),
            "note": book.add_format({**plain, "italic": True, "font_size": 10}),
            "head": book.add_format({**framed, "bold": True, "align": "center", "bg_color": GREY}),
            "summary": book.add_format({**framed, "italic": True, "align": "center", "bg_color": GREY}),
            "text": book.add_format(framed),
            "row": book.add_format(plain),
            "centre": book.add_format({**framed, "align": "center"}),
        }
        compared, sheet = (book.add_worksheet(name) for name in (COMPARED, ROWS))
        for each in (compared, sheet):
            print_across(each, "&C&P")
            each.hide_gridlines(2)
        _write_compared(compared, looks, targets, page)
        for n, (name, width) in enumerate(COLUMNS.items()):
            sheet.set_column(n, n, width, looks["row"])
            sheet.write_string(0, n, name, looks["head"])
        rows = [marked_row(target, place) for target in targets for place in target.places]
        for at, row in enumerate(rows, 1):
            sheet.write_row(at, 0, map(without_marks, row))
        sheet.autofilter(0, 0, len(rows), len(COLUMNS) - 1)
        sheet.freeze_panes(1, 1)
        sheet.repeat_rows(0)
    return out.getvalue()


def marked_row(target: TargetPlaces, place: Placed) -> tuple[str, ...]:
    """What the sheet of all rows says of a commune and a target, its figures marked."""
    view, figure = target.view, ranking.figure(target, place)
    pair = figure  # what was done of all: "69/73"
    if place.tally is not None and view.target.asked_as == "ratio":
        total, done, _ = cells_of(view, place.unit, view.voice)
        pair = f"{done}/{total}"
    why = (ranking.REASONS.get(place.why, place.why), ranking.PROVISIONAL * place.provisional)
    return (
        place.unit.short_name,
        view.target.code,
        view.target.label,
        ranking.goal(target, (place.unit,)),
        pair,
        figure + ranking.MARK * place.provisional,
        ranking.middle(target),
        ranking.rank(target, place, of_all=True),
        "; ".join(filter(None, why)) or " ",
    )


def compared_rows(targets: Sequence[TargetPlaces]) -> Iterator[tuple[str, ...]]:
    """The sheet of all, marked: the rows of ``SUMMARY``, then the communes, each behind its name.

    A target has a column for its figure and, where places are given, one for its place.
    """
    summary = [[name] for name in SUMMARY]
    for target in targets:
        asked = ranking.goal(target, [place.unit for place in target.places])
        texts = (asked, ranking.middle(target), ranking.n_ranked(target))
        for cells, text in zip(summary, texts, strict=True):
            cells += [text, *([""] if target.ranked else [])]
    yield from map(tuple, summary)
    units = {place.unit.code: place.unit for target in targets for place in target.places}
    by_unit = [{place.unit.code: place for place in target.places} for target in targets]
    for code, unit in units.items():
        cells = [unit.short_name.removeprefix("UBND ")]
        for target, places in zip(targets, by_unit, strict=True):
            if (place := places.get(code)) is None:
                cells += [ranking.OUTSIDE] * len(ranking.heads(target))
                continue
            cells.append(ranking.figure(target, place) + "*" * place.provisional)
            cells += [ranking.rank(target, place, of_all=False)] if target.ranked else []
        yield tuple(cells)


def _write_compared(
    sheet: Any, looks: dict[str, Any], targets: Sequence[TargetPlaces], page: ComparisonPage
) -> None:
    """Communes down, targets across: each with its figure and, where places are given, its place."""
    rows = [[without_marks(cell) for cell in row] for row in compared_rows(targets)]
    last = len(rows[0])
    sheet.merge_range(0, 0, 0, last, page.heading, looks["title"])
    sheet.merge_range(1, 0, 1, last, page.about, looks["about"])
    for at, height in enumerate((22, 16 * (1 + page.about.count("\n")), 96)):
        sheet.set_row(at, height)
    for column, (text, width) in enumerate((("STT", 5), (first_letter_capital(ranking.kinds(targets)), 25))):
        sheet.merge_range(2, column, 3, column, text, looks["head"])
        sheet.set_column(column, column, width)
    for row, text in enumerate(SUMMARY, _HEAD):
        sheet.merge_range(row, 0, row, 1, text, looks["summary"])
    column = 2
    for target in targets:
        heads, about = ranking.heads(target), target.view.target
        end = column + len(heads) - 1
        above = {row: summary[column - 1] for row, summary in enumerate(rows[: len(SUMMARY)], _HEAD)}
        for row, text in {2: f"{about.code}. {about.label}", **above}.items():
            look = looks["head" if row == 2 else "summary"]
            if end > column:
                sheet.merge_range(row, column, row, end, text, look)
            else:
                sheet.write_string(row, column, text, look)
        for at, head in enumerate(heads, column):
            sheet.write_string(3, at, head, looks["head"])
            sheet.set_column(at, at, 13 if end == column else 9 if at == column else 7)
            for row, cells in enumerate(rows[len(SUMMARY) :], _HEAD + len(SUMMARY)):
                is_place = at > column and cells[at - 1] != ranking.OUTSIDE
                sheet.write(row, at, int(cells[at - 1]) if is_place else cells[at - 1], looks["centre"])
        column = end + 1
    for n, cells in enumerate(rows[len(SUMMARY) :], 1):
        sheet.write_number(_HEAD + 2 + n, 0, n, looks["centre"])
        sheet.write_string(_HEAD + 2 + n, 1, cells[0], looks["text"])
    for row, text in enumerate(page.notes, _HEAD + 1 + len(rows)):
        sheet.merge_range(row, 0, row, last, text, looks["note"])
    sheet.repeat_rows(2, 3)
    sheet.freeze_panes(_HEAD + 3, 2)


# ------------------------------------------------------------------------ which figure each cell prints

_PLACE = "Bảng so sánh cấp xã, trang “{}”"


def communes_index(targets: Sequence[TargetPlaces]) -> Iterator[PrintedBlock]:
    """Yield every row of the workbook, the voice of whose targets marks figures."""
    for target in targets:
        for place in target.places:
            cells = marked_row(target, place)
            yield read_printed(TextBlock(_PLACE.format(ROWS), cells, 0, heads=tuple(COLUMNS)))
    heads = [*COLUMNS][:1]
    for target in targets:
        label = f"{target.view.target.code}. {target.view.target.label}"
        heads += [f"{label} – {head}" for head in ranking.heads(target)]
    for row in compared_rows(targets):
        yield read_printed(TextBlock(_PLACE.format(COMPARED), row, 1, heads=tuple(heads)))


def communes_names(targets: Sequence[TargetPlaces]) -> Iterator[dict[str, Any]]:
    """What the names of places, medians and counts of communes mean, for workbook and page."""
    places = [place for target in targets for place in target.places]
    for role, what, shown in (
        ("all", "số xã được so sánh", places),
        ("known", "số xã có số liệu", [place for place in places if place.tally is not None]),
        ("open", "số xã có báo cáo còn nội dung chưa xử lý", [p for p in places if p.provisional]),
    ):
        known = dict.fromkeys(place.unit.code for place in shown)
        yield name_json(f"communes.{role}", "So sánh cấp xã", what, known)
    for target in (one for one in targets if one.ranked):  # from the best place to the last
        code, title = target.view.target.code, target.view.target.label
        ranked = sorted((p for p in target.places if p.rank is not None), key=lambda place: place.rank or 0)
        units = [place.unit.code for place in ranked]
        yield name_json(f"{code}.communes.ranked", title, "số xã được xếp thứ hạng", units, covered="")
        middle = without_marks(ranking.middle(target))
        n_ranked = format_count(len(ranked))
        how = f"Xếp {n_ranked} tỷ lệ theo thứ tự; ở giữa là {middle}%."
        what = "trung vị tỷ lệ của các xã được xếp thứ hạng"
        yield name_json(f"{code}.communes.middle", title, what, units, how, covered="")
        for place in ranked:
            better = format_count((place.rank or 1) - 1)
            how = f"{n_ranked} nơi được xếp; {better} nơi có kết quả tốt hơn: thứ {place.rank}."
            whose = place.unit.code
            yield name_json(f"{code}.{whose}.rank", title, "thứ hạng", [whose], how, covered="")
        runs = [list(run) for _, run in groupby(ranked, lambda place: place.rank)]
        for end, said, ordered in (("best", "cao", runs), ("lowest", "thấp", runs[::-1])):
            for alike in ordered:
                codes = [place.unit.code for place in alike]
                how = f"Mỗi nơi {without_marks(ranking.figure(target, alike[0]))}%."
                what = "tỷ lệ chung của các nơi nêu ở đó"
                yield name_json(f"{code}.communes.{end}.{codes[0]}", title, what, codes, how, covered="")
            long = next((run for run in ordered if len(run) > ALIKE), [])
            of_kind = by_key((kind_of(place.unit.short_name), place.unit.code) for place in long)
            for kind, codes in of_kind.items():
                what = f"số {KINDS[kind]} cùng tỷ lệ {said} nhất"
                yield name_json(f"{code}.communes.{end}.{kind}", title, what, codes, covered="")
