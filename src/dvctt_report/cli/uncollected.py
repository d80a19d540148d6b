"""Say that files wait in the inbox which nothing that is printed knows of."""

from __future__ import annotations

from pathlib import Path

from dvctt_report.cli.screen import tell
from dvctt_report.loader import require_register
from dvctt_report.workspace import Workspace

_SHOWN = 3


def tell_uncollected(workspace: Workspace) -> None:
    """Print one line where files of the inbox haven't been collected, or not as they are; else nothing."""
    require_register(workspace)
    waiting = _uncollected(workspace)
    if waiting:
        more = f" và {len(waiting) - _SHOWN} tệp khác" if len(waiting) > _SHOWN else ""
        names = ", ".join(path.name for path in waiting[:_SHOWN])
        folder = workspace.inbox.relative_to(workspace.root).as_posix()
        tell(f"{len(waiting)} tệp trong {folder} chưa qua dvctt-report collect: {names}{more}.")


def _uncollected(workspace: Workspace) -> tuple[Path, ...]:
    """The files that wait to be collected; those that never are (too large, of the system) left out."""
    from dvctt_report.intake.container import is_to_be_read
    from dvctt_report.register import open_register, unreceived

    with open_register(workspace.register, reading=True) as register:
        found = unreceived(register, workspace.period, workspace.root, workspace.inbox)
    return tuple(filter(is_to_be_read, found))
