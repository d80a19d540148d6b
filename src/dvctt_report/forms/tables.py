"""The tables of a form, each from the items it asks: their columns, rows and keys."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from dvctt_report.forms import wording
from dvctt_report.forms.form import COVER, LIST, VALUE, Column, FormRow, FormTable, Role
from dvctt_report.plan.fields import DOSSIER_FIELDS, SURVEY_FIELDS
from dvctt_report.plan.model import (
    Channel,
    Dossier,
    FieldSpec,
    Funding,
    Item,
    Listing,
    Prose,
    Survey,
    Target,
    Task,
    Topic,
)

Items = Sequence[Item]


def cover() -> FormTable:
    """Who filled the form in."""
    return _about_return("cover", "Thông tin liên hệ", wording.COVER_FIELDS, 3)


def signature() -> FormTable:
    """The document the figures go with, and the control code."""
    return _about_return("sign", "Văn bản gửi kèm và ký xác nhận", wording.SIGNATURE_FIELDS, 3)


def _about_return(id_: str, title: str, asked: Sequence[FieldSpec], span: int) -> FormTable:
    rows = tuple(FormRow(f"{COVER}:{f.code}", (str(n), f.label)) for n, f in enumerate(asked, 1))
    return FormTable(id_, title, (*_named(), Column(VALUE, "", Role.ANSWER, span)), rows, bare=True)


_NUMBER = Column("stt", "STT", Role.LABEL)


def _named(header: str = "Nội dung", span: int = 1) -> tuple[Column, Column]:
    """A row's number and name."""
    return _NUMBER, Column("label", header, Role.LABEL, span)


def figures(items: Items) -> Iterable[FormTable]:
    """Targets answered by two numbers."""
    targets = [t for t in items if isinstance(t, Target) and t.asked_as == "ratio" and not t.same_as]
    if not targets:
        return
    pending = has_pending(items)
    columns = (
        *_named(),
        Column("unit", "Đơn vị tính", Role.LABEL),
        Column("total", "Tổng số"),
        Column("done", "Đã thực hiện"),
        *([Column("pending", "Đang trong hạn")] if pending else []),
        Column("rate", "Tỷ lệ (%)", Role.RATE),
        Column("status", "Tình trạng số liệu", Role.STATUS),
        Column("estimate", "Ước thực hiện cả năm (nếu có)"),
        Column("source", "Nguồn số liệu"),
        Column("note", "Ghi chú, lý do"),
    )
    rows = tuple(
        FormRow(
            t.code,
            (str(n), wording.target_label(t), t.unit_of_count),
            closed=frozenset() if t.pending or not pending else frozenset({"pending"}),
        )
        for n, t in enumerate(targets, 1)
    )
    yield FormTable("a", "", columns, rows, numbered=True, note=wording.FIGURES_NOTE)


def has_pending(items: Items) -> bool:
    """Whether a third number is asked, for what is still within its time."""
    return any(isinstance(t, Target) and bool(t.pending) for t in items)


def parts(items: Items, names: Sequence[str]) -> Iterable[FormTable]:
    """Targets that a district gives commune by commune, with a line of its own office."""
    targets = [t for t in items if isinstance(t, Target) and t.by_part != "no"]
    if not targets:
        return
    columns = [*_named("Xã, phường, thị trấn")]
    for target in targets:
        group = f"{target.label} ({target.unit_of_count})"
        columns.append(Column(f"{target.code}:total", "Tổng số", group=group))
        columns.append(Column(f"{target.code}:done", "Đã thực hiện", group=group))
    office_closed = frozenset(
        f"{t.code}:{field}" for t in targets if t.by_part == "parts" for field in ("total", "done")
    )
    rows = [FormRow(f"@{wording.OFFICE_PART}", ("A", wording.OFFICE_PART), closed=office_closed)]
    rows += [FormRow(f"@{part}", (str(n), part)) for n, part in enumerate(names, 1)]
    yield FormTable(
        "parts", "", tuple(columns), tuple(rows), numbered=True, total_row=True, note=wording.PARTS_NOTE
    )


