"""Results that a command leaves as files beside its own answer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from dvctt_report.cli.screen import tell
from dvctt_report.errors import explain_os_error


def leave(path: Path, content: bytes, what: str, out: Callable[[str], None], *, must: bool = False) -> None:
    """Write ``path`` and name it by ``out`` as "what: path"; where it can't be, say so and go on.

    Raises the failure instead where the file is what was asked for (``must``).
    """
    from dvctt_report.files import write_beside

    try:
        written = write_beside(path, content)
    except OSError as error:
        explained = explain_os_error(error)
        if must or explained is None:
            raise
        tell(f"Chưa ghi được {path.name}: {explained}")
    else:
        out(f"{what}: {written}")
