"""The Tab key finishes what is typed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

from dvctt_report.cli import door
from dvctt_report.cli.app import COMMANDS
from dvctt_report.cli.completion import ASKED, Shell


def answers(typed: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> list[str]:
    """What may stand where ``typed`` ends."""
    monkeypatch.setenv(ASKED, "complete_bash")
    monkeypatch.setenv("COMP_WORDS", typed)
    monkeypatch.setenv("COMP_CWORD", str(typed.count(" ")))
    assert door.main([]) == 0
    return capfd.readouterr().out.split()


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("dvctt-report va", ["validate"]),
        ("dvctt-report letter f", ["feedback", "forms"]),
        ("dvctt-report collect --fr", ["--from"]),
        ("dvctt-report validate --format ", ["table", "json", "csv", "xlsx"]),
        ("dvctt-report completion p", ["powershell"]),
    ],
)
def test_commands_options_and_choices_are_offered(
    typed: str, offered: list[str], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    assert sorted(answers(typed, monkeypatch, capfd)) == sorted(offered)


def test_every_command_is_offered(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    assert answers("dvctt-report ", monkeypatch, capfd) == [name for name, _ in COMMANDS]


@pytest.mark.parametrize("shell", Shell)
def test_each_shell_has_its_script(shell: Shell, capfd: pytest.CaptureFixture[str]) -> None:
    assert door.main(["completion", shell]) == 0
    script = capfd.readouterr().out
    assert ASKED in script
    assert f"complete_{shell}" in script
    program = shutil.which(shell)
    if program is not None:
        assert subprocess.run([program, "-n"], input=script, text=True, check=False).returncode == 0


def test_names_are_offered_without_loading_what_computes() -> None:
    code = (
        "import sys;"
        "from dvctt_report.cli.door import main; main([]);"
        "print([m for m in sys.modules if m.startswith('dvctt_report.report')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, ASKED: "complete_bash", "COMP_WORDS": "x va", "COMP_CWORD": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["validate", "[]"]
