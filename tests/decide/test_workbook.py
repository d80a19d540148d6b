"""Decisions made in Excel: asked in the words of the form, taken by collect, never lost, never wrongly."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from dvctt_report.cli import door
from dvctt_report.decide.decisions import Grounds, about_file, record, rests_on
from dvctt_report.forms.writer import form_bytes
from dvctt_report.intake import collect as reading
from dvctt_report.intake import workers
from dvctt_report.model import Choice, FindingState, Key, Return, finding_id
from dvctt_report.store.workspace import Workspace, read_workspace
from dvctt_report.text.file_names import last_name
from dvctt_report.year.loader import OpenYear
from tests.cli.officer import page_of, plain_answers, run_json
from tests.decide.excel import LETTER, ZALO, book_of, choices, row_of, shown, type_into

AS_OF = ("--as-of", "20/11/2025 17:00")


@dataclass(frozen=True)
class Office:
    """The sample, collected, with its workbook of decisions: three errors and six warnings are open."""

    here: Workspace
    capfd: pytest.CaptureFixture[str]

    @property
    def book(self) -> Path:
        return book_of(self.here.root)

    def shown(self, *sheets: str) -> list[dict[str, str]]:
        return shown(self.book, *sheets)

    def row(self, who: str, words: str = "", *sheets: str) -> dict[str, str]:
        return row_of(self.book, who, words, *sheets)

    def done(self, who: str, words: str = "") -> dict[str, str]:
        return row_of(self.book, who, words, "Đã quyết định")

    def type(self, row: dict[str, str], **said: str | int) -> None:
        type_into(self.book, row, **said)

    def choices(self, row: dict[str, str]) -> list[str]:
        return choices(self.book, row)

    def run(self, *arguments: str) -> tuple[int, str]:
        """What a command ends with, and all that it says."""
        self.capfd.readouterr()
        code = door.main([*arguments])
        told = self.capfd.readouterr()
        return code, told.out + told.err

    def collect(self) -> str:
        return self.run("collect")[1]

    def states(self, code: str) -> set[str]:
        _, said = run_json(self.capfd, "validate", *AS_OF)
        return {f["state"] for f in said["findings"] if f["code"] == code}

    def edit(self, pattern: str, change: Callable[[Workbook], None]) -> str:
        """Change a file of the inbox as its unit would, and collect it."""
        path = next(self.here.inbox.glob(pattern))
        form = openpyxl.load_workbook(path)
        change(form)
        form.save(path)
        return self.collect()

    def send(self, name: str, code: str, number: str, done: int) -> None:
        unit = self.here.profile.roster.unit(code)
        answers = plain_answers(self.here.profile, unit)
        answers |= {Key("_", "document_number"): number, Key("_", "sent_on"): date(2025, 11, 5)}
        answers[Key("T1", "done")] = done
        (self.here.inbox / name).write_bytes(form_bytes(self.here.profile, unit, self.here.period, answers))

    def send_two(self) -> dict[str, str]:
        """Two files of one unit, collected; the row that asks which one counts."""
        for name, done in (("a.xlsx", 3), ("b.xlsx", 2)):
            self.send(name, "SDTTG", "5/BC-SDTTG", done)
        self.collect()
        return next(r for r in self.shown() if "a.xlsx" in r["about"])

    def send_words_for_numbers(self) -> dict[str, str]:
        """A form with words in two cells of numbers, collected; the row that asks about both."""
        unit = self.here.profile.roster.unit("SVHTTDL")
        answers = plain_answers(self.here.profile, unit)
        answers |= {Key("T10", "done"): "khoảng 50", Key("HT.b", "people"): "1,2 nghìn"}
        (old,) = self.here.inbox.glob("*SVHTTDL_*")
        old.write_bytes(form_bytes(self.here.profile, unit, self.here.period, answers))
        self.collect()
        return self.row(unit.short_name, "khoảng 50")

    def accept(self, code: str) -> None:
        """Accept the one open finding of that kind, by a command."""
        year = OpenYear(self.here, datetime(2025, 11, 20, 17))
        (found,) = [f for f in year.findings if f.code == code and f.state is FindingState.OPEN]
        grounds = ("--reason", "đã hỏi", "--document", "Công văn số 3/X")
        assert self.run("decide", finding_id(found), "--accept", *grounds)[0] == 0


@pytest.fixture
def office(
    questioned: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Office:
    shutil.copytree(questioned, tmp_path / "w")
    monkeypatch.chdir(tmp_path / "w")
    return Office(read_workspace(tmp_path / "w"), capfd)


def test_every_open_error_and_warning_is_asked_once_in_the_words_of_the_form(office: Office) -> None:
    rows = office.shown()
    assert len({row["name"] for row in rows}) == 9
    first = openpyxl.load_workbook(office.book).active
    assert first is not None
    assert first.title == rows[0]["sheet"] == "Đơn vị sửa", "Excel opens where there is work"
    asked, refused = office.row("Sở Y tế", "lớn hơn"), office.row("Trường Cao đẳng nghề")
    assert asked["place"].replace("\u00a0", " ").endswith("ô G10")
    assert "2.410" in asked["about"]
    assert office.choices(asked) == ["Số đúng", "Để ngoài tổng hợp"]
    assert office.choices(refused) == ["Trả lại"]
    assert rows[-1]["sheet"] == "Tạm dùng"
    page = page_of(office.here.root).body.text_content()
    assert asked["name"] in page, "the page tells the same names"
    assert f"Việc {refused['name']}. Đề nghị đơn vị" in page
    _, said = run_json(office.capfd, "validate", *AS_OF)
    assert sum(said["totals"][name] for name in ("error", "warning")) == 9


def test_a_right_figure_is_taken_printed_and_taken_back(office: Office) -> None:
    asked = office.row("Sở Y tế", "lớn hơn")
    office.type(asked, choice="Số đúng", value=2014, reason="gõ nhầm", **ZALO)
    assert "đã ghi 1 quyết định" in office.collect()
    done = office.done("Sở Y tế")
    assert (done["value"], done["reason"], done["basis"]) == ("2.014", "gõ nhầm", ZALO["basis"])
    assert office.states("SL02") == set()
    assert "Zalo" in office.run("decide")[1]

    office.run("render", *AS_OF)
    printed = office.here.manifest_of(office.here.period).read_text(encoding="utf-8")
    assert "Gõ nhầm" in printed
    assert "Zalo" not in printed

    office.type(office.done("Sở Y tế"), choice="Bỏ quyết định")
    office.collect()
    assert office.shown("Đã quyết định") == []
    assert office.states("SL02") == {"open"}


def test_what_cannot_be_taken_says_why_in_its_row_and_stays_typed(office: Office) -> None:
    row = office.row("Sở Y tế", "lớn hơn")
    for said, why in (
        ({"choice": "Số đúng", "value": "2014"}, "Chưa có căn cứ"),
        ({"basis": "chị Lan nói, ngày 12/11"}, "Chưa rõ loại căn cứ"),
        ({"basis": "12/SYT-VP", "value": "khoảng 50"}, "ước chừng"),
        ({"value": "2,014"}, "có thể là 2014 hoặc 2,014"),
        ({"value": ""}, "Chưa ghi số đúng"),
        ({"choice": "Chấp nhận"}, "không có trong danh sách của dòng này"),
    ):
        office.type(row, **said)
        assert "1 dòng chưa ghi được" in office.collect()
        row = office.row("Sở Y tế", "lớn hơn")
        assert why in row["outcome"]
        assert all(row[name] == value for name, value in said.items())
    office.type(office.row("", "420 lượt"), choice="Chấp nhận", **ZALO)
    office.collect()
    assert "Chưa có lý do" in office.row("", "420 lượt")["outcome"]
    assert office.shown("Đã quyết định") == []
    assert office.states("SL02") == {"open"}


def test_a_figure_put_beside_a_changed_unit_of_count_settles_the_question(office: Office) -> None:
    def change(form: Workbook) -> None:
        sheet = form["05-A nhiệm vụ, kinh phí"]
        cell = next(c for row in sheet.iter_rows() for c in row if c.value == "Dự toán được giao")
        sheet.cell(cell.row, cell.column + 1).value = "nghìn đồng"
        sheet.cell(cell.row, cell.column + 2).value = 25000

    office.edit("BM2025_SYT*", change)
    asked = office.row("Sở Y tế", "nghìn đồng")
    office.type(asked, choice="Số đúng", value=25_000_000, reason="ghi theo nghìn", **ZALO)
    assert "đã ghi 1 quyết định" in office.collect()
    assert not [row for row in office.shown() if "nghìn đồng" in row["about"]]


def test_figures_put_into_a_row_whose_label_was_changed_are_used(office: Office) -> None:
    """They are the officer's then, whatever the label says; the reason that is printed says so."""
    office.edit("BM2025_SYT*", partial(put, "01-A số liệu", "D8", "Lượt người được truyền thông"))
    office.type(office.row("Sở Y tế", "Lượt người"), choice="Số đúng", value="F8=90; G8=88", **LETTER)
    assert "đã ghi 2 quyết định" in office.collect()
    assert not [row for row in office.shown() if "Lượt người" in row["about"]]
    office.run("export")
    kept = json.loads((office.here.results / "so-lieu-2025.json").read_text(encoding="utf-8"))
    told = [o for o in kept["overrides"] if o["unit"] == "SYT"]
    assert {o["text"] for o in told} == {"90", "88"}
    assert not any("chưa dùng" in o["reason"] for o in told)


