"""The sample's following year, which the script of the sample makes by commands alone."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from dvctt_report.model.period import Period
from dvctt_report.store.workspace import read_workspace
from scripts.sample.following import make_following
from tests.cli.officer import Run


@pytest.fixture(scope="module")
def following(rendered_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("following") / "Báo cáo"
    make_following(rendered_sample, root)
    return root


def test_the_signed_year_stands_with_its_supplement(following: Path, run: Run) -> None:
    check = f"--workspace '{following}' publish --check"
    told = run.json(f"{check} --year 2025")["publications"]
    assert [(one["document"], one["changes"]) for one in told] == [("386/BC-SKHCN", []), ("401/BC-SKHCN", [])]
    assert "dvctt-report publish --check --year 2025" in run(check, 2), "the year that has them"


def test_a_figure_is_explained_by_the_supplement_and_one_that_only_the_report_prints_by_that(
    following: Path, run: Run
) -> None:
    explain = f"--workspace '{following}' explain --year 2025"
    text = run(f"{explain} T10")
    assert "Báo cáo Báo cáo bổ sung số 401/BC-SKHCN ngày 27/11/2025." in text
    assert "Trước đó: Báo cáo số 386/BC-SKHCN ngày 25/11/2025." in text
    assert "mã tệp" not in text
    kept = following / "ky-bao-cao/2025/phat-hanh"
    first = kept / "1" / "bao-cao-2025.json"
    assert f'Giải trình theo Báo cáo số 386/BC-SKHCN ngày 25/11/2025: thêm --report "{first}"' in text
    manifests = (json.loads((kept / n / "bao-cao-2025.json").read_text(encoding="utf-8")) for n in "12")
    old, new = (next(one["percent"] for one in m["indicators"] if one["code"] == "T10") for m in manifests)
    assert old != new
    text = run(f"{explain} {old}")
    assert "Sau đó số liệu đã đổi theo Báo cáo bổ sung số 401/BC-SKHCN ngày 27/11/2025." in text


def test_the_commune_that_is_left_reports_for_the_one_that_ended(following: Path) -> None:
    workspace = read_workspace(following)
    assert workspace.period == Period(2026)
    (change,) = workspace.profile.roster.changes
    gone, left = (workspace.profile.roster.unit(codes[0]) for codes in (change.before, change.after))
    asked = {unit.code for unit in workspace.profile.units(Period(2026))}
    assert gone.code not in asked
    assert left.code in asked
    assert [unit for unit, _ in workspace.profile.taken_over(left, Period(2026))] == [gone]


def test_what_was_handed_over_is_counted_with_its_successor_and_never_by_itself(
    following: Path, run: Run
) -> None:
    (change,) = read_workspace(following).profile.roster.changes
    gone, left = change.before[0], change.after[0]
    told = {one["unit"]: one["status"] for one in run.json(f"--workspace '{following}' collect")["returns"]}
    assert (told[gone], told[left]) == ("handed_over", "effective")
    manifest = json.loads((following / "ket-qua/2026/bao-cao-2026.json").read_text(encoding="utf-8"))
    counted = {c["unit"] for c in manifest["contributions"] if c["numerator"] is not None}
    assert left in counted
    assert gone not in counted
    (row,) = {
        c for block in manifest["printed"] for c in block.get("cells", ()) if "(gồm cả số liệu của" in c
    }
    assert row.endswith("đến hết ngày 30/06/2026)")


def test_the_draft_of_the_following_year_compares_nothing_it_cannot(following: Path) -> None:
    text = (following / "ket-qua/2026/bao-cao-2026.json").read_text(encoding="utf-8")
    assert "Kế hoạch không đặt mức năm 2026" in text
    carried = Counter(target["carried_from"] for target in json.loads(text)["targets"])
    assert f"{carried[2025]} chỉ tiêu Kế hoạch không đặt mức năm 2026" in text
    assert "Không so với năm 2025: địa bàn báo cáo của hai năm khác nhau" in text
    targets = {one["code"]: one for one in json.loads(text)["indicators"]}
    assert targets["T10"]["at_least"] == 85
