"""Whatever is edited where it is seen: what is read is what is seen, or it is asked about with the cell.

Never silent. And what changes nothing that matters raises no question.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

import pytest

from dvctt_report.forms.form import COVER
from dvctt_report.intake.collect import read_return
from dvctt_report.model import Key, Return, Severity
from tests.forms.fill import Filled, fill, real, sources
from tests.intake.conftest import SHAPES
from tests.intake.excel import edited
from tests.intake.harmless import prettier, questions
from tests.intake.mutations import ALL, ASKED, CELLS, Draft, Mutation, drafts
from tests.libreoffice import LibreOffice, unpaged

SEED = 14
HARMLESS = range(2)

Files = Callable[[str, str], bytes]


@cache
def made() -> dict[str, tuple[Draft, list[Mutation], bytes]]:
    """The edited workbooks by name, with what was done to each."""
    found = {}
    for code in SHAPES:
        for n, (draft, mutations) in enumerate(drafts(code, SEED)):
            edits = [edit for one in mutations for edit in one.edits]
            found[f"{code}-{n}"] = draft, mutations, edited(draft.filled.data, *edits)
    return found


@cache
def harmless() -> dict[str, tuple[Filled, bytes]]:
    """Forms filled in by careful units who made them prettier."""
    forms = [(f"{code}-harmless-{n}", fill(code, n), n) for code in SHAPES for n in HARMLESS]
    return {name: (filled, prettier(filled.data, n)) for name, filled, n in forms}


DRAFTS = dict(zip(SHAPES, (6, 3, 5), strict=True))
"""How many workbooks the edits of each form take."""
SMALLEST = "X22759"


def kinds_of(name: str) -> tuple[str, ...]:
    """The kinds of file that a workbook is read as.

    LibreOffice takes a second for each, and a fifth of that for a commune's: every edit is saved as each kind
    from one shape of form, and every shape as each kind where careful units filled it in.
    """
    return ALL if name.startswith(SMALLEST) else ("xlsx",)


NAMES = [f"{code}-{n}" for code in SHAPES for n in range(DRAFTS[code])]
CASES = [(name, kind) for name in NAMES for kind in kinds_of(name)]
CAREFUL = [f"{code}-harmless-{n}" for code in SHAPES for n in HARMLESS]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory, libreoffice: LibreOffice) -> Files:
    """Every workbook, as it is or saved by LibreOffice as another kind, all in one run."""
    folder = tmp_path_factory.mktemp("seen")
    everything = {name: data for name, (_, _, data) in made().items()}
    everything |= {name: data for name, (_, data) in harmless().items()}
    for name, data in everything.items():
        (folder / f"{name}.xlsx").write_bytes(unpaged(data))

    @cache
    def convert(kind: str) -> None:
        wanted = [*CAREFUL, *(name for name, of in CASES if of == kind)]
        libreoffice.convert([folder / f"{name}.xlsx" for name in wanted], kind, folder / kind)

    def read(name: str, kind: str) -> bytes:
        if kind == "xlsx":
            return everything[name]
        convert(kind)
        return (folder / kind / f"{name}.{kind}").read_bytes()

    return read


def silent(found: Return, draft: Draft, mutation: Mutation) -> Iterator[str]:
    """What was read of an edited cell otherwise than it is seen, without a word about it."""
    said = {Key(o.item, o.field, o.part): o for o in found.observations}
    asked = {
        (at.sheet, at.cell)
        for f in found.findings
        if f.severity is not Severity.INFO
        for at in (f.at, *f.related)
        if at is not None
    }
    for key, seen in mutation.seen.items():
        own = said.get(key)
        if seen is not ASKED and own is not None and own.value == seen:
            continue
        if draft.at[key] not in asked:
            yield f"{mutation.kind}: {key} read as {own.value if own else None}"


def changed(found: Return, draft: Draft, mutations: list[Mutation]) -> Iterator[str]:
    """Answers that no edit touches and that are read otherwise than they were typed."""
    touched = {key for mutation in mutations for key in mutation.seen}
    rows = {draft.row(key) for key in touched}
    keys = list(draft.filled.expected)
    for o in found.observations:
        key = Key(o.item, o.field, o.part)
        if key.field in ("rate", "status") or key not in draft.filled.expected or key.item == COVER:
            continue
        if key not in touched and draft.row(key) not in rows and touched.isdisjoint(sources(key, keys)):
            value, state = draft.filled.expected[key]
            if (o.value, o.state) != (value, state):
                yield f"{key} read as {o.value} {o.state}, typed {value} {state}"


@pytest.mark.requires("soffice")
@pytest.mark.parametrize(("name", "kind"), CASES)
def test_what_is_read_is_what_is_seen_or_it_is_asked_about(name: str, kind: str, files: Files) -> None:
    draft, mutations, _ = made()[name]

    found = read_return(f"a.{kind}", files(name, kind), real(), draft.filled.period)

    there = [one for one in mutations if kind in one.formats]
    assert [fault for one in there for fault in silent(found, draft, one)] == []
    assert [*changed(found, draft, mutations)] == []


@pytest.mark.requires("soffice")
@pytest.mark.parametrize("kind", ALL)
@pytest.mark.parametrize("name", CAREFUL)
def test_what_changes_nothing_that_matters_raises_no_question(name: str, kind: str, files: Files) -> None:
    filled, _ = harmless()[name]

    found = read_return(f"a.{kind}", files(name, kind), real(), filled.period)

    assert questions(found, filled) == []


def test_there_are_forty_kinds_of_edits_and_each_is_made_in_every_form() -> None:
    kinds = {one.kind for _, mutations, _ in made().values() for one in mutations}

    assert len(kinds) >= 40
    assert [*made()] == NAMES
    assert [*harmless()] == CAREFUL
    for code in SHAPES:
        n_made = sum(len(done) for name, (_, done, _) in made().items() if name.startswith(code))
        assert n_made == len(CELLS)


@pytest.mark.parametrize("kind", ALL)
def test_every_edit_is_read_as_each_kind_of_file_that_shows_it(kind: str) -> None:
    asked = {one.kind for _, mutations, _ in made().values() for one in mutations if kind in one.formats}

    tried = {one.kind for name, of in CASES if of == kind for one in made()[name][1] if kind in one.formats}

    assert tried == asked
