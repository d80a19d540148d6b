"""``dvctt-report validate``: what is wrong, unit by unit, cell by cell."""

from __future__ import annotations

import typer

from dvctt_report.cli.options import AsOf, Format, Output, Year
from dvctt_report.cli.screen import finding_json, print_findings, print_json, say, totals_json
from dvctt_report.cli.session import check_all, count_open, load_dataset, open_workspace, parse_moment
from dvctt_report.model import Severity

HELP = (
    "Nêu từng chỗ: đơn vị, biểu, ô, vì sao chưa dùng được, cần sửa thế nào.\n\n"
    "Mã thoát: 0 không có lỗi; 1 có lỗi; 2 không chạy được."
)


def run(ctx: typer.Context, year: Year = None, output: Output = Format.TABLE, as_of: AsOf = None) -> int:
    """Check the year's returns. Returns 1 where an error is open."""
    from dvctt_report.rules import check_results
    from dvctt_report.rules.settings import changed_settings
    from dvctt_report.summary import summarise

    workspace = open_workspace(ctx, year)
    dataset = load_dataset(workspace, parse_moment(as_of).date())
    findings = check_all(dataset)
    findings += check_results(dataset, summarise(dataset, findings).results)
    counts = count_open(findings)
    changed = changed_settings(workspace.profile)
    if output is Format.JSON:
        listed = [finding_json(f) for f in findings]
        totals = totals_json(counts)
        print_json(
            {"year": workspace.year, "findings": listed, "totals": totals, "rules_changed": list(changed)}
        )
    else:
        print_findings(findings, workspace.profile)
        say(
            f"\nKiểm tra số liệu năm {workspace.year}: {counts[Severity.ERROR]} lỗi (chưa đưa vào tổng hợp), "
            f"{counts[Severity.WARNING]} cảnh báo (đã dùng, cần xác nhận), {counts[Severity.INFO]} thông tin."
        )
        for line in changed:
            say(f"Quy tắc đặt khác mặc định: {line}.")
        say("Tiếp theo: dvctt-report render để lập báo cáo; dvctt-report status để xem đơn vị chưa gửi.")
    return 1 if counts[Severity.ERROR] else 0
