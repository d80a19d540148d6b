"""A province of 82 units without districts, as ``demo --year 2026`` makes it: its figures, its documents."""

from __future__ import annotations

import json
import re
import shlex
from collections import Counter
from collections.abc import Mapping
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pypdf import PdfReader

from dvctt_report.cli.demo import make_sample
from dvctt_report.decide.check.document import read_document
from dvctt_report.files.libreoffice import convert_to_pdf
from dvctt_report.store.workspace import read_workspace
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.resources import resource_path
from tests.cli.officer import Run, do
from tests.oracle_sample import Cells, number, read_cells

AS_OF = "--as-of '20/11/2026 17:00'"
RESULTS = Path("ket-qua/2026")

PLANTED = """
BC01 X22801 T3 | DL01 X22576 T10 | DL12 X22366 HT.b | DV03 X22891 | DV04 T3 | HL03 X22732 T5 | NH07 SNV
SL02 SYT T10 | SL02 X22528 T1 | TH01 X22489 | TH01 X22897
TH02 SDTTG | TH02 X22480 | TH02 X22714 | TH02 X22736 | VB02 X22873 NV.7d
"""
"""What is found: code, unit, item; beside what the half-filled form of X22840 doesn't answer."""


@pytest.fixture(scope="session")
def province(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace after ``collect`` and ``render``; not to be written to."""
    root = make_sample(tmp_path_factory.mktemp("province") / "tỉnh", 2026)
    return do(root, "collect --quiet", f"render {AS_OF} --quiet")


@pytest.fixture(autouse=True)
def here(province: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(province)


@pytest.fixture(scope="session")
def manifest(province: Path) -> Any:
    return json.loads((province / RESULTS / "bao-cao-2026.json").read_text(encoding="utf-8"))


def test_what_is_found_is_what_was_planted(run: Run) -> None:
    found = [f for f in run.json(f"validate {AS_OF}")["findings"] if not f["code"].startswith("MT")]
    said = Counter(" ".join(filter(None, (f["code"], f["unit"], f["item"]))) for f in found)
    blank = {one for one in said if one.startswith("SL04 X22840")}
    assert sum(said.pop(one) for one in blank) == 7  # of three rows one under another one
    assert said == Counter(one.strip() for one in re.split(r"[|\n]", PLANTED) if one.strip())


@pytest.fixture(scope="session")
def typed(province: Path) -> dict[str, Cells]:
    """What every unit typed, read by openpyxl alone."""
    sheets = ("01-A", "03", "04", "Biểu cấp xã")
    read = (read_cells(path, sheets) for path in sorted((province / "nhan-ve" / "2026").iterdir()))
    return {meta["unit"]: cells for meta, cells in read}


BARRED = {("X22528", "T1"), ("SYT", "T10"), ("X22576", "T10")}
"""Whose pair an error keeps out."""
TYPED = {
    "T1": (("T1", "total"), ("T1", "done")),
    "T2": (("T2", "total"), ("T2", "done")),
    "T5": (("T5", "total"), ("T5", "done")),
    "T7": (("T7", "total"), ("T7", "done")),
    "T10": (("HS.", "resolved_total"), ("T10", "done")),
    "T12": (("KS.HT.chung", "valid"), ("KS.HT.chung", "satisfied")),
    "T13": (("T13", "total"), ("T13", "done")),
}
"""The cells in which a unit types a target's pair: how their rows' keys begin, and the column."""


def pairs_of(code: str, typed: Mapping[str, Cells]) -> dict[str, tuple[int, int]]:
    """Total and done of every unit that typed both, added up from its cells."""
    pairs = {}
    for unit, cells in typed.items():
        said = [_typed(cells, row, column) for row, column in TYPED[code]]
        if code == "T10" and not said[0]:
            said[0] = _typed(cells, "T10", "total")
        if all(ns and None not in ns for ns in said) and (unit, code) not in BARRED:
            total, done = (sum(n for n in ns if n is not None) for ns in said)
            pairs[unit] = total, done
    return pairs


def _typed(cells: Cells, row: str, column: str) -> list[int | None]:
    rows = (r for r, c in cells if c == column and r.startswith(row) and (row[-1] == "." or r == row))
    return [number(cells[r, column]) for r in rows]


@pytest.mark.parametrize("code", TYPED)
def test_a_target_is_the_sum_of_what_was_typed(code: str, typed: dict[str, Cells], manifest: Any) -> None:
    pairs = pairs_of(code, typed).values()
    target = next(one for one in manifest["indicators"] if one["code"] == code)
    total, done = (sum(ns) for ns in zip(*pairs, strict=True))
    assert (target["denominator"], target["numerator"]) == (total, done)


def test_the_folder_of_another_year_is_left_alone(province: Path) -> None:
    with pytest.raises(CannotRun, match="năm khác"):
        make_sample(province, 2025)


def test_people_and_addresses_belong_to_nobody() -> None:
    text = (resource_path("templates") / "minh-hoa-2026" / "tra-loi.toml").read_text(encoding="utf-8")
    assert re.findall(r'phone = "([^"]+)"', text) == ["0258 000"]
    assert re.findall(r"https?://|@", text) == []


def texts_of(path: Path) -> list[str]:
    return [block.text for block in read_document(path).blocks]


def test_annexes_as_long_as_the_roster_stand_in_a_file_of_their_own(province: Path) -> None:
    report, apart = (texts_of(province / RESULTS / f"{name}-2026.docx") for name in ("bao-cao", "phu-luc"))
    assert not any("THEO TỪNG ĐƠN VỊ" in text for text in report)
    assert any("KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU THEO TỪNG ĐƠN VỊ" in text for text in apart)
    assert any("chi tiết theo đơn vị tại Phụ lục III, tệp riêng" in text for text in report)
    assert not any("I. KẾT QUẢ CHUNG" in text or "Nơi nhận" in text for text in apart)


@pytest.mark.parametrize("name", ["bao-cao-2026.docx", "phu-luc-2026.docx"])
def test_each_file_agrees_with_its_manifest_and_has_no_fault(name: str, run: Run) -> None:
    run(f"check {RESULTS / name}")
    assert "0 lỗi, 0 cảnh báo" in run(f"lint {RESULTS / name}")


COMPARED = RESULTS / "so-sanh-cap-xa-2026.xlsx"
LEAST = 10
"""Total from which on the plan has a rate ranked."""
UNSETTLED = {"X22366", "X22528", "X22576", "X22732", "X22801", "X22840", "X22873", "X22891"}
"""Communes with something open that was planted."""


@pytest.fixture(scope="session")
def compared(province: Path) -> dict[str, dict[str, tuple[str, Any]]]:
    """What the sheet of all communes says: figure and place, by target and by commune."""
    do(province, f"export --communes {AS_OF} --quiet")
    rows = list(openpyxl.load_workbook(province / COMPARED)["So sánh"].iter_rows(values_only=True))
    heads = {str(head).partition(". ")[0]: n for n, head in enumerate(rows[2]) if n > 1 and head}
    said = [row for row in rows[7:] if isinstance(row[0], int)]
    assert len(said) == 65
    return {code: {row[1]: (*row, None)[n : n + 2] for row in said} for code, n in heads.items()}


def communes(province: Path) -> dict[str, str]:
    roster = read_workspace(province).profile.roster
    return {unit.code: unit.short_name.removeprefix("UBND ") for unit in roster.units if unit.area_code}


@pytest.mark.parametrize("code", TYPED)
def test_places_are_those_that_counting_gives(
    code: str, typed: dict[str, Cells], compared: dict[str, Any], province: Path
) -> None:
    names, pairs = communes(province), pairs_of(code, typed)
    ranked = {unit: pair for unit, pair in pairs.items() if unit in names and pair[0] >= LEAST}
    better = {
        unit: sum(o_done * total > done * o_total for o_total, o_done in ranked.values())
        for unit, (total, done) in ranked.items()
    }
    for unit, name in names.items():
        figure, place = compared[code][name]
        assert place == (better[unit] + 1 if unit in ranked else "x"), name
        assert figure.endswith("*") == (unit in UNSETTLED and unit in pairs), name


def test_a_commune_without_figures_has_signs_and_no_place(compared: dict[str, Any]) -> None:
    for code, places in compared.items():
        assert places["đặc khu Trường Sa"][0] == "...", code
    assert compared["T13"]["xã Lâm Sơn"] == ("-", "x")
    assert compared["T5"]["xã Đông Khánh Sơn"] == ("100*", "x")
    assert compared["T3"]["xã Trung Khánh Vĩnh"][0] == "Có"


def test_the_rows_to_filter_say_the_same(compared: dict[str, Any], province: Path) -> None:
    sheet = openpyxl.load_workbook(province / COMPARED)["Số liệu"]
    rows = {row[1]: row for row in sheet.values if row[0] == "UBND xã Diên Khánh"}
    assert set(rows) == set(compared)
    for code, row in rows.items():
        figure, place = compared[code]["xã Diên Khánh"]
        assert str(row[5]).removesuffix(" (*)") == figure.removesuffix("*"), code
        if code in TYPED:
            assert row[7].split("/")[0].lstrip("0") == str(place), code


@pytest.mark.usefixtures("compared")
def test_the_comparison_of_communes_wears_its_marks(province: Path) -> None:
    page = province / RESULTS / "so-sanh-cap-xa-2026.docx"
    said = " ".join(" ".join(cell for block in read_document(page).blocks for cell in block.cells).split())
    sheets = openpyxl.load_workbook(province / COMPARED)
    for text in (said, sheets["So sánh"]["A2"].value):
        assert "SỐ LIỆU MINH HỌA, KHÔNG PHẢI SỐ LIỆU THẬT" in text
        assert "mức các chỉ tiêu theo kế hoạch của tỉnh Ninh Thuận" in text
    assert "Chưa xác nhận: tên Kế hoạch, mức các chỉ tiêu" in said
    assert "Kế hoạch không đặt mức năm 2026, cột Kế hoạch ghi mức năm 2025: T1, T2," in said
    assert "28 xã và 11 phường (100%)" in said


@pytest.mark.usefixtures("compared")
def test_the_figures_of_the_page_of_communes_are_explained_and_checked(
    province: Path, typed: dict[str, Cells], run: Run
) -> None:
    run(f"check {RESULTS / 'so-sanh-cap-xa-2026.docx'}")
    whole = {u for u, (total, done) in pairs_of("T1", typed).items() if total == done >= LEAST}
    names = communes(province)
    best = [n for u, n in names.items() if u in whole and n.startswith("phường ")]
    for name, said in {
        "T1.communes.best.wards": f"Đếm được {len(best)}.",
        "T10.communes.middle": "Xếp 60 tỷ lệ theo thứ tự; ở giữa là 74,8%.",
        "communes.known": "Đếm được 62.",
        "communes.open": f"Đếm được {len(UNSETTLED)}.",
    }.items():
        assert said in run(f"explain {name} {AS_OF}"), name
    page = read_document(RESULTS / "so-sanh-cap-xa-2026.docx").blocks
    shared = next(
        c for block in page for c in block.cells if re.fullmatch(r"\d+ xã và \d+ phường \(100%\)", c)
    )
    err = run.raw(f"explain '{shared}' {AS_OF}")[2]
    listed = re.findall(r"^ +(\d+)\. 100% – (.+)$", err, re.MULTILINE)
    assert listed
    assert all("UBND" not in name for _, name in listed)
    answer = run(f"explain '{shared}' {AS_OF} --pick {listed[0][0]}")
    assert "Mỗi nơi 100%." in answer
    assert f"Được đếm ({len(whole & set(names))})" in answer


def test_every_place_of_a_commune_is_explained(compared: dict[str, Any], province: Path, run: Run) -> None:
    book = openpyxl.load_workbook(province / COMPARED)
    texts = (str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    label = next(text for text in texts if text.startswith("T10. "))
    name, (_, place) = next((n, p) for n, p in compared["T10"].items() if isinstance(p[1], int))
    answer = run(f"explain {shlex.quote(f'{name} {label} Thứ hạng {place:02d}/60')} {AS_OF}")
    assert f"60 nơi được xếp; {place - 1} nơi có kết quả tốt hơn: thứ {place}." in answer
    assert f"UBND {name}" in answer


def test_the_kinds_of_bodies_stand_in_order_each_once(province: Path) -> None:
    blocks = read_document(province / RESULTS / "bao-cao-2026.docx").blocks
    annex = [block.text for block in blocks if block.section.startswith("Phụ lục II")]
    assert [text for text in annex if re.match(r"I+\. ", text)] == [
        "I. Sở, ban, ngành",
        "II. Ủy ban nhân dân xã, phường, đặc khu",
        "III. Cơ quan báo chí, cơ sở giáo dục",
    ]


def test_a_body_written_down_last_stands_with_its_kind(province: Path) -> None:
    roster = read_workspace(province).profile.roster
    new = roster.unit("SNV").model_copy(update={"code": "SNGV", "short_name": "Sở Ngoại vụ"})
    units = roster.model_copy(update={"units": (*roster.units, new)}).on(date(2026, 10, 31))
    headings = [roster.group(unit.group).heading for unit in units]
    assert len(list(groupby(headings))) == len(set(headings)) == 3
    assert next(n for n, unit in enumerate(units) if unit.code == "SNGV") == 16


@pytest.mark.requires("soffice")
@pytest.mark.usefixtures("compared")
@pytest.mark.parametrize(("name", "most"), [("bao-cao", 25), ("bao-cao-nhanh", 1), ("so-sanh-cap-xa", 1)])
def test_a_document_of_82_units_has_no_more_pages(name: str, most: int, tmp_path: Path, run: Run) -> None:
    if name == "bao-cao-nhanh":
        run("render --quick")
    made = convert_to_pdf(RESULTS / f"{name}-2026.docx", tmp_path / "a.pdf")
    assert len(PdfReader(made.path).pages) <= most
