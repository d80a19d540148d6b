"""Say what stands between the files and what is printed: some wait in the inbox, or the clock is wrong."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from dvctt_report.cli.screen import tell
from dvctt_report.legible import legible_name
from dvctt_report.loader import require_register
from dvctt_report.vietnamese import format_date
from dvctt_report.workspace import Workspace

_SHOWN = 3
_TOLERANCE = timedelta(hours=2)
"""By which clocks differ that are set by hand, or for another time zone by an hour."""


def tell_uncollected(workspace: Workspace) -> None:
    """Print one line where files of the inbox haven't been collected, or not as they are; else nothing."""
    require_register(workspace)
    tell_clock(workspace)
    waiting = _uncollected(workspace)
    if waiting:
        more = f" và {len(waiting) - _SHOWN} tệp khác" if len(waiting) > _SHOWN else ""
        names = ", ".join(legible_name(path.name) for path in waiting[:_SHOWN])
        folder = workspace.inbox.relative_to(workspace.root).as_posix()
        tell(f"{len(waiting)} tệp trong {folder} chưa qua dvctt-report collect: {names}{more}.")


def tell_clock(workspace: Workspace) -> None:
    """Print one line where the clock stands before the newest receipt: every day printed would be wrong."""
    from dvctt_report.register import latest_receipt, open_register

    with open_register(workspace.register, reading=True) as register:
        latest = latest_receipt(register)
    now = datetime.now()
    if latest is not None and now < latest - _TOLERANCE:
        tell(
            f"Đồng hồ máy chỉ {now:%H:%M} ngày {format_date(now.date())}, trước lần nhận tệp gần nhất "
            f"({latest:%H:%M} ngày {format_date(latest.date())}). Chỉnh lại ngày giờ của máy rồi chạy lại: "
            "ngày và thời hạn trong báo cáo tính theo đồng hồ này."
        )


def _uncollected(workspace: Workspace) -> tuple[Path, ...]:
    """The files that wait to be collected; those that never are (too large, of the system) left out."""
    from dvctt_report.intake.container import is_to_be_read
    from dvctt_report.register import open_register, unreceived

    with open_register(workspace.register, reading=True) as register:
        found = unreceived(register, workspace.period, workspace.root, workspace.inbox)
    return tuple(filter(is_to_be_read, found))
