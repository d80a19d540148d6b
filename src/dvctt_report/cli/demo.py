"""``dvctt-report demo``: the whole way on the sample, from received files to the report."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import typer

from dvctt_report.cli.screen import say
from dvctt_report.files.writing import replace_file
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.opening import read_file, read_text
from dvctt_report.text.resources import resource_path
from dvctt_report.text.vietnamese import format_date

_MARK = ".demo"
_YEARS = (2025, 2026)
"""The first lies ready; of the others the returns are written out of their tables."""


def run(ctx: typer.Context, folder: Path = Path("demo"), year: int = _YEARS[0], plan: str = "") -> None:
    """Run every step on a copy of the sample workspace."""
    if year not in _YEARS:
        years = " và ".join(map(str, _YEARS))
        raise CannotRun(f"Số liệu minh họa chỉ có hai năm {years}.", "Nêu một trong hai năm đó sau --year.")
    from dvctt_report.cli import collect, forms, letter, render, status, validate
    from dvctt_report.cli.app import WORKSPACE
    from dvctt_report.cli.session import find_period

    root = make_sample(folder, year, plan)
    ctx.meta[WORKSPACE] = root
    opened = find_period(ctx, None)  # the sample is the work of days, whenever its report is made
    last = opened.profile.plan.deadline.last_day(opened.period) + timedelta(days=11)
    as_of = f"{format_date(last)} 17:00"
    steps: tuple[tuple[str, Callable[[], object]], ...] = (
        ("forms      – xuất biểu mẫu", lambda: forms.run(ctx)),
        ("collect    – nhận báo cáo", lambda: collect.run(ctx)),
        ("validate   – kiểm tra số liệu", lambda: validate.run(ctx, as_of=as_of)),
        ("feedback   – đề nghị chỉnh lý", lambda: letter.write_mending_lists(ctx, as_of=as_of)),
        ("status     – tình hình gửi", lambda: status.run(ctx, as_of=as_of)),
        ("render     – lập báo cáo", lambda: render.run(ctx, as_of=as_of, due=f"31/12/{last.year}")),
    )
    for n, (title, step) in enumerate(steps, 1):
        before = "\n" if n > 1 else ""
        say(f"{before}[{n}/{len(steps)}] dvctt-report {title}\n{'─' * 60}")
        step()
    say(f"\nSố liệu minh họa và kết quả nằm trong thư mục: {root.resolve()}")


def make_sample(folder: Path, year: int = _YEARS[0], plan: str = "") -> Path:
    """Write a sample, that of ``plan`` where it is named, to ``folder``, over nothing but an earlier demo."""
    name = plan or str(year)
    source = resource_path("templates") / f"minh-hoa-{name}"
    if plan and not (source / "tra-loi.toml").is_file():
        found = (one.parent.name for one in source.parent.glob("minh-hoa-*/plan.toml"))
        names = ", ".join(one.removeprefix("minh-hoa-") for one in sorted(found))
        raise CannotRun(f"Không có kế hoạch minh họa “{plan}”.", f"Nêu sau --plan: {names}; hoặc bỏ --plan.")
    folder = folder.resolve()
    marker = folder / _MARK
    if folder.exists() and any(folder.iterdir()) and not marker.exists():
        raise CannotRun(
            f"Thư mục “{folder}” đã có tệp khác.", "Nêu một thư mục mới, ví dụ: dvctt-report demo thu"
        )
    if marker.exists() and read_text(marker) != name:
        option = f"--plan {plan}" if plan else f"--year {year}"
        raise CannotRun(
            f"Thư mục “{folder}” đã có số liệu minh họa của năm khác hay kế hoạch khác.",
            f"Nêu một thư mục mới, ví dụ: dvctt-report demo thu-{name} {option}",
        )
    folder.mkdir(parents=True, exist_ok=True)
    marker.write_text(name, encoding="utf-8")
    files: Iterator[tuple[str, bytes]]
    if name == str(_YEARS[0]):
        sample = resource_path("sample_data")
        paths = (path for path in sorted(sample.rglob("*")) if path.is_file())
        files = ((path.relative_to(sample).as_posix(), read_file(path)) for path in paths)
    else:
        from dvctt_report.cli.sample import invented_workspace

        files = invented_workspace(source)
    for name, data in files:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        replace_file(target, data)
    return folder
