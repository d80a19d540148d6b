"""The documents that units issued to carry the plan out, as their returns list them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dvctt_report.model import Observation, State
from dvctt_report.plan.model import Listing, Unit
from dvctt_report.report.wording import Voice
from dvctt_report.text.personal import masked
from dvctt_report.text.vietnamese import clean_text, format_cited_date
from dvctt_report.word.nd30 import BY_ABBREVIATION, LETTER
from dvctt_report.year.year import Year


@dataclass(frozen=True, slots=True)
class IssuedDocument:
    """One line of a unit's list that gives a number; ``issued_on`` and ``subject`` None where left open.

    ``cells`` are those that say it.
    """

    unit: Unit
    number: Observation
    issued_on: date | None
    subject: str | None
    cells: tuple[Observation, ...]

    @property
    def sign(self) -> str:
        """Number and sign as the unit wrote them, without a personal number."""
        return clean_text(masked(str(self.number.value)))


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document in the annex; ``sign`` is its number and sign."""

    number: str
    sign: str
    issued_on: str
    issuer: str
    subject: str


def issued_documents(year: Year) -> tuple[IssuedDocument, ...]:
    """List the documents of all effective returns, by unit in protocol order, as their lists have them.

    A line counts where its first column, the number, is given and may be used. The date is the first column
    of dates, the subject the first text after the number.
    """
    lists = [item for item in year.profile.plan.items if isinstance(item, Listing)]
    return tuple(found for item in lists for unit in year.units for found in _of_unit(year, item, unit))


def _of_unit(year: Year, item: Listing, unit: Unit) -> Iterator[IssuedDocument]:
    number = item.columns[0].code
    dated = next((c.code for c in item.columns if c.kind == "date"), "")
    about = next((c.code for c in item.columns[1:] if c.kind == "text"), "")
    for seen in year.dataset.observations(unit.code, item.code):
        if seen.field == number and _given(year, seen):
            on, subject = (
                _given(year, year.dataset.observation(unit.code, item.code, field, seen.part))
                for field in (dated, about)
            )
            text = clean_text(masked(str(subject.value))) if subject else ""
            issued = on.value if on and isinstance(on.value, date) else None
            cells = tuple(o for o in (seen, on, subject) if o is not None)
            yield IssuedDocument(unit, seen, issued, text or None, cells)


def _given(year: Year, answer: Observation | None) -> Observation | None:
    """The answer, where it is given and may be used."""
    if answer is None or answer.state is not State.GIVEN or year.standing.bars_answer(answer):
        return None
    return answer


def document_rows(year: Year, voice: Voice) -> tuple[DocumentRow, ...]:
    """One row a document."""
    none = voice.say("sign.not_available")
    return tuple(
        DocumentRow(
            number=str(n),
            sign=voice.mark(f"documents.{n}.sign", one.sign),
            issued_on=voice.mark(
                f"documents.{n}.issued_on", format_cited_date(one.issued_on) if one.issued_on else none
            ),
            issuer=one.unit.short_name,
            subject=one.subject or none,
        )
        for n, one in enumerate(issued_documents(year), 1)
    )


def own_documents(year: Year, voice: Voice) -> tuple[str, ...]:
    """Cite the documents of the body that compiles the report; nothing where it lists none."""
    compiler = year.profile.plan.compiler
    own = [one for one in issued_documents(year) if one.unit.code == compiler]
    if not own:
        return ()
    most = voice.issuer.max_named
    documents = "; ".join(_cited(one, voice) for one in own[:most])
    if len(own) > most:
        annex = voice.refer(voice.annexes.documents)
        documents = voice.say(
            "directives.others", names=documents, n=voice.count(len(own) - most), annex=annex
        )
    issuer = own[0].unit.short_name
    return (voice.say("directives.own", issuer=issuer, n=voice.count(len(own)), documents=documents),)


_SIGN = re.compile(r"\d+[a-zA-ZđĐ]?/(?P<first>[\w]+)-[\w-]+")
_NO_KIND = frozenset({"CT"})
"""Signs of kinds that are those of offices as well (Cục Thuế): what isn't sure stays as the unit wrote it."""


def kind_of(sign: str) -> str:
    """Tell the kind of a document from its bare number and sign: "12/KH-UBND" is a Kế hoạch.

    A sign that begins with an office is that of a letter; "" where the kind is written out or isn't sure.
    Source: NĐ 30/2020/NĐ-CP, Phụ lục I, mục II, khoản 3; Phụ lục III, mục I.
    """
    found = _SIGN.fullmatch(sign)
    if found is None or found["first"] in _NO_KIND:
        return ""
    return BY_ABBREVIATION.get(found["first"], LETTER)


def _cited(one: IssuedDocument, voice: Voice) -> str:
    kind = kind_of(one.sign)
    return voice.say(
        "directives.document",
        number=voice.say("directives.of_kind", kind=kind, number=one.sign) if kind else one.sign,
        date=voice.say("directives.dated", date=format_cited_date(one.issued_on)) if one.issued_on else "",
        subject=voice.say("directives.about", subject=one.subject) if one.subject else "",
    )
