"""``dvctt-report collect``: read what the units sent, keep it, say what is in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, TypeAlias

import typer

from dvctt_report.cli.findings import print_findings
from dvctt_report.cli.leave import leave_page, take_decisions
from dvctt_report.cli.options import Format, InFull, Output, When, flag, option
from dvctt_report.cli.screen import (
    STATUS_NAMES,
    Right,
    listed_json,
    n_answers,
    note,
    print_json,
    print_table,
    progress,
    say,
    tell,
)
from dvctt_report.cli.session import open_workspace, tell_clock
from dvctt_report.cli.take_in import take_in
from dvctt_report.codes import CODES, Bars
from dvctt_report.file_names import known_as, last_name, received_name
from dvctt_report.files import write_beside
from dvctt_report.left_out import set_aside
from dvctt_report.loader import Collected, OpenYear, lost_register, read_registered
from dvctt_report.mending.keys import REPLY_WORDS
from dvctt_report.mending.proposals import keep_proposals
from dvctt_report.model import Finding, Return, ReturnStatus, Severity, count_open
from dvctt_report.personal import in_full
from dvctt_report.published.keep import put_back_lost
from dvctt_report.published.record import in_force, publications, sent_since
from dvctt_report.receiving import receive, write_book
from dvctt_report.register import RegisterLost, name_in
from dvctt_report.register.copies import FOLDER, Restored
from dvctt_report.report.cells import place_json
from dvctt_report.report.unit_lists import shortly
from dvctt_report.summary.returns import sent_units
from dvctt_report.unchanged import files_behind, made_of
from dvctt_report.workspace import Workspace

LogFile: TypeAlias = Annotated[
    Path | None, option("--log", "TỆP", "Ghi tệp .csv (mở bằng Excel) kê các ô đã được đọc theo cách hiểu.")
]


Sources: TypeAlias = Annotated[
    list[Path] | None,
    option(
        "--from",
        "NƠI",
        "Chép thư mục hoặc tệp này (cả .zip, thư .eml) vào thư mục nhận rồi đọc; nêu nhiều lần được.",
        exists=True,
    ),
]


def run(
    ctx: typer.Context,
    period: When = None,
    output: Output = Format.TABLE,
    log: LogFile = None,
    sources: Sources = None,
    whole: InFull = False,
    book: Annotated[bool, flag("--book", "Chỉ lập sổ theo dõi, thêm đơn vị còn thiếu.")] = False,
    incoming: Annotated[
        Path | None, option("--incoming", "TỆP", "Chỉ ghi sổ theo dõi từ danh sách văn bản đến này.")
    ] = None,
    yes: Annotated[bool, flag("--yes", "Với --incoming: ghi luôn các dòng đã rõ, không hỏi.")] = False,
) -> int:
    """Collect the year's returns. Returns 1 where a file was refused or an error is open."""
    workspace = open_workspace(ctx, period)
    if book or incoming is not None:
        from dvctt_report.cli.tracking_book import enter_list, make_book

        return make_book(workspace) if incoming is None else enter_list(workspace, incoming, yes)
    workspace.inbox.mkdir(parents=True, exist_ok=True)
    for source in sources or ():
        _take_in(source, workspace.inbox)
    lost = lost_register(workspace)
    if lost is not None and not lost.collectable:
        raise lost
    now = datetime.now()
    if workspace.register.exists():
        tell_clock(workspace)
    files = files_behind(workspace)
    closed, fresh, restored, n_files = receive(workspace, now)
    with progress(n_files, "Đang đọc", "tệp", shown=output is not Format.JSON) as step:
        year = OpenYear(workspace, now, step, tell, closed, again=True)
        collected = year.collected
    year, books = take_decisions(year.decided_anew() if keep_proposals(year) else year)
    with in_full(whole):
        if output is Format.JSON:
            print_json(_json(year))
        else:
            _print(year, fresh)
        if log is not None:
            from dvctt_report.intake.reading_log import log_csv, reading_log

            lines = [*reading_log(collected.returns, workspace.profile)]
            written = write_beside(log, log_csv(lines))  # told on stderr: JSON stays alone on stdout
            note(f"Đã kê {len(lines)} ô được đọc theo cách hiểu: {written}")
    steady = files == files_behind(workspace)  # else something was saved while the returns were read
    barred = any(CODES[f.code].bars is Bars.BOOK for f in collected.notes)
    if not barred and (done := write_book(workspace, year.known.entries)):
        note(done)
    out = say if output is Format.TABLE else note
    leave_page(year, out, made_of(year) if steady and not closed else "", books)
    if lost is not None and lost.anew:
        _tell_anew(workspace, lost, restored)
    _tell_since(year)
    return 1 if count_open(_findings(year.received))[Severity.ERROR] else 0


