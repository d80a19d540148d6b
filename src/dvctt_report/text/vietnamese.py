"""Numbers, shares, dates, names and Unicode as Vietnamese offices write and read them: pure functions.

Counts group by dots and decimals stand behind a comma ("1.234.567,5"); a share is a ``Fraction`` and
becomes a percentage only as text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache

from dvctt_report.text.patterns import lazy_pattern

# ---------------------------------------------------------------------------------------- letters

_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
CAPITALS = "A-ZĐ" + "".join(
    unicodedata.normalize("NFC", vowel + tone) for vowel in "AĂÂEÊIOÔƠUƯY" for tone in _TONES
)
"""All capitals of Vietnamese for the brackets of a pattern: ``rf"[{CAPITALS}]"``."""
SMALL_LETTERS = CAPITALS.lower()
"""All its small letters in the same way."""

# ---------------------------------------------------------------------------------------- numbers


def format_count(n: int | Decimal) -> str:
    """Write a number with dots between groups of three: 1234567 → "1.234.567"; decimals as they are."""
    return f"{n:,}".replace(",", ".") if isinstance(n, int) else format_decimal(n)


def format_small_count(n: int | Decimal) -> str:
    """Write a count for prose: 1 to 9 take a leading zero ("03 đơn vị"); 0 and 10 upwards do not."""
    return f"0{n}" if isinstance(n, int) and 0 < n < 10 else format_count(n)


def with_unit(number: str, unit: str) -> str:
    """Write a number with what it counts: "18 kênh"; of a unit that says its place, "hạng #", "hạng 18"."""
    return unit.replace("#", number) if "#" in unit else f"{number} {unit}"


def format_decimal(value: Decimal) -> str:
    """Write a decimal with the digits it has: Decimal("1234.50") → "1.234,50"."""
    sign = "-" if value < 0 else ""
    whole, _, digits = f"{abs(value):f}".partition(".")
    return sign + format_count(int(whole)) + ("," + digits if digits else "")


def format_money(dong: int) -> str:
    """Write a sum of money in đồng: "1.250.000.000 đồng"."""
    return f"{format_count(dong)} đồng"


def format_money_million(dong: int) -> str:
    """Write a sum of money in million đồng, to one place: 3422903249 → "3.422,9 triệu đồng"."""
    million = Decimal(dong).scaleb(-6).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{format_fraction(Fraction(million))} triệu đồng"


def as_decimal(value: Fraction) -> Decimal:
    """The decimal that a fraction with an end is: Fraction(165, 2) → Decimal("82.5")."""
    exact = Decimal(value.numerator) / value.denominator
    return exact.quantize(Decimal(1)) if exact == exact.to_integral_value() else exact.normalize()


def format_fraction(value: Fraction) -> str:
    """Write a number that has an end: Fraction(165, 2) → "82,5"."""
    return format_decimal(as_decimal(value))


def printed_percent(share: Fraction, threshold: Fraction | int | None = None, places: int = 1) -> Decimal:
    """Round a share to the percentage that is printed for it; its exponent holds the places printed.

    A whole percentage keeps no decimal, any other at least ``places``, and as many as it takes not to land on
    or beyond 0, 100 or ``threshold`` (percent; None: not judged): 1599/2000 against 80 is 79.95.
    """
    n, of = 100 * share.numerator, share.denominator
    if n % of == 0:
        return Decimal(n // of)
    lines = [line.as_integer_ratio() for line in (0, 100, threshold) if line is not None]
    while True:
        scale = 10**places
        printed = (2 * n * scale + of) // (2 * of)  # in parts of the scale, halves upwards
        if all(
            (n * b > a * of, n * b < a * of) == (printed * b > a * scale, printed * b < a * scale)
            for a, b in lines
        ):
            return Decimal(printed).scaleb(-places)
        places += 1


def common_places(*judged: tuple[Fraction, Fraction | None]) -> int:
    """The decimals that shares are printed with, each beside its threshold, where they are subtracted."""
    places = 1
    while any(
        len(format_decimal(printed_percent(*one, places)).partition(",")[2]) > places for one in judged
    ):
        places += 1
    return places


def format_percent(share: Fraction, threshold: Fraction | int | None = None) -> str:
    """A share, never against its verdict (``printed_percent``): "100%" is all, "0%" none, else "79,95%"."""
    return f"{format_decimal(printed_percent(share, threshold))}%"


def format_points(printed: Decimal, other: Decimal) -> str:
    """The distance of two printed percentages, as a reader subtracts them: "2,1 điểm phần trăm"."""
    return f"{format_decimal(abs(printed - other))} điểm phần trăm"


# A fraction of exactly three digits may be a group of thousands: "1.234" is a question, never a reading.
_FRACTION = r"(?:[0-9]{1,2}|[0-9]{4,})"
_PLAIN = lazy_pattern(rf"[0-9]+(?:[.,]{_FRACTION})?|0[.,][0-9]+")
_GROUPED = lazy_pattern(
    rf"[1-9][0-9]{{0,2}}(?:(?:\.[0-9]{{3}}){{2,}}|(?:,[0-9]{{3}}){{2,}}|(?: [0-9]{{3}})+(?:[.,][0-9]{{1,2}})?"
    rf"|(?:\.[0-9]{{3}})+,{_FRACTION}|(?:,[0-9]{{3}})+\.{_FRACTION})"
)
_ONE_GROUP = lazy_pattern(
    r"[1-9][0-9]{0,2}[.,][0-9]{3}|[0-9]{4,}[.,][0-9]{3}|[1-9][0-9]{0,2}(?:\.[0-9]{3})+,[0-9]{3}"
)
_DIGITS = str.maketrans("０１２３４５６７８９．，", "0123456789.,")


def plain_number_text(text: str) -> str:
    """Strip what a number may wear: outer and odd spaces (NBSP, thin), zero-width, full-width digits."""
    return _spaces_alike(text).translate(_DIGITS).strip(" ")


def parse_decimal(text: str) -> Decimal | None:
    """Read a number that can be read in one way only; None for anything else, "1.234" among it.

    Taken: "1234", "12,5", "12.5", "1.234.567", "1,234,567", "29 000", "1.234,5", full-width digits.
    """
    text = plain_number_text(text)
    if _PLAIN.fullmatch(text):
        return Decimal(text.replace(",", "."))
    if not _GROUPED.fullmatch(text):
        return None
    marks = re.findall(r"[., ]", text)
    if marks[-1] == " " or set(marks) == {marks[-1]}:
        return Decimal(re.sub(r"\D", "", text))
    head, _, decimals = text.rpartition(marks[-1])  # the last mark, where it stands once and differs
    return Decimal(re.sub(r"\D", "", head) + f".{decimals}")


def is_ambiguous_number(text: str) -> bool:
    """Whether the text is a number whose one group of three may be thousands or decimals: "1.234"."""
    return bool(_ONE_GROUP.fullmatch(plain_number_text(text)))


# ------------------------------------------------------------------------------------------ dates

_DAY_FIRST = lazy_pattern(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})")
_SHORT_YEAR = lazy_pattern(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{2})")
_YEAR_FIRST = lazy_pattern(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_IN_WORDS = lazy_pattern(r"(?:ngày\s*)?(\d{1,2})\s*tháng\s*(\d{1,2})\s*năm\s*(\d{4})")


def format_date(day: date) -> str:
    """Write a date in figures: "09/11/2025"."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def format_cited_date(day: date) -> str:
    """A cited date, "05/3/2025": 0 before days below 10, months 1, 2. Source: NĐ 30/2020 Phụ lục I, II.4."""
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"{day.day:02}/{month}/{day.year:04}"


