"""The doctor tells what is in order and what isn't, whatever is broken, and changes nothing."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tomllib
from collections.abc import Callable
from contextlib import closing
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest

from dvctt_report.cli import door
from dvctt_report.cli.doctor import MODULES, Diagnosis, Health, examine
from dvctt_report.plan.folders import shipped_profile
from dvctt_report.store.frozen import freeze
from dvctt_report.store.workspace import Workspace, find_workspace
from tests.shipped import BASE, own_file

ROOT = Path(__file__).parents[3]
SRC = ROOT / "src"
WAIT = 600
MACHINE = ("program", "libraries")


@pytest.fixture(scope="module")
def in_order(questioned_rendered: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of which a report was rendered, with a profile of its own; not to be written to."""
    folder = tmp_path_factory.mktemp("doctor") / "Báo cáo"
    shutil.copytree(questioned_rendered, folder)
    (folder / "bieu-mau").mkdir()
    settings = folder / "dvctt.toml"
    text = settings.read_text(encoding="utf-8")
    name = re.findall(r'(?m)^ho_so = "(.+)"', text)[0]
    shutil.copytree(shipped_profile(name), folder / "cau-hinh")
    settings.write_text(text.replace(f'"{name}"', '"cau-hinh"'), encoding="utf-8")
    return folder


@pytest.fixture
def root(in_order: Path, tmp_path: Path) -> Path:
    """A copy of that."""
    return Path(shutil.copytree(in_order, tmp_path / "Báo cáo"))


@pytest.fixture(scope="module")
def sound(in_order: Path) -> dict[str, Health]:
    """What the doctor says of it."""
    return states(in_order)


def outcomes(folder: Path) -> dict[str, Diagnosis]:
    return {check.code: check.outcome for check in examine(folder, None)[1]}


def states(folder: Path) -> dict[str, Health]:
    return {code: outcome.state for code, outcome in outcomes(folder).items()}


def workspace(root: Path) -> Workspace:
    return find_workspace(root)


def test_in_a_workspace_in_order_there_is_no_error_and_every_check_is_made(root: Path) -> None:
    found = states(root)
    assert Health.ERROR not in found.values()
    assert list(found) == [*MACHINE, "workspace", "profile", "frozen", "register", "published"]
    assert [c for c in found if found[c] is Health.OK][-3:] == ["workspace", "profile", "register"]


def test_nothing_is_changed(root: Path) -> None:
    def everything() -> dict[str, tuple[int, bytes]]:
        return {
            str(p): (p.stat().st_mtime_ns, p.read_bytes() if p.is_file() else b"")
            for p in [root, *root.rglob("*")]
        }

    (root / ".dvctt" / "da-doc.sqlite").write_bytes(b"none")
    with closing(sqlite3.connect(workspace(root).register)) as register:
        register.execute("pragma user_version = 3")
    before = everything()
    outcomes(root)
    assert everything() == before


def test_outside_of_a_workspace_only_the_installation_is_checked(tmp_path: Path) -> None:
    found = outcomes(tmp_path)
    assert list(found) == [*MACHINE, "workspace"]
    assert found["workspace"].state is Health.ABSENT
    assert "chỉ kiểm tra phần cài đặt" in found["workspace"].found


