"""One form for all communes: each chooses its name, and what comes back is its own and nobody else's."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openxml_audit import OpenXmlValidator

from dvctt_report.forms.build import build_form
from dvctt_report.forms.issue import PROMPT, UNITS_SHEET, Joint, communes_joint
from dvctt_report.forms.layout import cell_name, place
from dvctt_report.forms.writer import form_bytes
from dvctt_report.intake.collect import read_received, read_return
from dvctt_report.intake.settle import settle
from dvctt_report.intake.whose import ask_whose
from dvctt_report.model import Choice, Decision, Return, ReturnStatus, Severity
from dvctt_report.model.period import Period
from dvctt_report.plan.load import load_profile
from dvctt_report.plan.model import Unit
from dvctt_report.text.resources import resource_path
from tests.forms.fill import NEXT, fill, real
from tests.intake.returns import edited, key, observed
from tests.libreoffice import LibreOffice, unpaged

FILE = "nhan-ve/2026/bieu-cap-xa-2026.xlsx"


@cache
def communes() -> tuple[Unit, ...]:
    return tuple(u for u in real().units(NEXT) if u.group == "xa")


@cache
def joint() -> Joint:
    found = communes_joint(real(), NEXT)
    assert found is not None
    return found


@cache
def form() -> bytes:
    return form_bytes(real(), communes()[0], NEXT, joint=joint())


def filled(answers: dict[str, Any], chosen: str) -> bytes:
    """The form as a commune fills it in, saved by a program that calculates nothing."""
    typed = {key(name): value for name, value in answers.items()}
    placed = [table for sheet in place(build_form(real(), communes()[0], NEXT)) for table in sheet.tables]

    def change(book: Workbook) -> None:
        book.worksheets[0]["C1"] = chosen
        for table in placed:
            for row, column, _, asked in table.answers():
                if asked in typed:
                    book[table.sheet][cell_name(row, column.at)] = typed[asked]

    return edited(form(), change)


def read(data: bytes, file: str = FILE) -> Return:
    return read_return(file, data, real(), NEXT)


def asks(received: Return) -> list[str]:
    return [f.code for f in received.findings if f.severity is not Severity.INFO]


SAID = {"T1.total": 30, "T1.done": 25, "T10.total": 50, "T10.done": 40, "_.contact": "Bà Hoa, văn thư"}


def test_the_choice_says_whose_it_is() -> None:
    for n in (0, 23):
        received = read(filled(SAID, communes()[n].name))
        assert (received.unit, received.status) == (communes()[n].code, ReturnStatus.EFFECTIVE)
        assert observed(received, "T10.done").value == 40
        assert asks(received) == []


def test_the_whole_form_reads_as_the_units_own_does() -> None:
    own = fill("X22759", 5)
    names = {k: f"{k.item}.{k.field}" + (f"@{k.part}" if k.part else "") for k in own.answers}
    received = read(filled({names[k]: v for k, v in own.answers.items()}, own.unit.name))
    alone = read_return("a.xlsx", own.data, real(), NEXT)
    says = [
        {(o.item, o.field, o.part): (o.value, o.state) for o in one.observations if o.field != "rate"}
        for one in (received, alone)
    ]
    assert says[0] == says[1]
    assert asks(received) == asks(alone)


@pytest.mark.parametrize("chosen", [PROMPT, "", "Ủy ban nhân dân xã Không Có"])
def test_without_a_name_it_is_asked_whose_it_is_and_the_officer_says(chosen: str) -> None:
    own, data = communes()[5], filled(SAID, chosen)
    received = read(data)
    assert (received.unit, received.status, asks(received)) == ("", ReturnStatus.REFUSED, ["NH41"])
    proposed = read(data, f"nhan-ve/2026/{own.short_name}.xlsx")
    assert (proposed.status, proposed.named) == (ReturnStatus.REFUSED, (own.code,)), "by the file's name"
    other_year = read_return(FILE, data, real(), Period(2025))
    assert (other_year.unit, asks(other_year)) == ("", ["NH03"])
    assert [f.unit for f in other_year.findings] == [""], "no unit is told so"
    given = read_received(FILE, data, real(), NEXT, {received.sha256: own.code})
    assert isinstance(given, Return)
    assert (given.unit, given.status) == (own.code, ReturnStatus.EFFECTIVE)
    assert observed(given, "T10.done").value == 40


def test_a_file_named_after_another_commune_is_nobodys_until_it_is_said() -> None:
    """A line too low in the list is another commune: nothing but the file's name tells."""
    own, other = communes()[6], communes()[7]
    data = filled(SAID, own.name)
    (received,) = ask_whose([read(data, f"bieu-cap-xa-2026 {other.short_name}.xlsx")], (), real())
    assert (received.unit, asks(received)) == (own.code, ["NH77"])
    assert received.named == (other.code,)
    assert "tên tệp" in received.findings[0].message
    for office in ("Sở Khoa học và Công nghệ", "So KHCN"):
        (received,) = ask_whose([read(data, f"{other.short_name} gửi {office}.xlsx")], (), real())
        assert (asks(received), received.named) == (["NH77"], (other.code,))
    for name in (f"bieu-cap-xa-2026 {own.short_name}.xlsx", "bieu gui So KHCN.xlsx"):
        (received,) = ask_whose([read(data, name)], (), real())
        assert (asks(received), received.named) == ([], ())


