"""Are agencies and points of law capitalised as the decree says, and districts no longer addressed?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from dvctt_report.model.catalogue import catalogue
from dvctt_report.model.severity import Severity
from dvctt_report.text.patterns import begun, lazy_pattern
from dvctt_report.text.vietnamese import CAPITALS, first_letter_small, join_names, key
from dvctt_report.word.lint.check import (
    HERE,
    Answers,
    Fault,
    NotApplicable,
    NotEvaluated,
    Settings,
    check,
    worded,
)
from dvctt_report.word.lint.checks_citations import KINDS
from dvctt_report.word.lint.outcome import place_of
from dvctt_report.word.lint.parts import Mark, Paper, Piece, holding, marks
from dvctt_report.word.lint.patterns import LISTS, patterns_of
from dvctt_report.word.nd30 import LETTER

_RE, _LISTS = patterns_of("names"), LISTS["names"]

_UNITS = (" Xã", " Phường", " Tỉnh", " Huyện", " Đặc khu")
_KINDS_IN_CAPITALS: list[str] = _LISTS["kinds_in_capitals"]
_KIND = lazy_pattern(rf"(?<!\w)(?:{'|'.join(_KINDS_IN_CAPITALS)})(?= (?:số|của|này)\b)|(?<=[^\s] )Phụ Lục\b")
_NO_LAW = r"(?<!Bộ .)(?<!pháp .)(?<!kỷ .)(?<!điều .)(?<!đạo .)"
"""Behind the first letter of "luật": what it isn't behind, "kỷ luật", "pháp luật"."""
_A_LAW = rf"(?= (?:{'|'.join(_LISTS['laws'])})\b)"
_CITED_SMALL = lazy_pattern(
    begun(
        *(
            rf"{kind}(?= (?:số )?\d+(?:/\d{{4}})?[/-][A-ZĐ])"
            for kind in (*map(str.lower, KINDS), "kết luận", "chương trình")
        ),
        *(rf"{word[0]}{_NO_LAW}{word[1:]}{_A_LAW}" for word in ("bộ luật", "luật")),
        r"l(?:(?<=Điều \d .)|(?<=Điều \d\d .))uật(?= )",
    )
)
"""A document that is cited, its kind in small letters: "kế hoạch số 15/KH-UBND", "luật Đất đai"."""
_COMPOUNDS = (" cán ", " trụ ", " cơ ")
"""What stands before a "bộ" or "sở" that is no office: "cán bộ Tài chính", "cơ sở Y tế"."""


@check("TT62")
def capitals(paper: Paper, settings: Settings) -> Answers:
    """Capitals of agencies, of kinds that are cited, of points of law, of titles."""
    names = {k: name for name in settings.agencies if (k := key(name)) in paper.whole}
    called = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)") if names else None
    # The letterhead's place behind its kind, in whatever capitals.
    line = paper.head.place_date
    place = line.text.partition(",")[0].strip() if line is not None else ""
    place_key, is_name = key(place), len(place.split()) > 1 and place.istitle()
    placed = rf"(?i)\b(?:tỉnh|thành phố|xã|phường|đặc khu) ({re.escape(place)})(?!\w)"
    # Everything written in small letters: body, addressees, recipients, subject.
    parts = (*paper.title.subject, paper.title.addressee, *paper.title.addressees, *paper.head.matter)
    behind = min((annex.label.paragraph.number for annex in paper.annexes), default=len(paper.pieces))
    annexes = (p for p in paper.pieces if paper.annexes and p.paragraph.number >= behind)
    written = (*parts, *paper.body, *paper.signature.recipients, *annexes)
    lines = [piece for piece in written if piece is not None and not piece.is_upper]
    wrong_words: dict[Piece, list[tuple[str, str]]] = {piece: [] for piece in lines}
    for piece in lines if called else ():
        if called and any(n in piece.key and piece.key.count(n) != piece.text.count(names[n]) for n in names):
            wrong_words[piece] += _misspelt_names(piece, called, names)
    for hints, pattern, corrected in _RULES:
        for piece in holding(lines, *hints):
            words = pattern.finditer(piece.text)
            wrong_words[piece] += [(m[0], right) for m in words if (right := corrected(m)) != m[0]]
    for piece in holding(lines, "Thành Phố", "thành phố"):
        for city in _RE["cities"].finditer(piece.text):
            # Some cities' names have a capital before them.
            typed = piece.text.startswith(settings.typed_places, city.end() + 1)
            if city[0] == "Thành Phố" or typed:
                wrong_words[piece].append((city[0], "Thành phố" if typed else "thành phố"))
    for piece in lines if is_name else ():
        for m in re.finditer(placed, piece.text) if place_key in piece.key else ():
            wrong_words[piece] += [(m[1], place)] if m[1] != place and not m[1].isupper() else []
    people = {*holding(lines, "nhân dân")}
    for piece in lines:
        for wrong, right in dict.fromkeys(wrong_words[piece]):
            yield Fault(HERE, piece, f"“{wrong}”", f"“{right}”")
        if piece in people and _RE["people"].search(piece.text):
            yield Fault(place_of(paper, piece.paragraph), piece, "“nhân dân”", severity=Severity.INFO)


