"""Questions to the person at the keyboard; asked on stderr, since stdout may be data."""

from __future__ import annotations

import sys

import typer

from dvctt_report.cli.screen import tell
from dvctt_report.legible import legible

YES = frozenset({"c", "có", "co", "y", "yes"})
NO = frozenset({"k", "không", "khong", "n", "no"})


def confirm(question: str, default: bool | None = None) -> bool:
    """Ask a yes/no question until it is answered; an empty answer means ``default`` where one is given.

    Raises typer.Abort where the input ends.
    """
    marks = {None: "c/k", True: "C/k", False: "c/K"}[default]
    while True:
        answer = ask(f"{question} [{marks}]").lower()
        if answer in YES:
            return True
        if answer in NO:
            return False
        if not answer and default is not None:
            return default
        tell("Xin trả lời “c” (có) hoặc “k” (không).")


def ask(question: str, default: str = "") -> str:
    """Ask for a line of text; an empty answer means ``default``. Raises typer.Abort where the input ends."""
    suggestion = f" [{default}]" if default else ""
    sys.stderr.write(legible(f"{question}{suggestion}: "))
    sys.stderr.flush()
    try:
        return input().strip() or default
    except EOFError:
        raise typer.Abort from None
