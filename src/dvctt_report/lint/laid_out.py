"""On which pages findings stand, by LibreOffice where a computer has it: it sets the pages as Word would."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from lxml import etree

from dvctt_report.lint.outcome import FileVerdict, LintFinding
from dvctt_report.nd30.wordxml import W
from dvctt_report.office import print_pdf
from dvctt_report.patterns import lazy_pattern
from dvctt_report.word.repack import repack, snapshot
from dvctt_report.word.source import Source

_LONGEST = 60.0
"""Seconds: a document of a hundred pages takes six."""
_EXPORT = (
    'pdf:writer_pdf_Export:{"ExportBookmarksToPDFDestination":{"type":"boolean","value":"true"},'
    '"SelectPdfVersion":{"type":"long","value":"16"}}'
)
_NAME = "KiemTraTheThuc"
_DESTINATION = lazy_pattern(rb"/" + _NAME.encode() + rb"(\d+)\s*\[\s*(\d+)\s+0\s+R")
_PAGES = lazy_pattern(rb"/Kids\s*\[([\d\sR]+)\]")


def with_pages(verdict: FileVerdict, source: Source) -> FileVerdict:
    """The verdict with the page of each finding in the body. Raises NoPdf where it can't be told.

    ``source`` is the one that was judged; its trees stand afterwards as before.
    """
    paragraphs = [f.spot.paragraph for f in verdict.findings if f.spot.paragraph is not None]
    elements = {p.number: p.element for p in paragraphs if p.part == source.main}
    if not elements:
        return verdict
    pages = _pages_of(source, elements)
    return replace(verdict, findings=tuple(_placed(f, pages, source) for f in verdict.findings))


def _placed(finding: LintFinding, pages: dict[int, int], source: Source) -> LintFinding:
    paragraph = finding.spot.paragraph
    if paragraph is None or paragraph.part != source.main:
        return finding
    return replace(finding, spot=replace(finding.spot, laid_out=pages.get(paragraph.number)))


def _pages_of(source: Source, elements: dict[int, Any]) -> dict[int, int]:
    before = snapshot(source)
    put = [mark for n, element in elements.items() for mark in _bookmark(element, n)]
    content = repack(source, before)
    for mark in put:
        mark.getparent().remove(mark)
    with tempfile.TemporaryDirectory(prefix="dvctt-trang-", ignore_cleanup_errors=True) as folder:
        path = Path(folder, "in.docx")
        path.write_bytes(content)
        pdf = print_pdf(path, _LONGEST, _EXPORT)
    return _read_destinations(pdf)


def _bookmark(paragraph: Any, number: int) -> Iterable[Any]:
    properties = paragraph.find(f"{W}pPr")
    own = {f"{W}id": str(900_000 + number)}
    start = etree.Element(f"{W}bookmarkStart", {**own, f"{W}name": f"{_NAME}{number}"})
    end = etree.Element(f"{W}bookmarkEnd", own)
    paragraph[0 if properties is None else 1 : 0 if properties is None else 1] = [start, end]
    return start, end


def _read_destinations(pdf: bytes) -> dict[int, int]:
    """The page of each of our bookmarks: a PDF names the page's object, the list of pages its place."""
    listed = _PAGES.search(pdf)
    if listed is None:
        return {}
    order = {int(n): at for at, n in enumerate(re.findall(rb"(\d+)\s+0\s+R", listed[1]), 1)}
    found = {int(n): order.get(int(page)) for n, page in _DESTINATION.findall(pdf)}
    return {number: page for number, page in found.items() if page is not None}
