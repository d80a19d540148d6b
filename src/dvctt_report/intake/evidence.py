"""Whose a file is that can't be read as a form: by its name, what it came with, who sent it, by the book.

A scan of the signed paper (PDF, image, Word) that comes with a unit's workbook is no fault: it is kept as
EVIDENCE. So is the scan of a paper whose number the officer noted, whether or not the row names its file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from dvctt_report.codes import Trait, has, noted
from dvctt_report.file_names import enclosing, last_name
from dvctt_report.intake.hearsay import is_form_name, known_names, named_by_file, unit_of_form
from dvctt_report.intake.sent import same_file
from dvctt_report.intake.settle import as_received_before
from dvctt_report.intake.whose import units_of_sender
from dvctt_report.model import Entry, Return, ReturnStatus
from dvctt_report.period import Period
from dvctt_report.plan.model import Profile

_STANDING = (ReturnStatus.EFFECTIVE, ReturnStatus.UNDECIDED)
_USABLE = (*_STANDING, ReturnStatus.SUPERSEDED, ReturnStatus.DUPLICATE)


def about_returns(returns: Sequence[Return], entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return ``entries``, those that name a scan as rows about whatever return their unit has."""
    scans = [r.file for r in returns if r.scan]
    return tuple(
        replace(e, file="") if e.file and any(same_file(e.file, scan) for scan in scans) else e
        for e in entries
    )


def give_to_units(
    returns: Sequence[Return], entries: Sequence[Entry], profile: Profile, period: Period
) -> tuple[Return, ...]:
    """Give the unreadable files to the units that they are of, scans that are evidence in that status.

    ``entries`` as the tracking book has them. A scan is evidence where its unit has a workbook that can be
    used or a paper with a number in the book; else it stays a refused file.
    """
    return tuple(_given(r, returns, entries, profile, period) for r in returns)


def of_form_name(received: Return, profile: Profile, period: Period) -> Return:
    """Give a file of which nothing could be read to the unit whose form has that name; else as it is."""
    unit = unit_of_form(received.file, profile, period)
    if unit is None or received.unit or not all(has(f.code, Trait.NOT_READ) for f in received.findings):
        return received
    said = f" (theo tên tệp là biểu cấp cho {unit.short_name})"
    findings = tuple(replace(f, unit=unit.code, message=f.message + said) for f in received.findings)
    return replace(received, unit=unit.code, period=period, findings=findings)


def with_closed(
    returns: Iterable[Return], closed: Sequence[Return], profile: Profile, period: Period
) -> tuple[Return, ...]:
    """Add the files that could not be opened; of those received before, say that the old bytes count."""
    locked = {r.file for r in closed}
    known = tuple(
        as_received_before(r) if r.file in locked and r.status is not ReturnStatus.SUPERSEDED else r
        for r in returns
    )
    names = {r.file for r in known}
    return (*known, *(of_form_name(r, profile, period) for r in closed if r.file not in names))


def _given(
    received: Return, returns: Sequence[Return], entries: Sequence[Entry], profile: Profile, period: Period
) -> Return:
    if received.status is not ReturnStatus.REFUSED or received.rejected:
        return received
    if not received.scan:
        return _of_no_form(received, returns, entries, profile, period)
    by_book = received.unit or _noted(received, returns, entries)
    code = by_book or _unit_of_scan(received, returns, profile, period)
    if code and _has_return(code, returns, entries):
        return _as_evidence(received, code, profile, period)
    if by_book:
        return _of_unit(received, by_book)
    return _proposed(received, code, profile, period) if code else received


