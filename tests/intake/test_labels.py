"""A form whose keys were lost is read by what is printed in it, and to the same figures."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dvctt_report.files.cells import CellKind, Sheet, Workbook
from dvctt_report.files.container import read_workbook
from dvctt_report.intake.collect import interpret, read_return
from dvctt_report.model import FieldRef, Return, ReturnStatus, State
from dvctt_report.plan.model import Task
from tests.forms.fill import ONE_OF_EACH_GROUP, Filled, fill, real
from tests.intake import edits as edit
from tests.intake.conftest import SHAPES
from tests.intake.edits import find, moved, on_forms, put, replaced, with_sheet, without_keys
from tests.intake.test_round_trip import by_key, said


def read(book: Workbook, filled: Filled, file: str = "a.xlsx") -> Return:
    return interpret(book, file, "hash", real(), filled.period)


@cache
def book(code: str, seed: int) -> Workbook:
    """The cells of a filled form; every edit makes others of them."""
    return read_workbook(fill(code, seed).data)


@cache
def bare(code: str, seed: int) -> Workbook:
    """The same without keys."""
    return without_keys(book(code, seed))


@cache
def unedited(code: str, seed: int, has_keys: bool = True) -> Return:
    """What is read of the filled form as it is, or without its keys."""
    return read((book if has_keys else bare)(code, seed), fill(code, seed))


def codes(found: Return) -> list[str]:
    return [f.code for f in found.findings]


def answers(found: Return) -> set[tuple[object, ...]]:
    """What was answered; lines of lists by what stands in them: blank lines need not come back.

    Not rates, nor the states of tasks that the form derives: as values they are typed.
    """
    answered: set[tuple[object, ...]] = set()
    for o in found.observations:
        item, is_line = real().plan.item(o.item), o.part[:1].isdigit()
        is_derived = isinstance(item, Task) and bool(item.derived_from) and o.field == "status"
        if not is_derived and not (is_line and o.state is State.BLANK):
            value = None if o.field == "rate" else o.value
            answered.add((o.item, o.field, "" if is_line else o.part, value, o.state))
    return answered


@pytest.mark.parametrize("skip", [0, 1, 2])
@pytest.mark.parametrize("code", SHAPES)
def test_sheets_copied_as_values_say_the_same_without_meta_and_hidden_columns(code: str, skip: int) -> None:
    filled = fill(code, 1)

    found = read_return("a.xlsx", edit.copied_as_values(filled.data, skip), real(), filled.period)

    assert set(codes(found)) <= {"NH40", "NH50"}
    assert "NH40" in codes(found)
    assert codes(found).count("NH50") == (skip > 0)
    assert (found.status, found.unit, found.period) == (ReturnStatus.EFFECTIVE, code, filled.period)
    assert answers(found) == answers(unedited(code, 1))
    assert found.submission.computed_code == found.submission.control_code


@pytest.mark.parametrize("code", ONE_OF_EACH_GROUP)
def test_what_is_seen_of_a_form_is_enough_to_read_it(code: str) -> None:
    found = unedited(code, 2, False)

    assert set(codes(found)) <= {"NH40", "NH50"}
    assert answers(found) == answers(unedited(code, 2))
    assert found.submission == unedited(code, 2).submission


def nfd(sheet: Sheet) -> Sheet:
    texts = {p: c for p, c in sheet.cells.items() if c.kind is CellKind.TEXT}
    apart = {p: unicodedata.normalize("NFD", c.raw) for p, c in texts.items()}
    changed = {p: c._replace(raw=apart[p], value=apart[p]) for p, c in texts.items()}
    return replace(sheet, cells={**sheet.cells, **changed})


def one_line(sheet: Sheet) -> Sheet:
    """Line breaks in cells turned to spaces, merges forgotten: what a web page or a .csv leaves."""
    cells = {p: c._replace(raw=" ".join(c.raw.split())) for p, c in sheet.cells.items()}
    return edit.restyled(replace(sheet, cells=cells))


@pytest.mark.parametrize("code", SHAPES)
def test_labels_lead_through_lost_line_breaks_and_merges(code: str) -> None:
    found = read(on_forms(bare(code, 3), one_line), fill(code, 3))

    assert set(codes(found)) <= {"NH40", "NH50"}
    # Answers typed over two lines lose their line breaks as well.
    assert answers(found) == {
        (*k[:3], " ".join(v.split()) if isinstance(v := k[3], str) else v, k[4])
        for k in answers(unedited(code, 3, False))
    }


EDITS: dict[str, Callable[[Workbook], Workbook]] = {
    "rows inserted": lambda book: on_forms(book, edit.rows_inserted),
    "columns inserted": lambda book: on_forms(book, edit.columns_inserted),
    "rows exchanged": lambda book: on_forms(book, edit.rows_exchanged),
    "restyled": lambda book: on_forms(book, edit.restyled),
    "renamed": edit.renamed,
    "reordered": edit.reordered,
    "in NFD": lambda book: on_forms(book, nfd),
    "draft added": lambda book: with_sheet(book, put(Sheet("nháp", "visible", {}), 1, 1, "tính thử")),
}


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(SHAPES), st.integers(0, 3), st.lists(st.sampled_from(sorted(EDITS)), max_size=4))
def test_any_sequence_of_harmless_edits_gives_the_same_observations(
    code: str, seed: int, edits: list[str]
) -> None:
    filled, edited = fill(code, seed), book(code, seed)
    expected = unedited(code, seed)

    for name in edits:
        edited = EDITS[name](edited)
    found = read(edited, filled)

    assert set(codes(found)) <= {"NH49"}
    assert said(by_key(found)) == said(by_key(expected)) == filled.expected
    assert replace(found.submission, readings=()) == replace(expected.submission, readings=())


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from(SHAPES), st.lists(st.sampled_from(sorted(EDITS.keys() - {"rows exchanged"})), max_size=3)
)
def test_any_sequence_of_harmless_edits_without_keys_gives_the_same_observations(
    code: str, edits: list[str]
) -> None:
    edited = bare(code, 1)

    for name in edits:
        edited = EDITS[name](edited)
    found = read(edited, fill(code, 1))

    assert set(codes(found)) <= {"NH40", "NH49", "NH50"}
    assert answers(found) == answers(unedited(code, 1, False))


def test_a_heading_edited_much_is_refused_by_its_name() -> None:
    found = read(replaced(bare("SYT", 1), "Đã thực hiện", "Kết quả", "01-A số liệu"), fill("SYT", 1))

    (lost,) = (f for f in found.findings if f.code == "NH09")
    assert lost.message == "tệp không còn cột “Đã thực hiện”"
    assert {FieldRef("T1", "done"), FieldRef("T2", "done")} <= set(lost.figures)


def test_a_heading_that_stands_twice_is_not_chosen_from() -> None:
    found = read(replaced(bare("SYT", 1), "Đã thực hiện", "Tổng số", "01-A số liệu"), fill("SYT", 1))

    assert not any(o.item == "T1" and o.field in ("total", "done") for o in found.observations)
    assert {f.code for f in found.findings} >= {"NH11", "NH09"}


def test_sums_and_numbers_of_columns_are_never_read_as_rows() -> None:
    filled, plain = fill("NHI", 1), bare("NHI", 1)
    sheet, row, column = find(plain, "Tổng cộng", "Chi tiết theo xã")
    twice = with_sheet(plain, moved(sheet, lambda r, c: (r + (r >= row), c)))
    sheet, row, column = find(twice, "Tổng cộng", "Chi tiết theo xã")
    columns = sorted(c for r, c in sheet.cells if r == row and c > column)
    for n, at in enumerate(columns):
        sheet = put(sheet, row - 1, at, 1000 + n)
    sheet = put(sheet, row - 1, column, "Cộng")

    found = read(with_sheet(twice, sheet), filled)

    assert set(codes(found)) == {"NH40", "NH50", "NH52"}  # a sum that belies its column is a question
    rows = {(o.item, o.part) for o in found.observations}
    assert rows == {(o.item, o.part) for o in unedited("NHI", 1, False).observations}
