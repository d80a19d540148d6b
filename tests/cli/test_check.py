"""``check`` as an officer types it: which manifest it finds, what it prints, how it ends."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document

from dvctt_report.cli import door
from tests.pytest_types import Capture, Patch
from tests.word.lint.test_ways import ole


@pytest.fixture
def workspace(rendered_sample: Path, tmp_path: Path, monkeypatch: Patch) -> Path:
    """A copy of the rendered sample, with the current folder in it."""
    root = tmp_path / "w"
    shutil.copytree(rendered_sample, root)
    monkeypatch.chdir(root)
    return root


def edited(workspace: Path, old: str, new: str) -> Path:
    """Save a copy in which ``old`` was replaced once, as an editor would."""
    document = Document(str(workspace / "ket-qua" / "2025" / "bao-cao-2025.docx"))
    cells = (cell for table in document.tables for row in table.rows for cell in row.cells)
    for paragraph in (*document.paragraphs, *(one for cell in cells for one in cell.paragraphs)):
        for run in paragraph.runs:
            if old in run.text:
                run.text = run.text.replace(old, new, 1)
                document.save(str(workspace / "bản sửa.docx"))
                return workspace / "bản sửa.docx"
    raise AssertionError(f"not found: {old}")


def run(capfd: Capture, *argv: str | Path) -> tuple[int, str, str]:
    capfd.readouterr()
    code = door.main(["check", *map(str, argv)])
    said = capfd.readouterr()
    return code, said.out, said.err


def run_json(capfd: Capture, *argv: str | Path) -> tuple[int, dict[str, Any]]:
    code, out, _ = run(capfd, *argv, "--format", "json")
    return code, json.loads(out)


def test_the_report_as_rendered_agrees(workspace: Path, capfd: Capture) -> None:
    code, said = run_json(capfd, workspace / "ket-qua" / "2025" / "bao-cao-2025.docx")
    assert code == 0
    assert said["untouched"]
    assert said["register_compared"]
    assert said["changes"] == said["changed_since"] == []
    assert said["totals"]["figures"] == said["totals"]["agree"] > 1500


def test_what_differs_comes_first_then_what_is_to_be_read_then_what_was_filled(
    workspace: Path, capfd: Capture
) -> None:
    edited(workspace, "đạt 79,96%", "đạt 80,1%")
    path = workspace / "ket-qua" / "2025" / "bao-cao-2025.docx"
    for old, new in (("[Họ và tên]", "Nguyễn Văn A"), ("Tình hình gửi", "Tình hình KHÔNG gửi")):
        shutil.copy(workspace / "bản sửa.docx", path)
        edited(workspace, old, new)
    code, out, _ = run(capfd, workspace / "bản sửa.docx", "--no-register")
    assert code == 1
    flat = " ".join(out.split())
    told = (
        "“tính): đạt 79,96% (",
        "Mục III.1: thêm “KHÔNG”",
        "“Nguyễn Văn A”",
        "1 chỗ khác (1 số liệu)",
    )
    places = [flat.index(one) for one in told]
    assert places == sorted(places)
    closing = "1 chỗ khác (1 số liệu); 1 chỗ cần đọc; 1 chỗ trống đã điền; "
    assert closing in flat
    assert max(map(len, out.splitlines()[3:])) <= 80


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Tình hình gửi", "Tình hình KHÔNG gửi", 3),
        ("[Họ và tên]", "Nguyễn Văn A", 0),
        ("trực tuyến năm 2025", "trực tuyến năm 2024", 1),
    ],
)
def test_the_three_exits(workspace: Path, capfd: Capture, old: str, new: str, expected: int) -> None:
    assert run(capfd, edited(workspace, old, new), "--no-register")[0] == expected


def test_a_changed_verdict_is_counted_as_one(workspace: Path, capfd: Capture) -> None:
    document = Document(str(workspace / "ket-qua" / "2025" / "bao-cao-2025.docx"))
    cell = next(c for c in document.tables[1].columns[6].cells if c.text == "Chưa đạt")
    cell.paragraphs[0].runs[0].text = "Đạt"
    document.save(str(workspace / "a.docx"))
    code, out, _ = run(capfd, workspace / "a.docx", "--no-register")
    assert code == 1
    assert "1 chỗ khác (1 kết luận); 0 chỗ cần đọc" in " ".join(out.split())


def test_json_holds_the_documented_keys(workspace: Path, capfd: Capture) -> None:
    code, said = run_json(capfd, edited(workspace, "đạt 79,96%", "đạt 80,1%"), "--no-register")
    assert code == 1
    assert said["changes"] == [
        {
            "gravity": "differs",
            "kind": "changed",
            "section": "III.2.k",
            "where": None,
            "before": "79,96%",
            "after": "80,1%",
            "values": ["figure"],
            "figures": ["T10.percent"],
            "still_seen": None,
            "message": "mục III.2.k: “tính): đạt 79,96% (63.245/79.096” → “tính): đạt 80,1% (63.245/79.096”",
        }
    ]
    assert said["totals"]["differs"] == 1


def test_a_copy_of_an_earlier_rendering_is_checked_against_its_own_manifest(
    workspace: Path, capfd: Capture
) -> None:
    copy = edited(workspace, "kính báo cáo", "trân trọng báo cáo")
    received = sorted((workspace / "nhan-ve" / "2025").iterdir())
    next(p for p in received if "SNV_" in p.name).unlink()
    next(p for p in received if "gửi lại" in p.name).unlink()
    assert door.main(["collect"]) == 1
    assert door.main(["render", "--as-of", "20/11/2025 17:00"]) == 0
    code, said = run_json(capfd, copy)
    assert code == 3
    assert [one["gravity"] for one in said["changes"]] == ["to_read"]
    changed = {one["figure"]: (one["printed"], one["now"]) for one in said["changed_since"]}
    assert changed["returns.received"] == ("23", "22")
    code, said = run_json(capfd, copy, "--no-register")
    assert (code, said["changed_since"], said["register_compared"]) == (3, [], False)
    _, out, _ = run(capfd, copy)
    assert "xem hết: thêm --all" in " ".join(out.split())
    _, out, _ = run(capfd, copy, "--all")
    everything = " ".join(out.split())
    assert "dòng 3 “Sở Nội vụ”" in everything
    assert "bản lập ghi 2210/BC-SNV; nay là ..." in everything
    assert "--all" not in everything
    latest = workspace / "ket-qua" / "2025" / "bao-cao-2025.json"
    code, _, err = run(capfd, copy, "--manifest", latest)
    assert code == 2
    assert "là của lần lập có mã" in err
    assert "bỏ --manifest" in " ".join(err.split())


def test_it_runs_without_a_workspace_where_the_manifest_is_named(
    workspace: Path, tmp_path: Path, monkeypatch: Patch, capfd: Capture
) -> None:
    away = tmp_path / "away"
    away.mkdir()
    copy = edited(workspace, "79,96%", "80,1%").rename(away / "a.docx")
    manifest = shutil.copy(workspace / "ket-qua" / "2025" / "bao-cao-2025.json", away / "m.json")
    monkeypatch.chdir(away)
    code, out, err = run(capfd, copy, "--manifest", manifest)
    assert code == 1
    assert "không so với số liệu hiện nay" in err
    assert "80,1%" in out
    code, _, err = run(capfd, copy)
    assert code == 2
    assert "--manifest" in err
    assert "--workspace" in err
    assert "init" not in err


def test_what_is_not_compared_is_told_within_the_width(workspace: Path, capfd: Capture) -> None:
    _, out, _ = run(capfd, workspace / "ket-qua" / "2025" / "bao-cao-2025.docx", "--no-register")
    assert "Không đối chiếu, người soát tự đọc" in out
    assert max(map(len, out.splitlines())) <= 80


def test_a_year_that_the_province_does_not_have_is_refused(workspace: Path, capfd: Capture) -> None:
    report = workspace / "ket-qua" / "2025" / "bao-cao-2025.docx"
    code, _, err = run(capfd, report, "--no-register", "--year", "2026")
    assert code == 2
    assert "Tỉnh Ninh Thuận không còn" in err


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "Tệp rỗng"),
        (b"%PDF-1.7\n", "là PDF"),
        (ole("EncryptedPackage"), "đặt mật khẩu mở"),
        (ole("WordDocument"), "Word cũ (.doc)"),
        (b"PK\x03\x04 broken", "bị hỏng"),
        ("Kính gửi".encode(), "không phải văn bản Word"),
    ],
)
def test_what_is_no_word_file_is_refused_with_the_reason(
    workspace: Path, capfd: Capture, content: bytes, reason: str
) -> None:
    path = workspace / "a.docx"
    path.write_bytes(content)
    code, out, err = run(capfd, path)
    assert (code, out) == (2, "")
    assert reason in err


def test_a_workbook_named_docx_and_a_damaged_part_are_refused(workspace: Path, capfd: Capture) -> None:
    path = workspace / "a.docx"
    shutil.copy(workspace / "ket-qua" / "2025" / "bang-ke-so-lieu-2025.xlsx", path)
    code, _, err = run(capfd, path)
    assert code == 2
    assert "Tệp là bảng tính, không phải văn bản Word" in err
    assert "Save As" not in err, "a workbook doesn't become a document by being saved as one"
    whole = (workspace / "ket-qua" / "2025" / "bao-cao-2025.docx").read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert run(capfd, path)[0] == 2


def test_a_missing_manifest_and_one_without_its_text_are_told(workspace: Path, capfd: Capture) -> None:
    report = workspace / "ket-qua" / "2025" / "bao-cao-2025.docx"
    manifest = report.with_suffix(".json")
    table = json.loads(manifest.read_text(encoding="utf-8"))
    del table["printed"]
    manifest.write_text(json.dumps(table), encoding="utf-8")
    code, _, err = run(capfd, report, "--manifest", manifest)
    assert code == 2
    assert "không phải là bảng nguồn số liệu" in err
    shutil.rmtree(workspace / ".dvctt" / "ban-lap")
    manifest.unlink()
    code, _, err = run(capfd, report)
    assert code == 2
    assert "Không thấy bảng nguồn số liệu" in err
    assert run(capfd, workspace / "không có.docx")[0] == 2


def test_a_report_with_decisions_and_a_control_figure_agrees_as_rendered(
    workspace: Path, capfd: Capture
) -> None:
    decided = ["--reason", "gõ nhầm", "--document", "Công văn số 12/SYT-VP"]
    assert door.main(["decide", "--unit", "SYT", "--set", "T10.done=2014", *decided]) == 0
    assert door.main(["control", "make"]) == 0
    type_control(workspace / "ky-bao-cao" / "2025" / "so-doi-chieu.xlsx", "T10", 80_000, 64_500)
    assert door.main(["control", "read"]) == 0
    assert door.main(["render"]) == 0

    code, said = run_json(capfd, workspace / "ket-qua" / "2025" / "bao-cao-2025.docx")

    assert said["changes"] == said["changed_since"] == []
    assert code == 0


def type_control(path: Path, item: str, total: int, done: int) -> None:
    """Type the province's control figure into the book, to be printed instead of the units' sum."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    columns = {str(cell.value): cell.column for cell in sheet[3]}
    rows = sheet.iter_rows(min_row=4)
    row = next(r[0].row for r in rows if (r[0].value, r[3].value) == (item, "Toàn tỉnh"))
    said = {
        "Tổng số": total,
        "Đã thực hiện": done,
        "Số liệu đến ngày": date(2025, 10, 31),
        "Văn bản cung cấp": "77/VPUB",
        "Số được in (chỉ dòng chung)": "Số đối chiếu",
        "Lý do chọn": "hệ thống đầy đủ hơn",
    }
    for header, value in said.items():
        sheet.cell(row, columns[header], value)
    book.save(path)


def test_settings_that_were_changed_since_are_no_changed_figures(workspace: Path, capfd: Capture) -> None:
    settings = workspace / "dvctt.toml"
    said = settings.read_text(encoding="utf-8").replace('"than_bai"', '"khong"', 1)
    said = said.replace('phu_luc = ["muc_tieu", "theo_don_vi", ', "phu_luc = [")
    settings.write_text(said.replace('bieu_do = "phu_luc"', 'bieu_do = "khong"'), encoding="utf-8")
    code, found = run_json(capfd, workspace / "ket-qua" / "2025" / "bao-cao-2025.docx")
    assert (code, found["changes"], found["changed_since"]) == (0, [], [])
