"""Run a program as an installation does, and say what it and all its processes took."""

from __future__ import annotations

import math
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


class Ran(NamedTuple):
    """The processor seconds of a process with those of its children, and the most memory of all.

    What processes share is counted in each. Without /proc there is no memory told: what the system says of a
    process that has ended begins with the memory of the one that started it.
    """

    cpu: float
    megabytes: float


def run(*arguments: str, typed: str = "", may_find: bool = False) -> Ran:
    """Run Python with ``arguments`` and tell what it took; ``may_find``: it may end with 1, or 3.

    What fails is told and has no figures (NaN), so that what was measured in many minutes isn't lost.
    """
    with tempfile.TemporaryFile() as keys:
        keys.write(typed.encode())
        keys.seek(0)
        environment = {n: v for n, v in os.environ.items() if n != "PYTHONDONTWRITEBYTECODE"}
        argv = [sys.executable, *arguments]
        process = Popen(argv, cwd=ROOT, env=environment, stdin=keys, stdout=DEVNULL, stderr=DEVNULL)
        most, pid = 0.0, 0
        while not pid:
            most = max(most, _megabytes(process.pid))
            pid, status, used = os.wait4(process.pid, os.WNOHANG)
            time.sleep(0 if pid else _LOOK)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in ((0, 1, 3) if may_find else (0,)):
            tell(f"  {' '.join(arguments)}: ended with {process.returncode}, not measured")
            return Ran(math.nan, math.nan)
        cpu = used.ru_utime + used.ru_stime
        tell(f"  {' '.join(arguments[1:])}: {cpu:.2f} s, {most:.0f} MB")
        return Ran(cpu, most)


def tell(what: str) -> None:
    """Say how far the measuring is."""
    print(what, file=sys.stderr, flush=True)


def _megabytes(root: int) -> float:
    """What a process and all that it started hold now, or what it held itself at most so far."""
    return max(sum(_kilobytes(pid, "VmRSS") for pid in _tree(root)), _kilobytes(root, "VmHWM")) / 1000


def _tree(pid: int) -> Iterator[int]:
    yield pid
    with suppress(OSError):
        for thread in Path(f"/proc/{pid}/task").iterdir():
            for child in (thread / "children").read_text().split():
                yield from _tree(int(child))


def _kilobytes(pid: int, name: str) -> int:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith(f"{name}:"):
                return int(line.split()[1])
    return 0
