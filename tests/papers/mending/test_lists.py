"""The list that a unit is sent, how it comes back, and what a reply leaves to do."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openxml_audit import OpenXmlValidator

from dvctt_report.intake.collect import read_return
from dvctt_report.intake.mend_lists import (
    COLUMNS,
    REPLY_WORDS,
    ReplyStanding,
    answered,
    check_replies,
    format_standing,
    latest_replies,
)
from dvctt_report.intake.settle import settle
from dvctt_report.model import (
    Acceptance,
    CellRef,
    Finding,
    FindingState,
    Override,
    Reply,
    ReplyKind,
    Return,
    ReturnStatus,
    Severity,
    finding_id,
)
from dvctt_report.model.codes import Asked
from dvctt_report.model.period import Period
from dvctt_report.papers.mending.lists import (
    MendingList,
    format_message,
    mending_lists,
    n_with_something_to_mend,
)
from dvctt_report.papers.mending.workbook import WorkbookHead, mending_bytes
from dvctt_report.report.about import AnswerPlaces, format_written
from dvctt_report.report.marks import without_marks
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.rules import RULES, Rule, check
from dvctt_report.year.year import Year
from tests.forms.fill import real
from tests.intake.returns import edited, written
from tests.libreoffice import LibreOffice
from tests.papers.conftest import Golden
from tests.papers.mending.mended import HEAD, answer, asked, dataset, found, name, returned, sheet


def as_text(data: bytes) -> str:
    """The sheet as lines: the cells of a row that say something, joined by ``¦``; hidden ones too."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    lines = []
    for page in book.worksheets:
        lines.append(f"## {page.title} ({page.sheet_state})")
        for row in page.iter_rows(values_only=True):
            texts = [str(value).replace("\n", " / ") for value in row if value is not None]
            lines += [" ¦ ".join(texts)] if texts else []
    return "\n".join(lines) + "\n"


def test_sheet_and_message_read_as_they_did(golden: Golden) -> None:
    """Errors are to mend, warnings to confirm; nothing else is asked."""
    golden("mending.txt", re.sub(r"\b[0-9a-f]{64}\b", "<sha256>", as_text(sheet())))
    text = format_message(asked(), HEAD.sender, HEAD.reply_by, "SYT.xlsx", with_form=True)
    golden("mending-message.txt", without_marks(text) + "\n")


def test_who_has_something_to_mend_is_counted_without_the_lists() -> None:
    to_confirm = [f for f in found() if f.severity is Severity.WARNING]
    for findings, n in ((found(), 1), (to_confirm, 0)):
        year = Year(dataset(), findings)
        assert [bool(one.to_mend) for one in mending_lists(year)] == [bool(n)]
        assert n_with_something_to_mend(year) == n


def test_accepted_findings_are_not_asked_again() -> None:
    accepted = [replace(f, state=FindingState.ACCEPTED) for f in found()]
    assert mending_lists(Year(dataset(), accepted)) == ()


def test_a_part_of_a_return_is_asked_about_and_a_file_that_was_replaced_is_not() -> None:
    own = returned()
    files = (("b.xlsx", ReturnStatus.EFFECTIVE), ("c.xlsx", ReturnStatus.SUPERSEDED))
    others = tuple(replace(own, file=file, status=status, observations=()) for file, status in files)
    wrong = replace(next(f for f in found() if f.code == "SL02"), related=())
    told = [replace(wrong, at=CellRef(file, "01-A số liệu", "G9")) for file, _ in files]
    (one,) = mending_lists(Year(dataset(own, *others), told))
    assert [q.name for q in one.to_mend] == [finding_id(told[0])]


def test_a_unit_with_several_files_is_asked_which_one_holds_and_nothing_else() -> None:
    undecided = [replace(returned(), file=f"{n}.xlsx", status=ReturnStatus.UNDECIDED) for n in (1, 2)]
    at = [CellRef(r.file) for r in undecided]
    choice = Finding("NH06", Severity.ERROR, "hai tệp", "decide --use", "SYT", at=at[0], related=(at[1],))
    (one,) = mending_lists(Year(dataset(*undecided), (*found(), choice)))
    assert [(q.written, q.why) for q in one.to_mend] == [
        ("“1.xlsx”; “2.xlsx”", "Đã gửi các tệp có số liệu khác nhau, chưa rõ tệp nào là bản chính thức.")
    ]
    assert one.to_confirm == ()


def test_what_a_unit_is_asked_speaks_to_the_unit_and_politely() -> None:
    text = as_text(sheet(WorkbookHead("Sở A", HEAD.made)))
    text += format_message(asked(), "Sở A", None, "SYT.xlsx", with_form=False)
    for never in ("dvctt-report", "sổ theo dõi", "yêu cầu", "trước ngày"):  # no day is set
        assert never not in text.lower()


@pytest.mark.parametrize(
    "rule", [r for r in RULES if r.about.settled.asked is Asked.UNIT], ids=lambda rule: rule.code
)
def test_no_rule_asks_a_unit_for_what_only_the_officer_has(rule: Rule[Dataset]) -> None:
    one = replace(found()[3], code=rule.code, message="", fix=rule.about.example.rpartition("). ")[2])
    asks = [q.asked for m in mending_lists(Year(dataset(), [one])) for q in m.to_mend]
    assert asks
    assert not [text for text in asks if "sổ theo dõi" in text or "dvctt-report" in text]


def test_a_personal_number_is_not_passed_on() -> None:
    said = "Đầu mối: bà A, 0900 000 022, CCCD 058 123 456 789, https://x.vn/1"
    own = replace(returned(), observations=tuple(replace(o, raw=said) for o in returned().observations))
    finding = next(f for f in found() if f.code == "BC02")
    written = format_written(finding, AnswerPlaces.of(dataset(own)))
    assert written == "“Đầu mối: bà A, …, CCCD …, https://x.vn/1”"


