"""The words of an account: answers, places, documents, reasons, findings."""

from __future__ import annotations

from datetime import date

from dvctt_report.explain.manifest import Entry, Manifest
from dvctt_report.mending.replies import ReplyStanding, format_reply
from dvctt_report.model import TO_ENTER, ArrivedBy, FindingState, ReplyKind, Severity, State
from dvctt_report.rows import format_sheet
from dvctt_report.vietnamese import format_count, format_date

_REASONS = {
    "not_sent": "chưa gửi báo cáo",
    "paper": "chỉ gửi bản giấy, chưa có biểu số liệu",
    "to_enter": TO_ENTER,
    "unusable": "gửi tệp chưa sử dụng được",
    "left_out": "để ngoài tổng hợp theo quyết định, đơn vị chưa chỉnh lý",
    "not_available": "đơn vị ghi “Chưa có số liệu”",
    "exemption_open": "đơn vị ghi “Không áp dụng”, chưa được chấp nhận",
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
    return format_count(value) if isinstance(value, int) else str(value)


def place_text(cell: Entry) -> str:
    """Name sheet and cell: "Biểu 01-A, ô G14"; "" where not known."""
    parts = (
        format_sheet(cell["sheet"]) if cell["sheet"] else "",
        f"ô {cell['cell']}" if cell["cell"] else "",
    )
    return ", ".join(part for part in parts if part)


def document_text(unit: Entry) -> str:
    """Name the document that a unit's return came with: "1502/BC-SKHCN ngày 07/11/2025, gửi muộn 03 ngày"."""
    if unit["status"] in ("missing", "unusable", "to_enter"):
        return _STATUSES[unit["status"]]
    number = unit["document"] or "văn bản không ghi số"
    dated = f" ngày {_day(unit['sent_on'])}" if unit["sent_on"] else " (không ghi ngày)"
    missed = unit["arrived_by"] == ArrivedBy.MISSING
    least = "ít nhất " if missed and unit["days_late"] else ""
    late = f"{_arrival(unit)}, gửi muộn {least}{unit['days_late']} ngày" if unit["days_late"] else ""
    late = late or (_arrival(unit) if unit["timing"] else "")
    first = unit.get("first_sent_on")
    if first and first != unit["sent_on"]:
        late = f", là bản chỉnh lý; gửi lần đầu ngày {_day(first)}{late}"
    return f"{number}{dated}{late}"


def _arrival(unit: Entry) -> str:
    """Say when a return arrived, where that is later than its own day, on what it rests, who decided."""
    day, own = unit["arrived_on"], unit["first_sent_on"] or ""
    if not day or day <= own:
        return ""
    said = f", {ArrivedBy(unit['arrived_by']).say(date.fromisoformat(day))}"
    timing = unit["timing"]
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
        if state == "withheld":
            return "không cung cấp theo quy định về bảo vệ bí mật nhà nước, không tính vào số phải báo cáo"
        if state == "not_applicable":
            return "đã chấp nhận là không thuộc phạm vi áp dụng, không tính vào số phải báo cáo"
        return State(state).word
    if reason == "correcting":
        if unit["undecided"]:
            return "đã gửi nhiều tệp khác nhau, chưa chọn tệp nào"
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
    kind = f"{Severity(finding['severity']).word}{state}"
    return f"{finding['id']} ({kind}):{at} {finding['message'].rstrip('.')}{_reply(reply)}."


def _reply(reply: Entry | None) -> str:
    if reply is None:
        return ""
    standing = ReplyStanding(reply["standing"]) if reply["standing"] else None
    return f"; {format_reply(ReplyKind(reply['opinion']), standing, reply['reason'].rstrip('.'))}"


def figure_name(manifest: Manifest, code: str) -> str:
    """What a counted or summed figure of the report is called."""
    task = code.removeprefix("tasks.").removesuffix(".done")
    if code == "directives":
        return "Văn bản chỉ đạo, triển khai"
    if code == "tasks.single.done":
        return "Nhiệm vụ giao riêng cho một cơ quan"
    if code.endswith(".done") and task in manifest.items:
        name = str(manifest.items[task]["name"])
        of_block = code.startswith("tasks.")
        return f"Nhóm nhiệm vụ từ “{name}”, giao {_bodies(manifest, task)}" if of_block else name
    item, _, field = code.rpartition(".")
    return f"{manifest.item_name(item)}: {manifest.labels(item, field)[1]}"


def _bodies(manifest: Manifest, block: str) -> str:
    """Whom a block of tasks is given to: the only body by its name, or how many."""
    tasks = manifest.data["tasks"]
    units = [*dict.fromkeys(one["unit"] for one in tasks if one["block"] == block)]
    return manifest.unit_name(units[0]) if len(units) == 1 else f"{len(units)} cơ quan, đơn vị"
