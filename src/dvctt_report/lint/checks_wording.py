"""Has a text slips that a reader sees at once: doubled words, open brackets, lost marks and ends?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import groupby, pairwise
from operator import eq

from dvctt_report.lint.check import HERE, Answers, Fault, Quoted, check, quote, quote_end
from dvctt_report.lint.parts import Paper
from dvctt_report.lint.pieces import Piece, Text, entries_of
from dvctt_report.lint.places import place_of
from dvctt_report.lint.settings import Settings
from dvctt_report.lint.structure import Mark, marks
from dvctt_report.lint.titles import ADDRESSEE
from dvctt_report.patterns import lazy_pattern
from dvctt_report.severity import Severity
from dvctt_report.vietnamese import SMALL_LETTERS

_ONCE = (
    "các|của|và|với|cho|về|được|theo|trong|tại|là|đã|sẽ|không|những|này|để|do|khi|thì|mà|bị|phải|đến|trên"
    "|dưới|việc|một|bằng|sau|nhằm|hoặc|cũng|thuộc|nếu|vào"
)
_DOUBLED = lazy_pattern(rf"(?<![\w-])((?i:{_ONCE})|[^\W\d_]{{2,}} [^\W\d_]{{2,}}) \1(?![\w-])")
"""A small word twice, or two words twice: of others, as "dần dần", the double is a word."""
_SYLLABLE = r"(?:ngh|ng|gh|nh|ch|kh|ph|th|tr|gi|qu|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?"
_BARE = lazy_pattern(rf"(?<![\w.@/])(?:{_SYLLABLE}(?:, | )){{5,}}{_SYLLABLE}(?![\w@/])", re.IGNORECASE)
"""Six syllables without any mark: typed without marks; in right texts hardly four follow each other."""
_FOUR = bytes([True] * 4)
"""As many of them in a row as bear no sign of the text around them."""
_POINT = lazy_pattern(r"^\w{1,2}\)")
"""The letter that a paragraph begins with; its bracket closes none of the text."""
_LABEL = lazy_pattern(r"(?:^|[\s,;.])\w{1,2}$")
"""What stands before a bracket that closes nothing: "a)", "điểm b)"."""
_ABBREVIATION = lazy_pattern(r"[A-ZĐ](?<![\w/-].)[A-ZĐ]{7,}(?![\w/-])")
"""Letters that stand for words; those of a number, "5210/BGDĐT-NGCBQLGD", are their office's."""
_SMALL_BEHIND = lazy_pattern(r"(?<![^\W\d_])(?P<word>[^\W\d_]{2,})\. (?P<next>[^\W\d_]+)")
_SMALL_LETTER_BEHIND = lazy_pattern(rf"\. [{SMALL_LETTERS}]")
_POINT_OR_COMMA = lazy_pattern(r"[.]\d{1,2} ?%|,\d{3},\d{3}")
_POINTED = lazy_pattern(r"(?<![\d.])\d{1,3}\.\d{1,2} ?%|(?<![\d.])\d{1,3}(?:,\d{3}){2,}(?![\d,])")
_FILLED_IN = lazy_pattern(r"[A-ZĐÔƯỨ][^\W\d_]*(?: [^\W\d_]+){0,3}: \S")
"""A line of a form that is filled in, where there are several: "Chức vụ: Phó Trưởng phòng"."""
_ENDS = (".", ";", ":", ",", "/", "!", "?", "…", ")", "”", '"', "]")
_BESIDE = 2
"""Paragraphs from one to the next that a slip of copying may be, an empty one between them."""
_LONG_ENOUGH, _FEW = 40, 2
"""Letters of a sentence; paragraphs without an end that are slips where twice as many have one."""
_SHORT = frozenset({"tr", "vv", "tp", "st", "ths", "nxb"})
"""Words written short with a full stop, behind which no sentence begins."""

Slip = tuple[str, Quoted, str, str]
"""Place, words, what was found, what would be right."""


