"""Failure modes 35 to 66: what stands in a cell, and what it is read as."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from dvctt_report.model import State
from tests.intake.edits import opened, saved
from tests.intake.excel import Content, Edit, Error, Formula, Parts, Raw, Runs, in_part, part_of, put
from tests.intake.excel_layout import with_sheet
from tests.intake.matrix import BLANK, UNREADABLE, Row, row, typed

A, B, MONEY, LIST = "01-A số liệu", "02 hoạt động", "05-A nhiệm vụ, kinh phí", "05-B đánh giá, kiến nghị"
PEOPLE, SPENT, DAY = f"{B}!G11", f"{MONEY}!G20", f"{LIST}!E17"
"""A count (HT.b.people, "lượt người"), a sum of money (KP.a.spent), a day (VB.issued_on@1)."""
NONE, NOT_YET, NOT_OURS = State.NONE_ARISING, State.NOT_AVAILABLE, State.NOT_APPLICABLE


def count(mode: int, typed: Content, read: object, told: str = "", fmt: str = "", done: str = "") -> Row:
    """``typed`` in a cell that counts people, and what it is read as."""
    about = done or f"a count {typed!r}"
    findings = [f"{one} {PEOPLE}" for one in told.split(", ") if one]
    return row(mode, about, put(PEOPLE, typed, fmt=fmt), reads={"HT.b.people": read}, told=findings)


def asked(mode: int, typed: Content, code: str, done: str = "") -> Row:
    """``typed`` in a cell that counts people is a question: an error with that code at that cell."""
    return count(mode, typed, UNREADABLE, f"{code} error", done=done)


def rate(mode: int, typed: Content, read: object, told: str = "", fmt: str = "") -> Row:
    """``typed`` over the formula of the rate of T1, 100 of 120."""
    findings = f"{told} {A}!I8" if told else ()
    about = f"a rate {typed!r}" + (f" shown as {fmt}" if fmt else "")
    return row(mode, about, put(f"{A}!I8", typed, fmt=fmt), reads={"T1.rate": read}, told=findings)


def money(mode: int, typed: Content, read: object, told: str = "") -> Row:
    findings = f"{told} {SPENT}" if told else ()
    return row(mode, f"money {typed!r}", put(SPENT, typed), reads={"KP.a.spent": read}, told=findings)


def day(mode: int, typed: Content, read: object, told: str = "", like: str = "") -> Row:
    findings = f"{told} {DAY}" if told else ()
    return row(
        mode, f"a day {typed!r}", put(DAY, typed, like=like), reads={"VB.issued_on@1": read}, told=findings
    )


def days(mode: int, done: str, *typed: tuple[str, date, str]) -> Row:
    """Days typed as text below each other: as what day each is read, and what is told of it."""
    return row(
        mode,
        done,
        *(put(f"{LIST}!E{n}", text) for n, (text, _, _) in enumerate(typed, 17)),
        put(f"{LIST}!D19", "7/KH-SYT"),
        reads={f"VB.issued_on@{n}": read for n, (_, read, _) in enumerate(typed, 1)}
        | {"VB.number@3": "7/KH-SYT"},
        told=[f"{told} {LIST}!E{n}" for n, (_, _, told) in enumerate(typed, 17) if told],
    )


def of_1904(parts: Parts) -> None:
    """The same days in the other date system of Excel."""
    in_part("xl/workbook.xml", lambda x: x.replace("<workbookPr ", '<workbookPr date1904="1" '))(parts)
    for sheet, cells in ((LIST, ("E17", "E18")), ("Trang ký", ("E8",))):
        for cell in cells:
            serial = rf'(<c r="{cell}"[^>]*><v>)(\d+)'
            change = lambda x, serial=serial: re.sub(serial, lambda m: f"{m[1]}{int(m[2]) - 1462}", x)  # noqa: E731
            in_part(part_of(parts, sheet), change)(parts)


def pair(mode: int, about: str, typed: tuple[int | None, int | None], told: str, **reads: object) -> Row:
    """T1: so many in all, so many of them done."""
    total, part = typed
    rate = Formula("G8/F8*100", round(part / total * 100, 12) if total and part is not None else "")
    names = {"T1.total": total, "T1.done": part, **{f"T1.{name}": read for name, read in reads.items()}}
    findings = [f"{one} {A}!{cell}" for one, _, cell in (t.partition("@") for t in told.split(", ") if t)]
    return row(
        mode,
        about,
        put(f"{A}!F8", total),
        put(f"{A}!G8", part),
        put(f"{A}!I8", rate),
        reads=names,
        told=findings,
    )


def by_a_library(data: bytes) -> bytes:
    """Opened and saved by a program that calculates nothing."""
    return saved(opened(data))


def draft(content: Content) -> tuple[Edit, Edit]:
    """A sheet of the unit's own with this in A1."""
    return with_sheet("tính thử"), put("tính thử!A1", content)


