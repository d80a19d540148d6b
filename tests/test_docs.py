"""The pages that are made from the code are current, and what a newcomer is told is there."""

from __future__ import annotations

import re
import runpy
import sys
from pathlib import Path

import pytest

from scripts.modules import modules
from tests.test_rooms import ROOMS

ROOT = Path(__file__).parents[1]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
MADE = re.findall(r"-m (\S+) > (docs/\S+)\.new", MAKEFILE)
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


def test_the_architecture_has_a_row_for_each_room() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert tuple(re.findall(r"^\| `([a-z]+)/` \|", page, re.MULTILINE)) == ROOMS


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
