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
from typing import NamedTuple

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
        for match, one in _places(block, wanted, digits):
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
        same = _cells_alike(keys, block.block.cells)
        if len(same) >= best:
            found = found if len(same) == best else []
            best = len(same)
            found.append(_at_cells(block, same, title))
    is_whole = best > _WHOLE * len(wanted)
    if marked := [one for one in found if one.spans]:
        return marked
    return [one for one in found if is_whole and any(map(str.isdigit, one.block.cells[one.cell]))]


def _at_cells(block: PrintedBlock, cells: Sequence[int], title: str) -> Occurrence:
    """The numbers that those cells of a row print as figures; other figures where none is a number."""
    spans = [(n, span) for n in cells for span in block.figures[n]]
    spans = [one for one in spans if any(map(str.isdigit, one[1].text))] or spans
    at = tuple(n for n, _ in spans)
    first = next((n for n in cells if any(map(str.isdigit, block.block.cells[n]))), cells[0])
    return Occurrence(block.block, at[0] if at else first, tuple(span for _, span in spans), title, at)


def _cells_alike(keys: Sequence[str], cells: Sequence[str]) -> list[int]:
    """Where a row says what was pasted, cell by cell in that order; a blank cell says nothing."""
    filled = [n for n, text in enumerate(cells) if text.strip()]
    steps = LCSseq.opcodes(keys, [_cell_key(cells[n]) for n in filled])
    return [n for step in steps if step.tag == "equal" for n in filled[step.dest_start : step.dest_end]]


def _cell_key(text: str) -> str:
    """What a cell says, whatever dots, leading zeros, accents and sign of percentage it has."""
    return " ".join(token.text.rstrip("%") for token in _tokens(text)) or text


def _most(block: PrintedBlock, wanted: Sequence[_Token]) -> float:
    """The greatest share that a place in that block can have; 0 where none of the numbers stands there."""
    cells = [*map(_words_of, block.block.cells)]
    there = frozenset[str]().union(*cells, *map(_words_of, block.block.heads))
    said = [token.text.rstrip("%") in there for token in wanted]
    return sum(said) / len(wanted) if any(s and t.is_number for s, t in zip(said, wanted, strict=True)) else 0


@lru_cache(maxsize=1 << 16)
def _words_of(text: str) -> frozenset[str]:
    return frozenset(token.text.rstrip("%") for token in _tokens(text))


@lru_cache(maxsize=1 << 16)
def _digits_of(text: str) -> str:
    return text.replace(".", "").replace(",", "")


@lru_cache(maxsize=1 << 14)
def _tokens(text: str) -> tuple[_Token, ...]:
    return tuple(_Token(_even(found[0]), found.start(), found.end()) for found in _TOKEN.finditer(text))


def _even(token: str) -> str:
    """Write a number as it is printed whatever dots and leading zeros it has, a word without its accents."""
    if not token[0].isdigit():
        return unaccented(token)
    whole, comma, rest = token.partition(",")
    sign = "%" if token.endswith("%") else ""
    return format_count(int(re.sub(r"[.%]", "", whole))) + (f"{comma}{rest}" if comma else sign)


def _places(
    block: PrintedBlock, wanted: Sequence[_Token], digits: Iterable[str]
) -> Iterator[tuple[Fit, Occurrence]]:
    for n, text in enumerate(block.block.cells):
        if any(one in _digits_of(text) for one in digits):
            yield from _in_text(block, n, wanted)
    if block.block.table is not None and len(wanted) > 1:
        yield from _in_cells(block, wanted)
        yield from _in_row(block, wanted)


def _in_text(block: PrintedBlock, n: int, wanted: Sequence[_Token]) -> Iterator[tuple[Fit, Occurrence]]:
    """Where the text of a paragraph or of one cell says it: word for word, else most of it."""
    text, spans = block.block.cells[n], block.figures[n]
    tokens, found = _tokens(text), False
    for at in range(len(tokens) - len(wanted) + 1):
        part = tokens[at : at + len(wanted)]
        if wanted[0].text.rstrip("%") != part[0].text.rstrip("%"):
            continue
        inside = tuple(s for s in spans if _touches(s, part[0].start, part[-1].end))
        if all(_same(a, b, inside) for a, b in zip(wanted, part, strict=True)):
            found = True
            yield _fitting(wanted, 1.0, 1.0, Occurrence(block.block, n, inside))
    for piece in () if found else _pieces(text, tokens, len(wanted)):
        if len(piece) > 1 and _numbers(piece) & _numbers(wanted):
            here = [s for s in spans if _touches(s, piece[0].start, piece[-1].end)]
            printing = _printing(here, wanted)
            share = LCSseq.similarity(*([t.text.rstrip("%") for t in said] for said in (wanted, piece)))
            yield _fitting(wanted, share / len(wanted), 0.0, Occurrence(block.block, n, printing))


