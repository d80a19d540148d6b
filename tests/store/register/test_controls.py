"""What the register keeps of the figures of the systems in charge."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from dvctt_report.model import Control, Printed
from dvctt_report.model.period import Period
from dvctt_report.store.register import keep_controls, open_register, read_controls

NOW = datetime(2025, 11, 20, 8, 30)
LATER = NOW + timedelta(hours=1)
WHOLE = Control("T10", "", 100, 80, "HTTT", date(2025, 10, 31), "CV 1", Printed.CONTROL, "đủ hơn")
ONE = Control("T10", "SYT", 10, None, "HTTT", date(2025, 10, 31), "CV 1")


def test_figures_are_kept_with_who_read_them_and_only_changes_are_new(tmp_path: Path) -> None:
    with open_register(tmp_path / "r.sqlite") as register:
        assert keep_controls(register, Period(2025), [WHOLE, ONE], "lan", NOW) == 2
        assert keep_controls(register, Period(2025), [WHOLE, ONE], "hoa", LATER) == 0
        kept = (replace(WHOLE, who="lan", when=NOW), replace(ONE, who="lan", when=NOW))
        assert read_controls(register, Period(2025)) == kept
        assert read_controls(register, Period(2026)) == ()
        assert keep_controls(register, Period(2025), [replace(WHOLE, done=81)], "hoa", LATER) == 2
        assert read_controls(register, Period(2025)) == (replace(WHOLE, done=81, who="hoa", when=LATER),)
        rows = register.execute("select count(*), count(undone_on) from control").fetchone()
        assert rows == (3, 2)
