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
    return (
        known
        and is_terminal(stream)
        and (sys.platform != "win32" or _console_mode(stream, acting=True) is not None)
    )


def with_links(text: str) -> str:
    """The text with the full name of a file or folder at the end of a line made a link, where it is there."""

    def link(match: re.Match[str]) -> str:
        path = Path(match[0])
        with suppress(OSError):  # longer than a name may be
            if path.exists():
                return _OPEN.format(path.as_uri()) + match[0] + _CLOSE
        return match[0]

    return _FULL_PATH.sub(link, text)


def _console_mode(stream: TextIO, *, acting: bool = False) -> int | None:
    """The mode of a Windows console, None for what is none; asked to act on signs that mark a text."""
    if sys.platform != "win32":
        return None
    import ctypes
    import msvcrt

    mode, console = ctypes.c_ulong(), ctypes.windll.kernel32
    handle = msvcrt.get_osfhandle(stream.fileno())
    is_one = console.GetConsoleMode(handle, ctypes.byref(mode))
    if is_one and acting:
        is_one = console.SetConsoleMode(handle, mode.value | _VT_OUTPUT)
    return mode.value if is_one else None
