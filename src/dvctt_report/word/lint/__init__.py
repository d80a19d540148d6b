"""Is a Word file in the format of Nghị định 30/2020/NĐ-CP? One small function a check."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from operator import attrgetter
from pkgutil import iter_modules

from dvctt_report.text.vietnamese import format_date
from dvctt_report.word.document import read_document
from dvctt_report.word.lint.check import (
    ABSENT,
    Block,
    Check,
    NotApplicable,
    NotEvaluated,
    Quote,
    Settings,
    quote,
)
from dvctt_report.word.lint.outcome import (
    CheckResult,
    FileVerdict,
    LintFinding,
    Outcome,
    Spot,
    Status,
    place_of,
    spot_of,
)
from dvctt_report.word.lint.parts import Paper
from dvctt_report.word.lint.recognise import (
    DECREE_IN_FORCE,
    SAY_THE_KIND,
    other_papers,
    recognise,
    why_declined,
)
from dvctt_report.word.nd30 import ANNEX, PUT_INTO_FORCE
from dvctt_report.word.source import Source

_MODULES = [import_module(f"{__name__}.{m.name}") for m in iter_modules(__path__) if "checks_" in m.name]
CHECKS: tuple[Check, ...] = tuple(
    sorted(
        {found for module in _MODULES for found in vars(module).values() if isinstance(found, Check)},
        key=attrgetter("code"),
    )
)
"""Every check of the modules named ``checks_…``, in the order of their numbers."""
_WORST_FIRST = (Outcome.FAIL, Outcome.NOT_EVALUATED, Outcome.PASS, Outcome.NOT_APPLICABLE)


def lint_source(
    source: Source, name: str, settings: Settings, checks: tuple[Check, ...] = CHECKS
) -> FileVerdict:
    """Check an opened file under the name ``name``. Raises Refused where a part is damaged."""
    paper = recognise(read_document(source), settings.kind)
    if paper.kind != ANNEX:
        declined = None if settings.kind else next(other_papers(paper), None)
        if declined is None and paper.day is not None and paper.day < DECREE_IN_FORCE:
            day, begin = format_date(paper.day), format_date(DECREE_IN_FORCE)
            declined = why_declined("old", day=day, begin=begin)
        if declined is not None:
            return FileVerdict(name, Status.DECLINED, reason=declined[0], remedy=declined[1])
        if not paper.kind:
            title = paper.title.kind or paper.title.other
            named = f"tên “{quote(title.text, 60)}”, " if title else ""
            seen, missing = (
                ", ".join(sign for sign, there in paper.signs.items() if there is wanted)
                for wanted in (True, False)
            )
            reason = f"Chưa rõ loại văn bản: thấy {named}{seen or 'lời văn'}; không thấy {missing}"
            return FileVerdict(name, Status.UNCLEAR, reason=reason, remedy=SAY_THE_KIND)
    findings: list[LintFinding] = []
    results: list[CheckResult] = []
    for check in checks if paper.kind != ANNEX else (c for c in checks if c.annexes):
        if settings.levels.get(check.code, check.severity) is None:
            results.append(CheckResult(check.code, Outcome.NOT_APPLICABLE, "bỏ qua theo tệp thiết lập"))
            continue
        findings_here, result = _run_check(check, paper, settings)
        # Texts with a name and rules of their own that the document puts into force.
        texts = (t for t in paper.enclosed if t.kind in PUT_INTO_FORCE and t.title.enclosed_in)
        for text in texts if check.texts else ():
            if check.block is Block.HEAD and text.head.motto is None:
                continue  # it need not bear state name and motto again
            within, other = _run_check(check, text, settings)
            for finding in within:
                place = f"{text.name_as_enclosed}: {finding.place}"
                findings_here.append(
                    replace(finding, place=place, spot=Spot(Block.ANNEX, finding.spot.paragraph))
                )
            result = min(result, other, key=lambda r: _WORST_FIRST.index(r.outcome))
        findings += findings_here
        results.append(result)
    number = paper.head.number.text if paper.head.number else ""
    return FileVerdict(name, Status.CHECKED, paper.kind, number, tuple(findings), tuple(results))


def _run_check(check: Check, paper: Paper, settings: Settings) -> tuple[list[LintFinding], CheckResult]:
    """Run one check: what it found, what fails first, and what that comes to."""
    failed, undecided, reason = list[LintFinding](), list[LintFinding](), ""
    part = attrgetter(check.needs)(paper) if check.needs else paper
    if not part:
        return [], CheckResult(check.code, Outcome.NOT_APPLICABLE, ABSENT[check.needs])
    for answer in check.function(*([part] if check.needs else []), paper, settings):
        if isinstance(answer, NotApplicable):
            reason = answer.reason
            continue
        words = answer.words if isinstance(answer.words, str) else quote(answer.words)
        at = words.paragraph if isinstance(words, Quote) else None
        spot = spot_of(paper, answer, at)
        spot = replace(spot, block=Block.ASKED) if check.block is Block.ASKED else spot
        place = answer.place or (place_of(paper, at) if at else "")
        level = settings.levels.get(check.code) or answer.severity or check.severity
        if isinstance(answer, NotEvaluated):
            about = (check.code, check.title, level, Outcome.NOT_EVALUATED, place, words, answer.reason)
            undecided.append(LintFinding(*about, "", "", check.source, (), spot, answer.blank))
        else:
            right, fix = (answer.expected, answer.fix) if answer.expected else check.always[answer.found]
            found, fix = answer.found, fix or f"Sửa thành {right}"
            if answer.said:
                found, right, fix = (text.format_map(answer.said) for text in (found, right, fix))
            about = (check.code, check.title, level, Outcome.FAIL, place, words, found)
            failed.append(LintFinding(*about, right, fix, check.source, answer.mends, spot))
    if failed:
        return [*failed, *undecided], CheckResult(check.code, Outcome.FAIL)
    if undecided:
        return undecided, CheckResult(check.code, Outcome.NOT_EVALUATED, undecided[-1].found)
    return [], CheckResult(check.code, Outcome.NOT_APPLICABLE if reason else Outcome.PASS, reason)


__all__ = ["CHECKS", "Check", "FileVerdict", "Settings", "lint_source"]
