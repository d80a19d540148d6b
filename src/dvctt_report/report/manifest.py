"""The manifest beside the report: every printed figure with the cells it stands on, as JSON."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from dvctt_report.model import Result, ReturnStatus
from dvctt_report.plan.model import Target
from dvctt_report.report.cells import (
    cell_json,
    cells_json,
    judged_json,
    override_json,
    tally_json,
    unit_json,
    why_json,
)
from dvctt_report.report.decided import stands
from dvctt_report.report.figures import Figures
from dvctt_report.report.printed import PrintedBlock, printed_json
from dvctt_report.text.packed import SMALL, Packed
from dvctt_report.text.vietnamese import format_percent
from dvctt_report.year.summary.controls import why
from dvctt_report.year.year import Year

ID_DIGITS = 32  # Hexadecimal digits of a manifest's identifier


@dataclass(frozen=True)
class Entries:
    """A list of a manifest whose entries are made whenever asked for: a whole country's fill the memory."""

    make: Callable[[], Iterable[Any]]

    def __iter__(self) -> Iterator[Any]:
        return iter(self.make())


def whole(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """The same with all its lists made."""
    return {name: [*said] if isinstance(said, Entries) else said for name, said in manifest.items()}


def lay_out(year: Year, figures: Figures, printed: Sequence[PrintedBlock], as_of: datetime) -> dict[str, Any]:
    """Lay out the manifest; ``percent`` and bounds are the printed texts, null where there is none.

    ``id`` names the content: the same figures printed in the same words have the same. Of a task ``block`` is
    the first of those given to the same bodies.
    """
    dataset, lines = year.dataset, year.lines
    effective = [r for r in dataset.returns if r.status is ReturnStatus.EFFECTIVE]
    content = {
        **_of_period(year, as_of),
        "figures": Entries(
            lambda: (
                {
                    "id": figure.id,
                    "value": figure.value,
                    "unit_of_count": figure.unit_of_count,
                    "cells": cells_json(figure.observations),
                }
                for figure in figures.all()
            )
        ),
        "answering": {name: len(units) for name, units in asdict(figures.answering).items()},
        "answered": asdict(figures.answering),
        "tasks": Entries(
            lambda: (
                {
                    "block": block.tasks[0].code,
                    "task": status.item,
                    "unit": status.unit,
                    "state": status.state.value,
                }
                for block in figures.tasks
                for status in block.statuses
            )
        ),
        "overrides": [
            override_json(put) | {"unit": put.unit, "item": put.item, "used": stands(dataset, put)}
            for put in dataset.overrides
        ],
        "acceptances": [
            {"finding": a.finding, "unit": a.unit, "said": a.said} | why_json(a)
            for a in dataset.acceptances
            if not a.proposed
        ],
        "returns": {
            "expected": len(lines),
            "received": sum(line.received for line in lines),
            "late": sum(line.status == "late" for line in lines),
            "missing": [line.unit.code for line in lines if not line.received],
        },
        "inputs": Entries(lambda: ({"file": r.file, "sha256": r.sha256} for r in effective)),
        "printed": Entries(lambda: printed_json(printed)),
    }
    return {"id": _identity(content)} | content


def _of_period(year: Year, as_of: datetime) -> dict[str, Any]:
    targets = year.profile.plan.targets_by_code
    return {
        **year.period.as_json(),
        "as_of": as_of.isoformat(timespec="minutes"),
        "indicators": Entries(lambda: (_indicator(result, targets) for result in year.summary.results)),
    }


_OF_LETTERS = ("year", "period", "as_of", "indicators", "units")


def letter_origin(year: Year, as_of: datetime) -> dict[str, Any]:
    """What the manifest of a letter takes of the period where no report was made of its figures."""
    units = Entries(lambda: (unit_json(year.dataset, line) for line in year.lines))
    return _of_period(year, as_of) | {"units": units}


def letter_manifest(report: Mapping[str, Any], printed: Sequence[PrintedBlock]) -> dict[str, Any]:
    """The manifest of a letter with the figures of ``report``, which says where these come from."""
    content = {name: report[name] for name in _OF_LETTERS if name in report}
    content |= {"of": report.get("id", ""), "printed": Entries(lambda: printed_json(printed))}
    return {"id": _identity(content)} | content


_HASHED = ("{", ", ", "}", "[", ", ", "]")
"""What stands before, between and behind the parts of a manifest and the entries of a list in it, as ``json``
lays it out: what the identifiers of all manifests were made of."""
_WRITTEN = ("{\n ", ",\n ", "\n}\n", "[\n  ", ",\n  ", "\n ]")  # One entry of a list to a line


def _identity(content: Mapping[str, Any]) -> str:
    digest = hashlib.sha256()
    for piece in _pieces(content, _HASHED):
        digest.update(piece)
    return digest.hexdigest()[:ID_DIGITS]


def packed_manifest(manifest: Mapping[str, Any]) -> Packed:
    """Write the manifest as it is kept; the same manifest gives the same bytes."""
    return Packed(_pieces(manifest, _WRITTEN), SMALL)


def manifest_bytes(manifest: Mapping[str, Any]) -> bytes:
    """Write the manifest; the same manifest gives the same bytes."""
    return b"".join(_pieces(manifest, _WRITTEN))


def _pieces(manifest: Mapping[str, Any], layout: tuple[str, str, str, str, str, str]) -> Iterator[bytes]:
    """The text of a manifest bit by bit: joined first, a large one would stand in memory three times."""
    before, between, behind, opening, between_entries, closing = layout
    for key, value in manifest.items():
        yield f"{before}{to_json(key)}: ".encode()
        before = between
        if isinstance(value, list | Entries):
            before_entry = opening
            for one in value:
                yield f"{before_entry}{to_json(one)}".encode()
                before_entry = between_entries
            yield b"[]" if before_entry is opening else closing.encode()
        else:
            yield to_json(value).encode()
    yield behind.encode()


to_json = json.JSONEncoder(ensure_ascii=False, default=float).encode  # A value as manifests write it


def _indicator(result: Result, targets: Mapping[str, Target]) -> dict[str, Any]:
    """A result; where the system in charge has a figure also this, and what the units add up to beside it."""
    target, bounds, control = targets[result.item], result.bounds, result.control
    low, high = (
        None if share is None else format_percent(share, result.line) for share in (bounds.low, bounds.high)
    )
    told = {
        "code": result.item,
        "name": target.label,
        "measure": target.measure,
        "each": target.each,
        "unit_of_count": target.unit_of_count,
        "counted": target.counted,
        **judged_json(result),
        "parts": [{"code": part.item} | judged_json(part) for part in result.fields],
        "bounds": {"low": low, "high": high},
        "missing": list(result.missing),
        "cells": [
            cell_json(o) | {"used": c.tally is not None and result.own_tally is None}
            for c in result.contributions
            for o in c.observations
        ],
    }
    if control is not None:
        told["control"] = {
            "numerator": control.done,
            "denominator": control.total,
            "source": control.source,
            "cut_off": control.cut_off.isoformat(),
            "document": control.document,
            "printed": result.own_tally is not None,
            "chosen": control.printed is not None,
            "reason": why(targets.get(target.same_as, target), control),
            "who": control.who,
            "when": control.when.isoformat() if control.when else None,
        }
        told["own"] = tally_json(result.own_tally or result.tally)
    return told
