"""``dvctt-report override``: figures that the officer puts in the place of what a unit's return says."""

from __future__ import annotations

COMMANDS: tuple[tuple[str, str], ...] = (
    ("set", "Ghi số đúng thay cho ô của đơn vị, hoặc nhập số từ bản giấy."),
    ("list", "Liệt kê các đính chính, cả những đính chính đã bỏ."),
    ("drop", "Bỏ một đính chính, dùng lại số của đơn vị."),
)

HELP = (
    "Tệp của đơn vị không bao giờ bị sửa. Mỗi đính chính có lý do, văn bản làm căn cứ, người ghi, thời điểm "
    "và được nêu ở mọi nơi in con số đó."
)
