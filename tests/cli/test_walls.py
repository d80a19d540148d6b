"""A period's profile and settings are frozen with its first forms; later edits hold when they are applied."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from docx import Document

from dvctt_report.plan import folders
from dvctt_report.store.frozen import DIGESTS, apply_changes
from dvctt_report.store.workspace import read_workspace
from dvctt_report.text.errors import CannotRun
from tests.cli.officer import AS_OF, Run, do, edit, use_menu, words_of
from tests.conftest import go_on
from tests.pytest_types import Capture, Patch
from tests.shipped import BASE, own_file

KEPT = Path("ky-bao-cao/2025/cau-hinh")
REPORT = Path("ket-qua/2025/bao-cao-2025.docx")
SETTINGS, PLAN = Path("dvctt.toml"), Path("tinh/plan.toml")
RENDER, STATUS, LETTER = f"render {AS_OF}", f"status {AS_OF}", f"letter forms {AS_OF}"
ISSUING = REPORT.with_name("cong-van-phat-hanh-bieu-mau-2025.docx")


@pytest.fixture(scope="module")
def went_out(questioned: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample workspace with a profile of its own, its forms gone out; not to be written to."""
    root = Path(shutil.copytree(questioned, tmp_path_factory.mktemp("walls") / "w"))
    go_on(root)
    return do(root, "forms --unit SYT")


@pytest.fixture(autouse=True)
def issued(went_out: Path, tmp_path: Path, monkeypatch: Patch) -> Path:
    """A copy of it, as the current folder."""
    monkeypatch.chdir(shutil.copytree(went_out, tmp_path / "w"))
    return tmp_path / "w"


def former() -> list[Path]:
    """What was frozen before."""
    return [*KEPT.parent.glob("cau-hinh (trước *)")]


def test_the_first_forms_keep_profile_and_settings_and_the_next_ones_don_t(run: Run) -> None:
    own, base = ({p.name for p in folder.iterdir()} for folder in (Path("tinh"), BASE))
    assert {p.name for p in KEPT.iterdir()} == own | base | {DIGESTS}
    assert (KEPT / "dvctt.toml").read_bytes() == SETTINGS.read_bytes()
    assert "Đã giữ kế hoạch" not in run("forms --unit SYT")


def test_what_is_blank_in_frozen_settings_is_filled_in_by_doing_as_told(run: Run) -> None:
    (known,) = re.findall('(?m)^dau_moi = "[^"]*"', SETTINGS.read_text(encoding="utf-8"))
    edit(SETTINGS, known, 'dau_moi = ""')
    run("apply --yes")
    assert "mục cong_van, dòng dau_moi, chạy dvctt-report apply, rồi chạy lại" in run("forms --unit SYT")
    assert "dvctt-report apply" in run(f"letter forms --final {AS_OF}", 1)
    edit(SETTINGS, 'dau_moi = ""', known)
    edit(SETTINGS, 'ho_ten = ""', 'ho_ten = "Nguyễn Văn A"')
    run("apply --yes")
    assert "Còn để trống" not in run("forms --unit SYT")
    said = run(f"letter forms --final {AS_OF}")
    assert "dvctt-report apply" in said, "the letter's number is a setting too"


def test_settings_for_next_year_leave_this_year_s_letter_as_it_was(run: Run) -> None:
    run(LETTER)
    before = ISSUING.read_bytes()
    edit(SETTINGS, "nam = 2025", "nam = 2026")
    edit(SETTINGS, 'ten = ""', 'ten = "Sở Chuyển đổi số"')
    edit(PLAN, 'code = "', 'code = "X')
    assert "chưa áp dụng" not in run(f"{LETTER} --year 2025")
    assert "ghi nam = 2025 rồi chạy lại" in run("apply --year 2025 --yes", 1)
    assert ISSUING.read_bytes() == before


