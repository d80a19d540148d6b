"""The words that name a unit, wherever they stand: at a prompt, on a cover, in a file's name, in a text."""

from __future__ import annotations

import pytest

from dvctt_report.model.period import Period
from dvctt_report.plan.unit_names import NamedUnit, UnitNames
from dvctt_report.text.errors import CannotRun
from tests.forms.fill import real

NAMES = UnitNames(real().units(Period(2025)), real().plan.province)

WORDS = [
    ("SYT", "SYT"),
    ("syt", "SYT"),
    ("Sở Y tế", "SYT"),
    ("SỞ  Y TẾ", "SYT"),
    ("so y te", "SYT"),
    ("Sở Y tế tỉnh Ninh Thuận", "SYT"),
    ("So Y te Ninh Thuan", "SYT"),
    ("Sở KH&CN", "SKHCN"),
    ("So KHCN", "SKHCN"),
    ("Sở Thông tin và Truyền thông", "SKHCN"),
    ("So TTTT", "SKHCN"),
    ("Sở NN-MT", "SNNMT"),
    ("BQL các KCN", "BQLKCN"),
    ("BHXH KV 27", "BHXH"),
    ("Ủy ban nhân dân huyện Ninh Sơn", "NSN"),
    ("huyen Ninh Son", "NSN"),
    ("UBND H. Ninh Sơn", "NSN"),
    ("TP. Phan Rang – Tháp Chàm", "PRTC"),
]


@pytest.mark.parametrize(("text", "code"), WORDS)
def test_a_unit_goes_by_its_code_all_its_names_and_their_short_forms(text: str, code: str) -> None:
    assert [unit.code for unit in NAMES.find(text)] == [code]
    assert NAMES.pick(text).code == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ninh son", "NSN"),
        ("Y tế", "SYT"),
        ("Sở Y tê", "SYT"),
        ("bắc", "TBC"),
        ("Sơn", "NSN"),
        ("cong thuo", "SCT"),
    ],
)
def test_a_part_of_a_name_or_a_wrong_accent_will_do_at_a_prompt_alone(text: str, code: str) -> None:
    assert NAMES.pick(text).code == code
    assert NAMES.find(text) == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("bac", "“bac” có thể là nhiều đơn vị: UBND huyện Bác Ái (BAI); UBND huyện Thuận Bắc (TBC)."),
        ("Sở I tế", "Gần nhất: Sở Y tế (SYT)"),
        ("SYTT", "Gần nhất: Sở Y tế (SYT)"),
        ("zzzzzz", "Không có đơn vị “zzzzzz” trong danh sách của năm."),
        ("  ", "Không có đơn vị"),
    ],
)
def test_what_names_no_unit_or_several_is_refused_with_all_it_may_be(text: str, told: str) -> None:
    with pytest.raises(CannotRun) as caught:
        NAMES.pick(text)
    assert told in caught.value.message


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Sở KH&CN và Sở Y tế đã gửi; Sở TT&TT (trước đây) đã gửi", ["SKHCN", "SYT", "SKHCN"]),
        ("Ủy ban nhân dân huyện Ninh Sơn, UBND H. Bác Ái", ["NSN", "BAI"]),
        ("các huyện: Ninh Sơn, Bác Ái", ["NSN", "BAI"]),
        ("tại Ninh Sơn có mưa; báo cáo của sở y tá; số 12/SYT-VP", []),
        ("Báo cáo về dịch vụ công, tỉnh Ninh Thuận", []),
        ("So Y te, So KHCN", ["SYT", "SKHCN"]),
    ],
)
def test_a_text_names_units_in_all_these_words(text: str, codes: list[str]) -> None:
    assert [one.unit.code for one in NAMES.mentions(text)] == codes


def test_a_mention_says_where_the_name_stands_with_the_council_before_it() -> None:
    text = "Ngoài ra, Ủy ban nhân dân huyện Ninh Sơn chưa gửi."
    (one,) = NAMES.mentions(text)
    assert text[one.start : one.end] == "Ủy ban nhân dân huyện Ninh Sơn"


CLASHING = UnitNames(
    (
        NamedUnit("SNV", "Sở Nội vụ", ("Sở Nội vụ",)),
        NamedUnit("SYT", "Sở Y tế", ("Sở Y tế", "SYT", "snv", "SNV Ninh Thuận", "X.1")),
        NamedUnit("X.1", "UBND xã Một", ("UBND xã Một",)),
    ),
    "tỉnh Ninh Thuận",
)
"""A unit that is called what is the code of two others."""


@pytest.mark.parametrize(
    ("code", "unit"), [("SNV", "SNV"), ("snv", "SNV"), (" SNV ", "SNV"), ("X.1", "X.1"), ("SYT", "SYT")]
)
def test_a_code_always_means_its_unit_whatever_else_is_called_so(code: str, unit: str) -> None:
    assert CLASHING.pick(code).code == unit
    assert [one.code for one in CLASHING.find(code)] == [unit]
    assert [one.code for one in CLASHING.find_in_list(code)] == [unit]
    assert [one.code for one in CLASHING.units if CLASHING.is_named(one, code)] == [unit]


def test_a_text_and_a_files_name_mean_that_unit_too() -> None:
    assert [one.unit.code for one in CLASHING.mentions("Theo báo cáo của SNV, SYT")] == ["SNV", "SYT"]
    assert [one.code for one in CLASHING.in_file_name("SNV_2025.xlsx")] == ["SNV"]
    assert CLASHING.in_file_name("X.1_2025.xlsx") == ()


def test_a_code_of_two_letters_is_too_common_a_word_of_a_files_name() -> None:
    names = UnitNames((NamedUnit("KH", "Sở Khác", ("Sở Khác",)), NamedUnit("SKH", "Sở Hai", ("Sở Hai",))))
    assert names.in_file_name("KH tuyen truyen.xlsx") == ()
    assert [one.code for one in names.in_file_name("SKH tuyen truyen.xlsx")] == ["SKH"]
