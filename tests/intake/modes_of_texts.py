"""Failure modes 67 to 71 and 75 to 85: texts, versions of a return, what is signed; those without a file."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date

from dvctt_report.model import CellRef, Entry
from dvctt_report.text.old_fonts import TCVN3, VNI
from tests.intake.excel import Content, Formula, in_texts, put
from tests.intake.excel_layout import without_keys, without_meta
from tests.intake.matrix import BOOK, FILE, UNIT, Row, row, typed
from tests.intake.test_legacy_text import encode

A, PEOPLE, SENT = "01-A số liệu", "02 hoạt động!G11", "Trang ký!E8"
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


TEXTS: tuple[Row, ...] = (
    row(67, "every text in NFD", in_texts(in_nfd)),
    row(
        67, "every text in NFD, the keys deleted", in_texts(in_nfd), without_meta, told="NH40 warning Bìa!C1"
    ),
    row(
        68,
        "every tone mark on the second vowel, the keys deleted",
        in_texts(respelt),
        without_keys(A),
        without_meta,
        reads={"DG.ketqua.text": "Đã phổ biến tại hội nghị giao ban; thực hiện tốt ở Hoà Bình"},
        told=("NH40 warning Bìa!C1", f"NH50 warning {FILE}"),
    ),
    text(69, "TCVN3 in its font", encode(TEXT, TCVN3), TEXT, "DL20 warning", ".VnTime"),
    text(69, "VNI in its font", encode(TEXT, VNI), TEXT, "DL20 warning", "VNI-Times"),
    text(
        69,
        "TCVN3 in another font",
        "ThiÕu kinh phÝ ®µo t¹o",
        "ThiÕu kinh phÝ ®µo t¹o",
        "DL20 warning",
        "Arial",
    ),
    row(
        69,
        "a word good in both codes, in a font that is TCVN3 elsewhere in the file",
        put(SAID, "Cã", font=".VnTime"),
        put(SAID.replace("E8", "E7"), encode(TEXT, TCVN3), font=".VnTime"),
        reads={"DG.hanche.text": "Có", "DG.ketqua.text": TEXT},
        told=f"DL20 warning {SAID.replace('E8', 'E7')}",
    ),
    text(69, "a word good in both codes", "Cã", "Cã", font=".VnTime"),
    text(69, "Unicode in a font of TCVN3", TEXT, TEXT, font=".VnTime"),
    typed(69, "a figure in a font of TCVN3", PEOPLE, 350, font=".VnTime"),
    text(70, "spaces and line breaks around", f"  {TEXT} \n", TEXT),
    text(
        70, "a line break pasted from Word", "Thiếu kinh phí_x000B_thiếu người", "Thiếu kinh phí\nthiếu người"
    ),
    text(70, "characters that can't be printed", f"{TEXT[:5]}\u200b{TEXT[5:]}_x0007_", TEXT),
    typed(
        71,
        "a letter like Đ in a choice",
        "05-A nhiệm vụ, kinh phí!G8",
        "Ðã thực hiện",
        reads={"NV.7a.status": "Đã thực hiện"},
    ),
    typed(71, "a Cyrillic letter in the unit's name", "Bìa!E6", "Sở \u0423 tế"),
    *(
        text(75, "a text that would be a formula", typed, typed)
        for typed in ('=HYPERLINK("http://a.vn","x")', "+cmd|' /C calc'!A0", "@SUM(1)")
    ),
    text(75, "a formula in place of a text", Formula('HYPERLINK("http://a.vn","Xem")', "Xem"), "Xem"),
)

IN_BOOK = CellRef(BOOK, "Năm 2025", "B5")
SIGNED = CellRef(BOOK, "Năm 2025", "G5")


PROCESS: tuple[Row, ...] = (
    row(
        78,
        "another control code on the signed document",
        entries=(Entry(UNIT, "12/BC-SYT", signed_code="1234", at=IN_BOOK, code_at=SIGNED),),
        told="MK02 warning Năm 2025!G5",
    ),
    row(
        78,
        "a figure changed after the signature page was printed",
        put(PEOPLE, 351),
        reads={"HT.b.people": 351},
        told="MK01 warning Trang ký!E10",
    ),
    row(
        79,
        "signed after the day it was due",
        put(SENT, date(2025, 11, 20)),
        reads={"_.sent_on": date(2025, 11, 20)},
        told=f"TH01 info {FILE}",
    ),
    row(84, "nothing arrives", arrives=lambda _: {}, status={}, told="TH02 info"),
    text(85, "a text as long as a cell holds", "a" * 32_767, "a" * 32_767, "DL26 warning"),
)


@dataclass(frozen=True)
class NotOfAFile:
    """A failure mode that no single file shows: why, and the codes that tell it where there are any."""

    mode: int
    why: str
    codes: tuple[str, ...] = ()


NO_FILE: tuple[NotOfAFile, ...] = (
    NotOfAFile(63, "the form asks one period and prints it over every sheet; figures don't tell"),
    NotOfAFile(64, "a rule: against last year's report", ("NT01",)),
    NotOfAFile(65, "the item's definition names pupils and day; figures don't tell"),
    NotOfAFile(66, "the cut-off is printed and locked"),
    NotOfAFile(74, "a district gives its communes one by one; every other unit is asked its own figures"),
    NotOfAFile(76, "what several files are to each other", ("NH06", "NH60", "NH61", "NH64")),
    NotOfAFile(77, "the same content in another file", ("NH07", "NH63")),
    NotOfAFile(80, "what several files are to each other", ("NH06", "NH60", "NH61")),
    NotOfAFile(81, "a rule about figures", ("HL01",)),
    NotOfAFile(82, "a rule: against last year's report and against other units", ("NT01", "DV03")),
    NotOfAFile(83, "a rule: against the unit above", ("DV01", "DV02")),
)
