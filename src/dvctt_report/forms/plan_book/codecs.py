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


def _line(value: CellValue) -> str:
    return clean_text(_text(value))


def _whole(value: CellValue) -> int:
    if isinstance(value, str) and re.fullmatch(r"\s*\d{1,9}\s*%?\s*", value):
        return int(value.strip(" %"))
    if isinstance(value, Decimal) and value == int(value):
        return int(value)
    raise ValueError("phải là số nguyên, ví dụ 95")


def _day(value: CellValue) -> date:
    if isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    found = parse_date(value) if isinstance(value, str) else None
    if found is None:
        raise ValueError("phải là ngày, ghi dạng 30/6/2025")
    return found


def _write_month_day(value: str) -> str:
    month, _, day = value.partition("-")
    return f"{int(day)}/{int(month)}" if month.isdecimal() and day.isdecimal() else value


def _month_day(value: CellValue) -> str:
    found = re.fullmatch(r"\s*(\d{1,2})\s*/\s*(\d{1,2})\s*", _text(value))
    if found is None:
        raise ValueError("phải là ngày/tháng, ghi dạng 31/10")
    return f"{int(found[2]):02}-{int(found[1]):02}"


def _mark(value: CellValue) -> bool:
    if value is True or (isinstance(value, str) and key(value) in ("x", "có", "✓")):
        return True
    if value is False or (isinstance(value, str) and key(value) == "không"):
        return False
    raise ValueError("ghi x, hoặc để trống")


def _lines(value: CellValue) -> tuple[str, ...]:
    return tuple(line.strip() for line in _text(value).splitlines() if line.strip())


TEXT = Codec(lambda value: value, _line)
PATTERN = Codec(lambda value: value, _text)
"""A sentence with places for figures: spaces at its ends are part of it."""
WHOLE = Codec(lambda value: value, _whole, number_format="0")
DAY = Codec(lambda value: value, _day, number_format="dd/mm/yyyy")
MONTH_DAY = Codec(_write_month_day, _month_day)
"""Month and day as a person writes them: "12-31" stands as "31/12"."""
MARK = Codec(lambda value: "x" if value else "", _mark, ("x",))
LINES = Codec("\n".join, _lines)
"""Several values, each on a line of its own."""


def _write_identifiers(said: Iterable[Mapping[str, Any]]) -> str:
    days = (("valid_from", "từ"), ("valid_to", "đến"))
    return "\n".join(
        " ".join([one["code"], *(f"{word} {format_date(one[name])}" for name, word in days if one.get(name))])
        for one in said
    )


_IDENTIFIER = re.compile(
    r"(?i)(?P<code>\S+)(?: từ (?P<valid_from>[0-9/]+))?(?: đến (?:hết )?(?P<valid_to>[0-9/]+))?"
)


def _identifiers(value: CellValue) -> list[dict[str, Any]]:
    found = []
    for line in _lines(value):
        said = _IDENTIFIER.fullmatch(clean_text(line))
        days = {n: parse_date(d) for n, d in said.groupdict().items() if d and n != "code"} if said else {}
        if said is None or None in days.values():
            raise ValueError(f"“{line}”: ghi mã, cần thì thêm ngày, ví dụ H32 từ 01/07/2025 đến 31/12/2026")
        found.append({"code": said["code"], **days})
    return found


IDENTIFIERS = Codec(_write_identifiers, _identifiers)
"""Official identifiers, one a line, with the days they hold on: "H43 đến 30/06/2025"."""


def _bodies(value: CellValue) -> tuple[str, ...]:
    return tuple(re.sub(r"(?i)^nhóm\s+", "group:", line) for line in _lines(value))


BODIES = Codec(lambda bodies: "\n".join(b.replace("group:", "nhóm ") for b in bodies), _bodies)
"""Units by their codes, groups as "nhóm so"."""


def words(meanings: Mapping[str, str], also: Mapping[str, str] | None = None) -> Codec:
    """A value of a few, each by its Vietnamese words; "" stands for itself and leaves the cell blank.

    ``also``: other words that are read, by what they mean.
    """
    by_words = {key(said): value for value, said in meanings.items()}
    by_words |= {key(said): value for said, value in (also or {}).items()}
    offered = tuple(said for said in meanings.values() if said)

    def read(value: CellValue) -> str:
        found = by_words.get(key(_text(value)))
        if found is None:
            raise ValueError(f"chỉ nhận: {'; '.join(offered)}")
        return found

    return Codec(lambda value: meanings[value or ""] if value or "" in meanings else "", read, offered)
