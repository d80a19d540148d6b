"""What Excel opens without asking is read, and what is refused is refused for what is wrong with it."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Iterable
from contextlib import suppress

import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from dvctt_report.file_kinds import FileKind, sniff
from dvctt_report.intake import container
from dvctt_report.intake.cells import Unreadable
from dvctt_report.intake.container import REFUSALS, read_workbook
from dvctt_report.resources import resource_path
from tests.forms.fill import fill

PLAIN = fill("SYT", 3).data
OLD = next((resource_path("sample_data") / "nhan-ve" / "2025").glob("*.xls")).read_bytes()


def locked(password: str) -> bytes:
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(PLAIN)).encrypt(password, out)
    return out.getvalue()


def reason(data: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        read_workbook(data)
    return refused.value.reason


def test_a_workbook_under_the_key_that_every_excel_knows_is_read() -> None:
    data = locked("VelvetSweatshop")

    assert sniff(data) is FileKind.ENCRYPTED
    assert read_workbook(data) == read_workbook(PLAIN)


def test_a_workbook_under_any_other_password_is_refused_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert reason(locked("1")) == REFUSALS[FileKind.ENCRYPTED][0]
    monkeypatch.setattr(container, "MAX_SPINS", 1_000)
    assert reason(locked("VelvetSweatshop")) == REFUSALS[FileKind.ENCRYPTED][0]


def test_a_damaged_encryption_is_told_from_a_password() -> None:
    data = locked("VelvetSweatshop")
    damaged = data.replace(b"<keyData", b"<kexData").replace(b"spinCount", b"spunCount")

    assert "mã hóa" in reason(damaged)


def test_an_xls_whose_storage_only_excel_would_follow_is_read() -> None:
    odd = bytearray(OLD)
    odd[28:30] = b"\xff\xfe"  # the mark of the order of bytes

    assert read_workbook(bytes(odd)) == read_workbook(OLD)


def test_an_xls_whose_storage_nobody_can_follow_is_refused_for_it() -> None:
    odd = bytearray(OLD)
    odd[28:30], odd[76:80] = b"\xff\xfe", b"\xf0\xff\xff\x7f"  # and where its table of sectors stands

    assert "Cấu trúc lưu trữ" in reason(bytes(odd))


def test_an_xls_cell_whose_style_is_gone_is_read_as_excel_shows_it() -> None:
    odd = bytearray(OLD)
    for record in list(re.finditer(rb"\xfd\x00\x0a\x00", OLD))[:5]:
        odd[record.start() + 8 : record.start() + 10] = b"\xff\x0f"

    ours, theirs = read_workbook(bytes(odd)), read_workbook(OLD)
    assert [[c.value for c in s.cells.values()] for s in ours.sheets] == [
        [c.value for c in s.cells.values()] for s in theirs.sheets
    ]


def test_a_spoilt_xls_is_never_a_fault_of_the_program() -> None:
    rng = random.Random(7)
    for _ in range(60):
        odd = bytearray(OLD)
        for _ in range(rng.choice([1, 3, 10, 40])):
            odd[rng.randrange(len(odd))] = rng.randrange(256)
        with suppress(Unreadable):
            read_workbook(bytes(odd))


def test_a_shortcut_is_told_from_the_file_it_leads_to() -> None:
    shortcut = b"L\0\0\0\x01\x14\x02\0\0\0\0\0\xc0\0\0\0\0\0\0F" + b"\0" * 60

    assert "lối tắt" in reason(shortcut)


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(parts: Iterable[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, part in parts:
            package.writestr(name, part)
    return out.getvalue()


@pytest.mark.parametrize(
    ("gone", "said"),
    [
        ("xl/workbook.xml", 'thiếu thành phần "xl/workbook.xml"'),
        ("xl/worksheets/sheet3.xml", 'thiếu thành phần "xl/worksheets/sheet3.xml"'),
        ("xl/sharedStrings.xml", "không có chuỗi số"),
    ],
)
def test_a_part_that_is_not_there_is_called_missing(gone: str, said: str) -> None:
    parts = parts_of(PLAIN)

    assert said in reason(packed((n, p) for n, p in parts.items() if n != gone))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name_are_a_question_of_which() -> None:
    parts = list(parts_of(PLAIN).items())
    other = next((n.upper(), p) for n, p in parts if n.endswith("sheet3.xml"))

    assert 'hai thành phần cùng tên "xl/worksheets/sheet3.xml"' in reason(packed([*parts, other]))
    assert "hai thành phần cùng tên" in reason(packed([*parts, parts[-1], parts[0]]))


def test_an_xls_that_was_cut_off_is_called_so() -> None:
    assert {reason(OLD[: len(OLD) * n // 10]) for n in (2, 5, 8)} == {REFUSALS[FileKind.DAMAGED][0]}


def test_a_file_of_nothing_but_zeros_was_not_copied_whole() -> None:
    assert "chép chưa xong" in reason(bytes(40_000))
