"""The one way in and out: Vietnamese in every message, UTF-8 on every console, few exit codes.

0 done · 1 open findings of severity error, or files refused · 2 cannot run ·
3 (``check``) nothing differs, something is to be read · 70 a bug of ours, with a report file ·
130 interrupted by Ctrl+C.
"""

from __future__ import annotations

import errno
import io
import os
import stat
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Final, TextIO

import typer
from typer.main import get_command

from dvctt_report import __version__
from dvctt_report.cli.app import app
from dvctt_report.cli.help import explain_usage_error
from dvctt_report.cli.screen import hints_for, tell
from dvctt_report.text.errors import CannotRun, explain_os_error
from dvctt_report.text.interrupts import INTERRUPTED, STOPPED, forget, was_pressed
from dvctt_report.text.limits import MAX_TEXT
from dvctt_report.text.personal import masked
from dvctt_report.text.visible import on_one_line

PROGRAM = "dvctt-report"
_command_of = cache(get_command)

DONE = 0
FOUND = 1
CANNOT_RUN = 2
BUG = 70

_UTF8 = "utf-8", "replace"
"""Encoding of the standard streams, and what becomes of a character it hasn't."""
_CODE: Final = (".py", ".pyc", ".pyd", ".so", ".dll", ".pth", "METADATA", os.devnull)
"""How the names of files end that hold the program, of which nothing is told."""
_watching_since: list[float] = []
"""When watching began; empty: nobody watches."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program on ``argv`` (None: what was typed) and return its exit code."""
    return run(app, sys.argv[1:] if argv is None else argv)


def run(program: typer.Typer, argv: Sequence[str]) -> int:
    """Run a Typer app: whatever it raises or returns becomes an exit code, and a Vietnamese line.

    Not through Typer's own ``main``: even with ``standalone_mode=False`` it answers an interrupt with a
    silent 130 and a closed pipe with ``sys.exit(1)`` (Typer 0.29).
    """
    sys.set_int_max_str_digits(MAX_TEXT)  # digits are text: so many of them are no fault of ours
    speak_utf8()
    if os.environ.get("NO_COLOR"):
        os.environ.pop("FORCE_COLOR", None)  # whoever asks for none gets none, whatever else is set
    code: object = DONE
    with hints_for(""):
        try:
            command = _command_of(program)  # the menu calls it again and again
            with command.make_context(PROGRAM, list(argv)) as ctx:
                code = command.invoke(ctx)
            sys.stdout.flush()
        except BaseException as error:
            if not (was_pressed() or isinstance(error, KeyboardInterrupt)):
                return _end(error, argv)
            code = INTERRUPTED
    if was_pressed() or code == INTERRUPTED:  # where something has caught it, what was done may not be whole
        forget()
        return _refuse(STOPPED, code=INTERRUPTED)
    return code if isinstance(code, int) else DONE


