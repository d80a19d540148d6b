"""Numbers of private persons in a text: found as a person reads them, and left out of what leaves the office.

They stand whole only where they belong: in the unit's own papers, in the office's line of contact, and where
an officer asks to see what was written (``in_full``).

A text is first folded to what is read (``_fold``): digits of every script and width are digits, accents and
what nobody sees are gone, blanks and dashes are of one kind. What is recognised there is left out of the text
as it was written. A new spelling is a matter of the fold, a new kind of number a row of ``_KINDS``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from functools import lru_cache
from typing import Any, ClassVar, Protocol, TypeAlias, TypeVar

from dvctt_report.text.patterns import lazy_pattern


class _Dataclass(Protocol):
    __dataclass_fields__: ClassVar[dict[str, Any]]


Record = TypeVar("Record", bound=_Dataclass)
Span: TypeAlias = tuple[int, int]

IDENTITY = "số căn cước"
MOBILE = "số điện thoại di động"

_GAP = r"(?:[ .()-]{0,4}|[ .]{5,30})"
"""What may stand between two digits of a number: "(+84) - 912 345 678", "0912......345678"."""
_MAY_HOLD = lazy_pattern(r"\d(?:[^A-Za-z\d]*+\d){5}|@|(?i:\bat\b|\ba\s+[cmv])")
"""What a text without any personal number seldom has: six digits without a letter, or a word for "@"."""
_DIGITS_TOGETHER = lazy_pattern(r"\d(?:[^a-z\d]*+\d){5}")
"""Six digits of a folded text with no word between, as every number of a person has at the least."""
_LINK = lazy_pattern(r"(?:https?://|www\.)(?P<host>[a-z0-9-]++(?:\.[a-z0-9-]++)++)[^ ]*+")
_PERSONS_HOST = lazy_pattern(r"\d{9}|(?:^|\.)(?:zalo|wa|t)\.me$")
"""Hosts of links that are themselves a person's number, or end in one."""
_PERSONS_QUERY = lazy_pattern(r"[?&](?:phone|tel|mobile|sdt|dien-?thoai|cccd|cmnd|stk|account)=")
"""What a link is asked with where a person's number follows."""
_PERSONS_PART = lazy_pattern(r"0[35789]\d{8}|0\d{11}")
"""A part of a link that is a person's number: ".../0912345678/"; of other digits a link has any."""
_DATE = lazy_pattern(
    r"(?<!\d)(?:(?:0?[1-9]|[12]\d|3[01])(?P<a>[./-])(?:0?[1-9]|1[0-2])(?P=a)(?:19|20)\d\d"
    r"|(?:19|20)\d\d(?P<b>[./-])(?:0[1-9]|1[0-2])(?P=b)(?:0[1-9]|[12]\d|3[01]))(?!\d)"
)
_AMOUNT = lazy_pattern(r"[1-9]\d{0,2}(?P<sign>[ .])\d{3}(?:(?P=sign)\d{3})*")
_COUNTED = lazy_pattern(
    r" ?(?:%|(?:d|dong|vnd|trieu|ty|nghin|ngan|ho so|nguoi|luot|phieu|van ban|tai khoan|giao dich"
    r"|truong hop|cong dan)\b)"
)
"""What stands behind a figure, and never behind a number that names somebody."""
_HEXADECIMAL = frozenset("abcdef")
"""Letters between which digits are part of a code."""
_MORE_OF_FIGURE = lazy_pattern(r"[.,]\d{1,2}(?!\d)")
_SOLID = 9
"""Digits in a row that no figure with decimals has, with a zero ahead or before the comma."""
_LISTED = lazy_pattern(r"\d{9}[.,]$")
"""A whole number before another one: "0988111222,0912700434"."""
_TWO_CODES = lazy_pattern(r"0\d{4} \d{5}")
"""Codes of two communes have as many digits as a mobile telephone."""
_OF_TELEPHONES = ("01", "02")
"""How telephones of eleven digits begin: mobile ones until 2018, and those of houses and offices."""
_LAST_PROVINCE = 96
"""Numbers of identity cards begin with a province of Thông tư 59/2021/TT-BCA: 001 to 096."""
_OF_MONEY = lazy_pattern(r"\b(?:tien|kinh phi|gia tri|tong|doanh so)\b")

