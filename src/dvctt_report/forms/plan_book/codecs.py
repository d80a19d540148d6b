"""How a value of the plan stands in a cell, and what a cell of a person's making means."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from dvctt_report.files.cells import CellValue
from dvctt_report.text.vietnamese import clean_text, format_date, key, parse_date

Written = str | int | date | None
"""What a cell is given; None and "" leave it blank."""


@dataclass(frozen=True, slots=True)
class Codec:
    """``to_cell`` writes a value, ``from_cell`` reads a cell that isn't blank; ValueError says why it can't.

    ``choices``: the words that a drop-down offers. ``number_format``: text ("@") where Excel would make a
    date of "12-31".
    """

    to_cell: Callable[[Any], Written]
    from_cell: Callable[[CellValue], Any]
    choices: tuple[str, ...] = ()
    number_format: str = "@"


def _text(value: CellValue) -> str:
    if isinstance(value, date):
        raise ValueError("Excel đã đổi chữ trong ô thành ngày; ghi lại, thêm dấu nháy đơn (') ở đầu")
    if isinstance(value, bool) or value is None:
        raise ValueError("phải là chữ")
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return value


def _whole(value: CellValue) -> int:
    if isinstance(value, str) and re.fullmatch(r"\s*\d{1,9}\s*%?\s*", value):
        return int(value.strip(" %"))
    if isinstance(value, Decimal) and value == int(value):
        return int(value)
    raise ValueError("phải là số nguyên, ví dụ 95")


def _day(value: CellValue) -> date:
    if isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    day = parse_date(value) if isinstance(value, str) else None
    if day is None:
        raise ValueError("phải là ngày, ghi dạng 30/6/2025")
    return day


def _month_day(value: CellValue) -> str:
    day, slash, month = _text(value).replace(" ", "").partition("/")
    if not (slash and day.isdecimal() and month.isdecimal() and len(day) < 3 and len(month) < 3):
        raise ValueError("phải là ngày/tháng, ghi dạng 31/10")
    return f"{int(month):02}-{int(day):02}"


def _mark(value: CellValue) -> bool:
    if value is True or (isinstance(value, str) and key(value) in ("x", "có", "✓")):
        return True
    if value is False or (isinstance(value, str) and key(value) == "không"):
        return False
    raise ValueError("ghi x, hoặc để trống")


def _lines(value: CellValue) -> tuple[str, ...]:
    return tuple(line.strip() for line in _text(value).splitlines() if line.strip())


TEXT = Codec(lambda value: value, lambda value: clean_text(_text(value)))
PATTERN = Codec(lambda value: value, _text)
"""A sentence with places for figures: spaces at its ends are part of it."""
WHOLE = Codec(lambda value: value, _whole, number_format="0")
DAY = Codec(lambda value: value, _day, number_format="dd/mm/yyyy")
MONTH_DAY = Codec(lambda value: "/".join(str(int(part)) for part in reversed(value.split("-"))), _month_day)
"""Month and day as a person writes them: "12-31" stands as "31/12"."""
MARK = Codec(lambda value: "x" if value else "", _mark, ("x",))
LINES = Codec("\n".join, _lines)
"""Several values, each on a line of its own."""


def _write_identifiers(identifiers: Iterable[Mapping[str, Any]]) -> str:
    lines = []
    for one in identifiers:
        days = ((word, one.get(name)) for name, word in (("valid_from", "từ"), ("valid_to", "đến")))
        lines.append(" ".join([one["code"], *(f"{word} {format_date(day)}" for word, day in days if day)]))
    return "\n".join(lines)


_IDENTIFIER = re.compile(
    r"(?i)(?P<code>\S+)(?: từ (?P<valid_from>[0-9/]+))?(?: đến (?:hết )?(?P<valid_to>[0-9/]+))?"
)


def _identifiers(value: CellValue) -> list[dict[str, Any]]:
    identifiers = []
    for line in _lines(value):
        written = _IDENTIFIER.fullmatch(clean_text(line))
        parts = {name: text for name, text in written.groupdict().items() if text} if written else {}
        read = {name: text if name == "code" else parse_date(text) for name, text in parts.items()}
        if not read or None in read.values():
            raise ValueError(f"“{line}”: ghi mã, cần thì thêm ngày, ví dụ H32 từ 01/07/2025 đến 31/12/2026")
        identifiers.append(read)
    return identifiers


IDENTIFIERS = Codec(_write_identifiers, _identifiers)
"""Official identifiers, one a line, with the days they hold on: "H43 đến 30/06/2025"."""


BODIES = Codec(
    lambda bodies: "\n".join(body.replace("group:", "nhóm ") for body in bodies),
    lambda value: tuple(re.sub(r"(?i)^nhóm\s+", "group:", line) for line in _lines(value)),
)
"""Units by their codes, groups as "nhóm so"."""


def words(meanings: Mapping[str, str]) -> Codec:
    """A value of a few, each by its Vietnamese words; "" stands for itself and leaves the cell blank."""
    by_words = {key(said): value for value, said in meanings.items()}
    offered = tuple(filter(None, meanings.values()))

    def read(value: CellValue) -> str:
        if (said := key(_text(value))) not in by_words:
            raise ValueError(f"chỉ nhận: {'; '.join(offered)}")
        return by_words[said]

    return Codec(lambda value: meanings.get(value or "", ""), read, offered)
