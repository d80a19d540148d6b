"""Whose return a workbook is, and of which year: by the keys that the form carries, never by its name."""

from __future__ import annotations

from dataclasses import dataclass

from dvctt_report.forms.form import FORM_VERSION
from dvctt_report.forms.layout import META_KEYS, META_SHEET
from dvctt_report.intake.cells import Workbook
from dvctt_report.intake.codes import finding
from dvctt_report.model import CellRef, Finding
from dvctt_report.plan.model import Profile, Unit


@dataclass(frozen=True, slots=True)
class Identity:
    """Unit and year by the form's keys; ``refusal`` says why the file can't be used all the same."""

    unit: Unit | None = None
    year: int | None = None
    refusal: Finding | None = None


def identify(book: Workbook, profile: Profile, year: int, at: CellRef) -> Identity:
    """Return whose return this is.

    Refused: no keys (NH02), another plan or version (NH05), another year (NH03), a unit that the year's
    roster doesn't have (NH04).
    """
    keys = _keys(book)
    if keys.get("form") != "dvctt":
        message = "tệp không phải biểu mẫu đã cấp (không có mã nhận dạng của biểu)"
        fix = "Đề nghị đơn vị ghi số liệu vào đúng tệp biểu mẫu đã gửi, không chép sang tệp khác."
        return Identity(refusal=finding("NH02", message, fix, at))
    found, wanted = _edition(keys), _edition_of(profile)
    if found != wanted:
        message = f"biểu thuộc kế hoạch hoặc phiên bản khác ({found}; cần {wanted})"
        return Identity(refusal=finding("NH05", message, "Đề nghị đơn vị dùng biểu mẫu đã cấp năm nay.", at))
    said, code = keys.get("year", ""), keys.get("unit", "")
    unit = next((u for u in profile.roster.units if u.code == code), None)
    if said != str(year):
        message = f"biểu của năm {said or 'không rõ'}, cần biểu của năm {year}"
        fix = f"Đề nghị đơn vị ghi số liệu năm {year} vào biểu mẫu BM{year} đã cấp."
        known = unit.code if unit else ""
        other = int(said) if said.isdecimal() else None
        return Identity(unit, other, finding("NH03", message, fix, at, known))
    if unit is None or unit not in profile.units(year):
        message = f"mã đơn vị “{code}” không có trong danh sách đơn vị năm {year}"
        fix = "Kiểm tra danh sách đơn vị (units.toml) hoặc cấp lại biểu mẫu cho đơn vị."
        return Identity(refusal=finding("NH04", message, fix, at))
    return Identity(unit, year)


def _edition(keys: dict[str, str]) -> str:
    form, plan, version = (keys.get(name, "?") for name in ("version", "plan", "plan_version"))
    return f"kế hoạch {plan} bản {version}, mẫu {form}"


def _edition_of(profile: Profile) -> str:
    plan = profile.plan
    return _edition({"version": FORM_VERSION, "plan": plan.code, "plan_version": str(plan.version)})


def _keys(book: Workbook) -> dict[str, str]:
    for sheet in book.sheets:
        if sheet.name == META_SHEET:
            pairs = ((sheet.cell(row, 1), sheet.cell(row, 2)) for row in range(1, len(META_KEYS) + 3))
            return {str(name.value): value.raw.strip() for name, value in pairs if name and value}
    return {}
