"""Pairs of syllables that offices write every day, and that with other marks are no words at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import attrgetter

from dvctt_report.lint.pieces import Piece, Text
from dvctt_report.patterns import lazy_pattern
from dvctt_report.vietnamese import key, unaccented

_DAILY = (
    "thực hiện", "kế hoạch", "quyết định", "nghị quyết", "nghị định", "hành chính", "thủ tục", "trực tuyến",
    "dịch vụ", "giải quyết", "địa phương", "viên chức", "doanh nghiệp", "nhiệm vụ", "giải pháp", "phối hợp",
    "triển khai", "chuyển đổi", "chất lượng", "thường xuyên", "nghiêm túc", "trách nhiệm", "kiện toàn",
    "phê duyệt", "rà soát", "phát triển", "giáo dục", "nông nghiệp", "ngân sách", "vướng mắc",
    "nguyên nhân", "phương hướng", "khen thưởng", "khiếu nại", "tiếp tục", "đẩy mạnh", "tăng cường",
    "hoàn thành", "nghiên cứu", "tham mưu", "kinh nghiệm", "đôn đốc",
)  # fmt: skip
"""Pairs that no two words meeting in a sentence look like; "truyền thông" and "truyền thống" both are."""
_WORD = lazy_pattern(r"\w+")
_RIGHT = {unaccented(pair): key(pair) for pair in _DAILY}


def misspelt_lines(lines: Sequence[Piece]) -> list[Piece]:
    """The lines in which a daily pair stands without its marks more often than with them."""
    plain, marked = Text(lines, attrgetter("plain")), Text(lines, attrgetter("key"))
    odd = [pair for pair, right in _RIGHT.items() if plain.count(pair) != marked.count(right)]
    return plain.holding(*odd)


def misspelt_pairs(line: Piece) -> Iterator[tuple[str, str]]:
    """Pairs of a line that are daily words but for a mark, with those words.

    Without any mark they are no slip: whoever types so does it throughout.
    """
    words, bare = _WORD.findall(line.text), _WORD.findall(line.plain)
    for at, (one, other) in enumerate(pairwise(bare)) if len(words) == len(bare) else ():
        right = _RIGHT.get(f"{one} {other}", "")
        written = f"{words[at]} {words[at + 1]}"
        if right and not words[at + 1][0].isupper() and key(written) not in (right, unaccented(right)):
            yield written, right
