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


CHANNEL = "unit 8 | item | events | people\n"
AT_CHANNEL = replace(DOUBT, item="HT.b", field="people")
WARNED = replace(DOUBT, severity=Severity.WARNING)
OF_FILE = Finding("NH03", Severity.ERROR, "năm khác", "Gửi lại biểu.", unit="A", at=CellRef("a.xlsx"))
WHOLE = "lỗi của cả tệp, không có số liệu để chấp nhận. Gửi lại biểu."


@pytest.mark.parametrize(
    ("table", "finding"),
    [
        (HEAD + "A | T2 | 100 | 90 |", DOUBT),
        (HEAD + "A | T2 | 100 | 90 |", replace(DOUBT, field="")),
        (HEAD + "A | T2 | x | x |", "SL06"),  # a warning, also where there is no figure
        (HEAD + "A | T2 | 1 | 1 |", replace(WARNED, item="")),
        (CHANNEL + "A | HT.b | 3 | 100", AT_CHANNEL),
        (HEAD, replace(DOUBT, unit="")),
        (HEAD, replace(DOUBT, item="")),
    ],
)
def test_what_leaves_a_figure_to_print_may_be_accepted(table: str, finding: Finding | str) -> None:
    assert why_not(table, finding) == ""


@pytest.mark.parametrize(
    ("table", "finding", "said"),
    [
        (
            HEAD + "A | T2 | 100 | 90 |",
            replace(WARNED, code="QD05"),
            "đây là số để ngoài tổng hợp. Đưa lại vào: dvctt-report decide --undo",
        ),
        (
            HEAD + "A | T2 | 100 | 90 |",
            replace(DOUBT, code="NH77", item="", field="", fix="Hỏi."),
            "phải quyết định tệp này là của đơn vị nào. Hỏi.",
        ),
        (HEAD, OF_FILE, WHOLE),
        (HEAD, replace(OF_FILE, code="NH42", at=CellRef("a.xlsx", "Bìa", "B4")), WHOLE),
    ],
)
def test_what_is_no_matter_of_accepting_a_figure_says_what_is(
    table: str, finding: Finding, said: str
) -> None:
    assert why_not(table, finding) == said


@pytest.mark.parametrize(
    ("table", "finding", "said"),
    [
        (HEAD + "A | T2 | 100 | ... |", DOUBT, "chưa có đủ số liệu"),
        (HEAD + "A | T2 | 100 | 120 |", "SL02", "lớn hơn tổng số"),
        (
            HEAD + "H | T1 | 30 | 20 |\nH/Xã Một | T1 | 10 | 12 |\nH/Xã Hai | T1 | 20 | 8 |",
            "SL02",
            "lớn hơn tổng số",
        ),
        (CHANNEL + "A | HT.b | 3 | ?", AT_CHANNEL, "chưa có con số"),
        (HEAD, replace(DOUBT, severity=Severity.INFO), "để biết"),
        (HEAD, replace(DOUBT, state=FindingState.OVERRIDDEN), "đã được đính chính"),
        (HEAD, replace(DOUBT, code="QD01"), "một đính chính"),
    ],
)
def test_what_leaves_nothing_to_print_or_waits_for_no_decision_is_refused(
    table: str, finding: Finding | str, said: str
) -> None:
    assert said in why_not(table, finding)


@pytest.mark.parametrize("row", ["100 | ?", "100 | ", "? | 90"])
def test_a_cell_without_a_figure_has_to_be_overridden(row: str) -> None:
    said = why_not(HEAD + f"A | T2 | {row} |", replace(DOUBT, field="done" if "100" in row else "total"))
    assert "chưa có con số dùng được" in said
    assert "dvctt-report decide --unit A --set" in said


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
