"""The submission (tờ trình) that lays the draft of the province's report before the province.

Source: NĐ 30/2020 Phụ lục I, II.9b; Phụ lục III, Mẫu 1.4.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from dvctt_report.model import Verdict
from dvctt_report.papers.letters.letter import NamedDocument, letter_tail
from dvctt_report.report.citing import document_head, plan_cited, plan_title
from dvctt_report.report.narrative import returns_counted, targets_counted, with_verdict
from dvctt_report.report.settings import Issuer
from dvctt_report.report.telling import Telling
from dvctt_report.report.wording import for_print, join_terms
from dvctt_report.year.summary.totals import tally_done


@dataclass(frozen=True, slots=True)
class SubmissionText:
    """Why, what came out in a few figures, what is asked, what is enclosed."""

    opening: str
    returns: tuple[str, ...]
    results: tuple[str, ...]
    request: str
    enclosed: str
    closing: str


SubmissionLetter: TypeAlias = NamedDocument[SubmissionText]


def make_submission(told: Telling, draft: Issuer) -> SubmissionLetter:
    """Submit the report that ``draft`` issues; the voice is that of the office that drew it up.

    Its sentences about figures are the report's own. Always a draft, as what it submits is one.
    """
    dataset, voice = told.year.dataset, told.voice
    issuer, period = voice.issuer, dataset.period
    about = {"issuer": issuer.name, "province": draft.name, "ministry": draft.addressee}
    correcting = sum(line.correcting for line in told.year.lines)
    more = [voice.say("submission.correcting", n=voice.count(correcting))] if correcting else []
    text = SubmissionText(
        opening=voice.say(
            "submission.opening",
            plan=plan_cited(dataset, voice),
            title=plan_title(dataset, voice),
            addressee=issuer.addressee,
            **period.slots,
            **about,
        ),
        returns=(" ".join([returns_counted(told.year.lines, voice), *more]),),
        results=_results(told),
        request=voice.say("submission.request", **about),
        enclosed=voice.say("submission.enclosed", **period.slots, **about),
        closing=voice.say("submission.closing", issuer=issuer.name, addressee=issuer.addressee),
    )
    head = document_head(dataset, voice, "submission.subject", kind="TTr-")
    return for_print(NamedDocument(head=head, text=voice.introduce(text), tail=letter_tail(voice)))


def _results(told: Telling) -> tuple[str, ...]:
    """How the targets came out, those missed one by one, those not judged by name; the tasks."""
    views, voice = told.views, told.voice
    said = [targets_counted(told)]
    missed = with_verdict(views, Verdict.MISSED)
    if missed:
        said.append(voice.say("submission.missed", n=voice.count(len(missed))))
        for view in missed:
            slots = {"name": view.flag(view.target.label), "figure": view.figure, "goal": view.goal}
            said.append(f"- {view.voice.say('submission.missed_one', **slots)}")
    unclear = with_verdict(views, Verdict.INSUFFICIENT)
    if unclear:
        names = join_terms(view.name for view in unclear)
        said.append(voice.say("limit.insufficient", n=voice.count(len(unclear)), names=names))
    decided = {unit for view in views for unit in view.decided.counted(view.target, view.result)}
    if decided:
        said.append(voice.say("submission.decided", n=voice.count(len(decided))))
    tasks = tally_done(told.year.summary.tasks)
    if tasks.denominator:
        slots = {"done": voice.count(tasks.numerator), "all": voice.count(tasks.denominator)}
        said.append(voice.say("submission.tasks", **slots))
    return tuple(said)
