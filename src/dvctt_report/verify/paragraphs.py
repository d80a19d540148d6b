"""A paragraph taken apart: its words, its sentences, and its numbers with the words around each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from dvctt_report.report.blocks import Block
from dvctt_report.report.marks import Span, mark, read_marks
from dvctt_report.report.printed import Printed
from dvctt_report.verify.numbers import Number, even_text, find_numbers, printed_value
from dvctt_report.vietnamese import key

WINDOW = 4
"""Words looked at on each side of a number."""
NUMBER = "#"


@dataclass(frozen=True, slots=True, eq=False)
class Token:
    """A number in a paragraph, its figure, and the words before (nearest first) and after it."""

    number: Number
    id: str
    paragraph: Paragraph
    at: int
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def is_telling(self) -> bool:
        """Whether its value alone all but names it."""
        return sum(char.isdigit() for char in self.number.text.strip("0")) >= 3


@dataclass(eq=False)
class Paragraph:
    """A paragraph as words and numbers; in ``words`` every number that may be a figure is ``NUMBER``.

    ``ends`` are the positions in ``words`` at which a sentence, or an entry of a list in it, begins anew.
    """

    section: str
    text: str
    words: list[str]
    spelt: list[str]
    ends: list[int]
    tokens: dict[int, Token]

    def clauses(self) -> list[range]:
        """The positions of each sentence or entry, in order."""
        cuts = [0, *self.ends, len(self.words)]
        return [range(a, b) for a, b in pairwise(cuts) if a < b]


def known_paragraph(printed: Printed) -> Paragraph:
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
            shown = Number(span.at, span.at + len(span.text), span.text, value)
            numbers[span.at] = shown
        if shown is not None:
            ids[shown.start] = span.id
    return _paragraph(printed.block.section, text, [numbers[at] for at in sorted(numbers)], ids)


def edited_paragraph(block: Block) -> Paragraph:
    """Take a paragraph of the edited document apart."""
    text = even_text(block.text)
    return _paragraph(block.section, text, find_numbers(text), {})


def _marked(text: str, spans: Iterable[Span]) -> str:
    parts, done = [], 0
    for span in spans:
        parts += [text[done : span.at], mark(span.id, span.text)]
        done = span.at + len(span.text)
    return "".join([*parts, text[done:]])


def _touch(number: Number, span: Span) -> bool:
    return number.start < span.at + len(span.text) and span.at < number.end


def _paragraph(section: str, text: str, numbers: Iterable[Number], ids: dict[int, str]) -> Paragraph:
    words: list[str] = []
    spelt: list[str] = []
    ends: list[int] = []
    held: list[tuple[int, Number]] = []
    done = 0

    def take(piece: str) -> None:
        for found in re.findall(r"\w+|/|[.;:](?=\s|$)", piece):
            if found in ".;:":
                ends.append(len(words))
            else:
                words.append(key(found))
                spelt.append(found)

    for number in numbers:
        take(text[done : number.start])
        held.append((len(words), number))
        words.append(NUMBER if number.figure else key(number.text))
        spelt.append(number.text)
        done = number.end
    take(text[done:])
    paragraph = Paragraph(section, text, words, spelt, ends, {})
    for at, number in held:
        before = tuple(reversed(words[max(0, at - WINDOW) : at]))
        after = tuple(words[at + 1 : at + 1 + WINDOW])
        token = Token(number, ids.get(number.start, ""), paragraph, at, before, after)
        if number.figure:
            paragraph.tokens[at] = token
    return paragraph
