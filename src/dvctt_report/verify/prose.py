"""Paragraphs: which number or statement of an edited one is which of the printed one.

Each printed number or statement goes to the edited one of its kind that is likest to it: by the words around,
by the sentence it stands in, by its value. So sentences may be reworded, moved, deleted or added.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby

from dvctt_report.report.blocks import Block
from dvctt_report.report.printed import Printed
from dvctt_report.verify.conclusions import read_conclusions
from dvctt_report.verify.likeness import Rank, agrees, is_far_one, likeness, may_be_one, rank, repeats
from dvctt_report.verify.lists import read_lists
from dvctt_report.verify.numbers import Number, is_turned
from dvctt_report.verify.pairing import Pair, is_of_another, pair_paragraphs
from dvctt_report.verify.paragraphs import Paragraph, Token
from dvctt_report.verify.parsing import edited_paragraph, known_paragraph
from dvctt_report.verify.reading import Lost, Match, Place, Reading, Unknown, excerpt, section_of
from dvctt_report.verify.statements import Statement, StatementKind, UnitNames, find_statements
from dvctt_report.verify.targets import read_targets, target_names
from dvctt_report.verify.wholes import name_wholes


def read_prose(
    printed: Sequence[Printed],
    blocks: Sequence[Block],
    units: UnitNames,
    verdicts: Mapping[str, str],
) -> Reading:
    """Lay the edited paragraphs against the printed ones.

    ``verdicts`` are the printed verdicts of the targets, by code: a verdict that a sentence about a target's
    figures has been given is held against them.
    """
    known = [known_paragraph(one, units) for one in printed]
    edited = [edited_paragraph(block, units) for block in blocks]
    pairs, edited = pair_paragraphs(known, edited)
    matching = _Matching(pairs)
    matching.match_sentences(known, edited)
    matching.match_near(Rank.SURE)
    movable = (StatementKind.UNIT, StatementKind.CHANGED)
    left = [t for p in known for t in p.tokens if t.id or t.fact.kind in movable]
    free = [t for p in edited for t in p.tokens if t.is_figure or t.fact.kind in movable]
    matching.match_far(left, free, same=True)
    matching.match_near(Rank.LIKELY)
    matching.match_far(left, free, same=False)
    matching.match_lone()
    return _reading(known, edited, matching, verdicts)


class _Matching:
    """Which edited token each printed one became."""

    def __init__(self, pairs: Sequence[tuple[Paragraph, Paragraph]]) -> None:
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

    def match_sentences(self, known: Sequence[Paragraph], edited: Sequence[Paragraph]) -> None:
        """Match sentences that are the same word by word: in their paragraph, else wherever they went."""
        for pair in self.pairs:
            self._match_same([pair.one], [pair.other], pair.parts)
        self._match_same(known, edited, self._stays)

    def _match_same(
        self, known: Sequence[Paragraph], edited: Sequence[Paragraph], parts: Callable[[Token, Token], bool]
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
                for m, edited in enumerate(free):
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
            if len(near) == 1:
                self._take(one, near[0])

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


def _by_what(tokens: Iterable[Token]) -> Mapping[tuple[str, str], list[Token]]:
    """Figures by kind and, of counts, by what is counted; of shares, by the unit they are of."""
    found: dict[tuple[str, str], list[Token]] = defaultdict(list)
    for token in tokens:
        found[token.fact.kind, token.counted].append(token)
    return found


def _sentences(
    paragraphs: Iterable[Paragraph], done: Container[Token]
) -> Iterator[tuple[tuple[str, ...], list[Token]]]:
    """The words and tokens of each sentence of which no token is done, in order."""
    for paragraph in paragraphs:
        for clause, tokens in groupby(paragraph.tokens, key=lambda token: token.clause):
            found = list(tokens)
            if not any(token in done for token in found):
                yield paragraph.exact[clause], found


# --------------------------------------------------------------------------------------------------- outcome


def _reading(
    known: Sequence[Paragraph],
    edited: Sequence[Paragraph],
    matching: _Matching,
    verdicts: Mapping[str, str],
) -> Reading:
    figures = [t for paragraph in known for t in paragraph.tokens if t.id]
    reading = Reading()
    told: set[Token] = set()
    targets = {name for paragraph in known for name in target_names(paragraph)}
    for pair in matching.pairs:
        reading += read_targets(pair, targets)
        of_lists, tokens = read_lists(pair, matching.found, matching.taken)
        reading += of_lists
        told |= tokens
        concluded, tokens = read_conclusions(pair, matching.found, matching.taken)
        reading += concluded
        told |= tokens
    became = {other: one for one, other in matching.found.items()}
    for paragraph in known:
        printed_here = [token for token in paragraph.tokens if token.id]
        gone = name_wholes(paragraph, printed_here, lambda token: token not in matching.found)
        for token in paragraph.tokens:
            other = matching.found.get(token)
            if token in told:
                continue
            if other is not None and (token.id or not agrees(token, other)):
                reading.matches.append(_match(token, other))
            elif other is None and token.id:
                place = _place(token, paragraph.section)
                reading.lost.append(Lost(token.id, _measured(token), place, gone.get(token, "")))
    for paragraph in edited:
        about = _targets(paragraph, became)
        reading.matches += _misspelt(paragraph, became)
        own = [token for token in paragraph.figures if not token.written]
        added = name_wholes(paragraph, own, lambda token: token not in matching.taken, " thêm")
        for token in paragraph.tokens:
            if token in matching.taken or token in told:
                continue
            if token.is_figure and any(repeats(t, token) and not is_of_another(t, token) for t in figures):
                continue
            if _is_listed(token, matching) or (token.is_figure and not token.written):
                place = _place(token, paragraph.section)
                reading.unknown.append(Unknown(_measured(token), place, added.get(token, "")))
            elif isinstance(token.fact, Statement) and token.fact.judges:
                reading.matches += _held_against(token, verdicts.get(about.get(token.clause, ""), ""))
    return reading


def _match(token: Token, other: Token) -> Match:
    place = _place(other, section_of(other.paragraph.section, token.paragraph.section))
    said = other.fact.value
    value = said if isinstance(said, Decimal) else other.fact.text
    if is_turned(token.fact, other.fact):
        return Match(token.id, _limited(token), _limited(other), False, value, place)
    expected = _shown(token) if other.fact.kind is token.fact.kind else _measured(token)
    return Match(token.id, expected, _shown(other), agrees(token, other), value, place)


def _shown(token: Token) -> str:
    """The text of a token as it is told: words that say something are quoted."""
    plain = token.is_number or token.fact.kind is StatementKind.UNIT
    if plain:
        return token.fact.text
    done = re.search(r"\bđã\s+$", token.paragraph.text[: token.fact.start], re.IGNORECASE)
    return f"“{'đã ' if done else ''}{token.fact.text.lower()}”"


def _measured(token: Token) -> str:
    """The text of a token with what its number is measured in."""
    return token.fact.measured if isinstance(token.fact, Number) else token.fact.text


def _limited(token: Token) -> str:
    """A threshold with the words that say whether it is the least or the most."""
    return token.fact.limited if isinstance(token.fact, Number) else token.fact.text


def _is_listed(token: Token, matching: _Matching) -> bool:
    """Whether it is a unit in a list of units, in a paragraph that is there before and after."""
    return token.listed and token in matching.paired


def _targets(paragraph: Paragraph, became: Mapping[Token, Token]) -> dict[int, str]:
    """The target whose own figures stand in each clause."""
    found: dict[int, str] = {}
    for token in paragraph.tokens:
        about, _, role = became[token].id.rpartition(".") if token in became else ("", "", "")
        if role in ("percent", "numerator", "denominator", "distance"):
            found[token.clause] = about
    return found


def _misspelt(paragraph: Paragraph, became: Mapping[Token, Token]) -> Iterator[Match]:
    """The numbers whose words say another thing than their figures, which are right: "hai mươi ba (22)"."""
    for token in paragraph.tokens:
        written = next((w for w, figure in token.paragraph.spelt if figure is token.fact), None)
        one = became.get(token)
        if written and one and agrees(one, token) and written.value != token.fact.value:
            said = f"{written.text} ({token.fact.text})"
            yield Match("", one.fact.text, said, False, said, _place(token, paragraph.section))


def _held_against(token: Token, verdict: str) -> list[Match]:
    """Compare a verdict that was put in with the target's; [] where they agree or there is none."""
    stated = [s.value for s in find_statements(verdict) if s.kind is StatementKind.VERDICT]
    if not stated or stated[0] == token.fact.value:
        return []
    place = _place(token, token.paragraph.section)
    return [Match("", f"“{verdict}”", _shown(token), False, token.fact.text, place, judged=True)]


def _place(token: Token, section: str) -> Place:
    return Place(section, "", excerpt(token.paragraph.text, token.fact.start, token.fact.end))
