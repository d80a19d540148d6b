"""The words of the domain: what a return says, what is wrong with it, what it adds up to.

Everything here is frozen and imports nothing of ours: reading this module is reading the glossary.
Counts are whole numbers, a share is a ``Fraction`` between 0 and 1, a percentage exists only as text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

Value: TypeAlias = int | Decimal | str | bool | date | None
"""What a cell was read as; the field's kind in the plan decides the type."""


class State(StrEnum):
    """Why a figure stands, or does not stand, in a cell. Not one of them is zero."""

    GIVEN = "given"
    NONE_ARISING = "none_arising"
    NOT_AVAILABLE = "not_available"
    NOT_APPLICABLE = "not_applicable"
    WITHHELD = "withheld"
    BLANK = "blank"
    UNREADABLE = "unreadable"


class Severity(StrEnum):
    """``error``: not used, or a choice is open; ``warning``: used, to be confirmed; ``info``: disclosed."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class FindingState(StrEnum):
    """An accepted finding carries the officer's reason and document; it is printed, not asked again.

    ``overridden``: it is about what stood in a cell before the officer put a figure of his own there.
    """

    OPEN = "open"
    ACCEPTED = "accepted"
    OVERRIDDEN = "overridden"


class ReturnStatus(StrEnum):
    """What became of one received file. The effective files of a unit are parts of one return.

    ``paper``: no file at all, but the officer entered a signed document by hand; it has no figures.
    ``reply``: the unit's answers on a list of what it was asked to mend; it has no figures either.
    """

    EFFECTIVE = "effective"
    SUPERSEDED = "superseded"
    UNDECIDED = "undecided"
    DUPLICATE = "duplicate"
    REFUSED = "refused"
    SKIPPED = "skipped"
    PAPER = "paper"
    REPLY = "reply"


@dataclass(frozen=True, slots=True)
class CellRef:
    """The address of a cell: file › sheet › cell.

    ``file`` is relative to the workspace with ``/``; ``sheet`` and ``cell`` ("G14") are empty where a
    finding concerns the whole file.
    """

    file: str
    sheet: str = ""
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Override:
    """A figure that the officer puts in the place of a unit's cell, for a reason and by a document.

    ``text`` is what was typed, read as a cell of that field would be; ``over`` is what the unit's cell held
    at that time ("" where it was empty or the unit sent paper alone): where it holds something else now, the
    decision is to be taken again.
    """

    unit: str
    item: str
    field: str
    text: str
    over: str
    reason: str
    document: str
    who: str
    when: datetime
    part: str = ""
    undone_by: str = ""
    undone_on: datetime | None = None


@dataclass(frozen=True, slots=True)
class Observation:
    """One answer of one unit, born when its cell is read and never changed after.

    ``item`` and ``field`` are codes of the plan. ``part`` is empty for the unit as a whole, else the
    commune or the line of a list that the answer belongs to. ``value`` is None unless ``state`` is GIVEN.
    ``raw`` is the cell's content as text; ``reading`` says how it became the value ("" when as it stands).
    ``override`` is set where the value is the officer's and not the unit's, whose own answer is then
    ``replaced`` (None: it gave none).
    """

    unit: str
    item: str
    field: str
    value: Value
    state: State
    raw: str = ""
    reading: str = ""
    at: CellRef | None = None
    part: str = ""
    override: Override | None = None
    replaced: Observation | None = None

    @property
    def is_override(self) -> bool:
        """Whether the officer's figure stands here itself, and not in a cell that this one is summed from."""
        put = self.override
        return put is not None and (put.item, put.field, put.part) == (self.item, self.field, self.part)


@dataclass(frozen=True, slots=True)
class Finding:
    """What is to be said about a return, by intake and rules alike.

    ``message`` says where, what was found and why it cannot be used; ``fix`` what to do about it.
    ``value`` is the offending content as text. ``acceptance`` is what an accepted one was accepted by.
    """

    code: str
    severity: Severity
    message: str
    fix: str = ""
    unit: str = ""
    item: str = ""
    field: str = ""
    at: CellRef | None = None
    value: str = ""
    related: tuple[CellRef, ...] = ()
    state: FindingState = FindingState.OPEN
    acceptance: Acceptance | None = None


