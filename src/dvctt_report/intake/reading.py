"""How one cell was read, or why it could not be: the outcome that every reader of values gives."""

from __future__ import annotations

from dataclasses import dataclass

from dvctt_report.model import State, Value


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a cell's content cannot be used.

    ``code`` is stable (DL01 … DL10, DL21, DL22). ``because`` is a Vietnamese clause without full stop that
    quotes what was found and goes after the cell's address; ``fix`` is a Vietnamese sentence.
    """

    code: str
    because: str
    fix: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A cell's content as a value of its field's kind.

    ``value`` is None unless ``state`` is GIVEN; ``problem`` is set exactly when it is UNREADABLE.
    ``reading`` tells in Vietnamese how the content was normalised, "" where it was taken as it stands;
    ``to_confirm``: it could be used, but the officer should see how.
    """

    value: Value
    state: State
    raw: str = ""
    reading: str = ""
    problem: Problem | None = None
    to_confirm: bool = False


NOTHING = Reading(None, State.BLANK)

_EXACT = 'Nhập một con số nguyên chính xác; nếu chưa có thì để trống và ghi "Chưa có số liệu".'
FIXES: dict[str, str] = {
    "DL01": _EXACT,
    "DL02": "Kiểm tra lại và nhập số từ 0 trở lên.",
    "DL03": "Nhập số nguyên, không gõ dấu chấm, dấu phẩy.",
    "DL04": 'Ghi rõ số 0, hoặc "Không phát sinh", "Chưa có số liệu", "Không áp dụng".',
    "DL05": "Sửa công thức trong Excel hoặc nhập thẳng con số vào ô.",
    "DL06": "Mở tệp bằng Excel, bấm Lưu (Ctrl+S) để Excel tính lại rồi gửi lại tệp.",
    "DL07": "Đổi định dạng ô về Số (Number) rồi nhập lại con số.",
    "DL08": "Nhập số nguyên, không gõ dấu chấm, dấu phẩy.",
    "DL09": "Chọn hoặc ghi lại cho đúng loại nội dung mà ô yêu cầu.",
    "DL10": "Nhập số lượng, không nhập tỷ lệ phần trăm.",
    "DL21": "Ghi mỗi con số vào ô của nó.",
    "DL22": "Ghi kết quả bằng một con số nguyên.",
}
"""What to do about each problem, where the reader has nothing more exact to say."""


def refused(code: str, raw: str, because: str, fix: str = "") -> Reading:
    """Make the reading of a cell that cannot be used."""
    return Reading(None, State.UNREADABLE, raw, problem=Problem(code, because, fix or FIXES[code]))


def quote(raw: str) -> str:
    """Quote a cell's content for a message: on one line, at most 60 characters."""
    text = " ".join(raw.split())
    return f'"{text[:57]}…"' if len(text) > 60 else f'"{text}"'
