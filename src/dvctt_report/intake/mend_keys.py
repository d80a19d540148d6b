"""The list of what a unit is asked to mend: the keys and columns that its writer and its reader share.

As in a form, a very hidden sheet says whose list it is, a hidden marker row names the columns, and a hidden
column names the finding of each row, so rows may be sorted and columns moved.
"""

from __future__ import annotations

from dvctt_report.forms.layout import KeyedColumn
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

COLUMNS = (
    KeyedColumn("number", "STT", 5),
    KeyedColumn("place", "Vị trí", 17),
    KeyedColumn("about", "Nội dung", 25),
    KeyedColumn("written", "Đơn vị đã ghi", 15),
    KeyedColumn("why", "Lý do chưa sử dụng được hoặc cần xác nhận", 31),
    KeyedColumn("asked", "Đề nghị", 29),
    KeyedColumn(REPLY, "Ý kiến của đơn vị (chọn)", 14),
    KeyedColumn(REASON, "Lý do, thời gian bổ sung", 24),
)
