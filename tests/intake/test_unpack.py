"""A container is opened with distrust: what can't be taken out is refused by name, the rest goes on."""

from __future__ import annotations

import struct
import unicodedata
import zipfile
import zlib
from datetime import date, datetime

import pytest

from dvctt_report.files import packages
from dvctt_report.files import unpack as module
from dvctt_report.files.unpack import Member, is_container, unpack
from dvctt_report.text.limits import MAX_DEPTH
from tests.intake import outlook
from tests.intake.arrivals import forwarded, mail, raw_mail, renamed, zipped
from tests.made import tabled

NAME = "Biểu số liệu Sở Y tế.xlsx"
DISPOSITION = "Content-Type: application/octet-stream\nContent-Disposition: attachment; "


def reasons(members: tuple[Member, ...]) -> list[tuple[str, str]]:
    return [(m.file, m.refusal[0] if m.refusal else m.skipped) for m in members]


def test_files_come_in_their_order_with_their_bytes_and_folders_are_none() -> None:
    members = unpack("thu.zip", zipped({"b/": b"", "b/2.xlsx": b"two", "a/1.xlsx": b"one"}))

    assert members == (Member("thu.zip!/b/2.xlsx", b"two"), Member("thu.zip!/a/1.xlsx", b"one"))


def test_names_are_told_apart_composed_and_have_no_control_characters() -> None:
    alike = unpack("t.eml", mail([("a.xlsx", b"1"), ("a.xlsx", b"2"), ("a.xlsx", b"3")]))
    odd = unpack("t.zip", zipped({unicodedata.normalize("NFD", NAME): b"1", "a\x07b.xlsx": b"2"}))

    assert [m.file for m in alike] == ["t.eml!/a.xlsx", "t.eml!/a.xlsx (2)", "t.eml!/a.xlsx (3)"]
    assert [m.file for m in odd] == [f"t.zip!/{NAME}", "t.zip!/a\ufffdb.xlsx"]


def unicode_field(raw: bytes, name: str) -> bytes:
    body = b"\1" + struct.pack("<L", zlib.crc32(raw)) + name.encode()
    return struct.pack("<HH", 0x7075, len(body)) + body


@pytest.mark.parametrize(
    ("new", "extra", "expected"),
    [
        ("Sở.xls".encode(), b"", "Sở.xls"),
        (b"S\x94.xls--", b"", "Sö.xls--"),
        (b"S_.xls---", unicode_field(b"S_.xls---", "Sở Y tế.xls"), "Sở Y tế.xls"),
        (b"S_.xls---", unicode_field(b"another", "Sở Y tế.xls"), "S_.xls---"),
        (b"S\\y\\t.xls", b"", "S/y/t.xls"),
    ],
    ids=["UTF-8 without its flag", "old code page", "Unicode field", "field of another name", "backslashes"],
)
def test_a_name_in_a_zip_is_read_as_its_writer_meant_it(new: bytes, extra: bytes, expected: str) -> None:
    (member,) = unpack("t.zip", renamed("x" * len(new), new, b"1", extra))

    assert member.file == f"t.zip!/{expected}"


@tabled("headers", ids=["RFC 2231", "RFC 2231 continued", "RFC 2047", "raw UTF-8", "a path", "NFD"])
def test_a_name_in_a_mail_is_read_in_every_spelling(headers: str) -> None:
    (member,) = unpack("t.eml", raw_mail((DISPOSITION + headers, b"PK")))

    assert member == Member(f"t.eml!/{NAME}", b"PK")
    (nameless,) = unpack("t.eml", raw_mail(("Content-Type: application/vnd.ms-excel", b"1")))
    assert nameless == Member("t.eml!/tệp không tên", b"1")


def test_text_of_the_mail_is_no_file_and_its_pictures_are_skipped() -> None:
    sent = raw_mail(
        ("Content-Type: text/plain; charset=utf-8", b"Kinh gui"),
        ("Content-Type: text/html", b"<p>Kinh gui</p>"),
        ('Content-Type: image/png; name="logo.png"\nContent-ID: <logo>', b"\x89PNG"),
        ('Content-Type: application/pkcs7-signature; name="smime.p7s"', b"x"),
        ('Content-Type: text/csv; name="so.csv"\nContent-Disposition: attachment', b"1;2"),
        ('Content-Type: image/jpeg; name="anh.jpg"\nContent-Disposition: attachment', b"\xff\xd8"),
    )

    assert reasons(unpack("t.eml", sent)) == [
        ("t.eml!/logo.png", "ảnh chèn trong nội dung thư"),
        ("t.eml!/smime.p7s", "chữ ký điện tử của thư"),
        ("t.eml!/so.csv", ""),
        ("t.eml!/anh.jpg", ""),
    ]


def test_a_forwarded_mail_is_opened_too() -> None:
    (member,) = unpack("t.eml", forwarded(mail([(NAME, b"1")])))

    assert member == Member(f"t.eml!/thư đính kèm.eml!/{NAME}", b"1")


