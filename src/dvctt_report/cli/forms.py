"""``dvctt-report forms``: one Excel form for every unit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import typer

from dvctt_report.cli.letter import letter_terms
from dvctt_report.cli.options import find_units
from dvctt_report.cli.screen import is_in_menu, say
from dvctt_report.cli.session import open_workspace
from dvctt_report.files.writing import write_beside
from dvctt_report.forms.issue import communes_joint, from_paper, is_commune
from dvctt_report.forms.writer import form_bytes, form_name
from dvctt_report.intake.identity import unit_of_form
from dvctt_report.model.period import Period
from dvctt_report.papers.letters.forms import clerk_page
from dvctt_report.papers.letters.write import CLERK, write_clerk_page
from dvctt_report.plan.model import Unit
from dvctt_report.store.frozen import freeze
from dvctt_report.store.workspace import SETTINGS, Workspace
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.opening import read_file
from dvctt_report.year.loader import reported_last_year


def run(
    ctx: typer.Context, units: list[str] | None = None, from_paper: bool = False, period: Period | None = None
) -> None:
    """Write the forms of all units of the year, or of those named."""
    workspace = open_workspace(ctx, period)
    period, now = workspace.period, Period.parse(str(workspace.settings.nam))
    if not workspace.is_frozen and period.year != now.year:  # else frozen with another year's plan
        raise CannotRun(
            f"{period.title} chưa được mở: {SETTINGS} còn là của {now.words}.",
            f"Mở: dvctt-report roll {period}",
        )
    roster = workspace.profile.units(period)
    found = find_units(workspace.profile, roster, units or [])
    if from_paper:
        _write_from_paper(workspace, found)
        return
    chosen = found or roster
    if freeze(workspace):
        workspace = open_workspace(ctx, period)
        say(
            f"Đã giữ kế hoạch, danh sách đơn vị, câu chữ, thông tin chung của {period.words} "
            f"trong {workspace.relative(workspace.frozen)}. Sửa về sau chỉ có hiệu lực khi chạy: "
            "dvctt-report apply"
        )
    folder = workspace.forms / str(period)
    last = reported_last_year(workspace)
    profile, moment = workspace.profile, datetime.now()  # nothing on the page depends on it
    voice, terms = letter_terms(workspace, moment)
    page = write_clerk_page(  # first: it needs template and wording
        clerk_page(profile, period, voice, terms),
        workspace.profile_file(f"{CLERK}.docx"),
        folder / f"{CLERK}.docx",
        voice.issuer,
    )
    for unit in chosen:
        path = folder / form_name(unit, period)
        written = write_beside(path, form_bytes(profile, unit, period, edition=profile.edition, last=last))
        if written != path:
            say(f"Tệp {path.name} đang mở ở chương trình khác; đã ghi bản mới vào {written.name}.")
    say(f"Đã xuất {len(chosen)} biểu mẫu {period.words} vào thư mục {folder}")
    if not units and (joint := communes_joint(profile, period)) is not None:
        data = form_bytes(profile, joint.units[0], period, edition=profile.edition, joint=joint)
        written = write_beside(folder / f"bieu-cap-xa-{period}.xlsx", data)
        say(f"Biểu dùng chung của {len(joint.units)} xã, phường, xã tự chọn tên: {written.name}")
        others = [u.short_name for u in profile.units(period) if is_commune(u) and u not in joint.units]
        if others:
            say(f"  Không có tên trong biểu đó, dùng biểu riêng: {'; '.join(others)}.")
    say(*page.notes)
    say(f"Hướng dẫn ghi biểu, một trang, gửi kèm biểu: {page.path.name}")
    if not workspace.settings.cong_van.dau_moi:
        say(
            "  Còn để trống người liên hệ: ghi ở dvctt.toml, mục cong_van, dòng dau_moi, chạy dvctt-report "
            "apply, rồi chạy lại."
        )
    say(
        f"Gửi mỗi đơn vị tệp của mình; khi nhận về, chép vào {workspace.inbox} rồi chạy: dvctt-report collect"
    )


def _write_from_paper(workspace: Workspace, units: Sequence[Unit]) -> None:
    """Write the forms that the office fills in itself. Raises CannotRun where no unit is named."""
    if not units:
        raise CannotRun("Chưa nêu đơn vị gửi bản giấy.", "Ví dụ: dvctt-report forms --unit SYT --from-paper")
    for unit in units:
        path, content = _paper_form(workspace, unit)
        if path.exists() and read_file(path) != content:
            path.touch()  # the newest is what the menu opens
            say(f"Đã có {path}: ghi tiếp vào tệp đó; muốn ghi lại từ đầu thì xóa tệp rồi lập lại.")
        else:
            say(f"Đã ghi {write_beside(path, content)}")
    say("Nhập số đúng như bản giấy, ghi số, ngày văn bản, bấm Lưu.")
    if not is_in_menu():
        say(f"Xong thì chép vào {workspace.relative(workspace.inbox)} rồi chạy: dvctt-report collect")


def is_untouched(workspace: Workspace, path: Path) -> bool:
    """Whether a form that the office fills in itself is as it was written, nothing saved in it since."""
    unit = unit_of_form(path.name, workspace.profile, workspace.period)
    return unit is not None and read_file(path) == _paper_form(workspace, unit)[1]


def _paper_form(workspace: Workspace, unit: Unit) -> tuple[Path, bytes]:
    """Where the form that the office fills in for ``unit`` lies, and its bytes as it is written."""
    profile, period = workspace.profile, workspace.period
    issued = workspace.forms / str(period) / form_name(unit, period)
    back = from_paper(workspace.office.ten)
    content = form_bytes(profile, unit, period, edition=profile.edition, back=back)
    return issued.with_stem(f"{issued.stem}_nhap-tu-ban-giay"), content
