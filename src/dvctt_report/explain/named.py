"""What the name of a printed figure means: what is counted or said, and which units and cells make it up.

The names stand in the patterns of ``phrases.toml`` and beside the cells of tables; this is the one place that
reads them, by the tables of ``meanings``: ``T10.below`` are the units below the level of T10,
``returns.late`` those that sent late.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import groupby
from statistics import median

from dvctt_report.explain import meanings
from dvctt_report.explain.account import (
    FIGURE,
    Account,
    account_of,
    explain_figure,
    explain_target,
    explain_unit,
)
from dvctt_report.explain.decisions import decision_lines
from dvctt_report.explain.manifest import Entry, Manifest
from dvctt_report.explain.units import CellLine, UnitAccount, figure_unit, figure_units, unit_account
from dvctt_report.explain.verdict import coverage_text, difference_lines, verdict_text
from dvctt_report.explain.wording import document_text, figure_name, finding_text, place_text
from dvctt_report.model.goals import read_goal
from dvctt_report.report.consolidated.answers import COLUMNS, YES
from dvctt_report.report.marks import CELL
from dvctt_report.report.unit_lists import ALIKE, COMMUNES, KINDS, kind_of
from dvctt_report.vietnamese import format_count, format_percent


def explain_name(manifest: Manifest, id: str, row: Sequence[str] = ()) -> Account | None:
    """Give account of the printed figure ``id``; None where the manifest does not hold what it would take.

    ``row``: the texts of the row of a table that prints it; the sum of a group is known by its heading.
    """
    head, _, role = id.partition(".")
    if head == CELL:
        account = _of_cell(manifest, role, row)
    elif head in manifest.indicators:
        account = _of_target(manifest, head, role, row)
    elif head == "decisions":
        account = _of_decision(row)
    elif head in _BY_HEAD:
        account = _BY_HEAD[head](manifest, role)
    elif id in _ANSWERED:
        account = _of_answers(manifest, head, role)
    else:
        account = explain_tasks(manifest, id) or _of_figure(manifest, id)
    return replace(account, code=id) if account else None


_ANSWERED = ("directives.own", "directives.units", *(f"{head}.answered" for head in meanings.ASKED))


def _of_cell(manifest: Manifest, role: str, row: Sequence[str]) -> Account | None:
    """One answer: what its row of the workbook tells of it, else the manifest."""
    if len(row) != len(COLUMNS):
        return _of_answer(manifest, role)
    said = dict(zip((column.key for column in COLUMNS), row, strict=True))
    place = place_text({"sheet": said["sheet"], "cell": said["cell"]})
    cell = CellLine(place, said["field_label"], said["value"], said["raw"], said["reading"])
    value = said["value"]
    unit = UnitAccount(said["unit"], said["unit_name"], file=said["file"], figure=value, cells=(cell,))
    added = "Có" if said["used"] == YES else "Không"
    how = (f"Lấy nguyên ở ô của đơn vị. {added} nằm trong một tổng của báo cáo.",)
    return account_of(manifest.item_name(said["item"]), said["field_label"], (unit,), how)


def _of_answer(manifest: Manifest, role: str) -> Account | None:
    """One answer that a target is judged by."""
    about, _, unit = role.rpartition(".")
    item, _, field = about.rpartition(".")
    given = (c for all_given in manifest.contributions.values() for c in all_given if c["unit"] == unit)
    cells = [c for one in given for c in one["cells"] if (c["item"], c["field"]) == (item, field)]
    name, (_, label) = manifest.item_name(item), manifest.labels(item, field)
    how = ("Lấy nguyên ở ô của đơn vị.",)
    return account_of(name, label, (figure_unit(manifest, unit, cells[:1]),), how) if cells else None


# ----------------------------------------------------------------------------------------------- of targets


def _of_target(manifest: Manifest, code: str, role: str, row: Sequence[str]) -> Account | None:
    first, _, rest = role.partition(".")
    target = manifest.targets[code]
    field = next((f for f in target.get("fields") or () if f["code"] == f"{code}.{first}"), None)
    if field is not None:
        return _of_field(manifest, code, field, rest)
    if first in manifest.units and rest == "rank":
        return _of_rank(manifest, code, first)
    if first in manifest.units:
        return _of_unit(explain_target(manifest, code, first), meanings.OF_TARGET.get(rest, ""))
    if first.startswith("sum"):
        return _of_group(manifest, code, rest, _heading(manifest, first, row))
    if first == "communes" and rest:
        return _of_places(manifest, code, rest)
    if role in meanings.OF_UNITS:
        said, counts = meanings.OF_UNITS[role]
        goal = read_goal(manifest.indicators[code]) if role == "below" else None
        return _units_of_target(manifest, code, f"{said} ({goal.text})" if goal else said, counts)
    if role == "estimate.units":
        units = {c["unit"] for c in target["estimate"]["cells"]} if target["estimate"] else set()
        return _units_of_target(manifest, code, "số đơn vị có số ước", lambda c, i, t: c["unit"] in units)
    what = meanings.OF_TARGET.get(role) or meanings.OF_TARGET.get(rest) or meanings.OF_TARGET.get(first)
    if not what:
        return None
    account = _with_what(explain_target(manifest, code), what)
    return replace(
        account, formula=(*difference_lines(manifest.indicators[code], target, role), *account.formula)
    )


def _with_what(account: Account, what: str) -> Account:
    return replace(account, meaning=((FIGURE, what), *account.meaning)) if what else account


def _of_unit(account: Account, what: str) -> Account:
    """The part of one unit: its own figure in the place of the result of all."""
    own = tuple(unit.figure for unit in account.counted if unit.figure)
    return replace(
        _with_what(account, what), formula=own, verdict="", reliability=(), coverage="", control=()
    )


def _units_of_target(
    manifest: Manifest, code: str, what: str, counts: Callable[[Entry, Entry, Entry], bool]
) -> Account:
    indicator, target = manifest.indicators[code], manifest.targets[code]
    given = [c for c in manifest.contributions.get(code, ()) if counts(c, indicator, target)]
    units = (unit_account(manifest, target, c) for c in given)
    return account_of(manifest.items[code]["name"], what, units, coverage=coverage_text(indicator, target))


def _heading(manifest: Manifest, numbered: str, row: Sequence[str]) -> str:
    """The heading of a group of units: the one that the row names, else that of its number: "sum2"."""
    groups = meanings.groups_of(manifest)
    return next((one for one in groups if one in row), "") or _group_named(manifest, f".{numbered}")


def _of_group(manifest: Manifest, code: str, role: str, heading: str) -> Account | None:
    """The sum of the units under one heading."""
    indicator, target = manifest.indicators[code], manifest.targets[code]
    given = [c for c in manifest.contributions.get(code, ()) if manifest.units[c["unit"]]["group"] == heading]
    used = [c for c in given if c["numerator"] is not None and c["unit"] not in indicator["missing"]]
    done, total = (sum(c[key] for c in used) for key in ("numerator", "denominator"))
    account = explain_target(manifest, code)
    own = {c["unit"] for c in used}
    return replace(
        _with_what(account, f"{meanings.OF_TARGET.get(role, '')} của nhóm “{heading}”"),
        formula=(_quotient(done, total, target["counted"], _line(indicator)),),
        verdict="",
        reliability=(),
        coverage=f"{len(own)}/{len(given)} đơn vị của nhóm có số liệu",
        counted=tuple(u for u in account.counted if u.code in own),
        left_out=tuple(u for u in account.left_out if u.code in {c["unit"] for c in given}),
        beside=(),
    )


def _line(judged: Entry) -> Fraction | None:
    goal = read_goal(judged)
    return goal.line if goal else None


def _quotient(done: int, total: int, unit: str, line: Fraction | None = None) -> str:
    counts = f"{format_count(done)} / {format_count(total)} {unit}"
    return f"{counts} = {format_percent(Fraction(done, total), line)}" if total else counts


def _of_field(manifest: Manifest, code: str, field: Entry, role: str) -> Account:
    """One field of procedures of a target, with the cells of each unit."""
    target = manifest.targets[code]
    unit, _, of_unit = role.partition(".")
    given = [c for c in field.get("contributions", ()) if c["unit"] == unit or unit not in manifest.units]
    units = [
        replace(figure_unit(manifest, c["unit"], c["cells"]), figure=_share_of(c, target["counted"]))
        for c in given
        if c["numerator"] is not None
    ]
    counted = role.startswith("coverage")
    formula = (
        *difference_lines(field, target, role),
        _quotient(field["numerator"], field["denominator"], target["counted"], _line(field)),
    )
    covered = f"{field['coverage']['reported']}/{field['coverage']['expected']} đơn vị phải báo cáo"
    account = account_of(
        f"{manifest.items[code]['name']}: {field['name']}",
        meanings.OF_TARGET.get(role)
        or (meanings.OF_UNITS[role][0] if role in meanings.OF_UNITS else "số liệu của lĩnh vực"),
        units,
        () if counted and role.endswith("reported") else formula,
        coverage=covered,
    )
    if unit in manifest.units:
        return _of_unit(account, meanings.OF_TARGET.get(of_unit, ""))
    verdict = "" if target["joint"] else verdict_text(field, {**target, "short": field["short"]})
    return replace(account, verdict=verdict)


def _share_of(given: Entry, unit: str) -> str:
    return f"{format_count(given['numerator'])}/{format_count(given['denominator'])} {unit}"


# ------------------------------------------------------------------------------- of communes side by side


def _of_places(manifest: Manifest, code: str, role: str) -> Account | None:
    """The median of the rates that communes are ranked by, or the communes of one rate at either end."""
    end, _, of = role.partition(".")
    ranked = _ranked(manifest, code)
    if end not in ("middle", "ranked", "best", "lowest") or not (ranked or end == "ranked"):
        return None
    line = _line(manifest.indicators[code])
    if end == "middle":
        what, shown = "trung vị tỷ lệ của các xã được xếp thứ hạng", ranked
        middle = format_percent(median(map(_share, ranked)), line)
        formula = [f"Xếp {format_count(len(ranked))} tỷ lệ theo thứ tự; ở giữa là {middle}."]
    elif end == "ranked":
        what, shown, formula = "số xã được xếp thứ hạng", ranked, []
    elif of in manifest.units:
        what, shown = "tỷ lệ chung của các nơi nêu ở đó", _alike(ranked, of)
        formula = [f"Mỗi nơi {format_percent(_share(one), line)}." for one in shown[:1]]
    else:
        runs = (list(run) for _, run in groupby(ranked if end == "best" else ranked[::-1], _share))
        alike = next((run for run in runs if len(run) > ALIKE), [])
        what = f"số {KINDS.get(of, 'xã')} cùng tỷ lệ {'cao' if end == 'best' else 'thấp'} nhất"
        shown, formula = [c for c in alike if kind_of(manifest.unit_name(c["unit"])) == of], []
    units = (unit_account(manifest, manifest.targets[code], c) for c in shown)
    return account_of(manifest.items[code]["name"], what, units, formula)


def _of_rank(manifest: Manifest, code: str, unit: str) -> Account | None:
    """The place of a commune among those that have one."""
    ranked = _ranked(manifest, code)
    own = next((one for one in ranked if one["unit"] == unit), None)
    if own is None:
        return None
    better = next(n for n, one in enumerate(ranked) if _share(one) == _share(own))
    place = f"{format_count(len(ranked))} nơi được xếp; {format_count(better)} nơi có kết quả tốt hơn"
    account = explain_target(manifest, code, unit)
    return replace(_of_unit(account, "thứ hạng"), formula=(f"{place}: thứ {format_count(better + 1)}.",))


def _alike(ranked: Sequence[Entry], unit: str) -> list[Entry]:
    """Those of the same rate as that unit."""
    shares = {_share(one) for one in ranked if one["unit"] == unit}
    return [one for one in ranked if _share(one) in shares]


def _ranked(manifest: Manifest, code: str) -> list[Entry]:
    """What the communes that have a place give to a target, from the best to the last."""
    least = max(manifest.data["plan"]["least_compared"], 1)
    given = [
        c
        for c in manifest.contributions.get(code, ())
        if _is_commune(manifest.unit_name(c["unit"]))
        and c["numerator"] is not None
        and c["denominator"] >= least
    ]
    judged = (manifest.indicators[code], *(manifest.targets[code].get("fields") or ()))
    goal = next(filter(None, map(read_goal, judged)), None)
    return sorted(given, key=_share, reverse=goal is None or goal.rising)


def _share(given: Entry) -> Fraction:
    return Fraction(given["numerator"], given["denominator"])


def _is_commune(name: str) -> bool:
    return kind_of(name) in COMMUNES.values()


def _of_communes(manifest: Manifest, role: str) -> Account | None:
    """How many communes are set beside each other, have figures, or something open."""
    counted: dict[str, tuple[str, set[str]]] = {
        "all": ("số xã được so sánh", set(manifest.units)),
        "known": (
            "số xã có số liệu",
            {c["unit"] for given in manifest.contributions.values() for c in given if c["cells"]},
        ),
        "open": (
            "số xã có báo cáo còn nội dung chưa xử lý",
            {
                f["unit"]
                for f in manifest.findings.values()
                if f["state"] == "open" and f["severity"] in ("error", "warning")
            },
        ),
    }
    if role not in counted:
        return None
    what, units = counted[role]
    shown = (u for u in manifest.units.values() if u["code"] in units and _is_commune(u["name"]))
    return account_of("So sánh cấp xã", what, map(_unit_line, shown))


# ------------------------------------------------------------------------------------- of returns, verdicts


def _unit_line(unit: Entry) -> UnitAccount:
    return UnitAccount(unit["code"], unit["name"], file=unit["file"] or "", figure=document_text(unit))


def _of_returns(manifest: Manifest, role: str) -> Account | None:
    first, _, rest = role.partition(".")
    if first in manifest.units:
        account = explain_unit(manifest, first)
        of_return = {
            "document": "số, ký hiệu văn bản gửi",
            "sent_on": "ngày gửi",
            "arrived_on": "ngày đến",
            "mended_on": "ngày gửi bản chỉnh lý",
            "status": "tình trạng gửi",
            "days_late": "số ngày gửi muộn",
        }
        return _with_what(account, of_return.get(rest, "báo cáo của đơn vị"))
    wanted = [meanings.RETURNS[name] for name in role.split(".") if name in meanings.RETURNS]
    if not wanted:
        return None
    units = [u for u in manifest.units.values() if all(counts(u) for _, counts in wanted)]
    what = "; trong đó ".join(said for said, _ in wanted)
    rate = _quotient(len(units), len(manifest.units), "đơn vị")
    formula = [rate] if first == "percent" else []
    if rest == "others":
        what, formula = f"{what}; không nêu tên trong câu", ["Phần còn lại của danh sách dưới đây."]
    if heading := _group_named(manifest, role):
        what = f"{what}; nhóm “{heading}”"
        units = [u for u in units if u["group"] == heading]
    if rest in KINDS:
        what = f"{what}; trong đó {KINDS[rest]}"
        units = [u for u in units if kind_of(u["name"]) == rest]
    return account_of("Gửi báo cáo", what, map(_unit_line, units), formula)


def _group_named(manifest: Manifest, role: str) -> str:
    """The heading of the group that a name ends with: "missing.required.sum2"; "" for none."""
    _, of_group, n = role.rpartition(".sum")
    groups = meanings.groups_of(manifest)
    return groups[int(n) - 1] if of_group and n.isdecimal() and 1 <= int(n) <= len(groups) else ""


def _of_unit_counts(manifest: Manifest, role: str) -> Account | None:
    """What one unit has open, or the targets of the year that it misses or owes."""
    unit, _, role = role.partition(".")
    if role not in meanings.OF_UNIT or unit not in manifest.units:
        return None
    what, counts = meanings.OF_UNIT[role]
    lines: Iterable[UnitAccount] = _targets_of(manifest, unit, role)
    if counts is not None:
        found = (f for f in manifest.findings.values() if f["unit"] == unit and counts(f))
        lines = (_told(f, f["id"], finding_text(f)) for f in found)
    return account_of(manifest.unit_name(unit), what, lines)


def _targets_of(manifest: Manifest, unit: str, role: str) -> Iterator[UnitAccount]:
    """The targets of the period that units answer themselves, and one stands below or owes a figure to."""
    for code, target in manifest.targets.items():
        indicator = manifest.indicators[code]
        own = target["source"]["authority"] is None and not target["same_as"]
        by_field = target["fields"] and not target["joint"] and not target["by_group"]
        judged = role == "missing" or (indicator["verdict"] != "progress" and not by_field)
        of_role = target["below"] if role == "below" else indicator["missing"]
        if own and judged and indicator["verdict"] != "not_due" and unit in of_role:
            given = next(c for c in manifest.contributions[code] if c["unit"] == unit)
            account = unit_account(manifest, target, given)
            yield replace(account, name=f"{code} · {indicator['name']}")


def _of_verdicts(manifest: Manifest, role: str) -> Account | None:
    verdict, _, more = role.partition(".")
    due = [i for i in manifest.indicators.values() if i["verdict"] != "not_due"]
    if verdict == "due":
        what, found = "số chỉ tiêu của năm", due
    elif verdict == "carried":
        what = "số chỉ tiêu không có mức riêng của năm, đánh giá theo mức năm trước"
        found = [i for i in due if manifest.targets[i["code"]]["carried_from"]]
    elif verdict in meanings.VERDICTS:
        what, found = f"số chỉ tiêu {meanings.VERDICTS[verdict]}", [i for i in due if i["verdict"] == verdict]
    else:
        return None
    more, _, others = more.partition(".")
    if more in meanings.GRADES:
        grade, said = meanings.GRADES[more]
        what += said
        found = [i for i in found if manifest.targets[i["code"]].get("grade") == grade]
    if more in meanings.PROGRESS:
        what = f"số chỉ tiêu {meanings.PROGRESS[more]}"
        found = [i for i in found if manifest.targets[i["code"]].get("progress") == more]
    lines = (UnitAccount(i["code"], f"{i['code']} · {i['name']}", figure=_result(manifest, i)) for i in found)
    formula = ("Phần còn lại của danh sách dưới đây.",) if "others" in (more, others) else ()
    return account_of("Kết quả các chỉ tiêu", what, lines, formula)


def _result(manifest: Manifest, indicator: Entry) -> str:
    said = verdict_text(indicator, manifest.targets[indicator["code"]])
    return f"{indicator['percent']}. {said}" if indicator["percent"] else said


# ----------------------------------------------------------------- of what is open, decided, asked in letters


def _of_findings(manifest: Manifest, role: str) -> Account | None:
    """What is open or accepted about units' answers, or the units it concerns."""
    kind, _, of_units = role.partition(".")
    if kind in manifest.findings:
        return _of_finding(manifest, manifest.findings[kind])
    if kind not in meanings.FINDINGS:
        return None
    what, counts = meanings.FINDINGS[kind]
    found = [f for f in manifest.findings.values() if counts(f)]
    if of_units:
        return account_of("Rà soát số liệu", f"{what}: số đơn vị", _unit_lines(manifest, found))
    lines = (_told(f, manifest.unit_name(f["unit"] or ""), finding_text(f)) for f in found)
    return account_of("Rà soát số liệu", what, lines)


