"""The officer's decisions over what was read: which figure stands, how it is marked, what is asked again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from dvctt_report.forms.form import COVER
from dvctt_report.intake.reading import format_value
from dvctt_report.intake.sheets import disagreement
from dvctt_report.model import (
    Acceptance,
    Basis,
    CellRef,
    FieldRef,
    Finding,
    FindingState,
    Observation,
    Override,
    Result,
    Return,
    ReturnStatus,
    Severity,
    State,
    Tally,
    Verdict,
    finding_id,
)
from dvctt_report.model.period import Period
from dvctt_report.plan.model import Profile
from dvctt_report.year.corrections import accept, correct
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.rules import check
from dvctt_report.year.summary import summarise
from dvctt_report.year.summary.acceptable import why_not_acceptable
from tests.year.rules.tables import TODAY, dataset, with_communes

NOW = datetime(2025, 11, 20, 8, 30)

PLAIN = "A | T2 | 100 | 120\nB | T2 | 50 | 50"
SUMS = "A | T10 | 100 | 80\nA | HS.T | 100 | 90 | 10 | - | 100"


def put(cell: str, text: str, over: str, unit: str = "A") -> Override:
    path, _, part = cell.partition("@")
    item, _, field = path.rpartition(".")
    return Override(unit, item, field, text, over, "gõ nhầm", "CV 2", "lan", NOW, part)


def corrected(of: Dataset, *overrides: Override) -> Dataset:
    returns, notes = correct(of.returns, overrides, of.profile)
    return Dataset(of.profile, of.period, returns, TODAY, notes, overrides=overrides)


def findings(of: Dataset) -> tuple[Finding, ...]:
    return (*of.notes, *(f for r in of.returns for f in r.findings), *check(of))


def answer(of: Dataset, unit: str, item: str, field: str) -> Observation:
    found = of.observation(unit, item, field)
    assert found is not None
    return found


def result(of: Dataset, item: str, *acceptances: Acceptance) -> Result:
    found = accept(findings(of), acceptances)
    return next(r for r in summarise(of, found).results if r.item == item)


def acceptance(of: Finding, **more: object) -> Acceptance:
    made = Acceptance(finding_id(of), of.unit, "", "đơn vị xác nhận", "CV 1", "lan", NOW)
    return replace(made, **more)  # type: ignore[arg-type]  # fields by name


def with_findings(of: Dataset, *found: Finding) -> Dataset:
    first, *rest = of.returns
    return Dataset(of.profile, of.period, (replace(first, findings=found), *rest), TODAY)


# ------------------------------------------------------------------------------------------ overrides


def test_an_override_stands_in_the_place_of_the_cell_and_says_so() -> None:
    of = corrected(dataset(PLAIN), put("T2.done", "90", "120"))
    found = answer(of, "A", "T2", "done")
    assert found.replaced is not None
    assert (found.value, found.state, found.replaced.value) == (90, State.GIVEN, 120)
    assert found.at == found.replaced.at
    assert found.is_override
    assert found.reading == 'đính chính (đơn vị ghi "120"): gõ nhầm; CV 2; lan, 20/11/2025'
    assert result(of, "T2").tally == Tally(140, 150)
    assert [f for f in findings(of) if f.code == "SL02"] == []


def test_words_and_unreadable_cells_can_be_overridden() -> None:
    table = "A | T2 | ? | 5\nB | T2 | 9 | 3"
    of = dataset(table)
    (first, *_) = of.returns
    unread = replace(first.observations[0], raw="khoảng 9")
    of = Dataset(
        of.profile,
        Period(2025),
        (replace(first, observations=(unread, *first.observations[1:])), of.returns[1]),
        TODAY,
    )
    given = corrected(of, put("T2.total", "10", "khoảng 9"))
    assert result(given, "T2").tally == Tally(8, 19)
    none = corrected(of, put("T2.total", "Chưa có số liệu", "khoảng 9"))
    found = answer(none, "A", "T2", "total")
    assert (found.value, found.state) == (None, State.NOT_AVAILABLE)
    never = corrected(of, put("T2.total", "độ 9", "khoảng 9"))
    assert [f.code for f in findings(never) if f.code.startswith("QD")] == ["QD02"]
    assert result(never, "T2").tally == Tally(3, 9)


def test_a_cell_that_says_something_else_now_is_decided_anew_and_is_not_counted() -> None:
    of = corrected(dataset(PLAIN), put("T2.done", "90", "110"))
    (asked,) = [f for f in findings(of) if f.code == "QD01"]
    assert (asked.unit, asked.item, asked.field, asked.severity) == ("A", "T2", "done", Severity.ERROR)
    assert "“110”" in asked.message
    assert "“120”" in asked.message
    assert result(of, "T2").tally == Tally(50, 50)


@pytest.mark.parametrize(
    ("table", "cell", "over", "asked"),
    [
        (PLAIN.replace("120", "90 "), "T2.done", "120", []),  # mended by the unit itself
        (PLAIN, "T99.done", "", ["QD02"]),  # no longer asked
    ],
)
def test_what_needs_no_override_and_what_is_asked_no_more_changes_nothing(
    table: str, cell: str, over: str, asked: list[str]
) -> None:
    of = corrected(dataset(table), put(cell, "90", over))
    assert answer(of, "A", "T2", "done").override is None
    assert [f.code for f in findings(of) if f.code.startswith("QD")] == asked


def test_a_unit_without_a_return_has_nothing_to_correct() -> None:
    of = corrected(dataset(PLAIN), put("T2.done", "90", "", unit="C"))
    (told,) = of.notes
    assert (told.code, told.unit, told.severity) == ("QD03", "C", Severity.WARNING)
    assert of.effective("C") is None


def test_sums_over_an_overridden_cell_are_taken_anew_and_marked() -> None:
    of = corrected(dataset(SUMS), put("HS.T.resolved_total", "120", "100"))
    total = answer(of, "A", "T10", "total")
    assert (total.value, total.override is not None, total.is_override) == (120, True, False)
    assert total.reading == "lấy từ ô chi tiết, có ô đã đính chính"
    blank = corrected(dataset(SUMS), put("HS.T.resolved_total", "Chưa có số liệu", "100"))
    assert result(blank, "T10").tally == Tally()


def test_a_figure_put_in_the_place_of_a_sum_holds_whatever_is_wrong_beneath() -> None:
    spoilt = SUMS.replace("- | 100", "- | ?")
    beneath = Finding("DL01", Severity.ERROR, "không phải số", unit="A", item="HS.T", field="resolved_total")
    barred = with_findings(dataset(spoilt), beneath)
    assert result(barred, "T10").tally == Tally()
    of = corrected(barred, put("T10.total", "110", "100"))
    assert result(of, "T10").tally == Tally(80, 110)


def test_a_commune_is_overridden_by_its_name_and_the_district_adds_it() -> None:
    of = with_communes()
    table = """
    H                   | T1   | 30    | 25
    H/Cơ quan cấp huyện | T1   | 10    | 10
    H/Xã Một            | T1   | 10    | 10
    H/Xã Hai            | T1   | 10    | 5
    """
    given = corrected(dataset(table, of), put("T1.done@Xã Hai", "9", "5", unit="H"))
    found = answer(given, "H", "T1", "done")
    assert (found.value, found.is_override) == (29, False)
    assert found.override is not None
    assert found.override.part == "Xã Hai"
    assert result(given, "T1").tally == Tally(29, 30)


TYPED_OVER = """
H                   | T1   | 30    | 25
H/Cơ quan cấp huyện | T1   | 10    | 10
H/Xã Một            | T1   | 10    | 10
H/Xã Hai            | T1   | 14    | 5
"""


def typed_over(table: str = TYPED_OVER) -> Dataset:
    """A district whose typed total (30) isn't what its communes add up to (34), as intake tells it."""
    of = dataset(table, with_communes())
    own, *parts = [o for o in of.returns[0].observations if o.field == "total"]
    total = replace(own, value=sum(o.value for o in parts if isinstance(o.value, int)))
    return with_findings(of, disagreement("DL13", own, total, parts))


