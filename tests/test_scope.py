"""What is said to be out is out: by where an edited text stands in the form, whatever the finding says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date, datetime
from functools import cache
from typing import NamedTuple

import pytest

from dvctt_report.consolidated.workbook import opinions_table
from dvctt_report.decide.decisions import Grounds, figure_left_out
from dvctt_report.files.cells import Workbook, address
from dvctt_report.files.container import read_workbook
from dvctt_report.forms.build import build_form
from dvctt_report.forms.form import COVER, LIST, Form, Role
from dvctt_report.forms.formulas import Answer
from dvctt_report.forms.layout import PlacedSheet, PlacedTable, PrintedText, Purpose, place, printed_around
from dvctt_report.forms.writer import form_bytes
from dvctt_report.intake.collect import interpret
from dvctt_report.intake.reading import format_answer
from dvctt_report.model import (
    Finding,
    FindingState,
    Key,
    LeftOut,
    Observation,
    Result,
    Return,
    Severity,
    finding_id,
)
from dvctt_report.plan.model import Listing
from dvctt_report.report.decided import left_out_figures
from dvctt_report.report.figures import collect_figures, issued_documents
from dvctt_report.report.final import data_obstacles
from dvctt_report.text.vietnamese import clean_text, first_letter_capital
from dvctt_report.text.vietnamese import key as key_of
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.left_out import leave_out, set_aside
from dvctt_report.year.year import Year
from tests.forms.fill import ONE_OF_EACH_GROUP, cells, field_of, real, sources
from tests.forms.test_joint import communes, filled
from tests.intake.edits import put, with_sheet
from tests.shipped import shipped_phrases

JOINT = "cấp xã, biểu chung"
KINDS = (*ONE_OF_EACH_GROUP, JOINT)
OTHER_PERIOD = " – số liệu quý I năm 2019"
GROUNDS = Grounds("Nguyễn Văn A", datetime(2025, 11, 20), "Đơn vị chưa chỉnh lý", "", "")
WHOLE = ("cover", "sign")


class Text(NamedTuple):
    """A printed text: its place counted from 1, and what it speaks for; ``out`` None for the whole return."""

    sheet: str
    row: int
    column: int
    text: str
    out: frozenset[Key] | None


@cache
def sent(kind: str) -> tuple[str, Workbook]:
    """A unit and its form with every cell filled in."""
    if kind == JOINT:
        unit, period = communes()[0], ONE_OF_EACH_GROUP["X22759"]
        answers = {f"{k.item}.{k.field}": a for k, a in _answers("X22759").items()}
        return unit.code, read_workbook(filled(answers, unit.name))
    unit, period = real().roster.unit(kind), ONE_OF_EACH_GROUP[kind]
    return kind, read_workbook(form_bytes(real(), unit, period, _answers(kind)))


def _answers(code: str) -> dict[Key, Answer]:
    unit, period = real().roster.unit(code), ONE_OF_EACH_GROUP[code]
    keys, given = cells(unit, period), dict[Key, Answer]()
    lists = {item.code for item in real().plan.items if isinstance(item, Listing)}
    for key in keys:
        spec = field_of(key)
        if spec is None or spec.kind == "percent" or sources(key, keys) or spec.code == "control_code":
            continue
        if key.item in lists and key.part not in ("1", "2"):
            continue
        number: Answer = 3 if spec.code in ("done", "satisfied") or "online" in spec.code else 8
        given[key] = {
            "count": number,
            "money": 5_000_000,
            "tick": "x",
            "date": date(period.year, 11, 5),
            "yes_no": "Có",
            "choice": spec.choices[0] if spec.choices else "",
        }.get(spec.kind, f"1{key.part}/KH-{code}" if spec.code == "number" else "Đã phổ biến tại hội nghị")
        if key.item == COVER and spec.kind != "date":
            del given[key]
    return given


def form_of(kind: str) -> Form:
    unit = real().roster.unit(sent(kind)[0])
    return build_form(real(), unit, ONE_OF_EACH_GROUP["X22759" if kind == JOINT else kind])


def texts(kind: str) -> Iterator[Text]:
    """Every printed text of the form that none before it has; of rows in a table the first and the last."""
    unit, form = real().roster.unit(sent(kind)[0]), form_of(kind)
    before = [form_of(other) for other in KINDS[: KINDS.index(kind)] if kind != JOINT]
    known = {table.id: table for other in before for sheet in other.sheets for table in sheet.tables}
    for sheet in place(form):
        if all(known.get(t.table.id) == t.table for t in sheet.tables):
            continue
        for one in printed_around(sheet, form, real(), unit):
            if kind == JOINT:  # its last lines stand elsewhere, one of them in other words
                one = _found(kind, sheet.sheet.name, one)
            if one.row and one.kind not in (Purpose.CLAIM, Purpose.NAME):  # whose it is, settled elsewhere
                own = [t for t in sheet.tables if one.table in ("", t.table.id)]
                yield Text(sheet.sheet.name, one.row, one.column, one.text, _of(own))
        for table in sheet.tables:
            if known.get(table.table.id) != table.table:
                yield from _of_table(sheet, table)


def _found(kind: str, name: str, printed: PrintedText) -> PrintedText:
    """The text where it stands; in row 0 where it doesn't."""
    sheet = sent(kind)[1].sheet(name)
    assert sheet is not None
    places = (p for p, cell in sheet.cells.items() if key_of(cell.raw) == key_of(printed.text))
    row, column = next(places, (0, 0))
    return printed._replace(row=row, column=column)