def _of_overrides(manifest: Manifest, role: str) -> Account | None:
    """Figures that were put in place of others: those of one kind."""
    what, counts = meanings.OVERRIDES.get(role, meanings.OVERRIDES[""])
    put = [one for one in manifest.data["overrides"] if one["used"] and counts(one)]
    lines = (_told(o, manifest.labels(o["item"], o["field"])[0], o["text"]) for o in put)
    return account_of("Quyết định", what, lines)


def _of_exemptions(manifest: Manifest, role: str) -> Account | None:
    given = [c for all_given in manifest.contributions.values() for c in all_given]
    asked = [c for c in given if c["reason"] == "exemption_open"]
    lines = (_told(c, manifest.unit_name(c["unit"]), c["indicator"]) for c in asked)
    return account_of("Quyết định", "số nội dung đơn vị đề nghị không áp dụng, chờ quyết định", lines)


def _of_finding(manifest: Manifest, one: Entry) -> Account:
    """A number that a finding says: of a target's result, else of the cells of one unit."""
    item, unit = one["item"] or "", one["unit"] or ""
    if item in manifest.targets and not unit:
        return _with_what(explain_target(manifest, item), f"số nêu ở {finding_text(one)}")
    what = "số nêu trong lời phát hiện: ghi ở ô, so với ô đó, hoặc đếm các ô, dòng nêu ở đó"
    cells = _cells_about(manifest, unit, item, one["field"] or "")
    said = replace(_told(one, manifest.unit_name(unit), finding_text(one)), cells=cells)
    account = account_of("Rà soát số liệu", what, (said,), (one["message"],))
    asked = (("Đề nghị", one["fix"]),) if one["fix"] else ()
    return replace(account, meaning=(*account.meaning, *asked))


