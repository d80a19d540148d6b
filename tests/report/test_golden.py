"""The small report as text: paragraphs with their styles, tables as rows."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from docx.table import Table
from docx.text.paragraph import Paragraph

from dvctt_report.model import Finding
from dvctt_report.plan.phrases import Phrases
from dvctt_report.report.settings import Issuer
from dvctt_report.report.telling import Telling
from dvctt_report.report.wording import Voice
from dvctt_report.report.write import render_report
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.year import Year
from scripts.word_templates.report import build_template

GOLDEN = Path(__file__).parent / "golden" / "report.txt"


def as_text(content: bytes) -> str:
    """Write a document as lines: ``style | text`` for paragraphs, cells joined by `` ¦ `` for rows."""
    return "\n".join(_lines(content)) + "\n"


def _lines(content: bytes) -> Iterator[str]:
    for block in Document(io.BytesIO(content)).iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                yield "    " + " ¦ ".join(cell.text.replace("\n", " / ") for cell in row.cells)
        elif isinstance(block, Paragraph):
            yield f"{block.style.name if block.style else ''} | {block.text}".replace("\n", " / ")


def test_the_small_report_reads_as_it_did(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    dataset: Dataset,
    findings: tuple[Finding, ...],
    issuer: Issuer,
    phrases: Phrases,
) -> None:
    template = tmp_path / "report.docx"
    template.write_bytes(build_template())
    out = tmp_path / "bao-cao-2025.docx"
    told = Telling(Year(dataset, findings), Voice(phrases, issuer, marking=True))
    render_report(told, template, out)
    found = as_text(out.read_bytes())
    if request.config.getoption("--update-golden", default=False):
        GOLDEN.write_text(found, encoding="utf-8", newline="\n")
    assert found == GOLDEN.read_text(encoding="utf-8")
