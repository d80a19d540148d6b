"""What cells mean together: states chosen for a row, words, sums, and the findings about single cells."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from openpyxl.workbook import Workbook

from dvctt_report.dataset import Dataset
from dvctt_report.forms.formulas import Answer
from dvctt_report.intake.collect import read_return
from dvctt_report.model import Return, State
from dvctt_report.period import Period
from dvctt_report.rules import check
from tests.forms.fill import real
from tests.intake.returns import collected, edited, key, observed, only, told, written

GIVEN, BLANK, UNREADABLE = State.GIVEN, State.BLANK, State.UNREADABLE
NONE_ARISING, NOT_AVAILABLE = State.NONE_ARISING, State.NOT_AVAILABLE
NOT_APPLICABLE, WITHHELD = State.NOT_APPLICABLE, State.WITHHELD

DISTRICT = real().roster.unit("TBC")
FIRST, SECOND, *REST = DISTRICT.parts


def pair(found: Return, item: str) -> list[tuple[Any, State]]:
    return [(o.value, o.state) for o in (observed(found, f"{item}.{f}") for f in ("total", "done"))]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("khoảng 50", "DL01"),
        (-5, "DL02"),
        (12.5, "DL03"),
        ("không", "DL04"),
        ("95%", "DL10"),
    ],
)
def test_a_cell_that_holds_no_usable_number_is_told_with_its_address(typed: Answer, code: str) -> None:
    found = collected({"T1.total": typed, "T1.done": 5})

    fault = only(found)
    assert (fault.code, fault.unit, fault.item, fault.field) == (code, "SYT", "T1", "total")
    assert fault.at is not None
    assert (fault.at.file, fault.at.sheet, fault.at.cell) == ("nhan-ve/2025/a.xlsx", "01-A số liệu", "F8")
    assert fault.message
    assert fault.fix
    assert pair(found, "T1") == [(None, UNREADABLE), (5, GIVEN)]


@pytest.mark.parametrize("typed", [0, 5, "1234", "1.234.567", "không phát sinh", "…"])
def test_a_cell_that_can_be_read_is_not_told(typed: Answer) -> None:
    assert told(collected({"T1.total": typed, "T1.done": 0})) == []


def test_a_number_read_by_interpretation_is_used_and_to_be_confirmed() -> None:
    found = collected({"T1.total": "120 người", "T1.done": 3})

    assert told(found) == [("DL12", "T1", "total")]
    assert only(found).message.startswith("đọc là 120: ")
    assert observed(found, "T1.total").value == 120


def test_a_number_that_excel_turned_into_a_date_is_told() -> None:
    def make_date(book: Workbook) -> None:
        book["01-A số liệu"]["F8"] = date(2025, 2, 1)
        book["01-A số liệu"]["F8"].number_format = "d-mmm"

    found = read_return("a.xlsx", edited(written({"T1.done": 3}), make_date), real(), Period(2025))

    assert told(found) == [("DL07", "T1", "total")]


def test_an_error_of_excel_is_not_a_blank() -> None:
    def break_cell(book: Workbook) -> None:
        book["01-A số liệu"]["F8"] = "#REF!"
        book["01-A số liệu"]["F8"].data_type = "e"

    found = read_return("a.xlsx", edited(written({"T1.done": 3}), break_cell), real(), Period(2025))

    assert told(found) == [("DL05", "T1", "total")]


def test_a_formula_typed_by_the_unit_and_never_calculated_is_not_zero() -> None:
    def type_formula(book: Workbook) -> None:
        book["01-A số liệu"]["F8"] = "=12+13"

    found = read_return("a.xlsx", edited(written({"T1.done": 3}), type_formula), real(), Period(2025))

    assert told(found) == [("DL06", "T1", "total")]
    assert observed(found, "T1.total").state is UNREADABLE
    assert found.submission.computed_code == ""


def test_an_answer_outside_the_list_is_told() -> None:
    found = collected({"T3.answer": "Tùy", "T4.answer": "có"})

    assert told(found) == [("DL09", "T3", "answer")]
    assert observed(found, "T4.answer").value == "Có"


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("Không phát sinh", NONE_ARISING),
        ("Chưa có số liệu", NOT_AVAILABLE),
        ("Không áp dụng", NOT_APPLICABLE),
        ("Không cung cấp", WITHHELD),
        ("không áp dụng ", NOT_APPLICABLE),
        ("chưa tổng hợp", NOT_AVAILABLE),
        ("Có số liệu", BLANK),
    ],
)
def test_the_state_of_a_row_is_that_of_its_empty_numbers(status: str, state: State) -> None:
    found = collected({"T1.status": status})

    assert pair(found, "T1") == [(None, state), (None, state)]
    assert told(found) == []
    assert observed(found, "T1.note").state is BLANK


def test_the_state_applied_tells_where_it_comes_from() -> None:
    found = collected({"T1.status": "Không phát sinh"})

    assert observed(found, "T1.total").reading == "tình trạng số liệu: Không phát sinh"


def test_the_state_chosen_in_the_form_by_its_own_formula_changes_nothing() -> None:
    found = collected({"T1.total": 10, "T1.done": 9})

    assert pair(found, "T1") == [(10, GIVEN), (9, GIVEN)]
    assert told(found) == []


@pytest.mark.parametrize("status", ["Không phát sinh", "Chưa có số liệu", "Không áp dụng", "Không cung cấp"])
def test_figures_and_a_state_that_says_there_are_none_contradict(status: str) -> None:
    found = collected({"T1.total": 1200, "T1.done": 900, "T1.status": status})

    assert told(found) == [("DL11", "T1", "total"), ("DL11", "T1", "done")]
    assert found.findings[0].message == f"đã ghi số 1.200 nhưng chọn “{status}”"
    assert [r.cell for r in found.findings[0].related] == ["J8"]
    assert pair(found, "T1") == [(None, UNREADABLE), (None, UNREADABLE)]


@pytest.mark.parametrize("status", ["Không phát sinh", "Không áp dụng"])
def test_one_figure_beside_a_state_that_leaves_no_room_for_it_contradicts(status: str) -> None:
    found = collected({"T1.total": 1200, "T1.status": status})

    assert told(found) == [("DL11", "T1", "total")]


@pytest.mark.parametrize(
    ("status", "state"), [("Chưa có số liệu", NOT_AVAILABLE), ("Không cung cấp", WITHHELD)]
)
def test_a_total_may_be_known_while_the_rest_is_not(status: str, state: State) -> None:
    found = collected({"T1.total": 1200, "T1.status": status})

    assert told(found) == []
    assert pair(found, "T1") == [(1200, GIVEN), (None, state)]


def test_zeros_beside_none_arising_mean_none_arising() -> None:
    found = collected({"T1.total": 0, "T1.done": 0, "T1.status": "Không phát sinh"})

    assert told(found) == []
    assert pair(found, "T1") == [(None, NONE_ARISING), (None, NONE_ARISING)]


def test_a_word_in_the_cell_and_another_state_contradict_and_the_same_does_not() -> None:
    other = collected({"T1.total": "chưa tổng hợp", "T1.status": "Không phát sinh"})
    same = collected({"T1.total": "chưa tổng hợp", "T1.status": "Chưa có số liệu"})

    assert told(other) == [("DL11", "T1", "total")]
    assert other.findings[0].message == 'đã ghi "chưa tổng hợp" nhưng chọn “Không phát sinh”'
    assert told(same) == []
    assert pair(same, "T1") == [(None, NOT_AVAILABLE), (None, NOT_AVAILABLE)]


def test_an_unreadable_number_is_told_once_whatever_the_state() -> None:
    found = collected({"T1.total": "khoảng 50", "T1.status": "Chưa có số liệu"})

    assert told(found) == [("DL01", "T1", "total")]


@pytest.mark.parametrize(("status", "code"), [("không", "DL04"), ("đang chờ ý kiến", "DL09"), (5, "DL09")])
def test_a_state_that_is_no_choice_is_a_question(status: Answer, code: str) -> None:
    found = collected({"T1.status": status})

    assert told(found) == [(code, "T1", "status")]
    assert pair(found, "T1") == [(None, BLANK), (None, BLANK)]


def test_a_state_that_is_no_choice_does_not_matter_beside_both_figures() -> None:
    assert told(collected({"T1.total": 5, "T1.done": 5, "T1.status": "x"})) == []


def test_a_survey_row_may_be_none_arising_alone() -> None:
    found = collected({"KS.DV.chung.status": "Không phát sinh"})

    for name in ("issued", "returned", "valid", "satisfied"):
        assert observed(found, f"KS.DV.chung.{name}").state is NONE_ARISING
        assert observed(found, f"KS.HT.chung.{name}").state is BLANK


def test_the_state_of_a_source_is_that_of_the_sum() -> None:
    found = collected({"KS.HT.chung.status": "Không phát sinh", "HS.T.status": "Chưa có số liệu"})

    assert pair(found, "T12") == [(None, NONE_ARISING), (None, NONE_ARISING)]
    assert observed(found, "T10.total").state is NOT_AVAILABLE
    assert told(found) == []


def test_a_sum_takes_the_state_of_its_own_row_where_nothing_can_be_summed() -> None:
    found = collected({"T12.status": "Chưa có số liệu"})

    assert pair(found, "T12") == [(None, NOT_AVAILABLE), (None, NOT_AVAILABLE)]
    assert told(found) == []


def test_a_sum_may_be_known_while_its_numerator_is_not() -> None:
    found = collected({"HS.T.resolved_total": 4120, "T10.status": "Chưa có số liệu"})

    assert pair(found, "T10") == [(4120, GIVEN), (None, NOT_AVAILABLE)]
    assert told(found) == []


def test_a_sum_and_a_state_that_says_there_is_none_contradict() -> None:
    found = collected({"KS.HT.chung.valid": 50, "KS.HT.chung.satisfied": 48, "T12.status": "Không phát sinh"})

    assert told(found) == [("DL11", "T12", "total"), ("DL11", "T12", "done")]
    assert pair(found, "T12") == [(None, UNREADABLE), (None, UNREADABLE)]


def test_the_word_of_a_source_does_not_contradict_the_state_of_the_sums_row() -> None:
    found = collected({"HS.T.status": "Không phát sinh", "T10.status": "Chưa có số liệu"})

    assert pair(found, "T10") == [(None, NONE_ARISING), (None, NOT_AVAILABLE)]
    assert told(found) == []


@pytest.mark.parametrize("cell", ["total", "done"])
def test_a_word_in_one_of_two_cells_speaks_for_the_empty_one(cell: str) -> None:
    found = collected({f"T1.{cell}": "chưa thống kê"})

    assert pair(found, "T1") == [(None, NOT_AVAILABLE), (None, NOT_AVAILABLE)]


def test_a_word_does_not_speak_for_a_number_or_another_word() -> None:
    beside_number = collected({"T1.total": 5, "T1.done": "chưa thống kê"})
    two_words = collected({"T1.total": "không phát sinh", "T1.done": "chưa thống kê"})

    assert pair(beside_number, "T1") == [(5, GIVEN), (None, NOT_AVAILABLE)]
    assert pair(two_words, "T1") == [(None, NONE_ARISING), (None, NOT_AVAILABLE)]


def parts(item: str, field: str, *values: Answer) -> dict[str, Answer]:
    return {f"{item}.{field}@{part}": value for part, value in zip(DISTRICT.parts, values, strict=False)}


def test_a_sum_is_taken_from_its_parts_and_says_so() -> None:
    found = collected(parts("T5", "total", 1, 2, 3, 4, 5, 6), "TBC")

    total = observed(found, "T5.total")
    assert (total.value, total.state, total.reading) == (21, GIVEN, "cộng từ 6 ô chi tiết")
    assert total.at is not None
    assert total.at.sheet == "01-A số liệu"


@pytest.mark.parametrize(
    ("values", "value", "state"),
    [
        ((1, 2, 3, 4, 5), None, BLANK),
        ((1, 2, 3, 4, 5, "khoảng 6"), None, UNREADABLE),
        ((1, 2, 3, 4, "chưa có số liệu", "khoảng 6"), None, UNREADABLE),
        ((1, 2, 3, "chưa có số liệu", 5), None, BLANK),
        ((1, 2, 3, 4, 5, "chưa có số liệu"), None, NOT_AVAILABLE),
        ((1, 2, 3, 4, 5, "không cung cấp"), None, WITHHELD),
        ((1, 2, 3, 4, 5, "không phát sinh"), 15, GIVEN),
        ((1, 2, 3, 4, 5, "không áp dụng"), 15, GIVEN),
        (("-",) * 5 + ("không áp dụng",), None, NONE_ARISING),
        (("không áp dụng",) * 6, None, NOT_APPLICABLE),
        ((0,) * 6, 0, GIVEN),
    ],
)
def test_a_sum_is_as_sure_as_its_least_sure_part(
    values: tuple[Answer, ...], value: int | None, state: State
) -> None:
    total = observed(collected(parts("T5", "total", *values), "TBC"), "T5.total")

    assert (total.value, total.state) == (value, state)


def test_a_text_number_among_the_parts_is_summed_without_complaint() -> None:
    found = collected(parts("T5", "total", 1, 2, 3, 4, 5, "1.000.000"), "TBC")

    assert observed(found, "T5.total").value == 1_000_015
    assert told(found) == []


def test_a_total_typed_over_the_sum_has_to_agree_with_the_parts() -> None:
    all_parts = parts("T5", "total", 1, 2, 3, 4, 5, 6)
    other = collected(all_parts | {"T5.total": 1025}, "TBC")

    fault = only(other)
    assert (fault.code, fault.item, fault.field, fault.value) == ("DL13", "T5", "total", "1025")
    assert fault.message == "ô tổng ghi 1.025, cộng các ô chi tiết được 21"
    assert len(fault.related) == 6
    assert observed(other, "T5.total").value == 1025  # what the unit said; the finding keeps it out
    assert told(collected(all_parts | {"T5.total": 21}, "TBC")) == []


def test_a_total_typed_over_empty_parts_counts() -> None:
    found = collected({"T5.total": 30, "T5.done": 30}, "TBC")

    assert pair(found, "T5") == [(30, GIVEN), (30, GIVEN)]
    assert told(found) == []


def test_a_total_typed_over_parts_of_which_some_are_empty_does_not_count() -> None:
    found = collected(parts("T5", "total", 1, 2) | {"T5.total": 30}, "TBC")

    assert observed(found, "T5.total").state is BLANK


def test_a_zero_over_empty_parts_is_no_answer() -> None:
    assert observed(collected({"T5.total": 0}, "TBC"), "T5.total").state is BLANK


def test_an_unusable_total_over_empty_parts_is_told_and_over_full_ones_does_not_matter() -> None:
    empty = collected({"T5.total": "khoảng 30"}, "TBC")
    full = collected(parts("T5", "total", 1, 2, 3, 4, 5, 6) | {"T5.total": "khoảng 30"}, "TBC")

    assert told(empty) == [("DL01", "T5", "total")]
    assert observed(empty, "T5.total").state is UNREADABLE
    assert told(full) == []
    assert observed(full, "T5.total").value == 21


def test_a_word_over_empty_parts_is_the_state_of_the_sum() -> None:
    found = collected({"T5.total": "chưa tổng hợp"}, "TBC")

    assert pair(found, "T5") == [(None, NOT_AVAILABLE), (None, NOT_AVAILABLE)]


def test_several_sources_are_added_and_one_is_taken_over() -> None:
    both = collected({"HS.H.resolved_total": 7, "HS.X.resolved_total": 5}, "TBC")
    one = collected({"HS.T.resolved_total": 7})

    assert observed(both, "T10.total").value == 12
    assert observed(one, "T10.total").reading == "lấy từ ô chi tiết"


def test_a_rate_typed_by_the_unit_is_kept_and_one_of_the_form_only_beside_both_figures() -> None:
    typed = collected({"T1.rate": 95.5})
    form = collected({"T1.total": 200, "T1.done": 190})

    assert (observed(typed, "T1.rate").value, observed(typed, "T1.rate").state) != (None, BLANK)
    assert observed(form, "T1.rate").value == 95
    assert observed(collected({}), "T1.rate").state is BLANK


def test_the_rate_of_the_form_is_forgotten_where_a_figure_cannot_be_used() -> None:
    found = collected({"T1.total": 200, "T1.done": 190, "T1.status": "Chưa có số liệu"})

    assert observed(found, "T1.rate").state is BLANK


def test_the_status_a_task_derives_is_left_to_be_derived_again() -> None:
    found = collected({"HT.b.events": 3})

    assert observed(found, "NV.7b.status").state is BLANK
    assert told(found) == []


def test_the_status_that_a_unit_chose_for_a_task_stands() -> None:
    found = collected({"HT.b.events": 3, "NV.7b.status": "Đang thực hiện"})

    assert observed(found, "NV.7b.status").value == "Đang thực hiện"


def test_what_is_said_about_the_return_is_its_submission() -> None:
    found = collected(
        {
            "_.contact": "Nguyễn Văn A",
            "_.phone": "0259 123",
            "_.email": "a@b.vn",
            "_.document_number": "12/BC-SYT",
            "_.sent_on": date(2025, 11, 5),
            "_.signer": "Giám đốc",
        }
    ).submission

    assert (found.contact, found.phone, found.email) == ("Nguyễn Văn A", "0259 123", "a@b.vn")
    assert (found.document_number, found.sent_on) == ("12/BC-SYT", date(2025, 11, 5))
    assert found.control_code == found.computed_code


def test_nothing_said_about_the_return_is_no_date_and_no_name() -> None:
    found = collected({}).submission

    assert (found.contact, found.document_number, found.sent_on) == ("", "", None)


@pytest.mark.parametrize(
    ("typed", "sent_on", "codes"),
    [("5/11/2025", date(2025, 11, 5), []), ("đầu tháng 11", None, ["DL09"]), ("31/11/2025", None, ["DL09"])],
)
def test_a_date_typed_as_text_is_read_or_told(typed: str, sent_on: date | None, codes: list[str]) -> None:
    found = collected({"_.sent_on": typed})

    assert found.submission.sent_on == sent_on
    assert [f.code for f in found.findings] == codes


@pytest.mark.parametrize(("typed", "code"), [(3036, "3036"), (36, "0036"), ("0036", "0036"), (0, "")])
def test_the_control_code_may_be_typed_as_a_number(typed: Answer, code: str) -> None:
    def type_code(book: Workbook) -> None:
        sheet = book["Trang ký"]
        row = next(r[0].row for r in sheet.iter_rows(max_col=1) if r[0].value == "_:control_code")
        sheet.cell(row, 5, typed)

    found = read_return("a.xlsx", edited(written({}), type_code), real(), Period(2025))

    assert found.submission.control_code == code


def test_the_computed_code_counts_what_the_formula_of_the_form_counts() -> None:
    found = collected({"T1.total": 5, "T1.done": "4", "T2.total": date(2025, 1, 1), "T2.done": "-"})

    assert found.submission.computed_code == found.submission.control_code != "0000"


def test_no_code_is_computed_where_a_number_is_not_whole() -> None:
    assert collected({"T1.total": 12.5}).submission.computed_code == ""


def fix_of(name: str, typed: Answer, unit: str = "SYT") -> str:
    found = collected({name: typed}, unit)
    return next(f.fix for f in found.findings if (f.item, f.field) == (key(name).item, key(name).field))


@pytest.mark.parametrize("typed", ["không có", "khoảng 500"])
def test_what_to_do_instead_of_words_is_what_the_row_itself_offers(typed: str) -> None:
    """A table without a column for states leaves blank what wasn't done; a commune's row says 0."""
    number = "Nhập một con số nguyên chính xác."
    chosen = "xóa ô này, chọn “Không phát sinh”, “Chưa có số liệu” hoặc “Không áp dụng” ở ô J8"
    assert fix_of("T1.done", typed) == f"{number} Không có số thì {chosen} (Tình trạng số liệu)."
    assert "ở ô P9 (Tình trạng số liệu)" in fix_of("HS.T.resolved_total", typed)
    assert fix_of("HT.b.events", typed) == f"{number} Không có thì xóa, để trống ô này."
    assert fix_of("KP.a.planned", typed) == f"{number} Không có thì xóa, để trống ô này."
    assert fix_of(f"T5.total@{FIRST}", typed, "TBC") == f"{number} Không có thì ghi số 0."


def test_a_reason_is_asked_for_where_it_can_be_written() -> None:
    """Biểu 03 has no column for it; the row that takes its number has."""
    found = collected({"HS.T.status": "Chưa có số liệu"})
    dataset = Dataset.build(real(), Period(2025), [found], date(2025, 11, 20))
    (fault,) = [f for f in check(dataset) if f.code == "SL05"]
    assert fault.message == "số lấy từ Biểu 03, ở đó chọn “Chưa có số liệu” nhưng chưa ghi lý do"
    assert fault.fix == "Ghi lý do vào ô M10 (Biểu 03 không có cột ghi lý do)."


def test_a_rate_of_0_that_no_formula_could_give_is_none() -> None:
    """The number was typed with its word, so the form's formula shows nothing, which .xls keeps as 0."""
    typed: dict[str, Answer] = {"T1.total": "60 người", "T1.done": 55, "T1.rate": 0}
    assert observed(collected(typed), "T1.rate").state is BLANK
    assert observed(collected(typed | {"T1.total": 60}), "T1.rate").state is GIVEN


def test_an_account_longer_than_its_place_is_told() -> None:
    limit = next(i for i in real().plan.items if i.code == "DG.ketqua").max_length  # type: ignore[union-attr]
    assert told(collected({"DG.ketqua.text": "Đã làm. " * (limit // 8)})) == []
    found = only(collected({"DG.ketqua.text": "Đã làm. " * (limit // 8 + 1)}))
    assert (found.code, found.field) == ("DL26", "text")
    assert "biểu dành cho 500" in found.message
