"""A cell of a table: what became of its printed figures, and whether two cells say the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from dvctt_report.report.marks import FigureSpan
from dvctt_report.verify.numbers import SaidNumber, even_text, find_numbers, parse_value, printed_value
from dvctt_report.verify.reading import Match, TextPlace, same_value
from dvctt_report.verify.statements import Statement, find_statements
from dvctt_report.vietnamese import key, parse_date

_BESIDE = re.compile(r"so|với|mục|tiêu|kế|hoạch|chỉ|yêu|cầu|đề|ra|đánh|giá|thời|gian|quy|định")
"""Words that may stand beside a verdict in a cell and say nothing of their own."""
_COUNT = re.compile(r"([\d.]+) [^\W\d][^\d;()]*")
_UNITS = re.compile(r"triệu|tỷ|đồng", re.IGNORECASE)


def match_cell(printed: str, spans: Sequence[FigureSpan], found: str, place: TextPlace) -> list[Match]:
    """Compare a cell: number by number where it has as many as were printed, else as a whole."""
    expected = [_value(span.text) for span in spans]
    said = [key(s.text) if value is None else value for s, value in zip(spans, expected, strict=True)]
    if printed == found:
        # as nearly always; a report of many units has a hundred thousand cells
        return [Match(s.id, s.text, s.text, True, one, place) for s, one in zip(spans, said, strict=True)]
    now = even_text(found)
    numbers = _numbers(now)
    if len(numbers) == len(spans) and None not in expected and _is_plain(now, numbers):
        return [_match(span, n, place) for span, n in zip(spans, numbers, strict=True)]
    agrees = says_the_same(printed, now)
    shown = now or "(trống)"
    if agrees:
        return [Match(s.id, s.text, s.text, True, one, place) for s, one in zip(spans, said, strict=True)]
    return [Match(s.id, s.text, shown, False, key(shown), place) for s in spans]


def _value(text: str) -> Decimal | None:
    """The number that a figure is, also with what it counts behind it: "32 hồ sơ" says what "32" says."""
    counted = _COUNT.fullmatch(text)
    return printed_value(counted.group(1) if counted else text)


def _match(span: FigureSpan, number: SaidNumber, place: TextPlace) -> Match:
    """Compare one number of a cell; a threshold whose sign is gone or turned is another one."""
    amount = number.amount
    same = same_value(printed_value(span.text), amount, span.text, number.text)
    least = next((n.least for n in find_numbers(even_text(span.text))), None)
    shown = number.worded or number.text
    return Match(
        span.id, span.text, shown, same and least is number.least, shown if amount is None else amount, place
    )


def _numbers(text: str) -> list[SaidNumber]:
    """The numbers of a cell, where words around can't tell what they are."""
    found = find_numbers(text)
    if all(number.figure for number in found):
        return list(found)
    return [
        SaidNumber(n.start, n.end, n.text, parse_value(n.text))
        for n in found
        if parse_value(n.text) is not None
    ]


def _is_plain(text: str, numbers: Sequence[SaidNumber]) -> bool:
    """Whether a cell holds numbers and signs alone: neither a date nor the number of a document."""
    rest = _UNITS.sub("", text)
    for number in numbers:
        rest = rest.replace(number.worded, "")
    return parse_date(text) is None and not re.search(r"[^\W\d_]{2}", rest)


def says_the_same(printed: str, found: str) -> bool:
    """Whether two cells say the same: one date, one verdict in other words, else the same letters."""
    one, other = parse_date(printed), parse_date(found)
    if one is not None and other is not None:
        return one == other
    dropped = r"\s" if re.search(r"\d", printed + found) else r"[\s,;()]"
    a, b = (re.sub(dropped, "", key(text)) for text in (even_text(printed), found))
    return a == b or _is_same_verdict(even_text(printed), found)


def _is_same_verdict(printed: str, found: str) -> bool:
    """Whether two cells hold the same statements, a verdict and how sure it is, and hardly a word beside."""
    said, now = find_statements(printed), find_statements(found)
    if not said or [(s.kind, s.value) for s in said] != [(s.kind, s.value) for s in now]:
        return False
    return all(map(_BESIDE.fullmatch, _words_beside(printed, said) ^ _words_beside(found, now)))


def _words_beside(text: str, statements: Sequence[Statement]) -> set[str]:
    for statement in sorted(statements, key=lambda one: -one.start):
        text = text[: statement.start] + text[statement.end :]
    return set(re.findall(r"\w+", text.lower()))
