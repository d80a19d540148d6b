"""Pair printed paragraphs with edited ones, and the sentences within each pair."""

from __future__ import annotations

from bisect import bisect
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from dvctt_report.grouping import by_key
from dvctt_report.verify.paragraphs import ParsedParagraph, Token, clause_numbers, joined
from dvctt_report.verify.reading import section_of

LIKE = 0.45
"""Least likeness of two paragraphs of one section to be taken for one; these are paired first."""
LIKE_ELSEWHERE = 0.6
"""The same where they stand in different sections."""
LIKE_PART = 0.7
"""Least likeness of a paragraph and some stretch of a longer one to be taken for a part of it."""
LIKE_HEADS = 0.6
"""Least share of common words of two heads that name the same thing."""
LIKE_ABOUT = 0.4
"""Least share of the words of a head, or of a paragraph without one, that one written in its place keeps."""
LIKE_CLAUSES = 0.55
"""The same of two sentences, in which a shared value counts too."""
MOST_LAID = 100_000
"""Printed times edited paragraphs without a pair up to which each is laid against each."""
NEAR = 20
"""Where there are more: so many edited ones on either side of its place a printed one is laid against."""


def pair_paragraphs(
    known: Sequence[ParsedParagraph], edited: Sequence[ParsedParagraph]
) -> tuple[list[tuple[ParsedParagraph, ParsedParagraph]], list[ParsedParagraph]]:
    """Pair the same texts first, then those about the same, then the likest ones.

    A printed paragraph may have been divided: its parts count as one. Returns the pairs and all edited
    paragraphs, those parts joined.
    """
    waiting: dict[str, list[int]] = defaultdict(list)
    for m, other in enumerate(edited):
        waiting[other.text].append(m)
    pairs: dict[int, list[int]] = {}
    for n, one in enumerate(known):
        if waiting[one.text]:
            pairs[n] = [waiting[one.text].pop(0)]
    taken = {m for parts in pairs.values() for m in parts}
    rest = [n for n in range(len(known)) if n not in pairs]
    free = [m for m in range(len(edited)) if m not in taken]
    near = _near(rest, free, pairs)
    ranked = [
        (
            _same_head(known[n], edited[m]),
            known[n].section == edited[m].section,
            _likeness(known[n], edited[m]),
            n,
            m,
        )
        for n, m in near
    ]
    for same, here, score, n, m in sorted(ranked, key=lambda s: (not s[0], not s[1], -s[2], s[3], s[4])):
        least = 0.0 if same else LIKE if here else LIKE_ELSEWHERE
        if score >= least and n not in pairs and m not in taken:
            pairs[n] = [m]
            taken.add(m)
    beside = by_key((m, n) for n, m in near)
    for m in (m for m in free if m not in taken and edited[m].tokens):
        parts = [(_part(known[n], edited[m]), n) for n in beside.get(m, ()) if n in pairs]
        score, n = max(parts, default=(0.0, -1))
        if score >= LIKE_PART:
            pairs[n].append(m)
            taken.add(m)
    for n, m in _in_gaps(known, edited, pairs, taken):
        pairs[n] = [m]
        taken.add(m)
    whole = {n: joined([edited[m] for m in sorted(parts)]) for n, parts in pairs.items()}
    others = [edited[m] for m in range(len(edited)) if m not in taken]
    return [(known[n], whole[n]) for n in sorted(pairs)], [*whole.values(), *others]


def _near(
    rest: Sequence[int], free: Sequence[int], pairs: Mapping[int, Sequence[int]]
) -> list[tuple[int, int]]:
    """Which printed and edited paragraphs without a pair are laid against each other: each against each.

    Where that are too many, each printed one against those about its place, counted from the last before
    it that has a pair.
    """
    if len(rest) * len(free) <= MOST_LAID:
        return [(n, m) for n in rest for m in free]
    found: list[tuple[int, int]] = []
    anchors = sorted(pairs)
    for n in rest:
        at = bisect(anchors, n)
        before, there = (anchors[at - 1], pairs[anchors[at - 1]][0]) if at else (-1, -1)
        place = bisect(free, there) + n - before - 1
        found += ((n, m) for m in free[max(place - NEAR, 0) : place + NEAR])
    return found


