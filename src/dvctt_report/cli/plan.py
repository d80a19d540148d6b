"""``dvctt-report plan``: show the plan as the program understands it, or check an edited one."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from dvctt_report.cli.app import chosen_workspace
from dvctt_report.cli.options import When, argument, flag, option
from dvctt_report.cli.screen import print_table, say, say_list
from dvctt_report.cli.session import refuse_year, tell_edited_frozen
from dvctt_report.errors import CannotRun
from dvctt_report.files import write_beside
from dvctt_report.opening import read_file, require_replaceable
from dvctt_report.period import Period
from dvctt_report.plan.contradictions import find_contradictions
from dvctt_report.plan.dated import doubtful_day
from dvctt_report.plan.elsewhere import of_elsewhere
from dvctt_report.plan.folders import copy_profile, default_profile, shipped_profile
from dvctt_report.plan.load import load_profile, read_toml, tell_faults
from dvctt_report.plan.model import Plan, Profile, Target
from dvctt_report.plan.sources import goals_text, without_level
from dvctt_report.report.phrases import FILE_NAME as PHRASES
from dvctt_report.report.phrases import read_phrases
from dvctt_report.report.unit_lists import shortly
from dvctt_report.vietnamese import format_date
from dvctt_report.walls import live_profile
from dvctt_report.workspace import (
    SETTINGS,
    Workspace,
    WorkspaceSettings,
    find_workspace,
    parse_settings,
    stands_in_workspace,
)

HELP = (
    "Không nêu thư mục thì xem kế hoạch của thư mục làm việc hiện tại, hoặc bộ có sẵn trong chương trình.\n\n"
    "Mã thoát của --check: 0 dùng được; 1 có chỗ mâu thuẫn trong kỳ (nội dung không hỏi ai, đơn vị không còn "
    "…) hoặc ghi tên tỉnh khác; 2 tệp có lỗi, nêu hết kèm số dòng."
)

_KINDS = {
    "target": "mục tiêu",
    "topic": "nội dung tuyên truyền",
    "channel": "hình thức tuyên truyền",
    "funding": "nội dung kinh phí",
    "task": "nhiệm vụ",
    "dossier": "dòng biểu hồ sơ",
    "survey": "dòng biểu hài lòng",
    "prose": "phần đánh giá, kiến nghị",
    "listing": "danh mục văn bản",
}


def run(
    ctx: typer.Context,
    folder: Annotated[
        Path | None, argument("THƯ-MỤC", "Thư mục cấu hình của tỉnh, có tệp plan.toml.")
    ] = None,
    check: Annotated[bool, flag("--check", "Chỉ kiểm tra, nêu mọi lỗi cấu hình trong một lần.")] = False,
    copy: Annotated[
        Path | None, option("--copy", "NƠI", "Chép cả bộ cấu hình ra thư mục mới này để sửa.")
    ] = None,
    to: Annotated[
        Path | None, option("--to", "TỆP.xlsx", "Ghi kế hoạch, đơn vị, câu chữ ra một sổ Excel để sửa.")
    ] = None,
    taken: Annotated[
        Path | None, option("--from", "TỆP.xlsx", "Đọc sổ Excel đã sửa vào bộ cấu hình, nêu từng chỗ đổi.")
    ] = None,
    period: When = None,
) -> int:
    """Show, check, copy a profile, write it as a workbook or take one over.

    Faults end with exit code 2 and name each place.

    Returns 1 where plan and roster contradict each other in the year, or where settings that go with the
    profile name another province.
    """
    workspace = None if folder is not None else _workspace(ctx, period)
    if workspace is not None:
        tell_edited_frozen(ctx, workspace)
    source = folder or (workspace.profile_folder if workspace else shipped_profile(default_profile()))
    if copy is not None:
        copy_profile(source, copy)
        _tell_copied(source, copy)
        return 0
    home = folder or (live_profile(workspace.root) if workspace else source)
    if to is not None:
        return _write_workbook(home, to)
    if taken is not None:
        return _take_workbook(home, taken, workspace)
    profile = workspace.profile if workspace else load_profile(source)
    shown = workspace.period if workspace else _period_here(ctx, period) or _first_period(profile.plan)
    if check:
        read_phrases((workspace.profile_folder if workspace else source) / PHRASES)
        n_targets = len(profile.plan.targets)
        say(
            f"Cấu hình đúng: {len(profile.plan.items)} nội dung ({n_targets} mục tiêu), "
            f"{len(profile.roster.units)} đơn vị."
        )
        if not profile.plan.title:
            where = f"{SETTINGS}, mục ke_hoach, dòng ten_ke_hoach"
            say(f"Tên Kế hoạch là của năm trước: ghi tên Kế hoạch {shown.words} ở {where}.")
        contradicts = _tell_contradictions(_as_written(profile, workspace), shown, source, home)
        _ask_levels(profile, shown)
        _ask_identifiers(profile)
        return _check_settings(profile, workspace, source) or contradicts
    if workspace:
        refuse_year(workspace, period)
    _print_plan(profile, shown)
    return 0


def _write_workbook(home: Path, to: Path) -> int:
    from dvctt_report.plan_book.taking import workbook_of

    require_replaceable(to)  # before the workbook is made, which takes a second
    written = write_beside(to, workbook_of(home))
    say(f"Đã ghi bộ cấu hình {home.name} ra {written.resolve()}")
    say(f'Sửa bằng Excel, lưu lại, rồi: dvctt-report plan --from "{written}"')
    return 0


def _take_workbook(home: Path, taken: Path, workspace: Workspace | None) -> int:
    from dvctt_report.plan_book.taking import take_workbook

    changes, kept = take_workbook(home, read_file(taken), taken.name, datetime.now())
    if kept is None:
        say(f"Sổ không có gì khác với bộ cấu hình {home.name}.")
        return 0
    say_list(f"Đã ghi vào bộ cấu hình {home.name}, {len(changes)} chỗ đổi:", changes)
    say(f"Bản trước giữ ở {kept}.")
    _ask_identifiers(load_profile(home))
    if workspace is not None and workspace.is_frozen:
        say(
            f"Biểu mẫu {workspace.period.words} đã phát hành: áp dụng cho kỳ này bằng lệnh dvctt-report apply"
        )
    return 0


def _workspace(ctx: typer.Context, period: Period | None) -> Workspace | None:
    start = chosen_workspace(ctx) or Path.cwd()
    if chosen_workspace(ctx) is not None or stands_in_workspace(start):
        return find_workspace(start, period)
    return None


def _period_here(ctx: typer.Context, period: Period | None) -> Period | None:
    """The period asked for, else that of the workspace one stands in: a folder edited there is for it."""
    with suppress(CannotRun):  # settings that can't be read are no fault of the folder
        workspace = _workspace(ctx, period)
        return workspace.period if workspace else period
    return period


def _as_written(profile: Profile, workspace: Workspace | None) -> Profile:
    """The profile without the plan's day where the settings give it: what is wrong with it is told there."""
    if workspace is None or not workspace.settings.ke_hoach.ngay:
        return profile
    document = profile.plan.document.model_copy(update={"date": ""})
    return profile.model_copy(update={"plan": profile.plan.model_copy(update={"document": document})})


