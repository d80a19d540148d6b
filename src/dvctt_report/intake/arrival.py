"""When returns arrived: what is known of it, and what was decided where their own day is another.

The day in the tracking book, else that of their mail. Else a return that wasn't there when it was looked
after the deadline came later. When it was collected proves nothing: it may have lain in the mailbox.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TypeAlias

from dvctt_report.model import ArrivedBy, Return, Submission, Timing
from dvctt_report.text.file_names import received_name

Looks: TypeAlias = Sequence[tuple[datetime, frozenset[str]]]
"""When it was looked what had come, of which units; of all where none is named."""


def with_arrivals(
    returns: Iterable[Return],
    former: Iterable[Return],
    first_seen: Mapping[str, datetime],
    looks: Looks,
    last_day: date,
) -> tuple[Return, ...]:
    """Give each return the day of its arrival, as far as that is known.

    ``former`` are returns that are gone since, ``first_seen`` says when each received file was, by its bytes
    and by its name, ``last_day`` is the last on which a return is in time.
    """
    found = tuple(returns)
    there: dict[str, datetime] = {}
    mailed: dict[str, date] = {}  # by content: it may lie beside its mail
    for one in (*found, *former):
        if one.mailed_on is not None:
            mailed[one.sha256] = min(one.mailed_on, mailed.get(one.sha256, one.mailed_on))
        moment = first_seen.get(one.sha256) or first_seen.get(received_name(one.file))
        if moment is not None:
            for unit in filter(None, (one.unit, *one.named)):
                there[unit] = min(moment, there.get(unit, moment))
    after = [look for look in looks if look[0].date() > last_day]

    def missed_on(unit: str) -> date | None:
        """The latest day after the deadline on which it was looked, and nothing of the unit was there."""
        came = there.get(unit)  # None of a return on paper: only a reminder tells that it wasn't there
        reminded = (m for m, units in after if unit in units and (came is None or m <= came))
        collected = (m for m, units in after if not units and came is not None and m < came)
        return max((moment.date() for moment in (*reminded, *collected)), default=None)

    def arrived(one: Return) -> Submission:
        said = one.submission
        if said.arrived_on is not None:
            return said
        if (day := mailed.get(one.sha256)) is not None:
            return replace(said, arrived_on=day, arrived_by=ArrivedBy.MAIL)
        day = missed_on(one.unit)
        return said if day is None else replace(said, arrived_on=day, arrived_by=ArrivedBy.MISSING)

    return tuple(replace(one, submission=arrived(one)) for one in found)


def with_timings(returns: Iterable[Return], timings: Iterable[Timing]) -> tuple[Return, ...]:
    """Give each return what was decided about its days, where they still are what it was decided about."""
    decided = {(one.unit, one.over): one for one in timings}
    return tuple(
        replace(r, submission=replace(r.submission, timing=decided.get((r.unit, r.submission.days))))
        for r in returns
    )
