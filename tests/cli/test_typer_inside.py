"""What the Vietnamese door uses of Typer's inside is there.

Typer is bounded in ``pyproject.toml`` for it. Where an import fails once the bound is raised, look for what
took its place, mend ``cli/typer_inside.py``, and run ``tests/cli/test_door.py``: it shows every help page and
usage error that may have become English. Where nothing did, leave the bound until there is one.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Annotated

import typer
from typer.main import get_command

from dvctt_report.cli import typer_inside
from dvctt_report.cli.typer_inside import TyperArgument, TyperOption

PACKAGE = Path(typer_inside.__file__).parents[1]
OF_OPTIONS = "help hidden is_flag max metavar min opts required show_default type_descriptor"


def test_every_part_of_typer_that_is_used_is_there_in_a_version_that_was_seen() -> None:
    assert [name for name in typer_inside.__all__ if not hasattr(typer_inside, name)] == []
    said = tomllib.loads((PACKAGE.parents[1] / "pyproject.toml").read_text(encoding="utf-8"))
    assert [one for one in said["project"]["dependencies"] if re.fullmatch(r"typer>=[\d.]+,<[\d.]+", one)]


def test_options_and_arguments_tell_what_help_pages_say_of_them() -> None:
    app = typer.Typer()

    @app.command()
    def start(name: str, year: Annotated[int, typer.Option("--year", min=2020)] = 2025) -> None:
        pass

    parameters = {parameter.name: parameter for parameter in get_command(app).params}
    year = parameters["year"]
    assert isinstance(parameters["name"], TyperArgument)
    assert isinstance(year, TyperOption)
    assert [name for name in OF_OPTIONS.split() if not hasattr(year, name)] == []
    said = (year.opts, year.min, year.default, year.type_descriptor.annotation)
    assert said == (["--year"], 2020, 2025, int)


def test_nothing_else_reaches_into_typer() -> None:
    private = re.compile(r"^\s*(from|import) (typer\._|typer\.core|click)", re.MULTILINE)
    found = {p.name for p in PACKAGE.rglob("*.py") if private.search(p.read_text(encoding="utf-8"))}
    assert found == {"typer_inside.py"}
