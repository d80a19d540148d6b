"""Whether machine, workspace and register are sound, or what to do: looked at, never changed."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Health(StrEnum):
    """``NOTE`` hinders nothing yet, ``ABSENT`` is not there and perhaps not needed."""

    OK = "ok"
    NOTE = "note"
    ERROR = "error"
    ABSENT = "absent"


class Diagnosis(NamedTuple):
    """What a check found and what to do about it; ``fix`` "" where there is nothing to do."""

    state: Health
    found: str
    fix: str = ""
