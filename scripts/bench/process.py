"""Run a program as an installation does, and say what it and all its processes took."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from subprocess import DEVNULL, Popen
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
_LOOK = 0.02
"""Seconds between two looks at the memory of the processes."""
_PAGE = os.sysconf("SC_PAGE_SIZE")


class Ran(NamedTuple):
    """What a process said, its processor seconds with those of its children, and the most memory of all.

    Shared pages are counted in each process; where there is no /proc, only the process itself is looked at.
    """

    said: str
    cpu: float
    megabytes: float


def run(*arguments: str, one_core: bool = False, may_find: bool = False) -> Ran:
    """Run Python with ``arguments``; ``may_find``: it may end with 1, as where errors were found."""
    with tempfile.TemporaryFile() as said:
        environment = {n: v for n, v in os.environ.items() if n != "PYTHONDONTWRITEBYTECODE"}
        argv = [sys.executable, *arguments]
        process = Popen(argv, cwd=ROOT, env=environment, stdout=said, stderr=DEVNULL)
        if one_core:
            os.sched_setaffinity(process.pid, {min(os.sched_getaffinity(0))})
        most, pid = 0.0, 0
        while not pid:
            most = max(most, _megabytes(process.pid))
            pid, status, used = os.wait4(process.pid, os.WNOHANG)
            time.sleep(0 if pid else _LOOK)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in ((0, 1) if may_find else (0,)):
            raise RuntimeError(f"{' '.join(arguments)} ended with {process.returncode}")
        own = used.ru_maxrss / (1_000_000 if sys.platform == "darwin" else 1_000)
        said.seek(0)
        return Ran(said.read().decode("utf-8"), used.ru_utime + used.ru_stime, max(most, own))


def _megabytes(root: int) -> float:
    """What a process and all that it started hold now."""
    return sum(map(_resident, _tree(root))) / 1_000_000


def _tree(pid: int) -> Iterator[int]:
    yield pid
    with suppress(OSError):
        for thread in Path(f"/proc/{pid}/task").iterdir():
            for child in (thread / "children").read_text().split():
                yield from _tree(int(child))


def _resident(pid: int) -> int:
    with suppress(OSError):
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE
    return 0
