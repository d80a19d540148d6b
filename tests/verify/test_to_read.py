"""What only a person can judge is told and has an exit code of its own: gone, new, said of something else."""

from __future__ import annotations

import copy
import re
import zipfile
from collections import Counter
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from dvctt_report.plan.unit_names import NamedUnit, UnitNames
from dvctt_report.report.blocks import TextBlock
from dvctt_report.report.marks import FigureSpan, mark, read_marks
from dvctt_report.report.printed import PrintedBlock
from dvctt_report.verify.check import Collation
from dvctt_report.verify.document import read_document
from dvctt_report.verify.marked import marked_copy
from dvctt_report.verify.names import means
from dvctt_report.verify.prose import read_prose
from dvctt_report.verify.reading import DeviationKind, FactsFound
from dvctt_report.verify.rewritten import read_edits
from dvctt_report.verify.table_pairing import is_renamed
from dvctt_report.word.tree import W
from tests.verify.conftest import Rendered
from tests.verify.edits import Report, apart, set_text, text_of, with_text

Check = Callable[[bytes], Collation]

REWORDED = (
    ("(36.022/38.903 phiếu)", "(36.022/38.903 người)", "III.2.m"),
    ("với tổng số 37 văn bản", "với tổng số 37 hội nghị", "II.1"),
    ("với tổng số 37 văn bản", "với tổng số 37 kế hoạch", "II.1"),
    ("thiếu 53 người", "thiếu 53 tổ", "III.2.g"),
    ("11 đơn vị lồng ghép", "11 xã lồng ghép", "III.5"),
    ("Có 02 báo cáo đang", "Có 02 chỉ tiêu đang", "III.1"),
    ("03 chỉ tiêu chưa kết luận. Trừ", "03 chỉ tiêu không áp dụng. Trừ", "III.2"),
    ("chưa có thông tin 12. Cụ thể", "không hoàn thành 12. Cụ thể", "III.4"),
)


WEIGHED = (
    ("có 03 chỉ tiêu đạt và vượt", "có 03 chỉ tiêu cơ bản đạt và vượt"),
    ("Kế hoạch giao 24 nhiệm vụ", "Toàn bộ Kế hoạch giao 24 nhiệm vụ"),
    ("dịch vụ công trực tuyến được định danh, xác thực đạt 100%", "dịch vụ công trực tuyến đạt 100%"),
)
"""A word that makes a claim wider or surer, put in; what a rate is of, cut short."""


@pytest.mark.parametrize(("old", "new"), WEIGHED)
def test_a_word_that_weighs_is_to_be_read_though_every_number_stays(
    rendered: Rendered, check: Check, old: str, new: str
) -> None:
    outcome = check(with_text(rendered.report(), old, new))
    assert outcome.agrees
    assert {d.kind for d in outcome.deviations} == {DeviationKind.REWORDED} or outcome.edits


def told(said: str, old: str, new: str) -> list[tuple[str, str, str]]:
    """What is told of a paragraph ("{23:returns.received} đơn vị") in which ``old`` became ``new``."""
    marked = re.sub(r"\{([^:}]+):([^}]+)\}", lambda m: mark(m[2], m[1]), said)
    text, spans = read_marks(marked)
    old, new = (re.sub(r"\{([^:}]+):[^}]+\}", r"\1", part) for part in (old, new))
    assert old in text
    printed = PrintedBlock(TextBlock("II.1", (text,)), (spans,))
    edited = [TextBlock("II.1", (text.replace(old, new, 1),))] if new or text != old else []
    commune = NamedUnit("KS", "Ủy ban nhân dân xã Khánh Sơn", ("xã Khánh Sơn", "Khánh Sơn"))
    units = UnitNames([NamedUnit("SNV", "Sở Nội vụ", ("Sở Nội vụ",)), commune])
    reading = FactsFound()
    read_prose([printed], edited, units, {}, {}, reading)
    differ = [("differs", m.expected, m.found) for m in reading.matches if not m.agrees]
    return differ + [(d.kind.value, d.expected, d.found) for d in reading.told]


