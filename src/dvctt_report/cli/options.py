"""The options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, TypeAlias

import typer

from dvctt_report.period import FIRST_YEAR, LAST_YEAR, Period


class Format(StrEnum):
    """How a reading command answers: a table for people, or JSON for programs."""

    TABLE = "table"
    JSON = "json"


def _asked(text: str) -> Period:
    """The period that an option names. Raises BadParameter."""
    try:
        period = Period.parse(text)
    except ValueError as error:
        raise typer.BadParameter(f"{error}.") from None
    if not FIRST_YEAR <= period.year <= LAST_YEAR:
        raise typer.BadParameter(f"Năm báo cáo từ {FIRST_YEAR} đến {LAST_YEAR}.")
    return period


When: TypeAlias = Annotated[
    Period | None,
    typer.Option("--year", metavar="NĂM", help="Năm báo cáo; không nêu thì theo dvctt.toml.", parser=_asked),
]
Output: TypeAlias = Annotated[
    Format,
    typer.Option(
        "--format", metavar="DẠNG", help="Dạng kết quả: table (bảng) hoặc json.", case_sensitive=False
    ),
]
AsOf: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="THỜI-ĐIỂM",
        help="Tính đến thời điểm này, ví dụ “20/11/2025 17:00”; không nêu thì là lúc chạy lệnh.",
    ),
]
