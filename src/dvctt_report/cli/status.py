"""``dvctt-report status``: who has sent, who has not, who is late; one line for the boss."""

from __future__ import annotations

from collections import Counter
from typing import Any

import typer

from dvctt_report.cli.options import AsOf, Format, Output, When
from dvctt_report.cli.screen import date_or_blank, print_json, print_table, say
from dvctt_report.cli.session import open_period, tell_corrections, tell_uncollected
from dvctt_report.dataset import Dataset
from dvctt_report.mending.replies import ReplyStanding, answered
from dvctt_report.model import count_errors
from dvctt_report.summary.returns import TO_ENTER, ReturnLine
from dvctt_report.vietnamese import format_date

HELP = "Theo thứ tự danh sách của tỉnh: đã gửi hay chưa, ngày gửi, gửi muộn, số lỗi còn mở, đầu mối liên hệ."

_NAMES = {
    "received": "đã gửi",
    "late": "gửi muộn",
    "undecided": "đã gửi, chờ chọn tệp",
    "paper": "chỉ gửi bản giấy",
    "to_enter": TO_ENTER,
    "unusable": "chưa dùng được",
    "missing": "chưa gửi",
}


def run(ctx: typer.Context, period: When = None, output: Output = Format.TABLE, as_of: AsOf = None) -> None:
    """Show the state of every unit of the year's roster."""
    from dvctt_report.published.record import publications

    opened = open_period(ctx, period, as_of).even_before_anything_came()
    replies = answered(opened.findings, opened.dataset.returns, opened.dataset.acceptances).values()
    to_accept = Counter(a.reply.unit for a in replies if a.standing is ReplyStanding.TO_ACCEPT)
    errors = count_errors(opened.findings)
    lines = [_line(opened.dataset, line, errors, to_accept) for line in opened.lines]
    if output is Format.JSON:
        print_json({"year": opened.period.year, "units": lines})
        tell_uncollected(opened.workspace)
        return
    headers = [
        ("STT", "right"),
        ("Đơn vị", "left"),
        ("Tình trạng", "left"),
        ("Ngày gửi", "left"),
        ("Lỗi", "right"),
    ]
    rows = [
        (str(n), line["name"], _NAMES[line["status"]], line["sent_on_text"], str(line["errors"] or ""))
        for n, line in enumerate(lines, 1)
    ]
    print_table(
        [*headers, ("Liên hệ", "left")], [(*r, x["contact"]) for r, x in zip(rows, lines, strict=True)]
    )
    say(_boss_line(opened.dataset, lines, sum(line.correcting for line in opened.lines)))
    waiting = "; ".join(f"{line['name']} {line['to_accept']}" for line in lines if line["to_accept"])
    if waiting:
        say(f"Đơn vị đề nghị giữ nguyên, chờ xem xét: {waiting} (dvctt-report validate).")
    tell_corrections(publications(opened.workspace, opened.period))
    tell_uncollected(opened.workspace)


def _line(
    dataset: Dataset, line: ReturnLine, errors: Counter[str], to_accept: Counter[str]
) -> dict[str, Any]:
    unit = line.unit
    counted = dataset.effective(unit.code) or dataset.paper(unit.code)
    said = counted.submission if counted else None
    sent_on = said.sent_on if said else line.sent_on
    first_on = line.first.sent_on if line.first else sent_on
    return {
        "unit": unit.code,
        "name": unit.short_name,
        "duty": unit.duty,
        "status": line.state,
        "sent_on": sent_on.isoformat() if sent_on else None,
        "first_sent_on": first_on.isoformat() if first_on else None,
        "sent_on_text": date_or_blank(first_on)
        + (f", chỉnh lý {date_or_blank(sent_on)}" if sent_on and sent_on != first_on else ""),
        "document": said.document_number if said else line.number,
        "channel": said.channel if said else "",
        "errors": errors[unit.code],
        "to_accept": to_accept[unit.code],
        "contact": dataset.contact(unit),
    }


def _boss_line(dataset: Dataset, lines: list[dict[str, Any]], to_mend: int) -> str:
    n = {status: sum(line["status"] == status for line in lines) for status in _NAMES}
    n_sent = len(lines) - n["unusable"] - n["missing"]
    undecided = f", chờ chọn tệp {n['undecided']}" if n["undecided"] else ""
    undecided += f", {TO_ENTER} {n['to_enter']}" if n["to_enter"] else ""
    deadline = dataset.profile.plan.deadline
    return (
        f"Đến ngày {format_date(dataset.today)}: đã gửi {n_sent}/{len(lines)} "
        f"(gửi muộn {n['late']}, chỉ gửi bản giấy {n['paper']}{undecided}), chưa dùng được {n['unusable']}, "
        f"chưa gửi {n['missing']}, cần chỉnh lý {to_mend}. "
        f"Hạn gửi: {deadline.quote}/{dataset.period.year}."
    )
