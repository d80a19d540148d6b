"""Every command on a disk that is full, may only be read or fails, and killed before each of its writings.

The commands are those of the program itself: a new one is tried without being named here, unless it needs
arguments, which the test then asks for.
"""

from __future__ import annotations

import errno
import gzip
import io
import os
import re
import shlex
import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from dvctt_report.cli import door
from dvctt_report.forms.officer_sheet import open_book, save_book
from dvctt_report.model import Key, finding_id
from dvctt_report.report import write
from dvctt_report.store.register.copies import FOLDER, decisions_in
from dvctt_report.store.workspace import REGISTER, SETTINGS, read_workspace
from dvctt_report.year.loader import OpenYear
from dvctt_report.year.summary.acceptable import why_not_acceptable
from tests.cli.disk import (
    Fault,
    Tree,
    failing_disk,
    lay_out,
    put_device,
    put_folder,
    put_pipe,
    put_sparse,
    tree,
    unreadable_files,
    watched_disk,
    within,
)
from tests.cli.officer import do, edit, filled, leaves, send, type_control
from tests.conftest import go_on
from tests.intake.test_incoming import listed, row
from tests.pytest_types import Capture, Patch

pytestmark = pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")

AS_OF = "--as-of 20/11/2025"
ENDING = ("menu", "plan settings", "publish --check", "export --communes")
"""Commands that end at once: nobody answers, nothing was published, no commune sends a return of its own."""
EXAMINING = ("doctor",)
"""Commands whose answer it is what is wrong with the disk."""
ARGUMENTS = {
    "init": "mới --year 2025",
    "forms": "--unit SYT --year 2025-6T",
    "explain": "SYT",
    "check": "ket-qua/2025/bao-cao-2025.docx",
    "fill": "biểu.xlsx --tags",
    "lint": "ket-qua/2025/bao-cao-2025.docx --fix --docx --mark",
    "control read": "doi-chieu.xlsx",
    "control use": "T1",
    "apply": "--yes",
    "render": AS_OF,
    "decide": "--leave-out --all",
    "roll": "2026 --profile tinh",
    "plan copy": "bộ-mới",
    "plan new": "'Khánh Hòa' --to tỉnh-mới",
    "plan read": "ke-hoach.xlsx",
    "plan write": "sổ.xlsx",
    "publish": "--file ký.docx --number 386 --date 25/11/2025 --reason a",
}
"""What a command is tried with where it does nothing by itself, or needs to be told."""
MORE = (
    f"render --final {AS_OF}",
    f"render --ministry {AS_OF}",
    f"render --diff {AS_OF}",
    f"render --quick {AS_OF}",
    "explain T1 --docx",
    "collect --from thêm --log doc.csv",
    "publish --check",
    "export --communes",
    "roll 2026 --profile tinh --level T10=85",
    "doctor --repair",
    "decide",
    "decide FINDING --accept --reason a --document b",
    "decide --unit SYT --set T1.total=20 --reason a --document b",
    "decide --undo --unit SYT T1.done",
    "decide noi-vu.xlsx --use",
    "decide y-te.xlsx --unit SXD",
    "decide y-te.xlsx --reject --reason a",
    "decide --undo nhap.xlsx",
    "status --files",
    "collect --book",
    "collect --incoming van-ban-den.xlsx --yes",
)
"""Ways of a command that write what it doesn't without."""


