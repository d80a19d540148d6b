"""The commands as an officer types them: the whole way, and the ways in which it goes wrong."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl import Workbook

from dvctt_report.cli import demo, door
from dvctt_report.forms.formulas import Answer
from dvctt_report.forms.writer import form_bytes, form_name
from dvctt_report.model import Key
from dvctt_report.model.period import Period
from dvctt_report.plan.fields import NO, YES, fields
from dvctt_report.plan.model import Listing, Profile, Prose, Survey, Target, Task, Unit
from dvctt_report.store.workspace import Workspace, read_workspace
from dvctt_report.text import limits
from dvctt_report.text.resources import resource_path
from tests.intake.arrivals import mail, zipped
from tests.pytest_types import Capture, Patch

SAMPLE = resource_path("sample_data")


@pytest.fixture
def sample(tmp_path: Path, monkeypatch: Patch) -> Path:
    """A copy of the sample workspace, with the current folder in it."""
    root = tmp_path / "Báo cáo năm 2025"
    shutil.copytree(SAMPLE, root)
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def whole(collected: Path, tmp_path: Path, monkeypatch: Patch) -> Path:
    """A copy of the sample workspace, collected, with the current folder in it."""
    root = shutil.copytree(collected, tmp_path / "Báo cáo năm 2025")
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def few(questioned: Path, tmp_path: Path, monkeypatch: Patch) -> Path:
    """A copy of the sample with fewer returns, collected, with the current folder in it."""
    root = tmp_path / "Báo cáo năm 2025"
    shutil.copytree(questioned, root)
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def empty(begun: Path, tmp_path: Path, monkeypatch: Patch) -> Workspace:
    """A workspace as ``init`` makes it, with the current folder in it."""
    shutil.copytree(begun, tmp_path / "x")
    monkeypatch.chdir(tmp_path / "x")
    return read_workspace(tmp_path / "x")


def run_json(capfd: Capture, *argv: str) -> tuple[int, Any]:
    capfd.readouterr()
    code = door.main([*argv, "--format", "json"])
    return code, json.loads(capfd.readouterr().out)


def plain_answers(profile: Profile, unit: Unit) -> dict[Key, Answer]:
    """Answers to everything that a unit's form asks, all of them in order."""
    given: dict[Key, Answer] = {
        Key("_", "contact"): "Nguyễn Văn A, chuyên viên",
        Key("_", "phone"): "0259 000 001",
        Key("_", "sent_on"): date(2025, 11, 5),
    }
    items = {i.code: i for i in profile.asked(unit)}
    for item in items.values():
        if isinstance(item, Task):
            given[Key(item.code, "status")] = "Đã thực hiện"
        elif isinstance(item, Target) and item.measure == "yes_no":
            given[Key(item.code, "answer")] = YES
            given[Key(item.code, "evidence")] = "Công văn số 12/VP"
        elif not isinstance(item, Target | Listing | Prose):
            for spec in fields(item):
                if spec.kind == "money":
                    given[Key(item.code, spec.code)] = 6_000_000
                elif spec.kind == "count":
                    part = isinstance(item, Survey) and item.code.rpartition(".")[2] != "chung"
                    number = 2 if part else 0 if "received_direct" in spec.code else 6
                    given[Key(item.code, spec.code)] = number
                elif spec.kind == "yes_no":
                    given[Key(item.code, spec.code)] = NO
        elif isinstance(item, Target) and not item.same_as:
            for name, number in (("total", 4), ("done", 3)):
                sources = item.total_sources if name == "total" else item.done_sources
                if unit.parts and item.by_part != "no":
                    office = ("Cơ quan cấp huyện",) if item.by_part == "office_and_parts" else ()
                    given |= {Key(item.code, name, part): number for part in (*office, *unit.parts)}
                elif not any(s.rpartition(".")[0] in items for s in sources):
                    given[Key(item.code, name)] = number
    given |= dossier_answers([code for code in items if code.startswith("HS.")])
    return given


