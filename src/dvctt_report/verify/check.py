"""An edited report against its manifest: what agrees, differs, contradicts itself, is gone, is unknown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby

from dvctt_report.errors import CannotRun
from dvctt_report.report.texts import SIGNING_TITLE
from dvctt_report.verify.document import Document
from dvctt_report.verify.known import Manifest
from dvctt_report.verify.numbers import printed_value
from dvctt_report.verify.prose import read_prose
from dvctt_report.verify.reading import Match, Place, Reading, few, same_value
from dvctt_report.verify.table_pairing import name_rows
from dvctt_report.verify.tables import read_tables

LEAST_FOUND = 0.3
"""Share of the printed figures that a file without identity must hold to be taken for an edited copy."""


class Kind(StrEnum):
    """What a finding says; the first three are differences (exit code 1), the others are to be looked at."""

    DIFFERS = "differs"
    CONTRADICTION = "contradiction"
    CHANGED_SINCE = "changed_since"
    MISSING = "missing"
    UNKNOWN = "unknown"


DIFFERENCES = frozenset((Kind.DIFFERS, Kind.CONTRADICTION, Kind.CHANGED_SINCE))


@dataclass(frozen=True, slots=True)
class Deviation:
    """One thing to be told: ``figure`` "" for a number that is no figure of the manifest.

    ``found`` is what the document says, ``expected`` what was printed (for CHANGED_SINCE: what the register
    gives now), ``basis`` the counts behind it, ``elsewhere`` what other places say of the same figure.
    """

    kind: Kind
    place: Place
    figure: str = ""
    found: str = ""
    expected: str = ""
    basis: str = ""
    elsewhere: tuple[tuple[Place, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """``untouched``: the file is byte by byte the rendered one. ``n_figures`` counts printed places."""

    untouched: bool
    n_figures: int
    n_agree: int
    deviations: tuple[Deviation, ...]

    def count(self, kind: Kind) -> int:
        return sum(d.kind is kind for d in self.deviations)

    @property
    def agrees(self) -> bool:
        return not any(d.kind in DIFFERENCES for d in self.deviations)


def check_document(document: Document, manifest: Manifest, now: Mapping[str, str] | None = None) -> Outcome:
    """Check ``document`` against ``manifest``; ``now`` is what the register gives for each figure today.

    ``now`` None: not asked. Raises CannotRun where the document is no copy of the manifest's report.
    """
    if document.identity and document.identity != manifest.id:
        raise _other_rendering(document, manifest)
    if not manifest.texts:
        raise CannotRun(
            f"Bảng nguồn số liệu “{manifest.path.name}” không ghi chỗ in các con số, vì tệp mẫu báo cáo có "
            "thẻ so sánh hoặc biến đổi chữ.",
            "Bỏ các thẻ đó trong tệp mẫu rồi lập lại báo cáo.",
        )
    reading = _read(document, manifest)
    figures = [m for m in reading.matches if m.id]
    n_figures = len(figures) + sum(bool(one.id) for one in reading.lost)
    if not document.identity and len(figures) < LEAST_FOUND * n_figures:
        raise _unlike(document, manifest, len(figures), n_figures)
    deviations = [
        *_differences(reading, manifest),
        *_contradictions(figures),
        *(_changes(manifest, now) if now is not None else ()),
        *(Deviation(Kind.MISSING, one.place, one.id, "", one.expected) for one in reading.lost),
        *(Deviation(Kind.UNKNOWN, one.place, "", one.found) for one in reading.unknown),
    ]
    blocks = (*document.blocks, *(one.block for one in manifest.printed))
    order = {section: n for n, section in enumerate(dict.fromkeys(block.section for block in blocks))}
    deviations.sort(key=lambda d: order[d.place.section])
    n_agree = sum(m.agrees for m in figures)
    return Outcome(document.sha256 == manifest.sha256, n_figures, n_agree, tuple(deviations))


def _other_rendering(document: Document, manifest: Manifest) -> CannotRun:
    return CannotRun(
        f"Tệp “{document.name}” là bản sửa từ lần lập có mã {document.identity[:8]}; bảng nguồn "
        f"“{manifest.path.name}” là của lần lập có mã {manifest.id[:8]} nên không dùng để đối chiếu được.",
        "Cần tệp .json được ghi cùng văn bản ở lần lập đó: chạy trong thư mục làm việc đã lập văn bản thì "
        "không phải nêu gì, chương trình tự tìm; ở nơi khác thì nêu tệp đó bằng --manifest.",
    )


def _unlike(document: Document, manifest: Manifest, n_found: int, n_figures: int) -> CannotRun:
    """Say why a file without identity can't be checked, and what can be done with it instead."""
    if document.title.startswith(SIGNING_TITLE):
        return CannotRun(
            f"Tệp “{document.name}” là tóm tắt trình ký: tài liệu làm việc nội bộ, lập lại được bất cứ lúc "
            "nào, nên chương trình không ghi nguồn của từng con số và không đối chiếu được.",
            "Đối chiếu báo cáo, Tờ trình; tóm tắt thì lập lại bằng lệnh dvctt-report render.",
        )
    return CannotRun(
        f"Tệp “{document.name}” không mang mã của lần lập nào, và chỉ thấy trong đó {n_found}/{n_figures} số "
        f"liệu của “{manifest.report}”: không phải là bản sửa của văn bản này.",
        "Chỉ đối chiếu được báo cáo và Tờ trình do chương trình lập, kể cả khi đã sửa; kiểm tra lại tên tệp. "
        "Công văn và văn bản khác thì chỉ kiểm tra được thể thức, bằng lệnh dvctt-report lint.",
    )


