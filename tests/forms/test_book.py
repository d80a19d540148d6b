"""Books that are changed in place: what the officer did to the tracking book stays, whatever it is."""

from __future__ import annotations

import io
import subprocess
import sys
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import PatternFill

from dvctt_report.forms.book import extend_book
from dvctt_report.model import Entry
from dvctt_report.model.period import Period
from dvctt_report.plan.load import load_profile
from dvctt_report.plan.model import Profile
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.resources import resource_path


@pytest.fixture(scope="module")
def profile() -> Profile:
    return load_profile(resource_path("templates") / "ninh_thuan")


def opened(content: bytes | None) -> Any:
    assert content is not None
    return openpyxl.load_workbook(io.BytesIO(content))


def saved(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_new_unit_gets_a_row_and_everything_typed_stays(profile: Profile) -> None:
    *units, last = profile.roster.units
    roster = profile.roster.model_copy(update={"units": tuple(units)})
    book = opened(extend_book(None, profile.model_copy(update={"roster": roster}), Period(2025)))
    sheet = book.worksheets[0]
    sheet["D5"], sheet["H6"], sheet["J3"], sheet["J5"] = datetime(2025, 11, 5), "=gọi lại", "Của tôi", 7
    sheet["A6"].fill = PatternFill("solid", fgColor="00FF00")
    sheet.column_dimensions["B"].width = 77
    book.create_sheet("Nháp")["A1"] = "giữ"
    before = {c.coordinate: c.value for row in sheet.iter_rows() for c in row if c.value is not None}
    after = opened(extend_book(saved(book), profile, Period(2025)))
    own = after.worksheets[0]
    now = {c.coordinate: c.value for row in own.iter_rows() for c in row if c.value is not None}
    added = {key: value for key, value in now.items() if key not in before}
    assert before == {key: now[key] for key in before}
    assert list(added.values()) == [last.code, last.name]
    assert own["A6"].fill.fgColor.rgb == "0000FF00"
    assert own.column_dimensions["B"].width == 77
    assert after["Nháp"]["A1"].value == "giữ"


def test_a_complete_book_is_left_alone_and_another_year_gets_its_own_sheet_first(profile: Profile) -> None:
    made = extend_book(None, profile, Period(2025))
    assert extend_book(made, profile, Period(2025)) is None
    assert opened(extend_book(made, profile, Period(2026))).sheetnames == ["Năm 2026", "Năm 2025"]
    headless = opened(made)
    headless.worksheets[0].delete_rows(3)
    assert extend_book(saved(headless), profile, Period(2025)) is None, "its headers are gone"
    with pytest.raises(CannotRun, match="không đọc được"):
        extend_book(b"PK\x03\x04 broken", profile, Period(2025))


def test_a_book_that_was_lost_comes_back_with_what_the_register_knows(profile: Profile) -> None:
    unit = profile.units(Period(2025))[1].code
    arrived = date(2025, 11, 6)
    known = (Entry(unit, "=1/BC", date(2025, 11, 5), "Zalo", "0304", arrived_on=arrived), Entry(unit, "2/BC"))
    sheet = opened(extend_book(None, profile, Period(2025), known)).worksheets[0]
    code, _, *typed = [c.value for c in sheet[5]]
    days = (datetime(2025, 11, 5), datetime(2025, 11, 6))
    assert (code, *typed[:5]) == (unit, "=1/BC", *days, "Zalo", "0304")
    assert sheet["C5"].data_type == "s"
    assert [c.value for c in sheet[6]][:3:2] == [unit, "2/BC"]
    assert sheet.max_row == 3 + len(profile.units(Period(2025))) + 1


_NEW_BOOK = """
import sys
from dvctt_report.forms.officer_sheet import open_book, save_book
made = open_book()
made.create_sheet("2025")["A1"] = "Số"
assert open_book(save_book(made))["2025"]["A1"].value == "Số"
assert "openpyxl" in sys.modules and "numpy" not in sys.modules
import numpy
assert numpy.int64(1) == 1
"""


def test_openpyxl_is_loaded_without_numpy_which_can_be_loaded_afterwards() -> None:
    """Such books cost no more start than openpyxl alone."""
    subprocess.run([sys.executable, "-c", _NEW_BOOK], check=True)
