"""Are letterhead, number, place and date, a mark of urgency, title, subject and bases right?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import takewhile
from operator import attrgetter

from dvctt_report.model.severity import Severity
from dvctt_report.text.patterns import lazy_pattern
from dvctt_report.text.vietnamese import format_date, key, parse_date
from dvctt_report.word import nd30
from dvctt_report.word.lint import top
from dvctt_report.word.lint.check import (
    ABSENT,
    TO_CAPITALS,
    Answers,
    Check,
    Fault,
    Mend,
    NotApplicable,
    NotEvaluated,
    Settings,
    caps_mends,
    centre_faults,
    check,
    describe,
    ending_fault,
    format_mm,
    format_size,
    look_faults,
    quote,
    span_mends,
    worded,
)
from dvctt_report.word.lint.checks_citations import BASES, CITED
from dvctt_report.word.lint.looks import (
    centring_faults,
    extent,
    gap_faults,
    height_above,
    line_fault,
    looks,
    stands_left_of,
)
from dvctt_report.word.lint.parts import Number, Paper, Piece, columns_of, marks
from dvctt_report.word.lint.patterns import patterns_of
from dvctt_report.word.tree import WPS, A, V, W

_RE = patterns_of("head")

STATE, MOTTO_PLACE, PARENT, ISSUER = "Quốc hiệu", "Tiêu ngữ", "Tên cơ quan chủ quản", "Tên cơ quan ban hành"
_NEAR_EDGE = 3.0
"""Millimetres that letters may stand nearer to the edge; grids of 65 and 107 mm are wider than the text."""
_ROUNDING = 0.5  # Millimetres that printers and grids differ by
_ROW = 7.0  # Millimetres between two lines that stand in one row: more than a line and its space is another
URGENCY = "Mức độ khẩn"
_LOOK = nd30.Component("urgency", URGENCY, 13, (13, 14), "A1 III.2", bold=True, upper=True, align="center")
KIND, SUBJECT, MATTER = "Tên loại văn bản", "Trích yếu", "Trích yếu công văn"
_UNNAMED = NotApplicable("công văn không có tên loại")
_SIGNS = {".": "dấu chấm", ",": "dấu phẩy", ";": "dấu chấm phẩy", ":": "dấu hai chấm"}
_GAP, _GAP_TOLERANCE = 6.0, 1.0  # Points between number and "V/v"
_BARE = lazy_pattern(rf"(?:{CITED} số|(?:Bộ luật|Luật) [^,;]{{2,80}} ngày) ?\d")
"""A document named as a basis without the word for it."""
_OPENING_BASES = {"Quyết định": "QUYẾT ĐỊNH:", "Nghị quyết": "QUYẾT NGHỊ:"}
"""What stands above the first article. Source: A3, Mẫu 1.1, 1.2."""
PLACE = "Nội dung"
NUMBER = "Số, ký hiệu"
BLANK = "số để trống (dự thảo chưa phát hành)"
DATE = "Địa danh, thời gian"


@check("TT12")
def state_name(paper: Paper, settings: Settings) -> Answers:
    """The state name: its words, its look, on the right of the issuer."""
    piece = paper.head.state
    if piece and key(piece.text) != key(nd30.STATE_NAME) and not paper.head.state_is_broken:
        yield Fault(STATE, piece, f"“{piece.text}”", f"“{nd30.STATE_NAME}”", "Gõ lại dòng này cho đúng")
        return
    yield from looks(paper, "TT12")
    if piece and any(stands_left_of(piece, name) for name in paper.head.issuer):
        yield Fault(STATE, piece, "đứng bên trái tên cơ quan")


@check("TT13")
def state_name_wraps(piece: Piece, paper: Paper, settings: Settings) -> Answers:
    """The state name stands on one line and out of the right margin."""
    paragraph = piece.paragraph
    if paper.head.state_is_broken:
        yield Fault(STATE, piece, "Quốc hiệu ngắt thành hai dòng")
    elif paragraph.room is None:
        yield NotEvaluated("không biết độ rộng của ô chứa Quốc hiệu", STATE, piece.text)
    elif paragraph.cell is None and paragraph.box is None:
        yield NotEvaluated("Quốc hiệu không nằm trong ô của bảng", STATE, piece.text)
    else:
        room = paragraph.room - paragraph.shape.left - paragraph.shape.right
        if piece.width > room + _ROUNDING:
            said = {"length": format_mm(piece.width), "room": format_mm(room)}
            yield worded(STATE, piece, "Quốc hiệu dài {length}, ô chỉ rộng {room}", **said)
        elif not any(centring_faults(STATE, (piece,))):
            # The state name, the widest line of a letterhead, where it stands in the right margin.
            cell, ends, low = paragraph.cell, extent(piece), nd30.PAGE.right_range[0]
            sections = paper.document.sections
            if not ends or not sections or not cell or cell.left is None or cell.table.left is None:
                return
            sheet = sections[min(paragraph.section, len(sections) - 1)]
            left = sheet.width - sheet.left - sheet.gutter - cell.table.left - cell.left - ends[1]
            if left < low - _NEAR_EDGE:
                said = {"mm": format_mm(left), "least": format_mm(low)}
                yield worded(STATE, piece, "cách mép phải tờ giấy {mm}", **said)


@check("TT14")
def motto(paper: Paper, settings: Settings) -> Answers:
    """The motto: its words, dashes and look."""
    piece = paper.head.motto
    if piece and unicodedata.normalize("NFC", piece.text) != nd30.MOTTO:
        found = "“{text}” (dùng gạch dài)" if re.search("[–—]", piece.text) else "“{text}”"
        yield worded(MOTTO_PLACE, piece, found, text=piece.text)
    yield from looks(paper, "TT14")
    if piece and paper.head.state:
        yield from gap_faults(MOTTO_PLACE, paper.head.state, piece)


def _line_check(code: str, place: str, under: str, stroke: str) -> Check:
    """The check of the line under a part; ``stroke`` is where a ``Paper`` holds what is drawn there."""
    return check(code)(
        lambda part, paper, _: line_fault(
            place, (part,) if isinstance(part, Piece) else part, attrgetter(stroke)(paper), under
        )
    )


MOTTO_LINE = _line_check("TT15", MOTTO_PLACE, "motto", "head.motto_line")
ISSUER_LINE = _line_check("TT17", ISSUER, "issuer", "head.issuer_line")
SUBJECT_LINE = _line_check("TT33", SUBJECT, "subject", "title.subject_line")


@check("TT16")
def agency_look(paper: Paper, settings: Settings) -> Answers:
    """The names of issuer and superior: whole, written out, each in its weight."""
    head = paper.head
    first = head.issuer[0] if head.issuer else None
    if first and (short := re.match(r"UBND|HĐND", first.text)):
        found = "“{short}” viết tắt trong tên cơ quan ban hành"
        yield worded(ISSUER, first, found, short=short[0], whole=nd30.WRITTEN_OUT[short[0]])
    elif first and _RE["department"].match(first.plain) and not head.parent and not top.is_joint(head.issuer):
        yield Fault(PARENT, first, "không có tên cơ quan chủ quản")
    if head.parent and [p.key for p in head.parent] == [p.key for p in head.issuer]:
        yield Fault(PARENT, head.parent, "trùng tên cơ quan ban hành")
    for place, lines in ((PARENT, head.parent), (ISSUER, head.issuer)):
        if nameless := _RE["nameless"].search(" ".join(line.text for line in lines)):
            yield worded(place, lines, "“{name}” thiếu tỉnh, xã …", name=nameless[0])
    if head.parent and first:
        yield from gap_faults(ISSUER, head.parent[-1], first)
    yield from looks(paper, "TT16")


@check("TT18")
def agency_capitals(paper: Paper, settings: Settings) -> Answers:
    """The names of issuer and superior are in capitals."""
    if not paper.head.parent and not paper.head.issuer:
        yield NotApplicable("không có tên cơ quan")
    for place, pieces in ((PARENT, paper.head.parent), (ISSUER, paper.head.issuer)):
        if small := [p for p in pieces if not p.is_upper]:
            text = " ".join(p.text for p in small)
            yield Fault(place, small, f"“{text}”", f"“{text.upper()}”", TO_CAPITALS, caps_mends(small))


@check("TT19")
def number_word(paper: Paper, settings: Settings) -> Answers:
    """The word "Số:" before the number."""
    piece = paper.head.number
    if piece is None and "number" in paper.not_missed:
        yield NotApplicable(ABSENT["head.number"])
    elif piece is None:
        yield Fault(NUMBER, "", ABSENT["head.number"])
    elif not re.match(r"Số: ?(?=[^\s:]|$)|Số:$", piece.text):
        yield worded(NUMBER, piece, "“{shown}”", shown=quote(piece.text, 20))
    elif tight := re.match(r"Số:\d+", piece.text):
        yield worded(NUMBER, piece, "“{tight}” viết liền", (), Severity.WARNING, tight=tight[0])


@check("TT20")
def number_zero(number: Number, paper: Paper, settings: Settings) -> Answers:
    """A number below 10 has one zero before it, others none."""
    piece = paper.head.number
    if not number.figure:
        yield NotEvaluated(BLANK, NUMBER, piece, "số")
    elif re.fullmatch(r"[1-9]", number.figure):
        yield worded(NUMBER, piece, "số “{figure}”", figure=number.figure)
    elif re.fullmatch(r"0\d{2,}", number.figure):
        said = {"figure": number.figure, "right": f"{int(number.figure):02}"}
        yield worded(NUMBER, piece, "số “{figure}” thừa số 0", (), Severity.WARNING, **said)


@check("TT21")
def number_marks(number: Number, paper: Paper, settings: Settings) -> Answers:
    """No year, no dot and no blanks in number and symbol."""
    piece = paper.head.number
    assert piece
    text = piece.text.partition(":")[2].strip() or piece.text
    if year := re.match(r"(20\d\d)\s*/", number.symbol) or re.search(r"[/-]\s*(20\d\d)$", number.symbol):
        right = f"“Số: {number.figure}/{top.symbol_of(number).removesuffix(year[0])}”"
        yield Fault(NUMBER, piece, f"số có năm “{year[1]}”", right, f"Bỏ “{year[0]}”")
        return
    if party := re.fullmatch(r"(\d+)\s*[-–]\s*(\w+)\s*/\s*(\w+)", text):
        what = f"“{text}”: gạch nối và gạch chéo đổi chỗ (cách ghi của văn bản Đảng)"
        yield Fault(NUMBER, piece, what, f"“Số: {party[1]}/{party[2]}-{party[3]}”")
        return
    if text.endswith("."):
        yield Fault(NUMBER, piece, "có dấu chấm cuối")
    # What stands before the slash of a draft is a blank to be filled in.
    shown = text if number.figure else text[text.index("/") :]
    before, _, symbol = shown.partition("/")
    tight = f"{before.strip()}/{top.with_hyphens(symbol.strip(), top.issuer_letters(paper.head))}"
    # "TT.HĐND" is the council's standing committee.
    dotted = re.sub(r"(?<=[A-ZĐ])(?<!\bTT)\.(?=[A-ZĐ])", "-", tight)
    if dotted != tight:
        yield worded(NUMBER, piece, "“{shown}” có dấu chấm", shown=shown, right=dotted)
    elif shown != tight:
        yield worded(NUMBER, piece, "“{shown}”", shown=shown, right=tight)


@check("TT25")
def number_look(line: Piece, paper: Paper, settings: Settings) -> Answers:
    """The look of the number; it stands beside the date."""
    day = paper.head.place_date
    yield from looks(paper, "TT25")
    here, there = line.paragraph.cell, day.paragraph.cell if day else None
    if not day or not here or not there or here.table is not there.table or here.column == there.column:
        return
    lower = height_above(paper.document, line, here) - height_above(paper.document, day, there)
    if abs(lower) > _ROW:
        found = "số, ký hiệu {how} hơn dòng địa danh, ngày"
        yield worded(NUMBER, line, found, (), Severity.WARNING, how="thấp" if lower > 0 else "cao")


@check("TT22")
def symbol(piece: Piece, paper: Paper, settings: Settings) -> Answers:
    """The symbol begins with the kind's letters and ends with the issuer's."""
    number = paper.number
    if number is None:
        if re.search(r"\d", piece.text):
            yield Fault(NUMBER, piece, f"“{piece.text}”", "“Số: …/…-…”", "Ghi số, dấu “/”, rồi ký hiệu")
        else:
            yield NotEvaluated(BLANK, NUMBER, piece, "số")
        return
    if re.fullmatch(r"\d+\s*[-–]\s*\w+", number.figure):
        yield NotApplicable("gạch nối và gạch chéo trong số, ký hiệu đổi chỗ (đã nêu ở TT21)")
        return
    groups = paper.groups
    if not any(re.search(r"\w", g) for g in groups):
        yield NotEvaluated("ký hiệu để trống", NUMBER, piece, "ký hiệu")
        return
    yield from _agency_faults(paper, piece, number.figure, groups, settings)
    if paper.kind == nd30.LETTER:
        return
    first, short = groups[0], nd30.KINDS[paper.kind]
    kind = top.kind_of(paper.title.kind) if paper.title.kind else None
    if first in nd30.BY_ABBREVIATION:
        if number.figure and not any(re.search(r"\w", group) for group in groups[1:]):
            # The issuer's letters where usage has settled them; a school sets its own. Source: A1 II.3b.
            letters, names = top.issuer_letters(paper.head), paper.head.issuer
            office = names[0].key if names else ""
            letters = letters if letters in nd30.WRITTEN_OUT or office.startswith(("sở ", "bộ ")) else ""
            right = f"“{first}-{letters or '<chữ viết tắt tên cơ quan>'}”"
            what = f"sau “{first}” không có chữ viết tắt tên cơ quan ban hành"
            fix = f"Ghi tiếp {f'“-{letters}”' if letters else 'dấu “-” và chữ viết tắt tên cơ quan'}"
            yield Fault(NUMBER, piece, what, right, fix)
    elif kind is not None and first == short + "".join(word[0].upper() for word in kind.behind.split()):
        right = f"“{'-'.join((short, *groups[1:]))}”"
        what = f"“{first}” không có trong bảng chữ viết tắt của nghị định"
        # The decree says nothing of a kind with words behind it ("KẾ HOẠCH LIÊN TỊCH").
        yield Fault(NUMBER, piece, what, right, f"Sửa ký hiệu thành {right}", severity=Severity.WARNING)
    else:
        behind = short in groups[1:]
        what = f"“{short}” đứng sau tên cơ quan" if behind else f"“{first}” không phải chữ viết tắt tên loại"
        right = f"ký hiệu bắt đầu bằng “{short}-” (viết tắt của {paper.kind})"
        severity = Severity.WARNING if top.is_joint(paper.head.issuer) and first.startswith(short) else None
        yield Fault(NUMBER, piece, what, right, f"Sửa ký hiệu thành “{short}-…”", severity=severity)


def _agency_faults(
    paper: Paper, piece: Piece, figure: str, groups: Sequence[str], settings: Settings
) -> Iterator[Fault]:
    """The issuer's own letters, which the letterhead tells: "UB" for "UBND", a unit's before or another's."""
    letters_here = top.issuer_letters(paper.head)
    behind = letters_here and groups[1:] == [letters_here] and groups[0] not in (letters_here, "CV")
    if letters_here == "UBND" and "UB" in groups:
        whole = "-".join("UBND" if group == "UB" else group for group in groups)
        yield Fault(NUMBER, piece, "“UB”", "“UBND”", f"Sửa ký hiệu thành “{whole}”")
    elif paper.kind == nd30.LETTER and behind:
        found = "“{issuer}” (viết tắt tên cơ quan) đứng sau “{unit}”"
        yield worded(NUMBER, piece, found, issuer=letters_here, unit=groups[0], figure=figure)
    elif not any(letters_here in group for group in groups) and len(groups) > 1:
        # The letters of a known agency that isn't the issuer, or none of a committee's or council's own.
        others = groups[:1] if paper.kind == nd30.LETTER else groups[1:]
        issuer = " ".join(p.text for p in paper.head.issuer)
        head = key(" ".join([*(p.text for p in paper.head.parent), issuer]))
        strange: dict[str, str] = {}
        for name in settings.agencies:
            letters = top.abbreviation(name)
            # Letters of another rank may be a unit's own.
            alike = key(name).split()[0] == key(issuer).split()[0]
            is_other = key(name) not in head and letters not in issuer.split()
            if is_other and (alike or letters_here in nd30.WRITTEN_OUT or letters in nd30.WRITTEN_OUT):
                strange[letters] = name
        if other := next((group for group in others if group in strange), ""):
            what = f"“{other}” là viết tắt của {strange[other]}, văn bản do {issuer} ban hành"
        elif letters_here in nd30.WRITTEN_OUT and any(re.search(r"\w", group) for group in others):
            what = f"không có “{letters_here}”, viết tắt tên cơ quan ban hành"
        else:
            return
        fix = f"Thay “{other or others[0]}” bằng chữ viết tắt của cơ quan ban hành (“{letters_here}”)"
        level = None if other else Severity.WARNING
        yield Fault(NUMBER, piece, what, f"ký hiệu có “{letters_here}”", fix, severity=level)