def _cells_about(manifest: Manifest, unit: str, item: str, field: str) -> tuple[CellLine, ...]:
    """The cells of a unit that a target, or a counted or summed figure, is made of."""
    given = [c for c in manifest.contributions.get(item, ()) if c["unit"] == unit]
    if given:
        return unit_account(manifest, manifest.targets[item], given[0]).cells
    cells = manifest.figures[f"{item}.{field}"]["cells"] if f"{item}.{field}" in manifest.figures else ()
    own = [cell for cell in cells if cell["unit"] == unit]
    return figure_unit(manifest, unit, own).cells if own else ()


def _told(one: Entry, name: str, said: str) -> UnitAccount:
    return UnitAccount(one["unit"] or "", name, file=one.get("file") or "", figure=said)


def _of_letter(manifest: Manifest, role: str) -> Account | None:
    """A count of those a letter goes to, or of the lines that it lists itself."""
    if role in ("required", "asked", "all"):
        compiler = manifest.data["plan"]["compiler"]
        units = (u for u in manifest.units.values() if u["code"] != compiler and role in (u["duty"], "all"))
        return account_of("Công văn phát hành biểu mẫu", meanings.LETTERS[role], map(_unit_line, units))
    how = ("Đếm các dòng của danh sách, phụ lục kèm theo.",)
    what = meanings.LETTERS.get(role)
    return account_of("Danh sách gửi các đơn vị", what, (), how) if what else None


