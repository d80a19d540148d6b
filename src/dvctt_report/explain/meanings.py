"""What names of figures mean, as tables: the words for each, and which entries of a manifest it counts.

``named`` gives account of what is counted here, and others' forms are filled with the counts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from dvctt_report.explain.manifest import Entry, Manifest
from dvctt_report.report.unit_lists import KINDS

OF_TARGET: Mapping[str, str] = {
    "percent": "tỷ lệ",
    "numerator": "số đã thực hiện",
    "denominator": "tổng số",
    "at_least": "mức của chỉ tiêu theo Kế hoạch",
    "distance": "khoảng cách giữa tỷ lệ và mức của chỉ tiêu, bằng điểm phần trăm",
    "difference": "tỷ lệ trừ mức của chỉ tiêu, bằng điểm phần trăm",
    "way.distance": "khoảng cách đến mức của chỉ tiêu, bằng điểm phần trăm",
    "way.per_year": "số điểm phần trăm bình quân mỗi năm cần tăng",
    "per_year": "số điểm phần trăm bình quân mỗi năm cần tăng",
    "short": "số còn thiếu để đạt mức của chỉ tiêu",
    "turn": "số ít nhất ở các đơn vị còn thiếu làm đổi kết luận",
    "low": "tỷ lệ thấp nhất có thể có khi đủ số liệu",
    "high": "tỷ lệ cao nhất có thể có khi đủ số liệu",
    "verdict": "kết luận",
    "last_year.now": "tỷ lệ năm nay, đặt cạnh tỷ lệ năm trước",
    "weight": "phần của tổng số mà các đơn vị có số liệu chiếm",
    "answer": "trả lời",
    "fields": "số lĩnh vực được đánh giá",
    "fields.missed": "số lĩnh vực chưa đạt",
    "estimate": "số ước thực hiện cả năm",
    "estimate.so_far": "số đã thực hiện của các đơn vị có số ước",
    "own": "số cộng của các đơn vị, không phải số in làm kết quả",
    "known_total": "tổng số đã biết của đơn vị chưa có số đã thực hiện, dùng để xét cận dưới, cận trên",
    "pair": "số của các đơn vị và số đối chiếu",
    "pair.control": "số đối chiếu của cơ quan quản lý hệ thống",
    "pair.difference": "số đối chiếu trừ số của các đơn vị",
    "others": "số đơn vị không nêu tên trong câu",
    **{kind: f"số {said} trong các đơn vị đó" for kind, said in KINDS.items()},
    "decided": "số đơn vị có số liệu đã đính chính hoặc được chấp nhận có lý do",
}
"""Names that are told by the target's own account."""

WHY_MISSING = {
    "not_sent": "chưa gửi báo cáo",
    "paper": "chỉ gửi bản giấy",
    "to_enter": "đã gửi bản quét, chờ nhập",
    "unusable": "gửi biểu chưa sử dụng được",
    "correcting": "đang chỉnh lý số liệu",
    "left_out": "để ngoài tổng hợp",
    "not_available": "ghi chưa có số liệu",
    "exemption_open": "đề nghị không áp dụng, đang xem xét",
    "unanswered": "chưa trả lời",
}
"""Why a unit has no figure for a target."""


def _is_missing_for(why: str, given: Entry, indicator: Entry, target: Entry) -> bool:
    return bool(given["reason"] == why and given["unit"] in indicator["missing"])


OF_UNITS: Mapping[str, tuple[str, Callable[[Entry, Entry, Entry], bool]]] = {
    "below": ("số đơn vị dưới mức của chỉ tiêu", lambda c, i, t: c["unit"] in t["below"]),
    "coverage.reported": (
        "số đơn vị đã có số liệu",
        lambda c, i, t: not c["excused"] and c["unit"] not in i["missing"],
    ),
    "coverage.expected": ("số đơn vị phải báo cáo", lambda c, i, t: not c["excused"]),
    "missing": ("số đơn vị chưa có số liệu", lambda c, i, t: c["unit"] in i["missing"]),
    "awaited": ("số đơn vị chưa có số liệu mà kết luận còn chờ", lambda c, i, t: c["unit"] in t["awaited"]),
    "missing.total": (
        "số đơn vị chưa có số liệu mà tổng số cũng chưa biết",
        lambda c, i, t: (
            c["unit"] in i["missing"] and t["measure"] == "ratio" and c["known_denominator"] is None
        ),
    ),
    "none_arising": ("số đơn vị không phát sinh", lambda c, i, t: c["state"] == "none_arising"),
    "withheld": (
        "số đơn vị không cung cấp số liệu theo quy định về bí mật nhà nước",
        lambda c, i, t: c["state"] == "withheld",
    ),
    "exempt": (
        "số đơn vị không thuộc phạm vi áp dụng",
        lambda c, i, t: c["state"] == "not_applicable" and c["unit"] not in i["missing"],
    ),
    "ungrouped": (
        "số đơn vị thuộc nhóm mà Kế hoạch không đặt mức",
        lambda c, i, t: all(c["unit"] != g["unit"] for part in t["fields"] for g in part["contributions"]),
    ),
    **{
        f"missing.{why}": (f"số đơn vị {said}", partial(_is_missing_for, why))
        for why, said in WHY_MISSING.items()
    },
}
"""Names of counts of units, and which contributions to the target they count."""


