"""The page that ``collect`` and ``validate`` leave for the browser, and what is said about it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from dvctt_report.plan.folders import shipped_profile
from dvctt_report.store.workspace import Workspace
from dvctt_report.text.limits import MAX_RECEIVED
from tests.cli.officer import AS_OF, Run, edit, page_of
from tests.pytest_types import Patch
from tests.report.page.conftest import rows
from tests.shipped import own_file

VALIDATE = f"validate {AS_OF}"


@pytest.fixture
def page(asked: Workspace) -> Path:
    """Where it is to stand: the collected sample has no result yet."""
    shutil.rmtree(asked.results)
    return asked.results / "tinh-hinh.html"


def test_the_last_line_names_the_page_and_never_where_a_program_reads(
    asked: Workspace, page: Path, run: Run
) -> None:
    for line in (
        "collect",
        "validate",
        "validate --unit SYT",
        "collect --format json",
        "validate --format csv",
    ):
        code, out, err = run.raw(line)
        assert code == 1
        assert ((err if "format" in line else out).splitlines()[-1]).endswith(f": {page}")
        assert not ("format" in line and page.name in out)
        assert len(rows(page_of(asked.root), "don-vi")) == 27
        page.unlink()


@pytest.mark.usefixtures("page")
def test_the_page_is_of_the_moment_and_counts_what_validate_lists(asked: Workspace, run: Run) -> None:
    run.lax("collect")
    first = page_of(asked.root)
    run.lax("validate")
    for kind in ("muc-tieu", "don-vi", "tep", "loi"):
        assert rows(first, kind) == rows(page_of(asked.root), kind)
    found, tree = run.findings(), page_of(asked.root)
    for column, severity in ((5, "error"), (6, "warning")):
        n = sum(int(row[column]) for row in rows(tree, "don-vi") if row[column] != "x")
        assert n == sum(f["severity"] == severity and f["state"] == "open" and bool(f["unit"]) for f in found)
    named = {row[-1] for row in rows(tree, "loi")}
    files = {row[1] for row in rows(tree, "tep")}
    assert named == {f["id"] for f in found if f["severity"] == "error" and f["file"] not in files}


def test_a_page_that_cannot_be_written_costs_nothing_else(page: Path, run: Run) -> None:
    page.mkdir(parents=True)
    for line, ended in (("collect", 1), (VALIDATE, 2)):
        code, out, err = run.raw(line)
        assert code == ended
        assert re.search(r"^Chưa ghi được tinh-hinh\.html: \S", err, re.MULTILINE)
        assert "Tiếp theo: " in out


@pytest.mark.usefixtures("page")
def test_a_broken_wording_costs_the_page_alone(asked: Workspace, run: Run) -> None:
    name = asked.settings.ho_so
    own = shutil.copytree(shipped_profile(name), asked.root / "ho-so")
    edit(asked.root / "dvctt.toml", f'"{name}"', '"ho-so"')
    edit(own_file(own, "phrases.toml"), "{as_of}", "{luc_nao}", 1)
    said = run(VALIDATE, 2)
    assert re.search(r"Chưa lập được tinh-hinh\.html: .*luc_nao", said)
    assert "SL02-" in said


@pytest.mark.usefixtures("page")
def test_a_damaged_report_of_last_year_costs_collect_the_page_alone(asked: Workspace, run: Run) -> None:
    damaged = asked.root / "ket-qua" / "2024" / "bao-cao-2024.json"
    damaged.parent.mkdir(parents=True)
    damaged.write_text('{"year": 2023}', encoding="utf-8")
    said = run("collect", 1)
    assert re.search(r"Chưa lập được tinh-hinh\.html: .*bao-cao-2024\.json", said)
    assert "Đã gửi 10/27" in said
    assert "không phải bảng nguồn số liệu của báo cáo năm 2024" in run("validate", 2)


def test_a_year_without_any_return_has_its_page(workspace: Workspace, run: Run) -> None:
    run("validate", 2)
    assert not (workspace.results / "tinh-hinh.html").exists()
    run("collect")
    assert {row[2] for row in rows(page_of(workspace.root), "don-vi")} == {"Chưa gửi"}


def test_a_page_that_says_how_things_stand_already_is_left_as_it_is(page: Path, run: Run) -> None:
    run.lax("collect")
    first = page.stat().st_mtime_ns
    assert run("collect", 1).endswith(str(page))
    assert page.stat().st_mtime_ns == first


def large(workspace: Workspace, run: Run) -> None:
    with (workspace.inbox / "lon.xlsx").open("wb") as file:
        file.truncate(MAX_RECEIVED + 1)


CHANGES: dict[str, Callable[[Workspace, Run], object]] = {
    "a file gone": lambda workspace, run: (workspace.inbox / "thanh tra tinh.xlsx").unlink(),
    "the settings": lambda workspace, run: edit(workspace.root / "dvctt.toml", '"than_bai"', '"khong"', 1),
    "damage": lambda workspace, run: (workspace.results / "tinh-hinh.html").write_bytes(b""),
    "a file too large": large,
}


@pytest.mark.parametrize("change", CHANGES)
def test_it_is_made_anew_when_anything_may_be_other(
    change: str, asked: Workspace, page: Path, run: Run
) -> None:
    run.lax("collect")
    CHANGES[change](asked, run)
    before = page.read_bytes()
    run.lax("collect")
    assert page.read_bytes() != before
    if change == "a file too large":
        assert "lon.xlsx" in page.read_text(encoding="utf-8")
        (asked.inbox / "lon.xlsx").unlink()
        run.lax("collect")
        assert "lon.xlsx" not in page.read_text(encoding="utf-8")


def test_results_are_links_where_these_are_shown(drafted: Workspace, run: Run, monkeypatch: Patch) -> None:
    monkeypatch.setenv("COLUMNS", "400")
    plain = run.raw(f"export {AS_OF}")[1]
    monkeypatch.setenv("FORCE_HYPERLINK", "1")
    assert run.raw(f"export {AS_OF}")[1].count("\x1b]8;;file://") == plain.count(str(drafted.root)) > 1
