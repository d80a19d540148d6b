"""The tables of a form, each from the items it asks: their columns, rows and keys.

A table of which nothing is asked has no rows, and doesn't stand on its sheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from dvctt_report.forms import wording
from dvctt_report.forms.form import COVER, LIST, VALUE, Column, FormRow, FormTable, Role
from dvctt_report.plan import model
from dvctt_report.plan.fields import DOSSIER_FIELDS, SURVEY_FIELDS

Items = Sequence[model.Item]
_NUMBER = Column("stt", "STT", Role.LABEL)


def _named(header: str = "Nội dung", span: int = 1) -> tuple[Column, Column]:
    """A row's number and name."""
    return _NUMBER, Column("label", header, Role.LABEL, span)


def _numbered(rows: Iterable[tuple[str, ...]]) -> tuple[FormRow, ...]:
    """Rows with their numbers; each is given by its key and its labels."""
    return tuple(FormRow(key, (str(n), *labels)) for n, (key, *labels) in enumerate(rows, 1))


def cover() -> FormTable:
    """Who filled the form in."""
    return _about_return("cover", "Thông tin liên hệ", wording.COVER_FIELDS)


def signature() -> FormTable:
    """The document the figures go with, and the control code."""
    return _about_return("sign", "Văn bản gửi kèm và ký xác nhận", wording.SIGNATURE_FIELDS)


def _about_return(id_: str, title: str, asked: Sequence[model.FieldSpec]) -> FormTable:
    rows = _numbered((f"{COVER}:{f.code}", f.label) for f in asked)
    return FormTable(id_, title, (*_named(), Column(VALUE, "", Role.ANSWER, 3)), rows, bare=True)


def figures(items: Items) -> FormTable:
    """Targets answered by two numbers."""
    targets = [t for t in items if isinstance(t, model.Target) and t.asked_as == "ratio" and not t.same_as]
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
    return FormTable("a", "", columns, rows, numbered=True, note=wording.FIGURES_NOTE)


def has_pending(items: Items) -> bool:
    """Whether a third number is asked, for what is still within its time."""
    return any(isinstance(t, model.Target) and bool(t.pending) for t in items)


def parts(items: Items, names: Sequence[str]) -> FormTable:
    """Targets that a district gives commune by commune, with a line of its own office."""
    targets = [t for t in items if isinstance(t, model.Target) and t.by_part != "no"]
    columns = [*_named("Xã, phường, thị trấn")]
    for target in targets:
        group = f"{target.label} ({target.unit_of_count})"
        columns.append(Column(f"{target.code}:total", "Tổng số", group=group))
        columns.append(Column(f"{target.code}:done", "Đã thực hiện", group=group))
    office_closed = frozenset(
        f"{t.code}:{field}" for t in targets if t.by_part == "parts" for field in ("total", "done")
    )
    rows = (
        FormRow(f"@{wording.OFFICE_PART}", ("A", wording.OFFICE_PART), closed=office_closed),
        *_numbered((f"@{part}", part) for part in names),
    )
    asked = rows if targets and names else ()
    return FormTable(
        "parts", "", tuple(columns), asked, numbered=True, total_row=True, note=wording.PARTS_NOTE
    )


def counts(items: Items, width: int) -> FormTable:
    """Targets answered by one number; ``width`` are the grid columns of the sheet."""
    targets = [t for t in items if isinstance(t, model.Target) and t.asked_as == "count" and not t.same_as]
    before = (
        *_named(),
        Column("unit", "Đơn vị tính", Role.LABEL),
        Column("done", "Số lượng"),
        Column("status", "Tình trạng số liệu", Role.STATUS, 2),
    )
    columns = (*before, Column("note", "Ghi chú", Role.ANSWER, width - sum(c.span for c in before)))
    rows = _numbered((t.code, f"{t.label}\n- {t.done}.", t.unit_of_count) for t in targets)
    single = ", điểm số, thứ hạng" if any(t.is_single for t in targets) else ""
    return FormTable("counts", f"Số lượng{single} (không tính tỷ lệ)", columns, rows, numbered=True)


def questions(items: Items) -> FormTable:
    """Targets answered by yes or no, each with its proof."""
    columns = (
        *_named(),
        Column("answer", "Trả lời"),
        Column("evidence", "Đường dẫn hoặc số văn bản"),
        Column("note", "Ghi chú"),
    )
    targets = (t for t in items if isinstance(t, model.Target) and t.measure == "yes_no")
    return FormTable("b", "", columns, _numbered((t.code, t.question) for t in targets), numbered=True)


def milestones(items: Items) -> FormTable:
    """Targets that are done by a day: whether, when, by which document."""
    columns = (
        *_named("Việc phải hoàn thành"),
        Column("answer", "Đã hoàn thành"),
        Column("evidence", "Số, ngày văn bản"),
        Column("done_on", "Ngày hoàn thành"),
    )
    targets = (t for t in items if isinstance(t, model.Target) and t.measure == "milestone" and not t.same_as)
    rows = _numbered((t.code, t.question) for t in targets)
    return FormTable("milestones", "Mốc hoàn thành", columns, rows, numbered=True)


