"""Are districts still addressed after they have ended?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from dvctt_report.catalogue import catalogue
from dvctt_report.lint.check import Answers, Block, Fault, NotApplicable, NotEvaluated, check
from dvctt_report.lint.parts import Paper, Piece
from dvctt_report.lint.settings import Settings
from dvctt_report.lint.structure import Mark, marks
from dvctt_report.nd30.kinds import LETTER
from dvctt_report.patterns import lazy_pattern
from dvctt_report.severity import Severity
from dvctt_report.vietnamese import CAPITALS, join_names, key

_LEVEL = r"(?<!bà )(?:huyện|quận|thị xã|thị trấn)"
_DISTRICT = lazy_pattern(
    rf"\b(?:(?:ubnd|ủy ban nhân dân|hđnd|hội đồng nhân dân)\s+)?(?:(?:các|cấp)\s+)?{_LEVEL}\b"
    r"|\bthành phố(?:\s+trực)?\s+thuộc\s+tỉnh\b",
    re.IGNORECASE,
)
"""A district, a kind of district, or all of them: "UBND các huyện", "cấp huyện", "thị xã", "Huyện ủy"."""
_CITY = lazy_pattern(rf"\b(?:[Tt]hành phố|THÀNH PHỐ|TP\.?)\s+(?=[{CAPITALS}])")
_PAST = lazy_pattern(
    r"\b(?:cũ|nguyên (?:là|chủ tịch|phó|bí thư|giám đốc|trưởng|lãnh đạo|cán bộ)"
    r"|trước đây|trước (?:khi )?(?:sắp xếp|sáp nhập)|số\s*:?\s*\d\S*/\S)",
    re.IGNORECASE,
)
"""Words of what is told of the past: a former office or district, a document of its time."""
_PROPER = lazy_pattern(
    r"(?<!các )(?<!môi )(?<!thị )\b(?:trường|chợ|bệnh viện|bến xe|ga|hợp tác xã|htx|quỹ tín dụng|công ty"
    r"|nhà máy|đền|chùa|nhà thờ|giáo xứ)\b"
    r"(?:\s+(?!(?:các|cấp|địa bàn|thuộc|tại|trên|và|ubnd|ủy ban|uỷ ban)\b)[^\s,;:.]+){0,8}\s*$",
    re.IGNORECASE,
)
"""What is called after a place keeps its name: "Trường THCS Thị trấn B", "Chợ Huyện"."""
_TASKED = lazy_pattern(
    r"(?:\d{1,2}\. |[a-zđ]\) |- )?(?:Giao |Yêu cầu |Đề nghị )?(?:Chủ tịch )?(?:Ủy ban nhân dân|UBND)"
    r" [^.;:]{3,60}"
)
"""How a paragraph opens that gives a committee something to do."""
_BODY = (
    r"(?:Chủ tịch |Thường trực )?(?:Ủy ban nhân dân|Uỷ ban nhân dân|UBND|Hội đồng nhân dân|HĐND"
    r"|các (?:huyện|quận|thị xã|thị trấn)|Sở|Bộ|Công an|Phòng|Ban)\b"
)
_VERB = (
    r"(?:chủ trì|phối hợp|tháo gỡ|rà soát|tham mưu|hướng dẫn|kiểm tra|thực hiện|tổ chức|xây dựng|báo cáo"
    r"|tổng hợp|triển khai|xem xét|tiếp tục|theo dõi|bố trí|nghiên cứu|khẩn trương|chỉ đạo)\b"
)
"""Where the name of who gets a task ends and the task begins."""
_GIVEN = lazy_pattern(
    r"\b(?:giao|yêu cầu|đề nghị|phối hợp (?:chặt chẽ )?(?:với|cùng)|cùng)"
    rf" (?P<who>{_BODY}(?: (?!{_VERB})[^\s.;:]+){{0,8}})",
    re.IGNORECASE,
)
"""Who gets something to do, or a hand in it, within a sentence: "chủ trì, phối hợp với UBND huyện A"."""
_SAYS = lazy_pattern(
    r"(?P<who>(?:Ủy ban nhân dân|Uỷ ban nhân dân|UBND|Hội đồng nhân dân|HĐND) tỉnh [^,.;:\d]{3,40}?)"
    r" (?:(?:kính|trân trọng) )?(?:yêu cầu|đề nghị|giao|ban hành|báo cáo|thông báo|trình|quyết nghị)\b"
)
"""Who speaks in the text: "Ủy ban nhân dân tỉnh A yêu cầu"."""
_PROVINCE = lazy_pattern(rf"\b(?:[Tt]ỉnh|TỈNH) (?P<name>[{CAPITALS}]\w*(?: (?:- )?[{CAPITALS}]\w*){{0,4}})")
_ORDERING = frozenset({LETTER, "Công điện", "Chỉ thị", "Kế hoạch", "Thông báo", "Quyết định", "Hướng dẫn"})
_NAMED = 5
"""Communes that are named after a district; some went into more than ten."""
_CARRIED_OUT = lazy_pattern(
    r"c(?<!\wc)(?:hịu trách nhiệm (?:thi hành|thực hiện)|ăn cứ quyết định thi hành)\b"
)
"""What an article says of those who have to carry the document out."""


@check("TT63", Severity.WARNING, Block.HEAD)
def districts(paper: Paper, settings: Settings) -> Answers:
    """Còn ghi cấp huyện, cơ quan cũ sau khi sắp xếp.

    Sai: Kính gửi: UBND huyện B; - UBND các huyện, thành phố; (văn bản tháng 9 năm 2025)
    Đúng: Kính gửi: UBND xã B
    Căn cứ: Luật Tổ chức chính quyền địa phương số 72/2025/QH15
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
            yield from _of_piece(place, piece, piece.text, paper, settings)
    for mark in marks(paper):
        for text in _tasks(mark, paper):
            told = [*_of_piece(mark.place, mark.piece, text, paper, settings)]
            yield from told
            if told:
                break


