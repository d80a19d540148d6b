"""A received file is named for programs by one string, for people in words."""

from __future__ import annotations

import pytest

from dvctt_report.text.file_names import format_file, inside, last_name, received_name

ZIP = "nhan-ve/2025/thu.zip"


@pytest.mark.parametrize(
    ("file", "received", "last", "said"),
    [
        ("nhan-ve/2025/bieu.xlsx", "nhan-ve/2025/bieu.xlsx", "bieu.xlsx", "nhan-ve/2025/bieu.xlsx"),
        (inside(ZIP, "Sở A/bieu.xlsx"), ZIP, "bieu.xlsx", f"Sở A/bieu.xlsx (trong {ZIP})"),
        (
            inside(inside(ZIP, "1.eml"), "bieu.xlsx"),
            ZIP,
            "bieu.xlsx",
            f"bieu.xlsx (trong 1.eml, trong {ZIP})",
        ),
        ("", "", "", ""),
    ],
)
def test_a_file_from_a_container_is_named_by_the_way_in(
    file: str, received: str, last: str, said: str
) -> None:
    assert (received_name(file), last_name(file), format_file(file)) == (received, last, said)
