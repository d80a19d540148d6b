"""The tracking book: made, and filled from the list of incoming documents of the office's own system."""

from __future__ import annotations

import sys
from pathlib import Path

from dvctt_report.cli.ask import ask, confirm, numbered
from dvctt_report.cli.screen import date_or_blank, say
from dvctt_report.cli.terminal import is_terminal
from dvctt_report.intake.book import NotAList, not_yet_there, parse_incoming
from dvctt_report.store.workspace import BOOK, Workspace
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.opening import read_file
from dvctt_report.year.loader import has_register, read_registered, read_tracking_book
from dvctt_report.year.receiving import enter_incoming, write_book


def make_book(workspace: Workspace) -> int:
    """Make the tracking book, or add what it lacks; what stands in it is never written over."""
    known = read_registered(workspace).entries if has_register(workspace) else ()
    say(write_book(workspace, known) or f"Sổ theo dõi {BOOK} đã đủ các đơn vị của {workspace.period.words}.")
    say(f"Mở bằng Excel: {workspace.book}")
    return 0


def enter_list(workspace: Workspace, file: Path, yes: bool) -> int:
    """Propose rows for the tracking book from a list of incoming documents; returns 1 where some are open.

    yes: those that are clear are written without asking. Raises CannotRun where the book can't be used.
    """
    if not workspace.book.exists():
        say(write_book(workspace, ()))
    book = read_tracking_book(workspace)
    if book is None or not book.usable:
        raise CannotRun("Sổ theo dõi chưa dùng được.", "Xem lý do: dvctt-report collect")
    try:
        found = parse_incoming(read_file(file), workspace.profile, workspace.period)
    except FileNotFoundError:
        raise CannotRun(f"Không thấy tệp “{file}”.", "Nêu đúng tên tệp danh sách văn bản đến.") from None
    except NotAList as error:
        raise CannotRun(f"Không đọc được “{file.name}” như danh sách văn bản đến. {error}", "") from None
    new = tuple(not_yet_there(found.documents, book.entries))
    n_there = len(found.documents) - len(new)
    say(
        f"Danh sách có {found.n_rows} văn bản, {len(found.documents)} văn bản về "
        f"{workspace.profile.plan.topic}"
        + (f", {n_there} văn bản đã có trong sổ theo dõi." if n_there else ".")
    )
    chosen, left = [], []
    for document in new:
        unit = document.units[0] if document.is_clear else None
        if unit is None and document.units and is_terminal(sys.stdin) and not yes:
            say(f"Dòng {document.row}: {document.number}, nơi gửi “{document.sender}”: {document.why}.")
            for n, each in enumerate(document.units, 1):
                say(f"  {n} {each.name}")
            unit = numbered(ask("Của đơn vị số mấy (Enter để bỏ qua)"), document.units)
        if unit is None:
            left.append(document)
        else:
            say(f"  {unit.code}  {unit.short_name}: {document.number}, {date_or_blank(document.sent_on)}")
            chosen.append((document, unit))
    if chosen and (yes or (is_terminal(sys.stdin) and confirm(f"Ghi {len(chosen)} dòng vào sổ?", True))):
        path = enter_incoming(workspace, [document.entry(unit) for document, unit in chosen])
        say(f"Đã ghi {len(chosen)} dòng vào {workspace.relative(path)}; chạy collect để dùng.")
    elif chosen:
        say("Chưa ghi gì. Ghi các dòng đã rõ: thêm --yes")
    for document in left:
        say(f"Chưa ghi, dòng {document.row}: {document.number}, {document.sender}: {document.why}.")
    return 1 if left else 0
