"""A form saved anew by LibreOffice, once for every test of intake."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TypeAlias

import pytest

from tests.intake import matrix
from tests.intake.edits import opened, saved
from tests.libreoffice import LibreOffice

SHAPES = ("SYT", "NHI", "X22759")
"""A unit of each shape of form."""

Converted: TypeAlias = Callable[[str], bytes]
"""The filled form of the matrix as a file of that kind (xls; xlsx: as it was)."""


def with_a_draft(data: bytes) -> bytes:
    """The form with a draft in the midst of its sheets, saved by a program that calculates nothing."""
    book = opened(data)
    book.create_sheet("nháp", 0)["A1"] = "tính thử"
    book.move_sheet(book.worksheets[0], len(book.worksheets) - 2)
    return saved(book)


@contextmanager
def _alone(folder: Path, kind: str) -> Iterator[bool]:
    """Wait until no other worker makes files of this kind; whether they are still to be made."""
    fcntl = pytest.importorskip("fcntl")  # Windows has none, nor these tests
    done = folder / f"{kind}.done"
    with (folder / f"{kind}.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield not done.exists()
        done.touch()


@pytest.fixture(scope="session")
def converted(tmp_path_factory: pytest.TempPathFactory, libreoffice: LibreOffice) -> Converted:
    """Convert the form when it is first wanted, once for all workers of a run."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "soffice"
    folder.mkdir(exist_ok=True)
    path = folder / "bieu.xlsx"
    with _alone(folder, "xlsx") as is_first:
        if is_first:
            path.write_bytes(matrix.filled())

    @cache
    def convert(kind: str) -> None:
        with _alone(folder, kind) as is_first:
            if is_first:
                libreoffice.convert([path], kind, folder)

    def read(kind: str) -> bytes:
        if kind != "xlsx":
            convert(kind)
        return path.with_suffix(f".{kind}").read_bytes()

    return read
