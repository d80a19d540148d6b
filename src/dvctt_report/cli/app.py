"""The commands, and the options that all of them share."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Callable
from copy import copy
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, ClassVar, TypeAlias, get_origin, get_type_hints

import typer
from typer.main import get_command

from dvctt_report import __version__
from dvctt_report.cli import options
from dvctt_report.cli.help import Command, CommandGroup
from dvctt_report.cli.options import Format
from dvctt_report.cli.screen import is_terminal, silence
from dvctt_report.cli.typer_inside import AnyCommand, Context
from dvctt_report.text.opening import read_text
from dvctt_report.text.resources import PACKAGE

Entry: TypeAlias = dict[str, Any]
COMMANDS: dict[str, Entry] = tomllib.loads(read_text(PACKAGE / "cli" / "commands.toml"))
"""Each command by its name: what help pages say of it, its own commands (``commands.toml``). Its module is
imported when it is called."""
_OF_ALL, _OF_SEVERAL, _OF_MAKING = (
    COMMANDS.pop(f"of-{which}")["options"]
    for which in ("all-commands", "several-commands", "commands-that-make-files")
)
WORKSPACE = "dvctt_report.store.workspace"
"""Where a command's context keeps the folder that was named."""
_SHARED = ("workspace", "quiet", "debug", "open_result")


def _follow(ctx: typer.Context, param: typer.CallbackParam, value: Any) -> Any:
    """Do what a shared option asks for, before the command runs."""
    if value and param.name == "workspace":
        ctx.meta[WORKSPACE] = value
    elif value and param.name == "quiet":
        ctx.with_resource(silence())
    elif value is Format.JSON or (value and param.name == "open_result"):
        from dvctt_report.cli.made import opened, told_as_json

        ctx.with_resource(told_as_json() if value is Format.JSON else opened())
    elif value and param.name == "debug":
        from dvctt_report.cli.door import watch

        watch()
    elif value and param.name == "version":
        import platform

        runs_on = f"Python {platform.python_version()}, {platform.system()} {platform.machine()}"
        typer.echo(f"dvctt-report {__version__} ({runs_on})")
        raise typer.Exit
    return value


def chosen_workspace(ctx: typer.Context) -> Path | None:
    """The folder given by ``--workspace``, before or after the command's name; None where not given."""
    found: Path | None = ctx.meta.get(WORKSPACE)
    return found


class LazyCommands(CommandGroup):
    """Commands by name, whose modules in ``package`` are imported when they are called; see ``COMMANDS``."""

    entries: ClassVar[dict[str, Entry]] = COMMANDS
    package: ClassVar[str] = "dvctt_report.cli"

    def list_commands(self, ctx: Context) -> list[str]:
        return [*self.entries]

    def get_command(self, ctx: Context, cmd_name: str) -> AnyCommand | None:
        entry = self.entries.get(cmd_name)
        if entry is None or cmd_name in self.commands:
            return self.commands.get(cmd_name)
        text = f"{entry['says']}\n\n{entry.get('more', '')}".rstrip()
        own_commands: dict[str, Entry] = entry.get("commands", {})
        if own_commands:

            class Commands(LazyCommands):
                entries: ClassVar[dict[str, Entry]] = {
                    own: {"of": cmd_name, **each} for own, each in own_commands.items()
                }

            maker = typer.Typer(
                cls=Commands, name=cmd_name, help=text, add_completion=False, rich_markup_mode=None
            )
            maker.callback(invoke_without_command=True)(_show_help)
            command = get_command(maker)
        else:
            module = import_module(f"{self.package}.{entry.get('of', cmd_name).replace('-', '_')}")
            maker = typer.Typer(add_completion=False, rich_markup_mode=None)
            rows = _OF_SEVERAL | entry.get("options", {})
            function = _explained(getattr(module, entry.get("run", "run")), rows)
            maker.command(cmd_name, cls=Command, help=text)(function)
            command = get_command(maker)
            if cmd_name != "menu" and not any("--format" in param.opts for param in command.params):
                as_json = typer.Typer(add_completion=False)
                as_json.command()(_explained(_make_files, _OF_MAKING, callback=_follow, expose_value=False))
                command.params += get_command(as_json).params
        for param in (copy(param) for param in self.params if param.name in _SHARED):
            # They may stand behind a command's name, too; its help page tells of the first alone.
            param.hidden = param.name != _SHARED[0]  # type: ignore[attr-defined]  # of options
            command.params.append(param)
        self.commands[cmd_name] = command
        return command


def _explained(function: Callable[..., object], rows: dict[str, Any], **shared: Any) -> Callable[..., object]:
    """The function of a command with what rows of the table say of its parameters.

    A text alone explains a flag. Else ``takes`` or ``argument`` names the value, ``says`` what it is,
    ``name`` how the option is typed where not as the parameter is called, ``parser`` which function of
    ``options`` reads it; the rest is Typer's own.
    """
    hints = get_type_hints(function, include_extras=True)
    for name in [name for name in hints if name in rows and get_origin(hints[name]) is not Annotated]:
        row = {"says": rows[name]} if isinstance(rows[name], str) else rows[name]
        more = {**row, "help": row["says"], **shared}
        del more["says"]
        if "parser" in more:
            more["parser"] = getattr(options, more["parser"])
        typed = more.pop("name", f"--{name.strip('_').replace('_', '-')}")
        if "argument" in more:
            made = typer.Argument(metavar=more.pop("argument"), **more)
        else:
            made = typer.Option(typed, metavar=more.pop("takes", None), **more)
        hints[name] = Annotated[hints[name], made]
    function.__annotations__ = hints
    return function


def _make_files(output: Format = Format.TABLE) -> None:
    """Stands for the commands that make files: what they have made is told as JSON where it is asked for."""


def _show_help(ctx: typer.Context) -> None:
    if ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())


def make_app(group: type[CommandGroup] = LazyCommands) -> typer.Typer:
    """Make the program out of a group of commands."""
    app = typer.Typer(
        cls=group,
        name="dvctt-report",
        help="Phát biểu mẫu, thu nhận, kiểm tra số liệu và lập báo cáo thực hiện kế hoạch hằng năm.",
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["--help", "-h"]},
    )

    def start(
        ctx: typer.Context,
        workspace: Path | None = None,
        quiet: bool = False,
        debug: bool = False,
        open_result: bool = False,
        version: bool = False,
    ) -> None:
        if ctx.invoked_subcommand is None and is_terminal(sys.stdin) and is_terminal(sys.stdout):
            import_module(f"{LazyCommands.package}.menu").run(ctx)
        elif ctx.invoked_subcommand is None:
            typer.echo(ctx.get_help())

    app.callback(invoke_without_command=True)(
        _explained(start, _OF_ALL, callback=_follow, expose_value=False)
    )
    return app


app = make_app()
