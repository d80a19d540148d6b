"""The folder of one office's reports: ``dvctt.toml`` and what stands around it."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias, TypeVar

from pydantic import AfterValidator, Field, ValidationError

from dvctt_report.files.writing import replace_file
from dvctt_report.model.period import FIRST_YEAR, LAST_YEAR, Period
from dvctt_report.plan.contradictions import ended
from dvctt_report.plan.dated import other_year, without_past_milestones
from dvctt_report.plan.folders import named_profile, profile_file, profile_folder, profile_of
from dvctt_report.plan.items import checked
from dvctt_report.plan.load import explain_faults, load_profile, read_toml, tell_faults
from dvctt_report.plan.model import Frozen, Profile
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.opening import parse_toml, read_file, read_text
from dvctt_report.text.vietnamese import clean_text, first_letter_capital, parse_date

SETTINGS = "dvctt.toml"
THEN_APPLY = "biểu mẫu đã phát hành thì chạy tiếp: dvctt-report apply"
"""Said wherever a setting or a template is to be put right: those of a period with forms are frozen."""
BOOK = "so-theo-doi.xlsx"
CONTROL = "so-doi-chieu.xlsx"
PERIODS = "ky-bao-cao"
FROZEN = "cau-hinh"
FRESH = "cau-hinh.moi"
"""What is to take the place of ``FROZEN``; it stands there for a moment."""
PUBLISHED = "phat-hanh"
REGISTER = ".dvctt/so-nhan.sqlite"
READINGS = ".dvctt/da-doc.sqlite"
MANIFESTS = ".dvctt/ban-lap"
INDEXES = ".dvctt/noi-in"

LONGEST_FOLDER = 100
"""Characters; what is made below adds about as many. Excel opens no file whose path is over 218 long."""


_Date = Annotated[str, checked(parse_date, "phải là ngày có thật, dạng 18/3/2025, hoặc để trống")]
_DayMonth = Annotated[
    str,
    checked(lambda text: parse_date(f"{text}/2023"), "phải là ngày/tháng có thật, dạng 20/6, hoặc để trống"),
]
_Number = Annotated[
    str,
    checked(
        lambda text: not re.search(r"\b(số|ngày|năm)\b|,", text.casefold()),
        "chỉ ghi số, ký hiệu, dạng 1234/KH-UBND; ngày ghi ở dòng ngay",
    ),
]


class PlanSettings(Frozen):
    """What the plan's own text leaves blank, or has of an earlier year.

    ``ten_ke_hoach`` is its title, as it is read behind "về".
    """

    ten_ke_hoach: str = ""
    so: _Number = ""
    ngay: _Date = ""
    tai_lieu_huong_dan: str = ""


class DeadlineSettings(Frozen):
    """How the plan's deadline is meant; ``sau_thang``: before which day and month a half-year is due."""

    sau_thang: _DayMonth = ""
    dung_ngay_la_dung_han: bool = False
    lui_ngay_nghi: bool = False


class OfficeSettings(Frozen):
    """Who issues the documents; ``chu_quan``: the body above it in the letterhead, "" where it has none.

    ``ten``, ``ky_hieu``: "" for those of the plan's compiling body.
    """

    chu_quan: str
    ten: str = ""
    ky_hieu: str = ""
    dia_danh: str = Field(min_length=1)
    don_vi_soan: str = ""
    van_ban: Literal["giay", "dien_tu"] = "giay"


Model = TypeVar("Model", bound=Frozen)

Name: TypeAlias = Annotated[str, Field(min_length=1)]
Naming: TypeAlias = Literal["than_bai", "phu_luc", "khong"]
"""Where units that are late, missing or below a target are named: in the body, in an annex only, nowhere."""

TargetsAs: TypeAlias = Literal["bang", "doan", "ca_hai"]
"""How the body tells the targets: a table with notes, a paragraph each, or both."""

AnnexChoice: TypeAlias = Literal[
    "muc_tieu", "theo_don_vi", "gui_bao_cao", "van_ban", "hoat_dong", "nhiem_vu", "hai_long", "lo_trinh"
]
"""What an annex shows: targets, units, returns, documents, activities, tasks, surveys, later targets."""
DEFAULT_ANNEXES: tuple[AnnexChoice, ...] = ("muc_tieu", "theo_don_vi", "gui_bao_cao", "van_ban")


class ReportSettings(Frozen):
    """What the report says; blank: it goes to who issued the plan, signed as the plan says."""

    kinh_gui: str = ""
    thang: int = Field(default=0, ge=0, le=12)
    nguoi_ky: tuple[str, ...] = ()
    ho_ten: str = ""
    noi_nhan: tuple[str, ...] = ()
    neu_ten_don_vi: Naming = "than_bai"
    so_dem_hai_chu_so: bool = True
    so_voi_nam_truoc: bool = True
    muc_tieu: TargetsAs = "ca_hai"
    phu_luc: tuple[AnnexChoice, ...] = DEFAULT_ANNEXES
    phu_luc_rieng: tuple[AnnexChoice, ...] = ()
    bieu_do: Literal["phu_luc", "khong"] = "phu_luc"
    ghi_chu: str = ""


