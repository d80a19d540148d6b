"""A unit's form goes back to it with its own answers, and says nothing that the unit didn't."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.workbook import Workbook
from openxml_audit import OpenXmlValidator

from dvctt_report.forms.formulas import Answer
from dvctt_report.forms.issue import format_note, without_ours
from dvctt_report.intake.collect import read_return
from dvctt_report.intake.settle import settle
from dvctt_report.model import Return, ReturnStatus, Severity, State, finding_id
from dvctt_report.model.period import Period
from dvctt_report.papers.mending.lists import MendingList, mending_lists
from dvctt_report.papers.mending.workbook import blank_form, own_form
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.year import Year
from tests.forms.fill import ONE_OF_EACH_GROUP, THIS, fill, real
from tests.intake.returns import collected, edited, observed, written
from tests.libreoffice import LibreOffice, unpaged
from tests.papers.mending.mended import HEAD, answer

FIRST, BACK = "nhan-ve/2025/a.xlsx", "nhan-ve/2025/b.xlsx"
SAID: dict[str, Answer] = {
    "T1.total": 80,
    "T1.done": "khoảng 50",
    "T2.total": 12,
    "T2.done": 10,
    "_.document_number": "12/BC-SYT",
    "_.sent_on": date(2025, 11, 5),
}


def read(data: bytes, file: str = BACK, period: Period = THIS) -> Return:
    return read_return(file, data, real(), period)


def asked(received: Return, period: Period = THIS) -> MendingList:
    """What its unit is asked; perhaps nothing."""
    dataset = Dataset(real(), period, [received], date(2025, 11, 14))
    unit = real().roster.unit(received.unit)
    nothing = MendingList(unit, period, "", "", "a.xlsx", received.sha256, (), ())
    return next(iter(mending_lists(Year(dataset, received.findings))), nothing)


def sent_back(data: bytes, period: Period = THIS) -> tuple[Return, bytes | None]:
    """The return of these bytes, and the form that goes back to its unit."""
    received = read(data, FIRST, period)
    return received, own_form(asked(received, period), received, data, real(), HEAD)


def after(change: Callable[[Workbook], None]) -> tuple[Return, bytes, Return]:
    """A department's return that was changed so, the form sent back, and what is read from it."""
    received, form = sent_back(edited(written(SAID), change))
    assert form is not None
    return received, form, read(form)


def says(received: Return) -> dict[tuple[str, str, str], tuple[object, State]]:
    return {(o.item, o.field, o.part): (o.value, o.state) for o in received.observations}


@cache
def place(name: str) -> tuple[str, str]:
    """Sheet and cell of an answer in the department's form."""
    at = observed(collected(SAID), name).at
    assert at is not None
    return at.sheet, at.cell


def put(name: str, value: object, **looks: object) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        sheet, cell = place(name)
        book[sheet][cell] = value
        for look, said in looks.items():
            setattr(book[sheet][cell], look, said)

    return change


@pytest.mark.parametrize("code", ONE_OF_EACH_GROUP)
def test_the_form_says_what_the_unit_said(code: str) -> None:
    filled = fill(code, 7)
    received, form = sent_back(filled.data, filled.period)
    assert form is not None
    again = read(form, period=filled.period)
    assert says(again) == says(received)
    assert again.submission == replace(received.submission, readings=again.submission.readings)
    assert {finding_id(f) for f in again.findings} == {finding_id(f) for f in received.findings}


def test_what_is_asked_stands_in_its_cell_and_the_answer_beside_it() -> None:
    _, form, again = after(lambda book: None)
    sheet, cell = place("T1.done")
    page = openpyxl.load_workbook(io.BytesIO(form))
    found = page[sheet][cell]
    assert found.value == "khoảng 50"
    assert found.comment is not None
    assert "Nội dung 1" in found.comment.text
    marked = {
        c.coordinate for row in page[sheet].iter_rows() for c in row if c.fill.fgColor.rgb == "FFFFEB9C"
    }
    assert marked == {cell}
    assert page.sheetnames[0] == "Bảng kê chỉnh lý"
    assert [f.code for f in again.findings] == ["DL01"]


