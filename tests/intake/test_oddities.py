"""What is odd about a return's layout: its outcome, and the finding that tells it."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from dataclasses import replace

import pytest
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image

from dvctt_report.forms.wording import OFFICE_PART
from dvctt_report.intake.cells import Range, Sheet, TextBox, Workbook
from dvctt_report.intake.collect import MOST_ALIKE, MOST_NAMED, interpret, read_return
from dvctt_report.intake.container import read_workbook
from dvctt_report.intake.xlsx import read_xlsx
from dvctt_report.model import Finding, Key, Return, ReturnStatus, Severity, State
from dvctt_report.period import Period
from tests.forms.fill import Filled, fill, real
from tests.intake.edits import find, moved, opened, put, saved, with_sheet, without_keys
from tests.intake.test_round_trip import by_key, said
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


def test_a_hidden_sheet_counts_and_is_told(filled: Filled) -> None:
    book = read_workbook(filled.data)
    sheet = book.sheet(FIGURES)
    assert sheet is not None

    found = read(with_sheet(book, replace(sheet, state="hidden")))

    assert (codes(found), value(found, "T1", "total")) == (["NH44"], 100)
    assert "cả trang tính" in found.findings[0].message


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


def copied(book: Workbook, change: Callable[[Sheet], Sheet]) -> Workbook:
    """The sheet of figures once more under another name, and in front."""
    sheet = book.sheet(FIGURES)
    assert sheet is not None
    return replace(book, sheets=(change(replace(sheet, name=f"{FIGURES} (2)")), *book.sheets))


def emptied(sheet: Sheet) -> Sheet:
    """Without what was typed; formulas left with the results they had."""
    numbers = {p for p, c in sheet.cells.items() if c.raw in ("100", "90", "10", "9") and p[1] > 2}
    return replace(sheet, cells={p: c for p, c in sheet.cells.items() if p not in numbers})


def test_of_two_copies_the_one_with_answers_is_used_and_told(filled: Filled) -> None:
    found = read(copied(read_workbook(filled.data), emptied))

    assert (codes(found), value(found, "T1", "total")) == (["NH45"], 100)
    assert f"dùng trang tính “{FIGURES}”" in found.findings[0].message


def test_two_copies_that_say_the_same_are_used_once(filled: Filled) -> None:
    found = read(copied(read_workbook(filled.data), lambda sheet: sheet))

    assert (codes(found), value(found, "T1", "total")) == (["NH45"], 100)


def test_two_copies_that_differ_make_their_table_wait_and_no_other(filled: Filled) -> None:
    def other(sheet: Sheet) -> Sheet:
        book = read_workbook(filled.data)
        _, row, column = place(book, "T1", "done")
        return put(sheet, row, column, 91)

    alone = read(read_workbook(filled.data))
    found = read(copied(read_workbook(filled.data), other))

    assert (found.status, found.unit, codes(found)) == (ReturnStatus.EFFECTIVE, "SYT", ["NH46"])
    assert "số liệu khác nhau" in found.findings[0].message
    changed = {
        a.at.sheet for a, b in zip(found.observations, alone.observations, strict=True) if a != b and a.at
    }
    assert {sheet.removesuffix(" (2)") for sheet in changed} == {FIGURES}
    assert {o.state for o in found.observations if o.item == "T1" and o.raw} == {State.UNREADABLE}


def test_figures_copied_to_a_sheet_of_their_own_are_used_where_the_form_is_empty(filled: Filled) -> None:
    book = read_workbook(filled.data)
    seen = without_keys(book).sheet(FIGURES)
    own = book.sheet(FIGURES)
    assert seen is not None
    assert own is not None
    blank = with_sheet(book, emptied(own))

    found = read(with_sheet(blank, replace(seen, name="Sheet1")))

    assert value(found, "T1", "total") == 100
    assert sorted(codes(found)) == ["NH45", "NH50"]


# ------------------------------------------------------------------------------------ merges


def test_a_merge_over_two_rows_figures_is_refused_for_both(filled: Filled) -> None:
    book = read_workbook(filled.data)
    sheet, row, column = place(book, "T1", "total")
    area = Range(row, column, row + 1, column)
    cells = {p: c for p, c in sheet.cells.items() if p != (row + 1, column)}

    found = read(with_sheet(book, replace(sheet, cells=cells, merged=(*sheet.merged, area))))

    [fault] = told(found, "NH53")
    assert fault.message == f"ô gộp {area.ref}: số liệu thuộc dòng nào?"
    assert (value(found, "T1", "total"), value(found, "T2", "total")) == (State.UNREADABLE, State.UNREADABLE)
    assert (value(found, "T1", "done"), value(found, "T2", "done")) == (90, 9)


def test_a_merge_over_total_and_done_is_refused(filled: Filled) -> None:
    book = read_workbook(filled.data)
    sheet, row, column = place(book, "T1", "total")
    area = Range(row, column, row, column + 1)
    cells = {p: c for p, c in sheet.cells.items() if p != (row, column + 1)}

    found = read(with_sheet(book, replace(sheet, cells=cells, merged=(*sheet.merged, area))))

    assert [f.message for f in told(found, "NH53")] == [f"ô gộp {area.ref}: số liệu thuộc cột nào?"]


def test_merged_labels_notes_and_empty_figures_are_no_fault(filled: Filled) -> None:
    book = read_workbook(filled.data)
    sheet, row, column = place(book, "T1", "note")
    areas = (Range(row, column, row + 1, column), Range(row + 2, column - 6, row + 3, column - 6))

    assert codes(read(with_sheet(book, replace(sheet, merged=(*sheet.merged, *areas))))) == []


# ------------------------------------------------------------------------------------- rows


def test_rows_that_the_unit_added_are_listed_and_not_added_up(filled: Filled) -> None:
    book = read_workbook(filled.data)
    sheet, row, column = place(book, "T2", "total")
    sheet = moved(sheet, lambda r, c: (r + (r >= row), c))
    sheet = put(put(sheet, row, 4, "Trong đó: viên chức"), row, column, 40)

    found = read(with_sheet(book, sheet))

    [note] = told(found, "NH52")
    assert f'dòng {row} "Trong đó: viên chức" ({sheet.cells[row, column].address} = 40)' in note.message
    assert said(by_key(found)) == said(by_key(read(book)))


def test_a_sum_that_the_unit_added_is_no_row(filled: Filled) -> None:
    book = read_workbook(filled.data)
    sheet, row, column = place(book, "T2", "total")
    sheet = moved(sheet, lambda r, c: (r + (r >= row), c))

    assert codes(read(with_sheet(book, put(put(sheet, row, 4, "Tổng cộng"), row, column, 140)))) == []


# ------------------------------------------------------------------- notes, pictures, boxes


def test_a_note_pinned_to_a_figure_is_not_the_units_own_note(filled: Filled) -> None:
    book = opened(filled.data)
    _, row, column = place(read_workbook(filled.data), "T1", "total")
    book[FIGURES].cell(row, column).comment = Comment("Đã trừ 5 người nghỉ hưu", "người soát")

    found = read_return("a.xlsx", saved(book), real(), Period(2025))

    assert by_key(found)[Key("T1", "note")].state is State.BLANK
    (told,) = found.findings
    assert (told.code, told.value) == ("NH54", "Đã trừ 5 người nghỉ hưu")


def test_a_thread_of_notes_is_told_without_the_notice_and_beside_the_units_own_note() -> None:
    filled = Filled(real().roster.unit("SYT"), Period(2025), {**ANSWERS, Key("T1", "note"): "Số tạm tính"})
    book = read_workbook(filled.data)
    sheet, row, column = place(book, "T1", "done")
    text = (
        "[Threaded comment]\nYour version of Excel allows you to read this.\n\nComment:\n    chờ Phòng TCCB"
    )

    found = read(with_sheet(book, replace(sheet, notes={(row, column): text})))

    assert by_key(found)[Key("T1", "note")].value == "Số tạm tính"
    assert [f.value for f in found.findings if f.code == "NH54"] == ["chờ Phòng TCCB"]


def test_a_note_beside_the_answers_is_left_alone(filled: Filled) -> None:
    book = read_workbook(filled.data)
    sheet, row, _ = place(book, "T1", "total")

    assert codes(read(with_sheet(book, replace(sheet, notes={(row, 3): "in 2 bản"})))) == []


def png() -> io.BytesIO:
    """The smallest picture there is."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    body = zlib.compress(b"\0\0")
    return io.BytesIO(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
    )


