"""The process that reads one file after another for ``isolate``: what may hang, abort or grow happens here.

Imports next to nothing, so that a worker keeps off the terminal before anything can go wrong.
"""

from __future__ import annotations

import gc
import os
import pickle
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from dvctt_report import OBJECTS_BETWEEN
from dvctt_report.intake.backstop import Backstop
from dvctt_report.limits import MEMORY
from dvctt_report.period import Period

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from dvctt_report.intake.unpack import Member
    from dvctt_report.model import Return
    from dvctt_report.plan.model import Profile

    Reader: TypeAlias = Callable[[str, bytes, Profile, Period], Return | tuple[Member, ...]]
    Failure: TypeAlias = tuple[str, str, str]
    Answer: TypeAlias = Return | tuple[Member, ...] | Failure

_LATER = (
    "Chạy lại dvctt-report collect khi máy rảnh; nếu vẫn chưa đọc được thì mở tệp bằng Excel, "
    'chọn "Lưu thành" (Save As) một tệp .xlsx mới.'
)
OUT_OF_MEMORY: Final = (
    "NH22",
    "Chưa đọc được: cần quá nhiều bộ nhớ nên đã dừng; lần collect sau sẽ đọc lại",
    _LATER,
)
OUT_OF_TIME: Final = ("NH22", "Chưa đọc được: đọc quá lâu nên đã dừng; lần collect sau sẽ đọc lại", _LATER)
_REPORT = "Gửi tệp này cho người phát triển chương trình; tạm thời chép số liệu sang biểu mẫu đã cấp."
BROKE: Final = ("NH21", "Chương trình dừng đột ngột khi đọc tệp", _REPORT)

UP: Final = "up"
"""What a worker says when it runs; it is then told what it reads with."""


def serve(pipe: Connection[Any, Any]) -> None:
    """Be a worker: ask what it reads with, then answer file by file until the pipe closes."""
    _settle_in()
    pipe.send(UP)
    reader, profile, period, seconds = pickle.loads(pipe.recv_bytes())
    backstop = Backstop(MEMORY, seconds)
    gc.set_threshold(OBJECTS_BETWEEN)
    pipe.send(None)
    with suppress(EOFError, OSError):
        while True:
            file, data = pipe.recv()
            backstop.start()
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
    """Leave Ctrl+C to the parent and end with it, keep off the terminal (a panic prints)."""
    import signal
    import threading

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(OSError):
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    from multiprocessing import parent_process

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
