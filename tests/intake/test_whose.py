"""Whose a file is: signs that agree and it is taken, two that differ and one question names both units."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import cache

import pytest

from dvctt_report.files.cells import Sheet, Workbook, address
from dvctt_report.files.container import read_workbook
from dvctt_report.forms.layout import META_SHEET
from dvctt_report.forms.writer import form_bytes
from dvctt_report.intake.collect import interpret, refused_return
from dvctt_report.intake.identity import known_names
from dvctt_report.intake.settle import settle
from dvctt_report.intake.whose import ask_whose, give_to_units
from dvctt_report.model import CellRef, Choice, Decision, Entry, Return, ReturnStatus
from dvctt_report.model.period import Period
from dvctt_report.plan.model import Profile
from tests.forms.fill import fill, real
from tests.intake.edits import put, replaced, with_sheet, without_keys
from tests.made import tabled

YEAR = Period(2025)
A, SIGNED = "01-A số liệu", "Trang ký"
Edit = Callable[[Workbook], Workbook]


@cache
def form() -> Workbook:
    return read_workbook(fill("SYT", 1).data)


def read(book: Workbook, file: str = "a.xlsx", profile: Profile | None = None) -> Return:
    return interpret(book, file, "hash", profile or real(), YEAR)


def codes(received: Return) -> list[str]:
    """What is told of a return, but for its notes, which are of words drawn at random."""
    return [f.code for f in received.findings if f.code != "NH87"]


def typed(place: str, text: str) -> Edit:
    """Type a text into a cell: "Bìa!E6"."""
    name, _, cell = place.partition("!")
    at = int(cell[1:]), ord(cell[0]) - ord("A") + 1

    def change(book: Workbook) -> Workbook:
        return with_sheet(book, put(next(s for s in book.sheets if s.name == name), *at, text))

    return change


def said(old: str, new: str, sheet: str) -> Edit:
    return lambda book: replaced(book, old, new, sheet)


def keyed(row: int, value: str) -> Edit:
    return typed(f"{META_SHEET}!B{row}", value)


def everywhere(change: dict[str, str]) -> Edit:
    """Replace whole texts in every sheet; "" leaves the cell out."""

    def edited(sheet: Sheet) -> Sheet:
        cells = {}
        for place, cell in sheet.cells.items():
            if text := change.get(cell.raw, cell.raw):
                cells[place] = cell if text == cell.raw else cell._replace(raw=text, value=text)
        return replace(sheet, cells=cells)

    return lambda book: replace(book, sheets=tuple(edited(s) for s in book.sheets))


def bare(then: Edit = lambda book: book) -> Edit:
    """Take the form's keys away."""
    return lambda book: then(without_keys(book))


NOTHING: Edit = lambda book: book  # noqa: E731
NAMELESS = dict.fromkeys(("SYT", "Mẫu BM2025-SYT", "SỞ Y TẾ", "Sở Y tế"), "")
BOOK = "the row of the tracking book"


@tabled(("edit", "file", "sender", "row", "named"))
def test_signs_that_agree_are_taken_and_two_that_differ_are_one_question(
    edit: Edit, file: str, sender: str, row: str, named: str
) -> None:
    received = replace(read(edit(form()), file), sender=sender)
    rows = [Entry(row, file=file.rpartition("/")[2])] if row else []

    (asked,) = ask_whose([received], rows, real())

    questions = [f for f in asked.findings if f.code == "NH77"]
    assert (asked.unit, set(asked.named)) == ("SYT", set(named.split()))
    assert len(questions) == bool(named)
    for question in questions:
        assert all(real().roster.short_names[code] in question.message for code in ("SYT", *asked.named))
        assert all(f"decide hash --unit {code}" in question.fix for code in ("SYT", *asked.named))
    assert set(codes(asked)) - {"NH77"} <= {"NH40", "NH50"}


def test_the_question_stands_at_the_cell_of_the_sign() -> None:
    (asked,) = ask_whose([read(typed("Bìa!E6", "Sở Nội vụ")(form()))], (), real())

    assert (asked.findings[0].at, asked.findings[0].value) == (CellRef("a.xlsx", "Bìa", "E6"), "Sở Nội vụ")


def test_who_sends_the_forms_of_several_units_is_no_sign_of_one() -> None:
    sent = replace(read(form(), "thu.eml!/a.xlsx"), sender="Sở Nội vụ <vanthu@example.com>")
    other = replace(sent, file="thu.eml!/b.xlsx", unit="STP")

    assert [one.named for one in ask_whose([sent, other], (), real())] == [(), ()]


@tabled(("phone", "email", "named"))
def test_a_telephone_or_address_is_a_sign_where_it_is_the_rosters(
    phone: str, email: str, named: tuple[str, ...]
) -> None:
    own = {"phone": "0259 3888 111", "email": "vp@stp.example.vn"}
    roster = real().roster
    units = tuple(u.model_copy(update=own if u.code == "STP" else {}) for u in roster.units)
    of = Profile(plan=real().plan, roster=roster.model_copy(update={"units": units}))
    book = form()
    for row, text in ((17, phone), (18, email)):
        book = typed(f"Bìa!E{row}", text)(book) if text else book

    (asked,) = ask_whose([read(book, profile=of)], (), of)

    assert asked.named == named


