"""A filled return and the containers it may arrive in, made in memory."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Iterable, Mapping
from email.message import EmailMessage
from functools import cache
from typing import Any

from dvctt_report.plan.load import load_profile
from dvctt_report.plan.model import Profile
from dvctt_report.text.resources import resource_path

YEAR = 2025
UNIT = "SYT"
NAME = "BM2025_SYT_So-Y-te.xlsx"


@cache
def profile() -> Profile:
    return load_profile(resource_path("templates") / "ninh_thuan")


@cache
def filled() -> bytes:
    """One unit's filled form, as Excel would have saved it."""
    return (resource_path("sample_data") / "nhan-ve" / str(YEAR) / NAME).read_bytes()


def zipped(files: Mapping[Any, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def renamed(name: str, new: bytes, data: bytes, extra: bytes = b"") -> bytes:
    """A .zip of one file whose name stands in it as ``new``, without the flag that says UTF-8."""
    assert name.isascii()
    assert len(name) == len(new)
    entry = zipfile.ZipInfo(name)
    entry.extra = extra
    return zipped({entry: data}, zipfile.ZIP_STORED).replace(name.encode(), new)


def linked(name: str) -> bytes:
    """A .zip that holds a symbolic link."""
    entry = zipfile.ZipInfo(name)
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return zipped({entry: b"/etc/passwd"})


def locked(files: Mapping[str, bytes]) -> bytes:
    """A .zip whose files are marked as encrypted."""
    data = bytearray(zipped(files, zipfile.ZIP_STORED))
    for magic, flag in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = data.find(magic)
        while at >= 0:
            data[at + flag] |= 1
            at = data.find(magic, at + 4)
    return bytes(data)


def mail(
    files: Iterable[tuple[str, bytes]] = (),
    subject: str = "Báo cáo DVCTT năm 2025",
    sender: str = "Văn thư <vanthu@example.com>",
) -> bytes:
    message = EmailMessage()
    message["From"] = sender
    message["To"] = "dvctt@example.com"
    message["Subject"] = subject
    message["Date"] = "Fri, 07 Nov 2025 08:30:00 +0700"
    message.set_content("Kính gửi quý cơ quan báo cáo và biểu số liệu.")
    for name, data in files:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def forwarded(inner: bytes) -> bytes:
    """A mail that holds another one as mail programs forward it."""
    head = b'From: a@example.com\r\nTo: b@example.com\r\nContent-Type: multipart/mixed; boundary="ff"\r\n\r\n'
    return head + b"--ff\r\nContent-Type: message/rfc822\r\n\r\n" + inner + b"\r\n--ff--\r\n"


def raw_mail(*parts: tuple[str, bytes]) -> bytes:
    """A mail from the headers of each part as they would be typed, and its content."""
    import base64

    lines = ["From: a@example.com", "To: b@example.com", "Subject: x", "MIME-Version: 1.0"]
    lines += ['Content-Type: multipart/mixed; boundary="rr"', ""]
    for headers, content in parts:
        lines += ["--rr", *headers.splitlines(), "Content-Transfer-Encoding: base64", ""]
        lines += [base64.encodebytes(content).decode().strip()]
    return "\r\n".join([*lines, "--rr--", ""]).encode("utf-8")
