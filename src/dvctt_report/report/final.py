"""What keeps a report from being final: figures that can't be used, open choices, blanks, untouched drafts.

Late and missing units and missed targets are disclosed in the report; they never keep it back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from dvctt_report.model import Finding, ReturnStatus, Severity, finding_id
from dvctt_report.model.codes import CODES, Settled, Trait, has
from dvctt_report.plan.dated import doubtful_day, titles_of_other_years
from dvctt_report.report.about import shorten
from dvctt_report.report.context import ReportContext
from dvctt_report.report.prose.taking import SlotProse
from dvctt_report.report.remarks import unread_remarks
from dvctt_report.report.ways import Way, file_of, named_cell, ways_of
from dvctt_report.report.wording import Voice, strings
from dvctt_report.store.frozen import tell_altered
from dvctt_report.store.workspace import BOOK, THEN_APPLY, Workspace
from dvctt_report.text.file_names import format_file
from dvctt_report.text.vietnamese import first_letter_capital, join_names
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.year import Year

_THEN = f"{THEN_APPLY}."
_BLANKS = (
    ("lead.blank_number", "số, ký hiệu Kế hoạch", "Điền số, ký hiệu của Kế hoạch", "ke_hoach, dòng so"),
    ("lead.blank_date", "ngày ban hành Kế hoạch", "Điền ngày ban hành Kế hoạch", "ke_hoach, dòng ngay"),
    ("lead.blank_title", "tên Kế hoạch", "Ghi tên Kế hoạch", "ke_hoach, dòng ten_ke_hoach"),
    (
        *("focus.blank_day", "hạn của việc đề nghị UBND tỉnh chỉ đạo"),
        *("Ghi hạn khi lập báo cáo: dvctt-report render --due NGÀY.", ""),
    ),
    ("sign.signer", "họ và tên người ký", "Điền họ và tên người ký", "bao_cao, dòng ho_ten"),
)
"""The patterns that stand visibly where something is to be filled in, what that is, how, in which setting."""

_WHY = '--reason "…"'
_BY = f'{_WHY} --document "…"'


class Work(StrEnum):
    """What is to be done about an obstacle, in the order of a list."""

    CONFIRM = "confirm"
    FILL = "fill"
    CHOOSE = "choose"
    MEND = "mend"
    WRITE = "write"


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A reason against a final report and what to do, as sentences; ``about``: what work is done about."""

    what: str
    remedy: str
    kind: Work
    about: str


@dataclass(eq=False)
class NotFinal(Exception):
    """The report can't be final; nothing was written."""

    obstacles: tuple[Obstacle, ...]