def counts(items: Items, width: int) -> Iterable[FormTable]:
    """Targets answered by one number; ``width`` are the grid columns of the sheet."""
    targets = [t for t in items if isinstance(t, Target) and t.asked_as == "count" and not t.same_as]
    if not targets:
        return
    before = (
        *_named(),
        Column("unit", "Đơn vị tính", Role.LABEL),
        Column("done", "Số lượng"),
        Column("status", "Tình trạng số liệu", Role.STATUS, 2),
    )
    columns = (*before, Column("note", "Ghi chú", Role.ANSWER, width - sum(c.span for c in before)))
    rows = tuple(
        FormRow(t.code, (str(n), f"{t.label}\n- {t.done}.", t.unit_of_count))
        for n, t in enumerate(targets, 1)
    )
    single = ", điểm số, thứ hạng" if any(t.is_single for t in targets) else ""
    yield FormTable("counts", f"Số lượng{single} (không tính tỷ lệ)", columns, rows, numbered=True)


def questions(items: Items) -> Iterable[FormTable]:
    """Targets answered by yes or no, each with its proof."""
    targets = [t for t in items if isinstance(t, Target) and t.measure == "yes_no"]
    if targets:
        columns = (
            *_named(),
            Column("answer", "Trả lời"),
            Column("evidence", "Đường dẫn hoặc số văn bản"),
            Column("note", "Ghi chú"),
        )
        rows = tuple(FormRow(t.code, (str(n), t.question)) for n, t in enumerate(targets, 1))
        yield FormTable("b", "", columns, rows, numbered=True)


def milestones(items: Items) -> Iterable[FormTable]:
    """Targets that are done by a day: whether, when, by which document."""
    targets = [t for t in items if isinstance(t, Target) and t.measure == "milestone" and not t.same_as]
    if targets:
        columns = (
            *_named("Việc phải hoàn thành"),
            Column("answer", "Đã hoàn thành"),
            Column("evidence", "Số, ngày văn bản"),
            Column("done_on", "Ngày hoàn thành"),
        )
        rows = tuple(FormRow(t.code, (str(n), t.question)) for n, t in enumerate(targets, 1))
        yield FormTable("milestones", "Mốc hoàn thành", columns, rows, numbered=True)


def channels(items: Items, activity: str) -> Iterable[FormTable]:
    """The forms of the plan's ``activity`` with their measures."""
    measured = [(c, m) for c in items if isinstance(c, Channel) for m in c.measures]
    for one in measures("channels", measured, (f"Hình thức {activity}", "Số đo", "Số lượng")):
        yield replace(one, title=f"I. Hình thức {activity}", numbered=True, note=wording.CHANNELS_NOTE)


def topics(items: Items, activity: str) -> Iterable[FormTable]:
    """The contents of the plan's ``activity``: a tick and one example each."""
    found = [t for t in items if isinstance(t, Topic)]
    if found:
        columns = (
            *_named(f"Nội dung {activity}"),
            Column("example", "Một ví dụ tiêu biểu", Role.ANSWER, 2),
            Column("ticked", "Có thực hiện (x)"),
        )
        rows = tuple(FormRow(t.code, (str(n), t.label)) for n, t in enumerate(found, 1))
        yield FormTable("topics", f"II. Nội dung {activity} (đánh dấu x, không phải đếm)", columns, rows)


def measures(
    id_: str, measured: Sequence[tuple[Item, FieldSpec]], headers: tuple[str, str, str], span: int = 1
) -> Iterable[FormTable]:
    """A row for each field of each item; ``headers`` of item, field and answer, which spans ``span``."""
    if measured:
        named, what, how_much = headers
        columns = (
            *_named(named),
            Column("measure", what, Role.LABEL),
            Column("unit", "Đơn vị tính", Role.LABEL),
            Column(VALUE, how_much, Role.ANSWER, span),
        )
        yield FormTable(id_, "", columns, tuple(_measure_rows(measured)))


def _measure_rows(measured: Iterable[tuple[Item, FieldSpec]]) -> Iterable[FormRow]:
    for n, (_, group) in enumerate(groupby(measured, key=lambda pair: pair[0].code), 1):
        for place, (item, measure) in enumerate(group):
            number, name = ("", "") if place else (str(n), item.label)
            yield FormRow(f"{item.code}:{measure.code}", (number, name, measure.label, measure.unit))