def test_a_unit_is_shown_its_own_figure_and_told_which_is_the_officers() -> None:
    """The reason quotes what the rule compared; the unit never wrote the officer's figure."""
    put = Override("SYT", "T1", "done", "9", "5", "gõ nhầm", "Công văn số 12", "lan", datetime(2025, 11, 20))
    wrong = next(f for f in found() if f.code == "SL02")
    own = returned()
    cells = [
        replace(o, value=9, raw="9", override=put, replaced=o) if o.at == wrong.at else o
        for o in own.observations
    ]
    before = next(o for o in own.observations if o.at == wrong.at)
    (one,) = mending_lists(Year(dataset(replace(own, observations=tuple(cells))), [wrong]))
    (question,) = one.to_mend
    assert question.written.startswith(f"{before.value} ")
    assert question.why.endswith("Cơ quan tổng hợp đã ghi 9 thay cho “5” (Công văn số 12).")
    (plain,) = mending_lists(Year(dataset(own), [wrong]))
    assert "Cơ quan tổng hợp" not in plain.to_mend[0].why


def test_a_body_without_duty_is_asked_to_cooperate() -> None:
    press = replace(asked(), unit=real().roster.unit("BPTTH"))
    assert "phối hợp" in as_text(mending_bytes(press, real(), HEAD))
    assert "đề nghị phối hợp" in format_message(press, "Sở A", None, "x.xlsx", with_form=False)


def test_the_message_names_eight_and_counts_the_rest() -> None:
    many = replace(asked(), to_mend=asked().to_mend * 4)
    text = without_marks(format_message(many, "Sở A", None, "x.xlsx", with_form=False))
    assert "\n8. " in text
    assert "\n9. " not in text
    assert "và 06 nội dung khác" in text


def test_answered_questions_wait_for_the_officer_and_are_not_asked_again() -> None:
    answers = {
        name("DL01"): ("Chưa có số liệu", "bổ sung trong tháng 11"),
        name("SL02"): ("Giữ nguyên", "cả người đã nghỉ"),
        name("SL04"): ("Đã sửa", ""),
    }
    left = asked(read_return("nhan-ve/2025/SYT.xlsx", answer(sheet(), answers), real(), Period(2025)))
    assert ([q.name for q in left.to_mend], left.n_waiting) == ([name("SL04")], 2)
    without_reason = answer(sheet(), {name("SL02"): ("Giữ nguyên", "")})
    left = asked(read_return("nhan-ve/2025/SYT.xlsx", without_reason, real(), Period(2025)))
    (again,) = (q for q in left.to_mend if q.name == name("SL02"))
    assert again.asked.endswith("Nếu giữ nguyên, đề nghị ghi rõ lý do.")


@pytest.mark.parametrize("one", [asked(), replace(asked(), to_mend=(), document="", file="")])
def test_the_sheet_is_valid_and_the_same_again(one: MendingList, tmp_path: Path) -> None:
    data = mending_bytes(one, real(), HEAD)
    path = tmp_path / "a.xlsx"
    path.write_bytes(data)
    assert OpenXmlValidator().validate(path).is_valid
    assert mending_bytes(one, real(), HEAD) == data
    book = openpyxl.load_workbook(path)
    texts = [c for page in book.worksheets for row in page.iter_rows() for c in row if c.value is not None]
    assert any("=cmd|" in str(c.value) for c in texts)
    assert not [c.value for c in texts if c.data_type == "f"], "no text of a unit is a formula"


def test_the_sheet_lets_the_unit_fill_in_two_columns_from_a_list_and_prints_on_a4() -> None:
    page = openpyxl.load_workbook(io.BytesIO(sheet())).worksheets[0]
    (check,) = page.data_validations.dataValidation
    assert check.formula1 == f'"{",".join(REPLY_WORDS.values())}"'
    row = min(cells.min_row for cells in check.sqref.ranges) + 1
    open_cells = [c.column - 1 for c in page[row] if not c.protection.locked]
    assert open_cells == [len(COLUMNS) - 1, len(COLUMNS)]
    assert page.column_dimensions["A"].hidden
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert page.freeze_panes == f"A{row - 1}"


def test_a_cell_that_the_form_adds_up_is_mended_where_its_numbers_stand() -> None:
    """It is locked; the list names the cells that it is summed from."""
    read = read_return(
        "a.xlsx", written({"HS.T.resolved_total": 900, "T10.done": 1200}), real(), Period(2025)
    )
    own = Dataset(real(), Period(2025), [read], datetime(2025, 11, 20).date())
    (one,) = mending_lists(Year(own, [f for f in check(own) if f.code == "SL02"]))
    (question,) = one.to_mend
    assert question.asked.endswith("Ô F10 do máy cộng từ ô I9 (Biểu 03): ghi, sửa ở đó.")


# --- A list comes back: known by its keys, answers read by the finding, whatever the sheet went through


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
        assert [*check_replies(returns)] == []


def test_of_two_answers_on_lists_made_at_once_neither_counts_unless_they_are_the_same() -> None:
    other = replace(KEPT, kind=ReplyKind.MENDED)
    returns = [listed(KEPT), listed(other, file="b")]
    assert latest_replies(returns) == {}
    assert [f.code for f in check_replies(returns)] == ["NH93"]
    twice = [listed(KEPT), listed(KEPT, file="b")]
    assert latest_replies(twice) == {("SYT", KEPT.finding): KEPT}
    assert [*check_replies(twice)] == []


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