@check("TT23")
def letter_marks(paper: Paper, settings: Settings) -> Answers:
    """A letter bears neither "CV" in its symbol nor the name of a kind."""
    number, piece, title = paper.number, paper.head.number, paper.title.kind
    if title is not None and title.plain.startswith("cong van"):
        yield worded("Tên loại văn bản", title, "“{shown}”", shown=title.text)
    if paper.kind != nd30.LETTER:
        yield NotApplicable("văn bản có tên loại")
    elif number is not None and piece is not None and "CV" in [g.upper() for g in paper.groups]:
        yield Fault(NUMBER, piece, "ký hiệu có “CV”")


@check("TT24")
def symbol_agrees(number: Number, paper: Paper, settings: Settings) -> Answers:
    """The kind's letters in the symbol are those of the document's name."""
    piece = paper.head.number
    first = next(iter(paper.groups), "")
    of = nd30.BY_ABBREVIATION.get(first)
    found = f"“{first}” là viết tắt của {of}"
    if of is not None and paper.kind == nd30.LETTER and paper.head.matter:
        fix = "Sửa ký hiệu theo tên cơ quan và đơn vị soạn thảo"
        yield Fault(NUMBER, piece, found, "ký hiệu công văn không có viết tắt tên loại", fix)
    elif of not in (None, paper.kind) and paper.kind != nd30.LETTER:
        right = nd30.KINDS[paper.kind]
        fix = f"Sửa ký hiệu thành “{right}-…”, hoặc sửa tên loại"
        yield Fault(NUMBER, piece, found, f"“{right}” ({paper.kind})", fix)


