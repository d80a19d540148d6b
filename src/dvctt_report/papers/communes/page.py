"""The page for whoever signs: each target with its middle, its first and its last communes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from dvctt_report.papers.communes import ranking
from dvctt_report.papers.communes.ranking import SMALL, Placed, TargetPlaces
from dvctt_report.report.citing import moment
from dvctt_report.report.marks import without_marks
from dvctt_report.report.unit_lists import ALIKE
from dvctt_report.report.wording import Voice, for_print
from dvctt_report.text.vietnamese import join_names
from dvctt_report.word.nd30 import component, count_lines
from dvctt_report.year.dataset import Dataset

NAMED = (3, 2, 1)
"""Communes named at either end, with those that have the same rate: the most that the page holds."""
PAGE_LINES = 37
"""Lines of the table and notes that one page holds under its head."""
_NAME_WIDTH, _END_WIDTH = 41.0, 33.5
"""Millimetres that a cell leaves for its text."""


@dataclass(frozen=True, slots=True)
class CommuneTargetRow:
    """A target: ``best`` and ``lowest`` name the communes placed first and last, with their rates."""

    number: str
    name: str
    goal: str
    middle: str
    best: str
    lowest: str


@dataclass(frozen=True, slots=True)
class ComparisonPage:
    """The page as strings."""

    heading: str
    about: str
    rows: tuple[CommuneTargetRow, ...]
    notes: tuple[str, ...]
    note: str


def comparison_page(dataset: Dataset, targets: Sequence[TargetPlaces], voice: Voice) -> ComparisonPage:
    """Say on one page where the communes stand; answers and numbers without a total are in the workbook."""
    ranked = [target for target in targets if target.ranked]
    places = [place for target in targets for place in target.places]
    known = {place.unit.code for place in places if place.tally is not None}
    kinds, period = ranking.kinds(targets), dataset.period
    about = voice.say(
        "communes.figures",
        as_of=moment(voice.issuer.as_of),
        kinds=kinds,
        n=voice.count(len(known)),
        all=voice.count(len({place.unit.code for place in places})),
    )
    notes = _notes(dataset, ranked, places, voice)
    look = component("cell_text")
    rows: tuple[CommuneTargetRow, ...] = ()
    for most in NAMED:
        rows = tuple(
            CommuneTargetRow(
                target.view.target.code,
                target.view.target.label,
                ranking.goal(target, [place.unit for place in target.places]),
                ranking.middle(target),
                _end(target, most, voice, lowest=False),
                _end(target, most, voice, lowest=True),
            )
            for target in ranked
        )
        n_lines = 0
        for row in rows:
            cells = ((row.name, _NAME_WIDTH), (row.best, _END_WIDTH), (row.lowest, _END_WIDTH))
            n_lines += max(count_lines(without_marks(text), width, look) for text, width in cells)
        if n_lines <= PAGE_LINES - len((*notes, *voice.issuer.notice)):
            break
    title = voice.say("communes.title", kinds=kinds.upper(), period=period.words.upper())
    return for_print(ComparisonPage(title, about, rows, notes, voice.say("signing.note")))


def _notes(
    dataset: Dataset, ranked: Sequence[TargetPlaces], places: Sequence[Placed], voice: Voice
) -> tuple[str, ...]:
    """What a reader has to know: how places are given, what has none, what may still change."""
    period, codes = dataset.period, defaultdict[int, list[str]](list)
    for view in (target.view for target in ranked if target.view.is_due):
        codes[view.target.year_of_levels(period) or period.year].append(view.target.code)
    notes = [
        voice.say("communes.carried", year=str(period.year), of=str(of), names=join_names(names))
        for of, names in sorted(codes.items())
        if of != period.year
    ]
    if not period.judged:
        notes.append(voice.say("communes.half", year=str(period.year)))
    falling = [target.view.target.code for target in ranked if target.view.falling]
    from_below = voice.say("communes.falling", names=join_names(falling)) if falling else ""
    notes.append(voice.say("communes.order", falling=from_below))
    if any(place.why == SMALL for place in places):
        notes.append(voice.say("communes.small", least=voice.count(dataset.profile.plan.least_compared)))
    if unsettled := {place.unit.code for place in places if place.is_open}:
        notes.append(voice.say("communes.open", n=voice.count(len(unsettled))))
    return (*notes, voice.say("communes.signs"))


def _end(target: TargetPlaces, most: int, voice: Voice, *, lowest: bool) -> str:
    """Name the communes at one end of the order, none of those with one rate without the others."""
    placed = sorted(
        (place for place in target.places if place.rank is not None),
        key=lambda place: place.rank or 0,
        reverse=lowest,
    )
    end = f"{target.view.target.code}.communes.{'lowest' if lowest else 'best'}"
    voice = voice.about(end)
    texts: list[str] = []
    n_named = 0
    for _, group in groupby(placed, key=lambda place: place.rank):
        alike = list(group)
        if n_named >= most or (texts and n_named + len(alike) > most + ALIKE):
            break
        first = alike[0].unit.code
        id = f"{end}.{first}" if len(alike) > 1 else f"{target.view.target.code}.{first}.percent"
        rate = voice.mark(id, f"{ranking.figure(target, alike[0])}%")
        if len(alike) > ALIKE:
            kinds = voice.kinds([p.unit.short_name for p in alike])
            texts.append(voice.say("communes.same_rate", kinds=kinds, rate=rate))
        else:
            names = ", ".join(ranking.bare(p.unit) + ("*" if p.is_open else "") for p in alike)
            texts.append(f"{names} ({rate})")
        n_named += len(alike)
    return "; ".join(texts) or ranking.OUTSIDE