def find_obstacles(
    year: Year, printed: ReportContext, taken: Mapping[str, SlotProse], voice: Voice, prose_file: str
) -> tuple[Obstacle, ...]:
    """Every reason against a final report, drafts last; ``printed``: its strings, what people wrote apart."""
    said = "\n".join((*strings(printed), *(line.text for one in taken.values() for line in one.blocks)))
    plan = year.profile.plan
    obstacles = [
        Obstacle(
            f"Chưa xác nhận: {one.about}.",
            "Đối chiếu với văn bản, sửa cho đúng, rồi đánh x ở trang “Cần xác nhận” của sổ kế hoạch: "
            "dvctt-report plan write ke-hoach.xlsx, sau đó plan read ke-hoach.xlsx và apply.",
            Work.CONFIRM,
            one.about,
        )
        for one in year.profile.roster.holding
    ]
    obstacles += doubtful_plan_day(year)
    for where, told in titles_of_other_years(plan, year.period):
        what, _, remedy = told.partition(": ")
        remedy = f"{first_letter_capital(remedy)}; {_THEN}"
        obstacles.append(Obstacle(f"{where}: {what}.", remedy, Work.CONFIRM, "tên Kế hoạch của năm khác"))
    obstacles += data_obstacles(year)
    obstacles += (
        Obstacle(
            f"Còn để trống: {blank}.",
            f"{how} ở dvctt.toml, mục {setting}; {_THEN}" if setting else how,
            Work.FILL,
            about,
        )
        for name, about, how, setting in _BLANKS
        if (blank := voice.say(name)) in said
    )
    mark = voice.say("prose.mark")
    for name in voice.issuer.text.slots:
        one, heading = taken.get(name, SlotProse()), voice.say(f"prose.{name}")
        if one.drafted:
            what, remedy = "chưa viết, đang in gợi ý", f"Viết vào mục này của {prose_file}."
            obstacles.append(Obstacle(f"Mục “{heading}” {what}.", remedy, Work.WRITE, heading))
        elif one.n_drafts:
            what = f"còn {one.n_drafts} đoạn {mark}"
            remedy = f"Xóa chữ {mark} nếu dùng, xóa cả đoạn nếu không dùng, ở {prose_file}."
            obstacles.append(Obstacle(f"Mục “{heading}” {what}.", remedy, Work.WRITE, heading))
        for n, stale in enumerate(one.stale, 1):
            what = f"đoạn “{shorten(stale.text, 80)}” ghi số của lần lập trước, số liệu nay đã khác"
            remedy = f"Xóa đoạn này ở {prose_file}: số liệu nay không còn nội dung đó."
            if stale.now:
                remedy = f"Ghi lại ở {prose_file}, theo số liệu nay: “{stale.now}”."
            if one.fresh and n == len(one.stale):  # what else is drafted by now
                remedy += f" Gợi ý nay còn có: {' '.join(f'“{line}”' for line in one.fresh)}."
            obstacles.append(Obstacle(f"Mục “{heading}”: {what}.", remedy, Work.WRITE, heading))
    return tuple(obstacles)


def refuse_altered(workspace: Workspace) -> None:
    """Raise NotFinal where what is frozen with the period was edited there: nothing rests on that."""
    if told := tell_altered(workspace):
        what, remedy = told
        raise NotFinal((Obstacle(f"{what}.", f"{remedy}.", Work.CONFIRM, "tệp đã giữ của kỳ bị sửa"),))


def data_obstacles(year: Year) -> tuple[Obstacle, ...]:
    """List the choices that are open, the figures that can't be used and the remarks that nobody has read.

    Open errors in the returns that count bar a figure from a total, or leave a choice open. So does a doubt
    whose a file is, one that is gone, and a figure that is used though its reader may not see it.
    """
    obstacles: list[Obstacle] = []
    dataset, names = year.dataset, year.profile.roster.short_names
    undecided: dict[str, list[str]] = {}
    for one in dataset.returns:
        if one.status is ReturnStatus.UNDECIDED and one.named:
            units, file = (one.unit, *one.named), f"“{format_file(one.file)}”"
            told = join_names(names.get(code, code) for code in units)
            ways = "; ".join(f"dvctt-report decide {one.sha256[:8]} --unit {code}" for code in units[:3])
            what = f"Tệp {file} có thể là của {told}, chưa quyết định."
            obstacles.append(Obstacle(what, f"{ways}.", Work.CHOOSE, file))
        elif one.status is ReturnStatus.UNDECIDED:
            undecided.setdefault(one.unit or "", []).append(one.file)
    for one in dataset.nameless:
        file, decide = f"“{format_file(one.file)}”", f"dvctt-report decide {one.sha256[:8]}"
        remedy = f"Cho biết của đơn vị nào: {decide} --unit ĐƠN-VỊ; hoặc loại tệp: {decide} --reject {_WHY}."
        if not one.sha256:  # it couldn't be opened
            remedy = " ".join(found.fix for found in one.findings)
        obstacles.append(
            Obstacle(f"Tệp {file} không dùng được, chưa rõ của đơn vị nào.", remedy, Work.CHOOSE, file)
        )
    for unit, files in undecided.items():
        listed = ", ".join(f"“{format_file(file)}”" for file in files)
        obstacles.append(
            Obstacle(
                f"{names.get(unit, unit)}: chưa chọn tệp được dùng: {listed}.",
                "Tệp được dùng: dvctt-report decide TỆP --use; tệp không dùng: dvctt-report decide TỆP "
                f"--reject; để ngoài tổng hợp đến khi rõ: dvctt-report decide --unit {unit} --leave-out.",
                Work.CHOOSE,
                names.get(unit, unit),
            )
        )
    unused = {
        one.file for one in dataset.returns if one.status in (ReturnStatus.REFUSED, ReturnStatus.UNDECIDED)
    }
    for finding in year.findings:
        doubtful = finding.severity is Severity.WARNING
        confirmed_first = doubtful and has(finding.code, Trait.CONFIRMED_FIRST)
        asked_first = confirmed_first or (doubtful and has(finding.code, Trait.DOUBT_OF_USE))
        if not (asked_first or finding.severity is Severity.ERROR) or not finding.is_open:
            continue
        whole_file = has(finding.code, Trait.WHOSE_OPEN) or (finding.at is not None and not finding.at.sheet)
        if finding.at is not None and finding.at.file in unused and whole_file and not confirmed_first:
            continue  # disclosed, or among the choices
        if finding.at is None and finding.unit and dataset.effective(finding.unit) is None:
            continue
        at = (finding.at.sheet, f"ô {finding.at.cell}" if finding.at.cell else "") if finding.at else ()
        named = names.get(finding.unit or "", finding.unit or "")
        place = " · ".join(filter(None, (named, ", ".join(filter(None, at)))))
        where = " · ".join(filter(None, (finding.code, place)))
        about = names.get(finding.unit, finding.unit or place or finding.code)
        obstacles.append(
            Obstacle(f"{where}: {finding.message}.", remedy_of(dataset, finding), Work.MEND, about)
        )
    if n_unread := len(unread_remarks(dataset)):
        obstacles.append(
            Obstacle(
                f"Chưa đọc {n_unread} lời ghi của các đơn vị ở cột ghi chú, lý do.",
                f"Đọc trang “Lời ghi” của viec-can-xu-ly-{year.period}.xlsx, đánh x ở ô “Đã đọc”, lưu, đóng "
                "sổ, rồi chạy: dvctt-report collect.",
                Work.CONFIRM,
                "lời ghi của đơn vị",
            )
        )
    return tuple(obstacles)