def _of(tables: list[PlacedTable]) -> frozenset[Key] | None:
    if any(t.table.id in WHOLE for t in tables):
        return None
    return frozenset(key for t in tables for *_, key in t.answers())


def _of_table(sheet: PlacedSheet, table: PlacedTable) -> Iterator[Text]:
    whole = table.table.id in WHOLE
    labels = [c for c in table.columns if c.column.role is Role.LABEL]
    keyed = [(at, row) for at, _, row in table.rows if row.key]
    for at, row in () if table.table.id.startswith(LIST) else (*keyed[:1], *keyed[-1:]):
        own = frozenset(key for r, _, _, key in table.answers() if r == at)
        for column, text in zip(labels, row.labels, strict=True):
            if text and column.column.key != "stt" and own:
                yield Text(sheet.sheet.name, at + 1, column.at + 1, text, None if whole else own)
    if not table.table.bare:
        for column in table.columns:
            own = frozenset(key for _, key in table.answers_in(column))
            if own:
                header = table.header_at + (table.n_header_rows if column.column.group else 1)
                yield Text(
                    sheet.sheet.name, header, column.at + 1, column.column.header, None if whole else own
                )


def edited(kind: str, text: Text) -> Return:
    """The return after the text was made one of another period."""
    unit, book = sent(kind)
    sheet = book.sheet(text.sheet)
    assert sheet is not None
    assert key_of(sheet.cells[text.row, text.column].raw) == key_of(text.text), text
    changed = with_sheet(book, put(sheet, text.row, text.column, text.text + OTHER_PERIOD))
    period = ONE_OF_EACH_GROUP["X22759" if kind == JOINT else unit]
    return interpret(changed, "a.xlsx", "hash", real(), period)


def year_of(received: Return, *left_out: LeftOut) -> Year:
    """The year with this return alone, as a command lays it out, without the rules."""
    assert received.period is not None
    returns = set_aside((received,), left_out, ())
    dataset = Dataset(real(), received.period, returns, date(2026, 12, 1), left_out=left_out)
    names = {one.finding for one in left_out}
    found = tuple(
        replace(f, state=FindingState.LEFT_OUT) if finding_id(f) in names else f for f in returns[0].findings
    )
    return Year(dataset, found)


def used(year: Year) -> set[Key]:
    """The cells in a result, a sum, a count, the state of a task, and those summed there."""
    seen: set[Key] = set()
    for result in year.summary.results:
        seen.update(_of_result(year, result))
    observations: list[Observation] = [o for total in year.summary.totals for o in total.contributions]
    observations += [o for estimate in year.summary.estimates for o in estimate.observations]
    observations += [o for task in year.summary.tasks for o in task.observations]
    observations += [o for figure in collect_figures(year).all() for o in figure.observations]
    observations += [o for one in issued_documents(year) for o in one.cells]
    return seen | {o.key for o in observations}


def _of_result(year: Year, result: Result) -> Iterator[Key]:
    target = year.profile.plan.targets_by_code.get(result.item)
    for c in result.contributions:
        if c.known_denominator is not None and target is not None:
            yield Key(target.code, "total")
            yield from (Key(item, name) for item, name in target.summed_from.get("total", ()))
        for o in c.observations if c.tally is not None else ():
            yield o.key
            summed = target.summed_from.get(o.field, ()) if target else ()
            yield from (Key(item, name) for item, name in summed)
            yield from (k.key for k in year.dataset.observations(c.unit, o.item) if k.field == o.field)
    for field in result.fields:
        yield from _of_result(year, field)


