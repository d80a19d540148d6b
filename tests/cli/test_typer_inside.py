"""What the Vietnamese door uses of Typer's inside is there.

Typer is bounded in ``pyproject.toml`` for it. Where an import fails once the bound is raised, look for what
took its place, mend ``cli/typer_inside.py``, and run ``tests/cli/test_door.py``: it shows every help page and
usage error that may have become English. Where nothing did, leave the bound until there is one.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from dvctt_report.cli import typer_inside

PACKAGE = Path(typer_inside.__file__).parents[1]


def test_every_part_of_typer_that_is_used_is_there_in_a_version_that_was_seen() -> None:
    assert [name for name in typer_inside.__all__ if not hasattr(typer_inside, name)] == []
    said = tomllib.loads((PACKAGE.parents[1] / "pyproject.toml").read_text(encoding="utf-8"))
    assert [one for one in said["project"]["dependencies"] if re.fullmatch(r"typer>=[\d.]+,<[\d.]+", one)]


def test_nothing_else_reaches_into_typer() -> None:
    private = re.compile(r"^\s*(from|import) (typer\._|typer\.core|click)", re.MULTILINE)
    found = {p.name for p in PACKAGE.rglob("*.py") if private.search(p.read_text(encoding="utf-8"))}
    assert found == {"typer_inside.py"}