def _tell_contradictions(profile: Profile, period: Period, source: Path, home: Path) -> int:
    """Name what can't be in ``period`` though each file is right by itself; 1 where there is anything.

    ``home`` is the folder to be edited, another one than ``source`` where the period is frozen.
    """
    found = tell_faults(source, find_contradictions(profile, period))
    if not found:
        say(f"Ở {period.words}, kế hoạch và danh sách đơn vị không mâu thuẫn nhau.")
        return 0
    where = f"{period.words}, {len(found)} chỗ, trong {source}"
    say_list(f"Kế hoạch và danh sách đơn vị mâu thuẫn nhau ở {where}:", found)
    if home != source:
        say(f"Biểu mẫu đã phát hành: sửa ở {home}, rồi: dvctt-report apply")
    return 1


def _ask_levels(profile: Profile, period: Period) -> None:
    """Ask about each target that has levels of some groups alone: whom it is asked beside these."""
    names = profile.roster.groups_by_code
    found = [
        f"{target.code} {target.label}: {shortly([unit.short_name for unit in units])} "
        f"(nhóm {', '.join(dict.fromkeys(f'{u.group}: {names[u.group].title}' for u in units))})"
        for target in profile.plan.targets
        if (units := without_level(profile, target, period))
    ]
    say_list(
        f"Mục tiêu có mức cho một số nhóm, chưa có mức cho các đơn vị sau, {len(found)} chỗ. Kế hoạch không "
        "đặt mức cho các đơn vị này thì để nguyên: số của họ chỉ tính vào kết quả chung, không xét đạt:",
        found,
    )


def _ask_identifiers(profile: Profile) -> None:
    """Ask about electronic identifiers that look odd; they are used as they stand."""
    odd = profile.roster.odd_identifiers
    say_list(f"Mã định danh điện tử cần xem lại, {len(odd)} chỗ (vẫn dùng như đã ghi):", odd)


