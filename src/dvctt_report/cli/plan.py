"""``dvctt-report plan``: plan, roster and settings: shown, checked, edited, made for another province."""

from __future__ import annotations

import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import typer

from dvctt_report.cli.app import chosen_workspace
from dvctt_report.cli.ask import ask, ask_settings, confirm
from dvctt_report.cli.screen import is_terminal, print_table, say, say_list
from dvctt_report.cli.session import find_period, refuse_half_year, refuse_year
from dvctt_report.files.writing import replace_file, write_beside
from dvctt_report.model.catalogue import Province
from dvctt_report.model.period import Period
from dvctt_report.plan import folders
from dvctt_report.plan.contradictions import find_contradictions
from dvctt_report.plan.dated import doubtful_day
from dvctt_report.plan.elsewhere import of_another_plan, of_elsewhere
from dvctt_report.plan.load import PLAN, UNITS, load_profile, read_toml, tell_faults
from dvctt_report.plan.model import Profile
from dvctt_report.plan.phrases import read_phrases
from dvctt_report.plan.sources import goals_text, without_level
from dvctt_report.report.unit_lists import shortly
from dvctt_report.store import frozen
from dvctt_report.store.workspace import (
    SETTINGS,
    Workspace,
    WorkspaceSettings,
    find_root,
    find_workspace,
    parse_settings,
    period_toml,
)
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.grouping import by_key
from dvctt_report.text.opening import read_file, read_text, require_replaceable
from dvctt_report.text.vietnamese import (
    file_stem,
    first_letter_capital,
    first_letter_small,
    format_count,
    format_date,
)

OWN_PLAN = "cau-hinh"
"""The folder of a workspace that its own profile is copied to."""

_KINDS = {
    "target": "mục tiêu",
    "topic": "nội dung {activity}",
    "channel": "hình thức {activity}",
    "funding": "nội dung kinh phí",
    "task": "nhiệm vụ",
    "dossier": "dòng biểu hồ sơ",
    "survey": "dòng biểu hài lòng",
    "prose": "phần đánh giá, kiến nghị",
    "listing": "danh mục văn bản",
}
_DUTIES = {"required": "bắt buộc", "asked": "đề nghị phối hợp", "none": "không"}

_ODD = "Mã định danh điện tử cần xem lại, {} chỗ (vẫn dùng như đã ghi):"
_OWN_WORDING = (
    f"Câu chữ, tệp mẫu Word dùng bản chung ở {folders.base_folder()}: cần khác câu nào thì ghi riêng câu đó "
    f"vào {folders.PHRASES} của bộ này, cần khác tệp nào thì chép tệp đó vào rồi sửa."
)


def _meant(ctx: typer.Context, period: Period | None, named: str) -> tuple[Workspace | None, Path, Path]:
    """The workspace, where no profile is named; the folder of the profile that is meant, and that in which
    it is edited: another one where the period is frozen.
    """
    start = chosen_workspace(ctx) or Path.cwd()
    if named:
        folder, _ = folders.named_profile(named, start)
        return None, folder, folder
    if chosen_workspace(ctx) is None and find_root(start) is None:
        folder = folders.shipped_profile(folders.default_profile())
        return None, folder, folder
    workspace = find_period(ctx, period, planned=False)
    return workspace, workspace.profile_folder, frozen.live_profile(workspace.root)


def _shown(
    ctx: typer.Context, period: Period | None, named: str
) -> tuple[Workspace | None, Path, Profile, Period]:
    """What ``_meant`` names, its profile, and the period to show: the one asked for, else the workspace's,
    else the first that has levels.
    """
    workspace, source, _ = _meant(ctx, period, named)
    if workspace is not None:
        return workspace, source, workspace.profile, workspace.period
    profile = load_profile(source)
    with suppress(CannotRun):  # settings that can't be read are no fault of a folder that is named
        if (here := _meant(ctx, period, "")[0]) is not None:
            return None, source, profile, here.period
    years = (level.year for target in profile.plan.targets for level in target.thresholds)
    return None, source, profile, period or Period(min(years, default=datetime.now().year))


