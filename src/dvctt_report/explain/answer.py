"""The account of what was asked about, also of a printed figure by its name; and what a figure is called."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dvctt_report.consolidated.answers import COLUMNS, YES
from dvctt_report.explain.account import (
    FIGURE,
    Account,
    account_of,
    coverage_text,
    difference_lines,
    explain_figure,
    explain_target,
    explain_unit,
    verdict_text,
)
from dvctt_report.explain.manifest import Entry, Manifest
from dvctt_report.explain.subject import Subject
from dvctt_report.explain.units import (
    CellLine,
    UnitAccount,
    decision_lines,
    document_text,
    figure_name,
    figure_unit,
    finding_text,
    format_day,
    place_text,
    unit_account,
)
from dvctt_report.model import Tally, TaskState
from dvctt_report.model.goals import read_goal
from dvctt_report.report.marks import CELL
from dvctt_report.report.meanings import TASK_STATES, quotient
from dvctt_report.report.unit_lists import KINDS, kind_of
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.vietnamese import format_count, join_names
from dvctt_report.year.summary.totals import SATISFIED, VALID

WHOLE, NOTE = "Trên tổng số", "Lưu ý"
"""What is said of the second number of a fraction, and of a figure that is printed otherwise."""
_ALONE = "không chỗ nào in số này với đúng các chữ đã chép; đây là con số duy nhất được in như vậy"
_ANOTHER = "nơi in ghi “{}”, số liệu dưới đây nay đã khác: văn bản đó lập trước khi số liệu thay đổi"
_NUMBER = re.compile(r"\d[\d.]*(?:,\d+)?")
_COUNT = re.compile(r"0?(\d[\d.]*)")
"""A count as it is printed: of a rate, other digits may be printed than are told."""
_HUNDREDTHS = re.compile(r"\d+,\d\d%?")
_DAY = re.compile(r"\d[\w./-]*")


def explain_subject(manifest: Manifest, subject: Subject, unit: str) -> Account:
    """Account for what was asked about; ``unit`` "": for all units. Raises CannotRun for one not asked."""
    match subject.kind:
        case "target":
            asked = {c["unit"] for c in manifest.contributions.get(subject.code, ())} if unit else set()
            if unit and unit not in asked:
                raise CannotRun(
                    f"{manifest.unit_name(unit)} không được hỏi chỉ tiêu {subject.code}.",
                    f"Các đơn vị được hỏi: {', '.join(c for c in manifest.units if c in asked)}.",
                )
            account = explain_target(manifest, subject.code, unit)
        case "figure":
            of_several = not unit and subject.code.startswith("tasks.")
            of_tasks = explain_name(manifest, subject.code) if of_several else None
            account = of_tasks or explain_figure(manifest, subject.code, unit)
        case "unit":
            account = explain_unit(manifest, subject.code)
        case "printed":
            if (explained := explain_name(manifest, subject.code, subject.row)) is None:
                raise CannotRun(
                    f"Bảng nguồn số liệu này không đủ để giải trình “{subject.code}”.",
                    "Lập lại báo cáo rồi hỏi lại, hoặc hỏi chỉ tiêu, đơn vị nêu trong câu.",
                )
            account = explained
        case "words":
            account = replace(_of_words(manifest, subject), code=subject.code)
    # A count with that of which it is a part: "78/82"; of a target both numbers are told anyway
    is_told = subject.kind == "target" or account.verdict or account.left_out
    whole = explain_name(manifest, subject.whole, subject.row) if subject.whole and not is_told else None
    if whole is not None:
        counted = {unit.code for unit in account.counted}
        account = replace(
            account,
            meaning=(*account.meaning, *((WHOLE, text) for label, text in whole.meaning if label == FIGURE)),
            formula=(*account.formula, *(f"Tổng số: {line}" for line in whole.formula)),
            left_out=tuple(unit for unit in whole.counted if unit.code not in counted),
            titles=(account.titles[0], "Còn lại của tổng số"),
        )
    notes = [_ALONE] if subject.by_number else []
    # Whether the paper that was pasted from prints a number that the figures of this account don't give
    printed = _COUNT.fullmatch(subject.texts[0]) if subject.texts else None
    is_count = any(line.startswith(("Đếm được", "Cộng số của")) for line in account.formula)
    if printed is not None and (is_count or subject.role in ("numerator", "denominator")):
        numbers = [number.replace(".", "") for line in account.formula for number in _NUMBER.findall(line)]
        if numbers and printed[1].replace(".", "") not in numbers:
            notes.append(_ANOTHER.format(subject.texts[0]))
    text = next((text for text in subject.texts if _HUNDREDTHS.fullmatch(text)), "")
    is_rate = subject.kind == "target" or subject.role == "percent"
    if text and is_rate and not any(text in line for line in account.formula):
        line = f"Với hai chữ số sau dấu phẩy, như bảng in: {text.rstrip('%')}%."
        account = replace(account, formula=(*account.formula, line))
    return replace(account, meaning=(*((NOTE, note) for note in notes), *account.meaning))


def _of_words(manifest: Manifest, subject: Subject) -> Account:
    """Say of a day or a number of a text that nothing was counted, and what it is where that is known."""
    plan = manifest.data["plan"]
    known = {
        format_day(plan["first_day"]): "ngày đầu của kỳ số liệu theo Kế hoạch",
        format_day(plan["cut_off"]): "ngày chốt số liệu theo Kế hoạch",
        plan["document"]: "số, ngày của Kế hoạch",
        format_day(manifest.data["as_of"]): "ngày lập văn bản",
    }
    days = set(_DAY.findall(subject.code))
    meanings = [what for text, what in known.items() if days & set(_DAY.findall(text))]
    if subject.row and not meanings:  # it may follow from other cells all the same
        what = "ô của bảng không mang tên con số: tính từ ô khác cùng dòng, hoặc chép từ tệp của đơn vị"
        return account_of("Ô chưa có giải trình riêng", what, (), ("Hỏi con số khác của dòng này.",))
    what = join_names(meanings) or "chữ của văn bản: mẫu, Kế hoạch, thông tin cơ quan hoặc lời người soạn"
    how = ("Không cộng, không tính từ số liệu của đơn vị.",)
    return account_of("Không phải số liệu tổng hợp", what, (), how)


def title_of(manifest: Manifest, subject: Subject) -> str:
    """What a figure is called: whose it is, of which target, what it counts; else its code."""
    try:
        account = explain_subject(manifest, subject, "")
    except CannotRun:
        return subject.code
    what = next((text for label, text in account.meaning if label == FIGURE), "")
    if subject.kind == "target":  # two may have one name, and the same figures, for different years
        what = account.verdict.rstrip(".")
    parts = [] if ".communes." in subject.code else subject.code.split(".")
    unit = next((manifest.unit_name(part) for part in parts if part in manifest.units), "")
    return ", ".join(dict.fromkeys(filter(None, (unit, account.name, what))))


# ------------------------------------------------------------------------ a printed figure by its name


def explain_name(manifest: Manifest, id: str, row: Sequence[str] = ()) -> Account | None:
    """Account of the printed figure ``id`` in a ``row`` of a table; None where the manifest can't tell it."""
    account = _of_name(manifest, id, row)
    return replace(account, code=id) if account else None


