"""What a rule is: a small function beside its entry in the registry of codes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Generic, NamedTuple, TypeAlias, TypeVar

from dvctt_report.model import CellRef, FieldRef, Finding, Observation, Result, part_at
from dvctt_report.model.codes import RULES_BY_CODE, Code
from dvctt_report.plan.model import Profile
from dvctt_report.text.file_names import format_file
from dvctt_report.text.personal import masked
from dvctt_report.text.vietnamese import sentence
from dvctt_report.text.visible import on_one_line
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.rows import cells, place_names


@dataclass(frozen=True, slots=True)
class RuleFault:
    """What a rule's function has found; the rule adds its code and severity to make it a Finding.

    ``against``: the other answers that it compares, any of which may be the wrong one. ``aside``: the part
    of ``message`` that tells of other units, and changes as they send.
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
    aside: str = ""


def about(
    found: Observation | None, message: str, fix: str, *others: Observation | None, aside: str = ""
) -> RuleFault:
    """A fault of the answer ``found``, which is there; the cells of ``others`` are named beside it."""
    assert found is not None
    beside = cells(*others)
    return RuleFault(
        message, fix, found.unit, found.item, found.field, found.at, found.raw, beside, aside=aside
    )


def contradicted(found: Observation | None, message: str, fix: str, *others: Observation | None) -> RuleFault:
    """The same of a figure that the ``others`` contradict; any of them may be the wrong one."""
    return replace(about(found, message, fix, *others), against=others)


def over(figures: Sequence[Observation | None], message: str, fix: str) -> RuleFault:
    """A fault of one unit that takes several of its figures together: none of them is wrong by itself."""
    first, *others = figures
    assert first is not None
    return RuleFault(message, fix, unit=first.unit, at=first.at, related=cells(*others))


class Judged(NamedTuple):
    """A data set with the results that it gave, for the rules that speak about results."""

    dataset: Dataset
    results: tuple[Result, ...]


Subject = TypeVar("Subject", Dataset, Judged)
Check: TypeAlias = Callable[[Subject], Iterator[RuleFault]]


@dataclass(frozen=True)
class Rule(Generic[Subject]):
    """One rule over a ``Subject``: its entry in the registry of codes, and the function that checks."""

    about: Code
    check: Check[Subject]

    @property
    def code(self) -> str:
        """The code that its findings bear."""
        return self.about.code

    def findings(self, subject: Subject) -> Iterator[Finding]:
        """Yield what the rule finds in ``subject``, open, in the order of roster and plan."""
        dataset = subject.dataset if isinstance(subject, Judged) else subject
        for fault in self.check(subject):
            own = FieldRef(fault.item, fault.field)
            named = dict.fromkeys(FieldRef(o.item, o.field) for o in fault.against if o is not None)
            against = tuple(ref for ref in named if ref != own)
            # The item whose cell it stands at: its own, of a whole row the first one in it
            item = fault.item or next((ref.item for ref in against), "")
            yield Finding(
                code=self.code,
                severity=self.about.severity,
                message=masked(on_one_line(fault.message)),
                fix=on_one_line(fault.fix),
                unit=fault.unit,
                item=fault.item,
                field=fault.field,
                at=fault.at,
                value=fault.value,
                related=fault.related,
                against=against,
                aside=masked(on_one_line(fault.aside)),
                part=(part_at(dataset.observations(fault.unit, item), fault.at) if item else ""),
            )


def limit_of(code: str, *, group: bool = False) -> int:
    """Return the limit of rule ``code``; with ``group`` how many units of a kind it needs to compare one."""
    limit = RULES_BY_CODE[code].group if group else RULES_BY_CODE[code].limit
    assert limit is not None, code
    return limit.value


def rule(code: str) -> Callable[[Check[Subject]], Rule[Subject]]:
    """Make the function below it the ``Rule`` with that code, which ``codes.toml`` describes."""
    return lambda check: Rule(RULES_BY_CODE[code], check)


# --------------------------------------------------------------- A finding as the one line that a user reads


def format_finding(finding: Finding, profile: Profile) -> str:
    """Write a finding as one line: "code · unit · sheet · cell: message. What to do."

    Places that are not known are left out; the file stands only where the unit isn't known.
    """
    return f"{' · '.join((finding.code, *format_place(finding, profile)))}: {format_text(finding)}"


def format_place(finding: Finding, profile: Profile) -> tuple[str, ...]:
    """Name where it is, from the unit (else the file) to the cell: ("Cơ quan A", "Biểu 01-A", "ô G14")."""
    ref = finding.at
    unit = profile.roster.short_names.get(finding.unit, finding.unit)
    whose = unit or (format_file(ref.file) if ref else "")
    return (*filter(None, (whose,)), *(place_names(ref) if ref else ()))


def format_text(finding: Finding) -> str:
    """Write message and fix as sentences."""
    return " ".join(sentence(text) for text in (finding.message, finding.fix) if text)
