"""What the linter says of a document: findings, and what became of every check."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from dvctt_report.lint.blocks import NOWHERE, Spot
from dvctt_report.lint.check import Mend
from dvctt_report.severity import Severity


class Outcome(StrEnum):
    """What became of a check. Not applicable: the document has no such part; not evaluated: not decided."""

    FAIL = "fail"
    PASS = "pass"
    NOT_APPLICABLE = "not_applicable"
    NOT_EVALUATED = "not_evaluated"


class Status(StrEnum):
    """What became of a file.

    Declined: a document of another kind; unclear: someone must say what kind it is; refused: no file that can
    be read.
    """

    CHECKED = "checked"
    DECLINED = "declined"
    UNCLEAR = "unclear"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Finding:
    """One place that fails a check, or that a check could not decide about.

    ``expected`` and ``fix`` are "" and ``found`` is the reason where nothing was decided; ``spot`` is where
    to look on the page; ``blank`` names what a draft leaves open, "" where nothing is open.
    """

    code: str
    title: str
    level: Severity
    outcome: Outcome
    place: str
    text: str
    found: str
    expected: str
    fix: str
    source: str
    mends: tuple[Mend, ...] = ()
    spot: Spot = NOWHERE
    blank: str = ""
    with_consent: tuple[Mend, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What became of one check, with the reason where it neither failed nor passed."""

    code: str
    outcome: Outcome
    reason: str = ""


@dataclass(frozen=True)
class Verdict:
    """Everything about one file. ``kind`` is the document's kind in words, "" where it was not looked at.

    ``reason`` and ``remedy`` say why a file was declined or refused.
    """

    file: str
    status: Status
    kind: str = ""
    number: str = ""
    findings: tuple[Finding, ...] = ()
    results: tuple[CheckResult, ...] = ()
    reason: str = ""
    remedy: str = ""

    def count(self) -> Counter[Severity]:
        """How many places fail, by level."""
        return Counter(f.level for f in self.findings if f.outcome is Outcome.FAIL)
