"""From the bytes of a received file to a return: one file's story."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Any

from dvctt_report.files.cells import Unreadable, Workbook
from dvctt_report.files.container import SCANS, TOO_LARGE, read_workbook
from dvctt_report.files.kinds import sniff
from dvctt_report.files.unpack import Member, is_container, unpack
from dvctt_report.forms.build import build_form
from dvctt_report.forms.form import COVER, Form, FormTable, answer_tables, key_of
from dvctt_report.forms.layout import EDITION, MARKER, META_SHEET
from dvctt_report.forms.wording import form_number
from dvctt_report.intake.cache import compact
from dvctt_report.intake.comparison import Issued, compare_with_form, signatures
from dvctt_report.intake.doubts import check_doubts
from dvctt_report.intake.fold import Sheets
from dvctt_report.intake.handover import as_handed_over, issued_before
from dvctt_report.intake.identity import Identity, identify, known_names, unknown_unit
from dvctt_report.intake.lists import refuse_others
from dvctt_report.intake.locate import Located, locate
from dvctt_report.intake.mend_lists import is_mending_list, read_replies, take_apart
from dvctt_report.intake.oddities import (
    check_differences,
    check_document_words,
    check_pictures,
    check_rivals,
    check_sheets,
    rival_keys,
)
from dvctt_report.intake.read import read_answers
from dvctt_report.intake.reading import shortened
from dvctt_report.intake.remark_words import remark_words
from dvctt_report.intake.whose import given_to, other_signers, signing, signs_of_document
from dvctt_report.model import CellRef, FieldRef, Finding, Return, ReturnStatus, State, part_at
from dvctt_report.model.codes import finding, noted
from dvctt_report.model.period import Period
from dvctt_report.plan.model import Item, Profile, Unit
from dvctt_report.text.file_names import skip_reason
from dvctt_report.text.grouping import by_key
from dvctt_report.text.limits import MAX_RECEIVED
from dvctt_report.text.vietnamese import clean_text, first_letter_small, join_names

_YEAR = re.compile(r"\b20[0-9]{2}\b")
MOST_ALIKE = 20
"""Findings alike that are told one by one: 3,000 rows of remarks below a table were 3,000 findings."""
MOST_NAMED = 100
"""Cells that one finding names beside its own, for programs; its message tells how many there are."""


def read_received(file: str, data: bytes, profile: Profile, period: Period) -> Return | tuple[Member, ...]:
    """Read one received file, or take out the files of a .zip or a mail for the caller to read one by one.

    The observations come packed, since they go from process to process and most of them wait for a rule.
    """
    if len(data) > MAX_RECEIVED:
        return refused_return(file, sha256(data).hexdigest(), *TOO_LARGE)
    if skip_reason(file) is None and is_container(data):
        return unpack(file, data)
    return compact(read_return(file, data, profile, period))


def read_assigned(
    assigned: Mapping[str, str], file: str, data: bytes, profile: Profile, period: Period
) -> Return | tuple[Member, ...]:
    """Read a file that is in ``assigned`` (by SHA-256) as that unit's; the others of a .zip are known."""
    digest = sha256(data).hexdigest()
    if len(data) <= MAX_RECEIVED and (code := assigned.get(digest)):
        received = read_return(file, data, profile, period, code)
        return compact(given_to(received, profile.roster.unit(code), profile))
    if len(data) <= MAX_RECEIVED and skip_reason(file) is None and is_container(data):
        return unpack(file, data)
    return Return(file, digest, ReturnStatus.SKIPPED)


def read_return(file: str, data: bytes, profile: Profile, period: Period, assigned: str = "") -> Return:
    """A file's return: EFFECTIVE, else REFUSED or SKIPPED with the reason. Never raises for what is in it."""
    digest = sha256(data).hexdigest()
    skipped = skip_reason(file)
    if skipped:
        return skipped_return(file, digest, skipped)
    try:
        book = read_workbook(data)
    except Unreadable as error:
        return replace(refused_return(file, digest, error.reason, error.fix), scan=sniff(data) in SCANS)
    return interpret(book, file, digest, profile, period, assigned)


def interpret(
    book: Workbook, file: str, digest: str, profile: Profile, period: Period, assigned: str = ""
) -> Return:
    """Make the return of a workbook that was read from ``file``, by the edition that its form was made of.

    ``assigned``: the unit whose it is by the officer's word, against which all is held that tells of a unit;
    "" where the file itself has to say so.
    """
    if is_mending_list(book):
        return read_replies(file, digest, book, profile, period)
    apart = take_apart(book, file, profile, period)
    own = edition_of(book, profile)
    received = as_handed_over(_interpret(apart.form, file, digest, own, period, assigned), profile)
    if own is not profile:
        received = as_asked_now(received, own, profile)
    if apart.entered_by and received.status is ReturnStatus.EFFECTIVE:
        received = _entered(received, apart.entered_by)
    told = (*received.findings, *apart.findings)
    return replace(received, findings=told, replies=apart.replies, follows=apart.follows)