@dataclass(frozen=True, slots=True)
class Submission:
    """What the unit says about the return itself, on the cover and the signature page.

    ``sent_on`` is the date of the signed document (None: not stated). ``control_code`` is the four
    digits that stand in the file, ``computed_code`` those that its figures give. ``readings``: what was
    normalised on the two pages, for the log. What the officer wrote into the tracking book stands above the
    unit's own number and date; ``channel``, ``signed_code`` (the four digits on the signed document) and
    ``signed_at`` come from there alone.
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


class Printed(StrEnum):
    """Which of two figures the report prints: the sum of the units' own, or that of the system in charge."""

    UNITS = "units"
    CONTROL = "control"


@dataclass(frozen=True, slots=True)
class Control:
    """What the system in charge holds about a target: for one unit, or for the whole province (``unit`` "").

    ``total`` or ``done`` is None where it doesn't know that number. ``printed`` is what the officer chose for
    the province, None where the plan's choice stands; ``reason`` belongs to it.
    """

    item: str
    unit: str
    total: int | None
    done: int | None
    source: str
    cut_off: date
    document: str
    printed: Printed | None = None
    reason: str = ""
    who: str = ""
    when: datetime | None = None


class Choice(StrEnum):
    """What an officer decides about a received file."""

    USE = "use"
    REJECT = "reject"


@dataclass(frozen=True, slots=True)
class Decision:
    """An officer's decision about the bytes of a file, whatever it is named later.

    ``over`` are the contents (SHA-256) that a chosen file was preferred to: one that arrives later is not
    among them. ``undone_on`` is set once the decision was taken back; it is kept all the same.
    """

    choice: Choice
    file: str
    sha256: str
    unit: str
    reason: str
    who: str
    when: datetime
    over: tuple[str, ...] = ()
    undone_by: str = ""
    undone_on: datetime | None = None


class Opinion(StrEnum):
    """What a unit answers when it is asked to mend or to confirm something."""

    MENDED = "mended"
    KEPT = "kept"
    NOT_AVAILABLE = "not_available"


@dataclass(frozen=True, slots=True)
class Reply:
    """What a unit answers about one finding, on the list of what it was asked to mend.

    ``finding`` is the finding's short name. ``issued`` is when the list was made, as ISO text: of several
    lists the latest counts. ``about`` is the SHA-256 of the return that the list speaks of ("": of none).
    """

    finding: str
    unit: str
    opinion: Opinion
    reason: str = ""
    issued: str = ""
    about: str = ""
    at: CellRef | None = None


@dataclass(frozen=True, slots=True)
class Acceptance:
    """An officer's acceptance of one finding: what it is about is used as it stands, and disclosed.

    ``finding`` is the finding's short name ("SL02-3f9c1a"), so another value is another fault, not accepted;
    ``said`` is what it said when it was accepted, as one line. ``proposed``: only the unit's wish to keep
    its figure (``who``: the unit's code), which decides nothing until an officer confirms it.
    """

    finding: str
    unit: str
    said: str
    reason: str
    document: str
    who: str
    when: datetime
    proposed: bool = False
    undone_by: str = ""
    undone_on: datetime | None = None


@dataclass(frozen=True, slots=True)
class Return:
    """One received file and everything read from it. Only a REPLY has ``replies``."""

    file: str
    sha256: str
    status: ReturnStatus
    unit: str = ""
    year: int | None = None
    submission: Submission = Submission()
    observations: Sequence[Observation] = ()
    findings: tuple[Finding, ...] = ()
    replies: tuple[Reply, ...] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """A ratio as its two counts. Tallies add; a share is derived and can't be averaged."""

    numerator: int = 0
    denominator: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.numerator + other.numerator, self.denominator + other.denominator)

    @property
    def share(self) -> Fraction | None:
        """Numerator over denominator, None where the denominator is 0."""
        return Fraction(self.numerator, self.denominator) if self.denominator else None

    def reaches(self, at_least: int) -> bool:
        """Whether the share is at least ``at_least`` percent, decided on whole numbers."""
        return self.numerator * 100 >= at_least * self.denominator


