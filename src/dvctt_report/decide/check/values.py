"""The values that a text names: marked figures, units, targets, verdicts, days, documents, periods, blanks.

What can be found in any text by its form, or by the names that a manifest holds; nothing of what words mean.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property, lru_cache

from dvctt_report.plan.unit_names import NamedUnit, UnitNames
from dvctt_report.report.marks import FigureSpan
from dvctt_report.report.printed import PrintedBlock
from dvctt_report.text.vietnamese import key, parse_decimal


class ValueKind(StrEnum):
    """What a value is."""

    FIGURE = "figure"
    VERDICT = "verdict"
    DAY = "day"
    DOCUMENT = "document"
    UNIT = "unit"
    TARGET = "target"
    PERIOD = "period"
    BLANK = "blank"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a text: where it stands, what it is; ``id`` names the figure of the manifest."""

    start: int
    end: int
    text: str
    kind: ValueKind
    id: str = ""

    @property
    def same(self) -> str:
        """Equal for the same value written otherwise: "03" and "3", "9/11/2025" and "09/11/2025"."""
        text = " ".join(words_of(self.text)).lower()
        number = parse_decimal(self.text) if self.kind in (ValueKind.FIGURE, ValueKind.NUMBER) else None
        if number is not None:
            return str(number.normalize())
        return re.sub(r"\b0+(?=\d)", "", text)


_EVEN = {0xFF01 + n: 0x21 + n for n in range(94)} | dict.fromkeys(map(ord, "‐‑‒–—−"), "-")
_EVEN |= dict.fromkeys(map(ord, "“”„«»"), '"') | dict.fromkeys(map(ord, "‘’"), "'") | {ord("…"): "..."}
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060-\u2064\ufeff]")
_WORD = re.compile(r"\d[\d.,]*\d|\.\.\.|\w+|[^\w\s]")


@lru_cache(maxsize=20_000)
def words_of(text: str) -> tuple[str, ...]:
    """The words, numbers and signs of a text, without what saving may change: blanks, kinds of quotes."""
    return tuple(_WORD.findall(even_text(text)))


def clean(text: str) -> str:
    """A text in one Unicode form, without what nobody sees; marks that turn it round are seen in it."""
    return _UNSEEN.sub("", unicodedata.normalize("NFC", text))


def even_text(text: str) -> str:
    """The same with plain digits, quotes and dashes."""
    return clean(text).translate(_EVEN)


def word_places(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield where each word of a text in NFC begins and ends, and the word made even."""
    for found in _WORD.finditer(text):
        yield found.start(), found.end(), found[0].translate(_EVEN)


_BLANK_DAY = r"ngày\s{3,}tháng(?:\s+\d{1,2}|\s{3,})\s+năm\s+\d{4}"
_BLANK_NUMBER = r"(?<!\s)\s{3,}/[A-ZĐ][\w-]*"
_FORMS = re.compile(
    rf"""
    (?P<blank>{_BLANK_DAY}|{_BLANK_NUMBER}|\[[^\]]+\])
  | (?P<day>
        ngày\s+\d{{1,2}}\s+tháng\s+\d{{1,2}}(?:\s+năm\s+\d{{4}})?
      | (?<![\d/.,])\d{{1,2}}\s*[/.-]\s*\d{{1,2}}\s*[/.-]\s*\d{{4}}(?!\d)
      | (?<![\d/.,])\d{{4}}-\d\d-\d\d(?!\d)
      | ngày\s+\d{{1,2}}(?:\s*[/.-]\s*\d{{1,2}})?(?![\d/]|[.,]\d)
      | \d{{1,2}}\s*giờ(?:\s*\d{{1,2}}(?:\s*phút)?)?
    )
  | (?P<document>(?<![\d.,])\d+[a-zđ]?(?:/\d{{4}}|-[A-ZĐ]+)?/[A-ZĐ][\w-]*)
  | (?P<period>
        (?<![\d/.,])(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)\d\d)?(?![\d/%]|[.,]\d)
      | \b(?:quý\s+(?:[IV]+|\d)|tháng\s+\d{{1,2}}(?:/\d{{4}})?|\d{{1,2}}\s+tháng)\b
    )
  | (?P<number>[+-]?\d[\d.,]*\d\s?%?|[+-]?\d\s?%?)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SHARE = "%"
_VERDICTS = ("Đạt", "Chưa đạt", "Chưa kết luận")
"""How a target came out, whether the text has a table that says so or none, as letters."""
_MOST_OWNERS = 500
"""Names of targets and rows that are looked for in a text."""
_LONG_TABLE = 60
"""Rows from which on those of a table are units, which are found by all their names."""


