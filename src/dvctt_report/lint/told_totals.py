"""Numbers told twice, each time otherwise: a total and its table, votes and voters, digits exchanged."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from dvctt_report.lint.amounts import CHANGED, Amount, is_slip
from dvctt_report.lint.figure_tables import Grid
from dvctt_report.lint.numerals import NUMBER, read_number, shown
from dvctt_report.lint.parts import Paper
from dvctt_report.lint.pieces import Piece
from dvctt_report.patterns import lazy_pattern
from dvctt_report.vietnamese import unaccented

_ANNEX = lazy_pattern(r"\b[Pp]hụ lục(?: số)?(?: (?P<name>[IVX]+|\d{1,2})\b)?")
_TABLE = lazy_pattern(r"\b(?:Bảng|Biểu)(?: số)? (?P<name>\d{1,2})\b")
_WORD = lazy_pattern(r"[a-z]+")
_FIGURE = lazy_pattern(r"\d")
_SAYS_NOTHING = frozenset((
    "so", "tong", "cong", "luong", "dong", "trieu", "ty", "nghin", "ngan", "don", "vi", "tinh", "dvt", "co",
    "la", "cac",
))  # fmt: skip
"""Words of a column's head that tell nothing of what is counted in it: its unit, "số", "tổng"."""
_SUMMED = lazy_pattern(r"\btổng\b", re.IGNORECASE)
_LEFT_OUT = lazy_pattern(
    r"\b(?:không (?:kể|tính|bao gồm)|chưa (?:kể|tính|bao gồm)|ngoại trừ)\b", re.IGNORECASE
)
"""What says that an amount is a total without some of its rows."""
_NEAR = 3
"""Paragraphs between a text and its table: a caption, a unit of count, an empty one."""
_ALMOST = Decimal("0.04")
"""How near, in parts of itself, a number is to the total that it was meant to be."""
_CALLED_TOTAL = Decimal("0.15")
"""The same where its words say "tổng"; farther off it may be the total of several years."""
_DIGITS = 3
"""Digits of a number from which another with one changed, or two exchanged, is a slip of the hand."""
_FEW = 10
"""Up to how many every number is a slip away."""
_LARGE = 100
"""From how many on a number that is nearly a total is meant for it; of less a hundredth is nothing."""


def totals_told(paper: Paper, tables: Sequence[Grid]) -> Iterator[tuple[Piece, str, str]]:
    """Amounts of the body that are the total of a table's column by their words, and not by their value."""
    summed = [grid for grid in tables if grid.total_row]
    for piece in paper.body if summed else ():
        amounts = [a for a in piece.told.apart if not a.is_vague] if _has_figure(piece.text) else []
        amounts = [] if _LEFT_OUT.search(piece.text) else amounts
        for grid, where in _pointed(paper, piece, summed) if amounts else ():
            if found := _otherwise(piece, amounts, grid, where):
                yield piece, *found
                break


def _has_figure(text: str) -> bool:
    return _FIGURE.search(text) is not None


def _pointed(paper: Paper, piece: Piece, grids: Sequence[Grid]) -> Iterator[tuple[Grid, str]]:
    """The tables that a paragraph speaks of, each with what it is called: right below or above it, named."""
    labels = [annex.label.paragraph.number for annex in paper.annexes]
    end = min(labels, default=len(paper.document.paragraphs))
    at = piece.paragraph.number
    for grid in (g for g in grids if g.first < end):
        named = any(m["name"] == grid.name for m in _TABLE.finditer(piece.text)) and grid.name
        if (
            named
            or (0 < grid.first - at <= _NEAR and _is_last(paper, at, grid))
            or 0 < at - grid.last <= _NEAR
        ):
            yield grid, f"bảng {grid.name}" if named else "bảng"
    names = {found["name"] for found in _ANNEX.finditer(piece.text)} if labels else set()
    for n, annex in enumerate(paper.annexes):
        own = annex.name.rpartition(" ")[2]
        if names & {own, None} or (names and len(labels) == 1):
            reach = range(labels[n], labels[n + 1] if n + 1 < len(labels) else len(paper.document.paragraphs))
            yield from ((grid, annex.name) for grid in grids if grid.first in reach)


def _is_last(paper: Paper, at: int, grid: Grid) -> bool:
    """Whether no other sentence stands between a paragraph and its table."""
    between = paper.document.paragraphs[at + 1 : grid.first]
    return not any(_has_figure(p.text) and p.text.rstrip().endswith((".", ";", ":")) for p in between)


