"""Every code that a finding may have, of intake and of the rules: one registry, and how a finding is made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from dvctt_report.model import CellRef, Finding, Return
from dvctt_report.model.codes.code import Asked, Bars, Code, Limit, Scope, Settled, Trait, read_codes
from dvctt_report.text.opening import read_text
from dvctt_report.text.personal import masked
from dvctt_report.text.resources import PACKAGE
from dvctt_report.text.visible import on_one_line

CODES: Mapping[str, Code] = read_codes(read_text(PACKAGE / "model" / "codes" / "codes.toml"))
RULES_BY_CODE: Mapping[str, Code] = {code: about for code, about in CODES.items() if about.source}
"""Those of the rules, in the order in which they are asked and their findings told."""


def has(code: str, trait: Trait) -> bool:
    """Whether a code of the registry has that trait."""
    return trait in CODES[code].traits


def finding(
    code: str,
    message: str,
    fix: str | None,
    at: CellRef,
    unit: str = "",
    item: str = "",
    field: str = "",
    value: str = "",
    related: tuple[CellRef, ...] = (),
    told: str = "",
) -> Finding:
    """Make the finding of an intake code, with its severity; its words tell no person's number.

    ``fix`` None: what the registry says is to be done.
    """
    message, told = masked(on_one_line(message)), masked(on_one_line(told))
    fix = on_one_line(CODES[code].fix if fix is None else fix)
    return Finding(code, CODES[code].severity, message, fix, unit, item, field, at, value, related, told=told)


def noted(
    received: Return,
    code: str,
    message: str,
    fix: str | None = "",
    related: Iterable[Return] = (),
    unit: str = "",
    told: str = "",
) -> Return:
    """The return with a finding about its file before its others; ``unit``: that of the finding alone."""
    about = tuple(CellRef(other.file) for other in related)
    note = finding(
        code, message, fix, CellRef(received.file), unit or received.unit, related=about, told=told
    )
    return replace(received, findings=(note, *received.findings))
