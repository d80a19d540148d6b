"""What stands in a row's note, or beside its figures: of no matter, asked about, or told; never silent."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dvctt_report.intake.cells import Workbook, parse_address
from dvctt_report.model import Return
from tests.intake.edits import put, with_sheet
from tests.intake.test_remarks import A, H, asked, book, read

NOTE, BESIDE, BELOW = f"{A}!M8", f"{H}!I9", f"{A}!D20"

LIMITED = (
    *("Theo số liệu cổng quốc gia là 4.870", "Trên cổng tỉnh 4.870", "Đã quy về tương đương, còn sót"),
    *("Người dân chưa được thống kê hết", "Số theo kế hoạch của tỉnh", "Sẽ cập nhật khi có đủ"),
    *("Mạng lỗi nên thiếu hồ sơ", "Còn hồ sơ của ba phòng", "Số liệu quý III"),
)
EXPLAINED = (
    *("Đơn vị phối hợp với Bưu điện tỉnh", "Đạt kết quả tốt", "Do địa bàn rộng, mạng yếu"),
    *("Người dân còn ít sử dụng vì thói quen", "Người dân chưa có tài khoản định danh"),
    *(
        "Thực hiện theo Kế hoạch của UBND tỉnh",
        "Đơn vị sẽ tiếp tục đẩy mạnh",
        "Máy tính cũ, đường truyền chậm",
    ),
    *("Tập huấn cho cán bộ một cửa vào tháng 5", "Trang thiết bị được đầu tư mới"),
    *("Đã quy về tương đương", "Người thống kê là cán bộ mới", "Thuộc lĩnh vực đường bộ và đăng kiểm"),
)
OF_NO_MATTER = (
    *("Theo báo cáo của Phòng Hành chính tổng hợp", "Liên hệ chị Hoa, 0912 345 678", "Nguồn: cổng tỉnh"),
    *("Cán bộ phụ trách: Nguyễn Văn An", "Có văn bản kèm theo", "Đã đối chiếu với Trung tâm"),
)


def with_words(where: str, text: str) -> Workbook:
    """A form with figures in T1, whose sheet says ``text`` there."""
    name, _, cell = where.partition("!")
    sheet, place = book().sheet(name), parse_address(cell)
    assert sheet is not None
    assert place is not None
    if name == A:  # a row with figures, and so without a state
        sheet = put(put(put(sheet, 8, 6, 95), 8, 7, 91), 8, 10, "")
    return with_sheet(book(), put(sheet, *place, text))


def informed(found: Return, cell: str) -> bool:
    """Whether that cell is among those of which the return's one information tells."""
    (told,) = (f for f in found.findings if f.code == "NH87")
    return cell in {at.cell for at in (told.at, *told.related) if at is not None}


@pytest.mark.parametrize("where", [NOTE, BESIDE, BELOW])
@pytest.mark.parametrize("text", LIMITED)
def test_words_that_limit_measure_or_doubt_a_figure_are_asked_about(text: str, where: str) -> None:
    cell = where.partition("!")[2]

    assert cell in {at for _, at in asked(read(with_words(where, text)))}


@pytest.mark.parametrize("where", [NOTE, BESIDE, BELOW])
@pytest.mark.parametrize("text", EXPLAINED)
def test_other_words_are_told_and_ask_nothing(text: str, where: str) -> None:
    found = read(with_words(where, text))

    assert asked(found) == set()
    assert informed(found, where.partition("!")[2])


@pytest.mark.parametrize("where", [NOTE, BESIDE, BELOW])
@pytest.mark.parametrize("text", OF_NO_MATTER)
def test_a_source_a_contact_and_a_check_are_passed_over(text: str, where: str) -> None:
    found = read(with_words(where, text))

    assert asked(found) == set()
    assert all(where.partition("!")[2] not in f.message for f in found.findings)


def test_a_number_beside_a_row_is_asked_about_and_one_that_is_no_count_is_not() -> None:
    assert ("NH79", "I9") in asked(read(with_words(BESIDE, "làm trong 3 đợt")))
    assert asked(read(with_words(BESIDE, "Hỏi thêm: 0259 3822 146"))) == {("NH79", "I9")}  # "thêm" adds
    assert asked(read(with_words(BESIDE, "Gọi số 0259 3822 146 gặp chị Hoa"))) == set()


def test_what_answers_where_figures_are_from_is_a_source() -> None:
    found = read(with_words(f"{A}!L8", "Danh sách lớp tập huấn"))

    assert all("L8" not in f.message for f in found.findings)


def test_all_remarks_of_a_return_are_one_information() -> None:
    changed = with_words(NOTE, "Đạt kết quả tốt")
    sheet = changed.sheet(H)
    assert sheet is not None
    changed = with_sheet(changed, replace(put(sheet, 9, 9, "Do địa bàn rộng"), name=H))

    found = read(changed)

    assert informed(found, "M8")
    assert informed(found, "I9")