def _tell_since(year: OpenYear) -> None:
    """Name the units whose figures came after the signature: the signed report stays, a supplement is due."""
    published = publications(year.workspace, year.period)
    if codes := sent_since(published, in_force(year.received.returns)):
        names = shortly([year.profile.roster.short_names[code] for code in codes])
        tell(
            f"Gửi sau {published[-1].titled}, chưa có trong báo cáo đã ký: {names}. Báo cáo bổ sung: "
            "dvctt-report render --supplement"
        )


def _tell_anew(workspace: Workspace, lost: RegisterLost, restored: Restored) -> None:
    """Say of a register that was made anew what could be brought back, and what could not."""
    tell(lost.anew)
    if restored.n_back:
        tell(f"Đã lấy lại {restored.n_back} dòng quyết định (chọn, loại, chấp nhận, đính chính) từ bản sao.")
    if restored.n_lost:
        copies = workspace.register.parent / FOLDER
        tell(f"Không lấy lại được {restored.n_lost} dòng của bản sao: xem {copies}.")
    for one in put_back_lost(workspace):
        tell(f"Đã ghi lại vào sổ {one.titled}, theo thư mục {name_in(workspace.root, one.folder)}.")
    if lost.decisions:
        tell(f"Phải ghi lại {lost.decisions}.")
    receipts = read_registered(workspace).receipts
    there = {one for receipt in receipts for one in (receipt.sha256, receipt.file)}
    inbox = name_in(workspace.root, workspace.inbox)
    gone = dict.fromkeys(
        received_name(file)
        for file, digest in lost.received.items()
        if file.startswith(f"{inbox}/") and there.isdisjoint((digest, received_name(file)))
    )
    if gone:
        told = ", ".join([*gone][:_LEFT_TOLD])
        tell(f"{len(gone)} tệp của báo cáo lập gần nhất không còn trong thư mục nhận: {told}.")
        tell("Chép lại các tệp đó rồi chạy lại dvctt-report collect.")
    tell("Lúc nhận của từng tệp được ghi lại từ lần này.")


def _take_in(source: Path, inbox: Path) -> None:
    taken = take_in(source, inbox)
    note(f"Đã chép {taken.n_copied} tệp từ {source} vào {inbox}")
    for path, reason in taken.left[:_LEFT_TOLD]:
        tell(
            f"Không chép {known_as(path.as_posix())}: {reason}. "
            "Chép chính tệp đó vào thư mục nhận rồi chạy lại."
        )
    if len(taken.left) > _LEFT_TOLD:
        tell(f"… và {len(taken.left) - _LEFT_TOLD} mục khác không chép.")


_LEFT_TOLD = 20


def _findings(collected: Collected) -> list[Finding]:
    return [*collected.notes, *(f for r in collected.returns for f in r.findings)]


