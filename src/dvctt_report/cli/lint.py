"""``dvctt-report lint``: is a Word file in the format of Nghị định 30/2020/NĐ-CP?"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias

import typer

from dvctt_report.cli.app import chosen_workspace
from dvctt_report.cli.options import Format, parse_moment
from dvctt_report.cli.screen import Whole, console, print_json, print_table, say, tell
from dvctt_report.model.severity import Severity
from dvctt_report.store.workspace import find_root, find_workspace
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.vietnamese import first_letter_capital
from dvctt_report.word.lint import FileVerdict, outcome
from dvctt_report.word.lint.check import BLOCK_NAMES, FILE_NAME, Block, Stage, read_settings
from dvctt_report.word.lint.command import Done, clear, find_files, judge
from dvctt_report.word.lint.recognise import forced_kind
from dvctt_report.word.nd30 import ANNEX, KINDS, LETTER

_STYLES = {"": "", "bold": "bold", "dim": "dim", "error": "bold red", "warning": "yellow", "info": "dim"}
Style: TypeAlias = Literal["", "bold", "dim", "error", "warning", "info"]
_INDENT = " " * 13
"""Room for "  cảnh báo   ": what is said stands beside its level."""
_OF_FIGURES = (
    "Số liệu trong văn bản: chỉ đối chiếu phần trên tổng với tỷ lệ, tổng với các phần trong một câu, dòng "
    "tổng của bảng, số với chữ."
)
_STATES = {"declined": "không xét", "unclear": "chưa rõ loại", "refused": "không đọc được"}


def run(
    ctx: typer.Context,
    files: list[Path],
    output: Format = Format.TABLE,
    marked: bool = False,
    unmarked: bool = False,
    slip: bool = False,
    mend: bool = False,
    stage: str = "du-thao",
    final: bool = False,
    electronic: bool = False,
    kind: str | None = None,
    profile: Path | None = None,
    as_of: str | None = None,
) -> int:
    """Check files and folders. Returns 1 where one has errors, can't be read or isn't known."""
    named = [profile] if profile is not None else []
    start = chosen_workspace(ctx) or Path.cwd()
    if profile is not None and not profile.exists():
        raise CannotRun(f"Không tìm thấy tệp thiết lập “{profile}”.", "Kiểm tra lại đường dẫn.")
    if profile is None and (chosen_workspace(ctx) is not None or find_root(start) is not None):
        named = [path for path in [find_workspace(start, None).profile_folder / FILE_NAME] if path.exists()]
    if stage not in list(Stage):
        raise CannotRun(f"Không có bước “{stage}”.", f"Ghi một trong: {', '.join(Stage)}.")
    if kind is not None and forced_kind(kind) is None:
        names = ", ".join((LETTER, *KINDS, ANNEX))
        raise CannotRun(f"Không có loại văn bản “{kind}”.", f"Ghi một trong: {names}.")
    settings = read_settings(*named)
    settings = replace(
        settings,
        today=parse_moment(as_of).date(),
        kind=(kind and forced_kind(kind)) or "",
        stage=Stage.SIGNING if final and stage == Stage.DRAFT else Stage(stage),
        electronic=electronic or settings.electronic,
    )
    if missing := next((path for path in files if not path.exists()), None):
        raise CannotRun(f"Không tìm thấy “{missing}”.", "Kiểm tra lại đường dẫn của tệp hoặc thư mục.")
    found = find_files(files)
    if not found:
        raise CannotRun(f"Không có tệp Word nào trong “{files[0]}”.", "Nêu thư mục khác hoặc tên tệp .docx.")
    if unmarked:
        for path in found:
            say(clear(path))
        return 0
    done = [judge(path, settings, marked=marked, slip=slip, mended=mend) for path in found]
    if output is Format.JSON:
        print_json({"files": [outcome.verdict_json(one.verdict) for one in done]})
    else:
        _print_all(done, brief=any(path.is_dir() for path in files))
    for message in (m for one in done for m in one.messages) if output is Format.JSON else ():
        tell(f"  {message}")
    unread = (outcome.Status.REFUSED, outcome.Status.UNCLEAR)  # or someone has to say what kind it is
    faulty = (one.verdict.count()[Severity.ERROR] or one.verdict.status in unread for one in done)
    return 1 if any(faulty) else 0


def _print_all(done: Sequence[Done], brief: bool) -> None:
    """Print every file's findings; of a folder the table alone."""
    from rich.text import Text

    for one in done:
        if not brief:
            console().print()
        for line in () if brief else lines_of(one.verdict, console().width):
            text = Text(line.text)
            text.stylize(_STYLES[line.style], 0, len(line.lead) or None)
            console().print(text, soft_wrap=True)
        for message in one.messages:
            say(f"  {message}")
    if brief or len(done) > 1:
        heads, rows = table_of([one.verdict for one in done])
        print_table([Whole(heads[0]), *heads[1:]], rows)
    if brief:
        say("Chi tiết một tệp: dvctt-report lint TỆP, thêm --mark để có ghi chú trong Word.")


