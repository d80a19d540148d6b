"""Take what stands in the inbox into the register, and what the tracking book says now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from dvctt_report.files import sweep
from dvctt_report.loader import read_tracking_book
from dvctt_report.model import Return
from dvctt_report.register import (
    inbox_files,
    keep_entries,
    keep_receipts,
    name_in,
    no_files,
    open_register,
    read_receipts,
)
from dvctt_report.workspace import Workspace


def receive(workspace: Workspace, now: datetime) -> tuple[tuple[Return, ...], frozenset[str]]:
    """Keep in one transaction what stands in the inbox and what the tracking book says.

    Returns the files that could not be opened, as refused returns, and the names of those that weren't in
    the inbox the last time, or not with these bytes. What killed commands left beside is swept away.
    """
    for folder in (workspace.root, workspace.book.parent, workspace.results, workspace.manifests):
        sweep(folder)
    book = read_tracking_book(workspace)
    closed: list[Return] = []
    with open_register(workspace.register) as register:
        before = {(r.file, r.sha256) for r in read_receipts(register, workspace.period)}
        files = _read_inbox(workspace, closed)
        keep_receipts(register, workspace.period, files, now, (r.file for r in closed))
        if book is not None and book.usable:
            keep_entries(register, workspace.period, book.entries)
        received = read_receipts(register, workspace.period)
    return tuple(closed), frozenset(r.file for r in received if (r.file, r.sha256) not in before)


def _read_inbox(workspace: Workspace, closed: list[Return]) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the inbox in a fixed order; those too large or not to be opened go to ``closed``."""
    from dvctt_report.intake.collect import refused_return
    from dvctt_report.intake.container import TOO_LARGE
    from dvctt_report.limits import MAX_RECEIVED

    for path, what in no_files(workspace.inbox):
        fix = "Chép chính tệp Excel vào thư mục nhận báo cáo rồi chạy lại."
        closed.append(refused_return(name_in(workspace.root, path), "", f"Là {what}, không phải tệp", fix))
    for path in inbox_files(workspace.inbox):
        name = name_in(workspace.root, path)
        try:
            if path.stat().st_size > MAX_RECEIVED:
                closed.append(refused_return(name, "", *TOO_LARGE))
                continue
            data = path.read_bytes()
        except OSError:
            reason = "Không mở được tệp (đang bị khóa hoặc không có quyền đọc)"
            fix = "Đóng tệp trong Excel hoặc kiểm tra quyền đọc rồi chạy lại."
            closed.append(refused_return(name, "", reason, fix))
        else:
            yield name, data
