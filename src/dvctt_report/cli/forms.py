"""``dvctt-report forms``: one Excel form for every unit."""

from __future__ import annotations

from typing import Annotated

import typer

from dvctt_report.cli.options import Year
from dvctt_report.cli.screen import say
from dvctt_report.cli.session import open_workspace
from dvctt_report.errors import CannotRun
from dvctt_report.files import write_beside

HELP = "Mỗi đơn vị một tệp, chỉ gồm nội dung đơn vị đó phải trả lời. Biểu mẫu ghi vào thư mục bieu-mau."


def run(
    ctx: typer.Context,
    units: Annotated[
        list[str] | None, typer.Argument(metavar="MÃ-ĐƠN-VỊ", help="Chỉ xuất cho các đơn vị này.")
    ] = None,
    year: Year = None,
) -> None:
    """Write the forms of all units of the year, or of those named."""
    from dvctt_report.forms.writer import form_bytes, form_name

    workspace = open_workspace(ctx, year)
    roster = workspace.profile.units(workspace.year)
    wanted = {code.upper() for code in units or ()}
    unknown = wanted - {u.code.upper() for u in roster}
    if unknown:
        raise CannotRun(
            f"Không có mã đơn vị {', '.join(sorted(unknown))} trong danh sách năm {workspace.year}.",
            "Xem các mã bằng lệnh: dvctt-report plan",
        )
    chosen = [u for u in roster if not wanted or u.code.upper() in wanted]
    folder = workspace.forms / str(workspace.year)
    folder.mkdir(parents=True, exist_ok=True)
    for unit in chosen:
        path = folder / form_name(unit, workspace.year)
        written = write_beside(path, form_bytes(workspace.profile, unit, workspace.year))
        if written != path:
            say(f"Tệp {path.name} đang mở ở chương trình khác; đã ghi bản mới vào {written.name}.")
    say(f"Đã xuất {len(chosen)} biểu mẫu năm {workspace.year} vào thư mục {folder}")
    say(
        f"Gửi mỗi đơn vị tệp của mình; khi nhận về, chép vào {workspace.inbox} rồi chạy: dvctt-report collect"
    )
