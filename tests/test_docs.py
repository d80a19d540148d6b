"""The pages that are made from the code are current, and what a newcomer is told is there."""

from __future__ import annotations

import re
import runpy
import sys
from pathlib import Path

import pytest

from scripts.modules import modules

ROOT = Path(__file__).parents[1]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
MADE = re.findall(r"-m (\S+) > (docs/\S+)", MAKEFILE)
"""What ``make docs`` runs, and the page that it writes."""


def test_make_docs_makes_each_page() -> None:
    assert [page for _, page in MADE] == ["docs/rules.md", "docs/lint.md"]


@pytest.mark.parametrize(("module", "page"), MADE)
def test_a_page_made_from_the_code_is_current(
    module: str, page: str, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, module, raising=False)
    runpy.run_module(module, run_name="__main__")
    made = capsysbinary.readouterr().out.decode("utf-8")
    assert (ROOT / page).read_text(encoding="utf-8") == made, "run: make docs"


PACKAGE = ROOT / "src" / "dvctt_report"
ROWS = re.findall(
    r"^\| (`.+?`) \| (.+) \|$", (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8"), re.MULTILINE
)
"""Rows of the table of packages: what they are about, what that knows."""


def module_at(name: str) -> bool:
    return (PACKAGE / name).is_dir() or (PACKAGE / f"{name}.py").is_file()


def test_the_architecture_has_a_row_for_each_package_and_names_no_module_that_is_gone() -> None:
    about = [name for names, _ in ROWS for name in re.findall(r"`([a-z0-9_]+)/?`", names)]
    there = {p.stem for p in PACKAGE.iterdir() if (p.suffix == ".py" or p.is_dir()) and "__" not in p.name}
    assert sorted(about) == sorted(there)
    gone = [
        name
        for names, knows in ROWS
        for name in re.findall(r"`([a-z0-9_]+(?:/[a-z0-9_]+)?)/?`", knows)
        if not any(module_at(f"{own}/{name}") for own in (".", "cli", *re.findall(r"`([a-z0-9_]+)", names)))
    ]
    assert [name for name in gone if not (ROOT / name).exists()] == []


def test_every_module_says_what_it_knows() -> None:
    told = dict(modules())
    assert told["intake/workers"]
    assert [name for name, knows in told.items() if len(knows) < 10] == []


def test_every_command_of_make_says_what_it_does() -> None:
    commands = set(re.findall(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)[0].split()) - {".venv"}
    assert commands == set(re.findall(r"^([a-z-]+):.*## ", MAKEFILE, re.MULTILINE))


def test_what_the_guide_for_contributors_names_is_there() -> None:
    quoted = re.findall(r"`([^`\n]+)`", GUIDE)
    paths = [
        word
        for text in quoted
        for word in text.replace('"', " ").split()
        if re.match(r"(src|tests|docs|locks|\.ci)/", word)
    ]
    assert len(paths) > 10
    assert [path for path in paths if not any(ROOT.glob(path.rstrip("/")))] == []
    commands = set(re.findall(r"\bmake ([a-z-]+)", GUIDE))
    assert commands - set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE)) == set()