@pytest.mark.parametrize("code", [0, 1])
def test_the_exit_code_tells_whether_there_is_an_error(
    code: int, root: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    if code:
        (root / "cau-hinh" / "phrases.toml").write_bytes(b"PK")
    assert door.main(["doctor", "--workspace", str(root)]) == code
    lines = capfd.readouterr().out.splitlines()
    assert lines[-1].startswith("7 nội dung: ")
    assert f"{code} lỗi" in lines[-1]
    assert {line[:9].strip() for line in lines[:-2]} <= {"", "Tốt", "Lưu ý", "Lỗi", "Chưa có"}
    long = [line for line in lines if len(line) > 80]
    assert [line for line in long if "/" not in line] == []


def test_json_is_as_documented(root: Path, capfd: pytest.CaptureFixture[str]) -> None:
    door.main(["doctor", "--workspace", str(root), "--format", "json"])
    table = json.loads(capfd.readouterr().out)
    assert list(table) == ["workspace", "checks", "totals"]
    assert table["workspace"] == str(root)
    assert {tuple(check) for check in table["checks"]} == {("check", "title", "state", "found", "fix")}
    assert sum(table["totals"].values()) == len(table["checks"])
    page = (ROOT / "docs" / "json.md").read_text(encoding="utf-8").partition("`doctor --format json`")[2]
    told = page.partition("`lint --format json`")[0]
    for check in table["checks"]:
        assert f"`{check['check']}`" in told
    assert set(re.findall(r'"(\w+)"', told)) >= {"workspace", "checks", "totals", "state", "found", "fix"}


Break = Callable[[Path], Any]


def spoil_tag(root: Path) -> None:
    from docx import Document

    path = own_file(root / "cau-hinh", "report.docx")
    document = Document(str(path))
    document.paragraphs[-1].add_run("{{ khong_co }}")
    document.save(str(path))


def spoil_content(root: Path) -> None:
    with closing(sqlite3.connect(workspace(root).register)) as register, register:
        register.execute("update content set bytes = ? where rowid = 2", (b"something else",))


def set_version(version: int) -> Break:
    def change(root: Path) -> None:
        with closing(sqlite3.connect(workspace(root).register)) as register:
            register.execute(f"pragma user_version = {version}")

    return change


def drop_table(root: Path) -> None:
    with closing(sqlite3.connect(workspace(root).register)) as register:
        register.execute("drop table decision")


def cut(root: Path) -> None:
    path = workspace(root).register
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def write(name: str, content: bytes) -> Break:
    return lambda root: (root / name).write_bytes(content)


def replace(name: str, old: str, new: str) -> Break:
    def change(root: Path) -> None:
        path = root / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    return change


def put_a_file_for_a_folder(root: Path) -> None:
    (root / "bieu-mau").rmdir()
    (root / "bieu-mau").write_bytes(b"")


REGISTER = {"register": Health.ERROR}
UNREAD = REGISTER | {"published": Health.ERROR}
"""Where nobody can say what was published."""
PROFILE = {"profile": Health.ERROR}
SETTINGS = dict.fromkeys(("workspace", "frozen"), Health.ERROR)
BREAKS: tuple[tuple[str, Break, dict[str, Health], str], ...] = (
    ("settings", replace("dvctt.toml", "nam = 2025", "nam = 2025\nla = 1"), SETTINGS, "la"),
    ("no TOML", write("dvctt.toml", b"\xff\xfe[["), SETTINGS | PROFILE, "UTF-8"),
    ("no profile", replace("dvctt.toml", '"cau-hinh"', '"cau-hinh-khac"'), PROFILE, "cau-hinh-khac"),
    ("plan", replace("cau-hinh/plan.toml", '"T1"', '"t 1"'), PROFILE, "plan.toml"),
    ("roster", write("cau-hinh/units.toml", b"units = 3"), PROFILE, "units.toml"),
    ("tag", spoil_tag, PROFILE, "khong_co"),
    ("no template", lambda root: own_file(root / "cau-hinh", "report.docx").write_bytes(b""),
     PROFILE, "report.docx"),
    ("letter", write("cau-hinh/cong-van-don-doc.docx", b"PK"), PROFILE,
     "cong-van-don-doc"),
    ("phrases", write("cau-hinh/phrases.toml", b"[lead]\nla = 'x'"), PROFILE, "lead.la"),
    ("empty register", write(".dvctt/so-nhan.sqlite", b""), REGISTER, "tệp rỗng (0 byte)"),
    ("no register at all", write(".dvctt/so-nhan.sqlite", b"x" * 5000),
     UNREAD, "hỏng"),
    ("half a register", cut, UNREAD, "hỏng"),
    ("other bytes", spoil_content, REGISTER, "khác lúc nhận: nhan-ve/2025/"),
    ("a table gone", drop_table, REGISTER, "hỏng"),
    ("another version", set_version(99), UNREAD, "một phiên bản khác"),
    ("no version", set_version(-4), UNREAD, "hỏng"),
    ("folder", put_a_file_for_a_folder, {"workspace": Health.ERROR}, "bieu-mau là một tệp"),
    ("deep settings", write("dvctt.toml", b"x = " + b"[" * 5000 + b"]" * 5000),
     SETTINGS | PROFILE, "lồng nhau"),
)  # fmt: skip


@pytest.mark.parametrize(("change", "expected", "said"), [b[1:] for b in BREAKS], ids=[b[0] for b in BREAKS])
def test_what_is_broken_is_told_with_its_remedy_and_the_rest_is_checked(
    change: Break, expected: dict[str, Health], said: str, root: Path, sound: dict[str, Health]
) -> None:
    change(root)
    found = outcomes(root)
    assert {code: o.state for code, o in found.items() if o.state is not sound[code]} == expected
    assert any(said in found[code].found for code in expected)
    assert all(found[code].fix for code in expected)


@pytest.mark.usefixtures("impatient")
def test_a_register_held_by_another_command_is_a_note(root: Path) -> None:
    with closing(sqlite3.connect(workspace(root).register)) as other:
        other.execute("begin exclusive")
        found = outcomes(root)
    assert found["register"].state is Health.NOTE
    assert "lệnh khác" in found["register"].found


def test_a_command_that_died_while_writing_is_told(root: Path) -> None:
    path = workspace(root).register
    code = (
        "import os, sqlite3, sys\n"
        "register = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "register.execute('pragma cache_size = 1')\n"
        "register.execute('begin immediate')\n"
        "register.execute('update content set bytes = zeroblob(200000)')\n"
        "os._exit(0)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], check=True, timeout=WAIT)
    assert path.with_name("so-nhan.sqlite-journal").exists()
    found = outcomes(root)
    assert found["register"].state is Health.ERROR
    assert "dừng giữa chừng" in found["register"].found


def test_a_new_workspace_has_neither_register_nor_report_yet(tmp_path: Path) -> None:
    assert door.main(["init", str(tmp_path / "moi"), "--year", "2025"]) == 0
    found = states(tmp_path / "moi")
    assert Health.ERROR not in found.values()
    assert [c for c, s in found.items() if s is Health.ABSENT] == [
        "frozen", "register", "published",
    ]  # fmt: skip


def test_libraries_that_cannot_be_loaded_are_told_and_the_rest_is_checked(root: Path) -> None:
    modules = ("rich", "lxml", "pandas", "rapidfuzz")
    fake = root.parent / "fake"
    fake.mkdir()
    for module in modules:
        (fake / f"{module}.py").write_text("raise ImportError('DLL load failed')\n", encoding="ascii")
    done = subprocess.run(
        [sys.executable, "-m", "dvctt_report", "doctor", "--workspace", str(root)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(fake), str(SRC)))},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=WAIT,
    )
    assert done.returncode == 1, done.stderr
    (told,) = re.findall(r"^Lỗi +Thư viện +Không nạp được ([^→]*)", done.stdout, re.MULTILINE)
    assert [module for module in modules if not re.search(rf"\b{module}\s+\(", told)] == []
    assert re.search(r"^Tốt +Chương trình ", done.stdout, re.MULTILINE)
    assert re.search(r"^\d+ nội dung: ", done.stdout, re.MULTILINE)


