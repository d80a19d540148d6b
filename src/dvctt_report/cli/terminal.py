"""What is at the other end of a stream: whether a person, and whether links can be shown there."""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from pathlib import Path
from typing import TextIO

_LINKING = {
    "WT_SESSION": r".+",
    "VTE_VERSION": r"[5-9]\d{3}|\d{5,}",
    "KONSOLE_VERSION": r"\d{6,}",
    "DOMTERM": r".+",
    "TERM": r"xterm-kitty|xterm-ghostty|alacritty|foot(-.+)?|contour",
    "TERM_PROGRAM": r"iTerm\.app|WezTerm|vscode|ghostty|Hyper|rio|mintty",
}
"""By which variable, and what in it, a terminal says that it shows links (OSC 8).

Windows Terminal; GNOME's and others on VTE from 0.50; Konsole; those that say their name.
"""
_OPEN, _CLOSE = "\x1b]8;;{}\x1b\\", "\x1b]8;;\x1b\\"
_FULL_PATH = re.compile(r"(?<!\S)(?:[A-Za-z]:\\|\\\\|/)\S.*$", re.MULTILINE)
_VT_OUTPUT = 0x4
"""ENABLE_VIRTUAL_TERMINAL_PROCESSING: a Windows console acts on such signs where a program asks it to."""


def is_terminal(stream: TextIO) -> bool:
    """Whether ``stream`` is a console or terminal. Windows' null device says it is one, but has no mode."""
    return stream.isatty() and (sys.platform != "win32" or _console_mode(stream) is not None)


def shows_links(stream: TextIO) -> bool:
    """Whether ``stream`` is a terminal that makes a link of a marked text; FORCE_HYPERLINK (0, 1) decides."""
    said = os.environ.get("FORCE_HYPERLINK")
    if said is not None:
        return said != "0"
    known = any(re.fullmatch(what, os.environ.get(name, "")) for name, what in _LINKING.items())
    return known and is_terminal(stream) and _acts_on_signs(stream)


def with_links(text: str) -> str:
    """The text with the full name of a file or folder at the end of a line made a link, where it is there."""
    return _FULL_PATH.sub(_link, text)


def _link(match: re.Match[str]) -> str:
    path = Path(match[0])
    with suppress(OSError):  # longer than a name may be
        if path.exists():
            return _OPEN.format(path.as_uri()) + match[0] + _CLOSE
    return match[0]


def _console_mode(stream: TextIO) -> int | None:
    """The mode of a Windows console; None for what is none."""
    if sys.platform != "win32":
        return None
    import ctypes
    import msvcrt

    mode = ctypes.c_ulong()
    handle = msvcrt.get_osfhandle(stream.fileno())
    return mode.value if ctypes.windll.kernel32.GetConsoleMode(handle, ctypes.byref(mode)) else None


def _acts_on_signs(stream: TextIO) -> bool:
    """Whether signs that mark a text are acted on and not shown; a Windows console is asked to do so."""
    if sys.platform != "win32":
        return True
    import ctypes
    import msvcrt

    mode = _console_mode(stream)
    handle = msvcrt.get_osfhandle(stream.fileno())
    return mode is not None and bool(ctypes.windll.kernel32.SetConsoleMode(handle, mode | _VT_OUTPUT))
