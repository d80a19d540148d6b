"""Is the text well typed, and nothing left over of its draft?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import attrgetter

from dvctt_report.grouping import by_key
from dvctt_report.lint.check import HERE, Answers, Block, Fault, Mend, NotEvaluated, check, quote
from dvctt_report.lint.heads import WORDS_OF_DRAFT, ends_as_draft, is_draft_mark, is_stamp, watermarks
from dvctt_report.lint.parts import Paper, Piece, Text, columns_of, lines_of
from dvctt_report.lint.places import place_of
from dvctt_report.lint.settings import Settings, Stage
from dvctt_report.nd30.page import FONT
from dvctt_report.old_fonts import font_code
from dvctt_report.patterns import lazy_pattern
from dvctt_report.severity import Severity
from dvctt_report.vietnamese import CAPITALS, SMALL_LETTERS, key, unaccented
from dvctt_report.word.cascade import Face
from dvctt_report.word.document import Paragraph, Span
from dvctt_report.word.strokes import typed_stroke
from dvctt_report.word.tree import child, value

_SHAPED_BY_HINT = lazy_pattern(r"[“”‘’…–—·×]")
_LETTERS = lazy_pattern(r"[\w.,;:!?%()/\-+“”\"'‘’…–—]")


def _is_framed_mark(paragraph: Paragraph) -> bool:
    """Whether a paragraph is a framed mark of urgency or draft, which has letters of its own."""
    return paragraph.box is not None and is_stamp(paragraph.text)


def _is_in_other_font(face: Face) -> bool:
    """Whether letters of this look may stand in another font than the right one."""
    return any(font.lower() != FONT.lower() for font in face.fonts)


def _in_other_fonts(paper: Paper) -> Iterator[tuple[Paragraph, list[Span]]]:
    """The paragraphs with letters that may stand in another font, each with these."""
    for paragraph in paper.document.having(_is_in_other_font):
        if not _is_framed_mark(paragraph):
            yield paragraph, [span for span in paragraph.spans if _is_in_other_font(span.face)]


def fonts_used(span: Span) -> tuple[str, ...]:
    """The fonts that the letters of a span are printed in."""
    latin, other, east = span.face.fonts
    used: list[str] = []
    for char in dict.fromkeys(span.text):  # each once, in their order
        if not _LETTERS.match(char):
            continue
        if span.face.east_hint and _SHAPED_BY_HINT.match(char):
            font = east
        else:
            font = latin if char < "\x80" else other
        if font not in used:
            used.append(font)
    return tuple(used)


@check("TT04", Severity.ERROR, Block.PAGE, mends="có", annexes=True)
def font(paper: Paper, settings: Settings) -> Answers:
    """Phông chữ không phải Times New Roman.

    Sai: đoạn dán từ trang web, phông Calibri
    Đúng: Times New Roman
    Căn cứ: Phụ lục I, mục I.4
    """
    for paragraph, spans in _in_other_fonts(paper):
        wrong = by_key(
            (name, span)
            for span in spans
            for name in (fonts_used(span) if not span.face.hidden else ())
            if name.lower() != FONT.lower() and font_code(name) is None
        )
        if wrong:
            found, right = f"phông {', '.join(wrong)}", f"phông {FONT}"
            fix = f"Chọn đoạn này, chọn phông {FONT}"
            mends = tuple(Mend("font", span.element, FONT) for odd in wrong.values() for span in odd)
            yield Fault(HERE, paragraph, found, right, fix, mends)


@check("TT05", Severity.ERROR, Block.PAGE, mends="một phần", annexes=True)
def colour(paper: Paper, settings: Settings) -> Answers:
    """Chữ không phải màu đen.

    Sai: chữ đỏ để đánh dấu chỗ cần sửa
    Đúng: toàn bộ chữ màu đen, không tô nền
    Căn cứ: Phụ lục I, mục I.4
    """
    odd = {*paper.document.having(lambda face: bool(face.colour or face.highlight))}
    odd.update(p for p in paper.document.printed if p.cell is None and p.text.strip() and _is_shaded(p))
    for paragraph in (p for p in paper.document.printed if p in odd and not _is_framed_mark(p)):
        shown = [s.face for s in paragraph.spans if s.text.strip() and not s.face.hidden]
        found = [f"chữ {_colour_name(c)}" for c in sorted({f.colour for f in shown if f.colour})]
        found += [f"tô nền {_colour_name(h)}" for h in sorted({f.highlight for f in shown if f.highlight})]
        found += ["đoạn tô nền"] if shown and paragraph.cell is None and _is_shaded(paragraph) else []
        if found and not is_stamp(paragraph.text):
            yield Fault(
                HERE,
                paragraph,
                ", ".join(found),
                "chữ màu đen, không tô nền",
                "Chọn đoạn này, đặt màu chữ Tự động (Automatic), bỏ tô nền",
                mends=tuple(
                    Mend("black", s.element, True)
                    for s in paragraph.spans
                    if s.text.strip() and (s.face.colour or s.face.highlight)
                ),
            )


_HIGHLIGHTS = {
    "black": "đen", "blue": "xanh dương", "cyan": "xanh lơ", "darkBlue": "xanh dương sẫm",
    "darkCyan": "xanh lơ sẫm", "darkGray": "xám sẫm", "darkGreen": "xanh lá sẫm", "darkMagenta": "tím",
    "darkRed": "đỏ sẫm", "darkYellow": "vàng sẫm", "green": "xanh lá", "lightGray": "xám nhạt",
    "magenta": "hồng", "red": "đỏ", "white": "trắng", "yellow": "vàng",
}  # fmt: skip
"""The colours of Word's highlighter by their names in the file. Source: ECMA-376 Part 1, 17.18.40."""


