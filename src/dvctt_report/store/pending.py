"""What was edited since the forms of a period went out, in the words of the plan's workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dvctt_report.forms.plan_book.sheets import PHRASES, PLAN, UNITS
from dvctt_report.forms.plan_book.taking import changed, changes_between
from dvctt_report.plan.folders import phrases_of, resolved_files
from dvctt_report.plan.load import load_profile, read_toml
from dvctt_report.store.frozen import changed_files, live_profile
from dvctt_report.store.workspace import SETTINGS, Workspace
from dvctt_report.text.errors import CannotRun


def pending_changes(workspace: Workspace) -> tuple[str, ...]:
    """What differs from what was frozen with the period, a line each, in the words of the workbook.

    None where nothing is frozen, or ``dvctt.toml`` is about another period.
    """
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
