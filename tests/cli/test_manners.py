"""The options and variables that every command heeds, and what each answers to programs (docs/json.md)."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from dvctt_report.cli import made
from dvctt_report.store.workspace import Workspace
from tests.apart import Ended, run_apart
from tests.cli.officer import AS_OF, Run, do, inside
from tests.pytest_types import Patch

# ------------------------------------------------------------------------------ --debug, colours, help


def debugged(folder: Path, *arguments: str) -> Ended:
    """A process of its own: a watch can't be taken away."""
    return run_apart(folder, *arguments, "--debug")


def test_debug_tells_which_files_are_read(questioned_rendered: Path, monkeypatch: Patch, run: Run) -> None:
    told = debugged(questioned_rendered, "explain", "T10")
    monkeypatch.chdir(questioned_rendered)
    assert (told.returncode, told.stdout) == run.raw("explain T10")[:2]
    for name in ("dvctt.toml", "plan.toml", "so-theo-doi.xlsx"):
        assert f"{name}\n" in told.stderr
    assert "mở sổ" in told.stderr
    assert ".py\n" not in told.stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_debug_writes_no_line_of_a_names_own_and_tells_of_refusals(
    workspace: Workspace, tmp_path: Path
) -> None:
    (workspace.inbox / "a\nĐã gửi 27-27 đơn vị.xlsx").write_bytes(b"x")
    told = debugged(workspace.root, "collect")
    assert "Đã gửi 27-27" in told.stderr
    assert not any(line.startswith("Đã gửi 27-27") for line in told.stderr.splitlines())
    told = debugged(tmp_path, "status")
    assert told.returncode == 2
    assert "Traceback" in told.stderr
    assert "Lỗi: " in told.stderr


def test_no_colour_is_stronger_than_any_wish_for_it(questioned_rendered: Path) -> None:
    environment = {**os.environ, "FORCE_COLOR": "1", "NO_COLOR": "1", "TERM": "xterm-256color"}
    plain = run_apart(questioned_rendered, "status", env=environment)
    del environment["NO_COLOR"]
    coloured = run_apart(questioned_rendered, "status", env=environment)
    assert ("\x1b[" in coloured.stdout, "\x1b[" in plain.stdout) == (True, False)


# ------------------------------------------------------------------------------ what was made


def test_json_names_what_was_made_with_hashes(drafted: Workspace, run: Run) -> None:
    for line, name in (
        (f"render {AS_OF}", "ket-qua/2025/bao-cao-2025.docx"),
        ("forms", "bieu-mau/2025/huong-dan-ghi-bieu.docx"),
        ("letter remind", "ket-qua/2025/cong-van-don-doc-2025.docx"),
        (f"feedback {AS_OF}", "ket-qua/2025/chinh-ly/BM2025_SYT_So-Y-te_ra-soat.xlsx"),
    ):
        code, out, err = run.raw(f"{line} --format json")
        files = {Path(one["file"]): one["sha256"] for one in json.loads(out)["files"]}
        assert (code, drafted.root / name in files) == (0, True)
        assert files == {path: sha256(path.read_bytes()).hexdigest() for path in files}
        assert not any(".dvctt" in path.parts for path in files)
        assert err != ""


def test_json_of_what_could_not_be_made_is_none(tmp_path: Path, run: Run) -> None:
    code, out, err = run.raw(f"--workspace '{tmp_path}' render --format json")
    assert (code, out, err[:5]) == (2, "", "Lỗi: ")


@pytest.mark.parametrize(
    ("line", "first"), [(f"render {AS_OF}", "bao-cao-2025.docx"), ("collect --log doc.csv", "tinh-hinh.html")]
)
def test_the_first_document_is_opened_where_that_is_wished(
    line: str, first: str, drafted: Workspace, run: Run, monkeypatch: Patch
) -> None:
    (drafted.results / "tinh-hinh.html").unlink()
    seen: list[Path] = []
    monkeypatch.setattr(made, "open_file", seen.append)
    run.lax(f"{line} --open")
    run.lax(line)
    assert [path.name for path in seen] == [first]


def test_the_guide_of_a_bundle_comes_before_ours(tmp_path: Path, monkeypatch: Patch, run: Run) -> None:
    seen: list[Path] = []

    def open_once(path: Path) -> bool:
        seen.append(path)
        return len(seen) == 1

    monkeypatch.setattr(made, "open_file", open_once)
    page = tmp_path / "Tai-lieu" / "huong-dan-su-dung.html"
    page.parent.mkdir()
    page.touch()
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python" / "python.exe"))
    assert run("menu --guide") == ""
    page.unlink()
    assert run("menu --guide") == f"Hướng dẫn sử dụng: {seen[1]}"
    assert [path.name for path in seen] == ["huong-dan-su-dung.html", "huong-dan-su-dung.md"]
    monkeypatch.setattr(made, "PACKAGE", tmp_path / "a" / "b")
    run("menu --guide", 2)


# ------------------------------------------------------------------------------ docs/json.md

PAGE = Path(__file__).parents[2] / "docs" / "json.md"
TOLD = frozenset(re.findall(r'["`](\w+)["`]', PAGE.read_text(encoding="utf-8")))
REPORT = "ket-qua/2025/bao-cao-2025"


def keys(value: object) -> Iterator[str]:
    """Every key in a document; those of ``fields`` of an item are the plan's words."""
    if isinstance(value, list):
        for one in value:
            yield from keys(one)
    elif isinstance(value, dict):
        yield from value
        for name, one in value.items():
            yield from () if name == "fields" and isinstance(one, dict) else keys(one)


def test_the_page_names_every_key_of_a_manifest(questioned_rendered: Path) -> None:
    manifest = json.loads((questioned_rendered / f"{REPORT}.json").read_text(encoding="utf-8"))
    assert sorted(set(keys(manifest)) - TOLD) == []


@pytest.fixture(scope="module")
def office(questioned_rendered: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of a few returns, edited since, with a decision of each kind."""
    said = "--reason 'Đúng như ghi' --document 'Công văn số 1/SYT'"
    return do(
        Path(shutil.copytree(questioned_rendered, tmp_path_factory.mktemp("decided") / "Sổ")),
        f"decide --unit SYT --set T10.done=2000 {said}",
        "decide --leave-out --unit BQLKCN",
        f"decide BC01 --accept --all {said}",
    )


decided = inside("office", "It, as the current folder.")


@pytest.mark.parametrize(
    "line",
    [
        *("collect", "validate", "status", "status --files", "explain T10", "doctor", "decide"),
        *(f"check {REPORT}.docx", f"lint {REPORT}.docx"),
    ],
)
@pytest.mark.usefixtures("decided")
def test_the_page_names_every_key_of_an_answer(line: str, run: Run) -> None:
    code, out, _ = run.raw(f"{line} --format json")
    assert code in (0, 1, 3)
    assert sorted(set(keys(json.loads(out))) - TOLD) == []
