"""A paragraph taken apart: its sentences, and its numbers and statements with the words around each."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from dvctt_report.report.blocks import Block
from dvctt_report.report.marks import Span, mark, read_marks
from dvctt_report.report.printed import Printed
from dvctt_report.verify.numbers import (
    Number,
    NumberKind,
    even_text,
    figure_kind,
    find_number_words,
    find_numbers,
    printed_value,
)
from dvctt_report.verify.statements import Statement, StatementKind, UnitNames, find_statements
from dvctt_report.vietnamese import key

WINDOW = 4
"""Words looked at on each side of a number or statement."""
_PLACEHOLDERS = {NumberKind.PERCENT: "#%", NumberKind.DATE: "#d", NumberKind.TIME: "#h"}
_WHOLE = (StatementKind.VERDICT, StatementKind.TIMELY)
VERDICTS = tuple(f"{kind}:" for kind in _WHOLE)
"""How the placeholders of verdicts begin."""
_JOINING = frozenset(("và", "cùng", "với", "các", "gồm", "là", "đơn", "vị", "đạt", "#%"))
"""Words that a list of units may hold beside their names and shares."""
_OFFICES = frozenset(("cơ", "địa", "sở", "đơn"))
"""The first words of "cơ quan", "địa phương", "sở, ngành", "đơn vị": what returns are counted by."""
_SHARE = re.compile(r"\s*[(:]\s*[\d.,]+\s*%")
"""What follows the name of a unit that a list gives the share of."""
_OF_NAME = re.compile(r"\s*:\s*(?:đạt\s+)?\d", re.IGNORECASE)
"""A colon between a name and its figure, which parts nothing."""
_HEAD = re.compile(
    r"\s*(?:(?:[a-zđ]|\d{1,2})[.)]\s+|\(\d{1,2}\)\s*|[-+*•]\s*)?([^:]+?)\s*:(?=\s|$)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, eq=False)
class Token:
    """A number or statement in a paragraph, and the words before (nearest first) and after it.

    ``id`` names its figure ("" for none); ``paragraph`` is the one it stands in, ``clause`` counts the
    sentences; ``slot`` is "/" for what a share is of, "over" for what is counted in it; ``unit`` is the code
    of the unit named last before it in its sentence; ``written`` is True for numbers in words, ``listed`` for
    a unit in a list of units that says no more of it than its share; ``under`` are the words that introduce
    its clause.
    """

    fact: Number | Statement
    id: str
    paragraph: Paragraph
    clause: int
    before: tuple[str, ...]
    after: tuple[str, ...]
    slot: str = ""
    unit: str = ""
    written: bool = False
    listed: bool = False
    under: tuple[str, ...] = ()

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
        return isinstance(self.fact, Number)

    @property
    def is_figure(self) -> bool:
        """Whether it is a number that something is counted or measured by."""
        return isinstance(self.fact, Number) and self.fact.figure


@dataclass(eq=False)
class Paragraph:
    """A paragraph as words, in which numbers are placeholders, sentence by sentence.

    A clause is a sentence or an entry of a list in it; ``exact`` are the clauses with their numbers in place.
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
    tokens: list[Token] = field(default_factory=list)
    spelt: list[tuple[Number, Number]] = field(default_factory=list)

    @property
    def words(self) -> list[str]:
        return [word for clause in self.clauses for word in clause]

    @property
    def figures(self) -> list[Token]:
        return [token for token in self.tokens if token.is_figure]


def known_paragraph(printed: Printed, units: UnitNames) -> Paragraph:
    """Take a printed paragraph apart; its numbers carry the identifiers of their figures."""
    text, spans = read_marks(even_text(_marked(printed.block.text, printed.figures[0])))
    numbers = {n.start: n for n in find_numbers(text)}
    ids: dict[int, str] = {}
    for span in spans:
        inside = [n for n in numbers.values() if _touch(n, span)]
        shown = next((n for n in inside if n.figure and n.start >= span.at), None)
        if shown is None and (value := printed_value(span.text)) is not None:
            # where the words around make a date or a reference of it, the mark knows better
            for n in inside:
                del numbers[n.start]
            end = span.at + len(span.text)
            shown = Number(span.at, end, span.text, value, figure_kind(span.text, text[end:]))
            numbers[span.at] = shown
        if shown is not None:
            ids[shown.start] = span.id
    return _paragraph(printed.block.section, text, [numbers[at] for at in sorted(numbers)], ids, units)


