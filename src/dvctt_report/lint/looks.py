"""How each part of the page has to look, one row a part: sizes, weight, slope, capitals, where it stands.

The rows say which part stands under which code; what is right of it comes from the table of the format.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from dvctt_report.lint.check import Answers, Fault, NotApplicable, centre_fault, describe, look_faults
from dvctt_report.lint.geometry import centring_fault, off_page_fault
from dvctt_report.lint.parts import Paper
from dvctt_report.lint.pieces import Piece
from dvctt_report.nd30.format import MOTTO, STATE_NAME, component
from dvctt_report.nd30.kinds import Part

Groups: TypeAlias = Iterable[Sequence[Piece | None]]


class Missing(NamedTuple):
    """What is said where a part isn't there: found, how to mend, expected ("" for the part's look)."""

    found: str
    fix: str
    expected: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """One part: its code and place, the row of the format's table, and how it is found.

    ``middle`` is what it stands in the middle of, "cell" also meaning the column that ``under`` stands in
    where no table holds it. ``missing`` is None where another check tells; ``left_out`` names the part that
    some kinds of documents do without.
    """

    code: str
    place: str
    component: str
    find: Callable[[Paper], Groups]
    upper: bool | None = None
    middle: Literal["", "cell", "page"] = ""
    under: Callable[[Paper], Sequence[Piece | None]] = lambda paper: ()
    missing: Missing | None = None
    left_out: Part | None = None


_RIGHT_ABOVE = "Thêm dòng này ở phía trên, bên phải trang đầu"


def _right(paper: Paper) -> Sequence[Piece | None]:
    return paper.head.state, paper.head.motto


def _left(paper: Paper) -> Sequence[Piece | None]:
    return *paper.head.parent, *paper.head.issuer


LOOKS: tuple[Look, ...] = (
    Look(
        "TT12",
        "Quốc hiệu",
        "motto_state",
        lambda p: [(p.head.state,)],
        upper=True,
        middle="cell",
        under=_right,
        missing=Missing("không có", _RIGHT_ABOVE, f"“{STATE_NAME}”"),
    ),
    Look(
        "TT14",
        "Tiêu ngữ",
        "motto",
        lambda p: [(p.head.motto,)],
        middle="cell",
        under=_right,
        missing=Missing("không có", _RIGHT_ABOVE, f"“{MOTTO}”"),
    ),
    Look("TT16", "Tên cơ quan chủ quản", "parent", lambda p: [p.head.parent], middle="cell", under=_left),
    Look(
        "TT16",
        "Tên cơ quan ban hành",
        "issuer",
        lambda p: [p.head.issuer],
        middle="cell",
        under=_left,
        missing=Missing("không có", "Thêm tên cơ quan ở phía trên, bên trái trang đầu"),
    ),
    Look("TT25", "Số, ký hiệu", "number", lambda p: [(p.head.number,)], middle="cell", under=_left),
    Look(
        "TT26",
        "Địa danh, thời gian",
        "place_date",
        lambda p: [(p.head.place_date,)],
        middle="cell",
        under=_right,
        missing=Missing(
            "không có dòng địa danh, thời gian",
            "Thêm dòng này dưới Tiêu ngữ, cùng hàng với số, ký hiệu",
            "“…, ngày … tháng … năm …”",
        ),
        left_out="place_date",
    ),
    Look("TT31", "Tên loại văn bản", "kind", lambda p: [(p.title.kind,)], upper=True, middle="page"),
    Look("TT32", "Trích yếu", "subject", lambda p: [p.title.subject], upper=False, middle="page"),
    Look("TT34", "Trích yếu công văn", "about", lambda p: [p.head.matter], upper=False),
    Look(
        "TT51",
        "Chức vụ người ký",
        "authority",
        lambda p: [signer.authority for signer in p.signature.signers],
        middle="cell",
        missing=Missing(
            "không thấy quyền hạn, chức vụ người ký", "Thêm chức vụ người ký ở cuối văn bản, bên phải"
        ),
        left_out="signature",
    ),
    Look(
        "TT54",
        "Nơi nhận",
        "recipients_title",
        lambda p: [(p.signature.recipients_title,)],
        upper=False,
        missing=Missing("không có “Nơi nhận”", "Thêm “Nơi nhận:” ở cuối văn bản, bên trái", "“Nơi nhận:”"),
        left_out="recipients",
    ),
    Look("TT55", "Nơi nhận", "recipients", lambda p: [p.signature.recipients]),
)


def looks(paper: Paper, code: str) -> Answers:
    """Yield what is wrong with the look of the parts under a code, or that they are missing."""
    for row in LOOKS:
        if row.code != code:
            continue
        groups = [[p for p in group if p is not None] for group in row.find(paper)]
        if not any(groups):
            yield from _missing(paper, row)
        for pieces in filter(None, groups):
            yield from look_faults(row.place, pieces, component(row.component), upper=row.upper)
            under = [p for p in row.under(paper) or pieces if p is not None]
            if row.middle == "cell" and (off := centring_fault(row.place, pieces, under)):
                yield off
            if row.middle == "page" and any(p.paragraph.shape.align != "center" for p in pieces):
                yield centre_fault(row.place, pieces)
            elif row.middle == "page" and (pushed := off_page_fault(row.place, pieces)):
                yield pushed


def _missing(paper: Paper, row: Look) -> Answers:
    if row.missing is None:
        return
    if row.left_out in paper.not_missed:
        yield NotApplicable(f"không có {row.place[:1].lower()}{row.place[1:]}")
        return
    found, fix, expected = row.missing
    right = component(row.component)
    yield Fault(row.place, "", found, expected or describe(right, right.upper or row.upper), fix)
