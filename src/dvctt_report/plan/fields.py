"""What is asked about each kind of item: the fields that form, reader, rules and report share.

The codes stand in the form's hidden keys and in every Observation; they are never reused for another meaning.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from hashlib import sha256
from typing import Final

from dvctt_report.plan.model import (
    Channel,
    Dossier,
    FieldSpec,
    Funding,
    Item,
    Listing,
    Plan,
    Prose,
    Survey,
    Target,
    Task,
    Topic,
)
from dvctt_report.vietnamese import key

YES = "Có"
NO = "Không"
DONE = "Đã thực hiện"
ONGOING = "Đang thực hiện"
NOT_DONE = "Chưa thực hiện"

STATUS_GIVEN = "Có số liệu"
STATUS_NONE_ARISING = "Không phát sinh"
STATUS_NOT_AVAILABLE = "Chưa có số liệu"
STATUS_NOT_APPLICABLE = "Không áp dụng"
STATUS_WITHHELD = "Không cung cấp"

DOSSIER_FIELDS = (
    FieldSpec(code="received_total", label="Tiếp nhận: tổng số", kind="count", unit="hồ sơ"),
    FieldSpec(code="received_online", label="Tiếp nhận: mới, trực tuyến", kind="count", unit="hồ sơ"),
    FieldSpec(
        code="received_direct", label="Tiếp nhận: mới, trực tiếp, bưu chính", kind="count", unit="hồ sơ"
    ),
    FieldSpec(code="carried_over", label="Tiếp nhận: từ kỳ trước chuyển qua", kind="count", unit="hồ sơ"),
    FieldSpec(code="resolved_total", label="Đã giải quyết: tổng số", kind="count", unit="hồ sơ"),
    FieldSpec(code="resolved_early", label="Đã giải quyết: trước hạn", kind="count", unit="hồ sơ"),
    FieldSpec(code="resolved_on_time", label="Đã giải quyết: đúng hạn", kind="count", unit="hồ sơ"),
    FieldSpec(code="resolved_late", label="Đã giải quyết: quá hạn", kind="count", unit="hồ sơ"),
    FieldSpec(code="pending_total", label="Đang giải quyết: tổng số", kind="count", unit="hồ sơ"),
    FieldSpec(code="pending_in_time", label="Đang giải quyết: trong hạn", kind="count", unit="hồ sơ"),
    FieldSpec(code="pending_late", label="Đang giải quyết: quá hạn", kind="count", unit="hồ sơ"),
)
"""Columns (3) to (13) of biểu II.06a. Source: Thông tư 01/2020/TT-VPCP, as exported by the TTHC systems."""

SURVEY_FIELDS = (
    FieldSpec(code="issued", label="Phiếu phát ra", kind="count", unit="phiếu"),
    FieldSpec(code="returned", label="Phiếu thu về", kind="count", unit="phiếu"),
    FieldSpec(code="valid", label="Phiếu hợp lệ", kind="count", unit="phiếu"),
    FieldSpec(code="satisfied", label="Hài lòng, rất hài lòng", kind="count", unit="phiếu"),
)

_TOPIC_FIELDS: Final = (
    FieldSpec(code="ticked", label="Đã thực hiện", kind="tick"),
    FieldSpec(code="example", label="Một ví dụ tiêu biểu", kind="text", optional=True),
)
_TASK_FIELDS: Final = (
    FieldSpec(code="status", label="Tình trạng", kind="choice", choices=(DONE, ONGOING, NOT_DONE)),
    FieldSpec(code="note", label="Kết quả chính, lý do", kind="text", optional=True),
)

DIGITS = 16
"""Hexadecimal digits of a definition's name."""
_YEAR = re.compile(r"\b20\d\d\b")
"""A question names the year it is asked for; it counts the same in each."""


def fields(item: Item) -> tuple[FieldSpec, ...]:
    """Return the fields asked about ``item``, in the form's order; empty where nothing is asked."""
    match item:
        case Target():
            return _target_fields(item)
        case Topic():
            return _TOPIC_FIELDS
        case Channel() | Funding():
            return item.measures
        case Task():
            return _TASK_FIELDS
        case Dossier():
            return DOSSIER_FIELDS
        case Survey():
            return SURVEY_FIELDS
        case Prose():
            return _prose_fields(item.label)
        case Listing():
            return item.columns


def field_of(item: Item, code: str) -> FieldSpec | None:
    """Return the field of that code asked about ``item``; None where it is not asked."""
    for spec in fields(item):
        if spec.code == code:
            return spec
    return None


