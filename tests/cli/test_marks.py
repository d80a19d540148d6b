"""Whatever is written from a period's figures says that they are a sample's, or its levels unconfirmed."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import docx
import openpyxl
import pytest

from dvctt_report.cli import door
from dvctt_report.files.packages import Package
from dvctt_report.text.resources import resource_path
from tests.papers.years.test_amend import correct, reword
from tests.pytest_types import Patch

AS_OF = ("--as-of", "20/11/2025 17:00")
LATER = ("--as-of", "26/11/2025 9:00")
SAMPLE = "SỐ LIỆU MINH HỌA, KHÔNG PHẢI SỐ LIỆU THẬT"
ASSUMED = "mức các chỉ tiêu theo kế hoạch của tỉnh khác"
UNCONFIRMED = f"Chưa xác nhận: {ASSUMED}"
COMMANDS: tuple[tuple[str, ...], ...] = (
    ("render",),
    ("render", "--diff"),
    ("render", "--ministry", "--diff"),
    ("render", "--quick"),
    ("letter", "forms"),
    ("letter", "remind"),
    ("letter", "feedback"),
    ("letter", "feedback", "--unit", "SYT"),
    ("feedback", "--questions"),
    ("validate",),
    ("export",),
    ("fill", "--tags"),
    ("explain", "T10", "--docx"),
)
WITHOUT = {
    "muc-tieu-don-vi-2025.csv": "so-lieu-2025.json says it, rows have no place for it",
    "so-lieu-2025.csv": "the same",
    "nhat-ky-doc-2025.csv": "how cells were read",
}
"""What needs no mark of its own, and why."""


def words_of(path: Path) -> str:
    """All that stands in a file, on the sheets of a workbook apart from what is only printed above them."""
    if path.suffix == ".xlsx":
        return "\n".join(
            str(cell)
            for row in openpyxl.load_workbook(path, read_only=True).worksheets[0].values
            for cell in row
        )
    if path.suffix == ".docx":
        return re.sub(r"<[^>]*>", "", Package(path.read_bytes()).read("word/document.xml").decode())
    return path.read_text(encoding="utf-8-sig")


def written(root: Path, year: str = "2025") -> Iterator[Path]:
    """The files that commands have made of the year's figures."""
    for path in sorted((root / "ket-qua" / year).rglob("*")):
        if path.is_file() and path.name not in WITHOUT:
            yield path
    yield root / "ky-bao-cao" / year / f"viec-can-xu-ly-{year}.xlsx"


def mark(root: Path, *, sample: bool, confirmed: bool) -> None:
    """Let a workspace have a sample's figures or not, and levels that nobody has confirmed or none."""
    settings = root / "dvctt.toml"
    said = settings.read_text(encoding="utf-8")
    said = re.sub(r"(?m)^phu_luc_rieng = \[\]", 'phu_luc_rieng = ["theo_don_vi"]', said)
    assert SAMPLE in said
    settings.write_text(said if sample else said.replace(SAMPLE, ""), encoding="utf-8")
    if not confirmed:
        assert door.main(["plan", "copy", "cau-hinh"]) == 0
        own = re.sub(r"(?m)^ho_so = .*$", 'ho_so = "cau-hinh"', settings.read_text(encoding="utf-8"))
        settings.write_text(own, encoding="utf-8")
        assume(root / "cau-hinh")


def assume(profile: Path) -> None:
    """Have a profile suppose something that nobody has confirmed."""
    units = profile / "units.toml"
    assumed = f'[[assumptions]]\nabout = "{ASSUMED}"\nbefore_final = true\n\n'
    listed = units.read_text(encoding="utf-8").replace("[[groups]]", assumed + "[[groups]]", 1)
    units.write_text(listed, encoding="utf-8")


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with the returns of three units, one of which is to be mended, collected."""
    root = tmp_path_factory.mktemp("three") / "w"
    shutil.copytree(resource_path("sample_data"), root)
    for path in (root / "nhan-ve" / "2025").iterdir():
        if not any(f"_{unit}_" in path.name for unit in ("SYT", "SNV", "STC")):
            path.unlink()
    assert door.main(["collect", "--workspace", str(root)]) == 0
    return root


@pytest.fixture
def root(three: Path, tmp_path: Path, monkeypatch: Patch) -> Path:
    copy = tmp_path / "w"
    shutil.copytree(three, copy)
    monkeypatch.chdir(copy)
    return copy


def write_all() -> None:
    for argv in COMMANDS:
        assert door.main([*argv, *AS_OF]) < 2, argv


def test_every_paper_wears_its_marks(root: Path) -> None:
    mark(root, sample=True, confirmed=False)
    write_all()
    papers = {path.relative_to(root).as_posix(): words_of(path) for path in written(root)}
    assert {"ket-qua/2025/phu-luc-2025.docx", "ket-qua/2025/thay-doi-2025.docx"} <= {*papers}
    assert len(papers) > 20
    assert [name for name, said in papers.items() if SAMPLE not in said] == []
    assert [name for name, said in papers.items() if UNCONFIRMED not in said] == []


def test_real_figures_against_confirmed_levels_wear_none(root: Path) -> None:
    mark(root, sample=False, confirmed=True)
    write_all()
    for path in written(root):
        said = words_of(path)
        assert SAMPLE not in said, path.name
        assert "Chưa xác nhận:" not in said, path.name


@pytest.mark.parametrize("way", ["--supplement", "--correct"])
def test_what_is_written_after_the_signature_wears_them_too(
    signed_sample: Path, tmp_path: Path, monkeypatch: Patch, way: str
) -> None:
    root = tmp_path / "w"
    shutil.copytree(signed_sample, root)
    monkeypatch.chdir(root)
    if way == "--correct":
        reword(root)
        stem = "cong-van-dinh-chinh"
    else:
        correct()
        stem = "bao-cao-bo-sung"
        assume(root / "ky-bao-cao/2025/cau-hinh")
    assert door.main(["render", way, *LATER]) == 0
    said = words_of(root / f"ket-qua/2025/{stem}-2025.docx")
    assert SAMPLE in said
    assert (UNCONFIRMED in said) is (way == "--supplement")


def test_a_form_of_others_that_is_filled_wears_them(root: Path) -> None:
    mark(root, sample=True, confirmed=False)
    form = docx.Document()
    form.add_paragraph("Tỷ lệ: {{ T10: tỷ lệ }}")
    form.save("biểu.docx")
    book = openpyxl.Workbook()
    book.active["A1"] = "{{ T10: tỷ lệ }}"
    book.save("biểu.xlsx")
    assert door.main(["fill", "biểu.docx", "biểu.xlsx", *AS_OF]) == 0
    (written,) = Path("ket-qua/2025").glob("biểu*.docx")
    assert SAMPLE in words_of(written)
    assert UNCONFIRMED in words_of(written)
    (filled,) = Path("ket-qua/2025").glob("biểu*.xlsx")
    above = openpyxl.load_workbook(filled).active.oddHeader.right.text
    assert SAMPLE in above
    assert UNCONFIRMED in above