def dossier_answers(rows: list[str]) -> dict[Key, Answer]:
    columns = {
        "received_total": 10,
        "received_online": 7,
        "received_direct": 2,
        "carried_over": 1,
        "resolved_total": 8,
        "resolved_early": 4,
        "resolved_on_time": 3,
        "resolved_late": 1,
        "pending_total": 2,
        "pending_in_time": 2,
        "pending_late": 0,
    }
    return {Key(row, column): number for row in rows for column, number in columns.items()}


def test_the_sample_goes_all_the_way_with_the_documented_exit_codes(few: Path) -> None:
    assert door.main(["collect"]) == 1
    assert door.main(["validate"]) == 1
    assert door.main(["render", "--year", "2025"]) == 0
    written = sorted(p.name for p in (few / "ket-qua" / "2025").iterdir())
    assert written == [
        "bang-ke-so-lieu-2025.xlsx",
        "bao-cao-2025.docx",
        "bao-cao-2025.json",
        "kiem-tra-so-lieu.xlsx",
        "tinh-hinh.html",
        "tom-tat-trinh-ky.docx",
    ]


def test_a_form_filled_in_by_its_writer_collects_without_a_finding(empty: Workspace, capfd: Capture) -> None:
    assert door.main(["forms"]) == 0
    units = empty.profile.units(Period(2025))
    written = {p.name for p in (empty.forms / "2025").iterdir()}
    assert written == {"huong-dan-ghi-bieu.docx", *(form_name(u, Period(2025)) for u in units)}
    for unit in units:
        answers = plain_answers(empty.profile, unit)
        (empty.inbox / form_name(unit, Period(2025))).write_bytes(
            form_bytes(empty.profile, unit, Period(2025), answers)
        )
    code, said = run_json(capfd, "collect")
    assert code == 0
    assert [(r["unit"], r["findings"]) for r in said["returns"] if r["findings"]] == []
    assert {r["status"] for r in said["returns"]} == {"effective"}
    code, said = run_json(capfd, "validate", "--as-of", "08/11/2025")
    errors = [f for f in said["findings"] if f["severity"] == "error"]
    assert (code, errors) == (0, [])


def test_collect_names_each_file_its_unit_and_its_status(whole: Path, capfd: Capture) -> None:
    code, said = run_json(capfd, "collect")
    assert code == 1
    assert set(said) == {"year", "returns", "comparisons", "notes"}
    files = {p.relative_to(whole).as_posix() for p in (whole / "nhan-ve").rglob("*") if p.is_file()}
    assert {r["file"] for r in said["returns"]} == files
    statuses = {r["status"] for r in said["returns"]}
    assert {"effective", "duplicate", "refused"} <= statuses