def _pieces(text: str, tokens: Sequence[_Token], n_wanted: int) -> Iterator[Sequence[_Token]]:
    """The sentences and entries of a text: what is short stands in one; a text of several in the whole."""
    if n_wanted >= _SEVERAL:
        yield tokens
        return
    first = 0
    for n, (one, other) in enumerate(pairwise(tokens), 1):
        if _END.search(text, one.end, other.start):
            yield tokens[first:n]
            first = n
    yield tokens[first:]


def _in_cells(block: PrintedBlock, wanted: Sequence[_Token]) -> Iterator[tuple[Fit, Occurrence]]:
    """Where the figure of a cell was pasted with what its row is called, or its column, or with both."""
    cells, heads = block.block.cells, block.block.heads
    numbers = _numbers(wanted)
    for n, text in enumerate(cells):
        own = _tokens(text)
        if len(own) >= _SEVERAL or not _numbers(own) & numbers:
            continue
        printing = _printing(block.figures[n], wanted)
        left = _without(wanted, own, printing)
        labels = _labels((*cells[:n], *cells[n + 1 :]))
        labels += [*"".join(heads[n : n + 1]).split(" – "), _NUMBER.sub(" ", text)]
        cover = _cover(left, labels)
        share = (len(wanted) - left.total() + cover.n_said) / len(wanted)
        whole = cover.whole if cover.labels else 0.0
        yield _fitting(wanted, share, whole, Occurrence(block.block, n, printing))


def _labels(cells: Iterable[str]) -> list[str]:
    """The cells that say what a row is."""
    return [text for text in cells if sum(map(str.isalpha, text)) >= _LABEL]


class _Cover(NamedTuple):
    """Which labels were pasted, how many words of them, and how many they have."""

    labels: tuple[str, ...]
    n_said: int
    n_named: int

    @property
    def whole(self) -> float:
        return self.n_said / self.n_named if self.n_named else 1.0


def _cover(said: Counter[str], labels: Iterable[str]) -> _Cover:
    """The labels whose words were pasted.

    The label of which most was said comes first: a word counts once. A word of a long label says nothing.
    """
    n_said = n_named = 0
    left, pasted = said.copy(), []
    known = {text: bag for text in labels if (bag := _bag(text)) & said}
    while known and left:
        best = max(known, key=lambda text: ((left & known[text]).total() / known[text].total(), len(text)))
        bag = known.pop(best)
        common = left & bag
        if common.total() < min(_RUN, bag.total() / 2):
            continue
        n_said, n_named = n_said + common.total(), n_named + bag.total()
        left -= common
        pasted.append(best)
    return _Cover(tuple(pasted), n_said, n_named)


def _without(wanted: Iterable[_Token], own: Iterable[_Token], spans: Sequence[FigureSpan]) -> Counter[str]:
    """What was pasted beside the numbers of the cell itself, each as often as it was."""
    numbers = [token for token in own if token.is_number]
    left = Counter(token.text for token in wanted)
    for number in numbers:
        same = next((t.text for t in wanted if left[t.text] and _same(t, number, spans)), "")
        left -= Counter([same] if same else [])
    return left


@lru_cache(maxsize=1 << 14)
def _bag(text: str) -> Counter[str]:
    return Counter(token.text for token in _tokens(text))


