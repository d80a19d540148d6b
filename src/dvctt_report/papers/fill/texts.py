"""Tags in running text, whatever the runs that the text was split into, and what is put in their place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

TAG = re.compile(r"\{\{([^{}]+)\}\}")
"""A tag: "{{ T10: tỷ lệ }}"."""
_PERCENT = re.compile(r"\s?%")


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag as it stands in a file.

    said: what is between the braces.
    where: its place in words that a person finds it by.
    in_table: it stands in a cell of a table, where figures have no leading zero.
    number_format: that of the Excel cell that is nothing but this tag; None where there is a text around it.
    """

    said: str
    where: str
    in_table: bool = False
    number_format: str | None = None


TextFor = Callable[[bool, str], str]
"""The text for a tag: whether it stands in a table, and what it says."""


def text_of(nodes: Sequence[Any]) -> str:
    """The text of the nodes that a paragraph's runs hold."""
    return "".join(node.text or "" for node in nodes)


def put_texts(nodes: Sequence[Any], text_for: Callable[[str], str]) -> None:
    """Put a text in the place of each tag, in the looks of the run it begins in; no "%" is said twice."""
    for start, end, said in reversed([*_cuts(text_of(nodes), text_for)]):
        _put(nodes, start, end, said)


def _cuts(text: str, text_for: Callable[[str], str]) -> Iterator[tuple[int, int, str]]:
    for found in TAG.finditer(text):
        said = text_for(found[1])
        if said.endswith("%") and _PERCENT.match(text, found.end()):
            said = said.removesuffix("%")
        yield found.start(), found.end(), said


def _put(nodes: Sequence[Any], start: int, end: int, said: str) -> None:
    """Put ``said`` in the place of the characters from ``start`` to ``end`` of the nodes' text."""
    at = 0
    for node in nodes:
        own = node.text or ""
        first, last = max(start - at, 0), min(end - at, len(own))
        if first < last:
            node.text = own[:first] + said + own[last:]
            if node.text != node.text.strip():
                node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            said = ""
        at += len(own)
