"""How documents are cited and dated: the plan, a number left blank, a moment."""

from __future__ import annotations

from datetime import datetime

from dvctt_report.report.settings import Issuer
from dvctt_report.report.wording import Voice, lower_first
from dvctt_report.text.vietnamese import format_cited_date, format_date, parse_date
from dvctt_report.word.nd30 import PAGE, break_lines, component
from dvctt_report.year.dataset import Dataset


def number_line(issuer: Issuer, kind: str = "BC-") -> str:
    """A number left blank until signed; ``kind`` "" for a letter. Source: NĐ 30/2020 Phụ lục I, II.3."""
    return f"Số:{_BLANK}/{kind}{issuer.symbol}"


def dated(issuer: Issuer, year: int) -> str:
    """Write "ngày … tháng … năm …" with the day, and the month where it is not set, left blank."""
    month = (
        _BLANK[:6]
        if issuer.month is None
        else f" {issuer.month:02} "
        if issuer.month < 3
        else f" {issuer.month} "
    )
    return f"ngày{_BLANK[:6]}tháng{month}năm {issuer.year or year}"


def dated_attached(issuer: Issuer, year: int) -> str:
    """Write the date as an annex repeats it: the document's own, nothing filled in for an electronic one.

    Source: NĐ 30/2020 Phụ lục I, III.1c; Phụ lục III, Mẫu 2.1 and 2.2.
    """
    gap = _BLANK[:6]
    return f"ngày{gap}tháng{gap}năm{gap}" if issuer.electronic else dated(issuer, year)


_BLANK = " " * 8


def annex_of_document(voice: Voice, pattern: str, number: str, year: int) -> str:
    """The line under an annex' title that says with what it comes, by the number line of that document."""
    issuer = voice.issuer
    date = dated_attached(issuer, year)
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
