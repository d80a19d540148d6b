"""What the linter says of a document: findings, what became of every check, in lines for a terminal."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal, NamedTuple, TypeAlias

from dvctt_report.grouping import by_key
from dvctt_report.lint.check import BLOCK_NAMES, Block, Mend
from dvctt_report.lint.places import NOWHERE, Spot
from dvctt_report.severity import Severity
from dvctt_report.vietnamese import first_letter_capital


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
        "findings": [_finding_json(finding) for finding in verdict.findings],
        "checks": [
            {"code": r.code, "outcome": str(r.outcome), "reason": r.reason or None} for r in verdict.results
        ],
        "totals": {str(level): counts[level] for level in Severity},
    }


def _finding_json(finding: LintFinding) -> dict[str, Any]:
    return {
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


Style: TypeAlias = Literal["", "bold", "dim", "error", "warning", "info"]
_STYLE_OF: dict[Severity, Style] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "info",
}
_INDENT = " " * 13
"""Room for "  cảnh báo   ": what is said stands beside its level."""


class Line(NamedTuple):
    """One line of text no wider than asked for; ``lead`` is its beginning that bears the style."""

    text: str
    style: Style = ""
    lead: str = ""


def lines_of(verdict: FileVerdict, width: int) -> Iterator[Line]:
    """All that is said of one file, from the top of its first page to its annexes."""
    about = f" – {_called(verdict)}" if verdict.kind else ""
    yield from _wrapped(f"{verdict.file}{about}", width, "", "bold")
    if verdict.status is not Status.CHECKED:
        yield from _wrapped(f"{verdict.reason}. {verdict.remedy}", width, "  ")
        return
    told = told_together(verdict.findings)
    for block in Block:
        here = [one for one in told if one.finding.spot.block is block]
        if here:
            yield Line(f" {BLOCK_NAMES[block]}", "bold")
        for n, one in enumerate(here):
            yield from _finding(one, width, again=n > 0 and here[n - 1].place == one.place)
    pending, blank = not_judged(verdict), left_blank(verdict)
    if pending:
        yield Line(" Người kiểm tra tự xem", "bold")
    for one in pending:
        where = f"{one.finding.place}: " if one.finding.place else ""
        yield from _wrapped(f"{where}{one.finding.found} ({one.finding.code}).", width, "  ", "dim")
    if blank:
        yield from _wrapped(f"{blank}.", width, " ", "dim")
    if any(r.code == "TT71" and r.outcome is not Outcome.NOT_APPLICABLE for r in verdict.results):
        yield from _wrapped(_OF_FIGURES, width, " ", "dim")
    yield from _wrapped(sum_up(verdict), width, " ")


_OF_FIGURES = (
    "Số liệu trong văn bản: chỉ đối chiếu phần trên tổng với tỷ lệ, tổng với các phần trong một câu, dòng "
    "tổng của bảng, số với chữ."
)


def sum_up(verdict: FileVerdict) -> str:
    """One sentence: what it was checked as, how much is wrong and in which blocks, what passed."""
    counts = verdict.count()
    where = [f"{BLOCK_NAMES[block].lower()} {n}" for block in Block if (n := _in_block(verdict)[block])]
    blocks = f" ({' · '.join(where)})" if where else ""
    passed = sum(r.outcome is Outcome.PASS for r in verdict.results)
    return (
        f"{verdict.kind}: {counts[Severity.ERROR]} lỗi, {counts[Severity.WARNING]} cảnh báo, "
        f"{counts[Severity.INFO]} thông tin{blocks}; {passed} nội dung đạt."
    )


def table_of(verdicts: Sequence[FileVerdict]) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Heads and rows of the table of several documents: errors and warnings by block, and questions.

    A block in which no document has any has no column.
    """
    rows = [_row(verdict) for verdict in verdicts]
    heads = ("Tệp", "Loại", *(BLOCK_NAMES[block] for block in _PARTS), "Hỏi")
    shown = [n for n in range(len(heads)) if n < _NAMES or any(row[n] not in ("", "–") for row in rows)]
    return tuple(heads[n] for n in shown), [tuple(row[n] for n in shown) for row in rows]


_PARTS = tuple(block for block in Block if block not in (Block.PAGE, Block.ASKED))
"""The blocks that may have errors and warnings; questions have neither."""
_NAMES = 2
"""Columns of the table that say which document a row is about."""


def _row(verdict: FileVerdict) -> tuple[str, ...]:
    if verdict.status is not Status.CHECKED:
        return verdict.file, _STATES[verdict.status], *("" for _ in _PARTS), ""
    found = (f for f in verdict.findings if f.outcome is Outcome.FAIL)
    counts = Counter((f.spot.block, f.level) for f in found)
    cells = ((counts[b, Severity.ERROR], counts[b, Severity.WARNING]) for b in _PARTS)
    asked = _in_block(verdict)[Block.ASKED]
    return verdict.file, verdict.kind, *(_count(e, w) for e, w in cells), str(asked or "–")


def _count(errors: int, warnings: int) -> str:
    told = (f"{n} {name}" for n, name in ((errors, "lỗi"), (warnings, "cảnh báo")) if n)
    return ",\n".join(told) or "–"


_STATES = {Status.DECLINED: "không xét", Status.UNCLEAR: "chưa rõ loại", Status.REFUSED: "không đọc được"}


def _in_block(verdict: FileVerdict) -> Counter[Block]:
    return Counter(f.spot.block for f in verdict.findings if f.outcome is Outcome.FAIL)


def _called(verdict: FileVerdict) -> str:
    """ "Báo cáo số 15/BC-SNV"; without a number that is left blank."""
    number = verdict.number.partition(":")[2].strip() or verdict.number
    return f"{verdict.kind} số {number}" if re.match(r"\d", number) else verdict.kind


def _finding(told: Told, width: int, again: bool) -> Iterator[Line]:
    """What is wrong at a place, which isn't named ``again`` below another fault of it."""
    finding = told.finding
    level = f"  {finding.level.word}"
    right = f"; đúng: {finding.expected}" if finding.expected else ""
    what = _wrapped(f"{first_letter_capital(finding.found)}{right}.", width, _INDENT)
    where = [] if again else list(_wrapped(told.place, width, _INDENT))
    shown = [*where, *what]
    yield Line(level + shown[0].text[len(level) :], _STYLE_OF[finding.level], level)
    yield from shown[1:]
    yield from _wrapped(f"Cách sửa: {finding.fix}.", width, _INDENT)
    yield from _wrapped(f"{finding.source} · {finding.code}", width, _INDENT, "dim")


def _wrapped(text: str, width: int, indent: str, style: Style = "") -> Iterator[Line]:
    lines = textwrap.wrap(
        text, width, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False
    )
    yield from (Line(line, style) for line in lines)
