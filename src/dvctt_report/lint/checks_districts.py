"""Are districts still addressed after they have ended?"""

from __future__ import annotations

import re
from datetime import date

from dvctt_report.lint.check import (
    Answers,
    Fault,
    NotApplicable,
    NotEvaluated,
    check,
    quote,
)
from dvctt_report.lint.parts import Paper
from dvctt_report.lint.pieces import Piece
from dvctt_report.lint.settings import Settings
from dvctt_report.model import Severity

_DISTRICT = re.compile(
    r"\b(?:(?:ubnd|ủy ban nhân dân|hđnd|hội đồng nhân dân|huyện ủy|phòng \w+)\s+)?"
    r"(huyện|quận|thị xã|thị trấn)\s+(?=[A-ZĐ0-9])",
    re.IGNORECASE,
)


@check(
    "TT63",
    Severity.WARNING,
    "Còn ghi cấp huyện sau khi bỏ cấp huyện",
    rationale="Từ ngày ghi trong tệp thiết lập (mặc định 01/7/2025) không còn huyện, quận, thị xã, thị "
    "trấn; văn bản ghi ở phần đầu, Kính gửi, Nơi nhận thường là chép từ văn bản cũ. Trong nội "
    "dung có thể là nói về thời gian trước nên không xét.",
    source="Luật Tổ chức chính quyền địa phương số 72/2025/QH15",
)
def districts(paper: Paper, settings: Settings) -> Answers:
    """Report districts in letterhead, addressees and recipients of a document dated after they ended.

    Sai: Kính gửi: UBND huyện B (văn bản tháng 9 năm 2025)
    Đúng: Kính gửi: UBND xã B
    """
    end, head = settings.districts_end, paper.head
    if end is None:
        yield NotApplicable("tệp thiết lập không đặt ngày bỏ cấp huyện")
        return
    after = _is_after(paper, end)
    if after is None:
        yield NotEvaluated("không rõ thời gian của văn bản")
        return
    if not after:
        yield NotApplicable("văn bản trước ngày bỏ cấp huyện")
        return
    title = paper.title
    places: tuple[tuple[str, tuple[Piece | None, ...]], ...] = (
        ("Tên cơ quan", (*head.parent, *head.issuer)),
        ("Địa danh, thời gian", (head.place_date,)),
        ("Kính gửi", (title.addressee, *title.addressees)),
        ("Nơi nhận", paper.signature.recipients),
    )
    for place, pieces in places:
        for piece in filter(None, pieces):
            if found := _DISTRICT.search(piece.text):
                yield Fault(
                    place,
                    quote(piece.text),
                    f"“{piece.text[found.start() : found.end()].strip()} …”",
                    "tên đơn vị hành chính hiện nay",
                    "Kiểm tra lại tên cơ quan sau sắp xếp",
                )


def _is_after(paper: Paper, end: date) -> bool | None:
    """Whether it is of that day or later, by month or year where the rest is blank; None: unknown."""
    if paper.day is not None:
        return paper.day >= end
    text = paper.head.place_date.text if paper.head.place_date else ""
    found = re.search(r"tháng\s*(\d{1,2})?\D*năm\s+(\d{4})", text)
    if found is None or (found[1] is None and int(found[2]) == end.year):
        return None
    return (int(found[2]), int(found[1] or end.month)) >= (end.year, end.month)
