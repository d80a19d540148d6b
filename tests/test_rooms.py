"""A room imports only from rooms below; the name of a class means one thing."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import dvctt_report
from tests.syntax import statements

PACKAGE = Path(dvctt_report.__file__).parent

BOUNDS = {
    "text": 1_500,
    "model": 2_000,
    "files": 3_050,
    "word": 8_350,
    "plan": 3_100,
    "forms": 3_900,
    "intake": 6_700,
    "store": 2_400,
    "year": 5_000,
    "report": 8_850,
    "consolidated": 1_400,
    "explain": 2_400,
    "decide": 4_200,
    "papers": 5_100,
    "cli": 6_900,
}
"""The folders of the package, lowest first, and the lines that each may have: a bound is only lowered.

A module imports from its own room and from those before it.
"""
ROOMS = tuple(BOUNDS)


def room(module: str) -> str:
    """The room of a module, named without ``dvctt_report.``."""
    return module.partition(".")[0]


@cache
def modules() -> dict[str, Path]:
    """Every module below src by its name without ``dvctt_report.``; the package itself is ``""``."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imported_names(source: str, module: str, is_package: bool) -> Iterator[str]:
    """What of ours ``source`` imports, anywhere in it, as dotted names without ``dvctt_report.``."""
    here = ["dvctt_report", *module.split(".")] if module else ["dvctt_report"]
    for node in statements(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            up = len(here) + is_package - node.level if node.level else 0
            stem = [*here[:up], *(node.module or "").split(".")]
            names = [".".join([*filter(None, stem), alias.name]) for alias in node.names]
        else:
            continue
        for name in names:
            if name.split(".")[0] == "dvctt_report":
                yield name.partition(".")[2]


@cache
def imports_of(module: str) -> tuple[str, ...]:
    """What of ours that module imports."""
    path = modules()[module]
    return tuple(imported_names(path.read_text(encoding="utf-8"), module, path.name == "__init__.py"))


def nearest_module(name: str, known: dict[str, Path]) -> str:
    """The module that ``name`` is, or is defined in."""
    while name not in known:
        name = name.rpartition(".")[0]
    return name


def test_the_architecture_names_the_rooms_in_their_order() -> None:
    page = (PACKAGE.parents[1] / "docs" / "architecture.md").read_text(encoding="utf-8")
    told = re.search(r"^Imports go downwards only: (.+?)\. `tests/", page, re.MULTILINE | re.DOTALL)
    assert told is not None
    assert tuple(name.strip(" `\n") for name in told[1].split("←")) == ROOMS


def test_every_module_stands_in_a_room() -> None:
    assert {room(module) for module in modules()} - {"", "__main__"} == set(ROOMS)
    assert [path for path in PACKAGE.glob("*.py") if path.stem not in ("__init__", "__main__")] == []


@pytest.mark.parametrize("name", ROOMS)
def test_no_room_is_larger_than_its_bound(name: str) -> None:
    lines = (len(path.read_text(encoding="utf-8").splitlines()) for path in (PACKAGE / name).rglob("*.py"))
    assert sum(lines) <= BOUNDS[name], "take out of the room what the new makes needless; bounds stay"


def test_every_module_imports_only_downwards() -> None:
    imports = {
        (module, nearest_module(name, modules()))
        for module in modules()
        if module != "__main__"
        for name in imports_of(module)
    }
    upwards = [(a, b) for a, b in imports if b and ROOMS.index(room(b)) > ROOMS.index(room(a))]
    assert upwards == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import dvctt_report.cli.door", ["cli.door"]),
        ("from dvctt_report.year.rules import rule, RULES", ["year.rules.rule", "year.rules.RULES"]),
        ("def f():\n    from dvctt_report import register", ["register"]),
        ("from . import model\nfrom .load import read", ["plan.model", "plan.load.read"]),
        ("from ..forms.form import Form", ["forms.form.Form"]),
        ("import pandas\nfrom pathlib import Path", []),
    ],
)
def test_every_way_of_importing_is_seen(source: str, expected: list[str]) -> None:
    assert list(imported_names(source, "plan.fields", is_package=False)) == expected


def test_the_linter_stands_alone() -> None:
    """It reads documents by what others read them by, and no one who writes or reads returns needs it."""
    users = {
        module
        for module in modules()
        for name in imports_of(module)
        if nearest_module(name, modules()).startswith("word.lint")
    }
    assert [user for user in users if not user.startswith(("word.lint", "cli."))] == []


def test_the_name_of_a_class_means_one_thing() -> None:
    homes: dict[str, list[str]] = {}
    for module, path in modules().items():
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                homes.setdefault(node.name, []).append(module)
    assert {name: found for name, found in homes.items() if len(found) > 1} == {}


def test_pandas_is_used_where_a_year_is_a_table_and_nowhere_else() -> None:
    imports = re.compile(r"^\s*(from|import) pandas\b", re.MULTILINE)
    users = {name for name, path in modules().items() if imports.search(path.read_text(encoding="utf-8"))}
    assert users == {"year.year"}
