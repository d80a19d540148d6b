"""Are number, symbol, place and date right?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dvctt_report.lint.check import Answers, Block, Fault, NotApplicable, NotEvaluated, check, quote
from dvctt_report.lint.heads import is_joint
from dvctt_report.lint.looks import looks, lower_by
from dvctt_report.lint.offices import abbreviation, groups_of, issuer_letters, symbol_of, with_hyphens
from dvctt_report.lint.parts import Paper, Piece
from dvctt_report.lint.settings import Settings
from dvctt_report.lint.titles import kind_of
from dvctt_report.nd30.kinds import BY_ABBREVIATION, KINDS, LETTER, WRITTEN_OUT
from dvctt_report.patterns import lazy_pattern
from dvctt_report.severity import Severity
from dvctt_report.vietnamese import format_date, key, parse_date

NUMBER = "Số, ký hiệu"
NO_NUMBER = NotApplicable("không có dòng số, ký hiệu")
BLANK = "số để trống (dự thảo chưa phát hành)"
_TIGHT = lazy_pattern(r"Số:\d+")
_START = lazy_pattern(r"Số: ?(?=[^\s:]|$)|Số:$")


@check("TT19", Severity.ERROR, Block.HEAD)
def number_word(paper: Paper, settings: Settings) -> Answers:
    """Từ “Số” viết sai hoặc thiếu dấu hai chấm.

    Sai: Số 05/BC-SKHCN; SỐ: 05/BC-SKHCN; Số : 05/BC-SKHCN
    Đúng: Số: 05/BC-SKHCN
    Căn cứ: Phụ lục I, mục II.3c
    """
    piece = paper.head.number
    if piece is None and "number" in paper.not_missed:
        yield NO_NUMBER
    elif piece is None:
        fix = "Thêm dòng số, ký hiệu dưới tên cơ quan ban hành"
        yield Fault(NUMBER, "", "không có dòng số, ký hiệu", "“Số: …/…”", fix)
    elif not _START.match(piece.text):
        found = f"“{quote(piece.text, 20)}”"
        fix = "Sửa phần đầu thành “Số:”"
        yield Fault(NUMBER, piece, found, "“Số: …”", fix)
    elif tight := _TIGHT.match(piece.text):
        fix = "Thêm dấu cách sau “Số:”"
        found = f"“{tight[0]}” viết liền"
        yield Fault(NUMBER, piece, found, "“Số: …”", fix, severity=Severity.WARNING)


@check("TT20", Severity.ERROR, Block.HEAD)
def number_zero(paper: Paper, settings: Settings) -> Answers:
    """Số nhỏ hơn 10 không có số 0 phía trước, hoặc thừa số 0.

    Sai: Số: 5/BC-UBND; Số: 015/BC-UBND
    Đúng: Số: 05/BC-UBND; Số: 15/BC-UBND
    Căn cứ: Phụ lục I, mục II.3c
    """
    piece, number = paper.head.number, paper.number
    if piece is None or number is None:
        yield NO_NUMBER
    elif not number.figure:
        yield NotEvaluated(BLANK, NUMBER, piece, "số")
    elif re.fullmatch(r"[1-9]", number.figure):
        right = f"0{number.figure}"
        yield Fault(NUMBER, piece, f"số “{number.figure}”", f"số “{right}”", f"Ghi “{right}”")
    elif re.fullmatch(r"0\d{2,}", number.figure):
        right = f"{int(number.figure):02}"
        found, fix = f"số “{number.figure}” thừa số 0", f"Ghi “{right}”"
        yield Fault(NUMBER, piece, found, f"số “{right}”", fix, severity=Severity.WARNING)


@check("TT21", Severity.ERROR, Block.HEAD)
def number_marks(paper: Paper, settings: Settings) -> Answers:
    """Số có năm ban hành, sai dấu gạch, hoặc có dấu cách quanh dấu gạch.

    Sai: Số: 05/2025/BC-UBND; Số: 05/BC-UBND/2025; Số: 05-BC/UBND; Số: 05 / BC - UBND; Số: 05/BC.UBND
    Đúng: Số: 05/BC-UBND
    Căn cứ: Phụ lục I, mục II.3b, II.3c
    """
    piece, number = paper.head.number, paper.number
    if piece is None or number is None:
        yield NO_NUMBER
        return
    text = piece.text.partition(":")[2].strip() or piece.text
    if found := re.match(r"(20\d\d)\s*/", number.symbol) or re.search(r"[/-]\s*(20\d\d)$", number.symbol):
        right = f"“Số: {number.figure}/{symbol_of(number).removesuffix(found[0])}”"
        fix = f"Bỏ “{found[0]}”"
        yield Fault(NUMBER, piece, f"số có năm “{found[1]}”", right, fix)
        return
    if party := re.fullmatch(r"(\d+)\s*[-–]\s*(\w+)\s*/\s*(\w+)", text):
        right = f"Số: {party[1]}/{party[2]}-{party[3]}"
        what = f"“{text}”: gạch nối và gạch chéo đổi chỗ (cách ghi của văn bản Đảng)"
        fix = f"Sửa thành “{right}”"
        yield Fault(NUMBER, piece, what, f"“{right}”", fix)
        return
    if text.endswith("."):
        what = "dấu chấm cuối"
        yield Fault(NUMBER, piece, f"có {what}", f"không có {what}", f"Xóa {what}")
    # What stands before the slash of a draft is a blank to be filled in.
    shown = text if number.figure else text[text.index("/") :]
    before, _, symbol = shown.partition("/")
    tight = f"{before.strip()}/{with_hyphens(symbol.strip(), issuer_letters(paper))}"
    # "TT.HĐND" is the council's standing committee.
    dotted = re.sub(r"(?<=[A-ZĐ])(?<!\bTT)\.(?=[A-ZĐ])", "-", tight)
    if dotted != tight:
        fix = f"Sửa thành “{dotted}”, giữa các nhóm chữ là gạch nối (-)"
        yield Fault(NUMBER, piece, f"“{shown}” có dấu chấm", f"“{dotted}”", fix)
    elif shown != tight:
        fix = f"Sửa thành “{tight}”, giữa các nhóm chữ là gạch nối ngắn (-) không có dấu cách"
        yield Fault(NUMBER, piece, f"“{shown}”", f"“{tight}”", fix)


@check("TT25", Severity.ERROR, Block.HEAD, mends="một phần")
def number_look(paper: Paper, settings: Settings) -> Answers:
    """Số, ký hiệu sai cỡ hoặc kiểu chữ.

    Sai: Số: 05/BC-SKHCN (cỡ 14, đậm)
    Đúng: Số: 05/BC-SKHCN (cỡ 13, đứng, không đậm)
    Căn cứ: Phụ lục I, mục II.3c
    """
    piece = paper.head.number
    if piece is None:
        yield NO_NUMBER
        return
    yield from looks(paper, "TT25")
    day = paper.head.place_date
    if day is not None and (lower := lower_by(paper.document, piece, day)):
        found = f"số, ký hiệu {'thấp' if lower > 0 else 'cao'} hơn dòng địa danh, ngày"
        right = "số, ký hiệu và địa danh, ngày cùng một hàng"
        fix = "Đặt hai dòng vào cùng một hàng của bảng, khoảng cách trước như nhau"
        yield Fault(NUMBER, piece, found, right, fix, severity=Severity.WARNING)


@check("TT22", Severity.ERROR, Block.HEAD)
def symbol(paper: Paper, settings: Settings) -> Answers:
    """Ký hiệu sai chữ viết tắt hoặc sai thứ tự.

    Sai: Số: 31/TTR-VP; Số: 05/SKHCN-BC; Số: BC-05-UBND; Số: 05/QĐ-UB; Số: 05/BC-STC trên báo cáo của sở
    khác
    Đúng: Số: 31/TTr-VP; Số: 05/BC-SKHCN
    Căn cứ: Phụ lục I, mục II.3b; Phụ lục III, mục I
    """
    piece = paper.head.number
    if piece is None:
        yield NO_NUMBER
        return
    number = paper.number
    if number is None:
        found = re.search(r"\d", piece.text)
        if found:
            yield Fault(NUMBER, piece, f"“{piece.text}”", "“Số: …/…-…”", "Ghi số, dấu “/”, rồi ký hiệu")
        else:
            yield NotEvaluated(BLANK, NUMBER, piece, "số")
        return
    if re.fullmatch(r"\d+\s*[-–]\s*\w+", number.figure):
        yield NotApplicable("gạch nối và gạch chéo trong số, ký hiệu đổi chỗ (đã nêu ở TT21)")
        return
    groups = groups_of(paper)
    if not any(re.search(r"\w", g) for g in groups):
        yield NotEvaluated("ký hiệu để trống", NUMBER, piece, "ký hiệu")
        return
    yield from _agency_faults(paper, piece, number.figure, groups, settings)
    if paper.kind == LETTER:
        return
    first, short = groups[0], KINDS[paper.kind]
    if first in BY_ABBREVIATION:
        if number.figure and not any(re.search(r"\w", group) for group in groups[1:]):
            letters = _settled_letters(paper)
            right = f"“{first}-{letters or '<chữ viết tắt tên cơ quan>'}”"
            what = f"sau “{first}” không có chữ viết tắt tên cơ quan ban hành"
            fix = f"“-{letters}”" if letters else "dấu “-” và chữ viết tắt tên cơ quan"
            yield Fault(NUMBER, piece, what, right, f"Ghi tiếp {fix}")
        return
    if first == short + _letters_behind(paper):
        right = "-".join((short, *groups[1:]))
        what = f"“{first}” không có trong bảng chữ viết tắt của nghị định"
        fix = f"Sửa ký hiệu thành “{right}”"
        # The decree says nothing of a kind with words behind it ("KẾ HOẠCH LIÊN TỊCH").
        yield Fault(NUMBER, piece, what, f"“{right}”", fix, severity=Severity.WARNING)
        return
    hint = f"ký hiệu bắt đầu bằng “{short}-” (viết tắt của {paper.kind})"
    joint = is_joint(paper.head.issuer) and first.startswith(short)
    what = (
        f"“{short}” đứng sau tên cơ quan"
        if short in groups[1:]
        else f"“{first}” không phải chữ viết tắt tên loại"
    )
    severity = Severity.WARNING if joint else None
    yield Fault(NUMBER, piece, what, hint, f"Sửa ký hiệu thành “{short}-…”", severity=severity)


def _settled_letters(paper: Paper) -> str:
    """The issuer's letters where usage has settled them; a school sets its own. Source: A1 II.3b."""
    first = paper.head.issuer[0].key if paper.head.issuer else ""
    letters = issuer_letters(paper)
    return letters if letters in WRITTEN_OUT or first.startswith(("sở ", "bộ ")) else ""


