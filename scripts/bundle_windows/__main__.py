"""Make the bundle for Windows: ``python -m scripts.bundle_windows`` (``make bundle-windows``).

Needs pip with its package index (or ``--wheels``) and python.org (or ``--embed``); the computer that the
bundle is for needs neither. Ends with 1, writing nothing, where a check finds a fault.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import urllib.request
from hashlib import sha256
from pathlib import Path

from packaging.utils import parse_wheel_filename

from scripts.bundle_windows.archive import pack
from scripts.bundle_windows.check import check_bundle
from scripts.bundle_windows.contents import gather
from scripts.bundle_windows.target import EMBED, PYTHON, check_embed, requirements

ROOT = Path(__file__).resolve().parents[2]
_DOWNLOAD = ("--platform", "win_amd64", "--python-version", PYTHON, "--implementation", "cp",
             "--only-binary", ":all:", "--no-deps", "--require-hashes")  # fmt: skip
_SECONDS = 60


def main() -> int:
    """Build, check, write; return the exit code."""
    args = _arguments()
    with tempfile.TemporaryDirectory() as folder:
        wheels = _collect_wheels(Path(folder), args.wheels)
        version = _own_version(wheels)
        embed = None if args.without_python else _read_embed(args.embed)
        files = gather(embed, wheels, version)
        names = [wheel.name for wheel in wheels]
    faults = list(check_bundle(files, names, with_python=embed is not None))
    for fault in faults:
        print(f"fault: {fault}", file=sys.stderr)
    if faults:
        return 1
    suffix = "" if embed is not None else "-without-python"
    target = args.output / f"dvctt-report-{version}-win64{suffix}.zip"
    target.parent.mkdir(parents=True, exist_ok=True)
    data = pack(files, _moment())
    target.write_bytes(data)
    print(f"{target}: {len(files)} files of {len(names)} wheels, {len(data) / 1e6:.1f} MB")
    print(f"SHA-256 {sha256(data).hexdigest()}; no fault found")
    if embed is None:
        print("Without Python it does not run: for trying the build where python.org can't be reached.")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bundle_windows", description=__doc__)
    parser.add_argument("--embed", type=Path, help=f"a local {EMBED.name}, instead of python.org")
    parser.add_argument("--without-python", action="store_true", help="leave Python out")
    parser.add_argument("--wheels", type=Path, help="folder of the locked wheels, instead of downloading")
    parser.add_argument("--output", type=Path, default=ROOT / "dist", help="folder for the bundle")
    return parser.parse_args()


def _collect_wheels(folder: Path, have: Path | None) -> list[Path]:
    """Put the locked wheels and our own into ``folder``."""
    lock = folder / "windows.txt"
    lines = requirements((ROOT / "locks" / "run.txt").read_text(encoding="utf-8"))
    lock.write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = folder / "wheels"
    source = [] if have is None else ["--no-index", "--find-links", str(have)]
    _pip("download", *_DOWNLOAD, *source, "--requirement", str(lock), "--dest", str(found))
    _pip("wheel", str(ROOT), "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", str(found))
    return sorted(found.iterdir())


def _pip(*arguments: str) -> None:
    command = (sys.executable, "-m", "pip", arguments[0], "--quiet", "--disable-pip-version-check")
    subprocess.run([*command, *arguments[1:]], check=True)


def _own_version(wheels: list[Path]) -> str:
    parsed = (parse_wheel_filename(wheel.name) for wheel in wheels)
    return next(str(version) for name, version, *_ in parsed if name == "dvctt-report")


def _read_embed(local: Path | None) -> bytes:
    """Return the pinned Python, from a file or from python.org. Ends the program where it can't be had."""
    try:
        if local is not None:
            data = local.read_bytes()
        else:
            with urllib.request.urlopen(EMBED.url, timeout=_SECONDS) as answer:
                data = answer.read()
        check_embed(data)
    except (OSError, ValueError) as fault:
        raise SystemExit(
            f"No Python for the bundle: {fault}\n"
            f"Fetch {EMBED.url} on a computer with internet, then:\n"
            f"  make bundle-windows EMBED=path/to/{EMBED.name}"
        ) from None
    return bytes(data)


def _moment() -> int:
    """The date of the files: SOURCE_DATE_EPOCH, else that of the last commit."""
    said = os.environ.get("SOURCE_DATE_EPOCH")
    if said is None:
        log = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
        said = subprocess.run(log, check=True, capture_output=True, text=True).stdout
    return int(said)


if __name__ == "__main__":
    raise SystemExit(main())
