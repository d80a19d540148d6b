"""Pair each printed number or statement with the edited one that stands for it.

Each goes to the edited one of its kind that is likest to it: by the words around, by the sentence it stands
in, by its value. So sentences may be reworded, moved, deleted or added.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from dvctt_report.grouping import by_key
from dvctt_report.verify.likeness import Rank, agrees, is_far_one, likeness, may_be_one, may_count_one, rank
from dvctt_report.verify.pairing import Pair, is_of_another
from dvctt_report.verify.paragraphs import ParsedParagraph, Token
from dvctt_report.verify.statements import StatementKind
from dvctt_report.verify.subjects import match_subjects


def match_tokens(
    pairs: Sequence[tuple[ParsedParagraph, ParsedParagraph]],
    known: Sequence[ParsedParagraph],
    edited: Sequence[ParsedParagraph],
) -> Matching:
    """Match the tokens of printed and edited paragraphs, the surest first."""
    matching = Matching(pairs)
    matching.match_sentences(known, edited)
    matching.match_near(Rank.SURE)
    movable = (StatementKind.UNIT, StatementKind.CHANGED)
    left = [t for p in known for t in p.tokens if t.id or t.fact.kind in movable]
    free = [t for p in edited for t in p.tokens if t.is_figure or t.fact.kind in movable]
    matching.match_far(left, free, same=True)
    matching.match_near(Rank.LIKELY)
    matching.match_far(left, free, same=False)
    matching.match_lone()
    matching.match_results()
    matching.match_subjects()
    return matching


_ALL = 20_000
"""Pairs of tokens up to which each is laid against each; two paragraphs of 16,000 letters have 200,000."""
_REACH = 40
"""Tokens before and after its place that one is laid against where there are more."""


def _within_reach(n: int, known: Token, n_left: int, free: Sequence[Token]) -> Iterator[tuple[int, Token]]:
    """The tokens that the ``n``-th one may have become: of very many those near its place or of its value."""
    if n_left * len(free) <= _ALL:
        yield from enumerate(free)
        return
    at, named = n * len(free) // n_left, known.is_telling or known.fact.kind is StatementKind.UNIT
    for m, edited in enumerate(free):
        if abs(m - at) <= _REACH or (named and edited.fact.value == known.fact.value):
            yield m, edited


class Matching:
    """For each printed token the edited one that stands for it."""

    def __init__(self, pairs: Sequence[tuple[ParsedParagraph, ParsedParagraph]]) -> None:
        self.found: dict[Token, Token] = {}
        self.taken: set[Token] = set()
        self.paired = {token for pair in pairs for p in pair for token in p.tokens}
        self.pairs: list[Pair] = []
        for one, other in pairs:
            if one.text == other.text and len(one.tokens) == len(other.tokens):
                for known, edited in zip(one.tokens, other.tokens, strict=True):
                    self._take(known, edited)
            else:
                self.pairs.append(Pair(one, other))

    def _take(self, one: Token, other: Token) -> None:
        self.found[one] = other
        self.taken.add(other)

    def match_sentences(self, known: Sequence[ParsedParagraph], edited: Sequence[ParsedParagraph]) -> None:
        """Match sentences that are the same word by word: in their paragraph, else wherever they went."""
        for pair in self.pairs:
            self._match_same([pair.one], [pair.other], pair.parts)
        self._match_same(known, edited, self._stays)

    def _match_same(
        self,
        known: Sequence[ParsedParagraph],
        edited: Sequence[ParsedParagraph],
        parts: Callable[[Token, Token], bool],
    ) -> None:
        waiting: dict[tuple[str, ...], list[list[Token]]] = defaultdict(list)
        for said, tokens in _sentences(edited, self.taken):
            waiting[said].append(tokens)
        for said, tokens in _sentences(known, self.found):
            there = next((t for t in waiting[said] if not parts(tokens[0], t[0])), [])
            if len(there) == len(tokens):
                waiting[said].remove(there)
                for one, other in zip(tokens, there, strict=True):
                    self._take(one, other)

    def match_near(self, least: Rank) -> None:
        """Match tokens of paired paragraphs, the likest first, where they are as sure as ``least``."""
        for pair in self.pairs:
            left = [t for t in pair.one.tokens if t not in self.found]
            free = [t for t in pair.other.tokens if t not in self.taken]
            alone = Counter(t.fact.kind for t in left), Counter(t.fact.kind for t in free)
            listed = []
            for n, known in enumerate(left):
                for m, edited in _within_reach(n, known, len(left), free):
                    listed_apart = known.listed and edited.listed and pair.parts(known, edited)
                    if may_be_one(known, edited) and not listed_apart:
                        kind = known.fact.kind
                        lone = alone[0][kind] == alone[1][kind] == 1
                        near = pair.clauses.get(known.clause) == edited.clause
                        if rank(known, edited, near, lone) >= least:
                            other_name = kind is StatementKind.UNIT and not agrees(known, edited)
                            score = likeness(known, edited, near)
                            listed.append((other_name, -score, abs(n - m), n, m))
            for *_, n, m in sorted(listed):
                if left[n] not in self.found and free[m] not in self.taken:
                    self._take(left[n], free[m])

    def match_lone(self) -> None:
        """Match the one figure of its value, or else of its kind, that a paragraph has lost and gained."""
        for pair in self.pairs:
            self._match_values(pair)
            lost = _by_what(t for t in pair.one.tokens if t.id and t not in self.found)
            gained = _by_what(t for t in pair.other.tokens if t.is_figure and t not in self.taken)
            for what, left in lost.items():
                free = [t for t in gained.get(what, []) if t.paragraph.section == left[0].paragraph.section]
                if (
                    len(left) == len(free) == 1
                    and may_be_one(left[0], free[0])
                    and left[0].unit == free[0].unit
                ):
                    self._take(left[0], free[0])

    def _match_values(self, pair: Pair) -> None:
        left = [t for t in pair.one.tokens if t.id and t not in self.found]
        free = [t for t in pair.other.tokens if t.is_figure and t not in self.taken]
        for one in left:
            same = [t for t in free if may_be_one(one, t) and agrees(one, t) and t not in self.taken]
            near = [t for t in same if {*one.before[:3], *one.after[:3]} & {*t.before[:2], *t.after[:3]}]
            others = [t for t in left if t not in self.found and agrees(t, one)]
            if len(near) == 1 or (len(same) == len(others) == 1 and may_count_one(one, same[0])):
                self._take(one, (near or same)[0])

    def match_results(self) -> None:
        """Match the result of a target that is gone with the likest one that its paragraph gives instead."""
        for pair in self.pairs:
            printed = [t for t in pair.one.tokens if t.id.endswith(".percent") and not t.unit]
            given = [t for t in pair.other.figures if _is_given(t) and not t.unit]
            for one in (t for t in printed if t not in self.found):
                there = [t for t in given if t not in self.taken and may_be_one(one, t)]
                if there:
                    self._take(one, max(there, key=lambda t: likeness(one, t, False)))

    def match_subjects(self) -> None:
        """Match the statements left over by what they are said of."""
        for pair in self.pairs:
            free = {t for t in pair.other.tokens if t not in self.taken}
            for one, other in match_subjects(pair, self.found, free).items():
                self._take(one, other)

    def match_far(self, left: Sequence[Token], free: Sequence[Token], same: bool) -> None:
        """Match across paragraphs: the same value among like words, or another figure among the same."""
        listed = []
        for n, known in ((n, t) for n, t in enumerate(left) if t not in self.found):
            for m, edited in ((m, t) for m, t in enumerate(free) if t not in self.taken):
                one = may_be_one(known, edited) and agrees(known, edited) is same
                if one and is_far_one(known, edited) and not self._stays(known, edited):
                    listed.append((-likeness(known, edited, False), n, m))
        for _, n, m in sorted(listed):
            if left[n] not in self.found and free[m] not in self.taken:
                self._take(left[n], free[m])

    def _stays(self, one: Token, other: Token) -> bool:
        """Whether a token can't have become one elsewhere: another's result, an entry of a list in place."""
        listed = one.listed and one in self.paired and other in self.paired and one.under != other.under
        return listed or is_of_another(one, other)


_GIVING = frozenset(("đạt", "chiếm", "là", "bằng", "khoảng", "gần", "hơn", "trên", "lệ", "được", "còn"))
"""Words right before a number that is given as a result."""


def _is_given(token: Token) -> bool:
    return token.before[:1] == () or token.before[0] in _GIVING


def _by_what(tokens: Iterable[Token]) -> Mapping[tuple[str, str], list[Token]]:
    """Figures by kind and, of counts, by what is counted; of shares, by the unit they are of."""
    return by_key(((token.fact.kind, token.counted), token) for token in tokens)


def _sentences(
    paragraphs: Iterable[ParsedParagraph], done: Container[Token]
) -> Iterator[tuple[tuple[str, ...], list[Token]]]:
    """The words and tokens of each sentence of which no token is done, in order."""
    for paragraph in paragraphs:
        for clause, tokens in groupby(paragraph.tokens, key=lambda token: token.clause):
            found = list(tokens)
            if not any(token in done for token in found):
                yield paragraph.exact[clause], found
