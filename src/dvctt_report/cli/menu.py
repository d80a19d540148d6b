"""``dvctt-report menu``: the way in for people who do not use a terminal, month by month, by numbers alone.

Every choice runs the command that it names, shows that line, and opens what came out of it. On top stands
what waits and for whom; Enter does what is best done next.
"""

from __future__ import annotations

import tomllib
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, cached_property
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import typer

from dvctt_report.cli.app import chosen_workspace
from dvctt_report.cli.ask import ask, confirm, numbered, pick
from dvctt_report.cli.made import open_file, open_guide
from dvctt_report.cli.screen import console, pointing, say, tell
from dvctt_report.cli.session import say_edited_frozen
from dvctt_report.cli.status import counts_words, levels_wanted, unit_states
from dvctt_report.decide.places import are_as_left, book_paths
from dvctt_report.model.period import Period
from dvctt_report.store.frozen import changed_files, live_profile, tell_altered
from dvctt_report.store.published.record import Publication, final_manifests, publications, sent_since
from dvctt_report.store.workspace import Workspace, find_root, find_workspace
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.opening import read_text
from dvctt_report.text.resources import PACKAGE
from dvctt_report.text.vietnamese import format_date, format_days_left, format_last_day, format_small_count
from dvctt_report.year.loader import OpenYear, has_register
from dvctt_report.year.receiving import unreceived_files
from dvctt_report.year.unchanged import answered_once

if TYPE_CHECKING:
    from dvctt_report.decide.books import DecisionBook

_TABLE: dict[str, Any] = tomllib.loads(read_text(PACKAGE / "cli" / "menu.toml"))
_QUIT = "0"
_SEASON, _COLUMN = 13, 33
"""Characters of the season's name and of one column, of 80."""
_OFFERED = 6
"""Files that are offered by number."""


class StepQuestion(NamedTuple):
    """What a step asks for its command's last argument; "{due}" stands for a day behind the deadline.

    option: what the answer is put behind. needed: without an answer nothing is run. files: patterns among the
    period's results, of which the newest are offered by number.
    """

    question: str
    option: str = ""
    needed: bool = False
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that a line of the menu does.

    text: what it is called where a line has several.
    command: the command it runs, as it is typed; "{root}" stands for the workspace, "{half}" for the
        half-year ahead. None is run where it is empty.
    result: a pattern among the results of the period, or with "/" below the workspace, of which the newest is
        opened ("": nothing is).
    ready: the row of the table ``ready`` that says what it needs; "" for nothing.
    asked: what it asks for first.
    then: is offered where the command found something; its ``text`` is the question.
    all_or_nothing: where it found something, nothing was written that could be opened.
    sure: what is asked before it is done; "" for nothing. "{this}", "{next}", "{half}" stand for the period,
        the year that follows, the half-year ahead.
    kind: what the menu itself does around it: "urgent" asks whose files are afterwards, "book" waits for the
        workbook of decisions and reads it, "paper" asks of which unit, waits for its form and takes it in,
        "plan" copies the plan into the workspace first, "plan_read" offers to apply what was read.
    """

    text: str
    command: str = ""
    result: str = ""
    ready: str = ""
    asked: StepQuestion | None = None
    then: Step | None = None
    all_or_nothing: bool = False
    sure: str = ""
    kind: str = ""


def below(pattern: str, period: Period) -> str:
    """The pattern of a step's result, or of files it offers, as one below the workspace."""
    whole = pattern.removeprefix("/") if pattern.startswith("/") else f"ket-qua/{{year}}/{pattern}"
    return whole.format(year=period)


@dataclass(frozen=True, slots=True)
class MenuLine:
    """A line of the menu; ``name`` is what a next step is called by, ``waiting`` what is counted there."""

    season: str
    name: str
    text: str
    steps: tuple[Step, ...]
    waiting: str = ""


def _step(row: dict[str, Any]) -> Step:
    named: dict[str, Any] = {}
    if "asked" in row:
        named["asked"] = StepQuestion(**_TABLE["asked"][row["asked"]])
    if "then" in row:
        named["then"] = Step(**_TABLE["then"][row["then"]])
    return Step(**row | named)


LINES = tuple(MenuLine(**row | {"steps": tuple(map(_step, row["steps"]))}) for row in _TABLE["line"])
"""Every line, in the order in which they are numbered from 1."""

