"""Which findings may be accepted: never one that leaves nothing to print."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dvctt_report.model import CellRef, Finding, FindingState, Severity
from dvctt_report.year.rules import check
from dvctt_report.year.summary.acceptable import why_not_acceptable
from tests.year.rules.tables import dataset, with_communes

DOUBT = Finding("KP03", Severity.ERROR, "nghi ngờ", unit="A", item="T2", field="total", value="100")


def why_not(table: str, finding: Finding | str) -> str:
    """Why the finding (or the one of that code) can't be accepted; "" where it can."""
    of = dataset(table)
    found = next(f for f in check(of) if f.code == finding) if isinstance(finding, str) else finding
    refusal = why_not_acceptable(of, found)
    return f"{refusal.because}. {refusal.instead}" if refusal else ""


HEAD = "unit 8 | item | total | done | note\n"


def test_a_doubted_figure_may_be_accepted() -> None:
    assert why_not(HEAD + "A | T2 | 100 | 90 |", DOUBT) == ""
    assert why_not(HEAD + "A | T2 | 100 | 90 |", replace(DOUBT, field="")) == ""


def test_a_warning_may_be_accepted_also_where_there_is_no_figure() -> None:
    assert why_not(HEAD + "A | T2 | x | x |", "SL06") == ""
    assert why_not(HEAD + "A | T2 | 1 | 1 |", replace(DOUBT, severity=Severity.WARNING, item="")) == ""


def test_what_is_left_out_is_taken_back_and_not_accepted() -> None:
    said = why_not(HEAD + "A | T2 | 100 | 90 |", replace(DOUBT, code="QD05", severity=Severity.WARNING))
    assert said == "đây là số để ngoài tổng hợp. Đưa lại vào: dvctt-report decide --undo"


def test_whose_a_file_is_is_no_matter_of_accepting_a_figure() -> None:
    said = why_not(HEAD + "A | T2 | 100 | 90 |", replace(DOUBT, code="NH77", item="", field="", fix="Hỏi."))
    assert said == "phải quyết định tệp này là của đơn vị nào. Hỏi."


@pytest.mark.parametrize("row", ["100 | ?", "100 | ", "? | 90"])
def test_a_cell_without_a_figure_has_to_be_overridden(row: str) -> None:
    said = why_not(HEAD + f"A | T2 | {row} |", replace(DOUBT, field="done" if "100" in row else "total"))
    assert "chưa có con số dùng được" in said
    assert "dvctt-report decide --unit A --set" in said


def test_a_figure_beside_a_cell_without_one_can_not_be_accepted_either() -> None:
    assert "chưa có đủ số liệu" in why_not(HEAD + "A | T2 | 100 | ... |", DOUBT)


def test_a_part_greater_than_its_whole_is_never_printed() -> None:
    assert "lớn hơn tổng số" in why_not(HEAD + "A | T2 | 100 | 120 |", "SL02")
    communes = HEAD + "H | T1 | 30 | 20 |\nH/Xã Một | T1 | 10 | 12 |\nH/Xã Hai | T1 | 20 | 8 |"
    assert "lớn hơn tổng số" in why_not(communes, "SL02")


def test_neither_of_a_total_and_its_details_that_contradict_each_other_is_picked() -> None:
    table = HEAD + "H | T1 | 30 | 20 |\nH/Xã Một | T1 | 10 | 12 |\nH/Xã Hai | T1 | 24 | 8 |"
    of = dataset(table, with_communes())
    own = of.observation("H", "T1", "total")
    assert own is not None
    message = "ô tổng ghi 30, cộng các ô chi tiết được 34"
    told = Finding("DL13", Severity.ERROR, message, unit="H", item="T1", field="total", at=own.at)
    refusal = why_not_acceptable(of, told)
    assert refusal is not None
    assert "ô tổng ghi 30, cộng các ô chi tiết được 34" in refusal.because
    assert 'dvctt-report decide --unit H --set "T1.total=30"' in refusal.instead
    assert 'dvctt-report decide --unit H --set "T1.total@Cơ quan cấp huyện=SỐ"' in refusal.instead


def test_the_remedy_at_a_detail_cell_names_the_detail() -> None:
    of = dataset(
        HEAD + "H | T1 | 30 | 20 |\nH/Xã Một | T1 | 10 | 12 |\nH/Xã Hai | T1 | 20 | 8 |", with_communes()
    )
    found = next(f for f in check(of) if f.code == "SL02")
    refusal = why_not_acceptable(of, found)
    assert refusal is not None
    assert 'decide --unit H --set "T1.done@Xã Một=SỐ"' in refusal.instead
    (own,) = (f for f in check(dataset(HEAD + "A | T2 | 100 | 120 |")) if f.code == "SL02")
    plain = why_not_acceptable(dataset(HEAD + "A | T2 | 100 | 120 |"), own)
    assert plain is not None
    assert 'decide --unit A --set "T2.done=SỐ"' in plain.instead


def test_counts_of_channels_may_be_accepted_where_they_are_counts() -> None:
    head = "unit 8 | item | events | people\n"
    doubt = replace(DOUBT, item="HT.b", field="people")
    assert why_not(head + "A | HT.b | 3 | 100", doubt) == ""
    assert "chưa có con số" in why_not(head + "A | HT.b | 3 | ?", doubt)


def test_a_whole_file_can_not_be_accepted_and_its_remedy_is_said() -> None:
    refused = Finding("NH03", Severity.ERROR, "năm khác", "Gửi lại biểu.", unit="A", at=CellRef("a.xlsx"))
    assert why_not(HEAD, refused) == "lỗi của cả tệp, không có số liệu để chấp nhận. Gửi lại biểu."


def test_a_file_that_is_not_used_can_not_be_accepted_at_one_of_its_cells_either() -> None:
    cover = CellRef("a.xlsx", "Bìa", "B4")
    refused = Finding("NH42", Severity.ERROR, "bìa của đơn vị khác", "Hỏi đơn vị.", unit="A", at=cover)
    assert why_not(HEAD, refused) == "lỗi của cả tệp, không có số liệu để chấp nhận. Hỏi đơn vị."


def test_what_is_only_disclosed_or_already_answered_waits_for_no_decision() -> None:
    assert "để biết" in why_not(HEAD, replace(DOUBT, severity=Severity.INFO))
    assert "đã được đính chính" in why_not(HEAD, replace(DOUBT, state=FindingState.OVERRIDDEN))
    assert "một đính chính" in why_not(HEAD, replace(DOUBT, code="QD01"))


def test_a_finding_of_the_whole_province_or_an_unknown_item_may_be_accepted() -> None:
    assert why_not(HEAD, replace(DOUBT, unit="")) == ""
    assert why_not(HEAD, replace(DOUBT, item="")) == ""
