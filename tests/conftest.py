"""What every test may use."""

from __future__ import annotations

import os

# A tool of development brings defusedxml, and openpyxl reads slower by it; who installs the program has none.
os.environ["OPENPYXL_DEFUSEDXML"] = "False"

from tests import covered

# isort: split
import gc
import re
import shutil
import sqlite3
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from openpyxl.worksheet.merge import MergedCellRange

from dvctt_report.files import libreoffice as office
from dvctt_report.intake import workers
from dvctt_report.plan.folders import copy_profile
from dvctt_report.text.resources import resource_path
from scripts.sample.following import make_final
from tests.cli.officer import Run, do
from tests.libreoffice import LibreOffice
from tests.remembered import remember

UNTIMED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("local", UNTIMED)
settings.register_profile("ci", UNTIMED, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "local")

RENDER = "render --as-of '20/11/2025 17:00'"


@pytest.fixture(scope="session")
def rendered_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sample workspace after ``collect`` and ``render``; not to be written to.

    Its targets are told in a table and in paragraphs, so that sentences of both kinds are there.
    """
    root = Path(
        shutil.copytree(resource_path("sample_data"), tmp_path_factory.mktemp("rendered") / "Báo cáo")
    )
    tell_targets_twice(root)
    return do(root, "collect", RENDER)


_ASKED_ABOUT = ("CDN_", "BQLKCN_", "SYT_", "NHI_", "thanh tra", "Xây dựng", "SVHTTDL_", "TBC_", "SNNMT_")


@pytest.fixture(scope="session")
def questioned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with only the returns that something is asked about and two in order, collected.

    Half as long a way as that of all of them; to be copied by a test that changes anything.
    """
    root = tmp_path_factory.mktemp("questioned") / "Báo cáo"
    shutil.copytree(resource_path("sample_data"), root)
    for path in (root / "nhan-ve" / "2025").iterdir():
        if not any(name in path.name for name in (*_ASKED_ABOUT, "SNV_", "STC_")):
            path.unlink()
    return do(root, "collect")