def _has_sent(unit: Entry) -> bool:
    return unit["status"] not in ("missing", "unusable")


def _has_day(unit: Entry) -> bool:
    return bool(unit["first_sent_on"] or unit["sent_on"] or unit["arrived_on"])


RETURNS: Mapping[str, tuple[str, Callable[[Entry], bool]]] = {
    "expected": ("số cơ quan, đơn vị, địa phương phải gửi hoặc được đề nghị gửi báo cáo", lambda u: True),
    "received": ("số cơ quan, đơn vị, địa phương đã gửi báo cáo", _has_sent),
    "percent": ("phần đã gửi báo cáo", _has_sent),
    "on_time": ("số đơn vị gửi đúng hạn", lambda u: u["status"] == "on_time"),
    "usable": ("số đơn vị có biểu số liệu sử dụng được", lambda u: bool(u["file"])),
    "mended": (
        "số đơn vị đã gửi lại bản chỉnh lý",
        lambda u: _has_sent(u) and u["first_sent_on"] not in (None, u["sent_on"]),
    ),
    "in_time": (
        "số đơn vị đã gửi khi hết hạn",
        lambda u: _has_sent(u) and _has_day(u) and not u["days_late"],
    ),
    "dayless": ("số đơn vị đã gửi, không rõ ngày gửi", lambda u: _has_sent(u) and not _has_day(u)),
    "late": ("số đơn vị gửi sau thời hạn", lambda u: u["status"] == "late"),
    "undated": ("số đơn vị không ghi ngày gửi", lambda u: u["status"] == "undated"),
    "paper": ("số đơn vị chỉ gửi bản giấy", lambda u: u["status"] == "paper"),
    "to_enter": ("số đơn vị đã gửi bản quét, chờ nhập", lambda u: u["status"] == "to_enter"),
    "missing": ("số đơn vị chưa gửi báo cáo", lambda u: u["status"] == "missing"),
    "unusable": ("số đơn vị gửi biểu chưa sử dụng được", lambda u: u["status"] == "unusable"),
    "correcting": ("số báo cáo đang chỉnh lý số liệu", lambda u: u["correcting"]),
    "to_correct": (
        "số đơn vị có số liệu cần chỉnh lý hoặc gửi biểu chưa sử dụng được",
        lambda u: u["correcting"] or u["status"] == "unusable",
    ),
    "left_out": ("số đơn vị có số liệu để ngoài tổng hợp", lambda u: u["left_out"]),
    "required": ("số cơ quan, đơn vị, địa phương có trách nhiệm báo cáo", lambda u: u["duty"] == "required"),
    "asked": ("số cơ quan, đơn vị được đề nghị phối hợp báo cáo", lambda u: u["duty"] == "asked"),
}
"""Names of counts of units by how they have sent."""


def is_open(finding: Entry, severity: str) -> bool:
    """Whether a finding of that severity is neither mended nor decided."""
    return (finding["severity"], finding["state"]) == (severity, "open")