def _colour_name(written: str) -> str:
    """A colour as it is told: by its name, else by its figures; "màu khác" where the file has neither."""
    if written in _HIGHLIGHTS:
        return f"màu {_HIGHLIGHTS[written]}"
    return f"màu #{written}" if re.fullmatch("[0-9A-Fa-f]{6}", written) else "màu khác"


def _is_shaded(paragraph: Paragraph) -> bool:
    """Whether a paragraph itself has a ground; heads of tables may have one."""
    fill = value(child(paragraph.element, "pPr"), "shd", "fill")
    return fill is not None and fill.lower() not in ("auto", "ffffff")


@check("TT06", Severity.ERROR, Block.PAGE, annexes=True)
def legacy_code(paper: Paper, settings: Settings) -> Answers:
    """Chữ gõ bằng bảng mã cũ (TCVN3, VNI).

    Sai: phông .VnTime, VNI-Times
    Đúng: Times New Roman, mã Unicode
    Căn cứ: Phụ lục I, mục I.4
    """
    for paragraph, spans in _in_other_fonts(paper):
        fonts = sorted({n for s in spans for n in fonts_used(s) if font_code(n) is not None})
        if fonts:
            found = f"phông {', '.join(fonts)}"
            fix = "Dùng công cụ chuyển mã (Unikey, Ctrl+Shift+F6) đổi sang Unicode, rồi đổi phông"
            yield Fault(HERE, paragraph, found, "phông Times New Roman, mã Unicode", fix)


