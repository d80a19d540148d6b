"""Make the tracking book, or give it what it lacks: for ``init``, ``collect`` and ``register book``."""

from __future__ import annotations

from collections.abc import Iterable

from dvctt_report.cli.screen import tell
from dvctt_report.files import write_beside
from dvctt_report.model import Entry
from dvctt_report.walls import move_books
from dvctt_report.workspace import BOOK, Workspace

_OPEN_MARKS = (f"~${BOOK}", f".~lock.{BOOK}#")
"""Files that Excel and LibreOffice keep beside a workbook while they have it open."""


def write_book(workspace: Workspace, entries: Iterable[Entry] = ()) -> str:
    """Write the tracking book where it lacks something, and say what was done ("" where nothing was).

    ``entries`` fill a sheet that is made anew. What stands in the book stays; where it is open elsewhere,
    the new one is written beside it. Raises CannotRun where it can't be read, OSError where not written.
    """
    from dvctt_report.forms.book import extend_book
    from dvctt_report.intake.book import parse_book

    for line in move_books(workspace.root):
        tell(line)
    path = workspace.book
    known = tuple(entries)
    while True:
        before = path.read_bytes() if path.exists() else None
        if before is not None and parse_book(before, workspace.profile, workspace.period, BOOK).complete:
            return ""
        content = extend_book(before, workspace.profile, workspace.period, known)
        if content is None:
            return ""
        if before == (path.read_bytes() if path.exists() else None):
            break  # else it was saved meanwhile: once more, with what stands there now
    is_open = any((path.parent / mark).exists() for mark in _OPEN_MARKS)
    written = write_beside(path.with_stem(f"{path.stem} (2)") if is_open else path, content)
    if written != path:
        return (
            f"Sổ theo dõi {BOOK} đang mở; bản có thêm đơn vị được ghi bên cạnh: {written.name}. "
            "Đóng sổ rồi chạy lại: dvctt-report register book"
        )
    if before is None:
        place = workspace.relative(path)
        return f"Đã lập sổ theo dõi {place}: ghi số văn bản, ngày gửi, kênh, mã đối chiếu trên bản ký."
    return f"Đã thêm đơn vị còn thiếu của {workspace.period.words} vào sổ theo dõi {BOOK}."
