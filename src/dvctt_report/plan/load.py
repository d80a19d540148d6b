"""Read a province's folder: ``plan.toml`` and ``units.toml`` to a Profile, every fault in one run."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from dvctt_report.plan.model import Plan, Profile, Roster
from dvctt_report.plan.references import Fault, check_references
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.limits import MAX_STEPS
from dvctt_report.text.opening import parse_toml, read_file, read_text
from dvctt_report.text.vietnamese import unaccented

M = TypeVar("M", bound=BaseModel)

PLAN, UNITS = "plan.toml", "units.toml"

Step: TypeAlias = str | int
_Lines: TypeAlias = dict[tuple[Step, ...], int]
"""Lines, from 1, by tables and keys."""
_NAME = r"(?:[\w-]+|\"[^\"]*\")"
_HEADER = re.compile(rf"\s*(?P<open>\[\[?)\s*(?P<path>{_NAME}(?:\s*\.\s*{_NAME})*)\s*\]")
_KEY = re.compile(rf"\s*(?P<path>{_NAME}(?:\s*\.\s*{_NAME})*)\s*=")
_STEP = re.compile(r"(?P<name>[^.\[\]() ]+)|\[(?P<nth>\d+)\]|\([^()]*\)")
_LONG = re.compile(r'"""|\'\'\'')


class PlanFault(CannotRun):
    """The profile can't be used: every fault by TOML path, and in ``lines`` by the lines of the files."""

    def __init__(self, folder: Path, faults: list[Fault]) -> None:
        self.faults = faults
        self.lines = tell_faults(folder, faults)
        shown = "\n".join(f"  - {line}" for line in self.lines)
        super().__init__(
            f"Cấu hình kế hoạch trong {folder} có {len(faults)} lỗi:\n{shown}",
            f'Sửa các chỗ nêu trên rồi chạy: dvctt-report plan check --profile "{folder}"',
        )


def load_profile(folder: Path) -> Profile:
    """The profile of ``folder``. Raises PlanFault with all faults of both files, then of references."""
    try:
        return _whole(read_file(folder / PLAN), read_file(folder / UNITS))
    except (OSError, RecursionError, ValueError):
        pass  # told below, each fault with its place
    faults: list[Fault] = []
    plan = _load(folder / PLAN, Plan, faults)
    roster = _load(folder / UNITS, Roster, faults)
    if plan and roster:
        faults += check_references(plan, roster)
        if not faults:
            return Profile(plan=plan, roster=roster)
    raise PlanFault(folder, faults)


@lru_cache(maxsize=4)
def _whole(plan: bytes, units: bytes) -> Profile:
    """The profile of two files, made once. Raises ValueError or RecursionError where they hold none."""
    read_plan = Plan.model_validate(parse_toml(plan.decode("utf-8-sig")))
    roster = Roster.model_validate(parse_toml(units.decode("utf-8-sig")))
    if [*check_references(read_plan, roster)]:
        raise ValueError
    return Profile(plan=read_plan, roster=roster)


def read_toml(path: Path) -> dict[str, Any]:
    """Return the table of a TOML file, a leading BOM allowed.

    Raises CannotRun where the file is missing, is not UTF-8, or is not TOML (with the line and its text).
    """
    try:
        raw = read_file(path)
    except FileNotFoundError:
        raise CannotRun(f"Không tìm thấy tệp {path}.", "Kiểm tra lại thư mục cấu hình.") from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CannotRun(
            f"Tệp {path} không lưu theo bảng mã UTF-8.",
            "Mở bằng Notepad, chọn Lưu thành (Save as), mục Mã hóa (Encoding) chọn UTF-8.",
        ) from None
    try:
        return parse_toml(text)
    except tomllib.TOMLDecodeError as error:
        place, remedy = _told(str(error), text)
        raise CannotRun(f"Tệp {path} viết sai cú pháp: {place}", remedy) from None
    except RecursionError:
        message = f"Tệp {path} viết sai cú pháp: quá nhiều dấu ngoặc lồng nhau."
        raise CannotRun(message, "Xóa các dấu ngoặc thừa, hoặc lấy lại tệp từ bản sao lưu.") from None


def _load(path: Path, model: type[M], faults: list[Fault]) -> M | None:
    try:
        return model.model_validate(read_toml(path))
    except CannotRun as error:
        faults.append((path.name, str(error)))
    except ValidationError as error:
        faults += explain_faults(path.name, error, read_toml(path))
    return None


def explain_faults(file: str, error: ValidationError, table: dict[str, Any]) -> list[Fault]:
    """Return each fault that pydantic found in ``table`` as (place in the file, Vietnamese sentence)."""
    # pydantic counts only the entries that hold: a list of one wrong entry is "too short" as well.
    told = (e for e in error.errors() if not (e["type"] == "too_short" and e.get("input")))
    return [(f"{file}: {_path(e, table)}", _explain(e)) for e in told]


