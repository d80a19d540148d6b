"""The one sheet of a commune: the offices' tables with the columns that a commune is asked, on one grid.

It is printed as it is, on two pages of A4; nothing in it is set smaller than 11 points.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from dvctt_report.forms import tables, wording
from dvctt_report.forms.form import COVER, LIST, VALUE, FormRow, FormSheet, FormTable, Role
from dvctt_report.forms.tables import Items
from dvctt_report.plan.fields import fields, required_fields
from dvctt_report.plan.model import Dossier, Target, Task
from dvctt_report.text.vietnamese import first_letter_capital, first_letter_small, key

_GRID = (3.5, 28.6, 20.3, 8.0, 8.0, 14.5, 12.8)
"""Number, name (two columns), the two figures, state, reason: no more fits the width of the paper."""
_REASON = "Lý do; ngày bổ sung"


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a commune sees of a table: the spans of its columns by key, and headers that read otherwise."""

    spans: Mapping[str, int]
    headers: Mapping[str, str] = field(default_factory=dict)


_FIGURES = {"stt": 1, "label": 2, "total": 1, "done": 1, "status": 1, "note": 1}
_COUNTED = {"stt": 1, "label": 5, VALUE: 1}
_ANSWERED = {"stt": 1, "label": 2, "answer": 2, "evidence": 2}
_SHAPES = {
    "a": _Shape(
        _FIGURES,
        {
            "label": "A. Số liệu",
            "total": "Tổng số (1)",
            "done": "Đã thực hiện (2)",
            "status": "Tình trạng",
            "note": _REASON,
        },
    ),
    "surveys": _Shape(
        {"stt": 1, "label": 2, "valid": 1, "satisfied": 1, "status": 1},
        {"label": "A.1. Phiếu, lượt đánh giá trên hệ thống", "valid": "Hợp lệ", "satisfied": "Hài lòng"}
        | {"status": "Tình trạng"},
    ),
    "counts": _Shape(
        {"stt": 1, "label": 2, "done": 2, "status": 1, "note": 1},
        {"label": "A.2. Số lượng", "status": "Tình trạng", "note": _REASON},
    ),
    "dossiers": _Shape(_COUNTED, {"label": "A.3. Hồ sơ thủ tục hành chính"}),
    "b": _Shape(_ANSWERED, {"label": "B. Có, không", "evidence": "Đường dẫn, số văn bản"}),
    "milestones": _Shape(
        {"stt": 1, "label": 2, "answer": 1, "evidence": 2, "done_on": 1},
        {"label": "B.2. Việc phải hoàn thành"},
    ),
    "tasks": _Shape(
        {"stt": 1, "label": 2, "status": 2, "note": 2},
        {"label": "B.1. Nhiệm vụ được giao", "note": "Kết quả chính, lý do"},
    ),
    "channels": _Shape(_COUNTED, {"label": "C. Hoạt động (không thực hiện thì để trống)"}),
    "topics": _Shape(
        {"stt": 1, "label": 5, "ticked": 1},
        {"label": "C.1. Nội dung {activity} (đánh dấu x, không phải đếm)", "ticked": "Có (x)"},
    ),
    "funding": _Shape(_COUNTED, {"label": "D. Kinh phí (ghi theo đồng)", VALUE: "Số tiền"}),
    "prose": _Shape(
        {"stt": 1, "label": 1, "text": 5},
        {"label": "E. Báo cáo của đơn vị", "text": "Nội dung (thay báo cáo riêng; dài thì kéo cao dòng)"},
    ),
    "sign": _Shape({"stt": 1, "label": 2, VALUE: 4}),
}
_LINES = 3
"""Lines of a list; a commune inserts what it needs more."""


def commune_sheet(title: str, items: Items, activity: str) -> FormSheet:
    """The sheet on which a commune answers ``items`` of a plan whose ``activity`` is named so."""
    left = [item for item in items if not (isinstance(item, Task) and item.derived_from)]
    made = {
        item.code for item in items if isinstance(item, Target) and not required_fields(item, items)
    }  # whose figures other rows of the sheet give
    of_both = (row for table in (tables.cover(), tables.signature()) for row in table.rows)
    kept = [row for row in of_both if row.key not in (f"{COVER}:email", f"{COVER}:signer")]
    about_return = tuple(replace(row, labels=(str(n), row.labels[1])) for n, row in enumerate(kept, 1))
    dossiers = [(one, spec) for one in left if isinstance(one, Dossier) for spec in fields(one)]
    asked: tuple[Iterable[FormTable], ...] = (
        tables.figures(left),
        tables.surveys(left),
        tables.counts(left, len(_GRID)),
        tables.measures("dossiers", dossiers, ("", "", "Số hồ sơ")),
        tables.questions(left),
        tables.tasks(left),
        tables.milestones(left),
        tables.channels(left, activity),
        tables.topics(left, activity),
        tables.funding(left),
        tables.prose(left),
        tables.listings(left),
        (replace(tables.signature(), title="H. Liên hệ, văn bản gửi kèm, ký xác nhận", rows=about_return),),
    )
    shown = (_on_grid(table, made, activity) for group in asked for table in group)
    return FormSheet(
        "Biểu cấp xã", f"{title} (dùng cho cấp xã)", _GRID, tuple(shown), notes=wording.COMMUNE_NOTES
    )


def _on_grid(table: FormTable, made: Container[str], activity: str) -> FormTable:
    """The table with a commune's columns; what was printed above it stands in its headers."""
    keys = [c.key for c in table.columns]  # of a list: one grid column for each, what is left for the last
    listed = dict.fromkeys(keys, 1) | {keys[-1]: max(1, len(_GRID) - len(keys) + 1)}
    shape = _SHAPES.get(table.id) or _Shape(listed)
    headers = {"stt": "TT", **shape.headers}
    printed = [c.key for c in table.columns if c.role is Role.LABEL]
    kept = [n for n, name in enumerate(printed) if name in shape.spans]
    columns = tuple(
        replace(
            c,
            span=shape.spans[c.key],
            header=headers.get(c.key, c.header).format(activity=activity),
            group="",
        )
        for c in table.columns
        if c.key in shape.spans
    )
    lines = table.rows[:_LINES] if table.id.startswith(LIST) else table.rows
    rows = tuple(
        replace(row, labels=tuple(_shortened(row, n, made) for n in kept), closed=frozenset())
        for row in (_with_names(lines) if "measure" in printed else lines)
    )
    title = f"G. {table.title}" if table.id.startswith(LIST) else table.title if table.bare else ""
    return replace(table, title=title, columns=columns, rows=rows, numbered=False, total_row=False, note="")


def _with_names(rows: Iterable[FormRow]) -> Iterator[FormRow]:
    """Rows of measures, each with the name of what it measures, its own and its unit in one label."""
    name = ""
    for n, row in enumerate(rows, 1):
        _, said, measure, unit = row.labels
        name = said or name
        told = "" if set(key(unit).split()) & set(key(measure).split()) or not unit else f" ({unit})"
        yield replace(row, labels=(str(n), f"{name}: {first_letter_small(measure)}{told}"))


def _shortened(row: FormRow, label: int, made: Container[str]) -> str:
    """A label in one paragraph: what is counted, or the target's name where other rows give its figures."""
    name, *counted = row.labels[label].split("\n- ")
    if row.key in made or not counted:
        return name
    if len(counted) == 1:
        return f"{name}: {counted[0]}"
    total, done = (text.partition(": ")[2] for text in counted)
    return f"(1) {first_letter_capital(total)} (2) {done}"