OBLIGED = "Trong {23:x.n} cơ quan %s báo cáo theo điểm e của Kế hoạch, còn {02:x.m} nơi chưa gửi: Sở Nội vụ. "
ASKED = "Trong {04:y.n} đơn vị %s báo cáo, còn {01:y.m} nơi chưa gửi: Viện Đào tạo. "
LISTED = "listed"
"""Told by no part but the comparison of letters: no more is known of it than that it was edited."""
UNTOLD = (
    ("Đề nghị UBND tỉnh chỉ đạo {02:x.n} đơn vị.", "UBND tỉnh", "Bộ Nội vụ", "differs"),
    (
        "Xem xét, ký ban hành Báo cáo gửi Bộ Khoa học và Công nghệ.",
        "Khoa học và Công nghệ",
        "Nội vụ",
        "differs",
    ),
    (
        "Nguồn số liệu: (12, 12a) đánh giá của người dân trên hệ thống thông tin giải quyết thủ tục.",
        "đánh giá của người dân trên hệ thống thông tin giải quyết thủ tục",
        "khảo sát bằng phiếu giấy của Sở Nội vụ",
        "unknown",
    ),
    (
        "Số đối chiếu có phạm vi, cách tính khác Bộ chỉ số của Chính phủ.",
        "tính khác",
        "tính giống",
        LISTED,
    ),
    ("Thực hiện {131:tasks.done}/{144:tasks.known} lượt nhiệm vụ.", "lượt nhiệm vụ", "nhiệm vụ", "reworded"),
    ("Hồ sơ trực tuyến đạt {95,2%:T10.percent} trong năm.", "đạt 95,2%", "ước đạt 95,2%", "reworded"),
    ("Do năm 2025 là năm đầu thực hiện Kế hoạch nên không so sánh.", "năm đầu", "năm thứ hai", LISTED),
    ("Bình quân mỗi năm cần tăng {4,8 điểm phần trăm:T10.per_year}.", "mỗi năm", "mỗi quý", LISTED),
    ("Tổng số tiền huy động được {25 triệu đồng:HD.sum}.", "huy động được", "cần huy động", LISTED),
    ("{02:x.n} đơn vị cần chỉnh lý hoặc đã gửi biểu chưa dùng được.", "hoặc đã gửi", "và đã gửi", LISTED),
    ("Trong đó {22:returns.on_time} đơn vị gửi đúng hạn.", "đúng hạn", "trước hạn", "differs"),
    ("Các kết luận không thay đổi dù số còn thiếu là bao nhiêu.", "", "", "missing"),
    # what an amount or a rate is
    ("Dự toán được giao {915 triệu đồng:KP.planned}.", "được giao", "đề nghị", "reworded"),
    ("Đã thực hiện {883,02 triệu đồng:KP.spent}.", "Đã thực hiện", "Còn lại", "reworded"),
    ("Hồ sơ trực tuyến đạt {79,96%:T10.percent} trong năm.", "đạt 79,96%", "đạt trên 79,96%", "reworded"),
    ("Người dân trưởng thành dùng dịch vụ: đạt {45,9%:T11.percent}.", " trưởng thành", "", "reworded"),
    ("Hệ thống thông tin cơ sở: đạt {99,2%:T7.percent}.", "cơ sở", "quốc gia", "reworded"),
    (
        "Nhiệm vụ giao riêng cho từng cơ quan, đơn vị: {16:x.done}/{18:x.known} lượt.",
        "giao riêng cho từng",
        "chung của các",
        "reworded",
    ),
    # whose it is, whether it is done
    (
        OBLIGED % "có trách nhiệm" + ASKED % "được đề nghị phối hợp",
        OBLIGED % "có trách nhiệm" + ASKED % "được đề nghị phối hợp",
        OBLIGED % "được đề nghị phối hợp" + ASKED % "có trách nhiệm",
        "reworded",
    ),
    ("Có {02:x.n} báo cáo đang được đề nghị chỉnh lý.", "đang được đề nghị", "đã được", LISTED),
    # caveats without a figure
    (
        "Có {02:x.n} báo cáo chờ chỉnh lý; số liệu liên quan chưa đưa vào tổng hợp và nêu tại từng mục.",
        "; số liệu liên quan chưa đưa vào tổng hợp và nêu tại từng mục",
        "",
        "missing",
    ),
    ("Số liệu của {23:x.n} đơn vị là bước đầu.", "bước đầu", "chính thức", LISTED),
    ("Kết quả ước tính của {23:x.n} đơn vị.", "ước tính", "đã thực hiện", LISTED),
    ("Toàn bộ số liệu của {23:x.n} đơn vị.", "Toàn bộ số liệu", "Số liệu đã gửi", LISTED),
    ("Kết luận chưa chắc chắn, chỉ đổi khi {04:x.n} đơn vị gửi thêm.", "chỉ đổi", "không đổi", "differs"),
    ("Việc này ảnh hưởng đến kết luận của {04:x.n} đơn vị.", "ảnh hưởng", "không ảnh hưởng", "differs"),
    (
        "Ghi chú: “...”: chưa có số liệu; “x”: không áp dụng.",
        "“...”: chưa có số liệu; “x”: không áp dụng",
        "“...”: không áp dụng; “x”: chưa có số liệu",
        "reworded",
    ),
    ("Gửi: Ủy ban nhân dân xã Khánh Sơn.", "xã Khánh Sơn", "phường Khánh Sơn", "reworded"),
    ("Đề nghị hướng dẫn cách xác định {02:x.n} chỉ tiêu.", "nghị hướng", "nghị UBND tỉnh hướng", "unknown"),
    ("Đôn đốc UBND các xã: Nam Cam Ranh, Vĩnh Hải.", "các xã", "các phường", "reworded"),
    ("Còn chưa gửi: Viện Đào tạo và Khoa học ứng dụng.", "Đào tạo và ", "", "reworded"),
    ("Tỷ lệ chia cho tổng số, không tính bình quân của đơn vị.", "không tính", "tính theo", LISTED),
    ("Có {06:x.n} nội dung đã tạm sử dụng, chờ xác nhận.", "tạm sử dụng, chờ", "sử dụng, đã", LISTED),
    ("Có {10:targets.missed} chỉ tiêu chưa đạt, nêu tại Bảng 1.", "tiêu chưa đạt", "tiêu đạt", "differs"),
)
"""What no figure tells: who is asked, by when, of what, whether it is so or only wished for."""


