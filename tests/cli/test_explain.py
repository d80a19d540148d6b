"""``explain`` as it is typed: of the present data, and of a report signed earlier."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from tests.cli.officer import AS_OF, Run
from tests.pytest_types import Patch

REPORT = Path("ket-qua/2025/bao-cao-2025.docx")


@pytest.fixture(scope="module")
def copied(rendered_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shutil.copytree(rendered_sample, tmp_path_factory.mktemp("explain") / "Báo cáo")


@pytest.fixture(autouse=True)
def root(copied: Path, monkeypatch: Patch) -> Path:
    """One copy of the rendered sample for all that explains, as the current folder."""
    monkeypatch.chdir(copied)
    monkeypatch.setenv("COLUMNS", "80")
    return copied


def told(run: Run, what: str) -> Any:
    return run.json(f"explain {what} {AS_OF}")


def test_a_target_is_explained_within_80_columns(run: Run) -> None:
    _, out, _ = run.raw(f"explain T10 {AS_OF}")
    assert max(map(len, out.splitlines())) <= 80
    for words in (
        "63.245 / 79.096 hồ sơ = 79,96%",
        "6.324.500 < 6.327.680",
        "19/23 đơn vị",
        "Sở Y tế: bị loại",
        "… và 14 dòng khác; thêm --all",
    ):
        assert words in out
    assert "dòng khác" not in run(f"explain T10 --all {AS_OF}")


def test_one_unit_is_explained_cell_by_cell(run: Run) -> None:
    said = run(f"explain T10 --unit 'ban quản lý các khu công nghiệp' {AS_OF}")
    assert "nhan-ve/2025/BM2025_BQLKCN_Ban-Quan-ly-cac-khu-cong-nghiep.xlsx" in said
    assert "Biểu 01-A, ô G10: Đã thực hiện = chưa dùng được; ghi “khoảng 50”" in said


def test_json_holds_figures_cells_and_sentences(run: Run) -> None:
    found = told(run, "T10")
    assert (found["year"], found["subject"]) == (2025, {"kind": "target", "code": "T10", "unit": None})
    assert (found["indicator"]["numerator"], found["indicator"]["denominator"]) == (63245, 79096)
    assert (len(found["account"]["counted"]), len(found["account"]["left_out"])) == (19, 4)
    assert found["report"]["file"] == "bao-cao-2025.docx"
    assert found["account"]["counted"][0]["cells"][0]["place"] == "Biểu 01-A, ô F12"


def test_the_sheet_is_written_beside_the_report(root: Path, run: Run) -> None:
    path = root / "ket-qua" / "2025" / "giai-trinh" / "phieu-giai-trinh-T10-SYT.docx"
    assert run(f"explain T10 --unit SYT --docx {AS_OF}").endswith(str(path))
    assert any("PHIẾU GIẢI TRÌNH" in p.text for p in Document(str(path)).paragraphs)


@pytest.mark.parametrize(
    ("argv", "why"),
    [
        ("T99", "không có chỉ tiêu, con số hay đơn vị"),
        ("T10 --unit XYZ", "Không có đơn vị “XYZ”"),
        ("T8 --unit SYT", "không được hỏi chỉ tiêu T8"),
        ("T10 --report khong-co.json", "Không tìm thấy tệp"),
        ("100% --pick 9999", ""),
    ],
)
def test_what_cannot_be_explained_is_refused(run: Run, argv: str, why: str) -> None:
    assert why in run(f"explain {argv} {AS_OF}", 2)


def test_a_signed_report_is_explained_from_its_manifest_alone_and_one_edited_since_is_told(
    root: Path, run: Run, tmp_path: Path, monkeypatch: Patch
) -> None:
    run(f"init '{tmp_path}/office' --year 2025")
    monkeypatch.chdir(tmp_path / "office")
    signed = tmp_path / "bao-cao-2025.json"
    explain = f"explain T10 --report '{signed}' {AS_OF}"
    shutil.copy(root / REPORT.with_suffix(".json"), signed)
    said = run(explain)
    assert "63.245 / 79.096 hồ sơ = 79,96%" in said
    assert "Không có tệp Word của báo cáo ở cạnh" in said
    run(f"explain T10 {AS_OF}", 2)
    shutil.copy(root / REPORT, signed.with_suffix(".docx"))
    assert "đã được sửa sau khi lập" not in run(explain)
    signed.with_suffix(".docx").write_bytes(b"edited")
    assert "đã được sửa sau khi lập" in run(explain)


def test_a_draft_is_read_until_more_comes(root: Path, run: Run, tmp_path: Path, monkeypatch: Patch) -> None:
    """Without a moment the draft is told as of its own; what has come since is added up anew."""
    monkeypatch.chdir(shutil.copytree(root, tmp_path / "w"))
    with monkeypatch.context() as patched:
        patched.setattr("dvctt_report.decide.check.finals.manifest_now", None)  # nothing is added up
        assert "số liệu tính đến 17 giờ 00 ngày 20/11/2025" in run("explain T10")
        assert told(run, "T10")["report"]["file"] == "bao-cao-2025.docx"
    Path(".dvctt/da-doc.sqlite").unlink()  # what was kept may go at any time
    found = told(run, "T10")
    assert (found["report"], found["indicator"]["numerator"]) == (None, 63245)
    assert found["version"] == ["Số liệu hiện có trong sổ nhận, chưa phải một báo cáo đã lập."]


def test_one_of_several_figures_is_picked_by_its_number(run: Run) -> None:
    """The list says what each figure is called and where it stands, not its code; it is no error."""
    code, out, err = run.raw(f"explain 100% {AS_OF}")
    shown = out + err
    offered = dict(re.findall(r"^  (\d+)\. (.+)$", shown, re.MULTILINE))
    assert (code, list(offered)[:2]) == (2, ["1", "2"])
    assert "--pick" in shown
    assert "Lỗi:" not in shown
    of_users = (n for n, one in offered.items() if one.startswith("100 – Người dân, doanh nghiệp sử dụng"))
    picked = next(n for n in of_users if offered[n].endswith("mức của chỉ tiêu theo Kế hoạch"))
    assert re.search(r"^     mục I\S*: “", shown, re.MULTILINE)
    assert told(run, f"100% --pick {picked}")["subject"]["code"] == "T9.at_least"