def _check_settings(profile: Profile, workspace: Workspace | None, folder: Path) -> int:
    """Name the settings, of the workspace or those of the profile for new ones, that name elsewhere."""
    path = (workspace.root if workspace else folder) / SETTINGS
    if not path.exists():
        return 0
    settings = parse_settings(path, read_toml(path))
    elsewhere = of_elsewhere(settings.model_dump(), profile)
    if elsewhere:
        say(f"Kế hoạch của {profile.plan.province}, nhưng {path} ghi tên tỉnh khác, văn bản sẽ in như vậy:")
        for line in elsewhere:
            say(f"  {line}")
    late = workspace is not None and tell_plan_day(path, settings, profile, workspace.period)
    return int(bool(elsewhere or late))


def tell_plan_day(path: Path, settings: WorkspaceSettings, profile: Profile, period: Period) -> bool:
    """Say where the settings of ``path`` give the plan a day that can't be in ``period``; whether they do."""
    told = doubtful_day(settings.ke_hoach.ngay, profile.plan, period)
    for line in tell_faults(path.parent, [(f"{path.name}: ke_hoach.ngay", told)] if told else []):
        say(f"Ngày Kế hoạch cần xem lại, văn bản sẽ in như vậy: {line}")
    return bool(told)


def _tell_copied(source: Path, copy: Path) -> None:
    say(f"Đã chép bộ cấu hình {source.name} ra {copy.resolve()}")
    say("Sửa plan.toml, units.toml, phrases.toml, dvctt.toml và các tệp Word trong đó, rồi:")
    say(f'  1. kiểm tra:                dvctt-report plan --check "{copy}"')
    say(f'  2. thư mục làm việc mới:    dvctt-report init THƯ-MỤC --profile "{copy}"')
    say(f"     thư mục làm việc đã có:  ghi đường dẫn này vào dòng ho_so của {SETTINGS}, chạy plan --check")


def _first_period(plan: Plan) -> Period:
    years = (level.year for target in plan.targets for level in target.thresholds)
    return Period(min(years, default=datetime.now().year))


def _print_plan(profile: Profile, period: Period) -> None:
    plan = profile.plan
    document = plan.document
    say(f"{document.kind} {document.number or '(chưa có số)'} của {plan.issuer}")
    say(f"{plan.title or f'(chưa có tên Kế hoạch {period.words})'}\n")
    for basis in plan.legal_basis:
        say(f"Căn cứ: {basis.kind} số {basis.number} ngày {basis.date} của {basis.issuer}")
    days = plan.period
    say(f"Số liệu {period.words}: {format_date(days.start(period))} – {format_date(days.cut_off(period))}")
    last = format_date(plan.deadline.last_day(period))
    say(f"Hạn gửi: {plan.deadline.quote} ({plan.deadline.point}); ngày cuối còn đúng hạn: {last}")
    counts = {kind: sum(i.kind == kind for i in plan.items) for kind in _KINDS}
    n_due = sum(plan.is_due(target, period) for target in plan.targets)
    due = f", {n_due} áp dụng {period.words}" if n_due < counts["target"] else ""
    said = (f"{counts[kind]} {name}{due if kind == 'target' else ''}" for kind, name in _KINDS.items())
    say(f"Gồm: {'; '.join(said)}.")
    rows = [(t.code, t.label, _threshold(profile, t, period), t.point) for t in plan.targets]
    print_table(
        ["Mã", "Mục tiêu", "Mức", "Vị trí trong Kế hoạch"], rows, f"\nMục tiêu (mức áp dụng {period.words})"
    )
    unit_rows = [(u.code, u.name, _DUTIES[u.duty]) for u in profile.units(period)]
    print_table(["Mã", "Đơn vị", "Báo cáo"], unit_rows, f"Đơn vị báo cáo {period.words}")
    print_table(
        ["Chỗ viết", "Trong văn bản", "Dùng trong báo cáo"],
        [(c.place, c.written, c.meant) for c in plan.corrections],
        "Chỗ viết chưa chuẩn của văn bản Kế hoạch",
    )
    unsettled = profile.roster.unsettled
    say_list(f"\nCần xác nhận ({len(unsettled)}):", (assumption.about for assumption in unsettled))


_DUTIES = {"required": "bắt buộc", "asked": "đề nghị phối hợp", "none": "không"}


def _threshold(profile: Profile, target: Target, period: Period) -> str:
    said = goals_text(profile, target, period)
    if not said:
        return "không đặt mức"
    return said if target.levels(period) else f"{said} (năm {target.first_year})"
