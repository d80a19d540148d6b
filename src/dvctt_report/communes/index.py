"""What the workbook of communes prints of which figure: the place of each commune by each target."""

from __future__ import annotations

from collections.abc import Iterator

from dvctt_report.communes import words
from dvctt_report.communes.ranking import compare_communes
from dvctt_report.errors import CannotRun
from dvctt_report.loader import OpenPeriod
from dvctt_report.report.blocks import TextBlock
from dvctt_report.report.printed import PrintedBlock, read_printed
from dvctt_report.report.targets import target_views
from dvctt_report.report.wording import Voice

_PLACE = "Bảng so sánh cấp xã, trang “Từng xã”"
_HEADS = ("Xã, phường, đặc khu", "Chỉ tiêu", "Thứ hạng")


def ranks_index(opened: OpenPeriod, voice: Voice) -> Iterator[PrintedBlock]:
    """Yield a row for each place that is given; none where no communes report. ``voice`` marks figures."""
    lines = {line.unit.code: line for line in opened.lines}
    views = target_views(opened.dataset, opened.summary, lines, voice)
    try:
        targets = compare_communes(opened.dataset, opened.findings, views)
    except CannotRun:  # no communes
        return
    for target in targets:
        code = target.view.target.code
        for place in target.places:
            if place.rank is not None:
                rank, _, of = words.rank(target, place).partition("/")
                marked = voice.mark(f"{code}.{place.unit.code}.rank", rank)
                cells = (words.bare(place.unit), f"{code}. {target.view.target.label}", f"{marked}/{of}")
                yield read_printed(TextBlock(_PLACE, cells, 0, heads=_HEADS))
