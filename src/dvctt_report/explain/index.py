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
from itertools import chain, pairwise
from typing import NamedTuple, TypeAlias

from rapidfuzz.distance import LCSseq

from dvctt_report.report.blocks import OPENING, TextBlock
from dvctt_report.report.marks import FigureSpan
from dvctt_report.report.printed import PrintedBlock
from dvctt_report.text.vietnamese import format_count, unaccented, words_around

_ALIKE = 0.6
"""Least share of a pasted text, or of the cells of a pasted row, that a place has: some may have changed."""
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
"""Cells of a row that are pasted at least, to be looked up as one."""
_WHOLE = 0.8
"""Share of the pasted cells that a row without a figure has more than, to be the one that is meant."""
_RATES = frozenset(("percent", "at_least", "difference", "high"))
"""The last part of the names of percentages: tables print them without their sign."""
_NUMBERED = re.compile(r"[IVXLC\d]+(?:\.|$)")
"""A part of a text that has no name but its number."""
_PART = re.compile(rf"{_NUMBERED.pattern}|Phụ lục|{OPENING}")
"""A section that is a part of a document, not what a page or workbook is called."""
_NUMBER = r"\d+(?:\.\d{3})*(?:,\d+)?%?"
_TOKEN = re.compile(rf"\d+/[^\W\d_][\w-]*|{_NUMBER}(?:\s*/\s*{_NUMBER})*|[^\W\d_]+(?:\d+[a-z]?(?:\.\d+)*)?")
"""The sign of a document, a number, fraction or day, a word, or a code, whose digits are no number: "G10"."""


class _Token(NamedTuple):
    """A word without its accents, a number whatever dots and zeros it has; and where it stands."""

    text: str
    start: int
    end: int

    @property
    def is_number(self) -> bool:
        return self.text[0].isdigit()


@lru_cache(maxsize=1 << 16)
def _tokens(text: str) -> tuple[_Token, ...]:
    """The tokens of a text; of a fraction three, itself and its numbers: "20/23", "23/25" are no "23/23"."""
    found: list[_Token] = []
    for one in _TOKEN.finditer(text):
        numbers = [*re.finditer(_NUMBER, one[0])] if re.fullmatch(r"[\d.,%/\s]+", one[0]) else []
        even = []
        for number in numbers:
            whole, comma, rest = number[0].partition(",")
            sign = "%" if number[0].endswith("%") and not comma else ""
            even.append(format_count(int(re.sub(r"[.%]", "", whole))) + comma + rest + sign)
        found.append(_Token("/".join(even) or unaccented(one[0]), *one.span()))
        for number, said in zip(numbers, even, strict=True) if len(even) == 2 else ():
            found.append(_Token(said, one.start() + number.start(), one.start() + number.end()))
    return tuple(found)