def invented(text: str, made: int) -> Row:
    """A number done that is no count: ``made`` of the 120 of T1."""
    rate = Formula("G8/F8*100", made / 120 * 100)
    return row(
        89,
        f"={text}",
        put(f"{A}!G8", Formula(text, made)),
        put(f"{A}!I8", rate),
        reads={"T1.done": made, "T1.rate": Decimal(made) / 120 * 100},
        told=f"DL16 error {A}!G8",
    )


RATES = {f"T{n}.rate": BLANK for n in (1, 2, 10, 12, 13)}

FORMULAS: tuple[Row, ...] = (
    asked(35, Formula("SUM(100,250)"), "DL06"),
    typed(35, "the sum of the form never calculated", f"{A}!F10", Formula("SUM('03 hồ sơ TTHC'!I9)")),
    row(
        35,
        "saved by a program that calculates nothing",
        arrives=by_a_library,
        reads=RATES | {"_.control_code": ""},
    ),
    count(36, Formula("SUM(100,250)", 340), 340, "DL23 warning"),
    count(36, Formula("SUM(100,250)", 350), 350),
    count(36, Formula("ABS(-350)", 340), 340, "DL16 error, DL23 warning"),
    count(
        36,
        Formula("VLOOKUP(40,'01-A số liệu'!F8:G12,2,FALSE)", 350),
        350,
        "DL16 error, DL23 warning",
    ),
    count(
        36,
        Formula("KHONGCO(350)", 350),
        350,
        "DL16 error, DL19 info",
        done="a result of a function that isn't worked out",
    ),
    row(
        36,
        "a sum over a draft that is out of date",
        *draft(Formula("300+40", 350)),
        put(PEOPLE, Formula("'tính thử'!A1", 350)),
        told=(f"DL23 warning {PEOPLE}", "NH49 info bieu.xlsx"),
    ),
    row(
        36,
        "calculated by hand",
        in_part("xl/workbook.xml", lambda x: x.replace("<calcPr ", '<calcPr calcMode="manual" ')),
        put(PEOPLE, Formula("300+50", 350)),
        told=f"DL30 warning {PEOPLE}",
    ),
    row(
        36,
        "calculated by hand without a formula of the unit",
        in_part("xl/workbook.xml", lambda x: x.replace("<calcPr ", '<calcPr calcMode="manual" ')),
    ),
    typed(
        36,
        "the sum of the form out of date",
        f"{A}!F10",
        Formula("SUM('03 hồ sơ TTHC'!I9)", 60),
        "DL23 warning",
    ),
    *(asked(37, Error(name), "DL05") for name in ("#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!")),
    rate(37, Error("#DIV/0!"), BLANK),
    rate(37, Formula("G8/F8*100", Error("#DIV/0!")), BLANK),
    count(38, Formula("[1]Sheet1!A1", 340), 340, "DL24 warning"),
    asked(38, Formula("[1]Sheet1!A1"), "DL06", "a formula into another workbook without a result"),
    typed(
        39,
        "another total typed over the sum",
        f"{A}!F10",
        81,
        "DL13 error",
        {"T10.total": 81, "T10.rate": BLANK},
    ),
    typed(39, "the same total typed over the sum", f"{A}!F10", 80),
    rate(40, 50, Decimal(50), "SL08 warning"),
    rate(40, 83.3, Decimal("83.3")),
)

INVENTED: tuple[Row, ...] = (
    invented("ROUND(F8*95%,0)", 114),
    invented("F8*0.9", 108),
    invented("F8*9/10", 108),
    invented("F8-F8*5%", 114),
    invented("F8*(1-10%)", 108),
    invented("ROUND(120*95%,0)", 114),
    invented("INT(F8/2)", 60),
    invented("3*36*(F8>0)", 108),
    invented("120*95%", 114),
    count(89, Formula("300+50", 350), 350),
    count(89, Formula("7*50", 350), 350),
    count(89, Formula("RANDBETWEEN(340,360)", 350), 350, "DL16 error, DL19 info"),
    count(89, Formula("SUM(G12:G13)/2", 260), 260, "DL16 error", done="half of a sum with its subtotals"),
    money(89, Formula("50*1000000", 50_000_000), 50_000_000),
    count(90, Formula("IFERROR(1/0,0)", 0), 0, "DL16 error"),
    count(90, Formula("IFERROR(VLOOKUP(9,G12:G13,1,FALSE),0)", 0), 0, "DL16 error"),
    count(90, Formula("IFERROR(300+50,0)", 350), 350, "DL16 error"),
    row(
        90,
        "a sum over a number typed as text",
        put(f"{B}!G12", "20"),
        put(PEOPLE, Formula("SUM(G12:G13)", 500)),
        reads={"HT.b.people": 500},
        told=f"DL18 warning {PEOPLE}",
    ),
)

