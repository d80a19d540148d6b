"""Is the text well typed, and nothing left over of its draft?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from dvctt_report.model.severity import Severity
from dvctt_report.text.grouping import by_key
from dvctt_report.text.old_fonts import font_code
from dvctt_report.text.patterns import lazy_pattern
from dvctt_report.text.vietnamese import key, unaccented, without_marks
from dvctt_report.word.document import Paragraph, Span, typed_stroke
from dvctt_report.word.lint.check import (
    HERE,
    Answers,
    Fault,
    NotEvaluated,
    Settings,
    Stage,
    check,
    quote,
    span_mends,
    worded,
)
from dvctt_report.word.lint.outcome import place_of
from dvctt_report.word.lint.parts import Paper, columns_of, holding, lines_of
from dvctt_report.word.lint.patterns import LISTS, patterns_of
from dvctt_report.word.lint.top import DRAFT_BEHIND, WORDS_OF_DRAFT, is_draft_mark, is_stamp
from dvctt_report.word.nd30 import FONT
from dvctt_report.word.tree import V, child, descendants, value

_RE, _LISTS = patterns_of("text"), LISTS["text"]

_WORD = r"[^\W\d_]"
_RUN_ON = lazy_pattern(rf"(?<!{_WORD})(?P<word>{_WORD}+|(?<=\d)(?=[,;]))[,;.](?=(?P<next>{_WORD}{{2}}))")
"""A sign that the next word is written to; of a full stop a new sentence must follow, "TP.HCM" has none."""
_SIGN_AND_LETTER = lazy_pattern(rf"[,;.]{_WORD}")
_UNSEEN = {"ký tự không nhìn thấy": _RE["invisible"], "chữ Kirin lẫn trong từ": _RE["cyrillic"]}
_BLANKS = {"khoảng trắng không ngắt (NBSP)": lazy_pattern("\u00a0"), "hai dấu cách liền nhau": _RE["double"]}
_OUT_OF_PLACE = {
    "dấu cách trước dấu câu": _RE["before_sign"],
    "hai dấu câu liền nhau": _RE["sign_twice"],
    "dấu cách sát trong ngoặc đơn": _RE["in_brackets"],
}
_SIDE_BY_SIDE = ("( ", "..", *(f" {sign}" for sign in ",;:.!?)"), *(a + b for a in ",;:" for b in ",;:."))
"""Without one of these nothing is out of place; looking for them is much faster on a hundred pages."""
_RIGHT = {unaccented(pair): key(pair) for pair in _LISTS["daily"]}


_LONG = 300  # Characters of a paragraph below the letterhead that is text and no mark of a draft


def _in_other_fonts(paper: Paper, *, old: bool) -> Iterator[tuple[Paragraph, dict[str, list[Span]]]]:
    """The paragraphs with letters in fonts of ``old`` codes, or in other wrong ones: what stands in each."""
    right = FONT.lower()
    for paragraph in paper.document.having(lambda face: any(font.lower() != right for font in face.fonts)):
        wrong = list[tuple[str, Span]]()
        for span in paragraph.spans if old else (s for s in paragraph.spans if not s.face.hidden):
            latin, other, east = span.face.fonts
            letters = filter(_RE["letters"].match, dict.fromkeys(span.text))  # each once, in their order
            by_hint = _RE["shaped_by_hint"].match if span.face.east_hint else lambda _: None
            fonts = (east if by_hint(c) else latin if c < "\x80" else other for c in letters)
            names = (name for name in dict.fromkeys(fonts) if name.lower() != right)
            wrong += [(name, span) for name in names if (font_code(name) is not None) is old]
        by_font = by_key(wrong)
        # A framed mark of urgency or draft has letters of its own.
        if by_font and not (paragraph.box is not None and is_stamp(paragraph.text)):
            yield paragraph, by_font


@check("TT04")
def font(paper: Paper, settings: Settings) -> Answers:
    """All letters are in Times New Roman."""
    for paragraph, wrong in _in_other_fonts(paper, old=False):
        mends = tuple(mend for spans in wrong.values() for mend in span_mends("font", FONT, spans))
        yield worded(HERE, paragraph, "phông {fonts}", mends, fonts=", ".join(wrong))


@check("TT05")
def colour(paper: Paper, settings: Settings) -> Answers:
    """All letters are black on no ground of their own; marks in a frame apart."""
    odd = {*paper.document.having(lambda face: bool(face.colour or face.highlight))}
    for paragraph in paper.document.printed:
        # A ground of the paragraph's own; heads of tables may have one.
        fill = value(child(paragraph.element, "pPr"), "shd", "fill") if paragraph.cell is None else None
        is_shaded = fill is not None and fill.lower() not in ("auto", "ffffff")
        if (paragraph not in odd and not is_shaded) or is_stamp(paragraph.text):
            continue
        shown = [s.face for s in paragraph.spans if s.text.strip() and not s.face.hidden]
        found = list[str]()
        for what, colours in (("chữ", {f.colour for f in shown}), ("tô nền", {f.highlight for f in shown})):
            for written in sorted(filter(None, colours)):  # told by its name, else by its figures
                other = f"#{written}" if re.fullmatch("[0-9A-Fa-f]{6}", written) else "khác"
                found.append(f"{what} màu {_LISTS['highlights'].get(written, other)}")
        found += ["đoạn tô nền"] if shown and is_shaded else []
        marked = (s for s in paragraph.spans if s.text.strip() and (s.face.colour or s.face.highlight))
        if found:
            right = "chữ màu đen, không tô nền"
            fix = "Chọn đoạn này, đặt màu chữ Tự động (Automatic), bỏ tô nền"
            yield Fault(HERE, paragraph, ", ".join(found), right, fix, span_mends("black", True, marked))


@check("TT06")
def legacy_code(paper: Paper, settings: Settings) -> Answers:
    """No letters in fonts of codes older than Unicode."""
    for paragraph, wrong in _in_other_fonts(paper, old=True):
        yield worded(HERE, paragraph, "phông {fonts}", fonts=", ".join(sorted(wrong)))


@check("TT07")
def odd_characters(paper: Paper, settings: Settings) -> Answers:
    """No characters that nobody sees, no blanks and signs out of place in running text and names."""
    text_numbers = {piece.paragraph.number for piece in paper.body}
    signed = [line for signer in paper.signature.signers for line in (*signer.authority, signer.name) if line]
    lines = (*signed, *paper.title.subject, *paper.title.addressees, *paper.signature.recipients)
    lines += (*paper.head.parent, *paper.head.issuer, *paper.head.matter)
    named = {piece.paragraph.number: piece.raw.strip() for piece in lines}
    # Letters built from two characters: a habit of the keyboard, told once where it begins.
    built = [p for p in paper.document.paragraphs if p.raw != p.text]
    for paragraph in built[:1]:
        more = f", {len(built)} đoạn" if len(built) > 1 else ""
        yield worded(HERE, paragraph, "chữ tổ hợp (chữ cái và dấu là hai ký tự){more}", more=more)
    for paragraph in paper.document.paragraphs:
        text, found = paragraph.text, list[str]()
        is_running = paragraph.number in text_numbers
        if not text.isprintable() or "  " in text or _RE["cyrillic_letter"].search(text):
            found += [what for what, pattern in _UNSEEN.items() if pattern.search(text)]
            found += [what for what, pattern in _BLANKS.items() if is_running and pattern.search(text)]
        if paragraph.number in named and _RE["double"].search(named[paragraph.number]):
            found.append("hai dấu cách liền nhau")
        if is_running and ("\u00a0" in text or any(two in text for two in _SIDE_BY_SIDE)):
            found += [what for what, pattern in _OUT_OF_PLACE.items() if pattern.search(text)]
        for sign in _RUN_ON.finditer(text) if is_running and _SIGN_AND_LETTER.search(text) else ():
            # Addresses of pages and mails are left out; behind a full stop a new sentence must follow.
            sentence = sign["word"].islower() and len(sign["word"]) > 1 and sign["next"].istitle()
            token = text[: sign.start()].rpartition(" ")[2] + text[sign.start() :].partition(" ")[0]
            if (sentence or text[sign.end() - 1] != ".") and not _RE["address"].search(token):
                found.append("thiếu dấu cách sau dấu câu")
                break
        if is_running and "\n" in text and _RE["broken"].search(text):
            found.append("xuống dòng tay giữa câu")
        if found:
            ways = _LISTS["right_ways"].items()
            right = [right for right, words in ways if any(w in f for f in found for w in words)]
            fix = "Gõ lại chỗ này, hoặc dùng Tìm và Thay thế (Ctrl+H)"
            yield Fault(HERE, paragraph, ", ".join(found), ", ".join(right), fix)


@check("TT65")
def misspelt(paper: Paper, settings: Settings) -> Answers:
    """Everyday words with wrong marks, and the misspellings of the settings."""
    # Without any mark a word is no slip: whoever types so does it throughout.
    plain = without_marks(paper.whole)
    pairs = {p: right for p, right in _RIGHT.items() if plain.count(p) != paper.whole.count(right)}
    for piece in (*paper.title.subject, *paper.head.matter, *paper.body) if pairs else ():
        odd = any(pair in piece.plain and right not in piece.key for pair, right in pairs.items())
        words, bare = (_RE["syllable"].findall(text) if odd else [] for text in (piece.text, piece.plain))
        for at, pair in enumerate(map(" ".join, pairwise(bare))) if len(words) == len(bare) else ():
            written, right = " ".join(words[at : at + 2]), _RIGHT.get(pair)
            if right and not written[0].isupper() and key(written) not in (right, unaccented(right)):
                yield Fault(HERE, piece, f"“{written}”", f"“{right}”")
    misspellings = {key(word): (word, right) for word, right in settings.misspellings.items()}
    wrong = {word: pair for word, pair in misspellings.items() if word in paper.whole}
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, wrong))})\b")
    for piece in paper.pieces if wrong else ():
        if any(word in piece.key for word in wrong):
            for slip in pattern.finditer(piece.key):
                word, right = wrong[slip[0]]
                yield Fault(HERE, piece, f"“{word}”", f"“{right}”")


@check("TT64")
def left_overs(paper: Paper, settings: Settings) -> Answers:
    """Nothing left of the draft: prompts, notes, revisions, hidden or struck letters, its mark."""
    document, number, day = paper.document, paper.head.number, paper.head.place_date
    for count, what, fix in (
        (document.n_comments, "ghi chú (comment)", "xóa mọi ghi chú"),
        (document.n_revisions, "dấu vết sửa (Track Changes)", "chấp nhận hoặc từ chối mọi sửa đổi"),
    ):
        if count:
            yield worded("Toàn văn bản", "", "còn {n} {what}", n=count, what=what, fix=fix)
    if settings.stage is Stage.ISSUED and not settings.electronic:
        # What goes out on paper bears number and day; a day that no calendar has is filled in, if wrongly.
        blank = number is not None and paper.number is not None and not paper.number.figure
        undated = day is not None and paper.day is None and len(re.findall(r"\d+", day.text)) < 3
        for is_open, place, piece, what, fix in (
            (blank, "Số, ký hiệu", number, "số", "Ghi số theo sổ đăng ký văn bản đi"),
            (undated, "Địa danh, thời gian", day, "ngày, tháng", "Ghi ngày, tháng, năm ban hành"),
        ):
            if is_open and piece:
                said = {"what": what, "fix": fix}
                yield worded(place, piece, "{what} để trống ở bản phát hành", (), Severity.ERROR, **said)
    # Number and day are written when the document is issued; what an annex holds with dots is a form.
    filled_in = [p for p in (number, day) if p is not None]
    filled_in += [piece for annex in paper.annexes for piece in annex.attached] + [*paper.title.enclosed_in]
    later = {id(piece.paragraph) for piece in filled_in}
    behind = min((annex.label.paragraph.number for annex in paper.annexes), default=len(document.paragraphs))
    later |= {id(p) for p in document.paragraphs[behind:] if not p.text.lstrip().startswith("[")}
    unseen = {*document.having(lambda face: face.struck or face.hidden)}
    first = paper.body[0].paragraph.number if paper.body else 0
    signs = (_LISTS[name] for name in ("signs_of_left_over", "signs_of_prompt"))
    marked, open_ = ({*holding(document.printed, *words)} for words in signs)
    for paragraph in document.printed:
        text = paragraph.text
        if paragraph in marked and (left := _RE["left_over"].search(text)):
            yield worded(HERE, paragraph, "còn “{left}”", left=left[0])
        shown = [s for s in paragraph.spans if s.text.strip()] if paragraph in unseen else []
        if any(s.face.struck and not s.face.hidden for s in shown):
            yield Fault(HERE, paragraph, "có chữ gạch ngang")
        if any(s.face.hidden for s in shown):
            yield Fault(HERE, paragraph, "có chữ ẩn")
        dotted = id(paragraph) not in later and paragraph in open_
        if dotted and "___" in text and paragraph.number < first and paragraph.part == document.source.main:
            # Lines typed with signs below words of the letterhead or beside them.
            columns = (column for line in lines_of(paragraph) for column in columns_of(line))
            text = "\n".join(column.text for column in columns if typed_stroke(column.text) is None)
        prompt = _RE["prompt"].search(text) if dotted else None
        if prompt or (prompt := _RE["dummy"].search(text) if "Văn " in text or "Thị " in text else None):
            words = quote(prompt[0], 50)
            if settings.stage is not Stage.DRAFT:
                yield worded(HERE, paragraph, "còn lời nhắc “{words}”", words=words)
            else:
                reason = f"lời nhắc của dự thảo: “{words}”"
                yield NotEvaluated(reason, HERE, paragraph, "chỗ chưa điền trong nội dung")
    for place, paragraph, text in _draft_marks(paper):
        words = quote(text, at=paragraph)
        if settings.stage is not Stage.DRAFT:
            yield worded(place, words, "còn chữ “{text}”", text=quote(text, 50))
        else:
            reason = f"văn bản còn là dự thảo: “{quote(text, 50)}”"
            yield NotEvaluated(reason, place, words, "dấu DỰ THẢO")


def _draft_marks(paper: Paper) -> Iterator[tuple[str, Paragraph, str]]:
    """Place, paragraph, words of each mark of a draft: a line, a title's end, words behind the page."""
    text_begins = paper.body[0].paragraph.number if paper.body else 0
    main, head = paper.document.source.main, paper.head.state or paper.head.number
    named = {p.paragraph for p in paper.pieces if any(word in p.plain for word in WORDS_OF_DRAFT)}
    for paragraph in paper.document.printed:
        if paragraph.part == main and paragraph not in named and not paragraph.has_picture:
            continue
        cell = paragraph.cell
        above = paragraph.number < text_begins and paragraph.part == main
        beside = cell and head and head.paragraph.cell and cell.table is head.paragraph.cell.table
        lines = lines_of(paragraph) if above or len(paragraph.text) <= _LONG else ()
        for piece in (column for line in lines for column in columns_of(line)):
            is_mark = is_draft_mark(piece.text) and not (cell and cell.table.bordered)
            if is_mark or (above and DRAFT_BEHIND.search(unaccented(piece.text))):
                yield "Phần đầu văn bản" if beside else HERE, paragraph, piece.text
        # Words drawn behind the page by shapes that are anchored in a paragraph (WordArt).
        paths = descendants(paragraph.element, f"{V}textpath")
        for text in filter(is_draft_mark, (path.get("string", "") for path in paths)):
            yield f"{place_of(paper, paragraph)}, chữ chìm (watermark)", paragraph, text
