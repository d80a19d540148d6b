"""``dvctt-report collect``: read what the units sent, keep it, say what is in it."""

from __future__ import annotations

import sys
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import typer

from dvctt_report.cli.ask import ask, confirm, numbered
from dvctt_report.cli.findings import print_findings
from dvctt_report.cli.leave import leave_page, take_decisions
from dvctt_report.cli.options import Format
from dvctt_report.cli.screen import (
    Right,
    is_terminal,
    listed_json,
    note,
    print_json,
    print_table,
    progress,
    say,
    tell,
)
from dvctt_report.cli.session import open_workspace, tell_clock
from dvctt_report.files.writing import replace_file, write_beside
from dvctt_report.intake.book import NotAList, not_yet_there, parse_incoming
from dvctt_report.intake.mend_lists import REPLY_WORDS
from dvctt_report.model import Return, ReturnStatus, Severity, State, count_open
from dvctt_report.model.answer_columns import KeptObservations
from dvctt_report.model.codes import CODES, Bars
from dvctt_report.model.period import Period
from dvctt_report.report.cells import place_json
from dvctt_report.report.unit_lists import shortly
from dvctt_report.store.published.keep import put_back_lost
from dvctt_report.store.published.record import in_force, publications, sent_since
from dvctt_report.store.register import RegisterLost, name_in
from dvctt_report.store.register.copies import FOLDER, Restored
from dvctt_report.store.register.inbox import below, what_else
from dvctt_report.store.workspace import BOOK, Workspace
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.file_names import known_as, last_name, received_name
from dvctt_report.text.opening import TooLarge, read_file
from dvctt_report.text.personal import in_full
from dvctt_report.text.vietnamese import format_date
from dvctt_report.year.left_out import set_aside
from dvctt_report.year.loader import (
    OpenYear,
    has_register,
    lost_register,
    read_registered,
    read_tracking_book,
)
from dvctt_report.year.receiving import enter_incoming, receive, write_book
from dvctt_report.year.summary.returns import sent_units
from dvctt_report.year.unchanged import files_behind, made_of

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
_LEFT_TOLD = 20
_MOST_LISTED = 30
"""Files that are listed one by one: those of 27 units, not those of 82."""


def run(
    ctx: typer.Context,
    period: Period | None = None,
    output: Format = Format.TABLE,
    log: Path | None = None,
    sources: list[Path] | None = None,
    whole: bool = False,
    book: bool = False,
    incoming: Path | None = None,
    yes: bool = False,
) -> int:
    """Collect the year's returns. Returns 1 where a file was refused or an error is open."""
    workspace = open_workspace(ctx, period)
    if book and incoming is None:  # made, or what it lacks added; what stands in it is never written over
        known = read_registered(workspace).entries if has_register(workspace) else ()
        say(
            write_book(workspace, known)
            or f"Sổ theo dõi {BOOK} đã đủ các đơn vị của {workspace.period.words}.",
            f"Mở bằng Excel: {workspace.book}",
        )
        return 0
    if incoming is not None:
        return _enter_list(workspace, incoming, yes)
    workspace.inbox.mkdir(parents=True, exist_ok=True)
    for source in sources or ():
        take_in(source, workspace.inbox)
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
    if any(received.replies for received in collected.returns):
        from dvctt_report.papers.mending.lists import keep_proposals  # it loads what reads Word documents

        keep_proposals(year)
        year = year.decided_anew()
    year, books = take_decisions(year)
    with in_full(whole):
        if output is Format.JSON:
            print_json(_json(year))
        else:
            _print(year, fresh)
        if log is not None:
            from dvctt_report.intake.reading import COLUMNS, csv_bytes, reading_log

            lines = [*reading_log(collected.returns, workspace.profile)]
            written = write_beside(log, csv_bytes(COLUMNS, lines))  # told on stderr: JSON stays alone
            note(f"Đã kê {len(lines)} ô được đọc theo cách hiểu: {written}")
    steady = files == files_behind(workspace)  # else something was saved while the returns were read
    barred = any(CODES[f.code].bars is Bars.BOOK for f in collected.notes)
    if not barred and (done := write_book(workspace, year.known.entries)):
        note(done)
    out = say if output is Format.TABLE else note
    leave_page(year, out, made_of(year) if steady and not closed else "", books)
    if lost is not None and lost.anew:
        _tell_anew(workspace, lost, restored)
    published = publications(workspace, year.period)
    if codes := sent_since(published, in_force(year.received.returns)):
        names = shortly([year.profile.roster.short_names[code] for code in codes])
        tell(
            f"Gửi sau {published[-1].titled}, chưa có trong báo cáo đã ký: {names}. Báo cáo bổ sung: "
            "dvctt-report render --supplement"
        )
    received = year.received
    findings = [*received.notes, *(found for one in received.returns for found in one.findings)]
    return 1 if count_open(findings)[Severity.ERROR] else 0


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