def doubtful_plan_day(year: Year) -> Iterator[Obstacle]:
    """The plan's day where no report of the period can rest on it."""
    plan = year.profile.plan
    if told := doubtful_day(plan.document.date, plan, year.period):
        yield Obstacle(
            f"Kế hoạch {told}.",
            f"Sửa ngày ban hành Kế hoạch ở dvctt.toml, mục ke_hoach, dòng ngay; {_THEN}",
            Work.CONFIRM,
            "ngày ban hành Kế hoạch",
        )


def remedy_of(dataset: Dataset, finding: Finding) -> str:
    """What settles an open error: its own remedy, then every decision, or a cell of the tracking book."""
    ways, in_book = [finding.fix], ""
    if CODES[finding.code].settled is Settled.TRACKED and finding.at is not None:
        where = f"ô {finding.at.cell} của {BOOK}" if finding.at.cell else BOOK
        in_book = f" Sửa {where}, lưu rồi chạy: dvctt-report collect."
    else:
        name, file = finding_id(finding), file_of(dataset, finding)[:8]
        accept = f"chấp nhận: dvctt-report decide {name} --accept {_BY}"
        cell = named_cell(dataset, finding)
        commands = {
            Way.ASSIGN: f"cho biết của đơn vị nào: dvctt-report decide {file} --unit ĐƠN-VỊ",
            Way.PUT: f'đính chính: dvctt-report decide {name} --set "{cell}=SỐ" {_BY}',
            **dict.fromkeys((Way.ACCEPT, Way.NOT_APPLICABLE, Way.CLOSE), accept),
            Way.SEND_BACK: f"không dùng tệp này: dvctt-report decide {file} --reject {_WHY}",
            Way.LEAVE_OUT: f"để ngoài tổng hợp: dvctt-report decide {name} --leave-out",
        }
        ways += [commands[way] for way in ways_of(dataset, finding) if way in commands]
    said = "; hoặc ".join(way.rstrip(".") for way in ways if way)
    return (f"{first_letter_capital(said)}." if said else "Xem: dvctt-report validate.") + in_book
