"""A change in a Vietnamese line, and as JSON."""

from __future__ import annotations

from typing import Any

from dvctt_report.decide.check.check import ChangedSince
from dvctt_report.decide.check.compare import Change, EditKind, Gravity
from dvctt_report.decide.check.passages import CLOSING
from dvctt_report.report.beside import is_place
from dvctt_report.report.blocks import OPENING

GRAVITY_NAMES = {Gravity.DIFFERS: "KHÁC", Gravity.READ: "CẦN ĐỌC", Gravity.LISTED: "ĐÃ ĐIỀN"}
_DONE = {EditKind.ADDED: "thêm", EditKind.REMOVED: "bớt", EditKind.MOVED: "chuyển chỗ"}
_LINE = 160
"""Characters of a text that are shown where not all of it is asked for."""
NOT_COMPARED = "Không đối chiếu, người soát tự đọc: nội dung ảnh, định dạng."
"""What nothing was said of; told with every check."""
_TURNING = dict.fromkeys(map(ord, "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))
_TURNING |= dict.fromkeys(_TURNING, "‹dấu đổi chiều chữ›")


def shortened(text: str, most: int) -> str:
    """A text, or as many whole words of it as there is room for."""
    return text if len(text) <= most else f"{text[:most].rpartition(' ')[0]} …"


def format_section(section: str) -> str:
    """Name a section as a reader would: "mục II.2.c", "Phụ lục II"."""
    named = section in (OPENING, CLOSING) or is_place(section) or section.startswith("Phụ lục")
    return section if named else f"mục {section}"


def format_change(change: Change, everything: bool = False) -> str:
    """Say what was changed, before and after: "“Chưa đạt” → “Đạt”"; not the section."""
    was, now = (one if everything else shortened(one, _LINE) for one in (change.was, change.now))
    done = _DONE.get(change.kind, "")
    if change.kind is EditKind.FILLED:
        said = f"“{shortened(change.after, _LINE)}”"
    elif done and change.whole:
        said = f"{done} {change.whole} “{now or was}”"
    elif done:
        own = change.after if change.kind is EditKind.ADDED else change.before
        said = f"{done} “{own if everything else shortened(own, _LINE)}”: “{was}” → “{now}”"
    else:
        said = f"“{was}” → “{now}”"
    if change.unseen:
        said += f" (còn trong tệp nhưng không nhìn thấy: {change.unseen})"
    if change.n_alike > 1:
        alike = "dòng" if change.whole == "dòng" else "ô cùng cột" if change.column else "chỗ"
        said += f"; và {change.n_alike - 1} {alike} khác như vậy"
    return (f"{change.where}: {said}" if change.where else said).translate(_TURNING)


def change_json(change: Change) -> dict[str, Any]:
    """Lay a change out as ``check --format json`` gives it."""
    return {
        "gravity": change.gravity.value,
        "kind": change.kind.value,
        "section": change.section,
        "where": change.where or None,
        "before": change.before or None,
        "after": change.after or None,
        "values": [kind.value for kind in change.values],
        "figures": list(change.figures),
        "still_seen": change.unseen or None,
        "message": f"{format_section(change.section)}: {format_change(change, True)}",
    }


def since_json(since: ChangedSince) -> dict[str, Any]:
    """Lay out a figure that the register gives otherwise today."""
    return {
        "section": since.section,
        "where": since.where or None,
        "figure": since.figure,
        "printed": since.printed,
        "now": since.now or None,
    }