@pytest.mark.parametrize(
    "spelt",
    [
        lambda name: f" {name.upper()}  ",
        lambda name: name.replace(" ", "\u00a0"),
        lambda name: unicodedata.normalize("NFD", name),
        lambda name: name.replace("Ủy", "Uỷ"),
        lambda name: name.replace("Ủy ban nhân dân", "UBND"),
        lambda name: name.removeprefix("Ủy ban nhân dân ").capitalize(),
    ],
)
def test_a_name_that_was_pasted_is_taken(spelt: Callable[[str], str]) -> None:
    received = read(filled(SAID, spelt(communes()[6].name)))
    assert (received.unit, received.status) == (communes()[6].code, ReturnStatus.EFFECTIVE)
    assert asks(received) == []


def sent(day: int, done: int, phone: str = "", file: str = "") -> Return:
    """A file in the name of the first commune, of that day of November."""
    answers = (
        SAID | {"T1.done": done, "_.sent_on": date(2026, 11, day)} | ({"_.phone": phone} if phone else {})
    )
    return read(filled(answers, communes()[0].name), file or f"{day}.xlsx")


def test_two_communes_that_chose_one_name_are_one_question_and_one_sender_is_none() -> None:
    assert [r.status for r in settle([sent(5, 20), sent(9, 21)])] == [ReturnStatus.UNDECIDED] * 2
    same_name = [sent(5, 20, file=FILE), sent(9, 21, file=FILE)]
    settled = settle(same_name[1:], former=same_name[:1])
    assert [r.status for r in settled] == [ReturnStatus.UNDECIDED] * 2
    assert all("--unit ĐƠN-VỊ" in f.fix for r in settled for f in r.findings if f.code == "NH06")
    whose = [
        Decision(Choice.ASSIGN, r.file, r.sha256, communes()[0].code, "", "lan", datetime(2026, 11, 20))
        for r in same_name
    ]
    (later,) = (r for r in settle(same_name, whose) if r.status is ReturnStatus.EFFECTIVE)
    assert later.submission.sent_on == date(2026, 11, 9)
    files = [sent(5, 20, "0259 3888 111"), sent(9, 21, "02593888111")]
    assert {r.status for r in settle(files)} == {ReturnStatus.SUPERSEDED, ReturnStatus.EFFECTIVE}


def test_the_file_is_valid_hides_its_list_and_takes_names_only_from_it(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(form())
    assert OpenXmlValidator().validate(path).is_valid
    book = openpyxl.load_workbook(path)
    assert {s.title for s in book.worksheets if s.sheet_state == "visible"} == {"Biểu cấp xã"}
    assert book[UNITS_SHEET].sheet_state == "veryHidden"
    page = book.worksheets[0]
    check = next(c for c in page.data_validations.dataValidation if "C1" in str(c.sqref))
    assert check.formula1 == "don_vi_bao_cao"
    assert page.page_setup.paperSize == 9
    assert not page["C1"].protection.locked
    assert [c.value for c in book[UNITS_SHEET]["A"]] == [u.name for u in joint().units]


def test_communes_that_report_for_another_have_a_form_of_their_own() -> None:
    codes = {u.code for u in joint().units}
    taking = {u.code for u in communes() if real().taken_over(u, NEXT)}
    assert codes == {u.code for u in communes()} - taking
    assert communes_joint(real(), Period(2025)) is None


@pytest.mark.requires("soffice")
def test_saved_by_libreoffice_it_shows_and_says_the_chosen_unit(
    tmp_path: Path, libreoffice: LibreOffice
) -> None:
    """The formulas of names and codes are worked out by it; nothing is asked of right answers."""
    unit = communes()[6]
    source = tmp_path / "a.xlsx"
    source.write_bytes(unpaged(filled(SAID, unit.name)))
    for suffix in ("xlsx", "xls"):
        out = tmp_path / suffix
        libreoffice.convert([source], suffix, out)
        data = (out / f"a.{suffix}").read_bytes()
        received = read(data)
        assert (received.unit, asks(received)) == (unit.code, []), suffix
        assert observed(received, "T10.done").value == 40
    shown = openpyxl.load_workbook(out.parent / "xlsx" / "a.xlsx", data_only=True)
    texts = {str(c.value) for row in shown.worksheets[0].iter_rows() for c in row if c.value is not None}
    assert {f"Mẫu BM2026-{unit.code}", unit.name} <= texts


def test_a_name_typed_a_little_otherwise_is_taken_without_a_question_on_every_sheet() -> None:
    """The formulas find no such name then, and each page shows where to choose one."""
    wide = load_profile(resource_path("templates") / "khanh_hoa")
    shared = communes_joint(wide, NEXT)
    assert shared is not None
    unit = next(u for u in shared.units if u.name.endswith("Ninh Hòa"))
    for typed in (f"{unit.name} ", unit.name.replace("Hòa", "Hoà")):

        def change(book: Workbook, said: str = typed) -> None:
            for sheet in (s for s in book.worksheets if s.sheet_state == "visible"):
                sheet["C1"] = PROMPT
            book.worksheets[0]["C1"] = said
            page = book.worksheets[0]
            at = next(cell.row for cell in page["A"] if cell.value == "T1")
            page.cell(at, 6, 30)
            page.cell(at, 7, 30)

        data = form_bytes(wide, unit, NEXT, joint=shared)
        received = read_return(FILE, edited(data, change), wide, NEXT)
        assert (received.unit, asks(received)) == (unit.code, [])
