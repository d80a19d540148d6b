"""What a body that ended in the period left behind: a hand-over, held against its successor's figures.

The one that is left reports for both, so the figures handed over are counted for nobody by themselves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from dvctt_report.model import CellRef, FieldRef, Finding, Observation, Return, ReturnStatus
from dvctt_report.model.answers import whole
from dvctt_report.model.codes import finding, noted
from dvctt_report.model.period import Period
from dvctt_report.plan.fields import field_label
from dvctt_report.plan.model import Profile, Unit
from dvctt_report.text.vietnamese import first_letter_small, format_count, format_date, join_names

_MOST_NAMED = 3
"""Figures of a comparison that are told; the others are counted."""


def as_handed_over(received: Return, profile: Profile) -> Return:
    """A return of a body that ended in its period, in that status and with its successor named (NH83).

    Its own faults are asked about no more: the successor reports the figures with its own.
    """
    period = received.period
    if received.status is not ReturnStatus.EFFECTIVE or period is None:
        return received
    if received.unit not in profile.roster.units_by_code or profile.unit_asked(received.unit, period):
        return received
    unit = profile.roster.unit(received.unit)
    found = profile.successor(unit, period)
    if found is None:
        return received
    after, change = found
    message = (
        f"số liệu bàn giao của {unit.short_name}, không còn từ ngày {format_date(change.on)} "
        f"({change.document}): {after.short_name} báo cáo gồm cả số liệu này; không cộng riêng"
    )
    handed = replace(received, status=ReturnStatus.HANDED_OVER, findings=())
    return noted(handed, "NH83", message, unit=after.code)


def issued_before(received: Return, own: Profile, profile: Profile) -> Iterator[Finding]:
    """Say whose figures a return should include that its form, of an earlier edition, doesn't ask (NH84)."""
    assert received.period is not None
    unit, period = profile.roster.unit(received.unit), received.period
    asked = {body.code for body, _ in own.taken_over(own.roster.unit(unit.code), period)}
    bodies = [(body, day) for body, day in profile.taken_over(unit, period) if body.code not in asked]
    if bodies:
        message = (
            "biểu phát hành trước khi nhận bàn giao, không hỏi số liệu của "
            f"{_named(bodies)}: chưa rõ đã gồm chưa"
        )
        fix = "Đề nghị đơn vị ghi biểu phát hành lại; đã gồm cả thì xác nhận ở bảng kê."
        told = finding("NH84", message, fix, CellRef(received.file), unit.code)
        yield replace(told, against=tuple(FieldRef(item.code, "") for item in profile.asked(unit)))


def told_less(returns: Sequence[Return], profile: Profile, period: Period) -> Iterator[Finding]:
    """Say which units give less than what was handed over to them: it may be left out of their figures."""
    handed = {r.unit: r for r in returns if r.status is ReturnStatus.HANDED_OVER}

    def told(o: Observation, theirs: Counter[tuple[str, str]]) -> str:
        item = profile.plan.item(o.item)
        label = f"“{item.label}” ({first_letter_small(field_label(item, o.field) or o.field)})"
        return f"{label} {format_count(whole(o) or 0)} < {format_count(theirs[o.item, o.field])}"

    for unit in profile.units(period) if handed else ():
        bodies = [(body, day) for body, day in profile.taken_over(unit, period) if body.code in handed]
        theirs = Counter[tuple[str, str]]()
        for body, _ in bodies:
            for one in handed[body.code].observations:
                theirs[one.item, one.field] += 0 if one.part else whole(one) or 0
        own = (r for r in returns if r.unit == unit.code and r.status is ReturnStatus.EFFECTIVE)
        answers = (o for r in own for o in r.observations if not o.part)
        less = [o for o in answers if (n := whole(o)) is not None and n < theirs[o.item, o.field]]
        if less:
            names, first, n_more = _named(bodies), less[0], len(less) - _MOST_NAMED
            figures = "; ".join(told(o, theirs) for o in less[:_MOST_NAMED])
            figures += f"; … và {n_more} con số khác" if n_more > 0 else ""
            message = f"nhỏ hơn số liệu bàn giao của {names}: {figures}"
            fix = f"Đề nghị cộng cả số liệu của {names}; đã gồm cả thì xác nhận ở bảng kê."
            at = first.at or CellRef("")
            said = finding("NH85", message, fix, at, first.unit, first.item, first.field, first.raw)
            yield replace(said, against=tuple(FieldRef(o.item, o.field) for o in less[1:]))


def _named(bodies: Sequence[tuple[Unit, date]]) -> str:
    return join_names(f"{body.short_name} (đến hết ngày {format_date(day)})" for body, day in bodies)
