"""What the report printed and where: the part of the manifest that an edited copy is checked against."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import lru_cache
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
    section, title, *heads = _bare((block.section, block.title, *block.heads))
    cells = tuple(text for text, _ in read)
    bare = TextBlock(section, cells, block.table, title, tuple(heads), block.header)
    return PrintedBlock(bare, tuple(spans for _, spans in read))


@lru_cache(maxsize=64)
def _bare(names: tuple[str, ...]) -> tuple[str, ...]:
    """Take the marks out of what all rows of a table share."""
    return tuple(map(without_marks, names))


def said_figures(context: object) -> dict[str, str]:
    """Return what a marked context says of each figure, where it says so first."""
    return first_texts(span for text in strings(context) for span in read_marks(text)[1])


def said_places(context: object) -> tuple[PrintedBlock, ...]:
    """What a marked context would print: its paragraphs and rows in their order, of no section yet."""
    return tuple(block for block in map(read_printed, _unplaced(context)) if any(block.figures))


def _unplaced(value: object) -> Iterator[TextBlock]:
    if isinstance(value, str):
        yield TextBlock("", (value,))
    elif isinstance(value, tuple):
        for one in value:
            yield from _unplaced(one)
    elif is_dataclass(value) and not isinstance(value, type):
        held = [getattr(value, f.name) for f in fields(value)]
        if type(value).__name__.endswith("Row"):
            yield TextBlock("", tuple(strings(value)), 0)
        else:
            for one in held:
                yield from _unplaced(one)


def first_texts(spans: Iterable[FigureSpan]) -> dict[str, str]:
    """Return the first print of each figure, by identifier."""
    found: dict[str, str] = {}
    for span in spans:
        found.setdefault(span.id, span.text)
    return found


def printed_json(printed: Iterable[PrintedBlock]) -> Iterator[dict[str, Any]]:
    """Lay the places out for the manifest: a paragraph has ``text``, a row of a table ``cells``."""
    return map(_place, printed)


def index_json(printed: Iterable[PrintedBlock]) -> Iterator[dict[str, Any]]:
    """The same of pages and workbooks, whose rows say what their columns are called, not a heading row."""
    heads: dict[int | None, tuple[str, ...]] = {}
    for one in printed:
        block = one.block
        place = _place(one)
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
    if "text" in place:
        block = TextBlock(place["section"], (place["text"],))
        return PrintedBlock(block, (tuple(_span(f) for f in place["figures"]),))
    cells, table = tuple(place["cells"]), place["table"]
    if "heads" in place:
        heads[table] = tuple(place["heads"])
    over = heads.get(table, ())[-len(cells) :]  # the first cells of a row may be joined
    named = over if len(over) == len(cells) else ("",) * len(cells)
    block = TextBlock(place["section"], cells, table, place["title"], named, place.get("header", False))
    figures: list[list[FigureSpan]] = [[] for _ in cells]
    for figure in place["figures"]:
        figures[figure["cell"]].append(_span(figure))
    return PrintedBlock(block, tuple(tuple(spans) for spans in figures))


def _span(figure: Mapping[str, Any]) -> FigureSpan:
    return FigureSpan(figure["id"], figure["at"], figure["text"])


def _place(one: PrintedBlock) -> dict[str, Any]:
    block = one.block
    if block.table is None:
        return {"section": block.section, "text": block.text, "figures": _spans(one.figures[0])}
    place: dict[str, Any] = {"section": block.section, "table": block.table, "title": block.title}
    if block.header:
        place["header"] = True
    if block.header and any(block.heads):
        place["heads"] = list(block.heads)
    figures = [{"cell": n, **span} for n, spans in enumerate(one.figures) for span in _spans(spans)]
    return place | {"cells": list(block.cells), "figures": figures}


def _spans(spans: Sequence[FigureSpan]) -> list[dict[str, Any]]:
    return [{"id": span.id, "at": span.at, "text": span.text} for span in spans]