def _of_no_form(
    received: Return, returns: Sequence[Return], entries: Sequence[Entry], profile: Profile, period: Period
) -> Return:
    """Give a file in which there is no form to the one unit that its name or its sender tells of.

    Several are ``named``, so that none of them is reminded.
    """
    received = of_form_name(received, profile, period)
    if received.unit:
        return received
    if any(has(f.code, Trait.NOT_THE_FORM) for f in received.findings):
        units = _narrowed({*received.named}, _named_by_file(received, profile, period))
        return _proposed(received, units.pop(), profile, period) if len(units) == 1 else received
    if is_form_name(received.file) or not all(has(f.code, Trait.NOT_READ) for f in received.findings):
        return received  # the form of another year is no return, whoever sent it
    by_sender = {u.code for u in units_of_sender(received.sender, profile, period)}
    units = _narrowed(by_sender - {profile.plan.compiler}, _named_by_file(received, profile, period))
    if any(_has_return(code, returns, entries) for code in units):
        # Of one unit it has come beside what counts; of several it is a question of its own.
        return _of_unit(replace(received, period=period), *units) if len(units) == 1 else received
    if len(units) == 1:
        by = "người gửi thư" if units <= by_sender else "tên"
        return _proposed(received, units.pop(), profile, period, by)
    return replace(received, named=tuple(u.code for u in profile.roster.units if u.code in units))


def _named_by_file(received: Return, profile: Profile, period: Period) -> set[str]:
    """The units that the file's name tells of; the office that returns go to may stand in any name."""
    named = {u.code for u in named_by_file(received.file, profile, period)}
    return named - {profile.plan.compiler} or named


def _narrowed(one: set[str], other: set[str]) -> set[str]:
    """The units that both signs leave; of two that contradict each other, all."""
    return one & other or one | other


def _proposed(received: Return, code: str, profile: Profile, period: Period, by: str = "tên") -> Return:
    """Give a file that can't be read as a form to the unit that it names, to be confirmed (NH80)."""
    name = profile.roster.unit(code).short_name
    return noted(
        _of_unit(replace(received, period=period), code),
        "NH80",
        f"theo {by} là báo cáo của {name}; chưa có số liệu để tổng hợp",
        f"Đúng thì xác nhận: dvctt-report decide {received.sha256[:8]} --unit {code}, rồi nhập số liệu "
        f"hoặc đề nghị gửi biểu; không đúng: dvctt-report decide {received.sha256[:8]} --unit ĐƠN-VỊ.",
    )


def _of_unit(received: Return, code: str) -> Return:
    return replace(received, unit=code, findings=tuple(replace(f, unit=code) for f in received.findings))


def _has_return(unit: str, returns: Iterable[Return], entries: Iterable[Entry]) -> bool:
    return any(r.unit == unit and r.status in _STANDING for r in returns) or any(
        e.unit == unit and e.document_number for e in entries
    )


def _noted(received: Return, returns: Sequence[Return], entries: Iterable[Entry]) -> str:
    """The unit whose row names the file; "" for none, or for several.

    Of several files with that name each is of the unit whose workbook it came with, whoever has a row.
    """
    named = {e.unit for e in entries if e.file and same_file(e.file, received.file)}
    if named and sum(same_file(r.file, received.file) for r in returns) > 1:
        named &= next(_companies(received, returns), named)
    return next(iter(named)) if len(named) == 1 else ""


def _unit_of_scan(received: Return, returns: Sequence[Return], profile: Profile, period: Period) -> str:
    """The unit that a scan came from; "" where nothing tells, or name and company contradict each other."""
    form = unit_of_form(received.file, profile, period)
    name = last_name(received.file).rpartition(".")[0]
    named = {u.code for u in known_names(profile, period).year.in_file_name(name)}
    # The office that the returns go to may stand in any file's name.
    named = {form.code} if form else named - {profile.plan.compiler} or named
    came_with = next(_companies(received, returns), set())
    if len(came_with) > 1 and not named & came_with:
        came_with = set()  # the files of a whole week in one .zip
    found = named & came_with if named and came_with else named or came_with
    return next(iter(found)) if len(found) == 1 else ""


def _companies(received: Return, returns: Sequence[Return]) -> Iterator[set[str]]:
    """Yield the units whose usable workbooks lie in the same folder of a .zip or mail, the nearest first."""
    for around in enclosing(received.file):
        units = {r.unit for r in returns if r.status in _USABLE and r.unit and r.file.startswith(around)}
        if units:
            yield units


def _as_evidence(received: Return, code: str, profile: Profile, period: Period) -> Return:
    own = replace(received, status=ReturnStatus.EVIDENCE, unit=code, period=period, findings=())
    name = profile.roster.unit(code).short_name
    return noted(own, "NH13", f"văn bản kèm theo của {name}, giữ làm minh chứng")
