"""A few plain returns are read in the program's own process; all else goes to a worker."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from dvctt_report.intake import workers
from dvctt_report.intake.collect import read_received
from dvctt_report.intake.recompute import EngineNeeded, parsed, without_engine
from dvctt_report.model import Return
from dvctt_report.model.period import Period
from tests.conftest import READ_IN_WORKERS
from tests.intake.arrivals import YEAR, filled, profile
from tests.intake.excel import Formula, edited, put


def read(*contents: bytes) -> tuple[list[Return], list[str]]:
    """The returns of files, and which of them a worker was given."""
    given: list[str] = []

    def in_worker(_: object, file: str, data: bytes) -> workers.Answer:
        given.append(file)
        return read_received(file, data, profile(), Period(YEAR))

    files = [(f"{n}.xlsx", data) for n, data in enumerate(contents)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workers._Pool, "read", in_worker)
        returns = [*READ_IN_WORKERS(files, profile(), Period(YEAR), few=True)]
    return [one for group in returns for one in group], given


def swollen() -> bytes:
    """A form with another part that inflates to six million bytes."""
    held = BytesIO(filled())
    with zipfile.ZipFile(held, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/media/blank.bin", bytes(6_000_000))
    return held.getvalue()


def test_plain_returns_are_read_here_as_a_worker_reads_them() -> None:
    returns, given = read(filled(), filled())
    assert given == []
    assert returns == [read_received(f"{n}.xlsx", filled(), profile(), Period(YEAR)) for n in range(2)]


def test_what_is_unusual_goes_to_a_worker_and_stands_in_its_place() -> None:
    own_formula = edited(filled(), put("01-A số liệu!G9", Formula("ROUND(1000*95%,0)", 950)))
    contents = (filled(), b"no workbook", own_formula, swollen(), filled()[:-200])
    returns, given = read(*contents)
    assert sorted(given) == ["1.xlsx", "2.xlsx", "3.xlsx", "4.xlsx"]
    assert [one.file for one in returns] == [f"{n}.xlsx" for n in range(len(contents))]


def test_no_formula_is_worked_out_here() -> None:
    with without_engine(), pytest.raises(EngineNeeded):
        parsed("1+1")
    assert parsed("1+1") is not None
