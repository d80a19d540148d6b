"""Every answer of the effective returns as a row, which the workbook adds up; the year as CSV and JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from dvctt_report.files.manifests import without_cells
from dvctt_report.intake.reading import csv_bytes, csv_pieces, format_answer
from dvctt_report.model import Observation, State, Value
from dvctt_report.plan.fields import fields
from dvctt_report.report.cells import is_figure
from dvctt_report.report.figures import collect_figures
from dvctt_report.report.manifest import lay_out
from dvctt_report.report.trace import left_out_json
from dvctt_report.text.packed import Packed
from dvctt_report.text.personal import shown
from dvctt_report.text.vietnamese import clean_text, format_date, format_decimal
from dvctt_report.year.year import Year

YES, NO = "có", "không"
TICK = "x"


@dataclass(frozen=True, slots=True)
class AnswerColumn:
    """A column of the answers: ``key`` in JSON, ``header`` in workbook and CSV, what it means."""

    key: str
    header: str
    width: float
    meaning: str


COLUMNS = (
    AnswerColumn("item", "Mã", 9, "Mã nội dung của kế hoạch"),
    AnswerColumn("label", "Nội dung", 44, "Tên nội dung"),
    AnswerColumn("unit_name", "Đơn vị", 26, "Tên đơn vị"),
    AnswerColumn("part", "Xã, dòng", 16, "Xã, hoặc dòng của danh sách; trống: số của cả đơn vị"),
    AnswerColumn("field_label", "Chỉ số", 24, "Tên cột của biểu mẫu"),
    AnswerColumn("value", "Giá trị", 18, "Số liệu được dùng: số, chữ, ngày; x: có đánh dấu; trống: không có"),
    AnswerColumn("used", "Đã cộng", 8, "có: nằm trong một tổng của báo cáo; không: không được cộng"),
    AnswerColumn("state", "Tình trạng", 14, "Vì sao có hoặc không có số liệu; không tình trạng nào là số 0"),
    AnswerColumn("replaced", "Đơn vị ghi", 14, "Số của đơn vị trước khi cơ quan tổng hợp đính chính"),
    AnswerColumn("file", "Tệp", 30, "Tệp đơn vị gửi, tính từ thư mục làm việc"),
    AnswerColumn("sheet", "Biểu", 16, "Trang tính"),
    AnswerColumn("cell", "Ô", 7, "Địa chỉ ô"),
    AnswerColumn("unit", "Mã đơn vị", 10, "Mã đơn vị trong danh sách của tỉnh"),
    AnswerColumn("field", "Mã chỉ số", 11, "Mã cột của biểu mẫu"),
    AnswerColumn("raw", "Đã ghi", 18, "Nội dung ô như trong tệp"),
    AnswerColumn("reading", "Cách đọc", 24, "Nội dung ô được hiểu thế nào; trống: đọc đúng như đã ghi"),
)  # fmt: skip
N_PRINTED = 12
"""Columns of the workbook's table that go on paper."""


def answers(year: Year) -> Iterator[tuple[Observation, tuple[Value, ...]]]:
    """Yield what the units answered and its row (``COLUMNS``), in words, in the order of roster and form.

    Cells left empty are left out, and persons' numbers in texts.
    """
    # What stands behind a printed sum or count; a commune's own figure is in its district's
    summary, figures = year.summary, collect_figures(year)
    counted = (figures.directives, *(f for _, f in figures.topics), *(f for *_, f in figures.funding))
    used = {o for figure in counted for o in figure.observations}
    used |= {o for estimate in summary.estimates for o in estimate.observations}
    used |= {o for r in summary.results for c in r.contributions if c.tally for o in c.observations}
    used |= {o for total in summary.totals for o in total.contributions}
    plan = year.profile.plan
    labels = {(i.code, f.code): f.label for i in plan.items for f in fields(i)}
    for unit in year.units:
        received = year.dataset.effective(unit.code)
        for read in received.observations if received else ():
            if read.state is State.BLANK:
                continue
            value, at = read.value, read.at
            hide = (lambda text: text) if is_figure(value) else shown
            if isinstance(value, bool):
                value = TICK if value else ""
            cells: dict[str, Value] = {
                "item": read.item,
                "label": plan.item(read.item).label,
                "unit": read.unit,
                "unit_name": unit.short_name,
                "part": read.part,
                "field": read.field,
                "field_label": labels[read.item, read.field],
                "value": shown(clean_text(value)) if isinstance(value, str) else value,
                "used": YES if read in used else NO,
                "state": read.state.word,
                "raw": hide(clean_text(read.raw)),
                "reading": hide(clean_text(read.reading)),
                "replaced": hide(clean_text(format_answer(read.replaced))) if read.override else "",
                "file": at.file if at else "",
                "sheet": at.sheet if at else "",
                "cell": at.cell if at else "",
            }
            yield read, tuple(cells[column.key] for column in COLUMNS)


