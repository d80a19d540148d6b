"""A reader that does to its worker what a file says, in a module of few imports: every worker makes them."""

from __future__ import annotations

import os
import sys
import threading
from hashlib import sha256
from mmap import mmap
from typing import TYPE_CHECKING

from dvctt_report.files.unpack import Member
from dvctt_report.model import Return, ReturnStatus
from dvctt_report.model.period import Period
from dvctt_report.text.limits import MEMORY

if TYPE_CHECKING:
    from dvctt_report.plan.model import Profile


class Panic(BaseException):
    """What a Rust library raises when it panics is no Exception either."""


def misbehave(file: str, data: bytes, _: Profile, period: Period) -> Return | tuple[Member, ...]:
    """Do to the worker what the file's content says; anything else is a good return."""
    match data:
        case b"hang":
            threading.Event().wait()
        case b"loop":
            while True:
                pass
        case b"abort":
            os.abort()
        case b"exit":
            os._exit(0)
        case b"panic":
            print("thread panicked at src/lib.rs", file=sys.stderr)
            raise Panic
        case b"bug":
            raise KeyError("T1")
        case b"memory":
            return Return(file, str(len(bytearray(2 * MEMORY))), ReturnStatus.EFFECTIVE)
        case b"grow":
            _take(MEMORY * 2 // 5)
        case b"pid":
            return Return(file, str(os.getpid()), ReturnStatus.EFFECTIVE)
        case _ if data.startswith(b"pack "):
            names = data.decode().split()[1:]
            return tuple(Member(f"{file}!/{name}", name.encode()) for name in names)
    return Return(file, sha256(data).hexdigest(), ReturnStatus.EFFECTIVE, "SYT", period)


_hoard: list[mmap] = []


def _take(n_bytes: int) -> None:
    """Take memory and keep it; filling it would take seconds, and counts no more."""
    from mmap import MAP_ANONYMOUS, MAP_PRIVATE  # which Windows has not, nor a limit to be tried

    try:
        _hoard.append(mmap(-1, n_bytes, flags=MAP_PRIVATE | MAP_ANONYMOUS))
    except OSError as fault:
        raise MemoryError from fault
