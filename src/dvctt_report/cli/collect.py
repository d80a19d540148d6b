"""``dvctt-report collect``: read what the units sent, keep it, say what is in it."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, TypeAlias

import typer

from dvctt_report.cli.book import write_book
from dvctt_report.cli.findings import print_findings
from dvctt_report.cli.options import Format, Output, Year
from dvctt_report.cli.page import NAMED, PAGE, is_made_of, leave_page, made_of, telling_why
from dvctt_report.cli.proposals import keep_proposals
from dvctt_report.cli.screen import (
    STATUS_NAMES,
    console,
    finding_json,
    n_answers,
    place_json,
    print_json,
    print_table,
    say,
    tell,
)
from dvctt_report.cli.session import (
    Collected,
    as_decided,
    build_dataset,
    check_all,
    count_open,
    lost_register,
    open_workspace,
    read_registered,
    read_tracking_book,
    settle_year,
)
from dvctt_report.cli.take_in import take_in
from dvctt_report.cli.terminal import is_terminal
from dvctt_report.codes import CODES, Bars
from dvctt_report.file_names import last_name
from dvctt_report.model import Finding, Return, ReturnStatus, Severity
from dvctt_report.workspace import Workspace

HELP = (
    "Đọc mọi tệp trong thư mục nhan-ve của năm. Tệp không dùng được được nêu lý do, "
    "không làm dừng các tệp khác. Mỗi ô không đọc nguyên như đã ghi được kê trong tệp của --log. "
    "Tình hình chung được ghi vào trang ket-qua/<năm>/tinh-hinh.html.\n\n"
    "Mã thoát: 0 không có lỗi; 1 có lỗi hoặc có tệp không dùng được; 2 không chạy được."
)


LogFile: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--log", metavar="TỆP", help="Ghi tệp .csv (mở bằng Excel) kê các ô đã được đọc theo cách hiểu."
    ),
]


Sources: TypeAlias = Annotated[
    list[Path] | None,
    typer.Option(
        "--from",
        metavar="NƠI",
        help="Chép thư mục hoặc tệp này (cả .zip, thư .eml) vào thư mục nhận rồi đọc; nêu nhiều lần được.",
        exists=True,
    ),
]


def run(
    ctx: typer.Context,
    year: Year = None,
    output: Output = Format.TABLE,
    log: LogFile = None,
    sources: Sources = None,
) -> int:
    """Collect the year's returns. Returns 1 where a file was refused or an error is open."""
    workspace = open_workspace(ctx, year)
    workspace.inbox.mkdir(parents=True, exist_ok=True)
    for source in sources or ():
        tell(f"Đã chép {take_in(source, workspace.inbox)} tệp từ {source} vào {workspace.inbox}")
    lost = lost_register(workspace)
    if lost is not None and not lost.collectable:
        raise lost
    closed, fresh = _keep(workspace)
    known = read_registered(workspace)
    with _progress(len(known.receipts), output) as step:
        collected = settle_year(workspace, known, step)
    keep_proposals(workspace, collected)
    collected = replace(collected, returns=(*_with_closed(workspace, collected.returns, closed),))
    shown = as_decided(collected, read_registered(workspace), workspace.profile)
    if output is Format.JSON:
        print_json(_json(workspace, shown))
    else:
        _print(workspace, shown, fresh)
    if log is not None:
        _write_log(workspace, collected.returns, log)
    done = write_book(workspace, known.entries) if _may_write_book(collected) else ""
    if done:
        tell(done)
    _leave_page(workspace, collected, bool(closed), say if output is Format.TABLE else tell)
    if lost is not None and lost.anew:
        tell(lost.anew)
    return 1 if count_open(_findings(shown))[Severity.ERROR] else 0