def test_the_list_and_the_notes_speak_of_no_faults() -> None:
    def spoil(book: Workbook) -> None:
        put("T2.total", "#REF!")(book)
        put("T1.total", "=IFERROR(1/0,5)")(book)

    _, form, _ = after(spoil)
    book = openpyxl.load_workbook(io.BytesIO(form))
    cells = [c for page in book for line in page.iter_rows() for c in line]
    said = [str(c.value) for c in cells if c.value] + [c.comment.text for c in cells if c.comment]
    assert [text for text in said if "lỗi" in text.casefold()] == []


def test_it_is_valid_and_the_same_again(tmp_path: Path) -> None:
    _, form = returned()
    path = tmp_path / "a.xlsx"
    path.write_bytes(form)
    assert OpenXmlValidator().validate(path).is_valid
    assert sent_back(written(SAID))[1] == form


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [(0.5, "0%", "0%"), (1, "0%", "0%"), (0.95, "#,##0", "General"), (1.25, "#,##0", "General")],
)
def test_a_share_in_a_numbers_cell_goes_back_as_it_was_written(
    value: float, number_format: str, shown: str
) -> None:
    """Neither rounded by the form's own format nor left out; unchanged it keeps its question."""
    received, form, again = after(put("T2.done", value, number_format=number_format))
    sheet, cell = place("T2.done")
    found = openpyxl.load_workbook(io.BytesIO(form))[sheet][cell]
    assert (found.value, found.number_format) == (value, shown)
    assert {finding_id(f) for f in again.findings} == {finding_id(f) for f in received.findings}


def another_label(book: Workbook) -> None:
    sheet, cell = place("T2.done")
    row = book[sheet][cell].row
    book[sheet].cell(row, 4).value = book[sheet].cell(row + 1, 4).value


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(put("T2.done", 10, font=Font(strike=True)), id="struck"),
        pytest.param(put("T2.done", 10, number_format='#,##0" nghìn"'), id="in thousands"),
        pytest.param(put("T2.done", date(2025, 5, 10), number_format="dd/mm/yyyy"), id="as a date"),
        another_label,
    ],
)
def test_what_could_not_be_used_never_comes_back_as_a_plain_figure(
    change: Callable[[Workbook], None],
) -> None:
    """A struck or oddly formatted number would read as a good one in a form written anew."""
    received, form, again = after(change)
    assert observed(received, "T2.done").state is not State.GIVEN
    assert observed(again, "T2.done").state is not State.GIVEN
    sheet, cell = place("T2.done")
    comment = openpyxl.load_workbook(io.BytesIO(form))[sheet][cell].comment
    assert comment is not None
    assert "10" in comment.text


def test_formulas_of_the_unit_become_their_values_and_that_is_said() -> None:
    data, (sheet, cell) = edited(written(SAID), put("T2.total", "=5+7")), place("T2.total")
    calculated = io.BytesIO()  # with the result of its one formula stored, as Excel does
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(calculated, "w") as made:
        for part in package.namelist():
            made.writestr(part, re.sub(rb"(<f>5\+7</f>)<v ?/?>(</v>)?", rb"\1<v>12</v>", package.read(part)))
    received, form = sent_back(calculated.getvalue())
    assert form is not None
    assert observed(received, "T2.total").value == 12
    page = openpyxl.load_workbook(io.BytesIO(form))
    assert page[sheet][cell].value == 12
    texts = [str(c.value) for row in page.worksheets[0].iter_rows() for c in row if c.value]
    assert any("01 ô đơn vị đặt công thức nay là con số" in text for text in texts)
    assert observed(read(form), "T2.total").value == 12


def test_lines_that_the_unit_inserted_come_back_with_it() -> None:
    listing = next(i for i in real().plan.items if i.kind == "listing")
    lines = [(f"{n}/KH-SYT", date(2025, 3, n % 28 + 1), f"Kế hoạch {n}") for n in range(1, listing.lines + 4)]

    def insert(book: Workbook) -> None:
        page = book["05-B đánh giá, kiến nghị"]
        first = next(c.row for c in page["A"] if str(c.value) == f"{listing.code}/1")
        for merged in [*page.merged_cells.ranges]:
            page.unmerge_cells(str(merged))
        page.insert_rows(first + 2, 3)
        for row, said in enumerate(lines, first):
            for column, value in enumerate(said, 4):
                page.cell(row, column).value = value

    received, _, again = after(insert)

    def listed(found: Return) -> list[str]:
        return sorted(str(o.value) for o in found.observations if o.item == listing.code and o.value)

    assert len(listed(received)) == 3 * len(lines)
    assert listed(again) == listed(received)


