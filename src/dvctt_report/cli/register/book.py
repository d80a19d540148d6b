"""``dvctt-report register book``: the workbook in which the officer notes what no file says."""

from __future__ import annotations

import typer

from dvctt_report.cli.book import write_book
from dvctt_report.cli.options import When
from dvctt_report.cli.screen import say
from dvctt_report.cli.session import open_workspace
from dvctt_report.loader import has_register, read_registered
from dvctt_report.workspace import BOOK

HELP = (
    "Sổ so-theo-doi.xlsx nằm trong thư mục ky-bao-cao, thư mục của kỳ, có sẵn danh sách đơn vị. Nội dung đã "
    "ghi không bao giờ bị thay; chạy lại chỉ thêm đơn vị còn thiếu."
)


def run(ctx: typer.Context, period: When = None) -> None:
    """Make the tracking book, or add what it lacks."""
    workspace = open_workspace(ctx, period)
    known = read_registered(workspace).entries if has_register(workspace) else ()
    say(write_book(workspace, known) or f"Sổ theo dõi {BOOK} đã đủ các đơn vị của {workspace.period.words}.")
    say(f"Mở bằng Excel: {workspace.book}")