def _read(document: Document, manifest: Manifest) -> Reading:
    printed, blocks = manifest.printed, document.blocks
    prose = read_prose(
        [one for one in printed if one.block.table is None],
        [b for b in blocks if b.table is None],
        manifest.units,
        manifest.verdicts,
    )
    tables = read_tables(
        [one for one in printed if one.block.table is not None], [b for b in blocks if b.table is not None]
    )
    return Reading(prose.matches + tables.matches, prose.lost + tables.lost, prose.unknown + tables.unknown)


def _differences(reading: Reading, manifest: Manifest) -> Iterable[Deviation]:
    by_figure = _by_figure(reading.matches)
    for match in reading.matches:
        if not match.agrees:
            others = tuple((m.place, m.found) for m in by_figure[match.id] if m is not match and match.id)
            basis = manifest.basis(match.id)
            yield Deviation(Kind.DIFFERS, match.place, match.id, match.found, match.expected, basis, others)


def _contradictions(figures: Iterable[Match]) -> Iterable[Deviation]:
    """Tell a figure that the document itself prints in several ways."""
    for id, matches in _by_figure(m for m in figures if m.found).items():
        if len({m.value for m in matches}) > 1:
            wrong = next((m for m in matches if not m.agrees), matches[0])
            others = tuple((m.place, m.found) for m in matches if m is not wrong)
            yield Deviation(Kind.CONTRADICTION, wrong.place, id, wrong.found, wrong.expected, "", others)


def _by_figure(matches: Iterable[Match]) -> Mapping[str, list[Match]]:
    found: dict[str, list[Match]] = defaultdict(list)
    for match in matches:
        found[match.id].append(match)
    return found


def _changes(manifest: Manifest, now: Mapping[str, str]) -> Iterable[Deviation]:
    """Tell the figures whose value in the register is another one today; the first place of each."""
    told: set[str] = set()
    for table, rows in groupby(manifest.printed, key=lambda one: one.block.table):
        places = list(rows)
        cells = [one.block.cells for one in places]
        names = [""] * len(places) if table is None else name_rows(cells)
        for one, name in zip(places, names, strict=True):
            for span in (span for spans in one.figures for span in spans):
                current = now.get(span.id, "")
                if span.id in told or same_value(
                    printed_value(span.text), printed_value(current), span.text, current
                ):
                    continue
                told.add(span.id)
                place = Place(one.block.section, ", ".join(filter(None, (one.block.title, name))))
                yield Deviation(Kind.CHANGED_SINCE, place, span.id, span.text, current)


def for_reading(deviations: Iterable[Deviation], everything: bool = False) -> tuple[list[Deviation], int]:
    """Leave out what a reader is told otherwise; return the rest and the number of changes left out.

    That is: a contradiction of a figure already told as different and, unless ``everything`` is wanted, a
    later change that stands in tables alone and all but one of the losses at one place.
    """
    listed = list(deviations)
    told = {d.figure for d in listed if d.kind is Kind.DIFFERS}
    losses: dict[Place, list[Deviation]] = defaultdict(list)
    kept: list[Deviation] = []
    n_left = 0
    for one in listed:
        if one.kind is Kind.CONTRADICTION and one.figure in told:
            continue
        if one.kind is Kind.CHANGED_SINCE and one.place.where and not everything:
            n_left += 1
        elif one.kind is Kind.MISSING and not one.place.context:
            losses[one.place].append(one)
        else:
            kept.append(one)
    for lost in losses.values():
        texts = [one.expected for one in lost]
        kept.append(replace(lost[0], expected=", ".join(texts) if everything else few(texts)))
    order = {section: n for n, section in enumerate(dict.fromkeys(d.place.section for d in listed))}
    return sorted(kept, key=lambda d: order[d.place.section]), n_left
