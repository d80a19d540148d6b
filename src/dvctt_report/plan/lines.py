"""On which line of a TOML file stands what a fault's path names; tomllib keeps no positions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

Step: TypeAlias = str | int

_NAME = r"(?:[\w-]+|\"[^\"]*\")"
_HEADER = re.compile(rf"\s*(?P<open>\[\[?)\s*(?P<path>{_NAME}(?:\s*\.\s*{_NAME})*)\s*\]")
_KEY = re.compile(rf"\s*(?P<path>{_NAME}(?:\s*\.\s*{_NAME})*)\s*=")
_STEP = re.compile(r"(?P<name>[^.\[\]() ]+)|\[(?P<nth>\d+)\]|\([^()]*\)")
_LONG = re.compile(r'"""|\'\'\'')


def find_line(text: str, path: str) -> int | None:
    """Return the line, from 1, of ``items[3] (T10).thresholds``, of what it stands in where it has no line.

    None where not even its table is written.
    """
    lines: dict[tuple[Step, ...], int] = {}
    for steps, line in _positions(text):
        for n in range(1, len(steps) + 1):
            lines.setdefault(steps[:n], line)
    found = (m for m in _STEP.finditer(path) if m["nth"] or m["name"])
    wanted: tuple[Step, ...] = tuple(int(m["nth"]) - 1 if m["nth"] else m["name"] for m in found)
    prefixes = (wanted[:n] for n in range(len(wanted), 0, -1))
    return next((lines[prefix] for prefix in prefixes if prefix in lines), None)


def _positions(text: str) -> Iterator[tuple[tuple[Step, ...], int]]:
    """Yield each table and each key with its line; a table of an array bears its place there, from 0."""
    table: tuple[Step, ...] = ()
    counts: dict[tuple[Step, ...], int] = {}
    inside = False
    for number, line in enumerate(text.splitlines(), 1):
        if inside:
            inside = len(_LONG.findall(line)) % 2 == 0
            continue
        if header := _HEADER.match(line):
            table = _resolved(_names(header["path"]), counts, header["open"] == "[[")
            yield table, number
        elif key := _KEY.match(line):
            yield (*table, *_names(key["path"])), number
        inside = len(_LONG.findall(line)) % 2 == 1


def _names(path: str) -> list[str]:
    return [name.strip('"') for name in re.findall(_NAME, path)]


def _resolved(names: list[str], counts: dict[tuple[Step, ...], int], another: bool) -> tuple[Step, ...]:
    """Return the path of a table; arrays on its way stand at their last entry, or at ``another`` one."""
    out: tuple[Step, ...] = ()
    for n, name in enumerate(names, 1):
        out = (*out, name)
        if another and n == len(names):
            counts[out] = counts.get(out, 0) + 1
        if out in counts:
            out = (*out, counts[out] - 1)
    return out
