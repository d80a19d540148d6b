"""Write the page: one HTML file that needs no network, no other file and no script."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from dvctt_report.papers.page.view import BAR, STATUSES, YearPage
from dvctt_report.text.opening import read_text
from dvctt_report.text.resources import PACKAGE

LONG = 100
"""Rows of a table, or errors, above which they are shown on request."""
_FOLDER = PACKAGE / "papers" / "page"


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
    found = _templates()
    tables = _tables(page.verdict_heading)
    style = found.get_template("page.css").render(tables=tables)
    script = read_text(_FOLDER / "page.js")
    text = found.get_template("page.html").render(
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


def _tables(verdict_heading: str) -> Mapping[str, tuple[PageColumn, ...]]:
    named = VERDICT._replace(header=verdict_heading)
    return TABLES | {"muc-tieu": tuple(named if one is VERDICT else one for one in TARGETS)}


def _hash(text: str) -> str:
    return f"sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
