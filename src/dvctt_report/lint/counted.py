"""Lists as long as the text says: names behind "gồm", entries below a line, rows of an annex."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from dvctt_report.lint.figure_tables import Grid
from dvctt_report.lint.offices import NAMED
from dvctt_report.lint.parts import Annex, Paper
from dvctt_report.lint.pieces import Piece
from dvctt_report.lint.structure import Mark, marks
from dvctt_report.patterns import lazy_pattern
from dvctt_report.vietnamese import point_letter, unaccented

_THINGS = (
    r"(?:thành viên|ông, bà|đồng chí|cá nhân|tập thể|(?:nhóm )?(?:nội dung|nhiệm vụ|giải pháp)|vấn đề|nhóm"
    r"|chuyên đề|nguyên tắc|mục tiêu|tiêu chí|chỉ tiêu|yêu cầu|điều kiện|nguyên nhân|bài học|bước|giai đoạn"
    r"|kiến nghị|đề xuất|tồn tại|hạn chế|lĩnh vực|hạng mục|hình thức|phương án|đơn vị|dự án"
    r"|(?:loại )?(?:giấy tờ|tài liệu))"
)
_OTHER_THINGS = (
    r"(?:phòng|khoa|bộ phận|chương|phần|văn bản|công việc|việc|trường hợp|hoạt động|mô hình|biểu mẫu|ý kiến"
    r"|câu hỏi|nguồn|đợt|tổ|địa phương)"
)
"""Things of which something else may be told in a list below them."""
_ANNOUNCED = lazy_pattern(
    rf"(?P<n>\d(?<![\d/.,]\d)\d?) (?:(?P<other>{_OTHER_THINGS})(?: [^\W\d_]+){{0,3}}(?: sau(?: đây)?)?:$"
    rf"|{_THINGS}\b"
    rf"(?:[^.;:\d]{{0,40}}\b(?:sau|dưới)(?: đây)?|[^.;:,\d]{{0,30}}):$)"
)
"""What stands above a list and says how long it is: "05 thành viên có tên sau:", "02 chuyên đề:"."""
_REPORTS = lazy_pattern(r"\bbáo cáo (?:kết quả|tình hình|tiến độ|việc)\b[^.;:]*$")
"""What opens a whole report in the same words: "báo cáo kết quả cho vay tại 05 địa phương như sau:"."""
_MISCOUNTED = 2
"""By how many a list misses what is said of it, where its line may tell of something else."""
_DEEPER: dict[str, tuple[str, ...]] = {
    "clause": ("point", "dash", "plus"),
    "point": ("dash", "plus"),
    "dash": ("plus",),
}
_PERSON = lazy_pattern(r"[^\W\d_]+(?: [^\W\d_]+){1,4}")
"""The words of a person's name, which all begin with a capital."""
_ADDRESSED = lazy_pattern(r"(?:các )?(?:ông, bà|ông|bà|đồng chí)(?= )", re.IGNORECASE)
_BODY = lazy_pattern(
    rf"(?:{NAMED}|Tổ|Trạm|Tập thể|Thôn|Bản|Ấp|Khu phố|Chi bộ|Đảng bộ|Câu lạc bộ|Đội|Xã|Phường)\b[^;]*"
)
_INLINE = lazy_pattern(
    r"(?P<n>\d(?<![\d/.,]\d)\d{0,2}) (?:cán bộ|công chức|viên chức|người|thành viên|cá nhân|đồng chí|ông, bà"
    r"|học sinh|giáo viên|đại biểu|xã|phường|đơn vị|cơ quan|sở|địa phương|trường|tập thể|tỉnh)\b"
    r"[^.;:\d()]{0,60}?(?:,? (?:gồm|là)(?: các)?:? (?P<names>[^.:\d]{5,600})(?:\.|/\.)*$"
    r"|(?:: | \()(?P<beside>[^().:\d]{5,300})[).])"
)
_LISTS = lazy_pattern(r"(?:gồm|là)\b|: | \(")
"""What stands before names listed within a sentence."""
_PLACED = lazy_pattern(
    r"(?P<n>\d(?<![\d/.,]\d)\d{0,2}) (?:thành viên|cá nhân|tập thể|người|hộ|đơn vị|thủ tục|tổ chức|hồ sơ"
    r"|văn bản|công trình|dự án|nhiệm vụ|đại biểu|công chức|viên chức|cán bộ|cơ sở|doanh nghiệp|học sinh)\b"
    r"[^.;:\d]{0,80}?\b(?:[Dd]anh sách|[Dd]anh mục|chi tiết)\b[^.;:\d]{0,40}\bPhụ lục\b"
    r"(?: (?P<which>[IVX]+)\b)?"
)
"""A number whose things an annex lists: "05 thành viên theo danh sách tại Phụ lục kèm theo"."""

