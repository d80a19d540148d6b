"""What the commands share: the workspace that is meant, its period opened as of a moment."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from dvctt_report.cli.app import chosen_workspace
from dvctt_report.cli.options import parse_moment
from dvctt_report.cli.screen import say, tell
from dvctt_report.model.period import Period, PeriodPart
from dvctt_report.plan.load import PlanFault
from dvctt_report.store.workspace import SETTINGS, Workspace, find_workspace, refuse_ended
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.file_names import known_as
from dvctt_report.text.vietnamese import format_date

if TYPE_CHECKING:
    from dvctt_report.year.dataset import Dataset
    from dvctt_report.year.loader import OpenYear

_SHOWN = 3


def find_period(ctx: typer.Context, period: Period | None, planned: bool = True) -> Workspace:
    """The workspace by ``--workspace`` or found upward. Raises CannotRun for none, or without that period.

    ``planned``: the plan has to have days for the period. What was edited of its frozen files is told once.
    """
    workspace = find_workspace(chosen_workspace(ctx) or Path.cwd(), period)
    if (told := say_edited_frozen(workspace)) and not ctx.meta.get(__name__):
        ctx.meta[__name__] = True
        tell(told)
    refuse_year(workspace, period)
    if planned:
        refuse_half_year(workspace)
    return workspace


def say_edited_frozen(workspace: Workspace) -> str:
    """Say in a line what was edited among the period's frozen files; "" for nothing."""
    from dvctt_report.store.frozen import tell_altered

    told = tell_altered(workspace)
    return f"Lưu ý: {told[0]}. {told[1]}. Chưa lập được bản trình ký." if told else ""


def refuse_year(workspace: Workspace, asked: Period | None) -> None:
    """Raise CannotRun where the plan's province is no more in the period, ``asked`` or of the settings."""
    before = "" if asked else f"ghi lại năm trước ở dòng nam của {SETTINGS}, rồi chạy: "
    with suppress(PlanFault):  # told where the plan is needed
        refuse_ended(workspace.profile, workspace.period, f"{before}dvctt-report roll {workspace.period}")


def refuse_half_year(workspace: Workspace) -> None:
    """Raise CannotRun where a half-year has no days in the plan, or nobody has said when returns are due."""
    if workspace.period.judged:
        return
    period, plan = workspace.period, workspace.profile.plan
    if not plan.period.covers(period):
        raise CannotRun(
            f"Kế hoạch không đặt kỳ báo cáo {period.words}.",
            f"Dùng --year {period.year}; hoặc ghi ngày chốt số liệu ở dòng {period.part.name.lower()}_last, "
            "mục period của plan.toml.",
        )
    if plan.deadline.before_of(period) is None:
        where = f'{SETTINGS}, mục thoi_han, ví dụ: sau_thang = "20/6" (trước ngày 20/6)'
        if period.part is not PeriodPart.HALF:
            where = f"dòng {period.part.name.lower()}_before, mục deadline của plan.toml"
        raise CannotRun(f"Chưa có hạn gửi báo cáo {period.words}.", f"Ghi ở {where}.")


def open_workspace(ctx: typer.Context, period: Period | None) -> Workspace:
    """The same, with a word on what was edited since its forms went out and does not hold yet."""
    from dvctt_report.store.frozen import changed_files, tell_altered

    workspace = find_period(ctx, period)
    # What was edited among the frozen files is told as that, not as an edit of what they were copied from.
    if not changed_files(workspace) or tell_altered(workspace) is not None:
        return workspace
    from dvctt_report.store.frozen import pending_changes

    if changes := pending_changes(workspace):
        tell(
            f"Lưu ý: {len(changes)} chỗ sửa trong dvctt.toml hoặc bộ cấu hình chưa áp dụng cho "
            f"{workspace.period.words}, đã phát hành biểu mẫu. Xem và áp dụng: dvctt-report apply"
        )
    return workspace


def open_year(ctx: typer.Context, period: Period | None, as_of: str | None = None) -> OpenYear:
    """The workspace's period, as of now or of the moment that was asked for."""
    from dvctt_report.year.loader import OpenYear

    return OpenYear(open_workspace(ctx, period), parse_moment(as_of), tell=tell)


def tell_nameless(dataset: Dataset, what: str) -> None:
    """Warn of files of units unknown that can't be used, so that ``what`` may be wrong of them."""
    if n := len(dataset.nameless):
        say(f"Có {n} tệp không dùng được, chưa rõ của đơn vị nào: kiểm tra trước khi ký, vì {what}.")


def tell_uncollected(workspace: Workspace) -> None:
    """Print one line where files of the inbox haven't been collected, or not as they are; else nothing."""
    from dvctt_report.year.loader import has_register
    from dvctt_report.year.receiving import unreceived_files

    if has_register(workspace):
        tell_clock(workspace)
    else:
        tell(f"Chưa nhận báo cáo nào của {workspace.period.words}. Nhận báo cáo: dvctt-report collect")
    if waiting := unreceived_files(workspace):
        more = f" và {len(waiting) - _SHOWN} tệp khác" if len(waiting) > _SHOWN else ""
        names = ", ".join(known_as(path.name) for path in waiting[:_SHOWN])
        folder = workspace.inbox.relative_to(workspace.root).as_posix()
        tell(f"{len(waiting)} tệp trong {folder} chưa qua dvctt-report collect: {names}{more}.")


def tell_clock(workspace: Workspace) -> None:
    """Print one line where the clock stands before the newest receipt."""
    from dvctt_report.year.receiving import receipt_to_come

    now = datetime.now()
    if (latest := receipt_to_come(workspace, now)) is not None:
        tell(
            f"Đồng hồ máy chỉ {now:%H:%M} ngày {format_date(now.date())}, trước lần nhận tệp gần nhất "
            f"({latest:%H:%M} ngày {format_date(latest.date())}). Chỉnh lại ngày giờ của máy rồi chạy lại: "
            "ngày và thời hạn trong báo cáo tính theo đồng hồ này."
        )
