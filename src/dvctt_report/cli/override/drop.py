"""``dvctt-report override drop``: take overrides back; they stay on record."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from dvctt_report.cli.options import When
from dvctt_report.cli.register.choose import officer
from dvctt_report.cli.screen import say
from dvctt_report.cli.session import open_period
from dvctt_report.cli.units import UnitArgument, find_unit
from dvctt_report.errors import CannotRun
from dvctt_report.register import open_register, read_overrides, undo_override
from dvctt_report.register.figures import cell_of
from dvctt_report.vietnamese import key

HELP = "Số của đơn vị được dùng trở lại. Đính chính đã bỏ vẫn được ghi trong sổ, kèm người bỏ và thời điểm."


def run(
    ctx: typer.Context,
    unit: UnitArgument,
    cells: Annotated[list[str], typer.Argument(metavar="Ô", help="Các ô, ví dụ T10.done.")],
    period: When = None,
) -> None:
    """Take back what was put in the place of these cells."""
    from dvctt_report.corrections import format_cell

    opened = open_period(ctx, period)
    workspace, whose = opened.workspace, find_unit(opened.profile, opened.dataset.units, unit)
    with open_register(workspace.register) as register:
        known = {
            key(format_cell(o)): o for o in read_overrides(register, workspace.period) if o.unit == whose.code
        }
        for name in cells:
            if key(name) not in known:
                raise CannotRun(
                    f"Chưa có đính chính nào ở ô “{name}” của {whose.short_name}.",
                    "Xem: dvctt-report override list",
                )
        for name in cells:
            undo_override(register, workspace.period, cell_of(known[key(name)]), officer(), datetime.now())
    say(f"Đã bỏ đính chính {whose.short_name}: {', '.join(cells)}. Số của đơn vị được dùng trở lại.")
