"""What the writer and the reader of the workbook of decisions share: its keys, its columns, what is typed."""

from __future__ import annotations

from typing import NamedTuple

from dvctt_report.forms.layout import KeyedColumn

FORM = "dvctt-viec"
VERSION = "1"
META_KEYS = ("form", "version", "plan", "period", "digest")
MARK = "#viec"
"""Stands in the marker row, above the facts that each row is about."""
STEM = "viec-can-xu-ly"


class Typed(NamedTuple):
    """What the officer types into a row."""

    choice: str = ""
    value: str = ""
    reason: str = ""
    kind: str = ""
    basis: str = ""
    authority: str = ""
    follower: str = ""


NOTHING_TYPED = Typed()

SHOWN = (
    KeyedColumn("name", "Mã", 11.5),
    KeyedColumn("who", "Đơn vị", 13),
    KeyedColumn("place", "Ở đâu", 12),
    KeyedColumn("about", "Nội dung, đã ghi", 22),
    KeyedColumn("why", "Vì sao", 25),
)
TYPED = (
    KeyedColumn("choice", "Quyết định (chọn)", 15),
    KeyedColumn("value", "Số đúng, đơn vị đúng", 10),
    KeyedColumn("reason", "Lý do", 16),
    KeyedColumn("kind", "Căn cứ (chọn)", 9),
    KeyedColumn("basis", "Số văn bản; hoặc ai, ngày nào", 13),
    KeyedColumn("authority", "Thẩm quyền", 10),
    KeyedColumn("follower", "Người theo dõi", 9.5),
)
OUTCOME = KeyedColumn("outcome", "Kết quả", 16)
COLUMNS = (*SHOWN, *TYPED, OUTCOME)

SIGNED = ("NGƯỜI TỔNG HỢP", "LÃNH ĐẠO DUYỆT")
"""Who signs a printed sheet: stands below its rows."""
BETWEEN = "|"
"""Between the facts of a row in its hidden cell."""
