"""An account of one figure: what it means, how it was computed, from which cells, and what stands outside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dvctt_report.explain.decisions import decision_lines
from dvctt_report.explain.manifest import Entry, Manifest
from dvctt_report.explain.verdict import coverage_text, formula_lines, reliability_lines, verdict_text
from dvctt_report.explain.wording import (
    document_text,
    finding_text,
    format_answer,
    place_text,
    reason_text,
)
from dvctt_report.vietnamese import format_count, join_names


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
    beneath: bool


@dataclass(frozen=True, slots=True)
class UnitAccount:
    """What one unit adds (``figure``), or why it adds nothing (``reason``, "" where it does)."""

    code: str
    name: str
    document: str
    file: str
    figure: str
    reason: str
    findings: tuple[str, ...]
    cells: tuple[CellLine, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """Everything that is to be said about a figure, in finished sentences.

    ``meaning`` are labels with texts; ``verdict`` is "" for a figure without a threshold. ``counted`` has
    the units that weigh most first, ``left_out`` those to be mended first. ``findings`` are those that bar
    no figure named here.
    """

    code: str
    name: str
    meaning: tuple[tuple[str, str], ...]
    formula: tuple[str, ...]
    verdict: str
    reliability: tuple[str, ...]
    coverage: str
    counted: tuple[UnitAccount, ...]
    left_out: tuple[UnitAccount, ...]
    decisions: tuple[str, ...]
    findings: tuple[str, ...]
    beside: tuple[str, ...] = ()


def explain_target(manifest: Manifest, code: str, unit: str = "") -> Account:
    """Give account of a target, of all units or of ``unit`` alone."""
    indicator, target = manifest.indicators[code], manifest.targets[code]
    given = [c for c in manifest.contributions.get(code, ()) if unit in ("", c["unit"])]
    counted = sorted((c for c in given if c["numerator"] is not None), key=_weight)
    left_out = sorted((c for c in given if c["numerator"] is None), key=lambda c: not c["barred_by"])
    units = {c["unit"] for c in given}
    names = {code, target["same_as"] or code} | {x["item"] for c in given for x in c["cells"]}
    return Account(
        code=code,
        name=manifest.items[code]["name"],
        meaning=tuple(_meaning(manifest, code, indicator, target)),
        formula=formula_lines(indicator, target),
        verdict=verdict_text(indicator, target),
        reliability=reliability_lines(indicator, target),
        coverage=coverage_text(indicator, target),
        counted=tuple(_unit_account(manifest, target, c) for c in counted),
        left_out=tuple(_unit_account(manifest, target, c) for c in left_out),
        decisions=decision_lines(manifest, units, names),
        findings=_others(manifest, units, names, given),
        beside=() if unit else tuple(_beside(manifest, indicator, target)),
    )


def explain_figure(manifest: Manifest, code: str, unit: str = "") -> Account:
    """Give account of a counted or summed figure that is no target."""
    figure, total = manifest.figures[code], manifest.totals.get(code)
    cells = [c for c in figure["cells"] if unit in ("", c["unit"])]
    by_unit: dict[str, list[Entry]] = {}
    for cell in cells:
        by_unit.setdefault(cell["unit"], []).append(cell)
    left_out = [x for x in (total or {}).get("left_out", ()) if unit in ("", x["unit"])]
    names = {c["item"] for c in figure["cells"]}
    units = set(by_unit) | {x["unit"] for x in left_out}
    value = "chưa có số liệu" if figure["value"] is None else format_count(figure["value"])
    n_units = len({c["unit"] for c in figure["cells"]})
    how = "Cộng số của" if total else "Đếm theo trả lời của"
    return Account(
        code=code,
        name=_figure_name(manifest, code),
        meaning=tuple(_figure_meaning(manifest, code)),
        formula=(f"{how} {n_units} đơn vị: {value} {figure['unit_of_count']}".rstrip(),),
        verdict="",
        reliability=(),
        coverage=coverage_text(total, {}) if total else f"số liệu của {n_units} đơn vị",
        counted=tuple(_sorted_units(_figure_unit(manifest, u, own) for u, own in by_unit.items())),
        left_out=tuple(_figure_left_out(manifest, x) for x in left_out),
        decisions=decision_lines(manifest, units, names),
        findings=_others(manifest, units, names, left_out),
    )


def explain_unit(manifest: Manifest, code: str) -> Account:
    """Give account of what a unit has added to each target, and of its return."""
    mine = [c for given in manifest.contributions.values() for c in given if c["unit"] == code]
    accounts = []
    for c in mine:
        target, indicator = manifest.targets[c["indicator"]], c["indicator"]
        one = _unit_account(manifest, target, c)
        label = f"{indicator} · {manifest.items[indicator]['name']}"
        accounts.append(
            UnitAccount(indicator, label, "", "", one.figure, one.reason, one.findings, one.cells)
        )
    unit = manifest.units[code]
    n_counted = sum(c["numerator"] is not None for c in mine)
    items = {f["item"] for f in manifest.findings.values() if f["unit"] == code}
    return Account(
        code=code,
        name=unit["name"],
        meaning=(
            ("Văn bản", document_text(unit)),
            ("Tệp", unit["file"] or "không có tệp dùng được"),
            ("Mã băm", unit["sha256"] or "không có"),
        ),
        formula=(),
        verdict="",
        reliability=(),
        coverage=f"đã đưa vào {n_counted}/{len(mine)} mục tiêu đơn vị được hỏi",
        counted=tuple(a for a in accounts if not a.reason),
        left_out=tuple(a for a in accounts if a.reason),
        decisions=decision_lines(manifest, {code}, set()),
        findings=_others(manifest, {code}, items, mine),
    )


# ------------------------------------------------------------------------------------------------ meanings


def _meaning(manifest: Manifest, code: str, indicator: Entry, target: Entry) -> Iterator[tuple[str, str]]:
    item, source = manifest.items[code], target["source"]
    yield "Kế hoạch", f"{item['title']} ({item['point']})"
    if target["measure"] == "yes_no":
        yield "Câu hỏi", target["question"]
    else:
        yield "Tổng số", target["total"]
        yield "Đã thực hiện", target["done"]
    if target["same_as"]:
        yield "Số liệu", f"dùng chung với mục tiêu {target['same_as']}"
    whose = source["authority"] or "Các đơn vị được giao, mỗi đơn vị báo cáo phần của mình"
    survey = f"; {source['survey'] or source['note']}" if source["survey"] or source["note"] else ""
    only = "; các nguồn khác chỉ để đối chiếu, không cộng vào" if source["survey"] else ""
    yield "Nguồn", f"{whose}{survey}{only}"


def _figure_name(manifest: Manifest, code: str) -> str:
    task = code.removeprefix("tasks.").removesuffix(".done")
    if code == "directives":
        return "Văn bản chỉ đạo, triển khai"
    if code.endswith(".done") and task in manifest.items:
        name = str(manifest.items[task]["name"])
        return f"Nhóm nhiệm vụ từ “{name}”" if code.startswith("tasks.") else name
    item, _, field = code.rpartition(".")
    name, label = manifest.labels(item, field)
    return f"{name}: {label}"


def _figure_meaning(manifest: Manifest, code: str) -> Iterator[tuple[str, str]]:
    item = code.removeprefix("tasks.").rpartition(".")[0]
    if item in manifest.items:
        found = manifest.items[item]
        yield "Kế hoạch", f"{found['title']} ({found['point']})"


def _beside(manifest: Manifest, indicator: Entry, target: Entry) -> Iterator[str]:
    if target["below"]:
        names = join_names(manifest.unit_name(u) for u in target["below"])
        by_answer = target["measure"] == "yes_no"
        what = "trả lời chưa thực hiện" if by_answer else f"có tỷ lệ dưới {indicator['at_least']}%"
        yield f"Đơn vị {what}: {names}."
    if ahead := target["outlook"]:
        yield (
            f"Đến năm {ahead['due']} cần {indicator['at_least']}%: còn {ahead['distance']} điểm phần trăm, "
            f"bình quân mỗi năm cần tăng {ahead['per_year']} điểm trong {ahead['years']} năm."
        )
    if estimate := target["estimate"]:
        yield (
            f"Ước cả năm của {len(estimate['cells'])} đơn vị có số ước: {format_count(estimate['value'])} "
            f"{target['unit_of_count']} (đến nay các đơn vị này đã thực hiện "
            f"{format_count(estimate['so_far'])}); không tính vào kết quả."
        )


# --------------------------------------------------------------------------------------------------- units


def _weight(given: Entry) -> tuple[int, int]:
    """Sort by the greatest total, then by what is least done: a "Không" comes before a "Có"."""
    return -given["denominator"], given["numerator"]


def _unit_account(manifest: Manifest, target: Entry, given: Entry) -> UnitAccount:
    unit = manifest.units[given["unit"]]
    counted = given["numerator"] is not None
    barred = [manifest.findings[name] for name in given["barred_by"] if name in manifest.findings]
    own = target["same_as"] or target["code"]
    return UnitAccount(
        code=given["unit"],
        name=unit["name"],
        document=document_text(unit),
        file=unit["file"] or "",
        figure=_share(given, target) if counted else "",
        reason="" if counted else reason_text(given, unit),
        findings=tuple(finding_text(f) for f in barred),
        cells=tuple(_cell_line(manifest, c, own) for c in given["cells"]),
    )


def _share(given: Entry, target: Entry) -> str:
    if given["state"] == "none_arising":
        return "không phát sinh (0/0)"
    if target["measure"] == "yes_no":
        return (
            "không tính vào tổng số" if not given["denominator"] else "Có" if given["numerator"] else "Không"
        )
    counts = f"{format_count(given['numerator'])}/{format_count(given['denominator'])}"
    rate = f" = {given['percent']}" if given["percent"] else ""
    return f"{counts} {target['unit_of_count']}{rate}"


def _cell_line(manifest: Manifest, cell: Entry, own: str) -> CellLine:
    name, label = manifest.labels(cell["item"], cell["field"])
    beneath = cell["item"] != own or bool(cell["part"]) or cell["field"] in ("note", "evidence")
    whose = cell["part"] or ("" if cell["item"] == own else name)
    return CellLine(
        place=place_text(cell),
        label=f"{whose}: {label}" if whose else label,
        value=format_answer(cell),
        raw=cell["raw"],
        reading=cell["reading"],
        beneath=beneath,
    )


def _figure_unit(manifest: Manifest, code: str, cells: Sequence[Entry]) -> UnitAccount:
    unit = manifest.units[code]
    numbers = [c["value"] for c in cells if isinstance(c["value"], int) and not isinstance(c["value"], bool)]
    figure = format_count(sum(numbers)) if numbers else "; ".join(dict.fromkeys(map(format_answer, cells)))
    lines = tuple(_cell_line(manifest, c, c["item"]) for c in cells)
    return UnitAccount(code, unit["name"], document_text(unit), unit["file"] or "", figure, "", (), lines)


def _sorted_units(accounts: Iterable[UnitAccount]) -> list[UnitAccount]:
    def size(account: UnitAccount) -> int:
        digits = account.figure.split(" ")[0].replace(".", "")
        return -int(digits) if digits.isdecimal() else 0

    return sorted(accounts, key=size)


def _figure_left_out(manifest: Manifest, left_out: Entry) -> UnitAccount:
    code = left_out["unit"]
    unit = manifest.units[code]
    barred = [manifest.findings[name] for name in left_out["barred_by"] if name in manifest.findings]
    reason = reason_text(left_out, unit)
    said = tuple(finding_text(f) for f in barred)
    return UnitAccount(code, unit["name"], document_text(unit), unit["file"] or "", "", reason, said, ())


def _others(manifest: Manifest, units: set[str], items: set[str], given: Iterable[Entry]) -> tuple[str, ...]:
    """Findings about these items of these units, errors first, that no entry of ``given`` is barred by.

    Those without a unit are about the item itself.
    """
    rank = {"error": 0, "warning": 1, "info": 2}
    said = {name for one in given for name in one["barred_by"]}
    found = [
        f
        for f in manifest.findings.values()
        if f["item"] in items and (not f["unit"] or f["unit"] in units) and f["id"] not in said
    ]
    found.sort(key=lambda f: rank[f["severity"]])
    names = {f["unit"]: f"{manifest.unit_name(f['unit'])}: " if f["unit"] else "" for f in found}
    return tuple(f"{names[f['unit']] if len(units) > 1 else ''}{finding_text(f)}" for f in found)