def _of_name(manifest: Manifest, id: str, row: Sequence[str]) -> Account | None:
    head, _, role = id.partition(".")
    first, _, rest = role.partition(".")
    about, _, last = id.rpartition(".")
    if head == CELL:
        return _of_cell(manifest, role, row)
    if head in ("decisions", "decided"):
        how = " · ".join(filter(None, row))
        return account_of("Quyết định", "số, ngày ghi trong một quyết định về số liệu", (), (how,))
    if head in ("period", "plan"):
        what = f"năm, ngày, văn bản của kỳ báo cáo {manifest.period.words}"
        return account_of("Kỳ báo cáo", what, (), ("Theo Kế hoạch; không tính từ số liệu của đơn vị.",))
    if head == "documents":
        how, name = "Lấy nguyên văn ở danh sách của đơn vị.", figure_name(manifest, "directives")
        n = int(first) if first.isdecimal() else 0
        if not 1 <= n <= len(manifest.data["documents"]):
            return None
        return account_of(name, manifest.roles[rest], (_line(manifest, id, f"documents/{n}"),), (how,))
    if head == "findings" and role in manifest.findings:
        return _of_finding(manifest, manifest.findings[role])
    if head == "returns" and first in manifest.units:
        return _with_what(explain_unit(manifest, first), manifest.roles.get(rest, "báo cáo của đơn vị"))
    # What a name means; of one that continues another what both count: "returns.missing.required.sum2"
    start = next((name for name in (id, *_prefixes(id)) if name in manifest.names), "")
    meaning: Entry | None = manifest.names.get(start)
    for part in filter(None, id.removeprefix(start).split(".")):
        meaning = _narrowed(manifest, head, meaning, part) if meaning else None
    if meaning:
        return _counted(manifest, id, meaning)
    if head in manifest.indicators:
        return _of_target(manifest, head, role)
    if id in manifest.figures:
        return explain_figure(manifest, id)
    if last in manifest.units and about in manifest.figures:
        return explain_figure(manifest, about, last)
    return None


