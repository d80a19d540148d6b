"""Forms sent out with figures of the systems in charge: what the unit's opinion makes of them."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from dvctt_report.dataset import Dataset
from dvctt_report.forms.formulas import Answer
from dvctt_report.forms.layout import META_SHEET
from dvctt_report.forms.prefill import AGREES, DISAGREES
from dvctt_report.forms.writer import form_bytes
from dvctt_report.intake.collect import read_return
from dvctt_report.model import Control, Finding, Observation, Return, ReturnStatus, Severity, State, Tally
from dvctt_report.period import Period
from dvctt_report.rules import check
from dvctt_report.summary import summarise
from tests.forms.fill import ONE_OF_EACH_GROUP, real
from tests.intake.returns import SAID, edited, key, observed
from tests.libreoffice import LibreOffice, unpaged

STAFF = ("T1", 120, None, "CSDL cán bộ", date(2025, 10, 31), "CV 1")
DOSSIERS = ("T10", 1500, 1200, "Hệ thống TTHC", date(2025, 10, 31), "CV 2")
COMMUNE = "X22759"
SHAPES = ("SYT", "NHI", COMMUNE)
REASON = "nghỉ việc 2 người chưa cập nhật"


def control(unit: str, item: str, total: int | None, done: int | None, *said: Any) -> Control:
    return Control(item, unit, total, done, *said)


def held(unit: str) -> tuple[Control, ...]:
    return control(unit, *STAFF), control(unit, *DOSSIERS)


def written(answers: Mapping[str, Answer], unit: str = "SYT") -> bytes:
    typed = SAID | {key(name): value for name, value in answers.items()}
    return form_bytes(real(), real().roster.unit(unit), ONE_OF_EACH_GROUP[unit], typed, held(unit))


def read(data: bytes, unit: str = "SYT") -> Return:
    return read_return(f"nhan-ve/{unit}.xlsx", data, real(), ONE_OF_EACH_GROUP[unit])


def collected(answers: Mapping[str, Answer], unit: str = "SYT") -> Return:
    return read(written(answers, unit), unit)


def about(found: Return, item: str = "T1") -> list[Finding]:
    """What is said about the prefilled figures of an item."""
    return [f for f in found.findings if f.code.startswith("DC1") and f.item == item]


def codes(found: Return, item: str = "T1") -> list[str]:
    return [f.code for f in about(found, item)]


def said(found: Return, name: str) -> tuple[object, State]:
    seen: Observation = observed(found, name)
    return seen.value, seen.state


def districts(total: int) -> dict[str, Answer]:
    """Every cell by commune of a district's staff, summing up to ``total``."""
    parts = real().roster.unit("NHI").parts
    numbers = [total - len(parts), *[1] * len(parts)]
    names = ("Cơ quan cấp huyện", *parts)
    return {f"T1.total@{n}": x for n, x in zip(names, numbers, strict=True)}


# ------------------------------------------------------------------------------------- agreement


def test_agreed_figures_are_the_units_answers_and_say_whose_they_were() -> None:
    found = collected({"T1.held_said": AGREES, "T1.done": 100}, COMMUNE)
    seen = observed(found, "T1.total")
    assert (seen.value, seen.state, seen.raw) == (120, State.GIVEN, "120")
    assert seen.reading == "thống nhất với số của CSDL cán bộ đến ngày 31/10/2025"
    assert seen.at is not None
    assert seen.at.sheet == "Biểu cấp xã"
    assert said(found, "T1.done") == (100, State.GIVEN)
    assert codes(found) == []


def test_both_figures_are_taken_where_the_system_knows_both() -> None:
    found = collected({"T10.held_said": AGREES}, COMMUNE)
    assert (said(found, "T10.total")[0], said(found, "T10.done")[0]) == (1500, 1200)
    assert codes(found, "T10") == []


@pytest.mark.parametrize("unit", SHAPES)
def test_a_figure_nobody_agreed_with_does_not_count_and_is_asked_about(unit: str) -> None:
    found = collected({"T2.total": 5, "T2.done": 5}, unit)
    for name in ("T1.total", "T10.total", "T10.done"):
        assert said(found, name) == (None, State.BLANK)
    (asked,) = about(found)
    assert (asked.code, asked.severity) == ("DC14", Severity.ERROR)
    assert "tổng số 120" in asked.message
    assert "chưa được tính" in asked.message
    assert AGREES in asked.fix
    assert asked.at is not None
    assert asked.at.cell


