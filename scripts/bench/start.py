"""How long a command takes before it is of use: ``python -m scripts.bench.start`` prints these rows alone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from scripts.bench.waiting import compiled

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 15
"""Each takes some tenths of a second, so there can be many."""

_IMPORTS = ("-c", "import typer, rich.console")


def start_rows(sample: Path) -> list[tuple[str, str]]:
    """Return name and ratio of each row; ``sample`` is a copy of the sample workspace.

    Whole processes taking turns, the interpreter's own start on both sides.
    """
    program = ("-m", "dvctt_report", "--workspace", str(sample))
    env = compiled(os.environ)
    subprocess.run([sys.executable, *program, "collect"], cwd=ROOT, env=env, check=False, capture_output=True)
    commands = {
        "": _IMPORTS,
        "--help": ("-m", "dvctt_report", "--help"),
        "status": (*program, "status"),
        "docx": ("-c", "import docx"),
        "lint": ("-m", "dvctt_report.lint", "--help"),
    }
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(ROUNDS):
        for name, command in commands.items():
            start = time.perf_counter()
            subprocess.run([sys.executable, *command], cwd=ROOT, env=env, check=True, capture_output=True)
            seconds[name].append(time.perf_counter() - start)
    imports = median(seconds[""])
    return [
        ("`--help` : importing typer and rich.console", f"{median(seconds['--help']) / imports:.2f}"),
        (
            "`status` of the sample : importing typer and rich.console",
            f"{median(seconds['status']) / imports:.2f}",
        ),
        (
            "`python -m dvctt_report.lint` : importing python-docx",
            f"{median(seconds['lint']) / median(seconds['docx']):.2f}",
        ),
    ]


def main() -> None:
    """Measure on a copy of the sample and print the rows."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        for name, ratio in start_rows(Path(shutil.copytree(ROOT / "sample_data", Path(folder) / "sample"))):
            print(f"| {name} | {ratio} |")


if __name__ == "__main__":
    main()
