"""Edits of words that a person has to read are told from those that may be passed over."""

from __future__ import annotations

import pytest

from dvctt_report.plan.unit_names import NamedUnit, UnitNames
from dvctt_report.report.beside import AXES
from dvctt_report.report.blocks import OPENING, TextBlock
from dvctt_report.verify.check import for_reading
from dvctt_report.verify.message import edit_name, format_section
from dvctt_report.verify.reading import CLOSING, Deviation, DeviationKind, TextPlace, closing_apart
from dvctt_report.verify.rewritten import WordEdit, read_edits
from dvctt_report.verify.weighty import weighed

UNITS = UnitNames([NamedUnit("STP", "Sở Tư pháp", ("Sở Tư pháp",))])


def why(before: tuple[TextBlock, ...], after: tuple[TextBlock, ...]) -> list[str]:
    edits: list[WordEdit] = read_edits(before, after)
    return [one.why for one in weighed(edits, before, after, UNITS, "năm 2025")]


def said(*texts: str, section: str = "III.2") -> tuple[TextBlock, ...]:
    return tuple(TextBlock(section, (text,)) for text in texts)


TO_READ = [
    ("nguồn hợp pháp khác: chưa có số liệu.", "nguồn hợp pháp khác: không phát sinh.", "tình trạng"),
    ("SỐ LIỆU MINH HỌA, KHÔNG PHẢI SỐ LIỆU THẬT", "", "tình trạng"),
    ("Số: …/BC-UBND DỰ THẢO", "Số: …/BC-UBND", "tình trạng"),
    ("(*): số tạm tính, báo cáo sau", "(*): số chính thức, báo cáo sau", "tình trạng"),
    ("", "Số liệu đã được UBND tỉnh thống nhất", "tình trạng"),
    ("báo cáo theo điểm e khoản 7 Mục III", "báo cáo theo điểm đ khoản 7 Mục III", "viện dẫn"),
    ("như nêu tại Mục VI kèm theo", "như nêu tại Mục IV kèm theo", "viện dẫn"),
    ("KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC", "GIÁM ĐỐC", "quyền ký"),
    ("sắp xếp tổ chức bộ máy trước ngày 01/7", "sắp xếp tổ chức bộ máy sau ngày 01/7", "thời điểm"),
    ("Đề nghị hướng dẫn cách tính", "Đề nghị dừng hướng dẫn cách tính", "phủ định"),
    ("04 báo cáo đang được đề nghị chỉnh lý.", "04 báo cáo đã chỉnh lý xong.", "tình trạng"),
    ("Tài liệu làm việc nội bộ, không gửi kèm báo cáo.", "", "tình trạng"),
    ("Chỉ tiêu đạt 95,2% so với", "Chỉ tiêu chỉ đạt 95,2% so với", "phủ định"),
    ("xóa các nội dung khác.", "giữ nguyên các nội dung khác.", "phủ định"),
    ("Số liệu minh họa của quý", "Số liệu của quý", "tình trạng"),
    ("III. KẾT QUẢ THỰC HIỆN", "IV. KẾT QUẢ THỰC HIỆN", "số thứ tự"),
    ("đạt 95,2%, tăng", "đạt 95,2 điểm phần trăm, tăng", "đơn vị tính"),
    ("đạt 95,2%, tăng", "đạt 95,2‰, tăng", "đơn vị tính"),
    ("tập huấn mỗi năm một lần", "tập huấn mỗi quý một lần", "thời điểm"),
    ("03 chỉ tiêu chưa kết luận. Trừ", "03 chỉ tiêu không áp dụng. Trừ", "tình trạng"),
    ("kết luận chắc chắn chưa đạt", "kết luận có khả năng chưa đạt", "tình trạng"),
    ("Kế hoạch số 12/KH-UBND ngày 05/01/2025 của", "Kế hoạch của", "viện dẫn"),
    ("xem xét, ký ban hành", "xem xét, ủy quyền cho Sở ký ban hành", "quyền ký"),
    ("Biểu đồ 1. Khoảng cách đến mức", "Biểu đồ 1. Tình hình gửi báo cáo", "tên bảng"),
    (
        "Kết quả cụ thể như sau:",
        "Kết quả các chỉ tiêu đều tăng so với năm trước. Kết quả cụ thể như sau:",
        "nhận định",
    ),
    ("", "Sở Tư pháp thực hiện nghiêm túc, đầy đủ.", "nhận định"),
    ("đã có 37 văn bản, trong đó", "đã có 37 văn bản năm 2024, trong đó", "kỳ, phạm vi"),
    ("gửi báo cáo (đạt 85,2%).", "gửi báo cáo 6 tháng đầu năm (đạt 85,2%).", "kỳ, phạm vi"),
    ("kết quả cộng 14 đơn vị", "kết quả giai đoạn 2021 - 2025 cộng 14 đơn vị", "kỳ, phạm vi"),
    ("có 37 văn bản được ban hành.", "có 37 văn bản được ban hành. Số này là của năm 2023.", "kỳ, phạm vi"),
    ("có 22 đơn vị gửi đúng hạn", "có hầu hết 22 đơn vị gửi đúng hạn", "kỳ, phạm vi"),
    ("03 chỉ tiêu đạt và vượt", "03 chỉ tiêu đạt và vượt ở cấp xã", "kỳ, phạm vi"),
    ("2. Kết quả tuyên truyền", "2. Kết quả tuyên truyền năm 2024", "kỳ, phạm vi"),
    ("KẾT QUẢ CHỈ TIÊU", "KẾT QUẢ CHỈ TIÊU NĂM 2024", "kỳ, phạm vi"),
    ("Bảng 1. Kết quả các chỉ tiêu", "Bảng 1. Kết quả các chỉ tiêu của các xã", "tên bảng"),
]


