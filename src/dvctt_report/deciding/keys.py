"""What the writer and the reader of the workbook of decisions share: its keys, its columns, what is typed."""

from typing import NamedTuple

from dvctt_report.mending.keys import ListColumn

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
    ListColumn("number", "Số", 4.5),
    ListColumn("who", "Đơn vị", 13),
    ListColumn("place", "Ở đâu", 12),
    ListColumn("about", "Nội dung, đã ghi", 22),
    ListColumn("why", "Vì sao", 25),
)
TYPED = (
    ListColumn("choice", "Quyết định (chọn)", 15),
    ListColumn("value", "Số đúng, đơn vị đúng", 10),
    ListColumn("reason", "Lý do", 16),
    ListColumn("kind", "Căn cứ (chọn)", 9),
    ListColumn("basis", "Số văn bản; hoặc ai, ngày nào", 13),
    ListColumn("authority", "Thẩm quyền", 10),
    ListColumn("follower", "Người theo dõi", 9.5),
)
OUTCOME = ListColumn("outcome", "Kết quả", 16)
COLUMNS = (*SHOWN, *TYPED, OUTCOME)

BETWEEN = "|"
"""Between the facts of a row in its hidden cell."""