DATE_LOOK = check("TT26")(lambda paper, _: looks(paper, "TT26"))


@check("TT27")
def date_zeros(piece: Piece, paper: Paper, settings: Settings) -> Answers:
    """Zeros before day and month."""
    written = _RE["words"].search(piece.text)
    if written is None:
        yield NotApplicable(ABSENT["head.place_date"])
        return
    day, month = written["day"], written["month"]
    if not day.isdigit() or not month.isdigit():
        yield NotEvaluated("ngày, tháng để trống (dự thảo chưa phát hành)", DATE, piece, "ngày, tháng")
    for word, figure, last in (("ngày", day, 31), ("tháng", month, 12)):
        # What is no figure or no day is another check's matter.
        if figure.isdigit() and 0 < int(figure) <= last:
            zero = "02d" if word == "ngày" or int(figure) < 3 else "d"
            right = f"“{word} {int(figure):{zero}}”"
            if (wrong := f"“{word} {figure}”") != right:
                yield Fault(DATE, piece, wrong, right, f"Ghi {right}")


@check("TT28")
def date_form(piece: Piece, paper: Paper, settings: Settings) -> Answers:
    """The date in words, behind the place and a comma."""
    written = _RE["words"].search(piece.text)
    if written is None:
        figures = _RE["figures"].search(piece.text)
        wrong = figures[0] if figures else piece.text
        yield Fault(DATE, piece, f"“{wrong}”", "“ngày … tháng … năm …”", "Ghi đủ chữ ngày, tháng, năm")
        return
    before, year = piece.text[: written.start()], written["year"]
    if year.isdigit() and len(year) != 4:
        yield Fault(DATE, piece, f"“năm {year}”", "năm đủ bốn chữ số", "Ghi năm bằng đúng bốn chữ số")
    if written[0] != written[0].lower():
        yield worded(DATE, piece, "“{shown}”", shown=written[0], right=written[0].lower())
    if piece.text.endswith("."):
        yield Fault(DATE, piece, "có dấu chấm cuối")
    if not before.strip():
        yield Fault(DATE, piece, "không có địa danh")
    elif not re.search(r"[^\s,],\s$", before):
        yield worded(DATE, piece, "“{before} ngày”", before=before.strip())


