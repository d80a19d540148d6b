"""Do the figures of a text agree? Questions alone: which of them is right a program can't know."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import chain

from dvctt_report.lint.amounts import Question
from dvctt_report.lint.check import Answers, Fault, NotApplicable, check, quote, quote_about, quote_end
from dvctt_report.lint.compared import grown_in
from dvctt_report.lint.counted import counted, entries_below
from dvctt_report.lint.figure_tables import grids
from dvctt_report.lint.mixes import mixes_in, shares_of_one
from dvctt_report.lint.numerals import read_number, shown
from dvctt_report.lint.parts import Paper
from dvctt_report.lint.passages import Passage, Relation, Relations, passage
from dvctt_report.lint.percentages import is_of_time, percentages_in
from dvctt_report.lint.pieces import Piece
from dvctt_report.lint.places import place_of
from dvctt_report.lint.points import points_in
from dvctt_report.lint.products import written_out
from dvctt_report.lint.reckoning import COUNTED_TWICE, sums_in
from dvctt_report.lint.relations import out_of_all
from dvctt_report.lint.settings import Settings
from dvctt_report.lint.shares import shares_in
from dvctt_report.lint.spelled import in_words, money_in_words
from dvctt_report.lint.steps import grown_since, steps_in
from dvctt_report.lint.structure import Mark, marks
from dvctt_report.lint.sums_below import sums_below
from dvctt_report.lint.told_totals import (
    exchanged,
    in_other_rows,
    named_totals,
    pairs_told,
    totals_told,
    voted,
)
from dvctt_report.patterns import lazy_pattern
from dvctt_report.severity import Severity

_COUNTED = lazy_pattern(
    r"(?:thành viên|đại biểu|đơn vị|cơ sở|phiếu|xã|phường|thôn|bản|hộ|người|cán bộ|đảng viên|học sinh|tổ"
    r"|hồ sơ|thủ tục|văn bản|trường|lớp|doanh nghiệp|cá nhân|tập thể|chi bộ|khu phố|ấp|trạm|sở|cơ quan"
    r"|địa phương|phòng|công chức|viên chức|giáo viên|học viên|ý kiến|dự án|vụ|nhiệm vụ|kiến nghị|công trình"
    r"|đơn|điểm(?! (?:thưởng|cộng|phần)))\b"
)
"""Things of which a part is no more than its whole: counted one by one, or a score; money may be."""
_BEYOND = lazy_pattern(r"vượt|kế hoạch|chỉ tiêu|tăng|so với", re.IGNORECASE)
_FIGURE = lazy_pattern(r"\d")


@check(
    "TT71",
    Severity.INFO,
    "Số liệu trong văn bản không khớp nhau, cần xem lại",
    rationale="Phần trên tổng và tỷ lệ, hai tỷ lệ và số điểm chênh lệch, tổng và các phần liệt kê, "
    "mức tăng giảm, số người, số mục được nêu và danh sách, dòng tổng, "
    "cột tỷ lệ, số lượng và thành tiền của bảng phải khớp. Câu nêu rõ hai số thì tỷ lệ được tính lại; câu "
    "không nêu rõ thì chỉ hỏi khi không hai số nào cho tỷ lệ ấy và hai số cùng loại cho gần đúng. "
    "Chương trình chỉ hỏi: số nào đúng thì người soạn biết.",
    source="khuyến nghị của chương trình",
    asks=True,
)
def figures(paper: Paper, settings: Settings) -> Answers:
    """Ask about shares, points, lists and tables whose figures don't give each other.

    Sai: 12/15 đơn vị (85%); 45 cán bộ, trong đó 25 nam, 22 nữ; “Tổng cộng” 30, các dòng 10, 12, 9
    Đúng: 12/15 đơn vị (80%); 45 cán bộ, trong đó 25 nam, 20 nữ; “Tổng cộng” 31
    """
    tables, reckoned, above = grids(paper), False, deque[Passage](maxlen=_ABOVE)
    for piece in paper.whole_text.holding(_FIGURE):
        if piece.text.strip("0123456789.,%-"):
            line = piece.told
            line.above = tuple(above)
            above.append(line)
            reckoned = reckoned or bool(_RELATIONS.said_in(line))
            if asked := [*_asked_once(line)]:
                found, right = ("; ".join(dict.fromkeys(words)) for words in zip(*asked, strict=True))
                place, words = place_of(paper, piece.paragraph), quote_about(piece, found)
                yield Fault(place, words, found, right, "Xem lại các số này")
    ways = (
        _below(paper),
        totals_told(paper, tables),
        pairs_told(paper, tables),
        named_totals(paper, tables),
        in_other_rows(paper, tables),
        voted(paper),
        exchanged(paper),
        counted(paper, tables),
    )
    for piece, found, right in chain.from_iterable(ways):
        yield Fault(place_of(paper, piece.paragraph), quote_end(piece), found, right, "Xem lại các số này")
    for grid in tables:
        for paragraph, found, right in grid.questions():
            place = place_of(paper, paragraph)
            yield Fault(place, quote(paragraph), found, right, "Xem lại số này và các số của dòng, cột này")
    if not tables and not reckoned:
        yield NotApplicable("không có tổng, tỷ lệ, mức tăng giảm hay bảng để tính lại")


_ABOVE = 6
"""Paragraphs with figures above one, among which the whole is looked for that it speaks of."""


def _asked_once(text: Passage) -> Iterator[Question]:
    """What in one line doesn't agree; a percentage that is asked about is not asked about again."""
    asked = dict.fromkeys(_RELATIONS.asked_of(text))
    yield from asked
    known = {_percent_in(found) for found, _ in asked}
    yield from (one for one in percentages_in(text) if _percent_in(one[0]) not in known)


