"""The consolidated workbook beside the report: every answer with its cell, to filter in Excel."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

from dvctt_report.corrections import format_answer, format_cell, format_put
from dvctt_report.dataset import Dataset
from dvctt_report.model import Acceptance, Contribution, Observation, Override, State, Summary, Tally
from dvctt_report.plan.fields import fields
from dvctt_report.plan.model import Target
from dvctt_report.summary.controls import why
from dvctt_report.vietnamese import clean_text, format_date

if TYPE_CHECKING:
    import pandas as pd

STATE_NAMES = {
    State.GIVEN: "có số liệu",
    State.NONE_ARISING: "không phát sinh",
    State.NOT_AVAILABLE: "chưa có số liệu",
    State.NOT_APPLICABLE: "không áp dụng",
    State.WITHHELD: "không cung cấp",
    State.BLANK: "để trống",
    State.UNREADABLE: "chưa dùng được",
}
_KEYS = ["Mã", "Nội dung", "Đơn vị"]
_ANSWER_COLUMNS = [
    *_KEYS,
    "Xã, dòng",
    "Chỉ số",
    "Giá trị",
    "Đã cộng",
    "Tình trạng",
    "Đã ghi",
    "Cách đọc",
    "Đơn vị ghi",
    "Tệp",
    "Biểu",
    "Ô",
]
_DECISION_COLUMNS = [
    "Quyết định",
    "Đơn vị",
    "Mã",
    "Nội dung",
    "Đơn vị ghi",
    "Số được dùng",
    "Lý do",
    "Văn bản",
    "Người quyết định",
    "Ngày",
]
PROGRAM = "dvctt-report"
_WIDTHS = {
    "Nội dung": 60,
    "Chỉ số": 34,
    "Đơn vị": 34,
    "Giá trị": 24,
    "Đã ghi": 24,
    "Cách đọc": 34,
    "Đơn vị ghi": 24,
    "Lý do": 40,
    "Văn bản": 30,
    "Tệp": 40,
    "Biểu": 22,
}


def consolidated_bytes(dataset: Dataset, summary: Summary) -> bytes:
    """Return the workbook: targets by unit (counts that were used), and every answer with its address.

    A unit without a usable figure has empty counts and the state that says why; nothing is filled with 0.
    Where the officer has decided about figures, a sheet lists each decision in force; where the systems in
    charge have given figures, another sets them beside the units' own.
    """
    import pandas as pd

    answers = pd.DataFrame(_answer_rows(dataset, summary), columns=_ANSWER_COLUMNS)
    out = BytesIO()
    with pd.ExcelWriter(out, engine="openpyxl") as book:
        _write(book, _targets_by_unit(dataset, summary), "Mục tiêu theo đơn vị")
        _write(book, answers, "Từng ô số liệu")
        if controls := list(_control_rows(dataset, summary)):
            _write(book, _with_differences(pd.DataFrame(controls)), "Đối chiếu")
        if decisions := list(_decision_rows(dataset)):
            _write(book, pd.DataFrame(decisions, columns=_DECISION_COLUMNS), "Đính chính, chấp nhận")
    return out.getvalue()


def _targets_by_unit(dataset: Dataset, summary: Summary) -> pd.DataFrame:
    import pandas as pd

    names = {u.code: u.short_name for u in dataset.units}
    rows = [
        {
            "Mã": result.item,
            "Nội dung": dataset.profile.plan.item(result.item).label,
            "Đơn vị": names[given.unit],
            "Tổng số": given.tally.denominator if given.tally else None,
            "Đã thực hiện": given.tally.numerator if given.tally else None,
            "Tình trạng": _standing(dataset, given),
        }
        for result in summary.results
        for given in result.contributions
    ]
    frame = pd.DataFrame(rows, columns=[*_KEYS, "Tổng số", "Đã thực hiện", "Tình trạng"])
    counts = frame[["Tổng số", "Đã thực hiện"]].astype("Int64")
    frame[["Tổng số", "Đã thực hiện"]] = counts
    frame["Tỷ lệ (%)"] = (
        counts["Đã thực hiện"] / counts["Tổng số"].where(counts["Tổng số"] > 0) * 100
    ).round(2)
    return frame


def _standing(dataset: Dataset, given: Contribution) -> str:
    if dataset.effective(given.unit) is None:
        return "chưa có báo cáo dùng được"
    if given.state is State.GIVEN and given.tally is None:
        return "chưa đưa vào tổng hợp, đang chỉnh lý"
    return STATE_NAMES[given.state]


def _added_up(summary: Summary) -> set[Observation]:
    """The answers that stand behind a printed sum; a commune's own figure is in its district's."""
    used = {o for r in summary.results for c in r.contributions if c.tally for o in c.observations}
    return used | {o for total in summary.totals for o in total.contributions}


def _answer_rows(dataset: Dataset, summary: Summary) -> Iterator[dict[str, Any]]:
    used = _added_up(summary)
    names = {u.code: u.short_name for u in dataset.units}
    labels = {(i.code, f.code): f.label for i in dataset.profile.plan.items for f in fields(i)}
    for unit in dataset.units:
        received = dataset.effective(unit.code)
        for answer in received.observations if received else ():
            if answer.state is not State.BLANK:
                item = dataset.profile.plan.item(answer.item)
                yield {
                    "Mã": answer.item,
                    "Nội dung": item.label,
                    "Đơn vị": names[unit.code],
                    "Xã, dòng": answer.part,
                    "Chỉ số": labels[answer.item, answer.field],
                    "Đã cộng": "có" if answer in used else "không",
                    **_reading(answer),
                }


def _decision_rows(dataset: Dataset) -> Iterator[dict[str, Any]]:
    names = {u.code: u.short_name for u in dataset.profile.roster.units}
    labels = {i.code: i.label for i in dataset.profile.plan.items}
    for put in dataset.overrides:
        yield {
            "Quyết định": "đính chính",
            "Đơn vị": names.get(put.unit, put.unit),
            "Mã": format_cell(put),
            "Nội dung": labels.get(put.item, ""),
            "Đơn vị ghi": clean_text(put.over),
            "Số được dùng": clean_text(format_put(put)) if _stands(dataset, put) else "chưa được dùng",
            **_why(put),
        }
    for accepted in dataset.acceptances:
        if not accepted.proposed:
            yield {
                "Quyết định": "chấp nhận",
                "Đơn vị": names.get(accepted.unit, accepted.unit),
                "Mã": accepted.finding,
                "Nội dung": clean_text(accepted.said),
                **_why(accepted),
            }


def _with_differences(frame: pd.DataFrame) -> pd.DataFrame:
    """Put what lies between the two figures behind them; empty where one of the two isn't known."""
    for at, name in ((7, "Tổng số"), (9, "Đã thực hiện")):
        numbers = [frame[f"{name} ({whose})"].astype("Int64") for whose in ("đối chiếu", "đơn vị")]
        frame.insert(
            at if name == "Tổng số" else at - 1, f"Chênh lệch {name.lower()}", numbers[0] - numbers[1]
        )
    return frame


