"""Whether a publication is still what was kept: its files, what they were made of, the frozen settings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from dvctt_report.errors import CannotRun
from dvctt_report.published.record import RECORD, Publication, digest_of
from dvctt_report.register import read_contents
from dvctt_report.workspace import FROZEN, Workspace


def changes(workspace: Workspace, published: Publication) -> Iterator[str]:
    """Yield what differs from the moment of publishing, a sentence each; nothing where all is as it was."""
    yield from changed_files(published)
    with suppress(CannotRun):
        record = published.record()
        yield from _inputs(workspace, record["inputs"])
        yield from _settings(workspace, record["settings"])


def changed_files(published: Publication) -> Iterator[str]:
    """Yield which of the files that were kept are not as they were, the record first."""
    try:
        record = published.record()
    except CannotRun as fault:
        yield fault.message
    else:
        yield from _files(published.folder, record["files"])


def unregistered(workspace: Workspace, published: Iterable[Publication]) -> tuple[Path, ...]:
    """Folders beside the publications that the register knows nothing of."""
    parent = workspace.published_of(workspace.period)
    known = {one.folder for one in published}
    there = sorted(parent.iterdir()) if parent.is_dir() else []
    return tuple(
        folder
        for folder in there
        if folder.is_dir() and folder not in known and not folder.name.startswith(".")
    )


def _files(folder: Path, files: Iterable[Mapping[str, str]]) -> Iterator[str]:
    kept = {one["file"]: one["sha256"] for one in files}
    for name, digest in kept.items():
        now = digest_of(folder / name)
        if now != digest:
            yield f"{folder / name}: {'đã bị sửa' if now else 'không còn hoặc không đọc được'}"
    for path in sorted(folder.iterdir()):
        if path.name not in kept and path.name != RECORD:
            yield f"{path}: mới thêm vào sau khi phát hành"


def _inputs(workspace: Workspace, inputs: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    files = {one["sha256"]: one["file"] for one in inputs}
    contents = read_contents(workspace.register, files)
    for file, content in zip(files.values(), contents, strict=True):
        if content is None:
            yield f"{file}: bản lưu trong sổ nhận không còn như tệp đã dùng để lập báo cáo"


def _settings(workspace: Workspace, settings: Iterable[Mapping[str, str]]) -> Iterator[str]:
    """``apply`` keeps the former edition beside the one in force: either may be the one published with."""
    wanted = list(settings)
    wrong = [
        [one["file"] for one in wanted if digest_of(folder / one["file"]) != one["sha256"]]
        for folder in sorted(workspace.frozen.parent.glob(f"{FROZEN}*"))
    ]
    if all(wrong):
        for name in min(wrong, key=len, default=[]):
            yield f"{workspace.frozen / name}: không còn như lúc phát hành"
