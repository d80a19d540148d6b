"""Whose a file is: all that tells of a unit weighed together, and what an officer decided about it.

A form is taken for the unit that it was issued to. Where one thing alone names another unit (the file's
name, who signed, whom to call, who sent the mail) that is to be confirmed; where two do, or the tracking book
or the number of the document does, or the unit was only chosen in a list and the file's name is another's, it
is nobody's until the officer has said whose it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from dvctt_report.codes import Trait, finding, has, noted
from dvctt_report.file_names import received_name
from dvctt_report.forms.form import COVER
from dvctt_report.intake.hearsay import is_of_request, known_names, named_by_file, signed_by, signing
from dvctt_report.intake.reading import first_of, quote
from dvctt_report.intake.sent import same_file
from dvctt_report.model import (
    CellRef,
    Decision,
    Entry,
    FieldRef,
    Finding,
    Return,
    ReturnStatus,
    State,
)
from dvctt_report.period import Period
from dvctt_report.plan.model import Item, Profile, Target, Unit
from dvctt_report.plan.unit_names import UnitNames
from dvctt_report.vietnamese import format_date, join_names, key


@dataclass(frozen=True, slots=True)
class _Clue:
    """What tells of another unit than the form does; ``settles``: it alone is enough to doubt the form."""

    what: str
    units: frozenset[str]
    settles: bool = False
    at: CellRef | None = None


def weigh(returns: Sequence[Return], entries: Iterable[Entry], profile: Profile) -> tuple[Return, ...]:
    """Return ``returns``, those that may be another unit's with NH43 or NH77 and the units ``named``."""
    rows = tuple(e for e in entries if e.file)
    names = [last.file for last in returns]
    return tuple(_weighed(r, _rows_of(r, rows, names), profile) for r in returns)


def _rows_of(received: Return, rows: Iterable[Entry], files: Sequence[str]) -> tuple[Entry, ...]:
    """The rows of the tracking book that name the file; none where several files have that name."""
    own = tuple(row for row in rows if same_file(row.file, received.file))
    return own if own and sum(same_file(own[0].file, file) for file in files) == 1 else ()


def _weighed(received: Return, rows: Sequence[Entry], profile: Profile) -> Return:
    if received.status is not ReturnStatus.EFFECTIVE or received.period is None:
        return received
    unit = profile.unit_asked(received.unit, received.period)
    if unit is None:
        return received
    clues = [*_clues(received, unit, rows, profile)]
    if not clues:
        return received
    counted = {code: sum(code in clue.units for clue in clues) for clue in clues for code in clue.units}
    most = max(counted.values())
    named = tuple(u.code for u in profile.roster.units if counted.get(u.code) == most)
    told = [clue for clue in clues if clue.units & set(named)]
    whose = join_names(profile.roster.unit(code).short_name for code in named)
    open_one = len(told) > 1 or any(clue.settles for clue in clues)
    kept = [f for f in received.findings if not (_is_by_name(f) or (open_one and _is_open(f)))]
    if not open_one and any(map(_is_by_name, received.findings)):
        return received
    places = (*(f.at for f in received.findings if _is_open(f)), *(clue.at for clue in told))
    at = next((place for place in places if place is not None), CellRef(received.file))
    value = next((f.value for f in received.findings if _is_open(f)), "")
    what = join_names(clue.what for clue in told)
    code = "NH77" if open_one else "NH43"
    message = f"biểu cấp cho {unit.short_name} nhưng {what} là của {whose}"
    if open_one:
        message += "; chưa dùng số liệu"
    said = finding(code, message, _fix(received, unit, named), at, unit.code, value=value)
    return replace(received, findings=(said, *kept), named=named if open_one else ())


def _fix(received: Return, unit: Unit, named: Sequence[str]) -> str:
    ways = "; ".join(
        f"của {code}: dvctt-report decide {received.sha256[:8]} --unit {code}"
        for code in (unit.code, *named[:2])
    )
    return f"Hỏi các đơn vị rồi cho biết tệp {ways}."


def _clues(received: Return, unit: Unit, rows: Sequence[Entry], profile: Profile) -> Iterator[_Clue]:
    assert received.period is not None
    people, said = _people_of(profile, received.period), received.submission
    names, number = known_names(profile, received.period).year, said.document_number
    told_of = named_by_file(received.file, profile, received.period)
    in_name = [u for u in told_of if u.code != profile.plan.compiler]
    found = (
        (
            f"số văn bản {number}",
            () if is_of_request(number, profile) else signed_by(number, names),
            True,
            "document_number",
        ),
        ("tên tệp", in_name, any(map(_is_open_by_name, received.findings)), ""),
        *((f"phần ký {quote(text)}", signing(text, names), True, "") for text in _signed(received)),
        ("người ký", _in_text(said.signer, names), False, "signer"),
        (
            "đầu mối liên hệ",
            _of_person(said.contact, said.phone, said.email, people, names),
            False,
            "contact",
        ),
        ("người gửi thư", units_of_sender(received.sender, profile, received.period), False, ""),
        ("dòng sổ theo dõi ghi tên tệp", [u for row in rows for u in names.with_code(row.unit)], True, ""),
    )
    for what, told, settles, field in found:
        others = frozenset(u.code for u in told if u.code != profile.plan.compiler or settles)
        if others and unit.code not in others:
            yield _Clue(what, others, settles, said.cell(field))


def _signed(received: Return) -> tuple[str, ...]:
    """The lines of signatures by which it is open whose the file is."""
    number = received.submission.document_number
    return tuple(f.value for f in received.findings if _is_open(f) and f.value not in ("", number))


