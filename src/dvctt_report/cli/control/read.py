"""``dvctt-report control read``: keep what was typed into the workbook of control figures."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from dvctt_report.cli.options import When
from dvctt_report.cli.register.choose import officer
from dvctt_report.cli.screen import say
from dvctt_report.cli.session import open_workspace
from dvctt_report.errors import CannotRun
from dvctt_report.loader import has_register
from dvctt_report.register import keep_controls, open_register

HELP = (
    "Còn một ô chưa dùng được thì chưa lưu dòng nào; số đã lưu lần trước vẫn được dùng. Số cũ được giữ trong "
    "sổ nhận, kèm người đọc và thời điểm.\n\nMã thoát: 0 đã lưu; 1 có ô chưa dùng được; 2 không chạy được."
)


def run(
    ctx: typer.Context,
    file: Annotated[
        Path | None,
        typer.Argument(metavar="TỆP", help="Sổ đối chiếu; không nêu thì là so-doi-chieu.xlsx của thư mục."),
    ] = None,
    period: When = None,
) -> int:
    """Read the workbook and keep its figures. Returns 1 where a cell can't be used."""
    from dvctt_report.intake.controls import parse_controls
    from dvctt_report.rules import format_finding

    workspace = open_workspace(ctx, period)
    path = file or workspace.control
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise CannotRun(f"Không thấy sổ đối chiếu “{path}”.", "Lập sổ: dvctt-report control make") from None
    read = parse_controls(data, workspace.profile, workspace.period, path.name)
    if read.findings:
        for found in read.findings:
            say(format_finding(found, workspace.profile))
        say("\nChưa lưu số nào. Sửa các ô trên, bấm Lưu rồi chạy lại.")
        return 1
    has_register(workspace)
    with open_register(workspace.register) as register:
        n_changed = keep_controls(register, workspace.period, read.controls, officer(), datetime.now())
    say(f"Đã đọc {len(read.controls)} dòng số đối chiếu ({n_changed} dòng mới hoặc thay đổi).")
    say("Xem so sánh: dvctt-report control list")
    return 0
