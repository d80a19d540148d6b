"""What Excel checks while the clerk types: whole numbers, lists, dates; amber on what to look at."""

from __future__ import annotations

from datetime import date
from typing import Any

from dvctt_report.forms import styles
from dvctt_report.forms.complete import flaws
from dvctt_report.forms.form import Role
from dvctt_report.forms.layout import PlacedTable, cell_name
from dvctt_report.forms.pen import Pen
from dvctt_report.model import Key
from dvctt_report.plan.fields import (
    STATUS_GIVEN,
    STATUS_NONE_ARISING,
    STATUS_NOT_APPLICABLE,
    STATUS_NOT_AVAILABLE,
    STATUS_WITHHELD,
)
from dvctt_report.plan.model import FieldSpec
from dvctt_report.text.vietnamese import format_count

LARGEST = 10**15
"""Beyond this Excel no longer keeps every digit of a whole number."""
SMALL_MONEY = 100_000
"""A sum below this many đồng was probably meant in thousands or millions."""
_STATES = (STATUS_GIVEN, STATUS_NONE_ARISING, STATUS_NOT_AVAILABLE, STATUS_NOT_APPLICABLE)


def add_checks(pen: Pen, sheet: Any, table: PlacedTable) -> None:
    """Add the validations and the conditional formats of one table."""
    for row, column, _, key in table.answers():
        spec = pen.spec(key)
        check = None
        if column.column.role is Role.STATUS:
            withheld = (STATUS_WITHHELD,) if pen.may_withhold(key.item) else ()
            check = _list(spec.choices or (*_STATES, *withheld))
        elif column.column.role is Role.ANSWER:
            check = _check(spec, pen.form.period.year)
        if check:
            sheet.data_validation(row, column.at, row, column.at, check | _given_before(pen, key))
        if spec.kind == "money":
            ref = cell_name(row, column.at)
            criteria = f"=AND(ISNUMBER({ref}),{ref}>0,{ref}<{SMALL_MONEY})"
            _colour(pen, sheet, (row, column.at, row, column.at), criteria, styles.AMBER)
    for flaw in flaws(pen, table):
        area = (flaw.first, flaw.columns[0], flaw.last, flaw.columns[0])
        _colour(pen, sheet, area, flaw.of_first(), styles.AMBER)


def _given_before(pen: Pen, key: Key) -> dict[str, Any]:
    """What appears beside the cell while the clerk stands in it: the unit's own figure of a year ago."""
    given = None if key.part else pen.before.get((key.item, key.field))
    if given is None:
        return {}
    unit = pen.spec(key).unit
    said = f"{GIVEN_BEFORE}{format_count(given)} {unit}".rstrip()
    return {"input_title": pen.form.period.year_before.title, "input_message": said}


GIVEN_BEFORE = "Đơn vị đã báo cáo: "
"""How that begins."""


def _list(choices: tuple[str, ...]) -> dict[str, Any]:
    return {
        "validate": "list",
        "source": list(choices),
        "error_title": "Chọn trong danh sách",
        "error_message": f"Chọn một trong: {'; '.join(choices)}."[:255],
    }


def _check(spec: FieldSpec, year: int) -> dict[str, Any] | None:
    match spec.kind:
        case "count":
            return _whole(
                "Nhập số nguyên, không gõ dấu chấm, dấu phẩy. Không có số thì chọn ở cột “Tình trạng”."
            )
        case "decimal":
            message = "Nhập số có nhiều nhất hai chữ số thập phân, không kèm chữ."
            return _whole(message) | {"validate": "decimal", "error_title": "Chỉ nhận số"}
        case "money":
            return _whole("Nhập số tiền theo đồng, là số nguyên, không gõ dấu chấm, dấu phẩy.")
        case "tick":
            return _list(("x",))
        case "yes_no" | "choice":
            return _list(spec.choices) if spec.choices else None
        case "date":
            return {
                "validate": "date",
                "criteria": "between",
                "minimum": date(2020, 1, 1),
                "maximum": date(2099, 12, 31),
                "error_title": "Ngày chưa đúng",
                "error_message": f"Nhập ngày theo dạng ngày/tháng/năm, ví dụ 05/11/{year}.",
            }
    return None


def _whole(message: str) -> dict[str, Any]:
    return {
        "validate": "integer",
        "criteria": "between",
        "minimum": 0,
        "maximum": LARGEST,
        "error_title": "Chỉ nhập số nguyên",
        "error_message": message,
    }


def _colour(
    pen: Pen, sheet: Any, area: tuple[int, int, int, int], criteria: str, format_: dict[str, str]
) -> None:
    rule = {"type": "formula", "criteria": criteria, "format": pen.look(format_)}
    sheet.conditional_format(*area, rule)