def _words_of(cell: str) -> str:
    """What a cell says, whatever dots, zeros, accents and sign of percentage it has."""
    return " ".join(token.text.rstrip("%") for token in _tokens(cell)) or cell


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
    def printed_in(self) -> str:
        """The document; the page or workbook of the present data; "" for the report asked about."""
        section = self.block.section
        return self.document or ("" if _PART.match(section) else section.partition(",")[0])

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
        (column, said), *more = dict.fromkeys(one._quoted for one in [*self.at_each] or [self])
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

    share: of the pasted words and numbers, those that stand there.
    n_figures: how many of the pasted numbers are figures there; a day, a row's number is none.
    whole: of what the place is called, the part that was pasted: "Nha Trang" is not "Bắc Nha Trang", and
    "Tỷ lệ" not "Tỷ lệ trong báo cáo"; 1 where a text says it word for word.
    """

    share: float
    n_figures: int
    whole: float

    def is_meant(self, in_words: bool) -> bool:
        """Whether that is enough to be what was pasted: with words, or numbers alone."""
        if in_words:
            return self.share >= (_ALIKE if self.n_figures else 1)
        return self.share == 1 and self.whole > 0


_Place: TypeAlias = tuple[Fit, Occurrence]
_Figure: TypeAlias = tuple[int, FigureSpan]
"""A figure with the number of its cell."""


def find_printed(indexes: Iterable[Iterable[PrintedBlock]], said: str) -> tuple[Fit | None, list[Occurrence]]:
    """The places that fit ``said`` best, and how well; none where no number of it is printed anywhere."""
    words = [token.text for token in _tokens(said)]
    digits = {re.sub(r"\D.*", "", _plain(word)) for word in words if word[0].isdigit()}
    best, found = None, list[Occurrence]()
    for title, block in _titled(indexes) if digits else ():
        if not any(number in text for text in map(_plain, block.block.cells) for number in digits):
            continue
        there = frozenset[str]().union(*map(_bag, (*block.block.cells, *block.block.heads)))
        if best and sum(word.rstrip("%") in there for word in words) < best.share * len(words):
            continue
        for fit, one in _Sought(words, block).places():
            if best is None or fit > best:
                best, found = fit, []
            if fit == best:
                found.append(replace(one, document=title))
    return best, found


@lru_cache(maxsize=1 << 16)
def _bag(text: str) -> frozenset[str]:
    return frozenset(token.text.rstrip("%") for token in _tokens(text))


@lru_cache(maxsize=1 << 16)
def _plain(text: str) -> str:
    """A text with its numbers in digits alone."""
    return text.replace(".", "").replace(",", "")


class _Sought:
    """The words that were pasted, and the places of a block that have some of them."""

    def __init__(self, words: Sequence[str], printed: PrintedBlock) -> None:
        self.words, self.block, self.figures = words, printed.block, printed.figures
        self.numbers = Counter(word for word in words if word[0].isdigit())
        self.cells = [*map(self._read, printed.block.cells, printed.figures)]

    def _read(self, text: str, spans: Sequence[FigureSpan]) -> list[_Token]:
        """The tokens of a cell; a percentage has its sign only where that was pasted, printed or not."""
        tokens = []
        for token in _tokens(text):
            plain = token.text.rstrip("%")
            if token.is_number and token.text == plain:
                rates = (s for s in spans if s.id.rpartition(".")[2] in _RATES)
                token = token._replace(text=f"{plain}%") if any(_touches(s, token) for s in rates) else token
            tokens.append(token if token.text in self.numbers else token._replace(text=plain))
        return tokens

    def places(self) -> Iterator[_Place]:
        """Where the block may say it: in a text, at a cell of a row, at several cells of one."""
        is_row, left, several = self.block.table is not None, self.numbers.copy(), list[_Figure]()
        for n, tokens in enumerate(self.cells):
            if self.numbers.keys().isdisjoint(token.text for token in tokens):
                continue
            printing = self._printing(n, tokens)
            yield from [*self._word_for_word(n, tokens)] or self._in_sentences(n, tokens)
            if is_row and len(self.words) > 1 and len(tokens) < _SEVERAL:
                yield self._in_row([(n, span) for span in printing], n)
            if len(tokens) < _SEVERAL or all(token.text in self.words for token in tokens):
                for span in printing:
                    own = Counter(t.text for t in tokens if _is_of(span, t))
                    several += [(n, span)] if own <= left else []
                    left -= own if own <= left else Counter()
        if is_row and self.numbers.total() > 1 and several:
            yield self._in_row(several)

    def _place(self, share: float, whole: float, n: int, *at: tuple[int, FigureSpan]) -> _Place:
        printed = {t.text for k, span in at for t in self.cells[k] if _is_of(span, t)}
        n_figures = sum(number in printed for number in self.numbers.elements())
        cells = tuple(k for k, _ in at) if len({k for k, _ in at}) > 1 else ()
        return Fit(share, n_figures, whole), Occurrence(self.block, n, tuple(s for _, s in at), cells=cells)

    def _printing(self, n: int, tokens: Sequence[_Token]) -> list[FigureSpan]:
        """Those figures of a cell all of whose numbers were pasted, in that part of it."""
        pasted = [[t.text in self.numbers for t in tokens if _is_of(span, t)] for span in self.figures[n]]
        return [span for span, own in zip(self.figures[n], pasted, strict=True) if own and all(own)]

    def _word_for_word(self, n: int, tokens: Sequence[_Token]) -> Iterator[_Place]:
        """Where a text has all that was pasted one behind the other."""
        for at in range(len(tokens) - len(self.words) + 1):
            part = tokens[at : at + len(self.words)]
            if [token.text for token in part] == self.words:
                stretch = _Token("", part[0].start, part[-1].end)
                yield self._place(1.0, 1.0, n, *((n, s) for s in self.figures[n] if _touches(s, stretch)))

    def _in_sentences(self, n: int, tokens: Sequence[_Token]) -> Iterator[_Place]:
        """The sentences and entries that say some of it in that order; of much that was pasted, the text."""
        between = enumerate(pairwise(tokens), 1) if len(self.words) < _SEVERAL else ()
        ends = [k for k, (a, b) in between if _END.search(self.block.cells[n], a.end, b.start)]
        for first, end in pairwise([0, *ends, len(tokens)]):
            words = [token.text for token in tokens[first:end]]
            if len(words) > 1 and not self.numbers.keys().isdisjoint(words):
                share = LCSseq.similarity(self.words, words) / len(self.words)
                yield self._place(share, 0.0, n, *((n, s) for s in self._printing(n, tokens[first:end])))

    def _in_row(self, at: Sequence[_Figure], n: int = -1) -> _Place:
        """The figure of cell ``n``, or those of several, with what the row and the column are called.

        A word counts for the label of which most was said, where that is enough of it.
        """
        labels = [own for k, own in enumerate(self.cells) if k != n and _is_label(self.block.cells[k])]
        if n >= 0:
            labels += [[*_tokens(part)] for head in self.block.heads[n : n + 1] for part in head.split(" – ")]
            labels.append([token for token in self.cells[n] if not token.is_number])
        numbers = chain(*self.cells) if n < 0 else self.cells[n]
        left = Counter(self.words) - Counter(token.text for token in numbers if token.is_number)
        asked, n_named = left.total(), 0
        bags = [Counter(token.text for token in label) for label in labels if label]
        bags.sort(key=lambda bag: (-(left & bag).total() / bag.total(), -bag.total()))
        for bag in bags:
            common = left & bag
            if common and common.total() >= min(_RUN, bag.total() / 2):
                left, n_named = left - common, n_named + bag.total()
        whole = (asked - left.total()) / n_named if n_named else float(n < 0)
        return self._place(1 - left.total() / len(self.words), whole, n if n >= 0 else at[0][0], *at)


def _is_of(span: FigureSpan, token: _Token) -> bool:
    """Whether a number stands in a figure; a fraction doesn't in one of its halves."""
    end = span.at + len(span.text)
    inside = span.at <= token.start and token.end <= end
    beside = "/" not in token.text and token.start < end and span.at < token.end
    return token.is_number and (inside or beside)


