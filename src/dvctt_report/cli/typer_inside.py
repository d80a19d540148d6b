"""All that the program uses of Typer's inside, in one place: what is not promised from version to version.

Typer (0.29) carries a copy of Click under a private name, and neither offers its help pages and its usage
errors in another language. ``help.py`` and ``usage.py`` say them again in Vietnamese by means of these
classes; where one of them moves, ``tests/cli/test_typer_inside.py`` says what to look for.
"""

from __future__ import annotations

from typer._click import Command as AnyCommand
from typer._click import Context, HelpFormatter, Parameter
from typer._click.exceptions import BadParameter, FileError, MissingParameter, NoSuchOption, UsageError
from typer._click.shell_completion import CompletionItem
from typer._completion_classes import completion_init
from typer._completion_shared import get_completion_script
from typer.completion import shell_complete
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

__all__ = [
    "AnyCommand",
    "BadParameter",
    "CompletionItem",
    "Context",
    "FileError",
    "HelpFormatter",
    "MissingParameter",
    "NoSuchOption",
    "Parameter",
    "TyperArgument",
    "TyperCommand",
    "TyperGroup",
    "TyperOption",
    "UsageError",
    "completion_init",
    "get_completion_script",
    "shell_complete",
]