@check(
    "TT79",
    Severity.INFO,
    "Câu chữ cần đọc lại: lặp từ, lặp đoạn, thiếu dấu, ngoặc chưa đóng, chữ đầu đoạn viết thường",
    rationale="Lỗi gõ máy, chép dán mà người duyệt thấy ngay. Chương trình chỉ hỏi; từ láy thì để yên.",
    source="khuyến nghị của chương trình",
    asks=True,
)
def wording(paper: Paper, settings: Settings) -> Answers:
    """Ask about doubled words and paragraphs, open brackets, lost marks and ends, decimal points.

    Sai: đề nghị các các cơ quan; “đạt 102.5%”; đoạn văn chép hai lần
    Đúng: đề nghị các cơ quan; “đạt 102,5%”
    """
    for look in _LOOKS:
        for place, words, found, right in look(paper):
            yield Fault(place, words, found, right, "Đọc lại chỗ này")


def _in_lines(paper: Paper) -> Iterator[Slip]:
    """What is wrong within one line of the text."""
    said: str | None = None
    lines = (*paper.title.subject, *paper.head.matter, *paper.body)
    whole = Text(lines)
    pointed_to, open_ = {*whole.holding(_POINT_OR_COMMA)}, {*whole.holding("(", ")")}
    followed = {*whole.holding(_SMALL_LETTER_BEHIND)}
    for piece in lines:
        text = piece.text
        found = list[tuple[str, str]]()
        words = text.split()
        # Looking at whole words first is several times faster than the pattern on every line.
        if any(map(eq, words, words[1:])) or any(map(eq, words, words[2:])):
            found += [
                (f"“{m[0]}” lặp từ", f"“{m[1]}”") for m in _DOUBLED.finditer(text) if not text.isupper()
            ]
        alone = piece in open_ and piece.line == 0 and "\n" not in piece.paragraph.text.strip()
        if alone and not _is_closed(text):
            found.append(("ngoặc đơn mở, đóng không đủ đôi", "đủ ngoặc mở và đóng"))
        if _FOUR in bytes(map(str.isascii, words)) and (bare := _BARE.search(text)):
            found.append((f"“{quote(bare[0], 40)}” không có dấu tiếng Việt", "chữ có dấu"))
        if piece in pointed_to and "." in text and (pointed := _POINTED.search(text)):
            found.append(
                (f"“{pointed[0]}”", "dấu phẩy trước phần thập phân, dấu chấm giữa các nhóm ba chữ số")
            )
        for small in _SMALL_BEHIND.finditer(text) if piece in followed else ():
            if small["word"].islower() and small["next"].islower() and small["word"] not in _SHORT:
                found.append((f"“{small['next']}” viết thường sau dấu chấm", "viết hoa chữ đầu câu"))
        shortened = any(map(str.isupper, words)) and not piece.is_upper
        for short in _ABBREVIATION.findall(text) if shortened else ():
            said = said or "\n".join(p.text for p in paper.pieces)
            if f"({short}" not in said and f"là {short}" not in said:
                found.append(
                    (f"“{short}” chưa giải thích", "ghi đầy đủ ở lần đầu, trong ngoặc là chữ viết tắt")
                )
        for what, right in dict.fromkeys(found):
            yield HERE, piece, what, right


def _is_closed(text: str) -> bool:
    """Whether every round bracket has its other half; those behind the letter of a point need none."""
    text = _POINT.sub("", text)
    if text.count("(") == text.count(")"):
        return True
    depth = 0
    for found in re.finditer(r"[()]", text):
        if found[0] == "(":
            depth += 1
        elif depth:
            depth -= 1
        elif not _LABEL.search(text[: found.start()][-4:]):
            return False
    return depth == 0


def _quotation(paper: Paper) -> Iterator[Slip]:
    """Quotation marks that aren't closed anywhere."""
    titled = (*paper.title.subject, *paper.head.matter)
    if (whole := "".join(p.text for p in titled)).count("“") != whole.count("”"):
        yield place_of(paper, titled[0].paragraph), titled, "ngoặc kép chưa đóng, chưa mở", "đủ “ và ”"
    opened = [p for p in paper.body if p.text.count("“") != p.text.count("”")]
    if sum(p.text.count("“") - p.text.count("”") for p in opened):
        for piece in opened[:1]:
            yield HERE, piece, "ngoặc kép chưa đóng, chưa mở", "đủ “ và ”"


