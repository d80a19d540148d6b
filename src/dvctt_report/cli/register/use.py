"""``dvctt-report register use``: of several files of one unit, this one counts."""

from __future__ import annotations

from datetime import datetime

import typer

from dvctt_report.cli.options import When
from dvctt_report.cli.register.choose import File, all_returns, find_return, officer
from dvctt_report.cli.screen import say
from dvctt_report.cli.session import open_workspace
from dvctt_report.errors import CannotRun
from dvctt_report.file_names import format_content, format_file
from dvctt_report.model import Choice, Decision, ReturnStatus
from dvctt_report.register import keep_decision, open_register

HELP = (
    "Các tệp khác của đơn vị đã nhận đến lúc này không được dùng, nhưng vẫn được giữ. Tệp đến sau vẫn được "
    "xét như thường lệ. Tệp đã bị ghi đè hoặc chuyển đi cũng chọn lại được, bằng mã tệp."
)


def run(ctx: typer.Context, file: File, period: When = None) -> None:
    """Keep the decision that ``file`` is the one that counts."""
    workspace = open_workspace(ctx, period)
    returns = all_returns(workspace)
    chosen = find_return(file, returns)
    if chosen.status is not ReturnStatus.EFFECTIVE:
        reasons = "; ".join(f.message for f in chosen.findings)
        raise CannotRun(
            f"Không chọn được tệp “{format_file(chosen.file)}”: {reasons}.", "Chọn tệp khác của đơn vị."
        )
    rivals = {r.sha256 for r in returns if r.unit == chosen.unit} - {chosen.sha256}
    decision = Decision(
        Choice.USE, chosen.file, chosen.sha256, chosen.unit, "", officer(), datetime.now(), tuple(rivals)
    )
    with open_register(workspace.register) as register:
        new = keep_decision(register, workspace.period, decision)
    name = workspace.profile.roster.unit(chosen.unit).short_name
    file = format_content(chosen.file, chosen.sha256)
    say(f"{'Đã chọn' if new else 'Đã chọn từ trước'} tệp {file} của {name}.")
    say(f"Hoàn lại: dvctt-report register undo {chosen.sha256[:8]}")
