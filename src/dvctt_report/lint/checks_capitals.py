"""Are agencies and points of law capitalised as the decree says?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dvctt_report.lint.check import Answers, Fault, check, quote
from dvctt_report.lint.parts import Paper
from dvctt_report.lint.pieces import Piece
from dvctt_report.lint.places import place_of
from dvctt_report.lint.settings import Settings
from dvctt_report.severity import Severity
from dvctt_report.vietnamese import key

_UNITS = (" Xã", " Phường", " Tỉnh", " Huyện", " Đặc khu")
_KIND = re.compile(
    r"(?<!\w)(?:Nghị Định|Quyết Định|Nghị Quyết|Thông Tư|Chỉ Thị|Kế Hoạch|Công Văn|Tờ Trình|Báo Cáo"
    r"|Thông Báo|Công Điện|Chương Trình|Hướng Dẫn|Quy Chế|Quy Định)(?= (?:số|của|này)\b)"
)
_GOVERNMENT = re.compile(
    r"[Tt]hủ tướng chính phủ|(?<=của )chính phủ(?= (?:quy định|về|ban hành|sửa đổi)\b|\s*[,;.)]|$)"
)
_CITY = re.compile(r"(?<!\w)Thành Phố(?!\w) ?")
_CHAPTER = re.compile(r"(?<!\w)(?:chương|phần) (?=[IVX]+\b)")
_COMPOUNDS = (" cán ", " trụ ", " cơ ")
"""What stands before a "bộ" or "sở" that is no office: "cán bộ Tài chính", "cơ sở Y tế"."""
_DASH = re.compile(r"(?:^| )[-–—]+(?: |$)")
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
    "Viết hoa sai tên cơ quan, tên loại văn bản hoặc khoản, điểm, Điều",
    rationale="Tên cơ quan viết hoa chữ cái đầu của từ chỉ loại hình, chức năng, lĩnh vực. Khi viện dẫn: "
    "Phần, Chương, Mục, Điều viết hoa; khoản, điểm viết thường.",
    source="Phụ lục II, mục IV, mục V.7",
)
def capitals(paper: Paper, settings: Settings) -> Answers:
    """Report agencies (a list of the settings) and cited points whose capitals differ from the decree's.

    Sai: Ủy ban Nhân dân tỉnh; UBND Tỉnh; Điểm a Khoản 2 điều 5; Nghị Định số …; bộ Nội vụ
    Đúng: Ủy ban nhân dân tỉnh; UBND tỉnh; điểm a khoản 2 Điều 5; Nghị định số …; Bộ Nội vụ
    """
    names = {key(name): name for name in settings.agencies}
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, names)) + r")(?!\w)") if names else None
    own = _place(paper)
    for piece in _sentences(paper):
        found = [*_misspelt_names(piece, pattern, names), *_words(piece.text, settings.typed_places)]
        found += _points(piece)
        if own is not None and own[1].lower() in piece.text.lower():
            found += [
                (m[1], own[1]) for m in own[0].finditer(piece.text) if m[1] != own[1] and not m[1].isupper()
            ]
        for wrong, right in dict.fromkeys(found):
            fix = f"Sửa thành “{right}”"
            yield Fault(place_of(paper, piece.paragraph), quote(piece), f"“{wrong}”", f"“{right}”", fix)


def _sentences(paper: Paper) -> Iterator[Piece]:
    """Everything written in small letters: body, addressees, recipients, subject."""
    parts = (*paper.title.subject, paper.title.addressee, *paper.title.addressees, *paper.head.matter)
    behind = min((annex.label.paragraph.number for annex in paper.annexes), default=None)
    annexes = () if behind is None else (p for p in paper.pieces if p.paragraph.number >= behind)
    for piece in (*parts, *paper.body, *paper.signature.recipients, *annexes):
        if piece is not None and not piece.is_upper:
            yield piece


def _place(paper: Paper) -> tuple[re.Pattern[str], str] | None:
    """What finds the letterhead's place behind its kind, however it is capitalised, and its right form."""
    line = paper.head.place_date
    place = line.text.partition(",")[0].strip() if line is not None else ""
    if len(place.split()) < 2 or not place.istitle():
        return None
    kind = r"(?:tỉnh|thành phố|xã|phường|đặc khu)"
    return re.compile(rf"\b{kind} ({re.escape(place)})(?!\w)", re.IGNORECASE), place


def _misspelt_names(
    piece: Piece, pattern: re.Pattern[str] | None, names: dict[str, str]
) -> Iterator[tuple[str, str]]:
    # A key has no blanks around its dashes; what stands between them is as long as the text.
    for text in _DASH.split(piece.text) if pattern is not None else ():
        keyed = key(text)
        for found in pattern.finditer(keyed) if pattern is not None and len(keyed) == len(text) else ():
            shown, right = text[found.start() : found.end()], names[found[0]]
            # At a sentence's head, in capitals or with the tone elsewhere it is the same name.
            compound = f" {text[: found.start()]}".lower().endswith(_COMPOUNDS)
            if not shown.isupper() and not compound and _differs(shown, right):
                yield shown, right


def _differs(shown: str, right: str) -> bool:
    """Whether capitals differ; a small first letter is a common noun ("ủy ban nhân dân các xã")."""
    ours = [word[:1].isupper() for word in shown.split()]
    theirs = [word[:1].isupper() for word in right.split()]
    return any(ours) and ours != theirs


def _words(text: str, typed_places: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Kinds of documents, the government, cities and chapters in the wrong capitals.

    ``typed_places`` are those whose names go with "Thành phố" in capitals.
    """
    for found in _KIND.finditer(text):
        yield found[0], found[0].capitalize()
    for found in _GOVERNMENT.finditer(text) if "chính phủ" in text else ():
        yield found[0], "Chính phủ" if found[0] == "chính phủ" else "Thủ tướng Chính phủ"
    for found in _CITY.finditer(text) if "Thành Phố" in text else ():
        with_type = text.startswith(tuple(typed_places), found.end())
        yield "Thành Phố", "Thành phố" if with_type else "thành phố"
    for found in _CHAPTER.finditer(text) if "chương " in text or "phần " in text else ():
        yield found[0].strip(), found[0].strip().capitalize()


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
