"""From the bytes of a received file to a return: one file's story."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from hashlib import sha256

from dvctt_report.files.cells import CellKind, Unreadable, Workbook
from dvctt_report.files.container import SCANS, TOO_LARGE, read_workbook, sniff
from dvctt_report.files.formats import is_percent_format
from dvctt_report.files.unpack import Member, is_container, unpack
from dvctt_report.forms.build import build_form, with_more_lines
from dvctt_report.forms.form import COVER, Form, answer_tables, key_of
from dvctt_report.forms.formulas import Answer, Ledger
from dvctt_report.forms.layout import EDITION, MARKER, META_SHEET, place
from dvctt_report.forms.wording import COVER_SPECS, form_number
from dvctt_report.intake.comparison import compare_with_form
from dvctt_report.intake.doubts import check_doubts
from dvctt_report.intake.identity import identify, known_names, unknown_unit
from dvctt_report.intake.locate import Located, locate
from dvctt_report.intake.mend_lists import FORM, hidden_keys, read_replies, take_apart
from dvctt_report.intake.oddities import (
    check_differences,
    check_document_words,
    check_pictures,
    check_rivals,
    check_sheets,
    signatures,
)
from dvctt_report.intake.read import read_answers, refuse_others
from dvctt_report.intake.reading import shortened
from dvctt_report.intake.remark_words import remark_words
from dvctt_report.intake.tables import ADDED
from dvctt_report.intake.whose import as_handed_over, given_to, named_bodies, signing, signs_of_document
from dvctt_report.model import CellRef, FieldRef, Finding, Key, Return, ReturnStatus, State, part_at
from dvctt_report.model.answer_columns import KeptObservations
from dvctt_report.model.codes import finding, noted
from dvctt_report.model.period import Period
from dvctt_report.plan.fields import field_of
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


def read_received(
    file: str, data: bytes, profile: Profile, period: Period, assigned: Mapping[str, str] | None = None
) -> Return | tuple[Member, ...]:
    """Read one received file, or take out the files of a .zip or a mail for the caller to read one by one.

    ``assigned``: units by the SHA-256 of files, each of which is read as that unit's; then no other is read.
    The observations come packed, since they go from process to process and most of them wait for a rule.
    """
    digest = sha256(data).hexdigest()
    if len(data) > MAX_RECEIVED:
        return refused_return(file, digest, *TOO_LARGE)
    code = (assigned or {}).get(digest, "")
    if not code and skip_reason(file) is None and is_container(data):
        return unpack(file, data)
    if assigned and not code:
        return Return(file, digest, ReturnStatus.SKIPPED)
    received = read_return(file, data, profile, period, code)
    if code:
        received = given_to(received, profile.roster.unit(code), profile)
    return replace(received, observations=KeptObservations.of(received.observations))


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
    if hidden_keys(book).get("form") == FORM:  # a list of what the unit was asked to mend
        return read_replies(file, digest, book, profile, period)
    apart = take_apart(book, file, profile, period)
    own = profile  # the edition that the form names, if known; the first where its keys name none
    if (sheet := next((s for s in book.sheets if s.name.startswith(META_SHEET)), None)) is not None:
        named = sheet.keys(_ROWS).get(EDITION)
        named_so = (p for p in profile.earlier if named is None or p.edition == named)
        own = next(named_so, profile)
    received = as_handed_over(_interpret(apart.form, file, digest, own, period, assigned), profile)
    if own is not profile:
        received = as_asked_now(received, own, profile)
    if apart.entered_by and received.status is ReturnStatus.EFFECTIVE:  # the office filled it in from paper
        received = replace(received, submission=replace(received.submission, channel="giấy"))
        message = f"{shortened(apart.entered_by)} nhập số liệu từ bản giấy của đơn vị"
        received = noted(received, "NH86", message)
    findings = (*received.findings, *apart.findings)
    return replace(received, findings=findings, replies=apart.replies, follows=apart.follows)


def _interpret(
    book: Workbook, file: str, digest: str, profile: Profile, period: Period, assigned: str
) -> Return:
    at = CellRef(file)
    given = profile.roster.unit(assigned) if assigned else None
    who = identify(book, profile, period, at, given)
    refused = partial(Return, file, digest, ReturnStatus.REFUSED)
    if who.refusal is not None:
        code = who.unit.code if who.unit else ""
        return refused(code, who.period, findings=(who.refusal,), named=who.named)
    assert who.unit is not None
    items = profile.plan.items_by_code
    form, words = build_form(profile, who.unit, period), remark_words(profile, period)
    located = locate(book, form, file, items, words)
    unusable = check_pictures(book, located, file)
    tables = {block.table.id for block in located.blocks}
    # A workbook without keys whose tables aren't the form's, whatever its cover says.
    if not (tables and (who.keyed or who.titled or len(tables) * 2 >= len(answer_tables(form)))):
        unusable = finding("NH02", "không nhận ra bảng nào của biểu mẫu đã cấp trong tệp", None, at)
    if unusable is not None:
        return refused(who.unit.code, who.period, findings=(replace(unusable, unit=who.unit.code),))
    # What differs from the form as issued, what is answered, what is to be asked
    unit, author, compiler = who.unit, given or who.unit, profile.roster.unit(profile.plan.compiler)
    below, names = [*signatures(located, file)], known_names(profile, period).year
    # Whose it is, is asked apart.
    naming = {(c.at, t) for c in who.naming for t in (c.text, form_number(period, c.text))}
    naming |= {(place, line) for line, place in below if signing(line, names) not in ((), (compiler,))}
    compared = compare_with_form(book, located, form, profile, unit, words, file)
    differences = [d for d in compared if (d.at, clean_text(d.seen)) not in naming]
    contested = {key for d in differences if d.is_out and not d.whole for key in d.keys}
    rivals = {table.id for table, _ in located.rivals}
    contested.update(k for b in located.blocks if b.table.id in rivals for _, _, k in b.answers)
    read = read_answers(located, unit.code, items, profile.plan.words, contested)
    refuse_others(read, author, names)
    document = read.submission.document_number or read.submission.sent_on
    answered = any(o.state is not State.BLANK for o in read.observations.values())
    if not answered and (bool(read.observations) or not document):
        empty = finding("NH12", "biểu mẫu chưa điền nội dung nào", None, at, unit.code)
        return refused(unit.code, who.period, findings=(empty,))
    days = (profile.plan.period.start(period), profile.plan.period.cut_off(period))
    doubts = check_doubts(book, located, read, days)
    macros = finding("NH10", "tệp có macro; macro không được chạy", "", at, unit.code)
    answers = by_key((answer.item, answer) for answer in read.observations.values())
    by_document = signs_of_document(read.submission, below, author, profile, period)
    signs = who.signs if given else (*who.signs, *by_document)
    findings = (
        *([macros] if book.has_macros else ()),
        *who.findings,
        *check_document_words(read.submission, located, words, period, unit.code),
        *_layout_findings(located, form, unit, items, at),
        *check_rivals(located, file, unit.code, items),
        *check_differences(differences, unit.code, items),
        *check_sheets(book, located, file, unit.code, items),
        # Each with the commune whose cell it is
        *(replace(f, part=part_at(answers.get(f.item, ()), f.at)) for f in read.findings),
        *doubts,
    )
    told = (unit.code, period, read.submission, tuple(read.observations.values()), grouped(findings))
    return Return(file, digest, ReturnStatus.EFFECTIVE, *told, chosen=who.chosen, signs=signs)


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


def _layout_findings(
    located: Located, form: Form, unit: Unit, items: Mapping[str, Item], at: CellRef
) -> Iterable[Finding]:
    """Yield what the form has lost (NH09) or has twice (NH11)."""
    titles = {table.id: table.title or sheet.title for sheet in form.sheets for table in sheet.tables}
    for table, key in located.missing:
        row = next((r for r in table.rows if r.key == key), None)
        column = next((c for c in table.columns if c.key == key), None)
        what, item, asked = f"bảng “{titles[table.id]}”", key.partition(":")[0], []
        if row is not None:
            label = next((text for text in row.labels if len(text) > 3), key)
            what, item = f"dòng “{label.splitlines()[0]}”", key_of(key, "").item
        if column is not None:
            what = what if row is not None else f"cột “{column.header}”"
            asked = [key_of(r.key, key) for r in table.rows if r.key and key not in r.closed]
        item, gone = item if item in items else "", key or MARKER + table.id
        lost = finding("NH09", f"tệp không còn {what}", None, at, unit.code, item, value=gone)
        against = dict.fromkeys(FieldRef(k.item, k.field) for k in asked if k.item in items)
        yield replace(lost, against=tuple(against))
    lines: dict[tuple[str, str, str], tuple[Key, CellRef]] = {}
    for name, (again_at, _) in located.doubled:
        lines.setdefault((name.item, name.part, again_at.sheet), (name, again_at))
    for name, second in lines.values():
        label = items[name.item].label if name.item in items else "thông tin của biểu"
        message = f"nội dung “{label}” có hai dòng trả lời khác nhau"
        again, first = "Xóa dòng (hoặc trang tính) chép thừa, giữ một dòng.", (located.places[name].at,)
        yield finding("NH11", message, again, second, unit.code, name.item, name.field, related=first)


def grouped(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings in their order; of more than ``MOST_ALIKE`` alike only the first, which tells of all.

    Alike are those that differ in their words and their cell alone.
    """
    every = tuple(findings)
    alike: dict[object, list[Finding]] = {}
    for f in every:
        at = (f.at.file, f.at.sheet) if f.at is not None else None
        alike.setdefault((f.code, at, f.unit, f.item, f.field, f.part, frozenset(f.against)), []).append(f)
    many = {id(several[0]): several for several in alike.values() if len(several) > MOST_ALIKE}
    beyond = {id(f) for several in many.values() for f in several[1:]}
    told = []
    for first in (f for f in every if id(f) not in beyond):
        places = [f.at for f in many.get(id(first), [first])[1:] if f.at is not None]
        if first.at is not None and places:
            n_others = len(many[id(first)]) - 1
            count = f"còn {n_others} ô khác cùng loại, từ {first.at.cell} đến {places[-1].cell}"
            related = tuple(dict.fromkeys((*first.related, *places)))
            first = replace(first, message=f"{first.message}; {count}", related=related)
        if len(first.related) > MOST_NAMED:
            first = replace(first, related=(*first.related[: MOST_NAMED - 1], first.related[-1]))
        told.append(first)
    return tuple(told)


