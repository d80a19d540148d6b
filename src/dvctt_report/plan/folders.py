"""The folders of profiles: those that come with the program, and those that an officer made beside."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path

from dvctt_report.files.writing import copy_folder
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.opening import read_text
from dvctt_report.text.resources import resource_path
from dvctt_report.text.vietnamese import unaccented

PLAN = "plan.toml"


def profile_folder(root: Path, name: str) -> Path:
    """The folder of the profile that the workspace ``root`` calls ``name``; CannotRun where there is none."""
    own = root / name
    return own if (own / PLAN).exists() else shipped_profile(name)


def shipped_profile(name: str) -> Path:
    """The folder of a profile that comes with the program. Raises CannotRun where there is none."""
    shipped = _shipped()
    if name not in shipped:
        raise CannotRun(
            f"Không có bộ cấu hình “{name}”, cũng không có thư mục đó với tệp {PLAN}.",
            f"Dùng một bộ có sẵn: {', '.join(sorted(shipped))}; hoặc ghi đường dẫn tới thư mục có {PLAN}, "
            "units.toml (trong dvctt.toml: dòng ho_so).",
        )
    return shipped[name].parent


def _shipped() -> dict[str, Path]:
    """The plans that come with the program, by the names of their folders."""
    return {p.name: p / PLAN for p in resource_path("templates").iterdir() if (p / PLAN).exists()}


def default_profile(day: date = date.min) -> str:
    """The profile a new workspace gets where none is named: the first that comes with the program.

    Of a province that has ended only up to its last day, and before those that go on.
    """
    ends: dict[str, date] = {}
    for name, plan in _shipped().items():
        text = read_text(plan)  # parsed only where it may say that: a plan is long
        ended = tomllib.loads(text).get("ended", {}) if "ended" in text else {}
        ends[name] = ended.get("on", date.max)
    return min((name for name in ends if ends[name] >= day), key=lambda name: (ends[name], name))


def profile_of(province: str) -> str:
    """The shipped profile of ``province``, named with or without kind and accents; "" for none."""
    bare = _bare(province)
    said = {name: tomllib.loads(read_text(plan))["province"] for name, plan in _shipped().items()}
    return min((name for name, own in said.items() if _bare(own) == bare), default="")


def _bare(province: str) -> str:
    return re.sub(r"^(?:tinh|thanh pho) ", "", unaccented(province))


def named_profile(said: str, root: Path) -> tuple[Path, str]:
    """The folder that ``said`` means at the command line, and what the workspace ``root`` calls it.

    A folder of one's own, by its path from here, comes before a profile of that name; it is called by its
    path from the workspace where it lies in it, else by its whole path.
    """
    folder = Path(said).expanduser().resolve()
    if not (folder / PLAN).exists():
        return shipped_profile(said), said
    inside = folder.is_relative_to(root)
    return folder, (folder.relative_to(root) if inside else folder).as_posix()


def copy_profile(source: Path, target: Path) -> None:
    """Copy every file of a profile, to be edited. Raises CannotRun where something stands there already."""
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise CannotRun(f"“{target}” đã có, không ghi đè.", "Chọn tên thư mục khác.")
    copy_folder(source, target)
