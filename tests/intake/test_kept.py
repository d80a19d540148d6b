"""A return in its compact form is the same return; a file is read again when what it depends on changed."""

from __future__ import annotations

import os
import pickle
import sqlite3
import sys
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import fields, replace
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dvctt_report.intake import cache
from dvctt_report.intake.cache import File, dump_return, load_return, read_through, reading_key
from dvctt_report.intake.collect import read_return, refused_return
from dvctt_report.model import CellRef, Finding, Observation, Return, ReturnStatus, Severity, State, Value
from dvctt_report.model.answer_columns import Answers, KeptObservations
from dvctt_report.model.period import Period
from dvctt_report.plan.model import Profile
from tests.forms.fill import ONE_OF_EACH_GROUP, fill, real
from tests.made import tabled

SAID = Observation("SYT", "T1", "total", 7, State.GIVEN, "7", at=CellRef("a.xlsx", "01-A", "G8"))
SILENT = replace(SAID, field="done", value=None, state=State.BLANK)
FINDING = Finding(
    "DL01", Severity.ERROR, "không phải số", at=SAID.at, related=(CellRef("a.xlsx", "02", "A1"),)
)
RETURN = Return(
    "a.xlsx", "0" * 64, ReturnStatus.EFFECTIVE, "SYT", Period(2025), observations=(SAID, SILENT),
    findings=(FINDING,)
)  # fmt: skip

VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.text(), st.dates(), st.datetimes(),
    st.decimals(allow_nan=False, allow_infinity=False),
)  # fmt: skip


@pytest.mark.parametrize("code", ONE_OF_EACH_GROUP)
def test_a_return_reads_back_as_it_was(code: str) -> None:
    filled = fill(code, 1)
    received = read_return("nhan-ve/tệp.xlsx", filled.data, real(), filled.period)

    assert load_return(*dump_return(received)) == received


@given(value=VALUES, raw=st.text())
def test_a_value_of_any_type_reads_back_as_that_type(value: Value, raw: str) -> None:
    received = replace(RETURN, observations=(replace(SAID, value=value, raw=raw),))
    (back,) = load_return(*dump_return(received)).observations

    assert (back.value, type(back.value), back.raw) == (value, type(value), raw)


def test_packed_observations_behave_as_their_tuple() -> None:
    kept = KeptObservations.of(RETURN.observations)
    compact = replace(RETURN, observations=kept)

    assert (len(kept), kept.n_answers, kept[1], tuple(kept)) == (2, 1, SILENT, (SAID, SILENT))
    assert compact == RETURN
    assert pickle.loads(pickle.dumps(compact)) == RETURN
    assert compact != replace(RETURN, observations=(SAID,))


def test_an_answer_is_found_at_its_cell_and_at_no_other_files() -> None:
    one = replace(RETURN, observations=(SAID,))
    for answers in (Answers.of(KeptObservations.of(one.observations)), Answers.of(one.observations)):
        assert answers.at(CellRef("a.xlsx", "01-A", "G8")) == SAID
        assert answers.at(CellRef("b.xlsx", "01-A", "G8")) is None
        assert answers.at(CellRef("a.xlsx", "01-A", "G9")) is None


def test_texts_that_answers_have_in_common_are_held_once() -> None:
    first, second = (load_return(*dump_return(RETURN)).observations[0] for _ in range(2))
    assert first is not second
    assert (first.unit is second.unit, first.item is second.item) == (True, True)
    assert first.at is not None
    assert second.at is not None
    assert first.at.file is second.at.file


def test_damaged_observations_are_told() -> None:
    head, packed = dump_return(RETURN)
    damaged = load_return(head, packed[:-1] + bytes([packed[-1] ^ 1]))

    with pytest.raises(zlib.error):
        tuple(damaged.observations)


@pytest.mark.parametrize("head", ["", "[]", "{}", '[["a"], 0, 0]', '[[1, 2, "khác", 4, 5, 6, 7, 8], 0, 0]'])
def test_anything_else_is_no_return(head: str) -> None:
    with pytest.raises((ValueError, TypeError, KeyError)):
        load_return(head, b"")


def test_answers_are_kept_with_every_fact_that_was_read() -> None:
    told = replace(SAID, reading="đã bỏ dấu chấm", part="Xã Một", raw="7.0")
    facts = {fact.name for fact in fields(Observation)} - {"override", "replaced"}

    assert all(getattr(told, name) not in (None, "") for name in facts)
    for said in ((told, SILENT), (replace(SAID, at=None), replace(SILENT, at=None)), ()):
        assert tuple(KeptObservations(*KeptObservations.of(said).__reduce__()[1])) == said


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "da-doc.sqlite"


FILE = (RETURN.file, RETURN.sha256)


@pytest.mark.parametrize(("code", "is_read"), [("NH01", False), ("NH21", True), ("NH22", True)])
def test_what_the_machine_or_the_program_could_not_read_is_read_again_by_collect_alone(
    code: str, is_read: bool, path: Path
) -> None:
    refused = refused_return(*FILE, "Lý do", "Cách xử lý.", code)
    read_through(path, real(), Period(2025), [FILE], lambda _: [(refused,)])

    def read(unknown: Sequence[File]) -> Iterator[tuple[Return]]:
        return ((replace(RETURN, file=file, sha256=digest),) for file, digest in unknown)

    for again, is_kept in ((False, True), (True, not is_read), (False, not is_read)):
        (found,) = read_through(path, real(), Period(2025), [FILE], read, again=again)
        assert (found == refused) is is_kept


