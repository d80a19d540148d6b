"""Whose figures are told and what papers print them: those of now, of a signed document, of one report."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from dvctt_report.consolidated import STEM, written_index
from dvctt_report.explain.index import Printing
from dvctt_report.explain.manifest import Manifest, read_manifest, read_table
from dvctt_report.files.manifests import PACKED, read_parts
from dvctt_report.report.citing import moment
from dvctt_report.report.identity import manifests_of
from dvctt_report.report.printed import index_json, read_index
from dvctt_report.store.published.record import Publication
from dvctt_report.store.workspace import Workspace
from dvctt_report.text.opening import file_digest, read_file
from dvctt_report.text.vietnamese import join_names
from dvctt_report.year.loader import OpenYear
from dvctt_report.year.unchanged import report_of


@dataclass(frozen=True)
class FigureSource:
    """Figures, the manifest they are from (None: added up now), and the folder of what prints them."""

    figures: Manifest
    report: Path | None
    folder: Path
    workspace: Workspace

    def read_papers(self) -> tuple[Printing, ...]:
        """What prints the figures beside the report itself: documents as last rendered, page, workbooks."""
        found: list[Printing] = []
        paths = manifests_of(self.folder, self.workspace.manifests)
        for table in (read_table(path) for path in paths if path != self.report):
            with suppress(KeyError, TypeError, AttributeError):
                file = table.get("report", {}).get("file", "")
                if file or "contributions" not in table:
                    found.append(Printing(file, read_index(table["printed"])))
        return (*found, *(Printing("", read_index(one["printed"])) for one in self._indexes))

    @cached_property
    def named_figures(self) -> Manifest:
        """The figures with what the names of its papers mean."""
        named = {name["id"]: name for one in self._indexes for name in one["names"]}
        return replace(self.figures, names={**self.figures.names, **named})

    @cached_property
    def _indexes(self) -> list[Mapping[str, Any]]:
        """What each page and workbook prints, as kept; an unknown copy beside a report is read itself."""
        kept = [read_table(path) for path in sorted(self.workspace.indexes.glob(f"*{PACKED}"))]
        kept = [one for one in kept if one.keys() >= {"report", "names", "printed"}]
        if self.folder.resolve() == self.workspace.results.resolve():
            return [one for one in kept if (self.workspace.root / one["report"]["file"]).exists()]
        by_digest = {one["report"]["sha256"]: one for one in kept}
        books = sorted(self.folder.glob(f"{STEM}*.xlsx"))
        return [
            by_digest.get(file_digest(book))
            or {"names": (), "printed": [*index_json(written_index(read_file(book)))]}
            for book in books
        ]


def figures_of(report: Path, workspace: Workspace) -> FigureSource:
    """Those of a report, with every document and workbook that lies beside it."""
    return FigureSource(read_manifest(report), report, report.parent, workspace)


def figures_now(year: OpenYear, add_up: Callable[[OpenYear], Manifest], *, as_asked: bool) -> FigureSource:
    """Those of now, or of the report where nothing came since; ``as_asked``: of the moment of ``year``."""
    workspace, report = year.workspace, year.workspace.manifest_of(year.period)
    with suppress(OSError, ValueError, KeyError, TypeError):
        said = read_parts(report, ("as_of", "id"))
        then = year if as_asked else replace(year, as_of=datetime.fromisoformat(said["as_of"]))
        if said["id"] == report_of(then):
            return figures_of(report, workspace)
    return FigureSource(add_up(year), None, workspace.results, workspace)


def version_of(
    manifest: Manifest, report: Path | None, published: Sequence[Publication] = ()
) -> tuple[str, ...]:
    """Name the report explained, what was signed before and after, and a Word file edited since."""
    if report is None:
        return ("Số liệu hiện có trong sổ nhận, chưa phải một báo cáo đã lập.",)
    signed = next((n for n, p in enumerate(published) if p.folder == report.resolve().parent), None)
    if signed is not None:
        told = [one.titled for one in published]
        before = f"Trước đó: {join_names(told[:signed])}." if signed else ""
        later = told[signed + 1 :]
        after = f"Sau đó số liệu đã đổi theo {join_names(later)}." if later else ""
        return tuple(filter(None, (f"{told[signed]}.", before, after)))
    made = manifest.data["report"]
    if not made["file"]:
        return (f"Số liệu của năm khi lập văn bản sau báo cáo: {report}",)
    until = moment(datetime.fromisoformat(manifest.data["as_of"]))
    lines = [f"{made['file']} (mã tệp {made['sha256'][:8]}), số liệu tính đến {until}."]
    beside = report.parent / made["file"]
    if not beside.is_file():
        lines.append("Không có tệp Word của báo cáo ở cạnh tệp .json.")
    elif file_digest(beside) != made["sha256"]:
        lines.append("Tệp Word ở cạnh đã được sửa sau khi lập; phiếu này theo bản lúc lập.")
    return tuple(lines)