class MinistrySettings(Frozen):
    """Who issues the report to the ministry; what isn't said here is as in the office's own report.

    ``ten`` are the lines of the issuer's name in the letterhead; none: who issued the plan.
    """

    ten: tuple[Name, ...] = ()
    ky_hieu: Name
    kinh_gui: Name
    thang: int = Field(default=0, ge=0, le=12)
    nguoi_ky: tuple[Name, ...] = Field(min_length=1)
    ho_ten: str = ""
    noi_nhan: tuple[str, ...] = ()
    don_vi_soan: str = ""
    neu_ten_don_vi: Naming = "phu_luc"


class LetterSettings(Frozen):
    """What the letters say beside the report's own settings; an empty signer is the report's."""

    noi_nhan: tuple[str, ...] = ()
    nguoi_ky: tuple[str, ...] = ()
    ho_ten: str = ""
    dau_moi: str = ""
    phat_hanh_bieu_mau: str = ""
    da_don_doc: tuple[str, ...] = ()


def _is_period(said: int | str) -> int | str:
    period = Period.known(str(said))
    if period is None or not period.is_reportable:
        raise ValueError(
            f"phải là năm từ {FIRST_YEAR} đến {LAST_YEAR}, hoặc "
            f"{FIRST_YEAR}-3T (quý I), {FIRST_YEAR}-6T, {FIRST_YEAR}-9T"
        )
    return said


class WorkspaceSettings(Frozen):
    """``dvctt.toml``; its keys are Vietnamese because an officer edits it.

    ``nam``: the period that is worked on unless a command names another.
    """

    nam: Annotated[int | str, AfterValidator(_is_period)]
    ho_so: str = Field(min_length=1)
    ke_hoach: PlanSettings = PlanSettings()
    thoi_han: DeadlineSettings = DeadlineSettings()
    co_quan: OfficeSettings
    bao_cao: ReportSettings
    bao_cao_gui_bo: MinistrySettings | None = None
    cong_van: LetterSettings = LetterSettings()


@dataclass(frozen=True, slots=True)
class _Place:
    """A path of a workspace; "{}" in it stands for the period."""

    path: str

    def __get__(self, workspace: Workspace, _: type[Workspace] | None = None) -> Path:
        return workspace.root / self.path.format(workspace.period)


