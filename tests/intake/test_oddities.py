"""What is odd about a return's layout: its outcome, and the finding that tells it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dvctt_report.files.cells import Range, Sheet, TextBox, Workbook
from dvctt_report.files.container import read_workbook
from dvctt_report.files.xlsx import read_xlsx
from dvctt_report.intake.collect import interpret
from dvctt_report.model import Finding, Key, Return, State
from dvctt_report.model.period import Period
from tests.forms.fill import Filled, real
from tests.intake.edits import find, put, with_sheet
from tests.intake.test_round_trip import by_key
from tests.intake.test_xlsx import package

FIGURES = "01-A số liệu"
ANSWERS = {Key("T1", "total"): 100, Key("T1", "done"): 90, Key("T2", "total"): 10, Key("T2", "done"): 9}


@pytest.fixture(scope="module")
def filled() -> Filled:
    return Filled(real().roster.unit("SYT"), Period(2025), dict(ANSWERS))


def read(book: Workbook) -> Return:
    return interpret(book, "a.xlsx", "hash", real(), Period(2025))


def codes(found: Return) -> list[str]:
    return [f.code for f in found.findings]


def told(found: Return, code: str) -> list[Finding]:
    return [f for f in found.findings if f.code == code]


def value(found: Return, item: str, field: str) -> object:
    observation = by_key(found)[Key(item, field)]
    return observation.value if observation.state is State.GIVEN else observation.state


def place(book: Workbook, item: str, field: str) -> tuple[Sheet, int, int]:
    """Where the answer stands in the form of 2025: below its key, beside its row's."""
    sheet, row, _ = find(book, item, FIGURES)
    column = next(c for (_, c), cell in sheet.cells.items() if cell.raw == field)
    return sheet, row, column


# ------------------------------------------------------------------------------------ hidden


@pytest.mark.parametrize("filtered", [False, True])
def test_hidden_rows_and_columns_count_and_are_named(filled: Filled, filtered: bool) -> None:
    book = read_workbook(filled.data)
    sheet, row, column = place(book, "T1", "total")
    hidden = replace(
        sheet,
        hidden_rows=sheet.hidden_rows | {row},
        hidden_columns=sheet.hidden_columns | {column},
        filtered=filtered,
    )

    found = read(with_sheet(book, hidden))

    assert (codes(found), value(found, "T1", "total")) == (["NH44"], 100)
    assert f"dòng {row}{' (đang lọc)' * filtered}; cột {sheet.cells[row, column].address[0]}" in (
        found.findings[0].message
    )


def test_hidden_places_without_answers_say_nothing(filled: Filled) -> None:
    book = read_workbook(filled.data)
    sheet, row, _ = find(book, "T3", FIGURES) if _has(book, "T3") else find(book, "T10", FIGURES)
    blank = book.sheet("02 hoạt động")
    assert blank is not None
    hidden = with_sheet(book, replace(sheet, hidden_rows=sheet.hidden_rows | {row}))

    assert codes(read(with_sheet(hidden, replace(blank, state="hidden")))) == []


def _has(book: Workbook, key: str) -> bool:
    sheet = book.sheet(FIGURES)
    return sheet is not None and any(c.raw == key for c in sheet.cells.values())


# ---------------------------------------------------------------------------- sheets, copies


def test_sheets_beside_the_form_are_listed_and_never_read(filled: Filled) -> None:
    book = read_workbook(filled.data)
    draft = put(put(Sheet("nháp", "visible", {}), 1, 1, "Tổng số"), 2, 1, 99)
    more = with_sheet(with_sheet(book, draft), Sheet("Sheet1", "visible", {}))

    found = read(with_sheet(more, replace(draft, name="Bỏ", state="hidden")))

    assert [f.message for f in told(found, "NH49")] == [
        "trang tính ngoài biểu, không đọc: “nháp” và “Bỏ” (ẩn)"
    ]
    assert codes(found) == ["NH49"]


# ------------------------------------------------------------------------------------ merges


def test_merged_labels_notes_and_empty_figures_are_no_fault(filled: Filled) -> None:
    book = read_workbook(filled.data)
    sheet, row, column = place(book, "T1", "note")
    areas = (Range(row, column, row + 1, column), Range(row + 2, column - 6, row + 3, column - 6))

    assert codes(read(with_sheet(book, replace(sheet, merged=(*sheet.merged, *areas))))) == []


# ------------------------------------------------------------------- notes, pictures, boxes


def test_pictures_and_text_boxes_are_seen_in_the_file() -> None:
    drawing = (
        '<xdr:wsDr xmlns:xdr="urn:x" xmlns:a="urn:a"><xdr:pic/><xdr:sp><xdr:txBody><a:p>'
        "<a:r><a:t>Đạt 95</a:t></a:r><a:r><a:t>%</a:t></a:r></a:p><a:p>"
        "<a:r><a:t>năm 2025</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:wsDr>"
    )
    relation = (
        '<Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing"'
        ' Target="../drawings/drawing1.xml"/>'
    )
    extra = {"xl/drawings/drawing1.xml": drawing, "xl/worksheets/_rels/sheet1.xml.rels": relation}

    [sheet] = read_xlsx(package(extra=extra)).sheets

    assert (sheet.n_pictures, sheet.text_boxes) == (1, (TextBox("Đạt 95%\nnăm 2025"),))