def test_what_was_edited_is_told_listed_and_applied_when_asked(issued: Path, run: Run) -> None:
    old = 'ho_ten = ""\nnoi_nhan = ["Văn phòng'
    edit(SETTINGS, old, old.replace('""', '"Lê Thị B"'))
    edit(Path("tinh/phrases.toml"), "[prose]", "# một ghi chú\n[prose]")
    template = Document(str(own_file(issued / "tinh", "report.docx")))
    template.add_paragraph("Lời của cơ quan")
    template.save("tinh/report.docx")
    told = run(STATUS)
    assert "2 chỗ sửa" in told
    assert "dvctt-report apply" in told
    listed = run("apply", 1)
    assert "dvctt.toml: bao_cao.ho_ten: (trống) → “Lê Thị B”" in listed
    assert "report.docx: đã sửa" in listed
    assert "phrases.toml" not in listed
    assert read_workspace(issued).settings.bao_cao.ho_ten == ""
    run("apply --yes")
    assert read_workspace(issued).settings.bao_cao.ho_ten == "Lê Thị B"
    (before,) = former()
    assert 'ho_ten = ""' in (before / "dvctt.toml").read_text(encoding="utf-8")
    assert "không có gì khác" in run("apply")


def test_the_bases_corrections_come_by_apply_alone(tmp_path: Path, run: Run, monkeypatch: Patch) -> None:
    corrected = shutil.copytree(BASE, tmp_path / "chung")
    edit(corrected / "phrases.toml", "Nội dung báo cáo: theo Đề cương", "Nội dung: theo Đề cương")
    reminder = Document(str(corrected / "cong-van-don-doc.docx"))
    reminder.add_paragraph("Trân trọng.")
    reminder.save(str(corrected / "cong-van-don-doc.docx"))
    run(LETTER)
    before = ISSUING.read_bytes()
    monkeypatch.setattr(folders, "BASE", str(corrected))
    assert "2 chỗ sửa" in run(LETTER)
    assert ISSUING.read_bytes() == before
    told = run("apply", 1)
    assert "Câu chữ forms.content: " in told
    assert "cong-van-don-doc.docx: đã sửa" in told
    run("apply --yes")
    run(LETTER)
    assert "1. Nội dung: theo Đề cương" in words_of(ISSUING)


def test_a_profile_says_one_sentence_otherwise_and_all_others_as_the_base(run: Run) -> None:
    Path("tinh/phrases.toml").write_text('[returns]\nannex = "Xem {annex}."\n', encoding="utf-8")
    shutil.copyfile(BASE / "trang-hop.docx", "tinh/to-trinh.docx")
    run("apply --yes")
    frozen, base = (folders.phrases_of(folder / "phrases.toml") for folder in (KEPT, BASE))
    assert frozen.pop("returns") == base.pop("returns") | {"annex": "Xem {annex}."}
    assert frozen == base
    run("plan copy sao")
    assert {path.name for path in Path("sao").iterdir()} == {path.name for path in Path("tinh").iterdir()}
    for name, source in (("to-trinh", "trang-hop"), ("trang-hop", "trang-hop"), ("report", "report")):
        assert (KEPT / f"{name}.docx").read_bytes() == (BASE / f"{source}.docx").read_bytes()


def test_two_versions_within_a_second_are_both_kept(issued: Path) -> None:
    now, before = datetime(2025, 11, 20, 17, 0), SETTINGS.read_text(encoding="utf-8")
    kept = []
    for name in ("Lê Thị B", "Lê Thị C"):
        SETTINGS.write_text(before.replace('ho_ten = ""', f'ho_ten = "{name}"', 1), encoding="utf-8")
        kept.append(apply_changes(read_workspace(issued), now))
    texts = [(folder / "dvctt.toml").read_text(encoding="utf-8") for folder in kept]
    assert ("Lê Thị" in texts[0], "Lê Thị B" in texts[1]) == (False, True)
    assert read_workspace(issued).settings.bao_cao.ho_ten == "Lê Thị C"


def test_a_wrong_plan_is_not_taken_over(issued: Path, run: Run) -> None:
    assert "Bản đang sửa" not in run("plan check")
    edit(PLAN, 'kind = "target"', 'kind = "targett"')
    assert f'Bản đang sửa: dvctt-report plan check --profile "{issued / "tinh"}"' in run("plan check")
    run("plan check --profile tinh", 2)
    assert "plan.toml" in run("apply --yes", 2)
    assert run.json("status")["year"] == 2025
    with pytest.raises(CannotRun, match=r"plan\.toml"):
        apply_changes(read_workspace(issued), datetime(2025, 11, 20, 17, 0))
    assert former() == []


