"""Do a unit's figures agree with what the system in charge holds of it?"""

from __future__ import annotations

from collections.abc import Iterator

from dvctt_report.model.answers import whole
from dvctt_report.plan.fields import NUMBER_NAMES
from dvctt_report.text.vietnamese import format_count, format_date
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.rows import format_cells, rows
from dvctt_report.year.rules.rule import RuleFault, about, rule


@rule("DC10")
def control_differs(dataset: Dataset) -> Iterator[RuleFault]:
    """Compare both numbers of a unit's own row with those known of that unit; a commune's row is no one's."""
    for row in rows(dataset):
        control = None if row.part else dataset.control(row.target.code, row.unit.code)
        if control is None:
            continue
        for name, own, held in (("total", row.total, control.total), ("done", row.done, control.done)):
            n = whole(own)
            if n is None or held is None or n == held:
                continue
            yield about(
                own,
                f"{NUMBER_NAMES[name]} ({format_count(n)}) khác số của {control.source} đến ngày "
                f"{format_date(control.cut_off)} ({format_count(held)})",
                f"Kiểm tra lại {format_cells(own, otherwise='số này')}, hoặc cho biết lý do.",
            )