def _of_page(manifest: Manifest, role: str) -> Account | None:
    """A count of the faults that the page lists, of all units or of one, or how long the deadline is over."""
    role, _, unit = role.partition(".")
    if role == "days":
        what = "số ngày còn lại đến hạn gửi, hoặc đã qua từ ngày cuối của hạn đến ngày lập trang"
        return account_of("Hạn gửi báo cáo", what, (), ("Ngày cuối của hạn trừ ngày lập trang.",))
    used = {u["file"] for u in manifest.units.values()}
    listed = [
        f
        for f in manifest.findings.values()
        if meanings.is_open(f, "error") and unit in ("", f["unit"]) and (not f["file"] or f["file"] in used)
    ]
    if role == "faulty":
        units = _unit_lines(manifest, listed)
        return account_of("Trang tình hình", "số đơn vị có lỗi liệt kê ở cuối trang", units)
    if role != "faults":
        return None
    lines = (_told(f, manifest.unit_name(f["unit"] or ""), finding_text(f)) for f in listed)
    what = "số lỗi liệt kê ở cuối trang, trừ lỗi của tệp không dùng được"
    return account_of("Trang tình hình", what, lines)


def _of_decision(row: Sequence[str]) -> Account:
    """A number or a day in the row of a decision, which tells itself what was decided."""
    said = " · ".join(filter(None, row))
    return account_of("Quyết định", "số, ngày ghi trong một quyết định về số liệu", (), (said,))