@pytest.mark.parametrize("code", ["SYT", "SNV"])
def test_what_the_officer_says_leaves_nothing_of_the_other_signs(code: str) -> None:
    book = typed("Bìa!E6", "Sở Nội vụ")(typed(f"{SIGNED}!E7", "987/BC-SNV")(form()))
    book = typed(f"{SIGNED}!E20", "SỞ NỘI VỤ")(book)

    given = interpret(book, "a.xlsx", "hash", real(), YEAR, code)

    assert (given.status, given.signs, given.named) == (ReturnStatus.EFFECTIVE, (), ())
    assert set(codes(given)) <= ({"DL33"} if code == "SNV" else set())  # it lists Sở Y tế's documents


@pytest.mark.parametrize(
    ("edit", "unit", "code", "at", "told"),
    [
        (keyed(2, "0"), "", "NH05", "", "mẫu 0"),
        (keyed(3, "CCHC"), "", "NH05", "", "kế hoạch CCHC"),
        (keyed(4, "0"), "", "NH05", "", "bản cũ (bản 0"),
        (keyed(4, "2"), "", "NH05", "", "kế hoạch NT1588 bản 2, mẫu 1; cần kế hoạch NT1588 bản 1, mẫu 1"),
        (keyed(5, "2024"), "SYT", "NH03", "", "biểu của năm 2024, cần biểu của năm 2025"),
        (keyed(5, "²025"), "SYT", "NH03", "", "năm ²025"),
        (keyed(6, "XYZ"), "", "NH04", "", "mã đơn vị “XYZ” không có trong danh sách đơn vị năm 2025"),
        (keyed(6, "X22759"), "", "NH04", "", "X22759"),
        (said("Mẫu BM2025-SYT", "Mẫu BM2024-SYT", A), "SYT", "NH42", "x", "năm 2024"),
        (bare(everywhere(NAMELESS | {"Sở Y tế": "Sở Y tê"})), "", "NH41", "x", "gần nhất: Sở Y tế"),
        (bare(everywhere(NAMELESS)), "", "NH41", "", "bìa không ghi tên đơn vị"),
        (bare(said("SỞ Y TẾ", "SỞ TƯ PHÁP", "02 hoạt động")), "", "NH42", "x", "nhiều đơn vị"),
        (bare(said("Năm 2025", "Năm 2024", "02 hoạt động")), "SYT", "NH41", "", "nhiều năm"),
    ],
)
def test_what_can_be_nobodys_is_refused_with_the_reason(
    edit: Edit, unit: str, code: str, at: str, told: str
) -> None:
    received = read(edit(form()), "BM2025_SYT_So-Y-te.xlsx")

    assert (received.status, received.unit, codes(received)) == (ReturnStatus.REFUSED, unit, [code])
    assert told in received.findings[0].message
    assert [bool(f.at and f.at.cell) for f in received.findings] == [bool(at)]
    assert set(received.named) == ({"SYT", "STP"} if told == "nhiều đơn vị" else set())


def test_forms_of_two_units_in_one_file_are_refused() -> None:
    meta = form().sheet(META_SHEET)
    assert meta is not None

    received = read(with_sheet(form(), put(replace(meta, name="_meta (2)"), 6, 2, "STP")))

    assert (received.status, codes(received)) == (ReturnStatus.REFUSED, ["NH42"])


@pytest.mark.parametrize(
    "name", ["SỞ Y TẾ TỈNH NINH THUẬN", "sở y tế", unicodedata.normalize("NFD", "Sở Y tế")]
)
def test_without_keys_the_name_on_the_cover_is_enough_and_is_confirmed(name: str) -> None:
    received = read(bare(everywhere(NAMELESS | {"SỞ Y TẾ": name, "Sở Y tế": name}))(form()))

    assert (received.unit, received.period, received.status) == ("SYT", YEAR, ReturnStatus.EFFECTIVE)
    assert "NH40" in codes(received)


def test_without_keys_a_cover_of_another_year_or_of_none_is_named() -> None:
    years = {c.raw for s in form().sheets for c in s.cells.values() if "2025" in c.raw}
    of_2024 = {text: text.replace("2025", "2024") for text in years}

    assert codes(read(bare(everywhere(of_2024))(form()))) == ["NH03"]
    assert codes(read(bare(everywhere(dict.fromkeys(years, "")))(form()))) == ["NH41"]


def test_another_year_above_one_sheet_is_about_the_figures_of_that_sheet() -> None:
    received = read(said("Năm 2025", "Năm 2024", A)(form()))

    assert (received.status, codes(received)) == (ReturnStatus.EFFECTIVE, ["NH59"])
    assert received.findings[0].at == CellRef("a.xlsx", A, address(3, 3))


def test_a_name_that_no_unit_bears_is_to_be_confirmed() -> None:
    received = read(typed("Bìa!E6", "Sở Y tê")(form()))

    assert (received.status, codes(received)) == (ReturnStatus.EFFECTIVE, ["NH43"])
    assert "gần nhất: Sở Y tế" in received.findings[0].message


