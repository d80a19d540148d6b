"""The files of a sample workspace: the returns that its units send, its settings, its README."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dvctt_report.forms.build import build_form
from dvctt_report.forms.form import Key
from dvctt_report.forms.writer import form_bytes, form_name
from dvctt_report.intake.container import read_workbook
from dvctt_report.intake.locate import Located, locate
from dvctt_report.period import Period
from dvctt_report.plan.model import Profile, Unit
from dvctt_report.sample.answers import Told
from dvctt_report.workspace import SETTINGS

Change = Callable[[bytes, Located], bytes]
"""What a unit does to the file itself, beyond answering."""


@dataclass(frozen=True, slots=True)
class Made:
    """A return as an .xlsx, with the name it was sent under; one named .xls is still to be converted."""

    name: str
    unit: Unit
    year: int
    data: bytes


def made_files(profile: Profile, told: Told, year: int, change: Change | None = None) -> Iterator[Made]:
    """The return as its unit sends it: once, or once more under a second name."""
    year = told.year or year
    data = form_bytes(profile, told.unit, Period(year), told.answers)
    if change is not None:
        data = change(data, located(profile, told.unit, year, data))
    for name in filter(None, (told.file or form_name(told.unit, Period(year)), told.copy)):
        yield Made(name, told.unit, year, data)


def located(profile: Profile, unit: Unit, year: int, data: bytes) -> Located:
    """Return where the answers of a return stand."""
    items = {item.code: item for item in profile.plan.items}
    return locate(read_workbook(data), build_form(profile, unit, Period(year)), "", items)


def settings_text(shipped: str, said: Mapping[str, str]) -> str:
    """The shipped ``dvctt.toml`` with what the sample says where that is blank."""
    text = shipped
    for name, value in said.items():
        text, n = re.subn(rf'(?m)^{name} = "" *', f'{name} = "{value}"  ', text)
        if n != 1:
            raise ValueError(f"the shipped {SETTINGS} has no blank {name}")
    return text


def readme_text(profile: Profile, returns: Sequence[Made], template: str) -> str:
    """Fill the README's placeholders.

    ``[[UNIT]]`` is that unit's file, ``[[UNIT copy]]`` the name it was sent under once more, and
    ``[[UNIT ITEM.field]]`` the sheet and the cell of an answer.
    """

    def say(match: re.Match[str]) -> str:
        made, *again = (m for m in returns if m.unit.code == match[1])
        if match[2] in (None, "copy"):
            return f"`{again[0].name if match[2] else made.name}`"
        item, _, name = match[2].rpartition(".")
        at = located(profile, made.unit, made.year, made.data).places[Key(item, name)].at
        return f"trang tính “{at.sheet}”, ô {at.cell}"

    return re.sub(r"\[\[(\w+)(?: ([\w.]+))?\]\]", say, template)
