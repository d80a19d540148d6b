"""Twelve questions, each of which can be skipped, asked on a terminal and kept in the settings."""

from __future__ import annotations

import io
import tomllib
from datetime import date
from pathlib import Path

import pytest

from dvctt_report.cli import door
from dvctt_report.cli.ask import QUESTIONS
from dvctt_report.cli.options import parse_due
from dvctt_report.store.workspace import SETTINGS
from dvctt_report.text.errors import CannotRun
from tests.made import tabled
from tests.pytest_types import Capture, Patch


@pytest.fixture
def root(tmp_path: Path, monkeypatch: Patch) -> Path:
    assert door.main(["init", str(tmp_path / "w"), "--year", "2025"]) == 0
    monkeypatch.chdir(tmp_path / "w")
    return tmp_path / "w"


def answer(monkeypatch: Patch, *lines: str) -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
    return door.main(["plan", "settings"])


def test_skipping_every_question_changes_no_byte(root: Path, monkeypatch: Patch) -> None:
    before = (root / SETTINGS).read_bytes()
    assert answer(monkeypatch, *[""] * len(QUESTIONS)) == 0
    assert (root / SETTINGS).read_bytes() == before


def test_answers_are_kept_and_comments_stay(root: Path, monkeypatch: Patch) -> None:
    before = (root / SETTINGS).read_text("utf-8")
    said = ["", "Sở Thử", "ST", "", "12/KH-UBND", "18/3/2025", "", "GIÁM ĐỐC", 'Nguyễn "Ba" C:\\Users', "có"]
    assert answer(monkeypatch, *said, "có", "Nguyễn Văn A, 0259 000 001") == 0
    text = (root / SETTINGS).read_text("utf-8")
    table = tomllib.loads(text)
    assert table["co_quan"]["ten"] == "Sở Thử"
    assert table["ke_hoach"] == {**tomllib.loads(before)["ke_hoach"], "so": "12/KH-UBND", "ngay": "18/3/2025"}
    assert table["bao_cao"]["nguoi_ky"] == ["GIÁM ĐỐC"]
    assert table["bao_cao"]["ho_ten"] == 'Nguyễn "Ba" C:\\Users'
    assert table["thoi_han"] == {"sau_thang": "", "dung_ngay_la_dung_han": True, "lui_ngay_nghi": True}
    assert table["cong_van"]["dau_moi"] == "Nguyễn Văn A, 0259 000 001"
    assert [line.partition("#")[2] for line in text.splitlines()] == [
        line.partition("#")[2] for line in before.splitlines()
    ]


def test_an_answer_that_cannot_be_used_is_asked_for_again(
    root: Path, monkeypatch: Patch, capfd: Capture
) -> None:
    said = ["", "-", "", "", "", "31/2/2025", "18/3/2025", "", "/", "", "", "có lẽ", "k", "", ""]
    assert answer(monkeypatch, *said) == 0
    told = capfd.readouterr()
    assert "phải là ngày có thật" in told.out
    assert "Xin trả lời" in told.out
    assert tomllib.loads((root / SETTINGS).read_text("utf-8"))["ke_hoach"]["ngay"] == "18/3/2025"


@pytest.mark.parametrize(("ends", "code"), [(EOFError, 2), (KeyboardInterrupt, 130)])
def test_whatever_ends_the_questions_those_answered_are_kept(
    ends: type[BaseException],
    code: int,
    root: Path,
    monkeypatch: Patch,
    capfd: Capture,
) -> None:
    given = iter(["UBND tỉnh khác", "Sở Thử", *[""] * 8])

    def typed() -> str:
        if (said := next(given, None)) is None:
            raise ends
        return said

    monkeypatch.setattr("builtins.input", typed)
    assert door.main(["plan", "settings"]) == code
    office = tomllib.loads((root / SETTINGS).read_text("utf-8"))["co_quan"]
    assert (office["chu_quan"], office["ten"]) == ("UBND tỉnh khác", "Sở Thử")
    assert "không mất câu đã trả lời" in capfd.readouterr().out


@tabled(("typed", "made", "day"))
def test_a_day_is_read_as_people_write_it(typed: str, made: date, day: date | None) -> None:
    if day is not None:
        assert parse_due(typed, made) == day
        return
    with pytest.raises(CannotRun, match=r"không sau ngày lập|Không hiểu ngày"):
        parse_due(typed, made)


@tabled(("n", "wrong", "told", "right"))
def test_an_answer_of_another_kind_is_asked_for_again_and_a_right_one_is_shown_as_changed(
    n: int,
    wrong: str,
    told: str,
    right: str,
    root: Path,
    monkeypatch: Patch,
    capfd: Capture,
) -> None:
    before = [""] * (n - 1)
    assert answer(monkeypatch, *before, wrong, right, *[""] * (len(QUESTIONS) - n)) == 0
    said = capfd.readouterr().out
    assert told in said
    assert "Đã ghi 1 thay đổi" in said
    assert f" → {right}\n" in said
    assert f"→ {wrong}" not in said


def test_settings_without_the_line_of_a_question_are_asked_all_the_same(
    root: Path, monkeypatch: Patch
) -> None:
    text = (root / SETTINGS).read_text("utf-8")
    older = "".join(f"{line}\n" for line in text.splitlines() if not line.startswith(("dau_moi", "lui_ngay")))
    (root / SETTINGS).write_text(older, "utf-8")
    assert answer(monkeypatch, *[""] * (len(QUESTIONS) - 1), "Nguyễn Văn A") == 0
    assert tomllib.loads((root / SETTINGS).read_text("utf-8"))["cong_van"]["dau_moi"] == "Nguyễn Văn A"