def pictured(sheet: Sheet) -> Sheet:
    return replace(sheet, n_pictures=1)


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


def test_a_file_of_pictures_is_refused_as_such() -> None:
    blank = opened(
        Filled(real().roster.unit("SYT"), Period(2025), {Key("DG.hanche", "text"): "Thiếu kinh phí"}).data
    )
    blank[FIGURES].add_image(Image(png()), "F9")

    found = read_return("a.xlsx", saved(blank), real(), Period(2025))

    assert (found.status, found.unit, codes(found)) == (ReturnStatus.REFUSED, "SYT", ["NH47"])
    assert FIGURES in found.findings[0].message


def test_a_picture_in_place_of_one_sheets_figures_is_an_error(filled: Filled) -> None:
    book = read_workbook(filled.data)
    sheet = book.sheet("02 hoạt động")
    assert sheet is not None

    found = read(with_sheet(book, pictured(sheet)))

    assert (found.status, codes(found)) == (ReturnStatus.EFFECTIVE, ["NH47"])


def test_a_logo_beside_figures_or_a_stamp_on_the_signature_page_is_no_fault(filled: Filled) -> None:
    book = read_workbook(filled.data)
    for name in (FIGURES, "Trang ký", "Bìa"):
        sheet = book.sheet(name)
        assert sheet is not None
        book = with_sheet(book, pictured(sheet))

    assert codes(read(book)) == []


def test_a_picture_on_a_sheet_of_its_own_is_to_be_looked_at(filled: Filled) -> None:
    found = read(with_sheet(read_workbook(filled.data), pictured(Sheet("Ảnh", "visible", {}))))

    assert codes(found) == ["NH48"]


