"""The folders of profiles: those that come with the program, and those that an officer made beside."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from functools import cache, partial
from json import dumps
from pathlib import Path
from typing import Any

from dvctt_report.files.writing import files_below, write_folder
from dvctt_report.plan.load import read_toml
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.opening import read_file, read_text
from dvctt_report.text.resources import resource_path
from dvctt_report.text.vietnamese import unaccented

PLAN, PHRASES, BASE = "plan.toml", "phrases.toml", "chung"


def profile_folder(root: Path, name: str) -> Path:
    """The folder of the profile that the workspace ``root`` calls ``name``; CannotRun where there is none."""
    own = root / name
    return own if (own / PLAN).exists() else shipped_profile(name)


def shipped_profile(name: str) -> Path:
    """The folder of a profile that comes with the program. Raises CannotRun where there is none."""
    shipped = shipped_plans()
    if name not in shipped:
        raise CannotRun(
            f"Không có bộ cấu hình “{name}”, cũng không có thư mục đó với tệp {PLAN}.",
            f"Dùng một bộ có sẵn: {', '.join(sorted(shipped))}; hoặc ghi đường dẫn tới thư mục có {PLAN}, "
            "units.toml (trong dvctt.toml: dòng ho_so).",
        )
    return shipped[name].parent


def shipped_plans() -> dict[str, Path]:
    """The plans that come with the program, by the names of their folders."""
    return {p.name: p / PLAN for p in resource_path("templates").iterdir() if (p / PLAN).exists()}


def default_profile(day: date = date.min) -> str:
    """The profile a new workspace gets where none is named: the first that comes with the program.

    Of a province that has ended only up to its last day, and before those that go on.
    """
    ends: dict[str, date] = {}
    for name, plan in shipped_plans().items():
        text = read_text(plan)  # parsed only where it may say that: a plan is long
        ended = tomllib.loads(text).get("ended", {}) if "ended" in text else {}
        ends[name] = ended.get("on", date.max)
    return min((name for name in ends if ends[name] >= day), key=lambda name: (ends[name], name))


def profile_of(province: str) -> str:
    """The shipped profile of ``province``, named with or without kind and accents; "" for none."""
    named = {name: tomllib.loads(read_text(plan))["province"] for name, plan in shipped_plans().items()}
    bare = {
        name: re.sub(r"^(?:tinh|thanh pho) ", "", unaccented(own))
        for name, own in ({"": province} | named).items()
    }
    return min((name for name in named if bare[name] == bare[""]), default="")


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


def base_folder() -> Path:
    """The folder of the sentences and Word templates of which a profile holds only what it says otherwise."""
    return resource_path("templates") / BASE


def profile_file(folder: Path, name: str) -> Path:
    """The file of that name of the profile in ``folder``: its own, else the base's."""
    own = folder / name
    return own if own.exists() else base_folder() / name


def phrases_of(path: Path) -> dict[str, Any]:
    """The table of a file of phrases laid over the base's, which stands alone where there is no such file.

    Terms that stay on one line are added to the base's, unless the file says all that the base says.
    """
    base = _known_toml(base_folder() / PHRASES)
    own = read_toml(path) if path.exists() else {}
    return _laid_over(base, own, adding=not base.keys() <= own.keys())


_known_toml = cache(read_toml)
"""For the base's sentences, which nobody changes while the program runs."""


def _laid_over(base: Mapping[str, Any], own: Mapping[str, Any], *, adding: bool) -> dict[str, Any]:
    laid = {**base, **own}
    for name in base.keys() & own.keys():
        if isinstance(base[name], dict) and isinstance(own[name], dict):
            laid[name] = _laid_over(base[name], own[name], adding=adding)
        elif adding and isinstance(base[name], list) and isinstance(own[name], list):
            laid[name] = [*base[name], *(term for term in own[name] if term not in base[name])]
    return laid


def said_otherwise(table: Mapping[str, Any], base: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What of a whole table of phrases isn't as in the base: all that a profile has to say."""
    base = _known_toml(base_folder() / PHRASES) if base is None else base
    own: dict[str, Any] = {}
    for name, said in table.items():
        of_base = base.get(name)
        if isinstance(said, dict) and isinstance(of_base, dict):
            own[name] = said_otherwise(said, of_base)
        elif isinstance(said, list) and isinstance(of_base, list):
            own[name] = [term for term in said if term not in of_base]
        elif said != of_base:
            own[name] = said
    return {name: said for name, said in own.items() if said not in ({}, [])}


def resolved_files(folder: Path) -> dict[str, bytes]:
    """The files of the profile in ``folder`` with those of the base that it has none of, by their names.

    Its phrases say what the base's say and they don't, as far as they can be read. Raises OSError.
    """
    files = {name: read_file(path) for name, path in files_below(base_folder()).items()}
    files |= {name: read_file(path) for name, path in files_below(folder).items()}
    with suppress(CannotRun):
        if (folder / PHRASES).exists():
            files[PHRASES] = _toml(phrases_of(folder / PHRASES)).encode()
    return files


def _toml(table: Mapping[str, Any], path: tuple[str, ...] = ()) -> str:
    """Texts, lists and tables of them as TOML: what JSON writes of a text or a list is TOML too."""
    write = partial(dumps, ensure_ascii=False, default=str)
    inner = {name: value for name, value in table.items() if isinstance(value, dict)}
    lines = [f"{write(name)} = {write(value)}" for name, value in table.items() if name not in inner]
    head = [f"[{'.'.join(map(write, path))}]"] if path and lines else []
    return "\n".join((*head, *lines, *(_toml(value, (*path, name)) for name, value in inner.items()), ""))


def copy_profile(source: Path, target: Path) -> None:
    """Copy every file of a profile, to be edited. Raises CannotRun where something stands there already."""
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise CannotRun(f"“{target}” đã có, không ghi đè.", "Chọn tên thư mục khác.")
    write_folder(target, {name: read_file(path) for name, path in files_below(source).items()})
