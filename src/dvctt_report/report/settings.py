"""Who issues the report, to whom, how it speaks; which sections and annexes it has, and their names."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import NamedTuple

from dvctt_report.plan.items import Channel, Funding, PlanSection, Target, Task, Topic
from dvctt_report.plan.model import Plan
from dvctt_report.plan.phrases import Phrases
from dvctt_report.plan.texts import DEPARTMENT, ReportText
from dvctt_report.store.workspace import DEFAULT_ANNEXES, AnnexChoice, Naming, TargetsAs

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
CHOSEN_BY: Mapping[AnnexChoice, str] = {
    "muc_tieu": "targets",
    "theo_don_vi": "by_unit",
    "gui_bao_cao": "returns",
    "van_ban": "documents",
    "hoat_dong": "activities",
    "nhiem_vu": "tasks",
    "hai_long": "satisfaction",
    "lo_trinh": "outlook",
}
"""The annex that each word of the setting asks for. ``decided`` has none: marked figures are always told."""


@dataclass(frozen=True, slots=True)
class Annexes:
    """The label of each annex ("Phụ lục III") in the order of print; "" for one that isn't printed."""

    targets: str = ""
    by_unit: str = ""
    returns: str = ""
    documents: str = ""
    activities: str = ""
    tasks: str = ""
    satisfaction: str = ""
    outlook: str = ""
    decided: str = ""


NO_ANNEXES = Annexes()


def names_of(chosen: Collection[AnnexChoice]) -> frozenset[str]:
    """The annexes that words of the setting ask for."""
    return frozenset(CHOSEN_BY[one] for one in chosen)


def label_annexes(
    chosen: Collection[AnnexChoice], there: Collection[str], label: str, apart: Collection[AnnexChoice] = ()
) -> Annexes:
    """Number the annexes that are chosen and have something to say; one alone takes no number.

    ``there`` are those with content; ``label`` is what an annex is called. Those in a file of their own
    (``apart``) come last, so that no number is missing in the report. Source: NĐ 30/2020 Phụ lục I, III.1a.
    """
    asked = names_of(chosen) | {"decided"}
    printed = [one.name for one in fields(Annexes) if one.name in asked and one.name in there]
    printed.sort(key=lambda name: name in names_of(apart))
    if len(printed) == 1:
        return Annexes(**{printed[0]: label})
    return Annexes(**{name: f"{label} {number}" for name, number in zip(printed, ROMAN, strict=False)})


USUAL_PLACES = (("at_targets", "khoản 2 Mục III"), ("at_recommendations", "Mục VI"))
"""Where sentences point to in a report with the usual sections."""


@dataclass(frozen=True, slots=True)
class Issuer:
    """The letterhead, the signature and the choices of one report.

    as_of: the moment up to which returns are counted. month, year: in which the report is dated, None for a
    month left blank like the day. notice: lines above each text that its figures need. max_named: how many
    units a sentence names before it says how many others there are. targets_as: whether the body tells the
    targets in a table with notes, in paragraphs, or in both. annexes: printed where they have something to
    say, those of ``apart`` in a file of their own. name_lines: those of its name in the letterhead (empty: as
    they come), below ``parent_name``, "" for none. compiler: the office that adds the figures up, "" for the
    issuer. ask_until: the day until which what is asked of the province is to be done. replaces: the signed
    report that this one takes the place of, by number and day. places: where sentences point to in the text.
    """

    parent_name: str
    name: str
    symbol: str
    place: str
    addressee: str
    signer_lines: tuple[str, ...]
    recipients: tuple[str, ...]
    as_of: datetime
    signer_name: str = ""
    drafting_unit: str = ""
    month: int | None = None
    year: int | None = None
    notice: tuple[str, ...] = ()
    naming: Naming = "than_bai"
    leading_zero: bool = True
    max_named: int = 7
    compares_years: bool = True
    targets_as: TargetsAs = "ca_hai"
    annexes: tuple[AnnexChoice, ...] = DEFAULT_ANNEXES
    apart: tuple[AnnexChoice, ...] = ()
    charts: bool = True
    text: ReportText = DEPARTMENT
    name_lines: tuple[str, ...] = ()
    compiler: str = ""
    electronic: bool = False
    ask_until: date | None = None
    replaces: str = ""
    places: tuple[tuple[str, str], ...] = USUAL_PLACES


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
