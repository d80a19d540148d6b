"""What the writer and the reader of the workbook of decisions share: its keys, its columns, what is typed."""

from __future__ import annotations

from typing import NamedTuple

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


class Column(NamedTuple):
    """One column: its key, its header, its width in characters."""

    key: str
    header: str
    width: float


SHOWN = (
    Column("number", "Số", 4.5),
    Column("who", "Đơn vị", 13),
    Column("place", "Ở đâu", 12),
    Column("about", "Nội dung, đã ghi", 22),
    Column("why", "Vì sao", 25),
)
TYPED = (
    Column("choice", "Quyết định (chọn)", 15),
    Column("value", "Số đúng, đơn vị đúng", 10),
    Column("reason", "Lý do", 16),
    Column("kind", "Căn cứ (chọn)", 9),
    Column("basis", "Số văn bản; hoặc ai, ngày nào", 13),
    Column("authority", "Thẩm quyền", 10),
    Column("follower", "Người theo dõi", 9.5),
)
OUTCOME = Column("outcome", "Kết quả", 16)
COLUMNS = (*SHOWN, *TYPED, OUTCOME)

BETWEEN = "|"
"""Between the facts of a row in its hidden cell."""
