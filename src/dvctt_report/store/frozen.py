"""What belongs to one period alone: the profile and settings frozen with it, its tracking and control books.

The first forms that go out freeze them (``freeze``), so that next year's edits can't rewrite this year's
report. What was edited since is told (``pending_changes``) and taken over on request (``apply_changes``).
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from dvctt_report.files.writing import files_below, unused, write_folder
from dvctt_report.plan.folders import profile_folder
from dvctt_report.plan.load import load_profile, read_toml
from dvctt_report.store.workspace import FRESH, FROZEN, SETTINGS, Workspace, parse_settings
from dvctt_report.text.opening import file_digest, parse_toml, read_file, read_text

DIGESTS = ".dau-van-tay.txt"
"""The file among the frozen ones that says what they were when they were frozen or applied."""

_ITS_OWN = {"nam"}
"""Settings that say which period is meant by default, and nothing about any."""


def freeze(workspace: Workspace) -> bool:
    """Freeze profile and settings with the period, once (else False). Raises CannotRun, nothing written."""
    if workspace.is_frozen:
        return False
    _copy(workspace.root, workspace.profile_folder, workspace.frozen)
    return True


def tell_altered(workspace: Workspace) -> tuple[str, str] | None:
    """What of the frozen files isn't as it was frozen or applied, and what to do; None: nothing."""
    if not workspace.is_frozen:
        return None
    try:
        known = set(read_text(workspace.frozen / DIGESTS).splitlines())
    except (OSError, UnicodeDecodeError):
        known = set()
    now = _digests({name: _digest(path) for name, path in files_below(workspace.frozen).items()})
    names = sorted({line.partition("  ")[2] for line in known ^ set(now.splitlines())})
    if not names:
        return None
    folder = workspace.relative(workspace.frozen)
    kept = f"Tệp đã giữ của {workspace.period.words}, trong {folder}"
    what = f"{kept}, bị sửa ngoài lệnh apply: {', '.join(names)}"
    if not _is_current(workspace):
        return what, "Chép lại các tệp này từ bản sao lưu"
    return what, (
        "Lấy lại theo bộ cấu hình đang có: dvctt-report apply; muốn dùng chỗ đã sửa thì sửa như vậy ở bộ cấu "
        "hình trước"
    )


def _is_current(workspace: Workspace) -> bool:
    """Whether ``dvctt.toml`` is about the period now, so that what stands there may be applied to it."""
    return str(read_toml(workspace.root / SETTINGS).get("nam")) == str(workspace.period)


def _digest(path: Path) -> str:
    """The digest of a file; "" where it can't be read."""
    try:
        return file_digest(path)
    except OSError:
        return ""


def _digests(files: Mapping[str, str]) -> str:
    """Digests by name as ``DIGESTS`` holds them, a line each."""
    return "".join(f"{digest}  {name}\n" for name, digest in files.items())


def pending_changes(workspace: Workspace) -> tuple[str, ...]:
    """What differs from the period's frozen settings, a line each; None: not frozen, or of another year."""
    if not workspace.is_frozen or not _is_current(workspace):
        return ()
    live = workspace.root / SETTINGS
    source = live_profile(workspace.root)
    return (
        *toml_changes(SETTINGS, workspace.frozen / SETTINGS, live),
        *_folder_changes(workspace.frozen, source),
    )


def edited_templates(workspace: Workspace) -> tuple[Path, ...]:
    """The Word templates of the edited profile that aren't as they are frozen; all where nothing is."""
    there = files_below(live_profile(workspace.root))
    return tuple(
        path
        for name, path in sorted(there.items())
        if name.endswith(".docx") and _digest(workspace.frozen / name) != _digest(path)
    )


def apply_changes(workspace: Workspace, now: datetime) -> Path:
    """Take over what ``pending_changes`` lists; return the folder in which the former version is kept.

    Raises CannotRun where the new profile or settings can't be used: the former stay then.
    """
    kept = unused(workspace.frozen.with_name(f"{FROZEN} (trước {now:%Y-%m-%d %H%M%S})"))
    fresh = workspace.frozen.with_name(FRESH)
    shutil.rmtree(fresh, ignore_errors=True)
    _copy(workspace.root, live_profile(workspace.root), fresh)
    workspace.frozen.rename(kept)
    fresh.rename(workspace.frozen)
    return kept


def live_profile(root: Path) -> Path:
    """The folder of the profile that a workspace's settings name now, whatever its periods have frozen."""
    return profile_folder(root, str(read_toml(root / SETTINGS).get("ho_so", "")))


