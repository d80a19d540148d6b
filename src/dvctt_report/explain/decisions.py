"""What the officer decided that bears on a figure: files chosen, cells overridden, findings accepted."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime

from dvctt_report.explain.manifest import Entry, Manifest
from dvctt_report.file_names import last_name
from dvctt_report.vietnamese import format_count

_FILES = {"use": "chọn tệp", "reject": "loại tệp", "assign": "xác định là tệp của đơn vị:"}


def decision_lines(
    manifest: Manifest, units: Collection[str], items: Collection[str], fields: Collection[str] = ()
) -> tuple[str, ...]:
    """Write the decisions about these units; those about an item only where it is one of ``items``.

    What is about a whole file has no item. No ``items``: all decisions about the units; no ``fields``: those
    about any field.
    """
    return tuple(_lines(manifest, units, items, fields))


def _lines(
    manifest: Manifest, units: Collection[str], items: Collection[str], fields: Collection[str]
) -> Iterator[str]:
    for one in manifest.data["decisions"]:
        if one["unit"] in units:
            yield _about_file(manifest, one)
    for one in manifest.data["overrides"]:
        if one["unit"] in units and _is_about(one, items, fields) and one.get("used", True):
            yield _override(manifest, one)
    for one in manifest.data["acceptances"]:
        found = manifest.findings.get(one["finding"])
        if one["unit"] in units and found is not None and _is_about(found, items, ()):
            yield _acceptance(manifest, one, found)
    for one in manifest.data["left_out"]:
        if one["unit"] in units and one["used"] and _is_about(one, items, fields):
            said = one["said"].rstrip(".")
            yield f"{manifest.unit_name(one['unit'])}: để ngoài tổng hợp ({said}){_why(one)}."


def _is_about(one: Entry, items: Collection[str], fields: Collection[str]) -> bool:
    item = one["item"]
    return not items or item is None or (item in items and (not fields or one["field"] in fields))


def _about_file(manifest: Manifest, decision: Entry) -> str:
    name = manifest.unit_name(decision["unit"])
    file = f"“{last_name(decision['file'])}” ({decision['sha256'][:8]})"
    reason = f"; lý do: {decision['reason']}" if decision["reason"] else ""
    return f"{name}: {_FILES[decision['kind']]} {file}, {_by(decision)}{reason}."


def _override(manifest: Manifest, put: Entry) -> str:
    item, label = manifest.labels(put["item"], put["field"])
    part = f"{put['part']}: " if put["part"] else ""
    own = f"đơn vị ghi “{put['over']}”" if put["over"] else "đơn vị không ghi"
    used = format_count(int(put["text"])) if put["text"].isdecimal() else put["text"]
    return (
        f"{manifest.unit_name(put['unit'])}: đính chính {part}{put['item']} · {item} ({label}): {own}, "
        f"dùng “{used}”{_why(put)}."
    )


def _acceptance(manifest: Manifest, accepted: Entry, found: Entry) -> str:
    about = f" {found['item']}" if found["item"] else ""
    return (
        f"{manifest.unit_name(accepted['unit'])}: chấp nhận{about} theo phát hiện {accepted['finding']} "
        f"({found['message'].rstrip('.')}){_why(accepted)}."
    )


def _why(decision: Entry) -> str:
    reason = f"; lý do: {decision['reason']}" if decision["reason"] else ""
    document = f"; văn bản: {decision['document']}" if decision["document"] else ""
    return f"{reason}{document}; {_by(decision)}"


def _by(decision: Entry) -> str:
    return f"{decision['who']}, {datetime.fromisoformat(decision['when']):%d/%m/%Y %H:%M}"