_OF_COUNT = lazy_pattern(
    r"\b(?:dinh danh|dien tu|kich hoat|xac thuc|hien co|(?:da|duoc) (?:cap|mo|tao|lap|dang ky|phe duyet))\b"
)
"""What is said of many accounts: "số tài khoản đã kích hoạt 12345678"."""
_OF_SOMEBODY = lazy_pattern(
    r"\b(?:ngan hang|thanh toan|thu huong|chuyen|(?<!ca )nhan(?! dan| vien)"
    r"|cua (?:ong|ba|anh|chi(?! nhanh| cuc)|co(?! quan| so)|toi|em))\b"
)
"""What is said of one account only: "số tài khoản ngân hàng là 345678"."""
_TITLE = lazy_pattern(r"(?:cmnd|cmt|cmtnd|ho chieu|stk)(?: so)? ?[:.]? ?")
"""Behind this stands somebody's number, whatever follows: "CMND 264512345 người đứng đầu"."""
_BEFORE_COUNT = lazy_pattern(r"\b(?:tong(?: cong)?|(?:thu|giao dich)(?: qua)?|cap(?: the| moi| doi)?) $")
"""What leads to a count: "Tổng số tài khoản", "thu qua ngân hàng", "cấp căn cước"."""
_LONGEST_COUNT = 7
"""Digits of the accounts that a province has; what is said of many may have one more."""
_LONGEST_SUM = 10
"""Digits of an amount that is taken at a bank."""
_DOSSIER = lazy_pattern(r"(?<![a-z0-9])[a-z]\d\d(?:\.\d\d){0,4}-\d{6}-\d{4,10}(?!\d)")
"""A dossier's code, which ends in any digits: "H43.11-251101-0912345678"."""

_IDENTITY = lazy_pattern(rf"(?<!\d)(?P<number>0(?:{_GAP}\d){{11}})(?!\d)")
_MOBILE = lazy_pattern(
    rf"(?<!\d)(?P<number>\(?(?P<before>(?:\+ ?|00 ?)?84{_GAP}(?:0{_GAP})?|(?:0|o(?=[35789])){_GAP})"
    rf"(?P<rest>[35789](?:{_GAP}\d){{8}}))(?!\d)"
)
_PARTED = lazy_pattern(
    r"(?<!\d)(?P<number>0[35789]\d\d(?P<a> ?[,/*|~:;'\x22\\+=] ?)\d{3}(?P=a)\d{3}"
    r"|0\d\d(?P<b>[,/*|~:;'\x22\\+=])\d{3}(?P=b)\d{3}(?P=b)?\d{3})(?!\d)"
)
"""Numbers parted by one sign throughout, as figures of a list or a day may be too."""
_CARD = lazy_pattern(
    r"\b(?:cmnd|cmt|cmtnd|cccd|chung minh|can cuoc|dinh danh|ho chieu)\b[^\n;]{0,40}?"
    rf"(?<![\w.,/-])(?P<number>(?:[a-z] ?)?\d(?:{_GAP}\d){{6,11}})(?!\d)"
)
_ACCOUNT = lazy_pattern(
    r"\b(?:stk|so (?:tai khoan|tk)|(?:tai khoan|tk) so)\b[^\n;]{0,40}?"
    rf"(?<![\w.,/-])(?P<number>\d(?:{_GAP}\d){{5,18}})(?!\d)"
)
_TITLED = lazy_pattern(
    r"(?:\bstk|\b(?<!so )(?:tai khoan|tk)\b(?: (?:ngan hang|la|nhan))? ?[:.]? ?)"
    rf"(?P<number>\d(?:{_GAP}\d){{5,18}})(?!\d)"
)
_BANKS = (
    r"(?:vietcombank|vcb|vietinbank|bidv|agribank|techcombank|tcb|mb ?bank|mbb?|acb|vp ?bank|sacombank"
    r"|tp ?bank|vib|shb|hd ?bank|scb|eximbank|ocb|msb|seabank|lp ?bank|lienvietpostbank|nam a bank|bac a bank"
    r"|ab ?bank|pvcombank|kienlongbank|vietbank|viet ?a ?bank|momo|zalo ?pay|viettel ?money)"
)
_AT_BANK = lazy_pattern(rf"\b{_BANKS}\b[^\d\n]{{0,40}}(?P<number>\d(?:{_GAP}\d){{7,18}})(?!\d)")
_OF_BANK = lazy_pattern(
    rf"(?<![\w.,/-])(?P<number>\d{{13,19}}|0\d{{8,18}}) ?"
    rf"(?:[-(/] ?|(?:tai|o) )?(?:ngan hang )?{_BANKS}\b(?! ?:)"
)
"""A number longer than amounts are, or with a zero ahead, and its bank; "BIDV:" begins a line."""
_BANK_NEXT = lazy_pattern(rf" ?(?:[-(/,] ?|(?:tai|o) )?(?:ngan hang|{_BANKS})\b")
_BANK_CARD = lazy_pattern(
    r"(?<![\d.,])(?P<number>9704(?P<gap>[ .-]?)\d{4}(?P=gap)\d{4}(?P=gap)\d{4}(?:(?P=gap)\d{3})?)(?!\d)"
)
"""The banks' cards of this country begin with 9704."""
_CALLED = lazy_pattern(
    r"\b(?:sdt|dtdd|(?:so )?dt|(?:so )?dien thoai|zalo)\b ?[:.]? ?(?P<number>[35789](?:[ .-]?\d){8})(?!\d)"
)
"""A telephone's number without its zero, as Excel leaves it."""
_AT_A_BANK = lazy_pattern(
    r"\b(?:ngan hang|tai khoan|tk|chuyen khoan)\b[^\d\n]{0,40}"
    rf"(?P<number>\d(?:{_GAP}\d){{9,18}})(?!\d)"
)

