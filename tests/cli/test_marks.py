"""Whatever is written from a period's figures says that they are a sample's, or its levels unconfirmed."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import docx
import openpyxl
import pytest

from dvctt_report.files.packages import Package
from dvctt_report.text.resources import resource_path
from tests.cli.officer import AS_OF, Run, do, edit
from tests.papers.years.test_amend import correct, reword
from tests.pytest_types import Patch

SAMPLE = "SỐ LIỆU MINH HỌA, KHÔNG PHẢI SỐ LIỆU THẬT"
ASSUMED = "mức các chỉ tiêu theo kế hoạch của tỉnh khác"
UNCONFIRMED = f"Chưa xác nhận: {ASSUMED}"
COMMANDS = (
    "render",
    "render --diff",
    "render --ministry --diff",
    "render --quick",
    "letter forms",
    "letter remind",
    "letter feedback",
    "letter feedback --unit SYT",
    "feedback --questions",
    "validate",
    "export",
    "fill --tags",
    "explain T10 --docx",
)
UNMARKED = ("render", "letter forms", "letter feedback", "validate", "export")
"""Of these enough where none is to be seen: all take it from the settings."""
WITHOUT = {
    "muc-tieu-don-vi-2025.csv": "so-lieu-2025.json says it, rows have no place for it",
    "so-lieu-2025.csv": "the same",
    "nhat-ky-doc-2025.csv": "how cells were read",
}
"""What needs no mark of its own, and why."""


def words_of(path: Path) -> str:
    """All that stands in a file, on the sheets of a workbook apart from what is only printed above them."""
    if path.suffix == ".xlsx":
        rows = openpyxl.load_workbook(path, read_only=True).worksheets[0].values
        return "\n".join(str(cell) for row in rows for cell in row)
    if path.suffix == ".docx":
        return re.sub(r"<[^>]*>", "", Package(path.read_bytes()).read("word/document.xml").decode())
    return path.read_text(encoding="utf-8-sig")


def assume(profile: Path) -> None:
    """Have a profile suppose something that nobody has confirmed."""
    assumed = f'[[assumptions]]\nabout = "{ASSUMED}"\nbefore_final = true\n\n'
    edit(profile / "units.toml", "[[groups]]", f"{assumed}[[groups]]", 1)


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with the returns of three units, one of which is to be mended, collected."""
    root = Path(shutil.copytree(resource_path("sample_data"), tmp_path_factory.mktemp("three") / "w"))
    for path in (root / "nhan-ve" / "2025").iterdir():
        if not any(f"_{unit}_" in path.name for unit in ("SYT", "SNV", "STC")):
            path.unlink()
    return do(root, "collect")


@pytest.mark.parametrize("marked", [True, False])
def test_every_paper_wears_its_marks_and_none_that_isnt_its_own(
    marked: bool, three: Path, tmp_path: Path, monkeypatch: Patch, run: Run
) -> None:
    monkeypatch.chdir(shutil.copytree(three, tmp_path / "w"))
    settings = Path("dvctt.toml")
    edit(settings, "phu_luc_rieng = []", 'phu_luc_rieng = ["theo_don_vi"]')
    if marked:
        run("plan copy cau-hinh")
        edit(settings, 'ho_so = "ninh_thuan"', 'ho_so = "cau-hinh"')
        assume(Path("cau-hinh"))
    else:
        edit(settings, SAMPLE, "")
    for line in COMMANDS if marked else UNMARKED:
        run.lax(f"{line} {AS_OF}")
    written = [p for p in sorted(Path("ket-qua/2025").rglob("*")) if p.is_file() and p.name not in WITHOUT]
    papers = {p.name: words_of(p) for p in (*written, Path("ky-bao-cao/2025/viec-can-xu-ly-2025.xlsx"))}
    assert len(papers) > (20 if marked else 8)
    assert [name for name, said in papers.items() if (SAMPLE in said) is not marked] == []
    assert [name for name, said in papers.items() if (UNCONFIRMED in said) is not marked] == []
    if marked:
        assert {"phu-luc-2025.docx", "thay-doi-2025.docx"} <= {*papers}
        what_is_filled_of_others_wears_them(run)
    else:
        assert [name for name, said in papers.items() if "Chưa xác nhận:" in said] == []


def what_is_filled_of_others_wears_them(run: Run) -> None:
    form = docx.Document()
    form.add_paragraph("Tỷ lệ: {{ T10: tỷ lệ }}")
    form.save("biểu.docx")
    book = openpyxl.Workbook()
    book.active["A1"] = "{{ T10: tỷ lệ }}"
    book.save("biểu.xlsx")
    run(f"fill biểu.docx biểu.xlsx {AS_OF}")
    (document,) = Path("ket-qua/2025").glob("biểu*.docx")
    (workbook,) = Path("ket-qua/2025").glob("biểu*.xlsx")
    for said in (words_of(document), openpyxl.load_workbook(workbook).active.oddHeader.right.text):
        assert SAMPLE in said
        assert UNCONFIRMED in said


@pytest.mark.parametrize("way", ["--supplement", "--correct"])
def test_what_is_written_after_the_signature_wears_them_too(
    signed_sample: Path, tmp_path: Path, monkeypatch: Patch, way: str, run: Run
) -> None:
    root = shutil.copytree(signed_sample, tmp_path / "w")
    monkeypatch.chdir(root)
    if way == "--correct":
        reword(root)
        stem = "cong-van-dinh-chinh"
    else:
        correct()
        stem = "bao-cao-bo-sung"
        assume(root / "ky-bao-cao/2025/cau-hinh")
    run(f"render {way} --as-of '26/11/2025 9:00'")
    said = words_of(root / f"ket-qua/2025/{stem}-2025.docx")
    assert SAMPLE in said
    assert (UNCONFIRMED in said) is (way == "--supplement")
