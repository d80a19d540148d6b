"""An edited report against its manifest: every place where it says something else, by how grave that is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dvctt_report.decide.check.compare import Change, DocumentComparison, EditKind, Gravity
from dvctt_report.decide.check.document import EditedDocument
from dvctt_report.decide.check.known import PrintedReport
from dvctt_report.decide.check.origin import require_identity, require_likeness
from dvctt_report.decide.check.passages import CutDocument
from dvctt_report.decide.check.values import Names, is_same, names_of, words_of
from dvctt_report.plan.texts import TEXTS
from dvctt_report.report.beside import AXES, COUNTED, DRAWN

_REPORTS = frozenset(text.name for text in TEXTS)
"""The texts that are said again from the register; letters and papers print counts of their own."""
_MOST_LAID = 200_000
"""Changes times hidden texts up to which each is laid against each."""


@dataclass(frozen=True, slots=True)
class ChangedSince:
    """A figure that the register gives otherwise today: where it was printed first; ``now`` "" for none."""

    section: str
    where: str
    figure: str
    printed: str
    now: str


@dataclass(frozen=True, slots=True)
class Collation:
    """``untouched``: the file is byte by byte the rendered one. ``n_figures`` counts printed places.

    ``changes`` are in the order of the document; ``since`` is what the register gives otherwise today.
    """

    untouched: bool
    n_figures: int
    n_agree: int
    changes: tuple[Change, ...]
    since: tuple[ChangedSince, ...] = ()

    def of(self, gravity: Gravity) -> list[Change]:
        return [one for one in self.changes if one.gravity is gravity]


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
    printed, edited = CutDocument(manifest.printed), CutDocument.of(document.blocks)
    require_likeness(document, manifest, printed, edited)
    names = names_of(manifest.printed, manifest.targets, manifest.units)
    whole = DocumentComparison(printed, edited, names, manifest.as_of.date()).run()
    beside = _beside(document, manifest, names)
    end = len(document.blocks)
    changes = [
        *_still_seen(whole.changes, document.unsaid),
        *(replace(one, at=end) for one in (*beside.changes, *_things(document.things))),
    ]
    n_figures = sum(one.n_figures for one in printed.passages)
    since = tuple(_changed_since(manifest, printed, now)) if now is not None else ()
    untouched = document.sha256 == manifest.sha256
    return Collation(untouched, n_figures, n_figures - whole.touched, tuple(changes), since)


def _beside(document: EditedDocument, manifest: PrintedReport, names: Names) -> DocumentComparison:
    """Compare heads and feet of pages, charts, pictures, comments; how often, only where it was kept."""
    kept, there = (Counter(one.section for one in of) for of in (manifest.beside, document.beside))
    passed = COUNTED - kept.keys()
    if kept[AXES] != there[AXES]:  # a chart that came or went is told by its rows
        passed |= {AXES}
    was, now = (
        CutDocument.of(one for one in of if one.section not in passed)
        for of in (manifest.beside, document.beside)
    )
    return DocumentComparison(was, now, names, manifest.as_of.date()).run()


def _things(things: Iterable[tuple[str, str]]) -> Iterator[Change]:
    """Tell what brings other text in: nothing was issued that does."""
    for said, text in things:
        shown = f"{said} (sau “{' '.join(text.split())}”)"
        yield Change(Gravity.READ, EditKind.ADDED, DRAWN, "", "", said, "", shown, 0)


def _still_seen(changes: Sequence[Change], unsaid: Mapping[str, str]) -> Iterator[Change]:
    """Say of what is gone how it still stands there; ``unsaid`` are such texts, and how they are set."""
    hidden = [(_spoken(text), how) for text, how in unsaid.items()]
    laid = len(changes) * len(hidden) <= _MOST_LAID
    for one in changes:
        words = _spoken(one.before)
        found = (
            (how for text, how in hidden if text in words or words in text) if laid and words else iter(())
        )
        yield replace(one, unseen=next(found, ""))


def _spoken(text: str) -> str:
    """The words of a text, a blank before and behind each; "" for signs alone."""
    return re.sub(r"(?<=.)$", " ", " ".join(("", *words_of(text)))) if any(map(str.isalnum, text)) else ""


def _changed_since(
    manifest: PrintedReport, printed: CutDocument, now: Mapping[str, str]
) -> Iterator[ChangedSince]:
    """Tell the figures whose value in the register is another one today; the first place of each."""
    told: set[str] = set()
    for passage in printed.passages:
        for cell, spans in enumerate(passage.figures):
            for span in spans:
                own_count = span.id not in now and manifest.text not in _REPORTS
                if span.id in told or own_count or is_same(span.text, now.get(span.id, "")):
                    continue
                told.add(span.id)
                where = printed.place_of(passage, cell)
                yield ChangedSince(passage.block.section, where, span.id, span.text, now.get(span.id, ""))
