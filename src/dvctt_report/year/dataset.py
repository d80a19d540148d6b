"""One year's returns, laid against the plan and the roster: what rules and summary look things up in."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, wraps
from operator import itemgetter
from typing import Any, TypeVar

from dvctt_report.model import (
    Acceptance,
    Control,
    Finding,
    LeftOut,
    Observation,
    Override,
    Return,
    ReturnStatus,
    Severity,
    Submission,
)
from dvctt_report.model.answer_columns import Answers
from dvctt_report.model.codes import Trait, has
from dvctt_report.model.period import Period
from dvctt_report.plan.last_year import LastYear
from dvctt_report.plan.model import Item, Profile, Unit
from dvctt_report.text.grouping import by_key

_RETURNED = (
    ReturnStatus.EFFECTIVE,
    ReturnStatus.SUPERSEDED,
    ReturnStatus.UNDECIDED,
    ReturnStatus.PAPER,
    ReturnStatus.QUESTIONED,
    ReturnStatus.LEFT_OUT,
)
"""What became of files that were a return of their unit, whether or not they still count."""


@dataclass(frozen=True)
class Dataset:
    """A year's returns and all that is known beside them. Look-ups see only effective returns.

    returns: every received file of the year, whatever became of it.
    today: the day the question is asked on, given from outside: nothing below the edges reads the clock.
    notes: findings that belong to no received file (of the tracking book; of files that are gone).
    last_year: what was reported the year before; None where that is not known.
    acceptances, overrides: the officer's decisions in force; the latter stand in the returns.
    controls: figures of the systems in charge, to hold the returns against.
    contacts: the people to call, by unit, that the officer noted in the tracking book.
    left_out: what he leaves out of the totals.
    earlier_part: what was reported of the longest earlier part of this year; None where that is not known.
    remarks_read: the remarks of units that were read, by their digests.
    closed: by the officer's decision no more returns are waited for.
    only: the units that it is restricted to; None for all that the plan asks.
    """

    profile: Profile
    period: Period
    returns: Sequence[Return]
    today: date
    notes: Sequence[Finding] = ()
    last_year: LastYear | None = None
    acceptances: Sequence[Acceptance] = ()
    overrides: Sequence[Override] = ()
    controls: Sequence[Control] = ()
    contacts: Mapping[str, str] = field(default_factory=dict)
    left_out: Sequence[LeftOut] = ()
    earlier_part: LastYear | None = None
    remarks_read: frozenset[str] = frozenset()
    closed: bool = False
    only: Collection[str] | None = None
    _answers: dict[str, Answers] = field(default_factory=dict, repr=False, compare=False)
    _codes: dict[str, frozenset[str]] = field(default_factory=dict, repr=False, compare=False)
    kept: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)
    """What was worked out of it so far, by name: for whoever works something out piece by piece."""

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """The roster that is asked, in protocol order."""
        asked = self.profile.units(self.period)
        return asked if self.only is None else tuple(unit for unit in asked if unit.code in self.only)

    @cached_property
    def _effective(self) -> dict[str, Return]:
        papers = (r for r in reversed(self.returns) if r.status is ReturnStatus.PAPER and r.observations)
        counting = (r for r in self.returns if r.status is ReturnStatus.EFFECTIVE)
        return {r.unit: r for r in (*papers, *counting)}

    def effective(self, unit: str) -> Return | None:
        """The one return of ``unit`` that counts; None for none.

        Of a unit that sent paper alone: what the officer typed off it, None where that is nothing yet.
        """
        return self._effective.get(unit)

    def is_beside(self, finding: Finding) -> bool:
        """Whether it is about a file that can't be used, of a unit whose figures come from another one."""
        if finding.at is None or self.effective(finding.unit) is None:
            return False
        refused = (r.file for r in self.received(finding.unit) if r.status is ReturnStatus.REFUSED)
        return finding.at.file in refused

    def to_mend(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Yield the open errors that wait to be mended: none of a file beside a used one.

        Whatever counts errors for a reader counts these, and tells the others apart.
        """
        return (f for f in findings if f.severity is Severity.ERROR and f.is_open and not self.is_beside(f))

    def open_beside(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Yield the open errors of files beside a used one: such a file is turned down, or asked about."""
        return (f for f in findings if f.severity is Severity.ERROR and f.is_open and self.is_beside(f))

    def control(self, item: str, unit: str = "") -> Control | None:
        """What the system in charge holds of ``item`` for ``unit``, or for the province; None: not known."""
        return self._control.get((item, unit))

    @cached_property
    def _control(self) -> dict[tuple[str, str], Control]:
        return {(c.item, c.unit): c for c in reversed(self.controls)}

    def received(self, unit: str) -> tuple[Return, ...]:
        """Every file that came from ``unit``, whatever became of it, in the order of ``returns``."""
        return tuple(received for received in self.about.get(unit, ()) if received.unit == unit)

    @cached_property
    def about(self) -> Mapping[str, Sequence[Return]]:
        """By unit every file that came from it or may be of it, in the order of ``returns``; "" for none."""
        return by_key((code, r) for r in self.returns for code in dict.fromkeys((r.unit, *r.named)))

    def of_units(self, units: Collection[str]) -> Dataset:
        """The same of some units alone: what a rule is shown that is to look at no other.

        No decision is in it but the officer's figures, which stand in the returns, and no note.
        """
        concerned = {id(received) for unit in units for received in self.about.get(unit, ())}
        return replace(
            self,
            returns=tuple(received for received in self.returns if id(received) in concerned),
            notes=(),
            acceptances=(),
            overrides=(),
            controls=tuple(c for c in self.controls if not c.unit or c.unit in units),
            left_out=(),
            only=units,
            kept={},
        )

    @cached_property
    def units_by_code(self) -> Mapping[str, Unit]:
        return {unit.code: unit for unit in self.units}

    def paper(self, unit: str) -> Return | None:
        """What the officer entered by hand for ``unit``, which sent a signed document and no file."""
        return next((r for r in self.received(unit) if r.status is ReturnStatus.PAPER), None)

    def first_sent(self, unit: str) -> Submission | None:
        """What ``unit`` said on its first return by the day it is judged by; None: no such day known.

        Whether it was in time is judged by this one, mended since or not. A file that could not be used, or
        that the officer turned down, was no return; nor is a date before the period itself one of its report.
        """
        start = self.profile.plan.period.start(self.period)
        returned = (r.submission for r in self.received(unit) if r.status in _RETURNED)
        dated = [(day, said) for said in returned if (day := said.judged_on) is not None]
        plausible = [(day, said) for day, said in dated if day >= start] or dated
        return min(plausible, key=itemgetter(0))[1] if plausible else None

    @property
    def nameless(self) -> tuple[Return, ...]:
        """The files that can't be used and are of no unit known; not those the officer turned down."""
        return tuple(r for r in self.about.get("", ()) if r.status is ReturnStatus.REFUSED and not r.rejected)

    @cached_property
    def contested(self) -> frozenset[str]:
        """The units that a file may be of, whose it isn't decided or which contradicts itself."""
        waiting = (ReturnStatus.UNDECIDED, ReturnStatus.REFUSED)
        open_ones = (r for r in self.returns if r.status in waiting and not r.rejected)
        return frozenset(code for r in open_ones for code in r.named)

    @cached_property
    def lost(self) -> frozenset[str]:
        """The units whose latest file is gone from the inbox, with none in its place."""
        return frozenset(f.unit for f in self.notes if f.unit and has(f.code, Trait.CONFIRMED_FIRST))

    def contact(self, unit: Unit) -> str:
        """Whom to call at ``unit``: by the tracking book, else its return, else the roster; "" for nobody.

        Where it is still to be chosen which of its files counts, these have to name the same person.
        """
        counted = self.effective(unit.code) or self.paper(unit.code)
        undecided = (ReturnStatus.UNDECIDED, ReturnStatus.QUESTIONED)
        waiting = [r for r in self.received(unit.code) if r.status in undecided and not r.named]
        told = [r.submission for r in ([counted] if counted else waiting)]
        agreed = len({said.contact for said in told}) == 1 and bool(told[-1].contact)
        person = told[-1] if agreed else unit
        called = filter(None, (person.contact, person.phone, person.email))
        return self.contacts.get(unit.code) or ", ".join(called)

    def answers(self, unit: str) -> Answers:
        """The answers of the return of ``unit`` that counts; none where there is no such return."""
        if unit not in self._answers:
            counted = self.effective(unit)
            self._answers[unit] = Answers.of(counted.observations if counted else ())
        return self._answers[unit]

    def observation(self, unit: str, item: str, field: str, part: str = "") -> Observation | None:
        """What ``unit`` answered; None where its return holds no such cell (or there is no return)."""
        return self.answers(unit).find((item, field, part))

    def observations(self, unit: str, item: str) -> tuple[Observation, ...]:
        """All that ``unit`` answered about ``item``, parts included, in the order read."""
        return self.answers(unit).about(item)

    def asked(self, item: Item) -> Iterator[Unit]:
        """The units of the roster that are asked ``item``, in protocol order."""
        return iter(self._asked.get(item.code, ()))

    @cached_property
    def _asked(self) -> dict[str, list[Unit]]:
        return by_key((item.code, unit) for unit in self.units for item in self.profile.asked(unit))

    def item_codes(self, unit: Unit) -> frozenset[str]:
        """The codes of the items that ``unit`` is asked."""
        if unit.code not in self._codes:
            self._codes[unit.code] = self.profile.asked_codes(unit)
        return self._codes[unit.code]


Answer = TypeVar("Answer")


def once(make: Callable[[Dataset], Answer]) -> Callable[[Dataset], Answer]:
    """Make a function of a data set alone compute its answer once for each of them."""
    name = f"{make.__module__}.{make.__qualname__}"

    @wraps(make)
    def kept(dataset: Dataset) -> Answer:
        if name not in dataset.kept:
            dataset.kept[name] = make(dataset)
        answer: Answer = dataset.kept[name]
        return answer

    return kept
