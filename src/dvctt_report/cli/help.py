"""Help pages and usage errors in Vietnamese: Typer's commands and groups, every word of their own said again.

Typer hard-codes headings, type names and remarks in English, half of them out of gettext's reach. Its usage
errors are told apart by class; of a value it is said what was given and what is wanted, of the rest which
word is at fault.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from typer import TyperException

from dvctt_report.cli.typer_inside import (
    AnyCommand,
    BadParameter,
    Context,
    HelpFormatter,
    MissingParameter,
    NoSuchOption,
    Parameter,
    TyperArgument,
    TyperCommand,
    TyperGroup,
    TyperOption,
    UsageError,
)
from dvctt_report.text.vietnamese import first_letter_capital

_JOINT = "\u2011"
"""Stands for a hyphen while lines are broken, since names of files and options are none to be broken at."""


class NoSuchCommand(UsageError):
    """A name that is no command, told in Vietnamese."""


class _Placed(AnyCommand):
    """A command whose help page is Vietnamese and whose usage errors know where they arose."""

    def get_help(self, ctx: Context) -> str:
        page = HelpFormatter(width=ctx.terminal_width, max_width=ctx.max_content_width)
        pieces = ["[TÙY CHỌN]"]
        for param in self.get_params(ctx):
            if isinstance(param, TyperArgument) and not param.hidden:
                name = metavar(param) if param.required else f"[{metavar(param)}]"
                pieces.append(name if param.nargs == 1 else f"{name}...")
        if isinstance(self, TyperGroup):
            pieces.append("LỆNH [THAM SỐ]...")
        page.write_usage(path_of(ctx), " ".join(pieces), prefix="Cách dùng: ")
        if self.help:
            page.write_paragraph()
            with page.indentation():
                page.write_text(self.help.replace("-", _JOINT))
        visible = [p for p in self.get_params(ctx) if not getattr(p, "hidden", False)]
        asking = sorted(ctx.help_option_names, key=len)
        own = [p for p in visible if isinstance(p, TyperOption) and not set(p.opts) <= set(asking)]
        entries, commands = getattr(self, "entries", {}), getattr(self, "commands", {})
        for title, rows in (
            ("Tham số", [_described(p) for p in visible if isinstance(p, TyperArgument)]),
            ("Tùy chọn", [*map(_described, own), (", ".join(asking), "Xem trợ giúp rồi thôi.")]),
            ("Lệnh", [(n, one["says"]) for n, one in entries.items()]),
            ("Lệnh", [(n, one.help or "") for n, one in commands.items() if not entries]),
        ):
            if rows:
                with page.section(title):
                    page.write_dl([(name, text.replace("-", _JOINT)) for name, text in rows])
        return page.getvalue().replace(_JOINT, "-").rstrip("\n")

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
            near = get_close_matches(args[0], names)
            raise NoSuchCommand(f"Không có lệnh “{args[0]}”.{_suggestion(near)}", ctx)
        return super().resolve_command(ctx, args)


def path_of(ctx: Context | None) -> str:
    """The command as typed: Typer's own ``command_path`` puts English marks round a group's arguments."""
    names = []
    while ctx is not None:
        names.append(ctx.info_name or "")
        ctx = ctx.parent
    return " ".join(reversed(names))


def metavar(param: Parameter) -> str:
    """Name the value that ``param`` takes, as help pages and error messages call it."""
    if param.metavar or not isinstance(param, TyperArgument | TyperOption):
        return param.metavar or param.name.upper()
    if choices := param.type_descriptor.choices:
        return "|".join(map(str, choices))
    return "SỐ" if param.type_descriptor.annotation in (int, float) else "GIÁ-TRỊ"


def _described(param: TyperArgument | TyperOption) -> tuple[str, str]:
    """The name of a parameter, as it is typed, and what is said of it."""
    name, remarks = metavar(param), []
    if isinstance(param, TyperOption):
        name = ", ".join(sorted(param.opts, key=len)) + ("" if param.is_flag else f" {name}")
    if param.show_default and not callable(param.default) and param.default not in (None, "", False, Path()):
        remarks.append(f"mặc định: {param.default}")
    if param.min is not None:
        remarks.append(f"từ {param.min}" + (f" đến {param.max}" if param.max is not None else " trở lên"))
    if param.required:
        remarks.append("bắt buộc")
    text = param.help or ""
    return name, f"{text}  [{'; '.join(remarks)}]".lstrip() if remarks else text


def explain_usage_error(error: TyperException, program: str) -> tuple[str, str]:
    """What was typed wrongly, in a Vietnamese sentence, and the help page for it, else ``program``'s."""
    quoted = re.search(r"'(.+)'|\((?!s\))(.+)\)", error.message, re.DOTALL)
    match error:
        case NoSuchCommand():
            fault = error.message
        case NoSuchOption():
            fault = f"Không có tùy chọn {error.option_name}.{_suggestion(error.possibilities or ())}"
        case MissingParameter():
            fault = f"Thiếu {_name(error.param)}{_wanted(error.param)}."
        case BadParameter():  # what our own parsers say, in Vietnamese; else what was given, what is wanted
            wanted = _wanted(error.param)
            faults: list[dict[str, Any]] = getattr(error.__cause__, "errors", list)() or [{}]
            own = "" if wanted or faults[0].get("type") != "value_error" else str(faults[0]["ctx"]["error"])
            within = re.search(r"'(.+)'", error.message, re.DOTALL)
            said = own or ("" if within else error.message)
            if said.isascii():  # Vietnamese never is
                # Click quotes a path as Python does, each backslash twice.
                given = str(faults[0].get("input", within[1].replace("\\\\", "\\") if within else ""))
                said = f"không dùng được{f' “{given}”' if given else ''}{wanted}."
            fault = f"{first_letter_capital(_name(error.param))}: {said}"
        case _ if quoted is None:
            fault = "Chưa nêu lệnh nào, hoặc gõ chưa đúng."
        case _:
            fault = f"Câu lệnh thừa hoặc thiếu: {quoted[1] or quoted[2]}."
    path = path_of(error.ctx if isinstance(error, UsageError) else None) or program
    return fault, f"Gõ “{path} --help” để xem cách dùng."


def _suggestion(possibilities: Sequence[str]) -> str:
    return f" Có phải ý bạn là {' hoặc '.join(possibilities)}?" if possibilities else ""


def _name(param: Parameter | None) -> str:
    match param:
        case TyperOption():
            return f"tùy chọn {max(param.opts, key=len)}"
        case TyperArgument():
            return f"tham số {metavar(param)}"
    return "một tham số"


def _wanted(param: Parameter | None) -> str:
    """What is to be typed there, behind a semicolon; "" where that can't be told."""
    if not isinstance(param, TyperArgument | TyperOption):
        return ""
    described = param.type_descriptor
    if described.choices is not None:
        return f"; chọn một trong: {', '.join(map(str, described.choices))}"
    if described.is_path or described.is_file:
        kinds = {"file": "tệp", "dir": "thư mục"}
        return f"; cần {kinds.get(described.path_type, 'tệp hoặc thư mục')} có sẵn, được phép đọc"
    if (kind := {int: "số nguyên", float: "số"}.get(described.annotation)) is None:
        return ""
    bounds = ((" từ", param.min), (" đến", param.max))
    return f"; cần {kind}" + "".join(f"{word} {bound}" for word, bound in bounds if bound is not None)
