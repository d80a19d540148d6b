"""What commands print: tables that fit 80 columns, JSON alone on stdout, messages on stderr; and to whom."""

from __future__ import annotations

import codecs
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, redirect_stdout, suppress
from contextvars import ContextVar
from dataclasses import fields
from datetime import datetime
from itertools import dropwhile
from pathlib import Path
from shutil import get_terminal_size
from textwrap import wrap
from typing import TYPE_CHECKING, Any, TextIO, TypeVar

from dvctt_report.text.visible import legible

if TYPE_CHECKING:  # a help page is shown without the model
    from rich.console import Console

    from dvctt_report.model import Acceptance, Decision, Finding, LeftOut, Override, Timing

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
_NOT_LEGIBLE = re.compile(r"[^\S\n ]|[^\w\s!-~]")
"""What may be no character to look at."""
_QUIET: ContextVar[bool] = ContextVar("quiet", default=False)
Value = TypeVar("Value")
_WHOLE = re.compile(
    r'dvctt-report(?: (?:"[^"]*"|[A-Za-z0-9@=._/-]+(?![^\s;,:.)])))*|(?<![^\s“(])(?:[A-Za-z]:\\|/|\\\\)\S.*'
)
"""A command to be copied, and a path with all that stands behind it."""
_BLANK = "\ue001"
"""Stands meanwhile for a blank within one."""
YEAR: ContextVar[str] = ContextVar("year", default="")
"""The year that the running command was given; its hints hold it."""
_TIMELESS = frozenset(("demo", "init", "lint", "menu", "new", "roll", "settings"))
"""Commands that take no year."""
_HINT = re.compile(r"dvctt-report (?:(?:control|letter|plan) )?([a-z]+(?:-[a-z]+)*)")
_WAYS: ContextVar[Mapping[str, str] | None] = ContextVar("ways", default=None)
"""What is chosen in the menu for a command, where the menu runs."""
_POINTED = re.compile(
    r'(?P<lead>(?:chạy|lệnh)(?: lại)?:? )?dvctt-report(?P<words>(?: (?:"[^"]*"|[^\s;,:)"]+))+)'
)
"""A command that is pointed at, with what leads to it."""
_WORD = re.compile(r' (?:"[^"]*"|\S+)')


def is_terminal(stream: TextIO) -> bool:
    """Whether ``stream`` is a console or terminal. Windows' null device says it is one, but has no mode."""
    return stream.isatty() and (sys.platform != "win32" or _console_mode(stream) is not None)


def _linked(match: re.Match[str]) -> str:
    """The full name of a file or folder as a link, where it is there."""
    path = Path(match[0])
    with suppress(OSError):  # longer than a name may be
        if path.exists():
            return _OPEN.format(path.as_uri()) + match[0] + _CLOSE
    return match[0]


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


def console(*, stderr: bool = False) -> Console:
    """The console for people's reading: 80 columns where the width isn't known.

    Whatever is printed on it is legible: out of what a file says, only our own styles act on the terminal.
    """
    from rich.console import Console
    from rich.segment import Segment

    class LegibleConsole(Console):
        def render(self, renderable: Any, options: Any = None) -> Iterator[Segment]:
            for segment in super().render(renderable, options):
                if segment.control or segment.text.isprintable():
                    yield segment
                else:
                    yield Segment(legible(segment.text), segment.style)

    return LegibleConsole(highlight=False, markup=False, emoji=False, stderr=stderr)


@contextmanager
def progress(
    total: int | None, doing: str, unit: str = "", *, shown: bool = True
) -> Iterator[Callable[..., None]]:
    """A bar of what is being done, of how many (None: a line alone), on a terminal; called after each."""
    if not shown or not is_terminal(sys.stderr):
        yield lambda _="": None
        return
    from rich.progress import BarColumn, Progress, TextColumn

    bar = (BarColumn(), TextColumn(f"{{task.completed}}/{total} {unit}")) if total is not None else ()
    columns = (TextColumn("{task.description}"), *bar)
    with Progress(*columns, console=console(stderr=True), transient=True) as shown_bar:
        task = shown_bar.add_task(doing, total=total)
        yield lambda after="": shown_bar.update(task, advance=1, description=after or None)


class Right(str):
    """The header of a column of figures, which stand to the right."""


class Whole(str):
    """The header of a column that names what rows are about: only what is over a third of a line wraps."""


def print_table(headers: Sequence[str], rows: Iterable[Sequence[str]], title: str = "") -> None:
    """Print a table. Long cells wrap, nothing is cut."""
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, title=title or None, title_justify="left", pad_edge=False)
    for head in headers:
        whole = isinstance(head, Whole)
        table.add_column(
            head,
            justify="right" if isinstance(head, Right) else "left",
            overflow="fold",
            no_wrap=whole,
            max_width=console().width // 3 if whole else None,
        )
    for row in rows:
        table.add_row(*(legible(hinted(text)) for text in row))
    console().print(table)


