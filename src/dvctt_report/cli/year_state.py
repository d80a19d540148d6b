"""Where a year stands, as the menu tells it: what waits, what may be done, what is best done next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import NamedTuple, TypeAlias

from dvctt_report.cli.session import year_at
from dvctt_report.deciding.books import DecisionBook, find_books, statements_of
from dvctt_report.deciding.grounds import LEADER
from dvctt_report.deciding.matters import Matter, Part, matters_of
from dvctt_report.deciding.taking import says_something
from dvctt_report.errors import CannotRun
from dvctt_report.forms.control_book import rows_of
from dvctt_report.letters.remind import units_without_return
from dvctt_report.loader import OpenYear, has_register
from dvctt_report.mending.lists import mending_lists
from dvctt_report.model import TO_ENTER
from dvctt_report.published.record import publications, sent_since
from dvctt_report.receiving import unreceived_files
from dvctt_report.report.unit_lists import commune_kind
from dvctt_report.summary.returns import ReturnLine
from dvctt_report.vietnamese import format_date, format_days_left, format_last_day, format_small_count
from dvctt_report.walls import pending_changes, tell_altered
from dvctt_report.workspace import Workspace

PLAN_BOOK = "ke-hoach.xlsx"
"""The workbook that the menu edits plan and roster in."""


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
    def lines(self) -> tuple[ReturnLine, ...]:
        return self.year.lines if self.year is not None else ()

    @cached_property
    def states(self) -> Counter[str]:
        """How many units stand where."""
        return Counter(line.state for line in self.lines)

    @cached_property
    def _all_matters(self) -> tuple[Matter, ...]:
        return matters_of(self.year) if self.year is not None else ()

    @property
    def matters(self) -> tuple[Matter, ...]:
        """What is open."""
        return tuple(matter for matter in self._all_matters if not matter.decided)

    @property
    def n_decided(self) -> int:
        return sum(len(matter.decided) for matter in self._all_matters)

    @cached_property
    def books(self) -> tuple[DecisionBook, ...]:
        return find_books(self.workspace, lambda _: None)

    @cached_property
    def n_said(self) -> int:
        """Rows of the workbooks in which something is chosen that wasn't refused before."""
        return sum(
            says_something(s) and (s.sheet == Part.DECIDED or not s.outcome)
            for s in statements_of(self.books)
        )

    @cached_property
    def n_for_leader(self) -> int:
        """Open rows of the program's own workbook that are marked as the leader's to decide."""
        own = self.books[0].read.statements if self.books else ()
        return sum(s.typed.authority == LEADER and s.sheet != Part.DECIDED for s in own)

    @cached_property
    def n_unreceived(self) -> int:
        return len(unreceived_files(self.workspace))

    @cached_property
    def n_to_mend(self) -> int:
        """The units that a list goes out to."""
        if self.year is None:
            return 0
        lists = mending_lists(self.year)
        return sum(one.goes_out(questions=False) for one in lists)

    @cached_property
    def n_missing(self) -> int:
        """The units that a reminder goes out to."""
        if self.year is None:
            return 0
        return sum(len(units_without_return(self.year, duty)) for duty in ("required", "asked"))

    @cached_property
    def is_published(self) -> bool:
        return self.year is not None and bool(publications(self.workspace, self.workspace.period))

    @cached_property
    def sent_since(self) -> tuple[str, ...]:
        """The units that have sent since the signature what the signed report doesn't hold."""
        if self.year is None:
            return ()
        published = publications(self.workspace, self.workspace.period)
        return sent_since(published, self.year.received.returns)

    def made(self, pattern: str) -> bool:
        """Whether a file of that pattern stands among the results."""
        return any(self.workspace.results.glob(pattern))

    @cached_property
    def is_finished(self) -> bool:
        """Whether a final report stands that nothing was received or decided after."""
        from dvctt_report.verify.finals import final_reports

        if self.year is None:
            return False
        known = self.year.known
        moments = [receipt.first_seen for receipt in known.receipts]
        for decided in (known.decisions, known.acceptances, known.overrides, known.left_out):
            moments += [one.when for one in decided]
        since = max(moments)
        return any(final.as_of >= since for final in final_reports(self.workspace))

    @property
    def is_drafted(self) -> bool:
        return self.made("bao-cao-*.docx")

    @cached_property
    def days_left(self) -> int:
        return (self.workspace.profile.plan.deadline.last_day(self.workspace.period) - self.now.date()).days

    # ----------------------------------------------------------------------------------- told

    def told(self) -> str:
        """The day, the deadline, and how many have sent, communes apart where there are both."""
        last_day = self.workspace.profile.plan.deadline.last_day(self.workspace.period)
        today = self.now.date()
        days = format_days_left(last_day, today)
        deadline = f"{format_date(today)} · ngày cuối để gửi: {format_last_day(last_day)} ({days})"
        if self.year is None:
            return f"{deadline}\nChưa nhận báo cáo nào"
        return f"{deadline}\n{self._counts()}"

    def _counts(self) -> str:
        states, n = self.states, len(self.lines)
        said = [f"Đã gửi {n - states['unusable'] - states['missing']}/{n}{self._by_level()}"]
        told = (("undecided", "chờ chọn tệp"), ("to_enter", TO_ENTER), ("unusable", "chưa dùng được"))
        said += [f"{words} {states[name]}" for name, words in told if states[name]]
        said.append(f"chưa gửi {states['missing']}")
        said.append(f"đang chỉnh lý số liệu {sum(line.correcting for line in self.lines)}")
        return " · ".join(said)

    def _by_level(self) -> str:
        sent: Counter[bool] = Counter()
        asked: Counter[bool] = Counter()
        groups = self.workspace.profile.roster.groups_by_code
        for line in self.lines:
            is_commune = groups[line.unit.group].form == "commune"
            asked[is_commune] += 1
            sent[is_commune] += line.state not in ("missing", "unusable")
        if not (asked[True] and asked[False]):
            return ""
        return f" (sở, ngành {sent[False]}/{asked[False]}; cấp xã {sent[True]}/{asked[True]})"

    def next_step(self) -> NextStep:
        """What is best done next."""
        return next(self._steps())

    def _steps(self) -> Iterator[NextStep]:
        if not self.workspace.is_frozen and self.states["missing"] == len(self.lines):
            yield NextStep("forms", "chưa phát hành biểu mẫu")
        if self.n_said:
            yield NextStep("matters", f"đọc {format_small_count(self.n_said)} quyết định đã ghi trong sổ")
        if self.n_unreceived:
            yield NextStep("collect", f"nhận {format_small_count(self.n_unreceived)} tệp mới trong nhan-ve")
        if self.year is None:
            yield NextStep("collect", "nhận báo cáo các đơn vị gửi về")
        yield from self._while_open()
        if not self.is_drafted:
            yield NextStep("render", "lập dự thảo báo cáo")
        if late := self.sent_since:
            yield NextStep("amend", f"{format_small_count(len(late))} đơn vị gửi sau khi ký: báo cáo bổ sung")
        if self.is_published:
            archived = any(self.workspace.root.glob(f"luu-tru/ho-so-{self.workspace.period}*"))
            yield NextStep("roll", "mở năm sau") if archived else NextStep("archive", "lập hồ sơ của kỳ")
        if finished(self):
            yield NextStep("final", "lập bản trình ký")
        yield NextStep("publish", "ghi số, ngày, bản đã ký")

    def _while_open(self) -> Iterator[NextStep]:
        if self.is_published or self.is_finished:
            return
        if any(matter.urgent for matter in self.matters):
            yield NextStep("matters", "có tệp chưa rõ của ai hoặc chưa chọn tệp nào được dùng")
        if self.n_missing and self.days_left < 0 and not self.made("cong-van-don-doc*.docx"):
            yield NextStep("remind", f"{format_small_count(self.n_missing)} đơn vị quá hạn chưa gửi")
        if self.n_to_mend and not self.made("chinh-ly/*.xlsx"):
            yield NextStep("feedback", f"đề nghị {format_small_count(self.n_to_mend)} đơn vị rà soát số liệu")
        if any(m.part is Part.MINE or (m.part is Part.UNITS and m.findings) for m in self.matters):
            leader = (
                f" (lãnh đạo quyết: {format_small_count(self.n_for_leader)})" if self.n_for_leader else ""
            )
            yield NextStep("matters", f"{format_small_count(len(self.matters))} việc chờ xử lý{leader}")


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
    from dvctt_report.verify.finals import final_reports

    return any(final_reports(state.workspace))


