"""What lies between the officer's folders and the register: the inbox, the clock, the tracking book."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from dvctt_report.files.writing import is_open_elsewhere, sweep, write_beside
from dvctt_report.model import Entry, Return
from dvctt_report.plan.model import Unit
from dvctt_report.store.register import (
    keep_entries,
    keep_look,
    keep_receipts,
    latest_receipt,
    name_in,
    open_register,
    read_receipts,
    unreceived,
)
from dvctt_report.store.register.copies import Restored, put_back_latest
from dvctt_report.store.register.inbox import below, inbox_files
from dvctt_report.store.workspace import BOOK, Workspace
from dvctt_report.text.file_names import is_to_be_read
from dvctt_report.text.opening import TooLarge, read_file
from dvctt_report.year.loader import read_tracking_book


class Received(NamedTuple):
    """What a look into the inbox gave."""

    closed: tuple[Return, ...]
    """The files that could not be opened, as refused returns."""
    fresh: frozenset[str]
    """The names of those that weren't there the last time, or not with these bytes."""
    restored: Restored
    """Decisions that were written back from the latest copy into a register made anew."""
    n_files: int
    """How many files stand there."""


def receive(workspace: Workspace, now: datetime) -> Received:
    """Keep in one transaction what stands in the inbox and what the tracking book says.

    A register that holds nothing gets back what the latest copy of decisions holds. What killed commands left
    beside is swept away.
    """
    for folder in (workspace.root, workspace.book.parent, workspace.results, workspace.manifests):
        sweep(folder)
    book = read_tracking_book(workspace)
    closed: list[Return] = []
    with open_register(workspace.register) as register:
        restored = put_back_latest(register, workspace.register)
        before = {(r.file, r.sha256) for r in read_receipts(register, workspace.period)}
        files = _read_inbox(workspace, closed)
        keep_receipts(register, workspace.period, files, now, (r.file for r in closed))
        if book is not None and book.usable:
            keep_entries(register, workspace.period, book.entries)
        received = read_receipts(register, workspace.period)
    fresh = frozenset(r.file for r in received if (r.file, r.sha256) not in before)
    return Received(tuple(closed), fresh, restored, len(received))


def _read_inbox(workspace: Workspace, closed: list[Return]) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the inbox in a fixed order; those too large or not to be opened go to ``closed``."""
    from dvctt_report.files.container import TOO_LARGE

    for path, what in below(workspace.inbox):
        name, refusal = name_in(workspace.root, path), ("", "")
        if what:
            refusal = (what, "Chép chính tệp Excel vào thư mục nhận báo cáo rồi chạy lại.")
        else:
            try:
                yield name, read_file(path)
            except TooLarge:
                refusal = TOO_LARGE
            except OSError:
                reason = "Không mở được tệp (đang bị khóa hoặc không có quyền đọc)"
                refusal = (reason, "Đóng tệp trong Excel hoặc kiểm tra quyền đọc rồi chạy lại.")
        if refusal[0]:
            from dvctt_report.intake.collect import refused_return  # only here: it brings every reader

            closed.append(refused_return(name, "", *refusal))


def unreceived_files(workspace: Workspace) -> tuple[Path, ...]:
    """The files of the inbox that wait to be collected; those that never are left out."""
    if not workspace.register.exists():
        return tuple(filter(is_to_be_read, inbox_files(workspace.inbox)))
    with open_register(workspace.register, reading=True) as register:
        found = unreceived(register, workspace.period, workspace.root, workspace.inbox)
    return tuple(filter(is_to_be_read, found))


def keep_reminded(workspace: Workspace, units: Iterable[Unit], moment: datetime) -> None:
    """Keep that nothing of ``units`` had come at that moment; not where files wait that may be theirs."""
    if not unreceived_files(workspace):
        with open_register(workspace.register) as register:
            keep_look(register, workspace.period, moment, (unit.code for unit in units))


_TOLERANCE = timedelta(hours=2)
"""By which clocks differ that are set by hand, or for another time zone by an hour."""


def receipt_to_come(workspace: Workspace, now: datetime) -> datetime | None:
    """The newest receipt where the clock stands before it: every day printed would be wrong; else None."""
    with open_register(workspace.register, reading=True) as register:
        latest = latest_receipt(register)
    return latest if latest is not None and now < latest - _TOLERANCE else None


def write_book(
    workspace: Workspace,
    entries: Iterable[Entry],
    contacts: Mapping[str, str] | None = None,
) -> str:
    """Write the tracking book where it lacks something, and say what was done ("" where nothing was).

    ``entries`` and ``contacts`` fill a sheet that is made anew. What stands in the book stays; where it is
    open elsewhere, the new one is written beside it. Raises CannotRun where it can't be read, OSError where
    it can't be written.
    """
    from dvctt_report.forms.book import extend_book
    from dvctt_report.intake.book import parse_book

    path = workspace.book
    known = tuple(entries)
    while True:
        before = read_file(path) if path.exists() else None
        if before is not None and parse_book(before, workspace.profile, workspace.period, BOOK).complete:
            return ""
        content = extend_book(before, workspace.profile, workspace.period, known, contacts)
        if content is None:
            return ""
        if before == (read_file(path) if path.exists() else None):
            break  # else it was saved meanwhile: once more, with what stands there now
    written = _write_book(path, content)
    if written != path:
        return (
            f"Sổ theo dõi {BOOK} đang mở; bản có thêm đơn vị được ghi bên cạnh: {written.name}. "
            "Đóng sổ rồi chạy lại: dvctt-report collect --book"
        )
    if before is None:
        place = workspace.relative(path)
        return f"Đã lập sổ theo dõi {place}: ghi số văn bản, ngày gửi, kênh, mã đối chiếu trên bản ký."
    return f"Đã thêm đơn vị còn thiếu của {workspace.period.words} vào sổ theo dõi {BOOK}."


def enter_incoming(workspace: Workspace, entries: Iterable[Entry]) -> Path:
    """Write rows into the tracking book, or beside it where it is open; returns where they stand.

    Raises CannotRun where the book can't be read, OSError where it can't be written.
    """
    from dvctt_report.forms.book import add_entries

    path = workspace.book
    content = add_entries(read_file(path), workspace.profile, workspace.period, entries)
    return _write_book(path, content)


def _write_book(path: Path, content: bytes) -> Path:
    return write_beside(path.with_stem(f"{path.stem} (2)") if is_open_elsewhere(path) else path, content)
