"""``dvctt-report export``: the consolidated workbook, answers and units as CSV, the year as JSON; or the
communes beside each other, as a workbook and on one page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import typer

from dvctt_report.cli.screen import progress, say, tell
from dvctt_report.cli.session import open_year, tell_uncollected
from dvctt_report.consolidated.answers import answers_csv, units_csv, year_json
from dvctt_report.files.writing import told_beside, write_beside
from dvctt_report.model.period import Period
from dvctt_report.plan.folders import PHRASES
from dvctt_report.plan.phrases import read_phrases
from dvctt_report.report.written import keep_index
from dvctt_report.text.opening import file_digest
from dvctt_report.text.packed import Packed
from dvctt_report.text.personal import in_full, said_of
from dvctt_report.year.loader import OpenYear

COMMUNES = "so-sanh-cap-xa"


def run(
    ctx: typer.Context,
    period: Period | None = None,
    to: Path | None = None,
    as_of: str | None = None,
    whole: bool = False,
    communes: bool = False,
) -> None:
    """Write the year's figures as workbook, CSV and JSON, or compare the communes."""
    from dvctt_report.consolidated import STEM, consolidated_bytes, workbook_index

    year = open_year(ctx, period, as_of)
    workspace, moment = year.workspace, year.as_of
    if communes:
        _compare_communes(year, to or workspace.results)
        return
    phrases = read_phrases(workspace.profile_file(PHRASES), workspace.profile.plan)
    folder = to or workspace.results
    with in_full(whole):
        name = f"{workspace.period}{said_of()}"
        by_cell, by_unit = f"so-lieu-{name}.csv", f"muc-tieu-don-vi-{workspace.period}.csv"
        files: tuple[tuple[str, str, Callable[[], bytes | Packed]], ...] = (
            (
                "Bảng tổng hợp (Excel):",
                f"{STEM}-{name}.xlsx",
                lambda: consolidated_bytes(year, phrases, workspace.notice),
            ),
            ("Từng ô số liệu (CSV):", by_cell, lambda: answers_csv(year)),
            ("Từng đơn vị (CSV):", by_unit, lambda: units_csv(year)),
            (
                "Số liệu, chú giải (JSON):",
                f"so-lieu-{name}.json",
                lambda: year_json(year, moment, workspace.notice),
            ),
        )
        made = []
        with progress(len(files), "Lập số liệu", "tệp") as done:
            for title, file, make in files:
                made.append((title, file, make()))
                done()
    written = [(name, folder / file, write_beside(folder / file, content)) for name, file, content in made]
    if folder == workspace.results:
        table = written[0][2]
        keep_index(workspace, table, workbook_index(year, phrases), digest=file_digest(table))
    for _, wanted, path in written:
        for said in told_beside(wanted, path):
            tell(said)
    n_usable = sum(year.dataset.effective(unit.code) is not None for unit in year.units)
    if n_usable < len(year.units):
        say(f"Lưu ý: mới có báo cáo dùng được của {n_usable}/{len(year.units)} đơn vị.")
    for name, _, path in written:
        say(f"{name:<26}{path}")


def _compare_communes(year: OpenYear, folder: Path) -> None:
    """Write workbook and page on the communes beside each other, and say where."""
    from dvctt_report.papers.communes.ranking import compare_communes, comparison_page
    from dvctt_report.papers.communes.workbook import communes_index, communes_names, workbook_bytes
    from dvctt_report.plan.texts import WORKING_PAPER
    from dvctt_report.report.issuers import voice_of
    from dvctt_report.report.manifest import letter_origin
    from dvctt_report.report.marks import without_marks
    from dvctt_report.report.render import fill_parts
    from dvctt_report.report.targets import target_views
    from dvctt_report.report.written import Origin, write_paper

    workspace = year.workspace
    tell_uncollected(workspace)
    voice = replace(voice_of(workspace, year.as_of), marking=True)
    targets = compare_communes(year, target_views(year, voice))
    page = comparison_page(year.dataset, targets, voice)
    heading = without_marks(page.heading).capitalize()
    filled = fill_parts(workspace.profile_file(f"{COMMUNES}.docx"), (page,), heading, voice.issuer)
    stem = folder / f"{COMMUNES}-{workspace.period}"
    origin = Origin(letter_origin(year, year.as_of), workspace.manifests)
    written = write_paper(stem.with_suffix(".docx"), filled, WORKING_PAPER, origin)
    table = write_beside(stem.with_suffix(".xlsx"), workbook_bytes(targets, page, workspace.notice))
    keep_index(workspace, table, communes_index(targets), communes_names(targets))
    say(*written.notes)
    say(f"So sánh các xã, phường (Excel): {table}", f"Trang so sánh (Word):           {written.path}")
