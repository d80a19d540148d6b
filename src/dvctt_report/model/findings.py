"""What is wrong or odd, what units said of it, what the officer accepted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from dvctt_report.model.answers import CellRef, OfCell, Override, Ruling
from dvctt_report.model.severity import Severity


class FindingState(StrEnum):
    """An accepted finding carries the officer's reason and document; it is printed, not asked again.

    ``overridden``: it is about what stood in a cell before the officer put a figure of his own there.
    ``left_out``: the figure stays out of the totals by his decision, until its unit mends it.
    """

    OPEN = "open"
    ACCEPTED = "accepted"
    OVERRIDDEN = "overridden"
    LEFT_OUT = "left_out"

    @property
    def word(self) -> str:
        """What it is called wherever findings are told."""
        return _WORDS[self]


_SAID = ("chưa xử lý", "đã chấp nhận", "đã đính chính", "để ngoài tổng hợp")
_WORDS = dict(zip(FindingState, _SAID, strict=True))


@dataclass(frozen=True, slots=True)
class FieldRef:
    """A field of an item; ``field`` "" for all of them."""

    item: str
    field: str


class _Named(OfCell):
    """Room for the short name of a finding, worked out once: no part of what it is."""

    __slots__ = ("name",)
    name: str


@dataclass(frozen=True, slots=True)
class Finding(_Named):
    """What is to be said about a return, by intake and rules alike.

    ``message`` says where, what was found and why it cannot be used; ``fix`` what to do about it.
    ``value`` is the offending content as text. ``acceptance`` is what an accepted one was accepted by.
    ``against`` are further figures of the unit that may be the wrong ones: an open error keeps them out too.
    ``about`` is the short name of the finding that a unit's unclear reply is about.
    ``part`` is the commune whose answer it is about ("": the unit's own, or a line of a list).
    ``aside`` is what of ``message`` tells of other units: it changes as they send, and names nothing.
    ``told`` is what its unit is told of it, where ``message`` speaks to the officer.
    ``whole``: it is about the whole return, of which nothing is used while it bars; else ``figures`` are out.
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
    against: tuple[FieldRef, ...] = ()
    part: str = ""
    acceptance: Acceptance | None = None
    about: str = ""
    aside: str = ""
    told: str = ""
    whole: bool = False

    @property
    def figures(self) -> tuple[FieldRef, ...]:
        """The figures of the unit that are in doubt while this is an open error; none for a whole return."""
        own = (FieldRef(self.item, self.field),) if self.item else ()
        return (*own, *self.against)

    @property
    def is_open(self) -> bool:
        return self.state is FindingState.OPEN

    @property
    def bars(self) -> bool:
        """Whether it keeps the figures of its unit out of the totals, be it open or decided so."""
        undone = self.state in (FindingState.OPEN, FindingState.LEFT_OUT)
        return undone and self.severity is Severity.ERROR and bool(self.unit)


def count_open(findings: Iterable[Finding]) -> dict[Severity, int]:
    """How many findings of each severity are still open."""
    counts = dict.fromkeys(Severity, 0)
    for finding in findings:
        counts[finding.severity] += finding.is_open
    return counts


_ID_DIGITS = 6
_GROUPED = re.compile(r"[0-9]{1,3}(?:[. \u00a0][0-9]{3})+")


def finding_id(finding: Finding) -> str:
    """Name ``finding`` as an officer refers to it: its code and six hexadecimal digits ("SL02-3f9c1a").

    The same fault has the same name on every run and in every file of the unit; another value in the
    cell is another fault, and so is the same value of another commune; what other units send meanwhile
    changes nothing. A number is the same however its thousands are parted ("1.000", "1000"): a unit that was
    asked to type it anew keeps its answer. Where the unit isn't known, the file tells them apart.
    """
    try:
        return finding.name
    except AttributeError:
        pass
    whose = finding.unit or (finding.at.file if finding.at else "")
    message = finding.message.replace(finding.aside, "", 1)
    value = finding.value
    value = "".join(filter(str.isdigit, value)) if _GROUPED.fullmatch(value) else value
    facts = [finding.code, whose, finding.item, finding.field, value, message]
    facts += [finding.part] if finding.part else []
    name = f"{finding.code}-{sha256(chr(0).join(facts).encode()).hexdigest()[:_ID_DIGITS]}"
    object.__setattr__(finding, "name", name)
    return name


class ReplyKind(StrEnum):
    """What a unit answers when it is asked to mend or to confirm something."""

    MENDED = "mended"
    KEPT = "kept"
    NOT_AVAILABLE = "not_available"


@dataclass(frozen=True, slots=True)
class Reply:
    """What a unit answers about one finding, on the list of what it was asked to mend."""

    finding: str
    """The finding's short name."""
    unit: str
    kind: ReplyKind
    reason: str = ""
    issued: str = ""
    """When the list was made, as ISO text: of several lists the latest counts."""
    about: str = ""
    """SHA-256 of the return that the list speaks of; "" of none."""
    at: CellRef | None = None


@dataclass(frozen=True, slots=True)
class Acceptance(Ruling):
    """An officer's acceptance of one finding: what it is about is used as it stands, and disclosed."""

    finding: str
    """The finding's short name ("SL02-3f9c1a"): another value is another fault, and not accepted."""
    unit: str
    said: str
    """What the finding said when it was accepted, as one line."""
    reason: str
    document: str
    who: str
    """The officer; of a proposal the unit's code."""
    when: datetime
    proposed: bool = False
    """The unit keeps its figure for a reason: nothing is decided until an officer accepts it."""


@dataclass(frozen=True, slots=True)
class LeftOut(Ruling, OfCell):
    """What an officer leaves out of the totals because its unit hasn't mended it; it counts as missing.

    A finding, a cell or, where neither is named, the whole return. It holds for what stood there.
    """

    unit: str
    said: str
    """What is left out, as one line."""
    reason: str
    document: str
    who: str
    when: datetime
    finding: str = ""
    """The short name of an open error: its scope stays out."""
    item: str = ""
    field: str = ""
    part: str = ""
    over: str = ""
    """What the cell said then; of a whole return the SHA-256 of its files."""


def grounds_of(decision: Acceptance | LeftOut | Override) -> str:
    """Say why it was decided so, and by which document where it rests on one."""
    return "; ".join(filter(None, (decision.reason, decision.document)))
