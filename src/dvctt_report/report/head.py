"""The first page of a document down to its addressee, and who gets it."""

from __future__ import annotations

from dataclasses import dataclass

from dvctt_report.model.period import Period
from dvctt_report.plan.phrases import pattern_slots
from dvctt_report.report.citing import dated, number_line
from dvctt_report.report.wording import Voice
from dvctt_report.word.nd30 import LETTERHEAD_GRID, break_lines, component
from dvctt_report.year.dataset import Dataset

SUBJECT_WIDTH = 140.0
"""Longest line of the trích yếu in mm."""


@dataclass(frozen=True, slots=True)
class Head:
    """The first page down to the addressee, the signature, and what the annexes repeat of them."""

    parent_name: str
    issuer_name: str
    number_line: str
    date_line: str
    subject: str
    draft_mark: tuple[str, ...]
    addressee_line: str


def document_head(
    dataset: Dataset, voice: Voice, subject: str, kind: str = "BC-", final: bool = False
) -> Head:
    """Make the first page of a document with a name of its own; ``subject`` is the pattern of its trích yếu.

    ``kind`` is the abbreviation of its name in the number, with its hyphen.
    """
    issuer, unbroken = voice.issuer, voice.phrases.unbroken
    left, _ = LETTERHEAD_GRID
    name = "\n".join(issuer.name_lines or (issuer.name,))
    slots = {"short_title": dataset.profile.plan.short_title, **dataset.period.slots}
    about = voice.say(subject_of(subject, dataset.period), **slots)
    return Head(
        parent_name=break_lines(issuer.parent_name.upper(), left, component("parent"), unbroken),
        issuer_name=break_lines(name.upper(), left, component("issuer"), unbroken),
        number_line=number_line(issuer, kind),
        date_line=f"{issuer.place}, {dated(issuer, dataset.period.year)}",
        subject=break_lines(about, SUBJECT_WIDTH, component("subject"), unbroken),
        draft_mark=() if final else (voice.say("letter.draft_mark"),),
        addressee_line=voice.say("lead.addressee", addressee=issuer.addressee),
    )


def subject_of(name: str, period: Period) -> str:
    """The pattern ``name`` of a trích yếu, or the one that a half-year has in its place."""
    half = f"{name}_half"
    return half if not period.judged and half in pattern_slots() else name


def recipients(voice: Voice) -> tuple[str, ...]:
    """Nơi nhận: "Như trên" first, the file copy last with a full stop. Source: NĐ 30/2020 Phụ lục I, II.9."""
    same, filed = voice.say("sign.same"), voice.say("sign.filed", unit=voice.issuer.drafting_unit)
    given = [line.strip(" -;.") for line in voice.issuer.recipients]
    middle = [line for line in given if line != same and not line.startswith("Lưu:")]
    last = next((line for line in given if line.startswith("Lưu:")), filed.rstrip(" ,"))
    return (*(f"- {line};" for line in (same, *middle)), f"- {last}.")
