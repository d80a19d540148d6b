"""What the units answered about the findings they were asked to mend, and where each answer leaves us."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from dvctt_report.model import (
    Acceptance,
    Finding,
    Reply,
    ReplyKind,
    Return,
    ReturnStatus,
    Severity,
    finding_id,
)


class ReplyStanding(StrEnum):
    """What has to happen after a reply, as long as its finding is open.

    ``to_accept``: the officer accepts the unit's reason or not; ``reason_missing``: the unit kept what
    can't be used and doesn't say why; ``no_new_file``: mended, but the file hasn't come; ``same_again``: a
    new file has come and the fault is still in it; ``not_available``: the unit has no figure;
    ``turned_down``: the officer did not accept that it is kept.
    """

    TO_ACCEPT = "to_accept"
    REASON_MISSING = "reason_missing"
    NO_NEW_FILE = "no_new_file"
    SAME_AGAIN = "same_again"
    NOT_AVAILABLE = "not_available"
    TURNED_DOWN = "turned_down"


@dataclass(frozen=True, slots=True)
class Answered:
    """A reply that counts, and where it leaves its finding."""

    reply: Reply
    standing: ReplyStanding


_SAID = {
    ReplyKind.MENDED: "trả lời đã sửa",
    ReplyKind.KEPT: "đề nghị giữ nguyên",
    ReplyKind.NOT_AVAILABLE: "trả lời chưa có số liệu",
}

FindingKey = tuple[str, str]
"""Unit and short name of a finding: a row copied into another unit's list answers nothing."""

CONFIRMED = "đơn vị xác nhận đúng như đã ghi"
"""The reason of a unit that keeps what it was only asked to confirm and adds nothing."""


def answered(
    findings: Iterable[Finding], returns: Iterable[Return], acceptances: Iterable[Acceptance] | None = None
) -> dict[str, Answered]:
    """Return the reply to each open finding that has one, by the finding's short name.

    A finding that is no longer there (because the figure was mended) has none: the reply is done with.
    ``acceptances`` are those in force: what a unit keeps and isn't proposed in them was turned down. None:
    nobody has looked at the replies yet.
    """
    proposed = None if acceptances is None else {a.finding for a in acceptances if a.proposed}
    kept = tuple(returns)
    replies = latest_replies(kept)
    if not replies:
        return {}
    effective = [(r.unit, r.sha256) for r in kept if r.status is ReturnStatus.EFFECTIVE]
    found = {}
    for finding in findings:
        name = finding_id(finding)
        reply = replies.get((finding.unit, name))
        if reply is not None and finding.is_open:
            files = {digest for unit, digest in effective if unit == finding.unit}
            if reply.kind is ReplyKind.NOT_AVAILABLE:
                standing = ReplyStanding.NOT_AVAILABLE
            elif reply.kind is ReplyKind.MENDED:
                has_new = files.isdisjoint(reply.about.split()) and bool(files)
                standing = ReplyStanding.SAME_AGAIN if has_new else ReplyStanding.NO_NEW_FILE
            elif not reply.reason and finding.severity is Severity.ERROR:
                standing = ReplyStanding.REASON_MISSING
            else:
                turned_down = proposed is not None and name not in proposed
                standing = ReplyStanding.TURNED_DOWN if turned_down else ReplyStanding.TO_ACCEPT
            found[name] = Answered(reply, standing)
    return found


def still_asked(findings: Iterable[Finding], open_names: Collection[str]) -> tuple[Finding, ...]:
    """``findings`` without unclear replies to what is no longer open: it was mended, that is enough."""
    return tuple(f for f in findings if not f.about or f.about in open_names)


def latest_replies(returns: Iterable[Return]) -> dict[FindingKey, Reply]:
    """The reply to each unit's findings by the list made last; none where two of that moment differ."""
    return {key: replies[0] for key, replies in _latest(returns).items() if len(replies) == 1}


def contradictions(returns: Iterable[Return]) -> tuple[tuple[Reply, ...], ...]:
    """Return the replies to one finding that differ on lists made at the same moment."""
    return tuple(replies for replies in _latest(returns).values() if len(replies) > 1)


def reason_of(found: Answered) -> str:
    """Return the unit's reason; its confirmation in words where it kept something and added nothing."""
    confirmed = found.standing is ReplyStanding.TO_ACCEPT and not found.reply.reason
    return CONFIRMED if confirmed else found.reply.reason


def format_standing(found: Answered) -> str:
    """Say what the unit answered and what is still to come: "đơn vị đề nghị giữ nguyên: …"."""
    return format_reply(found.reply.kind, found.standing, reason_of(found))


def format_reply(kind: ReplyKind, standing: ReplyStanding | None, reason: str) -> str:
    """Say what a unit answered; ``standing`` None: the finding was decided on, nothing is to come."""
    reason = f": {reason}" if reason else ""
    match standing:
        case None:
            return f"đơn vị {_SAID[kind]}{reason}"
        case ReplyStanding.TO_ACCEPT:
            return f"đơn vị đề nghị giữ nguyên{reason}"
        case ReplyStanding.REASON_MISSING:
            return "đơn vị đề nghị giữ nguyên nhưng chưa ghi lý do"
        case ReplyStanding.NO_NEW_FILE:
            return f"đơn vị trả lời đã sửa, chưa nhận được tệp mới{reason}"
        case ReplyStanding.SAME_AGAIN:
            return f"đơn vị trả lời đã sửa nhưng tệp gửi lại vẫn còn{reason}"
        case ReplyStanding.NOT_AVAILABLE:
            return f"đơn vị trả lời chưa có số liệu{reason}"
        case ReplyStanding.TURNED_DOWN:
            return f"đơn vị đề nghị giữ nguyên nhưng không được chấp nhận{reason}"


def _latest(returns: Iterable[Return]) -> dict[FindingKey, tuple[Reply, ...]]:
    """The different answers of the list made last, by unit and finding; the first file's first.

    Of one list sent back twice, in the form, the file that another one took the place of counts less.
    """
    found: dict[FindingKey, list[tuple[Reply, bool]]] = {}
    for received in returns:
        stands = received.status is not ReturnStatus.SUPERSEDED
        for reply in () if received.status is ReturnStatus.REFUSED else received.replies:
            found.setdefault((reply.unit, reply.finding), []).append((reply, stands))
    latest = {}
    for key, replies in found.items():
        last = max((reply.issued, stands) for reply, stands in replies)
        told: dict[tuple[ReplyKind, str], Reply] = {}
        for reply, stands in replies:
            if (reply.issued, stands) == last:
                told.setdefault((reply.kind, reply.reason), reply)
        latest[key] = tuple(told.values())
    return latest
