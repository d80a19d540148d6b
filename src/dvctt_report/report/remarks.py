"""What units wrote into the columns for notes and reasons: to be read, never a question."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from dvctt_report.intake.reading import format_answer
from dvctt_report.intake.remark_words import remark_words
from dvctt_report.model import State
from dvctt_report.model.answer_columns import LETTERS
from dvctt_report.plan.fields import fields
from dvctt_report.plan.model import Listing
from dvctt_report.text.personal import shown
from dvctt_report.text.vietnamese import clean_text
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.rows import place_names

NOTE = "note"  # The field that is a column for notes and reasons
_TEXTS = ("source", "evidence", "text", "example")
"""Further texts of a unit, told here where they have a word of the plan's table or are a number."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A text of a unit beside its figure.

    unit: its short name. place: "Biểu 05-A, ô H10". about: the content, and what was chosen or counted.
    has_word: whether it has a word of the plan's table. digest: names what it says beside which figures.
    """

    unit: str
    place: str
    about: str
    text: str
    has_word: bool
    digest: str


def remarks_of(dataset: Dataset) -> tuple[Remark, ...]:
    """The remarks in the returns that count, those with a word of the plan's table first."""
    words, found = remark_words(dataset.profile, dataset.period), list[Remark]()
    for unit in dataset.units:
        items, answers = dataset.profile.plan.items_by_code, dataset.answers(unit.code)
        for n, (code, name, part) in enumerate(answers.places.keys):
            if name not in (NOTE, *_TEXTS) or answers.states[n] == LETTERS[State.BLANK]:
                continue
            item, own = items.get(code), answers[n]
            text = clean_text(own.value if isinstance(own.value, str) else own.raw).strip()
            if item is None or isinstance(item, Listing) or not text:
                continue
            has_word = words.kind_of(text) is not None or text.replace(".", "").isdecimal()
            if name == NOTE or has_word:
                of_row = []  # what was chosen and counted: "đã chọn “Đang thực hiện”", "Tổng số: 120"
                for spec in fields(item):
                    answer = format_answer(answers.find((code, spec.code, part)))
                    if answer and spec.kind in ("choice", "yes_no"):
                        of_row.append(f"đã chọn “{answer}”")
                    elif answer and spec.kind in ("count", "money"):
                        of_row.append(f"{spec.label}: {answer}")
                beside = "; ".join(of_row)
                about = ", ".join(filter(None, (part, item.label, beside)))
                told = "|".join((unit.code, code, name, part, text, beside))
                digest = sha256(told.encode()).hexdigest()[:16]
                place = ", ".join(place_names(own.at)) if own.at is not None else ""
                found.append(Remark(unit.short_name, place, about, shown(text), has_word, digest))
    return tuple(sorted(found, key=lambda remark: not remark.has_word))


def unread_remarks(dataset: Dataset) -> tuple[Remark, ...]:
    """Those that nobody has marked as read since they say what they say."""
    return tuple(one for one in remarks_of(dataset) if one.digest not in dataset.remarks_read)