_DOT = (
    r"(?: ?\.(?=\w)| \. | ?[(<] ?(?:\.|dot|cham) ?[)>] ?| (?:dot|cham) "
    r"|\. (?=(?:com|vn|net|org|gov)\b))"
)
_AT = lazy_pattern(r" ?(?:@|[(<] ?(?:@|at|a (?:cong|moc|vong)) ?[)>]|\b(?:at|a (?:cong|moc|vong))\b) ?")
_DOMAIN = lazy_pattern(rf"[\w-]++(?:{_DOT}[\w-]++)++|(?:gmail|yahoo|hotmail|outlook|icloud)\b")
_MAILBOX = lazy_pattern(rf"[\w+-]+(?:{_DOT}[\w+-]+)*$")
_LONGEST_MAILBOX = 64
"""Characters that may stand before the sign of an e-mail address (RFC 5321)."""
_PAGES = frozenset({"fanpage", "page", "facebook", "tiktok", "youtube", "kenh", "trang"})
"""Behind these a sign before a name names a page: "fanpage @tinh.gov.vn"."""
_asked = ContextVar("asked for in full", default=False)


def _fold(text: str) -> tuple[str, list[int]]:
    """A text as it is read, in small letters, and where each character of it, and its end, was written."""
    letters: list[str] = []
    at: list[int] = []
    for n, char in enumerate(text):
        for letter in _read_as(char):
            if letter != " " or letters[-1:] != [" "]:
                letters.append(letter)
                at.append(n)
    return "".join(letters), [*at, len(text)]


@lru_cache(maxsize=4096)
def _read_as(char: str) -> str:
    """What a person reads in a character: "" where nothing is seen."""
    if char.isspace() or char in "\u2800\u3164\u115f\u1160\uffa0":  # blanks that are called letters
        return " "
    if char in "\u00b7\u2022\u2027\u2219\u22c5\u30fb":
        return "."
    read = ""
    for part in unicodedata.normalize("NFKD", char):
        kind = unicodedata.category(part)
        if kind == "Nd":
            read += str(unicodedata.decimal(part))
        elif kind in ("Pd", "Zs"):
            read += "-" if kind == "Pd" else " "
        elif kind not in ("Mn", "Me", "Cf", "Cc") and part != "\ufffd":  # U+FFFD: shown for what isn't seen
            read += _PLAIN.get(part, part.lower())
    return read


_PLAIN = (
    {"đ": "d", "Đ": "d", "_": "-", "\u2212": "-"}
    | dict.fromkeys("\u2018\u2019\u2032", "'")
    | dict(zip("[]{}", "()()", strict=True))
)


_digits = re.compile(r"\d+").findall


def _is_dictated(groups: list[str]) -> bool:
    """Whether digits stand together as one says a number: all one by one, or none."""
    return sum(len(group) == 1 for group in groups) in (0, len(groups))


