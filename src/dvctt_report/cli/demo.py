"""``dvctt-report demo``: the whole way on the sample, from received files to the report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dvctt_report.cli.screen import say
from dvctt_report.errors import CannotRun
from dvctt_report.files import replace_file
from dvctt_report.resources import resource_path
from dvctt_report.workspace import SETTINGS

HELP = (
    "Chép số liệu minh họa vào một thư mục mới rồi chạy lần lượt: forms, collect, validate, feedback, "
    "status, render."
)

_MARK = ".demo"
_AS_OF = "20/11/2025 17:00"
"""The sample is a November's work; its report speaks of that evening, whenever it is made."""


def run(
    ctx: typer.Context,
    folder: Annotated[
        Path, typer.Argument(metavar="THƯ-MỤC", help="Nơi chép số liệu minh họa; mặc định là demo.")
    ] = Path("demo"),
) -> None:
    """Run every step on a copy of the sample workspace."""
    from dvctt_report.cli import collect, feedback, forms, render, status, validate
    from dvctt_report.cli.app import use_workspace

    root = _copy_sample(folder)
    use_workspace(ctx, root)
    say(f"[1/6] dvctt-report forms      – xuất biểu mẫu\n{'─' * 60}")
    forms.run(ctx)
    say(f"\n[2/6] dvctt-report collect    – nhận báo cáo\n{'─' * 60}")
    collect.run(ctx)
    say(f"\n[3/6] dvctt-report validate   – kiểm tra số liệu\n{'─' * 60}")
    validate.run(ctx, as_of=_AS_OF)
    say(f"\n[4/6] dvctt-report feedback   – đề nghị chỉnh lý\n{'─' * 60}")
    feedback.run(ctx, as_of=_AS_OF)
    say(f"\n[5/6] dvctt-report status     – tình hình gửi\n{'─' * 60}")
    status.run(ctx, as_of=_AS_OF)
    say(f"\n[6/6] dvctt-report render     – lập báo cáo\n{'─' * 60}")
    render.run(ctx, as_of=_AS_OF)
    say(f"\nSố liệu minh họa và kết quả nằm trong thư mục: {root.resolve()}")


def _copy_sample(folder: Path) -> Path:
    """Copy the sample to ``folder``, over an earlier demo but over nothing else; no file is ever removed."""
    folder = folder.resolve()
    if folder.exists() and any(folder.iterdir()) and not (folder / _MARK).exists():
        raise CannotRun(
            f"Thư mục “{folder}” đã có tệp khác.", "Nêu một thư mục mới, ví dụ: dvctt-report demo thu"
        )
    sample = resource_path("sample_data")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _MARK).touch()
    for path in sorted(sample.rglob("*")):
        target = folder / path.relative_to(sample)
        if path.is_dir():
            target.mkdir(exist_ok=True)
        else:
            replace_file(target, path.read_bytes())
    assert (folder / SETTINGS).exists()
    return folder
