"""What the received files of a year are to each other: one counts for each unit, or none yet.

Pure functions of what was read and of what the officer said. The order of the files, their names and their
times decide nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from dvctt_report.forms.build import build_form
from dvctt_report.forms.form import LIST, Form, answer_tables, format_sheet, key_of
from dvctt_report.forms.formulas import sums_of
from dvctt_report.intake.sent import bind
from dvctt_report.intake.whose import as_decided, of_form_name
from dvctt_report.model import (
    CellRef,
    Choice,
    Decision,
    Entry,
    Finding,
    Observation,
    Return,
    ReturnStatus,
    Severity,
    State,
)
from dvctt_report.model.codes import finding, noted
from dvctt_report.model.period import Period
from dvctt_report.plan.model import Profile
from dvctt_report.text.file_names import format_file
from dvctt_report.text.grouping import by_key
from dvctt_report.text.vietnamese import format_count, format_date, join_names

_NOTHING = ("", sha256(b"").hexdigest())
"""The digests of a file whose bytes aren't there, and of an empty one: these repeat nothing."""

_CANDIDATE = ReturnStatus.EFFECTIVE
"""``read_return`` calls every return that can be used effective; it is one candidate among others."""


def settle(
    returns: Iterable[Return],
    decisions: Sequence[Decision] = (),
    entries: Sequence[Entry] = (),
    former: Iterable[Return] = (),
    profile: Profile | None = None,
) -> tuple[Return, ...]:
    """Decide what the files are to each other, in the order given.

    ``decisions`` are those in force, the earliest first; ``entries`` the rows of the tracking book;
    ``former`` what is no longer in the inbox, the latest first: those in whose place another file of the same
    unit stands now come out as superseded by it, chosen ones as candidates.

    The same bytes or content again are a DUPLICATE; rejected ones REFUSED. Of the rest, a chosen file beats
    those it was preferred to, a form that went back with a file's answers that file, then the document sent
    last the others. UNDECIDED, since nothing is ever taken from two files: the latest two of one date, or one
    without; a later one that leaves tables blank (told by the ``profile``) which an earlier one filled in;
    those of which a chosen name alone says whose they are, not of one sender; one of which it is open whose
    it is, which never stands in the way of another one of its unit.
    """
    gone = list(former)
    chosen = {d.sha256 for d in decisions if d.choice is Choice.USE}
    received = [*returns]
    for old in gone:  # where the unit was chosen, what stands in its place may be another sender's
        place = [r for r in received if (r.file, r.unit, r.status) == (old.file, old.unit, _CANDIDATE)]
        written_over = old.chosen and any(not _is_one_sender((old, r)) for r in place)
        received += [old] if old.sha256 in chosen or written_over else []
    assigned = {d.sha256: d for d in decisions if d.choice is Choice.ASSIGN}
    rejected = {d.sha256: d for d in decisions if d.choice is Choice.REJECT}
    for n, one in enumerate(received):
        decision = rejected.get(one.sha256)
        if decision is not None and one.status is not ReturnStatus.SKIPPED:
            reason = decision.reason.rstrip(".")
            message = f"bị loại {_by(decision)}, lý do: {reason}"
            fix = f"Muốn dùng lại: dvctt-report decide {one.sha256[:8]} --undo"
            one = replace(one, status=ReturnStatus.REFUSED, observations=(), findings=(), rejected=True)
            one = noted(one, "NH62", message, fix, told=f"biểu đã gửi không được dùng, lý do: {reason}")
        received[n] = as_decided(one, assigned, chosen)
    received = list(bind(received, entries))
    received = _without_repeated(received, chosen)
    by_unit = by_key((candidate.unit, candidate) for candidate in received if candidate.status is _CANDIDATE)
    settled: dict[str, Return] = {}
    for candidates in by_unit.values():
        open_ones = {r.sha256: replace(r, status=ReturnStatus.UNDECIDED) for r in candidates if r.named}
        settled |= open_ones
        if others := [r for r in candidates if r.sha256 not in open_ones]:
            settled |= _settle_unit(others, decisions, profile)
    received = [settled[r.sha256] if r.status is _CANDIDATE else r for r in received]
    there = {r.sha256 for r in received}
    replaced = [r for r in gone if r.sha256 not in there and r.status is _CANDIDATE]
    return bind(_with_written_over(received, replaced), entries)


