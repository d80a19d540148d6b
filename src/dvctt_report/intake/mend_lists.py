"""Read back the list of what a unit was asked to mend, with the replies that it wrote into it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from dvctt_report.files.cells import Sheet, Workbook, address
from dvctt_report.forms.issue import ENTERED, LIST_ABOUT, LIST_ISSUED, UNITS_SHEET, without_ours
from dvctt_report.forms.layout import META_SHEET, KeyedColumn
from dvctt_report.intake.reading import quote
from dvctt_report.model import (
    Acceptance,
    CellRef,
    Finding,
    Reply,
    ReplyKind,
    Return,
    ReturnStatus,
    Severity,
    finding_id,
)
from dvctt_report.model.codes import finding
from dvctt_report.model.period import Period
from dvctt_report.plan.model import Profile
from dvctt_report.text.file_names import format_file
from dvctt_report.text.personal import masked
from dvctt_report.text.vietnamese import unaccented

FORM = "dvctt-chinh-ly"
VERSION = "1"
META_KEYS = ("form", "version", "plan", "year", "unit", "issued", "about")
MARK = "#chinh-ly"
"""Stands in the marker row, above the names of the findings."""
REPLY = "opinion"
REASON = "reason"

REPLY_WORDS: dict[ReplyKind, str] = {
    ReplyKind.MENDED: "Đã sửa",
    ReplyKind.KEPT: "Giữ nguyên",
    ReplyKind.NOT_AVAILABLE: "Chưa có số liệu",
}
"""What the unit chooses from, word for word."""

COLUMNS = (
    KeyedColumn("number", "STT", 5),
    KeyedColumn("place", "Vị trí", 17),
    KeyedColumn("about", "Nội dung", 25),
    KeyedColumn("written", "Đơn vị đã ghi", 15),
    KeyedColumn("why", "Lý do chưa sử dụng được hoặc cần xác nhận", 31),
    KeyedColumn("asked", "Đề nghị", 29),
    KeyedColumn(REPLY, "Ý kiến của đơn vị (chọn)", 14),
    KeyedColumn(REASON, "Lý do, thời gian bổ sung", 24),
)


_WORDS = {unaccented(words): kind for kind, words in REPLY_WORDS.items()}
_ONE_OF = f"Chọn một trong: {', '.join(REPLY_WORDS.values())}."
_AFTER = ",.;:–-()"
"""What may stand between a reply and a reason written beside it."""
_ROWS = 19
"""Rows of the hidden sheet that are looked through: its keys, and what a form says of its list."""
_ListTable: TypeAlias = tuple[Sheet, int, dict[str, int]]
"""Where the list stands: its sheet, its marker row, its columns by their marks."""


def read_replies(file: str, digest: str, book: Workbook, profile: Profile, period: Period) -> Return:
    """Return what a unit answered on its list: a REPLY, in which a row without a reply says nothing.

    Findings: NH90 no list of this year and plan, NH91 no reply, NH92 none at all. Never raises.
    """
    keys = hidden_keys(book)
    at = CellRef(file)
    unit = keys["unit"] if profile.unit_asked(keys.get("unit", ""), period) else ""
    table = _table(book)
    fault = _fault(keys, profile, period, unit)
    if table is None and not fault:
        fault = "bảng kê chỉnh lý không còn cột ý kiến của đơn vị"
    if fault or table is None:
        refusal = finding("NH90", fault, None, at, unit)
        return Return(file, digest, ReturnStatus.REPLY, unit, findings=(refusal,))
    findings: list[Finding] = []
    told = Reply("", unit, ReplyKind.KEPT, "", keys.get("issued", ""), keys.get("about", ""))
    replies = tuple(_replies(table, file, told, findings))
    if not replies and not findings:
        findings.append(finding("NH92", "bảng kê chỉnh lý gửi lại chưa ghi ý kiến nào", None, at, unit))
    return Return(file, digest, ReturnStatus.REPLY, unit, period, findings=tuple(findings), replies=replies)


class FormApart(NamedTuple):
    """A workbook of a form, without what the office put into it when it sent it back to its unit.

    replies: what the unit answered on the list in it; findings: what of that can't be understood.
    follows: the files, by SHA-256, whose answers the form was sent back with.
    entered_by: the office that filled it in from what its unit sent on paper; "" for the unit itself.
    """

    form: Workbook
    replies: tuple[Reply, ...] = ()
    findings: tuple[Finding, ...] = ()
    follows: tuple[str, ...] = ()
    entered_by: str = ""


def take_apart(book: Workbook, file: str, profile: Profile, period: Period) -> FormApart:
    """Take out of a form the list, the units to choose from and the office's own notes."""
    keys = hidden_keys(book)
    table = _table(book) if LIST_ISSUED in keys else None
    ours = (table[0] if table is not None else None, book.sheet(UNITS_SHEET))
    pages = []
    for sheet in (s for s in book.sheets if not any(s is own for own in ours)):
        own = {place: note for place, said in sheet.notes.items() if (note := without_ours(said)).strip()}
        pages.append(replace(sheet, notes=own) if sheet.notes else sheet)
    form = replace(book, sheets=tuple(pages))
    unit = keys.get("unit", "")
    if LIST_ISSUED not in keys or _fault(keys, profile, period, unit):
        return FormApart(form, entered_by=keys.get(ENTERED, ""))
    follows = tuple(keys.get(LIST_ABOUT, "").split())
    if table is None:
        return FormApart(form, follows=follows)
    told = Reply("", unit, ReplyKind.KEPT, "", keys[LIST_ISSUED], " ".join(follows))
    findings: list[Finding] = []
    replies = tuple(_replies(table, file, told, findings))
    return FormApart(form, replies, tuple(findings), follows)