def test_an_opinion_in_other_words_is_a_question() -> None:
    found = collected({"T1.held_said": "cơ bản đồng ý"}, COMMUNE)
    assert said(found, "T1.total") == (None, State.BLANK)
    assert codes(found) == ["DC14"]
    assert "cơ bản đồng ý" in about(found)[0].message


def test_own_figures_without_an_opinion_are_not_used_and_named() -> None:
    found = collected({"T1.own_total": 118, "T1.own_said": REASON}, COMMUNE)
    assert said(found, "T1.total") == (None, State.BLANK)
    assert codes(found) == ["DC14"]
    assert '"118"' in about(found)[0].message


def test_a_form_in_which_nothing_was_filled_is_still_no_return() -> None:
    data = form_bytes(real(), real().roster.unit("SYT"), Period(2025), {}, held("SYT"))
    found = read(data)
    assert (found.status, [f.code for f in found.findings]) == (ReturnStatus.REFUSED, ["NH12"])


# ---------------------------------------------------------------------------------- disagreement


def test_the_units_own_figure_counts_and_both_stand_with_the_reason() -> None:
    answers: dict[str, Answer] = {"T1.held_said": DISAGREES, "T1.own_total": 118, "T1.own_said": REASON}
    found = collected(answers, COMMUNE)
    assert said(found, "T1.total") == (118, State.GIVEN)
    (told,) = about(found)
    assert (told.code, told.severity, told.field) == ("DC11", Severity.INFO, "total")
    assert "118" in told.message
    assert "120" in told.message
    assert REASON in told.message


def test_only_the_figure_that_differs_is_told() -> None:
    answers: dict[str, Answer] = {
        "T10.held_said": DISAGREES,
        "T10.own_total": 1500,
        "T10.own_done": 1100,
        "T10.own_said": REASON,
    }
    found = collected(answers, COMMUNE)
    assert [(f.code, f.field) for f in about(found, "T10")] == [("DC11", "done")]
    assert (said(found, "T10.total")[0], said(found, "T10.done")[0]) == (1500, 1100)


def test_without_a_reason_the_own_figure_counts_and_the_reason_is_asked() -> None:
    found = collected({"T1.held_said": DISAGREES, "T1.own_total": 118}, COMMUNE)
    assert said(found, "T1.total") == (118, State.GIVEN)
    (told,) = about(found)
    assert (told.code, told.severity) == ("DC12", Severity.WARNING)
    assert "lý do" in told.fix


def test_without_a_figure_there_is_none_and_it_is_asked() -> None:
    found = collected({"T1.held_said": DISAGREES, "T1.own_said": REASON}, COMMUNE)
    assert said(found, "T1.total") == (None, State.BLANK)
    (told,) = about(found)
    assert (told.code, told.severity, told.field) == ("DC13", Severity.ERROR, "total")
    assert "120" in told.message


def test_a_state_chosen_for_the_row_is_an_answer_too() -> None:
    answers = {
        "T10.held_said": DISAGREES, "T10.own_said": "không có hồ sơ", "T10.status": "Không phát sinh",
    }  # fmt: skip
    found = collected(answers, COMMUNE)
    assert said(found, "T10.total") == (None, State.NONE_ARISING)
    assert codes(found, "T10") == ["DC11", "DC11"]
    assert "Không phát sinh" in about(found, "T10")[0].message


def test_the_same_figure_after_all_is_to_be_confirmed() -> None:
    found = collected({"T1.held_said": DISAGREES, "T1.own_total": 120, "T1.own_said": REASON}, COMMUNE)
    assert said(found, "T1.total") == (120, State.GIVEN)
    assert codes(found) == ["DC18"]


def test_an_own_figure_that_is_no_number_is_no_figure() -> None:
    found = collected(
        {"T1.held_said": DISAGREES, "T1.own_total": "khoảng 118", "T1.own_said": REASON}, COMMUNE
    )
    assert said(found, "T1.total") == (None, State.UNREADABLE)
    assert ("DL01", "T1", "total") in [(f.code, f.item, f.field) for f in found.findings]
    assert codes(found) == []


# -------------------------------------------------------------------------------- contradictions


def test_agreement_beside_another_figure_is_neither() -> None:
    found = collected({"T1.held_said": AGREES, "T1.own_total": 118}, COMMUNE)
    assert said(found, "T1.total") == (None, State.UNREADABLE)
    assert codes(found) == ["DC15"]
    assert "118" in about(found)[0].message
    assert "120" in about(found)[0].message
    same = collected({"T1.held_said": AGREES, "T1.own_total": 120}, COMMUNE)
    assert (said(same, "T1.total"), codes(same)) == ((120, State.GIVEN), [])


