"""What a plan asks of a year as an officer writes it in a cell: "80", "không quá 2,5", "trên 60"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from dvctt_report.files.cells import CellValue
from dvctt_report.forms.plan_book.codecs import Codec, Written
from dvctt_report.model import Compared
from dvctt_report.text.vietnamese import clean_text, format_date, key, parse_date, parse_decimal

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


def write_levels(levels: list[Mapping[str, Any]]) -> Written:
    """The levels of one year in a cell, a line each; "at least" is the bare number."""
    return "\n".join(
        (f"nhóm {', '.join(level['groups'])}: " if level.get("groups") else "") + _write(level)
        for level in levels
    )


def _write(level: Mapping[str, Any]) -> str:
    if level.get("by"):
        return f"đến {format_date(level['by'])}"
    if level.get("words"):
        return f"“{level['words']}”"
    if level.get("growth") is not None:
        base = f"{level['base']} " if level.get("base") is not None else ""
        return f"tăng {_decimal(level['growth'])}% so với {base}năm {level['base_year']}"
    compared, number = next((c, level[c]) for c in Compared if level.get(c) is not None)
    return ("" if compared is Compared.AT_LEAST else f"{_SAID[compared][0]} ") + _decimal(number)


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
    return [_read(line) for line in _NEXT.split(value) if line.strip()]


def _read(line: str) -> dict[str, Any]:
    said = clean_text(line)
    of, colon, rest = said.partition(":")
    if not colon or said[0] in '“"':
        return _read_number(said)
    word, _, codes = of.partition(" ")
    if key(word) != "nhóm":
        raise ValueError(f"“{of}” không phải là nhóm đơn vị, ghi dạng “nhóm so: 70”")
    groups = [code.strip() for code in codes.split(",")]
    return {"groups": groups, **_read_number(rest)}


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


LEVELS = Codec(write_levels, read_levels)
"""A cell of text, so that Excel makes no fraction of "95%" and no day of "5/6"."""
