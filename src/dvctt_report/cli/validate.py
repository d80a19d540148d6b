"""``dvctt-report validate``: what is wrong, unit by unit, cell by cell; and a table of it for Excel."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

import typer

from dvctt_report.cli.findings import print_findings, summary_line
from dvctt_report.cli.leave import NOT_WRITTEN, check, leave, leave_page, read_books
from dvctt_report.cli.options import find_unit
from dvctt_report.cli.screen import listed_json, note, print_csv, print_json, say
from dvctt_report.cli.session import open_year, tell_uncollected
from dvctt_report.intake.mend_lists import ReplyStanding, answered, format_standing
from dvctt_report.intake.reading import csv_bytes
from dvctt_report.model import Finding, FindingState, Severity, count_open, finding_id
from dvctt_report.model.period import Period
from dvctt_report.report.cells import place_json
from dvctt_report.report.decided import stands
from dvctt_report.report.findings_table import COLUMNS, finding_rows, findings_index, findings_xlsx
from dvctt_report.report.written import keep_index
from dvctt_report.text.personal import in_full, masked, said_of
from dvctt_report.text.visible import on_one_line
from dvctt_report.year.left_out import count_contents
from dvctt_report.year.loader import OpenYear
from dvctt_report.year.rules import unchecked_rules
from dvctt_report.year.summary.acceptable import why_not_acceptable
from dvctt_report.year.unchanged import made_of


class FindingFormat(StrEnum):
    """How ``validate`` answers."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"


def run(
    ctx: typer.Context,
    period: Period | None = None,
    unit: str | None = None,
    all_: bool = False,
    output: FindingFormat = FindingFormat.TABLE,
    as_of: str | None = None,
    whole: bool = False,
) -> int:
    """Check the year's returns. Returns 1 where an error is open, 2 where what was found can't be written."""
    year = open_year(ctx, period, as_of)
    name = "" if as_of else made_of(year)  # a page as of another moment is none for ``collect`` to leave
    check(year)
    profile, dataset = year.profile, year.dataset
    whose = chosen.code if (chosen := find_unit(profile, profile.units(year.period), unit)) else ""
    findings = tuple(f for f in year.findings if whose in ("", f.unit))
    with in_full(whole):
        title = f"Kiểm tra số liệu {year.period.words}{said_of()}"
        rows, unchecked = finding_rows(dataset, year.findings), unchecked_rules(dataset)
        content = findings_xlsx(rows, title, year.workspace.notice, unchecked)
        path = year.workspace.results / f"kiem-tra-so-lieu{said_of()}.xlsx"
        must = output is FindingFormat.XLSX
        if written := leave(path, content, "Bảng để lọc trong Excel", note, must=must):
            keep_index(year.workspace, path, findings_index(rows))
        if output is FindingFormat.TABLE:
            _print(year, findings, len(unchecked), all_, whose)
        elif output is FindingFormat.JSON:
            replies = answered(findings, dataset.returns, dataset.acceptances)
            listed = []
            for found in findings:
                said: dict[str, Any] | None = None
                reply = replies.get(finding_id(found))
                if reply is not None:
                    said = {"opinion": str(reply.reply.kind), "reason": reply.reply.reason}
                    said |= {"standing": str(reply.standing), **place_json(reply.reply.at)}
                listed.append(listed_json(found) | {"reply": said})
            counts = count_open(findings)
            totals = {str(severity): counts[severity] for severity in Severity}
            print_json({**year.period.as_json(), "findings": listed, "totals": totals})
        elif output is FindingFormat.CSV:
            lines = (tuple(map(on_one_line, row)) for row in finding_rows(dataset, findings))
            print_csv(csv_bytes([header for header, _ in COLUMNS], lines))
    tell_uncollected(year.workspace)
    books = None if as_of else read_books(year)
    written &= leave_page(year, say if output is FindingFormat.TABLE else note, name, books)
    if not written:
        return NOT_WRITTEN
    return 1 if count_open(findings)[Severity.ERROR] else 0


def _print(
    year: OpenYear, findings: Sequence[Finding], n_unchecked: int, every_line: bool, whose: str
) -> None:
    """Print the findings, how many decisions are in force ("": about any unit), the closing line."""
    dataset = year.dataset
    replies = answered(findings, dataset.returns, dataset.acceptances)
    remarks: dict[str, list[str]] = {}  # what the unit answered and what the officer can do about it
    for finding in findings:
        name = finding_id(finding)
        if said_of() and masked(finding.value) != finding.value:
            remarks[name] = [f"→ Đã ghi: “{on_one_line(finding.value)}”"]
        if name not in replies:
            continue
        remarks.setdefault(name, []).append(f"→ {format_standing(replies[name])}")
        if replies[name].standing is ReplyStanding.TO_ACCEPT:
            refusal = why_not_acceptable(dataset, finding)
            if refusal is None:
                remarks[name].append(f"  Chấp nhận: dvctt-report decide {name} --accept")
            else:
                remarks[name] += [f"  Chưa chấp nhận được: {refusal.because}.", f"  {refusal.instead}"]
            remarks[name].append(f"  Không chấp nhận, hỏi lại đơn vị: dvctt-report decide {name} --undo")
    print_findings(findings, year.profile, remarks, in_full=every_line or bool(whose))
    n_accepted = sum(f.state is FindingState.ACCEPTED for f in findings)
    n_put = sum(stands(dataset, put) for put in dataset.overrides if whose in ("", put.unit))
    n_left = count_contents(one for one in year.left_out if whose in ("", one.unit))
    made = (("chấp nhận", n_accepted), ("đính chính", n_put), ("để ngoài tổng hợp", n_left))
    if decided := ", ".join(f"{name} {n}" for name, n in made if n):
        say(f"\nĐã quyết định: {decided} (xem: dvctt-report validate --all)")
    if n_unchecked:
        say(f"Chưa kiểm tra được: {n_unchecked} quy tắc chưa có số liệu để so, kê trong tệp Excel.")
    say("\n" + summary_line(findings, dataset))
    say(
        "Tiếp theo: dvctt-report feedback để lập bảng kê gửi từng đơn vị; dvctt-report render để lập báo cáo."
    )
