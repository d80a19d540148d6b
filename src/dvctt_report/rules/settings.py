"""What the province's plan sets otherwise than the rules come with, for print."""

from __future__ import annotations

from typing import Any

from dvctt_report.plan.model import Profile
from dvctt_report.plan.rule_settings import DEFAULTS, limit_of, severity_of
from dvctt_report.rules import RESULT_RULES, RULES
from dvctt_report.rules.document import SEVERITY_WORDS, format_limit
from dvctt_report.rules.rule import Rule


def changed_settings(profile: Profile) -> tuple[str, ...]:
    """Return a line for each rule whose severity or limit is not the default, in the order of the codes.

    "NT03 (Tổng số thay đổi nhiều so với năm trước): ngưỡng 20% thay cho 10%; mức “thông tin” thay cho …".
    """
    rules: tuple[Rule[Any], ...] = (*RULES, *RESULT_RULES)
    lines = []
    for rule in sorted(rules, key=lambda rule: rule.code):
        changes = "; ".join(_changes(profile, rule.code))
        if changes:
            lines.append(f"{rule.code} ({rule.title}): {changes}")
    return tuple(lines)


def _changes(profile: Profile, code: str) -> list[str]:
    default, limit = DEFAULTS[code], limit_of(profile.plan, code)
    severity = severity_of(profile.plan, code)
    changes = []
    if limit != default.value:
        changes.append(
            f"ngưỡng {format_limit(limit, default.unit)} thay cho {format_limit(default.value, default.unit)}"
        )
    if severity is not default.severity:
        changes.append(f"mức “{SEVERITY_WORDS[severity]}” thay cho “{SEVERITY_WORDS[default.severity]}”")
    return changes
