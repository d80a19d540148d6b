"""What is drafted for the officer to judge: strengths, limits, what comes next, what to ask of whom."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from dvctt_report.model import Progress, Verdict
from dvctt_report.plan.texts import DEPARTMENT
from dvctt_report.report.lead import LeadTarget, lead_targets
from dvctt_report.report.marks import without_marks
from dvctt_report.report.narrative import say_unsure, with_verdict
from dvctt_report.report.targets import TargetView, due_years
from dvctt_report.report.telling import Telling
from dvctt_report.report.wording import Voice, join_terms
from dvctt_report.text.vietnamese import format_points
from dvctt_report.year.summary.returns import ReturnLine

_PROMPT = re.compile(r"\[(?:[^\[\]]|\[[^\[\]]*\])*\][.;]?")


class Suggestion(str):
    """A sentence to judge, as it is printed, and the name of the pattern that it is made by."""

    __slots__ = ("pattern",)
    pattern: str

    def __new__(cls, pattern: str, text: str) -> Suggestion:
        """The sentence ``text``, made by ``pattern``."""
        made = super().__new__(cls, text)
        made.pattern = pattern
        return made


def _suggest(voice: Voice, pattern: str, **slots: str) -> Suggestion:
    return Suggestion(pattern, voice.say(pattern, **slots))


def is_prompt(text: str) -> bool:
    """Whether a paragraph is nothing but a prompt: it stands in square brackets."""
    return bool(_PROMPT.fullmatch(text.strip()))


def strengths(views: Sequence[TargetView], voice: Voice) -> tuple[Suggestion, ...]:
    """Draft what was done well from the targets met; where none was, ask for it."""
    met = with_verdict(views, Verdict.MET)
    if not met:
        return (_suggest(voice, "prose.ask_strengths", leave_out=voice.say("prose.leave_out")),)
    if voice.issuer.targets_as == "bang":
        return (_suggest(voice, "prose.met_told", **counted(met, Verdict.MET, voice)),)
    return (_suggest(voice, "prose.met", n=voice.count(len(met)), names=_listed(met)),)


def _listed(views: Sequence[TargetView]) -> str:
    """Name targets, those whose verdict isn't sure with the words that say so."""
    return join_terms(view.flag(view.name) for view in views)


def limits(lines: Sequence[ReturnLine], views: Sequence[TargetView], voice: Voice) -> tuple[Suggestion, ...]:
    """Write what the figures themselves show as lacking; a cause is never deduced."""
    late = sum(line.status == "late" for line in lines)
    missing = sum(line.status == "missing" for line in lines)
    unusable = sum(line.status == "unusable" for line in lines)
    paper = sum(line.status == "paper" for line in lines)
    correcting = sum(line.correcting for line in lines)
    said = []
    counts = (("not_sent", missing), ("paper", paper), ("unusable", unusable), ("late", late))
    parts = [voice.say(f"limit.{name}", n=voice.count(n)) for name, n in counts if n]
    if parts:
        said.append(_suggest(voice, "limit.returns", parts=", ".join(parts)))
    for name, verdict in (("missed", Verdict.MISSED), ("insufficient", Verdict.INSUFFICIENT)):
        found = with_verdict(views, verdict)
        if found and voice.issuer.targets_as == "bang":
            said.append(_suggest(voice, f"limit.{name}_told", **counted(found, verdict, voice)))
        elif found:
            said.append(_suggest(voice, f"limit.{name}", n=voice.count(len(found)), names=_listed(found)))
    if correcting:
        said.append(_suggest(voice, "limit.correcting", n=voice.count(correcting)))
    judged = not with_verdict(views, Verdict.PROGRESS)
    return tuple(said) or (_suggest(voice, "limit.nothing" if judged else "limit.nothing_half"),)


