"""Which sheets of their form several files of one unit fill in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dvctt_report.forms.build import build_form
from dvctt_report.forms.form import LIST, Form, answer_tables, key_of
from dvctt_report.forms.formulas import sums_of
from dvctt_report.model import Return, State
from dvctt_report.plan.model import Profile
from dvctt_report.rows import format_sheet


def form_of(received: Return, profile: Profile) -> Form:
    """The form of a return's unit and period, the same for all its files."""
    assert received.period is not None
    return build_form(profile, profile.roster.unit(received.unit), received.period)


def filled_tables(received: Return, form: Form, profile: Profile) -> frozenset[str]:
    """The tables of ``form``, by id, in which a return answers what the form doesn't add up itself."""
    homes = {
        key_of(row.key, column.key): name
        for name, table in answer_tables(form).items()
        for row in table.rows
        if row.key
        for column in table.columns
    }
    given = {o.key: o for o in received.observations if o.state is not State.BLANK and o.field != "rate"}
    made = {
        key
        for key, sources in sums_of(homes, profile.plan.items_by_code).items()
        if given.keys() & {*sources}
    }
    return frozenset(homes.get(key, f"{LIST}{key.item}") for key in given.keys() - made)


def name_tables(form: Form, filled: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """Name the tables that each file has ``filled``: by their sheets, by titles where these are alike."""
    sheets, titles = (
        {
            file: tuple(
                dict.fromkeys(
                    format_sheet(sheet.name) if by_sheet else f"“{table.title or format_sheet(sheet.name)}”"
                    for sheet in form.sheets
                    for table in sheet.tables
                    if table.id in tables
                )
            )
            for file, tables in filled.items()
        }
        for by_sheet in (True, False)
    )
    return sheets if len({*sheets.values()}) > 1 else titles