FINDINGS: Mapping[str, tuple[str, Callable[[Entry], bool]]] = {
    "barred": (
        "số nội dung chưa sử dụng được",
        lambda f: is_open(f, "error") and bool(f["unit"]) and not f.get("beside"),
    ),
    "unconfirmed": (
        "số nội dung đã tạm sử dụng, chờ xác nhận",
        lambda f: is_open(f, "warning") and bool(f["unit"]) and not f.get("beside"),
    ),
    "accepted": (
        "số nội dung được chấp nhận có lý do",
        lambda f: f["state"] == "accepted" and not f.get("no_figure"),
    ),
    "left_out": (
        "số nội dung để ngoài tổng hợp",
        lambda f: f["state"] == "left_out" and f["severity"] == "error" and bool(f["unit"]),
    ),
}
"""Names of counts of findings by what became of them."""
OVERRIDES: Mapping[str, tuple[str, Callable[[Entry], bool]]] = {
    "": ("số số liệu đã đính chính", lambda o: True),
    "documented": ("số số liệu đã đính chính, có văn bản", lambda o: bool(o["document"])),
    "undocumented": (
        "số số liệu đã đính chính, không có văn bản làm căn cứ",
        lambda o: not o["document"],
    ),
}
"""Names of counts of the officer's figures by what they rest on."""
OF_UNIT: Mapping[str, tuple[str, Callable[[Entry], bool] | None]] = {
    "errors": ("số lỗi chưa xử lý", lambda f: is_open(f, "error")),
    "warnings": ("số cảnh báo chưa xử lý", lambda f: is_open(f, "warning")),
    "below": ("số chỉ tiêu dưới mức của Kế hoạch", None),
    "missing": ("số chỉ tiêu chưa có số liệu", None),
}
"""Names of counts of one unit: what is counted, and which findings where these are."""
VERDICTS = {
    "met": "đạt và vượt",
    "missed": "chưa đạt",
    "insufficient": "chưa kết luận",
    "none_arising": "không phát sinh",
    "not_applicable": "không áp dụng",
    "no_level": "không được Kế hoạch đặt mức bằng số",
    "progress": "chưa hết năm, chỉ nêu tiến độ",
}
"""Names of counts of targets by verdict."""
GRADES = {"unsure": ("provisional", ", chưa chắc chắn"), "sure": ("certain", ", chắc chắn")}
"""How sure the verdicts of those counted are, as a manifest names it, and the words for it."""
PROGRESS = {
    "reached": "đang đáp ứng mức cả năm",
    "below": "chưa đáp ứng mức cả năm",
    "unknown": "chưa đủ số liệu",
}
"""Names of counts of targets by how far they are in a part of the year."""
TASKS = {
    "done": "đã thực hiện",
    "ongoing": "đang thực hiện",
    "not_done": "chưa thực hiện",
    "unknown": "chưa có thông tin",
}
"""Names of counts of tasks by how far bodies are."""
LETTERS = {
    "required": "số nơi nhận có trách nhiệm báo cáo",
    "asked": "số nơi nhận được đề nghị phối hợp",
    "all": "số nơi nhận biểu mẫu",
    "listed": "số nơi nhận trong danh sách kèm công văn",
    "to_mend": "số nội dung đề nghị chỉnh lý ở phụ lục của công văn, ở lời gửi",
    "to_confirm": "số nội dung đề nghị xác nhận ở phụ lục của công văn, ở lời gửi",
    "more": "số nội dung không kê ở lời gửi, ghi trong bảng kê gửi kèm",
}
"""Names of counts of those that a letter goes to, or of the lines of its list."""
ASKED = {
    "directives": "văn bản chỉ đạo, triển khai",
    "topics": "nội dung tuyên truyền",
    "channels": "hình thức tuyên truyền",
}
"""What units are asked to list, by the first part of the name."""


def count_of(manifest: Manifest, code: str, role: str) -> int:
    """How many units ``T10.below`` and its like count."""
    indicator, target, (_, counts) = manifest.indicators[code], manifest.targets[code], OF_UNITS[role]
    return sum(counts(c, indicator, target) for c in manifest.contributions.get(code, ()))


def groups_of(manifest: Manifest) -> list[str]:
    """The headings of the kinds of units, in the order that ``T10.sum1`` and its like number them by."""
    return list(dict.fromkeys(unit["group"] for unit in manifest.units.values()))


def counts_of_returns(manifest: Manifest) -> dict[str, tuple[str, int]]:
    """The counts of units by how they have sent: name → what is counted, how many."""
    units = manifest.units.values()
    return {
        f"returns.{role}": (what, sum(map(counts, units)))
        for role, (what, counts) in RETURNS.items()
        if role != "percent"
    }


def counts_of_verdicts(manifest: Manifest) -> dict[str, tuple[str, int]]:
    """The counts of the period's targets by verdict: name → what is counted, how many."""
    due = [i["verdict"] for i in manifest.indicators.values() if i["verdict"] != "not_due"]
    said = {f"targets.{one}": (f"số chỉ tiêu {what}", due.count(one)) for one, what in VERDICTS.items()}
    return {"targets.due": ("số chỉ tiêu của năm", len(due)), **said}


def states_of_tasks(manifest: Manifest, id: str) -> list[str] | None:
    """How far every body is with the tasks that the figure ``id`` counts; None where it counts no tasks."""
    about, _, role = id.rpartition(".")
    statuses = manifest.data["tasks"]
    if role != "done" or not (about.partition(".")[0] == "tasks" or is_task(manifest, about)):
        return None
    return [status["state"] for status in statuses_of(manifest, statuses, about)]


def is_task(manifest: Manifest, code: str) -> bool:
    """Whether the code is that of a task of the plan."""
    return f"{code}.done" in manifest.figures and code in manifest.items


def statuses_of(manifest: Manifest, statuses: Sequence[Entry], about: str) -> list[Entry]:
    """The statuses of all tasks, of those of single bodies, of a block of tasks, or of one task."""
    if about == "tasks":
        return list(statuses)
    if about == "tasks.single":
        units: dict[str, set[str]] = {}
        for one in statuses:
            units.setdefault(one["block"], set()).add(one["unit"])
        return [s for s in statuses if len(units[s["block"]]) == 1]
    block = about.removeprefix("tasks.")
    key = "block" if about != block else "task"
    return [s for s in statuses if s[key] == block]
