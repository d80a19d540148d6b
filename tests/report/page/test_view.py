"""What the page shows is what the report says, of any state of a year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from math import ceil
from typing import Any

import pytest

from dvctt_report.model import (
    Acceptance,
    CellRef,
    Finding,
    FindingState,
    Return,
    ReturnStatus,
    Severity,
    State,
    Submission,
)
from dvctt_report.papers.page.view import BAR, MOST_UNITS
from dvctt_report.report.context import build_context
from dvctt_report.report.telling import Telling
from dvctt_report.year.year import Year
from tests.report.conftest import DATASET, FINDINGS, RETURNS, VOICE, build, full, returned, speaking
from tests.report.page.conftest import paged

FAULT = Finding(
    "SL02", Severity.ERROR, "số đã thực hiện lớn hơn tổng số", "Kiểm tra lại.", "SO1", "T1", "done"
)


def test_targets_and_returns_are_the_rows_of_the_report() -> None:
    accepted = Finding("SL06", Severity.WARNING, "chấp nhận", unit="VP", item="T1", field="done")
    kept = (*FINDINGS, FAULT, replace(accepted, state=FindingState.ACCEPTED, acceptance=ACCEPTANCE))
    report = build_context(Telling(Year(DATASET, kept), VOICE))
    page = paged(DATASET, kept)
    assert [(g.heading, tuple(line.row for line in g.rows)) for g in page.targets] == [
        (g.heading, g.rows) for g in report.tail.target_groups
    ]
    told = [(g.heading, [(r.number, r.unit, r.document, r.sent_on, r.status) for r in g.rows])
            for g in report.tail.return_groups]  # fmt: skip
    assert [(g.heading, [(r.number, r.unit, r.document, r.sent_on, r.status) for r in own])
            for g in page.units for own in [[one.row for one in g.rows]]] == told  # fmt: skip
    assert page.mark == "*"
    assert paged(DATASET, FINDINGS).mark == ""
    assert report.body.returns[0].startswith(page.sent.partition(" trong đó")[0])


ACCEPTANCE = Acceptance("SL06-1", "SO1", "x", "đúng", "5/SM", "A", datetime(2025, 11, 19))


def test_the_bar_is_cut_by_status_edge_to_edge() -> None:
    page = paged(DATASET, FINDINGS)
    assert [(p.status, p.n) for p in page.parts] == [
        ("on_time", "4"),
        ("late", "1"),
        ("paper", "0"),
        ("unusable", "0"),
        ("missing", "1"),
    ]
    at = 0
    for part in page.parts:
        assert part.x == at
        at += part.width
    assert at == BAR
    assert (page.n_sent, page.n_units, page.correcting) == ("5", "6", "1")


@pytest.mark.parametrize(
    ("as_of", "said"),
    [
        (datetime(2025, 11, 3, 8), "(còn 6 ngày)"),
        (datetime(2025, 11, 9, 8), "(hôm nay)"),
        (datetime(2025, 11, 20, 17), "(đã qua 11 ngày)"),
    ],
)
def test_the_deadline_is_told_with_the_days_left(as_of: datetime, said: str) -> None:
    page = paged(DATASET, own=speaking(as_of=as_of))
    assert page.deadline == f"trước ngày 10/11/2025; ngày cuối để gửi 09/11/2025, Chủ nhật {said}"


def test_units_are_named_even_where_the_report_names_none() -> None:
    page = paged(DATASET, own=speaking(naming="khong"))
    told = {one.row.unit: one.row.status for group in page.units for one in group.rows}
    assert (told["UBND huyện Tây"], told["Sở Hai và Ba"]) == ("Chưa gửi", "Sau thời hạn 03 ngày")


def test_a_year_before_the_first_return() -> None:
    page = paged(build(()))
    assert page.sent.endswith("chưa có cơ quan, đơn vị, địa phương nào trong tổng số 06 cơ quan, đơn vị, "
                              "địa phương gửi báo cáo.")  # fmt: skip
    assert (page.gaps, page.verdicts) == ((), ())
    assert {row.errors for group in page.units for row in group.rows} == {"x"}
    assert (page.refused, page.faults) == ((), ())


def test_what_is_open_is_counted_beside_its_unit() -> None:
    asked = replace(FAULT, severity=Severity.WARNING)
    done = replace(FAULT, state=FindingState.ACCEPTED, acceptance=ACCEPTANCE)
    page = paged(DATASET, (FAULT, asked, asked, done))
    counts = {row.row.unit: (row.errors, row.warnings) for group in page.units for row in group.rows}
    assert counts["Sở Một"] == ("1", "2")
    assert counts["UBND huyện Tây"] == ("x", "x")
    assert [(unit.heading, len(unit.rows)) for unit in page.faults] == [("Sở Một: 1 lỗi", 1)]


def test_an_error_is_told_with_place_words_and_remedy_and_without_personal_numbers() -> None:
    at = CellRef("nhan-ve/2025/SO1.xlsx", "01-A", "G77")
    wrote = replace(FAULT, field="", item="", at=at, value="hỏi chị Hà 0912345678")
    (unit,) = paged(DATASET, (wrote,)).faults
    ((place, _, written, why, remedy, *_),) = unit.rows
    assert place == "Biểu 01-A, ô G77"
    assert (why, remedy) == ("Số đã thực hiện lớn hơn tổng số.", "Kiểm tra lại.")
    assert "0912345678" not in written
    assert "chị Hà" in written


def refused(unit: str = "") -> tuple[Return, Finding]:
    file = "nhan-ve/2025/cu.xlsx"
    why = Finding(
        "NH03", Severity.ERROR, "biểu của năm 2024", "Gửi lại biểu năm 2025.", unit, at=CellRef(file)
    )
    return Return(file, "1" * 64, ReturnStatus.REFUSED, unit, findings=(why,)), why


def test_a_refused_file_is_told_once_with_its_reason() -> None:
    bad, fault = refused("H2")
    page = paged(build((*RETURNS, bad)), (fault,))
    ((unit, _, why, remedy),) = page.refused
    assert (unit, why, remedy) == ("UBND huyện Tây", "Biểu của năm 2024.", "Gửi lại biểu năm 2025.")
    assert page.faults == ()
    told = {r.row.unit: (r.status, r.errors) for group in page.units for r in group.rows}
    assert told["UBND huyện Tây"] == ("unusable", "1")


def test_a_refused_file_beside_a_good_one_and_one_of_nobody_are_told_apart() -> None:
    page = paged(build((*RETURNS, refused("SO1")[0], refused()[0])))
    assert [row[0] for row in page.refused] == ["Sở Một", "Chưa rõ đơn vị"]
    assert "đã có tệp khác" in page.refused[0][-1]
    assert page.refused[1][-1] == "Gửi lại biểu năm 2025."


def test_bars_are_as_long_as_what_is_lacking_and_most_people_come_first() -> None:
    page = paged(DATASET)
    lines = {line.row.number: line for line in page.targets[0].rows}
    missed = [bar for bar in page.gaps if bar.lacking]
    lacking = [Decimal(bar.lacking.removeprefix("còn ").replace(",", ".")) for bar in missed]
    short = [int(bar.said.removeprefix("thiếu ").split()[0].replace(".", "")) for bar in missed]
    assert page.gaps[: len(missed)] == tuple(missed)
    assert short == sorted(short, reverse=True)
    assert len(missed) > 1
    for bar, points in zip(missed, lacking, strict=True):
        assert bar.width == pytest.approx(float(100 * points / max(lacking)), abs=0.06)
    for bar in page.gaps:
        row = lines[bar.name.partition(".")[0]].row
        percent = row.rate if row.rate == "..." else f"{row.rate}%"
        assert bar.figure == f"{percent} (KH {row.goal})"
        assert bool(bar.lacking) == (bar.verdict == "missed")


def test_who_has_sent_nothing_is_named_by_kind() -> None:
    assert [*paged(build(RETURNS)).absent] == [("II. Địa phương", "UBND huyện Tây")]
    nobody = [name for _, names in paged(build(())).absent for name in names.split(" và ")]
    assert len(nobody) > 1


def test_the_matrix_holds_what_the_tables_by_unit_print() -> None:
    report = build_context(Telling(Year(DATASET, FINDINGS), VOICE))
    matrix = paged(DATASET, FINDINGS).matrix
    assert matrix is not None
    printed: dict[tuple[str, str], str] = {}
    for table in report.tail.unit_tables[: ceil(len(matrix.columns) / 4)]:
        for row in (row for row in table.rows if row.number):
            at = 0
            for column in table.columns:
                at += len(column.labels) or 1
                printed[row.name, column.name] = row.cells[at - 1]
    seen = {
        (row.name, column.name): cell.text
        for group in matrix.groups
        for row in group.rows
        for column, cell in zip(matrix.columns, row.cells, strict=True)
    }
    assert {key: text for key, text in seen.items() if key in printed} == {
        key: text for key, text in printed.items() if key in seen
    }
    assert len(printed.keys() & seen.keys()) > 20
    assert {seen[key] for key in seen.keys() - printed.keys()} <= {"x", "..."}


def test_a_cell_says_where_its_unit_stands() -> None:
    matrix = paged(DATASET).matrix
    assert matrix is not None
    for row in (row for group in matrix.groups for row in group.rows):
        states = [cell.state for cell in row.cells]
        told = not {"below", "met"}.isdisjoint(states)
        below = str(states.count("below")) if told else "..."
        assert (row.n_below, row.n_missing) == (below, str(states.count("none")))
        for cell in row.cells:
            assert (cell.order == "") == (cell.state in ("none", "apart")) == (cell.text in ("...", "-", "x"))
            if cell.order and cell.text[:1].isdigit():
                shown = float(cell.text.rstrip("*").replace(",", "."))
                assert float(cell.order) * 100 == pytest.approx(shown, abs=0.06)
    found = {cell.state for group in matrix.groups for row in group.rows for cell in row.cells}
    assert {state for state, _ in matrix.states} == found
    assert found >= {"met", "below", "none", "apart"}


def test_more_units_than_a_browser_sorts_have_no_matrix(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dvctt_report.papers.page.view.MOST_UNITS", len(DATASET.units) - 1)
    assert len(DATASET.units) < MOST_UNITS
    assert paged(DATASET).matrix is None


def test_what_may_still_change_is_told_where_it_may() -> None:
    some = [returned("VP", full(90, 90)), returned("SO1", full(10, 10))]
    known: dict[tuple[str, str], Any] = {("T4", "total"): 20, ("T4", "done"): State.UNREADABLE}
    page = paged(build([*some, returned("SO2", full(100, 85) | known)]))
    told = {line.row.code: (line.verdict, line.possible) for line in page.targets[0].rows}
    assert told["T1"] == ("missed", "")
    late = paged(build([*some, *(returned(u, full(100, 99) | known) for u in ("SO2", "H1", "H2"))]))
    told = {line.row.code: (line.verdict, line.possible) for line in late.targets[0].rows}
    assert told["T4"][0] == "insufficient"
    assert told["T4"][1] == "khi đủ số liệu: từ 62,5% đến 100%"
    assert {line.possible for group in paged(build(())).targets for line in group.rows} == {""}


def test_the_contact_is_that_of_the_return_and_else_of_the_roster() -> None:
    said = Submission("7/BC", date(2025, 11, 5), "Bà Hà", "0259 000 001")
    page = paged(build((replace(RETURNS[0], submission=said), *RETURNS[1:])))
    told = {row.row.unit: row.contact for group in page.units for row in group.rows}
    assert told["Văn phòng UBND tỉnh"] == "Bà Hà, 0259 000 001"
    assert told["UBND huyện Tây"] == "..."
