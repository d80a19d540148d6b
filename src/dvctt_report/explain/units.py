"""What one unit adds to a figure, cell by cell, or why not; documents, findings, decisions in words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from dvctt_report.explain.manifest import Entry, Manifest
from dvctt_report.forms.form import format_sheet
from dvctt_report.intake.mend_lists import ReplyStanding, format_reply
from dvctt_report.model import TO_ENTER, ArrivedBy, FindingState, ReplyKind, Severity, State
from dvctt_report.text.file_names import last_name
from dvctt_report.text.vietnamese import format_count, format_date


@dataclass(frozen=True, slots=True)
class CellLine:
    """A cell; ``beneath``: one that the unit's answer is summed from, or its note."""

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


_CORRECTED = "đã đính chính"
_STATES = {
    "milestone": ("chưa hoàn thành, hoặc sau thời hạn", "hoàn thành trong thời hạn"),
    "yes_no": ("Không", "Có"),
}


def unit_account(manifest: Manifest, target: Entry, given: Entry) -> UnitAccount:
    """What a unit adds to ``target``; the cells of an answer that is a sum stand right under it."""
    own = target["same_as"] or target["code"]
    if given["numerator"] is None:
        account, figure = left_out_unit(manifest, given), ""
    else:
        account, done, total = _unit(manifest, given["unit"]), given["numerator"], given["denominator"]
        unit, measure = target["unit_of_count"], target["measure"]
        if given["state"] == "none_arising":
            figure = "không phát sinh (0/0)"
        elif measure == "yes_no" and not total:
            figure = "không tính vào tổng số"
        elif measure in _STATES:
            figure = _STATES[measure][bool(done)]
        elif measure in ("count", "score", "rank"):
            if target.get("each"):
                done = next((c["value"] for c in given["cells"] if c.get("field") == "done"), None)
            figure = "chưa có số" if done is None else f"{format_count(done)} {unit}"
        else:
            rate = f" = {given['percent']}" if given["percent"] else ""
            figure = f"{format_count(done)}/{format_count(total)} {unit}{rate}"
        decided = [_CORRECTED] if any(c.get("override") for c in given["cells"]) else []
        items = {own, *(c["item"] for c in given["cells"])}
        if any(
            (f["state"], f["severity"], f["unit"]) == ("accepted", "error", given["unit"])
            and f["item"] in items
            for f in manifest.findings.values()
        ):
            decided.append("được chấp nhận có lý do")
        figure += f" ({', '.join(decided)})" if decided else ""
    lines = [_cell_line(manifest, c, own) for c in given["cells"]]
    answers, below = ([line for line in lines if line.beneath is beneath] for beneath in (False, True))
    summed = [n for n, answer in enumerate(answers, 1) if "ô chi tiết" in answer.reading]
    if len(summed) == 1:
        lines = [*answers[: summed[0]], *below, *answers[summed[0] :]]
    return replace(account, figure=figure, cells=tuple(lines))


def _unit(manifest: Manifest, code: str) -> UnitAccount:
    """A unit with its document and its file."""
    unit = manifest.units[code]
    return UnitAccount(code, unit["name"], document_text(unit), unit["file"] or "")


def _cell_line(manifest: Manifest, cell: Entry, own: str) -> CellLine:
    """A cell of the answer to item ``own``, or beneath it."""
    name, label = manifest.labels(cell["item"], cell["field"])
    is_own = cell["item"] == own
    whose = cell["part"] or ("" if is_own else name)
    return CellLine(
        place=place_text(cell["sheet"], cell["cell"]),
        label=f"{whose}: {label}" if whose else label,
        value=_answer(cell),
        raw=cell["raw"],
        reading=cell["reading"],
        beneath=not is_own or bool(cell["part"]) or cell["field"] in ("note", "evidence"),
    )


def _answer(cell: Entry) -> str:
    """What a cell was read as; the state in words where there is no figure."""
    value = cell["value"]
    if cell["state"] != "given":
        return State(cell["state"]).word
    if isinstance(value, bool):
        return "có đánh dấu" if value else "không đánh dấu"
    return format_count(value) if isinstance(value, int | Decimal) else str(value)


def figure_unit(manifest: Manifest, code: str, cells: Sequence[Entry]) -> UnitAccount:
    """Give account of what unit ``code`` adds to a counted or summed figure by its ``cells``."""
    numbers = [c["value"] for c in cells if isinstance(c["value"], int) and not isinstance(c["value"], bool)]
    figure = format_count(sum(numbers)) if numbers else "; ".join(dict.fromkeys(map(_answer, cells)))
    figure += f" ({_CORRECTED})" if any(c.get("override") for c in cells) else ""
    lines = tuple(_cell_line(manifest, c, c["item"]) for c in cells)
    return replace(_unit(manifest, code), figure=figure, cells=lines)


