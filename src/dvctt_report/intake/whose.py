"""Whose a file is: every sign of a unit held against the others, and what the officer decided.

The form's key (or the name chosen in it), its cover and the number of its document are signs; its file's
name, who sent it and the tracking book are where they name exactly one other unit that is asked. Signs that
agree: the file is taken. Two that differ: it is nobody's, one question names both. Nothing is weighed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from dvctt_report.forms.form import COVER
from dvctt_report.intake.identity import form_named, known_names, named_by_file, signs_against, unit_of_form
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
    Sign,
    State,
    Submission,
)
from dvctt_report.model.answers import whole
from dvctt_report.model.codes import Trait, finding, has, noted
from dvctt_report.model.period import Period
from dvctt_report.plan.fields import field_label
from dvctt_report.plan.model import Profile, Target, Unit
from dvctt_report.plan.unit_names import UnitNames
from dvctt_report.text.file_names import enclosing, received_name
from dvctt_report.text.grouping import by_key
from dvctt_report.text.vietnamese import first_letter_small, format_count, format_date, join_names
from dvctt_report.word.nd30 import BY_ABBREVIATION

_RANKS = "giám đốc|chủ tịch|thủ trưởng|trưởng ban|chánh văn phòng"
_SIGNS_FOR = re.compile(rf"(?i)^(?:(?:tm|kt|tl|tuq|q)\.?\s+)?(?:(?:phó )?(?:{_RANKS})\s+)?")
"""What may stand before the name of who signs: "TM.", "KT. GIÁM ĐỐC"."""
_NAMED = 3
"""Items, or figures, that are told before they are only counted."""
_STANDING = (ReturnStatus.EFFECTIVE, ReturnStatus.UNDECIDED)
_USABLE = (*_STANDING, ReturnStatus.SUPERSEDED, ReturnStatus.DUPLICATE)


def signed_by(number: str, names: UnitNames[Unit]) -> tuple[Unit, ...]:
    """The units that stand in a document's sign: "987/BC-SNV"; in a letter's, "12/SNV-VP", its writer.

    Source: NĐ 30/2020/NĐ-CP, Phụ lục I, mục II, khoản 3.
    """
    first, *others = (part.strip() for part in number.partition("/")[2].split("-"))
    writer = () if first in BY_ABBREVIATION else names.find(first)
    return tuple(writer) or tuple(u for part in others for u in names.find(part))


def signing(line: str, names: UnitNames[Unit]) -> tuple[Unit, ...]:
    """The units whose office a line of signatures names."""
    return names.find(_SIGNS_FOR.sub("", line))


def signs_of_document(
    told: Submission, below: Iterable[tuple[str, CellRef]], unit: Unit, profile: Profile, period: Period
) -> Iterator[Sign]:
    """Yield what is told of other units than ``unit`` by the number, the people and who signs ``below``.

    The number of the letter that asked for the returns is no sign, nor is the office that they go to. A
    telephone number or an address is one where it is the very one that the roster has of another unit.
    """
    names, units = known_names(profile, period).year, profile.units(period)
    compiler, number = profile.plan.compiler, told.document_number
    of_request = number.partition("/")[2].partition("-")[0].strip().upper() == compiler
    by_number = () if of_request else signed_by(number, names)
    called, mail = "".join(filter(str.isdigit, told.phone)), _address(told.email)
    lines = [(line, at, signing(line, names)) for line, at in below]
    others: list[tuple[str, Sequence[Unit], CellRef | None, str]] = [
        (f"phần ký {quote(line)}", signers, at, line)
        for line, at, signers in lines
        if len(signers) == 1 and not any(unit in every for *_, every in lines)
    ]
    by_phone = [u for u in units if called and called == "".join(filter(str.isdigit, u.phone))]
    for what, field, named in (
        ("người ký", "signer", [m.unit for m in names.mentions(told.signer)]),
        ("đầu mối liên hệ", "contact", [m.unit for m in names.mentions(told.contact)]),
        ("số điện thoại", "phone", by_phone),
        ("thư điện tử", "email", [u for u in units if u.email and mail == _address(u.email)]),
    ):
        others.append((what, named, told.cell(field), getattr(told, field)))
    own = (f"số văn bản {number}", by_number, told.cell("document_number"), number)
    beside = (
        (what, [u for u in named if u.code != compiler], at, value) for what, named, at, value in others
    )
    return signs_against(unit, (own, *beside))


def _address(text: str) -> str:
    return text.rpartition("<")[2].strip("> ").casefold()


def units_of_sender(sender: str, profile: Profile, period: Period) -> tuple[Unit, ...]:
    """The units that the sender of a mail names, or whose address in the roster it is."""
    if not sender:
        return ()
    names, mail = known_names(profile, period).year, _address(sender)
    in_roster = (u for u in profile.units(period) if u.email and mail == _address(u.email))
    in_address = names.in_file_name(mail.replace("@", " "))
    return tuple(dict.fromkeys((*(m.unit for m in names.mentions(sender)), *in_address, *in_roster)))


def ask_whose(returns: Sequence[Return], entries: Iterable[Entry], profile: Profile) -> tuple[Return, ...]:
    """Return ``returns``, those of which signs differ with one question (NH77) and the other units ``named``.

    A row of the tracking book (``entries``) tells nothing where several files have its name, nor does the
    sender of what holds forms of several units.
    """
    rows = [e for e in entries if e.file]
    held = by_key((received_name(r.file), r.unit) for r in returns if r.unit)
    asked = []
    for received in returns:
        period = received.period
        unit = profile.unit_asked(received.unit, period) if period is not None else None
        if received.status is not ReturnStatus.EFFECTIVE or unit is None or period is None:
            asked.append(received)
            continue
        own = [row for row in rows if same_file(row.file, received.file)]
        if own and sum(same_file(own[0].file, r.file) for r in returns) > 1:
            own = []
        several = len({*held.get(received_name(received.file), ())}) > 1
        told: list[tuple[str, list[Unit], None, str]] = []
        for what, units in (
            ("tên tệp", named_by_file(received.file, profile, period)),
            ("người gửi thư", units_of_sender("" if several else received.sender, profile, period)),
            ("dòng sổ theo dõi ghi tên tệp", tuple(profile.roster.unit(row.unit) for row in own)),
        ):
            named = {u.code: u for u in units if u.code != profile.plan.compiler}
            if len(named) == 1 and profile.unit_asked(next(iter(named)), period):
                told.append((what, [*named.values()], None, ""))
        signs = (*received.signs, *signs_against(unit, told))
        if not signs:
            asked.append(received)
            continue
        others = tuple(u.code for u in profile.roster.units if any(u.code in sign.units for sign in signs))
        said = "; ".join(
            f"{join_names(what)} là của {join_names(profile.roster.short_names[code] for code in codes)}"
            for codes, what in by_key((sign.units, sign.what) for sign in signs).items()
        )
        by = "chọn" if received.chosen else "cấp cho"
        message = f"biểu {by} {unit.short_name} nhưng {said}; chưa dùng số liệu"
        ways = (
            f"của {code}: dvctt-report decide {received.sha256[:8]} --unit {code}"
            for code in (unit.code, *others[:2])
        )
        fix = f"Hỏi các đơn vị rồi cho biết tệp {'; '.join(ways)}."
        at = next((sign.at for sign in signs if sign.at is not None), CellRef(received.file))
        question = finding("NH77", message, fix, at, unit.code, value=signs[0].value)
        asked.append(replace(received, findings=(question, *received.findings), named=others))
    return tuple(asked)


def to_be_read_as(returns: Iterable[Return], assigned: Mapping[str, str]) -> frozenset[str]:
    """The received files that hold one of which the officer said whose it is; ``assigned`` by SHA-256."""
    return frozenset(received_name(r.file) for r in returns if r.sha256 in assigned and not r.scan)


def given_to(received: Return, unit: Unit, profile: Profile) -> Return:
    """Give a return that was read as another unit's to ``unit``: what that form asks of both is used.

    What it doesn't ask, or asks by the other's communes, is asked anew (NH82); where nothing is left, the
    file is refused.
    """
    if received.status is not ReturnStatus.EFFECTIVE or received.unit == unit.code:
        return replace(received, unit=unit.code)
    issued_to = profile.roster.unit(received.unit)
    asked, there = tuple(profile.asked(unit)), tuple(profile.asked(issued_to))
    by_part = {i.code for i in asked if isinstance(i, Target) and i.by_part != "no"}
    apart = by_part if unit.parts or issued_to.parts else frozenset[str]()
    common = {i.code for i in asked if i in there and i.code not in apart}
    lacking = [item for item in asked if item.code not in common]
    kept = {*common, COVER}
    answers = tuple(replace(o, unit=unit.code) for o in received.observations if o.item in kept)
    findings = [replace(f, unit=unit.code) for f in received.findings if not f.item or f.item in kept]
    if lacking:
        labels = first_of((f"“{item.label}”" for item in lacking), _NAMED, "nội dung khác")
        message = f"ghi trên biểu cấp cho {issued_to.short_name}, chưa có số liệu của {labels}"
        form = f"BM{received.period}_{unit.code}"
        fix = f"Đề nghị {unit.short_name} ghi các nội dung đó vào đúng biểu {form} đã cấp."
        told = finding("NH82", message, fix, CellRef(received.file), unit.code)
        findings.insert(0, replace(told, against=tuple(FieldRef(item.code, "") for item in lacking)))
    given = replace(received, unit=unit.code, observations=answers, findings=tuple(findings))
    if any(o.item in common and o.state is not State.BLANK for o in answers):
        return given
    return replace(given, status=ReturnStatus.REFUSED, observations=(), findings=tuple(findings[:1]))


def as_decided(received: Return, assigned: Mapping[str, Decision], used: Collection[str] = ()) -> Return:
    """A file of which the officer said whose it is (or, ``used``, that it counts for whose form it is).

    Who said so is told, and nothing that rests on another sign.
    """
    decision = assigned.get(received.sha256)
    if received.status not in (ReturnStatus.EFFECTIVE, ReturnStatus.REFUSED):
        return received
    if decision is None:
        if received.sha256 not in used or not received.unit:
            return received
        findings = tuple(f for f in received.findings if not has(f.code, Trait.WHOSE_OPEN))
        return replace(received, named=(), findings=findings)
    told = (f for f in received.findings if not has(f.code, Trait.WHOSE_OPEN))
    kept = tuple(replace(f, unit=decision.unit) for f in told if not has(f.code, Trait.CONFIRMED_FIRST))
    decided = replace(received, unit=decision.unit, chosen=False, named=(), findings=kept)
    message = f"tệp được xác định là của {decision.unit} theo quyết định của {decision.who} ngày "
    return noted(decided, "NH81", message + format_date(decision.when.date()))


# ------------------------------------------------------------------- files that can't be read as forms


def give_to_units(
    returns: Sequence[Return], entries: Sequence[Entry], profile: Profile, period: Period
) -> tuple[Return, ...]:
    """Give the unreadable files to the units that they are of, scans that are evidence in that status.

    A scan of the signed paper (PDF, image, Word) is evidence where its unit has a workbook that can be used
    or a paper with a number in the book (``entries``); else it stays refused.
    """
    return tuple(
        _with_its_unit(r, returns, entries, profile, period) if r.status is ReturnStatus.REFUSED else r
        for r in returns
    )


def _with_its_unit(
    received: Return, returns: Sequence[Return], entries: Sequence[Entry], profile: Profile, period: Period
) -> Return:
    """A file that can't be read with the unit that the book, its name, its company or its sender tells of."""
    compiler = profile.plan.compiler
    by_name = {u.code for u in named_by_file(received.file, profile, period)}
    by_name = by_name - {compiler} or by_name  # the office that returns go to may stand in any name
    there = {r.unit for r in returns if r.status in _STANDING}
    there |= {e.unit for e in entries if e.document_number}
    if received.scan and not received.rejected:
        # The units whose usable workbooks lie in the nearest folder of a .zip or mail around the file
        usable = [r for r in returns if r.status in _USABLE and r.unit]
        around = ({r.unit for r in usable if r.file.startswith(at)} for at in enclosing(received.file))
        company = next(filter(None, around), set())
        # By the row that names the file; of several files of that name each came with its unit's workbook.
        named = {e.unit for e in entries if e.file and same_file(e.file, received.file)}
        if named and sum(same_file(r.file, received.file) for r in returns) > 1:
            named &= company or named
        by_book = received.unit or (next(iter(named)) if len(named) == 1 else "")
        # Else by its name and its company, unless they contradict each other.
        signs = [s for s in (by_name, company) if len(s) == 1]
        agree = bool(signs) and all(units == signs[0] for units in signs)
        code = by_book or (next(iter(signs[0])) if agree else "")
        if code and code in there:
            own = replace(received, status=ReturnStatus.EVIDENCE, unit=code, period=period, findings=())
            name = profile.roster.unit(code).short_name
            return noted(own, "NH13", f"văn bản kèm theo của {name}, giữ làm minh chứng")
        if by_book:
            return _of_unit(received, by_book)
        return _proposed(received, code, "tên", profile, period) if code else received
    received = of_form_name(received, profile, period)
    if received.rejected or received.unit:
        return received  # of a rejected one its unit is asked again by the reason given
    # A file in which there is no form: of the one unit that its name or its sender tells of.
    if any(has(f.code, Trait.NOT_THE_FORM) for f in received.findings):
        named = {*received.named}
        units = named & by_name or named | by_name  # of two signs that contradict each other, all
        return _proposed(received, units.pop(), "tên", profile, period) if len(units) == 1 else received
    if form_named(received.file) or not all(has(f.code, Trait.NOT_READ) for f in received.findings):
        return received  # the form of another year is no return, whoever sent it
    by_sender = {u.code for u in units_of_sender(received.sender, profile, period)} - {compiler}
    units = by_sender & by_name or by_sender | by_name
    if units & there:
        # Of one unit it has come beside what counts; of several it is a question of its own.
        return _of_unit(replace(received, period=period), *units) if len(units) == 1 else received
    if len(units) == 1:
        by = "người gửi thư" if units <= by_sender else "tên"
        return _proposed(received, units.pop(), by, profile, period)
    # Several are named, so that none of them is reminded.
    return replace(received, named=tuple(u.code for u in profile.roster.units if u.code in units))


