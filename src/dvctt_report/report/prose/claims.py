"""What drafts claim: how many of something there are, and which. So one taken over is known again."""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from dvctt_report.plan.unit_names import Named, UnitNames
from dvctt_report.report import drafts
from dvctt_report.report.marks import without_marks
from dvctt_report.report.phrases import Phrases
from dvctt_report.report.prose.blocks import without_sign
from dvctt_report.report.telling import Telling
from dvctt_report.report.texts import DEPARTMENT
from dvctt_report.report.wording import Voice
from dvctt_report.vietnamese import key

LISTING = "limit.returns"
PARTS = ("limit.not_sent", "limit.paper", "limit.unusable", "limit.late")
"""Patterns that are only said within ``LISTING``."""
DRAFTED = (
    *("prose.met", "prose.met_told"),
    LISTING,
    *(f"limit.{name}" for name in ("missed", "insufficient", "missed_told", "insufficient_told")),
    *(f"limit.{name}" for name in ("correcting", "nothing", "nothing_half")),
    *(f"direction.{name}" for name in ("missed", "insufficient", "progress_below", "progress_unknown")),
    *(f"direction.{name}" for name in ("outlook", "outlook_told", "kept")),
    *(f"recommendation.{name}" for name in ("missing", "missed", "no_document", "statistics")),
    *(f"recommendation.{name}" for name in ("correcting", "paper")),
)
"""The patterns that drafts are sentences of."""

_NAME = re.compile("\x02(\\d+)\x03(?: \\(([^)]*)\\))?")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_LISTED = re.compile("\x02(?: \\([^)]*\\))?(?:(?:, |; | và )\x02(?: \\([^)]*\\))?)*")
"""Names one behind the other in a skeleton, each with what stands in brackets behind it."""


@dataclass(frozen=True, slots=True)
class DraftClaim:
    """A sentence of the pattern, said of ``n`` things (None: no count in it), naming ``names``.

    Each name with the figures in brackets behind it. ``unsure`` are the names that are said not to be sure,
    ``n_unsure`` is how many of the things counted are.
    """

    pattern: str
    n: int | None
    names: Mapping[str, tuple[str, ...]]
    unsure: frozenset[str] = frozenset()
    n_unsure: int = 0


@dataclass(frozen=True)
class Reader:
    """Reads claims by the drafts' patterns.

    ``kinds``: the names that they may hold as they are printed, with their kind.
    ``units``: how the units among them may be named otherwise.
    """

    phrases: Phrases
    kinds: Mapping[str, str]
    units: UnitNames[Named] = field(default_factory=UnitNames)

    def read(self, text: str) -> tuple[DraftClaim, ...]:
        """Return what a paragraph claims in the words of drafts, light changes of wording aside."""
        said = without_sign(self._fold(self._as_printed(without_marks(text))))
        for n, (_, name) in enumerate(self._names):
            said = name.sub(f"\x02{n}\x03", said)
        return tuple(claim for sentence in _SENTENCE.split(said) for claim in self._claims(sentence))

    def skeleton(self, text: str) -> str:
        """A paragraph without its figures and names: what is left of a draft that nobody has rewritten."""
        said = without_sign(self._fold(self._as_printed(without_marks(text))))
        for _, name in self._names:
            said = name.sub("\x02", said)
        return _LISTED.sub("\x02", _FIGURE.sub("#", said))

    def _as_printed(self, text: str) -> str:
        """Write the units' names as drafts print them."""
        for one in reversed(self.units.mentions(text)):
            text = text[: one.start] + one.unit.short_name + text[one.end :]
        return text

    def kind(self, name: str) -> str:
        """What a name of a claim is the name of."""
        return self.kinds[name]

    def _claims(self, sentence: str) -> Iterator[DraftClaim]:
        found = [(name, match) for name, shape in self._shapes(DRAFTED) if (match := shape.search(sentence))]
        told = {self._names[int(one[1])][0]: one[2] or "" for one in _NAME.finditer(sentence)}
        names = {name: tuple(_FIGURE.findall(beside)) for name, beside in told.items()}
        unsure = frozenset(name for name, beside in told.items() if self._unsure in beside)
        counted = self._n_unsure.search(sentence)
        for name, match in found:
            # A pattern within the words of another one: the longer one is what is said.
            if any(_holds(other, match) for _, other in found):
                continue
            n_unsure = int(counted[1]) if counted and "{unsure}" in self.phrases.patterns[name] else 0
            yield DraftClaim(name, _count(match), names, unsure, n_unsure)
            if name == LISTING:
                parts = ((part, shape.search(sentence)) for part, shape in self._shapes(PARTS))
                yield from (DraftClaim(part, _count(there), {}) for part, there in parts if there)

    def _fold(self, text: str) -> str:
        """Write every abbreviation short, whether it is spelt out, introduced or used in ``text``."""
        said = key(text)
        for short, full in self.phrases.abbreviations.items():
            brief, whole = key(short), key(full)
            said = said.replace(f"{whole} ({brief})", brief).replace(whole, brief)
        return said

    @cached_property
    def _names(self) -> list[tuple[str, re.Pattern[str]]]:
        longest = sorted(self.kinds, key=len, reverse=True)
        return [(name, re.compile(rf"(?<!\w){re.escape(self._fold(name))}(?!\w)")) for name in longest]

    @cached_property
    def _unsure(self) -> str:
        return self._fold(self.phrases.patterns["verdict.unsure"])

    @cached_property
    def _n_unsure(self) -> re.Pattern[str]:
        """How many of those counted aren't sure."""
        before, _, behind = self._fold(self.phrases.patterns["overview.unsure"]).partition("{n}")
        return re.compile(rf"{re.escape(before.strip(' ,'))}\s*(\d+)\s*{re.escape(behind.strip())}")

    def _shapes(self, names: Iterable[str]) -> Iterator[tuple[str, re.Pattern[str]]]:
        return ((name, self._shape[name]) for name in names)

    @cached_property
    def _shape(self) -> Mapping[str, re.Pattern[str]]:
        """The words around the count, or before what is named: anywhere in a sentence as they stand, at its
        beginning without the punctuation behind them.
        """
        return {name: self._compile(self.phrases.patterns[name]) for name in (*DRAFTED, *PARTS)}

    def _compile(self, pattern: str) -> re.Pattern[str]:
        pieces = [(before, slot or "") for before, slot, *_ in string.Formatter().parse(pattern)]
        at = next((n for n, (_, slot) in enumerate(pieces) if slot == "n"), None)
        if at is None:
            lead, tail = "", next(before for before, _ in pieces if before.strip())
        else:
            lead, tail = pieces[at][0], pieces[at + 1][0] if at + 1 < len(pieces) else ""
        before, whole = (re.escape(self._fold(part)) for part in (lead, tail.strip().rstrip(".")))
        brief = re.escape(self._fold(re.split("[:.]", tail)[0]))
        count = rf"{before}\s*(?<![\d.,])(\d[\d.]*)\s*" if at is not None else ""
        return re.compile(rf"{count}{whole}|^{count}{brief}")


