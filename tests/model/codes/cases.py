"""For each code of intake that no failure mode of the matrix tells apart: where it speaks, where not.

The rest of intake's codes have both in the table of failure modes (``tests/intake/matrix``), the rules in
``tests/year/rules``. What stays silent differs from what speaks in as little as possible.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Final, NamedTuple, TypeAlias

from openpyxl.workbook import Workbook

from dvctt_report.forms.formulas import Answer
from dvctt_report.forms.issue import NOT_SENT_BACK, from_paper
from dvctt_report.forms.writer import form_bytes
from dvctt_report.intake.book import parse_book, parse_controls
from dvctt_report.intake.collect import read_return, refused_return
from dvctt_report.intake.mend_lists import check_replies
from dvctt_report.intake.sent import paper_returns, unused_entries
from dvctt_report.intake.settle import settle, with_closed
from dvctt_report.intake.whose import as_decided, give_to_units, given_to, told_less
from dvctt_report.intake.workers import answer as read_in_worker
from dvctt_report.model import Choice, Decision, Entry, Finding, LeftOut, Return
from dvctt_report.model.period import Period
from dvctt_report.plan.model import Profile
from dvctt_report.year.left_out import leave_out
from tests.forms.fill import real
from tests.intake import test_book as tracking
from tests.intake import test_controls as controls
from tests.intake import test_settle as files
from tests.intake.excel import Edit, edited, put
from tests.intake.matrix import filled
from tests.intake.modes_of_files import with_part
from tests.intake.modes_of_values import PEOPLE
from tests.intake.returns import collected, key
from tests.intake.returns import edited as changed_by
from tests.intake.test_book import returned
from tests.papers.mending import test_lists as replies
from tests.papers.mending.mended import sheet
from tests.plan.test_taken_over import YEAR as MERGED_IN
from tests.plan.test_taken_over import sent, two
from tests.year import test_corrections as decisions
from tests.year.rules.tables import dataset

World: TypeAlias = Callable[[], Iterable[Finding]]


class Case(NamedTuple):
    """What makes a code speak, and what is nearly the same and doesn't."""

    speaks: World
    silent: World


# ------------------------------------------------------------------------------- what a file is


def form(*edits: Edit, file: str = "bieu.xlsx") -> World:
    """The filled form of a department after ``edits``."""
    return lambda: read_return(file, edited(filled(), *edits), real(), Period(2025)).findings


def answered(**answers: Answer) -> World:
    """A form with nothing in it but the target T1: total, done and status."""
    return lambda: collected({f"T1.{name}": value for name, value in answers.items()}).findings


def before_the_plan_was_edited(to_another_question: bool) -> World:
    """A form by an earlier edition, in which a target was asked otherwise, or only told otherwise."""
    now = real()
    told = {"label": "Cán bộ được truyền thông", "lead": True, "in_charge": "SNV", "proposal": "Giao rà soát"}
    was: dict[str, object] = {"total": "Số người"} if to_another_question else told
    items = tuple(i.model_copy(update=was) if i.code == "T1" else i for i in now.plan.items)
    earlier = now.model_copy(update={"plan": now.plan.model_copy(update={"items": items})})
    unit = earlier.roster.unit("SYT")
    typed = {key("T1.total"): 4, key("T1.done"): 3, key("T2.total"): 4, key("T2.done"): 3}
    by = now.model_copy(update={"earlier": (earlier,)})

    def found() -> Iterable[Finding]:
        data = form_bytes(earlier, unit, Period(2025), typed, edition=earlier.edition)
        return read_return("a.xlsx", data, by, Period(2025)).findings

    return found


def handed_over(which: str) -> World:
    """What is told of the two bodies of a merger within the year, by their forms of before and after it."""
    gone, left, of = two(real())
    now = of.model_copy(update={"earlier": (real(),)})

    def compared(done: int) -> tuple[Finding, ...]:
        theirs = sent(now, gone, T2__total=40, T2__done=30)
        return tuple(told_less([theirs, sent(now, left, T2__total=55, T2__done=done)], now, MERGED_IN))

    worlds: dict[str, World] = {
        "gone": lambda: sent(now, gone).findings,
        "left": lambda: sent(now, left).findings,
        "before": lambda: sent(now, left, real()).findings,
        "less": lambda: compared(20),
        "enough": lambda: compared(30),
    }
    return worlds[which]


def unfilled(**answers: Answer) -> World:
    """A form with these channels filled in, and not a word else."""
    typed = {key(f"HT.b.{name}"): value for name, value in answers.items()}

    def found() -> Iterable[Finding]:
        data = form_bytes(real(), real().roster.unit("SYT"), Period(2025), typed)
        return read_return("a.xlsx", data, real(), Period(2025)).findings

    return found


