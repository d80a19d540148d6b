"""Which unit an officer means."""

from __future__ import annotations

import pytest

from dvctt_report.cli.units import find_unit
from dvctt_report.errors import CannotRun
from tests.forms.fill import real

UNITS = real().units(2025)


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ("SYT", "SYT"),
        ("syt", "SYT"),
        ("Sở Y tế", "SYT"),
        ("so y te", "SYT"),
        ("SỞ  Y TẾ", "SYT"),
        ("ninh son", "NSN"),
        ("Thanh tra", "TTT"),
    ],
)
def test_a_code_a_name_or_a_part_of_a_name_will_do(wanted: str, code: str) -> None:
    assert find_unit(UNITS, wanted).code == code


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ("Sở", "có thể là nhiều đơn vị"),
        ("Sở I tế", "Gần nhất: Sở Y tế (SYT)"),
        ("zzzzzz", "Không có đơn vị “zzzzzz”"),
        ("  ", "Không có đơn vị"),
    ],
)
def test_no_unit_or_several_are_refused_with_the_nearest(wanted: str, said: str) -> None:
    with pytest.raises(CannotRun, match=said.replace("(", r"\(").replace(")", r"\)")):
        find_unit(UNITS, wanted)
