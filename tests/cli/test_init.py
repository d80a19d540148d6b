"""A new workspace: what ``init`` asks and writes, the questions about settings, another province."""

from __future__ import annotations

import io
import re
import shutil
import tomllib
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from dvctt_report.cli import init
from dvctt_report.cli.app import COMMANDS
from dvctt_report.cli.ask import QUESTIONS
from dvctt_report.cli.init import LAUNCHERS, write_launchers
from dvctt_report.cli.menu import YearState
from dvctt_report.cli.options import parse_due
from dvctt_report.plan.elsewhere import of_elsewhere
from dvctt_report.store.frozen import freeze
from dvctt_report.store.workspace import SETTINGS, Workspace, read_workspace
from dvctt_report.text.errors import CannotRun
from tests.cli.officer import Run, edit
from tests.made import tabled
from tests.pytest_types import Patch

Type = Callable[..., None]


@pytest.fixture
def typing(monkeypatch: Patch) -> Type:
    """Types lines at the next command's questions."""
    monkeypatch.setattr("dvctt_report.cli.init.is_terminal", lambda _: True)
    return lambda *lines: monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{one}\n" for one in lines)))


# ------------------------------------------------------------------------------ year and province


def test_the_province_that_is_answered_has_its_own_profile(tmp_path: Path, typing: Type, run: Run) -> None:
    typing("2025", "ninh thuan", *[""] * len(QUESTIONS))
    run(f"init '{tmp_path}/w'")
    made = read_workspace(tmp_path / "w")
    assert (made.period.year, made.profile.plan.province) == (2025, "tỉnh Ninh Thuận")
    assert made.settings.ho_so == "ninh_thuan"
    assert {p.name for p in made.root.glob("*.bat")} == set(LAUNCHERS)


def test_a_province_that_is_no_more_or_unknown_is_asked_for_again_and_a_new_one_gets_a_profile(
    tmp_path: Path, typing: Type, run: Run
) -> None:
    root = tmp_path / "w"
    typing("2026", "Ninh Thuận", "Atlantis", "Đồng Nai", *[""] * len(QUESTIONS))
    told = run(f"init '{root}'")
    made = read_workspace(root)
    for words in (
        "16 chỉ tiêu chưa có mức: ghi mức vào sổ ke-hoach.xlsx",
        "nay thuộc tỉnh Khánh Hòa",
        "Không có tỉnh, thành phố “Atlantis”",
    ):
        assert words in told
    assert (made.period.year, made.profile.plan.province) == (2026, "thành phố Đồng Nai")
    assert made.settings.ho_so == "cau-hinh-tinh", "by its path within the workspace"
    assert (root / "ke-hoach.xlsx").is_file(), "where the menu looks for it"
    assert "16 chỉ tiêu chưa có mức" in run(f"status --workspace '{root}'")
    assert YearState(made, datetime(2026, 9, 15)).next_step().line == "settings"


def test_too_long_a_folder_is_told(tmp_path: Path, run: Run, monkeypatch: Patch) -> None:
    for name, spare in (("Báo cáo", 0), ("Sổ", -1)):
        root = tmp_path / name
        monkeypatch.setattr(init, "LONGEST_FOLDER", len(str(root)) + spare)
        assert (f"dài {len(str(root))} ký tự" in run(f"init '{root}' --year 2025")) is (spare < 0)


# ------------------------------------------------------------------------------ twelve questions


def table() -> Any:
    return tomllib.loads(Path(SETTINGS).read_text("utf-8"))


@pytest.mark.usefixtures("workspace")
def test_skipping_every_question_changes_no_byte(typing: Type, run: Run) -> None:
    before = Path(SETTINGS).read_bytes()
    typing(*[""] * len(QUESTIONS))
    run("plan settings")
    assert Path(SETTINGS).read_bytes() == before


@pytest.mark.usefixtures("workspace")
def test_answers_are_kept_and_comments_stay(typing: Type, run: Run) -> None:
    before, text = table(), Path(SETTINGS).read_text("utf-8")
    comments = [line.partition("#")[2] for line in text.splitlines()]
    said = ["", "Sở Thử", "ST", "", "12/KH-UBND", "18/3/2025", "", "GIÁM ĐỐC", 'Nguyễn "Ba" C:\\Users', "có"]
    typing(*said, "có", "Nguyễn Văn A, 0259 000 001")
    run("plan settings")
    after = table()
    assert after["co_quan"]["ten"] == "Sở Thử"
    assert after["ke_hoach"] == {**before["ke_hoach"], "so": "12/KH-UBND", "ngay": "18/3/2025"}
    assert (after["bao_cao"]["nguoi_ky"], after["bao_cao"]["ho_ten"]) == (
        ["GIÁM ĐỐC"],
        'Nguyễn "Ba" C:\\Users',
    )
    assert after["thoi_han"] == {"sau_thang": "", "dung_ngay_la_dung_han": True, "lui_ngay_nghi": True}
    assert after["cong_van"]["dau_moi"] == "Nguyễn Văn A, 0259 000 001"
    text = Path(SETTINGS).read_text("utf-8")
    assert [line.partition("#")[2] for line in text.splitlines()] == comments