_WORD = r"[^\W\d_]"
_RUN_ON = lazy_pattern(rf"(?<!{_WORD})(?P<word>{_WORD}+|(?<=\d)(?=[,;]))[,;.](?=(?P<next>{_WORD}{{2}}))")
"""A sign that the next word is written to; of a full stop a new sentence must follow, "TP.HCM" has none."""
_SIGN_AND_LETTER = lazy_pattern(rf"[,;.]{_WORD}")
_ADDRESS = lazy_pattern(r"@|://|www\.")
_SIGN_TWICE = lazy_pattern(r"([,;:])\1|[,;:](?=[,;:.](?![.,;:]))|(?<![./])\.(\.)(?!\.)")
"""The same sign twice; three dots and more are left for something to be filled in."""
_BROKEN = lazy_pattern(
    rf"(?<=[{SMALL_LETTERS}] )\n(?=[{SMALL_LETTERS}])|(?<=[{SMALL_LETTERS}])\n(?=[{SMALL_LETTERS}])"
)
"""A line broken by hand within a sentence, which stretches it where the text is justified."""
_IN_BRACKETS = lazy_pattern(r"(?<=\()[ \u00a0](?=[^\s)])|(?<=[^\s(])[ \u00a0](?=\))")
_INVISIBLE = lazy_pattern("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_CYRILLIC_LETTER = lazy_pattern("[\u0400-\u04ff]")
_CYRILLIC = lazy_pattern("(?<=[A-Za-z\u00c0-\u01b0\u1ea0-\u1ef9])[\u0400-\u04ff]|[\u0400-\u04ff](?=[A-Za-z])")
"""Letters that look Latin and are not, beside Latin ones: a search doesn't find the word."""
_DOUBLE = lazy_pattern(r"(?<=\S)[ \u00a0]{2,}(?=\S)")
_BEFORE_SIGN = lazy_pattern(
    r"(?<=[^\W\d_])[ \u00a0]+([,.;:!?])(?=\s|$|[^\W\d_]{2})"
    r"|(?<=[\d)%”])[ \u00a0]+([,;:!?]|\.(?=\s*$))(?=\s|$)"
)
"""A blank before the sign that ends a word; " ./." and dots left for a figure are something else."""


@check("TT07", Severity.INFO, Block.PAGE, annexes=True)
def odd_characters(paper: Paper, settings: Settings) -> Answers:
    """Ký tự khó thấy: chữ tổ hợp, khoảng trắng lạ; dấu cách, dấu câu thừa hoặc thiếu.

    Sai: “Ủy ban nhân dân” (hai dấu cách); “kết quả , kiến nghị”; “kết quả,kiến nghị”; “kết quả,, kiến
    nghị”
    Đúng: “Ủy ban nhân dân”; “kết quả, kiến nghị”
    Căn cứ: khuyến nghị của chương trình; Phụ lục I, mục I.4 (Unicode TCVN 6909:2001)
    """
    text_numbers = {piece.paragraph.number for piece in paper.body}
    names = [signer.name for signer in paper.signature.signers if signer.name is not None]
    titles = [line for signer in paper.signature.signers for line in signer.authority]
    lines = (*names, *titles, *paper.title.subject, *paper.title.addressees, *paper.signature.recipients)
    lines += (*paper.head.parent, *paper.head.issuer, *paper.head.matter)
    named = {piece.paragraph.number: piece.raw.strip() for piece in lines}
    yield from _composed(paper)
    for paragraph in paper.document.paragraphs:
        text = paragraph.text
        is_running = paragraph.number in text_numbers
        found = [*_unseen(text, is_running)]
        if paragraph.number in named and _DOUBLE.search(named[paragraph.number]):
            found.append("hai dấu cách liền nhau")
        found += _out_of_place(text) if is_running else ()
        if found:
            what, right = ", ".join(found), _right_way(found)
            fix = "Gõ lại chỗ này, hoặc dùng Tìm và Thay thế (Ctrl+H)"
            yield Fault(HERE, paragraph, what, right, fix)


def _composed(paper: Paper) -> Iterator[Fault]:
    """Letters built from two characters: a habit of the keyboard, told once where it begins."""
    built = [p for p in paper.document.paragraphs if p.raw != p.text]
    for paragraph in built[:1]:
        more = f", {len(built)} đoạn" if len(built) > 1 else ""
        found = f"chữ tổ hợp (chữ cái và dấu là hai ký tự){more}"
        fix = "Chọn toàn văn bản, dùng công cụ chuyển mã (Unikey) đổi Unicode tổ hợp sang Unicode dựng sẵn"
        yield Fault(HERE, paragraph, found, "chữ dựng sẵn (NFC)", fix)


def _unseen(text: str, is_running: bool) -> Iterator[str]:
    """What a reader doesn't see: characters without a shape, letters of another script, blanks."""
    if text.isprintable() and "  " not in text and not _CYRILLIC_LETTER.search(text):
        return
    if _INVISIBLE.search(text):
        yield "ký tự không nhìn thấy"
    if _CYRILLIC.search(text):
        yield "chữ Kirin lẫn trong từ"
    if is_running and "\u00a0" in text:
        yield "khoảng trắng không ngắt (NBSP)"
    if is_running and _DOUBLE.search(text):
        yield "hai dấu cách liền nhau"


def _out_of_place(text: str) -> Iterator[str]:
    """Signs and breaks of running text that stand where none should."""
    if "\u00a0" in text or any(two in text for two in _SIDE_BY_SIDE):
        yield from (said for said, pattern in _OUT_OF_PLACE.items() if pattern.search(text))
    if any(_run_on(text)):
        yield "thiếu dấu cách sau dấu câu"
    if "\n" in text and _BROKEN.search(text):
        yield "xuống dòng tay giữa câu"


_SIDE_BY_SIDE = ("( ", "..", *(f" {sign}" for sign in ",;:.!?)"), *(a + b for a in ",;:" for b in ",;:."))
"""Without one of these nothing is out of place; looking for them is much faster on a hundred pages."""
_OUT_OF_PLACE = {
    "dấu cách trước dấu câu": _BEFORE_SIGN,
    "hai dấu câu liền nhau": _SIGN_TWICE,
    "dấu cách sát trong ngoặc đơn": _IN_BRACKETS,
}


def _right_way(found: list[str]) -> str:
    """What would be right, in as many words as what was found needs."""
    blanks = any("cách" in said or "trắng" in said for said in found)
    right = [
        "chỉ có ký tự nhìn thấy" if any("ký tự" in said for said in found) else "",
        "chữ Latinh" if any("Kirin" in said for said in found) else "",
        "một dấu cách, sau dấu câu" if blanks else "",
        "câu viết liền dòng" if any("xuống dòng" in said for said in found) else "",
        "một dấu câu" if any("dấu câu liền" in said for said in found) else "",
    ]
    return ", ".join(filter(None, right))


def _run_on(text: str) -> Iterator[int]:
    """Where a sign ends that has no blank behind it, addresses of pages and mails left out."""
    if not _SIGN_AND_LETTER.search(text):
        return
    for found in _RUN_ON.finditer(text):
        sentence = found["word"].islower() and len(found["word"]) > 1 and found["next"].istitle()
        token = text[: found.start()].rpartition(" ")[2] + text[found.start() :].partition(" ")[0]
        if (sentence or text[found.end() - 1] != ".") and not _ADDRESS.search(token):
            yield found.end()


@check("TT65", Severity.INFO, Block.TEXT, annexes=True)
def misspelt(paper: Paper, settings: Settings) -> Answers:
    """Lỗi chính tả thường gặp.

    Sai: thủ tục hành chánh
    Đúng: thủ tục hành chính
    Căn cứ: khuyến nghị của chương trình
    """
    for piece in misspelt_lines((*paper.title.subject, *paper.head.matter, *paper.body)):
        for pair, right in misspelt_pairs(piece):
            fix = f"Sửa thành “{right}”"
            yield Fault(HERE, piece, f"“{pair}”", f"“{right}”", fix)
    if not settings.misspellings:
        return
    wrong = {key(w): (w, r) for w, r in settings.misspellings.items()}
    pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, wrong)) + r")\b")
    keys = Text(paper.pieces, attrgetter("key"))
    for piece in keys.holding(*keys.possible(wrong)):
        for found in pattern.finditer(piece.key):
            word, right = wrong[found[0]]
            fix = f"Sửa thành “{right}”"
            yield Fault(HERE, piece, f"“{word}”", f"“{right}”", fix)