received = unless(lambda state: state.year is not None, "Chưa nhận báo cáo nào: chọn “Nhận báo cáo” trước.")


def communes(state: YearState) -> str:
    """Whether communes send returns of their own."""
    workspace = state.workspace
    plan, roster = workspace.profile.plan, workspace.profile.roster
    units = roster.on(plan.period.cut_off(workspace.period))
    if any(commune_kind(unit.short_name) for unit in units):
        return received(state)
    return "Danh sách đơn vị không có xã, phường gửi báo cáo riêng."


def controlled(state: YearState) -> str:
    asked = rows_of(state.workspace.profile, state.workspace.period)
    return "" if asked else "Kế hoạch chưa nêu mục tiêu nào được đối chiếu với số của cơ quan quản lý."


def edited(state: YearState) -> str:
    try:
        there = pending_changes(state.workspace) or tell_altered(state.workspace)
    except CannotRun:
        return ""
    return "" if there else "Không có chỗ sửa nào chờ áp dụng."


def a_year(state: YearState) -> str:
    """Why no half-year can be opened from here; "" where the period is a whole year."""
    period = state.workspace.period
    return "" if period.judged else f"Đang ở {period.words}: mở {period.following.words} trước."


_NO_LETTER = "Chưa có dự thảo công văn: chọn “{}” trước."
_NOTHING_TO_MEND = "Không đơn vị nào còn số liệu phải sửa: không có gì để đề nghị."

