"""Failure modes 18 to 34 and 72 to 73: whose form it is, and where its answers stand."""

from __future__ import annotations

import re

from dvctt_report.forms.wording import target_label
from dvctt_report.plan.model import Target
from tests.forms.fill import real
from tests.intake.excel import Edit, Parts, edited, in_texts, part_of, put
from tests.intake.excel_layout import (
    deleted,
    exchanged,
    hidden,
    hidden_column,
    hidden_rows,
    inserted,
    merged,
    moved,
    note_on,
    picture_on,
    renamed,
    reordered,
    text_box_on,
    with_sheet,
    without_keys,
    without_meta,
)
from tests.intake.matrix import ABSENT, ANSWERS, BLANK, FILE, UNREADABLE, Row, row, typed
from tests.intake.returns import written
from tests.intake.test_xlsx import package

A, B, SIGNED = "01-A số liệu", "02 hoạt động", "Trang ký"
DRAFT = '<row r="1"><c r="A1" t="inlineStr"><is><t>Tổng số</t></is></c><c r="B1"><v>99</v></c></row>'
OF_T2 = ("total", "done", "rate", "estimate", "source", "note")
ACTIVITIES = tuple(
    f"HT.{name}"
    for name in ("a.places", "b.events", "b.people", "c.banners", "c.leaflets", "d.articles", "g.products")
)
BLANKED = tuple(put(f"{B}!G{n}", None) for n in range(9, 16))
T1_LABEL = "Cán bộ, công chức, viên chức"

MONEY, DOSSIERS = "05-A nhiệm vụ, kinh phí", "03 hồ sơ TTHC"
DOSSIER = tuple(
    f"HS.T.{name}"
    for name in (
        *("received_total", "received_online", "received_direct", "carried_over", "resolved_total"),
        *("resolved_early", "resolved_on_time", "resolved_late", "pending_total", "pending_in_time"),
        "pending_late",
    )
)


def unusable(*targets: str) -> dict[str, object]:
    """Every answer given in the rows of these targets as one that can't be used."""
    names = {f"{target}.{name}" for target in targets for name in OF_T2}
    return {name: UNREADABLE for name in names if name in ANSWERS or name.endswith(".rate")}


FIGURES: dict[str, object] = {
    name: UNREADABLE
    for name in (*ANSWERS, *(f"T{n}.rate" for n in (1, 2, 10, 12, 13)))
    if name.startswith(("T1.", "T2.", "T10.", "T12.", "T13."))
}
"""Every answer given on the sheet of targets as one that can't be used."""


def label(code: str) -> str:
    """The label of a target in the form, all its lines."""
    target = next(i for i in real().plan.items if i.code == code)
    assert isinstance(target, Target)
    return target_label(target)


def two_rows_exchanged(parts: Parts) -> None:
    """All that is seen of T1 and T13 exchanged: label, unit, figures; the hidden keys stay."""
    xml = parts[part_of(parts, A)].decode()
    of = {n: dict(re.findall(rf'<c r="([D-M]){n}"([^>]*?(?:/>|>.*?</c>))', xml)) for n in (8, 12)}
    for here, there in ((8, 12), (12, 8)):
        for column, content in of[here].items():
            cell = f'<c r="{column}{here}"{content}'
            xml = xml.replace(cell, f'<c r="{column}#{here}"{of[there].get(column, "/>")}')
    parts[part_of(parts, A)] = xml.replace('#8"', '8"').replace('#12"', '12"').encode()


def banner(sheet: str, text: str) -> Edit:
    return put(f"{sheet}!C3", text)


