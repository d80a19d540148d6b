"""What the linter says of a document: findings, where on the page they stand, what became of every check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from dvctt_report.model.severity import Severity
from dvctt_report.text.grouping import by_key
from dvctt_report.word.document import Paragraph, Table
from dvctt_report.word.lint.check import Block, Fault, Mend, NotEvaluated
from dvctt_report.word.lint.looks import LOOKS, pieces_in
from dvctt_report.word.lint.parts import Paper, marks
from dvctt_report.word.nd30 import ANNEX
from dvctt_report.word.tree import W


def place_of(paper: Paper, paragraph: Paragraph) -> str:
    """Name the part of the page or the section of the text that a paragraph belongs to."""
    if paragraph.part != paper.document.source.main:
        return "Chân trang (footer)" if "footer" in paragraph.part else "Đầu trang (header)"
    if named := _place_by_element(paper).get(id(paragraph.element)):
        return named
    for text in paper.enclosed:
        if text.pieces[0].paragraph.number <= paragraph.number <= text.pieces[-1].paragraph.number:
            return f"{text.name_as_enclosed}: {place_of(text, paragraph)}"
    starts = [annex.label.paragraph.number for annex in paper.annexes]
    above = [annex for annex, start in zip(paper.annexes, starts, strict=True) if start <= paragraph.number]
    cell = paragraph.cell
    if cell is None:
        if above:
            return above[-1].name
        return "Hộp chữ (text box)" if paragraph.box is not None else "Nội dung"
    where = f"dòng {cell.row + 1}, cột {cell.column + 1}"
    if not above:
        return f"{table_name(paper, cell.table)}, {where}"
    seen = ((t.number, paper.document.first_in(t)) for t in paper.document.tables if t.bordered)
    held = ((n, sum(start <= first.number for start in starts)) for n, first in seen if first)
    here = [n for n, count in held if count == len(above)]
    if here == [cell.table.number]:
        return f"{above[-1].name}, bảng, {where}"
    n = f"bảng {here.index(cell.table.number) + 1}" if cell.table.number in here else "bảng không kẻ"
    return f"{above[-1].name}, {n}, {where}"


@lru_cache(maxsize=4)
def _place_by_element(paper: Paper) -> dict[int, str]:
    """The parts by the ids of their paragraphs' elements."""
    title, signature = paper.title, paper.signature
    parts = [(row.place, piece) for row in LOOKS for group in pieces_in(paper, row.held) for piece in group]
    parts += [("Kính gửi", piece) for piece in (title.addressee, *title.addressees) if piece]
    names = (signature.name, *(signer.name for signer in signature.co_signers))
    parts += [("Họ tên người ký", name) for name in names if name]
    parts += [("Căn cứ", piece) for piece in paper.bases]
    by_element = {id(mark.piece.paragraph.element): mark.place for mark in marks(paper)}
    return by_element | {id(piece.paragraph.element): place for place, piece in reversed(parts)}


def table_name(paper: Paper, table: Table) -> str:
    """What a table is called by one who looks at the page, on which those without lines aren't seen."""
    seen = [other.number for other in paper.document.tables if other.bordered]
    return f"Bảng {seen.index(table.number) + 1}" if table.number in seen else "Bảng không kẻ"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a fault stands: its block, and the paragraph to look at, None where there is none to point to."""

    block: Block
    paragraph: Paragraph | None

    @property
    def page(self) -> int | None:
        """The page to look at as Word left it in the file, None where nothing tells."""
        return self.paragraph.page if self.paragraph else None

    @property
    def order(self) -> tuple[int, int]:
        """Its rank from the first page to the last."""
        return list(Block).index(self.block), self.paragraph.number if self.paragraph else -1


NOWHERE = Spot(Block.HEAD, None)
_OF_MISSING = {
    Block.END: ("Nơi nhận", "Chức vụ", "Họ tên"),
    Block.TEXT: ("Căn cứ", "Nội dung"),
    Block.ANNEX: ("Phụ lục",),
}
"""How the places of parts begin that may be missing; what isn't there has no words to stand by."""


def spot_of(paper: Paper, fault: Fault | NotEvaluated, at: Paragraph | None) -> Spot:
    """Where to look for a fault: at its words, else at what would be mended, else where its part belongs."""
    document, begins = paper.document, _block_starts(paper)
    for element in (m.element for m in fault.mends) if at is None and isinstance(fault, Fault) else ():
        if section := next((s for s in document.sections if s.element is element), None):
            at = at or document.first_shown(section)
        else:
            within = element if element.tag == f"{W}p" else next(element.iterancestors(f"{W}p"), None)
            at = at or next((p for p in document.printed if p.element is within), None)
    if at is None:
        block = next((b for b, names in _OF_MISSING.items() if fault.place.startswith(names)), Block.HEAD)
        shown = [p for p in document.paragraphs if p.text.strip() and p.box is None]
        at = next((p for p in shown if p.number >= begins[block]), shown[-1] if shown else None)
    elif at.part != document.source.main:
        block = Block.HEAD
    else:
        block = next(block for block, begin in begins.items() if at.number >= begin)
    return Spot(Block.ANNEX if paper.kind == ANNEX else block, at)


@lru_cache(maxsize=4)
def _block_starts(paper: Paper) -> dict[Block, int]:
    """The numbers of the paragraphs with which the blocks begin, the last block first."""
    behind = [annex.label for annex in paper.annexes] + [text.pieces[0] for text in paper.enclosed]
    annex = min((p.paragraph.number for p in behind), default=len(paper.document.paragraphs))
    signature = paper.signature
    signed = [p for signer in signature.signers for p in (*signer.authority, signer.name)]
    numbers = [p.paragraph.number for p in (*signed, signature.recipients_title, *signature.recipients) if p]
    body = [p.paragraph.number for p in paper.body]
    end = min(numbers, default=max(body, default=annex - 1) + 1)
    text = min(min(body, default=end), end)
    return {Block.ANNEX: annex, Block.END: min(end, annex), Block.TEXT: text, Block.HEAD: 0}


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
    """Everything about one file: ``kind`` in words, "" for none; ``reason``: why declined or refused."""

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
class FaultGroup:
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


def group_faults(findings: Iterable[LintFinding], outcome: Outcome = Outcome.FAIL) -> tuple[FaultGroup, ...]:
    """Join what is found and expected alike, in the order of a page that is read from top to bottom.

    What a draft leaves open is no fault and not among the undecided: ``left_blank`` tells it.
    """
    wanted = (f for f in findings if f.outcome is outcome and not f.blank)
    groups = by_key(((f.code, f.level, f.found, f.expected), f) for f in wanted)
    joined = [FaultGroup(tuple(sorted(group, key=lambda f: f.spot.order))) for group in groups.values()]
    return tuple(sorted(joined, key=lambda told: (told.finding.spot.order, told.finding.code)))


def left_blank(verdict: FileVerdict) -> str:
    """One reminder of all that a draft leaves open, "" where nothing is."""
    count = Counter(f.blank for f in verdict.findings if f.blank)
    named = (f"{what} ({n} chỗ)" if n > 1 and "chỗ" in what else what for what, n in count.items())
    return f"Còn để trống, còn là dự thảo: {'; '.join(named)}" if count else ""


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
