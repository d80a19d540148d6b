"""What an officer changes in the workbook reaches the profile, or is told with its cell."""

from __future__ import annotations

import io
import re
import shutil
import tomllib
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from dvctt_report.cli import door
from dvctt_report.forms.plan_book.codecs import LEVELS
from dvctt_report.forms.plan_book.reader import read_plan_workbook
from dvctt_report.forms.plan_book.taking import take_workbook
from dvctt_report.plan.load import load_profile
from dvctt_report.text.errors import CannotRun
from tests.forms.plan_book.test_round_trip import HOME, phrases, shipped, shipped_book

NOW = datetime(2026, 9, 1, 8, 30)
HEAD = 3
Edit = tuple[str, str, str, object]
"""Sheet, what its row is known by, header of the column, the new value."""


@cache
def opened() -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(shipped_book()))


def edited(*edits: Edit) -> bytes:
    """The shipped workbook as a person leaves it; what was there is put back, as loading it takes longest."""
    book, before = opened(), []
    for title, known, header, value in edits:
        sheet = book[title]
        cell = sheet.cell(row_of(sheet, known), columns(sheet)[header])
        before.append((cell, cell.value, cell.number_format))
        cell.value = value
    data = saved(book)
    for cell, was, look in reversed(before):
        cell.value, cell.number_format = was, look
    return data


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def columns(sheet: Worksheet) -> dict[str, int]:
    return {str(cell.value): cell.column for cell in sheet[HEAD]}


def row_of(sheet: Worksheet, known: str) -> int:
    """The row that has a cell of that text; "" for the first that is blank."""
    for row in sheet.iter_rows(min_row=HEAD + 1):
        texts = [str(cell.value) for cell in row if cell.value is not None and cell.data_type != "f"]
        if (known in texts) if known else not texts:
            return int(row[0].row)
    raise AssertionError(known)


def write_row(book: openpyxl.Workbook, title: str, **cells: object) -> None:
    """Write the first blank row of a sheet; "_" in the name of a column is a blank."""
    sheet = book[title]
    row = row_of(sheet, "")
    for header, value in cells.items():
        sheet.cell(row, columns(sheet)[header.replace("_", " ")]).value = value


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return Path(shutil.copytree(HOME, tmp_path / "cau-hinh"))


def test_an_edited_cell_changes_that_value_alone(home: Path) -> None:
    before = {path.name: path.read_bytes() for path in home.iterdir()}
    data = edited(
        ("Thông tin", "Kế hoạch: số, ký hiệu", "Giá trị", "12/KH-UBND"),
        ("Thông tin", "Hạn gửi: trước ngày/tháng", "Giá trị", "15/11"),
        ("Chỉ tiêu", "T2", "Mức năm 2026", 95),
        ("Đơn vị", "SYT", "Tên gọi khác", "Sở Y tế tỉnh\nSYT tỉnh"),
        ("Ai trả lời gì", "T7", "so", "x"),
        ("Câu chữ", "returns.undated", "Câu", "{n} đơn vị chưa ghi ngày gửi"),
    )
    changes, kept = take_workbook(home, data, "ke-hoach.xlsx", NOW)
    assert len(changes) == 7, "the deadline is quoted as it is now"
    assert kept is not None
    assert {path.name: path.read_bytes() for path in kept.iterdir()} == before
    profile = load_profile(home)
    assert profile.plan.document.number == "12/KH-UBND"
    assert (profile.plan.deadline.before, profile.plan.deadline.quote) == ("11-15", "trước ngày 15/11")
    assert [(t.year, t.at_least) for t in profile.plan.targets[1].thresholds] == [(2025, 100), (2026, 95)]
    assert profile.roster.unit("SYT").aliases[-2:] == ("Sở Y tế tỉnh", "SYT tỉnh")
    assert "T7" in profile.roster.group("so").own
    assert "# ═══ MỤC TIÊU NĂM 2025" in (home / "plan.toml").read_text(encoding="utf-8")
    assert take_workbook(home, data, "ke-hoach.xlsx", NOW) == ((), None)