def edited_paragraph(block: Block, units: UnitNames) -> Paragraph:
    """Take a paragraph of the edited document apart."""
    text = even_text(block.text)
    return _paragraph(block.section, text, find_numbers(text), {}, units)


def _marked(text: str, spans: Iterable[Span]) -> str:
    parts, done = [], 0
    for span in spans:
        parts += [text[done : span.at], mark(span.id, span.text)]
        done = span.at + len(span.text)
    return "".join([*parts, text[done:]])


def _touch(number: Number, span: Span) -> bool:
    return number.start < span.at + len(span.text) and span.at < number.end


@dataclass(frozen=True, slots=True)
class _Word:
    """A word with its key; ``exact`` is what a placeholder stands for."""

    start: int
    end: int
    said: str
    exact: str
    clause: int


_BLANK_DAY = re.compile(r"ngày\s+$", re.IGNORECASE)


def _paragraph(
    section: str, text: str, numbers: Iterable[Number], ids: dict[int, str], units: UnitNames
) -> Paragraph:
    numbers = list(numbers)
    named = units.find(text)
    stated = [s for s in find_statements(text) if not any(_inside(s, u) for u in named)]
    words = _words(text, numbers, stated, {u.end for u in named})
    n_clauses = words[-1].clause + 1 if words else 0
    paragraph = Paragraph(section, text, _head(text), _leads(text, words), [[] for _ in range(n_clauses)])
    for word in words:
        paragraph.clauses[word.clause].append(word.said)
    paragraph.exact = [tuple(w.exact for w in words if w.clause == n) for n in range(n_clauses)]
    listing = frozenset(_lists(words, named))
    facts: list[tuple[Number | Statement, bool]] = [(n, False) for n in numbers if _is_compared(n, text)]
    for written in find_number_words(text):
        if (figure := _figure_of(written, numbers, text)) is not None:
            paragraph.spelt.append((written, figure))
        elif not any(_inside(written, s) for s in named):
            facts.append((written, True))
    facts += [(s, False) for s in (*stated, *named)]
    about: dict[int, str] = {}
    for fact, in_words in sorted(facts, key=lambda one: one[0].start):
        id = "" if in_words or not isinstance(fact, Number) else ids.get(fact.start, "")
        token = _token(fact, id, paragraph, words)
        is_unit = fact.kind is StatementKind.UNIT
        unit, listed = about.get(token.clause, ""), is_unit and _is_entry(token, text, listing)
        lead = paragraph.leads[token.clause]
        under = tuple(paragraph.clauses[lead]) if lead >= 0 else ()
        paragraph.tokens.append(replace(token, unit=unit, written=in_words, listed=listed, under=under))
        if is_unit:
            about[token.clause] = str(fact.value)
    return paragraph


def _figure_of(written: Number, numbers: Iterable[Number], text: str) -> Number | None:
    """The figure in brackets after a number in words: "hai mươi ba (23)"; they are one number."""
    after = (n for n in numbers if n.figure and text[written.end : n.start].strip() == "(")
    return next((n for n in after if text[n.end : n.end + 1] == ")"), None)


def _head(text: str) -> tuple[str, ...]:
    found = _HEAD.match(text)
    if not found or re.search(r"[.;]\s", found.group(1)):
        return ()
    return tuple("#" if word.isdigit() else key(word) for word in re.findall(r"\w+", found.group(1)))


def _leads(text: str, words: Sequence[_Word]) -> list[int]:
    """The clause that introduces each clause: the last one of its sentence that ends in a colon."""
    leads = [-1] * (words[-1].clause + 1 if words else 0)
    for one, other in pairwise(words):
        if other.clause != one.clause:
            parts = text[one.end : other.start]
            leads[other.clause] = one.clause if ":" in parts else -1 if "." in parts else leads[one.clause]
    return leads


def _is_entry(token: Token, text: str, listing: Container[int]) -> bool:
    """Whether a unit is named as one of a list: among names alone, or with its share."""
    return token.clause in listing or bool(_SHARE.match(text, token.fact.end))


