"""What commands print: tables that fit 80 columns, JSON alone on stdout, messages on stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from dvctt_report.model import CellRef, Finding, Observation, ReturnStatus, Severity, State
from dvctt_report.vietnamese import format_date

if TYPE_CHECKING:
    from rich.console import Console

    from dvctt_report.plan.model import Profile

SEVERITY_NAMES = {Severity.ERROR: "lỗi", Severity.WARNING: "cảnh báo", Severity.INFO: "thông tin"}
STATUS_NAMES = {
    ReturnStatus.EFFECTIVE: "đã nhận",
    ReturnStatus.SUPERSEDED: "đã thay",
    ReturnStatus.UNDECIDED: "chưa chọn",
    ReturnStatus.DUPLICATE: "trùng",
    ReturnStatus.REFUSED: "không dùng được",
    ReturnStatus.SKIPPED: "bỏ qua",
}
_NO_UNIT = "Tệp chưa rõ của đơn vị nào"
_PROVINCE = "Mục tiêu toàn tỉnh"
_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "dim"}


def console() -> Console:
    """The console for people's reading: 80 columns where the width isn't known."""
    from rich.console import Console

    return Console(highlight=False, markup=False, emoji=False)


def print_table(headers: Sequence[tuple[str, str]], rows: Iterable[Sequence[str]], title: str = "") -> None:
    """Print a table; each header is (text, "left" or "right"). Long cells wrap, nothing is cut."""
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, title=title or None, title_justify="left", pad_edge=False)
    for text, justify in headers:
        table.add_column(text, justify="right" if justify == "right" else "left", overflow="fold")
    for row in rows:
        table.add_row(*row)
    console().print(table)


def print_findings(findings: Iterable[Finding], profile: Profile) -> None:
    """Print findings unit by unit in roster order, the worst first within each."""
    from rich.table import Table
    from rich.text import Text

    from dvctt_report.rules.message import format_finding

    out = console()
    order = {u.code: n for n, u in enumerate(profile.roster.units)}
    rank = list(Severity)
    names = {u.code: u.short_name for u in profile.roster.units} | {_NO_UNIT: _NO_UNIT, _PROVINCE: _PROVINCE}

    def about(finding: Finding) -> str:
        return finding.unit or (_NO_UNIT if finding.at else _PROVINCE)

    kept = sorted(findings, key=lambda f: (order.get(f.unit, 999), about(f), rank.index(f.severity), f.code))
    for unit, own in groupby(kept, key=about):
        out.print(Text(f"\n{names.get(unit, unit)}", style="bold"))
        lines = Table.grid(padding=(0, 1))
        for finding in own:
            severity = Text(SEVERITY_NAMES[finding.severity], style=_STYLES[finding.severity])
            lines.add_row(" ", severity, Text(format_finding(finding, profile)))
        out.print(lines)


def print_json(value: Any) -> None:
    """Print JSON alone on stdout, keys as documented, Vietnamese as it is."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def say(text: str) -> None:
    """Print a line for people; a path in it is never broken over lines."""
    sys.stdout.write(text + "\n")


def tell(text: str) -> None:
    """Print a message that is no result: on stderr, so that stdout stays clean."""
    sys.stderr.write(text + "\n")


def place_json(at: CellRef | None) -> dict[str, str | None]:
    """``file``, ``sheet``, ``cell`` as JSON has them; null where not known."""
    if at is None:
        return {"file": None, "sheet": None, "cell": None}
    return {"file": at.file, "sheet": at.sheet or None, "cell": at.cell or None}


def finding_json(finding: Finding) -> dict[str, Any]:
    """A finding as ``validate --format json`` gives it."""
    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "state": str(finding.state),
        "unit": finding.unit or None,
        "item": finding.item or None,
        "field": finding.field or None,
        "message": finding.message,
        "fix": finding.fix,
        **place_json(finding.at),
        "value": finding.value,
        "related": [place_json(ref) for ref in finding.related],
    }


def totals_json(counts: Mapping[Severity, int]) -> dict[str, int]:
    """Open findings by severity."""
    return {str(severity): counts[severity] for severity in Severity}


def n_answers(observations: Iterable[Observation]) -> int:
    """How many cells say something: a figure, a text, or why there is none."""
    return sum(o.state is not State.BLANK for o in observations)


def date_or_blank(day: Any) -> str:
    """A date as printed; empty where there is none."""
    return format_date(day) if day else ""