def _stands_alone(found: re.Match[str]) -> bool:
    """Whether this is no part of a code in letters and digits, of an amount or of a decimal number."""
    start, end = found.span("number")
    before, behind = found.string[max(0, start - 2) : start], found.string[end : end + 4]
    first, *others = _digits(found["number"])
    is_solid = first[0] == "0" and len(first) >= _SOLID
    if _HEXADECIMAL.issuperset((before[-1:], behind[:1])) or (not is_solid and _MORE_OF_FIGURE.match(behind)):
        return False
    is_continued = len(before) == 2 and before[0].isdigit() and before[1] in ".,"
    is_listed = is_continued and _LISTED.search(found.string[max(0, start - _SOLID - 1) : start])
    return (
        not is_continued or bool(is_listed) or (len(first) > 3 and bool(others))
    )  # "1.0912 345 678" begins a list


def _is_identity(found: re.Match[str]) -> bool:
    first, *others = groups = _digits(found["number"])
    if all(len(group) == 2 for group in groups) and groups == sorted(set(groups)):
        return False  # a list of ever greater numbers: "03.05.08.12.15.20"
    province = int("".join(groups)[:3])
    dictated = len(first) > 2 or _is_dictated(groups) or (first == "0" and _is_dictated(others))
    is_telephone = len(first) == 10 or (len(first) == 11 and first.startswith(_OF_TELEPHONES))
    return 1 <= province <= _LAST_PROVINCE and dictated and not is_telephone and _stands_alone(found)


def _is_mobile(found: re.Match[str]) -> bool:
    groups = _digits(found["rest"])
    if _TWO_CODES.fullmatch(found["number"]):
        return False
    if found["before"].strip() in ("0.", "84.") and len(groups) == 1:
        return False
    if found["before"].startswith("84") and not found["number"].startswith("("):
        is_figure = _AMOUNT.fullmatch(found["number"].replace("-", " ")) and "." in found["number"]
        if is_figure or _is_counted(found):
            return False
    begun = len(_digits(found["number"])[0]) > 2  # "0912": no figure begins so
    dictated = begun or _is_dictated(groups) or _is_dictated(groups[1:])  # "+84 9 1234 5678"
    return dictated and _stands_alone(found)


def _is_card(found: re.Match[str]) -> bool:
    digits = "".join(_digits(found["number"]))
    is_whole = len(digits) in ((7, 8) if found["number"][0].isalpha() else (9,))
    if len(digits) == 12:
        is_whole = digits[0] == "0"
    elif len(digits) in (10, 11):  # what Excel leaves of an identity card's number without zeros ahead
        is_whole = 1 <= int(digits.zfill(12)[:3]) <= _LAST_PROVINCE
    is_count = (
        found[0].startswith(("can cuoc", "cccd")) and _AMOUNT.fullmatch(found["number"]) and _leads(found)
    )
    return is_whole and not is_count and not _is_counted(found) and _stands_alone(found)


def _is_account(found: re.Match[str]) -> bool:
    """Whether a number behind "tài khoản" doesn't say how many there are: what begins with 0 never does."""
    number = found["number"]
    if _is_counted(found):
        return False
    if number[0] == "0" or found[0].startswith(("stk", "tk so", "tai khoan so")):
        return True
    if found[0].startswith("so ") and "." in number and _AMOUNT.fullmatch(number):
        return False
    led = found.string[found.start() : found.start("number")]
    n = sum(map(str.isdigit, number))
    if n <= _LONGEST_COUNT:
        return bool(_OF_SOMEBODY.search(led) or _BANK_NEXT.match(found.string, found.end()))
    return n > _LONGEST_COUNT + 1 or not (_leads(found) or _OF_COUNT.search(led))


def _is_at_bank(found: re.Match[str]) -> bool:
    number = found["number"]
    is_sum = number[0] != "0" and len(number) <= _LONGEST_SUM and _leads(found)
    return not is_sum and not _is_counted(found) and not _AMOUNT.fullmatch(number)


def _leads(found: re.Match[str]) -> bool:
    """Whether the words before lead to a count."""
    return bool(_BEFORE_COUNT.search(found.string[max(0, found.start() - 16) : found.start()]))


def _is_counted(found: re.Match[str]) -> bool:
    """Whether what stands around says that this is a count or an amount."""
    led = found.string[found.start() : found.start("number")]
    if _TITLE.fullmatch(led):
        return False
    return bool(_COUNTED.match(found.string, found.end("number")) or _OF_MONEY.search(led))


