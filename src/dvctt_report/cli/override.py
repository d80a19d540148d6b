"""``dvctt-report override``: figures that the officer puts in the place of what a unit's return says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated

import typer

from dvctt_report.cli.decide import (
    Basis,
    Document,
    Reason,
    format_grounds,
    format_undone,
    said_grounds,
    successor,
)
from dvctt_report.cli.findings import print_findings
from dvctt_report.cli.options import Format, Output, UnitArgument, When, argument, find_unit
from dvctt_report.cli.screen import print_json, record_json, say
from dvctt_report.cli.session import open_year
from dvctt_report.codes import CODES, Settled
from dvctt_report.corrections import cells_of, format_cell, format_put, name_cell, read_override
from dvctt_report.dataset import Dataset
from dvctt_report.deciding.books import is_number, matter_numbered
from dvctt_report.deciding.cells import find_cell, is_address
from dvctt_report.deciding.decisions import put_figure, require_base
from dvctt_report.deciding.grounds import Grounds
from dvctt_report.deciding.record import record, recorded
from dvctt_report.deciding.taking import pairs_of
from dvctt_report.errors import CannotRun
from dvctt_report.loader import OpenYear
from dvctt_report.model import FieldRef, Override, Severity
from dvctt_report.personal import shown
from dvctt_report.plan.model import Unit
from dvctt_report.register import cell_of
from dvctt_report.vietnamese import format_date, key

HELP = (
    "Tệp của đơn vị không bao giờ bị sửa. Mỗi đính chính có lý do, văn bản làm căn cứ, người ghi, thời điểm "
    "và được nêu ở mọi nơi in con số đó."
)

_SET = (
    "Ô ghi như thấy trong biểu: “Biểu 01-A ô G10”, hoặc chỉ G10 khi không biểu nào khác có ô đó; hoặc bằng "
    "mã nội dung, dấu chấm, tên cột: T10.total (tổng số), T10.done (đã thực hiện), T3.answer (trả lời); một "
    "xã của huyện: “T1.total@Xã Một”. Số ghi như trong biểu: số nguyên không có dấu chấm, hoặc "
    "“Không phát sinh”, “Chưa có số liệu”. Ghi nhiều ô cùng một lần được. Thay đơn vị, ô: số của việc trong "
    "sổ việc cần xử lý rồi số đúng (2 2014); việc có nhiều ô: 4 F11=10 G11=9.\n\n"
    "Đơn vị chỉ gửi bản giấy: ghi số văn bản vào sổ theo dõi, rồi nhập từng ô của bản giấy bằng lệnh này.\n\n"
    "Mã thoát: 0 đã ghi; 1 đã ghi nhưng các số này còn lỗi; 2 không ghi gì.\n\n"
    'Ví dụ: dvctt-report override set SYT T10.total=2000 T10.done=1599 --reason "đơn vị gõ nhầm hai số" '
    '--document "Công văn số 12/SYT-VP"'
)


def put_figures(
    ctx: typer.Context,
    unit: UnitArgument,
    cells: Annotated[
        list[str], argument("Ô=SỐ", "Các ô và số đúng, ví dụ T10.done=1599; sau số của việc thì chỉ số đúng.")
    ],
    reason: Reason = None,
    document: Document = None,
    basis: Basis = None,
    period: When = None,
) -> int:
    """Keep what is to stand in the cells of a unit; returns 1 where the figures are still wrong then."""
    year = open_year(ctx, period)
    workspace, dataset = year.workspace, year.dataset
    grounds = said_grounds(reason, document, basis, "đính chính")
    unit, cells = _of_row(unit, cells, year)
    whose = find_unit(dataset.profile, dataset.units, unit)
    require_base(dataset, whose)
    asked = [_override(dataset, whose, cell, grounds) for cell in cells]
    made = [one for one in asked if one is not None]
    same = [cell for cell, one in zip(cells, asked, strict=True) if one is None]
    if not made:
        raise CannotRun(
            f"{whose.short_name} đã báo cáo đúng như vậy: {', '.join(same)}.", "Không cần đính chính."
        )
    for one, new in zip(made, record(workspace, made), strict=True):
        before = f"“{shown(one.over)}”" if one.over else "trống"
        state = "Đã ghi" if new else "Đã ghi từ trước"
        say(f"{state} đính chính {whose.short_name}, {format_cell(one)}: {before} → “{format_put(one)}”")
    for cell in same:
        say(f"Không phải ghi {cell}: {whose.short_name} đã báo cáo đúng như vậy.")
    say(f"Lý do: {format_grounds(grounds)}.")
    wrong = _tell_errors(year.decided_anew(), whose, {one.item for one in made})
    names = (cell.partition("=")[0] for cell in cells if cell not in same)
    typed = " ".join(f'"{name}"' if " " in name else name for name in names)
    say(f"Bỏ đính chính: dvctt-report override drop {whose.code} {typed}")
    return int(wrong)


def _of_row(unit: str, cells: list[str], year: OpenYear) -> tuple[str, list[str]]:
    """The unit and the cells of a row of the workbook that is named by its number; else what was said."""
    if not is_number(unit):
        return unit, cells
    row = matter_numbered(year, unit)
    if not row.matter.unit:
        raise CannotRun(f"Việc số {unit} không phải về số của một đơn vị.", "Xem cột “Ở đâu” của sổ.")
    pairs = pairs_of(year, row.findings, "; ".join(cells))
    return row.matter.unit, [f"{pair.cell}={pair.text}" for pair in pairs]


def _tell_errors(year: OpenYear, unit: Unit, items: set[str]) -> bool:
    """Say what is still wrong with the figures of ``items``, and what the corrected ones don't agree with."""
    told = [f for f in year.findings if f.unit == unit.code and f.item in items and f.is_open]
    wrong = [f for f in told if f.severity is Severity.ERROR]
    if wrong:
        say("Sau khi đính chính vẫn còn lỗi, số liệu chưa đưa vào tổng hợp:")
        print_findings(wrong, year.profile)
    if unlike := [f for f in told if f not in wrong and CODES[f.code].settled is Settled.OVERRIDDEN]:
        say("Số đính chính được dùng nhưng khác tổng các ô chi tiết:")
        print_findings(unlike, year.profile)
    return bool(wrong)


