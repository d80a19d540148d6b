"""The list of incoming documents: columns by their headings, senders by name and sign, nothing guessed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from dvctt_report.cli import door
from dvctt_report.forms.book import add_entries, extend_book
from dvctt_report.intake.book import Incoming, NotAList, _tables, not_yet_there, parse_book, parse_incoming
from dvctt_report.model import Entry
from tests.forms.fill import THIS, real
from tests.intake.edits import saved
from tests.made import tabled

ABOUT = "Báo cáo kết quả tuyên truyền dịch vụ công trực tuyến năm 2025"
HEADINGS = ("STT", "Số đến", "Ngày đến", "Số ký hiệu", "Ngày VB", "Cơ quan ban hành", "Trích yếu nội dung")


def listed(rows: Iterable[Sequence[object]], headings: Sequence[str] = HEADINGS, above: int = 3) -> bytes:
    """Such a list: lines of its own above the headings, then its rows."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for n in range(above):
        page.append([f"SỔ VĂN BẢN ĐẾN {n}"])
    page.append(list(headings))
    for row in rows:
        page.append(list(row))
    return saved(book)


def row(number: str, sender: str, subject: str = ABOUT, dated: object = date(2025, 11, 7)) -> list[object]:
    return [1, 2201, datetime(2025, 11, 8, 9, 30), number, dated, sender, subject]


def read(*rows: Sequence[object]) -> tuple[Incoming, ...]:
    return parse_incoming(listed(rows), real(), THIS).documents


def test_a_report_becomes_a_row_with_number_day_and_unit() -> None:
    (found,) = read(row("4002/BC-SYT", "Sở Y tế"), row("12/TB-STC", "Sở Tài chính", "Nghỉ lễ"))
    assert found.is_clear
    assert found.entry(found.units[0]) == Entry(
        "SYT", "4002/BC-SYT", date(2025, 11, 7), "QLVB", arrived_on=date(2025, 11, 8)
    )


@tabled("headings")
def test_columns_are_found_by_their_headings(headings: Sequence[str]) -> None:
    said = {
        "s": ("4002/BC-SYT", ("số, ký hiệu", "số/ký hiệu văn bản", "số ký hiệu")),
        "d": ("07/11/2025", ("ngày tháng", "ngày ban hành", "ngày văn bản")),
        "a": ("08/11/2025", ("ngày đến", "ngày nhận")),
        "u": ("Sở Y tế", ("tác giả", "nơi gửi", "đơn vị gửi")),
        "t": (ABOUT, ("tên loại và trích yếu nội dung văn bản", "trích yếu")),
    }
    values = [next((v for v, names in said.values() if h.lower() in names), "x") for h in headings]
    (found,) = parse_incoming(listed([values], headings), real(), THIS).documents
    assert (found.number, found.sent_on, found.units[0].code) == ("4002/BC-SYT", date(2025, 11, 7), "SYT")


@tabled(("number", "sender", "codes"))
def test_a_sender_that_isnt_clear_is_a_question(number: str, sender: str, codes: tuple[str, ...]) -> None:
    (found,) = read(row(number, sender))
    assert (found.is_clear, bool(found.why)) == (False, True)
    assert not codes or {u.code for u in found.units} == {*codes}


def test_what_is_no_report_or_has_no_day_is_a_question() -> None:
    found = read(row("9/CV-SYT", "Sở Y tế", "Góp ý dự thảo về DVCTT"), row("9/BC-SYT", "Sở Y tế", dated=None))
    assert [one.is_clear for one in found] == [False, False]


def test_what_stands_in_the_book_is_not_proposed_again() -> None:
    found = read(
        row("4002/BC-SYT", "Sở Y tế"), row("4002/BC-SYT", "Sở Y tế"), row("5/BC-STC", "Sở Tài chính")
    )
    assert [d.number for d in found] == ["4002/BC-SYT", "5/BC-STC"]
    known = Entry("SYT", "4002/bc-syt", arrived_on=date(2025, 11, 8))
    assert [d.number for d in not_yet_there(found, [known])] == ["5/BC-STC"]
    left = [*not_yet_there(found, [Entry("SYT", "4002/bc-syt")])]
    assert [d.number for d in left] == ["4002/BC-SYT", "5/BC-STC"]  # for its day of arrival


HEADS = (
    "<tr><th rowspan=2>Số ký<br>hiệu</th><th colspan=2>Thời gian</th><th rowspan=2>Cơ quan ban hành</th>"
    "<th rowspan=2>Trích yếu</th></tr><tr><th>Ngày văn bản</th><th>Ngày đến</th></tr>"
)
ONE_ROW = "<tr><th>Số ký hiệu</th><th>Ngày VB</th><th>Ngày đến</th><th>Nơi gửi</th><th>Trích yếu</th></tr>"
LINE = (
    "<tr><td>0012/BC-SYT</td><td>07/11/2025</td><td>08/11/2025</td><td><a href=x>Sở</a> Y tế</td>"
    f"<td>{ABOUT}</td></tr>"
)


