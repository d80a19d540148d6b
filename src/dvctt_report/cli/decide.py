"""What the commands about decisions share: reason and document, who and when."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from typing import Annotated, TypeAlias, TypeVar

import typer

from dvctt_report.errors import CannotRun
from dvctt_report.model import Acceptance, LeftOut, Override
from dvctt_report.vietnamese import clean_text, format_date

_Decision = TypeVar("_Decision", Acceptance, Override)

Reason: TypeAlias = Annotated[
    str | None, typer.Option("--reason", metavar="LÝ-DO", help="Vì sao; câu này được in ở nơi dùng số liệu.")
]
Document: TypeAlias = Annotated[
    str | None,
    typer.Option("--document", metavar="VĂN-BẢN", help="Văn bản làm căn cứ, ví dụ “Công văn số 12/SYT-VP”."),
]


def officer() -> str:
    """The name this computer knows the user by."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "không rõ"


def required(text: str | None, option: str, what: str) -> str:
    """Return ``text`` on one line; raises CannotRun where nothing was given."""
    said = " ".join(clean_text(text or "").split())
    if not said:
        raise CannotRun(f"Chưa ghi {what}.", f"Ghi sau {option}, trong dấu nháy kép.")
    return said


def format_undone(decision: Acceptance | LeftOut | Override) -> str:
    """Say by whom and when a decision was taken back; "" where it wasn't."""
    if decision.undone_on is None:
        return ""
    return f"đã bỏ ngày {format_date(decision.undone_on.date())} ({decision.undone_by})"


def successor(decision: _Decision, about: Sequence[_Decision]) -> _Decision | None:
    """The decision that took the place of one taken back; None for none.

    ``about`` are all those about the same thing, the earliest first. The one that takes a place is made in
    the very moment in which the other is taken back; the register keeps both to the microsecond.
    """
    later = about[about.index(decision) + 1 :]
    return next((d for d in later if d.when == decision.undone_on), None)