def scanned(*others: Return) -> World:
    """A scan whose name is the unit's, beside these returns."""
    scan = replace(refused_return("nhan-ve/2025/BM2025_SYT.pdf", "1", "Ảnh", "Gửi biểu."), scan=True)
    return lambda: told(give_to_units((scan, *others), (), real(), Period(2025)))


def named_scan(name: str) -> World:
    """A scan of that name, and nothing else received."""
    scan = replace(refused_return(f"nhan-ve/2025/{name}", "1", "Ảnh", "Gửi biểu."), scan=True)
    return lambda: told(give_to_units((scan,), (), real(), Period(2025)))


def assign(received: Return) -> Decision:
    """The officer's word that a file is Sở Nội vụ's."""
    return Decision(Choice.ASSIGN, received.file, received.sha256, "SNV", "", "lan", decisions.NOW)


def entered(office: str) -> World:
    """A department's form, filled in by ``office`` from paper, or ("") by itself."""

    def found() -> Iterable[Finding]:
        back = from_paper(office) if office else NOT_SENT_BACK
        unit, period = real().roster.unit("SYT"), Period(2025)
        data = form_bytes(real(), unit, period, {key("T1.total"): 5}, back=back)
        return read_return("a.xlsx", data, real(), period).findings

    return found


def given(code: str) -> World:
    """A form of Sở Y tế, given to that unit."""
    unit = real().roster.unit(code)
    return lambda: given_to(collected({"T1.total": 4, "T1.done": 3}), unit, real()).findings


def in_worker(failure: type[BaseException]) -> World:
    """A file at which the reader fails like that."""

    def fail(file: str, data: bytes, profile: Profile, period: Period) -> Return:
        raise failure

    def world() -> Iterator[Finding]:
        found = read_in_worker(fail, "a.xlsx", b"", real(), Period(2025))
        assert isinstance(found, tuple)
        code, reason, fix = (str(text) for text in found)
        yield from refused_return("a.xlsx", "", reason, fix, code).findings

    return world


def told(returns: Iterable[Return]) -> list[Finding]:
    return [f for r in returns for f in r.findings]


# -------------------------------------------------------------------------------- what people wrote


def left_out(over: str) -> World:
    """A cell that says 120, left out when it said ``over``."""
    one = LeftOut("A", "", "chưa chỉnh lý", "", "lan", decisions.NOW, item="T2", field="done", over=over)
    return lambda: leave_out((), replace(dataset(decisions.PLAIN), left_out=(one,)))


def book(**cells: object) -> World:
    """The tracking book with these cells typed in."""
    return lambda: tracking.read(cells).findings


def entry(file: str = "", number: str = "", returned_file: str = "a.xlsx") -> World:
    """A row of the tracking book beside one received file ("": none)."""
    row = Entry("SYT", number, sent_on=date(2025, 11, 8), file=file)
    there = (returned(returned_file),) if returned_file else ()
    return lambda: unused_entries(there, [row], "so-theo-doi.xlsx")


def control(**changed: object) -> World:
    """The control book with one whole row, then ``changed``."""
    return lambda: controls.typed({"T10": controls.GOOD | changed}).findings


def reply(sent: Callable[[], bytes], change: Callable[[Workbook], None] | None = None) -> World:
    """A list of what to mend that comes back."""
    return lambda: replies.read(changed_by(sent(), change) if change else sent()).findings


def both(second: Callable[[], bytes]) -> World:
    """Two lists that come back."""
    return lambda: check_replies([replies.read(replies.filled()), replies.read(second(), "b.xlsx")])


def decided(cell: str, text: str, over: str, unit: str = "A", table: str = decisions.PLAIN) -> World:
    """A cell that the officer has corrected."""
    of = decisions.corrected(dataset(table), decisions.put(cell, text, over, unit))
    return lambda: decisions.findings(of)


def total(text: str) -> World:
    """A district's total that the officer has corrected, over communes that add up to 34."""
    of = decisions.corrected(decisions.typed_over(), decisions.put("T1.total", text, "30", unit="H"))
    return lambda: decisions.findings(of)


def several(*received: Return, former: Sequence[Return] = ()) -> World:
    """Several files of one unit, and those that stood in the inbox before."""
    return lambda: told(settle(received, former=former))


def on_paper(number: str) -> World:
    """A row of the tracking book for which no file came."""
    return lambda: told(paper_returns((), [Entry("SYT", number)], Period(2025), "so-theo-doi.xlsx"))


