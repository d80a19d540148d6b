"""How strict the rules are: one table of defaults, and what a province may set otherwise in ``plan.toml``.

::

    [rules.NT03]
    at_most = 20          # the limit, in the unit that DEFAULTS says
    severity = "info"
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from dvctt_report.model import Severity
from dvctt_report.plan.model import Plan, RuleSetting


@dataclass(frozen=True, slots=True)
class RuleDefault:
    """A rule as it comes: its severity, and its one limit where it has one.

    ``limit`` is the name of the limit in the TOML file, "" for none; ``unit`` what it counts.
    """

    severity: Severity
    limit: Literal["", "at_least", "at_most"] = ""
    value: int = 0
    unit: str = ""


_ERROR = RuleDefault(Severity.ERROR)
_WARNING = RuleDefault(Severity.WARNING)
_INFO = RuleDefault(Severity.INFO)

DEFAULTS: Mapping[str, RuleDefault] = {
    "BC01": _WARNING,
    "BC02": _WARNING,
    "DC10": _WARNING,
    "DV01": _ERROR,
    "DV02": _WARNING,
    "DV03": RuleDefault(Severity.WARNING, "at_least", 6, "con số"),
    "DV04": _WARNING,
    "HL01": RuleDefault(Severity.WARNING, "at_least", 4, "nội dung"),
    "HL02": RuleDefault(Severity.INFO, "at_least", 30, "phiếu"),
    "HS01": _ERROR,
    "HS02": _ERROR,
    "HS03": _ERROR,
    "HS04": _ERROR,
    "KP01": _WARNING,
    "KP02": _WARNING,
    "KP03": RuleDefault(Severity.ERROR, "at_least", 100_000, "đồng"),
    "MK01": _WARNING,
    "MK02": _WARNING,
    "MT01": _INFO,
    "MT02": RuleDefault(Severity.WARNING, "at_least", 30, "phiếu"),
    "NT01": RuleDefault(Severity.WARNING, "at_least", 6, "con số"),
    "NT02": RuleDefault(Severity.WARNING, "at_most", 50, "%"),
    "NT03": RuleDefault(Severity.WARNING, "at_most", 10, "%"),
    "NT04": RuleDefault(Severity.WARNING, "at_most", 500, "lần"),
    "PK01": _ERROR,
    "PK02": _WARNING,
    "QH01": _WARNING,
    "QH02": _ERROR,
    "QH03": _WARNING,
    "QH04": _WARNING,
    "QH05": _WARNING,
    "SL01": _ERROR,
    "SL02": _ERROR,
    "SL03": _ERROR,
    "SL04": _ERROR,
    "SL05": _WARNING,
    "SL06": _WARNING,
    "SL07": _WARNING,
    "SL08": _WARNING,
    "SL09": _WARNING,
    "TH01": _INFO,
    "TH02": _INFO,
    "TH03": _WARNING,
    "TH04": _WARNING,
    "TH05": RuleDefault(Severity.INFO, "at_most", 7, "ngày"),
    "VB01": _WARNING,
    "VB02": _WARNING,
}
"""Every rule that ``validate`` has; a code is never used again for another meaning."""


def severity_of(plan: Plan, code: str) -> Severity:
    """Return how severe the findings of rule ``code`` are in this province."""
    setting = plan.rules.get(code)
    return Severity(setting.severity) if setting and setting.severity else DEFAULTS[code].severity


def limit_of(plan: Plan, code: str) -> int:
    """Return the limit of rule ``code`` in this province, in the unit of its default."""
    default = DEFAULTS[code]
    own = _own_limit(plan.rules.get(code, RuleSetting()), default)
    return default.value if own is None else own


def _own_limit(setting: RuleSetting, default: RuleDefault) -> int | None:
    return setting.at_most if default.limit == "at_most" else setting.at_least


def check_rule_settings(plan: Plan) -> Iterator[tuple[str, str]]:
    """Yield (TOML path, what is wrong): rules and limits that there aren't, errors that are called less."""
    for code, setting in plan.rules.items():
        where = f"plan.toml: rules.{code}"
        default = DEFAULTS.get(code)
        if default is None:
            yield where, "không có quy tắc mang mã này (xem docs/rules.md)"
            continue
        for name in ("at_most", "at_least"):
            if getattr(setting, name) is not None and name != default.limit:
                meant = f"; ngưỡng của quy tắc này là {default.limit}" if default.limit else ""
                yield f"{where}.{name}", f"quy tắc này không có ngưỡng “{name}”{meant}"
        if default.severity is Severity.ERROR and setting.severity not in (None, "error"):
            yield (
                f"{where}.severity",
                "lỗi này chặn số sai vào tổng hợp nên không hạ mức được; chấp nhận từng trường hợp có lý do",
            )