def tell_faults(folder: Path, faults: Iterable[Fault]) -> list[str]:
    """Return a line of text for each fault, with the line of the file in ``folder`` where it stands."""
    lines = cache(lambda file: _lines_in(folder / file))
    return [f"{where}{_line(lines, where)}: {what}" for where, what in faults]


def _line(lines: Callable[[str], _Lines], where: str) -> str:
    file, _, path = where.partition(": ")
    line = find_line(lines(file), path)
    return f" (dòng {line})" if line else ""


def _lines_in(path: Path) -> _Lines:
    try:
        return lines_of(read_text(path))
    except (OSError, UnicodeDecodeError):
        return {}


def _told(error: str, text: str) -> tuple[str, str]:
    """Where a text stops being TOML, as the parser says it, and what to do there."""
    lines = text.split("\n")
    found = re.search(r"at line (\d+)", error)
    number = int(found[1]) if found else len(lines)
    if "Unclosed array" in error and (opened := _opened(lines[:number], number)):
        return f"dòng {opened}: {lines[opened - 1].strip()}", _UNCLOSED
    line = lines[number - 1].strip()
    place = f"dòng {number}: {line}" if found else "ở cuối tệp (thiếu dấu đóng ngoặc hoặc dấu nháy)"
    if "Too many names" in error:
        return f"dòng {number}", f"Tên ở trước dấu = có quá nhiều dấu chấm (trên {MAX_STEPS}): xóa dòng này."
    remedy = _twice(error, lines[:number]) or _of_name(error, line) or _of_value(error, line if found else "")
    return place, remedy


_UNCLOSED = "Thiếu dấu ] đóng danh sách mở ở dòng này; các giá trị trong ngoặc cách nhau bằng dấu phẩy."
_LIST_OPENS = re.compile(rf"{_KEY.pattern}\s*\[")


def _opened(lines: list[str], before: int) -> int:
    """The last line on which a list begins; 0 where there is none."""
    return next((n for n in range(before, 0, -1) if _LIST_OPENS.match(lines[n - 1])), 0)


def _twice(error: str, lines: list[str]) -> str:
    """What to do with the last of ``lines``, a table or a key that stands above; "" where it is none."""
    if "twice" not in error and "overwrite" not in error:
        return ""
    path, last = [*_positions("\n".join(lines))][-1]
    first = next(line for steps, line in _positions("\n".join(lines)) if steps == path)
    name = ".".join(step for step in path if isinstance(step, str))
    if first == last:
        return f"“{name}” đã có ở trên: mỗi tên chỉ ghi một lần, giữ một chỗ."
    if "twice" in error:
        return f"Mục [{name}] đã có ở dòng {first}: chuyển các dòng của mục này lên đó, bỏ dòng này."
    return f"“{name}” đã ghi ở dòng {first}: giữ một dòng."


_NAMED = re.compile(r"(?<![^\s\"'=,{}\[\]#])[^\s\"'=,{}\[\]#]+(?=\s*(?:=|\]|$))")
"""The name of a table or a key, or the last word of a line."""


def _of_name(error: str, line: str) -> str:
    """What to do with a line whose name of a table or a key can't be one; "" where it can."""
    if "Expected ']'" in error or "Expected '='" in error or "Invalid initial character" in error:
        if name := next((name for name in _NAMED.findall(line) if not name.isascii()), ""):
            return (
                f"Tên ở trước dấu = và trong ngoặc vuông viết không dấu: “{name}” viết là {unaccented(name)}."
            )
        if line.startswith("["):
            return "Tên mục đặt trong đủ hai ngoặc vuông, ví dụ [cong_van]; danh sách mục: [[items]]."
        if "=" in line:
            return "Tên ở trước dấu = viết liền, không có dấu cách (có thể dùng dấu _)."
        return "Mỗi dòng ghi dạng tên = giá trị; dòng ghi chú bắt đầu bằng #."
    return ""


_COMMA = re.compile(r"=\s*\d+,\d+\s*(?:[,}\]#]|$)")
_DAY = re.compile(r"=\s*\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}")


def _of_value(error: str, line: str) -> str:
    if any(quote in line for quote in "“”‘’"):
        return 'Giá trị phải đặt trong dấu nháy thẳng ("), không dùng dấu nháy cong của Word.'
    if _COMMA.search(line):
        return "Số viết bằng chữ số, không có dấu phẩy; số lẻ ghi dấu chấm, ví dụ 82.5."
    if _DAY.search(line):
        return "Ngày viết theo dạng 2025-06-30, không có dấu nháy."
    if "\\" in line:
        return "Dấu \\ trong đường dẫn viết thành / hoặc \\\\."
    if "Unclosed inline table" in error:
        return "Thiếu dấu } đóng nhóm giá trị mở ở dòng này; các giá trị trong nhóm cách nhau bằng dấu phẩy."
    if "Illegal character '\\n'" in error:
        return 'Thiếu dấu nháy thẳng (") đóng giá trị ở dòng này.'
    return 'Giá trị chữ đặt trong dấu nháy thẳng ("…"), mỗi giá trị một dòng.'


