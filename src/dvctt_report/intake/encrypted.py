"""Open what Excel encrypts under the key that every Excel knows, and opens without asking anybody.

So are workbooks saved whose structure is protected, and older ones that are only recommended to be read.
Source: [MS-OFFCRYPTO] 2.4.2.3; the key is the same for .xls and .xlsx.
"""

from __future__ import annotations

from io import BytesIO

from dvctt_report.intake.cells import Unreadable
from dvctt_report.limits import MAX_SPINS

_KEY = "VelvetSweatshop"
_SEND_AGAIN = "Tải lại; nếu vẫn không mở được, đề nghị đơn vị gửi lại tệp."


def decrypted(data: bytes) -> bytes | None:
    """The workbook that asks for no password, else None. Raises Unreadable where that can't be told."""
    from msoffcrypto import OfficeFile
    from msoffcrypto.exceptions import DecryptionError, InvalidKeyError

    plain = BytesIO()
    try:
        file = OfficeFile(BytesIO(data))
        if getattr(file, "info", {}).get("spinValue", 0) > MAX_SPINS:
            return None
        file.load_key(password=_KEY)
        file.decrypt(plain)
    except (InvalidKeyError, DecryptionError):
        return None
    except Exception as fault:  # olefile and msoffcrypto 6 let struct, key, index, type… errors out on damage
        raise Unreadable("Phần mã hóa của tệp Excel bị hỏng hoặc tải về chưa đủ", _SEND_AGAIN) from fault
    return plain.getvalue()
