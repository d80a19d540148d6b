"""Where documents of a period print what a person pastes: a number, a fraction with its words, a row, a text.

One measure for all of them: of each place that prints a pasted number, the share of what was pasted that
stands there too. A place is a sentence, a cell with what its row and its column are called, or a whole row.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from rapidfuzz.distance import LCSseq

from dvctt_report.report.blocks import OPENING, TextBlock
from dvctt_report.report.marks import FigureSpan
from dvctt_report.report.printed import PrintedBlock
from dvctt_report.text.vietnamese import format_count, unaccented, words_around

_ALIKE = 0.6
"""Least share of a pasted text that a place with its figures has: some may have changed."""
_LABEL = 4
"""Letters from which on a cell says what its row is, not an answer in it: "Có", "100"."""
_SEVERAL = 15
"""Words of a pasted text from which on it may be of several sentences."""
_END = re.compile(r"[.;:\n]")
_RUN = 3
"""Words that are of a label whatever its length; of a shorter one half of its words are."""
_LONG = 160
"""Characters of a paragraph that are shown around a figure."""
_NAMES = 4
"""Texts before a cell by which its row is named at most: code, name, unit and field of an answer."""
_CELLS = 2
"""Cells of a copied row that a row has at least, to be that one."""
_RATES = frozenset(("percent", "at_least", "difference", "high"))
"""The last part of the names of percentages: tables print them without their sign."""
_NUMBERED = re.compile(r"[IVXLC\d]+(?:\.|$)")
"""A part of a text that has no name but its number."""
PART = re.compile(rf"{_NUMBERED.pattern}|Phụ lục|{OPENING}")
"""A section that is a part of a document, not what a page or workbook is called."""
_NUMBER = r"\d+(?:\.\d{3})*(?:,\d+)?%?"
_TOKEN = re.compile(rf"\d+/[^\W\d_][\w-]*|{_NUMBER}(?:\s*/\s*{_NUMBER})*|[^\W\d_]+(?:\d+[a-z]?(?:\.\d+)*)?")
"""The sign of a document, a number, fraction or day, a word, or a code, whose digits are no number: "G10"."""


class _Token(NamedTuple):
    """A word without its accents, a number whatever dots, zeros, sign it has; and where it stands."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=1 << 16)
def _tokens(text: str) -> tuple[_Token, ...]:
    """The tokens of a text; of a fraction three, itself and its numbers: "20/23", "23/25" are no "23/23"."""
    found: list[_Token] = []
    for one in _TOKEN.finditer(text):
        numbers = [*re.finditer(_NUMBER, one[0])] if re.fullmatch(r"[\d.,%/\s]+", one[0]) else []
        even = []
        for number in numbers:
            whole, comma, rest = number[0].rstrip("%").partition(",")
            even.append(format_count(int(whole.replace(".", ""))) + comma + rest)
        found.append(_Token("/".join(even) or unaccented(one[0]), *one.span()))
        for number, said in zip(numbers, even, strict=True) if len(even) == 2 else ():
            found.append(_Token(said, one.start() + number.start(), one.start() + number.end()))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Printing:
    """What a document prints, and the name of its file."""

    title: str
    blocks: Sequence[PrintedBlock]

    def __iter__(self) -> Iterator[PrintedBlock]:
        return iter(self.blocks)


def _titled(indexes: Iterable[Iterable[PrintedBlock]]) -> Iterator[tuple[str, PrintedBlock]]:
    """Every block; a row whose first cells are empty bears the names that one above it prints for both."""
    for index in indexes:
        above: TextBlock | None = None
        for printed in index:
            block = printed.block
            if above is not None and block.table is not None and not block.cells[0]:
                is_below = (above.table, above.section) == (block.table, block.section)
                is_alike = len(above.cells) == len(block.cells) and not (above.header or block.header)
                first = next((n for n, text in enumerate(block.cells) if text), 0)
                if is_below and is_alike:
                    names = (text if _is_label(text) else "" for text in above.cells[:first])
                    block = replace(block, cells=(*names, *block.cells[first:]))
            above = block
            yield getattr(index, "title", ""), replace(printed, block=block)


