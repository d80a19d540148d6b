"""``dvctt-report override list``: every override of the year, also those taken back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import typer

from dvctt_report.cli.decide import format_undone, moment_or_null, successor
from dvctt_report.cli.options import Format, Output, When
from dvctt_report.cli.screen import print_json, say
from dvctt_report.cli.session import open_period
from dvctt_report.dataset import Dataset
from dvctt_report.model import Override
from dvctt_report.register import open_register, read_overrides
from dvctt_report.register.figures import cell_of
from dvctt_report.vietnamese import format_date

HELP = "Mỗi đính chính nêu ô, nội dung đơn vị đã ghi, số được dùng, lý do, văn bản, người ghi, thời điểm."

_STATUS = {
    "in_force": "đang áp dụng",
    "not_used": "chưa được dùng, xem dvctt-report validate",
    "moot": "đơn vị đã tự ghi đúng số này",
    "replaced": "đã thay bằng đính chính sau",
    "undone": "đã bỏ",
}


def run(ctx: typer.Context, period: When = None, output: Output = Format.TABLE) -> None:
    """List the overrides of the year."""
    from dvctt_report.corrections import format_cell, format_put

    opened = open_period(ctx, period)
    workspace, dataset = opened.workspace, opened.dataset
    with open_register(workspace.register, reading=True) as register:
        kept = read_overrides(register, workspace.period, undone=True)
    if output is Format.JSON:
        print_json(
            {
                "year": workspace.period.year,
                "overrides": [_json(o, status_of(dataset, o, kept)) for o in kept],
            }
        )
        return
    if not kept:
        say(f"{workspace.period.title} chưa có đính chính nào.")
    names = {u.code: u.short_name for u in dataset.profile.roster.units}
    labels = {i.code: i.label for i in dataset.profile.plan.items}
    for override in kept:
        before = f"“{override.over}”" if override.over else "trống"
        became = status_of(dataset, override, kept)
        status = (format_undone(override) if became == "undone" else "") or _STATUS[became]
        say(f"{names.get(override.unit, override.unit)}, {format_cell(override)} – {status}")
        say(f"  {labels.get(override.item, override.item)}: {before} → “{format_put(override)}”")
        by = f"({override.who}, {format_date(override.when.date())})"
        say(f"  Lý do: {override.reason}; văn bản: {override.document} {by}")


def status_of(dataset: Dataset, override: Override, kept: Iterable[Override]) -> str:
    """What has become of one of the ``kept``: it stands, waits for a decision, isn't needed, is out."""
    from dvctt_report.corrections import cells_of, read_override
    from dvctt_report.forms.form import Key

    if override.undone_on is not None:
        same_cell = [o for o in kept if cell_of(o) == cell_of(override)]
        return "undone" if successor(override, same_cell) is None else "replaced"
    there = dataset.observation(override.unit, override.item, override.field, override.part)
    if there is not None and there.override == override:
        return "in_force"
    unit = next((u for u in dataset.units if u.code == override.unit), None)
    cells = cells_of(dataset.profile, unit) if unit else {}
    spec = cells.get(Key(override.item, override.field, override.part))
    if spec is not None and there is not None:
        reading = read_override(override.text, spec, dataset.profile.plan.words)
        if (there.value, there.state) == (reading.value, reading.state):
            return "moot"
    return "not_used"


def _json(override: Override, status: str) -> dict[str, Any]:
    return {
        "unit": override.unit,
        "item": override.item,
        "field": override.field,
        "part": override.part or None,
        "status": status,
        "text": override.text,
        "over": override.over,
        "reason": override.reason,
        "document": override.document,
        "who": override.who,
        "when": override.when.isoformat(),
        "undone_by": override.undone_by,
        "undone_on": moment_or_null(override.undone_on),
    }
