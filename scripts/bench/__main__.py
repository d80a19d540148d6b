"""Measure the program against what it could be compared with: ``python -m scripts.bench``.

Everything is a ratio of two times from the same run, each the median of several rounds that take turns, so
that neither the machine nor what else it does decides. Nothing is asserted, and what fails is left out. The
tables, above all that of the goals, are printed and put into ``docs/performance.md``.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from statistics import median
from subprocess import Popen
from typing import TypeAlias

from scripts.bench.measure import N_PEER, WARM
from scripts.bench.process import ROOT, run, tell
from scripts.bench.returns import make_workspace
from scripts.bench.start import HELP, STATUS, start_ratios
from scripts.bench.waiting import LONG, MANY, Waited, wait, waiting_table

PAGE = ROOT / "docs" / "performance.md"
_MEASURED = re.compile(r"(?s)(?<=<!-- measured -->\n).*(?=<!-- end -->)")
COUNTRY = 3321
"""The communes of the country since 1 July 2025."""
SETS = (
    ("sở, ngành", "standard", 300),
    ("xã", "commune", 27),
    ("xã", "commune", 300),
    ("xã", "commune", 1000),
    ("xã", "commune", COUNTRY),
)
FULL = 300
"""Returns of the sets that peers read, too."""
_PEERS = {"pandas": "pandas + openpyxl", "openpyxl_twice": "openpyxl, formulas and results"}
"""What reads a few returns of those sets, and how the table calls it."""


@dataclass
class Set:
    """One set of returns and what was measured on it, one figure a round, by what was measured.

    ``with_peers``: what reads slowly reads some of it, too. ``seconds`` by the clock, two cores at hand;
    ``cpu`` seconds of all processes, which have one core.
    """

    name: str
    folder: Path
    n: int
    with_peers: bool = False
    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    cpu: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    megabytes: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def measure(self, what: str, name: str = "", *, two_cores: bool = False) -> None:
        """Measure ``what`` once more, kept under ``name``."""
        ran = run("-m", "scripts.bench.measure", what, str(self.folder), one_core=not two_cores)
        told, name = json.loads(ran.said or '{"seconds": NaN, "cpu": NaN}'), name or what
        self.megabytes[name].append(ran.megabytes)
        if two_cores:
            self.seconds[name].append(told["seconds"])
        else:
            self.cpu[name].append(told["cpu"])

    def command(self, name: str) -> None:
        """Measure the whole command ``collect`` once more, with its start."""
        ran = run("-m", "dvctt_report", "--workspace", str(self.folder), "collect", "--format", "json")
        self.cpu[name].append(ran.cpu)

    def ratio(self, of: str, to: str) -> float:
        """Median over median of processor time."""
        return median(self.cpu[of]) / median(self.cpu[to])


def main() -> None:
    """Make the returns, measure, print and write down."""
    parser = argparse.ArgumentParser(prog="python -m scripts.bench")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--quick", action="store_true", help=f"up to {MANY} returns, the page as it is")
    parser.add_argument(
        "--divide", type=int, default=1, help="so many times fewer returns, the page as it is"
    )
    said = parser.parse_args()
    planned = [one for one in SETS if one[2] <= MANY or not said.quick]
    start = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        make_workspace(Path(name) / WARM, "commune", 1)
        sets = []
        for title, shape, all_of_them in planned:
            n = max(all_of_them // said.divide, 1)
            tell(f"{n} returns of the form “{title}”: making them")
            folder = make_workspace(Path(name) / f"{shape}-{n}", shape, n)
            sets.append(Set(title, folder, n, all_of_them == FULL))
            _measure_reading(sets[-1], said.rounds if n <= MANY else 1)
        sample = Set("sample", Path(shutil.copytree(ROOT / "sample_data", Path(name) / "sample")), 0)
        forms = [one for one in sets if one.with_peers]
        for n in range(said.rounds):
            tell(f"forms, report: round {n + 1} of {said.rounds}")
            for what in ("docxtpl", "render", "docx", "lint", "docx_sample", "check"):
                sample.measure(what)
            for one in forms:
                one.measure("form")
        tell("start")
        starting = start_ratios(sample.folder)
        tell("what is waited for")
        waited = [wait(one.n, one.folder) for one in sets if one.name == "xã"]
        goals = _goals(sets, sample, starting, waited)
        tables = (
            *_goals_table(goals),
            "",
            *_reading_table(sets),
            "",
            *waiting_table(waited),
            "",
            *_writing_table(forms, sample),
        )
        table = "\n".join(tables)
    how = (
        f"Measured on {date.today():%Y-%m-%d} in {(time.perf_counter() - start) / 60:.0f} minutes: "
        f"{os.cpu_count()} cores (two processes at once take {_two_at_once():.1f} times as long as one), "
        f"Python {platform.python_version()}, {platform.system()} {platform.machine()}; "
        f"medians of {said.rounds} rounds, of what takes long of more than {MANY} returns one.\n"
    )
    print(f"{how}\n{table}")
    if said.divide == 1 and not said.quick:
        text = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(_MEASURED.sub(lambda _: f"{how}\n{table}\n", text), encoding="utf-8", newline="\n")


def _measure_reading(one: Set, rounds: int) -> None:
    """Measure how the returns are read, and leave the workspace as it was."""
    for n in range(rounds):
        tell(f"{one.n} returns of the form “{one.name}”: round {n + 1} of {rounds}")
        for peer in _PEERS if one.with_peers and n == 0 else ():
            one.measure(peer)
        for two_cores in (False, True):
            one.measure("calamine", two_cores=two_cores)
            one.measure("collect", "first", two_cores=two_cores)
            one.measure("collect", "second", two_cores=two_cores)
            _forget(one.folder)
        if one.with_peers:
            one.command("first command")
            one.command("second command")
            _forget(one.folder)


def _forget(workspace: Path) -> None:
    """Take away all that a collect leaves."""
    for left in (".dvctt", "ket-qua", "ky-bao-cao"):
        shutil.rmtree(workspace / left, ignore_errors=True)


def _two_at_once() -> float:
    """How much longer two processes that only count take at the same time than one alone."""
    times = []
    for n in (1, 2):
        start = time.perf_counter()
        busy = [Popen([sys.executable, "-c", "for n in range(30_000_000): pass"]) for _ in range(n)]
        for process in busy:
            process.wait()
        times.append(time.perf_counter() - start)
    return times[1] / times[0]


Goal: TypeAlias = tuple[str, float, float]
"""What is measured, the most that it should be, and what it is."""


def _goals(
    sets: Sequence[Set], sample: Set, starting: Mapping[str, float], waited: Sequence[Waited]
) -> Iterator[Goal]:
    """Yield all goals, as far as what they are about was measured."""
    for one in (one for one in sets if one.with_peers):
        if one.name != "xã":  # so small a form takes more for what is around its cells
            times = one.ratio("first", "calamine")
            yield f"first collect of {one.n} × {one.name} : python-calamine, one core", 8, times
        yield f"second collect of {one.n} × {one.name} : first, %", 3, one.ratio("second", "first") * 100
    for year in waited:
        yield f"one new file among {year.n:,} : an unchanged collect", 1.5, year.ratio("one new file")
    largest = waited[-1]
    for name in ("status", "validate"):
        yield f"`{name}` of {largest.n:,} : an unchanged collect", 3, largest.ratio(name)
    for name in LONG:
        yield f"`{name}` of {largest.n:,}, MB at most", 400, largest.megabytes(name)
    communes = [one for one in sets if one.name == "xã"]
    few, many = next(one for one in communes if one.with_peers), communes[-1]
    times = (median(many.cpu["first"]) / many.n) / (median(few.cpu["first"]) / few.n)
    yield f"first collect of {many.n:,} : of {few.n}, time a return", 1.1, times
    before = next(year for year in waited if year.n == few.n)
    times = (largest.seconds("render") / largest.n) / (before.seconds("render") / before.n)
    yield f"`render` of {largest.n:,} : of {few.n}, time a return", 1.1, times
    of_sample = {what: sample.ratio(what, to) for what, to, _ in _WRITTEN}
    for what, most in (("render", 1.3), ("lint", 4)):
        yield next(name for written, _, name in _WRITTEN if written == what), most, of_sample[what]
    for name, most in ((STATUS, 4), (HELP, 1.5)):
        yield name, most, starting[name]


def _goals_table(goals: Iterable[Goal]) -> Iterator[str]:
    yield "| goal | at most | measured | reached |"
    yield "|---|--:|--:|---|"
    for name, most, measured in goals:
        yield _row(name, [f"{most:g}", f"{measured:.2f}", "yes" if measured <= most else "no"])


def _reading_table(sets: Sequence[Set]) -> Iterator[str]:
    yield "| | " + " | ".join(f"{s.n:,} × {s.name}" for s in sets) + " |"
    yield "|---|" + "--:|" * len(sets)
    yield _row("collect : python-calamine, one core", [f"{s.ratio('first', 'calamine'):.1f}" for s in sets])
    yield _row("the same by the clock, two cores", [f"{_by_the_clock(s):.1f}" for s in sets])
    for what, name in _PEERS.items():
        yield _row(f"{name} : collect, one core", [_slower(s, what) for s in sets])
    yield _row("second collect : first, one core", [f"{s.ratio('second', 'first'):.1%}" for s in sets])
    yield _row("second collect : first, with the program's start", [_with_start(s) for s in sets])
    yield _row("first collect, ms a return, one core", [_ms(s, s.cpu["first"]) for s in sets])
    yield _row(
        "first collect, ms a return by the clock, two cores", [_ms(s, s.seconds["first"]) for s in sets]
    )
    yield _row("python-calamine, ms a return", [_ms(s, s.cpu["calamine"]) for s in sets])
    for what, name in (("first", "first collect"), ("second", "second collect"), ("calamine", "calamine")):
        yield _row(f"memory of all processes, MB, {name}", [f"{max(s.megabytes[what]):.0f}" for s in sets])


def _by_the_clock(one: Set) -> float:
    return median(one.seconds["first"]) / median(one.seconds["calamine"])


def _slower(one: Set, peer: str) -> str:
    """How many times longer a peer takes for a return; it read only a few of them."""
    if peer not in one.cpu:
        return ""
    return f"{one.ratio(peer, 'first') * one.n / min(one.n, N_PEER):.1f}"


def _with_start(one: Set) -> str:
    return f"{one.ratio('second command', 'first command'):.0%}" if "first command" in one.cpu else ""


def _ms(one: Set, seconds: Sequence[float]) -> str:
    return f"{median(seconds) / one.n * 1000:.2f}"


def _writing_table(forms: Sequence[Set], sample: Set) -> Iterator[str]:
    yield "| | |"
    yield "|---|--:|"
    for one in forms:
        times = one.ratio("form", "calamine") * one.n
        yield _row(f"writing a form “{one.name}” : python-calamine reading it", [f"{times:.0f}"])
    for what, to, name in _WRITTEN:
        yield _row(name, [f"{sample.ratio(what, to):.2f}"])


_WRITTEN = (
    ("render", "docxtpl", "report of the sample : docxtpl alone on its template"),
    ("lint", "docx", "lint of a hundred pages : python-docx reading their runs"),
    ("check", "docx_sample", "check of the sample's report : python-docx reading its runs"),
)


def _row(name: str, cells: Sequence[str]) -> str:
    return f"| {name} | {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