def _prefixes(id: str) -> list[str]:
    """What a name continues, the longest first."""
    parts = id.split(".")
    return [".".join(parts[:n]) for n in range(len(parts) - 1, 0, -1)]


def _narrowed(manifest: Manifest, head: str, meaning: Entry, part: str) -> Entry | None:
    """What is meant by the next ``part`` of a name; None where it says nothing known."""
    what, of, units = meaning["what"], meaning["of"], manifest.units
    listed = {code: units[code] for code in of if code in units}
    if more := manifest.names.get(f"{head}.{part}"):
        both = [code for code in of if code in more["of"]]
        return {**meaning, "how": "", "what": f"{what}; trong đó {more['what']}", "of": both}
    if part in manifest.roles and meaning["id"].rpartition(".")[2].startswith("sum"):
        return {**meaning, "what": f"{manifest.roles[part]} {what}"}
    if part == "others":
        how = "Phần còn lại của danh sách dưới đây."
        return {**meaning, "what": f"{what}; không nêu tên trong câu", "how": how}
    if part in units:
        return {**meaning, "of": [code for code in of if manifest.findings.get(code, {}).get("unit") == part]}
    if part == "units":
        own = [*dict.fromkeys(filter(None, (manifest.findings[code]["unit"] for code in of)))]
        narrower = ": số đơn vị"
    elif part in KINDS:
        own = [code for code, unit in listed.items() if kind_of(unit["name"]) == part]
        narrower = f"; trong đó {KINDS[part]}"
    elif part.startswith("sum") and 1 <= int(part[3:]) <= len(manifest.groups):
        heading = manifest.groups[int(part[3:]) - 1]
        own = [code for code, unit in listed.items() if unit["group"] == heading]
        narrower = f"; nhóm “{heading}”"
    else:
        return None
    return {**meaning, "how": "", "what": f"{what}{narrower}", "of": own}


def _counted(manifest: Manifest, id: str, meaning: Entry) -> Account:
    """A count with each that it counts, or what was reckoned of these."""
    head, of = id.partition(".")[0], meaning["of"]
    indicator = manifest.indicators.get(head)
    coverage = coverage_text(indicator, manifest.targets[head]) if indicator else ""
    figure = next((name for name in _prefixes(id) if name in manifest.figures), "")
    is_figure = figure and head not in ("tasks", "directives")
    statuses = [one for one in manifest.data["tasks"] if f"{one['task']}/{one['unit']}" in of]
    decided: tuple[str, ...] = ()
    if statuses and head != "units":
        cells = [cell for one in statuses for cell in _cells_of(manifest, f"{one['task']}.done", one["unit"])]
        items = {one["task"] for one in statuses}.union(cell["item"] for cell in cells)
        fields = {"status"}.union(cell["field"] for cell in cells)
        decided = decision_lines(manifest, {one["unit"] for one in statuses}, items, fields)
    account = account_of(
        figure_name(manifest, figure) if is_figure else meaning["title"],
        meaning["what"],
        [_line(manifest, id, code) for code in of],
        (meaning["how"],) if meaning.get("how") else (),
        meaning.get("covered", coverage),
    )
    left = tuple(_of_unit_and_target(manifest, head, unit) for unit in meaning.get("left", ()))
    return replace(account, left_out=left, decisions=decided)