OUTSIDE = ("../x.xlsx", "a/../../x.xlsx", "/etc/x.xlsx", "C:\\x.xlsx", "c:x.xlsx", "..\\x.xlsx")
TWO = zipped({"a.xlsx": b"x" * 5000, "b.xlsx": b"2"})
REFUSED = {
    **{name: (zipped({name: b"1", "b.xlsx": b"2"}), "không an toàn", 1) for name in OUTSIDE},
    "damage": (TWO[:40] + bytes([TWO[40] ^ 0xFF]) + TWO[41:], "bị hỏng", 1),
    "LZMA, which may ask for any memory": (zipped({"a": b"x"}, zipfile.ZIP_LZMA), "không giải được", 0),
    "a folder": (zipped({"thư mục/": b""}), "không có tệp nào", 0),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_taken_out_is_refused_and_the_others_are_not(what: str) -> None:
    data, reason, n_good = REFUSED[what]
    bad, *good = unpack("t", data)

    assert bad.refusal is not None
    assert reason in bad.refusal[0]
    assert bad.data == (data if bad.file == "t" else b"")
    assert [(m.data, m.refusal) for m in good] == [(b"2", None)] * n_good


@pytest.mark.parametrize("name", ["Biểu 01: Sở Y tế.xlsx", "Lần 2: bổ sung/bieu.xlsx", "A: bieu.xlsx"])
def test_a_colon_in_a_name_leads_nowhere(name: str) -> None:
    assert unpack("t.zip", zipped({name: b"1"})) == (Member(f"t.zip!/{name}", b"1"),)


def test_one_absurd_ratio_is_refused_beside_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    files = {"bom.xlsx": b"\0" * 2_000_000, "tot.xlsx": b"2"}

    assert reasons(unpack("t.zip", zipped(files))) == [("t.zip!/bom.xlsx", ""), ("t.zip!/tot.xlsx", "")]
    monkeypatch.setattr(packages, "RATIO_FLOOR", 1_000_000)
    bad, good = unpack("t.zip", zipped(files))
    assert (bad.refusal is not None and "tỷ lệ nén" in bad.refusal[0], good.refusal) == (True, None)


def test_the_whole_is_refused_when_it_unpacks_to_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_UNPACKED", 3_000_000)
    inner = zipped({"a": b"a" * 1_000_000, "b": b"b" * 1_000_000})
    outer = zipped({"1.zip": inner, "2.zip": inner})

    assert len(unpack("t.zip", inner)) == 2
    (refused,) = unpack("t.zip", outer)
    assert (refused.file, refused.data) == ("t.zip", outer)
    assert "quá lớn" in str(refused.refusal)


def test_containers_in_containers_are_opened_only_so_deep() -> None:
    data = b"1"
    for _ in range(MAX_DEPTH):
        data = zipped({"a": data})
    assert unpack("t.zip", data)[0].data == b"1"

    (refused,) = unpack("t.zip", zipped({"a": data}))
    assert (refused.file, "lồng nhau" in str(refused.refusal)) == ("t.zip!/a!/a!/a", True)


def test_a_container_with_odd_headers_is_refused_or_read_and_never_breaks() -> None:
    for headers in ("Content-Disposition: ;;;=?", "Content-Type: ;", 'Content-Disposition: x; filename*="'):
        assert all(m.file.startswith("t.eml") for m in unpack("t.eml", raw_mail((headers, b"1"))))


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (zipped({"a.xlsx": b""}), True),
        (zipped({"Sở/xl/workbook.xml": b""}), True),
        (zipped({"xl/workbook.xml": b""}), False),
        (zipped({"a": b"", "[Content_Types].xml": b""}), False),
        (zipped({"mimetype": b""}), False),
        (mail(), True),
        (b"PK\3\4 damaged", False),
        (b"%PDF-1.7", False),
        (b"STT;1", False),
    ],
)
def test_a_container_is_told_from_a_document(data: bytes, expected: bool) -> None:
    assert is_container(data) is expected


@tabled(("stated", "day"))
def test_the_day_of_a_mail_is_that_of_vietnam(stated: str, day: date | None) -> None:
    sent = mail([("a.xlsx", b"PK")]).replace(b"Fri, 07 Nov 2025 08:30:00 +0700", stated.encode())
    within = mail([("thư.eml", sent)])  # of a mail in a mail the innermost counts
    assert [member.mailed_on for member in unpack("thu.eml", sent)] == [day]
    assert day is None or [member.mailed_on for member in unpack("thu.eml", within)] == [day]


def test_a_mail_of_outlook_says_when_it_arrived() -> None:
    ticks = round((datetime(2025, 11, 16, 18, 30) - datetime(1601, 1, 1)).total_seconds() * 10_000_000)
    (member,) = unpack("thu.msg", outlook.mail({"a.xlsx": b"PK"}, arrived=ticks))
    assert member.mailed_on == date(2025, 11, 17)
    (member,) = unpack("thu.msg", outlook.mail({"a.xlsx": b"PK"}))
    assert member.mailed_on is None
