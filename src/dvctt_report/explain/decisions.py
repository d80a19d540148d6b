"""What the officer decided that bears on a figure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from dvctt_report.explain.manifest import Entry, Manifest


def decision_lines(manifest: Manifest, units: set[str], items: set[str]) -> tuple[str, ...]:
    """Write the decisions about these units; those about an item only where it is one of ``items``.

    Decisions about a whole file have no item. No ``items``: all decisions about the units.
    """
    return tuple(_lines(manifest, units, items))


def _lines(manifest: Manifest, units: set[str], items: set[str]) -> Iterator[str]:
    for one in manifest.data.get("decisions", ()):
        if one["unit"] in units and (not items or one.get("item") is None or one["item"] in items):
            yield _line(manifest, one)


def _line(manifest: Manifest, decision: Entry) -> str:
    name = manifest.unit_name(decision["unit"])
    what = {"use": "chọn tệp", "reject": "loại tệp"}[decision["kind"]]
    file = f"“{decision['file'].rpartition('/')[2]}” ({decision['sha256'][:8]})"
    when = datetime.fromisoformat(decision["when"])
    reason = f"; lý do: {decision['reason']}" if decision["reason"] else ""
    return f"{name}: {what} {file}, {decision['who']}, {when:%d/%m/%Y %H:%M}{reason}."