def _override(dataset: Dataset, unit: Unit, said: str, grounds: Grounds) -> Override | None:
    """Read what is to be put; None where the unit itself says the same."""
    name, equals, text = said.partition("=")
    if not equals or not text.strip():
        raise CannotRun(f"“{said}” chưa có số.", "Ghi ô, dấu bằng, số đúng; ví dụ T10.done=1599.")
    return put_figure(dataset, unit, name, text, grounds)


_LIST = "Mỗi đính chính nêu ô, nội dung đơn vị đã ghi, số được dùng, lý do, văn bản, người ghi, thời điểm."

_STATUS = {
    "in_force": "đang áp dụng",
    "not_used": "chưa được dùng, xem dvctt-report validate",
    "moot": "đơn vị đã tự ghi đúng số này",
    "replaced": "đã thay bằng đính chính sau",
    "undone": "đã bỏ",
}


def list_overrides(ctx: typer.Context, period: When = None, output: Output = Format.TABLE) -> None:
    """List the overrides of the year."""
    year = open_year(ctx, period)
    workspace, dataset = year.workspace, year.dataset
    kept = recorded(workspace, Override)
    if output is Format.JSON:
        print_json(
            {
                **workspace.period.as_json(),
                "overrides": [{"status": status_of(dataset, o, kept), **record_json(o)} for o in kept],
            }
        )
        return
    if not kept:
        say(f"{workspace.period.title} chưa có đính chính nào.")
    names = dataset.profile.roster.short_names
    labels = {i.code: i.label for i in dataset.profile.plan.items}
    for override in kept:
        before = f"“{shown(override.over)}”" if override.over else "trống"
        became = status_of(dataset, override, kept)
        status = (format_undone(override) if became == "undone" else "") or _STATUS[became]
        say(f"{names.get(override.unit, override.unit)}, {format_cell(override)} – {status}")
        say(f"  {labels.get(override.item, override.item)}: {before} → “{format_put(override)}”")
        by = f"({override.who}, {format_date(override.when.date())})"
        say(f"  Lý do: {format_grounds(override)} {by}")