BESIDE = {sign: _step(row) for sign, row in _TABLE["beside"].items()}
"""Choices that are no step of the year, by the key they are chosen with."""


def number_of(name: str) -> int:
    """The number of the line of that name."""
    return next(n for n, line in enumerate(LINES, 1) if line.name == name)


class NextStep(NamedTuple):
    """What is best done next: the line of the menu that does it, and why."""

    line: str
    why: str


@dataclass(frozen=True)
class YearState:
    """A workspace at a moment; each part is looked up when it is first asked for."""

    workspace: Workspace
    now: datetime

    @cached_property
    def year(self) -> OpenYear | None:
        """The period; None where nothing has been received yet. Raises CannotRun for a lost register."""
        return OpenYear(self.workspace, self.now, tell=tell) if has_register(self.workspace) else None

    @cached_property
    def kept(self) -> dict[str, Any]:
        """What ``unit_states`` tells, once something was received; and how many files are "unreceived"."""
        told = answered_once(self.year, unit_states) if self.year is not None else {}
        return {**told, "unreceived": len(unreceived_files(self.workspace))}

    def n(self, what: str) -> int:
        """How many of ``kept`` ("matters", "urgent", "mine" …)."""
        count: int = self.kept.get(what, 0)
        return count

    @cached_property
    def books(self) -> tuple[DecisionBook, ...]:
        """The workbooks of decisions where something is typed in one; else none is read.

        The program's own is without its rows where nothing was typed in it.
        """
        if are_as_left(self.workspace):
            return ()
        from dvctt_report.decide.books import find_books

        return find_books(self.workspace, lambda _: None, typed=True)

    @cached_property
    def n_said(self) -> int:
        """Rows of the workbooks in which something is chosen that wasn't refused before."""
        if not self.books:
            return 0
        from dvctt_report.decide.books import statements_of
        from dvctt_report.decide.matters import Part
        from dvctt_report.decide.taking import says_something

        return sum(
            says_something(s) and (s.sheet == Part.DECIDED or not s.outcome)
            for s in statements_of(self.books)
        )

    @cached_property
    def published(self) -> tuple[Publication, ...]:
        return publications(self.workspace, self.workspace.period) if self.year is not None else ()

    def made(self, pattern: str) -> bool:
        """Whether a file of that pattern (``below``) is there."""
        return any(self.workspace.root.glob(below(pattern, self.workspace.period)))

    def why_not(self, ready: str) -> str:
        """Why that row of the table ``ready`` is not so yet; "" where it is, and for no row."""
        if not ready:
            return ""
        row: dict[str, str] = _TABLE["ready"][ready]
        if before := self.why_not(row.get("after", "")):
            return before
        workspace, period = self.workspace, self.workspace.period
        match row:
            case {"file": pattern}:
                is_so = self.made(pattern)
            case {"no_file": pattern}:
                is_so = not self.made(pattern)
            case {"count": what}:
                is_so = self.n(what) > 0
            case {"needs": "matters"}:  # that wait, or stand in a workbook of decisions
                is_so = bool(self.n("matters") or book_paths(workspace))
            case {"needs": "final"}:
                is_so = any(final_manifests(workspace))
            case {"needs": "communes"}:
                from dvctt_report.report.unit_lists import commune_kind

                last_day = workspace.profile.plan.period.cut_off(period)
                units = workspace.profile.roster.on(last_day)
                is_so = any(commune_kind(unit.short_name) for unit in units)
            case {"needs": "control"}:
                from dvctt_report.forms.control_book import rows_of

                is_so = bool(rows_of(workspace.profile, period))
            case {"needs": "whole_year"}:
                is_so = period.judged
            case {"needs": "edited"}:  # since the forms went out, or what can't be read to know it
                is_so = True
                with suppress(CannotRun):
                    is_so = bool(changed_files(workspace) or tell_altered(workspace))
            case {"needs": part}:
                is_so = bool(getattr(self, part))
        return "" if is_so else row["why"].format(now=period.words, next=period.following.words)

    def told(self) -> str:
        """The day, the deadline, and how many have sent."""
        last_day = self.workspace.profile.plan.deadline.last_day(self.workspace.period)
        today = self.now.date()
        days = format_days_left(last_day, today)
        counts = "chưa nhận báo cáo nào"
        if self.year is not None:
            counts = counts_words(self.kept, self.workspace.profile)
        deadline = f"{format_date(today)} · ngày cuối để gửi: {format_last_day(last_day)} ({days})"
        return f"{deadline}\n{counts[0].upper()}{counts[1:]}"

    def next_step(self) -> NextStep:
        """What is best done next."""
        count = format_small_count
        if not self.workspace.is_frozen and all(u["status"] == "missing" for u in self.kept.get("units", ())):
            if wanted := levels_wanted(self.workspace):
                return NextStep("settings", wanted)
            return NextStep("forms", "chưa phát hành biểu mẫu")
        if self.n_said:
            return NextStep("matters", f"đọc {count(self.n_said)} quyết định đã ghi trong sổ")
        if n := self.n("unreceived"):
            return NextStep("collect", f"nhận {count(n)} tệp mới trong nhan-ve")
        if self.year is None:
            return NextStep("collect", "nhận báo cáo các đơn vị gửi về")
        known = self.year.known
        kinds = (known.decisions, known.acceptances, known.overrides, known.left_out)
        moments = [receipt.first_seen for receipt in known.receipts]
        moments += [one.when for decided in kinds for one in decided]
        last = max(moments, default=datetime.min)
        # unless a final report stands that nothing was received or decided after
        if not self.published and all(as_of < last for _, as_of in final_manifests(self.workspace)):
            deadline = self.workspace.profile.plan.deadline.last_day(self.workspace.period)
            if self.n("urgent"):
                return NextStep("matters", "có tệp chưa rõ của ai hoặc chưa chọn tệp nào được dùng")
            is_late = self.now.date() > deadline
            if (silent := self.n("remind")) and is_late and not self.made("cong-van-don-doc*.docx"):
                return NextStep("remind", f"{count(silent)} đơn vị quá hạn chưa gửi")
            if (asked := self.n("lists")) and not self.made("chinh-ly/*.xlsx"):
                return NextStep("feedback", f"đề nghị {count(asked)} đơn vị rà soát số liệu")
            if self.n("mine"):
                from dvctt_report.decide.decisions import LEADER
                from dvctt_report.decide.matters import Part

                rows = self.books[0].read.statements if self.books else ()  # of the program's own workbook
                n_leader = sum(s.typed.authority == LEADER and s.sheet != Part.DECIDED for s in rows)
                leader = f" (lãnh đạo quyết: {count(n_leader)})" if n_leader else ""
                return NextStep("matters", f"{count(self.n('matters'))} việc chờ xử lý{leader}")
        if not self.made("bao-cao-*.docx"):
            return NextStep("render", "lập dự thảo báo cáo")
        if late := sent_since(self.published, self.kept.get("in_force", ())):
            return NextStep("amend", f"{count(len(late))} đơn vị gửi sau khi ký: báo cáo bổ sung")
        if self.published:
            if self.made("/luu-tru/ho-so-{year}*"):
                return NextStep("roll", "mở năm sau")
            return NextStep("archive", "lập hồ sơ của kỳ")
        if self.why_not("finished"):
            return NextStep("final", "lập bản trình ký")
        return NextStep("publish", "ghi số, ngày, bản đã ký")