@dataclass(frozen=True)
class Workspace:
    """One reporting workspace and the period asked for.

    root: the folder of ``dvctt.toml``.
    settings: those of the period; frozen with it once its forms have gone out.
    period: the one that is worked on.
    frozen: where profile and settings of the period are kept from its first forms on.
    forms, inbox, results: what goes out, what came in, what is made of it; prose: what people write.
    book, control: the period's tracking book, and that of control figures.
    ask_until: holds the day until which what the period's report asks for is to be done.
    register: what was received and decided; readings: what was read of it, only kept, may be deleted.
    manifests: those of every report rendered here, each under its identifier.
    indexes: what each page and workbook of the period prints of which figure, under the name of its file.
    """

    root: Path
    settings: WorkspaceSettings
    period: Period
    frozen = _Place(f"{PERIODS}/{{}}/{FROZEN}")
    forms = _Place("bieu-mau")
    inbox = _Place("nhan-ve/{}")
    results = _Place("ket-qua/{}")
    prose = _Place("noi-dung")
    book = _Place(f"{PERIODS}/{{}}/{BOOK}")
    control = _Place(f"{PERIODS}/{{}}/{CONTROL}")
    ask_until = _Place(f"{PERIODS}/{{}}/han-viec-de-nghi.txt")
    register = _Place(REGISTER)
    readings = _Place(READINGS)
    manifests = _Place(MANIFESTS)
    indexes = _Place(f"{INDEXES}/{{}}")

    @cached_property
    def profile(self) -> Profile:
        """The province's plan and roster, with what this workspace's settings add to them.

        The title of a plan of an earlier year is "", until the settings say one.
        """
        profile = load_profile(self.profile_folder)
        plan = without_past_milestones(profile.plan, self.period)
        of_plan, of_deadline = self.settings.ke_hoach, self.settings.thoi_han
        title = plan.title if other_year(plan.title, self.period) is None else ""
        day, _, month = of_deadline.sau_thang.partition("/")
        planned = plan.deadline
        meant = {
            "half_before": f"{int(month):02}-{int(day):02}" if month else planned.half_before,
            "day_itself_on_time": of_deadline.dung_ngay_la_dung_han or planned.day_itself_on_time,
            "shift_day_off": of_deadline.lui_ngay_nghi or planned.shift_day_off,
        }
        document = {name: said for name, said in (("number", of_plan.so), ("date", of_plan.ngay)) if said}
        plan = plan.model_copy(
            update={
                "title": of_plan.ten_ke_hoach or title,
                "document": plan.document.model_copy(update=document),
                "guidance_document": of_plan.tai_lieu_huong_dan or plan.guidance_document,
                "deadline": planned.model_copy(update=meant).of(self.period),
            }
        )
        earlier = []  # the editions that forms went out by before; those of the same plan left out
        for folder in sorted(self.frozen.parent.glob(f"{FROZEN} (*)")) if self.is_frozen else ():
            if _asked_by(folder) != _asked_by(self.frozen):
                with suppress(CannotRun):  # nothing that is worked with today
                    edition = load_profile(folder)
                    past = without_past_milestones(edition.plan, self.period)
                    earlier.append(edition.model_copy(update={"plan": past}))
        return profile.model_copy(update={"plan": plan, "earlier": tuple(earlier)})

    @cached_property
    def office(self) -> OfficeSettings:
        """Who issues the documents: where the settings don't say it, the plan's compiling body."""
        said, compiler = self.settings.co_quan, self.profile.roster.unit(self.profile.plan.compiler)
        follows = {"ten": said.ten or compiler.name, "ky_hieu": said.ky_hieu or compiler.code}
        return said.model_copy(update=follows)

    @property
    def addressee(self) -> str:
        """Whom the report goes to: where the settings don't say it, who issued the plan."""
        return self.settings.bao_cao.kinh_gui or self.profile.plan.issuer

    @property
    def notice(self) -> tuple[str, ...]:
        """What whatever is written from the period's figures says of them: the office's own line, then what
        the plan only supposes; nothing where there is neither.
        """
        assumed = (f"(Chưa xác nhận: {one.about}.)" for one in self.profile.roster.holding)
        return tuple(filter(None, map(clean_text, (self.settings.bao_cao.ghi_chu, *assumed))))

    @property
    def profile_folder(self) -> Path:
        """The folder of plan.toml: the period's own, else beside the workspace or with the program."""
        return self.frozen if self.is_frozen else profile_folder(self.root, self.settings.ho_so)

    def profile_file(self, name: str) -> Path:
        """The file of that name that the period goes by: the frozen one, else the profile's or the base's."""
        return self.frozen / name if self.is_frozen else profile_file(self.profile_folder, name)

    @property
    def is_frozen(self) -> bool:
        return self.frozen.is_dir()

    def published_of(self, period: Period) -> Path:
        """Where what was signed of ``period`` is kept, each publication in a folder of its own."""
        return self.root / PERIODS / str(period) / PUBLISHED

    def manifest_of(self, period: Period, stem: str = "bao-cao") -> Path:
        """Where the figures of the report of ``year`` are traced; ``stem`` is that of the text's files."""
        return self.root / "ket-qua" / str(period) / f"{stem}-{period}.json"

    def relative(self, path: Path) -> str:
        """A path as findings and JSON name it: relative to the workspace, with ``/``."""
        return (path.parent.resolve() / path.name).relative_to(self.root.resolve()).as_posix()


def _asked_by(folder: Path) -> tuple[bytes, ...]:
    """What of a profile's folder decides whom its forms ask what."""
    files = (folder / name for name in ("plan.toml", "units.toml"))
    return tuple(read_file(path) if path.exists() else b"" for path in files)


def period_folders(root: Path) -> tuple[tuple[Period, Path], ...]:
    """The periods that have a folder in the workspace at ``root``, the earliest first, each with it."""
    there = ((Period.known(folder.name), folder) for folder in (root / PERIODS).glob("*"))
    of_periods = [(period, folder) for period, folder in there if period is not None]
    return tuple(sorted(of_periods, key=lambda each: each[0].place))


def find_workspace(start: Path, period: Period | None = None, live: bool = False) -> Workspace:
    """The workspace upward from ``start``, as git does, read as ``read_workspace`` does.

    Raises CannotRun for none, or unusable settings.
    """
    if (root := find_root(start)) is not None:
        return read_workspace(root, period, live)
    raise CannotRun(
        f"Thư mục “{start.resolve()}” không nằm trong thư mục làm việc nào (không thấy tệp {SETTINGS}).",
        "Chuyển vào thư mục làm việc, hoặc tạo mới bằng lệnh: dvctt-report init THƯ-MỤC",
    )


