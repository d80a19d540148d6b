"""A cell of the form, what stands in it and what an officer put there, in words."""

from __future__ import annotations

from decimal import Decimal

from dvctt_report.forms.form import Key
from dvctt_report.intake.reading import quote
from dvctt_report.intake.words import STATE_NAMES
from dvctt_report.model import Observation, Override, State, Value
from dvctt_report.vietnamese import format_count, format_date, format_decimal


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


def describe(override: Override) -> str:
    """Say in one line what an override is: whose figure it replaces, why, by which document, who, when."""
    own = f"đơn vị ghi {quote(override.over)}" if override.over else "đơn vị không ghi"
    return (
        f"đính chính ({own}): {override.reason}; {override.document}; "
        f"{override.who}, {format_date(override.when.date())}"
    )


def format_cell(override: Override) -> str:
    """Name the overridden cell as ``override set`` takes it: "T10.done", "T1.total@Xã Một"."""
    return name_cell(Key(override.item, override.field, override.part))


def name_cell(key: Key) -> str:
    """Name a cell as ``override set`` takes it: "T10.done", "T1.total@Xã Một"."""
    return f"{key.item}.{key.field}" + (f"@{key.part}" if key.part else "")


def format_put(override: Override) -> str:
    """Write what is put into the cell as it is printed ("2.014"); words as they were typed."""
    return format_count(int(override.text)) if override.text.isdecimal() else override.text
