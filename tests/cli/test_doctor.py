"""The doctor tells what is in order and what isn't, whatever is broken, and changes nothing."""

from __future__ import annotations

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
from docx import Document

from dvctt_report.cli.doctor import MODULES, Diagnosis, Health, examine
from dvctt_report.plan.folders import shipped_profile
from dvctt_report.store.frozen import freeze
from dvctt_report.store.workspace import find_workspace
from tests.cli.officer import Run, edit
from tests.pytest_types import Patch
from tests.shipped import BASE, own_file

ROOT = Path(__file__).parents[2]
MACHINE = ("program", "libraries")
OK, NOTE, ERROR, ABSENT = Health.OK, Health.NOTE, Health.ERROR, Health.ABSENT


@pytest.fixture(scope="module")
def in_order(questioned_rendered: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of which a report was rendered, with a profile of its own; not to be written to."""
    folder = shutil.copytree(questioned_rendered, tmp_path_factory.mktemp("doctor") / "Báo cáo")
    (folder / "bieu-mau").mkdir()
    name = find_workspace(folder).settings.ho_so
    shutil.copytree(shipped_profile(name), folder / "cau-hinh")
    edit(folder / "dvctt.toml", f'"{name}"', '"cau-hinh"')
    return folder


@pytest.fixture
def root(in_order: Path, tmp_path: Path, monkeypatch: Patch) -> Path:
    """A copy of that, as the current folder."""
    monkeypatch.chdir(shutil.copytree(in_order, tmp_path / "Báo cáo"))
    return tmp_path / "Báo cáo"


@pytest.fixture(scope="module")
def sound(in_order: Path) -> dict[str, Health]:
    """What the doctor says of it."""
    return states(in_order)


def outcomes(folder: Path) -> dict[str, Diagnosis]:
    return {check.code: check.outcome for check in examine(folder, None)[1]}


def states(folder: Path) -> dict[str, Health]:
    return {code: outcome.state for code, outcome in outcomes(folder).items()}


def execute(root: Path, sql: str, *values: Any) -> None:
    with closing(sqlite3.connect(find_workspace(root).register)) as register, register:
        register.execute(sql, values)


def test_in_a_workspace_in_order_there_is_no_error_and_every_check_is_made(root: Path) -> None:
    found = states(root)
    assert list(found) == [*MACHINE, "workspace", "profile", "frozen", "register", "published"]
    page = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    assert [code for code in found if f"`{code}`" not in page] == []
    assert ERROR not in found.values()
    assert [c for c in found if found[c] is OK][-3:] == ["workspace", "profile", "register"]


def test_nothing_is_changed(root: Path) -> None:
    def everything() -> dict[str, tuple[int, bytes]]:
        return {
            str(p): (p.stat().st_mtime_ns, p.read_bytes() if p.is_file() else b"")
            for p in [root, *root.rglob("*")]
        }

    (root / ".dvctt" / "da-doc.sqlite").write_bytes(b"none")
    execute(root, "pragma user_version = 3")
    before = everything()
    outcomes(root)
    assert everything() == before


def test_outside_of_a_workspace_only_the_installation_is_checked_in_a_new_one_what_is_there(
    tmp_path: Path, begun: Path
) -> None:
    found = outcomes(tmp_path)
    assert list(found) == [*MACHINE, "workspace"]
    assert found["workspace"].state is ABSENT
    assert "chỉ kiểm tra phần cài đặt" in found["workspace"].found
    new = states(begun)
    assert ERROR not in new.values()
    assert [c for c, s in new.items() if s is ABSENT] == ["frozen", "register", "published"]


@pytest.mark.parametrize("code", [0, 1])
def test_the_exit_code_tells_whether_there_is_an_error(code: int, root: Path, run: Run) -> None:
    if code:
        (root / "cau-hinh" / "phrases.toml").write_bytes(b"PK")
    ended, out, _ = run.raw("doctor")
    lines = out.splitlines()
    assert ended == code
    assert lines[-1].startswith("7 nội dung: ")
    assert f"{code} lỗi" in lines[-1]
    assert {line[:9].strip() for line in lines[:-2]} <= {"", "Tốt", "Lưu ý", "Lỗi", "Chưa có"}
    assert [line for line in lines if len(line) > 80 and "/" not in line] == []
    told = run.json("doctor")
    assert {tuple(check) for check in told["checks"]} == {("check", "title", "state", "found", "fix")}
    assert (told["workspace"], sum(told["totals"].values())) == (str(root), len(told["checks"]))


# ------------------------------------------------------------------------------ what is broken

Break = Callable[[Path], Any]


def spoil_tag(root: Path) -> None:
    path = own_file(root / "cau-hinh", "report.docx")
    document = Document(str(path))
    document.paragraphs[-1].add_run("{{ khong_co }}")
    document.save(str(path))


def spoil_a_second_template(root: Path) -> None:
    spoil_tag(root)
    (root / "cau-hinh" / "report.docx").rename(root / "cau-hinh" / "report2.docx")
    shutil.copy(BASE / "report.docx", root / "cau-hinh")


def sql(statement: str, *values: Any) -> Break:
    return lambda root: execute(root, statement, *values)


def cut(root: Path) -> None:
    path = find_workspace(root).register
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def write(name: str, content: bytes) -> Break:
    return lambda root: (root / name).write_bytes(content)


def replace(name: str, old: str, new: str) -> Break:
    return lambda root: edit(root / name, old, new)


def put_a_file_for_a_folder(root: Path) -> None:
    (root / "bieu-mau").rmdir()
    (root / "bieu-mau").write_bytes(b"")


PROFILE = {"profile": ERROR}
SETTINGS = {"workspace": ERROR, "frozen": ERROR}
REGISTER = {"register": ERROR}
UNREAD = {"register": ERROR, "published": ERROR}
"""Where nobody can say what was published."""
FILE = ".dvctt/so-nhan.sqlite"
BREAKS: dict[str, tuple[Break, dict[str, Health], str]] = {
    "settings": (replace("dvctt.toml", "nam = 2025", "nam = 2025\nla = 1"), SETTINGS, "la"),
    "no TOML": (write("dvctt.toml", b"\xff\xfe[["), SETTINGS | PROFILE, "UTF-8"),
    "deep settings": (
        write("dvctt.toml", b"x = " + b"[" * 5000 + b"]" * 5000),
        SETTINGS | PROFILE,
        "lồng nhau",
    ),
    "no profile": (replace("dvctt.toml", '"cau-hinh"', '"cau-hinh-khac"'), PROFILE, "cau-hinh-khac"),
    "plan": (replace("cau-hinh/plan.toml", '"T1"', '"t 1"'), PROFILE, "plan.toml"),
    "roster": (write("cau-hinh/units.toml", b"units = 3"), PROFILE, "units.toml"),
    "tag": (spoil_tag, PROFILE, "khong_co"),
    "a second template": (spoil_a_second_template, PROFILE, "report2.docx"),
    "no template": (write("cau-hinh/report.docx", b""), PROFILE, "report.docx"),
    "letter": (write("cau-hinh/cong-van-don-doc.docx", b"PK"), PROFILE, "cong-van-don-doc"),
    "phrases": (write("cau-hinh/phrases.toml", b"[lead]\nla = 'x'"), PROFILE, "lead.la"),
    "empty register": (write(FILE, b""), REGISTER, "tệp rỗng (0 byte)"),
    "no register at all": (write(FILE, b"x" * 5000), UNREAD, "hỏng"),
    "half a register": (cut, UNREAD, "hỏng"),
    "other bytes": (
        sql("update content set bytes = ? where rowid = 2", b"something else"),
        REGISTER,
        "khác lúc nhận: nhan-ve/2025/",
    ),
    "a table gone": (sql("drop table decision"), REGISTER, "hỏng"),
    "another version": (sql("pragma user_version = 99"), UNREAD, "một phiên bản khác"),
    "no version": (sql("pragma user_version = -4"), UNREAD, "hỏng"),
    "folder": (put_a_file_for_a_folder, {"workspace": ERROR}, "bieu-mau là một tệp"),
}


@pytest.mark.parametrize("name", BREAKS)
def test_what_is_broken_is_told_with_its_remedy(name: str, root: Path, sound: dict[str, Health]) -> None:
    change, expected, said = BREAKS[name]
    change(root)
    found = outcomes(root)
    assert {code: o.state for code, o in found.items() if o.state is not sound[code]} == expected
    assert any(said in found[code].found for code in expected)
    assert all(found[code].fix for code in expected)


@pytest.mark.usefixtures("impatient")
def test_a_register_held_by_another_command_is_a_note(root: Path) -> None:
    with closing(sqlite3.connect(find_workspace(root).register)) as other:
        other.execute("begin exclusive")
        found = outcomes(root)["register"]
    assert (found.state, "lệnh khác" in found.found) == (NOTE, True)


def test_a_command_that_died_while_writing_is_told(root: Path) -> None:
    path = find_workspace(root).register
    if (child := os.fork()) == 0:
        register = sqlite3.connect(path, isolation_level=None)
        for sql in ("pragma cache_size = 1", "begin", "update content set bytes = zeroblob(200000)"):
            register.execute(sql)
        os._exit(0)
    os.waitpid(child, 0)
    assert path.with_name("so-nhan.sqlite-journal").exists()
    found = outcomes(root)["register"]
    assert (found.state, "dừng giữa chừng" in found.found) == (ERROR, True)


def test_libraries_that_cannot_be_loaded_are_told_and_the_rest_is_checked(root: Path) -> None:
    modules = ("rich", "lxml", "pandas", "rapidfuzz")
    fake = root.parent / "fake"
    fake.mkdir()
    for module in modules:
        (fake / f"{module}.py").write_text("raise ImportError('DLL load failed')\n", encoding="ascii")
    done = subprocess.run(
        [sys.executable, "-m", "dvctt_report", "doctor"],
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(fake), str(ROOT / "src")))},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=600,
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


@pytest.mark.parametrize("name", ["plan.toml", "cong-van-don-doc.docx"])
def test_what_is_damaged_of_a_frozen_profile_is_taken_anew(name: str, root: Path, run: Run) -> None:
    workspace = find_workspace(root)
    assert freeze(workspace)
    assert states(root)["frozen"] is OK
    (workspace.frozen / name).write_bytes(b"PK")
    found = outcomes(root)
    assert (found["profile"].state, found["frozen"].state) == (OK, ERROR)
    assert name in found["frozen"].found
    assert "apply --yes" in found["frozen"].fix
    assert f"{name}: {'có bản không đọc được' if name == 'plan.toml' else 'đã sửa'}" in run("apply", 1)
    run("apply --yes")
    assert states(root)["frozen"] is OK


@pytest.mark.parametrize("lose", [Path.unlink, lambda path: path.write_bytes(b"")], ids=["gone", "empty"])
def test_without_a_register_nobody_says_that_nothing_was_published(
    lose: Callable[[Path], Any], signed_sample: Path, tmp_path: Path
) -> None:
    root = shutil.copytree(signed_sample, tmp_path / "Báo cáo")
    assert states(root)["published"] is OK
    lose(find_workspace(root).register)
    found = outcomes(root)["published"]
    assert found.state is ERROR
    assert "có 1 văn bản" in found.found
    assert "phat-hanh" in found.found
    assert "collect" in found.fix
