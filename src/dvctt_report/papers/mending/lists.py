"""What a unit is asked to mend or to confirm, in words its clerk understands; also as a short message.

Working sheet, message and letter ask the same, from the one list made here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from dvctt_report.files.cells import parse_address
from dvctt_report.forms.form import format_sheet
from dvctt_report.intake.mend_lists import COLUMNS, Answered, ReplyStanding, answered, reason_of
from dvctt_report.model import Acceptance, CellRef, Finding, FindingState, ReturnStatus, Severity, finding_id
from dvctt_report.model.codes import CODES, Asked, Settled, Trait, has
from dvctt_report.model.period import Period
from dvctt_report.plan.model import Unit
from dvctt_report.report.about import (
    LEFT_BLANK,
    AnswerPlaces,
    format_content,
    format_position,
    format_written,
    shorten,
)
from dvctt_report.report.blocks import TextBlock
from dvctt_report.report.marks import mark, mark_numbers
from dvctt_report.report.printed import PrintedBlock, read_printed
from dvctt_report.store.register import keep_decided, open_register, undo_decided
from dvctt_report.text.file_names import last_name
from dvctt_report.text.personal import shown
from dvctt_report.text.vietnamese import (
    first_letter_capital,
    first_letter_small,
    format_date,
    format_small_count,
    parse_date,
    sentence,
)
from dvctt_report.year.corrections import format_put
from dvctt_report.year.loader import OpenYear
from dvctt_report.year.year import Year

_AGAIN = {
    ReplyStanding.REASON_MISSING: "Nếu giữ nguyên, đề nghị ghi rõ lý do.",
    ReplyStanding.SAME_AGAIN: "Tệp gửi lại vẫn còn nội dung này.",
    ReplyStanding.TURNED_DOWN: "Ý kiến giữ nguyên chưa được chấp nhận, đề nghị xem lại.",
}
"""What is added where the unit has answered before."""
_LONGEST = 900
_FEW = 4
"""As many cells of a sum are named one by one."""
_MOST_IN_TEXT = 8
_WAITING = (ReplyStanding.TO_ACCEPT, ReplyStanding.NOT_AVAILABLE)
"""Answers after which the unit isn't asked again: it is the officer's turn."""


@dataclass(frozen=True, slots=True)
class Question:
    """A row of a unit's list, for print: ``name`` is the finding's short name, ``at`` its cell if any."""

    name: str
    place: str
    about: str
    written: str
    why: str
    asked: str
    at: CellRef | None = None


@dataclass(frozen=True, slots=True)
class MendingList:
    """What one unit is asked.

    topic: what the report is about.
    document: the unit's own report, by number and date; "" where not known.
    file, about: the name of its return, and the SHA-256.
    to_mend, to_confirm: errors and warnings, in the form's order.
    n_waiting: findings that it has answered and that wait for the officer.
    """

    unit: Unit
    period: Period
    topic: str
    document: str
    file: str
    about: str
    to_mend: tuple[Question, ...]
    to_confirm: tuple[Question, ...]
    n_waiting: int = 0

    def goes_out(self, questions: bool) -> bool:
        """Whether the unit is written to: it has to mend something, or, with ``questions``, to confirm it."""
        return bool(self.to_mend or (questions and self.to_confirm))


def mending_lists(year: Year) -> tuple[MendingList, ...]:
    """Return the list of each unit of the roster that has an error or a warning open, in roster order.

    Information is not asked about, nor what is the officer's to settle, nor what the unit has answered, nor
    a file that another one took the place of. A unit with several files is asked which one holds, before
    anything in them; one that sent paper alone, for its form; one whose files all don't count any more, to
    send again. The compiling office asks itself nothing.
    """
    dataset, places = year.dataset, AnswerPlaces.of(year.dataset)
    replies = answered(year.findings, dataset.returns, dataset.acceptances)
    lists = []
    for unit, to_mend, to_confirm, n_waiting in _asked(year, replies):
        own = dataset.effective(unit.code)
        document = own.submission.cited if own else ""
        lists.append(
            MendingList(
                unit,
                dataset.period,
                dataset.profile.plan.topic,
                f"Báo cáo {document}" if document else "",
                last_name(own.file) if own else "",
                own.sha256 if own else "",
                tuple(_question(f, unit, places, replies.get(finding_id(f))) for f in to_mend),
                tuple(_question(f, unit, places, replies.get(finding_id(f))) for f in to_confirm),
                n_waiting,
            )
        )
    return tuple(lists)


def n_with_something_to_mend(year: Year) -> int:
    """How many of ``mending_lists`` have something to mend; no list is made for it."""
    replies = answered(year.findings, year.dataset.returns, year.dataset.acceptances)
    return sum(bool(to_mend) for _, to_mend, _, _ in _asked(year, replies))


def _asked(
    year: Year, replies: Mapping[str, Answered]
) -> Iterator[tuple[Unit, list[Finding], list[Finding], int]]:
    """Yield each unit with what it is to mend, what to confirm, how much of what it answered waits."""
    dataset = year.dataset
    counting = (ReturnStatus.EFFECTIVE, ReturnStatus.PAPER, ReturnStatus.REPLY)
    of_mended = {r.file for r in dataset.returns if r.unit and dataset.effective(r.unit) is not None}
    replaced = of_mended - {r.file for r in dataset.returns if r.status in counting}
    # Not those that a file may be of, which is settled first.
    unusable = {line.unit.code for line in year.lines if line.status == "unusable"} - dataset.contested
    by_unit: dict[str, list[Finding]] = {}
    for finding in year.findings:
        is_gone = finding.at is not None and finding.at.file in replaced
        if has(finding.code, Trait.SENT_AGAIN):
            is_asked = finding.unit in unusable
        elif has(finding.code, Trait.PAPER_ALONE):
            is_asked = dataset.effective(finding.unit) is None
        else:
            is_asked = (
                finding.state in (FindingState.OPEN, FindingState.LEFT_OUT)
                and finding.severity is not Severity.INFO
                and bool(finding.unit and finding.fix)
                and CODES[finding.code].settled.asked is Asked.UNIT
            )
        if is_asked and not is_gone:
            by_unit.setdefault(finding.unit, []).append(finding)
    compiler = dataset.profile.plan.compiler
    for unit in (unit for unit in dataset.units if unit.code in by_unit and unit.code != compiler):
        findings = by_unit[unit.code]
        waiting = [f for f in findings if (a := replies.get(finding_id(f))) and a.standing in _WAITING]
        choice = [f for f in findings if CODES[f.code].settled is Settled.CHOSEN]
        to_mend, to_confirm = list[Finding](), list[Finding]()
        placed = [(f.at or CellRef(""), f) for f in choice[:1] or findings if f not in waiting]
        for _, f in sorted(placed, key=lambda p: (p[0].sheet, parse_address(p[0].cell) or (0, 0), p[1].code)):
            is_doubt = f.severity is Severity.WARNING and not has(f.code, Trait.SENT_AGAIN)
            (to_confirm if is_doubt else to_mend).append(f)
        yield unit, to_mend, to_confirm, len(waiting)


def format_message(
    asked: MendingList, sender: str, reply_by: date | None, sheet: str, *, with_form: bool, contact: str = ""
) -> str:
    """Write what is asked as a message for Zalo or an e-mail, its figures marked.

    ``sheet`` is the name of the file attached; ``with_form``: the unit's form stands in it behind the list.
    """
    polite = "đề nghị phối hợp" if asked.unit.duty == "asked" else "đề nghị"
    what = f" ({asked.document})" if asked.document else ""
    lines = [
        f"Kính gửi {asked.unit.short_name},",
        f"Về biểu số liệu {asked.topic} {asked.period.words}{what}, {sender} {polite}:",
    ]
    heads = (("chỉnh lý", "to_mend", asked.to_mend), ("xác nhận", "to_confirm", asked.to_confirm))
    n = 0
    for verb, name, questions in heads:
        if questions:
            counted = mark(f"letter.{name}", format_small_count(len(questions)))
            lines.append(f"* {first_letter_capital(verb)} {counted} nội dung:")
        for question in questions:
            n += 1
            if n <= _MOST_IN_TEXT:
                written = f" đã ghi {question.written};" if question.written not in ("", LEFT_BLANK) else ""
                said = f"{written} {first_letter_small(question.why)} {question.asked}"
                told = f"{question.place} – {question.about}:{said}"
                lines.append(f"{n}. {mark_numbers(f'findings.{question.name}', told)}")
    if n > _MOST_IN_TEXT:
        more = mark("letter.more", format_small_count(n - _MOST_IN_TEXT))
        lines.append(f"… và {more} nội dung khác ghi trong bảng kê gửi kèm.")
    when = f" trước ngày {format_date(reply_by)}" if reply_by else ""
    how = "sửa trên tệp biểu đã gửi" if asked.file else "gửi lại tệp biểu"
    if with_form:
        lines.append(f"Đề nghị sửa ngay trong tệp gửi kèm ({sheet}) rồi gửi lại tệp đó{when}.")
    else:
        lines.append(f"Đề nghị {how}, ghi ý kiến vào bảng kê gửi kèm ({sheet}) và gửi cả hai tệp{when}.")
    lines += [f"Đầu mối: {contact}."] if contact else []
    return "\n".join([*lines, "Trân trọng cảm ơn."])


_HEADS = tuple(
    column.header for column in COLUMNS if column.key in ("place", "about", "written", "why", "asked")
)


def mending_index(lists: Iterable[MendingList]) -> Iterator[PrintedBlock]:
    """What the list that each unit gets prints of which finding, row by row."""
    for one in lists:
        for question in (*one.to_mend, *one.to_confirm):
            said = (question.about, question.written, question.why, question.asked)
            cells = (question.place, *(mark_numbers(f"findings.{question.name}", text) for text in said))
            place = f"Bảng kê chỉnh lý của {one.unit.short_name}"
            yield read_printed(TextBlock(place, cells, 0, heads=_HEADS))


def _question(finding: Finding, unit: Unit, places: AnswerPlaces, reply: Answered | None) -> Question:
    code = CODES[finding.code]
    by_file = code.settled is Settled.CHOSEN or has(finding.code, Trait.SENT_AGAIN)
    asked = (code.asks or finding.fix).removeprefix("Đề nghị đơn vị ").removeprefix("Đề nghị ")
    asked = _as_sentence(asked)
    for at, sources in places.summed(finding):  # a cell that the form fills itself
        sheets = dict.fromkeys(format_sheet(one.sheet) for one in sources)
        cells = ", ".join(one.cell for one in sources)
        named = f"ô {cells} ({', '.join(sheets)})" if len(sources) <= _FEW else ", ".join(sheets)
        asked += f" Ô {at.cell} do máy cộng từ {named}: ghi, sửa ở đó."
    if reply is not None:
        asked = f"{asked} {_AGAIN.get(reply.standing, '')}".rstrip()
    files = dict.fromkeys(last_name(at.file) for at in (finding.at, *finding.related) if at is not None)
    why = _as_sentence(code.tells or shorten(finding.told or finding.message, _LONGEST))
    for put in places.put(finding):  # figures of the comparison that aren't the unit's
        before = f"“{shown(put.over)}”" if put.over else "ô để trống"
        by = f" ({put.document})" if put.document else ""
        why += f" Cơ quan tổng hợp đã ghi {format_put(put)} thay cho {before}{by}."
    return Question(
        finding_id(finding),
        format_position(finding, unit, places),
        shorten(format_content(finding, places), _LONGEST) or "Biểu số liệu",
        "; ".join(f"“{name}”" for name in files) if by_file else format_written(finding, places),
        why,
        _as_sentence(shorten(asked, _LONGEST)),
        finding.at,
    )


def _as_sentence(text: str) -> str:
    return first_letter_capital(sentence(text))


# ------------------------- Propose to accept what units keep for a reason: an officer does, or turns it down


def keep_proposals(year: OpenYear) -> None:
    """Propose to accept what units keep with a reason; withdraw proposals answered otherwise since."""
    from dvctt_report.year.rules import format_finding

    now, dataset, findings = year.as_of, year.dataset, year.findings
    by_name = {finding_id(f): f for f in findings}
    with open_register(year.workspace.register) as register:
        proposed = {a.finding: a for a in dataset.acceptances if a.proposed}
        for name, replied in answered(findings, dataset.returns).items():
            if replied.standing is ReplyStanding.TO_ACCEPT:
                finding = by_name[name]
                made = parse_date(replied.reply.issued[:10])
                on = f", lập ngày {format_date(made)}" if made else ""
                accepted = Acceptance(
                    name,
                    finding.unit,
                    format_finding(finding, dataset.profile),
                    reason_of(replied),
                    f"Bảng kê chỉnh lý đơn vị trả lời{on}",
                    finding.unit,
                    now,
                    True,
                )
                keep_decided(register, year.period, accepted)
            elif name in proposed:
                undo_decided(register, year.period, proposed[name], replied.reply.unit, now)
