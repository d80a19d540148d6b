"""``render --quick``: one page at any coverage, never a final report; and the page for a meeting."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import docx
import pdfplumber
import pytest

from dvctt_report.cli import door
from dvctt_report.files.libreoffice import convert_to_pdf
from tests.pytest_types import Capture, Patch

AS_OF = ("--as-of", "20/11/2025 17:00")
QUICK = Path("ket-qua/2025/bao-cao-nhanh-2025.docx")
MEETING = Path("ket-qua/2025/trang-hop.docx")


@pytest.fixture
def workspace(collected: Path, tmp_path: Path, monkeypatch: Patch) -> Path:
    root = tmp_path / "w"
    shutil.copytree(collected, root)
    monkeypatch.chdir(root)
    return root


def texts(path: Path) -> list[str]:
    return [p.text for p in docx.Document(str(path)).paragraphs]


def test_the_leads_are_told_with_how_sure_they_are_and_who_is_missing(
    workspace: Path, capfd: Capture
) -> None:
    assert door.main(["render", "--quick", *AS_OF]) == 0
    said = texts(QUICK)
    assert any("theo số liệu của 23/27 cơ quan" in text for text in said)
    counted = (
        "- Trong 15 chỉ tiêu năm 2025, có 03 chỉ tiêu đạt và vượt, trong đó 02 tạm tính; 09 chỉ tiêu "
        "chưa đạt, trong đó 01 tạm tính; 03 chỉ tiêu chưa kết luận."
    )
    assert counted in said, "as the report counts them"
    assert any(text.startswith("- 03 cơ quan, đơn vị, địa phương chưa gửi báo cáo") for text in said)
    dossiers = (
        "- Hồ sơ thủ tục hành chính được xử lý hoàn toàn trực tuyến: 79,96% (Kế hoạch: tối thiểu 80%), thiếu "
        "32 hồ sơ (tạm tính); 03 cơ quan cấp tỉnh và 05 huyện, thành phố chưa đạt"
    )
    for path in (QUICK, MEETING):
        assert any(text.startswith(dossiers) for text in texts(path)), path
    assert "trang-hop.docx" in capfd.readouterr().out


def test_it_can_be_checked_and_its_format_has_no_fault(workspace: Path, capfd: Capture) -> None:
    assert door.main(["render", "--quick", *AS_OF]) == 0
    assert door.main(["check", str(QUICK)]) == 0
    said = capfd.readouterr().out
    assert "Tệp còn nguyên như lúc lập." in said
    assert "0 chỗ khác; 0 chỗ cần đọc" in said
    door.main(["lint", "--format", "json", str(QUICK)])
    counted = json.loads(capfd.readouterr().out)["files"][0]["totals"]
    assert (counted["error"], counted["warning"]) == (0, 0)


@pytest.mark.requires("soffice")
@pytest.mark.parametrize("sent", [True, False])
def test_both_are_one_page_whoever_has_sent(workspace: Path, monkeypatch: Patch, sent: bool) -> None:
    if not sent:
        settings = (workspace / "dvctt.toml").read_bytes()
        monkeypatch.chdir(workspace.parent)
        Path("dvctt.toml").write_bytes(settings)
        door.main(["collect"])
    assert door.main(["render", "--quick", *AS_OF]) == 0
    for path in (QUICK, MEETING):
        made = convert_to_pdf(path, path.with_suffix(".pdf"))
        with pdfplumber.open(made.path) as pdf:
            assert len(pdf.pages) == 1, path
            assert (pdf.pages[0].width > pdf.pages[0].height) is (path == MEETING)


def test_nothing_keeps_it_back_and_there_is_no_final_one(workspace: Path, capfd: Capture) -> None:
    assert door.main(["render", "--quick", "--final", *AS_OF]) == 2
    assert "không có bản trình ký" in capfd.readouterr().err
    assert not QUICK.exists()