def _letters_behind(paper: Paper) -> str:
    """The first letters of the words behind the kind in the title: "KẾ HOẠCH LIÊN TỊCH" → "LT"."""
    kind = kind_of(paper.title.kind) if paper.title.kind else None
    return "".join(word[0].upper() for word in kind.behind.split()) if kind else ""


def _agency_faults(
    paper: Paper, piece: Piece, figure: str, groups: Sequence[str], settings: Settings
) -> Iterator[Fault]:
    """The issuer's own letters, which the letterhead tells: "UB" for "UBND", a unit's before or another's."""
    own = issuer_letters(paper)
    if own == "UBND" and "UB" in groups:
        whole = "-".join("UBND" if group == "UB" else group for group in groups)
        yield Fault(NUMBER, piece, "“UB”", "“UBND”", f"Sửa ký hiệu thành “{whole}”")
    elif (
        paper.kind == LETTER
        and len(groups) == 2
        and own
        and groups[1] == own
        and groups[0] not in (own, "CV")
    ):
        right = f"{figure}/{own}-{groups[0]}"
        found = f"“{own}” (viết tắt tên cơ quan) đứng sau “{groups[0]}”"
        expected = f"“Số: {right}”: tên cơ quan, rồi đơn vị soạn thảo hoặc lĩnh vực"
        fix = f"Sửa thành “Số: {right}”"
        yield Fault(NUMBER, piece, found, expected, fix)
    elif not any(own in group for group in groups) and len(groups) > 1:
        # The letters of a known agency that isn't the issuer, or none of a committee's or council's own.
        known = {abbreviation(name): name for name in settings.agencies}
        others = groups[:1] if paper.kind == LETTER else groups[1:]
        issuer = " ".join(p.text for p in paper.head.issuer)
        head = key(" ".join([*(p.text for p in paper.head.parent), issuer]))
        other = next((g for g in others if g in known and _is_strange(known[g], g, own, issuer, head)), "")
        if other:
            what = f"“{other}” là viết tắt của {known[other]}, văn bản do {issuer} ban hành"
        elif own in WRITTEN_OUT and any(re.search(r"\w", group) for group in others):
            what = f"không có “{own}”, viết tắt tên cơ quan ban hành"
        else:
            return
        fix = f"Thay “{other or others[0]}” bằng chữ viết tắt của cơ quan ban hành (“{own}”)"
        level = None if other else Severity.WARNING
        yield Fault(NUMBER, piece, what, f"ký hiệu có “{own}”", fix, severity=level)