@check("TT29")
def place_name(piece: Piece, paper: Paper, settings: Settings) -> Answers:
    """The place's capitals, its type only where the settings say so."""
    place = re.split(r",|\bngày\b|\d", piece.text)[0].strip()
    agencies = [key(" ".join(p.text for p in lines)) for lines in (paper.head.parent, paper.head.issuer)]
    named = any(head.endswith(f" {key(place)}") for head in agencies)
    small = named and any(word[:1].islower() for word in place.split())
    typed = {key(name) for name in settings.typed_places}
    kind = _RE["type"].match(place)
    bare = place[kind.end() :] if kind else place
    short = kind is not None and not kind[1].lower().startswith("thành")
    if (place.isupper() or place[:1].islower() or small) and kind is None:
        right = place.title()
        yield Fault(DATE, piece, f"“{place}”", f"“{right}”", f"Viết “{right}”, chỉ viết hoa chữ cái đầu")
    elif key(bare) in typed and (short or kind is None):
        fix = "Ghi đủ tên loại, không viết tắt" if short else "Ghi đủ tên loại đơn vị hành chính"
        yield Fault(DATE, piece, f"“{place}”", f"“Thành phố {bare}”", fix)
    elif kind and short:
        yield Fault(DATE, piece, f"“{place}”", f"“{bare}”", f"Bỏ “{kind[1]}”")


