"""The tables of a form, each from the items it asks: their columns, rows and keys.

A commune's tables have the same keys and fewer columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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


def signature(commune: bool = False) -> FormTable:
    """The document the figures go with, and the control code; of a commune also who filled it in."""
    if commune:
        asked = (*wording.COVER_FIELDS, *(f for f in wording.SIGNATURE_FIELDS if f.code != "signer"))
        return _about_return("sign", "G. Thông tin liên hệ, văn bản gửi kèm và ký xác nhận", asked, 5)
    return _about_return("sign", "Văn bản gửi kèm và ký xác nhận", wording.SIGNATURE_FIELDS, 3)


def _about_return(id_: str, title: str, asked: Sequence[FieldSpec], span: int) -> FormTable:
    rows = tuple(FormRow(f"{COVER}:{f.code}", (str(n), f.label)) for n, f in enumerate(asked, 1))
    return FormTable(id_, title, (*_named(), Column(VALUE, "", Role.ANSWER, span)), rows, bare=True)


_NUMBER = Column("stt", "STT", Role.LABEL)


def _named(header: str = "Nội dung", span: int = 1, *, commune: bool = False) -> tuple[Column, Column]:
    """A row's number and name; a commune's one sheet has two grid columns for that, so that texts get one."""
    return _NUMBER, Column("label", header, Role.LABEL, 2 if commune else span)


def figures(items: Items, commune: bool = False) -> Iterable[FormTable]:
    """Targets answered by two numbers."""
    targets = [t for t in items if isinstance(t, Target) and t.asked_as == "ratio" and not t.same_as]
    if not targets:
        return
    pending = has_pending(items) and not commune
    columns = [
        *_named(commune=commune),
        *([] if commune else [Column("unit", "Đơn vị tính", Role.LABEL)]),
        Column("total", "Tổng số"),
        Column("done", "Đã thực hiện"),
        *([Column("pending", "Đang trong hạn")] if pending else []),
        Column("rate", "Tỷ lệ (%)", Role.RATE),
        Column("status", "Tình trạng số liệu", Role.STATUS),
    ]
    if not commune:
        columns += [
            Column("estimate", "Ước thực hiện cả năm (nếu có)"),
            Column("source", "Nguồn số liệu"),
            Column("note", "Ghi chú, lý do"),
        ]
    rows = tuple(
        FormRow(
            t.code,
            (str(n), wording.target_label(t, commune), *([] if commune else [t.unit_of_count])),
            closed=frozenset() if t.pending or not pending else frozenset({"pending"}),
        )
        for n, t in enumerate(targets, 1)
    )
    title, note = ("A. Số liệu", "") if commune else ("", wording.FIGURES_NOTE)
    yield FormTable("a", title, tuple(columns), rows, numbered=not commune, note=note)


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
        group = wording.part_heading(target)
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


def counts(items: Items, width: int, commune: bool = False) -> Iterable[FormTable]:
    """Targets answered by one number; ``width`` are the grid columns of the sheet."""
    targets = [t for t in items if isinstance(t, Target) and t.asked_as == "count" and not t.same_as]
    if not targets:
        return
    before = [*_named(commune=commune), Column("unit", "Đơn vị tính", Role.LABEL), Column("done", "Số lượng")]
    status = Column("status", "Tình trạng số liệu", Role.STATUS, 2)
    used = sum(column.span for column in (*before, status))
    columns = (*before, status, *([] if commune else [Column("note", "Ghi chú", Role.ANSWER, width - used)]))
    rows = tuple(
        FormRow(t.code, (str(n), wording.count_label(t), t.unit_of_count)) for n, t in enumerate(targets, 1)
    )
    single = ", điểm số, thứ hạng" if any(t.is_single for t in targets) else ""
    title = "Số lượng" if commune else f"Số lượng{single} (không tính tỷ lệ)"
    yield FormTable("counts", title, columns, rows, numbered=not commune)


def questions(items: Items, commune: bool = False) -> Iterable[FormTable]:
    """Targets answered by yes or no, each with its proof."""
    targets = [t for t in items if isinstance(t, Target) and t.measure == "yes_no"]
    if not targets:
        return
    columns = [
        *_named(commune=commune),
        Column("answer", "Trả lời", Role.ANSWER, 2 if commune else 1),
        Column("evidence", "Đường dẫn hoặc số văn bản", Role.ANSWER, 2 if commune else 1),
        *([] if commune else [Column("note", "Ghi chú")]),
    ]
    rows = tuple(FormRow(t.code, (str(n), t.question)) for n, t in enumerate(targets, 1))
    yield FormTable("b", "B. Có, không" if commune else "", tuple(columns), rows, numbered=not commune)


def milestones(items: Items, commune: bool = False) -> Iterable[FormTable]:
    """Targets that are done by a day: whether, when, by which document."""
    targets = [t for t in items if isinstance(t, Target) and t.measure == "milestone" and not t.same_as]
    if not targets:
        return
    columns = (
        *_named("Việc phải hoàn thành", commune=commune),
        Column("answer", "Đã hoàn thành"),
        *([Column("done_on", "Ngày hoàn thành")] if commune else []),
        Column("evidence", "Số, ngày văn bản", Role.ANSWER, 2 if commune else 1),
        *([] if commune else [Column("done_on", "Ngày hoàn thành")]),
    )
    rows = tuple(FormRow(t.code, (str(n), t.question)) for n, t in enumerate(targets, 1))
    yield FormTable("milestones", "Mốc hoàn thành", columns, rows, numbered=not commune)


def channels(items: Items, commune: bool = False) -> Iterable[FormTable]:
    """The forms of the campaign with their measures; a commune is asked the counts alone."""
    found = [c for c in items if isinstance(c, Channel)]
    measured = [(c, m) for c in found for m in c.measures if not commune or m.kind == "count"]
    if not measured:
        return
    columns = (
        *_named("Hình thức tuyên truyền", commune=commune),
        Column("measure", "Số đo", Role.LABEL, 2 if commune else 1),
        *([] if commune else [Column("unit", "Đơn vị tính", Role.LABEL)]),
        Column(VALUE, "Số lượng", Role.ANSWER, 2 if commune else 1),
    )
    title = (
        "C. Hoạt động (hình thức không thực hiện thì để trống)" if commune else "I. Hình thức tuyên truyền"
    )
    note = "" if commune else wording.CHANNELS_NOTE
    rows = tuple(_measure_rows(measured, commune))
    yield FormTable("channels", title, columns, rows, numbered=not commune, note=note)


def topics(items: Items, commune: bool = False) -> Iterable[FormTable]:
    """The contents of the campaign: a tick and one example each."""
    found = [t for t in items if isinstance(t, Topic)]
    if not found:
        return
    columns = (
        *_named("Nội dung tuyên truyền", commune=commune),
        Column("example", "Một ví dụ tiêu biểu", Role.ANSWER, 2),
        Column("ticked", "Có thực hiện (x)", Role.ANSWER, 2 if commune else 1),
    )
    of_commune, of_others = "C.1. Nội dung tuyên truyền", "II. Nội dung tuyên truyền"
    title = f"{of_commune if commune else of_others} (đánh dấu x, không phải đếm)"
    yield FormTable(
        "topics", title, columns, tuple(FormRow(t.code, (str(n), t.label)) for n, t in enumerate(found, 1))
    )


def _measure_rows(measured: Iterable[tuple[Item, FieldSpec]], commune: bool) -> Iterable[FormRow]:
    for n, (_, group) in enumerate(groupby(measured, key=lambda pair: pair[0].code), 1):
        for place, (item, measure) in enumerate(group):
            number, name = ("", "") if place else (str(n), item.label)
            unit = () if commune else (measure.unit,)
            yield FormRow(f"{item.code}:{measure.code}", (number, name, measure.label, *unit))


def dossiers(items: Items) -> Iterable[FormTable]:
    """The dossiers of administrative procedures, a row for each level that decides."""
    found = [i for i in items if isinstance(i, Dossier)]
    if found:
        columns = (
            Column("stt", "TT", Role.LABEL),
            Column("label", "Thẩm quyền giải quyết", Role.LABEL),
            *(_dossier_column(f) for f in DOSSIER_FIELDS),
            Column("status", "Tình trạng số liệu", Role.STATUS),
        )
        rows = tuple(FormRow(d.code, (str(n), d.label)) for n, d in enumerate(found, 1))
        yield FormTable("dossiers", "", columns, rows, numbered=True, total_row=len(rows) > 1)


def _dossier_column(field: FieldSpec) -> Column:
    group, _, header = field.label.partition(": ")
    return Column(field.code, (header or group).capitalize(), group=group)


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


def tasks(items: Items, commune: bool = False) -> Iterable[FormTable]:
    """The tasks that the plan gives the unit; a commune is asked those that nothing else answers."""
    found = [t for t in items if isinstance(t, Task) and not (commune and t.derived_from)]
    if not found:
        return
    if commune:
        columns: tuple[Column, ...] = (
            *_named("Nhiệm vụ được giao", commune=commune),
            Column("status", "Tình trạng", Role.STATUS, 2),
            Column("note", "Kết quả chính, lý do", Role.ANSWER, 2),
        )
        rows = tuple(FormRow(t.code, (str(n), t.dated_label)) for n, t in enumerate(found, 1))
        yield FormTable("tasks", "B.1. Nhiệm vụ được giao", columns, rows)
        return
    columns = (
        *_named("Nhiệm vụ được giao", 2),
        Column("point", "Điểm của Kế hoạch", Role.LABEL),
        Column("status", "Tình trạng", Role.STATUS),
        Column("note", "Kết quả chính, lý do"),
    )
    rows = tuple(FormRow(t.code, (str(n), t.dated_label, t.point)) for n, t in enumerate(found, 1))
    yield FormTable("tasks", "I. Nhiệm vụ được giao tại Kế hoạch", columns, rows, note=wording.TASKS_NOTE)


def funding(items: Items, commune: bool = False) -> Iterable[FormTable]:
    """What was budgeted, spent and raised."""
    measured = [(f, m) for f in items if isinstance(f, Funding) for m in f.measures]
    if measured:
        columns = (
            *_named("Nguồn kinh phí"),
            Column("measure", "Nội dung", Role.LABEL, 3 if commune else 1),
            *([] if commune else [Column("unit", "Đơn vị tính", Role.LABEL)]),
            Column(VALUE, "Số tiền (đồng), trả lời", Role.ANSWER, 2),
        )
        title = "D. Kinh phí (đồng)" if commune else "II. Kinh phí thực hiện"
        note = "" if commune else wording.FUNDING_NOTE
        yield FormTable("funding", title, columns, tuple(_measure_rows(measured, commune)), note=note)


def prose(items: Items, commune: bool = False) -> Iterable[FormTable]:
    """The free texts: results, difficulties, recommendations."""
    found = [p for p in items if isinstance(p, Prose)]
    if found:
        rows = tuple(
            FormRow(p.code, (str(n), f"{p.title} (tối đa {p.max_length} ký tự)"))
            for n, p in enumerate(found, 1)
        )
        title = "E. Báo cáo: kết quả, khó khăn, kiến nghị (thay báo cáo riêng)" if commune else ""
        columns = (*_named(), Column("text", "Nội dung đơn vị ghi", Role.ANSWER, 5 if commune else 1))
        yield FormTable("prose", title, columns, rows, bare=commune)


def listings(items: Items) -> Iterable[FormTable]:
    """Lists of which a unit fills as many lines as it needs."""
    for listing in (i for i in items if isinstance(i, Listing)):
        columns = (_NUMBER, *(Column(c.code, c.label) for c in listing.columns))
        rows = tuple(FormRow(f"{listing.code}/{n}", (str(n),)) for n in range(1, listing.lines + 1))
        yield FormTable(f"{LIST}{listing.code}", listing.title, columns, rows, note=wording.LISTING_NOTE)
