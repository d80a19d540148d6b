"""What makes a figure unusable or worth a question: one small function a rule, in the registry's order."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from dvctt_report.codes import RULE_CODES
from dvctt_report.dataset import Dataset
from dvctt_report.model import Finding, Result
from dvctt_report.rules import (
    arithmetic,
    between_units,
    between_years,
    claims,
    completeness,
    controls,
    evidence,
    funding,
    outcomes,
    plausibility,
    relations,
    returns,
    shifted,
    texts,
)
from dvctt_report.rules.message import format_finding
from dvctt_report.rules.rule import Judged, Rule

_OF_RETURNS = (
    arithmetic,
    between_units,
    between_years,
    claims,
    completeness,
    controls,
    evidence,
    funding,
    plausibility,
    relations,
    returns,
    shifted,
    texts,
)


def _rules_of(*modules: ModuleType) -> tuple[Rule[Any], ...]:
    """The rules of these modules, in the order of the registry of codes."""
    there = {one.code: one for module in modules for one in vars(module).values() if isinstance(one, Rule)}
    return tuple(there[about.code] for about in RULE_CODES if about.code in there)


RULES: tuple[Rule[Dataset], ...] = _rules_of(*_OF_RETURNS)
RESULT_RULES: tuple[Rule[Judged], ...] = _rules_of(outcomes)


def check(dataset: Dataset) -> tuple[Finding, ...]:
    """Return what the rules find in the returns of a year, rule by rule, units in roster order."""
    return tuple(finding for rule in RULES for finding in rule.findings(dataset))


def check_results(dataset: Dataset, results: tuple[Result, ...]) -> tuple[Finding, ...]:
    """Return what the rules have to say about the results that ``dataset`` gave."""
    judged = Judged(dataset, results)
    return tuple(finding for rule in RESULT_RULES for finding in rule.findings(judged))


__all__ = ["RESULT_RULES", "RULES", "Rule", "check", "check_results", "format_finding"]
