"""``dvctt-report profile``: the profile of a province that the program has none for."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

from dvctt_report.catalogue import Province
from dvctt_report.cli.ask import ask
from dvctt_report.cli.options import argument, flag, option
from dvctt_report.cli.screen import say
from dvctt_report.cli.terminal import is_terminal
from dvctt_report.errors import CannotRun
from dvctt_report.files import write_beside
from dvctt_report.plan_book.new import find_province, new_profile
from dvctt_report.plan_book.taking import workbook_of
from dvctt_report.vietnamese import file_stem, format_count

_NEW = (
    "Có sẵn: mọi xã, phường, đặc khu của tỉnh theo danh mục hành chính; các cơ quan chuyên môn; chỉ tiêu, "
    "nội dung, hình thức, nhiệm vụ để giữ hoặc bỏ; câu chữ. Số, ngày của Kế hoạch và mức từng năm để trống: "
    "chỉ tiêu chưa có mức vẫn được hỏi, báo cáo nêu kết quả, không đánh giá. Điều cần xác nhận nằm ở một "
    "trang riêng."
)


def new(
    province: Annotated[str, argument("TỈNH", "Tên tỉnh, thành phố; không nêu thì được hỏi.")] = "",
    folder: Annotated[
        Path | None, option("--to", "THƯ-MỤC", "Thư mục sẽ tạo; mặc định theo tên tỉnh.")
    ] = None,
    levels: Annotated[
        bool, flag("--levels", "Lấy tạm mức của kế hoạch gốc; phải xác nhận trước bản trình ký.")
    ] = False,
) -> None:
    """Write the profile of a province, and its workbook to go on with."""
    found = find_province(province) if province else _asked()
    home = folder or Path(file_stem(found.bare_name).lower().replace("-", "_"))
    make_profile(found, home, with_levels=levels)
    say(f'Tạo thư mục làm việc:    dvctt-report init THƯ-MỤC --profile "{home}"')
    say("Biểu mẫu phát hành được ngay; số Kế hoạch, mức chỉ tiêu ghi sau cũng được.")


def make_profile(province: Province, home: Path, *, with_levels: bool = False, named: str = "") -> None:
    """Write the profile of ``province`` to ``home`` and its workbook beside; say what there is to fill in.

    ``named``: the workbook's name, where the menu of a workspace is to find it; else that of ``home``.
    """
    profile = new_profile(province, home, with_levels=with_levels)
    book = write_beside(home.with_name(named or f"{home.name}.xlsx"), workbook_of(home))
    n_communes = sum(bool(unit.area_code) for unit in profile.roster.units)
    say(f"Đã lập bộ cấu hình của {profile.plan.province}: {home.resolve()}")
    n_open = sum(not target.thresholds for target in profile.plan.targets)
    said = f"{n_open} chỉ tiêu chưa có mức" if n_open else f"{len(profile.plan.targets)} chỉ tiêu"
    say(
        f"  {format_count(len(profile.roster.units))} đơn vị (cấp xã: {format_count(n_communes)}), "
        f"{said}, {len(profile.roster.unsettled)} điều cần xác nhận."
    )
    say(f"Sửa bằng Excel: {book}")
    menu = "bảng chọn, mục 1, Đọc lại sổ; hoặc " if named else ""
    say(f'  rồi ghi lại:           {menu}dvctt-report plan "{home}" --from "{book}"')


def _asked() -> Province:
    """Ask which of the provinces; CannotRun names them where nobody can be asked."""
    if not is_terminal(sys.stdin):
        return find_province("")
    while True:
        try:
            return find_province(ask("Tỉnh, thành phố nào"))
        except CannotRun as fault:
            say(str(fault))


COMMANDS = (("new", "Lập bộ cấu hình cho tỉnh, thành phố chưa có sẵn.", new, _NEW),)
