"""What changed between two drafts of the report, by their manifests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from dvctt_report.files.manifests import read_parts, without_cells
from dvctt_report.model import Basis


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a manifest says: its indicators by target, other figures by id, units without a return."""

    targets: Mapping[str, Mapping[str, Any]]
    figures: Mapping[str, Any]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs from the draft before: targets in the plan's order, their indicators then and now."""

    targets: tuple[tuple[str, Mapping[str, Any], Mapping[str, Any]], ...]
    n_figures: int
    now_sent: tuple[str, ...]
    now_missing: tuple[str, ...]


class NoDraft(StrEnum):
    """Why there is nothing to compare with."""

    FIRST = "first_draft"
    UNREADABLE = "unreadable_draft"


def read_snapshot(path: Path) -> Snapshot | NoDraft:
    """Read the manifest of a draft."""
    try:
        return _snapshot(read_parts(path, ("indicators", "figures", "returns"), without_cells))
    except FileNotFoundError:
        return NoDraft.FIRST
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return NoDraft.UNREADABLE


def changes_since(previous: Snapshot | NoDraft, manifest: Mapping[str, Any]) -> Changes | NoDraft:
    """Compare the draft before with the one whose manifest has just been made."""
    return previous if isinstance(previous, NoDraft) else compare(previous, _snapshot(manifest))


def _snapshot(manifest: Mapping[str, Any]) -> Snapshot:
    targets = {one["code"]: one for one in manifest["indicators"]}
    figures = {one["id"]: one["value"] for one in manifest["figures"]}
    return Snapshot(targets, figures, tuple(manifest["returns"]["missing"]))


def _standing(indicator: Mapping[str, Any]) -> tuple[object, ...]:
    """What tells how a target stands: its share, or its number where it has none; verdict; coverage."""
    figure = indicator["percent"] or indicator["numerator"]
    is_partial = indicator["basis"] == Basis.PARTIAL
    return figure, indicator["verdict"], is_partial, tuple(indicator["coverage"].values())


def compare(old: Snapshot, new: Snapshot) -> Changes:
    """Tell what ``new`` says otherwise than ``old``; what only one of them has counts as a changed figure."""
    changed = tuple(
        (code, old.targets[code], standing)
        for code, standing in new.targets.items()
        if code in old.targets and _standing(old.targets[code]) != _standing(standing)
    )
    ids = {*old.figures, *new.figures}
    n_figures = sum(old.figures.get(one) != new.figures.get(one) for one in ids)
    return Changes(
        changed,
        n_figures,
        tuple(unit for unit in old.missing if unit not in new.missing),
        tuple(unit for unit in new.missing if unit not in old.missing),
    )
