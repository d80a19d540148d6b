"""Whole returns: what is warned of beside the figures, what is converted, and that it changes no figure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from dvctt_report.files.cells import Cell, CellKind, Sheet, Workbook
from dvctt_report.forms.form import COVER
from dvctt_report.forms.formulas import Answer
from dvctt_report.forms.writer import form_bytes
from dvctt_report.intake import recompute
from dvctt_report.intake.collect import read_return
from dvctt_report.intake.reading import COLUMNS, csv_bytes, reading_log
from dvctt_report.intake.recompute import Calculator, Result, Unchecked, moved
from dvctt_report.model import Finding, Key, Observation, Return, State
from dvctt_report.model.period import Period
from dvctt_report.text.old_fonts import TCVN3, VNI
from tests.forms.fill import fill, real
from tests.intake.excel import Edit, Formula, edited, in_part, put
from tests.intake.test_legacy_text import encode
from tests.made import tabled

SENT = {Key(COVER, "sent_on"): date(2025, 11, 5)}


def received(answers: Mapping[Key, Answer], unit: str = "SYT", *edits: Edit) -> Return:
    """The return of a unit that gave these answers, its file edited."""
    data = form_bytes(real(), real().roster.unit(unit), Period(2025), {**SENT, **answers})
    return read_return("a.xlsx", edited(data, *edits), real(), Period(2025))


def in_font(font: str) -> Edit:
    return in_part("xl/styles.xml", lambda xml: re.sub(r'<name val="[^"]*"/>', f'<name val="{font}"/>', xml))


def codes(found: Return) -> list[str]:
    return [f.code for f in found.findings]


def only(found: Return, code: str) -> Finding:
    (finding,) = [f for f in found.findings if f.code == code]
    return finding


def answer(found: Return, item: str, field: str, part: str = "") -> Observation:
    return next(o for o in found.observations if (o.item, o.field, o.part) == (item, field, part))


def address(item: str, field: str) -> str:
    at = answer(received({Key("T1", "total"): 1}), item, field).at
    assert at is not None
    return at.cell


def test_a_total_that_excel_did_not_add_up_again_is_taken_from_its_parts() -> None:
    found = received({Key("HS.H", "resolved_total"): "120", Key("HS.X", "resolved_total"): 80}, unit="NHI")

    total = answer(found, "T10", "total")
    assert (total.value, codes(found).count("DL23"), "DL13" in codes(found)) == (200, 1, False)
    assert "cộng các ô chi tiết được 200" in only(found, "DL23").message


@tabled(("day", "warned"))
def test_a_signing_day_of_another_year_or_swapped_is_warned_of(day: date, warned: bool) -> None:
    found = received({Key("T1", "total"): 1, Key("T1", "done"): 1, Key(COVER, "sent_on"): day})

    assert (codes(found), found.submission.sent_on) == (["DL28"] * warned, day)
    is_offered = [("đảo ngày" in one.message) == (day.year == 2025) for one in found.findings]
    assert all(is_offered), "only if it helps"


@pytest.mark.parametrize("unit", ["SYT", "NHI", "VPUB"])
@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize(("table", "font"), [(None, "Arial"), (TCVN3, ".VnTime"), (VNI, "VNI-Times")])
def test_the_same_return_in_nfd_tcvn3_and_vni_gives_the_same_figures_and_nfc_text(
    unit: str, seed: int, table: dict[str, str] | None, font: str
) -> None:
    filled = fill(unit, seed)
    told = "Đã tổ chức hội nghị phổ biến, tập huấn kỹ năng số"
    filled.answers |= {Key("ND.d", "example"): told, Key("T1", "note"): "Số liệu của cơ quan"}
    plain = read_return("a.xlsx", filled.data, real(), Period(2025))

    def typed(value: Answer) -> Answer:
        if not isinstance(value, str):
            return value
        return unicodedata.normalize("NFD", value) if table is None else encode(value, table)

    answers = {key: typed(value) for key, value in filled.answers.items()}
    data = edited(form_bytes(real(), filled.unit, Period(2025), answers), in_font(font))
    found = read_return("a.xlsx", data, real(), Period(2025))

    def said(one: Return) -> list[object]:
        given = one.submission
        return [given.contact, given.sent_on, *((o.key, o.value, o.state) for o in one.observations)]

    assert said(found) == said(plain)
    assert all(unicodedata.is_normalized("NFC", str(o.value)) for o in found.observations)
    assert codes(found) == ([] if table is None else ["DL20"])
    note = answer(found, "T1", "note")
    assert (note.value, note.raw) == ("Số liệu của cơ quan", answers[Key("T1", "note")])
    assert note.reading


def test_unicode_words_chosen_from_a_list_stay_in_a_file_of_a_legacy_font() -> None:
    given: dict[Key, Answer] = {Key("T3", "answer"): "Có", Key("T4", "answer"): "Không"}
    given |= {Key("T1", "status"): "Không phát sinh", Key("DG.ketqua", "text"): "§· triÓn khai"}
    found = received(given, "SYT", in_font(".VnTime"))

    assert (answer(found, "T3", "answer").value, answer(found, "T4", "answer").value) == ("Có", "Không")
    assert answer(found, "T1", "total").state is State.NONE_ARISING
    assert answer(found, "DG.ketqua", "text").value == "Đã triển khai"
    assert only(found, "DL20").related == ()


def test_words_for_no_number_in_a_legacy_font_are_their_states() -> None:
    words: dict[Key, Answer] = {Key("T1", "total"): "ch\xada cã sè liÖu", Key("T2", "total"): "kh«ng cã"}
    found = received(words | {Key("T3", "answer"): "Kh«ng"}, "SYT", in_font(".VnTime"))

    assert answer(found, "T1", "total").state is State.NOT_AVAILABLE
    assert answer(found, "T3", "answer").value == "Không"
    assert only(found, "DL04").item == "T2"


def test_the_log_lists_each_normalised_cell_with_what_was_written_and_why() -> None:
    written: dict[Key, Answer] = {Key("T1", "total"): "1.234", Key("T1", "done"): 1200}
    written |= {Key(COVER, "phone"): 912345678, Key("T2", "total"): "ko phát sinh"}
    found = received(written | {Key("T2", "done"): "42 người", Key("T3", "evidence"): "=cmd|' /C calc'!A0 "})
    lines = [dict(zip(COLUMNS, line, strict=True)) for line in reading_log([found], real())]

    assert '"42 người" được hiểu là 42, bỏ chữ “người”' in [f.message for f in found.findings]
    by_raw = {line["Đã ghi"]: line for line in lines}
    assert list(by_raw) == ["912345678", "1.234", "ko phát sinh", "42 người", "=cmd|' /C calc'!A0"]
    assert by_raw["1.234"]["Đọc là"] == "1.234"
    assert (by_raw["1.234"]["Biểu"], by_raw["1.234"]["Ô"]) == ("Biểu 01-A", address("T1", "total"))
    assert by_raw["ko phát sinh"]["Đọc là"] == "Không phát sinh"
    assert (by_raw["912345678"]["Đọc là"], found.submission.phone) == ("…", "0912345678")
    assert all(line["Tệp"] == "a.xlsx" and line["Đơn vị"] and line["Vì sao"] for line in lines)


def test_the_log_is_csv_that_excel_opens_and_never_a_formula() -> None:
    written = csv_bytes(COLUMNS, [("a.xlsx", "Sở", "Biểu", "G1", "x", "=1+1", "-", "@a")])

    assert written.startswith(b"\xef\xbb\xbf")
    assert written.decode("utf-8-sig").splitlines() == [",".join(COLUMNS), "a.xlsx,Sở,Biểu,G1,x,'=1+1,-,'@a"]


@pytest.mark.parametrize(("formula", "cached"), [("31*1", 31), ("SUM(F8:F9)", 2), ("'03 hồ sơ TTHC'!I9", 7)])
def test_a_total_that_is_seen_over_blank_cells_is_asked_about(formula: str, cached: int) -> None:
    edit = put(f"01-A số liệu!{address('T10', 'total')}", Formula(formula, cached))

    found = received({Key("T1", "total"): 2, Key("T1", "done"): 1}, "SYT", edit)

    assert answer(found, "T10", "total").state is State.BLANK
    assert f"công thức đang ghi {cached} mà ô chi tiết của nó để trống" in only(found, "DL23").message


def test_a_total_over_cells_of_which_some_are_blank_says_nothing_while_it_is_theirs() -> None:
    found = received({Key("HS.H", "resolved_total"): 80}, unit="NHI")

    assert answer(found, "T10", "total").state is State.BLANK
    assert "DL23" not in codes(found)


# -------------------- Formulas are worked out again as Excel does; what can't be is left alone

figure = Fraction
"""What the table of formulas calls a number."""
AT = Cell(20, 9, CellKind.NUMBER, Decimal(0), "0", "…")
"""Where the formula stands."""


def book() -> Workbook:
    """A1:A3 are 10, 20, 30; A4 a text number, A5 shows nothing, A6 an error, A7 never calculated."""
    placed = {(n, 1): Cell(n, 1, CellKind.NUMBER, Decimal(10 * n), f"{n}0") for n in (1, 2, 3)}
    placed[4, 1] = Cell(4, 1, CellKind.TEXT, "40", "40")
    placed[5, 1] = Cell(5, 1, CellKind.BLANK, None, "", 'IF(A1="","",A1)', has_cached=True)
    placed[6, 1] = Cell(6, 1, CellKind.ERROR, "#REF!", "#REF!")
    placed[7, 1] = Cell(7, 1, CellKind.BLANK, None, "", "SUM(A1:A2)", has_cached=False)
    other = Sheet("Chi tiết theo xã", "visible", {(8, 7): Cell(8, 7, CellKind.NUMBER, Decimal(5), "5")})
    return Workbook((Sheet("01-A", "visible", placed), other))


def result(text: str) -> Result:
    made = book()
    return Calculator(made).result(made.sheets[0], AT, text)


@tabled(("text", "expected"))
def test_a_formula_is_worked_out_as_excel_does(text: str, expected: Result) -> None:
    assert result(text) == expected


@tabled("text")
def test_what_cannot_be_worked_out_is_left_alone(text: str) -> None:
    with pytest.raises(Unchecked):
        result(text)


def test_a_formula_that_fails_spoils_no_other() -> None:
    made = book()
    calculator = Calculator(made)
    with pytest.raises(Unchecked):
        calculator.result(made.sheets[0], AT, "KHONGCO(A1)")

    assert calculator.result(made.sheets[0], AT, "SUM(A1:A3)") == 60


def test_a_panic_of_the_engine_is_no_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    class Panic(BaseException):
        pass

    class Engine:
        def add_sheet(self, _: str) -> None: ...

        def set_value(self, *_: object) -> None: ...

        def set_formula(self, *_: object) -> None:
            raise Panic

    made = book()
    with pytest.raises(Unchecked):
        Calculator(made, Engine()).result(made.sheets[0], AT, "1+1")  # type: ignore[arg-type]  # as if it were one


def test_no_cell_far_out_is_given_to_the_engine_nor_more_than_so_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = book()
    far = Cell(1_048_576, 16_384, CellKind.NUMBER, Decimal(1), "1")
    sheet = Sheet("xa", "visible", {(far.row, far.column): far})

    with pytest.raises(Unchecked):
        Calculator(Workbook((sheet, *made.sheets))).result(sheet, AT, "XFD1048576+1")
    with pytest.raises(Unchecked):
        Calculator(made).result(made.sheets[0], far, "1+1")
    monkeypatch.setattr(recompute, "_MOST_CELLS", 2)
    with pytest.raises(Unchecked):
        result("SUM(A1:A3)")


@tabled(("text", "to"))
def test_a_member_of_a_shared_formula_means_the_cells_moved_with_it(text: str, to: str) -> None:
    assert moved(text, 1, 1) == to
    assert moved("SUM(A1:A2)", -1, 0) == "SUM(#REF!:A1)"  # off the sheet
