"""Take an edited workbook over into the folder of a profile: whole or not at all, the former one kept."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path

from dvctt_report.errors import CannotRun
from dvctt_report.files import copy_folder, replace_file
from dvctt_report.opening import read_file, read_text
from dvctt_report.plan.load import load_profile, read_toml
from dvctt_report.plan_book.changes import changes_between
from dvctt_report.plan_book.reader import PlanBook, read_plan_workbook
from dvctt_report.plan_book.sheets import PHRASES, PLAN, UNITS
from dvctt_report.plan_book.toml import merged_table, merged_toml
from dvctt_report.plan_book.writer import plan_workbook
from dvctt_report.report.phrases import read_phrases
from dvctt_report.resources import resource_path


def workbook_of(folder: Path) -> bytes:
    """Return the workbook of the profile in ``folder``; PlanFault where it can't be used."""
    return plan_workbook(load_profile(folder), read_toml(folder / PHRASES))


def take_workbook(folder: Path, data: bytes, file: str, now: datetime) -> tuple[tuple[str, ...], Path | None]:
    """Take over what the workbook ``data`` says. Returns what has changed, a line each, and the former copy.

    Nothing is written where nothing has changed. Raises CannotRun where the workbook or what it makes of the
    profile can't be used, and for a profile that comes with the program, which is never edited.
    """
    if folder.resolve().is_relative_to(resource_path("templates").resolve()):
        raise CannotRun(
            f"Bộ cấu hình “{folder.name}” đi kèm chương trình, không sửa được.",
            "Chép ra rồi sửa bản chép: dvctt-report plan --copy cau-hinh; trong dvctt.toml ghi "
            'ho_so = "cau-hinh".',
        )
    said = read_plan_workbook(data, file, read_toml(folder / PHRASES))
    with tempfile.TemporaryDirectory() as name:
        trial = Path(name)
        for path, text in _texts(folder, said).items():
            (trial / path).write_text(text, encoding="utf-8", newline="")
        if load_profile(trial) != said.profile:
            raise AssertionError("the files do not say what the workbook says")
        read_phrases(trial / PHRASES)
        names = [n for n in (PLAN, UNITS, PHRASES) if read_file(trial / n) != read_file(folder / n)]
        former, phrases = load_profile(folder), read_toml(folder / PHRASES)
        changes = tuple(changes_between(former, said.profile, phrases, read_toml(trial / PHRASES)))
        if not changes:
            return (), None
        kept = folder.with_name(f"{folder.name} (trước {now:%Y-%m-%d %H%M%S})")
        copy_folder(folder, kept)
        for n in names:
            replace_file(folder / n, read_file(trial / n))
    return changes, kept


def _texts(folder: Path, said: PlanBook) -> dict[str, str]:
    """The three files as they have to be."""
    own = {name: read_text(folder / name) for name in (PLAN, UNITS, PHRASES)}
    return {
        PLAN: merged_toml(own[PLAN], said.profile.plan),
        UNITS: merged_toml(own[UNITS], said.profile.roster),
        PHRASES: merged_table(own[PHRASES], said.phrases),
    }