def _percent_in(found: str) -> Decimal | None:
    """The percentage that a question ends with."""
    return read_number(found.rpartition(" ")[2].removesuffix("%"))


def _larger(text: Passage) -> Iterator[Question]:
    """Parts that are more than their wholes: "19/18 Tổ", "101/100 điểm"."""
    for part in text.amounts:
        if part.of_all is not None and part.value > part.of_all and _COUNTED.match(part.noun):
            sentence = re.split(r"[.;]\s", text[: part.start])[-1] + text[part.end : part.end + _SAID_OF]
            if not _BEYOND.search(sentence) and not is_of_time(text, part.start):
                yield f"{part.text}/{shown(part.of_all)}", "phần không lớn hơn tổng"


_SAID_OF = 60
"""Characters behind a part that may say that a plan was left behind."""


def _below(paper: Paper) -> Iterator[tuple[Piece, str, str]]:
    """Amounts of a line that opens a list and of the entries below it."""
    found = marks(paper)
    for at, mark in enumerate(found):
        if mark.piece.text.endswith(":") and any(char.isdigit() for char in mark.rest):
            entries = [passage(one.rest) for one in entries_below(found, at)]
            above = [passage(one.rest) for one in found[max(0, at - _LINES) : at]]
            for said, right in sums_below(passage(mark.rest), entries, above):
                yield mark.piece, said, right
        if mark.piece.text.endswith(":"):
            yield from _as_one(mark.piece, entries_below(found, at))


def _as_one(piece: Piece, entries: Sequence[Mark]) -> Iterator[tuple[Piece, str, str]]:
    """A list of amounts of one thing, each alone in its entry, held against each other as in a sentence."""
    told = [passage(mark.rest).apart for mark in entries]
    alone = len(told) in _LISTED and all(len(amounts) == 1 for amounts in told)
    if alone and all(a[0].noun and a[0].is_of(told[0][0].noun) for a in told):
        asked = _OF_A_WHOLE.asked_of(_joined(entries))
        yield from ((piece, *question) for question in dict.fromkeys(asked))


def _joined(entries: Iterable[Mark]) -> Passage:
    """Lines of a list as one sentence."""
    return Passage("; ".join(mark.rest.strip(" .;").replace(": ", " ") for mark in entries))


_LISTED = range(3, 7)
"""Entries of a list that tells of one thing how far it has come."""


_LINES = 3
"""Lines above a list among which its total is looked for."""


_OF_A_WHOLE = Relations(
    Relation(sums_in, fewest=3, each=True, unless=COUNTED_TWICE),
    Relation(out_of_all, ("/|trên|trong",), fewest=2, each=True, unless=COUNTED_TWICE),
)
_RELATIONS = _OF_A_WHOLE + Relations(
    Relation(shares_in, ("%",), each=True),
    Relation(grown_in, ("tăng|giảm|vượt|hụt|thiếu| hơn ",), fewest=2, each=True),
    Relation(points_in, ("%", "tăng|vượt|cao hơn|giảm|thấp hơn|kém|hụt|chênh ")),
    Relation(steps_in, ("từ ", "lên |xuống ")),
    Relation(grown_since, ("tăng |giảm ", "(cùng kỳ|(năm|(quý|(tháng|(kỳ"), fewest=2),
    Relation(written_out, ("x |×|*",)),
    Relation(mixes_in, ("cơ cấu", "%")),
    Relation(shares_of_one, ("%",), each=True),
    Relation(money_in_words, (" đồng", "(")),
    Relation(in_words, ("(",)),
    Relation(_larger, ("/",)),
)
"""What the figures of a line may say of each other, in the order in which it is asked about."""
