"""The sections of the report's body: which there are, in which order, how they are headed and numbered."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from dvctt_report.plan.items import Channel, Funding, PlanSection, Target, Task, Topic
from dvctt_report.plan.model import Plan
from dvctt_report.plan.phrases import Phrases
from dvctt_report.report.annexes import ROMAN

_USUAL = (
    *("general", "guidance > directives coordination", "results > returns targets activities tasks funding"),
    *("  > strengths", "assessment > limits causes", "directions", "recommendations"),
)
"""The sections of a report whose plan lists none, by the parts they stand in; phrases say their titles."""
_ITEMS = {"targets": Target, "activities": Channel | Topic, "tasks": Task, "funding": Funding}
"""What is there only where the plan holds such items: nobody was asked otherwise."""


@dataclass(frozen=True, slots=True)
class Headings:
    """The heading above each section, by what it shows; "" for none."""

    general: str = ""
    directives: str = ""
    coordination: str = ""
    returns: str = ""
    targets: str = ""
    activities: str = ""
    tasks: str = ""
    funding: str = ""
    strengths: str = ""
    limits: str = ""
    causes: str = ""
    directions: str = ""
    recommendations: str = ""

    def without(self, names: Collection[str]) -> Headings:
        """The same with none for the sections ``names``."""
        return replace(self, **dict.fromkeys(names, ""))


class Numbered(NamedTuple):
    """A section that is there, with the title of the part it begins ("": none) and the numbers of both."""

    shows: str
    title: str
    begins: str
    n_part: int
    n: int


def sections_of(plan: Plan, phrases: Phrases) -> Iterator[PlanSection]:
    """The sections in the plan's own list, else the usual ones."""
    yield from plan.sections
    for line in () if plan.sections else _USUAL:
        part, _, within = line.partition(">")
        if part.strip():
            shows = "" if within else part
            yield PlanSection(title=phrases.fill(f"section.{part.strip()}"), shows=shows)
        for shows in within.split():
            yield PlanSection(title=phrases.fill(f"section.{shows}"), shows=shows, within=True)


def numbered(plan: Plan, phrases: Phrases) -> Iterator[Numbered]:
    """Yield the sections that are there: none that the plan asks nothing for."""
    absent = {name for name, kind in _ITEMS.items() if not any(isinstance(i, kind) for i in plan.items)}
    part, n_parts, n = "", 0, 0
    for one in sections_of(plan, phrases):
        if not one.within:
            part, n = one.title, 0
        if one.shows and one.shows not in absent:
            n_parts, n = n_parts + bool(part), n + one.within
            yield Numbered(one.shows, one.title, part, n_parts, n)
            part = ""


def places(plan: Plan, phrases: Phrases) -> tuple[tuple[str, str], ...]:
    """Where sentences point to ("khoản 2 Mục III", "Mục VI"): the slots that any pattern may have."""
    at: dict[str, str] = {}
    for one in numbered(plan, phrases):
        part = f"Mục {ROMAN[one.n_part - 1]}"
        at[one.shows] = f"khoản {one.n} {part}" if one.n else part
    return (("at_targets", at["targets"]), ("at_recommendations", at["recommendations"]))


def head(plan: Plan, phrases: Phrases) -> tuple[Headings, Headings]:
    """The headings of parts, each above its first section, and those of the sections within parts."""
    listed = [*numbered(plan, phrases)]
    parts = {s.shows: f"{ROMAN[s.n_part - 1]}. {s.begins.upper()}" for s in listed if s.begins}
    return Headings(**parts), Headings(**{s.shows: f"{s.n}. {s.title}" for s in listed if s.n})
