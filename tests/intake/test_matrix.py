"""Every failure mode of the catalogue done to a really filled return, and what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import pytest

from dvctt_report.intake.collect import read_return
from dvctt_report.model import Return
from dvctt_report.model.period import Period
from tests.forms.fill import real
from tests.intake import modes_of_layout, modes_of_values
from tests.intake.matrix import ABSENT, ANSWERS, FILE, YEAR, Outcome, Row, outcome, said, untouched
from tests.intake.modes_of_files import CONTAINERS
from tests.intake.modes_of_texts import NO_FILE, PROCESS, TEXTS
from tests.intake.returns import read_all

ROWS = (*CONTAINERS, *modes_of_layout.ROWS, *modes_of_values.ROWS, *TEXTS, *PROCESS)


def folder(n: int) -> str:
    return f"nhan-ve/{YEAR}/{n:03}/"


@cache
def received() -> Mapping[int, list[Return]]:
    """What is read from all that arrives, in one run, by the number of its row."""
    tasks = [
        (folder(n) + name, data)
        for n, row in enumerate(ROWS)
        if not row.needs
        for name, data in row.files(row.arrives).items()
    ]
    returns: dict[int, list[Return]] = {n: [] for n in range(len(ROWS))}
    for one in read_all(tasks, real(), Period(YEAR), n_workers=1):
        returns[int(one.file.split("/")[2])].append(one)
    return returns


MADE_HERE = {f"{row.mode} {row.done}": n for n, row in enumerate(ROWS) if not row.needs}


@pytest.mark.parametrize("n", MADE_HERE.values(), ids=MADE_HERE)
def test_each_failure_mode_has_its_outcome_and_nothing_else_changes(n: int) -> None:
    holds(ROWS[n], outcome(ROWS[n], received()[n], folder(n)))


@pytest.mark.requires("soffice")
def test_what_libreoffice_saves_has_its_outcome_and_nothing_else_changes(as_xls: bytes) -> None:
    (row,) = (row for row in ROWS if row.needs)
    found = read_return(row.file, as_xls, real(), Period(YEAR))

    holds(row, outcome(row, [found], ""))


def holds(row: Row, found: Outcome) -> None:
    """Check findings, statuses and every single answer."""
    assert list(found.told) == sorted(row.told)
    assert found.statuses == ({row.file: row.status} if isinstance(row.status, str) else row.status)
    counts = any("effective" in status for status in found.statuses.values())
    assert found.said == (expected(row) if counts else {})


def expected(row: Row) -> dict[str, object]:
    """What was filled in, but for what the row says."""
    changed = {**said(untouched(), row.computed), **row.reads}
    return {name: value for name, value in changed.items() if value != ABSENT}


def test_every_mode_of_the_catalogue_is_done_to_a_file_or_said_why_not() -> None:
    held = {row.mode for row in ROWS}

    assert sorted(held | NO_FILE.keys()) == [*range(1, 100)]
    assert held.isdisjoint(NO_FILE)


def test_the_return_as_it_was_filled_in_has_no_finding() -> None:
    """What every row is compared with says what was typed, and nothing else."""
    found = outcome(ROWS[0], [untouched()], "")
    typed = {name: True if answer == "x" else answer for name, answer in ANSWERS.items()}

    assert (found.told, found.statuses) == ((), {FILE: "effective"})
    assert {name: found.said[name] for name in typed} == typed
    others = {name: read for name, read in found.said.items() if name not in typed}
    numbers = {name: read for name, read in others.items() if isinstance(read, int)}
    assert numbers == {"T10.total": 80, "T12.total": 50, "T12.done": 48}
