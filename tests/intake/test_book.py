"""The tracking book: what is read back, what can't be used, to which file a row belongs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from dvctt_report.forms.book import COLUMNS, extend_book
from dvctt_report.intake.book import Book, parse_book
from dvctt_report.intake.sent import bind, paper_returns, unused_entries
from dvctt_report.intake.settle import settle
from dvctt_report.model import CellRef, Entry, Return, ReturnStatus, Severity, Submission
from dvctt_report.model.codes import finding
from dvctt_report.model.period import Period
from tests.forms.fill import real
from tests.intake.edits import opened, saved
from tests.made import tabled

YEAR = 2025
FILE = "so-theo-doi.xlsx"
profile = real()


def made() -> bytes:
    """A book as the tool makes it."""
    book = extend_book(None, profile, Period(YEAR))
    assert book is not None
    return book


def typed(cells: Mapping[str, Any]) -> bytes:
    """A book with these cells typed into its first sheet."""
    book = opened(made())
    for address, value in cells.items():
        book.worksheets[0][address] = value
    return saved(book)


def read(cells: Mapping[str, Any]) -> Book:
    return parse_book(typed(cells), profile, Period(YEAR), FILE)


def returned(name: str, unit: str = "SYT", number: str = "", sent_on: date | None = None) -> Return:
    said = Submission(number, sent_on, control_code="3036", computed_code="3036")
    return Return(f"nhan-ve/2025/{name}", name, ReturnStatus.EFFECTIVE, unit, Period(YEAR), said)


def test_a_new_book_lists_the_roster_in_its_order_and_says_nothing() -> None:
    sheet = opened(made()).worksheets[0]
    assert [c.value for c in sheet[3]] == [c.header for c in COLUMNS]
    listed = [(sheet.cell(row, 1).value, sheet.cell(row, 2).value) for row in range(4, sheet.max_row + 1)]
    assert listed == [(u.code, u.name) for u in profile.units(Period(YEAR))]
    assert parse_book(made(), profile, Period(YEAR), FILE) == Book(complete=True)


def test_what_the_officer_typed_is_read_with_its_address() -> None:
    """A date typed as text is read day first, a number gets back the zero that it lost."""
    day, unit = date(2025, 11, 5), profile.units(Period(YEAR))[0].code
    at, code_at = (CellRef(FILE, "Năm 2025", cell) for cell in ("A4", "G4"))
    cells = {"C4": " 12/BC-VP ", "D4": datetime(2025, 11, 5), "F4": "zalo", "G4": "0304"}
    cells |= {"H4": "a.xlsx", "I4": "x"}
    entry = Entry(unit, "12/BC-VP", day, "Zalo", "0304", "a.xlsx", "x", at, code_at)
    assert read(cells) == Book((entry,), complete=True)
    assert read({**cells, "D4": "5/11/2025", "G4": 304}).entries == (entry,)


def test_whom_to_call_is_read_apart_from_the_documents_where_there_is_a_column_for_it() -> None:
    first, second = (unit.code for unit in profile.units(Period(YEAR))[:2])
    book = read({"J4": " Bà A,  0900 000 001 ", "J5": "ông B", "C5": "12/BC"})
    assert (book.contacts, book.findings) == ({first: "Bà A, 0900 000 001", second: "ông B"}, ())
    assert [(e.unit, e.document_number) for e in book.entries] == [(second, "12/BC")]
    older = read({"J3": None, "C4": "12/BC"})
    assert (older.usable, older.findings, older.contacts) == (True, (), {})
    assert [e.document_number for e in older.entries] == ["12/BC"]


@tabled(("said", "day"))
def test_a_day_is_read_as_people_write_it(said: object, day: date) -> None:
    (entry,) = read({"E4": said}).entries
    assert entry.arrived_on == day


def test_rows_and_columns_may_be_moved_and_a_name_may_stand_for_a_code() -> None:
    book = opened(made())
    sheet = book.worksheets[0]
    for area in ("A1:J1", "A2:J2"):
        sheet.unmerge_cells(area)
    sheet.insert_cols(1)
    sheet.insert_rows(1)
    sheet["B5"], sheet["D5"] = None, "77/BC"
    (entry,) = parse_book(saved(book), profile, Period(YEAR), FILE).entries
    assert (entry.unit, entry.document_number) == (profile.units(Period(YEAR))[0].code, "77/BC")


@tabled(("cells", "unit"))
def test_a_row_is_of_the_unit_by_whatever_name(cells: dict[str, str | None], unit: str) -> None:
    assert [e.unit for e in read({**cells, "C4": "1/BC"}).entries] == [unit]


def test_a_row_that_may_be_of_several_units_names_them() -> None:
    first, second, *rest = profile.roster.units
    twins = [unit.model_copy(update={"aliases": ("Sở Chung",)}) for unit in (first, second)]
    roster = profile.roster.model_copy(update={"units": (*twins, *rest)})
    of_twins = profile.model_copy(update={"roster": roster})
    book = parse_book(typed({"A4": "Sở Chung", "C4": "1/BC"}), of_twins, Period(YEAR), FILE)
    (told,) = book.findings
    assert (told.code, book.entries) == ("NH74", ())
    assert f"có thể là nhiều đơn vị: {first.short_name} ({first.code}); " in told.message


FAULTS = {
    "NH71": ({"D4": "hôm qua"}, "D4", {"D4": "05/11/2025"}),
    "NH72": ({"G4": "12a"}, "G4", {"G4": "0012"}),
    "NH73": ({"F4": "bồ câu"}, "F4", {"F4": "QLVB"}),
    "NH74": ({"A4": "KHONGCO", "C4": "1/BC"}, "A4", {"C4": "1/BC"}),
}


@pytest.mark.parametrize("code", FAULTS)
def test_a_cell_that_cannot_be_used_is_named(code: str) -> None:
    cells, address, good = FAULTS[code]
    (told,) = read(cells).findings
    assert (told.code, told.at) == (code, CellRef(FILE, "Năm 2025", address))
    assert told.message
    assert told.fix
    assert read(good).findings == ()


def test_a_row_without_code_and_name_is_named_and_an_emptied_one_only_makes_the_book_incomplete() -> None:
    assert [f.code for f in read({"A4": None, "B4": None, "C4": "1/BC"}).findings] == ["NH74"]
    assert read({"A4": "KHONGCO"}) == Book()
    assert not read({"A5": None}).complete


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 broken", b"%PDF-1.7", b"text"])
def test_a_book_that_cannot_be_read_is_one_finding(data: bytes) -> None:
    book = parse_book(data, profile, Period(YEAR), FILE)
    assert not book.usable
    assert [(f.code, f.severity) for f in book.findings] == [("NH70", Severity.ERROR)]


def test_a_lost_header_is_told_by_its_name_and_a_year_without_a_sheet_says_nothing_yet() -> None:
    (told,) = (book := read({"D3": "Hôm nào", "C4": "1/BC"})).findings
    assert (book.usable, told.code) == (False, "NH70")
    assert "“Ngày gửi”" in told.message
    assert parse_book(typed({}), profile, Period(2026), FILE) == Book(usable=False)


# ------------------------------------------------------------------------------ rows and files


def test_the_books_date_and_number_stand_above_the_forms_own() -> None:
    own = returned("a.xlsx", number="1/BC", sent_on=date(2025, 11, 20))
    entry = Entry("SYT", "2/BC", date(2025, 11, 8), "giấy", "3036", code_at=CellRef(FILE, "Năm 2025", "G9"))
    (bound,) = bind([own], [entry])
    said = bound.submission
    assert (said.document_number, said.sent_on, said.channel) == ("2/BC", date(2025, 11, 8), "giấy")
    assert (said.signed_code, said.signed_at) == ("3036", entry.code_at)
    (kept,) = bind([own], [Entry("SYT", channel="Zalo")])
    assert (kept.submission.document_number, kept.submission.sent_on) == ("1/BC", date(2025, 11, 20))
    assert bind([own], [Entry("SNV", "2/BC", date(2025, 11, 8))]) == (own,)


def test_a_row_goes_to_the_file_that_it_names_or_whose_number_it_repeats() -> None:
    two = (returned("a.xlsx", number="1/BC-SYT"), returned("b.xlsx", number="9/BC-SYT"))
    by_name = bind(two, [Entry("SYT", sent_on=date(2025, 11, 8), file=r"C:\nhan\B.XLSX")])
    by_number = bind(two, [Entry("SYT", "số 9 / bc-syt", date(2025, 11, 8))])
    for bound in (by_name, by_number):
        assert [r.submission.sent_on for r in bound] == [None, date(2025, 11, 8)]
    assert bind(two, [Entry("SYT", sent_on=date(2025, 11, 8))]) == two


def test_a_row_of_the_earlier_document_never_dates_the_later_one() -> None:
    first = returned("a.xlsx", number="1/BC", sent_on=date(2025, 11, 5))
    second = returned("b.xlsx", number="2/BC", sent_on=date(2025, 11, 20))
    settled = settle([first, second], (), [Entry("SYT", "1/BC", date(2025, 11, 6))])
    assert [(str(r.status), r.submission.sent_on) for r in settled] == [
        ("superseded", date(2025, 11, 6)),
        ("effective", date(2025, 11, 20)),
    ]


def test_a_row_of_several_possible_files_or_of_a_file_that_is_none_is_a_question() -> None:
    rows = [Entry("SYT", sent_on=date(2025, 11, 8), at=CellRef(FILE, "Năm 2025", "A9"))]
    two = [returned("a.xlsx"), returned("b.xlsx")]
    apart = [replace(one, status=ReturnStatus.UNDECIDED) for one in two]
    (told,) = unused_entries(apart, rows, FILE)
    assert (told.code, told.at) == ("NH75", rows[0].at)
    assert list(unused_entries(two[:1], rows, FILE)) == []
    (told,) = unused_entries(two[:1], [replace(rows[0], file="c.xlsx")], FILE)
    assert (told.code, "c.xlsx" in told.message) == ("NH75", True)


def test_a_unit_that_sent_only_paper_is_entered_by_its_document_number() -> None:
    rows = (Entry("SYT", "1/BC", date(2025, 11, 8), "giấy"), Entry("SNV", "2/BC"))
    (paper,) = paper_returns((returned("a.xlsx", "SNV"),), rows, Period(YEAR), FILE)
    assert (paper.unit, paper.status, paper.submission.document_number) == ("SYT", ReturnStatus.PAPER, "1/BC")
    assert [f.code for f in paper.findings] == ["NH67"]
    assert list(unused_entries((paper,), rows[:1], FILE)) == []


def test_a_date_alone_is_no_return() -> None:
    rows = (Entry("SYT", sent_on=date(2025, 11, 8)),)
    assert list(paper_returns((), rows, Period(YEAR), FILE)) == []
    assert [f.code for f in unused_entries((), rows, FILE)] == ["NH76"]
    assert list(unused_entries((), (Entry("SYT", channel="Zalo"),), FILE)) == []


def test_a_file_nobody_can_read_is_of_the_unit_whose_row_names_it() -> None:
    """A damaged workbook bears no keys: only the officer knows who sent it."""
    note = finding("NH02", "tệp hỏng", "Gửi lại.", CellRef("nhan-ve/2025/hong.xlsx"))
    broken = Return("nhan-ve/2025/hong.xlsx", "x", ReturnStatus.REFUSED, findings=(note,))
    rows = (Entry("SYT", "1/BC", date(2025, 11, 8), file="Hong.XLSX"), Entry("SNV", "2/BC", file="hong.xlsx"))
    (bound,) = settle([broken], (), rows)
    assert (bound.unit, bound.status) == ("SYT", ReturnStatus.REFUSED)
    assert (bound.submission.document_number, [f.unit for f in bound.findings]) == ("1/BC", ["SYT"])
    assert [p.unit for p in paper_returns((bound,), rows, Period(YEAR), FILE)] == ["SNV"]
    assert [f.code for f in unused_entries((bound,), rows[:1], FILE)] == []
    assert [f.code for f in unused_entries((bound,), rows[1:], FILE)] == ["NH75"]
    (bound,) = settle([broken], (), [replace(rows[0], file="")])  # one that only shares the number
    assert bound.unit == ""
