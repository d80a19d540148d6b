"""``dvctt-report settings``: the workspace's general information, question by question."""

from __future__ import annotations

import typer

from dvctt_report.cli.questions import ask_settings
from dvctt_report.cli.screen import say
from dvctt_report.cli.session import open_workspace

HELP = (
    "Hỏi lần lượt mười mục: cơ quan, số và ngày Kế hoạch, nơi gửi, người ký, cách tính hạn gửi; ghi vào "
    "dvctt.toml. Bấm Enter để giữ nguyên; câu trả lời không đúng loại được hỏi lại, thay đổi được nêu cũ → "
    "mới. Các mục khác sửa trong tệp bằng Notepad."
)


def run(ctx: typer.Context) -> None:
    """Ask the questions and write the answers down."""
    ask_settings(open_workspace(ctx, None).root, say)
