"""Copy what was dropped or named into the inbox, over nothing that stands there."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from dvctt_report.files import replace_file
from dvctt_report.opening import TooLarge, read_file
from dvctt_report.register.inbox import below, what_else


class Copied(NamedTuple):
    """How many files were copied, and what was not, each with the reason in words."""

    n_copied: int
    left: tuple[tuple[Path, str], ...]


def take_in(source: Path, inbox: Path) -> Copied:
    """Copy a file, or every file of a folder, into ``inbox``.

    A folder keeps its name and its subfolders. A file that stands there with the same bytes is left out;
    another content of the same name gets "(2)" behind its name. No link in a folder is followed, and nothing
    is opened that is no file; one that can't be read, or is larger than any that is received, stays too.
    """
    if inbox.resolve() in (source.resolve(), *source.resolve().parents):
        return Copied(0, ())
    n_copied, left = 0, list[tuple[Path, str]]()
    files = below(source) if source.is_dir() else ((source, what_else(source.resolve())),)
    for path, what in files:
        if what:
            left.append((path, what))
            continue
        try:
            data = read_file(path)
        except TooLarge as fault:
            left.append((path, f"lớn bất thường ({fault.strerror})"))
        except OSError:
            left.append((path, "không mở được (đang bị khóa hoặc không có quyền đọc)"))
        else:
            folder = inbox / source.resolve().name if source.is_dir() else inbox
            n_copied += _put(data, folder / (path.relative_to(source) if source.is_dir() else path.name))
    return Copied(n_copied, tuple(left))


def _put(data: bytes, wanted: Path) -> bool:
    number, target = 1, wanted
    while target.exists():
        if read_file(target) == data:
            return False
        number += 1
        target = wanted.with_stem(f"{wanted.stem} ({number})")
    target.parent.mkdir(parents=True, exist_ok=True)
    replace_file(target, data)
    return True
