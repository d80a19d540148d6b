"""Paragraphs: what became of each printed number and statement, and what an edited text says anew."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from dvctt_report.plan.unit_names import NamedUnit, UnitNames
from dvctt_report.report.blocks import TextBlock
from dvctt_report.report.printed import PrintedBlock
from dvctt_report.verify.additions import read_claims, read_rate
from dvctt_report.verify.conclusions import read_conclusions
from dvctt_report.verify.counted import read_nouns, read_statements
from dvctt_report.verify.denials import read_denials
from dvctt_report.verify.likeness import (
    agrees,
    repeats,
)
from dvctt_report.verify.lists import read_lists
from dvctt_report.verify.matching import Matching, match_tokens
from dvctt_report.verify.numbers import NumberKind, SaidNumber, is_round_one, is_turned
from dvctt_report.verify.pairing import is_of_another, pair_paragraphs, stands_under
from dvctt_report.verify.paragraphs import ParsedParagraph, Token
from dvctt_report.verify.parsing import edited_paragraph, known_paragraph
from dvctt_report.verify.reading import FactsFound, Lost, Match, TextPlace, Unknown, excerpt, section_of
from dvctt_report.verify.statements import Statement, StatementKind, find_statements
from dvctt_report.verify.targets import read_targets, target_names
from dvctt_report.verify.weighing import read_weighing
from dvctt_report.verify.wholes import name_wholes


def read_prose(
    printed: Sequence[PrintedBlock],
    blocks: Sequence[TextBlock],
    units: UnitNames[NamedUnit],
    verdicts: Mapping[str, str],
    rates: Mapping[str, Mapping[str, str]],
) -> FactsFound:
    """Lay the edited paragraphs against the printed ones.

    ``verdicts`` are the printed verdicts of the targets, by code, ``rates`` those of the units: what a
    sentence has been given about a target or a unit is held against them.
    """
    known = [known_paragraph(one, units) for one in printed]
    edited = [edited_paragraph(block, units) for block in blocks]
    pairs, edited = pair_paragraphs(known, edited)
    matching = match_tokens(pairs, known, edited)
    return _reading(known, edited, matching, verdicts, rates)


def _reading(
    known: Sequence[ParsedParagraph],
    edited: Sequence[ParsedParagraph],
    matching: Matching,
    verdicts: Mapping[str, str],
    rates: Mapping[str, Mapping[str, str]],
) -> FactsFound:
    figures = [t for paragraph in known for t in paragraph.tokens if t.id]
    reading = FactsFound()
    told: set[Token] = set()
    targets = {name for paragraph in known for name in target_names(paragraph)}
    for pair in matching.pairs:
        reading += read_targets(pair, targets)
        reading += read_denials(pair)
        of_lists, tokens = read_lists(pair, matching.found, matching.taken)
        reading += of_lists
        told |= tokens
        concluded, tokens = read_conclusions(pair, matching.found, matching.taken)
        reading += concluded
        told |= tokens
        both = ((t, matching.found[t]) for t in pair.one.tokens if t in matching.found and t.is_number)
        kept = {(one.clause, other.clause) for one, other in both if agrees(one, other)}
        new = {t.clause for t in pair.other.tokens if t not in matching.taken and not t.is_number}
        reading.reworded += read_weighing(pair, kept, new)
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
    reading.reworded += read_nouns(matching.found)
    stated = (t for pair in matching.pairs for t in pair.one.tokens if not t.is_number)
    reading.reworded += read_statements(stated, matching.found, told)
    sentences = {words for paragraph in known for words in paragraph.exact}
    for paragraph in edited:
        about = _targets(paragraph, became)
        reading.unknown += read_claims(paragraph, matching.taken, sentences)
        reading.matches += _misspelt(paragraph, became)
        own = [token for token in paragraph.figures if not token.written]
        added = name_wholes(paragraph, own, lambda token: token not in matching.taken, " thêm")
        for token in paragraph.tokens:
            if token in matching.taken or token in told:
                continue
            if token.is_figure and (_is_repeated(token, figures) or _is_rounded(token, became)):
                continue
            held = read_rate(token, _target_of(token, about), rates)
            if held is not None:
                reading.matches += [] if held.agrees else [held]
            elif token.fact.kind is StatementKind.UNIT and _has_rate(token, matching):
                continue  # what is said of it is told with its rate
            elif _is_listed(token, matching) or (token.is_figure and not token.written):
                place = _place(token, paragraph.section)
                reading.unknown.append(Unknown(_measured(token), place, added.get(token, "")))
            elif isinstance(token.fact, Statement) and token.fact.judges:
                target = about.get(token.clause, "")
                reading.matches += _held_against(token, verdicts.get(target, ""))
                if target and not _verdicts_in(verdicts.get(target, "")):  # of what is not judged this year
                    reading.unknown.append(Unknown(_shown(token), _place(token, paragraph.section)))
    return reading


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
    place = _place(other, section_of(other.paragraph.section, token.paragraph.section))
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
    if token.is_number or token.fact.kind is StatementKind.UNIT:
        return token.fact.text
    done = re.search(r"\bđã\s+$", token.paragraph.text[: token.fact.start], re.IGNORECASE)
    return f"“{'đã ' if done else ''}{token.fact.text.lower()}”"


def _measured(token: Token) -> str:
    """The text of a token with what its number is measured in."""
    return token.fact.measured if isinstance(token.fact, SaidNumber) else token.fact.text


def _worded(token: Token) -> str:
    """A number with the words that make it a threshold or a round one."""
    return (isinstance(token.fact, SaidNumber) and token.fact.worded) or token.fact.text


def _is_listed(token: Token, matching: Matching) -> bool:
    """Whether it is a unit in a list of units, in a paragraph that is there before and after."""
    return token.listed and token in matching.paired


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


def _misspelt(paragraph: ParsedParagraph, became: Mapping[Token, Token]) -> Iterator[Match]:
    """The numbers whose words say another thing than their figures, which are right: "hai mươi ba (22)"."""
    for token in paragraph.tokens:
        written = next((w for w, figure in token.paragraph.spelt if figure is token.fact), None)
        one = became.get(token)
        if written and one and agrees(one, token) and written.value != token.fact.value:
            said = f"{written.text} ({token.fact.text})"
            place = _place(token, paragraph.section)
            yield Match("", one.fact.text, said, False, said, place, number=True)


def _verdicts_in(text: str) -> list[str]:
    return [str(s.value) for s in find_statements(text) if s.kind is StatementKind.VERDICT]


def _held_against(token: Token, verdict: str) -> list[Match]:
    """Compare a verdict that was put in with the target's; [] where they agree or there is none."""
    stated = _verdicts_in(verdict)
    if not stated or stated[0] == token.fact.value:
        return []
    place = _place(token, token.paragraph.section)
    return [Match("", f"“{verdict}”", _shown(token), False, token.fact.text, place, judged=True)]


def _place(token: Token, section: str) -> TextPlace:
    return TextPlace(section, "", excerpt(token.paragraph.text, token.fact.start, token.fact.end))
