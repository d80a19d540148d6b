"""``dvctt-report archive``: the case file of a period, with the list of its documents."""

from __future__ import annotations

import typer

from dvctt_report.cli.options import AsOf, When
from dvctt_report.cli.screen import say
from dvctt_report.cli.session import open_year, tell_corrections
from dvctt_report.files.writing import note_file
from dvctt_report.papers.years.case_file import LIST, make_case_file
from dvctt_report.store.published.record import publications


def run(ctx: typer.Context, period: When = None, as_of: AsOf = None) -> int:
    """Write folder and .zip. Returns 1 where a file that units sent is no longer in the register."""
    year = open_year(ctx, period, as_of)
    made = make_case_file(year)
    note_file(made.packed)
    say(f"Đã lập hồ sơ {year.period.words}, {made.n_files} tệp: {made.folder}")
    say(f"Mục lục văn bản: {made.folder / LIST}")
    say(f"Tệp nén để nộp lưu: {made.packed}")
    published = publications(year.workspace, year.period)
    tell_corrections(published)
    if not published:
        say("Lưu ý: chưa ghi bản đã ký, nên hồ sơ chưa có báo cáo đã phát hành (dvctt-report publish).")
    for file in made.missing:
        say(f"Không còn trong sổ nhận, không đưa được vào hồ sơ: {file}")
    return int(bool(made.missing))