def _is_strange(name: str, letters: str, own: str, issuer: str, head: str) -> bool:
    """Whether an agency's letters can't be meant in the symbol; of another rank they may be a unit's own."""
    if key(name) in head or letters in issuer.split():
        return False
    alike = key(name).split()[0] == key(issuer).split()[0]
    return alike or own in WRITTEN_OUT or letters in WRITTEN_OUT


@check("TT23", Severity.ERROR, Block.HEAD)
def letter_marks(paper: Paper, settings: Settings) -> Answers:
    """Công văn ghi “CV” trong ký hiệu hoặc ghi tên loại “CÔNG VĂN”.

    Sai: Số: 456/CV-UBND
    Đúng: Số: 456/UBND-VX
    Căn cứ: Phụ lục I, mục II.3b, II.5
    """
    number, piece = paper.number, paper.head.number
    title = paper.title.kind
    if title is not None and title.plain.startswith("cong van"):
        fix = "Xóa dòng này"
        yield Fault("Tên loại văn bản", title, f"“{title.text}”", "công văn không ghi tên loại", fix)
    if paper.kind != LETTER:
        yield NotApplicable("văn bản có tên loại")
    elif number is not None and piece is not None and "CV" in [g.upper() for g in groups_of(paper)]:
        fix = "Bỏ “CV”, ghi ký hiệu cơ quan và đơn vị soạn thảo"
        yield Fault(NUMBER, piece, "ký hiệu có “CV”", "“Số: …/tên cơ quan-đơn vị soạn thảo”", fix)


