"""What the linter says of a document: findings, what became of every check, in lines for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from dvctt_report.grouping import by_key
from dvctt_report.lint.check import Block, Mend
from dvctt_report.lint.places import NOWHERE, Spot
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
class LintFinding:
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


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What became of one check, with the reason where it neither failed nor passed."""

    code: str
    outcome: Outcome
    reason: str = ""


@dataclass(frozen=True)
class FileVerdict:
    """Everything about one file. ``kind`` is the document's kind in words, "" where it was not looked at.

    ``reason`` and ``remedy`` say why a file was declined or refused.
    """

    file: str
    status: Status
    kind: str = ""
    number: str = ""
    findings: tuple[LintFinding, ...] = ()
    results: tuple[CheckResult, ...] = ()
    reason: str = ""
    remedy: str = ""

    def count(self) -> Counter[Severity]:
        """How many places fail, by level."""
        return Counter(f.level for f in self.findings if f.outcome is Outcome.FAIL)


@dataclass(frozen=True, slots=True)
class Told:
    """Findings that say the same of several places, in page order."""

    findings: tuple[LintFinding, ...]

    @property
    def finding(self) -> LintFinding:
        """The first of them."""
        return self.findings[0]

    @property
    def n_more(self) -> int:
        """At how many further places the same was found."""
        return len({(f.place, f.text) for f in self.findings}) - 1

    @property
    def place(self) -> str:
        """The part, the words quoted, and how often again."""
        page = f", trang {self.finding.spot.page}" if self.finding.spot.page else ""
        quoted = f": “{self.finding.text}”" if self.finding.text else ""
        more = f" và {self.n_more} chỗ khác" if self.n_more else ""
        return f"{self.finding.place or 'Toàn văn bản'}{page}{quoted}{more}"


def told_together(findings: Iterable[LintFinding], outcome: Outcome = Outcome.FAIL) -> tuple[Told, ...]:
    """Join what is found and expected alike, in the order of a page that is read from top to bottom."""
    groups = by_key(((f.code, f.level, f.found, f.expected), f) for f in findings if f.outcome is outcome)
    joined = [Told(tuple(sorted(group, key=lambda f: f.spot.order))) for group in groups.values()]
    return tuple(sorted(joined, key=lambda told: (told.finding.spot.order, told.finding.code)))


def left_blank(verdict: FileVerdict) -> str:
    """One reminder of all that a draft leaves open, "" where nothing is."""
    count = Counter(f.blank for f in verdict.findings if f.blank)
    named = (f"{what} ({n} chỗ)" if n > 1 and "chỗ" in what else what for what, n in count.items())
    return f"Còn để trống, còn là dự thảo: {'; '.join(named)}" if count else ""


def not_judged(verdict: FileVerdict) -> tuple[Told, ...]:
    """What could not be decided for another reason than a blank, told once each."""
    return told_together((f for f in verdict.findings if not f.blank), Outcome.NOT_EVALUATED)


def verdict_json(verdict: FileVerdict) -> dict[str, Any]:
    """A file's verdict as ``lint --format json`` gives it."""
    counts = verdict.count()
    return {
        "file": verdict.file,
        "status": str(verdict.status),
        "kind": verdict.kind or None,
        "number": verdict.number or None,
        "reason": verdict.reason or None,
        "remedy": verdict.remedy or None,
        "findings": [
            {
                "code": finding.code,
                "level": str(finding.level) if finding.outcome is Outcome.FAIL else None,
                "outcome": str(finding.outcome),
                "title": finding.title,
                "block": str(finding.spot.block),
                "page": finding.spot.page,
                "place": finding.place,
                "text": finding.text or None,
                "found": finding.found,
                "expected": finding.expected or None,
                "fix": finding.fix or None,
                "fixable": bool(finding.mends),
                "source": finding.source,
            }
            for finding in verdict.findings
        ],
        "checks": [
            {"code": r.code, "outcome": str(r.outcome), "reason": r.reason or None} for r in verdict.results
        ],
        "totals": {str(level): counts[level] for level in Severity},
    }


def by_block(verdict: FileVerdict) -> dict[Block, Counter[Severity]]:
    """How many places fail, by block and level."""
    failed = [f for f in verdict.findings if f.outcome is Outcome.FAIL]
    return {block: Counter(f.level for f in failed if f.spot.block is block) for block in Block}
