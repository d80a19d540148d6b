"""``lint`` as it is typed: what it prints, writes and returns."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document

from dvctt_report.cli import door
from dvctt_report.text.resources import resource_path
from tests.pytest_types import Capture, Patch
from tests.word.lint.drafts import GOOD, LETTER
from tests.word.lint.papers import build
from tests.word.lint.real_kinds import REAL_KINDS

BROKEN = replace(GOOD, motto="Độc lập – Tự do – Hạnh phúc", looks={"recipients": {"size": 12}})


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: Patch) -> Path:
    """A folder that is no workspace, with a good and a broken document."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tot.docx").write_bytes(build(GOOD))
    (tmp_path / "sai.docx").write_bytes(build(BROKEN))
    return tmp_path


def test_a_good_document_ends_with_0_and_needs_no_workspace(folder: Path, capfd: Capture) -> None:
    assert door.main(["lint", "tot.docx"]) == 0
    said = capfd.readouterr().out
    assert "0 lỗi, 0 cảnh báo" in said
    assert "\n\n" not in said, "nothing found leaves no gap"
    assert sorted(p.name for p in folder.iterdir()) == ["sai.docx", "tot.docx"]


def test_a_broken_document_ends_with_1_and_is_told_place_rule_and_remedy(
    folder: Path, capfd: Capture
) -> None:
    assert door.main(["lint", "sai.docx", "tot.docx"]) == 1
    out = " ".join(capfd.readouterr().out.split())
    for words in (
        "Phần đầu lỗi Tiêu ngữ: “Độc lập",
        "gạch dài",
        "Phụ lục I, mục II.1b · TT14",
        "Cách sửa: ",
        "Ký, nơi nhận lỗi Nơi nhận: “- Như trên;",
        "Báo cáo: 2 lỗi, 0 cảnh báo, 0 thông tin (phần đầu 1 · ký, nơi nhận 1)",
    ):
        assert words in out


def test_lines_fit_80_columns(folder: Path, capfd: Capture) -> None:
    door.main(["lint", "sai.docx"])
    assert max(map(len, capfd.readouterr().out.splitlines())) <= 80


def test_json_stands_alone_on_stdout(folder: Path, capfd: Capture) -> None:
    (folder / "cu.docx").write_bytes(b"%PDF-1.4")
    assert door.main(["lint", "sai.docx", "cu.docx", "--format", "json", "--docx"]) == 1
    captured = capfd.readouterr()
    files = json.loads(captured.out)["files"]
    assert [(f["file"], f["status"]) for f in files] == [("sai.docx", "checked"), ("cu.docx", "refused")]
    assert {f["code"] for f in files[0]["findings"]} == {"TT14", "TT55"}
    assert files[0]["totals"] == {"error": 2, "warning": 0, "info": 0}
    assert {c["outcome"] for c in files[0]["checks"]} == {"pass", "fail", "not_applicable"}
    assert [f["block"] for f in files[0]["findings"]] == ["head", "end"]
    assert [f["fixable"] for f in files[0]["findings"]] == [False, True]
    assert "Phiếu kiểm tra" in captured.err


def test_a_refused_file_does_not_stop_the_others(folder: Path, capfd: Capture) -> None:
    (folder / "cu.docx").write_bytes(b"%PDF-1.4")
    assert door.main(["lint", "cu.docx", "tot.docx"]) == 1
    out = capfd.readouterr().out
    assert "Tệp là PDF" in out
    assert "Báo cáo: 0 lỗi" in out


def test_the_marked_copy_stands_beside_the_original_and_never_on_what_someone_wrote(
    folder: Path, capfd: Capture
) -> None:
    before = (folder / "sai.docx").read_bytes()
    copy = folder / "sai (ghi chú).docx"
    for _ in range(2):
        assert door.main(["lint", "sai.docx", "--mark"]) == 1
        assert "sai (ghi chú).docx" in capfd.readouterr().out
    assert (folder / "sai.docx").read_bytes() == before
    assert not (folder / "sai (ghi chú) (2).docx").exists()
    document = Document(str(copy))
    assert len(list(document.comments)) == 2
    document.save(str(copy))
    worked_in = copy.read_bytes()
    door.main(["lint", "sai.docx", "--mark"])
    assert copy.read_bytes() == worked_in
    assert (folder / "sai (ghi chú) (2).docx").exists()


def test_our_comments_are_taken_out_again_on_demand(folder: Path, capfd: Capture) -> None:
    door.main(["lint", "sai.docx", "--mark"])
    assert door.main(["lint", "sai (ghi chú).docx"]) == 1
    assert 'lint --unmark "sai (ghi chú).docx"' in " ".join(capfd.readouterr().out.split())
    assert door.main(["lint", "sai (ghi chú).docx", "--unmark"]) == 0
    assert "sai (bỏ ghi chú).docx" in capfd.readouterr().out
    assert list(Document(str(folder / "sai (bỏ ghi chú).docx")).comments) == []
    assert door.main(["lint", "tot.docx", "--unmark"]) == 0
    assert "không có ghi chú" in capfd.readouterr().out


def test_nothing_found_marks_nothing(folder: Path, capfd: Capture) -> None:
    assert door.main(["lint", "tot.docx", "--mark"]) == 0
    assert "không ghi bản sao" in capfd.readouterr().out
    assert not (folder / "tot (ghi chú).docx").exists()


