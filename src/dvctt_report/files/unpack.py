"""From a received .zip or mail to the files in it, opened with distrust and never written to disk."""

from __future__ import annotations

import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta, timezone
from email.message import Message
from email.utils import parsedate_to_datetime
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING, Final

from dvctt_report.files.cells import Unreadable
from dvctt_report.files.container import FileKind, sniff
from dvctt_report.files.packages import ZIP_FAULTS, PackageFault, inflated
from dvctt_report.text.file_names import inside, known_as, within
from dvctt_report.text.limits import MAX_DEPTH, MAX_FILES, MAX_HEADER, MAX_UNPACKED

if TYPE_CHECKING:
    from olefile import OleFileIO

_BY_HAND = "Giải nén bằng tay, chép riêng các tệp Excel vào thư mục nhận báo cáo rồi chạy lại."
_SEND_AGAIN = "Tải lại; nếu vẫn không mở được, đề nghị đơn vị gửi lại tệp."
_OFFICE = re.compile(r"\[content_types\]\.xml|mimetype|content\.xml|(xl|word|ppt)/[^/]+\.(xml|bin)|.*\.iwa")
_UNICODE_PATH: Final = 0x7075
_DRIVE: Final = re.compile(r"[A-Za-z]:\S")
"""A disk of Windows; "Biểu 01: bổ sung.xlsx" is a name as other systems allow it."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_SIGNATURES = ("application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature")


@dataclass(frozen=True, slots=True)
class Member:
    """A file from a container; ``file`` is the container's with the way in after ``!/``.

    ``refusal`` (reason, fix) says why its bytes could not be taken out; ``skipped``, why nobody needs them.
    ``sender`` and ``mailed_on`` are who sent the mail that it came in, in a .zip or not, and on which day.
    ``container`` is the SHA-256 of what was received.
    """

    file: str
    data: bytes = b""
    refusal: tuple[str, str] | None = None
    skipped: str = ""
    sender: str = field(default="", compare=False)
    mailed_on: date | None = field(default=None, compare=False)
    container: str = field(default="", compare=False)

    @property
    def digest(self) -> str:
        """What a decision knows it by: its bytes, else where it lies in what; "" where nobody needs it."""
        if self.data or not self.refusal:
            return sha256(self.data).hexdigest() if self.data else ""
        return sha256(f"{self.container}/{within(self.file)}".encode()).hexdigest()


def is_container(data: bytes) -> bool:
    """Whether these bytes are a .zip of files or a mail (.eml, .msg), and no document that is a zip too."""
    if not data.startswith(b"PK"):
        return data[:1] != b"%" and sniff(data) in (FileKind.EML, FileKind.MAIL)
    if _OFFICE.match(data[30:60].decode("cp437").lower()):
        return False
    try:
        names = zipfile.ZipFile(BytesIO(data)).namelist()
    except ZIP_FAULTS:
        return False  # what is damaged is told by the reader of workbooks
    return not any(_OFFICE.fullmatch(n.replace("\\", "/").lstrip("/").lower()) for n in names)


def unpack(file: str, data: bytes) -> tuple[Member, ...]:
    """Return every file in a container, those of containers within it too, in their order.

    Never raises: a container that breaks a limit is itself the one Member, refused; a file that can't be
    taken out is refused beside the others.
    """
    try:
        members = tuple(_Unpacking().open(file, data, 1))
    except Unreadable as error:
        return (Member(file, data, (error.reason, error.fix)),)
    digest = sha256(data).hexdigest()
    named: dict[str, Member] = {}  # a second "bieu.xlsx" becomes "bieu.xlsx (2)"
    for member in members:
        name, n = member.file, 1
        while name in named:
            n += 1
            name = f"{member.file} ({n})"
        named[name] = replace(member, file=name, container=digest)
    return tuple(named.values())


class _OverLimit(Unreadable):
    """The received file as a whole unpacks to too much."""


@dataclass
class _Unpacking:
    """What has been taken out of one received file so far, counted against its limits."""

    n_files: int = 0
    n_bytes: int = 0

    def open(self, file: str, data: bytes, depth: int) -> Iterator[Member]:
        """Yield the files of one container. Raises Unreadable where it can't be opened, or a limit is hit."""
        if depth > MAX_DEPTH:
            raise Unreadable(f"Tệp nén, thư lồng nhau quá {MAX_DEPTH} lớp", _BY_HAND)
        for member in self._zip(file, data) if data.startswith(b"PK") else self._mail(file, data):
            self.n_files += 1
            if self.n_files > MAX_FILES:
                raise _OverLimit(f"Tệp nén hoặc thư chứa quá {MAX_FILES} tệp", _BY_HAND)
            if member.refusal or member.skipped or not is_container(member.data):
                yield member
                continue
            try:
                for inner in self.open(member.file, member.data, depth + 1):
                    sender, day = inner.sender or member.sender, inner.mailed_on or member.mailed_on
                    yield replace(inner, sender=sender, mailed_on=day)
            except _OverLimit:
                raise
            except Unreadable as error:
                yield replace(member, refusal=(error.reason, error.fix))

    def _count(self, n_bytes: int) -> None:
        self.n_bytes += n_bytes
        if self.n_bytes > MAX_UNPACKED:
            reason = f"Tệp nén giải ra quá lớn (trên {MAX_UNPACKED // 1_000_000} MB)"
            raise _OverLimit(reason, _BY_HAND)

    def _zip(self, file: str, data: bytes) -> Iterator[Member]:
        try:
            archive = zipfile.ZipFile(BytesIO(data))
        except ZIP_FAULTS as fault:
            raise Unreadable("Tệp nén .zip bị hỏng hoặc tải về chưa đủ", _SEND_AGAIN) from fault
        entries = [e for e in archive.infolist() if not e.is_dir() and not e.orig_filename.endswith("\\")]
        if not entries:
            raise Unreadable("Tệp nén .zip không có tệp nào bên trong", _SEND_AGAIN)
        for entry in entries:
            name = _zip_name(entry)
            member = Member(inside(file, _shown(name)))
            refusal = None
            if name.startswith("/") or _DRIVE.match(name) or ".." in name.split("/"):
                refusal = "Tên tệp trong gói nén chứa đường dẫn thoát ra ngoài, không an toàn", _BY_HAND
            elif stat.S_ISLNK(entry.external_attr >> 16):
                refusal = (
                    "Mục trong gói nén là liên kết, không phải tệp",
                    "Đề nghị đơn vị gửi chính tệp Excel.",
                )
            elif entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                refusal = "Tệp nén theo cách không giải được", _BY_HAND
            elif entry.flag_bits & 1:
                refusal = "Gói nén đặt mật khẩu", "Đề nghị đơn vị bỏ mật khẩu rồi gửi lại."
            if refusal is not None:
                yield replace(member, refusal=refusal)
                continue
            try:
                yield replace(member, data=inflated(archive, entry, self._count))
            except PackageFault as fault:
                reason = f"Tệp giải nén lớn bất thường ({fault.detail})"
                yield replace(member, refusal=(reason, "Đề nghị đơn vị gửi lại tệp Excel, không nén."))
            except (*ZIP_FAULTS, RuntimeError):
                yield replace(member, refusal=("Tệp trong gói nén bị hỏng hoặc tải về chưa đủ", _SEND_AGAIN))

    def _mail(self, file: str, data: bytes) -> Iterator[Member]:
        try:
            found, sender, day = (outlook_files if sniff(data) is FileKind.MAIL else _mail_files)(data)
        except Exception as fault:  # email of Python 3.11 and olefile let index, type… errors out on damage
            raise Unreadable("Thư bị hỏng hoặc tải về chưa đủ", _SEND_AGAIN) from fault
        if not found:
            fix = "Nếu thư chỉ ghi đường dẫn tải tệp thì tải tệp Excel về thư mục nhận báo cáo."
            raise Unreadable("Thư không có tệp đính kèm", fix)
        for name, content, skipped in found:
            self._count(len(content))
            yield Member(inside(file, _shown(name)), content, skipped=skipped, sender=sender, mailed_on=day)