@tabled(("start", "encoding"))
def test_a_list_may_be_a_web_page_whose_texts_are_taken_as_they_are_shown(start: str, encoding: str) -> None:
    (found,) = parse_incoming(
        f"{start}<table>{ONE_ROW}{LINE}</table>".encode(encoding), real(), THIS
    ).documents
    days = (date(2025, 11, 7), date(2025, 11, 8))
    assert (found.is_clear, found.number, found.sent_on, found.arrived_on) == (True, "0012/BC-SYT", *days)


def test_cells_of_a_page_that_span_others_push_them_aside() -> None:
    (found,) = parse_incoming(
        f"<meta charset=utf-8><table>{HEADS}{LINE}</table>".encode(), real(), THIS
    ).documents
    assert (found.number, found.sender, found.subject) == ("0012/BC-SYT", "Sở Y tế", ABOUT)


def test_a_page_spells_no_tone_apart_spans_without_end_and_fetches_nothing() -> None:
    apart = b"<meta charset=windows-1258><table><tr><th>Ty\xd2 l\xea\xf2</th></tr></table>"
    wide = b"<table><tr><td rowspan=99999999 colspan=99999999>1</td></tr>" + b"<tr><td>x</td></tr>" * 50
    away = b'<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]><table><tr><td>&a;1</td></tr></table>'
    assert [c.raw for c in _tables(apart)[0].cells.values()] == ["Tỷ lệ"]
    assert len(_tables(wide)[0].cells) == 51
    assert "root" not in _tables(away)[0].text(1, 1)
    assert len(_tables(b"<table><tr><td>" * 5_000 + b"1")) == 1


@tabled(("subject", "is_about"))
def test_a_document_is_about_what_the_plan_is_about(subject: str, is_about: bool) -> None:
    assert bool(read(row("4002/BC-SYT", "Sở Y tế", subject))) is is_about


@pytest.mark.parametrize("data", [b"x", b"<html><p>x</p>", listed([], ("Tên", "Tuổi"))])
def test_another_file_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(NotAList, match=r"Xuất lại|hàng tiêu đề"):
        parse_incoming(data, real(), THIS)


def test_rows_go_into_the_units_own_row_and_never_over_what_was_typed() -> None:
    book = extend_book(None, real(), THIS)
    assert book is not None
    first = Entry("SYT", "4002/BC-SYT", date(2025, 11, 7), "QLVB", note="n")
    again = Entry("SYT", "4100/BC-SYT", date(2025, 11, 20), "QLVB")
    data = add_entries(add_entries(book, real(), THIS, [first]), real(), THIS, [again])
    read = [e for e in parse_book(data, real(), THIS, "so-theo-doi.xlsx").entries if e.unit == "SYT"]
    assert [(e.document_number, e.sent_on, e.channel) for e in read] == [
        ("4002/BC-SYT", date(2025, 11, 7), "QLVB"),
        ("4100/BC-SYT", date(2025, 11, 20), "QLVB"),
    ]
    assert read[0].note == "n"


def test_the_officer_enters_a_whole_list_with_one_command(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "x"
    assert door.main(["init", str(root), "--year", "2025"]) == 0
    monkeypatch.chdir(root)
    rows = [row("4002/BC-SYT", "Sở Y tế"), row("7/BC-SNV", "Sở Tài chính")]
    Path("van-ban-den.xlsx").write_bytes(listed(rows))
    capfd.readouterr()
    assert door.main(["collect", "--incoming", "van-ban-den.xlsx"]) == 1
    assert "Chưa ghi gì" in capfd.readouterr().out
    assert door.main(["collect", "--incoming", "van-ban-den.xlsx", "--yes"]) == 1
    said = capfd.readouterr().out
    assert "Đã ghi 1 dòng" in said
    assert "7/BC-SNV" in said
    book = parse_book(Path("ky-bao-cao/2025/so-theo-doi.xlsx").read_bytes(), real(), THIS, "x")
    assert [(e.unit, e.document_number) for e in book.entries] == [("SYT", "4002/BC-SYT")]
    assert door.main(["collect", "--incoming", "van-ban-den.xlsx", "--yes"]) == 1
    assert "1 văn bản đã có trong sổ theo dõi" in capfd.readouterr().out
    assert door.main(["collect", "--incoming", "khong-co.xlsx"]) == 2