def _twice(paper: Paper) -> Iterator[Slip]:
    """Paragraphs, addressees and recipients that stand there twice."""
    said = Counter(mark.piece.text for mark in marks(paper))
    for above, mark in pairwise(marks(paper)):
        same = (
            len(mark.rest) > _LONG_ENOUGH and mark.rest == above.rest and mark.level == above.level == "text"
        )
        beside = mark.piece.paragraph.number - above.piece.paragraph.number <= _BESIDE
        # What stands there more often is a form to be filled in.
        if same and beside and said[mark.piece.text] == 2:
            yield HERE, mark.piece, "đoạn văn lặp lại", "một đoạn"
    for place, lines in (("Kính gửi", paper.title.addressees), ("Nơi nhận", paper.signature.recipients)):
        entries = [" ".join(p.key for p in entry).strip(" -.;,") for entry in entries_of(lines)]
        named = Counter(e for e in entries if not e.startswith("lưu") and not ADDRESSEE.match(e))
        for words, n in named.items():
            if n > 1 and words:
                line = next(p for p in lines if words.startswith(p.key.strip(" -.;,")))
                yield place, line, f"ghi {n} lần", "ghi một lần"


def _begin_and_end(paper: Paper) -> Iterator[Slip]:
    """Sentences that begin small below a full stop, and the few that end in no sign among many that do."""
    bases = {id(piece.paragraph) for piece in paper.bases}
    plain = (m for m in marks(paper) if not m.piece.is_bold and not m.piece.is_upper)
    plain = (m for m in plain if id(m.piece.paragraph) not in bases)
    found = [m for m in plain if m.piece.paragraph.shape.align != "center"]
    above: Piece | None = None
    for mark in found:
        small = mark.level == "text" and mark.piece.text[:1].islower() and len(mark.piece.text) > _LONG_ENOUGH
        opens = above is None and not paper.bases and mark.piece is paper.body[0]
        if small and (opens or (above is not None and above.text.endswith("."))):
            yield HERE, mark.piece, "đầu đoạn viết thường", "viết hoa"
        above = mark.piece
    last_lines = {p.paragraph.number: p for p in paper.body}
    long_ = [
        m for m in found if len(m.piece.paragraph.text) > _LONG_ENOUGH and m.level not in ("part", "roman")
    ]
    # An article may be named like a heading, its khoản below: "Điều 2. Nhiệm vụ, quyền hạn của Ban".
    named = {id(above) for above, m in pairwise(found) if (above.level, m.level) == ("article", "clause")}
    bare = [m for m in long_ if not _ended(last_lines, m) and id(m) not in named]
    filled_in = [m for m in bare if _FILLED_IN.match(m.piece.text)]
    bare = [m for m in bare if m not in filled_in] if len(filled_in) > 1 else bare
    if len(bare) <= _FEW and len(long_) - len(bare) >= 2 * len(bare):
        for mark in bare:
            yield (
                place_of(paper, mark.piece.paragraph),
                quote_end(mark.piece),
                "cuối đoạn không có dấu",
                "dấu chấm hoặc chấm phẩy",
            )


def _ended(last_lines: dict[int, Piece], mark: Mark) -> bool:
    return last_lines[mark.piece.paragraph.number].text.endswith(_ENDS)


_ORDINALS = ["nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười"]
_CARDINALS = ["một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"]
_COUNTED_IN_WORDS = lazy_pattern(r"(?:Thứ (?P<ordinal>\w+)|(?P<cardinal>[A-ZĐ]\w+) là)\b[,:]?")


def _counted_in_words(paper: Paper) -> Iterator[Slip]:
    """ "Thứ nhất, …", "Hai là, …" at the head of paragraphs, where one is left out or stands twice."""
    last = 0
    for mark in marks(paper):
        found = _COUNTED_IN_WORDS.match(mark.rest)
        word = (found["ordinal"] or found["cardinal"]).lower() if found else ""
        names = _ORDINALS if found and found["ordinal"] else _CARDINALS
        if found is None or word not in names:
            continue
        n = names.index(word) + 1
        if n not in (1, last + 1) and last:
            right = found[0].replace(word, names[last]) if last < len(names) else "số tiếp theo"
            yield HERE, mark.piece, f"“{found[0]}” sai thứ tự", f"“{right}”"
        last = n


_ENTRY = lazy_pattern(r"(\d{1,2})\.(?=\s)")