def _misspelt_names(line: Piece, called: re.Pattern[str], names: dict[str, str]) -> Iterator[tuple[str, str]]:
    # A key has no blanks around its dashes; what stands between them is as long as the text.
    parts = re.split(r"(?:^| )[-–—]+(?: |$)", line.text)
    for text in parts:
        keyed = key(text) if len(parts) > 1 else line.key
        for name in called.finditer(keyed) if len(keyed) == len(text) else ():
            shown, right = text[name.start() : name.end()], names[name[0]]
            compound = f" {text[: name.start()]}".lower().endswith(_COMPOUNDS)
            # At a sentence's head, in capitals or with the tone elsewhere it is the same name; a small first
            # letter is a common noun ("ủy ban nhân dân các xã").
            ours, theirs = ([word[:1].isupper() for word in words.split()] for words in (shown, right))
            if not shown.isupper() and not compound and any(ours) and ours != theirs:
                yield shown, right


def _capital(found: re.Match[str]) -> str:
    return found[0].capitalize()


def _titled(found: re.Match[str]) -> str:
    """A title with the capitals that it has, "Phó Giám đốc", but for "Nguyễn Văn Phòng", a person's name."""
    if re.search(rf"(?<!^)[{CAPITALS}][^\W\d_]* $", found.string[: found.start()]):
        return found[0]
    ranks = re.match(r"(?:(?:Phó|Tổng|Chánh) )*", found[0])
    title = found[0].removeprefix(ranks[0] if ranks else "")
    named = "Mặt trận Tổ quốc" if title.startswith("Mặt Trận") else title.capitalize()
    return f"{ranks[0] if ranks else ''}{named}"


