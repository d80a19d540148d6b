"""Which documents cite a signed one by its number: they are told of when that turns out to be another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress

from dvctt_report.errors import CannotRun
from dvctt_report.manifests import kept_manifests
from dvctt_report.published.record import digest_of, every_publication
from dvctt_report.verify.known import PrintedReport, read_manifest
from dvctt_report.workspace import Workspace


def citing(workspace: Workspace, document: str) -> Iterator[str]:
    """Yield what cites ``document`` ("386/BC-SKHCN") in any period: the signed by number, others by file.

    A rendering that no file is left of is no document any more.
    """
    found = {one.id: one for one in _reports_citing(workspace, document)}
    for one in every_publication(workspace):
        with suppress(CannotRun):  # a record that was changed: ``verify`` names it
            if found.pop(str(one.record()["rendering"]), None) is not None:
                yield f"{one.titled} (đã phát hành)"
    left = {one.sha256 for one in found.values()}
    if left:
        for path in sorted(workspace.results.parent.rglob("*.docx")):
            if digest_of(path) in left:
                yield workspace.relative(path)


def _reports_citing(workspace: Workspace, document: str) -> Iterator[PrintedReport]:
    cited = re.compile(rf"(?<!\d){re.escape(document)}(?!\w)")
    for path in kept_manifests(workspace.manifests):
        with suppress(CannotRun):  # of an earlier version
            report = read_manifest(path)
            if any(cited.search(cell) for one in report.printed for cell in one.block.cells):
                yield report
