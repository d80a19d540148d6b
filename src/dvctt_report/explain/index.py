"""Where documents of a period print what a person pastes: a number, a fraction with its words, a sentence.

One measure for all of them: of each place that prints a pasted number, the share of what was pasted that
stands there too. A place is a paragraph, a cell with what its row and its column are called, or a whole row.
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
from dvctt_report.vietnamese import format_count, unaccented, words_around

ALIKE = 0.6
"""Least share of a pasted text that a place has: of a sentence, figures and words may have changed since."""
_LABEL = 4
"""Letters from which on a cell says what its row is, not an answer in it: "Có", "100"."""
_SEVERAL = 15
"""Words of a pasted text from which on it may be of several sentences."""
_END = re.compile(r"[.;:\n]")
_RUN = 3
"""Words that are of a label whatever its length; of a shorter one half of its words are."""
_LONG = 160
"""Characters of a paragraph that are shown around a figure."""
_SHORT = 30
"""Characters that a sentence has at least, to be known by."""
_NAMES = 4
"""Texts before a cell by which its row is named at most: code, name, unit and field of an answer."""
_RATES = ("percent", "at_least", "difference", "high")
"""The last part of the names of percentages: tables print them without their sign."""
_NUMBERED = re.compile(r"[IVXLC\d]+(?:\.|$)")
"""A part of a text that has no name but its number."""
_PART = re.compile(rf"{_NUMBERED.pattern}|Phụ lục|{OPENING}")
"""A section that is a part of a document, not what a page or workbook is called."""
_SIGN = re.compile(r"(?<!\d)\d+/[^\W\d_][\w-]*")
"""The number and sign of a document: "386/BC-SKHCN"."""
_NUMBER = re.compile(r"\d[\d.,]*%?")
_TOKEN = re.compile(r"\d+(?:\.\d{3})*(?:,\d+)?%?|[^\W\d_]+(?:\d+[a-z]?(?:\.\d+)*)?|/")
"""A number, a word, or a code, whose digits are no number: "T12a.1", "G10"."""


class _Token(NamedTuple):
    text: str
    start: int
    end: int

    @property
    def is_number(self) -> bool:
        return self.text[0].isdigit()

    @property
    def word(self) -> str:
        """The same without the sign of a percentage."""
        return self.text.rstrip("%")


@dataclass(frozen=True, slots=True)
class Printing:
    """What a document prints, and the name of its file."""

    title: str
    blocks: Sequence[PrintedBlock]

    def __iter__(self) -> Iterator[PrintedBlock]:
        return iter(self.blocks)


def _titled(indexes: Iterable[Iterable[PrintedBlock]]) -> Iterator[tuple[str, PrintedBlock]]:
    for index in indexes:
        title = index.title if isinstance(index, Printing) else ""
        yield from ((title, block) for block in _named_through(index))


def _named_through(blocks: Iterable[PrintedBlock]) -> Iterator[PrintedBlock]:
    """The blocks; a row whose first cells are empty bears the names that one above it prints for both."""
    above: TextBlock | None = None
    for printed in blocks:
        block = printed.block
        if block.table is not None and above and not block.cells[0] and _is_beside(above, block):
            first = next((n for n, text in enumerate(block.cells) if text), 0)
            names = (t if sum(map(str.isalpha, t)) >= _LABEL else "" for t in above.cells[:first])
            block = replace(block, cells=(*names, *block.cells[first:]))
            printed = replace(printed, block=block)
        above = block
        yield printed


def _is_beside(above: TextBlock, block: TextBlock) -> bool:
    """Whether both are rows of one table, of as many cells, and none is its head."""
    same = (above.table, above.section, len(above.cells)) == (block.table, block.section, len(block.cells))
    return same and not above.header and not block.header


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

    def at_figure(self, id: str) -> Occurrence:
        """The cell of a row that prints the figure of that name; itself where no such cell was asked for."""
        return next((one for one in self.at_each if one.spans[0].id == id), self)

    @property
    def at_each(self) -> Iterator[Occurrence]:
        """Each figure of a row at its own cell; none where no row was asked for."""
        for n, span in zip(self.cells, self.spans, strict=False):
            yield replace(self, cell=n, spans=(span,), cells=())

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(span.id for span in self.spans))

    @property
    def text(self) -> str:
        """The text of its paragraph, or of its row."""
        return " ".join(self.block.cells)

    @property
    def printed_in(self) -> str:
        """The document; the page or workbook of the present data; "" for the report asked about."""
        section = self.block.section
        return self.document or ("" if _PART.match(section) else section.partition(",")[0])

    @property
    def place(self) -> str:
        """Name the place and quote it: "bao-cao-2025.docx, mục II.2.k: “… đạt 79,96% …”".

        Of a row each cell is quoted behind its column: "dòng “Cơ quan A”, cột “Tổng số”: “20”; cột …".
        """
        block = self.block
        where = [self.document, _section(block.section)]
        if block.table is not None:
            where += [block.title, f"dòng “{_row_name(block.cells, self.cell)}”"]
        quoted = dict.fromkeys(one._in_column for one in [*self.at_each] or [self])
        (first, said), *more = quoted
        others = [_behind(column, text) for column, text in more]
        return "; ".join([_behind(", ".join(filter(None, [*where, first])), said), *others])

    @property
    def _in_column(self) -> tuple[str, str]:
        """What the column of its cell is called, "" for none, and what is said there."""
        heads = self.block.heads if self.block.table is not None else ()
        head = heads[self.cell] if self.cell < len(heads) else ""
        column = f"cột “{head}”" if 0 < len(head) <= _LONG else ""
        return column, f"“{_around(self.block.cells[self.cell], self.spans)}”"


def _section(section: str) -> str:
    return f"mục {section}" if _NUMBERED.match(section) else section


def _behind(where: str, said: str) -> str:
    return f"{where}: {said}" if where else said


def _row_name(cells: Sequence[str], at: int) -> str:
    """What a row is called: the texts before a cell, else one behind it, else the cell itself."""
    texts = [text for text in cells if sum(map(str.isalpha, text)) >= _LABEL and len(text) <= _LONG]
    named = [text for text in cells[:at] if text in texts][:_NAMES] or [t for t in texts if t != cells[at]][
        :1
    ]
    return " · ".join(named) or next(filter(None, cells[:at]), cells[at][:_LABEL])


_STOP = re.compile(r"[.;]\s|\n")


def _around(text: str, spans: Sequence[FigureSpan]) -> str:
    """The sentence around the figures, cut where it is long; the beginning of a text without any.

    One that is hardly more than the figure is told with what stands before it: "(3) 01; (4) 01".
    """
    if not spans:
        return text if len(text) <= _LONG else words_around(text, 0, 0, _LONG)
    first, last = spans[0].at, spans[-1].at + len(spans[-1].text)
    starts = [0, *(stop.end() for stop in _STOP.finditer(text, 0, first))]
    stop = _STOP.search(text, last)
    end = stop.start() if stop else len(text)
    start = next((at for at in reversed(starts) if end - at >= _SHORT), 0)
    sentence = " ".join(text[start:end].split())
    first, last = (len(" ".join(text[start:at].split())) for at in (first, last))
    return sentence if len(sentence) <= _LONG else words_around(sentence, first, last, _LONG // 2)


class Fit(NamedTuple):
    """How well a place fits what was pasted; the greatest is meant.

    share: of the pasted words and numbers, those that stand there.
    n_fractions: how many of the pasted fractions stand there as they are: "23/25" and "20/23" are no "23/23".
    n_figures: how many of the pasted numbers are figures there; a day, a row's number is none.
    whole: of what the place is called, the part that was pasted: "Nha Trang" is not "Bắc Nha Trang", and
    "Tỷ lệ" not "Tỷ lệ trong báo cáo"; 1 where a text says it word for word.
    """

    share: float
    n_fractions: int
    n_figures: int
    whole: float

    def is_meant(self, in_words: bool) -> bool:
        """Whether that is enough to be what was pasted: with words, or numbers alone."""
        if in_words:
            return self.share >= (ALIKE if self.n_figures else 1)
        return self.share == 1 and self.whole > 0


def find_printed(indexes: Iterable[Iterable[PrintedBlock]], said: str) -> tuple[Fit | None, list[Occurrence]]:
    """The places that fit ``said`` best, and how well; none where no number of it is printed anywhere."""
    wanted = _tokens(said)
    best: Fit | None = None
    found: list[Occurrence] = []
    digits = {re.sub(r"\D", "", token.text) for token in wanted if token.is_number}
    sign = _SIGN.search(said)
    alone = sign[0].casefold() if sign and not re.search(r"\d", _SIGN.sub("", said)) else ""
    for title, block in _titled(indexes) if digits else ():
        if alone and not any(alone in text.casefold() for text in block.block.cells):
            continue
        if not any(one in _digits_of(text) for one in digits for text in block.block.cells):
            continue
        if best is not None and _most(block, wanted) < best.share:
            continue
        for share, whole, one in _places(block, wanted):
            match = _fit(wanted, share, whole, one)
            if best is None or match > best:
                best, found = match, []
            if match == best:
                found.append(replace(one, document=title) if title else one)
    return best, found


ROW = 0.6
"""Least share of the pasted cells of a row that a row of a table has."""
_WHOLE = 0.8
"""Share of the pasted cells that a row without a figure has more than, to be the one that is meant."""
_CELLS = 2
"""Cells of a row that are pasted at least, to be looked up as one."""


def find_row(indexes: Iterable[Iterable[PrintedBlock]], said: str) -> list[Occurrence]:
    """The rows that have most of the pasted cells, one behind the other, with the numbers in those cells.

    Where none of the cells prints a figure the rows are found without any: then nothing else is meant.
    ``said`` has a tab between its cells, as a copied row of Excel, Word or the page has; none for any other.
    """
    wanted = [text.strip() for text in said.split("\t") if text.strip()]
    if len(wanted) < _CELLS:
        return []
    texts, keys = set(wanted), list(map(_cell_key, wanted))
    best, found = max(_CELLS, ROW * len(wanted)), list[Occurrence]()
    for title, block in _titled(indexes):
        if block.block.table is None or len(texts.intersection(block.block.cells)) < _CELLS:
            continue
        filled = [n for n, text in enumerate(block.block.cells) if text.strip()]
        steps = LCSseq.opcodes(keys, [_cell_key(block.block.cells[n]) for n in filled])
        same = [n for s in steps if s.tag == "equal" for n in filled[s.dest_start : s.dest_end]]
        if len(same) >= best:
            found = found if len(same) == best else []
            best = len(same)
            found.append(_at_cells(block, same, title))
    if marked := [one for one in found if one.spans]:
        return marked
    is_whole = best > _WHOLE * len(wanted)
    return [one for one in found if is_whole and any(map(str.isdigit, one.block.cells[one.cell]))]


def _at_cells(block: PrintedBlock, cells: Sequence[int], title: str) -> Occurrence:
    """The numbers that those cells of a row print as figures; other figures where none is a number."""
    spans = [(n, span) for n in cells for span in block.figures[n]]
    spans = [one for one in spans if any(map(str.isdigit, one[1].text))] or spans
    at = tuple(n for n, _ in spans)
    first = next((n for n in cells if any(map(str.isdigit, block.block.cells[n]))), cells[0])
    return Occurrence(block.block, at[0] if at else first, tuple(span for _, span in spans), title, at)


def _cell_key(text: str) -> str:
    """What a cell says, whatever dots, leading zeros, accents and sign of percentage it has."""
    return " ".join(token.word for token in _tokens(text)) or text


def _most(block: PrintedBlock, wanted: Sequence[_Token]) -> float:
    """The greatest share that a place in that block can have; 0 where none of the numbers stands there."""
    there = frozenset[str]().union(*map(_bag, (*block.block.cells, *block.block.heads)))
    said = [token.word in there for token in wanted]
    return sum(said) / len(wanted) if any(s and t.is_number for s, t in zip(said, wanted, strict=True)) else 0


@lru_cache(maxsize=1 << 16)
def _digits_of(text: str) -> str:
    return text.replace(".", "").replace(",", "")


@lru_cache(maxsize=1 << 16)
def _tokens(text: str) -> tuple[_Token, ...]:
    return tuple(_Token(_even(found[0]), found.start(), found.end()) for found in _TOKEN.finditer(text))


@lru_cache(maxsize=1 << 16)
def _bag(text: str) -> Counter[str]:
    return Counter(token.word for token in _tokens(text))


def _even(token: str) -> str:
    """Write a number as it is printed whatever dots and leading zeros it has, a word without its accents."""
    if not token[0].isdigit():
        return unaccented(token)
    whole, comma, rest = token.partition(",")
    sign = "%" if token.endswith("%") else ""
    return format_count(int(re.sub(r"[.%]", "", whole))) + (f"{comma}{rest}" if comma else sign)


_Place: TypeAlias = tuple[float, float, Occurrence]
"""The share and the whole of a fit, and the place."""


def _places(block: PrintedBlock, wanted: Sequence[_Token]) -> Iterator[_Place]:
    """Where a block may say it: word for word, in a sentence, at a cell of a row, in several cells of one."""
    numbers = {token.word for token in wanted if token.is_number}
    for n, text in enumerate(block.block.cells):
        if numbers.isdisjoint(_bag(text)):
            continue
        exact = [*_word_for_word(block, n, wanted)]
        yield from exact
        if not exact:
            yield from _in_sentences(block, n, wanted)
        if block.block.table is not None and len(wanted) > 1 and len(_tokens(text)) < _SEVERAL:
            yield _in_row(block, wanted, [n], _printing(block.figures[n], wanted))
    if block.block.table is not None and sum(token.is_number for token in wanted) > 1:
        left, at, spans = Counter(token.word for token in wanted), list[int](), list[FigureSpan]()
        for n, figures in enumerate(block.figures):
            here = _printing(figures, [token for token in wanted if left[token.word] > 0])
            if here and (
                len(_tokens(block.block.cells[n])) < _SEVERAL or not _bag(block.block.cells[n]) - left
            ):
                at += [n] * len(here)
                spans += here
                left -= Counter(word for span in here for word in _bag(span.text))
        if at:
            yield _in_row(block, wanted, at, spans)


def _word_for_word(block: PrintedBlock, n: int, wanted: Sequence[_Token]) -> Iterator[_Place]:
    """Where a text has all that was pasted one behind the other."""
    tokens, spans = _tokens(block.block.cells[n]), block.figures[n]
    for at in range(len(tokens) - len(wanted) + 1):
        part = tokens[at : at + len(wanted)]
        if wanted[0].word == part[0].word:
            inside = tuple(s for s in spans if _touches(s, part[0].start, part[-1].end))
            if all(_same(a, b, inside) for a, b in zip(wanted, part, strict=True)):
                yield 1.0, 1.0, Occurrence(block.block, n, inside)


def _in_sentences(block: PrintedBlock, n: int, wanted: Sequence[_Token]) -> Iterator[_Place]:
    """The sentences and entries of a text that say some of it in that order; of much that was pasted, all."""
    text, tokens = block.block.cells[n], _tokens(block.block.cells[n])
    ends = [k for k in range(1, len(tokens)) if _END.search(text, tokens[k - 1].end, tokens[k].start)]
    bounds = [0, *(ends if len(wanted) < _SEVERAL else ()), len(tokens)]
    numbers = {token.word for token in wanted if token.is_number}
    for first, end in pairwise(bounds):
        piece = tokens[first:end]
        if len(piece) > 1 and not numbers.isdisjoint(token.word for token in piece):
            here = [s for s in block.figures[n] if _touches(s, piece[0].start, piece[-1].end)]
            common = LCSseq.similarity([t.word for t in wanted], [t.word for t in piece])
            yield common / len(wanted), 0.0, Occurrence(block.block, n, _printing(here, wanted))


def _in_row(
    block: PrintedBlock, wanted: Sequence[_Token], at: Sequence[int], spans: Sequence[FigureSpan]
) -> _Place:
    """The figure of a cell, or those of several, with what the row and the column are called.

    The label of which most was said comes first: a word counts once. A word of a long label says nothing.
    """
    cells, heads = block.block.cells, block.block.heads
    one = len(set(at)) == 1
    left = Counter(token.text for token in wanted)
    numbers = [token for n in dict.fromkeys(at) for token in _tokens(cells[n]) if token.is_number]
    if not one:  # the row's own number, too
        numbers += [t for n, c in enumerate(cells) if n not in at for t in _tokens(c) if t.is_number]
    for number in numbers:
        left -= Counter([t.text for t in wanted if left[t.text] and _same(t, number, spans)][:1])
    n_left, n_named = left.total(), 0
    texts = [text for n, text in enumerate(cells) if n not in at or not one]
    labels = [text for text in texts if sum(map(str.isalpha, text)) >= _LABEL]
    if one:
        labels += [*"".join(heads[at[0] : at[0] + 1]).split(" – "), _NUMBER.sub(" ", cells[at[0]])]
    known = {text: _bag(text) for text in labels}
    while known and left:
        best = max(
            known, key=lambda text: ((left & known[text]).total() / (known[text].total() or 1), len(text))
        )
        bag = known.pop(best)
        common = left & bag
        if common and common.total() >= min(_RUN, bag.total() / 2):
            left, n_named = left - common, n_named + bag.total()
    n_said = n_left - left.total()
    whole = n_said / n_named if n_named else 0.0 if one else 1.0
    share = 1 - left.total() / len(wanted)
    return share, whole, Occurrence(block.block, at[0], tuple(spans), cells=() if one else tuple(at))


def _printing(spans: Iterable[FigureSpan], wanted: Sequence[_Token]) -> tuple[FigureSpan, ...]:
    """Those figures all of whose numbers were pasted."""
    return tuple(
        span
        for span in spans
        if (numbers := [token for token in _tokens(span.text) if token.is_number])
        and all(any(_same(token, number, (span,)) for token in wanted) for number in numbers)
    )


def _fit(wanted: Sequence[_Token], share: float, whole: float, one: Occurrence) -> Fit:
    """How well a place fits, beside the words around its figures."""
    asked = _fractions(wanted)
    texts = [one.block.cells[n] for n in one.cells or (one.cell,)] if asked else ()
    there = {pair for text in texts for pair in _fractions(_tokens(text))}
    printed = [(token, span) for span in one.spans for token in _tokens(span.text) if token.is_number]
    numbers = [token for token in wanted if token.is_number]
    n_figures = sum(any(_same(number, token, (span,)) for token, span in printed) for number in numbers)
    return Fit(share, len(asked & there), n_figures, whole)


def _fractions(tokens: Sequence[_Token]) -> set[tuple[str, str]]:
    """The pairs of numbers with a stroke between them."""
    at = (n for n, token in enumerate(tokens[:-1]) if n and token.text == "/")
    pairs = ((tokens[n - 1], tokens[n + 1]) for n in at)
    return {(a.text, b.text) for a, b in pairs if a.is_number and b.is_number}


def _touches(span: FigureSpan, start: int, end: int) -> bool:
    """Whether a figure stands in a stretch of text; of a day or the number of a document all of it."""
    if "/" in span.text:
        return start <= span.at and span.at + len(span.text) <= end
    return start < span.at + len(span.text) and span.at < end


def _same(wanted: _Token, printed: _Token, spans: Iterable[FigureSpan]) -> bool:
    """Whether two tokens say the same: who types no sign may mean a percentage, who types it a table's."""
    if wanted.text == printed.text or wanted.text == printed.word:
        return True
    of_table = any(span.id.rpartition(".")[2] in _RATES for span in spans)
    return of_table and wanted.word == printed.text
