"""``--debug``: tell on stderr, as it happens, which files are read and written, and where a refusal arose."""

from __future__ import annotations

import os
import sys
import time
import traceback
from typing import Any, Final

from dvctt_report.cli.screen import tell
from dvctt_report.text.personal import masked
from dvctt_report.text.visible import on_one_line

_CODE: Final = (".py", ".pyc", ".pyd", ".so", ".dll", ".pth", "METADATA", os.devnull)
"""How the names of files end that hold the program, of which nothing is told."""
_watching: list[float] = []
"""When watching began; empty: nobody watches."""


def watch() -> None:
    """Tell of files from now on; Python lets nobody take such a watch away again."""
    if not _watching:
        _watching.append(time.perf_counter())
        sys.addaudithook(_hear)


def tell_refusal(error: BaseException) -> None:
    """Where an error that is told in one line arose, for somebody who watches."""
    if _watching:
        tell(masked("".join(traceback.format_exception(error)).rstrip()))


def _hear(event: str, args: tuple[Any, ...]) -> None:
    match event, args:
        case "open", (str() | bytes() as name, mode, flags):
            writes = mode not in ("r", "rb") if mode is not None else flags & (os.O_WRONLY | os.O_RDWR)
            _tell("ghi" if writes else "đọc", name)
        case "sqlite3.connect", (str() as name, *_):
            _tell("mở sổ", name)
        case "os.rename", (source, target, *_):
            _tell(f"đổi tên {os.fsdecode(source)} thành", target)
        case "os.remove", (name, *_):
            _tell("xóa", name)
        case "subprocess.Popen", (_, command, *_):
            _tell("chạy", " ".join(map(str, command)) if isinstance(command, list | tuple) else str(command))


def _tell(what: str, file: str | bytes) -> None:
    name = os.fsdecode(file)
    if not name.endswith(_CODE) and name not in sys.path:
        told = f"[{time.perf_counter() - _watching[0]:7.3f}] {what} {name}"
        tell(masked(on_one_line(told)))  # a name with a line break must not write a line of its own
