"""Figures of the systems in charge for units that answered "Chưa có số liệu": one decision an item."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from dvctt_report.decide.decisions import put_figure
from dvctt_report.decide.grounds import Grounds
from dvctt_report.model import Control, Override, State
from dvctt_report.plan.fields import STATUS_NOT_AVAILABLE
from dvctt_report.plan.model import Target
from dvctt_report.text.grouping import by_key
from dvctt_report.text.vietnamese import format_count, format_date
from dvctt_report.year.corrections import details_beneath
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.summary.controls import control_tally


def figures_held(dataset: Dataset) -> dict[str, list[Control]]:
    """By item, the figures that systems hold for units without any of their own.

    A unit with a figure in the item or beneath it is none of them, nor is one of which a number isn't held.
    """
    return by_key((control.item, control) for control in dataset.controls if _is_wanting(dataset, control))


def _is_wanting(dataset: Dataset, control: Control) -> bool:
    unit = dataset.units_by_code.get(control.unit)
    target = dataset.profile.plan.items_by_code.get(control.item)
    if unit is None or control_tally(control) is None or control.item not in dataset.item_codes(unit):
        return False
    if not isinstance(target, Target) or target.asked_as != "ratio":
        return False
    own = [dataset.observation(unit.code, target.code, name) for name in ("total", "done")]
    said = all(o is not None and o.state is State.NOT_AVAILABLE for o in own)
    return said and all(details_beneath(dataset, o.key, unit) is None for o in own if o is not None)


def put_held(dataset: Dataset, controls: Iterable[Control], grounds: Grounds) -> Iterator[Override]:
    """Yield what puts the figures into the cells of their units; a reason of the officer's stands behind."""
    for control in controls:
        reason = (
            f"dùng số của hệ thống ({control.source}, số liệu đến ngày {format_date(control.cut_off)}), "
            f"đơn vị chọn “{STATUS_NOT_AVAILABLE}”"
        )
        reason = "; ".join(filter(None, (reason, grounds.reason)))
        own = replace(grounds, reason=reason, document=control.document)
        unit = dataset.units_by_code[control.unit]
        for name, number in (("total", control.total), ("done", control.done)):
            put = put_figure(dataset, unit, f"{control.item}.{name}", str(number), own)
            if put is not None:
                yield put


def format_held(control: Control) -> str:
    """Write both numbers: how many done of how many."""
    return f"{format_count(control.done or 0)}/{format_count(control.total or 0)}"


def fact_of(control: Control) -> str:
    """Name what is held for a unit, in the words of a row's ``base``: other numbers are another fact."""
    return f"held.{control.item}.{control.unit}.{control.total}.{control.done}.{control.cut_off}"
