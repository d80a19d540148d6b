"""Paragraphs: what became of each printed number and statement, and what an edited text says anew."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby, pairwise

from dvctt_report.plan.unit_names import NamedUnit, UnitNames
from dvctt_report.report.blocks import TextBlock
from dvctt_report.report.printed import PrintedBlock
from dvctt_report.verify.additions import read_claims, read_rate
from dvctt_report.verify.addressees import read_addressees, read_moved
from dvctt_report.verify.conclusions import read_conclusions, read_gone
from dvctt_report.verify.counted import read_nouns, read_shares, read_statements
from dvctt_report.verify.denials import read_denials
from dvctt_report.verify.likeness import agrees, repeats
from dvctt_report.verify.lists import read_lists
from dvctt_report.verify.matching import Matching, match_tokens
from dvctt_report.verify.numbers import NumberKind, SaidNumber, is_round_one, is_turned
from dvctt_report.verify.pairing import is_of_another, pair_paragraphs, stands_under
from dvctt_report.verify.paragraphs import ParsedParagraph, Token
from dvctt_report.verify.parsing import edited_paragraph, known_paragraph
from dvctt_report.verify.reading import FactsFound, Match, opening
from dvctt_report.verify.statements import Statement, StatementKind, find_statements
from dvctt_report.verify.targets import read_targets, target_names
from dvctt_report.verify.weighing import read_weighing

_LEAST_WHOLE, _LEAST_PART = 2, 3
"""Figures from which on a paragraph, and a part of one, is told as a whole: once, not by its numbers."""
_CUT = re.compile(r"[.;:]\s")
_TOLD_ANEW = (StatementKind.UNIT, StatementKind.VERDICT)
"""Statements that are told by themselves where they were put into a sentence with figures."""


def read_prose(
    printed: Sequence[PrintedBlock],
    blocks: Sequence[TextBlock],
    units: UnitNames[NamedUnit],
    verdicts: Mapping[str, str],
    rates: Mapping[str, Mapping[str, str]],
    reading: FactsFound,
) -> None:
    """Lay the edited paragraphs against the printed ones.

    ``verdicts`` are the printed verdicts of the targets, by code, ``rates`` those of the units: what a
    sentence has been given about a target or a unit is held against them.
    """
    known = [known_paragraph(one, units) for one in printed]
    edited = [edited_paragraph(block, units) for block in _taken_apart(blocks, printed)]
    pairs, pieces = pair_paragraphs(known, edited)
    read_addressees(pairs, known, edited, reading)
    read_moved(known, pieces, reading)
    told = _Telling(match_tokens(pairs, known, pieces), known, verdicts, rates, reading)
    told.read_pairs()
    told.read_printed()
    read_gone(known, edited, told.matching, reading)
    for paragraph in pieces:
        told.read_edited(paragraph)


_LONG = 40
"""Characters from which on a text that stands in another one is that paragraph, joined to it."""


def _taken_apart(blocks: Sequence[TextBlock], printed: Sequence[PrintedBlock]) -> Iterator[TextBlock]:
    """Divide a paragraph that several printed ones were joined to, as they were."""
    said, here = ({block.text for block in one} for one in ((p.block for p in printed), blocks))
    gone = [core for text in said - here if len(core := text.strip(" -–.;")) >= _LONG]
    for block in blocks:
        found = ((block.text.find(core), len(core)) for core in gone) if block.text not in said else ()
        starts, end = [], 0
        for at, length in sorted(one for one in found if one[0] >= 0):
            if at >= end:
                starts.append(at)
                end = at + length
        cuts = [0, *starts[1:], len(block.text)]
        yield from (replace(block, cells=(block.text[a:b],)) for a, b in pairwise(cuts))


class _Telling:
    """Tells what became of the printed paragraphs, once their tokens are matched.

    ``done`` are the tokens of which nothing more is to be said.
    """

    def __init__(
        self,
        matching: Matching,
        known: Sequence[ParsedParagraph],
        verdicts: Mapping[str, str],
        rates: Mapping[str, Mapping[str, str]],
        reading: FactsFound,
    ) -> None:
        self.matching, self._known, self._reading = matching, known, reading
        self._verdicts, self._rates = verdicts, rates
        self._became = {other: one for one, other in matching.found.items()}
        self._figures = [t for paragraph in known for t in paragraph.tokens if t.id]
        self._sentences = {words for paragraph in known for words in paragraph.exact}
        self._printed = {(pair.other, n) for pair in matching.pairs for n in pair.clauses.values()}
        self._done: set[Token] = set()

    def read_pairs(self) -> None:
        """Tell what changed from each printed paragraph to the one that stands for it."""
        found, taken, reading = self.matching.found, self.matching.taken, self._reading
        targets = {name for paragraph in self._known for name in target_names(paragraph)}
        for pair in self.matching.pairs:
            read_targets(pair, targets, reading)
            read_denials(pair, reading)
            self._done |= read_lists(pair, found, taken, reading)
            self._done |= read_conclusions(pair, found, taken, reading)
            added = (t for t in pair.other.tokens if t not in taken)
            new = {t.clause for t in added if t.fact.kind in _TOLD_ANEW}
            read_weighing(pair, new, reading)

    def read_printed(self) -> None:
        """Tell what became of each printed figure and statement."""
        found, reading = self.matching.found, self._reading
        for paragraph in self._known:
            figures = [token for token in paragraph.tokens if token.id]
            gone = _name_wholes(paragraph, figures, lambda token: token not in found)
            for token in (t for t in paragraph.tokens if t not in self._done):
                other = found.get(token)
                if other is not None and (token.id or not agrees(token, other)):
                    reading.matches.append(_match(token, other))
                elif other is None and token.id:
                    place = token.place(paragraph.section)
                    reading.lose(token.id, _measured(token), place, gone.get(token, ""))
        read_nouns(found, reading)
        read_shares(found, reading)
        stated = (t for pair in self.matching.pairs for t in pair.one.tokens if not t.is_number)
        read_statements(stated, found, self._done, reading)

    def read_edited(self, paragraph: ParsedParagraph) -> None:
        """Tell what an edited paragraph says that nothing printed stands for."""
        taken = self.matching.taken
        about = _targets(paragraph, self._became)
        read_claims(paragraph, taken, self._sentences, self._reading)
        _read_misspelt(paragraph, self._became, self._reading)
        own = [token for token in paragraph.figures if not token.written]
        added = _name_wholes(paragraph, own, lambda token: token not in taken, " thêm")
        for token in (t for t in paragraph.tokens if t not in taken and t not in self._done):
            held = read_rate(token, _target_of(token, about), self._rates)
            if token.is_figure and (_is_repeated(token, self._figures) or _is_rounded(token, self._became)):
                continue
            if held is not None:
                self._reading.matches += [] if held.agrees else [held]
            elif self._is_new(token, paragraph):
                place = token.place(paragraph.section)
                self._reading.add(_measured(token), place, added.get(token, ""))
            elif isinstance(token.fact, Statement) and token.fact.judges:
                self._hold_verdict(token, paragraph, about.get(token.clause, ""))

    def _is_new(self, token: Token, paragraph: ParsedParagraph) -> bool:
        """Whether a token is told: a figure, a unit put into a list or a printed sentence."""
        if token.fact.kind not in (StatementKind.UNIT, StatementKind.BODY):
            return token.is_figure and not token.written
        clauses = (token.clause, paragraph.leads[token.clause])
        printed = any((paragraph, n) in self._printed for n in clauses)
        listed = token.listed and token in self.matching.paired
        return (listed or printed) and not _has_rate(token, self.matching)

    def _hold_verdict(self, token: Token, paragraph: ParsedParagraph, target: str) -> None:
        """Hold a verdict that was put in against the target's; one on what isn't judged is told."""
        verdict = self._verdicts.get(target, "")
        stated = [s.value for s in find_statements(verdict) if s.kind is StatementKind.VERDICT]
        if stated and stated[0] != token.fact.value:
            self._reading.differ(f"“{verdict}”", _shown(token), token.place(), judged=True)
        if target and not stated:
            self._reading.add(_shown(token), token.place(paragraph.section))


def _is_repeated(token: Token, figures: Sequence[Token]) -> bool:
    """Whether a figure says once more what a printed one says, and not of what another head names."""
    said = [one for one in figures if repeats(one, token)]
    if not all(is_of_another(one, token) for one in said):
        return True
    return bool(said) and not stands_under(token, {one.paragraph.head for one in figures})


def _is_rounded(token: Token, became: Mapping[Token, Token]) -> bool:
    """Whether a round figure stands beside the exact one: "79,96% (gần 80%)"."""
    beside = (became[t] for t in token.paragraph.tokens if t in became)
    return any(is_round_one(one.fact, token.fact) for one in beside)


def _match(token: Token, other: Token) -> Match:
    place = other.place_of(token)
    same = agrees(token, other)
    said = token.fact.value if same else other.fact.value
    value = said if isinstance(said, Decimal) else other.fact.text
    if is_turned(token.fact, other.fact):
        return Match(token.id, _worded(token), _worded(other), False, value, place, number=True)
    expected = (
        _shown(token) if other.fact.kind is token.fact.kind or not token.is_number else _measured(token)
    )
    return Match(token.id, expected, _shown(other), same, value, place, number=token.is_number)


def _shown(token: Token) -> str:
    """The text of a token as it is told: a round number with its words; words that say something quoted."""
    if isinstance(token.fact, SaidNumber) and token.fact.rounding:
        return _worded(token)
    if token.is_number or token.fact.kind in (StatementKind.UNIT, StatementKind.BODY):
        return token.fact.text
    done = re.search(r"\bđã\s+$", token.paragraph.text[: token.fact.start], re.IGNORECASE)
    return f"“{'đã ' if done else ''}{token.fact.text.lower()}”"


def _measured(token: Token) -> str:
    """The text of a token with what its number is measured in."""
    return token.fact.measured if isinstance(token.fact, SaidNumber) else token.fact.text


def _worded(token: Token) -> str:
    """A number with the words that make it a threshold or a round one."""
    return (isinstance(token.fact, SaidNumber) and token.fact.worded) or token.fact.text


def _targets(paragraph: ParsedParagraph, became: Mapping[Token, Token]) -> dict[int, str]:
    """The target whose own figures stand in each clause."""
    found: dict[int, str] = {}
    for token in paragraph.tokens:
        about, _, role = became[token].id.rpartition(".") if token in became else ("", "", "")
        if role in ("percent", "numerator", "denominator", "distance"):
            found[token.clause] = about
    return found


def _has_rate(token: Token, matching: Matching) -> bool:
    """Whether a unit is given a rate, in its sentence, that was put in with it."""
    here = (t for t in token.paragraph.tokens if t.clause == token.clause and t not in matching.taken)
    return any(t.fact.kind is NumberKind.PERCENT and t.unit == token.fact.value for t in here)


def _target_of(token: Token, about: Mapping[int, str]) -> str:
    """The target of a token's sentence, else the only one of its paragraph."""
    every = {target.partition(".")[0] for target in about.values()}
    own = about.get(token.clause, "").partition(".")[0]
    return own or (every.pop() if len(every) == 1 else "")


