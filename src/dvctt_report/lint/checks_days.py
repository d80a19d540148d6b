"""Do the days that a text names agree with the calendar, with each other and with the document's own day?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from dvctt_report.lint.check import Answers, Fault, NotApplicable, check, quote
from dvctt_report.lint.citations import CITED
from dvctt_report.lint.parts import Paper
from dvctt_report.lint.places import place_of
from dvctt_report.lint.settings import Settings
from dvctt_report.model import Severity
from dvctt_report.vietnamese import format_date, parse_date

_DAY = r"(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{4}(?![\d/])|\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}(?!\d))"
_NAMED = re.compile(rf"(?<![\d/.-])(?<!số )(?P<day>{_DAY})")
_WEEKDAYS = ("hai", "ba", "tư", "năm", "sáu", "bảy")
_WEEKDAY = rf"(?:thứ\s+(?P<weekday>{'|'.join(_WEEKDAYS)}|[2-7])|(?P<sunday>chủ\s+nhật))"
_ON_WEEKDAY = (
    re.compile(rf"\b{_WEEKDAY}\s*[,(]?\s*(?:ngày\s+)?(?P<day>{_DAY})", re.IGNORECASE),
    re.compile(rf"(?<![\d/.-])(?P<day>{_DAY})\s*\(\s*{_WEEKDAY}\s*\)", re.IGNORECASE),
)
_SPAN = re.compile(
    rf"\btừ\s+(?:ngày\s+)?(?P<day>{_DAY})\s*(?:đến|tới|-|–)\s*(?:hết\s+)?(?:ngày\s+)?(?P<end>{_DAY})",
    re.IGNORECASE,
)
_CITATION = re.compile(rf"\b{CITED}\s+số\s*:?\s*[^\s,;]+\s+ngày\s+(?P<day>{_DAY})")
_DUE = re.compile(
    r"\b(?:đề nghị|yêu cầu|giao|thời hạn|hạn)\b[^.;]{0,200}?\b(?:trước|(?:chậm|muộn) nhất(?: là)?|không quá)"
    rf"\s+(?:\d{{1,2}} giờ \d{{0,2}}\s*,?\s*)?ngày\s+(?P<day>{_DAY})",
    re.IGNORECASE,
)
_PAST = re.compile(r"\b(?:đã|tại|theo)\b", re.IGNORECASE)
"""Words of a sentence that tells of an earlier request."""


@check(
    "TT72",
    Severity.INFO,
    "Ngày, thời hạn trong văn bản mâu thuẫn, cần xem lại",
    rationale="Ngày phải có trong lịch và đúng thứ trong tuần; ngày bắt đầu không sau ngày kết thúc; văn bản "
    "viện dẫn không ban hành sau, thời hạn yêu cầu không trước ngày văn bản. Chương trình chỉ hỏi.",
    source="khuyến nghị của chương trình",
    asks=True,
)
def days(paper: Paper, settings: Settings) -> Answers:
    """Ask about days that no calendar has, of another weekday, out of order, or against the document's own.

    Sai: ngày 31/9/2026; thứ Hai, ngày 20/9/2026; đề nghị gửi trước ngày 10/9/2026 (văn bản ngày 15/9/2026)
    Đúng: ngày 30/9/2026; Chủ nhật, ngày 20/9/2026; đề nghị gửi trước ngày 25/9/2026
    """
    named = False
    # What the head and an annex say of the document's own day is a matter of other checks.
    own = [paper.head.place_date, *(line for annex in paper.annexes for line in annex.attached)]
    of_the_document = {id(line.paragraph) for line in own if line is not None}
    for piece in paper.pieces:
        if id(piece.paragraph) in of_the_document or "20" not in piece.text:
            continue
        named = named or bool(_NAMED.search(piece.text))
        for found, right in dict.fromkeys(_asked(piece.text, paper.day)):
            place = place_of(paper, piece.paragraph)
            yield Fault(place, quote(piece), found, right, "Xem lại ngày này")
    if not named:
        yield NotApplicable("văn bản không nêu ngày nào")


def _asked(text: str, own: date | None) -> Iterator[tuple[str, str]]:
    for found in _NAMED.finditer(text):
        if _day(found["day"]) is None:
            yield f"ngày {found['day']} không có trong lịch", "ngày có thật"
    for pattern in _ON_WEEKDAY:
        for found in pattern.finditer(text):
            day = _day(found["day"])
            if day is not None and day.weekday() != _weekday(found):
                yield f"ngày {format_date(day)} không phải {_said(_weekday(found))}", _said(day.weekday())
    for found in _SPAN.finditer(text):
        day, end = _day(found["day"]), _day(found["end"])
        if day is not None and end is not None and end < day:
            yield (
                f"từ ngày {format_date(day)} đến ngày {format_date(end)}",
                "ngày bắt đầu không sau ngày kết thúc",
            )
    if own is None:
        return
    for found in _CITATION.finditer(text):
        day = _day(found["day"])
        if day is not None and day > own:
            yield (
                f"viện dẫn văn bản ngày {format_date(day)}, sau ngày {format_date(own)} của văn bản",
                "ngày ban hành trước đó",
            )
    for found in _DUE.finditer(text):
        day = _day(found["day"])
        if day is not None and day < own and not _PAST.search(_sentence(text, found)):
            yield (
                f"thời hạn {format_date(day)} trước ngày {format_date(own)} của văn bản",
                "thời hạn sau ngày văn bản",
            )


def _sentence(text: str, found: re.Match[str]) -> str:
    """What a sentence says up to the end of what was found."""
    return re.split(r"[.;]\s", text[: found.start()])[-1] + found[0]


def _day(text: str) -> date | None:
    return parse_date("/".join(str(int(n)) for n in re.findall(r"\d+", text)))


def _weekday(found: re.Match[str]) -> int:
    """0 for Monday, as Python counts."""
    if found["sunday"]:
        return 6
    word = found["weekday"].lower()
    return int(word) - 2 if word.isdigit() else _WEEKDAYS.index(word)


def _said(weekday: int) -> str:
    return "Chủ nhật" if weekday == 6 else f"thứ {_WEEKDAYS[weekday].capitalize()}"
