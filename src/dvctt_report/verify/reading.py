"""What came of laying an edited document against what was printed: matches, losses, unknown numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Self

from dvctt_report.report.blocks import OPENING
from dvctt_report.vietnamese import key, words_around

RUNNING = "đầu trang, chân trang"
"""Where the texts stand that are repeated on every page."""
SHOWN = 34
"""Characters of the text shown on each side of a number."""


@dataclass(frozen=True, slots=True)
class TextPlace:
    """Where something stands: the section ("II.2.k", "Phụ lục II"), within it, and the words around it."""

    section: str
    where: str = ""
    context: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A printed text found again; ``id`` is "" for numbers that are no figure of the manifest.

    ``value`` is what the edited text says, comparable across places. ``judged``: ``expected`` is how the
    target came out, whatever the sentence printed.
    """

    id: str
    expected: str
    found: str
    agrees: bool
    value: Decimal | str
    place: TextPlace
    judged: bool = False
    number: bool = False
    """Whether it is a number, of the manifest or not."""


@dataclass(frozen=True, slots=True)
class Lost:
    """A figure that no longer appears where it was printed; ``whole`` names the column, ... gone with it."""

    id: str
    expected: str
    place: TextPlace
    whole: str = ""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A number of the edited document that nothing was printed for; ``whole`` names the paragraph put in."""

    found: str
    place: TextPlace
    whole: str = ""


@dataclass(frozen=True, slots=True)
class Reworded:
    """Words that make another thing of what stands beside them: what a number counts, a label of a table."""

    expected: str
    found: str
    place: TextPlace


@dataclass
class FactsFound:
    """Everything found; parts of it add up."""

    matches: list[Match] = field(default_factory=list)
    lost: list[Lost] = field(default_factory=list)
    unknown: list[Unknown] = field(default_factory=list)
    reworded: list[Reworded] = field(default_factory=list)

    def __iadd__(self, other: FactsFound) -> Self:
        self.matches += other.matches
        self.lost += other.lost
        self.unknown += other.unknown
        self.reworded += other.reworded
        return self


def section_of(edited: str, printed: str) -> str:
    """Name the section as the edited document numbers it, or as printed where its numbering says less."""
    return printed if edited == OPENING or f"{printed}.".startswith(f"{edited}.") else edited


def excerpt(text: str, start: int, end: int) -> str:
    """Cut the words around a number out of its paragraph."""
    return words_around(text, start, end, SHOWN)


def same_value(expected: Decimal | None, found: Decimal | None, one: str, other: str) -> bool:
    """Whether two prints say the same: by value where both are numbers, else by their letters."""
    if expected is not None and found is not None:
        return expected == found
    return key(one) == key(other)


def few(texts: Sequence[str]) -> str:
    """Join the first of many texts, and say how many there are beside."""
    most = 8
    return ", ".join(texts[:most]) + (f" và {len(texts) - most} số khác" if len(texts) > most else "")
