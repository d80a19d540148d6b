"""What a command leaves as files beside its own answer, above all the page of how the year stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from dvctt_report.cli.screen import progress, say, tell
from dvctt_report.text.errors import CannotRun, explain_os_error
from dvctt_report.text.opening import open_file
from dvctt_report.year.unchanged import is_lasting, keep_answer

if TYPE_CHECKING:
    from dvctt_report.decide.books import DecisionBook
    from dvctt_report.decide.cells import BookStatement
    from dvctt_report.decide.taking import Recorded
    from dvctt_report.year.loader import OpenYear


NOT_WRITTEN = 2
"""The exit code of a command that has said all it has to say, but could not write it down."""
PAGE = "tinh-hinh.html"
NAMED = "Trang tình hình, mở bằng trình duyệt"
_HEAD = 4096
"""Bytes of a page that say what it was made of."""


def leave(path: Path, content: bytes, what: str, out: Callable[[str], None], *, must: bool = False) -> bool:
    """Write ``path`` and name it by ``out``; where it can't be, say so: False, or raise where it ``must``."""
    from dvctt_report.files.writing import write_beside

    try:
        written = write_beside(path, content)
    except OSError as error:
        explained = explain_os_error(error)
        if must or explained is None:
            raise
        tell(f"Chưa ghi được {path.name}: {explained}")
        return False
    out(f"{what}: {written}")
    return True


def leave_page(
    year: OpenYear, out: Callable[[str], None], name: str = "", books: Books | None = None
) -> bool:
    """Leave the page of how ``year`` stands and name it by ``out``; False, and said, where it can't be.

    ``name``: see ``unchanged.made_of``; one made of just that stays; "" for a page that is always made.
    ``books``: the workbooks of decisions, brought up to date with it so that both name the same rows; None
    where the page is of another moment, or nothing was read from them.
    """
    from dvctt_report.decide.books import write_books
    from dvctt_report.decide.places import own_book

    workspace, page = year.workspace, year.workspace.results / PAGE
    if name and (books is None or (not books.outcomes and own_book(workspace).exists())):
        with suppress(OSError), open_file(page) as there:
            if f'name="dvctt-report" content="{name}"'.encode() in there.read(_HEAD):
                out(f"{NAMED}: {page}")
                return True
    from dvctt_report.cli.status import unit_states  # from here on, what writes documents
    from dvctt_report.decide.matters import rows_of
    from dvctt_report.decide.workbook import book_index
    from dvctt_report.papers.page.view import build_page
    from dvctt_report.papers.page.write import page_bytes, page_index
    from dvctt_report.report.issuers import voice_of
    from dvctt_report.report.marks import lift_marks
    from dvctt_report.report.written import keep_index

    try:
        voice = replace(voice_of(workspace, year.as_of), marking=True)
        check(year)
        matters, rows = None, dict[str, str]()
        if books is not None:
            matters = write_books(year, books.read, books.outcomes, tell)
            keep_index(workspace, own_book(workspace), book_index(matters))
            if n_open := sum(not matter.decided for matter in matters):
                out(f"Việc cần xử lý ({n_open}), quyết định trong Excel: {own_book(workspace)}")
            rows = rows_of(matters)
        marked = page_bytes(build_page(year, voice, rows), name if is_lasting(year) else "")
        keep_answer(year, name, unit_states(year, matters))
        keep_index(workspace, page, page_index(marked))  # first: a page that is there is not made again
        return leave(page, lift_marks(marked), NAMED, out)
    except CannotRun as fault:
        tell(f"Chưa lập được {PAGE}: {fault}")
        return False


def check(year: OpenYear) -> None:
    """Check the period and add it up, saying so."""
    with progress(None, f"Đang kiểm tra, cộng số liệu của {len(year.known.receipts)} tệp…"):
        _ = year.findings


@dataclass(frozen=True)
class Books:
    """The workbooks of decisions as they were read, and what became of what they say."""

    read: tuple[DecisionBook, ...]
    outcomes: Mapping[BookStatement, Recorded] = field(default_factory=dict)


def read_books(year: OpenYear) -> Books:
    """Read the workbooks of decisions without taking anything from them."""
    from dvctt_report.decide.books import find_books

    return Books(find_books(year.workspace, tell, typed=True))


def take_decisions(year: OpenYear) -> tuple[OpenYear, Books]:
    """Take what the workbooks of decisions say, and return the period with it; what was done is told."""
    from dvctt_report.decide.books import find_books, statements_of

    books = find_books(year.workspace, tell, typed=True)
    marked = frozenset(digest for book in books for digest in book.read.remarks_read)
    if marked := marked - year.known.remarks_read:
        from dvctt_report.decide.arrivals import keep_marks

        keep_marks(year.workspace, marked)
        year = year.decided_anew()
        say(f"Sổ việc cần xử lý: đã đọc {len(marked)} lời ghi của các đơn vị.")
    statements = statements_of(books)
    if not any(s.typed.choice for s in statements):
        return year, Books(books)
    from dvctt_report.decide.taking import anew, take

    taken = take(year, statements)
    if n := len(taken.kept) + len(taken.undone):
        of = f" ở {taken.n_rows} dòng" if n != taken.n_rows else ""
        say(f"Sổ việc cần xử lý: đã ghi {n} quyết định{of}.")
    if taken.n_refused:
        tell(f"Sổ việc cần xử lý: {taken.n_refused} dòng chưa ghi được, lý do ở cột “Kết quả” của dòng.")
    return anew(year, taken), Books(books, taken.outcomes)
