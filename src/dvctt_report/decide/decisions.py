"""The decisions themselves, as commands and workbook make them: checked, kept on record, taken back."""

from __future__ import annotations

import getpass
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from dvctt_report.decide.cells import find_cell, format_seen, seen_at
from dvctt_report.intake.reading import STATE_NAMES, format_answer, format_value
from dvctt_report.model import (
    Acceptance,
    Choice,
    Decision,
    Finding,
    LeftOut,
    Override,
    Return,
    ReturnStatus,
    finding_id,
)
from dvctt_report.model.codes import Trait, has
from dvctt_report.plan.model import Unit
from dvctt_report.report.ways import named_cell
from dvctt_report.store.register import keep_decided, open_register, read_decided, undo_decided
from dvctt_report.store.register.decided import Decided, Kind
from dvctt_report.store.workspace import Workspace
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.file_names import format_file
from dvctt_report.text.vietnamese import key, one_line
from dvctt_report.year.corrections import name_cell, read_override, says_it_already
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.left_out import digests
from dvctt_report.year.rules.rule import format_place
from dvctt_report.year.summary.acceptable import why_not_acceptable

_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+")


def about_file(
    choice: Choice, file: Return, unit: str, grounds: Grounds, returns: Iterable[Return] = ()
) -> Decision:
    """``file`` is that of ``unit`` whatever it says itself, or isn't used, or counts before its rivals.

    ``returns``: all received, each read by itself, where the file is to count. Raises CannotRun.
    """
    if choice is Choice.USE and file.status is not ReturnStatus.EFFECTIVE:
        reasons = "; ".join(f.message for f in file.findings)
        raise CannotRun(
            f"Không chọn được tệp “{format_file(file.file)}”: {reasons}.", "Chọn tệp khác của đơn vị."
        )
    if not file.sha256 or (choice is Choice.ASSIGN and file.status is ReturnStatus.SKIPPED):
        raise CannotRun(
            f"Tệp “{format_file(file.file)}” được bỏ qua nên không quyết định được.",
            "Chọn tệp báo cáo của đơn vị; xem các tệp: dvctt-report status --files",
        )
    over = tuple({r.sha256 for r in returns if r.unit == unit} - {file.sha256})
    return Decision(choice, file.file, file.sha256, unit, over=over, **asdict(grounds))


def put_figure(dataset: Dataset, unit: Unit, wanted: str, text: str, grounds: Grounds) -> Override | None:
    """What is to stand in the cell that ``wanted`` names; None where the unit itself says the same.

    A whole number may be typed as it is printed, "2.014": it is the officer's own word, where a unit's cell
    may be Excel's.
    """
    cell, spec = find_cell(dataset, unit, wanted)
    text = text.strip()
    if spec.kind in ("count", "money") and _GROUPED.fullmatch(text):
        text = text.replace(".", "")
    reading = read_override(text, spec, dataset.profile.plan.words)
    if reading.problem is not None:
        at = seen_at(dataset, unit).get(cell)
        place = f"{format_seen(*at)} = {text}" if at is not None else f"{wanted}={text}"
        raise CannotRun(f"“{place}”: {reading.problem.because}.", reading.problem.fix)
    own = dataset.observation(unit.code, *cell)
    if own is not None and own.override is not None:
        own = own.replaced  # what the unit itself says, whatever has been put in its place
    if says_it_already(own, reading, dataset.effective(unit.code)):
        return None
    shown = STATE_NAMES.get(reading.state) or format_value(reading.value)
    kept = shown if reading.state in STATE_NAMES else text
    return Override(
        unit.code, cell.item, cell.field, kept, format_answer(own), part=cell.part, **asdict(grounds)
    )


def acceptance_of(dataset: Dataset, finding: Finding, grounds: Grounds) -> Acceptance:
    """``finding`` is used as it stands."""
    refusal = why_not_acceptable(dataset, finding)
    if refusal is not None:
        raise CannotRun(f"Không chấp nhận được {finding_id(finding)}: {refusal.because}.", refusal.instead)
    return Acceptance(finding_id(finding), finding.unit, said_of(dataset, finding), **asdict(grounds))


def said_of(dataset: Dataset, finding: Finding) -> str:
    """What a finding says, with the place that it has, as one line."""
    place = " · ".join(format_place(finding, dataset.profile))
    return f"{place}: {finding.message}" if place else finding.message


