"""What an invented unit answers, told by a table of a few words, as cells of its form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dvctt_report.forms.build import build_form
from dvctt_report.forms.form import COVER, Key
from dvctt_report.forms.formulas import Answer
from dvctt_report.forms.layout import place
from dvctt_report.forms.wording import OFFICE_PART
from dvctt_report.period import Period
from dvctt_report.plan.fields import fields
from dvctt_report.plan.model import Listing, Profile, Target, Unit


@dataclass(frozen=True, slots=True)
class Told:
    """One unit's return: ``file`` "" keeps the form's own name, ``copy`` is a second name it is sent under.

    ``year`` None is the year of the sample.
    """

    unit: Unit
    answers: Mapping[Key, Answer]
    file: str = ""
    copy: str = ""
    year: int | None = None


def told_return(profile: Profile, code: str, table: Mapping[str, Any], year: int) -> Told:
    """What a table tells of a unit's return. Raises ValueError where its form has no such cell."""
    unit = profile.roster.unit(code)
    answers = {key: value for key, value in _cells(profile, unit, table) if value != ""}
    form = place(build_form(profile, unit, Period(table.get("year", year))))
    known = {key for sheet in form for t in sheet.tables for _, _, _, key in t.answers()}
    if unknown := sorted(str(key) for key in answers.keys() - known):
        raise ValueError(f"{code}: the form has no {', '.join(unknown)}")
    return Told(unit, answers, table.get("file", ""), table.get("copy", ""), table.get("year"))


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
