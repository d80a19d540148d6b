"""``dvctt-report init``: make a workspace."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dvctt_report.cli.book import write_book
from dvctt_report.cli.screen import say
from dvctt_report.workspace import SETTINGS, make_workspace

HELP = (
    "Tạo các thư mục bieu-mau, nhan-ve, ket-qua, noi-dung, tệp dvctt.toml để ghi thông tin chung và "
    "so-theo-doi.xlsx để ghi số văn bản, ngày gửi, kênh nhận."
)


def run(
    folder: Annotated[Path, typer.Argument(metavar="THƯ-MỤC", help="Thư mục làm việc sẽ tạo.")],
    profile: Annotated[
        str, typer.Option("--profile", metavar="TÊN", help="Bộ cấu hình của tỉnh có sẵn trong chương trình.")
    ] = "",
    year: Annotated[
        int | None, typer.Option("--year", metavar="NĂM", help="Năm báo cáo.", min=2025, max=2099)
    ] = None,
) -> None:
    """Make the folders and the settings of one reporting year."""
    from datetime import date

    from dvctt_report.workspace import default_profile

    workspace = make_workspace(folder, profile or default_profile(), year or max(date.today().year, 2025))
    say(f"Đã tạo thư mục làm việc: {workspace.root}")
    say(write_book(workspace))
    say(f"Sửa thông tin cơ quan, số Kế hoạch, người ký trong tệp {SETTINGS} (mở bằng Notepad).\n")
    say("Ba lệnh tiếp theo, chạy trong thư mục này:")
    say("  1. dvctt-report forms      xuất biểu mẫu cho từng đơn vị vào bieu-mau")
    say(f"  2. dvctt-report collect    nhận các tệp đã chép vào nhan-ve/{workspace.year}")
    say("  3. dvctt-report validate   kiểm tra số liệu; sau đó dvctt-report render để lập báo cáo")