_EACH = lazy_pattern(r"\b(?:mỗi|từng|bình quân|trung bình)\b[^,;.\d]*$", re.IGNORECASE)
"""Before a number that is told of every one and lists none: "mỗi lớp 40 người (chi tiết tại Phụ lục I)"."""

Miscount = tuple[Piece, str, str]
"""The line that says how many, what was counted, what would agree."""


def counted(paper: Paper, tables: Sequence[Grid]) -> Iterator[Miscount]:
    """Lists that are longer or shorter than is said of them."""
    found = marks(paper)
    for at, mark in enumerate(found):
        text = mark.piece.text
        told = _ANNOUNCED.search(text) if text.endswith(":") and not _is_tabled(found, at, tables) else None
        if told and not _REPORTS.search(text, 0, told.start()):
            n = len(entries_below(found, at)) if not told["other"] else _titled_below(found, at)
            near = not told["other"] or abs(n - int(told["n"])) <= _MISCOUNTED
            if n > 1 and n != int(told["n"]) and near:
                yield mark.piece, f"ghi {told['n']}, dưới liệt kê {n}", f"{n}"
        yield from _names_below(found, at)
        told = _INLINE.search(text) if _LISTS.search(text) else None
        n = names_in(told["names"] or told["beside"]) if told else 0
        if told is not None and n > 1 and n != int(told["n"]):
            yield mark.piece, f"ghi {told['n']}, liệt kê {n}", f"{n}"
        yield from _in_brackets(mark.piece)
        yield from _rows_below(mark.piece, tables) if tables and text.endswith(":") else ()
        if "danh sách kèm theo" in text:
            yield from _listed_behind(paper, mark.piece)
        yield from _rows(paper, mark.piece, tables) if tables and "Phụ lục" in text else ()


_HEADED = lazy_pattern(rf"\b(?:gồm|có|theo) (?P<n>\d{{1,2}}) (?P<thing>{_THINGS})\b")
_NEAR = 3
"""Paragraphs from a text to the table below it."""


def _rows_below(piece: Piece, tables: Sequence[Grid]) -> Iterator[Miscount]:
    """ "Bộ tiêu chí gồm 4 nhóm …:" above a table that counts its rows and heads them "Nhóm tiêu chí"."""
    at = piece.paragraph.number
    grid = next((grid for grid in tables if 0 < grid.first - at <= _NEAR), None)
    counts = [*_HEADED.finditer(piece.text)] if grid else []
    n = grid.n_counted if grid else 0
    # "Trong 6 lĩnh vực có 5 lĩnh vực tăng điểm": one of the numbers is that of the rows.
    for told in counts if not re.search(rf"(?<![\d.,/])0?{n} ", piece.text) else ():
        named = grid is not None and any(unaccented(told["thing"]) in head for head in grid.heads.values())
        if n > 1 and n != int(told["n"]) and named:
            yield piece, f"ghi {told['n']} {told['thing']}, bảng dưới có {n}", f"{n}"


_MARKED = lazy_pattern(rf"(?P<n>\d(?<![\d/.,]\d)\d?) {_THINGS}\b[^.;\d]{{0,60}}?:? ?(?=\(1\) )")


def _in_brackets(piece: Piece) -> Iterator[Miscount]:
    """ "03 nhiệm vụ: (1) …; (2) …" within one paragraph."""
    told = _MARKED.search(piece.text) if "(1) " in piece.text else None
    if told is not None:
        n = next(n for n in range(1, 100) if f"({n + 1}) " not in piece.text[told.end() :])
        if n > 1 and n != int(told["n"]):
            yield piece, f"ghi {told['n']}, liệt kê đến ({n})", f"{n}"


def entries_below(found: Sequence[Mark], at: int) -> list[Mark]:
    """The entries of the list that begins below a line, what stands deeper left out."""
    level = found[at + 1].level if at + 1 < len(found) else "text"
    if level not in ("clause", "point", "dash"):
        return []
    levels = (level, *_DEEPER.get(level, ()))
    end = next((n for n in range(at + 1, len(found)) if found[n].level not in levels), len(found))
    return [mark for mark in found[at + 1 : end] if mark.level == level]


def _is_tabled(found: Sequence[Mark], at: int, tables: Sequence[Grid]) -> bool:
    """Whether a table stands right below a line, which is what the line opens."""
    begin = found[at].piece.paragraph.number
    end = found[at + 1].piece.paragraph.number if at + 1 < len(found) else begin
    return any(begin < grid.first < end for grid in tables)


