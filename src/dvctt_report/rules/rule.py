"""What a rule is: a small function with a code, a severity and the reason it exists."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, Literal, NamedTuple, TypeAlias, TypeVar

from dvctt_report.dataset import Dataset
from dvctt_report.finding_id import part_at
from dvctt_report.model import CellRef, FieldRef, Finding, Observation, Result, Severity
from dvctt_report.plan.rule_settings import DEFAULTS, severity_of

Missing: TypeAlias = Literal["skip", "none_arising_is_zero", "is_the_fault"]
"""What a rule makes of a figure that is not there.

``skip``: it compares numbers alone and keeps silent where one is missing; ``none_arising_is_zero``: the
same, with "không phát sinh" compared as 0; ``is_the_fault``: the missing figure is what it reports.
"""


@dataclass(frozen=True, slots=True)
class Fault:
    """What a rule's function has found; the rule adds its code and severity to make it a Finding.

    ``against``: the other answers that it compares, any of which may be the wrong one.
    """

    message: str
    fix: str
    unit: str = ""
    item: str = ""
    field: str = ""
    at: CellRef | None = None
    value: str = ""
    related: tuple[CellRef, ...] = ()
    against: tuple[Observation | FieldRef | None, ...] = ()

    @property
    def first_item(self) -> str:
        """The item whose cell ``at`` is: its own, of a whole row the first one in it."""
        return self.item or next((ref.item for ref in self.figures_against), "")

    @property
    def figures_against(self) -> tuple[FieldRef, ...]:
        """The figures that ``against`` are answers to."""
        own = FieldRef(self.item, self.field)
        named = (FieldRef(o.item, o.field) for o in self.against if o is not None)
        return tuple(dict.fromkeys(ref for ref in named if ref != own))


class Judged(NamedTuple):
    """A data set with the results that it gave, for the rules that speak about results."""

    dataset: Dataset
    results: tuple[Result, ...]


Subject = TypeVar("Subject", Dataset, Judged)
Check: TypeAlias = Callable[[Subject], Iterator[Fault]]


@dataclass(frozen=True)
class Rule(Generic[Subject]):
    """One rule over a ``Subject``: all that docs/rules.md prints about it, and the function that checks.

    ``code`` is never reused for another meaning. ``example`` is a whole line as the user sees it. ``bars``
    names the cells that are not used while it is an open error, where that is more than one. How severe a
    finding is, and the rule's limit, stand in ``plan.rule_settings`` and in the province's plan.
    """

    code: str
    title: str
    rationale: str
    source: str
    missing: Missing
    example: str
    check: Check[Subject]
    bars: str = ""

    @property
    def severity(self) -> Severity:
        """How severe the rule's findings are where the province has set nothing else."""
        return DEFAULTS[self.code].severity

    def findings(self, subject: Subject) -> Iterator[Finding]:
        """Yield what the rule finds in ``subject``, open, in the order of roster and plan."""
        dataset = subject.dataset if isinstance(subject, Judged) else subject
        severity = severity_of(dataset.profile.plan, self.code)
        for fault in self.check(subject):
            yield Finding(
                code=self.code,
                severity=severity,
                message=fault.message,
                fix=fault.fix,
                unit=fault.unit,
                item=fault.item,
                field=fault.field,
                at=fault.at,
                value=fault.value,
                related=fault.related,
                against=fault.figures_against,
                part=part_at(dataset.observations(fault.unit, fault.first_item), fault.at),
            )


def rule(
    *,
    code: str,
    title: str,
    rationale: str,
    source: str,
    missing: Missing,
    example: str,
    bars: str = "",
) -> Callable[[Check[Subject]], Rule[Subject]]:
    """Make the function below it a ``Rule``; listing it in ``RULES`` is what puts it to work."""

    def make(check: Check[Subject]) -> Rule[Subject]:
        return Rule(code, title, rationale, source, missing, example, check, bars)

    return make
