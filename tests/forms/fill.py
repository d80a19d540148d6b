"""Forms of the shipped plan, filled in at random as a careful unit would, and what must come back."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, lru_cache

from dvctt_report.forms.build import build_form
from dvctt_report.forms.form import COVER, Role
from dvctt_report.forms.formulas import Answer
from dvctt_report.forms.layout import place
from dvctt_report.forms.wording import COVER_FIELDS, SIGNATURE_FIELDS
from dvctt_report.forms.writer import form_bytes
from dvctt_report.model import Key, State, Value
from dvctt_report.model.period import Period
from dvctt_report.plan.fields import fields
from dvctt_report.plan.load import load_profile
from dvctt_report.plan.model import FieldSpec, Listing, Profile, Target, Task, Unit
from dvctt_report.text.resources import resource_path

THIS, NEXT = Period(2025), Period(2026)

ONE_OF_EACH_GROUP = {
    "VPUB": THIS, "SKHCN": THIS, "SNV": THIS, "SYT": THIS, "SXD": THIS, "SGDDT": THIS, "CAT": THIS,
    "BHXH": THIS, "NHI": THIS, "X22759": NEXT, "BPTTH": THIS, "CDN": THIS,
}  # fmt: skip
"""A unit of every group, and a period in which it is asked."""

STATES = {
    "Không phát sinh": State.NONE_ARISING,
    "Chưa có số liệu": State.NOT_AVAILABLE,
    "Không áp dụng": State.NOT_APPLICABLE,
}
TEXTS = (
    "Đã phổ biến tại hội nghị giao ban",
    "Sở A & B <C> {{ x }}",
    "#dvctt 100% “hài lòng”",
    "=1+1",
    "https://ninhthuan.gov.vn/tin-bai/123",
    "12/KH-UBND",
    "Hai dòng\nliền nhau",
    "0259123456",
    "@xã",
)

Expected = dict[Key, tuple[Value, State]]


@cache
def real() -> Profile:
    """The plan that comes with the program."""
    return load_profile(resource_path("templates") / "ninh_thuan")


@dataclass
class Filled:
    """A filled form: its bytes, what was typed where, what intake must read."""

    unit: Unit
    period: Period
    answers: dict[Key, Answer]
    expected: Expected = field(default_factory=dict)

    @property
    def data(self) -> bytes:
        return _data(self.unit, self.period, tuple((k, a, type(a)) for k, a in self.answers.items()))


@lru_cache(maxsize=200)
def _data(unit: Unit, period: Period, answers: tuple[tuple[Key, Answer, type], ...]) -> bytes:
    """The form with these answers, made once for all tests of a run; 1 and 1.0 are two answers."""
    return form_bytes(real(), unit, period, {key: answer for key, answer, _ in answers})


def fill(code: str, seed: int) -> Filled:
    """Fill in the form of a unit: rows by number, or by a state; texts, ticks, dates, tasks now and then."""
    unit, period = real().roster.unit(code), ONE_OF_EACH_GROUP[code]
    rng = random.Random(f"{code} {seed}")
    filled = Filled(unit, period, {})
    states: dict[tuple[str, str], str] = {}
    keys = cells(unit, period)
    statuses = {(k.item, k.part) for k in keys if k.field == "status"}
    statuses -= {(k.item, k.part) for k in keys if sources(k, keys)}
    lists = {item.code for item in real().plan.items if isinstance(item, Listing)}
    for key in keys:
        spec = field_of(key)
        if spec is None or spec.kind == "percent" or sources(key, keys):
            continue
        if key.item in lists:
            _list(filled, key, rng)
            continue
        line = key.item, key.part
        if spec.kind == "count" and not spec.optional and line in statuses:
            state = states.setdefault(line, rng.choice(["", "", *STATES]))
            if state:
                filled.answers[Key(key.item, "status", key.part)] = state
                filled.expected[key] = None, STATES[state]
                continue
        _answer(filled, key, spec, rng)
    _add_sums(filled, keys)
    return filled


def _list(filled: Filled, key: Key, rng: random.Random) -> None:
    """A document in each of the first lines: number, day, what it is about."""
    said: dict[str, str | date] = {
        "number": f"{10 + int(key.part)}/KH-{filled.unit.code}",
        "issued_on": date(filled.period.year, 1, 1) + timedelta(days=rng.randrange(300)),
        "subject": rng.choice(TEXTS),
    }
    filled.expected[key] = None, State.BLANK
    if int(key.part) <= 3:
        filled.answers[key] = said[key.field]
        filled.expected[key] = said[key.field], State.GIVEN


def _answer(filled: Filled, key: Key, spec: FieldSpec, rng: random.Random) -> None:
    of_cover = key.item == COVER
    by_formula = not of_cover and isinstance(real().plan.item(key.item), Task) and spec.kind == "choice"
    required = spec.kind == "count" and not spec.optional
    expected: tuple[Value, State] = (None, State.BLANK)
    if not (key == Key(COVER, "control_code") or by_formula or (not required and rng.random() < 0.4)):
        first = date(filled.period.year, 11 if of_cover else 1, 1)
        filled.answers[key], value = _typed(spec, rng, first)
        expected = value, State.GIVEN
    if not of_cover:
        filled.expected[key] = expected


def _typed(spec: FieldSpec, rng: random.Random, first: date) -> tuple[Answer, Value]:
    """What is typed, and what is read of it."""
    typed: str | int | date = rng.choice(TEXTS) if spec.kind == "text" else "x"
    match spec.kind:
        case "count":
            typed = rng.choice([0, 1, rng.randrange(100), rng.randrange(1_000_000)])
        case "money":
            typed = rng.randrange(10**9) * 1000
        case "date":
            typed = first + timedelta(days=rng.randrange(300))
        case "yes_no" | "choice":
            typed = rng.choice(spec.choices)
    return typed, True if spec.kind == "tick" else typed


def _add_sums(filled: Filled, keys: list[Key]) -> None:
    """What the sum cells and the rates must say."""
    for key in keys:
        of = sources(key, keys)
        if of:
            told = [filled.expected[k] for k in of]
            numbers = [value for value, _ in told if isinstance(value, int)]
            found = {state for _, state in told}
            if State.NOT_AVAILABLE in found:
                filled.expected[key] = None, State.NOT_AVAILABLE
            elif numbers:
                filled.expected[key] = sum(numbers), State.GIVEN
            else:
                arising = State.NONE_ARISING in found
                filled.expected[key] = None, State.NONE_ARISING if arising else State.NOT_APPLICABLE
    for key in keys:
        spec = field_of(key)
        if spec is not None and spec.kind == "percent":
            filled.expected[key] = None, _rate_state(filled, key)


def _rate_state(filled: Filled, key: Key) -> State:
    (total, known), (_, also) = (filled.expected[Key(key.item, name)] for name in ("total", "done"))
    shown = known is also is State.GIVEN and isinstance(total, int) and total > 0
    return State.GIVEN if shown else State.BLANK


def cells(unit: Unit, period: Period) -> list[Key]:
    """Every cell of a unit's form that something can be read from."""
    sheets = place(build_form(real(), unit, period))
    return [
        key
        for sheet in sheets
        for table in sheet.tables
        for _, column, _, key in table.answers()
        if column.column.role is not Role.LABEL
    ]


def field_of(key: Key) -> FieldSpec | None:
    """The field behind a cell; None for the state of a row and for a survey's rate, which aren't answers."""
    if key.item == COVER:
        return next(f for f in (*COVER_FIELDS, *SIGNATURE_FIELDS) if f.code == key.field)
    return next((f for f in fields(real().plan.item(key.item)) if f.code == key.field), None)


def sources(key: Key, keys: list[Key]) -> list[Key]:
    """The cells that a sum cell of the form is the sum of; empty for every other cell."""
    if key.item == COVER or key.part or key.field not in ("total", "done"):
        return []
    item = real().plan.item(key.item)
    assert isinstance(item, Target)
    parts = [k for k in keys if k.part and (k.item, k.field) == (key.item, key.field)]
    named = item.total_sources if key.field == "total" else item.done_sources
    return parts or [k for k in keys if f"{k.item}.{k.field}" in named and not k.part]
