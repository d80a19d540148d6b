"""The bundle's modules compiled ahead by its own Python; its libraries of modules alone as one .zip each.

Otherwise the first start compiles them, on a slow disk under a virus scanner, and where the folder can't be
written to every start does. A virus scanner looks at each file that is opened: an archive is one.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from scripts.bundle_windows.archive import pack
from scripts.bundle_windows.contents import WITH_SOURCES
from scripts.bundle_windows.target import LIBRARIES, SITE, STDLIB
from scripts.wine import Wine, as_windows_name

_SCRIPT = Path(__file__).with_name("compile_there.py")


def compile_all(
    files: dict[str, bytes], library: Mapping[str, bytes], moment: int, folder: Path, wine: Wine
) -> None:
    """Put compiled modules into ``files``, standard library and archive of libraries too.

    ``folder`` is for the work. Archives are stored, not packed: one file to open, nothing to unpack at each
    start. Sources are left out, and what is none of this Python (olefile still carries some for Python 2).
    """
    python = folder / "python"
    runtime = {n.removeprefix("python/"): d for n, d in files.items() if _is_runtime(n)}
    _write(python, runtime | {STDLIB: pack(library, moment, stored=True)})
    site, archived = f"python/{SITE}/", f"python/{LIBRARIES}/"
    sources = {n.removeprefix(site): d for n, d in files.items() if n.startswith(site) and n.endswith(".py")}
    kept = {n: d for n, d in sources.items() if n.startswith(f"{WITH_SOURCES}/")}
    jobs = {
        f"{STDLIB}:": library,
        f"{LIBRARIES}:": {
            n.removeprefix(archived): files.pop(n) for n in list(files) if n.startswith(archived)
        },
        "site-packages:": {n: d for n, d in sources.items() if n not in kept},
        "site-packages": kept,
    }
    for n, modules in enumerate(jobs.values()):
        _write(folder / f"modules-{n}", modules)
    places = (f"{place}={as_windows_name(folder / f'modules-{n}')}" for n, place in enumerate(jobs))
    wine.run([as_windows_name(python / "python.exe"), as_windows_name(_SCRIPT), *places], check=True)
    standard, libraries, *beside = (_compiled(folder / f"modules-{n}") for n in range(len(jobs)))
    files[f"python/{STDLIB}"] = pack(standard, moment, stored=True)
    files[f"python/{LIBRARIES}"] = pack(libraries, moment, stored=True)
    for name in sources.keys() - kept.keys():
        del files[site + name]
    files.update({site + name: data for made in beside for name, data in made.items()})


def _is_runtime(name: str) -> bool:
    path = PurePosixPath(name)
    return path.parts[0] == "python" and (len(path.parts) == 2 or path.parts[1] == "DLLs")


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _compiled(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.pyc")}
