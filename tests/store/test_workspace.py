"""A workspace is found upward, read with every fault at once, and never made over another."""

from __future__ import annotations

import re
import shutil
from datetime import datetime
from pathlib import Path

import pytest

from dvctt_report.model.period import Period
from dvctt_report.plan.folders import copy_profile, shipped_profile
from dvctt_report.report.issuers import issuer_of
from dvctt_report.store.workspace import (
    PERIODS,
    SETTINGS,
    Workspace,
    find_workspace,
    make_workspace,
    period_folders,
    read_workspace,
)
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.resources import resource_path


@pytest.fixture
def made(tmp_path: Path) -> Workspace:
    return make_workspace(tmp_path / "lam-viec", "ninh_thuan", Period(2025))


def change(workspace: Workspace, *changes: tuple[str, str]) -> Workspace:
    """Edit the settings as an officer does, and read them again."""
    path = workspace.root / SETTINGS
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    return read_workspace(workspace.root)


def test_a_new_workspace_has_its_folders_and_settings(made: Workspace) -> None:
    assert {p.relative_to(made.root).as_posix() for p in made.root.rglob("*")} == {
        SETTINGS,
        "bieu-mau",
        "nhan-ve",
        "nhan-ve/2025",
        "ket-qua",
        "ket-qua/2025",
        "noi-dung",
    }
    assert (made.forms, made.inbox, made.results, made.prose) == tuple(
        made.root / name for name in ("bieu-mau", "nhan-ve/2025", "ket-qua/2025", "noi-dung")
    )
    assert made.register == made.root / ".dvctt" / "so-nhan.sqlite"


def lasting(folder: Path) -> str:
    """A copy of the shipped profile whose province hasn't ended."""
    copy_profile(resource_path("templates") / "ninh_thuan", folder)
    plan = (folder / "plan.toml").read_text(encoding="utf-8")
    (folder / "plan.toml").write_text(re.sub(r"(?s)\[ended\].*?\n\n", "", plan), encoding="utf-8")
    return folder.as_posix()


def test_the_settings_keep_their_comments_and_are_for_the_year(tmp_path: Path) -> None:
    profile = lasting(tmp_path / "tinh")
    made = make_workspace(tmp_path / "x", profile, Period(2027))

    text = (made.root / SETTINGS).read_text(encoding="utf-8")
    shipped = (resource_path("templates") / "ninh_thuan" / SETTINGS).read_text(encoding="utf-8")
    assert text == shipped.replace("nam = 2025", "nam = 2027").replace('"ninh_thuan"', f'"{profile}"')
    assert read_workspace(made.root) == made
    assert made.period == Period(2027)


@pytest.mark.parametrize(
    ("profile", "year", "told"),
    [
        ("ninh_thuan", 2026, "Tỉnh Ninh Thuận không còn từ sau ngày 30/06/2025, nay thuộc tỉnh Khánh Hòa"),
        *(("ninh_thuan", n, rf"nam: phải là năm từ 2025 đến .*\(đang ghi: {n}\)") for n in (1999, 2100)),
        *(
            (name, 2025, f"(?s)Không có bộ cấu hình “{name}”.*ninh_thuan")
            for name in ("khong_co", "../ninh_thuan", "", "Ninh Thuận")
        ),
    ],
)
def test_a_workspace_for_no_such_profile_or_year_is_not_made(
    tmp_path: Path, profile: str, year: int, told: str
) -> None:
    with pytest.raises(CannotRun) as caught:
        make_workspace(tmp_path / "x", profile, Period(year))
    assert re.search(told, f"{caught.value.message}\n{caught.value.fix}")
    assert not (tmp_path / "x").exists()


def test_the_nearest_workspace_is_found_from_any_folder_in_it(made: Workspace) -> None:
    inner = make_workspace(made.prose / "khac", "ninh_thuan", Period(2025))

    assert find_workspace(inner.inbox) == inner
    assert find_workspace(made.prose) == find_workspace(made.root) == made


def test_an_issuer_may_have_nobody_above_it(made: Workspace) -> None:
    changed = change(made, ('chu_quan = "UBND tỉnh Ninh Thuận"', 'chu_quan = ""'))
    assert issuer_of(changed, datetime(2025, 11, 20)).parent_name == ""


