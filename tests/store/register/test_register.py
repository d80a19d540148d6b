"""What the register keeps: receipts, decisions, what the tracking book said, figures of the systems."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from dvctt_report.model import Acceptance, Choice, Control, Decision, Entry, Override, Printed
from dvctt_report.model.period import Period
from dvctt_report.store.register import (
    Receipt,
    keep_controls,
    keep_decided,
    keep_entries,
    keep_receipts,
    open_register,
    read_controls,
    read_decided,
    read_entries,
    read_receipts,
    undo_decided,
)

YEAR, NEXT = Period(2025), Period(2026)
NOW = datetime(2025, 11, 20, 8, 30)
LATER = NOW + timedelta(hours=1)
ACCEPTED = Acceptance("HS02-3f9c1a", "SYT", "lệch", "đơn vị xác nhận", "CV 1", "lan", NOW)
WISH = replace(ACCEPTED, reason="số đúng", document="BC 5", who="SYT", proposed=True)
PUT = Override("SYT", "T10", "done", "80", "120", "gõ nhầm", "CV 2", "lan", NOW)
WHOLE = Control("T10", "", 100, 80, "HTTT", date(2025, 10, 31), "CV 1", Printed.CONTROL, "đủ hơn")
ONE = Control("T10", "SYT", 10, None, "HTTT", date(2025, 10, 31), "CV 1")


@pytest.fixture
def register(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with open_register(tmp_path / "so-nhan.sqlite") as connection:
        yield connection


def digest(data: bytes) -> str:
    return sha256(data).hexdigest()


def n_rows(register: sqlite3.Connection) -> tuple[int, ...]:
    """How many receipts, and how many contents, it holds."""
    tables = ("receipt", "content")
    return tuple(register.execute(f"select count(*) from {table}").fetchone()[0] for table in tables)


def use(sha256: str, *over: str) -> Decision:
    return Decision(Choice.USE, f"{sha256}.xlsx", sha256, "SYT", "", "lan", NOW, over)


def reject(sha256: str, reason: str = "rút") -> Decision:
    return Decision(Choice.REJECT, f"{sha256}.xlsx", sha256, "SYT", reason, "lan", NOW)


def test_a_receipt_keeps_when_the_file_was_first_seen(register: sqlite3.Connection) -> None:
    seen = (Receipt("a.xlsx", digest(b"1"), NOW),)
    for moment in (NOW, LATER):
        keep_receipts(register, YEAR, [("a.xlsx", b"1")], moment)
        assert read_receipts(register, YEAR) == seen
    assert n_rows(register) == (1, 1)
    keep_receipts(register, YEAR, [], LATER)
    assert (read_receipts(register, YEAR), n_rows(register)) == ((), (1, 1))
    keep_receipts(register, YEAR, [("a.xlsx", b"1")], LATER)  # put back
    keep_receipts(register, NEXT, [("b.xlsx", b"2")], LATER)
    keep_receipts(register, NEXT, [], LATER)
    assert (read_receipts(register, YEAR), read_receipts(register, NEXT)) == (seen, ())


def test_the_same_bytes_under_two_names_are_kept_once(register: sqlite3.Connection) -> None:
    keep_receipts(register, YEAR, [("a.xlsx", b"1"), ("gửi lại.xlsx", b"1")], NOW)
    assert [r.file for r in read_receipts(register, YEAR)] == ["a.xlsx", "gửi lại.xlsx"]
    assert n_rows(register)[1] == 1


def test_a_file_that_is_replaced_moved_or_taken_away_is_kept(register: sqlite3.Connection) -> None:
    keep_receipts(register, YEAR, [("a.xlsx", b"1"), ("b.xlsx", b"2"), ("c.xlsx", b"3")], NOW)
    keep_receipts(register, YEAR, [("a.xlsx", b"new"), ("con/b.xlsx", b"2")], LATER)
    assert [(r.file, r.sha256) for r in read_receipts(register, YEAR)] == [
        ("a.xlsx", digest(b"new")),
        ("con/b.xlsx", digest(b"2")),
    ]
    former = {(r.file, r.sha256) for r in read_receipts(register, YEAR, former=True)}
    assert former == {("a.xlsx", digest(b"1")), ("c.xlsx", digest(b"3"))}
    for data in (b"x", b"y", b"z"):
        keep_receipts(register, YEAR, [("a.xlsx", data)], LATER)
    former_a = [r.sha256 for r in read_receipts(register, YEAR, former=True) if r.file == "a.xlsx"]
    assert former_a == [digest(data) for data in (b"y", b"x", b"new", b"1")], "the latest first"


def test_a_file_that_could_not_be_opened_stays_as_it_was_received(register: sqlite3.Connection) -> None:
    keep_receipts(register, YEAR, [("a.xlsx", b"1"), ("b.xlsx", b"2")], NOW)
    keep_receipts(register, YEAR, [("b.xlsx", b"2")], LATER, closed=["a.xlsx", "never seen.xlsx"])
    assert [r.file for r in read_receipts(register, YEAR)] == ["a.xlsx", "b.xlsx"]


def test_a_decision_is_kept_with_who_and_when_and_only_once(register: sqlite3.Connection) -> None:
    assert keep_decided(register, YEAR, use("a", "b", "c"))
    assert not keep_decided(register, YEAR, replace(use("a", "c"), when=LATER))
    assert read_decided(register, YEAR, Decision) == (use("a", "b", "c"),)
    assert read_decided(register, NEXT, Decision) == ()
    assert keep_decided(register, YEAR, use("a", "b", "c", "d"))


def test_a_later_decision_takes_the_place_of_the_earlier_which_stays_on_record(
    register: sqlite3.Connection,
) -> None:
    keep_decided(register, YEAR, use("a", "b"))
    keep_decided(register, YEAR, replace(use("b", "a"), when=LATER, who="mai"))
    keep_decided(register, YEAR, reject("c"))
    keep_decided(register, YEAR, reject("c", "lý do khác"))
    assert [(d.choice, d.sha256, d.reason) for d in read_decided(register, YEAR, Decision)] == [
        (Choice.USE, "b", ""),
        (Choice.REJECT, "c", "lý do khác"),
    ]
    first, *_ = read_decided(register, YEAR, Decision, undone=True)
    assert (first.sha256, first.undone_by, first.undone_on) == ("a", "mai", LATER)


def test_a_decision_is_undone_and_stays_on_record(register: sqlite3.Connection) -> None:
    keep_decided(register, YEAR, reject("a"))
    assert not undo_decided(register, YEAR, reject("b"), "mai", LATER)
    assert undo_decided(register, YEAR, reject("a"), "mai", LATER)
    assert not undo_decided(register, YEAR, reject("a"), "mai", LATER)
    assert read_decided(register, YEAR, Decision) == ()
    (kept,) = read_decided(register, YEAR, Decision, undone=True)
    assert (kept.undone_by, kept.undone_on, kept.reason) == ("mai", LATER, "rút")


def test_what_the_book_said_is_kept_as_it_says_it_now(register: sqlite3.Connection) -> None:
    said = (
        Entry("SYT", "1/BC", date(2025, 11, 5), "Zalo", "0304", "a.xlsx", "ghi chú"),
        Entry("SNV", note="x"),
    )
    keep_entries(register, YEAR, said)
    keep_entries(register, YEAR, said)
    assert read_entries(register, YEAR) == said
    keep_entries(register, YEAR, said[:1])
    assert read_entries(register, YEAR) == said[:1]
    assert read_entries(register, NEXT) == ()


def test_another_reason_takes_the_place_of_the_first_which_is_kept(register: sqlite3.Connection) -> None:
    again = replace(ACCEPTED, reason="theo biên bản", when=LATER, who="hoa")
    assert keep_decided(register, YEAR, ACCEPTED)
    assert not keep_decided(register, YEAR, replace(ACCEPTED, when=LATER, who="hoa"))
    assert read_decided(register, YEAR, Acceptance) == (ACCEPTED,)
    assert read_decided(register, NEXT, Acceptance) == ()
    assert keep_decided(register, YEAR, again)
    assert read_decided(register, YEAR, Acceptance) == (again,)
    first, _ = read_decided(register, YEAR, Acceptance, undone=True)
    assert first == replace(ACCEPTED, undone_by="hoa", undone_on=LATER)


def test_a_proposal_waits_is_confirmed_by_an_acceptance_and_never_takes_its_place(
    register: sqlite3.Connection,
) -> None:
    assert keep_decided(register, YEAR, WISH)
    assert read_decided(register, YEAR, Acceptance) == (WISH,)
    confirmed = replace(WISH, who="lan", when=LATER, proposed=False)
    assert keep_decided(register, YEAR, confirmed)
    assert not keep_decided(register, YEAR, replace(WISH, reason="số khác"))
    assert read_decided(register, YEAR, Acceptance) == (confirmed,)


def test_a_proposal_that_was_turned_down_returns_only_in_other_words(register: sqlite3.Connection) -> None:
    keep_decided(register, YEAR, WISH)
    assert undo_decided(register, YEAR, WISH, "lan", LATER)
    assert not keep_decided(register, YEAR, replace(WISH, when=LATER))
    assert read_decided(register, YEAR, Acceptance) == ()
    assert keep_decided(register, YEAR, replace(WISH, reason="đã đối chiếu lại"))


def test_an_override_is_kept_by_cell_and_taken_back_on_record(register: sqlite3.Connection) -> None:
    commune = replace(PUT, item="T1", part="Xã Một")
    assert not undo_decided(register, YEAR, PUT, "hoa", NOW)
    assert keep_decided(register, YEAR, PUT)
    assert keep_decided(register, YEAR, commune)
    assert not keep_decided(register, YEAR, replace(PUT, when=LATER))
    better = replace(PUT, text="81", when=LATER)
    assert keep_decided(register, YEAR, better)
    assert read_decided(register, YEAR, Override) == (commune, better)
    assert undo_decided(register, YEAR, PUT, "hoa", LATER)
    assert read_decided(register, YEAR, Override) == (commune,)
    kept = read_decided(register, YEAR, Override, undone=True)
    assert [(o.text, o.undone_by) for o in kept] == [("80", "lan"), ("80", ""), ("81", "hoa")]


def test_figures_are_kept_with_who_read_them_and_only_changes_are_new(register: sqlite3.Connection) -> None:
    assert keep_controls(register, YEAR, [WHOLE, ONE], "lan", NOW) == 2
    assert keep_controls(register, YEAR, [WHOLE, ONE], "hoa", LATER) == 0
    kept = (replace(WHOLE, who="lan", when=NOW), replace(ONE, who="lan", when=NOW))
    assert read_controls(register, YEAR) == kept
    assert read_controls(register, NEXT) == ()
    assert keep_controls(register, YEAR, [replace(WHOLE, done=81)], "hoa", LATER) == 2
    assert read_controls(register, YEAR) == (replace(WHOLE, done=81, who="hoa", when=LATER),)
    rows = register.execute("select count(*), count(undone_on) from control").fetchone()
    assert rows == (3, 2)