def _is_compared(number: Number, text: str) -> bool:
    """Leave out references, and a date whose day is a blank that is filled by hand."""
    blank = number.kind is NumberKind.DATE and _BLANK_DAY.search(text, 0, number.start)
    return number.kind is not NumberKind.REFERENCE and not blank


def _inside(one: Number | Statement, other: Statement) -> bool:
    return other.start <= one.start < other.end


def _words(
    text: str, numbers: Iterable[Number], stated: Iterable[Statement], names: Container[int]
) -> list[_Word]:
    """Cut a text into words, numbers and verdicts as placeholders; stops, semicolons, colons end a clause.

    ``names`` are the ends of names: a colon between one and its figure parts nothing.
    """
    words: list[_Word] = []
    clause = done = 0

    def take(start: int, end: int) -> None:
        nonlocal clause
        for found in re.finditer(r"\w+|/|[.;:](?=\s|$)", text[start:end]):
            said = found.group()
            at = start + found.start()
            if said == ":" and at in names and _OF_NAME.match(text, at):
                continue
            if said in ".;:":
                clause += bool(words) and words[-1].clause == clause
            else:
                word = key(said)
                words.append(_Word(start + found.start(), start + found.end(), word, word, clause))

    whole: list[Number | Statement] = [s for s in stated if s.kind in _WHOLE]
    for fact in sorted((*numbers, *whole), key=lambda one: one.start):
        if fact.start < done:
            continue
        take(done, fact.start)
        words.append(_Word(fact.start, fact.end, _placeholder(fact), str(fact.value), clause))
        done = fact.end
    take(done, len(text))
    return words


def _placeholder(fact: Number | Statement) -> str:
    """What stands for a number or verdict among the words: other words for the same are the same."""
    if isinstance(fact, Statement):
        return f"{fact.kind}:{fact.value}"
    if fact.kind in (NumberKind.REFERENCE, NumberKind.DOCUMENT):
        return key(fact.text)
    return _PLACEHOLDERS.get(fact.kind, "#")


def _lists(words: Iterable[_Word], named: list[Statement]) -> Iterable[int]:
    """The clauses that hold names of units and neither a number nor hardly a word beside them."""
    others: dict[int, bool] = {}
    for word in words:
        of_name = any(unit.start <= word.start < unit.end for unit in named)
        others[word.clause] = others.get(word.clause, False) or not (of_name or word.said in _JOINING)
    return (clause for clause, has_others in others.items() if not has_others)


def _token(fact: Number | Statement, id: str, paragraph: Paragraph, words: list[_Word]) -> Token:
    first = next((n for n, w in enumerate(words) if w.end > fact.start), len(words))
    last = next((n for n in range(first, len(words)) if words[n].start >= fact.end), len(words))
    clause = words[min(first, len(words) - 1)].clause
    # what is said of 22 units is no other unit's: around a statement, numbers are words like others
    exact = isinstance(fact, Statement) and fact.kind is not StatementKind.UNIT
    around = [w for w in words[max(0, first - WINDOW) : first] if w.clause == clause]
    before = [w.exact if exact else w.said for w in around]
    around = [w for w in words[last : last + WINDOW] if w.clause == clause]
    after = [w.exact if exact else w.said for w in around]
    slot = ""
    if isinstance(fact, Number) and fact.kind is NumberKind.COUNT:
        slot = "/" if before[-1:] == ["/"] else "over" if after[:1] == ["/"] else ""
    return Token(fact, id, paragraph, clause, tuple(reversed(before)), tuple(after), slot)


def joined(pieces: Sequence[Paragraph]) -> Paragraph:
    """Take paragraphs for one; their tokens still know in which of them they stand."""
    if len(pieces) == 1:
        return pieces[0]
    whole = Paragraph(pieces[0].section, " ".join(piece.text for piece in pieces), pieces[0].head)
    for piece in pieces:
        n = len(whole.clauses)
        whole.clauses += piece.clauses
        whole.leads += [lead if lead < 0 else lead + n for lead in piece.leads]
        whole.exact += piece.exact
        whole.tokens += [replace(token, clause=token.clause + n) for token in piece.tokens]
    return whole


def clause_numbers(paragraph: Paragraph) -> list[set[object]]:
    """The telling values of each clause."""
    found: list[set[object]] = [set() for _ in paragraph.clauses]
    for token in paragraph.figures:
        if token.is_telling:
            found[token.clause].add(token.fact.value)
    return found
