"""The page of the small year, as the view and as elements."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lxml import html

from dvctt_report.model import Finding
from dvctt_report.papers.page.view import YearPage, build_page
from dvctt_report.papers.page.write import page_bytes
from dvctt_report.report.wording import Voice
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.year import Year
from tests.report.conftest import VOICE


def paged(dataset: Dataset, findings: Iterable[Finding] = (), own: Voice = VOICE) -> YearPage:
    """The page of a dataset and its findings, with the usual settings or one's own."""
    return build_page(Year(dataset, tuple(findings)), own)


def elements(page: YearPage) -> Any:
    """The written page as a tree of elements."""
    return html.document_fromstring(page_bytes(page).decode())


def words(node: Any) -> str:
    """What is read in an element, with single spaces."""
    return " ".join(node.text_content().split())


def rows(tree: Any, kind: str) -> list[list[str]]:
    """The cells of each row of the tables of one class, headings of groups left out."""
    found = tree.xpath(f"//table[contains(@class,'{kind}')]/tbody/tr[not(@class='nhom')]")
    return [[words(cell) for cell in row] for row in found]