NUMBERS: tuple[Row, ...] = (
    count(41, "1234", 1234),
    count(41, "1.234.567", 1_234_567),
    count(41, "29 000", 29_000),
    row(
        42,
        "both marks in a column",
        put(PEOPLE, "1.234,5"),
        put(f"{B}!G12", "1,234.5"),
        put(f"{B}!G13", "1.234"),
        reads=dict.fromkeys(("HT.b.people", "HT.c.banners", "HT.c.leaflets"), UNREADABLE),
        told=(f"DL03 error {PEOPLE}", f"DL03 error {B}!G12", f"DL08 error {B}!G13"),
    ),
    asked(42, "1.234.567,5", "DL03"),
    rate(42, "83,33", Decimal("83.33")),
    count(43, "1.234", 1234, "DL12 warning"),
    row(
        43,
        "a lone group in a column with a decimal",
        put(PEOPLE, "1.234"),
        put(f"{B}!G12", "12,5"),
        reads={"HT.b.people": UNREADABLE, "HT.c.banners": UNREADABLE},
        told=(f"DL08 error {PEOPLE}", f"DL03 error {B}!G12"),
    ),
    typed(
        43,
        "a lone group that makes a part larger than its whole",
        f"{A}!G8",
        "1.234",
        "DL08 error",
        {"T1.done": UNREADABLE, "T1.rate": BLANK},
    ),
    asked(43, "1,234", "DL08"),
    row(
        43,
        "a lone group by commas beside a number of two",
        put(PEOPLE, "1,234"),
        put(f"{B}!G13", "2,500,000"),
        reads={"HT.b.people": 1234, "HT.c.leaflets": 2_500_000},
        told=f"DL12 warning {PEOPLE}",
    ),
    asked(43, "1234.567", "DL08"),
    asked(43, "1.234,567", "DL08"),
    rate(44, 0.8333, Decimal("83.33"), fmt="0.00%"),
    rate(44, 0.8333, Decimal("0.8333"), "SL08 warning"),
    rate(44, "83,33%", Decimal("83.33")),
    rate(44, 83.33, Decimal(8333), "SL08 warning", "0.00%"),
    asked(44, "80%", "DL10"),
    count(44, 0.8, UNREADABLE, "DL10 error", "0%"),
    money(45, 50, 50, "DL25 warning"),
    money(45, 10**13, 10**13, "DL25 warning"),
    typed(
        45,
        "a note that speaks of millions",
        f"{MONEY}!H9",
        "Theo dự toán (triệu đồng)",
        reads={"NV.7b.note": "Theo dự toán (triệu đồng)"},
    ),
    money(45, "50 triệu", UNREADABLE, "DL01 error"),
    *(asked(46, typed, "DL01") for typed in ("khoảng 50", "trên 100", "50-60", "≥ 80")),
    *(
        count(47, typed, NONE)
        for typed in ("không phát sinh", "Không phát sinh.", "khong phat sinh", "ko PS")
    ),
    *(count(47, typed, NONE) for typed in ("khoong phats sinh", "-")),
    *(count(47, typed, NOT_YET) for typed in ("chưa có số liệu", "chưa có SL", "…")),
    count(47, "không áp dụng", NOT_OURS),
    *(asked(47, typed, "DL04") for typed in ("không", "không có", "x", "/", "nt", "đủ", "100%", "chưa có")),
    asked(47, "khôg phát sinh", "DL01"),
    count(47, None, BLANK),
    count(47, " \u00a0", BLANK),
    pair(47, "a 0 beside an empty cell", (0, None), "SL01 error@G8", done=BLANK, rate=BLANK),
    pair(47, "an empty cell beside a 0", (None, 0), "SL03 error@F8", total=BLANK, rate=BLANK),
    count(48, "120 lượt người", 120, "DL12 warning"),
    count(48, "0 (không có)", 0, "DL12 warning"),
    *(asked(48, typed, "DL01") for typed in ("3 lớp (150 lượt)", "3 lớp", "120 nữ")),
    asked(49, "1500/1600", "DL21"),
    asked(49, "12+5+7", "DL22"),
    asked(49, "=1500/1600", "DL01"),
    count(49, Formula("12+5+7", 24), 24),
    asked(50, 12.5, "DL03"),
    asked(50, "12,5", "DL03"),
    asked(51, -5, "DL02"),
    asked(51, "(123)", "DL02"),
    pair(52, "more done than there are", (120, 121), "SL02 error@G8", rate=Decimal("100.833333333333")),
    pair(52, "a total alone", (120, None), "SL01 error@G8", done=BLANK, rate=BLANK),
    pair(52, "a number done alone", (None, 100), "SL03 error@F8", total=BLANK, rate=BLANK),
    pair(52, "none of none", (0, 0), "", rate=BLANK),
    count(53, "１２３", 123),
    *(asked(53, typed, "DL01") for typed in ("1O0", "l2", "١٢٣")),
    *(count(54, typed, 29_000) for typed in ("29\u00a0000", "29\u2009000", "29\u202f000", "29\u200b000")),
    *(asked(54, typed, "DL01") for typed in ("29\n000", "29\t000")),
    count(55, "'123", 123),
    typed(55, "a telephone number typed as a number", "Bìa!E17", 259123456),
    typed(55, "the control code typed as a number", "Trang ký!E10", 44, reads={"_.control_code": "0044"}),
    typed(
        56,
        "a number turned date",
        PEOPLE,
        date(2025, 2, 1),
        "DL07 error",
        {"HT.b.people": UNREADABLE},
        like=DAY,
    ),
    count(56, date(2025, 1, 1), 45_658, "DL29 warning", done="a day typed into the cell of a number"),
    count(56, date(2025, 12, 31), 46_022, "DL29 warning", done="the last day of the year in a number's cell"),
    count(56, date(2024, 12, 31), 45_657, done="a number that is a day of another year"),
    *(asked(57, typed, "DL01") for typed in ("1234567890123456", "1e5", Raw("1.2345678901234567E+18"))),
    count(57, Raw("1.2E+11"), 120_000_000_000),
    count(58, Formula("SUM(59.1,60.9)", 119.99999999999999), 120),
)

