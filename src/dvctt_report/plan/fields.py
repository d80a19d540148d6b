"""What is asked about each kind of item: the fields that form, reader, rules and report share.

The codes stand in the form's hidden keys and in every Observation; they are never reused for another meaning.
"""

from __future__ import annotations

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


def fields(item: Item) -> tuple[FieldSpec, ...]:
    """Return the fields asked about ``item``, in the form's order; empty where nothing is asked."""
    match item:
        case Target():
            return _target_fields(item)
        case Topic():
            return (
                FieldSpec(code="ticked", label="Đã thực hiện", kind="tick"),
                FieldSpec(code="example", label="Một ví dụ tiêu biểu", kind="text", optional=True),
            )
        case Channel() | Funding():
            return item.measures
        case Task():
            return (
                FieldSpec(
                    code="status", label="Tình trạng", kind="choice", choices=(DONE, ONGOING, NOT_DONE)
                ),
                FieldSpec(code="note", label="Kết quả chính, lý do", kind="text", optional=True),
            )
        case Dossier():
            return DOSSIER_FIELDS
        case Survey():
            return SURVEY_FIELDS
        case Prose():
            return (FieldSpec(code="text", label=item.label, kind="text", optional=True),)
        case Listing():
            return item.columns


def _target_fields(target: Target) -> tuple[FieldSpec, ...]:
    if target.same_as:
        return ()
    if target.measure == "yes_no":
        return (
            FieldSpec(code="answer", label="Trả lời", kind="yes_no", choices=target.choices or (YES, NO)),
            FieldSpec(code="evidence", label="Đường dẫn hoặc số văn bản", kind="text", optional=True),
            FieldSpec(code="note", label="Ghi chú", kind="text", optional=True),
        )
    unit = target.unit_of_count
    numbers = (
        FieldSpec(code="total", label="Tổng số", kind="count", unit=unit, sources=target.total_sources),
        FieldSpec(code="done", label="Đã thực hiện", kind="count", unit=unit, sources=target.done_sources),
    )
    pending: tuple[FieldSpec, ...] = ()
    if target.pending:
        pending = (FieldSpec(code="pending", label=target.pending, kind="count", unit=unit, optional=True),)
    rest = (
        FieldSpec(code="rate", label="Tỷ lệ (%)", kind="percent", optional=True),
        FieldSpec(code="estimate", label="Ước thực hiện cả năm", kind="count", unit=unit, optional=True),
        FieldSpec(code="source", label="Nguồn số liệu", kind="text", optional=True),
        FieldSpec(code="note", label="Ghi chú", kind="text", optional=True),
    )
    return numbers + pending + rest
