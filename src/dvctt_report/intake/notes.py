"""Notes pinned to answer cells: a reviewer's words, or a unit's that it didn't write into the form."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dvctt_report.intake.locate import Located, Place
from dvctt_report.model import Key
from dvctt_report.vietnamese import clean_text

_THREAD = "[Threaded comment]"
_SAID = re.compile(r"(?:Comment|Nhận xét|Chú thích):\s*")


def pinned_notes(located: Located) -> Iterator[tuple[Key, Place, str]]:
    """Each note pinned to an answer: its key, its place, its words without an old program's notice."""
    for block in located.blocks:
        for row, column, key in block.answers if block.sheet.notes else ():
            note = block.sheet.notes.get(block.place(row, column), "")
            text = clean_text(without_notice(note))
            if text and key in located.places:
                yield key, located.places[key], text


def without_notice(note: str) -> str:
    """The note without the notice that old programs put before a thread of comments."""
    before, notice, thread = note.partition(_THREAD)
    said = _SAID.search(thread) if notice else None
    return before + thread[said.end() :] if said else note