Reads = Callable[..., tuple[tuple[Return, ...], list[str]]]


@tabled("damage")
def test_what_is_kept_counts_only_whole_and_under_its_key(damage: str, path: Path, reads: Reads) -> None:
    file = ("tệp.xlsx", b"A")
    assert [reads(file)[1] for _ in range(2)] == [["tệp.xlsx"], []]
    with closing(sqlite3.connect(path)) as kept, kept:
        kept.execute(damage)
    assert [reads(file)[1] for _ in range(2)] == [["tệp.xlsx"], []]


def test_a_file_of_what_was_kept_that_is_none_is_made_anew(path: Path, reads: Reads) -> None:
    path.write_bytes("không phải SQLite, dù có đủ một trăm byte để thử xem nó là gì".encode() * 9)

    assert [reads(("a", b"A"))[1] for _ in range(2)] == [["a"], []]


@pytest.mark.usefixtures("impatient")
def test_one_that_is_held_or_cannot_be_there_is_done_without(path: Path, reads: Reads) -> None:
    reads(("a", b"A"))
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("begin exclusive")
        assert reads(("a", b"A"))[1] == ["a"]
    assert reads(("a", b"A"))[1] == []
    nowhere = path / "a file, not a folder"
    assert read_through(nowhere, real(), Period(2025), [FILE], lambda _: [(RETURN,)]) == (RETURN,)


def test_what_was_read_with_another_plan_goes(path: Path) -> None:
    for period in (Period(2025), Period(2026)):
        read_through(path, real(), period, [FILE], lambda _: [(RETURN,)])
    plan = real().plan.model_copy(update={"version": real().plan.version + 1})
    other = Profile(plan=plan, roster=real().roster)
    read_through(path, other, Period(2025), [("b.xlsx", "1")], lambda _: [(RETURN,)])

    with closing(sqlite3.connect(path)) as kept:
        rows = kept.execute("select period, name from kept order by period").fetchall()
    assert rows == [("2025", "b.xlsx\n1"), ("2026", "\n".join(FILE))]


@pytest.fixture
def reads(path: Path) -> Reads:
    """Reads files through the cache; gives the returns and the names of the files that had to be read."""

    def run(*files: tuple[str, bytes]) -> tuple[tuple[Return, ...], list[str]]:
        asked: list[str] = []
        content = {sha256(data).hexdigest(): data.decode() for _, data in files}

        def one(file: str, member: str) -> Return:
            return replace(RETURN, file=file, unit=member, sha256=sha256(member.encode()).hexdigest())

        def read(unknown: Sequence[File]) -> Iterator[list[Return]]:
            for file, digest in unknown:
                first, *others = content[digest].split("+")
                asked.append(file)
                yield [one(f"{file}!/{m}", m) for m in (first, *others)] if others else [one(file, first)]

        names = [(file, sha256(data).hexdigest()) for file, data in files]
        return read_through(path, real(), Period(2025), names, read), asked

    return run


def test_only_what_is_new_or_changed_or_renamed_is_read(reads: Reads) -> None:
    first, _ = reads(("a", b"A"), ("b", b"B"), ("c", b"C"))
    second, asked = reads(("a", b"A"), ("b", b"BB"), ("d", b"C"))

    assert [r.unit for r in first] == ["A", "B", "C"]
    assert asked == ["b", "d"]
    assert [(r.file, r.unit) for r in second] == [("a", "A"), ("b", "BB"), ("d", "C")]


def test_the_files_of_a_container_stand_in_its_place_both_times_and_no_contents_are_mixed_up(
    reads: Reads,
) -> None:
    files = (("a", b"A"), ("z.zip", b"B+C"), ("d", b"D"), ("a", b"E"), ("z.zip", b"F+G"))

    for asked in (["a", "z.zip", "d", "a", "z.zip"], []):
        returns, read = reads(*files)
        assert [r.file for r in returns] == ["a", "z.zip!/B", "z.zip!/C", "d", "a", "z.zip!/F", "z.zip!/G"]
        assert ("".join(r.unit for r in returns), read) == ("ABCDEFG", asked)


def test_the_key_names_plan_roster_and_year() -> None:
    profile = real()
    plan = profile.plan.model_copy(update={"version": profile.plan.version + 1})
    roster = profile.roster.model_copy(update={"units": profile.roster.units[:-1]})
    others = (
        reading_key(profile, Period(2026)),
        reading_key(Profile(plan=plan, roster=profile.roster), Period(2025)),
        reading_key(Profile(plan=profile.plan, roster=roster), Period(2025)),
    )

    assert reading_key(profile, Period(2025)) == reading_key(profile.model_copy(), Period(2025))
    assert len({reading_key(profile, Period(2025)), *others}) == 4


def test_the_key_names_the_program_and_its_libraries(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    here = reading_key(real(), Period(2025))
    source = tmp_path / "rules" / "arithmetic.py"
    source.parent.mkdir()
    source.write_text("x = 1\n")
    first = [*cache._stamps(tmp_path)]
    os.utime(source, ns=(1, 1))
    assert [*cache._stamps(tmp_path)] != first

    (tmp_path / "lxml-99.dist-info").mkdir()
    others = set()
    for of, name, other in ((cache, "__version__", "99"), (sys, "path", [*sys.path, str(tmp_path)])):
        with monkeypatch.context() as changed:
            changed.setattr(of, name, other)
            cache.program.cache_clear()
            others.add(reading_key(real(), Period(2025)))
    cache.program.cache_clear()

    assert len({here, *others}) == 3
    assert reading_key(real(), Period(2025)) == here
