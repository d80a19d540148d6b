"""A year that asks for another kind of level than the year before: nothing of the earlier level is left."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from dvctt_report.cli import door
from dvctt_report.forms.formulas import Answer
from dvctt_report.model import Key
from dvctt_report.model.period import Period
from tests.goals.conftest import BY_HAND, SENT, answers_of, profile_folder, run, send
from tests.goals.test_matrix import cells, text_of

NEXT = Period(2027)


def _following(answers: Mapping[Key, Answer]) -> dict[Key, Answer]:
    """The same, a year later."""
    return {at: v.replace(year=2027) if isinstance(v, date) else v for at, v in answers.items()}


@pytest.fixture(scope="module")
def root(rendered: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of 2027, after that of 2026 was signed with a commune missing."""
    folder = tmp_path_factory.mktemp("kinds")
    home = profile_folder(folder / "an_binh")
    plan = home / "plan.toml"
    text = plan.read_text(encoding="utf-8")
    for level, more in BY_HAND["next_levels"].items():
        assert level in text
        of = level.removesuffix("]")
        text = text.replace(level, f"{of}, {more}", 1)
    plan.write_text(text, encoding="utf-8")
    signed = json.loads((rendered / "ket-qua" / "2026" / "bao-cao-2026.json").read_text(encoding="utf-8"))
    kept = folder / "bao-cao-2026.json"
    kept.write_text(json.dumps(signed), encoding="utf-8")
    root = folder / "Báo cáo"
    assert door.main(["init", str(root), "--profile", str(home), "--year", "2027"]) == 0
    assert run(root, "forms") == 0
    for code in SENT:
        send(root, code, _following(answers_of(code)), NEXT)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "dvctt_report.year.loader.published_manifest",
            lambda workspace, period: kept if str(period) == "2026" else None,
        )
        assert run(root, "collect") in (0, 1)
        assert run(root, "render", "--as-of", "20/11/2027 17:00") == 0
        assert run(root, "export", "--communes") == 0
    return root


@pytest.fixture(scope="module")
def made(root: Path) -> Path:
    return root / "ket-qua" / "2027"


def test_the_annex_prints_the_levels_of_the_year_alone(made: Path) -> None:
    rows = {row[1]: row for row in cells(made / "bao-cao-2027.docx") if len(row) == 12}
    printed = BY_HAND["next_printed"]
    assert {code: [rows[code][4], *rows[code][7:9]] for code in printed} == printed
    said = text_of(made / "bao-cao-2027.docx")
    for old in ("≥ 82,5", "tối thiểu 82,5", "≤ 3 sự cố", "không quá 03 sự cố", "< 10", "30/06/2026", "1.326"):
        assert old not in said, old


def test_a_day_after_the_cut_off_is_told_with_the_year_that_it_is_of(made: Path) -> None:
    said = text_of(made / "bao-cao-2027.docx")
    assert "chỉ tiêu đến năm 2027 và 2030" in said
    assert "đến năm 2026" not in said


def test_a_day_that_the_plan_does_not_set_was_not_kept(made: Path) -> None:
    """C1 has a day for the communes alone, C3 had days of 2026 alone."""
    said = text_of(made / "bao-cao-2027.docx")
    assert "Ban hành kế hoạch của cơ quan: có 06/07 cơ quan, đạt 85,7% tính chung" in said
    assert "ủy ban nhân dân xã có 03/04 cơ quan hoàn thành trong thời hạn" in said
    assert "Kiện toàn đầu mối: có 07/07 cơ quan, đạt 100%; Kế hoạch không đặt mức năm 2027" in said