def test_every_fault_of_the_settings_is_told_in_one_run(made: Workspace) -> None:
    with pytest.raises(CannotRun) as caught:
        change(
            made,
            ("nam = 2025", "nam = 25"),
            ('so = ""', 'so = "1234/KH-UBND ngày 18/3"'),
            ('ngay = ""', 'ngay = "31/2/2025"'),
            ("lui_ngay_nghi = false", "lui_ngay_nghi = 5"),
            ("dia_danh =", "diadanh ="),
            ("thang = 11", "thang = 13"),
            ('"than_bai"', '"thân bài"'),
        )

    lines = [
        n
        for n, line in enumerate((made.root / "dvctt.toml").read_text(encoding="utf-8").splitlines(), 1)
        if line.startswith("thang = 13")
    ]
    assert f"dvctt.toml: bao_cao.thang (dòng {lines[0]}): " in caught.value.message
    text = re.sub(r" \(dòng \d+\)", "", caught.value.message)
    for said in (
        "dvctt.toml: nam: phải là năm từ 2025 đến 2099, hoặc 2025-3T (quý I), 2025-6T, "
        "2025-9T (đang ghi: 25)",
        "dvctt.toml: ke_hoach.so: chỉ ghi số, ký hiệu, dạng 1234/KH-UBND; ngày ghi ở dòng ngay "
        "(đang ghi: 1234/KH-UBND ngày 18/3)",
        "dvctt.toml: ke_hoach.ngay: phải là ngày có thật, dạng 18/3/2025, hoặc để trống "
        "(đang ghi: 31/2/2025)",
        "dvctt.toml: thoi_han.lui_ngay_nghi: phải là true hoặc false (đang ghi: 5)",
        "dvctt.toml: co_quan.dia_danh: thiếu giá trị bắt buộc",
        "dvctt.toml: co_quan.diadanh: tên không dùng trong cấu hình (có thể gõ sai tên)",
        "dvctt.toml: bao_cao.thang: phải nhỏ hơn hoặc bằng 12 (đang ghi: 13)",
        "dvctt.toml: bao_cao.neu_ten_don_vi: chỉ nhận một trong các giá trị 'than_bai', 'phu_luc', 'khong'",
    ):
        assert said in text
    assert len(text.splitlines()) == 1 + 8


def test_the_plan_is_that_of_the_province_with_what_the_settings_add(made: Workspace) -> None:
    plain = made.profile.plan
    filled = change(
        made,
        ('so = ""', 'so = "1234/KH-UBND"'),
        ('ngay = ""', 'ngay = "18/3/2025"'),
        ('tai_lieu_huong_dan = ""', 'tai_lieu_huong_dan = "Công văn số 1"'),
        ("dung_ngay_la_dung_han = false", "dung_ngay_la_dung_han = true"),
        ("lui_ngay_nghi = false", "lui_ngay_nghi = true"),
    ).profile.plan

    assert (plain.document.number, plain.document.date, plain.guidance_document) == ("", "", "")
    assert (plain.deadline.day_itself_on_time, plain.deadline.shift_day_off) == (False, False)
    assert (filled.document.number, filled.document.date) == ("1234/KH-UBND", "18/3/2025")
    assert filled.document.kind == plain.document.kind
    assert filled.guidance_document == "Công văn số 1"
    assert (filled.deadline.day_itself_on_time, filled.deadline.shift_day_off) == (True, True)
    assert filled.deadline.last_day(Period(2025)).isoformat() == "2025-11-10"


def test_a_profile_beside_the_workspace_is_taken_before_a_shipped_one(made: Workspace) -> None:
    own = made.root / "cau-hinh"
    shutil.copytree(shipped_profile("ninh_thuan"), own)
    plan = own / "plan.toml"
    plan.write_text(plan.read_text(encoding="utf-8").replace('"NT1588"', '"RIENG"'), encoding="utf-8")

    changed = change(made, ('ho_so = "ninh_thuan"', 'ho_so = "cau-hinh"'))

    assert changed.profile_folder == own
    assert changed.profile.plan.code == "RIENG"


def test_a_half_year_comes_before_its_year_among_the_folders_of_periods(made: Workspace) -> None:
    home = made.root / PERIODS
    for name in ("2026", "2026-6T", "2025", "ghi chép"):
        (home / name).mkdir(parents=True, exist_ok=True)

    found = [(str(period), folder.name) for period, folder in period_folders(made.root)]
    assert found == [(name, name) for name in ("2025", "2026-6T", "2026")]
