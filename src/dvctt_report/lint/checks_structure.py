"""Are headings, numbering and the end of the text right?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dvctt_report.lint.check import Answers, Fault, NotApplicable, check, quote
from dvctt_report.lint.numbering import roman
from dvctt_report.lint.parts import Paper
from dvctt_report.lint.settings import Settings
from dvctt_report.lint.structure import ALPHABET, Level, Mark, captions, marks
from dvctt_report.model import Severity

_FLAT = NotApplicable("nội dung không chia đề mục")
_SIGNS = {"roman": ".", "clause": ".", "point": ")", "article": "."}
_SHOWN = {"roman": "I.", "clause": "1.", "point": "a)", "article": "Điều 1."}
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


@check(
    "TT44",
    Severity.ERROR,
    "Đề mục sai kiểu hoặc sai dấu sau số thứ tự",
    rationale="Mục La Mã viết hoa, đậm, sau số có dấu chấm; khoản dùng số Ả Rập và dấu chấm; điểm dùng chữ "
    "cái và dấu đóng ngoặc.",
    source="Phụ lục I, mục II.6đ; mục V, ô 6b",
)
def heading_look(paper: Paper, settings: Settings) -> Answers:
    """Report Roman headings that aren't bold capitals, and other signs after a number.

    Sai: I/ Kết quả; 1- Tình hình; a. Về nội dung; (a) Về nội dung
    Đúng: I. KẾT QUẢ; 1. Tình hình; a) Về nội dung
    """
    found = [m for m in marks(paper) if m.level in _SIGNS]
    if not found:
        yield _FLAT
    for mark in found:
        text = quote(mark.piece.text)
        if mark.sign != _SIGNS[mark.level] and (mark.sign or mark.level != "article"):
            right = (
                _SHOWN[mark.level]
                .replace("1", mark.number)
                .replace("a", mark.number)
                .replace("I", mark.number)
            )
            head = mark.piece.text[: len(mark.piece.text) - len(mark.rest)].strip() or mark.piece.text
            yield Fault(mark.place, text, f"“{head}”", f"“{right}”", f"Sửa thành “{right}”")
        if mark.level == "roman":
            wrong = [] if mark.rest.isupper() else ["không viết hoa"]
            wrong += [] if mark.piece.is_bold else ["không đậm"]
            if wrong:
                yield Fault(
                    mark.place,
                    text,
                    ", ".join(wrong),
                    "viết hoa, đậm",
                    "Chọn đề mục này, đổi thành chữ in hoa, đậm",
                )


@check(
    "TT45",
    Severity.ERROR,
    "Số thứ tự nhảy, lặp hoặc chữ cái điểm sai thứ tự",
    rationale="Mục, khoản, điểm đánh liên tục; điểm theo thứ tự bảng chữ cái tiếng Việt: a, b, c, d, đ, e, "
    "g … không có f, j, w, z.",
    source="Phụ lục I, mục II.6đ",
)
def numbering(paper: Paper, settings: Settings) -> Answers:
    """Report numbers that jump or repeat below one heading, and letters out of the Vietnamese order.

    Sai: I, II, IV; 1, 2, 2, 3; d), e)
    Đúng: I, II, III; 1, 2, 3; d), đ), e)
    """
    found = [m for m in marks(paper) if m.level in ("part", "roman", "article", "clause", "point")]
    if not found:
        yield _FLAT
    yield from _walk(found)


_ORDER: tuple[Level, ...] = ("part", "roman", "article", "clause", "point")


def _walk(found: Sequence[Mark]) -> Iterator[Fault]:
    """Count each level anew below its heading; a point may begin again anywhere, articles run through."""
    last: dict[str, int] = {}
    for mark in found:
        name = mark.word.lower() if mark.level == "part" else mark.level
        at = _ORDER.index(mark.level)
        deeper = {level for level in _ORDER[at + 1 :] if level != "article"}
        for level in deeper & set(last):
            del last[level]
        n = _value(mark)
        before = last.get(name, 0)
        if n is None:
            yield Fault(
                mark.place,
                quote(mark.piece.text),
                f"“{mark.number})” không có trong thứ tự điểm",
                f"thứ tự: {', '.join(ALPHABET[:9])} …",
                "Sửa chữ cái theo thứ tự bảng chữ cái tiếng Việt",
            )
            last[name] = before + 1
            continue
        again = n == 1 and (before == 0 or (before > 1 and mark.level in ("point", "clause", "part")))
        if n != before + 1 and not again:
            right = _written(mark, before + 1)
            what = "lặp lại" if n <= before else "nhảy số" if mark.level != "point" else "nhảy chữ"
            yield Fault(
                mark.place,
                quote(mark.piece.text),
                f"“{_written(mark, n)}” {what}",
                f"“{right}”",
                f"Sửa thành “{right}”, kiểm tra các số tiếp theo",
            )
        last[name] = n


def _value(mark: Mark) -> int | None:
    if mark.level == "point":
        return ALPHABET.index(mark.number) + 1 if mark.number in ALPHABET else None
    if mark.number.isdigit():
        return int(mark.number)
    figures = [_ROMAN[letter] for letter in mark.number.upper()]
    return sum(-f if f < max(figures[i:]) else f for i, f in enumerate(figures))


def _written(mark: Mark, n: int) -> str:
    match mark.level:
        case "point":
            return f"{ALPHABET[n - 1] if n <= len(ALPHABET) else '?'})"
        case "clause":
            return f"{n}."
        case "article":
            return f"Điều {n}"
        case "part":
            return f"{mark.word} {n if mark.number.isdigit() else roman(n)}"
    return f"{roman(n)}."


@check(
    "TT46",
    Severity.WARNING,
    "Đề mục thập phân 1.1, 1.1.1",
    rationale="Nghị định chia phần, chương, mục, tiểu mục, điều, khoản, điểm; không có cấp 1.1. Thực tế vẫn "
    "hay dùng nên chỉ nhắc.",
    source="Phụ lục I, mục II.6d, II.6đ",
)
def decimal_levels(paper: Paper, settings: Settings) -> Answers:
    """Report paragraphs numbered like 1.1.

    Sai: 1.1. Công tác lãnh đạo
    Đúng: a) Công tác lãnh đạo
    """
    for mark in marks(paper):
        if mark.level == "decimal":
            yield Fault(
                mark.place,
                quote(mark.piece.text),
                f"đề mục “{mark.number}”",
                "khoản (1.) rồi điểm (a)",
                "Đổi thành điểm a), b), c)",
            )


@check(
    "TT47",
    Severity.INFO,
    "Đề mục có thể nằm một mình ở cuối trang",
    rationale="Đề mục chưa đặt “Giữ với đoạn sau” (Keep with next) thì có thể rơi một mình xuống cuối trang.",
    source="khuyến nghị của chương trình",
)
def lonely_heading(paper: Paper, settings: Settings) -> Answers:
    """Report headings that may be torn from the paragraph below.

    Sai: “II. KẾT QUẢ” ở dòng cuối trang 2, nội dung ở trang 3
    Đúng: đề mục đặt Keep with next
    """
    for mark in marks(paper):
        heading = mark.level in ("part", "roman") or (
            mark.level in ("article", "clause") and mark.piece.is_bold
        )
        if heading and not mark.piece.paragraph.shape.keep_next:
            yield Fault(
                mark.place,
                quote(mark.piece.text),
                "chưa đặt Keep with next",
                "đề mục đi cùng đoạn sau",
                "Vào Đoạn (Paragraph), Ngắt trang, chọn Keep with next",
            )


@check(
    "TT48",
    Severity.WARNING,
    "Dấu kết thúc “./.” thiếu, lặp hoặc đặt sai chỗ",
    rationale="Các mẫu trình bày đều kết thúc nội dung bằng “./.”; phần lời của nghị định không nêu nên chỉ "
    "nhắc.",
    source="Phụ lục III, Mẫu 1.4, Mẫu 1.5",
)
def end_mark(paper: Paper, settings: Settings) -> Answers:
    """Report a text whose last paragraph doesn't end in "./.", or that has the mark twice.

    Sai: … xem xét, chỉ đạo. (thiếu ./.)
    Đúng: … xem xét, chỉ đạo./.
    """
    said = [p for p in paper.body if id(p.paragraph) not in captions(paper)]
    if not said:
        yield NotApplicable("không có phần lời văn ngoài bảng")
        return
    last = said[-1]
    place = "Cuối nội dung"
    ended = [p for p in paper.body if re.search(r"\.\s*/\s*\.\s*$", p.text)]
    if not ended:
        yield Fault(
            place,
            quote(last.text[-90:]),
            "không có “./.”",
            "kết thúc bằng “./.”",
            "Thêm “./.” cuối đoạn cuối cùng",
        )
    elif len(ended) > 1:
        yield Fault(
            place,
            quote(ended[0].text[-90:]),
            f"“./.” xuất hiện {len(ended)} lần",
            "một lần, ở cuối nội dung",
            "Xóa “./.” ở các đoạn phía trên",
        )
    elif ended[0] is not last:
        yield Fault(
            place,
            quote(ended[0].text[-90:]),
            "còn nội dung sau “./.”",
            "“./.” ở cuối đoạn cuối cùng",
            "Chuyển “./.” xuống cuối đoạn cuối cùng",
        )
    if any("./." in p.text for p in (*paper.signature.authority, *filter(None, (paper.signature.name,)))):
        yield Fault(
            "Chức vụ người ký",
            "",
            "“./.” trong khối chữ ký",
            "“./.” ở cuối nội dung",
            "Xóa “./.” trong khối chữ ký",
        )


@check(
    "TT61",
    Severity.ERROR,
    "Phần, chương, mục viết sai hoặc thiếu tiêu đề",
    rationale="Từ “Phần”, “Chương”, “Mục” chữ in thường, đậm, canh giữa trên dòng riêng; tiêu đề ở dòng "
    "dưới, viết hoa, đậm.",
    source="Phụ lục I, mục II.6d, II.6đ; mục V",
)
def part_label(paper: Paper, settings: Settings) -> Answers:
    """Report labels of parts in capitals, not bold or not centred, and parts without a title.

    Sai: CHƯƠNG I. QUY ĐỊNH CHUNG (cùng một dòng)
    Đúng: Chương I, xuống dòng QUY ĐỊNH CHUNG
    """
    found = marks(paper)
    parts = [(at, m) for at, m in enumerate(found) if m.level == "part"]
    if not parts:
        yield NotApplicable("nội dung không chia phần, chương, mục")
    for at, mark in parts:
        wrong = ["từ chỉ phần viết hoa toàn bộ"] if mark.word.isupper() else []
        wrong += [] if mark.piece.is_bold else ["không đậm"]
        wrong += [] if mark.piece.paragraph.shape.align == "center" else ["không canh giữa"]
        if mark.rest:
            wrong.append("tiêu đề cùng dòng")
        else:
            title = next((m for m in found[at + 1 : at + 2]), None)
            if title is None or not title.piece.is_upper:
                wrong.append("thiếu tiêu đề viết hoa ở dòng dưới")
        if wrong:
            word = mark.word.capitalize()
            yield Fault(
                mark.place,
                quote(mark.piece.text),
                ", ".join(wrong),
                f"“{word} {mark.number}”, đậm, canh giữa; dòng dưới là tiêu đề viết hoa, đậm",
                f"Sửa thành “{word} {mark.number}”, tách tiêu đề xuống dòng dưới",
            )
