"""What an officer waits for between two returns: ``python -m scripts.bench.waiting [N …]`` prints it alone.

Whole commands, as they are typed, on a year of communes; the processor time of all their processes, so that
what else the machine does decides less. Each is a ratio to an unchanged ``collect`` of the same round.
"""

from __future__ import annotations

import re
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import TypeAlias

from scripts.bench.process import Ran, run
from scripts.bench.returns import make_workspace

SIZES = (27, 300, 1000, 3321)
ROUNDS = 3
MANY = 300
"""Returns beyond which there is one round: it takes longer than three of fewer."""
COMMANDS = {
    "one new file": "collect",
    "status": "status",
    "validate": "validate",
    "render": "render",
    "export": "export",
}
"""What is measured, and the command that does it."""

_Runs: TypeAlias = dict[str, list[Ran]]


def waiting_table(years: Sequence[tuple[int, Path]]) -> Iterator[str]:
    """Yield the lines of the table of some workspaces, each with the number of its returns."""
    measured = [(n, _measure(workspace, 1 if n > MANY else ROUNDS)) for n, workspace in years]
    yield "| processor time : an unchanged collect | " + " | ".join(f"{n:,}" for n, _ in measured) + " |"
    yield "|---|" + "--:|" * len(measured)
    for name in COMMANDS:
        yield f"| {name} | " + " | ".join(f"{_ratio(runs, name):.2f}" for _, runs in measured) + " |"
    cells = (f"{_seconds(runs, 'unchanged'):.2f}" for _, runs in measured)
    yield "| the unchanged collect itself, seconds | " + " | ".join(cells) + " |"
    cells = (f"{_seconds(runs, 'render') / n * 1000:.1f}" for n, runs in measured)
    yield "| render, ms a return | " + " | ".join(cells) + " |"
    for name in ("render", "export"):
        cells = (f"{max(ran.megabytes for ran in runs[name]):.0f}" for _, runs in measured)
        yield f"| {name}, MB at most | " + " | ".join(cells) + " |"


def _measure(workspace: Path, rounds: int) -> _Runs:
    runs: _Runs = {name: [] for name in ("unchanged", *COMMANDS)}
    _command(workspace, "collect")
    changed = sorted(workspace.glob("nhan-ve/*/*.xlsx"))[0]
    for n in range(rounds):
        _command(workspace, "collect")  # the page that render has left is made anew once
        runs["unchanged"].append(_command(workspace, "collect"))
        _send_again(changed, n)
        for name, command in COMMANDS.items():
            runs[name].append(_command(workspace, command))
    return runs


def _command(workspace: Path, command: str) -> Ran:
    return run("-m", "dvctt_report", "--workspace", str(workspace), command, may_find=True)


def _ratio(runs: _Runs, name: str) -> float:
    pairs = zip(runs[name], runs["unchanged"], strict=True)
    return median(this.cpu / unchanged.cpu for this, unchanged in pairs)


def _seconds(runs: _Runs, name: str) -> float:
    return median(ran.cpu for ran in runs[name])


def _send_again(path: Path, n: int) -> None:
    """Let a return come once more with other bytes: its first sheet was last looked at elsewhere."""
    with zipfile.ZipFile(path) as package:
        parts = {info.filename: package.read(info) for info in package.infolist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, re.sub(rb'topLeftCell="A\d+"', b'topLeftCell="A%d"' % (9000 + n), content))


def main() -> None:
    """Measure the sizes that are named, else all, and print the table."""
    sizes = [int(size) for size in sys.argv[1:]] or SIZES
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        years = [(n, make_workspace(Path(folder) / f"commune-{n}", "commune", n)) for n in sizes]
        for line in waiting_table(years):
            print(line, flush=True)


if __name__ == "__main__":
    main()
