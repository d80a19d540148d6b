"""What the Vietnamese door uses of Typer's inside is there.

Typer is bounded in ``pyproject.toml`` for it. Where an import fails once the bound is raised, look for what
took its place, mend ``cli/typer_inside.py``, and run ``tests/cli/test_door.py``: it shows every help page and
usage error that may have become English. Where nothing did, leave the bound until there is one.
"""

from __future__ import annotations

import re
import tomllib
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer
from typer.main import get_command

import dvctt_report.cli
from dvctt_report.cli.typer_inside import TyperArgument, TyperOption

PACKAGE = Path(dvctt_report.cli.__file__).parent


def test_every_part_of_typer_that_is_used_is_there() -> None:
    inside = import_module("dvctt_report.cli.typer_inside")
    assert [name for name in inside.__all__ if not hasattr(inside, name)] == []


OF_OPTIONS = "help hidden is_flag max metavar min opts required show_default type_descriptor"


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
    assert (year.opts, year.min, year.default, year.type_descriptor.annotation) == (
        ["--year"],
        2020,
        2025,
        int,
    )


def test_no_version_is_taken_whose_inside_was_not_seen() -> None:
    said = tomllib.loads((PACKAGE.parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    assert [one for one in said["project"]["dependencies"] if re.fullmatch(r"typer>=[\d.]+,<[\d.]+", one)]


def test_nothing_else_reaches_into_typer() -> None:
    private = re.compile(r"^\s*(from|import) (typer\._|typer\.core|click)", re.MULTILINE)
    found = {p.name for p in PACKAGE.parent.rglob("*.py") if private.search(p.read_text(encoding="utf-8"))}
    assert found == {"typer_inside.py"}
