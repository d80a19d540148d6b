"""What the draft that was just made says, and what keeps it from being final: as its signer is told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dvctt_report.model import Verdict
from dvctt_report.papers.letters.uncertain import listed
from dvctt_report.plan.model import Unit
from dvctt_report.report.final import Obstacle, Work
from dvctt_report.report.narrative import with_verdict
from dvctt_report.report.printed import PrintedBlock
from dvctt_report.report.telling import Telling
from dvctt_report.report.unit_lists import bare_name
from dvctt_report.report.wording import Voice, join_terms
from dvctt_report.text.grouping import by_key
from dvctt_report.text.vietnamese import join_names
from dvctt_report.year.summary import below_target


@dataclass(frozen=True, slots=True)
class Draft:
    """What it printed where, the annexes of a file of their own last; every reason against a final one."""

    printed: tuple[PrintedBlock, ...] = ()
    obstacles: tuple[Obstacle, ...] = ()


_MOST_HEADINGS = 3
"""Headings to be written that are named; of more the signer has no use."""


def to_finish(draft: Draft, voice: Voice) -> Iterator[str]:
    """What the office has still to do itself, a line for each kind of work."""
    waiting = by_key((one.kind, one.about) for one in draft.obstacles)
    for kind in Work:
        if about := waiting.get(kind):
            names = [*dict.fromkeys(about)]
            n = len(names) if kind is Work.WRITE else len(about)
            said = listed(names, voice) if kind is Work.MEND else join_terms(names)
            if kind is Work.WRITE and n > _MOST_HEADINGS:
                yield voice.say("signing.to_write_many", n=voice.count(n))
            else:
                yield voice.say(f"signing.to_{kind}", n=voice.count(n), names=said)


@dataclass(frozen=True, slots=True)
class _Traces:
    """How a text says something of a unit: behind the figures ``counts``, or in a row that has ``rows``."""

    unit: Unit
    counts: frozenset[str]
    rows: frozenset[str]


def named_in(draft: Draft, told: Telling) -> Iterator[tuple[str, str]]:
    """Which units the draft names for what is to their discredit: of what kind, and where; "" for nowhere."""
    for status, counts in (("missing", ("required.missing", "asked.missing")), ("late", ("late",))):
        said = frozenset(f"returns.{name}" for name in counts)
        traces = [
            _Traces(line.unit, said, frozenset((f"returns.{line.unit.code}.status",)))
            for line in told.year.lines
            if line.status == status
        ]
        if traces:
            yield status, _where(_places(draft, traces, told.voice), told.voice)
    below = defaultdict(set)
    for view in with_verdict(told.views, Verdict.MISSED):
        for code in () if view.authority else below_target(view.result):
            below[code].add(view.target.code)
    traces = [
        _Traces(
            unit,
            frozenset(codes),
            frozenset(f"{code}.{unit.code}.{role}" for code in codes for role in _ROLES),
        )
        for unit in told.year.units
        if (codes := below.get(unit.code))
    ]
    if traces:
        yield "below", _where(_places(draft, traces, told.voice), told.voice)


_ROLES = ("percent", "numerator", "answer")


def _places(draft: Draft, traces: Sequence[_Traces], voice: Voice) -> Iterator[str]:
    """The sections in which a block says that of one of the units, and names it."""
    unsaid = (voice.say("annex.sent"), voice.say("sign.not_available"))
    for block in draft.printed:
        spans = [
            (cell, span)
            for cell, spans in zip(block.block.cells, block.figures, strict=True)
            for span in spans
            if span.text not in unsaid
        ]
        ids = {span.id for _, span in spans}
        if any(
            not one.rows.isdisjoint(ids)
            or any(
                _names(cell[span.at :], one.unit)
                for cell, span in spans
                if not one.counts.isdisjoint((span.id, span.id.partition(".")[0]))
            )
            for one in traces
        ):
            yield block.block.section


def _names(text: str, unit: Unit) -> bool:
    """Whether a text names a unit; among communes of a kind by the commune alone."""
    for name in dict.fromkeys((unit.short_name, bare_name(unit.short_name))):
        before, found, behind = text.partition(name)
        longer = behind[:1].isalnum() or (behind[:1] == " " and behind[1:2].isupper())
        if found and not longer and not before[-1:].isalnum():
            return True
    return False


def _where(sections: Iterator[str], voice: Voice) -> str:
    listed = dict.fromkeys(sections)
    said = (s if s.startswith("Phụ lục") else voice.say("signing.section", number=s) for s in listed)
    return join_names(said)
