"""Which row of the tracking book belongs to which received file; what the officer wrote there counts more."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TypeAlias

from dvctt_report.model import ArrivedBy, CellRef, Entry, Finding, Return, ReturnStatus, Submission, Timing
from dvctt_report.model.codes import finding
from dvctt_report.model.period import Period
from dvctt_report.text.file_names import known_as, received_name
from dvctt_report.text.vietnamese import format_date, key

_NOBODYS = (
    ReturnStatus.DUPLICATE,
    ReturnStatus.SKIPPED,
    ReturnStatus.PAPER,
    ReturnStatus.REPLY,
    ReturnStatus.EVIDENCE,
)


def bind(returns: Sequence[Return], entries: Iterable[Entry]) -> tuple[Return, ...]:
    """Give each return what its row of the tracking book says about it.

    A row belongs to the file it names, else to that whose own document number it repeats, else (the one
    such row) to the only file of its unit that may count. A refused file of a unit unknown is of the unit
    whose row names it. Binding again changes nothing.
    """
    bound = list(returns)
    for n, entry in _pairs(returns, tuple(entries)).items():
        received = bound[n] = replace(bound[n], submission=_merged(bound[n].submission, entry))
        if not received.unit:
            findings = tuple(replace(f, unit=entry.unit) for f in received.findings)
            bound[n] = replace(received, unit=entry.unit, findings=findings)
    return tuple(bound)


def about_returns(returns: Sequence[Return], entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return ``entries``, those that name a scan as rows about whatever return their unit has."""
    scans = [r.file for r in returns if r.scan]
    return tuple(
        replace(e, file="") if e.file and any(same_file(e.file, scan) for scan in scans) else e
        for e in entries
    )


def paper_returns(
    returns: Sequence[Return], entries: Iterable[Entry], period: Period, book: str
) -> Iterator[Return]:
    """Yield a return without figures for each unit that has a document number in the book and no file."""
    latest: dict[str, Entry] = {}
    for entry in entries:
        if entry.document_number and not any(_is_of(r, entry.unit) for r in returns):
            latest[entry.unit] = entry
    for unit, entry in latest.items():
        at = entry.at or CellRef(book)
        message = f"chỉ gửi bản giấy, số {entry.document_number}; chưa có số liệu để tổng hợp"
        note, said = finding("NH67", message, None, at, unit), _merged(Submission(), entry)
        yield Return(book, "", ReturnStatus.PAPER, unit, period, said, findings=(note,))


def unused_entries(returns: Sequence[Return], entries: Sequence[Entry], book: str) -> Iterator[Finding]:
    """Yield a finding for each row that belongs to no file and doesn't stand for a paper."""
    used = {(entry.unit, *_facts_of(entry)) for entry in _pairs(returns, entries).values()}
    for entry in entries:
        if (entry.unit, *_facts_of(entry)) in used:
            continue
        at, own = entry.at or CellRef(book), _files_of(returns, entry)
        if entry.file and any(entry.unit in r.named and same_file(entry.file, r.file) for r in returns):
            continue  # whose that file is waits to be decided (NH77)
        if entry.file and not any(_is_of(returns[n], entry.unit) for n in own):
            message = f"dòng của {entry.unit}: không có tệp nào của đơn vị tên là “{entry.file}”"
            yield finding("NH75", message, "Ghi đúng tên tệp, hoặc xóa tên tệp nếu đơn vị chỉ có một.", at)
        elif any(_is_of(r, entry.unit) and r.status is not ReturnStatus.REFUSED for r in returns):
            if not own:
                message = f"dòng của {entry.unit}: chưa biết thuộc tệp nào của đơn vị"
                fix = (
                    "Ghi tên tệp Excel vào cột Tệp của dòng này; dòng của bản quét thì ghi cùng số, ký hiệu, "
                    "ngày với dòng của tệp Excel."
                )
                yield finding("NH75", message, fix, at)
        elif not entry.document_number and (day := entry.sent_on or entry.arrived_on or entry.signed_code):
            said = f"ngày {format_date(day)}" if isinstance(day, date) else "mã đối chiếu"
            message = f"dòng của {entry.unit}: có {said} nhưng chưa có tệp dùng được, chưa có số văn bản"
            yield finding("NH76", message, None, at)


