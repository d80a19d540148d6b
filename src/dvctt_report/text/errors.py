"""Why the program cannot go on, in words that tell the reader what to do about it."""

from __future__ import annotations

import errno
from contextlib import suppress
from pathlib import Path

from dvctt_report.text.opening import NotRegular, TooLarge


class CannotRun(Exception):
    """Wrong arguments, configuration, plan or template, or an output that cannot be written: exit code 2.

    ``message`` says where, what was found and why it cannot be used; ``fix`` what to do ("" where the
    message says it). Both are Vietnamese sentences.
    """

    is_question = False
    """Whether nothing is wrong and the user is only asked which of several things is meant."""

    def __init__(self, message: str, fix: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.fix = fix

    def __str__(self) -> str:
        return f"{self.message} {self.fix}".rstrip()


_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
_COPY = "Kiểm tra có đúng tệp cần dùng không; nếu tệp bị hỏng thì lấy lại từ bản sao rồi chạy lại."
_NAME = "Nêu tên một tệp; nếu đây là chỗ của một tệp thì chuyển thư mục đi nơi khác rồi chạy lại."
_SAID: tuple[tuple[type[OSError] | int, str, str], ...] = (
    (NotRegular, "“{}” là {}, không phải tệp.", "Chuyển đi nơi khác, đặt đúng tệp vào chỗ đó rồi chạy lại."),
    (TooLarge, "Tệp “{}” lớn bất thường ({}) nên không mở.", _COPY),
    (
        FileNotFoundError,
        "Không tìm thấy “{}”.",
        "Kiểm tra lại đường dẫn, hoặc chuyển về đúng thư mục làm việc.",
    ),
    (IsADirectoryError, "“{}” là một thư mục, không phải tệp.", _NAME),
    (NotADirectoryError, "“{}” không nằm trong một thư mục.", "Kiểm tra lại đường dẫn."),
    (FileExistsError, "“{}” đã có sẵn.", "Đổi tên hoặc chuyển đi nơi khác rồi chạy lại."),
    (errno.EROFS, "Ổ đĩa chứa “{}” chỉ cho đọc.", "Chọn thư mục ở ổ đĩa khác rồi chạy lại."),
    (errno.ENAMETOOLONG, "Đường dẫn “{}” quá dài.", "Đặt thư mục làm việc ở nơi có đường dẫn ngắn hơn."),
)
"""What each kind of failure is, of the path and what the system says of it, and its remedy."""


def explain_os_error(error: OSError) -> CannotRun | None:
    """Turn a failure of the file system into a sentence with its remedy.

    None where neither a path nor the kind of failure says anything a user could act on.
    """
    # Replacing a file names both ends; the one in the way is the target.
    name = error.filename2 or error.filename
    if error.errno in _FULL:
        what = f" “{name}”" if isinstance(name, str) else ""
        fix = "Xóa bớt tệp hoặc chọn ổ đĩa khác rồi chạy lại."
        return CannotRun(f"Không ghi được{what} vì ổ đĩa đã đầy.", fix)
    if name is None and error.errno in (errno.EIO, errno.EROFS):
        return CannotRun(
            "Ổ đĩa hoặc đường mạng báo lỗi khi đọc, ghi.", "Kiểm tra ổ đĩa, đường truyền rồi chạy lại."
        )
    if not isinstance(name, str | bytes):
        return None
    path = Path(name if isinstance(name, str) else name.decode(errors="replace"))
    if isinstance(error, PermissionError):
        # Windows says the same of a file that Word or Excel holds open and of one without the right to.
        is_file = False
        with suppress(PermissionError):
            is_file = path.is_file()
        if not is_file:
            message = f"Không có quyền đọc hoặc ghi trong thư mục “{path if path.is_dir() else path.parent}”."
            return CannotRun(message, "Chọn thư mục khác, hoặc đề nghị người quản trị máy cấp quyền.")
        fix = "Nếu tệp đang mở trong Word hoặc Excel thì đóng lại; nếu không, kiểm tra quyền đối với tệp."
        return CannotRun(f"Không đọc hoặc ghi được tệp “{path}”.", fix)
    for kind, said, fix in _SAID:
        if isinstance(error, kind) if isinstance(kind, type) else error.errno == kind:
            return CannotRun(said.format(path, error.strerror), fix)
    return CannotRun(
        f"Không đọc hoặc ghi được “{path}” (mã lỗi của hệ điều hành: {error.errno}).",
        "Kiểm tra ổ đĩa, đường truyền tới thư mục dùng chung rồi chạy lại.",
    )
