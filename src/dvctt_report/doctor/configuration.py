"""What an officer may have edited: settings, plan, roster, templates, wording."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from dvctt_report.doctor.check import Diagnosis, KnownWorkspace, failure, note, ok
from dvctt_report.errors import CannotRun
from dvctt_report.plan.model import Profile
from dvctt_report.vietnamese import key
from dvctt_report.workspace import THEN_APPLY, WorkspaceSettings

if TYPE_CHECKING:
    from dvctt_report.plan.load import PlanFault

REPORT = "report.docx"
_SHOWN = 5

_NAMED = re.compile(r"[Tt]ỉnh +((?:\w+[ -]+)*\w+)")


def check_settings(place: KnownWorkspace) -> Diagnosis:
    """Say whether ``dvctt.toml`` can be used, and what in it is still blank."""
    from dvctt_report.plan.load import load_profile

    if place.workspace is None:
        assert place.fault is not None
        return failure(place.fault.message, place.fault.fix)
    settings = place.workspace.settings
    elsewhere: tuple[str, ...] = ()
    with suppress(CannotRun):  # a plan that can't be used is told by the check of it
        elsewhere = of_elsewhere(settings, load_profile(place.profile_folder()))
    if elsewhere:
        return failure(
            f"ghi tên tỉnh khác với bộ cấu hình “{settings.ho_so}”: {'; '.join(elsewhere)}",
            f"Sửa các dòng đó trong dvctt.toml: văn bản in đúng tên ghi ở đó; {THEN_APPLY}.",
        )
    if told := _doubtful_day(place):
        return failure(
            f"ngày Kế hoạch (ke_hoach, ngay) {told}",
            "Sửa dòng ngay, mục ke_hoach của dvctt.toml; biểu mẫu đã phát hành thì chạy tiếp: dvctt-report "
            "apply. Văn bản in đúng ngày ghi ở đó.",
        )
    facts = (
        ("số Kế hoạch (ke_hoach, so)", settings.ke_hoach.so),
        ("ngày Kế hoạch (ke_hoach, ngay)", settings.ke_hoach.ngay),
        ("họ tên người ký (bao_cao, ho_ten)", settings.bao_cao.ho_ten),
        ("đầu mối liên hệ (cong_van, dau_moi)", settings.cong_van.dau_moi),
    )
    blank = [name for name, known in facts if not known]
    if blank:
        return note(
            f"đọc được; còn để trống {', '.join(blank)}: văn bản chừa chỗ trống",
            f"Mở dvctt.toml bằng Notepad, ghi vào dòng của mục nêu trong ngoặc; {THEN_APPLY}. Số, ngày Kế "
            "hoạch, họ tên người ký còn ghi được bằng mục 1 của bảng chọn (dvctt-report settings).",
        )
    named = f", {place.period.words}" if place.period else ""
    return ok(f"đọc được{named}")


def _doubtful_day(place: KnownWorkspace) -> str:
    """What is wrong with the plan's day as the settings of the period have it; "" for nothing."""
    from dvctt_report.plan.dated import doubtful_day

    if place.workspace is None or not place.workspace.settings.ke_hoach.ngay:
        return ""
    with suppress(CannotRun):
        plan = place.workspace.profile.plan
        return doubtful_day(plan.document.date, plan, place.workspace.period)
    return ""


def check_plan(place: KnownWorkspace) -> Diagnosis:
    """Say whether plan and roster load."""
    from dvctt_report.plan.load import PlanFault, load_profile
    from dvctt_report.walls import tell_altered
    from dvctt_report.workspace import refuse_ended

    folder = place.profile_folder()
    try:
        profile = load_profile(folder)
    except PlanFault as fault:
        fix = f'Sửa các chỗ nêu trên; xem đủ: dvctt-report plan --check "{folder}"'
        return _plan_faults(fault, folder, fix)
    if place.workspace is not None and place.workspace.is_frozen:
        try:
            load_profile(place.workspace.frozen)
        except PlanFault as fault:
            fix = "Lấy lại theo bộ cấu hình đang có: dvctt-report apply --yes; bản hỏng được giữ."
            return _plan_faults(fault, place.workspace.frozen, fix)
        if told := tell_altered(place.workspace):
            return failure(f"{told[0]}.", f"{told[1]}.")
    asked = f"{len(profile.plan.items)} nội dung"
    if place.period is not None:
        refuse_ended(profile, place.period, f"dvctt-report roll {place.period}")
        asked += f", {place.period.words} hỏi {len(profile.units(place.period))} đơn vị"
    if n := len(profile.roster.unsettled):
        asked += f", {n} điều cần xác nhận (dvctt-report plan)"
    return ok(f"{asked}; tại {folder}")


