"""The tracking book: made, and filled from the list of incoming documents of the office's own system."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from dvctt_report.cli.ask import ask, confirm, numbered
from dvctt_report.cli.screen import date_or_blank, say
from dvctt_report.cli.terminal import is_terminal
from dvctt_report.errors import CannotRun
from dvctt_report.intake.book import Book
from dvctt_report.intake.incoming import Incoming, NotAList, not_yet_there, parse_incoming
from dvctt_report.loader import has_register, read_registered, read_tracking_book
from dvctt_report.opening import read_file
from dvctt_report.plan.model import Unit
from dvctt_report.receiving import enter_incoming, write_book
from dvctt_report.workspace import BOOK, Workspace


def make_book(workspace: Workspace) -> int:
    """Make the tracking book, or add what it lacks; what stands in it is never written over."""
    known = read_registered(workspace).entries if has_register(workspace) else ()
    say(write_book(workspace, known) or f"Sổ theo dõi {BOOK} đã đủ các đơn vị của {workspace.period.words}.")
    say(f"Mở bằng Excel: {workspace.book}")
    return 0


def enter_list(workspace: Workspace, file: Path, yes: bool) -> int:
    """Propose rows for the tracking book from a list of incoming documents; returns 1 where some are open.

    ``yes``: write those that are clear without asking.
    """
    book = _book_of(workspace)
    try:
        found = parse_incoming(read_file(file), workspace.profile, workspace.period)
    except FileNotFoundError:
        raise CannotRun(f"Không thấy tệp “{file}”.", "Nêu đúng tên tệp danh sách văn bản đến.") from None
    except NotAList as error:
        raise CannotRun(f"Không đọc được “{file.name}” như danh sách văn bản đến. {error}", "") from None
    new = tuple(not_yet_there(found.documents, book.entries))
    n_there = len(found.documents) - len(new)
    say(
        f"Danh sách có {found.n_rows} văn bản, {len(found.documents)} văn bản về dịch vụ công trực tuyến"
        + (f", {n_there} văn bản đã có trong sổ theo dõi." if n_there else ".")
    )
    chosen = list(_chosen(new, ask_for=is_terminal(sys.stdin) and not yes))
    left = [document for document in new if document not in {own for own, _ in chosen}]
    if chosen and (yes or (is_terminal(sys.stdin) and confirm(f"Ghi {len(chosen)} dòng vào sổ?", True))):
        path = enter_incoming(workspace, [document.entry(unit) for document, unit in chosen])
        say(f"Đã ghi {len(chosen)} dòng vào {workspace.relative(path)}; chạy collect để dùng.")
    elif chosen:
        say("Chưa ghi gì. Ghi các dòng đã rõ: thêm --yes")
    for document in left:
        say(f"Chưa ghi, dòng {document.row}: {document.number}, {document.sender}: {document.why}.")
    return 1 if left else 0


def _chosen(documents: Sequence[Incoming], ask_for: bool) -> Iterator[tuple[Incoming, Unit]]:
    """Yield each document with its unit: the clear ones, and those that the officer says whose they are."""
    for document in documents:
        unit = document.units[0] if document.is_clear else None
        if unit is None and ask_for and document.units:
            unit = _asked_whose(document)
        if unit is not None:
            day = date_or_blank(document.sent_on)
            say(f"  {unit.code}  {unit.short_name}: {document.number}, {day}")
            yield document, unit


def _asked_whose(document: Incoming) -> Unit | None:
    """Ask which unit sent a document; None for none of those proposed."""
    say(f"Dòng {document.row}: {document.number}, nơi gửi “{document.sender}”: {document.why}.")
    for n, unit in enumerate(document.units, 1):
        say(f"  {n} {unit.name}")
    return numbered(ask("Của đơn vị số mấy (Enter để bỏ qua)"), document.units)


def _book_of(workspace: Workspace) -> Book:
    """The tracking book, made where there is none. Raises CannotRun where it can't be used."""
    if not workspace.book.exists():
        say(write_book(workspace, ()))
    book = read_tracking_book(workspace)
    if book is None or not book.usable:
        raise CannotRun("Sổ theo dõi chưa dùng được.", "Xem lý do: dvctt-report collect")
    return book
