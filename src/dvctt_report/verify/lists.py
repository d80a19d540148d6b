"""Lists of names: which entries of a printed one are gone from the edited one, and which were put on."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping

from dvctt_report.verify.likeness import agrees
from dvctt_report.verify.names import means
from dvctt_report.verify.numbers import NumberKind
from dvctt_report.verify.pairing import Pair
from dvctt_report.verify.paragraphs import ParsedParagraph, Token
from dvctt_report.verify.reading import FactsFound, Match, TextPlace
from dvctt_report.verify.statements import StatementKind

_NEAR = 4
"""Characters that may stand between a name and its share: " (", ": "."""
_WHOLE = "danh sách"


def read_lists(
    pair: Pair, found: Mapping[Token, Token], taken: Container[Token], reading: FactsFound
) -> set[Token]:
    """Compare the lists of two paired paragraphs, after their tokens were matched.

    Returns the tokens (names, and their shares) of which nothing more is to be said.
    A list that is gone as a whole is lost; one that is still there must name what it named.
    """
    told: set[Token] = set()
    for lead, entries in _lists(pair.one).items():
        gone = [t for t in entries if t not in found and not _is_renamed(t, pair, found)]
        still = len(gone) < len(entries) or pair.has_entries(lead)
        for token in gone:
            share = _share(token, pair.one)
            told |= {token, *([share] if share else [])}
            id, text = share.id if share else "", _text(token, share)
            if still:
                reading.matches.append(Match(id, text, "", False, "", token.place(pair.one.section)))
            else:
                reading.lose(id, text, TextPlace(pair.one.section, _WHOLE))
    came_from = {other: one for one, other in found.items()}
    for lead, entries in _lists(pair.other).items():
        kept = any(t in came_from and came_from[t].listed for t in entries)
        if not kept and pair.printed_lead(lead) not in _lists(pair.one):
            continue
        for token in entries:
            share = _share(token, pair.other)
            if token not in taken and (share is None or share not in taken):
                told |= {token, *([share] if share else [])}
                reading.differ("", _text(token, share), token.place(pair.other.section))
    return told


def _lists(paragraph: ParsedParagraph) -> Mapping[tuple[int, int], list[Token]]:
    """The names in lists, by the clause that introduces the list, or by their own."""
    found: dict[tuple[int, int], list[Token]] = defaultdict(list)
    for token in paragraph.tokens:
        if token.listed:
            lead = paragraph.leads[token.clause]
            found[lead, token.clause if lead < 0 else -1].append(token)
    return found


def _share(token: Token, paragraph: ParsedParagraph) -> Token | None:
    """The percentage that follows a name."""
    for other in paragraph.tokens:
        gap = other.fact.start - token.fact.end
        if other.paragraph is token.paragraph and other.fact.kind is NumberKind.PERCENT and 0 < gap <= _NEAR:
            return other
    return None


def _is_renamed(token: Token, pair: Pair, found: Mapping[Token, Token]) -> bool:
    """Whether it is still there otherwise named, with its share or alone: "ngành Y tế (90,9%)"."""
    share = _share(token, pair.one)
    if share is None:
        return any(means(part, token.fact.text) for part in _unnamed(pair.other))
    other = found.get(share)
    if not other or not agrees(share, other):
        return False
    return other.unit == token.fact.value or (not other.unit and means(_said_of(other), token.fact.text))


def _unnamed(paragraph: ParsedParagraph) -> Iterator[str]:
    """The parts of a paragraph between its stops and commas in which no unit is named."""
    named = [t.fact.text for t in paragraph.tokens if t.fact.kind is StatementKind.UNIT]
    for part in re.split(r"[;:.,](?:\s+|$)", paragraph.text):
        if not any(name in part for name in named):
            yield part


def _said_of(share: Token) -> str:
    """What stands before a share, from the number or name before it on."""
    ends = (t.fact.end for t in share.paragraph.tokens if t.fact.end <= share.fact.start)
    text = share.paragraph.text[max(ends, default=0) : share.fact.start]
    return re.split(r"[:;]", text.rstrip(" :("))[-1]


def _text(token: Token, share: Token | None) -> str:
    return f"{token.fact.text} ({share.fact.text})" if share else token.fact.text
