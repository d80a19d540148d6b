"""What cells mean together: states chosen for a row, words, sums, and the findings about single cells."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from openpyxl.workbook import Workbook

from dvctt_report.forms.formulas import Answer
from dvctt_report.intake.collect import read_return
from dvctt_report.model import CellRef, Return, State
from dvctt_report.model.period import Period
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.rules import check
from tests.forms.fill import real
from tests.intake.returns import collected, edited, key, observed, only, told, written
from tests.made import tabled

GIVEN, BLANK, UNREADABLE = State.GIVEN, State.BLANK, State.UNREADABLE
NONE_ARISING, NOT_AVAILABLE = State.NONE_ARISING, State.NOT_AVAILABLE
NOT_APPLICABLE, WITHHELD = State.NOT_APPLICABLE, State.WITHHELD

DISTRICT = real().roster.unit("TBC")
FIRST = DISTRICT.parts[0]


def pair(found: Return, item: str) -> tuple[Any, ...]:
    """What the two numbers of an item are read as: the value, or the state where there is none."""
    both = (observed(found, f"{item}.{name}") for name in ("total", "done"))
    return tuple(o.value if o.state is GIVEN else o.state for o in both)


STATES = {
    "Không phát sinh": NONE_ARISING,
    "Chưa có số liệu": NOT_AVAILABLE,
    "Không áp dụng": NOT_APPLICABLE,
    "Không cung cấp": WITHHELD,
}
LATER = {"T1.total": "chưa tổng hợp"}
BOTH = {"T1.total": 1200, "T1.done": 900}


@tabled(("answers", "item", "numbers", "asked"))
def test_what_the_two_numbers_of_a_row_come_to(
    answers: dict[str, Answer], item: str, numbers: tuple[Any, ...], asked: str
) -> None:
    found = collected(answers, "TBC" if item == "T5" else "SYT")

    assert pair(found, item) == numbers
    assert [f"{code} {of}.{field}" for code, of, field in told(found)] == [a for a in asked.split(", ") if a]


def test_a_cell_that_holds_no_usable_number_is_told_with_its_address() -> None:
    fault = only(collected({"T1.total": "khoảng 50", "T1.done": 5}))

    assert (fault.unit, fault.at) == ("SYT", CellRef("nhan-ve/2025/a.xlsx", "01-A số liệu", "F8"))
    assert fault.message
    assert fault.fix


def test_a_contradiction_names_both_and_a_state_applied_where_it_comes_from() -> None:
    fault = collected(BOTH | {"T1.status": "Không phát sinh"}).findings[0]
    word = only(collected(LATER | {"T1.status": "Không phát sinh"}))
    applied = collected({"T1.status": "Không phát sinh"})

    assert fault.message == "đã ghi số 1.200 nhưng chọn “Không phát sinh”"
    assert [r.cell for r in fault.related] == ["J8"]
    assert word.message == 'đã ghi "chưa tổng hợp" nhưng chọn “Không phát sinh”'
    assert observed(applied, "T1.total").reading == "tình trạng số liệu: Không phát sinh"
    assert observed(applied, "T1.note").state is BLANK


def test_an_answer_outside_the_list_is_told() -> None:
    found = collected({"T3.answer": "Tùy", "T4.answer": "có"})

    assert told(found) == [("DL09", "T3", "answer")]
    assert observed(found, "T4.answer").value == "Có"


def parts(item: str, field: str, *values: Answer) -> dict[str, Answer]:
    return {f"{item}.{field}@{part}": value for part, value in zip(DISTRICT.parts, values, strict=False)}


def test_a_sum_is_taken_from_its_parts_and_says_so() -> None:
    total = observed(collected(parts("T5", "total", 1, 2, 3, 4, 5, 6), "TBC"), "T5.total")
    both = collected({"HS.H.resolved_total": 7, "HS.X.resolved_total": 5}, "TBC")
    one = collected({"HS.T.resolved_total": 7})

    assert (total.value, total.state, total.reading) == (21, GIVEN, "cộng từ 6 ô chi tiết")
    assert total.at is not None
    assert total.at.sheet == "01-A số liệu"
    assert observed(both, "T10.total").value == 12
    assert observed(one, "T10.total").reading == "lấy từ ô chi tiết"


@tabled(("values", "value", "state"))
def test_a_sum_is_as_sure_as_its_least_sure_part(
    values: tuple[Answer, ...], value: int | None, state: State
) -> None:
    total = observed(collected(parts("T5", "total", *values), "TBC"), "T5.total")

    assert (total.value, total.state) == (value, state)


def test_a_total_typed_over_the_sum_has_to_agree_with_the_parts() -> None:
    all_parts = parts("T5", "total", 1, 2, 3, 4, 5, 6)
    other = collected(all_parts | {"T5.total": 1025}, "TBC")

    fault = only(other)
    assert (fault.code, fault.item, fault.field, fault.value) == ("DL13", "T5", "total", "1025")
    assert fault.message == "ô tổng ghi 1.025, cộng các ô chi tiết được 21"
    assert len(fault.related) == 6
    assert observed(other, "T5.total").value == 1025  # what the unit said; the finding keeps it out
    assert told(collected(all_parts | {"T5.total": 21}, "TBC")) == []


def test_a_total_typed_over_parts_counts_only_where_all_are_empty_and_matters_where_one_is_not() -> None:
    some = collected(parts("T5", "total", 1, 2) | {"T5.total": 30}, "TBC")
    full = collected(parts("T5", "total", 1, 2, 3, 4, 5, 6) | {"T5.total": "khoảng 30"}, "TBC")

    assert observed(some, "T5.total").state is BLANK
    assert (told(full), observed(full, "T5.total").value) == ([], 21)


def test_a_rate_typed_by_the_unit_is_kept_and_one_of_the_form_only_beside_both_figures() -> None:
    typed, form = collected({"T1.rate": 95.5}), collected({"T1.total": 200, "T1.done": 190})
    contradicted = collected({"T1.total": 200, "T1.done": 190, "T1.status": "Chưa có số liệu"})

    assert observed(typed, "T1.rate").state is GIVEN
    assert observed(form, "T1.rate").value == 95
    assert {observed(one, "T1.rate").state for one in (collected({}), contradicted)} == {BLANK}


def test_the_status_a_task_derives_is_derived_again_and_one_that_was_chosen_stands() -> None:
    derived = collected({"HT.b.events": 3})
    chosen = collected({"HT.b.events": 3, "NV.7b.status": "Đang thực hiện"})

    assert (observed(derived, "NV.7b.status").state, told(derived)) == (BLANK, [])
    assert observed(chosen, "NV.7b.status").value == "Đang thực hiện"


@tabled(("typed", "sent_on", "codes"))
def test_a_date_typed_as_text_is_read_or_told(
    typed: str, sent_on: date | None, codes: tuple[str, ...]
) -> None:
    found = collected({"_.sent_on": typed})

    assert found.submission.sent_on == sent_on
    assert tuple(f.code for f in found.findings) == codes


@pytest.mark.parametrize(("typed", "code"), [(3036, "3036"), (36, "0036"), ("0036", "0036"), (0, "")])
def test_the_control_code_may_be_typed_as_a_number(typed: Answer, code: str) -> None:
    def type_code(book: Workbook) -> None:
        sheet = book["Trang ký"]
        row = next(r[0].row for r in sheet.iter_rows(max_col=1) if r[0].value == "_:control_code")
        sheet.cell(row, 5, typed)

    found = read_return("a.xlsx", edited(written({}), type_code), real(), Period(2025))

    assert found.submission.control_code == code


@tabled("answers")
def test_the_computed_code_counts_what_the_formula_of_the_form_counts(answers: dict[str, Answer]) -> None:
    found = collected(answers).submission

    assert found.computed_code == found.control_code != "0000"


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
    dataset = Dataset(real(), Period(2025), [found], date(2025, 11, 20))
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