def run(ctx: typer.Context, guide: bool = False) -> None:
    """Show the menu until it is left; or open the guide."""
    if guide:
        open_guide()
        return
    folder, answer = chosen_workspace(ctx) or Path.cwd(), ""
    if find_root(folder) is None:
        say(f"Thư mục {folder.resolve()} chưa phải là thư mục làm việc.")
        if not confirm("Tạo thư mục làm việc tại đây?", default=True) or _call(["init", str(folder)]) != 0:
            return
    while True:
        state = YearState(find_workspace(folder), datetime.now())
        suggested = 0
        if not answer:
            suggested = _show(state)
            answer = ask("Chọn số")
        if answer == _QUIT:
            return
        if not answer and suggested:
            answer = str(suggested)
        if answer.lower() in BESIDE:
            _do(BESIDE[answer.lower()], state)
        elif line := numbered(answer, LINES):
            step: Step | None = line.steps[0]
            if len(line.steps) > 1 and not all(state.why_not(one.ready) for one in line.steps):
                say(f"{line.text}:")
                step = pick(line.steps, [one.text for one in line.steps], default="1")
            if step is not None:
                _do(step, state)
        else:
            say(f"Gõ một số từ 0 đến {len(LINES)} rồi bấm Enter.")
            answer = ""
            continue
        answer = ask("\nBấm Enter để trở lại bảng chọn")