def lower_a_level(path: Path) -> None:
    edit(path, "at_least = 80", "at_least = 30", 1)


EDITED: dict[str, Callable[[Path], object]] = {
    "plan.toml": lower_a_level,
    "dvctt.toml": lambda path: path.unlink(),
    "phrases.toml": lambda path: path.write_bytes(b"\xff\xfe[[["),
    "to-trinh.docx": lambda path: path.unlink(),
    "thêm.docx": lambda path: path.write_bytes(b"x"),
    DIGESTS: lambda path: path.unlink(),
}
"""Files of the frozen profile and what somebody does to them."""
TOLD = "bị sửa ngoài lệnh apply"


@pytest.mark.parametrize("name", EDITED)
def test_what_was_edited_among_the_frozen_files_is_told_and_never_signed(
    name: str, run: Run, monkeypatch: Patch, capfd: Capture
) -> None:
    frozen = {path.name: path.read_bytes() for path in KEPT.iterdir()}
    EDITED[name](KEPT / name)
    code, _, err = run.raw(STATUS)
    if name == "dvctt.toml":
        assert (code, f"{name}." in err) == (2, True)
    elif name != DIGESTS:
        assert err.count(f"{TOLD}: {name}. Lấy lại") == 1
    assert err.count(TOLD) == (name != "dvctt.toml")
    assert "dvctt-report apply" in err
    assert "chưa áp dụng" not in err
    for final in (f"{RENDER} --final", "letter forms --final"):
        assert re.search(f"{TOLD}|dvctt.toml", run(final, 1, 2))
    assert not [*REPORT.parent.glob("*2025.docx")]
    if name != "dvctt.toml":
        shown = use_menu(monkeypatch, capfd).splitlines()
        (first,) = [line for line in shown if TOLD in line]
        assert name == DIGESTS or name in first
        assert "Chưa lập được bản trình ký" in first
        assert "dvctt-report" not in first
    run("apply", 1)
    run("apply --yes")
    assert {path.name: path.read_bytes() for path in KEPT.iterdir()} == frozen
    assert "bị sửa" not in run(STATUS)


def test_an_edit_of_the_frozen_plan_of_a_closed_year_is_put_right_from_a_backup(run: Run) -> None:
    before = (KEPT / "plan.toml").read_bytes()
    edit(SETTINGS, "nam = 2025", "nam = 2026")
    lower_a_level(KEPT / "plan.toml")
    assert "Chép lại các tệp này từ bản sao lưu" in run(f"{STATUS} --year 2025")
    (KEPT / "plan.toml").write_bytes(before)
    assert "bị sửa" not in run(f"{STATUS} --year 2025")


def test_a_period_that_the_plan_has_not_is_refused(run: Run) -> None:
    half = "status --year 2026-6T"
    assert "Chưa có hạn gửi báo cáo 6 tháng đầu năm 2026" in run(half, 2)
    edit(PLAN, 'first = "01-01"', 'first = "07-01"')
    assert "Kế hoạch không đặt kỳ báo cáo 6 tháng đầu năm 2026" in run(half, 2)
    assert "từ 2025 đến 2099" in run("status --year 2024", 2)


def test_no_name_and_no_number_is_too_long(run: Run) -> None:
    name = "Sở \\u001b[2J " + "dài " * 90
    for settings in (SETTINGS, KEPT / "dvctt.toml"):
        text = settings.read_text(encoding="utf-8")
        settings.write_text(re.sub(r'ten = "[^"]*"', lambda _: f'ten = "{name}"', text, count=1), "utf-8")
    run(RENDER)
    put = f"decide --unit SYT --set T10.done={'1' * 5000} --reason a --document b"
    assert "dài hơn 15 chữ số" in run(put, 2)
    run(f"explain {'1' * 5000}", 2)
