"""Where a year stands, as ``status`` and the menu tell it: by what is kept where nothing has changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from dvctt_report.cli.screen import date_or_blank
from dvctt_report.cli.session import year_at
from dvctt_report.model import TO_ENTER
from dvctt_report.plan.model import Profile
from dvctt_report.store.frozen import changed_files, tell_altered
from dvctt_report.store.published.record import Publication, publications, sent_since
from dvctt_report.store.workspace import Workspace
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.vietnamese import format_date, format_days_left, format_last_day, format_small_count
from dvctt_report.year.loader import OpenYear, has_register
from dvctt_report.year.receiving import unreceived_files
from dvctt_report.year.unchanged import answered_once

if TYPE_CHECKING:
    from dvctt_report.decide.books import DecisionBook
    from dvctt_report.year.dataset import Dataset
    from dvctt_report.year.summary.returns import ReturnLine

PLAN_BOOK = "ke-hoach.xlsx"
"""The workbook that the menu edits plan and roster in."""


def levels_wanted(workspace: Workspace) -> str:
    """That targets have no level yet, and where it is written; "" where none lacks one or forms went out."""
    n = sum(not (target.thresholds or target.same_as) for target in workspace.profile.plan.targets)
    return f"{n} chỉ tiêu chưa có mức: ghi mức vào sổ {PLAN_BOOK}" if n and not workspace.is_frozen else ""


def state_of(year: OpenYear) -> dict[str, Any]:
    """Where every unit stands and how much is to be done (``unit_states``)."""

    def worked_out(year: OpenYear) -> dict[str, Any]:
        from dvctt_report.cli.leave import check

        check(year)
        return unit_states(year)

    return answered_once(year, worked_out)


def unit_states(year: OpenYear) -> dict[str, Any]:
    """Where each unit stands, in protocol order, and how much is to be done, worked out with every rule."""
    from dvctt_report.decide.matters import Part, matters_of
    from dvctt_report.intake.mend_lists import ReplyStanding, answered
    from dvctt_report.papers.letters.forms import units_without_return
    from dvctt_report.papers.mending.lists import mending_lists
    from dvctt_report.store.published.record import in_force

    replies = answered(year.findings, year.dataset.returns, year.dataset.acceptances).values()
    to_accept = Counter(a.reply.unit for a in replies if a.standing is ReplyStanding.TO_ACCEPT)
    errors = Counter(f.unit for f in year.dataset.to_mend(year.findings))
    matters = matters_of(year)
    open_ones = [matter for matter in matters if not matter.decided]
    return {
        "units": [_line(year.dataset, line, errors, to_accept) for line in year.lines],
        "to_mend": sum(line.correcting for line in year.lines),
        "lists": sum(one.goes_out(questions=False) for one in mending_lists(year.asked_about)),
        "remind": sum(len(units_without_return(year, duty)) for duty in ("required", "asked")),
        "in_force": in_force(year.received.returns),
        "matters": len(open_ones),
        "urgent": sum(matter.urgent for matter in open_ones),
        "mine": sum(m.part is Part.MINE or (m.part is Part.UNITS and bool(m.findings)) for m in open_ones),
        "decided": sum(len(matter.decided) for matter in matters),
    }


def _line(
    dataset: Dataset, line: ReturnLine, errors: Counter[str], to_accept: Counter[str]
) -> dict[str, Any]:
    unit = line.unit
    counted = dataset.effective(unit.code) or dataset.paper(unit.code)
    said = counted.submission if counted else None
    sent_on = said.sent_on if said else line.sent_on
    first_on = line.first.sent_on if line.first else sent_on
    return {
        "unit": unit.code,
        "name": unit.short_name,
        "duty": unit.duty,
        "status": line.state,
        "sent_on": sent_on.isoformat() if sent_on else None,
        "first_sent_on": first_on.isoformat() if first_on else None,
        "sent_on_text": date_or_blank(first_on)
        + (f", {line.first.arrived}" if line.first and (line.arrived_late or line.first.timing) else "")
        + (f", chỉnh lý {date_or_blank(sent_on)}" if sent_on and sent_on != first_on else ""),
        "arrived_on": line.first.arrived_on.isoformat() if line.first and line.first.arrived_on else None,
        "document": said.document_number if said else line.number,
        "channel": said.channel if said else "",
        "errors": errors[unit.code],
        "to_accept": to_accept[unit.code],
        "contact": dataset.contact(unit),
    }


def counts_words(state: dict[str, Any], profile: Profile) -> str:
    """How many have sent, communes apart where there are both, how many have not, how many are mending."""
    lines = state["units"]
    groups = {unit.code: profile.roster.groups_by_code[unit.group].form for unit in profile.roster.units}
    sent, asked = Counter[bool](), Counter[bool]()
    for line in lines:
        is_commune = groups[line["unit"]] == "commune"
        asked[is_commune] += 1
        sent[is_commune] += line["status"] not in ("missing", "unusable")
    n = Counter(line["status"] for line in lines)
    levels = (
        f"sở, ngành {sent[False]}/{asked[False]}; cấp xã {sent[True]}/{asked[True]}; "
        if len(asked) > 1
        else ""
    )
    more = f", chờ chọn tệp {n['undecided']}" if n["undecided"] else ""
    more += f", {TO_ENTER} {n['to_enter']}" if n["to_enter"] else ""
    return (
        f"đã gửi {sent.total()}/{len(lines)} ({levels}gửi muộn {n['late']}, chỉ gửi bản giấy {n['paper']}"
        f"{more}), chưa dùng được {n['unusable']}, chưa gửi {n['missing']}, "
        f"đang chỉnh lý số liệu {state['to_mend']}"
    )


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
        return year_at(self.workspace, self.now) if has_register(self.workspace) else None

    @cached_property
    def kept(self) -> dict[str, Any]:
        """What ``state_of`` tells; empty where nothing has been received yet."""
        return state_of(self.year) if self.year is not None else {}

    def n(self, what: str) -> int:
        """How many of ``unit_states`` ("matters", "urgent", "mine", "decided", "lists", "remind"), or files
        that are "unreceived"."""
        count: int = self.n_unreceived if what == "unreceived" else self.kept.get(what, 0)
        return count

    @cached_property
    def books(self) -> tuple[DecisionBook, ...]:
        """The workbooks of decisions; the program's own without its rows where nothing was typed in it."""
        from dvctt_report.decide.books import find_books

        return find_books(self.workspace, lambda _: None, typed=True)

    @cached_property
    def n_said(self) -> int:
        """Rows of the workbooks in which something is chosen that wasn't refused before."""
        from dvctt_report.decide.books import statements_of
        from dvctt_report.decide.matters import Part
        from dvctt_report.decide.taking import says_something

        return sum(
            says_something(s) and (s.sheet == Part.DECIDED or not s.outcome)
            for s in statements_of(self.books)
        )

    @cached_property
    def n_for_leader(self) -> int:
        """Open rows of the program's own workbook that are marked as the leader's to decide."""
        from dvctt_report.decide.decisions import LEADER
        from dvctt_report.decide.matters import Part

        own = self.books[0].read.statements if self.books else ()
        return sum(s.typed.authority == LEADER and s.sheet != Part.DECIDED for s in own)

    @cached_property
    def n_unreceived(self) -> int:
        return len(unreceived_files(self.workspace))

    @cached_property
    def published(self) -> tuple[Publication, ...]:
        return publications(self.workspace, self.workspace.period) if self.year is not None else ()

    def made(self, pattern: str) -> bool:
        """Whether a file of that pattern stands among the results."""
        return any(self.workspace.results.glob(pattern))

    @cached_property
    def is_finished(self) -> bool:
        """Whether a final report stands that nothing was received or decided after."""
        from dvctt_report.decide.check.finals import final_reports

        if self.year is None:
            return False
        known = self.year.known
        moments = [receipt.first_seen for receipt in known.receipts]
        for decided in (known.decisions, known.acceptances, known.overrides, known.left_out):
            moments += [one.when for one in decided]
        return any(
            final.as_of >= max(moments, default=final.as_of) for final in final_reports(self.workspace)
        )

    def told(self) -> str:
        """The day, the deadline, and how many have sent."""
        last_day = self.workspace.profile.plan.deadline.last_day(self.workspace.period)
        today = self.now.date()
        days = format_days_left(last_day, today)
        counts = counts_words(self.kept, self.workspace.profile) if self.kept else "chưa nhận báo cáo nào"
        deadline = f"{format_date(today)} · ngày cuối để gửi: {format_last_day(last_day)} ({days})"
        return f"{deadline}\n{counts[0].upper()}{counts[1:]}"

    def next_step(self) -> NextStep:
        """What is best done next."""
        return next(self.steps())

    def steps(self) -> Iterator[NextStep]:
        """What is to be done, the first of it first."""
        is_drafted, count = self.made("bao-cao-*.docx"), format_small_count
        if not self.workspace.is_frozen and all(u["status"] == "missing" for u in self.kept.get("units", ())):
            if wanted := levels_wanted(self.workspace):
                yield NextStep("settings", wanted)
            yield NextStep("forms", "chưa phát hành biểu mẫu")
        if self.n_said:
            yield NextStep("matters", f"đọc {count(self.n_said)} quyết định đã ghi trong sổ")
        if self.n_unreceived:
            yield NextStep("collect", f"nhận {count(self.n_unreceived)} tệp mới trong nhan-ve")
        if self.year is None:
            yield NextStep("collect", "nhận báo cáo các đơn vị gửi về")
        if not (self.published or self.is_finished):
            deadline = self.workspace.profile.plan.deadline.last_day(self.workspace.period)
            if self.n("urgent"):
                yield NextStep("matters", "có tệp chưa rõ của ai hoặc chưa chọn tệp nào được dùng")
            is_late = self.now.date() > deadline
            if (silent := self.n("remind")) and is_late and not self.made("cong-van-don-doc*.docx"):
                yield NextStep("remind", f"{count(silent)} đơn vị quá hạn chưa gửi")
            if (asked := self.n("lists")) and not self.made("chinh-ly/*.xlsx"):
                yield NextStep("feedback", f"đề nghị {count(asked)} đơn vị rà soát số liệu")
            if self.n("mine"):
                leader = f" (lãnh đạo quyết: {count(self.n_for_leader)})" if self.n_for_leader else ""
                yield NextStep("matters", f"{count(self.n('matters'))} việc chờ xử lý{leader}")
        if not is_drafted:
            yield NextStep("render", "lập dự thảo báo cáo")
        if late := sent_since(self.published, self.kept.get("in_force", ())):
            yield NextStep("amend", f"{count(len(late))} đơn vị gửi sau khi ký: báo cáo bổ sung")
        if self.published:
            archived = any(self.workspace.root.glob(f"luu-tru/ho-so-{self.workspace.period}*"))
            yield NextStep("roll", "mở năm sau") if archived else NextStep("archive", "lập hồ sơ của kỳ")
        if finished(self):
            yield NextStep("final", "lập bản trình ký")
        yield NextStep("publish", "ghi số, ngày, bản đã ký")


