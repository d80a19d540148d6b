"""The sentences and templates that are shipped, as a profile says them and as it says them otherwise."""

from __future__ import annotations

import shutil
from pathlib import Path

from dvctt_report.plan.folders import PHRASES, base_folder, shipped_profile
from dvctt_report.plan.load import load_profile
from dvctt_report.plan.phrases import Phrases, read_phrases

BASE = base_folder()


def shipped_phrases(name: str = "ninh_thuan") -> Phrases:
    """The sentences of a profile that comes with the program, in the words of its plan."""
    folder = shipped_profile(name)
    return read_phrases(folder / PHRASES, load_profile(folder).plan)


def own_file(folder: Path, name: str) -> Path:
    """A profile's own file, to be edited: the base's as long as it has none. Of sentences, all of them."""
    if name == PHRASES or not (folder / name).exists():
        shutil.copyfile(BASE / name, folder / name)
    return folder / name
