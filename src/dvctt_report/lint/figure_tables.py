"""Tables of figures: totals and shares that the rows of a table give, and those that it prints."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import pairwise, permutations
from typing import TypeAlias

from dvctt_report.lint.amounts import is_slip
from dvctt_report.lint.numerals import read_number, shown, step_of
from dvctt_report.lint.parts import Paper
from dvctt_report.patterns import lazy_pattern
from dvctt_report.vietnamese import unaccented
from dvctt_report.word.document import Paragraph

_TOTAL = lazy_pattern(
    r"(?:tong(?: so| cong)?|cong|toan (?:tinh|xa|phuong|truong|nganh|so|thanh pho))"
    r"(?: ?\([ivx\da-e]+(?: ?[+,] ?[ivx\da-e]+)+\))?[\s:.]*"
)
_LONGEST_TOTAL, _BEGINS_TOTAL = 30, "TtCc"
"""Characters of what a total's row is called: "Toàn tỉnh", "Tổng cộng (I + II):"."""
_SUMS = lazy_pattern(r"(?:tong|cong)\b")
_SHARE = lazy_pattern(r"%|ty le|ty trong|co cau")
_NO_AMOUNT = lazy_pattern(
    r"binh quan|trung binh|nang suat|mat do|/ ?(?:ha|km2|nguoi|ho|thang|nam)\b"
    r"|stt|so tt|tt\b|^ ?nam\b(?! (?:\d{4}|truoc|nay)\b)|ghi chu|so hieu|ma\b|diem\b|xep (?:hang|loai)"
)
_COUNTED = lazy_pattern(r"(?:stt|tt|so tt)\b(?! o\b)")
_PART = lazy_pattern(r"(?:so )?(?:da|hoan thanh)\b")
_CAPTION = lazy_pattern(r"^bang\s+(?:so\s+)?(\d+)\b", re.MULTILINE)
_PRODUCT_HEADS = ("so luong", "don gia", "thanh tien")
_DIFFERENCE = lazy_pattern(r"\bchenh lech\b")
_GROWTH = lazy_pattern(r"\b(?:tang|giam|cung ky|so (?:voi )?(?:nam|quy|thang|ky))\b")
"""What heads a column of percentages by how much one column is more or less than another."""
_GROUP = lazy_pattern(r"(?:[IVX]{1,4}|[A-E])\.?")
_OF_GROUP = lazy_pattern(r"\d{1,3}\.?")
"""How a group of rows is numbered, and how the rows in it are."""
_OF_ONE = lazy_pattern(r"\b(?:ty trong|co cau)\b")
"""What heads a column of shares that are of one whole; "tỷ lệ" may be of each row's own."""
_NONE = Decimal(0)
_HUNDRED, _NEAR_HUNDRED = Decimal(100), 20
"""What such shares make, and how far off they may be to have been meant for it."""
_ROUNDED = lazy_pattern(r"\b(?:nghin|ngan|trieu|ty)\b(?! le| trong| suat)")
_FEWEST = 3
"""Rows of details from which a total may be doubted: of two, one may be a part of the other."""
_NEAR = 6
"""Columns to the left and right that a share may be reckoned from."""
_TRIED = 12
"""Rows by which the way is chosen that a column is reckoned."""
_MOSTLY = 0.7
"""The share of rows that must agree on how a column is reckoned before the others are asked about."""

_MEND_SUM = "tổng bằng các dòng cộng lại (sửa tổng, hoặc sửa một dòng)"

Question: TypeAlias = tuple[Paragraph, str, str]
"""The cell that is asked about, what was found in it, what would agree."""
Row: TypeAlias = dict[int, Decimal]
Way: TypeAlias = Callable[[Row], Decimal]
"""How a cell may be reckoned from others of its row; raises KeyError or ArithmeticError where it can't."""