def test_who_has_a_level_of_its_group_alone_is_held_against_that(
    root: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    levels = {"A1": "tối thiểu 82,5", "A7": "không quá 3", "A5": "tối thiểu 5", "C1": "30/06/2026"}
    for code, old in levels.items():
        capfd.readouterr()
        assert run(root, "explain", code) == 0
        assert old not in capfd.readouterr().out, code


def test_words_in_the_place_of_a_number_leave_none_behind(made: Path) -> None:
    rows = {row[0]: row for row in cells(made / "so-sanh-cap-xa-2027.docx") if len(row) == 6}
    assert rows["A1"][2] == "≥ 85"
    assert "A4" not in rows  # words don't tell which way is better: no order
    sheet = openpyxl.load_workbook(made / "so-sanh-cap-xa-2027.xlsx")["Số liệu"]
    of_words = [row for row in sheet.iter_rows(values_only=True) if row[1] == "A4"]
    assert {(row[3], row[7]) for row in of_words} == {("giảm dần", "x")}


def test_growth_over_a_year_that_was_signed_incomplete_is_not_judged_and_says_why(made: Path) -> None:
    said = text_of(made / "bao-cao-2027.docx")
    assert "Số đã công bố của năm 2026 (1.325 giao dịch) chưa đủ các đơn vị nên không tính mức tăng." in said
    assert "Chưa có số đã công bố" not in said
    row = next(row for row in cells(made / "bao-cao-2027.docx") if len(row) == 12 and row[1] == "B4")
    assert row[9] == "Chưa kết luận"


def test_the_verdict_on_growth_that_is_not_reckoned_is_explained_by_that(
    root: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    capfd.readouterr()
    assert run(root, "explain", "B4") == 0
    said = " ".join(capfd.readouterr().out.split())
    assert "Chưa đủ cơ sở để đánh giá chỉ tiêu tăng 10% so với năm 2026." in said
    assert "Không có số đã công bố của năm gốc đủ để tính mức tăng." in said
    assert "theo từng nhóm đơn vị" not in said
    assert "80%" not in said


def test_only_what_is_judged_is_told_to_be_judged_by_the_level_of_the_year_before(made: Path) -> None:
    """A2, A3, A6, A8, B2; not B3, of which the plan of 2026 says "đa số"."""
    said = text_of(made / "bao-cao-2027.docx")
    assert "không đặt mức năm 2027 cho 05 chỉ tiêu; các chỉ tiêu này được đánh giá theo mức năm 2026" in said
    manifest = json.loads((made / "bao-cao-2027.json").read_text(encoding="utf-8"))
    carried = {target["code"]: target["carried_from"] for target in manifest["targets"]}
    assert {code for code, year in carried.items() if year} == {"A2", "A3", "A6", "A8", "B2"}


def test_a_unit_has_the_level_of_its_group_and_none_of_a_number_that_all_have_to_come_to(made: Path) -> None:
    book = openpyxl.load_workbook(made / "bang-ke-so-lieu-2027.xlsx", data_only=True)
    rows = [row for row in book["Mục tiêu theo đơn vị"].iter_rows(values_only=True) if any(row)]
    at = next(n for n, row in enumerate(rows) if row[0] == "Mã")
    found = {(row[0], row[2]): dict(zip(rows[at], row, strict=True))["Ngưỡng"] for row in rows[at + 1 :]}
    judged = {("A1", "SYT"): 80, ("A1", "X1"): 85, ("A2", "X1"): 2.5}
    told = judged | dict.fromkeys((("A5", "SYT"), ("A7", "X1"), ("B2", "X1")))
    assert {of: found[of] for of in told} == told


def test_a_folder_is_shown_and_checked_for_the_year_of_the_workspace(
    root: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    capfd.readouterr()
    home = root.parent / "an_binh"
    assert run(root, "plan", "check", "--profile", str(home)) == 0
    checked = capfd.readouterr().out
    assert "chưa có mức cho các đơn vị sau, 2 chỗ" in checked
    assert run(root, "plan", "show", "--profile", str(home)) == 0
    shown = " ".join(capfd.readouterr().out.split())
    assert "mức áp dụng năm 2027" in shown
    assert "“giảm dần”" in shown


def test_opening_the_next_year_names_the_groups_that_a_level_is_of(
    rendered: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "Báo cáo"
    shutil.copytree(rendered, root)
    capfd.readouterr()
    assert run(root, "roll") in (0, 1)
    said = capfd.readouterr().out
    level = "≥ 70% (Sở, ban, ngành); ≥ 55% (Ủy ban nhân dân xã)"
    assert f"B1 Hồ sơ được số hóa: theo mức năm 2026 ({level})" in said
    assert "B3 Học sinh được phổ cập kỹ năng số: theo mức năm 2026 (“đa số”)" in said
    days = "đến 30/06/2026 (Sở, ban, ngành); đến 30/09/2026 (Ủy ban nhân dân xã)"
    assert f"C3 Kiện toàn đầu mối: {days}" in said