CASES: Final[dict[str, Case]] = {
    "NH06": Case(several(files.A, files.B), several(files.A5, files.B12)),
    "NH07": Case(several(files.B, files.COPY), several(files.A, files.B)),
    "NH08": Case(form(file="~$bieu.xlsx"), form()),
    "NH60": Case(several(files.A5, files.B12), several(files.A, files.B)),
    "NH61": Case(several(files.A5, files.B12), several(files.A5)),
    "NH63": Case(several(files.A5, files.SAVED), several(files.A5, files.B12)),
    "NH64": Case(
        several(files.OLD_OVER_NEW, former=[files.B12]), several(files.NEW_OVER_OLD, former=[files.A5])
    ),
    "NH65": Case(lambda: files.lost([], [files.A5]), lambda: files.lost([files.B12], [files.A5])),
    "NH67": Case(on_paper("1/BC"), on_paper("")),
    "NH04": Case(form(put("_meta!B6", "XYZ")), form(put("_meta!B6", "SNV"))),
    "NH10": Case(form(with_part("xl/vbaProject.bin", b"...")), form(file="bieu.xlsm")),
    "NH12": Case(unfilled(), unfilled(people=0)),
    "NH13": Case(scanned(returned("a.xlsx")), scanned(returned("a.xlsx", unit="SNV"))),
    "NH21": Case(in_worker(KeyError), in_worker(MemoryError)),
    "NH22": Case(in_worker(MemoryError), in_worker(KeyError)),
    "NH62": Case(
        lambda: told(settle([files.A], [files.reject(files.A)])),
        lambda: told(settle([files.A], [files.reject(files.B)])),
    ),
    "NH66": Case(
        lambda: with_closed([files.A], [files.A], real(), Period(2025))[0].findings, lambda: files.A.findings
    ),
    "NH70": Case(
        lambda: parse_book(b"text", real(), Period(2025), "so-theo-doi.xlsx").findings,
        lambda: parse_book(tracking.typed({}), real(), Period(2025), "so-theo-doi.xlsx").findings,
    ),
    "NH78": Case(before_the_plan_was_edited(True), before_the_plan_was_edited(False)),
    "NH80": Case(named_scan("Báo cáo Sở Y tế.pdf"), named_scan("Báo cáo.pdf")),
    "NH81": Case(
        lambda: as_decided(files.A, {files.A.sha256: assign(files.A)}).findings,
        lambda: as_decided(files.A, {files.B.sha256: assign(files.B)}).findings,
    ),
    "NH83": Case(handed_over("gone"), handed_over("left")),
    "NH84": Case(handed_over("before"), handed_over("left")),
    "NH85": Case(handed_over("less"), handed_over("enough")),
    "NH82": Case(given("SNV"), given("SYT")),
    "NH86": Case(entered("Sở A"), entered("")),
    "NH71": Case(book(D4="hôm qua"), book(D4="05/11/2025")),
    "NH72": Case(book(G4="12a"), book(G4="0012")),
    "NH73": Case(book(F4="bồ câu"), book(F4="qlvb")),
    "NH74": Case(book(A4="KHONGCO", C4="1/BC"), book(C4="1/BC")),
    "NH75": Case(entry(file="c.xlsx"), entry(file="a.xlsx")),
    "NH76": Case(entry(returned_file=""), entry(number="1/BC", returned_file="")),
    "NH90": Case(reply(replies.filled, replies.key(4, "2024")), reply(replies.filled)),
    "NH91": Case(reply(partial(replies.filled, "đồng ý")), reply(partial(replies.filled, "giu nguyen"))),
    "NH92": Case(reply(sheet), reply(replies.filled)),
    "NH93": Case(both(partial(replies.filled, "Đã sửa", "")), both(replies.filled)),
    "DC01": Case(lambda: parse_controls(b"x", real(), Period(2025), "x.xlsx").findings, control()),
    "DC02": Case(control(item="T99"), control(item="t10")),
    "DC03": Case(control(total="khoảng 100"), control(total="1 000")),
    "DC04": Case(control(done=101), control(done=100)),
    "DC05": Case(control(document=None), control()),
    "DC06": Case(control(printed="Số đối chiếu"), control(printed="Số đối chiếu", reason="đầy đủ hơn")),
    "DL02": Case(form(put(PEOPLE, -5)), form(put(PEOPLE, 0))),
    "DL11": Case(
        answered(total=12, done=9, status="Không phát sinh"), answered(total=12, done=9, status="Có số liệu")
    ),
    "DL34": Case(
        form(*(put(f"01-A số liệu!G{row}", value) for row, value in ((8, 1.25), (9, 1), (11, 1.1)))),
        form(*(put(f"01-A số liệu!G{row}", value) for row, value in ((8, 1.25), (9, 1), (11, 1100)))),
    ),
    "DL26": Case(form(put("02 hoạt động!G12", "a" * 32_767)), form(put("02 hoạt động!G12", "a" * 32_766))),
    "QD01": Case(decided("T2.done", "90", "110"), decided("T2.done", "90", "120")),
    "QD02": Case(decided("T2.done", "độ 9", "120"), decided("T2.done", "9", "120")),
    "QD03": Case(decided("T2.done", "90", "", unit="C"), decided("T2.done", "40", "50", unit="B")),
    "QD04": Case(total("31"), total("34")),
    "QD05": Case(left_out("120"), left_out("110")),
}