def dossiers(items: Items) -> Iterable[FormTable]:
    """The dossiers of administrative procedures, a row for each level that decides."""
    found = [i for i in items if isinstance(i, Dossier)]
    if found:
        columns = (
            Column("stt", "TT", Role.LABEL),
            Column("label", "Thẩm quyền giải quyết", Role.LABEL),
            *(
                Column(f.code, (header or group).capitalize(), group=group)
                for f in DOSSIER_FIELDS
                for group, _, header in [f.label.partition(": ")]
            ),
            Column("status", "Tình trạng số liệu", Role.STATUS),
        )
        rows = tuple(FormRow(d.code, (str(n), d.label)) for n, d in enumerate(found, 1))
        yield FormTable("dossiers", "", columns, rows, numbered=True, total_row=len(rows) > 1)


def surveys(items: Items) -> Iterable[FormTable]:
    """How content people are: a row for each source and field of procedures."""
    found = [s for s in items if isinstance(s, Survey)]
    if found:
        columns = (
            _NUMBER,
            Column("source", "Nguồn đo", Role.LABEL),
            Column("label", "Lĩnh vực", Role.LABEL),
            *(Column(f.code, f.label) for f in SURVEY_FIELDS),
            Column("rate", "Tỷ lệ (%)", Role.RATE),
            Column("status", "Tình trạng số liệu", Role.STATUS),
        )
        rows = tuple(FormRow(s.code, (str(n), s.source, s.area)) for n, s in enumerate(found, 1))
        yield FormTable("surveys", "", columns, rows, numbered=True)


def tasks(items: Items) -> Iterable[FormTable]:
    """The tasks that the plan gives the unit."""
    found = [t for t in items if isinstance(t, Task)]
    if found:
        columns = (
            *_named("Nhiệm vụ được giao", 2),
            Column("point", "Điểm của Kế hoạch", Role.LABEL),
            Column("status", "Tình trạng", Role.STATUS),
            Column("note", "Kết quả chính, lý do"),
        )
        rows = tuple(FormRow(t.code, (str(n), t.dated_label, t.point)) for n, t in enumerate(found, 1))
        note = wording.TASKS_NOTE if any(t.derived_from for t in found) else ""
        yield FormTable("tasks", "I. Nhiệm vụ được giao tại Kế hoạch", columns, rows, note=note)


def funding(items: Items) -> Iterable[FormTable]:
    """What was budgeted, spent and raised."""
    measured = [(f, m) for f in items if isinstance(f, Funding) for m in f.measures]
    headers = ("Nguồn kinh phí", "Nội dung", "Số tiền (đồng), trả lời")
    for one in measures("funding", measured, headers, span=2):
        marked = "".join(f"; “{m.label}”: chỉ đánh dấu" for _, m in measured if m.kind == "tick")
        yield replace(one, title="II. Kinh phí thực hiện", note=f"{wording.FUNDING_NOTE}{marked}.")


def prose(items: Items, span: int = 1) -> Iterable[FormTable]:
    """The free texts: results, difficulties, recommendations; the texts ``span`` grid columns."""
    found = [p for p in items if isinstance(p, Prose)]
    if found:
        rows = tuple(
            FormRow(p.code, (str(n), f"{p.title} (tối đa {p.max_length} ký tự)"))
            for n, p in enumerate(found, 1)
        )
        yield FormTable(
            "prose", "", (*_named(), Column("text", "Nội dung đơn vị ghi", Role.ANSWER, span)), rows
        )


def listings(items: Items) -> Iterable[FormTable]:
    """Lists of which a unit fills as many lines as it needs."""
    for listing in (i for i in items if isinstance(i, Listing)):
        columns = (_NUMBER, *(Column(c.code, c.label) for c in listing.columns))
        rows = tuple(FormRow(f"{listing.code}/{n}", (str(n),)) for n in range(1, listing.lines + 1))
        yield FormTable(f"{LIST}{listing.code}", listing.title, columns, rows, note=wording.LISTING_NOTE)