missing = unless(lambda state: state.n_missing, "Mọi đơn vị đã gửi: không phải đôn đốc.", received)
reminded = unless(
    _made("cong-van-don-doc*.docx"),
    "Chưa có công văn đôn đốc: chọn “Đôn đốc đơn vị chưa gửi”, 1 trước.",
    missing,
)
forms_letter = unless(_made("cong-van-phat-hanh*.docx"), _NO_LETTER.format("Biểu mẫu, công văn đề nghị"))
to_mend = unless(lambda state: state.n_to_mend, _NOTHING_TO_MEND, received)
mending_letter = unless(
    _made("cong-van-*chinh-ly*.docx"), _NO_LETTER.format("Đề nghị đơn vị rà soát"), to_mend
)
matters = unless(lambda state: state.matters or state.books, "Không còn việc nào chờ xử lý.", received)
drafted = unless(lambda state: state.is_drafted, "Chưa có dự thảo: chọn “Dự thảo” trước.", received)
finished = unless(_any_final, "Chưa có bản trình ký: chọn “Lập bản trình ký” trước.", drafted)
published = unless(
    lambda state: state.is_published, "Chưa ghi bản đã ký: chọn “Ghi số, ngày, bản đã ký” trước."
)
no_control_book = unless(
    lambda state: not state.workspace.control.exists(),
    "Đã có sổ đối chiếu: chọn “Mở sổ đối chiếu”.",
    controlled,
)
control_book = unless(
    lambda state: state.workspace.control.exists(), "Chưa có sổ đối chiếu: chọn “Lập sổ đối chiếu” trước."
)
plan_book = unless(
    lambda state: (state.workspace.root / PLAN_BOOK).exists(),
    f"Chưa có sổ {PLAN_BOOK}: chọn “Ghi kế hoạch ra sổ Excel” trước.",
)
