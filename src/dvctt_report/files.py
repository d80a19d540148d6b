"""Write a whole file or none, and never over one that is open elsewhere."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_ATTEMPTS = 20
_noting: list[list[Path]] = []


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
        for noted in _noting:
            noted.append(target)
        return target
    raise AssertionError("unreachable")


@contextmanager
def noting_files() -> Iterator[list[Path]]:
    """Give a list that fills with what ``write_beside`` writes meanwhile."""
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
        temporary.replace(path)
    except OSError as error:
        _remove(temporary)
        error.filename, error.filename2 = str(path), None  # people know nothing of the temporary one
        raise
    except BaseException:
        _remove(temporary)
        raise


def _remove(temporary: Path) -> None:
    """Take away what is left of a writing that failed; on a read-only drive there is nothing, and no way."""
    with suppress(OSError):
        temporary.unlink(missing_ok=True)
