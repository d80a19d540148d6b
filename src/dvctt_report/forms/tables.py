"""The tables of a form, each from the items it asks: their rows and keys; ``tables.toml`` has the columns.

A table of which nothing is asked has no rows, and doesn't stand on its sheet.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from itertools import groupby
from typing import Any

from dvctt_report.forms import wording
from dvctt_report.forms.form import COVER, LIST, Column, FormRow, FormTable, Role
from dvctt_report.plan import model
from dvctt_report.plan.fields import DOSSIER_FIELDS, SURVEY_FIELDS
from dvctt_report.text.opening import parse_toml, read_text
from dvctt_report.text.resources import PACKAGE

Items = Sequence[model.Item]
TABLES: dict[str, dict[str, Any]] = parse_toml(read_text(PACKAGE / "forms" / "tables.toml"))
"""What is the same in every form, by the table's id; ``sheets``: what stands below the tables."""


def _table(
    name: str,
    rows: Iterable[FormRow],
    *,
    activity: str = "",
    left: int = 1,
    without: Container[str] = (),
    more: Sequence[Column] = (),
    **other: Any,
) -> FormTable:
    """The table of that name with ``rows``; ``other``: what of it isn't as the file says.

    left: the grid columns that are left for a column without a span.
    without, more: columns that it lacks, and those behind the ones that it has.
    """
    told = TABLES[name]
    columns = [
        Column(
            c["key"],
            c.get("header", "").format(activity=activity),
            Role(c.get("role", "answer")),
            c.get("span", 1) or left,
        )
        for c in told["columns"]
        if c["key"] not in without
    ]
    said = {"id": told.get("id", name), "title": told.get("title", "").format(activity=activity)}
    said |= {key: told[key] for key in ("numbered", "total_row", "note", "bare") if key in told} | other
    return FormTable(columns=(*columns, *more), rows=tuple(rows), **said)


def _numbered(rows: Iterable[tuple[str, ...]]) -> tuple[FormRow, ...]:
    """Rows with their numbers; each is given by its key and its labels."""
    return tuple(FormRow(key, (str(n), *labels)) for n, (key, *labels) in enumerate(rows, 1))


def about_return(name: str, asked: Sequence[model.FieldSpec]) -> FormTable:
    """Who filled the form in ("cover"), or the document that the figures go with ("sign")."""
    return _table(name, _numbered((f"{COVER}:{f.code}", f.label) for f in asked))


def figures(items: Items) -> FormTable:
    """Targets answered by two numbers."""
    targets = [t for t in items if isinstance(t, model.Target) and t.asked_as == "ratio" and not t.same_as]
    pending = has_pending(items)
    rows = (
        FormRow(
            t.code,
            (str(n), wording.target_label(t), t.unit_of_count),
            closed=frozenset() if t.pending or not pending else frozenset({"pending"}),
        )
        for n, t in enumerate(targets, 1)
    )
    return _table("a", rows, without=() if pending else ("pending",))


def has_pending(items: Items) -> bool:
    """Whether a third number is asked, for what is still within its time."""
    return any(isinstance(t, model.Target) and bool(t.pending) for t in items)


def parts(items: Items, names: Sequence[str]) -> FormTable:
    """Targets that a district gives commune by commune, with a line of its own office."""
    targets = [t for t in items if isinstance(t, model.Target) and t.by_part != "no"]
    columns = [
        Column(f"{target.code}:{field}", header, group=f"{target.label} ({target.unit_of_count})")
        for target in targets
        for field, header in (("total", "Tổng số"), ("done", "Đã thực hiện"))
    ]
    office_closed = frozenset(
        f"{t.code}:{field}" for t in targets if t.by_part == "parts" for field in ("total", "done")
    )
    rows = (
        FormRow(f"@{wording.OFFICE_PART}", ("A", wording.OFFICE_PART), closed=office_closed),
        *_numbered((f"@{part}", part) for part in names),
    )
    return _table("parts", rows if targets and names else (), more=columns)


def counts(items: Items, width: int) -> FormTable:
    """Targets answered by one number; ``width`` are the grid columns of the sheet."""
    targets = [t for t in items if isinstance(t, model.Target) and t.asked_as == "count" and not t.same_as]
    rows = _numbered((t.code, f"{t.label}\n- {t.done}.", t.unit_of_count) for t in targets)
    title = TABLES["counts"]["title_with_scores" if any(t.is_single for t in targets) else "title"]
    return _table("counts", rows, left=width - 6, title=title)


