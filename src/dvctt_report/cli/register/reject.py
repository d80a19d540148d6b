"""``dvctt-report register reject``: this file doesn't count, for a reason."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from dvctt_report.cli.options import When
from dvctt_report.cli.register.choose import File, all_returns, find_return, officer
from dvctt_report.cli.screen import say
from dvctt_report.cli.session import open_workspace
from dvctt_report.errors import CannotRun
from dvctt_report.file_names import format_content
from dvctt_report.model import Choice, Decision
from dvctt_report.register import keep_decision, open_register

HELP = "Tệp bị loại vẫn được giữ trong sổ nhận, kèm người loại, thời điểm và lý do."


def run(
    ctx: typer.Context,
    file: File,
    reason: Annotated[
        str, typer.Option("--reason", metavar="LÝ-DO", help="Vì sao loại, ví dụ “đơn vị xin rút”.")
    ],
    period: When = None,
) -> None:
    """Keep the decision that ``file`` is not to be used."""
    workspace = open_workspace(ctx, period)
    why = " ".join(reason.split())
    if not why:
        raise CannotRun("Chưa ghi lý do loại tệp.", "Ghi lý do sau --reason, trong dấu nháy kép.")
    rejected = find_return(file, all_returns(workspace))
    decision = Decision(
        Choice.REJECT, rejected.file, rejected.sha256, rejected.unit, why, officer(), datetime.now()
    )
    with open_register(workspace.register) as register:
        new = keep_decision(register, workspace.period, decision)
    named = format_content(rejected.file, rejected.sha256)
    say(f"{'Đã loại' if new else 'Đã loại từ trước'} tệp {named}: {why}")
    say(f"Hoàn lại: dvctt-report register undo {rejected.sha256[:8]}")