@pytest.mark.parametrize(("said", "old", "new", "kind"), UNTOLD)
def test_words_that_change_what_is_said_are_told_though_every_number_stays(
    said: str, old: str, new: str, kind: str
) -> None:
    found = {one[0] for one in told(said, old or said, new)}
    assert found == set() if kind == LISTED else kind in found
    text = re.sub(r"\{([^:}]+):[^}]+\}", r"\1", said)
    plain = [re.sub(r"\{([^:}]+):[^}]+\}", r"\1", part) for part in (old, new)]
    edited = text.replace(plain[0], plain[1], 1) if old else new
    blocks = ([TextBlock("II.1", (one,))] if one else [] for one in (text, edited))
    assert read_edits(*blocks)


SAID_OTHERWISE = (
    ("Dự toán được giao {915 triệu đồng:KP.planned}.", "được giao 915", "được giao là 915"),
    ("Đã thực hiện {883,02 triệu đồng:KP.spent}.", "Đã thực hiện", "Đến nay đã thực hiện được"),
    ("Tổng cộng có {37:x.n} văn bản được ban hành.", "Tổng cộng có", "Với tổng số"),
    ("Người dân trưởng thành dùng dịch vụ: đạt {45,9%:T11.percent}.", "Người dân", "Tỷ lệ người dân"),
    ("UBND tỉnh giao sở, ngành: {16:x.done}/{18:x.known} lượt.", "UBND", "Ủy ban nhân dân"),
    (
        "Ghi chú: “...”: chưa có số liệu; “x”: không áp dụng.",
        "“...”: chưa có số liệu; “x”: không áp dụng",
        "“x”: không áp dụng; “...”: chưa có số liệu",
    ),
    ("Các xã, phường: Khánh Sơn có {05:x.n} tổ.", "Khánh Sơn", "xã Khánh Sơn"),
    ("Kết luận không thay đổi khi {04:x.n} đơn vị gửi thêm.", "không thay đổi", "không đổi"),
    ("Kết luận không thay đổi khi {04:x.n} đơn vị gửi thêm.", "không thay đổi", "giữ nguyên"),
    ("Kết luận không thay đổi khi {04:x.n} đơn vị gửi thêm.", "thay đổi khi", "bị ảnh hưởng khi"),
    ("Kết luận không đổi khi {04:x.n} đơn vị gửi thêm.", "không đổi", "không thay đổi"),
    ("Kết luận chỉ đổi khi {04:x.n} đơn vị gửi thêm.", "chỉ đổi khi", "chỉ thay đổi khi"),
    (
        OBLIGED % "có trách nhiệm" + ASKED % "được đề nghị phối hợp",
        OBLIGED % "có trách nhiệm" + ASKED % "được đề nghị phối hợp",
        ASKED % "được đề nghị phối hợp" + OBLIGED % "có trách nhiệm",
    ),
)


