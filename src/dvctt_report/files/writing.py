"""Write a whole file or none, and never over one that is open elsewhere."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from dvctt_report.text.opening import require_replaceable
from dvctt_report.text.patterns import lazy_pattern

if TYPE_CHECKING:
    from dvctt_report.text.packed import Packed

_ATTEMPTS = 20
_noting: list[list[Path]] = []
_TEMPORARY = lazy_pattern(r"\..+\.(?:\d+\.tmp|dang-ghi)")
_OPEN_MARKS = ("~${}", ".~lock.{}#")
"""How the files are called that Excel, Word, LibreOffice keep beside one that is open."""
_BEGIN_OF_MARKS = tuple(mark.partition("{")[0] for mark in _OPEN_MARKS)
_STALE = 600
"""Seconds after which a temporary file is no one's: writing one takes less than a second."""


def write_beside(path: Path, content: bytes | Packed) -> Path:
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


def told_beside(wanted: Path, written: Path) -> tuple[str, ...]:
    """What is to be said where ``write_beside`` couldn't replace the file that was wanted; else nothing."""
    said = f"Tệp “{wanted.name}” đang mở ở chương trình khác nên đã ghi sang “{written.name}”."
    return () if written == wanted else (said,)


def is_open_elsewhere(path: Path) -> bool:
    """Whether a program has the file open, by what it keeps beside it."""
    return any(path.with_name(mark.format(path.name)).exists() for mark in _OPEN_MARKS)


def unused(path: Path) -> Path:
    """``path``, or the first ``name (n)`` at which nothing stands."""
    names = (path if n == 1 else path.with_stem(f"{path.stem} ({n})") for n in range(1, 1000))
    return next(one for one in names if not one.exists())


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


@contextmanager
def _leaving_nothing(path: Path, temporary: Path) -> Iterator[None]:
    """Where a writing fails take away its temporary file, of which people know nothing, and name ``path``."""
    try:
        yield
    except BaseException as error:
        with suppress(OSError):  # on a read-only drive there is nothing, and no way
            temporary.unlink(missing_ok=True)
        if isinstance(error, OSError):
            error.filename, error.filename2 = str(path), None
        raise


def replace_file(path: Path, content: bytes | Packed) -> None:
    """Write by a temporary name, so that never half a file stands there. Raises OSError naming ``path``."""
    # With the process in its name: two commands may write the same file at once.
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with _leaving_nothing(path, temporary):
        require_replaceable(path)
        _write_through(temporary, content)
        temporary.replace(path)


@contextmanager
def staged(path: Path, content: bytes | Packed) -> Iterator[Callable[[], Path]]:
    """Put ``content`` on the disk before what it belongs to is written; what is given puts it to ``path``.

    A disk that is full says so while both of the former pair still stand. Raises OSError that names ``path``.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with _leaving_nothing(path, temporary):
        require_replaceable(path)
        _write_through(temporary, content)

    def put() -> Path:
        try:
            temporary.replace(path)
        except PermissionError:  # open elsewhere
            return write_beside(path, content)
        note_file(path)
        return path

    try:
        yield put
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def files_below(folder: Path) -> dict[str, Path]:
    """The files of ``folder`` and of its folders, by their paths from there, in order.

    Hidden ones are left out, and what a program keeps beside a file that is open.
    """
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {
        path.relative_to(folder).as_posix(): path
        for path in paths
        if not path.name.startswith(".") and not path.name.startswith(_BEGIN_OF_MARKS)
    }


def write_folder(target: Path, files: Mapping[str, bytes]) -> None:
    """Make a folder of ``files``, by their paths in it: it stands at ``target`` whole or not at all.

    An empty folder there is taken. What a killed command left is thrown away. Raises OSError that names
    ``target``.
    """
    made = target.with_name(f".{target.name}.dang-ghi")
    try:
        prepare_folder(made, files)
        if target.exists():
            target.rmdir()
        made.rename(target)
    except OSError as error:
        shutil.rmtree(made, ignore_errors=True)
        error.filename, error.filename2 = str(target), None
        raise


def prepare_folder(made: Path, files: Mapping[str, bytes]) -> None:
    """Make a folder of ``files`` that stands on the disk, in the place of what a killed command left there.

    Raises OSError; what was written until then is gone again.
    """
    shutil.rmtree(made, ignore_errors=True)
    try:
        made.mkdir(parents=True)
        for name, content in files.items():
            path = made / name
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_through(path, content)
    except OSError:
        shutil.rmtree(made, ignore_errors=True)
        raise


def _write_through(path: Path, content: bytes | Packed) -> None:
    """Write a file that has reached the disk: else a power cut may leave its name with nothing in it."""
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        with path.open("wb") as file:
            file.writelines(content)
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sweep(folder: Path) -> tuple[Path, ...]:
    """Take away what a killed command left half written in ``folder``; return what is gone."""
    gone = []
    with suppress(OSError):
        for path in sorted(folder.iterdir()):
            with suppress(OSError):
                if _TEMPORARY.fullmatch(path.name) and time.time() - path.stat().st_mtime > _STALE:
                    shutil.rmtree(path) if path.is_dir() else path.unlink()
                    gone.append(path)
    return tuple(gone)