@pytest.mark.parametrize(("ends", "code"), [(EOFError, 2), (KeyboardInterrupt, 130)])
@pytest.mark.usefixtures("workspace")
def test_whatever_ends_the_questions_those_answered_are_kept(
    ends: type[BaseException], code: int, run: Run, monkeypatch: Patch
) -> None:
    given = iter(["UBND tỉnh khác", "Sở Thử", *[""] * 8])

    def typed() -> str:
        if (said := next(given, None)) is None:
            raise ends
        return said

    monkeypatch.setattr("builtins.input", typed)
    assert "không mất câu đã trả lời" in run("plan settings", code)
    office = table()["co_quan"]
    assert (office["chu_quan"], office["ten"]) == ("UBND tỉnh khác", "Sở Thử")


@tabled(("typed", "made", "day"))
def test_a_day_is_read_as_people_write_it(typed: str, made: date, day: date | None) -> None:
    if day is not None:
        assert parse_due(typed, made) == day
        return
    with pytest.raises(CannotRun, match=r"không sau ngày lập|Không hiểu ngày"):
        parse_due(typed, made)


@tabled(("n", "wrong", "told", "right"))
@pytest.mark.usefixtures("workspace")
def test_an_answer_of_another_kind_is_asked_for_again_and_a_right_one_is_shown_as_changed(
    n: int, wrong: str, told: str, right: str, typing: Type, run: Run
) -> None:
    typing(*[""] * (n - 1), wrong, right, *[""] * (len(QUESTIONS) - n))
    said = run.raw("plan settings")[1]
    assert told in said
    assert "Đã ghi 1 thay đổi" in said
    assert f" → {right}\n" in said
    assert f"→ {wrong}" not in said


@pytest.mark.usefixtures("workspace")
def test_settings_without_the_line_of_a_question_are_asked_all_the_same(typing: Type, run: Run) -> None:
    lines = Path(SETTINGS).read_text("utf-8").splitlines(keepends=True)
    Path(SETTINGS).write_text("".join(x for x in lines if not x.startswith(("dau_moi", "lui_ngay"))), "utf-8")
    typing(*[""] * (len(QUESTIONS) - 1), "Nguyễn Văn A")
    run("plan settings")
    assert table()["cong_van"]["dau_moi"] == "Nguyễn Văn A"


# ------------------------------------------------------------------------------ another province


@pytest.fixture
def profile(tmp_path: Path, monkeypatch: Patch, run: Run) -> Path:
    """A copy of the shipped profile whose plan is another province's; its settings still name the old one."""
    monkeypatch.chdir(tmp_path)
    run("plan copy cau-hinh")
    edit(tmp_path / "cau-hinh" / "plan.toml", "Ninh Thuận", "Lào Cai")
    return tmp_path / "cau-hinh"


@pytest.mark.parametrize("way", ["absolute", "relative", "inside"])
def test_a_profile_is_named_by_its_folder(way: str, profile: Path, tmp_path: Path, run: Run) -> None:
    said = {"absolute": str(profile), "relative": "cau-hinh", "inside": "ws/cau-hinh"}[way]
    if way == "inside":
        shutil.copytree(profile, tmp_path / "ws" / "cau-hinh")
    run(f"init ws --profile '{said}' --year 2025")
    made = read_workspace(tmp_path / "ws")
    assert made.profile.plan.province == "tỉnh Lào Cai"
    assert made.settings.ho_so == ("cau-hinh" if way == "inside" else profile.as_posix())


def test_a_copy_has_every_file_overwrites_nothing_and_what_it_lacks_is_told(profile: Path, run: Run) -> None:
    shipped = Path(__file__).parents[2] / "templates" / "ninh_thuan"
    assert {p.name for p in profile.iterdir()} == {p.name for p in shipped.iterdir()}
    before = (profile / "plan.toml").read_bytes()
    assert "không ghi đè" in run("plan copy cau-hinh", 2)
    assert (profile / "plan.toml").read_bytes() == before
    (profile / SETTINGS).unlink()
    assert f"chưa có tệp {SETTINGS}" in run("init ws --profile cau-hinh", 2)
    assert "Không có bộ cấu hình “khong/co”" in run("init ws --profile khong/co", 2)


