"""Do the days that a text names agree with the calendar, with each other and with the document's own day?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from dvctt_report.lint.check import Answers, Fault, NotApplicable, check, quote
from dvctt_report.lint.checks_citations import CITED
from dvctt_report.lint.parts import Paper
from dvctt_report.lint.pieces import Piece, Text
from dvctt_report.lint.places import place_of
from dvctt_report.lint.settings import Settings
from dvctt_report.nd30.kinds import LETTER
from dvctt_report.patterns import lazy_pattern
from dvctt_report.severity import Severity
from dvctt_report.vietnamese import format_date, parse_date, unaccented

_DAY = r"(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{4}(?![\d/])|\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}(?!\d))"
_NAMED = lazy_pattern(rf"(?<![\d/.-])(?<!số )(?P<day>{_DAY})")
_DAY_IN_FIGURES = lazy_pattern(r"[/.-]\d{1,2}[/.-]\d{4}")
_YEARS_ON = lazy_pattern(r"20\d\d ?(?:[-–]|đến)")
"""What a line must hold, or one of "ngày", "tháng", "quý", to tell of a time that can be looked into."""
_WEEKDAYS = ("hai", "ba", "tư", "năm", "sáu", "bảy")
_WEEKDAY = rf"(?:thứ\s+(?P<weekday>{'|'.join(_WEEKDAYS)}|[2-7])|(?P<sunday>chủ\s+nhật))"
_ON_WEEKDAY = (
    lazy_pattern(rf"\b{_WEEKDAY}\s*[,(]?\s*(?:ngày\s+)?(?P<day>{_DAY})", re.IGNORECASE),
    lazy_pattern(rf"(?<![\d/.-])(?P<day>{_DAY})\s*\(\s*{_WEEKDAY}\s*\)", re.IGNORECASE),
    lazy_pattern(rf"(?<![\d/.-])(?P<day>{_DAY}), {_WEEKDAY}(?=[.;)]|$)", re.IGNORECASE),
)
_AT = r"(?:\d{1,2} (?:giờ|h)(?: \d{2})?(?: phút)?,? )?"
_SPAN = lazy_pattern(
    rf"\btừ\s+{_AT}(?:ngày\s+)?(?P<day>{_DAY})\s*(?:đến|tới|-|–)\s*(?:hết\s+)?{_AT}(?:ngày\s+)?(?P<end>{_DAY})",
    re.IGNORECASE,
)
_WEEKDAYS_OF_TWO = lazy_pattern(
    rf"\bngày (?P<day>\d{{1,2}}(?:/\d{{1,2}})?) và (?:ngày )?(?P<end>{_DAY})"
    rf" \(thứ (?P<first>{'|'.join(_WEEKDAYS)}|[2-7]),? (?:và )?"
    rf"(?:thứ (?P<last>{'|'.join(_WEEKDAYS)}|[2-7])|(?P<sunday>chủ nhật))\)",
    re.IGNORECASE,
)
"""Two days told with their weekdays behind them: "hai ngày 11 và 12/6/2026 (thứ Năm, thứ Sáu)"."""
_BACK = lazy_pattern(
    rf"\bnghỉ\b[^.]{{0,120}}?\bđến hết (?:[^.;\d]{{0,30}} )?(?:ngày )?(?P<end>{_DAY})[^.]{{0,60}}?"
    rf"\b(?:trở lại|bình thường|đi làm|đi học)\b[^.;\d]{{0,40}}?(?P<day>{_DAY})",
    re.IGNORECASE,
)
"""When a holiday ends and work goes on: "nghỉ … đến hết ngày …; làm việc trở lại vào ngày …"."""
_WEEKDAYS_OF_SPAN = lazy_pattern(
    rf"\btừ (?:ngày )?(?P<day>{_DAY}) đến (?:hết )?(?:ngày )?(?P<end>{_DAY}),? ?\(? ?(?:từ )?"
    rf"thứ (?P<first>{'|'.join(_WEEKDAYS)}|[2-7]) (?:đến|tới) (?:thứ (?P<last>{'|'.join(_WEEKDAYS)}|[2-7])"
    r"|(?P<sunday>chủ nhật))",
    re.IGNORECASE,
)
"""A span told by its days and by their weekdays: "từ ngày … đến ngày … (từ thứ Hai đến thứ Sáu)"."""
_SHORT_YEAR = lazy_pattern(r"\bngày \d{1,2}[/.-]\d{1,2}[/.-]\d\d(?![\d/.-])")
_CITATION = lazy_pattern(rf"\b(?:{CITED}|Văn bản)\s+số\s*:?\s*[^\s,;]+\s+ngày\s+(?P<day>{_DAY})")
_CLOCKED = r"(?:\d{1,2} giờ(?: \d{1,2})?(?: phút)?\s*,?\s*)?"
_LIMITS = ("trước", "nhất", "không quá")
_UNTIL = rf"\b(?:trước|(?:chậm|muộn) nhất(?: là)?|không quá)\s+{_CLOCKED}ngày\s+"
_DUE = lazy_pattern(
    rf"\b(?:đề nghị|yêu cầu|giao|thời hạn|hạn)\b[^.;]{{0,200}}?{_UNTIL}(?P<day>{_DAY})", re.IGNORECASE
)
_SENT = lazy_pattern(
    rf"\b(?:gửi|nộp|hoàn thành|báo cáo|trình)\b[^.;]{{0,120}}?{_UNTIL}(?P<day>{_DAY})", re.IGNORECASE
)
_HANDED_IN = lazy_pattern(rf"\b(?:gửi|nộp|báo cáo)\b[^.;]{{0,120}}?{_UNTIL}(?P<day>{_DAY})", re.IGNORECASE)
_SUMMED_UP = lazy_pattern(
    rf"\btổng hợp\b[^.;]{{0,120}}?\b(?:báo cáo|trình|gửi)\b[^.;]{{0,80}}?{_UNTIL}(?P<day>{_DAY})",
    re.IGNORECASE,
)
_IN_MONTH = lazy_pattern(
    r"\b(?:đề nghị|yêu cầu|giao)\b[^.;]{0,200}?\b(?:xong|hoàn thành|gửi|nộp)\b[^.;]{0,40}?"
    r"\btháng (?P<month>\d{1,2})(?: năm |/)(?P<year>20\d\d)",
    re.IGNORECASE,
)
_ASKING = frozenset(
    {
        LETTER,
        "Kế hoạch",
        "Phương án",
        "Chương trình",
        "Giấy mời",
        "Chỉ thị",
        "Công điện",
        "Hướng dẫn",
        "Thông báo",
        "Quyết định",
    }
)
"""Kinds whose sentences order, so that "gửi về … trước ngày" asks without another word."""
_PAST = lazy_pattern(
    r"\b(?:đã|tại(?! \d)|(?<!kèm )theo(?! (?:dõi|Phụ lục|(?:biểu )?mẫu|đề cương)\b))\b", re.IGNORECASE
)
_TOLD = lazy_pattern(r"\b(?:đã|đến nay|nhưng|tuy nhiên|chưa|còn)\b", re.IGNORECASE)
"""Words of a sentence that tells of an earlier request, before the day and behind it."""
_NEAR = 60
"""Characters behind a day that still belong to what is said of it."""
_IN_FORCE = lazy_pattern(
    rf"\bnày (?:[^.;]{{0,60}} )?(?:có hiệu lực|được áp dụng)[^.;\d]{{0,40}}? ngày (?P<day>{_DAY})",
    re.IGNORECASE,
)
_PASSED = lazy_pattern(rf"\bthông qua (?:vào )?ngày (?P<day>{_DAY})", re.IGNORECASE)
_DONE = lazy_pattern(
    rf"(?:^|\.\s)(?:Vào )?[Nn]gày (?P<day>{_DAY}),[^.;]{{0,200}}?"
    r"\bđã (?:chủ trì|tổ chức|họp|làm việc|kiểm tra"
    r"|ban hành|tiếp|diễn ra|có|nhận)\b"
)
"""What has been done on a day: "Ngày 03 tháng 11 năm 2026, … đã chủ trì cuộc họp"."""
_MET = lazy_pattern(
    rf"^(?:Vào )?[Nn]gày (?P<day>{_DAY})(?! \(dự kiến)[^.;]{{0,200}}?(?<!đã )(?<!sẽ )chủ trì (?:cuộc |buổi )?"
    r"(?:họp|làm việc|hội nghị)"
)
"""The meeting whose conclusions are told: "Ngày 05 tháng 8 năm 2026, … chủ trì cuộc họp"."""
_COUNTED = lazy_pattern(
    rf"(?:[Kk]ết quả|[Ss]ố liệu|\bđã|[Tt]ính)\b[^.;]{{0,80}}?\bđến (?:hết )?(?:ngày )?(?P<day>{_DAY})"
)
_SETTING = frozenset({"Hướng dẫn", "Kế hoạch", "Chỉ thị", "Chương trình", "Phương án", "Quy chế", "Quy định"})
"""Kinds that say until which day figures are to be counted, a day that may lie ahead."""
_PLANNED = lazy_pattern(
    r"\b(?:ước|dự kiến|kế hoạch|phấn đấu|hoàn thành|thời hạn|gia hạn|có giá trị|sẽ)\b", re.IGNORECASE
)
_MEETING = lazy_pattern(
    rf"(?:thời gian|khai mạc|\bvào\b|\bhồi\b)[^.;]{{0,80}}?\bngày (?P<day>{_DAY})", re.IGNORECASE
)
_TIL = lazy_pattern(r" ?(?:đến|-|–) ?(?P<hour>\d{1,2}) ?(?:giờ|h|g) ?(?P<minute>\d{2})?(?!\d)")
_OVER_NIGHT = lazy_pattern(r"\b(?:hôm sau|đêm|tối|ngày kế tiếp)\b|\bngày [^.;]{1,60}\bngày ")
"""What says that hours are of two days."""
_CLOCK = lazy_pattern(r"(?<![\d,.])(?P<hour>\d{1,2}) ?(?:giờ|h|g) ?(?P<minute>\d{2})(?!\d)(?: ?phút)?")
_HOUR = lazy_pattern(r"(?:giờ|h|g) ?\d\d")
_YEARS = lazy_pattern(
    r"\b(?:[Gg]iai đoạn|[Nn]ăm học|[Nn]hiệm kỳ|[Tt]ừ năm) (?P<one>20\d\d)"
    r" ?(?:[-–]|đến(?: năm)?) ?(?P<other>20\d\d)"
)
_YEARS_LONG = lazy_pattern(
    r"(?P<what>\b[Kk]ế hoạch[^.;,\d]{0,40} )?(?<!\d)(?P<n>\d{1,2}) năm[ ,]{1,2}\(?(?:giai đoạn )?"
    r"(?P<one>20\d\d) ?(?:[-–]|đến(?: năm)?) ?(?P<other>20\d\d)"
)
"""Years told by how many they are: "nhiệm kỳ 05 năm (2021 - 2026)", "Kế hoạch 05 năm 2026 - 2030"."""
_MONTHS_LONG = lazy_pattern(
    r"\b(?P<n>\d{1,2}) (?P<unit>tháng|năm)\b[^.;\d]{0,30}(?P<span>[Tt]ừ tháng (?P<first>\d{1,2})(?:/| năm )"
    r"(?P<since>20\d\d) đến (?:hết )?tháng (?P<last>\d{1,2})(?:/| năm )(?P<until>20\d\d))"
)
"""A term of months and from which to which it lasts: "24 tháng, từ tháng 01/2026 đến tháng 12/2027"."""
_BEGUN = lazy_pattern(
    r"\b(?:bắt đầu|khai mạc)\b[^.;]{0,40}?(?P<begin>\d{1,2} ?(?:giờ|h) ?\d\d)[^.;]{0,60}?"
    r"\b(?:kết thúc|bế mạc)\b[^.;]{0,40}?(?P<end>\d{1,2} ?(?:giờ|h) ?\d\d)",
    re.IGNORECASE,
)
_DAY_OF_WEEK = r"(?:(?:thứ (?:hai|ba|tư|năm|sáu|bảy|Hai|Ba|Tư|Năm|Sáu|Bảy)|[Cc]hủ nhật),? )?"
_FROM_TO = (
    rf"\b[Tt]ừ {_DAY_OF_WEEK}(?:ngày )?(?P<day>{_DAY}|\d{{1,2}}(?: tháng \d{{1,2}}|/\d{{1,2}})?)"
    rf"[^.;\d]{{0,20}}?\bđến (?:hết )?{_DAY_OF_WEEK}(?:ngày )?(?P<end>{_DAY})"
)
_LASTING = r"(?P<n>\d{1,3}) (?P<unit>ngày|tuần|tháng|năm)"
_LASTS = (
    lazy_pattern(rf"\b{_LASTING}\b(?P<words>[^.;\d]{{0,40}}?){_FROM_TO}"),
    lazy_pattern(
        rf"\b{_LASTING}(?P<words>) \((?:ngày )?(?P<day>\d{{1,2}}(?:/\d{{1,2}})?) ?(?:-|–|và) ?"
        rf"(?P<end>{_DAY})\)"
    ),
    lazy_pattern(
        rf"\b(?:khởi công|bắt đầu)(?: từ)? ngày (?P<day>{_DAY}),? (?:và )?(?:dự kiến )?"
        rf"(?:hoàn thành|kết thúc) (?:vào )?(?:ngày )?(?P<end>{_DAY}), (?:tổng )?"
        rf"thời gian (?P<words>[^.;,\d]{{0,30}}?){_LASTING}\b"
    ),
    lazy_pattern(
        rf"\b(?:khởi công|bắt đầu)(?: từ)? ngày (?P<day>{_DAY})[^;]{{0,150}}?"
        rf"\b[Đđ]ến (?:hết )?ngày (?P<end>{_DAY}),[^.;\d]{{0,60}}?"
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
_DAY_ALONE = lazy_pattern(r"n(?<!\wn)gày (?P<day>\d{1,2})(?: tháng |/)(?P<month>\d{1,2})(?![\d/.-]| năm)")
_SPAN_OF_ONE_YEAR = lazy_pattern(
    r"\btừ ngày (?P<day>\d{1,2})(?: tháng |/)(?P<month>\d{1,2}) (?:đến|tới) (?:hết )?ngày (?P<end>\d{1,2})"
    r"(?: tháng |/)(?P<end_month>\d{1,2})(?: năm |/)\d{4}\b",
    re.IGNORECASE,
)
_SPAN_OF_ONE_MONTH = lazy_pattern(
    r"\btừ (?:\S+ )?ngày (?P<day>\d{1,2}) (?:đến|tới) (?:hết )?(?:\S+ )?ngày (?P<end>\d{1,2})(?: tháng |/)\d",
    re.IGNORECASE,
)
_MONTHS = lazy_pattern(
    r"\btừ tháng (?P<month>\d{1,2})(?:(?: năm |/)(?P<year>20\d\d))? đến (?:hết )?tháng (?P<last>\d{1,2})"
    r"(?: năm |/)(?P<until>20\d\d)",
    re.IGNORECASE,
)
_NO_QUARTER = lazy_pattern(
    r"\b[Qq]uý (?:V|VI|VII|VIII|IX|X|[5-9])\b(?=/| năm\b)|\btháng (?:1[3-9]|[2-9]\d)(?=/20| năm 20)"
)
_VALID_UNTIL = lazy_pattern(rf"\bcó giá trị (?:đến|tới) (?:hết )?ngày (?P<day>{_DAY})", re.IGNORECASE)
_ENROLLED = lazy_pattern(
    r"\b(?:đăng ký|chuẩn bị|gửi|xác nhận)\b"
    rf"[^.;]{{0,120}}?{_UNTIL}(?P<day>{_DAY})",
    re.IGNORECASE,
)
"""What has to be sent before a meeting to which someone is invited."""
_LEAP_YEAR = 2024
_BARE_DAY = lazy_pattern(r"n(?<!\wn)gày (?:\d tháng \d|\d{2} tháng [12]\b)")
_FILLED_DAY = lazy_pattern(r"\bngày 0\d tháng")


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
    yield from _clock(paper)
    yield from _zeros(paper)
    invites = paper.kind == "Giấy mời" or any("mời" in p.text for p in paper.head.matter)
    # What the head and an annex say of the document's own day is a matter of other checks.
    own = [paper.head.place_date, *(line for annex in paper.annexes for line in annex.attached)]
    of_the_document = {id(line.paragraph) for line in own if line is not None}
    small = Text(paper.pieces, lambda piece: piece.text.lower())
    for piece in small.holding("ngày ", "tháng ", "quý ", _DAY_IN_FIGURES, _YEARS_ON):
        if id(piece.paragraph) in of_the_document:
            continue
        named = named or bool(_NAMED.search(piece.text))
        asked = [*_asked(piece.text, paper.day), *_spans(piece.text)]
        asked += _against_own(piece.text, paper.day, paper.kind, invites) if paper.day else ()
        for found, right in dict.fromkeys(asked):
            place = place_of(paper, piece.paragraph)
            yield Fault(place, quote(piece), found, right, "Xem lại ngày này")
    yield from _enrolled(paper) if invites else ()
    yield from _referred(paper)
    yield from _held_twice(paper)
    if not named:
        yield NotApplicable("văn bản không nêu ngày nào")


_BEHIND_LIMIT = lazy_pattern(rf"\b(?:sau|quá|hết) (?:thời hạn|hạn)(?: là)? (?:ngày )?(?P<day>{_DAY})")
_LIMIT = lazy_pattern(rf"\b(?:trước|đến hết|(?:chậm|muộn) nhất(?: là)?)\s+{_CLOCKED}ngày\s+(?P<day>{_DAY})")


def _referred(paper: Paper) -> Iterator[Fault]:
    """A limit that is spoken of again as another day than before: "sau thời hạn 20/9/2026"."""
    lines = paper.text.holding("hạn ")
    again = [(piece, found) for piece in lines for found in _BEHIND_LIMIT.finditer(piece.text)]
    for piece, found in again:
        day = _day(found["day"])
        before = (p for p in paper.text.holding("ngày ") if p.paragraph.number <= piece.paragraph.number)
        told = [_day(m["day"]) for p in before for m in _LIMIT.finditer(p.text) if p is not piece]
        near = [one for one in told if one and day and (one.year, one.month) == (day.year, day.month)]
        if day and near and day not in told:
            what = f"thời hạn {format_date(day)}, chỗ trước ghi {format_date(near[-1])}"
            yield Fault(
                place_of(paper, piece.paragraph), quote(piece), what, "cùng một ngày", "Xem lại ngày này"
            )


_CEREMONY = lazy_pattern(
    r"l(?<!\wl)ễ (?P<what>khai mạc|bế mạc|phát động|ra quân|công bố|trao giải|tổng kết|mít tinh|khánh thành"
    rf"|khởi công)\b[^.;\d]{{0,80}}?(?:ngày )?(?P<day>{_DAY})",
    re.IGNORECASE,
)


def _held_twice(paper: Paper) -> Iterator[Fault]:
    """One ceremony that is held on one day here, and on another of the same weeks there."""
    told: dict[str, list[tuple[date, Piece]]] = {}
    for piece in paper.text.holding("lễ ", "Lễ "):
        for found in _CEREMONY.finditer(piece.text):
            if (day := _day(found["day"])) is not None:
                told.setdefault(found["what"].lower(), []).append((day, piece))
    for what, held in told.items():
        first, where = held[0]
        others = [(day, piece) for day, piece in held if day != first and piece is not where]
        if others and len({day for day, _ in others}) == 1:
            day, piece = others[0]
            if abs((day - first).days) <= _SAME_WEEKS:
                said = f"lễ {what} ngày {format_date(day)}, chỗ trước ghi {format_date(first)}"
                place = place_of(paper, piece.paragraph)
                yield Fault(place, quote(piece), said, "cùng một ngày", "Xem lại ngày này")


_SAME_WEEKS = 31
"""Days between two that are told of one ceremony; farther apart they are of two."""


def _enrolled(paper: Paper) -> Iterator[Fault]:
    """What has to be sent before a meeting, by a day when that is over."""
    held = [
        day
        for p in paper.text.holding("ngày ")
        for m in _MEETING.finditer(p.text)
        if (day := _day(m["day"])) is not None
    ]
    for piece in paper.body if held else ():
        for found in _ENROLLED.finditer(piece.text):
            if (day := _day(found["day"])) is not None and day > max(held):
                what = f"thời hạn {format_date(day)}, họp ngày {format_date(max(held))}"
                yield Fault(
                    place_of(paper, piece.paragraph), quote(piece), what, "trước ngày họp", "Xem lại ngày này"
                )


def _where(pattern: re.Pattern[str], text: str, *words: str) -> Iterator[re.Match[str]]:
    """Where a pattern is found; it is tried only where one of the words stands, in capitals or not."""
    low = _small(text)
    return pattern.finditer(text) if any(word in low for word in words) else iter(())


_small = lru_cache(maxsize=1)(str.lower)


def _asked(text: str, own: date | None) -> Iterator[tuple[str, str]]:
    for found in _NAMED.finditer(text):
        if _day(found["day"]) is None:
            yield f"ngày {found['day']} không có trong lịch", "ngày có thật"
    for pattern in _ON_WEEKDAY:
        for found in _where(pattern, text, "thứ ", "chủ nhật"):
            day = _day(found["day"])
            if day is not None and day.weekday() != _weekday(found):
                yield f"ngày {format_date(day)} không phải {_said(_weekday(found))}", _said(day.weekday())
    of_two = (*_where(_WEEKDAYS_OF_SPAN, text, "thứ "), *_where(_WEEKDAYS_OF_TWO, text, "thứ "))
    for found in of_two:
        begun = _day(_whole(found["day"], found["end"]))
        for named, day in ((found["first"], begun), (found["last"] or "", _day(found["end"]))):
            said = _weekday_of(named)
            if day is not None and day.weekday() != said:
                yield f"ngày {format_date(day)} không phải {_said(said)}", _said(day.weekday())
    for found in _where(_SHORT_YEAR, text, "ngày "):
        yield f"“{found[0]}”", "năm đủ bốn chữ số"
    for found in _where(_DAY_ALONE, text, "ngày "):
        if _day(f"{found['day']}/{found['month']}/{_LEAP_YEAR}") is None:
            yield f"ngày {found['day']}/{found['month']} không có trong lịch", "ngày có thật"
    for found in _where(_SPAN_OF_ONE_YEAR, text, "từ ngày "):
        first, last = (
            (int(found[month]), int(found[day])) for day, month in (("day", "month"), ("end", "end_month"))
        )
        if last < first and _day(f"{found['day']}/{found['month']}/{_LEAP_YEAR}"):
            yield f"“{quote(found[0], 60)}”", "ngày bắt đầu không sau ngày kết thúc"
    for found in _where(_SPAN, text, "từ "):
        day, end = _day(found["day"]), _day(found["end"])
        if day is not None and end is not None and end < day:
            yield (
                f"từ ngày {format_date(day)} đến ngày {format_date(end)}",
                "ngày bắt đầu không sau ngày kết thúc",
            )
    yield from _spans_of_months(text)
    yield from _summed_up_early(text)
    for found in _where(_BACK, text, "đến hết"):
        day, end = _day(found["day"]), _day(found["end"])
        if day is not None and end is not None and day <= end:
            yield f"trở lại ngày {format_date(day)}, nghỉ đến hết ngày {format_date(end)}", "sau ngày cuối"
    if own is None:
        return
    for found in _where(_CITATION, text, " số"):
        day = _day(found["day"])
        if day is not None and day > own:
            yield (
                f"viện dẫn văn bản ngày {format_date(day)}, sau ngày {format_date(own)} của văn bản",
                "ngày ban hành trước đó",
            )
    for found in _where(_DUE, text, *_LIMITS):
        day = _day(found["day"])
        if day is not None and day < own and not _tells(text, found):
            yield _overdue(format_date(day), own)


def _spans_of_months(text: str) -> Iterator[tuple[str, str]]:
    """Days of one month and months in the wrong order, quarters and months that no year has."""
    for found in _where(_SPAN_OF_ONE_MONTH, text, "từ "):
        if int(found["end"]) < int(found["day"]):
            yield (
                f"“{quote(found[0].rpartition(' tháng')[0] or found[0], 60)}”",
                "ngày bắt đầu không sau ngày kết thúc",
            )
    for found in _where(_MONTHS, text, "từ tháng "):
        first = (int(found["year"] or found["until"]), int(found["month"]))
        if first > (int(found["until"]), int(found["last"])):
            yield f"“{quote(found[0], 60)}”", "tháng bắt đầu không sau tháng kết thúc"
    for found in _where(_NO_QUARTER, text, "quý ", "tháng "):
        yield f"“{found[0]}” không có trong năm", "quý I đến IV, tháng 1 đến 12"


def _summed_up_early(text: str) -> Iterator[tuple[str, str]]:
    """What several hand in, summed up for others by a day before any of them has to."""
    for found in _where(_SUMMED_UP, text, "tổng hợp"):
        day = _day(found["day"])
        before = [_day(m["day"]) for m in _HANDED_IN.finditer(text[: found.start()])]
        handed_in = min((one for one in before if one is not None), default=None)
        if day is not None and handed_in is not None and day < handed_in:
            yield (
                f"tổng hợp trước ngày {format_date(day)}, hạn gửi là {format_date(handed_in)}",
                "hạn tổng hợp sau hạn gửi",
            )


def _overdue(said: str, own: date) -> tuple[str, str]:
    return f"thời hạn {said} trước ngày {format_date(own)} của văn bản", "thời hạn sau ngày văn bản"


def _tells(text: str, found: re.Match[str]) -> bool:
    """Whether a sentence tells of an earlier request: by its words before the day or behind it."""
    before = re.split(r"[.;]\s", text[: found.start()])[-1]
    behind = re.split(r"[.;:]\s", text[found.end() : found.end() + _NEAR])[0]
    return bool(_PAST.search(before + found[0]) or _TOLD.search(behind))


def _spans(text: str) -> Iterator[tuple[str, str]]:
    """Years in the wrong order, and days that are more or fewer than is said."""
    for found in _where(_YEARS, text, "giai đoạn", "năm học", "nhiệm kỳ", "từ năm"):
        if found["one"] > found["other"]:
            yield f"“{found[0]}”", "năm trước rồi đến năm sau"
    for found in _where(_YEARS_LONG, text, " năm 20", " năm (", " năm giai", " năm, "):
        apart = int(found["other"]) - int(found["one"])
        # A term of office ends in the year in which the next begins; of a plan each year counts.
        if int(found["n"]) not in ((apart + 1,) if found["what"] else (apart, apart + 1)):
            yield f"“{found[0].strip()}”", f"{found['n']} năm"
    for found in _where(_MONTHS_LONG, text, "từ tháng "):
        months = 12 * (int(found["until"]) - int(found["since"])) + int(found["last"]) - int(found["first"])
        n = int(found["n"]) * (12 if found["unit"] == "năm" else 1)
        if n not in (months, months + 1):
            yield f"ghi {found['n']} {found['unit']}, “{found['span']}” là {months + 1} tháng", "khớp nhau"
    for signs, pattern in zip(_SIGNS_OF_TERM, _LASTS, strict=True):
        for found in _where(pattern, text, *signs):
            day, end = _day(_whole(found["day"], found["end"])), _day(found["end"])
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
    yield from _overlaps(text)


_HOURS = lazy_pattern(
    r"(?<![\d.,])(?<!giờ )(?<!h )(?P<n>\d{1,3}) (?P<unit>phút|giờ)\b[^.;\d]{0,20}?"
    r"(?P<span>\btừ (?P<hour>\d{1,2}) ?(?:giờ|h) ?(?P<minute>\d{2})? ?(?:phút )?"
    r"đến (?P<end>\d{1,2}) ?(?:giờ|h)"
    r"(?: ?(?P<to>\d{2})\b)?)",
    re.IGNORECASE,
)
"""How long something lasts and from when to when: "180 phút, từ 08 giờ 00 đến 11 giờ 00"."""


_HOURS_BEHIND = lazy_pattern(
    r"(?P<span>\btừ (?P<hour>\d{1,2}) ?(?:giờ|h) ?(?P<minute>\d{2})? ?(?:phút )?"
    r"đến (?P<end>\d{1,2}) ?(?:giờ|h)(?: ?(?P<to>\d{2})\b)?)(?: phút)?"
    r",? \(?(?:(?:thời lượng|thời gian|trong|tổng thời gian|tổng số)(?: là)? )?"
    r"(?<!giờ )(?<!h )(?P<n>\d{1,3}) (?P<unit>phút|giờ)(?=/buổi|\)|[,.;]|$)",
    re.IGNORECASE,
)
"""The same told behind it: "từ 13 giờ 30 phút đến 16 giờ 30 phút, thời lượng 3 giờ/buổi"."""
_OF_EACH = lazy_pattern(r"\bmỗi [^,;.]{1,30}$")
"""What stands before a length that is of each of several: "mỗi lớp 03 ngày, từ ngày … đến ngày …"."""


def _whole(day: str, end: str) -> str:
    """A day with month and year of the one behind it where it has none: "từ 09 đến 11/11/2026"."""
    own, other = re.findall(r"\d+", day), re.findall(r"\d+", end)
    return "/".join(own + other[len(own) :])


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
    before: tuple[str, date] | None = None
    for found in _where(_SPAN, text, "từ "):
        named = _ONE_OF_SEVERAL.search(text[: found.start()])
        day, end = _day(found["day"]), _day(found["end"])
        if named is None or day is None or end is None:
            continue
        what = f"{named['what']} {named['n']}"
        if before is not None and before[0] != what and day <= before[1]:
            yield (
                f"{what} từ {format_date(day)}, trước khi hết {before[0]} ({format_date(before[1])})",
                "bắt đầu sau đó",
            )
        before = (what, end)


def _against_own(text: str, own: date, kind: str, invites: bool) -> Iterator[tuple[str, str]]:
    """Days on the wrong side of the document's own."""
    shown = format_date(own)
    for found in _where(_SENT, text, *_LIMITS) if kind in _ASKING else ():
        day = _day(found["day"])
        if day is not None and day < own and not _tells(text, found):
            yield _overdue(format_date(day), own)
    for found in _where(_IN_MONTH, text, "đề nghị", "yêu cầu", "giao"):
        month = (int(found["year"]), int(found["month"]))
        told = (m for m in _NAMED.finditer(text, *found.span()) if m.start() < found.start("month") < m.end())
        if month < (own.year, own.month) and not any(told) and not _tells(text, found):
            yield _overdue(f"tháng {found['month']}/{found['year']}", own)
    for pattern, what, words in (
        (_IN_FORCE, "có hiệu lực từ", ("hiệu lực", "áp dụng")),
        (_VALID_UNTIL, "có giá trị đến", ("có giá trị",)),
        (_MEETING, "mời họp", ("ngày ",) if invites else ()),
    ):
        for found in _where(pattern, text, *words):
            if (day := _day(found["day"])) is not None and day < own:
                yield (
                    f"{what} ngày {format_date(day)}, trước ngày {shown} của văn bản",
                    f"từ ngày {shown} trở đi",
                )
    for pattern, what, words in (
        (_PASSED, "thông qua", ("thông qua",)),
        (_COUNTED, "số liệu đến", () if kind in _SETTING else ("đã ",) if kind in _ASKING else ("đến ",)),
        (_DONE, "đã thực hiện", ("đã ",)),
        (_MET, "kết luận cuộc họp", ("kết luận",) if kind == "Thông báo" else ()),
    ):
        for found in _where(pattern, text, *words):
            day = _day(found["day"])
            if day is not None and day > own and not _PLANNED.search(found[0]):
                yield (
                    f"{what} ngày {format_date(day)}, sau ngày {shown} của văn bản",
                    f"không sau ngày {shown}",
                )