def _show(state: YearState) -> int:
    """Print how the year stands and the lines by month; returns the line that is best chosen next, or 0."""
    out = console()
    workspace, period = state.workspace, state.workspace.period.words
    title = f"{workspace.settings.co_quan.ten.upper()} · Báo cáo {period}".removeprefix(" · ")
    with suppress(CannotRun):  # who reports on what is told by the plan, as far as it can be read
        title = f"{workspace.office.ten.upper()} · Báo cáo {workspace.profile.plan.topic} {period}"
    out.print(f"\n{title}", style="bold")
    with pointing(_ways()):
        say(*filter(None, [say_edited_frozen(workspace)]))
    suggested, known = 0, True
    try:
        out.print(state.told())
        step = state.next_step()
        suggested = number_of(step.line)
        out.print(f"NÊN LÀM TIẾP [Enter]: {suggested} – {step.why}", style="bold")
    except CannotRun as error:
        out.print(error.message)
        known = False
    number = 0
    for season, lines in groupby(LINES, key=lambda line: line.season):
        cells = []
        for line in lines:
            number += 1
            waiting = state.n(line.waiting) if known and line.waiting else 0
            more = f" ({format_small_count(waiting)})" if waiting else ""
            cells.append(f"{number:>2} {line.text}{more}")
        for n in range(0, len(cells), 2):
            left, right = cells[n][:_COLUMN], "".join(cells[n + 1 : n + 2])[:_COLUMN]
            out.print(f"{'' if n else season:<{_SEASON}}{left:<{_COLUMN}}{right}".rstrip())
    out.print("  ".join((f"{_QUIT} Thoát", *(f"{sign} {step.text}" for sign, step in BESIDE.items()))))
    return suggested


def _do(step: Step, state: YearState, about: str = "") -> None:
    """Run a step's command, once it may, and open its result; ``about`` answers what it would ask for."""
    workspace = state.workspace
    if reason := state.why_not(step.ready):
        say(reason)
        return
    period = workspace.period
    words = {"this": period.title, "next": period.following.words, "half": period.half_ahead}
    if step.sure and not confirm(step.sure.format(**words), default=False):
        return
    if step.kind == "plan" and not _has_own_plan(workspace):
        return
    argument = about or _answer(step, workspace)
    needed = step.kind == "paper" or (step.asked is not None and step.asked.needed)
    if needed and not argument:
        return
    if step.kind == "book" and state.n_said and _takes_decisions(state, at_once=True):
        return
    option = step.asked.option if step.asked is not None else "--unit" if step.kind == "paper" else ""
    code = _run(step.command, workspace, option, argument) if step.command else 0
    if code > 1 or (code and step.all_or_nothing):
        return
    made = _newest(step.result, workspace) if step.result else None
    if made is not None and not open_file(made):
        say(f"Kết quả: {made}")
    if step.kind == "book" and not _takes_decisions(state, at_once=False):
        return
    if step.kind == "paper":
        if ask("Nhập xong, lưu, đóng tệp thì bấm Enter để nhận; gõ 0 nếu để sau") == _QUIT:
            say("Để sau: chọn lại mục này, đơn vị này; số đã nhập vẫn còn trong tệp.")
            return
        if (filled := _newest(step.result, workspace)) is not None:
            from dvctt_report.cli.forms import is_untouched

            if is_untouched(workspace, filled):  # an empty form would be the unit's unusable return
                say("Tệp chưa lưu số nào nên chưa nhận: nhập, lưu rồi chọn lại mục này, đơn vị này.")
                return
            _run("collect --quiet", workspace, "--from", str(filled))
            _run("validate", workspace, "--unit", argument)
    if step.kind in ("urgent", "book", "paper") and has_register(workspace):
        from dvctt_report.cli.decide import ask_matters

        ask_matters(OpenYear(workspace, datetime.now(), tell=tell), lambda matter: matter.urgent)
    if step.kind == "plan_read" and not YearState(workspace, state.now).why_not("edited"):
        _call(["--workspace", str(workspace.root), "apply"])
    if step.then is not None and code and confirm(step.then.text, default=False):
        _do(step.then, state, argument)


