"""``dvctt-report feedback``: for each unit the list of what it is asked to mend, and a message."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from dvctt_report.cli.options import AsOf, UnitName, When, find_unit, flag, option, parse_due
from dvctt_report.cli.screen import say, tell
from dvctt_report.cli.session import open_year, tell_uncollected
from dvctt_report.files import write_beside
from dvctt_report.forms.writer import form_name
from dvctt_report.intake.collect import read_return
from dvctt_report.loader import OpenYear, reported_last_year
from dvctt_report.mending.lists import MendingList, format_message, mending_index, mending_lists
from dvctt_report.mending.workbook import WorkbookHead, mending_bytes
from dvctt_report.model import ReturnStatus
from dvctt_report.opening import read_file
from dvctt_report.plan.model import Profile
from dvctt_report.report.written import keep_index
from dvctt_report.workspace import Workspace

FOLDER = "chinh-ly"
_FOR = "ra-soat"

ReplyBy = Annotated[
    str | None, option("--reply-by", "NGÀY", "Đề nghị gửi lại trước ngày này, ví dụ 18/11/2025.")
]
Text = Annotated[bool, flag("--text", "In thêm lời nhắn cho từng đơn vị để dán vào Zalo, thư điện tử.")]
Questions = Annotated[bool, flag("--questions", "Gửi cả đơn vị không có lỗi, chỉ có nội dung cần xác nhận.")]


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
    year = open_year(ctx, period, as_of)
    workspace, profile, made = year.workspace, year.profile, year.as_of
    chosen = find_unit(profile, profile.units(workspace.period), unit) if unit else None
    said = workspace.settings
    reply_by_day, notice = parse_due(reply_by, made.date()), workspace.notice
    head = WorkbookHead(said.co_quan.ten, made, reply_by_day, said.cong_van.dau_moi, notice)
    lists = [m for m in mending_lists(year.asked_about) if chosen in (None, m.unit)]
    asked = [m for m in lists if m.goes_out(questions)]
    folder = workspace.results / FOLDER
    contents = [_content(one, year, head) for one in asked]
    written = [
        (one, _write(folder / file_name(one), one, data, profile))
        for one, (data, _) in zip(asked, contents, strict=True)
    ]
    if written:
        keep_index(workspace, folder, mending_index(lists))
    if text:
        messages = (
            format_message(
                one, head.sender, head.reply_by, path.name, with_form=has_form, contact=head.contact
            )
            for (one, path), (_, has_form) in zip(written, contents, strict=True)
        )
        say("\n\n".join(messages))
    _report(workspace, written, tell if text else say)
    _say_rest(lists, written, folder, complete=chosen is None)
    tell_uncollected(workspace)


def file_name(asked: MendingList) -> str:
    """The name of what is sent to a unit: its form's, and what it is for."""
    return form_name(asked.unit, asked.period).replace(".xlsx", f"_{_FOR}.xlsx")


def _write(path: Path, asked: MendingList, content: bytes, profile: Profile) -> Path:
    """Write one unit's file and return its path; never over one in which the unit has already answered."""
    if not path.exists() or not read_return(path.name, read_file(path), profile, asked.period).replies:
        return write_beside(path, content)
    tell(f"{path.name} đã có ý kiến của đơn vị nên được giữ lại: chép vào nhan-ve rồi chạy collect.")
    return write_beside(path.with_stem(f"{path.stem} (2)"), content)


def _content(asked: MendingList, year: OpenYear, head: WorkbookHead) -> tuple[bytes, bool]:
    """The list, and whether the unit's form is behind it: not where several files wait for a choice."""
    from dvctt_report.mending.own_form import SentReturn, blank_form, own_form

    returns = [r for r in year.collected.returns if r.unit == asked.unit.code]
    read = next((r for r in returns if r.status is ReturnStatus.EFFECTIVE), None)
    last = reported_last_year(year.workspace)
    if read is None and not any(r.status is ReturnStatus.UNDECIDED for r in returns):
        return blank_form(asked, year.profile, head, last), True
    content = year.content_of(read) if read is not None else None
    if read is not None and content is not None:
        made = own_form(asked, SentReturn(read, content), year.profile, head, last)
        if made is not None:
            return made, True
    return mending_bytes(asked, year.profile, head), False


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
    say("Gửi kèm thư cho từng đơn vị; tệp đơn vị gửi lại thì chép vào nhan-ve rồi chạy: dvctt-report collect")


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
    known |= {file_name(m) for m in lists if m.unit.code in units or m in left}
    old = sorted(p.name for p in folder.glob("*.xlsx") if p.name not in known) if complete else []
    if old:
        tell(f"Bảng kê cũ, nay không còn nội dung để gửi: {', '.join(old)} (trong {folder}).")