@dataclass(frozen=True, eq=False)
class Grid:
    """A table with lines: its paragraphs by row and column, and the number of its caption, "" for none.

    ``is_rounded``: its amounts are told in thousands or millions, so that each may have been rounded.
    """

    cells: dict[int, dict[int, Paragraph]]
    name: str
    is_rounded: bool

    @cached_property
    def texts(self) -> dict[int, dict[int, str]]:
        return {r: {c: p.text.strip() for c, p in row.items()} for r, row in self.cells.items()}

    @cached_property
    def numbers(self) -> dict[int, Row]:
        """What the cells hold as numbers; rows without any, the first and the count of columns left out."""
        read = {
            r: _numbers_of(row, self._signed) for r, row in self.texts.items() if r not in self._row_of_shares
        }
        return {
            r: row for r, row in read.items() if row and r != min(self.texts) and not _counts_columns(row)
        }

    @cached_property
    def _row_of_shares(self) -> dict[int, Row]:
        """The last row where it tells each column's share of one of them: "Tỷ lệ (%) 100 52,72 41,76"."""
        last = max(self.texts)
        named = next(iter(self.texts[last].values()), "")
        row = _numbers_of(self.texts[last])
        return {last: row} if _SHARE.match(unaccented(named)) and _HUNDRED in row.values() else {}

    @cached_property
    def _signed(self) -> frozenset[int]:
        """The columns whose amounts bear their sign: "+1.700" here, "-600" there."""
        return frozenset(c for row in self.texts.values() for c, text in row.items() if _SIGN.match(text))

    @cached_property
    def heads(self) -> dict[int, str]:
        """What stands above the figures of each column, without marks."""
        first = min(self.numbers, default=max(self.texts, default=0))
        heads: dict[int, str] = defaultdict(str)
        for r, row in self.texts.items():
            for c, text in row.items() if r < first else ():
                heads[c] += " " + unaccented(text)
        return heads

    @cached_property
    def _total(self) -> int | None:
        """The one row that names itself the total, first or last of those with figures."""
        named = [r for r, row in self.texts.items() if any(map(_is_total, row.values()))]
        ends = (min(self.numbers, default=-1), max(self.numbers, default=-1))
        return named[0] if len(named) == 1 and named[0] in ends else None

    @property
    def has_total(self) -> bool:
        return self._total is not None

    @cached_property
    def total_row(self) -> Row:
        """The numbers of the total's row, empty where there is none."""
        return self.numbers.get(self._total, {}) if self._total is not None else {}

    def holds(self, number: Decimal | None) -> bool:
        """Whether any cell is that number."""
        return number in self._known

    @cached_property
    def _known(self) -> frozenset[Decimal]:
        return frozenset(n for row in self.numbers.values() for n in row.values())

    @cached_property
    def first(self) -> int:
        """The number of the paragraph that it begins with."""
        return min(p.number for row in self.cells.values() for p in row.values())

    @cached_property
    def last(self) -> int:
        """The number of the paragraph that it ends with."""
        return max(p.number for row in self.cells.values() for p in row.values())

    @cached_property
    def n_counted(self) -> int:
        """How many rows its first column counts; 0 where it counts none or begins anew."""
        column = next(
            (c for c, text in self.texts[min(self.texts)].items() if _COUNTED.match(unaccented(text))), None
        )
        marks = [row.get(column, "").rstrip(".") for row in self.texts.values()] if column is not None else []
        counted = [int(mark) for mark in marks if re.fullmatch(r"\d{1,3}", mark)]
        return len(counted) if counted == list(range(1, len(counted) + 1)) else 0

    def _amounts(self) -> list[int]:
        """The columns of figures that may be added up."""
        columns = sorted({c for row in self.numbers.values() for c in row})
        return [c for c in columns if not re.search(rf"{_NO_AMOUNT.pattern}|{_SHARE.pattern}", self.heads[c])]

    def questions(self) -> Iterator[Question]:
        """What doesn't agree: totals below, totals beside, shares.

        A wrong entry makes its column's total wrong as well, and a wrong total what is reckoned from it; of
        these the first is told alone.
        """
        below = [*self._sums_below(), *self._sums_of_groups()]
        rows = [*self._sums_beside(), *self._differences(), *self._shares(), *self._products()]
        summed = {id(cell) for cell, _, _ in below}
        entries = {c for c, cell in self._columns_of(rows) if id(cell) not in summed}
        total = {
            id(cell) for cell in self.cells.get(self._total if self._total is not None else -1, {}).values()
        }
        kept = [one for one in below if not entries & {c for c, _ in self._columns_of([one])}]
        yield from kept
        yield from self._count()
        yield from self._parts()
        yield from (one for one in rows if not (below and id(one[0]) in total))
        yield from self._hundred()
        yield from self._shares_below()

    def _columns_of(self, questions: Sequence[Question]) -> Iterator[tuple[int, Paragraph]]:
        asked = {id(cell) for cell, _, _ in questions}
        rows = (row for r, row in self.cells.items())
        yield from ((c, cell) for row in rows for c, cell in row.items() if id(cell) in asked)

    def _differences(self) -> Iterator[Question]:
        """A column of signed amounts, or headed as a difference, that is one column less another."""
        amounts = self._amounts()
        for c in amounts:
            if c in self._signed or _DIFFERENCE.search(self.heads[c]):
                near = [other for other in amounts if other != c and abs(other - c) <= _NEAR]
                slack = max(self._slack([*row.values()]) for row in self.numbers.values())
                ways = [_difference_of(one, other) for one, other in permutations(near, 2)]
                yield from self._held(c, ways, "hai cột trừ nhau được {}", slack)

    def _sums_below(self) -> Iterator[Question]:
        total = self._total
        details = [r for r in self.numbers if r != total]
        if total is None or len(details) < 2 or self._has_groups(details):
            return
        sums = {
            c: (sum(known, Decimal(0)), told, self._slack([*known, told]))
            for c in self._amounts()
            if (told := self.numbers[total].get(c)) is not None
            and (known := [n for r in details if (n := self.numbers[r].get(c)) is not None])
            and (len(known) == len(details) or self._one_is_blank(c, details))
        }
        # Of two rows one may be a part of the other, unless they are counted or another column adds up.
        if (
            len(details) < _FEWEST
            and not self._is_counted(details)
            and not any(abs(added - told) <= slack for added, told, slack in sums.values())
        ):
            return
        for c, (added, told, slack) in sums.items():
            if abs(added - told) > slack and not self._may_be_mean(c, told, details):
                found = f"dòng tổng ghi {self.texts[total][c]}, các dòng cộng lại được {shown(added)}"
                yield self.cells[total][c], found, _MEND_SUM

    def _may_be_mean(self, c: int, told: Decimal, details: Sequence[int]) -> bool:
        """Whether what a column of decimals tells in the total's row lies among its rows, as a mean does."""
        known = [self.numbers[r][c] for r in details if c in self.numbers[r]]
        return step_of(told) < 1 and min(known) <= told <= max(known) and not is_slip(told, sum(known, _NONE))

    def _sums_of_groups(self) -> Iterator[Question]:
        """Groups whose rows don't give them, and a total that neither the groups nor all their rows give."""
        groups = self._groups()
        if not groups:
            return
        all_rows = [r for rows in groups.values() for r in rows]
        total = [(self._total, (all_rows, [*groups]))] if self._total is not None else []
        sums: list[tuple[int, tuple[Sequence[int], ...]]] = [(r, (rows,)) for r, rows in groups.items()]
        held = [self._summed(c, r, ways) for c in self._amounts() for r, ways in (*sums, *total)]
        wrong = [found for known, found in held if known and found]
        if len(wrong) < sum(known for known, _ in held) * (1 - _MOSTLY):
            yield from wrong

    def _groups(self) -> dict[int, list[int]]:
        """The rows numbered "I", "II" or "A", "B", each with its rows "1", "2" …; none where others stand."""
        column, groups = self._counting_column, dict[int, list[int]]()
        for r in self.numbers if column is not None else ():
            mark = self.texts[r].get(column or 0, "")
            if r == self._total:
                continue
            if _GROUP.fullmatch(mark):
                groups[r] = []
            elif groups and _OF_GROUP.fullmatch(mark):
                groups[next(reversed(groups))].append(r)
            else:
                return {}
        return groups if len(groups) > 1 and all(len(rows) > 1 for rows in groups.values()) else {}

    def _summed(self, column: int, row: int, ways: Sequence[Sequence[int]]) -> tuple[bool, Question | None]:
        """Whether a cell can be added up from rows, and what to ask where none of the ways gives it."""
        told = self.numbers[row].get(column)
        parts = [[self.numbers[r].get(column) for r in way] for way in ways]
        known = [[n for n in part if n is not None] for part in parts]
        if told is None or any(len(n) < len(part) for n, part in zip(known, parts, strict=True)):
            return False, None
        if any(abs(sum(n, Decimal(0)) - told) <= self._slack([*n, told]) for n in known):
            return True, None
        added, cell = shown(sum(known[0], Decimal(0))), self.cells[row][column]
        return True, (
            cell,
            f"dòng này ghi {self.texts[row][column]}, các dòng cộng lại được {added}",
            _MEND_SUM,
        )

    def _one_is_blank(self, column: int, details: Sequence[int]) -> bool:
        """Whether one of several rows has nothing in a column; a dash says that there is nothing."""
        missing = [r for r in details if column not in self.numbers[r]]
        return len(missing) == 1 and len(details) >= _FEWEST and not self.texts[missing[0]].get(column)

    def _count(self) -> Iterator[Question]:
        """A first column that counts the rows, where one number is left out or stands twice."""
        counted = self._counting_column
        if counted is None:
            return
        first = min(self.numbers, default=0)
        marks = [(r, row[counted]) for r, row in self.texts.items() if r >= first and row.get(counted)]
        if len(marks) < 2 or not all(re.fullmatch(r"\d{1,3}\.?", mark) for _, mark in marks):
            return
        last = 0
        for r, mark in marks:
            n = int(mark.rstrip("."))
            if n not in (last + 1, 1):
                yield self.cells[r][counted], f"số thứ tự {mark} sau {last}", f"{last + 1}"
            last = n

    def _parts(self) -> Iterator[Question]:
        """A row whose part is larger than its whole, where in all others it isn't."""
        amounts = self._amounts()
        for whole, part in pairwise(amounts):
            rows = {r: row for r, row in self.numbers.items() if r != self._total}
            both = [r for r, row in rows.items() if whole in row and part in row]
            over = [r for r in both if self.numbers[r][part] > self.numbers[r][whole]]
            if _PART.match(self.heads[part].strip()) and len(over) == 1 and len(both) >= _FEWEST:
                found = f"{self.texts[over[0]][part]} nhiều hơn {self.texts[over[0]][whole]} ở cột bên trái"
                yield self.cells[over[0]][part], found, "không nhiều hơn"

    def _slack(self, numbers: Sequence[Decimal]) -> Decimal:
        """How far a sum may miss where each number of it, and it itself, was rounded on its own."""
        step = min(map(step_of, numbers), default=Decimal(1))
        return step * len(numbers) / 2 if self.is_rounded or step < 1 else Decimal(0)

    def _has_groups(self, details: Sequence[int]) -> bool:
        """Whether some rows sum up others: in bold, or numbered "I", "1.1" among the rest."""
        spans = (s for r in details for p in self.cells[r].values() for s in p.spans)
        counted = self._counting_column is None or self._is_counted(details)
        return not counted or any(s.face.bold and s.text.strip() for s in spans)

    @property
    def _counting_column(self) -> int | None:
        return next((c for c, head in self.heads.items() if _COUNTED.match(head.strip())), None)

    def _is_counted(self, details: Sequence[int]) -> bool:
        """Whether a column counts those rows "1", "2" … without a gap."""
        column = self._counting_column
        marks = [self.texts[r].get(column, "") for r in details] if column is not None else []
        return bool(marks) and all(m.lstrip("0").rstrip(".") == str(n) for n, m in enumerate(marks, 1))

    def _sums_beside(self) -> Iterator[Question]:
        """A column headed as a total that in most rows is the sum of those beside it."""
        amounts = self._amounts()
        for c in amounts:
            at = amounts.index(c)
            sides = [amounts[at + 1 : end] for end in range(at + 3, len(amounts) + 1)]
            sides += [amounts[start:at] for start in range(0, at - 1)]
            named = bool(_SUMS.search(self.heads[c].strip()))
            # Without a name it takes more to be a total: three parts, in three rows.
            sides = sides if named else [side for side in sides if len(side) >= _FEWEST]
            if sides:
                slack = max(self._slack([*row.values()]) for row in self.numbers.values())
                yield from self._held(c, [_sum_of(side) for side in sides], "các cột cộng lại được {}", slack)

    def _shares(self) -> Iterator[Question]:
        """A column of percentages that in most rows is one column's share of another, or of its total."""
        columns = sorted({c for row in self.numbers.values() for c in row})
        amounts = self._amounts()
        total = self.numbers.get(self._total if self._total is not None else -1, {})
        for c in columns:
            if _SHARE.search(self.heads[c]):
                near = [other for other in amounts if abs(other - c) <= _NEAR]
                ways = [_share_of(part, whole) for part, whole in permutations(near, 2)]
                ways += [_share_of_total(other, total[other]) for other in near if total.get(other)]
                grown = bool(_GROWTH.search(self.heads[c]))
                ways += [_growth_of(now, then) for now, then in permutations(near, 2) if grown]
                yield from self._held(c, ways, "tính ra khoảng {}")

    def _shares_below(self) -> Iterator[Question]:
        """A last row of shares of the total above it, where most are what they say."""
        for r, row in self._row_of_shares.items():
            whole = next(c for c, n in row.items() if n == _HUNDRED)
            total, base = self.total_row, self.total_row.get(whole)
            made = {c: 100 * total[c] / base for c in row if c in total and c != whole} if base else {}
            wrong = [c for c, n in made.items() if abs(n - row[c]) >= step_of(row[c])]
            for c in wrong if len(made) - len(wrong) >= _FEWEST - 1 else ():
                found = f"ghi {self.texts[r][c]}, tính ra khoảng {shown(made[c].quantize(Decimal('0.01')))}"
                yield self.cells[r][c], found, f"khoảng {shown(made[c].quantize(Decimal('0.01')))}"

    def _products(self) -> Iterator[Question]:
        """A column of amounts that is number times price, as the heads say."""
        named = [next((c for c, head in self.heads.items() if what in head), None) for what in _PRODUCT_HEADS]
        number, price, total = named
        if number is not None and price is not None and total is not None:
            slack = self._slack([row[total] for row in self.numbers.values() if total in row])
            ways = [_product_of(number, price)]
            yield from self._held(total, ways, "số lượng nhân đơn giá được {}", slack, fewest=1, mostly=0.5)

    def _hundred(self) -> Iterator[Question]:
        """A column of the shares of one whole that come near to a hundred and miss it."""
        total = self._total
        details = [r for r in self.numbers if r != total]
        for c in sorted({c for row in self.numbers.values() for c in row}):
            known = [self.numbers[r][c] for r in details if c in self.numbers[r]]
            added, slack = sum(known, Decimal(0)), self._slack(known)
            told = self.total_row.get(c, _HUNDRED)
            odd = slack < abs(added - _HUNDRED) <= _NEAR_HUNDRED and told == _HUNDRED
            whole = len(known) == len(details) >= _FEWEST and max(known) < _HUNDRED
            if odd and whole and _OF_ONE.search(self.heads[c]) and not self._has_groups(details):
                last = details[-1] if total is None else total
                cell = self.cells[last].get(c) or self.cells[details[-1]][c]
                yield cell, f"các tỷ trọng cộng lại được {shown(added)}%", "100%"

    def _held(
        self,
        c: int,
        ways: Sequence[Way],
        found: str,
        slack: Decimal = Decimal(0),
        fewest: int = _FEWEST,
        mostly: float = _MOSTLY,
    ) -> Iterator[Question]:
        """Hold a column against the way of reckoning that gives most of its rows; ask about the others."""
        rows = {r: row for r, row in self.numbers.items() if c in row}
        few = [*rows.values()][:_TRIED]
        way = max(ways, key=lambda w: sum(_gives(w, row, row[c], slack) is True for row in few), default=None)
        told = {r: _gives(way, row, row[c], slack) for r, row in rows.items()} if way else {}
        right = sum(one is True for one in told.values())
        if way is None or right < fewest or right < mostly * sum(one is not None for one in told.values()):
            return
        for r in (r for r, one in told.items() if one is False):
            made = shown(way(rows[r]).quantize(Decimal("0.01")))
            yield self.cells[r][c], f"ghi {self.texts[r][c]}, {found.format(made)}", f"khoảng {made}"


