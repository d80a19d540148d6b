"""Every check in its order. None may keep another from being made, whatever is broken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from dvctt_report.doctor.check import Diagnosis, KnownWorkspace, absent, failure, look_at
from dvctt_report.doctor.configuration import (
    check_letter_templates,
    check_phrases,
    check_plan,
    check_report_template,
    check_settings,
)
from dvctt_report.doctor.folders import check_folders, check_open_files, check_paths
from dvctt_report.doctor.machine import (
    check_catalogue,
    check_disk,
    check_fonts,
    check_libraries,
    check_libreoffice,
    check_program,
    check_screen,
)
from dvctt_report.doctor.records import (
    check_manifests,
    check_published,
    check_readings,
    check_received,
    check_register,
)
from dvctt_report.errors import CannotRun, explain_os_error
from dvctt_report.period import Period

ON_MACHINE: tuple[tuple[str, str, Callable[[], Diagnosis]], ...] = (
    ("program", "Chương trình", check_program),
    ("libraries", "Thư viện", check_libraries),
    ("catalogue", "Danh mục hành chính", check_catalogue),
    ("fonts", "Phông chữ", check_fonts),
    ("libreoffice", "LibreOffice", check_libreoffice),
    ("screen", "Màn hình lệnh", check_screen),
)
IN_WORKSPACE: tuple[tuple[str, str, Callable[[KnownWorkspace], Diagnosis]], ...] = (
    ("folders", "Các thư mục", check_folders),
    ("paths", "Đường dẫn", check_paths),
    ("open_files", "Tệp đang mở", check_open_files),
    ("settings", "Thông tin chung", check_settings),
    ("plan", "Kế hoạch, đơn vị", check_plan),
    ("report_template", "Mẫu báo cáo", check_report_template),
    ("letter_templates", "Mẫu công văn", check_letter_templates),
    ("phrases", "Câu chữ", check_phrases),
    ("register", "Sổ nhận", check_register),
    ("received", "Tệp đã nhận", check_received),
    ("readings", "Bản đọc sẵn", check_readings),
    ("manifests", "Nguồn số liệu", check_manifests),
    ("published", "Văn bản phát hành", check_published),
)
"""Name in JSON, name for people, the check."""


@dataclass(frozen=True, slots=True)
class CheckMade:
    """A check that was made."""

    code: str
    title: str
    outcome: Diagnosis


@dataclass(frozen=True, slots=True)
class Examination:
    """Every check in its order; ``root`` is the workspace, None outside of one."""

    root: Path | None
    checks: tuple[CheckMade, ...]


def examine(start: Path, period: Period | None) -> Examination:
    """Make every check: on the computer, and in the workspace that ``start`` stands in, where it does."""
    made = [CheckMade(code, title, _try(check)) for code, title, check in ON_MACHINE]
    made.append(CheckMade("disk", "Ổ đĩa", _try(lambda: check_disk(start))))
    try:
        place = _find(start, period)
    except Exception as error:
        return Examination(None, (*made, CheckMade("workspace", "Thư mục làm việc", _failed(error))))
    if place is None:
        return Examination(None, (*made, CheckMade("workspace", "Thư mục làm việc", _NO_WORKSPACE)))
    made += [CheckMade(c, title, _try(partial(check, place))) for c, title, check in IN_WORKSPACE]
    return Examination(place.root, tuple(made))


def _find(start: Path, period: Period | None) -> KnownWorkspace | None:
    from dvctt_report.workspace import find_root

    root = find_root(start)
    return look_at(root, period) if root is not None else None


_NO_WORKSPACE = absent(
    "nơi này không nằm trong thư mục làm việc nào nên chỉ kiểm tra phần cài đặt",
    "Chạy trong thư mục làm việc, hoặc tạo mới bằng lệnh: dvctt-report init THƯ-MỤC",
)


def _try(check: Callable[[], Diagnosis]) -> Diagnosis:
    """Make a check; where it fails, that is its outcome."""
    try:
        return check()
    except Exception as error:
        return _failed(error)


def _failed(error: Exception) -> Diagnosis:
    explained = explain_os_error(error) if isinstance(error, OSError) else error
    if isinstance(explained, CannotRun):
        return failure(explained.message, explained.fix)
    if isinstance(error, ImportError):
        return failure(
            f"chưa kiểm tra được vì thiếu thư viện: {error}", "Xem dòng Thư viện; cài lại chương trình."
        )
    return failure(f"chưa kiểm tra được: {type(error).__name__} {error}", "Gửi dòng này cho người hỗ trợ.")
