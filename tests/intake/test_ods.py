"""An .ods gives the facts of every cell, beside what it shows; faults are refused with a reason."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from decimal import Decimal
from html import escape

import pytest

from dvctt_report import packages
from dvctt_report.file_kinds import FileKind
from dvctt_report.intake.cells import Cell, CellKind, Mark, Unreadable
from dvctt_report.intake.container import REFUSALS
from dvctt_report.intake.ods import read_ods
from tests.intake.arrivals import zipped

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "style")
)
MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"


def ods(rows: str, **parts: bytes) -> bytes:
    styles = (
        '<office:automatic-styles><style:style style:name="h" style:family="table">'
        '<style:table-properties table:display="false"/></style:style>'
        '<style:style style:name="struck" style:family="text">'
        '<style:text-properties style:text-line-through-style="solid"/></style:style>'
        '<style:style style:name="raised" style:family="text">'
        '<style:text-properties style:text-position="super 58%"/></style:style>'
        '<style:style style:name="plain" style:family="text">'
        '<style:text-properties style:text-position="0% 100%"/></style:style></office:automatic-styles>'
    )
    hidden = '<table:table table:name="_meta" table:style-name="h"><table:table-row>'
    hidden += cell("string", "<text:p>form</text:p>") + "</table:table-row></table:table>"
    content = (
        f"<office:document-content {SPACES}>{styles}<office:body><office:spreadsheet>"
        f'<table:table table:name="01-A">{rows}</table:table>{hidden}'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped({"mimetype": MIMETYPE, "content.xml": content.encode(), **parts})


def cell(kind: str, content: str = "", **attributes: str) -> str:
    said = "".join(f' office:{name.replace("_", "-")}="{value}"' for name, value in attributes.items())
    return f'<table:table-cell office:value-type="{kind}"{said}>{content}</table:table-cell>'


def row(*cells: str) -> str:
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def test_values_stand_where_they_stood() -> None:
    data = ods(
        '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
        + row(
            '<table:table-cell table:number-columns-repeated="2"/>',
            cell("string", "<text:p>Sở Y tế</text:p><text:p>dòng hai</text:p>"),
            cell("float", value="1234"),
            cell("percentage", value="0.955"),
            cell("date", date_value="2025-11-07"),
            cell("date", date_value="2025-11-07T08:30:00"),
            cell("boolean", boolean_value="true"),
        )
    )
    book = read_ods(data)

    assert {c.address: (c.kind, c.value) for c in book.sheets[0].cells.values()} == {
        "C3": (CellKind.TEXT, "Sở Y tế\ndòng hai"),
        "D3": (CellKind.NUMBER, Decimal(1234)),
        "E3": (CellKind.NUMBER, Decimal("0.955")),
        "F3": (CellKind.DATE, date(2025, 11, 7)),
        "G3": (CellKind.DATE, datetime(2025, 11, 7, 8, 30)),
        "H3": (CellKind.BOOL, True),
    }
    assert [(s.name, s.state) for s in book.sheets] == [("01-A", "visible"), ("_meta", "hidden")]
    assert book.kind == "ods"


def test_an_ods_without_its_mimetype_is_read_all_the_same() -> None:
    whole = zipfile.ZipFile(io.BytesIO(ods(row(cell("float", value="7")))))
    bare = zipped({"content.xml": whole.read("content.xml")})

    assert [c.value for c in read_ods(bare).sheets[0].cells.values()] == [Decimal(7)]


def test_a_password_is_said_to_be_one() -> None:
    manifest = b"<manifest><file-entry><encryption-data/></file-entry></manifest>"

    with pytest.raises(Unreadable) as refusal:
        read_ods(ods("", **{"META-INF/manifest.xml": manifest}))
    assert refusal.value.reason == REFUSALS[FileKind.ENCRYPTED][0]


@pytest.mark.parametrize("content", [b"", b"<office:document-content>", b"\0\1\2"])
def test_a_damaged_ods_is_refused_with_a_reason(content: bytes) -> None:
    with pytest.raises(Unreadable, match="ods"):
        read_ods(zipped({"mimetype": MIMETYPE, "content.xml": content}))
    with pytest.raises(Unreadable, match="hỏng"):
        read_ods(zipped({"mimetype": MIMETYPE}))


def test_what_inflates_without_end_is_refused_before_it_is_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "MAX_INFLATED", 100_000)

    with pytest.raises(Unreadable, match="giải nén vượt"):
        read_ods(ods(row(cell("string", f"<text:p>{'a' * 200_000}</text:p>"))))


def one(text: str) -> Cell:
    (found,) = read_ods(ods(row(text))).sheets[0].cells.values()
    return found


@pytest.mark.parametrize(
    ("value", "shown", "number_format"),
    [
        ("1234", "1.234", "General"),
        ("1234", "1,234.00", "General"),
        ("31", "31 người", '0" người"'),
        ("31", "31 nghìn", '0" nghìn"'),
        ("400000", "400", '"400"'),
        ("79", "7900", '"7900"'),
        ("5", ">5", '">5"'),
        ("5", "-5", '"-5"'),
        ("5", "", '""'),
        ("0", "-", "General"),
        ("0.7996", "79,96%", "0%"),
    ],
)
def test_a_number_that_shows_as_something_else_says_so_by_its_format(
    value: str, shown: str, number_format: str
) -> None:
    found = one(cell("float", f"<text:p>{shown}</text:p>", value=value))

    assert (found.kind, found.value, found.number_format) == (CellKind.NUMBER, Decimal(value), number_format)


def test_a_number_without_a_text_beside_it_is_plain() -> None:
    assert one(cell("float", value="31")).number_format == "General"


@pytest.mark.parametrize(
    ("shown", "number_format"),
    [("04/03/2025", "dd/mm/yyyy"), ("03/04/2025", "mm/dd/yyyy"), ("03/2025", "mm/yyyy"), ("", "dd/mm/yyyy")],
)
def test_a_day_tells_what_is_seen_of_it(shown: str, number_format: str) -> None:
    found = one(cell("date", f"<text:p>{shown}</text:p>" if shown else "", date_value="2025-03-04"))

    assert (found.value, found.number_format) == (date(2025, 3, 4), number_format)
    assert found.serial == 45_720


@pytest.mark.parametrize(
    ("written", "as_in_excel"),
    [
        ("of:=SUM([.A1:.B2];[.C3])", "SUM(A1:B2,C3)"),
        ("of:=VLOOKUP(5;[$'Biểu 1'.$A$1:.B9];1;0)", "VLOOKUP(5,'Biểu 1'!$A$1:B9,1,0)"),
        ('of:=IF([.A1]>0;"a;[.B1]";[nháp.B2])', 'IF(A1>0,"a;[.B1]",nháp!B2)'),
        ("of:=['file:///C:/nguồn.ods'#$Tháng.A1]", "['file:///C:/nguồn.ods']Tháng!A1"),
        ("msoxl:=SUM(A1:B2,C3)", "SUM(A1:B2,C3)"),
    ],
)
def test_a_formula_is_given_as_excel_writes_it(written: str, as_in_excel: str) -> None:
    formula = escape(written)
    found = one(cell("float", value="7").replace(" office", f' table:formula="{formula}" office', 1))

    assert found.formula == as_in_excel


def test_a_formula_that_shows_nothing_and_one_never_calculated_are_told_apart() -> None:
    shows = one('<table:table-cell table:formula="of:=[.A1]"><text:p/></table:table-cell>')
    never = one('<table:table-cell table:formula="of:=[.A1]"/>')

    assert (shows.kind, shows.has_cached) == (CellKind.BLANK, True)
    assert (never.kind, never.has_cached) == (CellKind.BLANK, False)


def test_errors_notes_merges_and_hidden_lines_are_seen() -> None:
    fault = cell("string", "<text:p>#DIV/0!</text:p>").replace(
        " office", ' table:formula="of:=1/0" office', 1
    )
    noted = cell(
        "float", "<office:annotation><text:p>trừ 5</text:p></office:annotation><text:p>7</text:p>", value="7"
    )
    merged = noted.replace(" office", ' table:number-rows-spanned="2" office', 1)
    hidden = row(cell("float", value="9")).replace("row", 'row table:visibility="collapse"', 1)
    (sheet, _) = read_ods(ods(row(fault, merged) + row() + hidden)).sheets

    assert (sheet.cells[1, 1].kind, sheet.cells[1, 1].raw) == (CellKind.ERROR, "#DIV/0!")
    assert (sheet.cells[1, 2].raw, sheet.cells[1, 2].note, sheet.cells[1, 2].merged) == (
        "7",
        "trừ 5",
        "B1:B2",
    )
    assert set(sheet.hidden_rows) == {3}
    assert sheet.cells[3, 1].hidden


def test_struck_out_and_raised_runs_are_seen() -> None:
    def styled(name: str) -> Mark:
        text = f'<text:p>69<text:span text:style-name="{name}">1</text:span></text:p>'
        return one(cell("string", text)).mark

    assert (styled("struck"), styled("raised"), styled("plain")) == ("struck", "raised", "")