def check_replies(returns: Iterable[Return]) -> Iterator[Finding]:
    """Yield NH93 for each finding about which two lists made at the same moment say different things."""
    for first, *others in _latest(returns).values():
        if others:
            files = ", ".join(format_file(r.at.file) for r in (first, *others) if r.at)
            said = f"các bảng kê chỉnh lý trả lời khác nhau ({files})"
            message = f"về {first.finding}, {said}; chưa dùng câu nào"
            related = tuple(r.at for r in others if r.at)
            yield finding("NH93", message, None, first.at or CellRef(""), first.unit, related=related)


def hidden_keys(book: Workbook) -> dict[str, str]:
    """What the hidden sheet of a workbook that came back says; nothing where there is none."""
    sheet = book.sheet(META_SHEET)
    return sheet.keys(_ROWS) if sheet is not None else {}


def marked_columns(sheet: Sheet, needed: Set[str]) -> tuple[int, dict[str, int]] | None:
    """The row of a sheet that names its columns, and where each is; None where a needed one is missing."""
    for row, cells in sheet.rows():
        at = {cell.raw.strip(): cell.column for cell in cells}
        if needed <= at.keys():
            return row, at
    return None


def _fault(keys: Mapping[str, str], profile: Profile, period: Period, unit: str) -> str:
    """Why the list isn't one of this year's; "" where it is."""
    if keys.get("plan") != profile.plan.code:
        return "bảng kê chỉnh lý thuộc kế hoạch khác"
    if keys.get("year") != str(period):
        return f"bảng kê chỉnh lý của {Period.named(keys.get('year', ''))}, đang làm {period.words}"
    return "" if unit else f"mã đơn vị {quote(keys.get('unit', ''))} của bảng kê không có trong danh sách"


def _table(book: Workbook) -> _ListTable | None:
    marked = ((sheet, marked_columns(sheet, {MARK, REPLY, REASON})) for sheet in book.sheets)
    return next(((sheet, *place) for sheet, place in marked if place is not None), None)


def _replies(table: _ListTable, file: str, told: Reply, findings: list[Finding]) -> Iterator[Reply]:
    """The rows that hold a reply; what can't be understood as one goes to ``findings``."""
    sheet, marker, columns = table
    for row, _ in sheet.rows():
        name, said, reason = (sheet.text(row, columns[column]) for column in (MARK, REPLY, REASON))
        if row <= marker or not name or not (said or reason):
            continue
        at = CellRef(file, sheet.name, address(row, columns[REPLY]))
        # Known without accents too, and with a reason behind it ("Giữ nguyên: đúng theo hệ thống").
        kind, beside = None, ""
        for words, meant in _WORDS.items():
            rest = said[len(words) :].lstrip()
            if unaccented(said[: len(words)]) == words and (not rest or rest[0] in _AFTER):
                kind, beside = meant, rest.strip(_AFTER + " ")
                break
        if kind is None:
            what = "có lý do nhưng chưa chọn ý kiến"
            what = f"{quote(said)} không phải câu trả lời có sẵn" if said else what
            message = f"ý kiến của đơn vị về {name}: {what}"
            unclear = finding("NH91", message, _ONE_OF, at, told.unit, value=said or reason)
            findings.append(replace(unclear, about=name))
        else:
            because = masked("; ".join(filter(None, (beside, reason))))
            yield Reply(name, told.unit, kind, because, told.issued, told.about, at)


# ------- What the units answered about the findings they were asked to mend, and where each answer leaves us


class ReplyStanding(StrEnum):
    """What has to happen after a reply, as long as its finding is open.

    ``to_accept``: the officer accepts the unit's reason or not; ``reason_missing``: the unit kept what can't
    be used and doesn't say why; ``no_new_file``: mended, but the file hasn't come; ``same_again``: one has,
    with the fault still in it; ``not_available``: there is no figure; ``turned_down``: it may not be kept.
    """

    TO_ACCEPT = "to_accept"
    REASON_MISSING = "reason_missing"
    NO_NEW_FILE = "no_new_file"
    SAME_AGAIN = "same_again"
    NOT_AVAILABLE = "not_available"
    TURNED_DOWN = "turned_down"


@dataclass(frozen=True, slots=True)
class Answered:
    """A reply that counts, and where it leaves its finding."""

    reply: Reply
    standing: ReplyStanding


_SAID = {
    ReplyKind.MENDED: "trả lời đã sửa",
    ReplyKind.KEPT: "đề nghị giữ nguyên",
    ReplyKind.NOT_AVAILABLE: "trả lời chưa có số liệu",
}

