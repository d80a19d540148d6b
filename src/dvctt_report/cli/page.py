"""The page of how the year stands, which ``collect`` and ``validate`` leave beside their answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from dvctt_report.cli.leave import leave
from dvctt_report.cli.screen import tell
from dvctt_report.cli.session import issuer_of
from dvctt_report.dataset import Dataset
from dvctt_report.errors import CannotRun
from dvctt_report.model import Finding, Summary
from dvctt_report.workspace import Workspace

PAGE = "tinh-hinh.html"


def leave_page(
    workspace: Workspace,
    dataset: Dataset,
    summary: Summary,
    findings: Sequence[Finding],
    moment: datetime,
    out: Callable[[str], None],
) -> None:
    """Write the page as of ``moment`` and name it by ``out``; what keeps it from being written is told."""
    from dvctt_report.report.page.view import build_page
    from dvctt_report.report.page.write import page_bytes
    from dvctt_report.report.phrases import read_phrases
    from dvctt_report.report.wording import Voice

    with telling_why():
        voice = Voice(read_phrases(workspace.profile_folder / "phrases.toml"), issuer_of(workspace, moment))
        content = page_bytes(build_page(dataset, summary, findings, voice))
        leave(workspace.results / PAGE, content, "Trang tình hình, mở bằng trình duyệt", out)


@contextmanager
def telling_why() -> Iterator[None]:
    """Go on without the page where something it needs can't be used, and say what."""
    try:
        yield
    except CannotRun as fault:
        tell(f"Chưa lập được {PAGE}: {fault}")
