"""An edited Word file as it reaches us: its blocks, its identity, why it cannot be read; its manifest."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from lxml import etree

from dvctt_report.decide.check.passages import closing_apart
from dvctt_report.files.manifests import kept_manifest, read_parts
from dvctt_report.model.period import Period
from dvctt_report.plan.texts import DEPARTMENT
from dvctt_report.plan.unit_names import NamedUnit, UnitNames
from dvctt_report.report.beside import blocks_beside, is_beside, is_place
from dvctt_report.report.blocks import TextBlock, read_blocks
from dvctt_report.report.identity import CUSTOM, manifests_of, parse_identity
from dvctt_report.report.printed import PrintedBlock, first_texts, read_place
from dvctt_report.store.workspace import Workspace
from dvctt_report.text.errors import CannotRun
from dvctt_report.word.sight import Sight, read_sight
from dvctt_report.word.source import SAFELY, Refused, Source, read_source, within_bounds
from dvctt_report.word.tree import W

_CUSTOM = CUSTOM.lower()
NOTES = ("word/footnotes.xml", "word/endnotes.xml")


@dataclass(frozen=True, slots=True)
class EditedDocument:
    """What was read; ``identity`` "": the file carries none. ``n_revisions`` counts tracked changes.

    ``beside`` is what stands in page headers, footers, charts, comments …; ``unsaid`` are the texts that
    nobody sees as they are written, and how that comes; ``things``: see ``Sight``.
    """

    name: str
    sha256: str
    identity: str
    blocks: tuple[TextBlock, ...]
    n_revisions: int
    beside: tuple[TextBlock, ...] = ()
    unsaid: Mapping[str, str] = field(default_factory=dict)
    things: tuple[tuple[str, str], ...] = ()


def read_document(path: Path) -> EditedDocument:
    """Read a .docx as a reader sees it. Raises CannotRun with the true reason where it is none."""
    try:
        source = read_source(path)
        seen = SeenDocument(source)
        notes = [source.tree(name) for name in NOTES if name in source.parts]
        blocks = tuple(closing_apart(read_blocks(seen.tree, notes, seen.rows, seen.sight)))
        trees = {name: source.tree(name) for name in filter(is_beside, source.parts)}
        beside = blocks_beside(trees, source.parts.get)
    except Refused as refused:
        raise CannotRun(f"“{path.name}”: {refused.reason}.", refused.remedy) from refused
    identity = parse_identity(source.parts[_CUSTOM]) if _CUSTOM in source.parts else ""
    digest = hashlib.sha256(source.data).hexdigest()
    return EditedDocument(
        path.name, digest, identity, blocks, seen.n_revisions, beside, seen.unsaid, seen.sight.things
    )


# Long tables of a Word file, read some rows at a time: the tree of all takes a hundred times their text

AT_ONCE = 300
"""Rows that stay in the tree, and that are read at once."""
_TARGET = "hang"


class SeenDocument:
    """A document's tree without most rows of its long tables, and what is seen of it.

    tree: the root element of the text; ``sight`` is what is seen of it, and, while :meth:`rows` gives them,
    of the rows apart. ``unsaid`` are the texts that nobody sees, and how that comes; ``n_revisions`` counts
    the tracked insertions, deletions and moves that were neither accepted nor rejected.
    """

    def __init__(self, source: Source) -> None:
        """Take rows out of long tables while they are read. Raises Refused."""
        self._packed: list[bytes] = []
        self._tables: list[Any] = []
        self.n_revisions = 0
        waiting: list[bytes] = []
        table, n_rows = None, 0

        def take(row: Any) -> None:
            nonlocal table, n_rows
            parent = row.getparent()
            if parent.getparent() is None or parent.getparent().tag != f"{W}body":
                return
            if parent is not table:
                self._pack(table, waiting)
                table, n_rows = parent, 0
            n_rows += 1
            before = row.getprevious()
            if n_rows > AT_ONCE + 1 and before is not None and before.tag == f"{W}tr":
                self.n_revisions += count_revisions(before)
                waiting.append(etree.tostring(within_bounds(before), with_tail=False))
                parent.remove(before)
                if len(waiting) == AT_ONCE:
                    self._pack(parent, waiting, row)

        root = source.read(source.main, take)
        self._pack(table, waiting)
        self.tree = within_bounds(root)
        self.n_revisions += count_revisions(self.tree)
        self._source = replace(source, trees={**source.trees, source.main: self.tree})
        self._unseen: dict[Any, str] = {}
        self._raised: dict[Any, str] = {}
        seen = read_sight(self._source)
        self.unsaid: dict[str, str] = {}
        self._add(seen)
        self.sight = Sight(self._unseen, self._raised, seen.labels, seen.things)

    def rows(self, stands_for: Any) -> Iterator[Any]:
        """Yield the rows that a processing instruction stands for; they are seen as long as they are read."""
        if stands_for.tag is not etree.ProcessingInstruction or stands_for.target != _TARGET:
            return
        number = int(stands_for.text or "")
        table = etree.fromstring(zlib.decompress(self._packed[number]), etree.XMLParser(**SAFELY))
        for properties in reversed(self._tables[number]):
            table.insert(0, deepcopy(properties))
        root = etree.Element(self.tree.tag, nsmap=self.tree.nsmap)
        etree.SubElement(root, f"{W}body").append(table)
        seen = read_sight(replace(self._source, trees={**self._source.trees, self._source.main: root}))
        self._add(seen)
        yield from table.iterchildren(f"{W}tr")
        for run in (*seen.unseen, *seen.raised):
            self._unseen.pop(run, None)
            self._raised.pop(run, None)

    def _add(self, seen: Sight) -> None:
        self._unseen |= seen.unseen
        self._raised |= seen.raised
        texts = (("".join(run.itertext(f"{W}t")), how) for run, how in seen.unseen.items())
        self.unsaid |= {text: how for text, how in texts if text.strip()}

    def _pack(self, table: Any, waiting: list[bytes], before: Any = None) -> None:
        """Put an instruction in the place of the rows that wait, before ``before`` or the last row."""
        if not waiting:
            return
        mark = etree.ProcessingInstruction(_TARGET, str(len(self._packed)))
        (table[-1] if before is None else before).addprevious(mark)
        content = b'<w:tbl xmlns:w="%s">%s</w:tbl>' % (W[1:-1].encode(), b"".join(waiting))
        self._packed.append(zlib.compress(content, 1))
        self._tables.append([e for e in table if e.tag in (f"{W}tblPr", f"{W}tblGrid")])
        waiting.clear()


def count_revisions(root: Any) -> int:
    """Count the tracked changes in an element."""
    return sum(1 for _ in root.iter("{*}ins", "{*}del", "{*}moveFrom", "{*}moveTo"))


# --------------- A manifest read back: what the report printed, where, and which figure each text is

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
