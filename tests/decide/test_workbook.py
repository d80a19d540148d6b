"""Decisions made in Excel: asked in the words of the form, taken by collect, never lost, never wrongly."""

from __future__ import annotations

import json
import shutil
import zipfile
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import pytest

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


@pytest.fixture
def here(
    questioned: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Workspace:
    """The sample, collected: three errors and six warnings are open."""
    shutil.copytree(questioned, tmp_path / "w")
    monkeypatch.chdir(tmp_path / "w")
    capfd.readouterr()
    return read_workspace(tmp_path / "w")


def collect(capfd: pytest.CaptureFixture[str]) -> str:
    door.main(["collect"])
    told = capfd.readouterr()
    return told.out + told.err


def states(capfd: pytest.CaptureFixture[str], code: str) -> set[str]:
    _, said = run_json(capfd, "validate", *AS_OF)
    return {f["state"] for f in said["findings"] if f["code"] == code}


def test_every_open_error_and_warning_is_asked_once_in_the_words_of_the_form(
    here: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    rows = shown(book_of(here.root))
    assert len({row["name"] for row in rows}) == 9
    assert _opened_on(book_of(here.root)) == rows[0]["sheet"] == "Đơn vị sửa"
    asked = row_of(book_of(here.root), "Sở Y tế", "lớn hơn")
    assert asked["place"].replace("\u00a0", " ").endswith("ô G10")
    assert "2.410" in asked["about"]
    assert choices(book_of(here.root), asked) == ["Số đúng", "Để ngoài tổng hợp"]
    refused = row_of(book_of(here.root), "Trường Cao đẳng nghề")
    assert choices(book_of(here.root), refused) == ["Trả lại"]
    assert rows[-1]["sheet"] == "Tạm dùng"
    _, said = run_json(capfd, "validate", *AS_OF)
    assert sum(said["totals"][name] for name in ("error", "warning")) == 9


def _opened_on(book: Path) -> str:
    """The sheet that Excel shows first."""
    sheet = openpyxl.load_workbook(book).active
    assert sheet is not None
    return str(sheet.title)


def test_the_page_tells_the_same_names(here: Workspace) -> None:
    own = row_of(book_of(here.root), "Sở Y tế", "lớn hơn")["name"]
    refused = row_of(book_of(here.root), "Trường Cao đẳng nghề")["name"]
    text = page_of(here.root).body.text_content()
    assert own in text
    assert f"Việc {refused}. Đề nghị đơn vị" in text


def test_a_right_figure_is_taken_printed_and_taken_back(
    here: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    book = book_of(here.root)
    type_into(
        book, row_of(book, "Sở Y tế", "lớn hơn"), choice="Số đúng", value=2014, reason="gõ nhầm", **ZALO
    )
    assert "đã ghi 1 quyết định" in collect(capfd)
    done = row_of(book, "Sở Y tế", "", "Đã quyết định")
    assert (done["value"], done["reason"], done["basis"]) == ("2.014", "gõ nhầm", ZALO["basis"])
    assert states(capfd, "SL02") == set()
    assert "Zalo" in _listed(capfd)

    door.main(["render", *AS_OF])
    printed = here.manifest_of(here.period).read_text(encoding="utf-8")
    assert "Gõ nhầm" in printed
    assert "Zalo" not in printed

    type_into(book, row_of(book, "Sở Y tế", "", "Đã quyết định"), choice="Bỏ quyết định")
    capfd.readouterr()
    collect(capfd)
    assert shown(book, "Đã quyết định") == []
    assert states(capfd, "SL02") == {"open"}


def _listed(capfd: pytest.CaptureFixture[str]) -> str:
    door.main(["decide"])
    return capfd.readouterr().out


def test_what_cannot_be_taken_says_why_in_its_row_and_stays_typed(
    here: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    book = book_of(here.root)
    row = row_of(book, "Sở Y tế", "lớn hơn")
    for said, why in (
        ({"choice": "Số đúng", "value": "2014"}, "Chưa có căn cứ"),
        ({"basis": "chị Lan nói, ngày 12/11"}, "Chưa rõ loại căn cứ"),
        ({"basis": "12/SYT-VP", "value": "khoảng 50"}, "ước chừng"),
        ({"value": "2,014"}, "có thể là 2014 hoặc 2,014"),
        ({"value": ""}, "Chưa ghi số đúng"),
        ({"choice": "Chấp nhận"}, "không có trong danh sách của dòng này"),
    ):
        type_into(book, row, **said)
        assert "1 dòng chưa ghi được" in collect(capfd)
        row = row_of(book, "Sở Y tế", "lớn hơn")
        assert why in row["outcome"]
        assert all(row[name] == value for name, value in said.items())
    warned = row_of(book, "", "420 lượt")
    type_into(book, warned, choice="Chấp nhận", **ZALO)
    collect(capfd)
    assert "Chưa có lý do" in row_of(book, "", "420 lượt")["outcome"]
    assert shown(book, "Đã quyết định") == []
    assert states(capfd, "SL02") == {"open"}


def test_a_figure_put_beside_a_changed_unit_of_count_settles_the_question(
    here: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    path = next(here.inbox.glob("BM2025_SYT*"))
    form = openpyxl.load_workbook(path)
    sheet = form["05-A nhiệm vụ, kinh phí"]
    cell = next(c for row in sheet.iter_rows() for c in row if c.value == "Dự toán được giao")
    unit, figure = sheet.cell(cell.row, cell.column + 1), sheet.cell(cell.row, cell.column + 2)
    unit.value, figure.value = "nghìn đồng", 25000
    form.save(path)
    collect(capfd)
    book = book_of(here.root)
    asked = row_of(book, "Sở Y tế", "nghìn đồng")
    type_into(book, asked, choice="Số đúng", value=25_000_000, reason="ghi theo nghìn", **ZALO)
    assert "đã ghi 1 quyết định" in collect(capfd)
    assert not [row for row in shown(book) if "nghìn đồng" in row["about"]]


def test_figures_put_into_a_row_whose_label_was_changed_are_used(
    here: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    """They are the officer's then, whatever the label says; the reason that is printed says so."""
    path = next(here.inbox.glob("BM2025_SYT*"))
    form = openpyxl.load_workbook(path)
    form["01-A số liệu"]["D8"] = "Lượt người được truyền thông"
    form.save(path)
    collect(capfd)
    book = book_of(here.root)
    type_into(book, row_of(book, "Sở Y tế", "Lượt người"), choice="Số đúng", value="F8=90; G8=88", **LETTER)
    assert "đã ghi 2 quyết định" in collect(capfd)
    assert not [row for row in shown(book) if "Lượt người" in row["about"]]
    door.main(["export"])
    kept = json.loads((here.results / "so-lieu-2025.json").read_text(encoding="utf-8"))
    told = [o for o in kept["overrides"] if o["unit"] == "SYT"]
    assert {o["text"] for o in told} == {"90", "88"}
    assert not any("chưa dùng" in o["reason"] for o in told)


def test_several_cells_of_a_row_are_put_by_their_names(
    here: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    book = book_of(here.root)
    row = row_of(book, "Sở Y tế", "lớn hơn")
    type_into(book, row, choice="Số đúng", value="F10=2500; Biểu 01-A ô G10=2400", reason="đảo số", **LETTER)
    assert "đã ghi 2 quyết định ở 1 dòng." in collect(capfd)
    (done,) = shown(book, "Đã quyết định")
    assert done["value"] == "2.500; 2.400"
    door.main(["render", *AS_OF])
    assert LETTER["basis"] in here.manifest_of(here.period).read_text(encoding="utf-8")
    type_into(book, done, choice="Bỏ quyết định")
    collect(capfd)
    assert shown(book, "Đã quyết định") == []
    assert "2.410" in row_of(book, "Sở Y tế", "lớn hơn")["about"]


def test_a_bare_address_is_first_the_cell_of_its_row(
    here: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    unit = here.profile.roster.unit("SVHTTDL")
    answers = plain_answers(here.profile, unit)
    answers |= {Key("T10", "done"): "khoảng 50", Key("HT.b", "people"): "1,2 nghìn"}
    (old,) = here.inbox.glob("*SVHTTDL_*")
    old.write_bytes(form_bytes(here.profile, unit, here.period, answers))
    collect(capfd)
    book = book_of(here.root)
    row = row_of(book, unit.short_name, "khoảng 50")
    places = [place.rpartition(" ")[2] for place in row["place"].replace("\u00a0", " ").split(";")]
    assert len(places) == 2
    type_into(book, row, choice="Số đúng", value=f"{places[0]}=2.014; {places[1].lower()}=1200", **ZALO)
    said = collect(capfd)
    assert "chưa ghi được" not in said
    put = [one for one in run_json(capfd, "decide")[1]["decisions"] if one["kind"] == "figure"]
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
    ],
)
def test_the_words_of_a_ground_tell_its_kind(basis: str, kind: str) -> None:
    document, kept = rests_on("", basis)
    assert (document or kept).startswith(basis if kind == "Văn bản" else f"{kind}: ")
    assert bool(document) == (kind == "Văn bản")
    assert rests_on("", "chị Lan, ngày 12/11") == ("", "")


def test_a_figure_is_typed_as_it_is_printed_and_the_question_is_the_reason(
    here: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    book = book_of(here.root)
    row = row_of(book, "Sở Y tế", "lớn hơn")
    type_into(book, row, choice="Số đúng", value="2.014", basis=LETTER["basis"])
    collect(capfd)
    (done,) = shown(book, "Đã quyết định")
    assert (done["value"], done["kind"], done["basis"]) == ("2.014", "Văn bản", LETTER["basis"])
    assert done["reason"] == "số đã thực hiện (2.410) lớn hơn tổng số (2.140)"
    assert states(capfd, "SL02") == set()


def test_one_cause_is_one_row_whose_decision_settles_all_of_it(
    here: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    path = next(here.inbox.glob("*_SYT_*.xlsx"))
    form = openpyxl.load_workbook(path)
    sheet = form["05-A nhiệm vụ, kinh phí"]
    money = [
        row[4]
        for row in sheet.iter_rows(min_col=3)
        if row[3].value == "đồng" and isinstance(row[4].value, int | None)
    ][:2]
    for cell, millions in zip(money, (42, 40), strict=True):
        cell.value = millions
    form.save(path)
    collect(capfd)
    book = book_of(here.root)
    row = row_of(book, "Sở Y tế", "kinh phí")
    assert "một lần cho cả KP03, DL25" in row["why"]
    assert [states(capfd, code) for code in ("KP03", "DL25")] == [{"open"}] * 2

    type_into(book, row, choice="Để ngoài tổng hợp")
    collect(capfd)
    assert not any("05-A" in r["place"] for r in shown(book) if "Sở Y tế" in r["who"])
    (done,) = shown(book, "Đã quyết định")
    type_into(book, done, choice="Bỏ quyết định")
    collect(capfd)
    assert row_of(book, "Sở Y tế", "kinh phí")["why"] == row["why"]

    capfd.readouterr()
    assert door.main(["decide", row["name"], "--leave-out"]) == 0
    assert capfd.readouterr().out.count("Để ngoài tổng hợp: ") == 3


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
    who: str,
    words: str,
    code: str,
    state: str | None,
    typed: dict[str, str],
    here: Workspace,
    capfd: pytest.CaptureFixture[str],
) -> None:
    book = book_of(here.root)
    type_into(book, row_of(book, who, words), reason="đã hỏi", **ZALO, **typed)
    assert "đã ghi 1 quyết định" in collect(capfd)
    assert states(capfd, code) == ({state} if state else set())
    done = row_of(book, who, "", "Đã quyết định")
    assert {done[name] for name in ("authority", "follower")} >= {*typed.values()} - {typed["choice"]}
    assert [row for row in shown(book) if who in row["who"] and words in row["about"]] == []


def test_a_decision_about_what_is_no_longer_there_is_not_taken_and_not_lost(
    here: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    book = book_of(here.root)
    row = row_of(book, "Sở Y tế", "lớn hơn")
    type_into(book, row, choice="Số đúng", value=2014, reason="gõ nhầm", **ZALO)
    _send_again(here, "SYT", 2500)

    assert "1 dòng chưa ghi được" in collect(capfd)
    kept = row_of(book, "Sở Y tế", "gõ nhầm")
    assert "nội dung đã khác" in kept["outcome"]
    assert (kept["choice"], kept["value"]) == ("Số đúng", "2014")
    assert "2.500" in row_of(book, "Sở Y tế", "(2.500)")["why"]
    assert shown(book, "Đã quyết định") == []
    collect(capfd)
    assert row_of(book, "Sở Y tế", "gõ nhầm")["value"] == "2014"


def _send_again(here: Workspace, unit: str, done: int) -> None:
    """Write another figure over the unit's own file in the inbox."""
    path = next(here.inbox.glob(f"*_{unit}_*.xlsx"))
    book = openpyxl.load_workbook(path)
    book["01-A số liệu"]["G10"] = done
    book.save(path)


def test_of_very_many_matters_the_most_harmful_are_shown_and_whatever_was_typed(
    here: Workspace, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    book = book_of(here.root)
    last = shown(book, "Tạm dùng")[-1]
    type_into(book, last, follower="chị Hoa")
    monkeypatch.setattr("dvctt_report.decide.books.MOST_SHOWN", 2)
    door.main(
        ["decide", _name_of(here, "DL12"), "--accept", "--reason", "đã hỏi", "--document", "Công văn số 3/X"]
    )
    door.main(["validate"])
    assert "hiện 2 việc hại nhất, còn 3 việc" in capfd.readouterr().err.replace("\n", " ")
    rows = shown(book, "Tạm dùng")
    assert len(rows) == 3
    assert rows[-1]["follower"] == "chị Hoa"


def test_validate_reads_nothing_in_and_loses_nothing(
    here: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    book = book_of(here.root)
    row = row_of(book, "Sở Y tế", "lớn hơn")
    type_into(book, row, choice="Số đúng", value=2014, reason="gõ nhầm", follower="chị Hoa", **ZALO)
    door.main(
        ["decide", _name_of(here, "DL12"), "--accept", "--reason", "đã hỏi", "--document", "Công văn số 3/X"]
    )
    door.main(["validate"])
    row = row_of(book, "Sở Y tế", "lớn hơn")
    assert [row[name] for name in ("choice", "value", "reason", "follower")] == [
        "Số đúng",
        "2014",
        "gõ nhầm",
        "chị Hoa",
    ]
    assert len(shown(book, "Đã quyết định")) == 1
    assert states(capfd, "SL02") == {"open"}


def _name_of(here: Workspace, code: str) -> str:
    from datetime import datetime

    from dvctt_report.year.loader import OpenYear

    year = OpenYear(here, datetime(2025, 11, 20, 17))
    (found,) = [f for f in year.findings if f.code == code and f.state is FindingState.OPEN]
    return finding_id(found)


def test_an_acceptance_whose_content_has_changed_says_that_it_no_longer_applies(
    here: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    door.main(
        ["decide", _name_of(here, "DL12"), "--accept", "--reason", "đã hỏi", "--document", "Công văn số 3/X"]
    )
    door.main(["validate"])
    (done,) = shown(book_of(here.root), "Đã quyết định")
    assert "420 lượt" in done["about"]
    assert "không còn áp dụng" not in done["about"]
    path = next(here.inbox.glob("*_NHI_*.xlsx"))
    book = openpyxl.load_workbook(path)
    cells = (cell for sheet in book for row in sheet.iter_rows() for cell in row)
    next(cell for cell in cells if "420 lượt" in str(cell.value)).value = 420
    book.save(path)
    collect(capfd)
    (done,) = shown(book_of(here.root), "Đã quyết định")
    assert "nội dung nay đã khác, không còn áp dụng" in done["about"]


def test_the_whole_row_is_decided_by_its_name_and_only_what_it_is_about(
    here: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    """A row of several findings: one decision, which the same name can't make twice."""
    unit = here.profile.roster.unit("SVHTTDL")
    answers = plain_answers(here.profile, unit)
    answers |= {Key("T10", "done"): "khoảng 50", Key("HT.b", "people"): "1,2 nghìn"}
    (old,) = here.inbox.glob("*SVHTTDL_*")
    old.write_bytes(form_bytes(here.profile, unit, here.period, answers))
    collect(capfd)
    row = row_of(book_of(here.root), unit.short_name, "khoảng 50")
    assert len(row["place"].split(";")) == 2
    assert door.main(["decide", row["name"], "--leave-out"]) == 0
    assert "Để ngoài tổng hợp: DL01-" in capfd.readouterr().out
    _, said = run_json(capfd, "validate", "--unit", "SVHTTDL", *AS_OF)
    assert [f["state"] for f in said["findings"] if f["code"] == "DL01"] == ["left_out"] * 2
    assert door.main(["decide", row["name"], "--leave-out"]) == 2
    assert "đã quyết định" in capfd.readouterr().err


class TestTwoPeople:
    """Each fills in a copy; both stand in the workspace."""

    @pytest.fixture
    def other(self, here: Workspace) -> Path:
        path = here.root / "viec-can-xu-ly-2025 (chị Hoa).xlsx"
        shutil.copy(book_of(here.root), path)
        return path

    def test_their_work_is_merged(
        self, here: Workspace, other: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        own = book_of(here.root)
        type_into(own, row_of(own, "Sở Y tế", "lớn hơn"), choice="Để ngoài tổng hợp")
        type_into(other, row_of(other, "Ban Quản lý"), choice="Số đúng", value=50, reason="đã hỏi", **ZALO)
        assert "đã ghi 2 quyết định" in collect(capfd)
        for book in (own, other):
            assert {row["who"] for row in shown(book, "Đã quyết định")} == {
                "Sở Y tế",
                "Ban Quản lý các khu công nghiệp",
            }
        assert "Sổ việc cần xử lý" not in collect(capfd)

    def test_the_same_decision_twice_is_one(
        self, here: Workspace, other: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        for book in (book_of(here.root), other):
            type_into(book, row_of(book, "Sở Y tế", "lớn hơn"), choice="Để ngoài tổng hợp")
        assert "đã ghi 1 quyết định" in collect(capfd)

    def test_a_contradiction_is_asked_and_neither_is_taken(
        self, here: Workspace, other: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        own = book_of(here.root)
        type_into(own, row_of(own, "Sở Y tế", "lớn hơn"), choice="Để ngoài tổng hợp")
        type_into(
            other, row_of(other, "Sở Y tế", "lớn hơn"), choice="Số đúng", value=2014, reason="nhầm", **ZALO
        )
        assert "2 dòng chưa ghi được" in collect(capfd)
        for book in (own, other):
            outcome = row_of(book, "Sở Y tế", "lớn hơn")["outcome"]
            assert "các sổ ghi khác nhau" in outcome
            assert "Số đúng 2014" in outcome
        door.main(["validate"])
        assert all("các sổ ghi khác nhau" in row_of(b, "Sở Y tế", "lớn hơn")["outcome"] for b in (own, other))
        assert states(capfd, "SL02") == {"open"}

        type_into(own, row_of(own, "Sở Y tế", "lớn hơn"), choice="")
        assert "đã ghi 1 quyết định" in collect(capfd)
        assert row_of(own, "Sở Y tế", "", "Đã quyết định")["value"] == "2.014"

    def test_a_copy_that_comes_late_overrules_nothing_and_one_received_says_nothing(
        self, here: Workspace, other: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        own, late = book_of(here.root), here.root.parent / other.name
        shutil.move(other, late)
        type_into(own, row_of(own, "Sở Y tế", "lớn hơn"), choice="Để ngoài tổng hợp")
        collect(capfd)
        type_into(
            late, row_of(late, "Sở Y tế", "lớn hơn"), choice="Số đúng", value=2014, reason="nhầm", **ZALO
        )
        shutil.move(late, here.inbox / other.name)
        told = collect(capfd)
        assert f"Không đọc nhan-ve/2025/{other.name}" in told
        assert "dòng chưa ghi được" not in told
        shutil.move(here.inbox / other.name, other)
        assert "1 dòng chưa ghi được" in collect(capfd)
        kept = row_of(other, "Sở Y tế", "nhầm")
        assert "đã quyết định khác" in kept["outcome"]
        assert states(capfd, "SL02") == {"left_out"}


def test_a_book_of_another_period_and_a_foreign_one_are_told(
    here: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    openpyxl.Workbook().save(here.root / "viec-can-xu-ly-moi.xlsx")
    (here.root / "viec-can-xu-ly-hong.xlsx").write_bytes(b"PK nothing")
    told = collect(capfd)
    assert "viec-can-xu-ly-moi.xlsx: không phải sổ việc cần xử lý" in told
    damaged = next(line for line in told.splitlines() if "viec-can-xu-ly-hong.xlsx" in line)
    assert "gửi lại" not in damaged
    assert "đổi tên tệp" in damaged


def test_a_book_that_is_open_is_read_and_not_written(
    here: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    book = book_of(here.root)
    type_into(book, row_of(book, "Sở Y tế", "lớn hơn"), choice="Để ngoài tổng hợp")
    before = book.read_bytes()
    lock = book.with_name(f"~${book.name}")
    lock.write_bytes(b"")
    assert "đang mở" in collect(capfd)
    assert book.read_bytes() == before
    assert states(capfd, "SL02") == {"left_out"}
    lock.unlink()
    door.main(["validate"])
    assert row_of(book, "Sở Y tế", "", "Đã quyết định")["choice"] == "Để ngoài tổng hợp"


def test_whose_a_file_is_and_which_file_counts_are_decided_in_the_book(
    here: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    _send(here, "Sở Nội vụ nộp.xlsx", "STP", "987/BC-SNV", 3)
    for name, done in (("a.xlsx", 3), ("b.xlsx", 2)):
        _send(here, name, "SDTTG", "5/BC-SDTTG", done)
    collect(capfd)
    book = book_of(here.root)
    whose = next(r for r in shown(book) if "Sở Nội vụ nộp" in r["about"])
    which = next(r for r in shown(book) if "a.xlsx" in r["about"])
    assert {whose["sheet"], which["sheet"]} == {"Tôi quyết"}
    assert {"Của Sở Tư pháp", "Của Sở Nội vụ", "Trả lại"} < {*choices(book, whose)}
    use = next(words for words in choices(book, which) if words.startswith("Dùng b.xlsx"))
    type_into(book, whose, choice="Trả lại", reason="gửi nhầm biểu")
    type_into(book, which, choice=use)
    assert "đã ghi 2 quyết định" in collect(capfd)
    _, said = run_json(capfd, "status", "--files")
    by_file = {f["file"].rpartition("/")[2]: f["status"] for f in said["files"]}
    assert by_file["b.xlsx"] == "effective"
    assert by_file["Sở Nội vụ nộp.xlsx"] == "refused"


def test_a_unit_whose_file_is_still_to_be_chosen_is_left_out_in_the_book(
    here: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    for name, done in (("a.xlsx", 3), ("b.xlsx", 2)):
        _send(here, name, "SDTTG", "5/BC-SDTTG", done)
    collect(capfd)
    book = book_of(here.root)
    row = next(r for r in shown(book) if "a.xlsx" in r["about"])
    type_into(book, row, choice="Để ngoài tổng hợp")
    assert "đã ghi 1 quyết định" in collect(capfd)
    assert row_of(book, "Dân tộc", "", "Đã quyết định")["about"] == "Sở Dân tộc và Tôn giáo, cả báo cáo"


def test_the_file_that_counts_is_chosen_by_its_number_in_a_row(
    here: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    for name, done in (("a.xlsx", 3), ("b.xlsx", 2)):
        _send(here, name, "SDTTG", "5/BC-SDTTG", done)
    collect(capfd)
    row = next(r for r in shown(book_of(here.root)) if "a.xlsx" in r["about"])
    nth = next(n for n, words in enumerate(choices(book_of(here.root), row), 1) if "b.xlsx" in words)
    assert door.main(["decide", row["name"], "--use"]) == 2
    assert "Chưa nêu tệp nào" in capfd.readouterr().err
    assert door.main(["decide", row["name"], "--choose", str(nth)]) == 0
    assert "Dùng b.xlsx (" in capfd.readouterr().out


def test_files_of_one_zip_are_told_apart_by_their_own_names(
    here: Workspace, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    _send(here, "x.xlsx", "STP", "987/BC-SDTTG", 3)
    for name, done in (("a.xlsx", 3), ("b.xlsx", 2)):
        _send(here, name, "SDTTG", "5/BC-SDTTG", done)
    with zipfile.ZipFile(here.inbox / "tuan-45.zip", "w") as together:
        for path in [*here.inbox.glob("?.xlsx")]:
            together.write(path, path.name)
            path.unlink()
    collect(capfd)
    book = book_of(here.root)
    which = next(r for r in shown(book) if "a.xlsx" in r["about"])
    offered = {words.partition(" (")[0] for words in choices(book, which)}
    assert offered == {"Dùng a.xlsx", "Dùng b.xlsx", "Để ngoài tổng hợp"}
    whose = next(r for r in shown(book) if r["about"] == "x.xlsx (trong tuan-45.zip)")
    assert whose["who"] == "Sở Tư pháp hoặc Sở Dân tộc và Tôn giáo"


def test_files_that_cannot_be_taken_out_of_a_zip_are_decided_about_one_by_one(
    here: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    _send_damaged(here, "huyen.zip", "TNM.xlsx", "them.xlsx")
    collect(capfd)
    book = book_of(here.root)
    rows = {name: row_of(book, "", name, "Tôi quyết") for name in ("TNM.xlsx", "them.xlsx")}
    assert rows["TNM.xlsx"]["about"] == "TNM.xlsx (trong huyen.zip)"
    name = rows["them.xlsx"]["name"]
    assert door.main(["decide", name, "--reject", "--reason", "bản nháp"]) == 0
    undo = capfd.readouterr().out.rpartition("undo ")[2].strip()
    assert len(undo) == len("QD-123456")
    assert door.main(["decide", undo, "--undo"]) == 0
    choice = "Của đơn vị khác (ghi tên ở cột bên)"
    type_into(book, rows["TNM.xlsx"], choice=choice, value="UBND huyện Thuận Nam")
    assert "đã ghi 1 quyết định" in collect(capfd)
    assert row_of(book, "Thuận Nam", "", "Đã quyết định")["about"] == "TNM.xlsx (trong huyen.zip)"
    assert row_of(book, "", "them.xlsx")["who"] == "Chưa rõ đơn vị", "the other is still open"


def _send_damaged(here: Workspace, name: str, *members: str) -> None:
    """A .zip whose files can't be taken out: the last download broke off."""
    with zipfile.ZipFile(here.inbox / name, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in members:
            archive.writestr(member, bytes(range(256)) * 40)
        places = [info.header_offset + len(info.FileHeader()) + 8 for info in archive.infolist()]
    data = bytearray((here.inbox / name).read_bytes())
    for at in places:
        data[at : at + 8] = bytes(8)
    (here.inbox / name).write_bytes(data)


def test_what_stands_in_a_row_that_lost_its_key_is_told_and_kept(
    here: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    book = book_of(here.root)
    row = row_of(book, "Sở Y tế", "lớn hơn")
    type_into(book, row, choice="Số đúng", value=2014, reason="gõ nhầm", **ZALO)
    _clear(book, row, 1)
    for _ in range(2):
        assert "1 dòng chưa ghi được" in collect(capfd)
        sheet = openpyxl.load_workbook(book)[row["sheet"]]
        kept = [[str(cell or "") for cell in line] for line in sheet.iter_rows(values_only=True)]
        (line,) = [line for line in kept if "2014" in line]
        assert {"Số đúng", "gõ nhầm", ZALO["basis"]} < {*line}
        assert "không còn mã" in " ".join(line)
    assert row_of(book, "Sở Y tế", "lớn hơn")["choice"] == "", "the matter itself is asked anew"


def test_a_sheet_that_lost_its_columns_leaves_the_workbook_as_it_is(
    here: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    book = book_of(here.root)
    row = row_of(book, "Sở Y tế", "lớn hơn")
    type_into(book, row, choice="Số đúng", value=2014, **ZALO)
    _clear(book, row | {"row": "3"}, 1)
    before = book.read_bytes()
    assert f"trang “{row['sheet']}” không còn đủ cột" in collect(capfd)
    assert book.read_bytes() == before


def _clear(book: Path, row: dict[str, str], column: int) -> None:
    opened = openpyxl.load_workbook(book)
    opened[row["sheet"]].cell(int(row["row"]), column).value = None
    opened.save(book)


def test_of_two_decisions_of_one_second_the_one_is_taken_back_that_is_chosen(
    here: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    for name, done in (("a.xlsx", 3), ("b.xlsx", 2)):
        _send(here, name, "SDTTG", "5/BC-SDTTG", done)
    collect(capfd)
    found = [r for r in OpenYear(here, datetime(2025, 11, 20, 17)).collected.returns if r.unit == "SDTTG"]
    grounds = Grounds("mai", datetime(2025, 11, 19, 8), "bản nháp")
    record(here, [about_file(Choice.REJECT, one, one.unit, grounds) for one in found])
    collect(capfd)
    book = book_of(here.root)
    type_into(book, row_of(book, "", "b.xlsx", "Đã quyết định"), choice="Bỏ quyết định")
    collect(capfd)
    assert [row["about"] for row in shown(book, "Đã quyết định")] == ["a.xlsx"]


@pytest.mark.anew
def test_one_file_of_a_zip_decided_about_lets_the_others_be_read_once(
    here: Workspace, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _send(here, "x.xlsx", "STP", "987/BC-SDTTG", 3)
    with zipfile.ZipFile(here.inbox / "tuan-45.zip", "w") as together:
        for path in [here.inbox / "x.xlsx", *here.inbox.glob("BM2025_S*.xlsx")]:
            together.write(path, path.name)
            path.unlink()
    collect(capfd)
    door.main(["decide", "x.xlsx", "--unit", "SDTTG"])
    read: list[str] = []
    plain = reading.read_return

    def told(file: str, *more: Any) -> Return:
        read.append(last_name(file))
        return plain(file, *more)

    monkeypatch.setattr(reading, "read_return", told)
    monkeypatch.setattr(workers, "read_each", partial(workers.read_each, n_workers=0))
    found = OpenYear(here, datetime(2025, 11, 20, 17)).collected.returns
    assert read == ["x.xlsx"]
    assert {r.unit for r in found if last_name(r.file) == "x.xlsx"} == {"SDTTG"}
    assert all(r.observations for r in found if last_name(r.file).startswith("BM2025_SC"))


def _send(here: Workspace, name: str, code: str, number: str, done: int) -> None:
    unit = here.profile.roster.unit(code)
    answers = plain_answers(here.profile, unit)
    answers[Key("_", "document_number")] = number
    answers[Key("_", "sent_on")] = date(2025, 11, 5)
    answers[Key("T1", "done")] = done
    (here.inbox / name).write_bytes(form_bytes(here.profile, unit, here.period, answers))