_DAILY = (
    "thực hiện", "kế hoạch", "quyết định", "nghị quyết", "nghị định", "hành chính", "thủ tục", "trực tuyến",
    "dịch vụ", "giải quyết", "địa phương", "viên chức", "doanh nghiệp", "nhiệm vụ", "giải pháp", "phối hợp",
    "triển khai", "chuyển đổi", "chất lượng", "thường xuyên", "nghiêm túc", "trách nhiệm", "kiện toàn",
    "phê duyệt", "rà soát", "phát triển", "giáo dục", "nông nghiệp", "ngân sách", "vướng mắc",
    "nguyên nhân", "phương hướng", "khen thưởng", "khiếu nại", "tiếp tục", "đẩy mạnh", "tăng cường",
    "hoàn thành", "nghiên cứu", "tham mưu", "kinh nghiệm", "đôn đốc",
)  # fmt: skip
"""Pairs that no two words meeting in a sentence look like; "truyền thông" and "truyền thống" both are."""
_SYLLABLE = lazy_pattern(r"\w+")
_RIGHT = {unaccented(pair): key(pair) for pair in _DAILY}


def misspelt_lines(lines: Sequence[Piece]) -> list[Piece]:
    """The lines in which a daily pair stands without its marks more often than with them."""
    plain, marked = Text(lines, attrgetter("plain")), Text(lines, attrgetter("key"))
    odd = [pair for pair, right in _RIGHT.items() if (n := plain.count(pair)) and n != marked.count(right)]
    return plain.holding(*odd)


