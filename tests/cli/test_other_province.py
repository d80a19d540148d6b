"""Another province: the profile copied, edited, named by its folder, and what still names the old one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dvctt_report.cli import door
from dvctt_report.plan.elsewhere import of_elsewhere
from dvctt_report.store.workspace import SETTINGS, read_workspace
from tests.pytest_types import Capture, Patch

OTHER = "Lào Cai"


def rename(path: Path, province: str = OTHER) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Ninh Thuận", province), encoding="utf-8")


@pytest.fixture
def profile(tmp_path: Path, monkeypatch: Patch) -> Path:
    """A copy of the shipped profile whose plan is another province's; its settings still name the old one."""
    monkeypatch.chdir(tmp_path)
    assert door.main(["plan", "copy", "cau-hinh"]) == 0
    rename(tmp_path / "cau-hinh" / "plan.toml")
    return tmp_path / "cau-hinh"


def test_a_copy_has_every_file_and_overwrites_nothing(profile: Path, capfd: Capture) -> None:
    shipped = Path(__file__).parents[2] / "templates" / "ninh_thuan"
    assert {p.name for p in profile.iterdir()} == {p.name for p in shipped.iterdir()}
    before = (profile / "plan.toml").read_bytes()
    assert door.main(["plan", "copy", str(profile)]) == door.CANNOT_RUN
    assert "không ghi đè" in capfd.readouterr().err
    assert (profile / "plan.toml").read_bytes() == before


@pytest.mark.parametrize("way", ["absolute", "relative", "inside"])
def test_a_workspace_is_made_with_a_profile_by_its_folder(way: str, profile: Path, tmp_path: Path) -> None:
    said = {"absolute": str(profile), "relative": "cau-hinh", "inside": "ws/cau-hinh"}[way]
    if way == "inside":
        shutil.copytree(profile, tmp_path / "ws" / "cau-hinh")
    assert door.main(["init", "ws", "--profile", said, "--year", "2025"]) == 0
    made = read_workspace(tmp_path / "ws")
    assert made.profile.plan.province == f"tỉnh {OTHER}"
    assert made.settings.ho_so == ("cau-hinh" if way == "inside" else profile.as_posix())


def test_a_folder_without_settings_or_plan_is_told(profile: Path, capfd: Capture) -> None:
    (profile / SETTINGS).unlink()
    assert door.main(["init", "ws", "--profile", str(profile)]) == door.CANNOT_RUN
    assert f"chưa có tệp {SETTINGS}" in capfd.readouterr().err
    assert door.main(["init", "ws", "--profile", "khong/co"]) == door.CANNOT_RUN
    assert "Không có bộ cấu hình “khong/co”" in capfd.readouterr().err


def test_settings_that_name_the_old_province_are_told_until_they_are_edited(
    profile: Path, tmp_path: Path, monkeypatch: Patch, capfd: Capture
) -> None:
    assert door.main(["plan", "check", "--profile", str(profile)]) == 1
    assert door.main(["init", "ws", "--profile", str(profile), "--year", "2025"]) == 0
    monkeypatch.chdir(tmp_path / "ws")
    capfd.readouterr()
    assert door.main(["plan", "check"]) == 1
    said = capfd.readouterr().out
    for line in ("co_quan.chu_quan = “UBND tỉnh Ninh Thuận”", "co_quan.dia_danh"):
        assert line in said
    rename(tmp_path / "ws" / SETTINGS)
    assert door.main(["plan", "check"]) == 0
    assert "Ninh Thuận" not in capfd.readouterr().out


def test_words_that_name_no_other_province_are_left_alone(tmp_path: Path) -> None:
    assert door.main(["init", str(tmp_path / "ws"), "--year", "2025"]) == 0
    workspace = read_workspace(tmp_path / "ws")
    settings, profile = workspace.settings, workspace.profile
    assert of_elsewhere(settings.model_dump(), profile) == ()
    for place, is_own in (("Phan Rang-Tháp Chàm", True), ("Ninh Hải", True), ("Nha Trang", False)):
        office = settings.co_quan.model_copy(update={"dia_danh": place})
        moved = settings.model_copy(update={"co_quan": office}).model_dump()
        assert (of_elsewhere(moved, profile) == ()) is is_own
    said = settings.bao_cao.model_copy(update={"noi_nhan": ("UBND tỉnh (để b/c)", "Các tỉnh bạn", "TỈNH")})
    assert of_elsewhere(settings.model_copy(update={"bao_cao": said}).model_dump(), profile) == ()
