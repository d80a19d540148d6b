"""Figures of the systems in charge that stand in a unit's form, for the unit to agree with or to correct.

Each has two rows: the figure itself, locked, with the unit's opinion beside it; the unit's own figure with
the reason. What the two come to is what the target's row shows and what is read as the unit's answer.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from dvctt_report.forms import wording
from dvctt_report.forms.form import Column, FormRow, FormTable, Role
from dvctt_report.manifests import parse_json
from dvctt_report.model import Control, Key
from dvctt_report.plan.fields import field_of
from dvctt_report.plan.model import FieldSpec, Item, Profile, Target, Unit

AGREES = "Thống nhất"
DISAGREES = "Không thống nhất"
NUMBERS: Final = ("total", "done")

HELD, OWN, OPINION, REASON = "held", "own", "held_said", "own_said"
PREFILL_FIELDS: Final[Mapping[str, FieldSpec]] = {
    spec.code: spec
    for spec in (
        FieldSpec(code="held_total", label="Tổng số điền sẵn", kind="count"),
        FieldSpec(code="held_done", label="Số đã thực hiện điền sẵn", kind="count"),
        FieldSpec(code=OPINION, label="Ý kiến", kind="choice", choices=(AGREES, DISAGREES)),
        FieldSpec(code="own_total", label="Tổng số của đơn vị", kind="count", optional=True),
        FieldSpec(code="own_done", label="Số đã thực hiện của đơn vị", kind="count", optional=True),
        FieldSpec(code=REASON, label="Lý do không thống nhất", kind="text", optional=True),
    )
}
"""What is asked about a prefilled figure: never an answer by itself, so no field of the plan's items."""

PRINTED_FIELDS: Final = tuple(f"{HELD}_{name}" for name in NUMBERS)
"""The fields of which the form itself prints what stands there."""

META_PREFIX = "held."
"""How the rows of the hidden sheet begin that say which figures the form was issued with."""


def held_number(control: Control, name: str) -> int | None:
    """The prefilled number of the field ``name`` ("total", "done"); None where the system doesn't know it."""
    return control.total if name == "total" else control.done


def spec_of(item: Item, name: str) -> FieldSpec | None:
    """The field of that code asked about ``item``, or about its prefilled figure; None: not asked."""
    return field_of(item, name) or PREFILL_FIELDS.get(name)


def prefilled(profile: Profile, unit: Unit, controls: Iterable[Control]) -> tuple[Control, ...]:
    """Return which of ``controls`` go into the form of ``unit``: its own, of ratios that it is asked."""
    own = {c.item: c for c in controls if c.unit == unit.code and (c.total, c.done) != (None, None)}
    return tuple(own[t.code] for t in profile.asked(unit) if t.code in own and _is_asked_as_ratio(t))


def _is_asked_as_ratio(item: Item) -> bool:
    return isinstance(item, Target) and item.asked_as == "ratio" and not item.same_as


def prefill_answers(held: Iterable[Control]) -> Iterator[tuple[Key, int]]:
    """Yield what stands in the locked cells."""
    for control in held:
        for name in NUMBERS:
            if (number := held_number(control, name)) is not None:
                yield Key(control.item, f"{HELD}_{name}"), number


def prefill_table(
    items: Sequence[Item], parts: Sequence[str], held: Sequence[Control], width: int, commune: bool = False
) -> Iterator[FormTable]:
    """Yield the table of prefilled figures, none where there are none; ``width``: columns of the sheet.

    A figure that the form sums from other cells has no cell for the unit's own: those cells say it.
    """
    if not held:
        return
    by_code = {i.code: i for i in items}
    columns = (
        Column("stt", "STT", Role.LABEL),
        Column("label", "Số liệu điền sẵn, đề nghị xác nhận", Role.LABEL, 2 if commune else 1),
        *([] if commune else [Column("unit", "Đơn vị tính", Role.LABEL)]),
        Column("total", "Tổng số"),
        Column("done", "Đã thực hiện"),
        Column("said", "Ý kiến (chọn); lý do không thống nhất", span=width - 5),
    )
    rows: list[FormRow] = []
    for n, control in enumerate(held, 1):
        target = by_code[control.item]
        assert isinstance(target, Target)
        unknown = {name for name in NUMBERS if held_number(control, name) is None}
        summed = {} if commune else {name for name in NUMBERS if _is_sum(target, name, parts, by_code)}
        own = frozenset({*unknown, *summed})
        units = () if commune else (target.unit_of_count,)
        rows.append(
            FormRow(
                f"{target.code}={HELD}",
                (str(n), wording.held_label(target, control), *units),
                frozenset(unknown),
            )
        )
        label = wording.OWN_IN_DETAIL if own == {*NUMBERS} else wording.OWN_LABEL
        rows.append(FormRow(f"{target.code}={OWN}", ("", label, *units), own))
    yield FormTable(HELD, wording.PREFILL_TITLE, columns, tuple(rows), note=wording.PREFILL_NOTE)


def _is_sum(target: Target, name: str, parts: Sequence[str], asked: Mapping[str, Item]) -> bool:
    by_part = bool(parts) and target.by_part != "no"
    return by_part or any(item in asked for item, _ in target.summed_from.get(name, ()))


def format_held(control: Control) -> tuple[str, str]:
    """Return the row of the hidden sheet that says with which figure the form was issued."""
    facts = {
        "total": control.total,
        "done": control.done,
        "source": control.source,
        "cut_off": control.cut_off.isoformat(),
        "document": control.document,
    }
    return f"{META_PREFIX}{control.item}", json.dumps(facts, ensure_ascii=False)


def parse_held(name: str, text: str, unit: str) -> Control | None:
    """Read such a row; None where it is none, or can't be what ``format_held`` wrote."""
    if not name.startswith(META_PREFIX):
        return None
    try:
        facts = parse_json(text)
        total, done = (facts[n] if facts[n] is None else int(facts[n]) for n in NUMBERS)
        said = str(facts["source"]), date.fromisoformat(facts["cut_off"]), str(facts["document"])
    except (ValueError, KeyError, TypeError):
        return None
    return Control(name.removeprefix(META_PREFIX), unit, total, done, *said)
