"""Take what the officer wrote into the workbooks: each row becomes a decision, or says why it doesn't."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime

from dvctt_report.decide import decisions
from dvctt_report.decide.arrivals import arrival_fact, fact_of, figures_held, put_held
from dvctt_report.decide.cells import BookStatement, is_address
from dvctt_report.decide.decisions import DOCUMENT, Grounds, officer, record, rests_on
from dvctt_report.decide.matters import OTHER_UNIT, Matter, Option, Part, chosen, matters_of
from dvctt_report.model import Choice, Decision, FieldRef, Finding, Return, Timing, finding_id
from dvctt_report.model.codes import CODES, Settled
from dvctt_report.plan.model import Unit
from dvctt_report.plan.unit_names import UnitNames
from dvctt_report.report.ways import Way, named_cell
from dvctt_report.store.register.decided import Decided
from dvctt_report.store.workspace import Workspace
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.vietnamese import format_date, key
from dvctt_report.year.corrections import name_cell
from dvctt_report.year.loader import OpenYear, read_registered, read_returns, require_register

NEEDS_REASON = (Way.ACCEPT, Way.NOT_APPLICABLE)
"""Only the officer knows why what was asked about is right. Why a figure is put or a file sent back, the
question itself says where he says nothing else."""
NEEDS_BASIS = (Way.PUT, Way.ACCEPT, Way.NOT_APPLICABLE)
_PAIRS = re.compile(r"[;\n]")
_CHOICES = {Way.USE: Choice.USE, Way.ASSIGN: Choice.ASSIGN, Way.SEND_BACK: Choice.REJECT}


@dataclass(frozen=True)
class Recorded:
    """What became of one statement: whether it is in the register now, and what is said in its row."""

    taken: bool
    words: str


@dataclass
class Taken:
    """What became of all statements of a run.

    outcomes: by statement; those in which nothing is chosen have none.
    kept, undone: the decisions that were kept and taken back; ``n_rows``: of how many rows.
    remarks: what is to be said of those that were made at a prompt or by a command.
    """

    outcomes: dict[BookStatement, Recorded] = field(default_factory=dict)
    kept: list[Decided] = field(default_factory=list)
    undone: list[Decided] = field(default_factory=list)
    n_rows: int = 0
    remarks: list[str] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        return bool(self.kept or self.undone)

    @property
    def about_files(self) -> bool:
        """Whether it has to be settled anew which files count."""
        return any(isinstance(one, Decision) for one in (*self.kept, *self.undone))

    @property
    def n_refused(self) -> int:
        return sum(not outcome.taken for outcome in self.outcomes.values())


def take(year: OpenYear, statements: Iterable[BookStatement]) -> Taken:
    """Keep in one transaction every decision that can be taken.

    A statement about what no longer stands is not taken, nor are two that contradict each other.
    """
    taken = Taken()
    matters = matters_of(year)
    saying: dict[int, list[BookStatement]] = {}
    for statement in filter(says_something, statements):
        own = facts(statement.base)
        if statement.sheet == Part.DECIDED:  # named by the moment it was made, and whom it is about
            at = [m for m in matters if m.decided and m.base[-1] in own and m.who == statement.shown[1]]
            matter = next((m for m in at if m.base == statement.base), at[0] if at else None)
        else:
            about = (m for m in matters if not m.decided and not own.isdisjoint(facts(m.base)))
            matter = next(about, None)
        if matter is None:
            taken.outcomes[statement] = _too_late(statement, matters, year)
        else:
            saying.setdefault(matter.number, []).append(statement)
    for matter in (m for m in matters if m.number in saying):
        first, *more = saying[matter.number]
        if others := [s for s in more if [*map(key, s.typed[:2])] != [*map(key, first.typed[:2])]]:
            told = "; ".join(f"{s.book}: {s.typed.choice} {s.typed.value}".strip() for s in (first, *others))
            words = f"Chưa ghi: các sổ ghi khác nhau ({told}). Thống nhất một quyết định, xóa quyết định kia."
            taken.outcomes |= dict.fromkeys((first, *more), Recorded(False, words))
            continue
        outcome = _take_statement(year, matter, first, taken)
        for statement in (first, *more):
            differs = outcome.taken and statement.typed[2:] != first.typed[2:]
            whose = f" theo lý do, căn cứ ở {first.book}" if differs else ""
            words = outcome.words.removesuffix(".") + whose + "."
            taken.outcomes[statement] = replace(outcome, words=words)
    if taken.changed:
        record(year.workspace, taken.kept, taken.undone)
    return taken


def anew(year: OpenYear, taken: Taken) -> OpenYear:
    """The period with what was taken: settled again where files were decided about."""
    if not taken.changed:
        return year
    return replace(year) if taken.about_files else year.decided_anew()


def decide(year: OpenYear, asked: Iterable[tuple[Matter, Option]], value: str, given: Grounds) -> Taken:
    """Keep at once what was decided at a prompt or by a command: all of it, or none (CannotRun)."""
    taken = Taken()
    for matter, option in asked:
        grounds = _grounded(year, matter, option, given)
        remark = _decide(year, matter, option, value, grounds, frozenset(matter.base), taken)
        taken.remarks += [remark] if remark else []
    record(year.workspace, taken.kept, taken.undone)
    return taken


def all_returns(workspace: Workspace, tell: Callable[[str], None] = lambda _: None) -> tuple[Return, ...]:
    """Every content ever received this year, read by itself: what a decision may be about."""
    require_register(workspace)
    known = read_registered(workspace)
    receipts = (*known.receipts, *known.former)
    return read_returns(workspace, receipts, tell=tell, decisions=known.decisions)


def facts(base: Iterable[str]) -> frozenset[str]:
    """Those of a base that say what stands there; the names of cells are none."""
    return frozenset(fact for fact in base if not fact.startswith("="))


def says_something(statement: BookStatement) -> bool:
    """Whether a row decides: on the sheet of decisions only to take one back."""
    if statement.sheet == Part.DECIDED:
        return key(statement.typed.choice) == key(Way.UNDO)
    return bool(statement.typed.choice)


def _too_late(statement: BookStatement, matters: Sequence[Matter], year: OpenYear) -> Recorded:
    """Why a row is about nothing that is open: it was decided, or something else stands there now."""
    if not statement.base:
        why = "dòng này không còn mã ở cột A (ẩn) nên không rõ là việc nào"
        return Recorded(False, f"Chưa ghi: {why}. Chọn lại ở dòng của việc đó.")
    if statement.sheet == Part.DECIDED:
        return Recorded(True, "Quyết định này đã được bỏ.")
    common = ((m, {*statement.base}.intersection(m.base)) for m in matters if m.decided)
    about = (m for m, both in common if facts(both) or (both and m.who == statement.shown[1]))
    done = next(about, None)  # a cell is that of its unit alone
    if done is None:
        why = "nội dung đã khác từ khi ghi quyết định này (đơn vị gửi lại, hoặc đã xử lý xong)"
        return Recorded(False, f"Chưa ghi: {why}.")
    words, value = chosen(done.decided, year.profile.roster.short_names)
    typed = statement.typed
    if typed.choice in (OTHER_UNIT, Way.NOT_APPLICABLE):
        is_same = words == Way.ACCEPT or key(f"Của {typed.value}") == key(words)
    else:
        put, wanted = (
            {re.sub(r"\D", "", part.rpartition("=")[2]) for part in _PAIRS.split(text)}
            for text in (value, typed.value)
        )
        is_same = key(words) == key(typed.choice) and (not value or put <= wanted)
    day, told = format_date(done.decided[0].when.date()), f"{words} {value}".strip()
    other = f"Chưa ghi: việc này đã quyết định khác ngày {day}: {told}. Muốn đổi: bỏ quyết định đó trước."
    return Recorded(is_same, "Đã ghi." if is_same else other)


def _take_statement(year: OpenYear, matter: Matter, statement: BookStatement, taken: Taken) -> Recorded:
    """Make the decision that a row says; all of it or nothing."""
    made, typed = Taken(), statement.typed
    try:
        option = option_of(matter, typed.choice)
        document, basis = rests_on(typed.kind, typed.basis)
        if typed.basis and not (document or basis):
            raise CannotRun(
                "Chưa rõ loại căn cứ.",
                f"Chọn ở cột “Căn cứ” (“{DOCUMENT}” thì được dẫn khi in), hoặc ghi “Zalo: …”, "
                "“Điện thoại: …”, số và ký hiệu văn bản.",
            )
        by = (typed.authority, typed.follower)
        given = Grounds(officer(), datetime.now(), typed.reason, document, basis, *by)
        grounds = _grounded(year, matter, option, given)
        remark = _decide(year, matter, option, typed.value, grounds, frozenset(statement.base), made)
    except CannotRun as error:
        return Recorded(False, f"Chưa ghi: {error.message} {error.fix}".strip())
    taken.kept += made.kept
    taken.undone += made.undone
    taken.n_rows += made.changed
    return Recorded(True, remark or "Đã ghi.")


def option_of(matter: Matter, words: str) -> Option:
    """The decision about a matter that is chosen by these words. Raises CannotRun."""
    if meant := [option for option in matter.options if key(option.words) == key(words)]:
        return meant[0]
    if not matter.options:
        raise CannotRun("Việc này không quyết định ở đây.", "Làm như ghi ở cột “Vì sao”.")
    listed = "; ".join(option.words for option in matter.options)
    raise CannotRun(f"“{words}” không có trong danh sách của dòng này.", f"Chọn một trong: {listed}.")


def _grounded(year: OpenYear, matter: Matter, option: Option, given: Grounds) -> Grounds:
    """The grounds that are given; what a unit gives for what it keeps, or the question, stands for others.

    Raises CannotRun where they don't carry the decision.
    """
    reason, document = given.reason, given.document
    names = {finding_id(f) for f in matter.findings}
    proposal = next((a for a in year.dataset.acceptances if a.proposed and a.finding in names), None)
    if proposal is not None and option.way in (Way.ACCEPT, Way.NOT_APPLICABLE):
        reason = reason or proposal.reason
        document = document or ("" if given.basis else proposal.document)
    if option.way in (Way.SEND_BACK, Way.CLOSE):
        reason = reason or asked_about(matter.findings)
    unasked = option.way in (Way.PUT, Way.SEND_BACK) and not matter.findings
    if (unasked or option.way in NEEDS_REASON) and not reason:
        raise CannotRun("Chưa có lý do.", "Ghi ở cột “Lý do”, hoặc sau --reason.")
    if option.way in NEEDS_BASIS and not (document or given.basis):
        raise CannotRun(
            "Chưa có căn cứ.",
            "Chọn loại căn cứ; ghi số văn bản (--document), hoặc ai nói, ngày nào (--basis).",
        )
    return replace(given, reason=reason, document=document)


def _decide(
    year: OpenYear,
    matter: Matter,
    option: Option,
    value: str,
    grounds: Grounds,
    base: frozenset[str],
    made: Taken,
) -> str:
    """Make what ``option`` means; returns what is to be said beside "Đã ghi", "" for nothing."""
    dataset = year.dataset
    own = tuple(f for f in matter.findings if finding_id(f) in base)
    unit = dataset.units_by_code.get(matter.unit)
    match option.way:
        case Way.USE | Way.ASSIGN | Way.SEND_BACK as way:
            returns = all_returns(year.workspace)
            digest = option.about if way is Way.USE else matter.file
            file = next((received for received in returns if received.sha256 == digest), None)
            if file is None:
                raise CannotRun("Tệp này không còn trong sổ nhận.", "Chép tệp vào thư mục nhận rồi nhận lại.")
            whose, rivals = file.unit, returns if way is Way.USE else ()
            if way is Way.ASSIGN:
                owner, *more = _units(year, option.about or value)
                whose = owner.code
                if more:
                    raise CannotRun("Một tệp chỉ là của một đơn vị.", "Ghi tên hoặc mã của đơn vị đó.")
            made.kept.append(decisions.about_file(_CHOICES[way], file, whose, grounds, rivals))
        case Way.ACCEPT | Way.NOT_APPLICABLE | Way.CLOSE:
            made.kept += [decisions.acceptance_of(dataset, f, grounds) for f in own]
        case Way.PUT:
            assert unit is not None
            return _put(year, unit, own, value, grounds, made)
        case Way.SYSTEM:
            held = figures_held(dataset).get(option.about, ())
            made.kept += put_held(dataset, [c for c in held if fact_of(c) in base], grounds)
        case Way.IN_TIME | Way.LATE | Way.IN_TIME_BUT:
            last_day = year.profile.plan.deadline.last_day(year.period)
            lines = [line for line in year.lines if arrival_fact(line, last_day) in base]
            asked = {line.unit.code for line in lines}
            late = asked if option.way is Way.LATE else set()
            if option.way is Way.IN_TIME_BUT:
                late = {unit.code for unit in _units(year, value)}
            if late - asked:
                strangers = ", ".join(year.profile.roster.short_names[code] for code in sorted(late - asked))
                raise CannotRun(f"Dòng này không có {strangers}.", "Chỉ ghi đơn vị kê ở cột “Vì sao”.")
            for code, first in ((line.unit.code, line.first) for line in lines):
                days = first.days if first else ""
                made.kept.append(Timing(unit=code, in_time=code not in late, over=days, **asdict(grounds)))
            if option.way is Way.IN_TIME_BUT:
                told = ", ".join(line.unit.short_name for line in lines if line.unit.code in late)
                return f"Đã ghi. Sau thời hạn: {told}."
        case Way.LEAVE_OUT:
            assert unit is not None
            if matter.file and any(CODES[f.code].settled is Settled.CHOSEN for f in own):
                own, value = (), ""
            # What is asked about; of a unit of which nothing is asked its cells, or all that it sent
            named = [] if own else [*filter(None, map(str.strip, _PAIRS.split(value)))]
            made.kept += [decisions.figure_left_out(dataset, f, grounds) for f in own]
            made.kept += [decisions.cell_left_out(dataset, unit, cell, grounds) for cell in named]
            if not own and not value:
                made.kept.append(decisions.return_left_out(dataset, unit, grounds))
        case Way.KEEP:
            cells = {named_cell(dataset, f) for f in own} | {f"{f.item}.{f.field}" for f in own}
            about = [o for o in year.known.overrides if o.unit == matter.unit]
            made.undone += [o for o in about if name_cell(o.key) in cells]
        case Way.ASK_AGAIN:
            names = {finding_id(f) for f in own}
            made.undone += [a for a in year.known.acceptances if a.proposed and a.finding in names]
        case Way.UNDO:
            made.undone += matter.decided
            return "Đã bỏ quyết định."
    return ""


def _put(
    year: OpenYear, unit: Unit, own: Sequence[Finding], value: str, grounds: Grounds, made: Taken
) -> str:
    """Put the figures that were typed: one alone into the row's own cell, several by their cells.

    Where no reason is typed each gets that of its own question.
    """
    dataset = year.dataset
    if dataset.effective(unit.code) is None and dataset.paper(unit.code) is None:
        raise CannotRun(
            f"{unit.short_name} chưa có báo cáo nào được dùng nên chưa có gì để đính chính.",
            "Nếu đơn vị chỉ gửi bản giấy: ghi số, ký hiệu văn bản vào so-theo-doi.xlsx rồi chạy lại. "
            "Nếu có tệp chưa dùng được hoặc chưa chọn: xem dvctt-report status --files.",
        )
    same = []
    for cell, text in pairs_of(year, own, value):
        put = decisions.put_figure(dataset, unit, cell, text, grounds)
        if put is None:
            same.append(cell)
        else:
            of_part = [f for f in own if f.part == put.part]
            named = [f for f in of_part if f.key == put.key]
            doubting = named or [f for f in of_part if FieldRef(put.item, put.field) in f.figures]
            made.kept.append(replace(put, reason=put.reason or asked_about(doubting or own)))
    if same and not made.kept:
        raise CannotRun("Đơn vị đã ghi đúng như vậy.", f"Không cần ghi: {', '.join(same)}.")
    return f"Đã ghi. Không phải ghi {', '.join(same)}: đơn vị đã ghi đúng như vậy." if same else ""


def pairs_of(year: OpenYear, own: Sequence[Finding], value: str) -> list[tuple[str, str]]:
    """The cells and figures of a row's value: "5319", or "I9=5319; I10=200"."""
    if not value:
        raise CannotRun("Chưa ghi số đúng.", "Ghi ở cột “Số đúng”; nhiều ô thì ghi dạng I9=5319; I10=200.")
    said = [part.strip() for part in _PAIRS.split(value) if part.strip()]
    if len(said) == 1 and "=" not in said[0]:
        cells = {named_cell(year.dataset, f) for f in own}
        cell = next(iter(cells)) if len(cells) == 1 else ""
        if not cell or "…" in cell:
            raise CannotRun("Chưa rõ số đó của ô nào.", "Ghi ô, dấu bằng, số; dạng I9=5319; I10=200.")
        return [(cell, said[0])]
    places = {(f.at.sheet.split()[0], f.at.cell) for f in own if f.at is not None and f.at.sheet}
    pairs = []
    for part in said:
        cell, equals, text = (piece.strip() for piece in part.partition("="))
        if not equals or not text:
            raise CannotRun(f"“{part}” chưa có số.", "Ghi ô, dấu bằng, số; dạng I9=5319; I10=200.")
        if is_address(cell) and " " not in cell:  # of the row's cell of that address, else its only sheet
            same = {sheet for sheet, address in places if address.upper() == cell.upper()}
            sheets = same or {sheet for sheet, _ in places}
            cell = f"{next(iter(sheets))} {cell}" if len(sheets) == 1 else cell
        pairs.append((cell, text))
    return pairs


def asked_about(findings: Sequence[Finding]) -> str:
    """What was asked, as a reason that may be printed: that of the gravest finding."""
    return findings[0].message.partition("; chưa dùng")[0] if findings else ""


def _units(year: OpenYear, wanted: str) -> list[Unit]:
    """The units that are named between semicolons or on lines; between commas where that is no one name."""
    names, found = UnitNames(year.profile.units(year.period), year.profile.plan.province), []
    for part in filter(None, map(str.strip, _PAIRS.split(wanted))):
        several = [part] if names.find(part) or "," not in part else part.split(",")
        found += [names.pick(name.strip()) for name in several if name.strip()]
    if not found:
        raise CannotRun("Chưa ghi của đơn vị nào.", "Ghi tên hoặc mã đơn vị ở cột “Số đúng, đơn vị đúng”.")
    return found
