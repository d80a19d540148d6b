"""``dvctt-report export``: the consolidated workbook, the answers and the units as CSV, the year as JSON."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from dvctt_report.cli.options import AsOf, Format, InFull, Output, When, option
from dvctt_report.cli.screen import print_json, progress, say, tell
from dvctt_report.cli.session import open_year
from dvctt_report.files import told_beside, write_beside
from dvctt_report.opening import file_digest
from dvctt_report.packed import Packed
from dvctt_report.personal import in_full, said_of
from dvctt_report.report.consolidated.described import DESCRIPTION, package_json
from dvctt_report.report.consolidated.tidy import answers_csv, units_csv, year_json
from dvctt_report.report.phrases import read_phrases
from dvctt_report.report.written import keep_index

HELP = (
    "Ghi vào ket-qua/<năm>: bảng tổng hợp Excel (mỗi phụ lục một bảng, các tổng là công thức cộng lại từ "
    "từng ô số liệu, có biểu đồ), tệp .csv và tệp .json của từng ô số liệu, kèm chú giải các cột, "
    "và tệp .csv mỗi đơn vị một dòng: tổng số, đã thực hiện, tình trạng của từng mục tiêu. "
    "Bảng tổng hợp cũng được ghi mỗi lần lập báo cáo (render)."
)


def run(
    ctx: typer.Context,
    period: When = None,
    to: Annotated[
        Path | None, option("--to", "THƯ-MỤC", "Ghi vào thư mục này thay cho ket-qua/<năm>.", file_okay=False)
    ] = None,
    as_of: AsOf = None,
    output: Output = Format.TABLE,
    whole: InFull = False,
) -> None:
    """Write the year's figures as workbook, CSV and JSON."""
    from dvctt_report.report.consolidated import STEM, consolidated_bytes, workbook_index

    year = open_year(ctx, period, as_of)
    workspace, moment = year.workspace, year.as_of
    phrases = read_phrases(workspace.profile_folder / "phrases.toml")
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
                "Mô tả các tệp CSV:",
                DESCRIPTION,
                lambda: package_json(year, by_cell, by_unit, moment, workspace.notice),
            ),
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
    if output is Format.JSON:
        print_json({**workspace.period.as_json(), "files": [str(path) for _, _, path in written]})
        return
    n_usable = sum(year.dataset.effective(unit.code) is not None for unit in year.units)
    if n_usable < len(year.units):
        say(f"Lưu ý: mới có báo cáo dùng được của {n_usable}/{len(year.units)} đơn vị.")
    for name, _, path in written:
        say(f"{name:<26}{path}")