def format_last_day(day: date) -> str:
    """Write the last day to send; one on which no office works says so: "09/11/2025, Chủ nhật"."""
    weekend = {5: ", thứ Bảy", 6: ", Chủ nhật"}
    return format_date(day) + weekend.get(day.weekday(), "")


def format_days_left(last_day: date, today: date) -> str:
    """Say how far a deadline is: "còn 6 ngày", "hôm nay", "đã qua 11 ngày"."""
    left = (last_day - today).days
    return f"còn {left} ngày" if left > 0 else f"đã qua {format_count(-left)} ngày" if left else "hôm nay"


def parse_date(text: str) -> date | None:
    """Read a date with a four-digit year, day first ("9/11/2025") or ISO; None for anything else."""
    text = _spaces_alike(unicodedata.normalize("NFC", text)).translate(_DIGITS).strip().lower()
    if match := _DAY_FIRST.fullmatch(text) or _IN_WORDS.fullmatch(text):
        day, month, year = match.groups()
    elif match := _YEAR_FIRST.fullmatch(text):
        year, month, day = match.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def parse_date_figures(text: str) -> tuple[int, int, int] | None:
    """The three figures of a date as they stand: "11/25/25" → (11, 25, 2025); else None."""
    text = plain_number_text(text)
    match = _DAY_FIRST.fullmatch(text) or _SHORT_YEAR.fullmatch(text)
    if match is None:
        return None
    first, second, year = (int(figure) for figure in match.groups())
    return first, second, year if year > 99 else 2000 + year


