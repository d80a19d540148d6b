"""The profiles that come with the program: made from their sources, each for the years it is true of."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import docx
import pytest

from dvctt_report.cli import door
from dvctt_report.model.period import Period
from dvctt_report.plan.folders import default_profile, shipped_profile
from dvctt_report.plan.load import load_profile
from dvctt_report.store.workspace import read_workspace
from dvctt_report.text.resources import resource_path
from scripts.make_profiles import MADE, main
from tests.shipped import own_file


@pytest.mark.parametrize("name", MADE)
def test_a_made_profile_is_what_its_script_makes(name: str, tmp_path: Path) -> None:
    main(tmp_path)
    shipped = resource_path("templates") / name
    made = {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}
    assert made == {path.name: path.read_bytes() for path in shipped.iterdir()}


@pytest.mark.parametrize(
    "name", [p.name for p in resource_path("templates").iterdir() if (p / "plan.toml").exists()]
)
def test_every_shipped_profile_is_whole(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert door.main(["plan", "check", "--profile", str(resource_path("templates") / name)]) == 0, (
        capfd.readouterr().err
    )


def test_a_sentence_that_cannot_be_used_is_told_by_the_check(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "tinh"
    assert door.main(["plan", "copy", str(home)]) == 0
    path = own_file(home, "phrases.toml")
    path.write_text(
        path.read_text(encoding="utf-8").replace("còn {n:.missing} đơn vị", "còn {m} đơn vị"),
        encoding="utf-8",
    )
    assert door.main(["plan", "check", "--profile", str(home)]) == 2
    assert "{m}" in capfd.readouterr().err


def test_a_new_workspace_gets_the_province_that_is_there_in_its_year(tmp_path: Path) -> None:
    assert default_profile() == default_profile(date(2025, 1, 1)) == "ninh_thuan"
    assert default_profile(date(2026, 1, 1)) == "khanh_hoa"
    assert door.main(["init", str(tmp_path / "ws"), "--year", "2026"]) == 0
    made = read_workspace(tmp_path / "ws")
    assert made.settings.ho_so == "khanh_hoa"
    assert len(made.profile.units(Period(2026))) == 82


def test_borrowed_levels_stand_on_every_draft_and_keep_a_final_report_back(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    held = load_profile(shipped_profile("khanh_hoa")).roster.holding
    assert [one.about.partition(",")[0] for one in held] == ["tên Kế hoạch"]
    root = tmp_path / "ws"
    shared = ["--workspace", str(root)]
    assert door.main(["init", str(root), "--year", "2026"]) == 0
    assert door.main([*shared, "collect"]) in (0, 1)
    assert door.main([*shared, "render"]) == 0
    report = docx.Document(str(root / "ket-qua" / "2026" / "bao-cao-2026.docx"))
    assert any(held[0].about in paragraph.text for paragraph in report.paragraphs)
    capfd.readouterr()
    assert door.main([*shared, "render", "--final"]) == 1
    out = " ".join(" ".join(capfd.readouterr()).split())
    assert f"Chưa xác nhận: {held[0].about}." in out
