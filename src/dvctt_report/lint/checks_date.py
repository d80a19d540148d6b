"""Are place and date right?"""

from __future__ import annotations

import re

from dvctt_report.lint.check import Answers, Block, Fault, NotApplicable, NotEvaluated, check
from dvctt_report.lint.looks import looks
from dvctt_report.lint.parts import Paper
from dvctt_report.lint.settings import Settings
from dvctt_report.patterns import lazy_pattern
from dvctt_report.severity import Severity
from dvctt_report.vietnamese import format_date, key, parse_date

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
        yield Fault(
            DATE,
            piece,
            f"“{before.strip()} ngày”",
            "dấu phẩy liền sau địa danh, rồi một dấu cách",
            "Đặt dấu phẩy liền sau địa danh, rồi một dấu cách",
        )
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
