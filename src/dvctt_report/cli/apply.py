"""``dvctt-report apply``: what was edited since the forms went out, listed, looked over and taken over."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import typer

from dvctt_report.cli.ask import confirm
from dvctt_report.cli.options import When
from dvctt_report.cli.screen import say, say_list
from dvctt_report.cli.session import edited_workspace, tell_plan_day
from dvctt_report.cli.terminal import is_terminal
from dvctt_report.plan.load import PLAN, UNITS, load_profile, read_toml
from dvctt_report.store.frozen import (
    apply_changes,
    changed_files,
    edited_templates,
    live_profile,
    tell_altered,
)
from dvctt_report.store.workspace import SETTINGS, Workspace, parse_settings, period_toml
from dvctt_report.text.grouping import by_key
from dvctt_report.text.vietnamese import first_letter_capital


def run(ctx: typer.Context, period: When = None, yes: bool = False) -> int:
    """List what was edited since the period was frozen, and take it over. Returns 1 where it was not."""
    return take_over(edited_workspace(ctx, period), yes=yes)


def take_over(workspace: Workspace, *, yes: bool = False, default: bool = False, quiet: bool = False) -> int:
    """List what was edited since the period was frozen, look the templates over, and take it over on a yes.

    default: what Enter answers. quiet: nothing is said where there is nothing to take over.
    Returns 1 where something was edited and not taken over, or a template can't be filled.
    """
    from dvctt_report.store.frozen import pending_changes

    words, settings = workspace.period.words, workspace.root / SETTINGS
    if not workspace.is_frozen:
        if quiet:
            return 0
        say(f"Chưa phát hành biểu mẫu của {words}: phần đã sửa có hiệu lực ngay.")
        return _tell_template_faults(workspace)
    if str(now := read_toml(settings).get("nam")) != str(workspace.period):
        say(f"{SETTINGS} nay ghi nam = {now}, của năm khác: không áp dụng cho {words}.")
        say(f"Muốn sửa cho {words}: ghi nam = {period_toml(workspace.period)} rồi chạy lại.")
        return 1
    files = changed_files(workspace)
    changes, altered = pending_changes(workspace) if files else (), tell_altered(workspace)
    if not (changes or altered):
        say(*(() if quiet else (f"{SETTINGS} và bộ cấu hình không có gì khác với bản đã giữ của {words}.",)))
        return 0
    said = f"Đã sửa sau khi phát hành biểu mẫu {words}, {len(changes)} chỗ:"
    if altered:
        say(f"{altered[0]}.")
        said = f"Đang giữ → sẽ áp dụng, {len(changes)} chỗ:"
    say_list(said, changes)
    source = live_profile(workspace.root)
    tell_plan_day(
        settings, parse_settings(settings, read_toml(settings)), load_profile(source), workspace.period
    )
    if _tell_template_faults(workspace):
        say("Chưa áp dụng: sửa tệp mẫu trên rồi chạy lại dvctt-report apply")
        return 1
    if not yes and not (is_terminal(sys.stdin) and confirm("Áp dụng cho kỳ này?", default=default)):
        say("Chưa áp dụng. Áp dụng: dvctt-report apply --yes")
        return 1
    kept = apply_changes(workspace, datetime.now())
    say(
        f"Đã áp dụng {len(changes)} chỗ theo {SETTINGS} và bộ cấu hình đang có; bản trước giữ ở "
        f"{workspace.relative(kept)}."
    )
    if {PLAN, UNITS}.intersection(files):
        say("Nội dung hỏi đơn vị đã đổi thì phát hành lại biểu: dvctt-report forms")
    return 0


def _tell_template_faults(workspace: Workspace) -> int:
    """Name what is wrong with the Word templates that were edited, by file and paragraph; 1 for anything."""
    from dvctt_report.report.template_check import check_tags, check_template, unused_tags

    sound: list[Path] = []
    templates = edited_templates(workspace)
    for path in templates:
        is_report = path.name == "report.docx"
        if faults := (check_template if is_report else check_tags)(path):
            lines = (f"{first_letter_capital(fault.said)}. {fault.fix}" for fault in faults)
            say_list(f"Tệp mẫu {path}, {len(faults)} lỗi:", lines)
            continue
        sound.append(path)
        if is_report and (unused := unused_tags(path)):
            say(f"{path} không dùng thẻ: {', '.join(unused)} – các nội dung này sẽ không có trong báo cáo.")
    if sound:
        folders = by_key((path.parent, path.name) for path in sound)
        say(*(f"Tệp mẫu dùng được, trong {folder}: {', '.join(of)}." for folder, of in folders.items()))
    return int(len(sound) < len(templates))