@pytest.mark.parametrize(("before", "after", "reason"), TO_READ)
def test_an_edit_of_what_is_known_cited_named_or_claimed_is_to_be_read(
    before: str, after: str, reason: str
) -> None:
    texts = [said("Mở đầu báo cáo.", *filter(None, [text])) for text in (before, after)]
    assert any(one.startswith(reason) for one in why(*texts))


HARMLESS = [
    ("Sở Tư pháp và các sở", "các sở và Sở Tư pháp"),
    ("xem xét, chỉ đạo.", "xem xét, cho ý kiến chỉ đạo."),
    ("Rất mong nhận được", "Trân trọng kính mong nhận được"),
    ("tiếp tục tuyên truyền bằng các hình thức", "tiếp tục đẩy mạnh tuyên truyền bằng hình thức"),
    ("[Nội dung do Sở bổ sung]", "Kết quả các chỉ tiêu chậm do một số địa phương thiếu nhân lực."),
    ("PHÓ GIÁM ĐỐC [Họ và tên]", "PHÓ GIÁM ĐỐC Trần Văn An"),
    ("đã có 37 văn bản, trong đó", "năm 2025 đã có 37 văn bản, trong đó"),
    ("đã có 37 văn bản năm 2024.", "đã có 37 văn bản, đều của năm 2024."),
    ("tiếp tục tuyên truyền trên cơ sở", "năm 2026 tiếp tục tuyên truyền trên cơ sở"),
    ("kính đề nghị UBND tỉnh chỉ đạo", "kính đề nghị Ủy ban nhân dân tỉnh chỉ đạo"),
]


@pytest.mark.parametrize(("before", "after"), HARMLESS)
def test_a_rewording_is_only_listed(before: str, after: str) -> None:
    assert not any(why(said("Mở đầu.", before), said("Mở đầu.", after)))


def test_whom_a_letter_goes_to_is_to_be_read() -> None:
    head = (
        "Kính gửi:",
        "- Ủy ban nhân dân xã Khánh Sơn;",
        "- Ủy ban nhân dân xã Khánh Vĩnh.",
        "Thực hiện kế hoạch.",
    )
    before = said(*head, section=OPENING)
    assert why(before, before[:1] + before[2:]) == ["nơi gửi"]
    other = said(head[0], "- Ủy ban nhân dân xã Đông Sơn;", *head[2:], section=OPENING)
    assert why(before, other) == ["nơi gửi"]
    assert why(before, before[:3] + said("Thực hiện theo kế hoạch.", section=OPENING)) == [""]


