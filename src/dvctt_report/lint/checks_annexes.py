"""Are annexes, tables and the contact line right?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dvctt_report.lint.check import Answers, Fault, NotApplicable, check, look_faults, quote
from dvctt_report.lint.kinds import LETTER
from dvctt_report.lint.parts import Annex, Number, Paper
from dvctt_report.lint.pieces import lines_of
from dvctt_report.lint.places import place_of
from dvctt_report.lint.recognise import parse_day, parse_number
from dvctt_report.lint.settings import Settings
from dvctt_report.model import Severity
from dvctt_report.nd30.format import component
from dvctt_report.vietnamese import format_date

ANNEX = "Phụ lục"
_NO_ANNEX = NotApplicable("văn bản không có phụ lục")
_NUMERAL = re.compile(r"phu luc\s+(?:so\s+)?([ivxlc]+|\d+)", re.IGNORECASE)
_MENTION = re.compile(
    r"\bphụ lục(?: số)?(?:\s+((?:[IVX]+|\d+)(?:\s*(?:,|và|-)\s*(?:[IVX]+|\d+))*))?", re.IGNORECASE
)
_OWN = re.compile(
    r"(?:chi tiết|cụ thể|xem|nêu)\s+(?:\w+\s+)?(?:tại|ở|theo)\s+(?:các\s+)?phụ lục"
    r"|phụ lục[^.;]{0,20}kèm theo",
    re.IGNORECASE,
)


@check(
    "TT58",
    Severity.ERROR,
    "Từ “Phụ lục”, số thứ tự hoặc tên phụ lục sai kiểu",
    rationale="“Phụ lục” và số thứ tự: dòng riêng, canh giữa, chữ in thường, cỡ 14, đứng, đậm; từ hai phụ "
    "lục trở lên đánh số La Mã. Tên phụ lục: canh giữa, in hoa, cỡ 13-14, đứng, đậm.",
    source="Phụ lục I, mục III.1a, III.1b",
)
def annex_look(paper: Paper, settings: Settings) -> Answers:
    """Report labels and titles of a wrong look, and Arabic or missing numbers where annexes are several.

    Sai: PHỤ LỤC 1
    Đúng: **Phụ lục I** (cỡ 14, đậm, canh giữa)
    """
    if not paper.annexes:
        yield _NO_ANNEX
    for annex in paper.annexes:
        label = annex.label
        yield from look_faults(ANNEX, (label,), component("annex"), upper=False)
        if label.paragraph.shape.align != "center":
            yield Fault(
                ANNEX, quote(label.text), "không canh giữa", "canh giữa", "Chọn dòng này, canh giữa (Ctrl+E)"
            )
        numeral = _NUMERAL.match(label.plain)
        if len(paper.annexes) > 1 and (numeral is None or numeral[1].isdigit()):
            found = "không có số thứ tự" if numeral is None else f"số thứ tự “{numeral[1]}”"
            yield Fault(
                ANNEX,
                quote(label.text),
                found,
                "số La Mã: Phụ lục I, Phụ lục II …",
                "Đánh số phụ lục bằng chữ số La Mã",
            )
        if not annex.title:
            yield Fault(
                ANNEX,
                quote(label.text),
                "không có tên phụ lục",
                "tên phụ lục in hoa, đậm, canh giữa",
                "Thêm tên phụ lục ở dòng dưới",
            )
            continue
        yield from look_faults(
            f"{label.text}, tên phụ lục", annex.title, component("annex_title"), upper=True
        )
        if any(p.paragraph.shape.align != "center" for p in annex.title):
            yield Fault(
                f"{label.text}, tên phụ lục",
                quote(annex.title[0].text),
                "không canh giữa",
                "canh giữa",
                "Chọn dòng này, canh giữa (Ctrl+E)",
            )


@check(
    "TT59",
    Severity.ERROR,
    "Phụ lục không được chỉ dẫn trong văn bản, hoặc chỉ dẫn tới phụ lục không có",
    rationale="Văn bản có phụ lục thì trong văn bản phải có chỉ dẫn về phụ lục đó. Chỉ dẫn tới phụ lục "
    "không thấy trong tệp chỉ nhắc, vì phụ lục có thể ở tệp riêng.",
    source="Phụ lục I, mục III.1a",
)
def annex_references(paper: Paper, settings: Settings) -> Answers:
    """Report annexes that the text doesn't point to, and pointers to annexes that the file doesn't hold.

    Sai: có Phụ lục III nhưng nội dung không nhắc tới
    Đúng: “… (chi tiết tại Phụ lục III)”
    """
    # A table of the text may point to an annex too; the lines above the annexes are all that counts.
    end = paper.annexes[0].label.paragraph.number if paper.annexes else len(paper.document.paragraphs)
    before = [p for p in paper.document.paragraphs[:end] if p.text.strip()]
    mentioned: set[str] = set()
    for paragraph in before:
        for found in _MENTION.finditer(" ".join(piece.text for piece in lines_of(paragraph))):
            numbers = re.findall(r"[IVX]+|\d+", found[1] or "") or [""]
            mentioned.update(_spread(numbers, found[1] or ""))
    held = [(_numeral(annex), annex) for annex in paper.annexes]
    for number, annex in held:
        if (number not in mentioned and not (number == "" or len(held) == 1)) or not mentioned:
            yield Fault(
                ANNEX,
                quote(annex.label.text),
                f"nội dung không nhắc tới {annex.label.text}",
                f"“… (chi tiết tại {annex.label.text})”",
                "Thêm chỉ dẫn tới phụ lục trong nội dung",
            )
    if held:
        return
    for piece in paper.body:
        if _OWN.search(piece.text):
            yield Fault(
                place_of(paper, piece.paragraph),
                quote(piece.text),
                "chỉ dẫn tới phụ lục không có trong tệp",
                "phụ lục kèm theo",
                "Kiểm tra phụ lục có ở tệp riêng không",
                severity=Severity.WARNING,
            )
            return
    yield _NO_ANNEX


def _spread(numbers: list[str], text: str) -> Iterator[str]:
    """The numbers named, those between "I-III" among them."""
    order = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"]
    yield from numbers
    if "-" in text and len(numbers) == 2 and all(n in order for n in numbers):
        yield from order[order.index(numbers[0]) : order.index(numbers[1])]


def _numeral(annex: Annex) -> str:
    found = _NUMERAL.match(annex.label.plain)
    return found[1].upper() if found else ""


@check(
    "TT60",
    Severity.ERROR,
    "Dòng “(Kèm theo …)” của phụ lục thiếu, sai kiểu hoặc khác số, ngày văn bản",
    rationale="Dưới tên phụ lục có thông tin chỉ dẫn kèm theo văn bản, chữ in thường, cỡ 13-14, nghiêng, "
    "canh giữa. Văn bản giấy ghi đủ số, ngày; văn bản điện tử để trống. Đã ghi thì phải khớp phần "
    "đầu văn bản.",
    source="Phụ lục I, mục III.1c; Phụ lục III, Mẫu 2.1, 2.2",
)
def annex_attached(paper: Paper, settings: Settings) -> Answers:
    """Report a missing or upright line, and a number or date other than the document's.

    Sai: (Kèm theo Báo cáo số 12/BC-UBND …) dưới văn bản số 15/BC-UBND
    Đúng: *(Kèm theo Báo cáo số 15/BC-UBND ngày 05 tháng 3 năm 2025 của …)*
    """
    if not paper.annexes:
        yield _NO_ANNEX
    for annex in paper.annexes:
        place = annex.label.text
        if not annex.attached:
            kind = paper.kind if paper.kind != LETTER else "Công văn"
            yield Fault(
                place,
                quote(annex.label.text),
                "không có dòng “(Kèm theo …)”",
                f"“(Kèm theo {kind} số … ngày … của …)”",
                "Thêm dòng này dưới tên phụ lục",
            )
            continue
        yield from look_faults(place, annex.attached, component("annex_of"))
        yield from _attached_facts(paper, annex)


def _differ(one: Number, other: Number) -> bool:
    """Whether two numbers are of different documents; a blank figure is any, a leading zero is none."""
    figures = {number.figure.lstrip("0") for number in (one, other) if number.figure}
    return len(figures) > 1 or one.symbol != other.symbol


def _attached_facts(paper: Paper, annex: Annex) -> Iterator[Fault]:
    text = " ".join(p.text for p in annex.attached)
    written = re.search(r"\bsố\s*:?\s*([^\s/]*\s*/\s*[^\s,)]+)", text)
    number = parse_number(f"Số: {written[1]}") if written else None
    ours = paper.number
    if number and ours and _differ(number, ours):
        whole = f"{ours.figure}/{ours.symbol}".lstrip("/")
        yield Fault(
            annex.label.text,
            quote(text),
            f"số “{written[1].strip() if written else ''}”",
            f"số “{whole}” như phần đầu văn bản",
            "Sửa số, ký hiệu cho khớp phần đầu văn bản",
        )
    day = parse_day(text)
    if day is not None and paper.day is not None and day != paper.day:
        yield Fault(
            annex.label.text,
            quote(text),
            f"ngày {format_date(day)}",
            f"ngày {format_date(paper.day)} như phần đầu văn bản",
            "Sửa ngày cho khớp phần đầu văn bản",
        )
