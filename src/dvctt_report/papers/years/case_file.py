"""The case file of a period (hồ sơ): a folder and a .zip that are read without the program.

Its list of documents has the fields of NĐ 30/2020/NĐ-CP, Phụ lục VI, and the SHA-256 of every file; what
isn't known of a document stays blank there. Its second sheet tells who takes the work over what was sent,
what waits and where everything is. Which kinds of files belong to it is data (``ho-so.toml``).
"""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Any

import xlsxwriter

from dvctt_report.files.writing import replace_file, write_folder
from dvctt_report.model import Return
from dvctt_report.plan.load import read_toml
from dvctt_report.plan.model import Frozen, Text
from dvctt_report.report.marks import without_marks
from dvctt_report.store.published.record import RECORD, Publication, publications
from dvctt_report.store.register import read_contents
from dvctt_report.store.workspace import Workspace, checked_table
from dvctt_report.text.file_names import last_name
from dvctt_report.text.opening import read_file
from dvctt_report.text.resources import resource_path
from dvctt_report.text.vietnamese import clean_text, format_date
from dvctt_report.year.loader import OpenYear

PARTS = "ho-so.toml"
FOLDER = "luu-tru"
LIST, HASHES = "muc-luc-van-ban.xlsx", "ma-bam-sha256.txt"
RECEIVED = "so-nhan"
"""Where a kind's files come from that units have sent: the register, whatever has become of the inbox."""
_LONGEST_NAME, _LONGEST_SUFFIX = 200, 8
"""Bytes of a name of a file in the case file (file systems take 255), characters of its suffix."""
_PUT_AT = date(1980, 1, 1)
"""The day that every file of the .zip bears: the same files give the same bytes."""


class FilePart(Frozen):
    """A kind of files that belongs to the case file."""

    ten: Text
    thu_muc: Text
    tu: tuple[Text, ...]


class CaseParts(Frozen):
    """All kinds, in the order of the list."""

    loai: tuple[FilePart, ...]


@dataclass(frozen=True, slots=True)
class CaseFile:
    """Where the case file was written, and what it holds.

    folder, packed: the folder and the .zip.
    n_files: how many files are listed.
    missing: files of units whose bytes the register no longer has.
    """

    folder: Path
    packed: Path
    n_files: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CaseEntry:
    """A document of the case file: its place there, its bytes, and what is known of it for the list."""

    path: str
    content: bytes
    type_name: str
    known: Mapping[str, str] = field(default_factory=dict)


COLUMNS = (
    ("number", "STT", 5),
    ("type_name", "Tên loại văn bản", 16),
    ("code_number", "Số", 7),
    ("code_notation", "Ký hiệu", 13),
    ("issued_date", "Ngày ban hành", 11),
    ("organ_name", "Cơ quan ban hành", 18),
    ("subject", "Trích yếu nội dung", 30),
    ("page_amount", "Số trang", 7),
    ("signer", "Người ký", 12),
    ("to", "Nơi nhận", 13),
    ("priority", "Mức độ khẩn", 7),
    ("issued_amount", "Số lượng bản", 7),
    ("due_date", "Hạn trả lời", 7),
    ("path", "Tệp trong hồ sơ", 24),
    ("sha256", "Mã băm SHA-256", 18),
)
"""The list's columns. Source: NĐ 30/2020/NĐ-CP, Phụ lục VI (thông tin đầu ra của văn bản đi)."""


def make_case_file(year: OpenYear) -> CaseFile:
    """Write the case file of the period. Raises CannotRun for a list of kinds that can't be read."""
    workspace, parts = year.workspace, _read_parts(year.workspace)
    missing: list[str] = []
    entries = tuple(_entries(year, parts, missing))
    parent = workspace.root / FOLDER
    name = _unused(parent, f"ho-so-{workspace.period}")
    files = {entry.path: entry.content for entry in entries}
    files[HASHES] = "".join(f"{_digest(c)}  {p}\n" for p, c in files.items()).encode()
    files[LIST] = _list_bytes(entries, tuple(_handover(year)), workspace)
    write_folder(parent / name, files)
    packed = parent / f"{name}.zip"
    replace_file(packed, _packed(files, name))
    return CaseFile(parent / name, packed, len(entries), tuple(missing))


def _read_parts(workspace: Workspace) -> CaseParts:
    own = workspace.profile_folder / PARTS
    path = own if own.exists() else resource_path("templates") / PARTS
    return checked_table(CaseParts, path, read_toml(path))


