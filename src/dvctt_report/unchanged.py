"""What the answers about a period are made of, under one name: they hold as long as it is the same."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from dvctt_report import __version__
from dvctt_report.errors import CannotRun
from dvctt_report.files import replace_file
from dvctt_report.intake.cache import may_be_read_again
from dvctt_report.limits import MAX_MANIFEST
from dvctt_report.loader import OpenYear
from dvctt_report.manifests import parse_json
from dvctt_report.opening import read_file, read_text
from dvctt_report.period import Period, PeriodPart
from dvctt_report.published.record import published_manifest
from dvctt_report.workspace import Workspace


def made_of(year: OpenYear) -> str:
    """Name program, register, plan, roster, settings, phrases, tracking book, years before, the day.

    To be asked before they are read, so that what comes in between makes another name. "" where one of them
    can't be read now: what is made of that is nothing to keep.
    """
    workspace, day = year.workspace, year.as_of.date()
    files = files_behind(workspace)
    if not files:
        return ""
    plan, settings = year.profile.told, workspace.settings.model_dump_json()
    said = f"{_program()}\n{plan}\n{files}\n{year.period}\n{day}\n{settings}\n{year.known!r}"
    return sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def files_behind(workspace: Workspace) -> str:
    """Name what is read beside register, plan and settings, by content; "" where one can't be read now."""
    digest = sha256()
    try:
        for path in _files_behind(workspace):
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
    found = _kept(_place(year.workspace), name) if name else None
    return keep_answer(year, name, make(year)) if found is None else found


def keep_answer(year: OpenYear, name: str, answer: dict[str, Any]) -> dict[str, Any]:
    """Keep ``answer`` under ``name`` where that names all it is made of, and return it."""
    if name and is_lasting(year):
        content = json.dumps({"made_of": name, "answer": answer}, ensure_ascii=False)
        with suppress(OSError):  # also where nothing was received yet: there is no folder for it
            replace_file(_place(year.workspace), content.encode("utf-8", "surrogatepass"))
    return answer


def _place(workspace: Workspace) -> Path:
    return workspace.readings.with_name(f"tinh-trang-{workspace.period}.json")


def _kept(path: Path, name: str) -> dict[str, Any] | None:
    """What was kept under just that name; None for nothing, or where it can't be read."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        kept = parse_json(read_text(path, MAX_MANIFEST))
        if kept["made_of"] == name and isinstance(kept["answer"], dict):
            return dict(kept["answer"])
    return None


def _files_behind(workspace: Workspace) -> Iterator[Path]:
    """The files that are read beside the register, plan and settings."""
    yield workspace.profile_folder / "phrases.toml"
    yield workspace.book
    period = workspace.period
    halves = () if period.part else (Period(period.year, PeriodPart.HALF),)
    for before in (period.year_before, *halves):
        yield published_manifest(workspace, before) or workspace.manifest_of(before)


@cache
def _program() -> str:
    """Name the program: every source of it, and every library that is there."""
    package = Path(__file__).parent
    sources = sorted(_stamps(package))
    return f"{__version__}\n{sources}\n{_libraries()}"


def _libraries() -> list[str]:
    """Name and version of what is installed, as its folder is called: to read what each says takes longer."""
    return sorted(path.name for folder in sys.path for path in Path(folder).glob("*.dist-info"))


def _stamps(folder: Path | os.DirEntry[str]) -> Iterator[tuple[str, int, int]]:
    """Path, size and time of each source below ``folder``: to read them all would take longer."""
    for entry in os.scandir(folder):
        if entry.is_dir():
            yield from _stamps(entry)
        elif entry.name.endswith(".py"):
            found = entry.stat()
            yield entry.path, found.st_size, found.st_mtime_ns
