"""``check`` as an officer types it: which manifest it finds, what it prints, how it ends."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from dvctt_report.store.workspace import Workspace
from tests.cli.officer import AS_OF, Run, edit
from tests.pytest_types import Patch

REPORT = Path("ket-qua/2025/bao-cao-2025.docx")
MANIFEST = REPORT.with_suffix(".json")


def edited(*changes: tuple[str, str], source: Path = REPORT) -> Path:
    """Save a copy in which each text was replaced once, as an editor would."""
    document = Document(str(source))
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    paragraphs = [*document.paragraphs, *(one for cell in cells for one in cell.paragraphs)]
    for old, new in changes:
        run = next(run for paragraph in paragraphs for run in paragraph.runs if old in run.text)
        run.text = run.text.replace(old, new, 1)
    document.save("bản sửa.docx")
    return Path("bản sửa.docx")


def as_json(run: Run, file: Path, more: str = "") -> tuple[int, dict[str, Any]]:
    code, out, _ = run.raw(f"check '{file}' {more} --format json")
    return code, json.loads(out)


FIGURE = ("đạt 79,96%", "đạt 80,1%")
SENTENCE = ("Tình hình gửi", "Tình hình KHÔNG gửi")
BLANK = ("[Họ và tên]", "Nguyễn Văn A")


@pytest.mark.usefixtures("rendered")
def test_the_report_as_rendered_agrees_whatever_the_settings_say_since(run: Run) -> None:
    code, said = as_json(run, REPORT)
    assert (code, said["untouched"], said["register_compared"]) == (0, True, True)
    assert said["changes"] == said["changed_since"] == []
    assert said["totals"]["figures"] == said["totals"]["agree"] > 1500
    _, out, _ = run.raw(f"check {REPORT} --no-register")
    assert "Không đối chiếu, người soát tự đọc" in out
    assert max(map(len, out.splitlines())) <= 80
    assert "Tỉnh Ninh Thuận không còn" in run(f"check {REPORT} --no-register --year 2026", 2)
    settings = Path("dvctt.toml")
    edit(settings, '"than_bai"', '"khong"', 1)
    edit(settings, 'phu_luc = ["muc_tieu", "theo_don_vi", ', "phu_luc = [")
    edit(settings, 'bieu_do = "phu_luc"', 'bieu_do = "khong"')
    code, said = as_json(run, REPORT)
    assert (code, said["changes"], said["changed_since"]) == (0, [], [])


@pytest.mark.usefixtures("rendered")
def test_what_differs_comes_first_then_what_is_to_be_read_then_what_was_filled(run: Run) -> None:
    code, out, _ = run.raw(f"check '{edited(FIGURE, SENTENCE, BLANK)}' --no-register")
    assert code == 1
    flat = " ".join(out.split())
    places = [
        flat.index(words)
        for words in (
            "“tính): đạt 79,96% (",
            "Mục III.1: thêm “KHÔNG”",
            "“Nguyễn Văn A”",
            "1 chỗ khác (1 số liệu); 1 chỗ cần đọc; 1 chỗ trống đã điền; ",
        )
    ]
    assert places == sorted(places)
    assert max(map(len, out.splitlines()[3:])) <= 80


@pytest.mark.usefixtures("drafted")
def test_a_changed_verdict_is_counted_as_one_and_a_number_of_the_officers_is_a_figure(run: Run) -> None:
    document = Document(str(REPORT))
    cell = next(c for c in document.tables[1].columns[6].cells if c.text == "Chưa đạt")
    cell.paragraphs[0].runs[0].text = "Đạt"
    document.save("a.docx")
    assert "1 chỗ khác (1 kết luận); 0 chỗ cần đọc" in run("check a.docx --no-register", 1)
    prose = Document("noi-dung/2025.docx")
    asked = next(p for p in prose.paragraphs if "[Nội dung do Sở bổ sung: nguyên nhân" in p.text)
    asked.text = "Có 85,5% hộ dân dùng mạng."
    prose.save("noi-dung/2025.docx")
    run(f"render {AS_OF}")
    run(f"check '{edited(BLANK)}' --no-register")
    copy = edited(("Có 85,5% hộ dân", "Có 95,5% hộ dân"))
    assert "1 chỗ khác (1 số liệu);" in run(f"check '{copy}' --no-register", 1)


@pytest.mark.usefixtures("rendered")
def test_json_holds_the_documented_keys(run: Run) -> None:
    code, said = as_json(run, edited(FIGURE), "--no-register")
    assert code == 1
    (change,) = said["changes"]
    kinds = [change[key] for key in ("gravity", "kind", "section", "before", "after", "values", "figures")]
    assert kinds == ["differs", "changed", "III.2.k", "79,96%", "80,1%", ["figure"], ["T10.percent"]]
    quoted = "“tính): đạt 79,96% (63.245/79.096” → “tính): đạt 80,1% (63.245/79.096”"
    assert change["message"] == f"mục III.2.k: {quoted}"
    assert said["totals"]["differs"] == 1


def test_a_copy_of_an_earlier_draft_is_checked_against_its_own_manifest(drafted: Workspace, run: Run) -> None:
    copy = edited(("kính báo cáo", "trân trọng báo cáo"))
    next(drafted.inbox.glob("*SNV_*")).unlink()
    run("collect", 1)
    run(f"render {AS_OF}")
    code, said = as_json(run, copy)
    assert code == 3
    assert [one["gravity"] for one in said["changes"]] == ["to_read"]
    changed = {one["figure"]: (one["printed"], one["now"]) for one in said["changed_since"]}
    assert changed["returns.received"] == ("10", "09")
    code, said = as_json(run, copy, "--no-register")
    assert (code, said["changed_since"], said["register_compared"]) == (3, [], False)
    assert "xem hết: thêm --all" in run(f"check '{copy}'", 3)
    everything = run(f"check '{copy}' --all", 3)
    assert "bản lập ghi 2210/BC-SNV; nay là ..." in everything
    assert "--all" not in everything
    refused = run(f"check '{copy}' --manifest {MANIFEST}", 2)
    assert "là của lần lập có mã" in refused
    assert "bỏ --manifest" in refused


@pytest.mark.usefixtures("drafted")
def test_it_runs_by_a_named_manifest_alone(tmp_path: Path, monkeypatch: Patch, run: Run) -> None:
    away = tmp_path / "away"
    away.mkdir()
    edited(("71,9%", "80,1%")).rename(away / "a.docx")
    shutil.copy(MANIFEST, away / "m.json")
    monkeypatch.chdir(away)
    said = run("check a.docx --manifest m.json", 1)
    assert "không so với số liệu hiện nay" in said
    assert "80,1%" in said
    said = run("check a.docx", 2)
    assert "--manifest" in said
    assert "--workspace" in said
    assert "init" not in said


def test_what_lacks_its_text_or_manifest_or_is_a_workbook_is_refused(drafted: Workspace, run: Run) -> None:
    shutil.copy(drafted.results / "bang-ke-so-lieu-2025.xlsx", "a.docx")
    said = run("check a.docx", 2)
    assert "Tệp là bảng tính, không phải văn bản Word" in said
    assert "Save As" not in said, "a workbook doesn't become a document by being saved as one"
    whole = REPORT.read_bytes()
    Path("a.docx").write_bytes(whole[: len(whole) // 2])
    assert "bị hỏng" in run("check a.docx", 2)
    run("check 'không có.docx'", 2)
    table = json.loads(MANIFEST.read_text(encoding="utf-8"))
    del table["printed"]
    MANIFEST.write_text(json.dumps(table), encoding="utf-8")
    assert "không phải là bảng nguồn số liệu" in run(f"check {REPORT} --manifest {MANIFEST}", 2)
    shutil.rmtree(drafted.root / ".dvctt" / "ban-lap")
    MANIFEST.unlink()
    assert "Không thấy bảng nguồn số liệu" in run(f"check {REPORT}", 2)
