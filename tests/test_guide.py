"""The officer's guide and the README are true: their pictures, commands and the menu's numbers are there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from dvctt_report.cli.app import COMMANDS, LazyCommands, app
from dvctt_report.cli.menu import LINES

ROOT = Path(__file__).parents[1]
GUIDE = ROOT / "docs" / "huong-dan-su-dung.md"
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
PICTURES = ROOT / "docs" / "anh"
HEAVIEST = 1_200_000


def text_of(page: Path) -> str:
    """The page as it is read: what stands in a comment isn't."""
    return re.sub(r"(?s)<!-- .*?-->", "", page.read_text(encoding="utf-8"))


def pictures_of(page: Path) -> list[tuple[str, Path]]:
    found = re.findall(r"!\[(.*?)\]\((.*?)\)", text_of(page))
    return [(told, (page.parent / target).resolve()) for told, target in found]


def typed(page: Path) -> list[str]:
    """Every command line that the page gives, in blocks and within sentences."""
    text = text_of(page)
    blocks = "\n".join(re.findall(r"(?ms)^ *```\n(.*?)^ *```", text))
    lines = [line.strip() for line in blocks.splitlines()]
    lines += re.findall(r"`([^`\n]+)`", re.sub(r"(?ms)^ *```\n.*?^ *```", "", text))
    return [line.partition("#")[0] for line in lines if line.startswith("dvctt-report ")]


def test_every_picture_is_there_is_used_and_has_words() -> None:
    shown = [picture for page in PAGES for picture in pictures_of(page)]
    assert {path for _, path in shown} == set(PICTURES.iterdir())
    assert all(len(told) > 10 for told, _ in shown)


def test_the_pictures_are_light_and_load_nothing_from_the_net() -> None:
    assert sum(path.stat().st_size for path in PICTURES.iterdir()) < HEAVIEST
    for path in PICTURES.glob("*.svg"):
        addresses = re.findall(r"https?://[^\s\"')]+", path.read_text(encoding="utf-8"))
        assert set(addresses) == {"http://www.w3.org/2000/svg"}


@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "menu"])
def test_every_command_is_told(name: str) -> None:
    assert re.search(rf"dvctt-report {name}\b", text_of(GUIDE))


@pytest.mark.parametrize("line", sorted({line for page in PAGES for line in typed(page)}))
def test_commands_and_options_of_a_line_exist(line: str) -> None:
    words = [word for word in shlex.split(line) if word not in ("…", "[")][1:]
    command: Any = get_command(app)
    context = command.make_context("dvctt-report", [])
    while isinstance(command, LazyCommands) and words and not words[0].startswith("-"):
        name = words.pop(0).partition("|")[0]
        command = command.get_command(context, name)
        assert command is not None, f"{line}: {name}"
    known = {option for param in command.params for option in param.opts} | {"--help", "-h"}
    assert {word.partition("=")[0] for word in words if word.startswith("--")} <= known, line


def test_the_guide_gives_every_number_of_the_menu_its_name() -> None:
    text = text_of(GUIDE)
    for number, line in enumerate(LINES, 1):
        assert f"| {number} {line.text} |" in text
        assert f"**mục {number}**" in text.lower()


def test_links_lead_to_files() -> None:
    for page in PAGES:
        for target in re.findall(r"(?<!!)\[[^\]]*\]\(([^)#]+)\)", text_of(page)):
            assert "://" in target or (page.parent / target).exists(), f"{page.name}: {target}"