def _clock(paper: Paper) -> Iterator[Fault]:
    """Hours that no clock has, and minutes of a meeting that ended before it began."""
    times: list[tuple[str, tuple[int, int], Piece]] = []
    for piece in paper.text.holding(_HOUR):
        for found in _CLOCK.finditer(piece.text):
            hour, minute = int(found["hour"]), int(found["minute"])
            if hour > 24 or minute > 59:
                place = place_of(paper, piece.paragraph)
                yield Fault(
                    place,
                    quote(piece),
                    f"“{found[0]}” không có trên đồng hồ",
                    "giờ có thật",
                    "Xem lại giờ này",
                )
            end = _TIL.match(piece.text, found.end())
            if end and not _OVER_NIGHT.search(piece.text) and _hour(end) < (hour, minute):
                said = f"“{quote(piece.text[found.start() : end.end()], 60)}”"
                place = place_of(paper, piece.paragraph)
                yield Fault(place, quote(piece), said, "giờ bắt đầu trước giờ kết thúc", "Xem lại giờ này")
            before = unaccented(piece.text[max(found.start() - 30, 0) : found.start()])
            what = next((w for w in ("bat dau", "khai mac", "ket thuc") if w in before), "")
            times.append((what, (hour, minute), piece))
        yield from _hours(paper, piece)
        for found in _BEGUN.finditer(piece.text):
            if _minutes(found["end"]) < _minutes(found["begin"]) and not _OVER_NIGHT.search(found[0]):
                place = place_of(paper, piece.paragraph)
                said = f"“{quote(found[0], 80)}”"
                yield Fault(place, quote(piece), said, "kết thúc sau khi bắt đầu", "Xem lại giờ này")
    begun = next((t for t in times if t[0] in ("bat dau", "khai mac")), None)
    ended = next((t for t in times if t[0] == "ket thuc"), None)
    if paper.kind == "Biên bản" and begun and ended and ended[1] < begun[1]:
        days_named = {m["day"] for piece in (begun[2], ended[2]) for m in _NAMED.finditer(piece.text)}
        if len(days_named) < 2:
            late = f"kết thúc lúc {ended[1][0]:02} giờ {ended[1][1]:02}, trước giờ bắt đầu"
            place = place_of(paper, ended[2].paragraph)
            yield Fault(place, quote(ended[2]), late, "kết thúc sau khi bắt đầu", "Xem lại giờ này")


