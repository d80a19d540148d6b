"""What invented units answer, told by tables of a few words, and the files of a workspace made of that."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dvctt_report.files.container import read_workbook
from dvctt_report.forms.build import build_form
from dvctt_report.forms.form import COVER
from dvctt_report.forms.formulas import Answer
from dvctt_report.forms.layout import place
from dvctt_report.forms.wording import OFFICE_PART
from dvctt_report.forms.writer import form_bytes, form_name
from dvctt_report.intake.locate import Located, locate
from dvctt_report.model import Key
from dvctt_report.model.period import Period
from dvctt_report.plan.fields import fields
from dvctt_report.plan.model import Listing, Profile, Target, Unit
from dvctt_report.store.workspace import SETTINGS

Change = Callable[[bytes, Located], bytes]
"""What a unit does to the file itself, beyond answering."""


@dataclass(frozen=True, slots=True)
class ToldReturn:
    """One unit's return: ``file`` "" keeps the form's own name, ``copy`` is a second name it is sent under.

    ``year`` None is the year of the sample.
    """

    unit: Unit
    answers: Mapping[Key, Answer]
    file: str = ""
    copy: str = ""
    year: int | None = None


def told_return(profile: Profile, code: str, table: Mapping[str, Any], year: int) -> ToldReturn:
    """What a table tells of a unit's return. Raises ValueError where its form has no such cell."""
    unit = profile.roster.unit(code)
    answers = {key: value for key, value in _cells(profile, unit, table) if value != ""}
    form = place(build_form(profile, unit, Period(table.get("year", year))))
    known = {key for sheet in form for t in sheet.tables for _, _, _, key in t.answers()}
    if unknown := sorted(str(key) for key in answers.keys() - known):
        raise ValueError(f"{code}: the form has no {', '.join(unknown)}")
    return ToldReturn(unit, answers, table.get("file", ""), table.get("copy", ""), table.get("year"))


def _cells(profile: Profile, unit: Unit, table: Mapping[str, Any]) -> Iterator[tuple[Key, Answer]]:
    for name, value in table["cover"].items():
        yield Key(COVER, name), value
    for code in table.get("ticks", ()):
        yield Key(code, "ticked"), "x"
    for code, said in table["answers"].items():
        for name, value in _named(profile, code, said):
            yield Key(code, name), value
    if documents := table.get("documents"):
        (listing,) = (item for item in profile.asked(unit) if isinstance(item, Listing))
        for line, document in enumerate(documents, 1):
            for column, value in zip(listing.columns, document, strict=True):
                yield Key(listing.code, column.code, str(line)), value
    if "parts" in table:
        yield from _parts(profile, unit, table)


def _named(profile: Profile, code: str, said: Any) -> Iterator[tuple[str, Answer]]:
    """Name the fields of an item: by a table's own names, else by the order in which the form asks them."""
    if isinstance(said, dict):
        yield from said.items()
    else:
        values = said if isinstance(said, list) else [said]
        yield from zip((f.code for f in fields(profile.plan.item(code))), values, strict=False)


def _parts(profile: Profile, unit: Unit, table: Mapping[str, Any]) -> Iterator[tuple[Key, Answer]]:
    targets = [t for t in profile.asked(unit) if isinstance(t, Target) and t.by_part != "no"]
    rows = {OFFICE_PART: ([t for t in targets if t.by_part == "office_and_parts"], table["office"])}
    rows |= {part: (targets, numbers) for part, numbers in table["parts"].items()}
    for part, (of, numbers) in rows.items():
        keys = [Key(t.code, name, part) for t in of for name in ("total", "done")]
        yield from zip(keys, numbers, strict=True)


@dataclass(frozen=True, slots=True)
class Made:
    """A return as an .xlsx, with the name it was sent under; one named .xls is still to be converted."""

    name: str
    unit: Unit
    year: int
    data: bytes


def made_files(profile: Profile, told: ToldReturn, year: int, change: Change | None = None) -> Iterator[Made]:
    """The return as its unit sends it: once, or once more under a second name."""
    year = told.year or year
    data = form_bytes(profile, told.unit, Period(year), told.answers)
    if change is not None:
        data = change(data, located(profile, told.unit, year, data))
    for name in filter(None, (told.file or form_name(told.unit, Period(year)), told.copy)):
        yield Made(name, told.unit, year, data)


def located(profile: Profile, unit: Unit, year: int, data: bytes) -> Located:
    """Return where the answers of a return stand."""
    return locate(
        read_workbook(data), build_form(profile, unit, Period(year)), "", profile.plan.items_by_code
    )


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
