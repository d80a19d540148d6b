"""Has a text words that were typed twice?"""

from __future__ import annotations

from operator import eq

from dvctt_report.lint.check import HERE, Answers, Block, Fault, check
from dvctt_report.lint.parts import Paper
from dvctt_report.lint.settings import Settings
from dvctt_report.patterns import lazy_pattern
from dvctt_report.severity import Severity

_ONCE = (
    "các|của|và|với|cho|về|được|theo|trong|tại|là|đã|sẽ|không|những|này|để|do|khi|thì|mà|bị|phải|đến|trên"
    "|dưới|việc|một|bằng|sau|nhằm|hoặc|cũng|thuộc|nếu|vào"
)
_DOUBLED = lazy_pattern(rf"(?<![\w-])((?i:{_ONCE})|[^\W\d_]{{2,}} [^\W\d_]{{2,}}) \1(?![\w-])")
"""A small word twice, or two words twice: of others, as "dần dần", the double is a word."""


@check("TT79", Severity.INFO, Block.ASKED)
def wording(paper: Paper, settings: Settings) -> Answers:
    """Từ gõ lặp hai lần, cần đọc lại.

    Sai: đề nghị các các cơ quan
    Đúng: đề nghị các cơ quan
    Căn cứ: khuyến nghị của chương trình
    """
    for piece in (*paper.title.subject, *paper.head.matter, *paper.body):
        words = piece.text.split()
        # Looking at whole words first is several times faster than the pattern on every line.
        may_be = any(map(eq, words, words[1:])) or any(map(eq, words, words[2:]))
        found = _DOUBLED.finditer(piece.text) if may_be and not piece.is_upper else ()
        for twice, once in dict.fromkeys((m[0], m[1]) for m in found):
            yield Fault(HERE, piece, f"“{twice}” lặp từ", f"“{once}”", "Đọc lại chỗ này")