def _pairs(returns: Sequence[Return], entries: Sequence[Entry]) -> dict[int, Entry]:
    """Which row (by the position of its return) each return has."""
    pairs: dict[int, Entry] = {}
    free: dict[str, list[Entry]] = {}
    for entry in entries:
        own = _files_of(returns, entry)
        for n in own:
            pairs.setdefault(n, entry)
        if not own and not entry.file:
            free.setdefault(entry.unit, []).append(entry)
    for unit, rows in free.items():
        # Rows about the scans of one paper, page by page, say the same: one of them speaks for all.
        left = list({_facts_of(entry): entry for entry in reversed(rows)}.values())
        candidates = [
            n for n, r in enumerate(returns) if r.unit == unit and r.status is ReturnStatus.EFFECTIVE
        ]
        contents = {returns[n].sha256 for n in candidates}
        if len(left) == 1 and len(contents) == 1 and candidates[0] not in pairs:
            pairs |= dict.fromkeys(candidates, left[0])
    return pairs


def _facts_of(entry: Entry) -> tuple[object, ...]:
    """What a row says about a file of its unit, notes aside."""
    said = (entry.file, entry.document_number, entry.sent_on, entry.channel, entry.signed_code)
    return *said, entry.arrived_on


def _files_of(returns: Sequence[Return], entry: Entry) -> list[int]:
    """The files that a row names, else those whose own document number it repeats, by their positions."""
    own = []
    for n, received in enumerate(returns):
        is_of_unit = _is_of(received, entry.unit)
        if entry.file:
            is_nobodys = not received.unit and received.status is ReturnStatus.REFUSED
            is_meant = (is_of_unit or is_nobodys) and same_file(entry.file, received.file)
        else:
            wanted, number = (
                "".join(key(text).removeprefix("số").split())
                for text in (entry.document_number, received.submission.document_number)
            )
            is_meant = bool(wanted) and is_of_unit and number == wanted
        own += [n] if is_meant else []
    return own


def _is_of(received: Return, unit: str) -> bool:
    return received.unit == unit and received.status not in _NOBODYS


def same_file(written: str, file: str) -> bool:
    """Whether a file's name as an officer wrote it is that of ``file``, folders and case apart."""
    a, b = (known_as(name.replace("\\", "/").rstrip("/").rpartition("/")[2]) for name in (written, file))
    first, second = (unicodedata.normalize("NFC", name.strip()).casefold() for name in (a, b))
    return first == second


def _merged(own: Submission, entry: Entry) -> Submission:
    return replace(
        own,
        document_number=entry.document_number or own.document_number,
        sent_on=entry.sent_on or own.sent_on,
        channel=entry.channel or own.channel,
        signed_code=entry.signed_code or own.signed_code,
        signed_at=entry.code_at if entry.signed_code else own.signed_at,
        arrived_on=entry.arrived_on or own.arrived_on,
        arrived_by=ArrivedBy.BOOK if entry.arrived_on else own.arrived_by,
    )


# ------------ When returns arrived: what is known of it, and what was decided where their own day is another

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
    every = tuple(returns)
    there: dict[str, datetime] = {}
    mailed: dict[str, date] = {}  # by content: it may lie beside its mail
    for received in (*every, *former):
        if received.mailed_on is not None:
            mailed[received.sha256] = min(received.mailed_on, mailed.get(received.sha256, received.mailed_on))
        moment = first_seen.get(received.sha256) or first_seen.get(received_name(received.file))
        if moment is not None:
            for unit in filter(None, (received.unit, *received.named)):
                there[unit] = min(moment, there.get(unit, moment))
    after = [look for look in looks if look[0].date() > last_day]
    arrived = []
    for received in every:
        said = received.submission
        if said.arrived_on is None and (day := mailed.get(received.sha256)) is not None:
            said = replace(said, arrived_on=day, arrived_by=ArrivedBy.MAIL)
        elif said.arrived_on is None:
            # The latest day after the deadline on which it was looked, and nothing of the unit was there;
            # of a return on paper only a reminder tells that.
            came = there.get(received.unit)
            reminded = (m for m, units in after if received.unit in units and (came is None or m <= came))
            collected = (m for m, units in after if not units and came is not None and m < came)
            missed = max((moment.date() for moment in (*reminded, *collected)), default=None)
            said = replace(said, arrived_on=missed, arrived_by=ArrivedBy.MISSING) if missed else said
        arrived.append(replace(received, submission=said))
    return tuple(arrived)


def with_timings(returns: Iterable[Return], timings: Iterable[Timing]) -> tuple[Return, ...]:
    """Give each return what was decided about its days, where they still are what it was decided about."""
    decided = {(timing.unit, timing.over): timing for timing in timings}
    return tuple(
        replace(r, submission=replace(r.submission, timing=decided.get((r.unit, r.submission.days))))
        for r in returns
    )
