"""What an officer waits for between two returns: ``python -m scripts.bench.waiting [N …]`` prints it alone.

Whole commands, as they are typed, on a year of communes; the processor time of all their processes, so that
what else the machine does decides less. Each is a ratio to an unchanged ``collect`` of the same round.
"""

from __future__ import annotations

import re
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from scripts.bench.process import Ran, run
from scripts.bench.returns import make_workspace

SIZES = (27, 300, 1000, 3321)
ROUNDS = 3
MANY = 300
"""Returns beyond which ``LONG`` is measured once: it takes longer than all else together."""
COMMANDS = {
    "one new file": "collect",
    "status": "status",
    "validate": "validate",
    "render": "render",
    "export": "export",
}
"""What is measured, and the command that does it."""
LONG = ("render", "export")


@dataclass(frozen=True)
class Waited:
    """What was measured on a year of ``n`` returns: of each of ``COMMANDS``, and unchanged, every round."""

    n: int
    runs: Mapping[str, Sequence[Ran]]

    def ratio(self, name: str) -> float:
        """How many times an unchanged collect of the same round it takes, in the median."""
        pairs = zip(self.runs[name], self.runs["unchanged"], strict=False)
        return median(this.cpu / unchanged.cpu for this, unchanged in pairs)

    def seconds(self, name: str) -> float:
        """The median of its processor time."""
        return median(ran.cpu for ran in self.runs[name])

    def megabytes(self, name: str) -> float:
        """The most that it held."""
        return max(ran.megabytes for ran in self.runs[name])


def wait(n: int, workspace: Path) -> Waited:
    """Measure a year of ``n`` communes in ``workspace``."""
    runs: dict[str, list[Ran]] = {name: [] for name in ("unchanged", *COMMANDS)}
    _command(workspace, "collect")
    changed = sorted(workspace.glob("nhan-ve/*/*.xlsx"))[0]
    for at in range(ROUNDS):
        _command(workspace, "collect")  # the page that render has left is made anew once
        runs["unchanged"].append(_command(workspace, "collect"))
        _send_again(changed, at)
        for name, command in COMMANDS.items():
            if n <= MANY or at == 0 or name not in LONG:
                runs[name].append(_command(workspace, command))
    return Waited(n, runs)


def waiting_table(measured: Sequence[Waited]) -> Iterator[str]:
    """Yield the lines of the table, a column a year."""
    yield "| processor time : an unchanged collect | " + " | ".join(f"{one.n:,}" for one in measured) + " |"
    yield "|---|" + "--:|" * len(measured)
    for name in COMMANDS:
        yield f"| {name} | " + " | ".join(f"{one.ratio(name):.2f}" for one in measured) + " |"
    cells = (f"{one.seconds('unchanged'):.2f}" for one in measured)
    yield "| the unchanged collect itself, seconds | " + " | ".join(cells) + " |"
    cells = (f"{one.seconds('render') / one.n * 1000:.1f}" for one in measured)
    yield "| render, ms a return | " + " | ".join(cells) + " |"
    for name in LONG:
        cells = (f"{one.megabytes(name):.0f}" for one in measured)
        yield f"| {name}, MB at most | " + " | ".join(cells) + " |"


def _command(workspace: Path, command: str) -> Ran:
    return run("-m", "dvctt_report", "--workspace", str(workspace), command, may_find=True)


def _send_again(path: Path, n: int) -> None:
    """Let a return come once more with other bytes: its first sheet was last looked at elsewhere."""
    with zipfile.ZipFile(path) as package:
        parts = {info.filename: package.read(info) for info in package.infolist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            seen = b'<sheetView topLeftCell="A%d" ' % (9000 + n)
            package.writestr(name, re.sub(rb'<sheetView (topLeftCell="A\d+" )?', seen, content))


def main() -> None:
    """Measure the sizes that are named, else all, and print the table."""
    sizes = [int(size) for size in sys.argv[1:]] or SIZES
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        years = [(n, make_workspace(Path(folder) / f"commune-{n}", "commune", n)) for n in sizes]
        for line in waiting_table([wait(n, year) for n, year in years]):
            print(line)


if __name__ == "__main__":
    main()
