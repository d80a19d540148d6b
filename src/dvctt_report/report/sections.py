"""The sections of the report's body: which there are, in which order, how they are headed and numbered."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from dvctt_report.plan.items import Channel, Funding, Section, Shows, Target, Task, Topic
from dvctt_report.plan.model import Plan
from dvctt_report.report.annexes import ROMAN
from dvctt_report.report.phrases import Phrases

USUAL: Sequence[tuple[str, Shows]] = (
    ("", "general"),
    ("guidance", "directives"),
    ("guidance", "coordination"),
    ("results", "returns"),
    ("results", "targets"),
    ("results", "activities"),
    ("results", "tasks"),
    ("results", "funding"),
    ("results", "strengths"),
    ("assessment", "limits"),
    ("assessment", "causes"),
    ("", "directions"),
    ("", "recommendations"),
)
"""The sections of a report whose plan lists none, each with its part; phrases say their titles."""
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


class Numbered(NamedTuple):
    """A section that is there: its part with its number, its own number in it (0: it is the part itself)."""

    section: Section
    part: Section
    n_part: int
    n: int

    @property
    def place(self) -> str:
        """How a sentence points at it: "khoản 2 Mục III", "Mục VI"."""
        of_part = f"Mục {ROMAN[self.n_part - 1]}"
        return f"khoản {self.n} {of_part}" if self.n else of_part


def sections_of(plan: Plan, phrases: Phrases) -> tuple[Section, ...]:
    """The sections in the plan's own list, else the usual ones."""
    usual: list[Section] = []
    begun = ""
    for part, shows in () if plan.sections else USUAL:
        if part and part != begun:
            usual.append(Section(title=phrases.fill(f"section.{part}")))
        usual.append(Section(title=phrases.fill(f"section.{shows}"), shows=shows, within=bool(part)))
        begun = part
    return plan.sections or tuple(usual)


def number(plan: Plan, listed: Sequence[Section], absent: Collection[str] = ()) -> Iterator[Numbered]:
    """Yield the sections that are there, none of ``absent`` and none that the plan asks nothing for."""
    there = {shows: any(isinstance(i, kind) for i in plan.items) for shows, kind in _ITEMS.items()}
    part, n_parts, n, begun = None, 0, 0, False
    for one in listed:
        if not one.within:
            part, n, begun = one, 0, False
        if part is None or not one.shows or one.shows in absent or not there.get(one.shows, True):
            continue
        n_parts, n, begun = n_parts + (not begun), n + one.within, True
        yield Numbered(one, part, n_parts, n)


def places(plan: Plan, phrases: Phrases) -> dict[str, str]:
    """Where sentences point to: the slots that any pattern may have."""
    at = {one.section.shows: one for one in number(plan, sections_of(plan, phrases))}
    order = [*at]
    n_before = 2 if "activities" in order and order.index("activities") < order.index("targets") else 0
    return {f"at_{name}": at[name].place for name in ("targets", "recommendations") if name in at} | {
        "at_table": f"Bảng {n_before + 1}"
    }


def head(plan: Plan, phrases: Phrases, absent: Collection[str]) -> tuple[Headings, Headings]:
    """The headings of parts, each above its first section, and those of the sections within parts."""
    parts: dict[str, str] = {}
    clauses: dict[str, str] = {}
    last = 0
    for one in number(plan, sections_of(plan, phrases), absent):
        if one.n_part > last:
            parts[one.section.shows] = f"{ROMAN[one.n_part - 1]}. {one.part.title.upper()}"
        if one.n:
            clauses[one.section.shows] = f"{one.n}. {one.section.title}"
        last = one.n_part
    return Headings(**parts), Headings(**clauses)
