"""Several files of one unit that are the parts of one return."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import reduce
from typing import TypeAlias

from dvctt_report.codes import Trait, has, noted
from dvctt_report.dataset import joined
from dvctt_report.file_names import format_file
from dvctt_report.forms.build import build_form
from dvctt_report.forms.form import Form, answer_tables, key_of
from dvctt_report.forms.formulas import sums_of
from dvctt_report.forms.layout import MARKER
from dvctt_report.intake.sums import contradicts, disagreement, summed
from dvctt_report.model import Finding, Key, Observation, Return, State
from dvctt_report.plan.model import Profile
from dvctt_report.vietnamese import join_names

_Said: TypeAlias = tuple[object, State, str]
_Cells: TypeAlias = dict[Key, Observation]


@dataclass(frozen=True)
class _Answers:
    """What one file answers, table by table, without what the form adds up itself (``sums``)."""

    file: Return
    tables: dict[str, _Cells]
    sums: _Cells


@dataclass(frozen=True)
class _Homes:
    """In which table of a unit's ``form`` each answer stands; ``sums``: what the form adds up itself."""

    form: Form
    tables: Mapping[Key, str]
    sums: Set[Key]


def join_parts(files: Sequence[Return], profile: Profile) -> tuple[Return, ...] | None:
    """Join a unit's files as the parts of one return, each with NH55; None where they contradict each other.

    Parts fill in different tables, or the same ones alike, and belong to one document. A sum whose cells
    stand in another part is taken from these; a number typed for it has to agree (DL13).
    """
    homes = _homes(files[0], profile)
    told = [_answers(file, homes) for file in files]
    if any(_contradict(a, b) for n, a in enumerate(told) for b in told[n + 1 :]):
        return None
    whole = _cells(reduce(joined, files))
    sums = sums_of(whole, profile.plan.items_by_code)
    sources = {key: [whole[name] for name in names] for key, names in sums.items()}
    answered = {key: held for key, held in sources.items() if any(o.state is not State.BLANK for o in held)}
    if any(_typed_apart(told, key) for key in sums.keys() - answered.keys()):
        return None
    added = [_added_up(_joined(file, files), answered) for file in files]
    said = {key: o for _, own in reversed(added) for key, o in own.items()}
    return tuple(_saying(file, said) for file, _ in added)


def unanswered_tables(later: Return, earlier: Return, profile: Profile) -> tuple[str, ...]:
    """The sheets of tables that ``earlier`` fills in and ``later`` leaves blank altogether; lists aside."""
    homes = _homes(later, profile)
    lost = _answers(earlier, homes).tables.keys() - _answers(later, homes).tables.keys()
    sheets = {t.id: sheet.name for sheet in homes.form.sheets for t in sheet.tables}
    return tuple(dict.fromkeys(sheet for table, sheet in sheets.items() if table in lost))


def _homes(file: Return, profile: Profile) -> _Homes:
    """The form of a unit, the same for all its files of a period."""
    assert file.period is not None
    form = build_form(profile, profile.roster.unit(file.unit), file.period)
    tables: dict[Key, str] = {}
    for name, table in answer_tables(form).items():
        for row in table.rows:
            tables.update((key_of(row.key, column.key), name) for column in table.columns if row.key)
    return _Homes(form, tables, sums_of(tables, profile.plan.items_by_code).keys())


def _answers(file: Return, homes: _Homes) -> _Answers:
    tables: dict[str, _Cells] = {}
    added: _Cells = {}
    for key, o in _cells(file).items():
        if o.state is State.BLANK or o.field == "rate":
            continue
        if key in homes.sums:
            added[key] = o
        else:
            tables.setdefault(homes.tables.get(key, f"list.{o.item}"), {})[key] = o
    return _Answers(file, tables, added)


def _cells(file: Return) -> _Cells:
    return {o.key: o for o in file.observations}


def _typed_apart(told: Iterable[_Answers], key: Key) -> bool:
    """Whether two files type different numbers for a sum, of which no file has a cell."""
    return len({(o.state, o.value) for a in told if (o := a.sums.get(key)) is not None}) > 1


def _added_up(file: Return, sources: Mapping[Key, Sequence[Observation]]) -> tuple[Return, _Cells]:
    """A part's sums from the cells of all parts; beside it the typed sums that don't agree with them."""
    own = _cells(file)
    told = {Key(f.item, f.field) for f in file.findings if has(f.code, Trait.CONTRADICTION)}
    wrong: list[Finding] = []
    typed: _Cells = {}
    for key, held in sources.items():
        if key not in own:
            continue
        total = summed(own[key], held, typed=False)
        names = (o.key for o in held)
        by_itself = any(name in own and own[name].state is not State.BLANK for name in names)
        if contradicts(own[key], total) and (key in told or not by_itself):
            typed[key] = own[key]
            wrong += [] if key in told else [disagreement("DL13", own[key], total, held)]
        else:
            own[key] = total
    return replace(file, observations=tuple(own.values()), findings=(*file.findings, *wrong)), typed


def _saying(file: Return, typed: _Cells) -> Return:
    """Let every part of a return say the same of a sum that was typed and doesn't agree with its cells."""
    own = _cells(file)
    return replace(file, observations=tuple((own | {k: o for k, o in typed.items() if k in own}).values()))


def _said(observations: _Cells) -> dict[Key, _Said]:
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
    names = join_names(format_file(r.file) for r in others)
    kept = tuple(f for f in file.findings if not _is_elsewhere(f, others, file is all_of_unit[0]))
    own = replace(file, findings=kept)
    return noted(own, "NH55", f"gộp với tệp {names} thành một báo cáo", related=others)


def _is_elsewhere(missing: Finding, others: Iterable[Return], is_first: bool) -> bool:
    """Whether a missing table stands in another part; where it is in none, the first part tells it."""
    if not has(missing.code, Trait.PLACE_LOST) or not missing.value.startswith(MARKER):
        return False
    lacking = [
        any(has(f.code, Trait.PLACE_LOST) and f.value == missing.value for f in r.findings) for r in others
    ]
    return not all(lacking) or not is_first
