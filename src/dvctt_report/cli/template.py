"""``dvctt-report template``: the Word template of the report, as an officer edits it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dvctt_report.cli.app import chosen_workspace
from dvctt_report.cli.options import argument
from dvctt_report.cli.screen import say
from dvctt_report.report.template_check import unused_tags
from dvctt_report.vietnamese import first_letter_capital
from dvctt_report.walls import live_profile
from dvctt_report.workspace import find_workspace

HELP = "Bảng tên thẻ của tệp mẫu: docs/tep-mau.md."

_CHECK = (
    "Nêu thẻ không có trong bảng tên thẻ, thẻ đứng chung đoạn với chữ, vòng lặp hỏng, kèm nguyên văn đoạn. "
    "Không nêu tệp thì kiểm tra tệp mẫu trong bộ cấu hình đang sửa, như lệnh apply sẽ lấy.\n\n"
    "Mã thoát: 0 dùng được; 1 có lỗi; 2 không đọc được tệp."
)


def check_template_file(
    ctx: typer.Context, file: Annotated[Path | None, argument("TỆP", "Tệp mẫu .docx đã sửa.")] = None
) -> int:
    """Check a template. Returns 1 where it has a fault."""
    from dvctt_report.report.template_check import check_template

    path = file or live_profile(find_workspace(chosen_workspace(ctx) or Path.cwd()).root) / "report.docx"
    faults = check_template(path)
    for fault in faults:
        say(f"{first_letter_capital(fault.said)}. {fault.fix}")
    if faults:
        say(f"\n{path.name}: {len(faults)} lỗi.")
        return 1
    unused = unused_tags(path)
    say(f"{path.name}: dùng được.")
    if unused:
        say(f"Không dùng thẻ: {', '.join(unused)} – các nội dung này sẽ không có trong báo cáo.")
    return 0


COMMANDS = (("check", "Kiểm tra tệp mẫu báo cáo đã sửa trong Word.", check_template_file, _CHECK),)