@check("TT24", Severity.ERROR, Block.HEAD)
def symbol_agrees(paper: Paper, settings: Settings) -> Answers:
    """Ký hiệu không khớp tên loại.

    Sai: ký hiệu “/TB-SNV” trên văn bản “BÁO CÁO”
    Đúng: ký hiệu “/BC-SNV” trên văn bản “BÁO CÁO”
    Căn cứ: Phụ lục III, mục I
    """
    piece, number = paper.head.number, paper.number
    if piece is None or number is None or not number.symbol:
        yield NO_NUMBER
        return
    first = next(iter(groups_of(paper)), "")
    of = BY_ABBREVIATION.get(first)
    if paper.kind == LETTER:
        if of is not None and paper.head.matter:
            found = f"“{first}” là viết tắt của {of}"
            fix = "Sửa ký hiệu theo tên cơ quan và đơn vị soạn thảo"
            yield Fault(NUMBER, piece, found, "ký hiệu công văn không có viết tắt tên loại", fix)
        return
    if of is not None and of != paper.kind:
        right = KINDS[paper.kind]
        fix = f"Sửa ký hiệu thành “{right}-…”, hoặc sửa tên loại"
        yield Fault(NUMBER, piece, f"“{first}” là viết tắt của {of}", f"“{right}” ({paper.kind})", fix)