def _numbers_of(texts: dict[int, str], signed: Collection[int] = ()) -> Row:
    read = {c: _signed_number(text) if c in signed else read_number(text) for c, text in texts.items()}
    return {c: n for c, n in read.items() if n is not None}


_SIGN = lazy_pattern(r"\+ ?\d|[-−–]\d[\d.,]*$")


def _signed_number(text: str) -> Decimal | None:
    number = read_number(text.lstrip("+-−– "))
    return -number if number is not None and text.lstrip()[:1] in "-−–" else number


def _counts_columns(row: Row) -> bool:
    """Whether a row says "1, 2, 3 …" below the heads."""
    return len(row) >= _FEWEST and [*row.values()] == [Decimal(n) for n in range(1, len(row) + 1)]


def _is_total(text: str) -> bool:
    may_be = len(text) <= _LONGEST_TOTAL and text[:1] in _BEGINS_TOTAL
    return may_be and bool(_TOTAL.fullmatch(unaccented(text).strip()))


def _sum_of(columns: Sequence[int]) -> Way:
    return lambda row: sum((row[c] for c in columns), Decimal(0))


def _difference_of(one: int, other: int) -> Way:
    return lambda row: row[one] - row[other]


def _product_of(number: int, price: int) -> Way:
    return lambda row: row[number] * row[price]