def _annex_numbers(paper: Paper) -> Iterator[Slip]:
    """A number left out between two entries of an annex; what tables hold is counted, not asked about."""
    labels = {id(annex.label) for annex in paper.annexes}
    starts = (annex.label.paragraph.number for annex in paper.annexes)
    first = min(starts, default=len(paper.document.paragraphs))
    last = 0
    for piece in (p for p in paper.pieces if p.paragraph.number >= first):
        found = _ENTRY.match(piece.text)
        n = int(found[1]) if found else 0
        if n == last + 2 and last and piece.paragraph.cell is None:
            yield HERE, piece, f"“{n}.” sau “{last}.”", f"“{last + 1}.”"
        last = 0 if id(piece) in labels else n or last


def _headings(paper: Paper) -> Iterator[Slip]:
    """A heading with a sign at its end, or in the middle of the page, among those without."""
    unlike: tuple[tuple[str, Callable[[Mark], bool]], ...] = (
        ("đề mục có dấu chấm cuối", lambda m: m.piece.text.endswith(".")),
        ("đề mục có dấu hai chấm cuối", lambda m: m.piece.text.endswith(":")),
        ("đề mục canh giữa", lambda m: m.piece.paragraph.shape.align == "center"),
    )
    for level in ("roman", "clause"):
        found = [m for m in marks(paper) if m.level == level and m.piece.is_bold and m.rest]
        for said, is_so in unlike:
            odd = [m for m in found if is_so(m)]
            if len(odd) * 2 <= len(found) and len(found) > 1:
                for mark in odd:
                    place = place_of(paper, mark.piece.paragraph)
                    yield place, mark.piece, said, "như các đề mục khác"


_CAPTION = lazy_pattern(r"Bảng (?:số )?(\d{1,2})[.:]")


def _captions(paper: Paper) -> Iterator[Slip]:
    """A table of the text whose number doesn't follow the one above."""
    last = 0
    for piece in paper.body:
        found = _CAPTION.match(piece.text) if piece.is_bold or piece.is_italic else None
        n = int(found[1]) if found else 0
        if found and n != last + 1:
            above = f"sau Bảng {last}" if last else "là bảng đầu tiên"
            yield HERE, piece, f"“Bảng {n}” {above}", f"“Bảng {last + 1}”"
        last = n or last


def _odd_end(paper: Paper) -> Iterator[Slip]:
    """One point of a list that ends in another sign than all others but the last."""
    found = marks(paper)
    runs = groupby(found, key=lambda mark: mark.level == "point")
    for points in (list(run) for is_point, run in runs if is_point):
        ends = [mark.piece.text.rstrip()[-1:] for mark in points[:-1]]
        odd = [n for n, end in enumerate(ends) if end != ";"]
        if len(ends) < _FEWEST or len(odd) != 1 or ends[odd[0]] not in ".,":
            continue
        mark = points[odd[0]]
        if ". " not in mark.rest:
            what = f"kết thúc bằng “{ends[odd[0]]}”, các điểm khác bằng “;”"
            yield mark.place, quote_end(mark.piece), what, "“;”"


_MAIL = lazy_pattern(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_CALL = lazy_pattern(r"\b(?:[Đđ]iện thoại|ĐT|SĐT|[Ss]ố máy)\b[^\d.;]{0,20}(?P<n>0[\d .-]{5,18}\d)")
_CALLED = (10, 11)
"""Digits of a number of a telephone with the code before it."""


def _reached(paper: Paper) -> Iterator[Slip]:
    """Addresses and numbers by which nobody is reached."""
    for piece in paper.text.holding("@", "iện thoại", "ĐT", "ố máy"):
        for word in (w.strip("()[],;:.<>/“”") for w in piece.text.split() if "@" in w):
            if not _MAIL.fullmatch(word):
                yield HERE, piece, f"“{word}”", "địa chỉ thư điện tử đúng"
        for found in _CALL.finditer(piece.text):
            n = sum(char.isdigit() for char in found["n"])
            if n not in _CALLED:
                what = f"“{found['n']}” có {n} chữ số"
                yield HERE, piece, what, "số điện thoại đủ 10, 11 chữ số"


_FEWEST = 3
"""Points before the last one from which the sign that they end in is told by the others."""
_LOOKS: tuple[Callable[[Paper], Iterator[Slip]], ...] = (
    _in_lines,
    _quotation,
    _twice,
    _begin_and_end,
    _headings,
    _counted_in_words,
    _annex_numbers,
    _captions,
    _odd_end,
    _reached,
)