def _entries(year: OpenYear, parts: CaseParts, missing: list[str]) -> Iterator[CaseEntry]:
    workspace = year.workspace
    published = {one.folder: one for one in publications(workspace, workspace.period)}
    for part in parts.loai:
        for source in part.tu:
            if source == RECEIVED:
                yield from _received(year, part, missing)
                continue
            for path in sorted(workspace.root.glob(source.format(ky=workspace.period))):
                if path.is_file() and not path.name.startswith(("~$", ".")):
                    yield _own_file(workspace, part, path, published.get(path.parent))


def _own_file(workspace: Workspace, part: FilePart, path: Path, published: Publication | None) -> CaseEntry:
    content = read_file(path)
    place = path.relative_to(path.parents[1] if published else path.parent).as_posix()
    known = _of_publication(workspace, published, path, content) if published else {}
    return CaseEntry(f"{part.thu_muc}/{place}", content, known.pop("type_name", part.ten), known)


def _of_publication(
    workspace: Workspace, published: Publication, path: Path, content: bytes
) -> dict[str, str]:
    """What the list says of a file that was kept with a signed document; the document itself in full."""
    record = published.record()
    number, _, notation = published.row.document.partition("/")
    if path.name != record["signed"]:
        corrected = "".join(f". {one}" for one in published.corrections if path.name == RECORD)
        return {"subject": f"Kèm {record['type']} số {published.row.document}: {path.name}{corrected}"}
    return {
        "type_name": record["type"],
        "code_number": number,
        "code_notation": notation,
        "issued_date": format_date(published.row.dated),
        "organ_name": record["issuer"],
        "subject": record["subject"],
        "page_amount": _n_pages(path, content),
        "signer": workspace.settings.bao_cao.ho_ten,
        "to": workspace.settings.bao_cao.kinh_gui,
    }


