"""The options and variables that every command heeds."""

from __future__ import annotations

import json
import os
import shutil
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from dvctt_report.cli import door, made
from dvctt_report.cli.app import COMMANDS
from tests.apart import Ended, run_apart
from tests.pytest_types import Capture, Patch


@pytest.mark.parametrize(
    "argv", [["--quiet", "status"], ["status", "--quiet"], ["--quiet", "status", "--files"]]
)
def test_quiet_prints_no_result(
    argv: list[str],
    questioned_rendered: Path,
    monkeypatch: Patch,
    capfd: Capture,
) -> None:
    monkeypatch.chdir(questioned_rendered)
    capfd.readouterr()
    assert door.main(argv) == 0
    assert capfd.readouterr().out == ""
    assert door.main([part for part in argv if part != "--quiet"]) == 0
    assert capfd.readouterr().out != ""


def test_quiet_still_tells_what_is_wrong(tmp_path: Path, capfd: Capture) -> None:
    assert door.main(["--quiet", "--workspace", str(tmp_path), "status"]) == 2
    said = capfd.readouterr()
    assert said.out == ""
    assert said.err.startswith("Lỗi: ")


def debugged(folder: Path, *arguments: str) -> Ended:
    """A process of its own: a watch can't be taken away."""
    return run_apart(folder, *arguments, "--debug")


def test_debug_tells_which_files_are_read_beside_the_same_answer(
    questioned_rendered: Path, monkeypatch: Patch, capfd: Capture
) -> None:
    told = debugged(questioned_rendered, "explain", "T10")
    monkeypatch.chdir(questioned_rendered)
    capfd.readouterr()
    assert door.main(["explain", "T10"]) == told.returncode == 0
    assert told.stdout == capfd.readouterr().out
    for name in ("dvctt.toml", "plan.toml", "so-theo-doi.xlsx"):
        assert f"{name}\n" in told.stderr
    assert "mở sổ" in told.stderr
    assert ".py\n" not in told.stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_debug_writes_no_line_of_a_name_s_own(tmp_path: Path, begun: Path) -> None:
    root = tmp_path / "w"
    shutil.copytree(begun, root)
    (root / "nhan-ve" / "2025" / "a\nĐã gửi 27-27 đơn vị.xlsx").write_bytes(b"x")
    told = debugged(root, "collect")
    assert "Đã gửi 27-27" in told.stderr
    assert not any(line.startswith("Đã gửi 27-27") for line in told.stderr.splitlines())


def test_debug_tells_where_a_refusal_arose(tmp_path: Path) -> None:
    told = debugged(tmp_path, "status")
    assert told.returncode == 2
    assert "Traceback" in told.stderr
    assert "Lỗi: " in told.stderr


def test_no_colour_is_stronger_than_any_wish_for_it(questioned_rendered: Path) -> None:
    environment = {**os.environ, "FORCE_COLOR": "1", "NO_COLOR": "1", "TERM": "xterm-256color"}
    plain = run_apart(questioned_rendered, "status", env=environment)
    del environment["NO_COLOR"]
    coloured = run_apart(questioned_rendered, "status", env=environment)
    assert "\x1b[" in coloured.stdout
    assert "\x1b[" not in plain.stdout


@pytest.mark.parametrize("name", [*COMMANDS])
def test_help_pages_of_commands_tell_what_is_their_own(name: str, capfd: Capture) -> None:
    assert door.main([name, "--help"]) == 0
    page = capfd.readouterr().out
    assert "--workspace" in page
    assert "--quiet" not in page


@pytest.fixture
def sample(questioned_rendered: Path, tmp_path: Path) -> Path:
    """A copy of the rendered sample that may be written to."""
    return shutil.copytree(questioned_rendered, tmp_path / "Báo cáo")


AS_OF = ("--as-of", "20/11/2025 17:00")


@pytest.mark.parametrize(
    ("command", "made"),
    [
        (("render", *AS_OF), "ket-qua/2025/bao-cao-2025.docx"),
        (("forms",), "bieu-mau/2025/huong-dan-ghi-bieu.docx"),
        (("letter", "remind"), "ket-qua/2025/cong-van-don-doc-2025.docx"),
        (("feedback", *AS_OF), "ket-qua/2025/chinh-ly/BM2025_SYT_So-Y-te_ra-soat.xlsx"),
    ],
)
def test_json_names_the_files_that_were_made_with_their_hashes(
    command: tuple[str, ...],
    made: str,
    sample: Path,
    monkeypatch: Patch,
    capfd: Capture,
) -> None:
    monkeypatch.chdir(sample)
    capfd.readouterr()
    assert door.main([*command, "--format", "json"]) == 0
    said = capfd.readouterr()
    files = {Path(one["file"]): one["sha256"] for one in json.loads(said.out)["files"]}
    assert sample / made in files
    assert files == {path: sha256(path.read_bytes()).hexdigest() for path in files}
    assert not any(".dvctt" in path.parts for path in files)
    assert said.err != ""


def test_json_of_what_could_not_be_made_is_none(tmp_path: Path, capfd: Capture) -> None:
    assert door.main(["--workspace", str(tmp_path), "render", "--format", "json"]) == 2
    said = capfd.readouterr()
    assert said.out == ""
    assert said.err.startswith("Lỗi: ")


@pytest.mark.parametrize(
    ("command", "first"),
    [(("render", *AS_OF), "bao-cao-2025.docx"), (("collect", "--log", "doc.csv"), "tinh-hinh.html")],
)
def test_the_first_document_is_opened_where_that_is_wished(
    command: tuple[str, ...], first: str, sample: Path, monkeypatch: Patch
) -> None:
    monkeypatch.chdir(sample)
    (sample / "ket-qua" / "2025" / "tinh-hinh.html").unlink()
    seen: list[Path] = []
    monkeypatch.setattr(made, "open_file", seen.append)
    assert door.main([*command, "--open"]) in (0, 1)
    assert [path.name for path in seen] == [first]
    assert door.main([*command]) in (0, 1)
    assert len(seen) == 1


def test_the_guide_of_a_bundle_is_opened_else_that_of_the_checkout(
    tmp_path: Path, monkeypatch: Patch, capfd: Capture
) -> None:
    seen: list[Path] = []

    def open_once(path: Path) -> bool:
        seen.append(path)
        return len(seen) == 1

    monkeypatch.setattr(made, "open_file", open_once)
    page = tmp_path / "Tai-lieu" / "huong-dan-su-dung.html"
    page.parent.mkdir()
    page.touch()
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python" / "python.exe"))
    assert door.main(["menu", "--guide"]) == 0
    assert capfd.readouterr().out == ""
    page.unlink()
    assert door.main(["menu", "--guide"]) == 0
    assert capfd.readouterr().out == f"Hướng dẫn sử dụng: {seen[1]}\n"
    assert [path.name for path in seen] == ["huong-dan-su-dung.html", "huong-dan-su-dung.md"]
    monkeypatch.setattr(made, "PACKAGE", tmp_path / "a" / "b")
    assert door.main(["menu", "--guide"]) == 2
