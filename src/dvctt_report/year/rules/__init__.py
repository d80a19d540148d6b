"""What makes a figure unusable or worth a question: one small function a rule, in the registry's order.

What was found in a unit by itself is kept until anything changes that it follows from: it is looked up by the
content of all that its rules were shown, and where one byte of that differs, it is found anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from itertools import chain
from pathlib import Path
from types import ModuleType
from typing import Any

from dvctt_report.intake.cache import keep, look_up, plain_of, reading_key, value_of
from dvctt_report.model import Finding, Result, Return
from dvctt_report.model.answer_columns import KeptObservations
from dvctt_report.model.codes import RULES_BY_CODE
from dvctt_report.text.grouping import by_key
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.rules import (
    arithmetic,
    between_units,
    between_years,
    claims,
    completeness,
    outcomes,
    plausibility,
    relations,
    returns,
)
from dvctt_report.year.rules.rule import Judged, Rule, format_finding

_OF_RETURNS = (
    *(arithmetic, between_units, between_years, claims, completeness),
    *(plausibility, relations, returns),
)


def _rules_of(*modules: ModuleType) -> tuple[Rule[Any], ...]:
    """The rules of these modules, in the order of the registry of codes."""
    there = {one.code: one for module in modules for one in vars(module).values() if isinstance(one, Rule)}
    return tuple(there[code] for code in RULES_BY_CODE if code in there)


RULES: tuple[Rule[Dataset], ...] = _rules_of(*_OF_RETURNS)
RESULT_RULES: tuple[Rule[Judged], ...] = _rules_of(outcomes)
_OF_ONE = tuple(rule for rule in RULES if rule.about.scope == "unit" and not rule.about.by_day)
"""The rules of which a unit's findings hold as long as nothing of the unit itself changes."""
_Found = tuple[Finding, ...]
"""What was found in one unit, in the order of the rules."""
_WHOLE = ("utf-8", "surrogatepass")


def check(dataset: Dataset, kept: Path | None = None) -> tuple[Finding, ...]:
    """Return what the rules find in the returns of a year, rule by rule, units in roster order.

    ``kept``: the file in which findings are kept of units that have not changed; None where there is none.
    What the rules that look at one unit alone find is looked up there, else found anew.
    """
    period, keys = dataset.period, keys_of(dataset) if kept is not None else {}
    by_unit: dict[str, Iterable[Finding]] = {}
    known = look_up(kept, "finding", period, keys) if kept is not None else {}
    for name, [(head, _)] in known.items():
        with suppress(ValueError, TypeError, KeyError):  # one that is damaged is found anew
            by_unit[name] = value_of(_Found, head)
    fresh: dict[str, list[Finding]] = {unit.code: [] for unit in dataset.units if unit.code not in by_unit}
    apart = dataset.of_units(fresh.keys())
    for rule in _OF_ONE if fresh else ():
        for finding in rule.findings(apart):
            fresh[finding.unit].append(finding)
    if kept is not None:
        made = {unit: [(json.dumps(plain_of(_Found, tuple(told))), b"")] for unit, told in fresh.items()}
        keep(kept, "finding", period, keys, made)
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


def keys_of(dataset: Dataset) -> dict[str, str]:
    """Name all that the rules which look at one unit alone are shown of each: what ``of_units`` gives.

    That is the program and the plan, what was reported before, the unit's files as they were read, settled
    and corrected, and what the system in charge holds of it.
    """
    before = f"{dataset.last_year!r}\n{dataset.earlier_part!r}"
    shared = f"{reading_key(dataset.profile, dataset.period)}\n{before}"
    digests = {}
    for received in dataset.returns:  # what was read, what became of it, what the officer put into it
        facts = {name: getattr(received, name) for name in Return.__slots__ if name != "observations"}
        given = received.observations
        answers = given.packed if isinstance(given, KeptObservations) else f"{given!r}".encode(*_WHOLE)
        digests[id(received)] = sha256(f"{facts!r}\n".encode(*_WHOLE) + answers).hexdigest()
    keys = {}
    for unit in dataset.units:
        of_files = [digests[id(one)] for one in dataset.about.get(unit.code, ())]
        controls = tuple(c for c in dataset.controls if c.unit in ("", unit.code))
        said = f"{shared}\n{unit.code}\n{of_files}\n{controls!r}"
        keys[unit.code] = sha256(said.encode(*_WHOLE)).hexdigest()
    return keys


def unchecked_rules(dataset: Dataset) -> tuple[tuple[str, str, str], ...]:
    """Code, title and reason of each rule that had nothing to compare with, so that it said nothing."""
    lacking = {
        "last_year": "chưa có báo cáo năm trước để so",
        "controls": "chưa có số đối chiếu (so-doi-chieu.xlsx)",
    }
    there = {"last_year": dataset.last_year is not None, "controls": bool(dataset.controls)}
    return tuple(
        (about.code, about.title, lacking[about.needs])
        for about in RULES_BY_CODE.values()
        if about.needs and not there[about.needs]
    )


__all__ = ["RESULT_RULES", "RULES", "Rule", "check", "check_results", "format_finding", "unchecked_rules"]