def required_fields(item: Item, asked: Collection[Item]) -> tuple[str, ...]:
    """The fields of ``item`` that a unit has to fill in, of all that it is ``asked``; of funding any of them.

    The form's line counts them, and a row in which all are blank is a fault. What may be empty: ticks,
    channels not used, lists, prose, tasks that other answers show, sums, and rows of dossiers and surveys
    that no target of the unit is summed from.
    """
    match item:
        case Target() if not item.same_as:
            own = {one.code for one in asked}
            return tuple(f for f in DECIDING[item.asked_as] if own.isdisjoint(_sources(item, f)))
        case Dossier() | Survey():
            ratios = (t for t in asked if isinstance(t, Target) and t.asked_as == "ratio" and not t.same_as)
            used = {source for t in ratios for f in DECIDING["ratio"] for source in _sources(t, f)}
            return tuple(f.code for f in fields(item)) if item.code in used else ()
        case Task() if not item.derived_from:
            return ("status",)
        case Funding() if not all(f.optional for f in item.measures):
            return tuple(f.code for f in item.measures)
    return ()


def _sources(target: Target, field: str) -> Iterator[str]:
    """The items that a target's field is summed from."""
    return (item for item, _ in target.summed_from.get(field, ()))


MILESTONE_FIELDS = (
    FieldSpec(code="answer", label="Đã hoàn thành", kind="yes_no", choices=(YES, NO)),
    FieldSpec(code="done_on", label="Ngày hoàn thành", kind="date", optional=True),
    FieldSpec(code="evidence", label="Số, ngày văn bản", kind="text", optional=True),
)

DECIDING: Mapping[str, tuple[str, ...]] = {
    "answer": ("answer",),
    "count": ("done",),
    "ratio": ("total", "done"),
}
"""The fields that the figure of a target is made of, by how it is asked."""


def _target_fields(target: Target) -> tuple[FieldSpec, ...]:
    if target.same_as:
        return ()
    if target.measure == "milestone":
        return MILESTONE_FIELDS
    if target.asked_as == "answer":
        return _yes_no_fields(target.choices or (YES, NO))
    if target.asked_as == "count":
        return _count_fields(target.unit_of_count, target.done_sources)
    return _number_fields(target.unit_of_count, target.total_sources, target.done_sources, target.pending)


@lru_cache(maxsize=1024)
def _prose_fields(label: str) -> tuple[FieldSpec, ...]:
    return (FieldSpec(code="text", label=label, kind="text", optional=True),)


@lru_cache(maxsize=1024)
def _yes_no_fields(choices: tuple[str, ...]) -> tuple[FieldSpec, ...]:
    return (
        FieldSpec(code="answer", label="Trả lời", kind="yes_no", choices=choices),
        FieldSpec(code="evidence", label="Đường dẫn hoặc số văn bản", kind="text", optional=True),
        FieldSpec(code="note", label="Ghi chú", kind="text", optional=True),
    )


@lru_cache(maxsize=1024)
def _count_fields(unit: str, sources: tuple[str, ...]) -> tuple[FieldSpec, ...]:
    return (
        FieldSpec(code="done", label="Số lượng", kind="count", unit=unit, sources=sources),
        FieldSpec(code="source", label="Nguồn số liệu", kind="text", optional=True),
        FieldSpec(code="note", label="Ghi chú", kind="text", optional=True),
    )


@lru_cache(maxsize=1024)
def _number_fields(
    unit: str, total_sources: tuple[str, ...], done_sources: tuple[str, ...], pending_label: str
) -> tuple[FieldSpec, ...]:
    numbers = (
        FieldSpec(code="total", label="Tổng số", kind="count", unit=unit, sources=total_sources),
        FieldSpec(code="done", label="Đã thực hiện", kind="count", unit=unit, sources=done_sources),
    )
    pending: tuple[FieldSpec, ...] = ()
    if pending_label:
        pending = (FieldSpec(code="pending", label=pending_label, kind="count", unit=unit, optional=True),)
    rest = (
        FieldSpec(code="rate", label="Tỷ lệ (%)", kind="percent", optional=True),
        FieldSpec(code="estimate", label="Ước thực hiện cả năm", kind="count", unit=unit, optional=True),
        FieldSpec(code="source", label="Nguồn số liệu", kind="text", optional=True),
        FieldSpec(code="note", label="Ghi chú", kind="text", optional=True),
    )
    return numbers + pending + rest


def definition(plan: Plan, item: Item) -> str:
    """Name what the figures of ``item`` count; spelling, years, titles, levels don't change the name."""
    counted = [item.kind, *(f"{spec.code} {spec.kind} {spec.unit} {spec.sources}" for spec in fields(item))]
    if isinstance(item, Target):
        asked = plan.items_by_code.get(item.same_as, item)
        counted += _counted_by(asked if isinstance(asked, Target) else item)
    said = _YEAR.sub("", "\n".join(map(key, counted)))
    return sha256(said.encode()).hexdigest()[:DIGITS]


def _counted_by(target: Target) -> list[str]:
    said = (target.measure, target.unit_of_count, target.total, target.done, target.question)
    whose = (target.answered_by, target.by_part, target.part_of, target.within)
    lists = (target.choices, target.choices_outside, target.total_sources, target.done_sources)
    each = (f"each {target.each}",) if target.each else ()
    return [*said, *whose, *each, *map("|".join, lists)]