def cell_of(book: Workbook, row: str, column: str) -> Any:
    """The cell of a row's and a column's hidden key."""
    for sheet in book:
        columns: dict[Any, int] = {}
        for cells in sheet.iter_rows():
            if str(cells[0].value or "").startswith("#"):
                columns = {c.value: c.column for c in cells[2:] if c.value}
            elif cells[0].value == row and column in columns:
                return sheet.cell(cells[0].row, columns[column])
    raise AssertionError(row)


def typed(row: str, column: str, value: object) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        cell_of(book, row, column).value = value

    return change


@pytest.mark.parametrize(("opinion", "code", "state"), [
    (AGREES, "DC16", State.UNREADABLE), (DISAGREES, "DC19", State.GIVEN),
])  # fmt: skip
def test_a_locked_figure_that_was_changed_is_told_with_both(opinion: str, code: str, state: State) -> None:
    own: dict[str, Answer] = {"T1.own_total": 118, "T1.own_said": REASON} if opinion == DISAGREES else {}
    data = written({"T1.held_said": opinion, **own}, COMMUNE)
    found = read(edited(data, typed("T1=held", "total", 110)), COMMUNE)
    (told,) = [f for f in about(found) if f.code == code]
    assert '"110"' in told.message
    assert "120" in told.message
    assert "120" in told.fix
    assert said(found, "T1.total")[1] is state
    assert code not in codes(read(data, COMMUNE))


def test_a_locked_figure_that_was_cleared_is_a_changed_one() -> None:
    data = edited(written({"T1.held_said": AGREES}, COMMUNE), typed("T1=held", "total", None))
    assert codes(read(data, COMMUNE)) == ["DC16"]


def test_a_number_typed_over_the_targets_own_cell_is_no_answer() -> None:
    data = written({"T1.held_said": AGREES}, COMMUNE)
    found = read(edited(data, typed("T1", "total", 99)), COMMUNE)
    assert (codes(found), said(found, "T1.total")[1]) == (["DC15"], State.UNREADABLE)
    assert codes(read(edited(data, typed("T1", "total", 120)), COMMUNE)) == []


def test_a_formula_that_was_never_calculated_is_no_matter() -> None:
    found = read(edited(written({"T1.held_said": AGREES, "T1.done": 90}, COMMUNE), lambda _: None), COMMUNE)
    assert said(found, "T1.total") == (120, State.GIVEN)
    assert [f for f in found.findings if f.item == "T1"] == []


# ------------------------------------------------------------------------------------------ sums


def test_a_districts_agreed_figure_counts_for_the_whole_where_no_commune_is_filled_in() -> None:
    found = collected({"T1.held_said": AGREES}, "NHI")
    assert (said(found, "T1.total"), codes(found)) == ((120, State.GIVEN), [])


def test_what_a_district_agrees_with_has_to_be_the_sum_of_its_communes() -> None:
    same = collected({"T1.held_said": AGREES, **districts(120)}, "NHI")
    assert (said(same, "T1.total"), codes(same)) == ((120, State.GIVEN), [])
    other = collected({"T1.held_said": AGREES, **districts(115)}, "NHI")
    (told,) = about(other)
    assert (told.code, told.severity, told.field) == ("DC15", Severity.ERROR, "total")
    assert "120" in told.message
    assert "115" in told.message


def test_a_district_that_does_not_agree_says_its_figure_by_communes() -> None:
    found = collected({"T1.held_said": DISAGREES, "T1.own_said": REASON, **districts(115)}, "NHI")
    assert (said(found, "T1.total"), codes(found)) == ((115, State.GIVEN), ["DC11"])
    silent = collected({"T1.held_said": DISAGREES, "T1.own_said": REASON}, "NHI")
    assert said(silent, "T1.total") == (None, State.BLANK)


def test_a_districts_sum_counts_without_an_opinion_which_is_asked_all_the_same() -> None:
    found = collected(districts(120), "NHI")
    assert said(found, "T1.total") == (120, State.GIVEN)
    assert [(f.code, f.severity) for f in about(found)] == [("DC17", Severity.WARNING)]


# ----------------------------------------------------------------------- with rules and summary


