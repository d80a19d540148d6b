"""Where documents of a period print what a person pastes: a number, a fraction with its words, a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from dvctt_report.report.blocks import TextBlock
from dvctt_report.report.marks import FigureSpan
from dvctt_report.report.printed import PrintedBlock
from dvctt_report.vietnamese import format_count, unaccented, words_around

_ALIKE = 0.6
"""Least share of the words of a pasted sentence that the printed one has: figures may have changed since."""
_FRACTION = 5
"""Words of a fraction with what it counts at most: it stands in one cell, a longer text may be a row."""
_SENTENCE = 5
"""Words from which on a text is looked for as a sentence that was changed."""
_LABEL = 2
"""Words by which a row is called at least: "T99" calls none."""
_LONG = 160
"""Characters of a paragraph that are shown around a figure."""
_RATES = ("percent", "at_least", "difference", "high")
"""The last part of the names of percentages: tables print them without their sign."""
_NUMBERED = re.compile(r"[IVXLC\d]+(?:\.|$)")
"""A part of a text that has no name but its number."""
_TOKEN = re.compile(r"\d+(?:\.\d{3})*(?:,\d+)?%?|[^\W\d_]+|/")


class _Token(NamedTuple):
    text: str
    start: int
    end: int

    @property
    def is_number(self) -> bool:
        return self.text[0].isdigit()


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One place that prints what was asked for, with the figures that stand in it."""

    block: TextBlock
    cell: int
    spans: tuple[FigureSpan, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(span.id for span in self.spans))

    def as_printed(self, indexes: Iterable[Iterable[PrintedBlock]]) -> Occurrence:
        """The first place of a document that prints the same of the same figure; itself where none does.

        What is said of the present data stands in no section yet.
        """
        if self.block.section:
            return self
        wanted = [(span.id, span.text) for span in self.spans]
        for block in (block for index in indexes for block in index):
            for n, spans in enumerate(block.figures):
                there = tuple(span for span in spans if (span.id, span.text) in wanted)
                if len(there) >= len(wanted) and (block.block.table is None) == (self.block.table is None):
                    return Occurrence(block.block, n, there[: len(wanted)])
        return self

    @property
    def place(self) -> str:
        """Name the place and quote it: "mục II.2.k: “… đạt 79,96% …”"."""
        block = self.block
        if block.table is None:
            return _behind(_section(block.section), f"“{_around(block.text, self.spans)}”")
        where = ", ".join(filter(None, (_section(block.section), block.title)))
        named = " · ".join(text for text in block.cells if any(char.isalpha() for char in text))
        return _behind(where, f"dòng “{named[:_LONG] or block.cells[self.cell]}”")


def _section(section: str) -> str:
    return f"mục {section}" if _NUMBERED.match(section) else section


def _behind(where: str, said: str) -> str:
    return f"{where}: {said}" if where else said


