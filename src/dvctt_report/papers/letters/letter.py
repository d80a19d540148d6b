"""What every letter has: head, addressees, signature. Its sentences come from the profile's phrases."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Generic, TypeAlias, TypeVar

from dvctt_report.plan.model import Unit
from dvctt_report.report.citing import annex_of_document, dated, number_line, recipients
from dvctt_report.report.settings import Issuer
from dvctt_report.report.wording import Voice, for_print, strings
from dvctt_report.text.vietnamese import format_date
from dvctt_report.word.nd30 import LETTERHEAD_GRID, break_lines, component
from dvctt_report.year.dataset import Dataset

MOST_LISTED = 10
"""Up to so many addressees stand under "Kính gửi"; more are listed in an annex."""

BLANKS = (
    "lead.blank_number",
    "lead.blank_date",
    "lead.blank_title",
    "letter.blank_contact",
    "letter.blank_document",
    "letter.blank_due",
    "sign.signer",
)
"""The patterns that stand visibly where something is still to be filled in."""


@dataclass(frozen=True, slots=True)
class LetterTerms:
    """What the officer decides about a letter.

    ``due`` is the day before which an answer is asked; ``contact`` whom to ask; ``forms_document`` and
    ``reminders`` cite the letters already sent. What isn't known (None, "") stays a visible blank. ``final``
    leaves out the mark of a draft.
    """

    due: date | None = None
    contact: str = ""
    forms_document: str = ""
    reminders: tuple[str, ...] = ()
    final: bool = False


@dataclass(frozen=True, slots=True)
class LetterHead:
    """The first page down to the addressees: one line, or a heading and a list."""

    parent_name: str
    issuer_name: str
    number_line: str
    date_line: str
    about: str
    draft_mark: tuple[str, ...]
    addressee_line: tuple[str, ...]
    addressee_title: tuple[str, ...]
    addressees: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LetterText:
    """The letter's sentences; ``requests`` are numbered, ``remarks`` come after them."""

    opening: tuple[str, ...]
    requests: tuple[str, ...]
    remarks: tuple[str, ...]
    contact: str


@dataclass(frozen=True, slots=True)
class LetterTail:
    """Recipients and signature."""

    recipients: tuple[str, ...]
    authority: str
    signer_name: str


Said = TypeVar("Said")


@dataclass(frozen=True, slots=True)
class FinishedDocument(Generic[Said]):
    """A finished document: its strings, clean and NFC. ``annexes`` is a dataclass of its own, or ()."""

    head: Any
    text: Said
    tail: LetterTail
    annexes: Any = ()

    @property
    def parts(self) -> tuple[Any, ...]:
        """What the template sees side by side."""
        return tuple(filter(None, (self.head, self.text, self.tail, self.annexes)))


Letter: TypeAlias = FinishedDocument[LetterText]


@dataclass(frozen=True, slots=True)
class ListRow:
    """One line of a list of units; ``note`` "" where the list has no such column."""

    number: str
    name: str
    note: str = ""


Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class RowGroup(Generic[Row]):
    """Rows of an annex under a heading of their own."""

    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class RowsAnnex(Generic[Row]):
    """An annex of rows: ``of`` which letter it comes with, ``about`` above the rows, ``note`` below them."""

    label: str
    title: str
    of: str
    about: tuple[str, ...]
    groups: tuple[RowGroup[Row], ...]
    note: str


@dataclass(frozen=True, slots=True)
class RowsAnnexes(Generic[Row]):
    """The annexes of a letter, for its template; perhaps none."""

    annexes: tuple[RowsAnnex[Row], ...]


