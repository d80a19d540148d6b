"""One year's returns, laid against the plan and the roster: what rules and summary look things up in."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, wraps
from types import MappingProxyType
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
    """``returns`` holds every received file of the year, whatever became of it; ``units`` the roster asked.

    Look-ups see only effective returns. ``today`` is the day the question is asked on (for lateness of
    units that have not sent), given from outside: nothing below the edges reads the clock. ``notes`` are
    findings that belong to no received file (of the tracking book; of files that are gone). ``last_year``
    is what was reported the year before, ``earlier_part`` what was of the longest earlier part of this year,
    None where that is not known. ``acceptances`` and ``overrides`` are the officer's decisions in force; the
    latter stand in the returns. ``controls`` are the figures of
    the systems in charge, to hold the returns against. ``contacts`` are the people to call, by unit, that the
    officer noted in the tracking book. ``left_out`` is what he leaves out of the totals. ``closed``: by his
    decision no more returns are waited for. ``remarks_read`` names the remarks of units that were read.
    """

    profile: Profile
    period: Period
    returns: tuple[Return, ...]
    today: date
    units: tuple[Unit, ...] = ()
    notes: tuple[Finding, ...] = ()
    last_year: LastYear | None = None
    earlier_part: LastYear | None = None
    acceptances: tuple[Acceptance, ...] = ()
    overrides: tuple[Override, ...] = ()
    controls: tuple[Control, ...] = ()
    contacts: Mapping[str, str] = field(default_factory=dict)
    left_out: tuple[LeftOut, ...] = ()
    closed: bool = False
    remarks_read: frozenset[str] = frozenset()
    _answers: dict[str, Answers] = field(default_factory=dict, repr=False, compare=False)
    _codes: dict[str, frozenset[str]] = field(default_factory=dict, repr=False, compare=False)
    _once: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def build(
        cls,
        profile: Profile,
        period: Period,
        returns: Iterable[Return],
        today: date,
        notes: Iterable[Finding] = (),
        last_year: LastYear | None = None,
        acceptances: Iterable[Acceptance] = (),
        overrides: Iterable[Override] = (),
        controls: Iterable[Control] = (),
        contacts: Mapping[str, str] = MappingProxyType({}),
        left_out: Iterable[LeftOut] = (),
        earlier_part: LastYear | None = None,
        remarks_read: frozenset[str] = frozenset(),
    ) -> Dataset:
        """Index ``returns`` of ``year``; the roster is the one of the plan's scope for that year."""
        return cls(
            profile,
            period,
            tuple(returns),
            today,
            profile.units(period),
            tuple(notes),
            last_year,
            earlier_part,
            tuple(acceptances),
            tuple(overrides),
            tuple(controls),
            contacts,
            tuple(left_out),
            remarks_read=remarks_read,
        )

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
        return finding.at is not None and (finding.unit, finding.at.file) in self._beside

    def to_mend(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Yield the open errors that wait to be mended: none of a file beside a used one.

        Whatever counts errors for a reader counts these, and tells the others apart.
        """
        return (f for f in findings if f.severity is Severity.ERROR and f.is_open and not self.is_beside(f))

    def open_beside(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Yield the open errors of files beside a used one: such a file is turned down, or asked about."""
        return (f for f in findings if f.severity is Severity.ERROR and f.is_open and self.is_beside(f))

    @cached_property
    def _beside(self) -> frozenset[tuple[str, str]]:
        refused = (r for r in self.returns if r.status is ReturnStatus.REFUSED)
        return frozenset((r.unit, r.file) for r in refused if self.effective(r.unit) is not None)

    def control(self, item: str, unit: str = "") -> Control | None:
        """What the system in charge holds of ``item`` for ``unit``, or for the province; None: not known."""
        return self._control.get((item, unit))

    @cached_property
    def _control(self) -> dict[tuple[str, str], Control]:
        return {(c.item, c.unit): c for c in reversed(self.controls)}

    def received(self, unit: str) -> tuple[Return, ...]:
        """Every file that came from ``unit``, whatever became of it, in the order of ``returns``."""
        return self._received.get(unit, ())

    @cached_property
    def _received(self) -> dict[str, tuple[Return, ...]]:
        by_unit = by_key((received.unit, received) for received in self.returns)
        return {unit: tuple(found) for unit, found in by_unit.items()}

    def about(self, unit: str) -> tuple[Return, ...]:
        """Every file that came from ``unit`` or may be of it, in the order of ``returns``."""
        return self._concerned.get(unit, ())

    @cached_property
    def _concerned(self) -> dict[str, tuple[Return, ...]]:
        by_unit = by_key(
            (code, received)
            for received in self.returns
            for code in dict.fromkeys((received.unit, *received.named))
        )
        return {unit: tuple(found) for unit, found in by_unit.items()}

    def of_units(self, units: Collection[str]) -> Dataset:
        """The same of some units alone: what a rule is shown that is to look at no other.

        No decision is in it but the officer's figures, which stand in the returns, and no note.
        """
        concerned = {id(one) for unit in units for one in self.about(unit)}
        return Dataset(
            self.profile,
            self.period,
            tuple(received for received in self.returns if id(received) in concerned),
            self.today,
            tuple(unit for unit in self.units if unit.code in units),
            last_year=self.last_year,
            earlier_part=self.earlier_part,
            controls=tuple(c for c in self.controls if not c.unit or c.unit in units),
            _answers=self._answers,
            _codes=self._codes,
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
        dated = [
            (sent, n)
            for n, one in enumerate(self.received(unit))
            if one.status in _RETURNED and (sent := one.submission.judged_on) is not None
        ]
        plausible = [one for one in dated if one[0] >= start] or dated
        return self.received(unit)[min(plausible)[1]].submission if plausible else None

    @property
    def nameless(self) -> tuple[Return, ...]:
        """The files that can't be used and are of no unit known; not those the officer turned down."""
        refused = (r for r in self.returns if r.status is ReturnStatus.REFUSED and not r.rejected)
        return tuple(r for r in refused if not r.unit)

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
        found = self.effective(unit.code) or self.paper(unit.code)
        open_ones = (ReturnStatus.UNDECIDED, ReturnStatus.QUESTIONED)
        waiting = [r for r in self.received(unit.code) if r.status in open_ones and not r.named]
        told = [found.submission] if found else [r.submission for r in waiting]
        own = (unit.contact, unit.phone, unit.email)
        if told and told[-1].contact and len({said.contact for said in told}) == 1:
            own = (told[-1].contact, told[-1].phone, told[-1].email)
        return self.contacts.get(unit.code) or ", ".join(part for part in own if part)

    def answers(self, unit: str) -> Answers:
        """The answers of the return of ``unit`` that counts; none where there is no such return."""
        found = self._answers.get(unit)
        if found is None:
            counted = self.effective(unit)
            found = self._answers[unit] = Answers.of(counted.observations if counted else ())
        return found

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
        return by_key((item.code, unit) for unit in self.units for item in self.items(unit))

    def items(self, unit: Unit) -> tuple[Item, ...]:
        """The items that ``unit`` is asked, in the plan's order."""
        return self.profile.asked(unit)

    def item_codes(self, unit: Unit) -> frozenset[str]:
        """The codes of the items that ``unit`` is asked."""
        if unit.code not in self._codes:
            self._codes[unit.code] = self.profile.asked_codes(unit)
        return self._codes[unit.code]

    def kept_of(self, what: str) -> dict[Any, Any]:
        """What was worked out of it so far, by that name: for whoever works it out piece by piece."""
        found: dict[Any, Any] = self._once.setdefault(what, {})
        return found


Answer = TypeVar("Answer")


def once(make: Callable[[Dataset], Answer]) -> Callable[[Dataset], Answer]:
    """Make a function of a data set alone compute its answer once for each of them."""
    name = f"{make.__module__}.{make.__qualname__}"

    @wraps(make)
    def kept(dataset: Dataset) -> Answer:
        if name not in dataset._once:
            dataset._once[name] = make(dataset)
        found: Answer = dataset._once[name]
        return found

    return kept
