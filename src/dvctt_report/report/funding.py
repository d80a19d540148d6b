"""What the text says of the money, rule by rule."""

from __future__ import annotations

from collections.abc import Sequence

from dvctt_report.plan.model import FieldSpec, Funding
from dvctt_report.report.decided import Decided, say_decided
from dvctt_report.report.figures import Figure, Figures
from dvctt_report.report.wording import Voice, lower_first
from dvctt_report.vietnamese import (
    format_money,
    format_money_million,
)


def funding_lines(figures: Figures, voice: Voice) -> tuple[str, ...]:
    """Write one line for each rule of funding; of a plan without any, that it has none."""
    by_item: dict[str, list[tuple[Funding, FieldSpec, Figure]]] = {}
    for entry in figures.funding:
        by_item.setdefault(entry[0].code, []).append(entry)
    if not by_item:
        return (voice.say("funding.none_asked"),)
    return tuple(_funding_line(entries, figures.decided, voice) for entries in by_item.values())


def _funding_line(
    entries: Sequence[tuple[Funding, FieldSpec, Figure]], decided: Decided, voice: Voice
) -> str:
    parts = []
    for _, measure, figure in entries:
        what = lower_first(measure.label)
        if measure.kind == "money" and figure.value is not None:
            small = 0 < figure.value < 1_000_000
            value = format_money(figure.value) if small else format_money_million(figure.value)
            n = voice.count(figure.n_units)
            said = voice.about(figure.id).say("funding.money", what=what, value=value, n=n)
            parts.append(said + say_decided(decided, figure.observations, voice))
        elif measure.kind != "money" and figure.value:
            n = voice.count(figure.value)
            said = voice.about(figure.id).say("funding.units", n=n, what=what)
            parts.append(said + say_decided(decided, figure.observations, voice))
    return voice.say(
        "funding.line", label=entries[0][0].label, parts="; ".join(parts) or voice.say("funding.nothing")
    )
