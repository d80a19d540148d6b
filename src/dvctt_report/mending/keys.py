"""The list of what a unit is asked to mend: the keys and columns that its writer and its reader share.

As in a form, a very hidden sheet says whose list it is, a hidden marker row names the columns, and a hidden
column names the finding of each row, so rows may be sorted and columns moved.
"""

from typing import NamedTuple

from dvctt_report.model import ReplyKind

FORM = "dvctt-chinh-ly"
VERSION = "1"
META_KEYS = ("form", "version", "plan", "year", "unit", "issued", "about")
MARK = "#chinh-ly"
"""Stands in the marker row, above the names of the findings."""
REPLY = "opinion"
REASON = "reason"

REPLY_WORDS: dict[ReplyKind, str] = {
    ReplyKind.MENDED: "Đã sửa",
    ReplyKind.KEPT: "Giữ nguyên",
    ReplyKind.NOT_AVAILABLE: "Chưa có số liệu",
}
"""What the unit chooses from, word for word."""


class ListColumn(NamedTuple):
    """One column: its key, its header, its width in characters."""

    key: str
    header: str
    width: float


COLUMNS = (
    ListColumn("number", "STT", 5),
    ListColumn("place", "Vị trí", 17),
    ListColumn("about", "Nội dung", 25),
    ListColumn("written", "Đơn vị đã ghi", 15),
    ListColumn("why", "Lý do chưa sử dụng được hoặc cần xác nhận", 31),
    ListColumn("asked", "Đề nghị", 29),
    ListColumn(REPLY, "Ý kiến của đơn vị (chọn)", 14),
    ListColumn(REASON, "Lý do, thời gian bổ sung", 24),
)
