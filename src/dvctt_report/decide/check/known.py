"""A manifest read back: what the report printed, where, and which figure each text is."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from dvctt_report.decide.check.document import EditedDocument
from dvctt_report.decide.check.passages import closing_apart
from dvctt_report.files.manifests import kept_manifest, read_parts
from dvctt_report.model.period import Period
from dvctt_report.plan.texts import DEPARTMENT
from dvctt_report.plan.unit_names import NamedUnit, UnitNames
from dvctt_report.report.beside import is_place
from dvctt_report.report.blocks import TextBlock
from dvctt_report.report.identity import manifests_of
from dvctt_report.report.printed import PrintedBlock, first_texts, read_place
from dvctt_report.store.workspace import Workspace
from dvctt_report.text.errors import CannotRun

_PARTS = ("id", "year", "period", "as_of", "indicators", "units", "of", "report", "printed")
"""What is read of a manifest; the cells behind its figures are most of it."""
_NAMING = ("code", "name", "names")
"""What is read of its targets and units."""


@dataclass(frozen=True)
class PrintedReport:
    """``report`` is the name and ``sha256`` the hash of the file it was rendered with.

    ``printed`` is what it said, place by place; ``targets`` are the names of the targets.
    ``text`` names the text that was rendered; ``units`` are the names of the units of that year;
    ``final``: it was rendered to be signed.
    ``beside`` is what it said in page headers, footers and charts.
    ``of`` is the manifest of the figures that a letter speaks of; "" where it holds them itself.
    """

    path: Path
    id: str
    report: str
    period: Period
    as_of: datetime
    sha256: str
    printed: tuple[PrintedBlock, ...]
    targets: tuple[str, ...] = ()
    text: str = DEPARTMENT.name
    units: UnitNames[NamedUnit] = field(default_factory=UnitNames)
    final: bool = False
    of: str = ""
    beside: tuple[TextBlock, ...] = ()

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """What was first printed of each figure."""
        return first_texts(s for place in self.printed for spans in place.figures for s in spans)


def read_manifest(path: Path) -> PrintedReport:
    """Read a manifest. Raises CannotRun for a file that is none, or one without the printed places."""
    heads: dict[int, tuple[str, ...]] = {}

    def slim(entry: Mapping[str, Any]) -> Any:
        if "figures" in entry:
            return read_place(entry, heads)
        return {name: entry[name] for name in _NAMING if name in entry}

    try:
        table = read_parts(path, _PARTS, slim)
        printed, beside = table["printed"], table["report"].get("beside", ())  # figures alone have none
        apart = closing_apart(place.block for place in printed)
        numbers = {section: n for n, section in enumerate(dict.fromkeys(section for section, _ in beside))}
        return PrintedReport(
            path,
            table["id"],
            table["report"]["file"],
            Period.of_manifest(table),
            datetime.fromisoformat(table["as_of"]),
            table["report"]["sha256"],
            tuple(replace(one, block=block) for one, block in zip(printed, apart, strict=True)),
            tuple(i["name"] for i in table["indicators"]),
            text_of(table),
            UnitNames(map(NamedUnit.of_manifest, table["units"])),
            table["report"].get("final") is True,
            str(table.get("of", "")),
            tuple(
                TextBlock(s, (said,)) if isinstance(said, str) else TextBlock(s, tuple(said), numbers[s])
                for s, said in beside
                if is_place(s)
            ),
        )
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise CannotRun(
            f"Tệp “{path.name}” không phải là bảng nguồn số liệu của báo cáo.",
            "Lập lại báo cáo bằng lệnh dvctt-report render, hoặc nêu đúng tệp .json đi cùng văn bản.",
        ) from error


def latest_printed(workspace: Workspace, document: EditedDocument) -> PrintedReport:
    """The manifest that carries the document's identity, else that of the period's document likest to it."""
    kept = kept_manifest(workspace.manifests, document.identity)
    if document.identity and kept is not None:
        return read_manifest(kept)
    made = workspace.manifest_of(workspace.period)
    reports: list[PrintedReport] = []
    for path in manifests_of(workspace.results, workspace.manifests):
        with suppress(CannotRun):  # a damaged one of another text keeps nothing back
            reports.append(read_manifest(path))
    if not reports and made.is_file():
        return read_manifest(made)
    if not reports:
        raise CannotRun(
            f"Không thấy bảng nguồn số liệu “{made}”.",
            "Lập báo cáo bằng lệnh dvctt-report render, hoặc nêu tệp bằng --manifest.",
        )
    there = {block.cells for block in document.blocks}  # of paragraphs and rows, those as they were printed
    shared = {report.path: len(there & {place.block.cells for place in report.printed}) for report in reports}
    return max(reports, key=lambda one: (shared[one.path], one.as_of, one.path == made))


def text_of(table: Mapping[str, Any]) -> str:
    """Which text a manifest is of; the office's own report where it says none."""
    report = table.get("report")
    return str(report.get("text", DEPARTMENT.name)) if isinstance(report, dict) else DEPARTMENT.name