_TO_COME = {
    ReplyStanding.TO_ACCEPT: "đề nghị giữ nguyên",
    ReplyStanding.REASON_MISSING: "đề nghị giữ nguyên nhưng chưa ghi lý do",
    ReplyStanding.NO_NEW_FILE: "trả lời đã sửa, chưa nhận được tệp mới",
    ReplyStanding.SAME_AGAIN: "trả lời đã sửa nhưng tệp gửi lại vẫn còn",
    ReplyStanding.NOT_AVAILABLE: "trả lời chưa có số liệu",
    ReplyStanding.TURNED_DOWN: "đề nghị giữ nguyên nhưng không được chấp nhận",
}

FindingKey = tuple[str, str]
"""Unit and short name of a finding: a row copied into another unit's list answers nothing."""

CONFIRMED = "đơn vị xác nhận đúng như đã ghi"
"""The reason of a unit that keeps what it was only asked to confirm and adds nothing."""


def answered(
    findings: Iterable[Finding], returns: Iterable[Return], acceptances: Iterable[Acceptance] | None = None
) -> dict[str, Answered]:
    """Return the reply to each open finding that has one, by the finding's short name.

    A finding that is no longer there (because the figure was mended) has none: the reply is done with.
    ``acceptances`` are those in force: what a unit keeps and isn't proposed in them was turned down. None:
    nobody has looked at the replies yet.
    """
    proposed = None if acceptances is None else {a.finding for a in acceptances if a.proposed}
    kept = tuple(returns)
    replies = latest_replies(kept)
    if not replies:
        return {}
    effective = [(r.unit, r.sha256) for r in kept if r.status is ReturnStatus.EFFECTIVE]
    by_name = {}
    for about in findings:
        name = finding_id(about)
        reply = replies.get((about.unit, name))
        if reply is not None and about.is_open:
            files = {digest for unit, digest in effective if unit == about.unit}
            if reply.kind is ReplyKind.NOT_AVAILABLE:
                standing = ReplyStanding.NOT_AVAILABLE
            elif reply.kind is ReplyKind.MENDED:
                has_new = files.isdisjoint(reply.about.split()) and bool(files)
                standing = ReplyStanding.SAME_AGAIN if has_new else ReplyStanding.NO_NEW_FILE
            elif not reply.reason and about.severity is Severity.ERROR:
                standing = ReplyStanding.REASON_MISSING
            else:
                turned_down = proposed is not None and name not in proposed
                standing = ReplyStanding.TURNED_DOWN if turned_down else ReplyStanding.TO_ACCEPT
            by_name[name] = Answered(reply, standing)
    return by_name


def still_asked(findings: Iterable[Finding], open_names: Collection[str]) -> tuple[Finding, ...]:
    """``findings`` without unclear replies to what is no longer open: it was mended, that is enough."""
    return tuple(f for f in findings if not f.about or f.about in open_names)


def latest_replies(returns: Iterable[Return]) -> dict[FindingKey, Reply]:
    """The reply to each unit's findings by the list made last; none where two of that moment differ."""
    return {key: replies[0] for key, replies in _latest(returns).items() if len(replies) == 1}


def reason_of(answered: Answered) -> str:
    """Return the unit's reason; its confirmation in words where it kept something and added nothing."""
    confirmed = answered.standing is ReplyStanding.TO_ACCEPT and not answered.reply.reason
    return CONFIRMED if confirmed else answered.reply.reason


def format_standing(answered: Answered) -> str:
    """Say what the unit answered and what is still to come: "đơn vị đề nghị giữ nguyên: …"."""
    return format_reply(answered.reply.kind, answered.standing, reason_of(answered))


def format_reply(kind: ReplyKind, standing: ReplyStanding | None, reason: str) -> str:
    """Say what a unit answered; ``standing`` None: the finding was decided on, nothing is to come."""
    said = _SAID[kind] if standing is None else _TO_COME[standing]
    return f"đơn vị {said}{f': {reason}' if reason and standing is not ReplyStanding.REASON_MISSING else ''}"


def _latest(returns: Iterable[Return]) -> dict[FindingKey, tuple[Reply, ...]]:
    """The different answers of the list made last, by unit and finding; the first file's first.

    Of one list sent back twice, in the form, the file that another one took the place of counts less.
    """
    by_finding: dict[FindingKey, list[tuple[Reply, bool]]] = {}
    for received in returns:
        stands = received.status is not ReturnStatus.SUPERSEDED
        for reply in () if received.status is ReturnStatus.REFUSED else received.replies:
            by_finding.setdefault((reply.unit, reply.finding), []).append((reply, stands))
    latest = {}
    for key, replies in by_finding.items():
        last = max((reply.issued, stands) for reply, stands in replies)
        differing: dict[tuple[ReplyKind, str], Reply] = {}
        for reply, stands in replies:
            if (reply.issued, stands) == last:
                differing.setdefault((reply.kind, reply.reason), reply)
        latest[key] = tuple(differing.values())
    return latest