LEAVES = leaves()
COMMANDS = (*(f"{name} {ARGUMENTS.get(name, '')}".strip() for name in LEAVES), *MORE)
OF_AN_OFFICE = tuple(command for command in COMMANDS if command != "demo")
"""Commands that read a workspace: a demonstration makes its own, and opens no file of any other."""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> tuple[Tree, str]:
    """A workspace in the middle of its work, and the name of a finding that can be accepted in it."""
    root = tmp_path_factory.mktemp("office") / "x"

    assert door.main(["init", str(root), "--year", "2025"]) == 0
    go_on(root)
    workspace = read_workspace(root)
    send(workspace, "y-te.xlsx", 9, date(2025, 11, 4))
    send(workspace, "noi-vu.xlsx", 3, date(2025, 11, 4), "SNV")
    send(workspace, "noi-vu (2).xlsx", 4, date(2025, 11, 4), "SNV")
    send(workspace, "nhap.xlsx", 1, date(2025, 11, 3), "STC")
    without = {Key("T1", "status"): "Chưa có số liệu", Key("T1", "note"): "đang thống kê"}
    (workspace.inbox / "giao-duc.xlsx").write_bytes(filled(workspace, "SGDDT", without))
    for line in (
        "forms --unit SYT",
        "collect",
        "decide nhap.xlsx --reject --reason 'Bản nháp'",
        "control make",
    ):
        do(root, line)
    type_control(workspace, "T1", {"E": 8, "F": 7}, "SGDDT")
    do(root, "control read")
    workspace.control.unlink()
    do(root, "decide --unit SYT --set T1.done=1 --reason a --document b")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(write, "find_obstacles", lambda *_: ())
        do(root, f"render --final {AS_OF}")
    shutil.copyfile(workspace.results / "bao-cao-2025.docx", root / "ký.docx")
    do(root, "control make")
    workspace.control.rename(root / "doi-chieu.xlsx")
    do(root, f"plan write '{root}/ke-hoach.xlsx' --profile '{root}/tinh'")
    tagged = open_book()
    tagged.create_sheet("Biểu")["A1"] = "{{ T1: tỷ lệ }}"
    (root / "biểu.xlsx").write_bytes(save_book(tagged))
    (root / "van-ban-den.xlsx").write_bytes(listed([row("4002/BC-STC", "Sở Tài chính")]))
    send(workspace, "khoa-hoc.xlsx", 2, date(2025, 11, 4), "SKHCN")
    (root / "thêm").mkdir()
    shutil.copyfile(workspace.inbox / "khoa-hoc.xlsx", root / "thêm" / "ban-sao.xlsx")
    edit(root / SETTINGS, 'sau_thang = ""', 'sau_thang = "20/6"')
    edit(root / SETTINGS, 'ho_ten = ""', 'ho_ten = "Người Ký"')
    year = OpenYear(workspace, datetime.now())
    there = (f for f in year.findings if why_not_acceptable(year.dataset, f) is None)
    return tree(root), finding_id(next(there))


@pytest.fixture(autouse=True)
def nothing_open(monkeypatch: Patch) -> None:
    """Let a report be final, however much is open in so small an office."""
    monkeypatch.setattr(write, "find_obstacles", lambda *_: ())


class Office:
    """Copies of the workspace, and a command run in one of them."""

    def __init__(self, office: tuple[Tree, str], folder: Path, patch: Patch, said: Capture) -> None:
        self.before, self.finding = office
        self.folder, self.patch, self.said = folder, patch, said

    def copy(self, name: str, files: Tree | None = None) -> Path:
        root = self.folder / name / "x"
        lay_out(self.before if files is None else files, root)
        return root

    def run(self, command: str, root: Path) -> tuple[int, str]:
        """Run a command there with nobody to answer it; its exit code and what it said."""
        self.patch.chdir(root)
        self.patch.setattr(sys, "stdin", io.StringIO())
        self.said.readouterr()
        code = door.main(shlex.split(command.replace("FINDING", self.finding)))
        told = self.said.readouterr()
        return code, told.out + told.err


@pytest.fixture
def tried(office: tuple[Tree, str], tmp_path: Path, monkeypatch: Patch, capfd: Capture) -> Office:
    return Office(office, tmp_path, monkeypatch, capfd)


@pytest.fixture(scope="module")
def sound() -> set[int]:
    """What state and decisions are read from, by its hash, where they were read from it already."""
    return set()


