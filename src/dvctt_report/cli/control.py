"""``dvctt-report control``: figures of the systems in charge, set against the sums over the units."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from dvctt_report.cli.options import Format, Output, When, argument
from dvctt_report.cli.screen import Right, print_json, print_table, say
from dvctt_report.cli.session import open_period, open_workspace
from dvctt_report.deciding.grounds import officer
from dvctt_report.errors import CannotRun
from dvctt_report.files import write_beside
from dvctt_report.forms.control_book import PRINTED_NAMES, PROVINCE, control_book, rows_of
from dvctt_report.loader import has_register, read_registered
from dvctt_report.model import Control
from dvctt_report.opening import read_file
from dvctt_report.register import keep_controls, open_register
from dvctt_report.rules import format_finding
from dvctt_report.summary.controls import ControlLine, choice, control_lines, why
from dvctt_report.vietnamese import format_count, format_date
from dvctt_report.workspace import Workspace

HELP = (
    "Mục tiêu nào được đối chiếu, với nguồn nào, in số nào là do kế hoạch quy định (control trong plan.toml)."
    " Chọn khác thì ghi lý do trong sổ; báo cáo luôn nêu cả hai số và chênh lệch."
)

_MAKE = (
    "Sổ có sẵn mục tiêu, đơn vị, nguồn và các số đã lưu. Sổ đã có trong thư mục làm việc thì không bị ghi đè."
)


def make_book(ctx: typer.Context, period: When = None) -> None:
    """Make the workbook of control figures."""
    workspace = open_workspace(ctx, period)
    path = workspace.control
    if path.exists():
        raise CannotRun(
            f"Đã có sổ đối chiếu “{path}”; không ghi đè.",
            "Ghi tiếp vào sổ đó; muốn lập lại từ số đã lưu thì đổi tên sổ rồi chạy lại.",
        )
    if not rows_of(workspace.profile, workspace.period):
        raise CannotRun(
            "Kế hoạch chưa nêu mục tiêu nào được đối chiếu.", "Thêm control vào mục tiêu trong plan.toml."
        )
    known = read_registered(workspace).controls if has_register(workspace) else ()
    written = write_beside(path, control_book(workspace.profile, workspace.period, known))
    say(f"Đã lập sổ đối chiếu: {written}")
    say("Ghi số, ngày chốt, văn bản; bấm Lưu rồi chạy: dvctt-report control read")


_READ = (
    "Còn một ô chưa dùng được thì chưa lưu dòng nào; số đã lưu lần trước vẫn được dùng. Số cũ được giữ trong "
    "sổ nhận, kèm người đọc và thời điểm.\n\nMã thoát: 0 đã lưu; 1 có ô chưa dùng được; 2 không chạy được."
)


def read_book(
    ctx: typer.Context,
    file: Annotated[
        Path | None, argument("TỆP", "Sổ đối chiếu; không nêu thì là so-doi-chieu.xlsx của thư mục.")
    ] = None,
    period: When = None,
) -> int:
    """Read the workbook and keep its figures. Returns 1 where a cell can't be used."""
    workspace = open_workspace(ctx, period)
    controls = controls_in(file or workspace.control, workspace, "Chưa lưu số nào.")
    if controls is None:
        return 1
    has_register(workspace)
    with open_register(workspace.register) as register:
        n_changed = keep_controls(register, workspace.period, controls, officer(), datetime.now())
    say(f"Đã đọc {len(controls)} dòng số đối chiếu ({n_changed} dòng mới hoặc thay đổi).")
    say("Xem so sánh: dvctt-report control list")
    return 0


def controls_in(path: Path, workspace: Workspace, undone: str) -> tuple[Control, ...] | None:
    """The figures of a workbook; None where a cell can't be used, which is told with what stays ``undone``.

    Raises CannotRun where there is no such workbook.
    """
    from dvctt_report.intake.controls import parse_controls

    try:
        data = read_file(path)
    except FileNotFoundError:
        raise CannotRun(f"Không thấy sổ đối chiếu “{path}”.", "Lập sổ: dvctt-report control make") from None
    read = parse_controls(data, workspace.profile, workspace.period, path.name)
    for found in read.findings:
        say(format_finding(found, workspace.profile))
    if read.findings:
        say(f"\n{undone} Sửa các ô trên, bấm Lưu rồi chạy lại.")
        return None
    return read.controls


_LIST = "Chênh lệch = số đối chiếu trừ số cộng từ các đơn vị."


def list_controls(ctx: typer.Context, period: When = None, output: Output = Format.TABLE) -> None:
    """Compare the year's figures with those of the systems in charge."""
    opened = open_period(ctx, period)
    lines = list(control_lines(opened.dataset, opened.summary))
    if output is Format.JSON:
        print_json({**opened.period.as_json(), "controls": [_json(line) for line in lines]})
        return
    if not lines:
        say("Chưa có số đối chiếu. Lập sổ: dvctt-report control make; ghi xong: dvctt-report control read")
        return
    figures = map(Right, ("Đơn vị ghi", "Đối chiếu", "Chênh lệch"))
    heads = ("Mã", "Đơn vị", "Nội dung", *figures, "Số được in")
    rows = [
        (
            line.target.code,
            line.unit.short_name if line.unit else PROVINCE,
            {"total": "tổng số", "done": "đã thực hiện"}[name],
            _number(own),
            _number(held),
            _number(difference, signed=True),
            "" if line.unit else PRINTED_NAMES[choice(line.target, line.control)],
        )
        for line in lines
        for name, own, held, difference in line.pairs()
        if held is not None
    ]
    print_table(heads, rows, f"Đối chiếu số liệu {opened.period.words}")
    for line in lines:
        if line.unit is None:
            target, control = line.target, line.control
            day = format_date(control.cut_off)
            say(f"{target.code}: {control.source}, đến ngày {day}, {control.document}.")
            say(f"  In {PRINTED_NAMES[choice(target, control)].lower()}: {why(target, control)}.")


def _json(line: ControlLine) -> dict[str, Any]:
    control, pairs = line.control, list(line.pairs())
    return {
        "item": line.target.code,
        "unit": line.unit.code if line.unit else None,
        "name": line.unit.short_name if line.unit else PROVINCE,
        "own": {name: own for name, own, _, _ in pairs},
        "control": {name: held for name, _, held, _ in pairs},
        "difference": {name: between for name, _, _, between in pairs},
        "source": control.source,
        "cut_off": control.cut_off.isoformat(),
        "document": control.document,
        "printed": None if line.unit else str(choice(line.target, control)),
        "reason": "" if line.unit else why(line.target, control),
        "who": control.who,
        "when": control.when.isoformat() if control.when else None,
    }


def _number(n: int | None, signed: bool = False) -> str:
    if n is None:
        return "–"
    return f"{'+' if signed and n > 0 else ''}{format_count(n)}"


COMMANDS = (
    ("make", "Lập sổ đối chiếu so-doi-chieu.xlsx để ghi số của cơ quan quản lý.", make_book, _MAKE),
    ("read", "Đọc sổ đối chiếu đã ghi và lưu lại.", read_book, _READ),
    ("list", "So sánh: cộng các đơn vị, số đối chiếu, chênh lệch, số được in.", list_controls, _LIST),
)