def _otherwise(piece: Piece, amounts: Sequence[Amount], grid: Grid, where: str) -> tuple[str, str] | None:
    """What one amount says against the column it is the total of; None where it agrees, or is of none."""
    known = any(grid.holds(read_number(amount.text)) for amount in amounts)
    for amount in amounts:
        told, words = read_number(amount.text), _words_about(piece.text, amount)
        column = _column(words, grid)
        summed = bool(_SUMMED.search(words))
        if column is None and not known and where.startswith("Phụ lục") and told:
            near = (c for c, n in grid.total_row.items() if _is_meant(told, n, summed and n >= _FEW))
            column = next(near, None)
        if column is None and where.startswith("Phụ lục") and len(amounts) == 1:
            column = next((c for c in grid.total_row if _is_unit(amount, grid.heads[c])), None)
        if column is None and summed and len(grid.total_row) == 1:
            (column,) = grid.total_row
        if column is None and summed and told:
            column = next((c for c, n in grid.total_row.items() if is_slip(told, n)), None)
        if told is None or column is None or _is_of_another_time(words, grid.heads[column]):
            continue
        total = grid.total_row[column]
        agrees = any(_is_one(other, total) for other in amounts) or grid.holds(told)
        # One amount alone is told with the annex, in the unit of its column: "26 bộ máy tính (Phụ lục)".
        tied = where.startswith("Phụ lục") and len(amounts) == 1 and _is_unit(amount, grid.heads[column])
        if not agrees and _is_meant(told, total, summed or tied):
            return f"ghi {amount.text}, dòng tổng của {where} ghi {shown(total)}", shown(total)
    return None


def _is_unit(amount: Amount, head: str) -> bool:
    """Whether a column's head ends with the word that an amount is counted in: "số lượng (bộ)"."""
    unit = unaccented(amount.noun).partition(" ")[0]
    return bool(unit) and head.rstrip().endswith(f"({unit})")


def _is_of_another_time(words: str, head: str) -> bool:
    """Whether an amount is one of change or plan, and the column's head says nothing of that."""
    return any(unaccented(found[0]) not in head for found in CHANGED.finditer(words))


def _words_about(text: str, amount: Amount) -> str:
    """The words on both sides of an amount, and those before the colon that it stands behind."""
    if amount.before.strip():
        return amount.label
    return re.split(r"[.;,()]\s", text[: amount.start])[-1] + amount.label


def _column(about: str, grid: Grid) -> int | None:
    """The one column whose head stands whole in the words around an amount, the longest head first."""
    words = {*_WORD.findall(unaccented(about))}
    heads = {c: {*_WORD.findall(grid.heads[c])} - _SAYS_NOTHING for c in grid.total_row}
    fitting = {c: len(head) for c, head in heads.items() if head and head <= words}
    best = [c for c, n in fitting.items() if n == max(fitting.values())]
    return best[0] if len(best) == 1 else None


def _is_one(amount: Amount, total: Decimal) -> bool:
    """Whether an amount is a total, in whatever scale the table tells it: 2,4 tỷ of 2.385,2 triệu."""
    return any(abs(total.scaleb(power) - amount.value) <= amount.slack for power in (0, 3, 6, 9))


def _is_near(told: Decimal, total: Decimal) -> bool:
    return told >= _LARGE and abs(told - total) <= told * _ALMOST


def _is_meant(told: Decimal, total: Decimal, summed: bool) -> bool:
    """Whether a number was to be a total; ``summed``: its words call it one."""
    far = summed and abs(told - total) <= told * _CALLED_TOTAL
    return far or _is_near(told, total) or is_slip(told, total, 1 if summed else _DIGITS)


_PAIR = lazy_pattern(
    r"(?P<part>\d(?<![\d/.,]\d)(?:\d{0,2}(?:\.\d{3})+|\d*))"
    r"(?:\s*/\s*|(?: [^\W\d]+){0,3} (?:trên|trong(?= (?:tổng )?số )) (?:tổng )?(?:số )?)"
    r"(?P<whole>\d{1,3}(?:\.\d{3})+|\d+)(?![\d/.,])"
)
_FIGURES = lazy_pattern(r"\d(?<![\d.,]\d)(?:[\d.,]*\d)?")
"""A number with all its points and commas."""
_TWICE = 2


def pairs_told(paper: Paper, tables: Sequence[Grid]) -> Iterator[tuple[Piece, str, str]]:
    """A part and a whole of which a table's total has the one, and beside it the other a little otherwise."""
    for piece in paper.whole_text.holding("%") if tables else ():
        beside = [*_PAIR.finditer(piece.text)] if "/" in piece.text else []
        n_told = Counter(_FIGURES.findall(piece.text)) if beside else {}
        for found in beside:
            # What is told twice was meant: "đã giải quyết 4.507 hồ sơ … (4.446/4.507)".
            if n_told[found["part"]] < _TWICE > n_told[found["whole"]]:
                yield from ((piece, *told) for told in _nearly_beside(found, tables))


def _nearly_beside(found: re.Match[str], tables: Sequence[Grid]) -> Iterator[tuple[str, str]]:
    part, whole = (read_number(found[name]) or Decimal(0) for name in ("part", "whole"))
    for one, other in ((whole, part), (part, whole)):
        rows = [row for grid in tables if (row := grid.total_row) and one in row.values()]
        if rows and not any(grid.holds(other) for grid in tables):
            near = (n for row in rows for n in row.values() if n != one)
            if (meant := next((n for n in near if abs(n - other) <= other * _ALMOST), None)) is not None:
                told = (meant, whole) if one is whole else (part, meant)
                pair = f"{found['part']}/{found['whole']}"
                yield f"{pair}, dòng tổng của bảng ghi {shown(meant)}", "/".join(map(shown, told))


