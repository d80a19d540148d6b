"""How documents are cited and dated, and the first page of one down to its addressee; who gets it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dvctt_report.model.period import Period
from dvctt_report.plan.phrases import pattern_slots
from dvctt_report.report.settings import Issuer
from dvctt_report.report.wording import Voice, lower_first
from dvctt_report.text.vietnamese import format_cited_date, format_date, parse_date
from dvctt_report.word.nd30 import LETTERHEAD_GRID, PAGE, break_lines, component
from dvctt_report.year.dataset import Dataset


def number_line(issuer: Issuer, kind: str = "BC-") -> str:
    """A number left blank until signed; ``kind`` "" for a letter. Source: NĐ 30/2020 Phụ lục I, II.3."""
    return f"Số:{_BLANK}/{kind}{issuer.symbol}"


def dated(issuer: Issuer, year: int) -> str:
    """Write "ngày … tháng … năm …" with the day, and the month where it is not set, left blank."""
    gap, month = _BLANK[:6], _BLANK[:6]
    if issuer.month is not None:
        month = f" {issuer.month:02} " if issuer.month < 3 else f" {issuer.month} "
    return f"ngày{gap}tháng{month}năm {issuer.year or year}"


_BLANK = " " * 8


def annex_of_document(voice: Voice, pattern: str, number: str, year: int) -> str:
    """The line under an annex' title that says with what it comes, by the number line of that document.

    The date is the document's own, nothing filled in for an electronic one. Source: NĐ 30/2020 Phụ lục I,
    III.1c; Phụ lục III, Mẫu 2.1 and 2.2.
    """
    issuer, gap = voice.issuer, _BLANK[:6]
    date = f"ngày{gap}tháng{gap}năm{gap}" if issuer.electronic else dated(issuer, year)
    said = voice.say(pattern, number=number.removeprefix("Số:"), date=date, issuer=issuer.name)
    return break_lines(said, PAGE.text_width, component("annex_of"), (date, issuer.name))


def plan_cited(dataset: Dataset, voice: Voice) -> str:
    """Cite the plan in full, with a visible blank where its number or date is not known."""
    document = dataset.profile.plan.document
    day = parse_date(document.date)
    return voice.say(
        "lead.plan",
        kind=document.kind,
        number=document.number or voice.say("lead.blank_number"),
        date=format_cited_date(day) if day else document.date or voice.say("lead.blank_date"),
        issuer=document.issuer,
    )


def plan_title(dataset: Dataset, voice: Voice) -> str:
    """The plan's title behind "về", or a visible blank where it is an earlier year's."""
    return lower_first(dataset.profile.plan.title) or voice.say("lead.blank_title")


def moment(at: datetime) -> str:
    """Write a moment as offices do: "17 giờ 00 ngày 20/11/2025"."""
    return f"{at.hour:02} giờ {at.minute:02} ngày {format_date(at.date())}"


SUBJECT_WIDTH = 140.0  # Longest line of the trích yếu in mm


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
    """Make a document's first page; ``subject`` is the pattern of its trích yếu, ``kind`` its sign."""
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