def _n_pages(path: Path, content: bytes) -> str:
    """The number of pages of a PDF; "" for others, whose pages only a word processor counts."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    if path.suffix != ".pdf":
        return ""
    try:
        return str(len(PdfReader(BytesIO(content)).pages))
    except (DependencyError, PyPdfError, ValueError, KeyError, TypeError, AttributeError):
        return ""


def _received(year: OpenYear, part: FilePart, missing: list[str]) -> Iterator[CaseEntry]:
    names = year.profile.roster.short_names
    receipts = {(receipt.file, receipt.sha256): receipt for receipt in year.known.receipts}
    by_file = {(one.file, one.sha256): one for one in year.dataset.returns}
    contents = read_contents(year.workspace.register, [digest for _, digest in receipts])
    for (file, digest), content in zip(receipts, contents, strict=True):
        if content is None:
            missing.append(file)
            continue
        inside = PurePosixPath(*map(_fitting, PurePosixPath(file).parts[2:])).as_posix()
        received = by_file.get((file, digest))
        known = _of_return(received, names) if received is not None else {}
        yield CaseEntry(f"{part.thu_muc}/{inside}", content, part.ten, known)


def _fitting(name: str) -> str:
    """A name that every file system takes: what was received may have a longer one once it is legible."""
    _, dot, suffix = name.rpartition(".")
    end = f"{dot}{suffix}" if dot and len(suffix) < _LONGEST_SUFFIX else ""
    begin = name.removesuffix(end)
    while len(f"{begin}{end}".encode()) > _LONGEST_NAME:
        begin = begin[:-1]
    return f"{begin}{end}"


def _of_return(received: Return, names: Mapping[str, str]) -> dict[str, str]:
    said, unit = received.submission, received.unit or ""
    number, _, notation = (said.document_number if said else "").partition("/")
    return {
        "code_number": number,
        "code_notation": notation,
        "issued_date": format_date(said.sent_on) if said and said.sent_on else "",
        "organ_name": names.get(unit, unit),
        "subject": f"Biểu báo cáo: {last_name(received.file)}",
    }


def _handover(year: OpenYear) -> Iterator[tuple[str, str, str]]:
    """What a successor has to know, a row each: of what kind, about whom, what."""
    workspace, dataset = year.workspace, year.dataset
    letters, published = workspace.settings.cong_van, publications(workspace, year.period)
    yield "Văn bản", "Công văn phát hành biểu mẫu", letters.phat_hanh_bieu_mau or "chưa ghi số"
    for n, letter in enumerate(letters.da_don_doc, 1):
        yield "Văn bản", f"Công văn đôn đốc lần {n}", letter
    for one in published:
        yield "Văn bản", "Báo cáo đã phát hành", ". ".join((one.cited, *one.corrections))
    for nameless in dataset.nameless:
        yield "Việc đang chờ", nameless.file, "chưa rõ của đơn vị nào"
    errors = Counter(f.unit for f in dataset.to_mend(year.findings))
    for line in year.lines:
        waits = [_WAITING[line.status]] if line.status in _WAITING else []
        waits += ["nhiều tệp, chưa chọn tệp dùng"] if line.undecided else []
        waits += [f"{n} lỗi chưa chỉnh lý" for n in [errors[line.unit.code]] if n]
        waits += ["có số liệu để ngoài tổng hợp, chờ chỉnh lý"] if line.left_out else []
        if waits:
            contact = without_marks(dataset.contact(line.unit))
            yield "Việc đang chờ", line.unit.short_name, "; ".join((*waits, *filter(None, [contact])))
    places = {
        "Tệp đơn vị gửi": workspace.inbox,
        "Kết quả của kỳ": workspace.results,
        "Sổ nhận, mọi quyết định": workspace.register,
    }
    for name, path in places.items():
        yield "Thư mục", name, f"{workspace.relative(path)}, trong thư mục làm việc"
    if not published:
        yield "Tiếp theo", "dvctt-report publish", "ghi số, ngày, bản đã ký của báo cáo"
    yield "Tiếp theo", "dvctt-report", "bảng chọn nêu việc đang chờ và việc nên làm"
    yield "Tiếp theo", "dvctt-report roll", f"mở {year.period.following.words}"


_WAITING = {
    "paper": "chỉ gửi bản giấy",
    "unusable": "tệp chưa dùng được",
    "missing": "chưa gửi",
}


def _list_bytes(
    entries: Sequence[CaseEntry], handover: Sequence[tuple[str, str, str]], workspace: Workspace
) -> bytes:
    """The list as a workbook of texts, with the sheet for who takes the work over."""
    out = BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"title": f"Mục lục văn bản, hồ sơ báo cáo {workspace.period.words}"})
    sheet = book.add_worksheet("Mục lục văn bản")
    base: dict[str, Any] = {
        "font_name": "Times New Roman",
        "font_size": 11,
        "text_wrap": True,
        "valign": "top",
    }
    title = book.add_format(base | {"bold": True, "font_size": 14, "text_wrap": False})
    head = book.add_format(base | {"bold": True, "border": 1, "align": "center"})
    text = book.add_format(base | {"border": 1})
    sheet.write_string(0, 0, f"MỤC LỤC VĂN BẢN, HỒ SƠ BÁO CÁO {workspace.period.words.upper()}", title)
    sheet.write_string(1, 0, workspace.settings.co_quan.ten, book.add_format(base | {"text_wrap": False}))
    for n, (_, header, width) in enumerate(COLUMNS):
        sheet.set_column(n, n, width)
        sheet.write_string(3, n, header, head)
    for row, entry in enumerate(entries, 1):
        said = {"number": str(row), "type_name": entry.type_name, "path": entry.path}
        said |= {"sha256": _digest(entry.content), **entry.known}
        for n, (name, _, _) in enumerate(COLUMNS):
            sheet.write_string(3 + row, n, said.get(name, ""), text)
    sheet.freeze_panes(4, 2)
    sheet.repeat_rows(3)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    beside = book.add_worksheet("Bàn giao")
    for n, (header, width) in enumerate((("Mục", 16), ("Về", 34), ("Nội dung", 80))):
        beside.set_column(n, n, width)
        beside.write_string(0, n, header, head)
    for row, texts in enumerate(handover, 1):
        for n, told in enumerate(texts):
            beside.write_string(row, n, clean_text(told), text)
    beside.set_landscape()
    beside.set_paper(9)
    beside.fit_to_pages(1, 0)
    book.close()
    return out.getvalue()


def _packed(files: Mapping[str, bytes], name: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for path, content in files.items():
            entry = zipfile.ZipInfo(f"{name}/{path}", (_PUT_AT.year, _PUT_AT.month, _PUT_AT.day, 0, 0, 0))
            packed.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def _unused(parent: Path, name: str) -> str:
    """``name``, or the first "name (2)" that neither a folder nor a .zip bears."""
    names = (name if n == 1 else f"{name} ({n})" for n in range(1, 1000))
    return next(n for n in names if not (parent / n).exists() and not (parent / f"{n}.zip").exists())
