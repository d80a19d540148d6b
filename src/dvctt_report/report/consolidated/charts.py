"""The charts of the workbook, drawn by Excel itself from cells that are formulas."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dvctt_report.forms import styles
from dvctt_report.forms.sheets import PlainSheet
from dvctt_report.model import Result, Verdict
from dvctt_report.period import Period
from dvctt_report.report.consolidated import formulas, table
from dvctt_report.report.consolidated.counts import RETURN_STATES
from dvctt_report.report.consolidated.targets import number_of
from dvctt_report.year import Year

SHEET = "Biểu đồ"
_OF_GAP = table.columns(
    ("Mã", 8, "centre"),
    ("Tỷ lệ (%)", 10, "rate", "percent"),
    ("Mức (%)", 10, "count", "at_least"),
    ("Còn thiếu (điểm)", 10, "rate", "distance"),
)
_OF_STATE = table.columns(("Tình trạng", 24), ("Số đơn vị", 10, "count", ""))
GAPS = table.SheetKind("BieuDoKhoangCach", SHEET, _OF_GAP, "{Mã}")
_BY_WORDS = {said: status for status, said in RETURN_STATES.items()}
SENT = table.SheetKind("BieuDoGui", SHEET, _OF_STATE, "returns.{Tình trạng}", _BY_WORDS)
_FONT = {"name": styles.FONT, "size": 10, "bold": False}
_TITLE = {"name": styles.FONT, "size": 12, "bold": True}
_GREY = {"fill": {"color": "#A6A6A6"}, "border": {"color": "#000000"}}
_BLUE = {"fill": {"color": "#4472C4"}}
_BETWEEN = 3


def write_charts(desk: table.Desk, period: Period, gaps: table.SheetTable, states: table.SheetTable) -> None:
    """Write the sheet of charts: what targets lack to their levels, how many units stand in which state.

    The gaps are those of the report's chart: none where the level is reached, nothing where it isn't judged.

    Targets of later years are left out. One without figures has no bar: one of no height would say 0.
    """
    sheet = desk.book.add_worksheet(SHEET, worksheet_class=PlainSheet)
    table.set_page(desk, sheet, f"Biểu đồ {period.words}")
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 3, 11)
    if gaps.rows:
        table.write_table(desk, gaps, sheet)
        title = f"Khoảng cách đến mức Kế hoạch {period.words} (điểm phần trăm)"
        chart = _bars(desk.book, title, (0, len(gaps.rows), 3), _GREY, 440)
        sheet.insert_chart(0, 5, chart, {"object_position": 2})
    below = max(len(gaps.rows) + 1 + _BETWEEN, 24)
    table.write_table(desk, states, sheet, below)
    chart = _bars(desk.book, "Tình hình gửi báo cáo (số đơn vị)", (below, len(states.rows), 1), _BLUE, 300)
    sheet.insert_chart(below, 5, chart, {"object_position": 2})
    sheet.fit_to_pages(1, 1)


def chart_tables(
    year: Year,
    sent: tuple[tuple[table.Cell, ...], ...],
    words: Mapping[Verdict, str],
) -> tuple[table.SheetTable, table.SheetTable]:
    """The two tables that the charts are drawn from."""
    return table.SheetTable(GAPS, "", _gap_rows(year, words)), table.SheetTable(SENT, "", sent)


def _gap_rows(year: Year, words: Mapping[Verdict, str]) -> tuple[tuple[table.Cell, ...], ...]:
    """A row for each rate that has a level; none in a part of a year, where nothing is judged."""

    def from_targets(header: str, item: str) -> str:
        return f"INDEX(MucTieu[{header}],MATCH({table.quoted(item)},MucTieu[Mã],0))"

    def gap(result: Result) -> table.Live:
        verdict = from_targets("Đánh giá", result.item)
        lacking = f"ROUND(ABS([@{_OF_GAP[2].header}]-[@{_OF_GAP[1].header}]),2)"
        missed, met = (table.quoted(words[one]) for one in (Verdict.MISSED, Verdict.MET))
        rate, level = formulas.rate(result.tally, result.goal), number_of(result.goal)
        assert isinstance(rate, float)
        shown: dict[Verdict, float] = {
            Verdict.MISSED: round(abs(float(level or 0) - rate), 2),
            Verdict.MET: 0.0,
        }
        return table.Live(
            f'=IF({verdict}={missed},{lacking},IF({verdict}={met},0,""))', shown.get(result.verdict, "")
        )

    return tuple(
        (
            r.item,
            table.Live(f"={from_targets('Tỷ lệ', r.item)}", formulas.rate(r.tally, r.goal)),
            table.Live(f"={from_targets('Ngưỡng', r.item)}", number_of(r.goal) or 0),
            gap(r),
        )
        for r in year.summary.results
        if year.period.judged
        and r.tally.denominator
        and r.goal is not None
        and not r.goal.counted
        and r.verdict is not Verdict.NOT_DUE
    )


def _bars(book: Any, title: str, values: tuple[int, int, int], look: Mapping[str, Any], height: int) -> Any:
    """A chart of one bar a row; ``values``: first row, rows and column of the table that it is drawn from."""
    first, n, column = values
    chart = book.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": [SHEET, first, column],
            "categories": [SHEET, first + 1, 0, first + n, 0],
            "values": [SHEET, first + 1, column, first + n, column],
            "data_labels": {"value": True, "font": _FONT},
            "gap": 50,
            **look,
        }
    )
    chart.set_y_axis({"reverse": True, "num_font": _FONT})
    chart.set_legend({"none": True})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    chart.set_title({"name": title, "name_font": _TITLE, "overlay": False})
    chart.set_size({"width": 960, "height": height})
    return chart
