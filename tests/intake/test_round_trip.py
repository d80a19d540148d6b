"""What a unit writes into its form is what is read, whatever harmless was done to the file in between."""

from __future__ import annotations

from datetime import date

import pytest
from openpyxl.workbook import Workbook as Book

from dvctt_report.files.cells import Workbook
from dvctt_report.files.container import read_workbook
from dvctt_report.forms.build import build_form
from dvctt_report.forms.form import COVER
from dvctt_report.forms.formulas import Answer
from dvctt_report.forms.layout import META_SHEET
from dvctt_report.intake.collect import read_return
from dvctt_report.intake.identity import identify
from dvctt_report.intake.locate import Located, locate
from dvctt_report.intake.read import read_answers
from dvctt_report.intake.sheets import AnswersRead
from dvctt_report.model import CellRef, Key, Observation, Return, ReturnStatus, State
from dvctt_report.model.period import Period
from tests.forms.fill import ONE_OF_EACH_GROUP, Expected, Filled, fill, real
from tests.intake.edits import opened, saved

SEEDS = range(3)


def said(observations: dict[Key, Observation]) -> Expected:
    """What was read, without how and where; of a rate only whether there is one."""
    return {key: (None if key.field == "rate" else o.value, o.state) for key, o in observations.items()}


def by_key(found: Return) -> dict[Key, Observation]:
    return {Key(o.item, o.field, o.part): o for o in found.observations}


def read_book(book: Workbook, filled: Filled) -> tuple[Located, AnswersRead]:
    """Read a workbook that was changed after its file had been read."""
    who = identify(book, real(), filled.period, CellRef("a.xlsx"))
    assert who.refusal is None
    assert who.unit == filled.unit
    items = {i.code: i for i in real().plan.items}
    located = locate(book, build_form(real(), filled.unit, filled.period), "a.xlsx", items)
    return located, read_answers(located, filled.unit.code, items, real().plan.words)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("code", ONE_OF_EACH_GROUP)
def test_a_filled_form_collects_as_it_was_filled_and_without_a_finding(code: str, seed: int) -> None:
    filled = fill(code, seed)

    found = read_return("a.xlsx", filled.data, real(), filled.period)

    assert [f.message for f in found.findings] == []
    assert (found.status, found.unit, found.period) == (ReturnStatus.EFFECTIVE, code, filled.period)
    assert said(by_key(found)) == filled.expected
    assert found.submission.control_code == found.submission.computed_code != ""
    assert found.submission.sent_on == filled.answers.get(Key(COVER, "sent_on"))
    for name in ("contact", "phone", "email", "document_number"):
        assert getattr(found.submission, name) == filled.answers.get(Key(COVER, name), "")


@pytest.mark.parametrize("code", ONE_OF_EACH_GROUP)
def test_a_blank_form_says_nothing_and_is_told_as_blank(code: str) -> None:
    year = ONE_OF_EACH_GROUP[code]
    blank = Filled(real().roster.unit(code), year, {})

    located, read = read_book(read_workbook(blank.data), blank)

    assert (located.missing, located.doubled, read.findings) == ((), (), [])
    assert {o.state for o in read.observations.values()} == {State.BLANK}
    assert read.submission.control_code == read.submission.computed_code == "0000"
    found = read_return("a.xlsx", blank.data, real(), year)
    assert (found.status, [f.code for f in found.findings]) == (ReturnStatus.REFUSED, ["NH12"])


def test_each_observation_knows_its_cell() -> None:
    filled = fill("SYT", 0)
    book = opened(filled.data)

    for key, observation in by_key(read_return("nhan-ve/a.xlsx", filled.data, real(), Period(2025))).items():
        at = observation.at
        assert at is not None
        assert at.file == "nhan-ve/a.xlsx"
        if key in filled.answers:
            content = book[at.sheet][at.cell].value
            assert (getattr(content, "date", lambda c=content: c))() == filled.answers[key]


def renamed(book: Book) -> Book:
    """Every sheet under another name and so named in the formulas that look into it, one of them moved."""
    book.move_sheet(book.worksheets[1], 2)
    names = {s.title: f"x {s.title}"[:31] for s in book.worksheets if s.title != META_SHEET}
    for cell in (cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row):
        for old, new in names.items() if cell.data_type == "f" else ():
            cell.value = cell.value.replace(f"'{old}'!", f"'{new}'!")
    for old, new in names.items():
        book[old].title = new
    return book


@pytest.mark.parametrize("code", ["SYT", "NHI", "X22759"])
def test_formulas_that_were_never_calculated_are_added_up_again_and_never_zero(code: str) -> None:
    """As a program leaves them that edits a workbook without calculating it."""
    filled = fill(code, 0)
    book = opened(filled.data)

    found = read_return("a.xlsx", saved(book if code == "X22759" else renamed(book)), real(), filled.period)

    assert [f.message for f in found.findings] == []
    no_rates = {k: (v, State.BLANK if k.field == "rate" else s) for k, (v, s) in filled.expected.items()}
    assert said(by_key(found)) == no_rates
    assert found.submission.control_code == ""


def test_lines_added_to_a_list_are_read() -> None:
    last_line: dict[Key, Answer] = {
        Key("VB", "number", "30"): "30/KH-SYT",
        Key("VB", "issued_on", "30"): date(2025, 3, 30),
    }
    filled = Filled(real().roster.unit("SYT"), Period(2025), last_line)
    book = opened(filled.data)
    sheet = book["05-B đánh giá, kiến nghị"]
    last = next(row[0].row for row in sheet.iter_rows(max_col=1) if row[0].value == "VB/30")
    for below in [area for area in sheet.merged_cells.ranges if area.min_row > last]:
        sheet.unmerge_cells(str(below))  # the library leaves them where they were, over the last line
    sheet.insert_rows(last)
    columns = {cell.value: cell.column for row in sheet.iter_rows() for cell in row}
    sheet.cell(last, columns["number"], "29a/KH-SYT")
    sheet.cell(last, columns["issued_on"], date(2025, 3, 29))

    found = read_return("a.xlsx", saved(book), real(), Period(2025))

    given = {o.value for o in found.observations if o.item == "VB" and o.state is State.GIVEN}
    assert given == {"29a/KH-SYT", date(2025, 3, 29), "30/KH-SYT", date(2025, 3, 30)}
    assert found.findings == ()
