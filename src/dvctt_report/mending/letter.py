"""The letter that asks units to mend or confirm what they sent, with an annex for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dvctt_report.dataset import Dataset
from dvctt_report.letters.letter import (
    Letter,
    LetterTerms,
    LetterText,
    RowGroup,
    RowsAnnex,
    RowsAnnexes,
    annex_of,
    contact,
    due,
    make_letter,
    numbered,
    you,
)
from dvctt_report.mending.lists import MendingList, Question
from dvctt_report.nd30.format import component
from dvctt_report.nd30.metrics import break_lines
from dvctt_report.nd30.page import PAGE
from dvctt_report.plan.model import Unit
from dvctt_report.report.about import LEFT_BLANK
from dvctt_report.report.citing import moment, plan_cited
from dvctt_report.report.wording import Voice, join_terms, lower_first
from dvctt_report.vietnamese import format_date
from dvctt_report.word.numbering import roman


@dataclass(frozen=True, slots=True)
class MendingRow:
    """What is to be mended or confirmed: where, what, as written, why, what is asked."""

    number: str
    place: str
    content: str
    written: str
    reason: str
    request: str


def mending_letter(
    dataset: Dataset, mending: Sequence[MendingList], voice: Voice, settings: LetterTerms
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
        year=str(dataset.period.year),
        as_of=moment(voice.issuer.as_of),
    )
    found = voice.say("feedback.found", annexes=named)
    ask = voice.say("feedback.ask", issuer=issuer, you=address)
    requests = [
        *([voice.say("feedback.mend")] if any(one.to_mend for one in mending) else ()),
        *([voice.say("feedback.confirm")] if any(one.to_confirm for one in mending) else ()),
        voice.say("feedback.missing_figure"),
        voice.say("feedback.send", due=due(settings, voice)),
    ]
    text = LetterText(
        opening=(opening, f"{found} {ask}"),
        requests=numbered(requests),
        remarks=(voice.say("feedback.after"),) if any(one.to_mend for one in mending) else (),
        contact=contact(settings, voice),
        closing=voice.say("letter.regards", you=address),
    )
    annexes = RowsAnnexes(
        tuple(_annex(one, label, dataset, voice) for one, label in zip(mending, labels, strict=True))
    )
    about = voice.say("feedback.about", year=str(dataset.period.year))
    return make_letter(about, units, listed, text, annexes, voice, settings)


def _labels(n: int, voice: Voice) -> list[str]:
    """Name the annexes; one alone takes no number. Source: NĐ 30/2020 Phụ lục I, III.1a."""
    if n == 1:
        return [voice.say("letter.annex")]
    return [voice.say("letter.annex_numbered", number=roman(k)) for k in range(1, n + 1)]


def _annex(one: MendingList, label: str, dataset: Dataset, voice: Voice) -> RowsAnnex[MendingRow]:
    mend = _rows(one.to_mend, 1, voice)
    confirm = _rows(one.to_confirm, len(mend) + 1, voice)
    groups = [(name, rows) for name, rows in (("mend", mend), ("confirm", confirm)) if rows]
    title = voice.say("feedback.annex_title", name=one.unit.name.upper())
    counts = [voice.say(f"feedback.n_{name}", n=voice.count(len(rows))) for name, rows in groups]
    return RowsAnnex(
        label=label,
        title=break_lines(title, PAGE.landscape_text_width, component("annex_title")),
        of=annex_of(voice),
        about=(_document(one.unit, dataset, voice),),
        groups=tuple(
            RowGroup(f"{roman(n)}. {voice.say(f'feedback.group_{name}')}", rows)
            for n, (name, rows) in enumerate(groups, 1)
        ),
        note=voice.say("feedback.note", parts=", ".join(counts)),
    )


def _rows(questions: Sequence[Question], first: int, voice: Voice) -> tuple[MendingRow, ...]:
    nothing = voice.say("feedback.nothing_written")
    return tuple(
        MendingRow(
            number=str(n),
            place=question.place,
            content=question.about,
            written=nothing if question.written in ("", LEFT_BLANK) else question.written,
            reason=question.why,
            request=question.asked,
        )
        for n, question in enumerate(questions, first)
    )


def _document(unit: Unit, dataset: Dataset, voice: Voice) -> str:
    """Cite the return by number and date, as far as they are known."""
    found = dataset.effective(unit.code) or dataset.paper(unit.code)
    said = found.submission if found else None
    date = f"ngày {format_date(said.sent_on)}" if said and said.sent_on else ""
    number = f"số {said.document_number}" if said and said.document_number else ""
    document = " ".join(part for part in (number, date) if part)
    if not document:
        return voice.say("feedback.no_document", year=str(dataset.period.year))
    return voice.say("feedback.document", year=str(dataset.period.year), document=document)