STRIKE, RAISED = "<strike/>", '<vertAlign val="superscript"/>'
SHOWN: tuple[Row, ...] = (
    *(
        count(86, 31, UNREADABLE, "DL14 error", fmt)
        for fmt in ('#,##0" nghìn"', '0" tr"', '0"K"', '0"00"', '">"0', '"khoảng "0', '"Không"', "0,", ";;;")
    ),
    *(count(86, 31, 31, fmt=fmt) for fmt in ("General", "0", "#,##0.00", '#,##0" lượt người"', "@", "0_)")),
    count(86, 0, UNREADABLE, "DL14 error", "#,###", "a 0 that nobody sees"),
    count(86, 0, 0, fmt='_(* #,##0_);_(* (#,##0);_(* "-"??_);_(@_)', done="a 0 shown as a dash"),
    count(86, "31", UNREADABLE, "DL14 error", '@" nghìn"', "a text shown with another word"),
    typed(
        86,
        "money in thousands by its format",
        SPENT,
        50_000_000,
        "DL14 error",
        {"KP.a.spent": UNREADABLE},
        fmt="#,##0,",
    ),
    typed(86, "money with its own unit", SPENT, 50_000_000, fmt='#,##0" đồng"'),
    typed(
        86,
        "a day of which only the month is seen",
        DAY,
        date(2025, 3, 1),
        "DL14 error",
        {"VB.issued_on@1": UNREADABLE},
        fmt="mm/yyyy",
    ),
    typed(
        86,
        "a day shown month first",
        DAY,
        date(2025, 3, 4),
        "DL27 warning",
        {"VB.issued_on@1": date(2025, 3, 4)},
        fmt="m/d/yyyy",
    ),
    typed(87, "a number struck out", PEOPLE, 350, "DL15 error", {"HT.b.people": UNREADABLE}, font=STRIKE),
    asked(87, Runs(((STRIKE, "2"), ("", "350"))), "DL15", "a number half struck out"),
    asked(87, Runs((("", "69"), (RAISED, "1"))), "DL15", "a number with a raised sign"),
    typed(
        87,
        "a text with a raised sign",
        f"{A}!L8",
        Runs((("", "Diện tích m"), (RAISED, "2"))),
        reads={"T1.source": "Diện tích m2"},
    ),
    typed(
        87,
        "a document struck out",
        f"{LIST}!D17",
        Runs(((STRIKE, "12/KH-SYT"),)),
        "DL15 error",
        {"VB.number@1": UNREADABLE},
    ),
    typed(
        87,
        "the number of the signed paper struck out",
        "Trang ký!E7",
        Runs(((STRIKE, "12/BC-SYT"),)),
        "DL15 error",
        {"_.document_number": ""},
    ),
    count(88, True, UNREADABLE, "DL01 error", done="a truth value"),
)

