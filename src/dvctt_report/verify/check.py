"""An edited report against its manifest: what agrees, differs, contradicts itself, is gone, is unknown."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby

from dvctt_report.errors import CannotRun
from dvctt_report.grouping import by_key
from dvctt_report.report.beside import AXES, COUNTED, DRAWN, RUNNING
from dvctt_report.report.blocks import TextBlock
from dvctt_report.report.printed import PrintedBlock
from dvctt_report.report.texts import TEXTS, WORKING_PAPER
from dvctt_report.verify.document import EditedDocument
from dvctt_report.verify.known import PrintedReport
from dvctt_report.verify.numbers import even_text, find_numbers, printed_value
from dvctt_report.verify.origin import require_figures, require_head, require_identity
from dvctt_report.verify.prose import read_prose
from dvctt_report.verify.reading import (
    CELL,
    SHOWN,
    Deviation,
    DeviationKind,
    FactsFound,
    Match,
    TextPlace,
    excerpt,
    few,
    same_value,
    shortened,
)
from dvctt_report.verify.rewritten import WordEdit, read_edits, still_seen, untold
from dvctt_report.verify.table_pairing import name_rows
from dvctt_report.verify.tables import read_tables
from dvctt_report.verify.weighty import weighed
from dvctt_report.vietnamese import format_small_count

_REPORTS = frozenset(text.name for text in TEXTS)
"""The texts that are said again from the register; letters and papers print counts of their own."""
DIFFERENCES = frozenset((DeviationKind.DIFFERS, DeviationKind.CONTRADICTION, DeviationKind.CHANGED_SINCE))
_CITED = re.compile(r"\((\d{1,2}[a-zđ]?(?:, \d{1,2}[a-zđ]?)*)\)")
"""The numbers of rows by which a note below a table cites them."""
_NAME_AND_WORDS = 2
"""Cells of a row that is a name and what is said of it."""
TO_READ = frozenset(DeviationKind) - DIFFERENCES


@dataclass(frozen=True, slots=True)
class Collation:
    """``untouched``: the file is byte by byte the rendered one. ``n_figures`` counts printed places.

    ``edits`` are the words that were edited and that no deviation tells of.
    """

    untouched: bool
    n_figures: int
    n_agree: int
    deviations: tuple[Deviation, ...]
    edits: tuple[WordEdit, ...] = ()

    def count(self, kind: DeviationKind) -> int:
        return sum(d.kind is kind for d in self.deviations)

    @property
    def agrees(self) -> bool:
        return not any(d.kind in DIFFERENCES for d in self.deviations)

    @property
    def n_to_read(self) -> int:
        """How many places only a person can judge: what is gone, new, said of something else, or not seen."""
        return sum(d.kind in TO_READ for d in self.deviations) + self.n_words

    @property
    def n_words(self) -> int:
        """How many edits of words a person has to read."""
        return sum(one.to_read for one in self.edits)


def check_document(
    document: EditedDocument,
    manifest: PrintedReport,
    now: Mapping[str, str] | None = None,
    named: bool = False,
) -> Collation:
    """Check ``document`` against ``manifest``; ``now`` is what the register gives for each figure today.

    ``now`` None: not asked. ``named``: the user has said which manifest to take. Raises CannotRun where the
    document is no copy of the manifest's report.
    """
    require_identity(document, manifest, named)
    require_head(document, manifest)
    if not manifest.texts and manifest.text in _REPORTS:
        raise CannotRun(
            f"Bảng nguồn số liệu “{manifest.path.name}” không ghi chỗ in các con số, vì tệp mẫu báo cáo có "
            "thẻ so sánh hoặc biến đổi chữ.",
            "Bỏ các thẻ đó trong tệp mẫu rồi lập lại báo cáo.",
        )
    reading = _read(document, manifest)
    figures = [m for m in reading.matches if m.id]
    n_figures = len(figures) + reading.count(DeviationKind.MISSING, figures=True)
    require_figures(document, manifest, reading)
    deviations = [
        *_differences(reading, manifest),
        *_contradictions(figures),
        *(_changes(manifest, now) if now is not None else ()),
        *reading.told,
        *_running(one for one in document.beside if one not in manifest.beside),
        *_things(document.things),
        *_slips(figures),
    ]
    blocks = (*document.blocks, *(one.block for one in manifest.printed))
    order = {section: n for n, section in enumerate(dict.fromkeys(block.section for block in blocks))}
    kinds = list(DeviationKind)
    deviations.sort(key=lambda d: (order.get(d.place.section, len(order)), kinds.index(d.kind)))
    n_agree = sum(m.agrees for m in figures)
    edits = tuple(_edits(document, manifest, deviations))
    return Collation(document.sha256 == manifest.sha256, n_figures, n_agree, tuple(deviations), edits)


def _edits(
    document: EditedDocument, manifest: PrintedReport, deviations: Sequence[Deviation]
) -> list[WordEdit]:
    """Everything else that the document says otherwise than was printed."""
    kept, there = (Counter(one.section for one in of) for of in (manifest.beside, document.beside))
    passed = COUNTED - kept.keys()
    if kept[AXES] != there[AXES]:  # a chart that came or went is told by its rows
        passed |= {AXES}
    was, beside = (
        tuple(one for one in of if one.section not in passed) for of in (manifest.beside, document.beside)
    )
    printed = [one.block for one in manifest.printed]
    found = untold(still_seen(read_edits(printed, document.blocks), document.unsaid), deviations)
    aside = untold(read_edits(was, beside), deviations)
    weigh = partial(weighed, units=manifest.units, period=manifest.period.words)
    end = len(document.blocks)
    return [
        *weigh(found, printed, document.blocks),
        *(replace(one, at=end) for one in weigh(aside, (), beside)),
    ]


def _read(document: EditedDocument, manifest: PrintedReport) -> FactsFound:
    printed, blocks = manifest.printed, document.blocks
    if manifest.text == WORKING_PAPER:
        printed = tuple(_cells_apart(printed))
        blocks = tuple(one.block for one in _cells_apart([PrintedBlock(block, ()) for block in blocks]))
    reading = FactsFound()
    read_prose(
        [one for one in printed if one.block.table is None],
        [b for b in blocks if b.table is None],
        manifest.units,
        manifest.verdicts,
        manifest.rates,
        reading,
    )
    rows = [one for one in printed if one.block.table is not None]
    cited: dict[str, set[str]] = defaultdict(set)
    for block in (one.block for one in printed if one.block.table is None):
        cited[block.section].update(n for listed in _CITED.findall(block.text) for n in listed.split(", "))
    read_tables(rows, [b for b in blocks if b.table is not None], cited, reading)
    return reading


def _cells_apart(printed: Sequence[PrintedBlock]) -> Iterator[PrintedBlock]:
    """Take the cells of a table of names and what is said of each for paragraphs; a name is a section."""
    wide = {one.block.table for one in printed if len(one.block.cells) > _NAME_AND_WORDS}
    for one in printed:
        if one.block.table is None or one.block.table in wide:
            yield one
            continue
        section = f"{CELL}“{one.block.text}”"
        for n, text in enumerate(one.block.cells):
            block = TextBlock(section if n else one.block.section, (text,))
            yield PrintedBlock(block, (one.figures[n] if one.figures else (),))


def _differences(reading: FactsFound, manifest: PrintedReport) -> Iterable[Deviation]:
    by_figure = _by_figure(reading.matches)
    for match in reading.matches:
        if not match.agrees:
            others = tuple((m.place, m.found) for m in by_figure[match.id] if m is not match and match.id)
            basis = manifest.basis(match.id)
            yield Deviation(
                DeviationKind.DIFFERS,
                match.place,
                match.id,
                match.found,
                match.expected,
                basis,
                others,
                judged=match.judged,
                number=match.number,
            )


def _contradictions(figures: Iterable[Match]) -> Iterable[Deviation]:
    """Tell a figure that the document itself prints in several ways."""
    for id, matches in _by_figure(m for m in figures if m.found).items():
        if len({m.value for m in matches}) > 1:
            wrong = next((m for m in matches if not m.agrees), matches[0])
            others = tuple((m.place, m.found) for m in matches if m is not wrong)
            yield Deviation(
                DeviationKind.CONTRADICTION, wrong.place, id, wrong.found, wrong.expected, "", others
            )


_DECIMAL_POINT = re.compile(r"[+-]?\d+\.\d+\s*%?")


def _slips(figures: Iterable[Match]) -> Iterable[Deviation]:
    """Tell figures whose value is right but not how they are written: "79.96%"; "%" for points is more."""
    for m in (m for m in figures if m.agrees and m.found != m.expected):
        point = "," in m.expected and _DECIMAL_POINT.fullmatch(m.found)
        percent = m.place.context and m.found.endswith("%") and m.expected.endswith("điểm phần trăm")
        if point or percent:
            kind = DeviationKind.SLIP if point else DeviationKind.REWORDED
            yield Deviation(kind, m.place, m.id, m.found, m.expected)


def _running(blocks: Iterable[TextBlock]) -> Iterable[Deviation]:
    """Tell the figures in the headers and footers of pages, where the report prints none."""
    for text in (even_text(block.text) for block in blocks if block.section == RUNNING):
        for n in (number for number in find_numbers(text) if number.figure):
            yield Deviation(
                DeviationKind.UNKNOWN, TextPlace(RUNNING, "", excerpt(text, n.start, n.end)), "", n.text
            )


def _things(things: Iterable[tuple[str, str]]) -> Iterable[Deviation]:
    """Tell what lies upon the text or brings other text in: nothing was issued that does."""
    for said, text in things:
        place = TextPlace(DRAWN, "", shortened(even_text(text), 2 * SHOWN))
        yield Deviation(DeviationKind.UNKNOWN, place, "", said)


def _by_figure(matches: Iterable[Match]) -> Mapping[str, list[Match]]:
    return by_key((match.id, match) for match in matches)


def _changes(manifest: PrintedReport, now: Mapping[str, str]) -> Iterable[Deviation]:
    """Tell the figures whose value in the register is another one today; the first place of each."""
    told: set[str] = set()
    for table, rows in groupby(manifest.printed, key=lambda one: one.block.table):
        places = list(rows)
        cells = [one.block.cells for one in places]
        names = [""] * len(places) if table is None else name_rows(cells)
        for one, name in zip(places, names, strict=True):
            for span in (span for spans in one.figures for span in spans):
                current = now.get(span.id, "")
                own_count = span.id not in now and manifest.text not in _REPORTS
                if (
                    span.id in told
                    or own_count
                    or same_value(printed_value(span.text), printed_value(current), span.text, current)
                ):
                    continue
                told.add(span.id)
                place = TextPlace(one.block.section, ", ".join(filter(None, (one.block.title, name))))
                current = _written_as(span.text, current)
                yield Deviation(DeviationKind.CHANGED_SINCE, place, span.id, span.text, current)


def _written_as(printed: str, now: str) -> str:
    """A figure as it is now, a small count with a zero before it where it was printed so: 06, 07; 6, 7."""
    if not (now.isdecimal() and re.fullmatch(r"0?[1-9]", printed)):
        return now
    return format_small_count(int(now)) if printed[0] == "0" else str(int(now))


def for_reading(deviations: Iterable[Deviation], everything: bool = False) -> tuple[list[Deviation], int]:
    """Leave out what a reader is told otherwise; return the rest and the number of changes left out.

    That is: a contradiction of a figure already told as different and, unless ``everything`` is wanted, a
    later change that stands in tables alone. What is gone, or was put in, at one place is one entry.
    """
    listed = list(deviations)
    told = {d.figure for d in listed if d.kind is DeviationKind.DIFFERS}
    groups: dict[tuple[DeviationKind, TextPlace, str], list[Deviation]] = defaultdict(list)
    kept: list[Deviation] = []
    n_left = 0
    for one in listed:
        if one.kind is DeviationKind.CONTRADICTION and one.figure in told:
            continue
        if one.kind is DeviationKind.CHANGED_SINCE and one.place.where and not everything:
            n_left += 1
        elif one.kind is DeviationKind.DIFFERS and not everything and (column := _column_of(one.place)):
            groups[one.kind, column, ""].append(one)
        elif one.whole:
            groups[one.kind, replace(one.place, context=""), one.whole].append(one)
        elif one.kind is DeviationKind.MISSING and not one.place.context:
            groups[one.kind, one.place, ""].append(one)
        else:
            kept.append(one)
    for (kind, _, _), group in groups.items():
        few_differ = kind is DeviationKind.DIFFERS and len(group) < _MANY_DIFFER
        kept += group if few_differ else [_as_one(group, everything)]
    order = {section: n for n, section in enumerate(dict.fromkeys(d.place.section for d in listed))}
    return sorted(kept, key=lambda d: order[d.place.section]), n_left


_MANY_DIFFER = 8
"""Cells of one column from which on they are told as one: two heads exchanged differ in 60 places."""
_COLUMN = re.compile(r"(?:(Bảng[^,]*), )?dòng .*(cột “[^”]*”)")


def _column_of(place: TextPlace) -> TextPlace | None:
    """The column that a place is a cell of."""
    cell = _COLUMN.fullmatch(place.where)
    return TextPlace(place.section, f"{cell[1] or ''}, {cell[2]}") if cell else None


def _as_one(group: Sequence[Deviation], everything: bool) -> Deviation:
    """Take what is gone, or was put in, at one place for one deviation; ``basis`` counts the figures."""
    first = group[0]
    if first.kind is DeviationKind.DIFFERS:
        return replace(first, basis=f"cùng {len(group) - 1} chỗ khác của cột này")
    texts = [one.expected or one.found for one in group]
    said = ", ".join(texts) if everything else few(texts)
    if first.kind is DeviationKind.UNKNOWN:
        return replace(first, found=said, place=replace(first.place, context=""))
    place = replace(first.place, context="") if first.whole else first.place
    return replace(first, expected=said, place=place, basis=f"{len(group)} số liệu" if first.whole else "")
