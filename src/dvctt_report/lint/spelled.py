"""Whole numbers written in words, "bốn trăm năm mươi triệu", as amounts of money are repeated in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dvctt_report.lint.numerals import NUMBER, SCALES, read_number, step_of
from dvctt_report.patterns import lazy_pattern
from dvctt_report.vietnamese import key

_DIGITS = {
    word: n
    for n, words in enumerate(
        ("không", "một mốt", "hai", "ba", "bốn tư", "năm lăm nhăm", "sáu", "bảy bẩy", "tám", "chín")
    )
    for word in words.split()
}
_SILENT = frozenset({"linh", "lẻ", "và", "đồng", "chẵn", "việt", "nam"})


def spelled_number(text: str) -> int | None:
    """The number that the words say; None where another word stands among them."""
    total = hundred = 0
    digit: int | None = None
    for word in key(text).replace(",", " ").replace("./.", " ").strip(" .").split():
        if word in _DIGITS:
            hundred += digit or 0
            digit = _DIGITS[word]
        elif word == "mười":
            hundred, digit = hundred + 10, None
        elif word == "mươi":
            hundred, digit = hundred + 10 * (digit or 0), None
        elif word == "trăm":
            hundred, digit = hundred + 100 * (digit or 0), None
        elif word in SCALES:
            group = hundred + (digit or 0)
            # "nghìn tỷ": what came before is counted in the larger group.
            scale = 10 ** SCALES[word]
            total = (total + group) * scale if not group and total else total + group * scale
            hundred, digit = 0, None
        elif word not in _SILENT:
            return None
    return total + hundred + (digit or 0)


_SPELLED = lazy_pattern(
    rf"(?<![\d.,])(?P<figures>{NUMBER})(?: (?P<scale>{'|'.join(SCALES)}))? ?(?:đồng|đ)\b"
    r"[^()\d]{0,20}\(\s*(?:[Vv]iết )?"
    r"(?:[Bb]ằng chữ:?|[Gg]hi bằng chữ:?)? ?(?P<words>[^()\d]{6,200}? đồng(?: chẵn)?)[./ ]*\)"
)
_IN_WORDS = lazy_pattern(r"\((?<=\d \()(?P<words>[^()\d]{2,30})\)")
"""A number of things, and behind it another one in words: "42 (bốn mươi ba) hộ"."""
_FIGURES = lazy_pattern(r"(?<![\d.,/])\d{1,4} $")


def words_in(text: str) -> Iterator[tuple[str, str]]:
    """Numbers and sums of money, and behind them others in words: what was found, what would agree."""
    for found in _SPELLED.finditer(text):
        yield from _said_otherwise(found)
    for found in _IN_WORDS.finditer(text):
        figures = _FIGURES.search(text[max(0, found.start() - _BEFORE) : found.start()])
        said = spelled_number(found["words"])
        if figures and said and said != int(figures[0]):
            yield f"“{figures[0]}{found[0]}”", "số và chữ như nhau"


_BEFORE = 6
"""Characters before a bracket of words: a number of four figures, and what stands before it."""


def _said_otherwise(found: re.Match[str]) -> Iterator[tuple[str, str]]:
    said, figures = spelled_number(found["words"]), read_number(found["figures"])
    power = SCALES.get(found["scale"] or "", 0)
    if said is None or figures is None:
        return
    # What is told in millions with decimals may be rounded.
    if abs(said - figures.scaleb(power)) >= (step_of(figures).scaleb(power) if step_of(figures) < 1 else 1):
        scale = f" {found['scale']}" if found["scale"] else ""
        yield f"{found['figures']}{scale} đồng mà bằng chữ là “{found['words']}”", "số và chữ như nhau"