def put(sheet: str, cell: str, value: str | int, book: Workbook) -> None:
    book[sheet][cell].value = value


def test_several_cells_of_a_row_are_put_by_their_names(office: Office) -> None:
    row = office.row("Sở Y tế", "lớn hơn")
    value = "F10=2500; Biểu 01-A ô G10=2400"
    office.type(row, choice="Số đúng", value=value, reason="đảo số", **LETTER)
    assert "đã ghi 2 quyết định ở 1 dòng." in office.collect()
    (done,) = office.shown("Đã quyết định")
    assert done["value"] == "2.500; 2.400"
    office.run("render", *AS_OF)
    assert LETTER["basis"] in office.here.manifest_of(office.here.period).read_text(encoding="utf-8")
    office.type(done, choice="Bỏ quyết định")
    office.collect()
    assert office.shown("Đã quyết định") == []
    assert "2.410" in office.row("Sở Y tế", "lớn hơn")["about"]


def test_a_bare_address_is_first_the_cell_of_its_row(office: Office) -> None:
    row = office.send_words_for_numbers()
    first, second = [place.rpartition(" ")[2] for place in row["place"].replace("\u00a0", " ").split(";")]
    office.type(row, choice="Số đúng", value=f"{first}=2.014; {second.lower()}=1200", **ZALO)
    assert "chưa ghi được" not in office.collect()
    put = [one for one in run_json(office.capfd, "decide")[1]["decisions"] if one["kind"] == "figure"]
    assert {o["item"]: o["text"] for o in put} == {"T10": "2014", "HT.b": "1200"}
    asked = {o["item"]: o["reason"].split('"')[1] for o in put}
    assert asked == {"T10": "khoảng 50", "HT.b": "1,2 nghìn"}, "each has the reason of its own question"