def _entered(received: Return, office: str) -> Return:
    """A return that the office filled in from paper: that is told wherever its findings are."""
    own = replace(received, submission=replace(received.submission, channel="giấy"))
    return noted(own, "NH86", f"{shortened(office)} nhập số liệu từ bản giấy của đơn vị")


def _interpret(
    book: Workbook, file: str, digest: str, profile: Profile, period: Period, assigned: str
) -> Return:
    """Make the return of a workbook that was read from ``file``: whose it is, where its answers stand."""
    at = CellRef(file)
    given = profile.roster.unit(assigned) if assigned else None
    who = identify(book, profile, period, at, given)
    if who.refusal is not None or who.unit is None:
        return replace(_refused(file, digest, who), named=who.named)
    items = profile.plan.items_by_code
    author, compiler = given or who.unit, profile.roster.unit(profile.plan.compiler)
    form = build_form(profile, who.unit, period)
    words = remark_words(profile, period)
    located = locate(book, form, file, items, words)
    unusable = _unrecognised(who, located, form, at) or check_pictures(book, located, file)
    if unusable is not None:
        return _refused(file, digest, replace(who, refusal=replace(unusable, unit=who.unit.code)))
    below, names = [*signatures(located, file)], known_names(profile, period).year
    # Whose it is, is asked apart.
    naming = {(c.at, t) for c in who.naming for t in (c.text, form_number(period, c.text))}
    naming |= {(place, line) for line, place in below if signing(line, names) not in ((), (compiler,))}
    found = compare_with_form(book, located, Issued(form, profile, who.unit, words), file)
    differences = [one for one in found if (one.at, clean_text(one.seen)) not in naming]
    contested = {key for one in differences if one.is_out and not one.whole for key in one.keys}
    contested.update(rival_keys(located))
    read = read_answers(located, who.unit.code, items, profile.plan.words, contested)
    refuse_others(read, lambda sign: other_signers(sign, author, profile, period))
    if _says_nothing(read):
        return _refused(file, digest, replace(who, refusal=_empty_form(at, who.unit)))
    days = (profile.plan.period.start(period), profile.plan.period.cut_off(period))
    doubts = check_doubts(book, located, read, days)
    notes = _container_findings(book, who.unit, at)
    signs = () if given else signs_of_document(read.submission, below, author, profile, period)
    return Return(
        file,
        digest,
        ReturnStatus.EFFECTIVE,
        who.unit.code,
        period,
        read.submission,
        tuple(read.observations.values()),
        grouped(
            (
                *notes,
                *who.findings,
                *check_document_words(read.submission, located, words, period, who.unit.code),
                *_layout_findings(located, form, who.unit, items, at),
                *check_rivals(located, file, who.unit.code, items),
                *check_differences(differences, who.unit.code, items),
                *check_sheets(book, located, file, who.unit.code, items),
                *_of_parts(read),
                *doubts,
            )
        ),
        chosen=who.chosen,
        signs=(*who.signs, *signs),
    )


def _of_parts(read: Sheets) -> Iterable[Finding]:
    """What was found in the cells, each with the commune whose cell it is."""
    answers = by_key((answer.item, answer) for answer in read.observations.values())
    for found in read.findings:
        yield replace(found, part=part_at(answers.get(found.item, ()), found.at))


def _unrecognised(who: Identity, located: Located, form: Form, at: CellRef) -> Finding | None:
    """The refusal of a workbook without keys whose tables aren't the form's, whatever its cover says."""
    found, wanted = {b.table.id for b in located.blocks}, answer_tables(form).keys()
    if found and (who.keyed or who.titled or len(found) * 2 >= len(wanted)):
        return None
    fix = "Đề nghị đơn vị ghi số liệu vào đúng tệp biểu mẫu đã gửi, không chép sang tệp khác."
    return finding("NH02", "không nhận ra bảng nào của biểu mẫu đã cấp trong tệp", fix, at)


def _says_nothing(read: Sheets) -> bool:
    """Whether nothing was filled in; a part with the signature page alone may name the document."""
    document = read.submission.document_number or read.submission.sent_on
    answered = any(o.state is not State.BLANK for o in read.observations.values())
    return not answered and (bool(read.observations) or not document)


def refused_return(file: str, digest: str, reason: str, fix: str, code: str = "NH01") -> Return:
    """Make the return of a file that can't be read; ``digest`` is "" where its bytes aren't there."""
    return noted(Return(file, digest, ReturnStatus.REFUSED), code, first_letter_small(reason), fix)


def spoilt_return(file: str, digest: str) -> Return:
    """Make the return of a file whose bytes in the register are no longer those received."""
    reason = "Chưa đọc được: bản lưu trong sổ nhận khác lúc nhận"
    fix = "Chép lại tệp gốc vào thư mục nhận rồi chạy dvctt-report collect: bản lưu được thay bằng tệp đó."
    return refused_return(file, digest, reason, fix, "NH22")