def _line(manifest: Manifest, id: str, code: str) -> UnitAccount:
    """One of those that a name counts: a unit, target, finding or document, a unit's answer to an item."""
    item, _, unit = code.rpartition("/")
    head = id.partition(".")[0]
    if item == "documents":
        document = manifest.data["documents"][int(unit) - 1]
        return figure_unit(manifest, document["unit"], document["cells"])
    if item and head == "overrides":
        named = {f"{o['item']}.{o['field']}.{o['part']}/{o['unit']}": o for o in manifest.data["overrides"]}
        put = named[code]
        return UnitAccount(put["unit"], manifest.labels(put["item"], put["field"])[0], figure=put["text"])
    if item and head == "units":
        account = _of_unit_and_target(manifest, item, unit)
        return replace(account, name=f"{item} · {manifest.indicators[item]['name']}")
    if item in manifest.indicators:
        return UnitAccount(unit, manifest.unit_name(unit), figure=item)
    if item:
        states = {(one["task"], one["unit"]): one["state"] for one in manifest.data["tasks"]}
        name = f"{manifest.unit_name(unit)}, {manifest.items[item]['name']}"
        account = figure_unit(manifest, unit, _cells_of(manifest, f"{item}.done", unit))
        return replace(account, name=name, figure=TASK_STATES[TaskState(states[item, unit])])
    if code in manifest.units and head in manifest.indicators:
        return _of_unit_and_target(manifest, head, code)
    if code in manifest.units:  # its part of the figure that is counted, else what it has sent
        survey = re.sub(r"\.(coverage\.(reported|expected)|percent)$", "", id)
        names = (*_prefixes(id), f"{survey}.{SATISFIED}", f"{survey}.{VALID}")
        own = (_cells_of(manifest, name, code) for name in (() if id.endswith("answered") else names))
        if parts := [figure_unit(manifest, code, cells) for cells in own if cells]:
            counts = "/".join(part.figure for part in parts)
            return replace(parts[0], figure=counts, cells=tuple(c for part in parts for c in part.cells))
        sent = manifest.units[code]
        return UnitAccount(code, sent["name"], file=sent["file"] or "", figure=document_text(sent))
    if code in manifest.indicators:
        indicator = manifest.indicators[code]
        judged = [indicator["percent"], verdict_text(indicator, manifest.targets[code])]
        return UnitAccount(code, f"{code} · {indicator['name']}", figure=". ".join(filter(None, judged)))
    if code in manifest.findings:
        finding = manifest.findings[code]
        name = code if head == "units" else manifest.unit_name(finding["unit"] or "")
        file, said = finding["file"] or "", finding_text(finding)
        return UnitAccount(finding["unit"] or "", name, file=file, figure=said)
    return UnitAccount(code, manifest.items[code]["name"], figure=manifest.items[code]["point"])


def _of_unit_and_target(manifest: Manifest, code: str, unit: str) -> UnitAccount:
    given = next(c for c in manifest.contributions[code] if c["unit"] == unit)
    return unit_account(manifest, manifest.targets[code], given)


def _cells_of(manifest: Manifest, figure: str, unit: str) -> list[Entry]:
    """The cells of a unit that a figure is of; "NV.1.done" tells how far it is with that task."""
    cells = manifest.figures.get(figure, {"cells": ()})["cells"]
    return [cell for cell in cells if cell["unit"] == unit]


def _of_target(manifest: Manifest, code: str, role: str) -> Account | None:
    """A part of a target that the account of the whole, of a field or of one unit tells."""
    first, _, rest = role.partition(".")
    target, indicator = manifest.targets[code], manifest.indicators[code]
    fields = target.get("fields") or ()
    for field in fields:
        if field["code"] == f"{code}.{first}":
            return _of_field(manifest, code, field, rest)
    if first in manifest.units:
        account = _of_unit(explain_target(manifest, code, first), _role(manifest, (indicator, *fields), rest))
        goal = read_goal(indicator) if rest == "short" else None
        if goal is None:
            return account
        # The subtraction that tells what the unit lacks, or has too much, by the level of the target
        given = next(c for c in manifest.contributions[code] if c["unit"] == first)
        done, short = given["numerator"], goal.short(Tally(given["numerator"], given["denominator"]))
        high, low = (done + short, done) if goal.is_climb else (done, done - short)
        lack = f"{format_count(high)} − {format_count(low)} = {format_count(short)} {target['counted']}"
        just = format_count(high if goal.is_climb else low)
        line = f"{lack} ({just}: số vừa đủ theo mức của chỉ tiêu)"
        return replace(account, formula=(*account.formula, line))
    if not (what := _role(manifest, (indicator, *fields), role)):
        return None
    account = _with_what(explain_target(manifest, code), what)
    return replace(account, formula=(*difference_lines(indicator, target, role), *account.formula))


def _role(manifest: Manifest, judged: Sequence[Entry], role: str) -> str:
    """What the last part of a name says of a result: of one that may not rise, what is too much of it."""
    goal = next(filter(None, map(read_goal, judged)), None)
    falling = role == "short" and goal is not None and not goal.is_climb
    own = "own" if role.startswith("own.") else role
    return manifest.roles.get("over" if falling else role) or manifest.roles.get(own, "")