def _leave_page(workspace: Workspace, collected: Collected, closed: bool, out: Callable[[str], None]) -> None:
    """Check what was collected and leave the page of how things stand; one that says so already stays.

    ``closed``: there are files that could not be opened, which the register knows nothing of.
    """
    from dvctt_report.summary import summarise

    moment = datetime.now()
    with telling_why():
        # Read again: what units propose to keep in their replies has just been kept.
        known = read_registered(workspace)
        name = "" if closed else made_of(workspace, known, moment.date())
        page = workspace.results / PAGE
        if is_made_of(page, name):
            out(f"{NAMED}: {page}")
            return
        dataset = build_dataset(workspace, known, collected, moment.date())
        findings = check_all(dataset)
        leave_page(workspace, dataset, summarise(dataset, findings), findings, moment, name, out)


def _keep(workspace: Workspace) -> tuple[list[Return], frozenset[str]]:
    """Keep in one transaction what stands in the inbox and what the tracking book says now.

    Returns the files that could not be opened, as refused returns, and the names of those that weren't in
    the inbox the last time, or not with these bytes.
    """
    from dvctt_report.register import keep_entries, keep_receipts, open_register, read_receipts

    book = read_tracking_book(workspace)
    closed: list[Return] = []
    with open_register(workspace.register) as register:
        before = {(r.file, r.sha256) for r in read_receipts(register, workspace.year)}
        files = _read_inbox(workspace, closed)
        keep_receipts(register, workspace.year, files, datetime.now(), (r.file for r in closed))
        if book is not None and book.usable:
            keep_entries(register, workspace.year, book.entries)
        now = read_receipts(register, workspace.year)
    return closed, frozenset(r.file for r in now if (r.file, r.sha256) not in before)


def _with_closed(workspace: Workspace, returns: tuple[Return, ...], closed: list[Return]) -> Iterator[Return]:
    """Add the files that could not be opened; of those received before, say that the old bytes count."""
    from dvctt_report.intake.evidence import of_form_name
    from dvctt_report.intake.settle import as_received_before

    locked = {r.file for r in closed}
    for received in returns:
        if received.file in locked and received.status is not ReturnStatus.SUPERSEDED:
            yield as_received_before(received)
        else:
            yield received
    known = {r.file for r in returns}
    yield from (of_form_name(r, workspace.profile, workspace.year) for r in closed if r.file not in known)


def _may_write_book(collected: Collected) -> bool:
    return not any(CODES[f.code].bars is Bars.BOOK for f in collected.notes)


def _findings(collected: Collected) -> list[Finding]:
    return [*collected.notes, *(f for r in collected.returns for f in r.findings)]


def _write_log(workspace: Workspace, returns: tuple[Return, ...], path: Path) -> None:
    """Write the log of readings; said on stderr, so that JSON stays alone on stdout."""
    from dvctt_report.files import write_beside
    from dvctt_report.intake.reading_log import log_csv, reading_log

    lines = [*reading_log(returns, workspace.profile)]
    written = write_beside(path, log_csv(lines))
    tell(f"Đã kê {len(lines)} ô được đọc theo cách hiểu: {written}")