@check("TT30")
def date_possible(piece: Piece, paper: Paper, settings: Settings) -> Answers:
    """The date is one of the calendar and not to come."""
    match = _RE["words"].search(piece.text)
    written = match is not None and all(figure.isdigit() for figure in match.groups())
    # Zeros too many are another check's matter.
    figures = "/".join(str(int(figure)) for figure in match.groups()) if match and written else ""
    day = paper.day or parse_date(figures)
    if day is None and match and written and len(match["year"]) == 4:
        yield worded(DATE, piece, "ngày {day} không có trong lịch", day="/".join(match.groups()))
    elif day is None:
        yield NotEvaluated("ngày, tháng để trống hoặc chưa đủ", DATE, piece, "ngày, tháng")
    elif settings.today is not None and day > settings.today:
        yield worded(DATE, piece, "ngày {day} chưa đến", day=format_date(day))


@check("TT69")
def urgency(paper: Paper, settings: Settings) -> Answers:
    """A mark of urgency: its words, look and frame."""
    end = paper.body[0].paragraph.number if paper.body else 0
    above = takewhile(lambda p: p.paragraph.number < end or p.paragraph.box is not None, paper.pieces)
    columns = (piece for line in above for piece in columns_of(line))
    urgent = [piece for piece in columns if _RE["urgent"].fullmatch(piece.plain.strip(" .():"))]
    framed: set[Piece] = set()  # lines stand around it, its letters, its cell, or they are its text box's own
    for piece in urgent:
        paragraph = piece.paragraph
        borders = paragraph.element.find(f"{W}pPr/{W}pBdr")
        box = next(paragraph.element.iterancestors(f"{WPS}wsp", f"{V}shape", f"{V}rect"), None)
        outlined = box is None or str(box.get("stroked", "t")) not in ("f", "false")
        if box is not None and box.tag == f"{WPS}wsp":
            outlined = box.find(f"{WPS}spPr/{A}ln/{A}noFill") is None
        sides = () if borders is None else (borders.find(f"{W}{side}") for side in ("left", "right"))
        if (
            (paragraph.box is not None and outlined)
            or (paragraph.cell is not None and paragraph.cell.table.bordered)
            or (borders is not None and all(side is not None for side in sides))
            or any(span.element.find(f"{W}rPr/{W}bdr") is not None for span in piece.visible)
        ):
            framed.add(piece)
    marks = [piece for piece in urgent if piece.is_upper or piece in framed]
    if not marks:
        yield NotApplicable("văn bản không có dấu chỉ mức độ khẩn")
    for piece in marks:
        yield from look_faults(URGENCY, (piece,), _LOOK, upper=True)
        if not _RE["right"].fullmatch(piece.key.strip(" .():")):
            yield worded(URGENCY, piece, "“{shown}”", shown=piece.text)
        if piece not in framed:
            yield Fault(URGENCY, piece, "không đóng khung")


