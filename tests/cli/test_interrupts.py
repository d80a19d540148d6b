"""Ctrl+C at any moment, while the program is loaded and while it works, ends it in words."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import dvctt_report
from dvctt_report.text.interrupts import INTERRUPTED, STOPPED

SRC = Path(dvctt_report.__file__).parents[1]

PRESSED_EVERYWHERE = """
import json, os, runpy, signal, sys
out, step, *argv = sys.argv[1:]
step, n, begun, ended, found = int(step), 0, False, False, []

def look(frame, event, arg):
    # At every so many calls of Python a copy of the program is interrupted; the program itself goes on.
    global n, begun, ended
    if ended:
        return
    name = frame.f_code.co_name
    begun = begun or name == "_listen"
    if not begun:
        return
    n += 1
    ended = name == "_hush"  # it is ignored from here on
    if ended or (n % step and n > 5):
        return
    theirs, ours = os.pipe()
    if not (copy := os.fork()):
        sys.settrace(None)
        os.dup2(ours, 2)
        os.dup2(os.open(os.devnull, os.O_RDWR), 1)
        os.kill(os.getpid(), signal.SIGINT)
        return
    os.close(ours)
    with os.fdopen(theirs, encoding="utf-8") as pipe:
        said = pipe.read()
    code = os.waitstatus_to_exitcode(os.waitpid(copy, 0)[1])
    found.append((f"{n} {frame.f_code.co_filename}:{frame.f_lineno} {name}", code, said))

signal.signal(signal.SIGINT, signal.default_int_handler)
sys.argv = ["dvctt-report", *argv]
mine = os.getpid()
sys.settrace(look)
try:
    runpy.run_module("dvctt_report", run_name="__main__", alter_sys=True)
finally:
    sys.settrace(None)
    if os.getpid() == mine:
        with open(out, "w", encoding="utf-8") as file:
            json.dump(found, file)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no forks")
@pytest.mark.parametrize(
    ("command", "step"),
    [("--version", 5_003), ("status", 30_011), ("render", 120_011)],
)
def test_an_interrupt_at_any_moment_ends_in_words(
    command: str, step: int, collected_two: Path, tmp_path: Path
) -> None:
    root = tmp_path / "x"
    shutil.copytree(collected_two, root)  # more units do more of the same
    subprocess.run(
        [sys.executable, "-c", PRESSED_EVERYWHERE, str(tmp_path / "found"), str(step), *command.split()],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(SRC)},
        capture_output=True,
        timeout=3_000,
    )
    found = json.loads((tmp_path / "found").read_text(encoding="utf-8"))
    assert len(found) > 8
    wrong = [(where, code, said) for where, code, said in found if not _in_words(code, said)]
    assert wrong == []


def _in_words(code: int, said: str) -> bool:
    return code == INTERRUPTED and said.splitlines()[-1:] == [STOPPED] and "Traceback" not in said


SWALLOWED = """
import signal, sys, typer
from dvctt_report.cli.door import run
from dvctt_report.cli.help import CommandGroup
from dvctt_report.text.interrupts import ending_in_words

class Dying:
    def __del__(self):
        signal.raise_signal(signal.SIGINT)

class HalfMade:
    def __enter__(self):
        signal.raise_signal(signal.SIGINT)

    def __exit__(self, *_):
        pass

    def __del__(self):
        raise ValueError("still open")

app = typer.Typer(cls=CommandGroup, add_completion=False, rich_markup_mode=None)

@app.callback(invoke_without_command=True)
def start() -> None:
    how = sys.argv[1]
    if how == "where nothing can be raised":
        Dying()
    elif how == "in a library that raises an error of its own":
        try:
            signal.raise_signal(signal.SIGINT)
        except KeyboardInterrupt as fault:
            raise RuntimeError("SchemaError") from fault
    elif how == "while a library makes what closes itself":
        with HalfMade():
            pass
    elif how == "held down":
        try:
            signal.raise_signal(signal.SIGINT)
        finally:
            for _ in range(50):
                signal.raise_signal(signal.SIGINT)
            print("whole")

signal.signal(signal.SIGINT, signal.default_int_handler)
raise SystemExit(ending_in_words(lambda: run(app, [])))
"""


@pytest.mark.parametrize(
    ("how", "out"),
    [
        ("where nothing can be raised", ""),
        ("in a library that raises an error of its own", ""),
        ("while a library makes what closes itself", ""),
        ("held down", "whole"),
    ],
)
def test_an_interrupt_that_something_swallows_ends_in_words(how: str, out: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SWALLOWED, how],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(SRC)},
        capture_output=True,
        encoding="utf-8",
    )
    assert (done.returncode, done.stdout.strip(), done.stderr) == (INTERRUPTED, out, f"{STOPPED}\n")
    assert [*tmp_path.iterdir()] == []
