"""``dvctt-report control``: figures of the systems in charge, set against the sums over the units."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import typer

from dvctt_report.cli.options import Format
from dvctt_report.cli.screen import Right, print_json, print_table, say
from dvctt_report.cli.session import open_workspace, open_year
from dvctt_report.decide.arrivals import figures_held, format_held, put_held
from dvctt_report.decide.decisions import Grounds, officer, record
from dvctt_report.files.writing import write_beside
from dvctt_report.forms.control_book import PRINTED_NAMES, control_book, rows_of
from dvctt_report.model.period import Period
from dvctt_report.store.register import keep_controls, open_register
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.opening import read_file
from dvctt_report.text.vietnamese import format_count, format_date, key, whole_of
from dvctt_report.year.loader import has_register, read_registered
from dvctt_report.year.rules import format_finding
from dvctt_report.year.summary.controls import choice, control_lines, why


def make_book(ctx: typer.Context, period: Period | None = None) -> None:
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
            "Kế hoạch chưa nêu chỉ tiêu nào được đối chiếu.",
            "Ghi các cột “Đối chiếu: …” của chỉ tiêu ở sổ kế hoạch (dvctt-report plan write), rồi đọc lại.",
        )
    known = read_registered(workspace).controls if has_register(workspace) else ()
    written = write_beside(path, control_book(workspace.profile, workspace.period, known))
    say(f"Đã lập sổ đối chiếu: {written}")
    say("Ghi số, ngày chốt, văn bản; bấm Lưu rồi chạy: dvctt-report control read")


def read_book(ctx: typer.Context, file: Path | None = None, period: Period | None = None) -> int:
    """Read the workbook and keep its figures. Returns 1 where a cell can't be used."""
    workspace = open_workspace(ctx, period)
    from dvctt_report.intake.book import parse_controls

    path = file or workspace.control
    try:
        data = read_file(path)
    except FileNotFoundError:
        raise CannotRun(f"Không thấy sổ đối chiếu “{path}”.", "Lập sổ: dvctt-report control make") from None
    read = parse_controls(data, workspace.profile, workspace.period, path.name)
    for found in read.findings:
        say(format_finding(found, workspace.profile))
    if read.findings:
        say("\nChưa lưu số nào. Sửa các ô trên, bấm Lưu rồi chạy lại.")
        return 1
    controls = read.controls
    has_register(workspace)
    with open_register(workspace.register) as register:
        n_changed = keep_controls(register, workspace.period, controls, officer(), datetime.now())
    say(f"Đã đọc {len(controls)} dòng số đối chiếu ({n_changed} dòng mới hoặc thay đổi).")
    say("Xem so sánh: dvctt-report control list")
    return 0


def list_controls(ctx: typer.Context, period: Period | None = None, output: Format = Format.TABLE) -> None:
    """Compare the year's figures with those of the systems in charge."""
    year = open_year(ctx, period)
    lines = list(control_lines(year.dataset, year.summary))
    whole = whole_of(year.profile.plan.province)
    if output is Format.JSON:
        controls = [
            {
                "item": line.target.code,
                "unit": line.unit.code if line.unit else None,
                "name": line.unit.short_name if line.unit else whole,
                "own": {name: own for name, own, _, _ in line.pairs()},
                "control": {name: held for name, _, held, _ in line.pairs()},
                "difference": {name: between for name, _, _, between in line.pairs()},
                "source": line.control.source,
                "cut_off": line.control.cut_off.isoformat(),
                "document": line.control.document,
                "printed": None if line.unit else str(choice(line.target, line.control)),
                "reason": "" if line.unit else why(line.target, line.control),
                "who": line.control.who,
                "when": line.control.when.isoformat() if line.control.when else None,
            }
            for line in lines
        ]
        print_json({**year.period.as_json(), "controls": controls})
        return
    if not lines:
        say("Chưa có số đối chiếu. Lập sổ: dvctt-report control make; ghi xong: dvctt-report control read")
        return
    figures = map(Right, ("Đơn vị ghi", "Đối chiếu", "Chênh lệch"))
    heads = ("Mã", "Đơn vị", "Nội dung", *figures, "Số được in")
    rows = []
    for line in lines:
        about = (line.target.code, line.unit.short_name if line.unit else whole)
        printed = "" if line.unit else PRINTED_NAMES[choice(line.target, line.control)]
        for name, own, held, difference in line.pairs():
            if held is not None:
                what = {"total": "tổng số", "done": "đã thực hiện"}[name]
                told = ["–" if n is None else format_count(n) for n in (own, held, difference)]
                told[2] = f"+{told[2]}" if difference is not None and difference > 0 else told[2]
                rows.append((*about, what, *told, printed))
    print_table(heads, rows, f"Đối chiếu số liệu {year.period.words}")
    for line in lines:
        if line.unit is None:
            target, control = line.target, line.control
            day = format_date(control.cut_off)
            say(f"{target.code}: {control.source}, đến ngày {day}, {control.document}.")
            say(f"  In {PRINTED_NAMES[choice(target, control)].lower()}: {why(target, control)}.")


def use_figures(ctx: typer.Context, item: str, period: Period | None = None) -> None:
    """Put the figures of the systems in charge for the units that have none yet."""
    year = open_year(ctx, period)
    code = next((t.code for t in year.profile.plan.targets if key(t.code) == key(item)), item)
    held = figures_held(year.dataset).get(code, [])
    if not held:
        raise CannotRun(
            f"Không có đơn vị nào chọn “Chưa có số liệu” ở {code} mà sổ đối chiếu có đủ hai số.",
            "Xem: dvctt-report control list",
        )
    record(year.workspace, put_held(year.dataset, held, Grounds(officer(), datetime.now())))
    names = year.profile.roster.short_names
    for one in held:
        say(f"{names.get(one.unit, one.unit)}, {code}: dùng {format_held(one)} của {one.source}.")
    say(f"Bỏ: dvctt-report decide {code}.total {code}.done --unit ĐƠN-VỊ --undo")