def states(of: Dataset, code: str) -> list[tuple[str, FindingState]]:
    return [(f.message, f.state) for f in findings(of) if f.code == code]


def test_an_override_of_a_total_keeps_beside_it_what_the_unit_typed_and_says_what_its_details_are() -> None:
    of = corrected(typed_over(), put("T1.total", "31", "30", unit="H"))
    found = answer(of, "H", "T1", "total")
    assert found.replaced is not None
    assert (found.value, found.replaced.value) == (31, 30)
    assert states(of, "DL13") == [("ô tổng ghi 30, cộng các ô chi tiết được 34", FindingState.OVERRIDDEN)]
    (told,) = [f for f in findings(of) if f.code == "QD04"]
    assert told.message == "đính chính T1.total là 31, cộng các ô chi tiết được 34"
    assert (told.severity, told.at) == (Severity.WARNING, found.at)
    assert 'dvctt-report decide --unit H --set "T1.total@' in told.fix


def test_that_the_typed_total_holds_is_a_decision_too() -> None:
    assert result(corrected(typed_over()), "T1").tally == Tally()
    of = corrected(typed_over(), put("T1.total", "30", "30", unit="H"))
    assert result(of, "T1").tally == Tally(25, 30)
    assert [state for _, state in states(of, "DL13")] == [FindingState.OVERRIDDEN]
    said = "đính chính T1.total là 30, cộng các ô chi tiết được 34"
    assert [message for message, _ in states(of, "QD04")] == [said]


