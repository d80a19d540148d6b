"""Failure modes 95 to 99: what is seen in a cell and beside the tables, whatever the cells hold."""

from __future__ import annotations

from collections.abc import Mapping

from tests.intake.excel import Edit, Runs, put
from tests.intake.excel_layout import (
    conditional,
    frozen,
    low_row,
    margin,
    merged,
    narrow_column,
    note_on,
    over,
    text_box_on,
)
from tests.intake.matrix import BLANK, UNREADABLE, Row, row, typed
from tests.intake.modes_of_layout import DOSSIERS, FIGURES, MONEY, SIGNED, A, label, unusable

WHITE, BLACK = '<color rgb="FFFFFFFF"/>', '<color rgb="FF000000"/>'
F8 = f"{A}!F8"
UNSEEN = {"T1.total": UNREADABLE, "T1.rate": BLANK}
OF_MONEY = dict.fromkeys(("KP.a.planned", "KP.a.spent", "KP.b.budgeted"), UNREADABLE)


def unseen(done: str, *edits: Edit) -> Row:
    return row(95, done, *edits, reads=UNSEEN, told=f"DL14 error {F8}")


def remark(done: str, where: str, text: str, told: str, reads: Mapping[str, object]) -> Row:
    return row(98, done, put(where, text), reads=reads, told=f"{told} {where}")