@dataclass(frozen=True)
class Names:
    """What a manifest names: its units, targets, rows with figures, verdicts.

    every_number: whether every number is a value, as in what has no marked figures.
    """

    units: UnitNames[NamedUnit] = field(default_factory=UnitNames)
    targets: tuple[str, ...] = ()
    verdicts: frozenset[str] = frozenset()
    every_number: bool = False

    @cached_property
    def _named(self) -> re.Pattern[str] | None:
        """Finds a target's name or a verdict; the longest that stands there."""
        found = {ValueKind.TARGET: self.targets, ValueKind.VERDICT: self.verdicts}
        parts = [
            f"(?P<{kind}>{'|'.join(re.escape(name) for name in sorted(names, key=len, reverse=True))})"
            for kind, names in found.items()
            if names
        ]
        return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE) if parts else None

    def values(self, text: str, figures: Sequence[FigureSpan] = ()) -> list[Value]:
        """Find the values of a text in NFC; none of them overlaps another one, marked figures go first."""
        kinds = (ValueKind.FIGURE, ValueKind.VERDICT)
        found = [
            Value(f.at, f.at + len(f.text), f.text, kinds[f.id.endswith(".verdict")], f.id) for f in figures
        ]
        named = self._named.finditer(text) if self._named else ()
        mentions = [Value(m.start(), m.end(), m[0], ValueKind(m.lastgroup or "")) for m in named]
        mentions += [
            Value(m.start, m.end, text[m.start : m.end], ValueKind.UNIT) for m in self.units.mentions(text)
        ]
        for m in _FORMS.finditer(text):
            kind = ValueKind(m.lastgroup or "")
            if kind is not ValueKind.NUMBER or self.every_number or m[0].endswith(_SHARE):
                mentions.append(Value(m.start(), m.end(), m[0], kind))
        taken = bytearray(len(text) + 1)
        for one in found:
            taken[one.start : one.end] = b"x" * (one.end - one.start)
        for one in mentions:
            if not any(taken[one.start : one.end]):
                taken[one.start : one.end] = b"x" * (one.end - one.start)
                found.append(one)
        return sorted(found, key=lambda one: one.start)


def new_numbers(text: str) -> list[str]:
    """The numbers of a text but for days, numbers of documents and periods."""
    return [m[0].strip() for m in _FORMS.finditer(even_text(text)) if m.lastgroup == ValueKind.NUMBER]


_CLAUSE_END = re.compile(r"[.;!?](?:\s|$)")
_CLAUSE = 8
"""Words of a clause, from its number on, by which two say the same."""
_NEAR = 200
"""Letters on each side of a number that are looked at for them."""


def counted(text: str) -> Iterator[tuple[str, ...]]:
    """Yield those numbers with what is said of them: the word before, some behind in the sentence."""
    text = even_text(text)
    for m in _FORMS.finditer(text):
        if m.lastgroup == ValueKind.NUMBER and text[m.start() - 1 : m.start()] != "/":
            before = words_of(text[max(m.start() - _NEAR, 0) : m.start()].lower())[-1:]
            clause = _CLAUSE_END.split(text[m.start() : m.start() + _NEAR].lower(), 1)[0]
            said = [word for word in words_of(clause) if word == _SHARE or any(map(str.isalnum, word))]
            yield *before, *said[:_CLAUSE]


def names_of(printed: Iterable[PrintedBlock], targets: Iterable[str], units: UnitNames[NamedUnit]) -> Names:
    """Gather what a manifest's values are called; the labels of rows are targets but in lists of units."""
    verdicts = set(_VERDICTS)
    rows: dict[int, list[str]] = {}
    n_figures = 0
    for place in printed:
        spans = [span for cell in place.figures for span in cell]
        n_figures += len(spans)
        verdicts.update(
            part for s in spans if s.id.endswith(".verdict") for part in (s.text, s.text.split(",")[0])
        )
        if place.block.table is not None and spans and not place.block.header:
            labels = [c for c, marked in zip(place.block.cells, place.figures, strict=True) if not marked]
            rows.setdefault(place.block.table, []).append(max(labels, key=len, default=""))
    called = [label for said in rows.values() if len(said) <= _LONG_TABLE for label in said]
    owners = dict.fromkeys(name for name in (*targets, *called) if len(name.split()) > 2)
    without = {name for name in owners if units.find(name)}
    kept = tuple(name for name in owners if name not in without)[:_MOST_OWNERS]
    return Names(units, kept, frozenset(v for v in verdicts if any(map(str.isalpha, v))), not n_figures)


def is_same(one: str, other: str) -> bool:
    """Whether two prints of ours say the same figure: "98,9" in a column is "98,9%" in a sentence."""
    return key(one) == key(other) or (_digits(one) == _digits(other) and any(map(str.isdigit, one)))


def _digits(text: str) -> str:
    return re.sub(r"(?<![\d,])0+(?=\d)", "", "".join(re.findall(r"[-\d,]", even_text(text))))
