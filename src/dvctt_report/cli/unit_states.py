"""Where every unit stands, as ``status`` tells it."""

from __future__ import annotations

from collections import Counter
from typing import Any

from dvctt_report.cli.screen import date_or_blank
from dvctt_report.dataset import Dataset
from dvctt_report.loader import OpenYear
from dvctt_report.mending.replies import ReplyStanding, answered
from dvctt_report.summary.returns import ReturnLine


def unit_states(year: OpenYear) -> dict[str, Any]:
    """What is told of each unit, in protocol order, and how many have something to mend."""
    replies = answered(year.findings, year.dataset.returns, year.dataset.acceptances).values()
    to_accept = Counter(a.reply.unit for a in replies if a.standing is ReplyStanding.TO_ACCEPT)
    errors = Counter(f.unit for f in year.dataset.to_mend(year.findings))
    return {
        "units": [_line(year.dataset, line, errors, to_accept) for line in year.lines],
        "to_mend": sum(line.correcting for line in year.lines),
    }


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
        + (f", {line.first.arrived}" if line.first and (line.arrived_late or line.first.timing) else "")
        + (f", chỉnh lý {date_or_blank(sent_on)}" if sent_on and sent_on != first_on else ""),
        "arrived_on": line.first.arrived_on.isoformat() if line.first and line.first.arrived_on else None,
        "document": said.document_number if said else line.number,
        "channel": said.channel if said else "",
        "errors": errors[unit.code],
        "to_accept": to_accept[unit.code],
        "contact": dataset.contact(unit),
    }
