"""A form of an earlier edition: read as it was issued, used for what is still asked in the same way."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dvctt_report.files.cells import Workbook
from dvctt_report.forms.form import COVER
from dvctt_report.forms.layout import EDITION, META_SHEET
from dvctt_report.intake.handover import issued_before
from dvctt_report.intake.identity import unknown_unit
from dvctt_report.model import CellRef, FieldRef, Return, ReturnStatus
from dvctt_report.model.codes import finding
from dvctt_report.plan.model import Item, Profile
from dvctt_report.text.vietnamese import join_names

_ROWS = 20
"""Rows of the hidden sheet that are looked at: its keys, then the edition."""

_SAID_OTHERWISE = frozenset(
    {"title", "label", "point", "thresholds", "print_as", "pending", "source_note", "control", "note"}
    | {"joint", "done_as"}
)
"""Fields of an item that change nothing about what its answer means."""


def edition_of(book: Workbook, profile: Profile) -> Profile:
    """The edition that the form names, if known; the first where its keys name none."""
    sheet = next((sheet for sheet in book.sheets if sheet.name.startswith(META_SHEET)), None)
    if sheet is None:
        return profile
    named = sheet.keys(_ROWS).get(EDITION)
    if named is None:
        return next(iter(profile.earlier), profile)
    return next((p for p in profile.earlier if p.edition == named), profile)


def as_asked_now(received: Return, own: Profile, profile: Profile) -> Return:
    """What a return that was read by its ``own`` edition still says by the ``profile`` in force.

    Answers about an item that is asked otherwise now, or no more, are left out; which they are, and what is
    asked anew, is told (NH78).
    """
    assert received.period is not None or received.status is not ReturnStatus.EFFECTIVE
    if received.status is not ReturnStatus.EFFECTIVE or received.period is None:
        return received
    unit = profile.unit_asked(received.unit, received.period)
    if unit is None:
        known, at = profile.roster.units_by_code.get(received.unit), CellRef(received.file)
        gone = unknown_unit(received.unit, known, profile, received.period, at)
        return replace(received, status=ReturnStatus.REFUSED, observations=(), findings=(gone,))
    before = {item.code: _defined(item) for item in own.asked(own.roster.unit(received.unit))}
    now = {item.code: _defined(item) for item in profile.asked(unit)}
    kept = {COVER, *(code for code in now if before.get(code) == now[code])}
    changed = [code for code in now if code not in kept]
    findings = [f for f in received.findings if not f.item or f.item in kept]
    if changed:
        labels = join_names(f"“{item.label}”" for item in profile.asked(unit) if item.code in changed)
        message = f"biểu phát hành trước khi sửa kế hoạch; chưa dùng số liệu của {labels}"
        fix = "Đề nghị đơn vị ghi các nội dung đó vào biểu phát hành lại; các nội dung khác đã dùng."
        told = finding("NH78", message, fix, CellRef(received.file), received.unit)
        findings.insert(0, replace(told, against=tuple(FieldRef(code, "") for code in changed)))
    findings[:0] = issued_before(received, own, profile)
    answers = tuple(o for o in received.observations if o.item in kept)
    return replace(received, observations=answers, findings=tuple(findings))


def _defined(item: Item) -> dict[str, Any]:
    """What makes an answer about an item mean what it does."""
    said = _SAID_OTHERWISE if item.kind == "target" else _SAID_OTHERWISE - {"title", "label"}
    return item.model_dump(exclude=set(said))
