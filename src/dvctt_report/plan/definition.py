"""What an item counts, named by a hash: the figures of two years are of the same thing, or they aren't."""

from __future__ import annotations

import re
from hashlib import sha256

from dvctt_report.plan.fields import fields
from dvctt_report.plan.model import Item, Plan, Target
from dvctt_report.vietnamese import key

DIGITS = 16
"""Hexadecimal digits of a definition's name."""
_YEAR = re.compile(r"\b20\d\d\b")
"""A question names the year it is asked for; it counts the same in each."""


def definition(plan: Plan, item: Item) -> str:
    """Name what the figures of ``item`` count; other capitals, dashes, quotes or years there are the same.

    Thresholds, titles and places in the plan's text say nothing of what is counted.
    """
    counted = [item.kind, *(f"{spec.code} {spec.kind} {spec.unit} {spec.sources}" for spec in fields(item))]
    if isinstance(item, Target):
        asked = plan.items_by_code.get(item.same_as, item)
        counted += _counted_by(asked if isinstance(asked, Target) else item)
    said = _YEAR.sub("", "\n".join(map(key, counted)))
    return sha256(said.encode()).hexdigest()[:DIGITS]


def _counted_by(target: Target) -> list[str]:
    said = (target.measure, target.unit_of_count, target.total, target.done, target.question)
    whose = (target.answered_by, target.by_part, target.part_of, target.within)
    lists = (target.choices, target.choices_outside, target.total_sources, target.done_sources)
    each = (f"each {target.each}",) if target.each else ()
    return [*said, *whose, *each, *map("|".join, lists)]