def with_closed(
    returns: Iterable[Return], closed: Sequence[Return], profile: Profile, period: Period
) -> tuple[Return, ...]:
    """Add the files that could not be opened; of those received before, that the old bytes count (NH66)."""
    locked, message = {r.file for r in closed}, "không mở được tệp lúc này; dùng nội dung đã nhận lần trước"
    known = tuple(
        noted(r, "NH66", message, None) if r.file in locked and r.status is not ReturnStatus.SUPERSEDED else r
        for r in returns
    )
    names = {r.file for r in known}
    return (*known, *(of_form_name(r, profile, period) for r in closed if r.file not in names))


def lost_returns(settled: Sequence[Return], former: Iterable[Return]) -> Iterator[Finding]:
    """Yield a finding for each unit whose latest file is gone from the inbox and that has none instead."""
    heard_of = {
        r.unit
        for r in settled
        if r.status in (ReturnStatus.EFFECTIVE, ReturnStatus.UNDECIDED, ReturnStatus.SUPERSEDED)
    }
    for gone in former:
        if gone.status is _CANDIDATE and gone.unit not in heard_of:
            heard_of.add(gone.unit)
            fix = f"Chép lại tệp vào thư mục nhận, hoặc chạy: dvctt-report decide {gone.sha256[:8]} --use"
            standing = [r for r in settled if r.file == gone.file and r.sha256 != gone.sha256]
            what = "bị thay nội dung (tệp cùng tên đứng ở đó)" if standing else "không còn"
            message = f"tệp đã nhận {what} trong thư mục nhận; số liệu không còn được dùng"
            # The unit is told why the file in its place can't be used.
            refused = (r for r in standing if r.status is ReturnStatus.REFUSED and not r.rejected)
            why = next((f.message for r in refused for f in r.findings if f.severity is Severity.ERROR), "")
            told = f"tệp gửi sau, cùng tên, không dùng được: {why}"
            told = told if why else "biểu đã nhận không còn dùng được"
            yield finding("NH65", message, fix, CellRef(gone.file), gone.unit, told=told)


def _without_repeated(returns: Iterable[Return], chosen: set[str]) -> list[Return]:
    """Make DUPLICATE what came before: the same bytes, or, unless it was chosen, the same content."""
    first: dict[str, Return] = {}
    by_unit: dict[str, list[Return]] = defaultdict(list)
    for received in returns:
        if received.status is not ReturnStatus.SKIPPED and received.sha256 not in first:
            first[received.sha256] = received
            if received.status is _CANDIDATE:
                by_unit[received.unit].append(received)
    alike: dict[str, Return] = {}
    for candidates in by_unit.values():
        kept: list[Return] = []
        candidates.sort(key=lambda r: (r.sha256 not in chosen, not r.submission.control_code))
        for received in candidates:
            # The form that went back with a file's answers holds replies beside them.
            apart = (k for k in kept if k.sha256 not in received.follows and received.sha256 not in k.follows)
            twin = next((k for k in apart if same_content(k, received)), None)
            if twin is not None:
                alike[received.sha256] = twin
            else:
                kept.append(received)
    result = []
    for received in returns:
        again = replace(received, status=ReturnStatus.DUPLICATE, observations=(), findings=())
        if received.status is ReturnStatus.SKIPPED or received.sha256 in _NOTHING:
            result.append(received)
        elif (original := first[received.sha256]) is not received:
            result.append(noted(again, "NH07", f"giống hệt tệp {format_file(original.file)}"))
        elif received.sha256 in alike:
            twin_file = format_file(alike[received.sha256].file)
            result.append(noted(again, "NH63", f"khác tệp nhưng cùng nội dung với tệp {twin_file}"))
        else:
            result.append(received)
    return result


