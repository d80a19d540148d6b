"""What a check answers, and what it may look at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from dvctt_report.errors import CannotRun
from dvctt_report.opening import read_file
from dvctt_report.period import Period

if TYPE_CHECKING:
    from dvctt_report.workspace import Workspace


class Health(StrEnum):
    """``NOTE`` hinders nothing yet, ``ABSENT`` is not there and perhaps not needed."""

    OK = "ok"
    NOTE = "note"
    ERROR = "error"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What was found and what to do about it; ``fix`` "" where there is nothing to do."""

    state: Health
    found: str
    fix: str = ""


ok, note, failure, absent = (partial(Diagnosis, state) for state in Health)
"""What a check answers, by how it stands."""


@dataclass(frozen=True)
class KnownWorkspace:
    """The folder of a workspace and as much of its settings as can be known.

    ``workspace`` is None, and ``fault`` says why, where ``dvctt.toml`` can't be used; ``profile`` is the
    name it gives of the province's folder, ``period`` the period, both also where other lines are wrong.
    """

    root: Path
    workspace: Workspace | None
    fault: CannotRun | None
    profile: str | None
    period: Period | None

    def profile_folder(self) -> Path:
        """The folder of plan.toml. Raises CannotRun where it isn't known or isn't there."""
        from dvctt_report.plan.folders import profile_folder
        from dvctt_report.workspace import SETTINGS

        if self.profile is None:
            raise CannotRun(
                f"Chưa kiểm tra được vì {SETTINGS} không cho biết bộ cấu hình.", f"Sửa {SETTINGS} trước."
            )
        return profile_folder(self.root, self.profile)


def look_at(root: Path, period: Period | None) -> KnownWorkspace:
    """Read what can be read of the workspace in ``root``; ``period`` overrides that of its settings."""
    from dvctt_report.workspace import SETTINGS, read_workspace

    try:
        workspace = read_workspace(root, period)
    except CannotRun as fault:
        text = read_file(root / SETTINGS).decode("utf-8", errors="replace")
        profile = re.search(r'(?m)^\s*ho_so\s*=\s*"([^"]+)"', text)
        said = re.search(r"(?m)^\s*nam\s*=\s*(\d{4})\b", text)
        known = period or (Period.known(said[1]) if said else None)
        return KnownWorkspace(root, None, fault, profile[1] if profile else None, known)
    return KnownWorkspace(root, workspace, None, workspace.settings.ho_so, workspace.period)
