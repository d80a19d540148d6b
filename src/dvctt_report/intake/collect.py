"""From the bytes of a received file to a return: one file's story."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from hashlib import sha256

from dvctt_report.forms.build import build_form
from dvctt_report.forms.form import Form, Table, key_of
from dvctt_report.forms.layout import MARKER
from dvctt_report.intake.cells import Unreadable, Workbook
from dvctt_report.intake.codes import finding
from dvctt_report.intake.container import read_workbook, skip_reason
from dvctt_report.intake.doubts import check_doubts
from dvctt_report.intake.fold import Sheets
from dvctt_report.intake.identity import Identity, identify
from dvctt_report.intake.locate import Located, answer_tables, locate
from dvctt_report.intake.oddities import check_pictures, check_rivals, check_sheets
from dvctt_report.intake.read import read_answers
from dvctt_report.model import CellRef, Finding, Return, ReturnStatus, State
from dvctt_report.plan.model import Item, Profile, Unit


def read_return(file: str, data: bytes, profile: Profile, year: int) -> Return:
    """Read one received file: EFFECTIVE with observations, else REFUSED or SKIPPED with the reason.

    Never raises for what is in the file.
    """
    digest = sha256(data).hexdigest()
    at = CellRef(file)
    skipped = skip_reason(file)
    if skipped:
        note = finding("NH08", f"bỏ qua: {skipped}", "", at)
        return Return(file, digest, ReturnStatus.SKIPPED, findings=(note,))
    try:
        book = read_workbook(data)
    except Unreadable as error:
        refusal = finding("NH01", error.reason[:1].lower() + error.reason[1:], error.fix, at)
        return Return(file, digest, ReturnStatus.REFUSED, findings=(refusal,))
    return interpret(book, file, digest, profile, year)


def interpret(book: Workbook, file: str, digest: str, profile: Profile, year: int) -> Return:
    """Make the return of a workbook that was read from ``file``: whose it is, where its answers stand."""
    at = CellRef(file)
    who = identify(book, profile, year, at)
    if who.refusal is not None or who.unit is None:
        return _refused(file, digest, who)
    items = {i.code: i for i in profile.plan.items}
    form = build_form(profile, who.unit, year)
    located = locate(book, form, file, items)
    unusable = _unrecognised(who, located, form, at) or check_rivals(located, file)
    unusable = unusable or check_pictures(book, located, file)
    if unusable is not None:
        return _refused(file, digest, replace(who, refusal=replace(unusable, unit=who.unit.code)))
    read = read_answers(located, who.unit.code, items, profile.plan.words)
    if _says_nothing(read):
        return _refused(file, digest, replace(who, refusal=_empty_form(at, who.unit)))
    period = (profile.plan.period.start(year), profile.plan.period.cut_off(year))
    doubts = check_doubts(book, located, read, period)
    notes = [finding("NH10", "tệp có macro; macro không được chạy", "", at, who.unit.code)] * book.has_macros
    return Return(
        file,
        digest,
        ReturnStatus.EFFECTIVE,
        who.unit.code,
        year,
        read.submission,
        tuple(read.observations.values()),
        (
            *notes,
            *who.findings,
            *_layout_findings(located, who.unit, items, at),
            *check_sheets(book, located, file, who.unit.code, items),
            *read.findings,
            *doubts,
        ),
    )


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


def _empty_form(at: CellRef, unit: Unit) -> Finding:
    fix = "Đề nghị đơn vị điền số liệu rồi gửi lại; có thể đã gửi nhầm tệp biểu mẫu chưa điền."
    return finding("NH12", "biểu mẫu chưa điền nội dung nào", fix, at, unit.code)


def _refused(file: str, digest: str, who: Identity) -> Return:
    assert who.refusal is not None
    code = who.unit.code if who.unit else ""
    return Return(file, digest, ReturnStatus.REFUSED, code, who.year, findings=(who.refusal,))


def _layout_findings(
    located: Located, unit: Unit, items: Mapping[str, Item], at: CellRef
) -> Iterable[Finding]:
    fix = "Đề nghị đơn vị ghi lại vào biểu mẫu đã cấp, không xóa dòng, cột."
    for table, key in located.missing:
        item = key_of(key, "").item if key in {r.key for r in table.rows} else key.partition(":")[0]
        message = f"tệp không còn {_lost(table, key)}"
        gone = key or MARKER + table.id
        yield finding("NH09", message, fix, at, unit.code, item if item in items else "", value=gone)
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


def _lost(table: Table, key: str) -> str:
    row = next((r for r in table.rows if r.key == key), None)
    column = next((c for c in table.columns if c.key == key), None)
    if row is not None:
        label = next((text for text in row.labels if len(text) > 3), key).split("\n")[0]
        return f"dòng “{label}”"
    return f"cột “{column.header}”" if column is not None else f"bảng “{table.title or table.id}”"
