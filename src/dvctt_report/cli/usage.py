"""What was typed wrongly, said in Vietnamese.

Typer writes its usage errors in English and takes those about values from pydantic. They are told apart
by class; of a value it is said what was given and what is wanted, of the rest which word is at fault.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from typer import TyperException

from dvctt_report.cli.help import NoSuchCommand, choice_text, metavar
from dvctt_report.cli.typer_inside import (
    BadParameter,
    Context,
    MissingParameter,
    NoSuchOption,
    Parameter,
    TyperArgument,
    TyperOption,
    UsageError,
)
from dvctt_report.vietnamese import first_letter_capital


def format_usage_error(error: TyperException) -> str:
    """Say in one Vietnamese sentence what was typed wrongly."""
    match error:
        case NoSuchCommand():
            return f"Không có lệnh “{error.name}”." + _suggest(error.possibilities)
        case NoSuchOption():
            return f"Không có tùy chọn {error.option_name}." + _suggest(error.possibilities or ())
        case MissingParameter():
            wanted = _wanted(error.param)
            return f"Thiếu {_name(error.param)}{f'; {wanted}' if wanted else ''}."
        case BadParameter():
            return f"{first_letter_capital(_name(error.param))}: {_bad_value(error)}"
    quoted = re.search(r"'(.+)'|\((?!s\))(.+)\)", error.message, re.DOTALL)
    return (
        f"Câu lệnh thừa hoặc thiếu: {quoted[1] or quoted[2]}."
        if quoted
        else "Chưa nêu lệnh nào, hoặc gõ chưa đúng."
    )


def format_hint(error: TyperException, program: str) -> str:
    """Name the help page that belongs to ``error``; ``program`` where it does not know its command."""
    names = []
    ctx: Context | None = error.ctx if isinstance(error, UsageError) else None
    while ctx is not None:
        names.append(ctx.info_name or "")
        ctx = ctx.parent
    return f"Gõ “{' '.join(reversed(names)) or program} --help” để xem cách dùng."


def _suggest(possibilities: Sequence[str]) -> str:
    return f" Có phải ý bạn là {' hoặc '.join(possibilities)}?" if possibilities else ""


def _name(param: Parameter | None) -> str:
    match param:
        case TyperOption():
            return f"tùy chọn {max(param.opts, key=len)}"
        case TyperArgument():
            return f"tham số {metavar(param)}"
    return "một tham số"


def _wanted(param: Parameter | None) -> str:
    """What is to be typed there; "" where that can't be told."""
    if not isinstance(param, TyperArgument | TyperOption):
        return ""
    described = param.type_descriptor
    if described.choices is not None:
        return f"chọn một trong: {', '.join(choice_text(choice) for choice in described.choices)}"
    if described.is_path or described.is_file:
        kinds = {"file": "tệp", "dir": "thư mục"}
        return f"cần {kinds.get(described.path_type, 'tệp hoặc thư mục')} có sẵn, được phép đọc"
    at_least = f" từ {param.min}" if param.min is not None else ""
    at_most = f" đến {param.max}" if param.max is not None else ""
    kind = {int: "số nguyên", float: "số"}.get(described.annotation, "")
    return f"cần {kind}{at_least}{at_most}" if kind else ""


def _bad_value(error: BadParameter) -> str:
    faults: Callable[[], list[dict[str, Any]]] | None = getattr(error.__cause__, "errors", None)
    fault = faults()[0] if faults else {}
    wanted = _wanted(error.param)
    is_own = fault.get("type") == "value_error" and not wanted
    message = str(fault["ctx"]["error"]) if is_own else error.message
    quoted = None if is_own else re.search(r"'(.+)'", message, re.DOTALL)
    if not (message.isascii() or quoted):  # what our own parsers say is Vietnamese, which is never pure ASCII
        return message
    # Click quotes a path as Python does, each backslash twice.
    given = str(fault.get("input", quoted[1].replace("\\\\", "\\") if quoted else ""))
    return f"không dùng được{f' “{given}”' if given else ''}{f'; {wanted}' if wanted else ''}."
