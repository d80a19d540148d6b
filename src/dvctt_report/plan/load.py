"""Read a province's folder: ``plan.toml`` and ``units.toml`` to a Profile, every fault in one run."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from itertools import takewhile
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from dvctt_report.plan.model import Plan, Profile, Roster
from dvctt_report.plan.references import Fault, check_references, fault_words
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.limits import MAX_STEPS
from dvctt_report.text.opening import parse_toml, read_file, read_text

PLAN, UNITS = "plan.toml", "units.toml"


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
    read: list[Any] = []
    for name, model in ((PLAN, Plan), (UNITS, Roster)):
        try:
            table = read_toml(folder / name)
            read.append(model.model_validate(table))
        except CannotRun as error:
            faults.append((name, str(error)))
        except ValidationError as error:
            faults += explain_faults(name, error, table)
    if not faults:
        faults += check_references(*read)
    if faults:
        raise PlanFault(folder, faults)
    plan, roster = read
    return Profile(plan=plan, roster=roster)


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
        syntax, stopped = fault_words()["syntax"], re.search(r"at line (\d+)", str(error))
        remedy = next((told for pattern, told in syntax["by_error"] if re.search(pattern, str(error))), "")
        place = "ở cuối tệp (thiếu dấu đóng ngoặc hoặc dấu nháy)"
        if stopped is not None:
            line = text.split("\n")[int(stopped[1]) - 1].strip()
            remedy = remedy or next(
                (told for pattern, told in syntax["by_line"] if re.search(pattern, line)), ""
            )
            place = f"dòng {stopped[1]}" + (f": {line}" if "Too many" not in str(error) else "")
        remedy = (remedy or syntax["otherwise"]).replace("{most}", str(MAX_STEPS))
        raise CannotRun(f"Tệp {path} viết sai cú pháp: {place}", remedy) from None
    except RecursionError:
        message = f"Tệp {path} viết sai cú pháp: quá nhiều dấu ngoặc lồng nhau."
        raise CannotRun(message, "Xóa các dấu ngoặc thừa, hoặc lấy lại tệp từ bản sao lưu.") from None


def explain_faults(file: str, error: ValidationError, table: dict[str, Any]) -> list[Fault]:
    """Return each fault that pydantic found in ``table`` as (place in the file, Vietnamese sentence)."""
    # pydantic counts only the entries that hold: a list of one wrong entry is "too short" as well.
    told = (e for e in error.errors() if not (e["type"] == "too_short" and e.get("input")))
    faults = []
    for one in told:
        said, shown = fault_words()["explained"].get(one["type"], "giá trị không hợp lệ"), one.get("input")
        context = {name: str(value) for name, value in one.get("ctx", {}).items()}
        if one["type"] == "literal_error":
            context["expected"] = context["expected"].replace(" or ", ", ")
        found = f" (đang ghi: {shown})" if isinstance(shown, str | int | float | bool) else ""
        # Where it stands in the file, with the item's own code: items[10] (T10).thresholds
        path, here = "", table
        for step in one["loc"]:
            if isinstance(step, int):
                path += f"[{step + 1}]"
                here = here[step] if isinstance(here, list) and step < len(here) else {}
                if isinstance(here, dict) and isinstance(here.get("code"), str):
                    path += f" ({here['code']})"
            elif isinstance(here, dict) and here.get("kind") == step and step not in here:
                continue  # pydantic names the branch of a discriminated union; the file has no such step
            else:
                path += ("." if path else "") + step
                here = here.get(step, {}) if isinstance(here, dict) else {}
        faults.append((f"{file}: {path}", f"{said.format_map(context)}{found}"))
    return faults


def tell_faults(folder: Path, faults: Iterable[Fault]) -> list[str]:
    """Return a line of text for each fault, with the line of the file in ``folder`` where it stands."""
    told = []
    for where, what in faults:
        file, _, path = where.partition(": ")
        line = None
        with suppress(OSError, UnicodeDecodeError):
            line = find_line(read_text(folder / file), path)
        told.append(f"{where}{f' (dòng {line})' if line else ''}: {what}")
    return told


def find_line(text: str, path: str) -> int | None:
    """The line of ``items[3] (T10).thresholds`` in a file, else of what it is in; None for none."""
    lines = _LONG.sub(lambda found: "\n" * found[0].count("\n"), text).splitlines()
    lines = [line.replace(" ", "").replace('"', "") for line in lines]
    at, end, table, line = 0, len(lines), "", None
    for name, nth in _STEP.findall(path):
        table = f"{table}.{name}".lstrip(".")
        heads = [n for n in range(at, end) if lines[n].startswith((f"[[{table}]]", f"[{table}]"))]
        if len(heads) < int(nth or 1):
            own = takewhile(lambda n: not lines[n].startswith("["), range(at, end))
            return next((n + 1 for n in own if lines[n].startswith((f"{name}=", f"{name}."))), line)
        line = at = heads[int(nth or 1) - 1] + 1
        end = next((n for n in range(at, end) if lines[n].startswith(f"[[{table}]]")), end)
    return line


_LONG = re.compile(r"(\"{3}|'{3}).*?\1", re.DOTALL)
_STEP = re.compile(r"([^.\[\]() ]+)(?:\[(\d+)\])?(?: \([^()]*\))?")
"""A step of a path: a name, which of several, and its code."""
