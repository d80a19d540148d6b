"""The report's charts: how far results are from the plan, who has sent; they draw what tables print.

XlsxWriter writes each with its values cached; Word draws it itself and an officer can edit it. Black, white
and patterns, as a signed document is printed.
"""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from math import ceil
from typing import Any

from dvctt_report.model import Verdict
from dvctt_report.report.tables import heading_of, numbered
from dvctt_report.report.targets import TargetView
from dvctt_report.report.wording import Voice
from dvctt_report.text.vietnamese import first_letter_small, format_count, format_decimal
from dvctt_report.word.nd30 import EMU_PER_MM, FONT, PAGE, component
from dvctt_report.word.xml import paragraph, run
from dvctt_report.year.summary.returns import Status
from dvctt_report.year.year import Year

_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument"
_SHEET = "Số liệu"
NAMES_SHARE = 0.42  # Part of the width that the categories' names have, on one line or more
_LEGEND_HEIGHT = 14.0  # Millimetres below the bars
_LEGEND_SIZE, _AXIS_SIZE, _LABEL_SIZE = 11, 10, 9

FILLS: tuple[dict[str, Any], ...] = (
    {"fill": {"color": "#A6A6A6"}},
    {"pattern": {"pattern": "wide_upward_diagonal", "fg_color": "#000000", "bg_color": "#FFFFFF"}},
    {"pattern": {"pattern": "percent_25", "fg_color": "#000000", "bg_color": "#FFFFFF"}},
    {"pattern": {"pattern": "narrow_horizontal", "fg_color": "#000000", "bg_color": "#FFFFFF"}},
    {"fill": {"color": "#FFFFFF"}},
    {"pattern": {"pattern": "small_grid", "fg_color": "#000000", "bg_color": "#FFFFFF"}},
    {"pattern": {"pattern": "wide_downward_diagonal", "fg_color": "#000000", "bg_color": "#FFFFFF"}},
)
"""What tells series apart, in the order they are drawn."""