def of_form_name(received: Return, profile: Profile, period: Period) -> Return:
    """Give a file of which nothing could be read to the unit whose form has that name; else as it is.

    So too one that the officer turned down: of what was said of it, only the reason is left.
    """
    unit = unit_of_form(received.file, profile, period)
    unread = received.rejected or all(has(f.code, Trait.NOT_READ) for f in received.findings)
    if unit is None or received.unit or not unread:
        return received
    told = f" (theo tên tệp là biểu cấp cho {unit.short_name})"
    findings = tuple(replace(f, unit=unit.code, message=f.message + told) for f in received.findings)
    return replace(received, unit=unit.code, period=period, findings=findings)


def _proposed(received: Return, code: str, by: str, profile: Profile, period: Period) -> Return:
    """Give a file that can't be read as a form to the unit that it names, to be confirmed (NH80)."""
    name, digest = profile.roster.unit(code).short_name, received.sha256[:8]
    message = f"theo {by} là báo cáo của {name}; chưa có số liệu để tổng hợp"
    fix = f"Đúng thì xác nhận: dvctt-report decide {digest} --unit {code}, rồi nhập số liệu "
    fix += f"hoặc đề nghị gửi biểu; không đúng: dvctt-report decide {digest} --unit ĐƠN-VỊ."
    return noted(_of_unit(replace(received, period=period), code), "NH80", message, fix)


