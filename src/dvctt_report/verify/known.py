"""A manifest read back: what the report printed, where, and which figure each text is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from dvctt_report.errors import CannotRun
from dvctt_report.manifests import kept_manifest, parse_json, read_manifest_text
from dvctt_report.period import Period
from dvctt_report.plan.unit_names import NamedUnit, UnitNames
from dvctt_report.report.beside import is_place
from dvctt_report.report.blocks import TextBlock
from dvctt_report.report.identity import manifests_of
from dvctt_report.report.printed import PrintedBlock, first_texts, read_index
from dvctt_report.report.texts import DEPARTMENT
from dvctt_report.verify.document import EditedDocument
from dvctt_report.verify.reading import closing_apart
from dvctt_report.workspace import Workspace

_VERDICTS = {"met": "Đạt", "missed": "Chưa đạt", "insufficient": "Chưa kết luận"}


@dataclass(frozen=True)
class PrintedReport:
    """``report`` is the name and ``sha256`` the hash of the file it was rendered with.

    ``texts`` says what was first printed of each figure; ``units_of_count`` those of the targets, by code.
    ``text`` names the text that was rendered; ``units`` are the names of the units of that year;
    ``judged`` says in plain words how each target came out; ``final``: it was rendered to be signed.
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
    texts: Mapping[str, str]
    units_of_count: Mapping[str, str] = field(default_factory=dict)
    text: str = DEPARTMENT.name
    units: UnitNames[NamedUnit] = field(default_factory=UnitNames)
    judged: Mapping[str, str] = field(default_factory=dict)
    final: bool = False
    of: str = ""
    beside: tuple[TextBlock, ...] = ()

    @cached_property
    def verdicts(self) -> Mapping[str, str]:
        """The verdicts of the targets, by code, as they are printed: "Chưa đạt"."""
        return {code: self.texts.get(f"{code}.verdict", said) for code, said in self.judged.items()}

    @cached_property
    def rates(self) -> Mapping[str, Mapping[str, str]]:
        """The rates of each unit by target, as an annex prints them: {"SYT": {"T10": "90,9%"}}."""
        found: dict[str, dict[str, str]] = {}
        for id, text in self.texts.items():
            about, _, role = id.rpartition(".")
            target, _, unit = about.partition(".")
            if role == "percent" and unit and any(char.isdigit() for char in text):
                found.setdefault(unit, {})[target] = f"{text.rstrip('*%')}%"
        return found

    def basis(self, id: str) -> str:
        """The counts that a percentage stands on: "63.245/79.096 hồ sơ"; "" where none are printed."""
        about, _, role = id.rpartition(".")
        if role != "percent":
            return ""
        pairs = (
            ("numerator", "denominator"),
            ("done", "known"),
            ("received", "expected"),
            ("satisfied", "valid"),
        )
        for counted, of in pairs:
            done, total = self.texts.get(f"{about}.{counted}"), self.texts.get(f"{about}.{of}")
            if done and total:
                return f"{done}/{total} {self.units_of_count.get(about.split('.')[0], '')}".rstrip()
        return ""


def read_manifest(path: Path) -> PrintedReport:
    """Read a manifest. Raises CannotRun for a file that is none, or one without the printed places."""
    try:
        table = parse_json(read_manifest_text(path))
        return _manifest(path, table)
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
    latest = list(_readable(manifests_of(workspace.results, workspace.manifests)))
    if not latest and made.is_file():
        return read_manifest(made)
    if not latest:
        raise CannotRun(
            f"Không thấy bảng nguồn số liệu “{made}”.",
            "Lập báo cáo bằng lệnh dvctt-report render, hoặc nêu tệp bằng --manifest.",
        )
    return max(latest, key=lambda one: (count_shared(one, document.blocks), one.as_of, one.path == made))


def _readable(manifests: Iterable[Path]) -> Iterator[PrintedReport]:
    """Read those that can be read: a damaged one of another text keeps nothing back."""
    for path in manifests:
        with suppress(CannotRun):
            yield read_manifest(path)


def count_shared(manifest: PrintedReport, blocks: Iterable[TextBlock]) -> int:
    """How many of the printed paragraphs and rows stand in a document as they were printed."""
    printed = {one.block.cells for one in manifest.printed}
    return len(printed & {block.cells for block in blocks})


def text_of(table: Mapping[str, Any]) -> str:
    """Which text a manifest is of; the office's own report where it says none."""
    report = table.get("report")
    return str(report.get("text", DEPARTMENT.name)) if isinstance(report, dict) else DEPARTMENT.name


def _manifest(path: Path, table: Mapping[str, Any]) -> PrintedReport:
    printed = tuple(_placed(read_index(table["printed"])))
    return PrintedReport(
        path,
        table["id"],
        table["report"]["file"],
        Period.of_manifest(table),
        datetime.fromisoformat(table["as_of"]),
        table["report"]["sha256"],
        printed,
        first_texts(s for one in printed for spans in one.figures for s in spans),
        {i["code"]: i["counted"] for i in table["indicators"]},
        text_of(table),
        UnitNames(map(NamedUnit.told, table["units"])),
        {i["code"]: _VERDICTS.get(i["verdict"], "") for i in table["indicators"]},
        table["report"].get("final") is True,
        str(table.get("of", "")),
        tuple(_beside(table["report"].get("beside", ()))),  # figures alone have none
    )


def _placed(printed: Sequence[PrintedBlock]) -> Iterator[PrintedBlock]:
    """The printed places, who signs and who gets the document as a section of their own."""
    for one, block in zip(printed, closing_apart(one.block for one in printed), strict=True):
        yield replace(one, block=block)


def _beside(entries: Sequence[tuple[str, str | list[str]]]) -> Iterator[TextBlock]:
    """What was kept of what stands beside the body."""
    numbers = {section: n for n, section in enumerate(dict.fromkeys(section for section, _ in entries))}
    for section, said in entries:
        if is_place(section):
            text = TextBlock(section, (said,)) if isinstance(said, str) else None
            yield text or TextBlock(section, tuple(said), numbers[section])
