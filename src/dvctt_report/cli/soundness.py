"""The workspace in ``root``: settings, plan, wording, templates, register, and what was published."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from dvctt_report.cli.doctor import Diagnosis, Health
from dvctt_report.model.period import Period
from dvctt_report.papers.letters.write import TEMPLATES
from dvctt_report.plan.folders import PHRASES, profile_file
from dvctt_report.plan.load import PlanFault, load_profile
from dvctt_report.plan.phrases import read_phrases
from dvctt_report.report.template_check import check_tags, check_template
from dvctt_report.store.frozen import live_profile, tell_altered
from dvctt_report.store.published.record import Publication, changed_files, folder_of
from dvctt_report.store.register import RegisterBusy, read_publications
from dvctt_report.store.register.loss import check_contents, check_structure, open_unchanged
from dvctt_report.store.workspace import PUBLISHED, REGISTER, period_folders, read_workspace, refuse_ended
from dvctt_report.text.errors import CannotRun
from dvctt_report.year.loader import lost_register

_SHOWN = 5
_NONE_PUBLISHED = Diagnosis(Health.ABSENT, "chưa phát hành văn bản nào")


def check_workspace(root: Path, period: Period | None) -> Diagnosis:
    """Say whether settings can be used and folders be written. Raises CannotRun for settings."""
    workspace = read_workspace(root, period)
    wanted = (root, root / "bieu-mau", root / "noi-dung", workspace.inbox, workspace.results)
    wrong = [f"{f} là một tệp" for f in wanted if f.exists() and not f.is_dir()]
    for folder in filter(Path.is_dir, wanted):
        try:  # rights asked for are only half the truth on Windows and on shares
            with tempfile.TemporaryFile(dir=folder):
                pass
        except OSError:
            wrong.append(f"{folder} không ghi được")
    if wrong:
        fix = "Kiểm tra quyền ghi của thư mục làm việc, hoặc chép cả thư mục sang ổ đĩa khác."
        return Diagnosis(Health.ERROR, "; ".join(wrong), fix)
    return Diagnosis(Health.OK, f"{workspace.period.words}; đọc và ghi được, tại {root}")


def check_profile(root: Path, period: Period | None) -> Diagnosis:
    """Say whether plan, wording, templates can be used as edited. Raises CannotRun for no such period."""
    folder = live_profile(root)
    found = _check(folder, "Sửa các chỗ nêu trên, hoặc chép lại tệp từ bộ cấu hình có sẵn.")
    if found.state is Health.OK and period is not None:
        refuse_ended(load_profile(folder), period, f"dvctt-report roll {period}")
    return found


def check_frozen(root: Path, period: Period | None) -> Diagnosis:
    """Say the same of what was frozen with the period."""
    workspace = read_workspace(root, period)
    if not workspace.is_frozen:
        return Diagnosis(Health.ABSENT, "chưa phát hành biểu mẫu: các lệnh dùng chính bộ cấu hình")
    fix = "Lấy lại theo bộ cấu hình đang có: dvctt-report apply --yes; bản hỏng được giữ."
    found = _check(workspace.frozen, fix)
    told = tell_altered(workspace) if found.state is Health.OK else None
    return Diagnosis(Health.ERROR, *told) if told else found


def _check(folder: Path, fix: str) -> Diagnosis:
    """What is wrong with the plan, the wording, the templates of reports and of letters in ``folder``."""
    reports = sorted({profile_file(folder, "report.docx"), *folder.glob("report*.docx")})
    letters = (profile_file(folder, f"{name}.docx") for name in TEMPLATES)
    checked: tuple[tuple[Callable[[Path], object], Path], ...] = (
        (load_profile, folder),
        (read_phrases, folder / PHRASES),
        *((check_template, path) for path in reports),
        *((check_tags, path) for path in letters),
    )
    lines: list[str] = []
    for read, path in checked:
        try:
            answer = read(path)
            if isinstance(answer, tuple):
                lines += [f"{path.name}, {fault.said}" for fault in answer]
        except PlanFault as fault:
            lines += fault.lines
        except CannotRun as fault:
            lines.append(fault.message)
    if not lines:
        return Diagnosis(Health.OK, f"kế hoạch, câu chữ, tệp mẫu dùng được; tại {folder}")
    more = [f"… và {len(lines) - _SHOWN} lỗi khác"] if len(lines) > _SHOWN else []
    told = (f"{len(lines)} lỗi trong {folder}:", *lines[:_SHOWN], *more)
    return Diagnosis(Health.ERROR, "\n".join(told), fix)


def check_register(root: Path, period: Period | None) -> Diagnosis:
    """Say whether the register is whole, and every received file in it what was received."""
    with suppress(CannotRun):  # settings that can't be used are told above
        if (lost := lost_register(read_workspace(root, period))) is not None:
            return Diagnosis(Health.ERROR if lost.anew else Health.NOTE, lost.message, lost.fix)
    path = root / REGISTER
    if not path.exists():
        said = "chưa có sổ nhận: chưa nhận báo cáo nào"
        return Diagnosis(Health.ABSENT, said, "Lệnh collect đầu tiên tự lập sổ.")
    try:
        check_structure(path)
        spoilt = check_contents(path)
    except RegisterBusy as busy:
        return Diagnosis(Health.NOTE, busy.message, busy.fix)
    if spoilt:
        fix = (
            "Chép lại tệp gốc vào thư mục nhận rồi chạy dvctt-report collect: bản lưu được thay bằng tệp đó."
        )
        return Diagnosis(Health.ERROR, f"bản lưu đã khác lúc nhận: {', '.join(spoilt[:_SHOWN])}", fix)
    return Diagnosis(Health.OK, "nguyên vẹn, từng tệp đúng như lúc nhận")


def check_published(root: Path, period: Period | None) -> Diagnosis:
    """Say whether everything that was signed is there, as it was published."""
    register = root / REGISTER
    homes = [(one, folder.resolve() / PUBLISHED) for one, folder in period_folders(root)]
    if not register.exists() or register.stat().st_size == 0:
        there = [folder for _, home in homes for folder in home.glob("[!.]*") if folder.is_dir()]
        if not there:
            return _NONE_PUBLISHED
        said = f"có {len(there)} văn bản ở thư mục phat-hanh, không có sổ nhận để đối chiếu: {there[0]}"
        fix = "Khôi phục sổ nhận; hoặc chạy dvctt-report collect: ghi lại theo các thư mục đó."
        return Diagnosis(Health.ERROR, said, fix)
    with open_unchanged(register) as opened:
        rows = [
            (one, Publication(row, folder_of(row, home)))
            for one, home in homes
            for row in read_publications(opened, one)
        ]
    wrong = [(one, line) for one, published in rows for line in changed_files(published)]
    if not wrong:
        said = f"{len(rows)} văn bản, từng tệp đúng như lúc phát hành"
        return Diagnosis(Health.OK, said) if rows else _NONE_PUBLISHED
    lines = [line.replace(f"{root.resolve()}{os.sep}", "") for _, line in wrong[:_SHOWN]]
    commands = "; ".join(dict.fromkeys(f"dvctt-report publish --check --year {one}" for one, _ in wrong))
    fix = f"Chép lại đúng tệp đó từ hồ sơ đã lập (archive) hoặc bản sao lưu. Xem đủ: {commands}"
    return Diagnosis(Health.ERROR, "\n".join(lines), fix)