@check("TT31")
def kind_look(paper: Paper, settings: Settings) -> Answers:
    """The name of the kind: there, spelt rightly, its look."""
    piece = paper.title.kind
    if piece is None and paper.kind == nd30.LETTER:
        yield _UNNAMED
        return
    if piece is None:
        name, other = paper.kind.upper(), paper.title.other
        found = f"“{quote(other.text, 60)}” không phải tên loại “{name}”" if other else "không có tên loại"
        fix = f"Ghi “{name}” trên một dòng riêng, dưới số, ký hiệu và ngày"
        yield Fault(KIND, other or "", found, f"“{name}” in hoa, đậm, canh giữa", fix)
        return
    yield from looks(paper, "TT31")
    # A kind whose letters or marks are wrong: "QUYẾT ĐINH".
    kind = top.kind_of(piece)
    if kind is not None and kind.name != nd30.LETTER and not re.match(rf"{key(kind.name)}(?!\w)", piece.key):
        yield Fault(KIND, piece, f"“{piece.text}” viết sai chính tả", f"“{kind.name.upper()}”")
    yield from _sign_at_end(KIND, (piece,))
    after = [piece, *paper.title.subject[:1]]
    if any(re.match(r".*\bv/v\b", p.plain) for p in after):
        yield Fault(KIND, after, "có “V/v” sau tên loại")
    if paper.head.matter and paper.kind != nd30.LETTER:
        yield worded(MATTER, paper.head.matter, "{kind} mà có “V/v” dưới số, ký hiệu", kind=paper.kind)


