"""A return in its compact form is the same return; a file is read again when what it depends on changed."""

from __future__ import annotations

import pickle
import sqlite3
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import fields, replace
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dvctt_report.answers import Answers
from dvctt_report.intake import cache
from dvctt_report.intake import kept as intake_kept
from dvctt_report.intake.cache import (
    File,
    keep_returns,
    kept_returns,
    read_through,
    reader_sources,
    reading_key,
)
from dvctt_report.intake.collect import read_return, refused_return
from dvctt_report.intake.kept import KeptObservations, compact, dump_return, load_return
from dvctt_report.model import CellRef, Finding, Observation, Return, ReturnStatus, Severity, State, Value
from dvctt_report.period import Period
from dvctt_report.plan.model import Profile
from tests.forms.fill import ONE_OF_EACH_GROUP, fill, real

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


@pytest.mark.parametrize("value", [Decimal("1.50"), date(2025, 11, 9), datetime(2025, 11, 9, 8, 30), True, 1])
def test_types_that_json_lacks_or_mixes_up_are_told_apart(value: Value) -> None:
    (back,) = load_return(
        *dump_return(replace(RETURN, observations=(replace(SAID, value=value),)))
    ).observations

    assert repr(back.value) == repr(value)


def test_packed_observations_behave_as_their_tuple() -> None:
    kept = compact(RETURN).observations

    assert isinstance(kept, KeptObservations)
    assert (len(kept), kept.n_answers, kept[1], tuple(kept)) == (2, 1, SILENT, (SAID, SILENT))
    assert compact(RETURN) == RETURN
    assert pickle.loads(pickle.dumps(compact(RETURN))) == RETURN
    assert compact(RETURN) != replace(RETURN, observations=(SAID,))


def test_an_answer_is_found_at_its_cell_and_at_no_other_files() -> None:
    one = replace(RETURN, observations=(SAID,))
    for answers in (Answers.of(compact(one).observations), Answers.of(one.observations)):
        assert answers.at(CellRef("a.xlsx", "01-A", "G8")) == SAID
        assert answers.at(CellRef("b.xlsx", "01-A", "G8")) is None
        assert answers.at(CellRef("a.xlsx", "01-A", "G9")) is None


def test_texts_that_answers_have_in_common_are_held_once() -> None:
    first, second = (load_return(*dump_return(RETURN)).observations[0] for _ in range(2))
    assert first is not second
    assert first.unit is second.unit
    assert first.item is second.item
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


def test_answers_of_one_unit_and_file_are_kept_as_columns_with_every_fact() -> None:
    told = replace(SAID, reading="đã bỏ dấu chấm", part="Xã Một", raw="7.0")
    facts = {fact.name for fact in fields(Observation)} - {"override", "replaced"}

    assert all(getattr(told, name) not in (None, "") for name in facts)
    assert intake_kept._columns_of([told, SILENT]) is not None
    assert tuple(KeptObservations(*KeptObservations.of([told, SILENT]).__reduce__()[1])) == (told, SILENT)


@pytest.mark.parametrize(
    "other",
    [
        replace(SAID, at=None),
        replace(SAID, unit="SNV"),
        replace(SAID, at=CellRef("b.xlsx", "01-A", "G8")),
        replace(SAID, replaced=SILENT),
    ],
)
def test_other_answers_are_kept_fact_by_fact(other: Observation) -> None:
    assert intake_kept._columns_of([SAID, other]) is None
    assert tuple(KeptObservations(*KeptObservations.of([SAID, other]).__reduce__()[1])) == (SAID, other)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "da-doc.sqlite"


FILE = (RETURN.file, RETURN.sha256)


def test_a_reading_is_found_again_under_its_key_alone(path: Path) -> None:
    assert kept_returns(path, "a") == {}
    keep_returns(path, "a", Period(2025), {FILE: (RETURN, replace(RETURN, unit="SNV"))})

    assert kept_returns(path, "a") == {FILE: (RETURN, replace(RETURN, unit="SNV"))}
    assert kept_returns(path, "b") == {}


def test_a_year_forgets_what_was_read_with_another_plan(path: Path) -> None:
    other = ("b.xlsx", RETURN.sha256)
    keep_returns(path, "a", Period(2025), {FILE: (RETURN,)})
    keep_returns(path, "b", Period(2026), {other: (RETURN,)})
    keep_returns(path, "c", Period(2025), {FILE: ()})

    assert kept_returns(path, "a") == {}
    assert kept_returns(path, "b") == {other: (RETURN,)}


@pytest.mark.parametrize(("code", "is_read"), [("NH01", False), ("NH21", True), ("NH22", True)])
def test_what_the_machine_or_the_program_could_not_read_is_read_again_by_collect_alone(
    code: str, is_read: bool, path: Path
) -> None:
    refused = refused_return(*FILE, "Lý do", "Cách xử lý.", code)
    keep_returns(path, reading_key(real(), Period(2025)), Period(2025), {FILE: (refused,)})

    def read(unknown: Sequence[File]) -> Iterator[tuple[Return]]:
        return ((replace(RETURN, file=file, sha256=digest),) for file, digest in unknown)

    for again, is_kept in ((False, True), (True, not is_read), (False, not is_read)):
        (found,) = read_through(path, real(), Period(2025), [FILE], read, again=again)
        assert (found == refused) is is_kept