@pytest.mark.parametrize(
    ("basis", "kind"),
    [
        ("Công văn số 12/SYT-VP", "Văn bản"),
        ("12/2025/BC-SYT", "Văn bản"),
        ("Zalo: chị Lan, ngày 12/11", "Zalo"),
        ("Điện thoại anh Minh 12/11", "Điện thoại"),
        ("chị Lan, ngày 12/11", ""),
    ],
)
def test_the_words_of_a_ground_tell_its_kind(basis: str, kind: str) -> None:
    document, kept = rests_on("", basis)
    assert document == (basis if kind == "Văn bản" else "")
    assert kept.partition(":")[0] == ("" if kind == "Văn bản" else kind)


def test_a_figure_is_typed_as_it_is_printed_and_the_question_is_the_reason(office: Office) -> None:
    asked = office.row("Sở Y tế", "lớn hơn")
    office.type(asked, choice="Số đúng", value="2.014", basis=LETTER["basis"])
    office.collect()
    (done,) = office.shown("Đã quyết định")
    assert (done["value"], done["kind"], done["basis"]) == ("2.014", "Văn bản", LETTER["basis"])
    assert done["reason"] == "số đã thực hiện (2.410) lớn hơn tổng số (2.140)"
    assert office.states("SL02") == set()


def test_one_cause_is_one_row_whose_decision_settles_all_of_it(office: Office) -> None:
    def in_millions(form: Workbook) -> None:
        rows = form["05-A nhiệm vụ, kinh phí"].iter_rows(min_col=3)
        money = [r[4] for r in rows if r[3].value == "đồng" and isinstance(r[4].value, int | None)]
        money[0].value, money[1].value = 42, 40

    office.edit("*_SYT_*.xlsx", in_millions)
    row = office.row("Sở Y tế", "kinh phí")
    assert "một lần cho cả KP03, DL25" in row["why"]
    assert [office.states(code) for code in ("KP03", "DL25")] == [{"open"}] * 2

    office.type(row, choice="Để ngoài tổng hợp")
    office.collect()
    assert not any("05-A" in r["place"] for r in office.shown() if "Sở Y tế" in r["who"])
    (done,) = office.shown("Đã quyết định")
    office.type(done, choice="Bỏ quyết định")
    office.collect()
    assert office.row("Sở Y tế", "kinh phí")["why"] == row["why"]

    code, told = office.run("decide", row["name"], "--leave-out")
    assert (code, told.count("Để ngoài tổng hợp: ")) == (0, 3)


