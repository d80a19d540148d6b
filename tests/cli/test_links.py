"""Results as links where the terminal shows them, and as plain text everywhere else."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from dvctt_report.cli import door, screen
from dvctt_report.cli.screen import say
from tests.pytest_types import Capture, Patch


class Terminal(io.StringIO):
    """Where a person reads."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def nothing_said(monkeypatch: Patch) -> None:
    monkeypatch.setenv("COLUMNS", "400")
    for name in ("FORCE_HYPERLINK", *screen._LINKING):
        monkeypatch.delenv(name, raising=False)


def said(text: str, monkeypatch: Patch, stream: io.StringIO | None = None) -> str:
    out = stream or Terminal()
    monkeypatch.setattr(sys, "stdout", out)
    say(text)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "value"),
    [("WT_SESSION", "0d1a"), ("VTE_VERSION", "7006"), ("TERM", "xterm-kitty"), ("TERM_PROGRAM", "vscode")],
)
@pytest.mark.skipif(sys.platform == "win32", reason="a console there is asked itself")
def test_a_result_is_a_link_where_the_terminal_shows_them(
    name: str, value: str, tmp_path: Path, monkeypatch: Patch
) -> None:
    path = tmp_path / "Báo cáo & biểu (2025).docx"
    path.touch()
    monkeypatch.setenv(name, value)
    line = f"Tóm tắt trình ký:       {path}"
    shown = said(line, monkeypatch)
    assert f"\x1b]8;;{path.as_uri()}\x1b\\{path}\x1b]8;;\x1b\\\n" in shown
    assert shown.startswith("Tóm tắt trình ký:       \x1b]8;;file:///")
    assert said(line, monkeypatch, io.StringIO()) == line + "\n"
    monkeypatch.setenv("FORCE_HYPERLINK", "0")
    assert said(line, monkeypatch) == line + "\n"


@pytest.mark.parametrize(
    ("name", "value"), [("TERM", "xterm-256color"), ("VTE_VERSION", "4999"), ("TERM", "")]
)
def test_an_unknown_terminal_gets_plain_text(
    name: str, value: str, tmp_path: Path, monkeypatch: Patch
) -> None:
    monkeypatch.setenv(name, value)
    assert said(f"Kết quả: {tmp_path}", monkeypatch) == f"Kết quả: {tmp_path}\n"


@pytest.mark.parametrize(
    "text", ["1/ Sở Y tế", "Kết quả: /không/có/tệp", "Kết quả: /" + 300 * "x", "15/KH-UBND ngày 18/3/2025"]
)
def test_what_is_no_file_is_no_link(text: str, monkeypatch: Patch) -> None:
    monkeypatch.setenv("FORCE_HYPERLINK", "1")
    assert said(text, monkeypatch) == text + "\n"


def test_commands_say_their_results_so(rendered_sample: Path, monkeypatch: Patch, capfd: Capture) -> None:
    monkeypatch.chdir(rendered_sample)
    monkeypatch.setenv("FORCE_HYPERLINK", "1")
    capfd.readouterr()
    assert door.main(["export", "--as-of", "20/11/2025 17:00"]) == 0
    links = capfd.readouterr().out.count("\x1b]8;;file://")
    monkeypatch.delenv("FORCE_HYPERLINK")
    assert door.main(["export", "--as-of", "20/11/2025 17:00"]) == 0
    plain = capfd.readouterr().out
    assert "\x1b" not in plain
    assert links == plain.count(str(rendered_sample)) > 1
