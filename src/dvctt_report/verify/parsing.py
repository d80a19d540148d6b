"""Paragraphs taken apart: the numbers of a printed one know their figures."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from dataclasses import replace

from dvctt_report.plan.unit_names import NamedUnit, UnitNames
from dvctt_report.report.blocks import TextBlock
from dvctt_report.report.marks import FigureSpan, mark, read_marks
from dvctt_report.report.printed import PrintedBlock
from dvctt_report.verify.numbers import (
    NumberKind,
    SaidNumber,
    even_text,
    figure_kind,
    find_number_words,
    find_numbers,
    printed_value,
)
from dvctt_report.verify.paragraphs import ParsedParagraph, Token
from dvctt_report.verify.statements import Statement, StatementKind, find_bodies, find_statements
from dvctt_report.verify.words import Word, cut_words, find_head, find_leads, find_lists

WINDOW = 4
"""Words looked at on each side of a number or statement."""
_SHARE = re.compile(r"\s*[(:]\s*[\d.,]+\s*%")
"""What follows the name of a unit that a list gives the share of."""


def known_paragraph(printed: PrintedBlock, units: UnitNames[NamedUnit]) -> ParsedParagraph:
    """Take a printed paragraph apart; its numbers carry the identifiers of their figures."""
    text, spans = read_marks(even_text(_marked(printed.block.text, printed.figures[0])))
    numbers = {n.start: n for n in find_numbers(text)}
    ids: dict[int, str] = {}
    for span in spans:
        end = span.at + len(span.text)
        inside = [n for n in numbers.values() if n.start < end and span.at < n.end]
        shown = next((n for n in inside if n.figure and n.start >= span.at), None)
        if shown is None and (value := printed_value(span.text)) is not None:
            # where the words around make a date or a reference of it, the mark knows better
            for n in inside:
                del numbers[n.start]
            shown = SaidNumber(span.at, end, span.text, value, figure_kind(span.text, text[end:]))
            numbers[span.at] = shown
        if shown is not None:
            ids[shown.start] = span.id
    return _paragraph(printed.block.section, text, [numbers[at] for at in sorted(numbers)], ids, units)


def edited_paragraph(block: TextBlock, units: UnitNames[NamedUnit]) -> ParsedParagraph:
    """Take a paragraph of the edited document apart."""
    text = even_text(block.text)
    return _paragraph(block.section, text, find_numbers(text), {}, units)


def _marked(text: str, spans: Iterable[FigureSpan]) -> str:
    parts, done = [], 0
    for span in spans:
        parts += [text[done : span.at], mark(span.id, span.text)]
        done = span.at + len(span.text)
    return "".join([*parts, text[done:]])


_BLANK_DAY = re.compile(r"ngày\s+$", re.IGNORECASE)


def find_units(text: str, units: UnitNames[NamedUnit]) -> list[Statement]:
    """Find the units that a text names, in order."""
    return [
        Statement(one.start, one.end, text[one.start : one.end], StatementKind.UNIT, one.unit.code)
        for one in units.mentions(text)
    ]


def _paragraph(
    section: str, text: str, numbers: Iterable[SaidNumber], ids: dict[int, str], units: UnitNames[NamedUnit]
) -> ParsedParagraph:
    named = find_units(text, units)
    numbers = [n for n in numbers if n.start in ids or not any(_inside(n, u) for u in named)]
    stated = [s for s in find_statements(text) if not any(_inside(s, u) for u in named)]
    words = cut_words(text, numbers, stated, {u.end for u in named})
    n_clauses = words[-1].clause + 1 if words else 0
    listing = frozenset(find_lists(words, named))
    clauses = [[w.said for w in words if w.clause == n] for n in range(n_clauses)]
    paragraph = ParsedParagraph(section, text, find_head(text), find_leads(text, words, listing), clauses)
    paragraph.exact = [tuple(w.exact for w in words if w.clause == n) for n in range(n_clauses)]
    paragraph.said = [tuple(text[w.start : w.end] for w in words if w.clause == n) for n in range(n_clauses)]
    facts: list[tuple[SaidNumber | Statement, bool]] = [(n, False) for n in numbers if _is_compared(n, text)]
    for written in find_number_words(text):
        if (figure := _figure_of(written, numbers, text)) is not None:
            paragraph.spelt.append((written, figure))
        elif not any(_inside(written, s) for s in named):
            facts.append((written, True))
    bodies = [b for b in find_bodies(text) if not any(_inside(b, u) or _inside(u, b) for u in named)]
    facts += [(s, False) for s in (*stated, *named, *bodies)]
    about: dict[int, str] = {}
    for fact, in_words in sorted(facts, key=lambda one: one[0].start):
        id = "" if in_words or not isinstance(fact, SaidNumber) else ids.get(fact.start, "")
        token = _token(fact, id, paragraph, words)
        is_unit = fact.kind is StatementKind.UNIT
        unit, listed = about.get(token.clause, ""), is_unit and _is_entry(token, text, listing)
        lead = paragraph.leads[token.clause]
        under = tuple(paragraph.clauses[lead]) if lead >= 0 else ()
        paragraph.tokens.append(replace(token, unit=unit, written=in_words, listed=listed, under=under))
        if is_unit:
            about[token.clause] = str(fact.value)
    return paragraph


def _figure_of(written: SaidNumber, numbers: Iterable[SaidNumber], text: str) -> SaidNumber | None:
    """The figure in brackets after a number in words: "hai mươi ba (23)"; they are one number."""
    after = (n for n in numbers if n.figure and text[written.end : n.start].strip() == "(")
    return next((n for n in after if text[n.end : n.end + 1] == ")"), None)


def _is_entry(token: Token, text: str, listing: Container[int]) -> bool:
    """Whether a unit is named as one of a list: among names alone, or with its share."""
    return token.clause in listing or bool(_SHARE.match(text, token.fact.end))


def _is_compared(number: SaidNumber, text: str) -> bool:
    """Leave out references, and a date whose day is a blank that is filled by hand."""
    blank = number.kind is NumberKind.DATE and _BLANK_DAY.search(text, 0, number.start)
    return number.kind is not NumberKind.REFERENCE and not blank


def _inside(one: SaidNumber | Statement, other: Statement) -> bool:
    return other.start <= one.start < other.end


def _token(fact: SaidNumber | Statement, id: str, paragraph: ParsedParagraph, words: list[Word]) -> Token:
    first = next((n for n, w in enumerate(words) if w.end > fact.start), len(words))
    last = next((n for n in range(first, len(words)) if words[n].start >= fact.end), len(words))
    clause = words[min(first, len(words) - 1)].clause
    # what is said of 22 units is no other unit's: around a statement, numbers are words like others
    exact = isinstance(fact, Statement) and fact.kind not in (StatementKind.UNIT, StatementKind.BODY)
    around = [w for w in words[max(0, first - WINDOW) : first] if w.clause == clause]
    before = [w.exact if exact else w.said for w in around]
    around = [w for w in words[last : last + WINDOW] if w.clause == clause]
    after = [w.exact if exact else w.said for w in around]
    slot = ""
    if isinstance(fact, SaidNumber) and fact.kind is NumberKind.COUNT:
        slot = "/" if before[-1:] == ["/"] else "over" if after[:1] == ["/"] else ""
    said = tuple(paragraph.clauses[clause])
    return Token(fact, id, paragraph, clause, tuple(reversed(before)), tuple(after), slot, words=said)
