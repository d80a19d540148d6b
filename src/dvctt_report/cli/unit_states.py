"""Where a year stands, worked out with every rule: what ``status`` and the menu tell, and is kept of it."""

from __future__ import annotations

from collections import Counter
from typing import Any

from dvctt_report.cli.screen import date_or_blank
from dvctt_report.dataset import Dataset
from dvctt_report.loader import OpenYear
from dvctt_report.mending.replies import ReplyStanding, answered
from dvctt_report.published.record import in_force
from dvctt_report.summary.returns import ReturnLine


def unit_states(year: OpenYear) -> dict[str, Any]:
    """What is told of each unit, in protocol order, and how much is to be done."""
    from dvctt_report.deciding.matters import Part, matters_of
    from dvctt_report.letters.remind import units_without_return
    from dvctt_report.mending.lists import mending_lists

    replies = answered(year.findings, year.dataset.returns, year.dataset.acceptances).values()
    to_accept = Counter(a.reply.unit for a in replies if a.standing is ReplyStanding.TO_ACCEPT)
    errors = Counter(f.unit for f in year.dataset.to_mend(year.findings))
    matters = matters_of(year)
    open_ones = [matter for matter in matters if not matter.decided]
    return {
        "units": [_line(year.dataset, line, errors, to_accept) for line in year.lines],
        "to_mend": sum(line.correcting for line in year.lines),
        "lists": sum(one.goes_out(questions=False) for one in mending_lists(year.asked_about)),
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