@check("TT32")
def subject_look(paper: Paper, settings: Settings) -> Answers:
    """The subject below the kind: there, its look, no sign at its end."""
    kind, lines = paper.title.kind, paper.title.subject
    right = describe(nd30.component("subject"), False)
    if kind is None or paper.kind == nd30.LETTER:
        yield _UNNAMED
    elif not lines and "subject" in paper.not_missed:
        yield NotApplicable("loại văn bản này có thể không có trích yếu")
    elif not lines and (named := top.kind_of(kind)) and named.behind:
        below = "trích yếu ở dòng dưới đổi thành chữ thường (Shift+F3)"
        fix = f"Xuống dòng sau “{named.name.upper()}”, {below}"
        yield Fault(SUBJECT, kind, "trích yếu cùng dòng với tên loại", f"dòng dưới, {right}", fix)
    elif not lines:
        yield Fault(SUBJECT, "", "không có trích yếu", right, "Thêm trích yếu ngay dưới tên loại")
    else:
        yield from looks(paper, "TT32")
        yield from _sign_at_end(SUBJECT, lines)
        yield from gap_faults(SUBJECT, kind, lines[0])
        if opening := re.match(r"(?:Về|VỀ|về) (?:Việc|VIỆC)\b", lines[0].text):
            yield worded(SUBJECT, lines, "“{opening}” viết hoa sai", opening=opening[0])
        elif lines[0].text[:1].islower() and not kind.text.endswith(lines[0].text):
            yield Fault(SUBJECT, lines, "chữ đầu viết thường", severity=Severity.WARNING)


@check("TT34")
def matter_look(paper: Paper, settings: Settings) -> Answers:
    """The subject of a letter, "V/v …": opening, look, distance from the number."""
    lines, number = paper.head.matter, paper.head.number
    if not lines:
        if paper.kind == nd30.LETTER and number is not None and paper.title.kind is None:
            yield Fault(MATTER, "", "không có trích yếu “V/v”")
        else:
            yield NotApplicable("văn bản có tên loại")
        return
    yield from looks(paper, "TT34")
    opening = _RE["opening"].match(lines[0].text)
    if re.match(r"[(\[]\s*V/v ", lines[0].text) and re.search(r"[)\]]\W*$", lines[-1].text):
        yield Fault(MATTER, lines, "đặt trong dấu ngoặc")
    else:
        if opening is not None and opening[0] != "V/v ":
            yield worded(MATTER, lines, "“{wrong}”", wrong=opening[0].strip())
        yield from _sign_at_end(MATTER, lines)
    if capital := _RE["capital_behind"].match(lines[0].text):
        said = {"verb": capital[1], "right": capital[1].lower()}
        yield worded(MATTER, lines, "“{verb}” viết hoa sau “V/v”", (), Severity.WARNING, **said)
    first = lines[0].paragraph
    if first.cell is not None or first.box is not None:
        yield from centre_faults(MATTER, lines, "canh giữa dưới số, ký hiệu")
    if number is None or number.paragraph.number + 1 != first.number or lines[0].column:
        return
    gap = first.shape.before + number.paragraph.shape.after
    if abs(gap - _GAP) > _GAP_TOLERANCE:
        mends = (Mend("before", first.element, max(_GAP - number.paragraph.shape.after, 0)),)
        yield worded(MATTER, lines, "cách dòng số, ký hiệu {gap} pt", mends, gap=format_size(gap))


def _sign_at_end(place: str, lines: Sequence[Piece]) -> Iterator[Fault]:
    """A kind and a subject end in no sign."""
    if name := _SIGNS.get(lines[-1].text[-1:]):
        yield Fault(place, lines, f"có {name} cuối", "không có dấu cuối", f"Xóa {name} cuối dòng")


