"""What the province's plan sets otherwise than the rules come with, for print."""

from __future__ import annotations

from collections.abc import Iterator

from dvctt_report.codes import RULES_BY_CODE, Code
from dvctt_report.dataset import Dataset
from dvctt_report.plan.model import Profile
from dvctt_report.plan.rule_settings import group_of, limit_of, severity_of
from dvctt_report.rules.document import SEVERITY_WORDS, format_limit


def changed_settings(profile: Profile) -> tuple[str, ...]:
    """Return a line for each rule whose severity or limit is not the default, in the order of the codes.

    "NT03 (Tổng số thay đổi nhiều so với năm trước): ngưỡng 20% thay cho 10%; mức “thông tin” thay cho …".
    """
    lines = []
    for _, about in sorted(RULES_BY_CODE.items()):
        if changes := "; ".join(_changes(profile, about)):
            lines.append(f"{about.code} ({about.title}): {changes}")
    return tuple(lines)


def unchecked_rules(dataset: Dataset) -> tuple[tuple[str, str, str], ...]:
    """Code, title and reason of each rule that had nothing to compare with, so that it said nothing."""
    there = {"last_year": dataset.last_year is not None, "controls": bool(dataset.controls)}
    return tuple(
        (about.code, about.title, _LACKING[about.needs])
        for about in RULES_BY_CODE.values()
        if about.needs and not there[about.needs]
    )


_LACKING = {
    "last_year": "chưa có báo cáo năm trước để so",
    "controls": "chưa có số đối chiếu (so-doi-chieu.xlsx)",
}


def _changes(profile: Profile, about: Code) -> Iterator[str]:
    for name, limit, of in (("ngưỡng", about.limit, limit_of), ("nhóm từ", about.group, group_of)):
        if limit is not None and (n := of(profile.plan, about.code)) != limit.value:
            own, default = format_limit(n, limit.unit), format_limit(limit.value, limit.unit)
            yield f"{name} {own} thay cho {default}"
    severity = severity_of(profile.plan, about.code)
    if severity is not about.severity:
        yield f"mức “{SEVERITY_WORDS[severity]}” thay cho “{SEVERITY_WORDS[about.severity]}”"