def _settle_unit(
    candidates: list[Return], decisions: Sequence[Decision], profile: Profile | None
) -> dict[str, Return]:
    """Settle the candidates of one unit, all of different content; the result by their SHA-256."""
    there = {r.sha256 for r in candidates}
    beaten: dict[str, Decision] = {}  # what the officer preferred another one to, the last choice first
    for decision in decisions:
        if decision.choice is Choice.USE and decision.sha256 in there:
            beaten.pop(decision.sha256, None)
            beaten |= {digest: decision for digest in decision.over if digest in there}
    followed = {digest for r in candidates if r.sha256 not in beaten for digest in r.follows}
    standing = [r for r in candidates if r.sha256 not in beaten and r.sha256 not in followed]
    dates = [r.submission.sent_on for r in standing]
    last_date = max((d for d in dates if d is not None), default=None)
    contenders = [r for r in standing if r.submission.sent_on in (last_date, None)]
    later, filled = contenders[0], dict[str, frozenset[str]]()  # the tables that each file fills in
    form = None
    if profile is not None and len(standing) > 1:
        assert later.period is not None
        form = build_form(profile, profile.roster.unit(later.unit), later.period)
        filled = {r.sha256: _filled_tables(r, form, profile) for r in standing}
    fuller = [r for r in standing if filled and filled[r.sha256] - filled[later.sha256]]
    if len(standing) > 1 and any(r.chosen for r in standing) and not _is_one_sender(standing):
        why = "tên đơn vị được chọn trong biểu dùng chung, chưa rõ các tệp có cùng một đơn vị gửi không"
        winners = _undecided(standing, why, form, filled)
    elif len(contenders) > 1:
        why = "có tệp không rõ ngày gửi" if None in dates else "cùng ngày gửi"
        winners = _undecided(contenders, why, form, filled)
    elif fuller:  # what was sent earlier fills in tables that the later one leaves blank
        why = f"tệp gửi sau ({format_file(later.file)}) để trống bảng mà tệp gửi trước có ghi"
        winners = _undecided([later, *fuller], why, form, filled)
    else:
        previous = latest(r for r in candidates if r is not later)
        winners = [_in_place_of(later, previous) if previous else later]
    won = {r.sha256: r for r in winners}
    others = [r for r in candidates if r.sha256 not in won]
    for old in others:
        message = f"đã có tệp gửi sau: {format_file(winners[0].file)}{_dated(winners[0].submission.sent_on)}"
        if (chosen := beaten.get(old.sha256)) is not None:
            message = f"không dùng, vì đã chọn tệp {format_file(chosen.file)} {_by(chosen)}"
        gone = replace(old, status=ReturnStatus.SUPERSEDED, findings=())
        won[old.sha256] = noted(gone, "NH60", message)
    return won


def _is_one_sender(returns: Sequence[Return]) -> bool:
    """Whether all of the files bear one telephone number or address, or came from one sender by mail."""
    told = ((r.submission.phone, r.submission.email, r.sender) for r in returns)
    plain = ({"".join(filter(str.isalnum, v.casefold())) for v in said} for said in zip(*told, strict=True))
    return any(len(values) == 1 and values != {""} for values in plain)


