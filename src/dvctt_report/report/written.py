"""Write a document that people may go on editing: what they wrote is never lost to the next writing."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path

from dvctt_report.files import replace_file, write_beside
from dvctt_report.report.identity import is_as_written


@dataclass(frozen=True, slots=True)
class Written:
    """Where a document was written; ``notes`` are Vietnamese sentences for the user."""

    path: Path
    notes: tuple[str, ...] = ()


def write_document(out: Path, content: bytes) -> Written:
    """Write a sealed document to ``out``, or beside it where that is open elsewhere.

    What stands at ``out`` and was edited since it was written is kept under a name of its own.
    """
    kept = _keep_edited(out)
    path = write_beside(out, content)
    beside = f"Tệp “{out.name}” đang mở ở chương trình khác nên đã ghi sang “{path.name}”."
    return Written(path, (*([beside] if path != out else []), *kept))


def _keep_edited(out: Path) -> tuple[str, ...]:
    try:
        found = out.read_bytes()
    except OSError:
        return ()
    if is_as_written(found):
        return ()
    names = (out.with_stem(f"{out.stem} (bản sửa tay{n})") for n in chain([""], map(" {}".format, count(2))))
    kept = next(path for path in names if not path.exists() or path.read_bytes() == found)
    replace_file(kept, found)
    return (f"“{out.name}” đã được sửa tay sau lần lập trước: bản sửa được giữ ở “{kept.name}”.",)
