"""Paragraphs: which printed one an edited one comes from, and which number of it is which figure.

Numbers are found by the words around them, so sentences may be reworded, moved, deleted or added. First
paragraphs are paired, then numbers inside each pair, then what is left over anywhere.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel, LCSseq

from dvctt_report.report.blocks import Block
from dvctt_report.report.printed import Printed
from dvctt_report.verify.numbers import find_number_words, parse_value
from dvctt_report.verify.paragraphs import (
    NUMBER,
    WINDOW,
    Paragraph,
    Token,
    edited_paragraph,
    known_paragraph,
)
from dvctt_report.verify.reading import Lost, Match, Place, Reading, Unknown, excerpt, same_value, section_of

LIKE = 0.45
"""Least likeness of two paragraphs to be taken for one."""
LIKE_CLAUSES = 0.55
"""The same of two sentences, in which a shared value counts too."""
NEVER = 2.0
"""A likeness that no two numbers have."""


# ------------------------------------------------------------------------------------------------ paragraphs


def read_prose(printed: Sequence[Printed], blocks: Sequence[Block]) -> Reading:
    """Lay the edited paragraphs against the printed ones."""
    known = [known_paragraph(one) for one in printed]
    edited = [edited_paragraph(block) for block in blocks]
    pairs = pair_paragraphs(known, edited)
    matching = _Matching()
    for one, other in pairs:
        matching.match_words(one, other)
    partner = {id(one): other for one, other in pairs}
    left = [t for p in known for t in p.tokens.values() if t not in matching.taken]
    free = [t for p in edited for t in p.tokens.values() if t not in matching.taken]
    matching.match_left(left, free, partner)
    return _reading(known, edited, matching)


def pair_paragraphs(
    known: Sequence[Paragraph], edited: Sequence[Paragraph]
) -> list[tuple[Paragraph, Paragraph]]:
    """Pair the same texts first, then the likest ones; a printed paragraph without a number needs no pair."""
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
    telling = {t.number.value for t in one.tokens.values() if t.is_telling}
    said = {t.number.value for t in other.tokens.values()}
    shared = len(telling & said) / len(telling) if telling else words
    return 0.6 * words + 0.3 * shared + 0.1 * (one.section == other.section)


# --------------------------------------------------------------------------------------------------- numbers


class _Matching:
    """Which edited number each printed one became; ``words`` holds those that are now written out."""

    def __init__(self) -> None:
        self.found: dict[Token, Token] = {}
        self.words: dict[Token, tuple[str, int, Paragraph]] = {}
        self.taken: set[Token] = set()

    def take(self, one: Token, other: Token) -> None:
        self.found[one] = other
        self.taken |= {one, other}

    def match_words(self, one: Paragraph, other: Paragraph) -> None:
        """Match numbers sentence by sentence, then those of sentences that were joined or divided."""
        if one.words == other.words:
            pairs = [(range(len(one.words)), range(len(other.words)))]
        else:
            pairs = pair_clauses(one, other)
        for a, b in pairs:
            self._match_stretch(one, list(a), other, list(b))
        done = {at for a, _ in pairs for at in a}, {at for _, b in pairs for at in b}
        left = [at for at in range(len(one.words)) if at not in done[0]]
        free = [at for at in range(len(other.words)) if at not in done[1]]
        self._match_stretch(one, left, other, free)

    def _match_stretch(self, one: Paragraph, a: list[int], other: Paragraph, b: list[int]) -> None:
        """Match numbers that stand among the same words in the same order; ``a``, ``b`` are positions."""
        words, edited = [one.words[at] for at in a], [other.words[at] for at in b]
        sure: list[tuple[Token, Token]] = []
        for kind, i, i_end, j, j_end in SequenceMatcher(None, words, edited, autojunk=False).get_opcodes():
            if kind == "equal":
                if _speaks(words[i:i_end]) or len(words) == i_end - i:
                    both = zip(a[i:i_end], b[j:j_end], strict=True)
                    sure += [(one.tokens[n], other.tokens[m]) for n, m in both if n in one.tokens]
                continue
            written = find_number_words([other.spelt[at] for at in b[j:j_end]])
            if written and not any(at in other.tokens for at in b[j:j_end]):
                lost = [one.tokens[at] for at in a[i:i_end] if at in one.tokens and one.tokens[at].id]
                self.words |= dict.fromkeys(lost[:1], (*written, other))
        used = {token for _, token in sure}
        free = [other.tokens[at] for at in b if at in other.tokens and other.tokens[at] not in used]
        for known, found in sure:
            if known.number.value == found.number.value or not _stands_elsewhere(known, found, free):
                self.take(known, found)

    def match_left(self, left: list[Token], free: list[Token], partner: dict[int, Paragraph]) -> None:
        """Match what is left: the same values first, then other values among much the same words."""
        alone = Counter(_sort(t) for t in left if t.id), Counter(_sort(t) for t in free)

        def scores(same: bool, near: bool) -> list[tuple[float, int, int]]:
            listed = []
            for n, one in enumerate(left):
                for m, other in enumerate(free):
                    paired = partner.get(id(one.paragraph)) is other.paragraph
                    if paired is near and (one.number.value == other.number.value) is same:
                        score = context_likeness(one, other)
                        lone = alone[0][_sort(one)] == alone[1][_sort(other)] == 1
                        if score >= _needed(one, other, same, near, lone):
                            listed.append((score, n, m))
            return sorted(listed, key=lambda s: (-s[0], s[1], s[2]))

        for same, near in ((True, True), (True, False), (False, True), (False, False)):
            for _, n, m in scores(same, near):
                one, other = left[n], free[m]
                if one not in self.taken and other not in self.taken and one not in self.words:
                    self.take(one, other)


def pair_clauses(one: Paragraph, other: Paragraph) -> list[tuple[range, range]]:
    """Pair the sentences of two paragraphs, whatever their order: the same words first, then the likest."""
    printed, edited = one.clauses(), other.clauses()
    scored = []
    for n, a in enumerate(printed):
        said = {one.tokens[at].number.value for at in a if at in one.tokens and one.tokens[at].is_telling}
        for m, b in enumerate(edited):
            words = Indel.normalized_similarity([one.words[at] for at in a], [other.words[at] for at in b])
            values = {other.tokens[at].number.value for at in b if at in other.tokens}
            score = words + (
                0.3 * len(said & values) / len(said) if said and words < 1 else 0.3 * (words == 1)
            )
            scored.append((score, -abs(n - m), n, m))
    pairs: dict[int, int] = {}
    for score, _, n, m in sorted(scored, reverse=True):
        if score >= LIKE_CLAUSES and n not in pairs and m not in pairs.values():
            pairs[n] = m
    return [(printed[n], edited[m]) for n, m in sorted(pairs.items())]


def _speaks(words: Sequence[str]) -> bool:
    """Whether equal words say something beside numbers and strokes."""
    return any(word not in (NUMBER, "/") for word in words)


def _stands_elsewhere(known: Token, found: Token, free: Iterable[Token]) -> bool:
    """Whether the printed value stands at another place of the paragraph that fits it as well."""
    return any(
        other.number.value == known.number.value
        and known.is_telling
        and context_likeness(known, other) >= context_likeness(known, found)
        for other in free
    )


def _sort(token: Token) -> tuple[int, bool]:
    return id(token.paragraph), token.number.is_percent


def _needed(one: Token, other: Token, same: bool, near: bool, lone: bool) -> float:
    """Least likeness of the words around for two numbers to be one.

    ``near``: their paragraphs are one; ``lone``: they are the only ones of their sort left in them.
    """
    if same:
        telling = one.is_telling
        return (0.0 if telling or lone else 0.2) if near else (0.25 if telling else 0.5)
    if one.number.is_percent != other.number.is_percent or not one.id:
        return NEVER
    return (0.0 if lone else 0.2) if near else 0.75


def context_likeness(one: Token, other: Token) -> float:
    """How alike the words on both sides are, from 0 to 1."""
    sides = ((one.before, other.before), (one.after, other.after))
    return sum(_side(a, b) for a, b in sides) / 2


def _side(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    if not a and not b:
        return 1.0
    return float(LCSseq.similarity(a, b)) / WINDOW


# --------------------------------------------------------------------------------------------------- outcome


def _reading(known: Iterable[Paragraph], edited: Iterable[Paragraph], matching: _Matching) -> Reading:
    reading = Reading()
    for paragraph in known:
        for token in paragraph.tokens.values():
            other = matching.found.get(token)
            if other is not None:
                reading.matches.append(_match(token, other))
            elif token in matching.words:
                reading.matches.append(_written(token, *matching.words[token]))
            elif token.id:
                reading.lost.append(Lost(token.id, token.number.text, _place(token, paragraph.section)))
    for paragraph in edited:
        for token in paragraph.tokens.values():
            if token not in matching.taken:
                reading.unknown.append(Unknown(token.number.text, _place(token, paragraph.section)))
    return reading


def _match(token: Token, other: Token) -> Match:
    expected, found = token.number, other.number
    agrees = same_value(expected.value, found.value, expected.text, found.text)
    place = _place(other, section_of(other.paragraph.section, token.paragraph.section))
    value = found.text if found.value is None else found.value
    return Match(token.id, expected.text, found.text, agrees, value, place)


def _written(token: Token, text: str, value: int, other: Paragraph) -> Match:
    start = max(other.text.find(text), 0)
    section = section_of(other.section, token.paragraph.section)
    place = Place(section, "", excerpt(other.text, start, start + len(text)))
    exact = parse_value(str(value))
    return Match(token.id, token.number.text, text, token.number.value == exact, exact or text, place)


def _place(token: Token, section: str) -> Place:
    number = token.number
    return Place(section, "", excerpt(token.paragraph.text, number.start, number.end))
