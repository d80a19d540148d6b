"""Several files of one unit: parts of one return, the same again, or a choice that is open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from itertools import permutations

from dvctt_report.dataset import Dataset
from dvctt_report.forms.form import COVER
from dvctt_report.forms.formulas import Answers, sums_of
from dvctt_report.intake.collect import read_return
from dvctt_report.intake.settle import settle
from dvctt_report.model import Choice, Decision, Entry, Key, Observation, Return, ReturnStatus, State
from dvctt_report.period import Period
from tests.forms.fill import Filled, fill, real
from tests.intake.edits import copied_as_values, opened, saved

FIGURES: Answers = {Key("T1", "total"): 100, Key("T1", "done"): 90}
DOSSIERS: Answers = {Key("HS.T", name): 5 for name in ("received_total", "received_online")}
SIGNED: Answers = {Key(COVER, "document_number"): "12/BC", Key(COVER, "sent_on"): date(2025, 11, 3)}


def form(*answers: Answers) -> bytes:
    typed = {k: v for part in answers for k, v in part.items()}
    return Filled(real().roster.unit("SYT"), Period(2025), typed).data


def settled(*files: bytes) -> tuple[Return, ...]:
    read = [read_return(f"{n}.xlsx", data, real(), Period(2025)) for n, data in enumerate(files, 1)]
    return settle(read, profile=real())


def told(returns: tuple[Return, ...]) -> list[tuple[ReturnStatus, list[str]]]:
    return [(r.status, [f.code for f in r.findings]) for r in returns]


def value(returns: tuple[Return, ...], item: str, field: str) -> object:
    found = Dataset.build(real(), Period(2025), returns, date(2025, 12, 1)).observation("SYT", item, field)
    return found.value if found else None


def test_files_that_fill_in_different_tables_are_one_return() -> None:
    returns = settled(form(FIGURES), form(DOSSIERS, SIGNED))

    assert told(returns) == [(ReturnStatus.EFFECTIVE, ["NH55"])] * 2
    assert returns[0].findings[0].related[0].file == "2.xlsx"
    assert (value(returns, "T1", "total"), value(returns, "HS.T", "received_total")) == (100, 5)
    joined = Dataset.build(real(), Period(2025), returns, date(2025, 12, 1)).effective("SYT")
    assert joined is not None
    assert (joined.file, joined.submission.document_number) == ("1.xlsx", "12/BC")


def test_files_that_differ_in_a_table_wait_for_a_choice() -> None:
    returns = settled(form(FIGURES), form({**FIGURES, Key("T1", "done"): 91}))

    assert told(returns) == [(ReturnStatus.UNDECIDED, ["NH06"])] * 2
    assert value(returns, "T1", "total") is None


def test_a_table_filled_in_half_by_each_file_waits_for_a_choice() -> None:
    returns = settled(form(FIGURES), form({Key("T2", "total"): 3, Key("T2", "done"): 3}))

    assert [r.status for r in returns] == [ReturnStatus.UNDECIDED] * 2


def test_parts_of_two_documents_are_no_parts() -> None:
    numbered = settled(
        form(FIGURES, SIGNED), form(DOSSIERS, {**SIGNED, Key(COVER, "document_number"): "13/BC"})
    )
    dated = settled(
        form(FIGURES, SIGNED), form(DOSSIERS, {**SIGNED, Key(COVER, "sent_on"): date(2025, 11, 4)})
    )

    assert [r.status for r in numbered] == [ReturnStatus.UNDECIDED] * 2
    assert told(dated) == [(ReturnStatus.UNDECIDED, ["NH06"])] * 2


LATER: Answers = {**SIGNED, Key(COVER, "document_number"): "13/BC", Key(COVER, "sent_on"): date(2025, 11, 4)}


def test_a_later_document_that_leaves_whole_tables_blank_is_asked_about() -> None:
    earlier, later = form(FIGURES, DOSSIERS, SIGNED), form({**FIGURES, Key("T1", "done"): 95}, LATER)

    returns = settled(earlier, later)

    assert told(returns) == [(ReturnStatus.UNDECIDED, ["NH06"])] * 2
    assert "để trống Biểu 03" in returns[0].findings[0].message
    assert value(returns, "T1", "done") is None


def test_a_later_document_that_fills_in_the_same_tables_takes_the_place() -> None:
    returns = settled(form(FIGURES, SIGNED), form({**FIGURES, Key("T1", "done"): 95}, DOSSIERS, LATER))

    assert [r.status for r in returns] == [ReturnStatus.SUPERSEDED, ReturnStatus.EFFECTIVE]
    assert value(returns, "T1", "done") == 95


def test_parts_sent_on_two_days_are_one_return_once_the_book_says_one_document() -> None:
    files = [
        read_return(f"{n}.xlsx", data, real(), Period(2025))
        for n, data in enumerate((form(FIGURES, SIGNED), form(DOSSIERS, LATER)), 1)
    ]
    entries = [Entry("SYT", "12/BC", date(2025, 11, 3), file=f"{n}.xlsx") for n in (1, 2)]

    returns = settle(files, (), entries, profile=real())

    assert {r.status for r in returns} == {ReturnStatus.EFFECTIVE}
    assert (value(returns, "T1", "total"), value(returns, "HS.T", "received_total")) == (100, 5)


def test_the_same_answers_saved_by_another_program_count_once() -> None:
    data = form(FIGURES, SIGNED)
    again = saved(opened(data))
    assert again != data

    returns = settled(data, again)

    assert {r.status for r in returns} <= {ReturnStatus.EFFECTIVE, ReturnStatus.DUPLICATE}
    assert value(returns, "T1", "total") == 100


def test_a_chosen_file_counts_alone() -> None:
    files = [
        read_return(f"{n}.xlsx", d, real(), Period(2025))
        for n, d in enumerate((form(FIGURES), form(DOSSIERS)))
    ]
    use = Decision(
        Choice.USE, "0.xlsx", files[0].sha256, "SYT", "", "lan", datetime(2025, 11, 20), (files[1].sha256,)
    )

    returns = settle(files, [use], profile=real())

    assert [r.status for r in returns] == [ReturnStatus.EFFECTIVE, ReturnStatus.SUPERSEDED]
    assert value(returns, "HS.T", "received_total") is None


def test_a_repeated_table_that_says_the_same_does_not_hinder() -> None:
    returns = settled(form(FIGURES), form(FIGURES, DOSSIERS))

    assert [r.status for r in returns] == [ReturnStatus.EFFECTIVE] * 2
    assert value(returns, "T1", "total") == 100


def test_one_contradiction_leaves_all_open() -> None:
    files = (form(FIGURES), form(DOSSIERS), form({**FIGURES, Key("T1", "total"): 99}))

    assert {r.status for r in settled(*files)} == {ReturnStatus.UNDECIDED}


def test_the_order_of_parts_changes_no_figure() -> None:
    files = (form(FIGURES, SIGNED), form(DOSSIERS), form({Key("DG.hanche", "text"): "Thiếu kinh phí"}))
    wanted = {(o.item, o.field): o.value for o in joined(settled(*files))}

    for order in permutations(files):
        assert {(o.item, o.field): o.value for o in joined(settled(*order))} == wanted


def joined(returns: tuple[Return, ...]) -> Sequence[Observation]:
    found = Dataset.build(real(), Period(2025), returns, date(2025, 12, 1)).effective("SYT")
    assert found is not None
    return found.observations


def only(data: bytes, *sheets: str) -> bytes:
    book = opened(data)
    for sheet in book.worksheets:
        if sheet.title not in sheets:
            book.remove(sheet)
    return saved(book)


def test_sheets_sent_one_by_one_are_one_return_without_missing_tables() -> None:
    filled = fill("SYT", 1)
    values = copied_as_values(filled.data)
    names = [s.title for s in opened(values).worksheets]
    whole = settle([read_return("a.xlsx", values, real(), Period(2025))], profile=real())

    returns = settled(*(only(values, "Bìa", name) for name in names if name != "Bìa"))

    assert {r.status for r in returns} == {ReturnStatus.EFFECTIVE}
    assert {f.code for r in returns for f in r.findings} - {"NH87"} == {"NH40", "NH55"}
    assert typed(joined(returns)) == typed(joined(whole))


def typed(observations: Sequence[Observation]) -> dict[Key, tuple[object, State]]:
    """What was answered, without the cells that sum up others: these may stand in another part."""
    told = {Key(o.item, o.field, o.part): (o.value, o.state) for o in observations}
    sums = sums_of(told, {i.code: i for i in real().plan.items})
    return {key: said for key, said in told.items() if key not in sums and key.field != "rate"}


def test_a_table_that_no_part_has_is_told_once() -> None:
    values = copied_as_values(form(FIGURES, DOSSIERS))
    parts = (only(values, "Bìa", "01-A số liệu"), only(values, "Bìa", "03 hồ sơ TTHC"))

    returns = settled(*parts)

    lost = [f.value for r in returns for f in r.findings if f.code == "NH09"]
    assert len(lost) == len(set(lost)) > 0
    assert not {"#a", "#dossiers", "#cover"} & set(lost)


SURVEYED: Answers = {Key("KS.HT.chung", "valid"): 200, Key("KS.HT.chung", "satisfied"): 180}


def with_totals(data: bytes, total: int, done: int) -> bytes:
    """Type two numbers over the formulas of T12, which is summed from the survey on another sheet."""
    book = opened(data)
    sheet = book["01-A số liệu"]
    (row,) = [cell.row for cell in sheet["A"] if cell.value == "T12"]
    sheet.cell(row, 6).value, sheet.cell(row, 7).value = total, done
    return saved(book)


def test_a_sum_typed_in_one_part_has_to_agree_with_its_cells_in_another() -> None:
    files = (form(SURVEYED), with_totals(form(FIGURES), 300, 290))

    for order in permutations(files):
        returns = settled(*order)
        assert (value(returns, "T12", "total"), value(returns, "T12", "done")) == (300, 290)
        findings = [f for r in returns for f in r.findings if f.code == "DL13"]
        assert [(f.item, f.field) for f in findings] == [("T12", "total"), ("T12", "done")]
        assert {f.at.file for f in findings if f.at} == {f"{order.index(files[1]) + 1}.xlsx"}
        assert findings[0].message == "ô tổng ghi 300, cộng các ô chi tiết được 200"


def test_a_sum_typed_in_one_part_that_agrees_with_its_cells_is_silent() -> None:
    for order in permutations((form(SURVEYED), with_totals(form(FIGURES), 200, 180))):
        returns = settled(*order)
        assert value(returns, "T12", "total") == 200
        assert told(returns) == [(ReturnStatus.EFFECTIVE, ["NH55"])] * 2


def test_parts_that_type_different_sums_without_any_cell_beneath_wait_for_a_choice() -> None:
    files = (with_totals(form(FIGURES), 300, 290), with_totals(form(FIGURES, DOSSIERS), 310, 290))

    assert {r.status for r in settled(*files)} == {ReturnStatus.UNDECIDED}