def show_plan(ctx: typer.Context, named: str = "", period: Period | None = None) -> None:
    """Show plan and roster as the program understands them."""
    _, _, profile, shown = _shown(ctx, period, named)
    plan, document, days = profile.plan, profile.plan.document, profile.plan.period
    say(f"{document.kind} {document.number or '(chưa có số)'} của {plan.issuer}")
    say(f"{plan.title or f'(chưa có tên Kế hoạch {shown.words})'}\n")
    say(*(f"Căn cứ: {one.kind} số {one.number} ngày {one.date} của {one.issuer}" for one in plan.legal_basis))
    say(f"Số liệu {shown.words}: {format_date(days.start(shown))} – {format_date(days.cut_off(shown))}")
    last = format_date(plan.deadline.last_day(shown))
    say(f"Hạn gửi: {plan.deadline.quote} ({plan.deadline.point}); ngày cuối còn đúng hạn: {last}")
    counts = [
        f"{sum(item.kind == kind for item in plan.items)} {name.format(activity=plan.activity)}"
        for kind, name in _KINDS.items()
    ]
    n_due = sum(plan.is_due(target, shown) for target in plan.targets)
    if n_due < len(plan.targets):
        counts[0] += f", {n_due} áp dụng {shown.words}"
    say(f"Gồm: {'; '.join(counts)}.")
    rows = []
    for target in plan.targets:
        level = goals_text(profile, target, shown)
        later = f" (năm {target.first_year})" if level and not target.levels(shown) else ""
        rows.append((target.code, target.label, f"{level or 'không đặt mức'}{later}", target.point))
    print_table(
        ["Mã", "Mục tiêu", "Mức", "Vị trí trong Kế hoạch"], rows, f"\nMục tiêu (mức áp dụng {shown.words})"
    )
    unit_rows = [(u.code, u.name, _DUTIES[u.duty]) for u in profile.units(shown)]
    print_table(["Mã", "Đơn vị", "Báo cáo"], unit_rows, f"Đơn vị báo cáo {shown.words}")
    print_table(
        ["Chỗ viết", "Trong văn bản", "Dùng trong báo cáo"],
        [(c.place, c.written, c.meant) for c in plan.corrections],
        "Chỗ viết chưa chuẩn của văn bản Kế hoạch",
    )
    unsettled = profile.roster.unsettled
    say_list(f"\nCần xác nhận ({len(unsettled)}):", (assumption.about for assumption in unsettled))


def check_plan(ctx: typer.Context, named: str = "", period: Period | None = None) -> int:
    """Name every fault of the configuration at once; exit code 2 for them.

    Returns 1 where plan and roster contradict each other in the year, or where settings that go with the
    profile name another province.
    """
    workspace, source, profile, shown = _shown(ctx, period, named)
    plan = profile.plan
    read_phrases(source / folders.PHRASES)
    say(
        f"Cấu hình đúng: {len(plan.items)} nội dung ({len(plan.targets)} mục tiêu), "
        f"{len(profile.roster.units)} đơn vị."
    )
    if workspace is not None and frozen.changed_files(workspace):
        say(f"Đó là bản đã giữ cùng {shown.words}, chưa phải bản vừa sửa.")
        say(f'Bản đang sửa: dvctt-report plan check --profile "{frozen.live_profile(workspace.root)}"')
    if not plan.title:
        where = f"{SETTINGS}, mục ke_hoach, dòng ten_ke_hoach"
        say(f"Chưa có tên Kế hoạch {shown.words} (để trống, hoặc là của năm trước): ghi ở {where}.")
    faults = [*find_contradictions(profile, shown)]
    if workspace is not None and workspace.settings.ke_hoach.ngay:  # that day is told below
        faults = [fault for fault in faults if fault[0] != "plan.toml: document.date"]
    if lines := tell_faults(source, faults):
        where = f"{shown.words}, {len(lines)} chỗ, trong {source}"
        say_list(f"Kế hoạch và danh sách đơn vị mâu thuẫn nhau ở {where}:", lines)
        if workspace is not None and workspace.is_frozen:
            home = frozen.live_profile(workspace.root)
            say(f"Biểu mẫu đã phát hành: sửa ở {home}, rồi: dvctt-report apply")
    else:
        say(f"Ở {shown.words}, kế hoạch và danh sách đơn vị không mâu thuẫn nhau.")
    names = profile.roster.groups_by_code
    lacking = [
        f"{target.code} {target.label}: {shortly([unit.short_name for unit in units])} "
        f"(nhóm {', '.join(dict.fromkeys(f'{u.group}: {names[u.group].title}' for u in units))})"
        for target in plan.targets
        if (units := without_level(profile, target, shown))
    ]
    say_list(
        f"Mục tiêu có mức cho một số nhóm, chưa có mức cho các đơn vị sau, {len(lacking)} chỗ. Kế hoạch "
        "không đặt mức cho họ thì để nguyên: số của họ chỉ tính vào kết quả chung, không xét đạt:",
        lacking,
    )
    odd = profile.roster.odd_identifiers
    say_list(_ODD.format(len(odd)), odd)
    path = (workspace.root if workspace else source) / SETTINGS
    settings = parse_settings(path, read_toml(path)) if path.exists() else None
    other = of_another_plan(source, settings.model_dump() if settings else {}, profile)
    say_list(f"Chữ còn của kế hoạch khác, {len(other)} chỗ; không hợp với Kế hoạch này thì sửa:", other)
    if settings is None:
        return int(bool(lines))
    elsewhere = of_elsewhere(settings.model_dump(), profile)
    if elsewhere:
        say(f"Kế hoạch của {plan.province}, nhưng {path} ghi tên tỉnh khác, văn bản sẽ in như vậy:")
        say(*(f"  {line}" for line in elsewhere))
    late = workspace is not None and _tell_plan_day(path, settings, profile, workspace.period)
    return int(bool(lines or elsewhere or late))