# ------------------------------------------------------------------ why something can't be done yet

Reason: TypeAlias = Callable[[YearState], str]
"""Says why a step can't be done; "" where it can."""


def always(_: YearState) -> str:
    return ""


def unless(there: Callable[[YearState], object], why: str, before: Reason = always) -> Reason:
    """The reason ``why``, as long as what it asks for is not there; another one comes ``before``."""
    return lambda state: before(state) or ("" if there(state) else why)


def _made(pattern: str) -> Callable[[YearState], bool]:
    return lambda state: state.made(pattern)


def _any_final(state: YearState) -> bool:
    from dvctt_report.decide.check.finals import final_reports

    return any(final_reports(state.workspace))


def _any_commune(state: YearState) -> bool:
    """Whether communes send returns of their own."""
    from dvctt_report.report.unit_lists import commune_kind

    profile, period = state.workspace.profile, state.workspace.period
    units = profile.roster.on(profile.plan.period.cut_off(period))
    return any(commune_kind(unit.short_name) for unit in units)


def _any_control(state: YearState) -> bool:
    from dvctt_report.forms.control_book import rows_of

    return bool(rows_of(state.workspace.profile, state.workspace.period))


def _has_control_book(state: YearState) -> bool:
    return state.workspace.control.exists()


def edited(state: YearState) -> str:
    try:
        there = changed_files(state.workspace) or tell_altered(state.workspace)
    except CannotRun:
        return ""
    return "" if there else "Không có chỗ sửa nào chờ áp dụng."


