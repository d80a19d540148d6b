"""A plan dated after the figures of its report: told by whatever looks at the settings, never signed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dvctt_report.cli import door
from dvctt_report.store.frozen import freeze
from dvctt_report.store.workspace import read_workspace
from tests.pytest_types import Capture

TOLD = "ghi ngày 18/03/2052, sau ngày chốt số liệu năm 2025 (31/10/2025)"


@pytest.fixture
def late(collected_two: Path, tmp_path: Path) -> Path:
    """A period whose settings were edited after its forms went out: the figures of the year turned."""
    root = tmp_path / "Sổ"
    shutil.copytree(collected_two, root)
    assert freeze(read_workspace(root))
    settings = root / "dvctt.toml"
    text = settings.read_text(encoding="utf-8")
    assert 'ngay = ""' in text
    settings.write_text(text.replace('ngay = ""', 'ngay = "18/3/2052"', 1), encoding="utf-8")
    return root


def test_a_plan_of_a_later_day_is_told_where_settings_are_looked_at(late: Path, capfd: Capture) -> None:
    here = ("--workspace", str(late))
    at = (late / "dvctt.toml").read_text(encoding="utf-8").splitlines()
    line = next(n for n, said in enumerate(at, 1) if "2052" in said)

    assert door.main([*here, "plan", "check"]) == 1
    assert f"dvctt.toml: ke_hoach.ngay (dòng {line}): {TOLD}" in capfd.readouterr().out
    assert door.main([*here, "apply", "--yes"]) == 0
    assert f"dvctt.toml: ke_hoach.ngay (dòng {line}): {TOLD}" in capfd.readouterr().out
    assert door.main([*here, "render"]) == 0
    assert f"Kế hoạch {TOLD}" in " ".join(capfd.readouterr().out.split())
    assert door.main([*here, "render", "--final"]) == 1
    assert f"Kế hoạch {TOLD}" in " ".join(capfd.readouterr().out.split())