SIGHT: tuple[Row, ...] = (
    unseen("white letters", put(F8, 120, font=WHITE)),
    unseen("letters of one point", put(F8, 120, font='<sz val="1"/>')),
    *(unseen(f"the format {code}", put(F8, 120, fmt=code)) for code in ("[White]0", "[Color2]#,##0")),
    unseen("a run of white letters", put(F8, Runs(((BLACK, "12"), (WHITE, "0"))))),
    unseen(
        "a conditional format with a digit",
        conditional(F8, '<numFmt numFmtId="199" formatCode="0&quot;0&quot;"/>'),
    ),
    unseen(
        "a conditional format that shows nothing",
        conditional(f"{A}!F8:F8", '<numFmt numFmtId="198" formatCode=";;;"/>'),
    ),
    unseen("a conditional line through", conditional(F8, "<font><strike/></font>")),
    unseen("conditionally white letters", conditional(F8, f"<font>{WHITE}</font>")),
    unseen("icons without the number", conditional(F8, "", 'type="iconSet"', '<iconSet showValue="0"/>')),
    row(
        95,
        "a conditional fill, another plain format",
        conditional(
            F8,
            '<numFmt numFmtId="197" formatCode="#,##0"/>'
            '<fill><patternFill><bgColor rgb="FFFFFF00"/></patternFill></fill>',
        ),
    ),
    row(96, "a row of no height", low_row(F8), told=f"NH44 warning {F8}"),
    row(96, "a column of no width", narrow_column(F8), told=f"NH44 warning {F8}"),
    row(96, "a row that shows a slice of its letters", low_row(F8, 5), told=f"NH44 warning {F8}"),
    typed(96, "letters of 72 points", F8, 120, "NH44 warning", font='<sz val="72"/>'),
    row(96, "a number wider than its column", narrow_column(F8, 2), told=f"NH44 warning {F8}"),
    row(
        96,
        "a number typed as text, cut off by its column",
        put(F8, "120"),
        narrow_column(F8, 2),
        told=f"NH44 warning {F8}",
    ),
    row(
        96,
        "rows above those that a freeze pane holds",
        frozen(A, first="A9", held=10),
        told=f"NH44 warning {F8}",
    ),
    row(96, "a head held by a freeze pane", frozen(A, first="C2", held=7)),
    row(96, "a picture over a heading and figures", over(A, "F6", "G8", "pic"), told=f"NH48 warning {A}!F6"),
    row(96, "a shape over a figure", over(A, "G9", "G9", "sp"), told=f"NH48 warning {A}!G9"),
    row(96, "a frame around a figure", over(A, "G9", "G9", "sp", "<a:noFill/>")),
    row(96, "a stamp over the signature", over(SIGNED, "C9", "F12", "pic")),
    row(
        96,
        "a stamp over the number of the document",
        over(SIGNED, "C6", "F12", "pic"),
        told="NH48 warning Trang ký!E7",
    ),
    typed(96, "a label struck out", f"{A}!D8", label("T1"), "NH57 error", unusable("T1"), font="<strike/>"),
    typed(
        96,
        "a heading struck out",
        f"{DOSSIERS}!F7",
        "Mới, trực tuyến",
        "NH57 error",
        {"HS.T.received_online": UNREADABLE},
        font="<strike/>",
    ),
    row(
        96,
        "a label of another row merged over a label",
        merged(A, "D8:D9"),
        reads=unusable("T2"),
        told=f"NH57 error {A}!D9",
    ),
    typed(97, "a figure beside a row", f"{A}!O8", 130, "NH52 error", unusable("T1")),
    row(
        97,
        "a column of right figures",
        put(f"{A}!O6", "Số đúng"),
        put(f"{A}!O8", 130),
        reads=unusable("T1"),
        told=(f"NH52 error {A}!O8", f"NH69 error {A}!O6"),
    ),
    typed(
        97, "a right figure beside a row, in words", f"{A}!O8", "Số đúng là 130", "NH69 error", unusable("T1")
    ),
    typed(98, "a remark beside a row", f"{A}!O8", "đợt 1 làm 3 lớp", "NH87 info"),
    typed(98, "a remark that nothing is known of", f"{A}!D20", "Tờ số 2", "NH87 info"),
    typed(98, "a check told beside a row", f"{A}!O8", "đã đối chiếu với phòng TCCB", "NH87 info"),
    typed(98, "the own cut-off below", f"{A}!D20", "10 tháng đầu năm 2025, chốt ngày 31/10", "NH87 info"),
    row(
        98,
        "what is said below and in the column for notes",
        put(f"{A}!D20", "đếm số buổi"),
        put(f"{A}!M8", "xã A gửi muộn"),
        reads={"T1.note": "xã A gửi muộn"},
        told=f"NH87 info {A}!D20",
    ),
    typed(91, "a line below a heading", f"{A}!G6", "Đã thực hiện\n(còn 2 phòng)", "NH87 info"),
    remark(
        "money in millions, said below",
        f"{MONEY}!D40",
        "* Số tiền trong bảng tính bằng triệu đồng",
        "NH58 error",
        OF_MONEY,
    ),
    remark("counts in thousands, said in a margin", f"{A}!O3", "ĐVT: nghìn người", "NH58 error", FIGURES),
    remark(
        "the cut-off of half a year, said below",
        f"{A}!D20",
        "Số liệu tính đến 30/6/2025",
        "NH59 error",
        FIGURES,
    ),
    remark("a factor below", f"{A}!D20", "Số trong bảng nhân với 1.000", "NH58 error", FIGURES),
    remark("a factor beside a row", f"{A}!O8", "x 1.000", "NH58 error", unusable("T1")),
    remark("another span of years", f"{A}!D20", "Số liệu giai đoạn 2021-2025", "NH59 error", FIGURES),
    remark("less than all", f"{A}!D20", "Số liệu chưa bao gồm cấp xã", "NH69 error", FIGURES),
    remark("another year, said below", f"{A}!D20", "Ghi chú: số liệu năm 2024", "NH59 error", FIGURES),
    remark("another cut-off beside a row", f"{A}!O8", "tính đến 30/6/2025", "NH59 error", unusable("T1")),
    remark(
        "a correction below that quotes",
        f"{A}!D20",
        "Đính chính: tổng số 130 không phải 120",
        "NH69 error",
        FIGURES,
    ),
    remark("a draft by its title", f"{A}!C2", "BẢN NHÁP - Biểu 01-A", "NH69 error", FIGURES),
    remark("figures that are estimates", f"{A}!D20", "Số liệu trên là số ước tính", "NH69 error", FIGURES),
    row(
        98,
        "a draft by the head of its pages",
        margin(A, "&amp;C&amp;14DỰ THẢO"),
        reads=FIGURES,
        told=f"NH69 error {A}!C1",
    ),
    row(
        98,
        "another period in a box",
        text_box_on(A, "Số liệu 6 tháng đầu năm"),
        reads=FIGURES,
        told=(f"NH48 warning {A}!A1", f"NH59 error {A}!A1"),
    ),
    row(
        98,
        "remarks that say nothing of the figures",
        put(f"{A}!D20", "Ghi chú: đã rà soát, thống nhất trong đơn vị"),
        put(f"{A}!D22", "Ninh Thuận, ngày 05 tháng 11 năm 2025"),
        put(f"{A}!E25", "Tỷ lệ = Đã thực hiện / Tổng số x 100"),
        put(f"{A}!E22", "Ninh Thuận, ngày …… tháng 11 năm 2025"),
        put(f"{SIGNED}!E22", "Ninh Thuận, ngày     tháng 01 năm 2026"),
        put(f"{A}!D23", "Theo Kế hoạch số 12/KH-UBND ngày 10/01/2025"),
        put(f"{A}!D24", "Số liệu từ 01/01/2025 đến hết ngày 31/10/2025"),
        told=f"NH87 info {A}!D20",
    ),
    *(
        typed(99, f"the unit's own note {text}", f"{A}!{column}8", text, reads={f"T1.{name}": text})
        for column, name, text in (
            ("M", "note", "Số liệu tính đến 30/6/2025"),
            ("M", "note", "ĐVT: nghìn người"),
            ("M", "note", "Số đúng là 130"),
            ("L", "source", "Báo cáo 6 tháng đầu năm"),
        )
    ),
    typed(
        99,
        "an own note of what happened when",
        f"{A}!M8",
        "Tổ chức 02 lớp trong quý II, 01 lớp tháng 9",
        reads={"T1.note": "Tổ chức 02 lớp trong quý II, 01 lớp tháng 9"},
    ),
    row(
        99,
        "a note with another figure",
        note_on(F8, "Số đúng là 100"),
        reads=UNSEEN,
        told=(f"NH54 info {F8}", f"NH69 error {F8}"),
    ),
    row(
        99,
        "a note that is a figure",
        note_on(F8, "Văn thư: 100"),
        reads=UNSEEN,
        told=(f"NH52 error {F8}", f"NH54 info {F8}"),
    ),
    row(
        99,
        "a note of a label with a figure",
        note_on(f"{A}!D8", "số đúng là 100"),
        reads=unusable("T1"),
        told=f"NH69 error {A}!D8",
    ),
    row(
        99,
        "a note of a heading with another period",
        note_on(f"{DOSSIERS}!F7", "Tính đến 30/6/2025"),
        reads={"HS.T.received_online": UNREADABLE},
        told=f"NH59 error {DOSSIERS}!F7",
    ),
    *(
        row(
            91,
            f"the heading {text}",
            put(f"{DOSSIERS}!F7", text),
            reads={"HS.T.received_online": UNREADABLE},
            told=f"{code} error {DOSSIERS}!F7",
        )
        for text, code in (
            ("Mới, trực tuyến năm 2024", "NH59"),
            ("Mới, trực tuyến (ước)", "NH69"),
            ("Mới, trực tuyến dự kiến", "NH69"),
        )
    ),
)
