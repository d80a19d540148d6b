"""The words of an account: answers, places, documents, reasons, findings, decisions of the officer."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal

from dvctt_report.explain.manifest import Entry, Manifest
from dvctt_report.forms.form import format_sheet
from dvctt_report.intake.mend_lists import ReplyStanding, format_reply
from dvctt_report.model import TO_ENTER, ArrivedBy, FindingState, ReplyKind, Severity, State
from dvctt_report.text.file_names import last_name
from dvctt_report.text.vietnamese import format_count, format_date

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
_STATUSES = {
    "to_enter": TO_ENTER,
    "missing": "chưa gửi",
    "unusable": "chưa có tệp dùng được",
    "undated": "không ghi ngày gửi",
}


def format_answer(cell: Entry) -> str:
    """Write what a cell was read as; the state in words where there is no figure."""
    value = cell["value"]
    if cell["state"] != "given":
        return State(cell["state"]).word
    if isinstance(value, bool):
        return "có đánh dấu" if value else "không đánh dấu"
    return format_count(value) if isinstance(value, int | Decimal) else str(value)


def place_text(cell: Entry) -> str:
    """Name sheet and cell: "Biểu 01-A, ô G14"; "" where not known."""
    sheet, address = cell["sheet"], cell["cell"]
    return ", ".join([*([format_sheet(sheet)] if sheet else []), *([f"ô {address}"] if address else [])])


def document_text(unit: Entry) -> str:
    """Name the document that a unit's return came with: "1502/BC-SKHCN ngày 07/11/2025, gửi muộn 03 ngày"."""
    if unit["status"] in ("missing", "unusable", "to_enter"):
        return _STATUSES[unit["status"]]
    number = unit["document"] or "văn bản không ghi số"
    dated = f" ngày {_day(unit['sent_on'])}" if unit["sent_on"] else " (không ghi ngày)"
    late = _arrival(unit) if unit["days_late"] or unit["timing"] else ""
    if unit["days_late"]:
        least = "ít nhất " if unit["arrived_by"] == ArrivedBy.MISSING else ""
        late += f", gửi muộn {least}{unit['days_late']} ngày"
    first = unit.get("first_sent_on")
    if first and first != unit["sent_on"]:
        late = f", là bản chỉnh lý; gửi lần đầu ngày {_day(first)}{late}"
    return f"{number}{dated}{late}"


def _arrival(unit: Entry) -> str:
    """Say when a return arrived, where that is later than its own day, on what it rests, who decided."""
    day, timing = unit["arrived_on"], unit["timing"]
    if not day or day <= (unit["first_sent_on"] or ""):
        return ""
    said = f", {ArrivedBy(unit['arrived_by']).say(date.fromisoformat(day))}"
    if not timing:
        return said
    reason = "; ".join(filter(None, (timing["reason"], timing["document"])))
    how = "đúng hạn" if timing["in_time"] else "sau thời hạn"
    by = f"{timing['who']} ngày {_day(timing['when'][:10])}" + (f" ({reason})" if reason else "")
    return f"{said}, tính là {how} theo quyết định của {by}"


def _day(iso: str) -> str:
    return format_date(date.fromisoformat(iso))


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


def finding_text(finding: Entry, reply: Entry | None = None) -> str:
    """Write a finding as one line: name, severity, state, place, what was found, what the unit answered.

    What to do about it is not said here.
    """
    place = place_text({"sheet": finding["sheet"] or "", "cell": finding["cell"] or ""})
    at = f" {place}:" if place else ""
    state = "" if finding["severity"] == "info" else f", {FindingState(finding['state']).word}"
    said = ""
    if reply is not None:
        standing = ReplyStanding(reply["standing"]) if reply["standing"] else None
        said = f"; {format_reply(ReplyKind(reply['opinion']), standing, reply['reason'].rstrip('.'))}"
    kind = f"{Severity(finding['severity']).word}{state}"
    return f"{finding['id']} ({kind}):{at} {finding['message'].rstrip('.')}{said}."


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


# ---------------------------------------------------------------------------------------------- decisions

_FILES = {"use": "chọn tệp", "reject": "loại tệp", "assign": "xác định là tệp của đơn vị:"}


def decision_lines(
    manifest: Manifest, units: Collection[str], items: Collection[str], fields: Collection[str] = ()
) -> tuple[str, ...]:
    """Write the decisions about these units; those about an item only where it is one of ``items``.

    What is about a whole file has no item. No ``items``: all decisions about the units; no ``fields``: those
    about any field.
    """

    def is_about(one: Entry, fields: Collection[str] = fields) -> bool:
        item = one["item"]
        return not items or item is None or (item in items and (not fields or one["field"] in fields))

    said: list[tuple[str, str]] = []
    for one in manifest.data["decisions"]:
        file = f"“{last_name(one['file'])}” ({one['sha256'][:8]})"
        reason = f"; lý do: {one['reason']}" if one["reason"] else ""
        said.append((one["unit"], f"{_FILES[one['kind']]} {file}, {_by(one)}{reason}"))
    for put in manifest.data["overrides"]:
        if is_about(put) and put.get("used", True):
            item, label = manifest.labels(put["item"], put["field"])
            what = f"{put['part'] + ': ' if put['part'] else ''}{put['item']} · {item} ({label})"
            own = f"đơn vị ghi “{put['over']}”" if put["over"] else "đơn vị không ghi"
            used = format_count(int(put["text"])) if put["text"].isdecimal() else put["text"]
            said.append((put["unit"], f"đính chính {what}: {own}, dùng “{used}”{_why(put)}"))
    for one in manifest.data["acceptances"]:
        found = manifest.findings.get(one["finding"])
        if found is not None and is_about(found, ()):
            about = f" {found['item']}" if found["item"] else ""
            message = f"{one['finding']} ({found['message'].rstrip('.')})"
            said.append((one["unit"], f"chấp nhận{about} theo phát hiện {message}{_why(one)}"))
    for one in manifest.data["left_out"]:
        if one["used"] and is_about(one):
            said.append((one["unit"], f"để ngoài tổng hợp ({one['said'].rstrip('.')}){_why(one)}"))
    return tuple(f"{manifest.unit_name(unit)}: {text}." for unit, text in said if unit in units)


def _why(decision: Entry) -> str:
    reason = f"; lý do: {decision['reason']}" if decision["reason"] else ""
    document = f"; văn bản: {decision['document']}" if decision["document"] else ""
    return f"{reason}{document}; {_by(decision)}"


def _by(decision: Entry) -> str:
    return f"{decision['who']}, {datetime.fromisoformat(decision['when']):%d/%m/%Y %H:%M}"
