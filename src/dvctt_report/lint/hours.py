"""Hours that no clock has, ends before their beginning, and how long something lasts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dvctt_report.lint.check import Fault, quote
from dvctt_report.lint.named_days import NAMED
from dvctt_report.lint.parts import Paper
from dvctt_report.lint.pieces import Piece
from dvctt_report.lint.places import place_of
from dvctt_report.patterns import lazy_pattern
from dvctt_report.vietnamese import unaccented

_TIL = lazy_pattern(r" ?(?:đến|-|–) ?(?P<hour>\d{1,2}) ?(?:giờ|h|g) ?(?P<minute>\d{2})?(?!\d)")
_OVER_NIGHT = lazy_pattern(r"\b(?:hôm sau|đêm|tối|ngày kế tiếp)\b|\bngày [^.;]{1,60}\bngày ")
"""What says that hours are of two days."""
_CLOCK = lazy_pattern(r"(?P<hour>\d(?<![\d,.]\d)\d?) ?(?:giờ|h|g) ?(?P<minute>\d{2})(?!\d)(?: ?phút)?")
_HOUR = lazy_pattern(r"\d ?(?:giờ|[hg](?![^\W\d_]))")
_BEGUN = lazy_pattern(
    r"\b(?:bắt đầu|khai mạc)\b[^.;]{0,40}?(?P<begin>\d{1,2} ?(?:giờ|h) ?\d\d)[^.;]{0,60}?"
    r"\b(?:kết thúc|bế mạc)\b[^.;]{0,40}?(?P<end>\d{1,2} ?(?:giờ|h) ?\d\d)",
    re.IGNORECASE,
)
_HOURS = lazy_pattern(
    r"(?P<n>\d(?<![\d.,]\d)(?<!giờ \d)(?<!h \d)\d{0,2}) (?P<unit>phút|giờ)\b[^.;\d]{0,20}?"
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


def hours_in(paper: Paper) -> Iterator[Fault]:
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
        days_named = {m["day"] for piece in (begun[2], ended[2]) for m in NAMED.finditer(piece.text)}
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