def status_of(dataset: Dataset, override: Override, kept: Iterable[Override]) -> str:
    """What has become of one of the ``kept``: it stands, waits for a decision, isn't needed, is out."""
    if override.undone_on is not None:
        same_cell = [o for o in kept if cell_of(o) == cell_of(override)]
        return "undone" if successor(override, same_cell) is None else "replaced"
    there = dataset.observation(override.unit, *override.key)
    if there is not None and there.override == override:
        return "in_force"
    unit = dataset.units_by_code.get(override.unit)
    cells = cells_of(dataset.profile, unit) if unit else {}
    spec = cells.get(override.key)
    if spec is not None and there is not None:
        reading = read_override(override.text, spec, dataset.profile.plan.words)
        if (there.value, there.state) == (reading.value, reading.state):
            return "moot"
    return "not_used"


_DROP = (
    "Ô trở lại như đơn vị ghi; số dùng được thì được dùng trở lại. Đính chính đã bỏ vẫn được ghi trong sổ, "
    "kèm người bỏ và thời điểm."
)


def drop_overrides(
    ctx: typer.Context,
    unit: UnitArgument,
    cells: Annotated[list[str], argument("Ô", "Các ô, ví dụ T10.done.")],
    period: When = None,
) -> None:
    """Take back what was put in the place of these cells."""
    year = open_year(ctx, period)
    workspace, whose = year.workspace, find_unit(year.profile, year.dataset.units, unit)
    known = [o for o in recorded(workspace, Override, undone=False) if o.unit == whose.code]
    undone = [_put_in(name, known, year.dataset, whose) for name in cells]
    record(workspace, undone=undone)
    say(f"Đã bỏ đính chính {whose.short_name}: {', '.join(cells)}.")
    _tell_own(year.decided_anew(), whose, undone)


def _tell_own(year: OpenYear, unit: Unit, undone: Sequence[Override]) -> None:
    """Say what of a unit is used again, and what it wrote that can't be."""
    there = {one.key: year.dataset.observation(unit.code, *one.key) for one in undone}
    doubts = [f for f in year.findings if f.unit == unit.code and f.bars]
    barred = {
        k: [f for f in doubts if f.part == k.part and FieldRef(k.item, k.field) in f.figures] for k in there
    }
    used = [k for k, own in there.items() if own is not None and own.value is not None and not barred[k]]
    if used:
        say(f"Số của đơn vị được dùng trở lại: {', '.join(map(name_cell, used))}.")
    if wrong := [*dict.fromkeys(f for found in barred.values() for f in found)]:
        say("Ô trở lại như đơn vị ghi, còn lỗi, chưa đưa vào tổng hợp:")
        print_findings(wrong, year.profile)
    if blank := [k for k in there if k not in used and not barred[k]]:
        say(f"Ô trở lại như đơn vị ghi, không có số: {', '.join(map(name_cell, blank))}.")


def _put_in(name: str, known: Iterable[Override], dataset: Dataset, unit: Unit) -> Override:
    """The override in the cell of that name, which the plan need no longer have. Raises CannotRun."""
    by_name = {key(format_cell(o)): o for o in known}
    if key(name) not in by_name and is_address(name):
        cell, _ = find_cell(dataset, unit, name)
        name = name_cell(cell)
    if key(name) not in by_name:
        raise CannotRun(
            f"Chưa có đính chính nào ở ô “{name}” của {unit.short_name}.", "Xem: dvctt-report override list"
        )
    return by_name[key(name)]


COMMANDS = (
    ("set", "Ghi số đúng thay cho ô của đơn vị, hoặc nhập số từ bản giấy.", put_figures, _SET),
    ("list", "Liệt kê các đính chính, cả những đính chính đã bỏ.", list_overrides, _LIST),
    ("drop", "Bỏ một đính chính, dùng lại số của đơn vị.", drop_overrides, _DROP),
)
