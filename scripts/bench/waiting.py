"""What an officer waits for between two returns: ``python -m scripts.bench.waiting [N …]`` prints it alone.

Whole commands, as they are typed, on a year of communes; the processor time of all their processes, so that
what else the machine does decides less. Each is a ratio to an unchanged ``collect`` of the same round.
"""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median

from scripts.bench.returns import make_workspace

ROOT = Path(__file__).resolve().parents[2]
SIZES = (27, 300, 1000, 3321)
ROUNDS = 3
COMMANDS = {
    "one new file": "collect",
    "status": "status",
    "validate": "validate",
    "render": "render",
    "export": "export",
}
"""What is measured, and the command that does it."""


def waiting_table(folder: Path, sizes: Sequence[int] = SIZES) -> Iterator[str]:
    """Yield the lines of the table; workspaces are made in ``folder``."""
    yield "| processor time : an unchanged collect | " + " | ".join(f"{n:,}" for n in sizes) + " |"
    yield "|---|" + "--:|" * len(sizes)
    measured = [_measure(make_workspace(folder / f"waiting-{n}", "commune", n)) for n in sizes]
    for name in COMMANDS:
        yield f"| {name} | " + " | ".join(f"{_ratio(one, name):.2f}" for one in measured) + " |"
    cells = (f"{median(one['unchanged'].seconds):.2f}" for one in measured)
    yield "| the unchanged collect itself, seconds | " + " | ".join(cells) + " |"
    for name in ("render", "export"):
        cells = (f"{max(one[name].megabytes):.0f}" for one in measured)
        yield f"| {name}, MB at most | " + " | ".join(cells) + " |"


class _Runs:
    """What several runs of one command took."""

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self.megabytes: list[float] = []

    def add(self, workspace: Path, command: str) -> None:
        argv = [sys.executable, "-m", "dvctt_report", "--workspace", str(workspace), command]
        process = subprocess.Popen(
            argv, cwd=ROOT, env=compiled(os.environ), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in (0, 1):
            raise RuntimeError(f"{command} ended with {process.returncode}")
        self.seconds.append(_cpu(used))
        self.megabytes.append(used.ru_maxrss / (1_000_000 if sys.platform == "darwin" else 1_000))


def compiled(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment of an installation: whose modules are compiled once, not anew at each start."""
    return {name: value for name, value in environment.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _measure(workspace: Path) -> dict[str, _Runs]:
    runs = {name: _Runs() for name in ("unchanged", *COMMANDS)}
    _Runs().add(workspace, "collect")
    changed = sorted(workspace.glob("nhan-ve/*/*.xlsx"))[0]
    for n in range(ROUNDS):
        _Runs().add(workspace, "collect")  # the page that render has left is made anew once
        runs["unchanged"].add(workspace, "collect")
        _send_again(changed, n)
        for name, command in COMMANDS.items():
            runs[name].add(workspace, command)
    return runs


def _ratio(one: Mapping[str, _Runs], name: str) -> float:
    pairs = zip(one[name].seconds, one["unchanged"].seconds, strict=True)
    return median(this / unchanged for this, unchanged in pairs)


def _send_again(path: Path, n: int) -> None:
    """Let a return come once more with other bytes: its first sheet was last looked at elsewhere."""
    with zipfile.ZipFile(path) as package:
        parts = {info.filename: package.read(info) for info in package.infolist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, re.sub(rb'topLeftCell="A\d+"', b'topLeftCell="A%d"' % (9000 + n), content))


def _cpu(used: resource.struct_rusage) -> float:
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Measure the sizes that are named, else all, and print the table."""
    sizes = [int(size) for size in sys.argv[1:]] or SIZES
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        for line in waiting_table(Path(folder), sizes):
            print(line, flush=True)


if __name__ == "__main__":
    main()
