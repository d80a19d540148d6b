"""The folders of the workspace, and what programs hold open in them."""

from __future__ import annotations

import tempfile
from pathlib import Path

from dvctt_report.doctor.check import Diagnosis, KnownWorkspace, absent, failure, note, ok

LONGEST_PATH = 218
"""Characters of the longest path that Excel opens."""
_LOCKS = ("~$*", ".~lock.*#")
"""What Word and Excel, and LibreOffice, put beside a file that they hold open."""
_SHOWN = 3


def check_folders(place: KnownWorkspace) -> Diagnosis:
    """Say which of the workspace's folders are missing or can't be written."""
    wanted = [place.root, place.root / "bieu-mau", place.root / "noi-dung"]
    if place.period is not None:
        wanted += [place.root / name / str(place.period) for name in ("nhan-ve", "ket-qua")]
    wrong = [f"{_name(place, f)} là một tệp" for f in wanted if f.exists() and not f.is_dir()]
    wrong += [f"{_name(place, f)} không ghi được" for f in wanted if f.is_dir() and not _is_writable(f)]
    if wrong:
        fix = "Kiểm tra quyền ghi của thư mục làm việc, hoặc chép cả thư mục sang ổ đĩa khác."
        return failure(f"không dùng được: {'; '.join(wrong)}", fix)
    missing = [_name(place, folder) for folder in wanted if not folder.exists()]
    if missing:
        fix = "Không phải làm gì: lệnh nào cần thì tự tạo. Tệp nhận về chép vào nhan-ve, thư mục của năm."
        return absent(f"chưa có {', '.join(missing)}", fix)
    return ok(f"đủ và ghi được, tại {place.root}")


def _name(place: KnownWorkspace, folder: Path) -> str:
    return folder.relative_to(place.root).as_posix() if folder != place.root else str(folder)


def _is_writable(folder: Path) -> bool:
    # Rights asked for are only half the truth on Windows and on shares; the file is gone when closed.
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def check_paths(place: KnownWorkspace) -> Diagnosis:
    """Say whether Excel can open what lies, or will lie, in the workspace."""
    from dvctt_report.workspace import LONGEST_FOLDER

    n = len(str(place.root))
    too_long = [p for p in _files(place, "*") if len(str(p)) > LONGEST_PATH]
    if not too_long and n <= LONGEST_FOLDER:
        return ok(f"{n} ký tự, Excel mở được mọi tệp")
    fix = f"Chuyển thư mục làm việc đến nơi có đường dẫn không quá {LONGEST_FOLDER} ký tự, ví dụ D:\\DVCTT."
    if too_long:
        names = _listed([p.name for p in too_long])
        return note(f"đường dẫn dài hơn {LONGEST_PATH} ký tự, Excel không mở được: {names}", fix)
    return note(f"đường dẫn dài {n} ký tự; Excel không mở được tệp có đường dẫn quá {LONGEST_PATH}", fix)


def check_open_files(place: KnownWorkspace) -> Diagnosis:
    """Name the files that Word, Excel or LibreOffice hold open, by the marks they leave beside them."""
    names = sorted({p.relative_to(place.root).as_posix() for mark in _LOCKS for p in _files(place, mark)})
    if not names:
        return ok("không có tệp nào đang mở")
    return note(
        f"Word hoặc Excel đang mở, hoặc còn dấu đang mở: {_listed(names)}",
        "Lưu, đóng lại trước khi chạy lệnh. Không mở ở đâu nữa (máy từng tắt ngang) thì xóa các tệp dấu này.",
    )


def _files(place: KnownWorkspace, pattern: str) -> list[Path]:
    return [p for p in place.root.rglob(pattern) if p.is_file()]


def _listed(names: list[str]) -> str:
    more = f" và {len(names) - _SHOWN} tệp khác" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more
