"""Open one period of a workspace: what every command, the menu, the page and the report start from.

    workspace, period ─► known      what the register holds: receipts, decisions, rows of the tracking book
                      ─► collected  every received file, read with the plan as it is now and settled
                      ─► dataset    the returns laid against plan and roster, the officer's figures in them
                      ─► year       findings, results, the state of every unit

Each is made when it is first asked for, and once. Two outputs of one period can't disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from dvctt_report.files.manifests import kept_manifests
from dvctt_report.model import (
    Acceptance,
    CellRef,
    Choice,
    Control,
    Decision,
    Entry,
    Finding,
    LeftOut,
    Override,
    Return,
    ReturnStatus,
    Timing,
    finding_id,
)
from dvctt_report.model.period import Period
from dvctt_report.plan.last_year import LastYear, read_last_year, with_bases
from dvctt_report.plan.model import Profile
from dvctt_report.store.published.record import published_manifest
from dvctt_report.store.register import (
    Receipt,
    RegisterLost,
    content_of,
    find_loss,
    open_register,
    read_contents,
    read_controls,
    read_decided,
    read_entries,
    read_looks,
    read_receipts,
    read_remarks_read,
)
from dvctt_report.store.workspace import BOOK, Workspace
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.opening import read_file
from dvctt_report.text.personal import shown_in
from dvctt_report.year.year import Year

if TYPE_CHECKING:
    from dvctt_report.intake.book import Book
    from dvctt_report.intake.sent import Looks
    from dvctt_report.year.dataset import Dataset


@dataclass(frozen=True)
class Registered:
    """What the register holds of one period, all decisions in force.

    receipts: the files in the inbox at the latest collect.
    former: files received once that are no longer there.
    decisions: about files.
    entries: the rows of the tracking book.
    acceptances: about findings.
    overrides: about cells.
    controls: figures of the systems in charge.
    left_out: what stays out of the totals until its unit mends it.
    timings: whether returns count as sent in time.
    looks: when it was looked what had come, of which units; of all where none is named.
    remarks_read: the remarks of units that were read, by their digests.
    """

    receipts: tuple[Receipt, ...] = ()
    former: tuple[Receipt, ...] = ()
    decisions: tuple[Decision, ...] = ()
    entries: tuple[Entry, ...] = ()
    acceptances: tuple[Acceptance, ...] = ()
    overrides: tuple[Override, ...] = ()
    controls: tuple[Control, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    timings: tuple[Timing, ...] = ()
    looks: Looks = ()
    remarks_read: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Collected:
    """What was received, read and settled.

    returns: every file of the period, whatever became of it, and the returns on paper.
    notes: findings that belong to no received file.
    contacts: whom to call at each unit, by the tracking book.
    """

    returns: tuple[Return, ...]
    notes: tuple[Finding, ...]
    contacts: Mapping[str, str]


@dataclass(frozen=True)
class OpenYear(Year):
    """A year, or half of one, of a workspace as it stands at a moment.

    workspace: the folder, its settings and the period.
    as_of: the moment the question is asked at; nothing below reads the clock.
    step: called after each file that is read.
    tell: told what is to be known about the reading itself.
    closed: files of the inbox that could not be opened, as refused returns.
    again: files that were not read for the machine's or the program's sake are read once more.
    """

    workspace: Workspace
    as_of: datetime
    step: Callable[[], None] = field(default=lambda: None, repr=False, compare=False)
    tell: Callable[[str], None] = field(default=lambda _: None, repr=False, compare=False)
    closed: tuple[Return, ...] = ()
    again: bool = field(default=False, repr=False, compare=False)

    @property
    def period(self) -> Period:
        return self.workspace.period

    @property
    def kept(self) -> Path | None:
        return self.workspace.readings

    @cached_property
    def profile(self) -> Profile:
        """Plan and roster, growth reckoned from what was signed of its year."""
        return with_bases(self.workspace.profile, partial(reported_last_year, self.workspace))

    @cached_property
    def known(self) -> Registered:
        """What the register holds. Raises CannotRun where nothing was received yet, or it was lost."""
        require_register(self.workspace)
        return read_registered(self.workspace)

    @cached_property
    def collected(self) -> Collected:
        """Everything received, read with the plan as it is now, and settled."""
        from dvctt_report.intake.mend_lists import check_replies
        from dvctt_report.intake.sent import about_returns, paper_returns, unused_entries, with_arrivals
        from dvctt_report.intake.settle import lost_returns, settle, with_closed
        from dvctt_report.intake.whose import ask_whose, give_to_units, told_less

        workspace, known, again = self.workspace, self.known, self.again
        profile, period = workspace.profile, workspace.period
        book = read_tracking_book(workspace)
        said = book.entries if book is not None and book.usable else known.entries
        entries = tuple(shown_in(row, "document_number", "note") for row in said)
        read = read_returns(workspace, known.receipts, self.step, self.tell, known.decisions, again=again)
        former = read_returns(workspace, known.former, tell=self.tell, decisions=known.decisions, again=again)
        rows = about_returns(read, entries)
        read, former = (ask_whose(found, rows, profile) for found in (read, former))
        settled = settle(read, known.decisions, rows, former, profile)
        settled = give_to_units(settled, entries, profile, period)
        papers = tuple(paper_returns(settled, rows, period, BOOK))
        notes = (
            *(book.findings if book is not None else ()),
            *unused_entries(settled, rows, BOOK),
            *lost_returns(settled, former),
            *check_replies(settled),
            *told_less(settled, profile, period),
        )
        returns = with_closed((*settled, *papers), self.closed, profile, period)
        first_seen: dict[str, datetime] = {}
        for receipt in (*known.former, *known.receipts):
            for name in (receipt.sha256, receipt.file):
                first_seen[name] = min(receipt.first_seen, first_seen.get(name, receipt.first_seen))
        last_day = profile.plan.deadline.last_day(period)
        returns = with_arrivals(returns, former, first_seen, known.looks, last_day)
        return Collected(returns, notes, book.contacts if book is not None else {})

    @cached_property
    def dataset(self) -> Dataset:
        """The returns with the officer's figures laid over them."""
        from dvctt_report.year.left_out import set_aside

        return self._laid_out(set_aside(self._corrected[0], self.known.left_out, self.known.acceptances))

    @cached_property
    def _corrected(self) -> tuple[tuple[Return, ...], tuple[Finding, ...]]:
        """The returns with the officer's figures laid over them, and what is to be said of these."""
        from dvctt_report.year.corrections import correct

        return correct(self.collected.returns, self.known.overrides, self.profile)

    def _laid_out(self, returns: Sequence[Return]) -> Dataset:
        """``returns`` against plan, roster and what else is known."""
        from dvctt_report.intake.sent import with_timings
        from dvctt_report.year.dataset import Dataset

        workspace, known, collected, period = self.workspace, self.known, self.collected, self.period
        parts = (reported_last_year(workspace, part) for part in period.before_in_year)  # the longest first
        earlier = next((part for part in parts if part is not None), None)
        return Dataset(
            self.profile,
            self.period,
            with_timings(returns, known.timings),
            self.as_of.date(),
            (*collected.notes, *self._corrected[1]),
            reported_last_year(workspace),
            known.acceptances,
            known.overrides,
            tuple(shown_in(one, "source", "document", "reason") for one in known.controls),
            collected.contacts,
            known.left_out,
            earlier,
            known.remarks_read,
        )

    @cached_property
    def asked_about(self) -> OpenYear:
        """What units are asked about: a return that is set aside whole is asked about as if it counted."""
        from dvctt_report.year.left_out import is_whole

        aside = (ReturnStatus.QUESTIONED, ReturnStatus.LEFT_OUT)
        if not any(received.status in aside for received in self.dataset.returns):
            return self
        asked = self.decided_anew()
        kept = tuple(one for one in self.known.left_out if not is_whole(one))
        asked.__dict__["known"] = replace(self.known, left_out=kept)
        asked.__dict__["dataset"] = asked._laid_out(asked._corrected[0])
        return asked

    @cached_property
    def received(self) -> Collected:
        """What was collected, its findings as decided, in the states that they have in ``findings``.

        The answers and what became of each file are as sent.
        """
        from dvctt_report.intake.mend_lists import still_asked
        from dvctt_report.year.corrections import accept
        from dvctt_report.year.left_out import as_left_out, set_aside

        known, collected = self.known, self.collected
        corrected, notes = self._corrected
        corrected = set_aside(corrected, known.left_out, known.acceptances)
        replied = any(f.about for r in collected.returns for f in r.findings)
        asked = self.findings if replied else ()
        told = {finding_id(f) for f in asked if f.is_open}

        def decided(findings: Sequence[Finding]) -> tuple[Finding, ...]:
            accepted = accept(findings, known.acceptances)
            return as_left_out(accepted, self.dataset) if known.left_out else accepted

        returns = (
            replace(own, findings=still_asked(decided(made.findings), told))
            for own, made in zip(collected.returns, corrected, strict=True)
        )
        noted = decided((*collected.notes, *notes))
        return replace(collected, returns=tuple(returns), notes=noted)

    def content_of(self, received: Return) -> bytes | None:
        """The bytes of a received file, also of one from a container; None where they are not at hand."""
        known = (*self.known.receipts, *self.known.former)
        return content_of(self.workspace.register, known, received.file, received.sha256)

    def even_before_anything_came(self) -> OpenYear:
        """The same, where a new workspace has an empty register for none. Raises CannotRun for a lost one."""
        if not has_register(self.workspace):
            self.__dict__["known"] = Registered()
        return self

    def decided_anew(self) -> OpenYear:
        """The same after a decision was kept: the register is read again, the files are not."""
        anew = replace(self)
        anew.__dict__["collected"] = self.collected
        return anew