# ------------------------------------------------------------------------------- of documents, answers, tasks


def _of_document(manifest: Manifest, role: str) -> Account | None:
    n, _, what = role.partition(".")
    listed = manifest.data["documents"]
    if not n.isdecimal() or not 1 <= int(n) <= len(listed):
        return None
    one = listed[int(n) - 1]
    said = "số, ký hiệu văn bản" if what == "sign" else "ngày ban hành văn bản"
    line, how = figure_unit(manifest, one["unit"], one["cells"]), "Lấy nguyên văn ở danh sách của đơn vị."
    return account_of(figure_name(manifest, "directives"), said, (line,), (how,))


def _of_answers(manifest: Manifest, head: str, role: str) -> Account | None:
    if role == "units":
        cells = manifest.figures["directives"]["cells"]
        return _units_behind(manifest, "directives", "số đơn vị đã ban hành văn bản", cells)
    if role == "own":
        compiler = manifest.data["plan"]["compiler"]
        own = [one for one in manifest.data["documents"] if one["unit"] == compiler]
        said = (figure_unit(manifest, one["unit"], one["cells"]) for one in own)
        what = "số văn bản của cơ quan tổng hợp"
        return account_of(figure_name(manifest, head), what, said) if own else None
    answered = manifest.data["answered"]
    what = f"số đơn vị được hỏi và có trả lời sử dụng được về {meanings.ASKED[head]}"
    lines = (_unit_line(manifest.units[unit]) for unit in answered[head])
    return account_of(f"Trả lời về {meanings.ASKED[head]}", what, lines)


