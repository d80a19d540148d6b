"""What the linter does with the files and folders it is given: judge, mark, mend; no terminal is known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from dvctt_report.files.writing import write_beside
from dvctt_report.model.severity import Severity
from dvctt_report.text.opening import read_file
from dvctt_report.text.patterns import lazy_pattern
from dvctt_report.word.comments import MARK
from dvctt_report.word.lint import lint_source, mend_file
from dvctt_report.word.lint.fix import describe_fixes
from dvctt_report.word.lint.outcome import FileVerdict, Status
from dvctt_report.word.lint.returned import is_marked, mark, unmark, write_slip
from dvctt_report.word.lint.settings import Settings
from dvctt_report.word.source import Refused, Source, parse_source, read_source

_MARKED, _SLIP, _MENDED = " (ghi chú)", "Phiếu kiểm tra - ", " (đã sửa)"
_OURS = lazy_pattern(
    rf"{re.escape(_SLIP)}.*|.*(?:{re.escape(_MARKED)}|{re.escape(_MENDED)})(?: \(\d+\))?|~\$.*"
)
"""How the names of files are made that the linter wrote itself, and of locks that Word leaves."""
_UNMARK = 'Tệp có ghi chú của chương trình, không xét đến; bỏ hẳn: dvctt-report lint --unmark "{}"'


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be written beside each document."""

    marked: bool = False
    slip: bool = False
    mended: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """One file: what was found, and in Vietnamese what was written or why not."""

    path: Path
    verdict: FileVerdict
    said: tuple[str, ...] = ()

    @property
    def is_bad(self) -> bool:
        """Whether it has errors, can't be read, or someone has to say what kind it is."""
        if self.verdict.status in (Status.REFUSED, Status.UNCLEAR):
            return True
        return self.verdict.count()[Severity.ERROR] > 0


def find_files(paths: Iterable[Path]) -> list[Path]:
    """The Word files among ``paths`` and in folders below them, without those the linter wrote itself."""
    found: list[Path] = []
    for path in paths:
        within = path.rglob("*") if path.is_dir() else ()
        word = (one for one in within if one.suffix.lower() in (".docx", ".doc") and one.is_file())
        found += sorted(one for one in word if not _OURS.fullmatch(one.stem)) if path.is_dir() else [path]
    return list(dict.fromkeys(found))


def judge(path: Path, settings: Settings, wanted: Wanted) -> Done:
    """Judge one file and write what is wanted. Raises OSError where the file system refuses."""
    try:
        source = read_source(path)
        was_marked = is_marked(source)
        if was_marked:
            source = parse_source(unmark(source))
        verdict = lint_source(source, path.name, settings)
    except Refused as refused:
        told = FileVerdict(path.name, Status.REFUSED, reason=refused.reason, remedy=refused.remedy)
        return Done(path, told)
    if verdict.status is not Status.CHECKED:
        return Done(path, verdict)
    said = [_UNMARK.format(path)] if was_marked else []
    return Done(path, verdict, (*said, *_written(path, source, verdict, settings, wanted)))


def clear(path: Path) -> str:
    """Write the document without our comments beside the marked copy and say so. Raises Refused, OSError."""
    source = read_source(path)
    if not is_marked(source):
        return f"“{path.name}” không có ghi chú của chương trình."
    written = write_beside(path.with_name(f"{_base(path)} (bỏ ghi chú).docx"), unmark(source))
    return f"Bản không còn ghi chú của chương trình: {written}"


def _written(
    path: Path, source: Source, verdict: FileVerdict, settings: Settings, wanted: Wanted
) -> Iterator[str]:
    if wanted.slip:
        slip = write_beside(path.with_name(f"{_SLIP}{path.stem}.docx"), write_slip(verdict))
        yield f"Phiếu kiểm tra thể thức: {slip}"
    if wanted.marked and verdict.count():
        try:
            yield f"Bản có ghi chú trong Word: {_write_marked(path, mark(source, verdict))}"
        except Refused as refused:
            yield f"{refused.reason}. {refused.remedy}"
    elif wanted.marked:
        yield "Không có gì để ghi chú; không ghi bản sao."
    if wanted.mended:
        try:
            content, done = mend_file(path, settings)
        except Refused as refused:
            yield f"{refused.reason}. {refused.remedy}"
            return
        if not done:
            yield "Không có nội dung nào sửa tự động được; không ghi bản sao."
            return
        yield f"Bản sao đã sửa: {write_beside(path.with_name(f'{path.stem}{_MENDED}.docx'), content)}"
        for code, change, n in describe_fixes(done):
            yield f"  {code}: {change}" + (f" ({n} chỗ)" if n > 1 else "")


def _write_marked(path: Path, content: bytes) -> Path:
    """Write beside the original, over an earlier copy unless someone has worked in that."""
    for attempt in range(1, 100):
        number = "" if attempt == 1 else f" ({attempt})"
        target = path.with_name(f"{_base(path)}{_MARKED}{number}.docx")
        if target != path and (not target.exists() or read_file(target)[-len(MARK) :] == MARK):
            return write_beside(target, content)
    raise OSError(f"Không còn tên trống cho bản có ghi chú của “{path.name}”")


def _base(path: Path) -> str:
    return re.sub(rf"{re.escape(_MARKED)}(?: \(\d+\))?$", "", path.stem)
