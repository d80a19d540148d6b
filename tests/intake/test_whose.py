"""Whose return a workbook is: by its keys, else by its cover; contradictions are told, nothing is guessed."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest

from dvctt_report.forms.layout import META_SHEET
from dvctt_report.intake.cells import Sheet, Workbook, address
from dvctt_report.intake.collect import interpret
from dvctt_report.intake.container import read_workbook
from dvctt_report.intake.whose import weigh
from dvctt_report.model import CellRef, Return, ReturnStatus
from dvctt_report.period import Period
from dvctt_report.plan.model import Profile
from dvctt_report.plan.unit_names import UnitNames
from tests.forms.fill import Filled, fill, real
from tests.intake.edits import find, put, replaced, with_sheet, without_keys

PLACE = real().plan.province
OF_2025, OF_2026 = (UnitNames(real().units(Period(year)), PLACE) for year in (2025, 2026))


@pytest.fixture(scope="module")
def filled() -> Filled:
    return fill("SYT", 1)


def read(book: Workbook, filled: Filled, file: str = "a.xlsx", period: Period | None = None) -> Return:
    return interpret(book, file, "hash", real(), period or filled.period)


def codes(found: Return) -> list[str]:
    """What is told of a return, but for its notes, which are of words drawn at random."""
    return [f.code for f in found.findings]


# --------------------------------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Sở Y tế", "SYT"),
        ("SỞ Y TẾ", "SYT"),
        (unicodedata.normalize("NFD", "sở y tế"), "SYT"),
        ("  Sở\u00a0Y   tế ", "SYT"),
        ("Sở Y tế tỉnh Ninh Thuận", "SYT"),
        ("SỞ Y TẾ NINH THUẬN", "SYT"),
        ("SYT", "SYT"),
        ("Sở GD&ĐT", "SGDDT"),
        ("Sở GDĐT", "SGDDT"),
        ("SỞ GIÁO DỤC & ĐÀO TẠO", "SGDDT"),
        ("Sở Giáo dục và Ðào tạo", "SGDDT"),
        ("Sở NN-MT", "SNNMT"),
        ("Sở Thông tin và Truyền thông", "SKHCN"),
        ("Sở TTTT", "SKHCN"),
        ("Sở KH&ĐT", "STC"),
        ("BHXH tỉnh Ninh Thuận", "BHXH"),
        ("Công an tỉnh", "CAT"),
        ("VP UBND tỉnh Ninh Thuận", "VPUB"),
        ("Ủy ban nhân dân huyện Ninh Hải", "NHI"),
        ("Uỷ ban nhân dân huyện Ninh Hải", "NHI"),
        ("UBND huyện Ninh Hải", "NHI"),
        ("Huyện Ninh Hải", "NHI"),
        ("UBND TP Phan Rang – Tháp Chàm", "PRTC"),
        ("TP. Phan Rang - Tháp Chàm", "PRTC"),
    ],
)
def test_a_name_is_recognised_however_it_is_spelt(text: str, code: str) -> None:
    assert [u.code for u in OF_2025.find(text)] == [code]


@pytest.mark.parametrize(
    "text", ["Sở", "Sở Y", "Ninh Hải", "UBND tỉnh Ninh Thuận", "Phòng Y tế", "STT", "Năm 2025", "", "Sở Y tê"]
)
def test_what_only_resembles_a_name_names_no_unit(text: str) -> None:
    assert OF_2025.find(text) == ()


def test_communes_and_districts_of_one_name_are_told_apart() -> None:
    assert [u.code for u in OF_2026.find("UBND xã Ninh Hải")] == ["X22852"]
    assert OF_2026.find("UBND huyện Ninh Hải") == ()


def test_a_misspelt_name_is_proposed_and_nothing_else() -> None:
    assert [u.code for u in OF_2025.nearest("Sở Y tê")][:1] == ["SYT"]
    assert OF_2025.nearest("Hợp tác xã dịch vụ") == ()


@pytest.mark.parametrize(
    ("file", "named"),
    [
        ("Bao cao So Tu phap.xlsx", ["STP"]),
        ("BÁO CÁO SỞ TƯ PHÁP (final2).xlsx", ["STP"]),
        ("bieu_STP_sua lan 3", ["STP"]),
        ("bieu mau 2025", []),
        ("UBND huyen Ninh Hai", ["NHI"]),
    ],
)
def test_a_file_name_tells_of_units(file: str, named: list[str]) -> None:
    assert [u.code for u in OF_2025.in_file_name(file)] == named


# ---------------------------------------------------------------------------------------- keys


def test_keys_cover_and_file_name_that_agree_say_nothing(filled: Filled) -> None:
    book = read_workbook(filled.data)

    for file in (
        "BM2025_SYT_So-Y-te.xlsx",
        "x/Sở Y tế gửi Sở KHCN.xlsx",
        "gui So Khoa hoc va Cong nghe.xlsx",
    ):
        assert codes(read(book, filled, file)) == []


@pytest.mark.parametrize(
    ("file", "told"),
    [
        ("BM2025_STP_So-Tu-phap.xlsx", "STP"),
        ("BM2024_SYT_So-Y-te.xlsx", "BM2024"),
        ("Báo cáo Sở Tư pháp.xlsx", "Sở Tư pháp"),
        ("thu.zip!/So Tu phap.xlsx", "Sở Tư pháp"),
    ],
)
def test_a_file_name_that_tells_of_another_unit_is_a_warning(filled: Filled, file: str, told: str) -> None:
    found = read(read_workbook(filled.data), filled, file)

    assert (found.status, found.unit, codes(found)) == (ReturnStatus.EFFECTIVE, "SYT", ["NH43"])
    assert told in found.findings[0].message


def test_a_cover_that_names_another_unit_than_the_keys_is_refused_with_its_cell(filled: Filled) -> None:
    book = read_workbook(filled.data)
    sheet, row, column = find(book, "Sở Y tế", "Bìa")

    found = read(with_sheet(book, put(sheet, row, column, "Sở Tư pháp")), filled)

    assert (found.status, found.unit, codes(found)) == (ReturnStatus.REFUSED, "SYT", ["NH42"])
    assert found.findings[0].at == find_at(sheet, row, column)
    assert found.findings[0].value == "Sở Tư pháp"


def find_at(sheet: Sheet, row: int, column: int) -> CellRef:
    return CellRef("a.xlsx", sheet.name, address(row, column))


@pytest.mark.parametrize(
    ("old", "new"),
    [("SỞ Y TẾ", "SỞ TƯ PHÁP"), ("Mẫu BM2025-SYT", "Mẫu BM2025-STP"), ("Mẫu BM2025-SYT", "Mẫu BM2024-SYT")],
)
def test_a_banner_that_contradicts_the_keys_is_refused(filled: Filled, old: str, new: str) -> None:
    found = read(replaced(read_workbook(filled.data), old, new, "01-A số liệu"), filled)

    assert (found.status, codes(found)) == (ReturnStatus.REFUSED, ["NH42"])


def test_another_year_above_one_sheet_is_about_the_figures_of_that_sheet(filled: Filled) -> None:
    book = replaced(read_workbook(filled.data), "Năm 2025", "Năm 2024", "01-A số liệu")

    found = read(book, filled)

    assert (found.status, codes(found)) == (ReturnStatus.EFFECTIVE, ["NH59"])
    assert found.findings[0].at == CellRef("a.xlsx", "01-A số liệu", "C3")


def test_a_letterhead_above_the_own_name_contradicts_nothing(filled: Filled) -> None:
    book = read_workbook(filled.data)
    sheet = book.sheets[1]
    sheet = put(sheet, 1, 5, "SỞ KHOA HỌC VÀ CÔNG NGHỆ")

    assert codes(read(with_sheet(book, sheet), filled)) == []


def test_a_name_that_no_unit_bears_is_to_be_confirmed(filled: Filled) -> None:
    book = read_workbook(filled.data)
    sheet, row, column = find(book, "Sở Y tế", "Bìa")

    found = read(with_sheet(book, put(sheet, row, column, "Sở Y tê")), filled)

    assert (found.status, codes(found)) == (ReturnStatus.EFFECTIVE, ["NH43"])
    assert "gần nhất: Sở Y tế" in found.findings[0].message


def test_two_units_in_one_file_are_refused(filled: Filled) -> None:
    book = read_workbook(filled.data)
    meta = book.sheet(META_SHEET)
    assert meta is not None
    other = put(replace(meta, name="_meta (2)"), 6, 2, "STP")

    found = read(with_sheet(book, other), filled)

    assert (found.status, codes(found)) == (ReturnStatus.REFUSED, ["NH42"])


def test_the_telephone_that_the_roster_has_of_another_unit_is_a_sign(filled: Filled) -> None:
    found, base = read(read_workbook(filled.data), filled), real()
    units = (
        u.model_copy(update={"phone": "0259 3888 111"} if u.code == "STP" else {}) for u in base.roster.units
    )
    of = Profile(plan=base.plan, roster=base.roster.model_copy(update={"units": tuple(units)}))
    called = replace(found, submission=replace(found.submission, phone="0259.3.888.111"))

    (told,) = weigh((called,), (), of)

    assert [f.message for f in told.findings if f.code == "NH43"] == [
        "biểu cấp cho Sở Y tế nhưng đầu mối liên hệ là của Sở Tư pháp"
    ]


def keyed(book: Workbook, row: int, value: str) -> Workbook:
    meta = book.sheet(META_SHEET)
    assert meta is not None
    return with_sheet(book, put(meta, row, 2, value))


@pytest.mark.parametrize(
    ("row", "value", "code", "told"),
    [
        (1, "cchc", "NH02", "không phải biểu mẫu"),
        (2, "0", "NH05", "mẫu 0"),
        (3, "CCHC", "NH05", "kế hoạch CCHC"),
        (4, "0", "NH05", "bản cũ (bản 0"),
        (5, "2024", "NH03", "năm 2024"),
        (6, "XYZ", "NH04", "XYZ"),
    ],
)
def test_another_form_plan_version_year_or_unit_is_named(
    filled: Filled, row: int, value: str, code: str, told: str
) -> None:
    book = read_workbook(filled.data)
    if row == 1:
        book = replace(without_keys(book), sheets=(Sheet("Sheet1", "visible", {}), book.sheets[-1]))

    found = read(keyed(book, row, value), filled)

    assert (found.status, codes(found)) == (ReturnStatus.REFUSED, [code])
    assert told in found.findings[0].message


def test_a_code_that_only_looks_right_is_told_by_its_letter_and_the_cover(filled: Filled) -> None:
    """A Cyrillic Т: told as it stands, the code in the message is the right one to whoever reads it."""
    found = read(keyed(read_workbook(filled.data), 6, "SY\u0422"), filled)

    (told,) = found.findings
    assert (found.status, told.code) == (ReturnStatus.REFUSED, "NH04")
    assert (
        "chữ “\u0422” không phải chữ La-tinh; trông giống mã SYT của Sở Y tế; bìa ghi Sở Y tế" in told.message
    )
    assert "units.toml" not in told.fix
    assert "đề nghị Sở Y tế ghi vào biểu mẫu đã cấp" in told.fix


# --------------------------------------------------------------------------------------- cover


@pytest.fixture(scope="module")
def bare(filled: Filled) -> Workbook:
    """The form with all of its keys gone."""
    return without_keys(read_workbook(filled.data))


def everywhere(book: Workbook, change: dict[str, str]) -> Workbook:
    """Replace whole texts in every sheet; "" leaves the cell out."""

    def edited(sheet: Sheet) -> Sheet:
        cells = {
            p: c._replace(raw=change.get(c.raw, c.raw), value=change.get(c.raw, c.value))
            for p, c in sheet.cells.items()
            if change.get(c.raw, c.raw)
        }
        return replace(sheet, cells=cells)

    return replace(book, sheets=tuple(edited(s) for s in book.sheets))


NUMBER = "Mẫu BM2025-SYT"


def test_without_keys_the_cover_tells_the_unit_and_that_is_to_be_confirmed(
    filled: Filled, bare: Workbook
) -> None:
    found = read(bare, filled)

    assert (found.status, found.unit, found.period) == (ReturnStatus.EFFECTIVE, "SYT", Period(2025))
    assert "NH40" in codes(found)


@pytest.mark.parametrize("name", ["SỞ Y TẾ TỈNH NINH THUẬN", "sở y tế"])
def test_the_name_alone_is_enough(filled: Filled, bare: Workbook, name: str) -> None:
    book = everywhere(bare, {"SYT": "", NUMBER: "", "SỞ Y TẾ": name, "Sở Y tế": name})

    assert (read(book, filled).unit, read(book, filled).status) == ("SYT", ReturnStatus.EFFECTIVE)


def test_a_name_that_resembles_several_is_refused_with_the_nearest(filled: Filled, bare: Workbook) -> None:
    book = everywhere(bare, {"SYT": "", NUMBER: "", "SỞ Y TẾ": "", "Sở Y tế": "Sở Y tê"})

    found = read(book, filled, "BM2025_SYT_So-Y-te.xlsx")

    assert (found.status, found.unit, codes(found)) == (ReturnStatus.REFUSED, "", ["NH41"])
    assert "gần nhất: Sở Y tế" in found.findings[0].message


def test_the_file_name_alone_is_never_enough(filled: Filled, bare: Workbook) -> None:
    book = everywhere(bare, {"SYT": "", NUMBER: "", "SỞ Y TẾ": "", "Sở Y tế": ""})

    assert codes(read(book, filled, "BM2025_SYT_So-Y-te.xlsx")) == ["NH41"]


def test_sheets_of_two_units_are_refused(filled: Filled, bare: Workbook) -> None:
    found = read(replaced(bare, "SỞ Y TẾ", "SỞ TƯ PHÁP", "02 hoạt động"), filled)

    assert (found.status, codes(found)) == (ReturnStatus.REFUSED, ["NH42"])


def test_a_cover_of_another_year_is_named(filled: Filled, bare: Workbook) -> None:
    years = {c.raw for s in bare.sheets for c in s.cells.values() if "2025" in c.raw}
    book = everywhere(bare, {text: text.replace("2025", "2024") for text in years})

    found = read(book, filled)

    assert codes(found) == ["NH03"]
    assert "năm 2024" in found.findings[0].message


def test_a_cover_without_a_year_or_with_two_is_refused(filled: Filled, bare: Workbook) -> None:
    years = {c.raw for s in bare.sheets for c in s.cells.values() if "2025" in c.raw}

    assert codes(read(everywhere(bare, dict.fromkeys(years, "")), filled)) == ["NH41"]
    assert codes(read(replaced(bare, "Năm 2025", "Năm 2024", "02 hoạt động"), filled)) == ["NH41"]


def test_another_form_of_the_same_unit_is_refused(filled: Filled) -> None:
    sheet = Sheet("Biểu CCHC", "visible", {})
    for row, text in enumerate(("SỞ Y TẾ", "BÁO CÁO CẢI CÁCH HÀNH CHÍNH", "Năm 2025"), 1):
        sheet = put(sheet, row, 1, text)
    for column, text in enumerate(("STT", "Nội dung", "Kết quả"), 1):
        sheet = put(sheet, 5, column, text)

    found = read(Workbook((sheet,)), filled)

    assert (found.status, codes(found)) == (ReturnStatus.REFUSED, ["NH02"])


def test_a_workbook_that_says_nothing_is_no_form(filled: Filled) -> None:
    assert codes(read(Workbook((Sheet("Sheet1", "visible", {}),)), filled)) == ["NH02"]
