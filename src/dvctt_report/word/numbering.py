"""What Word's automatic numbering prints before a paragraph: "II.", "1.", "a)"."""

from __future__ import annotations

import re
from typing import Any

from dvctt_report.word.tree import W, number, value

_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_FIGURES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_ORDINALS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")

ORDINAL = rf"thứ\s+(?:{'|'.join(_ORDINALS)})"
"""The pattern of a number in words: "thứ nhất"."""


def roman(n: int) -> str:
    """Write a number (1 to 399) in Roman numerals."""
    made = ""
    for figure, letters in _ROMAN:
        while n >= figure:
            made += letters
            n -= figure
    return made


def arabic(text: str) -> int:
    """Read a number in Arabic figures, Roman numerals or words ("thứ hai"); nothing else may stand."""
    if text.isdigit():
        return int(text)
    if (word := text.lower().removeprefix("thứ").strip()) in _ORDINALS:
        return _ORDINALS.index(word) + 1
    figures = [_FIGURES[letter] for letter in text.upper()]
    return sum(-f if f < max(figures[i:]) else f for i, f in enumerate(figures))


class Lists:
    """The lists that numbering.xml declares: their levels, and which of them count together.

    ``counted_as``: the list that an instance counts in, so that those of one list go on from each other.
    ``begins``: the levels that an instance counts anew from where it is used first, and their first number.
    """

    def __init__(self, root: Any) -> None:
        self._levels: dict[tuple[str, int], Any] = {}
        self.counted_as: dict[str, str] = {}
        self.begins: dict[tuple[str, int], int] = {}
        abstract = {a.get(f"{W}abstractNumId", ""): a for a in root.findall(f"{W}abstractNum")}
        for num in root.findall(f"{W}num"):
            name, base = num.get(f"{W}numId", ""), value(num, "abstractNumId") or ""
            self.counted_as[name] = base
            levels = [*abstract[base].findall(f"{W}lvl")] if base in abstract else []
            for override in num.findall(f"{W}lvlOverride"):
                levels += override.findall(f"{W}lvl")
                if (begin := value(override, "startOverride")) is not None:
                    self.begins[name, int(number(override.get(f"{W}ilvl")))] = int(number(begin))
            for level in levels:
                self._levels[name, int(number(level.get(f"{W}ilvl")))] = level

    def level(self, num: str, level: int) -> Any | None:
        """The w:lvl of a numbering instance, its own one before that of its list; None: not declared."""
        return self._levels.get((num, level))

    def start(self, num: str, level: int) -> int:
        """The number that a level begins with, an instance's own one before that of its list."""
        own = self.begins.get((num, level))
        return own if own is not None else int(number(value(self.level(num, level), "start"), 1))


class Numbering:
    """The counters of one document; ``label`` must be asked in the order of the paragraphs.

    Source: ECMA-376 Part 1, 17.9.15 (num), 17.9.27 (startOverride).
    """

    def __init__(self, lists: Lists) -> None:
        self._lists = lists
        self._counts: dict[str, dict[int, int]] = {}
        self._used: set[str] = set()

    def label(self, num: str, level: int) -> str:
        """Count the paragraph and return the text before it; "" for a level that isn't declared."""
        own = self._lists.level(num, level)
        if own is None:
            return ""
        counts = self._counts.setdefault(self._lists.counted_as.get(num, num), {})
        if num not in self._used:
            self._used.add(num)
            for begun in [at for name, at in self._lists.begins if name == num]:
                counts.pop(begun, None)
        counts[level] = counts.get(level, self._lists.start(num, level) - 1) + 1
        for deeper in [d for d in counts if d > level]:
            del counts[deeper]
        if value(own, "numFmt") == "bullet":
            return "-" if (value(own, "lvlText") or "").strip() in ("-", "–") else "•"

        def shown(place: re.Match[str]) -> str:
            at = int(place[1]) - 1
            of = self._lists.level(num, at)
            kind = value(of, "numFmt") or "decimal"
            n = counts.get(at, self._lists.start(num, at))
            if of is None or kind == "none":
                return ""
            if kind in ("upperRoman", "lowerRoman"):
                return roman(n) if kind == "upperRoman" else roman(n).lower()
            if kind in ("upperLetter", "lowerLetter"):
                return chr(ord("A" if kind == "upperLetter" else "a") + (n - 1) % 26)
            return f"{n:02}" if kind == "decimalZero" else str(n)

        return re.sub(r"%(\d)", shown, value(own, "lvlText") or "")
