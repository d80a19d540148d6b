"""``dvctt-report control make``: the workbook into which the figures of the systems in charge are typed."""

from __future__ import annotations

import typer

from dvctt_report.cli.options import When
from dvctt_report.cli.screen import say
from dvctt_report.cli.session import open_workspace
from dvctt_report.errors import CannotRun
from dvctt_report.files import write_beside
from dvctt_report.loader import has_register, read_registered
from dvctt_report.walls import move_books

HELP = (
    "Sổ có sẵn mục tiêu, đơn vị, nguồn và các số đã lưu. Sổ đã có trong thư mục làm việc thì không bị ghi đè."
)


def run(ctx: typer.Context, period: When = None) -> None:
    """Make the workbook of control figures."""
    from dvctt_report.forms.control_book import control_book, rows_of

    workspace = open_workspace(ctx, period)
    for line in move_books(workspace.root):
        say(line)
    path = workspace.control
    if path.exists():
        raise CannotRun(
            f"Đã có sổ đối chiếu “{path}”; không ghi đè.",
            "Ghi tiếp vào sổ đó; muốn lập lại từ số đã lưu thì đổi tên sổ rồi chạy lại.",
        )
    if not rows_of(workspace.profile, workspace.period):
        raise CannotRun(
            "Kế hoạch chưa nêu mục tiêu nào được đối chiếu.", "Thêm control vào mục tiêu trong plan.toml."
        )
    known = read_registered(workspace).controls if has_register(workspace) else ()
    written = write_beside(path, control_book(workspace.profile, workspace.period, known))
    say(f"Đã lập sổ đối chiếu: {written}")
    say("Ghi số, ngày chốt, văn bản; bấm Lưu rồi chạy: dvctt-report control read")