HALF = "Sáu tháng đầu năm 2025 – số liệu từ ngày 01/01/2025 đến hết ngày 30/6/2025"
PRINTED: tuple[Row, ...] = (
    row(
        91,
        "two rows exchanged with all that is seen of them",
        two_rows_exchanged,
        reads=unusable("T1", "T13") | {"T1.source": BLANK, "T13.source": UNREADABLE},
        told=(f"NH57 error {A}!D8", f"NH57 error {A}!D12"),
    ),
    typed(91, "the label of another row", f"{A}!D8", label("T13"), "NH57 error", unusable("T1")),
    typed(
        91,
        "a label that now asks the contrary",
        f"{A}!D8",
        label("T1").replace("được truyền thông", "chưa được truyền thông"),
        "NH57 error",
        unusable("T1"),
    ),
    row(
        91,
        "the headings of two columns exchanged",
        put(f"{A}!F6", "Đã thực hiện"),
        put(f"{A}!G6", "Tổng số"),
        reads={f"T{n}.{name}": UNREADABLE for n in (1, 2, 13) for name in ("total", "done")}
        | {f"T{n}.rate": BLANK for n in (1, 2, 10, 13)}
        | {"T10.done": UNREADABLE},
        told=(f"NH57 error {A}!F6", f"NH57 error {A}!G6"),
    ),
    row(
        91,
        "the numbers of two columns exchanged",
        put(f"{DOSSIERS}!F8", "(5)"),
        put(f"{DOSSIERS}!G8", "(4)"),
        reads={"HS.T.received_online": UNREADABLE, "HS.T.received_direct": UNREADABLE},
        told=(f"NH57 error {DOSSIERS}!F8", f"NH57 error {DOSSIERS}!G8"),
    ),
    typed(
        91,
        "the heading of another run of columns",
        f"{DOSSIERS}!E6",
        "Đang giải quyết",
        "NH57 error",
        dict.fromkeys(DOSSIER[:4], UNREADABLE),
    ),
    row(
        91,
        "a label in other words",
        put(f"{A}!E6", "ĐVT"),
        put(f"{A}!L6", "Nguồn của số liệu"),
        reads=FIGURES,
        told=(f"NH57 error {A}!E6", f"NH57 error {A}!L6"),
    ),
    typed(
        91,
        "a note added to a label",
        f"{A}!D8",
        f"{label('T1')}\n(đã rà soát với phòng Tổ chức cán bộ)",
        "NH87 info",
    ),
    typed(
        91,
        "a note added to a label that counts others in",
        f"{A}!D8",
        f"{label('T1')}\n(đã rà soát, gồm cả người nghỉ chế độ)",
        "NH69 error",
        unusable("T1"),
    ),
    typed(91, "a label without its definitions", f"{A}!D8", label("T1").partition("\n")[0]),
    typed(91, "a label deleted", f"{A}!D8", None),
    typed(92, "another unit of count", f"{A}!E8", "lượt người", "NH58 error", unusable("T1")),
    *(
        typed(92, f"money in {unit}", f"{MONEY}!F20", unit, "NH58 error", {"KP.a.spent": UNREADABLE})
        for unit in ("nghìn đồng", "1.000đ", "triệu đồng")
    ),
    *(typed(92, f"money in {unit}", f"{MONEY}!F20", unit) for unit in ("VNĐ", "Đồng", "đ")),
    *(
        typed(
            92,
            f"money by its heading {heading}",
            f"{MONEY}!G17",
            heading,
            "NH58 error",
            dict.fromkeys(("KP.a.planned", "KP.a.spent", "KP.b.budgeted"), UNREADABLE),
        )
        for heading in (
            "Số tiền (1.000 đồng)",
            "Số tiền (nghìn đồng), trả lời",
            "Số tiền tính bằng triệu đồng",
        )
    ),
    typed(
        92,
        "money in thousands by a line above the table",
        f"{MONEY}!H15",
        "ĐVT: 1.000 đồng",
        "NH58 error",
        dict.fromkeys(("KP.a.planned", "KP.a.spent", "KP.b.budgeted"), UNREADABLE),
    ),
    row(
        93,
        "another period over a sheet",
        banner(DOSSIERS, HALF),
        reads=dict.fromkeys((*DOSSIER, "T10.total", "T10.rate"), UNREADABLE) | {"T10.rate": BLANK},
        told=f"NH59 error {DOSSIERS}!C3",
    ),
    row(
        93,
        "another cut-off over a sheet",
        banner(DOSSIERS, "Năm 2025 – số liệu từ ngày 01/01/2025 đến hết ngày 30/11/2025"),
        reads=dict.fromkeys((*DOSSIER, "T10.total"), UNREADABLE) | {"T10.rate": BLANK},
        told=f"NH59 error {DOSSIERS}!C3",
    ),
    row(
        93,
        "the period written otherwise",
        banner(DOSSIERS, "NĂM 2025 (số liệu từ 1/1/2025 đến 31/10/2025)"),
    ),
    typed(
        93,
        "the title of another sheet",
        f"{DOSSIERS}!C2",
        "Biểu 04. MỨC ĐỘ HÀI LÒNG CỦA NGƯỜI DÂN",
        "NH57 error",
        dict.fromkeys((*DOSSIER, "T10.total"), UNREADABLE) | {"T10.rate": BLANK},
    ),
)

