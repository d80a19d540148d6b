"""What every command starts from: the workspace, the returns in its register, the year's data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import typer

from dvctt_report.cli.app import chosen_workspace
from dvctt_report.dataset import Dataset
from dvctt_report.errors import CannotRun
from dvctt_report.last_year import read_last_year
from dvctt_report.model import (
    Acceptance,
    CellRef,
    Control,
    Decision,
    Entry,
    Finding,
    FindingState,
    Override,
    Return,
    Severity,
    Summary,
)
from dvctt_report.register import (
    Receipt,
    RegisterLost,
    find_loss,
    open_register,
    read_acceptances,
    read_contents,
    read_controls,
    read_decisions,
    read_entries,
    read_former_receipts,
    read_overrides,
    read_receipts,
)
from dvctt_report.workspace import BOOK, Workspace, find_workspace

if TYPE_CHECKING:
    from dvctt_report.intake.book import Book
    from dvctt_report.plan.model import Profile


@dataclass(frozen=True)
class Registered:
    """What the register holds of one year: files in the inbox and former ones, decisions, book rows.

    ``decisions`` are about files, ``acceptances`` and ``overrides`` about figures; all those in force.
    """

    receipts: tuple[Receipt, ...]
    former: tuple[Receipt, ...]
    decisions: tuple[Decision, ...]
    entries: tuple[Entry, ...]
    acceptances: tuple[Acceptance, ...] = ()
    overrides: tuple[Override, ...] = ()
    controls: tuple[Control, ...] = ()


@dataclass(frozen=True)
class Collected:
    """A year's settled returns, the findings that belong to none of them, and whom to call at each unit."""

    returns: tuple[Return, ...]
    notes: tuple[Finding, ...]
    contacts: Mapping[str, str]


def open_workspace(ctx: typer.Context, year: int | None) -> Workspace:
    """The workspace named by ``--workspace`` or found upward from the current folder."""
    return find_workspace(chosen_workspace(ctx) or Path.cwd(), year)


def read_returns(
    workspace: Workspace, receipts: Iterable[Receipt], step: Callable[[], None] = lambda: None
) -> tuple[Return, ...]:
    """Read received files, in the order given and each by itself; ``step`` is called after each.

    Those of a .zip or a mail stand in its place. A file is read once for the same plan and reader.
    """
    from dvctt_report.cli.screen import tell
    from dvctt_report.intake.cache import read_through
    from dvctt_report.intake.isolate import read_all

    profile, year = workspace.profile, workspace.year

    def read(unknown: Sequence[tuple[str, str]]) -> Iterator[Return]:
        contents = read_contents(workspace.register, (digest for _, digest in unknown))
        files = zip((file for file, _ in unknown), contents, strict=True)
        return read_all(files, profile, year, step, tell)

    return read_through(workspace.readings, profile, year, [(r.file, r.sha256) for r in receipts], read, step)


def lost_register(workspace: Workspace) -> RegisterLost | None:
    """What happened to a register that held receipts once; None where nothing is known to be lost."""
    from dvctt_report.intake.container import is_to_be_read

    return find_loss(
        workspace.register, workspace.readings, workspace.manifests, workspace.inbox, is_to_be_read
    )


def has_register(workspace: Workspace) -> bool:
    """Whether there is a register: False in a new workspace. Raises RegisterLost where it was lost."""
    if (lost := lost_register(workspace)) is not None:
        raise lost
    return workspace.register.exists()


def require_register(workspace: Workspace) -> None:
    """Raise CannotRun where nothing has been received yet, or where the register was lost."""
    if not has_register(workspace):
        raise CannotRun(
            f"Chưa nhận báo cáo nào của năm {workspace.year}.",
            f"Chép tệp các đơn vị gửi vào “{workspace.inbox}” rồi chạy: dvctt-report collect",
        )


def read_registered(workspace: Workspace) -> Registered:
    """Read what the register holds of the workspace's year."""
    with open_register(workspace.register, reading=True) as register:
        return Registered(
            read_receipts(register, workspace.year),
            read_former_receipts(register, workspace.year),
            read_decisions(register, workspace.year),
            read_entries(register, workspace.year),
            read_acceptances(register, workspace.year),
            read_overrides(register, workspace.year),
            read_controls(register, workspace.year),
        )


