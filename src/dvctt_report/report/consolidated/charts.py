"""The charts of the workbook, drawn by Excel itself from cells that are formulas."""

from __future__ import annotations

from typing import Any

from dvctt_report.dataset import Dataset
from dvctt_report.forms import styles
from dvctt_report.model import Summary, Verdict
from dvctt_report.period import Period
from dvctt_report.report.consolidated import formulas
from dvctt_report.report.consolidated.table import (
    Cell,
    Desk,
    Live,
    SheetTable,
    columns,
    quoted,
    set_page,
    write_table,
)
from dvctt_report.report.consolidated.targets import number_of

SHEET = "Biểu đồ"
_RATES = columns(("Mã", 8, "centre"), ("Tỷ lệ (%)", 10, "rate"), ("Mục tiêu (%)", 10, "count"))
_SENT = columns(("Tình trạng", 24), ("Số đơn vị", 10, "count"))
_FONT = {"name": styles.FONT, "size": 10, "bold": False}
_TITLE = {"name": styles.FONT, "size": 12, "bold": True}
_BETWEEN = 3


def write_charts(desk: Desk, dataset: Dataset, summary: Summary, sent: tuple[tuple[Cell, ...], ...]) -> None:
    """Write the sheet of charts: rates beside their thresholds, and how many units stand in which state.

    Targets of later years are left out. One without figures has no bar: one of no height would say 0.
    """
    rates = SheetTable("BieuDoTyLe", SHEET, "", _RATES, _rate_rows(summary))
    states = SheetTable("BieuDoGui", SHEET, "", _SENT, sent)
    sheet = desk.book.add_worksheet(SHEET)
    set_page(sheet, f"Biểu đồ {dataset.period.words}")
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 2, 11)
    if rates.rows:
        write_table(desk, rates, sheet)
        chart = _rate_chart(desk.book, dataset.period, len(rates.rows))
        sheet.insert_chart(0, 4, chart, {"object_position": 2})
    below = max(len(rates.rows) + 1 + _BETWEEN, 24)
    write_table(desk, states, sheet, below)
    sheet.insert_chart(below, 4, _sent_chart(desk.book, below, len(sent)), {"object_position": 2})
    sheet.fit_to_pages(1, 1)


def _rate_rows(summary: Summary) -> tuple[tuple[Cell, ...], ...]:
    def from_targets(header: str, item: str) -> str:
        return f"=INDEX(MucTieu[{header}],MATCH({quoted(item)},MucTieu[Mã],0))"

    return tuple(
        (
            r.item,
            Live(from_targets("Tỷ lệ", r.item), formulas.rate(r.tally, r.goal)),
            Live(from_targets("Ngưỡng", r.item), number_of(r) or 0),
        )
        for r in summary.results
        if r.tally.denominator
        and r.goal is not None
        and not r.goal.counted
        and r.verdict is not Verdict.NOT_DUE
    )


def _rate_chart(book: Any, period: Period, n: int) -> Any:
    chart = book.add_chart({"type": "column"})
    for column, colour in ((1, "#4472C4"), (2, "#BFBFBF")):
        chart.add_series(
            {
                "name": [SHEET, 0, column],
                "categories": [SHEET, 1, 0, n, 0],
                "values": [SHEET, 1, column, n, column],
                "fill": {"color": colour},
                "gap": 60,
            }
        )
    chart.set_x_axis({"num_font": _FONT})
    chart.set_y_axis({"min": 0, "max": 100, "num_font": _FONT, "major_gridlines": {"visible": True}})
    chart.set_legend({"position": "bottom", "font": _FONT})
    return _finished(chart, f"Tỷ lệ đạt được so với mục tiêu {period.words} (%)", 960, 440)


def _sent_chart(book: Any, first: int, n: int) -> Any:
    chart = book.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": [SHEET, first, 1],
            "categories": [SHEET, first + 1, 0, first + n, 0],
            "values": [SHEET, first + 1, 1, first + n, 1],
            "fill": {"color": "#4472C4"},
            "data_labels": {"value": True, "font": _FONT},
            "gap": 50,
        }
    )
    chart.set_y_axis({"reverse": True, "num_font": _FONT})
    chart.set_legend({"none": True})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    return _finished(chart, "Tình hình gửi báo cáo (số đơn vị)", 960, 300)


def _finished(chart: Any, title: str, width: int, height: int) -> Any:
    chart.set_title({"name": title, "name_font": _TITLE, "overlay": False})
    chart.set_size({"width": width, "height": height})
    return chart