def misspelt_pairs(line: Piece) -> Iterator[tuple[str, str]]:
    """Pairs of a line that are daily words but for a mark, with those words.

    Without any mark they are no slip: whoever types so does it throughout.
    """
    words, bare = _SYLLABLE.findall(line.text), _SYLLABLE.findall(line.plain)
    for at, (one, other) in enumerate(pairwise(bare)) if len(words) == len(bare) else ():
        right = _RIGHT.get(f"{one} {other}", "")
        written = f"{words[at]} {words[at + 1]}"
        if right and not words[at + 1][0].isupper() and key(written) not in (right, unaccented(right)):
            yield written, right


_PROMPT = lazy_pattern(
    r"\[(?:[^\[\]\d][^\[\]]*)?\]|…{2,}|…[.…]{2,}|\.{6,}"
    r"|\b(?:ngày|tháng|năm|số)\s*(?:20\d?)?(?:…|\.{2,}|_{2,})[.…]*"
    r"|(?:…|\.{2,}|_{2,})\s?/\s?(?:…|\.{2,}|_{2,}|\d)|(?<=[^\s_])[ \t\u00a0]?_{3,}"
    r"|(?<=[^\s,;.] )(?:\.{3,5}|…)(?=\s?%| (?:giờ|phút|đồng|triệu|tỷ|người|hồ sơ|hộ)\b)"
    r"|\b[Ôô]ng ?(?:\([Bb]à\)|/ ?[Bb]à)(?= (?:Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô"
    r"|Dương|Lý|Đinh|Trịnh|Mai|Đào|Lương|Hà|Trương|Nông|Tô|Cao|Châu|Tạ|Đoàn|Lâm|Phùng|Vương|Quách)"
    rf" [{CAPITALS}])"
    r"|\((?:sẽ )?(?:bổ sung|cập nhật|điền|xác nhận) sau\)|\((?:đang )?chờ [^()]{1,30}\)"
    r"|\((?:cần )?(?:kiểm tra|xem|hỏi|xác minh) lại\b[^()]{0,40}\)"
    r"|(?-i:\(Tên (?:cơ quan|đơn vị|tổ chức|văn bản))[^()]{0,40}\)"
    r"|\((?:ký, )?ghi rõ [^()]{1,40}\)|<[^\W\d_][^<>\d]{1,40}>|\bxx/xx\b|(?-i:\bxx\b)",
    re.IGNORECASE,
)
_LEFT_OVER = lazy_pattern(
    r"\{\{[^{}]*\}\}|\{%[^{}]*%\}|\bx{3,}\b|\bX{3,}\b|\d[xX]{3,}|Lorem ipsum|#REF!|#N/A|#VALUE!"
    r"|#DIV/0!|#NAME\?"
    r"|\bXX(?= ?%)|\*\*(?=\w)[^*\n]{1,120}(?<=\w)\*\*|theo yêu cầu của bạn|@example\."
    r"|Error! |«[^«»\s]{1,40}»|<<[^<>]{1,40}>>|\?{2,}|\bTODO\b|\bFIXME\b|\bTBD\b|@@+|(?<![\w.])asdf\w*"
    r"|Click or tap (?:here )?to enter|Click here to|Choose an item|Bấm hoặc gõ nhẹ vào đây|Nhấp để nhập"
    r"|\b0123456789\b|\b0?987654321\b"
    r"|\(\s*(?:anh|chị|em|a\.|c\.)\s+[^()]{1,30}\b(?:xem|sửa|bổ sung|kiểm tra|rà|cho ý kiến)\b[^()]*\)"
)
"""What programs and people put where words are to come: fields, dummies, prompts, notes to a colleague."""
_DUMMY = lazy_pattern(rf"\b(?:Nguyễn|Trần|Lê|Phạm|Hoàng) (?:Văn|Thị) [A-C](?![\w.])(?! [{CAPITALS}])")
"""A person of examples; a draft may still have one in the place of who signs."""
_LONG = 300
"""Characters of a paragraph below the letterhead that is text and no mark of a draft."""
_SIGNS_OF_PROMPT = (
    "[", "…", "..", "__", "ông (", "Ông (", "ÔNG (", "ông/", "Ông/", "ÔNG/", "sau)",
    "(chờ", "(đang chờ", "(Tên", "ghi rõ", "<", "xx", "XX/", lazy_pattern(r"\([^()]{1,20} lại"),
)  # fmt: skip
_SIGNS_OF_LEFT_OVER = (
    "{{", "{%", "xxx", "XX", "**", "của bạn", "@example", "Lorem", "#", "Error!", "«", "<<", "??", "TODO",
    "FIXME", "TBD", "@@", "asdf", "Click", "Choose", "Bấm", "Nhấp", "0123", "9876", "(anh", "(chị", "(em",
    "(a.", "(c.", "(A", "(C", "(E",
)  # fmt: skip
"""Without one of these a text can't match; looking for them is much faster on a hundred pages."""