def _of_unit(received: Return, code: str) -> Return:
    return replace(received, unit=code, findings=tuple(replace(f, unit=code) for f in received.findings))


# ------- What a body that ended in the period left behind: a hand-over, held against its successor's figures


def as_handed_over(received: Return, profile: Profile) -> Return:
    """A return of a body that ended in its period, in that status and with its successor named (NH83).

    Its own faults are asked about no more: the successor reports the figures with its own.
    """
    period = received.period
    if received.status is not ReturnStatus.EFFECTIVE or period is None:
        return received
    if received.unit not in profile.roster.units_by_code or profile.unit_asked(received.unit, period):
        return received
    unit = profile.roster.unit(received.unit)
    succession = profile.successor(unit, period)
    if succession is None:
        return received
    after, change = succession
    message = (
        f"số liệu bàn giao của {unit.short_name}, không còn từ ngày {format_date(change.on)} "
        f"({change.document}): {after.short_name} báo cáo gồm cả số liệu này; không cộng riêng"
    )
    handed = replace(received, status=ReturnStatus.HANDED_OVER, findings=())
    return noted(handed, "NH83", message, unit=after.code)


def told_less(returns: Sequence[Return], profile: Profile, period: Period) -> Iterator[Finding]:
    """Say which units give less than what was handed over to them: it may be left out of their figures."""
    handed = {r.unit: r for r in returns if r.status is ReturnStatus.HANDED_OVER}
    for unit in profile.units(period) if handed else ():
        bodies = [(body, day) for body, day in profile.taken_over(unit, period) if body.code in handed]
        theirs = Counter[tuple[str, str]]()
        for body, _ in bodies:
            for one in handed[body.code].observations:
                theirs[one.item, one.field] += 0 if one.part else whole(one) or 0
        own = (r for r in returns if r.unit == unit.code and r.status is ReturnStatus.EFFECTIVE)
        answers = (o for r in own for o in r.observations if not o.part)
        less = [o for o in answers if (n := whole(o)) is not None and n < theirs[o.item, o.field]]
        if less:
            names, first = named_bodies(bodies), less[0]
            figures = []
            for o in less[:_NAMED]:
                item, count = profile.plan.item(o.item), format_count(whole(o) or 0)
                what = first_letter_small(field_label(item, o.field) or o.field)
                figures.append(f"“{item.label}” ({what}) {count} < {format_count(theirs[o.item, o.field])}")
            figures += [f"… và {len(less) - _NAMED} con số khác"] if len(less) > _NAMED else []
            message = f"nhỏ hơn số liệu bàn giao của {names}: {'; '.join(figures)}"
            fix = f"Đề nghị cộng cả số liệu của {names}; đã gồm cả thì xác nhận ở bảng kê."
            at = first.at or CellRef("")
            said = finding("NH85", message, fix, at, first.unit, first.item, first.field, first.raw)
            yield replace(said, against=tuple(FieldRef(o.item, o.field) for o in less[1:]))


def named_bodies(bodies: Sequence[tuple[Unit, date]]) -> str:
    return join_names(f"{body.short_name} (đến hết ngày {format_date(day)})" for body, day in bodies)
