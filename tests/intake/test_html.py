"""A workbook saved as a web page: what is shown is read, what hides is kept, nothing is guessed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dvctt_report.intake import html as module
from dvctt_report.intake.cells import Cell, CellKind, Sheet, Unreadable
from dvctt_report.intake.html import read_html, read_mhtml
from tests.intake.arrivals import web_archive, web_page, workbook

HEAD = "<html xmlns:x='urn:schemas-microsoft-com:office:excel'><head><meta charset=utf-8>"
CSS = (
    '<style>.a{mso-number-format:"\\#\\,\\#\\#0"} .b {mso-number-format:"\\@"} '
    ".c{mso-number-format:Fixed;}</style>"
)


def sheet(rows: str, head: str = CSS) -> Sheet:
    return read_html(f"{HEAD}{head}</head><body><table>{rows}</table></body></html>".encode()).sheets[0]


def only(cell: str) -> Cell:
    (found,) = sheet(f"<tr>{cell}</tr>").cells.values()
    return found


@pytest.mark.parametrize(
    ("xml", "kind", "value", "raw"),
    [
        ("<td>Sở Y tế</td>", CellKind.TEXT, "Sở Y tế", "Sở Y tế"),
        ("<td>một<br>hai  ba</td>", CellKind.TEXT, "một\nhai ba", "một\nhai ba"),
        ("<td>66</td>", CellKind.NUMBER, Decimal(66), "66"),
        ("<td>-5</td>", CellKind.NUMBER, Decimal(-5), "-5"),
        ("<td>01</td>", CellKind.TEXT, "01", "01"),
        ("<td>2.140</td>", CellKind.TEXT, "2.140", "2.140"),
        ("<td class=a>2.140</td>", CellKind.NUMBER, Decimal(2140), "2140"),
        ("<td class=a>1,234,567</td>", CellKind.NUMBER, Decimal(1234567), "1234567"),
        ("<td class=a>2.14</td>", CellKind.TEXT, "2.14", "2.14"),
        ("<td class=b>66</td>", CellKind.TEXT, "66", "66"),
        ("<td class=c>2.140</td>", CellKind.TEXT, "2.140", "2.140"),
        ("<td x:num>66</td>", CellKind.NUMBER, Decimal(66), "66"),
        ("<td x:num='0.955'>95,5%</td>", CellKind.NUMBER, Decimal("0.955"), "95,5%"),
        ("<td sdval='90.9090909090909'>90,9</td>", CellKind.NUMBER, Decimal("90.9090909090909"), None),
        ("<td x:num='NaN'>x</td>", CellKind.TEXT, "x", "x"),
        ("<td x:err='#DIV/0!'>#DIV/0!</td>", CellKind.ERROR, "#DIV/0!", "#DIV/0!"),
        ("<td x:bool='TRUE'>TRUE</td>", CellKind.BOOL, True, "TRUE"),
        ("<td><font color=red>đỏ</font> &amp; xanh</td>", CellKind.TEXT, "đỏ & xanh", "đỏ & xanh"),
    ],
)
def test_a_cell_is_read_as_it_is_shown(xml: str, kind: CellKind, value: object, raw: str | None) -> None:
    cell = only(xml)

    assert (cell.kind, cell.value) == (kind, value)
    assert raw is None or cell.raw == raw


@pytest.mark.parametrize("cell", ["<td></td>", "<td>&nbsp;</td>", "<td> <br> </td>", "<td><!-- x --></td>"])
def test_an_empty_cell_is_not_kept(cell: str) -> None:
    assert sheet(f"<tr>{cell}</tr>").cells == {}


def test_spans_push_the_cells_after_them_aside() -> None:
    read = sheet(
        "<tr><td rowspan=2>A1</td><td colspan=2>B1</td><td>D1</td></tr>"
        "<tr><td>B2</td><td colspan=x>C2</td></tr><tr><td>A3</td></tr>"
    )

    assert {c.address: c.raw for c in read.cells.values()} == {
        n: n for n in ("A1", "B1", "D1", "B2", "C2", "A3")
    }
    assert [m.ref for m in read.merged] == ["A1:A2", "B1:C1"]
    assert read.cells[1, 1].merged == "A1:A2"


def test_what_is_hidden_is_kept_and_marked() -> None:
    read = sheet(
        "<col style='display:none' span=2><col>"
        "<tr><td>k</td><td>1</td><td>thấy</td></tr>"
        "<tr style='DISPLAY: none'><td></td><td></td><td>#a</td></tr>"
    )

    assert {c.raw: c.hidden for c in read.cells.values()} == {"k": True, "1": True, "thấy": False, "#a": True}
    assert (read.hidden_columns, read.hidden_rows) == (frozenset({1, 2}), frozenset({2}))


def test_names_and_states_of_sheets_come_from_the_pages_list() -> None:
    book = workbook()

    for read in (read_html(web_page(book)), read_mhtml(web_archive(book))):
        assert [(s.name, s.state) for s in read.sheets] == [(s.name, s.state) for s in book.sheets]
        assert read.kind == "html"
    assert [s.name for s in read_html(web_page(book, names=False)).sheets][:2] == ["Bảng 1", "Bảng 2"]


def test_headings_name_the_sheets_where_there_is_no_list() -> None:
    page = "<h1>Sheet 1: <em>Bìa</em></h1><table><tr><td>1</td></tr></table>"

    assert [s.name for s in read_html(page.encode()).sheets] == ["Bìa"]


@pytest.mark.parametrize(
    "page",
    [
        "<meta charset=utf-8><table><tr><td>Tỷ lệ</td></tr></table>".encode(),
        "\ufeff<table><tr><td>Tỷ lệ</td></tr></table>".encode(),
        "<table><tr><td>Tỷ lệ</td></tr></table>".encode("utf-16"),
        "<meta charset='không-có'><table><tr><td>Tỷ lệ</td></tr></table>".encode(),
        b"<meta charset=windows-1258><table><tr><td>Ty\xd2 l\xea\xf2</td></tr></table>",
        '<?xml version="1.0" encoding="UTF-8"?><table><tr><td>Tỷ lệ</td></tr></table>'.encode(),
    ],
    ids=["UTF-8", "BOM", "UTF-16", "unknown charset", "windows-1258", "XHTML"],
)
def test_the_text_is_read_in_the_pages_own_encoding(page: bytes) -> None:
    assert [c.raw for c in read_html(page).sheets[0].cells.values()] == ["Tỷ lệ"]


@pytest.mark.parametrize("page", [b"<html></html>", b"<table<>", b"<html><p>x</p>", b""])
def test_a_page_without_a_table_is_refused(page: bytes) -> None:
    with pytest.raises(Unreadable, match="không có bảng"):
        read_html(page)


def test_absurd_spans_and_nesting_cost_nothing() -> None:
    wide = sheet("<tr><td rowspan=99999999 colspan=99999999>1</td></tr>" + "<tr><td>x</td></tr>" * 50)
    deep = read_html(b"<table><tr><td>" * 5_000 + b"1")

    assert len(wide.cells) == 51
    assert len(deep.sheets) == 1


def test_a_page_too_large_is_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_HTML", 100)

    with pytest.raises(Unreadable, match="lớn bất thường"):
        read_html(b"<table><tr><td>1</td></tr></table>" + b" " * 100)


def test_nothing_outside_the_page_is_fetched_or_expanded() -> None:
    page = '<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]><table><tr><td>&a;1</td></tr></table>'

    (cell,) = read_html(page.encode()).sheets[0].cells.values()
    assert "root" not in cell.raw