# --------- A form of an earlier edition: read as it was issued, used for what is still asked in the same way

_ROWS = 20
"""Rows of the hidden sheet that are looked at: its keys, then the edition."""

_SAID_OTHERWISE = frozenset(
    {"title", "label", "point", "thresholds", "print_as", "pending", "source_note", "control", "note"}
    | {"joint", "done_as", "lead", "in_charge", "proposal"}
)
"""Fields of an item that change nothing about what its answer means."""


def as_asked_now(received: Return, own: Profile, profile: Profile) -> Return:
    """What a return that was read by its ``own`` edition still says by the ``profile`` in force.

    Answers about an item that is asked otherwise now, or no more, are left out; which they are, and what is
    asked anew, is told (NH78), and what bodies that it has taken over (NH84) its form did not know of.
    """
    if received.status is not ReturnStatus.EFFECTIVE or received.period is None:
        return received
    unit = profile.unit_asked(received.unit, received.period)
    if unit is None:
        known, at = profile.roster.units_by_code.get(received.unit), CellRef(received.file)
        gone = unknown_unit(received.unit, known, profile, received.period, at)
        return replace(received, status=ReturnStatus.REFUSED, observations=(), findings=(gone,))

    unsaid = _SAID_OTHERWISE - {"title", "label"}
    before, now = (  # what makes an answer about an item mean what it does
        {i.code: i.model_dump(exclude={*(_SAID_OTHERWISE if i.kind == "target" else unsaid)}) for i in asked}
        for asked in (own.asked(own.roster.unit(received.unit)), profile.asked(unit))
    )
    kept = {COVER, *(code for code in now if before.get(code) == now[code])}
    changed = [code for code in now if code not in kept]
    findings = [f for f in received.findings if not f.item or f.item in kept]
    if changed:
        labels = join_names(f"“{item.label}”" for item in profile.asked(unit) if item.code in changed)
        message = f"biểu phát hành trước khi sửa kế hoạch; chưa dùng số liệu của {labels}"
        told = finding("NH78", message, None, CellRef(received.file), received.unit)
        findings.insert(0, replace(told, against=tuple(FieldRef(code, "") for code in changed)))
    # Whose figures it should include that its form doesn't ask
    asked = {body.code for body, _ in own.taken_over(own.roster.unit(unit.code), received.period)}
    bodies = [(b, day) for b, day in profile.taken_over(unit, received.period) if b.code not in asked]
    if bodies:
        message = "biểu phát hành trước khi nhận bàn giao, không hỏi số liệu của "
        message += f"{named_bodies(bodies)}: chưa rõ đã gồm chưa"
        told = finding("NH84", message, None, CellRef(received.file), unit.code)
        figures = tuple(FieldRef(item.code, "") for item in profile.asked(unit))
        findings.insert(0, replace(told, against=figures))
    answers = tuple(o for o in received.observations if o.item in kept)
    return replace(received, observations=answers, findings=tuple(findings))