def take_in(source: Path, inbox: Path) -> None:
    """Copy a file, or every file of a folder and its subfolders, into ``inbox``; say how many, what was not.

    What stands there with the same bytes is left out; another content of the same name gets "(2)" behind it.
    Links, what is no file, can't be read or is larger than any that is received stay where they are.
    """
    n_copied, left = 0, list[tuple[Path, str]]()
    files = [*below(source)] if source.is_dir() else [(source, what_else(source.resolve()))]
    lies_there = inbox.resolve() in (source.resolve(), *source.resolve().parents)
    for path, what in () if lies_there else files:
        if what:
            left.append((path, what))
            continue
        try:
            data = read_file(path)
        except TooLarge as fault:
            left.append((path, f"lớn bất thường ({fault.strerror})"))
            continue
        except OSError:
            left.append((path, "không mở được (đang bị khóa hoặc không có quyền đọc)"))
            continue
        wanted = inbox / path.name
        if source.is_dir():
            wanted = inbox / source.resolve().name / path.relative_to(source)
        number, target = 1, wanted
        while target.exists() and read_file(target) != data:
            number += 1
            target = wanted.with_stem(f"{wanted.stem} ({number})")
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            replace_file(target, data)
            n_copied += 1
    note(f"Đã chép {n_copied} tệp từ {source} vào {inbox}")
    for path, reason in left[:_LEFT_TOLD]:
        tell(
            f"Không chép {Path(known_as(path.as_posix()))}: {reason}. "
            "Chép chính tệp đó vào thư mục nhận rồi chạy lại."
        )
    if len(left) > _LEFT_TOLD:
        tell(f"… và {len(left) - _LEFT_TOLD} mục khác không chép.")


def _print(year: OpenYear, fresh: frozenset[str]) -> None:
    """Print the list of files, what changed in the ``fresh`` ones, the findings, the closing line."""
    from dvctt_report.cli.received_files import print_new_comparisons

    workspace, profile, collected = year.workspace, year.profile, year.received
    returns = collected.returns
    names = profile.roster.short_names
    if not returns:
        print_findings(collected.notes, profile)
        tell(f"Thư mục {workspace.inbox} chưa có tệp nào. Chép tệp các đơn vị gửi vào đó rồi chạy lại.")
        return
    listed = [*returns]
    if len(returns) > _MOST_LISTED:  # what has something to be done; what came now only if that is not much
        n_new = sum(_is_plain(r) and received_name(r.file) in fresh for r in returns)
        new = fresh if n_new <= _MOST_LISTED else ()
        listed = [r for r in returns if not _is_plain(r) or received_name(r.file) in new]
    rows = [
        (
            names.get(r.unit, "–"),
            last_name(r.file),
            STATUS_NAMES[r.status],
            str(_n_answers(r)) if r.observations else "",
            str(count_open(r.findings)[Severity.ERROR] or ""),
        )
        for r in listed
    ]
    if rows:
        headers = ("Đơn vị", "Tệp", "Tình trạng", Right("Số ô"), Right("Lỗi"))
        print_table(headers, rows, f"Nhận báo cáo {workspace.period.words}")
    if n_plain := len(returns) - len(listed):
        other = " khác" if rows else ""
        say(f"{n_plain} tệp{other} đã nhận, không có lỗi khi đọc. Xem đủ: dvctt-report status --files")
    print_new_comparisons(returns, fresh, profile)
    findings = [*collected.notes, *(found for one in returns for found in one.findings)]
    to_tell = []  # what is open; what is to be known or was decided, of files that came now
    for found in findings:
        is_open = found.severity is not Severity.INFO and found.is_open
        if is_open or found.at is None or received_name(found.at.file) in fresh:
            to_tell.append(found)
    print_findings(to_tell, profile)
    answers = [r.replies for r in returns if r.replies and not r.rejected]
    say(*([""] if answers else []))
    for replies in answers:  # counted: each answer stands with its finding in ``validate``
        n = Counter(reply.kind for reply in replies)
        said = ", ".join(f"{n[kind]} “{words}”" for kind, words in REPLY_WORDS.items() if n[kind])
        say(f"{names[replies[0].unit]} trả lời bảng kê chỉnh lý: {said}.")
    counts, asked = count_open(findings), {unit.code for unit in profile.units(year.period)}
    refused = sum(r.status is ReturnStatus.REFUSED and not r.rejected for r in returns)
    open_ones = set_aside(returns, year.known.left_out, year.known.acceptances)
    undecided = asked & {r.unit for r in open_ones if r.status is ReturnStatus.UNDECIDED}
    waiting = f" ({len(undecided)} đơn vị chờ chọn tệp)" if undecided else ""
    say(
        f"\nĐã gửi {len(asked & sent_units(returns))}/{len(asked)} đơn vị{waiting}; "
        f"{refused} tệp không dùng được; {counts[Severity.ERROR]} lỗi, {counts[Severity.WARNING]} cảnh báo "
        "khi đọc tệp, chưa kể đối chiếu giữa các số liệu.",
        "Tiếp theo: dvctt-report validate",
    )