def _tasks(mark: Mark, paper: Paper) -> Iterator[str]:
    """The stretches of a paragraph that name who has to do something now, or who speaks."""
    text = mark.piece.text
    if told := _CARRIED_OUT.search(text):
        yield text[: told.start()]
    opened = _TASKED.match(text) if paper.kind in _ORDERING else None
    if opened and "đã" not in opened[0]:
        yield opened[0]
    for pattern in (_GIVEN, _SAYS) if paper.kind in _ORDERING else (_SAYS,):
        for found in pattern.finditer(text):
            if "đã " not in text[: found.start()].rpartition(". ")[2]:
                yield found["who"]


def _of_piece(place: str, piece: Piece, text: str, paper: Paper, settings: Settings) -> Iterator[Fault]:
    """What ``text``, of the line ``piece``, names as if it still were: a district, a province, an agency."""
    if _PAST.search(text):
        return
    found = next((m for m in _DISTRICT.finditer(text) if not _is_in_name(m, text)), None)
    named = found[0] if found else _ended_city(text, paper, settings)
    if named:
        yield Fault(
            place,
            piece,
            f"“{named}”",
            "tên đơn vị hành chính hiện nay",
            "Ghi xã, phường, đặc khu hoặc cơ quan hiện nay; kiểm tra lại tên cơ quan sau sắp xếp"
            + _now(text[text.index(named) :]),
        )
    changed = [(old, new) for old, new in settings.former_agencies.items() if key(old) in key(text)]
    for old, new in (*changed, *_ended_provinces(text)):
        fix = f"Ghi cơ quan, đơn vị hiện nay: {new}"
        yield Fault(place, piece, f"“{old}” đã sắp xếp", f"“{new}”", fix)


def _ended_provinces(text: str) -> Iterator[tuple[str, str]]:
    """Provinces that are a part of another now, each with that."""
    for found in _PROVINCE.finditer(text):
        words = found["name"].split()
        for n in range(len(words), 1, -1):
            name = " ".join(words[:n])
            now = catalogue().successor(f"tỉnh {name}")
            if now is not None and catalogue().province(name) is None:
                yield f"tỉnh {name}", now.name
                break


def _now(text: str) -> str:
    """Say which communes the district that a text begins with belongs to now; "" where that isn't known."""
    start = re.search(rf"{_LEVEL}|thành phố", text, re.IGNORECASE)
    name, now = catalogue().district_at(text[start.start() :]) if start else ("", ())
    more = f" và {len(now) - _NAMED} đơn vị khác" if len(now) > _NAMED else ""
    named = join_names((commune.name for commune in now[:_NAMED]), ", " if not more else "; ")
    return f". {name} (cũ) nay thuộc: {named}{more}" if now else ""


def _is_in_name(found: re.Match[str], text: str) -> bool:
    """Whether a district's word is part of what a school, a market or the like is called."""
    return bool(re.match(_LEVEL, found[0], re.IGNORECASE) and _PROPER.search(text[: found.start()]))


def _ended_city(text: str, paper: Paper, settings: Settings) -> str:
    """The first city by name that is no province of its own, "thành phố C"; "" where there is none."""
    if not _CITY.search(text):
        return ""
    known = catalogue()
    central = tuple(map(key, (*known.cities(paper.day or known.as_of), *settings.central_cities)))
    for found in _CITY.finditer(text):
        name = re.split(r"[,;.:)(]| - ", text[found.end() :])[0]
        if not key(name).startswith(central) and not _PROPER.search(text[: found.start()]):
            return found[0] + " ".join(name.split()[:4])
    return ""


def _is_after(paper: Paper, end: date) -> bool | None:
    """Whether it is of that day or later, by month or year where the rest is blank; None: unknown."""
    if paper.day is not None:
        return paper.day >= end
    text = paper.head.place_date.text if paper.head.place_date else ""
    found = re.search(r"tháng\s*(\d{1,2})?\D*năm\s+(\d{4})(?!\d)", text)
    if found is None or (found[1] is None and int(found[2]) == end.year):
        return None
    return (int(found[2]), int(found[1] or end.month)) >= (end.year, end.month)
