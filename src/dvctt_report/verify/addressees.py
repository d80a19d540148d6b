"""Under which heading something stands: a recommendation asks somebody else there, a task is another's."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from dvctt_report.verify.names import spelt_out
from dvctt_report.verify.paragraphs import ParsedParagraph
from dvctt_report.verify.reading import FactsFound, TextPlace, excerpt, section_of
from dvctt_report.verify.statements import StatementKind
from dvctt_report.vietnamese import key

_HEADING = re.compile(r"\W*(?:\w{1,4}[.)]\s*)?(Đối với [^:;.]+)[:.]?\s*")
_TELLING = 4
"""Words from which on what stands behind a name is its own: "tập huấn, phổ biến cho đội ngũ"."""
_ASKING = re.compile(r"\W*(?:Đề nghị|Kiến nghị)\b")


def read_addressees(
    pairs: Iterable[tuple[ParsedParagraph, ParsedParagraph]],
    known: Sequence[ParsedParagraph],
    edited: Sequence[ParsedParagraph],
    reading: FactsFound,
) -> None:
    """Tell the recommendations that were moved from under one heading ("Đối với …") to another."""
    before, after = _headings(known), _headings(edited)
    for one, other in pairs:
        was, now = before.get(one.text, ""), after.get(other.text, "")
        if was and now and key(spelt_out(was)) != key(spelt_out(now)) and _ASKING.match(one.text):
            place = TextPlace(section_of(other.section, one.section), "", excerpt(other.text, 0, 1))
            reading.reword(was, now, place)


def read_moved(
    known: Sequence[ParsedParagraph], edited: Sequence[ParsedParagraph], reading: FactsFound
) -> None:
    """Tell what a paragraph was printed to list, and stands word for word in the list of another one.

    A paragraph is known by its first sentence, also where it was joined to the one before.
    """
    firsts = {one.exact[0] for one in known if one.exact}
    written = {w: " ".join(one.said[n]) for one in (*known, *edited) for n, w in enumerate(one.exact)}
    under: dict[tuple[str, ...], set[tuple[str, ...]]] = defaultdict(set)
    for one in known:
        for n in _listed(one):
            under[one.exact[n]].add(_owner(one, n, firsts))
    for one in edited:
        for n in _listed(one):
            owner = _owner(one, n, firsts)
            printed = under.get(one.exact[n], set())
            if owner and printed and owner not in printed:
                place = TextPlace(one.section, "", " ".join(one.said[n]))
                reading.reword(f"{written[min(printed)]}: …", f"{written[owner]}: …", place)


def _owner(paragraph: ParsedParagraph, n: int, firsts: Container[tuple[str, ...]]) -> tuple[str, ...]:
    """The last sentence up to a clause that opened a printed paragraph; () for none."""
    return next((words for words in reversed(paragraph.exact[: n + 1]) if words in firsts), ())


def _listed(paragraph: ParsedParagraph) -> Iterator[int]:
    """The clauses behind a colon that say something of their own.

    None that names a unit, and none of a list that is counted: both are told as such.
    """
    units = {token.clause for token in paragraph.tokens if token.fact.kind is StatementKind.UNIT}
    counts = {token.clause for token in paragraph.tokens if token.is_number}
    for n, words in enumerate(paragraph.exact):
        lead = paragraph.leads[n]
        if lead >= 0 and lead not in counts and n not in units and len(words) >= _TELLING:
            yield n


def _headings(paragraphs: Sequence[ParsedParagraph]) -> Mapping[str, str]:
    """The last heading before each paragraph that asks something, by its text."""
    found: dict[str, str] = {}
    heading = ""
    for one in paragraphs:
        said = _HEADING.fullmatch(one.text)
        heading = said[1] if said else heading
        if _ASKING.match(one.text):
            found[one.text] = heading
    return found