def _zip_name(entry: zipfile.ZipInfo) -> str:
    """An entry's name with "/", composed: by its Unicode field or flag, else as UTF-8, else cp437."""
    name = entry.orig_filename
    if not entry.flag_bits & 0x800:
        raw, extra, own = name.encode("cp437", "replace"), entry.extra, b""
        while len(extra) >= 4 and not own:  # Info-ZIP's Unicode field, which WinRAR writes too
            kind, size = struct.unpack_from("<HH", extra)
            body, extra = extra[4 : 4 + size], extra[4 + size :]
            if kind == _UNICODE_PATH and body[:5] == b"\1" + struct.pack("<L", zlib.crc32(raw)):
                own = body[5:]
        with suppress(UnicodeDecodeError):
            name = (own or raw).decode("utf-8")
    return unicodedata.normalize("NFC", name.replace("\\", "/"))


def _shown(name: str) -> str:
    return known_as(_CONTROL.sub("�", name.strip("/"))) or "không tên"


def _mail_files(data: bytes) -> tuple[list[tuple[str, bytes, str]], str, date | None]:
    """Name, content, reason to skip ("": none) of every file in a mail; by whom and when, if legible."""
    from email import message_from_bytes
    from email.policy import default

    short = default.clone(
        refold_source="none",  # which would parse the headers of an attached mail whole
        header_factory=lambda name, value: default.header_factory(name, value[:MAX_HEADER]),
    )
    files = []
    mail = message_from_bytes(data, policy=short)
    for part in _attachments(mail):
        inner = part.get_content_type() == "message/rfc822"
        name = (part.get_filename() or "").replace("\\", "/").rpartition("/")[2].strip()
        name = name or ("thư đính kèm.eml" if inner else "tệp không tên")
        skipped = ""
        if part.get_content_type() in _SIGNATURES:
            skipped = "chữ ký điện tử của thư"
        elif part.get_content_maintype() == "image" and (
            part.get_content_disposition() == "inline" or part.get("Content-ID") is not None
        ):
            skipped = "ảnh chèn trong nội dung thư"
        message = part.get_payload(0) if inner else None
        content = message.as_bytes() if isinstance(message, Message) else part.get_payload(decode=True)
        content = content if isinstance(content, bytes) and not skipped else b""
        files.append((unicodedata.normalize("NFC", name), content, skipped))
    sender, day = "", None
    with suppress(Exception):  # as of the files in it: odd headers let any error out
        sender = " ".join(str(mail.get("From", "")).split())
    with suppress(Exception):
        day = day_in_vietnam(parsedate_to_datetime(str(mail["Date"])))
    return files, sender, day


