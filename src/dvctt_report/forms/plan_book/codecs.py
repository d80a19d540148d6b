"""How a value of the plan stands in a cell, and what a cell of a person's making means."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from dvctt_report.files.cells import CellValue
from dvctt_report.model import Compared
from dvctt_report.text.vietnamese import clean_text, format_date, key, parse_date, parse_decimal

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


_SAID = {
    Compared.AT_LEAST: ("tối thiểu", "ít nhất", "≥", ">="),
    Compared.MORE_THAN: ("trên", ">"),
    Compared.AT_MOST: ("không quá", "tối đa", "nhiều nhất", "≤", "<="),
    Compared.LESS_THAN: ("dưới", "<"),
}
"""The words and signs for each sense; the first is written."""
_SENSES = {key(word): compared for compared, words in _SAID.items() for word in words}
_GROWTH = re.compile(
    r"tăng (?P<growth>[\d,.]{1,9})%? so với (?:(?P<base>\d[\d.]{0,14}) )?năm (?P<year>\d{4})", re.IGNORECASE
)
_NEXT = re.compile(r"\n|;(?= *nhóm )", re.IGNORECASE)
"""What stands between the levels of groups: a line each, or "nhóm so: 70; nhóm xa: 55"."""
_DAY = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")
_EXAMPLES = (
    "ví dụ 95; 40000; 82,5; không quá 5; trên 60; tăng 10% so với 1200 năm 2022; tăng 10% so với năm 2025; "
    "“đa số”; đến 30/6/2026"
)


def _write(level: Mapping[str, Any]) -> str:
    """A level in a line; "at least" is the bare number."""
    of = f"nhóm {', '.join(level['groups'])}: " if level.get("groups") else ""
    if level.get("by"):
        return f"{of}đến {format_date(level['by'])}"
    if level.get("words"):
        return f"{of}“{level['words']}”"
    if level.get("growth") is not None:
        base = f"{level['base']} " if level.get("base") is not None else ""
        return f"{of}tăng {_decimal(level['growth'])}% so với {base}năm {level['base_year']}"
    compared, number = next((c, level[c]) for c in Compared if level.get(c) is not None)
    return of + ("" if compared is Compared.AT_LEAST else f"{_SAID[compared][0]} ") + _decimal(number)


def _decimal(number: float | Decimal) -> str:
    """Without marks between thousands: "40.000" can be read in two ways."""
    return f"{Decimal(str(number)):f}".replace(".", ",")


def read_levels(value: CellValue) -> list[dict[str, Any]]:
    """The levels that a cell says; ValueError says why it says none."""
    if isinstance(value, Decimal):
        if 0 < value < 1:
            either = f"{_decimal(value * 100)}% hay {_decimal(value)}%"
            raise ValueError(f"là {either}? Ghi số phần trăm thành chữ, {_EXAMPLES}")
        return [{Compared.AT_LEAST.value: value}]
    if isinstance(value, date):
        return [{"by": value}]
    if not isinstance(value, str):
        raise ValueError(f"phải là mức của chỉ tiêu, {_EXAMPLES}")
    levels = []
    for line in map(clean_text, filter(str.strip, _NEXT.split(value))):
        of, colon, rest = line.partition(":")
        if not colon or line[0] in '“"':
            levels.append(_read_number(line))
            continue
        word, _, codes = of.partition(" ")
        if key(word) != "nhóm":
            raise ValueError(f"“{of}” không phải là nhóm đơn vị, ghi dạng “nhóm so: 70”")
        levels.append({"groups": [code.strip() for code in codes.split(",")], **_read_number(rest)})
    return levels


def _read_number(text: str) -> dict[str, Any]:
    said = text.strip()
    if said[:1] in ("“", '"') and said[-1:] in ("”", '"') and len(said) > 2:
        return {"words": said[1:-1]}
    day_said = said[4:].strip() if key(said).startswith("đến ") else said
    if _DAY.fullmatch(day_said) and (day := parse_date(day_said)):
        return {"by": day}
    if found := _GROWTH.fullmatch(said):
        base = {"base": int(found["base"].replace(".", ""))} if found["base"] else {}
        return {"growth": parse_decimal(found["growth"]), **base, "base_year": int(found["year"])}
    first = next((n for n, letter in enumerate(said) if letter.isdecimal()), len(said))
    compared = _SENSES.get(key(said[:first])) if said[:first].strip() else Compared.AT_LEAST
    number = parse_decimal(said[first:].rstrip("% "))
    if compared is None or number is None:
        raise ValueError(f"“{said}” không phải là mức của chỉ tiêu, {_EXAMPLES}")
    return {compared.value: number}


LEVELS = Codec(lambda levels: "\n".join(map(_write, levels)), read_levels)
"""The levels of a year, a line each: in text, so that Excel makes no fraction of "95%", no day of "5/6"."""
