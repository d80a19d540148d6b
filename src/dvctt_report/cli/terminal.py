"""Whether a person sits at the other end of a stream."""

from __future__ import annotations

import sys
from typing import TextIO


def is_terminal(stream: TextIO) -> bool:
    """Whether ``stream`` is a console or terminal. Windows' null device says it is one, but has no mode."""
    if not stream.isatty():
        return False
    if sys.platform == "win32":
        import ctypes
        import msvcrt

        handle = msvcrt.get_osfhandle(stream.fileno())
        return bool(ctypes.windll.kernel32.GetConsoleMode(handle, ctypes.byref(ctypes.c_ulong())))
    return True
