"""``dvctt-report feedback``: for each unit the list of what it is asked to mend, and a message."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dvctt_report.cli.options import AsOf, UnitName, When, find_unit, parse_due
from dvctt_report.cli.screen import say, tell
from dvctt_report.cli.session import open_period, tell_uncollected
from dvctt_report.files import write_beside
from dvctt_report.period import Period
from dvctt_report.plan.model import Profile
from dvctt_report.workspace import Workspace

if TYPE_CHECKING:
    from dvctt_report.mending.lists import MendingList
    from dvctt_report.mending.workbook import WorkbookHead

HELP = (
    "Ghi ket-qua/<năm>/chinh-ly/<mã đơn vị>.xlsx: tài liệu làm việc không ký, gửi kèm thư cho đơn vị có lỗi. "
    "Mỗi dòng nêu ô nào, đã ghi gì, vì sao chưa dùng được, đề nghị gì; đơn vị chọn ý kiến ở cột cuối rồi gửi "
    "lại. Chép bảng kê đã trả lời vào thư mục nhan-ve, lệnh collect đọc lại."
)
FOLDER = "chinh-ly"

ReplyBy = Annotated[
    str | None,
    typer.Option("--reply-by", metavar="NGÀY", help="Đề nghị gửi lại trước ngày này, ví dụ 18/11/2025."),
]
Text = Annotated[
    bool, typer.Option("--text", help="In thêm lời nhắn cho từng đơn vị để dán vào Zalo, thư điện tử.")
]
Questions = Annotated[
    bool, typer.Option("--questions", help="Gửi cả đơn vị không có lỗi, chỉ có nội dung cần xác nhận.")
]


def run(
    ctx: typer.Context,
    period: When = None,
    unit: UnitName = None,
    reply_by: ReplyBy = None,
    text: Text = False,
    questions: Questions = False,
    as_of: AsOf = None,
) -> None:
    """Write the list of each unit that has something to mend."""
    from dvctt_report.mending.lists import format_message, mending_lists
    from dvctt_report.mending.workbook import WorkbookHead

    opened = open_period(ctx, period, as_of)
    workspace, profile, made = opened.workspace, opened.profile, opened.as_of
    chosen = find_unit(profile, profile.units(workspace.period), unit) if unit else None
    head = WorkbookHead(workspace.settings.co_quan.ten, made, parse_due(reply_by, made.date()))
    lists = [m for m in mending_lists(*opened.asked_about) if chosen in (None, m.unit)]
    asked = [m for m in lists if m.goes_out(questions)]
    folder = workspace.results / FOLDER
    written = [(one, _write(folder, one, profile, head)) for one in asked]
    if text:
        messages = (format_message(one, head.sender, head.reply_by, path.name) for one, path in written)
        say("\n\n".join(messages))
    _report(workspace, written, tell if text else say)
    _say_rest(lists, written, folder, complete=chosen is None)
    tell_uncollected(workspace)


def _write(folder: Path, asked: MendingList, profile: Profile, head: WorkbookHead) -> Path:
    """Write one list and return its path; never over one in which the unit has already answered."""
    from dvctt_report.mending.workbook import mending_bytes

    path = folder / f"{asked.unit.code}.xlsx"
    content = mending_bytes(asked, profile, head)
    if not _has_replies(path, profile, asked.period):
        return write_beside(path, content)
    tell(f"{path.name} đã có ý kiến của đơn vị nên được giữ lại: chép vào nhan-ve rồi chạy collect.")
    return write_beside(path.with_stem(f"{path.stem} (2)"), content)


def _has_replies(path: Path, profile: Profile, period: Period) -> bool:
    from dvctt_report.intake.collect import read_return

    return path.exists() and bool(read_return(path.name, path.read_bytes(), profile, period).replies)


def _report(
    workspace: Workspace, written: Sequence[tuple[MendingList, Path]], say: Callable[[str], None]
) -> None:
    """Say which lists were written, with how many rows."""
    if not written:
        say("Không đơn vị nào có nội dung cần chỉnh lý; không lập bảng kê.")
        return
    say(f"Đã lập {len(written)} bảng kê trong {workspace.results / FOLDER}:")
    for asked, path in written:
        parts = ((len(asked.to_mend), "chỉnh lý"), (len(asked.to_confirm), "xác nhận"))
        counts = ", ".join(f"{n} nội dung {what}" for n, what in parts if n)
        say(f"  {path.name}: {asked.unit.short_name} – {counts}")
    say("Gửi kèm thư cho từng đơn vị; bảng kê trả lời chép vào nhan-ve rồi chạy: dvctt-report collect")


def tell_only_questions(lists: Sequence[MendingList], what: str) -> None:
    """Name the units that are left out as they have nothing to mend; ``what`` is not done for them."""
    if lists:
        names = "; ".join(m.unit.short_name for m in lists)
        tell(f"Chỉ có nội dung cần xác nhận, {what} (thêm --questions để gửi): {names}.")


def _say_rest(
    lists: Sequence[MendingList], written: Sequence[tuple[MendingList, Path]], folder: Path, *, complete: bool
) -> None:
    """Say what was not written and why, and which earlier lists are out of date."""
    units = {asked.unit.code for asked, _ in written}
    left = [m for m in lists if m.unit.code not in units and m.to_confirm]
    waiting = [m for m in lists if m.n_waiting]
    tell_only_questions(left, "không lập bảng kê")
    for one in waiting:
        tell(f"{one.unit.short_name} đã trả lời {one.n_waiting} nội dung, chờ xem xét: dvctt-report validate")
    known = {path.name for _, path in written}
    known |= {f"{code}.xlsx" for code in units} | {f"{m.unit.code}.xlsx" for m in left}
    old = sorted(p.name for p in folder.glob("*.xlsx") if p.name not in known) if complete else []
    if old:
        tell(f"Bảng kê cũ, nay không còn nội dung để gửi: {', '.join(old)} (trong {folder}).")