def _holds(other: re.Match[str], match: re.Match[str]) -> bool:
    longer = other.end() - other.start() > match.end() - match.start()
    return longer and other.start() <= match.start() and match.end() <= other.end()


def _count(match: re.Match[str]) -> int | None:
    found = next(filter(None, match.groups()), None)
    return None if found is None else int(found.replace(".", ""))


@dataclass(frozen=True)
class KnownClaims:
    """What can be claimed by the data, with every name whatever the report's setting says of naming."""

    reader: Reader
    claims: tuple[DraftClaim, ...]

    def is_true(self, claim: DraftClaim) -> bool:
        """Whether the data give the count, and every name of the kind that is counted."""
        counted = (claim.pattern, claim.n, claim.n_unsure)
        alike = [one for one in self.claims if (one.pattern, one.n, one.n_unsure) == counted]
        unsure = frozenset(name for one in alike for name in one.unsure)
        given = {name: figures for one in alike for name, figures in one.names.items()}
        kinds = {self.reader.kind(name) for name in given}
        told = [(n, figures) for n, figures in claim.names.items() if self.reader.kind(n) in kinds]
        return bool(alike) and all(
            name in given
            and (name in claim.unsure) is (name in unsure)
            and (not figures or not given[name] or figures == given[name])
            for name, figures in told
        )


def known_claims(told: Telling) -> KnownClaims:
    """Say everything that could be drafted of the year, in the words the officer's file is read by."""
    dataset, voice = told.year.dataset, told.voice
    issuer = replace(voice.issuer, text=DEPARTMENT, naming="than_bai", targets_as="doan")
    plain = Voice(voice.phrases, issuer)
    pointing = Voice(voice.phrases, replace(issuer, targets_as="bang"))
    told = replace(told, voice=plain)
    lines, views = told.year.lines, told.views
    kinds = {unit.short_name: "unit" for unit in dataset.units} | {view.name: "target" for view in views}
    reader = Reader(voice.phrases, kinds, UnitNames(dataset.units, dataset.profile.plan.province))
    asked = (one for _, said in drafts.recommendations(lines, views, plain) for one in said)
    said = [*asked]
    for one in (plain, pointing):
        said += drafts.strengths(views, one)
        said += drafts.limits(lines, views, one)
        said += drafts.directions(views, one)
    return KnownClaims(reader, tuple(claim for one in said for claim in reader.read(one)))