def read_tracking_book(workspace: Workspace) -> Book | None:
    """Read what the officer wrote into the tracking book; None where there is no such file."""
    from dvctt_report.codes import finding
    from dvctt_report.intake.book import Book, parse_book

    try:
        data = workspace.book.read_bytes()
    except FileNotFoundError:
        return None
    except OSError:
        message = "không mở được sổ theo dõi (đang bị khóa hoặc không có quyền đọc)"
        fix = "Đóng tệp trong Excel rồi chạy lại; tạm dùng nội dung đã đọc lần trước."
        return Book(findings=(finding("NH70", message, fix, CellRef(BOOK)),), usable=False)
    return parse_book(data, workspace.profile, workspace.year, BOOK)


def settle_year(
    workspace: Workspace, known: Registered, step: Callable[[], None] = lambda: None
) -> Collected:
    """Read everything that was received with the plan as it is now, and settle what counts."""
    from dvctt_report.intake.evidence import about_returns, give_to_units
    from dvctt_report.intake.sent import paper_returns, unused_entries
    from dvctt_report.intake.settle import lost_returns, settle
    from dvctt_report.mending.reading import check_replies

    book = read_tracking_book(workspace)
    entries = book.entries if book is not None and book.usable else known.entries
    read = read_returns(workspace, known.receipts, step)
    former = read_returns(workspace, known.former)
    rows = about_returns(read, entries)
    settled = settle(read, known.decisions, rows, former, workspace.profile)
    settled = give_to_units(settled, entries, workspace.profile, workspace.year)
    papers = tuple(paper_returns(settled, rows, workspace.year, BOOK))
    notes = (
        *(book.findings if book is not None else ()),
        *unused_entries(settled, rows, BOOK),
        *lost_returns(settled, former),
        *check_replies(settled),
    )
    return Collected((*settled, *papers), notes, book.contacts if book is not None else {})


def as_decided(collected: Collected, known: Registered, profile: Profile) -> Collected:
    """What was collected with its findings as the officer's decisions leave them: open, accepted, overridden.

    So ``collect`` counts what is open as ``validate`` does. The answers stay as the files have them.
    """
    from dvctt_report.corrections import accept, correct

    corrected, notes = correct(collected.returns, known.overrides, profile)
    returns = (
        replace(own, findings=accept(made.findings, known.acceptances))
        for own, made in zip(collected.returns, corrected, strict=True)
    )
    return replace(
        collected, returns=tuple(returns), notes=accept((*collected.notes, *notes), known.acceptances)
    )


def load_dataset(workspace: Workspace, today: date) -> Dataset:
    """The year's data set, as of ``today``: what the register holds, read with the plan as it is now."""
    require_register(workspace)
    known = read_registered(workspace)
    return build_dataset(workspace, known, settle_year(workspace, known), today)


def build_dataset(workspace: Workspace, known: Registered, collected: Collected, today: date) -> Dataset:
    """The data set of what was collected, with the officer's decisions laid over it."""
    from dvctt_report.corrections import correct

    returns, notes = correct(collected.returns, known.overrides, workspace.profile)
    return Dataset.build(
        workspace.profile,
        workspace.year,
        returns,
        today,
        (*collected.notes, *notes),
        read_last_year(workspace.manifest_of(workspace.year - 1), workspace.year - 1),
        known.acceptances,
        known.overrides,
        known.controls,
        collected.contacts,
    )


def check_all(dataset: Dataset) -> tuple[Finding, ...]:
    """Every finding of the year: what intake found in the files, then what the rules find in the figures.

    Those that the officer accepted, or overrode with a figure of his own, are in that state.
    """
    from dvctt_report.corrections import accept
    from dvctt_report.rules import check

    found = (*dataset.notes, *(f for r in dataset.returns for f in r.findings), *check(dataset))
    return accept(found, dataset.acceptances)


class YearRead(NamedTuple):
    """One year as it stands: what was received, what is wrong with it, what it adds up to."""

    dataset: Dataset
    findings: tuple[Finding, ...]
    summary: Summary


def read_year(workspace: Workspace, today: date) -> YearRead:
    """Read, check and add up the workspace's year, as of ``today``."""
    from dvctt_report.summary import summarise

    dataset = load_dataset(workspace, today)
    findings = check_all(dataset)
    return YearRead(dataset, findings, summarise(dataset, findings))


def nameless_warning(dataset: Dataset, what: str) -> str:
    """Warn that files of units unknown can't be used, so that ``what`` may be wrong of them; "" for none."""
    n = len(dataset.nameless)
    return (
        f"Có {n} tệp không dùng được, chưa rõ của đơn vị nào: kiểm tra trước khi ký, vì {what}." if n else ""
    )


def count_open(findings: Iterable[Finding]) -> dict[Severity, int]:
    """How many findings of each severity are still open."""
    counts = dict.fromkeys(Severity, 0)
    for finding in findings:
        counts[finding.severity] += finding.state is FindingState.OPEN
    return counts
