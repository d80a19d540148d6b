"""Every check in its order. None may keep another from being made, whatever is broken."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from dvctt_report.cli.soundness import Diagnosis, Health
from dvctt_report.cli.soundness.machine import check_libraries, check_program
from dvctt_report.model.period import Period
from dvctt_report.text.errors import CannotRun, explain_os_error


class CheckMade(NamedTuple):
    """A check that was made: its name in JSON, that for people, and what it says."""

    code: str
    title: str
    outcome: Diagnosis


def examine(start: Path, period: Period | None) -> tuple[Path | None, tuple[CheckMade, ...]]:
    """Make every check on the computer, and in the workspace round ``start``; its root is None for none."""
    made = [
        _made("program", "Chương trình", check_program),
        _made("libraries", "Thư viện", check_libraries),
    ]
    try:
        from dvctt_report.cli.soundness import place  # which needs the libraries

        root = place.find_root(start)
    except Exception as error:
        return None, (*made, CheckMade("workspace", "Thư mục làm việc", _failed(error)))
    checks = (
        ("workspace", "Thư mục làm việc", place.check_workspace),
        ("profile", "Bộ cấu hình", place.check_profile),
        ("frozen", "Bản giữ cùng kỳ", place.check_frozen),
        ("register", "Sổ nhận", place.check_register),
        ("published", "Văn bản phát hành", place.check_published),
    )
    made += [_made(c, title, partial(check, root, period)) for c, title, check in checks if root is not None]
    return root, (*made, *(() if root else (CheckMade("workspace", "Thư mục làm việc", _NO_WORKSPACE),)))


_NO_WORKSPACE = Diagnosis(
    Health.ABSENT,
    "nơi này không nằm trong thư mục làm việc nào nên chỉ kiểm tra phần cài đặt",
    "Chạy trong thư mục làm việc, hoặc tạo mới bằng lệnh: dvctt-report init THƯ-MỤC",
)


def _made(code: str, title: str, check: Callable[[], Diagnosis]) -> CheckMade:
    """Make a check; where it fails, that is its outcome."""
    try:
        return CheckMade(code, title, check())
    except Exception as error:
        return CheckMade(code, title, _failed(error))


def _failed(error: Exception) -> Diagnosis:
    explained = explain_os_error(error) if isinstance(error, OSError) else error
    if isinstance(explained, CannotRun):
        return Diagnosis(Health.ERROR, explained.message, explained.fix)
    fix = "Xem dòng Thư viện; dòng đó tốt thì gửi dòng này cho người hỗ trợ."
    return Diagnosis(Health.ERROR, f"chưa kiểm tra được: {type(error).__name__} {error}", fix)
