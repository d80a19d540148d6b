"""Open the next period: settings and profile go on from this one, which stays in its own walls as it is.

The settings are written last: stopped before, the year that was worked on is still the one that is open.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import tomlkit

from dvctt_report.files.writing import files_below, replace_file, unused, write_folder
from dvctt_report.model import Compared, ReturnStatus
from dvctt_report.model.period import Period
from dvctt_report.plan.contradictions import find_contradictions
from dvctt_report.plan.dated import past_milestones, without_past_milestones
from dvctt_report.plan.folders import PLAN, named_profile, profile_folder
from dvctt_report.plan.load import load_profile, tell_faults
from dvctt_report.plan.model import PlanDocument, Profile
from dvctt_report.plan.sources import goals_text
from dvctt_report.report.unit_lists import shortly
from dvctt_report.store.frozen import freeze
from dvctt_report.store.workspace import (
    BOOK,
    FROZEN,
    PERIODS,
    SETTINGS,
    Workspace,
    parse_settings,
    period_folders,
    period_toml,
    refuse_ended,
)
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.opening import read_file, read_text
from dvctt_report.text.vietnamese import format_date, join_names
from dvctt_report.year.loader import OpenYear
from dvctt_report.year.receiving import write_book

PROFILES = "ho-so"
"""The folder of the workspace in which a year's own profile lies, under its period."""
_KINDS = {
    "merged": "sáp nhập",
    "split": "chia tách",
    "renamed": "đổi tên",
    "dissolved": "giải thể",
    "new_superior": "đổi cơ quan cấp trên",
}


@dataclass(frozen=True, slots=True)
class NextYear:
    """What the officer says of the year to open.

    period: the year.
    number, day, title: of its plan, where they are known; the title is read behind "về".
    levels: percent by the code of each target for which that plan sets one.
    profile: the name or folder of another profile; "" for the one that is used.
    skip: whether a year in between may be left out.
    """

    period: Period
    number: str = ""
    day: str = ""
    title: str = ""
    levels: Mapping[str, int] | None = None
    profile: str = ""
    skip: bool = False


@dataclass(frozen=True, slots=True)
class Rolled:
    """What was done, in sentences, under the headings they are told by.

    workspace: the new year, as it is open now.
    blanked: what last year's letters were cited by and no longer is.
    roster: what changed in the list of units.
    n_changed: how many units that is about.
    carried: targets judged by an earlier year's level.
    past: targets of which the plan asks nothing any more, their day being of an earlier year.
    contradictions: what can't be in the new year, with the lines where it stands.
    n_contacts: how many units have somebody to call who was carried.
    """

    workspace: Workspace
    blanked: tuple[str, ...]
    roster: tuple[str, ...]
    n_changed: int
    carried: tuple[str, ...]
    past: tuple[str, ...]
    contradictions: tuple[str, ...]
    n_contacts: int


def roll(workspace: Workspace, new: NextYear, now: datetime, tell: Callable[[str], None]) -> Rolled:
    """Open ``new`` after the workspace's period. Raises CannotRun before anything is written.

    Whom to call goes on as it is known ``now``: by the tracking book, else by the unit's own return.
    """
    root, period = workspace.root, new.period
    refuse_period(workspace, period, new.skip)
    source, name = next_profile(workspace, new.profile)
    planned = load_profile(source)
    refuse_ended(planned, period)
    cited = load_profile(workspace.profile_folder).plan.document
    is_cited_before = period.year != workspace.period.year and planned.plan.document == cited
    old = cited if is_cited_before and (cited.number or cited.date) else None
    settings, blanked = _settings(workspace, new, name, old)
    folder = root / PROFILES / str(period)
    freeze(workspace)
    if new.levels or old:
        name = _of_year(source, folder, period, new.levels or {}, is_uncited=old is not None)
        settings["ho_so"] = name
    text = tomlkit.dumps(settings)
    year = Workspace(root, parse_settings(root / SETTINGS, settings.unwrap()), period)
    collected = OpenYear(workspace, now).even_before_anything_came().collected
    own = {r.unit: r.submission for r in collected.returns if r.status is ReturnStatus.EFFECTIVE}
    typed = {unit: ", ".join(filter(None, (o.contact, o.phone, o.email))) for unit, o in own.items()}
    contacts = {unit: said for unit, said in (typed | dict(collected.contacts)).items() if said}
    year.inbox.mkdir(parents=True, exist_ok=True)
    tell(write_book(year, (), contacts))
    replace_file(root / SETTINGS, text.encode())
    profile = year.profile
    if not profile.plan.title:
        blanked = (*blanked, f"tên Kế hoạch: {workspace.profile.plan.title or planned.plan.title}")
    faults = tell_faults(year.profile_folder, find_contradictions(profile, period))
    there = {unit.code for unit in profile.units(period)}
    return Rolled(
        year,
        blanked,
        *_roster_changes(workspace.profile, workspace.period, profile, period),
        tuple(carried_levels(profile, period)),
        tuple(past_levels(planned, period)),
        tuple(faults),
        len(there & contacts.keys()),
    )


