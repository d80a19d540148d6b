"""What makes a figure unusable or worth a question: one small function a rule, in the registry's order."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from types import ModuleType
from typing import Any

from dvctt_report.model import Finding, Result
from dvctt_report.model.codes import RULES_BY_CODE
from dvctt_report.text.grouping import by_key
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.rules import (
    arithmetic,
    between_units,
    between_years,
    claims,
    completeness,
    evidence,
    outcomes,
    plausibility,
    relations,
    returns,
    texts,
)
from dvctt_report.year.rules.kept import keep_found, keys_of, read_found
from dvctt_report.year.rules.rule import Judged, Rule, format_finding

_OF_RETURNS = (
    arithmetic,
    between_units,
    between_years,
    claims,
    completeness,
    evidence,
    plausibility,
    relations,
    returns,
    texts,
)


def _rules_of(*modules: ModuleType) -> tuple[Rule[Any], ...]:
    """The rules of these modules, in the order of the registry of codes."""
    there = {one.code: one for module in modules for one in vars(module).values() if isinstance(one, Rule)}
    return tuple(there[code] for code in RULES_BY_CODE if code in there)


RULES: tuple[Rule[Dataset], ...] = _rules_of(*_OF_RETURNS)
RESULT_RULES: tuple[Rule[Judged], ...] = _rules_of(outcomes)


_OF_ONE = tuple(rule for rule in RULES if rule.about.scope == "unit" and not rule.about.by_day)
"""The rules of which a unit's findings hold as long as nothing of the unit itself changes."""


def check(dataset: Dataset, kept: Path | None = None) -> tuple[Finding, ...]:
    """Return what the rules find in the returns of a year, rule by rule, units in roster order.

    ``kept``: the file in which findings are kept of units that have not changed; None where there is none.
    What the rules that look at one unit alone find is looked up there, else found anew.
    """
    period, keys = dataset.period, keys_of(dataset) if kept is not None else {}
    by_unit: dict[str, Iterable[Finding]] = dict(read_found(kept, period, keys)) if kept is not None else {}
    fresh: dict[str, list[Finding]] = {unit.code: [] for unit in dataset.units if unit.code not in by_unit}
    apart = dataset.of_units(fresh.keys())
    for rule in _OF_ONE if fresh else ():
        for finding in rule.findings(apart):
            fresh[finding.unit].append(finding)
    if kept is not None:
        keep_found(kept, period, keys, fresh)
    by_unit |= fresh
    in_order = chain.from_iterable(by_unit[unit.code] for unit in dataset.units)
    of_one = by_key((finding.code, finding) for finding in in_order)
    return tuple(
        finding
        for rule in RULES
        for finding in (of_one.get(rule.code, ()) if rule in _OF_ONE else rule.findings(dataset))
    )


def check_results(dataset: Dataset, results: tuple[Result, ...]) -> tuple[Finding, ...]:
    """Return what the rules have to say about the results that ``dataset`` gave."""
    judged = Judged(dataset, results)
    return tuple(finding for rule in RESULT_RULES for finding in rule.findings(judged))


__all__ = ["RESULT_RULES", "RULES", "Rule", "check", "check_results", "format_finding"]
