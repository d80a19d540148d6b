"""``dvctt-report feedback``: for each unit the list of what it is asked to mend, and a message."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from dvctt_report.cli.options import AsOf, UnitName, When, find_unit, flag, option, parse_due
from dvctt_report.cli.screen import say, tell
from dvctt_report.cli.session import open_year, tell_uncollected
from dvctt_report.files.writing import write_beside
from dvctt_report.forms.writer import form_name
from dvctt_report.intake.collect import read_return
from dvctt_report.model import ReturnStatus
from dvctt_report.papers.mending.lists import MendingList, format_message, mending_index, mending_lists
from dvctt_report.papers.mending.workbook import WorkbookHead, mending_bytes
from dvctt_report.report.marks import without_marks
from dvctt_report.report.written import keep_index
from dvctt_report.text.opening import read_file
from dvctt_report.year.loader import OpenYear, reported_last_year

FOLDER = "chinh-ly"
_FOR = "ra-soat"

ReplyBy = Annotated[
    str | None, option("--reply-by", "NGÀY", "Đề nghị gửi lại trước ngày này, ví dụ 18/11/2025.")
]
Questions = Annotated[bool, flag("--questions", "Gửi cả đơn vị không có lỗi, chỉ có nội dung cần xác nhận.")]


def run(
    ctx: typer.Context,
    period: When = None,
    unit: UnitName = None,
    reply_by: ReplyBy = None,
    text: bool = False,
    questions: Questions = False,
    as_of: AsOf = None,
) -> None:
    """Write the list of each unit that has something to mend."""
    year = open_year(ctx, period, as_of)
    workspace, profile, made = year.workspace, year.profile, year.as_of
    chosen = find_unit(profile, profile.units(workspace.period), unit) if unit else None
    reply_by_day, notice = parse_due(reply_by, made.date()), workspace.notice
    head = WorkbookHead(workspace.office.ten, made, reply_by_day, workspace.settings.cong_van.dau_moi, notice)
    lists = [m for m in mending_lists(year.asked_about) if chosen in (None, m.unit)]
    asked = [m for m in lists if m.goes_out(questions)]
    folder = workspace.results / FOLDER
    written: list[tuple[MendingList, Path]] = []
    messages = []
    for one in asked:
        content, has_form = _content(one, year, head)
        path = folder / file_name(one)
        if path.exists() and read_return(path.name, read_file(path), profile, one.period).replies:
            tell(f"{path.name} đã có ý kiến của đơn vị nên được giữ lại: chép vào nhan-ve rồi chạy collect.")
            path = path.with_stem(f"{path.stem} (2)")
        path = write_beside(path, content)
        written.append((one, path))
        message = (head.sender, head.reply_by, path.name)
        marked = format_message(one, *message, with_form=has_form, contact=head.contact)
        messages.append(without_marks(marked))
    if written:
        keep_index(workspace, folder, mending_index(lists))
    if text:
        say("\n\n".join(messages))
    out = tell if text else say
    if not written:
        out("Không đơn vị nào có nội dung cần chỉnh lý; không lập bảng kê.")
    else:
        out(f"Đã lập {len(written)} bảng kê trong {folder}:")
        for one, path in written:
            parts = ((len(one.to_mend), "chỉnh lý"), (len(one.to_confirm), "xác nhận"))
            counts = ", ".join(f"{n} nội dung {what}" for n, what in parts if n)
            out(f"  {path.name}: {one.unit.short_name} – {counts}")
        out("Gửi kèm thư cho từng đơn vị; tệp gửi lại thì chép vào nhan-ve rồi chạy: dvctt-report collect")
    left = [m for m in lists if m not in asked and m.to_confirm]
    tell_only_questions(left, "không lập bảng kê")
    for one in (m for m in lists if m.n_waiting):
        tell(f"{one.unit.short_name} đã trả lời {one.n_waiting} nội dung, chờ xem xét: dvctt-report validate")
    known = {path.name for _, path in written} | {file_name(m) for m in (*asked, *left)}
    old = sorted(p.name for p in folder.glob("*.xlsx") if p.name not in known) if chosen is None else []
    if old:
        tell(f"Bảng kê cũ, nay không còn nội dung để gửi: {', '.join(old)} (trong {folder}).")
    tell_uncollected(workspace)


def file_name(asked: MendingList) -> str:
    """The name of what is sent to a unit: its form's, and what it is for."""
    return form_name(asked.unit, asked.period).replace(".xlsx", f"_{_FOR}.xlsx")


def _content(asked: MendingList, year: OpenYear, head: WorkbookHead) -> tuple[bytes, bool]:
    """The list, and whether the unit's form is behind it: not where several files wait for a choice."""
    from dvctt_report.papers.mending.workbook import SentReturn, blank_form, own_form

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


def tell_only_questions(lists: Sequence[MendingList], what: str) -> None:
    """Name the units that are left out as they have nothing to mend; ``what`` is not done for them."""
    if lists:
        names = "; ".join(m.unit.short_name for m in lists)
        tell(f"Chỉ có nội dung cần xác nhận, {what} (thêm --questions để gửi): {names}.")