# ------- What stands in the answer cells of a return, as its unit typed it: to be written into its form anew

_SAME = 1e-6
"""How near a rate of the form's own formula has to be to be the same."""


@dataclass(frozen=True)
class RawAnswers:
    """The cells of one return.

    answers: what was typed, without what the form's own formulas give anyway.
    keys: what is answered where, by sheet and cell.
    formulas: the answers in which the unit had put a formula; ``answers`` holds its result.
    added: the lines that the unit inserted into lists, by the list's code.
    sources: the cells that a cell of the form sums up.
    formats: the number formats that shares and broken numbers need to be seen as they were written.
    """

    answers: Mapping[Key, Answer]
    keys: Mapping[CellRef, Key]
    formulas: frozenset[Key] = frozenset()
    added: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sources: Mapping[Key, tuple[Key, ...]] = field(default_factory=dict)
    formats: Mapping[Key, str] = field(default_factory=dict)


def raw_answers(file: str, data: bytes, profile: Profile, unit: Unit, period: Period) -> RawAnswers | None:
    """Return what stands in a return of ``unit``; None where it can't be read, or is no form."""
    try:
        book = take_apart(read_workbook(data), file, profile, period).form
    except Unreadable:
        return None
    who = identify(book, profile, period, CellRef(file))
    if who.unit is None:
        return None
    items, words = profile.plan.items_by_code, remark_words(profile, period)
    places = locate(book, build_form(profile, who.unit, period), file, items, words).places
    cells = {k: p.cell for k, p in places.items() if p.cell is not None and p.cell.raw.strip()}
    lines: dict[str, dict[str, None]] = {}
    for key in cells:
        if ADDED in key.part:
            lines.setdefault(key.item, {})[f"{key.item}/{key.part}"] = None
    added = {item: tuple(own) for item, own in lines.items()}
    ledger = Ledger.of(items, place(with_more_lines(build_form(profile, unit, period), added)), {})
    asked = {k: c for k, c in cells.items() if k in ledger.cells and k != Key(COVER, "control_code")}
    answers: dict[Key, Answer] = {}
    for key, cell in asked.items():
        spec = COVER_SPECS[key.field] if key.item == COVER else field_of(items[key.item], key.field)
        if cell.kind is CellKind.NUMBER and isinstance(cell.value, Decimal):
            is_whole = cell.value == cell.value.to_integral_value()
            answers[key] = int(cell.value) if is_whole else float(cell.value)
        elif cell.kind is CellKind.DATE and isinstance(cell.value, date) and spec and spec.kind == "date":
            answers[key] = cell.value.date() if isinstance(cell.value, datetime) else cell.value
        elif cell.kind is not CellKind.BLANK:
            answers[key] = cell.raw
    typed = {k: answer for k, answer in answers.items() if ledger.formula(k, "") is None}
    own = Ledger(items, ledger.sheets, typed, ledger.cells, ledger.sums)
    # Typed over a formula of the form that gives something else, in .xls 0 for none
    over: dict[Key, Answer] = {}
    for key in [key for key in answers if key not in typed]:
        answer, formula = answers[key], own.formula(key, "")
        made = formula.value if formula is not None else ""
        if isinstance(made, int | float) and isinstance(answer, int | float):
            is_made = abs(made - answer) < _SAME
        else:
            is_made = answer == made or (made == "" and answer == 0)
        if not is_made:
            over[key] = answer
    return RawAnswers(
        typed | over,
        {at.at: key for key, at in places.items()},
        frozenset(key for key in typed if asked[key].formula),
        added,
        ledger.sums,
        # A share by its own format, another broken number by none, where the form's own would hide it.
        {
            key: cell.number_format if is_percent_format(cell.number_format) else "General"
            for key in typed
            for cell in [asked[key]]
            if isinstance(cell.value, Decimal) and (is_percent_format(cell.number_format) or cell.value % 1)
        },
    )
