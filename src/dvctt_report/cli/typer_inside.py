"""All that the program uses of Typer's inside, in one place: what is not promised from version to version.

Typer (0.29) carries a copy of Click under a private name, and neither offers its help pages and its usage
errors in another language. ``help.py`` and ``usage.py`` say them again in Vietnamese by means of these
classes; where one of them moves, ``tests/cli/test_typer_inside.py`` says what to look for.
"""

from __future__ import annotations

from typer._click import Command as AnyCommand
from typer._click import Context, HelpFormatter, Parameter
from typer._click.exceptions import BadParameter, MissingParameter, NoSuchOption, UsageError
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

__all__ = [
    "AnyCommand",
    "BadParameter",
    "Context",
    "HelpFormatter",
    "MissingParameter",
    "NoSuchOption",
    "Parameter",
    "TyperArgument",
    "TyperCommand",
    "TyperGroup",
    "TyperOption",
    "UsageError",
]
