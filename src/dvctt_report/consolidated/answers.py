"""Every answer of the effective returns as a row: what the workbook adds up, and what CSV and JSON hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from dvctt_report.intake.reading import format_answer
from dvctt_report.model import Observation, State, Value
from dvctt_report.plan.fields import fields
from dvctt_report.report.cells import is_figure
from dvctt_report.report.figures import collect_figures
from dvctt_report.text.personal import shown
from dvctt_report.text.vietnamese import clean_text
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


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer with the names of what it is about; ``used``: it stands behind a printed sum."""

    observation: Observation
    label: str
    unit_name: str
    field_label: str
    used: bool


def answers(year: Year) -> Iterator[Answer]:
    """Yield what the units answered, in the order of roster and form; cells left empty are left out."""
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
            if read.state is not State.BLANK:
                names = plan.item(read.item).label, unit.short_name, labels[read.item, read.field]
                yield Answer(read, *names, read in used)


def answer_row(answer: Answer) -> tuple[Value, ...]:
    """An answer in the order of ``COLUMNS``, in words, without persons' numbers in texts."""
    read, at = answer.observation, answer.observation.at
    value = read.value
    hide = (lambda text: text) if is_figure(value) else shown
    if isinstance(value, bool):
        value = TICK if value else ""
    cells: dict[str, Value] = {
        "item": read.item,
        "label": answer.label,
        "unit": read.unit,
        "unit_name": answer.unit_name,
        "part": read.part,
        "field": read.field,
        "field_label": answer.field_label,
        "value": shown(clean_text(value)) if isinstance(value, str) else value,
        "used": YES if answer.used else NO,
        "state": read.state.word,
        "raw": hide(clean_text(read.raw)),
        "reading": hide(clean_text(read.reading)),
        "replaced": hide(clean_text(format_answer(read.replaced))) if read.override else "",
        "file": at.file if at else "",
        "sheet": at.sheet if at else "",
        "cell": at.cell if at else "",
    }
    return tuple(cells[column.key] for column in COLUMNS)


def answer_json(answer: Answer) -> dict[str, Any]:
    """Return the answer by the keys of ``COLUMNS``: state as its code, dates as ISO text."""
    row: dict[str, Any] = dict(zip((c.key for c in COLUMNS), answer_row(answer), strict=True))
    value = answer.observation.value
    if isinstance(value, date):
        value = value.isoformat()
    elif isinstance(value, Decimal):
        value = str(value)
    elif isinstance(value, str):
        value = shown(value)
    return row | {"value": value, "used": answer.used, "state": answer.observation.state.value}
