"""Received files, what became of each, and what the officer decided and noted about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from dvctt_report.model.answers import CellRef, Observation, Ruling
from dvctt_report.model.findings import Finding, Reply
from dvctt_report.model.period import Period
from dvctt_report.text.vietnamese import format_date


class ReturnStatus(StrEnum):
    """What became of one received file. Of a unit's files one at most is effective.

    ``paper``: no file at all, but the officer entered a signed document by hand; it has no figures.
    ``reply``: the unit's answers on a list of what it was asked to mend; it has no figures either.
    ``evidence``: a scan or text that came with a unit's return, or the scan of its ``paper``.
    ``handed_over``: a return of a body that ended in the period, whose figures its successor reports.
    ``questioned``: a return of which nothing is used while an open error is about the whole of it.
    ``left_out``: a return that the officer leaves out of the totals; its unit has sent all the same.
    """

    EFFECTIVE = "effective"
    SUPERSEDED = "superseded"
    UNDECIDED = "undecided"
    DUPLICATE = "duplicate"
    REFUSED = "refused"
    SKIPPED = "skipped"
    PAPER = "paper"
    REPLY = "reply"
    EVIDENCE = "evidence"
    HANDED_OVER = "handed_over"
    QUESTIONED = "questioned"
    LEFT_OUT = "left_out"


TO_ENTER = "đã gửi (bản quét, chờ nhập)"
"""Where a unit stands that has sent a scan or a sheet of its own, in the words of every output."""


class ArrivedBy(StrEnum):
    """On what the day of an arrival rests.

    ``book``: the tracking book, which the list of incoming documents fills. ``mail``: the mail's own day.
    ``missing``: a collect or reminder after the deadline, at which it wasn't there: it came no earlier.
    """

    BOOK = "book"
    MAIL = "mail"
    MISSING = "missing"

    def say(self, day: date) -> str:
        """Write the day of an arrival with what it rests on."""
        rests = {"book": "theo sổ theo dõi", "mail": "theo ngày của thư", "missing": "vẫn chưa nhận được"}
        return f"đến ngày {format_date(day)} {rests[self]}"


@dataclass(frozen=True, slots=True)
class Timing(Ruling):
    """Whether a return that says it was sent in time, and arrived after the deadline, counts as in time.

    ``over``: the two days that it is about, as ``Submission.days`` gives them; it holds for no others.
    """

    unit: str
    in_time: bool
    over: str
    reason: str
    document: str
    who: str
    when: datetime


@dataclass(frozen=True, slots=True)
class Submission:
    """What the unit says about the return itself, on the cover and the signature page.

    ``sent_on`` is the date of the signed document (None: not stated). ``control_code`` is the four
    digits that stand in the file, ``computed_code`` those that its figures give. ``readings``: what was
    normalised on the two pages, for the log; ``cells``: where each of the unit's words stands. What the
    officer wrote into the tracking book stands above the unit's own number and date; ``channel``,
    ``signed_code`` (the four digits on the signed document) and ``signed_at`` come from there alone.
    ``arrived_on`` is the day it arrived as far as that is known, ``timing`` what was decided about that.
    """

    document_number: str = ""
    sent_on: date | None = None
    contact: str = ""
    phone: str = ""
    email: str = ""
    control_code: str = ""
    computed_code: str = ""
    readings: tuple[Observation, ...] = ()
    channel: str = ""
    signed_code: str = ""
    signed_at: CellRef | None = None
    signer: str = ""
    cells: tuple[tuple[str, CellRef], ...] = field(default=(), compare=False)
    arrived_on: date | None = None
    arrived_by: ArrivedBy | None = None
    timing: Timing | None = None

    @property
    def judged_on(self) -> date | None:
        """The day that lateness is judged by: the later of its own and its arrival's, if not decided."""
        if self.timing is not None and self.timing.in_time:
            return self.sent_on
        return max((day for day in (self.sent_on, self.arrived_on) if day is not None), default=None)

    @property
    def arrived(self) -> str:
        """When it arrived, in words; "" where that isn't known."""
        return self.arrived_by.say(self.arrived_on) if self.arrived_by and self.arrived_on else ""

    @property
    def days(self) -> str:
        """The two days that a decision is about: its own and that of its arrival."""
        return f"{self.sent_on} {self.arrived_on}"

    @property
    def cited(self) -> str:
        """Its document as far as it is known: "số 12/BC-SYT ngày 08/11/2025", "" where nothing is."""
        number = f"số {self.document_number}" if self.document_number else ""
        return " ".join(filter(None, (number, f"ngày {format_date(self.sent_on)}" if self.sent_on else "")))

    def cell(self, name: str) -> CellRef | None:
        """The cell in which the unit says something of its return, by the name of its field."""
        return dict(self.cells).get(name)


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the tracking book: what the officer knows about a document of a unit.

    ``file`` names the received file it came with ("": any). ``at`` is the cell of the unit's code,
    ``code_at`` that of the control code on the signed document.
    """

    unit: str
    document_number: str = ""
    sent_on: date | None = None
    channel: str = ""
    signed_code: str = ""
    file: str = ""
    note: str = ""
    at: CellRef | None = None
    code_at: CellRef | None = None
    arrived_on: date | None = None


class Choice(StrEnum):
    """What an officer decides about a received file; ``assign``: whose it is."""

    USE = "use"
    REJECT = "reject"
    ASSIGN = "assign"


@dataclass(frozen=True, slots=True)
class Decision(Ruling):
    """An officer's decision about the bytes of a file, whatever it is named later.

    ``over`` are the contents (SHA-256) that a chosen file was preferred to: one that arrives later is not
    among them. ``document``: the one that is cited.
    """

    choice: Choice
    file: str
    sha256: str
    unit: str
    reason: str
    who: str
    when: datetime
    over: tuple[str, ...] = ()
    document: str = ""


@dataclass(frozen=True, slots=True)
class Sign:
    """What tells of other ``units`` (by code) than a return's own: in words, its cell and the text there."""

    what: str
    units: tuple[str, ...]
    at: CellRef | None = None
    value: str = ""


@dataclass(frozen=True, slots=True)
class Return:
    """One received file and everything read from it.

    ``replies``: what a unit answers on a list, sent by itself (a REPLY) or in the form that went back to it.
    ``rejected``: the officer decided that it doesn't count, so nothing is to be done about it. ``scan``: it
    is no workbook at all, but a PDF, an image or a text that may be evidence.
    """

    file: str
    sha256: str
    status: ReturnStatus
    unit: str = ""
    period: Period | None = None
    submission: Submission = Submission()
    observations: Sequence[Observation] = ()
    findings: tuple[Finding, ...] = ()
    replies: tuple[Reply, ...] = ()
    rejected: bool = False
    scan: bool = False
    chosen: bool = False
    """Its unit was chosen by name in a form for many."""
    signs: tuple[Sign, ...] = ()
    """What it says of other units than its own."""
    named: tuple[str, ...] = ()
    """Other units that it may be of: by its signs, its file's name, who sent it or the tracking book."""
    sender: str = ""
    """Who sent the mail that it came in."""
    mailed_on: date | None = None
    """The day of that mail."""
    follows: tuple[str, ...] = ()
    """SHA-256 of the files whose answers it was sent back with: it takes their place."""
