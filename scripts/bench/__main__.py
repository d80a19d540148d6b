"""Measure what an officer waits for: ``python -m scripts.bench``, within twelve minutes on a quiet machine.

Whole commands as they are typed, on years of real units; the processor time of all their processes, so that
what else the machine does decides less, and the most memory that they held. Goals are ratios of the same run.
Nothing is asserted, and what fails is left out. The tables are printed and put into ``docs/performance.md``.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import shutil
import tempfile
import time
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from statistics import median

from scripts.bench.process import ROOT, Ran, run, tell
from scripts.bench.returns import YEAR, make_year

PAGE = ROOT / "docs" / "performance.md"
_MEASURED = re.compile(r"(?s)(?<=<!-- measured -->\n).*(?=<!-- end -->)")
SIZES = (82, 300, 3321)
"""Units of a province, of a large one, and the communes of the country since 1 July 2025."""
MANY = 1000
"""Units from which on each command is measured once: it takes longer than all else together."""
WITH_NAIVE = 300
_REPORT = f"{{folder}}/ket-qua/{YEAR}/bao-cao-{YEAR}.docx"
COMMANDS = {
    "first collect": ("collect",),
    "unchanged collect": ("collect",),
    "one new file": ("collect",),
    "status": ("status",),
    "menu": ("menu",),
    "validate": ("validate",),
    "explain T10": ("explain", "T10"),
    "render": ("render",),
    "check": ("check", _REPORT),
    "lint": ("lint", _REPORT),
    "export": ("export",),
}
"""What is measured, in the order in which it is done, and the command that does it."""


@dataclass
class Year:
    """A year of ``n`` units and what was measured on it, one entry a round, by what was measured."""

    n: int
    folder: Path
    runs: dict[str, list[Ran]] = field(default_factory=lambda: defaultdict(list))

    def seconds(self, name: str) -> float:
        """The median of its processor time."""
        return median(ran.cpu for ran in self.runs[name])

    def megabytes(self, name: str) -> float:
        """The most that its processes held."""
        return max(ran.megabytes for ran in self.runs[name])

    def measure(self, n: int) -> None:
        """Measure each command once more, beginning with an empty workspace; ``n`` numbers the rounds."""
        for left in (".dvctt", "ket-qua", "ky-bao-cao"):
            shutil.rmtree(self.folder / left, ignore_errors=True)
        for name, command in COMMANDS.items():
            if name == "one new file":
                _send_again(min(self.folder.glob("nhan-ve/*/*.xlsx")), n)
            typed = "0\n" if name == "menu" else ""
            said = (part.format(folder=self.folder) for part in command)
            arguments = ("-m", "dvctt_report", "--workspace", str(self.folder), *said)
            self.runs[name].append(run(*arguments, typed=typed, may_find=True))
        if self.n == WITH_NAIVE and n == 0:  # it takes half a minute
            inbox, result = self.folder / "nhan-ve", self.folder / "cong.xlsx"
            self.runs["naive"].append(run("-m", "scripts.bench.naive", str(inbox), str(result)))


def main() -> None:
    """Make the returns, measure, print and write down."""
    parser = argparse.ArgumentParser(prog="python -m scripts.bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--quick", action="store_true", help=f"up to {WITH_NAIVE} units, the page as it is")
    said = parser.parse_args()
    start, years = time.perf_counter(), []
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        for n in (n for n in SIZES if n <= WITH_NAIVE or not said.quick):
            tell(f"{n} units: making their returns")
            years.append(Year(n, make_year(Path(name) / str(n), n)))
            rounds = said.rounds if n < MANY else 1
            for at in range(rounds):
                tell(f"{n} units: round {at + 1} of {rounds}")
                years[-1].measure(at)
    how = (
        f"Measured on {date.today():%Y-%m-%d} in {(time.perf_counter() - start) / 60:.0f} minutes: "
        f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()} "
        f"{platform.machine()}; medians of {said.rounds} rounds, from {MANY:,} units on, and script, one.\n"
    )
    table = "\n".join((how, *_goals_table(years), "", *_commands_table(years), ""))
    print(table)
    if not said.quick:
        text = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(_MEASURED.sub(lambda _: table, text), encoding="utf-8", newline="\n")


def _send_again(path: Path, n: int) -> None:
    """Let a return come once more with other bytes: its sheets were last looked at elsewhere."""
    with zipfile.ZipFile(path) as package:
        parts = {info.filename: package.read(info) for info in package.infolist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            seen = b'<sheetView topLeftCell="A%d" ' % (9000 + n)
            package.writestr(name, re.sub(rb'<sheetView (topLeftCell="A\d+" )?', seen, content))


def _goals(years: Sequence[Year]) -> Iterator[tuple[str, float, float]]:
    """Yield what is measured, the most that it should be, and what it is."""
    for year in years:
        if "naive" in year.runs:
            ratio = year.seconds("first collect") / year.seconds("naive")
            yield f"first collect of {year.n:,} : the script that only adds up", 0.25, ratio
    first = years[0]
    ratio = first.seconds("one new file") / first.seconds("unchanged collect")
    yield f"one new file among {first.n:,} : an unchanged collect", 1.5, ratio
    for year in years:
        yield f"`menu` of {year.n:,} : `status`", 1, year.seconds("menu") / year.seconds("status")
    most = max(map(years[-1].megabytes, COMMANDS))
    yield f"MB at most, any command, {years[-1].n:,} units", 400, most


def _goals_table(years: Sequence[Year]) -> Iterator[str]:
    yield "| goal | at most | measured | reached |"
    yield "|---|--:|--:|---|"
    for name, most, measured in _goals(years):
        yield f"| {name} | {most:g} | {measured:.2f} | {'yes' if measured <= most else 'no'} |"


def _commands_table(years: Sequence[Year]) -> Iterator[str]:
    yield "| seconds, MB | " + " | ".join(f"{year.n:,} units" for year in years) + " |"
    yield "|---|" + "--:|" * len(years)
    for name in (*COMMANDS, "naive"):
        cells = (
            f"{year.seconds(name):.2f}, {year.megabytes(name):.0f}" if name in year.runs else ""
            for year in years
        )
        yield f"| {name} | {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
