"""What is asked about: a target, another figure of the report, or a unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from dvctt_report.errors import CannotRun
from dvctt_report.explain.manifest import Entry, Manifest
from dvctt_report.vietnamese import unaccented


@dataclass(frozen=True, slots=True)
class Subject:
    """``code`` names a target, a figure or a unit of the manifest."""

    kind: Literal["target", "figure", "unit"]
    code: str


def find_subject(manifest: Manifest, said: str) -> Subject:
    """Tell what ``said`` names, whatever its case; raises CannotRun that proposes the nearest."""
    if code := _code(manifest.indicators, said):
        return Subject("target", code)
    if code := _code(manifest.figures, said):
        return Subject("figure", code)
    if code := _unit(manifest, said):
        return Subject("unit", code)
    known = [*manifest.indicators, *manifest.figures, *manifest.units]
    within = [k for k in known if k.lower().startswith(f"{said.lower()}.")]
    mistyped = _code(manifest.indicators, said.lower().replace("o", "0").replace("l", "1"))
    near = within or ([mistyped] if mistyped else get_close_matches(said.upper(), known, n=5))
    proposed = f"Gần nhất: {', '.join(near)}. " if near else ""
    listed = ", ".join(manifest.indicators)
    raise CannotRun(
        f"Báo cáo không có mục tiêu, con số hay đơn vị nào mang mã “{said}”.",
        f"{proposed}Các mục tiêu: {listed}. Mã các con số khác có ở khóa figures của tệp .json.",
    )


def find_unit(manifest: Manifest, said: str) -> str:
    """Tell which unit ``said`` names by code or by short name; raises CannotRun that lists the nearest."""
    if code := _unit(manifest, said):
        return code
    names = {unaccented(u["name"]): code for code, u in manifest.units.items()}
    near = [
        f"{names[n]} ({manifest.unit_name(names[n])})" for n in get_close_matches(unaccented(said), names)
    ]
    proposed = f"Gần nhất: {'; '.join(near)}. " if near else ""
    raise CannotRun(
        f"Danh sách của báo cáo không có đơn vị “{said}”.",
        f"{proposed}Các mã: {', '.join(manifest.units)}.",
    )


def _code(known: Mapping[str, Entry], said: str) -> str:
    return next((code for code in known if code.lower() == said.strip().lower()), "")


def _unit(manifest: Manifest, said: str) -> str:
    by_name = (code for code, u in manifest.units.items() if unaccented(u["name"]) == unaccented(said))
    return _code(manifest.units, said) or next(by_name, "")
