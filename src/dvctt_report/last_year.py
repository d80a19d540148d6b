"""Last year's figures, as the manifest beside last year's report holds them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from dvctt_report.errors import CannotRun
from dvctt_report.model import Tally, Verdict
from dvctt_report.period import Period
from dvctt_report.plan.model import Profile, Unit

Key = tuple[str, str, str]
"""Unit, item, field."""


@dataclass(frozen=True, slots=True)
class LastResult:
    """A target as it was reported: its counts, its verdict, and how many of the units asked had answered.

    ``at_least`` is the threshold of that year. ``by_control``: the counts were those of the system in charge.
    """

    tally: Tally
    verdict: Verdict
    reported: int
    expected: int
    at_least: int
    by_control: bool = False


@dataclass(frozen=True, slots=True)
class LastYear:
    """``results`` by target code; ``figures`` the whole numbers that units gave, whether used or not."""

    period: Period
    results: Mapping[str, LastResult] = field(default_factory=dict)
    figures: Mapping[Key, int] = field(default_factory=dict)

    def figure(self, unit: str, item: str, name: str) -> int | None:
        """The number that ``unit`` gave; None where it gave none."""
        return self.figures.get((unit, item, name))


def read_last_year(path: Path, period: Period) -> LastYear | None:
    """Read the manifest of the report of ``year``; None where there is no such file.

    Raises CannotRun where the file can't be read as a manifest, or is one of another year.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError):
        raise _unusable(path, "không đọc được") from None
    try:
        return parse_last_year(text, period)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise _unusable(path, f"không phải bảng nguồn số liệu của báo cáo {period.words}") from None


def parse_last_year(text: str, period: Period) -> LastYear:
    """Return what a manifest says. Raises ValueError, KeyError or TypeError where it is none of ``year``."""
    manifest = json.loads(text)
    if Period.of_manifest(manifest) != period:
        raise ValueError(f"a manifest of {Period.of_manifest(manifest)}, not of {period}")
    cells = [(i["code"], cell) for i in manifest["indicators"] for cell in i["cells"]]
    cells += [(cell["item"], cell) for f in manifest["figures"] for cell in f["cells"]]
    return LastYear(
        period=period,
        results={indicator["code"]: _result(indicator) for indicator in manifest["indicators"]},
        figures={
            (cell["unit"], item, cell["field"]): cell["value"]
            for item, cell in reversed(cells)
            if isinstance(cell["value"], int) and not isinstance(cell["value"], bool)
        },
    )


def same_geography(profile: Profile, period: Period) -> bool:
    """Whether the areas that report in ``year`` are those of the year before.

    Areas are the units that have communes or an area code; where one of them came, went or changed its
    communes between the two rosters, the province's totals can't be compared, nor what was moved about.
    """
    now, before = (_areas(profile, profile.plan.roster_date(y)) for y in (period, period.year_before))
    return now == before


def same_body(profile: Profile, period: Period, unit: Unit) -> bool:
    """Whether ``unit`` reported in the year before as well, as the same body."""
    return unit.alive(profile.plan.roster_date(period.year_before)) and unit.alive(
        profile.plan.roster_date(period)
    )


def _areas(profile: Profile, day: date) -> dict[str, tuple[str, tuple[str, ...]]]:
    return {u.code: (u.area_code, u.parts) for u in profile.roster.on(day) if u.area_code or u.parts}


def _result(indicator: dict[str, Any]) -> LastResult:
    return LastResult(
        tally=Tally(indicator["numerator"], indicator["denominator"]),
        verdict=Verdict(indicator["verdict"]),
        reported=indicator["coverage"]["reported"],
        expected=indicator["coverage"]["expected"],
        at_least=indicator["at_least"],
        by_control=bool(indicator.get("control") and indicator["control"]["printed"]),
    )


def _unusable(path: Path, why: str) -> CannotRun:
    return CannotRun(
        f"Tệp {path} {why}.",
        "Chép lại tệp .json đã lưu cùng báo cáo năm trước, hoặc chuyển tệp này đi nơi khác để không so sánh.",
    )
