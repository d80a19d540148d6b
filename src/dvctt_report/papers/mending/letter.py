"""The letter that asks units to mend or confirm what they sent.

One unit finds it in the annex. Several are referred to the list that each is sent apart: what one is asked is
no other's business.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dvctt_report.papers.letters.forms import listed_addressees
from dvctt_report.papers.letters.letter import (
    Letter,
    LetterTerms,
    LetterText,
    ListRow,
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
from dvctt_report.papers.letters.write import FEEDBACK, REMIND
from dvctt_report.papers.mending.lists import MendingList, Question
from dvctt_report.report.about import LEFT_BLANK
from dvctt_report.report.citing import moment, plan_cited, plan_title
from dvctt_report.report.wording import Voice
from dvctt_report.word.cascade import roman
from dvctt_report.word.nd30 import PAGE, break_lines, component
from dvctt_report.year.dataset import Dataset


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
    """Write one letter to the units of ``mending``, at least one; the annex is that of one alone."""
    units = tuple(one.unit for one in mending)
    address, issuer = you(units, dataset, voice), voice.issuer.name
    label = voice.say("letter.annex")
    opening = voice.say(
        "feedback.opening",
        plan=plan_cited(dataset, voice),
        title=plan_title(dataset, voice),
        issuer=issuer,
        **dataset.period.slots,
        as_of=moment(voice.issuer.as_of),
    )
    is_one = len(mending) == 1
    lead = voice.say("feedback.found", annexes=label) if is_one else voice.say("feedback.found_apart")
    ask = voice.say("feedback.ask", issuer=issuer, you=address)
    requests = [
        *([voice.say("feedback.mend")] if any(one.to_mend for one in mending) else ()),
        *([voice.say("feedback.confirm")] if any(one.to_confirm for one in mending) else ()),
        voice.say("feedback.missing_figure"),
        voice.say("feedback.send", due=due(settings, voice)),
    ]
    text = LetterText(
        opening=(opening, f"{lead} {ask}"),
        requests=numbered(requests),
        remarks=(voice.say("feedback.after"),) if any(one.to_mend for one in mending) else (),
        contact=contact(settings, voice),
    )
    annexes: RowsAnnexes[MendingRow] | RowsAnnexes[ListRow]
    if is_one:
        annexes = RowsAnnexes((_annex(mending[0], label, dataset, voice),))
    else:
        annexes = RowsAnnexes(listed_addressees(units, voice.say("feedback.list_title"), dataset, voice))
    about = voice.say("feedback.about", topic=dataset.profile.plan.topic, **dataset.period.slots)
    return make_letter(about, units, label, text, annexes, voice, settings)


def template_of(mending: Sequence[MendingList]) -> str:
    """The Word template: with an annex of what is asked, or with a list of addressees."""
    return FEEDBACK if len(mending) == 1 else REMIND


def _annex(one: MendingList, label: str, dataset: Dataset, voice: Voice) -> RowsAnnex[MendingRow]:
    mend = _rows(one.to_mend, 1, voice)
    confirm = _rows(one.to_confirm, len(mend) + 1, voice)
    groups = [(name, rows) for name, rows in (("mend", mend), ("confirm", confirm)) if rows]
    received = dataset.effective(one.unit.code) or dataset.paper(one.unit.code)
    document = received.submission.cited if received else ""
    name = "feedback.document" if document else "feedback.no_document"
    title = voice.say("feedback.annex_title", name=one.unit.name.upper())
    counts = [voice.say(f"feedback.n_{name}", n=voice.count(len(rows))) for name, rows in groups]
    return RowsAnnex(
        label=label,
        title=break_lines(title, PAGE.landscape_text_width, component("annex_title")),
        of=annex_of(voice),
        about=(voice.say(name, document=document, **dataset.period.slots),),
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
