"""The small report as text: paragraphs with their styles, tables as rows."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from docx.table import Table
from docx.text.paragraph import Paragraph

from tests.report.conftest import Render

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


def held_to(request: pytest.FixtureRequest, golden: Path, found: str) -> None:
    """Compare with the text as it was; ``--update-golden`` writes it anew."""
    if request.config.getoption("--update-golden", default=False):
        golden.write_text(found, encoding="utf-8", newline="\n")
    assert found == golden.read_text(encoding="utf-8")


def test_the_small_report_reads_as_it_did(request: pytest.FixtureRequest, render: Render) -> None:
    held_to(request, GOLDEN, as_text(render().report.read_bytes()))