def _undecided(
    contenders: Sequence[Return], why: str, form: Form | None, filled: Mapping[str, frozenset[str]]
) -> list[Return]:
    """Each of several files with the question which one counts, and what each fills in where that differs."""
    told = ""  # which sheets each of the files fills in, unless all fill in the same
    if form is not None:
        tables = {r.sha256: filled[r.sha256] for r in contenders}
        # By the names of their sheets, by titles where these are alike: on a form's one sheet in the headers.
        names = {}
        for sheet in form.sheets:
            for table in sheet.tables:
                shown = format_sheet(sheet.name)
                title = table.title or (table.columns[1].header if len(form.sheets) == 1 else "")
                names[table.id] = shown, f"“{title or shown}”"
        named: dict[str, tuple[str, ...]] = {}
        if len({*tables.values()}) > 1:
            by_sheet, by_title = (
                {
                    digest: tuple(dict.fromkeys(names[name][n] for name in names if name in filled_in))
                    for digest, filled_in in tables.items()
                }
                for n in (0, 1)
            )
            named = by_sheet if len({*by_sheet.values()}) > 1 else by_title
        sheets = ((r, join_names(named[r.sha256])) for r in contenders if r.sha256 in named)
        told = "".join(f"; {format_file(r.file)} ghi {names or 'không bảng nào'}" for r, names in sheets)
    fix = "Hỏi đơn vị tệp nào là bản chính thức rồi chọn: dvctt-report decide TỆP --use"
    fix += (
        ". Mỗi tệp chỉ ghi một phần: đề nghị đơn vị gửi một tệp ghi đủ, hoặc tự ghép vào một tệp, chép vào "
        "thư mục nhận rồi chọn tệp đó; không lấy số từ hai tệp."
        if told
        else "; hoặc ghi ngày gửi của từng tệp vào sổ theo dõi."
    )
    if any(r.chosen for r in contenders):
        fix = "Hỏi đơn vị tệp nào là của mình rồi chọn: dvctt-report decide TỆP --use; tệp của đơn vị khác: "
        fix += "dvctt-report decide TỆP --unit ĐƠN-VỊ."
    asked = []
    for received in contenders:
        others = [r for r in contenders if r is not received]
        n_cells = format_count(max(len(changes(received, other)) for other in others))
        message = (
            f"đơn vị có {len(contenders)} tệp khác nhau ({n_cells} ô khác), {why}; "
            f"tệp khác: {', '.join(format_file(r.file) for r in others)}{told}"
        )
        undecided = replace(received, status=ReturnStatus.UNDECIDED)
        asked.append(noted(undecided, "NH06", message, fix, others))
    return asked


def _in_place_of(received: Return, previous: Return) -> Return:
    n = len(changes(previous, received))
    what = f"{format_count(n)} ô thay đổi" if n else "không ô nào thay đổi"
    message = f"thay cho tệp {format_file(previous.file)}{_dated(previous.submission.sent_on)}: {what}"
    return noted(received, "NH61", message, related=(previous,))


def _with_written_over(received: list[Return], former: list[Return]) -> list[Return]:
    """Add the earlier contents of files whose place another content of the same unit has taken."""
    there = {(r.file, r.unit): n for n, r in enumerate(received) if r.status is not ReturnStatus.SKIPPED}
    result = list(received)
    told: set[int] = set()
    for gone in former:
        n = there.get((gone.file, gone.unit))
        if n is None or received[n].status is ReturnStatus.REFUSED:
            continue
        old = replace(gone, status=ReturnStatus.SUPERSEDED, findings=(), replies=())
        result.append(noted(old, "NH60", "đã bị ghi đè bằng tệp cùng tên"))
        if n not in told and received[n].status is ReturnStatus.EFFECTIVE:
            told.add(n)
            result[n] = _in_place_of(received[n], gone)
            new, before = received[n].submission.sent_on, gone.submission.sent_on
            if new is not None and before is not None and new < before:
                over = f"bản cùng tên có ngày gửi muộn hơn ({format_date(before)})"
                fix = f"Nếu chép nhầm: dvctt-report decide {gone.sha256[:8]} --use để dùng bản trước."
                result[n] = noted(result[n], "NH64", f"tệp{_dated(new)} đã ghi đè lên {over}", fix)
    return result


def _dated(sent_on: date | None) -> str:
    return f" gửi ngày {format_date(sent_on)}" if sent_on else ""