def _path(error: ErrorDetails, table: dict[str, Any]) -> str:
    """Return the place as it stands in the file, with the item's own code: ``items[10] (T10).thresholds``."""
    out, here = "", table
    for step in error["loc"]:
        if isinstance(step, int):
            out += f"[{step + 1}]"
            here = here[step] if isinstance(here, list) and step < len(here) else {}
            if isinstance(here, dict) and isinstance(here.get("code"), str):
                out += f" ({here['code']})"
        elif isinstance(here, dict) and here.get("kind") == step and step not in here:
            continue  # pydantic names the branch of a discriminated union; the file has no such step
        else:
            out += ("." if out else "") + step
            here = here.get(step, {}) if isinstance(here, dict) else {}
    return out


_EXPLAINED = {
    "missing": "thiếu giá trị bắt buộc",
    "extra_forbidden": "tên không dùng trong cấu hình (có thể gõ sai tên)",
    "string_type": "phải là chữ, đặt trong dấu nháy",
    "string_too_short": "không được để trống",
    "string_pattern_mismatch": "viết không đúng dạng",
    "int_type": "phải là số nguyên",
    "int_parsing": "phải là số nguyên",
    "int_from_float": "phải là số nguyên",
    "bool_type": "phải là true hoặc false",
    "bool_parsing": "phải là true hoặc false",
    "tuple_type": "phải là danh sách trong ngoặc vuông [ ]",
    "too_short": "danh sách không được để trống",
    "date_type": "phải là ngày, viết theo dạng 2025-06-30",
    "date_parsing": "phải là ngày, viết theo dạng 2025-06-30",
    "date_from_datetime_parsing": "phải là ngày, viết theo dạng 2025-06-30",
    "model_type": "phải là một nhóm giá trị { … }",
    "model_attributes_type": "phải là một nhóm giá trị { … }",
    "union_tag_not_found": "thiếu “kind” (loại nội dung)",
}


def _explain(error: ErrorDetails) -> str:
    kind, context = error["type"], error.get("ctx", {})
    found = error.get("input")
    shown = f" (đang ghi: {found})" if isinstance(found, str | int | float | bool) else ""
    match kind:
        case "greater_than_equal":
            return f"phải lớn hơn hoặc bằng {context['ge']}{shown}"
        case "less_than_equal":
            return f"phải nhỏ hơn hoặc bằng {context['le']}{shown}"
        case "literal_error":
            return f"chỉ nhận một trong các giá trị {context['expected'].replace(' or ', ', ')}{shown}"
        case "union_tag_invalid":
            return f"“kind” chỉ nhận {context['expected_tags']}{shown}"
        case "value_error":
            return f"{context['error']}{shown}"
    return _EXPLAINED.get(kind, "giá trị không hợp lệ") + shown


def lines_of(text: str) -> _Lines:
    """Where each table and key of a file's ``text`` first stands."""
    lines: _Lines = {}
    for steps, line in _positions(text):
        for n in range(1, len(steps) + 1):
            lines.setdefault(steps[:n], line)
    return lines


def find_line(lines: _Lines, path: str) -> int | None:
    """The line of ``items[3] (T10).thresholds``, else of what it is in; None without its table."""
    found = (m for m in _STEP.finditer(path) if m["nth"] or m["name"])
    wanted: tuple[Step, ...] = tuple(int(m["nth"]) - 1 if m["nth"] else m["name"] for m in found)
    prefixes = (wanted[:n] for n in range(len(wanted), 0, -1))
    return next((lines[prefix] for prefix in prefixes if prefix in lines), None)


def _positions(text: str) -> Iterator[tuple[tuple[Step, ...], int]]:
    """Yield each table and each key with its line; a table of an array bears its place there, from 0."""
    table: tuple[Step, ...] = ()
    counts: dict[tuple[Step, ...], int] = {}
    inside = False
    for number, line in enumerate(text.splitlines(), 1):
        if inside:
            inside = len(_LONG.findall(line)) % 2 == 0
            continue
        if header := _HEADER.match(line):
            table = _resolved(_names(header["path"]), counts, header["open"] == "[[")
            yield table, number
        elif key := _KEY.match(line):
            yield (*table, *_names(key["path"])), number
        inside = len(_LONG.findall(line)) % 2 == 1


def _names(path: str) -> list[str]:
    return [name.strip('"') for name in re.findall(_NAME, path)]


def _resolved(names: list[str], counts: dict[tuple[Step, ...], int], another: bool) -> tuple[Step, ...]:
    """Return the path of a table; arrays on its way stand at their last entry, or at ``another`` one."""
    out: tuple[Step, ...] = ()
    for n, name in enumerate(names, 1):
        out = (*out, name)
        if another and n == len(names):
            counts[out] = counts.get(out, 0) + 1
        if out in counts:
            out = (*out, counts[out] - 1)
    return out
