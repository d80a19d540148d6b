"""What units wrote into the columns for notes and reasons: to be read, never a question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from dvctt_report.dataset import Dataset
from dvctt_report.intake.remark_words import RemarkWords, remark_words
from dvctt_report.intake.words import format_answer
from dvctt_report.model import Observation, State
from dvctt_report.personal import shown
from dvctt_report.plan.fields import field_label, field_of, fields
from dvctt_report.plan.model import Item, Listing
from dvctt_report.rows import place_names
from dvctt_report.vietnamese import clean_text

NOTE = "note"
"""The field that is a column for notes and reasons."""
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
    words = remark_words(dataset.profile, dataset.period)
    found = [
        remark
        for unit in dataset.units
        if (received := dataset.effective(unit.code)) is not None
        for remark in _of_unit(unit.short_name, tuple(received.observations), dataset, words)
    ]
    return tuple(sorted(found, key=lambda remark: not remark.has_word))


def unread_remarks(dataset: Dataset) -> tuple[Remark, ...]:
    """Those that nobody has marked as read since they say what they say."""
    return tuple(one for one in remarks_of(dataset) if one.digest not in dataset.remarks_read)


def _of_unit(
    name: str, answers: tuple[Observation, ...], dataset: Dataset, words: RemarkWords
) -> Iterator[Remark]:
    items = dataset.profile.plan.items_by_code
    rows: dict[tuple[str, str], list[Observation]] = {}
    for own in answers:
        rows.setdefault((own.item, own.part), []).append(own)
    for (code, part), row in rows.items():
        item = items.get(code)
        if item is None or isinstance(item, Listing):
            continue
        for own in row:
            text = clean_text(own.value if isinstance(own.value, str) else own.raw).strip()
            if own.field not in (NOTE, *_TEXTS) or not text or own.state is State.BLANK:
                continue
            has_word = words.kind_of(text) is not None or text.replace(".", "").isdecimal()
            if own.field == NOTE or has_word:
                beside = "; ".join(_beside(item, row))
                about = ", ".join(filter(None, (part, item.label, beside)))
                told = "|".join((own.unit, code, own.field, part, text, beside))
                place = ", ".join(place_names(own.at)) if own.at is not None else ""
                yield Remark(
                    name, place, about, shown(text), has_word, sha256(told.encode()).hexdigest()[:16]
                )


def _beside(item: Item, row: list[Observation]) -> Iterator[str]:
    """What was chosen and counted in the row: "đã chọn “Đang thực hiện”", "Tổng số: 120"."""
    answers = {own.field: own for own in row}
    for spec in fields(item):
        if spec.kind in ("choice", "yes_no", "count", "money") and (own := answers.get(spec.code)):
            said = format_answer(own)
            if said and field_of(item, spec.code):
                chosen = spec.kind in ("choice", "yes_no")
                yield f"đã chọn “{said}”" if chosen else f"{field_label(item, spec.code)}: {said}"