@pytest.mark.parametrize(
    ("who", "words", "code", "state", "typed"),
    [
        ("Ninh Hải", "420 lượt", "DL12", "accepted", {"choice": "Chấp nhận", "authority": "Lãnh đạo"}),
        ("Ban Quản lý", "", "DL01", "left_out", {"choice": "Để ngoài tổng hợp", "follower": "anh Minh"}),
        ("Cao đẳng nghề", "", "NH03", None, {"choice": "Trả lại"}),
        ("Thanh tra tỉnh", "", "SL06", "accepted", {"choice": "Không áp dụng"}),
    ],
)
def test_each_kind_of_decision_is_taken(
    who: str, words: str, code: str, state: str | None, typed: dict[str, str], office: Office
) -> None:
    office.type(office.row(who, words), reason="đã hỏi", **ZALO, **typed)
    assert "đã ghi 1 quyết định" in office.collect()
    assert office.states(code) == ({state} if state else set())
    done = office.done(who)
    assert {done[name] for name in ("authority", "follower")} >= {*typed.values()} - {typed["choice"]}
    assert [row for row in office.shown() if who in row["who"] and words in row["about"]] == []


def test_a_decision_about_what_is_no_longer_there_is_not_taken_and_not_lost(office: Office) -> None:
    row = office.row("Sở Y tế", "lớn hơn")
    office.type(row, choice="Số đúng", value=2014, reason="gõ nhầm", **ZALO)
    assert "1 dòng chưa ghi được" in office.edit("*_SYT_*.xlsx", partial(put, "01-A số liệu", "G10", 2500))
    kept = office.row("Sở Y tế", "gõ nhầm")
    assert "nội dung đã khác" in kept["outcome"]
    assert (kept["choice"], kept["value"]) == ("Số đúng", "2014")
    assert "2.500" in office.row("Sở Y tế", "(2.500)")["why"]
    assert office.shown("Đã quyết định") == []
    office.collect()
    assert office.row("Sở Y tế", "gõ nhầm")["value"] == "2014"