def refuse_period(workspace: Workspace, period: Period, skip: bool = False) -> None:
    """Raise CannotRun where ``period`` can't be opened after the workspace's own, or was opened before.

    ``skip``: a year in between may be left out, which else is taken for a slip.
    """
    following = workspace.period.following
    if period.place <= workspace.period.place:
        raise CannotRun(
            f"Thư mục làm việc đang ở {workspace.period.words}, không mở {period.words} tiếp theo được.",
            f"Nêu kỳ sau {workspace.period.words}, ví dụ: dvctt-report roll {following}",
        )
    if not skip and period.year > following.year:  # the later one would lack what it is compared with
        raise CannotRun(
            f"Mở {period.words} ngay sau {workspace.period.words} là bỏ qua {following.words}: "
            f"{period.words} không có số năm trước để so sánh.",
            f"Làm {following.words} trước: dvctt-report roll {following}. Không báo cáo {following.words} ở "
            "đây thì thêm --skip.",
        )
    earlier = any(
        before.place < workspace.period.place and (folder / FROZEN).exists()
        for before, folder in period_folders(workspace.root)
    )
    received = workspace.inbox.is_dir() and any(workspace.inbox.iterdir())
    if earlier and not workspace.is_frozen and not received:
        raise CannotRun(
            f"{workspace.period.title} vừa mở, chưa phát hành biểu mẫu, chưa nhận báo cáo nào: chưa mở tiếp "
            f"{period.words}.",
            f"Làm {workspace.period.words}: dvctt-report forms; mở nhầm thì ghi lại dòng nam ở {SETTINGS}.",
        )
    own = workspace.root / PERIODS / str(period)
    # The book and temporary files alone are what a stopped command left.
    if any(path.name != BOOK and not path.name.startswith(".") for path in own.glob("*")):
        raise CannotRun(
            f"{period.title} đã được mở: có thư mục “{own}”.",
            f"Xem bằng --year {period} sau tên lệnh; làm tiếp: ghi nam = {period_toml(period)} ở {SETTINGS}.",
        )


def next_profile(workspace: Workspace, said: str) -> tuple[Path, str]:
    """The folder of the profile to go on with, and what the settings call it; ``said``: another one."""
    live = tomlkit.parse(read_text(workspace.root / SETTINGS))
    if said:
        return named_profile(said, workspace.root)
    name = str(live["ho_so"])
    return profile_folder(workspace.root, name), name


def _settings(
    workspace: Workspace, new: NextYear, name: str, cited: PlanDocument | None
) -> tuple[tomlkit.TOMLDocument, tuple[str, ...]]:
    """The settings of the new period, and what they no longer say. Comments and order stay.

    A half-year and its year have one plan, which keeps number, day and title. ``cited`` is how the plan of
    the year before is cited by itself.
    """
    path = workspace.root / SETTINGS
    settings = tomlkit.parse(read_text(path))
    settings["nam"] = str(new.period) if new.period.part else new.period.year
    new_plan = new.period.year != workspace.period.year
    settings["ho_so"] = name
    plan, letters = (settings.setdefault(table, tomlkit.table()) for table in ("ke_hoach", "cong_van"))
    before = {"so": cited.number, "ngay": cited.date} if cited else {}
    blanked = [
        f"{what}: {said}"
        for table, key, what in (
            *(((plan, "so", "số Kế hoạch"), (plan, "ngay", "ngày Kế hoạch")) if new_plan else ()),
            (letters, "phat_hanh_bieu_mau", "công văn phát hành biểu mẫu"),
            (letters, "da_don_doc", "công văn đôn đốc"),
        )
        if (
            said := "; ".join(table.get(key) or [])
            if key == "da_don_doc"
            else table.get(key) or before.get(key)
        )
    ]
    if new_plan or new.number or new.day or new.title:
        plan["so"], plan["ngay"] = new.number, new.day
        plan["ten_ke_hoach"] = new.title
    letters["phat_hanh_bieu_mau"], letters["da_don_doc"] = "", []
    parse_settings(path, settings.unwrap())
    return settings, tuple(blanked)