def figure_left_out(dataset: Dataset, finding: Finding, grounds: Grounds) -> LeftOut:
    """What ``finding`` doubts stays out: of an error the finding, of a warning the figure that is used."""
    if not finding.bars:
        unit = dataset.units_by_code[finding.unit]
        return cell_left_out(dataset, unit, named_cell(dataset, finding), grounds)
    said, about = said_of(dataset, finding), finding.key._asdict()
    return LeftOut(finding.unit, said, finding=finding_id(finding), **about, **asdict(grounds))


def cell_left_out(dataset: Dataset, unit: Unit, wanted: str, grounds: Grounds) -> LeftOut:
    """What stands in the cell that ``wanted`` names stays out."""
    cell, _ = find_cell(dataset, unit, wanted)
    _require_return(dataset, unit)
    over = format_answer(dataset.observation(unit.code, *cell))
    said = f"{unit.short_name}, ô {name_cell(cell)} ({f'đơn vị ghi “{over}”' if over else 'để trống'})"
    return LeftOut(unit.code, said, over=over, **cell._asdict(), **asdict(grounds))


def return_left_out(dataset: Dataset, unit: Unit, grounds: Grounds) -> LeftOut:
    """The whole return of ``unit`` stays out."""
    _require_return(dataset, unit)
    over = digests(dataset.returns, unit.code)
    return LeftOut(unit.code, f"{unit.short_name}, cả báo cáo", over=over, **asdict(grounds))


def _require_return(dataset: Dataset, unit: Unit) -> None:
    if not digests(dataset.returns, unit.code):
        remedy = "Không phải làm gì: báo cáo chính thức không dừng vì đơn vị chưa gửi."
        waiting = (f for r in dataset.received(unit.code) for f in r.findings)
        for found in (f for f in waiting if has(f.code, Trait.CONFIRMED_FIRST)):
            remedy = (
                "Báo cáo chính thức chỉ chờ xác nhận tệp của đơn vị: dvctt-report decide "
                f'{finding_id(found)} --accept --reason "…" --document "…".'
            )
        raise CannotRun(
            f"{unit.short_name} chưa có báo cáo nào được dùng: số liệu của đơn vị đã ở ngoài tổng hợp.",
            remedy,
        )


def record(workspace: Workspace, kept: Iterable[Decided] = (), undone: Iterable[Decided] = ()) -> list[bool]:
    """Take decisions back and keep others, in one transaction; of each that is kept, whether it is new.

    What is taken back stays in the register with who did so, and when.
    """
    who, now = officer(), datetime.now()
    with open_register(workspace.register) as register:
        for one in undone:
            undo_decided(register, workspace.period, one, who, now)
        return [keep_decided(register, workspace.period, one) for one in kept]


def recorded(workspace: Workspace, kind: type[Kind], *, undone: bool = True) -> tuple[Kind, ...]:
    """The decisions of one kind about the period, the earliest first: all, or those in force."""
    with open_register(workspace.register, reading=True) as register:
        return read_decided(register, workspace.period, kind, undone=undone)


# -------------------- Why something is decided, what it rests on, by whom: what every decision has in common

DOCUMENT = "Văn bản"
BASES = (DOCUMENT, "Thư điện tử", "Zalo", "Điện thoại")
"""What a decision may rest on. Only a document is cited in print."""
LEADER = "Lãnh đạo"
AUTHORITIES = ("Chuyên viên", LEADER)


@dataclass(frozen=True, slots=True)
class Grounds:
    """The grounds of a decision; see also ``model.answers.Ruling``."""

    who: str
    when: datetime
    reason: str = ""
    """Printed wherever the decision is told."""
    document: str = ""
    """Cited in print; "" where it rests on no document."""
    basis: str = ""
    authority: str = ""
    """One of ``AUTHORITIES``, "" where it isn't said."""
    follower: str = ""


def officer() -> str:
    """The name this computer knows the user by."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "không rõ"


_SYMBOL = re.compile(r"\b\d{1,5}[A-Za-zĐđ]?/(?:\d{4}/)?[A-ZĐ]")
"""Number and symbol of a document: "12/SYT-VP", "5a/2025/KH-UBND"; never a day ("12/11")."""


def rests_on(kind: str, text: str) -> tuple[str, str]:
    """What a decision rests on: the document cited, else what is only kept; the words may tell the kind."""
    kind, text = one_line(kind), one_line(text)
    begun = [
        b for b in BASES if key(text[: len(b)]) == key(b) and text[len(b) : len(b) + 1] in tuple(" :,;-")
    ]
    if not kind and begun:
        kind, text = begun[0], text[len(begun[0]) :].lstrip(" :,;-")
    elif not kind:
        kind = DOCUMENT if _SYMBOL.search(text) else ""
    if key(kind) == key(DOCUMENT):
        return text, ""
    return "", f"{kind}: {text}" if kind and text else ""
