"""Read every file in a worker process: one that hangs, aborts or eats memory costs only itself.

Workers are started when first needed and reused; one that had to be ended is replaced. Where the system
starts none at all, files are read in the program's own process, and that is said.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from hashlib import sha256
from multiprocessing import connection, get_context
from multiprocessing.resource_tracker import ensure_running
from typing import TYPE_CHECKING, Any, Final, TypeGuard

from dvctt_report.intake.backstop import ended_by_time
from dvctt_report.intake.collect import read_received, refused_return, skipped_return
from dvctt_report.intake.unpack import Member
from dvctt_report.intake.worker import BROKE, OUT_OF_MEMORY, OUT_OF_TIME, UP, answer, serve
from dvctt_report.limits import SECONDS, WALL_SECONDS
from dvctt_report.model import Return
from dvctt_report.period import Period
from dvctt_report.plan.model import Profile

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

    from dvctt_report.intake.worker import Answer, Failure, Reader

START_LIMIT: Final = 60.0
"""Seconds within which a worker has to be there; a virus scanner may hold it up."""

_LAST_MOMENT: Final = 1.0
"""Seconds in which a process that has closed its pipe comes to its end."""
_ALONE: Final = (
    "Máy không cho chạy tiến trình riêng để đọc tệp; các tệp được đọc ngay trong chương trình. "
    "Nếu chương trình dừng giữa chừng, đưa tệp đang đọc ra khỏi thư mục nhận rồi chạy lại."
)


def read_each(
    tasks: Iterable[tuple[str, bytes]],
    profile: Profile,
    period: Period,
    step: Callable[[], None] = lambda: None,
    tell: Callable[[str], None] = lambda _: None,
    *,
    n_workers: int | None = None,
    reader: Reader = read_received,
    seconds: int = SECONDS,
    time_limit: float = WALL_SECONDS,
) -> Iterator[list[Return]]:
    """Yield the returns of each received file in the order given: one, of a container those in it.

    A file that ends its worker, or takes more than ``seconds`` of its processor or ``time_limit`` seconds
    in all, becomes a refused return.
    ``step`` is called when a received file is done, ``tell`` with a sentence where there are no workers.
    ``reader`` has to be a function that a worker can import. ``n_workers`` 0 reads in this process, which a
    file may then end.
    """
    most = min(2, _n_cores()) if n_workers is None else n_workers
    pool = _Pool(iter(tasks), most, pickle.dumps((reader, profile, period, seconds)), time_limit)
    try:
        for returns in pool.run() if most else pool.run_alone(reader, profile, period):
            step()
            yield returns
    except _NoWorkers:
        tell(_ALONE)
        for returns in pool.run_alone(reader, profile, period):
            step()
            yield returns
    finally:
        pool.close()


def _n_cores() -> int:
    """The cores that this process may use: a second worker on one core only costs its start."""
    return getattr(os, "process_cpu_count", os.cpu_count)() or 1  # all of them before Python 3.13


class _NoWorkers(Exception):
    """The system doesn't start worker processes."""


@dataclass
class _Slot:
    """The returns of one received file, in order; None where one is still to come."""

    parts: list[Return | None]


@dataclass
class _Task:
    """One file to read, and where its return goes; ``again``: it has cost a worker that wasn't fresh."""

    slot: _Slot
    part: int
    file: str
    data: bytes
    again: bool = False
    sender: str = ""


@dataclass
class _Worker:
    """A process; ``until`` is when its file (or, before it is ready, its start) has taken too long."""

    process: SpawnProcess
    pipe: connection.Connection[Any, Any]
    task: _Task | None
    until: float
    ready: bool = False
    fresh: bool = True


