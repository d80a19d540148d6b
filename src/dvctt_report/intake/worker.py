"""The process that reads one file after another for ``isolate``: what may hang, abort or grow happens here.

Imports next to nothing, so that a worker keeps off the terminal before anything can go wrong.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from dvctt_report.period import Period

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from dvctt_report.intake.unpack import Member
    from dvctt_report.model import Return
    from dvctt_report.plan.model import Profile

    Reader: TypeAlias = Callable[[str, bytes, Profile, Period], Return | tuple[Member, ...]]
    Failure: TypeAlias = tuple[str, str, str]
    Answer: TypeAlias = Return | tuple[Member, ...] | Failure

MEMORY_LIMIT: Final = 1_500_000_000
"""Bytes of address space of a worker, where the system has such a limit (not on Windows)."""

RESAVE: Final = 'Mở tệp bằng Excel, kiểm tra, chọn "Lưu thành" (Save As) một tệp .xlsx mới rồi gửi lại.'
OUT_OF_MEMORY: Final = (
    "NH01",
    "Đọc tệp cần quá nhiều bộ nhớ nên đã dừng; tệp có thể bị hỏng hoặc lớn bất thường",
    RESAVE,
)
_REPORT = "Gửi tệp này cho người phát triển chương trình; tạm thời chép số liệu sang biểu mẫu đã cấp."


def serve(pipe: Connection[Any, Any], setup: bytes) -> None:
    """Be a worker: say that it is there, then answer file by file until the pipe closes."""
    _settle_in()
    reader, profile, period = pickle.loads(setup)
    pipe.send(None)
    with suppress(EOFError, OSError):
        while True:
            file, data = pipe.recv()
            pipe.send(answer(reader, file, data, profile, period))


def answer(reader: Reader, file: str, data: bytes, profile: Profile, period: Period) -> Answer:
    """Read one file; what goes wrong becomes code, reason and fix of its refusal."""
    try:
        return reader(file, data, profile, period)
    except MemoryError:
        return OUT_OF_MEMORY
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as fault:  # a panic of a Rust library (pyo3's PanicException) is no Exception
        return "NH21", f"Chương trình gặp lỗi khi đọc tệp ({_where(fault)})", _REPORT


def _where(fault: BaseException) -> str:
    """The fault and the last line of ours that it came through, for a developer."""
    trace, place = fault.__traceback__, ""
    while trace is not None:
        module = str(trace.tb_frame.f_globals.get("__name__", ""))
        if module.startswith("dvctt_report."):
            place = f", {module.removeprefix('dvctt_report.')}:{trace.tb_lineno}"
        trace = trace.tb_next
    return f"{type(fault).__name__}{place}"


def _settle_in() -> None:
    """Leave Ctrl+C to the parent and end with it, keep off the terminal (a panic prints), take limits."""
    import signal
    import threading

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(OSError):
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _limit_memory()


def _end_with_parent() -> None:
    from multiprocessing import parent_process

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return
    for kind, limit in ((resource.RLIMIT_AS, MEMORY_LIMIT), (resource.RLIMIT_CORE, 0)):
        with suppress(OSError, ValueError):  # macOS takes no limit on address space
            _, hard = resource.getrlimit(kind)
            resource.setrlimit(kind, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))
