"""Propose to accept what units keep for a reason: an officer does, or turns it down."""

from __future__ import annotations

from datetime import datetime

from dvctt_report.intake.mend_lists import Answered, ReplyStanding, answered, reason_of
from dvctt_report.model import Acceptance, Finding, finding_id
from dvctt_report.store.register import keep_decided, open_register, undo_decided
from dvctt_report.text.vietnamese import format_date, parse_date
from dvctt_report.year.loader import OpenYear


def keep_proposals(year: OpenYear) -> bool:
    """Propose to accept what units keep with a reason; withdraw proposals answered otherwise since.

    Returns whether the register was opened for that: where no unit has replied it stays as it was read.
    """
    from dvctt_report.year.rules import format_finding

    if not any(received.replies for received in year.collected.returns):
        return False
    now, dataset, findings = year.as_of, year.dataset, year.findings
    by_name = {finding_id(f): f for f in findings}
    with open_register(year.workspace.register) as register:
        proposed = {a.finding: a for a in dataset.acceptances if a.proposed}
        for name, found in answered(findings, dataset.returns).items():
            if found.standing is ReplyStanding.TO_ACCEPT:
                said = format_finding(by_name[name], dataset.profile)
                keep_decided(register, year.period, _proposal(by_name[name], found, said, now))
            elif name in proposed:
                undo_decided(register, year.period, proposed[name], found.reply.unit, now)
    return True


def _proposal(finding: Finding, found: Answered, said: str, now: datetime) -> Acceptance:
    made = parse_date(found.reply.issued[:10])
    document = "Bảng kê chỉnh lý đơn vị trả lời" + (f", lập ngày {format_date(made)}" if made else "")
    return Acceptance(
        finding_id(finding), finding.unit, said, reason_of(found), document, finding.unit, now, True
    )
