"""The one way in and out: Vietnamese in every message, UTF-8 on every console, few exit codes.

0 done · 1 open findings of severity error, or files refused · 2 cannot run ·
3 (``check``) nothing differs, something is to be read · 70 a bug of ours, with a report file ·
130 interrupted by Ctrl+C.
"""

from __future__ import annotations

import errno
import io
import os
import platform
import stat
import sys
import tempfile
import traceback
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TextIO

import typer
from typer.main import get_command

from dvctt_report import __version__
from dvctt_report.cli.app import app
from dvctt_report.cli.debug import tell_refusal
from dvctt_report.cli.help import format_hint, format_usage_error
from dvctt_report.cli.screen import hints_for, tell
from dvctt_report.text.errors import CannotRun, explain_os_error
from dvctt_report.text.interrupts import INTERRUPTED, STOPPED, forget, was_pressed
from dvctt_report.text.limits import MAX_TEXT
from dvctt_report.text.personal import masked

PROGRAM = "dvctt-report"
_command_of = cache(get_command)

DONE = 0
FOUND = 1
CANNOT_RUN = 2
BUG = 70

_UTF8 = "utf-8", "replace"
"""Encoding of the standard streams, and what becomes of a character it hasn't."""


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
    """Make the three standard streams UTF-8, whatever the console's code page is.

    One that was closed leads nowhere: else the next file that is opened takes its place.
    """
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
            return _refuse(f"Lỗi: {format_usage_error(error)}", format_hint(error, PROGRAM))
        case CannotRun():
            tell_refusal(error)
            return _refuse(f"{'' if error.is_question else 'Lỗi: '}{error.message}", error.fix)
        case OSError() if _reader_is_gone(error):
            _close_stdout()  # as `| head` does when it has read enough; there is nobody left to tell
            return CANNOT_RUN
        case OSError() if (explained := explain_os_error(error)) is not None:
            tell_refusal(error)
            _close_stdout()
            return _refuse(f"Lỗi: {explained.message}", explained.fix)
        case Exception():
            return _report_bug(error, argv)
    raise error


def _refuse(*lines: str, code: int = CANNOT_RUN) -> int:
    """Print lines on stderr, where there is one."""
    try:
        for line in filter(None, lines):
            tell(line)
        sys.stderr.flush()
    except OSError:  # full or closed: there is nobody left to tell
        _lead_nowhere(sys.stderr)
    return code


def _close_stdout() -> None:
    """Send what is still buffered nowhere, else Python complains of it in English while it ends."""
    try:
        sys.stdout.flush()
    except OSError:
        _lead_nowhere(sys.stdout)


def _lead_nowhere(stream: TextIO) -> None:
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


def _report_bug(error: Exception, argv: Sequence[str]) -> int:
    """Write a report into the current folder, else the temporary one, else onto the screen."""
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
