"""``dvctt-report verify``: whether what was published is still what was signed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import typer

from dvctt_report.cli.options import Format, Output, When
from dvctt_report.cli.screen import print_json, say
from dvctt_report.cli.session import find_period
from dvctt_report.errors import CannotRun
from dvctt_report.loader import has_register
from dvctt_report.published.record import Publication, changes, publications, published_periods, unregistered
from dvctt_report.workspace import Workspace
from dvctt_report.years.case_file import FOLDER

HELP = (
    "So từng tệp đã giữ khi phát hành, từng tệp đơn vị gửi đã dùng, cấu hình của kỳ với mã SHA-256 ghi lúc "
    "phát hành; không sửa gì.\n\n"
    "Mã thoát: 0 còn nguyên; 1 có chỗ đã đổi, nêu từng chỗ; 2 không chạy được (chưa phát hành)."
)


def run(ctx: typer.Context, period: When = None, output: Output = Format.TABLE) -> int:
    """Name everything that changed since it was published. Returns 1 where anything did."""
    workspace = find_period(ctx, period)
    has_register(workspace)
    published = publications(workspace, workspace.period)
    strange = [workspace.relative(folder) for folder in unregistered(workspace, published)]
    if not published and not strange:
        raise CannotRun(
            f"Chưa phát hành báo cáo nào của {workspace.period.words}.",
            f"Ghi số, ngày và bản đã ký: dvctt-report publish{_elsewhere(workspace)}",
        )
    found = {one: tuple(changes(workspace, one)) for one in published}
    if output is Format.JSON:
        listed = [
            _json(one, changed) | {"folder": workspace.relative(one.folder)} for one, changed in found.items()
        ]
        print_json({**workspace.period.as_json(), "publications": listed, "unregistered": strange})
    else:
        _print(found, strange)
        if any(found.values()) or strange:
            _tell_remedy(workspace)
    return int(any(found.values()) or bool(strange))


def _elsewhere(workspace: Workspace) -> str:
    """Say how the years are verified of which something was published; "" where none was."""
    others = [period for period in published_periods(workspace) if period != workspace.period]
    commands = "; ".join(f"dvctt-report verify --year {period}" for period in others)
    return f". Kỳ đã phát hành: {commands}" if commands else ""


def _tell_remedy(workspace: Workspace) -> None:
    """Say how what was published is put back; nothing is repaired unasked."""
    cases = sorted((workspace.root / FOLDER).glob(f"ho-so-{workspace.period}*"))
    kept = f"hồ sơ đã lập ({workspace.relative(cases[0])})" if cases else "hồ sơ đã lập"
    say(
        f"Khôi phục: chép lại đúng tệp nêu trên từ {kept} hoặc từ bản sao lưu của thư mục làm việc; tệp, thư "
        f"mục lạ thì chuyển đi nơi khác; rồi chạy lại: dvctt-report verify --year {workspace.period}. Chương "
        "trình không tự sửa."
    )


def _json(one: Publication, changed: Sequence[str]) -> dict[str, Any]:
    row = one.row
    return {
        "document": row.document,
        "dated": row.dated.isoformat(),
        "who": row.who,
        "when": row.when.isoformat(),
        "corrections": list(one.corrections),
        "changes": list(changed),
    }


def _print(found: Mapping[Publication, Sequence[str]], strange: Sequence[str]) -> None:
    for one, changed in found.items():
        say(f"Báo cáo {one.cited}: {'còn nguyên như lúc phát hành.' if not changed else ''}".rstrip())
        say(*(f"  - {line}" for line in (*one.corrections, *changed)))
    for folder in strange:
        say(f"Thư mục {folder} không có trong sổ nhận: không phải bản đã phát hành.")
