"""Write the page: one HTML file that needs no network, no other file and no script."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from typing import Any, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from lxml import etree

from dvctt_report.papers.page.view import BAR, STATUSES, YearPage
from dvctt_report.report.blocks import TextBlock
from dvctt_report.report.printed import PrintedBlock, read_printed
from dvctt_report.text.opening import read_text
from dvctt_report.text.resources import PACKAGE

LONG = 100
"""Rows of a table, or errors, above which they are shown on request."""
_FOLDER = PACKAGE / "papers" / "page"


class PageColumn(NamedTuple):
    """A column and how it is sorted: as ``text``, as a ``number``, or not at all ("")."""

    header: str
    kind: str = ""


def _columns(*described: str) -> tuple[PageColumn, ...]:
    """The columns of a table by their heads; behind a colon stands how one is sorted."""
    return tuple(PageColumn(*text.split(":")) for text in described)


_VERDICT = "Đánh giá"
"""The column of verdicts, which the page gives another name."""
TARGETS = _columns(
    "STT", "Mã:text", "Chỉ tiêu:text", "Kế hoạch (%):number", "Kết quả (%):number", "Đã thực hiện/Tổng số",
    f"{_VERDICT}:text", "Đơn vị có số liệu:number",
)  # fmt: skip
UNITS = _columns(
    "STT:number", "Đơn vị:text", "Tình trạng:number", "Ngày gửi:number", "Số văn bản:text", "Lỗi:number",
    "Cảnh báo:number", "Liên hệ",
)  # fmt: skip
REFUSED = _columns("Đơn vị:text", "Tệp:text", "Vì sao", "Cách xử lý")
FAULTS = _columns(
    "Vị trí", "Nội dung", "Đã ghi", "Vì sao", "Đề nghị", "Đơn vị trả lời", "Mã phát hiện",
)  # fmt: skip
TABLES = {"muc-tieu": TARGETS, "don-vi": UNITS, "tep": REFUSED, "loi": FAULTS}
"""The columns of each kind of table, by its class."""


def page_bytes(page: YearPage, made_of: str = "") -> bytes:
    """Return the page as UTF-8; the same page gives the same bytes. ``made_of`` names what it was made of.

    What units and files are named or say is text: escaped, and barred from acting by the page's own policy,
    which lets nothing be fetched and no script run but the one that comes with it.
    """
    templates, heads = _templates(), {_VERDICT: page.verdict_heading}
    tables = TABLES | {"muc-tieu": tuple(c._replace(header=heads.get(c.header, c.header)) for c in TARGETS)}
    style = templates.get_template("page.css").render(tables=tables)
    script = read_text(_FOLDER / "page.js")
    digests = (hashlib.sha256(part.encode()).digest() for part in (style, script))
    style_hash, script_hash = (f"sha256-{b64encode(digest).decode()}" for digest in digests)
    text = templates.get_template("page.html").render(
        page=page,
        made_of=made_of,
        style=style,
        script=script,
        style_hash=style_hash,
        script_hash=script_hash,
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
    section, n_table, depth = "", -1, 0
    heads: tuple[str, ...] = ()
    for event, outer in etree.iterparse(BytesIO(marked), ("start", "end"), html=True, encoding="utf-8"):
        if event == "start":
            depth += outer.tag in _TEXTS
            if outer.tag == "table":
                n_table, heads = n_table + 1, ()
            continue
        depth -= outer.tag in _TEXTS
        if outer.tag == "h2":
            section = f"{PLACE}, mục {_text(outer)}"
        if depth or outer.tag not in _TEXTS:
            continue
        for element in outer.iter(*_TEXTS):
            block = TextBlock(section or PLACE, (_text(element),))
            if element.tag == "tr":
                cells = tuple(_text(cell) for cell in element.iterchildren("td", "th"))
                heads = cells if element.getparent().tag == "thead" else heads
                block = TextBlock(section, cells, n_table, heads=heads if len(heads) == len(cells) else ())
            read = read_printed(block)
            if any(read.figures) or any(char.isdigit() for text in read.block.cells for char in text):
                yield read
        outer.clear()  # the tree of all communes' rows takes ten times their text


def _text(element: Any) -> str:
    """The words of an element with single spaces."""
    return " ".join("".join(_pieces(element)).split())


def _pieces(element: Any) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag not in _DRAWN:
            yield from _pieces(child)
        yield child.tail or ""
