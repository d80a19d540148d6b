"""A period's profile and settings are frozen with its first forms; later edits hold when they are applied."""

from __future__ import annotations

import io
import json
import re
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from docx import Document

from dvctt_report.cli import door
from dvctt_report.forms.writer import form_bytes
from dvctt_report.plan import folders
from dvctt_report.store.frozen import DIGESTS, apply_changes
from dvctt_report.store.workspace import read_workspace
from dvctt_report.text.errors import CannotRun
from tests.cli.test_commands import plain_answers, run_json
from tests.conftest import go_on
from tests.pytest_types import Capture, Patch
from tests.shipped import BASE, own_file

AS_OF = ("--as-of", "20/11/2025 17:00")


@pytest.fixture(scope="module")
def went_out(questioned: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample workspace with a profile of its own, its forms gone out; not to be written to."""
    root = tmp_path_factory.mktemp("walls") / "w"
    shutil.copytree(questioned, root)
    go_on(root)
    assert door.main(["--workspace", str(root), "forms", "--unit", "SYT"]) == 0
    return root


@pytest.fixture
def issued(went_out: Path, tmp_path: Path, monkeypatch: Patch) -> Path:
    """A copy of it, as the current folder."""
    root = tmp_path / "w"
    shutil.copytree(went_out, root)
    monkeypatch.chdir(root)
    return root


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def result(root: Path) -> bytes:
    assert door.main(["render", *AS_OF]) == 0
    return (root / "ket-qua" / "2025" / "bao-cao-2025.docx").read_bytes()


def test_what_is_blank_in_frozen_settings_is_filled_in_by_doing_as_told(issued: Path, capfd: Capture) -> None:
    settings = issued / "dvctt.toml"
    known = re.search('(?m)^dau_moi = "[^"]*"', settings.read_text(encoding="utf-8"))
    assert known is not None
    edit(settings, known[0], 'dau_moi = ""')
    assert door.main(["apply", "--yes"]) == 0
    capfd.readouterr()
    assert door.main(["forms", "--unit", "SYT"]) == 0
    assert "mục cong_van, dòng dau_moi, chạy dvctt-report apply, rồi chạy lại" in capfd.readouterr().out
    assert door.main(["letter", "forms", "--final", *AS_OF]) == 1
    assert "dvctt-report apply" in capfd.readouterr().out
    edit(settings, 'dau_moi = ""', known[0])
    edit(settings, 'ho_ten = ""', 'ho_ten = "Nguyễn Văn A"')
    assert door.main(["apply", "--yes"]) == 0
    assert door.main(["forms", "--unit", "SYT"]) == 0
    assert "Còn để trống" not in capfd.readouterr().out
    assert door.main(["letter", "forms", "--final", *AS_OF]) == 0
    assert "dvctt-report apply" in capfd.readouterr().out, "the letter's number is a setting too"


def test_the_first_forms_keep_profile_and_settings_and_the_next_ones_don_t(
    issued: Path, capfd: Capture
) -> None:
    kept = issued / "ky-bao-cao" / "2025" / "cau-hinh"
    own, base = ({p.name for p in folder.iterdir()} for folder in (issued / "tinh", BASE))
    assert {p.name for p in kept.iterdir()} == own | base | {DIGESTS}
    assert (kept / "dvctt.toml").read_bytes() == (issued / "dvctt.toml").read_bytes()

    capfd.readouterr()
    assert door.main(["forms", "--unit", "SYT"]) == 0
    assert "Đã giữ kế hoạch" not in capfd.readouterr().out


def test_settings_for_next_year_leave_this_year_s_report_as_it_was(issued: Path, capfd: Capture) -> None:
    before = result(issued)
    edit(issued / "dvctt.toml", "nam = 2025", "nam = 2026")
    edit(issued / "dvctt.toml", 'ten = ""', 'ten = "Sở Chuyển đổi số"')
    edit(issued / "tinh" / "plan.toml", 'code = "', 'code = "X')

    capfd.readouterr()
    assert door.main(["render", "--year", "2025", *AS_OF]) == 0
    assert "chưa áp dụng" not in capfd.readouterr().err
    assert (issued / "ket-qua" / "2025" / "bao-cao-2025.docx").read_bytes() == before


def test_what_was_edited_is_told_listed_and_applied_when_asked(issued: Path, capfd: Capture) -> None:
    edit(
        issued / "dvctt.toml",
        'ho_ten = ""\nnoi_nhan = ["Văn phòng',
        'ho_ten = "Lê Thị B"\nnoi_nhan = ["Văn phòng',
    )
    edit(issued / "tinh" / "phrases.toml", "[prose]", "# một ghi chú\n[prose]")
    template = Document(str(own_file(issued / "tinh", "report.docx")))
    template.add_paragraph("Lời của cơ quan")
    template.save(str(issued / "tinh" / "report.docx"))
    capfd.readouterr()

    assert door.main(["status", *AS_OF]) == 0
    told = capfd.readouterr()
    assert "2 chỗ sửa" in told.err
    assert "dvctt-report apply" in told.err

    assert door.main(["apply"]) == 1
    listed = capfd.readouterr().out
    assert "dvctt.toml: bao_cao.ho_ten: (trống) → “Lê Thị B”" in listed
    assert "report.docx: đã sửa" in listed
    assert "phrases.toml" not in listed
    assert read_workspace(issued).settings.bao_cao.ho_ten == ""

    assert door.main(["apply", "--yes"]) == 0
    assert read_workspace(issued).settings.bao_cao.ho_ten == "Lê Thị B"
    (former,) = (issued / "ky-bao-cao" / "2025").glob("cau-hinh (trước *)")
    assert 'ho_ten = ""' in (former / "dvctt.toml").read_text(encoding="utf-8")
    capfd.readouterr()
    assert door.main(["apply"]) == 0
    assert "không có gì khác" in capfd.readouterr().out


def test_a_correction_of_the_base_reaches_an_open_period_only_by_apply(
    issued: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    corrected = tmp_path / "chung"
    shutil.copytree(BASE, corrected)
    edit(
        corrected / "phrases.toml",
        "kính báo cáo Ủy ban nhân dân {area} xem xét",
        "kính báo cáo UBND tỉnh xem xét",
    )
    reminder = Document(str(corrected / "cong-van-don-doc.docx"))
    reminder.add_paragraph("Trân trọng.")
    reminder.save(str(corrected / "cong-van-don-doc.docx"))
    before = result(issued)
    monkeypatch.setattr(folders, "BASE", str(corrected))
    capfd.readouterr()
    assert door.main(["render", *AS_OF]) == 0
    assert "2 chỗ sửa" in capfd.readouterr().err
    assert (issued / "ket-qua" / "2025" / "bao-cao-2025.docx").read_bytes() == before
    assert door.main(["apply"]) == 1
    told = capfd.readouterr().out
    assert "Câu chữ lead.closing: " in told
    assert "cong-van-don-doc.docx: đã sửa" in told
    assert door.main(["apply", "--yes"]) == 0
    assert door.main(["render", *AS_OF]) == 0
    report = Document(str(issued / "ket-qua" / "2025" / "bao-cao-2025.docx"))
    assert any("kính báo cáo UBND tỉnh xem xét" in p.text for p in report.paragraphs)


def test_a_profile_says_one_sentence_otherwise_and_all_others_as_the_base(issued: Path) -> None:
    (issued / "tinh" / "phrases.toml").write_text('[returns]\nannex = "Xem {annex}."\n', encoding="utf-8")
    shutil.copyfile(BASE / "trang-hop.docx", issued / "tinh" / "to-trinh.docx")
    assert door.main(["apply", "--yes"]) == 0
    kept = issued / "ky-bao-cao" / "2025" / "cau-hinh"
    frozen, base = (folders.phrases_of(folder / "phrases.toml") for folder in (kept, BASE))
    assert frozen.pop("returns") == base.pop("returns") | {"annex": "Xem {annex}."}
    assert frozen == base
    assert door.main(["plan", "copy", "sao"]) == 0
    assert {path.name for path in Path("sao").iterdir()} == {path.name for path in Path("tinh").iterdir()}
    named = ("to-trinh.docx", "trang-hop.docx", "report.docx")
    assert [(kept / name).read_bytes() for name in named] == [
        (BASE / name).read_bytes() for name in ("trang-hop.docx", "trang-hop.docx", "report.docx")
    ]


def test_two_versions_within_a_second_are_both_kept(issued: Path) -> None:
    now, path = datetime(2025, 11, 20, 17, 0), issued / "dvctt.toml"
    before = path.read_text(encoding="utf-8")
    kept = []
    for name in ("Lê Thị B", "Lê Thị C"):
        path.write_text(before.replace('ho_ten = ""', f'ho_ten = "{name}"', 1), encoding="utf-8")
        kept.append(apply_changes(read_workspace(issued), now))
    said = [(folder / "dvctt.toml").read_text(encoding="utf-8") for folder in kept]
    assert [name in text for name, text in zip(('ho_ten = ""', "Lê Thị B"), said, strict=True)] == [
        True,
        True,
    ]
    assert read_workspace(issued).settings.bao_cao.ho_ten == "Lê Thị C"


def test_a_wrong_plan_is_not_taken_over(issued: Path, capfd: Capture) -> None:
    edit(issued / "tinh" / "plan.toml", 'kind = "target"', 'kind = "targett"')

    assert door.main(["apply", "--yes"]) == 2
    assert "plan.toml" in capfd.readouterr().err
    assert door.main(["status", "--format", "json"]) == 0
    assert json.loads(capfd.readouterr().out)["year"] == 2025

    with pytest.raises(CannotRun, match=r"plan\.toml"):
        apply_changes(read_workspace(issued), datetime(2025, 11, 20, 17, 0))
    assert not [*(issued / "ky-bao-cao" / "2025").glob("cau-hinh (trước *)")]


def test_a_form_that_went_out_before_the_plan_was_edited_counts_for_what_is_asked_as_before(
    issued: Path, capfd: Capture
) -> None:
    form = issued / "bieu-mau" / "2025" / "BM2025_SYT_So-Y-te.xlsx"
    (answered,) = (issued / "nhan-ve" / "2025").glob("BM2025_SYT*")
    answered.unlink()
    workspace = read_workspace(issued)
    unit = workspace.profile.roster.unit("SYT")
    answers = plain_answers(workspace.profile, unit)
    data = form_bytes(workspace.profile, unit, workspace.period, answers, edition=workspace.profile.edition)
    assert edition_in(data) == edition_in(form.read_bytes()) == workspace.profile.edition
    (issued / "nhan-ve" / "2025" / "a.xlsx").write_bytes(data)

    plan = issued / "tinh" / "plan.toml"
    edit(plan, "version = 1", "version = 2")
    edit(plan, "(không tính đơn vị sự nghiệp trực thuộc)", "(tính cả đơn vị sự nghiệp trực thuộc)")
    assert door.main(["apply", "--yes"]) == 0
    capfd.readouterr()

    door.main(["collect"])
    capfd.readouterr()
    _, said = run_json(capfd, "validate", *AS_OF)
    (told,) = [f for f in said["findings"] if (f["code"], f["unit"]) == ("NH78", "SYT")]
    assert "Cán bộ, công chức, viên chức, người lao động được truyền thông" in told["message"]
    returned = {u["unit"]: u["status"] for u in run_json(capfd, "status", *AS_OF)[1]["units"]}
    assert returned["SYT"] == "received"
    given = {
        code: [c["unit"] for c in run_json(capfd, "explain", code, *AS_OF)[1]["indicator"]["cells"]]
        for code in ("T1", "T2")
    }
    assert "SYT" not in given["T1"]
    assert "SYT" in given["T2"]


def test_a_form_that_names_no_edition_went_out_by_the_first(issued: Path, capfd: Capture) -> None:
    def told() -> set[str]:
        capfd.readouterr()
        return {f["code"] for f in run_json(capfd, "validate", *AS_OF)[1]["findings"]}

    before = told()
    edit(
        issued / "tinh" / "plan.toml",
        "(không tính đơn vị sự nghiệp trực thuộc)",
        "(tính cả đơn vị sự nghiệp)",
    )
    assert door.main(["apply", "--yes"]) == 0
    assert "phát hành lại biểu: dvctt-report forms" in capfd.readouterr().out

    door.main(["collect"])
    assert told() - before <= {"NH78", "MT02"}


def test_what_is_of_another_year_by_now_is_not_taken_over(issued: Path, capfd: Capture) -> None:
    edit(issued / "dvctt.toml", "nam = 2025", "nam = 2026")
    assert door.main(["apply", "--year", "2025", "--yes"]) == 1
    assert "ghi nam = 2025 rồi chạy lại" in capfd.readouterr().out


def _level(text: str) -> str:
    return text.replace("at_least = 80", "at_least = 30", 1)


EDITED: dict[str, Callable[[Path], object]] = {
    "plan.toml": lambda path: path.write_text(_level(path.read_text(encoding="utf-8")), encoding="utf-8"),
    "units.toml": lambda path: path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8"),
    "dvctt.toml": lambda path: path.unlink(),
    "phrases.toml": lambda path: path.write_bytes(b"\xff\xfe[[["),
    "report.docx": lambda path: path.write_bytes(path.read_bytes()[:-100]),
    "to-trinh.docx": lambda path: path.unlink(),
    "thêm.docx": lambda path: path.write_bytes(b"x"),
    DIGESTS: lambda path: path.unlink(),
}
"""Files of the frozen profile and what somebody does to them."""


@pytest.mark.parametrize("name", EDITED)
def test_what_was_edited_among_the_frozen_files_is_told_and_never_signed(
    name: str, issued: Path, capfd: Capture
) -> None:
    kept = issued / "ky-bao-cao" / "2025" / "cau-hinh"
    frozen = {path.name: path.read_bytes() for path in kept.iterdir()}
    EDITED[name](kept / name)
    commands = (("status", *AS_OF), ("publish", "--check"), ("plan", "show"), ("explain", "T10", *AS_OF))
    for command in commands if name == "plan.toml" else commands[:1]:
        capfd.readouterr()
        code = door.main(command)
        said = capfd.readouterr().err
        if name == "dvctt.toml":
            assert (code, f"{name}." in said) == (2, True)
        elif name != DIGESTS:
            assert said.count(f"bị sửa ngoài lệnh apply: {name}. Lấy lại") == 1, (command, said)
        assert said.count("bị sửa ngoài lệnh apply") == (name != "dvctt.toml")
        assert "dvctt-report apply" in said
        assert "chưa áp dụng" not in said
    for final in (("render", "--final", *AS_OF), ("letter", "forms", "--final")):
        capfd.readouterr()
        assert door.main(final) in (1, 2)
        told = capfd.readouterr()
        assert re.search("bị sửa ngoài lệnh apply|dvctt.toml", told.out + told.err)
    assert not [*(issued / "ket-qua" / "2025").glob("*2025.docx")]
    assert door.main(["apply"]) == 1
    assert door.main(["apply", "--yes"]) == 0
    assert {path.name: path.read_bytes() for path in kept.iterdir()} == frozen
    capfd.readouterr()
    assert door.main(["status", *AS_OF]) == 0
    assert "bị sửa" not in capfd.readouterr().err


def test_an_edit_of_the_frozen_plan_of_a_closed_year_is_put_right_from_a_backup(
    issued: Path, capfd: Capture
) -> None:
    plan = issued / "ky-bao-cao" / "2025" / "cau-hinh" / "plan.toml"
    before = plan.read_bytes()
    edit(issued / "dvctt.toml", "nam = 2025", "nam = 2026")
    EDITED["plan.toml"](plan)
    assert door.main(["status", "--year", "2025", *AS_OF]) == 0
    assert "Chép lại các tệp này từ bản sao lưu" in capfd.readouterr().err
    plan.write_bytes(before)
    assert door.main(["status", "--year", "2025", *AS_OF]) == 0
    assert "bị sửa" not in capfd.readouterr().err


def test_a_period_that_the_plan_has_not_is_refused(issued: Path, capfd: Capture) -> None:
    assert door.main(["status", "--year", "2026-6T"]) == 2
    assert "Chưa có hạn gửi báo cáo 6 tháng đầu năm 2026" in capfd.readouterr().err
    edit(issued / "tinh" / "plan.toml", 'first = "01-01"', 'first = "07-01"')
    assert door.main(["status", "--year", "2026-6T"]) == 2
    assert "Kế hoạch không đặt kỳ báo cáo 6 tháng đầu năm 2026" in capfd.readouterr().err
    assert door.main(["status", "--year", "2024"]) == 2
    assert "từ 2025 đến 2099" in capfd.readouterr().err


def edition_in(data: bytes) -> str:
    rows = openpyxl.load_workbook(io.BytesIO(data))["_meta"].iter_rows(values_only=True)
    return str(dict(row[:2] for row in rows).get("edition"))


@pytest.mark.parametrize("spoilt", [b"\xff\xfe[[[", b"[" * 50_000], ids=["no UTF-8", "no TOML"])
def test_a_frozen_plan_that_was_damaged_is_told_and_taken_anew(
    issued: Path, spoilt: bytes, capfd: Capture
) -> None:
    (issued / "ky-bao-cao" / "2025" / "cau-hinh" / "plan.toml").write_bytes(spoilt)

    assert door.main(["status", *AS_OF]) == 2
    assert door.main(["doctor"]) == 1
    assert "dvctt-report apply --yes" in " ".join(capfd.readouterr().out.split())
    assert door.main(["apply"]) == 1
    assert "plan.toml: có bản không đọc được" in capfd.readouterr().out
    assert door.main(["apply", "--yes"]) == 0
    assert door.main(["status", *AS_OF]) == 0


def test_a_name_that_no_document_s_properties_can_hold_stops_no_report(issued: Path) -> None:
    name = "Sở \\u001b[2J " + "dài " * 90
    for settings in (issued / "dvctt.toml", issued / "ky-bao-cao" / "2025" / "cau-hinh" / "dvctt.toml"):
        text = settings.read_text(encoding="utf-8")
        settings.write_text(
            re.sub(r'ten = "[^"]*"', lambda _: f'ten = "{name}"', text, count=1), encoding="utf-8"
        )

    assert door.main(["render", *AS_OF]) == 0


def test_thousands_of_digits_are_no_fault_of_the_program(issued: Path, capfd: Capture) -> None:
    digits = "1" * 5000

    assert (
        door.main(
            ["decide", "--unit", "SYT", "--set", f"T10.done={digits}", "--reason", "a", "--document", "b"]
        )
        == 2
    )
    assert "dài hơn 15 chữ số" in " ".join(capfd.readouterr().err.split())
    assert door.main(["explain", digits]) == 2


@pytest.mark.parametrize("name", [name for name in EDITED if name != "dvctt.toml"])
def test_the_first_screen_of_the_menu_tells_what_was_edited_among_the_frozen_files(
    name: str, issued: Path, monkeypatch: Patch, capfd: Capture
) -> None:
    EDITED[name](issued / "ky-bao-cao" / "2025" / "cau-hinh" / name)
    monkeypatch.setattr("sys.stdin", io.StringIO("0\n"))
    capfd.readouterr()
    assert door.main(["menu"]) == 0
    said = capfd.readouterr()
    (line,) = [line for line in (said.out + said.err).splitlines() if "bị sửa ngoài lệnh apply" in line]
    assert name == DIGESTS or name in line
    assert "Chưa lập được bản trình ký" in line
    assert "dvctt-report" not in line