def _units_behind(manifest: Manifest, code: str, what: str, cells: Iterable[Entry]) -> Account:
    return account_of(figure_name(manifest, code), what, figure_units(manifest, cells))


def explain_tasks(manifest: Manifest, id: str) -> Account | None:
    """How far bodies are with tasks: of all, of a block of tasks, of those of single bodies, of one task."""
    about, _, role = ("tasks", "", "tasks") if id == "tasks" else id.rpartition(".")
    statuses = manifest.data["tasks"]
    if not statuses or not (about.partition(".")[0] == "tasks" or meanings.is_task(manifest, about)):
        return None
    of = meanings.statuses_of(manifest, statuses, about)
    name = "Nhiệm vụ của Kế hoạch" if about == "tasks" else figure_name(manifest, f"{about}.done")
    known, done = (
        [s for s in of if s["state"] in states] for states in (("done", "ongoing", "not_done"), ("done",))
    )
    lines: Iterable[UnitAccount]
    match role:
        case "tasks":
            what, lines = "số nhiệm vụ Kế hoạch giao", (_task(manifest, s) for s in _each(of, "task"))
        case "units":
            what, lines = "số đơn vị có thông tin", _unit_lines(manifest, known)
        case "bodies":
            what, lines = "số cơ quan, đơn vị được giao", (_task_line(manifest, s) for s in of)
        case "known" | "percent":
            what = "số lượt nhiệm vụ có thông tin" if role == "known" else "phần đã thực hiện"
            lines = (_task_line(manifest, s) for s in (known if role == "known" else done))
        case "done" | "ongoing" | "not_done" | "unknown":
            what = f"số lượt nhiệm vụ {meanings.TASKS[role]}"
            lines = (_task_line(manifest, s) for s in of if s["state"] == role)
        case _:
            return None
    formula = (_quotient(len(done), len(known), "lượt nhiệm vụ"),) if role == "percent" else ()
    account = account_of(name, what, lines, formula)
    cells = [cell for s in of for cell in _cells_of_task(manifest, s)]
    items = {s["task"] for s in of}.union(cell["item"] for cell in cells)
    fields = {"status"}.union(cell["field"] for cell in cells)
    return replace(account, decisions=decision_lines(manifest, {s["unit"] for s in of}, items, fields))


