"""Measure the program against what it could be compared with: ``python -m scripts.bench``.

Everything is a ratio of two times from the same run, each the median of several rounds that take turns, so
that neither the machine nor what else it does decides. Nothing is asserted. The table is printed and put
into ``docs/performance.md``.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from statistics import median

from scripts.bench.measure import WARM
from scripts.bench.returns import make_workspace
from scripts.bench.start import start_rows
from scripts.bench.waiting import SIZES, compiled, waiting_table

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "performance.md"
_MEASURED = re.compile(r"(?s)(?<=<!-- measured -->\n).*(?=<!-- end -->)")
SETS = (("sở, ngành", "standard", 300), ("xã", "commune", 300), ("xã", "commune", 3321))
COUNTRY = 3321
"""The communes of the country since 1 July 2025."""


@dataclass
class Set:
    """One set of returns and every time measured on it: seconds by what was measured, one a round."""

    name: str
    folder: Path
    n: int
    seconds: dict[str, list[float]] = field(default_factory=dict)
    megabytes: dict[str, float] = field(default_factory=dict)

    def measure(self, what: str, name: str = "") -> None:
        """Measure ``what`` once more, kept under ``name``."""
        said = _run("-m", "scripts.bench.measure", what, str(self.folder))
        told = json.loads(said)
        self.keep(name or what, told["seconds"])
        self.megabytes[name or what] = max(told["megabytes"], self.megabytes.get(name or what, 0))

    def keep(self, name: str, seconds: float) -> None:
        self.seconds.setdefault(name, []).append(seconds)

    def ratio(self, of: str, to: str) -> float:
        """Median over median."""
        return median(self.seconds[of]) / median(self.seconds[to])

    def seconds_each(self, what: str) -> float:
        """Median for a return."""
        return median(self.seconds[what]) / self.n


def main() -> None:
    """Make the returns, measure, print and write down."""
    parser = argparse.ArgumentParser(prog="python -m scripts.bench")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--quick", action="store_true", help="300 returns only")
    said = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        sets = []
        make_workspace(Path(name) / WARM, "commune", 1)
        for title, shape, n in SETS:
            if n < COUNTRY or not said.quick:
                _tell(f"{n} returns of the form “{title}”: making them")
                sets.append(Set(title, make_workspace(Path(name) / f"{shape}-{n}", shape, n), n))
                _measure_reading(sets[-1], said.rounds)
        sample = Set("sample", Path(shutil.copytree(ROOT / "sample_data", Path(name) / "sample")), 0)
        _tell("forms, report")
        for _ in range(said.rounds):
            for what in ("docxtpl", "render", "docx", "lint", "docx_sample", "check"):
                sample.measure(what)
            for one in sets[:2]:
                one.measure("form")
            for one in sets[1:]:
                one.measure("render")
                one.measure("command")
        _tell("start")
        starting = [_row(what, [ratio]) for what, ratio in start_rows(sample.folder)]
        _tell("what is waited for")
        waiting = waiting_table(Path(name), SIZES[:2] if said.quick else SIZES)
        tables = (*_reading_table(sets), "", *waiting, "", *_writing_table(sets, sample), *starting)
        table = "\n".join(tables)
    how = (
        f"Measured on {date.today():%Y-%m-%d}: {os.cpu_count()} cores (two processes at once take "
        f"{_two_at_once():.1f} times as long as one), Python {platform.python_version()}, "
        f"{platform.system()} {platform.machine()}; medians of {said.rounds} rounds.\n"
    )
    print(f"{how}\n{table}")
    if not said.quick:
        text = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(_MEASURED.sub(lambda _: f"{how}\n{table}\n", text), encoding="utf-8", newline="\n")


def _measure_reading(one: Set, rounds: int) -> None:
    register = one.folder / ".dvctt"
    for n in range(rounds):
        _tell(f"{one.n} returns of the form “{one.name}”: round {n + 1} of {rounds}")
        one.measure("calamine")
        if one.n < COUNTRY:
            one.measure("pandas")
            one.measure("openpyxl_twice")
        for name in ("first", "second"):
            one.measure("collect", name)
        shutil.rmtree(register)
        for name in ("first command", "second command"):
            start = time.perf_counter()
            _run("-m", "dvctt_report", "--workspace", str(one.folder), "collect", "--format", "json")
            one.keep(name, time.perf_counter() - start)
        shutil.rmtree(register)


def _two_at_once() -> float:
    """How much longer two processes that only count take at the same time than one alone."""
    times = []
    for n in (1, 2):
        start = time.perf_counter()
        busy = [
            subprocess.Popen([sys.executable, "-c", "for n in range(30_000_000): pass"]) for _ in range(n)
        ]
        for process in busy:
            process.wait()
        times.append(time.perf_counter() - start)
    return times[1] / times[0]


def _reading_table(sets: list[Set]) -> Iterator[str]:
    yield "| | " + " | ".join(f"{_grouped(s.n)} × {s.name}" for s in sets) + " |"
    yield "|---|" + "--:|" * len(sets)
    yield _row(
        "collect : python-calamine, values only", [f"{s.ratio('first', 'calamine'):.1f}" for s in sets]
    )
    for what, name in _PEERS.items():
        yield _row(f"{name} : collect", [f"{_slower(what, s, sets):.1f}" for s in sets])
    yield _row("second collect : first", [f"{s.ratio('second', 'first'):.1%}" for s in sets])
    yield _row(
        "second collect : first, with the program's start",
        [f"{s.ratio('second command', 'first command'):.0%}" for s in sets],
    )
    yield _row("peak memory, first collect, MB", [f"{s.megabytes['first']:.0f}" for s in sets])
    yield _row("peak memory, second collect, MB", [f"{s.megabytes['second']:.0f}" for s in sets])
    yield _row("peak memory, python-calamine, MB", [f"{s.megabytes['calamine']:.0f}" for s in sets])
    yield _row("first collect, ms a return", [f"{median(s.seconds['first']) / s.n * 1000:.2f}" for s in sets])


_PEERS = {"pandas": "pandas + openpyxl", "openpyxl_twice": "openpyxl, formulas and results"}
"""What reads as slowly that it is not made to read the whole country, and how the table calls it."""


def _slower(what: str, one: Set, sets: list[Set]) -> float:
    """How many times longer ``what`` takes; for the whole country reckoned from 300 of the same form."""
    if what in one.seconds:
        return one.ratio(what, "first")
    fewer = next(s for s in sets if s.name == one.name and what in s.seconds)
    return fewer.seconds_each(what) * one.n / median(one.seconds["first"])


def _writing_table(sets: list[Set], sample: Set) -> Iterator[str]:
    yield "| | |"
    yield "|---|--:|"
    for one in sets[:2]:
        each = median(one.seconds["calamine"]) / one.n
        times = median(one.seconds["form"]) / each
        yield _row(f"writing a form “{one.name}” : python-calamine reading it", [f"{times:.0f}"])
    yield _row(
        "report of the sample : docxtpl alone on its template", [f"{sample.ratio('render', 'docxtpl'):.2f}"]
    )
    for most in sets[2:]:
        few, n = sets[1], _grouped(most.n)
        for what, name in (("render", "report"), ("command", "the whole command `render`")):
            times = most.seconds_each(what) / few.seconds_each(what)
            yield _row(f"{name} of {n} units : of {few.n} units, time a unit", [f"{times:.2f}"])
    yield _row(
        "lint of a hundred pages : python-docx reading their runs", [f"{sample.ratio('lint', 'docx'):.2f}"]
    )
    yield _row(
        "check of the sample's report : python-docx reading its runs",
        [f"{sample.ratio('check', 'docx_sample'):.2f}"],
    )


def _row(name: str, cells: list[str]) -> str:
    return f"| {name} | {' | '.join(cells)} |"


def _grouped(n: int) -> str:
    return f"{n:,}"


def _run(*arguments: str) -> str:
    found = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=compiled(os.environ),
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    return found.stdout


def _tell(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
