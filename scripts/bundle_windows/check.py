"""What can be known of the bundle without Windows: each check yields a sentence about a fault."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from email.parser import HeaderParser
from pathlib import PurePosixPath

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name, parse_wheel_filename

from scripts.bundle_windows.batch import INSTALL, NEW, check_batch
from scripts.bundle_windows.contents import DOCUMENTS, GUIDE, PROGRAM
from scripts.bundle_windows.pages import PAGES
from scripts.bundle_windows.portable import imported
from scripts.bundle_windows.target import LIBRARIES, MARKERS, PATH_FILE, PYTHON, SITE, STDLIB, tags
from scripts.bundle_windows.windows_python import RUNTIME

LONGEST = 259
"""Characters of a whole path, where nobody has switched on long paths (which needs an administrator)."""
ROOM = 100
"""Characters left for the folder that the bundle is unpacked into."""

PROVIDED = frozenset(name for name in RUNTIME if name.endswith(".dll"))
"""Libraries beside python.exe. The C++ library is not among them: wheels have to bring their own."""
SYSTEM = frozenset(
    ("advapi32.dll", "bcrypt.dll", "bcryptprimitives.dll", "crypt32.dll", "kernel32.dll", "ntdll.dll",
     "ole32.dll", "oleaut32.dll", "shell32.dll", "user32.dll", "userenv.dll", "ws2_32.dll")
)  # fmt: skip
"""Libraries of every Windows 10; beside them the api-ms-win-… sets of the system and of its C library."""

_FOREIGN = (".so", ".dylib", ".sh", ".a", ".whl", ".gz")
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}


def check_bundle(files: Mapping[str, bytes], wheels: Iterable[str]) -> Iterator[str]:
    """Yield everything that is wrong with the bundle's files, or the wheels (names) they came from."""
    yield from check_wheels(wheels)
    yield from check_closure(files)
    yield from check_binaries(files)
    yield from check_names(files)
    yield from check_start(files)


def check_wheels(names: Iterable[str]) -> Iterator[str]:
    """Yield wheels that the bundle's Python can't use, and what is no wheel."""
    wanted = tags()
    for name in names:
        if not name.endswith(".whl"):
            yield f"{name}: not a wheel"
        elif not parse_wheel_filename(name)[3] & wanted:
            yield f"{name}: not for Python {PYTHON} on 64-bit Windows"


def check_closure(files: Mapping[str, bytes]) -> Iterator[str]:
    """Yield requirements of the installed libraries, as on Windows, that no installed library meets."""
    documents = [
        HeaderParser().parsestr(data.decode("utf-8"))
        for path, data in files.items()
        if path.startswith(f"python/{SITE}/") and path.endswith(".dist-info/METADATA")
    ]
    versions = {canonicalize_name(d["Name"]): d["Version"] for d in documents}
    for document in documents:
        who = document["Name"]
        if not SpecifierSet(document["Requires-Python"] or "").contains(PYTHON):
            yield f"{who}: not for Python {PYTHON}"
        for line in document.get_all("Requires-Dist", []):
            need = Requirement(line)
            if need.marker is not None and not need.marker.evaluate(MARKERS):
                continue
            found = versions.get(canonicalize_name(need.name))
            if found is None:
                yield f"{who}: needs {need.name}, which is missing"
            elif not need.specifier.contains(found, prereleases=True):
                yield f"{who}: needs {need.name}{need.specifier}, but {found} is there"


def check_binaries(files: Mapping[str, bytes]) -> Iterator[str]:
    """Yield files of other systems, and libraries that a compiled module asks for and would not find.

    What came with Python itself is taken as it is.
    """
    site = f"python/{SITE}/"
    brought = {PurePosixPath(p).name.lower() for p in files if p.startswith(site) and p.endswith(".dll")}
    for path, data in files.items():
        if path.endswith(_FOREIGN):
            yield f"{path}: not for Windows"
        if not path.startswith(site) or not path.endswith((".pyd", ".dll")):
            continue
        try:
            needs = imported(data)
        except ValueError as fault:
            yield f"{path}: {fault}"
            continue
        for library in sorted(needs - PROVIDED - SYSTEM - brought):
            if not library.startswith("api-ms-win-"):
                yield f"{path}: needs {library}, which is not there"


def check_names(paths: Iterable[str]) -> Iterator[str]:
    """Yield paths that Windows can't hold, holds twice, or that leave too little room for the folder."""
    names = list(paths)
    for path, n in Counter(unicodedata.normalize("NFC", p).casefold() for p in names).items():
        if n > 1:
            yield f"{path}: {n} files of one name"
    for path in names:
        if len(path) > LONGEST - ROOM:
            yield f"{path}: {len(path)} characters, at most {LONGEST - ROOM}"
        for part in path.split("/"):
            if (
                not part
                or part[-1] in " ."
                or set(part) & set('<>:"\\|?*')
                or part.split(".")[0].lower() in _RESERVED
                or any(unicodedata.category(char) == "Cc" for char in part)
            ):
                yield f"{path}: Windows allows no such name"


def check_start(files: Mapping[str, bytes]) -> Iterator[str]:
    """Yield what is missing of Python, launchers and pages, and what cmd would misread."""
    wanted = {INSTALL, NEW, GUIDE, *(f"{DOCUMENTS}/{name}.html" for name in PAGES)}
    wanted |= {f"python/{name}" for name in (*RUNTIME, PATH_FILE, STDLIB, LIBRARIES, "DLLs/_sqlite3.pyd")}
    wanted.add(f"python/{SITE}/{PROGRAM}")
    for path in sorted(wanted - files.keys()):
        yield f"{path}: missing"
    for path, data in files.items():
        if path.endswith(".bat"):
            yield from (f"{path}: {fault}" for fault in check_batch(data))
        if path.lower().endswith(".exe") and path != "python/python.exe":
            yield f"{path}: a program that a virus scanner may ask about"
