"""``dvctt-report apply``: what was edited since the forms went out, listed and taken over."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import Annotated

import typer

from dvctt_report.cli.ask import confirm
from dvctt_report.cli.options import When, flag
from dvctt_report.cli.plan import tell_plan_day
from dvctt_report.cli.screen import say, say_list
from dvctt_report.cli.session import edited_workspace
from dvctt_report.cli.terminal import is_terminal
from dvctt_report.plan.load import load_profile, read_toml
from dvctt_report.walls import apply_changes, live_profile, pending_changes, tell_altered
from dvctt_report.workspace import SETTINGS, parse_settings, period_toml

HELP = (
    "Khi phát hành biểu mẫu, kế hoạch, danh sách đơn vị, câu chữ, tệp mẫu Word và dvctt.toml được giữ cùng "
    "kỳ báo cáo; các lệnh của kỳ dùng bản đã giữ, nên sửa cho năm sau không làm đổi báo cáo năm nay. Lệnh "
    "này nêu từng chỗ đã sửa và hỏi có áp dụng cho kỳ đang làm hay không. Bản cũ được giữ lại bên cạnh.\n\n"
    "Mã thoát: 0 đã áp dụng hoặc không có gì để áp dụng; 1 có phần đã sửa, chưa áp dụng; 2 không chạy được."
)


def run(
    ctx: typer.Context,
    period: When = None,
    yes: Annotated[bool, flag("--yes", "Áp dụng luôn, không hỏi.")] = False,
) -> int:
    """List what was edited since the period was frozen, and take it over. Returns 1 where it was not."""
    workspace = edited_workspace(ctx, period)
    if not workspace.is_frozen:
        say(f"Chưa phát hành biểu mẫu của {workspace.period.words}: phần đã sửa có hiệu lực ngay.")
        return 0
    if str(now := read_toml(workspace.root / SETTINGS).get("nam")) != str(workspace.period):
        say(f"{SETTINGS} nay ghi nam = {now}, của năm khác: không áp dụng cho {workspace.period.words}.")
        say(f"Muốn sửa cho {workspace.period.words}: ghi nam = {period_toml(workspace.period)} rồi chạy lại.")
        return 1
    changes, altered = pending_changes(workspace), tell_altered(workspace)
    if altered:
        say(f"{altered[0]}.")
    elif not changes:
        say(f"{SETTINGS} và bộ cấu hình không có gì khác với bản đã giữ của {workspace.period.words}.")
        return 0
    if changes:
        listed = (
            f"Đang giữ → sẽ áp dụng, {len(changes)} chỗ:"
            if altered
            else (f"Đã sửa sau khi phát hành biểu mẫu {workspace.period.words}, {len(changes)} chỗ:")
        )
        say_list(listed, changes)
    settings = workspace.root / SETTINGS
    now_said, profile = (
        parse_settings(settings, read_toml(settings)),
        load_profile(live_profile(workspace.root)),
    )
    tell_plan_day(settings, now_said, profile, workspace.period)
    if not yes and not (is_terminal(sys.stdin) and confirm("Áp dụng cho kỳ này?", default=False)):
        say("Chưa áp dụng. Áp dụng: dvctt-report apply --yes")
        return 1
    kept = apply_changes(workspace, datetime.now())
    say(
        f"Đã áp dụng {len(changes)} chỗ theo {SETTINGS} và bộ cấu hình đang có; bản trước giữ ở "
        f"{workspace.relative(kept)}."
    )
    if any(line.startswith(("plan.toml", "units.toml")) for line in changes):
        say("Nội dung hỏi đơn vị đã đổi thì phát hành lại biểu: dvctt-report forms")
    return 0
