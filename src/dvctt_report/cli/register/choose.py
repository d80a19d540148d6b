"""What ``use``, ``reject`` and ``undo`` share: find the file that is meant, keep what was decided."""

from __future__ import annotations

import getpass
import unicodedata
from collections.abc import Sequence
from typing import Annotated, TypeAlias

import typer

from dvctt_report.cli.screen import tell
from dvctt_report.errors import CannotRun
from dvctt_report.file_names import format_content, format_file
from dvctt_report.loader import read_registered, read_returns, require_register
from dvctt_report.model import Return
from dvctt_report.workspace import Workspace

File: TypeAlias = Annotated[
    str,
    typer.Argument(
        metavar="TỆP",
        help="Tên tệp, đường dẫn, hoặc ít nhất sáu ký tự đầu của mã tệp (xem bằng lệnh register list).",
    ),
]

_SHORTEST_CODE = 6


def find_return(wanted: str, returns: Sequence[Return]) -> Return:
    """Find the one file meant by its path, its name or the beginning of its SHA-256.

    Raises CannotRun where there is none, or where several contents go by that name.
    """
    name = _normal(wanted.replace("\\", "/")).removeprefix("./")
    ways = (
        [r for r in returns if name in (_normal(r.file), _normal(format_file(r.file)))],
        [r for r in returns if _normal(r.file).endswith("/" + name)],
        [r for r in returns if name.endswith("/" + _normal(r.file))],
        [r for r in returns if len(name) >= _SHORTEST_CODE and r.sha256.startswith(name)],
    )
    found = {r.sha256: r for r in next((way for way in ways if way), [])}
    if not found:
        raise CannotRun(
            f"Không thấy tệp “{wanted}” trong sổ nhận.",
            "Chép tệp vào thư mục nhận rồi chạy dvctt-report collect; xem tên: dvctt-report register list",
        )
    if len(found) > 1:
        listed = "; ".join(format_content(r.file, r.sha256) for r in found.values())
        raise CannotRun(
            f"“{wanted}” chỉ nhiều tệp khác nhau: {listed}.", "Ghi mã tệp trong ngoặc thay tên tệp."
        )
    return next(iter(found.values()))


def all_returns(workspace: Workspace) -> tuple[Return, ...]:
    """Every content ever received this year, read by itself: what a decision may be about."""
    require_register(workspace)
    known = read_registered(workspace)
    return read_returns(workspace, (*known.receipts, *known.former), tell=tell)


def officer() -> str:
    """The name this computer knows the user by."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "không rõ"


def _normal(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold().strip()
