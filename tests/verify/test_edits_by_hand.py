"""What offices do to a report in Word: round figures, short names, lists, statements turned round."""

from __future__ import annotations

import copy
from collections.abc import Callable

import pytest
from lxml import etree

from dvctt_report.plan.unit_names import NamedUnit, UnitNames
from dvctt_report.verify.check import Collation
from dvctt_report.verify.message import format_deviation
from dvctt_report.verify.names import means
from dvctt_report.verify.numbers import find_numbers, is_round_one
from dvctt_report.verify.qualifiers import find_enumerated
from dvctt_report.verify.reading import DeviationKind
from dvctt_report.word.tree import W
from tests.verify.conftest import Rendered
from tests.verify.edits import Report, apart, set_text, text_of

Check = Callable[[bytes], Collation]


def edited(rendered: Rendered, start: str, *changes: tuple[str, str]) -> bytes:
    """Change the paragraph that opens with ``start``."""
    report = rendered.report()
    edit(report, start, *changes)
    return report.content()


def edit(report: Report, start: str, *changes: tuple[str, str]) -> None:
    paragraph = report.paragraph(start)
    text = text_of(paragraph)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    set_text(paragraph, text)


def told(outcome: Collation) -> list[tuple[str, str, str]]:
    return [(d.kind.value, d.place.section, format_deviation(d)) for d in outcome.deviations]


TRUE = (
    # round figures
    ("k) Hồ", (("đạt 79,96% (63.245", "đạt gần 80% (63.245"),)),
    ("k) Hồ", (("đạt 79,96% (63.245", "đạt xấp xỉ 80% (63.245"),)),
    ("k) Hồ", (("đạt 79,96% (63.245", "đạt 79,96% (gần 80%; 63.245"),)),
    ("k) Hồ", (("đạt 79,96% (63.245", "đạt hơn 79,9% (63.245"),)),
    ("k) Hồ", (("(63.245/79.096 hồ sơ)", "(hơn 63 nghìn trên tổng số hơn 79 nghìn hồ sơ)"),)),
    ("g) Th", (("(1.121/1.174 người)", "(1,12 nghìn/1,17 nghìn người)"),)),
    ("- Ngân", (("đã thực hiện 883,02 triệu", "đã thực hiện khoảng 883 triệu"),)),
    # short names
    ("a) L", (("Sở Nông nghiệp và Môi trường (97,5%)", "Sở NN&MT (97,5%)"),)),
    ("a) L", (("UBND thành phố Phan Rang - Tháp Chàm (98,7%)", "UBND tp. PR-TC (98,7%)"),)),
    ("Tính", (("Sở Dân tộc và Tôn giáo; UBND huyện Bác Ái", "Sở DT&TG; UBND H. Bác Ái"),)),
    ("Đề nghị 03", (("Ban Quản lý các khu công nghiệp và", "BQL các KCN và"),)),
    (
        "g) Th",
        (
            (
                "UBND huyện Ninh Sơn (95,4%), UBND huyện Ninh Hải (94,8%)",
                "các huyện: Ninh Sơn (95,4%), Ninh Hải (94,8%)",
            ),
        ),
    ),
    # lists with numbers, marks of notes
    (
        "Tính",
        (("chưa gửi: Sở Dân", "chưa gửi, gồm: (1) Sở Dân"), ("; UBND huyện B", "; và (2) UBND huyện B")),
    ),
    ("- 03 chỉ tiêu đạt", (("hoạch: người", "hoạch: 1) người"), ("; người", "; 2) người"))),
    ("Có 02 b", (("chỉnh lý; số", "chỉnh lý [1]; số"),)),
    # the same statement of the same number
    (
        "Kế hoạch giao 24",
        (
            (
                "đã thực hiện 131/144 lượt nhiệm vụ có thông tin (đạt 91,0%); đang thực hiện 08; "
                "chưa thực hiện 05; chưa có thông tin 12.",
                "trong 144 lượt nhiệm vụ có thông tin, đã hoàn thành 131 lượt (91,0%), "
                "đang triển khai 08 lượt, còn 05 lượt chưa triển khai; 12 lượt chưa có thông tin.",
            ),
        ),
    ),
    # a denial in other words
    ("a) L", (("Kết quả không bao gồm 01", "Kết quả trên không tính 01"),)),
    ("- Số liệu", (("chưa thống nhất, đang", "chưa thống nhất, cần sớm thống nhất lại, đang"),)),
    ("- Về chế", (("gửi biểu chưa sử dụng được", "gửi biểu nhưng chưa thể sử dụng"),)),
    ("Có 02 b", (("chưa đưa vào tổng hợp", "chưa được đưa vào tổng hợp"),)),
)


