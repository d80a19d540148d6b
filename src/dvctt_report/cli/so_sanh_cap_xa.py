"""``dvctt-report so-sanh-cap-xa``: the communes beside each other, as a workbook and on one page."""

from __future__ import annotations

from dataclasses import replace

import typer

from dvctt_report.cli.options import AsOf, When
from dvctt_report.cli.screen import say
from dvctt_report.cli.session import open_year, tell_uncollected
from dvctt_report.communes.index import communes_index, communes_names
from dvctt_report.communes.page import comparison_page
from dvctt_report.communes.ranking import compare_communes
from dvctt_report.communes.workbook import workbook_bytes
from dvctt_report.files import write_beside
from dvctt_report.letters.write import template_of
from dvctt_report.report.issuers import voice_of
from dvctt_report.report.manifest import letter_origin
from dvctt_report.report.marks import without_marks
from dvctt_report.report.render import fill_parts
from dvctt_report.report.targets import target_views
from dvctt_report.report.texts import WORKING_PAPER
from dvctt_report.report.written import Origin, keep_index, write_paper

HELP = (
    "Ghi vào ket-qua/<năm>: so-sanh-cap-xa-<năm>.xlsx (mọi xã theo từng chỉ tiêu, thứ hạng, trung vị; trang "
    "“Từng xã” chọn một xã để in) và so-sanh-cap-xa-<năm>.docx (một trang). Chỉ xếp thứ hạng các tỷ lệ; chưa "
    "có số liệu, tổng số nhỏ (least_compared của plan.toml) thì không xếp; không có điểm chung."
)
NAME = "so-sanh-cap-xa"


def run(ctx: typer.Context, period: When = None, as_of: AsOf = None) -> None:
    """Write workbook and page among the results."""
    year = open_year(ctx, period, as_of)
    workspace = year.workspace
    tell_uncollected(workspace)
    voice = replace(voice_of(workspace, year.as_of), marking=True)
    targets = compare_communes(year, target_views(year, voice))
    page = comparison_page(year.dataset, targets, voice)
    heading = without_marks(page.heading).capitalize()
    filled = fill_parts(template_of(workspace, NAME), (page,), heading, voice.issuer)
    stem = workspace.results / f"{NAME}-{workspace.period}"
    origin = Origin(letter_origin(year, year.as_of), workspace.manifests)
    written = write_paper(stem.with_suffix(".docx"), filled, WORKING_PAPER, origin)
    table = write_beside(stem.with_suffix(".xlsx"), workbook_bytes(targets, page, workspace.notice))
    keep_index(workspace, table, communes_index(targets), communes_names(targets))
    say(*written.notes)
    say(f"So sánh các xã, phường (Excel): {table}")
    say(f"Trang so sánh (Word):           {written.path}")