def a_year(state: YearState) -> str:
    """Why no half-year can be opened from here; "" where the period is a whole year."""
    period = state.workspace.period
    return "" if period.judged else f"Đang ở {period.words}: mở {period.following.words} trước."


_NO_LETTER = "Chưa có dự thảo công văn: chọn “{}” trước."
_NO_CONTROL = "Kế hoạch chưa nêu mục tiêu nào được đối chiếu với số của cơ quan quản lý."

received = unless(lambda state: state.year is not None, "Chưa nhận báo cáo nào: chọn “Nhận báo cáo” trước.")
communes = unless(_any_commune, "Danh sách đơn vị không có xã, phường gửi báo cáo riêng.", received)
missing = unless(lambda state: state.n("remind"), "Mọi đơn vị đã gửi: không phải đôn đốc.", received)
reminded = unless(
    _made("cong-van-don-doc*.docx"),
    "Chưa có công văn đôn đốc: chọn “Đôn đốc đơn vị chưa gửi”, 1 trước.",
    missing,
)
forms_letter = unless(_made("cong-van-phat-hanh*.docx"), _NO_LETTER.format("Biểu mẫu, công văn đề nghị"))
to_mend = unless(
    lambda state: state.n("lists"), "Không đơn vị nào còn số liệu phải sửa: không có gì để đề nghị.", received
)
mending_letter = unless(
    _made("cong-van-*chinh-ly*.docx"), _NO_LETTER.format("Đề nghị đơn vị rà soát"), to_mend
)
matters = unless(lambda state: state.n("matters") or state.books, "Không còn việc nào chờ xử lý.", received)
drafted = unless(_made("bao-cao-*.docx"), "Chưa có dự thảo: chọn “Dự thảo” trước.", received)
finished = unless(_any_final, "Chưa có bản trình ký: chọn “Lập bản trình ký” trước.", drafted)
published = unless(lambda state: state.published, "Chưa ghi bản đã ký: chọn “Ghi số, ngày, bản đã ký” trước.")
no_control_book = unless(
    lambda state: not _has_control_book(state),
    "Đã có sổ đối chiếu: chọn “Mở sổ đối chiếu”.",
    unless(_any_control, _NO_CONTROL),
)
control_book = unless(_has_control_book, "Chưa có sổ đối chiếu: chọn “Lập sổ đối chiếu” trước.")
plan_book = unless(
    lambda state: (state.workspace.root / PLAN_BOOK).exists(),
    f"Chưa có sổ {PLAN_BOOK}: chọn “Ghi kế hoạch ra sổ Excel” trước.",
)
