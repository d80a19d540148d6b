"""The page for the signer: results, what is uncertain, who has not sent, what changed, what to decide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from dvctt_report.dataset import Dataset
from dvctt_report.letters.changes import Changes, NoDraft
from dvctt_report.model import (
    Basis,
    Finding,
    FindingState,
    ReturnStatus,
    Severity,
    State,
    Summary,
    TaskState,
    Verdict,
)
from dvctt_report.nd30.format import component
from dvctt_report.nd30.metrics import break_lines
from dvctt_report.nd30.page import LINE_EM
from dvctt_report.report.context import fit_for_print
from dvctt_report.report.narrative import moment, verdict_counts, with_verdict
from dvctt_report.report.returns import ReturnLine, return_lines
from dvctt_report.report.targets import TargetView, target_views
from dvctt_report.report.wording import Voice, join_terms, map_strings
from dvctt_report.vietnamese import first_letter_capital, format_percent, format_points

LINE_WIDTH = 137.0
"""Width in mm of a line of the right column."""
LABEL_HEIGHT = 28.0
"""Points that a label of two lines takes in the left column, the least height of a part."""
ROOM = 620.0
"""Points that the six parts may take together: the page less its title, its note and a line to spare."""
_PARTS = ("missed", "uncertain", "not_sent", "changes", "decisions")


@dataclass(frozen=True, slots=True)
class SigningPage:
    """The page as strings; every part has at least one line."""

    about: str
    results: tuple[str, ...]
    missed: tuple[str, ...]
    uncertain: tuple[str, ...]
    not_sent: tuple[str, ...]
    changes: tuple[str, ...]
    decisions: tuple[str, ...]
    note: str


def signing_page(
    dataset: Dataset,
    summary: Summary,
    findings: Iterable[Finding],
    changes: Changes | NoDraft,
    voice: Voice,
) -> SigningPage:
    """Say on one page what the signer has to know.

    ``changes`` against the draft before, or why there is none to compare with.
    """
    kept = tuple(findings)
    lines = return_lines(dataset, kept)
    views = target_views(dataset, summary, {line.unit.code: line for line in lines}, voice)
    page = SigningPage(
        about=voice.say("signing.about", year=str(dataset.year), as_of=moment(voice.issuer.as_of)),
        results=_results(dataset, summary, lines, views, voice),
        missed=_missed(views, voice),
        uncertain=_uncertain(dataset, lines, views, kept, voice),
        not_sent=_not_sent(lines, voice),
        changes=_changes(changes, views, dataset, voice),
        decisions=_decisions(dataset, lines, views, voice),
        note=voice.say("signing.note"),
    )
    return map_strings(_on_one_page(page, voice), fit_for_print)


def _results(
    dataset: Dataset,
    summary: Summary,
    lines: Sequence[ReturnLine],
    views: Sequence[TargetView],
    voice: Voice,
) -> tuple[str, ...]:
    """Three lines: verdicts, tasks, returns."""
    due, parts = verdict_counts(views, voice)
    counted = voice.say("signing.results", n=voice.count(due), year=str(dataset.year), parts=parts)
    by_state = Counter(status.state for status in summary.tasks)
    known = len(summary.tasks) - by_state[TaskState.UNKNOWN]
    slots = {"done": voice.count(by_state[TaskState.DONE]), "all": voice.count(known)}
    tasks = voice.say("signing.tasks", **slots) if known else voice.say("signing.no_tasks")
    return counted, tasks, _returns(lines, voice)


def _missed(views: Sequence[TargetView], voice: Voice) -> tuple[str, ...]:
    said = []
    for view in with_verdict(views, Verdict.MISSED):
        points = format_points(Decimal(view.result.at_least), view.printed or Decimal(0))
        said.append(voice.say("signing.missed", name=_named(view), rate=view.rate, points=points))
    return _dashed(said, voice)


def _named(view: TargetView) -> str:
    return first_letter_capital(view.name)


def _returns(lines: Sequence[ReturnLine], voice: Voice) -> str:
    received = [line for line in lines if line.received]
    expected = voice.count(len(lines))
    if not received:
        return voice.say("signing.no_returns", expected=expected)
    by_status = Counter(line.status for line in received)
    timely = [
        voice.say(f"returns.{s}", n=voice.count(by_status[s]))
        for s in ("on_time", "late", "undated", "paper")
        if by_status[s]
    ]
    return voice.say(
        "signing.returns",
        received=voice.count(len(received)),
        expected=expected,
        timeliness=", ".join(timely),
    )


def _uncertain(
    dataset: Dataset,
    lines: Sequence[ReturnLine],
    views: Sequence[TargetView],
    findings: Sequence[Finding],
    voice: Voice,
) -> tuple[str, ...]:
    said = []
    unclear = with_verdict(views, Verdict.INSUFFICIENT)
    if unclear:
        listed = join_terms(view.name for view in unclear)
        said.append(voice.say("signing.insufficient", n=voice.count(len(unclear)), names=listed))
    said += [_partial(view, voice) for view in views if view.result.basis is Basis.PARTIAL]
    said += _found(dataset, findings, voice)
    for status in ("unusable", "paper"):
        names = [line.unit.short_name for line in lines if line.status == status]
        if names:
            said.append(voice.say(f"signing.{status}", n=voice.count(len(names)), names=join_terms(names)))
    return _dashed(said, voice)


def _partial(view: TargetView, voice: Voice) -> str:
    result = view.result
    low, high = result.bounds.low, result.bounds.high
    bounds = ""
    if low is not None and high is not None:
        shown = (format_percent(low, result.at_least), format_percent(high, result.at_least))
        bounds = voice.say("signing.bounds", low=shown[0], high=shown[1])
    return voice.say(
        "signing.partial",
        name=_named(view),
        figure=view.figure,
        reported=voice.count(result.coverage.reported),
        expected=voice.count(result.coverage.expected),
        bounds=bounds,
    )


def _found(dataset: Dataset, findings: Sequence[Finding], voice: Voice) -> list[str]:
    """Say how much is barred, used unconfirmed, or accepted, and whose it is."""
    open_ones = [f for f in findings if f.state is FindingState.OPEN and f.unit]
    kinds = (
        ("barred", [f for f in open_ones if f.severity is Severity.ERROR]),
        ("unconfirmed", [f for f in open_ones if f.severity is Severity.WARNING]),
        ("accepted", [f for f in findings if f.state is FindingState.ACCEPTED]),
    )
    said = []
    for name, found in kinds:
        units = [u.short_name for u in dataset.units if any(f.unit == u.code for f in found)]
        if found:
            counts = {"n": voice.count(len(found)), "names": join_terms(units)}
            if name != "accepted":
                counts["units"] = voice.count(len(units))
            said.append(voice.say(f"signing.{name}", **counts))
    return said


def _not_sent(lines: Sequence[ReturnLine], voice: Voice) -> tuple[str, ...]:
    said = []
    for duty in ("required", "asked"):
        missing = [line.unit for line in lines if line.status == "missing" and line.unit.duty == duty]
        names = [unit.short_name for unit in missing]
        if names:
            said.append(voice.say(f"signing.{duty}", n=voice.count(len(names)), names=join_terms(names)))
    return _dashed(said, voice, "signing.all_sent")


def _changes(
    changes: Changes | NoDraft, views: Sequence[TargetView], dataset: Dataset, voice: Voice
) -> tuple[str, ...]:
    if isinstance(changes, NoDraft):
        return (voice.say(f"signing.{changes.value}"),)
    names = {unit.code: unit.short_name for unit in dataset.profile.roster.units}
    said = []
    for what in ("now_sent", "now_missing"):
        codes: tuple[str, ...] = getattr(changes, what)
        if codes:
            said.append(voice.say(f"signing.{what}", names=join_terms(names.get(c, c) for c in codes)))
    targets = {view.target.code: view for view in views}
    for code, old, new in changes.targets:
        if code in targets:
            states = [
                voice.say(
                    "signing.target_state",
                    rate=s.percent or voice.say("sign.not_available"),
                    verdict=voice.say(f"verdict.{s.verdict}").lower(),
                    reported=voice.count(s.reported),
                    expected=voice.count(s.expected),
                )
                for s in (old, new)
            ]
            slots = {"name": _named(targets[code]), "old": states[0], "new": states[1]}
            said.append(voice.say("signing.target_changed", **slots))
    if changes.n_figures:
        said.append(voice.say("signing.figures_changed", n=voice.count(changes.n_figures)))
    return _dashed(said, voice, "signing.no_change")


def _decisions(
    dataset: Dataset, lines: Sequence[ReturnLine], views: Sequence[TargetView], voice: Voice
) -> tuple[str, ...]:
    said = []
    undecided = {r.unit for r in dataset.returns if r.status is ReturnStatus.UNDECIDED}
    names = [line.unit.short_name for line in lines if line.unit.code in undecided]
    if names:
        said.append(voice.say("signing.choose_file", names=join_terms(names)))
    exempt = [
        (view, c.unit)
        for view in views
        for c in view.result.contributions
        if c.state is State.NOT_APPLICABLE and c.unit in view.result.missing
    ]
    if exempt:
        short = {line.unit.code: line.unit.short_name for line in lines}
        asked = [f"{short.get(unit, unit)} ({view.name})" for view, unit in exempt]
        said.append(voice.say("signing.exemptions", n=voice.count(len(exempt)), names=join_terms(asked)))
    said += [voice.say("signing.no_document", name=v.name) for v in views if v.lacks_document]
    if any(line.status in ("late", "missing") for line in lines) or with_verdict(views, Verdict.MISSED):
        how = voice.say(f"signing.naming_{voice.issuer.naming}")
        said.append(voice.say("signing.choose_naming", how=how))
    blanks = _blanks(dataset, voice)
    if blanks:
        said.append(voice.say("signing.blanks", names=join_terms(blanks)))
    return _dashed(said, voice)


def _blanks(dataset: Dataset, voice: Voice) -> list[str]:
    document = dataset.profile.plan.document
    facts = (
        ("plan_number", document.number),
        ("plan_date", document.date),
        ("signer", voice.issuer.signer_name),
    )
    return [voice.say(f"signing.blank_{name}") for name, known in facts if not known]


def _dashed(said: Sequence[str], voice: Voice, nothing: str = "signing.nothing") -> tuple[str, ...]:
    return tuple(f"- {one}" for one in said) or (voice.say(nothing),)


# ---------------------------------------------------------------------------------------------- one page


def _on_one_page(page: SigningPage, voice: Voice) -> SigningPage:
    """Leave out the last lines of the longest parts until the page holds all; it is said how many."""
    parts = {name: list(getattr(page, name)) for name in _PARTS}
    hidden = dict.fromkeys(parts, 0)

    def shown(name: str) -> tuple[str, ...]:
        more = f"- {voice.say('signing.others', n=voice.count(hidden[name]))}"
        return (*parts[name], *([more] if hidden[name] else ()))

    def room() -> float:
        return sum(max(LABEL_HEIGHT, _height(part)) for part in (page.results, *map(shown, parts)))

    while room() > ROOM and any(parts.values()):
        longest = max(parts, key=lambda name: _height(parts[name]))
        parts[longest].pop()
        hidden[longest] += 1
    return replace(
        page,
        missed=shown("missed"),
        uncertain=shown("uncertain"),
        not_sent=shown("not_sent"),
        changes=shown("changes"),
        decisions=shown("decisions"),
    )


def _height(lines: Iterable[str]) -> float:
    """Say how high the lines stand in points, as set in the right column."""
    style = component("memo_line")
    n_printed = [len(break_lines(line, LINE_WIDTH, style).split("\n")) for line in lines]
    return sum(n * style.size * LINE_EM + style.before + style.after for n in n_printed)