def skipped_return(file: str, digest: str, reason: str) -> Return:
    """Make the return of a file that nobody has to read, listed all the same."""
    return noted(Return(file, digest, ReturnStatus.SKIPPED), "NH08", f"bỏ qua: {reason}")


def _container_findings(book: Workbook, unit: Unit, at: CellRef) -> Iterable[Finding]:
    if book.has_macros:
        yield finding("NH10", "tệp có macro; macro không được chạy", "", at, unit.code)


def _empty_form(at: CellRef, unit: Unit) -> Finding:
    fix = "Đề nghị đơn vị điền số liệu rồi gửi lại; có thể đã gửi nhầm tệp biểu mẫu chưa điền."
    return finding("NH12", "biểu mẫu chưa điền nội dung nào", fix, at, unit.code)


def _refused(file: str, digest: str, who: Identity) -> Return:
    assert who.refusal is not None
    code = who.unit.code if who.unit else ""
    return Return(file, digest, ReturnStatus.REFUSED, code, who.period, findings=(who.refusal,))


def _layout_findings(
    located: Located, form: Form, unit: Unit, items: Mapping[str, Item], at: CellRef
) -> Iterable[Finding]:
    """Yield what the form has lost or has twice."""
    titles = {table.id: table.title or sheet.title for sheet in form.sheets for table in sheet.tables}
    fix = "Đề nghị đơn vị ghi lại vào biểu mẫu đã cấp, không xóa dòng, cột."
    for table, key in located.missing:
        item = key_of(key, "").item if key in {r.key for r in table.rows} else key.partition(":")[0]
        message = f"tệp không còn {_lost(table, key, titles)}"
        gone = key or MARKER + table.id
        lost = finding("NH09", message, fix, at, unit.code, item if item in items else "", value=gone)
        yield replace(lost, against=_asked_in(table, key, items))
    told: set[tuple[str, str, str]] = set()
    for double, place in located.doubled:
        line = double.item, double.part, place.at.sheet
        if line not in told:
            told.add(line)
            name = items[double.item].label if double.item in items else "thông tin của biểu"
            message = f"nội dung “{name}” có hai dòng trả lời khác nhau"
            where = (located.places[double].at,)
            again = "Xóa dòng (hoặc trang tính) chép thừa, giữ một dòng."
            yield finding(
                "NH11", message, again, place.at, unit.code, double.item, double.field, related=where
            )


def _asked_in(table: FormTable, column: str, items: Mapping[str, Item]) -> tuple[FieldRef, ...]:
    """The figures that a table asks for in a column; none where ``column`` is no column of it."""
    if column not in {c.key for c in table.columns}:
        return ()
    keys = (key_of(row.key, column) for row in table.rows if row.key and column not in row.closed)
    return tuple(dict.fromkeys(FieldRef(k.item, k.field) for k in keys if k.item in items))


def _lost(table: FormTable, key: str, titles: Mapping[str, str]) -> str:
    row = next((r for r in table.rows if r.key == key), None)
    column = next((c for c in table.columns if c.key == key), None)
    if row is not None:
        label = next((text for text in row.labels if len(text) > 3), key).split("\n")[0]
        return f"dòng “{label}”"
    return f"cột “{column.header}”" if column is not None else f"bảng “{titles[table.id]}”"


def grouped(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings in their order; of more than ``MOST_ALIKE`` alike the first, which tells of all."""
    found = tuple(findings)
    alike = by_key((_said_of(one), one) for one in found)
    told = {id(several[0]): several for several in alike.values() if len(several) > MOST_ALIKE}
    beyond = {id(one) for several in told.values() for one in several[1:]}
    return tuple(_bounded(_one_of(told.get(id(one), [one]))) for one in found if id(one) not in beyond)


def _said_of(one: Finding) -> tuple[object, ...]:
    """What makes two findings alike: all but their words and their cell."""
    sheet = (one.at.file, one.at.sheet) if one.at is not None else None
    return one.code, sheet, one.unit, one.item, one.field, one.part, frozenset(one.against)


def _one_of(several: list[Finding]) -> Finding:
    """One finding for several alike."""
    first, *others = several
    places = [one.at for one in others if one.at is not None]
    if first.at is None or not places:
        return first
    count = f"còn {len(others)} ô khác cùng loại, từ {first.at.cell} đến {places[-1].cell}"
    related = tuple(dict.fromkeys((*first.related, *places)))
    return replace(first, message=f"{first.message}; {count}", related=related)


def _bounded(one: Finding) -> Finding:
    """A finding that names no more cells than somebody will look at: the first and the last."""
    if len(one.related) <= MOST_NAMED:
        return one
    return replace(one, related=(*one.related[: MOST_NAMED - 1], one.related[-1]))


# --------- A form of an earlier edition: read as it was issued, used for what is still asked in the same way

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