def test_collect_writes_the_log_of_readings_and_leaves_json_alone(sample: Path, capfd: Capture) -> None:
    code, said = run_json(capfd, "collect", "--log", "nhật ký.csv")
    assert (code, set(said)) == (1, {"year", "returns", "comparisons", "notes"})
    lines = (sample / "nhật ký.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "Tệp,Đơn vị,Biểu,Ô,Nội dung,Đã ghi,Đọc là,Vì sao"
    assert any(",G11," in line and ",420 lượt người,420," in line for line in lines)
    assert door.main(["collect", "--log", "nhật ký.csv"]) == 1
    assert f"Đã kê {len(lines) - 1} ô" in capfd.readouterr().err


def test_a_refused_file_does_not_stop_the_others(few: Path, capfd: Capture) -> None:
    _, before = run_json(capfd, "collect")
    (few / "nhan-ve" / "2025" / "hỏng.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    (few / "nhan-ve" / "2025" / "~$mo.xlsx").write_bytes(b"x")
    _, after = run_json(capfd, "collect")
    by_name = {r["file"].rpartition("/")[2]: r for r in after["returns"]}
    assert by_name["hỏng.xlsx"]["status"] == "refused"
    assert by_name["~$mo.xlsx"]["status"] == "skipped"
    kept = [r for r in after["returns"] if r["file"].rpartition("/")[2] not in ("hỏng.xlsx", "~$mo.xlsx")]
    assert kept == before["returns"]


def test_a_mail_folder_is_taken_as_it_is(sample: Path, monkeypatch: Patch, capfd: Capture) -> None:
    inbox = sample / "nhan-ve" / "2025"
    form = inbox / "BM2025_SYT_So-Y-te.xlsx"
    for other in {*inbox.iterdir()} - {form}:
        other.unlink()
    name, data = form.name, form.read_bytes()
    form.unlink()
    (inbox / "thu.zip").write_bytes(zipped({"thư/1.eml": mail([(name, data)])}))
    with (inbox / "phim.mp4").open("wb") as film:
        film.truncate(limits.MAX_RECEIVED + 1)
    _, said = run_json(capfd, "collect")
    by_file = {r["file"].removeprefix("nhan-ve/2025/"): r for r in said["returns"]}
    assert by_file[f"thu.zip!/thư/1.eml!/{name}"]["status"] == "effective"
    assert by_file["phim.mp4"]["status"] == "refused"
    assert "lớn bất thường" in by_file["phim.mp4"]["findings"][0]["message"]
    _, said = run_json(capfd, "validate")
    assert any(f["file"] == f"nhan-ve/2025/thu.zip!/thư/1.eml!/{name}" for f in said["findings"])


def test_people_read_in_words_which_file_of_a_zip_is_meant(few: Path, capfd: Capture) -> None:
    inbox = few / "nhan-ve" / "2025"
    form = inbox / "BM2025_SYT_So-Y-te.xlsx"
    (inbox / "thu.zip").write_bytes(zipped({"hỏng.xlsx": b"PK", "y.xlsx": form.read_bytes()}))
    door.main(["collect"])
    door.main(["validate", "--all"])
    door.main(["decide", "hỏng.xlsx (trong nhan-ve/2025/thu.zip)", "--reject", "--reason", "thử"])
    door.main(["status", "--files"])
    said = capfd.readouterr().out
    assert "hỏng.xlsx (trong nhan-ve/2025/thu.zip)" in said
    assert "Trả lại: hỏng.xlsx (trong nhan-ve/2025/thu.zip)" in said
    assert "!/" not in said
    assert "!/" not in (few / "ket-qua" / "2025" / "tinh-hinh.html").read_text(encoding="utf-8")


def test_status_lists_every_unit_in_protocol_order(whole: Path, capfd: Capture) -> None:
    code, said = run_json(capfd, "status", "--as-of", "20/11/2025 17:00")
    assert code == 0
    assert [u["unit"] for u in said["units"]] == [
        u.code for u in read_workspace(whole).profile.units(Period(2025))
    ]
    by_status = {s: sum(u["status"] == s for u in said["units"]) for s in ("late", "missing", "unusable")}
    assert by_status == {"late": 1, "missing": 3, "unusable": 1}
    door.main(["status", "--as-of", "20/11/2025 17:00"])
    table = capfd.readouterr().out
    assert "Trương Thị N" in table, "whom to call about an error"
    assert "Nguyễn Văn A" not in table, "nothing is to come from the first unit"


def test_validate_gives_an_address_to_what_it_finds_in_a_cell(few: Path, capfd: Capture) -> None:
    code, said = run_json(capfd, "validate")
    assert code == 1
    assert said["totals"]["error"] == sum(f["severity"] == "error" for f in said["findings"])
    faulty = [f for f in said["findings"] if f["code"] in ("DL01", "SL02")]
    assert faulty
    assert all(f["file"] and f["sheet"] and f["cell"] and f["message"] and f["fix"] for f in faulty)


@pytest.fixture(scope="module")
def consolidated(rendered_sample: Path) -> Workbook:
    """The workbook beside the report of the sample."""
    return openpyxl.load_workbook(rendered_sample / "ket-qua" / "2025" / "bang-ke-so-lieu-2025.xlsx")


def test_every_answer_stands_in_the_consolidated_workbook_and_none_is_a_formula(
    consolidated: Workbook,
) -> None:
    assert consolidated.worksheets[0].title == "Tổng hợp"
    answers = consolidated["Từng ô số liệu"]
    assert not [c for row in answers.iter_rows() for c in row if c.data_type == "f"]
    header = [c.value for c in answers[1]]
    assert {"Tệp", "Biểu", "Ô"} <= set(header)
    assert answers.max_row > 1000


@pytest.mark.anew
def test_the_same_returns_give_the_same_report(few: Path) -> None:
    results = few / "ket-qua" / "2025"

    def rendered() -> dict[str, bytes]:
        assert door.main(["render", "--as-of", "20/11/2025 17:00"]) == 0
        return {name: (results / name).read_bytes() for name in ("bao-cao-2025.docx", "bao-cao-2025.json")}

    assert rendered() == rendered()


def test_the_demo_runs_anywhere_and_again_and_removes_no_file_of_the_officers(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: Patch
) -> None:
    """With two returns of the sample: ``test_wheel`` runs it on all of them."""
    small = shutil.copytree(SAMPLE, tmp_path_factory.mktemp("small") / "sample_data")
    for path in (small / "nhan-ve" / "2025").iterdir():
        if not path.name.startswith(("BM2025_SYT_", "BM2025_SNV_")):
            path.unlink()
    monkeypatch.setattr(demo, "resource_path", lambda _: small)
    monkeypatch.chdir(tmp_path)
    assert door.main(["demo", "thử nghiệm"]) == 0
    assert (tmp_path / "thử nghiệm" / "ket-qua" / "2025" / "bao-cao-2025.docx").exists()
    own = tmp_path / "thử nghiệm" / "ghi chú của tôi.txt"
    own.write_text("giữ", encoding="utf-8")
    assert door.main(["demo", "thử nghiệm"]) == 0
    monkeypatch.chdir(tmp_path / "thử nghiệm")
    assert door.main(["demo", "."]) == 0
    assert own.read_text(encoding="utf-8") == "giữ"


def test_the_demo_leaves_a_folder_with_other_files_alone(tmp_path: Path, capfd: Capture) -> None:
    (tmp_path / "của tôi.txt").write_text("giữ lại", encoding="utf-8")
    assert door.main(["demo", str(tmp_path)]) == 2
    assert "đã có tệp khác" in capfd.readouterr().err
    assert [p.name for p in tmp_path.iterdir()] == ["của tôi.txt"]


@pytest.mark.parametrize("command", ["forms", "collect", "validate", "status", "render"])
def test_outside_a_workspace_a_command_says_how_to_make_one(
    command: str, tmp_path: Path, monkeypatch: Patch, capfd: Capture
) -> None:
    monkeypatch.chdir(tmp_path)
    assert door.main([command]) == 2
    assert "dvctt-report init" in capfd.readouterr().err


@pytest.mark.parametrize("command", ["validate", "render"])
def test_before_anything_is_collected_a_command_says_what_comes_first(
    command: str, empty: Workspace, capfd: Capture
) -> None:
    assert door.main([command]) == 2
    assert "dvctt-report collect" in capfd.readouterr().err


def test_forms_can_be_written_for_named_units_only(empty: Workspace, capfd: Capture) -> None:
    assert door.main(["forms", "--unit", "SYT"]) == 0
    written = sorted(p.name for p in (empty.forms / "2025").iterdir())
    assert written == ["BM2025_SYT_So-Y-te.xlsx", "huong-dan-ghi-bieu.docx"]
    assert "Còn để trống người liên hệ" in capfd.readouterr().out
    assert door.main(["forms", "--unit", "KHONGCO"]) == 2
    assert "KHONGCO" in capfd.readouterr().err


def test_plan_shows_the_shipped_plan_anywhere(tmp_path: Path, monkeypatch: Patch, capfd: Capture) -> None:
    monkeypatch.chdir(tmp_path)
    assert door.main(["plan", "show"]) == 0
    said = capfd.readouterr().out
    assert all(word in said for word in ("T12a", "≥ 85%", "trước ngày 10/11", "09/11/2025"))


def test_plan_check_names_every_fault_of_an_edited_plan(tmp_path: Path, capfd: Capture) -> None:
    folder = tmp_path / "tinh_khac"
    shutil.copytree(resource_path("templates") / "ninh_thuan", folder)
    assert door.main(["plan", "check", "--profile", str(folder)]) == 0
    text = (folder / "plan.toml").read_text(encoding="utf-8")
    broken = text.replace('measure = "flow"', 'measure = "chảy"', 1).replace(
        "at_least = 50", "at_least = -50"
    )
    (folder / "plan.toml").write_text(broken, encoding="utf-8")
    assert door.main(["plan", "check", "--profile", str(folder)]) == 2
    said = capfd.readouterr().err
    assert "(T10).measure" in said
    assert "(T11).thresholds" in said
    beyond = text.replace("at_least = 50", "at_least = 150")
    (folder / "plan.toml").write_text(beyond, encoding="utf-8")
    assert door.main(["plan", "check", "--profile", str(folder)]) == 2
    assert "phải nhỏ hơn hoặc bằng 100" in capfd.readouterr().err


def test_an_init_in_a_workspace_is_refused_and_changes_nothing(empty: Workspace, capfd: Capture) -> None:
    before = (empty.root / "dvctt.toml").read_bytes()
    assert door.main(["init", str(empty.root)]) == 2
    assert "đã là thư mục làm việc" in capfd.readouterr().err
    assert (empty.root / "dvctt.toml").read_bytes() == before


def test_the_consolidated_workbook_marks_what_was_added_up(
    consolidated: Workbook, rendered_sample: Path
) -> None:
    header, *lines = consolidated["Từng ô số liệu"].iter_rows(values_only=True)
    rows = [dict(zip(header, line, strict=True)) for line in lines]
    manifest = json.loads(
        (rendered_sample / "ket-qua" / "2025" / "bao-cao-2025.json").read_text(encoding="utf-8")
    )
    for indicator in manifest["indicators"]:
        if indicator["code"] in ("T1", "T7", "T10", "T12"):
            added = [r for r in rows if r["Mã"] == indicator["code"] and r["Đã cộng"] == "có"]
            totals = [r["Giá trị"] for r in added if r["Chỉ số"] == "Tổng số"]
            assert sum(totals) == indicator["denominator"], indicator["code"]


def test_a_report_of_few_returns_says_so_on_the_terminal(empty: Workspace, capfd: Capture) -> None:
    door.main(["collect"])
    capfd.readouterr()
    assert door.main(["render"]) == 0
    assert "mới có báo cáo dùng được của 0/27 đơn vị" in capfd.readouterr().out


def test_plan_check_in_a_workspace_with_broken_settings_says_so(empty: Workspace, capfd: Capture) -> None:
    (empty.root / "dvctt.toml").write_text("nam = 2025\nho_so = “x”\n", encoding="utf-8")
    assert door.main(["plan", "check"]) == 2
    assert "dòng 2" in capfd.readouterr().err


def test_render_warns_of_a_damaged_file_whose_unit_it_cannot_know(few: Path, capfd: Capture) -> None:
    path = few / "nhan-ve" / "2025" / "BM2025_SYT_So-Y-te.xlsx"
    whole = path.read_bytes()
    assert door.main(["render"]) == 0
    assert "chưa rõ của đơn vị nào" not in capfd.readouterr().out
    path.unlink()
    path.with_name("tải về.xlsx").write_bytes(whole[:5000])
    door.main(["collect"])
    assert door.main(["render"]) == 0
    assert "Có 1 tệp không dùng được, chưa rõ của đơn vị nào" in capfd.readouterr().out


def test_a_file_that_is_not_last_years_manifest_stops_the_check_and_says_so(
    few: Path, capfd: Capture
) -> None:
    path = few / "ket-qua/2024/bao-cao-2024.json"
    path.parent.mkdir(parents=True)
    path.write_text('{"year": 2023}', encoding="utf-8")
    assert door.main(["validate"]) == 2
    assert "không phải bảng nguồn số liệu của báo cáo năm 2024" in capfd.readouterr().err
