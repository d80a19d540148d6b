"""Are agencies and points of law capitalised as the decree says?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dvctt_report.lint.check import Answers, Fault, check, quote
from dvctt_report.lint.parts import Paper
from dvctt_report.lint.pieces import Piece
from dvctt_report.lint.places import place_of
from dvctt_report.lint.settings import Settings
from dvctt_report.model import Severity
from dvctt_report.vietnamese import key

_UNITS = (" Xã", " Phường", " Tỉnh", " Huyện", " Đặc khu")
_LAW_POINT = re.compile(r"(?<=[\w,)] )(Khoản (?=\d)|Điểm (?=[a-zđ]\b(?! là)))")
_ARTICLE = re.compile(
    r"(?<!\w)điều (?=\d+\b(?:$|[\s]*[^\w\s]|\s+(?:[A-ZĐ]|của\b|và\b|đến\b|này\b|nêu\b|hoặc\b|thuộc\b"
    r"|quy định\b|luật\b|nghị định\b|thông tư\b|quy chế\b|ban hành\b)))"
)
"""An article that is cited; "điều 12 xe", "điều 05 cán bộ" is what is sent somewhere."""
_UNIT = re.compile(
    r"(?<!\w)(?P<body>UBND|HĐND|(?i:(?:ủy ban|uỷ ban|hội đồng) nhân dân)) "
    r"(?:(?P<unit>Xã|Phường|Tỉnh|Huyện|Đặc khu)(?! [A-ZĐ\d]|\w)|(?P<province>Tỉnh)(?= [A-ZĐ]))"
    r"(?! (?i:ủy|uỷ|đoàn)\b)"
)
"""A kind of place in capitals behind an agency; Xã, Phường may be a part of the name. Source: A2 III.1."""


@check(
    "TT62",
    Severity.ERROR,
    "Viết hoa sai tên cơ quan hoặc khoản, điểm, Điều",
    rationale="Tên cơ quan viết hoa chữ cái đầu của từ chỉ loại hình, chức năng, lĩnh vực. Khi viện dẫn: "
    "Phần, Chương, Mục, Điều viết hoa; khoản, điểm viết thường.",
    source="Phụ lục II, mục IV, mục V.7",
)
def capitals(paper: Paper, settings: Settings) -> Answers:
    """Report agencies (a list of the settings) and cited points whose capitals differ from the decree's.

    Sai: Ủy ban Nhân dân tỉnh; UBND Tỉnh; Điểm a Khoản 2 điều 5
    Đúng: Ủy ban nhân dân tỉnh; UBND tỉnh; điểm a khoản 2 Điều 5
    """
    names = {key(name): name for name in settings.agencies}
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, names)) + r")(?!\w)") if names else None
    for piece in _sentences(paper):
        found = [*_misspelt_names(piece, pattern, names), *_points(piece)]
        for wrong, right in dict.fromkeys(found):
            fix = f"Sửa thành “{right}”"
            yield Fault(place_of(paper, piece.paragraph), quote(piece), f"“{wrong}”", f"“{right}”", fix)


def _sentences(paper: Paper) -> Iterator[Piece]:
    """Everything written in small letters: body, addressees, recipients, subject."""
    parts = (*paper.title.subject, paper.title.addressee, *paper.title.addressees, *paper.head.matter)
    for piece in (*parts, *paper.body, *paper.signature.recipients):
        if piece is not None and not piece.is_upper:
            yield piece


def _misspelt_names(
    piece: Piece, pattern: re.Pattern[str] | None, names: dict[str, str]
) -> Iterator[tuple[str, str]]:
    text = piece.text
    for found in pattern.finditer(piece.key) if pattern is not None and len(piece.key) == len(text) else ():
        shown, right = text[found.start() : found.end()], names[found[0]]
        # At the head of a sentence, in capitals or with another place of the tone mark it is the same name.
        if shown.isupper() or not _differs(shown, right):
            continue
        yield shown, right


def _differs(shown: str, right: str) -> bool:
    """Whether capitals differ; a small first letter is a common noun ("ủy ban nhân dân các xã")."""
    ours = [word[:1].isupper() for word in shown.split()]
    theirs = [word[:1].isupper() for word in right.split()]
    return any(ours) and ours != theirs


def _points(piece: Piece) -> Iterator[tuple[str, str]]:
    text = piece.text
    for found in _UNIT.finditer(text) if any(unit in text for unit in _UNITS) else ():
        unit = found["unit"] or found["province"]
        wrong = f"{found['body']} {unit}"
        yield wrong, f"{found['body']} {unit.lower()}"
    for found in _LAW_POINT.finditer(text) if "Khoản " in text or "Điểm " in text else ():
        wrong = text[found.start() : found.end() + 1]
        yield wrong, wrong[:1].lower() + wrong[1:]
    for found in _ARTICLE.finditer(text) if "điều " in text else ():
        article = re.match(r"điều \d+", text[found.start() :])
        if article:
            yield article[0], "Đ" + article[0][1:]
