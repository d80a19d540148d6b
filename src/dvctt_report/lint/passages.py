"""Texts that know what they tell of amounts, each found once, and what may be asked of them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Generic, NamedTuple, TypeVar

from dvctt_report.lint.amounts import BRACKETS, Amount, amounts_of
from dvctt_report.lint.numerals import read_number
from dvctt_report.patterns import begun, lazy_pattern

_OPENS = lazy_pattern(
    rf"(?P<cue>{begun('trong đó', 'bao gồm', 'gồm', 'cụ thể', 'chia ra')})"
    r"(?: là| có| gồm| như sau)?,?\s*:?"
)
"""What opens the parts of a whole, in a text in small letters."""
CUES = "trong đó|gồm|cụ thể|chia ra"
_SENTENCES = lazy_pattern(r"\.\s+(?!Trong đó\b)(?=[^\W\d_])")
"""Where one sentence ends and the next begins; "Trong đó" goes on with the one before."""
_PERCENTS = lazy_pattern(r"(?P<n>\d(?<![\d,.]\d)(?:\d{0,2}(?:,\d{1,4})?)) ?%")


class Percent(NamedTuple):
    """A percentage as it is written, and where it stands, its sign with it."""

    text: str
    start: int
    end: int

    @property
    def value(self) -> Decimal:
        return read_number(self.text) or Decimal(0)


class Passage(str):
    """A text that knows its amounts, its sentences and what opens parts in it, each found once.

    ``above`` are the passages with figures before it, the nearest last.
    """

    above: Sequence[Passage] = ()

    @cached_property
    def low(self) -> str:
        """The same in small letters, of which none of ours is longer."""
        return self.lower()

    def tells(self, words: str) -> bool:
        """Whether one of the words, parted by strokes, stands in it, in capitals or not."""
        return any(word in self.low for word in words.split("|"))

    @cached_property
    def amounts(self) -> tuple[Amount, ...]:
        """All of them in their order, those in brackets among them."""
        return tuple(amounts_of(self, self.low, self.brackets))

    @cached_property
    def apart(self) -> tuple[Amount, ...]:
        """Those in brackets and those of so many left out."""
        return tuple(a for a in self.amounts if not a.inside and a.of_all is None)

    def between(self, start: int = 0, end: int | None = None) -> list[Amount]:
        """The amounts of a stretch of it, those in brackets and those of so many left out."""
        end = len(self) if end is None else end
        return [a for a in self.apart if start <= a.start and a.end <= end]

    @cached_property
    def percents(self) -> tuple[Percent, ...]:
        found = _PERCENTS.finditer(self) if "%" in self else ()
        return tuple(Percent(m["n"], *m.span()) for m in found)

    @cached_property
    def sentences(self) -> tuple[Passage, ...]:
        cuts = [m.span() for m in _SENTENCES.finditer(self)] if ". " in self else []
        if not cuts:
            return (self,)
        starts, ends = [0, *(end for _, end in cuts)], [*(begin for begin, _ in cuts), len(self)]
        return tuple(self._between(*edges) for edges in zip(starts, ends, strict=True))

    @cached_property
    def cues(self) -> tuple[re.Match[str], ...]:
        """The words that open the parts of a whole."""
        return tuple(_OPENS.finditer(self.low)) if self.tells(CUES) else ()

    @cached_property
    def brackets(self) -> list[tuple[int, int]]:
        """Where each bracket begins and ends that holds no other."""
        return [m.span() for m in BRACKETS.finditer(self)] if "(" in self else []

    @cached_property
    def bare(self) -> str:
        """The same with blanks for what stands in brackets."""
        return BRACKETS.sub(lambda m: " " * len(m[0]), self) if self.brackets else self

    def phrase_before(self, end: int) -> int:
        """Where the words begin that belong to what stands at ``end``: behind a semicolon or a colon."""
        before = self.bare[:end].rstrip(" ;,:")
        return max(before.rfind(sign) + len(sign) if sign in before else 0 for sign in ("; ", ": "))

    @cached_property
    def _starts(self) -> list[int]:
        return [a.start for a in self.amounts]

    def within(self, start: int, end: int) -> Sequence[Amount]:
        """The amounts that begin in a stretch of it."""
        return self.amounts[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def opened(self, start: int, begin: int, end: int, joint: str) -> Passage:
        """What stands from ``start`` to a bracket, and behind ``joint`` what that bracket holds."""
        phrase = self[start:begin].rstrip()
        made = Passage(f"{phrase}{joint}{self[begin + 1 : end - 1]}")
        apart = len(phrase) + len(joint) - begin - 1
        before = (a.moved(-start) for a in self.within(start, begin))
        inside = (a.moved(apart)._replace(inside=False) for a in self.within(begin, end))
        made.amounts = (*before, *inside)
        return made

    def _between(self, start: int, end: int) -> Passage:
        """A sentence of it, with its amounts; a bracket that isn't closed in it is none."""
        made = Passage(self[start:end])
        made.above = self.above
        if not any(begin < edge < behind for begin, behind in self.brackets for edge in (start, end)):
            made.amounts = tuple(a.moved(-start) for a in self.within(start, end))
        return made


