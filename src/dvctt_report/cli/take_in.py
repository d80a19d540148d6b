"""Copy what was dropped or named into the inbox, over nothing that stands there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from dvctt_report.files import replace_file


def take_in(source: Path, inbox: Path) -> int:
    """Copy a file, or every file of a folder, into ``inbox``; return how many were copied.

    A folder keeps its name and its subfolders. A file that stands there with the same bytes is left out;
    another content of the same name gets "(2)" behind its name. Links are not followed.
    """
    if inbox.resolve() in (source.resolve(), *source.resolve().parents):
        return 0
    return sum(_copy(path, inbox / name) for path, name in _files(source))


def _files(source: Path) -> Iterator[tuple[Path, Path]]:
    if source.is_file():
        yield source, Path(source.name)
        return
    for path in sorted(p for p in source.rglob("*") if p.is_file() and not p.is_symlink()):
        yield path, source.resolve().name / path.relative_to(source)


def _copy(path: Path, wanted: Path) -> bool:
    data = path.read_bytes()
    number, target = 1, wanted
    while target.exists():
        if target.read_bytes() == data:
            return False
        number += 1
        target = wanted.with_stem(f"{wanted.stem} ({number})")
    target.parent.mkdir(parents=True, exist_ok=True)
    replace_file(target, data)
    return True
