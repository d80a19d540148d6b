"""The page for whoever signs: each target with its middle, its first and its last communes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from dvctt_report.papers.communes import words
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
    notes = _notes(dataset, targets, voice)
    rows: tuple[CommuneTargetRow, ...] = ()
    for most in NAMED:
        rows = tuple(_row(target, most, voice) for target in ranked)
        if sum(map(_lines, rows)) <= PAGE_LINES - len((*notes, *voice.issuer.notice)):
            break
    page = ComparisonPage(
        voice.say("communes.title", kinds=words.kinds(targets).upper(), period=dataset.period.words.upper()),
        _about(targets, voice),
        rows,
        notes,
        voice.say("signing.note"),
    )
    return for_print(page)


def _about(targets: Sequence[TargetPlaces], voice: Voice) -> str:
    """Of when the figures are, and how many communes have any."""
    units = {place.unit.code for target in targets for place in target.places}
    known = {place.unit.code for target in targets for place in target.places if place.tally is not None}
    counts = {"n": voice.count(len(known)), "all": voice.count(len(units))}
    as_of = moment(voice.issuer.as_of)
    return voice.say("communes.figures", as_of=as_of, kinds=words.kinds(targets), **counts)


def _notes(dataset: Dataset, targets: Sequence[TargetPlaces], voice: Voice) -> tuple[str, ...]:
    """What a reader has to know: how places are given, what has none, what may still change."""
    places = [place for target in targets for place in target.places]
    unsettled = {place.unit.code for place in places if place.is_open}
    least = voice.count(dataset.profile.plan.least_compared)
    period = dataset.period
    return (
        *_carried(targets, dataset, voice),
        *(() if period.judged else (voice.say("communes.half", year=str(period.year)),)),
        voice.say("communes.order", falling=_falling(targets, voice)),
        *((voice.say("communes.small", least=least),) if any(p.why == SMALL for p in places) else ()),
        *((voice.say("communes.open", n=voice.count(len(unsettled))),) if unsettled else ()),
        voice.say("communes.signs"),
    )


def _falling(targets: Sequence[TargetPlaces], voice: Voice) -> str:
    """Name the targets that are placed from the lowest rate up; "" where there is none."""
    names = [target.view.target.code for target in targets if target.ranked and target.view.falling]
    return voice.say("communes.falling", names=join_names(names)) if names else ""


def _carried(targets: Sequence[TargetPlaces], dataset: Dataset, voice: Voice) -> Iterator[str]:
    """Say in which rows the level of an earlier year stands, since the plan sets none for this."""
    year, codes = dataset.period.year, defaultdict[int, list[str]](list)
    for view in (target.view for target in targets if target.ranked and target.view.is_due):
        codes[view.target.year_of_levels(dataset.period) or year].append(view.target.code)
    for of, names in sorted(codes.items()):
        if of != year:
            yield voice.say("communes.carried", year=str(year), of=str(of), names=join_names(names))


def _lines(row: CommuneTargetRow) -> int:
    """Lines that a row takes: those of its longest cell."""
    cells = ((row.name, _NAME_WIDTH), (row.best, _END_WIDTH), (row.lowest, _END_WIDTH))
    look = component("cell_text")
    return max(count_lines(without_marks(text), width, look) for text, width in cells)


def _row(target: TargetPlaces, most: int, voice: Voice) -> CommuneTargetRow:
    code = target.view.target.code
    return CommuneTargetRow(
        code,
        target.view.target.label,
        words.goal(target, [place.unit for place in target.places]),
        words.middle(target),
        _end(target, most, voice, lowest=False),
        _end(target, most, voice, lowest=True),
    )


def _end(target: TargetPlaces, most: int, voice: Voice, *, lowest: bool) -> str:
    """Name the communes at one end of the order, none of those with one rate without the others."""
    placed = sorted(
        (place for place in target.places if place.rank is not None),
        key=lambda place: place.rank or 0,
        reverse=lowest,
    )
    end = f"{target.view.target.code}.communes.{'lowest' if lowest else 'best'}"
    voice = voice.about(end)
    said: list[str] = []
    n_named = 0
    for _, group in groupby(placed, key=lambda place: place.rank):
        alike = list(group)
        if n_named >= most or (said and n_named + len(alike) > most + ALIKE):
            break
        said.append(_alike(target, alike, voice, end))
        n_named += len(alike)
    return "; ".join(said) or words.OUTSIDE


def _alike(target: TargetPlaces, alike: Sequence[Placed], voice: Voice, end: str) -> str:
    """Name, or count, those of one rate; ``end`` is what the figures of this end are called."""
    first = alike[0].unit.code
    id = f"{end}.{first}" if len(alike) > 1 else f"{target.view.target.code}.{first}.percent"
    rate = voice.mark(id, f"{words.figure(target, alike[0])}%")
    if len(alike) > ALIKE:
        return voice.say(
            "communes.same_rate", kinds=voice.kinds([p.unit.short_name for p in alike]), rate=rate
        )
    names = ", ".join(words.bare(p.unit) + ("*" if p.is_open else "") for p in alike)
    return f"{names} ({rate})"
