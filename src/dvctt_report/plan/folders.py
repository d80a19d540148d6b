"""The folders of profiles: those that come with the program, and those that an officer made beside."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path

from dvctt_report.errors import CannotRun
from dvctt_report.files import copy_folder
from dvctt_report.opening import read_text
from dvctt_report.resources import resource_path
from dvctt_report.vietnamese import unaccented

PLAN = "plan.toml"


def profile_folder(root: Path, name: str) -> Path:
    """The folder of the profile that the workspace ``root`` calls ``name``; CannotRun where there is none."""
    own = root / name
    return own if (own / PLAN).exists() else shipped_profile(name)


def shipped_profile(name: str) -> Path:
    """The folder of a profile that comes with the program. Raises CannotRun where there is none."""
    templates = resource_path("templates")
    folder = templates / name
    if not re.fullmatch(r"[a-z0-9_]+", name) or not (folder / PLAN).exists():
        known = ", ".join(sorted(p.name for p in templates.iterdir() if (p / PLAN).exists()))
        raise CannotRun(
            f"Không có bộ cấu hình “{name}”, cũng không có thư mục đó với tệp {PLAN}.",
            f"Dùng một bộ có sẵn: {known}; hoặc ghi đường dẫn tới thư mục có {PLAN}, units.toml (trong "
            "dvctt.toml: dòng ho_so).",
        )
    return folder


def default_profile(day: date = date.min) -> str:
    """The profile a new workspace gets where none is named: the first that comes with the program.

    Of a province that has ended only up to its last day, and before those that go on.
    """
    ends: dict[str, date] = {}
    for folder in resource_path("templates").iterdir():
        if (folder / PLAN).exists():
            text = read_text(folder / PLAN)  # parsed only where it may say that: a plan is long
            ended = tomllib.loads(text).get("ended", {}) if "ended" in text else {}
            ends[folder.name] = ended.get("on", date.max)
    return min((name for name in ends if ends[name] >= day), key=lambda name: (ends[name], name))


def profile_of(province: str) -> str:
    """The shipped profile of ``province``, named with or without kind and accents; "" for none."""
    plans = {p.name: p / PLAN for p in resource_path("templates").iterdir() if (p / PLAN).exists()}
    bare = _bare(province)
    said = {name: tomllib.loads(read_text(path))["province"] for name, path in plans.items()}
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
