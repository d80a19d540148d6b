"""What the units of the sample answer: the .toml files beside this module."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from dvctt_report.cli.sample import ToldReturn, told_return
from dvctt_report.plan.model import Profile

FILES = ("so-nganh.toml", "huyen.toml", "bao-chi-truong.toml")


def read_told(profile: Profile, year: int) -> tuple[ToldReturn, ...]:
    """Return what every unit answers, in the files' order.

    Raises ValueError where a form has no such cell.
    """
    folder = Path(__file__).parent
    tables: dict[str, Any] = {}
    for name in FILES:
        tables |= tomllib.loads((folder / name).read_text(encoding="utf-8"))
    return tuple(told_return(profile, code, table, year) for code, table in tables.items())
