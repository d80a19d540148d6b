"""Does a day stand with its own weekday, and does nothing end before it begins?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from dvctt_report.lint.check import HERE, Answers, Block, Fault, NotApplicable, check, quote
from dvctt_report.lint.parts import Paper
from dvctt_report.lint.settings import Settings
from dvctt_report.patterns import lazy_pattern
from dvctt_report.severity import Severity
from dvctt_report.vietnamese import format_date, parse_date

_DAY = r"(?:\d{1,2}(?:[/.-]\d{1,2}[/.-]\d{4}(?![\d/])|\s+tháng\s+\d{1,2}\s+năm\s+\d{4}(?!\d)))"
_WEEKDAYS = ("hai", "ba", "tư", "năm", "sáu", "bảy")
_WEEKDAY = rf"(?:thứ\s+(?P<weekday>{'|'.join(_WEEKDAYS)}|[2-7])|(?P<sunday>chủ\s+nhật))"
_ON_WEEKDAY = (
    lazy_pattern(rf"\b{_WEEKDAY}\s*[,(]?\s*(?:ngày\s+)?(?P<day>{_DAY})", re.IGNORECASE),
    lazy_pattern(rf"(?<![\d/.-])(?P<day>{_DAY})\s*\(\s*{_WEEKDAY}\s*\)", re.IGNORECASE),
    lazy_pattern(rf"(?<![\d/.-])(?P<day>{_DAY}), {_WEEKDAY}(?=[.;)]|$)", re.IGNORECASE),
)
_AT = r"(?:\d{1,2} (?:giờ|h)(?: \d{2})?(?: phút)?,? )?"
_SPAN = lazy_pattern(
    rf"\btừ\s+{_AT}(?:(?:\S+ )?ngày\s+)?"
    rf"(?P<day>{_DAY}|(?<=ngày )\d{{1,2}}(?:(?: tháng |/)\d{{1,2}})?(?![\d/-]|\.\d))"
    rf"\s*(?:đến|tới|-|–)\s*(?:hết )?{_AT}(?:(?:\S+ )?ngày\s+)?(?P<end>{_DAY})",
    re.IGNORECASE,
)
"""From one day to another, the first without what it has in common with the last."""
_MONTHS = lazy_pattern(
    r"\btừ tháng (?P<month>\d{1,2})(?:(?: năm |/)(?P<year>20\d\d))? đến (?:hết )?tháng (?P<last>\d{1,2})"
    r"(?: năm |/)(?P<until>20\d\d)",
    re.IGNORECASE,
)
_YEARS = lazy_pattern(
    r"\b(?:[Gg]iai đoạn|[Nn]ăm học|[Nn]hiệm kỳ|[Tt]ừ năm) (?P<one>20\d\d)"
    r" ?(?:[-–]|đến(?: năm)?) ?(?P<other>20\d\d)"
)
_TOLD = ("hứ ", "hủ nhật", "ừ ", "iai đoạn ", "ăm học ", "hiệm kỳ ")
"""What a line must hold that tells of a weekday or a span of time."""


@check("TT72", Severity.INFO, Block.ASKED)
def days(paper: Paper, settings: Settings) -> Answers:
    """Ngày sai thứ, kết thúc trước khi bắt đầu, cần xem lại.

    Sai: thứ Hai, ngày 20/9/2026; từ ngày 15/12/2026 đến ngày 14/12/2026
    Đúng: Chủ nhật, ngày 20/9/2026; từ ngày 14/12/2026 đến ngày 15/12/2026
    Căn cứ: khuyến nghị của chương trình
    """
    lines = paper.whole_text.holding(*_TOLD)
    for piece in lines:
        for found, right in dict.fromkeys((*_weekdays(piece.text), *_spans(piece.text))):
            yield Fault(HERE, piece, found, right, "Xem lại ngày này")
    if not lines:
        yield NotApplicable("văn bản không nêu thứ, khoảng thời gian nào")


def _weekdays(text: str) -> Iterator[tuple[str, str]]:
    for pattern in _ON_WEEKDAY:
        for found in pattern.finditer(text):
            day, word = _day_of(found["day"]), (found["weekday"] or "").lower()
            told = 6 if not word else int(word) - 2 if word.isdigit() else _WEEKDAYS.index(word)
            if day is not None and day.weekday() != told:
                yield f"ngày {format_date(day)} không phải {_name(told)}", _name(day.weekday())


def _spans(text: str) -> Iterator[tuple[str, str]]:
    for found in _SPAN.finditer(text):
        begun, ended = (re.findall(r"\d+", found[part]) for part in ("day", "end"))
        day, end = _day_of("/".join(begun + ended[len(begun) :])), _day_of(found["end"])
        if day is not None and end is not None and end < day:
            yield f"“{quote(found[0], 60)}”", "ngày bắt đầu không sau ngày kết thúc"
    for found in _MONTHS.finditer(text):
        first = (int(found["year"] or found["until"]), int(found["month"]))
        if first > (int(found["until"]), int(found["last"])):
            yield f"“{quote(found[0], 60)}”", "tháng bắt đầu không sau tháng kết thúc"
    for found in _YEARS.finditer(text):
        if found["one"] > found["other"]:
            yield f"“{found[0]}”", "năm trước rồi đến năm sau"


def _day_of(text: str) -> date | None:
    """The day that a text names in figures, None where no calendar has it."""
    return parse_date("/".join(str(int(n)) for n in re.findall(r"\d+", text)))


def _name(weekday: int) -> str:
    return "Chủ nhật" if weekday == 6 else f"thứ {_WEEKDAYS[weekday].capitalize()}"
