"""A list comes back: known by its keys, answers read by the finding, whatever the sheet went through."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl.workbook import Workbook

from dvctt_report.intake.collect import read_return
from dvctt_report.intake.mend_lists import (
    ReplyStanding,
    answered,
    check_replies,
    contradictions,
    format_standing,
    latest_replies,
)
from dvctt_report.intake.settle import settle
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
from tests.forms.fill import real
from tests.intake.returns import edited
from tests.libreoffice import LibreOffice
from tests.papers.mending.mended import answer, name, returned, sheet

FILE = "nhan-ve/2025/tra loi.xlsx"


def read(data: bytes, file: str = FILE) -> Return:
    return read_return(file, data, real(), Period(2025))


def said(received: Return) -> dict[str, tuple[ReplyKind, str]]:
    return {r.finding: (r.kind, r.reason) for r in received.replies}


def filled(opinion: str = "Giữ nguyên", reason: str = "đúng") -> bytes:
    return answer(sheet(), {name("SL02"): (opinion, reason)})


def test_an_answered_list_is_a_reply_and_no_return() -> None:
    data = answer(
        sheet(),
        {
            name("DL01"): ("Đã sửa", ""),
            name("SL02"): ("Giữ nguyên", "cả người_x000B_đã nghỉ"),
            name("SL04"): ("Chưa có số liệu", "bổ sung trước 30/11"),
        },
    )
    received = read(data)
    assert (received.status, received.unit, received.period) == (ReturnStatus.REPLY, "SYT", Period(2025))
    assert (received.observations, received.findings) == ((), ())
    assert said(received) == {
        name("DL01"): (ReplyKind.MENDED, ""),
        name("SL02"): (ReplyKind.KEPT, "cả người đã nghỉ"),
        name("SL04"): (ReplyKind.NOT_AVAILABLE, "bổ sung trước 30/11"),
    }
    assert {r.about for r in received.replies} == {returned().sha256}
    assert {r.issued for r in received.replies} == {"2025-11-14T17:00"}


@pytest.mark.parametrize(
    ("typed", "opinion", "reason"),
    [
        ("giữ nguyên ", ReplyKind.KEPT, "đúng"),
        ("Da sua", ReplyKind.MENDED, "đúng"),
        ("CHƯA CÓ SỐ LIỆU", ReplyKind.NOT_AVAILABLE, "đúng"),
        ("Giữ nguyên: theo hệ thống", ReplyKind.KEPT, "theo hệ thống; đúng"),
        ("Giữ nguyên (theo hệ thống)", ReplyKind.KEPT, "theo hệ thống; đúng"),
    ],
)
def test_an_opinion_is_known_by_its_words(typed: str, opinion: ReplyKind, reason: str) -> None:
    assert said(read(filled(typed))) == {name("SL02"): (opinion, reason)}


@pytest.mark.parametrize(
    "typed", ["", "đồng ý", "Đã sửa chưa?", "không giữ nguyên", "Giữ nguyên hay sửa", "=1+1"]
)
def test_another_opinion_or_a_reason_without_one_is_a_question_that_names_the_cell(typed: str) -> None:
    received = read(filled(typed))
    assert received.replies == ()
    (finding,) = received.findings
    assert (finding.code, finding.unit) == ("NH91", "SYT")
    assert finding.at is not None
    assert finding.at.cell


def test_a_list_sent_back_blank_says_so() -> None:
    received = read(sheet())
    assert (received.status, received.replies) == (ReturnStatus.REPLY, ())
    assert [f.code for f in received.findings] == ["NH92"]


def sort_and_move(book: Workbook) -> None:
    """Another title, a column inserted in front, a row on top, the questions' rows in another order."""
    page = book.worksheets[0]
    page.title = "Trả lời"
    top = next(c.row for c in page["A"] if c.value == name("DL01"))
    rows = [[c.value for c in page[n]] for n in (top, top + 1)]
    for n, values in zip((top + 1, top), rows, strict=True):
        for column, value in enumerate(values, 1):
            page.cell(n, column).value = value
    for merged in [*page.merged_cells.ranges]:
        page.unmerge_cells(str(merged))
    page.insert_rows(1)
    page.insert_cols(1)


def test_rows_may_be_sorted_columns_and_sheets_moved() -> None:
    assert said(read(edited(filled(), sort_and_move))) == {name("SL02"): (ReplyKind.KEPT, "đúng")}


def key(n: int, value: str) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        book["_meta"].cell(n, 2).value = value

    return change


def drop_the_column(book: Workbook) -> None:
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            if cell.value == "opinion":
                cell.value = None


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (key(4, "2024"), "của năm 2024, đang làm năm 2025"),
        (key(3, "khac"), "kế hoạch khác"),
        (key(5, "XYZ"), "XYZ"),
        (drop_the_column, "không còn cột ý kiến"),
    ],
)
def test_a_list_that_cannot_be_used_says_why_and_is_nobodys_return(
    change: Callable[[Workbook], None], reason: str
) -> None:
    received = read(edited(filled(), change))
    (finding,) = received.findings
    assert (received.status, received.replies, finding.code) == (ReturnStatus.REPLY, (), "NH90")
    assert reason in finding.message


def test_a_workbook_without_the_keys_is_no_list() -> None:
    def drop(book: Workbook) -> None:
        del book["_meta"]

    assert read(edited(filled(), drop)).status is ReturnStatus.REFUSED


def test_a_reply_neither_competes_with_the_units_return_nor_repeats_it() -> None:
    data = filled()
    settled = settle([returned(), read(data), read(data, "b.xlsx")])
    assert [r.status for r in settled] == [ReturnStatus.EFFECTIVE, ReturnStatus.REPLY, ReturnStatus.DUPLICATE]


def test_two_lists_that_contradict_each_other_are_a_finding() -> None:
    one, other = read(filled()), read(filled("Đã sửa", ""), "b.xlsx")
    (finding,) = check_replies([one, other])
    assert (finding.code, finding.unit) == ("NH93", "SYT")
    assert name("SL02") in finding.message
    assert [*check_replies([one, one])] == []


@pytest.mark.requires("soffice")
def test_a_list_saved_by_libreoffice_is_still_read(tmp_path: Path, libreoffice: LibreOffice) -> None:
    """To .xls, which turns "very hidden" into "hidden"; and to .xlsx, in which every part is written anew."""
    source = tmp_path / "a.xlsx"
    source.write_bytes(filled())
    for suffix in ("xls", "xlsx"):
        out = tmp_path / suffix
        libreoffice.convert([source], suffix, out)
        assert said(read((out / f"a.{suffix}").read_bytes())) == {name("SL02"): (ReplyKind.KEPT, "đúng")}


# --------------------------------------------- What a reply leaves to do, and which of several counts


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
