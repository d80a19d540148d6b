"""The list of what changed since the last rendering, as a Word file to work with."""

from __future__ import annotations

from collections.abc import Sequence

from dvctt_report.nd30.package import HEADERS, write_package
from dvctt_report.nd30.wordxml import WordRow, cell, paragraph, run, section, table
from dvctt_report.period import Period
from dvctt_report.verify.drafts import DraftChange
from dvctt_report.vietnamese import clean_text, format_small_count

_WIDTHS = (11, 44, 55, 55)
_HEADS = ("STT", "Vị trí", "Bản trước", "Bản này")
NEW, GONE = "(chưa có)", "(không còn)"


def format_place(change: DraftChange) -> str:
    """Say where a change stands: "Mục II.2.k", "Phụ lục II, Bảng 5, dòng “UBND xã”, cột “Tỷ lệ (%)”"."""
    numbered = change.section[:1].isupper() and not change.section.startswith("Phụ lục")
    section = f"Mục {change.section}" if numbered else change.section[:1].upper() + change.section[1:]
    return ", ".join(filter(None, (section, change.where)))


def changes_bytes(changes: Sequence[DraftChange], period: Period, former: str, author: str) -> bytes:
    """Write the list; ``former`` says which rendering it is compared with."""
    title = f"Thay đổi của dự thảo báo cáo {period.words}"
    n = format_small_count(len(changes)) if changes else "không"
    about = f"So với {former}: có {n} chỗ thay đổi. Tài liệu làm việc, không gửi kèm báo cáo."
    if not changes:
        about = f"So với {former}: không có thay đổi. Tài liệu làm việc, không gửi kèm báo cáo."
    body = paragraph("kind", run(title.upper())) + paragraph("memo_note", run(about))
    if changes:
        head = WordRow(tuple(cell("column", name) for name in _HEADS), header=True)
        rows = (_row(number, change) for number, change in enumerate(changes, 1))
        body += table(_WIDTHS, (head, *rows)) + paragraph("section_end")
    return write_package(body + section(HEADERS), title=title, author=author)


def _row(number: int, change: DraftChange) -> WordRow:
    texts = (format_place(change), change.old or NEW, change.new or GONE)
    return WordRow(
        (cell("cell_center", str(number)), *(cell("cell_text", clean_text(text)) for text in texts))
    )
