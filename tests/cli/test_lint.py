"""``lint`` as it is typed: what it prints, writes and returns."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document

from tests.cli.officer import Run
from tests.pytest_types import Patch
from tests.word.lint.drafts import GOOD, LETTER
from tests.word.lint.papers import build
from tests.word.lint.real_kinds import REAL_KINDS

BROKEN = replace(GOOD, motto="Độc lập – Tự do – Hạnh phúc", looks={"recipients": {"size": 12}})


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: Patch) -> Path:
    """A folder that is no workspace, with a good and a broken document."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tot.docx").write_bytes(build(GOOD))
    (tmp_path / "sai.docx").write_bytes(build(BROKEN))
    return tmp_path


def test_a_good_document_ends_with_0_and_nothing_is_written(folder: Path, run: Run) -> None:
    code, out, _ = run.raw("lint tot.docx")
    assert (code, "0 lỗi, 0 cảnh báo" in out) == (0, True)
    assert "\n\n" not in out, "nothing found leaves no gap"
    for option in ("--mark", "--fix"):
        assert "không ghi bản sao" in run(f"lint tot.docx {option}")
    assert "không có ghi chú" in run("lint tot.docx --unmark")
    assert sorted(p.name for p in folder.iterdir()) == ["sai.docx", "tot.docx"]


def test_a_broken_document_ends_with_1_and_is_told_place_rule_and_remedy(run: Run) -> None:
    code, out, _ = run.raw("lint sai.docx tot.docx")
    assert code == 1
    assert max(map(len, out.splitlines())) <= 80
    for words in (
        "Phần đầu lỗi Tiêu ngữ: “Độc lập",
        "gạch dài",
        "Phụ lục I, mục II.1b · TT14",
        "Cách sửa: ",
        "Ký, nơi nhận lỗi Nơi nhận: “- Như trên;",
        "Báo cáo: 2 lỗi, 0 cảnh báo, 0 thông tin (phần đầu 1 · ký, nơi nhận 1)",
    ):
        assert words in " ".join(out.split())


def test_json_stands_alone_and_a_refused_file_stops_no_other(folder: Path, run: Run) -> None:
    (folder / "cu.docx").write_bytes(b"%PDF-1.4")
    code, out, err = run.raw("lint sai.docx cu.docx --format json --docx")
    assert code == 1
    assert "Phiếu kiểm tra" in err
    checked, refused = json.loads(out)["files"]
    assert (checked["status"], refused["status"]) == ("checked", "refused")
    assert [(f["code"], f["block"], f["fixable"]) for f in checked["findings"]] == [
        ("TT14", "head", False),
        ("TT55", "end", True),
    ]
    assert checked["totals"] == {"error": 2, "warning": 0, "info": 0}
    assert {c["outcome"] for c in checked["checks"]} == {"pass", "fail", "not_applicable"}
    said = run("lint cu.docx tot.docx", 1)
    assert "Tệp là PDF" in said
    assert "Báo cáo: 0 lỗi" in said


def test_the_marked_copy_stands_beside_and_never_on_what_someone_wrote(folder: Path, run: Run) -> None:
    before, copy = (folder / "sai.docx").read_bytes(), folder / "sai (ghi chú).docx"
    for _ in range(2):
        assert copy.name in run("lint sai.docx --mark", 1)
    assert (folder / "sai.docx").read_bytes() == before
    assert not (folder / "sai (ghi chú) (2).docx").exists()
    assert 'lint --unmark "sai (ghi chú).docx"' in run(f"lint '{copy.name}'", 1)
    assert "sai (bỏ ghi chú).docx" in run(f"lint '{copy.name}' --unmark")
    assert list(Document(str(folder / "sai (bỏ ghi chú).docx")).comments) == []
    document = Document(str(copy))
    assert len(list(document.comments)) == 2
    document.save(str(copy))
    worked_in = copy.read_bytes()
    run("lint sai.docx --mark", 1)
    assert copy.read_bytes() == worked_in
    assert (folder / "sai (ghi chú) (2).docx").exists()


def test_a_folder_is_a_table_of_documents_and_blocks(folder: Path, run: Run, monkeypatch: Patch) -> None:
    (folder / "con").mkdir()
    (folder / "con" / "cu.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    (folder / "~$sai.docx").write_bytes(b"x")
    (folder / "chuong trinh hop.docx").write_bytes((folder / "sai.docx").read_bytes())
    run("lint sai.docx --mark --docx --fix", 1)
    monkeypatch.setenv("COLUMNS", "80")
    code, out, _ = run.raw("lint .")
    assert code == 1
    assert max(map(len, out.splitlines())) <= 80
    assert "chuong trinh hop.docx " in out, "no name is broken"
    assert ("Phần đầu" in out, "Phụ lục" in out) == (True, False)
    lines = [line.partition("doc") for line in out.splitlines() if ".doc" in line]
    assert {f"{name.strip()}doc": " ".join(rest.removeprefix("x").split()) for name, _, rest in lines} == {
        "sai.doc": "Báo cáo 1 lỗi 1 lỗi",
        "chuong trinh hop.doc": "Báo cáo 1 lỗi 1 lỗi",
        "tot.doc": "Báo cáo – –",
        "cu.doc": "không đọc được",
    }


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        ("trong", "Không có tệp Word nào"),
        ("khong-co.docx", "khong-co.docx"),
        ("tot.docx --kind 'Hóa đơn'", "Công văn"),
        ("sai.docx --profile khong-co.toml", "khong-co.toml"),
    ],
)
def test_what_is_not_there_or_no_kind_ends_with_2(argv: str, told: str, folder: Path, run: Run) -> None:
    (folder / "trong").mkdir()
    assert told in run(f"lint {argv}", 2)


def test_a_document_of_no_clear_kind_asks_for_it_and_does_not_pass(folder: Path, run: Run) -> None:
    unclear = next(real for real in REAL_KINDS if real.name == "tên loại lạ")
    (folder / "la.docx").write_bytes(unclear.build())
    said = run("lint la.docx", 1)
    assert "Chưa rõ loại văn bản" in said
    assert "--kind" in said
    assert "Báo cáo: " in run("lint la.docx --kind BC", 1)


def test_fix_writes_a_copy_and_says_what_it_changed(folder: Path, run: Run) -> None:
    before = (folder / "sai.docx").read_bytes()
    assert "TT55: cỡ 12 → cỡ 11" in run("lint sai.docx --fix", 1)
    assert (folder / "sai.docx").read_bytes() == before
    (file,) = run.json("lint 'sai (đã sửa).docx'")["files"]
    assert {f["code"] for f in file["findings"]} == {"TT14"}


def test_a_profile_changes_the_levels_and_the_day_is_judged_as_of_a_moment(folder: Path, run: Run) -> None:
    (folder / "rieng.toml").write_text('[muc]\nTT14 = "thong_tin"\nTT55 = "bo_qua"\n', encoding="utf-8")
    run("lint sai.docx --profile rieng.toml")
    (folder / "mai.docx").write_bytes(build(replace(LETTER, date="Bình An, ngày 05 tháng 3 năm 2026")))
    assert "chưa đến" in run.lax("lint mai.docx --as-of 01/03/2026")
    assert "chưa đến" not in run.lax("lint mai.docx --as-of 06/03/2026")