# ----------------------------------------------------------------------------------- CSV and JSON


def answers_csv(year: Year) -> Packed:
    """Return one row an answer as CSV that Excel opens in Vietnamese (UTF-8 with BOM).

    Whole numbers have no separators. Text that Excel would take for a formula gets an apostrophe in front.
    """
    rows = (list(map(_csv_text, row)) for _, row in answers(year))
    return Packed(csv_pieces([column.header for column in COLUMNS], rows))


IDENTIFIER = "Mã định danh điện tử"
"""The column of official identifiers in the file of units."""
_CROSSED = {"total": "Tổng số", "done": "Đã thực hiện", "standing": "Tình trạng"}
"""What stands of each target in a unit's row: its counts, and how they stand. A rate adds up to nothing."""


def units_csv(year: Year) -> bytes:
    """Each unit with its counts for every target as CSV; what isn't asked or has no figure is empty."""
    asked = [(name, result.item) for result in year.summary.results for name in _CROSSED]
    wide = (
        year.to_frame()
        .pivot(index="unit", columns="item", values=[*_CROSSED])
        .reindex(index=[unit.code for unit in year.units], columns=asked)
        .astype(object)
        .where(lambda table: table.notna(), "")
    )
    day = year.profile.plan.period.cut_off(year.period)
    heads = ["Mã đơn vị", "Đơn vị", IDENTIFIER, *(f"{item}: {_CROSSED[name]}" for name, item in asked)]
    named = zip(year.units, wide.itertuples(index=False, name=None), strict=True)
    return csv_bytes(
        heads,
        ([unit.code, unit.short_name, unit.identified(day), *map(_csv_text, cells)] for unit, cells in named),
    )


def _csv_text(value: Value) -> str:
    if isinstance(value, Decimal):
        return format_decimal(value)
    if isinstance(value, date):
        return format_date(value)
    return "" if value is None else str(value)


def year_json(year: Year, as_of: datetime, notice: Iterable[str]) -> Packed:
    """The year as JSON: dictionary, units, items, answers; the rest as in a manifest, without its cells."""
    plan = year.profile.plan
    manifest = lay_out(year, collect_figures(year), (), as_of)
    units = []
    for unit in year.units:
        known = [one.model_dump(mode="json") for one in unit.identifiers]
        names = {"unit": unit.code, "name": unit.name, "short_name": unit.short_name}
        units.append(names | ({"identifiers": known} if known else {}))
    indicators = []
    for indicator in map(without_cells, manifest["indicators"]):
        is_known = indicator["coverage"]["reported"] or indicator["numerator"] or indicator["denominator"]
        indicators.append(indicator if is_known else indicator | {"numerator": None, "denominator": None})
    whole = {
        **year.period.as_json(),
        "as_of": manifest["as_of"],
        "notice": [*notice],
        "dictionary": [{"key": c.key, "header": c.header, "meaning": c.meaning} for c in COLUMNS],
        "states": {state.value: state.word for state in State},
        "units": units,
        "items": [{"item": i.code, "kind": i.kind, "label": i.label, "point": i.point} for i in plan.items],
        "indicators": indicators,
        "figures": [without_cells(one) for one in manifest["figures"]],
        "returns": manifest["returns"],
        "overrides": manifest["overrides"],
        "acceptances": manifest["acceptances"],
        "left_out": left_out_json(year),
    }
    return Packed(_json_pieces(whole, answers(year)))


def _json_pieces(
    whole: Mapping[str, Any], entries: Iterable[tuple[Observation, tuple[Value, ...]]]
) -> Iterator[bytes]:
    """Write ``whole`` and, last in it, the answers by the keys of ``COLUMNS``: state as code, ISO dates."""
    yield _json(whole).removesuffix("\n}").encode()
    before = ',\n "answers": [\n  '
    for read, cells in entries:
        row: dict[str, Any] = dict(zip((c.key for c in COLUMNS), cells, strict=True))
        value: Any = shown(read.value) if isinstance(read.value, str) else read.value
        row["value"] = str(value) if isinstance(value, date | Decimal) else value
        row |= {"used": row["used"] == YES, "state": read.state.value}
        yield (before + _json(row).replace("\n", "\n  ")).encode()
        before = ",\n  "
    yield b"\n ]\n}\n" if before == ",\n  " else b',\n "answers": []\n}\n'


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, default=float)
