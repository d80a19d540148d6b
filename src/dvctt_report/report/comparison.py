"""Results beside those of the year before, as a table, or one sentence that says why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dvctt_report.dataset import Dataset
from dvctt_report.last_year import YearsBeside
from dvctt_report.model import Comparison, Incomparable
from dvctt_report.report.targets import TargetView
from dvctt_report.report.wording import Voice, join_terms
from dvctt_report.summary.compare import compare_years
from dvctt_report.vietnamese import format_decimal


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """A target in the two years; ``note`` says why the points between them are not given."""

    number: str
    name: str
    before: str
    now: str
    points: str
    note: str


@dataclass(frozen=True, slots=True)
class Compared:
    """What stands under the results of the year: a title with rows, or a sentence, or nothing at all."""

    title: str = ""
    rows: tuple[ComparisonRow, ...] = ()
    note: str = ""


def compare_with_last_year(dataset: Dataset, views: Sequence[TargetView], voice: Voice) -> Compared:
    """Set results beside last year's as far as the setting wants it and last year is known."""
    found = compare_years(dataset, tuple(view.result for view in views))
    if not voice.issuer.compares_years or not found:
        return Compared()
    if (note := _none_at_all(dataset, found[0], voice)) is not None:
        return Compared(note=note)
    numbered = enumerate(zip(found, views, strict=True), 1)
    rows = tuple(_row(n, one, view.target.label, voice) for n, (one, view) in numbered)
    draft = "" if dataset.last_year and dataset.last_year.signed else voice.say("last_year.draft")
    return Compared(voice.say("last_year.title", year=str(found[0].period.year), draft=draft), rows)


def _none_at_all(dataset: Dataset, first: Comparison, voice: Voice) -> str | None:
    """Why no target at all is set beside last year's; None where it is not so."""
    if first.why not in (Incomparable.PROVINCE, Incomparable.GEOGRAPHY) or dataset.last_year is None:
        return None
    beside = YearsBeside(dataset.profile, dataset.period, dataset.last_year)
    year = str(first.period.year)
    if first.why is Incomparable.PROVINCE:
        return voice.say("last_year.province", year=year, province=beside.last.province)
    names = [dataset.profile.roster.short_names.get(code, code) for code in beside.spoilt]
    few = len(names) <= voice.issuer.max_named
    units = join_terms(names) if few else voice.say("last_year.areas", n=voice.count(len(names)))
    return voice.say("last_year.geography", year=year, units=units)


def _row(n: int, one: Comparison, name: str, voice: Voice) -> ComparisonRow:
    none = voice.say("sign.not_available")
    sign = "+" if one.points is not None and one.points > 0 else ""
    before, now, points = (
        none if value is None else f"{lead}{format_decimal(value)}"
        for value, lead in ((one.before, ""), (one.now, ""), (one.points, sign))
    )
    return ComparisonRow(
        number=str(n),
        name=name,
        before=voice.mark(f"{one.item}.last_year.percent", before),
        now=voice.mark(f"{one.item}.percent", now),
        points=voice.mark(f"{one.item}.last_year.points", points),
        note=voice.say(f"last_year.why_{one.why.value}" if one.why else "last_year.same"),
    )
