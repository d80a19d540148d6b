"""What was typed wrongly, said in Vietnamese.

Typer writes its usage errors in English and takes those about values from pydantic. They are told apart
by class and attributes; where these do not say enough, by the message itself. A message that nothing
here knows is quoted inside a Vietnamese sentence.
"""

from __future__ import annotations

import re
from ast import literal_eval
from collections.abc import Callable, Sequence
from typing import Any

from typer import TyperException

from dvctt_report.cli.help import NoSuchCommand, choice_text, metavar
from dvctt_report.cli.typer_inside import (
    BadParameter,
    Context,
    FileError,
    MissingParameter,
    NoSuchOption,
    Parameter,
    TyperArgument,
    TyperOption,
    UsageError,
)
from dvctt_report.vietnamese import first_letter_capital

_MESSAGES: tuple[tuple[str, str], ...] = (
    (r"Option '(.+)' requires an argument\.", "Tùy chọn {0} phải có giá trị đi kèm."),
    (r"Option '(.+)' requires (\d+) arguments\.", "Tùy chọn {0} phải có {1} giá trị đi kèm."),
    (r"Option '(.+)' does not take a value\.", "Tùy chọn {0} không nhận giá trị."),
    (r"Argument '(.+)' takes (\d+) values\.", "Tham số {0} cần đủ {1} giá trị."),
    (r"Got unexpected extra argument\(s\) \((.*)\)", "Thừa tham số: {0}."),
    (r"Missing command\.", "Chưa nêu lệnh nào."),
)

_PATHS: tuple[tuple[str, str], ...] = (
    (r"file (.+) does not exist\.", "Không tìm thấy tệp “{0}”."),
    (r"dir (.+) does not exist\.", "Không tìm thấy thư mục “{0}”."),
    (r"path (.+) does not exist\.", "Không tìm thấy tệp hoặc thư mục “{0}”."),
    (r"\w+ (.+) is a file\.", "“{0}” là một tệp, không phải thư mục."),
    (r"\w+ (.+) is a directory\.", "“{0}” là một thư mục, không phải tệp."),
    (r"\w+ (.+) is not readable\.", "Không có quyền đọc “{0}”."),
    (r"\w+ (.+) is not writable\.", "Không có quyền ghi vào “{0}”."),
)

_REASONS: tuple[tuple[str, str], ...] = (
    ("int_", "“{input}” không phải số nguyên"),
    ("float_", "“{input}” không phải số"),
    ("bool_", "“{input}” không phải có hoặc không"),
    ("date", "“{input}” không phải ngày hợp lệ, cần gõ dạng năm-tháng-ngày"),
    ("greater_than_equal", "{input} nhỏ hơn mức thấp nhất là {ge}"),
    ("less_than_equal", "{input} lớn hơn mức cao nhất là {le}"),
)
"""How pydantic names a fault, by the start of its type, and what is said of it."""


def format_usage_error(error: TyperException) -> str:
    """Say in one Vietnamese sentence what was typed wrongly."""
    match error:
        case NoSuchCommand():
            return f"Không có lệnh “{error.name}”." + _suggest(error.possibilities)
        case NoSuchOption():
            return f"Không có tùy chọn {error.option_name}." + _suggest(error.possibilities or ())
        case MissingParameter():
            return _missing(error.param)
        case BadParameter():
            return _bad_value(error)
        case FileError():
            return f"Không mở được tệp “{error.filename}”."
    return _translate(error.message, _MESSAGES, str) or _quoted(error.message)


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


def _choices(param: Parameter | None) -> tuple[str, ...]:
    if not isinstance(param, TyperArgument | TyperOption):
        return ()
    return tuple(choice_text(choice) for choice in param.type_descriptor.choices or ())


def _missing(param: Parameter | None) -> str:
    choices = _choices(param)
    among = f" (một trong: {', '.join(choices)})" if choices else ""
    return f"Thiếu {_name(param)}{among}."


def _bad_value(error: BadParameter) -> str:
    path = _translate(error.message, _PATHS, lambda quoted: str(literal_eval(quoted)))
    if path:
        return path
    fault = _first_fault(error)
    name = first_letter_capital(_name(error.param))
    choices = _choices(error.param)
    if choices:
        given = f" không nhận “{fault['input']}”" if fault else " nhận sai giá trị"
        return f"{name}{given}; chọn một trong: {', '.join(choices)}."
    for kind, reason in _REASONS:
        if fault and fault["type"].startswith(kind):
            values = {"input": fault["input"], **fault.get("ctx", {})}
            return f"{name}: {reason.format_map(values)}."
    own = str(fault["ctx"]["error"]) if fault and fault["type"] == "value_error" else error.message
    # What our own parsers say is Vietnamese already, and Vietnamese is never pure ASCII.
    return f"{name}: {_quoted(own) if own.isascii() else own}"


def _first_fault(error: BadParameter) -> dict[str, Any] | None:
    """The first of pydantic's findings, None where the value was refused by Typer itself."""
    faults: Callable[[], list[dict[str, Any]]] | None = getattr(error.__cause__, "errors", None)
    return faults()[0] if faults else None


def _translate(message: str, table: Sequence[tuple[str, str]], read: Callable[[str], str]) -> str | None:
    for pattern, vietnamese in table:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            return vietnamese.format(*(read(group) for group in found.groups()))
    return None


def _quoted(message: str) -> str:
    return f"giá trị hoặc cách gõ không dùng được (thông báo gốc: {message.rstrip('.')})."