def test_a_new_row_is_a_new_unit_and_an_emptied_one_is_gone(home: Path) -> None:
    """Also a target's, which is asked of nobody then."""
    book = openpyxl.load_workbook(io.BytesIO(shipped_book()))
    commune = {"Tên_đầy_đủ": "Ủy ban nhân dân xã Mới", "Tên_ngắn": "UBND xã Mới", "Mã_nhóm": "xa"}
    write_row(book, "Đơn vị", Mã="XMOI", Báo_cáo="bắt buộc", Từ_ngày=date(2026, 1, 1), **commune)
    for title, code in (("Đơn vị", "TTT"), ("Chỉ tiêu", "T9")):
        book[title].delete_rows(row_of(book[title], code))
    take_workbook(home, saved(book), "x.xlsx", NOW)
    profile = load_profile(home)
    roster = profile.roster
    assert (roster.units[-1].name, roster.units[-1].valid_from) == (commune["Tên_đầy_đủ"], date(2026, 1, 1))
    assert "TTT" not in roster.units_by_code
    assert len(roster.units) == len(shipped().roster.units)
    assert "T9" not in profile.plan.items_by_code
    assert not any("T9" in group.own for group in roster.groups)


def test_a_blank_cell_of_a_new_row_means_what_it_shows_and_nobody_invents_a_level(home: Path) -> None:
    """Of a new target only what nobody else can know is written; each cell that was filled in is told."""
    book = openpyxl.load_workbook(io.BytesIO(shipped_book()))
    target = {"Thứ_tự": 115, "Mã": "T11b", "Nguyên_văn_trong_Kế_hoạch": "Hồ sơ quá hạn"}
    target |= {"Giải_thích_tổng_số": "Hồ sơ", "Giải_thích_số_đã_thực_hiện": "Hồ sơ quá hạn"}
    sheet = book["Chỉ tiêu"]
    unit_of_count = sheet.cell(row_of(sheet, ""), columns(sheet)["Đơn vị tính"])
    write_row(book, "Chỉ tiêu", Cách_đếm="phát sinh trong kỳ", **target)
    assert unit_of_count.value.startswith("=IF($"), "shown as it is meant"
    write_row(book, "Số liệu hỏi", Mã_ô="more", Tên_gọi_trong_biểu="Thêm")
    write_row(book, "Đơn vị", Mã="XMOI", Tên_đầy_đủ="Trường Mới")
    changes, _ = take_workbook(home, saved(book), "x.xlsx", NOW)
    profile = load_profile(home)
    new, above = profile.plan.targets_by_code["T11b"], profile.plan.targets[-1]
    assert (new.label, new.print_as) == ("Hồ sơ quá hạn", "Hồ sơ quá hạn")
    assert (new.point, new.unit_of_count, new.measure) == (above.point, above.unit_of_count, "flow")
    assert new.thresholds == ()
    school, last = profile.roster.units[-1], profile.roster.units[-2]
    assert (school.short_name, school.group, school.duty) == ("Trường Mới", last.group, last.duty)
    own = [{code in group.own for code in ("T10", "T11b")} for group in profile.roster.groups]
    assert own.count({True}) > 5, "asked of whom the units' target before it is asked"
    assert {True, False} not in own
    assert "Ai trả lời gì, T11b, nhóm vp: (trống) → “x”" in changes
    (line,) = [line for line in changes if line.startswith("Chỉ tiêu T11b: thêm dòng")]
    assert line.endswith("; Cách đếm “phát sinh trong kỳ”; Đơn vị tính “người”"), line


@pytest.mark.parametrize(
    ("sheet", "known", "header", "value", "told"),
    tomllib.loads(Path(__file__).with_name("editing.toml").read_text(encoding="utf-8"))["rows"],
)
def test_what_cannot_be_used_is_told_with_its_cell(
    sheet: str, known: str, header: str, value: object, told: str
) -> None:
    with pytest.raises(CannotRun) as refused:
        read_plan_workbook(edited((sheet, known, header, value or None)), "ke-hoach.xlsx", phrases())
    lines = [line for line in str(refused.value).splitlines() if line.startswith("  - ")]
    line = next(line for line in lines if told in line)
    assert line.startswith(f"  - {sheet}")
    if "lần" not in told:
        cell = line.partition(", ô ")[2].partition(":")[0]
        assert cell, line


def test_a_sheet_or_column_that_is_gone_is_told() -> None:
    book = openpyxl.load_workbook(io.BytesIO(shipped_book()))
    book["Đơn vị"].cell(HEAD, columns(book["Đơn vị"])["Tên ngắn"]).value = "Tên khác"
    with pytest.raises(CannotRun, match="Đơn vị: không có cột “Tên ngắn”"):
        read_plan_workbook(saved(book), "x", phrases())
    del book["Đơn vị"]
    with pytest.raises(CannotRun, match="Đơn vị: sổ không còn trang tính này"):
        read_plan_workbook(saved(book), "x", phrases())


