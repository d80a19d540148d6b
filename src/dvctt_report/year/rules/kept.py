"""What was found in each unit by itself, kept until anything changes that it follows from.

A unit's findings are looked up by the content of all that its rules were shown: where one byte of that
differs, they are found anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TypeAlias

from dvctt_report.intake.cache import keep, look_up, plain_of, reading_key, value_of
from dvctt_report.model import Finding, Return
from dvctt_report.model.answer_columns import KeptObservations
from dvctt_report.model.codes import RULES_BY_CODE
from dvctt_report.model.period import Period
from dvctt_report.year.dataset import Dataset

Found: TypeAlias = tuple[Finding, ...]
"""What was found in one unit, in the order of the rules."""


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
        of_files = [digests[id(one)] for one in dataset.about(unit.code)]
        said = f"{shared}\n{unit.code}\n{of_files}\n{dataset.controls_of(unit.code)!r}"
        keys[unit.code] = sha256(said.encode(*_WHOLE)).hexdigest()
    return keys


_WHOLE = ("utf-8", "surrogatepass")


def read_found(path: Path, period: Period, keys: Mapping[str, str]) -> dict[str, Found]:
    """Return what was found in the units that are still what ``keys`` names; damaged entries are left out."""
    found: dict[str, Found] = {}
    for unit, [(head, _)] in look_up(path, "finding", period, keys).items():
        with suppress(ValueError, TypeError, KeyError):
            found[unit] = value_of(Found, head)
    return found


def keep_found(
    path: Path, period: Period, keys: Mapping[str, str], found: Mapping[str, Iterable[Finding]]
) -> None:
    """Keep what was found in each unit. Where it can't be written nothing is."""
    made = {unit: [(json.dumps(plain_of(Found, tuple(told))), b"")] for unit, told in found.items()}
    keep(path, "finding", period, keys, made)


# ----------------------------------------------------- The rules that had nothing to compare with, for print


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