def _print(year: OpenYear, fresh: frozenset[str]) -> None:
    """Print the list of files, what changed in the ``fresh`` ones, the findings, the closing line."""
    from dvctt_report.cli.comparisons import print_new_comparisons

    workspace, profile, collected = year.workspace, year.profile, year.received
    returns = collected.returns
    names = profile.roster.short_names
    if not returns:
        print_findings(collected.notes, profile)
        tell(f"Thư mục {workspace.inbox} chưa có tệp nào. Chép tệp các đơn vị gửi vào đó rồi chạy lại.")
        return
    headers = ("Đơn vị", "Tệp", "Tình trạng", Right("Số ô"), Right("Lỗi"))
    listed, n_plain = _listed(returns, fresh)
    rows = [
        (
            names.get(r.unit, "–"),
            last_name(r.file),
            STATUS_NAMES[r.status],
            str(n_answers(r.observations)) if r.observations else "",
            str(count_open(r.findings)[Severity.ERROR] or ""),
        )
        for r in listed
    ]
    if rows:
        print_table(headers, rows, f"Nhận báo cáo {workspace.period.words}")
    if n_plain:
        other = " khác" if rows else ""
        say(f"{n_plain} tệp{other} đã nhận, không có lỗi khi đọc. Xem đủ: dvctt-report status --files")
    print_new_comparisons(returns, fresh, profile)
    print_findings(_told(_findings(collected), fresh), profile)
    answers = [r.replies for r in returns if r.replies and not r.rejected]
    say(*([""] if answers else []))
    for replies in answers:  # counted: each answer stands with its finding in ``validate``
        counts = Counter(reply.kind for reply in replies)
        said = ", ".join(f"{counts[kind]} “{words}”" for kind, words in REPLY_WORDS.items() if counts[kind])
        say(f"{names[replies[0].unit]} trả lời bảng kê chỉnh lý: {said}.")
    say("\n" + _closing_line(year), "Tiếp theo: dvctt-report validate")


def _listed(returns: Sequence[Return], fresh: Container[str]) -> tuple[list[Return], int]:
    """The files that are listed one by one, and how many others are only counted.

    Of many files those with something to be done about them, and those that came now if they are few.
    """
    if len(returns) <= _MOST_LISTED:
        return [*returns], 0
    n_new = sum(_is_plain(r) and received_name(r.file) in fresh for r in returns)
    new = fresh if n_new <= _MOST_LISTED else ()
    listed = [r for r in returns if not _is_plain(r) or received_name(r.file) in new]
    return listed, len(returns) - len(listed)


_MOST_LISTED = 30
"""Files that are listed one by one: those of 27 units, not those of 82."""


def _is_plain(received: Return) -> bool:
    """Whether nothing is to be done about a file: it, or one in its place, is used without open errors."""
    done = received.status in (ReturnStatus.EFFECTIVE, ReturnStatus.SUPERSEDED, ReturnStatus.DUPLICATE)
    return done and not count_open(received.findings)[Severity.ERROR]


def _told(findings: Iterable[Finding], fresh: Container[str]) -> list[Finding]:
    """What is told of reading: what is open; what is to be known or was decided, of files that came now."""

    def is_open(found: Finding) -> bool:
        return found.severity is not Severity.INFO and found.is_open

    return [f for f in findings if is_open(f) or f.at is None or received_name(f.at.file) in fresh]


def _closing_line(year: OpenYear) -> str:
    returns, asked = year.received.returns, {unit.code for unit in year.profile.units(year.period)}
    counts = count_open(_findings(year.received))
    refused = sum(r.status is ReturnStatus.REFUSED and not r.rejected for r in returns)
    open_ones = set_aside(returns, year.known.left_out, year.known.acceptances)
    undecided = asked & {r.unit for r in open_ones if r.status is ReturnStatus.UNDECIDED}
    waiting = f" ({len(undecided)} đơn vị chờ chọn tệp)" if undecided else ""
    return (
        f"Đã gửi {len(asked & sent_units(returns))}/{len(asked)} đơn vị{waiting}; "
        f"{refused} tệp không dùng được; {counts[Severity.ERROR]} lỗi, {counts[Severity.WARNING]} cảnh báo "
        "khi đọc tệp, chưa kể đối chiếu giữa các số liệu."
    )


def _json(year: OpenYear) -> dict[str, Any]:
    from dvctt_report.cli.comparisons import comparison_json
    from dvctt_report.intake.compare import comparisons

    collected = year.received
    return {
        **year.period.as_json(),
        "returns": [_return_json(r) for r in collected.returns],
        "comparisons": [comparison_json(c) for c in comparisons(collected.returns)],
        "notes": [listed_json(f) for f in collected.notes],
    }


def _return_json(received: Return) -> dict[str, Any]:
    return {
        "file": received.file,
        "sha256": received.sha256,
        "unit": received.unit or None,
        "status": str(received.status),
        "findings": [listed_json(f) for f in received.findings],
        "observations": n_answers(received.observations),
        "replies": [
            {"finding": r.finding, "opinion": str(r.kind), "reason": r.reason, **place_json(r.at)}
            for r in received.replies
        ],
    }