def test_what_is_still_true_rings_nothing(rendered: Rendered, check: Check) -> None:
    for edits in apart(rendered.report(), TRUE):
        report = rendered.report()
        for start, changes in edits:
            edit(report, start, *changes)
        assert told(check(report.content())) == [], edits


FALSE = (
    ("k) Hồ", "đạt 79,96% (63.245", "đạt khoảng 82% (63.245", "III.2.k", "khoảng 82%", "79,96%"),
    ("k) Hồ", "đạt 79,96% (63.245", "đạt hơn 80% (63.245", "III.2.k", "hơn 80%", "79,96%"),
    ("k) Hồ", "(63.245/79.096", "(hơn 65 nghìn/79.096", "III.2.k", "hơn 65 nghìn", "63.245"),
    ("a) L", "Môi trường (97,5%)", "Môi trường (98,5%)", "III.2.a", "98,5%", "97,5%"),
    (
        "a) L",
        "Sở Nông nghiệp và Môi trường (97,5%)",
        "Sở KH&CN (97,5%)",
        "III.2.a",
        "Sở KH&CN",
        "Sở Nông nghiệp và Môi trường",
    ),
    (
        "Tính",
        "Sở Dân tộc và Tôn giáo; UBND",
        "Sở VHTT&DL; UBND",
        "III.1",
        "Sở VHTT&DL",
        "Sở Dân tộc và Tôn giáo",
    ),
    (
        "- Về chế",
        "còn 03 cơ quan, đơn vị, địa phương chưa gửi báo cáo",
        "các cơ quan chấp hành nghiêm, cả 03 cơ quan, địa phương còn lại nay đã nộp báo cáo",
        "IV.1",
        "“đã nộp”",
        "“chưa gửi”",
    ),
    ("Kế hoạch g", "chưa thực hiện 05", "đã hoàn thành 05", "III.4", "“đã hoàn thành”", "“chưa thực hiện”"),
    (
        "- Sở Kh",
        "chưa hoàn thành: tập",
        "đã hoàn thành: tập",
        "III.4",
        "“đã hoàn thành”",
        "“chưa hoàn thành”",
    ),
)


def test_what_is_no_longer_true_is_told_at_its_place(rendered: Rendered, check: Check) -> None:
    for edits in apart(rendered.report(), FALSE):
        report = rendered.report()
        for start, old, new, *_ in edits:
            edit(report, start, (old, new))
        outcome = check(report.content())
        differences = [d for d in outcome.deviations if d.kind is DeviationKind.DIFFERS]
        assert sorted((d.place.section, d.found, d.expected) for d in differences) == sorted(
            (section, found, expected) for *_, section, found, expected in edits
        )
        assert not outcome.agrees


def test_a_unit_that_is_said_to_have_sent_after_all_is_told(rendered: Rendered, check: Check) -> None:
    outcome = check(
        edited(
            rendered,
            "Tính",
            (
                "còn 02 đơn vị chưa gửi: Sở Dân tộc và Tôn giáo; UBND huyện Bác Ái.",
                "Sở Dân tộc và Tôn giáo, UBND huyện Bác Ái cũng đã hoàn thành việc gửi báo cáo.",
            ),
        )
    )
    assert ("differs", "III.1") in [(kind, section) for kind, section, _ in told(outcome)]


@pytest.mark.parametrize(
    ("exact", "said", "same"),
    [
        ("79,96%", "gần 80%", True),
        ("79,96%", "trên 80%", False),
        ("80,4%", "gần 80%", False),
        ("80,4%", "đạt trên 80%", True),
        ("76%", "khoảng 80%", False),
        ("38.903", "gần 40.000", True),
        ("1.174", "gần 1.200", True),
        ("1.900", "hơn 1.000", False),
        ("2.836", "2.806 người trên 2.830", False),
        ("2,64", "cao hơn 2,6", False),
        ("1.234", "1,2 nghìn lượt", True),
        ("1.234", "1,3 nghìn lượt", False),
        ("0,04", "gần 1", False),
    ],
)
def test_a_round_number_is_true_within_its_last_digit_and_on_its_side(
    exact: str, said: str, same: bool
) -> None:
    (printed,), found = find_numbers(exact), find_numbers(said)[-1]
    assert is_round_one(printed, found) is same


