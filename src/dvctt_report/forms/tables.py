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


def of_targets(items: Items, communes: Sequence[str] = ()) -> dict[str, FormTable]:
    """What is asked of targets, by its table; ``communes``: those a district gives figures of."""
    targets = [item for item in items if isinstance(item, model.Target)]
    # Two numbers, and a third one for what is still within its time.
    has_pending = any(t.pending for t in targets)
    ratios = [t for t in targets if t.asked_as == "ratio" and not t.same_as]
    explained = (
        f"{t.label}\n- Tổng số: {t.total.removeprefix('Tổng số ')}.\n- Đã thực hiện: {t.done}."
        for t in ratios
    )
    figures = (
        FormRow(
            t.code,
            (str(n), label, t.unit_of_count),
            closed=frozenset() if t.pending or not has_pending else frozenset({"pending"}),
        )
        for n, (t, label) in enumerate(zip(ratios, explained, strict=True), 1)
    )
    # Commune by commune, with a line of the district's own office.
    of_parts = [t for t in targets if t.by_part != "no"]
    pair = (("total", "Tổng số"), ("done", "Đã thực hiện"))
    columns = [
        Column(f"{t.code}:{field}", header, group=f"{t.label} ({t.unit_of_count})")
        for t in of_parts
        for field, header in pair
    ]
    closed = frozenset(f"{t.code}:{field}" for t in of_parts if t.by_part == "parts" for field, _ in pair)
    parts = (
        FormRow(f"@{wording.OFFICE_PART}", ("A", wording.OFFICE_PART), closed=closed),
        *_numbered((f"@{name}", name) for name in communes),
    )
    # One number; the table is as wide as that of two.
    counts = [t for t in targets if t.asked_as == "count" and not t.same_as]
    of_counts = _numbered((t.code, f"{t.label}\n- {t.done}.", t.unit_of_count) for t in counts)
    title = TABLES["counts"]["title_with_scores" if any(t.is_single for t in targets) else "title"]
    answered = {
        measure: _numbered((t.code, t.question) for t in targets if t.measure == measure and not t.same_as)
        for measure in ("yes_no", "milestone")
    }
    return {
        "a": _table("a", figures, without=() if has_pending else ("pending",)),
        "parts": _table("parts", parts if of_parts and communes else (), more=columns),
        "counts": _table("counts", of_counts, left=4 + has_pending, title=title),
        "b": _table("b", answered["yes_no"]),
        "milestones": _table("milestones", answered["milestone"]),
    }


def of_others(items: Items, plan: model.Plan, *, by_number: bool = False) -> dict[str, FormTable]:
    """What is asked of all other items, by the names of the tables; lists, by their ids, come last.

    by_number: of dossiers each number has a row, not each level that decides.
    """
    dossiers = [item for item in items if isinstance(item, model.Dossier)]
    columns = [
        Column(f.code, (header or group).capitalize(), group=group)
        for f in DOSSIER_FIELDS
        for group, _, header in [f.label.partition(": ")]
    ]
    state, rate = Column("status", "Tình trạng số liệu", Role.STATUS), Column("rate", "Tỷ lệ (%)", Role.RATE)
    levels = _numbered((d.code, d.label) for d in dossiers)
    of_dossiers = _table("dossiers", levels, more=(*columns, state), total_row=len(dossiers) > 1)
    if by_number:
        of_dossiers = _table("commune_dossiers", _measures((d, f) for d in dossiers for f in DOSSIER_FIELDS))
    surveys = _numbered((s.code, s.source, s.area) for s in items if isinstance(s, model.Survey))
    counted = (Column(f.code, f.label) for f in SURVEY_FIELDS)
    tasks = _numbered((t.code, t.dated_label, t.point) for t in items if isinstance(t, model.Task))
    is_derived = any(isinstance(item, model.Task) and item.derived_from for item in plan.items)
    channels = _measures((c, m) for c in items if isinstance(c, model.Channel) for m in c.measures)
    topics = _numbered((t.code, t.label) for t in items if isinstance(t, model.Topic))
    funding = [(f, m) for f in items if isinstance(f, model.Funding) for m in f.measures]
    note = TABLES["funding"]["note_with_ticks" if any(m.kind == "tick" for _, m in funding) else "note"]
    texts = (p for p in items if isinstance(p, model.Prose))
    prose = _numbered((p.code, f"{p.title} (tối đa {p.max_length} ký tự)") for p in texts)
    lists = {}  # of which a unit fills as many lines as it needs
    for listing in (i for i in items if isinstance(i, model.Listing)):
        asked = [Column(c.code, c.label) for c in listing.columns]
        lines = (FormRow(f"{listing.code}/{n}", (str(n),)) for n in range(1, listing.lines + 1))
        name = f"{LIST}{listing.code}"
        lists[name] = _table("list", lines, more=asked, id=name, title=listing.title)
    most = max((len(table.columns) for table in lists.values()), default=0)  # the prose is as wide as a list
    return {
        "dossiers": of_dossiers,
        "surveys": _table("surveys", surveys, more=(*counted, rate, state)),
        "tasks": _table("tasks", tasks, note=TABLES["tasks"]["note"] if is_derived else ""),
        "channels": _table("channels", channels, activity=plan.activity),
        "topics": _table("topics", topics, activity=plan.activity),
        "funding": _table("funding", _measures(funding), note=note),
        "prose": _table("prose", prose, left=max(2, most - 2)),
        **lists,
    }


def _measures(measured: Iterable[tuple[model.Item, model.FieldSpec]]) -> list[FormRow]:
    """A row for each field of each item, the item's name in the first of them."""
    rows = []
    for n, (_, group) in enumerate(groupby(measured, key=lambda pair: pair[0].code), 1):
        for place, (item, measure) in enumerate(group):
            number, name = ("", "") if place else (str(n), item.label)
            labels = (number, name, measure.label, measure.unit)
            rows.append(FormRow(f"{item.code}:{measure.code}", labels))
    return rows
