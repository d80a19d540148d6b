"""Every sentence that says why a file is not read has a file that shows it."""

from __future__ import annotations

import ast
import io
import random
import re
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import xlsxwriter

from dvctt_report.files import cells, container, packages, unpack, xlsx
from dvctt_report.files.cells import Unreadable
from dvctt_report.files.container import REFUSALS, FileKind, read_workbook
from dvctt_report.files.unpack import unpack as unpacked
from dvctt_report.intake import book as incoming
from dvctt_report.model.period import Period
from dvctt_report.text.resources import resource_path
from dvctt_report.word import source
from dvctt_report.word.source import Refused, parse_source, read_source
from tests.forms.fill import fill, real
from tests.intake.arrivals import linked
from tests.intake.excel import unzipped
from tests.intake.test_container import ole
from tests.shipped import BASE

FORM = fill("SYT", 3).data
LETTER = (BASE / "to-trinh.docx").read_bytes()
OLD = next((resource_path("sample_data") / "nhan-ve" / "2025").glob("*.xls")).read_bytes()
CONTENT = "xl/worksheets/sheet3.xml"


def zipped(files: Iterable[tuple[str, bytes]], method: int = zipfile.ZIP_STORED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        for name, data in files:
            made.writestr(name, data)
    return out.getvalue()


def changed(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    held = unzipped(data)
    assert old in held[part]
    return zipped({**held, part: held[part].replace(old, new, 1)}.items())


def without(data: bytes, *names: str) -> bytes:
    return zipped((n, p) for n, p in unzipped(data).items() if n not in names)


def locked(data: bytes) -> bytes:
    """The package with every part marked as encrypted."""
    return re.sub(rb"(PK\x01\x02.{4})(.)", lambda m: m[1] + bytes([m[2][0] | 1]), data, flags=re.DOTALL)


def without_cells(name: str) -> bytes:
    """A workbook of one sheet in which nothing stands."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    book.add_worksheet(name)
    book.close()
    return out.getvalue()


MAIL = b"From: a@b.vn\r\nTo: c@d.vn\r\nSubject: x\r\n\r\n"
WORKBOOKS: dict[str, bytes] = {
    "EMPTY": b"",
    "BLANK": bytes(9000),
    "ENCRYPTED": ole("EncryptionInfo", "EncryptedPackage"),
    "ODS": zipped([("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")]),
    "XLSB": zipped([("xl/workbook.bin", b"x")]),
    "NUMBERS": zipped([("Index/Document.iwa", b"x")]),
    "SHORTCUT": b"L\0\0\0\x01\x14\x02\0" + bytes(60),
    "WORD": LETTER,
    "SLIDES": zipped([("ppt/presentation.xml", b"x")]),
    "MAIL": ole("__properties_version1.0"),
    "EML": MAIL,
    "TNEF": b"\x78\x9f\x3e\x22" + bytes(60),
    "OLD_XLS": b"\x09\x04\x06\x00" + bytes(60),
    "PDF": b"%PDF-1.7\n%%EOF",
    "IMAGE": b"\x89PNG\r\n\x1a\n" + bytes(60),
    "HTML": b"<html><p>x</p></html>",
    "MHTML": b"MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\n\r\n<html></html>",
    "XML_2003": b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
    "XML": b'<?xml version="1.0"?><a/>',
    "ZIP": zipped([("a.txt", b"x")]),
    "RAR": b"Rar!\x1a\x07\x01\x00" + bytes(60),
    "SEVEN_ZIP": b"7z\xbc\xaf\x27\x1c" + bytes(60),
    "TEXT": b"a;b\n1;2",
    "DAMAGED": OLD[: len(OLD) // 2],
    "UNKNOWN": b"\1\2\3\4" * 9,
    "NO_ZIP": FORM[: len(FORM) // 2],
    "LEAVES": zipped([("../x", b"x")]),
    "LOCKED": locked(FORM),
    "PACKED": zipped(unzipped(FORM).items(), zipfile.ZIP_BZIP2),
    "DOCTYPE": changed(FORM, "xl/workbook.xml", b"<workbook", b"<!DOCTYPE a><workbook"),
    'Tệp Excel thiếu thành phần "*"': without(FORM, CONTENT),
    'Tệp Excel có hai thành phần cùng tên "*", không rõ phần nào là số liệu': zipped(
        [*unzipped(FORM).items(), (CONTENT.upper(), b"")]
    ),
    'Thành phần "*" của tệp Excel bị hỏng': changed(FORM, CONTENT, b"</row>", b"</rov>"),
    'Thành phần "*" của tệp Excel bị hỏng: *': changed(FORM, CONTENT, b'<c r="C1"', b'<c r="C0"'),
    "Tệp Excel không có sheet nào đọc được": zipped([("xl/workbook.xml", b"<workbook/>")]),
    "Cấu trúc lưu trữ của tệp .xls bị lỗi (Excel có thể vẫn mở được)": (
        OLD[:28] + b"\xff\xfe" + OLD[30:76] + b"\xf0\xff\xff\x7f" + OLD[80:]
    ),
}
"""Files by the kind or fault whose sentence they show, or by the sentence, "*" for what changes in it."""


def reason(data: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        read_workbook(data)
    return refused.value.reason


def sentence(key: str) -> str:
    if key in FileKind.__members__:
        return REFUSALS[FileKind[key]][0]
    return container._WORDS[packages.Wrong[key]][0] if key in packages.Wrong.__members__ else key


def fits(said: str, pattern: str) -> bool:
    return re.fullmatch(re.escape(pattern).replace(r"\*", ".+"), said) is not None


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("key", WORKBOOKS)
def test_a_workbook_is_refused_in_these_words(key: str) -> None:
    assert fits(reason(WORKBOOKS[key]), sentence(key))


LARGE: dict[str, tuple[object, str, bytes]] = {
    "trên * MB": (container, "MAX_FILE", FORM),
    "* trang tính": (container, "MAX_SHEETS", FORM),
    "* ô có nội dung": (container, "MAX_CELLS", FORM),
    "ô * có trên * ký tự": (container, "MAX_TEXT", FORM),
    "tệp chứa * thành phần": (packages, "MAX_MEMBERS", FORM),
    "nội dung quá * thẻ": (packages, "MAX_TAGS", FORM),
    "nội dung giải nén vượt * MB": (packages, "MAX_INFLATED", FORM),
    "tỷ lệ nén vượt * lần": (packages, "MAX_RATIO", zipped(unzipped(FORM).items(), zipfile.ZIP_DEFLATED)),
    "tên trang tính, ghi chú hoặc hộp chữ có trên * ký tự": (container, "MAX_TEXT", without_cells("x")),
    "mô tả cột chồng lên nhau, quá * cột": (
        xlsx,
        "MAX_COLUMNS",
        changed(FORM, CONTENT, b"<cols>", b"<cols>" + b'<col min="1" max="16384"/>' * 5),
    ),
    "ô gộp quá * ô": (cells, "MAX_MERGED", FORM),
}


@pytest.mark.parametrize("what", LARGE)
def test_a_workbook_is_called_too_large_for_what_is(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    place, limit, data = LARGE[what]
    monkeypatch.setattr(place, limit, 0)
    monkeypatch.setattr(packages, "RATIO_FLOOR", 0)

    assert fits(reason(data), f"Tệp lớn bất thường ({what}), không mở để bảo đảm an toàn")


LARGE_PAGE = "trang web trên * MB"


def test_a_list_as_a_web_page_is_called_too_large_for_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(incoming, "MAX_HTML", 0)
    with pytest.raises(incoming.NotAList, match=LARGE_PAGE.replace("*", ".+")):
        incoming.parse_incoming(WORKBOOKS["HTML"], real(), Period(2025))


DEEP = zipped([("a.txt", b"x")])
for _ in range(3):
    DEEP = zipped([("b.zip", DEEP)])


def packed_as(data: bytes, method: int) -> bytes:
    """The zip with every member said to be compressed in that way."""
    code = method.to_bytes(2, "little")
    local = re.sub(rb"(PK\x03\x04.{4})..", lambda m: m[1] + code, data, flags=re.DOTALL)
    return re.sub(rb"(PK\x01\x02.{6})..", lambda m: m[1] + code, local, flags=re.DOTALL)


MANY = zipped([(f"{n}.txt", bytes(90)) for n in range(3)])
CONTAINERS: dict[str, tuple[bytes, str | None]] = {
    "Tệp nén, thư lồng nhau quá * lớp": (DEEP, None),
    "Tệp nén hoặc thư chứa quá * tệp": (MANY, "MAX_FILES"),
    "Tệp nén giải ra quá lớn (trên * MB)": (MANY, "MAX_UNPACKED"),
    "Tệp giải nén lớn bất thường (tỷ lệ nén vượt * lần)": (MANY, "MAX_RATIO"),
    "Tệp nén .zip bị hỏng hoặc tải về chưa đủ": (MANY[:60], None),
    "Tệp nén .zip không có tệp nào bên trong": (zipped([]), None),
    "Tệp nén theo cách không giải được": (packed_as(MANY, 97), None),
    "Tệp trong gói nén bị hỏng hoặc tải về chưa đủ": (MANY.replace(bytes(90), b"x" * 90), None),
    "Thư bị hỏng hoặc tải về chưa đủ": (
        MAIL.replace(b"\r\n\r\n", b"\r\nContent-Disposition: attachment; filename*\r\n\r\nx"),
        None,
    ),
    "Thư không có tệp đính kèm": (MAIL, None),
    "Tên tệp trong gói nén chứa đường dẫn thoát ra ngoài, không an toàn": (zipped([("../x", b"x")]), None),
    "Mục trong gói nén là liên kết, không phải tệp": (linked("a"), None),
    "Gói nén đặt mật khẩu": (locked(MANY), None),
}


@pytest.mark.parametrize("said", CONTAINERS)
def test_what_is_not_taken_out_of_a_container_is_refused_in_these_words(
    said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, limit = CONTAINERS[said]
    if limit:
        monkeypatch.setattr(packages if limit == "MAX_RATIO" else unpack, limit, 0)
        monkeypatch.setattr(packages, "RATIO_FLOOR", 0)

    assert any(one.refusal and fits(one.refusal[0], said) for one in unpacked("x", data))


DOCUMENTS: dict[str, bytes] = {
    **{
        source.REASONS[key.lower()][0]: WORKBOOKS[key]
        for key in FileKind.__members__
        if key.lower() in source.REASONS
    },
    "Tệp là bảng tính, không phải văn bản Word": FORM,
    "Không nhận ra loại tệp, không phải văn bản Word .docx": WORKBOOKS["UNKNOWN"],
    "Tệp ở định dạng RTF (.rtf)": rb"{\rtf1 x}",
    "Tệp ở định dạng Word cũ (.doc)": ole("WordDocument"),
    "Tệp ở định dạng OpenDocument (.odt)": zipped(
        [*unzipped(LETTER).items(), ("mimetype", b"application/vnd.oasis.opendocument.text")]
    ),
    "Tệp Word thiếu phần nội dung (document.xml)": without(LETTER, "word/document.xml"),
    "Thành phần “*” của tệp Word bị hỏng": changed(LETTER, "_rels/.rels", b"</Relationships>", b""),
    "Tệp chứa đường dẫn thoát ra ngoài, không an toàn để mở": zipped(
        [*unzipped(LETTER).items(), ("../x", b"x")]
    ),
    "Tệp chứa khai báo DOCTYPE mà Word không bao giờ ghi, không an toàn để mở": changed(
        LETTER, "word/document.xml", b"<w:document", b"<!DOCTYPE a><w:document"
    ),
    "Tệp nén theo cách mà Word không dùng": zipped(unzipped(LETTER).items(), zipfile.ZIP_BZIP2),
    "Tệp có một đoạn văn dài bất thường (trên 20.000 ký tự), không đọc": changed(
        LETTER,
        "word/document.xml",
        b"<w:body>",
        b"<w:body><w:p><w:r><w:t>" + b"x" * 20_001 + b"</w:t></w:r></w:p>",
    ),
}


@pytest.mark.parametrize("said", DOCUMENTS)
def test_a_document_is_refused_in_these_words(said: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_source(DOCUMENTS[said]).main_tree  # noqa: B018

    assert fits(refused.value.reason, said)


def test_a_document_is_called_too_large_for_what_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    path.write_bytes(LETTER)
    monkeypatch.setattr(packages, "MAX_TAGS", 0)
    with pytest.raises(Refused, match=r"Tệp lớn bất thường \(nội dung quá 0 thẻ\), không mở"):
        read_source(path)
    monkeypatch.setattr(source, "MAX_FILE", 0)
    with pytest.raises(Refused, match=r"Tệp lớn bất thường \(trên 0 MB\)"):
        read_source(path)


def told_in(path: Path) -> Iterator[str]:
    """The sentences that a module refuses with, "*" for what changes in them."""
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in RAISED:
            for said in call.args[:1]:
                if isinstance(said, ast.Constant):
                    yield str(said.value)
                elif isinstance(said, ast.JoinedStr):
                    yield "".join(str(p.value) if isinstance(p, ast.Constant) else "*" for p in said.values)


RAISED = ("Unreadable", "Refused", "_OverLimit", "too_large")
LARGEST = ("Tệp lớn bất thường (*), không mở để bảo đảm an toàn", "Tệp lớn bất thường (trên * MB)")
ELSEWHERE = (
    "định dạng có điều kiện của trang tính áp dụng cho quá * vùng",  # test_limits
    "ô hoặc ghi chú có trên * đoạn chữ định dạng riêng",  # test_xlsx
)
SHOWN = (*map(sentence, WORKBOOKS), *LARGE, LARGE_PAGE, *CONTAINERS, *DOCUMENTS, *LARGEST, *ELSEWHERE)


def test_every_sentence_has_its_file() -> None:
    read = {FileKind.XLSX, FileKind.XLS}
    assert {kind.name for kind in FileKind} - WORKBOOKS.keys() == {kind.name for kind in read}
    assert {wrong.name for wrong in container._WORDS} <= WORKBOOKS.keys()
    modules = Path(container.__file__).parent.glob("*.py")
    told = {said.replace("{", "").replace("}", "") for path in modules for said in told_in(path)}
    told |= {re.sub(r"\{\w+\}", "*", reason) for reason, _ in source.REASONS.values()}
    assert len(told) > 20
    assert [said for said in told if not any(fits(said, s) or fits(s, said) for s in SHOWN)] == []


def test_an_xls_whose_storage_only_excel_would_follow_is_read() -> None:
    odd = bytearray(OLD)
    odd[28:30] = b"\xff\xfe"  # the mark of the order of bytes

    assert read_workbook(bytes(odd)) == read_workbook(OLD)


def test_an_xls_cell_whose_style_is_gone_is_read_as_excel_shows_it() -> None:
    odd = bytearray(OLD)
    for record in list(re.finditer(rb"\xfd\x00\x0a\x00", OLD))[:5]:
        odd[record.start() + 8 : record.start() + 10] = b"\xff\x0f"

    ours, theirs = read_workbook(bytes(odd)), read_workbook(OLD)
    assert [[c.value for c in s.cells.values()] for s in ours.sheets] == [
        [c.value for c in s.cells.values()] for s in theirs.sheets
    ]


def test_a_spoilt_xls_is_never_a_fault_of_the_program(capfd: pytest.CaptureFixture[str]) -> None:
    rng = random.Random(7)
    for n in range(60):
        odd = bytearray(OLD if n % 3 else OLD[: rng.randrange(len(OLD))])
        for _ in range(rng.choice([1, 3, 10, 40])):
            odd[rng.randrange(len(odd))] = rng.randrange(256)
        with suppress(Unreadable):
            read_workbook(bytes(odd))
    assert capfd.readouterr() == ("", "")
