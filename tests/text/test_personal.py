"""Private persons' numbers are left out of what leaves the office, however written; nothing else is."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path
from random import Random

import openpyxl
import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from dvctt_report.text import personal
from dvctt_report.text.file_names import known_as
from dvctt_report.text.personal import IDENTITY, MOBILE, kinds_in, masked
from dvctt_report.text.resources import resource_path
from tests.spelling import ACCOUNT, CARD, PHONE, readable, spelled
from tests.test_linear_patterns import LONGER, grows, slow


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("CCCD 058099001234, gọi 0912 345 678", "CCCD …, gọi …"),
        ("058.099.001.234 và +84 912345678", "… và …"),
        ("079-203-001234; 079,203,001,234; 0 7 9 2 0 3 0 0 1 2 3 4", "…; …; …"),
        ("CMND 261234567; CMND (09 số): 261.234.567", "CMND …; CMND (09 số): …"),
        ("số chứng minh nhân dân của ông A là 261 234 567", "số chứng minh nhân dân của ông A là …"),
        ("hộ chiếu B1234567", "hộ chiếu …"),
        ("(84) 912 345 678; (+84)(0)912345678; 00 84 912 345 678", "…; …; …"),
        ("+84.912.345.678; 0 912 345 678; 0.912.345.678", "…; …; …"),
        ("(0912) 345 678; 0912/345/678; 0912·345·678; 0912–345–678", "…; …; …; …"),
        ("０９１２３４５６７８, ⓪⑨①②③④⑤⑥⑦⑧, ٠٩١٢٣٤٥٦٧٨", "…, …, …"),
        ("09\u200b12\u00ad345678, 0912\u00a0345\u2009678, 0\u03019\u030112345678", "…, …, …"),
        ("0912�345�678, 0912\n345\n678", "…, …"),
        ("sđt0912345678gặp Lan; O912 345 678; 1. 0912345678", "sđt…gặp Lan; …; 1. …"),
        ("0912.345.678, 0987.654.321; 0356 789 012", "…, …; …"),
        ("thư an.nguyen@gmail.com, hoặc a@b.vn.", "thư …, hoặc …."),
        ("lan @gmail.com; fanpage@gmail.com", "…; …"),
        ("a . b @ gmail . com; an(at)gmail.com; an [at] gmail [dot] com", "…; …; …"),
        ("an a còng gmail chấm com; an＠gmail．com; an@gmail", "…; …; …"),
        ("Số tài khoản: 0071 0012 3456 7; STK 123456789", "Số tài khoản: …; STK …"),
        ("số TK là 0071001234567, tài khoản số 19-034-567-890", "số TK là …, tài khoản số …"),
        ("VCB: 0071001234567; Agribank chi nhánh Ninh Thuận 4800205123456", None),
        ("https://a.vn/0912345678/058099001234", "https://a.vn/…/…"),
        ("https://a.vn/tin?id=0912345678&so=1", "https://a.vn/tin?id=…&so=1"),
        ("CCCD 58099001234; căn cước số 1099001234, gọi ông A", "CCCD …; căn cước số …, gọi ông A"),
        ("điện thoại 912345678; ĐT: 912 345 678; đt 912.345.678", "điện thoại …; ĐT: …; đt …"),
        ("https://zalo.me/0912345678, www.0912345678", "https://zalo.me/…, www.…"),
        ("0912345678 12 hồ sơ; 0 3 5 0912 345 678", "… 12 hồ sơ; 0 3 5 …"),
        ("STK 12 0912345678 99; 0912\x00345\x07678; 091234567½", "STK …; …; …"),
        ("(+84) - 912 - 345 - 678; +849 1234 5678; 84 9 1 2 3 4 5 6 7 8", "…; …; …"),
        ("0912 345 67 8; [0912] [345] [678]; 0912'345'678; 0912=345=678", "…; …]; …; …"),
        ("tài khoản ngân hàng: 12345678; hộ chiếu số: C 1234567", "tài khoản ngân hàng: …; hộ chiếu số: …"),
        ("Số tài khoản của bà Lan: 12345678; tổng công ty, số tài khoản 12345678", None),
        ("số tài khoản ngân hàng là 345678; số tài khoản: 1234567 (BIDV)", None),
        ("số tài khoản của bà Lan: 345678; số TK 1234567 tại VCB; tài khoản số 345678", None),
        ("Số tài khoản đã đăng ký: 0071001234567", "Số tài khoản đã đăng ký: …"),
        ("số tài khoản đã kích hoạt 19036543210987", "số tài khoản đã kích hoạt …"),
        ("thu qua ngân hàng 19036543210987, 05.80.99.00.12.34", "thu qua ngân hàng …, …"),
        ("đã cấp CMND 261 234 567; cấp thẻ căn cước 079 203 001 234", "đã cấp CMND …; cấp thẻ căn cước …"),
        ("SĐT: 0988111222,0912700434; 0912345678,0987654321", "SĐT: …,…; …,…"),
        (
            "CMND 264512345 người đứng đầu; STK 0123456789 người nhận A",
            "CMND … người đứng đầu; STK … người nhận A",
        ),
        ("19036543210987 Techcombank; 19036543210987 - Vietcombank", "… Techcombank; … - Vietcombank"),
        ("19036543210987 (BIDV); 0071001234567 tại ngân hàng Agribank", "… (BIDV); … tại ngân hàng Agribank"),
        ("0912345678,50; 0912345678.2; 0912’345’678; 0912, 345, 678", "…,50; ….2; …; …"),
        ("STK19036543210987; thẻ ATM 9704366612345678; 9704 3666 1234 5678", "STK…; thẻ ATM …; …"),
        ("https://a.vn/x?phone=0912345678 và a.vn", "https://a.vn/x?phone=… và a.vn"),
        ("sđt 912 345 678; số điện thoại: 912345678", "sđt …; số điện thoại: …"),
        ("05809300123 4; gọi 0912......345678, +84 ...... 912345678", "…; gọi …, …"),
        ("058......093001234; 0912 , 345 , 678", "…; …"),
        ("không có số nào", "không có số nào"),
    ],
)
def test_what_is_a_private_persons_is_left_out(text: str, shown: str | None) -> None:
    assert masked(text) == shown or (shown is None and not any(map(str.isdigit, masked(text))))
    assert masked(masked(text)) == masked(text)


@pytest.mark.parametrize(
    "text",
    [
        "120 tài khoản, 1.234.567.890 đồng, số 12/KH-UBND, 0259 3822 999",
        "TK 2 người; mở 12 tài khoản 5 lần; cấp 1.234.567 tài khoản định danh",
        "132.982/170.863 hồ sơ; căn cước: 132.982/170.863; 2.715; 79.096 63.245 79,96; 096 63.245 79,96",
        "84.912.345.678 đồng; 84 912 345 678 đồng; 84.912.345.678; 12.091.234.567.890",
        "05.11.2025 - 07.11.2025; 2025-11-05 09.12.34; 15/12/2024 – 14/12/2025",
        "987/BC-SNV ngày 09/12/2025, số 06/QĐ-TTg, số 749/QĐ-TTg ngày 03/02/2024",
        "000.00.01.H32; 000.00.01.H32-240115-0001; G22.99-240109-0010",
        "0259.3822.999; (0259) 3 822 999; 02593822999; 1900 1009",
        "0.912345678; 0,912345678; 0.9589322260123456; 1.0912345678",
        "Agribank: 132.982 hồ sơ; BIDV 221.996.000 đồng; BIDV 221.996.000; Ngân hàng CSXH: 221996000 đồng",
        "chuyển khoản số tiền 4512345678; 0, 35, 12, 0, 5, 123, 77",
        "3f9c1a2b0912345678ffab; 08974 08995; 000_000_000_000; giá @ 5.000",
        "Tổng số tài khoản: 1234567; số tài khoản đã kích hoạt 345678; số tài khoản: 1.234.567",
        "số tài khoản định danh điện tử là 345678; số tài khoản định danh đã được phê duyệt: 45.678.901",
        "thu qua ngân hàng 1234567890; CCCD: 123456789012 trường hợp; cấp căn cước 123 456 789",
        "1.234.567.890 BIDV, 221.996.000 - Agribank; 9.704.366 tài khoản; điện thoại 912.345.678 đồng",
        "thu 221996000 tại Agribank",
        "số lượng tài khoản: 345678; số tài khoản mức 2: 345678; tài khoản VNeID là 1 234 567",
        "số tài khoản tổ chức, doanh nghiệp: 345678; số tài khoản đạt 95,25% (345678/362917)",
        "số tài khoản an sinh xã hội đăng ký mới năm 2025: 345678; của cơ quan nhân dân: 12345",
        "giao dịch qua ngân hàng 1234567890; fanpage @ninhthuan.gov.vn; Trang @so.gov.vn",
        "đã thu 221996000 - BIDV: 12 hồ sơ",
        "zalo 912 345 678 người; số tài khoản 1234567 người; 12345,0912345678; 84 912 345 678,5 đồng",
        "03.05.08.12.15.20; H43.11-251101-0912345678",
        "https://a.vn/tin-tuc-20251105091234.html; https://a.vn/a0912345678; https://a.vn/912345678",
        "cấp căn cước 97099001234 lượt; điện thoại 912.345.678 đồng; căn cước 12.345.678.901 người",
        "02593822001 2; 02593822999 1 máy; Điều 5......345678; 0912...... 45 hồ sơ; 1......345678901",
    ],
)
def test_figures_days_and_codes_stay(text: str) -> None:
    assert masked(text) == text


def test_no_text_of_the_sample_and_of_the_plan_loses_anything(rendered_sample: Path) -> None:
    texts = set(_texts(resource_path("templates") / "ninh_thuan"))
    for folder in ("ket-qua", "nhan-ve", "noi-dung"):
        texts |= set(_texts(rendered_sample / folder))
    left_out = {text for text in texts if masked(text) != text}

    assert len(texts) > 3_000
    assert {text for text in left_out if "@" not in text and "0900 000 022" not in text} == set()


def _texts(folder: Path) -> Iterator[str]:
    """Every cell, paragraph and line of the files there."""
    for path in folder.rglob("*"):
        if path.suffix == ".xlsx":
            book = openpyxl.load_workbook(path, read_only=True)
            yield from (str(v) for s in book for row in s.iter_rows(values_only=True) for v in row if v)
        elif path.suffix == ".docx":
            document = Document(str(path))
            yield from (p.text for p in document.paragraphs)
            yield from (c.text for t in document.tables for row in t.rows for c in row.cells)
        elif path.suffix in (".toml", ".json", ".csv", ".html"):
            yield from path.read_text(encoding="utf-8").splitlines()


def test_what_a_form_must_not_hold_is_named() -> None:
    assert kinds_in("CCCD 058099001234, 0912345678") == [IDENTITY, MOBILE]
    assert kinds_in("CMND: 261 234 567; (84) 912–345–678") == [IDENTITY, MOBILE]
    assert kinds_in("https://a.vn/0912345678, a@b.vn") == []


@given(st.sampled_from((PHONE, CARD, ACCOUNT)), st.randoms(use_true_random=False))
def test_a_number_is_left_out_however_it_is_spelled(number: str, rng: Random) -> None:
    text = f"Liên hệ bà Lan, {spelled(number, rng)}, để nhận 132.982 hồ sơ."
    assert not readable(number, masked(text)), text
    assert masked(text).endswith("để nhận 132.982 hồ sơ.")


@given(st.text(alphabet="0123456789 .-/@()\n\u200b\u0301đacongstkcmndbidvTK,+_", max_size=60))
def test_masking_twice_is_masking_once_and_adds_nothing(text: str) -> None:
    once = masked(text)
    assert set(once) <= {*text, "…"}
    assert len(once) <= len(text)
    assert unicodedata.normalize("NFC", once) == unicodedata.normalize("NFC", masked(once))


def test_names_of_files_are_told_apart_without_the_number() -> None:
    names = ["a/BC 0912345678.xlsx", "a/BC 0987654321.xlsx", "0912 345 678/a.xlsx", "0912345679/a.xlsx"]
    known = [known_as(name) for name in names]

    assert len(set(known)) == 4
    assert not any(readable("0912345678", name) or readable("0987654321", name) for name in known)
    assert known[0].startswith("a/BC … ")
    assert known[0].endswith(".xlsx")
    assert [known_as(name) for name in known] == known
    assert known_as("nhan-ve/2025/BM2025_SNV (gửi lại).xlsx") == "nhan-ve/2025/BM2025_SNV (gửi lại).xlsx"


@pytest.mark.parametrize(
    "pattern", [pattern for _, pattern, _ in personal._KINDS], ids=lambda one: one.pattern
)
def test_each_pattern_takes_time_in_proportion(pattern: object) -> None:
    assert list(slow(pattern, frozenset({"search"}))) == []  # type: ignore[arg-type]


@pytest.mark.parametrize("piece", ["0", "0 ", "stk ", "cmnd 1", "a@", "a.", "84 ", "09.1", "tk 12 ", "@a. "])
def test_a_text_takes_time_in_proportion(piece: str) -> None:
    assert not grows(masked, piece * 500, piece * 500 * LONGER, 2)