DATE = "Địa danh, thời gian"
_ABSENT = NotApplicable("không có dòng địa danh, thời gian")
_WORDS = lazy_pattern(
    r"ngày\s*+(?P<day>[\d.…_]*)\s*+tháng\s*+(?P<month>[\d.…_]*)\s*+năm\s*+(?P<year>[\d.…_]*)", re.IGNORECASE
)
_FIGURES = lazy_pattern(r"(?:ngày\s*)?\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{2,4}", re.IGNORECASE)
_TYPE = lazy_pattern(r"(tỉnh|tp\.?|t\.p\.?|thành phố)\s*", re.IGNORECASE)


@check("TT26", Severity.ERROR, Block.HEAD, mends="một phần")
def date_look(paper: Paper, settings: Settings) -> Answers:
    """Địa danh, thời gian sai cỡ hoặc kiểu chữ.

    Sai: Bình An, ngày 05 tháng 11 năm 2025 (chữ đứng)
    Đúng: *Bình An, ngày 05 tháng 11 năm 2025* (chữ nghiêng)
    Căn cứ: Phụ lục I, mục II.4c
    """
    yield from looks(paper, "TT26")


@check("TT27", Severity.ERROR, Block.HEAD)
def date_zeros(paper: Paper, settings: Settings) -> Answers:
    """Số 0 trước ngày, tháng thiếu hoặc thừa.

    Sai: ngày 5 tháng 03 năm 2025; ngày 05 tháng 1 năm 2025
    Đúng: ngày 05 tháng 3 năm 2025; ngày 05 tháng 01 năm 2025
    Căn cứ: Phụ lục I, mục II.4b
    """
    piece = paper.head.place_date
    found = _WORDS.search(piece.text) if piece else None
    if piece is None or found is None:
        yield _ABSENT
        return
    day, month = found["day"], found["month"]
    if not day.isdigit() or not month.isdigit():
        yield NotEvaluated("ngày, tháng để trống (dự thảo chưa phát hành)", DATE, piece, "ngày, tháng")
    right_day, right_month = _with_zeros(day, month)
    for word, wrong, right in (("ngày", day, right_day), ("tháng", month, right_month)):
        if wrong != right:
            yield Fault(DATE, piece, f"“{word} {wrong}”", f"“{word} {right}”", f"Ghi “{word} {right}”")


def _with_zeros(day: str, month: str) -> tuple[str, str]:
    """Day and month with the zeros that they should have; what is no figure or no day stays as it is."""
    if day.isdigit() and 0 < int(day) < 32:
        day = f"{int(day):02d}"
    if month.isdigit() and 0 < int(month) < 13:
        month = f"{int(month):02d}" if int(month) < 3 else str(int(month))
    return day, month


@check("TT28", Severity.ERROR, Block.HEAD)
def date_form(paper: Paper, settings: Settings) -> Answers:
    """Thời gian ghi bằng số gạch chéo, năm hai chữ số, viết hoa, thiếu dấu phẩy.

    Sai: Bình An, 31/12/2025; Bình An ngày 31 tháng 12 năm 25; Bình An, Ngày 31 tháng 12 năm 2025
    Đúng: Bình An, ngày 31 tháng 12 năm 2025
    Căn cứ: Phụ lục I, mục II.4b, II.4c
    """
    piece = paper.head.place_date
    if piece is None:
        yield _ABSENT
        return
    found = _WORDS.search(piece.text)
    if found is None:
        figures = _FIGURES.search(piece.text)
        wrong = figures[0] if figures else piece.text
        yield Fault(DATE, piece, f"“{wrong}”", "“ngày … tháng … năm …”", "Ghi đủ chữ ngày, tháng, năm")
        return
    if found["year"].isdigit() and len(found["year"]) != 4:
        fix = "Ghi năm bằng đúng bốn chữ số"
        yield Fault(DATE, piece, f"“năm {found['year']}”", "năm đủ bốn chữ số", fix)
    if found[0] != found[0].lower():
        fix = "Viết “ngày”, “tháng”, “năm” bằng chữ thường"
        yield Fault(DATE, piece, f"“{found[0]}”", f"“{found[0].lower()}”", fix)
    if piece.text.endswith("."):
        what = "dấu chấm cuối"
        yield Fault(DATE, piece, f"có {what}", f"không có {what}", f"Xóa {what}")
    before = piece.text[: found.start()]
    if before.strip() and not re.search(r"[^\s,],\s$", before):
        what, right = f"“{before.strip()} ngày”", "dấu phẩy liền sau địa danh, rồi một dấu cách"
        fix = "Đặt dấu phẩy liền sau địa danh, rồi một dấu cách"
        yield Fault(DATE, piece, what, right, fix)
    elif not before.strip():
        fix = "Ghi địa danh nơi cơ quan đóng trụ sở"
        yield Fault(DATE, piece, "không có địa danh", "“địa danh, ngày … tháng … năm …”", fix)


