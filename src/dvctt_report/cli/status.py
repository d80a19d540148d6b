"""``dvctt-report status``: who has sent, who has not, who is late; one line for the boss."""

from __future__ import annotations

import typer

from dvctt_report.cli.options import AsOf, Format, InFull, Output, UnitName, When, find_unit
from dvctt_report.cli.screen import Right, print_json, print_table, say
from dvctt_report.cli.session import open_year, tell_corrections, tell_uncollected
from dvctt_report.cli.year_state import counts_words, levels_wanted, state_of
from dvctt_report.model import TO_ENTER
from dvctt_report.store.published.record import publications
from dvctt_report.store.workspace import period_folders
from dvctt_report.text.personal import in_full
from dvctt_report.text.vietnamese import format_date

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
    files: bool = False,
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
    told = state_of(year.even_before_anything_came())
    lines = [line for line in told["units"] if whose is None or line["unit"] == whose.code]
    if output is Format.JSON:
        print_json({**year.period.as_json(), "units": lines})
        tell_uncollected(year.workspace)
        return
    headers = (Right("STT"), "Đơn vị", "Tình trạng", "Ngày gửi", Right("Lỗi"), "Liên hệ")
    rows = []
    for n, line in enumerate(lines, 1):
        is_awaited = line["status"] not in ("received", "late") or line["errors"] or line["to_accept"]
        state = (_NAMES[line["status"]], line["sent_on_text"], str(line["errors"] or ""))
        rows.append((str(n), line["name"], *state, line["contact"] if is_awaited else ""))  # whom to call
    print_table(headers, rows)
    deadline = year.profile.plan.deadline
    say(
        f"Đến ngày {format_date(year.as_of.date())}: {counts_words(told, year.profile)}. "
        f"Hạn gửi: {deadline.quote}/{deadline.year(year.period)}."
    )
    if year.period not in dict(period_folders(year.workspace.root)):
        words = year.period.words
        say(f"Thư mục làm việc chưa mở {words}: xem lại --year, hoặc mở bằng lệnh: dvctt-report roll")
    if wanted := levels_wanted(year.workspace):
        say(f"Nên làm trước: {wanted}, đọc lại sổ (bảng chọn, mục 1; hoặc dvctt-report plan write, read).")
    waiting = "; ".join(f"{line['name']} {line['to_accept']}" for line in lines if line["to_accept"])
    if waiting:
        say(f"Đơn vị đề nghị giữ nguyên, chờ xem xét: {waiting} (dvctt-report validate).")
    tell_corrections(publications(year.workspace, year.period))
    tell_uncollected(year.workspace)