def test_of_very_many_matters_the_most_harmful_are_shown_and_whatever_was_typed(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.type(office.shown("Tạm dùng")[-1], follower="chị Hoa")
    monkeypatch.setattr("dvctt_report.decide.books.MOST_SHOWN", 2)
    office.accept("DL12")
    assert "hiện 2 việc hại nhất, còn 3 việc" in office.run("validate")[1].replace("\n", " ")
    rows = office.shown("Tạm dùng")
    assert len(rows) == 3
    assert rows[-1]["follower"] == "chị Hoa"


def test_validate_reads_nothing_in_and_loses_nothing(office: Office) -> None:
    typed = {"choice": "Số đúng", "value": "2014", "reason": "gõ nhầm", "follower": "chị Hoa"}
    office.type(office.row("Sở Y tế", "lớn hơn"), **typed, **ZALO)
    office.accept("DL12")
    office.run("validate")
    assert office.row("Sở Y tế", "lớn hơn").items() >= typed.items()
    assert len(office.shown("Đã quyết định")) == 1
    assert office.states("SL02") == {"open"}


def test_an_acceptance_whose_content_has_changed_says_that_it_no_longer_applies(office: Office) -> None:
    office.accept("DL12")
    office.run("validate")
    (done,) = office.shown("Đã quyết định")
    assert "420 lượt" in done["about"]
    assert "không còn áp dụng" not in done["about"]

    def change(book: Workbook) -> None:
        cells = (cell for sheet in book for row in sheet.iter_rows() for cell in row)
        next(cell for cell in cells if "420 lượt" in str(cell.value)).value = 420

    office.edit("*_NHI_*.xlsx", change)
    (done,) = office.shown("Đã quyết định")
    assert "nội dung nay đã khác, không còn áp dụng" in done["about"]


def test_the_whole_row_is_decided_by_its_name_and_only_what_it_is_about(office: Office) -> None:
    """A row of several findings: one decision, which the same name can't make twice."""
    row = office.send_words_for_numbers()
    assert len(row["place"].split(";")) == 2
    code, told = office.run("decide", row["name"], "--leave-out")
    assert code == 0
    assert "Để ngoài tổng hợp: DL01-" in told
    _, said = run_json(office.capfd, "validate", "--unit", "SVHTTDL", *AS_OF)
    assert [f["state"] for f in said["findings"] if f["code"] == "DL01"] == ["left_out"] * 2
    code, told = office.run("decide", row["name"], "--leave-out")
    assert code == 2
    assert "đã quyết định" in told


class TestTwoPeople:
    """Each fills in a copy; both stand in the workspace."""

    @pytest.fixture
    def other(self, office: Office) -> Path:
        path = office.here.root / "viec-can-xu-ly-2025 (chị Hoa).xlsx"
        shutil.copy(office.book, path)
        return path

    def test_their_work_is_merged_and_the_same_decision_twice_is_one(
        self, office: Office, other: Path
    ) -> None:
        for book in (office.book, other):
            type_into(book, row_of(book, "Sở Y tế", "lớn hơn"), choice="Để ngoài tổng hợp")
        type_into(other, row_of(other, "Ban Quản lý"), choice="Số đúng", value=50, reason="đã hỏi", **ZALO)
        assert "đã ghi 2 quyết định" in office.collect()
        for book in (office.book, other):
            decided = {row["who"] for row in shown(book, "Đã quyết định")}
            assert decided == {"Sở Y tế", "Ban Quản lý các khu công nghiệp"}
        assert "Sổ việc cần xử lý" not in office.collect()

    def test_a_contradiction_is_asked_and_neither_is_taken(self, office: Office, other: Path) -> None:
        office.type(office.row("Sở Y tế", "lớn hơn"), choice="Để ngoài tổng hợp")
        asked = row_of(other, "Sở Y tế", "lớn hơn")
        type_into(other, asked, choice="Số đúng", value=2014, reason="nhầm", **ZALO)
        assert "2 dòng chưa ghi được" in office.collect()
        for again in (False, True):
            if again:
                office.run("validate")
            for book in (office.book, other):
                outcome = row_of(book, "Sở Y tế", "lớn hơn")["outcome"]
                assert "các sổ ghi khác nhau" in outcome
                assert "Số đúng 2014" in outcome
        assert office.states("SL02") == {"open"}

        office.type(office.row("Sở Y tế", "lớn hơn"), choice="")
        assert "đã ghi 1 quyết định" in office.collect()
        assert office.done("Sở Y tế")["value"] == "2.014"

    def test_a_copy_that_comes_late_overrules_nothing_and_one_received_says_nothing(
        self, office: Office, other: Path
    ) -> None:
        late, received = office.here.root.parent / other.name, office.here.inbox / other.name
        shutil.move(other, late)
        office.type(office.row("Sở Y tế", "lớn hơn"), choice="Để ngoài tổng hợp")
        office.collect()
        asked = row_of(late, "Sở Y tế", "lớn hơn")
        type_into(late, asked, choice="Số đúng", value=2014, reason="nhầm", **ZALO)
        shutil.move(late, received)
        told = office.collect()
        assert f"Không đọc nhan-ve/2025/{other.name}" in told
        assert "dòng chưa ghi được" not in told
        shutil.move(received, other)
        assert "1 dòng chưa ghi được" in office.collect()
        assert "đã quyết định khác" in row_of(other, "Sở Y tế", "nhầm")["outcome"]
        assert office.states("SL02") == {"left_out"}


def test_a_book_of_another_period_and_a_foreign_one_are_told(office: Office) -> None:
    openpyxl.Workbook().save(office.here.root / "viec-can-xu-ly-moi.xlsx")
    (office.here.root / "viec-can-xu-ly-hong.xlsx").write_bytes(b"PK nothing")
    told = office.collect()
    assert "viec-can-xu-ly-moi.xlsx: không phải sổ việc cần xử lý" in told
    damaged = next(line for line in told.splitlines() if "viec-can-xu-ly-hong.xlsx" in line)
    assert "gửi lại" not in damaged
    assert "đổi tên tệp" in damaged


def test_a_book_that_is_open_is_read_and_not_written(office: Office) -> None:
    office.type(office.row("Sở Y tế", "lớn hơn"), choice="Để ngoài tổng hợp")
    before = office.book.read_bytes()
    lock = office.book.with_name(f"~${office.book.name}")
    lock.write_bytes(b"")
    assert "đang mở" in office.collect()
    assert office.book.read_bytes() == before
    assert office.states("SL02") == {"left_out"}
    lock.unlink()
    office.run("validate")
    assert office.done("Sở Y tế")["choice"] == "Để ngoài tổng hợp"


def test_whose_a_file_is_and_which_file_counts_are_decided_in_the_book(office: Office) -> None:
    office.send("Sở Nội vụ nộp.xlsx", "STP", "987/BC-SNV", 3)
    which = office.send_two()
    whose = next(r for r in office.shown() if "Sở Nội vụ nộp" in r["about"])
    assert {whose["sheet"], which["sheet"]} == {"Tôi quyết"}
    assert {"Của Sở Tư pháp", "Của Sở Nội vụ", "Trả lại"} < {*office.choices(whose)}
    use = next(words for words in office.choices(which) if words.startswith("Dùng b.xlsx"))
    office.type(whose, choice="Trả lại", reason="gửi nhầm biểu")
    office.type(which, choice=use)
    assert "đã ghi 2 quyết định" in office.collect()
    _, said = run_json(office.capfd, "status", "--files")
    by_file = {f["file"].rpartition("/")[2]: f["status"] for f in said["files"]}
    assert by_file["b.xlsx"] == "effective"
    assert by_file["Sở Nội vụ nộp.xlsx"] == "refused"


def test_a_unit_whose_file_is_still_to_be_chosen_is_left_out_in_the_book(office: Office) -> None:
    office.type(office.send_two(), choice="Để ngoài tổng hợp")
    assert "đã ghi 1 quyết định" in office.collect()
    assert office.done("Dân tộc")["about"] == "Sở Dân tộc và Tôn giáo, cả báo cáo"


def test_the_file_that_counts_is_chosen_by_its_number_in_a_row(office: Office) -> None:
    row = office.send_two()
    nth = next(n for n, words in enumerate(office.choices(row), 1) if "b.xlsx" in words)
    code, told = office.run("decide", row["name"], "--use")
    assert code == 2
    assert "Chưa nêu tệp nào" in told
    code, told = office.run("decide", row["name"], "--choose", str(nth))
    assert code == 0
    assert "Dùng b.xlsx (" in told


def test_files_of_one_zip_are_told_apart_by_their_own_names(office: Office) -> None:
    office.send("x.xlsx", "STP", "987/BC-SDTTG", 3)
    for name, done in (("a.xlsx", 3), ("b.xlsx", 2)):
        office.send(name, "SDTTG", "5/BC-SDTTG", done)
    zipped(office, "?.xlsx")
    office.collect()
    which = next(r for r in office.shown() if "a.xlsx" in r["about"])
    offered = {words.partition(" (")[0] for words in office.choices(which)}
    assert offered == {"Dùng a.xlsx", "Dùng b.xlsx", "Để ngoài tổng hợp"}
    whose = next(r for r in office.shown() if r["about"] == "x.xlsx (trong tuan-45.zip)")
    assert whose["who"] == "Sở Tư pháp hoặc Sở Dân tộc và Tôn giáo"


def zipped(office: Office, *patterns: str) -> None:
    """Put files of the inbox into one .zip."""
    with zipfile.ZipFile(office.here.inbox / "tuan-45.zip", "w") as together:
        for path in [path for pattern in patterns for path in office.here.inbox.glob(pattern)]:
            together.write(path, path.name)
            path.unlink()


def test_files_that_cannot_be_taken_out_of_a_zip_are_decided_about_one_by_one(office: Office) -> None:
    path = office.here.inbox / "huyen.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in ("TNM.xlsx", "them.xlsx"):
            archive.writestr(member, bytes(range(256)) * 40)
        places = [info.header_offset + len(info.FileHeader()) + 8 for info in archive.infolist()]
    data = bytearray(path.read_bytes())
    for at in places:  # the last download broke off
        data[at : at + 8] = bytes(8)
    path.write_bytes(data)
    office.collect()
    damaged, more = (office.row("", name, "Tôi quyết") for name in ("TNM.xlsx", "them.xlsx"))
    assert damaged["about"] == "TNM.xlsx (trong huyen.zip)"
    code, told = office.run("decide", more["name"], "--reject", "--reason", "bản nháp")
    assert code == 0
    undo = told.rpartition("undo ")[2].strip()
    assert len(undo) == len("QD-123456")
    assert office.run("decide", undo, "--undo")[0] == 0
    choice = "Của đơn vị khác (ghi tên ở cột bên)"
    office.type(damaged, choice=choice, value="UBND huyện Thuận Nam")
    assert "đã ghi 1 quyết định" in office.collect()
    assert office.done("Thuận Nam")["about"] == "TNM.xlsx (trong huyen.zip)"
    assert office.row("", "them.xlsx")["who"] == "Chưa rõ đơn vị", "the other is still open"


def test_what_stands_in_a_row_that_lost_its_key_is_told_and_kept(office: Office) -> None:
    row = office.row("Sở Y tế", "lớn hơn")
    office.type(row, choice="Số đúng", value=2014, reason="gõ nhầm", **ZALO)
    _clear(office.book, row["sheet"], int(row["row"]))
    for _ in range(2):
        assert "1 dòng chưa ghi được" in office.collect()
        sheet = openpyxl.load_workbook(office.book)[row["sheet"]]
        kept = [[str(cell or "") for cell in line] for line in sheet.iter_rows(values_only=True)]
        (line,) = [line for line in kept if "2014" in line]
        assert {"Số đúng", "gõ nhầm", ZALO["basis"]} < {*line}
        assert "không còn mã" in " ".join(line)
    assert office.row("Sở Y tế", "lớn hơn")["choice"] == "", "the matter itself is asked anew"


def test_a_sheet_that_lost_its_columns_leaves_the_workbook_as_it_is(office: Office) -> None:
    row = office.row("Sở Y tế", "lớn hơn")
    office.type(row, choice="Số đúng", value=2014, **ZALO)
    _clear(office.book, row["sheet"], 3)
    before = office.book.read_bytes()
    assert f"trang “{row['sheet']}” không còn đủ cột" in office.collect()
    assert office.book.read_bytes() == before


def _clear(book: Path, sheet: str, row: int) -> None:
    """Clear the hidden cell of a row."""
    opened = openpyxl.load_workbook(book)
    opened[sheet].cell(row, 1).value = None
    opened.save(book)


def test_of_two_decisions_of_one_second_the_one_is_taken_back_that_is_chosen(office: Office) -> None:
    office.send_two()
    returns = OpenYear(office.here, datetime(2025, 11, 20, 17)).collected.returns
    grounds = Grounds("mai", datetime(2025, 11, 19, 8), "bản nháp")
    own = [r for r in returns if r.unit == "SDTTG"]
    record(office.here, [about_file(Choice.REJECT, one, one.unit, grounds) for one in own])
    office.collect()
    office.type(office.done("", "b.xlsx"), choice="Bỏ quyết định")
    office.collect()
    assert [row["about"] for row in office.shown("Đã quyết định")] == ["a.xlsx"]


@pytest.mark.anew
def test_one_file_of_a_zip_decided_about_lets_the_others_be_read_once(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.send("x.xlsx", "STP", "987/BC-SDTTG", 3)
    zipped(office, "x.xlsx", "BM2025_S*.xlsx")
    office.collect()
    office.run("decide", "x.xlsx", "--unit", "SDTTG")
    read: list[str] = []
    plain = reading.read_return

    def told(file: str, *more: Any) -> Return:
        read.append(last_name(file))
        return plain(file, *more)

    monkeypatch.setattr(reading, "read_return", told)
    monkeypatch.setattr(workers, "read_each", partial(workers.read_each, n_workers=0))
    found = OpenYear(office.here, datetime(2025, 11, 20, 17)).collected.returns
    assert read == ["x.xlsx"]
    assert {r.unit for r in found if last_name(r.file) == "x.xlsx"} == {"SDTTG"}
    assert all(r.observations for r in found if last_name(r.file).startswith("BM2025_SC"))
