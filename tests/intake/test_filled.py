"""Several files of one unit of which each fills in other tables: a choice that is open, and what each has."""

from __future__ import annotations

from datetime import date, datetime
from itertools import permutations

import pytest

from dvctt_report.forms.form import COVER
from dvctt_report.forms.formulas import Answers
from dvctt_report.intake.collect import read_return
from dvctt_report.intake.settle import settle
from dvctt_report.model import Choice, Decision, Entry, Key, Return, ReturnStatus
from dvctt_report.model.period import Period
from dvctt_report.year.dataset import Dataset
from tests.forms.fill import ONE_OF_EACH_GROUP, Filled, real
from tests.intake.edits import opened, saved

FIGURES: Answers = {Key("T1", "total"): 100, Key("T1", "done"): 90}
DOSSIERS: Answers = {Key("HS.T", name): 5 for name in ("received_total", "received_online")}
SURVEYED: Answers = {Key("KS.HT.chung", "valid"): 200, Key("KS.HT.chung", "satisfied"): 180}
SIGNED: Answers = {Key(COVER, "document_number"): "12/BC", Key(COVER, "sent_on"): date(2025, 11, 3)}
LATER: Answers = {**SIGNED, Key(COVER, "document_number"): "13/BC", Key(COVER, "sent_on"): date(2025, 11, 4)}


def form(*answers: Answers, unit: str = "SYT") -> bytes:
    typed = {k: v for part in answers for k, v in part.items()}
    return Filled(real().roster.unit(unit), ONE_OF_EACH_GROUP[unit], typed).data


def read(*files: bytes, period: Period = ONE_OF_EACH_GROUP["SYT"]) -> list[Return]:
    return [read_return(f"{n}.xlsx", data, real(), period) for n, data in enumerate(files, 1)]


def settled(*files: bytes) -> tuple[Return, ...]:
    return settle(read(*files), profile=real())


def asked(returns: tuple[Return, ...]) -> str:
    """The question that all files have, by the words of the first."""
    assert [(r.status, [f.code for f in r.findings]) for r in returns] == [
        (ReturnStatus.UNDECIDED, ["NH06"])
    ] * len(returns)
    return returns[0].findings[0].message


def value(returns: tuple[Return, ...], item: str, field: str) -> object:
    found = Dataset.build(real(), Period(2025), returns, date(2025, 12, 1)).observation("SYT", item, field)
    return found.value if found else None


def test_files_that_fill_in_different_sheets_wait_and_say_which() -> None:
    for order in permutations((form(FIGURES), form(DOSSIERS, SIGNED))):
        returns = settled(*order)
        first, second = ("01-A", "03") if order[0] == form(FIGURES) else ("03", "01-A")
        assert asked(returns).endswith(f"1.xlsx ghi Biểu {first}; 2.xlsx ghi Biểu {second}")
        assert "gửi một tệp ghi đủ" in returns[0].findings[0].fix
        assert (value(returns, "T1", "total"), value(returns, "HS.T", "received_total")) == (None, None)


def test_of_one_sheet_the_tables_are_named() -> None:
    unit, people = "X22759", {Key("HT.b", "people"): 7}
    period = ONE_OF_EACH_GROUP[unit]
    returns = settle(read(form(FIGURES, unit=unit), form(people, unit=unit), period=period), profile=real())
    assert asked(returns).endswith(
        "1.xlsx ghi “A. Số liệu”; 2.xlsx ghi “C. Hoạt động (không thực hiện thì để trống)”"
    )


def test_a_file_that_repeats_another_and_fills_in_more_waits_too() -> None:
    returns = settled(form(FIGURES), form(FIGURES, DOSSIERS))
    assert asked(returns).endswith("1.xlsx ghi Biểu 01-A; 2.xlsx ghi Biểu 01-A và Biểu 03")
    assert value(returns, "T1", "total") is None


@pytest.mark.parametrize(
    "other", [{**FIGURES, Key("T1", "done"): 91}, {Key("T2", "total"): 3, Key("T2", "done"): 3}]
)
def test_of_files_that_fill_in_the_same_sheet_no_sheet_is_named(other: Answers) -> None:
    returns = settled(form(FIGURES), form(other))
    assert "ghi Biểu" not in asked(returns)
    assert "sổ theo dõi" in returns[0].findings[0].fix


def test_a_sum_that_the_form_makes_fills_in_no_sheet_and_a_typed_one_does() -> None:
    """T12 on 01-A adds up the survey on sheet 04."""
    book = opened(form(DOSSIERS))
    sheet = book["01-A số liệu"]
    (row,) = [cell.row for cell in sheet["A"] if cell.value == "T12"]
    sheet.cell(row, 6).value, sheet.cell(row, 7).value = 300, 290
    returns = settle(read(form(SURVEYED), saved(book)), profile=real())
    assert returns[0].findings[0].message.endswith("1.xlsx ghi Biểu 04; 2.xlsx ghi Biểu 01-A và Biểu 03")


def test_a_later_document_that_leaves_whole_tables_blank_is_asked_about() -> None:
    returns = settled(form(FIGURES, DOSSIERS, SIGNED), form({**FIGURES, Key("T1", "done"): 95}, LATER))
    assert "tệp gửi sau (2.xlsx) để trống bảng mà tệp gửi trước có ghi" in asked(returns)
    assert asked(returns).endswith("2.xlsx ghi Biểu 01-A; 1.xlsx ghi Biểu 01-A và Biểu 03")
    assert value(returns, "T1", "done") is None


def test_a_later_document_that_fills_in_the_same_tables_takes_the_place() -> None:
    returns = settled(form(FIGURES, SIGNED), form({**FIGURES, Key("T1", "done"): 95}, DOSSIERS, LATER))

    assert [r.status for r in returns] == [ReturnStatus.SUPERSEDED, ReturnStatus.EFFECTIVE]
    assert value(returns, "T1", "done") == 95


def test_the_book_that_calls_them_one_document_doesnt_put_them_together() -> None:
    files = read(form(FIGURES, SIGNED), form(DOSSIERS, LATER))
    entries = [Entry("SYT", "12/BC", date(2025, 11, 3), file=f"{n}.xlsx") for n in (1, 2)]
    assert {r.status for r in settle(files, (), entries, profile=real())} == {ReturnStatus.UNDECIDED}


def test_the_same_answers_saved_by_another_program_count_once() -> None:
    data = form(FIGURES, SIGNED)
    again = saved(opened(data))
    assert again != data

    for order in ((data, again), (again, data)):
        returns = settled(*order)
        status = {n: r.status for n, r in zip(order, returns, strict=True)}
        assert status == {data: ReturnStatus.EFFECTIVE, again: ReturnStatus.DUPLICATE}
        assert value(returns, "T1", "total") == 100


def test_a_chosen_file_counts_alone() -> None:
    files = read(form(FIGURES), form(DOSSIERS))
    use = Decision(
        Choice.USE, "1.xlsx", files[0].sha256, "SYT", "", "lan", datetime(2025, 11, 20), (files[1].sha256,)
    )

    returns = settle(files, [use], profile=real())

    assert [r.status for r in returns] == [ReturnStatus.EFFECTIVE, ReturnStatus.SUPERSEDED]
    assert (value(returns, "T1", "total"), value(returns, "HS.T", "received_total")) == (100, None)
