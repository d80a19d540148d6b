"""What the report printed and where: the part of the manifest that an edited copy is checked against."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from dvctt_report.report.blocks import TextBlock
from dvctt_report.report.marks import FigureSpan, read_marks, without_marks
from dvctt_report.report.wording import strings


@dataclass(frozen=True, slots=True)
class PrintedBlock:
    """A block of the report without marks, and the figures of each of its cells."""

    block: TextBlock
    figures: tuple[tuple[FigureSpan, ...], ...]


def read_printed(block: TextBlock) -> PrintedBlock:
    """Split a block of a rendered document into what is printed and the figures that its marks name."""
    read = [read_marks(text) for text in block.cells]
    section, title, *heads = map(without_marks, (block.section, block.title, *block.heads))
    bare = TextBlock(section, tuple(text for text, _ in read), block.table, title, tuple(heads), block.header)
    return PrintedBlock(bare, tuple(spans for _, spans in read))


def said_figures(context: object) -> dict[str, str]:
    """Return what a marked context says of each figure, where it says so first."""
    return first_texts(span for text in strings(context) for span in read_marks(text)[1])


def said_places(context: object) -> tuple[PrintedBlock, ...]:
    """What a marked context would print: its paragraphs and rows in their order, of no section yet."""
    return tuple(block for block in map(read_printed, _unplaced(context)) if any(block.figures))


def _unplaced(value: object) -> Iterator[TextBlock]:
    if isinstance(value, str):
        yield TextBlock("", (value,))
    elif type(value).__name__.endswith("Row"):
        yield TextBlock("", tuple(strings(value)), 0)
    elif isinstance(value, tuple):
        for one in value:
            yield from _unplaced(one)
    elif is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            yield from _unplaced(getattr(value, one.name))


def first_texts(spans: Iterable[FigureSpan]) -> dict[str, str]:
    """Return the first print of each figure, by identifier."""
    found: dict[str, str] = {}
    for span in spans:
        found.setdefault(span.id, span.text)
    return found


def printed_json(printed: Iterable[PrintedBlock]) -> Iterator[dict[str, Any]]:
    """Lay the places out for the manifest: a paragraph has ``text``, a row of a table ``cells``."""
    for one in printed:
        block = one.block
        if block.table is None:
            figures = [{"id": span.id, "at": span.at, "text": span.text} for span in one.figures[0]]
            yield {"section": block.section, "text": block.text, "figures": figures}
            continue
        place: dict[str, Any] = {"section": block.section, "table": block.table, "title": block.title}
        if block.header:
            place["header"] = True
        if block.header and any(block.heads):
            place["heads"] = list(block.heads)
        of_cells = [
            {"cell": n, "id": span.id, "at": span.at, "text": span.text}
            for n, spans in enumerate(one.figures)
            for span in spans
        ]
        yield place | {"cells": list(block.cells), "figures": of_cells}


def index_json(printed: Iterable[PrintedBlock]) -> Iterator[dict[str, Any]]:
    """The same of pages and workbooks, whose rows say what their columns are called, not a heading row."""
    heads: dict[int | None, tuple[str, ...]] = {}
    for one in printed:
        block = one.block
        (place,) = printed_json((one,))
        if block.table is not None and heads.get(block.table, ()) != block.heads:
            heads[block.table] = block.heads
            place["heads"] = list(block.heads)
        yield place


def read_index(places: Iterable[Mapping[str, Any]]) -> tuple[PrintedBlock, ...]:
    """Read the places back as the manifest has them."""
    heads: dict[int, tuple[str, ...]] = {}
    return tuple(read_place(place, heads) for place in places)


def read_place(place: Mapping[str, Any], heads: dict[int, tuple[str, ...]]) -> PrintedBlock:
    """Read one place; ``heads`` of each table are those of its heading row that was read last."""
    cells = tuple(place["cells"]) if "cells" in place else (place["text"],)
    figures: list[list[FigureSpan]] = [[] for _ in cells]
    for figure in place["figures"]:
        figures[figure.get("cell", 0)].append(FigureSpan(figure["id"], figure["at"], figure["text"]))
    if "text" in place:
        block = TextBlock(place["section"], cells)
    else:
        table = place["table"]
        if "heads" in place:
            heads[table] = tuple(place["heads"])
        over = heads.get(table, ())[-len(cells) :]  # the first cells of a row may be joined
        named = over if len(over) == len(cells) else ("",) * len(cells)
        block = TextBlock(place["section"], cells, table, place["title"], named, place.get("header", False))
    return PrintedBlock(block, tuple(map(tuple, figures)))
