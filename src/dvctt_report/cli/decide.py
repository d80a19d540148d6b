"""``dvctt-report decide``: what waits for a decision; decide it, take a decision back."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

import typer

from dvctt_report import model
from dvctt_report.cli.ask import ask, numbered, pick
from dvctt_report.cli.findings import print_findings
from dvctt_report.cli.leave import NOT_WRITTEN, leave_page, read_books, take_decisions
from dvctt_report.cli.options import Format, find_unit
from dvctt_report.cli.screen import (
    is_terminal,
    note,
    print_json,
    print_table,
    record_json,
    results_aside,
    say,
    tell,
)
from dvctt_report.cli.session import open_year
from dvctt_report.decide.decisions import Grounds, officer, record, recorded, rests_on
from dvctt_report.decide.matters import OTHER_UNIT, Matter, Part, chosen, matters_of
from dvctt_report.decide.named import ACCEPTING, CommandWords, matters_named, read_words
from dvctt_report.decide.taking import NEEDS_BASIS, NEEDS_REASON, Taken, anew, decide, option_of
from dvctt_report.model.codes import CODES, Settled
from dvctt_report.model.period import Period
from dvctt_report.plan.model import Profile, Unit
from dvctt_report.report.ways import Way
from dvctt_report.store.register.decided import Decided
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.file_names import format_content
from dvctt_report.text.personal import shown
from dvctt_report.text.vietnamese import format_date, one_line
from dvctt_report.year.corrections import name_cell
from dvctt_report.year.loader import OpenYear

_MOST_TOLD = 20
"""Rows of a kind that are told one by one."""


def run(
    ctx: typer.Context,
    words: list[str] | None = None,
    put: str = "",
    accept: bool = False,
    leave_out: bool = False,
    use: bool = False,
    reject: bool = False,
    choose: str = "",
    unit: str | None = None,
    every: bool = False,
    undo: bool = False,
    reason: str = "",
    document: str = "",
    basis: str = "",
    period: Period | None = None,
    output: Format = Format.TABLE,
) -> int:
    """List what waits, decide about what the words name, or take it back; 1 where it leaves errors."""
    year = open_year(ctx, period)
    whose = find_unit(year.profile, year.dataset.units, unit)
    given = read_words(words or (), whose, year, tell)
    asked = ((put and not choose, Way.PUT), (accept, Way.ACCEPT), (leave_out, Way.LEAVE_OUT))
    ways = [way for is_asked, way in (*asked, (use, Way.USE), (reject, Way.SEND_BACK)) if is_asked]
    if len(ways) + bool(choose) > 1:
        raise CannotRun("Nêu hai quyết định cùng một lúc.", "Mỗi lần một quyết định.")
    if not (words or ways or choose or undo):
        return _list(year, whose, output)
    way = ways[0] if ways else None
    grounds = Grounds(officer(), datetime.now(), one_line(reason), one_line(document), one_line(basis))
    with results_aside(wanted=output is Format.JSON):
        if undo:
            code = _undo(year, given, way, every)
        elif way is None and not choose and not (given.unit and (given.files or given.names)):
            code = _show(year, matters_named(year, given, None, every))
        else:
            code = _decide(year, given, way, choose, put, every, grounds)
    if output is Format.JSON:
        year = open_year(ctx, period)
        _print_json(year, matters_of(year))
    return code


def _decide(
    year: OpenYear, given: CommandWords, way: Way | None, choose: str, put: str, every: bool, grounds: Grounds
) -> int:
    """Decide about what the words name, all of it or nothing; files and rows are given to a named unit."""
    value = put or "; ".join(given.cells)
    if way is None and not choose and given.unit is not None:
        way, value = Way.ASSIGN, given.unit.code
    asked = []
    for matter in matters_named(year, given, way, every):
        if way is None:
            asked.append((matter, numbered(choose, matter.options) or option_of(matter, choose)))
            continue
        alike = ACCEPTING if way is Way.ACCEPT else (way,)
        fitting = [o for o in matter.options if o.way in alike and (way is not Way.ASSIGN or not o.about)]
        if len(fitting) > 1 and way is Way.USE:
            raise CannotRun("Chưa nêu tệp nào.", "Nêu mã tệp trong ngoặc: dvctt-report decide MÃ-TỆP --use")
        if not fitting:
            told = "; ".join(o.words for o in matter.options)
            because = f"Việc {matter.name} không quyết định như thế."
            raise CannotRun(because, f"Có thể: {told}." if told else "")
        asked.append((matter, fitting[0]))
    return _tell(year, decide(year, asked, value, grounds), grounds)


def _show(year: OpenYear, meant: Sequence[Matter]) -> int:
    """Tell of matters what may be decided; at a terminal ask it, as the menu does."""
    names = {matter.name for matter in meant if matter.findings}
    if names and is_terminal(sys.stdin):
        ask_matters(year, lambda matter: matter.name in names)
        return 0
    for matter in meant:
        name = f"{matter.name} · " if matter.findings else ""
        place, about, why = matter.said
        place = f", {place}" if place else ""
        say(f"{name}{matter.who}{place}: {shown(about)}" + (f"\n  {why}" if why else ""))
        for n, one in enumerate(matter.options, 1):
            say(f"  {n} {one.words}")
    return 0


def _tell(year: OpenYear, decided: Taken, grounds: Grounds) -> int:
    """Say what was kept and how it is undone, what is wrong still, and what is asked next."""
    after = anew(year, decided)
    for remark in decided.remarks:
        say(remark)
    matters = matters_of(after)
    moments = (grounds.when, grounds.when.replace(microsecond=0))
    made = [m for m in matters if m.decided and m.decided[0].when in moments]
    for matter in made[:_MOST_TOLD]:
        say(f"Đã ghi {_line(year, matter)}")
    if len(made) > _MOST_TOLD:
        say(f"… và {len(made) - _MOST_TOLD} quyết định khác (xem: dvctt-report decide)")
    if decided.kept and not made:
        say("Đã ghi từ trước.")
    elif not decided.changed:
        say("Không còn việc nào như vậy.")
    if any(isinstance(one, model.LeftOut) for one in decided.kept):
        say("Tính là chưa có số liệu; báo cáo in “chưa chỉnh lý đến ngày …”.")
    if made:
        say(f"Bỏ: dvctt-report decide --undo {' '.join(matter.name for matter in made[:_MOST_TOLD])}")
    wrong = _tell_wrong(after, decided.kept, "Đã ghi, nhưng vẫn còn lỗi, số liệu chưa đưa vào tổng hợp:")
    if decided.about_files:
        before = {matter.name for matter in matters_of(year)}
        brought = [m for m in matters if m.follows and not m.decided and m.name not in before]
        if brought:
            say("Tiếp theo phải quyết định:")
            _show(after, brought)
    return int(wrong)


def _tell_wrong(year: OpenYear, decided: Iterable[Decided], head: str) -> bool:
    """Say what is wrong with figures and files that were decided about, and what a put one contradicts."""
    figures = {(one.unit, one.item) for one in decided if isinstance(one, model.Override)}
    files = {one.sha256 for one in decided if isinstance(one, model.Decision)}
    about = {one.file for one in year.collected.returns if one.sha256 in files}
    told = []
    for found in year.findings:
        of_file = not found.item and found.at is not None and found.at.file in about
        if found.is_open and (of_file or (found.unit, found.item) in figures):
            told.append(found)
    wrong = [found for found in told if found.severity is model.Severity.ERROR]
    if wrong:
        say(head)
        print_findings(wrong, year.profile)
    if unlike := [f for f in told if f not in wrong and CODES[f.code].settled is Settled.OVERRIDDEN]:
        say("Số đính chính được dùng nhưng khác tổng các ô chi tiết:")
        print_findings(unlike, year.profile)
    return bool(wrong)


# ----------------------------------------------------------------------------------- taken back


def _undo(year: OpenYear, given: CommandWords, way: Way | None, every: bool) -> int:
    """Take back what the words name: rows, findings, kinds, cells, units, files."""
    rows = [row for row in matters_of(year) if row.decided]
    if several := [name for name in given.names if sum(row.name == name for row in rows) > 1]:
        raise CannotRun(f"Có hai quyết định cùng mã {several[0]}.", "Bỏ trong sổ việc cần xử lý.")
    meant = [one for row in rows if row.name in given.names for one in row.decided]
    for file in given.files:
        meant += [one for one in year.known.decisions if one.sha256 == file.sha256][-1:]
    cells, known = given.keys(year), year.known
    in_common = not (given.names or given.files) and (given.unit or given.codes or every)
    of_kinds: tuple[tuple[Way, Sequence[model.Override | model.Acceptance | model.LeftOut]], ...] = (
        *((Way.PUT, known.overrides), (Way.ACCEPT, known.acceptances)),
        (Way.LEAVE_OUT, known.left_out),
    )
    for kind, kept in of_kinds:
        for row in kept if way in (None, kind) else ():
            finding = "" if isinstance(row, model.Override) else row.finding
            of_cell = not given.cells or (not isinstance(row, model.Acceptance) and row.key in cells)
            of_code = not given.codes or finding.partition("-")[0] in given.codes
            is_proposed = isinstance(row, model.Acceptance) and row.proposed
            is_alike = in_common and of_cell and of_code and not is_proposed
            of_unit = given.unit is None or row.unit == given.unit.code
            if of_unit and (finding in given.names or is_alike):
                meant.append(row)
    meant = [*dict.fromkeys(meant)]
    if not meant:
        whose = f" của {given.unit.short_name}" if given.unit else ""
        raise CannotRun(f"Không có quyết định nào như vậy{whose}.", "Xem mã: dvctt-report decide")
    if every and not (way or given.unit or given.codes):
        raise CannotRun("Chưa nêu loại quyết định.", "Thêm --leave-out, --accept, --unit hoặc mã loại.")
    if len({one.when for one in meant}) > 1 and not (every or given.names or given.cells or given.files):
        raise CannotRun(f"Có {len(meant)} quyết định như vậy.", "Nêu mã, hoặc thêm --all.")
    record(year.workspace, undone=meant)
    proposed = [one for one in meant if isinstance(one, model.Acceptance) and one.proposed]
    for one in meant[:_MOST_TOLD]:
        say(f"{'Không đồng ý' if one in proposed else 'Đã bỏ'}: {_decided(one, year)}.")
    if proposed:
        say("Đề nghị đơn vị sửa: dvctt-report feedback")
    after = anew(year, Taken(undone=meant))
    of_files = {one.sha256 for one in meant if isinstance(one, model.Decision)}
    for left in (one for one in after.known.decisions if one.sha256 in of_files):
        say(f"Còn quyết định về tệp này: {_decided(left, year)}.")
    _tell_wrong(after, meant, "Trở lại như đơn vị ghi, còn lỗi, chưa đưa vào tổng hợp:")
    return 0


# ----------------------------------------------------------------------------------------- listed


def _list(year: OpenYear, whose: Unit | None, output: Format) -> int:
    """Take what the workbooks say; list what is open and what is decided, each row with its name."""
    with results_aside(wanted=output is Format.JSON):
        year, books = take_decisions(year)
    matters = [m for m in matters_of(year) if whose is None or m.unit == whose.code]
    if output is Format.JSON:
        _print_json(year, matters)
        return 0 if leave_page(year, note, books=books) else NOT_WRITTEN
    for part in (part for part in Part if part is not Part.DECIDED):
        rows = [m for m in matters if m.part is part and not m.decided]
        cells = ((m.name, m.who, *m.said[:2]) for m in rows[:_MOST_TOLD])
        if rows:
            print_table(("Mã", "Đơn vị", "Ở đâu", "Nội dung"), cells, f"{part} ({len(rows)})")
        if len(rows) > _MOST_TOLD:
            say(f"… và {len(rows) - _MOST_TOLD} việc khác: xem sổ, hoặc thêm --unit, --format json")
    done = [m for m in matters if m.decided]
    for row in done[:_MOST_TOLD]:
        say(f"Đã quyết định {_line(year, row)}")
    if len(done) > _MOST_TOLD:
        say(f"… và {len(done) - _MOST_TOLD} quyết định khác: xem sổ, hoặc thêm --unit, --format json")
    if not matters:
        say(f"{year.period.title} không có việc nào chờ quyết định.")
    return 0 if leave_page(year, note, books=books) else NOT_WRITTEN


def _line(year: OpenYear, row: Matter) -> str:
    """A row of decisions: its name, what was decided, by whom, why, on what, also what is never printed."""
    first, n = row.decided[0], len(row.decided)
    told = "; ".join(_decided(one, year) for one in row.decided[:_MOST_TOLD])
    more = f"; … ({n} nội dung)" if n > _MOST_TOLD else ""
    by = f"{first.who}, {format_date(first.when.date())}"
    why = "; ".join(filter(None, (first.reason, first.document, first.basis)))
    return f"{row.name}: {told}{more} ({shown(why) + '; ' if why else ''}{by})"


def _decided(one: Decided, year: OpenYear) -> str:
    """What was decided, in the words it is chosen by, and about what."""
    names = year.profile.roster.short_names
    words, value = chosen((one,), names)
    match one:
        case model.Override():
            before = f"“{shown(one.over)}”" if one.over else "trống"
            return f"{names.get(one.unit, one.unit)}, {name_cell(one.key)}: {before} → “{value}”"
        case model.Acceptance():
            return f"{words} {one.finding}: {one.said}"
        case model.LeftOut():
            return f"{words}: {' '.join(filter(None, (one.finding, one.said)))}"
        case model.Decision():
            whose = (
                f" – {names[one.unit]}" if one.choice is not model.Choice.ASSIGN and one.unit in names else ""
            )
            return f"{words}: {format_content(one.file, one.sha256)}{whose}"
        case model.Timing():
            return f"{words}: {names.get(one.unit, one.unit)}"


def _print_json(year: OpenYear, matters: Sequence[Matter]) -> None:
    """Every row that is open; every decision, those taken back too, named where it is in force."""
    asked: list[dict[str, Any]] = [
        {
            "name": m.name,
            "part": str(m.part),
            "unit": m.unit or None,
            "place": m.said.place,
            "about": shown(m.said.about),
            "why": shown(m.said.why),
            "findings": [model.finding_id(found) for found in m.findings],
            "file": m.file or None,
            "choices": [one.words for one in m.options],
        }
        for m in matters
        if not m.decided
    ]
    names = {one: m.name for m in matters for one in m.decided}
    kinds = (
        ("file", model.Decision),
        ("figure", model.Override),
        ("accepted", model.Acceptance),
        ("left_out", model.LeftOut),
    )
    made = [
        {"kind": kind, "name": names.get(one), **record_json(one)}
        for kind, sort in (*kinds, ("arrived", model.Timing))
        for one in recorded(year.workspace, sort)
    ]
    print_json({**year.period.as_json(), "matters": asked, "decisions": made})


# ------------------------------------------------------------------------------- asked at a prompt


def ask_matters(year: OpenYear, is_asked: Callable[[Matter], bool]) -> None:
    """Ask about each open matter that is meant, those too that an answer brings up; keep each at once."""
    names = year.profile.roster.short_names
    asked, decided = set[str](), False
    matters = matters_of(year)
    before = {matter.name for matter in matters}
    while True:
        waiting = (m for m in matters if not m.decided and m.name not in asked)
        matter = next((m for m in waiting if is_asked(m) or (m.follows and m.name not in before)), None)
        if matter is None:
            break
        asked.add(matter.name)
        say(f"\nViệc {matter.name} · {matter.who}: {matter.said.about}", f"  {matter.said.why}")
        words = ["Của đơn vị khác" if one.words == OTHER_UNIT else one.words for one in matter.options]
        option = pick(matter.options, words, "Để sau (vẫn còn trong sổ việc cần xử lý)")
        if option is None:
            continue
        value, reason, document, basis = "", "", "", ""  # what else the decision needs
        if option.way is Way.PUT:
            value = ask("Số đúng (nhiều ô: I9=5319; I10=200)")
        elif option.way is Way.IN_TIME_BUT:
            value = ask("Đơn vị sau thời hạn (nhiều đơn vị: cách nhau bằng dấu ;)")
        elif option.way is Way.ASSIGN and not option.about:
            value = ask_unit(year.profile, year.period)
        if option.way in (Way.SEND_BACK, Way.PUT):
            reason = ask("Lý do (Enter: như đã nêu ở trên)")
        elif option.way in NEEDS_REASON:
            reason = ask("Lý do")
        try:
            if option.way in NEEDS_BASIS:
                document, basis = rests_on("", ask("Căn cứ: số văn bản; hoặc “Zalo: ai, ngày nào”"))
            grounds = Grounds(officer(), datetime.now(), reason, document, basis)
            taken = decide(year, [(matter, option)], value, grounds)
        except CannotRun as error:
            say(f"{error.message} {error.fix}".strip())
            asked.discard(matter.name)
            continue
        told = [chosen((one,), names)[0] for one in taken.kept]
        say(f"Đã ghi: {', '.join(told) or option.words}.")
        year, decided = anew(year, taken), True
        matters = matters_of(year)
    if decided:
        leave_page(year, say, books=read_books(year))


def ask_unit(profile: Profile, period: Period) -> str:
    """The unit that is answered; of several that the words may mean the one that is chosen by its number."""
    from dvctt_report.plan.unit_names import UnitNames

    wanted = ask("Đơn vị nào (một phần của tên cũng được)")
    names = UnitNames(profile.units(period), profile.plan.province)
    units = names.meant(wanted) or names.nearest(wanted)
    if not units or (len(units) == 1 and names.meant(wanted)):
        return wanted
    for n, unit in enumerate(units, 1):
        say(f"  {n} {unit.short_name}")
    chosen = numbered(ask("Chọn số"), units)
    return chosen.code if chosen else wanted
