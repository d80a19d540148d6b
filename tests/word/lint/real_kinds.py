"""What lands on a clerk's desk as a Word file, and what the linter makes of each: real_kinds.toml.

The documents are short but built like those of offices and law sites, not after the linter's own rules.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias

from tests.word.lint.papers import CENTRE, Draft, package, para, table

STATE, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
LINES = tuple(
    f"{n}. Các cơ quan, tổ chức, cá nhân có liên quan thực hiện nội dung thứ {n} theo quy định của pháp luật "
    "và hướng dẫn của cơ quan có thẩm quyền trong thời hạn được giao."
    for n in range(1, 9)
)
ARTICLES = tuple(
    f"Điều {n}. Phạm vi điều chỉnh của nội dung thứ {n}\n{line}" for n, line in enumerate(LINES, 1)
)
KEPT = ("Nơi nhận:", "- Như trên;", "- Lưu: VT, VP.")
SIGNED = ("GIÁM ĐỐC", "", "Nguyễn Văn An")
Outcome: TypeAlias = Literal["checked", "declined", "unclear"]


@dataclass(frozen=True)
class Real:
    """One document. ``becomes``: the kind it is checked as, or words of the reason why it isn't."""

    name: str
    outcome: Outcome
    becomes: str
    content: str

    def build(self) -> bytes:
        return package(f"{self.content}{Draft().sheet.xml()}", Draft())


def head(
    left: tuple[str, ...], number: str, date: str, *, state: str = STATE, motto: str = MOTTO, below: str = ""
) -> str:
    """A letterhead in a table of two columns."""
    one = "".join(para(line, **CENTRE, size=13, bold=True) for line in left)
    other = para(state, **CENTRE, size=13, bold=True) + para(motto, **CENTRE, bold=True)
    below = para(below, **CENTRE, size=13) if below else ""
    last = [para(number, **CENTRE, size=13) + below, para(date, **CENTRE, italic=True)]
    return table([[one, other], last], [65, 100])


def title(*lines: str) -> str:
    return "".join(para(line, **CENTRE, bold=True) for line in lines)


def state_above(*lines: str) -> str:
    """State name and motto in the middle of the page, as forms and private papers have them, then a title."""
    return title(STATE, MOTTO, "---------------", *lines)


def text(*lines: str) -> str:
    return "".join(
        para(part, align="both", first=12.7, before=6) for line in lines for part in line.split("\n")
    )


def closing(left: tuple[str, ...] = KEPT, right: tuple[str, ...] = SIGNED) -> str:
    one = "".join(para(line, size=11) for line in left) or para("")
    other = "".join(para(line, **CENTRE, bold=True) for line in right) or para("")
    return table([[one, other]], [75, 90])


OFFICE = ("UBND TỈNH A", "SỞ NỘI VỤ")
DAY = "Bình An, ngày 05 tháng 3 năm 2025"


def office(number: str, *titles: str, below: str = "", lines: tuple[str, ...] = LINES, to: str = "") -> str:
    """A document of an office, whole from letterhead to signature."""
    addressed = para(to, **CENTRE) if to else ""
    return head(OFFICE, number, DAY, below=below) + title(*titles) + addressed + text(*lines) + closing()


def law(number: str, *titles: str, issuer: str = "QUỐC HỘI") -> str:
    return (
        head((issuer, "-------"), number, "Hà Nội, ngày 16 tháng 6 năm 2025")
        + title(*titles)
        + text("Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;")
        + title("Chương I", "NHỮNG QUY ĐỊNH CHUNG")
        + text(*ARTICLES)
        + closing((), ("CHỦ TỊCH QUỐC HỘI", "", "Trần Thanh M"))
    )


def untabled_law() -> str:
    """As a law site gives it: everything a paragraph, the title as one line, no signature."""
    top = "".join(para(line, bold=True) for line in ("QUỐC HỘI", "--------", STATE, MOTTO, "---------------"))
    top += para("Số: 62/2025/QH15") + para("Hà Nội, ngày 17 tháng 6 năm 2025", italic=True)
    return top + para("LUẬT SỬA ĐỔI, BỔ SUNG MỘT SỐ ĐIỀU CỦA LUẬT XÂY DỰNG", bold=True) + text(*ARTICLES)


def party(number: str, *titles: str) -> str:
    left = ("TỈNH ỦY A", "BAN TỔ CHỨC", "*")
    one = "".join(para(line, **CENTRE, bold=True) for line in left) + para(number, **CENTRE)
    other = para("ĐẢNG CỘNG SẢN VIỆT NAM", **CENTRE, bold=True) + para(DAY, **CENTRE, italic=True)
    return (
        table([[one, other]], [75, 90]) + title(*titles) + text(*LINES) + closing(right=("T/M BAN", "Lê B"))
    )


def dotted(*labels: str) -> str:
    return text(*(f"{label}: {'.' * 60}" for label in labels))


def two_parties(*names: str) -> str:
    row = [para(name, **CENTRE, bold=True) + para("(Ký, ghi rõ họ tên)", **CENTRE) for name in names]
    return table([row], [82, 83])


def grid(*rows: tuple[str, ...]) -> str:
    made = [[para(cell, size=12) for cell in row] for row in rows]
    return table(made, [165 / len(rows[0])] * len(rows[0]), bordered=True)


NAMES = tuple((str(n), f"Nguyễn Văn {n}", "Chuyên viên") for n in range(1, 9))
BLANKS = ("Họ và tên", "Ngày sinh", "Số căn cước", "Nơi cư trú", "Điện thoại", "Trình độ", "Đơn vị", "Lý do")


def made(words: Sequence[Any]) -> str:
    """Finished XML: parts behind "+", or a function above and what it is given."""
    name, *given = words
    if name == "+":
        return "".join(map(made, given))
    named = {}
    if given and isinstance(given[-1], dict):
        named = {key: value for each, told in given.pop().items() for key, value in _named(each, told)}
    parts = [part for each in given for part in _given(each)]
    return str(globals()[name](*parts, **named))


def _named(key: str, told: Any) -> Iterator[tuple[str, Any]]:
    yield from globals()[told].items() if key == "as" else [(key, next(_given(told)))]


def _given(told: Any) -> Iterator[Any]:
    """What a word gives: "$" names a constant above, "*" puts in all that it holds."""
    if isinstance(told, list) and told[:1] == ["*"]:
        yield from next(_given(told[1]))
    elif isinstance(told, list):
        callee = told and (told[0] == "+" or callable(globals().get(str(told[0]))))
        yield made(told) if callee else tuple(next(_given(each)) for each in told)
    else:
        yield globals()[told[1:]] if isinstance(told, str) and told.startswith("$") else told


_TABLE = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
REAL_KINDS = tuple(
    Real(name, outcome, becomes, made(words)) for name, outcome, becomes, words in _TABLE["kinds"]
)
