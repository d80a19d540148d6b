"""What was typed wrongly, said in Vietnamese.

Typer writes its usage errors in English and takes those about values from pydantic. They are told apart
by class; of a value it is said what was given and what is wanted, of the rest which word is at fault.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from typer import TyperException

from dvctt_report.cli.help import NoSuchCommand, choice_text, metavar, path_of
from dvctt_report.cli.typer_inside import (
    BadParameter,
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
            return f"Thiếu {_name(error.param)}{_wanted(error.param)}."
        case BadParameter():
            return f"{first_letter_capital(_name(error.param))}: {_bad_value(error)}"
    quoted = re.search(r"'(.+)'|\((?!s\))(.+)\)", error.message, re.DOTALL)
    if quoted is None:
        return "Chưa nêu lệnh nào, hoặc gõ chưa đúng."
    return f"Câu lệnh thừa hoặc thiếu: {quoted[1] or quoted[2]}."


def format_hint(error: TyperException, program: str) -> str:
    """Name the help page that belongs to ``error``; ``program`` where it does not know its command."""
    path = path_of(error.ctx if isinstance(error, UsageError) else None)
    return f"Gõ “{path or program} --help” để xem cách dùng."


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
    """What is to be typed there, behind a semicolon; "" where that can't be told."""
    if not isinstance(param, TyperArgument | TyperOption):
        return ""
    described = param.type_descriptor
    if described.choices is not None:
        return f"; chọn một trong: {', '.join(map(choice_text, described.choices))}"
    if described.is_path or described.is_file:
        kinds = {"file": "tệp", "dir": "thư mục"}
        return f"; cần {kinds.get(described.path_type, 'tệp hoặc thư mục')} có sẵn, được phép đọc"
    if (kind := {int: "số nguyên", float: "số"}.get(described.annotation)) is None:
        return ""
    bounds = ((" từ", param.min), (" đến", param.max))
    return f"; cần {kind}" + "".join(f"{word} {bound}" for word, bound in bounds if bound is not None)


def _bad_value(error: BadParameter) -> str:
    """What our own parsers say, in Vietnamese; else what was given and what is wanted."""
    wanted = _wanted(error.param)
    errors: Callable[[], list[dict[str, Any]]] = getattr(error.__cause__, "errors", list)
    faults = errors() or [{}]
    own = "" if wanted or faults[0].get("type") != "value_error" else str(faults[0]["ctx"]["error"])
    quoted = re.search(r"'(.+)'", error.message, re.DOTALL)
    message = own or ("" if quoted else error.message)
    if not message.isascii():  # Vietnamese never is
        return message
    # Click quotes a path as Python does, each backslash twice.
    given = str(faults[0].get("input", quoted[1].replace("\\\\", "\\") if quoted else ""))
    return f"không dùng được{f' “{given}”' if given else ''}{wanted}."
