"""A sheet edited, and what becomes of it: out with a question, shown, or nothing at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from dvctt_report.files.cells import Cell, CellKind, Range, Sheet, TextBox, Workbook, parse_address
from dvctt_report.files.container import read_workbook
from dvctt_report.intake.collect import MOST_ALIKE, MOST_NAMED, interpret
from dvctt_report.intake.remark_words import remark_words
from dvctt_report.model import Finding, Key, Return, ReturnStatus, Severity, State
from dvctt_report.model.period import Period
from tests.forms.fill import Filled, fill, real
from tests.intake.edits import moved, put, with_sheet
from tests.made import tabled

A, B, H, T, K = "01-A số liệu", "01-B có không", "02 hoạt động", "03 hồ sơ TTHC", "04 hài lòng"
M, P, S, C = "05-A nhiệm vụ, kinh phí", "05-B đánh giá, kiến nghị", "Trang ký", "Bìa"


@cache
def filled() -> Filled:
    return fill("SNV", 2)


@cache
def book() -> Workbook:
    made = read_workbook(filled().data)
    return typed(made, (f"{A}!F8", 95), (f"{A}!G8", 91), (f"{A}!J8", ""))


def read(changed: Workbook) -> Return:
    return interpret(changed, "a.xlsx", "hash", real(), filled().period)


def sheet_of(name: str, made: Workbook | None = None) -> Sheet:
    found = (made or book()).sheet(name)
    assert found is not None
    return found


def typed(made: Workbook, *texts: tuple[str, str | int]) -> Workbook:
    for where, text in texts:
        name, _, cell = where.partition("!")
        place = parse_address(cell)
        assert place is not None
        made = with_sheet(made, put(sheet_of(name, made), *place, text))
    return made


@cache
def told_before() -> frozenset[tuple[str, str]]:
    return frozenset((f.code, f.message) for f in read(book()).findings)


def told(found: Return) -> list[Finding]:
    """What is told of an edited form and not of the form before."""
    return [f for f in found.findings if (f.code, f.message) not in told_before()]


def asked(found: Iterable[Finding]) -> set[tuple[str, str]]:
    return {(f.code, f.at.cell) for f in found if f.severity is not Severity.INFO and f.at}


def out(found: Return) -> set[Key]:
    """The answers that were used before and aren't now; all of a return that waits as a whole."""
    if any(f.whole and f.bars for f in found.findings):
        return {o.key for o in found.observations}
    before = {o.key: o.state for o in read(book()).observations}
    return {o.key for o in found.observations if o.state is State.UNREADABLE and before[o.key] is not o.state}


ROW = "T1.total"
"""An answer of the row that is edited; the others are of its column, of its sheet, of the whole return."""
COLUMN, SHEET, ALL = "T13.total", "T13.done", "HT.b.people"

# ------------------------------------------------------------------------- printed and changed


@tabled(("where", "text", "code"))
def test_a_printed_text_that_was_changed_is_a_question_and_out(where: str, text: str, code: str) -> None:
    found = read(typed(book(), (where, text)))

    assert asked(told(found)) == {(code, where.partition("!")[2])}
    assert all(f.bars for f in told(found) if f.severity is not Severity.INFO)


@tabled(("where", "text"))
def test_what_says_the_same_and_what_a_unit_writes_into_its_lines_is_no_change(where: str, text: str) -> None:
    found = read(typed(book(), (where, text)))

    assert told(found) == []
    assert not out(found)


@tabled(("where", "text", "used", "unused"))
def test_what_is_out_is_what_the_text_speaks_for(
    where: str, text: str | int, used: tuple[str, ...], unused: tuple[str, ...]
) -> None:
    names = {f"{key.item}.{key.field}" for key in out(read(typed(book(), (where, text))))}

    assert names >= {*unused}
    assert names.isdisjoint(used)


# ------------------------------------------------------------------------------------- extra


@tabled(("where", "text", "code"))
def test_an_extra_number_or_a_word_of_the_table_is_a_question_and_out(
    where: str, text: str | int, code: str
) -> None:
    found = read(typed(book(), (where, text)))

    assert asked(told(found)) == {(code, where.partition("!")[2])}
    assert out(found)


SHOWN = (
    *("Đơn vị phối hợp với Bưu điện tỉnh", "Do địa bàn rộng, mạng yếu", "Nơi nhận: Sở Khoa học và Công nghệ"),
    *("Theo Kế hoạch số 12/KH-UBND ngày 05/3/2024", "Ninh Thuận, ngày 05 tháng 11 năm 2025", "Tờ số 2"),
    *("Tỷ lệ = Đã thực hiện / Tổng số x 100", "mười tháng đầu năm 2025, chốt ngày 31/10"),
)