_RULES: tuple[tuple[Sequence[str], re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    ((*_KINDS_IN_CAPITALS, " Phụ Lục"), _KIND, _capital),
    (("/", "-", "luật "), _CITED_SMALL, _capital),
    (_LISTS["second_capitals"], _RE["one_capital"], _titled),
    (("phó ",), _RE["opened_small"], _capital),
    (("hứ ",), _RE["weekday"], lambda m: f"{m[0][:3]} {(m['day'] or m['until']).capitalize()}"),
    (("phường ", "quận "), _RE["numbered_place"], _capital),
    (("hính phủ",), _RE["government"], lambda m: f"{'Thủ tướng ' * (m[0] != 'chính phủ')}Chính phủ"),
    (("chương ", "phần ", "mục "), _RE["chapter"], _capital),
    (("Phòng ",), _RE["office_of_two"], lambda m: f"{m['one']} {m['dash']} {m['two'].capitalize()}"),
    (_UNITS, _RE["unit"], lambda m: f"{m['body']} {(m['unit'] or m['province']).lower()}"),
    (("Khoản ", "Điểm "), _RE["law_point"], lambda m: first_letter_small(m[0])),
    (("điều ",), _RE["article"], lambda m: f"Đ{m[0][1:]}"),
)
"""What a line must hold to be looked at, what is looked for, and what would be right."""


_LEVEL = _RE["level"].pattern
_ORDERING = frozenset({LETTER, "Công điện", "Chỉ thị", "Kế hoạch", "Thông báo", "Quyết định", "Hướng dẫn"})
_NAMED = 5  # Communes that are named after a district; some went into more than ten


@check("TT63")
def districts(paper: Paper, settings: Settings) -> Answers:
    """Nobody is addressed or given a task who no longer is."""
    end, head, title = settings.districts_end, paper.head, paper.title
    if end is None:
        yield NotApplicable("tệp thiết lập không đặt ngày bỏ cấp huyện")
        return
    # Month or year may tell where the rest is blank.
    dated = head.place_date.text if head.place_date else ""
    written = re.search(r"tháng\s*(\d{1,2})?\D*năm\s+(\d{4})(?!\d)", dated)
    if paper.day is not None:
        month = (paper.day.year, paper.day.month)
    elif written is None or (written[1] is None and int(written[2]) == end.year):
        yield NotEvaluated("không rõ thời gian của văn bản")
        return
    else:
        month = (int(written[2]), int(written[1] or end.month))
    if month < (end.year, end.month) or (paper.day is not None and paper.day < end):
        yield NotApplicable("văn bản trước ngày bỏ cấp huyện")
        return
    places: tuple[tuple[str, tuple[Piece | None, ...]], ...] = (
        ("Tên cơ quan", (*head.parent, *head.issuer)),
        ("Địa danh, thời gian", (head.place_date,)),
        ("Kính gửi", (title.addressee, *title.addressees)),
        ("Nơi nhận", paper.signature.recipients),
    )
    for place, piece in ((place, piece) for place, pieces in places for piece in pieces if piece):
        yield from _old_places(place, piece, piece.text, paper, settings)
    for mark in marks(paper):
        at = (mark.place, mark.piece)
        faults = (list(_old_places(*at, text, paper, settings)) for text in _tasks(mark, paper))
        yield from next(filter(None, faults), [])


def _tasks(mark: Mark, paper: Paper) -> Iterator[str]:
    """The stretches of a paragraph that name who has to do something now, or who speaks."""
    text, orders = mark.piece.text, paper.kind in _ORDERING
    if carried_out := _RE["carried_out"].search(text):
        yield text[: carried_out.start()]
    opened = _RE["tasked"].match(text) if orders else None
    if opened and "đã" not in opened[0]:
        yield opened[0]
    patterns = (_RE["given"], _RE["says"])[not orders :]
    for match in (match for pattern in patterns for match in pattern.finditer(text)):
        if "đã " not in text[: match.start()].rpartition(". ")[2]:
            yield match["who"]


def _old_places(place: str, piece: Piece, text: str, paper: Paper, settings: Settings) -> Iterator[Fault]:
    """What ``text``, of the line ``piece``, names as if it still were: a district, a province, an agency."""
    if _RE["past"].search(text):
        return
    known = catalogue()
    # A district's word may be part of what a school, a market or the like is called.
    named = ""
    for district in _RE["district"].finditer(text):
        before = text[: district.start()]
        if not (re.match(_LEVEL, district[0], re.IGNORECASE) and _RE["proper"].search(before)):
            named = district[0]
            break
    # Else the first city by name that is no province of its own, "thành phố C".
    for city in _RE["city"].finditer(text) if not named else ():
        central = tuple(map(key, (*known.cities(paper.day or known.as_of), *settings.central_cities)))
        name = re.split(r"[,;.:)(]| - ", text[city.end() :])[0]
        if not key(name).startswith(central) and not _RE["proper"].search(text[: city.start()]):
            named = city[0] + " ".join(name.split()[:4])
            break
    if named:
        # Which communes the district belongs to now, where that is known.
        behind = text[text.index(named) :]
        start = re.search(rf"{_LEVEL}|thành phố", behind, re.IGNORECASE)
        name, now = known.district_at(behind[start.start() :]) if start else ("", ())
        more = f" và {len(now) - _NAMED} đơn vị khác" if len(now) > _NAMED else ""
        communes = join_names((commune.name for commune in now[:_NAMED]), "; " if more else ", ")
        belongs = f". {name} (cũ) nay thuộc: {communes}{more}" if now else ""
        yield worded(place, piece, "“{named}”", named=named, belongs=belongs)
    changed = [(old, new) for old, new in settings.former_agencies.items() if key(old) in key(text)]
    for province in _RE["province"].finditer(text):
        words = province["name"].split()
        names = (" ".join(words[:n]) for n in range(len(words), 1, -1))
        ended = ((name, known.successor(f"tỉnh {name}")) for name in names if known.province(name) is None)
        changed += [(f"tỉnh {name}", now.name) for name, now in ended if now is not None][:1]
    for old, new in changed:
        yield worded(place, piece, "“{old}” đã sắp xếp", old=old, new=new)
