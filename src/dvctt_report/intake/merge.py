"""Several files of one unit that are the parts of one return."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from dvctt_report.forms.build import build_form
from dvctt_report.forms.form import Key, key_of
from dvctt_report.forms.layout import MARKER
from dvctt_report.intake.codes import finding
from dvctt_report.intake.fold import sums_of
from dvctt_report.intake.locate import answer_tables
from dvctt_report.model import CellRef, Finding, Observation, Return, State
from dvctt_report.plan.model import Profile
from dvctt_report.vietnamese import join_names

_Said: TypeAlias = tuple[object, State, str]


@dataclass(frozen=True)
class _Answers:
    """What one file answers, table by table, without what the form adds up itself."""

    file: Return
    tables: dict[str, dict[Key, Observation]]


def join_parts(files: Sequence[Return], profile: Profile) -> tuple[Return, ...] | None:
    """Join a unit's files as the parts of one return, each with NH55; None where they contradict each other.

    Parts fill in different tables, or the same ones alike, and belong to one document.
    """
    told = [_answers(file, profile) for file in files]
    if any(_contradict(a, b) for n, a in enumerate(told) for b in told[n + 1 :]):
        return None
    return tuple(_joined(file, files) for file in files)


def unanswered_tables(later: Return, earlier: Return, profile: Profile) -> tuple[str, ...]:
    """The sheets of tables that ``earlier`` fills in and ``later`` leaves blank altogether; lists aside."""
    assert later.year is not None
    form = build_form(profile, profile.roster.unit(later.unit), later.year)
    sheets = {t.id: sheet.name for sheet in form.sheets for t in sheet.tables}
    lost = _answers(earlier, profile).tables.keys() - _answers(later, profile).tables.keys()
    return tuple(dict.fromkeys(sheet for table, sheet in sheets.items() if table in lost))


def _answers(file: Return, profile: Profile) -> _Answers:
    assert file.year is not None
    form = build_form(profile, profile.roster.unit(file.unit), file.year)
    homes: dict[Key, str] = {}
    for name, table in answer_tables(form).items():
        for row in table.rows:
            homes.update((key_of(row.key, column.key), name) for column in table.columns if row.key)
    sums = sums_of(homes, {i.code: i for i in profile.plan.items})
    tables: dict[str, dict[Key, Observation]] = {}
    for o in file.observations:
        key = Key(o.item, o.field, o.part)
        if o.state is not State.BLANK and key not in sums and o.field != "rate":
            tables.setdefault(homes.get(key, f"list.{o.item}"), {})[key] = o
    return _Answers(file, tables)


def _said(observations: dict[Key, Observation]) -> dict[Key, _Said]:
    """What a table says: values, else the words that stand for none."""
    return {
        key: (o.value, o.state, "" if o.state is State.GIVEN else o.raw) for key, o in observations.items()
    }


def _contradict(one: _Answers, other: _Answers) -> bool:
    """Whether two files belong to two documents, or fill in the same table differently."""
    a, b = one.file.submission, other.file.submission
    if a.document_number and b.document_number and a.document_number != b.document_number:
        return True
    if a.sent_on and b.sent_on and a.sent_on != b.sent_on:
        return True
    return any(
        name in other.tables and _said(t) != _said(other.tables[name]) for name, t in one.tables.items()
    )


def _joined(file: Return, all_of_unit: Sequence[Return]) -> Return:
    """One of the parts of a return: a table that another part has isn't missing."""
    others = [r for r in all_of_unit if r.file != file.file]
    names = join_names(r.file for r in others)
    related = tuple(CellRef(r.file) for r in others)
    note = finding(
        "NH55", f"gộp với tệp {names} thành một báo cáo", "", CellRef(file.file), file.unit, related=related
    )
    kept = (f for f in file.findings if not _is_elsewhere(f, others, file is all_of_unit[0]))
    return replace(file, findings=(note, *kept))


def _is_elsewhere(missing: Finding, others: Iterable[Return], is_first: bool) -> bool:
    """Whether a missing table stands in another part; where it is in none, the first part tells it."""
    if missing.code != "NH09" or not missing.value.startswith(MARKER):
        return False
    lacking = [any(f.code == "NH09" and f.value == missing.value for f in r.findings) for r in others]
    return not all(lacking) or not is_first
