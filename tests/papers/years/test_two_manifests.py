"""Two signed years of the sample beside each other, worked out a second time from files alone.

Nothing of the program's comparison is used: JSON, TOML and fractions.
"""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest

from dvctt_report.cli import door
from dvctt_report.forms.writer import form_bytes
from dvctt_report.model.period import Period
from dvctt_report.store.workspace import read_workspace
from scripts.sample.answers import read_told
from scripts.sample.following import make_final
from tests.conftest import sign

SAME_ROSTER = """[[scopes]]
year = 2026
roster_on = 2025-06-30
note = "theo danh sách năm 2025"

[[scopes]]
year = 2025"""
REDEFINED = "T2"


@pytest.fixture
def signed_sample(rendered_sample: Path, tmp_path: Path) -> Path:
    """The whole sample, signed: with fewer returns hardly anything is compared."""
    root = tmp_path / "signed"
    shutil.copytree(rendered_sample, root)
    make_final(root)
    sign(root)
    return root


@pytest.fixture
def two_years(office: Path) -> tuple[dict[str, Any], dict[str, Any], Path]:
    """The published manifest of 2025 and that of 2026, whose units, but one, give the same figures again."""
    plan = office / "tinh" / "plan.toml"
    text = plan.read_text(encoding="utf-8").replace("[[scopes]]\nyear = 2025", SAME_ROSTER, 1)
    item = text.index(f'code = "{REDEFINED}"')
    text = text[:item] + re.sub(r'(?m)^total = "', 'total = "Cả người làm hợp đồng. ', text[item:], count=1)
    plan.write_text(text, encoding="utf-8")
    door.main(["roll", "2026"])
    workspace = read_workspace(office)
    for told in read_told(workspace.profile, 2025):
        form = form_bytes(workspace.profile, told.unit, Period(2026), told.answers)
        (workspace.inbox / f"{told.unit.code}.xlsx").write_bytes(form)
    (workspace.inbox / "SYT.xlsx").unlink()
    door.main(["collect"])
    assert door.main(["render", "--as-of", "20/11/2026 17:00"]) == 0
    now = json.loads((office / "ket-qua/2026/bao-cao-2026.json").read_text(encoding="utf-8"))
    before = json.loads(
        (office / "ky-bao-cao/2025/phat-hanh/1/bao-cao-2025.json").read_text(encoding="utf-8")
    )
    return before, now, office


def counted(folder: Path) -> dict[str, tuple[Any, ...]]:
    """What each target of a profile counts, as its file says."""
    items = tomllib.loads((folder / "plan.toml").read_text(encoding="utf-8"))["items"]
    names = (
        "measure",
        "unit_of_count",
        "total",
        "done",
        "question",
        "choices",
        "total_sources",
        "answered_by",
    )
    targets = (one for one in items if one["kind"] == "target")
    return {one["code"]: tuple(str(one.get(name)) for name in names) for one in targets}


def percent(indicator: dict[str, Any]) -> Decimal | None:
    text = indicator["percent"]
    return None if text is None else Decimal(text.rstrip("%").replace(",", "."))


def expected(
    code: str, old: dict[str, Any], new: dict[str, Any], same: bool
) -> tuple[str | None, Decimal | None]:
    """Why a target isn't compared, or the points between its two printed rates."""
    before, now = percent(old), percent(new)
    if before is None or now is None:
        return "no_figure", None
    if not same:
        return "definition", None
    shares = [one["coverage"]["reported"] * 100 >= 80 * one["coverage"]["expected"] for one in (old, new)]
    if not all(shares):
        return "coverage", None
    finer = max(before, now, key=lambda one: -int(one.as_tuple().exponent))
    pairs = (100 * Decimal(one["numerator"]) / one["denominator"] for one in (old, new))
    was, is_now = (one.quantize(finer, ROUND_HALF_UP) for one in pairs)
    return None, is_now - was


def test_every_comparison_is_what_the_two_manifests_give(
    two_years: tuple[dict[str, Any], dict[str, Any], Path],
) -> None:
    before, now, root = two_years
    was, is_now = (counted(root / "ky-bao-cao" / "2025" / "cau-hinh"), counted(root / "tinh"))
    old = {one["code"]: one for one in before["indicators"]}
    told = {one["code"]: one["last_year"] for one in now["targets"]}
    reasons = set()
    for new in now["indicators"]:
        code = new["code"]
        why, points = expected(code, old[code], new, was[code] == is_now[code])
        found = told[code]
        assert found["year"] == 2025
        if (found["why"], why) == ("coverage", None):
            continue  # weighed by size as well, which the indicators don't say
        assert found["why"] == why, code
        assert (None if found["points"] is None else Decimal(found["points"].replace(",", "."))) == points, (
            code
        )
        reasons.add(why)
    assert told[REDEFINED]["why"] == "definition"
    assert {None, "definition", "no_figure"} <= reasons
    assert sum(one["points"] is not None for one in told.values()) >= 8