def _each(statuses: Iterable[Entry], by: str) -> Iterable[Entry]:
    """One status of each task, or of each unit."""
    return {status[by]: status for status in statuses}.values()


def _unit_lines(manifest: Manifest, entries: Iterable[Entry]) -> Iterator[UnitAccount]:
    """The units that the entries are about, each once."""
    return (_unit_line(manifest.units[one["unit"]]) for one in _each(entries, "unit"))


def _task(manifest: Manifest, status: Entry) -> UnitAccount:
    item = manifest.items[status["task"]]
    return UnitAccount(item["code"], item["name"], figure=item["point"])


def _task_line(manifest: Manifest, status: Entry) -> UnitAccount:
    unit, task = manifest.units[status["unit"]], status["task"]
    shown = figure_unit(manifest, unit["code"], _cells_of_task(manifest, status))
    name = f"{unit['name']}, {manifest.items[task]['name']}"
    return replace(shown, name=name, figure=meanings.TASKS[status["state"]])


def _cells_of_task(manifest: Manifest, status: Entry) -> list[Entry]:
    """The cells that tell how far a body is with a task: of another item where it is read off that."""
    cells = manifest.figures.get(f"{status['task']}.done", {"cells": ()})["cells"]
    return [cell for cell in cells if cell["unit"] == status["unit"]]


