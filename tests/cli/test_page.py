"""The page that ``collect`` and ``validate`` leave for the browser, and what is said about it."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from dvctt_report.cli import door
from dvctt_report.plan.folders import shipped_profile
from dvctt_report.text.limits import MAX_RECEIVED
from tests.made import tabled
from tests.pytest_types import Capture, Patch
from tests.report.page.conftest import rows
from tests.shipped import own_file

AS_OF = ("--as-of", "20/11/2025 17:00")
VERDICTS = {
    "met": "Đạt",
    "missed": "Chưa đạt",
    "insufficient": "Chưa kết luận",
    "not_due": "Theo lộ trình",
}


@pytest.fixture
def sample(questioned: Path, tmp_path: Path, monkeypatch: Patch, capfd: Capture) -> Path:
    """The collected sample without any result yet, with the current folder in it."""
    root = shutil.copytree(questioned, tmp_path / "Báo cáo")
    shutil.rmtree(root / "ket-qua")
    monkeypatch.chdir(root)
    capfd.readouterr()
    return root


def page_of(root: Path) -> Any:
    return html.fromstring((root / "ket-qua" / "2025" / "tinh-hinh.html").read_bytes())


@pytest.mark.parametrize("command", [("collect",), ("validate",), ("validate", "--unit", "SYT")])
def test_the_last_line_names_the_page(command: tuple[str, ...], sample: Path, capfd: Capture) -> None:
    assert door.main([*command]) == 1
    *_, last = capfd.readouterr().out.splitlines()
    path = Path(last.partition(": ")[2])
    assert path == sample / "ket-qua" / "2025" / "tinh-hinh.html"
    assert len(rows(page_of(sample), "don-vi")) == 27


@pytest.mark.parametrize(
    "command",
    [("collect", "--format", "json"), ("validate", "--format", "json"), ("validate", "--format", "csv")],
)
def test_what_a_program_reads_stays_alone_on_stdout(
    command: tuple[str, ...], sample: Path, capfd: Capture
) -> None:
    door.main([*command])
    said = capfd.readouterr()
    assert "tinh-hinh.html" not in said.out
    assert said.err.splitlines()[-1].endswith("tinh-hinh.html")
    if command[-1] == "json":
        assert json.loads(said.out)["year"] == 2025


def test_collect_and_validate_of_the_same_moment_leave_the_same_page(sample: Path) -> None:
    door.main(["collect"])
    first = page_of(sample)
    door.main(["validate"])
    second = page_of(sample)
    for kind in ("muc-tieu", "don-vi", "tep", "loi"):
        assert rows(first, kind) == rows(second, kind)


def test_the_page_agrees_with_the_report_of_the_same_evening(rendered_sample: Path, tmp_path: Path) -> None:
    root = shutil.copytree(rendered_sample, tmp_path / "x")
    door.main(["--workspace", str(root), "validate", *AS_OF])
    manifest = json.loads((root / "ket-qua" / "2025" / "bao-cao-2025.json").read_text(encoding="utf-8"))
    tree = page_of(root)
    told = {row[1]: row for row in rows(tree, "muc-tieu")}
    fields = [field for target in manifest["targets"] for field in target["fields"]]
    assert len(fields) == 3
    assert told.keys() == {said["code"] for said in (*manifest["indicators"], *fields)}
    for said in (*manifest["indicators"], *fields):
        row = told[said["code"]]
        percent = (said["percent"] or "...").removesuffix("%")
        assert row[4].partition(" (")[0] == percent
        unsure = ", tạm tính" if said["basis"] == "partial" else ""
        assert row[6] == VERDICTS[said["verdict"]] + unsure
        assert (
            row[7].partition("Chưa có")[0].strip()
            == f"{said['coverage']['reported']}/{said['coverage']['expected']}"
        )
    returns = manifest["returns"]
    assert f"{returns['received']}/{returns['expected']} đơn vị đã gửi" in tree.text_content()
    missing = [row[1] for row in rows(tree, "don-vi") if row[2] in ("Chưa gửi",) or "Biểu chưa" in row[2]]
    assert len(missing) == len(returns["missing"])


def test_the_page_counts_the_errors_that_validate_lists(sample: Path, capfd: Capture) -> None:
    door.main(["validate", *AS_OF, "--format", "json"])
    found = json.loads(capfd.readouterr().out)["findings"]
    tree = page_of(sample)
    for column, severity in ((5, "error"), (6, "warning")):
        n = sum(int(row[column]) for row in rows(tree, "don-vi") if row[column] != "x")
        assert n == sum(f["severity"] == severity and f["state"] == "open" and bool(f["unit"]) for f in found)
    named = {row[-1] for row in rows(tree, "loi")}
    files = {row[1] for row in rows(tree, "tep")}
    assert named == {f["id"] for f in found if f["severity"] == "error" and f["file"] not in files}


def test_a_page_that_cannot_be_written_costs_nothing_else(sample: Path, capfd: Capture) -> None:
    (sample / "ket-qua" / "2025" / "tinh-hinh.html").mkdir(parents=True)
    for command, code in ((["collect"], 1), (["validate", *AS_OF], 2)):
        assert door.main(command) == code
        said = capfd.readouterr()
        assert re.search(r"^Chưa ghi được tinh-hinh\.html: \S", said.err, re.MULTILINE)
        assert "Tiếp theo: " in said.out


def test_a_broken_wording_costs_the_page_alone(sample: Path, capfd: Capture) -> None:
    settings = (sample / "dvctt.toml").read_text(encoding="utf-8")
    profile = str(re.findall(r'(?m)^ho_so = "([^"]*)"', settings)[0])
    own = shutil.copytree(shipped_profile(profile), sample / "ho-so")
    (sample / "dvctt.toml").write_text(settings.replace(f'"{profile}"', '"ho-so"'), encoding="utf-8")
    path = own_file(Path(own), "phrases.toml")
    wording = path.read_text(encoding="utf-8")
    path.write_text(wording.replace("{as_of}", "{luc_nao}", 1), encoding="utf-8")
    assert door.main(["validate", *AS_OF]) == 2
    said = capfd.readouterr()
    assert "Chưa lập được tinh-hinh.html: " in said.err
    assert "luc_nao" in said.err
    assert "SL02-" in said.out


def test_a_damaged_report_of_last_year_costs_collect_the_page_alone(sample: Path, capfd: Capture) -> None:
    damaged = sample / "ket-qua" / "2024" / "bao-cao-2024.json"
    damaged.parent.mkdir(parents=True)
    damaged.write_text("{}", encoding="utf-8")
    assert door.main(["collect"]) == 1
    said = capfd.readouterr()
    assert re.search(r"^Chưa lập được tinh-hinh\.html: .*bao-cao-2024\.json", said.err, re.MULTILINE)
    assert "Đã gửi 10/27" in said.out


def test_a_year_without_any_return_has_its_page(tmp_path: Path, monkeypatch: Patch, capfd: Capture) -> None:
    assert door.main(["init", str(tmp_path / "x"), "--year", "2025"]) == 0
    monkeypatch.chdir(tmp_path / "x")
    assert door.main(["validate"]) == 2
    assert not (tmp_path / "x" / "ket-qua" / "2025" / "tinh-hinh.html").exists()
    door.main(["collect"])
    tree = page_of(tmp_path / "x")
    assert {row[2] for row in rows(tree, "don-vi")} == {"Chưa gửi"}
    assert "đã gửi" in tree.text_content()


def test_a_page_that_says_how_things_stand_already_is_left_as_it_is(sample: Path, capfd: Capture) -> None:
    page = sample / "ket-qua" / "2025" / "tinh-hinh.html"
    door.main(["collect"])
    first = page.stat().st_mtime_ns
    capfd.readouterr()
    door.main(["collect"])
    assert page.stat().st_mtime_ns == first
    assert capfd.readouterr().out.splitlines()[-1].endswith(str(page))


@tabled("change")
def test_a_page_is_made_anew_when_anything_it_says_may_have_changed(change: str, sample: Path) -> None:
    page = sample / "ket-qua" / "2025" / "tinh-hinh.html"
    door.main(["collect"])
    match change:
        case "a file gone":
            (sample / "nhan-ve" / "2025" / "thanh tra tinh.xlsx").unlink()
        case "a decision":
            name = "nhan-ve/2025/thanh tra tinh.xlsx"
            assert door.main(["decide", name, "--reject", "--reason", "gửi nhầm"]) == 0
        case "the settings":
            settings = sample / "dvctt.toml"
            said = settings.read_text(encoding="utf-8").replace('"than_bai"', '"khong"', 1)
            settings.write_text(said, encoding="utf-8")
        case "the tracking book":
            (sample / "ky-bao-cao" / "2025" / "so-theo-doi.xlsx").unlink()
        case "another day":
            assert door.main(["validate", *AS_OF]) == 1
        case "a file too large":
            with (sample / "nhan-ve" / "2025" / "lon.xlsx").open("wb") as file:
                file.truncate(MAX_RECEIVED + 1)
        case "damage":
            page.write_bytes(b"")
    before = page.read_bytes()
    door.main(["collect"])
    assert page.read_bytes() != before


def test_a_file_that_could_not_be_opened_leaves_the_page_when_it_is_gone(sample: Path) -> None:
    page = sample / "ket-qua" / "2025" / "tinh-hinh.html"
    large = sample / "nhan-ve" / "2025" / "lon.xlsx"
    with large.open("wb") as file:
        file.truncate(MAX_RECEIVED + 1)
    door.main(["collect"])
    assert "lon.xlsx" in page.read_text(encoding="utf-8")
    large.unlink()
    door.main(["collect"])
    assert "lon.xlsx" not in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("command", ["collect", "validate"])
def test_a_tracking_book_that_cannot_be_read_keeps_nothing_else_back(
    command: str, sample: Path, capfd: Capture
) -> None:
    door.main(["collect"])
    book = sample / "ky-bao-cao" / "2025" / "so-theo-doi.xlsx"
    book.unlink()
    book.mkdir()
    capfd.readouterr()
    assert door.main([command]) == 1
    assert capfd.readouterr().out.splitlines()[-1].endswith("tinh-hinh.html")