def copy_plan(
    ctx: typer.Context, to: Path | None = None, named: str = "", period: Period | None = None
) -> None:
    """Copy a whole profile, to be edited: into the workspace, which uses it then, or elsewhere."""
    _, _, source = _meant(ctx, period, named)  # a frozen one holds the base's sentences and templates too
    if to is None:
        root = find_workspace(chosen_workspace(ctx) or Path.cwd(), period).root
        if source.resolve().is_relative_to(root.resolve()):
            say(f"Bộ cấu hình của thư mục làm việc đã ở {source}: sửa các tệp ở đó.")
        else:
            use_own_plan(root, source)
        say("Sửa xong thì: dvctt-report plan check; biểu mẫu đã phát hành thì: dvctt-report apply")
        return
    folders.copy_profile(source, to)
    say(f"Đã chép bộ cấu hình {source.name} ra {to.resolve()}", _OWN_WORDING)
    say("Sửa plan.toml, units.toml, phrases.toml, dvctt.toml và các tệp Word trong đó, rồi:")
    say(f'  1. kiểm tra:                dvctt-report plan check --profile "{to}"')
    say(f'  2. thư mục làm việc mới:    dvctt-report init THƯ-MỤC --profile "{to}"')
    say(f"     thư mục làm việc đã có:  ghi đường dẫn này vào dòng ho_so của {SETTINGS}, chạy plan check")


def use_own_plan(root: Path, source: Path) -> None:
    """Copy the profile ``source`` into the workspace ``root``, where it may be edited, and use it there."""
    import tomlkit

    own, path = root / OWN_PLAN, root / SETTINGS
    folders.copy_profile(source, own)
    settings = tomlkit.parse(read_text(path))
    settings["ho_so"] = own.name
    replace_file(path, tomlkit.dumps(settings).encode())
    say(f"Đã chép bộ cấu hình {source.name} ra {own.resolve()}", f"{SETTINGS} nay dùng {own.name}.")
    say(_OWN_WORDING)


def write_plan(ctx: typer.Context, book_file: Path, named: str = "", period: Period | None = None) -> None:
    """Write plan, roster and wording as a workbook."""
    from dvctt_report.forms.plan_book.taking import workbook_of

    _, _, home = _meant(ctx, period, named)
    require_replaceable(book_file)  # before the workbook is made, which takes a second
    written = write_beside(book_file, workbook_of(home))
    say(f"Đã ghi bộ cấu hình {home.name} ra {written.resolve()}")
    say(f'Sửa, lưu lại, rồi: dvctt-report plan read "{written}"' + (f' --profile "{home}"' if named else ""))


def read_plan(ctx: typer.Context, book_file: Path, named: str = "", period: Period | None = None) -> None:
    """Take an edited workbook over into the profile, and name each change."""
    from dvctt_report.forms.plan_book.taking import take_workbook

    workspace, _, home = _meant(ctx, period, named)
    changes, kept = take_workbook(home, read_file(book_file), book_file.name, datetime.now())
    if kept is None:
        say(f"Sổ không có gì khác với bộ cấu hình {home.name}.")
        return
    say_list(f"Đã ghi vào bộ cấu hình {home.name}, {len(changes)} chỗ đổi:", changes)
    say(f"Bản trước giữ ở {kept}.")
    odd = load_profile(home).roster.odd_identifiers
    say_list(_ODD.format(len(odd)), odd)
    if workspace is not None and workspace.is_frozen:
        say(
            f"Biểu mẫu {workspace.period.words} đã phát hành: áp dụng cho kỳ này bằng lệnh dvctt-report apply"
        )


def new_plan(province: str = "", folder: Path | None = None, levels: bool = False, topic: str = "") -> None:
    """Write the profile of a province that the program has none for, and its workbook to go on with."""
    from dvctt_report.store.new_profile import find_province, usual_topic

    asking = not province and is_terminal(sys.stdin)
    while not province and asking:
        province = ask("Tỉnh, thành phố nào")
        try:
            find_province(province)
        except CannotRun as fault:
            say(str(fault))
            province = ""
    meant = find_province(province)
    if asking and not topic:
        topic = ask("Kế hoạch về việc gì, ví dụ chuyển đổi số", usual_topic())
    topic = "" if topic == usual_topic() else first_letter_small(topic)
    if topic and levels:
        raise CannotRun(
            f"Mức của kế hoạch gốc không dùng được cho kế hoạch về {topic}.", "Bỏ --levels hoặc --topic."
        )
    home = folder or Path(file_stem(f"{meant.bare_name} {topic}".strip()).lower().replace("-", "_"))
    make_profile(meant, home, with_levels=levels, topic=topic)
    say(f'Tạo thư mục làm việc:    dvctt-report init THƯ-MỤC --profile "{home}"')
    if not topic:
        say("Biểu mẫu phát hành được ngay; số Kế hoạch, mức chỉ tiêu ghi sau cũng được.")