def _hours(paper: Paper, piece: Piece) -> Iterator[Fault]:
    """How long something lasts, and from when until when."""
    behind = _HOURS_BEHIND.finditer(piece.text) if piece.text.count("đến ") == 1 else ()
    for found in (*_HOURS.finditer(piece.text), *behind):
        begin, end = (60 * int(found[h]) + int(found[m] or 0) for h, m in (("hour", "minute"), ("end", "to")))
        told = int(found["n"]) * (60 if found["unit"].lower() == "giờ" else 1)
        if end > begin and told != end - begin:
            said = f"ghi {found['n']} {found['unit']}, “{found['span']}” là {end - begin} phút"
            place = place_of(paper, piece.paragraph)
            yield Fault(place, quote(piece), said, "giờ và thời gian khớp nhau", "Xem lại giờ này")


def _minutes(text: str) -> int:
    """The minutes of a day at an hour told as "08 giờ 30"."""
    hour, minute = map(int, re.findall(r"\d+", text))
    return 60 * hour + minute


def _hour(found: re.Match[str]) -> tuple[int, int]:
    return int(found["hour"]), int(found["minute"] or 0)


def _zeros(paper: Paper) -> Iterator[Fault]:
    """One day without its zero where others have it."""
    lines = [piece for piece in paper.body if "ngày " in piece.text]
    bare = [piece for piece in lines if _BARE_DAY.search(piece.text)]
    if bare and len(bare) <= sum(bool(_FILLED_DAY.search(piece.text)) for piece in lines):
        for piece in bare:
            shown = _BARE_DAY.search(piece.text)
            right = "“ngày 05”, “tháng 02” như các chỗ khác"
            place = place_of(paper, piece.paragraph)
            yield Fault(place, quote(piece), f"“{shown[0] if shown else ''}”", right, "Thêm số 0 phía trước")


@lru_cache(maxsize=256)
def _day(text: str) -> date | None:
    """The day that a text names in figures, None where no calendar has it; most are named many times."""
    return parse_date("/".join(str(int(n)) for n in re.findall(r"\d+", text)))


def _weekday(found: re.Match[str]) -> int:
    """0 for Monday, as Python counts."""
    return _weekday_of("" if found["sunday"] else found["weekday"])


def _weekday_of(word: str) -> int:
    """The same of the word behind "thứ"; "" for "chủ nhật"."""
    return 6 if not word else int(word) - 2 if word.isdigit() else _WEEKDAYS.index(word.lower())


def _said(weekday: int) -> str:
    return "Chủ nhật" if weekday == 6 else f"thứ {_WEEKDAYS[weekday].capitalize()}"
