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
from tests.goals.conftest import run
from tests.libreoffice import XLSX, LibreOffice
from tests.report.test_consolidated import computed_otherwise, rows

TURNS = {"A1": 1, "A2": 21, "A3": 1, "A4": 5}
"""Things that the commune still missing would have to add, by hand."""

SENTENCES = (
    "đạt 82,7% (339/410 hồ sơ), vượt 0,2 điểm phần trăm so với chỉ tiêu (tối thiểu 82,5%)",
    "chiếm 2,7% (09/339 hồ sơ), vượt 01 hồ sơ, cao hơn 0,2 điểm phần trăm so với chỉ tiêu (không quá 2,5%)",
    "Có 03 đơn vị có tỷ lệ trên 2,5%: Sở Y tế (7,3%); UBND các xã: Một (6,3%), Tư (22,2%).",
    "01 đơn vị còn lại có ít nhất 21 hồ sơ chưa quá hạn",
    "Người dân trưởng thành có tài khoản (tạm tính): đạt 60% (540/900 người), thiếu 01 người so với chỉ tiêu "
    "(trên 60%)",
    "chiếm 4,3% (03/70 phản ánh), thấp hơn 5,7 điểm phần trăm so với giới hạn của chỉ tiêu (dưới 10%)",
    "có 04 bộ dữ liệu, còn thiếu 01 bộ dữ liệu so với chỉ tiêu (tối thiểu 05 bộ dữ liệu); chưa kết luận do "
    "còn 01 đơn vị chưa có số liệu.",
    "có 03/04 đơn vị từ 01 kênh trở lên, đạt 75%, thiếu 01 đơn vị",
    "Có 01 đơn vị chưa đủ 01 kênh: UBND xã Hai.",
    "có 02 sự cố, trong giới hạn của chỉ tiêu (không quá 03 sự cố); chưa kết luận do còn 01 đơn vị",
    "có 11 lớp tính chung; chưa kết luận do còn 01 đơn vị chưa có số liệu. Theo "
    "từng nhóm: sở, ban, ngành có 05 lớp, chỉ tiêu tối thiểu 05 lớp; ủy ban nhân dân xã có 06 lớp, chỉ tiêu "
    "tối thiểu 08 lớp, thiếu 02 lớp, chưa kết luận.",
    "đạt 65,8% (329/500 hồ sơ) tính chung; chưa đạt chỉ tiêu ở 01/02 nhóm: sở, ban, ngành "
    "đạt 69,7% (209/300 hồ sơ), chỉ tiêu tối thiểu 70%, thiếu 01 hồ sơ, thấp hơn 0,3 điểm phần trăm; "
    "ủy ban nhân dân xã đạt 60% (120/200 hồ sơ), chỉ tiêu tối thiểu 55%",
    "Có 01 đơn vị có tỷ lệ dưới 70%: Sở Y tế (64%).",
    "đạt 72,4% (181/250 học sinh); Kế hoạch đặt mục tiêu “đa số”, không nêu mức bằng số nên không đánh giá",
    "có 1.325 giao dịch, còn thiếu 01 giao dịch so với chỉ tiêu "
    "(tối thiểu 1.326 giao dịch, tăng 10% so với năm 2025 (1.205)); chưa kết luận",
    "có 06/07 cơ quan hoàn thành trong thời hạn, đạt 85,7%",
    "đạt 85,7%, thiếu 01 đơn vị so với chỉ tiêu (hoàn thành đến ngày 30/06/2026)",
    "Có 01 đơn vị chưa hoàn thành, hoặc hoàn thành sau thời hạn: Sở Y tế.",
    "có 02/07 cơ quan hoàn thành trong thời hạn, đạt 28,6%; thời hạn: hoàn thành đến ngày 15/12/2026",
    "có 05/07 cơ quan hoàn thành trong thời hạn, đạt 71,4% tính chung; chưa đạt chỉ tiêu ở 02/02 nhóm: "
    "sở, ban, ngành có 02/03 cơ quan hoàn thành trong thời hạn, đạt 66,7%, chỉ tiêu hoàn thành đến ngày "
    "30/06/2026",
    "ủy ban nhân dân xã có 03/04 cơ quan hoàn thành trong thời hạn, đạt 75%, chỉ tiêu hoàn thành đến ngày "
    "30/09/2026",
    "năm 2026 có 05 nền tảng; theo lộ trình đến năm 2030 (tối thiểu 12 nền tảng) còn thiếu 07 nền tảng",
)


def test_what_would_turn_a_verdict_is_as_by_hand(manifest: dict[str, Any]) -> None:
    turns = {one["code"]: one["turn"] for one in manifest["targets"] if one["grade"] == "provisional"}
    assert turns == TURNS


def test_the_sentences_say_each_goal_and_what_is_lacking(report: docx.document.Document) -> None:
    text = "\n".join(paragraph.text for paragraph in report.paragraphs)
    assert [said for said in SENTENCES if said not in text] == []
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
        f"{number}. {name}" for name in BARS for number in rows[name] if number.partition(".")[0] not in left
    }


BARS = {
    "Hồ sơ giải quyết trực tuyến",
    "Hồ sơ giải quyết quá hạn",
    "Người dân trưởng thành có tài khoản",
    "Phản ánh bị trả lại",
    "Nhóm: sở, ban, ngành",
    "Nhóm: ủy ban nhân dân xã",
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
