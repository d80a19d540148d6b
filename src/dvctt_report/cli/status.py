"""``dvctt-report status``: who has sent, who has not, who is late; one line for the boss."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from dvctt_report.cli.options import AsOf, Format, InFull, Output, UnitName, When, find_unit, flag
from dvctt_report.cli.screen import Right, print_json, print_table, say
from dvctt_report.cli.session import open_year, tell_corrections, tell_uncollected
from dvctt_report.loader import OpenYear
from dvctt_report.model import TO_ENTER
from dvctt_report.personal import in_full
from dvctt_report.published.record import publications
from dvctt_report.unchanged import answered_once
from dvctt_report.vietnamese import format_date
from dvctt_report.workspace import period_folders

HELP = (
    "Theo thứ tự danh sách của tỉnh: đã gửi hay chưa, ngày gửi, gửi muộn, số lỗi còn mở; "
    "đơn vị còn việc thì nêu người để gọi.\n\n"
    "--files: sổ nhận, mọi tệp đã nhận với mã tệp (nhận ra nội dung tệp dù đổi tên), văn bản, ngày gửi; thêm "
    "--unit thì chỉ tệp của đơn vị đó, kèm từng ô khác nhau giữa các lần gửi."
)

_NAMES = {
    "received": "đã gửi",
    "late": "gửi muộn",
    "undecided": "đã gửi, chờ chọn tệp",
    "paper": "chỉ gửi bản giấy",
    "to_enter": TO_ENTER,
    "unusable": "chưa dùng được",
    "missing": "chưa gửi",
}


def run(
    ctx: typer.Context,
    period: When = None,
    output: Output = Format.TABLE,
    as_of: AsOf = None,
    files: Annotated[bool, flag("--files", "Sổ nhận: mọi tệp đã nhận, kể cả tệp không còn.")] = False,
    unit: UnitName = None,
    whole: InFull = False,
) -> None:
    """Show the state of every unit of the year's roster, or the files that were received."""
    year = open_year(ctx, period, as_of)
    whose = find_unit(year.profile, year.profile.units(year.period), unit) if unit else None
    if files:
        from dvctt_report.cli.received_files import tell_files  # with what compares: only where it is asked

        with in_full(whole):
            tell_files(year, whose, output is Format.JSON)
        return
    year = year.even_before_anything_came()
    told = answered_once(year, _unit_states)
    lines = [line for line in told["units"] if whose is None or line["unit"] == whose.code]
    if output is Format.JSON:
        print_json({**year.period.as_json(), "units": lines})
        tell_uncollected(year.workspace)
        return
    headers = (Right("STT"), "Đơn vị", "Tình trạng", "Ngày gửi", Right("Lỗi"), "Liên hệ")
    print_table(headers, (_row(n, line) for n, line in enumerate(lines, 1)))
    say(_boss_line(year, told["units"], told["to_mend"]))
    if year.period not in dict(period_folders(year.workspace.root)):
        words = year.period.words
        say(f"Thư mục làm việc chưa mở {words}: xem lại --year, hoặc mở bằng lệnh: dvctt-report roll")
    waiting = "; ".join(f"{line['name']} {line['to_accept']}" for line in lines if line["to_accept"])
    if waiting:
        say(f"Đơn vị đề nghị giữ nguyên, chờ xem xét: {waiting} (dvctt-report validate).")
    tell_corrections(publications(year.workspace, year.period))
    tell_uncollected(year.workspace)


def _row(n: int, line: dict[str, Any]) -> tuple[str, ...]:
    """What is told of a unit; whom to call where something is awaited from it."""
    state, errors = _NAMES[line["status"]], str(line["errors"] or "")
    contact = line["contact"] if _is_awaited(line) else ""
    return str(n), line["name"], state, line["sent_on_text"], errors, contact


def _is_awaited(line: dict[str, Any]) -> bool:
    """Whether something is still to come from the unit: only then is there anybody to call."""
    return line["status"] not in ("received", "late") or line["errors"] > 0 or line["to_accept"] > 0


def _unit_states(year: OpenYear) -> dict[str, Any]:
    from dvctt_report.cli.leave import check
    from dvctt_report.cli.unit_states import unit_states  # with every rule: only where something has changed

    check(year)
    return unit_states(year)


def _boss_line(year: OpenYear, lines: list[dict[str, Any]], to_mend: int) -> str:
    n = {status: sum(line["status"] == status for line in lines) for status in _NAMES}
    n_sent = len(lines) - n["unusable"] - n["missing"]
    undecided = f", chờ chọn tệp {n['undecided']}" if n["undecided"] else ""
    undecided += f", {TO_ENTER} {n['to_enter']}" if n["to_enter"] else ""
    deadline = year.profile.plan.deadline
    return (
        f"Đến ngày {format_date(year.as_of.date())}: đã gửi {n_sent}/{len(lines)} "
        f"(gửi muộn {n['late']}, chỉ gửi bản giấy {n['paper']}{undecided}), chưa dùng được {n['unusable']}, "
        f"chưa gửi {n['missing']}, đang chỉnh lý số liệu {to_mend}. "
        f"Hạn gửi: {deadline.quote}/{deadline.year(year.period)}."
    )
