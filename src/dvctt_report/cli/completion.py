"""``dvctt-report completion``: let the Tab key finish the names of commands and options."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

import typer

from dvctt_report.cli.options import argument
from dvctt_report.cli.typer_inside import AnyCommand, completion_init, get_completion_script, shell_complete

HELP = (
    "Ghi đoạn mã vào tệp khởi động của màn hình lệnh, ví dụ:\n\n"
    "bash: dvctt-report completion bash >> ~/.bashrc\n\n"
    "PowerShell: dvctt-report completion powershell >> $PROFILE"
)

PROGRAM = "dvctt-report"
ASKED = "_DVCTT_REPORT_COMPLETE"
"""The environment variable by which a shell asks; its value is what it asks, as "complete_bash"."""


class Shell(StrEnum):
    """The shells that Typer knows how to answer."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"
    POWERSHELL = "powershell"


def run(shell: Annotated[Shell, argument("MÀN-HÌNH-LỆNH", "bash, zsh, fish hoặc powershell.")]) -> None:
    """Print the script that makes a shell ask."""
    typer.echo(get_completion_script(prog_name=PROGRAM, complete_var=ASKED, shell=shell))


def complete(command: AnyCommand, environment: Mapping[str, str]) -> int:
    """Answer a shell that asks what may stand next."""
    completion_init()
    return shell_complete(command, {}, PROGRAM, ASKED, environment[ASKED])
