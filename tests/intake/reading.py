"""Received files read as commands read them, in worker processes where nothing else is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from dvctt_report.intake.workers import read_each
from dvctt_report.model import Return
from dvctt_report.model.period import Period
from dvctt_report.plan.model import Profile


def read_all(
    tasks: Iterable[tuple[str, bytes]], profile: Profile, period: Period, *args: Any, **options: Any
) -> Iterator[Return]:
    """Yield the returns that ``read_each`` gives, one after another."""
    for returns in read_each(tasks, profile, period, *args, **options):
        yield from returns