def test_a_broken_sentence_leaves_the_profile_as_it_was_and_a_shipped_one_is_never_edited(home: Path) -> None:
    before = {path.name: path.read_bytes() for path in home.iterdir()}
    data = edited(("Câu chữ", "returns.undated", "Câu", "{m} đơn vị"))
    with pytest.raises(CannotRun, match=r"returns\.undated"):
        take_workbook(home, data, "x.xlsx", NOW)
    assert {path.name: path.read_bytes() for path in home.iterdir()} == before
    assert [path.name for path in home.parent.iterdir()] == ["cau-hinh"]
    with pytest.raises(CannotRun, match="đi kèm chương trình, không sửa được"):
        take_workbook(HOME, edited(("Chỉ tiêu", "T2", "Mức năm 2025", 90)), "x.xlsx", NOW)


def test_the_commands_write_and_read_it(
    home: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    book = tmp_path / "ke-hoach.xlsx"
    assert door.main(["plan", "write", str(book), "--profile", str(home)]) == 0
    assert door.main(["plan", "read", str(book), "--profile", str(home)]) == 0
    assert "Sổ không có gì khác với bộ cấu hình cau-hinh." in capfd.readouterr().out
    book.write_bytes(b"PK broken")
    assert door.main(["plan", "read", str(book), "--profile", str(home)]) == 2
    told = capfd.readouterr().err
    assert "Không đọc được “ke-hoach.xlsx”" in told
    assert "plan write TỆP.xlsx" in told, "the office's own book comes from nobody else"


def test_every_change_is_told_in_the_words_of_the_workbook(
    home: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    book = tmp_path / "ke-hoach.xlsx"
    book.write_bytes(
        edited(
            ("Thông tin", "Kế hoạch: số, ký hiệu", "Giá trị", "12/KH-UBND"),
            ("Chỉ tiêu", "T2", "Mức năm 2026", "không quá 2,5"),
            ("Chỉ tiêu", "T2", "Cách đếm", "phát sinh trong kỳ"),
            ("Chỉ tiêu", "T2", "Nguyên văn trong Kế hoạch", f"{shipped().plan.item('T2').title} (đã sửa)"),
            ("Hoạt động", "KN.tinh", "Đưa vào phần", "kiến nghị UBND cấp tỉnh"),
            ("Đơn vị", "SYT", "Tên gọi khác", "Sở Y tế tỉnh\nSYT tỉnh"),
            ("Ai trả lời gì", "T7", "so", "x"),
            *(("Đơn vị", code, "Điện thoại", "0259 3822 000") for code in CALLED),
        )
    )
    assert door.main(["plan", "read", str(book), "--profile", str(home)]) == 0
    said = capfd.readouterr().out
    told = [line.strip().removeprefix("- ") for line in said.splitlines() if " → " in line]
    assert len(told) == 6 + len(CALLED)
    for line in (
        "Thông tin, Kế hoạch: số, ký hiệu: (trống) → “12/KH-UBND”",
        "Chỉ tiêu T2, Mức năm 2026: (trống) → “không quá 2,5”",
        "Chỉ tiêu T2, Cách đếm: “có tại ngày chốt” → “phát sinh trong kỳ”",
        "Chỉ tiêu T2, Nguyên văn trong Kế hoạch: “… nghệ số, kỹ năng số” → “… nghệ số, kỹ năng số (đã sửa)”",
        "Ai trả lời gì, T7, nhóm so: (trống) → “x”",
        f"Đơn vị {CALLED[-1]}, Điện thoại: (trống) → “0259 3822 000”",
    ):
        assert line in told, line
    assert not re.search(r"kind|measure|thresholds|units\[", said)


CALLED = [unit.code for unit in shipped().roster.units if not unit.phone][:25]
"""Units whose telephone is put in: more than a short list would name."""


def test_a_level_that_can_be_read_in_two_ways_is_refused_and_never_written() -> None:
    with pytest.raises(ValueError, match="40000"):
        LEVELS.from_cell("40.000")
    for level in (40000, 2014.5):
        said = LEVELS.to_cell([{"at_most": level}])
        assert isinstance(said, str)
        assert LEVELS.from_cell(said) == [{"at_most": Decimal(str(level))}]