@pytest.mark.parametrize(("said", "old", "new"), SAID_OTHERWISE)
def test_the_same_in_other_words_or_order_rings_nothing(said: str, old: str, new: str) -> None:
    assert told(said, old, new) == []


def test_a_list_that_counts_targets_names_none() -> None:
    texts = (
        "Kết quả 15 chỉ tiêu: 03 chỉ tiêu đạt; 03 chỉ tiêu chưa kết luận.",
        "- 03 chỉ tiêu chưa kết luận: tin, bài; học sinh. - 06 nội dung đã tạm sử dụng.",
    )
    printed = [PrintedBlock(TextBlock("I", (text,)), ((),)) for text in texts]
    reading = FactsFound()
    edited = [TextBlock("I", (text.replace("tạm sử dụng", "sử dụng tạm"),)) for text in texts]
    read_prose(printed, edited, UnitNames(), {}, {}, reading)
    assert not reading.matches
    assert not reading.told


def test_a_legend_that_is_gone_from_one_of_two_annexes_is_told() -> None:
    text = "Ghi chú: “...”: chưa có số liệu; “x”: không áp dụng."
    printed = [PrintedBlock(TextBlock(f"Phụ lục {n}", (text,)), ((),)) for n in ("I", "II")]
    reading = FactsFound()
    read_prose(printed, [TextBlock("Phụ lục II", (text,))], UnitNames(), {}, {}, reading)
    assert [(d.kind, d.place.section) for d in reading.told] == [(DeviationKind.MISSING, "Phụ lục I")]


def test_a_note_without_figures_that_is_gone_is_told_and_one_that_was_joined_is_not() -> None:
    texts = (
        "Kết quả có phạm vi, cách tính khác bộ chỉ số của trung ương.",
        "[Nội dung do cơ quan bổ sung thêm ở đây.]",
    )
    printed = [PrintedBlock(TextBlock("II.1", (text,)), ((),)) for text in texts]
    gone, joined = FactsFound(), FactsFound()
    read_prose(printed, [], UnitNames(), {}, {}, gone)
    assert [(d.kind, d.expected) for d in gone.told] == [
        (DeviationKind.MISSING, "“Kết quả có phạm vi, cách tính khác bộ chỉ số của trung ương.”")
    ]
    read_prose(printed, [TextBlock("II.1", (f"Ghi chú thêm. {texts[0]}",))], UnitNames(), {}, {}, joined)
    assert joined.told == []


def test_a_recommendation_under_another_heading_asks_somebody_else() -> None:
    texts = ("1. Đối với UBND tỉnh", "- Xem xét.", "2. Đối với bộ, ngành Trung ương", "- Đề nghị hướng dẫn.")
    printed = [PrintedBlock(TextBlock("VI", (text,)), ((),)) for text in texts]
    reading = FactsFound()
    moved = [TextBlock("VI", (texts[n],)) for n in (0, 1, 3, 2)]
    read_prose(printed, moved, UnitNames(), {}, {}, reading)
    ((kind, was, now),) = [(d.kind, d.expected, d.found) for d in reading.told]
    assert (kind, was, now) == (DeviationKind.REWORDED, "Đối với bộ, ngành Trung ương", "Đối với UBND tỉnh")


def test_what_one_body_has_not_done_and_another_is_blamed_for_is_told() -> None:
    undone = ("tập huấn cho đội ngũ phóng viên", "cập nhật kết quả của bộ chỉ số")
    texts = [
        f"- {name}; chưa hoàn thành: {one}." for name, one in zip(("Nơi A", "Nơi B"), undone, strict=True)
    ]
    moved = [
        f"- {name}; chưa hoàn thành: {one}."
        for name, one in zip(("Nơi A", "Nơi B"), undone[::-1], strict=True)
    ]
    printed = [PrintedBlock(TextBlock("III.4", (text,)), ((),)) for text in texts]
    for edited, n_told in ((moved, 2), ([" ".join(texts)], 0), (texts[::-1], 0)):
        reading = FactsFound()
        read_prose(printed, [TextBlock("III.4", (text,)) for text in edited], UnitNames(), {}, {}, reading)
        assert len(reading.told) == n_told


