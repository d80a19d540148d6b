"""Ctrl+C, whenever it is pressed: it is remembered, so that no library can make another error of it.

An interrupt is an exception that may be raised anywhere: within a library that answers any exception by one
of its own (pydantic's core does), or where nobody can catch it. What counts is that it was pressed.
"""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress

INTERRUPTED = 130
"""The exit code after Ctrl+C, as shells have it."""
STOPPED = "Đã dừng theo yêu cầu."
_BURST = 0.5
"""Seconds within which one more press is the same one: a key that is held down must not break the ending."""
_presses: list[float] = []


def ending_in_words(run: Callable[[], int]) -> int:
    """Run the program and return its exit code; an interrupt ends it in words, once it has begun or not."""
    try:
        _listen()
        code = run()
        _hush()
    except BaseException as error:
        _hush()
        if not (was_pressed() or isinstance(error, KeyboardInterrupt)):
            raise
    else:
        return code
    with suppress(OSError, ValueError, AttributeError):  # closed, full or none: there is nobody to tell
        sys.stderr.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # TextIO
        print(STOPPED, file=sys.stderr, flush=True)
    return INTERRUPTED


def was_pressed() -> bool:
    """Whether Ctrl+C was pressed since ``forget``."""
    return bool(_presses)


def forget() -> None:
    """Let what was pressed so far be answered."""
    _presses.clear()


def _listen() -> None:
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # else the shell wants it ignored
        signal.signal(signal.SIGINT, _press)


def _hush() -> None:
    """The program has come to its end, which nothing has to interrupt."""
    if signal.getsignal(signal.SIGINT) is _press:
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def _press(*_: object) -> None:
    now = time.monotonic()
    again = bool(_presses) and now - _presses[-1] < _BURST
    _presses.append(now)
    # It may come where nothing can be raised; what it left half made (a ZIP file) fails as it is let go.
    sys.unraisablehook = lambda _: None
    if not again:
        raise KeyboardInterrupt