DATES: tuple[Row, ...] = (
    day(59, "20/03/2025", date(2025, 3, 20)),
    day(59, "3/4/2025", date(2025, 4, 3)),
    days(
        59,
        "days month first, as their column proves",
        ("10/25/2025", date(2025, 10, 25), "DL27 warning"),
        ("03/04/2025", date(2025, 3, 4), "DL27 warning"),
        ("10/26/2025", date(2025, 10, 26), "DL27 warning"),
    ),
    days(
        59,
        "days written both ways",
        ("10/25/2025", date(2025, 10, 25), "DL27 warning"),
        ("25/09/2025", date(2025, 9, 25), "DL27 warning"),
        ("03/04/2025", date(2025, 4, 3), "DL27 warning"),
    ),
    day(60, date(2025, 12, 3), date(2025, 12, 3), "DL28 warning"),
    day(61, "3/4/25", date(2025, 4, 3), "DL27 warning"),
    day(61, "3/4/1925", UNREADABLE, "DL09 error"),
    day(61, Raw("45"), UNREADABLE, "DL09 error"),
    row(61, "the date system of 1904", of_1904),
    day(62, date(2024, 3, 20), date(2024, 3, 20), "DL28 warning"),
    typed(
        62,
        "signed before the year began",
        "Trang ký!E8",
        date(2024, 11, 7),
        "DL28 warning",
        {"_.sent_on": date(2024, 11, 7)},
    ),
    typed(
        62,
        "signed after the cut-off",
        "Trang ký!E8",
        date(2025, 11, 20),
        reads={"_.sent_on": date(2025, 11, 20)},
    ),
)

NUMBERED, DATED = f"{LIST}!D18", f"{LIST}!E18"
LISTED: tuple[Row, ...] = (
    *(
        row(
            94,
            f"the word {text} for a document",
            put(NUMBERED, text),
            put(DATED, None),
            put(f"{LIST}!F18", None),
            reads={"VB.number@2": NONE, "VB.issued_on@2": BLANK, "VB.subject@2": BLANK},
        )
        for text in ("Không có", "không", "Chưa ban hành văn bản", "Đơn vị không ban hành văn bản riêng")
    ),
    row(
        94,
        "a document listed twice",
        put(NUMBERED, "Kế hoạch số 12/KH-SYT "),
        put(DATED, date(2025, 3, 20), like=DATED),
        reads={"VB.number@2": BLANK, "VB.issued_on@2": date(2025, 3, 20)},
        told=f"DL32 warning {NUMBERED}",
    ),
    typed(94, "the same number on another day", NUMBERED, "12/KH-SYT", reads={"VB.number@2": "12/KH-SYT"}),
    typed(94, "a document without a day", DATED, None, "DL31 warning", {"VB.issued_on@2": BLANK}),
    typed(94, "a day without a document", NUMBERED, None, "DL31 warning", {"VB.number@2": BLANK}),
    *(
        typed(94, f"listed as {number}", NUMBERED, number, "DL33 error", {"VB.number@2": UNREADABLE})
        for number in (
            *("15/KH-SYT; 16/KH-SYT", "15/KH, 16/KH", "15/KH-SYT (đã thu hồi)", "15/KH-SYT (dự thảo)"),
            *("15/KH-SNV", "Dự thảo 15/KH-SYT", "15, 16/KH-SYT"),
        )
    ),
    row(
        94,
        "listed as withdrawn by its subject",
        put(f"{LIST}!F18", "Kế hoạch truyền thông (đã thu hồi)"),
        reads={"VB.number@2": UNREADABLE, "VB.subject@2": "Kế hoạch truyền thông (đã thu hồi)"},
        told=f"DL33 error {NUMBERED}",
    ),
    *(
        row(
            94,
            f"listed as {number}, about {subject}",
            put(NUMBERED, number),
            put(f"{LIST}!F18", subject),
            reads={"VB.number@2": number, "VB.subject@2": subject},
        )
        for number, subject in (
            ("15/KHLN-SYT-SNV", "Kế hoạch liên ngành"),
            ("15/KH-UBND", "Góp ý dự thảo Kế hoạch"),
            ("15/SYT-VP", "Thay thế Kế hoạch số 12/KH-SYT"),
        )
    ),
    typed(
        94,
        "a document by its title alone",
        NUMBERED,
        "Kế hoạch truyền thông",
        "DL31 warning",
        {"VB.number@2": "Kế hoạch truyền thông"},
    ),
)