def reported_last_year(workspace: Workspace, before: Period | None = None) -> LastYear | None:
    """What was reported a year, or ``before``: as published, else as last drafted; None where not known."""
    before = before or workspace.period.year_before
    signed = published_manifest(workspace, before)
    return read_last_year(signed or workspace.manifest_of(before), before, signed=signed is not None)


def lost_register(workspace: Workspace) -> RegisterLost | None:
    """What happened to a register that held receipts once; None where nothing is known to be lost."""
    manifests = (*kept_manifests(workspace.manifests), *workspace.results.glob("*.json"))
    return find_loss(workspace.register, workspace.readings, manifests, workspace.inbox)


def has_register(workspace: Workspace) -> bool:
    """Whether there is a register: False in a new workspace. Raises RegisterLost where it was lost."""
    if (lost := lost_register(workspace)) is not None:
        raise lost
    return workspace.register.exists()


def require_register(workspace: Workspace) -> None:
    """Raise CannotRun where nothing has been received yet, or where the register was lost."""
    if not has_register(workspace):
        raise CannotRun(
            f"Chưa nhận báo cáo nào của {workspace.period.words}.",
            f"Chép tệp các đơn vị gửi vào “{workspace.inbox}”; chưa có tệp nào cũng chạy: "
            "dvctt-report collect",
        )


