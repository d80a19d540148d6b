"""What commands print: tables that fit 80 columns, JSON alone on stdout, messages on stderr."""

from __future__ import annotations

import codecs
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stdout
from contextvars import ContextVar
from dataclasses import fields
from datetime import datetime
from itertools import dropwhile
from pathlib import Path
from shutil import get_terminal_size
from textwrap import wrap
from typing import TYPE_CHECKING, Any, TextIO

from dvctt_report.cli.terminal import is_terminal, shows_links, with_links
from dvctt_report.model import (
    Acceptance,
    Decision,
    Finding,
    LeftOut,
    Observation,
    Override,
    ReturnStatus,
    Severity,
    State,
    Timing,
    grounds_of,
)
from dvctt_report.model.answer_columns import KeptObservations
from dvctt_report.text.vietnamese import format_date
from dvctt_report.text.visible import legible

if TYPE_CHECKING:
    from rich.console import Console


STATUS_NAMES = {
    ReturnStatus.EFFECTIVE: "đã nhận",
    ReturnStatus.SUPERSEDED: "đã thay",
    ReturnStatus.UNDECIDED: "chưa chọn",
    ReturnStatus.DUPLICATE: "trùng",
    ReturnStatus.REFUSED: "không dùng được",
    ReturnStatus.SKIPPED: "bỏ qua",
    ReturnStatus.PAPER: "chỉ gửi bản giấy",
    ReturnStatus.REPLY: "bảng kê trả lời",
    ReturnStatus.EVIDENCE: "văn bản kèm theo",
    ReturnStatus.HANDED_OVER: "bàn giao",
    ReturnStatus.QUESTIONED: "chờ hỏi lại",
    ReturnStatus.LEFT_OUT: "để ngoài",
}
STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "dim"}


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
    """A bar of what is being done, of how many, on a terminal alone; what is given is called after each.

    A ``total`` of None: a line that says meanwhile what is being done.
    """
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


def format_acceptance(acceptance: Acceptance) -> str:
    """Say why a finding was accepted, by which document, by whom and when."""
    day = format_date(acceptance.when.date())
    return f"Chấp nhận: {grounds_of(acceptance)} ({acceptance.who}, {day})."


def print_json(value: Any) -> None:
    """Print JSON alone on stdout, keys as documented, Vietnamese as it is."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    sys.stdout.write(_NOT_LEGIBLE.sub(_json_escape, text) + "\n")


_NOT_LEGIBLE = re.compile(r"[^\S\n ]|[^\w\s!-~]")
"""What may be no character to look at; a quick look, ``_json_escape`` decides."""


def _json_escape(match: re.Match[str]) -> str:
    return match[0] if match[0].isprintable() else json.dumps(match[0])[1:-1]


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


_QUIET: ContextVar[bool] = ContextVar("quiet", default=False)


@contextmanager
def silence() -> Iterator[None]:
    """Keep results and notes to oneself; what is wrong is still told."""
    before = _QUIET.set(True)
    try:
        with Path(os.devnull).open("w", encoding="utf-8") as nowhere, redirect_stdout(nowhere):
            yield
    finally:
        _QUIET.reset(before)


def note(text: str) -> None:
    """Print on stderr what was done beside the answer, which a quiet command keeps to itself."""
    if not _QUIET.get():
        tell(text)


@contextmanager
def results_aside() -> Iterator[None]:
    """Send what is said to stderr, so that stdout is free for JSON."""
    with redirect_stdout(sys.stdout if _QUIET.get() else sys.stderr):
        yield


def _write(text: str, stream: TextIO) -> None:
    text = legible(hinted(text))
    width = get_terminal_size().columns if is_terminal(stream) else 0
    text = fitted(text, width) if width else text
    stream.write((with_links(text) if stream is sys.stdout and shows_links(stream) else text) + "\n")


_WHOLE = re.compile(
    r'dvctt-report(?: (?:"[^"]*"|[A-Za-z0-9@=._/-]+(?![^\s;,:.)])))*|(?<![^\s“(])(?:[A-Za-z]:\\|/|\\\\)\S.*'
)
"""A command to be copied, and a path with all that stands behind it."""
_BLANK = "\ue001"


def fitted(text: str, width: int) -> str:
    """Break lines that are longer than ``width`` between words; what is longer by itself stays whole.

    A line that is set in goes on set in.
    """
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


_YEAR: ContextVar[str] = ContextVar("year", default="")
_GROUPS = ("control", "letter", "plan")
_TIMELESS = frozenset(("demo", "init", "lint", "menu", "new", "roll", "settings"))
"""Commands that take no year."""
_HINT = re.compile(rf"dvctt-report (?:(?:{'|'.join(_GROUPS)}) )?([a-z]+(?:-[a-z]+)*)")


@contextmanager
def hints_for(year: str) -> Iterator[None]:
    """While a command runs for ``year`` ("": none was named), the commands it points at are for that year."""
    before = _YEAR.set(year)
    try:
        yield
    finally:
        _YEAR.reset(before)


def name_year(year: str) -> None:
    """Let the hints of the command that is running hold the year it was given."""
    _YEAR.set(year)


_WAYS: ContextVar[Mapping[str, str] | None] = ContextVar("ways", default=None)


@contextmanager
def pointing(ways: Mapping[str, str]) -> Iterator[None]:
    """While the menu runs a command, let its hints name what is chosen there and not what is typed.

    ways: what is chosen for each command, by its words; behind one that ends in "…" all that it names is
    meant too, of another only the command as it stands.
    """
    before = _WAYS.set(ways)
    try:
        yield
    finally:
        _WAYS.reset(before)


def is_in_menu() -> bool:
    """Whether the menu runs the command."""
    return _WAYS.get() is not None


_POINTED = re.compile(
    r'(?P<lead>(?:chạy|lệnh)(?: lại)?:? )?dvctt-report(?P<words>(?: (?:"[^"]*"|[^\s;,:)"]+))+)'
)

_WORD = re.compile(r' (?:"[^"]*"|\S+)')


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
    if not (year := _YEAR.get()):
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

    def plain(name: str) -> object:
        value = getattr(record, name)
        if isinstance(value, datetime):
            return value.isoformat()
        return (value or None) if name in ("unit", "part", "finding") else value

    return {name: plain(name) for name in names or (field.name for field in fields(record))}


def n_answers(observations: Iterable[Observation]) -> int:
    """How many cells say something: a figure, a text, or why there is none."""
    if isinstance(observations, KeptObservations):
        return observations.n_answers
    return sum(o.state is not State.BLANK for o in observations)


def date_or_blank(day: Any) -> str:
    """A date as printed; empty where there is none."""
    return format_date(day) if day else ""