def _of_year(source: Path, folder: Path, period: Period, levels: Mapping[str, int], is_uncited: bool) -> str:
    """Copy the profile beside, with the year's thresholds of the targets named; return what it is called.

    ``is_uncited``: without number and day of the plan, which are the year before's. What a stopped command
    left there is taken where it is the same, else kept under another name. Raises CannotRun where a code is
    no target, or the levels can't be; nothing is left then.
    """
    files = {name: read_file(path) for name, path in files_below(source).items()}
    files[PLAN] = _leveled(source / PLAN, period, levels, is_uncited)
    if folder.exists() and files == {name: read_file(path) for name, path in files_below(folder).items()}:
        return f"{PROFILES}/{period}"
    if folder.exists():
        folder.rename(unused(folder.with_name(f"{folder.name} (bỏ dở)")))
    write_folder(folder, files)
    try:
        load_profile(folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return f"{PROFILES}/{period}"


def _leveled(path: Path, period: Period, levels: Mapping[str, int], is_uncited: bool) -> bytes:
    """The plan in ``path`` with the levels of the year in it; without number and day where ``is_uncited``.

    A level is held to as the target's latest one was. Raises CannotRun where one number can't say it.
    """
    plan = tomlkit.parse(read_text(path))
    if is_uncited:
        plan["document"] |= {"number": "", "date": ""}
    items = {str(item["code"]): item for item in plan["items"] if "thresholds" in item}
    if strange := sorted(set(levels) - items.keys()):
        raise CannotRun(
            f"Kế hoạch không có mục tiêu {join_names(strange)}.", f"Các mục tiêu: {', '.join(items)}."
        )
    for code, percent in levels.items():
        there = items[code]["thresholds"]
        kept = [t for t in there if t["year"] != period.year]
        newest = max((int(t["year"]) for t in there), default=0)
        latest = [t for t in there if int(t["year"]) == newest]
        if any(not {c.value for c in Compared} & t.keys() or "groups" in t for t in latest):
            raise CannotRun(
                f"Mức của {code} không phải một số (mức từng nhóm, tăng so với năm gốc, lời văn, mốc): "
                "--level không ghi được.",
                "Mở năm không nêu mức đó, rồi sửa bằng: dvctt-report plan write ke-hoach.xlsx",
            )
        held = (c.value for t in latest for c in Compared if c.value in t)
        compared = next(held, Compared.AT_LEAST.value)
        level = tomlkit.inline_table()
        level.update({"year": period.year, compared: percent})
        array = tomlkit.array()
        array.extend([*kept, level])
        items[code]["thresholds"] = array
    return tomlkit.dumps(plan).encode()


def _roster_changes(
    then: Profile, before: Period, now: Profile, period: Period
) -> tuple[tuple[str, ...], int]:
    """Say which units only one of the two years has, and why; and how many units that is about."""
    was = {unit.code: unit.short_name for unit in then.units(before)}
    units = {unit.code: unit.short_name for unit in now.units(period)}
    first, last = then.plan.roster_date(before), now.plan.roster_date(period)
    named, about, lines = now.roster.short_names, set(was) ^ set(units), []
    for change in (change for change in now.roster.changes if first < change.on <= last):
        about.update(change.before, change.after)
        old, new = (join_names(named[code] for code in codes) for codes in (change.before, change.after))
        became = f" → {new}" if new and new != old else ""
        lines.append(f"{_KINDS[change.kind]}: {old}{became} ({change.document}, từ {format_date(change.on)})")
    for title, names in (
        ("không còn", [was[code] for code in was if code not in units]),
        ("mới", [units[code] for code in units if code not in was]),
    ):
        if names:
            lines.append(f"{title}, {len(names)} đơn vị: {shortly(names)}")
    return tuple(lines), len(about)


def carried_levels(profile: Profile, period: Period) -> Iterator[str]:
    """Say which targets are judged in ``period`` by the level of an earlier year, and by which."""
    for target in without_past_milestones(profile.plan, period).targets:
        if (of := target.year_of_levels(period)) not in (None, period.year):
            yield f"{target.code} {target.label}: theo mức năm {of} ({goals_text(profile, target, period)})"


def past_levels(profile: Profile, period: Period) -> Iterator[str]:
    """Say what was to be done by days of earlier years, and is no level of ``period``."""
    for target in past_milestones(profile.plan, period):
        yield f"{target.code} {target.label}: {goals_text(profile, target, period)}"
