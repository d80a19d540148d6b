"""Write the page: one HTML file that needs no network, no other file and no script."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from lxml import html

from dvctt_report.papers.page.view import BAR, STATUSES, YearPage
from dvctt_report.report.blocks import TextBlock
from dvctt_report.report.printed import PrintedBlock, read_printed
from dvctt_report.text.opening import read_text

LONG = 100
"""Rows of a table, or errors, above which they are shown on request."""
_FOLDER = Path(__file__).parent


class PageColumn(NamedTuple):
    """A column and how it is sorted: as ``text``, as a ``number``, or not at all ("")."""

    header: str
    kind: str = ""


VERDICT = PageColumn("Đánh giá", "text")
"""The column of verdicts, under the name that the page gives it."""
TARGETS = (
    PageColumn("STT"),
    PageColumn("Mã", "text"),
    PageColumn("Chỉ tiêu", "text"),
    PageColumn("Kế hoạch (%)", "number"),
    PageColumn("Kết quả (%)", "number"),
    PageColumn("Đã thực hiện/Tổng số"),
    VERDICT,
    PageColumn("Đơn vị có số liệu", "number"),
)
UNITS = (
    PageColumn("STT", "number"),
    PageColumn("Đơn vị", "text"),
    PageColumn("Tình trạng", "number"),
    PageColumn("Ngày gửi", "number"),
    PageColumn("Số văn bản", "text"),
    PageColumn("Lỗi", "number"),
    PageColumn("Cảnh báo", "number"),
    PageColumn("Liên hệ"),
)
REFUSED = (
    PageColumn("Đơn vị", "text"),
    PageColumn("Tệp", "text"),
    PageColumn("Vì sao"),
    PageColumn("Cách xử lý"),
)
FAULTS = (
    PageColumn("Vị trí"),
    PageColumn("Nội dung"),
    PageColumn("Đã ghi"),
    PageColumn("Vì sao"),
    PageColumn("Đề nghị"),
    PageColumn("Đơn vị trả lời"),
    PageColumn("Mã phát hiện"),
)
TABLES = {"muc-tieu": TARGETS, "don-vi": UNITS, "tep": REFUSED, "loi": FAULTS}
"""The columns of each kind of table, by its class."""


def page_bytes(page: YearPage, made_of: str = "") -> bytes:
    """Return the page as UTF-8; the same page gives the same bytes. ``made_of`` names what it was made of.

    What units and files are named or say is text: escaped, and barred from acting by the page's own policy,
    which lets nothing be fetched and no script run but the one that comes with it.
    """
    templates, verdict = _templates(), VERDICT._replace(header=page.verdict_heading)
    tables = TABLES | {"muc-tieu": tuple(verdict if one is VERDICT else one for one in TARGETS)}
    style = templates.get_template("page.css").render(tables=tables)
    script = read_text(_FOLDER / "page.js")
    text = templates.get_template("page.html").render(
        page=page,
        made_of=made_of,
        style=style,
        script=script,
        style_hash=_hash(style),
        script_hash=_hash(script),
        tables=tables,
        statuses=STATUSES,
        bar=BAR,
        long=LONG,
    )
    return text.encode()


@cache
def _templates() -> Environment:
    """The page's templates, compiled when first asked for."""
    return Environment(
        loader=FileSystemLoader(_FOLDER, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _hash(text: str) -> str:
    return f"sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


# Which figure each number of the page is: the page is written with marks, and read as a browser shows it

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
