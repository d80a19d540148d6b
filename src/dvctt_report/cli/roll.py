"""``dvctt-report roll``: open the next year; everything of the year before stays as it is."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime

import typer

from dvctt_report.cli.ask import HALF_YEAR, ask, ask_settings
from dvctt_report.cli.options import parse_day
from dvctt_report.cli.screen import is_terminal, say, say_list
from dvctt_report.cli.session import find_period, refuse_half_year
from dvctt_report.model.period import Period, PeriodPart
from dvctt_report.papers.years import roll
from dvctt_report.plan.dated import other_year
from dvctt_report.plan.elsewhere import of_elsewhere
from dvctt_report.plan.load import load_profile
from dvctt_report.store.published.record import publications
from dvctt_report.store.workspace import SETTINGS, Workspace, find_workspace, refuse_ended
from dvctt_report.text.errors import CannotRun

_PAST = "Mốc đã qua, không là mức {}; Kế hoạch mới đặt mốc khác thì ghi bằng dvctt-report plan write"
_LEVELS = "Mức {} mà Kế hoạch mới đặt, ví dụ T10=85 T12=92 (Enter: theo mức năm trước)"


def run(
    ctx: typer.Context,
    year: Period | None = None,
    number: str = "",
    day: str = "",
    title: str = "",
    level: list[str] | None = None,
    profile: str = "",
    skip: bool = False,
) -> int:
    """Open the next year. Returns 1 where its plan and roster contradict each other."""
    workspace = find_period(ctx, None)
    period = year or workspace.period.following
    roll.refuse_period(workspace, period, skip)
    opened = find_workspace(workspace.root, period)
    is_half = period.part is PeriodPart.HALF
    if is_half and is_terminal(sys.stdin) and opened.profile.plan.deadline.half_before is None:
        ask_settings(workspace.root, (HALF_YEAR,))  # neither plan nor settings say until when it is due
    refuse_half_year(find_workspace(workspace.root, period))
    if is_terminal(sys.stdin):
        profile = _going_on(workspace, period, profile)
        if period.year != workspace.period.year and not (number or day):
            number, day, title = _ask_plan(workspace, profile, period, title)
        if not level:
            planned = load_profile(roll.next_profile(workspace, profile)[0])
            _tell("Mức đang có", [*roll.carried_levels(planned, period)])
            _tell(_PAST.format(period.words), [*roll.past_levels(planned, period)])
            level = ask(_LEVELS.format(period.words)).split()
    if day:
        parse_day(day, "18/3/2026")
    new = roll.NextYear(period, number, day, title, _levels(level or ()), profile, skip)
    rolled = roll.roll(workspace, new, datetime.now(), say)
    say(
        f"Đã mở {period.words}. Tệp của {workspace.period.words} giữ nguyên; xem lại: "
        f"--year {workspace.period}"
    )
    _tell("Đã xóa, ghi lại khi có số mới", rolled.blanked)
    say(f"Người để gọi ở {rolled.n_contacts} đơn vị được mang sang sổ theo dõi.")
    _tell("Danh sách đơn vị thay đổi", rolled.roster, f"{rolled.n_changed} đơn vị")
    _tell(f"Kế hoạch không đặt mức năm {period.year}", rolled.carried)
    _tell(_PAST.format(period.words), rolled.past)
    made = rolled.workspace
    _tell(f"Mâu thuẫn cần sửa ở {made.profile_folder} trước khi phát hành biểu mẫu", rolled.contradictions)
    elsewhere = of_elsewhere(made.settings.model_dump(), made.profile)
    printed = f"{SETTINGS} còn ghi tên tỉnh khác, văn bản sẽ in như vậy (sửa: dvctt-report plan settings)"
    _tell(printed, elsewhere, f"{len(elsewhere)} chỗ")
    if not publications(workspace, workspace.period):
        say(
            f"Báo cáo {workspace.period.words} chưa ghi bản đã ký: số so sánh là của dự thảo. Ghi bằng: "
            f"dvctt-report publish --year {workspace.period}"
        )
    say(
        f"Xem lại kế hoạch, mức, đơn vị {made.period.words}: dvctt-report plan show. Sau đó xuất biểu: "
        "dvctt-report forms"
    )
    return int(bool(rolled.contradictions or elsewhere))


def _going_on(workspace: Workspace, period: Period, said: str) -> str:
    """The profile to go on with; where its province is no more in ``period``, another one is asked for."""
    while True:
        try:
            source, _ = roll.next_profile(workspace, said)
            refuse_ended(load_profile(source), period)
        except CannotRun as fault:
            say(str(fault))
            said = ask("Bộ cấu hình của tỉnh làm tiếp: tên bộ có sẵn, hoặc thư mục (Enter: thôi)")
            if not said:
                raise
        else:
            return said


def _ask_plan(workspace: Workspace, profile: str, period: Period, title: str) -> tuple[str, str, str]:
    """Number, day and title of the new year's plan, what stands now shown beside; "" for what isn't known."""

    document = workspace.profile.plan.document
    stands = {said: f"đang ghi: “{said}”; " for said in (document.number, document.date) if said}
    number = ask(f"Số, ký hiệu Kế hoạch {period.words} ({stands.get(document.number, '')}Enter: chưa có)")
    if not number:
        return "", "", title
    day = ask(f"Ngày ban hành, ví dụ 18/3/2026 ({stands.get(document.date, '')}Enter: chưa có)")
    old = ""
    if not title:
        planned = load_profile(roll.next_profile(workspace, profile)[0]).plan.title
        old = workspace.settings.ke_hoach.ten_ke_hoach or planned
        left = "chưa có" if other_year(planned, period) else "theo bộ cấu hình"
        stands_as = f"đang ghi: “{old}”; " if old else ""
        title = ask(f"Tên Kế hoạch, viết sau chữ “về” ({stands_as}gõ = là giữ nguyên; Enter: {left})")
    return number, day, old if title == "=" else title


def _levels(said: Sequence[str]) -> dict[str, int]:
    """The levels that were typed. Raises CannotRun for one that can't be read."""
    levels = {}
    for one in said:
        code, _, percent = one.replace(" ", "").partition("=")
        if not code or not percent.removesuffix("%").isdecimal():
            raise CannotRun(
                f"Không hiểu mức “{one}”.",
                "Ghi dạng T10=85; mức lẻ, mức từng nhóm, “không quá”: mở năm không nêu mức đó, rồi sửa bằng "
                "dvctt-report plan write ke-hoach.xlsx",
            )
        levels[code] = int(percent.removesuffix("%"))
    return levels


def _tell(title: str, lines: Sequence[str], n: str = "") -> None:
    """Print what there is to tell under its title; ``n`` is how much that is, where a line tells several."""
    say_list(f"{title}, {n or len(lines)}:", lines)
