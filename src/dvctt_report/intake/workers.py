"""Read received files so that one that hangs, aborts or eats memory costs only itself.

Two worker processes read them, started when first needed and replaced when one had to be ended. A few small,
plain returns are read in the program's own process: a worker's start takes forty times as long.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
import threading
import zipfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from functools import partial
from hashlib import sha256
from io import BytesIO
from traceback import walk_tb
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from dvctt_report import OBJECTS_BETWEEN
from dvctt_report.files.packages import ZIP_FAULTS
from dvctt_report.files.unpack import Member
from dvctt_report.intake.collect import read_received, refused_return, skipped_return
from dvctt_report.intake.recompute import without_engine
from dvctt_report.model import Return, ReturnStatus
from dvctt_report.model.period import Period
from dvctt_report.plan.model import Profile
from dvctt_report.text.limits import MEMORY, SECONDS

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

Reader: TypeAlias = Callable[[str, bytes, Profile, Period], Return | tuple[Member, ...]]
Failure: TypeAlias = tuple[str, str, str]
Answer: TypeAlias = Return | tuple[Member, ...] | Failure

FEW: Final = 8
"""Files up to which those that are small and plain are read here."""
_MOST_PARTS: Final = 100
_MOST_INFLATED: Final = 5_000_000
"""Parts and bytes of a package that is read here; a return of eleven sheets has forty and one million."""
START_LIMIT: Final = 60.0
"""Seconds within which a worker has to be there; a virus scanner may hold it up."""
_OURS = "dvctt_report."
_LATER = (
    "Chạy lại dvctt-report collect khi máy rảnh; nếu vẫn chưa đọc được thì mở tệp bằng Excel, "
    'chọn "Lưu thành" (Save As) một tệp .xlsx mới.'
)
_STOPPED = "Chưa đọc được: {} nên đã dừng; lần collect sau sẽ đọc lại"
OUT_OF_MEMORY: Final = ("NH22", _STOPPED.format("cần quá nhiều bộ nhớ"), _LATER)
OUT_OF_TIME: Final = ("NH22", _STOPPED.format("đọc quá lâu"), _LATER)
_REPORT = "Gửi tệp này cho người phát triển chương trình; tạm thời chép số liệu sang biểu mẫu đã cấp."
BROKE: Final = ("NH21", "Chương trình dừng đột ngột khi đọc tệp", _REPORT)
_NO_WORKERS = (
    "Máy không cho chạy tiến trình riêng để đọc tệp; các tệp được đọc ngay trong chương trình. "
    "Nếu chương trình dừng giữa chừng, đưa tệp đang đọc ra khỏi thư mục nhận rồi chạy lại."
)


def read_each(
    files: Iterable[tuple[str, bytes]],
    profile: Profile,
    period: Period,
    step: Callable[[], None] = lambda: None,
    tell: Callable[[str], None] = lambda _: None,
    *,
    reader: Reader = read_received,
    few: bool = False,
    n_workers: int | None = None,
    time_limit: float = SECONDS,
) -> Iterator[list[Return]]:
    """Yield the returns of each received file in the order given: one, of a container those in it.

    A file that ends its worker or takes more than ``time_limit`` seconds becomes a refused return. ``step``
    is called when a received file is done, ``tell`` with a sentence where no worker starts. ``few``: what is
    small and plain is read here. A worker has to be able to import ``reader``. ``n_workers`` 0 reads all in
    this process, which a file may then end.
    """
    n_cores: int = getattr(os, "process_cpu_count", os.cpu_count)() or 1  # all of them before Python 3.13
    most = min(2, n_cores) if n_workers is None else n_workers
    pool = _Pool(most, pickle.dumps((reader, profile, period)), time_limit) if most else None
    warnings = [_NO_WORKERS]

    def begin(file: str, data: bytes, *, few: bool = False) -> Callable[[], Answer]:
        here = _read_here(reader, file, data, profile, period) if few else None
        if here is not None:
            return lambda: here
        if pool is not None:
            return pool.lanes.submit(pool.read, file, data).result
        return partial(answer, reader, file, data, profile, period)

    def end(file: str, data: bytes, begun: Callable[[], Answer]) -> Return | tuple[Member, ...]:
        try:
            outcome = begun()
        except _NoWorkersError:
            while warnings:
                tell(warnings.pop())
            outcome = answer(reader, file, data, profile, period)
        if isinstance(outcome, Return) or not isinstance(outcome[0], str):
            return outcome
        code, reason, fix = outcome
        return refused_return(file, sha256(data).hexdigest(), reason, fix, code)

    def returns(file: str, data: bytes, begun: Callable[[], Answer]) -> list[Return]:
        outcome = end(file, data, begun)
        if isinstance(outcome, Return):
            step()
            return [outcome]
        parts: list[tuple[Member, Return | Callable[[], Answer]]] = []
        for m in outcome:
            if m.refusal is not None:
                parts.append((m, refused_return(m.file, m.digest, *m.refusal)))
            elif m.skipped:
                parts.append((m, skipped_return(m.file, m.digest, m.skipped)))
            else:
                parts.append((m, begin(m.file, m.data)))
        ended = [(m, p if isinstance(p, Return) else end(m.file, m.data, p)) for m, p in parts]
        step()
        return [replace(r, sender=m.sender, mailed_on=m.mailed_on) for m, r in ended if isinstance(r, Return)]

    ahead: deque[tuple[str, bytes, Callable[[], Answer]]] = deque()
    try:
        for file, data in files:
            ahead.append((file, data, begin(file, data, few=few)))
            if len(ahead) > 4 * most:
                yield returns(*ahead.popleft())
        while ahead:
            yield returns(*ahead.popleft())
    finally:
        if pool is not None:
            pool.close()


def answer(reader: Reader, file: str, data: bytes, profile: Profile, period: Period) -> Answer:
    """Read one file; what goes wrong becomes code, reason and fix of its refusal."""
    try:
        return reader(file, data, profile, period)
    except MemoryError:
        return OUT_OF_MEMORY
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as fault:  # a panic of a Rust library (pyo3's PanicException) is no Exception
        places = [(str(f.f_globals.get("__name__")), n) for f, n in walk_tb(fault.__traceback__)]
        ours = [f", {name.removeprefix(_OURS)}:{line}" for name, line in places if name.startswith(_OURS)]
        where = type(fault).__name__ + "".join(ours[-1:])  # the last line of ours, for a developer
        return "NH21", f"Chương trình gặp lỗi khi đọc tệp ({where})", _REPORT


def _read_here(reader: Reader, file: str, data: bytes, profile: Profile, period: Period) -> Return | None:
    """The usable return of a small file that takes no other people's compiled code; None for any other."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:  # which inflates no part beyond its declared size
            sizes = [part.file_size for part in package.infolist()]
    except ZIP_FAULTS:
        return None
    if len(sizes) > _MOST_PARTS or sum(sizes) > _MOST_INFLATED:
        return None
    with suppress(Exception), without_engine():  # in a worker it becomes a refusal with its reason
        outcome = reader(file, data, profile, period)
        return outcome if isinstance(outcome, Return) and outcome.status is ReturnStatus.EFFECTIVE else None
    return None