def channels(items: Items, activity: str) -> FormTable:
    """The forms of the plan's ``activity`` with their measures."""
    measured = [(c, m) for c in items if isinstance(c, model.Channel) for m in c.measures]
    title, headers = f"I. Hình thức {activity}", (f"Hình thức {activity}", "Số đo", "Số lượng")
    return measures("channels", measured, headers, title=title, numbered=True, note=wording.CHANNELS_NOTE)


def topics(items: Items, activity: str) -> FormTable:
    """The contents of the plan's ``activity``: a tick and one example each."""
    columns = (
        *_named(f"Nội dung {activity}"),
        Column("example", "Một ví dụ tiêu biểu", Role.ANSWER, 2),
        Column("ticked", "Có thực hiện (x)"),
    )
    rows = _numbered((t.code, t.label) for t in items if isinstance(t, model.Topic))
    return FormTable("topics", f"II. Nội dung {activity} (đánh dấu x, không phải đếm)", columns, rows)


def measures(
    id_: str,
    measured: Sequence[tuple[model.Item, model.FieldSpec]],
    headers: tuple[str, str, str],
    span: int = 1,
    title: str = "",
    numbered: bool = False,
    note: str = "",
) -> FormTable:
    """A row for each field of each item; ``headers`` of item, field and answer, which spans ``span``."""
    named, what, how_much = headers
    columns = (
        *_named(named),
        Column("measure", what, Role.LABEL),
        Column("unit", "Đơn vị tính", Role.LABEL),
        Column(VALUE, how_much, Role.ANSWER, span),
    )
    rows = []
    for n, (_, group) in enumerate(groupby(measured, key=lambda pair: pair[0].code), 1):
        for place, (item, measure) in enumerate(group):
            number, name = ("", "") if place else (str(n), item.label)
            labels = (number, name, measure.label, measure.unit)
            rows.append(FormRow(f"{item.code}:{measure.code}", labels))
    return FormTable(id_, title, columns, tuple(rows), numbered=numbered, note=note)


def dossiers(items: Items) -> FormTable:
    """The dossiers of administrative procedures, a row for each level that decides."""
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
    rows = _numbered((d.code, d.label) for d in items if isinstance(d, model.Dossier))
    return FormTable("dossiers", "", columns, rows, numbered=True, total_row=len(rows) > 1)


def surveys(items: Items) -> FormTable:
    """How content people are: a row for each source and field of procedures."""
    columns = (
        _NUMBER,
        Column("source", "Nguồn đo", Role.LABEL),
        Column("label", "Lĩnh vực", Role.LABEL),
        *(Column(f.code, f.label) for f in SURVEY_FIELDS),
        Column("rate", "Tỷ lệ (%)", Role.RATE),
        Column("status", "Tình trạng số liệu", Role.STATUS),
    )
    rows = _numbered((s.code, s.source, s.area) for s in items if isinstance(s, model.Survey))
    return FormTable("surveys", "", columns, rows, numbered=True)


def tasks(items: Items, note: str = "") -> FormTable:
    """The tasks that the plan gives the unit."""
    columns = (
        *_named("Nhiệm vụ được giao", 2),
        Column("point", "Điểm của Kế hoạch", Role.LABEL),
        Column("status", "Tình trạng", Role.STATUS),
        Column("note", "Kết quả chính, lý do"),
    )
    rows = _numbered((t.code, t.dated_label, t.point) for t in items if isinstance(t, model.Task))
    return FormTable("tasks", "I. Nhiệm vụ được giao tại Kế hoạch", columns, rows, note=note)


def funding(items: Items) -> FormTable:
    """What was budgeted, spent and raised."""
    measured = [(f, m) for f in items if isinstance(f, model.Funding) for m in f.measures]
    headers = ("Nguồn kinh phí", "Nội dung", "Số tiền (đồng), trả lời")
    is_marked = any(m.kind == "tick" for _, m in measured)
    note = wording.FUNDING_NOTE + (wording.NOT_APART_NOTE if is_marked else "")
    return measures("funding", measured, headers, span=2, title="II. Kinh phí thực hiện", note=note)


def prose(items: Items, span: int = 1) -> FormTable:
    """The free texts: results, difficulties, recommendations; the texts ``span`` grid columns."""
    texts = (p for p in items if isinstance(p, model.Prose))
    rows = _numbered((p.code, f"{p.title} (tối đa {p.max_length} ký tự)") for p in texts)
    columns = (*_named(), Column("text", "Nội dung đơn vị ghi", Role.ANSWER, span))
    return FormTable("prose", "", columns, rows)


def listings(items: Items) -> Iterable[FormTable]:
    """Lists of which a unit fills as many lines as it needs."""
    for listing in (i for i in items if isinstance(i, model.Listing)):
        columns = (_NUMBER, *(Column(c.code, c.label) for c in listing.columns))
        rows = tuple(FormRow(f"{listing.code}/{n}", (str(n),)) for n in range(1, listing.lines + 1))
        yield FormTable(f"{LIST}{listing.code}", listing.title, columns, rows, note=wording.LISTING_NOTE)