def test_a_folder_is_a_table_of_documents_and_blocks(folder: Path, capfd: Capture) -> None:
    (folder / "con").mkdir()
    (folder / "con" / "cu.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    (folder / "~$sai.docx").write_bytes(b"x")
    door.main(["lint", "sai.docx", "--mark", "--docx", "--fix"])
    capfd.readouterr()
    assert door.main(["lint", "."]) == 1
    lines = [line.split() for line in capfd.readouterr().out.splitlines()]
    rows = {line[0]: " ".join(line[1:]) for line in lines if line and line[0].endswith((".docx", ".doc"))}
    assert rows == {
        "sai.docx": "Báo cáo 1 lỗi 1 lỗi",
        "tot.docx": "Báo cáo – –",
        "cu.doc": "không đọc được",
    }


def test_the_table_breaks_no_name_and_shows_no_column_without_faults(
    folder: Path, capfd: Capture, monkeypatch: Patch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    (folder / "chuong trinh hop.docx").write_bytes((folder / "sai.docx").read_bytes())
    assert door.main(["lint", "."]) == 1
    shown = capfd.readouterr().out
    assert "chuong trinh hop.docx " in shown
    assert "Phần đầu" in shown
    assert "Phụ lục" not in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_a_folder_without_documents_ends_with_2(folder: Path, capfd: Capture) -> None:
    (folder / "trong").mkdir()
    assert door.main(["lint", "trong"]) == 2
    assert "Không có tệp Word nào" in capfd.readouterr().err


def test_a_document_of_no_clear_kind_asks_for_it_and_does_not_pass(folder: Path, capfd: Capture) -> None:
    unclear = next(real for real in REAL_KINDS if real.name == "tên loại lạ")
    (folder / "la.docx").write_bytes(unclear.build())
    assert door.main(["lint", "la.docx"]) == 1
    out = capfd.readouterr().out
    assert "Chưa rõ loại văn bản" in out
    assert "--kind" in out
    assert door.main(["lint", "la.docx", "--kind", "BC"]) == 1
    assert "Báo cáo: " in capfd.readouterr().out


def test_a_kind_that_is_none_is_refused(folder: Path, capfd: Capture) -> None:
    assert door.main(["lint", "tot.docx", "--kind", "Hóa đơn"]) == 2
    said = capfd.readouterr().err
    assert "Hóa đơn" in said
    assert "Công văn" in said


def test_a_missing_file_ends_with_2(folder: Path, capfd: Capture) -> None:
    assert door.main(["lint", "khong-co.docx"]) == 2
    assert "khong-co.docx" in capfd.readouterr().err


def test_fix_writes_a_copy_and_says_what_it_changed(folder: Path, capfd: Capture) -> None:
    before = (folder / "sai.docx").read_bytes()
    assert door.main(["lint", "sai.docx", "--fix"]) == 1
    assert "TT55: cỡ 12 → cỡ 11" in capfd.readouterr().out
    assert (folder / "sai.docx").read_bytes() == before
    assert door.main(["lint", "sai (đã sửa).docx", "--format", "json"]) == 1
    codes = {f["code"] for f in json.loads(capfd.readouterr().out)["files"][0]["findings"]}
    assert codes == {"TT14"}


def test_nothing_to_fix_writes_nothing(folder: Path, capfd: Capture) -> None:
    assert door.main(["lint", "tot.docx", "--fix"]) == 0
    assert "không ghi bản sao" in capfd.readouterr().out
    assert not (folder / "tot (đã sửa).docx").exists()


def test_a_profile_changes_the_levels(folder: Path) -> None:
    (folder / "rieng.toml").write_text('[muc]\nTT14 = "thong_tin"\nTT55 = "bo_qua"\n', encoding="utf-8")
    assert door.main(["lint", "sai.docx", "--profile", "rieng.toml"]) == 0
    assert door.main(["lint", "sai.docx", "--profile", "khong-co.toml"]) == 2


def test_the_day_is_judged_as_of_a_moment(folder: Path, capfd: Capture) -> None:
    (folder / "mai.docx").write_bytes(build(replace(LETTER, date="Bình An, ngày 05 tháng 3 năm 2026")))
    door.main(["lint", "mai.docx", "--as-of", "01/03/2026"])
    assert "chưa đến" in capfd.readouterr().out
    door.main(["lint", "mai.docx", "--as-of", "06/03/2026"])
    assert "chưa đến" not in capfd.readouterr().out


def test_our_own_report_has_no_error_and_no_warning(
    tmp_path: Path, monkeypatch: Patch, capfd: Capture
) -> None:
    root = tmp_path / "x"
    shutil.copytree(resource_path("sample_data"), root)
    monkeypatch.chdir(root)
    for command in ("collect", "render"):
        door.main([command, "--as-of", "20/11/2025 17:00"] if command == "render" else [command])
    capfd.readouterr()
    assert door.main(["lint", "ket-qua/2025/bao-cao-2025.docx", "--format", "json"]) == 0
    assert json.loads(capfd.readouterr().out)["files"][0]["totals"] == {"error": 0, "warning": 0, "info": 0}