def _read_inbox(workspace: Workspace, closed: list[Return]) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the inbox in a fixed order; those too large or not to be opened go to ``closed``."""
    from dvctt_report.intake.collect import refused_return
    from dvctt_report.intake.container import TOO_LARGE
    from dvctt_report.limits import MAX_RECEIVED
    from dvctt_report.register import inbox_files, name_in, no_files

    for path, what in no_files(workspace.inbox):
        fix = "Chép chính tệp Excel vào thư mục nhận báo cáo rồi chạy lại."
        closed.append(refused_return(name_in(workspace.root, path), "", f"Là {what}, không phải tệp", fix))
    for path in inbox_files(workspace.inbox):
        name = name_in(workspace.root, path)
        try:
            if path.stat().st_size > MAX_RECEIVED:
                closed.append(refused_return(name, "", *TOO_LARGE))
                continue
            data = path.read_bytes()
        except OSError:
            reason = "Không mở được tệp (đang bị khóa hoặc không có quyền đọc)"
            fix = "Đóng tệp trong Excel hoặc kiểm tra quyền đọc rồi chạy lại."
            closed.append(refused_return(name, "", reason, fix))
        else:
            yield name, data


@contextmanager
def _progress(n_files: int, output: Format) -> Iterator[Callable[[], None]]:
    """A progress bar on a terminal; nothing where the output is kept or read by a program."""
    if output is Format.JSON or not is_terminal(sys.stderr):
        yield lambda: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("Đang đọc"), BarColumn(), MofNCompleteColumn(), TextColumn("tệp"))
    with Progress(*columns, console=console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=n_files)
        yield lambda: progress.advance(task)


def _print(workspace: Workspace, collected: Collected, fresh: frozenset[str]) -> None:
    """Print the list of files, what changed in the ``fresh`` ones, the findings, the closing line."""
    from dvctt_report.cli.comparisons import print_new_comparisons

    profile, returns = workspace.profile, collected.returns
    names = {u.code: u.short_name for u in profile.roster.units}
    if not returns:
        print_findings(collected.notes, profile)
        tell(f"Thư mục {workspace.inbox} chưa có tệp nào. Chép tệp các đơn vị gửi vào đó rồi chạy lại.")
        return
    headers = [
        ("Đơn vị", "left"),
        ("Tệp", "left"),
        ("Tình trạng", "left"),
        ("Số ô", "right"),
        ("Lỗi", "right"),
    ]
    rows = [
        (
            names.get(r.unit, "–"),
            last_name(r.file),
            STATUS_NAMES[r.status],
            str(n_answers(r.observations)) if r.observations else "",
            str(count_open(r.findings)[Severity.ERROR] or ""),
        )
        for r in returns
    ]
    print_table(headers, rows, f"Nhận báo cáo năm {workspace.year}")
    print_new_comparisons(returns, fresh, profile)
    print_findings(_findings(collected), profile)
    answers = [r for r in returns if r.status is ReturnStatus.REPLY and r.replies]
    if answers:
        say("\n" + "\n".join(_replies_line(received, names) for received in answers))
    say("\n" + _closing_line(workspace, collected))
    say("Tiếp theo: dvctt-report validate")


def _replies_line(received: Return, names: Mapping[str, str]) -> str:
    """What a unit answered on its list, counted: each answer stands with its finding in ``validate``."""
    from dvctt_report.mending.keys import REPLY_WORDS

    counts = Counter(reply.kind for reply in received.replies)
    said = ", ".join(f"{counts[kind]} “{words}”" for kind, words in REPLY_WORDS.items() if counts[kind])
    return f"{names[received.unit]} trả lời bảng kê chỉnh lý: {said}."


def _closing_line(workspace: Workspace, collected: Collected) -> str:
    returns = collected.returns
    expected = workspace.profile.units(workspace.year)
    received = {r.unit for r in returns if r.status is ReturnStatus.EFFECTIVE}
    counts = count_open(_findings(collected))
    refused = sum(r.status is ReturnStatus.REFUSED and not r.rejected for r in returns)
    return (
        f"Đã nhận báo cáo dùng được của {len(received)}/{len(expected)} đơn vị; "
        f"{refused} tệp không dùng được; {counts[Severity.ERROR]} lỗi, {counts[Severity.WARNING]} cảnh báo."
    )


def _json(workspace: Workspace, collected: Collected) -> dict[str, Any]:
    from dvctt_report.cli.comparisons import comparison_json
    from dvctt_report.intake.compare import comparisons

    return {
        "year": workspace.year,
        "returns": [_return_json(r) for r in collected.returns],
        "comparisons": [comparison_json(c) for c in comparisons(collected.returns)],
        "notes": [finding_json(f) for f in collected.notes],
    }


def _return_json(received: Return) -> dict[str, Any]:
    return {
        "file": received.file,
        "sha256": received.sha256,
        "unit": received.unit or None,
        "status": str(received.status),
        "findings": [finding_json(f) for f in received.findings],
        "observations": n_answers(received.observations),
        "replies": [
            {"finding": r.finding, "opinion": str(r.kind), "reason": r.reason, **place_json(r.at)}
            for r in received.replies
        ],
    }
