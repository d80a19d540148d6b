"""The readers of .xlsx and .xls yield every fact of a cell, agree with each other, and survive damage."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from dvctt_report.files import cells, xlsx
from dvctt_report.files.cells import Cell, CellKind, Range, Sheet, TextBox, Unreadable, address, parse_address
from dvctt_report.files.container import REFUSALS, FileKind, read_workbook
from dvctt_report.files.xls import read_xls
from dvctt_report.files.xlsx import read_xlsx
from dvctt_report.files.xlsx_styles import is_seen
from tests.forms.fill import fill
from tests.intake.arrivals import zipped
from tests.libreoffice import LibreOffice
from tests.made import tabled

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STYLES = (
    '<numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts>'
    '<fonts><font><name val="Times New Roman"/></font><font><name val=".VnTime"/></font></fonts>'
    '<cellXfs><xf numFmtId="0" fontId="0"/><xf numFmtId="164" fontId="0"/><xf numFmtId="9" fontId="1"/>'
    '<xf numFmtId="20" fontId="9"/></cellXfs><dxfs><dxf><font><name val="Khác"/></font></dxf></dxfs>'
)


def relation(name: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{target}"/>'


def package(
    sheet: str = "",
    *,
    namespace: str = MAIN,
    strings: str = "",
    book: str = "",
    sheet_part: str = "xl/worksheets/sheet1.xml",
    target: str = "worksheets/sheet1.xml",
    extra: dict[str, str] | None = None,
) -> bytes:
    """A workbook of one sheet from raw parts; ``sheet`` is what stands in its worksheet element."""
    relations = (("worksheet", target), ("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml"))
    parts = {
        "_rels/.rels": relation("r", "officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{namespace}" xmlns:r="{OFFICE}">{book}<sheets>'
        '<sheet name="Biểu 01" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": "".join(relation(f"rId{n}", *to) for n, to in enumerate(relations, 1)),
        "xl/styles.xml": f'<styleSheet xmlns="{namespace}">{STYLES}</styleSheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{namespace}">{strings}</sst>',
        sheet_part: f'<worksheet xmlns="{namespace}">{sheet}</worksheet>',
        **(extra or {}),
    }
    for name in (name for name in parts if name.endswith(".rels")):
        parts[name] = f'<Relationships xmlns="{RELATIONS}">{parts[name]}</Relationships>'
    return zipped({name: body.encode() for name, body in parts.items()})


def read(sheet: str, **parts: str) -> Sheet:
    return read_xlsx(package(sheet, **parts)).sheets[0]  # type: ignore[arg-type]  # every value here is text


def only(cells: str, **parts: str) -> Cell:
    (found,) = read(f'<sheetData><row r="1">{cells}</row></sheetData>', **parts).cells.values()
    return found


@tabled(("xml", "kind", "value", "raw"))
def test_a_cell_of_every_type_is_read(xml: str, kind: CellKind, value: object, raw: str | None) -> None:
    cell = only(xml)

    assert (cell.kind, cell.value, type(cell.value)) == (kind, value, type(value))
    assert raw is None or cell.raw == raw


@tabled("xml")
def test_a_cell_that_holds_nothing_is_not_kept(xml: str) -> None:
    sheet = read(f'<sheetData><row r="1">{xml}</row></sheetData>', strings="<si><t></t></si>")

    assert sheet.cells == {}


@tabled(("xml", "kind", "formula", "cached"))
def test_a_formula_and_whether_its_result_is_stored_are_told(
    xml: str, kind: CellKind, formula: str, cached: bool
) -> None:
    cell = only(xml)

    assert (cell.kind, cell.formula, cell.has_cached) == (kind, formula, cached)


def test_a_member_of_a_shared_formula_is_a_formula() -> None:
    sheet = read(
        '<sheetData><row r="1"><c r="A1"><f t="shared" ref="A1:C1" si="0">B9+1</f><v>1</v></c>'
        '<c r="B1"><f t="shared" si="0"/><v>2</v></c><c r="C1"><f t="shared" si="7"/></c></row></sheetData>'
    )

    assert [c.formula for c in sheet.cells.values()] == ["B9+1", "B9+1", "?"]
    assert [c.has_cached for c in sheet.cells.values()] == [True, True, False]


@pytest.mark.parametrize("index", ["1", "-1", "x", ""])
def test_a_string_that_is_not_there_makes_the_file_damaged(index: str) -> None:
    with pytest.raises(Unreadable, match="sharedStrings"):
        only(f'<c r="A1" t="s"><v>{index}</v></c>', strings="<si><t>a</t></si>")


def test_cells_and_rows_without_an_address_follow_the_one_before() -> None:
    sheet = read(
        '<dimension ref="A1"/><sheetData><row><c><v>1</v></c><c/><c><v>2</v></c></row>'
        '<row r="5"><c r="C5"/><c><v>3</v></c><c r="$H$5"><v>4</v></c><c><v>5</v></c></row>'
        '<row><c><v>6</v></c><c r="B9"><v>7</v></c></row></sheetData>'
    )

    assert {c.address: c.raw for c in sheet.cells.values()} == {
        "A1": "1", "C1": "2", "D5": "3", "H5": "4", "I5": "5", "A6": "6", "B9": "7",
    }  # fmt: skip


def test_a_far_cell_a_merge_of_all_and_so_many_empty_rows_cost_nothing() -> None:
    rows = "".join(f'<row r="{n}" hidden="1"/>' for n in range(900_000, 1_048_576))
    sheet = read(
        f'<sheetData>{ONE}{rows}<row r="1048576"><c r="XFD1048576"><v>2</v></c></row></sheetData>'
        '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    )

    assert [c.address for c in sheet.cells.values()] == ["A1", "XFD1048576"]
    assert (sheet.hidden_rows, sheet.cells[1, 1].merged) == (frozenset(), "A1:XFD1048576")


@pytest.mark.parametrize("ref", ["XFE1", "A1048577", "A0", "1", "AAAA1", "Á1"])
def test_an_address_that_excel_does_not_know_makes_the_file_damaged(ref: str) -> None:
    with pytest.raises(Unreadable):
        only(f'<c r="{ref}"><v>1</v></c>')


def test_what_is_hidden_and_merged_is_marked_on_the_cell() -> None:
    sheet = read(
        '<cols><col min="2" max="3" hidden="1"/><col min="5" max="5" width="0"/></cols>'
        '<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c><c r="E1"><v>3</v></c></row>'
        '<row r="2" hidden="1"><c r="A2"><v>4</v></c></row></sheetData>'
        '<autoFilter ref="A1:E2"/><mergeCells><mergeCell ref="A1:B9"/><mergeCell ref="tệ"/></mergeCells>'
    )

    assert {c.address: (c.hidden, c.merged) for c in sheet.cells.values()} == {
        "A1": (False, "A1:B9"), "B1": (True, "A1:B9"), "E1": (True, ""), "A2": (True, "A1:B9"),
    }  # fmt: skip
    assert sheet.merged == (Range(1, 1, 9, 2),)
    assert (set(sheet.hidden_rows), set(sheet.hidden_columns), sheet.filtered) == ({2}, {2, 3, 5}, True)


@tabled(("part", "target"))
def test_a_sheets_part_may_be_named_and_stand_anywhere(part: str, target: str) -> None:
    assert only('<c r="A1"><v>1</v></c>', sheet_part=part, target=target).raw == "1"


def test_strict_files_and_prefixed_names_are_read() -> None:
    strict = only('<c r="A1"><v>1</v></c>', namespace=STRICT)
    prefixed = package(sheet_part="xl/x.xml", target="w.xml", extra={
        "xl/w.xml": f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"><x:c r="A1" t="inlineStr">'
        "<x:is><x:t>Có</x:t></x:is></x:c><x:c><x:f>A1</x:f><x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>"
    })  # fmt: skip

    assert strict.value == 1
    assert [c.value for c in read_xlsx(prefixed).sheets[0].cells.values()] == ["Có", Decimal(2)]


ONE = '<row r="1"><c r="A1"><v>1</v></c></row>'


def with_notes(comments: str) -> Sheet:
    """A sheet of one cell, and those notes."""
    rels = relation("a", "comments", "../comments1.xml")
    notes = f'<comments xmlns="{MAIN}"><commentList>{comments}</commentList></comments>'
    extra = {"xl/worksheets/_rels/sheet1.xml.rels": rels, "xl/comments1.xml": notes}
    return read_xlsx(package(f"<sheetData>{ONE}</sheetData>", extra=extra)).sheets[0]


def test_notes_stand_by_their_cell_also_where_it_is_empty() -> None:
    sheet = with_notes(
        '<comment ref="A1"><text><r><t>Sở Y tế:\n</t></r><r><t>ước</t></r></text></comment>'
        '<comment ref="B2"><text><t>trống</t></text></comment>'
    )

    assert sheet.cells[1, 1].note == "Sở Y tế:\nước"
    assert sheet.notes[2, 2] == "trống"


RUN = "<r><t>a</t></r>"
TEXTS: dict[str, Callable[[str], object]] = {
    "shared": lambda text: only('<c r="A1" t="s"><v>0</v></c>', strings=f"<si>{text}</si>"),
    "in the cell": lambda text: only(f'<c r="A1" t="inlineStr"><is>{text}</is></c>'),
    "a note": lambda text: with_notes(f'<comment ref="A1"><text>{text}</text></comment>'),
    "notes of one cell": lambda text: with_notes(
        "".join(f'<comment ref="A1"><text>{run}</text></comment>' for run in text.split(" "))
    ),
}


@pytest.mark.parametrize("place", TEXTS)
def test_a_text_of_more_runs_than_anybody_sets_is_refused_by_their_count(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cells, "MAX_RUNS", 20)

    TEXTS[place](" ".join([RUN] * 20))
    with pytest.raises(Unreadable, match="trên 20 đoạn chữ"):
        TEXTS[place](" ".join([RUN] * 21))


@pytest.mark.parametrize("nested", ["<t><t><t>năm</t></t></t>", "<t><t>năm</t></t>"])
def test_a_text_within_tags_in_one_another_is_read_once(nested: str) -> None:
    assert only('<c r="A1" t="s"><v>0</v></c>', strings=f"<si>{nested}</si>").raw == "năm"
    assert only(f'<c r="A1" t="inlineStr"><is>{nested}</is></c>').raw == "năm"
    assert with_notes(f'<comment ref="A1"><text>{nested}</text></comment>').notes[1, 1] == "năm"


def test_the_colours_of_a_text_are_looked_at_once_however_many_cells_show_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked_at: list[int] = []

    def look(ink: int, ground: int) -> bool:
        looked_at.append(ink)
        return is_seen(ink, ground)

    monkeypatch.setattr(xlsx, "is_seen", look)
    runs = "".join(f'<r><rPr><color rgb="FF0000{n:02X}"/></rPr><t>a</t></r>' for n in range(50))
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 51))

    sheet = read(f"<sheetData>{rows}</sheetData>", strings=f"<si>{runs}</si>")
    assert {cell.mark for cell in sheet.cells.values()} == {""}
    assert len(looked_at) == 50


def test_states_of_sheets_macros_and_chart_sheets_are_told() -> None:
    kinds = ("worksheet", "worksheet", "worksheet", "chartsheet")
    rels = "".join(relation(f"rId{n}", kind, f"s{n}.xml") for n, kind in enumerate(kinds, 1))
    sheets = "".join(
        f'<sheet name="S{n}" sheetId="{n}" state="{state}" r:id="rId{n}"/>'
        for n, state in enumerate(("visible", "hidden", "veryHidden", "visible"), 1)
    )
    data = package(extra={
        "xl/workbook.xml": f'<workbook xmlns:r="{OFFICE}"><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": rels,
        "xl/vbaProject.bin": "mã",
        **{f"xl/s{n}.xml": "<worksheet/>" for n in (1, 2, 3)},
    })  # fmt: skip
    workbook = read_xlsx(data)

    assert [s.state for s in workbook.sheets] == ["visible", "hidden", "very_hidden"]
    assert workbook.has_macros
    assert (workbook.sheet("S2"), workbook.sheet("S9")) == (workbook.sheets[1], None)


@tabled("extra")
def test_a_damaged_or_hostile_part_is_refused_with_a_reason(extra: dict[str, str]) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_xlsx(package("<sheetData/>", extra=extra))
    assert refusal.value.reason
    assert refusal.value.fix


def test_rows_come_downwards_and_cells_from_left_to_right() -> None:
    sheet = read(
        '<sheetData><row r="3"><c r="B3"><v>3</v></c><c r="A3"><v>2</v></c></row>'
        '<row r="1"><c r="A1"><v>1</v></c></row></sheetData>'
    )

    assert [(n, [c.raw for c in cells]) for n, cells in sheet.rows()] == [(1, ["1"]), (3, ["2", "3"])]


@pytest.mark.parametrize("place", [(1, 1), (14, 7), (99, 26), (99, 27), (1, 702), (1, 703), (1048576, 16384)])
def test_an_address_reads_back(place: tuple[int, int]) -> None:
    assert parse_address(address(*place)) == place


def test_a_damaged_file_is_read_or_refused_and_never_breaks_the_run() -> None:
    good, luck = fill("SYT", 1).data, random.Random(2025)
    damaged = [good[: luck.randrange(len(good))] for _ in range(60)]
    for _ in range(100):
        flipped = bytearray(good)
        for _ in range(luck.choice((1, 4, 30))):
            flipped[luck.randrange(len(good))] = luck.randrange(256)
        damaged.append(bytes(flipped))

    for data in damaged:
        with suppress(Unreadable):
            read_workbook(data)
    with pytest.raises(Unreadable, match="hỏng"):  # there is no row 0
        read_xlsx(package('<sheetData><row r="0"><c><v>1</v></c></row></sheetData>'))


def test_pictures_and_text_boxes_are_seen_in_the_file() -> None:
    drawing = (
        '<xdr:wsDr xmlns:xdr="urn:x" xmlns:a="urn:a"><xdr:pic/><xdr:sp><xdr:txBody><a:p>'
        "<a:r><a:t>Đạt 95</a:t></a:r><a:r><a:t>%</a:t></a:r></a:p><a:p>"
        "<a:r><a:t>năm 2025</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:wsDr>"
    )
    rels = relation("r", "drawing", "../drawings/drawing1.xml")
    extra = {"xl/drawings/drawing1.xml": drawing, "xl/worksheets/_rels/sheet1.xml.rels": rels}

    [sheet] = read_xlsx(package(extra=extra)).sheets

    assert (sheet.n_pictures, sheet.text_boxes) == (1, (TextBox("Đạt 95%\nnăm 2025"),))


# ---------------------------------------- .xls: the same facts, own reasons for refusing


def return_as_xlsx() -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    old_font = book.add_format({"font_name": ".VnTime", "num_format": "#,##0"})
    percent, day = (book.add_format({"num_format": f}) for f in ("0.0%", "dd/mm/yyyy"))
    sheet = book.add_worksheet("01-A")
    sheet.write_row(0, 0, ["Sở Y tế", "1.234.567", "  khoảng 50 "])
    sheet.write_number(1, 0, 61734, old_font)
    sheet.write_number(1, 1, 0.955, percent)
    sheet.write_datetime(1, 2, datetime(2025, 11, 9), day)
    sheet.write_boolean(1, 3, True)
    sheet.write_number(1, 4, 12.5)
    sheet.write_formula(2, 0, "=1/0", None, "#DIV/0!")
    sheet.write_formula(2, 1, "=SUM(A2:A2)", None, 61734)
    sheet.merge_range(4, 0, 5, 1, "gộp")
    sheet.write_string(7, 0, "hàng ẩn")
    sheet.set_row(7, None, None, {"hidden": True})
    sheet.write_string(8, 6, "cột ẩn")
    sheet.set_column(6, 6, None, None, {"hidden": True})
    sheet.write_comment(1, 0, "ghi chú của đơn vị")
    narrow = book.add_worksheet("chật")
    narrow.set_column(1, 1, 2)
    narrow.set_row(2, 5)
    narrow.write_row(0, 0, [12345, 12345])
    narrow.write_number(1, 0, 120, book.add_format({"font_size": 72}))
    narrow.write_row(2, 0, [120, "120"])
    book.add_worksheet("nháp").hide()
    book.close()
    return stream.getvalue()


@pytest.fixture(scope="module")
def xls(tmp_path_factory: pytest.TempPathFactory, libreoffice: LibreOffice) -> bytes:
    folder = tmp_path_factory.mktemp("xls")
    (folder / "bieu.xlsx").write_bytes(return_as_xlsx())
    libreoffice.convert([folder / "bieu.xlsx"], "xls", folder)
    return Path(folder / "bieu.xls").read_bytes()


def _facts(sheet: Sheet) -> dict[str, tuple[object, ...]]:
    return {
        c.address: (c.kind, c.value, c.raw, c.merged, c.hidden, c.note.strip(), c.font == ".VnTime")
        for c in sheet.cells.values()
    }


@pytest.mark.requires("soffice")
def test_an_xls_gives_the_same_facts_as_the_xlsx_it_was_saved_from(xls: bytes) -> None:
    ours, theirs = read_xls(xls), read_xlsx(return_as_xlsx())
    first = ours.sheets[0]

    assert _facts(first) == _facts(theirs.sheets[0])
    for book in (ours, theirs):  # what nobody can read whole
        assert {address(*place) for place in book.sheets[1].unshown} == {"B1", "A2", "A3", "B3"}
    states = [("01-A", "visible"), ("chật", "visible"), ("nháp", "hidden")]
    assert [(s.name, s.state) for s in ours.sheets] == states
    assert [m.ref for m in first.merged] == ["A5:B6"]
    assert (set(first.hidden_rows), set(first.hidden_columns)) == ({8}, {7})
    assert (ours.has_macros, ours.date1904) == (False, False)


@pytest.mark.requires("soffice")
def test_an_xls_with_a_password_is_said_to_have_one(xls: bytes) -> None:
    after = xls.index(b"\x09\x08\x10\x00\x00\x06\x05\x00") + 20
    locked = xls[:after] + b"\x2f\x00\x06\x00" + bytes(6) + xls[after + 10 :]

    with pytest.raises(Unreadable) as refusal:
        read_xls(locked)
    assert refusal.value.reason == REFUSALS[FileKind.ENCRYPTED][0]
