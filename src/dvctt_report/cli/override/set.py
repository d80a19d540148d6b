"""``dvctt-report override set``: a figure in the place of a cell, for a reason and by a document."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from dvctt_report.cli.decide import Document, Reason, required
from dvctt_report.cli.findings import print_findings
from dvctt_report.cli.options import When
from dvctt_report.cli.override.cell import find_cell
from dvctt_report.cli.register.choose import officer
from dvctt_report.cli.screen import say
from dvctt_report.cli.session import open_period
from dvctt_report.cli.units import UnitArgument, find_unit
from dvctt_report.codes import CODES, Settled
from dvctt_report.dataset import Dataset
from dvctt_report.errors import CannotRun
from dvctt_report.model import FindingState, Observation, Override, Severity
from dvctt_report.plan.model import Unit
from dvctt_report.register import keep_override, open_register

if TYPE_CHECKING:
    from dvctt_report.loader import OpenPeriod

HELP = (
    "Ô ghi bằng mã nội dung, dấu chấm, tên cột: T10.total (tổng số), T10.done (đã thực hiện), T3.answer (trả "
    "lời); một xã của huyện: “T1.total@Xã Một”. Số ghi như trong biểu: số nguyên không có dấu chấm, hoặc "
    "“Không phát sinh”, “Chưa có số liệu”. Ghi nhiều ô cùng một lần được.\n\n"
    "Đơn vị chỉ gửi bản giấy: ghi số văn bản vào sổ theo dõi, rồi nhập từng ô của bản giấy bằng lệnh này.\n\n"
    "Mã thoát: 0 đã ghi; 1 đã ghi nhưng các số này còn lỗi; 2 không ghi gì.\n\n"
    'Ví dụ: dvctt-report override set SYT T10.total=2000 T10.done=1599 --reason "đơn vị gõ nhầm hai số" '
    '--document "Công văn số 12/SYT-VP"'
)


def run(
    ctx: typer.Context,
    unit: UnitArgument,
    cells: Annotated[
        list[str], typer.Argument(metavar="Ô=SỐ", help="Các ô và số đúng, ví dụ T10.done=1599.")
    ],
    reason: Reason = None,
    document: Document = None,
    period: When = None,
) -> int:
    """Keep what is to stand in the cells of a unit; returns 1 where the figures are still wrong then."""
    from dvctt_report.corrections import format_cell, format_put

    opened = open_period(ctx, period)
    workspace, dataset = opened.workspace, opened.dataset
    why = required(reason, "--reason", "lý do đính chính")
    by = required(document, "--document", "văn bản làm căn cứ")
    whose = find_unit(dataset.profile, dataset.units, unit)
    _check_base(dataset, whose)
    asked = [_override(dataset, whose, cell, why, by) for cell in cells]
    made = [one for one in asked if one is not None]
    same = [cell for cell, one in zip(cells, asked, strict=True) if one is None]
    if not made:
        raise CannotRun(
            f"{whose.short_name} đã báo cáo đúng như vậy: {', '.join(same)}.", "Không cần đính chính."
        )
    with open_register(workspace.register) as register:
        kept = [keep_override(register, workspace.period, one) for one in made]
    for one, new in zip(made, kept, strict=True):
        before = f"“{one.over}”" if one.over else "trống"
        state = "Đã ghi" if new else "Đã ghi từ trước"
        say(f"{state} đính chính {whose.short_name}, {format_cell(one)}: {before} → “{format_put(one)}”")
    for cell in same:
        say(f"Không phải ghi {cell}: {whose.short_name} đã báo cáo đúng như vậy.")
    say(f"Lý do: {why}; văn bản: {by}.")
    wrong = _tell_errors(opened.decided_anew(), whose, {one.item for one in made})
    names = " ".join(cell.partition("=")[0] for cell in cells if cell not in same)
    say(f"Bỏ đính chính: dvctt-report override drop {whose.code} {names}")
    return int(wrong)


def _tell_errors(opened: OpenPeriod, unit: Unit, items: set[str]) -> bool:
    """Say what is still wrong with the figures of ``items``, and what the corrected ones don't agree with."""
    told = [
        f for f in opened.findings if f.unit == unit.code and f.item in items and f.state is FindingState.OPEN
    ]
    wrong = [f for f in told if f.severity is Severity.ERROR]
    if wrong:
        say("Sau khi đính chính vẫn còn lỗi, số liệu chưa đưa vào tổng hợp:")
        print_findings(wrong, opened.profile)
    if unlike := [f for f in told if f not in wrong and CODES[f.code].settled is Settled.OVERRIDDEN]:
        say("Số đính chính được dùng nhưng khác tổng các ô chi tiết:")
        print_findings(unlike, opened.profile)
    return bool(wrong)


def _check_base(dataset: Dataset, unit: Unit) -> None:
    """Raise CannotRun where the unit has neither a return that counts nor a paper in the tracking book."""
    if dataset.effective(unit.code) is None and dataset.paper(unit.code) is None:
        raise CannotRun(
            f"{unit.short_name} chưa có báo cáo nào được dùng nên chưa có gì để đính chính.",
            "Nếu đơn vị chỉ gửi bản giấy: ghi số, ký hiệu văn bản vào so-theo-doi.xlsx rồi chạy lại. "
            "Nếu có tệp chưa dùng được hoặc chưa chọn: xem dvctt-report register list.",
        )


def _override(dataset: Dataset, unit: Unit, said: str, reason: str, document: str) -> Override | None:
    """Read what is to be put; None where the unit itself says the same."""
    from dvctt_report.corrections import read_override, says_it_already
    from dvctt_report.intake.words import STATE_NAMES, format_answer, format_value

    name, equals, text = said.partition("=")
    if not equals or not text.strip():
        raise CannotRun(f"“{said}” chưa có số.", "Ghi ô, dấu bằng, số đúng; ví dụ T10.done=1599.")
    cell, spec = find_cell(dataset.profile, unit, name)
    reading = read_override(text.strip(), spec, dataset.profile.plan.words)
    if reading.problem is not None:
        raise CannotRun(f"“{said}”: {reading.problem.because}.", reading.problem.fix)
    own = _own(dataset.observation(unit.code, cell.item, cell.field, cell.part))
    if says_it_already(own, reading, dataset.effective(unit.code)):
        return None
    shown = STATE_NAMES.get(reading.state) or format_value(reading.value)
    kept = shown if reading.state in STATE_NAMES else text.strip()
    return Override(
        unit.code,
        cell.item,
        cell.field,
        kept,
        format_answer(own),
        reason,
        document,
        officer(),
        datetime.now(),
        cell.part,
    )


def _own(answer: Observation | None) -> Observation | None:
    """What the unit itself says in a cell, whatever has been put in its place."""
    return answer.replaced if answer is not None and answer.override is not None else answer