def _is_plain(received: Return) -> bool:
    """Whether nothing is to be done about a file: it, or one in its place, is used without open errors."""
    done = received.status in (ReturnStatus.EFFECTIVE, ReturnStatus.SUPERSEDED, ReturnStatus.DUPLICATE)
    return done and not count_open(received.findings)[Severity.ERROR]


def _json(year: OpenYear) -> dict[str, Any]:
    from dvctt_report.cli.received_files import comparison_json
    from dvctt_report.intake.settle import comparisons

    collected = year.received
    return {
        **year.period.as_json(),
        "returns": [
            {
                "file": received.file,
                "sha256": received.sha256,
                "unit": received.unit or None,
                "status": str(received.status),
                "findings": [listed_json(f) for f in received.findings],
                "observations": _n_answers(received),
                "replies": [
                    {"finding": r.finding, "opinion": str(r.kind), "reason": r.reason, **place_json(r.at)}
                    for r in received.replies
                ],
            }
            for received in collected.returns
        ],
        "comparisons": [comparison_json(c) for c in comparisons(collected.returns)],
        "notes": [listed_json(f) for f in collected.notes],
    }


def _enter_list(workspace: Workspace, file: Path, yes: bool) -> int:
    """Propose rows for the tracking book from a list of incoming documents; returns 1 where some are open.

    yes: those that are clear are written without asking. Raises CannotRun where the book can't be used.
    """
    if not workspace.book.exists():
        say(write_book(workspace, ()))
    book = read_tracking_book(workspace)
    if book is None or not book.usable:
        raise CannotRun("Sổ theo dõi chưa dùng được.", "Xem lý do: dvctt-report collect")
    try:
        found = parse_incoming(read_file(file), workspace.profile, workspace.period)
    except FileNotFoundError:
        raise CannotRun(f"Không thấy tệp “{file}”.", "Nêu đúng tên tệp danh sách văn bản đến.") from None
    except NotAList as error:
        raise CannotRun(f"Không đọc được “{file.name}” như danh sách văn bản đến. {error}", "") from None
    new = tuple(not_yet_there(found.documents, book.entries))
    n_there = len(found.documents) - len(new)
    say(
        f"Danh sách có {found.n_rows} văn bản, {len(found.documents)} văn bản về "
        f"{workspace.profile.plan.topic}"
        + (f", {n_there} văn bản đã có trong sổ theo dõi." if n_there else ".")
    )
    chosen, left = [], []
    for document in new:
        unit = document.units[0] if document.is_clear else None
        if unit is None and document.units and is_terminal(sys.stdin) and not yes:
            say(f"Dòng {document.row}: {document.number}, nơi gửi “{document.sender}”: {document.why}.")
            for n, each in enumerate(document.units, 1):
                say(f"  {n} {each.name}")
            unit = numbered(ask("Của đơn vị số mấy (Enter để bỏ qua)"), document.units)
        if unit is None:
            left.append(document)
        else:
            day = format_date(document.sent_on) if document.sent_on else ""
            say(f"  {unit.code}  {unit.short_name}: {document.number}, {day}")
            chosen.append((document, unit))
    if chosen and (yes or (is_terminal(sys.stdin) and confirm(f"Ghi {len(chosen)} dòng vào sổ?", True))):
        path = enter_incoming(workspace, [document.entry(unit) for document, unit in chosen])
        say(f"Đã ghi {len(chosen)} dòng vào {workspace.relative(path)}; chạy collect để dùng.")
    elif chosen:
        say("Chưa ghi gì. Ghi các dòng đã rõ: thêm --yes")
    for document in left:
        say(f"Chưa ghi, dòng {document.row}: {document.number}, {document.sender}: {document.why}.")
    return 1 if left else 0


def _n_answers(received: Return) -> int:
    """How many cells say something: a figure, a text, or why there is none."""
    if isinstance(received.observations, KeptObservations):
        return received.observations.n_answers
    return sum(o.state is not State.BLANK for o in received.observations)
