"""What a year comes to whose plan asks for something of every kind."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from dvctt_report.forms.plan_book.reader import read_plan_workbook
from dvctt_report.forms.plan_book.writer import plan_workbook
from dvctt_report.plan.folders import PHRASES, phrases_of, shipped_profile
from dvctt_report.plan.model import Profile
from tests.goals.conftest import BY_HAND, run
from tests.libreoffice import XLSX, LibreOffice
from tests.report.test_consolidated import computed_otherwise, rows

TURNS = {"A1": 1, "A2": 21, "A3": 1, "A4": 5}
"""Things that the commune still missing would have to add, by hand."""


def test_what_would_turn_a_verdict_is_as_by_hand(manifest: dict[str, Any]) -> None:
    turns = {one["code"]: one["turn"] for one in manifest["targets"] if one["grade"] == "provisional"}
    assert turns == TURNS


def test_the_sentences_say_each_goal_and_what_is_lacking(report: docx.document.Document) -> None:
    text = "\n".join(paragraph.text for paragraph in report.paragraphs)
    assert [said for said in BY_HAND["report"]["sentences"] if said not in text] == []
    assert "0 điểm phần trăm" not in text.replace(",0 điểm", "")


def test_the_document_is_checked_and_linted_clean(rendered: Path, capfd: pytest.CaptureFixture[str]) -> None:
    made = rendered / "ket-qua" / "2026" / "bao-cao-2026.docx"
    capfd.readouterr()
    assert run(rendered, "check", str(made)) == 0
    said = capfd.readouterr().out
    assert "0 chỗ khác; 0 chỗ cần đọc; 0 chỗ trống đã điền; " in said
    assert "ĐÃ ĐỔI" not in said
    assert run(rendered, "lint", str(made)) == 0
    assert "Báo cáo: 0 lỗi, 0 cảnh báo" in capfd.readouterr().out


def test_a_bar_has_the_number_of_its_row(rendered: Path, report: docx.document.Document) -> None:
    """Numbers of things and shares of units have no bar; the others keep their places."""
    rows: dict[str, list[str]] = {}
    for table in report.tables:
        for row in table.rows:
            cells = [cell.text for cell in row.cells]
            if len(cells) > 10 and cells[0][:1].isdigit():
                rows.setdefault(cells[2], []).append(cells[0])
    with zipfile.ZipFile(rendered / "ket-qua" / "2026" / "bao-cao-2026.docx") as package:
        chart = package.read("word/charts/bieu-do-1.xml").decode()
    names = set(re.findall(r"<c:v>([\d.]+ [^<]+)</c:v>", chart))
    drawn = {re.sub(r" \(.*|: [\d,]+%.*", "", name) for name in names}
    left = {rows[name][0] for name in ("Lớp tập huấn kỹ năng số", "Kiện toàn đầu mối")}
    assert drawn == {
        f"{number}. {name}"
        for name in BY_HAND["report"]["bars"]
        for number in rows[name]
        if number.partition(".")[0] not in left
    }


@pytest.mark.parametrize("command", ["validate", "render --ministry", "plan", "status"])
def test_every_other_command_takes_it(command: str, rendered: Path) -> None:
    assert run(rendered, *command.split()) in (0, 1)


@pytest.mark.requires("soffice")
def test_the_workbook_comes_to_the_same_when_it_is_computed_anew(
    rendered: Path, tmp_path: Path, libreoffice: LibreOffice
) -> None:
    written = rendered / "ket-qua" / "2026" / "bang-ke-so-lieu-2026.xlsx"
    bare = tmp_path / "trần" / "bang-ke.xlsx"
    bare.parent.mkdir()
    openpyxl.load_workbook(written).save(bare)
    libreoffice.convert([bare], XLSX, tmp_path)
    computed = tmp_path / "bang-ke.xlsx"
    assert computed_otherwise(written, computed) == {}
    assert {row["Khớp báo cáo"] for row in rows(computed, "Tổng hợp")} == {"khớp"}


def test_the_plan_goes_through_its_workbook_without_loss(golden: Profile) -> None:
    phrases = phrases_of(shipped_profile("ninh_thuan") / PHRASES)
    read, _ = read_plan_workbook(plan_workbook(golden, phrases), "x", phrases)
    assert read == golden


def without_base(rendered: Path, to: Path) -> Path:
    """The workspace with growth asked over a year whose figure the plan does not give."""
    root = to / "Báo cáo"
    shutil.copytree(rendered, root)
    plan = root / "ky-bao-cao" / "2026" / "cau-hinh" / "plan.toml"
    text = plan.read_text(encoding="utf-8")
    assert "base = 1205, " in text
    plan.write_text(text.replace("base = 1205, ", ""), encoding="utf-8")
    return root


def explained(root: Path, capfd: pytest.CaptureFixture[str]) -> str:
    capfd.readouterr()
    assert run(root, "render", "--as-of", "20/11/2026 17:00") == 0
    report = docx.Document(str(root / "ket-qua" / "2026" / "bao-cao-2026.docx"))
    cells = (cell.text for table in report.tables for row in table.rows for cell in row.cells)
    return "\n".join((*(paragraph.text for paragraph in report.paragraphs), *cells))


def test_growth_over_a_year_without_a_signed_figure_is_not_judged(
    rendered: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    said = explained(without_base(rendered, tmp_path), capfd)
    assert "Chưa có số đã công bố của năm 2025 để tính mức tăng" in said
    assert "tăng 10% so với năm 2025\n" in said
    assert "1.326" not in said
    assert "cung cấp số liệu theo địa phương về giao dịch" not in said


def test_growth_is_judged_by_what_was_signed_of_the_year_it_is_over(
    rendered: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = without_base(rendered, tmp_path)
    manifest = json.loads((root / "ket-qua" / "2026" / "bao-cao-2026.json").read_text(encoding="utf-8"))
    before = next(one for one in manifest["indicators"] if one["code"] == "B4")
    before |= {"numerator": 1205, "coverage": {"reported": 8, "expected": 8}}
    signed = tmp_path / "bao-cao-2025.json"
    signed.write_text(json.dumps(manifest | {"year": 2025}), encoding="utf-8")
    monkeypatch.setattr(
        "dvctt_report.year.loader.published_manifest",
        lambda workspace, period: signed if str(period) == "2025" else None,
    )
    said = explained(root, capfd)
    assert "thiếu 01 giao dịch so với chỉ tiêu (tối thiểu 1.326 giao dịch, tăng 10% so với năm 2025" in said
