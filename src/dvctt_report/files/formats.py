"""Number formats of Excel: what a number, a text or a date shows as under one, as far as it matters.

Nothing is rendered: a few plain formats are known to show a number's own digits, any other is a question.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache

from dvctt_report.text.limits import MAX_FORMAT
from dvctt_report.text.vietnamese import format_date

BUILTIN: dict[int, str] = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    12: "# ?/?", 13: "# ??/??", 14: "dd/mm/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
    18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "dd/mm/yyyy h:mm",
    37: "#,##0;-#,##0", 38: "#,##0;[Red]-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;[Red]-#,##0.00",
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
}  # fmt: skip
"""Formats that a workbook names by number only, the dates as a Vietnamese Excel shows them."""

_LITERAL = re.compile(r'"[^"]*"?|\\.|_.|\*.')
_PIECE = re.compile(
    r"""(?i)(?P<general>general)|(?P<text>"[^"]*"?|\\.)|(?P<space>_.)|\*(?P<fill>.)
    |\[(?P<bracket>[^\]]*)\]|(?P<digits>[0#?](?:[0#?,]*[0#?])?)|(?P<decimals>\.[0#?]*)
    |(?P<as_text>@)|(?P<sign>[-+() \xa0])|(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_COLOUR = re.compile(r"(?i)black|blue|cyan|green|magenta|red|white|yellow|color ?[0-9]{1,2}")
_LOCALE = re.compile(r"\$([^-\]]*)(?:-[^\]]*)?")
_CONDITION = re.compile(r"[<>=]")
_FILLS = " *.-_="
"""Signs with which a form fills a cell up beside its number, as on a cheque."""
_DASHES = ("-", "–", "—")
"""What an accounting format shows for 0."""
_ELAPSED = re.compile(r"(?i)\[(?:h+|m+|s+)\]")
_BRACKETS = re.compile(r"\[[^\[\]]*\]")
_LAST_SERIAL = 2_958_465
"""31/12/9999, the last day Excel knows."""


@lru_cache(maxsize=1024)
def is_date_format(code: str) -> bool:
    """Whether a number under this format shows as a date or a time; behind ";" are negatives, zero, texts."""
    code = _first_section(code)
    return bool(_ELAPSED.search(code) or re.search(r"(?i)[dmyhs]", _BRACKETS.sub("", code)))


@lru_cache(maxsize=1024)
def is_percent_format(code: str) -> bool:
    """Whether a number under this format shows a hundredfold with "%": 0.8 as 80%."""
    return "%" in _first_section(code)


def places_shown(code: str) -> int | None:
    """How many decimals a number under this format shows at most; None for all that it has."""
    digits = re.search(r"[0#?,]+(?:\.([0#?]*))?", _first_section(code))
    return len(digits[1] or "") if digits else None


def _first_section(code: str) -> str:
    """The format of positive numbers, without the texts that it shows beside them."""
    return _LITERAL.sub("", _bounded(code)).partition(";")[0]


def _bounded(code: str) -> str:
    """The format, or one that shows nothing of a cell in the place of one that no program writes."""
    return code if len(code) <= MAX_FORMAT else '"?";"?";"?";"?"'


@lru_cache(maxsize=1024)
def colours_of(code: str) -> tuple[str, ...]:
    """The colours in which a format shows numbers, by their names: ("white",) for "[White]0"."""
    named = re.findall(r"\[([^\]]*)\]", _LITERAL.sub("", _bounded(code)))
    return tuple(name.lower().replace(" ", "") for name in named if _COLOUR.fullmatch(name))


@lru_cache(maxsize=1024)
def written_beside(code: str, sign: int) -> str | None:
    """Return the words that a format writes beside a number's own digits, "" for none.

    ``sign`` is -1, 0 or 1: of the number. None where the format shows something else than the number:
    nothing, a text in its place, digits of its own, a part of it, another sign.
    """
    sections = _sections(code)
    if any(_CONDITION.search(b) for b in re.findall(r"\[([^\]]*)\]", _bounded(code))):
        said = {_written_beside(section, sign) for section in sections}
        return said.pop() if len(said) == 1 else None
    n = {1: 0, -1: 1, 0: 2}[sign]
    return _written_beside(sections[n] if n < min(len(sections), 3) else sections[0], sign)


def _written_beside(section: str, sign: int) -> str | None:
    words, shows_digits, shows_zero = "", False, False
    for piece in _PIECE.finditer(section):
        kind, text = piece.lastgroup, piece[0]
        match kind:
            case "general" | "as_text":
                shows_digits = shows_zero = True
            case "digits":
                shows_digits, shows_zero = True, shows_zero or "0" in text
            case "decimals" if shows_digits:
                shows_zero = shows_zero or "0" in text
            case "text":
                words += text.strip('"') if text[0] == '"' else text[1:]
            case "sign":
                words += text
            case "bracket" if (currency := _LOCALE.fullmatch(piece["bracket"])) is not None:
                words += currency[1]
            case "bracket" if _COLOUR.fullmatch(piece["bracket"]) or _CONDITION.search(piece["bracket"]):
                pass
            case "fill" if piece["fill"] in _FILLS:
                pass
            case "space":
                pass
            case _:
                return None
    words = words.strip(" \xa0+")
    if sign == 0 and words in _DASHES:
        return ""
    if sign < 0:
        words = words.strip("-()")
    return words if shows_digits and (shows_zero or sign) else None


@lru_cache(maxsize=1024)
def shows_text(code: str) -> bool:
    """Whether a text under this format shows as it is: not hidden, nothing written beside it."""
    sections = _sections(code)
    own = sections[3:] or [s for s in sections if "@" in _LITERAL.sub("", s)] or ["@"]
    return re.sub(r"_.|\*.|\[[^\]]*\]", "", own[0]).strip().lower() in ("@", "general")


@lru_cache(maxsize=1024)
def parts_of_date(code: str) -> tuple[str, ...]:
    """What a date under this format shows of the day, in its order: ("dd", "mm", "yyyy")."""
    bare = re.sub(r"(?i)am/pm|a/p|h+:mm?|mm?:ss?", "", _BRACKETS.sub("", _first_section(code))).lower()
    return tuple(dict.fromkeys(run for run in re.findall(r"d+|m+|y+", bare) if run not in ("ddd", "dddd")))


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[str, ...]:
    """The sections of a format: for positive numbers, negative ones, zero, texts."""
    sections = [""]
    for piece in re.finditer(r'"[^"]*"?|\\.|_.|\*.|;|[^"\\_*;]+', _bounded(code), re.DOTALL):
        if piece[0] == ";":
            sections.append("")
        else:
            sections[-1] += piece[0]
    return tuple(sections)


def date_from_serial(serial: Decimal, date1904: bool) -> date | None:
    """Turn a date's number into the day, or the day and time, it shows; None outside Excel's calendar.

    In the 1900 system, days before 1/3/1900 count one more than they should, as Excel does. A time
    without a day gets the day before the calendar begins.
    """
    limit = _LAST_SERIAL - 1462 if date1904 else _LAST_SERIAL
    if not 0 <= serial <= limit:
        return None
    if date1904:
        epoch = datetime(1904, 1, 1)
    else:
        epoch = datetime(1899, 12, 31) if serial < 60 else datetime(1899, 12, 30)
    day, fraction = divmod(serial, 1)
    moment = epoch + timedelta(days=int(day), milliseconds=round(fraction * 86_400_000))
    return moment if moment.time().replace(microsecond=0) != datetime.min.time() else moment.date()


def date_text(value: date) -> str:
    """Write a date as it is seen: "09/11/2025", with a time "09/11/2025 08:30", a bare time "08:30"."""
    if not isinstance(value, datetime):
        return format_date(value)
    clock = value.strftime("%H:%M:%S").removesuffix(":00")
    return clock if value.year < 1900 else f"{format_date(value)} {clock}"


def number_text(value: Decimal, number_format: str) -> str:
    """Write a number as it is seen, with a decimal comma and no groups; a percentage as such: "95,5%"."""
    if is_percent_format(number_format):
        return number_text(value * 100, "") + "%"
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".").replace(".", ",")
    return "0" if text == "-0" else text


def shortest_decimal(value: float) -> Decimal:
    """Turn a stored double into the shortest decimal that is this very double: 0.955, not 0.95499…96."""
    return Decimal(int(value)) if value.is_integer() else Decimal(repr(value))