# ------------------------------------------------------------------------------- names and texts

# Zero-width and direction marks, soft hyphen, BOM: seen by no one, pasted along from web pages and chats.
_INVISIBLE = lazy_pattern("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_ODD_SPACE = lazy_pattern("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_LINE_BREAK = lazy_pattern("\r\n|[\r\x0b\x0c\x85\u2028\u2029]|_x000[abcdABCD]_")
_NOT_XML = lazy_pattern("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_RESERVED = lazy_pattern(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")

_ALIKE = {"ð": "đ", "ɖ": "đ", "’": "'", "‘": "'", "“": '"', "”": '"', "…": "..."} | dict(
    zip("асеіорхуктмнв", "aceiopxyktmhb", strict=True)  # Cyrillic letters that look Latin
)
_ALIKE |= dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
_ALIKE_CHAR = lazy_pattern(f"[{''.join(_ALIKE)}]")  # several times as fast as str.translate over long text
_MARK = lazy_pattern("[\u0300-\u036f]")
_OLD_TONE = {
    first + second: plain + toned
    for plain, firsts, second, all_toned in (
        ("o", "òóỏõọ", "a", "àáảãạ"),
        ("o", "òóỏõọ", "e", "èéẻẽẹ"),
        ("u", "ùúủũụ", "y", "ỳýỷỹỵ"),
    )
    for first, toned in zip(firsts, all_toned, strict=True)
}
_OLD_TONE_AT_END = lazy_pattern(rf"(?:{'|'.join(_OLD_TONE)})(?![^\W\d_])")


def key(text: str) -> str:
    """Make the key two spellings of the same words share; for comparing only, never for printing.

    Evens out Unicode form, case, spaces, dashes and quotes, Đ/Ð/Ɖ, Cyrillic letters that look Latin,
    zero-width characters and where the tone mark stands in a syllable that ends in oa, oe, uy
    ("hòa" = "hoà", "ủy" = "uỷ"; "hoàn" as it is).
    """
    if text.isdecimal() and text.isascii():
        return text
    return _known_key(text) if len(text) <= _SHORT else _key(text)


_SHORT = 400
"""Characters of the words, names and printed texts that are compared again and again."""


def _key(text: str) -> str:
    text = _ALIKE_CHAR.sub(lambda match: _ALIKE[match[0]], one_line(text).lower())
    return even_tones(text.replace(" -", "-").replace("- ", "-"))


def even_tones(text: str) -> str:
    """Put the tone mark of oa, oe, uy where ``key`` has it, for patterns that are searched in keys."""
    return _OLD_TONE_AT_END.sub(lambda match: _OLD_TONE[match[0]], text)


_known_key = lru_cache(maxsize=4096)(_key)


def sign_of(text: str) -> str:
    """Number and sign of a document as ``key``, without its kind: "Kế hoạch số 12 /KH-SYT" is 12/kh-syt."""
    return re.sub(r"\s", "", re.sub(r"^[^0-9]*", "", key(text))) or key(text)


def unaccented(text: str) -> str:
    """Make the key of a text without its marks: "Chưa có" and "chua co" are the same; for comparing only."""
    keyed = key(text)
    return _known_plain(keyed) if len(keyed) <= _SHORT else without_marks(keyed)


def without_marks(keyed: str) -> str:
    """A key without its marks."""
    if keyed.isascii():
        return keyed
    apart = unicodedata.normalize("NFD", keyed.replace("đ", "d"))
    plain = apart.encode("ascii", "ignore").decode("ascii")
    # Where a letter is left of each, nothing has gone but marks; a pattern for them takes four times as long.
    return plain if len(plain) == len(keyed) else _MARK.sub("", apart)


_known_plain = lru_cache(maxsize=4096)(without_marks)


def clean_text(text: str) -> str:
    """Typed text fit to print: NFC, XML's characters that are seen, each kind of line break a newline."""
    if text.isprintable() and "_x000" not in text:  # one line without any character that is looked for below
        return unicodedata.normalize("NFC", text).strip()
    text = _LINE_BREAK.sub("\n", text)
    text = _spaces_alike(_NOT_XML.sub("", text)).replace("\t", " ")
    return "\n".join(line.rstrip() for line in unicodedata.normalize("NFC", text).split("\n")).strip()


def one_line(text: str | None) -> str:
    """What was typed, fit to print, on one line, with single blanks."""
    text = clean_text(text or "")
    return " ".join(text.split()) if "\n" in text or "  " in text else text


def whole_of(province: str) -> str:
    """What all of a province is called, or of a city that is one: "Toàn tỉnh", "Toàn thành phố"."""
    return "Toàn thành phố" if province.startswith("thành phố") else "Toàn tỉnh"


def join_names(names: Iterable[str], separator: str = ", ") -> str:
    """Join names for a sentence: "A, B và C"; with ``separator="; "`` by semicolons alone: "A; B; C"."""
    *rest, last = [*names] or [""]
    if not rest:
        return last
    return separator.join(rest) + (" và " if separator == ", " else separator) + last


def words_around(text: str, start: int, end: int, room: int) -> str:
    """Cut a part of a text out of it, with the whole words in ``room`` characters before and behind."""
    first, last = max(0, start - room), min(len(text), end + room)
    if first:
        first = text.find(" ", first, start) + 1 or first
    if last < len(text):
        last = max(text.rfind(" ", end, last), end)
    return f"{'… ' if first else ''}{text[first:last].strip()}{' …' if last < len(text) else ''}"


def first_letter_capital(text: str) -> str:
    """Make the first letter a capital and leave the rest as it is."""
    return text[:1].upper() + text[1:]


POINTS = tuple("abcdđeghiklmnopqrstuvxy")
"""The letters of points in their order. Source: NĐ 30/2020/NĐ-CP, Phụ lục I, mục II.6đ."""


def point_letter(n: int) -> str:
    """Letter the n-th of a list: "a", "b" … "y", and behind it "aa", "bb", as Word goes on."""
    turns, at = divmod(n - 1, len(POINTS))
    return POINTS[at] * (turns + 1)


def sentence(text: str) -> str:
    """End ``text`` with a full stop where no sign ends it."""
    return text if text.endswith((".", ":", "!", "?", "…")) else f"{text}."


def first_letter_small(text: str) -> str:
    """Make the first letter a small one and leave the rest as it is."""
    return text[:1].lower() + text[1:]


def file_stem(name: str) -> str:
    """An ASCII name for any system, 1 to 80 characters, none reserved: "Đội văn nghệ" → "Doi-van-nghe"."""
    text = unicodedata.normalize("NFD", name.translate(str.maketrans("đĐðÐɖƉ", "dDdDdD")))
    text = re.sub(r"[\u0300-\u036f]", "", text)
    text = re.sub(r"[^A-Za-z0-9._]+", "-", text)[:80].strip("-._")
    return f"{text}_" if _RESERVED.fullmatch(text) else text or "khong-ten"


def _spaces_alike(text: str) -> str:
    return _ODD_SPACE.sub(" ", _INVISIBLE.sub("", text))
