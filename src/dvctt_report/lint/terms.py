"""Terms that end before they begin, are longer or shorter than is said, or begin before another has ended."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from dvctt_report.lint.check import quote
from dvctt_report.lint.named_days import DAY, LEAP_YEAR, day_in_full, day_of, where
from dvctt_report.patterns import lazy_pattern
from dvctt_report.vietnamese import format_date

_AT = r"(?:\d{1,2} (?:giờ|h)(?: \d{2})?(?: phút)?,? )?"
_PARTLY = r"\d{1,2}(?:(?: tháng |/)\d{1,2})?(?![\d/-]|\.\d)"
_SPAN = lazy_pattern(
    rf"\btừ\s+{_AT}(?:(?:\S+ )?ngày\s+)?(?P<day>{DAY}|(?<=ngày ){_PARTLY})\s*(?:đến|tới|-|–)\s*(?:hết )?{_AT}"
    rf"(?:(?:\S+ )?ngày\s+)?(?P<end>{DAY}|(?<=ngày )\d{{1,2}}(?: tháng |/)\d{{1,2}}(?![\d/-]|\.\d))",
    re.IGNORECASE,
)
"""From one day to another, the first without what it has in common with the last."""
_BACK = lazy_pattern(
    rf"\bnghỉ\b[^.]{{0,120}}?\bđến hết (?:[^.;\d]{{0,30}} )?(?:ngày )?(?P<end>{DAY})[^.]{{0,60}}?"
    rf"\b(?:trở lại|bình thường|đi làm|đi học)\b[^.;\d]{{0,40}}?(?P<day>{DAY})",
    re.IGNORECASE,
)
"""When a holiday ends and work goes on: "nghỉ … đến hết ngày …; làm việc trở lại vào ngày …"."""
_YEARS = lazy_pattern(
    r"\b(?:[Gg]iai đoạn|[Nn]ăm học|[Nn]hiệm kỳ|[Tt]ừ năm) (?P<one>20\d\d)"
    r" ?(?:[-–]|đến(?: năm)?) ?(?P<other>20\d\d)"
)
_YEARS_LONG = lazy_pattern(
    r"(?P<n>\d(?<!\d.)\d?) năm[ ,]{1,2}\(?(?:giai đoạn )?"
    r"(?P<one>20\d\d) ?(?:[-–]|đến(?: năm)?) ?(?P<other>20\d\d)"
)
"""Years told by how many they are: "nhiệm kỳ 05 năm (2021 - 2026)", "Kế hoạch 05 năm 2026 - 2030"."""
_PLAN_OF = lazy_pattern(r"\b[Kk]ế hoạch[^.;,\d]{0,40} $")
_MONTHS_LONG = lazy_pattern(
    r"\b(?P<n>\d{1,2}) (?P<unit>tháng|năm)\b[^.;\d]{0,30}(?P<span>[Tt]ừ tháng (?P<first>\d{1,2})(?:/| năm )"
    r"(?P<since>20\d\d) đến (?:hết )?tháng (?P<last>\d{1,2})(?:/| năm )(?P<until>20\d\d))"
)
"""A term of months and from which to which it lasts: "24 tháng, từ tháng 01/2026 đến tháng 12/2027"."""
_DAY_OF_WEEK = r"(?:(?:thứ (?:hai|ba|tư|năm|sáu|bảy|Hai|Ba|Tư|Năm|Sáu|Bảy)|[Cc]hủ nhật),? )?"
_FROM_TO = (
    rf"\b[Tt]ừ {_DAY_OF_WEEK}(?:ngày )?(?P<day>{DAY}|\d{{1,2}}(?: tháng \d{{1,2}}|/\d{{1,2}})?)"
    rf"[^.;\d]{{0,20}}?\bđến (?:hết )?{_DAY_OF_WEEK}(?:ngày )?(?P<end>{DAY})"
)
_LASTING = r"(?P<n>\d{1,3}) (?P<unit>ngày|tuần|tháng|năm)"
_LASTS = (
    lazy_pattern(rf"\b{_LASTING}\b(?P<words>[^.;\d]{{0,40}}?){_FROM_TO}"),
    lazy_pattern(
        rf"\b{_LASTING}(?P<words>) \((?:ngày )?(?P<day>\d{{1,2}}(?:/\d{{1,2}})?) ?(?:-|–|và) ?"
        rf"(?P<end>{DAY})\)"
    ),
    lazy_pattern(
        rf"\b(?:khởi công|bắt đầu)(?: từ)? ngày (?P<day>{DAY}),? (?:và )?(?:dự kiến )?"
        rf"(?:hoàn thành|kết thúc) (?:vào )?(?:ngày )?(?P<end>{DAY}), (?:tổng )?"
        rf"thời gian (?P<words>[^.;,\d]{{0,30}}?){_LASTING}\b"
    ),
    lazy_pattern(
        rf"\b(?:khởi công|bắt đầu)(?: từ)? ngày (?P<day>{DAY})[^;]{{0,150}}?"
        rf"\b[Đđ]ến (?:hết )?ngày (?P<end>{DAY}),[^.;\d]{{0,60}}?"
        rf"\bđã (?P<words>[^.;,\d]{{2,30}}?){_LASTING}\b"
    ),
    lazy_pattern(rf"{_FROM_TO} \((?:trong )?{_LASTING}\b(?P<words>[^().;\d]{{0,20}})\)"),
)
"""A term told by its length and by its days: "30 ngày, từ ngày … đến ngày …", "từ … đến … (08 tuần)"."""
_SIGNS_OF_TERM = (
    ("từ ",),
    (" ngày (", " ngày, ("),
    ("khởi công", "bắt đầu"),
    ("khởi công", "bắt đầu"),
    ("từ ",),
)
"""What a line in small letters must hold for each of them."""
_ONE_OF_SEVERAL = lazy_pattern(
    r"(?P<what>đợt|vòng|giai đoạn|lần|kỳ|bước|khóa|lớp) (?P<n>\d|[IVX]{1,4})\b[^.;\d]{0,40}$", re.IGNORECASE
)
"""What stands before the days of one of several terms that follow each other: "đợt 2 từ ngày …"."""
_MONTHS = lazy_pattern(
    r"\btừ tháng (?P<month>\d{1,2})(?:(?: năm |/)(?P<year>20\d\d))? đến (?:hết )?tháng (?P<last>\d{1,2})"
    r"(?: năm |/)(?P<until>20\d\d)",
    re.IGNORECASE,
)
_NO_QUARTER = lazy_pattern(
    r"\b[Qq]uý (?:V|VI|VII|VIII|IX|X|[5-9])\b(?=/| năm\b)|\btháng (?:1[3-9]|[2-9]\d)(?=/20| năm 20)"
)


def _spans_of_months(text: str) -> Iterator[tuple[str, str]]:
    """Months in the wrong order, quarters and months that no year has."""
    for found in where(_MONTHS, text, "từ tháng "):
        first = (int(found["year"] or found["until"]), int(found["month"]))
        if first > (int(found["until"]), int(found["last"])):
            yield f"“{quote(found[0], 60)}”", "tháng bắt đầu không sau tháng kết thúc"
    for found in where(_NO_QUARTER, text, "quý ", "tháng "):
        yield f"“{found[0]}” không có trong năm", "quý I đến IV, tháng 1 đến 12"


def terms_in(text: str) -> Iterator[tuple[str, str]]:
    """Years in the wrong order, and days that are more or fewer than is said."""
    for found in where(_YEARS, text, "giai đoạn", "năm học", "nhiệm kỳ", "từ năm"):
        if found["one"] > found["other"]:
            yield f"“{found[0]}”", "năm trước rồi đến năm sau"
    for found in where(_YEARS_LONG, text, " năm 20", " năm (", " năm giai", " năm, "):
        apart = int(found["other"]) - int(found["one"])
        # A term of office ends in the year in which the next begins; of a plan each year counts.
        plan = _PLAN_OF.search(text, 0, found.start())
        if int(found["n"]) not in ((apart + 1,) if plan else (apart, apart + 1)):
            yield f"“{plan[0] if plan else ''}{found[0]}”", f"{found['n']} năm"
    for found in where(_MONTHS_LONG, text, "từ tháng "):
        months = 12 * (int(found["until"]) - int(found["since"])) + int(found["last"]) - int(found["first"])
        n = int(found["n"]) * (12 if found["unit"] == "năm" else 1)
        if n not in (months, months + 1):
            yield f"ghi {found['n']} {found['unit']}, “{found['span']}” là {months + 1} tháng", "khớp nhau"
    for signs, pattern in zip(_SIGNS_OF_TERM, _LASTS, strict=True):
        for found in where(pattern, text, *signs):
            day, end = day_of(day_in_full(found["day"], found["end"])), day_of(found["end"])
            each = _OF_EACH.search(text[: found.start()])
            if (
                day is not None
                and end is not None
                and not each
                and day <= end
                and not _lasts(found, day, end)
            ):
                told, lasts = f"{found['n']} {found['unit']}", (end - day).days + 1
                term = f"từ {format_date(day)} đến {format_date(end)}"
                yield f"ghi {told}, {term} là {lasts} ngày", f"đúng {told}"
    for found, day, end in _spans(text):
        if end < day:
            yield f"“{quote(found[0], 60)}”", "ngày bắt đầu không sau ngày kết thúc"
    yield from _spans_of_months(text)
    for found in where(_BACK, text, "đến hết"):
        day, end = day_of(found["day"]), day_of(found["end"])
        if day is not None and end is not None and day <= end:
            yield f"trở lại ngày {format_date(day)}, nghỉ đến hết ngày {format_date(end)}", "sau ngày cuối"
    yield from _overlaps(text)


def _spans(text: str) -> Iterator[tuple[re.Match[str], date, date]]:
    """From which day until which something lasts; without a year only days of one month are told apart."""
    for found in where(_SPAN, text, "từ "):
        is_dated = _YEAR.search(found["end"])
        last = found["end"] if is_dated else f"{found['end']}/{LEAP_YEAR}"
        day, end = day_of(day_in_full(found["day"], last)), day_of(last)
        if day is not None and end is not None and (is_dated or found["day"].isdigit()):
            yield found, day, end


_YEAR = lazy_pattern(r"\d{4}")


_OF_EACH = lazy_pattern(r"\bmỗi [^,;.]{1,30}$")
"""What stands before a length that is of each of several: "mỗi lớp 03 ngày, từ ngày … đến ngày …"."""


def _lasts(found: re.Match[str], day: date, end: date) -> bool:
    """Whether a term from one day to the other is as long as is said, its first day counted or not."""
    n, days = int(found["n"]), (end - day).days + 1
    if found["unit"] == "ngày":
        at_work = sum((day + timedelta(at)).weekday() < 5 for at in range(days))
        is_short = days <= _SHORT or "làm việc" in found["words"]
        return n == days or (n == days - 1 and days > _FEW) or (n == at_work and is_short)
    if found["unit"] == "tuần":
        # A term of school leaves its holidays out: "18 tuần thực học".
        most = n * _TAUGHT if _SCHOOL.search(found.string) else n
        return 7 * (n - 1) < days <= 7 * most + 1
    told = n * (12 if found["unit"] == "năm" else 1)
    return any(abs(_months(day, last) - told) < _FEW_DAYS / _MONTH for last in (end, end + timedelta(1)))


def _months(day: date, end: date) -> float:
    return (end.year - day.year) * 12 + end.month - day.month + (end.day - day.day) / _MONTH


_TAUGHT = 1.25
"""By how much a term of so many weeks of lessons is longer than they are."""
_SCHOOL = lazy_pattern(r"\b(?:thực học|học kỳ|năm học)\b", re.IGNORECASE)
_FEW = 5
"""Days of a term whose first day is counted always: a meeting of "03 ngày, từ ngày 09 đến ngày 11"."""
_SHORT = 14
"""Days of a term whose length may be told in working days without saying so: "nghỉ 05 ngày"."""
_MONTH, _FEW_DAYS = 31, 3
"""Days of a month, and those by which a term of months may be told longer or shorter."""


def _overlaps(text: str) -> Iterator[tuple[str, str]]:
    """A term that begins before the one told before it has ended: "đợt 2 từ ngày …"."""
    before: tuple[str, date, str] | None = None
    for found, day, end in _spans(text):
        named = _ONE_OF_SEVERAL.search(text[: found.start()])
        if named is None:
            continue
        what = f"{named['what']} {named['n']}"
        if before is not None and before[0] != what and day <= before[1]:
            yield f"{what} từ {found['day']}, trước khi hết {before[0]} ({before[2]})", "bắt đầu sau đó"
        before = (what, end, found["end"])