def test_a_typed_total_stays_contradicted_until_the_corrected_details_add_up_to_it() -> None:
    still = corrected(typed_over(), put("T1.total@Xã Hai", "11", "14", unit="H"))
    assert states(still, "DL13") == [("ô tổng ghi 30, cộng các ô chi tiết được 31", FindingState.OPEN)]
    assert result(still, "T1").tally == Tally()
    total = answer(still, "H", "T1", "total")
    assert (total.value, total.override) == (30, None)
    right = corrected(typed_over(), put("T1.total@Xã Hai", "10", "14", unit="H"))
    assert [state for _, state in states(right, "DL13")] == [FindingState.OVERRIDDEN]
    assert result(right, "T1").tally == Tally(25, 30)


def test_a_total_typed_over_empty_details_is_contradicted_by_those_the_officer_puts_there() -> None:
    places = ("Cơ quan cấp huyện", "Xã Một", "Xã Hai")
    of = dataset(TYPED_ALONE, with_communes())
    given = {"total": 30, "done": 25}
    own = (
        o if o.part else replace(o, value=given[o.field], state=State.GIVEN, raw=str(given[o.field]))
        for o in of.returns[0].observations
    )
    returns = (replace(of.returns[0], observations=tuple(own)), *of.returns[1:])
    of = Dataset(of.profile, of.period, returns, TODAY)
    assert result(of, "T1").tally == Tally(25, 30)

    alike = corrected(of, *(put(f"T1.total@{part}", "10", "", unit="H") for part in places))
    assert states(alike, "DL13") == []
    apart = corrected(of, *(put(f"T1.total@{part}", "11", "", unit="H") for part in places))
    assert states(apart, "DL13") == [("ô tổng ghi 30, cộng các ô chi tiết được 33", FindingState.OPEN)]
    assert result(apart, "T1").tally == Tally()
    total = answer(apart, "H", "T1", "total")
    assert (total.value, total.override) == (30, None)
    details = [put(f"T1.total@{part}", "11", "", unit="H") for part in places]
    settled = corrected(of, *details, put("T1.total", "30", "30", unit="H"))
    assert states(settled, "DL13") == []
    said = "đính chính T1.total là 30, cộng các ô chi tiết được 33"
    assert [message for message, _ in states(settled, "QD04")] == [said]
    total = answer(settled, "H", "T1", "total")
    assert (total.value, total.override) == (30, put("T1.total", "30", "30", unit="H"))


