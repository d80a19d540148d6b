"""The commands as an officer types them: the whole way, and the ways in which it goes wrong."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dvctt_report.cli import demo
from dvctt_report.forms.writer import form_name
from dvctt_report.model.period import Period
from dvctt_report.store.workspace import Workspace
from dvctt_report.text import limits
from dvctt_report.text.resources import resource_path
from tests.cli.officer import AS_OF, Run, edit
from tests.intake.arrivals import mail, zipped
from tests.pytest_types import Patch

INBOX = "nhan-ve/2025"


def test_each_unit_gets_its_form_and_a_guide_lies_beside(workspace: Workspace, run: Run) -> None:
    said = run("forms --unit SYT")
    written = workspace.forms / "2025"
    assert sorted(p.name for p in written.iterdir()) == ["BM2025_SYT_So-Y-te.xlsx", "huong-dan-ghi-bieu.docx"]
    assert "Còn để trống người liên hệ" in said
    assert "KHONGCO" in run("forms --unit KHONGCO", 2)
    run("forms")
    names = {form_name(unit, Period(2025)) for unit in workspace.profile.units(Period(2025))}
    assert {p.name for p in written.iterdir()} == {"huong-dan-ghi-bieu.docx", *names}


def test_each_unit_has_its_state_and_whom_to_call(whole: Workspace, run: Run) -> None:
    units = run.units()
    assert [*units] == [u.code for u in whole.profile.units(Period(2025))]
    statuses = [u["status"] for u in units.values()]
    assert [statuses.count(status) for status in ("late", "missing", "unusable")] == [1, 3, 1]
    table = run(f"status {AS_OF}")
    assert "Trương Thị N" in table, "whom to call about an error"
    assert "Nguyễn Văn A" not in table, "nothing is to come from the first unit"


@pytest.mark.usefixtures("whole")
def test_collect_writes_the_log_of_readings_and_leaves_json_alone(run: Run) -> None:
    assert set(run.json("collect --log 'nhật ký.csv'")) == {"year", "returns", "comparisons", "notes"}
    lines = Path("nhật ký.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "Tệp,Đơn vị,Biểu,Ô,Nội dung,Đã ghi,Đọc là,Vì sao"
    assert any(",G11," in line and ",420 lượt người,420," in line for line in lines)
    assert f"Đã kê {len(lines) - 1} ô" in run("collect --log 'nhật ký.csv'", 1)


def test_a_mail_folder_is_taken_as_it_is_its_files_named_in_words(asked: Workspace, run: Run) -> None:
    form = asked.inbox / "BM2025_SYT_So-Y-te.xlsx"
    name, data = form.name, form.read_bytes()
    for path in asked.inbox.iterdir():
        path.unlink()
    letter = zipped({"thư/1.eml": mail([(name, data)]), "hỏng.xlsx": b"PK"})
    (asked.inbox / "thu.zip").write_bytes(letter)
    with (asked.inbox / "phim.mp4").open("wb") as film:
        film.truncate(limits.MAX_RECEIVED + 1)
    by_file = {r["file"].removeprefix(f"{INBOX}/"): r for r in run.json("collect")["returns"]}
    assert by_file[f"thu.zip!/thư/1.eml!/{name}"]["status"] == "effective"
    assert by_file["phim.mp4"]["status"] == "refused"
    assert "lớn bất thường" in by_file["phim.mp4"]["findings"][0]["message"]
    assert any(f["file"] == f"{INBOX}/thu.zip!/thư/1.eml!/{name}" for f in run.findings())
    words = f"hỏng.xlsx (trong {INBOX}/thu.zip)"
    said = run.lax("validate --all") + run(f"decide '{words}' --reject --reason thử") + run("status --files")
    assert f"Trả lại: {words}" in said
    assert said.count(words) > 1
    assert "!/" not in said
    assert "!/" not in (asked.results / "tinh-hinh.html").read_text(encoding="utf-8")


# ------------------------------------------------------------------------------- demo, plan, refusals


def test_the_demo_runs_anywhere_and_again_and_removes_no_file_of_the_officers(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: Patch, run: Run
) -> None:
    """With one return of the sample: ``test_wheel`` runs it on all of them."""
    small = shutil.copytree(resource_path("sample_data"), tmp_path_factory.mktemp("small") / "sample_data")
    for path in (small / "nhan-ve" / "2025").iterdir():
        if not path.name.startswith("BM2025_SYT_"):
            path.unlink()
    monkeypatch.setattr(demo, "resource_path", lambda _: small)
    monkeypatch.chdir(tmp_path)
    run("demo 'thử nghiệm'")
    assert (tmp_path / "thử nghiệm" / "ket-qua" / "2025" / "bao-cao-2025.docx").exists()
    own = tmp_path / "thử nghiệm" / "ghi chú của tôi.txt"
    own.write_text("giữ", encoding="utf-8")
    monkeypatch.chdir(tmp_path / "thử nghiệm")
    run("demo .")
    assert own.read_text(encoding="utf-8") == "giữ"
    assert "đã có tệp khác" in run(f"demo '{tmp_path}'", 2)
    assert [p.name for p in tmp_path.iterdir()] == ["thử nghiệm"]


def test_a_new_workspace_tells_what_comes_first_and_is_made_once(workspace: Workspace, run: Run) -> None:
    for command in ("validate", "render"):
        assert "dvctt-report collect" in run(command, 2)
    settings = workspace.root / "dvctt.toml"
    before = settings.read_bytes()
    assert "đã là thư mục làm việc" in run(f"init '{workspace.root}'", 2)
    assert settings.read_bytes() == before
    settings.write_text("nam = 2025\nho_so = “x”\n", encoding="utf-8")
    assert "dòng 2" in run("plan check", 2)


def test_plan_shows_the_shipped_plan_anywhere_and_names_every_fault_of_an_edited_one(
    tmp_path: Path, monkeypatch: Patch, run: Run
) -> None:
    monkeypatch.chdir(tmp_path)
    said = run("plan show")
    assert all(word in said for word in ("T12a", "≥ 85%", "trước ngày 10/11", "09/11/2025"))
    plan = shutil.copytree(resource_path("templates") / "ninh_thuan", tmp_path / "tinh_khac") / "plan.toml"
    run("plan check --profile tinh_khac")
    edit(plan, "at_least = 50", "at_least = 150")
    assert "phải nhỏ hơn hoặc bằng 100" in run("plan check --profile tinh_khac", 2)
