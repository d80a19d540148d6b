"""Help pages in Vietnamese: Typer's commands and groups, with every word of their own said again.

Typer hard-codes its headings, type names and remarks in English, half of them out of gettext's reach.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from enum import Enum
from pathlib import Path

from dvctt_report.cli.typer_inside import (
    AnyCommand,
    Context,
    HelpFormatter,
    Parameter,
    TyperArgument,
    TyperCommand,
    TyperGroup,
    TyperOption,
    UsageError,
)

HELP_OPTION = "Xem trợ giúp rồi thôi."

_TYPE_WORDS: dict[object, str] = {int: "SỐ", float: "SỐ", str: "CHỮ", bool: "CÓ|KHÔNG"}
_PATH_WORDS = {"file": "TỆP", "dir": "THƯ-MỤC", "path": "ĐƯỜNG-DẪN"}


class NoSuchCommand(UsageError):
    """A name that is no command; ``possibilities`` are the commands that look like it."""

    def __init__(self, name: str, possibilities: Sequence[str], ctx: Context) -> None:
        super().__init__(name, ctx)
        self.name = name
        self.possibilities = tuple(possibilities)


_JOINT = "\u2011"
"""Stands for a hyphen while lines are broken, since names of files and options are none to be broken at."""


class _Whole(HelpFormatter):
    """A page whose lines are broken between words alone."""

    def write(self, string: str) -> None:
        super().write(string.replace(_JOINT, "-"))

    def write_text(self, text: str) -> None:
        super().write_text(text.replace("-", _JOINT))

    def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        super().write_dl([(name, text.replace("-", _JOINT)) for name, text in rows], col_max, col_spacing)


class _Placed(AnyCommand):
    """A command whose help page is Vietnamese and whose usage errors know where they arose."""

    def get_help(self, ctx: Context) -> str:
        page = _Whole(width=ctx.terminal_width, max_width=ctx.max_content_width)
        self.format_help(ctx, page)
        return page.getvalue().rstrip("\n")

    def format_usage(self, ctx: Context, formatter: HelpFormatter) -> None:
        _write_usage(self, ctx, formatter)

    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:
        _write_page(self, ctx, formatter)

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        try:
            # a line pasted with the dash of its list is no option
            return super().parse_args(ctx, [one[2:] if one.startswith("- ") else one for one in args])
        except UsageError as error:
            error.ctx = error.ctx or ctx
            raise


class Command(_Placed, TyperCommand):
    """A command that takes no other."""


class CommandGroup(_Placed, TyperGroup):
    """A group of commands."""

    def resolve_command(
        self, ctx: Context, args: list[str]
    ) -> tuple[str | None, AnyCommand | None, list[str]]:
        names = self.list_commands(ctx)
        if args[0] not in names and not args[0].startswith("-"):
            raise NoSuchCommand(args[0], get_close_matches(args[0], names), ctx)
        return super().resolve_command(ctx, args)

    def summaries(self, ctx: Context) -> Iterator[tuple[str, str]]:
        """Each command that is not hidden with the first line of its help."""
        for name in self.list_commands(ctx):
            command = self.get_command(ctx, name)
            if command is not None and not command.hidden:
                yield name, (command.short_help or command.help or "").partition("\n")[0]

    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:
        super().format_help(ctx, formatter)
        with formatter.section("Lệnh"):
            formatter.write_dl(list(self.summaries(ctx)))


def metavar(param: Parameter) -> str:
    """Name the value that ``param`` takes, as help pages and error messages call it."""
    if param.metavar:
        return param.metavar
    if not isinstance(param, TyperArgument | TyperOption):
        return param.name.upper()
    described = param.type_descriptor
    if described.choices is not None:
        return "|".join(choice_text(choice) for choice in described.choices)
    if described.is_path or described.is_file:
        return _PATH_WORDS[described.path_type]
    return _TYPE_WORDS.get(described.annotation, "GIÁ-TRỊ")


def choice_text(choice: object) -> str:
    """The text by which a choice is typed."""
    return str(choice.value if isinstance(choice, Enum) else choice)


def _write_page(command: AnyCommand, ctx: Context, formatter: HelpFormatter) -> None:
    command.format_usage(ctx, formatter)
    command.format_help_text(ctx, formatter)
    visible = [p for p in command.get_params(ctx) if not getattr(p, "hidden", False)]
    arguments = [_describe(p) for p in visible if isinstance(p, TyperArgument)]
    options = [_describe(p) for p in visible if isinstance(p, TyperOption) and not _asks_help(p, ctx)]
    options.append((", ".join(sorted(ctx.help_option_names, key=len)), HELP_OPTION))
    if arguments:
        with formatter.section("Tham số"):
            formatter.write_dl(arguments)
    with formatter.section("Tùy chọn"):
        formatter.write_dl(options)


def _write_usage(command: AnyCommand, ctx: Context, formatter: HelpFormatter) -> None:
    pieces = ["[TÙY CHỌN]"]
    for param in command.get_params(ctx):
        if isinstance(param, TyperArgument) and not param.hidden:
            name = metavar(param) if param.required else f"[{metavar(param)}]"
            pieces.append(name if param.nargs == 1 else f"{name}...")
    if isinstance(command, TyperGroup):
        pieces.append("LỆNH [THAM SỐ]...")
    formatter.write_usage(_path(ctx), " ".join(pieces), prefix="Cách dùng: ")


def _path(ctx: Context) -> str:
    """The command as typed: Typer's own ``command_path`` puts English marks round a group's arguments."""
    names = []
    node: Context | None = ctx
    while node is not None:
        names.append(node.info_name or "")
        node = node.parent
    return " ".join(reversed(names))


def _asks_help(param: TyperOption, ctx: Context) -> bool:
    return set(param.opts) <= set(ctx.help_option_names)


def _describe(param: TyperArgument | TyperOption) -> tuple[str, str]:
    name = metavar(param)
    if isinstance(param, TyperOption):
        name = ", ".join(sorted(param.opts, key=len))
        if param.secondary_opts:
            name += " / " + ", ".join(sorted(param.secondary_opts, key=len))
        if not param.is_flag and not param.count:
            name += f" {metavar(param)}"
    remarks = "; ".join(_remarks(param))
    text = param.help or ""
    return name, f"{text}  [{remarks}]".lstrip() if remarks else text


def _remarks(param: TyperArgument | TyperOption) -> Iterator[str]:
    if isinstance(param.show_default, str):
        yield f"mặc định: {param.show_default}"
    elif param.show_default and _is_worth_saying(param.default):
        default = param.default if isinstance(param.default, list | tuple) else (param.default,)
        yield "mặc định: " + ", ".join(choice_text(value) for value in default)
    if param.min is not None:
        yield f"từ {param.min}" + (f" đến {param.max}" if param.max is not None else " trở lên")
    elif param.max is not None:
        yield f"không quá {param.max}"
    if param.required:
        yield "bắt buộc"


def _is_worth_saying(default: object) -> bool:
    if default is None or isinstance(default, bool) or callable(default):
        return False
    return default not in ("", (), [], 0) and default != Path()
