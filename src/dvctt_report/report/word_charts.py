"""Charts that Word draws itself and an officer can edit: the part, the workbook behind it, the drawing.

XlsxWriter writes the chart with its values cached, so that it is drawn before anybody opens the workbook.
Colours are black, white and patterns: a signed document is printed in black and white.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from dvctt_report.word.nd30 import EMU_PER_MM, FONT, component
from dvctt_report.word.xml import paragraph, run

_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument"
_SHEET = "Số liệu"
NAMES_SHARE = 0.42
"""Part of the width that the categories' names have, on one line or more."""
_LEGEND_HEIGHT = 14.0
"""Millimetres below the bars."""
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
    """A chart of bars that lie, one group a category; ``height`` and ``width`` in mm.

    ``number`` is its own in the document; ``alt`` says in words what it shows. ``stacked`` bars stand end to
    end, others side by side. ``most`` is where the axis ends, None where the highest bar does.
    ``names_share`` is the part of the width that the categories' names have.
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
    return "".join(_drawing(chart) + paragraph("table_title", run(chart.caption)) for chart in charts)


def _drawing(chart: Chart) -> str:
    from xml.sax.saxutils import quoteattr  # loads all of urllib: only where something is drawn

    number = chart.number
    size = f'cx="{round(chart.width * EMU_PER_MM)}" cy="{round(chart.height * EMU_PER_MM)}"'
    name = f"Biểu đồ {number}"
    drawing = (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:docPr id="{number}" '
        f"name={quoteattr(name)} descr={quoteattr(chart.alt)}/><wp:cNvGraphicFramePr/>"
        f'<a:graphic><a:graphicData uri="{_CHART}"><c:chart xmlns:c="{_CHART}" r:id="{_relation(number)}"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
    return paragraph("chart", drawing)


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
        f'<Relationship Id="{_relation(n)}" Type="{_OFFICE}/chart" Target="charts/bieu-do-{n}.xml"/>'
        for n in numbers
    )
    types, links = "[Content_Types].xml", "word/_rels/document.xml.rels"
    added = {
        types: _before_end(parts[types], "</Types>", rows, "" if b'"xlsx"' in parts[types] else kind),
        links: _before_end(parts[links], "</Relationships>", relations),
    }
    return parts | added | {name: content for one in charts for name, content in _parts(one)}


def _relation(number: int) -> str:
    return f"rIdBieuDo{number}"


def _before_end(part: bytes, end: str, added: str, at_start: str = "") -> bytes:
    """Put ``added`` before the closing tag, ``at_start`` behind the opening one."""
    text = part.decode()
    if at_start:
        root = text.index(">", text.index("<Types")) + 1
        text = f"{text[:root]}{at_start}{text[root:]}"
    return text.replace(end, added + end).encode()


def _parts(chart: Chart) -> Iterator[tuple[str, bytes]]:
    """Yield the chart, its link, and the workbook that Word opens to edit it."""
    number = chart.number
    with zipfile.ZipFile(io.BytesIO(_workbook(chart, drawn=True))) as drawn:
        xml = drawn.read("xl/charts/chart1.xml").decode()
    # The workbook is linked where the schema wants it: before what concerns the printing of a sheet.
    head, _, _ = xml.partition("<c:printSettings>")
    linked = '<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    yield f"word/charts/bieu-do-{number}.xml", (head + linked).encode()
    target = f"../embeddings/bieu-do-{number}.xlsx"
    link = f'<Relationship Id="rId1" Type="{_OFFICE}/package" Target="{target}"/>'
    relations = f'<Relationships xmlns="{_RELATIONSHIPS}">{link}</Relationships>'
    declared = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{relations}'
    yield f"word/charts/_rels/bieu-do-{number}.xml.rels", declared.encode()
    yield f"word/embeddings/bieu-do-{number}.xlsx", _workbook(chart, drawn=False)


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
        sheet.insert_chart(0, len(chart.series) + 2, _bars(book, chart))
    book.close()
    return buffer.getvalue()


def _bars(book: Any, chart: Chart) -> Any:
    bars = book.add_chart({"type": "bar", **({"subtype": "stacked"} if chart.stacked else {})})
    last = len(chart.categories)
    for column, series in enumerate(chart.series, 1):
        bars.add_series(
            {
                "name": [_SHEET, 0, column],
                "categories": [_SHEET, 1, 0, last, 0],
                "values": [_SHEET, 1, column, last, column],
                "border": {"color": "#000000", "width": 0.75},
                "gap": 45,
                **FILLS[series.look],
                "data_labels": _labels(series, chart),
            }
        )
    has_legend = len(chart.series) > 1
    legend = {"position": "bottom", "font": _font(_LEGEND_SIZE)} if has_legend else {"none": True}
    bars.set_legend(legend)
    bars.set_chartarea({"border": {"none": True}, "fill": {"none": True}})
    bars.set_y_axis(
        {
            "reverse": True,
            "interval_unit": 1,
            "num_font": _font(_AXIS_SIZE),
            "line": {"color": "#000000"},
            "major_tick_mark": "none",
        }
    )
    high = 1 - (_LEGEND_HEIGHT / chart.height if has_legend else 0.02)
    inner = {"x": chart.names_share, "y": 0.02, "width": 0.98 - chart.names_share, "height": high - 0.02}
    bars.set_plotarea({"layout": inner})
    ends = {"max": chart.most} if chart.most is not None else {}
    bars.set_x_axis({"visible": False, "min": 0, "major_gridlines": {"visible": False}, **ends})
    return bars


def _labels(series: Series, chart: Chart) -> dict[str, Any]:
    """Write each label as the report prints it: the computer's own settings would put points for commas."""
    place = {} if chart.stacked else {"position": "outside_end"}
    font = {**_font(_LABEL_SIZE), "bold": chart.stacked}
    custom = [{"value": label, "font": font} if label else {"delete": True} for label in series.labels]
    return {"value": True, "font": font, "custom": custom, **place}


def _font(size: int) -> dict[str, Any]:
    return {"name": FONT, "size": min(size, int(component("chart").size)), "bold": False}