@pytest.mark.parametrize(
    "damage",
    [
        "update reading set head = replace(head, 'SYT', 'SNV')",
        "update reading set observations = zeroblob(9)",
        "update reading set head = '', checksum = 0, observations = zeroblob(0)",
    ],
)
def test_a_damaged_reading_does_not_count(path: Path, damage: str) -> None:
    keep_returns(path, "a", Period(2025), {FILE: (RETURN,)})
    with closing(sqlite3.connect(path)) as readings, readings:
        readings.execute(damage)

    assert kept_returns(path, "a") == {}


def test_a_damaged_cache_is_made_anew(path: Path) -> None:
    path.write_bytes("không phải SQLite, dù có đủ một trăm byte để thử xem nó là gì".encode() * 9)

    assert kept_returns(path, "a") == {}
    keep_returns(path, "a", Period(2025), {FILE: (RETURN,)})
    assert kept_returns(path, "a") == {FILE: (RETURN,)}


@pytest.mark.usefixtures("impatient")
def test_a_cache_that_is_held_or_cannot_be_there_is_done_without(path: Path) -> None:
    keep_returns(path, "a", Period(2025), {FILE: (RETURN,)})
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("begin exclusive")
        keep_returns(path, "b", Period(2025), {FILE: (RETURN,)})
        assert kept_returns(path, "a") == {}
    keep_returns(path / "a file, not a folder", "a", Period(2025), {FILE: (RETURN,)})

    assert kept_returns(path, "a") == {FILE: (RETURN,)}


@pytest.fixture
def reads(path: Path) -> Callable[..., tuple[tuple[Return, ...], list[str]]]:
    """Reads files through the cache; gives the returns and the names of the files that had to be read."""

    def run(*files: tuple[str, bytes]) -> tuple[tuple[Return, ...], list[str]]:
        asked: list[str] = []

        content = {sha256(data).hexdigest(): data for _, data in files}

        def read(unknown: Sequence[File]) -> Iterator[list[Return]]:
            for file, digest in unknown:
                data = content[digest]
                asked.append(file)
                yield [
                    replace(
                        RETURN,
                        file=f"{file}!/{member}" if b"+" in data else file,
                        unit=member,
                        sha256=sha256(member.encode()).hexdigest(),
                    )
                    for member in data.decode().split("+")
                ]

        names = [(file, sha256(data).hexdigest()) for file, data in files]
        return read_through(path, real(), Period(2025), names, read), asked

    return run


def test_only_what_is_new_or_changed_or_renamed_is_read(
    reads: Callable[..., tuple[tuple[Return, ...], list[str]]],
) -> None:
    first, _ = reads(("a", b"A"), ("b", b"B"), ("c", b"C"))
    second, asked = reads(("a", b"A"), ("b", b"BB"), ("d", b"C"))

    assert [r.unit for r in first] == ["A", "B", "C"]
    assert asked == ["b", "d"]
    assert [(r.file, r.unit) for r in second] == [("a", "A"), ("b", "BB"), ("d", "C")]


def test_the_files_of_a_container_stand_in_its_place_both_times(
    reads: Callable[..., tuple[tuple[Return, ...], list[str]]],
) -> None:
    files = (("a", b"A"), ("z.zip", b"B+C"), ("d", b"D"))

    assert [r.file for r in reads(*files)[0]] == ["a", "z.zip!/B", "z.zip!/C", "d"]
    assert reads(*files) == (reads(*files)[0], [])
    assert [r.unit for r in reads(*files)[0]] == ["A", "B", "C", "D"]


def test_two_contents_of_one_name_are_not_mixed_up(
    reads: Callable[..., tuple[tuple[Return, ...], list[str]]],
) -> None:
    files = (("a", b"A"), ("a", b"B"), ("z.zip", b"C+D"), ("z.zip", b"E+F"))

    for asked in (["a", "a", "z.zip", "z.zip"], []):
        returns, read = reads(*files)
        assert [r.unit for r in returns] == ["A", "B", "C", "D", "E", "F"]
        assert read == asked


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


def test_the_key_names_the_versions_of_the_libraries_that_read(monkeypatch: pytest.MonkeyPatch) -> None:
    here = reading_key(real(), Period(2025))
    others = set()
    for newer in ("formualizer", "lxml", "rapidfuzz", "xlrd"):
        monkeypatch.setattr(cache, "version", lambda name, newer=newer: "99" if name == newer else "1")
        cache._reader_digest.cache_clear()
        others.add(reading_key(real(), Period(2025)))
    monkeypatch.undo()
    cache._reader_digest.cache_clear()

    assert len({here, *others}) == 5
    assert reading_key(real(), Period(2025)) == here


def test_the_key_is_made_of_every_source_that_reading_a_file_runs_through() -> None:
    seen = (
        "import sys, dvctt_report.intake.workers as _; "
        "print(*(m.__file__ for n, m in sys.modules.items() if n.startswith('dvctt_report.')), sep='|')"
    )
    run = subprocess.run([sys.executable, "-c", seen], check=True, capture_output=True, text=True)

    assert {Path(file) for file in run.stdout.strip().split("|")} <= set(reader_sources())
