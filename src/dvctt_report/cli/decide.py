"""What the commands about decisions share: which findings are meant, reason and document, who and when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, TypeAlias, TypeVar

from dvctt_report.cli.options import argument, find_units, flag, option
from dvctt_report.cli.screen import say
from dvctt_report.codes import CODES
from dvctt_report.dataset import Dataset
from dvctt_report.deciding.books import is_number, matter_numbered
from dvctt_report.deciding.cells import find_cell, is_address, seen_at
from dvctt_report.deciding.grounds import Grounds, officer, required
from dvctt_report.errors import CannotRun
from dvctt_report.loader import OpenYear
from dvctt_report.model import Acceptance, Finding, LeftOut, Override, Severity, finding_id
from dvctt_report.personal import shown
from dvctt_report.vietnamese import format_date, one_line

_Decision = TypeVar("_Decision", Acceptance, Override)

Reason: TypeAlias = Annotated[
    str | None, option("--reason", "LÝ-DO", "Vì sao; câu này được in ở nơi dùng số liệu.")
]
Document: TypeAlias = Annotated[
    str | None, option("--document", "VĂN-BẢN", "Văn bản làm căn cứ, ví dụ “Công văn số 12/SYT-VP”.")
]

Basis: TypeAlias = Annotated[
    str | None,
    option(
        "--basis",
        "CĂN-CỨ",
        "Căn cứ không phải văn bản, ví dụ “Zalo: chị Lan, ngày 12/11”; lưu trong sổ, không in.",
    ),
]


def said_grounds(reason: str | None, document: str | None, basis: str | None, what: str) -> Grounds:
    """The grounds of a decision that has to have a reason and rests on a document or on something else."""
    why = required(reason, "--reason", f"lý do {what}")
    other = one_line(basis)
    by = one_line(document)
    if not (by or other):
        raise CannotRun(
            "Chưa ghi văn bản làm căn cứ.",
            "Ghi sau --document, trong dấu nháy kép; căn cứ không phải văn bản (Zalo, điện thoại …) thì ghi "
            "sau --basis.",
        )
    return Grounds(officer(), datetime.now(), why, by, other)


def format_grounds(decision: Grounds | Acceptance | LeftOut | Override) -> str:
    """Say to the officer why it was decided so and what it rests on, also what is never printed."""
    said = (f"văn bản: {decision.document}" if decision.document else "", decision.basis)
    return shown("; ".join(filter(None, (decision.reason, *said))))


def format_undone(decision: Acceptance | LeftOut | Override) -> str:
    """Say by whom and when a decision was taken back; "" where it wasn't."""
    if decision.undone_on is None:
        return ""
    return f"đã bỏ ngày {format_date(decision.undone_on.date())} ({decision.undone_by})"


def successor(decision: _Decision, about: Sequence[_Decision]) -> _Decision | None:
    """What took the place of a decision taken back, made in that very moment; None for none of ``about``."""
    later = about[about.index(decision) + 1 :]
    return next((d for d in later if d.when == decision.undone_on), None)


# ------------------------------------------------------------------- which findings are meant

Words: TypeAlias = Annotated[
    list[str] | None,
    argument(
        "MÃ|ĐƠN-VỊ",
        "Số của việc trong sổ việc cần xử lý (7), mã phát hiện (HS02-3f9c1a), mã loại (DV04), đơn vị; "
        "cách nhau bằng dấu cách.",
    ),
]
All: TypeAlias = Annotated[bool, flag("--all", "Mọi phát hiện còn mở của các mã loại, đơn vị đã nêu.")]

_NAME = re.compile(r"(?i)[A-Z]{2}\d{2}-\w+")
"""Also a mistyped one ("QH01-zzzz"), which is no unit's name."""


@dataclass(frozen=True)
class Chosen:
    """What a command's words mean.

    ``named``: findings by their short names. ``codes``, ``units``, ``cells`` (sheet and address): all that
    these have in common.
    """

    named: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    cells: frozenset[tuple[str, str]] = frozenset()

    def among(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """The open findings of the codes and units that were said; none where neither was."""
        if not (self.codes or self.units):
            return ()
        return tuple(
            f
            for f in findings
            if f.is_open
            and f.severity is not Severity.INFO
            and (not self.codes or f.code in self.codes)
            and (not self.units or f.unit in self.units)
            and (not self.cells or (f.at is not None and (f.at.sheet, f.at.cell) in self.cells))
        )


def with_rows(words: Sequence[str], year: OpenYear) -> list[str]:
    """The words of a command, each number of a row of the workbook replaced by the findings in that row."""
    said: list[str] = []
    for word in words:
        bare = word.strip().strip(",;")
        if not is_number(bare):
            said.append(word)
            continue
        row = matter_numbered(year, bare)
        say(f"Việc {int(bare)} · {row.matter.who}, {row.matter.place}: {row.matter.about}")
        said += map(finding_id, row.findings)
    return said


def read_words(words: Sequence[str], dataset: Dataset) -> Chosen:
    """Sort words into names, codes, units, and cells of one unit. Raises CannotRun for any other word."""
    said = [word.strip().strip(",;") for word in words]
    named = tuple(dict.fromkeys(map(_name, (w for w in said if _NAME.fullmatch(w)))))
    codes = tuple(dict.fromkeys(w.upper() for w in said if w.upper() in CODES))
    rest = [w for w in said if not _NAME.fullmatch(w) and w.upper() not in CODES]
    places = [w for w in rest if is_address(w)]
    rest = [w for w in rest if w not in places]
    units = find_units(dataset.profile, dataset.units, rest) if rest else ()
    if places and len(units) != 1:
        raise CannotRun(
            "Chưa nêu ô đó của đơn vị nào.", "Nêu một đơn vị rồi đến ô, dạng SYT “Biểu 01-A ô G10”."
        )
    at = [seen_at(dataset, unit)[find_cell(dataset, unit, w)[0]] for unit in units for w in places]
    return Chosen(named, codes, tuple(unit.code for unit in units), frozenset(at))


def quoted(words: Sequence[str]) -> str:
    """Words as they are typed into a command."""
    return " ".join(f'"{word}"' if " " in word else word for word in words)


def require_all(found: Sequence[Finding], all_: bool, command: str, words: Sequence[str]) -> None:
    """Raise CannotRun where a code or a unit means several findings and that wasn't said to be meant."""
    if len(found) > 1 and not all_:
        names = ", ".join(finding_id(f) for f in found[:6]) + (", …" if len(found) > 6 else "")
        raise CannotRun(
            f"Có {len(found)} phát hiện còn mở như vậy: {names}.",
            f"Nêu mã từng phát hiện, hoặc lấy tất cả: dvctt-report {command} {quoted(words)} --all",
        )


def _name(word: str) -> str:
    code, _, digits = word.partition("-")
    return f"{code.upper()}-{digits.lower()}"
