"""What changed between two renderings of the report: sentences, and cells of tables, by their places.

Compared as an edited copy is; the list of them is a Word file to work with.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from operator import itemgetter
from pathlib import Path
from typing import Any

from dvctt_report.decide.check import passages
from dvctt_report.decide.check.document import text_of
from dvctt_report.files.manifests import kept_manifests, parse_json, read_manifest_text
from dvctt_report.model.period import Period
from dvctt_report.plan.texts import DEPARTMENT
from dvctt_report.report.blocks import OPENING
from dvctt_report.report.printed import read_index
from dvctt_report.text.vietnamese import clean_text, first_letter_capital, format_small_count
from dvctt_report.word.package import HEADERS, write_package
from dvctt_report.word.xml import WordRow, cell, paragraph, run, section, table


@dataclass(frozen=True, slots=True)
class DraftChange:
    """A place and what stood there: ``old`` "" for what is new, ``new`` "" for what is gone."""

    section: str
    where: str
    old: str
    new: str


def read_former(
    manifest: Path, kept: Path, period: Period, text: str = DEPARTMENT.name
) -> Mapping[str, Any] | None:
    """Read the manifest of the text's last rendering: ``manifest``, else the latest of the year in ``kept``.

    None where there is none that can be read.
    """
    of_text = []
    for path in (manifest, *kept_manifests(kept)):
        with suppress(OSError, ValueError, TypeError):
            table: Mapping[str, Any] = parse_json(read_manifest_text(path))
            if {"printed", "indicators", "year", "as_of"} <= set(table):
                if path == manifest:
                    return table
                of_text += [table] if (Period.of_manifest(table), text_of(table)) == (period, text) else []
    return max(of_text, key=lambda table: str(table["as_of"]), default=None)


def compare_drafts(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[DraftChange, ...]:
    """Compare what two manifests printed: sentences and cells in the order of the text."""
    before, after = _cut(old), _cut(new)
    changes: list[tuple[int, DraftChange]] = []
    moved, stretches = passages.aligned(before, after)
    for one, other in moved:  # gone and come; rows of a table in another order are told as nothing
        if not one.row or (one.block.section, one.block.title) != (other.block.section, other.block.title):
            for pair in ((one, None), (None, other)):
                changes += [(other.at, change) for change in _changes(before, after, *pair)]
    at = 0
    for gone, came in stretches:
        at = came[0].at if came else at
        prose = passages.pair_sentences([p for p in gone if not p.row], [p for p in came if not p.row])
        rows = passages.pair_rows([p for p in gone if p.row], [p for p in came if p.row])
        for was, now in (*prose, *rows):
            at = now.at if now else at
            changes += [(at, change) for change in _changes(before, after, was, now)]
    return tuple(change for _, change in sorted(changes, key=itemgetter(0)))


def _cut(manifest: Mapping[str, Any]) -> passages.CutDocument:
    """What a manifest printed, without the hour of day: every rendering says another one."""
    blocks = (one.block for one in read_index(manifest["printed"]))
    return passages.CutDocument.of(
        replace(b, cells=tuple(_TIME.sub("giờ", cell) for cell in b.cells)) for b in blocks
    )


_TIME = re.compile(r"\b\d{1,2} giờ(?: \d{1,2})?(?: phút)?")


def _changes(
    before: passages.CutDocument,
    after: passages.CutDocument,
    one: passages.Passage | None,
    other: passages.Passage | None,
) -> Iterator[DraftChange]:
    """What became of a sentence or row: rows with as many cells are told cell by cell, their numbers not."""
    passage, document = (other, after) if other else (one, before)
    assert passage is not None
    section = passage.block.section
    if one and other and passage.row and len(one.cells) == len(other.cells):
        for n, (was, now) in enumerate(zip(one.cells, other.cells, strict=True)):
            if was != now and not (n == 0 and passages.is_ordinal(was) and passages.is_ordinal(now)):
                yield DraftChange(section, after.place_of(other, n), was, now)
        return
    framed = passage.block.table is not None and not passage.row  # set side by side, and no letterhead
    if framed and section != OPENING and not section.startswith("Phụ lục"):
        section = passages.CLOSING
    texts = (one.text if one else "", other.text if other else "")
    yield DraftChange(section, document.place_of(passage), *texts)


# ----------------------------------------------------------------------------------------- the list in Word

_WIDTHS = (11, 44, 55, 55)
_HEADS = ("STT", "Vị trí", "Bản trước", "Bản này")
NEW, GONE = "(chưa có)", "(không còn)"


def format_place(change: DraftChange) -> str:
    """Say where a change stands: "Mục II.2.k", "Phụ lục II, Bảng 5, dòng “UBND xã”, cột “Tỷ lệ (%)”"."""
    numbered = change.section[:1].isupper() and not change.section.startswith("Phụ lục")
    section = f"Mục {change.section}" if numbered else first_letter_capital(change.section)
    return ", ".join(filter(None, (section, change.where)))


def changes_bytes(
    changes: Sequence[DraftChange], period: Period, former: str, author: str, notice: Iterable[str]
) -> bytes:
    """Write the list under ``notice``; ``former`` says which rendering it is compared with."""
    title = f"Thay đổi của dự thảo báo cáo {period.words}"
    n = f"có {format_small_count(len(changes))} chỗ" if changes else "không có"
    about = f"So với {former}: {n} thay đổi. Tài liệu làm việc, không gửi kèm báo cáo."
    body = paragraph("kind", run(title.upper()))
    body += "".join(paragraph("memo_note", run(line)) for line in (about, *notice))
    if changes:
        rows = [WordRow(tuple(cell("column", name) for name in _HEADS), header=True)]
        for number, change in enumerate(changes, 1):
            texts = (format_place(change), change.old or NEW, change.new or GONE)
            told = (cell("cell_text", clean_text(text)) for text in texts)
            rows.append(WordRow((cell("cell_center", str(number)), *told)))
        body += table(_WIDTHS, rows) + paragraph("section_end")
    return write_package(body + section(HEADERS), title=title, author=author)
