"""The list that a unit is sent: what it asks, how it is worded, how it looks in Excel."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from openxml_audit import OpenXmlValidator

from dvctt_report.intake.collect import read_return
from dvctt_report.intake.mend_lists import COLUMNS, REPLY_WORDS
from dvctt_report.model import CellRef, Finding, FindingState, Override, ReturnStatus, Severity, finding_id
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
from tests.intake.returns import written
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