@pytest.mark.parametrize("where", [f"{H}!I9", f"{A}!D20"])
@pytest.mark.parametrize("text", SHOWN)
def test_any_other_extra_text_is_shown_and_used(where: str, text: str) -> None:
    found = read(typed(book(), (where, text)))

    (shown,) = told(found)
    assert (shown.code, shown.severity, shown.value) == ("NH87", Severity.INFO, text)
    assert not out(found)


def test_a_second_table_below_the_form_is_a_question() -> None:
    sheet = sheet_of(H)
    copied = {
        (row + 26, column): cell._replace(row=row + 26)
        for (row, column), cell in sheet.cells.items()
        if 7 <= row <= 16 and column > 2
    }
    found = read(with_sheet(book(), replace(sheet, cells={**sheet.cells, **copied})))

    assert {code for code, _ in asked(told(found))} == {"NH52"}
    assert out(found)


TABS = [{A: name} for name in ("Kế hoạch 2026", "2024", "01-A nháp", "KHÔNG DÙNG", "6 tháng")]


@pytest.mark.parametrize("names", [*TABS, {A: K, K: A}])
def test_a_tab_is_asked_about_for_a_word_another_year_or_the_name_of_another(names: dict[str, str]) -> None:
    sheets = tuple(replace(s, name=names.get(s.name, s.name)) for s in book().sheets)
    found = told(read(replace(book(), sheets=sheets)))

    tabs = {(f.at.sheet, f.at.cell) for f in found if f.at and f.severity is not Severity.INFO}
    assert tabs == {(name, "") for name in names.values()}


@pytest.mark.parametrize("text", ["THU HỒI BÁO CÁO NÀY", "Tất cả số liệu trong tệp tính bằng nghìn"])
def test_a_sheet_beside_the_form_is_asked_about_and_the_form_used(text: str) -> None:
    found = read(with_sheet(book(), put(Sheet("Sheet1", "visible", {}), 3, 2, text)))

    assert asked(told(found)) == {("NH79", "B3")}
    assert not out(found)


@pytest.mark.parametrize(
    ("change", "code", "at"),
    [
        ({"text_boxes": (TextBox("THU HỒI", 3, 16),)}, "NH69", "P3"),
        ({"text_boxes": (TextBox("130", 3, 16),)}, "NH52", "P3"),
        ({"notes": {(8, 7): "lấy tạm số của phòng"}}, "NH69", "G8"),
        ({"notes": {(8, 7): "Văn thư: 61"}}, "NH52", "G8"),
        ({"notes": {(8, 4): "số đúng là 61"}}, "NH69", "D8"),
        ({"hints": ((Range(8, 7, 8, 7), "Số đúng là 61"),)}, "NH69", "G8"),
        ({"margins": ("&CDỰ THẢO",)}, "NH69", "C1"),
        ({"margins": ("&L&8SYT · 01-A số liệu&R&8Trang &P/&N",)}, "NH57", "C1"),
    ],
)
def test_notes_boxes_hints_and_the_foot_of_pages_are_extra(
    change: dict[str, object], code: str, at: str
) -> None:
    found = read(with_sheet(book(), replace(sheet_of(A), **change)))  # type: ignore[arg-type]

    assert (code, at) in asked(told(found))
    assert out(found)


@tabled("change")
def test_what_a_form_has_there_or_a_program_loses_is_nothing(change: dict[str, object]) -> None:
    assert told(read(with_sheet(book(), replace(sheet_of(A), **change)))) == []  # type: ignore[arg-type]


def test_a_thread_of_notes_is_told_without_the_notice_of_old_programs() -> None:
    text = "[Threaded comment]\nYour version of Excel allows you to read this.\n\nComment:\n    Phòng TCCB"
    found = told(read(with_sheet(book(), replace(sheet_of(A), notes={(8, 7): text}))))

    assert [(f.code, f.value) for f in found] == [("NH54", "Phòng TCCB")]


# ------------------------------------------------------------------------------ moved, many, odd


@pytest.mark.parametrize(("text", "code"), [("số liệu tính đến tháng 5", "NH59"), ("số ước tính", "NH69")])
def test_what_thousands_of_rows_say_is_told_once(text: str, code: str) -> None:
    sheet = sheet_of(A)
    more = {(row, 3): Cell(row, 3, CellKind.TEXT, text, text) for row in range(40, 3040)}
    many = replace(sheet, cells={**sheet.cells, **more})
    (one,) = [f for f in read(with_sheet(book(), many)).findings if f.code == code]

    assert [one.at and one.at.cell, one.related[-1].cell, len(one.related)] == ["C40", "C3039", MOST_NAMED]
    assert "còn 2999 ô khác cùng loại, từ C40 đến C3039" in one.message
    texts = tuple((f"{A}!C{row}", text) for row in range(40, 40 + MOST_ALIKE))
    assert len(asked(told(read(typed(book(), *texts))))) == MOST_ALIKE