def test_a_share_that_went_to_another_number_is_told() -> None:
    sent = "Có {23:returns.received}/{27:returns.expected} đơn vị gửi (đạt {85,2%:returns.percent})"
    text = f"{sent}, trong đó {{22:returns.on_time}} đúng hạn."
    ((kind, was, now),) = told(
        text, " (đạt 85,2%), trong đó 22 đúng hạn", ", trong đó 22 đúng hạn (đạt 85,2%)"
    )
    assert (kind, was, now) == ("reworded", "23 … (85,2%)", "22 … (85,2%)")


def test_what_is_quoted_is_what_is_written() -> None:
    quoted = told("Đôn đốc UBND các xã: Nam Cam Ranh, Vĩnh Hải.", "các xã", "các phường")
    assert quoted == [("reworded", "UBND các xã", "UBND các phường")]


@pytest.mark.parametrize(
    ("name", "said", "renamed"),
    [
        ("UBND phường Bắc Nha Trang", "UBND phường Nam Nha Trang", True),
        ("UBND phường Bắc Nha Trang", "Ủy ban nhân dân phường Bắc Nha Trang", False),
        ("UBND phường Bắc Nha Trang", "UBND phường Nha Trang", True),
        ("Ủy ban nhân dân phường Bắc Nha Trang", "phường Bắc Nha Trang", False),
        ("Ban Quản lý các khu công nghiệp", "Ban QL các KCN", False),
    ],
)
def test_a_row_that_bears_another_name_is_told(name: str, said: str, renamed: bool) -> None:
    assert is_renamed(("3", name, "73"), ("3", said, "73")) is renamed


def test_a_subject_of_another_quarter_is_another_and_an_abbreviation_spelt_out_is_none() -> None:
    assert not means("Kết quả Bộ chỉ số quý II/2025", "Kết quả Bộ chỉ số quý III/2025")
    assert means("Văn phòng Ủy ban nhân dân tỉnh", "Văn phòng UBND tỉnh")


def test_entries_of_a_note_that_changed_places_with_their_numbers_differ() -> None:
    said = "Số đơn vị chưa đạt mức Kế hoạch: (1) 07; (2) 06; (3) 01."
    spans = tuple(
        FigureSpan(f"T{n}.below", said.index(f"({n}) ") + 4, text)
        for n, text in enumerate(("07", "06", "01"), 1)
    )
    printed = PrintedBlock(TextBlock("III.2", (said,)), (spans,))
    edited = TextBlock("III.2", (said.replace("(1) 07; (2) 06", "(1) 06; (2) 07"),))
    reading = FactsFound()
    read_prose([printed], [edited], UnitNames(), {}, {}, reading)
    found = reading.matches
    said_otherwise = {(m.id, m.expected, m.found) for m in found if not m.agrees}
    assert said_otherwise == {("T1.below", "07", "06"), ("T2.below", "06", "07")}


def test_a_number_that_was_kept_and_counts_something_else_is_to_be_read(
    rendered: Rendered, check: Check
) -> None:
    for edits in apart(rendered.report(), REWORDED):
        report = rendered.report()
        for old, new, _ in edits:
            with_text(report, old, new)
        outcome = check(report.content())
        told = Counter(d.place.section for d in outcome.deviations if d.kind is DeviationKind.REWORDED)
        assert told >= Counter(section for *_, section in edits), outcome.deviations
        assert outcome.n_to_read >= len(edits)


def test_highest_made_lowest_differs(rendered: Rendered, check: Check) -> None:
    new = "tỷ lệ chung thấp nhất là 96,3%"
    outcome = check(with_text(rendered.report(), "tỷ lệ chung cao nhất là 96,3%", new))
    assert [(d.expected, d.found) for d in outcome.deviations] == [("“cao nhất”", "“thấp nhất”")]


def added(report: Report, after: str, text: str) -> None:
    paragraph = report.paragraph(after)
    more = copy.deepcopy(paragraph)
    set_text(more, text)
    paragraph.addnext(more)