@check("TT64", Severity.WARNING, Block.PAGE, annexes=True)
def left_overs(paper: Paper, settings: Settings) -> Answers:
    """Còn chỗ chưa điền, ghi chú, dấu vết sửa, chữ ẩn, chữ gạch ngang, chữ “Dự thảo”.

    Sai: {{ ten_don_vi }}, xxx, còn dấu vết sửa (Track Changes); bản trình ký còn chữ “DỰ THẢO”
    Đúng: đã điền đủ; đã chấp nhận hoặc từ chối mọi sửa đổi, xóa ghi chú, xóa chữ “DỰ THẢO”
    Căn cứ: khuyến nghị của chương trình
    """
    yield from _of_the_whole(paper)
    if settings.stage is Stage.ISSUED and not settings.electronic:
        # Number and day of what goes out on paper.
        number, day = paper.head.number, paper.head.place_date
        if number is not None and paper.number is not None and not paper.number.figure:
            yield _blank("Số, ký hiệu", number, "số", "Ghi số theo sổ đăng ký văn bản đi")
        # A day that no calendar has is filled in, if wrongly.
        if day is not None and paper.day is None and len(re.findall(r"\d+", day.text)) < _DAY_MONTH_YEAR:
            yield _blank("Địa danh, thời gian", day, "ngày, tháng", "Ghi ngày, tháng, năm ban hành")
    later = _filled_in_later(paper)
    printed = Text(paper.document.printed)
    marked, named = {*printed.holding(*_SIGNS_OF_LEFT_OVER)}, {*printed.holding("Văn ", "Thị ")}
    dotted = {p for p in printed.holding(*_SIGNS_OF_PROMPT) if id(p) not in later}
    unseen = {*paper.document.having(lambda face: face.struck or face.hidden)}
    odd = marked | named | dotted | unseen
    for paragraph in (p for p in printed.lines if p in odd):
        text = paragraph.text
        place = place_of(paper, paragraph)
        if paragraph in marked and (found := _LEFT_OVER.search(text)):
            fix = "Điền nội dung hoặc xóa chỗ này"
            yield Fault(place, paragraph, f"còn “{found[0]}”", "đã điền đủ nội dung", fix)
        if any(s.face.struck and s.text.strip() and not s.face.hidden for s in paragraph.spans):
            fix = "Xóa chữ đã gạch; nếu còn dùng, chọn chữ, bỏ gạch ngang ở mục Phông (Strikethrough)"
            yield Fault(place, paragraph, "có chữ gạch ngang", "không có chữ gạch ngang", fix)
        if any(s.face.hidden and s.text.strip() for s in paragraph.spans):
            fix = "Chọn đoạn này, bỏ Ẩn (Hidden) ở mục Phông hoặc xóa"
            yield Fault(place, paragraph, "có chữ ẩn", "không có chữ ẩn", fix)
        text = _without_lines(paper, paragraph) if paragraph in dotted and "___" in text else text
        dummy = _DUMMY.search(text) if paragraph in named else None
        if prompt := (_PROMPT.search(text) if paragraph in dotted else None) or dummy:
            shown = quote(prompt[0], 50)
            if settings.final:
                fix = "Điền nội dung hoặc xóa lời nhắc"
                yield Fault(place, paragraph, f"còn lời nhắc “{shown}”", "đã điền đủ nội dung", fix)
            else:
                reason = f"lời nhắc của dự thảo: “{shown}”"
                yield NotEvaluated(reason, place, paragraph, "chỗ chưa điền trong nội dung")
    for place, paragraph, text in _draft_marks(paper):
        shown = quote(text, at=paragraph)
        if settings.final:
            fix = "Xóa chữ này; chữ chìm thì vào Thiết kế (Design), Hình mờ (Watermark), bỏ hình mờ"
            yield Fault(place, shown, f"còn chữ “{quote(text, 50)}”", "bản trình ký không có", fix)
        else:
            reason = f"văn bản còn là dự thảo: “{quote(text, 50)}”"
            yield NotEvaluated(reason, place, shown, "dấu DỰ THẢO")


