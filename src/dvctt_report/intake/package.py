"""The package of a workbook: what is wrong with one, in the words that a unit and its officer need."""

from __future__ import annotations

from collections.abc import Callable

from dvctt_report import packages
from dvctt_report.intake.cells import Unreadable, too_large
from dvctt_report.packages import ZIP_FAULTS, PackageFault, Wrong, local, remembered, run_xml

__all__ = ["ZIP_FAULTS", "BookPackage", "damaged", "local", "parse_xml", "remembered"]

_SAVE_AS = 'Mở tệp bằng Excel, chọn "Lưu thành" (Save As) loại "Excel Workbook (*.xlsx)" rồi gửi lại.'
_SEND_AGAIN = "Đề nghị đơn vị mở lại tệp gốc để kiểm tra, lưu thành .xlsx và gửi lại."
_WORDS: dict[Wrong, tuple[str, str]] = {
    Wrong.NO_ZIP: ("Tệp nén của Excel bị hỏng hoặc tải về chưa đủ", _SEND_AGAIN),
    Wrong.LEAVES: ("Tệp chứa đường dẫn thoát ra ngoài, không an toàn để mở", _SEND_AGAIN),
    Wrong.LOCKED: ("Tệp đặt mật khẩu mở", "Đề nghị đơn vị bỏ mật khẩu rồi gửi lại."),
    Wrong.PACKED: ("Tệp nén theo cách mà Excel không dùng", _SAVE_AS),
    Wrong.DOCTYPE: ("Tệp chứa khai báo DOCTYPE mà Excel không bao giờ ghi, không an toàn để mở", _SAVE_AS),
}


class BookPackage(packages.Package):
    """The package of a workbook. Raises Unreadable where the base class raises PackageFault."""

    @staticmethod
    def fault(wrong: Wrong, detail: str = "") -> Unreadable:
        if wrong is Wrong.TOO_LARGE:
            return too_large(detail)
        if wrong is Wrong.TWICE:
            reason = f'Tệp Excel có hai thành phần cùng tên "{detail}", không rõ phần nào là số liệu'
            return Unreadable(reason, _SAVE_AS)
        return Unreadable(*_WORDS[wrong]) if wrong in _WORDS else damaged(detail)


def parse_xml(
    data: bytes,
    part: str,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Run the handlers over one part. Raises Unreadable where it is no XML or declares a DOCTYPE."""
    try:
        run_xml(data, part, start, end, text)
    except PackageFault as fault:
        raise BookPackage.fault(fault.wrong, fault.detail) from fault


def damaged(part: str, detail: str = "") -> Unreadable:
    """The refusal of a package whose ``part`` does not hold what it should."""
    reason = f'Thành phần "{part}" của tệp Excel bị hỏng'
    return Unreadable(f"{reason}: {detail}" if detail else reason, _SEND_AGAIN)


def missing(part: str) -> Unreadable:
    """The refusal of a package in which a part that it names is not there."""
    return Unreadable(f'Tệp Excel thiếu thành phần "{part}"', _SEND_AGAIN)