def sees(year: Year, text: Text) -> set[Key]:
    """What of the scope of a text is used all the same."""
    counted = used(year)
    if text.out is None:
        assert not any(c.tally for r in year.summary.results for c in r.contributions)
        assert year.dataset.effective(year.dataset.returns[0].unit) is None
        return counted
    return {k for k in counted & text.out if k.item != COVER}


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_an_edited_text_speaks_for_is_out(kind: str) -> None:
    """While it is asked about, which stops a final report, and after the officer has left it out."""
    seen: dict[str, int] = {"asked": 0, "told": 0}
    met: set[object] = set()
    for text in texts(kind):
        received = edited(kind, text)
        at = address(text.row, text.column)
        here = [f for f in received.findings if f.at and (f.at.sheet, f.at.cell) == (text.sheet, at)]
        barring = [f for f in here if f.severity is Severity.ERROR]
        seen["asked" if barring else "told"] += 1
        if not barring:
            assert here, text  # nothing of it is silent
            continue
        if any(f.code == "NH42" for f in barring):  # a return of another period: no figure of it is there
            assert not sees(year_of(received), text), text
            continue
        scope = text.out, frozenset((f.code, f.figures, f.part, f.whole) for f in barring)
        if scope not in met:  # the same would be out once more, by the same
            check_out(received, text, barring)
        met.add(scope)
    assert seen["asked"] >= 4 * seen["told"], seen


def check_out(received: Return, text: Text, barring: list[Finding]) -> None:
    """What it speaks for is out, asked about or left out; then each figure, or the whole return, is named."""
    year = year_of(received)
    assert not sees(year, text), text
    told = " ".join(one.what for one in data_obstacles(year))
    assert all(f.message in told for f in barring), text
    assert all("chưa dùng số liệu của cả báo cáo" in f.message for f in barring) is (text.out is None), text
    decided = [figure_left_out(year.dataset, f, GROUNDS) for f in barring]
    after = year_of(received, *decided)
    assert not sees(after, text), text
    told = " ".join(one.what for one in data_obstacles(after))
    assert not any(f.message in told for f in barring), text
    named = {(at.item, at.field) for _, at, *_ in left_out_figures(after)}
    if text.out is None:
        assert named == {("", "")}, text
        return
    plan = real().plan.items_by_code
    given = {o.key for o in received.observations if isinstance(o.value, int)} & text.out
    kinds = {k: spec.kind for k in given if k.item in plan and (spec := field_of(k)) is not None}
    assert {(k.item, k.field) for k, kind in kinds.items() if kind in ("count", "money")} <= named, text


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_out_of_a_form_as_it_was_issued(kind: str) -> None:
    unit, book = sent(kind)
    period = ONE_OF_EACH_GROUP["X22759" if kind == JOINT else unit]
    received = interpret(book, "a.xlsx", "hash", real(), period)
    assert [f for f in received.findings if f.severity is Severity.ERROR] == []
    given = {o.key for o in received.observations if isinstance(o.value, int) and not o.part}
    assert len(used(year_of(received))) > len(given) // 2


@pytest.mark.parametrize("kind", ["VPUB", "NHI", "BPTTH"])
def test_a_cell_that_is_left_out_is_in_nothing(kind: str) -> None:
    """Whatever it answers: of a target, a sum, a list, a task, in words."""
    unit, book = sent(kind)
    received = interpret(book, "a.xlsx", "hash", real(), ONE_OF_EACH_GROUP[kind])
    assert received.period is not None
    phrases = shipped_phrases()
    for o in received.observations:
        if o.item == COVER or o.value is None:
            continue
        one = LeftOut(unit, "", over=format_answer(o), **o.key._asdict(), **asdict(GROUNDS))
        dataset = Dataset(real(), received.period, (received,), date(2026, 12, 1), left_out=(one,))
        year = Year(dataset, leave_out((), dataset))
        assert o.key not in used(year), o.key
        if o.field in ("evidence", "done_on"):
            assert o.key._replace(field="answer") not in used(year), "what stands beside is left out with it"
        given = clean_text(str(o.value))
        title = first_letter_capital(real().plan.item(o.item).title)
        told = opinions_table(year, phrases).rows
        assert not [row for row in told if row[1] == title and given in str(row[3])]
