"""What belongs to one period alone: the profile and settings frozen with it, its tracking and control books.

The first forms that go out freeze them (``freeze``), so that next year's edits can't rewrite this year's
report. What was edited since is told (``changed_files``; ``pending_changes`` in words) and taken over on
request (``apply_changes``).
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from dvctt_report.files.writing import files_below, unused, write_folder
from dvctt_report.plan.folders import PHRASES, base_folder, phrases_of, profile_folder, resolved_files
from dvctt_report.plan.load import PLAN, UNITS, load_profile, read_toml
from dvctt_report.store.published.record import digest_of
from dvctt_report.store.workspace import FRESH, FROZEN, SETTINGS, Workspace, parse_settings
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.opening import read_file, read_text

DIGESTS = ".dau-van-tay.txt"
"""The file among the frozen ones that says what they were when they were frozen or applied."""


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
    known = set[str]()
    with suppress(OSError, UnicodeDecodeError):
        known.update(read_text(workspace.frozen / DIGESTS).splitlines())
    now = {f"{digest_of(path)}  {name}" for name, path in files_below(workspace.frozen).items()}
    names = sorted({line.partition("  ")[2] for line in known ^ now})
    if not names:
        return None
    folder = workspace.relative(workspace.frozen)
    kept = f"Tệp đã giữ của {workspace.period.words}, trong {folder}"
    what = f"{kept}, bị sửa ngoài lệnh apply: {', '.join(names)}"
    if str(read_toml(workspace.root / SETTINGS).get("nam")) != str(workspace.period):
        return what, "Chép lại các tệp này từ bản sao lưu"
    return what, (
        "Lấy lại theo bộ cấu hình đang có: dvctt-report apply; muốn dùng chỗ đã sửa thì sửa như vậy ở bộ cấu "
        "hình trước"
    )


def changed_files(workspace: Workspace) -> tuple[str, ...]:
    """The files, by their names, that aren't as they are frozen; none where the period is not frozen, or
    ``dvctt.toml`` is about another one.
    """
    root = workspace.root
    if not workspace.is_frozen or str(read_toml(root / SETTINGS).get("nam")) != str(workspace.period):
        return ()
    live = resolved_files(live_profile(root)) | {SETTINGS: read_file(root / SETTINGS)}
    frozen = {name: path for name, path in files_below(workspace.frozen).items() if name != DIGESTS}
    return tuple(
        name
        for name in sorted(live.keys() | frozen.keys())
        if name not in live or name not in frozen or live[name] != read_file(frozen[name])
    )


def pending_changes(workspace: Workspace) -> tuple[str, ...]:
    """What differs from what was frozen with the period, a line each, in the words of the workbook."""
    # only here: the workbook brings openpyxl
    from dvctt_report.forms.plan_book.taking import changed, changes_between

    frozen, live, names = workspace.frozen, live_profile(workspace.root), changed_files(workspace)
    lines: list[str] = []
    if SETTINGS in names:
        try:
            was, now = (dict(_settings(read_toml(at / SETTINGS))) for at in (frozen, workspace.root))
            for place in dict.fromkeys((*was, *now)):
                lines += changed(f"{SETTINGS}: {place}", was.get(place), now.get(place))
        except CannotRun:
            lines.append(f"{SETTINGS}: có bản không đọc được")
    if tables := [name for name in names if name in (PLAN, UNITS, PHRASES)]:
        try:
            phrases = (phrases_of(folder / PHRASES) for folder in (frozen, live))
            lines += changes_between(load_profile(frozen), load_profile(live), *phrases)
        except CannotRun:
            lines += (f"{name}: có bản không đọc được" for name in tables)
    for name in names:
        if name not in (*tables, SETTINGS):
            gone, new = name not in resolved_files(live), not (frozen / name).exists()
            lines.append(f"{name}: {'đã bị xóa' if gone else 'mới thêm' if new else 'đã sửa'}")
    return tuple(lines)


def _settings(table: Mapping[str, Any], inside: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every value of ``dvctt.toml`` with its dotted name, but for which period is meant by default."""
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _settings(value, f"{inside}{name}.")
        elif inside or name != "nam":
            yield f"{inside}{name}", value


def edited_templates(workspace: Workspace) -> tuple[Path, ...]:
    """The Word templates that aren't as they are frozen, the profile's own or the base's; where nothing is
    frozen, all of the profile's own.
    """
    own = files_below(live_profile(workspace.root))
    there = files_below(base_folder()) | own if workspace.is_frozen else own
    return tuple(
        path
        for name, path in sorted(there.items())
        if name.endswith(".docx") and digest_of(workspace.frozen / name) != digest_of(path)
    )


def apply_changes(workspace: Workspace, now: datetime) -> Path:
    """Take over what was edited since; return the folder in which the former version is kept.

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
    """Copy a profile with what it takes of the base, and the settings of ``root``, whole or not at all.

    Raises CannotRun where they can't be used, and OSError.
    """
    live = root / SETTINGS
    load_profile(source)
    parse_settings(live, read_toml(live))
    files = resolved_files(source) | {SETTINGS: read_file(live)}
    digests = "".join(f"{sha256(content).hexdigest()}  {name}\n" for name, content in files.items())
    write_folder(to, files | {DIGESTS: digests.encode()})
