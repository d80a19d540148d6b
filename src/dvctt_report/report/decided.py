"""Which printed figures the officer has decided about: their marks, and the annex that says why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dvctt_report.corrections import format_answer, format_put
from dvctt_report.dataset import Dataset
from dvctt_report.model import (
    Contribution,
    Finding,
    FindingState,
    Observation,
    Override,
    Result,
    Severity,
    State,
)
from dvctt_report.plan.fields import fields
from dvctt_report.plan.model import Target
from dvctt_report.report.figures import Figure
from dvctt_report.report.wording import Voice
from dvctt_report.rows import source_names
from dvctt_report.rules.claims import not_applicable_claimed
from dvctt_report.vietnamese import first_letter_capital


@dataclass(frozen=True, slots=True)
class DecidedRow:
    """One decision about a figure of a unit: what the unit wrote, what is used, why and by which document."""

    number: str
    unit: str
    what: str
    own: str
    used: str
    reason: str


@dataclass(frozen=True, slots=True)
class Decided:
    """``accepted``: unit and item of each finding whose acceptance lets a figure count, or leaves one out."""

    accepted: frozenset[tuple[str, str]] = frozenset()

    def touches(self, target: Target, contribution: Contribution) -> bool:
        """Whether what a unit adds to ``target`` rests on an override or an acceptance."""
        items = {target.code, *(item for f in ("total", "done") for item, _ in source_names(target, f))}
        return overridden(contribution.observations) or any(
            (contribution.unit, item) in self.accepted for item in items
        )

    def counted(self, target: Target, result: Result) -> tuple[str, ...]:
        """The units whose figure in ``result`` is by such a decision, in roster order."""
        return tuple(c.unit for c in result.contributions if c.tally is not None and self.touches(target, c))

    def units(self, target: Target, result: Result) -> tuple[str, ...]:
        """Those units, and the units that ``result`` leaves out because that was accepted."""
        return tuple(
            c.unit
            for c in result.contributions
            if (c.tally is not None or _is_excused(c, result)) and self.touches(target, c)
        )


NOTHING_DECIDED = Decided()


def _is_excused(contribution: Contribution, result: Result) -> bool:
    return contribution.state is State.NOT_APPLICABLE and contribution.unit not in result.missing


def overridden(observations: Iterable[Observation]) -> bool:
    """Whether the officer's figure stands in one of these cells, or in one that it is summed from."""
    return any(o.override is not None for o in observations)


def stands(dataset: Dataset, put: Override) -> bool:
    """Whether an override in force is used: the unit says what it was put over, and it can be read."""
    there = dataset.observation(put.unit, put.item, put.field, put.part)
    return there is not None and there.override == put


def mark(figure: Figure, voice: Voice) -> str:
    """The mark behind a figure that holds an override; "" behind any other."""
    return voice.say("decided.mark") if overridden(figure.observations) else ""


def say_marks(figures: Iterable[Figure], voice: Voice) -> str:
    """Say in brackets what the mark means, where one of the figures bears it; "" where none does."""
    if not any(mark(f, voice) for f in figures):
        return ""
    return voice.say("decided.marks", annex=voice.told_in(voice.annexes.decided))


def decided_of(findings: Iterable[Finding]) -> Decided:
    """Find out of ``findings`` what acceptances have let into the figures, or taken out of them."""
    return Decided(frozenset((f.unit, f.item) for f in accepted(findings)))


def accepted(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the accepted findings that change what is counted; an answered question changes nothing."""
    for found in findings:
        counts = found.severity is Severity.ERROR or found.code == not_applicable_claimed.code
        if found.state is FindingState.ACCEPTED and counts and found.unit:
            yield found


def decided_rows(dataset: Dataset, findings: Iterable[Finding], voice: Voice) -> tuple[DecidedRow, ...]:
    """List what the officer has decided about figures, by unit in protocol order."""
    rows: dict[str, list[tuple[str, str, str, str]]] = {}
    for unit, *said in (*_overrides(dataset), *_acceptances(dataset, findings, voice)):
        rows.setdefault(unit, []).append((said[0], said[1], said[2], said[3]))
    none = voice.say("sign.not_available")
    listed = [(unit.short_name, *said) for unit in dataset.units for said in rows.get(unit.code, ())]
    return tuple(
        DecidedRow(
            str(n),
            name,
            what,
            voice.mark(f"decided.{n}.own", own or none),
            voice.mark(f"decided.{n}.used", used),
            reason,
        )
        for n, (name, what, own, used, reason) in enumerate(listed, 1)
    )


def _overrides(dataset: Dataset) -> Iterator[tuple[str, str, str, str, str]]:
    for put in dataset.overrides:
        there = dataset.observation(put.unit, put.item, put.field, put.part)
        if there is not None and stands(dataset, put):
            what = _what(dataset, put.item, put.field, put.part)
            yield (
                put.unit,
                what,
                format_answer(there.replaced),
                format_put(put),
                _why(put.reason, put.document),
            )


def _acceptances(
    dataset: Dataset, findings: Iterable[Finding], voice: Voice
) -> Iterator[tuple[str, str, str, str, str]]:
    for found in accepted(findings):
        assert found.acceptance is not None
        answers = [o for o in dataset.observations(found.unit, found.item) if not o.part]
        stated = [o for o in answers if o.field == found.field or o.state is State.NOT_APPLICABLE]
        own = format_answer(stated[0]) if stated else found.value
        claimed = any(o.state is State.NOT_APPLICABLE for o in answers)
        used = voice.say("decided.exempt" if claimed else "decided.kept")
        reason = _why(found.acceptance.reason, found.acceptance.document)
        yield found.unit, _what(dataset, found.item, found.field), own, used, reason


def _what(dataset: Dataset, code: str, field: str, part: str = "") -> str:
    """Name an item and its field; an item that the plan no longer has by its code."""
    item = next((i for i in dataset.profile.plan.items if i.code == code), None)
    if item is None:
        return code
    label = next((f.label for f in fields(item) if f.code == field), "")
    name = f"{item.label} ({label[:1].lower()}{label[1:]})" if label else item.label
    return f"{part}: {name}" if part else name


def _why(reason: str, document: str) -> str:
    return f"{first_letter_capital(reason)} ({document})"


def say_decided(voice: Voice) -> str:
    """Say behind a figure of the text that decisions stand behind it, and which annex explains them."""
    return voice.say("funding.decided", annex=voice.told_in(voice.annexes.decided))