def left_out_unit(manifest: Manifest, left_out: Entry) -> UnitAccount:
    """Say why a unit adds nothing to a target or a sum."""
    code = left_out["unit"]
    barred = (manifest.findings[name] for name in left_out["barred_by"] if name in manifest.findings)
    return replace(
        _unit(manifest, code),
        reason=reason_text(left_out, manifest.units[code]),
        findings=tuple(finding_text(f, manifest.replies) for f in barred),
    )


def other_findings(
    manifest: Manifest, units: set[str], items: set[str], given: Iterable[Entry]
) -> tuple[str, ...]:
    """Findings about these items of these units, or no unit, errors first, that bar no entry of ``given``."""
    barring = {name for entry in given for name in entry["barred_by"]}
    lines = []
    for finding in sorted(manifest.findings.values(), key=lambda f: _RANK[f["severity"]]):
        is_of_units = finding["unit"] in units or (not finding["unit"] and finding["item"])
        if finding["item"] in items and is_of_units and finding["id"] not in barring:
            whose = f"{manifest.unit_name(finding['unit'])}: " if finding["unit"] and len(units) > 1 else ""
            lines.append(whose + finding_text(finding, manifest.replies))
    return tuple(lines)


_RANK = {"error": 0, "warning": 1, "info": 2}


# ----------------------------------------------------------------------------------------------- in words

_REASONS = {
    "not_sent": "chưa gửi báo cáo",
    "paper": "chỉ gửi bản giấy, chưa có biểu số liệu",
    "to_enter": TO_ENTER,
    "unusable": "gửi tệp chưa sử dụng được",
    "left_out": "để ngoài tổng hợp theo quyết định, đơn vị chưa chỉnh lý",
    "not_available": "đơn vị ghi “Chưa có số liệu”",
    "exemption_open": "đơn vị ghi “Không áp dụng”, chưa được chấp nhận",
}
_OUTSIDE = {
    "withheld": "không cung cấp theo quy định về bảo vệ bí mật nhà nước, không tính vào số phải báo cáo",
    "not_applicable": "đã chấp nhận là không thuộc phạm vi áp dụng, không tính vào số phải báo cáo",
}
_UNSENT = {"to_enter": TO_ENTER, "missing": "chưa gửi", "unusable": "chưa có tệp dùng được"}
"""What is said in the place of a document by those that there is none of."""


def place_text(sheet: str | None, address: str | None) -> str:
    """Name sheet and cell: "Biểu 01-A, ô G14"; "" where not known."""
    return ", ".join([*([format_sheet(sheet)] if sheet else []), *([f"ô {address}"] if address else [])])


def format_day(iso: str) -> str:
    """A day as it is printed, of a day or a moment in ISO format."""
    return format_date(date.fromisoformat(iso[:10]))


def document_text(unit: Entry) -> str:
    """Name the document that a unit's return came with: "1502/BC-SKHCN ngày 07/11/2025, gửi muộn 03 ngày"."""
    if unit["status"] in _UNSENT:
        return _UNSENT[unit["status"]]
    number = unit["document"] or "văn bản không ghi số"
    dated = f" ngày {format_day(unit['sent_on'])}" if unit["sent_on"] else " (không ghi ngày)"
    # When it arrived, where that is later than its own day, on what that rests, who decided
    day, timing, late = unit["arrived_on"], unit["timing"], ""
    if (unit["days_late"] or timing) and day and day > (unit["first_sent_on"] or ""):
        late = f", {ArrivedBy(unit['arrived_by']).say(date.fromisoformat(day))}"
        if timing:
            reason = "; ".join(filter(None, (timing["reason"], timing["document"])))
            how = "đúng hạn" if timing["in_time"] else "sau thời hạn"
            by = f"{timing['who']} ngày {format_day(timing['when'])}" + (f" ({reason})" if reason else "")
            late += f", tính là {how} theo quyết định của {by}"
    if unit["days_late"]:
        least = "ít nhất " if unit["arrived_by"] == ArrivedBy.MISSING else ""
        late += f", gửi muộn {least}{unit['days_late']} ngày"
    first = unit.get("first_sent_on")
    if first and first != unit["sent_on"]:
        late = f", là bản chỉnh lý; gửi lần đầu ngày {format_day(first)}{late}"
    return f"{number}{dated}{late}"


def reason_text(given: Entry, unit: Entry) -> str:
    """Say why a unit asked adds nothing. ``given`` is its contribution or the entry of a sum left out."""
    state, reason = given["state"], given["reason"]
    if reason is None:
        return _OUTSIDE.get(state) or State(state).word
    if reason == "correcting" and unit["undecided"]:
        return "đã gửi nhiều tệp khác nhau, chưa chọn tệp nào"
    if reason == "correcting":
        return "bị loại, chờ chỉnh lý" if given["barred_by"] else "số liệu không dùng được, chờ chỉnh lý"
    if reason == "unanswered":
        return "ghi “Không cung cấp” nhưng không thuộc diện được phép" if state == "withheld" else "để trống"
    return _REASONS[reason]