@dataclass(frozen=True, slots=True)
class Series:
    """The bars of one kind: a value a category (None: no bar), its label, ``look`` as one of ``FILLS``."""

    name: str
    values: tuple[Decimal | None, ...]
    labels: tuple[str, ...]
    look: int


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of bars that lie, one group a category; ``height`` and ``width`` in mm, ``alt`` in words.

    ``stacked`` bars stand end to end, others side by side. ``most`` is where the axis ends, None where the
    highest bar does. ``names_share`` is the part of the width that the categories' names have.
    """

    number: int
    caption: str
    alt: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    width: float
    height: float
    stacked: bool = False
    most: int | None = None
    names_share: float = NAMES_SHARE


def charts_xml(charts: Iterable[Chart]) -> str:
    """Write for each chart the paragraph that holds its drawing, and below it the caption."""
    from xml.sax.saxutils import quoteattr  # loads all of urllib: only where something is drawn

    written = []
    for chart in charts:
        number, name = chart.number, f"Biểu đồ {chart.number}"
        size = f'cx="{round(chart.width * EMU_PER_MM)}" cy="{round(chart.height * EMU_PER_MM)}"'
        drawing = (
            f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
            f'<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:docPr id="{number}" '
            f"name={quoteattr(name)} descr={quoteattr(chart.alt)}/><wp:cNvGraphicFramePr/>"
            f'<a:graphic><a:graphicData uri="{_CHART}"><c:chart xmlns:c="{_CHART}" r:id="rIdBieuDo{number}"/>'
            "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
        )
        written += [paragraph("chart", drawing), paragraph("table_title", run(chart.caption))]
    return "".join(written)


def with_charts(parts: dict[str, bytes], charts: Sequence[Chart]) -> dict[str, bytes]:
    """Return the package with the parts of the charts that its document draws."""
    if not charts:
        return parts
    numbers = [chart.number for chart in charts]
    rows = "".join(
        f'<Override PartName="/word/charts/bieu-do-{n}.xml" ContentType="{_TYPES}.drawingml.chart+xml"/>'
        for n in numbers
    )
    kind = f'<Default Extension="xlsx" ContentType="{_TYPES}.spreadsheetml.sheet"/>'
    relations = "".join(
        f'<Relationship Id="rIdBieuDo{n}" Type="{_OFFICE}/chart" Target="charts/bieu-do-{n}.xml"/>'
        for n in numbers
    )
    types, links = "[Content_Types].xml", "word/_rels/document.xml.rels"
    head, root, listed = parts[types].decode().partition("<Types")
    opening, close, listed = listed.partition(">")  # defaults stand before what is said of single parts
    kind = "" if b'"xlsx"' in parts[types] else kind
    listed = listed.replace("</Types>", rows + "</Types>")
    linked = parts[links].decode().replace("</Relationships>", relations + "</Relationships>")
    added = {types: f"{head}{root}{opening}{close}{kind}{listed}".encode(), links: linked.encode()}
    for number, chart in zip(numbers, charts, strict=True):  # with its link and the workbook to edit it in
        with zipfile.ZipFile(io.BytesIO(_workbook(chart, drawn=True))) as drawn:
            xml = drawn.read("xl/charts/chart1.xml").decode()
        # The workbook is linked where the schema wants it: before what concerns the printing of a sheet.
        head, _, _ = xml.partition("<c:printSettings>")
        linked = '<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
        added[f"word/charts/bieu-do-{number}.xml"] = (head + linked).encode()
        target = f"../embeddings/bieu-do-{number}.xlsx"
        link = f'<Relationship Id="rId1" Type="{_OFFICE}/package" Target="{target}"/>'
        relations = f'<Relationships xmlns="{_RELATIONSHIPS}">{link}</Relationships>'
        declared = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{relations}'
        added[f"word/charts/_rels/bieu-do-{number}.xml.rels"] = declared.encode()
        added[f"word/embeddings/bieu-do-{number}.xlsx"] = _workbook(chart, drawn=False)
    return parts | added


def _workbook(chart: Chart, *, drawn: bool) -> bytes:
    """Write categories and values as a sheet, and the chart over them where it is wanted ``drawn``."""
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"created": datetime(2000, 1, 1), "title": chart.caption})
    sheet = book.add_worksheet(_SHEET)
    sheet.set_column(0, 0, 60)
    sheet.write_row(0, 1, [series.name for series in chart.series])
    for row, category in enumerate(chart.categories, 1):
        sheet.write_string(row, 0, category)
        for column, series in enumerate(chart.series, 1):
            value = series.values[row - 1]
            if value is not None:
                sheet.write_number(row, column, float(value))
    if drawn:
        bars = book.add_chart({"type": "bar", **({"subtype": "stacked"} if chart.stacked else {})})
        last, black = len(chart.categories), "#000000"
        label_font = {**_font(_LABEL_SIZE), "bold": chart.stacked}
        place = {} if chart.stacked else {"position": "outside_end"}
        for column, series in enumerate(chart.series, 1):
            # Each label as the report prints it: the computer's own settings would put points for commas.
            labels = [
                {"value": label, "font": label_font} if label else {"delete": True} for label in series.labels
            ]
            bars.add_series(
                {
                    "name": [_SHEET, 0, column],
                    "categories": [_SHEET, 1, 0, last, 0],
                    "values": [_SHEET, 1, column, last, column],
                    "border": {"color": black, "width": 0.75},
                    "gap": 45,
                    **FILLS[series.look],
                    "data_labels": {"value": True, "font": label_font, "custom": labels, **place},
                }
            )
        has_legend = len(chart.series) > 1
        bars.set_legend({"position": "bottom", "font": _font(_LEGEND_SIZE)} if has_legend else {"none": True})
        bars.set_chartarea({"border": {"none": True}, "fill": {"none": True}})
        names = {"num_font": _font(_AXIS_SIZE), "line": {"color": black}, "major_tick_mark": "none"}
        bars.set_y_axis({"reverse": True, "interval_unit": 1, **names})
        high = 1 - (_LEGEND_HEIGHT / chart.height if has_legend else 0.02)
        inner = {"x": chart.names_share, "y": 0.02, "width": 0.98 - chart.names_share, "height": high - 0.02}
        bars.set_plotarea({"layout": inner})
        ends = {"max": chart.most} if chart.most is not None else {}
        bars.set_x_axis({"visible": False, "min": 0, "major_gridlines": {"visible": False}, **ends})
        sheet.insert_chart(0, len(chart.series) + 2, bars)
    book.close()
    return buffer.getvalue()


def _font(size: int) -> dict[str, Any]:
    return {"name": FONT, "size": min(size, int(component("chart").size)), "bold": False}


_GAP_NAMES, _PER_GAP = 0.66, 6.4
"""Part of the width for names, each on one line, and millimetres of a bar, in a chart of gaps alone."""
_GAP_ROOM = Decimal("1.2")  # How much longer than the longest gap its axis is, so that its label fits
_LOOKS: Mapping[Status, int] = {
    "on_time": 0,
    "late": 1,
    "undated": 2,
    "paper": 5,
    "to_enter": 6,
    "unusable": 3,
    "missing": 4,
}
"""How each status is drawn, in the order of the bars."""
_AROUND = 22.0  # Millimetres of a chart beside its bars
_TALLEST = 210.0  # Millimetres that a chart may be high on an upright page
HIGHEST = 140.0  # Millimetres that a chart may be high on a landscape page, below its annex' heading


def gap_chart(views: Sequence[TargetView], number: int, voice: Voice) -> tuple[Chart, ...]:
    """Draw how far the year's targets are from the plan; no share of units: one office would tower."""
    rows = [row for row in gap_rows(views, voice) if not row.view.target.of_units]
    if all(row.gap is None for row in rows):
        return ()
    names = []
    for row in rows:
        name, verdict = f"{row.number}. {row.view.row_name}", row.view.result.verdict
        if row.gap is None:
            names.append(f"{name} ({first_letter_small(voice.say(f'verdict.{verdict.value}'))})")
        else:
            names.append(f"{row.view.flag(name)}: {row.view.rate}")
    gaps, labels = tuple(row.gap for row in rows), tuple(row.label for row in rows)
    caption = voice.say("chart.gaps", n=str(number), year=str(rows[0].view.year.period.year))
    told = "; ".join(f"{name}: {label}" for name, label in zip(names, labels, strict=True) if label)
    chart = Chart(
        number,
        caption,
        f"{caption} {told}",
        tuple(names),
        (Series(voice.say("chart.gap"), gaps, labels, 0),),
        PAGE.landscape_text_width,
        min(HIGHEST, _PER_GAP * (len(rows) + 1)),
        most=ceil(max(filter(None, gaps), default=Decimal(1)) * _GAP_ROOM),
        names_share=_GAP_NAMES,
    )
    return (chart,)