def test_rows_of_words_between_the_rows_of_the_form_are_shown() -> None:
    made = with_sheet(book(), moved(sheet_of(A), lambda row, column: (row + (row >= 9) * 3, column)))
    found = read(typed(made, *((f"{A}!D{row}", "Trong đó: lĩnh vực thuế") for row in (9, 10, 11))))

    assert [f.code for f in told(found)] == ["NH87"]
    assert not out(found)


def test_a_number_typed_over_the_forms_own_sum_is_a_question() -> None:
    """Who looks at the sheet sees that one."""
    made = read_workbook(fill("NHI", 0).data)
    sheet = sheet_of("Chi tiết theo xã", made)
    row = next(r for (r, _), cell in sheet.cells.items() if cell.raw == "Tổng cộng")
    sums = [at for at, cell in sheet.cells.items() if at[0] == row and cell.formula and cell.raw]
    total = sheet.cells[sums[0]]
    for number, is_asked in ((str(total.value), False), ("999", True)):
        typed = with_sheet(made, put(sheet, *sums[0], int(number)))
        found = interpret(typed, "a", "h", real(), Period(2025))
        assert ("NH52" in {f.code for f in found.findings}) is is_asked


@tabled(("number", "is_told"))
def test_a_number_in_a_grey_cell_is_asked_back(number: str | int, is_told: bool) -> None:
    unit = real().roster.unit("TBC")
    answers = {Key("T5", field, part): 50 for part in unit.parts for field in ("total", "done")}
    made = read_workbook(Filled(unit, Period(2025), dict(answers)).data)
    sheet = sheet_of("Chi tiết theo xã", made)
    row = next(r for (r, c), cell in sheet.cells.items() if c == 1 and cell.raw.startswith("@"))
    column = next(c for (_, c), cell in sheet.cells.items() if cell.raw == "T5:total")
    found = interpret(with_sheet(made, put(sheet, row, column, number)), "a", "h", real(), Period(2025))

    assert found.status is ReturnStatus.EFFECTIVE
    assert [f.value for f in found.findings if f.code == "NH56"] == ([str(number)] if is_told else [])


@pytest.mark.parametrize("filtered", [False, True])
def test_hidden_rows_and_columns_count_and_are_named(filtered: bool) -> None:
    sheet = sheet_of(A)
    hidden = {"hidden_rows": sheet.hidden_rows | {8}, "hidden_columns": sheet.hidden_columns | {6}}
    found = read(with_sheet(book(), replace(sheet, **hidden, filtered=filtered)))  # type: ignore[arg-type]

    (shown,) = told(found)
    assert (shown.code, out(found)) == ("NH44", set())
    assert f"dòng 8{' (đang lọc)' * filtered}; cột F" in shown.message


def test_sheets_beside_the_form_are_listed_and_never_read() -> None:
    draft = put(put(Sheet("bản thử", "visible", {}), 1, 1, "Tổng số"), 2, 1, 99)
    more = with_sheet(with_sheet(book(), draft), Sheet("Sheet1", "visible", {}))

    (listed,) = told(read(with_sheet(more, replace(draft, name="Bỏ", state="hidden"))))
    message = "trang tính ngoài biểu, không đọc: “bản thử” và “Bỏ” (ẩn)"
    assert (listed.code, listed.message) == ("NH49", message)


@tabled(("text", "kind"))
def test_words_of_the_table_are_whole_syllables_and_months_stand_beside_numbers(
    text: str, kind: str | None
) -> None:
    assert remark_words(real(), Period(2025)).kind_of(text) == kind
    assert real().plan.period.cut_off(Period(2025)) == date(2025, 10, 31)


@tabled(("where", "text", "code"))
def test_an_answer_about_a_document_is_asked_about_in_its_own_cell(where: str, text: str, code: str) -> None:
    line = ((f"{P}!D17", "15/SNV-VP"), (f"{P}!E17", "21/04/2025"), (f"{P}!F17", "Triển khai"))
    found = read(typed(book(), *(line if where.startswith(P) else ()), (where, text)))

    assert (code, where.partition("!")[2]) in asked(found.findings)


@pytest.mark.parametrize("nothing", ["Không có", "-", "chưa", "chưa có", "N/A"])
def test_words_for_nothing_are_no_evidence_of_a_yes(nothing: str) -> None:
    found = read(typed(book(), (f"{B}!E8", "Có"), (f"{B}!F8", nothing)))
    evidence = next(o for o in found.observations if o.at and (o.at.sheet, o.at.cell) == (B, "F8"))

    assert (evidence.field, evidence.state) == ("evidence", State.BLANK)