def _without_lines(paper: Paper, paragraph: Paragraph) -> str:
    """The text but for the lines typed with signs below words of the letterhead or beside them."""
    first = paper.body[0].paragraph.number if paper.body else 0
    if paragraph.number >= first or paragraph.part != paper.document.source.main:
        return paragraph.text
    columns = (column for line in lines_of(paragraph) for column in columns_of(line))
    return "\n".join(column.text for column in columns if typed_stroke(column.text) is None)


def _filled_in_later(paper: Paper) -> frozenset[int]:
    """The ids of the paragraphs that bear number and day, which are written when the document is issued.

    What an annex holds with dots is a form to be filled in by others.
    """
    own = [p for p in (paper.head.number, paper.head.place_date) if p is not None]
    own += [piece for annex in paper.annexes for piece in annex.attached] + [*paper.title.enclosed_in]
    behind = min((annex.label.paragraph.number for annex in paper.annexes), default=None)
    forms = paper.document.paragraphs[behind:] if behind is not None else ()
    dotted = (p for p in forms if not p.text.lstrip().startswith("["))
    return frozenset((*(id(piece.paragraph) for piece in own), *map(id, dotted)))


_DAY_MONTH_YEAR = 3


def _blank(place: str, piece: Piece, what: str, fix: str) -> Fault:
    found = f"{what} để trống ở bản phát hành"
    return Fault(place, piece, found, f"đã ghi {what}", fix, severity=Severity.ERROR)


def _of_the_whole(paper: Paper) -> Iterator[Fault]:
    """Comments and tracked changes, counted for the whole document."""
    document = paper.document
    for count, what, fix in (
        (document.n_comments, "ghi chú (comment)", "Vào Xem lại (Review), xóa mọi ghi chú"),
        (
            document.n_revisions,
            "dấu vết sửa (Track Changes)",
            "Vào Xem lại (Review), chấp nhận hoặc từ chối mọi sửa đổi",
        ),
    ):
        if count:
            yield Fault("Toàn văn bản", "", f"còn {count} {what}", f"không còn {what}", fix)


def _draft_marks(paper: Paper) -> Iterator[tuple[str, Paragraph, str]]:
    """Place, paragraph, words of each mark of a draft: a line, a title's end, words behind the page."""
    text_begins = paper.body[0].paragraph.number if paper.body else 0
    main = paper.document.source.main
    named = {p.paragraph for p in Text(paper.pieces, attrgetter("plain")).holding(*WORDS_OF_DRAFT)}
    for paragraph in paper.document.printed:
        if paragraph.part == main and paragraph not in named and not paragraph.has_picture:
            continue
        grid = paragraph.cell is not None and paragraph.cell.table.bordered
        above = paragraph.number < text_begins and paragraph.part == main
        lines = lines_of(paragraph) if above or len(paragraph.text) <= _LONG else ()
        for piece in (column for line in lines for column in columns_of(line)):
            if (not grid and is_draft_mark(piece.text)) or (above and ends_as_draft(piece.text)):
                yield _place(paper, paragraph), paragraph, piece.text
        for text in watermarks(paragraph.element):
            if is_draft_mark(text):
                yield f"{place_of(paper, paragraph)}, chữ chìm (watermark)", paragraph, text


def _place(paper: Paper, paragraph: Paragraph) -> str:
    head = paper.head.state or paper.head.number
    cell = paragraph.cell
    if cell and head and head.paragraph.cell and cell.table is head.paragraph.cell.table:
        return "Phần đầu văn bản"
    return place_of(paper, paragraph)
