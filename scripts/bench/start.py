"""How long a command takes before it is of use: ``python -m scripts.bench.start`` prints these rows alone."""

from __future__ import annotations

import shutil
import tempfile
from collections import defaultdict
from pathlib import Path
from statistics import median

from scripts.bench.process import ROOT, run

ROUNDS = 15
"""Each takes some tenths of a second, so there can be many."""


def start_ratios(sample: Path) -> dict[str, float]:
    """Return the ratio of each row by its name; ``sample`` is a copy of the sample workspace.

    Processor time of whole processes taking turns, the interpreter's own start on both sides.
    """
    program = ("-m", "dvctt_report", "--workspace", str(sample))
    run(*program, "collect", may_find=True)
    seconds: dict[tuple[str, ...], list[float]] = defaultdict(list)
    status = (*program, "status")
    for _ in range(ROUNDS):
        for command in (_TYPER, _HELP, status):
            seconds[command].append(run(*command, may_find=True).cpu)
    times = {command: median(each) for command, each in seconds.items()}
    return {
        HELP: times[_HELP] / times[_TYPER],
        STATUS: times[status] / times[_TYPER],
    }


HELP = "`--help` : importing typer and rich.console"
STATUS = "`status` of the sample : importing typer and rich.console"
_TYPER = ("-c", "import typer, rich.console")
_HELP = ("-m", "dvctt_report", "--help")


def main() -> None:
    """Measure on a copy of the sample and print the rows."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        sample = Path(shutil.copytree(ROOT / "sample_data", Path(folder) / "sample"))
        for name, ratio in start_ratios(sample).items():
            print(f"| {name} | {ratio:.2f} |")


if __name__ == "__main__":
    main()