def _of_figure(manifest: Manifest, id: str) -> Account | None:
    """A counted or summed figure, the units behind it, or a part of it."""
    if id in manifest.figures:
        return explain_figure(manifest, id)
    about, _, role = id.rpartition(".")
    if role == "units" and about in manifest.figures:
        return _units_behind(manifest, about, "số đơn vị có số liệu", manifest.figures[about]["cells"])
    if role in manifest.units and about in manifest.figures:
        return explain_figure(manifest, about, role)
    if role.startswith("sum") and about in manifest.figures:
        return _group_of_figure(manifest, about, int(role.removeprefix("sum")))
    survey = about.removesuffix(".coverage")
    if f"{survey}.valid" not in manifest.figures:
        return None
    if role in ("reported", "expected"):
        account = explain_figure(manifest, f"{survey}.valid")
        units = account.counted if role == "reported" else (*account.counted, *account.left_out)
        what = "số đơn vị đã có số liệu" if role == "reported" else "số đơn vị được hỏi"
        return account_of(account.name, what, units)
    satisfied, valid = (explain_figure(manifest, f"{survey}.{field}") for field in ("satisfied", "valid"))
    done, total = (manifest.figures[f"{survey}.{field}"]["value"] or 0 for field in ("satisfied", "valid"))
    both = [c for field in ("satisfied", "valid") for c in manifest.figures[f"{survey}.{field}"]["cells"]]
    account = _units_behind(manifest, f"{survey}.valid", "tỷ lệ hài lòng", both)
    return replace(
        account,
        name=satisfied.name.rpartition(":")[0],
        formula=(_quotient(done, total, "phiếu"),),
        coverage=valid.coverage,
        left_out=valid.left_out,
    )


def _group_of_figure(manifest: Manifest, code: str, n: int) -> Account | None:
    groups = meanings.groups_of(manifest)
    if not 1 <= n <= len(groups):
        return None
    account = explain_figure(manifest, code)
    own = {unit for unit, one in manifest.units.items() if one["group"] == groups[n - 1]}
    counted = tuple(u for u in account.counted if u.code in own)
    cells = [c for c in manifest.figures[code]["cells"] if c["unit"] in own and isinstance(c["value"], int)]
    total, unit = sum(c["value"] for c in cells), manifest.figures[code]["unit_of_count"]
    return replace(
        _with_what(account, f"phần của nhóm “{groups[n - 1]}”"),
        formula=(f"Cộng số của {len(counted)} đơn vị: {format_count(total)} {unit}",),
        counted=counted,
        left_out=tuple(u for u in account.left_out if u.code in own),
    )


def _of_period(manifest: Manifest, role: str) -> Account:
    how = ("Theo Kế hoạch; không tính từ số liệu của đơn vị.",)
    what = f"năm, ngày, văn bản của kỳ báo cáo {manifest.period.words}"
    return account_of("Kỳ báo cáo", what, (), how)


_BY_HEAD: Mapping[str, Callable[[Manifest, str], Account | None]] = {
    "returns": _of_returns,
    "targets": _of_verdicts,
    "communes": _of_communes,
    "findings": _of_findings,
    "overrides": _of_overrides,
    "exemptions": _of_exemptions,
    "period": _of_period,
    "plan": _of_period,
    "letter": _of_letter,
    "page": _of_page,
    "units": _of_unit_counts,
    "documents": _of_document,
}
"""Who gives account of a name that is of no target and no figure, by the first part of the name."""