def questions(items: Items) -> FormTable:
    """Targets answered by yes or no, each with its proof."""
    targets = (t for t in items if isinstance(t, model.Target) and t.measure == "yes_no")
    return _table("b", _numbered((t.code, t.question) for t in targets))


def milestones(items: Items) -> FormTable:
    """Targets that are done by a day: whether, when, by which document."""
    targets = (t for t in items if isinstance(t, model.Target) and t.measure == "milestone")
    return _table("milestones", _numbered((t.code, t.question) for t in targets if not t.same_as))


def channels(items: Items, activity: str) -> FormTable:
    """The forms of the plan's ``activity`` with their measures."""
    measured = [(c, m) for c in items if isinstance(c, model.Channel) for m in c.measures]
    return _table("channels", measures(measured), activity=activity)


def topics(items: Items, activity: str) -> FormTable:
    """The contents of the plan's ``activity``: a tick and one example each."""
    rows = _numbered((t.code, t.label) for t in items if isinstance(t, model.Topic))
    return _table("topics", rows, activity=activity)


def measures(measured: Sequence[tuple[model.Item, model.FieldSpec]]) -> list[FormRow]:
    """A row for each field of each item, the item's name in the first of them."""
    rows = []
    for n, (_, group) in enumerate(groupby(measured, key=lambda pair: pair[0].code), 1):
        for place, (item, measure) in enumerate(group):
            number, name = ("", "") if place else (str(n), item.label)
            labels = (number, name, measure.label, measure.unit)
            rows.append(FormRow(f"{item.code}:{measure.code}", labels))
    return rows


def dossiers(items: Items, *, by_number: bool = False) -> FormTable:
    """The dossiers of administrative procedures: a row for each level that decides, or ``by_number``."""
    levels = [item for item in items if isinstance(item, model.Dossier)]
    if by_number:
        return _table("commune_dossiers", measures([(d, f) for d in levels for f in DOSSIER_FIELDS]))
    columns = [
        Column(f.code, (header or group).capitalize(), group=group)
        for f in DOSSIER_FIELDS
        for group, _, header in [f.label.partition(": ")]
    ]
    state = Column("status", "Tình trạng số liệu", Role.STATUS)
    rows = _numbered((d.code, d.label) for d in levels)
    return _table("dossiers", rows, more=(*columns, state), total_row=len(levels) > 1)


def surveys(items: Items) -> FormTable:
    """How content people are: a row for each source and field of procedures."""
    counted = [Column(f.code, f.label) for f in SURVEY_FIELDS]
    rate = Column("rate", "Tỷ lệ (%)", Role.RATE)
    state = Column("status", "Tình trạng số liệu", Role.STATUS)
    rows = _numbered((s.code, s.source, s.area) for s in items if isinstance(s, model.Survey))
    return _table("surveys", rows, more=(*counted, rate, state))


def tasks(items: Items, plan: model.Plan) -> FormTable:
    """The tasks that the plan gives the unit."""
    rows = _numbered((t.code, t.dated_label, t.point) for t in items if isinstance(t, model.Task))
    is_derived = any(isinstance(item, model.Task) and item.derived_from for item in plan.items)
    return _table("tasks", rows, note=TABLES["tasks"]["note"] if is_derived else "")


def funding(items: Items) -> FormTable:
    """What was budgeted, spent and raised."""
    measured = [(f, m) for f in items if isinstance(f, model.Funding) for m in f.measures]
    is_marked = any(m.kind == "tick" for _, m in measured)
    note = TABLES["funding"]["note_with_ticks" if is_marked else "note"]
    return _table("funding", measures(measured), note=note)


def prose(items: Items, span: int = 1) -> FormTable:
    """The free texts: results, difficulties, recommendations; the texts ``span`` grid columns."""
    texts = (p for p in items if isinstance(p, model.Prose))
    rows = _numbered((p.code, f"{p.title} (tối đa {p.max_length} ký tự)") for p in texts)
    return _table("prose", rows, left=span)


def listings(items: Items) -> Iterable[FormTable]:
    """Lists of which a unit fills as many lines as it needs."""
    for listing in (i for i in items if isinstance(i, model.Listing)):
        columns = [Column(c.code, c.label) for c in listing.columns]
        rows = (FormRow(f"{listing.code}/{n}", (str(n),)) for n in range(1, listing.lines + 1))
        yield _table("list", rows, more=columns, id=f"{LIST}{listing.code}", title=listing.title)
