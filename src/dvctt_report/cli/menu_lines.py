"""The lines of the menu, month by month: which commands they run, what they ask for first, when they can."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple

from dvctt_report.cli import year_state as needs
from dvctt_report.cli.year_state import Reason, YearState, always
from dvctt_report.period import Period
from dvctt_report.vietnamese import format_small_count


class StepQuestion(NamedTuple):
    """What a step asks for its command's last argument; "{due}" stands for a day behind the deadline.

    option: what the answer is put behind. needed: without an answer nothing is run.
    files: patterns among the results of the period, of which the newest are offered by number.
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
    ready: why it can't be done now; "" where it can.
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
    ready: Reason = always
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
    """A line of the menu; ``name`` is what a next step is called by, ``waiting`` how much waits there."""

    name: str
    text: str
    steps: tuple[Step, ...]
    waiting: Callable[[YearState], int] = lambda _: 0

    def words(self, state: YearState | None) -> str:
        """The line with what waits there."""
        n = self.waiting(state) if state is not None else 0
        return f"{self.text} ({format_small_count(n)})" if n else self.text


_DOCUMENT = StepQuestion(
    "Tệp .docx cần kiểm tra (gõ số, hoặc kéo thả vào đây)",
    needed=True,
    files=("bao-cao-*.docx", "to-trinh-*.docx", "cong-van-*.docx"),
)
_REPORT = "bao-cao-{year}*.docx"
_DUE = StepQuestion("Gửi trước ngày, ví dụ {due} (Enter để chừa trống)", "--due")
_REPLY_BY = StepQuestion("Đề nghị gửi lại trước ngày, ví dụ {due} (Enter để chừa trống)", "--reply-by")
MEND = Step(
    "Lập bản sao đã sửa hình thức? Không đổi chữ nào; chữ, dấu sai thì sửa tay",
    "lint --fix",
    asked=_DOCUMENT._replace(files=()),
)
_PLAN = "{root}/" + needs.PLAN_BOOK
_SETTINGS = MenuLine(
    "settings",
    "Thông tin, đơn vị, chỉ tiêu",
    (
        Step("Sửa thông tin chung: cơ quan, Kế hoạch, người ký", "plan settings"),
        Step("Xem kế hoạch, mức chỉ tiêu, danh sách đơn vị", "plan show"),
        Step("Ghi kế hoạch ra sổ Excel để sửa", f"plan write {_PLAN}", f"/{needs.PLAN_BOOK}", kind="plan"),
        Step("Đọc lại sổ ke-hoach.xlsx đã sửa", f"plan read {_PLAN}", "", needs.plan_book, kind="plan_read"),
        Step("Áp dụng phần đã sửa cho kỳ đã phát hành biểu mẫu", "apply", ready=needs.edited),
        Step("Lập bộ cấu hình của tỉnh, thành phố khác", "plan new"),
    ),
)
_SENDING = Step("Danh sách gửi từng đơn vị, tin cho nhóm Zalo", "letter list", "gui-di*.xlsx")
_FORMS = MenuLine(
    "forms",
    "Biểu mẫu, công văn đề nghị",
    (
        Step("Xuất biểu mẫu cho từng đơn vị", "forms", "/bieu-mau/{year}"),
        Step("Công văn đề nghị báo cáo, kèm danh sách, đề cương", "letter forms", "cong-van-phat-hanh*.docx"),
        _SENDING,
    ),
)
_COLLECT = MenuLine(
    "collect",
    "Nhận báo cáo, các sổ",
    (
        Step(
            "Nhận tệp các đơn vị gửi",
            "collect",
            "tinh-hinh*.html",
            asked=StepQuestion(
                "Thư mục hoặc tệp .zip vừa tải về (kéo thả vào đây; Enter nếu đã chép vào nhan-ve)", "--from"
            ),
            kind="urgent",
        ),
        Step(
            "Mở sổ theo dõi: số văn bản, ngày gửi, bản giấy",
            "register book",
            "/ky-bao-cao/{year}/so-theo-doi.xlsx",
        ),
        Step("Xem sổ nhận: mọi tệp đã nhận", "register list", ready=needs.received),
        Step(
            "Ghi sổ theo dõi từ danh sách văn bản đến",
            "register incoming",
            "/ky-bao-cao/{year}/so-theo-doi.xlsx",
            asked=StepQuestion(
                "Tệp Excel do hệ thống quản lý văn bản xuất ra (kéo thả vào đây)", needed=True
            ),
        ),
        Step(
            "Lập sổ đối chiếu với số của cơ quan quản lý",
            "control make",
            "/ky-bao-cao/{year}/so-doi-chieu.xlsx",
            needs.no_control_book,
        ),
        Step("Mở sổ đối chiếu", "", "/ky-bao-cao/{year}/so-doi-chieu.xlsx", needs.control_book),
        Step("Đọc sổ đối chiếu đã ghi", "control read", ready=needs.control_book),
        Step("Xem so sánh với sổ đối chiếu", "control list", ready=needs.received),
        Step(
            "Lập biểu để nhập số từ bản giấy của một đơn vị",
            "forms --from-paper",
            "/bieu-mau/{year}/*nhap-tu-ban-giay*.xlsx",
            needs.received,
            kind="paper",
        ),
    ),
    lambda state: state.n_unreceived,
)
_REMIND = MenuLine(
    "remind",
    "Đôn đốc đơn vị chưa gửi",
    (
        Step("Công văn đôn đốc", "letter remind", "cong-van-don-doc*.docx", needs.missing, _DUE),
        Step("Xem ai đã gửi, chưa gửi, gọi ai", "status", ready=needs.received),
        _SENDING,
        Step(
            "Công văn đôn đốc lần hai",
            "letter remind --round 2",
            "cong-van-don-doc*lan-2.docx",
            needs.reminded,
            _DUE,
        ),
    ),
    lambda state: state.n("remind"),
)
_MATTERS = MenuLine(
    "matters",
    "Việc cần xử lý",
    (
        Step(
            "Mở sổ việc cần xử lý để quyết định trong Excel",
            "validate --quiet",
            "/ky-bao-cao/{year}/viec-can-xu-ly-{year}.xlsx",
            needs.matters,
            kind="book",
        ),
        Step("Xem từng lỗi, từng cảnh báo", "validate", "kiem-tra*.xlsx", needs.received),
        Step(
            "Để ngoài tổng hợp mọi lỗi còn lại",
            "leave-out --all",
            ready=needs.matters,
            sure="Mọi số còn lỗi tính là chưa có, báo cáo nêu “chưa chỉnh lý”. Làm không?",
        ),
    ),
    lambda state: state.n("matters"),
)
_FEEDBACK = MenuLine(
    "feedback",
    "Đề nghị đơn vị rà soát",
    (
        Step("Bảng kê gửi từng đơn vị", "feedback", "chinh-ly", needs.to_mend, _REPLY_BY),
        Step("Công văn đề nghị chỉnh lý", "letter feedback", "cong-van-*chinh-ly*.docx", needs.to_mend, _DUE),
        Step(
            "Bảng kê gửi cả đơn vị chỉ có nội dung cần xác nhận",
            "feedback --questions",
            "chinh-ly",
            needs.received,
            _REPLY_BY,
        ),
        replace(_SENDING, ready=needs.received),
    ),
    lambda state: state.n("lists"),
)
_PAGE = MenuLine(
    "page",
    "Báo cáo nhanh, trang tình hình",
    (
        Step("Báo cáo nhanh một trang, trang họp", "render --quick", "bao-cao-nhanh*.docx", needs.received),
        Step("Trang tình hình, mở bằng trình duyệt", "validate --quiet", "tinh-hinh*.html", needs.received),
        Step("Bảng tổng hợp Excel", "export", "bang-ke-so-lieu*.xlsx", needs.received),
    ),
)
_COMMUNES = MenuLine(
    "communes",
    "So sánh cấp xã",
    (
        Step(
            "So sánh các xã, phường: Excel và một trang Word",
            "export --communes",
            "so-sanh-cap-xa-{year}.xlsx",
            needs.communes,
        ),
    ),
)
_RENDER = MenuLine(
    "render",
    "Dự thảo, tóm tắt trình ký",
    (
        Step("Lập dự thảo báo cáo, tóm tắt trình ký", "render", _REPORT, needs.received),
        Step("Lập lại, nêu chỗ khác lần trước", "render --diff", _REPORT, needs.drafted),
        Step("Mở lời đánh giá, kiến nghị để viết", "", "/noi-dung/{year}.docx", needs.drafted),
        Step(
            "Lập báo cáo nhanh một trang, trang họp", "render --quick", "bao-cao-nhanh-*.docx", needs.received
        ),
    ),
)
_CHECK = MenuLine(
    "check",
    "Soát số liệu, thể thức",
    (
        Step("Soát số liệu trong báo cáo đã sửa tay", "check", asked=_DOCUMENT, ready=needs.drafted),
        Step("Kiểm tra thể thức một văn bản Word", "lint --mark", asked=_DOCUMENT, then=MEND),
    ),
)
_FINAL = MenuLine(
    "final",
    "Lập bản trình ký",
    (
        Step("Báo cáo, tóm tắt trình ký", "render --final", _REPORT, needs.drafted, all_or_nothing=True),
        Step(
            "Công văn đề nghị báo cáo, kèm danh sách, đề cương",
            "letter forms --final",
            "cong-van-phat-hanh*.docx",
            needs.forms_letter,
            all_or_nothing=True,
        ),
        Step(
            "Công văn đôn đốc",
            "letter remind --final",
            "cong-van-don-doc*.docx",
            needs.reminded,
            _DUE,
            all_or_nothing=True,
        ),
        Step(
            "Công văn đề nghị chỉnh lý",
            "letter feedback --final",
            "cong-van-*chinh-ly*.docx",
            needs.mending_letter,
            _DUE,
            all_or_nothing=True,
        ),
    ),
)
_PUBLISH = MenuLine(
    "publish",
    "Ghi số, ngày, bản đã ký",
    (
        Step("Ghi số, ngày, bản đã ký", "publish", ready=needs.finished),
        Step("Kiểm tra bản đã phát hành có bị đổi không", "publish --check", ready=needs.published),
    ),
)
_MINISTRY = MenuLine(
    "ministry",
    "Dự thảo gửi Bộ, biểu của Bộ",
    (
        Step(
            "Dự thảo báo cáo của UBND gửi Bộ, kèm Tờ trình",
            "render --ministry",
            "bao-cao-ubnd-*.docx",
            needs.received,
        ),
        Step(
            "Điền số vào biểu của Bộ, công văn trả lời, tệp của hệ thống",
            "fill",
            "* (*).*x",
            needs.received,
            StepQuestion("Tệp Word, Excel có thẻ (kéo thả vào đây)", needed=True),
            all_or_nothing=True,
        ),
        Step("Danh sách thẻ để ghi vào biểu", "fill --tags", "the-so-lieu-*.xlsx", needs.received),
    ),
)
_EXPLAIN = MenuLine(
    "explain",
    "Con số này ở đâu ra?",
    (
        Step(
            "Con số này ở đâu ra?",
            "explain",
            asked=StepQuestion("Số như in trong báo cáo, ví dụ 79,96%; hoặc mã, ví dụ T10", needed=True),
            ready=needs.received,
        ),
    ),
)
_AMEND = MenuLine(
    "amend",
    "Bổ sung, thay thế, đính chính",
    (
        Step("Báo cáo bổ sung: có số liệu gửi sau", "render --supplement", ready=needs.published),
        Step("Báo cáo thay thế: nội dung đã ký sai", "render --replace", _REPORT, needs.published),
        Step("Công văn đính chính: sai câu chữ, thể thức", "render --correct", ready=needs.published),
    ),
)
_ARCHIVE = MenuLine(
    "archive",
    "Lập hồ sơ của kỳ",
    (Step("Lập hồ sơ của kỳ", "archive", "/luu-tru/ho-so-{year}*/muc-luc-van-ban.xlsx", needs.received),),
)
_ROLL = MenuLine(
    "roll",
    "Mở năm sau",
    (
        Step("Mở năm sau", "roll", sure="Mở {next}? {this} giữ nguyên."),
        Step(
            "Mở năm sau theo bộ cấu hình khác: tỉnh, Kế hoạch đã đổi hẳn",
            "roll",
            asked=StepQuestion(
                "Tên bộ cấu hình có sẵn, hoặc thư mục của bộ (Enter để thôi)", "--profile", needed=True
            ),
        ),
        Step(
            "Mở 6 tháng đầu năm sau",
            "roll {half}",
            ready=needs.a_year,
            sure="Mở kỳ {half}? {this} giữ nguyên.",
        ),
    ),
)