def _is_label(text: str) -> bool:
    return sum(map(str.isalpha, text)) >= _LABEL


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One place that prints what was asked for, with the figures that stand in it.

    ``spans`` is empty where the number is no figure but a word of the text: a day, the number of a document.
    ``document`` is the file it stands in; "" for what says itself where it stands, and for the present data.
    ``cells`` are those that the spans stand in, one for each, where several cells of a row were pasted.
    """

    block: TextBlock
    cell: int
    spans: tuple[FigureSpan, ...]
    document: str = ""
    cells: tuple[int, ...] = ()

    @property
    def figures_apart(self) -> Iterator[Occurrence]:
        """Each figure of a row at its own cell; none where no row was asked for."""
        for n, span in zip(self.cells, self.spans, strict=False):
            yield replace(self, cell=n, spans=(span,), cells=())

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(span.id for span in self.spans))

    @property
    def place(self) -> str:
        """Name the place and quote it: "bao-cao-2025.docx, mục II.2.k: “… đạt 79,96% …”".

        Of a row each cell is quoted behind its column: "dòng “Cơ quan A”, cột “Tổng số”: “20”; cột …".
        It is called by the texts before the cell, else by one behind it, else by the cell itself.
        """
        section, cells, at = self.block.section, self.block.cells, self.cell
        where = [self.document, f"mục {section}" if _NUMBERED.match(section) else section]
        if self.block.table is not None:
            texts = [text for text in cells if _is_label(text) and len(text) <= _LONG]
            before = [text for text in cells[:at] if text in texts][:_NAMES]
            named = " · ".join(before or [text for text in texts if text != cells[at]][:1])
            named = named or next(filter(None, cells[:at]), cells[at][:_LABEL])
            where += [self.block.title, f"dòng “{named}”"]
        (column, said), *more = dict.fromkeys(one._quoted for one in [*self.figures_apart] or [self])
        here = ", ".join(filter(None, [*where, column]))
        return "; ".join(": ".join(filter(None, pair)) for pair in [(here, said), *more])

    @property
    def _quoted(self) -> tuple[str, str]:
        """What the column of its cell is called, "" for none, and what is said there around the figures."""
        (head,) = self.block.heads[self.cell : self.cell + 1] or ("",)
        text, spans = self.block.cells[self.cell], self.spans
        if len(text) > _LONG:
            first, last = (spans[0].at, spans[-1].at + len(spans[-1].text)) if spans else (0, 0)
            text = words_around(text, first, last, _LONG // 2)
        return f"cột “{head}”" if 0 < len(head) <= _LONG else "", f"“{' '.join(text.split())}”"


class Fit(NamedTuple):
    """How well a place fits what was pasted; the greatest is meant.

    share: of the pasted words and numbers, those that stand there. n_figures: how many numbers of figures.
    whole: of what the place is called, the part that was pasted ("Nha Trang" is not "Bắc Nha Trang"); 1
    where a text says it word for word.
    """

    share: float
    n_figures: int
    whole: float

    def is_meant(self, in_words: bool) -> bool:
        """Whether that is enough to be what was pasted: with words, or numbers alone."""
        if in_words:
            return self.share >= (_ALIKE if self.n_figures else 1)
        return self.share == 1 and self.whole > 0


@dataclass(frozen=True)
class _Pasted:
    """What was pasted: its words, how often each number, which are percentages, the cells of a copied row."""

    words: Sequence[str]
    numbers: Counter[str]
    rates: frozenset[str]
    cells: frozenset[str]


_Place: TypeAlias = tuple[Fit, Occurrence]


def find_printed(indexes: Iterable[Iterable[PrintedBlock]], said: str) -> tuple[Fit | None, list[Occurrence]]:
    """The places that fit ``said`` best, and how well; none where no number of it is printed anywhere.

    The cells of a copied row have a tab between them: such a row alone is found, be it without a number.
    """
    words = [token.text for token in _tokens(said)]
    rates = frozenset(_tokens(found)[0].text for found in re.findall(_NUMBER, said) if found[-1] == "%")
    copied = frozenset(map(str.strip, said.split("\t"))) if "\t" in said else frozenset[str]()
    pasted = _Pasted(words, Counter(word for word in words if word[0].isdigit()), rates, copied)
    digits = {re.sub(r"\D.*", "", _plain(number)) for number in pasted.numbers}
    best, found = None, list[Occurrence]()
    for title, printed in _titled(indexes) if digits or pasted.cells else ():
        block = printed.block
        if copied:
            is_alike = len(copied.intersection(block.cells)) >= _CELLS
        else:
            is_alike = any(number in text for text in map(_plain, block.cells) for number in digits)
        if not is_alike:
            continue
        there = {token.text for text in (*block.cells, *block.heads) for token in _tokens(text)}
        if best and sum(word in there for word in pasted.words) < best.share * len(pasted.words):
            continue
        for fit, one in _places(pasted, printed):
            if best is None or fit > best:
                best, found = fit, []
            if fit == best:
                found.append(replace(one, document=title))
    return best, found


@lru_cache(maxsize=1 << 16)
def _plain(text: str) -> str:
    """A text with its numbers in digits alone."""
    return text.replace(".", "").replace(",", "")


def _places(pasted: _Pasted, printed: PrintedBlock) -> Iterator[_Place]:
    """Where a block may say it: in a text, at a cell of a row, at several cells of one."""
    block, words, numbers = printed.block, pasted.words, pasted.numbers
    cells, is_row = [*map(_tokens, block.cells)], block.table is not None
    for n, tokens in enumerate(cells):
        texts = [token.text for token in tokens]
        if pasted.cells or numbers.keys().isdisjoint(texts):
            continue
        starts = [k for k in range(len(texts) - len(words) + 1) if texts[k : k + len(words)] == words]
        for k in starts:
            yield _place(pasted, printed, 1.0, 1.0, [(n, token) for token in tokens[k : k + len(words)]])
        # The sentences and entries that say some of it in that order; of much that was pasted, the text.
        between = enumerate(pairwise(tokens), 1) if len(words) < _SEVERAL else ()
        ends = [k for k, (a, b) in between if _END.search(block.cells[n], a.end, b.start)]
        for first, end in () if starts else pairwise([0, *ends, len(tokens)]):
            share = LCSseq.similarity(words, texts[first:end]) / len(words)
            told = [(n, token) for token in tokens[first:end] if token.text in numbers]
            if told and end - first > 1:
                yield _place(pasted, printed, share, 0.0, told)
        if is_row and len(words) > 1 and len(tokens) < _SEVERAL:
            told = [(n, token) for token in tokens if token.text in numbers]
            # With what its row and column are called: a word counts for the label of which most was said,
            # where that is enough of it.
            labels = [own for k, own in enumerate(cells) if k != n and _is_label(block.cells[k])]
            labels += [_tokens(part) for head in block.heads[n : n + 1] for part in head.split(" – ")]
            labels.append(tuple(token for token in tokens if not token.text[0].isdigit()))
            left = Counter(words) - Counter(text for text in texts if text[0].isdigit())
            asked, n_named = left.total(), 0
            bags = [Counter(token.text for token in label) for label in labels if label]
            for bag in sorted(bags, key=lambda bag: (-(left & bag).total() / bag.total(), -bag.total())):
                common = left & bag
                if common and common.total() >= min(_RUN, bag.total() / 2):
                    left, n_named = left - common, n_named + bag.total()
            whole = (asked - left.total()) / n_named if n_named else 0.0
            yield _place(pasted, printed, 1 - left.total() / len(words), whole, told)
    if is_row and (numbers.total() > 1 or pasted.cells):
        row = [(n, token) for n, tokens in enumerate(cells) for token in tokens]
        steps = LCSseq.opcodes(words, [token.text for _, token in row])
        told = [one for step in steps if step.tag == "equal" for one in row[step.dest_start : step.dest_end]]
        if len(in_cells := {n for n, _ in told}) > 1:
            whole = len(told) / sum(len(cells[n]) for n in in_cells)
            yield _place(pasted, printed, len(told) / len(words), whole, told)


def _place(
    pasted: _Pasted, printed: PrintedBlock, share: float, whole: float, told: Sequence[tuple[int, _Token]]
) -> _Place:
    """A place that says the tokens ``told`` in its cells, with the figures that have no other number."""
    figures, n_figures = list[tuple[int, FigureSpan]](), 0
    for n in dict.fromkeys(n for n, _ in told):
        there = [token for token in _tokens(printed.block.cells[n]) if token.text[0].isdigit()]
        for span in printed.figures[n]:
            end, is_rate = span.at + len(span.text), span.id.rpartition(".")[2] in _RATES
            # A fraction stands in no figure that is one of its halves.
            own = [
                token
                for token in there
                if (span.at <= token.start and token.end <= end)
                or ("/" not in token.text and token.start < end and span.at < token.end)
            ]
            signed = is_rate or "%" in printed.block.cells[n][span.at : end + 1]
            if own and all((n, t) in told and (signed or t.text not in pasted.rates) for t in own):
                figures.append((n, span))
                n_figures += len(own)
    at = figures or [(n, span) for n in dict.fromkeys(n for n, _ in told) for span in printed.figures[n]]
    at = at if figures or pasted.cells else []
    numbered = (n for n, token in told if token.text[0].isdigit())
    cell = at[0][0] if at else next(numbered, told[0][0])
    cells = tuple(n for n, _ in at) if len({n for n, _ in told}) > 1 else ()
    return Fit(share, n_figures, whole), Occurrence(
        printed.block, cell, tuple(span for _, span in at), cells=cells
    )
