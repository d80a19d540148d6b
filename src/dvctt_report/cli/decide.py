"""What the commands about decisions share: reason and document, who and when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, TypeAlias, TypeVar

from dvctt_report.cli.options import option
from dvctt_report.deciding.grounds import Grounds, officer, one_line
from dvctt_report.errors import CannotRun
from dvctt_report.model import Acceptance, LeftOut, Override
from dvctt_report.personal import shown
from dvctt_report.vietnamese import format_date

_Decision = TypeVar("_Decision", Acceptance, Override)

Reason: TypeAlias = Annotated[
    str | None, option("--reason", "LÝ-DO", "Vì sao; câu này được in ở nơi dùng số liệu.")
]
Document: TypeAlias = Annotated[
    str | None, option("--document", "VĂN-BẢN", "Văn bản làm căn cứ, ví dụ “Công văn số 12/SYT-VP”.")
]

Basis: TypeAlias = Annotated[
    str | None,
    option(
        "--basis",
        "CĂN-CỨ",
        "Căn cứ không phải văn bản, ví dụ “Zalo: chị Lan, ngày 12/11”; lưu trong sổ, không in.",
    ),
]


def required(text: str | None, option: str, what: str) -> str:
    """Return ``text`` on one line; raises CannotRun where nothing was given."""
    said = one_line(text)
    if not said:
        raise CannotRun(f"Chưa ghi {what}.", f"Ghi sau {option}, trong dấu nháy kép.")
    return said


def said_grounds(reason: str | None, document: str | None, basis: str | None, what: str) -> Grounds:
    """The grounds of a decision that has to have a reason and rests on a document or on something else."""
    why = required(reason, "--reason", f"lý do {what}")
    other = one_line(basis)
    by = one_line(document) if other else required(document, "--document", "văn bản làm căn cứ")
    return Grounds(officer(), datetime.now(), why, by, other)


def format_grounds(decision: Grounds | Acceptance | LeftOut | Override) -> str:
    """Say to the officer why it was decided so and what it rests on, also what is never printed."""
    said = (f"văn bản: {decision.document}" if decision.document else "", decision.basis)
    return shown("; ".join(filter(None, (decision.reason, *said))))


def format_undone(decision: Acceptance | LeftOut | Override) -> str:
    """Say by whom and when a decision was taken back; "" where it wasn't."""
    if decision.undone_on is None:
        return ""
    return f"đã bỏ ngày {format_date(decision.undone_on.date())} ({decision.undone_by})"


def successor(decision: _Decision, about: Sequence[_Decision]) -> _Decision | None:
    """What took the place of a decision taken back, made in that very moment; None for none of ``about``."""
    later = about[about.index(decision) + 1 :]
    return next((d for d in later if d.when == decision.undone_on), None)