def test_a_text_box_with_figures_is_told_and_one_without_is_not(filled: Filled) -> None:
    book = read_workbook(filled.data)
    sheet = book.sheet(FIGURES)
    assert sheet is not None

    found = read(
        with_sheet(book, replace(sheet, text_boxes=(TextBox("Lưu ý khi in"), TextBox("Đã đạt 95%", 4, 2))))
    )

    assert [(f.code, f.value) for f in found.findings] == [("NH48", "Đã đạt 95%")]


def test_an_ordinary_return_says_nothing_about_its_layout() -> None:
    for code in ("SYT", "NHI", "X22759"):
        one = fill(code, 0)
        found = interpret(read_workbook(one.data), "a.xlsx", "h", real(), one.period).findings
        assert [f for f in found if f.code != "NH87"] == []  # its own notes, of words drawn at random


# -------------------------------------------------------------------- cells that are not asked


def grey(book: Workbook, what: str | int) -> Workbook:
    """The form of a district with something in a cell that its own office isn't asked."""
    sheet, row, _ = find(book, f"@{OFFICE_PART}", DETAILS)
    column = next(c for (_, c), cell in sheet.cells.items() if cell.raw == "T5:total")
    return with_sheet(book, put(sheet, row, column, what))


DETAILS = "Chi tiết theo xã"


@pytest.fixture(scope="module")
def district() -> Workbook:
    unit = real().roster.unit("TBC")
    answers = {Key("T5", field, part): 50 for part in unit.parts for field in ("total", "done")}
    return read_workbook(Filled(unit, Period(2025), dict(answers)).data)


@pytest.mark.parametrize("number", [47, "47", "1.047"])
def test_a_number_in_a_grey_cell_is_named_with_its_cell_and_asked_back(
    district: Workbook, number: str | int
) -> None:
    before, found = read(district), read(grey(district, number))

    (fault,) = told(found, "NH56")
    assert fault.at is not None
    assert (fault.at.sheet, fault.item, fault.field, fault.value) == (DETAILS, "T5", "total", str(number))
    assert f'"{number}" ở ô này không phải ghi' in fault.message
    assert fault.at.cell in fault.fix
    assert (fault.severity, fault.unit) == (Severity.WARNING, "TBC")
    assert said(by_key(found)) == said(by_key(before))


@pytest.mark.parametrize("nothing", ["", 0, "0", "0,0", "x", "không", "không phải ghi"])
def test_blanks_zeros_and_words_in_a_grey_cell_are_left_alone(district: Workbook, nothing: str | int) -> None:
    assert told(read(grey(district, nothing)), "NH56") == []


# ----------------------------------------------------------------------------- many of one kind


def with_texts(sheet: Sheet, first: int, n: int, column: int, text: str) -> Sheet:
    """The sheet with ``n`` rows of one text from row ``first`` on, what stood there moved down."""
    changed = moved(sheet, lambda row, at: (row + n if row >= first else row, at))
    for row in range(first, first + n):
        changed = put(changed, row, column, text)
    return changed


@pytest.mark.parametrize(("text", "code"), [("số liệu tính đến tháng 5", "NH59"), ("số ước tính", "NH69")])
def test_what_thousands_of_rows_say_is_told_once(filled: Filled, text: str, code: str) -> None:
    book = read_workbook(filled.data)
    sheet, _, _ = place(book, "T1", "total")
    below = max(row for row, _ in sheet.cells) + 5

    (one,) = told(read(with_sheet(book, with_texts(sheet, below, 3000, 3, text))), code)

    assert one.at is not None
    assert (one.at.cell, one.related[-1].cell) == (f"C{below}", f"C{below + 2999}")
    assert f"còn 2999 ô khác cùng loại, từ C{below} đến C{below + 2999}" in one.message
    assert len(one.related) == MOST_NAMED


def test_some_findings_alike_are_told_one_by_one(filled: Filled) -> None:
    book = read_workbook(filled.data)
    sheet, _, _ = place(book, "T1", "total")
    below = max(row for row, _ in sheet.cells) + 5
    found = read(with_sheet(book, with_texts(sheet, below, MOST_ALIKE, 3, "số liệu tháng 5")))
    assert len(told(found, "NH59")) == MOST_ALIKE


@pytest.mark.parametrize("n", [1, 300])
def test_rows_of_words_put_between_the_rows_of_the_form_are_asked_about_once(filled: Filled, n: int) -> None:
    book = read_workbook(filled.data)
    sheet, row, _ = place(book, "T1", "total")

    found = read(with_sheet(book, with_texts(sheet, row + 1, n, 4, "Trong đó: lĩnh vực thuế")))

    assert codes(found) == ["NH52"]
    assert f"có {n} dòng chỉ có chữ chèn giữa các dòng của biểu" in found.findings[0].message
    assert (f"từ dòng {row + 1} đến {row + n}" in found.findings[0].message) is (n > 3)
    assert (value(found, "T1", "total"), value(found, "T2", "done")) == (100, 9)