def _titled_below(found: Sequence[Mark], at: int) -> int:
    """How many entries are counted below a line up to the next heading, text between them left out."""
    level = found[at + 1].level if at + 1 < len(found) else "text"
    if level not in ("clause", "point"):
        return len(entries_below(found, at))
    n = 0
    for mark in found[at + 1 :]:
        if mark.level == level and mark.number != (str(n + 1) if level == "clause" else point_letter(n + 1)):
            return 0
        if mark.level in ("part", "roman", "article") or (level == "point" and mark.level == "clause"):
            break
        n += mark.level == level
    return n


def names_in(text: str) -> int:
    """How many persons or bodies are listed; 0 where something else may stand among them."""
    listed = _ADDRESSED.sub("", text.strip(" .;/"))
    parts = re.split(r";\s*" if ";" in listed else r",\s*|\s+và\s+", listed)
    known = [part.strip() for part in parts if part.strip()]
    plain = [part.partition(",")[0].partition(" - ")[0].strip() for part in known]
    persons = all(_PERSON.fullmatch(part) and part.istitle() for part in plain)
    return len(known) if persons or all(_BODY.fullmatch(part) for part in known) else 0


def _names_below(found: Sequence[Mark], at: int) -> Iterator[Miscount]:
    """ "Tặng Giấy khen cho 03 tập thể và 05 cá nhân" above "1. Tập thể: …" and "2. Cá nhân: …"."""
    is_titled = at + 1 < len(found) and bool(_title(found[at + 1]))
    told = found[at].piece.told.apart if is_titled else ()
    entries = entries_below(found, at) if told else []
    for amount in told:
        for mark, title in ((mark, title) for mark in entries if (title := _title(mark))):
            n = names_in(mark.rest[len(title) + 1 :]) if amount.noun.startswith(title.lower()) else 0
            if n > 1 and n != amount.value:
                yield mark.piece, f"ghi {amount.text} {title.lower()}, dưới liệt kê {n}", f"{n}"


def _title(entry: Mark) -> str:
    """What stands before the colon that an entry begins with: "Tập thể"; "" for none."""
    title, colon, _ = entry.rest.partition(":")
    return title if colon and len(title) <= _TITLE else ""


_TITLE = 20
"""Characters of what stands before the colon of an entry: "Tập thể:"."""


def _rows(paper: Paper, piece: Piece, tables: Sequence[Grid]) -> Iterator[Miscount]:
    """A number in the text and the rows that the annex's one table counts."""
    for told in _PLACED.finditer(piece.text):
        if _EACH.search(piece.text[: told.start()]):
            continue
        annexes = [a for a in paper.annexes if not told["which"] or a.name.endswith(f" {told['which']}")]
        listed = [
            n
            for grid in tables
            if annexes and grid.first in _reach(paper, annexes[0])
            if (n := grid.n_counted)
        ]
        if len(annexes) == len(listed) == 1 and listed[0] != int(told["n"]):
            yield piece, f"ghi {told['n']}, {annexes[0].name} liệt kê {listed[0]}", f"{listed[0]}"


def _listed_behind(paper: Paper, piece: Piece) -> Iterator[Miscount]:
    """ "03 tập thể và 07 cá nhân (có danh sách kèm theo)", and behind it "I. TẬP THỂ", "II. CÁ NHÂN"."""
    behind = [line for line in paper.pieces if line.paragraph.number > piece.paragraph.number]
    for amount in piece.told.apart:
        heads = [at for at, line in enumerate(behind) if line.is_upper and _is_headed(line, amount.noun)]
        if len(heads) != 1:
            continue
        entries = enumerate(behind[heads[0] + 1 :], 1)
        n = sum(1 for _ in takewhile(lambda entry: entry[1].text.startswith(f"{entry[0]}. "), entries))
        if n > 1 and n != amount.value:
            yield piece, f"ghi {amount.text} {amount.noun}, danh sách có {n}", f"{n}"


def _is_headed(line: Piece, noun: str) -> bool:
    """Whether a line of a list heads what is counted so: "II. CÁ NHÂN"."""
    return bool(noun) and line.text.partition(". ")[2].lower() == noun


def _reach(paper: Paper, annex: Annex) -> range:
    """The numbers of the paragraphs from an annex's label to the next one."""
    begin = annex.label.paragraph.number
    later = (a.label.paragraph.number for a in paper.annexes if a.label.paragraph.number > begin)
    return range(begin, min(later, default=len(paper.document.paragraphs)))
