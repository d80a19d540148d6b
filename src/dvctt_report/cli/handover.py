"""``dvctt-report handover``: one Word page for whoever takes the work over."""

from __future__ import annotations

import typer

from dvctt_report.cli.leave import leave
from dvctt_report.cli.options import AsOf, When
from dvctt_report.cli.screen import say
from dvctt_report.cli.session import open_year
from dvctt_report.years.handover import handover_bytes

HELP = (
    "Ghi ket-qua/<kỳ>/ban-giao-<kỳ>.docx: số văn bản đã ghi, việc đang chờ, điều đơn vị đã hẹn, người để gọi "
    "ở từng đơn vị. Tài liệu làm việc nội bộ."
)


def run(ctx: typer.Context, period: When = None, as_of: AsOf = None) -> None:
    """Write the page."""
    year = open_year(ctx, period, as_of)
    out = year.workspace.results / f"ban-giao-{year.period}.docx"
    leave(out, handover_bytes(year), "Trang bàn giao", say, must=True)