def _attachments(message: Message) -> Iterator[Message]:
    """The parts of a mail that are files: all but its text, and what only holds other parts."""
    stack: list[object] = [message]
    while stack:
        part = stack.pop()
        if not isinstance(part, Message):
            continue
        if part.get_content_type() == "message/rfc822" and part is not message:
            yield part
        elif part.is_multipart():
            inner = part.get_payload()
            stack += reversed(inner) if isinstance(inner, list) else []
        elif (
            part.get_filename()
            or part.get_content_disposition() == "attachment"
            or part.get_content_maintype() != "text"
        ):
            yield part


# The files attached to a mail that Outlook saved (.msg): a compound file whose streams are its properties

_ATTACHED: Final = "__attach_version1.0_#"
_CONTENT: Final = "__substg1.0_37010102"
_MAIL_INSIDE: Final = "__substg1.0_3701000D"
_NAMES: Final = ("3707", "3001", "3704")
"""Long name, name as it is shown, name of eight letters and an ending."""
_CONTENT_ID: Final = "3712"
_SENDER: Final = ("0C1A", "5D01", "0C1F")
"""The sender's name, address, and address as the server has it."""
_DAYS: Final = (0x0E060040, 0x00390040)
"""When a mail arrived, when it was sent: properties of eight bytes that stand in a table ([MS-OXMSG] 2.4)."""
_VIETNAM: Final = timezone(timedelta(hours=7))
_CODES: Final = ("utf-8", "cp1258")
"""In which a mail without Unicode has its texts."""


def day_in_vietnam(moment: datetime) -> date:
    """The day of a moment as a Vietnamese office dates it; one without a time zone is of none (UTC)."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(_VIETNAM).date()


def outlook_files(data: bytes) -> tuple[list[tuple[str, bytes, str]], str, date | None]:
    """Name, content, reason to skip ("": none) of every file in a mail and its mails; by whom, on what day.

    Raises as olefile.
    """
    import olefile

    with olefile.OleFileIO(BytesIO(data)) as mail:
        files, sender, day = list(_files(mail, (), 1)), "", None
        with suppress(Exception):  # a sender that is damaged keeps no file back
            named = [text for number in _SENDER if (text := _text(mail, (), number))]
            sender = " ".join(" ".join(dict.fromkeys(t for t in named if not t.startswith("/"))).split())
        with suppress(Exception):
            table = mail.openstream("__properties_version1.0").read()[32:]
            entries = dict(struct.unpack_from("<L4xQ", table, at) for at in range(0, len(table) - 15, 16))
            ticks = next(entries[number] for number in _DAYS if entries.get(number))
            day = day_in_vietnam(datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=ticks // 10))
        return files, sender, day


def _files(mail: OleFileIO, at: tuple[str, ...], depth: int) -> Iterator[tuple[str, bytes, str]]:
    n = len(at)
    inside = (entry for entry in mail.listdir(streams=True, storages=True) if tuple(entry[:n]) == at)
    storages = dict.fromkeys(e[n] for e in inside if len(e) > n and e[n].startswith(_ATTACHED))
    for storage in storages:
        own = (*at, storage)
        if mail.exists([*own, _MAIL_INSIDE]) and depth < MAX_DEPTH:
            yield from _files(mail, (*own, _MAIL_INSIDE), depth + 1)
        elif mail.exists([*own, _CONTENT]):
            name = next((text for number in _NAMES if (text := _text(mail, own, number))), "tệp không tên")
            content = mail.openstream([*own, _CONTENT]).read()
            is_inline = bool(_text(mail, own, _CONTENT_ID)) and sniff(content) is FileKind.IMAGE
            skipped = "ảnh chèn trong nội dung thư" if is_inline else ""
            yield name.replace("\\", "/").rpartition("/")[2], b"" if skipped else content, skipped


def _text(mail: OleFileIO, at: tuple[str, ...], number: str) -> str:
    """A property that is a text, in Unicode or in an old code; "" where there is none."""
    wide, narrow = ([*at, f"__substg1.0_{number}{kind}"] for kind in ("001F", "001E"))
    if mail.exists(wide):
        return str(mail.openstream(wide).read().decode("utf-16-le", "replace")).strip("\0 ")
    raw: bytes = mail.openstream(narrow).read() if mail.exists(narrow) else b""
    for code in _CODES:
        try:
            return raw.decode(code).strip("\0 ")
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1").strip("\0 ")
