"""The options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, TypeAlias

import typer


class Format(StrEnum):
    """How a reading command answers: a table for people, or JSON for programs."""

    TABLE = "table"
    JSON = "json"


Year: TypeAlias = Annotated[
    int | None,
    typer.Option(
        "--year", metavar="NĂM", help="Năm báo cáo; không nêu thì theo dvctt.toml.", min=2025, max=2099
    ),
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
