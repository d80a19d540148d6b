"""``dvctt-report register changes``: what differs between the files of one unit, cell by cell."""

from __future__ import annotations

import typer

from dvctt_report.cli.comparisons import comparison_json, print_comparison
from dvctt_report.cli.options import Format, Output, When
from dvctt_report.cli.screen import print_json, say
from dvctt_report.cli.session import open_period
from dvctt_report.cli.units import MaybeUnit, find_unit

HELP = (
    "Văn bản gửi sau đã thay những ô nào của văn bản gửi trước; các tệp chưa chọn khác nhau ở ô nào. Không "
    "nêu đơn vị thì xem mọi đơn vị."
)


def run(
    ctx: typer.Context,
    unit: MaybeUnit = None,
    period: When = None,
    output: Output = Format.TABLE,
) -> None:
    """Show every cell that differs between a unit's files."""
    from dvctt_report.intake.compare import comparisons

    opened = open_period(ctx, period)
    returns = opened.collected.returns
    whose = find_unit(opened.profile, opened.profile.units(opened.period), unit).code if unit else ""
    found = [c for c in comparisons(returns) if whose in ("", c.new.unit)]
    if output is Format.JSON:
        print_json({"year": opened.period.year, "comparisons": [comparison_json(c) for c in found]})
        return
    if not found:
        say("Không có tệp nào thay cho tệp khác hoặc chờ chọn.")
    for comparison in found:
        print_comparison(comparison, opened.profile)
