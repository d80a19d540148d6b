"""What the answers about a period are made of, under one name: they hold as long as it is the same."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from typing import Any

from dvctt_report.intake.cache import keep, look_up, may_be_read_again, program
from dvctt_report.plan.folders import PHRASES, base_folder
from dvctt_report.store.published.record import published_manifest
from dvctt_report.store.workspace import Workspace
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.opening import read_file
from dvctt_report.year.loader import OpenYear

_STATES, _REPORT = "states", "report"
"""What is kept of a period: how its units stand, and which report tells its figures as they are."""


def made_of(year: OpenYear) -> str:
    """Name program, register, plan, roster, settings, phrases, tracking book, years before, the day.

    To be asked before they are read, so that what comes in between makes another name. "" where one of them
    can't be read now: what is made of that is nothing to keep.
    """
    workspace, day = year.workspace, year.as_of.date()
    files = files_behind(workspace)
    if not files:
        return ""
    plan, settings = year.profile.as_json, workspace.settings.model_dump_json()
    said = f"{program()}\n{plan}\n{files}\n{year.period}\n{day}\n{settings}\n{year.known!r}"
    return sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def files_behind(workspace: Workspace) -> str:
    """Name what is read beside register, plan and settings, by content; "" where one can't be read now."""
    paths = [base_folder() / PHRASES, workspace.profile_folder / PHRASES, workspace.book]
    period, digest = workspace.period, sha256()
    try:
        for before in (period.year_before, *period.before_in_year):
            paths.append(published_manifest(workspace, before) or workspace.manifest_of(before))
        for path in paths:
            digest.update(sha256(read_file(path) if path.exists() else b"").digest())
    except (OSError, CannotRun):
        return ""
    return digest.hexdigest()


def is_lasting(year: OpenYear) -> bool:
    """Whether every file was read, and none kept from it by the machine or the program."""
    return not may_be_read_again(year.collected.returns)


def answered_once(year: OpenYear, make: Callable[[OpenYear], dict[str, Any]]) -> dict[str, Any]:
    """What ``make`` answers, by what was kept of it where nothing that it follows from has changed."""
    name = made_of(year)
    kept = look_up(year.workspace.readings, _STATES, year.period, {_STATES: name}) if name else {}
    with suppress(ValueError, KeyError):
        ((head, _),) = kept[_STATES]
        return dict(json.loads(head))
    return keep_answer(year, name, make(year))


def keep_answer(year: OpenYear, name: str, answer: dict[str, Any]) -> dict[str, Any]:
    """Keep ``answer`` under ``name`` where that names all it is made of, and return it."""
    if name and is_lasting(year):
        made = {_STATES: [(json.dumps(answer), b"")]}
        keep(year.workspace.readings, _STATES, year.period, {_STATES: name}, made)
    return answer


def keep_report(year: OpenYear, manifest: str) -> None:
    """Keep that the report of that manifest tells the year's figures as they are."""
    if (name := made_of(year)) and is_lasting(year):
        keep(year.workspace.readings, _REPORT, year.period, {_REPORT: name}, {_REPORT: [(manifest, b"")]})


def report_of(year: OpenYear) -> str:
    """The manifest's id of the report that tells the year's figures as they are; "" for none."""
    name = made_of(year)
    kept = look_up(year.workspace.readings, _REPORT, year.period, {_REPORT: name}) if name else {}
    return next((head for head, _ in kept.get(_REPORT, ())), "")