def print_json(value: Any) -> None:
    """Print JSON alone on stdout, keys as documented, Vietnamese as it is."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    shown = _NOT_LEGIBLE.sub(lambda m: m[0] if m[0].isprintable() else json.dumps(m[0])[1:-1], text)
    sys.stdout.write(shown + "\n")


def print_csv(data: bytes) -> None:
    """Print a table as CSV alone on stdout, with the mark by which Excel knows UTF-8."""
    mark = codecs.BOM_UTF8.decode()
    sys.stdout.write(mark + legible(data.decode("utf-8-sig").replace("\r\n", "\n")))


def say(*texts: str) -> None:
    """Print lines for people; on a terminal broken between words, but never in a path or a command."""
    for text in texts:
        _write(text, sys.stdout)


def say_list(title: str, lines: Iterable[str]) -> None:
    """Print lines below their title, which goes without saying where there are none."""
    for n, line in enumerate(lines):
        say(*(() if n else (title,)), f"  - {line}")


def tell(text: str) -> None:
    """Print a message that is no result: on stderr, so that stdout stays clean."""
    _write(text, sys.stderr)


@contextmanager
def _while(variable: ContextVar[Value], value: Value) -> Iterator[None]:
    """Let a variable have a value meanwhile."""
    before = variable.set(value)
    try:
        yield
    finally:
        variable.reset(before)


@contextmanager
def silence() -> Iterator[None]:
    """Keep results and notes to oneself; what is wrong is still told."""
    with (
        _while(_QUIET, True),
        Path(os.devnull).open("w", encoding="utf-8") as nowhere,
        redirect_stdout(nowhere),
    ):
        yield


def note(text: str) -> None:
    """Print on stderr what was done beside the answer, which a quiet command keeps to itself."""
    if not _QUIET.get():
        tell(text)


def results_aside(*, wanted: bool = True) -> AbstractContextManager[Any]:
    """Send what is said to stderr, so that stdout is free for JSON."""
    return redirect_stdout(sys.stderr if wanted and not _QUIET.get() else sys.stdout)


def _write(text: str, stream: TextIO) -> None:
    text, is_shown = legible(hinted(text)), is_terminal(stream)
    if is_shown:
        text = fitted(text, get_terminal_size().columns)
    if stream is sys.stdout:
        links = os.environ.get("FORCE_HYPERLINK")  # decides whether a marked text is a link here
        if links is None and is_shown:
            is_known = any(re.fullmatch(what, os.environ.get(name, "")) for name, what in _LINKING.items())
            if is_known and (sys.platform != "win32" or _console_mode(stream, acting=True) is not None):
                links = "1"
        if links not in (None, "0"):
            text = _FULL_PATH.sub(_linked, text)
    stream.write(f"{text}\n")


def fitted(text: str, width: int) -> str:
    """Break lines longer than ``width`` between words, set in as they began; longer words stay whole."""
    lines = []
    for line in text.split("\n"):
        if len(line) <= width:
            lines.append(line)
            continue
        kept = _WHOLE.sub(lambda found: found[0].replace(" ", _BLANK), line)
        set_in = kept[: len(kept) - len(kept.lstrip(" "))]
        for piece in wrap(
            kept, width, subsequent_indent=set_in, break_long_words=False, break_on_hyphens=False
        ):
            if len(piece) > width and not kept.startswith(piece):
                lines[-1] += f" {piece.lstrip(' ')}"  # on a line of its own it would not fit either
            else:
                lines.append(piece)
    return "\n".join(lines).replace(_BLANK, " ")


def hints_for(year: str) -> AbstractContextManager[None]:
    """While a command runs for ``year`` ("": none was named), the commands it points at are for that year."""
    return _while(YEAR, year)


def pointing(ways: Mapping[str, str]) -> AbstractContextManager[None]:
    """While the menu runs a command, let its hints name what is chosen there and not what is typed.

    ways: what is chosen for each command, by its words; behind one that ends in "…" all that it names is
    meant too, of another only the command as it stands.
    """
    return _while(_WAYS, ways)


def is_in_menu() -> bool:
    """Whether the menu runs the command."""
    return _WAYS.get() is not None


def _pointed(ways: Mapping[str, str], found: re.Match[str]) -> str:
    """A command that is pointed at, as what is chosen for it; as it stands where nothing is."""
    words = _WORD.findall(found["words"])
    for n in range(len(words), 0, -1):
        said, rest = "".join(words[:n]).strip().rstrip("."), words[n:]
        if (way := ways.get(f"{said} …")) is not None:
            rest = [*dropwhile(_is_named, rest)]
        elif (way := ways.get(said)) is None or (rest and _is_named(rest[0])):
            continue
        dot = "." if words[len(words) - len(rest) - 1].endswith(".") else ""
        lead = "chọn " if (found["lead"] or "").startswith("chạy") else ""
        return f"{lead}{way}{dot}{''.join(rest)}"
    return found[0]


def _is_named(word: str) -> bool:
    """Whether a word behind a command belongs to it: a name in capitals, a code, an option, a quotation."""
    word = word.strip().rstrip(".")
    return word.startswith(("-", '"')) or word.isupper() or any(map(str.isdigit, word))


def hinted(text: str) -> str:
    """Point at commands as they are meant where the running one was called: from the menu, for a year."""
    if "dvctt-report " not in text:
        return text
    if (ways := _WAYS.get()) is not None:
        text = _POINTED.sub(lambda found: _pointed(ways, found), text)
    if not (year := YEAR.get()):
        return text
    return _HINT.sub(lambda m: m[0] if m[1] in _TIMELESS else f"{m[0]} --year {year}", text)


def listed_json(finding: Finding) -> dict[str, Any]:
    """A finding as ``validate --format json`` gives it."""
    from dvctt_report.report.cells import finding_json, place_json

    by = finding.acceptance
    return finding_json(finding) | {
        "related": [place_json(ref) for ref in finding.related],
        "acceptance": by and record_json(by, "reason", "document", "who", "when"),
    }


def record_json(record: Acceptance | Decision | LeftOut | Override | Timing, *names: str) -> dict[str, Any]:
    """A decision's fields, or those named; null where none is meant of unit and part."""
    values = {name: getattr(record, name) for name in names or (field.name for field in fields(record))}
    for name, value in values.items():
        if isinstance(value, datetime):
            values[name] = value.isoformat()
        elif name in ("unit", "part", "finding"):
            values[name] = value or None
    return values