@pytest.mark.parametrize(
    ("text", "markers"),
    [
        ("gồm: (1) A; (2) B và (3) C", ["(1)", "(2)", "(3)"]),
        ("gồm: 1) A, 2) B", ["1)", "2)"]),
        ("gồm: 1. A; 2. B", ["1.", "2."]),
        ("nêu ở [3] và [4]", ["[3]", "[4]"]),
        ("còn một (1) đơn vị và hai (2) lượt", []),
        ("đơn vị (1) và (3)", []),
        ("còn 1. Trong số đó có 2.", []),
    ],
)
def test_what_only_counts_out_a_list_is_no_figure(text: str, markers: list[str]) -> None:
    found = find_enumerated(text)
    assert sorted(text[m.start : m.stop] for m in found) == sorted(markers)


NAMES = UnitNames(
    NamedUnit(code, name, (name,))
    for code, name in {
        "SKHCN": "Sở Khoa học và Công nghệ",
        "SNV": "Sở Nội vụ",
        "SNG": "Sở Ngoại vụ",
        "TPA": "UBND thành phố An Bình - Lộc Phú",
        "HAB": "UBND huyện An Bình",
        "XLP": "UBND xã Lộc Phú",
        "PLP": "UBND phường Lộc Phú",
        "BH": "BHXH khu vực 27",
    }.items()
)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Sở KH&CN, Sở KHCN, Sở Khoa học - Công nghệ", ["SKHCN", "SKHCN", "SKHCN"]),
        ("Công văn số 12/SKHCN-CĐS", []),
        ("Sở NV đã gửi", []),
        ("UBND tp. AB-LP; TP An Bình - Lộc Phú; UBND H. An Bình", ["TPA", "TPA", "HAB"]),
        ("các huyện: An Bình (90%), Lộc Phú (80%)", ["HAB"]),
        ("tại An Bình có mưa", []),
        ("UBND xã Lộc Phú, phường Lộc Phú", ["XLP", "PLP"]),
        ("BHXH KV 27", ["BH"]),
    ],
)
def test_a_unit_is_known_by_its_abbreviation_where_it_fits_no_other(text: str, codes: list[str]) -> None:
    assert [found.unit.code for found in NAMES.mentions(text)] == codes


INVENTED = "đã tiếp nhận 81.300 hồ sơ, xử lý trực tuyến 69.105 hồ sơ, chiếm 85%, hoàn thành kế hoạch."


@pytest.mark.parametrize("head", ["k) Hồ sơ trực tuyến: ", "Xử lý hồ sơ trực tuyến: "])
def test_a_result_that_another_one_replaces_differs_though_all_words_are_new(
    rendered: Rendered, check: Check, head: str
) -> None:
    report = rendered.report()
    set_text(report.paragraph("k) Hồ"), head + INVENTED)
    outcome = check(report.content())
    assert not outcome.agrees
    assert ("85%", "79,96%") in [
        (d.found, d.expected) for d in outcome.deviations if d.kind is DeviationKind.DIFFERS
    ]


def test_a_result_that_is_only_left_out_is_gone_and_no_difference(rendered: Rendered, check: Check) -> None:
    old = "đạt 79,96% (63.245/79.096 hồ sơ), thiếu 32"
    new = "63.245/79.096 hồ sơ, thiếu 32"
    outcome = check(edited(rendered, "k) Hồ", (old, new)))
    assert [d.kind for d in outcome.deviations] == [DeviationKind.MISSING]


def test_results_that_an_opening_repeats_ring_nothing(rendered: Rendered, check: Check) -> None:
    said = (
        "Nhìn chung, công tác này đạt kết quả tích cực: 79,96% hồ sơ được xử lý hoàn toàn trực tuyến; "
        "92,6% người dân hài lòng; 118.426 người dân, doanh nghiệp được định danh, xác thực (100%)."
    )
    report = rendered.report()
    paragraph = report.paragraph("2. Kết quả thực hiện các")
    added = copy.deepcopy(paragraph)
    set_text(added, said)
    paragraph.addnext(added)
    assert told(check(report.content())) == []