CLAIMS = (
    "Sở Y tế là đơn vị dẫn đầu toàn tỉnh về xử lý hồ sơ trực tuyến.",
    "UBND huyện Thuận Bắc có kết quả thấp nhất tỉnh.",
    "UBND huyện Bác Ái đã gửi báo cáo đầy đủ, đúng hạn.",
    "Tất cả các chỉ tiêu của Kế hoạch đều đạt và vượt.",
    "Hầu hết các đơn vị đã hoàn thành nhiệm vụ.",
)


def test_a_claim_without_a_figure_is_to_be_read(rendered: Rendered, check: Check) -> None:
    report = rendered.report()
    for text in CLAIMS[::-1]:
        added(report, "III. KẾT", text)
    outcome = check(report.content())
    assert [d.kind for d in outcome.deviations] == [DeviationKind.UNKNOWN] * len(CLAIMS)
    for text, one in zip(CLAIMS, outcome.deviations, strict=True):
        assert text.rstrip(".") in one.found
    assert (outcome.agrees, outcome.n_to_read) == (True, len(CLAIMS))


RATE = "Kết luận chưa chắc chắn, chỉ đổi khi 04 đơn vị"


@pytest.mark.annexes
def test_a_rate_given_to_a_unit_is_held_against_the_annex(rendered: Rendered, check: Check) -> None:
    right = rendered.manifest.rates["STP"]["T10"]
    wrong = check(with_text(rendered.report(), RATE, f"Sở Tư pháp đạt 12,3%. {RATE}"))
    assert (DeviationKind.DIFFERS, "12,3%", "T10.STP.percent", right) in [
        (d.kind, d.found, d.figure, d.expected) for d in wrong.deviations
    ]
    assert check(with_text(rendered.report(), RATE, f"Sở Tư pháp đạt {right}. {RATE}")).deviations == ()
    nobody = check(with_text(rendered.report(), RATE, f"Riêng UBND huyện Bác Ái đạt 92,1%. {RATE}"))
    assert [d.kind for d in nobody.deviations] == [DeviationKind.UNKNOWN]


@pytest.mark.parametrize("caveat", ["Khi đủ số liệu, tỷ lệ chung cao nhất là 95,7%, vẫn chưa đạt chỉ tiêu."])
def test_what_was_deleted_is_to_be_read(rendered: Rendered, check: Check, caveat: str) -> None:
    outcome = check(with_text(rendered.report(), caveat, ""))
    assert outcome.agrees
    assert outcome.n_to_read


def test_texts_of_tables_that_say_another_thing_are_to_be_read(rendered: Rendered, check: Check) -> None:
    for old, new in (("Kế hoạch (%)", "Thực hiện (%)"), ("cuộc", "lớp học")):
        report = rendered.report()
        cell = next(c for c in report.root.iter(f"{W}tc") if text_of(c).strip() == old)
        set_text(cell, new)
        outcome = check(report.content())
        assert [(d.expected, d.found) for d in outcome.deviations] == [(old, new)]
        assert (outcome.agrees, outcome.n_to_read) == (True, 1)


def test_the_copy_bears_a_comment_where_something_is_told(
    rendered: Rendered, check: Check, tmp_path: Path
) -> None:
    content = with_text(rendered.report(), "đạt 79,96%", "đạt 81,2%")
    outcome = check(content)
    path = tmp_path / "sửa.docx"
    path.write_bytes(content)
    document = read_document(path)
    made = marked_copy(path, document.blocks, outcome.deviations, {kind: kind.name for kind in DeviationKind})
    with zipfile.ZipFile(BytesIO(made)) as package:
        comments = package.read("word/comments.xml").decode()
        body = package.read("word/document.xml").decode()
    assert "DIFFERS: văn bản ghi 81,2%; số liệu 79,96%" in comments
    start = body.index("commentRangeStart")
    assert "81,2%" in body[start : body.index("commentRangeEnd")]
    assert path.read_bytes() == content


def test_two_paragraphs_joined_in_one_say_the_same(rendered: Rendered, check: Check) -> None:
    report = rendered.report()
    one = next(p for p in report.paragraphs() if text_of(p).startswith("- Xây dựng dự toán"))
    other = one.getnext()
    assert text_of(other).startswith("- ")
    set_text(one, f"{text_of(one).rstrip('.')}; {text_of(other)[2:]}")
    other.getparent().remove(other)
    outcome = check(report.content())
    assert (outcome.deviations, outcome.n_to_read) == ((), 0)
