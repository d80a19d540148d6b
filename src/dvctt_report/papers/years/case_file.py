"""The case file of a period (hồ sơ): a folder and a .zip that are read without the program.

Its list of documents has the fields of NĐ 30/2020/NĐ-CP, Phụ lục VI, and the SHA-256 of every file; what
isn't known of a document stays blank there. Its second sheet tells who takes the work over what was sent,
what waits and where everything is. Which kinds of files belong to it is data (``ho-so.toml``).
"""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO
from itertools import count
from pathlib import Path, PurePosixPath
from typing import Any

import xlsxwriter

from dvctt_report.files.writing import replace_file, write_folder
from dvctt_report.forms.styles import FONT, finished
from dvctt_report.plan.load import read_toml
from dvctt_report.plan.model import Frozen, Text
from dvctt_report.report.marks import without_marks
from dvctt_report.store.published.record import RECORD, publications
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
_PUT_AT = (1980, 1, 1, 0, 0, 0)
"""The time that every file of the .zip bears: the same files give the same bytes."""


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
    own = year.workspace.profile_folder / PARTS
    path = own if own.exists() else resource_path("templates") / PARTS
    workspace, parts = year.workspace, checked_table(CaseParts, path, read_toml(path))
    missing: list[str] = []
    entries: list[CaseEntry] = []
    for part in parts.loai:
        for source in part.tu:
            if source == RECEIVED:
                entries += _received(year, part, missing)
            else:
                entries += _own_files(workspace, part, source.format(ky=workspace.period))
    parent, base = workspace.root / FOLDER, f"ho-so-{workspace.period}"
    names = (base if n == 1 else f"{base} ({n})" for n in count(1))
    name = next(n for n in names if not (parent / n).exists() and not (parent / f"{n}.zip").exists())
    files = {entry.path: entry.content for entry in entries}
    files[HASHES] = "".join(f"{sha256(c).hexdigest()}  {p}\n" for p, c in files.items()).encode()
    files[LIST] = _list_bytes(entries, _handover(year), workspace)
    write_folder(parent / name, files)
    out, packed = BytesIO(), parent / f"{name}.zip"
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for place, content in files.items():
            archive.writestr(zipfile.ZipInfo(f"{name}/{place}", _PUT_AT), content, zipfile.ZIP_DEFLATED)
    replace_file(packed, out.getvalue())
    return CaseFile(parent / name, packed, len(entries), tuple(missing))


def _own_files(workspace: Workspace, part: FilePart, pattern: str) -> Iterator[CaseEntry]:
    """The files of the workspace of that pattern, with what is known of those of a signed document."""
    published = {one.folder: one for one in publications(workspace, workspace.period)}
    for path in sorted(workspace.root.glob(pattern)):
        if not path.is_file() or path.name.startswith(("~$", ".")):
            continue
        content, kept_with = read_file(path), published.get(path.parent)
        place = f"{part.thu_muc}/{path.relative_to(path.parents[1] if kept_with else path.parent).as_posix()}"
        if kept_with is None:
            yield CaseEntry(place, content, part.ten)
            continue
        record, row = kept_with.record(), kept_with.row
        if path.name != record["signed"]:
            corrected = "".join(f". {one}" for one in kept_with.corrections if path.name == RECORD)
            subject = f"Kèm {record['type']} số {row.document}: {path.name}{corrected}"
            yield CaseEntry(place, content, part.ten, {"subject": subject})
            continue
        (number, _, notation), n_pages = row.document.partition("/"), ""
        if path.suffix == ".pdf":
            from pypdf import PdfReader
            from pypdf.errors import DependencyError, PyPdfError

            with suppress(DependencyError, PyPdfError, ValueError, KeyError, TypeError, AttributeError):
                n_pages = str(len(PdfReader(BytesIO(content)).pages))
        known = {
            "code_number": number,
            "code_notation": notation,
            "issued_date": format_date(row.dated),
            "organ_name": record["issuer"],
            "subject": record["subject"],
            "page_amount": n_pages,
            "signer": workspace.settings.bao_cao.ho_ten,
            "to": workspace.addressee,
        }
        yield CaseEntry(place, content, record["type"], known)