def speak_utf8() -> None:
    """Make the standard streams UTF-8, whatever the console's code page is; a closed one leads nowhere."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            nowhere = os.open(os.devnull, os.O_RDWR)
            setattr(sys, name, os.fdopen(nowhere, mode, encoding="utf-8"))
        # Once only: what has been read from, as the menu's stdin, can't be changed any more.
        if isinstance(stream, io.TextIOWrapper) and (stream.encoding, stream.errors) != _UTF8:
            stream.reconfigure(encoding=_UTF8[0], errors=_UTF8[1])


def _end(error: BaseException, argv: Sequence[str]) -> int:
    """Say what ended the command, and with which code."""
    match error:
        case typer.Exit():
            return error.exit_code
        case typer.Abort():  # a question that nobody answers
            return _refuse(STOPPED)
        case typer.TyperException():
            fault, hint = explain_usage_error(error, PROGRAM)
            return _refuse(f"Lỗi: {fault}", hint)
        case CannotRun():
            _tell_origin(error)
            return _refuse(f"{'' if error.is_question else 'Lỗi: '}{error.message}", error.fix)
        case OSError() if _reader_is_gone(error):
            _flush(sys.stdout)  # as `| head` does when it has read enough; there is nobody left to tell
            return CANNOT_RUN
        case OSError() if (explained := explain_os_error(error)) is not None:
            _tell_origin(error)
            _flush(sys.stdout)
            return _refuse(f"Lỗi: {explained.message}", explained.fix)
        case Exception():
            return _report_bug(error, argv)
    raise error


def _refuse(*lines: str, code: int = CANNOT_RUN) -> int:
    """Print lines on stderr; where that is full or closed there is nobody left to tell."""
    with suppress(OSError):
        for line in filter(None, lines):
            tell(line)
    _flush(sys.stderr)
    return code


def _flush(stream: TextIO) -> None:
    """Send off what is buffered, else nowhere: Python would complain of it in English while it ends."""
    try:
        stream.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _reader_is_gone(error: OSError) -> bool:
    """Whether stdout is a pipe that takes nothing more; the error may also be another file's."""
    # Windows calls writing into a closed pipe an invalid argument.
    if not (isinstance(error, BrokenPipeError) or (error.errno == errno.EINVAL and error.filename is None)):
        return False
    try:
        if stat.S_ISFIFO(os.fstat(sys.stdout.fileno()).st_mode):
            sys.stdout.write("\n")
            sys.stdout.flush()
    except OSError:
        return True
    return False


def watch() -> None:
    """``--debug``: tell on stderr, as it happens, which files are read and written, and where refusals arise.

    Python lets nobody take such a watch away again.
    """
    if not _watching_since:
        _watching_since.append(time.perf_counter())
        sys.addaudithook(_hear)


def _tell_origin(error: BaseException) -> None:
    """Where an error that is told in one line arose, for somebody who watches."""
    if _watching_since:
        import traceback

        tell(masked("".join(traceback.format_exception(error)).rstrip()))


def _hear(event: str, args: tuple[Any, ...]) -> None:
    match event, args:
        case "open", (str() | bytes() as file, mode, flags):
            writes = mode not in ("r", "rb") if mode is not None else flags & (os.O_WRONLY | os.O_RDWR)
            done = "ghi" if writes else "đọc"
        case "sqlite3.connect", (str() as file, *_):
            done = "mở sổ"
        case "os.rename", (source, file, *_):
            done = f"đổi tên {os.fsdecode(source)} thành"
        case "os.remove", (file, *_):
            done = "xóa"
        case "subprocess.Popen", (_, command, *_):
            done = "chạy"
            file = " ".join(map(str, command)) if isinstance(command, list | tuple) else str(command)
        case _:
            return
    name = os.fsdecode(file)
    if not name.endswith(_CODE) and name not in sys.path:
        line = f"[{time.perf_counter() - _watching_since[0]:7.3f}] {done} {name}"
        tell(masked(on_one_line(line)))  # a name with a line break must not write a line of its own


def _report_bug(error: Exception, argv: Sequence[str]) -> int:
    """Write a report into the current folder, else the temporary one, else onto the screen."""
    import platform
    import tempfile
    import traceback

    text = "\n".join(
        (
            f"Phiên bản: {PROGRAM} {__version__}",
            f"Python: {platform.python_version()} · {platform.platform()}",
            f"Lệnh: {PROGRAM} {masked(' '.join(argv))}",
            "",
            masked("".join(traceback.format_exception(error))),
        )
    )
    what = "Chương trình gặp lỗi ngoài dự kiến; "
    for folder in (Path.cwd, lambda: Path(tempfile.gettempdir())):
        try:
            path = folder() / f"dvctt-loi-{datetime.now():%Y%m%d-%H%M%S}.txt"
            # With a byte order mark, so that older Notepads read it as UTF-8.
            path.write_text(text, encoding="utf-8-sig", errors="backslashreplace")
        except OSError:
            continue
        return _refuse(f"{what}chi tiết ở tệp “{path}”, xin gửi tệp này cho người hỗ trợ.", code=BUG)
    return _refuse(text, f"{what}xin gửi nội dung trên cho người hỗ trợ.", code=BUG)