@check("TT29", Severity.WARNING, Block.HEAD)
def place_name(paper: Paper, settings: Settings) -> Answers:
    """Địa danh viết hoa sai, ghi thừa hoặc thiếu tên loại đơn vị hành chính.

    Sai: tỉnh Bình An, ngày …; TP. Lê Văn A, ngày …
    Đúng: Bình An, ngày …; Thành phố Lê Văn A, ngày …
    Căn cứ: Phụ lục I, mục II.4a
    """
    piece = paper.head.place_date
    if piece is None:
        yield _ABSENT
        return
    place = re.split(r",|\bngày\b|\d", piece.text)[0].strip()
    heads = [key(" ".join(p.text for p in lines)) for lines in (paper.head.parent, paper.head.issuer)]
    named = any(head.endswith(f" {key(place)}") for head in heads)
    small = named and any(word[:1].islower() for word in place.split())
    if (place.isupper() or place[:1].islower() or small) and not _TYPE.match(place):
        right = place.title()
        fix = f"Viết “{right}”, chỉ viết hoa chữ cái đầu"
        yield Fault(DATE, piece, f"“{place}”", f"“{right}”", fix)
        return
    typed = {key(name): name for name in settings.typed_places}
    found = _TYPE.match(place)
    if key(place) in typed:
        yield Fault(DATE, piece, f"“{place}”", f"“Thành phố {place}”", "Ghi đủ tên loại đơn vị hành chính")
        return
    if found is None:
        return
    bare = place[found.end() :]
    short = not found[1].lower().startswith("thành")
    if key(bare) in typed and short:
        yield Fault(DATE, piece, f"“{place}”", f"“Thành phố {bare}”", "Ghi đủ tên loại, không viết tắt")
    elif key(bare) not in typed and short:
        yield Fault(DATE, piece, f"“{place}”", f"“{bare}”", f"Bỏ “{found[1]}”")


@check("TT30", Severity.WARNING, Block.HEAD)
def date_possible(paper: Paper, settings: Settings) -> Answers:
    """Ngày không có thật hoặc ở tương lai.

    Sai: ngày 31 tháng 9 năm 2025
    Đúng: ngày 30 tháng 9 năm 2025
    Căn cứ: Phụ lục I, mục II.4b
    """
    piece = paper.head.place_date
    if piece is None:
        yield _ABSENT
        return
    found = _WORDS.search(piece.text)
    written = found is not None and all(found[n].isdigit() for n in ("day", "month", "year"))
    # Zeros too many are another check's matter.
    day = paper.day or (
        parse_date("/".join(str(int(figure)) for figure in found.groups())) if found and written else None
    )
    if day is None and found and written and len(found["year"]) == 4:
        what = f"ngày {found['day']}/{found['month']}/{found['year']} không có trong lịch"
        fix = "Kiểm tra lại ngày, tháng"
        yield Fault(DATE, piece, what, "ngày có thật", fix)
    elif day is None:
        yield NotEvaluated("ngày, tháng để trống hoặc chưa đủ", DATE, piece, "ngày, tháng")
    elif settings.today is not None and day > settings.today:
        fix = "Kiểm tra lại ngày, tháng, năm"
        yield Fault(DATE, piece, f"ngày {format_date(day)} chưa đến", "ngày ký văn bản", fix)