def make_profile(
    province: Province, home: Path, *, with_levels: bool = False, topic: str = "", named: str = ""
) -> None:
    """Write the profile of ``province`` to ``home`` and its workbook beside; say what there is to fill in.

    ``topic``: what the plan is about, where its targets are to be filled in. ``named``: the workbook's name.
    """
    from dvctt_report.forms.plan_book.taking import workbook_of
    from dvctt_report.store.new_profile import new_profile

    profile = new_profile(province, home, with_levels=with_levels, topic=topic)
    book = write_beside(home.with_name(named or f"{home.name}.xlsx"), workbook_of(home))
    n_communes = sum(bool(unit.area_code) for unit in profile.roster.units)
    say(f"Đã lập bộ cấu hình của {profile.plan.province}: {home.resolve()}")
    n_open = sum(not target.thresholds for target in profile.plan.targets)
    said = f"{n_open} chỉ tiêu chưa có mức" if n_open else f"{len(profile.plan.targets)} chỉ tiêu"
    if topic:
        said = "chưa có chỉ tiêu, hoạt động, nhiệm vụ: ghi vào sổ dưới đây"
    say(
        f"  {format_count(len(profile.roster.units))} đơn vị (cấp xã: {format_count(n_communes)}), "
        f"{said}, {len(profile.roster.unsettled)} điều cần xác nhận."
    )
    say(f"Sửa bằng Excel: {book}")
    menu = "bảng chọn, mục 1, Đọc lại sổ; hoặc " if named else ""
    say(f'  rồi ghi lại:           {menu}dvctt-report plan read "{book}" --profile "{home}"')


def change_settings(ctx: typer.Context) -> int:
    """Ask the questions, write the answers down, and offer to take them over for a period that is frozen."""
    workspace = find_period(ctx, None)
    ask_settings(workspace.root)
    return take_over(workspace, default=True, quiet=True) and 0


def apply(ctx: typer.Context, period: Period | None = None, yes: bool = False) -> int:
    """List what was edited since the period was frozen, and take it over. Returns 1 where it was not."""
    # by the settings as they are edited, whatever is frozen with the period, or damaged
    workspace = find_workspace(chosen_workspace(ctx) or Path.cwd(), period, live=True)
    if not workspace.is_frozen:
        refuse_year(workspace, period)
        refuse_half_year(workspace)
    return take_over(workspace, yes=yes)


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
    files = frozen.changed_files(workspace)
    changes, altered = pending_changes(workspace) if files else (), frozen.tell_altered(workspace)
    if not (changes or altered):
        say(*(() if quiet else (f"{SETTINGS} và bộ cấu hình không có gì khác với bản đã giữ của {words}.",)))
        return 0
    said = f"Đã sửa sau khi phát hành biểu mẫu {words}, {len(changes)} chỗ:"
    if altered:
        say(f"{altered[0]}.")
        said = f"Đang giữ → sẽ áp dụng, {len(changes)} chỗ:"
    say_list(said, changes)
    source = frozen.live_profile(workspace.root)
    _tell_plan_day(
        settings, parse_settings(settings, read_toml(settings)), load_profile(source), workspace.period
    )
    if _tell_template_faults(workspace):
        say("Chưa áp dụng: sửa tệp mẫu trên rồi chạy lại dvctt-report apply")
        return 1
    if not yes and not (is_terminal(sys.stdin) and confirm("Áp dụng cho kỳ này?", default=default)):
        say("Chưa áp dụng. Áp dụng: dvctt-report apply --yes")
        return 1
    kept = frozen.apply_changes(workspace, datetime.now())
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
    templates = frozen.edited_templates(workspace)
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


def _tell_plan_day(path: Path, settings: WorkspaceSettings, profile: Profile, period: Period) -> bool:
    """Say where the settings of ``path`` give the plan a day that can't be in ``period``; whether they do."""
    told = doubtful_day(settings.ke_hoach.ngay, profile.plan, period)
    for line in tell_faults(path.parent, [(f"{path.name}: ke_hoach.ngay", told)] if told else []):
        say(f"Ngày Kế hoạch cần xem lại, văn bản sẽ in như vậy: {line}")
    return bool(told)