@check("TT35")
def bases_look(bases: Sequence[Piece], paper: Paper, settings: Settings) -> Answers:
    """Bases are slanting, not bold, a paragraph each."""
    for piece in bases:
        if upright := [s for s in piece.visible if not s.face.italic]:
            mends = span_mends("italic", True, upright)
            yield Fault(BASES, piece, "chữ đứng", mends=mends)
        if bold := [s for s in piece.visible if s.face.bold]:
            mends = span_mends("bold", False, bold)
            yield Fault(BASES, piece, "chữ đậm", mends=mends)
        if _BARE.match(piece.text):
            yield Fault(BASES, piece, "thiếu “Căn cứ”")
        if dash := top.DASH.match(piece.text):
            yield worded(BASES, piece, "có “{sign}” đầu dòng", (), Severity.WARNING, sign=dash[0].strip())
        if re.search(r";\s*căn cứ\b", piece.text, re.IGNORECASE):
            yield Fault(BASES, piece, "nhiều căn cứ trong một đoạn")


@check("TT36")
def bases_ends(bases: Sequence[Piece], paper: Paper, settings: Settings) -> Answers:
    """A base ends in a semicolon, the last one in a full stop."""
    goes_on, open_ = top.goes_on_below(paper.body, bases)
    for at, piece in enumerate(bases):
        last = at == len(bases) - 1
        right = "." if last else ";"
        if not piece.text.endswith((";", ".") if last and open_ else right):
            mild = Severity.INFO if last and goes_on and piece.text.endswith(";") else None
            name = "dấu chấm" if right == "." else "dấu chấm phẩy"
            yield ending_fault(BASES, piece, right, f"kết thúc bằng {name} ({right})", mild)


@check("TT70")
def decision_opening(paper: Paper, settings: Settings) -> Answers:
    """A decision says who decides and "QUYẾT ĐỊNH:" above its first article."""
    right = _OPENING_BASES.get(paper.kind)
    articles = [mark for mark in marks(paper) if mark.level == "article"]
    if right is None or not articles:
        yield NotApplicable("không phải quyết định, nghị quyết gồm các điều")
        return
    first = articles[0].piece.paragraph.number
    above = [piece for piece in paper.body if piece.paragraph.number < first]
    opened = [piece for piece in above if re.fullmatch(r"quyet (?:dinh|nghi)\s*:?", piece.plain.strip())]
    if not opened:
        found = "không có dòng “{right}” trên Điều {number}"
        yield worded(PLACE, articles[0].piece, found, right=right, number=articles[0].number)
    # The line above the bases that says who decides: missing, or of another office than the letterhead.
    named = [p for p in above if p.paragraph.shape.align == "center" and _RE["who"].match(p.plain)]
    issuer, decider = top.words_of(paper.head.issuer), top.words_of(named)
    if not named:
        at = (paper.bases or above or paper.body)[0]
        yield Fault(PLACE, at, "không có dòng thẩm quyền ban hành trên căn cứ")
    elif paper.head.issuer and not top.is_joint(paper.head.issuer) and " " in named[0].plain.rstrip():
        # Strange too is the name of the body above the issuer with nothing of the issuer's own.
        issuer_alone = issuer - top.TITLE_WORDS - top.PLACE_WORDS
        parent = top.words_of(paper.head.parent if issuer_alone and not issuer_alone & decider else ())
        above_it = (decider & parent) - issuer - top.TITLE_WORDS
        if decider - top.words_of((*paper.head.parent, *paper.head.issuer)) - top.TITLE_WORDS or above_it:
            said = {"who": quote(named, 60), "issuer": quote(paper.head.issuer, 50)}
            yield worded(PLACE, named, "thẩm quyền “{who}” không phải của {issuer}", **said)
    for piece in above:
        if piece in opened and piece.text != right:
            yield worded(PLACE, piece, "“{line}”", line=piece.text, right=right)
        elif piece in opened:
            yield from centre_faults(PLACE, (piece,))
            if not piece.is_bold:
                yield Fault(PLACE, piece, "không đậm", mends=span_mends("bold", True, piece.visible))
        if piece in named and not piece.is_upper and not piece.text.endswith((".", ";", ":", ",")):
            yield worded(PLACE, piece, "thẩm quyền ban hành viết chữ thường", right=piece.text.upper())
