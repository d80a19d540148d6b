"""``dvctt-report status``: who has sent, who has not, who is late; one line for the boss."""

from __future__ import annotations

from collections import Counter
from typing import Any

import typer

from dvctt_report.cli.days import parse_moment
from dvctt_report.cli.options import AsOf, Format, Output, Year
from dvctt_report.cli.screen import date_or_blank, print_json, print_table, say
from dvctt_report.cli.session import check_all, load_dataset, open_workspace
from dvctt_report.cli.uncollected import tell_uncollected
from dvctt_report.dataset import Dataset
from dvctt_report.mending.replies import ReplyStanding, answered
from dvctt_report.model import Finding, FindingState, ReturnStatus, Severity
from dvctt_report.plan.model import Unit
from dvctt_report.vietnamese import format_date

HELP = "Theo thứ tự danh sách của tỉnh: đã gửi hay chưa, ngày gửi, gửi muộn, số lỗi còn mở, đầu mối liên hệ."

_NAMES = {
    "received": "đã gửi",
    "late": "gửi muộn",
    "paper": "chỉ gửi bản giấy",
    "unusable": "chưa dùng được",
    "missing": "chưa gửi",
}


def run(ctx: typer.Context, year: Year = None, output: Output = Format.TABLE, as_of: AsOf = None) -> None:
    """Show the state of every unit of the year's roster."""
    workspace = open_workspace(ctx, year)
    dataset = load_dataset(workspace, parse_moment(as_of).date())
    findings = check_all(dataset)
    replies = answered(findings, dataset.returns, dataset.acceptances).values()
    to_accept = Counter(a.reply.unit for a in replies if a.standing is ReplyStanding.TO_ACCEPT)
    lines = [_line(dataset, unit, findings, to_accept) for unit in dataset.units]
    if output is Format.JSON:
        print_json({"year": workspace.year, "units": lines})
        tell_uncollected(workspace)
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
    say(_boss_line(dataset, lines))
    waiting = "; ".join(f"{line['name']} {line['to_accept']}" for line in lines if line["to_accept"])
    if waiting:
        say(f"Đơn vị đề nghị giữ nguyên, chờ xem xét: {waiting} (dvctt-report validate).")
    tell_uncollected(workspace)


def state_of(dataset: Dataset, unit: Unit) -> str:
    """Name where ``unit`` stands: a key of the names that ``status`` prints."""
    if dataset.paper(unit.code) is not None:
        return "paper"
    received = dataset.effective(unit.code)
    if received is None:
        no_return = (ReturnStatus.DUPLICATE, ReturnStatus.REPLY, ReturnStatus.EVIDENCE)
        others = any(r.unit == unit.code and r.status not in no_return for r in dataset.returns)
        return "unusable" if others else "missing"
    first = dataset.first_sent(unit.code)
    sent_on = first.sent_on if first else None
    return (
        "late" if sent_on and sent_on > dataset.profile.plan.deadline.last_day(dataset.year) else "received"
    )


def _line(
    dataset: Dataset, unit: Unit, findings: tuple[Finding, ...], to_accept: Counter[str]
) -> dict[str, Any]:
    counted = dataset.effective(unit.code) or dataset.paper(unit.code)
    said = counted.submission if counted else None
    sent_on = said.sent_on if said else None
    first = dataset.first_sent(unit.code)
    first_on = first.sent_on if first else sent_on
    status = state_of(dataset, unit)
    return {
        "unit": unit.code,
        "name": unit.short_name,
        "duty": unit.duty,
        "status": status,
        "sent_on": sent_on.isoformat() if sent_on else None,
        "first_sent_on": first_on.isoformat() if first_on else None,
        "sent_on_text": date_or_blank(first_on)
        + (f", chỉnh lý {date_or_blank(sent_on)}" if sent_on and sent_on != first_on else ""),
        "document": said.document_number if said else "",
        "channel": said.channel if said else "",
        "errors": sum(
            f.unit == unit.code and f.severity is Severity.ERROR and f.state is FindingState.OPEN
            for f in findings
        ),
        "to_accept": to_accept[unit.code],
        "contact": dataset.contact(unit),
    }


def _boss_line(dataset: Dataset, lines: list[dict[str, Any]]) -> str:
    n = {status: sum(line["status"] == status for line in lines) for status in _NAMES}
    to_mend = sum(bool(line["errors"]) for line in lines)
    n_sent = n["received"] + n["late"] + n["paper"]
    deadline = dataset.profile.plan.deadline
    return (
        f"Đến ngày {format_date(dataset.today)}: đã gửi {n_sent}/{len(lines)} "
        f"(gửi muộn {n['late']}, chỉ gửi bản giấy {n['paper']}), chưa dùng được {n['unusable']}, "
        f"chưa gửi {n['missing']}, cần chỉnh lý {to_mend}. Hạn gửi: {deadline.quote}/{dataset.year}."
    )
