"""``dvctt-report register undo``: take a decision back; it stays on record."""

from __future__ import annotations

from datetime import datetime

import typer

from dvctt_report.cli.options import When
from dvctt_report.cli.register.choose import File, all_returns, find_return, officer
from dvctt_report.cli.screen import say
from dvctt_report.cli.session import open_workspace
from dvctt_report.errors import CannotRun
from dvctt_report.file_names import format_content, format_file
from dvctt_report.model import Choice
from dvctt_report.register import open_register, undo_decision

HELP = "Quyết định đã hoàn lại vẫn được ghi trong sổ nhận, kèm người hoàn lại và thời điểm."

_NAMES = {Choice.USE: "chọn", Choice.REJECT: "loại"}


def run(ctx: typer.Context, file: File, period: When = None) -> None:
    """Take back the decision about ``file``."""
    workspace = open_workspace(ctx, period)
    found = find_return(file, all_returns(workspace))
    with open_register(workspace.register) as register:
        undone = undo_decision(register, workspace.period, found.sha256, officer(), datetime.now())
    if undone is None:
        raise CannotRun(
            f"Chưa có quyết định nào về tệp “{format_file(found.file)}”.", "Xem: dvctt-report register list"
        )
    say(f"Đã hoàn lại quyết định {_NAMES[undone.choice]} tệp {format_content(found.file, found.sha256)}.")
