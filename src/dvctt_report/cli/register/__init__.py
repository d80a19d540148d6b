"""``dvctt-report register``: the register of received files, and the officer's decisions about them."""

from __future__ import annotations

COMMANDS: tuple[tuple[str, str], ...] = (
    ("list", "Liệt kê mọi tệp đã nhận, văn bản, ngày gửi và quyết định."),
    ("changes", "Xem từng ô khác nhau giữa các lần gửi của một đơn vị."),
    ("use", "Chọn tệp được dùng khi một đơn vị gửi nhiều tệp."),
    ("reject", "Loại một tệp, có lý do."),
    ("undo", "Hoàn lại quyết định về một tệp."),
    ("book", "Lập sổ theo dõi, thêm đơn vị còn thiếu."),
)

HELP = (
    "Văn bản gửi sau tự thay văn bản gửi trước, theo ngày gửi. Hai tệp khác nhau cùng ngày gửi hoặc không rõ "
    "ngày thì phải chọn. Mọi tệp đã nhận và mọi quyết định đều được giữ lại."
)
