"""Where the workbooks of decisions lie, and which is still as the program left it, with nothing typed in it.

Apart from what reads and writes them: the menu asks this each time it is shown.
"""

from __future__ import annotations

from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from dvctt_report.files.writing import replace_file
from dvctt_report.store.workspace import Workspace
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.opening import read_file, read_text

STEM = "viec-can-xu-ly"


def own_book(workspace: Workspace) -> Path:
    """The workbook that the program keeps for the period."""
    return workspace.book.with_name(f"{STEM}-{workspace.period}.xlsx")


def book_paths(workspace: Workspace) -> list[Path]:
    """Every workbook of decisions but those in the inbox, the own first."""
    own = own_book(workspace)
    places = (own.parent, workspace.root, workspace.results)
    found = {path for place in places for path in place.glob(f"{STEM}*.xlsx")}
    return sorted(found, key=lambda path: (path != own, path.name))


def are_as_left(workspace: Workspace) -> bool:
    """Whether every workbook is still as the program left it, with nothing typed in it."""
    try:
        return all(digest_as_left(workspace, read_file(path)) for path in book_paths(workspace))
    except OSError:  # open elsewhere: somebody types
        return False


def digest_as_left(workspace: Workspace, data: bytes) -> str:
    """What the rows were made of where ``data`` is what ``note_left`` has noted; else ""."""
    with suppress(OSError, ValueError, CannotRun):
        name, digest = read_text(_note(workspace)).split()
        return digest if name == _name(workspace, data) else ""
    return ""


def note_left(workspace: Workspace, data: bytes, digest: str) -> None:
    """Note that the own workbook was left as ``data``, with nothing typed, made of what ``digest`` names."""
    replace_file(_note(workspace), f"{_name(workspace, data)} {digest}".encode())


def _name(workspace: Workspace, data: bytes) -> str:
    return sha256(f"{workspace.profile.plan.code}\n{workspace.period}\n".encode() + data).hexdigest()


def _note(workspace: Workspace) -> Path:
    """Where the workbook that the program left is named; may be deleted at any time."""
    return workspace.readings.with_name(f"viec-da-lap-{workspace.period}.txt")