# ------------------------------------------------------------------------------ it comes back


@cache
def returned() -> tuple[Return, bytes]:
    """The return about which something is asked, and the form that goes back with it."""
    received, form = sent_back(written(SAID))
    assert form is not None
    return received, form


def mended(form: bytes) -> bytes:
    return edited(form, put("T1.done", 50))


def test_it_takes_the_place_of_the_file_whose_answers_it_holds_and_a_third_one_of_both() -> None:
    first, form = returned()
    data = mended(form)
    second = read(data)
    settled = {r.file: r.status for r in settle([first, second], profile=real())}
    assert settled == {FIRST: ReturnStatus.SUPERSEDED, BACK: ReturnStatus.EFFECTIVE}
    assert [f for f in second.findings if f.severity is not Severity.INFO] == []
    again = own_form(asked(second), second, data, real(), HEAD)
    assert again is not None
    third = read(edited(again, put("T1.done", 60)), "c.xlsx")
    settled = {r.file: r.status for r in settle([first, third], profile=real())}
    assert settled == {FIRST: ReturnStatus.SUPERSEDED, "c.xlsx": ReturnStatus.EFFECTIVE}


def test_its_list_is_answered_in_the_same_file() -> None:
    first, form = returned()
    (name,) = (finding_id(f) for f in first.findings)
    received = read(answer(form, {name: ("Chưa có số liệu", "bổ sung trước 30/11")}))
    assert received.status is ReturnStatus.EFFECTIVE
    (said,) = received.replies
    assert (said.finding, said.unit, said.about) == (name, "SYT", first.sha256)
    assert said.reason == "bổ sung trước 30/11"


def test_our_notes_are_no_words_of_the_unit_and_what_it_adds_is() -> None:
    _, form = returned()
    sheet, cell = place("T1.done")
    assert not [f for f in read(form).findings if f.code == "NH54"]

    def add(book: Workbook) -> None:
        own = book[sheet][cell].comment
        assert own is not None
        book[sheet][cell].comment = Comment(f"{own.text}\nĐã hỏi phòng Tổ chức", "Chị Hoa")

    (note,) = [f for f in read(edited(form, add)).findings if f.code == "NH54"]
    assert note.value == "Đã hỏi phòng Tổ chức"


@pytest.mark.parametrize(
    ("note", "left"),
    [
        ("", ""),
        ("số ước", "số ước"),
        ("[Đề nghị rà soát] dở dang", "[Đề nghị rà soát] dở dang"),
        (format_note("x") + "\ny", "\ny"),
        ("y " + format_note("x"), "y "),
    ],
)
def test_a_note_loses_only_what_the_office_wrote(note: str, left: str) -> None:
    assert without_ours(note) == left


def test_a_unit_of_which_nothing_usable_came_gets_its_form_behind_the_list() -> None:
    unit = real().roster.unit("SYT")
    data = blank_form(MendingList(unit, THIS, "", "", "", "", (), ()), real(), HEAD, None)
    filled = edited(data, put("T1.total", 80))
    received = read(filled)
    assert (received.unit, received.status, received.follows) == ("SYT", ReturnStatus.EFFECTIVE, ())
    assert observed(received, "T1.total").value == 80


@pytest.mark.requires("soffice")
def test_saved_by_libreoffice_it_says_the_same(tmp_path: Path, libreoffice: LibreOffice) -> None:
    first, form = returned()
    source = tmp_path / "a.xlsx"
    source.write_bytes(unpaged(mended(form)))
    for suffix in ("xlsx", "xls"):
        out = tmp_path / suffix
        libreoffice.convert([source], suffix, out)
        received = read((out / f"a.{suffix}").read_bytes())
        assert observed(received, "T1.done").value == 50
        assert received.follows == (first.sha256,)
        asks = [f.code for f in received.findings if f.severity is not Severity.INFO]
        assert asks == [], suffix