class Season(NamedTuple):
    """A stretch of the year and what is done in it."""

    name: str
    lines: tuple[MenuLine, ...]


SEASONS = (
    Season("THÁNG 9–10", (_SETTINGS, _FORMS)),
    Season("THÁNG 10–11", (_COLLECT, _REMIND, _MATTERS, _FEEDBACK)),
    Season("THÁNG 11", (_PAGE, _COMMUNES, _RENDER)),
    Season("TRÌNH KÝ", (_CHECK, _FINAL, _PUBLISH, _MINISTRY)),
    Season("SAU KHI KÝ", (_EXPLAIN, _AMEND, _ARCHIVE, _ROLL)),
)
LINES = tuple(line for season in SEASONS for line in season.lines)
"""Every line, in the order in which they are numbered from 1."""

DECIDING = (
    *(f"register {name}" for name in ("use", "assign", "reject", "undo")),
    *(f"override {name}" for name in ("set", "drop", "list")),
    *("accept", "leave-out"),
)
"""Commands that make decisions: from the menu they are made in the workbook of what is open."""

BESIDE = {"?": Step("Máy có trục trặc", "doctor"), "h": Step("Hướng dẫn", "menu --guide")}
"""Choices that are no step of the year, by the key they are chosen with."""


def number_of(name: str) -> int:
    """The number of the line of that name."""
    return next(n for n, line in enumerate(LINES, 1) if line.name == name)