def read_registered(workspace: Workspace) -> Registered:
    """Read what the register holds of the workspace's period."""
    with open_register(workspace.register, reading=True) as register:
        return Registered(
            read_receipts(register, workspace.period),
            read_receipts(register, workspace.period, former=True),
            read_decided(register, workspace.period, Decision),
            read_entries(register, workspace.period),
            read_decided(register, workspace.period, Acceptance),
            read_decided(register, workspace.period, Override),
            read_controls(register, workspace.period),
            read_decided(register, workspace.period, LeftOut),
            read_decided(register, workspace.period, Timing),
            read_looks(register, workspace.period),
            read_remarks_read(register, workspace.period),
        )


def read_returns(
    workspace: Workspace,
    receipts: Iterable[Receipt],
    step: Callable[[], None] = lambda: None,
    tell: Callable[[str], None] = lambda _: None,
    decisions: Iterable[Decision] = (),
    *,
    again: bool = False,
) -> tuple[Return, ...]:
    """Read received files, in the order given and each by itself; ``step`` is called after each.

    Those of a .zip or a mail stand in its place. A file is read once for the same plan and reader; with
    ``again``, those that were not read for the machine's or the program's sake are read once more. Those
    that ``decisions`` say to be another unit's than they say themselves are read as that unit's each time.
    """
    from dvctt_report.intake.cache import read_through
    from dvctt_report.intake.whose import to_be_read_as

    profile, period = workspace.profile, workspace.period

    def read_unknown(
        unknown: Sequence[tuple[str, str]], assigned: Mapping[str, str] | None = None
    ) -> Iterator[Sequence[Return]]:
        # Only here, where something has to be read: these bring every reader with them.
        from dvctt_report.intake.collect import read_received, spoilt_return
        from dvctt_report.intake.workers import FEW, read_each

        spoilt: set[str] = set()

        def files() -> Iterator[tuple[str, bytes]]:
            contents = read_contents(workspace.register, (digest for _, digest in unknown))
            for (file, digest), content in zip(unknown, contents, strict=True):
                if content is None:
                    spoilt.add(digest)
                yield file, content or b""

        reader = partial(read_received, assigned=assigned)
        few = len(unknown) <= FEW
        groups = read_each(files(), profile, period, step, tell, reader=reader, few=few)
        for (file, digest), returns in zip(unknown, groups, strict=True):
            yield (spoilt_return(file, digest),) if digest in spoilt else returns

    names = [(r.file, r.sha256) for r in receipts]
    found = read_through(workspace.readings, profile, period, names, read_unknown, step, again=again)
    assigned = {d.sha256: d.unit for d in decisions if d.choice is Choice.ASSIGN}
    others = to_be_read_as(found, assigned)
    if not others:
        return found
    anew = read_unknown([name for name in names if name[0] in others], assigned)
    by_name = {(r.file, r.sha256): r for group in anew for r in group if r.sha256 in assigned}
    return tuple(by_name.get((r.file, r.sha256), r) for r in found)


def read_tracking_book(workspace: Workspace) -> Book | None:
    """Read what the officer wrote into the tracking book; None where there is no such file."""
    from dvctt_report.intake.book import Book, parse_book
    from dvctt_report.model.codes import finding

    try:
        data = read_file(workspace.book)
    except FileNotFoundError:
        return None
    except OSError:
        message = "không mở được sổ theo dõi (đang bị khóa hoặc không có quyền đọc)"
        fix = "Đóng tệp trong Excel rồi chạy lại; tạm dùng nội dung đã đọc lần trước."
        return Book(findings=(finding("NH70", message, fix, CellRef(BOOK)),), usable=False)
    return parse_book(data, workspace.profile, workspace.period, BOOK)