TYPED_ALONE = """
H                   | T1   | 30    | 25
H/Cơ quan cấp huyện | T1   |       |
H/Xã Một            | T1   |       |
H/Xã Hai            | T1   |       |
"""


def test_an_override_that_is_the_sum_of_its_details_or_of_no_total_is_silent() -> None:
    assert states(corrected(typed_over(), put("T1.total", "34", "30", unit="H")), "QD04") == []
    assert states(corrected(dataset(PLAIN), put("T2.done", "90", "120")), "QD04") == []
    assert states(corrected(dataset(SUMS), put("T10.total", "Chưa có số liệu", "100")), "QD04") == []


def test_over_details_that_are_not_all_known_only_less_than_they_come_to_is_told() -> None:
    some = TYPED_OVER.replace("14    | 5", "?     | 5")
    for enough in ("40", "20"):
        of = corrected(dataset(some, with_communes()), put("T1.total", enough, "30", unit="H"))
        assert states(of, "QD04") == []
    less = corrected(dataset(some, with_communes()), put("T1.total", "19", "30", unit="H"))
    said = "đính chính T1.total là 19, cộng các ô chi tiết có số đã được 20"
    assert states(less, "QD04") == [(said, FindingState.OPEN)]


def test_a_rate_stated_for_the_former_figures_is_no_longer_said() -> None:
    table = "A | T2 | 100 | 120 | 120"
    assert [f.code for f in findings(dataset(table)) if f.code == "SL08"] == []
    wrong = corrected(dataset(table.replace("| 120 | 120", "| 80 | 120")))
    assert "SL08" in {f.code for f in findings(wrong)}
    of = corrected(dataset(table), put("T2.done", "90", "120"))
    assert "SL08" not in {f.code for f in findings(of)}


def test_what_intake_said_of_an_overridden_cell_is_answered_and_what_it_said_of_others_is_not() -> None:
    of = dataset(PLAIN)
    cell = of.returns[0].observations[1].at
    about = Finding("DL12", Severity.WARNING, "đọc là 120", unit="A", item="T2", field="done", at=cell)
    other = replace(about, field="total", at=of.returns[0].observations[0].at)
    row = Finding("NH09", Severity.ERROR, "mất dòng", unit="A", item="T2", at=CellRef("A.xlsx"))
    whole = replace(row, code="NH10", item="")
    cover = replace(row, code="DL09", item=COVER, field="signed_on")
    given = with_findings(of, about, other, row, whole, cover)
    one = corrected(given, put("T2.done", "90", "120"))
    answered, asked = FindingState.OVERRIDDEN, FindingState.OPEN
    assert [f.state for f in one.returns[0].findings] == [answered, *[asked] * 4]
    both = corrected(given, put("T2.done", "90", "120"), put("T2.total", "99", "100"))
    assert [f.state for f in both.returns[0].findings] == [*[answered] * 3, *[asked] * 2]


def test_a_figure_put_where_a_lost_column_stood_is_no_longer_kept_out_by_it() -> None:
    of = dataset("A | T2 | 100 | ~\nA | T12a | 50 | ~\nB | T2 | 50 | 50")
    lost = Finding("NH09", Severity.ERROR, "mất cột", unit="A", at=CellRef("A.xlsx"), value="done")
    lost = replace(lost, against=(FieldRef("T2", "done"), FieldRef("T12a", "done")))
    given = with_findings(of, lost)
    assert result(given, "T2").tally == Tally(50, 50)
    one = corrected(given, put("T2.done", "90", ""))
    assert result(one, "T2").tally == Tally(140, 150)
    (left,) = (f for f in findings(one) if f.code == "NH09")
    assert left.figures == (FieldRef("T12a", "done"),)


# ------------------------------------------------------------------------------------------ paper


def paper(unit: str) -> Return:
    return Return("so-theo-doi.xlsx", "", ReturnStatus.PAPER, unit, Period(2025))


