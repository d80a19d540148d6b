"""Read back the workbook of decisions: what was typed into each row, and what that row was about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from dvctt_report.decide.arrivals import marked_as_read
from dvctt_report.decide.cells import BETWEEN, COLUMNS, FORM, MARK, OUTCOME, SHOWN, SIGNED, TYPED, Typed
from dvctt_report.decide.matters import Part
from dvctt_report.files.cells import Unreadable
from dvctt_report.files.container import read_workbook
from dvctt_report.intake.mend_lists import hidden_keys, marked_columns
from dvctt_report.model.period import Period
from dvctt_report.plan.model import Profile


@dataclass(frozen=True, slots=True)
class BookStatement:
    """One row of a workbook.

    book: the name of the workbook.
    sheet: the sheet it stands on.
    base: the facts it was written about, see ``Matter.base``; none where its hidden cell is empty.
    shown: what stood in the row for the officer to read, as in ``SHOWN``.
    typed: what the officer typed.
    outcome: what was said of it when the workbook was written.
    """

    book: str
    sheet: str
    base: tuple[str, ...]
    shown: tuple[str, ...]
    typed: Typed
    outcome: str = ""


class ReadBook(NamedTuple):
    """A workbook as it was read.

    statements: its rows, those in which nothing is typed too.
    digest: what the rows were made of when it was written.
    fault: why it can't be used; "" where it can.
    remarks_read: the remarks of units that were marked as read.
    """

    statements: tuple[BookStatement, ...] = ()
    digest: str = ""
    fault: str = ""
    remarks_read: frozenset[str] = frozenset()


def read_book(name: str, data: bytes, profile: Profile, period: Period) -> ReadBook:
    """Read a workbook of decisions. Never raises for what is in the file.

    What stands in a row without a key is read too: above the place to sign nothing else is typed.
    """
    try:
        book = read_workbook(data)
    except Unreadable as error:
        fix = "Mở sổ bằng Excel rồi lưu lại thành .xlsx; hoặc đổi tên tệp, chạy: dvctt-report collect"
        return ReadBook(fault=f"{error.reason}. {fix}")
    keys = hidden_keys(book)
    if keys.get("form") != FORM:
        return ReadBook(fault="không phải sổ việc cần xử lý do chương trình lập")
    if keys.get("plan") != profile.plan.code or keys.get("period") != str(period):
        return ReadBook(fault=f"của kỳ khác ({keys.get('period') or 'không rõ'}), đang làm {period.words}")
    statements: list[BookStatement] = []
    n_tables = 0
    for sheet in book.sheets:
        table = marked_columns(sheet, {MARK, *(column.key for column in TYPED)})
        if table is None and sheet.name in [*Part]:
            fix = "Chép lại lời đã ghi vào sổ lập mới: đổi tên tệp này, rồi chạy: dvctt-report validate"
            return ReadBook(fault=f"trang “{sheet.name}” không còn đủ cột của sổ. {fix}")
        if table is None:
            continue
        n_tables, (marker, at), signed = n_tables + 1, table, False
        for row in (row for row, _ in sheet.rows() if row > marker + 1):
            base = sheet.text(row, at[MARK])
            texts = {c.key: sheet.text(row, at[c.key]) for c in COLUMNS if c.key in at}
            typed = Typed(*(texts[column.key] for column in TYPED))
            signed = signed or SIGNED[0] in texts.values()
            if base or (any(typed) and not signed):
                about = tuple(base.split(BETWEEN)) if base else ()
                shown = tuple(texts.get(column.key, "") for column in SHOWN)
                outcome = texts.get(OUTCOME.key, "")
                statements.append(BookStatement(name, sheet.name, about, shown, typed, outcome))
    if not n_tables:
        return ReadBook(fault="không còn cột quyết định")
    return ReadBook(tuple(statements), keys.get("digest", ""), remarks_read=marked_as_read(book))