@dataclass(frozen=True, slots=True)
class GapRow:
    """A rate of the year: its row's number, points lacking (0: reached, None: not judged), as printed."""

    number: str
    view: TargetView
    gap: Decimal | None
    label: str


def gap_rows(views: Sequence[TargetView], voice: Voice) -> tuple[GapRow, ...]:
    """The year's rates against their levels, as every chart of them draws them; none where none is judged.

    A number of things has no place in percent. Of a target that fields miss these are drawn, as their sum may
    reach the goal; else it alone: more names don't fit on the page, and Word leaves out every second one.
    """
    rows = []
    for number, view in numbered([view for view in views if view.is_due]):
        verdict, gap, label = view.result.verdict, None, ""
        by_field = view.by_field or (view.is_field and not view.target.joint)
        shows_fields = (by_field and verdict is Verdict.MISSED) or view.by_group or view.is_group
        if shows_fields is not view.is_field or verdict is Verdict.NO_LEVEL or view.target.of_things:
            continue
        if verdict is Verdict.MET and view.printed is not None:
            gap, label = Decimal(0), voice.say("chart.reached")
        elif verdict is Verdict.MISSED and view.printed is not None:
            gap = abs(view.threshold - view.printed)
            label = format_decimal(gap) if gap else voice.say("chart.reached")
        rows.append(GapRow(number, view, gap, label))
    return tuple(rows) if any(row.gap is not None for row in rows) else ()


def return_chart(year: Year, number: int, voice: Voice) -> tuple[Chart, ...]:
    """Draw for each kind of unit how many have sent in time, late, not at all."""
    kinds = [
        (heading, Counter(line.status for line in group))
        for heading, group in groupby(year.lines, key=lambda line: heading_of(year.dataset, line.unit))
    ]
    if not kinds:
        return ()
    series = tuple(
        Series(
            voice.say(f"chart.{status}"),
            tuple(Decimal(counts[status]) if counts[status] else None for _, counts in kinds),
            tuple(format_count(counts[status]) if counts[status] else "" for _, counts in kinds),
            _LOOKS[status],
        )
        for status in [s for s in _LOOKS if any(counts[s] for _, counts in kinds)]
    )
    caption = voice.say("chart.returns", n=str(number))
    told = "; ".join(
        f"{heading}: " + ", ".join(f"{s.name.lower()} {s.labels[i]}" for s in series if s.labels[i])
        for i, (heading, _) in enumerate(kinds)
    )
    height = min(_TALLEST, _AROUND + 14 * len(kinds))
    headings = tuple(heading for heading, _ in kinds)
    chart = Chart(
        number, caption, f"{caption} {told}", headings, series, PAGE.text_width, height, stacked=True
    )
    return (chart,)
