"""Failure modes 67 to 71 and 75 to 85: texts, versions of a return, what is signed; those without a file."""

from __future__ import annotations

import unicodedata

from dvctt_report.model import CellRef, Entry
from dvctt_report.text.old_fonts import TCVN3, VNI
from tests.intake.excel import Content, put
from tests.intake.matrix import BOOK, NAMES, Row, row
from tests.intake.test_legacy_text import encode
from tests.made import rows_beside

SAID, TEXT = "05-B đánh giá, kiến nghị!E8", "Thiếu kinh phí, thiếu người hướng dẫn"
"""A text of the unit (DG.hanche), and where it stands."""
OLD_STYLE = {"òa": "oà", "óa": "oá", "ỏa": "oả", "õa": "oã", "ọa": "oạ", "òe": "oè", "óe": "oé", "ỏe": "oẻ",
             "ùy": "uỳ", "úy": "uý", "ủy": "uỷ", "ũy": "uỹ", "ụy": "uỵ", "Ủy": "Uỷ"}  # fmt: skip


def respelt(text: str) -> str:
    for new, old in OLD_STYLE.items():
        text = text.replace(new, old)
    return text


def in_nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def text(mode: int, done: str, typed: Content, read: object, told: str = "", font: str = "") -> Row:
    findings = f"{told} {SAID}" if told else ()
    return row(mode, done, put(SAID, typed, font=font), reads={"DG.hanche.text": read}, told=findings)


def nothing(_: bytes) -> dict[str, bytes]:
    return {}


IN_BOOK = CellRef(BOOK, "Năm 2025", "B5")
SIGNED = CellRef(BOOK, "Năm 2025", "G5")
LONGEST = "a" * 32_767
"""So many letters as a cell holds."""

OTHERS = {"Entry": Entry, "TCVN3": TCVN3, "VNI": VNI, "encode": encode}
TEXTS: tuple[Row, ...] = rows_beside(__file__, NAMES | globals() | OTHERS)
PROCESS: tuple[Row, ...] = rows_beside(__file__, NAMES | globals() | OTHERS, "process")
NO_FILE: dict[int, str] = dict(rows_beside(__file__, {}, "of_no_file"))
"""Failure modes that no single file shows: why, and the codes that tell them."""
