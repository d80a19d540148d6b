"""The letter that asks units to mend or confirm what they sent, with an annex for each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dvctt_report.dataset import Dataset
from dvctt_report.letters.letter import (
    Letter,
    LetterSettings,
    LetterText,
    annex_of,
    contact,
    due,
    make_letter,
    numbered,
    you,
)
from dvctt_report.model import Finding, FindingState, ReturnStatus, Severity
from dvctt_report.nd30.format import component
from dvctt_report.nd30.metrics import break_lines
from dvctt_report.nd30.page import PAGE
from dvctt_report.plan.fields import fields
from dvctt_report.plan.model import Unit
from dvctt_report.report.narrative import moment, plan_cited
from dvctt_report.report.wording import Voice, join_terms, lower_first, sentence
from dvctt_report.rows import format_sheet
from dvctt_report.vietnamese import first_letter_capital, format_date

_OFFICERS_OWN = re.compile(r"NH(06|07|08|2[01]|4[03]|[679]\d)")
"""Codes about the inbox and the tracking book: the officer's to settle, nothing that a unit can mend."""
_COMMAND = "dvctt-report"

_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


@dataclass(frozen=True, slots=True)
class FeedbackRow:
    """What is to be mended or confirmed: where, what, as written, why, what is asked."""

    number: str
    place: str
    content: str
    written: str
    reason: str
    request: str


@dataclass(frozen=True, slots=True)
class FeedbackGroup:
    heading: str
    rows: tuple[FeedbackRow, ...]


@dataclass(frozen=True, slots=True)
class FeedbackAnnex:
    """The annex of one unit."""

    label: str
    title: str
    of: str
    about: tuple[str, ...]
    groups: tuple[FeedbackGroup, ...]
    note: str


@dataclass(frozen=True, slots=True)
class FeedbackAnnexes:
    annexes: tuple[FeedbackAnnex, ...]


@dataclass(frozen=True, slots=True)
class ToMend:
    """A unit and what it is asked: ``errors`` bar figures, ``doubts`` are used until confirmed."""

    unit: Unit
    errors: tuple[FeedbackRow, ...]
    doubts: tuple[FeedbackRow, ...]


def units_to_mend(dataset: Dataset, findings: Iterable[Finding], voice: Voice) -> tuple[ToMend, ...]:
    """Return the units that have something to mend or confirm, in protocol order; never the compiling office.

    Accepted findings, and those that only the officer can settle, are left out.
    """
    kept = tuple(findings)
    found = (_to_mend(dataset, unit, kept, voice) for unit in dataset.units)
    return tuple(
        one for one in found if (one.errors or one.doubts) and one.unit.code != dataset.profile.plan.compiler
    )


def _to_mend(dataset: Dataset, unit: Unit, findings: Sequence[Finding], voice: Voice) -> ToMend:
    if dataset.paper(unit.code) is not None and dataset.effective(unit.code) is None:
        return ToMend(unit, (_own_row("paper", voice),), ())
    if any(r.unit == unit.code and r.status is ReturnStatus.UNDECIDED for r in dataset.returns):
        return ToMend(unit, (_own_row("undecided", voice),), ())
    own = [f for f in findings if f.unit == unit.code and _concerns(f, dataset)]
    rows = {
        severity: [_row(f, dataset, voice) for f in own if f.severity is severity]
        for severity in (Severity.ERROR, Severity.WARNING)
    }
    n = len(rows[Severity.ERROR])
    return ToMend(unit, _numbered(rows[Severity.ERROR], 1), _numbered(rows[Severity.WARNING], n + 1))


def _concerns(finding: Finding, dataset: Dataset) -> bool:
    """Whether the unit can answer: open, about the file that counts or about one that can't be used."""
    if finding.state is not FindingState.OPEN or _OFFICERS_OWN.match(finding.code):
        return False
    if _COMMAND in finding.message + finding.fix:
        return False
    effective = dataset.effective(finding.unit)
    if effective is None or finding.at is None:
        return True
    sent = {r.file for r in dataset.returns if r.unit == finding.unit}
    return finding.at.file == effective.file or finding.at.file not in sent


def _row(finding: Finding, dataset: Dataset, voice: Voice) -> FeedbackRow:
    return FeedbackRow(
        number="",
        place=_place(finding, dataset, voice),
        content=_content(finding, dataset, voice),
        written=finding.value or voice.say("feedback.nothing_written"),
        reason=sentence(first_letter_capital(finding.message)),
        request=sentence(finding.fix or voice.say("feedback.request")),
    )


def _own_row(what: str, voice: Voice) -> FeedbackRow:
    return FeedbackRow(
        number="1",
        place=voice.say("feedback.whole_file"),
        content=voice.say("feedback.whole_form"),
        written=voice.say("feedback.nothing_written"),
        reason=voice.say(f"feedback.{what}_reason"),
        request=voice.say(f"feedback.{what}_request"),
    )