def finding_text(finding: Entry, replies: Mapping[str, Entry] | None = None) -> str:
    """A finding as one line: name, severity, state, place, what was found, what the unit answered."""
    place = place_text(finding["sheet"], finding["cell"])
    at = f" {place}:" if place else ""
    kind = Severity(finding["severity"]).word
    kind += "" if finding["severity"] == "info" else f", {FindingState(finding['state']).word}"
    answered = ""
    if reply := (replies or {}).get(finding["id"]):
        standing = ReplyStanding(reply["standing"]) if reply["standing"] else None
        answered = f"; {format_reply(ReplyKind(reply['opinion']), standing, reply['reason'].rstrip('.'))}"
    return f"{finding['id']} ({kind}):{at} {finding['message'].rstrip('.')}{answered}."


def figure_name(manifest: Manifest, code: str) -> str:
    """What a counted or summed figure of the report is called."""
    task = code.removeprefix("tasks.").removesuffix(".done")
    if code == "directives":
        return "Văn bản chỉ đạo, triển khai"
    if code == "tasks.single.done":
        return "Nhiệm vụ giao riêng cho một cơ quan"
    if code.endswith(".done") and task in manifest.items:
        name = str(manifest.items[task]["name"])
        if not code.startswith("tasks."):
            return name
        units = {one["unit"]: None for one in manifest.data["tasks"] if one["block"] == task}
        one_body = manifest.unit_name(next(iter(units), ""))
        bodies = one_body if len(units) == 1 else f"{len(units)} cơ quan, đơn vị"
        return f"Nhóm nhiệm vụ từ “{name}”, giao {bodies}"
    item, _, field = code.rpartition(".")
    return f"{manifest.item_name(item)}: {manifest.labels(item, field)[1]}"


_FILES = {"use": "chọn tệp", "reject": "loại tệp", "assign": "xác định là tệp của đơn vị:"}


def decision_lines(
    manifest: Manifest, units: Collection[str], items: Collection[str], fields: Collection[str] = ()
) -> tuple[str, ...]:
    """Write the decisions about these units, and of an item or field only these where any are given."""

    def is_about(entry: Entry, fields: Collection[str] = fields) -> bool:
        item = entry["item"]
        return not items or item is None or (item in items and (not fields or entry["field"] in fields))

    lines: list[tuple[str, str]] = []
    for choice in manifest.data["decisions"]:
        file = f"“{last_name(choice['file'])}” ({choice['sha256'][:8]})"
        reason = f"; lý do: {choice['reason']}" if choice["reason"] else ""
        lines.append((choice["unit"], f"{_FILES[choice['kind']]} {file}, {_by(choice)}{reason}"))
    for put in manifest.data["overrides"]:
        if is_about(put) and put.get("used", True):
            item, label = manifest.labels(put["item"], put["field"])
            what = f"{put['part'] + ': ' if put['part'] else ''}{put['item']} · {item} ({label})"
            own = f"đơn vị ghi “{put['over']}”" if put["over"] else "đơn vị không ghi"
            used = format_count(int(put["text"])) if put["text"].isdecimal() else put["text"]
            lines.append((put["unit"], f"đính chính {what}: {own}, dùng “{used}”{_why(put)}"))
    for acceptance in manifest.data["acceptances"]:
        finding = manifest.findings.get(acceptance["finding"])
        if finding is not None and is_about(finding, ()):
            about = f" {finding['item']}" if finding["item"] else ""
            message = f"{finding['id']} ({finding['message'].rstrip('.')})"
            lines.append((acceptance["unit"], f"chấp nhận{about} theo phát hiện {message}{_why(acceptance)}"))
    for left_out in manifest.data["left_out"]:
        if left_out["used"] and is_about(left_out):
            what = f"để ngoài tổng hợp ({left_out['said'].rstrip('.')})"
            lines.append((left_out["unit"], f"{what}{_why(left_out)}"))
    return tuple(f"{manifest.unit_name(unit)}: {text}." for unit, text in lines if unit in units)


def _why(decision: Entry) -> str:
    reason = f"; lý do: {decision['reason']}" if decision["reason"] else ""
    document = f"; văn bản: {decision['document']}" if decision["document"] else ""
    return f"{reason}{document}; {_by(decision)}"


def _by(decision: Entry) -> str:
    return f"{decision['who']}, {datetime.fromisoformat(decision['when']):%d/%m/%Y %H:%M}"
