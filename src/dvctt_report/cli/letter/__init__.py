"""``dvctt-report letter``: the year's letters in Word, ready for a number and a signature."""

from __future__ import annotations

COMMANDS: tuple[tuple[str, str], ...] = (
    ("forms", "Công văn phát hành biểu mẫu, đề cương, thời hạn."),
    ("remind", "Công văn đôn đốc đơn vị chưa gửi báo cáo."),
    ("feedback", "Công văn đề nghị chỉnh lý, mỗi đơn vị một phụ lục."),
)

HELP = (
    "Công văn ghi vào ket-qua/<năm> theo thể thức Nghị định số 30/2020/NĐ-CP, số và ngày để trống. Nơi nhận, "
    "người ký, đầu mối lấy từ mục cong_van của dvctt.toml; chỗ chưa biết để trong ngoặc vuông."
)
