"""The form's own words: instructions, notes, what is asked about the return itself.

Wording that depends on the plan (targets, questions, definitions) comes from the plan's items.
"""

from __future__ import annotations

from typing import Any

from dvctt_report.model.period import Period
from dvctt_report.plan.fields import ASKED
from dvctt_report.plan.model import Plan, Profile, Unit
from dvctt_report.text.opening import parse_toml, read_text
from dvctt_report.text.resources import PACKAGE
from dvctt_report.text.vietnamese import first_letter_capital, format_date

OFFICE_PART = "Cơ quan cấp huyện"
"""The part of a district's figures that belongs to its own office."""

COVER_FIELDS, SIGNATURE_FIELDS = ASKED["cover"], ASKED["signature"]
COVER_SPECS = {spec.code: spec for spec in (*COVER_FIELDS, *SIGNATURE_FIELDS)}


_TEXTS: dict[str, Any] = parse_toml(read_text(PACKAGE / "forms" / "wording.toml"))


def instructions(plan: Plan, *, commune: bool = False) -> tuple[str, ...]:
    """How the forms of a plan are filled in, as far as it has such forms; in short for a commune."""
    kinds = {item.kind for item in plan.items}
    if commune:
        reason = " (của A.1: ở mục A)" if "survey" in kinds else ""
        return (_TEXTS["commune"].format(reason=reason),)
    said = dict.fromkeys(("reason", "filled", "before"), "")
    said["points"] = "; điểm số ghi cả phần lẻ" if any(t.measure == "score" for t in plan.targets) else ""
    if kinds & {"dossier", "survey"}:  # whose figures Biểu 01-A takes
        said["reason"] = " (của Biểu 03, 04: ở dòng lấy số đó trong Biểu 01-A)"
        said |= {"filled": ", 03, 04", "before": "Biểu 03, 04, "}
    return tuple(line.format_map(said) for line in _TEXTS["instructions"])


SEALED = "(Ký số, hoặc ký, đóng dấu)"
_COMMITTEE = "ủy ban nhân dân"
_RANKS = ("GIÁM ĐỐC", "TRƯỞNG BAN", "CHÁNH VĂN PHÒNG", "HIỆU TRƯỞNG", "TỔNG BIÊN TẬP")


def signed_for(unit: Unit) -> tuple[str, tuple[str, ...]]:
    """In whose name the unit's return is signed ("" for nobody's), and the titles to choose from."""
    if unit.name.casefold().startswith(_COMMITTEE):
        return "TM. ỦY BAN NHÂN DÂN", ("CHỦ TỊCH", "KT. CHỦ TỊCH")
    deputies = (f"KT. {rank}" for rank in _RANKS)
    return "", ("THỦ TRƯỞNG ĐƠN VỊ", *_RANKS, *deputies)


STILL_OPEN = ("Còn ", " ô chưa ghi")
FLAWED = " ô ghi chưa đúng"
ALL_GIVEN = "Đã ghi đủ, có thể trình ký"

TAKEN_OVER = "Gồm cả số liệu của"


def cover_lines(profile: Profile, unit: Unit, period: Period) -> tuple[tuple[str, str], ...]:
    """The printed, locked lines of the cover: who reports to whom, on what period, by when."""
    plan = profile.plan
    scope = plan.scope(period)
    lines = (
        ("Đơn vị báo cáo", unit.name),
        ("Mã đơn vị", unit.code),
        ("Đơn vị nhận báo cáo", profile.roster.unit(plan.compiler).name),
        ("Kỳ báo cáo", period.title),
        ("Số liệu", period_line(profile, period)),
        ("Hạn gửi", f"{plan.deadline.quote} ({plan.deadline.point} của Kế hoạch)"),
        (TAKEN_OVER, taken_over_line(profile, unit, period)),
        ("Phạm vi", f"{first_letter_capital(plan.province)}, {scope.note}" if scope else ""),
    )
    return tuple((name, said) for name, said in lines if said)


def taken_over_line(profile: Profile, unit: Unit, period: Period) -> str:
    """Whose figures the unit reports with its own: "UBND xã A (đến hết ngày 30/06/2026)"; "" for nobody's."""
    bodies = profile.taken_over(unit, period)
    return "; ".join(f"{body.name} (đến hết ngày {format_date(day)})" for body, day in bodies)


def form_number(period: Period, code: str, said: str = "") -> str:
    """What stands at the top of every sheet: ``Mẫu BM2025-SYT``, behind what the form ``said`` of itself."""
    return f"{said} · Mẫu BM{period}-{code}" if said else f"Mẫu BM{period}-{code}"


def period_line(profile: Profile, period: Period) -> str:
    """``từ ngày 01/01/2025 đến hết ngày 31/10/2025``, for the form's header."""
    days = profile.plan.period
    return f"từ ngày {format_date(days.start(period))} đến hết ngày {format_date(days.cut_off(period))}"