def _by(decision: Decision) -> str:
    return f"theo quyết định của {decision.who} ngày {format_date(decision.when.date())}"


def _filled_tables(received: Return, form: Form, profile: Profile) -> frozenset[str]:
    """The tables of ``form``, by id, in which a return answers what the form doesn't add up itself."""
    homes = {
        key_of(row.key, column.key): name
        for name, table in answer_tables(form).items()
        for row in table.rows
        if row.key
        for column in table.columns
    }
    given = {o.key: o for o in received.observations if o.state is not State.BLANK and o.field != "rate"}
    sums = sums_of(homes, profile.plan.items_by_code)
    made = {key for key, sources in sums.items() if given.keys() & {*sources}}
    return frozenset(homes.get(key, f"{LIST}{key.item}") for key in given.keys() - made)


# ------------------------------------------------ What changed between two returns of one unit, cell by cell

_RATE = "rate"


@dataclass(frozen=True, slots=True)
class ChangedAnswer:
    """One answer that differs; None where that return has no such cell."""

    item: str
    field: str
    part: str
    old: Observation | None
    new: Observation | None


@dataclass(frozen=True, slots=True)
class ReturnComparison:
    """Two returns of one unit, the earlier or first one as ``old``, with every answer that differs."""

    old: Return
    new: Return
    changes: tuple[ChangedAnswer, ...]


def changes(old: Return, new: Return) -> tuple[ChangedAnswer, ...]:
    """The answers that differ, in the order of ``new``, then ``old``'s; no rate whose own counts differ."""
    before = {o.key: o for o in old.observations}
    after = {o.key: o for o in new.observations}
    keys = dict.fromkeys((*after, *before))
    pairs = ((key, before.get(key), after.get(key)) for key in keys)
    differing = [ChangedAnswer(*key, o, n) for key, o, n in pairs if _meaning(o) != _meaning(n)]
    counted = {(c.item, c.part) for c in differing if c.field != _RATE}
    return tuple(c for c in differing if c.field != _RATE or (c.item, c.part) not in counted)


def same_content(one: Return, other: Return) -> bool:
    """Whether two files say the same: every answer, number and date of the document, its control code.

    A program that saves no results of formulas leaves neither rates nor a control code.
    """
    a, b = one.submission, other.submission
    if (a.document_number, a.sent_on) != (b.document_number, b.sent_on):
        return False
    codes = ((a.control_code, b.control_code), (a.computed_code, b.computed_code))
    if any(own and said and own != said for own, said in codes):
        return False
    return all(c.field == _RATE and None in (_meaning(c.old), _meaning(c.new)) for c in changes(one, other))


def comparisons(returns: tuple[Return, ...]) -> Iterator[ReturnComparison]:
    """Yield what the officer has to see: what a file took the place of, or how undecided ones differ."""
    of_unit = by_key((received.unit, received) for received in returns)
    for new in returns:
        own = [r for r in of_unit[new.unit] if r is not new]
        if new.status is ReturnStatus.EFFECTIVE:
            old = latest(r for r in own if r.status is ReturnStatus.SUPERSEDED)
            if old is not None:
                yield ReturnComparison(old, new, changes(old, new))
        elif new.status is ReturnStatus.UNDECIDED:
            first = next(r for r in of_unit[new.unit] if r.status is ReturnStatus.UNDECIDED)
            if first is not new:
                yield ReturnComparison(first, new, changes(first, new))


def latest(returns: Iterable[Return]) -> Return | None:
    """The return that was sent last, an undated one before all others; None of none."""
    return max(returns, key=lambda r: (r.submission.sent_on or date.min, r.file), default=None)


def _meaning(answer: Observation | None) -> object:
    """What an answer comes to; an empty cell and one that isn't there say the same."""
    if answer is None or answer.state is State.BLANK:
        return None
    return (answer.state, answer.value, answer.raw if answer.state is State.UNREADABLE else "")