def _place(finding: Finding, dataset: Dataset, voice: Voice) -> str:
    at = finding.at
    if at is None or not at.sheet or not any(at.file == r.file for r in dataset.returns):
        return voice.say("feedback.whole_file")
    sheet = format_sheet(at.sheet)
    return f"{sheet}, ô {at.cell}" if at.cell else sheet


def _content(finding: Finding, dataset: Dataset, voice: Voice) -> str:
    item = next((i for i in dataset.profile.plan.items if i.code == finding.item), None)
    if item is None:
        return voice.say("feedback.whole_form")
    asked = next((f.label for f in fields(item) if f.code == finding.field), "")
    return f"{item.label}: {lower_first(asked)}" if asked else item.label


def _numbered(rows: Sequence[FeedbackRow], first: int) -> tuple[FeedbackRow, ...]:
    return tuple(
        FeedbackRow(str(n), row.place, row.content, row.written, row.reason, row.request)
        for n, row in enumerate(rows, first)
    )


def feedback_letter(
    dataset: Dataset, mending: Sequence[ToMend], voice: Voice, settings: LetterSettings
) -> Letter:
    """Write one letter to the units of ``mending``, at least one, with an annex for each."""
    units = tuple(one.unit for one in mending)
    address, plan, issuer = you(units, dataset, voice), dataset.profile.plan, voice.issuer.name
    labels = _labels(len(units), voice)
    named, listed = labels[0], labels[0]
    if len(labels) > 1:
        # Every annex is to be referred to by its number (NĐ 30/2020 Phụ lục I, III.1a).
        named = join_terms(f"{label} ({unit.name})" for label, unit in zip(labels, units, strict=True))
        listed = voice.say("letter.annex_range", first=roman(1), last=roman(len(labels)))
    opening = voice.say(
        "feedback.opening",
        plan=plan_cited(dataset, voice),
        title=lower_first(plan.title),
        issuer=issuer,
        year=str(dataset.year),
        as_of=moment(voice.issuer.as_of),
    )
    found = voice.say("feedback.found", annexes=named)
    ask = voice.say("feedback.ask", issuer=issuer, you=address)
    requests = [
        *([voice.say("feedback.mend")] if any(one.errors for one in mending) else ()),
        *([voice.say("feedback.confirm")] if any(one.doubts for one in mending) else ()),
        voice.say("feedback.missing_figure"),
        voice.say("feedback.send", due=due(settings, voice)),
    ]
    text = LetterText(
        opening=(opening, f"{found} {ask}"),
        requests=numbered(requests),
        remarks=(voice.say("feedback.after"),) if any(one.errors for one in mending) else (),
        contact=contact(settings, voice),
        closing=voice.say("letter.regards", you=address),
    )
    annexes = FeedbackAnnexes(
        tuple(_annex(one, label, dataset, voice) for one, label in zip(mending, labels, strict=True))
    )
    about = voice.say("feedback.about", year=str(dataset.year))
    return make_letter(about, units, listed, text, annexes, voice, settings)


def _labels(n: int, voice: Voice) -> list[str]:
    """Name the annexes; one alone takes no number. Source: NĐ 30/2020 Phụ lục I, III.1a."""
    if n == 1:
        return [voice.say("letter.annex")]
    return [voice.say("letter.annex_numbered", number=roman(k)) for k in range(1, n + 1)]


def _annex(one: ToMend, label: str, dataset: Dataset, voice: Voice) -> FeedbackAnnex:
    groups = [(name, rows) for name, rows in (("mend", one.errors), ("confirm", one.doubts)) if rows]
    title = voice.say("feedback.annex_title", name=one.unit.name.upper())
    counts = [voice.say(f"feedback.n_{name}", n=voice.count(len(rows))) for name, rows in groups]
    return FeedbackAnnex(
        label=label,
        title=break_lines(title, PAGE.landscape_text_width, component("annex_title")),
        of=annex_of(voice),
        about=(_document(one.unit, dataset, voice),),
        groups=tuple(
            FeedbackGroup(f"{roman(n)}. {voice.say(f'feedback.group_{name}')}", rows)
            for n, (name, rows) in enumerate(groups, 1)
        ),
        note=voice.say("feedback.note", parts=", ".join(counts)),
    )


def _document(unit: Unit, dataset: Dataset, voice: Voice) -> str:
    """Cite the return by number and date, as far as they are known."""
    found = dataset.effective(unit.code) or dataset.paper(unit.code)
    said = found.submission if found else None
    date = f"ngày {format_date(said.sent_on)}" if said and said.sent_on else ""
    number = f"số {said.document_number}" if said and said.document_number else ""
    document = " ".join(part for part in (number, date) if part)
    if not document:
        return voice.say("feedback.no_document", year=str(dataset.year))
    return voice.say("feedback.document", year=str(dataset.year), document=document)


def roman(n: int) -> str:
    """Write ``n`` (1 to 399) in Roman numerals."""
    written = ""
    for value, sign in _ROMAN:
        count, n = divmod(n, value)
        written += sign * count
    return written
