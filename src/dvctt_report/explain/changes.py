"""What has changed since a report was made: two manifests of the same year, laid beside each other."""

from __future__ import annotations

from collections.abc import Iterator

from dvctt_report.explain.manifest import Entry, Manifest
from dvctt_report.explain.subject import Subject
from dvctt_report.explain.verdict import is_by_control, verdict_text
from dvctt_report.explain.wording import document_text, reason_text
from dvctt_report.vietnamese import format_count


def changes(before: Manifest, now: Manifest, subject: Subject, unit: str = "") -> tuple[str, ...]:
    """Write, one line a change, how ``subject`` differs in ``now``; empty where nothing does.

    ``unit`` restricts a target or another figure to what that unit adds.
    """
    match subject.kind:
        case "target":
            return tuple(_target(before, now, subject.code, unit))
        case "figure":
            return tuple(_figure(before, now, subject.code, unit))
        case "unit":
            return tuple(_unit(before, now, subject.code))
        case "printed":
            return tuple(_printed(before, now, subject.code, unit))
        case "words":
            return ()


def _target(before: Manifest, now: Manifest, code: str, unit: str) -> Iterator[str]:
    if code not in now.indicators:
        yield f"Kế hoạch nay không còn chỉ tiêu {code}."
        return
    if not unit:
        yield from _whole(before, now, code)
    old = {c["unit"]: c for c in before.contributions.get(code, ())}
    new = {c["unit"]: c for c in now.contributions.get(code, ())}
    for one in dict.fromkeys((*old, *new)):
        if unit in ("", one) and (said := _contribution(before, now, old.get(one), new.get(one))):
            yield f"{now.unit_name(one) if one in now.units else before.unit_name(one)}: {said}"


def _printed(before: Manifest, now: Manifest, id: str, unit: str) -> Iterator[str]:
    """What has changed of what a printed figure is of: a target, or one unit's part of it."""
    head, _, role = id.partition(".")
    first = role.partition(".")[0]
    if head in before.indicators:
        yield from _target(before, now, head, first if first in before.units else unit)
    elif head == "returns" and first in before.units:
        yield from _unit(before, now, first)
    elif (about := id.rpartition(".")[0]) in before.figures:
        yield from _figure(before, now, about, unit)


def _whole(before: Manifest, now: Manifest, code: str) -> Iterator[str]:
    old, new = before.indicators[code], now.indicators[code]
    if _result(old) != _result(new):
        yield f"Kết quả: {_result(old)} → {_result(new)}."
    printed = ["số đối chiếu" if is_by_control(i) else "số của các đơn vị" for i in (old, new)]
    if printed[0] != printed[1]:
        yield f"Báo cáo dùng: {printed[0]} → {printed[1]}."
    was, becomes = verdict_text(old, before.targets[code]), verdict_text(new, now.targets[code])
    if was != becomes:
        yield f"Kết luận: {was} → {becomes}"
    covered = [f"{i['coverage']['reported']}/{i['coverage']['expected']} đơn vị" for i in (old, new)]
    if covered[0] != covered[1]:
        yield f"Phạm vi: {covered[0]} → {covered[1]}."


def _result(indicator: Entry) -> str:
    counts = f"{format_count(indicator['numerator'])}/{format_count(indicator['denominator'])}"
    return f"{counts} ({indicator['percent']})" if indicator["percent"] else "chưa có tỷ lệ"


def _contribution(before: Manifest, now: Manifest, old: Entry | None, new: Entry | None) -> str:
    if old is None or new is None:
        return "nay thuộc phạm vi báo cáo" if old is None else "nay không còn thuộc phạm vi báo cáo"
    was, becomes = _added(before, old), _added(now, new)
    return "" if was == becomes else f"{was} → {becomes}{_by(before, now, new['unit'])}"


def _added(manifest: Manifest, given: Entry) -> str:
    if given["numerator"] is None:
        return reason_text(given, manifest.units[given["unit"]])
    return f"{format_count(given['numerator'])}/{format_count(given['denominator'])}"


def _by(before: Manifest, now: Manifest, unit: str) -> str:
    """Name what brought the change: the document of another file than before, else the officer's decision."""
    old, new = before.units.get(unit), now.units[unit]
    if old is None or old["sha256"] != new["sha256"]:
        return f" ({document_text(new)})"
    decided = [_documents(of, unit) for of in (before, now)]
    more = [document for document in decided[1] if document not in decided[0]]
    return f" (theo quyết định của cơ quan tổng hợp: {'; '.join(more)})" if more else ""


def _documents(manifest: Manifest, unit: str) -> list[str]:
    """The documents of what was overridden and accepted of a unit, each once."""
    taken = (*manifest.data["overrides"], *manifest.data["acceptances"])
    return list(dict.fromkeys(one["document"] for one in taken if one["unit"] == unit))


def _figure(before: Manifest, now: Manifest, code: str, unit: str) -> Iterator[str]:
    if code not in now.figures:
        yield "Kế hoạch nay không còn con số này."
        return
    old, new = before.figures[code], now.figures[code]
    if not unit and old["value"] != new["value"]:
        counted = f" {new['unit_of_count']}" if new["unit_of_count"] else ""
        yield f"Kết quả: {_value(old['value'])} → {_value(new['value'])}{counted}."
    for one in dict.fromkeys(c["unit"] for f in (old, new) for c in f["cells"]):
        was, becomes = ([c["value"] for c in f["cells"] if c["unit"] == one] for f in (old, new))
        if unit in ("", one) and was != becomes:
            shown = " → ".join(", ".join(map(_value, values)) or "chưa có" for values in (was, becomes))
            yield f"{before.unit_name(one)}: {shown}{_by(before, now, one) if one in now.units else ''}"


def _value(value: object) -> str:
    if value is None:
        return "chưa có số liệu"
    return format_count(value) if isinstance(value, int) and not isinstance(value, bool) else str(value)


def _unit(before: Manifest, now: Manifest, code: str) -> Iterator[str]:
    if code not in now.units:
        yield "Đơn vị nay không còn trong danh sách."
        return
    was, becomes = document_text(before.units[code]), document_text(now.units[code])
    if was != becomes or before.units[code]["sha256"] != now.units[code]["sha256"]:
        yield f"Báo cáo của đơn vị: {was} → {becomes}."
    for target in before.indicators:
        for said in _target(before, now, target, code):
            yield f"{target}: {said.partition(': ')[2] or said}"
