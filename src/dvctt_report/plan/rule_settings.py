"""How strict the rules are: as the registry of codes says, or as a province sets in ``plan.toml``.

::

    [rules.NT03]
    at_most = 20          # the limit, in the unit that the registry says
    severity = "info"
"""

from __future__ import annotations

from collections.abc import Iterator

from dvctt_report.codes import RULES_BY_CODE
from dvctt_report.model import Severity
from dvctt_report.plan.model import Plan, RuleSetting


def severity_of(plan: Plan, code: str) -> Severity:
    """Return how severe the findings of rule ``code`` are in this province."""
    setting = plan.rules.get(code)
    return Severity(setting.severity) if setting and setting.severity else RULES_BY_CODE[code].severity


def limit_of(plan: Plan, code: str) -> int:
    """Return the limit of rule ``code`` in this province, in the unit that the registry says."""
    limit, setting = RULES_BY_CODE[code].limit, plan.rules.get(code, RuleSetting())
    assert limit is not None, code
    own = setting.at_most if limit.name == "at_most" else setting.at_least
    return limit.value if own is None else own


def group_of(plan: Plan, code: str) -> int:
    """Return how many units of a kind rule ``code`` needs in this province to compare one with them."""
    group, setting = RULES_BY_CODE[code].group, plan.rules.get(code, RuleSetting())
    assert group is not None, code
    return group.value if setting.at_least is None else setting.at_least


def check_rule_settings(plan: Plan) -> Iterator[tuple[str, str]]:
    """Yield (TOML path, what is wrong): rules and limits that there aren't, errors that are called less."""
    for code, setting in plan.rules.items():
        where = f"plan.toml: rules.{code}"
        about = RULES_BY_CODE.get(code)
        if about is None:
            yield where, "không có quy tắc mang mã này (xem docs/rules.md)"
            continue
        limits = [limit.name for limit in (about.limit, about.group) if limit]
        for name in ("at_most", "at_least"):
            if getattr(setting, name) is not None and name not in limits:
                meant = f"; ngưỡng của quy tắc này là {', '.join(limits)}" if limits else ""
                yield f"{where}.{name}", f"quy tắc này không có ngưỡng “{name}”{meant}"
        if about.severity is Severity.ERROR and setting.severity not in (None, "error"):
            yield (
                f"{where}.severity",
                "lỗi này chặn số sai vào tổng hợp nên không hạ mức được; chấp nhận từng trường hợp có lý do",
            )
