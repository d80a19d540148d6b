"""``render`` as an officer types it: a final report refused, what changed since the last one."""

from __future__ import annotations

import shutil
from pathlib import Path

import docx
import pytest

from dvctt_report.cli import door
from tests.pytest_types import Capture, Patch

AS_OF = ("--as-of", "20/11/2025 17:00")


@pytest.fixture
def workspace(questioned_rendered: Path, tmp_path: Path, monkeypatch: Patch) -> Path:
    root = tmp_path / "w"
    shutil.copytree(questioned_rendered, root)
    monkeypatch.chdir(root)
    return root


def test_a_final_report_of_the_sample_is_refused_and_nothing_written(workspace: Path, capfd: Capture) -> None:
    before = {p: p.read_bytes() for p in workspace.rglob("*.docx")}
    assert door.main(["render", "--final", *AS_OF]) == 1
    out = capfd.readouterr().out
    assert "Chưa lập bản trình ký, còn 13 việc:" in out
    assert "SL02 · Sở Y tế" in out
    assert "Mục “Nguyên nhân” chưa viết" in out
    assert "Đơn vị gửi muộn, chưa gửi, mục tiêu chưa đạt được nêu trong báo cáo" in out
    assert {p: p.read_bytes() for p in workspace.rglob("*.docx")} == before


def test_the_difference_to_the_last_rendering_is_told_and_written(workspace: Path, capfd: Capture) -> None:
    prose = workspace / "noi-dung" / "2025.docx"
    document = docx.Document(str(prose))
    asked = next(p for p in document.paragraphs if "nguyên nhân khách quan" in p.text)
    asked.runs[0].text = "Địa bàn rộng, mạng yếu."
    document.save(str(prose))
    assert door.main(["render", "--diff", *AS_OF]) == 0
    out = capfd.readouterr().out
    assert "- Mục IV.2" in out
    assert "nay:   Địa bàn rộng, mạng yếu." in out
    table = docx.Document(str(workspace / "ket-qua" / "2025" / "thay-doi-2025.docx")).tables[0]
    told = [[cell.text for cell in row.cells][1:] for row in table.rows]
    assert ["Mục IV.2", "(chưa có)", "Địa bàn rộng, mạng yếu."] in told
    assert door.main(["render", "--diff", *AS_OF]) == 0
    assert "không có thay đổi" in capfd.readouterr().out


@pytest.mark.requires("soffice")
def test_the_report_as_pdf_stands_beside_it(workspace: Path, capfd: Capture) -> None:
    assert door.main(["render", "--pdf", *AS_OF]) == 0
    out = capfd.readouterr().out
    assert "(để xem, không phải để ký)" in out
    pdf = workspace / "ket-qua" / "2025" / "bao-cao-2025.pdf"
    assert str(pdf) in out
    assert pdf.read_bytes().startswith(b"%PDF-")
    assert door.main(["render", *AS_OF]) == 0
    assert "“bao-cao-2025.pdf” là của lần lập trước" in capfd.readouterr().out


def test_without_libreoffice_the_report_is_written_all_the_same(
    workspace: Path, capfd: Capture, monkeypatch: Patch
) -> None:
    report = workspace / "ket-qua" / "2025" / "bao-cao-2025.docx"
    report.unlink()
    monkeypatch.setenv("PATH", str(workspace))
    assert door.main(["render", "--pdf", *AS_OF]) == 0
    assert "máy này không có LibreOffice. Cách khác: mở báo cáo bằng Word" in capfd.readouterr().out
    assert report.exists()
    assert not report.with_suffix(".pdf").exists()


def test_the_day_of_what_is_asked_is_kept_and_a_final_report_waits_for_it(
    rendered_sample: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = tmp_path / "w"
    shutil.copytree(rendered_sample, workspace)
    monkeypatch.chdir(workspace)
    report = workspace / "ket-qua" / "2025" / "bao-cao-2025.docx"

    def asked() -> list[str]:
        return [
            p.text for p in docx.Document(str(report)).paragraphs if "hồ sơ trực tuyến, báo cáo" in p.text
        ]

    assert door.main(["render", *AS_OF]) == 0
    assert len(asked()) == 2
    assert all("trước ngày [ngày]" in text for text in asked())
    assert door.main(["render", "--final", *AS_OF]) == 1
    assert "dvctt-report render --due NGÀY" in capfd.readouterr().out
    assert door.main(["render", *AS_OF, "--due", "20/11/2025"]) == 2
    monkeypatch.setattr("dvctt_report.cli.render.is_terminal", lambda _: True)
    monkeypatch.setattr("dvctt_report.cli.render.ask", lambda _: "15/12")
    assert door.main(["render", *AS_OF]) == 0
    assert all("trước ngày 15/12/2025" in text for text in asked())
    monkeypatch.setattr("dvctt_report.cli.render.ask", lambda _: pytest.fail("it is known"))
    assert door.main(["render", *AS_OF]) == 0
    assert all("trước ngày 15/12/2025" in text for text in asked())
    assert door.main(["render", *AS_OF, "--due", "31/12/2025"]) == 0
    assert all("trước ngày 31/12/2025" in text for text in asked())
    capfd.readouterr()
    assert door.main(["render", "--final", *AS_OF]) == 1
    assert "[ngày]" not in capfd.readouterr().out


def test_a_moment_before_a_return_that_is_counted_was_signed_is_told(workspace: Path, capfd: Capture) -> None:
    capfd.readouterr()
    assert door.main(["render", "--as-of", "5/11/2025"]) == 0
    assert "“đến 00 giờ 00 ngày 05/11/2025”, nhưng 8 tệp ghi ngày gửi từ đó" in capfd.readouterr().err
    assert door.main(["render", *AS_OF]) == 0
    assert "tệp ghi ngày gửi từ đó" not in capfd.readouterr().err