def cells_of(table: etree._Element) -> list[list[etree._Element]]:
    return [row.findall(f"{W}tc") for row in table.findall(f"{W}tr")]


def under_one_heading(table: etree._Element, heading: str, first: int, last: int) -> None:
    """Put a row on top that joins the columns ``first`` to ``last`` under one heading, as Word does."""
    low = table.find(f"{W}tr")
    top = copy.deepcopy(low)
    for n, (above, below) in enumerate(zip(top.findall(f"{W}tc"), low.findall(f"{W}tc"), strict=True)):
        if n == first:
            set_text(above, heading)
            span = etree.Element(f"{W}gridSpan")
            span.set(f"{W}val", str(last - first + 1))
            above.find(f"{W}tcPr").insert(1, span)
        elif first < n <= last:
            top.remove(above)
        else:
            set_text(below, "")
    low.addprevious(top)


@pytest.mark.parametrize("heads_only", [False, True])
def test_columns_that_changed_places_under_a_joint_heading_are_known_by_their_own(
    rendered: Rendered, check: Check, heads_only: bool
) -> None:
    report = rendered.report()
    table = [t for t in report.root[0] if t.tag == f"{W}tbl"][1]
    for row in cells_of(table)[: 1 if heads_only else None]:
        one, other = text_of(row[2]), text_of(row[3])
        set_text(row[2], other)
        set_text(row[3], one)
    under_one_heading(table, "Tỷ lệ (%)", 2, 3)
    assert check(report.content()).agrees is not heads_only


def test_rows_numbered_in_roman_numbers_are_still_named(rendered: Rendered, check: Check) -> None:
    report = rendered.report()
    table = [t for t in report.root[0] if t.tag == f"{W}tbl"][2]
    for row, number in zip(
        cells_of(table)[1:], ["I", "III", "IV", "V", "VI", "VI", "VII", "VIII", "IX"], strict=True
    ):
        set_text(row[0], number)
    assert told(check(report.content())) == []


def test_a_number_in_the_name_of_a_unit_is_no_figure(rendered: Rendered, check: Check) -> None:
    report = rendered.report()
    for cell in (c for c in report.root.iter(f"{W}tc") if text_of(c) == "BHXH khu vực 27"):
        set_text(cell, "BHXH KV 27")
    assert told(check(report.content())) == []


DENIED = (
    ("III.2.a", "a) L", "Kết quả không bao gồm 01", "Kết quả đã bao gồm 01", "bao gồm"),
    ("IV.1", "- Về chế", "gửi biểu chưa sử dụng được", "gửi biểu đã sử dụng được", "sử dụng"),
    ("IV.1", "- Số liệu", "còn nội dung chưa thống nhất", "có nội dung đã thống nhất", "thống nhất"),
    ("II.1", "Đến nay", "đã ban hành văn bản", "chưa ban hành văn bản", "ban hành"),
    ("III.1", "Có 02 b", "chưa đưa vào tổng hợp", "đã đưa vào tổng hợp", "đưa vào"),
)


def test_what_was_denied_and_is_affirmed_is_told_and_the_other_way(rendered: Rendered, check: Check) -> None:
    report = rendered.report()
    for _, start, old, new, _ in DENIED:
        edit(report, start, (old, new))
    outcome = check(report.content())
    for section, *_, words in DENIED:
        (found,) = (d for d in outcome.deviations if words in d.found)
        assert (found.kind, found.place.section) == (DeviationKind.DIFFERS, section)
        assert words in found.expected
    assert len(outcome.deviations) == len(DENIED)


@pytest.mark.parametrize(
    ("said", "name", "same"),
    [
        ("Phân hiệu Trường ĐH A", "Phân hiệu Trường Đại học A tại B", True),
        ("ngành Y tế", "Sở Y tế", True),
        ("Báo và Đài Phát thanh - Truyền hình A", "Báo và Đài PT-TH A", True),
        ("Sở Ngoại vụ", "Sở Nội vụ", False),
        ("UBND huyện An Giang", "UBND huyện An Sơn", False),
        ("đang được đề nghị gửi lại", "Trường Cao đẳng nghề", False),
        ("Sở", "Sở Dân tộc và Tôn giáo", False),
    ],
)
def test_a_name_may_be_put_otherwise_but_not_be_another(said: str, name: str, same: bool) -> None:
    assert means(said, name) is same
