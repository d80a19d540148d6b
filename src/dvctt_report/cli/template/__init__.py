"""``dvctt-report template``: the Word template of the report, as an officer edits it."""

from __future__ import annotations

COMMANDS: tuple[tuple[str, str], ...] = (("check", "Kiểm tra tệp mẫu báo cáo đã sửa trong Word."),)

HELP = "Bảng tên thẻ của tệp mẫu: docs/tep-mau.md."