def _in_row(block: PrintedBlock, wanted: Sequence[_Token]) -> Iterator[tuple[Fit, Occurrence]]:
    """Where several cells of a row were pasted: its figures among them, each as often as it was pasted."""
    cells = [_tokens(text) for text in block.block.cells]
    left = Counter(token.text.rstrip("%") for token in wanted if token.is_number)
    printing = []
    for spans in block.figures:
        printing.append(_printing(spans, [token for token in wanted if left[token.text.rstrip("%")] > 0]))
        left -= Counter(number for span in printing[-1] for number in _numbers(_tokens(span.text)))
    said = Counter(token.text for token in wanted)
    printed = [
        n
        for n, spans in enumerate(printing)
        if spans and (len(cells[n]) < _SEVERAL or not _bag(block.block.cells[n]) - said)
    ]
    if not printed or sum(token.is_number for token in wanted) < 2:
        return
    spans = tuple(span for n in printed for span in printing[n])
    at = tuple(n for n in printed for _ in printing[n])
    texts = block.block.cells
    cover = _cover(Counter(token.text for token in wanted), _labels(texts))
    unsaid = set(_labels(texts)).difference(cover.labels)
    there = [t for n, text in enumerate(texts) if text not in unsaid for t in cells[n]]
    there += [
        t for n, text in enumerate(texts) if text in unsaid for s in printing[n] for t in _tokens(s.text)
    ]
    one = Occurrence(block.block, printed[0], spans, cells=at)
    yield _fitting(wanted, _share(wanted, there, spans), cover.whole, one)


def _printing(spans: Iterable[FigureSpan], wanted: Sequence[_Token]) -> tuple[FigureSpan, ...]:
    """Those figures all of whose numbers were pasted."""
    return tuple(
        span
        for span in spans
        if (numbers := [token for token in _tokens(span.text) if token.is_number])
        and all(any(_same(token, number, (span,)) for token in wanted) for number in numbers)
    )


def _fitting(wanted: Sequence[_Token], share: float, whole: float, one: Occurrence) -> tuple[Fit, Occurrence]:
    """How well a place fits, and the place; the words around its figures are measured before."""
    asked = _fractions(wanted)
    texts = [one.block.cells[n] for n in one.cells or (one.cell,)] if asked else ()
    there = {pair for text in texts for pair in _fractions(_tokens(text))}
    return Fit(share, len(asked & there), _n_figures(wanted, one.spans), whole), one


def _fractions(tokens: Sequence[_Token]) -> set[tuple[str, str]]:
    """The pairs of numbers with a stroke between them."""
    at = (n for n, token in enumerate(tokens[:-1]) if n and token.text == "/")
    pairs = ((tokens[n - 1], tokens[n + 1]) for n in at)
    return {(a.text, b.text) for a, b in pairs if a.is_number and b.is_number}


def _n_figures(wanted: Iterable[_Token], spans: Sequence[FigureSpan]) -> int:
    """How many of the pasted numbers are those of figures."""
    printed = [(token, span) for span in spans for token in _tokens(span.text) if token.is_number]
    numbers = (token for token in wanted if token.is_number)
    return sum(any(_same(number, token, (span,)) for token, span in printed) for number in numbers)


def _numbers(tokens: Iterable[_Token]) -> set[str]:
    return {token.text.rstrip("%") for token in tokens if token.is_number}


def _share(wanted: Sequence[_Token], there: Sequence[_Token], spans: Sequence[FigureSpan]) -> float:
    """The share of what was pasted that stands in a place, each word as often as it does there."""
    left = Counter(token.text for token in there)
    bare = Counter(token.text.rstrip("%") for token in there if token.is_number)
    n = 0
    for token in wanted:
        if left[token.text] > 0:
            left[token.text] -= 1
            n += 1
        elif (
            token.is_number
            and bare[token.text.rstrip("%")]
            and any(_same(token, number, spans) for number in there if number.is_number)
        ):
            n += 1
    return n / len(wanted)


def _touches(span: FigureSpan, start: int, end: int) -> bool:
    """Whether a figure stands in a stretch of text; of a day or the number of a document all of it."""
    if "/" in span.text:
        return start <= span.at and span.at + len(span.text) <= end
    return start < span.at + len(span.text) and span.at < end


def _same(wanted: _Token, printed: _Token, spans: Iterable[FigureSpan]) -> bool:
    """Whether two tokens say the same: who types no sign may mean a percentage, who types it a table's."""
    if wanted.text == printed.text or wanted.text == printed.text.rstrip("%"):
        return True
    of_table = any(span.id.rpartition(".")[2] in _RATES for span in spans)
    return of_table and wanted.text.rstrip("%") == printed.text