def find_root(start: Path) -> Path | None:
    """The folder, ``start`` or one above it, that holds the settings of a workspace; None for none."""
    here = start.resolve()
    return next((folder for folder in (here, *here.parents) if (folder / SETTINGS).exists()), None)


def read_workspace(root: Path, period: Period | None = None, live: bool = False) -> Workspace:
    """The settings of ``period`` (None: the one in ``dvctt.toml``). Raises CannotRun with every fault.

    ``live``: those of ``dvctt.toml``, whatever is frozen with the period.
    """
    path = root / SETTINGS
    if period is None:
        period = Period.parse(str(parse_settings(path, read_toml(path)).nam))
    folder = root / PERIODS / str(period)
    if not (folder / FROZEN).exists() and (folder / FRESH / SETTINGS).exists():
        (folder / FRESH).rename(folder / FROZEN)  # a command was killed before it did
    is_frozen = not live and (folder / FROZEN).is_dir()
    path = folder / FROZEN / SETTINGS if is_frozen else path
    try:
        return Workspace(root, parse_settings(path, read_toml(path)), period)
    except CannotRun as fault:
        if not is_frozen:
            raise
        raise CannotRun(
            fault.message,
            f"Chép lại tệp này từ bản sao lưu; hoặc lấy theo {SETTINGS} và bộ cấu hình đang có: "
            "dvctt-report apply --yes",
        ) from fault


def make_workspace(
    root: Path, profile: str, period: Period, furnish: Callable[[Workspace], None] = lambda _: None
) -> Workspace:
    """Make a workspace in ``root``, which must not hold one yet. Returns it as read back.

    ``furnish`` writes what else stands in one, before the settings do, which make the folder a workspace.

    ``profile`` is the name of one that comes with the program, or the path of a folder from here. Raises
    CannotRun where there is a workspace, where the profile is unknown or without settings, or where
    ``period`` can't be reported on.
    """
    path = root / SETTINGS
    if path.exists():
        raise CannotRun(f"Thư mục “{root}” đã là thư mục làm việc (có tệp {SETTINGS}).", "Chọn thư mục khác.")
    root = root.resolve()
    folder, name = named_profile(profile, root)
    if not (folder / SETTINGS).exists():
        raise CannotRun(
            f"Bộ cấu hình “{folder}” chưa có tệp {SETTINGS}.",
            f"Chép {SETTINGS} của bộ có sẵn vào đó rồi sửa; dvctt-report plan copy THƯ-MỤC chép cả bộ.",
        )
    text = read_text(folder / SETTINGS)
    text = re.sub(r"(?m)^nam = \d+", lambda _: f"nam = {period_toml(period)}", text)
    text = re.sub(r'(?m)^ho_so = "[^"]*"', lambda _: f'ho_so = "{name}"', text)
    workspace = Workspace(root, parse_settings(path, parse_toml(text)), period)
    refuse_ended(load_profile(folder), period)
    for folder in (workspace.forms, workspace.inbox, workspace.results, workspace.prose):
        folder.mkdir(parents=True, exist_ok=True)
    furnish(workspace)
    replace_file(path, text.encode())
    return workspace


def period_toml(period: Period) -> str:
    """How ``dvctt.toml`` writes a period: a year as a number."""
    return f'"{period}"' if period.part else str(period)


def refuse_ended(profile: Profile, period: Period, again: str = "chạy lại lệnh, thêm") -> None:
    """Raise CannotRun where the province of ``profile`` is no more in ``period``.

    ``again``: what is done with the name of another profile, which is said behind ``--profile``.
    """
    for _, told in ended(profile, period):
        successor = profile.plan.ended.successor if profile.plan.ended else ""
        ready = profile_of(successor)
        raise CannotRun(
            f"{first_letter_capital(told)}.",
            f"Dùng bộ có sẵn của {successor}: {again} --profile {ready}"
            if ready
            else f'Lập bộ cấu hình của {successor}: dvctt-report plan new "{successor}" --to THƯ-MỤC, rồi '
            f"{again} --profile THƯ-MỤC.",
        )


def parse_settings(path: Path, table: dict[str, Any]) -> WorkspaceSettings:
    """Check the table of ``dvctt.toml``. Raises CannotRun with every fault and where it is."""
    return checked_table(WorkspaceSettings, path, table)


def checked_table(kind: type[Model], path: Path, table: dict[str, Any]) -> Model:
    """What the table of a TOML file says. Raises CannotRun with every fault and where it is."""
    try:
        return kind.model_validate(table)
    except ValidationError as error:
        faults = tell_faults(path.parent, explain_faults(path.name, error, table))
        lines = "\n".join(f"  - {line}" for line in faults)
        message = f"Tệp {path} có chỗ chưa đúng:\n{lines}"
        raise CannotRun(message, "Sửa các chỗ nêu trên rồi chạy lại.") from None
