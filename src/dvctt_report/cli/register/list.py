"""``dvctt-report register list``: every file received, what became of it, and what was decided."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import typer

from dvctt_report.cli.options import Format, Output, When
from dvctt_report.cli.screen import STATUS_NAMES, date_or_blank, print_json, print_table, say
from dvctt_report.cli.session import open_period
from dvctt_report.file_names import format_content, last_name, received_name
from dvctt_report.model import Choice, Decision, Return
from dvctt_report.register import Receipt, open_register, read_decisions
from dvctt_report.vietnamese import format_date
from dvctt_report.workspace import Workspace

if TYPE_CHECKING:
    from dvctt_report.loader import OpenPeriod

HELP = "Cột “Mã tệp” là tám ký tự đầu của mã SHA-256; dùng thay tên tệp ở các lệnh register khác."

_CHOICES = {Choice.USE: "chọn", Choice.REJECT: "loại"}
_GONE = "không còn trong thư mục"
_REJECTED = "bị loại"


def run(ctx: typer.Context, period: When = None, output: Output = Format.TABLE) -> None:
    """List what the register holds of the year."""
    opened = open_period(ctx, period)
    workspace, lines = opened.workspace, tuple(_lines(opened))
    with open_register(workspace.register, reading=True) as register:
        decisions = read_decisions(register, workspace.period, undone=True)
    if output is Format.JSON:
        listed = [_decision_json(d) for d in decisions]
        print_json({"year": workspace.period.year, "files": list(lines), "decisions": listed})
        return
    _print(workspace, lines, decisions)


def _lines(opened: OpenPeriod) -> Iterator[dict[str, Any]]:
    """One line for each receipt, in the order of file names; the former ones after, the latest first.

    The files of a .zip or a mail stand in its place.
    """
    found: dict[str, list[Return]] = {}
    for received in opened.collected.returns:
        found.setdefault(received_name(received.file), []).append(received)
    known, told = opened.known, set[tuple[str, str]]()
    for receipt in (*known.receipts, *known.former):
        present = receipt in known.receipts
        same = [
            r for r in found.get(receipt.file, ()) if receipt.sha256 == r.sha256 or r.file != receipt.file
        ]
        new = [r for r in same if (r.file, r.sha256) not in told]
        told.update((r.file, r.sha256) for r in new)
        yield from (_line(receipt, r, present) for r in new)
        if not new:
            yield _line(receipt, None, present)


def _line(receipt: Receipt, received: Return | None, present: bool) -> dict[str, Any]:
    said = received.submission if received else None
    return {
        "file": received.file if received else receipt.file,
        "sha256": received.sha256 if received else receipt.sha256,
        "first_seen": receipt.first_seen.isoformat(),
        "present": present,
        "unit": (received.unit or None) if received else None,
        "status": str(received.status) if received else None,
        "document": said.document_number if said else "",
        "sent_on": said.sent_on.isoformat() if said and said.sent_on else None,
        "channel": said.channel if said else "",
    }


def _print(workspace: Workspace, lines: tuple[dict[str, Any], ...], decisions: tuple[Decision, ...]) -> None:
    names = {u.code: u.short_name for u in workspace.profile.roster.units}
    status_names = {str(status): name for status, name in STATUS_NAMES.items()}
    headers = [("Mã tệp", "left"), ("Tệp", "left"), ("Đơn vị", "left"), ("Tình trạng", "left")]
    rejected = {d.sha256 for d in decisions if d.choice is Choice.REJECT and d.undone_on is None}
    rows = [
        (
            line["sha256"][:8],
            last_name(line["file"]),
            names.get(line["unit"], "–"),
            _REJECTED if line["sha256"] in rejected else status_names.get(line["status"], _GONE),
            _document(line),
        )
        for line in lines
    ]
    print_table([*headers, ("Văn bản", "left")], rows, f"Sổ nhận báo cáo {workspace.period.words}")
    for decision in decisions:
        say(_decision_text(decision))


def _document(line: dict[str, Any]) -> str:
    from datetime import date

    sent_on = date.fromisoformat(line["sent_on"]) if line["sent_on"] else None
    return ", ".join(part for part in (line["document"], date_or_blank(sent_on), line["channel"]) if part)


def _decision_text(decision: Decision) -> str:
    day = format_date(decision.when.date())
    file = format_content(decision.file, decision.sha256)
    text = f"{day}, {decision.who}: {_CHOICES[decision.choice]} {file}"
    if decision.reason:
        text += f", lý do: {decision.reason}"
    if decision.undone_on is not None:
        text += f" – đã hoàn lại ngày {format_date(decision.undone_on.date())} ({decision.undone_by})"
    return text


def _decision_json(decision: Decision) -> dict[str, Any]:
    return {
        "choice": str(decision.choice),
        "file": decision.file,
        "sha256": decision.sha256,
        "unit": decision.unit or None,
        "reason": decision.reason,
        "who": decision.who,
        "when": decision.when.isoformat(),
        "over": list(decision.over),
        "undone_by": decision.undone_by,
        "undone_on": decision.undone_on.isoformat() if decision.undone_on else None,
    }
