"""What is installed from the wheel works without the checkout and holds what it needs, nothing else."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from email import message_from_string
from importlib.metadata import packages_distributions
from pathlib import Path, PurePosixPath

import pytest

from tests.syntax import statements

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
INIT = "src/dvctt_report/__init__.py"
SCRIPTS = "Scripts" if os.name == "nt" else "bin"


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def run(*command: str | Path, cwd: Path) -> str:
    """Run ``command`` without this process's Python settings; a failure shows what it printed."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON") and k != "VIRTUAL_ENV"}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment | {"PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the checkout with what is installed: nothing is downloaded."""
    folder = tmp_path_factory.mktemp("wheel")
    run(
        sys.executable, "-m", "pip", "wheel", ROOT, "--wheel-dir", folder,
        "--no-deps", "--no-build-isolation", "--no-index", "--quiet",
        cwd=folder,
    )  # fmt: skip
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scripts of a fresh environment that holds the wheel.

    The libraries come from the present environment by its path. The project's own editable installation
    doesn't: its .pth file is only read in an environment's own folder.
    """
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, with_pip=False, symlinks=os.name != "nt")
    python = folder / SCRIPTS / Path(sys.executable).name
    if not python.exists():
        python = folder / SCRIPTS / "python"
    pip = (sys.executable, "-m", "pip", "--python", python)
    run(*pip, "install", "--no-deps", "--no-index", "-q", wheel, cwd=folder)
    own = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).strip()
    libraries = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (Path(own) / "libraries.pth").write_text("\n".join(sorted(libraries)) + "\n", encoding="utf-8")
    where = run(python, "-c", "import dvctt_report; print(dvctt_report.__file__)", cwd=folder).strip()
    assert Path(where).is_relative_to(folder)
    return folder / SCRIPTS


def test_the_installed_program_runs_the_demonstration(installed: Path, tmp_path: Path) -> None:
    """On some returns: each is read and added up alike."""
    assert run(installed / "dvctt-report", "--version", cwd=tmp_path).startswith("dvctt-report ")
    for path in sorted(installed.parent.rglob("nhan-ve/2025/BM2025_*"))[3:]:
        path.unlink()
    said = run(installed / "dvctt-report", "demo", tmp_path / "thu", cwd=tmp_path)
    (report,) = (tmp_path / "thu").rglob("bao-cao-2*.docx")
    assert report.stat().st_size > 10_000
    assert report.name in said
    assert (report.parent / "tinh-hinh.html").stat().st_size > 10_000


def is_generated(path: PurePosixPath) -> bool:
    """Whether the program, Python or an office program made ``path`` and it is of no use to anybody else."""
    return (
        not {"__pycache__", ".dvctt", "ket-qua"}.isdisjoint(path.parts)
        or path.suffix in (".pyc", ".sqlite", ".sqlite3", ".db")
        or path.name.startswith(("~$", ".~lock.", "dvctt-loi-"))
    )


@pytest.mark.parametrize("folder", ["templates", "sample_data"])
def test_the_wheel_holds_the_data_of_the_checkout(folder: str, wheel: Path) -> None:
    prefix = f"dvctt_report/_data/{folder}/"
    with zipfile.ZipFile(wheel) as archive:
        held = {name.removeprefix(prefix) for name in archive.namelist() if name.startswith(prefix)}
    assert held
    paths = (path.relative_to(ROOT) for path in (ROOT / folder).rglob("*") if path.is_file())
    own = {
        path.relative_to(folder).as_posix()
        for path in paths
        if not is_generated(PurePosixPath(path.as_posix()))
    }
    assert held == own


def test_the_wheel_holds_the_code_with_its_types_and_nothing_generated(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        paths = [PurePosixPath(name) for name in archive.namelist()]
        assert archive.read("dvctt_report/_data/locks/run.txt") == (ROOT / "locks" / "run.txt").read_bytes()
    code = {
        p.relative_to("dvctt_report").as_posix()
        for p in paths
        if p.suffix == ".py" and "_data" not in p.parts
    }
    source = ROOT / "src" / "dvctt_report"
    assert code == {p.relative_to(source).as_posix() for p in source.rglob("*.py")}
    assert PurePosixPath("dvctt_report/py.typed") in paths
    assert [path for path in paths if is_generated(path)] == []
    assert {path.parts[0] for path in paths} == {"dvctt_report", f"dvctt_report-{version()}.dist-info"}


def version() -> str:
    text = (ROOT / "src" / "dvctt_report" / "__init__.py").read_text(encoding="utf-8")
    return str(re.findall(r'__version__ = "(.+)"', text)[0])


def test_the_source_archive_gives_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    run(sys.executable, "-m", "build", "--sdist", "--no-isolation", "--outdir", tmp_path, ROOT, cwd=tmp_path)
    (archive,) = tmp_path.glob("*.tar.gz")
    run(
        sys.executable, "-m", "pip", "wheel", archive, "--wheel-dir", tmp_path,
        "--no-deps", "--no-build-isolation", "--no-index", "--quiet",
        cwd=tmp_path,
    )  # fmt: skip
    (again,) = tmp_path.glob("*.whl")
    assert again.read_bytes() == wheel.read_bytes()


def copy_what_builds(folder: Path) -> None:
    """Put into ``folder`` what a wheel with next to nothing in it is built of."""
    for name in ("pyproject.toml", "LICENSE", "README.md", "scripts/package_page.py", INIT):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes((ROOT / name).read_bytes())


def built(folder: Path) -> zipfile.ZipFile:
    """The wheel that is built in ``folder``."""
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder / "out", cwd=folder)
    (made,) = (folder / "out").glob("*.whl")
    return zipfile.ZipFile(made)


@pytest.mark.parametrize("address", ["https://forge.example/dvctt", ""])
def test_a_project_with_an_address_tells_it_and_one_without_leads_nowhere(
    address: str, tmp_path: Path
) -> None:
    copy_what_builds(tmp_path)
    settings = tmp_path / "pyproject.toml"
    text = settings.read_text(encoding="utf-8")
    assert 'address = ""' in text
    settings.write_text(text.replace('address = ""', f'address = "{address}"'), "utf-8")
    with built(tmp_path) as wheel:
        (name,) = (name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
        told = message_from_string(wheel.read(name).decode())
    readme, homes = str(told.get_payload()), told.get_all("Project-URL", [])
    if address:
        assert f"Homepage, {address}" in homes
        assert f"]({address}/raw/main/docs/anh/bao-cao-trang-1.png)" in readme
        assert f"]({address}/blob/main/docs/rules.md)" in readme
        assert re.findall(r"\]\((?!https://)", readme) == []
    else:
        assert (homes, "](" in readme) == ([], False)
        assert "Các quy tắc kiểm tra – *every check" in readme


def test_generated_files_in_the_checkout_stay_out_of_the_wheel(tmp_path: Path) -> None:
    """Built from a copy in which somebody has worked, with no Git beside it to ask."""
    copy_what_builds(tmp_path)
    wanted = ("templates/x/plan.toml", "sample_data/nhan-ve/2025/a.xlsx", "sample_data/dvctt.toml")
    unwanted = (
        "sample_data/.dvctt/so.sqlite3",
        "sample_data/ket-qua/2025/bao-cao-2025.docx",
        "sample_data/nhan-ve/2025/~$a.xlsx",
        "sample_data/nhan-ve/2025/.~lock.a.xlsx#",
        "src/dvctt_report/__pycache__/x.pyc",
    )
    for name in (*wanted, *unwanted):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    with built(tmp_path) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert held == {"dvctt_report/__init__.py", *(f"dvctt_report/_data/{name}" for name in wanted)}


COMES_WITH = {"pydantic-core": "pydantic"}
"""Documented as part of the library that brings it, and held to one version by that."""


def imported_libraries() -> set[str]:
    """The distributions whose modules the code imports, anywhere in it."""
    found: set[str] = set()
    for path in (ROOT / "src").rglob("*.py"):
        for node in statements(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found.update(alias.name.split(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.split(".")[0])
    found -= {"dvctt_report", *sys.stdlib_module_names}
    providers = packages_distributions()
    names = (name for module in found for name in providers.get(module, [f"{module} (not installed)"]))
    return {COMES_WITH.get(normal(name), normal(name)) for name in names}


def test_every_library_that_the_code_imports_is_a_dependency_and_locked() -> None:
    declared = {normal(re.split(r"[<>=! ;\[]", line)[0]) for line in PROJECT["dependencies"]}
    assert imported_libraries() <= declared
    for lock in ("run.txt", "develop.txt"):
        text = (ROOT / "locks" / lock).read_text(encoding="utf-8")
        locked = {normal(name) for name in re.findall(r"^([\w.-]+)==", text, re.MULTILINE)}
        assert declared <= locked


@pytest.mark.parametrize("lock", ["run.txt", "develop.txt"])
def test_a_lock_has_hashes_for_every_version_and_names_no_server(lock: str) -> None:
    text = (ROOT / "locks" / lock).read_text(encoding="utf-8")
    entries = re.split(r"^(?=[\w.-]+==)", text, flags=re.MULTILINE)[1:]
    assert entries
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert not re.search(r"://|--(extra-)?index-url|--find-links| @ ", text)