Asked = TypeVar("Asked")


@dataclass(frozen=True, eq=False)
class Relation(Generic[Asked]):
    """What figures of a text may say of each other: what is asked, and without what it can't be said.

    ``needs``: words or signs of each of which one has to stand in the text, parted by strokes; ``unless``:
    those that rule it out; ``fewest``: amounts that are told at least; ``each``: it is said in one sentence.
    """

    asks: Callable[[Passage], Iterable[Asked]]
    needs: tuple[str, ...] = ()
    fewest: int = 0
    each: bool = False
    unless: str = ""

    def may_be_said(self, words: frozenset[str]) -> bool:
        """Whether a text may say it in which those of its words stand."""
        needed = all(not words.isdisjoint(need.split("|")) for need in self.needs)
        return needed and words.isdisjoint(self.unless.split("|"))


class Relations(Generic[Asked]):
    """Relations in the order in which they are asked about; none is looked for that a text can't say."""

    def __init__(self, *relations: Relation[Asked]) -> None:
        self._relations = relations
        told = (words for one in relations for words in (*one.needs, one.unless) if words)
        self._words = tuple({word for words in told for word in words.split("|")})
        self._known: dict[frozenset[str], list[Relation[Asked]]] = {}

    def __add__(self, others: Relations[Asked]) -> Relations[Asked]:
        return Relations(*self._relations, *others._relations)

    def said_in(self, text: Passage) -> list[Relation[Asked]]:
        """Those for which all that they need stands in a text."""
        return self._said(text, self._standing(text, self._words))

    def asked_of(self, text: Passage) -> Iterator[Asked]:
        """All that is asked of a text, relation by relation."""
        words = self._standing(text, self._words)
        said = self._said(text, words)
        parts = [(text, said)]
        if len(text.sentences) > 1 and any(one.each for one in said):
            parts = [(one, self._said(one, self._standing(one, words))) for one in text.sentences]
        for relation in said:
            for part, own in parts if relation.each else ((text, said),):
                if relation in own:
                    yield from relation.asks(part)

    def _standing(self, text: Passage, words: Iterable[str]) -> frozenset[str]:
        low = text.low
        return frozenset([word for word in words if word in low])

    def _said(self, text: Passage, words: frozenset[str]) -> list[Relation[Asked]]:
        if (known := self._known.get(words)) is None:
            known = self._known[words] = [one for one in self._relations if one.may_be_said(words)]
        return [one for one in known if not one.fewest or len(text.amounts) >= one.fewest]


def passage(text: str) -> Passage:
    """The text as one that knows its amounts."""
    return text if isinstance(text, Passage) else _passage(text)


_passage = lru_cache(maxsize=512)(Passage)


def alone(words: str) -> Amount | None:
    """The one amount that words tell, from their first letter on; None where it is a rough one."""
    told = passage(words).amounts
    return told[0] if len(told) == 1 and told[0].start == 0 and not told[0].is_vague else None