_KINDS: tuple[tuple[str, re.Pattern[str], Callable[[re.Match[str]], bool]], ...] = (
    (IDENTITY, _IDENTITY, _is_identity),
    (MOBILE, _MOBILE, _is_mobile),
    (MOBILE, _PARTED, _stands_alone),
    (IDENTITY, _CARD, _is_card),
    ("", _ACCOUNT, _is_account),
    ("", _TITLED, _is_account),
    ("", _AT_BANK, _is_at_bank),
    ("", _OF_BANK, _is_account),
    ("", _BANK_CARD, _stands_alone),
    (MOBILE, _CALLED, lambda found: not _is_counted(found) and _stands_alone(found)),
    ("", _AT_A_BANK, _is_at_bank),
)
"""Each kind of number: its name where a form must not hold it at all, how it looks, whether it is one."""


def kinds_in(text: str) -> list[str]:
    """Name what looks like a private person's number in a text; what stands in a link is none."""
    if not _MAY_HOLD.search(unicodedata.normalize("NFKC", text)):
        return []
    named = {name for name, _ in _found(_LINK.sub(_persons_link, _fold(text)[0]))}
    return [name for name in (IDENTITY, MOBILE) if name in named]


def masked(text: str) -> str:
    """Put "…" for what looks like the number of an identity card, a mobile telephone, an account, an e-mail.

    A link stays whole but for such a number between its signs: other digits are an address.
    """
    if not _MAY_HOLD.search(unicodedata.normalize("NFKC", text)):
        return text
    folded, written = _fold(text)
    spans = (span for _, span in _found(folded))
    parts, at = [], 0
    for start, end in sorted((written[a], max(written[b], written[b - 1] + 1)) for a, b in spans):
        if start >= at:
            parts += [text[at:start], "…"]
        at = max(at, end)
    return "".join((*parts, text[at:]))


@contextmanager
def in_full(wanted: bool) -> Iterator[None]:
    """Let ``shown`` leave nothing out meanwhile, where that is ``wanted``."""
    before = _asked.set(wanted)
    try:
        yield
    finally:
        _asked.reset(before)


IN_FULL = " (đầy đủ)"
"""What the name of a file ends with, and a heading, where nothing was left out."""


def said_of() -> str:
    """``IN_FULL`` where nothing is left out now, else ""."""
    return IN_FULL if _asked.get() else ""


def shown(text: str) -> str:
    """``masked``, but for an officer who has asked to see what was written."""
    return text if _asked.get() else masked(text)


def shown_in(record: Record, *names: str) -> Record:
    """A record as it may be told: each of those texts of it as ``shown``."""
    told: dict[str, Any] = {name: shown(getattr(record, name)) for name in names}
    return replace(record, **told)


def _found(text: str) -> Iterator[tuple[str, Span]]:
    """Yield what is recognised in a folded text, with its name, and where it stands."""
    if not (_DIGITS_TOGETHER.search(text) or _AT.search(text)):
        return
    text = _DATE.sub(_passed_over, _DOSSIER.sub(_passed_over, _LINK.sub(_passed_over, text)))
    for name, pattern, is_one in _KINDS:
        at = 0
        while found := pattern.search(text, at):
            counts = is_one(found)
            if counts:
                yield name, found.span("number")
            at = found.end() if counts else found.start() + 1
    for sign in _AT.finditer(text):  # of e-mail addresses
        box = _MAILBOX.search(text[max(0, sign.start() - _LONGEST_MAILBOX) : sign.start()])
        domain = _DOMAIN.match(text, sign.end())
        is_page = box and sign[0] == " @" and box[0] in _PAGES
        if box and not is_page and domain and any(map(str.isalpha, domain[0])):
            yield "", (sign.start() - len(box[0]), domain.end())


def _passed_over(found: re.Match[str]) -> str:
    """Lines' ends, which no folded text has, in the place of what is no number."""
    if "host" not in found.groupdict():
        return "\n" * len(found[0])
    if link := _persons_link(found):
        return link
    parts = re.split(r"([a-z0-9]+)", found[0])
    return "".join(part if _PERSONS_PART.fullmatch(part) else "\n" * len(part) for part in parts)


def _persons_link(found: re.Match[str]) -> str:
    """A link that leads to one person, by its host or what it is asked with; "" for any other."""
    is_persons = _PERSONS_HOST.search(found["host"]) or _PERSONS_QUERY.search(found[0])
    return found[0] if is_persons else ""
