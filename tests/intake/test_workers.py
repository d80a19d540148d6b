"""One file that hangs, aborts, panics or eats memory costs only itself, in the worker it was read in."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any, cast

import pytest

from dvctt_report.intake.collect import read_received, read_return
from dvctt_report.intake.recompute import EngineNeeded, parsed, without_engine
from dvctt_report.intake.settle import settle
from dvctt_report.intake.workers import OUT_OF_MEMORY, OUT_OF_TIME, Answer, _Pool
from dvctt_report.model import Return, ReturnStatus
from dvctt_report.model.period import Period
from dvctt_report.plan.model import Profile
from dvctt_report.text.resources import resource_path
from tests.conftest import READ_IN_WORKERS
from tests.intake.arrivals import NAME, YEAR, filled, mail, profile, zipped
from tests.intake.excel import Formula, edited, put
from tests.intake.misbehaving import misbehave
from tests.intake.returns import read_all

GOOD = b"good"
NO_PROFILE = cast(Profile, None)
"""Misbehaving looks at none: a worker that is handed a real one takes three times as long to come up."""


def read(*contents: bytes, n_workers: int = 2, time_limit: float = 20) -> list[Return]:
    tasks = [(f"{n}.xlsx", data) for n, data in enumerate(contents)]
    how: dict[str, Any] = {"n_workers": n_workers, "reader": misbehave, "time_limit": time_limit}
    return list(read_all(tasks, NO_PROFILE, Period(YEAR), **how))


REASONS = {
    b"abort": ("NH21", "dừng đột ngột"),
    b"exit": ("NH21", "dừng đột ngột"),
    b"panic": ("NH21", "Panic"),
    b"bug": ("NH21", "KeyError"),
}


def test_a_file_that_breaks_its_worker_is_refused_and_the_others_are_read(
    capfd: pytest.CaptureFixture[str],
) -> None:
    contents = [GOOD, *(data for fault in REASONS for data in (fault, GOOD)), b"exit", GOOD]
    returns = read(*contents)

    assert [r.status is ReturnStatus.REFUSED for r in returns] == [data in REASONS for data in contents]
    for data, refused in zip(contents, returns, strict=True):
        if data in REASONS:
            code, reason = REASONS[data]
            assert [f.code for f in refused.findings] == [code]
            assert reason in refused.findings[0].message
            assert refused.sha256 == sha256(data).hexdigest()
    assert capfd.readouterr() == ("", "")


def test_a_file_that_never_ends_is_given_up() -> None:
    returns = read(GOOD, b"hang", GOOD, b"loop", GOOD, time_limit=1.5)

    assert [r.status is ReturnStatus.REFUSED for r in returns] == [False, True, False, True, False]
    message = "chưa đọc được: đọc quá lâu nên đã dừng; lần collect sau sẽ đọc lại"
    for given_up in (returns[1], returns[3]):
        assert [(f.code, f.message) for f in given_up.findings] == [(OUT_OF_TIME[0], message)]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the system has no limit on memory")
def test_a_file_that_eats_memory_is_refused_and_none_pays_for_the_memory_of_those_before_it() -> None:
    returns = read(GOOD, b"memory", GOOD, *[b"grow"] * 3, n_workers=1)

    assert [n for n, r in enumerate(returns) if r.status is ReturnStatus.REFUSED] == [1]
    assert returns[1].findings[0].code == OUT_OF_MEMORY[0]
    assert "bộ nhớ" in returns[1].findings[0].message


def test_returns_come_in_the_order_given_and_each_received_file_is_counted_once() -> None:
    steps: list[None] = []
    contents = (b"pack a b", GOOD, b"pack c abort d", b"x", b"pack e")
    tasks = [(str(n), data) for n, data in enumerate(contents)]
    returns = list(read_all(tasks, NO_PROFILE, Period(YEAR), lambda: steps.append(None), reader=misbehave))

    assert [r.file for r in returns] == ["0!/a", "0!/b", "1", "2!/c", "2!/abort", "2!/d", "3", "4!/e"]
    assert [r.file for r in returns if r.status is ReturnStatus.REFUSED] == ["2!/abort"]
    assert len(steps) == 5


def test_workers_are_reused_and_no_more_than_asked_for() -> None:
    assert len({r.sha256 for r in read(*[b"pid"] * 12, n_workers=1)}) == 1
    assert len({r.sha256 for r in read(*[b"pid"] * 12, n_workers=2)}) <= 2
    assert read(b"pid")[0].sha256 != str(os.getpid())


def test_files_are_asked_for_only_as_they_are_read() -> None:
    given: list[int] = []

    def tasks() -> Iterator[tuple[str, bytes]]:
        for n in range(50):
            given.append(n)
            yield str(n), GOOD

    returns = read_all(tasks(), NO_PROFILE, Period(YEAR), n_workers=1, reader=misbehave)
    next(returns)
    assert len(given) < 10
    returns.close()  # type: ignore[attr-defined]  # an iterator to its callers, a generator in truth
    assert read() == []


@pytest.fixture
def unheard_of() -> Iterator[Callable[[str, bytes, Profile, Period], Return]]:
    """A reader that this process can import and no other: no worker comes up with it."""
    module = ModuleType("only_in_this_process")

    def here(file: str, data: bytes, _: Profile, period: Period) -> Return:
        return Return(file, str(os.getpid()), ReturnStatus.EFFECTIVE, "SYT", period)

    here.__module__, here.__qualname__ = module.__name__, "here"
    module.here = here  # type: ignore[attr-defined]  # a module made for this
    sys.modules[module.__name__] = module
    yield here
    del sys.modules[module.__name__]


def test_where_no_worker_starts_everything_is_read_here_and_that_is_said(
    unheard_of: Callable[[str, bytes, Profile, Period], Return],
) -> None:
    said: list[str] = []
    tasks = [(str(n), GOOD) for n in range(5)]
    returns = list(read_all(tasks, profile(), Period(YEAR), tell=said.append, reader=unheard_of))

    assert [(r.file, r.sha256) for r in returns] == [(str(n), str(os.getpid())) for n in range(5)]
    assert len(said) == 1
    assert "đọc ngay trong chương trình" in said[0]


def test_the_real_reader_gives_in_a_worker_what_it_gives_here() -> None:
    said: list[str] = []
    (received,) = read_all([(NAME, filled())], profile(), Period(YEAR), tell=said.append)

    assert received == read_return(NAME, filled(), profile(), Period(YEAR))
    assert said == []


def test_what_a_container_refuses_or_skips_is_listed_and_settled() -> None:
    picture = ("ảnh.png", b"\x89PNG\r\n\x1a\n")
    files = [("t.eml", mail([(NAME, filled()), picture])), ("a.zip", zipped({"../x": b"", "/y": b""}))]
    returns = settle(read_all(files, profile(), Period(YEAR)))

    assert [(r.file, r.status) for r in returns] == [
        (f"t.eml!/{NAME}", ReturnStatus.EFFECTIVE),
        ("t.eml!/ảnh.png", ReturnStatus.REFUSED),
        ("a.zip!/../x", ReturnStatus.REFUSED),
        ("a.zip!/y", ReturnStatus.REFUSED),
    ]


_NO_MAIN = """
import sys
import __main__
from dvctt_report.cli import door
__main__.__file__ = "nowhere.py"
sys.exit(door.main(["--workspace", sys.argv[1], "collect", "--format", "json"]))
"""
"""A program whose own file is gone: every worker begins by looking for it, and ends."""


def test_a_worker_that_ends_before_it_is_up_does_not_hold_the_program(tmp_path: Path) -> None:
    root = shutil.copytree(resource_path("sample_data"), tmp_path / "a")
    for path in (root / "nhan-ve" / "2025").iterdir():
        if "_SYT_" not in path.name and "_CDN_" not in path.name:
            path.unlink()
    done = subprocess.run(
        [sys.executable, "-c", _NO_MAIN, str(root)],
        capture_output=True,
        encoding="utf-8",
        errors="replace",  # on Windows the workers' own last words are in the machine's code page
        timeout=1_200,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert '"unit": "SYT"' in done.stdout
    assert "Máy không cho chạy tiến trình riêng" in done.stderr


# ------------------------------------------- a few plain returns, read in the own process


def read_few(*contents: bytes) -> tuple[list[Return], list[str]]:
    """The returns of files, and which of them a worker was given."""
    given: list[str] = []

    def in_worker(_: object, file: str, data: bytes) -> Answer:
        given.append(file)
        return read_received(file, data, profile(), Period(YEAR))

    files = [(f"{n}.xlsx", data) for n, data in enumerate(contents)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_Pool, "read", in_worker)
        returns = [*READ_IN_WORKERS(files, profile(), Period(YEAR), few=True)]
    return [one for group in returns for one in group], given


def swollen() -> bytes:
    """A form with another part that inflates to six million bytes."""
    held = BytesIO(filled())
    with zipfile.ZipFile(held, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/media/blank.bin", bytes(6_000_000))
    return held.getvalue()


def test_plain_returns_are_read_here_as_a_worker_reads_them() -> None:
    returns, given = read_few(filled(), filled())
    assert given == []
    assert returns == [read_received(f"{n}.xlsx", filled(), profile(), Period(YEAR)) for n in range(2)]


def test_what_is_unusual_goes_to_a_worker_and_stands_in_its_place() -> None:
    own_formula = edited(filled(), put("01-A số liệu!G9", Formula("ROUND(1000*95%,0)", 950)))
    contents = (filled(), b"no workbook", own_formula, swollen(), filled()[:-200])
    returns, given = read_few(*contents)
    assert sorted(given) == ["1.xlsx", "2.xlsx", "3.xlsx", "4.xlsx"]
    assert [one.file for one in returns] == [f"{n}.xlsx" for n in range(len(contents))]


def test_no_formula_is_worked_out_here() -> None:
    with without_engine(), pytest.raises(EngineNeeded):
        parsed("1+1")
    assert parsed("1+1") is not None
