"""Forms saved anew by LibreOffice, all of a kind in one run, for every test of intake."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TypeAlias

import pytest

from tests.forms.fill import ONE_OF_EACH_GROUP, Filled, fill, real
from tests.intake import matrix
from tests.intake.edits import opened, saved
from tests.libreoffice import LibreOffice, unpaged

SHAPES = ("SYT", "NHI", "X22759")
"""A unit of each shape of form."""

WANTED = {"xls": ("bieu", "blank", *SHAPES)}
"""Which forms are saved as what kind."""

Converted: TypeAlias = Callable[[str, str], bytes]
"""The form of that name as a file of that kind (xls; xlsx: as it was)."""


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


def _forms() -> dict[str, bytes]:
    found = {"bieu": matrix.filled()}
    found |= {"blank": Filled(real().roster.unit("SXD"), ONE_OF_EACH_GROUP["SXD"], {}).data}
    for code in SHAPES:
        found |= {code: unpaged(fill(code, 1).data)}
    return found


@pytest.fixture(scope="session")
def converted(tmp_path_factory: pytest.TempPathFactory, libreoffice: LibreOffice) -> Converted:
    """Convert the forms when the first of a kind is wanted, once for all workers of a run."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "soffice"
    folder.mkdir(exist_ok=True)
    with _alone(folder, "xlsx") as is_first:
        for name, data in _forms().items() if is_first else ():
            (folder / f"{name}.xlsx").write_bytes(data)

    @cache
    def convert(kind: str) -> None:
        with _alone(folder, kind) as is_first:
            if is_first:
                save_as(kind)

    def save_as(kind: str) -> None:
        files = [folder / f"{name}.xlsx" for name in WANTED[kind]]
        libreoffice.convert(files, kind, folder)

    def read(name: str, kind: str) -> bytes:
        if kind != "xlsx":
            convert(kind)
        return Path(folder / f"{name}.{kind}").read_bytes()

    return read