def _read_misspelt(paragraph: ParsedParagraph, became: Mapping[Token, Token], reading: FactsFound) -> None:
    """Tell the numbers whose words say another thing than their figures, which are right: "hai ba (22)"."""
    for token in paragraph.tokens:
        written = next((w for w, figure in token.paragraph.spelt if figure is token.fact), None)
        one = became.get(token)
        if written and one and agrees(one, token) and written.value != token.fact.value:
            said = f"{written.text} ({token.fact.text})"
            reading.differ(one.fact.text, said, token.place(paragraph.section), number=True)


def _name_wholes(
    paragraph: ParsedParagraph, figures: Sequence[Token], is_out: Callable[[Token], bool], added: str = ""
) -> Mapping[Token, str]:
    """Name for each of the ``figures`` that are out what is out with it: "đoạn “…”", "phần “…”"."""
    text = paragraph.text
    if len(figures) >= _LEAST_WHOLE and all(map(is_out, figures)):
        return dict.fromkeys(figures, f"đoạn{added} “{opening(text)}”")
    found: dict[Token, str] = {}
    for out, run in groupby(figures, key=is_out):
        tokens = list(run)
        if out and len(tokens) >= _LEAST_PART:
            starts = [cut.end() for cut in _CUT.finditer(text, 0, tokens[0].fact.start)]
            found |= dict.fromkeys(tokens, f"phần{added} “{opening(text[starts[-1] if starts else 0 :])}”")
    return found
