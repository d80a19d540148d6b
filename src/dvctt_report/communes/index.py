"""What the workbook of communes prints of which figure, on each of its sheets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dvctt_report.communes import words
from dvctt_report.communes.ranking import Placed, TargetPlaces, compare_communes
from dvctt_report.communes.workbook import COLUMNS, COMPARED, ROWS, SUMMARY, marked_row, marked_summary
from dvctt_report.errors import CannotRun
from dvctt_report.loader import OpenYear
from dvctt_report.report.blocks import TextBlock
from dvctt_report.report.printed import PrintedBlock, read_printed
from dvctt_report.report.targets import target_views
from dvctt_report.report.wording import Voice

_PLACE = "Bảng so sánh cấp xã, trang “{}”"
_FIRST = "Xã, phường, đặc khu"


def communes_index(year: OpenYear, voice: Voice) -> Iterator[PrintedBlock]:
    """Yield every row of the workbook; none where no communes report. ``voice`` marks figures."""
    try:
        targets = compare_communes(year, target_views(year, voice))
    except CannotRun:  # no communes
        return
    yield from _rows(targets)
    yield from _compared(targets)


def _rows(targets: Sequence[TargetPlaces]) -> Iterator[PrintedBlock]:
    """The rows of every commune and target: the sheet of one commune shows some of them."""
    for target in targets:
        for place in target.places:
            _, *cells = marked_row(target, place)
            yield read_printed(TextBlock(_PLACE.format(ROWS), tuple(cells), 0, heads=COLUMNS[1:]))


def _compared(targets: Sequence[TargetPlaces]) -> Iterator[PrintedBlock]:
    """The communes below each other, what each has of every target in its columns."""
    heads = [_FIRST]
    for target in targets:
        heads += [f"{words.label(target)} – {head}" for head in words.heads(target)]
    summaries = [marked_summary(target) for target in targets]
    for n, name in enumerate(SUMMARY):
        cells = [name]
        for target, said in zip(targets, summaries, strict=True):
            cells += [said[n], *([""] if target.ranked else [])]
        yield _block(cells, heads)
    units = {place.unit.code: place.unit for target in targets for place in target.places}
    given = [{place.unit.code: place for place in target.places} for target in targets]
    for code, unit in units.items():
        cells = [words.bare(unit)]
        for target, places in zip(targets, given, strict=True):
            cells += _cells(target, places.get(code))
        yield _block(cells, heads)


def _cells(target: TargetPlaces, place: Placed | None) -> Iterator[str]:
    """What stands of a commune in the columns of a target."""
    yield words.OUTSIDE if place is None else words.marked_figure(target, place) + "*" * place.is_open
    if target.ranked:
        yield words.OUTSIDE if place is None else words.marked_rank(target, place)


def _block(cells: Sequence[str], heads: Sequence[str]) -> PrintedBlock:
    return read_printed(TextBlock(_PLACE.format(COMPARED), tuple(cells), 1, heads=tuple(heads)))