LAYOUT: tuple[Row, ...] = (
    row(18, "sheets renamed", renamed(A, " 01-A  MỚI (2)"), renamed(B, "Sheet3")),
    row(18, "sheets in another order", reordered),
    row(19, "a draft beside the form", with_sheet("nháp", DRAFT), told=f"NH49 info {FILE}"),
    row(19, "an empty sheet beside the form", with_sheet("Sheet1")),
    row(20, "a sheet of the form copied", with_sheet("01-A (2)", of=A), told=f"NH45 warning {A}"),
    row(
        20,
        "a sheet of the form copied, and the copy changed",
        with_sheet("01-A (2)", of=A),
        put("01-A (2)!F8", 121),
        reads=unusable("T1", "T2", "T10", "T12", "T13"),
        told=f"NH46 error {A}!F8",
    ),
    row(
        20,
        "the signature page copied, and the copy changed",
        with_sheet("Trang ký (2)", of=SIGNED),
        put("Trang ký (2)!E7", "13/BC-SYT"),
        told="NH11 error Trang ký (2)!E7",
    ),
    row(
        20,
        "the figures copied as they are seen to a sheet of their own, the form left empty",
        with_sheet("Sheet1", of=A),
        without_keys("Sheet1"),
        *(put(f"{A}!{column}{n}", None) for n in range(8, 13) for column in "FGIL"),
        told=("NH45 warning Sheet1", f"NH50 warning {FILE}"),
    ),
    row(
        20,
        "copied without its keys to a sheet that corrects it",
        with_sheet("Chính thức", of=A),
        without_keys("Chính thức"),
        put("Chính thức!D7", 130),
        reads=FIGURES,
        told=f"NH46 error {A}!F8",
    ),
    *(
        row(
            20,
            f"copied without its keys to the sheet {name}, {n} in place of 120",
            with_sheet(name, of=A),
            without_keys(name),
            put(f"{name}!D7", n),
            told=f"NH49 info {FILE}",
        )
        for name, n in (("Nháp", 130), ("Bản in", 120))
    ),
    row(21, "a sheet with answers hidden", hidden(A), told=f"NH44 warning {A}!F8"),
    row(22, "a row with answers hidden", hidden_rows(A, 9), told=f"NH44 warning {A}!F9"),
    row(22, "a row with answers filtered out", hidden_rows(A, 9, filtered=True), told=f"NH44 warning {A}!F9"),
    row(22, "a column with answers hidden", hidden_column(A, 7), told=f"NH44 warning {A}!G8"),
    row(22, "a row without answers hidden", hidden_rows(B, 16)),
    row(23, "last year's form", put("_meta!B5", "2024"), status="refused", told=f"NH03 error {FILE}"),
    row(23, "an old version of the plan", put("_meta!B4", "0"), status="refused", told=f"NH05 error {FILE}"),
    row(
        23,
        "last year's form without its keys",
        without_meta,
        in_texts(lambda text: text.replace("2025", "2024")),
        status="refused",
        told=f"NH03 error {FILE}",
    ),
    row(24, "the form of another plan", put("_meta!B3", "CCHC"), status="refused", told=f"NH05 error {FILE}"),
    row(
        24,
        "another workbook",
        arrives=lambda _: package(f"<sheetData>{DRAFT}</sheetData>"),
        status="refused",
        told=f"NH02 error {FILE}",
    ),
    row(25, "rows inserted", moved(A, inserted(1, 2)), moved(A, inserted(11))),
    row(25, "columns inserted", moved(A, columns=inserted(3)), moved(A, columns=inserted(8))),
    row(25, "two rows exchanged", moved(A, exchanged(8, 9))),
    row(25, "two columns exchanged", moved(A, columns=exchanged(6, 7))),
    row(
        25,
        "a row deleted",
        moved(A, deleted(9)),
        reads={f"T2.{name}": ABSENT for name in OF_T2},
        told=f"NH09 error {FILE}",
    ),
    row(
        25,
        "a column deleted",
        moved(A, columns=deleted(7)),
        reads={
            f"T{n}.{name}": read
            for n in (1, 2, 10, 12, 13)
            for name, read in (("done", ABSENT), ("rate", BLANK))
        },
        told=f"NH09 error {FILE}",
    ),
    row(25, "a row typed again, without its key", put(f"{A}!A9", None), put(f"{A}!B9", None)),
    row(25, "the hidden columns and rows of a sheet deleted", without_keys(A), told=f"NH50 warning {FILE}"),
    row(
        25,
        "a row copied below itself, and the copy changed",
        moved(A, inserted(10)),
        put(f"{A}!A10", "T2"),
        put(f"{A}!F10", 16, like=f"{A}!F9"),
        put(f"{A}!G10", 12, like=f"{A}!G9"),
        reads={"T2.total": UNREADABLE, "T2.rate": UNREADABLE},
        told=f"NH11 error {A}!F10",
    ),
    typed(
        26,
        "another question written beside a key",
        f"{A}!D8",
        "Số người dự tập huấn",
        "NH57 error",
        unusable("T1"),
    ),
    row(
        26,
        "a label edited a little, the keys deleted",
        in_texts(lambda text: text.replace(T1_LABEL, f"{T1_LABEL},")),
        without_keys(A),
        reads=unusable("T1"),
        told=(f"NH50 warning {FILE}", f"NH57 error {A}!B7"),
    ),
    row(
        26,
        "a label rewritten, the keys deleted",
        put(f"{A}!D9", "Số người dự tập huấn"),
        without_keys(A),
        reads={name: read for name, read in FIGURES.items() if not name.endswith(("note", "source"))}
        | {f"T2.{name}": ABSENT for name in OF_T2},
        told=(
            *(f"NH50 warning {FILE}", f"NH09 error {FILE}", f"NH87 info {A}!B8"),
            *(f"NH52 error {A}!{c}8" for c in "DEG"),
        ),
    ),
    row(
        27,
        "the row of column numbers once more, between the rows",
        moved(A, inserted(10)),
        *(put(f"{A}!{c}10", f"({n})") for n, c in enumerate("CDEFGHIJKLM", 1)),
    ),
    row(
        28,
        "one figure over two rows",
        put(f"{A}!F9", None),
        merged(A, "F8:F9"),
        reads={"T1.total": UNREADABLE, "T1.rate": BLANK, "T2.total": UNREADABLE, "T2.rate": BLANK},
        told=f"NH53 error {A}!F8",
    ),
    row(
        28,
        "one figure over two columns",
        put(f"{A}!G8", None),
        merged(A, "F8:G8"),
        reads={"T1.total": UNREADABLE, "T1.done": UNREADABLE, "T1.rate": BLANK},
        told=f"NH53 error {A}!F8",
    ),
    row(
        28,
        "one state over two rows",
        *(put(f"{A}!{cell}", None) for cell in ("F8", "G8", "F9", "G9", "I8", "I9")),
        put(f"{A}!J8", "Chưa có số liệu"),
        put(f"{A}!J9", None),
        merged(A, "J8:J9"),
        reads={f"T{n}.{name}": BLANK for n in (1, 2) for name in ("total", "done", "rate")},
        told=f"NH53 error {A}!J8",
    ),
    row(28, "labels and headings merged", merged(A, "D8:E8"), merged(A, "F6:G6")),
    row(
        29,
        "a total put in",
        moved(A, inserted(13)),
        put(f"{A}!D13", "Tổng cộng"),
        put(f"{A}!F13", 305),
        put(f"{A}!G13", 268),
    ),
    row(
        29,
        "a row of its own put in",
        moved(A, inserted(9)),
        put(f"{A}!D9", "Trong đó: viên chức"),
        put(f"{A}!F9", 40),
        reads={f"T{n}.total": UNREADABLE for n in (1, 2, 13)} | {f"T{n}.rate": BLANK for n in (1, 2, 13)},
        told=(f"NH52 error {A}!F9", f"NH87 info {A}!D9"),
    ),
    typed(29, "a number in a grey cell", f"{A}!H8", 47, "NH56 warning"),
    row(
        30,
        "a picture in place of a sheet's figures",
        *BLANKED,
        picture_on(B),
        reads=dict.fromkeys(ACTIVITIES, BLANK),
        told=f"NH47 error {B}",
    ),
    row(
        30,
        "a picture, and no figure in the whole form",
        arrives=lambda _: edited(written({"DG.hanche.text": "Thiếu kinh phí"}), picture_on(A)),
        status="refused",
        told=f"NH47 error {A}",
    ),
    row(
        30,
        "a picture on a sheet beside the form",
        with_sheet("Ảnh"),
        picture_on("Ảnh"),
        told="NH48 warning Ảnh",
    ),
    row(30, "a stamp beside the signature, a logo beside figures", picture_on(SIGNED), picture_on(A)),
    row(
        31,
        "a note pinned to a figure",
        note_on(f"{A}!F8", "Đã trừ 5 người nghỉ hưu"),
        told=f"NH54 info {A}!F8",
    ),
    typed(32, "a figure in a colour", f"{A}!F8", 120, like=f"{A}!J8"),
    row(33, "a text box with a figure", text_box_on(A, "Đã đạt 95%"), told=f"NH48 warning {A}!A1"),
    row(33, "a text box without", text_box_on(A, "Lưu ý khi in"), told=f"NH87 info {A}!A1"),
    row(
        34,
        "the keys of two units",
        with_sheet("_meta (2)", of="_meta"),
        put("_meta (2)!B6", "STP"),
        status="refused",
        told=f"NH42 error {FILE}",
    ),
)