def test_a_paper_is_entered_by_hand_and_counts() -> None:
    of = dataset(PLAIN, others=(paper("C"),))
    assert of.effective("C") is None
    typed = corrected(of, put("T2.total", "30", "", "C"), put("T2.done", "30", "", "C"))
    assert typed.effective("C") is typed.paper("C")
    assert result(typed, "T2").tally == Tally(80, 80)
    assert result(typed, "T2").missing == ("A",)
    found = answer(typed, "C", "T2", "done")
    assert (found.at, found.replaced) == (None, None)
    assert "đơn vị không ghi" in found.reading
    half = corrected(of, put("T2.total", "30", "", "C"))
    assert result(half, "T2").missing == ("A", "C"), "of which half was entered"


# ------------------------------------------------------------------------------------------ acceptances


def test_an_accepted_finding_lets_its_figure_count_again() -> None:
    of = dataset("A | T2 | 100 | 85\nB | T2 | 100 | 70")
    doubt = Finding("KP03", Severity.ERROR, "nghi ngờ", unit="A", item="T2", field="total", value="100")
    given = with_findings(of, doubt)
    assert result(given, "T2").tally == Tally(70, 100)
    counted = result(given, "T2", acceptance(doubt))
    assert counted.tally == Tally(155, 200)
    (settled,) = [f for f in accept(findings(given), [acceptance(doubt)]) if f.code == "KP03"]
    assert (settled.state, settled.acceptance) == (FindingState.ACCEPTED, acceptance(doubt))


@pytest.mark.parametrize(("found", "decided"), [({"value": "101"}, {}), ({}, {"proposed": True})])
def test_another_value_is_another_fault_and_a_mere_proposal_decides_nothing(
    found: dict[str, str], decided: dict[str, bool]
) -> None:
    doubt = Finding("KP03", Severity.ERROR, "nghi ngờ", unit="A", item="T2", field="total", value="100")
    (asked,) = accept([replace(doubt, **found)], [acceptance(doubt, **decided)])  # type: ignore[arg-type]
    assert asked.state is FindingState.OPEN


def test_a_target_that_was_accepted_as_not_concerning_the_unit_is_not_expected_of_it() -> None:
    of = dataset("A | T2 | x | x\nB | T2 | 10 | 10\nC | T2 | 5 | 5")
    open_ = result(of, "T2")
    assert (open_.missing, open_.verdict) == (("A",), Verdict.INSUFFICIENT)
    (claim,) = [f for f in findings(of) if f.code == "SL06"]
    excused = result(of, "T2", acceptance(claim))
    assert (excused.missing, excused.verdict, excused.basis) == ((), Verdict.MET, Basis.COMPLETE)


def test_every_kind_of_value_is_written_as_it_is_printed() -> None:
    values = (1234, Decimal("79.95"), "Có", True, False, date(2025, 11, 5), None)
    assert [format_value(v) for v in values] == ["1.234", "79,95", "Có", "x", "", "05/11/2025", ""]


# ----------------------------- Which findings may be accepted: never one that leaves nothing to print


DOUBT = Finding("KP03", Severity.ERROR, "nghi ngờ", unit="A", item="T2", field="total", value="100")


def why_not(table: str, finding: Finding | str, plan: Profile | None = None) -> str:
    """Why the finding (or the one of that code) can't be accepted; "" where it can."""
    of = dataset(table, plan)
    found = next(f for f in check(of) if f.code == finding) if isinstance(finding, str) else finding
    refusal = why_not_acceptable(of, found)
    return f"{refusal.because}. {refusal.instead}" if refusal else ""


AT_CHANNEL = replace(DOUBT, item="HT.b", field="people")
WARNED = replace(DOUBT, severity=Severity.WARNING)
OF_FILE = Finding("NH03", Severity.ERROR, "năm khác", "Gửi lại biểu.", unit="A", at=CellRef("a.xlsx"))
WHOLE = "lỗi của cả tệp, không có số liệu để chấp nhận. Gửi lại biểu."


