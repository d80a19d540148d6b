"""The package of a workbook: what is wrong with one, in the words that a unit and its officer need."""

from __future__ import annotations

from dvctt_report.intake.cells import Unreadable, too_large
from dvctt_report.packages import PackageFault, Wrong

_SAVE_AS = 'Mở tệp bằng Excel, chọn "Lưu thành" (Save As) loại "Excel Workbook (*.xlsx)" rồi gửi lại.'
_SEND_AGAIN = "Đề nghị đơn vị mở lại tệp gốc để kiểm tra, lưu thành .xlsx và gửi lại."
_WORDS: dict[Wrong, tuple[str, str]] = {
    Wrong.NO_ZIP: ("Tệp nén của Excel bị hỏng hoặc tải về chưa đủ", _SEND_AGAIN),
    Wrong.LEAVES: ("Tệp chứa đường dẫn thoát ra ngoài, không an toàn để mở", _SEND_AGAIN),
    Wrong.LOCKED: ("Tệp đặt mật khẩu mở", "Đề nghị đơn vị bỏ mật khẩu rồi gửi lại."),
    Wrong.PACKED: ("Tệp nén theo cách mà Excel không dùng", _SAVE_AS),
    Wrong.DOCTYPE: ("Tệp chứa khai báo DOCTYPE mà Excel không bao giờ ghi, không an toàn để mở", _SAVE_AS),
}


def unopened(fault: PackageFault) -> Unreadable:
    """The refusal of a workbook whose package, or a part of it, isn't opened."""
    if fault.wrong is Wrong.TOO_LARGE:
        return too_large(fault.detail)
    if fault.wrong is Wrong.TWICE:
        reason = f'Tệp Excel có hai thành phần cùng tên "{fault.detail}", không rõ phần nào là số liệu'
        return Unreadable(reason, _SAVE_AS)
    return Unreadable(*_WORDS[fault.wrong]) if fault.wrong in _WORDS else damaged(fault.detail)


def damaged(part: str, detail: str = "") -> Unreadable:
    """The refusal of a package whose ``part`` does not hold what it should."""
    reason = f'Thành phần "{part}" của tệp Excel bị hỏng'
    return Unreadable(f"{reason}: {detail}" if detail else reason, _SEND_AGAIN)


def missing(part: str) -> Unreadable:
    """The refusal of a package in which a part that it names is not there."""
    return Unreadable(f'Tệp Excel thiếu thành phần "{part}"', _SEND_AGAIN)
