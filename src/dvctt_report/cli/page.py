"""The page of how the year stands, which ``collect`` and ``validate`` leave beside their answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

from dvctt_report import __version__
from dvctt_report.cli.issuers import issuer_of
from dvctt_report.cli.leave import leave
from dvctt_report.cli.screen import tell
from dvctt_report.cli.session import Registered
from dvctt_report.dataset import Dataset
from dvctt_report.errors import CannotRun
from dvctt_report.model import Finding, Summary
from dvctt_report.workspace import Workspace

PAGE = "tinh-hinh.html"
NAMED = "Trang tình hình, mở bằng trình duyệt"
_HEAD = 4096
"""Bytes of a page that say what it was made of."""


def leave_page(
    workspace: Workspace,
    dataset: Dataset,
    summary: Summary,
    findings: Sequence[Finding],
    moment: datetime,
    made_of: str,
    out: Callable[[str], None],
) -> None:
    """Write the page as of ``moment`` and name it by ``out``; what keeps it from being written is told.

    ``made_of``: see ``made_of``.
    """
    from dvctt_report.report.page.view import build_page
    from dvctt_report.report.page.write import page_bytes
    from dvctt_report.report.phrases import read_phrases
    from dvctt_report.report.wording import Voice

    with telling_why():
        voice = Voice(read_phrases(workspace.profile_folder / "phrases.toml"), issuer_of(workspace, moment))
        content = page_bytes(build_page(dataset, summary, findings, voice), made_of)
        leave(workspace.results / PAGE, content, NAMED, out)


def made_of(workspace: Workspace, known: Registered, day: date) -> str:
    """Name all that the page tells: register, plan, roster, settings, phrases, books, last year, the day.

    "" where one of them can't be read now: a page made of that is none to leave as it is.
    """
    from dvctt_report.intake.cache import reading_key

    digest = sha256(reading_key(workspace.profile, workspace.year).encode())
    digest.update(f"{__version__}\n{day}\n{workspace.settings.model_dump_json()}\n{known!r}".encode())
    last_year = workspace.manifest_of(workspace.year - 1)
    try:
        for path in (workspace.profile_folder / "phrases.toml", workspace.book, last_year):
            digest.update(sha256(path.read_bytes() if path.exists() else b"").digest())
    except OSError:
        return ""
    return digest.hexdigest()


def is_made_of(path: Path, name: str) -> bool:
    """Whether the page in ``path`` was made of just that; never of what has no name."""
    if not name:
        return False
    try:
        with path.open("rb") as page:
            return f'name="dvctt-report" content="{name}"'.encode() in page.read(_HEAD)
    except OSError:
        return False


@contextmanager
def telling_why() -> Iterator[None]:
    """Go on without the page where something it needs can't be used, and say what."""
    try:
        yield
    except CannotRun as fault:
        tell(f"Chưa lập được {PAGE}: {fault}")
