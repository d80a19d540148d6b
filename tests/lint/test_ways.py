"""Documents built in different ways are recognised alike; what isn't ours to judge is declined or refused."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from docx.enum.text import WD_COLOR_INDEX

from dvctt_report.model.severity import Severity
from dvctt_report.word.lint import lint_source
from dvctt_report.word.lint.check import Settings, Stage, read_settings
from dvctt_report.word.lint.command import Wanted, judge
from dvctt_report.word.lint.outcome import Outcome, Status
from dvctt_report.word.lint.parts import Paper
from dvctt_report.word.lint.recognise import recognise
from dvctt_report.word.reading import read_document
from dvctt_report.word.source import Refused, parse_source
from tests.lint.breakages import BREAKAGES, DECISION, GOOD, LETTER, body, counted_article, counted_heading
from tests.lint.papers import (
    BODY,
    CENTRE,
    HEADING,
    LONG,
    Draft,
    Line,
    Look,
    build,
    head,
    package,
    page_number,
    para,
    runs,
    signature,
    text_box,
)
from tests.lint.right_papers import CLERK, KEPT, minutes, named, recipients, signers
from tests.lint.test_checks import SETTINGS, faults, verdict_of


def paper_of(draft: Draft) -> Paper:
    return recognise(read_document(parse_source(build(draft))))


def parts_of(paper: Paper) -> dict[str, object]:
    """The texts of the parts, whatever they stand in."""
    head, title, signature = paper.head, paper.title, paper.signature

    def text(piece: object) -> str:
        return getattr(piece, "text", "")

    return {
        "state": text(head.state),
        "motto": text(head.motto),
        "parent": [p.text for p in head.parent],
        "issuer": [p.text for p in head.issuer],
        "number": text(head.number),
        "date": text(head.place_date),
        "kind": text(title.kind),
        "subject": [p.text for p in title.subject],
        "addressee": text(title.addressee),
        "bases": len(paper.bases),
        "authority": [p.text for p in signature.authority],
        "name": text(signature.name),
        "recipients": [p.text for p in signature.recipients],
        "annexes": [a.label.text for a in paper.annexes],
        "motto line": head.motto_line is not None and 55 < (head.motto_line.length or 0) < 66,
        "issuer line": head.issuer_line is not None and 9 < (head.issuer_line.length or 0) < 13,
    }


@pytest.mark.parametrize("manner", ["one paragraph", "tabs", "blanks", "boxes"])
def test_a_letterhead_is_recognised_whatever_it_is_made_of(manner: str) -> None:
    assert parts_of(paper_of(replace(GOOD, manner=manner))) == parts_of(paper_of(GOOD))
    assert faults(replace(GOOD, manner=manner)) == []


@pytest.mark.parametrize(
    "line", ["Kt. GIÁM ĐỐC", "K/t GIÁM ĐỐC", "Ký thay GIÁM ĐỐC", "kt: GIÁM ĐỐC", "q. GIÁM ĐỐC"]
)
def test_a_mark_of_authority_in_small_letters_is_no_name(line: str) -> None:
    paper = paper_of(replace(GOOD, authority=(line, "PHÓ GIÁM ĐỐC")))
    assert [p.text for p in paper.signature.authority] == [line, "PHÓ GIÁM ĐỐC"]
    assert paper.signature.name is not None
    assert paper.signature.name.text == GOOD.name


@pytest.mark.parametrize("blanks", ["      ", "\t", "\u00a0\u00a0\u00a0"])
def test_blanks_typed_to_centre_a_letterhead_are_no_part_of_its_names(blanks: str) -> None:
    centred = replace(
        GOOD,
        issuer=f"{blanks}{GOOD.issuer}{blanks}",
        motto=f"{blanks}{GOOD.motto}",
        subject=f"{blanks}{GOOD.subject}",
    )
    assert faults(centred) == []


@pytest.mark.parametrize("strokes", ["vml", "underscores", "border"])
def test_a_line_is_a_line_however_it_was_drawn(strokes: str) -> None:
    assert parts_of(paper_of(replace(GOOD, strokes=strokes))) == parts_of(paper_of(GOOD))
    assert faults(replace(GOOD, strokes=strokes)) == []


def test_the_other_place_of_the_tone_mark_is_no_fault() -> None:
    assert faults(replace(GOOD, state="CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM")) == []


def test_decomposed_letters_change_no_verdict_but_the_hint_about_them() -> None:
    state, motto, number, day = (
        unicodedata.normalize("NFD", text) for text in (GOOD.state, GOOD.motto, GOOD.number, GOOD.date)
    )
    nfd = replace(GOOD, state=state, motto=motto, number=number, date=day)
    assert {code for code, _, _ in faults(nfd)} == {"TT07"}


def test_decomposed_letters_are_told_once_and_ask_nothing_else() -> None:
    def apart(line: Line) -> Line:
        return replace(line, text=unicodedata.normalize("NFD", line.text))

    short = Line("1. Thủ trưởng các cơ quan, đơn vị trực thuộc", BODY)
    body = (*GOOD.body[:9], short, *GOOD.body[9:])
    composed, built = (
        [f for f in verdict_of(replace(GOOD, body=lines)).findings if f.outcome is Outcome.FAIL]
        for lines in (body, tuple(map(apart, body)))
    )
    assert sorted(f.code for f in built) == sorted(["TT07", *(f.code for f in composed)])
    (told,) = (f.found for f in built if f.code == "TT07")
    assert told.endswith(" đoạn")


def test_a_draft_mark_in_a_text_box_that_stands_twice_is_left_alone() -> None:
    mark = para("DỰ THẢO", size=14, bold=True, colour="FF0000", font="Arial")
    body = (Line(raw=para("", inner=text_box(mark, 40))), *GOOD.body)
    paper = paper_of(replace(GOOD, body=body))
    assert sum("DỰ THẢO" in p.text for p in paper.document.paragraphs) == 1
    assert {code for code, _, _ in faults(replace(GOOD, body=body))} <= {"TT40"}


@pytest.mark.parametrize("first", [10, 12.5, 12.7])
def test_word_s_own_indents_are_right(first: float) -> None:
    lines = tuple(
        Line(x.text, {**x.look, "first": first}, x.raw) if x.look.get("first") else x for x in GOOD.body
    )
    assert faults(replace(GOOD, body=lines)) == []


def test_the_blanks_and_prompts_of_a_draft_are_not_evaluated() -> None:
    draft = replace(
        LETTER,
        number="Số:        /SNV-CCHC",
        date="Bình An, ngày      tháng 6 năm 2025",
        name="",
        body=(*LETTER.body[:1], Line("[Nội dung do đơn vị bổ sung]"), *LETTER.body[1:]),
    )
    assert faults(draft) == []
    open_ = {f.code for f in verdict_of(draft).findings if f.outcome is Outcome.NOT_EVALUATED}
    assert {"TT20", "TT27", "TT30", "TT51", "TT64"} <= open_


def test_a_prompt_is_a_fault_of_what_goes_to_be_signed() -> None:
    draft = replace(LETTER, body=(Line("[Nội dung do đơn vị bổ sung]"), *LETTER.body))
    verdict = lint_source(parse_source(build(draft)), "x", replace(SETTINGS, stage=Stage.SIGNING))
    assert [f.code for f in verdict.findings if f.outcome is Outcome.FAIL] == ["TT64"]


def test_districts_are_a_matter_of_the_documents_date_and_of_the_settings() -> None:
    draft = replace(LETTER, addressee=("Kính gửi: UBND huyện B",), date="Bình An, ngày 05 tháng 6 năm 2025")
    assert faults(draft) == []
    late = replace(draft, date="Bình An, ngày      tháng 7 năm 2025")
    assert [code for code, _, _ in faults(late)] == ["TT63"]
    assert [c for c, _, _ in faults(replace(late, date="Bình An, ngày      tháng      năm 2026"))] == ["TT63"]
    unknown = verdict_of(replace(late, date="Bình An, ngày      tháng      năm 2025")).findings
    assert [f.outcome for f in unknown if f.code == "TT63"] == [Outcome.NOT_EVALUATED]
    kept = lint_source(parse_source(build(late)), "x", replace(SETTINGS, districts_end=None))
    assert kept.count().total() == 0


@pytest.mark.parametrize(
    "addressee",
    [
        "UBND thành phố Hà Nội",
        "Ủy ban nhân dân TP. Hồ Chí Minh",
        "UBND các tỉnh, thành phố trực thuộc trung ương",
        "UBND thành phố",
        "Trường Trung học cơ sở Bà Huyện Thanh Quan",
        "Ban Quản lý dự án thành phố thông minh",
        "Ông Nguyễn Văn Bảo, nguyên Chủ tịch UBND huyện C",
        "Trạm Y tế xã Bình An (huyện C cũ)",
        "Bộ Chỉ huy Quân khu 5",
        "Trường THCS Thị trấn Tân Lập",
        "Trường Tiểu học thị trấn Tân Lập",
        "Trường THPT Thành phố Bình Sơn",
        "Ban Quản lý Chợ Huyện",
        "Bệnh viện Đa khoa thị xã Bình Sơn",
        "Quỹ tín dụng nhân dân thị trấn Bình Sơn",
    ],
)
def test_what_only_sounds_like_a_district_or_was_one_is_no_fault(addressee: str) -> None:
    late = replace(LETTER, addressee=(f"Kính gửi: {addressee}",), date="Bình An, ngày 05 tháng 9 năm 2025")
    assert faults(late) == []


def test_districts_that_the_text_tells_of_are_no_fault() -> None:
    late = replace(
        GOOD,
        date="Bình An, ngày 05 tháng 9 năm 2025",
        subject="Sơ kết Đề án hỗ trợ các huyện, thị xã giai đoạn 2021 - 2025",
        bases=(
            "Căn cứ Quyết định số 12/QĐ-UBND ngày 05 tháng 3 năm 2024 của UBND huyện B về việc giao đất;",
            GOOD.bases[1],
        ),
        annexes=(),
        body=(Line(f"{LONG}. Trước ngày 01/7/2025, UBND các huyện đã thực hiện."), *GOOD.body[1:]),
    )
    assert faults(late) == []


@pytest.mark.parametrize(
    "text",
    [
        "Chi tiết tại các Phụ lục kèm theo",
        "Chi tiết từ Phụ lục I đến Phụ lục II",
        "Chi tiết tại Phụ lục I, Phụ lục II kèm theo Báo cáo này",
        "Chi tiết tại Phụ lục I và Phụ lục II kèm theo Báo cáo số 15/BC-SNV",
        "Chi tiết tại Phụ lục I, II. Mẫu theo Phụ lục III Nghị định số 30/2020/NĐ-CP",
        "Chi tiết tại Phụ lục I, II. Mẫu 1a theo Phụ lục III (ban hành kèm theo Thông tư số 02/2021/TT-BNV)",
        "Chi tiết tại Phụ lục I, II. Theo Nghị định số 30/2020/NĐ-CP, các mẫu nêu ở Phụ lục III",
        "Chi tiết tại Phụ lục I, II. Bổ sung Phụ lục 1a, Phụ lục 2.1; phụ lục vi phạm",
    ],
)
def test_annexes_that_are_there_or_are_of_others_are_no_fault(text: str) -> None:
    body = (Line(f"{LONG}. {text}."), *GOOD.body[1:])
    assert [f for f in faults(replace(GOOD, body=body)) if f[0] in ("TT58", "TT59")] == []


@pytest.mark.parametrize(
    "text",
    [
        "Nghị định số 30/2020/NĐ-CP quy định như sau",
        "Ngày 05/3/2024, Ủy ban nhân dân tỉnh ban hành Quyết định số 468/QĐ-UBND về việc giao nhiệm vụ",
        "theo Kế hoạch số 5149/KH-UBND ngày 01/11/2024 của UBND tỉnh (sau đây gọi là Kế hoạch 5149). Kế "
        "hoạch 5149 được thực hiện đúng tiến độ",
        "theo Kế hoạch 5 năm 2021 - 2025, Kế hoạch 2025 và Báo cáo 6 tháng, Thông báo 10 đơn vị",
        "Quyết định 02 hồ sơ; Kế hoạch 30 ngày đêm; Hướng dẫn 03 lớp",
        "theo Luật Đầu tư, Luật số 61/2020/QH14",
        "Báo cáo số 15/BC-SNV được gửi kèm",
        "đơn vị đã điều 12 xe, điều 05 cán bộ, điều 3 lượt người, điều 33.415 ha",
        "theo Nghị quyết số 57-NQ/TW (Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị)",
        "Sở đã ban hành 02 văn bản: Công văn số 3/SNV-VP ngày 05/3/2024 về họp; Công văn số 4/SNV-VP ngày "
        "06/3/2024 về kế hoạch",
        "theo Quyết định số 468/QĐ-UBND của UBND TP. Hồ Chí Minh ngày 05/3/2024",
        "theo Quyết định số 468/QĐ-UBND ngày … tháng … năm 2025 của UBND tỉnh A",
    ],
)
def test_what_was_cited_in_full_or_is_no_citation_is_no_fault(text: str) -> None:
    body = (*GOOD.body[:9], Line(f"{LONG}, {text}."), *GOOD.body[10:])
    assert faults(replace(GOOD, body=body)) == []


@pytest.mark.parametrize(
    ("draft", "reason"),
    [
        (
            replace(GOOD, state="ĐẢNG CỘNG SẢN VIỆT NAM", motto="", parent="TỈNH ỦY A", number="Số 15-BC/TU"),
            "của Đảng",
        ),
        (replace(GOOD, state="", motto="", parent="ĐOÀN TNCS HỒ CHÍ MINH", issuer="TỈNH ĐOÀN A"), "của Đoàn"),
        (
            replace(GOOD, number="Số: 15/2025/QĐ-UBND", kind="QUYẾT ĐỊNH", issuer="ỦY BAN NHÂN DÂN TỈNH A"),
            "quy phạm pháp luật",
        ),
        (replace(GOOD, number="Số: 15/QĐ-XPHC", kind="QUYẾT ĐỊNH"), "xử phạt"),
        (replace(GOOD, issuer="TÒA ÁN NHÂN DÂN TỈNH A", kind="BẢN ÁN"), "tố tụng"),
        (replace(GOOD, date="Bình An, ngày 05 tháng 3 năm 2019"), "trước khi"),
    ],
    ids=["Đảng", "Đoàn", "quy phạm", "xử phạt", "tòa án", "trước 2020"],
)
def test_what_the_decree_does_not_rule_is_declined(draft: Draft, reason: str) -> None:
    verdict = verdict_of(draft)
    assert verdict.status is Status.DECLINED
    assert reason in verdict.reason
    assert verdict.findings == ()


def test_an_office_that_makes_no_law_has_a_year_too_many_in_its_number() -> None:
    verdict = verdict_of(replace(GOOD, number="Số: 15/2025/QĐ-SKHCN", kind="QUYẾT ĐỊNH"))
    assert verdict.status is Status.CHECKED
    assert "số có năm “2025”" in [f.found for f in verdict.findings if f.code == "TT21"]


def test_a_text_that_is_no_administrative_document_is_declined() -> None:
    from tests.lint.papers import package

    story = package(para("Ngày xửa ngày xưa", **CENTRE) + para(LONG, **BODY) + GOOD.sheet.xml(), GOOD)
    verdict = lint_source(parse_source(story), "truyen.docx", SETTINGS)
    assert (verdict.status, "Không nhận ra văn bản hành chính" in verdict.reason) == (Status.DECLINED, True)


def ole(stream: str) -> bytes:
    name = stream.encode("utf-16-le")
    entry = name.ljust(64, b"\0") + (len(name) + 2).to_bytes(2, "little") + b"\2"
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + entry.ljust(128, b"\0")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "rỗng"),
        (b"%PDF-1.7 ...", "PDF"),
        (ole("WordDocument"), "Word cũ"),
        (ole("EncryptedPackage"), "mật khẩu"),
        (b"{\\rtf1 abc}", "RTF"),
        (b"<html><body>x</body></html>", "HTML"),
        (build(GOOD)[:3000], "hỏng"),
        ("Văn bản".encode(), "thuần"),
        (b"\x00\x01\x02", "Không nhận ra"),
    ],
    ids=["rỗng", "pdf", "doc", "mật khẩu", "rtf", "html", "hỏng", "txt", "lạ"],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_true_reason(
    tmp_path: Path, data: bytes, reason: str
) -> None:
    path = tmp_path / "van-ban.docx"
    path.write_bytes(data)
    verdict = judge(path, Settings(), Wanted()).verdict
    assert verdict.status is Status.REFUSED
    assert reason in verdict.reason
    assert verdict.remedy


def test_a_doctype_is_refused() -> None:
    from tests.lint.papers import package

    bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><styles/>'
    data = package("", replace(GOOD, extra={"word/styles.xml": bomb}))
    with pytest.raises(Refused, match="DOCTYPE"):
        lint_source(parse_source(data), "x", SETTINGS)


@pytest.mark.parametrize(
    "draft",
    [
        counted_article(),
        counted_heading(),
        body(8, "2. UBND, HĐND"),
        replace(GOOD.of("BTC"), issuer="BAN TỔ CHỨC HỘI THI", lines={"issuer": 18.0}),
        replace(GOOD, addressee=("Kính gửi: Phòng Tổ chức cán bộ, Sở Nội vụ",)),
        replace(GOOD, addressee=("Kính gửi: Ủy ban nhân dân các tỉnh, thành phố",)),
        body(9, f"Điều 5 Luật Lưu trữ quy định: {LONG}."),
        body(9, f"**Điều 5 Luật Lưu trữ** quy định: {LONG}."),
        replace(GOOD, number="Số: 15/BC-TT.HĐND", annexes=(), body=(Line(f"{LONG}."), *GOOD.body[1:])),
    ],
    ids=[
        "Điều tự động",
        "La Mã tự động",
        "chữ tắt",
        "ban tổ chức",
        "phòng của sở",
        "các tỉnh",
        "viện dẫn",
        "viện dẫn đậm",
        "TT.HĐND",
    ],
)
def test_what_only_looks_wrong_is_right(draft: Draft) -> None:
    assert faults(draft) == []


def test_levels_come_from_the_settings(tmp_path: Path) -> None:
    own = tmp_path / "rieng.toml"
    own.write_text('[muc]\nTT14 = "canh_bao"\nTT16 = "bo_qua"\n', encoding="utf-8")
    broken = replace(GOOD, motto="Độc lập – Tự do – Hạnh phúc", looks={"parent": {"bold": True}})
    verdict = lint_source(parse_source(build(broken)), "x", read_settings(own))
    assert [(f.code, str(f.level)) for f in verdict.findings] == [("TT14", "warning")]


@pytest.mark.parametrize(
    "text", ["[muc]\nTT14 = 'nang'", "la = 1", "bo_cap_huyen_tu = '2025'", "ten_co_quan = 3", "x = ["]
)
def test_a_faulty_settings_file_is_named(tmp_path: Path, text: str) -> None:
    from dvctt_report.text.errors import CannotRun

    own = tmp_path / "rieng.toml"
    own.write_text(text, encoding="utf-8")
    with pytest.raises(CannotRun, match=r"rieng\.toml"):
        read_settings(own)


def test_a_long_document_has_no_other_faults_than_a_short_one() -> None:
    many = (*GOOD.body[:-1], *(Line(f"{LONG}. {LONG}. {LONG}.") for _ in range(200)), GOOD.body[-1])
    assert faults(replace(GOOD, body=many)) == []


CENTRED: Look = {**CENTRE, "bold": True, "before": 6, "keep": True}
PLAN = replace(
    GOOD,
    kind="KẾ HOẠCH",
    number="Số: 15/KH-SNV",
    addressee=(),
    bases=(),
    recipients=("- UBND tỉnh (b/c);", "- Thường trực HĐND,\nUBND các xã;", "- Lưu: VT, CCHC (02)."),
    annexes=(),
    body=(Line(f"{LONG}."), *GOOD.body[1:]),
)
RIGHT = {
    "thẩm quyền ban hành trước căn cứ": replace(
        DECISION,
        bases=(),
        body=(
            Line("ỦY BAN NHÂN DÂN TỈNH", CENTRED),
            Line(DECISION.bases[0], {**BODY, "italic": True}),
            Line("Theo đề nghị của Giám đốc Sở Nội vụ.", {**BODY, "italic": True}),
            *DECISION.body,
        ),
    ),
    "tờ trình": replace(
        GOOD,
        kind="TỜ TRÌNH",
        number="Số: 15/TTr-SNV",
        annexes=tuple(
            replace(a, attached=a.attached.replace("Báo cáo", "Tờ trình").replace("/BC", "/TTr"))
            for a in GOOD.annexes
        ),
    ),
    "kế hoạch": PLAN,
    "quy chế có chương": replace(
        PLAN,
        kind="QUY CHẾ",
        number="Số: 15/QC-SNV",
        subject="Làm việc của Sở",
        lines={"subject": 16.0},
        body=(
            Line("Chương I", CENTRED),
            Line("QUY ĐỊNH CHUNG", CENTRED),
            Line("**Điều 1. Phạm vi điều chỉnh**", {**BODY, "keep": True}),
            Line(f"1. {LONG}."),
            Line(f"2. {LONG}."),
            Line("Chương II", CENTRED),
            Line("TỔ CHỨC THỰC HIỆN", CENTRED),
            Line("**Điều 2. Hiệu lực**", {**BODY, "keep": True}),
            Line(f"1. {LONG}:"),
            Line(f"a) {LONG};"),
            Line(f"b) {LONG}./."),
        ),
    ),
    "chữ viết hoa mở đầu như số La Mã": replace(
        GOOD, body=(*GOOD.body[:11], Line("VI PHẠM VÀ XỬ LÝ", {**HEADING}), *GOOD.body[11:])
    ),
    "liệt kê số La Mã": replace(GOOD, body=(Line(f"I, II, III là các nhóm. {LONG}."), *GOOD.body)),
    "phần và tiêu đề trong một đoạn": replace(GOOD, body=(Line("Phần I\nKẾT QUẢ", CENTRED), *GOOD.body)),
    "thừa lệnh, ký thay": replace(
        GOOD, authority=("TL. CHỦ TỊCH", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG")
    ),
    "một đoạn hai dòng": replace(GOOD, authority=("KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC",)),
    "quyền": replace(GOOD, authority=("Q. GIÁM ĐỐC",)),
    "phụ trách ở dòng dưới": replace(GOOD, authority=("PHÓ GIÁM ĐỐC\nPHỤ TRÁCH",)),
    "tên có cấp bậc": replace(GOOD, name="Đại tá Nguyễn Văn An"),
    "tên có chú thích": replace(GOOD, name="Nguyễn Văn An (đã ký)"),
    "thừa ủy quyền": replace(GOOD, authority=("TUQ. CHỦ TỊCH", "GIÁM ĐỐC SỞ NỘI VỤ")),
    "tổng biên tập, kế toán": replace(GOOD, authority=("TL. GIÁM ĐỐC", "KẾ TOÁN TRƯỞNG")),
    "quyết định của Chủ tịch": replace(
        DECISION,
        authority=("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        body=(Line("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH A", {**CENTRE, "bold": True, "before": 6}), *DECISION.body),
    ),
    "công văn của UBND, thừa lệnh": replace(
        LETTER.of("UBND"),
        parent="",
        issuer="ỦY BAN NHÂN DÂN\nTỈNH A",
        lines={"issuer": 18.0},
        authority=("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"),
    ),
    "hội có chủ tịch": replace(
        GOOD.of("HND"),
        parent="",
        issuer="HỘI NÔNG DÂN TỈNH A",
        lines={"issuer": 18.0},
        authority=("CHỦ TỊCH",),
    ),
    "xã": replace(
        GOOD.of("UBND"),
        parent="",
        issuer="ỦY BAN NHÂN DÂN\nXÃ BÌNH AN",
        lines={"issuer": 18.0},
        authority=("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
    ),
    "văn phòng UBND": replace(
        GOOD,
        issuer="VĂN PHÒNG UBND",
        lines={"issuer": 18.0},
        number="Số: 15/BC-VP-UBND",
        authority=("KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"),
        body=(Line(f"{LONG}."), *GOOD.body[1:]),
        annexes=(),
    ),
    "bộ": replace(GOOD.of("BNV"), parent="", issuer="BỘ NỘI VỤ", authority=("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG")),
    "cục thuộc bộ": replace(
        GOOD.of("CVT"),
        parent="BỘ NỘI VỤ",
        issuer="CỤC VĂN THƯ",
        lines={"issuer": 14.0},
        authority=("CỤC TRƯỞNG",),
    ),
    "hỏa tốc": replace(
        LETTER,
        body=(
            Line(raw=para("", inner=text_box(para("HỎA TỐC", **CENTRE, bold=True, size=13), 30))),
            *LETTER.body,
        ),
    ),
    "bộ cỡ chữ nhỏ": replace(
        GOOD,
        looks={
            "state": {"size": 12},
            "motto": {"size": 13},
            "date": {"size": 13},
            "parent": {"size": 12},
            "issuer": {"size": 12},
        },
        lines={"motto": 56.0},
    ),
}


@pytest.mark.parametrize("draft", RIGHT.values(), ids=RIGHT)
def test_other_right_documents_have_no_fault(draft: Draft) -> None:
    assert faults(draft) == []


@pytest.mark.parametrize(
    "text",
    [
        "gồm các ông, bà có tên trong danh sách kèm theo",
        "báo cáo theo biểu mẫu kèm theo",
        "báo cáo theo mẫu gửi kèm",
        "tổ chức thực hiện (kèm theo danh sách và phân công nhiệm vụ)",
        "Ban hành kèm theo Báo cáo này danh sách đơn vị",
        "gửi danh sách các đơn vị tham gia (đính kèm)",
    ],
)
def test_an_annex_is_pointed_to_by_another_name(text: str) -> None:
    sole = (replace(GOOD.annexes[0], label="Phụ lục", title="DANH SÁCH ĐƠN VỊ"),)
    body = (Line(f"{LONG}, {text}."), *GOOD.body[1:])
    assert faults(replace(GOOD, annexes=sole, body=body)) == []


def test_one_of_several_annexes_is_pointed_to_by_the_first_words_of_its_title() -> None:
    body = (Line(f"{LONG} (danh sách kèm theo). Chi tiết tại Phụ lục I."), *GOOD.body[1:])
    assert faults(replace(GOOD, body=body)) == []


@pytest.mark.parametrize(
    ("issuer", "level"),
    [
        ("TRƯỜNG MẦM NON HOA SEN", ""),
        ("PHÒNG KINH TẾ", ""),
        ("TRẠM Y TẾ", ""),
        ("TRUNG TÂM VĂN HÓA", "warning"),
        ("TRƯỜNG ĐẠI HỌC A", "warning"),
        ("SỞ NỘI VỤ", "error"),
        ("ỦY BAN NHÂN DÂN XÃ A", "error"),
        ("HỘI ĐỒNG NHÂN DÂN XÃ A", "error"),
    ],
)
def test_a_unit_behind_vt_is_asked_for_as_surely_as_the_office_has_any(issuer: str, level: str) -> None:
    draft = replace(
        LETTER, issuer=issuer, recipients=("- Như trên;", "- Lưu: VT."), lines={"issuer": 0.4 * 40}
    )
    levels = [str(f.level) for f in verdict_of(draft).findings if f.code == "TT56"]
    assert levels == ([level] if level else [])


@pytest.mark.parametrize("body", ["ỦY BAN NHÂN DÂN", "HỘI ĐỒNG NHÂN DÂN"])
@pytest.mark.parametrize("draft", [DECISION, replace(LETTER, number="Số: 12/UBND")], ids=["QĐ", "công văn"])
def test_a_commune_that_names_no_unit_in_its_number_is_asked_for_none(draft: Draft, body: str) -> None:
    commune = replace(draft, issuer=f"{body} XÃ A", recipients=("- Như Điều 3;", "- Lưu: VT."))
    assert not [f for f in verdict_of(commune).findings if f.code == "TT56"]


def test_of_several_lines_the_one_that_looks_wrong_is_quoted_and_pointed_to() -> None:
    light = replace(GOOD, body=GOOD.body[1:], annexes=(), looks={"subject": {**CENTRE, "bold": False}})
    front = head(light)
    end = "".join(line.xml() for line in light.body) + signature(light) + light.sheet.xml()
    at = front.rindex("<w:p>", 0, front.index(GOOD.subject))
    above = para("Kết quả rà soát, đơn giản hóa thủ tục hành chính và", **CENTRE, bold=True)
    made = package(front[:at] + above + front[at:] + end, light)
    (found,) = (f for f in lint_source(parse_source(made), "x.docx", SETTINGS).findings)
    assert (found.code, found.text, found.found) == ("TT32", GOOD.subject, "không đậm")
    assert found.spot.paragraph is not None
    assert found.spot.paragraph.text == GOOD.subject


@pytest.mark.parametrize(
    ("look", "told"),
    [
        ({"highlight": "yellow"}, "tô nền màu vàng"),
        ({"highlight": "darkCyan"}, "tô nền màu xanh lơ sẫm"),
        ({"colour": "FF0000"}, "chữ màu #FF0000"),
    ],
)
def test_a_colour_is_told_in_vietnamese_or_by_its_figures(look: dict[str, str], told: str) -> None:
    assert [found for _, _, found in faults(body(11, **look))] == [told]


def test_every_colour_of_the_highlighter_has_a_vietnamese_name() -> None:
    names = [str(colour.xml_value) for colour in WD_COLOR_INDEX if colour > 0]
    lines = (Line(f"{LONG}.", {**BODY, "highlight": name}) for name in names)
    found = [told for code, _, told in faults(replace(GOOD, body=(*lines, *GOOD.body))) if code == "TT05"]
    assert len({*found}) == len(names) - 1 == 15  # white is no ground
    assert all(told.startswith("tô nền màu ") and "khác" not in told for told in found)


@pytest.mark.parametrize(
    ("authority", "right"),
    [
        (("TL. BAN VĂN HÓA - XÃ HỘI", "TRƯỞNG BAN"), "“TM. BAN VĂN HÓA - XÃ HỘI”"),
        (("TUQ. BAN PHÁP CHẾ", "PHÓ TRƯỞNG BAN"), "“TM. BAN PHÁP CHẾ”"),
        (("TM. BAN VĂN HÓA - XÃ HỘI", "TRƯỞNG BAN"), ""),
        (("TL. CHỦ TỊCH", "TRƯỞNG BAN"), ""),
        (("TL. BAN GIÁM ĐỐC", "TRƯỞNG PHÒNG"), ""),
    ],
)
def test_a_collective_is_signed_for_by_its_head(authority: tuple[str, ...], right: str) -> None:
    found = [f.expected for f in verdict_of(replace(GOOD, authority=authority)).findings if f.code == "TT50"]
    assert found == ([right] if right else [])


@pytest.mark.parametrize("line", ["- Lưu: VT, NV1, H.12b.", "- Lưu: VT, KGVX (02b), Hg.", "- Lưu: VT,VP."])
def test_what_follows_the_unit_is_the_offices_own(line: str) -> None:
    assert faults(replace(GOOD, recipients=("- Như trên;", line))) == []


@pytest.mark.parametrize(
    ("line", "found", "right"),
    [
        ("- Lưu: CCHC, VT.", "“VT” không đứng đầu", "“- Lưu: VT, CCHC.”"),
        ("- Lưu: VT; CCHC.", "dấu “;” sau “VT”", "“- Lưu: VT, CCHC.”"),
        ("- Lưu: VT CCHC.", "thiếu dấu phẩy sau “VT”", "“- Lưu: VT, CCHC.”"),
    ],
)
def test_the_line_kept_is_mended_with_its_own_words(line: str, found: str, right: str) -> None:
    (fault,) = verdict_of(replace(GOOD, recipients=("- Như trên;", line))).findings
    assert (fault.found, fault.expected) == (found, right)


@pytest.mark.parametrize(
    "authority",
    [
        ("PHÓ GIÁM ĐỐC PHỤ TRÁCH",),
        ("PHÓ GIÁM ĐỐC ĐIỀU HÀNH",),
        ("TUQ. CHỦ TỊCH", "PHÓ CHÁNH VĂN PHÒNG"),
        ("TL. GIÁM ĐỐC", "KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG"),
        ("TL. GIÁM ĐỐC", "PHÓ TRƯỞNG PHÒNG PHỤ TRÁCH"),
        ("TL. GIÁM ĐỐC", "PHÓ TRƯỞNG PHÒNG", "PHỤ TRÁCH PHÒNG"),
        ("TM. BAN CHỈ ĐẠO", "PHÓ TRƯỞNG BAN"),
        ("KT. TRƯỞNG BAN", "PHÓ TRƯỞNG BAN", "PHÓ CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH"),
        ("TRƯỞNG ĐOÀN", "PHÓ GIÁM ĐỐC SỞ NỘI VỤ"),
    ],
)
def test_deputies_who_sign_in_their_own_right_are_no_fault(authority: tuple[str, ...]) -> None:
    assert faults(replace(GOOD, authority=authority)) == []


@pytest.mark.parametrize(
    ("above", "deputy", "right"),
    [
        ("TL. CHỦ TỊCH", "PHÓ CHÁNH VĂN PHÒNG", "“KT. CHÁNH VĂN PHÒNG” ở dòng trên"),
        ("TL. GIÁM ĐỐC", "PHÓ TRƯỞNG PHÒNG", "“KT. TRƯỞNG PHÒNG” ở dòng trên"),
        ("TL. BỘ TRƯỞNG", "PHÓ VỤ TRƯỞNG", "“KT. VỤ TRƯỞNG” ở dòng trên"),
        ("TL. CHÁNH THANH TRA", "PHÓ TRƯỞNG PHÒNG THƯỜNG TRỰC", "“KT. TRƯỞNG PHÒNG” ở dòng trên"),
    ],
)
def test_a_deputy_signs_by_order_in_the_place_of_the_units_head(above: str, deputy: str, right: str) -> None:
    (fault,) = verdict_of(replace(GOOD, authority=(above, deputy))).findings
    assert (fault.code, fault.level, fault.expected) == ("TT50", Severity.WARNING, right)
    assert fault.text == deputy


@pytest.mark.parametrize(
    ("parent", "issuer", "letters", "authority"),
    [
        ("SỞ NỘI VỤ", "TRƯỜNG CAO ĐẲNG NGHỀ", "TCĐN", ("PHÓ HIỆU TRƯỞNG PHỤ TRÁCH TRƯỜNG",)),
        ("", "HỘI ĐỒNG NHÂN DÂN\nTỈNH A", "HĐND", ("TM. THƯỜNG TRỰC HỘI ĐỒNG NHÂN DÂN", "PHÓ CHỦ TỊCH")),
    ],
)
def test_deputies_of_schools_and_councils_sign_in_their_own_right(
    parent: str, issuer: str, letters: str, authority: tuple[str, ...]
) -> None:
    draft = named("Thông báo", parent=parent, issuer=issuer, authority=authority).of(letters)
    assert faults(draft) == []


def test_a_deputy_who_chairs_a_meeting_signs_its_minutes() -> None:
    closing = signers(CLERK, ("PHÓ GIÁM ĐỐC", "Nguyễn Văn An")) + recipients(*KEPT)
    assert faults(minutes(closing=closing)) == []


@pytest.mark.parametrize("name", ["", "(Đã ký)", "Đã ký", "[Họ và tên]", "…………"])
def test_a_name_that_is_missing_is_a_fault_of_what_goes_to_be_signed(name: str) -> None:
    draft = replace(GOOD, name=name)
    assert faults(draft) == []
    final = lint_source(parse_source(build(draft)), "x", replace(SETTINGS, stage=Stage.SIGNING))
    named = [(f.outcome, str(f.level)) for f in final.findings if f.code == "TT51"]
    assert named == [(Outcome.FAIL, "error")]


def test_a_copy_with_the_name_below_its_mark_is_right() -> None:
    draft = replace(GOOD, name="(Đã ký)\nNguyễn Văn An")
    assert lint_source(parse_source(build(draft)), "x", replace(SETTINGS, stage=Stage.SIGNING)).findings == ()


@pytest.mark.parametrize(
    "line",
    [
        Line("Ghi chú: số liệu tính đến ngày 31 tháng 10.", {**BODY, "italic": True}),
        Line("(Kèm theo các biểu số liệu.)", {**BODY, "italic": True}),
        Line("[Nội dung do đơn vị bổ sung.]", {**BODY, "italic": True}),
        Line("“Không để ai bị bỏ lại phía sau.”", {**BODY, "italic": True}),
        Line("- Về chuyển đổi số", {**BODY, "italic": True}),
        Line("Xem tại https://vi.du.gov.vn", {**BODY, "underline": True}),
        Line(f"{LONG}.", {**BODY, "spacing": -0.1}),
        Line("Bố trí kinh phí.", {**BODY, "left": 12.7, "first": 0}),
        Line("Bố trí kinh phí.", {**BODY, "right": 30}),
    ],
    ids=lambda line: line.text[:20],
)
def test_letters_and_indents_that_nobody_would_blame_are_no_fault(line: Line) -> None:
    assert faults(replace(GOOD, body=(*GOOD.body[:11], line, *GOOD.body[11:]))) == []


@pytest.mark.parametrize("link", ["element", "field"])
def test_a_link_may_be_underlined(link: str) -> None:
    words = runs("tại đây", underline=True)
    if link == "element":
        inner = f'<w:hyperlink w:anchor="a">{words}</w:hyperlink>'
    else:
        inner = f'<w:fldSimple w:instr=" HYPERLINK &quot;a&quot; ">{words}</w:fldSimple>'
    line = Line(raw=para("Xem ", **BODY, inner=inner + runs(".")))
    assert faults(replace(GOOD, body=(*GOOD.body[:11], line, *GOOD.body[11:]))) == []


def test_bases_that_open_otherwise_may_be_in_italics() -> None:
    told = ("Sau khi xem xét Tờ trình số 12/TTr-SNV ngày 05 tháng 3 năm 2025 của Sở Nội vụ;",)
    lines = tuple(Line(text, {**BODY, "italic": True}) for text in told)
    assert "TT42" not in {code for code, _, _ in faults(replace(DECISION, body=(*lines, *DECISION.body)))}


@pytest.mark.parametrize(
    "text",
    [
        "Ủy ban nhân dân tỉnh Bình An, Tỉnh ủy, Tỉnh đoàn và UBND Phường Điện Biên Phủ",
        "HĐND Tỉnh đoàn, UBND Tỉnh ủy",
        "Ủy ban nhân dân Thành phố Hồ Chí Minh; UBND Phường 5; UBND tỉnh",
        "rà soát, điều chỉnh theo điều 12 tháng một lần",
    ],
)
def test_capitals_that_belong_to_a_name_are_no_fault(text: str) -> None:
    body = (*GOOD.body[:9], Line(f"{LONG}: {text}."), *GOOD.body[10:])
    assert faults(replace(GOOD, body=body)) == []


@pytest.mark.parametrize(
    ("issuer", "number"),
    [
        ("SỞ NỘI VỤ", "Số: 12/SNV-CCHC"),
        ("SỞ NỘI VỤ", "Số: 12/SNV-CCHC-TCCB"),
        ("VĂN PHÒNG", "Số: 12/VP-SNV"),
        ("SỞ KHOA HỌC VÀ CÔNG NGHỆ", "Số: 12/SKHCN-VP"),
        ("SỞ NỘI VỤ", "Số: ____/SNV-CCHC"),
    ],
)
def test_symbols_that_the_letterhead_does_not_contradict_are_no_fault(issuer: str, number: str) -> None:
    draft = replace(LETTER, issuer=issuer, number=number)
    assert [f for f in faults(draft) if f[0] in ("TT21", "TT22")] == []


@pytest.mark.parametrize("align", ["left", "right"])
def test_a_page_number_in_a_centred_frame_is_centred(align: str) -> None:
    assert faults(replace(GOOD, header=page_number(align=align, frame="center"))) == []


@pytest.mark.parametrize("parted", ["section", "break"])
def test_one_page_of_text_and_one_of_annex_need_no_number(parted: str) -> None:
    lines = (Line(f"{LONG} (Phụ lục kèm theo)./."),)
    attached = GOOD.annexes[0].attached.replace("Báo cáo", "Kế hoạch").replace("/BC-", "/KH-")
    annex = replace(GOOD.annexes[0], label="Phụ lục", attached=attached)
    draft = replace(PLAN, body=lines, header="")
    if parted == "section":
        draft = replace(draft, annexes=(annex,))
    else:
        draft = replace(draft, behind=para("", inner='<w:r><w:br w:type="page"/></w:r>') + annex.xml())
    assert faults(draft) == []
    longer = replace(draft, body=lines * 20)
    assert "TT08" in {code for code, _, _ in faults(longer)}


def test_faults_of_a_letterhead_in_text_boxes_are_found_as_in_a_table() -> None:
    # Where a box stands is set freely: two lines in one row, a column, the page's edge can't be told by it.
    placed = re.compile("thấp hơn|bên trái|lệch cột|lấn ra")
    heads = [b for b in BREAKAGES if "TT12" <= b.code <= "TT33" and not placed.search(b.name)]
    missed = [
        (b.code, b.name)
        for b in heads
        if {(c, p) for c, p, _ in faults(replace(b.draft, manner="boxes"))} != {(b.code, b.place)}
    ]
    assert len(heads) > 30
    assert missed == []


@pytest.mark.parametrize(
    "lines",
    [
        ("- Như trên;", "- C, PCVP UBND tỉnh,", "  các phòng CV, TT TTTT;", "- Lưu: VT, TH."),
        ("- Như trên;", "- Thường trực HĐND, UBND", "các xã, phường;", "- Lưu: VT, TH."),
        ("- Như trên;", "- Phó Giám đốc Sở Nguyễn", "   Văn A;", "- Lưu: VT, TH."),
        ("- Như trên;", "- Các sở, ban, ngành,", "UBND các xã;", "- Lưu: VT, TH."),
        ("- Như trên;", "- Lưu: VT,", "  TH (02b)."),
        ("- Như trên;", "- Lưu: VT, TH.", "PL.(300)"),
        ("- Như trên;", "- Văn phòng UBND\ntỉnh;", "- Lưu: VT, TH."),
    ],
    ids=["dấu phẩy", "chữ thường", "lùi vào", "chữ hoa sau dấu phẩy", "Lưu", "số bản", "ngắt dòng"],
)
def test_a_recipient_broken_by_hand_is_one_recipient(lines: tuple[str, ...]) -> None:
    assert faults(replace(GOOD, recipients=lines)) == []


@pytest.mark.parametrize(
    "lines",
    [
        ("- Như trên;", "Văn phòng UBND tỉnh;", "- Lưu: VT, TH."),
        ("- Như trên;", "văn phòng UBND tỉnh;", "- Lưu: VT, TH."),
        ("- Như trên", "Văn phòng UBND tỉnh;", "- Lưu: VT, TH."),
        ("- Như trên;", "- Văn phòng,", "- Sở A;", "- Lưu: VT, TH."),
    ],
)
def test_a_recipient_without_its_dash_or_sign_is_found(lines: tuple[str, ...]) -> None:
    assert "TT55" in {code for code, _, _ in faults(replace(GOOD, recipients=lines))}


@pytest.mark.parametrize(("side", "codes"), [("center", set()), ("right", {"TT08"})])
def test_a_page_number_in_a_text_box_stands_where_the_box_does(side: str, codes: set[str]) -> None:
    placed = f'<wp:positionH relativeFrom="margin"><wp:align>{side}</wp:align></wp:positionH>'
    box = text_box(page_number(align="left"), 10)
    box = box.replace("<wp:inline>", f"<wp:anchor>{placed}").replace("</wp:inline>", "</wp:anchor>")
    assert {code for code, _, _ in faults(replace(GOOD, header=para("", inner=box)))} == codes


@pytest.mark.parametrize(
    ("day", "city", "told"),
    [
        ("05 tháng 9 năm 2025", "Đồng Nai", ["TT63"]),
        ("05 tháng 5 năm 2026", "Đồng Nai", []),
        ("05 tháng 5 năm 2026", "Phan Thiết", ["TT63"]),
    ],
)
def test_a_city_is_a_province_from_its_day_on(day: str, city: str, told: list[str]) -> None:
    draft = replace(LETTER, addressee=(f"Kính gửi: UBND thành phố {city}",), date=f"Bình An, ngày {day}")
    assert [code for code, _, _ in faults(draft)] == told


def test_what_an_ended_district_belongs_to_now_is_told() -> None:
    late = replace(LETTER, date="Bình An, ngày 05 tháng 9 năm 2025")
    for district, now in (
        ("huyện Ninh Phước", "Xã Ninh Phước, Xã Phước Hậu, Xã Phước Hữu và Xã Phước Dinh"),
        (
            "thành phố Phan Rang - Tháp Chàm",
            "Phường Phan Rang; Phường Đông Hải; Xã Phước Dinh và 1 đơn vị khác",
        ),
        ("huyện B", ""),
    ):
        letter = replace(late, addressee=(f"Kính gửi: UBND {district}",))
        fix = next(f.fix for f in verdict_of(letter).findings if f.code == "TT63")
        assert (now in fix) if now else "nay thuộc" not in fix