def _around(text: str, spans: Sequence[FigureSpan]) -> str:
    """The sentence around the figures, cut where it is long."""
    first, last = spans[0].at, spans[-1].at + len(spans[-1].text)
    start = max(text.rfind(end, 0, first) + len(end) if end in text[:first] else 0 for end in (". ", "; "))
    stops = [at for end in (". ", "; ") if (at := text.find(end, last)) >= 0]
    end = min(stops, default=len(text))
    sentence = text[start:end]
    return (
        sentence
        if len(sentence) <= _LONG
        else words_around(sentence, first - start, last - start, _LONG // 2)
    )


def find_printed(index: Iterable[PrintedBlock], said: str) -> list[Occurrence]:
    """Every place that prints ``said``."""
    wanted = _tokens(said)
    if not any(token.is_number for token in wanted):
        return []
    return [one for block in index for one in _in_block(block, wanted)]


def numbers_of(said: str) -> str:
    """What a short text says in numbers alone: "7.192/8.451" of "7.192/8.451 phiếu"."""
    tokens = _tokens(said)
    numbers = [token for token in tokens if token.is_number]
    if not numbers or " " not in said.strip() or len(tokens) - len(numbers) > _SENTENCE:
        return ""
    return said[numbers[0].start : numbers[-1].end]


def find_likest(indexes: Iterable[Iterable[PrintedBlock]], said: str) -> list[Occurrence]:
    """The place that prints a sentence likest to ``said``, some figures of which have changed since."""
    wanted = _tokens(said)
    if not any(token.is_number for token in wanted):
        return []
    return _likest([block for index in indexes for block in index], wanted)


def _tokens(text: str) -> list[_Token]:
    return [_Token(_even(found[0]), found.start(), found.end()) for found in _TOKEN.finditer(text)]


def _even(token: str) -> str:
    """Write a number as it is printed whatever dots and leading zeros it has, a word without its accents."""
    if not token[0].isdigit():
        return unaccented(token)
    whole, comma, rest = token.partition(",")
    sign = "%" if token.endswith("%") else ""
    return format_count(int(re.sub(r"[.%]", "", whole))) + (f"{comma}{rest}" if comma else sign)


def _in_block(block: PrintedBlock, wanted: Sequence[_Token]) -> Iterator[Occurrence]:
    digits = re.sub(r"\D", "", next(token.text for token in wanted if token.is_number))
    found = False
    for n, (text, spans) in enumerate(zip(block.block.cells, block.figures, strict=True)):
        if spans and digits in text.replace(".", "").replace(",", ""):
            for inside in _within(text, spans, wanted):
                found = True
                yield Occurrence(block.block, n, inside)
    pasted = len(wanted) > (_FRACTION if any(token.text == "/" for token in wanted) else 1)
    if not found and block.block.table is not None and pasted:
        yield from [*_in_row(block, wanted)] or _labelled(block, wanted)


def _in_row(block: PrintedBlock, wanted: Sequence[_Token]) -> Iterator[Occurrence]:
    """Where several cells of a row were pasted: its figures among them."""
    at, moved, own = 0, [], {}
    for n, (text, spans) in enumerate(zip(block.block.cells, block.figures, strict=True)):
        for span in spans:
            moved.append(replace(span, at=span.at + at))
            own[moved[-1]] = (n, span)
        at += len(text) + 1
    for inside in _within(" ".join(block.block.cells), moved, wanted):
        cells = [own[span] for span in inside]
        yield Occurrence(block.block, cells[0][0], tuple(span for _, span in cells))


def _labelled(block: PrintedBlock, wanted: Sequence[_Token]) -> Iterator[Occurrence]:
    """Where a figure of a row was typed behind what the row is called: "Cơ quan B 85,7"."""
    n = next((n for n in range(len(wanted), 0, -1) if not _is_numeric(wanted[n - 1])), 0)
    label, figure = [token.text for token in wanted[:n]], wanted[n:]
    if len(label) < _LABEL or not figure:
        return
    cells = [
        (n, text, spans) for n, (text, spans) in enumerate(zip(block.block.cells, block.figures, strict=True))
    ]
    name = next((n for n, text, _ in cells if _holds([token.text for token in _tokens(text)], label)), -1)
    for at, text, spans in cells if name >= 0 else ():
        if at != name and spans:
            yield from (Occurrence(block.block, at, inside) for inside in _within(text, spans, figure))


def _is_numeric(token: _Token) -> bool:
    return token.is_number or token.text == "/"


def _holds(words: Sequence[str], part: Sequence[str]) -> bool:
    return any(list(words[at : at + len(part)]) == list(part) for at in range(len(words) - len(part) + 1))


def _within(
    text: str, spans: Sequence[FigureSpan], wanted: Sequence[_Token]
) -> Iterator[tuple[FigureSpan, ...]]:
    """Yield the figures that stand in each place of a text that says what is wanted."""
    tokens = _tokens(text)
    for at in range(len(tokens) - len(wanted) + 1):
        part = tokens[at : at + len(wanted)]
        if wanted[0].text.rstrip("%") != part[0].text.rstrip("%"):
            continue
        inside = tuple(s for s in spans if _touches(s, part[0].start, part[-1].end))
        if inside and all(_same(a, b, inside) for a, b in zip(wanted, part, strict=True)):
            yield inside


def _touches(span: FigureSpan, start: int, end: int) -> bool:
    """Whether a figure stands in a stretch of text; of a day or the number of a document all of it."""
    if "/" in span.text:
        return start <= span.at and span.at + len(span.text) <= end
    return start < span.at + len(span.text) and span.at < end


def _same(wanted: _Token, printed: _Token, spans: Sequence[FigureSpan]) -> bool:
    """Whether two tokens say the same: who types no sign may mean a percentage, who types it a table's."""
    if wanted.text == printed.text or wanted.text == printed.text.rstrip("%"):
        return True
    of_table = any(span.id.rpartition(".")[2] in _RATES for span in spans)
    return of_table and wanted.text.rstrip("%") == printed.text


def _likest(blocks: Sequence[PrintedBlock], wanted: Sequence[_Token]) -> list[Occurrence]:
    words = {token.text for token in wanted if not token.is_number}
    if len(words) < _SENTENCE:
        return []
    best: tuple[float, Occurrence | None] = (_ALIKE, None)
    numbers = {token.text for token in wanted if token.is_number}
    for block in blocks:
        for n, (text, spans) in enumerate(zip(block.block.cells, block.figures, strict=True)):
            same = tuple(s for s in spans if numbers & {t.text for t in _tokens(s.text)})
            share = len(words & {token.text for token in _tokens(text)}) / len(words) if same else 0.0
            if share > best[0]:
                best = share, Occurrence(block.block, n, same)
    return [best[1]] if best[1] else []
