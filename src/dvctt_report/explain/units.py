"""What one unit adds to a figure, cell by cell, or why it adds nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from dvctt_report.explain import wording
from dvctt_report.explain.manifest import Entry, Manifest
from dvctt_report.text.vietnamese import format_count


@dataclass(frozen=True, slots=True)
class CellLine:
    """One cell: where, what is asked there, the value used, what was typed, how that was read.

    ``beneath``: not the unit's answer itself but a cell that the answer is summed from, or its note.
    """

    place: str
    label: str
    value: str
    raw: str
    reading: str
    beneath: bool = False


@dataclass(frozen=True, slots=True)
class UnitAccount:
    """What one unit adds (``figure``), or why it adds nothing (``reason``, "" where it does)."""

    code: str
    name: str
    document: str = ""
    file: str = ""
    figure: str = ""
    reason: str = ""
    findings: tuple[str, ...] = ()
    cells: tuple[CellLine, ...] = ()


def weight(given: Entry) -> tuple[int, int]:
    """Sort by the greatest total, then by what is least done: a "Không" comes before a "Có".

    A number of things, which has no total, is sorted by itself.
    """
    total, done = given["denominator"], given["numerator"]
    return (-total, done) if total else (0, -done)


def unit_account(manifest: Manifest, target: Entry, given: Entry) -> UnitAccount:
    """Give account of what a unit adds to ``target``; ``given`` is its contribution.

    A share that rests on a decision of the officer says so. The cells that an answer is summed from stand
    right under it, where there is but one such answer.
    """
    own, counted = target["same_as"] or target["code"], given["numerator"] is not None
    account = _unit(manifest, given["unit"]) if counted else left_out_unit(manifest, given)
    items = {own, *(c["item"] for c in given["cells"])}
    decided = [_CORRECTED] if any(c.get("override") for c in given["cells"]) else []
    found = (f for f in manifest.findings.values() if f["state"] == "accepted" and f["severity"] == "error")
    if any(f["unit"] == given["unit"] and f["item"] in items for f in found):
        decided.append("được chấp nhận có lý do")
    because = f" ({', '.join(decided)})" if decided else ""
    figure = f"{_share(given, target)}{because}" if counted else ""
    lines = [_cell_line(manifest, c, own) for c in given["cells"]]
    answers, below = ([line for line in lines if line.beneath is beneath] for beneath in (False, True))
    summed = [n for n, one in enumerate(answers, 1) if "ô chi tiết" in one.reading]
    if len(summed) == 1:
        lines = [*answers[: summed[0]], *below, *answers[summed[0] :]]
    return replace(account, figure=figure, cells=tuple(lines))


def _unit(manifest: Manifest, code: str) -> UnitAccount:
    """A unit with its document and its file."""
    unit = manifest.units[code]
    return UnitAccount(code, unit["name"], wording.document_text(unit), unit["file"] or "")


_STATES = {
    "milestone": ("chưa hoàn thành, hoặc sau thời hạn", "hoàn thành trong thời hạn"),
    "yes_no": ("Không", "Có"),
}


def _share(given: Entry, target: Entry) -> str:
    done, total, unit, measure = (
        given["numerator"],
        given["denominator"],
        target["unit_of_count"],
        target["measure"],
    )
    if given["state"] == "none_arising":
        return "không phát sinh (0/0)"
    if measure == "yes_no" and not total:
        return "không tính vào tổng số"
    if measure in _STATES:
        return _STATES[measure][bool(done)]
    if measure in ("count", "score", "rank"):
        own = (
            [c["value"] for c in given["cells"] if c.get("field") == "done"] if target.get("each") else [done]
        )
        return f"{format_count(own[0])} {unit}" if own else "chưa có số"
    rate = f" = {given['percent']}" if given["percent"] else ""
    return f"{format_count(done)}/{format_count(total)} {unit}{rate}"


_CORRECTED = "đã đính chính"


def _said(manifest: Manifest, finding: Entry) -> str:
    return wording.finding_text(finding, manifest.replies.get(finding["id"]))


def _cell_line(manifest: Manifest, cell: Entry, own: str) -> CellLine:
    name, label = manifest.labels(cell["item"], cell["field"])
    beneath = cell["item"] != own or bool(cell["part"]) or cell["field"] in ("note", "evidence")
    whose = cell["part"] or ("" if cell["item"] == own else name)
    return CellLine(
        place=wording.place_text(cell),
        label=f"{whose}: {label}" if whose else label,
        value=wording.format_answer(cell),
        raw=cell["raw"],
        reading=cell["reading"],
        beneath=beneath,
    )


def figure_unit(manifest: Manifest, code: str, cells: Sequence[Entry]) -> UnitAccount:
    """Give account of what unit ``code`` adds to a counted or summed figure by its ``cells``."""
    numbers = [c["value"] for c in cells if isinstance(c["value"], int) and not isinstance(c["value"], bool)]
    answers = dict.fromkeys(map(wording.format_answer, cells))
    figure = format_count(sum(numbers)) if numbers else "; ".join(answers)
    figure += f" ({_CORRECTED})" if any(c.get("override") for c in cells) else ""
    lines = tuple(_cell_line(manifest, c, c["item"]) for c in cells)
    return replace(_unit(manifest, code), figure=figure, cells=lines)


def size(account: UnitAccount) -> int:
    """Sort by the greatest number; what is no number stays behind."""
    digits = account.figure.split(" ")[0].replace(".", "")
    return -int(digits) if digits.isdecimal() else 0


def left_out_unit(manifest: Manifest, left_out: Entry) -> UnitAccount:
    """Say why a unit adds nothing to a target or a sum."""
    barred = [manifest.findings[name] for name in left_out["barred_by"] if name in manifest.findings]
    return replace(
        _unit(manifest, left_out["unit"]),
        reason=wording.reason_text(left_out, manifest.units[left_out["unit"]]),
        findings=tuple(_said(manifest, f) for f in barred),
    )


_RANK = {"error": 0, "warning": 1, "info": 2}


def other_findings(
    manifest: Manifest, units: set[str], items: set[str], given: Iterable[Entry]
) -> tuple[str, ...]:
    """Findings about these items of these units, errors first, that no entry of ``given`` is barred by.

    Those without a unit are about the item itself; those about no item at all are told of no figure.
    """
    said = {name for one in given for name in one["barred_by"]}
    about = [f for f in manifest.findings.values() if f["item"] in items and f["id"] not in said]
    found = [f for f in about if f["unit"] in units or (not f["unit"] and f["item"])]
    return tuple(
        f"{manifest.unit_name(f['unit'])}: {_said(manifest, f)}"
        if f["unit"] and len(units) > 1
        else _said(manifest, f)
        for f in sorted(found, key=lambda f: _RANK[f["severity"]])
    )
