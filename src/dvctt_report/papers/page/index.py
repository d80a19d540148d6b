"""Which figure each number of the page is: the page is written with marks, and read as a browser shows it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import html

from dvctt_report.report.blocks import TextBlock
from dvctt_report.report.printed import PrintedBlock, read_printed

PLACE = "Trang tình hình"
"""What the page is called where a place in it is named."""
_TEXTS = ("p", "li", "dd", "figcaption", "tr")
"""Elements that are read as one text, or as a row of cells."""
_DRAWN = ("svg", "style", "script", "ul")
"""Elements inside those whose words are drawn, not said there, or are texts of their own."""


def page_index(marked: bytes) -> Iterator[PrintedBlock]:
    """What a page, its marks still in it, prints of which figure: paragraphs, items of lists, rows of tables.

    What has no figure, but a number, is there too: a day, the cell of a fault.
    """
    tree: Any = html.document_fromstring(marked.decode())
    section, n_table = "", -1
    heads: tuple[str, ...] = ()
    for element in tree.find("body").iter("h2", "table", *_TEXTS):
        match element.tag:
            case "h2":
                section = f"{PLACE}, mục {_text(element)}"
            case "table":
                n_table += 1
                heads = ()
            case "tr":
                cells = tuple(_text(cell) for cell in element.iterchildren("td", "th"))
                if element.getparent().tag == "thead":
                    heads = cells
                named = heads if len(heads) == len(cells) else ()
                yield from _figures(TextBlock(section, cells, n_table, heads=named))
            case _:
                yield from _figures(TextBlock(section or PLACE, (_text(element),)))


def _figures(block: TextBlock) -> Iterator[PrintedBlock]:
    read = read_printed(block)
    if any(read.figures) or any(char.isdigit() for text in read.block.cells for char in text):
        yield read


def _text(element: Any) -> str:
    """The words of an element with single spaces."""
    return " ".join("".join(_pieces(element)).split())


def _pieces(element: Any) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag not in _DRAWN:
            yield from _pieces(child)
        yield child.tail or ""