@pytest.mark.usefixtures("profile")
def test_settings_of_the_old_province_are_told(tmp_path: Path, monkeypatch: Patch, run: Run) -> None:
    run("plan check --profile cau-hinh", 1)
    run("init ws --profile cau-hinh --year 2025")
    monkeypatch.chdir(tmp_path / "ws")
    said = run("plan check", 1)
    for line in ("co_quan.chu_quan = “UBND tỉnh Ninh Thuận”", "co_quan.dia_danh"):
        assert line in said
    edit(Path(SETTINGS), "Ninh Thuận", "Lào Cai")
    assert "Ninh Thuận" not in run("plan check")


def test_words_that_name_no_other_province_are_left_alone(workspace: Workspace) -> None:
    settings, profile = workspace.settings, workspace.profile
    assert of_elsewhere(settings.model_dump(), profile) == ()
    for place, is_own in (("Phan Rang-Tháp Chàm", True), ("Ninh Hải", True), ("Nha Trang", False)):
        office = settings.co_quan.model_copy(update={"dia_danh": place})
        moved = settings.model_copy(update={"co_quan": office}).model_dump()
        assert (of_elsewhere(moved, profile) == ()) is is_own
    said = settings.bao_cao.model_copy(update={"noi_nhan": ("UBND tỉnh (để b/c)", "Các tỉnh bạn", "TỈNH")})
    assert of_elsewhere(settings.model_copy(update={"bao_cao": said}).model_dump(), profile) == ()


def test_a_plan_of_a_day_after_its_figures_is_told_wherever_looked(two: Workspace, run: Run) -> None:
    """The figures of the year were turned when the settings were edited, after the forms went out."""
    assert freeze(two)
    settings = two.root / SETTINGS
    edit(settings, 'ngay = ""', 'ngay = "18/3/2052"', 1)
    lines = settings.read_text(encoding="utf-8").splitlines()
    line = next(n for n, said in enumerate(lines, 1) if "2052" in said)
    told = "ghi ngày 18/03/2052, sau ngày chốt số liệu năm 2025 (31/10/2025)"
    assert f"{SETTINGS}: ke_hoach.ngay (dòng {line}): {told}" in run("plan check", 1)
    assert f"{SETTINGS}: ke_hoach.ngay (dòng {line}): {told}" in run("apply --yes")
    assert f"Kế hoạch {told}" in run("render")
    assert f"Kế hoạch {told}" in run("render --final", 1)


# ------------------------------------------------------------- batch files, under the rules of cmd


@pytest.mark.parametrize("name", LAUNCHERS)
def test_a_batch_file_is_right_under_the_rules_of_cmd(name: str, tmp_path: Path) -> None:
    """Which nothing here can run; what holds of every batch file is held in ``tests/bundle_windows``."""
    write_launchers(tmp_path)
    lines = (tmp_path / name).read_text(encoding="ascii").splitlines()
    text = "\n".join(lines)
    assert (lines[0], lines[-1]) == ("@echo off", "endlocal & exit /b %CODE%")
    assert 'pushd "%~dp0"' in text
    assert text.index('set "CODE=%ERRORLEVEL%"') < text.index("\npopd\n")
    assert re.search(r"(?m)pause$", text)
    moved, missing = (line for line in lines if "Cai-dat.bat" in line)
    assert moved.startswith(r'if defined DVCTT_HOME if not exist "%DVCTT_HOME%\python\python.exe" (echo ')
    assert missing.startswith("if not defined DVCTT_HOME where /q dvctt-report || (echo ")
    for line in (moved, missing):
        assert line.endswith("& pause & exit /b 2)")
    assert next(line for line in lines if line.startswith("%RUN% ")).split()[1] in COMMANDS


@pytest.mark.parametrize("name", ["Nhan-bao-cao.bat", "Kiem-tra-the-thuc.bat"])
def test_what_is_dropped_is_handed_on_by_its_name_before_the_folder_changes(name: str) -> None:
    lines = LAUNCHERS[name].splitlines()
    gather, enter = next(n for n, line in enumerate(lines) if "%~f1" in line), lines.index(":next")
    assert lines[enter : gather + 3] == [":next", lines[gather], "shift", 'if not "%~1"=="" goto next']
    assert gather < next(n for n, line in enumerate(lines) if line.startswith("pushd"))
    assert any(line.startswith("%RUN% ") and line.endswith("%DROPPED%") for line in lines)
