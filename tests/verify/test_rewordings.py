"""Prose as offices reword it: the same statements in other words ring nothing; a changed one is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from dvctt_report.verify.check import Collation, for_reading
from dvctt_report.verify.message import format_deviation
from dvctt_report.verify.reading import DeviationKind
from dvctt_report.verify.statements import StatementKind, find_statements
from tests.verify.conftest import Rendered
from tests.verify.edits import Report, apart, set_text, text_of, with_text

Check = Callable[[bytes], Collation]


def reworded_at(report: Report, *edits: tuple[str, str, str]) -> bytes:
    """Replace a text in the paragraph that opens so, for each edit (opening, old, new), each once."""
    for paragraph, old, new in [(report.paragraph(start), old, new) for start, old, new in edits]:
        assert old in text_of(paragraph)
        set_text(paragraph, text_of(paragraph).replace(old, new, 1))
    return report.content()


HARMLESS = (
    # words that look like numbers
    ("Trong 15 chỉ tiêu năm 2025, có", "Trong năm, trong số 15 chỉ tiêu năm 2025, có"),
    ("Có 02 báo cáo đang được", "Một số báo cáo (02) đang được"),
    (
        "Có 02 báo cáo đang được đề nghị chỉnh lý",
        "Có hai báo cáo đang được hai bên rà soát, đề nghị chỉnh lý",
    ),
    ("còn 02 đơn vị chưa gửi: Sở Dân tộc", "một mặt do mới sắp xếp nên còn 02 đơn vị chưa gửi: Sở Dân tộc"),
    ("Có 07 đơn vị có tỷ lệ dưới 100%", "Một trong những hạn chế là còn 07 đơn vị có tỷ lệ dưới 100%"),
    ("03 chỉ tiêu chưa kết luận. Trừ", "ba là 03 chỉ tiêu chưa kết luận. Trừ"),
    ("Có 01 đơn vị không phát sinh. Nguồn", "Một đơn vị không phát sinh. Nguồn"),
    ("Có 01 đơn vị chưa thực hiện: Thanh tra", "Hiện có một (01) đơn vị chưa thực hiện: Thanh tra"),
    ("có 03 chỉ tiêu đạt và vượt,", "có ba chỉ tiêu đạt và vượt,"),
    ("còn 01 đơn vị chưa gửi: Viện", "nửa năm qua còn 01 đơn vị chưa gửi: Viện"),
    ("Kế hoạch giao 24 nhiệm vụ tại", "Kế hoạch giao hai mươi bốn nhiệm vụ tại"),
    ("đến nay đã thực hiện 131/144 lượt", "sau gần một năm triển khai, đến nay đã thực hiện 131/144 lượt"),
    # the order and the frame of figures
    (
        "đạt 98,9% (2.806/2.836 người), thiếu",
        "có 2.806 người trên tổng số 2.836 người (đạt 98,9%), thiếu",
    ),
    ("có 22/23 cơ quan, đơn vị, đạt 95,7%", "đạt 95,7% (22/23 cơ quan, đơn vị)"),
    (
        "có 03 chỉ tiêu đạt và vượt, trong đó 02 chưa chắc chắn; 09 chỉ tiêu chưa đạt, trong đó 01 chưa chắc "
        "chắn; 03 chỉ tiêu chưa kết luận",
        "có 09 chỉ tiêu chưa đạt, trong đó 01 chưa chắc chắn; 03 chỉ tiêu đạt và vượt, trong đó 02 chưa chắc "
        "chắn; 03 chỉ tiêu chưa kết luận",
    ),
    (
        "UBND huyện Ninh Hải (98,3%); UBND huyện Ninh Phước (99,3%)",
        "UBND huyện Ninh Phước (99,3%); UBND huyện Ninh Hải (98,3%)",
    ),
    ("Sở Tài chính (96,8%); Sở Nông nghiệp", "Sở Tài chính đạt 96,8%; Sở Nông nghiệp"),
    ("dự toán được giao 915 triệu đồng", "dự toán được giao 915.000.000 đồng"),
    ("đạt 79,96% (63.245/79.096 hồ sơ)", "đạt 79,96 phần trăm (63.245/79.096 hồ sơ)"),
    (
        "22 đơn vị gửi đúng hạn, 01 đơn vị gửi sau thời hạn",
        "01 đơn vị gửi quá hạn, 22 đơn vị gửi kịp thời hạn",
    ),
    # verdicts and directions in other words
    (
        "thấp hơn 1,1 điểm phần trăm so với chỉ tiêu (100%); tổng",
        "kém chỉ tiêu (100%) 1,1 điểm phần trăm; tổng",
    ),
    (
        "thấp hơn 1,9 điểm phần trăm so với chỉ tiêu (100%)",
        "chưa đạt chỉ tiêu (100%), còn thiếu 1,9 điểm phần trăm",
    ),
    (
        "thấp hơn 4,3 điểm phần trăm so với chỉ tiêu (100%)",
        "cần tăng thêm 4,3 điểm phần trăm để đạt chỉ tiêu (100%)",
    ),
    ("vượt 2,6 điểm phần trăm so với chỉ tiêu", "cao hơn chỉ tiêu 2,6 điểm phần trăm, đạt yêu cầu"),
    ("09 chỉ tiêu chưa đạt theo Kế hoạch", "09 chỉ tiêu không hoàn thành theo Kế hoạch"),
    (
        "tập trung thực hiện 09 chỉ tiêu chưa đạt, trong",
        "tập trung phấn đấu sớm hoàn thành 09 chỉ tiêu chưa đạt, trong",
    ),
    ("có tỷ lệ dưới 80%", "chưa đạt mức 80%"),
    ("(tối thiểu 80%); tổng hợp", "(không dưới 80%); tổng hợp"),
    ("02 đơn vị chưa gửi báo cáo, 02 đơn vị đang", "02 đơn vị còn chưa nộp báo cáo, 02 đơn vị đang"),
    ("đạt chỉ tiêu (100%)", "đạt 100% chỉ tiêu"),
    (
        "Kết luận chưa chắc chắn, chỉ đổi khi 04 đơn vị còn lại có",
        "Kết luận còn có thể thay đổi nếu 04 đơn vị còn lại có",
    ),
    ("22 đơn vị gửi đúng hạn", "hai mươi hai (22) đơn vị gửi đúng hạn"),
    # dates, hours, documents
    ("ngày 18/3/2025 của Ủy ban", "ngày 18 tháng 3 năm 2025 của Ủy ban"),
    ("số liệu tính từ ngày 01/01/2025 đến hết ngày 31/10/2025", "số liệu từ 01/01/2025 đến 31/10/2025"),
    ("số 766/QĐ-TTg ngày 23/6/2022 của Thủ tướng", "số 766/QĐ-TTg ngày 23/06/2022 của Thủ tướng"),
    (
        "Trên đây là báo cáo kết quả thực hiện Kế hoạch năm 2025",
        "Trên đây là báo cáo kết quả thực hiện Kế hoạch trong năm",
    ),
    # whole sentences said anew
    (
        "đang thực hiện 08; chưa thực hiện 05; chưa có thông tin 12",
        "08 lượt đang triển khai, 05 lượt chưa triển khai; 12 lượt chưa có thông tin",
    ),
    (
        "Trong 15 chỉ tiêu năm 2025, có 03 chỉ tiêu đạt và vượt, trong đó 02 chưa chắc chắn; 09 chỉ tiêu "
        "chưa đạt, trong đó 01 chưa chắc chắn; 03 chỉ tiêu chưa kết luận",
        "Kết quả năm 2025: 03/15 chỉ tiêu đạt và vượt (02 chưa chắc chắn); 09/15 chỉ tiêu chưa đạt (01 chưa "
        "chắc chắn); 03/15 chỉ tiêu chưa kết luận",
    ),
    (
        "Kết quả cụ thể như sau (tổng hợp",
        "Nổi bật là tỷ lệ hồ sơ xử lý hoàn toàn trực tuyến đạt 79,96%, tỷ lệ người dân hài lòng đạt 92,6%. "
        "Kết quả cụ thể như sau (tổng hợp",
    ),
    (
        "21/22 cơ quan, đơn vị, địa phương có báo cáo về nội dung này đã ban hành",
        "trong số 22 cơ quan, đơn vị, địa phương có báo cáo về nội dung này, có 21 cơ quan đã ban hành",
    ),
    ("có 23/27 cơ quan, đơn vị", "đến thời điểm 17 giờ 00 có 23/27 cơ quan, đơn vị"),
    ("với tổng số 37 văn bản", "tổng cộng ba mươi bảy (37) văn bản"),
    ("Có 07 đơn vị có tỷ lệ dưới 100%:", "Bảy đơn vị chưa đạt 100% gồm:"),
    (
        "Trừ kết luận ghi là chưa chắc chắn, các kết luận không thay đổi dù các đơn vị còn lại đều đã hay "
        "đều chưa thực hiện.",
        "Các kết luận giữ nguyên dù các đơn vị còn lại đều đã hay đều chưa thực hiện, trừ kết luận ghi là "
        "chưa chắc chắn.",
    ),
    (
        "Kết quả không bao gồm 01 đơn vị không cung cấp số liệu theo quy định về bảo vệ bí mật nhà nước: "
        "Công an tỉnh.",
        "Công an tỉnh (01 đơn vị) không cung cấp số liệu theo quy định nên không tính vào kết quả.",
    ),
    (
        "đang thực hiện 08; chưa thực hiện 05; chưa có thông tin 12",
        "08 lượt đang thực hiện, 05 lượt chưa thực hiện, 12 lượt chưa có thông tin",
    ),
    (
        "Sở Giáo dục và Đào tạo: 04/04 nhiệm vụ (đạt 100%)",
        "Sở Giáo dục và Đào tạo hoàn thành 04/04 nhiệm vụ (100%)",
    ),
    (
        "thấp hơn 0,04 điểm phần trăm so với chỉ tiêu (tối thiểu 80%)",
        "gần đạt chỉ tiêu (tối thiểu 80%), chỉ thấp hơn 0,04 điểm phần trăm",
    ),
    (
        "Có 08 đơn vị có tỷ lệ dưới 80%:",
        "Tỷ lệ này tăng so với quý trước; một số đơn vị đạt và vượt. Có 08 đơn vị có tỷ lệ dưới 80%:",
    ),
    (
        "đạt 98,1% (560/571 người), thiếu 11",
        "đạt 98,1% (560/571 người), tăng mạnh và vượt xa so với cùng kỳ năm trước, thiếu 11",
    ),
    (
        "đạt 95,5% (1.121/1.174 người), thiếu",
        "đạt kết quả khá với 95,5% (1.121/1.174 người), hoàn thành sớm đợt một, thiếu",
    ),
    ("đạt 99,2% (252/254 đài, cụm loa), thiếu", "đạt 99,2% (252/254 đài, cụm loa), có tăng, thiếu"),
    ("Duy trì kết quả của 03 chỉ tiêu đã đạt", "Giữ vững kết quả 03 chỉ tiêu đã hoàn thành"),
    (
        "Tập trung thực hiện 09 chỉ tiêu chưa đạt",
        "Chỉ đạo quyết liệt để 09 chỉ tiêu chưa đạt được hoàn thành trong năm tới",
    ),
    # names
    (
        "thành viên Tổ công nghệ số cộng đồng được tập huấn; thủ tục",
        "thành viên các Tổ công nghệ số cộng đồng được bồi dưỡng, tập huấn; thủ tục",
    ),
    ("03 chỉ tiêu đạt và vượt theo Kế hoạch:", "có 03 chỉ tiêu đạt và vượt theo Kế hoạch, gồm:"),
    ("Sở Y tế (90,9%)", "ngành Y tế (90,9%)"),
    # a threshold
    ("(tối thiểu 80%)", "(ít nhất 80%)"),
    ("(tối thiểu 80%)", "(từ 80% trở lên)"),
    ("(tối thiểu 80%)", "(≥ 80%)"),
    ("(tối thiểu 80%)", "(80%)"),
    # what is counted
    ("còn 02 đơn vị chưa gửi:", "hiện còn 02 cơ quan, địa phương chưa gửi:"),
    ("(36.022/38.903 phiếu)", "(36.022/38.903 phiếu đánh giá)"),
    ("với tổng số 37 văn bản", "tổng cộng 37 văn bản"),
    ("14 đơn vị đã xây dựng dự toán", "có 14 đơn vị đã lập dự toán"),
    (
        "[Nội dung do Sở bổ sung: nguyên nhân khách quan, nguyên nhân chủ quan.]",
        "Nguyên nhân chủ yếu do nhân lực ở cơ sở còn thiếu, kinh phí hạn hẹp.",
    ),
    ("Sở Dân tộc và Tôn giáo; UBND huyện Bác Ái. Trong", "UBND huyện Bác Ái, Sở Dân tộc và Tôn giáo. Trong"),
    ("Có 01 đơn vị chưa thực hiện: Sở Công Thương", "Còn Sở Công Thương (01 đơn vị) chưa thực hiện"),
)


def test_a_harmless_rewording_rings_nothing(rendered: Rendered, check: Check) -> None:
    for rewordings in apart(rendered.report(), HARMLESS):
        report = rendered.report()
        for old, new in rewordings:
            with_text(report, old, new)
        outcome = check(report.content())
        assert [(d.kind.value, format_deviation(d)) for d in outcome.deviations] == []


def test_all_harmless_rewordings_at_once_ring_nothing(rendered: Rendered, check: Check) -> None:
    content = rendered.report()
    for old, new in HARMLESS:
        if any(old in text_of(p) for p in content.paragraphs()):
            with_text(content, old, new)
    outcome = check(content.content())
    assert [(d.kind.value, format_deviation(d)) for d in outcome.deviations] == []


CHANGES = (
    # percentages, counts, money
    ("III.2.c", "đạt 95,7%, thiếu", "đạt 97,5%, thiếu", "97,5%", "95,7%"),
    ("III.2.k", "(63.245/79.096 hồ sơ)", "(62.345/79.096 hồ sơ)", "62.345", "63.245"),
    ("III.2.a", "2.806/2.836 người", "2.806 trên 2.863 người", "2.863", "2.836"),
    ("III.2.a", "Sở Y tế (90,9%)", "Sở Y tế (99,9%)", "99,9%", "90,9%"),
    (
        "III.2.a",
        "đạt 98,9% (2.806/2.836 người), thiếu",
        "có 2.860 người trên tổng số 2.836 người (đạt 98,9%), thiếu",
        "2.860",
        "2.806",
    ),
    ("III.2.a", "thấp hơn 1,1 điểm", "thấp hơn 0,1 điểm", "0,1", "1,1"),
    (
        "III.5",
        "đã thực hiện 883,02 triệu đồng",
        "đã thực hiện 893.020.000 đồng",
        "893.020.000",
        "883,02 triệu",
    ),
    # in words
    ("I", "có 03 chỉ tiêu đạt và vượt", "có năm chỉ tiêu đạt và vượt", "năm", "03"),
    ("III.1", "còn 02 đơn vị chưa gửi", "còn một đơn vị chưa gửi", "một", "02"),
    ("III.4", "Kế hoạch giao 24 nhiệm vụ", "Kế hoạch giao hai mươi hai nhiệm vụ", "hai mươi hai", "24"),
    # dates, hours, documents
    ("phần mở đầu", "ngày 18/3/2025 của", "ngày 28/3/2025 của", "ngày 28/3/2025", "ngày 18/3/2025"),
    (
        "phần mở đầu",
        "đến hết ngày 31/10/2025",
        "đến hết ngày 30 tháng 11 năm 2025",
        "ngày 30 tháng 11 năm 2025",
        "ngày 31/10/2025",
    ),
    ("phần mở đầu", "1234/KH-UBND", "1243/KH-UBND", "1243/KH-UBND", "1234/KH-UBND"),
    ("III.2.o", "766/QĐ-TTg", "776/QĐ-TTg", "776/QĐ-TTg", "766/QĐ-TTg"),
    (
        "II.1",
        "1204/SKHCN-CĐS ngày 22/9/2025",
        "1204/SKHCN-CĐS ngày 22/10/2025",
        "ngày 22/10/2025",
        "ngày 22/9/2025",
    ),
    ("I", "Trong 15 chỉ tiêu năm 2025", "Trong 15 chỉ tiêu năm 2024", "năm 2024", "năm 2025"),
    # verdicts, directions, what was done
    ("I", "09 chỉ tiêu chưa đạt, trong", "09 chỉ tiêu đạt, trong", "“đạt”", "“chưa đạt”"),
    ("IV.1", "09 chỉ tiêu chưa đạt theo", "09 chỉ tiêu hoàn thành theo", "“hoàn thành”", "“chưa đạt”"),
    ("III.2.c", "vẫn chưa đạt chỉ tiêu", "vẫn đạt chỉ tiêu", "“đạt”", "“chưa đạt”"),
    ("III.2.a", "thấp hơn 1,1 điểm phần trăm", "vượt 1,1 điểm phần trăm", "“vượt”", "“thấp hơn”"),
    ("III.2.a", "có tỷ lệ dưới 100%", "có tỷ lệ trên 100%", "“trên”", "“dưới”"),
    ("III.2.i", "đạt chỉ tiêu (100%)", "chưa đạt chỉ tiêu (100%)", "“chưa đạt”", "“đạt”"),
    ("III.2.m", "vượt 2,6 điểm", "thấp hơn 2,6 điểm", "“thấp hơn”", "“vượt”"),
    ("III.2.e", "chưa đủ cơ sở đánh giá; số liệu", "đạt chỉ tiêu; số liệu", "“đạt”", "“chưa đủ cơ sở”"),
    (
        "III.2.b",
        "thấp hơn 1,9 điểm phần trăm so với",
        "cơ bản đạt được chỉ tiêu, kém 1,9 điểm phần trăm so với",
        "“đạt”",
        "“Chưa đạt”",
    ),
    ("III.2.a", "so với chỉ tiêu (100%)", "chỉ tiêu (100%), cơ bản hoàn thành", "“hoàn thành”", "“Chưa đạt”"),
    ("III.2", "mỗi năm cần tăng 4,8", "mỗi năm cần giảm 4,8", "“giảm”", "“tăng”"),
    ("III.1", "còn 02 đơn vị chưa gửi: Sở Dân", "02 đơn vị đã gửi: Sở Dân", "“đã gửi”", "“chưa gửi”"),
    ("III.1", "22 đơn vị gửi đúng hạn", "22 đơn vị gửi quá hạn", "“quá hạn”", "“đúng hạn”"),
    (
        "III.2.d",
        "Có 01 đơn vị chưa thực hiện: Sở",
        "Có 01 đơn vị thực hiện: Sở",
        "“thực hiện”",
        "“chưa thực hiện”",
    ),
    ("III.2.n", "Có 03 đơn vị không phát sinh", "Có 03 đơn vị phát sinh", "“phát sinh”", "“không phát sinh”"),
    (
        "III.2",
        "các kết luận không thay đổi dù",
        "các kết luận có thể thay đổi dù",
        "“thay đổi”",
        "“không thay đổi”",
    ),
    # names of units
    ("III.2.a", "Sở Y tế (90,9%)", "Sở Nội vụ (90,9%)", "Sở Nội vụ", "Sở Y tế"),
    (
        "III.1",
        "Tôn giáo; UBND huyện Bác Ái.",
        "Tôn giáo; UBND huyện Ninh Sơn.",
        "UBND huyện Ninh Sơn",
        "UBND huyện Bác Ái",
    ),
    (
        "III.2.d",
        "chưa thực hiện: Sở Công Thương",
        "chưa thực hiện: Sở Xây dựng",
        "Sở Xây dựng",
        "Sở Công Thương",
    ),
    # a threshold turned round
    *(
        ("III.2.k", "(tối thiểu 80%)", f"({new})", new, "tối thiểu 80%")
        for new in ("tối đa 80%", "không quá 80%", "từ 80% trở xuống", "dưới 80%")
    ),
    # in a sentence that was reworded
    (
        "III.2.m",
        "đạt 92,6% (36.022/38.903 phiếu), vượt 2,6 điểm phần trăm so với",
        "qua 38.903 phiếu đánh giá, có 36.022 phiếu hài lòng, chiếm 93,6%, cao hơn 2,6 điểm phần trăm so với",
        "93,6%",
        "92,6%",
    ),
    (
        "III.2.k",
        "Có 08 đơn vị có tỷ lệ dưới 80%",
        "Hiện còn 09 cơ quan, địa phương chưa đạt mức tối thiểu 80%",
        "09",
        "08",
    ),
    (
        "III.1",
        "trong đó 22 đơn vị gửi đúng hạn",
        "trong số này có 21 cơ quan, địa phương chấp hành đúng thời hạn",
        "21",
        "22",
    ),
    (
        "III.2.a",
        "đạt 98,9% (2.806/2.836 người), thiếu 30 người, thấp hơn 1,1 điểm phần trăm so với chỉ tiêu (100%)",
        "toàn tỉnh có 2.806 trên tổng số 2.836 người được truyền thông, chiếm tỷ lệ 99,8%, thiếu 30 người, "
        "thấp hơn chỉ tiêu 100% là 1,1 điểm phần trăm",
        "99,8%",
        "98,9%",
    ),
)


def test_a_changed_statement_is_told_at_its_place(rendered: Rendered, check: Check) -> None:
    edits = [(old, new, section, found, expected) for section, old, new, found, expected in CHANGES]
    for changes in apart(rendered.report(), edits):
        report = rendered.report()
        for old, new, *_ in changes:
            with_text(report, old, new)
        outcome = check(report.content())
        told = [d for d in outcome.deviations if d.kind is not DeviationKind.CONTRADICTION]
        places = sorted((d.place.section, d.found, d.expected) for d in told)
        assert places == sorted((section, found, expected) for _, _, section, found, expected in changes)
        assert {d.kind for d in told} == {DeviationKind.DIFFERS}
        assert [d.found for d in told if d.found.strip("“”") not in d.place.context] == []


def test_a_comparison_with_another_time_is_no_verdict() -> None:
    found = find_statements("tăng 10% so với cùng kỳ, giảm 2% so với năm 2024, thấp hơn so với chỉ tiêu")
    assert [(s.kind, s.value) for s in found] == [
        (StatementKind.TREND, "met"),
        (StatementKind.TREND, "missed"),
        (StatementKind.VERDICT, "missed"),
    ]


SWAPS = (
    ("22 đơn vị gửi đúng hạn, 01 đơn vị gửi sau", "01 đơn vị gửi đúng hạn, 22 đơn vị gửi sau", "22", "01"),
    (
        "03 chỉ tiêu đạt và vượt, trong đó 02 chưa chắc chắn; 09 chỉ tiêu chưa đạt",
        "09 chỉ tiêu đạt và vượt, trong đó 02 chưa chắc chắn; 03 chỉ tiêu chưa đạt",
        "03",
        "09",
    ),
    ("đang thực hiện 08; chưa thực hiện 05", "đang thực hiện 05; chưa thực hiện 08", "08", "05"),
    (
        "Ninh Sơn (95,4%), UBND huyện Ninh Hải (94,8%)",
        "Ninh Sơn (94,8%), UBND huyện Ninh Hải (95,4%)",
        "95,4%",
        "94,8%",
    ),
)


def test_two_figures_that_changed_places_are_two_differences(rendered: Rendered, check: Check) -> None:
    (swaps,) = apart(rendered.report(), SWAPS)
    report = rendered.report()
    for old, new, *_ in swaps:
        with_text(report, old, new)
    outcome = check(report.content())
    told = [(d.found, d.expected) for d in outcome.deviations if d.kind is DeviationKind.DIFFERS]
    assert sorted(told) == sorted(pair for _, _, *two in SWAPS for pair in (tuple(two), tuple(two[::-1])))


def test_a_verdict_that_was_put_in_is_held_against_the_target(rendered: Rendered, check: Check) -> None:
    outcome = check(with_text(rendered.report(), "đạt 79,96% (63.245", "đạt chỉ tiêu với 79,96% (63.245"))
    (told,) = outcome.deviations
    assert format_deviation(told) == "văn bản ghi “đạt”; kết luận của mục tiêu là “Chưa đạt, chưa chắc chắn”"


OFF_AND_ON = (
    ("Tôn giáo; UBND huyện Bác Ái. Trong", "Tôn giáo. Trong", "III.1", "bớt UBND huyện Bác Ái"),
    ("UBND huyện Bác Ái. Trong", "UBND huyện Bác Ái; Sở Y tế. Trong", "III.1", "thêm Sở Y tế"),
    (" Sở Y tế (90,9%);", "", "III.2.a", "bớt Sở Y tế (90,9%)"),
    ("Sở Y tế (90,9%);", "Sở Y tế (90,9%); Sở Tư pháp (95,0%);", "III.2.a", "thêm Sở Tư pháp (95,0%)"),
    ("UBND huyện Ninh Sơn (95,4%), ", "", "III.2.g", "bớt UBND huyện Ninh Sơn (95,4%)"),
    (
        "đề nghị gửi lại: Trường Cao đẳng nghề Ninh Thuận",
        "đề nghị gửi lại: Trường Chính trị tỉnh",
        "III.1",
        "bớt Trường Cao đẳng nghề Ninh Thuận",
    ),
    ("Sở Y tế, Ban Quản lý", "Sở Y tế, Sở Xây dựng, Ban Quản lý", "VI.3", "thêm Sở Xây dựng"),
)


def test_a_unit_taken_off_a_list_or_put_on_it_is_told(rendered: Rendered, check: Check) -> None:
    for edits in apart(rendered.report(), OFF_AND_ON):
        report = rendered.report()
        for old, new, *_ in edits:
            with_text(report, old, new)
        outcome = check(report.content())
        told = [d for d in outcome.deviations if d.kind is not DeviationKind.CONTRADICTION]
        assert {d.kind for d in told} == {DeviationKind.DIFFERS}
        assert sorted((d.place.section, format_deviation(d)) for d in told) == sorted(
            (section, f"danh sách {said}") for _, _, section, said in edits
        )


_FORMED = "; thủ tục hành chính đủ điều kiện được cung cấp toàn trình"
_FILES = "hồ sơ thủ tục hành chính được xử lý hoàn toàn trực tuyến; "
_PUPILS = "; học sinh trung học phổ thông, sinh viên được phổ cập kiến thức, kỹ năng"


TARGETS_OFF_AND_ON = (
    ("- 09 chỉ", _FORMED, "", f"bớt {_FORMED[2:]}"),
    ("- 03 chỉ tiêu đạt", "; mức độ", f"; {_FILES}mức độ", f"thêm {_FILES[:-2]}"),
    ("- 03 chỉ tiêu chưa", _PUPILS, "", f"bớt {_PUPILS[2:]}"),
    ("- 03 chỉ tiêu đạt", "; mức độ", f"{_PUPILS}; mức độ", f"thêm {_PUPILS[2:]}"),
)


def test_a_target_taken_off_a_list_or_put_on_it_is_told(rendered: Rendered, check: Check) -> None:
    for edits in apart(rendered.report(), TARGETS_OFF_AND_ON):
        outcome = check(reworded_at(rendered.report(), *((start, old, new) for start, old, new, _ in edits)))
        assert sorted(format_deviation(d) for d in outcome.deviations) == sorted(
            f"danh sách {said}" for *_, said in edits
        )


def test_units_that_changed_lists_are_off_the_one_and_on_the_other(rendered: Rendered, check: Check) -> None:
    report = rendered.report()
    with_text(report, "Tôn giáo; UBND huyện Bác Ái. Trong", "Tôn giáo; Viện Đào tạo@. Trong")
    with_text(report, "Viện Đào tạo và Khoa học ứng dụng miền Trung; 01", "UBND huyện Bác Ái; 01")
    outcome = check(with_text(report, "Viện Đào tạo@", "Viện Đào tạo và Khoa học ứng dụng miền Trung"))
    assert [(d.found, d.expected) for d in outcome.deviations] == [
        ("Viện Đào tạo và Khoa học ứng dụng miền Trung", "UBND huyện Bác Ái"),
        ("UBND huyện Bác Ái", "Viện Đào tạo và Khoa học ứng dụng miền Trung"),
    ]


def test_a_list_that_an_annex_replaces_is_one_loss(rendered: Rendered, check: Check) -> None:
    text = next(text_of(p) for p in rendered.report().paragraphs() if text_of(p).startswith("k) Hồ sơ"))
    names = text[text.index(" dưới 80%: ") : text.index(" Kết luận chưa chắc")]
    outcome = check(with_text(rendered.report(), names, " dưới 80% (chi tiết tại Phụ lục II)."))
    entries, _ = for_reading(outcome.deviations)
    assert {d.kind for d in entries} == {DeviationKind.MISSING}
    assert [d.place.where for d in entries if d.place.where] == ["danh sách"]


MIXED_UP = (
    (
        "III.2.a",
        "III.2.b",
        "a) Lãnh",
        "98,9% (2.806/2.836 người), thiếu 30",
        "b) Cán bộ",
        "98,1% (560/571 người), thiếu 11",
    ),
    ("III.4", "III.4", "- Sở Khoa", "03/04", "- Nhiệm vụ chung", "115/126"),
    ("III.4", "III.4", "- Sở Khoa", "Sở Khoa học và Công nghệ", "- Sở Giáo", "Sở Giáo dục và Đào tạo"),
    (
        "III.5",
        "III.5",
        "- Ngân",
        "dự toán được giao 915 triệu đồng (số liệu của 11 đơn vị)",
        "- Nguồn",
        "số tiền huy động được 25 triệu đồng (số liệu của 03 đơn vị)",
    ),
    (
        "III.2.k",
        "III.2.n",
        "k) Hồ",
        "tổng hợp từ 19/23 đơn vị (02 đơn vị chưa gửi báo cáo, 02 đơn vị đang chỉnh lý số liệu)",
        "n) Ý",
        "tổng hợp từ 20/23 đơn vị (02 đơn vị chưa gửi báo cáo, 01 đơn vị chưa có số liệu)",
    ),
    (
        "III.2.k",
        "III.2.m",
        "k) Hồ",
        "khi 04 đơn vị còn lại có ít nhất 159 hồ sơ đã thực hiện",
        "m) Ng",
        "khi 03 đơn vị còn lại có ít nhất 1.122 phiếu chưa hài lòng",
    ),
)


@pytest.mark.parametrize("several", [MIXED_UP[:2] + MIXED_UP[3:5], MIXED_UP[2:3] + MIXED_UP[5:]])
def test_what_was_given_to_another_is_told_of_both(
    rendered: Rendered, check: Check, several: tuple[tuple[str, str, str, str, str, str], ...]
) -> None:
    edits = [
        one for _, _, start, old, other, new in several for one in ((start, old, new), (other, new, old))
    ]
    outcome = check(reworded_at(rendered.report(), *edits))
    told = Counter(d.place.section for d in outcome.deviations if d.kind is DeviationKind.DIFFERS)
    asked = Counter(section for sections in several for section in sections[:2])
    assert told.keys() == asked.keys()
    assert all(told[section] >= n for section, n in asked.items())


WITHDRAWN = (
    ("e) Cơ", "chưa đủ cơ sở đánh giá; ", "", DeviationKind.DIFFERS, "không còn kết luận “chưa đủ cơ sở”"),
    ("l) Ng", ": chưa đủ cơ sở đánh giá", "", DeviationKind.DIFFERS, "không còn kết luận “chưa đủ cơ sở”"),
    (
        "a) L",
        "thấp hơn 1,1 điểm",
        "chênh lệch 1,1 điểm",
        DeviationKind.DIFFERS,
        "không còn kết luận “thấp hơn”",
    ),
    ("m) Ng", "vượt 2,6 điểm", "so sánh: 2,6 điểm", DeviationKind.DIFFERS, "không còn kết luận “vượt”"),
    (
        "k) Hồ",
        "Kết luận chưa chắc chắn, chỉ đổi khi 04",
        "Trong khi 04",
        DeviationKind.MISSING,
        "không còn thấy lưu ý “chưa chắc chắn”",
    ),
)


def test_a_conclusion_or_caveat_that_is_gone_is_told(rendered: Rendered, check: Check) -> None:
    outcome = check(
        reworded_at(rendered.report(), *((start, old, new) for start, old, new, _, _ in WITHDRAWN))
    )
    assert sorted((d.kind, format_deviation(d)) for d in outcome.deviations) == sorted(
        (kind, said) for *_, kind, said in WITHDRAWN
    )


def test_words_and_figures_of_one_number_must_agree(rendered: Rendered, check: Check) -> None:
    outcome = check(with_text(rendered.report(), "22 đơn vị gửi đúng", "hai mươi ba (22) đơn vị gửi đúng"))
    (told,) = outcome.deviations
    assert (told.kind, told.found) == (DeviationKind.DIFFERS, "hai mươi ba (22)")
    outcome = check(with_text(rendered.report(), "22 đơn vị gửi đúng", "hai mươi hai (23) đơn vị gửi đúng"))
    assert [d.found for d in outcome.deviations if d.expected == "22"] == ["23"]


def test_a_figure_repeated_wrongly_is_unknown(rendered: Rendered, check: Check) -> None:
    said = "Nổi bật là tỷ lệ hồ sơ xử lý hoàn toàn trực tuyến đạt 89,96%. Kết quả cụ thể như sau (tổng hợp"
    outcome = check(with_text(rendered.report(), "Kết quả cụ thể như sau (tổng hợp", said))
    assert [(d.kind, d.found) for d in outcome.deviations] == [(DeviationKind.UNKNOWN, "89,96%")]


COLONS: tuple[tuple[str, str, set[tuple[str, str]]], ...] = (
    (
        "Sở Nông nghiệp và Môi trường (94,1%); Sở Xây dựng (95,2%)",
        "Sở Nông nghiệp và Môi trường: 95,2%, Sở Xây dựng: 94,1%",
        {("95,2%", "94,1%"), ("94,1%", "95,2%")},
    ),
    (
        "Sở Nông nghiệp và Môi trường (94,1%); Sở Xây dựng (95,2%)",
        "Sở Nông nghiệp và Môi trường: 94,1%, Sở Xây dựng: 96,2%",
        {("96,2%", "95,2%")},
    ),
    (
        "Sở Nông nghiệp và Môi trường (94,1%); Sở Xây dựng (95,2%)",
        "Sở Xây dựng: 95,2%, Sở Nông nghiệp và Môi trường: 94,1%",
        set(),
    ),
)


@pytest.mark.parametrize(("old", "new", "told"), COLONS)
def test_a_figure_after_a_colon_is_that_of_the_name_before_it(
    rendered: Rendered, check: Check, old: str, new: str, told: set[tuple[str, str]]
) -> None:
    outcome = check(with_text(rendered.report(), old, new))
    assert {(d.found, d.expected) for d in outcome.deviations if d.kind is DeviationKind.DIFFERS} == told
    assert outcome.count(DeviationKind.MISSING) + outcome.count(DeviationKind.UNKNOWN) == 0


def test_a_count_is_never_taken_for_a_percentage(rendered: Rendered, check: Check) -> None:
    content = with_text(
        rendered.report(),
        "Có 06 đơn vị có tỷ lệ dưới 100%: UBND thành phố",
        "Bằng 90% của năm trước: UBND thành phố",
    )
    outcome = check(content)
    told = [d for d in outcome.deviations if d.kind is not DeviationKind.CONTRADICTION]
    assert [(d.kind, d.expected, d.found) for d in told] == [
        (DeviationKind.DIFFERS, "100%", "90%"),
        (DeviationKind.MISSING, "06", ""),
    ]


@pytest.mark.parametrize(
    ("old", "new", "found", "expected"),
    [
        ("đạt 79,96% (63.245", "đạt 79.96% (63.245", "79.96%", "79,96%"),
        ("đạt 79,96% (63.245", "đạt 79.96 % (63.245", "79.96 %", "79,96%"),
    ],
)
def test_a_value_that_is_right_but_written_otherwise_is_told_as_a_slip(
    rendered: Rendered, check: Check, old: str, new: str, found: str, expected: str
) -> None:
    outcome = check(with_text(rendered.report(), old, new))
    assert outcome.agrees
    assert [(d.kind, d.found, d.expected) for d in outcome.deviations] == [
        (DeviationKind.SLIP, found, expected)
    ]
