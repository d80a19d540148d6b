"""A command in a process of its own that begins as a copy of this one: to load the program takes a second."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from dvctt_report.cli import door

Ended = subprocess.CompletedProcess[str]


def run_apart(folder: Path, *argv: str, env: Mapping[str, str] = os.environ) -> Ended:
    """What a command says and returns in ``folder``, whose doings there this process doesn't share."""
    return start_apart(folder, *argv, env=env)()


def start_apart(
    folder: Path, *argv: str, env: Mapping[str, str] = os.environ, killed_after: float = 0
) -> Callable[[], Ended]:
    """Start a command; what is returned waits for its end. ``killed_after``: at that second of its work."""
    out, err = (TemporaryFile() for _ in range(2))  # noqa: SIM115  # closed when they are read
    child = os.fork()
    if child == 0:
        _become(folder, argv, dict(env), (out, err), killed_after)

    def ended() -> Ended:
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        said = []
        for stream in (out, err):
            with stream:
                stream.seek(0)
                said.append(stream.read().decode("utf-8"))
        return Ended(argv, code, *said)

    return ended


def _become(
    folder: Path, argv: tuple[str, ...], env: dict[str, str], streams: tuple[IO[bytes], ...], killed: float
) -> None:
    """Be the command, to its end; ``killed`` at once, as by SIGKILL, in the midst of whatever it does."""
    code = door.BUG
    gc.freeze()  # to look through what was here before would copy it
    try:
        for number, stream in enumerate(streams, 1):
            os.dup2(stream.fileno(), number)
        sys.stdout, sys.stderr = (os.fdopen(n, "w", encoding="utf-8") for n in (1, 2))
        os.environ.clear()
        os.environ.update(env)
        os.chdir(folder)
        if killed:
            signal.signal(signal.SIGPROF, signal.SIG_DFL)
            signal.setitimer(signal.ITIMER_PROF, killed)
        code = door.main(argv)
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)
