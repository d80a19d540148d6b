"""What a reply leaves to do, and which of several counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from dvctt_report.intake.mend_lists import (
    ReplyStanding,
    answered,
    contradictions,
    format_standing,
    latest_replies,
)
from dvctt_report.model import (
    Acceptance,
    Finding,
    FindingState,
    Reply,
    ReplyKind,
    Return,
    ReturnStatus,
    Severity,
    finding_id,
)
from dvctt_report.model.period import Period

FAULT = Finding("SL02", Severity.ERROR, "số đã thực hiện lớn hơn tổng số", "Sửa.", "SYT", "T10", "done")
QUESTION = replace(FAULT, severity=Severity.WARNING)
KEPT = Reply(finding_id(FAULT), "SYT", ReplyKind.KEPT, "đúng theo hệ thống", "2025-11-14T17:00", "cũ")


def listed(*replies: Reply, file: str = "SYT.xlsx") -> Return:
    return Return(file, file, ReturnStatus.REPLY, "SYT", Period(2025), replies=replies)


def sent(sha256: str) -> Return:
    return Return("a.xlsx", sha256, ReturnStatus.EFFECTIVE, "SYT", Period(2025))


BARE = replace(KEPT, reason="")
MENDED = replace(KEPT, kind=ReplyKind.MENDED, reason="")
LATER = replace(KEPT, kind=ReplyKind.NOT_AVAILABLE, reason="bổ sung trước 30/11")


@pytest.mark.parametrize(
    ("finding", "reply", "effective", "standing", "said"),
    [
        (FAULT, KEPT, "cũ", "TO_ACCEPT", "đề nghị giữ nguyên: đúng theo hệ thống"),
        (FAULT, BARE, "cũ", "REASON_MISSING", "đề nghị giữ nguyên nhưng chưa ghi lý do"),
        (QUESTION, BARE, "cũ", "TO_ACCEPT", "đề nghị giữ nguyên: đơn vị xác nhận đúng như đã ghi"),
        (FAULT, MENDED, "cũ", "NO_NEW_FILE", "trả lời đã sửa, chưa nhận được tệp mới"),
        (FAULT, MENDED, "", "NO_NEW_FILE", "trả lời đã sửa, chưa nhận được tệp mới"),
        (FAULT, MENDED, "mới", "SAME_AGAIN", "trả lời đã sửa nhưng tệp gửi lại vẫn còn"),
        (FAULT, LATER, "cũ", "NOT_AVAILABLE", "trả lời chưa có số liệu: bổ sung trước 30/11"),
    ],
)
def test_a_reply_says_what_is_still_to_come(
    finding: Finding, reply: Reply, effective: str, standing: str, said: str
) -> None:
    returns = [listed(reply), *([sent(effective)] if effective else [])]
    (found,) = answered([finding], returns).values()
    assert found.standing is ReplyStanding[standing]
    assert format_standing(found) == f"đơn vị {said}"


@pytest.mark.parametrize(
    ("finding", "reply"),
    [
        (replace(FAULT, message="khác"), KEPT),
        (replace(FAULT, state=FindingState.ACCEPTED), KEPT),
        (FAULT, replace(KEPT, unit="SNV")),  # a row in another unit's list
    ],
)
def test_a_finding_that_is_gone_accepted_or_of_another_unit_has_no_reply(
    finding: Finding, reply: Reply
) -> None:
    assert answered([finding], [listed(reply)]) == {}
    assert latest_replies([replace(listed(KEPT), status=ReturnStatus.REFUSED)]) == {}


def test_of_two_lists_the_one_made_later_counts_whatever_the_order_of_the_files() -> None:
    later = replace(KEPT, kind=ReplyKind.MENDED, issued="2025-11-20T08:00")
    for returns in ([listed(KEPT), listed(later, file="b")], [listed(later), listed(KEPT, file="b")]):
        assert latest_replies(returns) == {("SYT", KEPT.finding): later}
        assert contradictions(returns) == ()


def test_of_two_answers_on_lists_made_at_once_neither_counts_unless_they_are_the_same() -> None:
    other = replace(KEPT, kind=ReplyKind.MENDED)
    returns = [listed(KEPT), listed(other, file="b")]
    assert latest_replies(returns) == {}
    assert contradictions(returns) == ((KEPT, other),)
    twice = [listed(KEPT), listed(KEPT, file="b")]
    assert latest_replies(twice) == {("SYT", KEPT.finding): KEPT}
    assert contradictions(twice) == ()


def test_a_wish_that_is_not_proposed_any_more_was_turned_down() -> None:
    wish = Acceptance(KEPT.finding, "SYT", "", "đúng", "", "SYT", datetime(2025, 11, 15), proposed=True)
    for acceptances, standing in (((wish,), ReplyStanding.TO_ACCEPT), ((), ReplyStanding.TURNED_DOWN)):
        (found,) = answered([FAULT], [listed(KEPT)], acceptances).values()
        assert found.standing is standing
    assert format_standing(found) == (
        "đơn vị đề nghị giữ nguyên nhưng không được chấp nhận: đúng theo hệ thống"
    )


def test_an_answer_stays_where_the_number_was_typed_anew_without_its_dots() -> None:
    """One question asks to type the number anew, another about its size; "1.00" may be another number."""
    for now, n_answered in (("1000", 1), ("1 000", 1), ("1.00", 0), ("1001", 0)):
        asked = replace(QUESTION, value="1.000")
        returned = (listed(replace(KEPT, finding=finding_id(asked))), sent("cũ"))
        assert len(answered([replace(asked, value=now)], returned)) == n_answered
