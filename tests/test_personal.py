"""Private persons' numbers are left out of what leaves the office, and nothing else is."""

from __future__ import annotations

import pytest

from dvctt_report.personal import kinds_in, masked


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("CCCD 058099001234, gọi 0912 345 678", "CCCD …, gọi …"),
        ("058.099.001.234 và +84 912345678", "… và …"),
        ("thư an.nguyen@gmail.com, hoặc a@b.vn.", "thư …, hoặc …."),
        ("Số tài khoản: 0071 0012 3456 7; STK 123456789", "Số tài khoản: …; STK …"),
        ("tài khoản số 19-034-567-890", "tài khoản số …"),
        ("https://a.vn/0912345678/058099001234", "https://a.vn/0912345678/058099001234"),
        ("120 tài khoản, 1.234.567.890 đồng, số 12/KH-UBND, 0259 3822 999", None),
        ("TK 2 người; mở 12 tài khoản 5 lần", None),
        ("không có số nào", None),
    ],
)
def test_what_is_a_private_persons_is_left_out(text: str, shown: str | None) -> None:
    assert masked(text) == (text if shown is None else shown)


def test_what_a_form_must_not_hold_is_named() -> None:
    assert kinds_in("CCCD 058099001234, 0912345678") == ["số căn cước", "số điện thoại di động"]
    assert kinds_in("https://a.vn/0912345678, a@b.vn") == []