_NAMED_TOTAL = lazy_pattern(
    rf"\b[Tt]ổng (?:số|cộng)\b[^.;\d]{{0,60}}?(?P<total>{NUMBER.pattern})(?![\d/,%]|\.\d|\s?%)[^.;]{{0,200}}?"
    r"\b[Bb]ảng\s+(?:số\s+)?(?P<table>\d+)\b"
)


def named_totals(paper: Paper, tables: Sequence[Grid]) -> Iterator[tuple[Piece, str, str]]:
    """A total that the text names of a table, and that the table doesn't have."""
    named = {grid.name: grid for grid in tables if grid.has_total}
    for piece in paper.whole_text.holding("ổng số", "ổng cộng") if named else ():
        for found in _NAMED_TOTAL.finditer(piece.text):
            table = named.get(found["table"])
            if table is not None and not table.holds(read_number(found["total"])):
                yield (
                    piece,
                    f"tổng {found['total']} không có trong Bảng {table.name}",
                    "như dòng tổng của bảng",
                )


_MOST = lazy_pattern(
    r"(?:cao|thấp|nhiều|ít|lớn|nhỏ) nhất(?: là| đạt| thuộc về)?(?P<named> [^();.\d]{2,60}?)?"
    rf" \((?:đạt )?(?P<n>{NUMBER.pattern})(?![\d.])[^()]{{0,20}}\)"
)
_SIGNS = 3
"""Signs of a number, its comma among them, that stands in one row of a table alone."""


def in_other_rows(paper: Paper, tables: Sequence[Grid]) -> Iterator[tuple[Piece, str, str]]:
    """What is told of the first or last of a table, and is that of another row: "… đạt thấp nhất (47,7%)"."""
    for piece in paper.body if tables else ():
        for found in _MOST.finditer(piece.text) if "nhất" in piece.text else ():
            about = found["named"] or re.split(r"[;,.] ", piece.text[: found.start()])[-1]
            number = read_number(found["n"])
            for grid in tables if len(found["n"]) >= _SIGNS else ():
                named = {
                    name: r for r, row in grid.texts.items() for name in row.values() if len(name) > _SIGNS
                }
                rows = [r for r, row in grid.numbers.items() if number in row.values()]
                own = [r for name, r in named.items() if r in grid.numbers and name in about]
                if len(rows) == len(own) == 1 and rows != own:
                    other = next(name for name, r in named.items() if r == rows[0] and not read_number(name))
                    yield piece, f"{found['n']} trong bảng là của “{other}”", "cùng một dòng của bảng"


_PRESENT = lazy_pattern(
    r"(?<![\d/])(?P<there>\d{1,3})/\d{1,3} [^\d.;]{2,40}\b(?:triệu tập|tham dự|dự họp|có mặt)"
    r"|\b[Cc]ó mặt:? (?P<alone>\d{1,3})\b"
)
_VOTED = lazy_pattern(
    r"(?<![\d/])\d{1,3}/(?P<all>\d{1,3}) (?:người|đại biểu|thành viên|đồng chí|ý kiến|phiếu)[^.;\d]{0,40}?"
    r"\b(?:biểu quyết|tán thành|nhất trí|đồng ý|thống nhất)"
)


def voted(paper: Paper) -> Iterator[tuple[Piece, str, str]]:
    """Votes of a meeting that are not as many as were there by its minutes."""
    lines = paper.body if paper.kind == "Biên bản" else ()
    there = next((m for p in lines if not _VOTED.search(p.text) and (m := _PRESENT.search(p.text))), None)
    for piece in lines if there else ():
        for found in _VOTED.finditer(piece.text):
            present = there["there"] or there["alone"] if there else ""
            if int(found["all"]) > int(present):
                yield piece, f"{found['all']} người biểu quyết, có mặt {present}", f"không quá {present}"


_LONG_NUMBER = lazy_pattern(r"\d(?:\d*(?:\.\d{3})+|\d{2,})")


def exchanged(paper: Paper) -> Iterator[tuple[Piece, str, str]]:
    """Two numbers of one thing, the digits of the one those of the other in another order."""
    written = defaultdict[tuple[str, ...], set[str]](set)
    for number in {*paper.text.all(_LONG_NUMBER)}:
        written[tuple(sorted(number))].add(number)
    alike = [number for numbers in written.values() if len(numbers) > 1 for number in sorted(numbers)]
    known: dict[str, dict[str, Piece]] = {}
    for piece in paper.text.holding(*alike):
        for amount in piece.told.apart:
            if " " in amount.noun and "," not in amount.text and len(amount.text) >= _DIGITS:
                known.setdefault(amount.noun, {}).setdefault(amount.text, piece)
    for noun, told in known.items():
        for one, other in combinations(told, 2):
            first, second = (Decimal(text.replace(".", "")) for text in (one, other))
            beside = told[one] is told[other]
            if not beside and sorted(one) == sorted(other) and is_slip(first, second, _DIGITS):
                yield told[other], f"{other} {noun}, chỗ trước ghi {one}", "cùng một số"
