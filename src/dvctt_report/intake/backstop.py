"""Limits that the system itself sets to the process it is asked in: processor time for a file, and memory.

They end what a fault of the reader would let run for ever. Processor time, not the clock's: another program
that keeps the machine busy costs no return.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import Any


class Backstop:
    """The limits of this process: ``memory`` bytes at once, ``seconds`` from each ``start`` on."""

    def __init__(self, memory: int, seconds: int) -> None:
        self.memory = memory
        self.seconds = seconds
        if sys.platform == "win32":
            self._job = _windows_job()
        else:
            _limit_memory(memory)

    def start(self) -> None:
        """Give the next file its time."""
        if sys.platform == "win32":
            _limit_job(self._job, self.memory, self.seconds)
        else:
            _limit_time(self.seconds)


def ended_by_time(exit_code: int | None) -> bool:
    """Whether a process was ended for the time it took."""
    if sys.platform == "win32":
        return exit_code in (_ERROR_NOT_ENOUGH_QUOTA, _STATUS_QUOTA_EXCEEDED)
    import signal

    return exit_code == -signal.SIGXCPU


# ------------------------------------------------------------------------------- POSIX

if sys.platform != "win32":
    import resource

    def _limit_memory(n_bytes: int) -> None:
        for kind, limit in ((resource.RLIMIT_AS, n_bytes), (resource.RLIMIT_CORE, 0)):
            with suppress(OSError, ValueError):  # macOS takes no limit on address space
                _set(kind, limit)

    def _limit_time(seconds: int) -> None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        with suppress(OSError, ValueError):
            _set(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + 1 + seconds)

    def _set(kind: int, limit: int) -> None:
        _, hard = resource.getrlimit(kind)
        resource.setrlimit(kind, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))


# ----------------------------------------------------------------------------- Windows

_ERROR_NOT_ENOUGH_QUOTA, _STATUS_QUOTA_EXCEEDED = 1816, 0xC0000044
"""With which Windows ends a process of a job that has used up its time."""
_EXTENDED_LIMITS = 9
_PROCESS_TIME, _PROCESS_MEMORY, _KILL_ON_CLOSE = 0x2, 0x100, 0x2000

if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    class _Basic(ctypes.Structure):
        """JOBOBJECT_BASIC_LIMIT_INFORMATION."""

        _fields_ = (
            ("PerProcessUserTimeLimit", wintypes.LARGE_INTEGER),
            ("PerJobUserTimeLimit", wintypes.LARGE_INTEGER),
            ("LimitFlags", wintypes.DWORD),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", wintypes.DWORD),
            ("SchedulingClass", wintypes.DWORD),
        )

    class _Extended(ctypes.Structure):
        """JOBOBJECT_EXTENDED_LIMIT_INFORMATION; between both stand six counters of input and output."""

        _fields_ = (
            ("BasicLimitInformation", _Basic),
            ("IoInfo", ctypes.c_uint64 * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        )

    def _kernel() -> Any:
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = wintypes.HANDLE
        kernel.CreateJobObjectW.argtypes = (wintypes.LPVOID, wintypes.LPCWSTR)
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
        kernel.SetInformationJobObject.argtypes = (
            wintypes.HANDLE,
            ctypes.c_int,
            wintypes.LPVOID,
            wintypes.DWORD,
        )
        return kernel

    def _windows_job() -> Any:
        """A job with this process in it; None where the system allows none, which costs the limits alone."""
        with suppress(OSError):
            kernel = _kernel()
            job = kernel.CreateJobObjectW(None, None)
            if job and kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess()):
                return job
        return None

    def _limit_job(job: Any, memory: int, seconds: int) -> None:
        import time

        if job is None:
            return
        limits = _Extended()
        flags = _PROCESS_TIME | _PROCESS_MEMORY | _KILL_ON_CLOSE
        limits.BasicLimitInformation.LimitFlags = flags
        limits.BasicLimitInformation.PerProcessUserTimeLimit = int(
            (time.process_time() + seconds) * 10_000_000
        )
        limits.ProcessMemoryLimit = memory
        with suppress(OSError):
            _kernel().SetInformationJobObject(
                job, _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits)
            )
