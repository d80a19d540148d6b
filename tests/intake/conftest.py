"""A form saved anew by LibreOffice, once for every test of a worker."""

from __future__ import annotations

import pytest

from tests.intake import matrix
from tests.intake.edits import opened, saved
from tests.libreoffice import LibreOffice

SHAPES = ("SYT", "NHI", "X22759")
"""A unit of each shape of form."""


def with_a_draft(data: bytes) -> bytes:
    """The form with a draft in the midst of its sheets, saved by a program that calculates nothing."""
    book = opened(data)
    book.create_sheet("nháp", 0)["A1"] = "tính thử"
    book.move_sheet(book.worksheets[0], len(book.worksheets) - 2)
    return saved(book)


@pytest.fixture(scope="session")
def as_xls(tmp_path_factory: pytest.TempPathFactory, libreoffice: LibreOffice) -> bytes:
    """The filled form of the matrix, saved as .xls."""
    folder = tmp_path_factory.mktemp("soffice")
    (folder / "bieu.xlsx").write_bytes(matrix.filled())
    libreoffice.convert([folder / "bieu.xlsx"], "xls", folder)
    return (folder / "bieu.xls").read_bytes()