def _run(command: str, workspace: Workspace, option: str = "", argument: str = "") -> int:
    """Run a command, as it is typed, with an argument behind its option where there is one."""
    known = {"root": str(workspace.root), "half": str(workspace.period.half_ahead)}
    argv = [word.format(**known) for word in command.split()]
    argv += [word for word in (option, argument) if word and argument]
    say("Lệnh: dvctt-report " + " ".join(f'"{a}"' if " " in a else a for a in argv) + "\n")
    return _call(["--workspace", str(workspace.root), *argv])


def _answer(step: Step, workspace: Workspace) -> str:
    """What is typed, dropped or, of files that are offered, chosen by number; "" for nothing."""
    if step.kind == "paper":
        from dvctt_report.cli.decide import ask_unit

        return ask_unit(workspace.profile, workspace.period)
    if step.asked is None:
        return ""
    offered: list[Path] = []
    for pattern in step.asked.files:
        found = workspace.root.glob(below(pattern, workspace.period))
        offered += [path for path in found if not path.name.startswith("~$")]
    offered = sorted(offered, key=lambda path: -path.stat().st_mtime)[:_OFFERED]
    for n, path in enumerate(offered, 1):
        say(f"  {n} {workspace.relative(path)}")
    later = workspace.profile.plan.deadline.last_day(workspace.period) + timedelta(days=8)
    # a terminal quotes a dropped path with a space in it
    answer = ask(step.asked.question.format(due=format_date(later))).strip().strip("\"'")
    return str(numbered(answer, offered) or answer)


def _newest(result: str, workspace: Workspace) -> Path | None:
    """The newest file of a step's result."""
    found = workspace.root.glob(below(result, workspace.period))
    return max(found, key=lambda path: path.stat().st_mtime, default=None)


def _has_own_plan(workspace: Workspace) -> bool:
    """Whether the plan lies in the workspace, where it may be edited; else it is copied there on a yes."""
    from dvctt_report.cli.plan import OWN_PLAN, use_own_plan

    source = live_profile(workspace.root)
    if source.resolve().is_relative_to(workspace.root.resolve()):
        return True
    if not confirm(
        f"Chép bộ cấu hình {source.name} vào {OWN_PLAN} của thư mục làm việc để sửa?", default=True
    ):
        return False
    use_own_plan(workspace.root, source)
    return True


def _takes_decisions(state: YearState, *, at_once: bool) -> bool:
    """Read the workbooks of decisions, ``at_once`` or once they are filled in; False where not wanted."""
    from dvctt_report.decide.books import find_books, statements_of

    if at_once:
        n = format_small_count(state.n_said)
        if not confirm(f"Đọc {n} quyết định đã ghi trong sổ?", default=True):
            return False
    else:
        say("Quyết định trong Excel, bấm Lưu, đóng sổ. Mọi sổ viec-can-xu-ly… của thư mục làm việc được đọc.")
        if ask("Xong thì bấm Enter để đọc vào; gõ 0 nếu để sau") == _QUIT:
            return False
    workspace = state.workspace
    _run("decide --quiet", workspace)
    now = YearState(workspace, datetime.now())
    say(f"Quyết định đang có hiệu lực: {now.n('decided')} (trước khi đọc: {state.n('decided')}).")
    refused = (s for s in statements_of(find_books(workspace, lambda _: None)) if s.typed.choice)
    told = (f"  {s.shown[0]} · {s.shown[1]}: {s.outcome}" for s in refused if "Chưa ghi" in s.outcome)
    say(*dict.fromkeys(told))  # two people's books say the same of one row
    say(f"Còn {now.n('matters')} việc chờ xử lý.")
    return True


def _call(argv: list[str]) -> int:
    """Run a command line; what it points at is named by what is chosen here."""
    from dvctt_report.cli.door import main

    with pointing(_ways()):
        return main(argv)


@cache
def _ways() -> dict[str, str]:
    """What is chosen here in place of each command that hints point at (``screen.pointing``)."""
    ways = {step.command: f"gõ {sign}" for sign, step in BESIDE.items()}
    ways["decide …"] = f"mục {number_of('matters')}"
    for n, line in enumerate(LINES, 1):
        for nth, step in enumerate(line.steps, 1):
            way = f"mục {n}, chọn {nth}" if len(line.steps) > 1 else f"mục {n}"
            if step.kind == "plan_read":
                ways[f"{step.command.rpartition(' ')[0]} …"] = way
            elif step.command and "{" not in step.command:
                ways.setdefault(step.command, way)
    return ways
