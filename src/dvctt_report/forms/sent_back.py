"""What stands in a form that goes back to its unit beside its answers: the list, marks, notes.

A note of ours ends with a line that says so; what a unit writes below it is the unit's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from dvctt_report.model import Key

NOTE_LEAD: Final = "[Đề nghị rà soát] "
NOTE_END: Final = "[Hết lời đề nghị; ý kiến ghi ở trang Bảng kê chỉnh lý]"

LIST_ISSUED: Final = "list.issued"
"""The row of a form's hidden sheet that says when the list in it was made; only a form sent back has it."""
LIST_ABOUT: Final = "list.about"
"""The row that names the files, by SHA-256, whose answers were written into the form."""

ENTERED: Final = "entered"
"""The row of the hidden sheet of a form that the office fills in from paper: who does."""
FROM_PAPER: Final = "Nhập từ bản giấy"
"""What such a form says of itself, where it is seen and printed."""


@dataclass(frozen=True)
class SentBack:
    """How a form that is sent back, or filled in by the office, differs from one that is issued.

    first_sheet: writes the list into the workbook, before the form's own sheets.
    notes: what is asked about an answer; its cell is marked.
    more_lines: by the code of a list, the keys of the lines that the unit inserted.
    meta: further rows of the hidden sheet.
    formats: the number formats of answers that the form's own would show otherwise than they were written.
    said: what stands before the form's number on every sheet.
    """

    first_sheet: Callable[[Any], None] = lambda book: None
    notes: Mapping[Key, str] = field(default_factory=dict)
    more_lines: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    meta: tuple[tuple[str, str], ...] = ()
    formats: Mapping[Key, str] = field(default_factory=dict)
    said: str = ""


NOT_SENT_BACK: Final = SentBack()
"""How a form is written that a unit fills in."""


def from_paper(office: str) -> SentBack:
    """A form that ``office`` fills in from what its unit sent on paper."""
    return SentBack(meta=((ENTERED, office),), said=FROM_PAPER)


def format_note(said: str) -> str:
    """Write a note pinned to a cell so that it is known again as ours."""
    return f"{NOTE_LEAD}{said}\n{NOTE_END}"


def without_ours(note: str) -> str:
    """What is left of a note when the office's own words are taken out: what the unit wrote around them."""
    before, lead, rest = note.partition(NOTE_LEAD)
    _, end, after = rest.partition(NOTE_END)
    return before + after if lead and end else note
