"""Which printed paragraph an edited one comes from, and which sentence of it which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from dvctt_report.verify.paragraphs import Paragraph, clause_numbers

LIKE = 0.45
"""Least likeness of two paragraphs to be taken for one."""
LIKE_CLAUSES = 0.55
"""The same of two sentences, in which a shared value counts too."""


def pair_paragraphs(
    known: Sequence[Paragraph], edited: Sequence[Paragraph]
) -> list[tuple[Paragraph, Paragraph]]:
    """Pair the same texts first, then the likest ones; a printed one that states nothing needs no pair."""
    waiting: dict[str, list[Paragraph]] = defaultdict(list)
    for other in edited:
        waiting[other.text].append(other)
    pairs = []
    for one in known:
        if waiting[one.text]:
            pairs.append((one, waiting[one.text].pop(0)))
    done = {id(p) for pair in pairs for p in pair}
    rest = [p for p in known if p.tokens and id(p) not in done]
    free = [p for p in edited if id(p) not in done]
    scored = [(_likeness(a, b), n, m) for n, a in enumerate(rest) for m, b in enumerate(free)]
    for score, n, m in sorted(scored, key=lambda s: (-s[0], s[1], s[2])):
        one, other = rest[n], free[m]
        if score >= LIKE and id(one) not in done and id(other) not in done:
            pairs.append((one, other))
            done |= {id(one), id(other)}
    return pairs


def _likeness(one: Paragraph, other: Paragraph) -> float:
    a, b = " ".join(one.words), " ".join(other.words)
    words = max(fuzz.ratio(a, b), fuzz.token_sort_ratio(a, b)) / 100
    telling = {t.fact.value for t in one.figures if t.is_telling}
    said = {t.fact.value for t in other.figures}
    shared = len(telling & said) / len(telling) if telling else words
    return 0.6 * words + 0.3 * shared + 0.1 * (one.section == other.section)


def pair_clauses(one: Paragraph, other: Paragraph) -> Mapping[int, int]:
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