def _in_text(text: str, names: UnitNames[Unit]) -> list[Unit]:
    return [mention.unit for mention in names.mentions(text)]


@dataclass(frozen=True, slots=True)
class _People:
    """The units that the roster names for a telephone number (its digits) and for a person (as a key)."""

    by_phone: Mapping[str, Sequence[Unit]]
    by_name: Mapping[str, Sequence[Unit]]


@lru_cache(maxsize=4)
def _people_of(profile: Profile, period: Period) -> _People:
    """Index the people of the units that are asked."""
    by_phone: dict[str, list[Unit]] = defaultdict(list)
    by_name: dict[str, list[Unit]] = defaultdict(list)
    for unit in profile.units(period):
        if digits := _digits(unit.phone):
            by_phone[digits].append(unit)
        if unit.contact:
            by_name[key(unit.contact)].append(unit)
    return _People(dict(by_phone), dict(by_name))


def _of_person(contact: str, phone: str, email: str, people: _People, names: UnitNames[Unit]) -> list[Unit]:
    """The units that a person is of: named beside it, or by a telephone number or address in the roster."""
    known = [*people.by_phone.get(_digits(phone), ()), *people.by_name.get(key(contact), ())]
    address = email.rpartition("<")[2].strip("> ")
    return [*_in_text(contact, names), *known, *names.in_file_name(address.replace("@", " "))]


def units_of_sender(sender: str, profile: Profile, period: Period) -> tuple[Unit, ...]:
    """The units that the sender of a mail is of, by name, address and who is in the roster."""
    names = known_names(profile, period).year
    return tuple(dict.fromkeys(_of_person(sender, "", sender, _people_of(profile, period), names)))


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())


def _is_by_name(found: Finding) -> bool:
    """Whether a finding says that the file's name tells of another unit."""
    return has(found.code, Trait.CONFIRMED_FIRST) and found.at is not None and not found.at.sheet


def _is_open(found: Finding) -> bool:
    return has(found.code, Trait.WHOSE_OPEN)


def _is_open_by_name(found: Finding) -> bool:
    """Whether the file's name alone leaves open whose a form is in which the unit was chosen."""
    return _is_open(found) and found.at is not None and not found.at.sheet


# ------------------------------------------------------------------------- what the officer decided


def to_be_read_as(returns: Iterable[Return], assigned: Mapping[str, str]) -> frozenset[str]:
    """The received files that hold one which is another unit's than was read; ``assigned`` by SHA-256."""
    return frozenset(
        received_name(r.file)
        for r in returns
        if r.sha256 in assigned and not r.scan and (r.unit, r.status) != (assigned[r.sha256], _READ)
    )


_READ = ReturnStatus.EFFECTIVE
"""What every return is that can be used, until it is settled."""


def given_to(received: Return, unit: Unit, profile: Profile) -> Return:
    """Give a return that was read as another unit's to ``unit``: what that form asks of both is used.

    What it doesn't ask, or asks by the other's communes, is asked anew (NH82); where nothing is left, the
    file is refused.
    """
    if received.status is not ReturnStatus.EFFECTIVE or received.unit == unit.code:
        return replace(received, unit=unit.code)
    issued_to = profile.roster.unit(received.unit)
    asked, there = tuple(profile.asked(unit)), tuple(profile.asked(issued_to))
    common = {i.code for i in asked if i in there and not _is_by_part(i, unit, issued_to)}
    lacking = [item for item in asked if item.code not in common]
    kept = {*common, COVER}
    answers = tuple(replace(o, unit=unit.code) for o in received.observations if o.item in kept)
    findings = [replace(f, unit=unit.code) for f in received.findings if not f.item or f.item in kept]
    if lacking:
        findings.insert(0, _lacking(received, unit, issued_to, lacking))
    usable = any(o.item in common and o.state is not State.BLANK for o in answers)
    return replace(
        received,
        unit=unit.code,
        status=ReturnStatus.EFFECTIVE if usable else ReturnStatus.REFUSED,
        observations=answers if usable else (),
        findings=tuple(findings) if usable else tuple(findings[:1]),
    )


def _is_by_part(item: Item, *units: Unit) -> bool:
    return isinstance(item, Target) and item.by_part != "no" and any(unit.parts for unit in units)


def _lacking(received: Return, unit: Unit, issued_to: Unit, items: Sequence[Item]) -> Finding:
    labels = first_of((f"“{item.label}”" for item in items), _NAMED, "nội dung khác")
    message = f"ghi trên biểu cấp cho {issued_to.short_name}, chưa có số liệu của {labels}"
    fix = (
        f"Đề nghị {unit.short_name} ghi các nội dung đó vào đúng biểu BM{received.period}_{unit.code} đã cấp."
    )
    told = finding("NH82", message, fix, CellRef(received.file), unit.code)
    return replace(told, against=tuple(FieldRef(item.code, "") for item in items))


_NAMED = 3
"""Items that are named before they are only counted."""


def as_decided(received: Return, decisions: Mapping[str, Decision]) -> Return:
    """A file of which the officer said whose it is: who said so is told, nothing that rests on another."""
    decision = decisions.get(received.sha256)
    if decision is None or received.status not in (ReturnStatus.EFFECTIVE, ReturnStatus.REFUSED):
        return received
    day = format_date(decision.when.date())
    message = f"tệp được xác định là của {decision.unit} theo quyết định của {decision.who} ngày {day}"
    settled = (Trait.WHOSE_OPEN, Trait.CONFIRMED_FIRST)
    findings = tuple(
        replace(f, unit=decision.unit)
        for f in received.findings
        if not any(has(f.code, trait) for trait in settled)
    )
    return noted(replace(received, unit=decision.unit, named=(), findings=findings), "NH81", message)