def _in_gaps(
    known: Sequence[ParsedParagraph],
    edited: Sequence[ParsedParagraph],
    pairs: Mapping[int, list[int]],
    taken: Container[int],
) -> Iterator[tuple[int, int]]:
    """Pair a paragraph that is gone with the only new one between its neighbours, if it is about the same."""
    for n in (n for n, one in enumerate(known) if n not in pairs and one.figures):
        before, after = pairs.get(n - 1), pairs.get(n + 1)
        if not before or not after:
            continue
        between = [m for m in range(max(before) + 1, min(after)) if m not in taken and edited[m].figures]
        if len(between) == 1 and _is_about(known[n], edited[between[0]]):
            yield n, between[0]


def _is_about(one: ParsedParagraph, other: ParsedParagraph) -> bool:
    """Whether a paragraph speaks of what another one is about, in much other words."""
    about, said = set(one.head or one.words), set(other.words)
    return len(about & said) >= LIKE_ABOUT * min(len(about), len(said))


def _same_head(one: ParsedParagraph, other: ParsedParagraph) -> bool:
    return bool(one.head) and one.head == other.head


def is_of_another(one: Token, other: Token) -> bool:
    """Whether two tokens stand under heads that name different things: results of another target or unit."""
    ours, theirs = one.paragraph.head, other.paragraph.head
    if not ours or not theirs:
        return False
    return not (_are_like(ours, theirs) or _are_like(ours, other.under) or _are_like(one.under, theirs))


def stands_under(token: Token, heads: Iterable[Sequence[str]]) -> bool:
    """Whether a token stands under one of the heads, and not under other opening words or none."""
    return any(_are_like(token.paragraph.head, head) for head in heads)


def _are_like(one: Sequence[str], other: Sequence[str]) -> bool:
    a, b = set(one), set(other)
    return len(a & b) >= LIKE_HEADS * len(a | b)


def _likeness(one: ParsedParagraph, other: ParsedParagraph) -> float:
    a, b = " ".join(one.words), " ".join(other.words)
    words = max(fuzz.ratio(a, b), fuzz.token_sort_ratio(a, b)) / 100
    telling = {t.fact.value for t in one.figures if t.is_telling}
    said = {t.fact.value for t in other.figures}
    shared = len(telling & said) / len(telling) if telling else words
    return 0.6 * words + 0.3 * shared + 0.1 * (one.section == other.section)


def _part(one: ParsedParagraph, other: ParsedParagraph) -> float:
    """How well a paragraph fits as a part of a longer one of its section."""
    if one.section != other.section or len(other.words) > len(one.words):
        return 0.0
    part = fuzz.partial_ratio(" ".join(other.words), " ".join(one.words)) / 100
    return max(part, LIKE_PART if _likeness(one, other) >= LIKE else 0.0)


def pair_clauses(one: ParsedParagraph, other: ParsedParagraph) -> Mapping[int, int]:
    """Pair the sentences of two paragraphs, whatever their order: the same words first, then the likest."""
    values, found = clause_numbers(one), clause_numbers(other)
    scored = []
    for n, a in enumerate(one.clauses):
        for m, b in enumerate(other.clauses):
            words = Indel.normalized_similarity(a, b)
            shared = len(values[n] & found[m]) / len(values[n]) if values[n] else 0.0
            scored.append((words + 0.3 * (1.0 if words == 1 else shared), -abs(n - m), n, m))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for score, _, n, m in sorted(scored, reverse=True):
        if score >= LIKE_CLAUSES and n not in pairs and m not in taken:
            pairs[n] = m
            taken.add(m)
    return pairs


class Pair:
    """A printed paragraph, the edited one it became, and which clause of it became which."""

    def __init__(self, one: ParsedParagraph, other: ParsedParagraph) -> None:
        self.one, self.other = one, other
        self.clauses = pair_clauses(one, other)
        self._came_from = {m: n for n, m in self.clauses.items()}

    @property
    def section(self) -> str:
        """Where the edited one stands, as it is to be named."""
        return section_of(self.other.section, self.one.section)

    def parts(self, one: Token, other: Token) -> bool:
        """Whether two tokens of the pair stand in lists that were introduced otherwise."""
        a, b = self.one.leads[one.clause], self.other.leads[other.clause]
        return a >= 0 and b >= 0 and (self.clauses.get(a, b) != b or self._came_from.get(b, a) != a)

    def has_entries(self, lead: tuple[int, int]) -> bool:
        """Whether what introduced a printed list still introduces something."""
        return lead[0] >= 0 and self.clauses.get(lead[0], -2) in self.other.leads

    def printed_lead(self, lead: tuple[int, int]) -> tuple[int, int]:
        """What introduced the printed list of an edited one."""
        return self._came_from.get(lead[0], -2), lead[1]
