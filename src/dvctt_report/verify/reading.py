"""What came of laying an edited document against what was printed: what matches, and what is to be told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum

from dvctt_report.report.blocks import OPENING, TextBlock
from dvctt_report.vietnamese import key, words_around

CELL = "ô "
"""How the cell of a working paper is named, before what stands beside it: "ô “Chưa đạt”"."""
CLOSING = "phần ký, nơi nhận"
"""What follows the last section of a document and belongs to none."""
SHOWN = 34
"""Characters of the text shown on each side of a number."""
_OPENING = 60
"""Characters by which a paragraph or a part of one is named."""


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
    target came out, whatever the sentence printed; ``number``: it is one, of the manifest or not.
    """

    id: str
    expected: str
    found: str
    agrees: bool
    value: Decimal | str
    place: TextPlace
    judged: bool = False
    number: bool = False


class DeviationKind(StrEnum):
    """What a finding says: the first three are differences, the others are to be read by a person.

    A SLIP is a figure with the right value, written wrongly.
    """

    DIFFERS = "differs"
    CONTRADICTION = "contradiction"
    CHANGED_SINCE = "changed_since"
    MISSING = "missing"
    UNKNOWN = "unknown"
    REWORDED = "reworded"
    SLIP = "slip"


@dataclass(frozen=True, slots=True)
class Deviation:
    """One thing to be told: ``figure`` "" for a number that is no figure of the manifest.

    ``found`` is what the document says, ``expected`` what was printed (for CHANGED_SINCE: what the register
    gives now), ``basis`` the counts behind it, ``elsewhere`` what other places say of the same figure.
    ``whole`` names the column, paragraph or sentence that is gone or was put in with it; ``judged``,
    ``number``: see ``Match``.
    """

    kind: DeviationKind
    place: TextPlace
    figure: str = ""
    found: str = ""
    expected: str = ""
    basis: str = ""
    elsewhere: tuple[tuple[TextPlace, str], ...] = ()
    whole: str = ""
    judged: bool = False
    number: bool = False


@dataclass
class FactsFound:
    """What was found again, and what is told beside it: what is gone, new, or said in other words."""

    matches: list[Match] = field(default_factory=list)
    told: list[Deviation] = field(default_factory=list)

    def differ(self, expected: str, found: str, place: TextPlace, **more: bool) -> None:
        """Note what the document says otherwise and that is no figure: a name, a verdict."""
        self.matches.append(Match("", expected, found, False, found, place, **more))

    def lose(self, figure: str, expected: str, place: TextPlace, whole: str = "") -> None:
        """Note what no longer appears where it was printed."""
        self.told.append(Deviation(DeviationKind.MISSING, place, figure, "", expected, whole=whole))

    def add(self, found: str, place: TextPlace, whole: str = "") -> None:
        """Note what nothing was printed for."""
        self.told.append(Deviation(DeviationKind.UNKNOWN, place, "", found, whole=whole))

    def reword(self, expected: str, found: str, place: TextPlace) -> None:
        """Note words that make another thing of what stands beside them: what a number counts, a label."""
        self.told.append(Deviation(DeviationKind.REWORDED, place, "", found, expected))

    def count(self, kind: DeviationKind, figures: bool = False) -> int:
        """How many things of a kind are told; ``figures``: those alone that the manifest names."""
        return sum(one.kind is kind and (bool(one.figure) or not figures) for one in self.told)


_RECIPIENTS = re.compile(r"\s*nơi nhận\s*:", re.IGNORECASE)


def closing_apart(blocks: Iterable[TextBlock]) -> Iterator[TextBlock]:
    """Take who signs and who gets a document for a section of their own, up to the first annex."""
    closing = False
    for block in blocks:
        annex = block.section.startswith("Phụ lục")
        closing = not annex and (closing or any(map(_RECIPIENTS.match, block.cells)))
        yield replace(block, section=CLOSING) if closing else block


def section_of(edited: str, printed: str) -> str:
    """Name the section as the edited document numbers it, or as printed where its numbering says less."""
    return printed if edited == OPENING or f"{printed}.".startswith(f"{edited}.") else edited


def shortened(text: str, most: int) -> str:
    """A text, or as many whole words of it as there is room for."""
    return text if len(text) <= most else f"{text[:most].rpartition(' ')[0]} …"


def opening(text: str) -> str:
    """The first words of a text."""
    return shortened(" ".join(text.split()), _OPENING)


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