def test_every_library_of_the_program_is_tried() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.split(r"[<>=]", line)[0].lower() for line in project["dependencies"]}
    providers = packages_distributions()
    assert {name.lower() for m in MODULES for name in providers[m.partition(".")[0]]} == declared


def test_templates_beside_the_reports_own_are_checked_too(root: Path) -> None:
    spoil_tag(root)
    folder = root / "cau-hinh"
    (folder / "report.docx").rename(folder / "report-khac.docx")
    shutil.copy(BASE / "report.docx", folder)
    found = outcomes(root)["profile"]
    assert found.state is Health.ERROR
    assert "report-khac.docx" in found.found


@pytest.mark.parametrize("name", ["plan.toml", "phrases.toml", "report.docx", "cong-van-don-doc.docx"])
def test_what_is_damaged_of_the_frozen_profile_is_told_and_taken_anew(
    name: str, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert freeze(workspace(root))
    assert outcomes(root)["frozen"].state is Health.OK
    (workspace(root).frozen / name).write_bytes(b"PK")
    found = outcomes(root)
    assert (found["profile"].state, found["frozen"].state) == (Health.OK, Health.ERROR)
    assert name in found["frozen"].found
    assert "apply --yes" in found["frozen"].fix
    monkeypatch.chdir(root)
    assert door.main(["apply", "--yes"]) == 0
    assert outcomes(root)["frozen"].state is Health.OK


@pytest.mark.parametrize("lose", [Path.unlink, lambda path: path.write_bytes(b"")], ids=["gone", "empty"])
def test_without_a_register_nobody_says_that_nothing_was_published(
    lose: Callable[[Path], Any], signed_sample: Path, tmp_path: Path
) -> None:
    root = Path(shutil.copytree(signed_sample, tmp_path / "Báo cáo"))
    assert outcomes(root)["published"].state is Health.OK
    lose(workspace(root).register)
    found = outcomes(root)["published"]
    assert found.state is Health.ERROR
    assert "có 1 văn bản" in found.found
    assert "phat-hanh" in found.found
    assert "collect" in found.fix