@dataclass
class _Pool:
    """Hands files to workers and puts what comes back where it belongs."""

    received: Iterator[tuple[str, bytes]]
    most: int
    setup: bytes
    time_limit: float
    workers: list[_Worker] = field(default_factory=list)
    queue: deque[_Task] = field(default_factory=deque)
    slots: deque[_Slot] = field(default_factory=deque)

    def run(self) -> Iterator[list[Return]]:
        """Yield what each received file gave, in order. Raises _NoWorkers where no worker starts."""
        while True:
            self._hand_out()
            yield from self._done()
            if not self.slots:
                return
            self._wait()

    def run_alone(self, reader: Reader, profile: Profile, period: Period) -> Iterator[list[Return]]:
        """Do the rest without workers."""
        self.queue.extendleft(w.task for w in self.workers if w.task is not None)
        self.close()
        while (task := self._next()) is not None:
            self._settle(task, answer(reader, task.file, task.data, profile, period))
            yield from self._done()

    def close(self) -> None:
        """End every worker."""
        for worker in self.workers:
            _end(worker)
        self.workers.clear()

    def _done(self) -> Iterator[list[Return]]:
        while self.slots and None not in self.slots[0].parts:
            yield [part for part in self.slots.popleft().parts if part is not None]

    def _next(self) -> _Task | None:
        """The next file to read: one from a container, else one received."""
        if not self.queue:
            received = next(self.received, None)
            if received is None:
                return None
            self.slots.append(_Slot([None]))
            self.queue.append(_Task(self.slots[-1], 0, *received))
        return self.queue.popleft()

    def _hand_out(self) -> None:
        """Give every idle worker a file, and start another for a file that would have to wait."""
        idle = [w for w in self.workers if w.task is None]
        while (idle or len(self.workers) < self.most) and (task := self._next()) is not None:
            if idle:
                worker = idle.pop()
                worker.task = task
                self._send(worker)
            else:
                self.queue.appendleft(task)  # stays to be read even if none can be started
                self.workers.append(_start(task))
                self.queue.popleft()

    def _send(self, worker: _Worker) -> None:
        assert worker.task is not None
        worker.until = time.monotonic() + self.time_limit
        with suppress(OSError):  # a worker that has ended is found by its closed pipe
            worker.pipe.send((worker.task.file, worker.task.data))

    def _wait(self) -> None:
        """Wait for an answer, for a worker's end, or for the end of somebody's time."""
        left = min(w.until for w in self.workers if w.task) - time.monotonic()
        told = connection.wait([w.pipe for w in self.workers], max(0.0, left))
        for worker in list(self.workers):
            if worker.pipe in told:
                self._receive(worker)
            elif worker.task and time.monotonic() > worker.until:
                self._lose(worker, OUT_OF_TIME)

    def _receive(self, worker: _Worker) -> None:
        try:
            said = worker.pipe.recv()
        except (EOFError, OSError):
            self._lose(worker, _why_it_ended(worker))
            return
        if said == UP:
            with suppress(OSError):  # found by its closed pipe
                worker.pipe.send_bytes(self.setup)
        elif not worker.ready:
            worker.ready = True
            self._send(worker)
        elif said == OUT_OF_MEMORY:
            self._lose(worker, OUT_OF_MEMORY)
        else:
            task, worker.task, worker.fresh = worker.task, None, False
            assert task is not None
            self._settle(task, said)

    def _lose(self, worker: _Worker, failure: Failure) -> None:
        """Go on without a worker that ended or had to be: its file is refused.

        Unless that may be the fault of the files before it: then a fresh worker tries once more.
        """
        if not worker.ready:
            raise _NoWorkers
        self.workers.remove(worker)
        _end(worker)
        task = worker.task
        if task is None:
            return
        if failure == OUT_OF_TIME or worker.fresh or task.again:
            self._settle(task, failure)
        else:
            task.again = True
            self.queue.appendleft(task)

    def _settle(self, task: _Task, said: Answer) -> None:
        """Put an answer in its place; the files of a container take the place of the container."""
        if isinstance(said, Return):
            task.slot.parts[task.part] = replace(said, sender=task.sender) if task.sender else said
        elif _is_failure(said):
            code, reason, fix = said
            digest = sha256(task.data).hexdigest()
            task.slot.parts[task.part] = refused_return(task.file, digest, reason, fix, code)
        else:
            members = [m for m in said if isinstance(m, Member)]
            task.slot.parts = [_known(m) for m in members]
            waiting = [_Task(task.slot, n, m.file, m.data, sender=m.sender) for n, m in enumerate(members)]
            self.queue.extendleft(t for t in reversed(waiting) if task.slot.parts[t.part] is None)


def _is_failure(said: tuple[Member, ...] | Failure) -> TypeGuard[Failure]:
    return isinstance(said[0], str)


def _known(member: Member) -> Return | None:
    """The return of a file from a container that isn't to be read."""
    if member.refusal is not None:
        return refused_return(member.file, member.digest, *member.refusal)
    return skipped_return(member.file, member.digest, member.skipped) if member.skipped else None


def _start(task: _Task) -> _Worker:
    """Start a worker that asks for what it needs when it is up.

    Not as an argument: on POSIX, Python 3.13 waits for ever where a process ends before it has read those
    and they are more than a pipe holds.
    """
    context = get_context("spawn")  # the same on every system, and safe beside the thread of a progress bar
    ours, theirs = context.Pipe()
    process = context.Process(target=serve, args=(theirs,), daemon=True)
    try:
        with _interrupts_kept_off():
            process.start()
    except (OSError, RuntimeError) as error:
        ours.close()
        raise _NoWorkers from error
    finally:
        theirs.close()
    return _Worker(process, ours, task, time.monotonic() + START_LIMIT)


@contextmanager
def _interrupts_kept_off() -> Iterator[None]:
    """Let a process start that hears no Ctrl+C from its first moment: it inherits that.

    Here it is heard as soon as the process has started; on Windows, where a process inherits whether its
    console sends any, what is pressed meanwhile, some hundredths of a second, is lost.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
    elif sys.platform == "win32":
        import ctypes

        ctypes.windll.kernel32.SetConsoleCtrlHandler(None, True)
        try:
            yield
        finally:
            ctypes.windll.kernel32.SetConsoleCtrlHandler(None, False)
    else:
        ensure_running()  # multiprocessing's own helper, whose start would let the signal through again
        before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT,))
        try:
            yield
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _why_it_ended(worker: _Worker) -> Failure:
    """Why a worker has closed its pipe, by the code with which it ends."""
    worker.process.join(_LAST_MOMENT)
    return OUT_OF_TIME if ended_by_time(worker.process.exitcode) else BROKE


def _end(worker: _Worker) -> None:
    worker.pipe.close()
    worker.process.kill()
    worker.process.join()
    worker.process.close()
