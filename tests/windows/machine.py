"""A Windows computer under Wine, set to Vietnamese, with the bundle unpacked on it as an officer does."""

from __future__ import annotations

import re
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from scripts.bundle_windows.target import PYTHON, requirements
from scripts.wine import Wine, as_windows_name

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ROOT / "locks"
LOCALE = {"LC_ALL": "vi_VN.UTF-8", "LANG": "vi_VN.UTF-8"}
"""Wine takes its code page from it: 1258."""
LONGEST = 3_000
"""Seconds for what takes less than a tenth of that: a machine may have much else to do."""
TESTING = ("hypothesis", "iniconfig", "packaging", "pluggy", "pygments", "pytest", "sortedcontainers")
"""What the tests of this project need beside what the bundle has."""


@dataclass(frozen=True)
class Machine:
    """``disk`` is drive C: as seen from here, ``app`` the folder of the bundle on it."""

    wine: Wine
    disk: Path
    app: Path

    @property
    def python(self) -> str:
        return self.name(self.app / "python" / "python.exe")

    def name(self, path: Path) -> str:
        """The name of a file as its users see it."""
        if path.is_relative_to(self.disk):
            return "C:\\" + str(path.relative_to(self.disk)).replace("/", "\\")
        return as_windows_name(path)

    def run(self, command: Sequence[str], folder: Path, code: int = 0, typed: bytes = b"") -> str:
        """What a Windows program says on both streams, in UTF-8 where it is ours; it ends with ``code``."""
        done = self.wine.run(
            command,
            cwd=folder,
            input=typed,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=LONGEST,
        )
        said: str = done.stdout.decode("utf-8", "replace").replace("\r\n", "\n")
        assert done.returncode == code, said
        return said

    def program(self, folder: Path, *arguments: str, code: int = 0, typed: bytes = b"") -> str:
        """What the program of the bundle says, run in ``folder``."""
        return self.run([self.python, "-m", "dvctt_report", *arguments], folder, code, typed)

    def wait_for_process(self, words: str) -> None:
        """Wait until a program whose command line has these words is there."""
        self._wait(words, True)

    def wait_for_its_end(self, words: str) -> None:
        """Wait until no such program is left, as one of the command before."""
        self._wait(words, False)

    def _wait(self, words: str, there: bool) -> None:
        until = time.monotonic() + LONGEST
        while any(words in line and self.python in line for line in _command_lines()) is not there:
            assert time.monotonic() < until, f"{'no' if there else 'still a'} process {words!r}"
            time.sleep(0.02)

    def test(self, folder: Path, tests: Iterable[str]) -> str:
        """Run tests of this project with the bundle's Python and libraries; what pytest says."""
        site = self.name(self.disk / "testing")
        start = (
            f"import sys; sys.path[:0] = [{self.name(ROOT)!r}, {site!r}]; import pytest; "
            "sys.exit(pytest.main(sys.argv[1:]))"
        )
        options = ("-q", "-p", "no:cacheprovider", "--rootdir", self.name(ROOT), "-o", "pythonpath=")
        names = [self.name(ROOT / test) for test in tests]
        return self.run([self.python, "-c", start, *options, *names], folder)


def _command_lines() -> Iterator[str]:
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            yield path.read_bytes().replace(b"\0", b" ").decode(errors="replace")


def install(bundle: Path, prefix: Path) -> Machine:
    """Unpack the bundle on a new computer."""
    wine = Wine(prefix, dict(LOCALE))
    wine.prepare()
    disk = prefix / "drive_c"
    machine = Machine(wine, disk, disk / "Phần mềm" / "DVCTT")
    with zipfile.ZipFile(bundle) as archive:
        archive.extractall(machine.app)
    _fit_for_wine(machine.app / "python" / "Lib" / "site-packages", prefix)
    _unpack_wheels(_testing_lines(), prefix / "wheels", disk / "testing")
    return machine


def _fit_for_wine(site: Path, prefix: Path) -> None:
    """Put a numpy there that runs under Wine, where the bundle has one."""
    if (site / "numpy").exists():
        (site / "numpy").rename(prefix / "numpy")
        line = next(requirements((LOCKS / "wine.txt").read_text(encoding="utf-8")))
        _unpack_wheels([line], prefix / "numpy-wheel", site)


def _testing_lines() -> list[str]:
    lines = requirements((LOCKS / "develop.txt").read_text(encoding="utf-8"))
    return [line for line in lines if line.split("==")[0] in TESTING]


def _unpack_wheels(lines: list[str], folder: Path, target: Path) -> None:
    """Fetch the Windows wheels of a lock's lines, and unpack them."""
    folder.mkdir()
    lock = folder.with_suffix(".txt")
    lock.write_text("\n".join(lines) + "\n", encoding="utf-8")
    subprocess.run(
        [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
         "--require-hashes", "--platform", "win_amd64", "--python-version", PYTHON, "--only-binary", ":all:",
         "--requirement", str(lock), "--dest", str(folder)],
        check=True,
    )  # fmt: skip
    for wheel in folder.iterdir():
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(target)


class Console:
    """A console window of the machine, typed into and read as a person does."""

    SIZE = (200, 50)

    def __init__(self, machine: Machine, folder: Path, more: dict[str, str]) -> None:
        self._socket = f"dvctt-{folder.stat().st_ino}"
        self._cleared = 0
        environment = machine.wine.environment() | more
        told = [option for item in environment.items() for option in ("-e", "=".join(item))]
        width, height = (str(n) for n in self.SIZE)
        self._tmux(
            "-u", "-f", "/dev/null", "new-session", "-d", "-x", width, "-y", height, "-c", str(folder), *told,
            "wine", "cmd.exe",
        )  # fmt: skip

    def _tmux(self, *arguments: str) -> str:
        done = subprocess.run(
            ["tmux", "-L", self._socket, *arguments],
            capture_output=True,
            check=True,
            text=True,
            encoding="utf-8",
        )
        return done.stdout

    def type(self, *keys: str) -> None:
        """Press keys; text as it is, "Enter" and "C-c" by their names."""
        self._tmux("send-keys", *keys)

    def screen(self) -> str:
        """What the window has shown, with lines that it broke as one."""
        return self._tmux("capture-pane", "-p", "-J", "-S", "-500")

    def wait_for(self, text: str, seconds: float = LONGEST) -> str:
        """Wait until ``text`` (a regular expression) stands there; return everything."""
        until = time.monotonic() + seconds
        while not re.search(text, shown := self.screen()):
            assert time.monotonic() < until, f"{text!r} is not in:\n{shown}"
            time.sleep(0.3)
        return shown

    def press(self, *keys: str, until: str) -> str:
        """Press keys again and again until a text stands there."""
        pause = 2
        for _ in range(LONGEST // pause):
            self.type(*keys)
            with suppress(AssertionError):
                return self.wait_for(until, pause)
        return self.wait_for(until, pause)

    def clear(self) -> None:
        """Forget what was shown, once the console is ready for the next command."""
        self._cleared += 1
        mark = f"mark{self._cleared}"
        self.type(f"cls & echo {mark}", "Enter")
        self.wait_for(rf"(?m)^{mark}\s*$")
        self._tmux("clear-history")

    def close(self) -> None:
        self._tmux("kill-server")