class Verdict(StrEnum):
    MET = "met"
    MISSED = "missed"
    INSUFFICIENT = "insufficient"
    NONE_ARISING = "none_arising"
    NOT_APPLICABLE = "not_applicable"
    NOT_DUE = "not_due"


class Basis(StrEnum):
    """How a verdict is known: every unit answered; missing ones can't change it; enough answered."""

    COMPLETE = "complete"
    SAFE = "safe"
    PARTIAL = "partial"


@dataclass(frozen=True, slots=True)
class Coverage:
    """``reported`` of ``expected`` units gave a usable answer ("không phát sinh" is one)."""

    reported: int
    expected: int


@dataclass(frozen=True, slots=True)
class Bounds:
    """Lowest and highest share that the missing units could still give; None where not computable."""

    low: Fraction | None = None
    high: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Weight:
    """The same coverage weighed by what is counted: ``reported`` of ``expected`` persons, dossiers …"""

    reported: int
    expected: int


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one unit adds to a result: its tally, or the state that explains why there is none.

    ``known_denominator`` is set where the unit gave a usable total but no usable numerator.
    """

    unit: str
    state: State
    tally: Tally | None = None
    known_denominator: int | None = None
    observations: tuple[Observation, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """A target of the plan, judged: integers, verdict with its basis, coverage, bounds, who gave what.

    ``at_least`` is the threshold in percent that was applied (for a 2030 target: the one that it will
    have to reach). ``missing`` names units in roster order. ``weight`` is None where a missing unit's total
    is not known, or units themselves are counted. ``control`` is what the system in charge holds; where that
    is printed, it is the ``tally`` that was judged, and ``own_tally`` what the units add up to (else None).
    """

    item: str
    tally: Tally
    at_least: int
    verdict: Verdict
    basis: Basis | None
    coverage: Coverage
    bounds: Bounds = Bounds()
    contributions: tuple[Contribution, ...] = ()
    missing: tuple[str, ...] = field(default=())
    weight: Weight | None = None
    control: Control | None = None
    own_tally: Tally | None = None


@dataclass(frozen=True, slots=True)
class Estimate:
    """What units expect of the whole year, printed beside a result and never part of it.

    ``value`` is the sum over the units that gave one, ``so_far`` what the same units have reported as done.
    """

    item: str
    value: int
    so_far: int
    observations: tuple[Observation, ...]


@dataclass(frozen=True, slots=True)
class Outlook:
    """How far a result is from a threshold of a later year, in points between printed percentages.

    ``distance`` is 0 or less once the threshold is reached, and ``per_year`` then 0; ``per_year`` is never
    less than what reaches the threshold in ``years`` years.
    """

    due: int
    years: int
    distance: Decimal
    per_year: Decimal


class Incomparable(StrEnum):
    """Why a result isn't set against last year's: other areas, no figure, another source, too few units."""

    GEOGRAPHY = "geography"
    NO_FIGURE = "no_figure"
    SOURCE = "source"
    COVERAGE = "coverage"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A target in ``year``, the one before, and now: printed percentages and the points between them.

    ``points`` is None where the two can't be compared, for the reason ``why``; the percentages are None too
    where the areas differ or there is no figure.
    """

    item: str
    year: int
    before: Decimal | None = None
    now: Decimal | None = None
    points: Decimal | None = None
    why: Incomparable | None = None


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of one counted field (of a channel, the funding, a survey) over the units that gave it.

    ``value`` is None where no unit gave a number.
    """

    item: str
    field: str
    value: int | None
    coverage: Coverage
    contributions: tuple[Observation, ...] = ()


class TaskState(StrEnum):
    """How far a task is; UNKNOWN: the body has not sent, or left it open."""

    DONE = "done"
    ONGOING = "ongoing"
    NOT_DONE = "not_done"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class TaskStatus:
    """One task of one body; ``observations`` are the answers it was read or derived from."""

    item: str
    unit: str
    state: TaskState
    observations: tuple[Observation, ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """Everything the report says in figures: targets, sums of channels and funding, tasks, in plan order."""

    results: tuple[Result, ...]
    totals: tuple[Total, ...]
    tasks: tuple[TaskStatus, ...]
    estimates: tuple[Estimate, ...] = ()