@pytest.fixture(scope="session")
def questioned_rendered(questioned: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """That workspace after ``render``, its targets told as in the sample's; not to be written to."""
    root = Path(shutil.copytree(questioned, tmp_path_factory.mktemp("questioned-rendered") / "Báo cáo"))
    tell_targets_twice(root)
    return do(root, RENDER)


@pytest.fixture(scope="session")
def final_sample(questioned_rendered: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with its report rendered to be signed; not to be written to."""
    root = Path(shutil.copytree(questioned_rendered, tmp_path_factory.mktemp("final") / "Báo cáo"))
    make_final(root)
    return root


@pytest.fixture(scope="session")
def signed_sample(final_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with that report published under number 386; not to be written to."""
    root = Path(shutil.copytree(final_sample, tmp_path_factory.mktemp("signed") / "Báo cáo"))
    sign(root)
    return root


def sign(root: Path) -> None:
    """Publish a final report under number 386."""
    report = root / "ket-qua" / "2025" / "bao-cao-2025.docx"
    do(root, f"publish --file '{report}' --number 386 --date 25/11/2025")


def go_on(root: Path) -> None:
    """Give a workspace a profile of its own, ``tinh``: the shipped one, of a province that hasn't ended."""
    copy_profile(resource_path("templates") / "ninh_thuan", root / "tinh")
    plan = root / "tinh" / "plan.toml"
    text = re.sub(r"(?s)\[ended\].*?\n\n", "", plan.read_text(encoding="utf-8"))
    plan.write_text(text, encoding="utf-8")
    settings = root / "dvctt.toml"
    said = settings.read_text(encoding="utf-8").replace('ho_so = "ninh_thuan"', 'ho_so = "tinh"')
    settings.write_text(said, encoding="utf-8")


@pytest.fixture(scope="session", autouse=True)
def libreoffice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LibreOffice]:
    """LibreOffice for all tests of a worker, and for the PDFs that commands make in them."""
    found = LibreOffice(tmp_path_factory.mktemp("libreoffice") / "profile")
    with pytest.MonkeyPatch.context() as patch, closing(found):
        patch.setattr(office, "_run", found.run)
        yield found


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    """Commands as they are typed."""
    return Run(capfd)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have nothing wait for a database that another program holds."""
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda path, **more: connect(path, **{**more, "timeout": 0.05}))


def tell_targets_twice(root: Path) -> None:
    """Have a workspace's report tell its targets in a table and in paragraphs."""
    settings = root / "dvctt.toml"
    said = settings.read_text(encoding="utf-8").replace('muc_tieu = "bang"', 'muc_tieu = "ca_hai"')
    settings.write_text(said, encoding="utf-8")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite the golden text files")
    parser.addoption("--workbook-years", type=int, default=4, help="random years told as workbooks")


def pytest_configure(config: pytest.Config) -> None:
    """Wait for no disk and pack quickly: what outlives a power cut, or could be smaller, no test can see.

    Draw no borders around merged cells: a quarter of the time in which openpyxl reads a workbook.

    And keep what Python compiles, whatever the machine says: tests are rewritten, and programs that they
    start compile this one, each time anew otherwise.
    """
    config.addinivalue_line("markers", "anew: nothing is remembered from an earlier test (remembered.py)")
    os.fsync = lambda fd: None
    MergedCellRange.format = lambda self: None
    zlib.compressobj = partial(_quickly, zlib.compressobj)
    sqlite3.connect = partial(_connect, sqlite3.connect)  # type: ignore[assignment]
    sys.dont_write_bytecode = False
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def _quickly(compressor: Callable[..., Any], level: int = 1, *args: Any, **named: Any) -> Any:
    """What compresses a file of a package, or the text of a .gz, at the quickest level."""
    return compressor(level and 1, *args, **named)


def _connect(connect: Callable[..., sqlite3.Connection], *args: Any, **named: Any) -> sqlite3.Connection:
    """Connect to a database that waits for no disk; one that is held or damaged says so when it is asked."""
    connection = connect(*args, **named)
    (wait,) = connection.execute("pragma busy_timeout").fetchone()
    connection.execute("pragma busy_timeout = 0")
    with suppress(sqlite3.Error):
        connection.execute("pragma synchronous = off")
    connection.execute(f"pragma busy_timeout = {wait}")
    return connection


_FIRST = (
    *("cli/test_every_command.py", "report/page/test_browser.py", "report/test_prose.py", "test_province.py"),
    *("store/published/test_publish.py", "cli/test_every_document.py", "cli/test_menu.py"),
    *("papers/years/test_amend.py", "test_wheel.py", "test_linear_patterns.py"),
    *("test_printed.py", "decide/check/test_edits.py", "papers/years/test_roll.py", "test_sample.py"),
    *("files/test_office.py", "text/test_personal.py", "papers/years/test_two_manifests.py"),
    *("papers/years/test_following.py", "oracle/test_second_plan.py", "intake/test_matrix.py"),
)
"""Files that take long, or would come last: begun at the end, one would be waited for on a single core."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take longest; the others stay in their order."""
    first = {Path(__file__).parent / name: n for n, name in enumerate(_FIRST)}
    items.sort(key=lambda item: first.get(item.path, len(first)))


def pytest_collection_finish() -> None:
    """Look for garbage less often, and not among the modules: a tenth of all time goes into that."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_sessionfinish() -> None:
    """Write down which lines were reached, where they are watched.

    And leave all that lives to the end of the process: pytest looks through it once more otherwise.
    """
    covered.write()
    gc.freeze()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Prepare for one test; skip it where programs are absent, which have to be there where CI is set."""
    workers.read_each = READ_IN_WORKERS if item.get_closest_marker("workers") else READ_HERE
    remember(item)
    tools = [tool for marker in item.iter_markers("requires") for tool in marker.args]
    absent = [tool for tool in tools if shutil.which(tool) is None]
    if absent and os.environ.get("CI"):
        pytest.fail(f"not installed: {', '.join(absent)}", pytrace=False)
    if absent:
        pytest.skip(f"not installed: {', '.join(absent)}")


READ_IN_WORKERS = workers.read_each
READ_HERE = partial(workers.read_each, n_workers=0)
"""What commands read received files with: two workers take a second of CPU to start, and say the same."""
