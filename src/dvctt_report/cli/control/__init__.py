"""``dvctt-report control``: figures of the systems in charge, set against the sums over the units."""

from __future__ import annotations

COMMANDS: tuple[tuple[str, str], ...] = (
    ("make", "Lập sổ đối chiếu so-doi-chieu.xlsx để ghi số của cơ quan quản lý."),
    ("read", "Đọc sổ đối chiếu đã ghi và lưu lại."),
    ("list", "So sánh: cộng các đơn vị, số đối chiếu, chênh lệch, số được in."),
)

HELP = (
    "Mục tiêu nào được đối chiếu, với nguồn nào, in số nào là do kế hoạch quy định (control trong plan.toml)."
    " Chọn khác thì ghi lý do trong sổ; báo cáo luôn nêu cả hai số và chênh lệch."
)
