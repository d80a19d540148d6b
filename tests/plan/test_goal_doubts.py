"""Levels that can't be what the plan says are named by ``plan check``; whatever may be so is left alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dvctt_report.cli import door
from dvctt_report.model.period import Period
from dvctt_report.plan.contradictions import find_contradictions
from dvctt_report.plan.load import load_profile
from dvctt_report.text.resources import resource_path
from tests.plan.test_faults import PLAN, UNITS, write

AT_80 = "thresholds = [{ year = 2025, at_least = 80 }]"
TITLE = 'title = "Mục tiêu một"'


def plan(title: str, levels: str, *changes: tuple[str, str]) -> str:
    """The small plan with a first target of this title and these levels."""
    text = PLAN.replace(TITLE, f'title = "{title}"').replace(AT_80, f"thresholds = [{levels}]")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text


NAMED = [
    (
        "Tối thiểu 80% hồ sơ được xử lý trực tuyến",
        "{ year = 2025, at_least = 0.8 }",
        "thresholds[1].at_least (dòng {}): ghi 0,8, tức là chưa đến 1%: mức ghi theo phần trăm",
    ),
    (
        "Tối thiểu 80% hồ sơ được xử lý trực tuyến",
        "{ year = 2025, at_least = 85 }",
        "thresholds[1].at_least (dòng {}): ghi 85%, còn tên mục tiêu (title) ghi “Tối thiểu 80%”",
    ),
    (
        "100% cơ quan có trang",
        "{ year = 2025, at_least = 10 }",
        "ghi 10%, còn tên mục tiêu (title) ghi “100%”",
    ),
    ("Trong đó lĩnh vực đất đai đạt tối thiểu 85%", "{ year = 2025, at_least = 58 }", "ghi “tối thiểu 85%”"),
    ("Không quá 2,5% hồ sơ quá hạn", "{ year = 2025, at_most = 25 }", "ghi “Không quá 2,5%”"),
    ("Không quá 5% hồ sơ quá hạn", "{ year = 2025, at_least = 5 }", "ghi at_least, “tối thiểu 5%”, còn"),
    ("Tối thiểu 80% hồ sơ", "{ year = 2025, at_most = 80 }", "ghi at_most, “không quá 80%”, còn"),
    (
        "Đến năm 2030, tối thiểu 90% hồ sơ",
        "{ year = 2025, at_least = 80 }, { year = 2030, at_least = 95 }",
        "thresholds[2].at_least (dòng {}): ghi 95%",
    ),
    (
        "Hồ sơ trực tuyến",
        "{ year = 2025, at_least = 80 }, { year = 2026, at_least = 60 }",
        "thresholds[2].at_least (dòng {}): năm 2026, tối thiểu 60%, nhẹ hơn năm 2025, tối thiểu 80%",
    ),
    (
        "Hồ sơ quá hạn",
        "{ year = 2026, at_most = 9 }, { year = 2025, at_most = 5 }",
        "thresholds[1].at_most (dòng {}): năm 2026, không quá 9%, nhẹ hơn năm 2025, không quá 5%",
    ),
]


@pytest.mark.parametrize(("title", "levels", "told"), NAMED)
def test_a_level_that_can_not_be_is_named_with_its_line(
    title: str, levels: str, told: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    text = plan(title, levels)
    folder = write(tmp_path, text, UNITS)
    shutil.copy(resource_path("templates") / "ninh_thuan" / "phrases.toml", folder)
    assert door.main(["plan", "check", "--profile", str(folder), "--year", "2025"]) == 1
    line = text.splitlines().index(f"thresholds = [{levels}]") + 1
    (found,) = [said for said in capfd.readouterr().out.splitlines() if "(T1).thresholds" in said]
    assert told.format(line) in found


SILENT = [
    ("Tối thiểu 80% hồ sơ", "{ year = 2025, at_least = 80 }"),
    ("Trên 80% hồ sơ", "{ year = 2025, more_than = 80 }"),
    ("Không quá 0,5% hồ sơ quá hạn", "{ year = 2025, at_most = 0.5 }"),
    ("Số hồ sơ tăng tối thiểu 10% so với năm trước", "{ year = 2025, at_least = 80 }"),
    ("Hồ sơ cấp tỉnh 80%, cấp xã đạt 50%", "{ year = 2025, at_least = 70 }"),
    ("Hồ sơ của 30% dân số được số hóa", "{ year = 2025, at_least = 70 }"),
    ("Tối thiểu 80% hồ sơ", "{ year = 2025, at_least = 70 }, { year = 2026, at_least = 80 }"),
    ("Đến năm 2030, tối thiểu 90% hồ sơ", "{ year = 2025, at_least = 80 }"),
    ("Tối thiểu 80% hồ sơ", '{ year = 2025, words = "đa số" }'),
    (
        "Tối thiểu 80% hồ sơ",
        '{ year = 2025, at_least = 70, groups = ["g"] }',
    ),
]


@pytest.mark.parametrize(("title", "levels"), SILENT)
def test_a_level_that_may_be_is_left_alone(title: str, levels: str, tmp_path: Path) -> None:
    text = plan(title, levels, ('total_sources = ["HS.resolved_total"]\n', ""))
    assert _told(write(tmp_path, text, UNITS), 2025) == []


@pytest.mark.parametrize("name", ["ninh_thuan", "khanh_hoa"])
def test_the_levels_of_the_shipped_plans_are_sound(name: str) -> None:
    assert _told(resource_path("templates") / name, 2025) == []


def _told(folder: Path, year: int) -> list[str]:
    found = find_contradictions(load_profile(folder), Period(year))
    return [f"{where}: {what}" for where, what in found if "thresholds" in where]