def _touches(span: FigureSpan, part: _Token) -> bool:
    """Whether a figure stands in a stretch of text; of a day or the number of a document all of it."""
    if "/" in span.text:
        return part.start <= span.at and span.at + len(span.text) <= part.end
    return part.start < span.at + len(span.text) and span.at < part.end


def find_row(indexes: Iterable[Iterable[PrintedBlock]], said: str) -> list[Occurrence]:
    """The rows that have most of the pasted cells, one behind the other, with the numbers in those cells.

    Where none of the cells prints a figure the rows are found without any: then nothing else is meant.
    ``said`` has a tab between its cells, as a copied row of Excel, Word or the page has; none for any other.
    """
    wanted = [text.strip() for text in said.split("\t") if text.strip()]
    if len(wanted) < _CELLS:
        return []
    keys, best, found = [*map(_words_of, wanted)], max(_CELLS, _ALIKE * len(wanted)), list[Occurrence]()
    for title, printed in _titled(indexes):
        cells = printed.block.cells
        if printed.block.table is None or len({*wanted}.intersection(cells)) < _CELLS:
            continue
        filled = [n for n, text in enumerate(cells) if text.strip()]
        steps = LCSseq.opcodes(keys, [_words_of(cells[n]) for n in filled])
        same = [n for s in steps if s.tag == "equal" for n in filled[s.dest_start : s.dest_end]]
        if len(same) < best:
            continue
        found = found if len(same) == best else []
        best = len(same)
        spans = [(n, span) for n in same for span in printed.figures[n]]
        spans = [one for one in spans if re.search(r"\d", one[1].text)] or spans
        at = tuple(n for n, _ in spans)
        first = next((n for n in same if re.search(r"\d", cells[n])), same[0])
        figures = tuple(span for _, span in spans)
        found.append(Occurrence(printed.block, at[0] if at else first, figures, title, at))
    is_whole = best > _WHOLE * len(wanted)
    marked = [one for one in found if one.spans]
    return marked or [one for one in found if is_whole and re.search(r"\d", one.block.cells[one.cell])]