def make_letter(
    about: str,
    units: Sequence[Unit],
    annex: str,
    text: LetterText,
    annexes: Any,
    voice: Voice,
    settings: LetterTerms,
) -> Letter:
    """Put a letter together; ``annex`` names the annex that lists the addressees if they are many."""
    text, annexes = voice.introduce((text, annexes))
    issuer, unbroken = voice.issuer, voice.phrases.unbroken
    left, _ = LETTERHEAD_GRID
    # One unit stands in a line, some in a list, many in the annex. Source: NĐ 30/2020 Phụ lục I, II.9d.
    line, title, listed = tuple[str, ...](), tuple[str, ...](), tuple[str, ...]()
    if 1 < len(units) <= MOST_LISTED:
        title = (voice.say("letter.addressee_title"),)
        listed = tuple(f"- {unit.name}{'.' if unit is units[-1] else ';'}" for unit in units)
    else:
        many = len(units) > 1
        name = voice.say("letter.addressees_annexed", annex=annex) if many else units[0].name
        line = (voice.say("lead.addressee", addressee=name),)
    head = LetterHead(
        parent_name=break_lines(issuer.parent_name.upper(), left, component("parent"), unbroken),
        issuer_name=break_lines(issuer.name.upper(), left, component("issuer"), unbroken),
        number_line=letter_number(issuer),
        date_line=f"{issuer.place}, {dated(issuer, issuer.as_of.year)}",
        about=break_lines(about, left, component("about"), unbroken),
        draft_mark=() if settings.final else (voice.say("letter.draft_mark"),),
        addressee_line=line,
        addressee_title=title,
        addressees=listed,
    )
    return for_print(FinishedDocument(head, text, letter_tail(voice), annexes))


def letter_number(issuer: Issuer) -> str:
    """Write the number of a letter, left blank until it is signed. Source: NĐ 30/2020 Phụ lục I, II.3b."""
    drafting = f"-{issuer.drafting_unit}" if issuer.drafting_unit else ""
    return number_line(issuer, kind="") + drafting


def letter_tail(voice: Voice) -> LetterTail:
    """Write recipients and signature as the voice's issuer signs."""
    return LetterTail(
        recipients=recipients(voice),
        authority="\n".join(voice.issuer.signer_lines),
        signer_name=voice.issuer.signer_name or voice.say("sign.signer"),
    )


def annex_of(voice: Voice) -> str:
    """Write the line under an annex' title that says which letter it comes with."""
    issuer = voice.issuer
    return annex_of_document(voice, "letter.annex_of", letter_number(issuer), issuer.as_of.year)


def with_recipients(
    issuer: Issuer, given: tuple[str, ...], signer_lines: tuple[str, ...], signer_name: str
) -> Issuer:
    """Return the issuer as it signs letters: other recipients, perhaps another signer; the month is blank."""
    return replace(
        issuer,
        recipients=given,
        signer_lines=signer_lines or issuer.signer_lines,
        signer_name=signer_name if signer_lines else issuer.signer_name,
        month=None,
        year=None,
    )


def you(units: Iterable[Unit], dataset: Dataset, voice: Voice) -> str:
    """Say "quý cơ quan, đơn vị, địa phương" as it fits the units addressed."""
    group = dataset.profile.roster.group
    areas = [group(unit.group).form in ("district", "commune") for unit in units]
    if all(areas):
        return voice.say("letter.you_area" if len(areas) == 1 else "letter.you_areas")
    if any(areas):
        return voice.say("letter.you_all")
    return voice.say("letter.you_body" if len(areas) == 1 else "letter.you_bodies")


def contact(settings: LetterTerms, voice: Voice) -> str:
    """Say whom to ask, with a visible blank where that isn't known."""
    said = settings.contact.strip(" .") or voice.say("letter.blank_contact")
    return voice.say("letter.contact", contact=said)


def due(settings: LetterTerms, voice: Voice) -> str:
    """Write the day before which an answer is asked, or a visible blank."""
    return format_date(settings.due) if settings.due else voice.say("letter.blank_due")


def numbered(requests: Iterable[str]) -> tuple[str, ...]:
    """Number paragraphs "1. …"."""
    return tuple(f"{n}. {said}" for n, said in enumerate(requests, 1))


def find_blanks(letter: Letter, voice: Voice) -> tuple[str, ...]:
    """Return the visible blanks that stand in the letter, each once."""
    said = "\n".join(strings(letter.parts))
    return tuple(blank for name in BLANKS if (blank := voice.say(name)) in said)