class Line(NamedTuple):
    """One line of text no wider than asked for; ``lead`` is its beginning that bears the style."""

    text: str
    style: Style = ""
    lead: str = ""


def lines_of(verdict: FileVerdict, width: int) -> Iterator[Line]:
    """All that is said of one file, from the top of its first page to its annexes."""

    def wrapped(text: str, indent: str, style: Style = "") -> list[Line]:
        lines = textwrap.wrap(
            text, width, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False
        )
        return [Line(line, style) for line in lines]

    number = verdict.number.partition(":")[2].strip() or verdict.number
    called = f"{verdict.kind} số {number}" if re.match(r"\d", number) else verdict.kind
    yield from wrapped(f"{verdict.file}{f' – {called}' if called else ''}", "", "bold")
    if verdict.status is not outcome.Status.CHECKED:
        yield from wrapped(f"{verdict.reason}. {verdict.remedy}", "  ")
        return
    told, above = outcome.group_faults(verdict.findings), None
    for block in Block:
        here = [one for one in told if one.finding.spot.block is block]
        if here:
            yield Line(f" {BLOCK_NAMES[block]}", "bold")
        for one in here:
            finding, level = one.finding, f"  {one.finding.level.word}"
            right = f"; đúng: {finding.expected}" if finding.expected else ""
            # A place isn't named again below another fault of it.
            shown = [] if above == (block, one.place) else wrapped(one.place, _INDENT)
            above = (block, one.place)
            shown += wrapped(f"{first_letter_capital(finding.found)}{right}.", _INDENT)
            style: Style = finding.level.value
            yield Line(level + shown[0].text[len(level) :], style, level)
            yield from shown[1:]
            yield from wrapped(f"Cách sửa: {finding.fix}.", _INDENT)
            yield from wrapped(f"{finding.source} · {finding.code}", _INDENT, "dim")
    pending = outcome.group_faults(verdict.findings, outcome.Outcome.NOT_EVALUATED)
    blank = outcome.left_blank(verdict)
    if pending:
        yield Line(" Người kiểm tra tự xem", "bold")
    for one in pending:
        where = f"{one.finding.place}: " if one.finding.place else ""
        yield from wrapped(f"{where}{one.finding.found} ({one.finding.code}).", "  ", "dim")
    if blank:
        yield from wrapped(f"{blank}.", " ", "dim")
    if any(r.code == "TT71" and r.outcome is not outcome.Outcome.NOT_APPLICABLE for r in verdict.results):
        yield from wrapped(_OF_FIGURES, " ", "dim")
    counts, found = verdict.count(), outcome.by_block(verdict)
    parts = [f"{BLOCK_NAMES[block].lower()} {n}" for block in Block if (n := sum(found[block].values()))]
    passed = sum(r.outcome is outcome.Outcome.PASS for r in verdict.results)
    told_counts = ", ".join(f"{counts[level]} {level.word}" for level in Severity)
    blocks = f" ({' · '.join(parts)})" if parts else ""
    yield from wrapped(f"{verdict.kind}: {told_counts}{blocks}; {passed} nội dung đạt.", " ")


def table_of(verdicts: Sequence[FileVerdict]) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Heads and rows of the table of several documents: errors, warnings by block where there are any."""
    parts = [block for block in Block if block not in (Block.PAGE, Block.ASKED)]
    heads = ("Tệp", "Loại", *(BLOCK_NAMES[block] for block in parts), "Hỏi")
    rows: list[tuple[str, ...]] = []
    for verdict in verdicts:
        found, cells = outcome.by_block(verdict), list[str]()
        for block in parts:
            told = ((found[block][level], level.word) for level in (Severity.ERROR, Severity.WARNING))
            cells.append(",\n".join(f"{n} {word}" for n, word in told if n) or "–")
        asked = str(sum(found[Block.ASKED].values()) or "–")
        if verdict.status is outcome.Status.CHECKED:
            rows.append((verdict.file, verdict.kind, *cells, asked))
        else:
            rows.append((verdict.file, _STATES[verdict.status], *("" for _ in parts), ""))
    shown = [n for n in range(len(heads)) if n < 2 or any(row[n] not in ("", "–") for row in rows)]
    return tuple(heads[n] for n in shown), [tuple(row[n] for n in shown) for row in rows]
