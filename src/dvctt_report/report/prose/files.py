"""The files people write in: made where they are missing, read, and never written over with less."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from dvctt_report.files.writing import replace_file
from dvctt_report.model.period import Period
from dvctt_report.report.context import Body
from dvctt_report.report.drafts import Suggestion
from dvctt_report.report.marks import without_marks
from dvctt_report.report.prose.officer import OfficerProse, added_headings, prose_bytes, read_prose
from dvctt_report.report.prose.taking import SlotProse, Suggestions, drafts_of, take
from dvctt_report.report.wording import Voice
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.opening import read_file
from dvctt_report.text.vietnamese import clean_text
from dvctt_report.year.year import Year


@dataclass(frozen=True, slots=True)
class OwnFiles:
    """The officer's prose, and what was ever suggested for it; ``made``: what is missing is made anew."""

    prose: Path
    suggested: Path
    made: bool = True

    @property
    def name(self) -> str:
        """The officer's file as it is named to him: "noi-dung/2025.docx"."""
        return f"{self.prose.parent.name}/{self.prose.name}"


@dataclass(frozen=True, slots=True)
class OfficerWords:
    """What is taken for each slot, and told; ``prose`` None before its file is there."""

    taken: Mapping[str, SlotProse]
    drafts: Mapping[str, tuple[str, ...]]
    suggestions: Suggestions
    prose: OfficerProse | None
    notes: tuple[str, ...]


def read_words(
    files: OwnFiles, year: Year, body: Body, voice: Voice, suggested: Iterable[Suggestion]
) -> OfficerWords:
    """Read the files where they are. Raises CannotRun for one that can't be read; writes nothing.

    ``suggested`` is what is suggested by the present data: what was suggested once, was taken over and isn't
    so now is told.
    """
    prose = read_prose(files.prose, year.period, voice) if files.prose.exists() else None
    drafts = drafts_of(body, voice.issuer.text)
    suggestions = Suggestions.of(_read_suggested(files.suggested), suggested)
    taken = take(prose, body, voice, suggestions)
    notes = list(prose.notes if prose else ())
    if prose is None and not files.made:
        notes.append(f"Chưa có {files.name}; lệnh dvctt-report render lập tệp này để viết lời đánh giá.")
    unfit = [word for one in voice.say("prose.unfit").split("|") if (word := one.strip())]
    for name, one in taken.items():
        where = f"{files.name}, mục “{voice.say(f'prose.{name}')}”"
        if one.n_drafts:
            notes.append(f"{where}: {one.n_drafts} đoạn còn chữ gợi ý nên không in.")
        for followed in one.followed:
            notes.append(
                f"{where}: đoạn gợi ý giữ nguyên lời được in theo số liệu hiện có:\n  {followed.now}"
            )
        for stale in one.stale:
            instead = (
                f"thay bằng: {stale.now}" if stale.now else "số liệu nay không còn nội dung đó: xóa đoạn này."
            )
            notes.append(f"{where} ghi số đã cũ:\n  đang ghi: {stale.text}\n  {instead}")
        # With their capitals: "cơ sở đã" and "trụ sở chưa" speak of nobody.
        said = "\n".join(clean_text(without_marks(line.text)) for line in one.blocks)
        notes += [
            f"{where}: chữ “{word}” không hợp với văn bản này; sửa ở dự thảo vừa lập."
            for word in unfit
            if re.search(rf"\b{re.escape(word)}\b", said)
        ]
    return OfficerWords(taken, drafts, suggestions, prose, tuple(notes))


def _read_suggested(path: Path) -> list[Suggestion]:
    """What was suggested before, a pattern's name and its sentence a line; nothing where the list is gone."""
    try:
        lines = read_file(path).decode().splitlines()
    except (FileNotFoundError, UnicodeDecodeError):
        return []
    return [Suggestion(*line.split("\t", 1)) for line in lines if "\t" in line]


def write_missing(files: OwnFiles, words: OfficerWords, year: Year, voice: Voice) -> tuple[str, ...]:
    """Make the officer's file where it is missing, never over one; keep what was suggested. Returns notes."""
    notes = []
    if words.prose is None:
        files.prose.parent.mkdir(parents=True, exist_ok=True)
        former, told = _former_headings(files, year.period, voice)
        replace_file(files.prose, prose_bytes(words.drafts, year.period, voice, former))
        notes += told
        notes.append(f"Viết lời đánh giá, kiến nghị ở: {files.prose}")
    files.suggested.parent.mkdir(parents=True, exist_ok=True)
    lines = (f"{one.pattern}\t{one}\n" for one in words.suggestions.issued)
    replace_file(files.suggested, "".join(lines).encode())
    return tuple(notes)


def _former_headings(
    files: OwnFiles, period: Period, voice: Voice
) -> tuple[dict[str, tuple[str, ...]], list[str]]:
    """The headings that the officer added to the file of a year before, and what is to be told of that."""
    before = files.prose.with_name(f"{period.year_before}.docx")
    if not before.exists():
        return {}, []
    try:
        found = added_headings(read_prose(before, period.year_before, voice))
    except CannotRun as fault:
        return {}, [f"Chưa mang được đề mục của {before.name} sang: {fault.message}"]
    n = sum(map(len, found.values()))
    return found, [f"Đề mục đã thêm ở {before.name} được nêu lại, trong ngoặc vuông: {n}."] if n else []