class _NoWorkersError(Exception):
    """The system starts no worker processes."""


class _Worker:
    """A process that reads one file after another; ``fresh``: none yet."""

    def __init__(self) -> None:
        from multiprocessing import get_context

        context = get_context("spawn")  # the same on every system
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs,), daemon=True)
        self.fresh = True
        # On Windows a process inherits that the console sends it no Ctrl+C; what is pressed meanwhile, some
        # hundredths of a second, is lost.
        if sys.platform == "win32":
            import ctypes

            ctypes.windll.kernel32.SetConsoleCtrlHandler(None, True)
        try:
            self.process.start()
        finally:
            if sys.platform == "win32":
                ctypes.windll.kernel32.SetConsoleCtrlHandler(None, False)
            theirs.close()

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


class _Pool:
    """So many workers, each with a thread of ours that waits for it."""

    def __init__(self, n_workers: int, setup: bytes, time_limit: float) -> None:
        self.lanes = ThreadPoolExecutor(n_workers, initializer=_hear_no_interrupts)
        self.setup = setup
        self.time_limit = time_limit
        self.idle: list[_Worker] = []
        self.started: list[_Worker] = []
        self.starting = threading.Lock()
        self.closed = False

    def read(self, file: str, data: bytes) -> Answer:
        """Read a file in a worker; what costs one that has read others is read again in a fresh one."""
        while True:
            worker = self.idle.pop() if self.idle else self._start()
            try:
                worker.pipe.send((file, data))
                outcome: Answer = worker.pipe.recv() if worker.pipe.poll(self.time_limit) else OUT_OF_TIME
            except (EOFError, OSError):
                outcome = BROKE
            if outcome not in (BROKE, OUT_OF_MEMORY, OUT_OF_TIME):
                worker.fresh = False
                self.idle.append(worker)
                return outcome
            worker.end()
            if worker.fresh or outcome == OUT_OF_TIME:
                return outcome

    def _start(self) -> _Worker:
        """Start a worker and tell it what it reads with once it runs.

        Not as an argument: on POSIX, Python 3.13 waits for ever where a process ends before it has read
        those and they are more than a pipe holds.
        """
        try:
            with self.starting:
                if self.closed:
                    raise _NoWorkersError
                worker = _Worker()
                self.started.append(worker)
            for message in (self.setup, b""):
                if not worker.pipe.poll(START_LIMIT):
                    raise TimeoutError
                worker.pipe.recv()
                worker.pipe.send_bytes(message)
        except (EOFError, OSError, RuntimeError) as fault:
            self.closed = True
            raise _NoWorkersError from fault
        return worker

    def close(self) -> None:
        """End every worker."""
        with self.starting:
            self.closed = True
        for worker in self.started:
            worker.process.kill()
        self.lanes.shutdown(cancel_futures=True)
        for worker in self.started:
            worker.end()


def _hear_no_interrupts() -> None:
    """Let the processes that this thread starts hear no Ctrl+C from their first moment: they inherit that."""
    if sys.platform != "win32":
        from multiprocessing.resource_tracker import ensure_running

        ensure_running()  # multiprocessing's own helper, whose start would let the signal through again
        signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT,))


def _serve(pipe: Connection[Any, Any]) -> None:
    """Be a worker: ask what it reads with, then answer file by file until the pipe closes."""
    from multiprocessing import parent_process

    parent = parent_process()
    assert parent is not None
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def end_with_parent() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=end_with_parent, daemon=True).start()
    with suppress(OSError):  # keep off the terminal: a panic prints
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
    if sys.platform != "win32":
        import resource

        with suppress(OSError, ValueError):  # macOS takes none
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
    gc.set_threshold(OBJECTS_BETWEEN)
    with suppress(EOFError, OSError):
        pipe.send(None)
        reader, profile, period = pickle.loads(pipe.recv_bytes())
        pipe.send(None)
        pipe.recv_bytes()
        while True:
            file, data = pipe.recv()
            pipe.send(answer(reader, file, data, profile, period))