def directions(views: Sequence[TargetView], voice: Voice) -> tuple[Suggestion, ...]:
    """Draft the tasks ahead from the distance to the targets."""
    said = []
    for name in ("missed", "insufficient"):
        found = with_verdict(views, Verdict(name))
        if found:
            said.append(_suggest(voice, f"direction.{name}", **counted(found, Verdict(name), voice)))
    for progress in (Progress.BELOW, Progress.UNKNOWN):
        n = sum(v.progress is progress for v in with_verdict(views, Verdict.PROGRESS))
        if n:
            year = str(views[0].year.period.year)
            said.append(_suggest(voice, f"direction.progress_{progress}", n=voice.count(n), year=year))
    later = with_verdict(views, Verdict.NOT_DUE)
    if later and voice.issuer.targets_as == "bang":
        said.append(_suggest(voice, "direction.outlook_told", due=due_years(later)))
    elif later:
        names = join_terms(_with_distance(v) for v in later)
        said.append(_suggest(voice, "direction.outlook", due=due_years(later), names=names))
    met = with_verdict(views, Verdict.MET)
    if met:
        said.append(_suggest(voice, "direction.kept", **counted(met, Verdict.MET, voice)))
    return tuple(said)


def counted(views: Sequence[TargetView], verdict: Verdict, voice: Voice) -> dict[str, str]:
    """The slots of a sentence that counts targets: how many, and how many of them aren't sure."""
    return {"n": voice.count(len(views)), "unsure": say_unsure(views, verdict, voice)}


def _with_distance(view: TargetView) -> str:
    if (
        not view.enough
        or view.printed is None
        or view.result.goal is None
        or view.result.goal.by
        or view.known_goal.reached_by(view.result.tally)
    ):
        return view.name
    points = format_points(view.threshold, view.printed)
    return f"{view.name} (còn {view.mark('distance', points)})"


def recommendations(
    lines: Sequence[ReturnLine], views: Sequence[TargetView], leads: Iterable[LeadTarget], voice: Voice
) -> tuple[tuple[str, tuple[Suggestion, ...]], ...]:
    """Draft what to ask of those the text addresses, drawn from the facts: (heading, sentences) for each."""

    def of_units(name: str, asked: Iterable[ReturnLine]) -> list[Suggestion]:
        names = [line.unit.short_name for line in asked]
        told = {"n": voice.count(len(names)), "names": voice.named(names, voice.annexes.returns)}
        return [_suggest(voice, f"recommendation.{name}", **told)] if names else []

    missed = with_verdict(views, Verdict.MISSED)
    silent = [v for v in with_verdict(views, Verdict.INSUFFICIENT) if v.authority and not v.lacks_base]
    owing = (line for line in lines if line.status == "missing" and line.unit.duty == "required")
    province = [_suggest(voice, "recommendation.measure", ask=lead.ask) for lead in leads if lead.ask]
    province += of_units("missing", owing)
    if missed:
        province.append(_suggest(voice, "recommendation.missed", **counted(missed, Verdict.MISSED, voice)))
    province += [
        _suggest(voice, "recommendation.no_document", name=v.name) for v in views if v.lacks_document
    ]
    ministry = [_suggest(voice, "recommendation.statistics", name=v.name) for v in silent]
    correcting = (line for line in lines if line.correcting or line.status == "unusable")
    paper = (line for line in lines if line.status == "paper")
    bodies = [*of_units("correcting", correcting), *of_units("paper", paper)]
    blank = voice.say("prose.leave_out")
    drafted = {"to_province": province, "to_ministry": ministry, "to_bodies": bodies}
    return tuple(
        (
            voice.say(f"recommendation.{name}"),
            tuple(drafted[name]) or (_suggest(voice, f"prose.ask_{name}", leave_out=blank),),
        )
        for name in voice.issuer.text.addressed
    )


def suggested_by(told: Telling) -> Iterator[Suggestion]:
    """Every sentence that the text suggests of the present data, and each that the office's own would.

    Without marks of figures, prompts left out, each once.
    """
    lines, views, said = told.year.lines, told.views, dict[str, None]()
    for text in (told.voice.issuer.text, DEPARTMENT):
        voice = replace(told.voice, issuer=replace(told.voice.issuer, text=text))
        leads = lead_targets(told.year, views, voice)
        asked = (one for _, group in recommendations(lines, views, leads, voice) for one in group)
        for one in (
            *strengths(views, voice),
            *limits(lines, views, voice),
            *directions(views, voice),
            *asked,
        ):
            bare = without_marks(one)
            if not is_prompt(bare) and bare not in said:
                said[bare] = None
                yield Suggestion(one.pattern, bare)