def _plan_faults(fault: PlanFault, folder: Path, fix: str) -> Diagnosis:
    lines = fault.lines
    more = f"\n… và {len(lines) - _SHOWN} lỗi khác" if len(lines) > _SHOWN else ""
    return failure(f"{len(lines)} lỗi trong {folder}:\n" + "\n".join(lines[:_SHOWN]) + more, fix)


def check_report_template(place: KnownWorkspace) -> Diagnosis:
    """Say what ``template check`` says of the report's template, and of others that lie beside it."""
    from dvctt_report.report.template_check import check_template, unused_tags

    folder = place.profile_folder()
    paths = sorted({folder / REPORT, *folder.glob("report*.docx")})
    found = [(path, fault) for path in paths for fault in check_template(path)]
    if found:
        lines = [f"{path.name}, {fault.said}" for path, fault in found]
        fix = "Sửa trong Word các chỗ nêu trên; xem đủ bằng dvctt-report template check."
        return failure(f"{len(found)} lỗi:\n" + "\n".join(lines[:_SHOWN]), fix)
    names = ", ".join(path.name for path in paths)
    unused = unused_tags(folder / REPORT)
    if unused:
        said = f"dùng được ({names}); không dùng thẻ {', '.join(unused)}: báo cáo không có nội dung đó"
        return note(said, "Không chủ ý bỏ thì thêm lại thẻ vào tệp mẫu.")
    return ok(f"dùng được ({names})")


def check_letter_templates(place: KnownWorkspace) -> Diagnosis:
    """Say whether the templates of letters and working papers are there and open."""
    from dvctt_report.letters.write import TEMPLATES

    folder = place.profile_folder()
    wrong = []
    for name in TEMPLATES:
        try:
            _open(folder / f"{name}.docx")
        except CannotRun as fault:
            wrong.append(fault.message)
    if wrong:
        fix = "Sửa trong Word, hoặc chép lại tệp mẫu gốc từ bộ cấu hình có sẵn."
        return failure("\n".join(wrong), fix)
    return ok(f"{len(TEMPLATES)} tệp mẫu mở được")


def _open(path: Path) -> None:
    from dvctt_report.report.tags import check_paragraphs
    from dvctt_report.report.word_template import WordTemplate

    template = WordTemplate(path)
    check_paragraphs(path, template.texts)
    template.read_tags()


def check_phrases(place: KnownWorkspace) -> Diagnosis:
    """Say whether the wording can be read."""
    from dvctt_report.report.phrases import read_phrases

    path = place.profile_folder() / "phrases.toml"
    return ok(f"dùng được {len(read_phrases(path).patterns)} câu ({path.name})")


def of_elsewhere(settings: WorkspaceSettings, profile: Profile) -> tuple[str, ...]:
    """Return the settings that name a province other than the plan's own, each with what it says.

    The place before the date is the province's name by itself, or that of a place in it, which a district or
    commune of the roster bears. Source: Nghị định số 30/2020/NĐ-CP, Phụ lục I, mục II.4 (địa danh).
    """
    own = _bare(profile.plan.province)
    found = [
        f"{place} = “{text}”"
        for place, text in _texts(settings.model_dump())
        if any(not name.startswith(own) for name in _provinces(text))
    ]
    place = settings.co_quan.dia_danh
    forms = {group.code: group.form for group in profile.roster.groups}
    places = (unit for unit in profile.roster.units if forms[unit.group] != "standard")
    in_it = any(key(name).endswith(_bare(place)) for unit in places for name in unit.names)
    is_own = _bare(place) == own or in_it
    return tuple(found) if is_own else (*found, f"co_quan.dia_danh = “{place}”")


def _bare(name: str) -> str:
    return re.sub(r"^(tỉnh|thành phố|tp\.?) +", "", key(name))


def _provinces(text: str) -> Iterator[str]:
    """The names that stand behind the word, as far as their words begin with capital letters."""
    for found in _NAMED.finditer(text):
        capitals = []
        for word in re.split(r"[ -]+", found[1]):
            if not word[0].isupper():
                break
            capitals.append(word)
        if capitals:
            yield key(" ".join(capitals))


def _texts(value: object, place: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _texts(inner, f"{place}.{name}" if place else name)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner, place)
    elif isinstance(value, str):
        yield place, value
