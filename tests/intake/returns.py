"""Returns for the tests of intake: a department's or a district's form with answers, changed as units do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from openpyxl.workbook import Workbook

from dvctt_report.forms.formulas import Answer
from dvctt_report.forms.writer import form_bytes
from dvctt_report.intake.collect import read_return
from dvctt_report.intake.workers import read_each
from dvctt_report.model import Finding, Key, Observation, Return
from dvctt_report.model.period import Period
from dvctt_report.plan.model import Profile
from tests.forms.fill import real
from tests.intake.edits import opened, saved

SAID: dict[Key, Answer] = {Key("T3", "answer"): "Có"}
"""One answer, so that a form is not taken for one that nobody filled in."""


def key(name: str) -> Key:
    """``T1.total``, ``T1.total@Xã Một``, ``HS.T.resolved_total`` as a Key."""
    path, _, part = name.partition("@")
    item, _, field = path.rpartition(".")
    return Key(item, field, part)


def written(answers: Mapping[str, Answer], unit: str = "SYT", year: int = 2025) -> bytes:
    """The form of ``unit`` with these cells typed in."""
    typed = SAID | {key(name): value for name, value in answers.items()}
    return form_bytes(real(), real().roster.unit(unit), Period(year), typed)


def collected(answers: Mapping[str, Answer], unit: str = "SYT") -> Return:
    """What is read from the form of ``unit`` with these cells typed in."""
    return read_return("nhan-ve/2025/a.xlsx", written(answers, unit), real(), Period(2025))


def edited(data: bytes, change: Callable[[Workbook], object]) -> bytes:
    """The file after ``change``, saved by a program that calculates nothing."""
    book = opened(data)
    change(book)
    return saved(book)


def observed(found: Return, name: str) -> Observation:
    return next(o for o in found.observations if o.key == key(name))


def told(found: Return) -> list[tuple[str, str, str]]:
    """Code, item and field of each finding."""
    return [(f.code, f.item, f.field) for f in found.findings]


def only(found: Return) -> Finding:
    (finding,) = found.findings
    return finding


def read_all(
    tasks: Iterable[tuple[str, bytes]], profile: Profile, period: Period, *args: Any, **options: Any
) -> Iterator[Return]:
    """Yield what is read in worker processes, as commands read, one return after another."""
    for returns in read_each(tasks, profile, period, *args, **options):
        yield from returns
