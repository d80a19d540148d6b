"""A row of the workbook of open matters by its number, as it stands there and on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dvctt_report.deciding.books import find_books, own_book
from dvctt_report.deciding.matters import Matter, Part, matters_of
from dvctt_report.deciding.taking import matter_of
from dvctt_report.errors import CannotRun
from dvctt_report.model import Finding, finding_id

if TYPE_CHECKING:
    from dvctt_report.loader import OpenPeriod

_MOST_DIGITS = 5
"""Digits of a row's number; the shortest code of a file has six."""


class NumberedMatter(NamedTuple):
    """An open matter, and those of its findings that stood in the row when the workbook was written."""

    matter: Matter
    findings: tuple[Finding, ...]


def is_number(word: str) -> bool:
    """Whether a word of a command is the number of a row."""
    return word.isascii() and word.isdecimal() and len(word) <= _MOST_DIGITS


def matter_numbered(opened: OpenPeriod, number: str) -> NumberedMatter:
    """The open matter with that number, as the officer reads it: in the workbook as it was last written.

    Numbers move when a matter is settled, so that they are never counted anew. Raises CannotRun where there
    is no such row, or what it was about is settled or has changed.
    """
    books = find_books(opened.workspace, lambda _: None)
    own = own_book(opened.workspace)
    rows = next((book.read.statements for book in books if book.path == own), ())
    row = next((r for r in rows if r.shown[0] == str(int(number)) and r.sheet != Part.DECIDED), None)
    if row is None:
        raise CannotRun(
            f"Sổ việc cần xử lý không có việc số {int(number)}.",
            "Xem cột “Số” của sổ; lập lại sổ: dvctt-report validate",
        )
    found = matter_of(row, matters_of(opened))
    if found is None:
        raise CannotRun(
            f"Việc số {int(number)} đã xử lý xong, hoặc đơn vị đã gửi nội dung khác.",
            "Lập lại sổ, xem số mới: dvctt-report validate",
        )
    return NumberedMatter(found, tuple(f for f in found.findings if finding_id(f) in row.base))
