"""``dvctt-report settings``: the workspace's general information, question by question."""

from __future__ import annotations

from datetime import datetime

import typer

from dvctt_report.cli.ask import ask_settings, confirm
from dvctt_report.cli.screen import say, say_list
from dvctt_report.cli.session import find_period
from dvctt_report.walls import apply_changes, pending_changes

HELP = (
    "Hỏi lần lượt mười hai mục: cơ quan, số và ngày Kế hoạch, nơi gửi, người ký, cách tính hạn gửi, người "
    "liên hệ; ghi vào dvctt.toml. Bấm Enter để giữ nguyên; câu trả lời không đúng loại được "
    "hỏi lại, thay đổi được nêu cũ → mới. Các mục khác sửa trong tệp bằng Notepad."
)


def run(ctx: typer.Context) -> None:
    """Ask the questions and write the answers down."""
    workspace = find_period(ctx, None)
    ask_settings(workspace.root, say)
    if changes := pending_changes(workspace):
        words = f"Biểu mẫu {workspace.period.words} đã phát hành"
        say_list(f"{words}; các chỗ sửa sau chưa áp dụng cho kỳ này:", changes)
        if confirm("Áp dụng cho kỳ này?", default=True):
            kept = apply_changes(workspace, datetime.now())
            say(f"Đã áp dụng; bản trước giữ ở {workspace.relative(kept)}.")
        else:
            say("Chưa áp dụng. Áp dụng sau: dvctt-report apply")