@pytest.mark.parametrize("rows", [(), ("SỞ Y TẾ", "BÁO CÁO CẢI CÁCH HÀNH CHÍNH", "Năm 2025")])
def test_what_is_no_form_of_ours_is_refused(rows: tuple[str, ...]) -> None:
    sheet = Sheet("Biểu CCHC", "visible", {})
    for row, text in enumerate(rows, 1):
        sheet = put(sheet, row, 1, text)
    for column, text in enumerate(("STT", "Nội dung", "Kết quả"), 1):
        sheet = put(sheet, 5, column, text) if rows else sheet
    other = keyed(1, "cchc")(replace(form(), sheets=(sheet, form().sheets[-1])))

    assert codes(read(Workbook((sheet,)))) == ["NH02"]
    assert codes(read(other)) == ["NH02"]


@pytest.mark.parametrize(("year", "edit"), [(2026, NOTHING), (2026, bare()), (2025, NOTHING)])
def test_a_form_of_a_body_that_ended_in_2025_names_those_that_took_over(year: int, edit: Edit) -> None:
    ended = next(u for u in real().roster.units if u.valid_to is not None and "Ninh Phước" in u.name)
    book = read_workbook(form_bytes(real(), ended, YEAR))
    texts = {c.raw for sheet in book.sheets for c in sheet.cells.values() if "2025" in c.raw}
    said_to_be = everywhere({text: text.replace("2025", str(year)) for text in texts})(book)

    (told,) = interpret(edit(said_to_be), "a.xlsx", "hash", real(), Period(year)).findings

    heirs = "từ 01/07/2025 nay thuộc: Xã Ninh Phước, Xã Phước Hậu, Xã Phước Hữu và Xã Phước Dinh"
    expected = ("NH04", True) if year == 2026 else ("NH12", False)
    assert (told.code, told.message.endswith(heirs)) == expected


# --------------------------------------------------------------- files that can't be read as forms


def other(file: str, unit: str = "") -> Return:
    """A workbook of a unit that can be used; of none: a scan, or what else can't be read."""
    if unit:
        return Return(file, f"{file} bytes", ReturnStatus.EFFECTIVE, unit, YEAR)
    return replace(refused_return(file, "hash", "Không đọc được", "Gửi lại."), scan=file.endswith(".pdf"))


SCAN, FORM = "cong van.pdf", "BM2025_SYT_So-Y-te.xlsx"


@tabled(("file", "beside", "rows", "outcome"))
def test_a_file_without_a_form_is_its_units_by_name_company_or_book(
    file: str, beside: dict[str, str], rows: dict[str, str], outcome: str
) -> None:
    entries = [Entry(unit, number, file=SCAN) for unit, number in rows.items()]

    given = give_to_units([other(file), *(other(*one) for one in beside.items())], entries, real(), YEAR)[0]

    told = [f.code for f in given.findings if f.code != "NH01"]
    assert " ".join(filter(None, (given.status.value, given.unit, *told))) == outcome


@tabled(("file", "unit"))
def test_what_the_officer_turns_down_unread_stays_its_units(file: str, unit: str) -> None:
    when = datetime(2025, 11, 20)
    turned_down = Decision(Choice.REJECT, file, "hash", "", "gửi lại bản Excel", "lan", when)

    (given,) = give_to_units(settle([other(file)], [turned_down]), [], real(), YEAR)

    (told,) = given.findings
    assert (given.unit, told.unit, told.code) == (unit, unit, "NH62")


def test_of_scans_with_one_name_the_row_is_about_the_one_that_came_with_its_unit() -> None:
    files = [other(f"{n}.zip!/{SCAN}") for n in "ab"]
    files += [other("a.zip!/a.xlsx", "SYT"), other("b.zip!/b.xlsx", "STC")]
    rows = [Entry(unit, "12/BC", file=SCAN) for unit in ("SYT", "STC")]

    assert [r.unit for r in give_to_units(files, rows, real(), YEAR)[:2]] == ["SYT", "STC"]
    alone = give_to_units([other(SCAN), *files[1:]], rows[:1], real(), YEAR)
    assert [r.unit for r in alone[:2]] == ["SYT", "STC"]


# --------------------------------------------------------------------------------------- names


def named(text: str, period: Period = YEAR) -> list[str]:
    return [u.code for u in known_names(real(), period).year.find(text)]


@tabled(("text", "code"))
def test_a_name_is_recognised_however_it_is_spelt(text: str, code: str) -> None:
    assert named(text) == [code]


def test_what_only_resembles_a_name_names_no_unit_and_communes_are_told_from_districts() -> None:
    for text in ("Sở", "Sở Y", "Ninh Hải", "UBND tỉnh Ninh Thuận", "Phòng Y tế", "", "Sở Y tê"):
        assert named(text) == []
    assert named("UBND xã Ninh Hải", Period(2026)) == ["X22852"]
    assert named("UBND huyện Ninh Hải", Period(2026)) == []
