"""The words clerks write where a number was asked, each a state or a question; and an answer in words again.

The plan's table decides. A word is known again without its marks ("khong phat sinh"), shortened ("ko ps")
and as it comes out with the Telex keyboard off ("khoong phats sinh"); anything merely close is only proposed.
"""

from __future__ import annotations

import re
from decimal import Decimal
from difflib import get_close_matches
from functools import lru_cache

from dvctt_report.files.cells import Cell
from dvctt_report.intake.reading import Reading, quote, refused
from dvctt_report.model import Observation, State, Value
from dvctt_report.plan.fields import (
    STATUS_NONE_ARISING,
    STATUS_NOT_APPLICABLE,
    STATUS_NOT_AVAILABLE,
    STATUS_WITHHELD,
)
from dvctt_report.plan.model import Words
from dvctt_report.text.vietnamese import format_count, format_date, format_decimal, key, unaccented

STATE_NAMES: dict[State, str] = {
    State.NONE_ARISING: STATUS_NONE_ARISING,
    State.NOT_AVAILABLE: STATUS_NOT_AVAILABLE,
    State.NOT_APPLICABLE: STATUS_NOT_APPLICABLE,
    State.WITHHELD: STATUS_WITHHELD,
}

_OUTER = " .;:,()[]"
_SHORT = {"k": "khong", "ko": "khong", "kg": "khong", "khg": "khong", "ps": "phat sinh", "sl": "so lieu"}
_TELEX = re.compile(r"(?<=[aeiouyw])[sfrxj](?![aeiouy])|(?<=[a-z])[0-9]+|(?<=[a-z])[sfrxj]\b|w")
_DOUBLED = re.compile(r"([aeod])\1")


def read_words(cell: Cell, words: Words) -> Reading | None:
    """Read one of the words; None where the text is none of them. DL04: a word of several meanings."""
    if not (meant := _meant(cell.raw, words)):
        return None
    state = meant[0]
    if state is None:
        because = f"{quote(cell.raw)} có thể hiểu nhiều cách (số 0, không phát sinh, chưa có số liệu)"
        return refused("DL04", cell.raw, because)
    name = STATE_NAMES[state]
    reading = "" if cell.raw.strip() == name else f'ghi {quote(cell.raw)}, hiểu là "{name}"'
    return Reading(None, state, cell.raw, reading)


def names_nothing(text: str, words: Words) -> bool:
    """Whether a text is one of the words that stand for there being nothing, or no evidence of it."""
    return bool(_meant(text, words))


def _meant(text: str, words: Words) -> tuple[State | None, ...]:
    """What a text is a word for, None where it has several meanings; () where it is none of the words."""
    meanings, plain_meanings = _meanings(words)
    bare, form = key(text), plain(text)
    keyed = _DOUBLED.sub(r"\1", _TELEX.sub("", form)) if bare.isascii() and " " in form else form
    known = [meanings[word] for word in (bare, bare.strip(_OUTER)) if word in meanings]
    known += [plain_meanings[word] for word in (form, keyed) if word in plain_meanings]
    return tuple(known[:1])


def nearest_state(text: str, words: Words) -> str:
    """The name of the state whose words the text is close to, for proposing only; "" where to none."""
    _, plain_meanings = _meanings(words)
    if any(c.isdigit() for c in text):
        return ""
    near = get_close_matches(plain(text), [w for w in plain_meanings if len(w) > 7], n=1, cutoff=0.82)
    state = plain_meanings[near[0]] if near else None
    return STATE_NAMES[state] if state is not None else ""


def plain(text: str) -> str:
    """The words of a text without marks, outer signs and short forms: "Ko PS." → "khong phat sinh"."""
    return " ".join(_SHORT.get(word, word) for word in unaccented(text).strip(_OUTER).split())


@lru_cache(maxsize=16)
def _meanings(words: Words) -> tuple[dict[str, State | None], dict[str, State | None]]:
    """The words by key and by their plain form; None: ambiguous, as is a plain form of two meanings."""
    tables = (
        (State.NONE_ARISING, words.none_arising),
        (State.NOT_AVAILABLE, words.not_available),
        (State.NOT_APPLICABLE, words.not_applicable),
        (None, words.ambiguous),
    )
    names = {key(name): state for state, name in STATE_NAMES.items()}
    meanings = {**names, **{key(word): state for state, table in tables for word in table}}
    plain_meanings: dict[str, State | None] = {}
    for word, state in meanings.items():
        form = plain(word)
        if any(c.isalpha() for c in form):
            plain_meanings[form] = state if plain_meanings.get(form, state) == state else None
    return meanings, plain_meanings


def format_answer(answer: Observation | None) -> str:
    """Write what stands in a cell: the figure, the words for there being none, else what was typed."""
    if answer is None or answer.state is State.BLANK:
        return ""
    if answer.state is State.GIVEN:
        return format_value(answer.value)
    return STATE_NAMES.get(answer.state) or answer.raw.strip()


def format_value(value: Value) -> str:
    """Write a value as it is printed; "x" for a tick."""
    if isinstance(value, bool):
        return "x" if value else ""
    if isinstance(value, int):
        return format_count(value)
    if isinstance(value, Decimal):
        return format_decimal(value)
    return str(value) if isinstance(value, str) else format_date(value) if value else ""
