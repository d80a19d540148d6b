"""Who issues each text, by the workspace's settings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from dvctt_report.files.writing import replace_file
from dvctt_report.plan.folders import PHRASES
from dvctt_report.plan.phrases import read_phrases
from dvctt_report.plan.texts import DEPARTMENT, MINISTRY
from dvctt_report.report.settings import ROMAN, Issuer, numbered
from dvctt_report.report.wording import Voice
from dvctt_report.store.workspace import SETTINGS, THEN_APPLY, Workspace
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.opening import read_text
from dvctt_report.text.vietnamese import format_date, parse_date


def voice_of(workspace: Workspace, as_of: datetime, text: str = DEPARTMENT.name) -> Voice:
    """The profile's phrases, spoken by whom the workspace's settings let issue the text."""
    voice = Voice(
        read_phrases(workspace.profile_file(PHRASES), workspace.profile.plan),
        issuer_of(workspace, as_of, text),
    )
    at: dict[str, str] = {}  # where sentences point to: the slots that any pattern may have
    for one in numbered(workspace.profile.plan, voice.phrases):
        part = f"Mục {ROMAN[one.n_part - 1]}"
        at[one.shows] = f"khoản {one.n} {part}" if one.n else part
    pointed = (("at_targets", at["targets"]), ("at_recommendations", at["recommendations"]))
    return replace(voice, issuer=replace(voice.issuer, places=pointed))


_SOON = 3  # How many months after the cut-off of a part of a year its report may be dated


def month_and_year(workspace: Workspace, month: int, as_of: datetime) -> tuple[int | None, int]:
    """The month (None: left blank) and the year a report is dated in, of the ``month`` that is set (0: none).

    A month before that of the cut-off is one of the year after. Blank is one that is over by ``as_of``, of
    which the figures are, and that of the year's report in a part of the year.
    """
    cut_off = workspace.profile.plan.period.cut_off(workspace.period)
    if workspace.period.part and not cut_off.month <= month <= cut_off.month + _SOON:
        month = 0
    year = workspace.period.year + (0 < month < cut_off.month)
    if (year, month or 12) < (as_of.year, as_of.month):
        return None, as_of.year
    return month or None, year


def issuer_of(workspace: Workspace, as_of: datetime, text: str = DEPARTMENT.name) -> Issuer:
    """Who issues the text by the workspace's settings. Raises CannotRun where these don't say it."""
    office, report = workspace.office, workspace.settings.bao_cao
    month, year = month_and_year(workspace, report.thang, as_of)
    issuer = Issuer(
        parent_name=office.chu_quan,
        name=office.ten,
        symbol=office.ky_hieu,
        place=office.dia_danh,
        drafting_unit=office.don_vi_soan,
        addressee=workspace.addressee,
        signer_lines=report.nguoi_ky or workspace.profile.plan.signer,
        signer_name=report.ho_ten,
        recipients=report.noi_nhan,
        as_of=as_of,
        month=month,
        year=year,
        notice=workspace.notice,
        naming=report.neu_ten_don_vi,
        leading_zero=report.so_dem_hai_chu_so,
        compares_years=report.so_voi_nam_truoc,
        targets_as=report.muc_tieu,
        annexes=report.phu_luc,
        apart=report.phu_luc_rieng,
        charts=report.bieu_do == "phu_luc",
        electronic=office.van_ban == "dien_tu",
        ask_until=kept_ask_until(workspace, as_of),
    )
    if text != MINISTRY.name:
        return issuer
    said, plan = workspace.settings.bao_cao_gui_bo, workspace.profile.plan
    if said is None:
        raise CannotRun(
            f"Tệp {SETTINGS} chưa có mục [bao_cao_gui_bo] về báo cáo của UBND tỉnh gửi Bộ.",
            f"Chép mục này từ tệp {workspace.profile_folder / SETTINGS} vào {SETTINGS} rồi sửa cho đúng; "
            f"{THEN_APPLY}.",
        )
    month, year = month_and_year(workspace, said.thang, as_of)
    body = plan.issuer.removesuffix(plan.province).rstrip()
    name_lines = said.ten or (body, *((plan.province,) if body != plan.issuer else ()))
    return replace(
        issuer,
        text=MINISTRY,
        parent_name="",
        name=" ".join(name_lines),
        name_lines=name_lines,
        compiler=issuer.name,
        symbol=said.ky_hieu,
        drafting_unit=said.don_vi_soan,
        addressee=said.kinh_gui,
        signer_lines=said.nguoi_ky,
        signer_name=said.ho_ten,
        recipients=said.noi_nhan,
        month=month,
        year=year,
        naming=said.neu_ten_don_vi,
    )


def kept_ask_until(workspace: Workspace, as_of: datetime) -> date | None:
    """The day until which what is asked of the province is to be done; None for none, or one that is over."""
    path = workspace.ask_until
    day = parse_date(read_text(path).strip()) if path.exists() else None
    return day if day and day > as_of.date() else None


def keep_ask_until(workspace: Workspace, day: date) -> None:
    """Keep that day with the period: every text of it says the same."""
    workspace.ask_until.parent.mkdir(parents=True, exist_ok=True)
    replace_file(workspace.ask_until, f"{format_date(day)}\n".encode())