def _received(year: OpenYear, part: FilePart, missing: list[str]) -> Iterator[CaseEntry]:
    """The files of units as the register has them; names of those it no longer has go to ``missing``."""
    names = year.profile.roster.short_names
    receipts = {(receipt.file, receipt.sha256): receipt for receipt in year.known.receipts}
    by_file = {(one.file, one.sha256): one for one in year.dataset.returns}
    contents = read_contents(year.workspace.register, [digest for _, digest in receipts])
    for (file, digest), content in zip(receipts, contents, strict=True):
        if content is None:
            missing.append(file)
            continue
        fitting = []  # what was received may have a longer name than file systems take, once it is legible
        for part_name in PurePosixPath(file).parts[2:]:
            _, dot, suffix = part_name.rpartition(".")
            end = f"{dot}{suffix}" if dot and len(suffix) < _LONGEST_SUFFIX else ""
            begin = part_name.removesuffix(end)
            while len(f"{begin}{end}".encode()) > _LONGEST_NAME:
                begin = begin[:-1]
            fitting.append(f"{begin}{end}")
        inside = "/".join(fitting)
        received = by_file.get((file, digest))
        known = {}
        if received is not None:
            submission, unit = received.submission, received.unit or ""
            number, _, notation = (submission.document_number if submission else "").partition("/")
            known = {
                "code_number": number,
                "code_notation": notation,
                "issued_date": format_date(submission.sent_on) if submission and submission.sent_on else "",
                "organ_name": names.get(unit, unit),
                "subject": f"Biểu báo cáo: {last_name(received.file)}",
            }
        yield CaseEntry(f"{part.thu_muc}/{inside}", content, part.ten, known)


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


_WAITING = {"paper": "chỉ gửi bản giấy", "unusable": "tệp chưa dùng được", "missing": "chưa gửi"}


def _list_bytes(
    entries: Sequence[CaseEntry], handover: Iterable[tuple[str, str, str]], workspace: Workspace
) -> bytes:
    """The list as a workbook of texts, with the sheet for who takes the work over."""
    out = BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"title": f"Mục lục văn bản, hồ sơ báo cáo {workspace.period.words}"})
    base: dict[str, Any] = {"font_name": FONT, "font_size": 11, "text_wrap": True, "valign": "top"}
    title = book.add_format(base | {"bold": True, "font_size": 14, "text_wrap": False})
    head = book.add_format(base | {"bold": True, "border": 1, "align": "center"})
    text = book.add_format(base | {"border": 1})
    listed = []
    for row, entry in enumerate(entries, 1):
        known = {"number": str(row), "type_name": entry.type_name, "path": entry.path, **entry.known}
        known["sha256"] = sha256(entry.content).hexdigest()
        listed.append([known.get(name, "") for name, _, _ in COLUMNS])
    headers = [(header, width) for _, header, width in COLUMNS]
    beside = [("Mục", 16), ("Về", 34), ("Nội dung", 80)]
    for name, at, columns, rows in (
        ("Mục lục văn bản", 3, headers, listed),
        ("Bàn giao", 0, beside, [[clean_text(text) for text in row] for row in handover]),
    ):
        sheet = book.add_worksheet(name)
        if at:
            sheet.write_string(
                0, 0, f"MỤC LỤC VĂN BẢN, HỒ SƠ BÁO CÁO {workspace.period.words.upper()}", title
            )
            sheet.write_string(1, 0, workspace.office.ten, book.add_format(base | {"text_wrap": False}))
            sheet.freeze_panes(at + 1, 2)
            sheet.repeat_rows(at)
        for n, (header, width) in enumerate(columns):
            sheet.set_column(n, n, width)
            sheet.write_string(at, n, header, head)
        for row, texts in enumerate(rows, at + 1):
            for n, cell in enumerate(texts):
                sheet.write_string(row, n, cell, text)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
    return finished(book)