def _copy(root: Path, source: Path, to: Path) -> None:
    """Copy a profile and the settings of ``root`` to ``to``, with their digests, whole or not at all.

    Raises CannotRun where they can't be used, and OSError.
    """
    live = root / SETTINGS
    load_profile(source)
    parse_settings(live, read_toml(live))
    files = {name: read_file(path) for name, path in (files_below(source) | {SETTINGS: live}).items()}
    digests = _digests({name: sha256(content).hexdigest() for name, content in files.items()})
    write_folder(to, files | {DIGESTS: digests.encode()})


def _folder_changes(frozen: Path, source: Path) -> Iterator[str]:
    files = files_below(frozen).keys() | files_below(source).keys()
    for name in sorted(files - {SETTINGS}):
        old, new = frozen / name, source / name
        if not new.exists():
            yield f"{name}: đã bị xóa"
        elif not old.exists():
            yield f"{name}: mới thêm"
        elif read_file(old) != read_file(new):
            yield from toml_changes(name, old, new) if name.endswith(".toml") else (f"{name}: đã sửa",)


def toml_changes(name: str, old: Path, new: Path) -> Iterator[str]:
    """Each value that differs, by its place in the file; a file of other spaces and comments has none."""
    try:
        before, after = (dict(_values(parse_toml(read_text(path)), "")) for path in (old, new))
    except (FileNotFoundError, ValueError, RecursionError):  # no UTF-8, no TOML
        yield f"{name}: có bản không đọc được"
        return
    for place in dict.fromkeys((*before, *after)):
        if before.get(place) != after.get(place) and place not in _ITS_OWN:
            was, now = map(_shown, _differing(before.get(place), after.get(place)))
            yield f"{name}: {place if name == SETTINGS else _in_words(place)}: {was} → {now}"


_LISTS = {
    "items": "nội dung",
    "units": "đơn vị",
    "groups": "nhóm",
    "thresholds": "ngưỡng",
    "rules": "quy tắc",
    "assumptions": "điều cần xác nhận",
    "identifiers": "mã định danh điện tử",
    "changes": "thay đổi đơn vị",
}
_NAMES = {
    "label": "tên",
    "name": "tên",
    "short_name": "tên gọi tắt",
    "title": "tên",
    "phone": "điện thoại",
    "contact": "đầu mối",
    "at_least": "mức tối thiểu",
    "at_most": "mức tối đa",
    "more_than": "mức phải trên",
    "less_than": "mức phải dưới",
    "growth": "mức tăng (%)",
    "base": "số của năm gốc",
    "base_year": "năm gốc",
    "words": "mức không có số",
    "by": "hạn hoàn thành",
    "each": "mỗi đơn vị từ",
    "question": "câu hỏi",
    "own": "trả lời cho đơn vị mình",
    "print_as": "tên in trong báo cáo",
    "total": "tổng số",
    "done": "đã thực hiện",
    "severity": "mức",
    "year": "năm",
    "settled": "đã xác nhận",
    "source": "căn cứ",
    "about": "điều",
    "before_final": "phải xong trước bản trình ký",
    "code": "mã",
    "valid_from": "từ ngày",
    "valid_to": "đến hết ngày",
    "half_before": "hạn gửi 6 tháng",
}
_STEPS = re.compile(r"\.(?![^\[]{0,100}\])")
"""Between the steps of a place; a code in brackets may hold dots itself: identifiers[000.00.01.H32]."""
_ENTRY = re.compile(r"(\w+)\[([^\]]+)\]")


def _in_words(place: str) -> str:
    """Name a value as an officer would: "nội dung T2, tên"; a line without words by its name."""
    said = []
    for step in _STEPS.split(place):
        entry = _ENTRY.fullmatch(step)
        if entry:
            said.append(f"{_LISTS.get(entry[1], f'dòng {entry[1]}')} {entry[2]}")
        else:
            said.append(_NAMES.get(step, _LISTS.get(step, f"dòng {step}")))
    return ", ".join(said)


def _values(value: Any, place: str) -> Iterator[tuple[str, Any]]:
    """Every leaf of a TOML table with its place; the entries of a list of tables by their code."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _values(inner, f"{place}.{key}" if place else key)
    elif isinstance(value, list) and all(isinstance(one, dict) for one in value):
        for n, inner in enumerate(value, 1):
            yield from _values(inner, f"{place}[{inner.get('code', n)}]")
    else:
        yield place, value


def _differing(was: Any, now: Any) -> tuple[Any, Any]:
    """Both values; of two lists what either has alone, all of both where only the order changed."""
    if isinstance(was, list) and isinstance(now, list):
        gone, new = [one for one in was if one not in now], [one for one in now if one not in was]
        if gone or new:
            return gone or None, new or None
    return was, now


_LONGEST = 60
"""Characters of a value shown in a list of changes."""


def _shown(value: Any) -> str:
    if value is None:
        return "(không có)"
    if isinstance(value, bool):
        return "có" if value else "không"
    said = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return f"“{said}”" if len(said) <= _LONGEST else f"“{said[:_LONGEST]}…”"