@pytest.mark.parametrize(
    ("table", "finding"),
    [
        ("A | T2 | 100 | 90", DOUBT),
        ("A | T2 | 100 | 90", replace(DOUBT, field="")),
        ("A | T2 | x | x", "SL06"),  # a warning, also where there is no figure
        ("A | T2 | 1 | 1", replace(WARNED, item="")),
        ("A | HT.b | 3 | 100", AT_CHANNEL),
        ("", replace(DOUBT, unit="")),
        ("", replace(DOUBT, item="")),
    ],
)
def test_what_leaves_a_figure_to_print_may_be_accepted(table: str, finding: Finding | str) -> None:
    assert why_not(table, finding) == ""


@pytest.mark.parametrize(
    ("table", "finding", "said"),
    [
        (
            "A | T2 | 100 | 90",
            replace(WARNED, code="QD05"),
            "đây là số để ngoài tổng hợp. Đưa lại vào: dvctt-report decide --undo",
        ),
        (
            "A | T2 | 100 | 90",
            replace(DOUBT, code="NH77", item="", field="", fix="Hỏi."),
            "phải quyết định tệp này là của đơn vị nào. Hỏi.",
        ),
        ("", OF_FILE, WHOLE),
        ("", replace(OF_FILE, code="NH42", at=CellRef("a.xlsx", "Bìa", "B4")), WHOLE),
    ],
)
def test_what_is_no_matter_of_accepting_a_figure_says_what_is(
    table: str, finding: Finding, said: str
) -> None:
    assert why_not(table, finding) == said


@pytest.mark.parametrize(
    ("table", "finding", "said"),
    [
        ("A | T2 | 100 | ...", DOUBT, "chưa có đủ số liệu"),
        ("A | T2 | 100 | 120", "SL02", "lớn hơn tổng số"),
        (
            "H | T1 | 30 | 20\nH/Xã Một | T1 | 10 | 12\nH/Xã Hai | T1 | 20 | 8",
            "SL02",
            "lớn hơn tổng số",
        ),
        ("A | HT.b | 3 | ?", AT_CHANNEL, "chưa có con số"),
        ("", replace(DOUBT, severity=Severity.INFO), "để biết"),
        ("", replace(DOUBT, state=FindingState.OVERRIDDEN), "đã được đính chính"),
        ("", replace(DOUBT, code="QD01"), "một đính chính"),
    ],
)
def test_what_leaves_nothing_to_print_or_waits_for_no_decision_is_refused(
    table: str, finding: Finding | str, said: str
) -> None:
    assert said in why_not(table, finding)


@pytest.mark.parametrize("row", ["100 | ?", "100 | ", "? | 90"])
def test_a_cell_without_a_figure_has_to_be_overridden(row: str) -> None:
    said = why_not(f"A | T2 | {row}", replace(DOUBT, field="done" if "100" in row else "total"))
    assert "chưa có con số dùng được" in said
    assert "dvctt-report decide --unit A --set" in said


def test_neither_of_a_total_and_its_details_that_contradict_each_other_is_picked() -> None:
    table = "H | T1 | 30 | 20\nH/Xã Một | T1 | 10 | 12\nH/Xã Hai | T1 | 24 | 8"
    own = dataset(table, with_communes()).observation("H", "T1", "total")
    assert own is not None
    message = "ô tổng ghi 30, cộng các ô chi tiết được 34"
    told = Finding("DL13", Severity.ERROR, message, unit="H", item="T1", field="total", at=own.at)
    said = why_not(table, told, with_communes())
    assert message in said
    assert 'dvctt-report decide --unit H --set "T1.total=30"' in said
    assert 'dvctt-report decide --unit H --set "T1.total@Cơ quan cấp huyện=SỐ"' in said


def test_the_remedy_at_a_detail_cell_names_the_detail() -> None:
    table = "H | T1 | 30 | 20\nH/Xã Một | T1 | 10 | 12\nH/Xã Hai | T1 | 20 | 8"
    assert 'decide --unit H --set "T1.done@Xã Một=SỐ"' in why_not(table, "SL02", with_communes())
    assert 'decide --unit A --set "T2.done=SỐ"' in why_not("A | T2 | 100 | 120", "SL02")