def _control_rows(dataset: Dataset, summary: Summary) -> Iterator[dict[str, Any]]:
    """The figures of the systems in charge, for the province and its units, beside the units' own."""
    results = {r.item: r for r in summary.results}
    names = {u.code: u.short_name for u in dataset.profile.roster.units}
    for control in dataset.controls:
        result = results.get(control.item)
        if result is None:
            continue
        own: Tally | None = result.own_tally or result.tally
        if control.unit:
            own = next((c.tally for c in result.contributions if c.unit == control.unit), None)
        given = own is not None and own.denominator > 0
        printed = "số đối chiếu" if result.own_tally is not None else "số của các đơn vị"
        target = dataset.profile.plan.item(control.item)
        yield {
            "Mã": control.item,
            "Nội dung": target.label,
            "Đơn vị": names.get(control.unit, control.unit) or "Toàn tỉnh",
            "Tổng số (đơn vị)": own.denominator if own and given else None,
            "Đã thực hiện (đơn vị)": own.numerator if own and given else None,
            "Tổng số (đối chiếu)": control.total,
            "Đã thực hiện (đối chiếu)": control.done,
            "Nguồn": clean_text(control.source),
            "Đến ngày": format_date(control.cut_off),
            "Văn bản": clean_text(control.document),
            "Số được in": "" if control.unit else printed,
            "Lý do": "" if control.unit or not isinstance(target, Target) else why(target, control),
            "Người lưu": clean_text(control.who),
        }


def _stands(dataset: Dataset, put: Override) -> bool:
    there = dataset.observation(put.unit, put.item, put.field, put.part)
    return there is not None and there.override == put


def _why(decision: Override | Acceptance) -> dict[str, str]:
    return {
        "Lý do": clean_text(decision.reason),
        "Văn bản": clean_text(decision.document),
        "Người quyết định": clean_text(decision.who),
        "Ngày": format_date(decision.when.date()),
    }


def _reading(answer: Observation) -> dict[str, Any]:
    at = answer.at
    return {
        "Giá trị": _cell_value(answer.value),
        "Tình trạng": STATE_NAMES[answer.state],
        "Đã ghi": clean_text(answer.raw),
        "Cách đọc": clean_text(answer.reading),
        "Đơn vị ghi": clean_text(format_answer(answer.replaced)) if answer.override else "",
        "Tệp": at.file if at else "",
        "Biểu": at.sheet if at else "",
        "Ô": at.cell if at else "",
    }


def _cell_value(value: Any) -> Any:
    if isinstance(value, bool):
        return "x" if value else ""
    return clean_text(value) if isinstance(value, str) else value


def _write(book: Any, frame: pd.DataFrame, name: str) -> None:
    from openpyxl.styles import Font, PatternFill

    frame.to_excel(book, sheet_name=name, index=False, freeze_panes=(1, 3))
    book.book.properties.creator = PROGRAM
    sheet = book.sheets[name]
    for cell in sheet[1]:
        cell.style, cell.font, cell.fill = "Normal", Font(bold=True), PatternFill("solid", fgColor="DCE6F1")
    sheet.auto_filter.ref = sheet.dimensions
    for column, header in zip(sheet.columns, frame.columns, strict=True):
        sheet.column_dimensions[column[0].column_letter].width = _WIDTHS.get(header, 16)
        for cell in column:
            if isinstance(cell.value, str):
                cell.data_type = "s"  # what a unit typed stays text, also where it begins with "="
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
