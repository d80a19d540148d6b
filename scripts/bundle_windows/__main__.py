"""Make the bundle for Windows: ``python -m scripts.bundle_windows`` (``make bundle-windows``).

Needs pip with its package index (or ``--python`` and ``--wheels``), Wine, osslsigncode and openssl; the
computer that the bundle is for needs none of them. Ends with 1, writing nothing, where a check finds a fault.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from packaging.utils import parse_wheel_filename

from scripts.bundle_windows.archive import pack
from scripts.bundle_windows.check import check_bundle
from scripts.bundle_windows.compiled import compile_all
from scripts.bundle_windows.components import bill, licences_page, parts
from scripts.bundle_windows.contents import DOCUMENTS, gather, standard_library
from scripts.bundle_windows.target import PYTHON, requirements
from scripts.bundle_windows.windows_python import check_python, unpack_python
from scripts.wine import Wine

ROOT = Path(__file__).resolve().parents[2]
_DOWNLOAD = ("--platform", "win_amd64", "--python-version", PYTHON, "--implementation", "cp",
             "--only-binary", ":all:", "--no-deps", "--require-hashes")  # fmt: skip


def main() -> int:
    """Build, check, write; return the exit code."""
    args = _arguments()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        python = unpack_python(_read_python(folder, args.python))
        if _told(check_python(python)):
            return 1
        wheels = _collect_wheels(folder, args.wheels)
        version = _own_version(wheels)
        files = gather(python, wheels, version)
        made_of = parts(files, wheels)
        files[f"{DOCUMENTS}/giay-phep.html"] = licences_page(made_of)
        files[f"{DOCUMENTS}/sbom.cdx.json"] = bill(made_of, version, _moment())
        wine = Wine(ROOT / "build" / "wine")
        wine.prepare()
        compile_all(files, standard_library(python), _moment(), folder, wine)
        if _told(check_bundle(files, [wheel.name for wheel in wheels])):
            return 1
    target = args.output / f"dvctt-report-{version}-win64.zip"
    target.parent.mkdir(parents=True, exist_ok=True)
    data = pack(files, _moment())
    target.write_bytes(data)
    print(f"{target}: {len(files)} files of {len(wheels)} wheels, {len(data) / 1e6:.1f} MB")
    print(f"SHA-256 {sha256(data).hexdigest()}; no fault found")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bundle_windows", description=__doc__)
    parser.add_argument("--python", type=Path, help="folder of the source archive that holds Python")
    parser.add_argument("--wheels", type=Path, help="folder of the locked wheels, instead of downloading")
    parser.add_argument("--output", type=Path, default=ROOT / "dist", help="folder for the bundle")
    return parser.parse_args()


def _told(faults: Iterable[str]) -> bool:
    """Print what is wrong; whether anything is."""
    found = list(faults)
    for fault in found:
        print(f"fault: {fault}", file=sys.stderr)
    return bool(found)


def _read_python(folder: Path, have: Path | None) -> bytes:
    """Return the pinned archive that holds Python."""
    lock = str(ROOT / "locks" / "windows-python.txt")
    found = folder / "python"
    _pip("download", "--no-binary", ":all:", "--no-deps", "--require-hashes", "--no-build-isolation",
         *_from(have), "--requirement", lock, "--dest", str(found))  # fmt: skip
    return next(found.iterdir()).read_bytes()


def _collect_wheels(folder: Path, have: Path | None) -> list[Path]:
    """Put the locked wheels and our own into ``folder``."""
    lock = folder / "windows.txt"
    lines = requirements((ROOT / "locks" / "run.txt").read_text(encoding="utf-8"))
    lock.write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = folder / "wheels"
    _pip("download", *_DOWNLOAD, *_from(have), "--requirement", str(lock), "--dest", str(found))
    _pip("wheel", str(ROOT), "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", str(found))
    return sorted(found.iterdir())


def _from(have: Path | None) -> tuple[str, ...]:
    return () if have is None else ("--no-index", "--find-links", str(have))


def _pip(*arguments: str) -> None:
    command = (sys.executable, "-m", "pip", arguments[0], "--quiet", "--disable-pip-version-check")
    subprocess.run([*command, *arguments[1:]], check=True)


def _own_version(wheels: list[Path]) -> str:
    parsed = (parse_wheel_filename(wheel.name) for wheel in wheels)
    return next(str(version) for name, version, *_ in parsed if name == "dvctt-report")


def _moment() -> int:
    """The date of the files: SOURCE_DATE_EPOCH, else that of the last commit."""
    said = os.environ.get("SOURCE_DATE_EPOCH")
    if said is None:
        log = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
        said = subprocess.run(log, check=True, capture_output=True, text=True).stdout
    return int(said)


if __name__ == "__main__":
    raise SystemExit(main())
