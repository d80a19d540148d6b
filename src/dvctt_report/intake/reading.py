"""How one cell was read, or why it could not be; the words that stand for a number; the log of readings.

The plan's table of words decides. One is known again without its marks ("khong phat sinh"), shortened
("ko ps") and as it comes out with the Telex keyboard off ("khoong phats sinh"); anything merely close is only
proposed.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from difflib import get_close_matches
from functools import lru_cache
from itertools import chain
from types import SimpleNamespace

from dvctt_report.files.cells import Cell
from dvctt_report.forms.form import COVER, format_sheet
from dvctt_report.forms.wording import COVER_SPECS
from dvctt_report.model import Observation, Return, State, Value
from dvctt_report.model.codes import CODES, Trait, has
from dvctt_report.plan.fields import (
    STATUS_NONE_ARISING,
    STATUS_NOT_APPLICABLE,
    STATUS_NOT_AVAILABLE,
    STATUS_WITHHELD,
    fields,
)
from dvctt_report.plan.model import Profile, Words
from dvctt_report.text.personal import masked, shown
from dvctt_report.text.vietnamese import (
    clean_text,
    first_letter_capital,
    format_count,
    format_date,
    format_decimal,
    join_names,
    key,
    unaccented,
)


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a cell's content cannot be used.

    ``because`` is a clause without full stop that quotes what was found and goes after the cell's address.
    """

    code: str
    because: str
    fix: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A cell's content as a value of its field's kind, None unless ``state`` is GIVEN.

    ``problem`` is set exactly when it is UNREADABLE. ``reading`` tells how it was normalised, "" where it was
    taken as it stands; ``to_confirm``: it could be used, but the officer should see how.
    """

    value: Value
    state: State
    raw: str = ""
    reading: str = ""
    problem: Problem | None = None
    to_confirm: bool = False


NOTHING = Reading(None, State.BLANK)


def refused(code: str, raw: str, because: str, fix: str = "") -> Reading:
    """Make the reading of a cell that cannot be used."""
    return Reading(None, State.UNREADABLE, raw, problem=Problem(code, because, fix or CODES[code].fix))


def quote(raw: str) -> str:
    """Quote a cell's content for a message: on one line, at most 60 characters."""
    return f'"{shortened(raw)}"'


def shortened(raw: str) -> str:
    """A cell's content on one line without a person's number, cut to 60 characters."""
    text = masked(" ".join(raw.split()))
    return f"{text[:57]}…" if len(text) > 60 else text


def first_of(told: Iterable[str], most: int, others: str, separator: str = ", ") -> str:
    """The first ``most`` of what is told, then how many ``others`` there are: "A, B và 3 ô khác"."""
    first = [*told]
    more = f" và {len(first) - most} {others}" if len(first) > most else ""
    return join_names(first[:most], separator) + more


# ------------- The words clerks write where a number was asked, each a state or a question; answers in words

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
    meanings, plain_meanings = _meanings(words)
    bare, form = key(cell.raw), plain(cell.raw)
    keyed = _DOUBLED.sub(r"\1", _TELEX.sub("", form)) if bare.isascii() and " " in form else form
    known = [meanings[word] for word in (bare, bare.strip(_OUTER)) if word in meanings]
    known += [plain_meanings[word] for word in (form, keyed) if word in plain_meanings]
    if not known:
        return None
    state = known[0]
    if state is None:
        because = f"{quote(cell.raw)} có thể hiểu nhiều cách (số 0, không phát sinh, chưa có số liệu)"
        return refused("DL04", cell.raw, because)
    name = STATE_NAMES[state]
    reading = "" if cell.raw.strip() == name else f'ghi {quote(cell.raw)}, hiểu là "{name}"'
    return Reading(None, state, cell.raw, reading)


def with_proposal(reading: Reading, words: Words) -> Reading:
    """Add to a text that is no number the state whose words it is close to ("Khôg phát sinh")."""
    problem = reading.problem
    if problem is None or not has(problem.code, Trait.NO_NUMBER) or any(map(str.isdigit, reading.raw)):
        return reading
    _, meanings = _meanings(words)
    near = get_close_matches(plain(reading.raw), [w for w in meanings if len(w) > 7], n=1, cutoff=0.82)
    state = meanings[near[0]] if near else None
    if state is None:
        return reading
    fix = f'Nếu ý là "{STATE_NAMES[state]}" thì ghi đúng như vậy; '
    fix += "nếu có số thì nhập một con số nguyên chính xác."
    return replace(reading, problem=replace(problem, fix=fix))


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


# ------- The log of normalisations: every cell that was not taken as it stands, what it was read as, and why

COLUMNS = ("Tệp", "Đơn vị", "Biểu", "Ô", "Nội dung", "Đã ghi", "Đọc là", "Vì sao")


def reading_log(returns: Iterable[Return], profile: Profile) -> Iterator[tuple[str, ...]]:
    """Yield a line (``COLUMNS``) for each cell of each return that was normalised, in the order read."""
    names = profile.roster.short_names
    labels = {(i.code, f.code): (i.label, f.label) for i in profile.plan.items for f in fields(i)}
    labels |= {(COVER, code): (spec.label, "") for code, spec in COVER_SPECS.items()}
    for received in returns:
        for read in (*received.submission.readings, *received.observations):
            # What only says what the form itself does: a sum that it shows, a state chosen for the row
            summed = read.reading.startswith(("cộng từ ", "lấy từ ô ")) and read.raw == str(read.value)
            is_own = summed or (not read.raw and read.state is not State.GIVEN)
            if read.reading and not is_own:
                meant = format_value(read.value)
                if read.state is not State.GIVEN:
                    meant = first_letter_capital(read.state.word)
                elif isinstance(read.value, bool):
                    meant = "Có đánh dấu" if read.value else "Không đánh dấu"
                elif isinstance(read.value, Decimal):
                    meant = f"{meant}%"
                about = " · ".join(filter(None, (read.part, *labels.get((read.item, read.field), ()))))
                place = (format_sheet(read.at.sheet), read.at.cell) if read.at else ("", "")
                told = map(shown, map(clean_text, (read.raw, meant, read.reading)))
                yield received.file, names.get(read.unit, read.unit), *place, about, *told


def csv_bytes(columns: Sequence[str], lines: Iterable[Sequence[str]]) -> bytes:
    """Write CSV that Excel opens in Vietnamese (UTF-8 with BOM, commas), no text of which is a formula."""
    return b"".join(csv_pieces(columns, lines))


def csv_pieces(columns: Sequence[str], lines: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """The same line by line."""
    written: list[bytes] = [BOM_UTF8]
    writer = csv.writer(SimpleNamespace(write=lambda text: written.append(text.encode())))
    # Excel takes a sign of full width ("＝") for the plain one.
    formula = {"=", "+", "-", "@", "\t", "\r"}
    odd = (
        [f"'{t}" if len(t) > 1 and unicodedata.normalize("NFKC", t[0]) in formula else t for t in line]
        for line in lines
    )
    for line in chain((columns,), odd):
        writer.writerow(line)
        yield from written
        written.clear()
