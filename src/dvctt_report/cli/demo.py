"""``dvctt-report demo``: the whole way on the sample, from received files to the report."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import typer

from dvctt_report.cli.screen import say
from dvctt_report.files.writing import replace_file
from dvctt_report.store.workspace import SETTINGS
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.opening import read_file, read_text
from dvctt_report.text.resources import resource_path

_MARK = ".demo"
_YEARS = (2025, 2026)
"""The first lies ready; of the others the returns are written out of their tables."""


def run(ctx: typer.Context, folder: Path = Path("demo"), year: int = _YEARS[0]) -> None:
    """Run every step on a copy of the sample workspace."""
    if year not in _YEARS:
        years = " và ".join(map(str, _YEARS))
        raise CannotRun(f"Số liệu minh họa chỉ có hai năm {years}.", "Nêu một trong hai năm đó sau --year.")
    from dvctt_report.cli import collect, feedback, forms, render, status, validate
    from dvctt_report.cli.app import use_workspace

    root = make_sample(folder, year)
    use_workspace(ctx, root)
    as_of = f"20/11/{year} 17:00"  # the sample is a November's work, whenever its report is made
    steps: tuple[tuple[str, Callable[[], object]], ...] = (
        ("forms      – xuất biểu mẫu", lambda: forms.run(ctx)),
        ("collect    – nhận báo cáo", lambda: collect.run(ctx)),
        ("validate   – kiểm tra số liệu", lambda: validate.run(ctx, as_of=as_of)),
        ("feedback   – đề nghị chỉnh lý", lambda: feedback.run(ctx, as_of=as_of)),
        ("status     – tình hình gửi", lambda: status.run(ctx, as_of=as_of)),
        ("render     – lập báo cáo", lambda: render.run(ctx, as_of=as_of, due=f"31/12/{year}")),
    )
    for n, (title, step) in enumerate(steps, 1):
        before = "\n" if n > 1 else ""
        say(f"{before}[{n}/{len(steps)}] dvctt-report {title}\n{'─' * 60}")
        step()
    say(f"\nSố liệu minh họa và kết quả nằm trong thư mục: {root.resolve()}")


def make_sample(folder: Path, year: int) -> Path:
    """Write a sample to ``folder``, over an earlier demo but over nothing else; no file is ever removed."""
    folder = folder.resolve()
    marker = folder / _MARK
    if folder.exists() and any(folder.iterdir()) and not marker.exists():
        raise CannotRun(
            f"Thư mục “{folder}” đã có tệp khác.", "Nêu một thư mục mới, ví dụ: dvctt-report demo thu"
        )
    settings = folder / SETTINGS
    if settings.exists() and f"nam = {year}" not in read_text(settings):
        raise CannotRun(
            f"Thư mục “{folder}” đã có số liệu minh họa của năm khác.",
            f"Nêu một thư mục mới, ví dụ: dvctt-report demo thu-{year} --year {year}",
        )
    folder.mkdir(parents=True, exist_ok=True)
    marker.touch()
    files: Iterator[tuple[str, bytes]]
    if year == _YEARS[0]:
        sample = resource_path("sample_data")
        paths = (path for path in sorted(sample.rglob("*")) if path.is_file())
        files = ((path.relative_to(sample).as_posix(), read_file(path)) for path in paths)
    else:
        from dvctt_report.cli.sample.invented import invented_workspace

        files = invented_workspace(resource_path("templates") / f"minh-hoa-{year}", year)
    for name, data in files:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        replace_file(target, data)
    return folder
