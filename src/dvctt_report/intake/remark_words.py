"""The plan's table of words that make a text beside the answers a question, and which of them a text has."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Final, Literal, TypeAlias

from dvctt_report.intake.values import MONEY_WORDS
from dvctt_report.model.period import Period
from dvctt_report.plan.model import Profile, Words
from dvctt_report.text.old_fonts import suspect
from dvctt_report.text.vietnamese import clean_text, key, unaccented

WordKind: TypeAlias = Literal["corrected", "withdrawn", "unit", "period", "draft"]
"""What a word of the table says of the figures: another one holds, they are taken back, they are counted in
another unit, they are of another period, they aren't final."""

_NUMERALS: Final = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_COUNTED: Final = re.compile(rf"\b({'|'.join(_NUMERALS)}) (?=tháng\b|quý\b)")
_DAY_IN_WORDS = re.compile(r"\bngày ([0-9]{1,2}) tháng ([0-9]{1,2}) năm ([0-9]{4})")
_DAY_WITH_DOTS = re.compile(r"\b([0-9]{1,2})([.-])([0-9]{1,2})\2([0-9]{4})\b")
_DAY_TO_FILL_IN = re.compile(r"ngày[ .…_0-9]*tháng[ .…_0-9]*năm[ .…_0-9]*")
"""A line to be dated by hand: "ngày … tháng 11 năm …"."""
_DOCUMENT = re.compile(r"\b[0-9]+[A-Za-z]?/(?:[0-9]{4}/)?[A-ZĐ]\S*(?:\s+(?:ngày|năm)\s+[0-9/.-]+)?")
"""A document that is cited: its day and its year are not the figures'."""
_YEAR = re.compile(r"(?<![0-9./])(?:19|20)[0-9]{2}(?![0-9./])")
_NUMBER = r"(?:[0-9][0-9.,/]*|[ivx]+)"
_SPACES = r"\s+"
_DAYS = re.compile(r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}|(?<![0-9/])(?:19|20)[0-9]{2}")
_LONGEST = 5_000
"""Characters of a text that are looked at: a remark has one or two sentences."""


def with_figures(text: str) -> str:
    """The text as it is compared, its months, quarters and days in figures: "6 tháng", "31/10/2025"."""
    said = _COUNTED.sub(lambda found: f"{_NUMERALS.index(found[1]) + 1} ", key(text))
    said = _DAY_WITH_DOTS.sub(r"\1/\3/\4", _DAY_IN_WORDS.sub(r"\1/\2/\3", said))
    return re.sub(r"(?<![0-9.,])0+(?=[0-9])", "", said)


class RemarkWords:
    """The words of a plan, for figures of the period from ``first`` to ``last``."""

    def __init__(self, words: Words, first: date, last: date) -> None:
        names = {f"{day.day}/{day.month}/{day.year}" for day in (first, last)}  # what texts call the period
        names |= {f"năm {last.year}", str(last.year), f"{last.day}/{last.month}"}
        names |= {f"{last.month} tháng", "đầu năm"} if first.month == 1 else set()
        own = sorted(names, key=len, reverse=True)
        self._own = re.compile(rf"(?<![\w/.])(?:{'|'.join(map(re.escape, own))})(?![\w/])")
        tables: tuple[tuple[WordKind, tuple[str, ...]], ...] = (
            *(("corrected", words.corrections), ("withdrawn", words.withdrawals), ("unit", words.units)),
            *(("period", words.periods), ("draft", words.drafts)),
        )
        self._patterns: list[tuple[WordKind, list[re.Pattern[str]]]] = []
        for kind, table in tables:  # what finds its words with their marks, and typed without any
            marked = sorted({key(word) for word in table}, key=len, reverse=True)
            patterns = []
            for spelt in (marked, [unaccented(word) for word in marked]):
                syllables = ([_NUMBER if s == "#" else re.escape(s) for s in word.split()] for word in spelt)
                patterns.append(re.compile(rf"(?<!\w)(?:{'|'.join(map(_SPACES.join, syllables))})(?!\w)"))
            self._patterns.append((kind, patterns))

    def kind_of(self, text: str) -> WordKind | None:
        """What a text says of figures, by the first kind of which it has a word, or by another year."""
        said = _DAY_TO_FILL_IN.sub(" ", with_figures(_DOCUMENT.sub(" ", clean_text(text)[:_LONGEST])))
        said = " ".join(self._own.sub(" ", said).split())
        for kind, (marked, plain) in self._patterns:
            if (plain if said.isascii() else marked).search(said):
                return kind
        return "period" if _YEAR.search(said) else None


@lru_cache(maxsize=8)
def remark_words(profile: Profile, period: Period) -> RemarkWords:
    """The words of a plan, for the figures of a period; made once for all files."""
    days = profile.plan.period
    return RemarkWords(profile.plan.words, days.start(period), days.cut_off(period))


# ---------- What is no change of a printed text: spelling, its first line alone, a word for đồng, equal days


def is_unchanged(seen: str, issued: str) -> bool:
    """Whether a text says what was issued: spaces, case, Unicode forms, the place of tones aside.

    So does the first line of a label alone, as page layouts show it, another word for đồng, a line of days
    with the same days, and what is written in a font of an old code.
    """
    said, meant = key(seen), key(issued)
    if said == meant or ("\n" in issued and said == key(issued.partition("\n")[0])):
        return True
    if said in MONEY_WORDS and meant in MONEY_WORDS:
        return True
    days, again = (
        _DAYS.findall(with_figures(text)) for text in (issued, seen)
    )  # each with its year, or a year
    if len(days) > 1 and days == again:
        return True
    return (converted := suspect(seen)) is not None and key(converted.text) == meant


_FIGURE = re.compile(r"[0-9][0-9., ]*")
TELEPHONE = re.compile(r"0[0-9](?:[ .-]?[0-9]){7,9}")
_THREAD = re.compile(r"(?:Comment|Nhận xét|Chú thích):\s*")


def has_letter(text: str) -> bool:
    return re.search(r"[^\W\d_]", text) is not None


def is_figure(text: str) -> bool:
    return _FIGURE.fullmatch(text.strip()) is not None and not TELEPHONE.fullmatch(text.strip())


def without_notice(note: str) -> str:
    """The note without the notice that old programs put before a thread of comments."""
    before, notice, thread = note.partition("[Threaded comment]")
    said = _THREAD.search(thread) if notice else None
    return before + thread[said.end() :] if said else note