def _with_what(account: Account, what: str) -> Account:
    return replace(account, meaning=((FIGURE, what), *account.meaning)) if what else account


def _of_unit(account: Account, what: str) -> Account:
    """The part of one unit: its own figure in the place of the result of all."""
    own = tuple(unit.figure for unit in account.counted if unit.figure)
    account = replace(account, formula=own, verdict="", reliability=(), coverage="", control=())
    return _with_what(account, what)


def _of_field(manifest: Manifest, code: str, field: Entry, role: str) -> Account:
    """One field of procedures of a target, with the cells of each unit."""
    target, goal = manifest.targets[code], read_goal(field)
    unit, _, of_unit = role.partition(".")
    units = []
    for one in field.get("contributions", ()):
        if one["numerator"] is not None and (one["unit"] == unit or unit not in manifest.units):
            counts = (
                f"{format_count(one['numerator'])}/{format_count(one['denominator'])} {target['counted']}"
            )
            units.append(replace(figure_unit(manifest, one["unit"], one["cells"]), figure=counts))
    how = quotient(field["numerator"], field["denominator"], target["counted"], goal.line if goal else None)
    formula = () if role == "coverage.reported" else (*difference_lines(field, target, role), how)
    covered = f"{field['coverage']['reported']}/{field['coverage']['expected']} đơn vị phải báo cáo"
    of_target = manifest.names.get(f"{code}.{role}", {"what": "số liệu của lĩnh vực"})
    what = _role(manifest, (field,), role) or of_target["what"]
    name = f"{manifest.items[code]['name']}: {field['name']}"
    account = account_of(name, what, units, formula, coverage=covered)
    if unit in manifest.units:
        return _of_unit(account, manifest.roles.get(of_unit, ""))
    verdict = "" if target["joint"] else verdict_text(field, {**target, "short": field["short"]})
    return replace(account, verdict=verdict)


def _of_cell(manifest: Manifest, role: str, row: Sequence[str]) -> Account | None:
    """One answer: what its row of the workbook tells of it, else the manifest if a target is judged by it."""
    how = "Lấy nguyên ở ô của đơn vị."
    if len(row) == len(COLUMNS):
        of = dict(zip((column.key for column in COLUMNS), row, strict=True))
        place, label, value = place_text(of["sheet"], of["cell"]), of["field_label"], of["value"]
        cell = CellLine(place, label, value, of["raw"], of["reading"])
        unit = UnitAccount(of["unit"], of["unit_name"], file=of["file"], figure=value, cells=(cell,))
        used = f"{how} {'Có' if of['used'] == YES else 'Không'} nằm trong một tổng của báo cáo."
        return account_of(manifest.item_name(of["item"]), label, (unit,), (used,))
    about, _, code = role.rpartition(".")
    item, _, field = about.rpartition(".")
    given = (c for all_given in manifest.contributions.values() for c in all_given if c["unit"] == code)
    cells = [c for one in given for c in one["cells"] if (c["item"], c["field"]) == (item, field)]
    name, (_, label) = manifest.item_name(item), manifest.labels(item, field)
    return account_of(name, label, (figure_unit(manifest, code, cells[:1]),), (how,)) if cells else None


def _of_finding(manifest: Manifest, entry: Entry) -> Account:
    """A number that a finding says: of a target's result, else of the cells of one unit."""
    item, code, field = (entry[key] or "" for key in ("item", "unit", "field"))
    if item in manifest.targets and not code:
        return _with_what(explain_target(manifest, item), f"số nêu ở {finding_text(entry)}")
    what = "số nêu trong lời phát hiện: ghi ở ô, so với ô đó, hoặc đếm các ô, dòng nêu ở đó"
    name, file, said = manifest.unit_name(code), entry["file"] or "", finding_text(entry)
    unit = UnitAccount(code, name, file=file, figure=said)
    if any(c["unit"] == code for c in manifest.contributions.get(item, ())):
        unit = replace(unit, cells=_of_unit_and_target(manifest, item, code).cells)
    elif own := _cells_of(manifest, f"{item}.{field}", code):
        unit = replace(unit, cells=figure_unit(manifest, code, own).cells)
    account = account_of("Rà soát số liệu", what, (unit,), (entry["message"],))
    asked = (("Đề nghị", entry["fix"]),) if entry["fix"] else ()
    return replace(account, meaning=(*account.meaning, *asked))
