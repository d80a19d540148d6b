"""What the workbook of communes prints of which figure, on each of its sheets, and what the names mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from dvctt_report.papers.communes import words
from dvctt_report.papers.communes.ranking import Placed, TargetPlaces
from dvctt_report.papers.communes.workbook import COLUMNS, COMPARED, ROWS, SUMMARY, marked_row, marked_summary
from dvctt_report.report.blocks import TextBlock
from dvctt_report.report.marks import without_marks
from dvctt_report.report.meanings import name_json
from dvctt_report.report.printed import PrintedBlock, read_printed
from dvctt_report.report.unit_lists import ALIKE, KINDS, kind_of
from dvctt_report.text.grouping import by_key
from dvctt_report.text.vietnamese import format_count

_PLACE = "Bảng so sánh cấp xã, trang “{}”"
_FIRST = "Xã, phường, đặc khu"


def communes_index(targets: Sequence[TargetPlaces]) -> Iterator[PrintedBlock]:
    """Yield every row of the workbook, the voice of whose targets marks figures."""
    yield from _rows(targets)
    yield from _compared(targets)


def communes_names(targets: Sequence[TargetPlaces]) -> Iterator[dict[str, Any]]:
    """What the names of places, medians and counts of communes mean, for workbook and page."""
    places = [place for target in targets for place in target.places]
    for role, what, shown in (
        ("all", "số xã được so sánh", places),
        ("known", "số xã có số liệu", [place for place in places if place.tally is not None]),
        ("open", "số xã có báo cáo còn nội dung chưa xử lý", [place for place in places if place.is_open]),
    ):
        units = dict.fromkeys(place.unit.code for place in shown)
        yield name_json(f"communes.{role}", "So sánh cấp xã", what, units)
    for target in targets:
        if target.ranked:
            yield from _places_named(target)


def _places_named(target: TargetPlaces) -> Iterator[dict[str, Any]]:
    """The places of one target, from the best to the last, and the communes of one rate."""
    code, title = target.view.target.code, target.view.target.label
    ranked = sorted((p for p in target.places if p.rank is not None), key=lambda place: place.rank or 0)
    units = [place.unit.code for place in ranked]
    yield name_json(f"{code}.communes.ranked", title, "số xã được xếp thứ hạng", units, covered="")
    middle = without_marks(words.middle(target))
    how = f"Xếp {format_count(len(ranked))} tỷ lệ theo thứ tự; ở giữa là {middle}%."
    what = "trung vị tỷ lệ của các xã được xếp thứ hạng"
    yield name_json(f"{code}.communes.middle", title, what, units, how, covered="")
    for place in ranked:
        better = format_count((place.rank or 1) - 1)
        how = f"{format_count(len(ranked))} nơi được xếp; {better} nơi có kết quả tốt hơn: thứ {place.rank}."
        yield name_json(
            f"{code}.{place.unit.code}.rank", title, "thứ hạng", [place.unit.code], how, covered=""
        )
    runs = [list(run) for _, run in groupby(ranked, lambda place: place.rank)]
    for end, said, ordered in (("best", "cao", runs), ("lowest", "thấp", runs[::-1])):
        for alike in ordered:
            codes = [place.unit.code for place in alike]
            how = f"Mỗi nơi {words.figure(target, alike[0])}%."
            what = "tỷ lệ chung của các nơi nêu ở đó"
            yield name_json(f"{code}.communes.{end}.{codes[0]}", title, what, codes, how, covered="")
        long = next((run for run in ordered if len(run) > ALIKE), [])
        of_kind = by_key((kind_of(place.unit.short_name), place.unit.code) for place in long)
        for kind, codes in of_kind.items():
            what = f"số {KINDS[kind]} cùng tỷ lệ {said} nhất"
            yield name_json(f"{code}.communes.{end}.{kind}", title, what, codes, covered="")


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