def year_of(found: Return, *controls: Control) -> Dataset:
    period = ONE_OF_EACH_GROUP[found.unit]
    return Dataset.build(real(), period, [found], date(period.year, 11, 9), controls=controls)


def asked_about(found: Return, item: str, *controls: Control) -> list[str]:
    of = year_of(found, *controls)
    return [f.code for f in (*found.findings, *check(of)) if f.unit == found.unit and f.item == item]


def tally(found: Return, item: str) -> Tally | None:
    of = year_of(found)
    results = summarise(of, (*found.findings, *check(of))).results
    given = next(r for r in results if r.item == item).contributions
    return next(c.tally for c in given if c.unit == found.unit)


def test_the_summary_counts_what_was_agreed_and_nothing_else() -> None:
    assert tally(collected({"T10.held_said": AGREES}, COMMUNE), "T10") == Tally(1200, 1500)
    assert tally(collected({"T1.done": 100}, COMMUNE), "T10") is None
    own: dict[str, Answer] = {
        "T10.held_said": DISAGREES,
        "T10.own_total": 1400,
        "T10.own_done": 1100,
        "T10.own_said": REASON,
    }
    assert tally(collected(own, COMMUNE), "T10") == Tally(1100, 1400)


def test_a_row_that_waits_for_an_opinion_is_asked_about_once() -> None:
    blank = collected({"T2.total": 5, "T2.done": 5}, COMMUNE)
    assert asked_about(blank, "T10") == ["DC14"]
    assert asked_about(collected({"T1.done": 100}, COMMUNE), "T1") == ["DC14"]
    assert "SL01" in asked_about(collected({"T1.held_said": AGREES}, COMMUNE), "T1")


def test_a_difference_the_unit_has_explained_is_not_asked_again() -> None:
    own: dict[str, Answer] = {
        "T1.held_said": DISAGREES,
        "T1.own_total": 118,
        "T1.own_said": REASON,
        "T1.done": 118,
    }
    found = collected(own, COMMUNE)
    sent = control(COMMUNE, *STAFF)
    assert asked_about(found, "T1", sent) == ["DC11"]
    later = Control("T1", COMMUNE, 125, None, "CSDL cán bộ", date(2025, 11, 5), "CV 9")
    assert asked_about(found, "T1", later) == ["DC11", "DC10"]


# -------------------------------------------------------------------------------- other programs


def test_a_prefilled_form_says_so_on_its_hidden_sheet_and_others_do_not() -> None:
    rows = [r[0].value for r in openpyxl.load_workbook(io.BytesIO(written({})))[META_SHEET].iter_rows()]
    plain = form_bytes(real(), real().roster.unit("SYT"), Period(2025), {})
    others = [r[0].value for r in openpyxl.load_workbook(io.BytesIO(plain))[META_SHEET].iter_rows()]
    assert rows == [*others, "held.T1", "held.T10"]


FULL: dict[str, dict[str, Answer]] = {
    "SYT": {
        "T1.held_said": AGREES, "T1.done": 100, "T10.held_said": DISAGREES, "T10.own_done": 900,
        "T10.own_said": REASON, "HS.T.resolved_total": 1480,
    },
    "NHI": {"T1.held_said": AGREES, "T10.held_said": AGREES, "HS.H.resolved_total": 1500, **districts(120)},
    COMMUNE: {
        "T1.held_said": DISAGREES, "T1.own_total": 118, "T1.own_said": REASON, "T1.done": 100,
        "T10.held_said": AGREES,
    },
}  # fmt: skip


@pytest.mark.parametrize("kind", ["xlsx", "xls"])
def test_a_form_saved_by_libreoffice_says_the_same_and_has_the_same_control_code(
    tmp_path: Path, kind: str, libreoffice: LibreOffice
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for unit, answers in FULL.items():
        (folder / f"{unit}.xlsx").write_bytes(unpaged(written(answers, unit)))
    libreoffice.convert(folder.iterdir(), kind, tmp_path)
    for unit, answers in FULL.items():
        before, after = collected(answers, unit), read((tmp_path / f"{unit}.{kind}").read_bytes(), unit)
        for item in ("T1", "T10"):
            assert codes(after, item) == codes(before, item)
            for field in ("total", "done"):
                assert said(after, f"{item}.{field}") == said(before, f"{item}.{field}")
        code = before.submission.control_code
        assert (before.submission.computed_code, after.submission.computed_code) == (code, code)
        assert kind == "xls" or after.submission.control_code == code