IDENTITY: tuple[Row, ...] = (
    row(72, "the sheet of keys deleted", without_meta, told="NH40 warning Bìa!C1"),
    row(
        72,
        "the sheet of keys deleted, the name short and in capitals",
        without_meta,
        in_texts(lambda text: {"Sở Y tế": "SYT", "SỞ Y TẾ": "SỞ Y TẾ TỈNH NINH THUẬN"}.get(text, text)),
        told="NH40 warning Bìa!C1",
    ),
    row(
        72,
        "the sheet of keys deleted, the name misspelt",
        without_meta,
        in_texts(
            lambda text: {"Sở Y tế": "Sở Y tê", "SỞ Y TẾ": "", "SYT": "", "Mẫu BM2025-SYT": ""}.get(
                text, text
            )
        ),
        status="refused",
        told="NH41 error Bìa!E6",
    ),
    row(
        72,
        "the sheet of keys and every year deleted",
        without_meta,
        in_texts(lambda text: "" if "2025" in text else text),
        status="refused",
        told=f"NH41 error {FILE}",
    ),
    typed(73, "another unit on the cover", "Bìa!E6", "Sở Tư pháp", "NH77 error", status="undecided"),
    typed(73, "another unit's code on the cover", "Bìa!E7", "STP", "NH77 error", status="undecided"),
    typed(
        73,
        "the number of another year's form above a table",
        f"{A}!C1",
        "Mẫu BM2024-SYT",
        "NH42 error",
        status="refused",
    ),
    typed(73, "another year above a table", f"{A}!C3", "Năm 2024 – số liệu cả năm", "NH59 error", FIGURES),
    typed(
        73,
        "a document that was withdrawn",
        f"{SIGNED}!E7",
        "12/BC-SYT (thu hồi)",
        "NH79 warning",
        {"_.document_number": "12/BC-SYT (thu hồi)"},
    ),
    typed(
        73,
        "another unit's sign in the number of its document",
        f"{SIGNED}!E7",
        "987/BC-SNV",
        "NH77 error",
        {"_.document_number": "987/BC-SNV"},
        status="undecided",
    ),
    typed(
        73,
        "another unit's office where it is signed",
        f"{SIGNED}!E20",
        "SỞ NỘI VỤ",
        "NH77 error",
        status="undecided",
    ),
    typed(
        73,
        "another unit's head where it is signed",
        f"{SIGNED}!E20",
        "KT. GIÁM ĐỐC SỞ NỘI VỤ\nPHÓ GIÁM ĐỐC",
        "NH77 error",
        status="undecided",
    ),
    row(
        73,
        "the own office and who gets it where it is signed",
        put(f"{SIGNED}!E20", "SỞ Y TẾ"),
        put(f"{SIGNED}!C22", "Sở Nội vụ"),
    ),
    row(
        73,
        "who gets it where it is signed",
        put(f"{SIGNED}!C20", "- Thanh tra tỉnh;"),
        put(f"{SIGNED}!D20", "Nơi nhận:"),
        put(f"{SIGNED}!D21", "Sở Nội vụ"),
    ),
    row(
        73,
        "a return addressed to another office",
        put("Bìa!C28", "Kính gửi: Sở Nội vụ"),
        told=("NH43 warning Bìa!C28", "NH87 info Bìa!C28"),
    ),
    typed(73, "a return addressed to the province", "Bìa!C28", "Kính gửi: UBND tỉnh Ninh Thuận", "NH87 info"),
    typed(73, "another office that gets the return", "Bìa!E8", "Sở Nội vụ", "NH43 warning"),
    typed(73, "a name that no unit bears", "Bìa!E6", "Sở Y tê", "NH43 warning"),
    typed(73, "a letterhead above the unit's name", f"{A}!E1", "SỞ KHOA HỌC VÀ CÔNG NGHỆ"),
)
