"""A module imports only from layers below, or from its own package; the name of a class means one thing."""

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

LAYERS: tuple[tuple[str, ...], ...] = (
    ("grouping", "patterns"),
    ("interrupts", "limits", "period", "severity", "vietnamese"),
    ("opening", "packed"),
    (
        "",
        "model",
        "errors",
        "legible",
        "personal",
        "resources",
        "files",
    ),
    ("answers", "file_names"),
    ("catalogue", "codes", "old_fonts", "manifests"),
    ("plan", "nd30", "office", "packages"),
    ("forms", "last_year", "file_kinds"),
    ("word",),
    ("report.word_xml",),
    ("report.word_package",),
    ("dataset", "lint"),
    ("rows", "intake.cells", "intake.reading"),
    ("mending",),
    ("intake", "register", "workspace"),
    ("corrections", "left_out", "received"),
    ("rules",),
    ("summary",),
    ("walls", "year"),
    ("published",),
    ("loader",),
    ("receiving", "unchanged"),
    ("report", "forms.writer"),
    ("explain",),
    ("report.page", "mending.lists", "mending.proposals", "deciding"),
    ("letters", "verify", "mending.workbook", "plan_book", "fill", "sample"),
    ("mending.own_form",),
    ("doctor", "mending.letter", "years", "communes"),
    ("cli",),
    ("__main__",),
)
"""Prefixes of module names, lowest layer first; the longest prefix of a module decides."""

EXCEPTIONS: frozenset[tuple[str, str]] = frozenset()
"""Pairs of prefixes (importer, imported) of one layer that may nevertheless know each other."""

HEIGHT = {prefix: height for height, prefixes in enumerate(LAYERS) for prefix in prefixes}


def home(module: str) -> str | None:
    """The prefix of ``LAYERS`` that ``module`` (without ``dvctt_report.``) belongs to; None: to none."""
    parts = module.split(".")
    candidates = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((prefix for prefix in candidates if prefix in HEIGHT), None)


def is_allowed(importer: str, imported: str) -> bool:
    """Whether ``importer`` may import ``imported``; both as prefixes of ``LAYERS``."""
    if HEIGHT[importer] != HEIGHT[imported]:
        return HEIGHT[importer] > HEIGHT[imported]
    return importer == imported or imported == "" or (importer, imported) in EXCEPTIONS


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


def test_the_architecture_tells_the_layers() -> None:
    page = (PACKAGE.parents[1] / "docs" / "architecture.md").read_text(encoding="utf-8")
    told = re.search(r"^Imports go downwards only: (.+?)\. `tests/", page, re.MULTILINE | re.DOTALL)
    assert told is not None
    layers = [tuple(layer.strip(" `").split(", ")) for layer in " ".join(told[1].split()).split("←")]
    assert layers == [tuple(name for name in names if name) for names in LAYERS if names != ("__main__",)]


def test_every_module_stands_in_a_layer() -> None:
    assert [module for module in modules() if home(module) is None] == []


def test_every_module_imports_only_downwards() -> None:
    assert [fault for module in modules() for fault in imports_upwards(module)] == []


def imports_upwards(module: str) -> Iterator[str]:
    """Each import of ``module`` that goes upwards or sideways, with the two layers."""
    known, own = modules(), home(module)
    for name in imports_of(module):
        target = nearest_module(name, known)
        other = home(target)
        if own is not None and other is not None and not is_allowed(own, other):
            yield f"{module} ({own}) imports {target} ({other})"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import dvctt_report.cli.door", ["cli.door"]),
        ("from dvctt_report.year.rules import rule, RULES", ["rules.rule", "rules.RULES"]),
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
        home(module)
        for module in modules()
        for name in imports_of(module)
        if home(nearest_module(name, modules())) == "lint"
    }
    assert users <= {"lint", "cli"}


def test_the_name_of_a_class_means_one_thing() -> None:
    homes: dict[str, list[str]] = {}
    for module, path in modules().items():
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                homes.setdefault(node.name, []).append(module)
    assert {name: found for name, found in homes.items() if len(found) > 1} == {}


def test_upwards_and_sideways_are_refused() -> None:
    assert is_allowed("rules", "model")
    assert is_allowed("rules", "rules")
    assert is_allowed("model", "")
    assert not is_allowed("plan", "rules")
    assert not is_allowed("vietnamese", "model")
    assert not is_allowed("forms", "forms.writer")
    assert is_allowed("forms.writer", "forms")
    assert home("forms.writer.cells") == "forms.writer"
    assert home("forms.form") == "forms"
    assert home("unheard_of") is None