def _share_of(part: int, whole: int) -> Way:
    return lambda row: 100 * row[part] / row[whole]


def _growth_of(now: int, then: int) -> Way:
    return lambda row: 100 * (row[now] - row[then]) / row[then]


def _share_of_total(part: int, total: Decimal) -> Way:
    return lambda row: 100 * row[part] / total


def _gives(way: Way, row: Row, printed: Decimal, slack: Decimal) -> bool | None:
    """Whether a way gives the number printed, rounded or cut off; None where the row lacks a part of it."""
    try:
        return abs(printed - way(row)) < step_of(printed) + slack
    except (KeyError, ArithmeticError):
        return None


@lru_cache(maxsize=4)
def grids(paper: Paper) -> tuple[Grid, ...]:
    """The document's tables with lines, in their order."""
    cells: dict[int, dict[int, dict[int, Paragraph]]] = defaultdict(lambda: defaultdict(dict))
    named: dict[int, str] = {}
    above = ["", ""]
    for paragraph in paper.document.paragraphs:
        cell, text = paragraph.cell, paragraph.text.strip()
        if cell is None:
            above = [above[-1], text] if text else above
        elif cell.table.bordered and text:
            if cell.table.number not in named:
                named[cell.table.number] = "\n".join(map(unaccented, above))
            cells[cell.table.number][cell.row].setdefault(cell.column, paragraph)
    return tuple(_grid(rows, named[at]) for at, rows in cells.items())


def _grid(rows: dict[int, dict[int, Paragraph]], above: str) -> Grid:
    """A table below the two lines ``above``: its caption, and what its amounts are told in."""
    caption = _CAPTION.search(above)
    heads = " ".join(p.text for p in rows[min(rows)].values())
    return Grid(rows, caption[1] if caption else "", bool(_ROUNDED.search(f"{above} {unaccented(heads)}")))
