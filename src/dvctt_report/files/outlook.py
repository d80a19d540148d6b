"""The files attached to a mail that Outlook saved (.msg): a compound file whose streams are its properties.

[MS-OXMSG] 2.2: an attachment is a storage of its own; a mail attached to it is a storage in that.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone
from io import BytesIO
from typing import TYPE_CHECKING, Final

from dvctt_report.files.kinds import FileKind, sniff
from dvctt_report.text.limits import MAX_DEPTH

if TYPE_CHECKING:
    from olefile import OleFileIO

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
        return list(_files(mail, (), 1)), _sender(mail), _day(mail)


def _sender(mail: OleFileIO) -> str:
    """Name and address of who sent a mail; "" where it doesn't say so legibly."""
    with suppress(Exception):  # a sender that is damaged keeps no file back
        said = [text for number in _SENDER if (text := _text(mail, (), number)) and not text.startswith("/")]
        return " ".join(" ".join(dict.fromkeys(said)).split())
    return ""


def _day(mail: OleFileIO) -> date | None:
    """The day a mail arrived on, else that it was sent on; None where it doesn't say so legibly."""
    with suppress(Exception):
        table = mail.openstream("__properties_version1.0").read()[32:]
        entries = dict(struct.unpack_from("<L4xQ", table, at) for at in range(0, len(table) - 15, 16))
        ticks = next(entries[number] for number in _DAYS if entries.get(number))
        return day_in_vietnam(datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=ticks // 10))
    return None


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
