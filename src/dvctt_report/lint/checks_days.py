"""Do the days that a text names agree with the calendar, with each other and with the document's own day?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from dvctt_report.grouping import by_key
from dvctt_report.lint.check import Answers, Fault, NotApplicable, check, quote
from dvctt_report.lint.checks_citations import CITED
from dvctt_report.lint.hours import hours_in
from dvctt_report.lint.named_days import CLOCKED, DAY, LEAP_YEAR, NAMED, day_in_full, day_of, where
from dvctt_report.lint.parts import Paper
from dvctt_report.lint.pieces import Text
from dvctt_report.lint.places import place_of
from dvctt_report.lint.settings import Settings
from dvctt_report.lint.terms import terms_in
from dvctt_report.nd30.kinds import LETTER
from dvctt_report.patterns import lazy_pattern
from dvctt_report.severity import Severity
from dvctt_report.vietnamese import format_date

_DAY_IN_FIGURES = lazy_pattern(r"[/.-]\d{1,2}[/.-]\d{4}")
_YEARS_ON = lazy_pattern(r"20\d\d ?(?:[-–]|đến)")
"""What a line must hold, or one of "ngày", "tháng", "quý", to tell of a time that can be looked into."""
_WEEKDAYS = ("hai", "ba", "tư", "năm", "sáu", "bảy")
_WEEKDAY = rf"(?:thứ\s+(?P<weekday>{'|'.join(_WEEKDAYS)}|[2-7])|(?P<sunday>chủ\s+nhật))"
_ON_WEEKDAY = (
    lazy_pattern(rf"\b{_WEEKDAY}\s*[,(]?\s*(?:ngày\s+)?(?P<day>{DAY})", re.IGNORECASE),
    lazy_pattern(rf"(?<![\d/.-])(?P<day>{DAY})\s*\(\s*{_WEEKDAY}\s*\)", re.IGNORECASE),
    lazy_pattern(rf"(?<![\d/.-])(?P<day>{DAY}), {_WEEKDAY}(?=[.;)]|$)", re.IGNORECASE),
)
_WEEKDAYS_OF_TWO = lazy_pattern(
    rf"\bngày (?P<day>\d{{1,2}}(?:/\d{{1,2}})?) và (?:ngày )?(?P<end>{DAY})"
    rf" \(thứ (?P<first>{'|'.join(_WEEKDAYS)}|[2-7]),? (?:và )?"
    rf"(?:thứ (?P<last>{'|'.join(_WEEKDAYS)}|[2-7])|(?P<sunday>chủ nhật))\)",
    re.IGNORECASE,
)
"""Two days told with their weekdays behind them: "hai ngày 11 và 12/6/2026 (thứ Năm, thứ Sáu)"."""
_WEEKDAYS_OF_SPAN = lazy_pattern(
    rf"\btừ (?:ngày )?(?P<day>{DAY}) đến (?:hết )?(?:ngày )?(?P<end>{DAY}),? ?\(? ?(?:từ )?"
    rf"thứ (?P<first>{'|'.join(_WEEKDAYS)}|[2-7]) (?:đến|tới) (?:thứ (?P<last>{'|'.join(_WEEKDAYS)}|[2-7])"
    r"|(?P<sunday>chủ nhật))",
    re.IGNORECASE,
)
"""A span told by its days and by their weekdays: "từ ngày … đến ngày … (từ thứ Hai đến thứ Sáu)"."""
_SHORT_YEAR = lazy_pattern(r"n(?<!\wn)gày \d{1,2}[/.-]\d{1,2}[/.-]\d\d(?![\d/.-])")
_CITATION = lazy_pattern(rf"\b(?:{CITED}|Văn bản)\s+số\s*:?\s*[^\s,;]+\s+ngày\s+(?P<day>{DAY})")
_LIMITS = ("trước", "nhất", "không quá")
_UNTIL = rf"\b(?:trước|(?:chậm|muộn) nhất(?: là)?|không quá)\s+{CLOCKED}ngày\s+"
_DUE = lazy_pattern(
    rf"\b(?:đề nghị|yêu cầu|giao|thời hạn|hạn)\b[^.;]{{0,200}}?{_UNTIL}(?P<day>{DAY})", re.IGNORECASE
)
_SENT = lazy_pattern(
    rf"\b(?:gửi|nộp|hoàn thành|báo cáo|trình)\b[^.;]{{0,120}}?{_UNTIL}(?P<day>{DAY})", re.IGNORECASE
)
_HANDED_IN = lazy_pattern(rf"\b(?:gửi|nộp|báo cáo)\b[^.;]{{0,120}}?{_UNTIL}(?P<day>{DAY})", re.IGNORECASE)
_SUMMED_UP = lazy_pattern(
    rf"\btổng hợp\b[^.;]{{0,120}}?\b(?:báo cáo|trình|gửi)\b[^.;]{{0,80}}?{_UNTIL}(?P<day>{DAY})",
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
    rf"\bnày (?:[^.;]{{0,60}} )?(?:có hiệu lực|được áp dụng)[^.;\d]{{0,40}}? ngày (?P<day>{DAY})",
    re.IGNORECASE,
)
_PASSED = lazy_pattern(rf"\bthông qua (?:vào )?ngày (?P<day>{DAY})", re.IGNORECASE)
_DONE = lazy_pattern(
    rf"(?:^|\.\s)(?:Vào )?[Nn]gày (?P<day>{DAY}),[^.;]{{0,200}}?"
    r"\bđã (?:chủ trì|tổ chức|họp|làm việc|kiểm tra"
    r"|ban hành|tiếp|diễn ra|có|nhận)\b"
)
"""What has been done on a day: "Ngày 03 tháng 11 năm 2026, … đã chủ trì cuộc họp"."""
_MET = lazy_pattern(
    rf"^(?:Vào )?[Nn]gày (?P<day>{DAY})(?! \(dự kiến)[^.;]{{0,200}}?(?<!đã )(?<!sẽ )chủ trì (?:cuộc |buổi )?"
    r"(?:họp|làm việc|hội nghị)"
)
"""The meeting whose conclusions are told: "Ngày 05 tháng 8 năm 2026, … chủ trì cuộc họp"."""
_COUNTED = lazy_pattern(
    rf"(?:[Kk]ết quả|[Ss]ố liệu|\bđã|[Tt]ính)\b[^.;]{{0,80}}?\bđến (?:hết )?(?:ngày )?(?P<day>{DAY})"
)
_SETTING = frozenset({"Hướng dẫn", "Kế hoạch", "Chỉ thị", "Chương trình", "Phương án", "Quy chế", "Quy định"})
"""Kinds that say until which day figures are to be counted, a day that may lie ahead."""
_PLANNED = lazy_pattern(
    r"\b(?:ước|dự kiến|kế hoạch|phấn đấu|hoàn thành|thời hạn|gia hạn|có giá trị|sẽ)\b", re.IGNORECASE
)
_MEETING = lazy_pattern(
    rf"(?:thời gian|khai mạc|\bvào\b|\bhồi\b)[^.;]{{0,80}}?\bngày (?P<day>{DAY})", re.IGNORECASE
)
_DAY_ALONE = lazy_pattern(r"n(?<!\wn)gày (?P<day>\d{1,2})(?: tháng |/)(?P<month>\d{1,2})(?![\d/.-]| năm)")
_VALID_UNTIL = lazy_pattern(rf"\bcó giá trị (?:đến|tới) (?:hết )?ngày (?P<day>{DAY})", re.IGNORECASE)
_ENROLLED = lazy_pattern(
    r"\b(?:đăng ký|chuẩn bị|gửi|xác nhận)\b"
    rf"[^.;]{{0,120}}?{_UNTIL}(?P<day>{DAY})",
    re.IGNORECASE,
)
"""What has to be sent before a meeting to which someone is invited."""
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
    yield from hours_in(paper)
    yield from _zeros(paper)
    invites = paper.kind == "Giấy mời" or any("mời" in p.text for p in paper.head.matter)
    # What the head and an annex say of the document's own day is a matter of other checks.
    own = [paper.head.place_date, *(line for annex in paper.annexes for line in annex.attached)]
    of_the_document = {id(line.paragraph) for line in own if line is not None}
    small = Text(paper.pieces, lambda piece: piece.text.lower())
    for piece in small.holding("ngày ", "tháng ", "quý ", _DAY_IN_FIGURES, _YEARS_ON):
        if id(piece.paragraph) in of_the_document:
            continue
        named = named or bool(NAMED.search(piece.text))
        asked = [*_asked(piece.text, paper.day), *terms_in(piece.text)]
        asked += _against_own(piece.text, paper.day, paper.kind, invites) if paper.day else ()
        for found, right in dict.fromkeys(asked):
            place = place_of(paper, piece.paragraph)
            yield Fault(place, quote(piece), found, right, "Xem lại ngày này")
    yield from _enrolled(paper) if invites else ()
    yield from _referred(paper)
    yield from _held_twice(paper)
    if not named:
        yield NotApplicable("văn bản không nêu ngày nào")


_BEHIND_LIMIT = lazy_pattern(rf"\b(?:sau|quá|hết) (?:thời hạn|hạn)(?: là)? (?:ngày )?(?P<day>{DAY})")
_LIMIT = lazy_pattern(rf"\b(?:trước|đến hết|(?:chậm|muộn) nhất(?: là)?)\s+{CLOCKED}ngày\s+(?P<day>{DAY})")


def _referred(paper: Paper) -> Iterator[Fault]:
    """A limit that is spoken of again as another day than before: "sau thời hạn 20/9/2026"."""
    lines = paper.text.holding("hạn ")
    again = [(piece, found) for piece in lines for found in _BEHIND_LIMIT.finditer(piece.text)]
    for piece, found in again:
        day = day_of(found["day"])
        before = (p for p in paper.text.holding("ngày ") if p.paragraph.number <= piece.paragraph.number)
        told = [day_of(m["day"]) for p in before for m in _LIMIT.finditer(p.text) if p is not piece]
        near = [one for one in told if one and day and (one.year, one.month) == (day.year, day.month)]
        if day and near and day not in told:
            what = f"thời hạn {format_date(day)}, chỗ trước ghi {format_date(near[-1])}"
            yield Fault(
                place_of(paper, piece.paragraph), quote(piece), what, "cùng một ngày", "Xem lại ngày này"
            )


_CEREMONY = lazy_pattern(
    r"l(?<!\wl)ễ (?P<what>khai mạc|bế mạc|phát động|ra quân|công bố|trao giải|tổng kết|mít tinh|khánh thành"
    rf"|khởi công)\b[^.;\d]{{0,80}}?(?:ngày )?(?P<day>{DAY})",
    re.IGNORECASE,
)


def _held_twice(paper: Paper) -> Iterator[Fault]:
    """One ceremony that is held on one day here, and on another of the same weeks there."""
    told = by_key(
        (found["what"].lower(), (day, piece))
        for piece in paper.text.holding("lễ ", "Lễ ")
        for found in _CEREMONY.finditer(piece.text)
        if (day := day_of(found["day"])) is not None
    )
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
        if (day := day_of(m["day"])) is not None
    ]
    for piece in paper.body if held else ():
        for found in _ENROLLED.finditer(piece.text):
            if (day := day_of(found["day"])) is not None and day > max(held):
                what = f"thời hạn {format_date(day)}, họp ngày {format_date(max(held))}"
                yield Fault(
                    place_of(paper, piece.paragraph), quote(piece), what, "trước ngày họp", "Xem lại ngày này"
                )


def _asked(text: str, own: date | None) -> Iterator[tuple[str, str]]:
    for found in NAMED.finditer(text):
        if day_of(found["day"]) is None:
            yield f"ngày {found['day']} không có trong lịch", "ngày có thật"
    for pattern in _ON_WEEKDAY:
        for found in where(pattern, text, "thứ ", "chủ nhật"):
            day = day_of(found["day"])
            if day is not None and day.weekday() != _weekday(found):
                yield f"ngày {format_date(day)} không phải {_said(_weekday(found))}", _said(day.weekday())
    of_two = (*where(_WEEKDAYS_OF_SPAN, text, "thứ "), *where(_WEEKDAYS_OF_TWO, text, "thứ "))
    for found in of_two:
        begun = day_of(day_in_full(found["day"], found["end"]))
        for named, day in ((found["first"], begun), (found["last"] or "", day_of(found["end"]))):
            said = _weekday_of(named)
            if day is not None and day.weekday() != said:
                yield f"ngày {format_date(day)} không phải {_said(said)}", _said(day.weekday())
    for found in where(_SHORT_YEAR, text, "ngày "):
        yield f"“{found[0]}”", "năm đủ bốn chữ số"
    for found in where(_DAY_ALONE, text, "ngày "):
        if day_of(f"{found['day']}/{found['month']}/{LEAP_YEAR}") is None:
            yield f"ngày {found['day']}/{found['month']} không có trong lịch", "ngày có thật"
    yield from _summed_up_early(text)
    if own is None:
        return
    for found in where(_CITATION, text, " số"):
        day = day_of(found["day"])
        if day is not None and day > own:
            yield (
                f"viện dẫn văn bản ngày {format_date(day)}, sau ngày {format_date(own)} của văn bản",
                "ngày ban hành trước đó",
            )
    for found in where(_DUE, text, *_LIMITS):
        day = day_of(found["day"])
        if day is not None and day < own and not _tells(text, found):
            yield _overdue(format_date(day), own)


def _summed_up_early(text: str) -> Iterator[tuple[str, str]]:
    """What several hand in, summed up for others by a day before any of them has to."""
    for found in where(_SUMMED_UP, text, "tổng hợp"):
        day = day_of(found["day"])
        before = [day_of(m["day"]) for m in _HANDED_IN.finditer(text[: found.start()])]
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


def _against_own(text: str, own: date, kind: str, invites: bool) -> Iterator[tuple[str, str]]:
    """Days on the wrong side of the document's own."""
    shown = format_date(own)
    for found in where(_SENT, text, *_LIMITS) if kind in _ASKING else ():
        day = day_of(found["day"])
        if day is not None and day < own and not _tells(text, found):
            yield _overdue(format_date(day), own)
    for found in where(_IN_MONTH, text, "đề nghị", "yêu cầu", "giao"):
        month = (int(found["year"]), int(found["month"]))
        told = (m for m in NAMED.finditer(text, *found.span()) if m.start() < found.start("month") < m.end())
        if month < (own.year, own.month) and not any(told) and not _tells(text, found):
            yield _overdue(f"tháng {found['month']}/{found['year']}", own)
    for pattern, what, words in (
        (_IN_FORCE, "có hiệu lực từ", ("hiệu lực", "áp dụng")),
        (_VALID_UNTIL, "có giá trị đến", ("có giá trị",)),
        (_MEETING, "mời họp", ("ngày ",) if invites else ()),
    ):
        for found in where(pattern, text, *words):
            if (day := day_of(found["day"])) is not None and day < own:
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
        for found in where(pattern, text, *words):
            day = day_of(found["day"])
            if day is not None and day > own and not _PLANNED.search(found[0]):
                yield (
                    f"{what} ngày {format_date(day)}, sau ngày {shown} của văn bản",
                    f"không sau ngày {shown}",
                )


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


def _weekday(found: re.Match[str]) -> int:
    """0 for Monday, as Python counts."""
    return _weekday_of("" if found["sunday"] else found["weekday"])


def _weekday_of(word: str) -> int:
    """The same of the word behind "thứ"; "" for "chủ nhật"."""
    return 6 if not word else int(word) - 2 if word.isdigit() else _WEEKDAYS.index(word.lower())


def _said(weekday: int) -> str:
    return "Chủ nhật" if weekday == 6 else f"thứ {_WEEKDAYS[weekday].capitalize()}"