@pytest.mark.parametrize("command", OF_AN_OFFICE)
def test_what_is_broken_off_leaves_everything_whole_and_can_be_done_again(
    command: str, tried: Office, sound: set[int]
) -> None:
    root = tried.copy("well")
    with watched_disk(root) as stages:
        code, said = tried.run(command, root)
    after = tree(root)
    state = _state(root)
    assert code in (0, 1) or command in ENDING, f"ARGUMENTS: {said}"
    for stage in stages:
        assert _halves(stage, tried.before, after) == []
    decided = (_decided(tried.copy("before")), _decided(root)) if (root / REGISTER).exists() else ()
    apart = _apart(stages)
    chosen = apart if re.match(_ALL, command) else apart[len(apart) // 2 :][:1]
    for n, stage in enumerate(chosen):
        left = tried.copy(f"killed {n}", stage)
        if (left / REGISTER).exists():
            if (behind := hash(_behind(stage))) not in sound:
                sound.add(behind)
                assert tried.run("status --format json", left)[0] == 0
                assert tried.run("publish --check", left)[0] in (0, 2), (
                    "nothing that is nobody's stands among what was signed"
                )
            assert _decided(left) in decided
        if stage == tried.before:  # from which it was done above
            continue
        again, said = tried.run(command, left)
        assert again == code or (again == 2 and re.search("đã|đang ở", said.lower())), said
        if command.startswith("publish"):
            assert tried.run("publish --check", left)[0] == 0
        assert {name for name in _differing(_state(left), state) if not re.search(_AGAIN, name)} == set()


_AGAIN = r"^luu-tru/|thay-doi-|^tỉnh-mới\.xlsx$"
"""Made otherwise by a command done again: an archive beside the first, what differs from the last draft; not
made: the workbook of a profile that stands by now (``plan write`` makes it)."""
_ALL = "collect$|render --final|accept|init|publish|apply|archive|roll"
"""Commands that are done again from every stage; others from the middle one."""


def _halves(stage: Tree, before: Tree, after: Tree) -> list[str]:
    """The files that are neither as they were nor as they are to be; temporary ones and databases aside."""
    return [
        name
        for name, content in stage.items()
        if content not in (before.get(name), after.get(name)) and not re.search(_IN_BETWEEN, name)
    ]


_IN_BETWEEN = r"\.\d+\.tmp$|\.dang-(ghi|phat-hanh)/|\.moi/|\.sqlite(-journal)?$|/\.demo$"
"""Temporary files and folders, databases, the empty mark of a demo."""


def _apart(stages: list[Tree]) -> list[Tree]:
    """The stages that differ, in their order: temporary files and how much of a folder is filled aside."""
    kinds: dict[frozenset[tuple[str, bytes]], Tree] = {}
    for stage in stages:
        named = ((_UNFINISHED.sub("/", name), content) for name, content in stage.items())
        whole = ((name, b"" if name.endswith("/") else content) for name, content in named)
        kinds[frozenset(one for one in whole if not one[0].endswith(".tmp"))] = stage
    return [*kinds.values()]


_UNFINISHED = re.compile(r"\.(dang-ghi|dang-phat-hanh|moi)/.*")
"""What lies in a folder that is still being filled."""


def _behind(stage: Tree) -> frozenset[tuple[str, bytes]]:
    """What state and decisions are read from: whatever isn't written for people alone."""
    return frozenset((name, said) for name, said in stage.items() if not name.startswith(_FOR_PEOPLE))


_FOR_PEOPLE = ("ket-qua/", "bieu-mau/")


def _state(root: Path) -> dict[str, bytes]:
    """What stands in a workspace: the files by name, of the register its rows.

    Nothing of temporary files, of caches, of copies of decisions, workbooks, manifests, kept as they come;
    nor when it was looked what had come: who looks twice has looked twice.
    """
    state = {
        _MOMENT.sub("", name): content for name, content in tree(root).items() if not re.search(_ASIDE, name)
    }
    if (root / REGISTER).exists():
        with closing(sqlite3.connect(root / REGISTER)) as register:
            rows = [row for row in register.iterdump() if 'INSERT INTO "looked"' not in row]
            state[REGISTER] = "\n".join(rows).encode()
    return state


def _differing(one: dict[str, bytes], other: dict[str, bytes]) -> set[str]:
    """The names of what is otherwise in one of two states, times aside."""
    names = {name for name in {**one, **other} if one.get(name) != other.get(name)}
    both = names & one.keys() & other.keys()
    return names - {name for name in both if _timeless(one[name]) == _timeless(other[name])}


_ASIDE = rf"{_IN_BETWEEN}|/viec-da-doc/|/ban-lap/|{FOLDER}/"
_MOMENT = re.compile(
    r"\d{4}-\d\d-\d\d(?:[T ][\d:.]+)?|\d\d?(?::\d\d(?::\d\d)?| giờ \d\d)(?: ngày \d\d?/\d\d?/\d{4})?"
    r"|\b[0-9a-f]{64}\b|\b[0-9a-f]{32}\b"
)
"""A day or a moment, as names, tables and people's texts hold it; the digest of what may hold one."""


def _timeless(content: bytes) -> object:
    """A file without moments."""
    if content.startswith(b"PK"):
        with ZipFile(io.BytesIO(content)) as package:
            return {name: _timeless(package.read(name)) for name in package.namelist()}
    if content.startswith(b"\x1f\x8b"):
        content = gzip.decompress(content)
    return _MOMENT.sub("", content.decode("utf-8", "replace"))


def _decided(root: Path) -> dict[str, Any]:
    """The decisions in the register, without the moment they were kept at."""
    with closing(sqlite3.connect(root / REGISTER)) as register:
        assert register.execute("pragma integrity_check").fetchone() == ("ok",)
        rows = decisions_in(register)
    return {
        name: [{k: v for k, v in row.items() if "on" not in k} for row in of] for name, of in rows.items()
    }


OF_A_YEAR = {
    name: f"{name} {ARGUMENTS.get(name, '').replace('--year 2025-6T', '')}"
    for name, command in LEAVES.items()
    if any("--year" in param.opts for param in command.params) and name not in ("init", "demo")
}
"""Commands of a workspace that take a year."""


@pytest.mark.parametrize("name", OF_A_YEAR)
def test_edited_frozen_files_are_told_and_a_year_without_province_refused(name: str, tried: Office) -> None:
    root = tried.copy("edited")
    edit(root / "ky-bao-cao" / "2025" / "cau-hinh" / "plan.toml", "at_least = 80", "at_least = 30", 1)
    _, said = tried.run(OF_A_YEAR[name], root)
    assert " ".join(said.split()).count("bị sửa ngoài lệnh apply: plan.toml") == 1
    root = tried.copy("ended")
    edit(root / SETTINGS, 'ho_so = "tinh"', 'ho_so = "ninh_thuan"')
    before = tree(root)
    code, said = tried.run(f"{OF_A_YEAR[name]} --year 2026", root)
    assert code == (1 if name == "doctor" else 2)
    assert "nay thuộc tỉnh Khánh Hòa (Nghị quyết số 202/2025/QH15)" in " ".join(said.split())
    assert "dvctt-report roll 2026 --profile khanh_hoa" in " ".join(said.split())
    assert tree(root) == before


FAULTS: tuple[Fault, ...] = ("full", "read-only", "input/output")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_disk_that_takes_nothing_is_told_and_all_is_as_it_was(command: str, tried: Office) -> None:
    for fault in FAULTS:
        root = tried.copy(fault.partition("/")[0])
        with failing_disk(root, fault) as changes:
            code, said = tried.run(command, root)
        left = tree(root)
        assert code in (0, 1, 2), said
        assert "Traceback" not in said
        assert _halves(left, tried.before, {}) == []
        assert [name for name in left if name.endswith(".tmp")] == []
        assert tried.before.keys() - left.keys() == set()
        assert [word for word in _ENGLISH if word in said] == [], said
        assert code == 2 or command in EXAMINING or not re.search(_TOLD, said), said
        if code == 2 and command not in ENDING:
            assert re.search(_TOLD, said), said
            assert re.search(_REMEDY, said), said
        if not changes:  # what changes nothing meets no other fault either
            return


@pytest.mark.parametrize("command", COMMANDS)
def test_files_that_can_not_be_read_are_told(command: str, tried: Office) -> None:
    root = tried.copy("bad")
    with unreadable_files(root):
        code, said = tried.run(command, root)
    assert code in (0, 1, 2), said
    assert [word for word in _ENGLISH if word in said] == [], said
    if code == 2 and command not in ENDING:
        assert re.search(_REMEDY, said), said
    if tree(root) != tried.before:
        assert tried.run("status --format json", root)[0] == 0, "nothing was lost"


_ENGLISH = (
    *(os.strerror(n) for n in (errno.ENOSPC, errno.EROFS, errno.EIO, errno.EACCES, errno.ENOENT)),
    "as SQLite says",
    "Errno",
    "Traceback",
)
"""What a system says of itself, for programs."""
_TOLD = r"(?i)đã đầy|chỉ cho đọc|không (đọc hoặc )?ghi được|báo lỗi khi|không mở hoặc ghi được|không lưu được"
_REMEDY = r"(?i)chạy lại|chọn (thư mục|ổ)|kiểm tra|xóa bớt|chép thư mục"
_OTHER = rf"{_REMEDY}|nêu (tệp|tên|thư mục)|chọn tên thư mục|--help"


PLACES = {
    SETTINGS: "status",
    REGISTER: "collect",
    ".dvctt/da-doc.sqlite": "validate",
    "tinh/plan.toml": "plan check --profile tinh",
    "ky-bao-cao/2025/cau-hinh/plan.toml": "validate",
    "ky-bao-cao/2025/cau-hinh/report.docx": f"render {AS_OF}",
    "ky-bao-cao/2025/so-theo-doi.xlsx": "collect",
    "ky-bao-cao/2025/viec-can-xu-ly-2025.xlsx": "decide",
    "nhan-ve/2025/y-te.xlsx": "collect",
    "ket-qua/2025/bao-cao-2025.docx": f"render {AS_OF}",
    "ket-qua/2025/bao-cao-2025.json": "explain T1",
}
"""A file of each kind and a command that reads it: all are opened in one way (``tests/text``)."""


@pytest.mark.parametrize("put", [put_pipe, put_folder, put_sparse, put_device])
def test_what_stands_in_the_place_of_a_file_is_told_and_never_waited_for(
    put: Callable[[Path], None], tried: Office
) -> None:
    for n, (name, command) in enumerate(PLACES.items()):
        root = tried.copy(f"{n}")
        (root / name).unlink()
        put(root / name)
        _ends_with_a_remedy(tried, command, root, name)


PATHS = {
    ("init", "folder"): "init GIVEN --year 2025",
    ("collect", "log"): "collect --log GIVEN",
    ("collect", "sources"): "collect --from GIVEN",
    ("control read", "file"): "control read GIVEN",
    ("collect", "incoming"): "collect --incoming GIVEN --yes",
    ("export", "to"): "export --to GIVEN",
    ("explain", "report"): "explain T1 --report GIVEN",
    ("check", "file"): "check GIVEN",
    ("check", "manifest"): "check ký.docx --manifest GIVEN",
    ("publish", "file"): "publish --file GIVEN --number 386 --date 25/11/2025 --reason a",
    ("lint", "files"): "lint GIVEN",
    ("lint", "profile"): "lint ký.docx --profile GIVEN",
    ("plan copy", "to"): "plan copy GIVEN",
    ("plan write", "book_file"): "plan write GIVEN",
    ("plan read", "book_file"): "plan read GIVEN --profile tinh",
    ("plan new", "folder"): "plan new 'Khánh Hòa' --to GIVEN",
    ("demo", "folder"): "demo GIVEN",
    ("fill", "forms"): "fill GIVEN",
}
"""Each argument of a command that names a file or a folder, and how it is given."""


def test_every_argument_that_is_a_path_is_tried() -> None:
    taken = {
        (name, param.name)
        for name, command in LEAVES.items()
        for param in command.params
        if "Path" in str(getattr(getattr(param, "type_descriptor", None), "annotation", ""))
    }
    assert {(name, own) for name, own in taken if own != "workspace"} == PATHS.keys()


@pytest.mark.parametrize("given", PATHS.values())
def test_an_argument_that_is_no_file_is_told_and_never_waited_for(given: str, tried: Office) -> None:
    root = tried.copy("given")
    for n, put in enumerate((put_pipe, put_device, put_sparse, put_folder), 1):
        put(root / (name := f"{n}.pdf"))
        if given != "demo GIVEN" or put is not put_folder:  # which is the whole way, tried elsewhere
            _ends_with_a_remedy(tried, given.replace("GIVEN", name), root, name)


def _ends_with_a_remedy(tried: Office, command: str, root: Path, name: str) -> None:
    """Run a command in ``root``, where ``name`` is not what it is read as."""
    with within(600):
        code, said = tried.run(command, root)
    if (root / name).is_symlink() or ((root / name).is_file() and (root / name).stat().st_size > 10**9):
        (root / name).unlink()
    trial = f"{command} with {name}: {code} {said}"
    assert code in (0, 1, 2), trial
    assert tried.before.keys() - tree(root).keys() - {name} == set(), trial
    assert code != 2 or command in ENDING or re.search(_OTHER, said), trial
