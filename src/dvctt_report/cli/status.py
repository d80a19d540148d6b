"""``dvctt-report status``: who has sent, who has not, who is late; one line for the boss.

Where a year stands is told by what is kept where nothing has changed; the menu begins there, too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import typer

from dvctt_report.cli.options import Format, find_unit
from dvctt_report.cli.screen import Right, print_json, print_table, say
from dvctt_report.cli.session import open_year, tell_uncollected
from dvctt_report.model import TO_ENTER
from dvctt_report.model.period import Period
from dvctt_report.plan.model import Profile
from dvctt_report.store.published.record import publications
from dvctt_report.store.workspace import Workspace, period_folders
from dvctt_report.text.personal import in_full
from dvctt_report.text.vietnamese import format_date
from dvctt_report.year.loader import OpenYear
from dvctt_report.year.unchanged import answered_once

if TYPE_CHECKING:
    from dvctt_report.decide.matters import Matter
    from dvctt_report.year.dataset import Dataset
    from dvctt_report.year.summary.returns import ReturnLine

_NAMES = {
    "received": "đã gửi",
    "late": "gửi muộn",
    "undecided": "đã gửi, chờ chọn tệp",
    "paper": "chỉ gửi bản giấy",
    "to_enter": TO_ENTER,
    "unusable": "chưa dùng được",
    "missing": "chưa gửi",
}
PLAN_BOOK = "ke-hoach.xlsx"
"""The workbook that the menu edits plan and roster in."""


def run(
    ctx: typer.Context,
    period: Period | None = None,
    output: Format = Format.TABLE,
    as_of: str | None = None,
    files: bool = False,
    unit: str | None = None,
    whole: bool = False,
) -> None:
    """Show the state of every unit of the year's roster, or the files that were received."""
    year = open_year(ctx, period, as_of)
    whose = find_unit(year.profile, year.profile.units(year.period), unit)
    if files:
        from dvctt_report.cli.received_files import tell_files  # with what compares: only where it is asked

        with in_full(whole):
            tell_files(year, whose, output is Format.JSON)
        return
    told = answered_once(year.even_before_anything_came(), unit_states)
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
    published = publications(year.workspace, year.period)
    say(*(f"{one.titled}: {line}" for one in published for line in one.corrections))
    tell_uncollected(year.workspace)


def levels_wanted(workspace: Workspace) -> str:
    """That targets have no level yet, and where it is written; "" where none lacks one or forms went out."""
    n = sum(not (target.thresholds or target.same_as) for target in workspace.profile.plan.targets)
    return f"{n} chỉ tiêu chưa có mức: ghi mức vào sổ {PLAN_BOOK}" if n and not workspace.is_frozen else ""


def unit_states(year: OpenYear, matters: Sequence[Matter] | None = None) -> dict[str, Any]:
    """Where each unit stands, in protocol order, and how much is to be done, worked out with every rule.

    ``matters``: those of the year where they were worked out before.
    """
    from dvctt_report.cli.leave import check
    from dvctt_report.decide.matters import Part, matters_of
    from dvctt_report.intake.mend_lists import ReplyStanding, answered
    from dvctt_report.papers.letters.forms import units_without_return
    from dvctt_report.papers.mending.lists import n_with_something_to_mend
    from dvctt_report.store.published.record import in_force

    check(year)
    replies = answered(year.findings, year.dataset.returns, year.dataset.acceptances).values()
    to_accept = Counter(a.reply.unit for a in replies if a.standing is ReplyStanding.TO_ACCEPT)
    errors = Counter(f.unit for f in year.dataset.to_mend(year.findings))
    matters = matters_of(year) if matters is None else matters
    open_ones = [matter for matter in matters if not matter.decided]
    return {
        "units": [_line(year.dataset, line, errors, to_accept) for line in year.lines],
        "to_mend": sum(line.correcting for line in year.lines),
        "lists": n_with_something_to_mend(year.asked_about),
        "remind": sum(len(units_without_return(year, duty)) for duty in ("required", "asked")),
        "in_force": in_force(year.received.returns),
        "matters": len(open_ones),
        "urgent": sum(matter.urgent for matter in open_ones),
        "mine": sum(m.part is Part.MINE or (m.part is Part.UNITS and bool(m.findings)) for m in open_ones),
        "decided": sum(len(matter.decided) for matter in matters),
    }


def _line(
    dataset: Dataset, line: ReturnLine, errors: Counter[str], to_accept: Counter[str]
) -> dict[str, Any]:
    unit = line.unit
    counted = dataset.effective(unit.code) or dataset.paper(unit.code)
    letter = counted.submission if counted else None
    sent_on = letter.sent_on if letter else line.sent_on
    first_on = line.first.sent_on if line.first else sent_on
    sent_on_text = format_date(first_on) if first_on else ""
    if line.first and (line.arrived_late or line.first.timing):
        sent_on_text += f", {line.first.arrived}"
    if sent_on and sent_on != first_on:
        sent_on_text += f", chỉnh lý {format_date(sent_on)}"
    return {
        "unit": unit.code,
        "name": unit.short_name,
        "duty": unit.duty,
        "status": line.state,
        "sent_on": sent_on.isoformat() if sent_on else None,
        "first_sent_on": first_on.isoformat() if first_on else None,
        "sent_on_text": sent_on_text,
        "arrived_on": line.first.arrived_on.isoformat() if line.first and line.first.arrived_on else None,
        "document": letter.document_number if letter else line.number,
        "channel": letter.channel if letter else "",
        "errors": errors[unit.code],
        "to_accept": to_accept[unit.code],
        "contact": dataset.contact(unit),
    }


def counts_words(state: dict[str, Any], profile: Profile) -> str:
    """How many have sent, communes apart where there are both, how many have not, how many are mending."""
    lines = state["units"]
    groups = {unit.code: profile.roster.groups_by_code[unit.group].form for unit in profile.roster.units}
    sent, asked = Counter[bool](), Counter[bool]()
    for line in lines:
        is_commune = groups[line["unit"]] == "commune"
        asked[is_commune] += 1
        sent[is_commune] += line["status"] not in ("missing", "unusable")
    n = Counter(line["status"] for line in lines)
    levels = (
        f"sở, ngành {sent[False]}/{asked[False]}; cấp xã {sent[True]}/{asked[True]}; "
        if len(asked) > 1
        else ""
    )
    more = f", chờ chọn tệp {n['undecided']}" if n["undecided"] else ""
    more += f", {TO_ENTER} {n['to_enter']}" if n["to_enter"] else ""
    return (
        f"đã gửi {sent.total()}/{len(lines)} ({levels}gửi muộn {n['late']}, chỉ gửi bản giấy {n['paper']}"
        f"{more}), chưa dùng được {n['unusable']}, chưa gửi {n['missing']}, "
        f"đang chỉnh lý số liệu {state['to_mend']}"
    )
