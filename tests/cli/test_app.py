"""The program as a whole: its commands, the options they share, how fast it starts."""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import ClassVar

import pytest
from typer.core import TyperArgument, TyperOption
from typer.main import get_command

from dvctt_report import __version__
from dvctt_report.cli import door
from dvctt_report.cli.app import COMMANDS, Entry, LazyCommands, app, make_app
from tests.pytest_types import Capture, Patch

SRC = Path(door.__file__).parents[2]

ENGLISH = re.compile(
    r"(?i)\b(aborted|and|any|are|arguments?|available|be|by|commands?|current|date|default|dir|directory|error"
    r"|exit|files?|folder|for|from|given?|help|if|input|integer|int|invalid|is|items?|missing|must|name|number"
    r"|of|or|options?|output|path|print|prompt|range|read|report|required|show|str|text|the|this|try|units?"
    r"|usage|values?|version|warning|will|with|workspace|write|year|float|bool)\b"
)


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: Patch) -> None:
    monkeypatch.chdir(tmp_path)


def english_words(page: str) -> set[str]:
    """English words in a help page, outside of what is typed (options, commands, choices)."""
    names = "|".join(sorted(COMMANDS, key=len, reverse=True))
    prose = re.sub(r"--?[a-z][\w-]*(?: [\w-]+(?:\|[\w-]+)+)?", " ", page)
    named = rf"dvctt-report(?: (?:{names})(?: [a-z]+)?)?|^  [a-z]+(?=  )"
    prose = re.sub(named, " ", prose, flags=re.MULTILINE)
    return set(ENGLISH.findall(prose))


def test_the_search_for_english_finds_what_typer_would_say() -> None:
    page = "Usage: dvctt-report init [OPTIONS]\n  --help  Show this message and exit.  [default: x; required]"
    assert english_words(page) == {"Usage", "OPTIONS", "Show", "this", "and", "exit", "default", "required"}


def test_the_programs_own_help_is_vietnamese_and_lists_every_command(capfd: Capture) -> None:
    assert door.main(["--help"]) == door.DONE
    page = capfd.readouterr().out
    assert not english_words(page)
    for name, entry in COMMANDS.items():
        assert re.search(rf"^  {name} +{re.escape(entry['says'])}$", page, re.MULTILINE)


@pytest.mark.parametrize("name", [*COMMANDS])
def test_no_english_word_in_the_help_of_any_command(name: str, capfd: Capture) -> None:
    assert door.main([name, "--help"]) == door.DONE
    page = capfd.readouterr().out
    assert page.startswith(f"Cách dùng: dvctt-report {name} ")
    assert not english_words(page)
    assert "-\n" not in page, "no name of a file is broken at its hyphens"
    assert "......" not in page
    assert "[mặc định: 0]" not in page


@pytest.mark.parametrize("name", [*COMMANDS])
def test_every_parameter_is_explained_and_none_prompts_in_english(name: str) -> None:
    root = get_command(app)
    assert isinstance(root, LazyCommands)
    command = root.get_command(root.make_context("dvctt-report", []), name)
    assert command is not None
    for param in command.params:
        assert isinstance(param, TyperArgument | TyperOption)
        assert param.help, f"{name}: {param.name}"
        if isinstance(param, TyperOption):
            assert param.prompt is None, "Typer prompts in English; dvctt_report.cli.ask does not"


def test_without_arguments_the_help_is_shown(capfd: Capture) -> None:
    assert door.main([]) == door.DONE
    assert capfd.readouterr().out.startswith("Cách dùng: dvctt-report ")


def test_the_version_is_shown(capfd: Capture) -> None:
    assert door.main(["--version"]) == door.DONE
    runs_on = f"Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    assert capfd.readouterr() == (f"dvctt-report {__version__} ({runs_on})\n", "")


class OneCommand(LazyCommands):
    entries: ClassVar[dict[str, Entry]] = {
        "noi-do": {"says": "Nói thư mục làm việc.", "more": "Dòng thứ hai."}
    }
    package: ClassVar[str] = "lazy_example"


@pytest.fixture
def lazy_example(tmp_path: Path, monkeypatch: Patch) -> Path:
    """A folder that holds a package with the one command of ``OneCommand``."""
    package = tmp_path / "lazy_example"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "noi_do.py").write_text(
        "import typer\n"
        "from dvctt_report.cli.app import chosen_workspace\n"
        "def run(ctx: typer.Context) -> None:\n"
        "    typer.echo(str(chosen_workspace(ctx)))\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    return tmp_path


def test_the_workspace_may_be_named_before_or_after_the_command(lazy_example: Path, capfd: Capture) -> None:
    program = make_app(OneCommand)
    folder = str(lazy_example)
    for argv, expected in (
        (["noi-do"], "None"),
        (["--workspace", folder, "noi-do"], folder),
        (["noi-do", "--workspace", folder], folder),
        (["--workspace", str(lazy_example.parent), "noi-do", "--workspace", folder], folder),
    ):
        assert door.run(program, argv) == door.DONE
        assert capfd.readouterr().out == f"{expected}\n"


def test_a_workspace_that_does_not_exist_is_refused(lazy_example: Path, capfd: Capture) -> None:
    assert door.run(make_app(OneCommand), ["noi-do", "--workspace", "không có"]) == door.CANNOT_RUN
    assert "không dùng được “không có”; cần thư mục có sẵn" in capfd.readouterr().err


def test_a_commands_page_says_summary_details_and_the_shared_option(
    lazy_example: Path, capfd: Capture
) -> None:
    assert door.run(make_app(OneCommand), ["noi-do", "-h"]) == door.DONE
    page = capfd.readouterr().out
    assert "\n  Nói thư mục làm việc.\n\n  Dòng thứ hai.\n" in page
    assert "  --workspace THƯ-MỤC  " in page
    assert "  -h, --help           " in page


HEAVY = (
    "pandas",
    "numpy",
    "openpyxl",
    "xlsxwriter",
    "docx",
    "docxtpl",
    "lxml",
    "jinja2",
    "rich",
    "rapidfuzz",
)


def test_nothing_heavy_is_imported_before_a_command_runs() -> None:
    code = (
        "import sys; from dvctt_report.cli.door import main\n"
        "for argv in ['--help'], ['--version'], [], ['khong-co']:\n"
        "    main(argv)\n"
        f"    print(argv, [name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(SRC)},
        check=True,
    )
    told = [line for line in done.stderr.splitlines() if line.startswith("[")]
    assert told == ["['--help'] []", "['--version'] []", "[] []", "['khong-co'] []"]


_WITHOUT_TABLES = (["collect"], ["status"], ["validate"], ["plan", "check"])


def test_pandas_waits_for_the_command_that_cuts_tables(collected_two: Path, tmp_path: Path) -> None:
    root = tmp_path / "x"
    shutil.copytree(collected_two, root)
    code = (
        "import sys; from dvctt_report.cli import door;"
        f"done = [door.main(argv) for argv in {_WITHOUT_TABLES!r}]; before = 'pandas' in sys.modules;"
        "done.append(door.main(['export']));"
        "print(done, before, 'pandas' in sys.modules, file=sys.stderr)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(SRC)},
        cwd=root,
        check=True,
    )
    assert run.stderr.splitlines()[-1] == "[0, 0, 0, 0, 0] False True"
