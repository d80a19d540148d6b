"""Write a whole file or none, and never over one that is open elsewhere."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_ATTEMPTS = 20
_noting: list[list[Path]] = []
_TEMPORARY = re.compile(r"\..+\.\d+\.tmp")
_STALE = 600
"""Seconds after which a temporary file is no one's: writing one takes less than a second."""


def write_beside(path: Path, content: bytes) -> Path:
    """Replace ``path`` in one step and return it; where it is open elsewhere, write and return ``name (2)``.

    Raises PermissionError where the folder itself can't be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    for attempt in range(1, _ATTEMPTS + 1):
        target = path if attempt == 1 else path.with_stem(f"{path.stem} ({attempt})")
        try:
            replace_file(target, content)
        except PermissionError:
            if not target.exists() or attempt == _ATTEMPTS:
                raise
            continue
        note_file(target)
        return target
    raise AssertionError("unreachable")


def note_file(path: Path) -> None:
    """Name ``path`` to whoever asks what is made."""
    for noted in _noting:
        noted.append(path)


@contextmanager
def noting_files() -> Iterator[list[Path]]:
    """Give a list that fills with what is written or noted meanwhile."""
    noted: list[Path] = []
    _noting.append(noted)
    try:
        yield noted
    finally:
        _noting.pop()


def replace_file(path: Path, content: bytes) -> None:
    """Write to a temporary name in the same folder, then over ``path``: half a file never stands there.

    Raises OSError that names ``path``, whatever could not be written.
    """
    # With the process in its name: two commands may write the same file at once.
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_bytes(content)
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())  # else a power cut may leave the new name with nothing in it
        temporary.replace(path)
    except OSError as error:
        _remove(temporary)
        error.filename, error.filename2 = str(path), None  # people know nothing of the temporary one
        raise
    except BaseException:
        _remove(temporary)
        raise


def sweep(folder: Path) -> tuple[Path, ...]:
    """Take away the temporary files that a killed command left in ``folder``; return those that are gone."""
    gone = []
    with suppress(OSError):
        for path in sorted(folder.iterdir()):
            with suppress(OSError):
                if _TEMPORARY.fullmatch(path.name) and time.time() - path.stat().st_mtime > _STALE:
                    path.unlink()
                    gone.append(path)
    return tuple(gone)


def _remove(temporary: Path) -> None:
    """Take away what is left of a writing that failed; on a read-only drive there is nothing, and no way."""
    with suppress(OSError):
        temporary.unlink(missing_ok=True)
