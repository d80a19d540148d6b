"""Are number, symbol, place and date right?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dvctt_report.model.severity import Severity
from dvctt_report.text.patterns import lazy_pattern
from dvctt_report.text.vietnamese import format_date, key, parse_date
from dvctt_report.word.lint.check import (
    ABSENT,
    Answers,
    Fault,
    NotApplicable,
    NotEvaluated,
    Settings,
    check,
    quote,
    worded,
)
from dvctt_report.word.lint.looks import looks, lower_by
from dvctt_report.word.lint.parts import Number, Paper, Piece
from dvctt_report.word.lint.top import (
    abbreviation,
    is_joint,
    issuer_letters,
    kind_of,
    symbol_of,
    with_hyphens,
)
from dvctt_report.word.nd30 import BY_ABBREVIATION, KINDS, LETTER, WRITTEN_OUT

NUMBER = "Số, ký hiệu"
BLANK = "số để trống (dự thảo chưa phát hành)"
DATE = "Địa danh, thời gian"
_WORDS = lazy_pattern(
    r"ngày\s*+(?P<day>[\d.…_]*)\s*+tháng\s*+(?P<month>[\d.…_]*)\s*+năm\s*+(?P<year>[\d.…_]*)", re.IGNORECASE
)
_FIGURES = lazy_pattern(r"(?:ngày\s*)?\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{2,4}", re.IGNORECASE)
_TYPE = lazy_pattern(r"(tỉnh|tp\.?|t\.p\.?|thành phố)\s*", re.IGNORECASE)


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
        right = f"“Số: {number.figure}/{symbol_of(number).removesuffix(year[0])}”"
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
    tight = f"{before.strip()}/{with_hyphens(symbol.strip(), issuer_letters(paper.head))}"
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
    if day and (lower := lower_by(paper.document, line, day)):
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
    if paper.kind == LETTER:
        return
    first, short = groups[0], KINDS[paper.kind]
    kind = kind_of(paper.title.kind) if paper.title.kind else None
    if first in BY_ABBREVIATION:
        if number.figure and not any(re.search(r"\w", group) for group in groups[1:]):
            # The issuer's letters where usage has settled them; a school sets its own. Source: A1 II.3b.
            letters, names = issuer_letters(paper.head), paper.head.issuer
            office = names[0].key if names else ""
            letters = letters if letters in WRITTEN_OUT or office.startswith(("sở ", "bộ ")) else ""
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
        joint = is_joint(paper.head.issuer) and first.startswith(short)
        severity = Severity.WARNING if joint else None
        yield Fault(NUMBER, piece, what, right, f"Sửa ký hiệu thành “{short}-…”", severity=severity)


def _agency_faults(
    paper: Paper, piece: Piece, figure: str, groups: Sequence[str], settings: Settings
) -> Iterator[Fault]:
    """The issuer's own letters, which the letterhead tells: "UB" for "UBND", a unit's before or another's."""
    letters_here = issuer_letters(paper.head)
    behind = letters_here and groups[1:] == [letters_here] and groups[0] not in (letters_here, "CV")
    if letters_here == "UBND" and "UB" in groups:
        whole = "-".join("UBND" if group == "UB" else group for group in groups)
        yield Fault(NUMBER, piece, "“UB”", "“UBND”", f"Sửa ký hiệu thành “{whole}”")
    elif paper.kind == LETTER and behind:
        found = "“{issuer}” (viết tắt tên cơ quan) đứng sau “{unit}”"
        yield worded(NUMBER, piece, found, issuer=letters_here, unit=groups[0], figure=figure)
    elif not any(letters_here in group for group in groups) and len(groups) > 1:
        # The letters of a known agency that isn't the issuer, or none of a committee's or council's own.
        others = groups[:1] if paper.kind == LETTER else groups[1:]
        issuer = " ".join(p.text for p in paper.head.issuer)
        head = key(" ".join([*(p.text for p in paper.head.parent), issuer]))
        strange: dict[str, str] = {}
        for name in settings.agencies:
            letters = abbreviation(name)
            # Letters of another rank may be a unit's own.
            alike = key(name).split()[0] == key(issuer).split()[0]
            is_other = key(name) not in head and letters not in issuer.split()
            if is_other and (alike or letters_here in WRITTEN_OUT or letters in WRITTEN_OUT):
                strange[letters] = name
        if other := next((group for group in others if group in strange), ""):
            what = f"“{other}” là viết tắt của {strange[other]}, văn bản do {issuer} ban hành"
        elif letters_here in WRITTEN_OUT and any(re.search(r"\w", group) for group in others):
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
    if paper.kind != LETTER:
        yield NotApplicable("văn bản có tên loại")
    elif number is not None and piece is not None and "CV" in [g.upper() for g in paper.groups]:
        yield Fault(NUMBER, piece, "ký hiệu có “CV”")


@check("TT24")
def symbol_agrees(number: Number, paper: Paper, settings: Settings) -> Answers:
    """The kind's letters in the symbol are those of the document's name."""
    piece = paper.head.number
    first = next(iter(paper.groups), "")
    of = BY_ABBREVIATION.get(first)
    found = f"“{first}” là viết tắt của {of}"
    if of is not None and paper.kind == LETTER and paper.head.matter:
        fix = "Sửa ký hiệu theo tên cơ quan và đơn vị soạn thảo"
        yield Fault(NUMBER, piece, found, "ký hiệu công văn không có viết tắt tên loại", fix)
    elif of not in (None, paper.kind) and paper.kind != LETTER:
        right = KINDS[paper.kind]
        fix = f"Sửa ký hiệu thành “{right}-…”, hoặc sửa tên loại"
        yield Fault(NUMBER, piece, found, f"“{right}” ({paper.kind})", fix)


DATE_LOOK = check("TT26")(lambda paper, _: looks(paper, "TT26"))


@check("TT27")
def date_zeros(piece: Piece, paper: Paper, settings: Settings) -> Answers:
    """Zeros before day and month."""
    written = _WORDS.search(piece.text)
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
    written = _WORDS.search(piece.text)
    if written is None:
        figures = _FIGURES.search(piece.text)
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
    kind = _TYPE.match(place)
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
    match = _WORDS.search(piece.text)
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
