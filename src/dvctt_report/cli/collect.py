"""``dvctt-report collect``: read what the units sent, keep it, say what is in it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, TypeAlias

import typer

from dvctt_report.cli.options import Format, Output, Year
from dvctt_report.cli.screen import (
    STATUS_NAMES,
    finding_json,
    n_answers,
    print_findings,
    print_json,
    print_table,
    say,
    tell,
)
from dvctt_report.cli.session import count_open, open_workspace, read_returns
from dvctt_report.model import CellRef, Return, ReturnStatus, Severity
from dvctt_report.workspace import Workspace

HELP = (
    "Đọc mọi tệp trong thư mục nhan-ve của năm. Tệp không dùng được được nêu lý do, "
    "không làm dừng các tệp khác. Mỗi ô không đọc nguyên như đã ghi được kê trong tệp của --log.\n\n"
    "Mã thoát: 0 không có lỗi; 1 có lỗi hoặc có tệp không dùng được; 2 không chạy được."
)


LogFile: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--log", metavar="TỆP", help="Ghi tệp .csv (mở bằng Excel) kê các ô đã được đọc theo cách hiểu."
    ),
]


def run(ctx: typer.Context, year: Year = None, output: Output = Format.TABLE, log: LogFile = None) -> int:
    """Collect the year's returns. Returns 1 where a file was refused or an error is open."""
    from dvctt_report.register import keep_receipts, open_register

    workspace = open_workspace(ctx, year)
    workspace.inbox.mkdir(parents=True, exist_ok=True)
    files, closed = _read_inbox(workspace)
    with open_register(workspace.register) as register:
        keep_receipts(register, workspace.year, files, datetime.now())
    with _progress(len(files), output) as step:
        returns = (*read_returns(workspace, files, step), *closed)
    findings = [f for r in returns for f in r.findings]
    counts = count_open(findings)
    if output is Format.JSON:
        print_json({"year": workspace.year, "returns": [_return_json(r) for r in returns]})
    else:
        _print(workspace, returns)
    if log is not None:
        _write_log(workspace, returns, log)
    refused = any(r.status is ReturnStatus.REFUSED for r in returns)
    return 1 if counts[Severity.ERROR] or refused else 0


def _write_log(workspace: Workspace, returns: tuple[Return, ...], path: Path) -> None:
    """Write the log of readings; said on stderr, so that JSON stays alone on stdout."""
    from dvctt_report.files import write_beside
    from dvctt_report.intake.reading_log import log_csv, reading_log

    lines = [*reading_log(returns, workspace.profile)]
    written = write_beside(path, log_csv(lines))
    tell(f"Đã kê {len(lines)} ô được đọc theo cách hiểu: {written}")


def _read_inbox(workspace: Workspace) -> tuple[list[tuple[str, bytes]], list[Return]]:
    """The files of the inbox in a fixed order; those the system doesn't let us open, as refused returns."""
    from dvctt_report.intake.codes import finding

    files, closed = [], []
    for path in sorted(p for p in workspace.inbox.rglob("*") if p.is_file() and not p.is_symlink()):
        name = path.relative_to(workspace.root).as_posix()
        try:
            files.append((name, path.read_bytes()))
        except OSError:
            fix = "Đóng tệp trong Excel hoặc kiểm tra quyền đọc rồi chạy lại."
            refusal = finding(
                "NH01", "không mở được tệp (đang bị khóa hoặc không có quyền đọc)", fix, CellRef(name)
            )
            closed.append(Return(name, "", ReturnStatus.REFUSED, findings=(refusal,)))
    return files, closed


@contextmanager
def _progress(n_files: int, output: Format) -> Iterator[Callable[[], None]]:
    """A progress bar on a terminal; nothing where the output is kept or read by a program."""
    if output is Format.JSON or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("Đang đọc"), BarColumn(), MofNCompleteColumn(), TextColumn("tệp"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=n_files)
        yield lambda: progress.advance(task)


def _print(workspace: Workspace, returns: tuple[Return, ...]) -> None:
    profile = workspace.profile
    names = {u.code: u.short_name for u in profile.roster.units}
    if not returns:
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
            Path(r.file).name,
            STATUS_NAMES[r.status],
            str(n_answers(r.observations)) if r.observations else "",
            str(sum(f.severity is Severity.ERROR for f in r.findings) or ""),
        )
        for r in returns
    ]
    print_table(headers, rows, f"Nhận báo cáo năm {workspace.year}")
    findings = [f for r in returns for f in r.findings]
    print_findings(findings, profile)
    say("\n" + _closing_line(workspace, returns))
    say("Tiếp theo: dvctt-report validate")


def _closing_line(workspace: Workspace, returns: tuple[Return, ...]) -> str:
    expected = workspace.profile.units(workspace.year)
    received = {r.unit for r in returns if r.status is ReturnStatus.EFFECTIVE}
    counts = count_open(f for r in returns for f in r.findings)
    refused = sum(r.status is ReturnStatus.REFUSED for r in returns)
    return (
        f"Đã nhận báo cáo dùng được của {len(received)}/{len(expected)} đơn vị; "
        f"{refused} tệp không dùng được; {counts[Severity.ERROR]} lỗi, {counts[Severity.WARNING]} cảnh báo."
    )


def _return_json(received: Return) -> dict[str, Any]:
    return {
        "file": received.file,
        "sha256": received.sha256,
        "unit": received.unit or None,
        "status": str(received.status),
        "findings": [finding_json(f) for f in received.findings],
        "observations": n_answers(received.observations),
    }