def test_a_day_filled_in_into_a_letterhead_is_only_listed() -> None:
    texts = ("Khánh Hòa, ngày     tháng 11 năm 2026", "Khánh Hòa, ngày 30 tháng 11 năm 2026")
    before, after = ((TextBlock(OPENING, ("Số:      /BC-SKHCN", text), 0),) for text in texts)
    assert why(before, after) == [""]
    listed = ("Ghi ở Biểu 05-B, 05-C", "Ghi ở Biểu 05-B, 05-D")
    before, after = ((TextBlock("III.2", ("1", "Họp", text), 1),) for text in listed)
    assert why(before, after) == ["số, mã trong bảng"]


def test_the_label_of_a_row_is_to_be_read_where_its_figures_stand() -> None:
    met, open_ = "05 chỉ tiêu của Kế hoạch", "02 chỉ tiêu, chờ báo cáo của đơn vị"
    rows = [
        TextBlock(OPENING, cells, 0) for cells in (("Chưa đạt", met), ("Chưa chắc chắn", open_), ("Đạt", "8"))
    ]
    swapped = [
        TextBlock(OPENING, cells, 0) for cells in (("Chưa chắc chắn", met), ("Chưa đạt", open_), ("Đạt", "8"))
    ]
    assert why(tuple(rows), tuple(swapped)) == ["nhãn của dòng"] * 2


def test_what_a_chart_says_is_to_be_read_and_what_a_comment_says_is_not() -> None:
    before = (
        TextBlock("biểu đồ 1", ("3. Tuyên truyền", "4,3"), 0),
        TextBlock(AXES, ("biểu đồ 1: trục từ 0 đến 10",)),
        *said("A: xem lại", section="ghi chú bên lề"),
    )
    after = (
        TextBlock("biểu đồ 1", ("3. Tuyên truyền", "0,3"), 0),
        TextBlock(AXES, ("biểu đồ 1: trục từ 4 đến 10",)),
        *said("A: đã duyệt", section="ghi chú bên lề"),
    )
    assert why(before, after) == ["biểu đồ", "biểu đồ", ""]


def test_a_form_taken_from_a_units_list_is_to_be_read_and_the_number_of_a_row_is_not() -> None:
    def rows(forms: str, first: str = "1") -> tuple[TextBlock, ...]:
        heads = TextBlock("I", ("STT", "Cơ quan", "Biểu"), 0, header=True)
        return (heads, *(TextBlock("I", (first, f"Sở {n}", forms), 0) for n in ("Tư pháp", "Nội vụ", "Y tế")))

    assert why(rows("Biểu 01, 05-B, 05-C"), rows("Biểu 01, 05-B")) == ["số, mã trong bảng"] * 3
    assert not any(why(rows("Biểu 01, 05-B", "1"), rows("Biểu 01, 05-B", "2")))


def test_why_it_is_to_be_read_stands_with_what_was_done() -> None:
    before, after = (said(f"theo điểm {letter} khoản 7") for letter in "eđ")
    (edit,) = weighed(read_edits(before, after), before, after, UNITS, "năm 2025")
    assert (edit_name(edit), edit.to_read) == ("SỬA (viện dẫn)", True)


def test_who_signs_and_who_gets_a_document_stand_in_no_section() -> None:
    blocks = (*said("3. Việc khác"), TextBlock("3", ("Nơi nhận:\n- Như trên;", "KT. GIÁM ĐỐC"), 0))
    annex = TextBlock("Phụ lục I", ("Nơi gửi",))
    assert [one.section for one in closing_apart((*blocks, annex))] == ["III.2", CLOSING, "Phụ lục I"]
    assert format_section(CLOSING) == CLOSING


def test_a_column_that_differs_from_top_to_bottom_is_told_once() -> None:
    def differs(row: int, column: str = "Tổng số") -> Deviation:
        place = TextPlace("Phụ lục I", f"Bảng 1, dòng {row} “Chỉ tiêu {row}”, cột “{column}”")
        return Deviation(DeviationKind.DIFFERS, place, f"T{row}.denominator", "1", "2", "1/2 hồ sơ")

    many = [differs(n) for n in range(20)] + [differs(n, "Kết quả") for n in range(3)]
    told, _ = for_reading(many)
    assert [one.basis for one in told] == ["cùng 19 chỗ khác của cột này"] + ["1/2 hồ sơ"] * 3
    assert len(for_reading(many, everything=True)[0]) == len(many)
