"""How a received file is named: as findings and JSON name it, and in words.

A file is named by its path from the workspace with ``/``; one from a container by the container's name,
``!/`` and the way in: "nhan-ve/2025/thu.zip!/1/bieu.xlsx".
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path, PurePosixPath

from dvctt_report.text.limits import MAX_RECEIVED
from dvctt_report.text.personal import masked
from dvctt_report.text.visible import legible_name

_INTO = "!/"


def known_as(path: str) -> str:
    """The path of a received file as the program knows it: legible, and without a person's numbers."""
    parts = []
    for name in path.split("/"):
        told = legible_name(masked(name))
        if told != legible_name(name):  # letters of it keep two apart that differ in what is left out
            code = sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:_CODE].translate(_LETTERS)
            left = PurePosixPath(told)
            told = str(left.with_stem(f"{left.stem} {code}"))
        parts.append(told)
    return "/".join(parts)


_CODE = 4
_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")
"""No digits: they would be read as a year or a number of the document."""


def inside(container: str, member: str) -> str:
    """The name of a file that was taken out of a container."""
    return f"{container}{_INTO}{member}"


def received_name(file: str) -> str:
    """The name of the file that stands in the inbox: the outermost container, else the file itself."""
    return file.partition(_INTO)[0]


def within(file: str) -> str:
    """The way to a file within the outermost container; "" for one that came by itself."""
    return file.partition(_INTO)[2]


def enclosing(file: str) -> Iterator[str]:
    """Yield what the names of files begin with that lie around one from a container, the nearest first.

    Its folder, the folders around that, the container itself, the containers around that: each ends in "/".
    A file that came by itself has nothing around it.
    """
    while _INTO in (around := file.rpartition("/")[0] + "/"):
        yield around
        file = around.removesuffix("/").removesuffix("!")


def last_name(file: str) -> str:
    """The name of the file alone, without folders and containers: "bieu.xlsx"."""
    return file.rpartition("/")[2]


def own_name(file: str) -> str:
    """The name of the file without folders, and of what it came in: "bieu.xlsx (trong thu.zip)"."""
    return format_file(_INTO.join(map(last_name, file.split(_INTO))))


def format_file(file: str) -> str:
    """Name a file in words: "1/bieu.xlsx (trong nhan-ve/2025/thu.zip)"; one of its own as it is named."""
    *containers, member = file.split(_INTO)
    return f"{member} (trong {', trong '.join(reversed(containers))})" if containers else file


def format_content(file: str, sha256: str) -> str:
    """Name one content of a file, as a decision about it does: file and code, "bieu.xlsx (3f9c1a2b)"."""
    return f"{format_file(file)} ({sha256[:8]})"


_SYSTEMS = {".ds_store": "macOS", "thumbs.db": "Windows", "desktop.ini": "Windows"}


def skip_reason(name: str) -> str | None:
    """Say why a file of that name is no return and is only listed; None where it is to be read."""
    base = PurePosixPath(name.replace("\\", "/")).name.lower()
    if base.startswith("~$"):
        return "tệp khóa tạm của Excel (tệp gốc có thể đang mở, chưa lưu)"
    if system := "macOS" if base.startswith("._") else _SYSTEMS.get(base):
        return f"tệp hệ thống của {system}"
    return "tệp tạm, tải về chưa xong" if base.endswith((".tmp", ".crdownload", ".part")) else None


def is_to_be_read(path: Path) -> bool:
    """Whether a file in the inbox is read as a return: none of the system's, none too large."""
    try:
        return skip_reason(path.name) is None and path.stat().st_size <= MAX_RECEIVED
    except OSError:
        return False
