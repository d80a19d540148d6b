"""What several files of one unit are to each other: dates and the officer decide, nothing else does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from itertools import permutations

from dvctt_report.forms.form import COVER
from dvctt_report.forms.formulas import Answers
from dvctt_report.intake.collect import read_return
from dvctt_report.intake.settle import comparisons, lost_returns, settle
from dvctt_report.model import (
    CellRef,
    Choice,
    Decision,
    Entry,
    Finding,
    Key,
    Observation,
    Return,
    ReturnStatus,
    Severity,
    State,
    Submission,
)
from dvctt_report.model.period import Period
from dvctt_report.year.dataset import Dataset
from tests.forms.fill import ONE_OF_EACH_GROUP, Filled, real
from tests.intake.edits import opened, saved
from tests.made import tabled


def returned(
    name: str, day: int = 0, done: int = 80, unit: str = "SYT", status: ReturnStatus = ReturnStatus.EFFECTIVE
) -> Return:
    """A file with two answers, sent on that day of November (0: undated)."""
    file = f"nhan-ve/2025/{name}.xlsx"
    answers = (
        Observation(unit, "T1", "total", 100, State.GIVEN, "100", at=CellRef(file, "01-A", "F14")),
        Observation(unit, "T1", "done", done, State.GIVEN, str(done), at=CellRef(file, "01-A", "G14")),
    )
    sent_on = date(2025, 11, day) if day else None
    return Return(
        file, f"{name}-bytes", status, unit, Period(2025), Submission(f"{name}/BC", sent_on), answers
    )


def use(chosen: Return, *over: Return) -> Decision:
    about, beaten = (chosen.file, chosen.sha256, chosen.unit), tuple(r.sha256 for r in over)
    return Decision(Choice.USE, *about, "", "lan", datetime(2025, 11, 20), beaten)


def reject(rejected: Return) -> Decision:
    about = (rejected.file, rejected.sha256, rejected.unit)
    return Decision(Choice.REJECT, *about, "đơn vị xin rút", "lan", datetime(2025, 11, 20))


A5, B12, C12 = returned("a", 5), returned("b", 12, done=85), returned("c", 12, done=90)
A, B = returned("a"), returned("b", done=85)


L13, U = returned("l", 13, done=95), returned("u", done=70)
SAVED = replace(A5, file="nhan-ve/2025/luu lai.xlsx", sha256="z-bytes")
COPY = replace(B, file="nhan-ve/2025/ban sao.xlsx")
BROKEN = replace(A, status=ReturnStatus.REFUSED, observations=())
OLD_OVER_NEW, NEW_OVER_OLD = replace(A5, file=B12.file), replace(B12, file=A5.file)
BY_FILE = [Entry("SYT", sent_on=date(2025, 11, n), file=f) for n, f in ((5, "A.xlsx"), (9, "b.xlsx"))]
BY_NUMBER = [Entry("SYT", "b/BC", date(2025, 11, 13))]


@tabled(("files", "decisions", "rows", "former", "outcome"))
def test_one_file_counts_for_a_unit_by_date_or_choice_whatever_the_order(
    files: list[Return], decisions: list[Decision], rows: list[Entry], former: list[Return], outcome: str
) -> None:
    for order in permutations(files):
        settled = settle(order, decisions, rows, former)
        told = (" ".join((r.sha256[0], r.status.value, *sorted(f.code for f in r.findings))) for r in settled)
        if "NH63" not in outcome or [*order] == files:
            assert ", ".join(sorted(told)) == outcome
        assert settle(order, decisions, rows, former) == settled


def test_what_took_the_place_says_of_what_and_which_cells_differ() -> None:
    settled = settle([A5, B12])
    (told,) = settled[1].findings
    (comparison,) = comparisons(settled)
    assert told.severity is Severity.INFO
    assert told.message == "thay cho tệp nhan-ve/2025/a.xlsx gửi ngày 05/11/2025: 1 ô thay đổi"
    assert (comparison.old.file, comparison.new.file) == (A5.file, B12.file)
    (changed,) = comparison.changes
    assert (changed.old, changed.new) == (A5.observations[1], B12.observations[1])


def test_a_cell_that_only_one_file_has_is_a_change_unless_it_is_empty() -> None:
    blank = Observation("SYT", "T9", "done", None, State.BLANK)
    said = Observation("SYT", "T2", "done", 3, State.GIVEN)
    longer = replace(B12, observations=(*A5.observations, blank, said))
    (comparison,) = comparisons(settle([A5, longer]))
    assert [(c.item, c.old, c.new) for c in comparison.changes] == [("T2", None, said)]


def test_a_rate_is_a_change_only_where_its_counts_are_none() -> None:
    def with_rate(received: Return, share: int) -> Return:
        rate = Observation("SYT", "T1", "rate", Decimal(share), State.GIVEN)
        return replace(received, observations=(*received.observations, rate))

    (counts_too,) = comparisons(settle([with_rate(A5, 80), with_rate(B12, 85)]))
    alone = replace(B12, observations=A5.observations)
    (rate_alone,) = comparisons(settle([with_rate(A5, 80), with_rate(alone, 85)]))
    assert [c.field for c in counts_too.changes] == ["done"]
    assert [c.field for c in rate_alone.changes] == ["rate"]


def test_what_was_decided_says_who_did_and_when() -> None:
    (chosen,) = settle([A, B], [use(A, B)])[1].findings
    (rejected,) = settle([A, B], [reject(B)])[1].findings
    by = "theo quyết định của lan ngày 20/11/2025"
    assert chosen.message == f"không dùng, vì đã chọn tệp nhan-ve/2025/a.xlsx {by}"
    assert rejected.severity is Severity.INFO
    assert f"{by}, lý do: đơn vị xin rút" in rejected.message
    assert settle([A], [reject(B)])[0].findings == ()
    warning = next(f for f in settle([OLD_OVER_NEW], former=[B12])[0].findings if f.code == "NH64")
    assert "decide b-bytes --use" in warning.fix


def lost(returns: list[Return], former: list[Return]) -> list[Finding]:
    return list(lost_returns(settle(returns, former=former), former))


def test_a_unit_whose_only_file_is_gone_is_named() -> None:
    (told,) = lost([], [A5])
    assert (told.code, told.unit, told.at) == ("NH65", "SYT", CellRef(A5.file))
    assert told.message.startswith("tệp đã nhận không còn trong thư mục nhận")
    damaged = replace(A5, sha256="other", unit="", status=ReturnStatus.REFUSED, observations=())
    (over,) = lost([damaged], [A5])
    assert over.message.startswith("tệp đã nhận bị thay nội dung (tệp cùng tên đứng ở đó)")
    assert lost([B12], [A5]) == []
    assert lost([], [replace(A5, status=ReturnStatus.REFUSED)]) == []


# ------------- several files of which each fills in other tables: a choice that is open, and what each has

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
    found = Dataset(real(), Period(2025), returns, date(2025, 12, 1)).observation("SYT", item, field)
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


def test_of_files_that_fill_in_the_same_sheet_no_sheet_is_named() -> None:
    for other in ({**FIGURES, Key("T1", "done"): 91}, {Key("T2", "total"): 3, Key("T2", "done"): 3}):
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
    # One that fills in the same tables takes the place.
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
