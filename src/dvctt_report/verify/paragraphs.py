"""A paragraph taken apart: its sentences, and its numbers and statements with the words around each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from dvctt_report.verify.numbers import NumberKind, SaidNumber
from dvctt_report.verify.reading import TextPlace, excerpt, section_of
from dvctt_report.verify.statements import Statement

_OFFICES = frozenset(("cơ", "địa", "sở", "đơn"))
"""The first words of "cơ quan", "địa phương", "sở, ngành", "đơn vị": what returns are counted by."""


@dataclass(frozen=True, slots=True, eq=False)
class Token:
    """A number or statement in a paragraph, and the words before (nearest first) and after it.

    ``id`` names its figure ("" for none); ``paragraph`` is the one it stands in, ``clause`` counts the
    sentences; ``slot`` is "/" for what a share is of, "over" for what is counted in it; ``unit`` is the code
    of the unit named last before it in its sentence; ``written`` is True for numbers in words, ``listed`` for
    a unit in a list of units that says no more of it than its share; ``under`` are the words that introduce
    its clause, ``words`` those of it.
    """

    fact: SaidNumber | Statement
    id: str
    paragraph: ParsedParagraph
    clause: int
    before: tuple[str, ...]
    after: tuple[str, ...]
    slot: str = ""
    unit: str = ""
    written: bool = False
    listed: bool = False
    under: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    def place(self, section: str = "") -> TextPlace:
        """Where it stands, with the words around it; ``section``: as it is to be named."""
        around = excerpt(self.paragraph.text, self.fact.start, self.fact.end)
        return TextPlace(section or self.paragraph.section, "", around)

    def place_of(self, printed: Token) -> TextPlace:
        """The same, its section named as ``printed`` names it where the edited numbering says less."""
        return self.place(section_of(self.paragraph.section, printed.paragraph.section))

    @property
    def is_telling(self) -> bool:
        """Whether its value alone all but names it."""
        return sum(char.isdigit() for char in self.fact.text.strip("0")) >= 3

    @property
    def counted(self) -> str:
        """What a count counts, by the first word after it; offices and units are one; "" for none."""
        if self.fact.kind is not NumberKind.COUNT or not self.after or self.slot:
            return self.slot
        word = self.after[0]
        return "đơn" if word in _OFFICES else word

    @property
    def is_number(self) -> bool:
        return isinstance(self.fact, SaidNumber)

    @property
    def is_figure(self) -> bool:
        """Whether it is a number that something is counted or measured by."""
        return isinstance(self.fact, SaidNumber) and self.fact.figure


@dataclass(eq=False)
class ParsedParagraph:
    """A paragraph as words, in which numbers are placeholders, sentence by sentence.

    A clause is a sentence or an entry of a list in it; ``exact`` are the clauses with their numbers in place,
    ``said`` as they are written.
    ``leads`` names for each clause the one before it in its sentence that ends in a colon, -1 for none.
    ``spelt`` are the numbers that are written out and given in figures as well: "hai mươi ba (23)".
    ``head`` are the words of what the whole paragraph is about: those before the colon it opens with.
    """

    section: str
    text: str
    head: tuple[str, ...] = ()
    leads: list[int] = field(default_factory=list)
    clauses: list[list[str]] = field(default_factory=list)
    exact: list[tuple[str, ...]] = field(default_factory=list)
    said: list[tuple[str, ...]] = field(default_factory=list)
    tokens: list[Token] = field(default_factory=list)
    spelt: list[tuple[SaidNumber, SaidNumber]] = field(default_factory=list)

    @property
    def words(self) -> list[str]:
        return [word for clause in self.clauses for word in clause]

    @property
    def figures(self) -> list[Token]:
        return [token for token in self.tokens if token.is_figure]


def joined(pieces: Sequence[ParsedParagraph]) -> ParsedParagraph:
    """Take paragraphs for one; their tokens still know in which of them they stand."""
    if len(pieces) == 1:
        return pieces[0]
    whole = ParsedParagraph(pieces[0].section, " ".join(piece.text for piece in pieces), pieces[0].head)
    for piece in pieces:
        n = len(whole.clauses)
        whole.clauses += piece.clauses
        whole.leads += [lead if lead < 0 else lead + n for lead in piece.leads]
        whole.exact += piece.exact
        whole.said += piece.said
        whole.tokens += [replace(token, clause=token.clause + n) for token in piece.tokens]
    return whole


def clause_numbers(paragraph: ParsedParagraph) -> list[set[object]]:
    """The telling values of each clause."""
    found: list[set[object]] = [set() for _ in paragraph.clauses]
    for token in paragraph.figures:
        if token.is_telling:
            found[token.clause].add(token.fact.value)
    return found
