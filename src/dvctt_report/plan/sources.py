"""The one source that decides about a target: others may be asked for, none is mixed in."""

from __future__ import annotations

from collections.abc import Mapping

from dvctt_report.plan.model import Item, Survey, Target


def survey_sources(target: Target, items: Mapping[str, Item]) -> tuple[str, ...]:
    """Name the surveys that the figures of ``target`` are summed from; a sound plan has one at most."""
    named = (name.rpartition(".")[0] for name in (*target.total_sources, *target.done_sources))
    found = (items.get(code) for code in named)
    return tuple(dict.fromkeys(item.source for item in found if isinstance(item, Survey)))
