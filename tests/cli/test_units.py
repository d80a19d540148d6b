"""Every command that takes a unit takes the same words for it, and refuses the same."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dvctt_report.cli import door
from tests.pytest_types import Capture, Patch

DECISION = ("--reason", "gõ nhầm", "--document", "Công văn số 12")
REPORT = "ket-qua/2025/bao-cao-2025.json"

COMMANDS: tuple[tuple[str, ...], ...] = (
    ("validate", "--unit", "{}"),
    ("feedback", "--unit", "{}"),
    ("forms", "--unit", "{}"),
    ("letter", "feedback", "--unit", "{}"),
    ("letter", "remind", "--unit", "{}"),
    ("explain", "{}"),
    ("explain", "T10", "--unit", "{}"),
    ("explain", "{}", "--report", REPORT),
    ("decide", "--unit", "{}", "--set", "T99.done=1", *DECISION),
    ("decide", "--undo", "--unit", "{}", "T10.done"),
    ("status", "--files", "--unit", "{}"),
)
SAME = ("so khoa hoc va cong nghe", "Sở KH&CN", "Sở TTTT", "HỌC VÀ CÔNG")
"""One unit by its name without accents, a short form, initials of a former name, a part of its name."""


@pytest.fixture(scope="module")
def year(questioned: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The returns asked about, their forms gone out, with a report rendered."""
    root = tmp_path_factory.mktemp("units") / "Báo cáo"
    shutil.copytree(questioned, root)
    door.main(["forms", "--unit", "SYT", "--workspace", str(root)])
    door.main(["render", "--workspace", str(root), "--as-of", "20/11/2025 17:00"])
    door.main(["validate", "--workspace", str(root)])  # so that its lists are those of today
    return root


@pytest.fixture
def sample(year: Path, tmp_path: Path, monkeypatch: Patch) -> Path:
    root = tmp_path / "x"
    shutil.copytree(year, root)
    monkeypatch.chdir(root)
    return root


def run(command: tuple[str, ...], said: str, capfd: Capture) -> tuple[int, str]:
    """Exit code and everything said."""
    capfd.readouterr()
    code = door.main([part.format(said) for part in command])
    out, err = capfd.readouterr()
    return code, out + err


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_command_takes_every_way_to_name_a_unit(
    command: tuple[str, ...], sample: Path, capfd: Capture
) -> None:
    by_code = run(command, "SKHCN", capfd)
    assert "Sở Khoa học và Công nghệ" in by_code[1] or by_code[0] == 0
    for said in SAME:
        assert run(command, said, capfd) == by_code, said


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_command_lists_all_that_words_may_mean_and_what_is_near(
    command: tuple[str, ...], year: Path, monkeypatch: Patch, capfd: Capture
) -> None:
    monkeypatch.chdir(year)  # who is refused writes nothing
    code, said = run(command, "thuan", capfd)
    assert code == 2, said
    told = " ".join(said.split())
    assert "“thuan” có thể là nhiều đơn vị: UBND huyện Thuận Bắc (TBC); UBND huyện Thuận Nam (TNM)" in told
    code, said = run(command, "Sở I tế", capfd)
    assert code == 2, said
    assert "Sở Y tế (SYT)" in " ".join(said.split())
