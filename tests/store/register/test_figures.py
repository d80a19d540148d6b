"""What the register keeps of decisions about figures: the one in force, and every one before it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from dvctt_report.model import Acceptance, Override
from dvctt_report.model.period import Period
from dvctt_report.store.register import keep_decided, open_register, read_decided, undo_decided

NOW = datetime(2025, 11, 20, 8, 30)
LATER = NOW + timedelta(hours=1)
ACCEPTED = Acceptance("HS02-3f9c1a", "SYT", "lệch", "đơn vị xác nhận", "CV 1", "lan", NOW)
WISH = replace(ACCEPTED, reason="số đúng", document="BC 5", who="SYT", proposed=True)
PUT = Override("SYT", "T10", "done", "80", "120", "gõ nhầm", "CV 2", "lan", NOW)


@pytest.fixture
def register(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with open_register(tmp_path / "so-nhan.sqlite") as connection:
        yield connection


def test_an_acceptance_is_kept_once_and_by_year(register: sqlite3.Connection) -> None:
    assert keep_decided(register, Period(2025), ACCEPTED)
    assert not keep_decided(register, Period(2025), replace(ACCEPTED, when=LATER, who="hoa"))
    assert read_decided(register, Period(2025), Acceptance) == (ACCEPTED,)
    assert read_decided(register, Period(2026), Acceptance) == ()


def test_another_reason_takes_the_place_of_the_first_which_is_kept(register: sqlite3.Connection) -> None:
    again = replace(ACCEPTED, reason="theo biên bản", when=LATER, who="hoa")
    assert keep_decided(register, Period(2025), ACCEPTED)
    assert keep_decided(register, Period(2025), again)
    assert read_decided(register, Period(2025), Acceptance) == (again,)
    first, _ = read_decided(register, Period(2025), Acceptance, undone=True)
    assert first == replace(ACCEPTED, undone_by="hoa", undone_on=LATER)


def test_a_proposal_waits_and_is_confirmed_by_an_acceptance(register: sqlite3.Connection) -> None:
    assert keep_decided(register, Period(2025), WISH)
    assert read_decided(register, Period(2025), Acceptance) == (WISH,)
    confirmed = replace(WISH, who="lan", when=LATER, proposed=False)
    assert keep_decided(register, Period(2025), confirmed)
    assert read_decided(register, Period(2025), Acceptance) == (confirmed,)


def test_a_proposal_never_takes_the_place_of_what_an_officer_decided(register: sqlite3.Connection) -> None:
    keep_decided(register, Period(2025), ACCEPTED)
    assert not keep_decided(register, Period(2025), WISH)
    assert read_decided(register, Period(2025), Acceptance) == (ACCEPTED,)


def test_a_proposal_that_was_turned_down_returns_only_in_other_words(register: sqlite3.Connection) -> None:
    keep_decided(register, Period(2025), WISH)
    assert undo_decided(register, Period(2025), WISH, "lan", LATER)
    assert not keep_decided(register, Period(2025), replace(WISH, when=LATER))
    assert read_decided(register, Period(2025), Acceptance) == ()
    assert keep_decided(register, Period(2025), replace(WISH, reason="đã đối chiếu lại"))


def test_undoing_what_was_never_accepted_is_told(register: sqlite3.Connection) -> None:
    assert not undo_decided(register, Period(2025), ACCEPTED, "lan", NOW)
    assert not undo_decided(register, Period(2025), PUT, "lan", NOW)


def test_an_override_is_kept_by_cell_and_taken_back_on_record(register: sqlite3.Connection) -> None:
    commune = replace(PUT, item="T1", part="Xã Một")
    assert keep_decided(register, Period(2025), PUT)
    assert keep_decided(register, Period(2025), commune)
    assert not keep_decided(register, Period(2025), replace(PUT, when=LATER))
    better = replace(PUT, text="81", when=LATER)
    assert keep_decided(register, Period(2025), better)
    assert read_decided(register, Period(2025), Override) == (commune, better)
    assert undo_decided(register, Period(2025), PUT, "hoa", LATER)
    assert read_decided(register, Period(2025), Override) == (commune,)
    kept = read_decided(register, Period(2025), Override, undone=True)
    assert [(o.text, o.undone_by) for o in kept] == [("80", "lan"), ("80", ""), ("81", "hoa")]
